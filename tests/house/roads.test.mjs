// Roads: a road map is asked at night for the ways that nobody knows, survives its bad days, and plans say what is measured.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { company, day, granted, hire, mailbox, pause, sql, twin } from "./harness.mjs";
import { number } from "./phone.mjs";

const map = process.env.POOL_ROADS_URL;
let c, office, tech;
const fault = (mode) => fetch(`${map}/faults`, { method: "POST", body: JSON.stringify({ mode }) });
const asked = async () => (await fetch(`${map}/asked`)).json();
const legs = () => Number(sql("SELECT COUNT(*) FROM leg", c.schema)[0][0]);
const PLACES = 70;

/** It is night: what the clock has planned is due now, and what was parked is tried again, until something has become so. */
async function night(wanted) {
	for (const end = Date.now() + 60_000; ; await pause(150)) {
		sql("UPDATE job SET state = 1, due_at = 1, tries = 0 WHERE kind = 'roads' AND state IN (1, 4)", c.schema);
		// A fact wakes the worker.
		const { slug, ...company } = granted(await office.get("/api/office/company"));
		granted(await office.put("/api/office/company", company));
		if (await wanted()) return;
		assert.ok(Date.now() < end, `the night does not pass: ${sql("SELECT kind, state, tries, reason FROM job WHERE kind = 'roads'", c.schema).join("; ")}`);
	}
}
const open = () => Number(sql("SELECT COUNT(*) FROM job WHERE kind = 'roads' AND state IN (1, 2) AND made_at = 0", c.schema)[0][0]);
/** The next night. */
async function again() {
	await night(async () => Number(sql("SELECT COUNT(*) FROM job WHERE kind = 'roads' AND state = 2", c.schema)[0][0]) === 0);
	sql("UPDATE job SET state = 1, due_at = 1, tries = 0 WHERE kind = 'roads' AND made_at = 0", c.schema);
}
async function plan() {
	const made = granted(await office.post("/api/office/route-plans", { kind: "day", from_day: day(1), same_tech: 0, same_day: 0, even: 0, room_minutes: 0, scratch: false, locked: [], seconds: 1 }), 201);
	for (const end = Date.now() + 30_000; ; await pause(100)) {
		const now = granted(await office.get(`/api/office/route-plans/${made.id}`));
		if (now.state === "ready") return now;
		assert.ok(Date.now() < end);
	}
}

before(async () => {
	c = await company();
	office = c.owner.visitor;
	tech = await hire(c, mailbox, "technician");
	sql(`UPDATE staff SET colour = 1, start_lat_e6 = 33400000, start_lng_e6 = -112100000 WHERE id = ${number(tech.id)}`, c.schema);
	const service = granted(await office.post("/api/office/standard-services", {}), 201).rows[0];
	const base = BigInt(Date.now()) << 21n;
	for (let i = 0n; i < PLACES; i++) {
		const id = base + i * 10n;
		sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Customer ${i}', '', 'en', 0);
			INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (${id + 1n}, ${id}, '${i} Palm Way', 'Phoenix', 'AZ', '85001', ${33350000 + Number(i) * 1900}, ${-112150000 + ((Number(i) * 7919) % 200000)});
			INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, seq, minutes, state, source) VALUES (${id + 5n}, ${id}, ${id + 1n}, ${number(service.id)}, '${day(1)}', ${number(tech.id)}, ${i}, 10, 1, 2)`, c.schema);
	}
	twin(c);
	sql(`INSERT INTO job (id, kind, state, due_at, payload, made_at) VALUES (${base - 1n}, 'roads', 1, 1, '', 0)`, c.schema);
});
after(() => fault("ok"));

test("a road map that is not well costs nothing but the night: plans go on with estimates", async () => {
	for (const mode of ["busy", "garbage", "short"]) {
		await fault(mode);
		const was = (await asked()).tables;
		await night(async () => (await asked()).tables > was);
		assert.equal(legs(), 0, mode);
		// An answer that is no table parks the job; the operator, or the next night, tries again.
		await night(async () => sql("SELECT state FROM job WHERE kind = 'roads' AND state IN (1, 4)", c.schema).length > 0);
	}
	const now = await plan();
	assert.equal(now.after.estimated, now.after.legs);
});

test("ways are asked for in tables of a hundred places at most, there and back apart, and never twice", async () => {
	await fault("ok");
	const places = PLACES + 1;
	await night(() => legs() === places * (places - 1));
	const { largest, refused } = await asked();
	assert.ok(largest <= 100 && largest > 50);
	assert.equal(refused, 0);
	const [[different]] = sql("SELECT COUNT(*) FROM leg a JOIN leg b ON b.from_cell = a.to_cell AND b.to_cell = a.from_cell WHERE a.seconds <> b.seconds", c.schema);
	assert.ok(Number(different) > places, "there and back are two ways");
	const before = (await asked()).tables;
	await again();
	await night(async () => open() === 0);
	assert.equal((await asked()).tables, before, "all is known: nobody is asked");
});

test("a plan says which of its ways are measured, and counts by them", async () => {
	const now = await plan();
	assert.equal(now.after.estimated, 0);
	assert.ok(now.after.legs >= PLACES);
	const [[half]] = sql("SELECT from_cell FROM leg ORDER BY from_cell LIMIT 1 OFFSET 2000", c.schema);
	sql(`DELETE FROM leg WHERE from_cell < ${half}`, c.schema);
	const less = await plan();
	assert.ok(less.after.estimated > 0 && less.after.estimated < less.after.legs);
});

test("the company's own pace is measured from its finished visits", async () => {
	assert.equal(granted(await office.get("/api/office/route-settings")).pace_drives, 0);
	// Twice as long between two stops as estimated is a slow company; a quiet night finds it out.
	let at = 1_700_000_000;
	for (const [id] of sql(`SELECT id FROM visit WHERE day = '${day(1)}' ORDER BY seq`, c.schema)) {
		sql(`UPDATE visit SET day = '${day(-3)}', state = 3, started_at = ${at}, ended_at = ${at + 600} WHERE id = ${id}`, c.schema);
		at += 600 + 400;
	}
	await again();
	await night(async () => granted(await office.get("/api/office/route-settings")).pace_drives > 0);
	const s = granted(await office.get("/api/office/route-settings"));
	assert.ok(s.pace_drives > 30);
	assert.ok(s.pace_short > 1700 && s.pace_short < 2500, `a slow company: ${s.pace_short}`);
	assert.equal(s.pace_long, 1000);
	const { shift } = granted(await tech.visitor.get("/api/tech/me"));
	assert.deepEqual([shift.pace_short, shift.pace_middling, shift.pace_long], [s.pace_short, s.pace_middling, 1000], "the phone goes by it, too");
});
