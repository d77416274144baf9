// A part is missing: the nearest van that has it, fetching it on the way, another day; the promised window follows.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, mailbox, refused, sql, word } from "./harness.mjs";
import { letters, Phone } from "./phone.mjs";
import { until } from "./until.mjs";

let email, c, office, tom, uma, vic, level, home, item, phone;
const D = day(1);
const plan = async (over = {}) => granted(await office.post("/api/office/visits", { property_id: home, service_id: level.id, day: D, note: "Pump hums.", anyway: true, tech_id: tom.id, ...over }), 201);
const lacks = async (visit, text = "The pump lid o-ring is torn.") => {
	await phone.say("missing_part", visit.id, { text });
	return granted(await office.get("/api/office/alerts?kind=missing_part")).rows.find((a) => a.visit_id === visit.id);
};
const choices = (a, query = "") => office.get(`/api/office/alerts/${a.row.id}/parts${query}`).then(granted);
const take = (a, over) => office.post(`/api/office/alerts/${a.row.id}/parts`, { version: a.row.version, ...over });
const stop = async (id, on = D) => granted(await office.get(`/api/office/board?day=${on}`)).stops.find((s) => s.row.id === id);

before(async () => {
	c = await company();
	const people = await crew(c, ["technician", "dispatcher"]);
	tom = people.technician;
	uma = (await crew(c, ["technician"])).technician;
	vic = (await crew(c, ["technician"])).technician;
	office = people.dispatcher.visitor;
	phone = new Phone(tom.visitor);
	const at = BigInt(Date.now()) << 21n;
	email = `rosa@${word()}.example`;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '${email}', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201', 33400000, -111800000);
		UPDATE staff SET start_lat_e6 = 33401000, start_lng_e6 = -111800000 WHERE email = '${tom.email}';
		UPDATE staff SET start_lat_e6 = 33500000, start_lng_e6 = -111800000 WHERE email = '${uma.email}';
		UPDATE staff SET start_lat_e6 = 33420000, start_lng_e6 = -111800000 WHERE email = '${vic.email}'`, c.schema);
	home = letters(at + 1n);
	[level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
	const made = (n, name) => sql(`INSERT INTO item (id, kind, name, sku, chemical, strength_x100, unit, holds_x100, most_x100, wait_minutes, cost_cents, price_cents, taxable, position, label_url)
		VALUES (${at + n}, 2, '${name}', '', 0, 0, 3, 100, 0, 0, 100, 200, 0, 1, '')`, c.schema);
	made(5n, "Pump lid O-ring 4 inch");
	made(6n, "Filter grid");
	item = letters(at + 5n);
	const ids = Object.fromEntries(sql("SELECT email, id FROM staff", c.schema));
	sql(`INSERT INTO stock (place_id, item_id, amount_x100) VALUES (${ids[tom.email]}, ${at + 5n}, 100), (${ids[uma.email]}, ${at + 5n}, 300), (${ids[vic.email]}, ${at + 5n}, 100), (${ids[vic.email]}, ${at + 6n}, 900)`, c.schema);
});

test("the part is found in the company's own list by its words, and the vans that have it, the nearest first", async () => {
	const a = await lacks(await plan());
	const is = await choices(a);
	assert.equal(is.item_id, item);
	assert.deepEqual(is.vans.map((v) => v.tech_id), [vic.id, uma.id], "not the own van, though it should have one");
	assert.ok(is.vans[0].drive_s < is.vans[1].drive_s);
	assert.ok(is.days.length > 0 && is.days[0].day > day(0));
	const none = await lacks(await plan(), "Something odd.");
	const odd = await choices(none);
	assert.deepEqual([odd.item_id, odd.vans.length, odd.items.length], [null, 0, 0]);
	assert.equal((await choices(none, `?item_id=${item}`)).vans.length, 2);
	refused(await office.get(`/api/office/alerts/${none.row.id}/parts?item_id=${level.id}`), 422, "invalid", "item_id");
});

test("the van that has it gets the stop, with the note, and the window follows", async () => {
	const visit = await plan({ from_minute: 480, to_minute: 600 });
	await plan({ tech_id: vic.id, minutes: 180, from_minute: 480, to_minute: 485 }); // Vic cannot be there before eleven
	const a = await lacks(visit);
	const moved = granted(await take(a, { way: "van", tech_id: vic.id, item_id: item }), 201);
	assert.equal(moved.tech_id, vic.id);
	const is = await stop(visit.id);
	assert.match(is.row.note, /^Bring: The pump lid o-ring is torn\.\nPump hums\.$/);
	assert.ok(is.row.from_minute >= 630, "later than it was");
	assert.equal(is.row.to_minute - is.row.from_minute, 120, "as long as it was");
	assert.ok(is.row.from_minute * 60 <= is.time.begin_s && is.time.begin_s < is.row.from_minute * 60 + 1800, "from the half hour before");
	assert.equal(is.time.late_s, 0);
	// Rosa reads it in her language.
	const told = await mailbox.letter(email, /hora\s+distinta/);
	assert.match(told.text, /entre\s+las\s+\d+:\d\d\s+y\s+las\s+\d+:\d\d/);
	assert.ok(!granted(await office.get("/api/office/alerts?kind=missing_part")).rows.some((x) => x.row.id === a.row.id), "it was seen to");
	refused(await take(a, { way: "van", tech_id: vic.id, item_id: item }), 409, "stale");
	const other = await lacks(await plan());
	sql(`UPDATE stock SET amount_x100 = 0 WHERE place_id = (SELECT id FROM staff WHERE email = '${vic.email}')`, c.schema);
	refused(await take(other, { way: "van", tech_id: vic.id, item_id: item }), 409, "stale");
});

const settingsPut = async (over) => {
	const s = granted(await office.get("/api/office/route-settings"));
	const kept = Object.fromEntries(["units", "fuel_unit", "fuel_use", "day_from", "day_to", "lunch_minutes", "lunch_from", "lunch_to", "fuel_price_cents", "fuel_use_x10"].map((k) => [k, s[k]]));
	return granted(await office.put("/api/office/route-settings", { ...kept, version: s.version, ...over }));
};
const mine = async (id, on = D) => granted(await tom.visitor.get(`/api/tech/today?day=${on}`)).stops.find((s) => s.id === id);

test("fetching it is a stop at the supply house: on the board's clock, on the phone, until they have it", async () => {
	await settingsPut({ supply_lat_e6: 33600000, supply_lng_e6: -111800000, supply_minutes: 10 });
	const visit = await plan({ minutes: 40, from_minute: 480, to_minute: 540 });
	const was = await stop(visit.id);
	const a = await lacks(visit);
	const around = (await choices(a)).fetch_minutes;
	assert.ok(around > 50, `${around} minutes: twenty kilometres there and back`);
	assert.equal(granted(await take(a, { way: "fetch" }), 201).minutes, 40, "the work itself takes what it took");
	const is = await stop(visit.id);
	assert.deepEqual([is.row.errand, is.row.errand_minutes, is.row.fetched_at, is.row.note], ["The pump lid o-ring is torn.", 10, null, "Pump hums."]);
	assert.ok(is.time.fetch_s > 0 && is.time.begin_s >= is.time.fetch_s + 600 + is.time.drive_s);
	assert.ok(is.time.drive_s > 1200 && is.time.begin_s > was.time.begin_s + 3000, "there, and back");
	// The window could not be kept: it follows, and Rosa hears of it.
	assert.ok(is.row.from_minute > 480 && is.row.to_minute - is.row.from_minute === 60 && is.time.late_s === 0);
	await mailbox.letter(email, new RegExp(`entre\\s+las\\s+${Math.floor(is.row.from_minute / 60)}:${is.row.from_minute % 60 || "00"}`));
	// The technician sees where, and for what; the office's hand takes it off and puts it on again.
	assert.deepEqual((await mine(visit.id)).brief.errand, [{ text: "The pump lid o-ring is torn.", minutes: 10, lat_e6: 33600000, lng_e6: -111800000 }]);
	const version = async () => granted(await office.get(`/api/office/visits/${visit.id}`)).version;
	const errand = async (body) => office.post(`/api/office/visits/${visit.id}/errands`, { minutes: null, version: await version(), ...body });
	granted(await errand({ text: "" }), 201);
	assert.deepEqual([(await mine(visit.id)).brief.errand, (await stop(visit.id)).time.fetch_s], [[], -1]);
	granted(await errand({ text: "O-ring", minutes: 15 }), 201);
	refused(await errand({ text: "O-ring", version: 1 }), 409, "stale");
	refused(await tom.visitor.post(`/api/office/visits/${visit.id}/errands`, { text: "", version: 1 }), 403, "forbidden");
	// The house moves, and so does where the phone is sent.
	await settingsPut({ supply_lat_e6: 33410000, supply_lng_e6: -111800000, supply_minutes: 10 });
	await until("the brief is written anew", () => mine(visit.id), (s) => s.brief.errand[0].lat_e6 === 33410000);
	await phone.say("fetched", visit.id, { text: "O-ring" });
	const had = await mine(visit.id);
	assert.ok(had.fetched_at > 0 && had.state === "scheduled");
	const after = await stop(visit.id);
	assert.ok(after.row.fetched_at > 0);
	// Nothing more is to be fetched where nothing was asked for.
	const none = await plan();
	refused(await office.post(`/api/office/visits/${none.id}/steps`, { verb: "fetched", version: none.version }), 409, "stale");
	await settingsPut({});
});

test("who is at the stop already goes and comes back; a window that holds is not touched", async () => {
	const visit = await plan({ minutes: 40, from_minute: 480, to_minute: 1020 });
	const a = await lacks(visit);
	granted(await take(a, { way: "fetch", minutes: 25 }), 201);
	const is = await stop(visit.id);
	assert.deepEqual([is.row.from_minute, is.row.to_minute, is.row.errand_minutes], [480, 1020, 25]);
	const begun = await plan({ day: day(0), minutes: 40 });
	await phone.say("arrive", begun.id);
	const longer = granted(await take(await lacks(begun), { way: "fetch", minutes: 25 }), 201);
	assert.equal(longer.minutes, 40 + 25 + 25, "where nobody said where it is, a usual way there and one back");
	const at = await stop(begun.id, day(0));
	assert.deepEqual([at.row.state, at.row.errand_minutes], ["started", 25]);
});

test("another day moves the stop; one that is under way stays, and a visit of its own follows with its note", async () => {
	const visit = await plan();
	const a = await lacks(visit);
	const [next] = (await choices(a)).days;
	const moved = granted(await take(a, { way: "day", tech_id: next.tech_id, day: next.day }), 201);
	assert.deepEqual([moved.id, moved.day, moved.tech_id], [visit.id, next.day, next.tech_id]);
	const begun = await plan({ day: day(0) });
	await phone.say("arrive", begun.id);
	const b = await lacks(begun);
	const is = await choices(b);
	assert.equal(is.begun, true);
	const after = granted(await take(b, { way: "day", tech_id: tom.id, day: is.days[0].day }), 201);
	assert.notEqual(after.id, begun.id);
	assert.equal((await stop(begun.id, day(0))).row.state, "started");
	const follow = await stop(after.id, is.days[0].day);
	assert.deepEqual([follow.row.source, follow.row.tech_id], ["follow_up", tom.id]);
	assert.match(follow.row.note, /^Bring: /);
});
