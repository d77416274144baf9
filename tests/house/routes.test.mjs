// Routes: a day and a week planned, looked at, refused in parts, published, undone; a place for somebody new; miles.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, hire, mailbox, pause, refused, sql, twin } from "./harness.mjs";

let c, people, office, techs, level, at;
const weekday = (d) => new Date(`${d}T12:00:00Z`).getUTCDay();
const later = (from, n) => new Date(Date.parse(`${from}T12:00:00Z`) + n * 86400000).toISOString().slice(0, 10);
/** The first Monday at least n days away. */
const monday = (n) => {
	while (weekday(day(n)) !== 1) n++;
	return day(n);
};
const letters = (v) => {
	let out = "";
	for (let i = 0n, n = BigInt(v); i < 13n; i++, n >>= 5n) out = "0123456789abcdefghjkmnpqrstvwxyz"[Number(n & 31n)] + out;
	return out;
};
const number = (id) => [...id].reduce((n, l) => (n << 5n) | BigInt("0123456789abcdefghjkmnpqrstvwxyz".indexOf(l)), 0n);
let seed = 7;
const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const wish = (over = {}) => ({ kind: "day", from_day: at, same_tech: 0, same_day: 0, even: 0, room_minutes: 0, scratch: false, locked: [], tries: 6000, ...over });

