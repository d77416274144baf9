// The dispatch board: a day as it runs, who could take what, who gets it, and what somebody should look at.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, refused, sql } from "./harness.mjs";
import { letters, Phone } from "./phone.mjs";
import { until } from "./until.mjs";

let c, people, office, tom, uma, level, near, far;
const later = day(3);
const D = day(1); // a day that does not run yet: its figures do not depend on the hour
const board = async (query = `day=${D}`) => granted(await office.get(`/api/office/board?${query}`));
const stop = async (id, on = D) => (await board(`day=${on}`)).stops.find((s) => s.row.id === id);
const plan = async (place, over = {}) => granted(await office.post("/api/office/visits", { property_id: place, service_id: level.id, day: D, note: "", anyway: true, ...over }), 201);

before(async () => {
	c = await company();
	people = await crew(c, ["technician", "dispatcher", "read_only"]);
	const second = await crew(c, ["technician"]);
	people.second = second.technician;
	office = people.dispatcher.visitor;
	tom = people.technician;
	uma = people.second;
	const at = BigInt(Date.now()) << 21n;
	// Tom starts in the south, Uma in the north; two homes beside them.
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES
		(${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201', 33400000, -111800000), (${at + 2n}, ${at}, '9 North St', 'Mesa', 'AZ', '85201', 33600000, -111800000)`, c.schema);
	near = letters(at + 1n);
	far = letters(at + 2n);
	sql(`UPDATE staff SET start_lat_e6 = 33401000, start_lng_e6 = -111800000 WHERE email = '${tom.email}';
		UPDATE staff SET start_lat_e6 = 33601000, start_lng_e6 = -111800000 WHERE email = '${uma.email}'`, c.schema);
	[level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
});

test("a day has a lane for each technician, their stops with times, and what is nobody's", async () => {
	const his = await plan(near, { tech_id: tom.id });
	const free = await plan(far);
	const b = await board();
	assert.deepEqual(new Set(b.lanes.map((l) => l.tech_id)), new Set([tom.id, uma.id]));
	const one = b.stops.find((s) => s.row.id === his.id);
	assert.ok(one.time.begin_s > 8 * 3600 && one.time.begin_s < 8 * 3600 + 300, "he starts nearby at eight");
	assert.equal(one.time.end_s - one.time.begin_s, level.minutes * 60);
	assert.equal(one.delivered, false);
	assert.equal(b.stops.find((s) => s.row.id === free.id).row.tech_id, null);
	assert.deepEqual((await board(`day=${D}&nobody=true`)).stops.map((s) => s.row.id), [free.id]);
	assert.deepEqual((await board(`day=${D}&tech=${tom.id}`)).stops.map((s) => s.row.id), [his.id]);
	assert.equal(granted(await people.read_only.visitor.get(`/api/office/board?day=${D}`)).stops.length, 2);
});

test("the heads say which lanes to ask for again", async () => {
	const before = granted(await office.get(`/api/office/board-heads?day=${D}`)).rows;
	const [mine] = (await board(`day=${D}&tech=${tom.id}`)).stops;
	granted(await office.call("PUT", `/api/office/visits/${mine.row.id}`, { minutes: 45, note: "Longer.", version: mine.row.version }));
	const after = granted(await office.get(`/api/office/board-heads?day=${D}`)).rows;
	const changed = after.filter((h) => before.find((b) => b.tech_id === h.tech_id)?.version !== h.version);
	assert.deepEqual(changed.map((h) => h.tech_id), [tom.id]);
});

test("three offers say what they add and why; who cannot is told why", async () => {
	const job = await plan(far);
	const offers = granted(await office.get(`/api/office/visits/${job.id}/offers`));
	assert.equal(offers.rows[0].tech_id, uma.id, "she starts beside it");
	assert.ok(offers.rows[0].at.drive_s < offers.rows[1].at.drive_s);
	assert.ok(offers.rows[0].at.begin_s >= 8 * 3600);
	// Uma is away: she is not offered, and the reason says so.
	granted(await c.owner.visitor.post(`/api/office/staff/${uma.id}/time-off`, { from_day: D, to_day: D, reason: "Dentist" }), 201);
	const without = granted(await office.get(`/api/office/visits/${job.id}/offers`));
	assert.deepEqual(without.rows.map((o) => o.tech_id), [tom.id]);
	assert.equal(without.refused[0].tech_id, uma.id);
	assert.match(without.refused[0].why, /off|not/);
	const [off] = granted(await c.owner.visitor.get(`/api/office/staff/${uma.id}/work`)).off;
	granted(await c.owner.visitor.delete(`/api/office/staff/${uma.id}/time-off/${off.id}`));
	const taken = granted(await office.post(`/api/office/visits/${job.id}/takings`, { version: job.version }), 201);
	assert.equal(taken.tech_id, uma.id);
	// Why she has it is read by each in their own language.
	assert.match((await stop(job.id)).row.why_who, /^\d+ min more of driving/);
	sql(`UPDATE staff SET language = 'es' WHERE email = '${people.read_only.email}'`, c.schema);
	const spanish = granted(await people.read_only.visitor.get(`/api/office/board?day=${D}`));
	assert.match(spanish.stops.find((s) => s.row.id === job.id).row.why_who, /^\d+ min más de manejo/);
	refused(await office.post(`/api/office/visits/${job.id}/takings`, { version: job.version }), 409, "stale");
	refused(await people.read_only.visitor.post(`/api/office/visits/${job.id}/takings`, { version: taken.version }), 403, "forbidden");
});

test("everything that is nobody's is placed at one go", async () => {
	await plan(near);
	await plan(far);
	const { placed, left } = granted(await office.post("/api/office/placements", { day: D }), 201);
	assert.ok(placed >= 3);
	assert.equal(left, 0);
	const { stops } = await board();
	assert.ok(stops.every((s) => s.row.tech_id !== null));
	for (const t of [tom, uma]) {
		const seqs = stops.filter((s) => s.row.tech_id === t.id).map((s) => s.row.seq);
		assert.equal(new Set(seqs).size, seqs.length, "each has a place of its own");
	}
});

test("where the company wishes it, new work that is nobody's is given by itself, with the reason; what somebody booked is not", async () => {
	const s = granted(await office.get("/api/office/route-settings"));
	const { pace_short, pace_middling, pace_long, pace_drives, roads, today, currency, tiles_url, tiles_credit, ...kept } = s;
	assert.equal(s.places, false);
	const on = granted(await office.put("/api/office/route-settings", { ...kept, places: true }));
	assert.equal(on.places, true);
	const visit = await plan(near);
	const is = await until("it is somebody's", async () => granted(await office.get(`/api/office/visits/${visit.id}`)), (v) => v.tech_id !== null);
	assert.match(is.why_who, /^\d+ min more of driving/);
	granted(await office.put("/api/office/route-settings", { ...kept, places: false, version: on.version }));
	const other = await plan(near);
	const job = sql("SELECT COUNT(*) FROM job WHERE kind = 'assign'", c.schema);
	assert.deepEqual(job, [["1"]], "one was ordered, and none any more");
	granted(await office.post(`/api/office/visits/${other.id}/steps`, { verb: "cancel", reason: "Done.", version: other.version }), 201);
});

test("a visit is put before another, to somebody else, or back to nobody; who comes second is told", async () => {
	const first = await plan(near, { day: day(4), tech_id: tom.id });
	const second = await plan(near, { day: day(4), tech_id: tom.id });
	const put = (v, over) => office.post(`/api/office/visits/${v.id}/places`, { day: day(4), tech_id: tom.id, version: v.version, anyway: true, ...over });
	const moved = granted(await put(second, { before_id: first.id }), 201);
	const order = (await board(`day=${day(4)}&tech=${tom.id}`)).stops.map((s) => s.row.id);
	assert.deepEqual(order, [second.id, first.id]);
	refused(await put(second, {}), 409, "stale");
	const free = granted(await put(moved, { tech_id: null }), 201);
	assert.equal(free.tech_id, null);
	refused(await put(free, { day: day(-3) }), 422, "invalid", "day");
});

test("the office says what became of a visit, and takes it back", async () => {
	const job = await plan(near, { tech_id: tom.id });
	refused(await office.post(`/api/office/visits/${job.id}/steps`, { verb: "no_access", version: job.version }), 422, "invalid", "reason");
	refused(await office.post(`/api/office/visits/${job.id}/steps`, { verb: "note", version: job.version }), 422, "invalid", "verb");
	const shut = granted(await office.post(`/api/office/visits/${job.id}/steps`, { verb: "no_access", reason: "Gate locked", version: job.version }), 201);
	assert.equal(shut.state, "no_access");
	const open = granted(await office.post(`/api/office/visits/${job.id}/steps`, { verb: "reopen", version: shut.version }), 201);
	assert.equal(open.state, "scheduled");
	const off = granted(await office.post(`/api/office/visits/${job.id}/steps`, { verb: "cancel", reason: "Moved away", version: open.version }), 201);
	assert.equal(off.state, "cancelled");
	const log = granted(await office.get(`/api/office/visits/${job.id}/log`)).rows;
	assert.deepEqual(log.map((l) => l.row.verb), ["made", "no_access", "reopen", "cancel"]);
	assert.ok(log.every((l) => l.who));
});

test("what a technician meets becomes an alert, once, until somebody has seen to it", async () => {
	const phone = new Phone(tom.visitor);
	const job = await plan(near, { tech_id: tom.id, day: day(0) });
	await phone.say("missing_part", job.id, { text: "O-ring for the pump." });
	await phone.say("missing_part", job.id, { text: "Really." });
	await phone.say("problem", null, { text: "The map is slow." });
	const { rows } = granted(await office.get("/api/office/alerts"));
	assert.deepEqual(rows.map((a) => a.row.kind).sort(), ["missing_part", "problem"]);
	const part = rows.find((a) => a.row.kind === "missing_part");
	assert.equal(part.text, "O-ring for the pump.");
	assert.equal(part.visit_id, job.id);
	assert.equal((await board()).alerts, 2);
	granted(await office.post(`/api/office/alerts/${part.row.id}/closings`, { version: part.row.version }), 204);
	refused(await office.post(`/api/office/alerts/${part.row.id}/closings`, { version: part.row.version }), 409, "stale");
	assert.equal(granted(await office.get("/api/office/alerts")).rows.length, 1);
});

test("a technician who cannot do it hands it on to the next who can, or to the office", async () => {
	const phone = new Phone(tom.visitor);
	const job = await plan(far, { tech_id: tom.id });
	assert.equal((await phone.say("reassign", job.id, { reason: "Van broke down" })).answer, "applied");
	const now = await stop(job.id);
	assert.equal(now.row.tech_id, uma.id);
	assert.match(now.row.why_who, /min/);
	// Uma is known there, but her day is nearly full; whoever is free for it gets it, though farther away.
	const vera = (await crew(c, ["technician"])).technician;
	sql(`UPDATE staff SET start_lat_e6 = 33650000, start_lng_e6 = -111800000 WHERE email = '${vera.email}';
		UPDATE property SET usual_tech_id = (SELECT id FROM staff WHERE email = '${uma.email}') WHERE street = '9 North St'`, c.schema);
	const long = await plan(far, { tech_id: uma.id, day: later });
	const other = await plan(far, { tech_id: tom.id, day: later });
	const best = async () => granted(await office.get(`/api/office/visits/${other.id}/offers`)).rows[0];
	for (let minutes = 240; (await best()).at.overtime_s <= 0 && minutes < 600; minutes += 5)
		granted(await office.call("PUT", `/api/office/visits/${long.id}`, { minutes, note: "", version: (await stop(long.id, later)).row.version }));
	const first = await best();
	assert.deepEqual([first.tech_id, first.at.overtime_s > 0], [uma.id, true], JSON.stringify(first));
	assert.equal((await phone.say("reassign", other.id, { reason: "Van broke down" })).answer, "applied");
	assert.equal((await stop(other.id, later)).row.tech_id, vera.id);
	sql(`UPDATE staff SET role = 6, colour = 0 WHERE email = '${vera.email}'; DELETE FROM visit WHERE day = '${later}'`, c.schema);
	// She says no as well: there is somebody, and it goes back. With nobody left, the office hears of it.
	sql(`UPDATE staff SET role = 6, colour = 0 WHERE email = '${tom.email}'`, c.schema);
	const hers = new Phone(uma.visitor);
	sql(`DELETE FROM visit WHERE tech_id = (SELECT id FROM staff WHERE email = '${tom.email}')`, c.schema);
	assert.equal((await hers.say("reassign", job.id, { reason: "Ill" })).answer, "applied");
	assert.equal((await stop(job.id)).row.tech_id, uma.id);
	assert.ok(granted(await office.get("/api/office/alerts")).rows.some((a) => a.row.kind === "reassign" && a.text === "Ill"));
	sql(`UPDATE staff SET role = 5 WHERE email = '${tom.email}'`, c.schema);
});

test("of two who are near, the one with less to do is offered first and gets it, and the reason says so", async () => {
	const full = [8, 9, 10, 11, 12, 13, 14].map(day).find((d) => new Date(d).getUTCDay() === 3); // a Wednesday: people work
	// Uma is at that very house nearly all day; Tom starts beside it, and has nothing.
	for (const minutes of [190, 200]) await plan(near, { tech_id: uma.id, day: full, minutes });
	const job = await plan(near, { day: full });
	const { rows } = granted(await office.get(`/api/office/visits/${job.id}/offers`));
	const two = rows.filter((o) => [tom.id, uma.id].includes(o.tech_id));
	assert.deepEqual(two.map((o) => [o.tech_id, o.lighter]), [[tom.id, true], [uma.id, false]], JSON.stringify(rows));
	assert.ok(two[0].at.drive_s > two[1].at.drive_s, "though she is nearer");
	const weekly = granted(await office.get(`/api/office/route-offers?property_id=${near}&minutes=30&from_day=${full}&weeks=1`)).rows;
	const there = weekly.filter((o) => o.day === full && [tom.id, uma.id].includes(o.tech_id));
	assert.deepEqual(there.map((o) => o.tech_id), [tom.id, uma.id], JSON.stringify(there));
	assert.ok(there[0].added_s > there[1].added_s);
	assert.equal(granted(await office.post(`/api/office/visits/${job.id}/takings`, { version: job.version }), 201).tech_id, tom.id);
	assert.match((await stop(job.id, full)).row.why_who, /^\d+ min more of driving, has less to do that day$/);
	sql(`DELETE FROM visit WHERE day = '${full}'`, c.schema);
});

test("a return that a technician asks for lands with what is nobody's, with its note", async () => {
	const phone = new Phone(uma.visitor);
	const [hers] = (await board(`day=${D}&tech=${uma.id}`)).stops;
	assert.equal((await phone.say("follow_up", hers.row.id, { text: "Chlorine was out. Come before the weekend.", day: day(2) })).answer, "applied");
	const [back] = (await board(`day=${day(2)}&nobody=true`)).stops;
	assert.equal(back.row.source, "follow_up");
	assert.equal(back.row.note, "Chlorine was out. Come before the weekend.");
});

test("two promises that one person cannot keep are refused at entry, with the reason", async () => {
	const on = { day: day(6), tech_id: tom.id, minutes: 60, anyway: false };
	await plan(near, { ...on, from_minute: 540, to_minute: 560 });
	const clash = await office.post("/api/office/visits", { property_id: near, service_id: level.id, note: "", ...on, from_minute: 550, to_minute: 580 });
	assert.match(refused(clash, 422, "invalid", "from_minute").message, /promised 9:00 to 9:20/);
	const later = await plan(near, { ...on, from_minute: 600, to_minute: 660 });
	refused(await office.call("PUT", `/api/office/visits/${later.id}`, { minutes: 60, note: "", from_minute: 545, to_minute: 575, version: later.version }), 422, "invalid", "from_minute");
	granted(await office.post("/api/office/visits", { property_id: near, service_id: level.id, note: "", ...on, tech_id: uma.id, from_minute: 550, to_minute: 580 }), 201);
});

test("who owes what was due is marked, until it is paid", async () => {
	const visit = await plan(near, { day: day(6), tech_id: tom.id });
	const marked = async () => (await stop(visit.id, day(6))).unpaid;
	assert.equal(await marked(), false);
	const entry = (n, cents) => sql(`INSERT INTO entry (posting_id, side, kind, at, day, account, customer_id, bill_id, payment_id, cents, actor_kind, actor_id)
		SELECT ${n}, 1, 1, 0, '2026-01-02', 1, customer_id, 77, 0, ${cents}, 0, 0 FROM visit WHERE note = 'Owes.'`, c.schema);
	sql(`UPDATE visit SET note = 'Owes.' WHERE property_id = (SELECT MIN(id) FROM property) LIMIT 1;
		INSERT INTO bill (id, kind, state, customer_id, currency, day, due_day, made_at) SELECT 77, 1, 2, customer_id, 'USD', '2026-01-02', '2026-01-09', 0 FROM visit WHERE note = 'Owes.'`, c.schema);
	entry(1, 5000);
	assert.equal(await marked(), true);
	sql("UPDATE bill SET due_day = '2999-01-01' WHERE id = 77", c.schema);
	assert.equal(await marked(), false, "not due yet");
	sql("UPDATE bill SET due_day = '2026-01-09' WHERE id = 77", c.schema);
	entry(2, -5000);
	assert.equal(await marked(), false, "paid");
});

test("what can never be done is refused when it is entered, by its field", async () => {
	const owner = c.owner.visitor;
	const at = `/api/office/staff/${uma.id}`;
	const on = day(6);
	const weekday = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"][new Date(`${on}T12:00:00Z`).getUTCDay()];
	const { version } = granted(await owner.get(`${at}/work`));
	const hours = (rows) => owner.put(`${at}/hours`, { from_day: day(2), rows, version });
	refused(await hours([{ weekday, from_minute: 600, to_minute: 540 }]), 422, "invalid", "to_minute");
	refused(await hours([{ weekday, from_minute: 480, to_minute: 720 }, { weekday, from_minute: 700, to_minute: 900 }]), 422, "invalid", "from_minute");
	granted(await hours([{ weekday, from_minute: 480, to_minute: 720 }]));
	// No duration, or one that nobody's day has; a service of no time.
	const visit = (over) => office.post("/api/office/visits", { property_id: near, service_id: level.id, day: on, tech_id: uma.id, note: "", ...over });
	refused(await visit({ minutes: 0 }), 422, "invalid", "minutes");
	refused(await visit({ minutes: 300 }), 422, "invalid", "minutes");
	const service = (over) => owner.post("/api/office/services", { kind: "job", name: "Acid wash", minutes: 60, pay_code: "", price_cents: 0, skills: [], checklist: [], parts: [], instructions: "", ...over });
	refused(await service({ minutes: 0 }), 422, "invalid", "minutes");
	// No shift: not on that day, not at that hour.
	refused(await visit({ day: day(7) }), 422, "invalid", "tech_id");
	refused(await visit({ from_minute: 800, to_minute: 900 }), 422, "invalid", "tech_id");
	// A skill that is not there, for a service and for a person; one that this person lacks.
	const nowhere = letters(BigInt(Date.now()) << 21n);
	refused(await service({ skills: [{ skill_id: nowhere }] }), 422, "invalid", "skills");
	refused(await owner.put(`${at}/skills`, { rows: [{ skill_id: nowhere, certificate: "", expires_day: null }], version: version + 1 }), 422, "invalid", "skill_id");
	const gas = granted(await owner.post("/api/office/skills", { name: "Gas heaters" }), 201);
	const heater = granted(await service({ name: "Heater repair", skills: [{ skill_id: gas.id }] }), 201);
	refused(await visit({ service_id: heater.id }), 422, "invalid", "tech_id");
	// An agreement is asked the same.
	const agreement = (term) => owner.post("/api/office/agreements", { property_id: near, repeats: "calendar", starts_day: day(3), term: { rule: `FREQ=WEEKLY;BYDAY=${weekday.slice(0, 2).toUpperCase()}`, service_id: level.id, tech_id: uma.id, minutes: 30, rate_kind: "month", with_chemicals: true, rate_cents: 15000, skip_policy: "billed", ...term } });
	refused(await agreement({ minutes: 0 }), 422, "invalid", "term.minutes");
	refused(await agreement({ minutes: 300 }), 422, "invalid", "minutes");
	refused(await agreement({ service_id: heater.id }), 422, "invalid", "tech_id");
	granted(await visit({}), 201);
});
