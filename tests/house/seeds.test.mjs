// The seeds' example, from end to end: chlorine is missed at a stop, the customer wants somebody back before the weekend,
// dispatch moves the next stop, and whoever comes knows what was found, what was promised and what to bring.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, sql } from "./harness.mjs";
import { letters, Phone } from "./phone.mjs";

let c, office, tom, uma, customer, place, pool, level, missed, next, chlorine;
const today = async (who, d) => granted(await who.visitor.get(`/api/tech/today?day=${d}`));
const plan = async (d, over = {}) => granted(await office.post("/api/office/visits", { property_id: place, pool_id: pool, service_id: level.id, day: d, tech_id: tom.id, note: "", anyway: true, ...over }), 201);

before(async () => {
	c = await company();
	const people = await crew(c, ["technician", "dispatcher"]);
	tom = people.technician;
	uma = (await crew(c, ["technician"])).technician;
	office = people.dispatcher.visitor;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Dana Whitfield', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '6418 Balboa Dr', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${at + 2n}, ${at + 1n}, 1, 70030, 1, 1)`, c.schema);
	[customer, place, pool] = [letters(at), letters(at + 1n), letters(at + 2n)];
	const owner = c.owner.visitor;
	chlorine = granted(await owner.post("/api/office/standard-items", {}), 201).rows.find((i) => i.chemical === "liquid_chlorine");
	level = granted(await owner.post("/api/office/standard-services", {}), 201).rows.find((s) => s.kind === "level");
	const v = (measure, value) => ({ measure, x100: Math.round(value * 100), how: "exact" });
	granted(await owner.post("/api/office/readings", { pool_id: pool, at: Math.floor(Date.now() / 1000) - 8 * 86400, values: [v("fc", 5), v("ph", 7.5), v("ta", 90), v("ch", 320), v("cya", 45), v("temp", 28.89)] }), 201);
	missed = await plan(day(0));
	next = await plan(day(7));
});

test("the technician finds no chlorine and has none left: the office sees it without being told", async () => {
	const phone = new Phone(tom.visitor);
	const said = granted(await phone.send(
		phone.verb("arrive", missed.id),
		phone.verb("reading", missed.id, { pool_id: pool, what: "fc", amount: 30 }),
		phone.verb("reading", missed.id, { pool_id: pool, what: "ph", amount: 760 }),
		phone.verb("note", missed.id, { text: "Free chlorine 0.3. Van is out of liquid chlorine, not dosed.", for_customer: false }),
		phone.verb("missing_part", missed.id, { text: "Liquid chlorine" }),
		phone.verb("finish", missed.id),
	), 201);
	for (const a of said.answers) assert.equal(a.answer, "applied", a.problem);
	const alerts = granted(await office.get("/api/office/alerts")).rows;
	assert.equal(alerts.find((a) => a.row.kind === "water")?.text, "Free chlorine 0.3 (4–18)");
	const kinds = alerts.map((a) => a.row.kind);
	assert.ok(kinds.includes("water") && kinds.includes("missing_part"), `alerts: ${kinds.join()}`);
});

test("the customer calls; dispatch writes it down and moves the next stop before the weekend, to somebody who has chlorine", async () => {
	granted(await office.post("/api/office/notes", { on_kind: "customer", on_id: customer, audience: "technicians", body: "Has guests on Saturday. Wants the water right before the weekend.", pinned: true }), 201);
	const changed = granted(await office.put(`/api/office/visits/${next.id}`, { minutes: 45, note: "Bring 2 gal of liquid chlorine. Was not dosed last time.", version: next.version }));
	const moved = granted(await office.post(`/api/office/visits/${next.id}/moves`, { day: day(1), tech_id: uma.id, for_good: false, anyway: true, version: changed.version }), 201);
	assert.deepEqual([moved.day, moved.tech_id, moved.by_hand], [day(1), uma.id, true]);
	// The other one does not see it any more, on no day.
	for (const d of [day(0), day(1), day(7)]) assert.ok(!(await today(tom, d)).stops.some((s) => s.id === next.id), d);
});

test("whoever comes knows what was found, what was promised and what to bring, and says so", async () => {
	const plan = await today(uma, day(1));
	const stop = plan.stops.find((s) => s.id === next.id);
	const { brief } = stop;
	assert.match(stop.note, /Bring 2 gal of liquid chlorine/);
	assert.equal(brief.first_visit, false);
	assert.equal(brief.last[0].day, day(0));
	assert.deepEqual(brief.last[0].notes.map((n) => n.text), ["Free chlorine 0.3. Van is out of liquid chlorine, not dosed."]);
	assert.deepEqual(brief.water[0].values.map((v) => [v.measure, v.x100]), [["fc", 30], ["ph", 760]]);
	assert.ok(brief.notes.some((n) => n.pinned && /before the weekend/.test(n.body)));
	// What to pour is known before she leaves: the same advice that she will see at the pool.
	const advice = granted(await uma.visitor.post("/api/tech/dose-plans", { pool_id: pool, values: [{ measure: "fc", x100: 30, how: "exact" }, { measure: "ph", x100: 760, how: "exact" }] }));
	assert.ok(advice.doses.some((d) => d.item_id === chlorine.id), "chlorine is advised");
	granted(await uma.visitor.post("/api/tech/receipts", { day: day(1), version: plan.version }), 204);
	const phone = new Phone(uma.visitor);
	assert.equal((await phone.say("confirm", next.id)).answer, "applied");
	const seen = granted(await office.get(`/api/office/board?day=${day(1)}`)).stops.find((s) => s.row.id === next.id);
	assert.ok(seen.row.confirmed_at && seen.delivered, "the office sees that she has it and said yes");
});