const ids = [];
const base = (BigInt(Date.now()) << 21n) + 1000n;
/** n homes strewn over Phoenix; each with a customer. */
function homes(n) {
	for (let i = 0; i < n; i++) {
		const id = base + BigInt(ids.length) * 10n;
		const [lat, lng] = [33350000 + Math.floor(random() * 200000), -112150000 + Math.floor(random() * 250000)];
		sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Customer ${ids.length + 1}', '', 'en', 0);
			INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6, place_source)
			VALUES (${id + 1n}, ${id}, '${ids.length + 1} Palm Way', 'Phoenix', 'AZ', '85001', ${lat}, ${lng}, 2)`, c.schema);
		ids.push({ id, customer: letters(id), property: letters(id + 1n), lat, lng });
	}
}
/** One visit for each of some homes on a day, dealt out without sense. */
function visits(from, to, on, over = {}) {
	for (let i = from; i < to; i++) {
		const tech = over.tech === undefined ? number(techs[(i * 7) % techs.length].id) : (over.tech ?? "NULL");
		sql(`INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, seq, minutes, state, source)
			VALUES (${ids[i].id + 5n}, ${ids[i].id}, ${ids[i].id + 1n}, ${number(level.id)}, '${on}', ${tech}, ${(i * 37) % 100}, 30, 1, 2)`, c.schema);
	}
}
async function ready(plan, state = "ready") {
	for (const end = Date.now() + 60_000; ; await pause(100)) {
		const now = granted(await office.get(`/api/office/route-plans/${plan.id}/state`));
		if (now.state === state) return granted(await office.get(`/api/office/route-plans/${plan.id}`));
		assert.ok(Date.now() < end && !(now.state === "cancelled" && state !== "cancelled"), `plan stays ${now.state}: ${now.problem}`);
	}
}
const make = async (over, state) => ready(granted(await office.post("/api/office/route-plans", wish(over)), 201), state);
const board = async (on) => granted(await office.get(`/api/office/visits?from=${on}&to=${on}`)).rows;
const order = (rows) => rows.map((v) => [v.id, v.tech_id, v.seq, v.by_hand]);
const changeOf = (s, over) => {
	const { units, fuel_unit, fuel_use, day_from, day_to, lunch_minutes, lunch_from, lunch_to, version, fuel_price_cents, fuel_use_x10 } = s;
	return { units, fuel_unit, fuel_use, day_from, day_to, lunch_minutes, lunch_from, lunch_to, version, fuel_price_cents, fuel_use_x10, ...over };
};
const moves = (plan) => plan.stops.filter((s) => s.was_tech !== s.to_tech || s.was_days !== s.to_days);

before(async () => {
	c = await company();
	people = await crew(c, ["dispatcher", "technician", "read_only"]);
	techs = [people.technician, await hire(c, mailbox, "technician"), await hire(c, mailbox, "technician")];
	office = people.dispatcher.visitor;
	level = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows.find((s) => s.kind === "level");
	at = monday(3);
	techs.forEach((t, i) => sql(`UPDATE staff SET colour = ${i + 1}, start_lat_e6 = ${33400000 + i * 60000}, start_lng_e6 = ${-112100000 + i * 70000} WHERE id = ${number(t.id)}`, c.schema));
	homes(36);
	visits(0, 36, at);
	twin(c);
});

test("a day is planned: less driving, the same stops, nobody moved yet", async () => {
	const was = order(await board(at));
	const plan = await make({});
	assert.equal(plan.state, "ready");
	assert.equal(plan.before.stops, 36);
	assert.equal(plan.after.stops, 36);
	assert.ok(plan.after.drive_s < plan.before.drive_s * 0.75, `${plan.before.drive_s} -> ${plan.after.drive_s} s`);
	assert.ok(plan.after.metres < plan.before.metres);
	assert.ok(plan.before.fuel_cents > plan.after.fuel_cents && plan.after.fuel_cents > 0);
	assert.equal(plan.before.service_s, plan.after.service_s);
	// The road map has not been asked yet: every way says that it is an estimate.
	assert.equal(plan.after.estimated, plan.after.legs);
	assert.ok(plan.stops.every((s) => s.estimated));
	assert.ok(plan.after.legs >= 36);
	const changed = moves(plan);
	assert.equal(changed.length, plan.changed);
	for (const s of changed) {
		assert.equal(s.state, "change");
		assert.ok(["placed", "skill", "over", "near", "even", "liked"].includes(s.reason));
		if (s.reason === "near") assert.ok(s.near.startsWith("Customer") && s.near_m > 0);
	}
	// Every stop has its number on its route, from 1 without a gap.
	for (const t of techs) {
		const on = plan.stops.filter((s) => s.to_tech === t.id).map((s) => s.to_at).sort((a, b) => a - b);
		assert.deepEqual(on, on.map((_, i) => i + 1));
	}
	assert.equal(plan.loads.reduce((n, l) => n + l.after.drive_s, 0), plan.after.drive_s);
	assert.equal(plan.loads.length, 3);
	assert.deepEqual(order(await board(at)), was);
	// Same facts, same number of tries: the same plan.
	const again = await make({});
	assert.deepEqual(again.after, plan.after);
	assert.deepEqual(again.stops, plan.stops);
	granted(await office.delete(`/api/office/route-plans/${again.id}`), 204);
	refused(await people.read_only.visitor.post("/api/office/route-plans", wish()), 403, "forbidden");
	refused(await people.technician.visitor.get(`/api/office/route-plans/${plan.id}`), 403, "forbidden");
	granted(await office.delete(`/api/office/route-plans/${plan.id}`), 204);
	refused(await office.post(`/api/office/route-plans/${plan.id}/publications`, { version: plan.version + 1 }), 409, "stale");
});

test("a plan is published as one act and undone as one act", async () => {
	const was = order(await board(at));
	const plan = await make({});
	refused(await office.post(`/api/office/route-plans/${plan.id}/publications`, { version: plan.version + 7 }), 409, "stale");
	const done = granted(await office.post(`/api/office/route-plans/${plan.id}/publications`, { version: plan.version }), 201);
	assert.equal(done.state, "applied");
	const now = await board(at);
	for (const s of plan.stops) {
		const v = now.find((x) => x.id === s.record_id);
		assert.equal(v.tech_id, s.to_tech);
		assert.equal(v.seq, s.to_at * 10);
	}
	// The calendar's order is the route's order.
	for (const t of techs) {
		const here = now.filter((v) => v.tech_id === t.id).map((v) => plan.stops.find((s) => s.record_id === v.id).to_at);
		assert.deepEqual(here, [...here].sort((a, b) => a - b));
	}
	// The phone of a technician shows the new order, whatever it held before.
	const phone = granted(await people.technician.visitor.get(`/api/tech/today?day=${at}`)).stops.map((x) => x.id);
	assert.deepEqual(phone, plan.stops.filter((x) => x.to_tech === techs[0].id).sort((a, b) => a.to_at - b.to_at).map((x) => x.record_id));
	refused(await office.post(`/api/office/route-plans/${plan.id}/publications`, { version: done.version }), 409, "stale");
	// One visit is touched after: it stays, the others go back.
	const touched = now.find((v) => v.tech_id === techs[0].id);
	granted(await office.put(`/api/office/visits/${touched.id}`, { minutes: 31, note: "", version: touched.version }));
	const undone = granted(await office.delete(`/api/office/route-plans/${plan.id}/publications`));
	assert.equal(undone.state, "undone");
	assert.equal(undone.failed, 1);
	const again = order(await board(at)).filter(([id]) => id !== touched.id);
	assert.deepEqual(again.sort(), was.filter(([id]) => id !== touched.id).sort());
	refused(await office.delete(`/api/office/route-plans/${plan.id}/publications`), 409, "stale");
	assert.ok(granted(await office.get("/api/office/route-plans")).rows.some((p) => p.id === plan.id && p.state === "undone" && p.by));
});

test("a plan made from stale facts is refused, and made anew it holds", async () => {
	const plan = await make({});
	const visit = (await board(at))[5];
	granted(await office.put(`/api/office/visits/${visit.id}`, { minutes: 45, note: "", version: visit.version }));
	const was = order(await board(at));
	refused(await office.post(`/api/office/route-plans/${plan.id}/publications`, { version: plan.version }), 409, "stale", "mark");
	assert.deepEqual(order(await board(at)), was);
	const anew = await make({});
	assert.equal(granted(await office.post(`/api/office/route-plans/${anew.id}/publications`, { version: anew.version }), 201).state, "applied");
	granted(await office.delete(`/api/office/route-plans/${anew.id}/publications`));
});

test("a change that is refused stays where it was, and the figures follow", async () => {
	const plan = await make({});
	const [no] = moves(plan);
	const asked = granted(await office.put(`/api/office/route-plans/${plan.id}/refusals`, { stops: [{ id: no.record_id }], version: plan.version }));
	assert.equal(asked.state, "searching");
	const less = await ready(plan);
	assert.equal(less.changed, plan.changed - 1);
	assert.equal(less.stops.find((s) => s.record_id === no.record_id).state, "refused");
	assert.notEqual(less.after.drive_s, plan.after.drive_s);
	// All again: the same figures as at first.
	granted(await office.put(`/api/office/route-plans/${plan.id}/refusals`, { stops: [], version: less.version }));
	assert.deepEqual((await ready(plan)).after, plan.after);
	const last = granted(await office.get(`/api/office/route-plans/${plan.id}`));
	granted(await office.put(`/api/office/route-plans/${plan.id}/refusals`, { stops: [{ id: no.record_id }], version: last.version }));
	const final = await ready(plan);
	granted(await office.post(`/api/office/route-plans/${plan.id}/publications`, { version: final.version }), 201);
	const now = await board(at);
	assert.equal(now.find((v) => v.id === no.record_id).tech_id, no.was_tech);
	granted(await office.delete(`/api/office/route-plans/${plan.id}/publications`));
});

test("who is locked stays, what has nobody gets somebody, and who is away gets nothing", async () => {
	sql(`UPDATE visit SET tech_id = NULL WHERE id = ${ids[3].id + 5n}`, c.schema);
	sql(`INSERT INTO availability (id, staff_id, kind, from_day, to_day, reason) VALUES (${base - 1n}, ${number(techs[2].id)}, 2, '${at}', '${at}', 'ill')`, c.schema);
	twin(c);
	const plan = await make({ locked: [{ id: ids[0].customer }, { id: ids[7].customer }] });
	const stop = (i) => plan.stops.find((s) => s.customer_id === ids[i].customer);
	for (const i of [0, 7]) assert.equal(stop(i).to_tech, stop(i).was_tech);
	assert.ok(stop(3).to_tech);
	assert.equal(stop(3).reason, "placed");
	assert.equal(plan.left_out, 0);
	for (const s of plan.stops) if (!s.locked) assert.notEqual(s.to_tech, techs[2].id);
	sql(`DELETE FROM availability WHERE id = ${base - 1n}; UPDATE visit SET tech_id = ${number(techs[1].id)} WHERE id = ${ids[3].id + 5n}`, c.schema);
});

test("lunch is when the company says, or in the gap of somebody's own hours; what a van lacks is said", async () => {
	const settings = granted(await office.get("/api/office/route-settings"));
	assert.deepEqual([settings.lunch_minutes, settings.lunch_from, settings.lunch_to], [30, 660, 840]);
	granted(await office.put("/api/office/route-settings", changeOf(settings, { lunch_minutes: 45, lunch_from: 600, lunch_to: 660 })));
	const hours = (n, from, to) => `(${base - n}, ${number(techs[1].id)}, 1, ${(weekday(at) + 6) % 7}, '2020-01-01', ${from}, ${to})`;
	sql(`INSERT INTO availability (id, staff_id, kind, weekday, from_day, from_minute, to_minute) VALUES ${hours(11n, 420, 540)}, ${hours(12n, 600, 1020)}`, c.schema);
	// Ten visits take a salt bag each; one van was counted and has two, in the others nobody ever looked.
	sql(`UPDATE service SET parts = '{"rows":[{"name":"Salt bag","quantity":1}]}' WHERE id = ${number(level.id)};
		INSERT INTO item (id, kind, name, unit, holds_x100) VALUES (${base - 20n}, 2, 'Salt Bag', 1, 100);
		INSERT INTO stock (place_id, item_id, amount_x100, counted_at) VALUES (${number(techs[0].id)}, ${base - 20n}, 200, 1)`, c.schema);
	twin(c);
	const plan = await make({});
	const load = (i) => plan.loads.find((l) => l.tech_id === techs[i].id);
	for (const i of [0, 2]) assert.ok(load(i).lunch === null ? load(i).after_ends <= 660 : load(i).lunch >= 600 && load(i).lunch <= 660, `lunch at ${load(i).lunch}`);
	assert.ok(load(1).lunch >= 510 && load(1).lunch <= 570, `in the gap of nine to ten, not at ${load(1).lunch}`);
	for (const l of plan.loads) {
		const rest = l.after.drive_s + l.after.service_s + (l.lunch === null ? 0 : (l.tech_id === techs[1].id ? 60 : 45) * 60);
		assert.ok(l.after.paid_s >= rest && l.after.paid_s <= rest + l.after.wait_s + 3600, "paid is driving, work, lunch and waiting");
	}
	assert.ok(plan.before.lacks >= 8 && load(0).before.lacks === plan.before.lacks);
	assert.ok(plan.after.lacks < plan.before.lacks, `${plan.before.lacks} -> ${plan.after.lacks} bags missing`);
	assert.ok(plan.loads.every((l) => l.supply === null));
	// All vans are empty, and the office says where there is more: somebody drives by, and the board says what to bring.
	sql(`INSERT INTO stock (place_id, item_id, amount_x100, counted_at) VALUES ${[1, 2].map((i) => `(${number(techs[i].id)}, ${base - 20n}, 0, 1)`)};
		UPDATE stock SET amount_x100 = 0 WHERE item_id = ${base - 20n}`, c.schema);
	const dry = await make({});
	assert.ok(dry.after.lacks > 0 && dry.loads.every((l) => l.supply === null));
	const had = granted(await office.get("/api/office/route-settings"));
	refused(await office.put("/api/office/route-settings", changeOf(had, { supply_lat_e6: 33410000 })), 422, "invalid");
	const house = granted(await office.put("/api/office/route-settings", changeOf(had, { supply_lat_e6: 33410000, supply_lng_e6: -112050000, supply_minutes: 20 })));
	assert.deepEqual([house.supply_lat_e6, house.supply_lng_e6, house.supply_minutes], [33410000, -112050000, 20]);
	twin(c);
	const fetched = await make({});
	assert.equal(fetched.after.lacks, 0);
	assert.deepEqual([fetched.supply_lat_e6, fetched.supply_lng_e6], [33410000, -112050000]);
	const by = fetched.loads.filter((l) => l.supply !== null);
	assert.ok(by.length > 0 && by.every((l) => l.supply >= l.from_minute && l.supply < l.after_ends));
	const next = by.map((l) => fetched.stops.find((s) => s.to_tech === l.tech_id && s.to_at === l.supply_after + 1));
	const errands = () => sql(`SELECT id, errand, errand_minutes, by_hand FROM visit WHERE id IN (${next.map((s) => number(s.record_id))}) ORDER BY id`, c.schema);
	const planned = async () => granted(await office.get(`/api/office/route-miles?from=${at}&to=${at}`)).rows.reduce((n, m) => n + m.planned_s, 0);
	const before = errands();
	granted(await office.post(`/api/office/route-plans/${fetched.id}/publications`, { version: fetched.version }), 201);
	// It is a stop of its own: on the board's clock, and in the miles of the day.
	for (const [, what, minutes] of errands()) assert.ok(/^\d+ × Salt bag$/.test(what) && minutes === "20", what);
	const clock = granted(await office.get(`/api/office/board?day=${at}`)).stops;
	for (const s of next) {
		const { time } = clock.find((x) => x.row.id === s.record_id);
		assert.ok(time.fetch_s > 0 && time.begin_s >= time.fetch_s + 1200 + time.drive_s, `${time.fetch_s} ${time.begin_s}`);
	}
	assert.ok(Math.abs((await planned()) - fetched.after.drive_s) <= 60, `${await planned()} s in the miles, ${fetched.after.drive_s} s in the plan`);
	// Planned again, what is fetched already is fetched once, on one way of each van that goes.
	const again = await make({});
	assert.equal(again.after.lacks, 0);
	assert.ok(again.loads.filter((l) => l.supply !== null).length <= by.length);
	granted(await office.delete(`/api/office/route-plans/${again.id}`), 204);
	granted(await office.delete(`/api/office/route-plans/${fetched.id}/publications`));
	assert.deepEqual(errands(), before);
	// Who is offered one more stop fetches what their van has not, and who takes it has it on the route.
	const extra = granted(await office.post("/api/office/visits", { property_id: ids[0].property, service_id: level.id, day: at, note: "", anyway: true }), 201);
	const { rows } = granted(await office.get(`/api/office/visits/${extra.id}/offers`));
	assert.ok(rows.length > 0 && rows.every((o) => o.lacks === "1 × Salt bag"));
	granted(await office.post(`/api/office/visits/${extra.id}/takings`, { tech_id: rows[0].tech_id, version: extra.version }), 201);
	const taken = granted(await office.get(`/api/office/board?day=${at}`)).stops.find((s) => s.row.id === extra.id);
	assert.deepEqual([taken.row.errand, taken.row.errand_minutes, taken.time.begin_s], ["1 × Salt bag", 20, rows[0].at.begin_s]);
	// Somebody new is priced with it too; for every week nobody knows what is in a van.
	const offered = (weekly) => office.get(`/api/office/route-offers?property_id=${ids[0].property}&service_id=${level.id}&from_day=${at}&weeks=1&weekly=${weekly}`).then((r) => granted(r).rows);
	const alone = (await offered(false)).filter((o) => o.stops === 1);
	assert.ok(alone.length > 0 && alone.every((o) => o.fetches !== (o.lacks === 1)), "who has nothing else fetches it, or lacks it where that costs less");
	assert.ok((await offered(true)).every((o) => !o.fetches && o.lacks === 0));
	// Whoever takes such an offer has the errand that it speaks of; a visit by hand has only what somebody says.
	const by_hand = { property_id: ids[0].property, service_id: level.id, day: at, tech_id: rows[0].tech_id, seq: 1, note: "", anyway: true };
	const given = granted(await office.post("/api/office/visits", { ...by_hand, fetch: true }), 201), plain = granted(await office.post("/api/office/visits", by_hand), 201);
	assert.deepEqual([given, plain].map((v) => sql(`SELECT errand, errand_minutes FROM visit WHERE id = ${number(v.id)}`, c.schema)[0]), [["1 × Salt bag", "20"], ["", "0"]]);
	sql(`DELETE FROM visit WHERE id IN (${[extra, given, plain].map((v) => number(v.id))})`, c.schema);
	granted(await office.put("/api/office/route-settings", changeOf(house, { supply_lat_e6: null, supply_lng_e6: null })));
	sql(`UPDATE service SET parts = '{"rows":[]}' WHERE id = ${number(level.id)}; DELETE FROM stock WHERE item_id = ${base - 20n};
		DELETE FROM item WHERE id = ${base - 20n}; DELETE FROM availability WHERE id IN (${base - 11n}, ${base - 12n})`, c.schema);
});

test("one technician's day is put in order without anybody else", async () => {
	const plan = await make({ tech_id: techs[0].id });
	assert.equal(plan.loads.length, 1);
	assert.equal(moves(plan).length, 0);
	assert.ok(plan.after.drive_s <= plan.before.drive_s);
	assert.ok(plan.stops.every((s) => s.was_tech === techs[0].id));
});

test("what is done or under way stays at the head of its route", async () => {
	const mine = (await board(at)).filter((v) => v.tech_id === techs[0].id);
	sql(`UPDATE visit SET state = 3, started_at = 1, ended_at = 2, seq = 1 WHERE id = ${number(mine[0].id)};
		UPDATE visit SET state = 2, started_at = 3, seq = 2 WHERE id = ${number(mine[1].id)}`, c.schema);
	const plan = await make({});
	for (const [i, v] of [mine[0], mine[1]].entries()) {
		const s = plan.stops.find((x) => x.record_id === v.id);
		assert.ok(s.fixed);
		assert.deepEqual([s.to_tech, s.to_at], [techs[0].id, i + 1]);
	}
	sql(`UPDATE visit SET state = 1, started_at = NULL, ended_at = NULL WHERE day = '${at}'`, c.schema);
});

test("a search can be ended early or given up, and bad wishes are named", async () => {
	const long = granted(await office.post("/api/office/route-plans", wish({ seconds: 60, tries: null })), 201);
	for (const end = Date.now() + 20_000; granted(await office.get(`/api/office/route-plans/${long.id}/state`)).tries === 0; await pause(50)) assert.ok(Date.now() < end);
	granted(await office.post(`/api/office/route-plans/${long.id}/endings`, {}), 201);
	const plan = await ready(long);
	assert.ok(plan.spent_ms < 30_000);
	refused(await office.post(`/api/office/route-plans/${long.id}/endings`, {}), 409, "stale");
	const gone = granted(await office.post("/api/office/route-plans", wish({ seconds: 60, tries: null })), 201);
	granted(await office.delete(`/api/office/route-plans/${gone.id}`), 204);
	await ready(gone, "cancelled");
	refused(await office.post("/api/office/route-plans", wish({ from_day: day(-2) })), 422, "invalid", "from_day");
	refused(await office.post("/api/office/route-plans", wish({ kind: "week", from_day: day(200) })), 422, "invalid", "from_day");
	refused(await office.post("/api/office/route-plans", wish({ kind: "week", tech_id: techs[0].id })), 422, "invalid", "tech_id");
	refused(await office.post("/api/office/route-plans", wish({ tech_id: ids[0].customer })), 422, "invalid", "tech_id");
	refused(await office.post("/api/office/route-plans", wish({ even: 9 })), 422, "invalid", "even");
});

// ---- the master week ----

let from, weekly;
/** Agreements for some homes, dealt out without sense over technicians and weekdays. */
async function agreements(a, b) {
	const days = ["MO", "TU", "WE", "TH", "FR"];
	for (let i = a; i < b; i++) {
		const rule = i % 9 === 0 ? "FREQ=WEEKLY;BYDAY=MO,TH" : i % 7 === 0 ? `FREQ=WEEKLY;INTERVAL=2;BYDAY=${days[i % 5]}` : `FREQ=WEEKLY;BYDAY=${days[(i * 3) % 5]}`;
		granted(await office.post("/api/office/agreements", { property_id: ids[i].property, repeats: "calendar", starts_day: day(0),
			term: { rule, anchor_day: day(0), service_id: level.id, tech_id: techs[(i * 5) % 3].id, rate_kind: "month", with_chemicals: true, rate_cents: 15000, skip_policy: "billed" } }), 201);
	}
}
const term = async (i, on = from) => {
	const [a] = granted(await office.get(`/api/office/agreements?customer_id=${ids[i].customer}`)).rows;
	return a.terms.filter((t) => t.from_day <= on).at(-1);
};
const calendar = () => sql("SELECT agreement_id, occurs_day, day, tech_id, seq FROM visit WHERE agreement_id IS NOT NULL ORDER BY agreement_id, occurs_day", c.schema);

test("a week is planned from today's routes: who changes is named, who is locked stays", async () => {
	homes(30);
	twin(c);
	await agreements(36, 66);
	from = monday(8);
	const before = calendar();
	weekly = await make({ kind: "week", from_day: from, same_tech: 1, same_day: 1, locked: [{ id: ids[40].customer }], tries: 20000 });
	assert.equal(weekly.monday, from);
	assert.equal(weekly.days, 14);
	assert.ok(weekly.after.drive_s < weekly.before.drive_s * 0.8, `${weekly.before.drive_s} -> ${weekly.after.drive_s} s`);
	assert.equal(weekly.after.stops, weekly.before.stops);
	const changed = moves(weekly);
	assert.ok(changed.length > 3 && changed.length === weekly.changed);
	for (const s of changed) assert.ok(s.customer.startsWith("Customer") && s.reason);
	assert.ok(!changed.some((s) => s.customer_id === ids[40].customer));
	// As often as before, and twice a week not on days in a row, the same in both weeks.
	const bits = (n) => n.toString(2).replaceAll("0", "").length;
	for (const s of weekly.stops) assert.equal(bits(s.to_days), bits(s.was_days));
	for (const s of weekly.stops.filter((x) => bits(x.to_days) === 4)) assert.equal(s.to_days & 127, s.to_days >> 7);
	assert.deepEqual(calendar(), before);
	// Ten customers say which day they like: by that wish they get it, and the reason says so.
	const like = ids.slice(36, 66).filter((_, i) => i % 3 === 1).map((x) => x.id + 1n);
	sql(`UPDATE property SET like_days = 4 WHERE id IN (${like.join(",")})`, c.schema);
	const wednesday = (p) => p.stops.filter((s) => like.includes(number(s.customer_id) + 1n) && bits(s.to_days) < 3 && (s.to_days & ~(4 | (4 << 7))) === 0).length;
	const unasked = await make({ kind: "week", from_day: from, same_tech: 0, same_day: 3, liked_days: 0 });
	const asked = await make({ kind: "week", from_day: from, same_tech: 0, same_day: 3, liked_days: 4 });
	assert.ok(wednesday(asked) > wednesday(unasked), `${wednesday(unasked)} -> ${wednesday(asked)} on the day they like`);
	assert.ok(asked.stops.some((s) => s.reason === "liked" && s.state === "change"));
	sql(`UPDATE property SET like_days = 0 WHERE id IN (${like.join(",")})`, c.schema);
	for (const p of [unasked, asked]) granted(await office.delete(`/api/office/route-plans/${p.id}`), 204);
	// Only this wish matters: nobody gets another day.
	const kept = await make({ kind: "week", from_day: from, same_day: 4 });
	for (const s of kept.stops) assert.equal(s.to_days, s.was_days);
	granted(await office.delete(`/api/office/route-plans/${kept.id}`), 204);
});

test("a published week gives new terms from its day on, the visits follow, and undo brings both back", async () => {
	const before = calendar();
	const [no] = moves(weekly);
	granted(await office.put(`/api/office/route-plans/${weekly.id}/refusals`, { stops: [{ id: no.record_id }], version: weekly.version }));
	weekly = await ready(weekly);
	granted(await office.post(`/api/office/route-plans/${weekly.id}/publications`, { version: weekly.version }), 201);
	const done = await ready(weekly, "applied");
	assert.equal(done.failed, 0);
	for (const s of moves(weekly).filter((x) => x.state === "change")) {
		const i = ids.findIndex((x) => x.customer === s.customer_id);
		const now = await term(i);
		assert.equal(now.tech_id, s.to_tech);
		if (s.to_days !== s.was_days) assert.equal(now.from_day, from);
		// Exactly on the days of the plan, by exactly that person.
		const visits = sql(`SELECT DATE_FORMAT(day, '%Y-%m-%d'), tech_id FROM visit WHERE customer_id = ${ids[i].id} AND agreement_id IS NOT NULL AND day BETWEEN '${from}' AND '${later(from, 13)}' ORDER BY day`, c.schema);
		const wanted = [...Array(14).keys()].filter((d) => (s.to_days >> d) & 1).map((d) => later(from, d));
		assert.deepEqual(visits, wanted.map((d) => [d, String(number(s.to_tech))]), s.customer);
	}
	// Who was refused, and everybody before that day, is as before.
	const was = before.filter(([, occurs]) => occurs < from);
	assert.deepEqual(calendar().filter(([, occurs]) => occurs < from), was);
	const refusedOne = ids.findIndex((x) => x.customer === no.customer_id);
	assert.equal((await term(refusedOne)).tech_id, no.was_tech);
	granted(await office.delete(`/api/office/route-plans/${weekly.id}/publications`));
	const undone = await ready(weekly, "undone");
	assert.equal(undone.failed, 0);
	assert.deepEqual(calendar(), before);
	assert.equal((await term(40)).from_day, day(0));
});

test("a week built from nothing is a plan too", async () => {
	const plan = await make({ kind: "week", from_day: from, scratch: true, even: 3, room_minutes: 30, tries: 20000 });
	assert.equal(plan.left_out, 0);
	assert.equal(plan.after.stops, plan.before.stops);
	assert.ok(plan.after.drive_s < plan.before.drive_s);
});

// ---- somebody new ----

test("a new customer is offered places with exactly what they add, and taking one makes it so", async () => {
	homes(1);
	twin(c);
	const fresh = ids.at(-1);
	const ask = (over = "") => office.get(`/api/office/route-offers?property_id=${fresh.property}&service_id=${level.id}&from_day=${from}&weeks=4&weekly=true${over}`);
	const { rows, looked } = granted(await ask());
	assert.ok(rows.length > 5 && looked >= rows.length * 4);
	const best = rows[0];
	assert.equal(best.times, 4);
	assert.ok(best.tech && best.stops > 0 && best.load_minutes > 0 && best.estimated);
	const cost = (o) => o.added_s + 2 * o.overtime_s + 10 * o.late_s + (o.other_tech ? 300 : 0) - (o.liked ? 300 : 0);
	for (const [i, o] of rows.entries()) assert.ok(i === 0 || cost(o) >= cost(rows[i - 1]));
	// Days that these people do not want are not offered.
	const not = (weekday(best.day) + 6) % 7;
	sql(`UPDATE property SET not_days = ${1 << not} WHERE id = ${fresh.id + 1n}`, c.schema);
	assert.ok(!granted(await ask()).rows.some((o) => weekday(o.day) === weekday(best.day)));
	sql(`UPDATE property SET not_days = 0 WHERE id = ${fresh.id + 1n}`, c.schema);
	// What the miles of that day say before and after is what was offered.
	const miles = async () => granted(await office.get(`/api/office/route-miles?from=${best.day}&to=${later(best.day, 21)}`)).rows.filter((m) => m.tech_id === best.tech_id && weekday(m.day) === weekday(best.day));
	const was = await miles();
	const rule = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"][weekday(best.day)];
	granted(await office.post("/api/office/agreements", { property_id: fresh.property, repeats: "calendar", starts_day: best.day,
		term: { rule: `FREQ=WEEKLY;BYDAY=${rule}`, service_id: level.id, tech_id: best.tech_id, seq: best.seq, rate_kind: "month", with_chemicals: true, rate_cents: 15000, skip_policy: "billed" } }), 201);
	const now = await miles();
	const added = now.reduce((n, m) => n + m.planned_s, 0) - was.reduce((n, m) => n + m.planned_s, 0);
	assert.ok(Math.abs(added / 4 - best.added_s) < 1, `${added / 4} s, offered ${best.added_s} s`);
	// Once, on a single day, is offered as well; a place without a pin is not guessed.
	const once = granted(await office.get(`/api/office/route-offers?property_id=${fresh.property}&minutes=60&from_day=${from}&weeks=1`)).rows;
	assert.ok(once.length > 0 && once.every((o) => o.times === 1));
	/* At a wished time: whoever is offered comes then, or says how late. */
	const wished = `/api/office/route-offers?property_id=${fresh.property}&minutes=60&from_day=${from}&weeks=1&from_minute=840`;
	const then = granted(await office.get(`${wished}&to_minute=960`)).rows;
	assert.ok(then.length > 0 && then[0].begin_minute >= 840 && then[0].begin_minute <= 960, JSON.stringify(then[0]));
	refused(await office.get(`${wished}&to_minute=840`), 422, "invalid", "to_minute");
	sql(`UPDATE property SET lat_e6 = NULL, lng_e6 = NULL WHERE id = ${fresh.id + 1n}`, c.schema);
	refused(await ask(), 422, "invalid", "property_id");
	refused(await office.get(`/api/office/route-offers?property_id=${letters(1n)}&from_day=${from}&weeks=1`), 422, "invalid", "property_id");
});

// ---- miles and fuel ----

test("miles and fuel are counted for each technician and day, planned and driven", async () => {
	const mine = (await board(at)).filter((v) => v.tech_id === techs[1].id);
	sql(`UPDATE visit SET state = 3, started_at = id MOD 1000, ended_at = 5000 + id MOD 1000 WHERE day = '${at}' AND tech_id = ${number(techs[1].id)}`, c.schema);
	const row = async () => granted(await office.get(`/api/office/route-miles?from=${at}&to=${at}`)).rows.find((m) => m.tech_id === techs[1].id);
	const one = await row();
	assert.equal(one.stops, mine.length);
	assert.equal(one.done, mine.length);
	assert.ok(one.planned_m > 0 && one.driven_m > 0 && one.planned_cents > 0);
	assert.equal(one.estimated, one.legs);
	const settings = granted(await office.get("/api/office/route-settings"));
	assert.deepEqual([settings.units, settings.fuel_unit, settings.fuel_use, settings.roads, settings.tiles_url, settings.currency], ["miles", "gallon", "mpg", true, "", "USD"]);
	const change = changeOf(settings, { fuel_price_cents: settings.fuel_price_cents * 2 });
	const after = granted(await office.put("/api/office/route-settings", change));
	assert.ok(Math.abs((await row()).planned_cents - one.planned_cents * 2) <= 1);
	refused(await office.put("/api/office/route-settings", change), 409, "stale");
	refused(await office.put("/api/office/route-settings", { ...change, day_to: change.day_from, version: after.version }), 422, "invalid", "day_to");
	refused(await office.put("/api/office/route-settings", { ...change, lunch_from: 800, lunch_to: 700, version: after.version }), 422, "invalid", "lunch_to");
	refused(await people.read_only.visitor.put("/api/office/route-settings", change), 403, "forbidden");
	refused(await office.get(`/api/office/route-miles?from=${at}&to=${later(at, 100)}`), 422, "invalid", "to");
});
