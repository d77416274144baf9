// Work that repeats: services, agreements, the calendar, and who can go.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import ICAL from "ical.js";
import { company, crew, day, granted, instant, refused, sql, Visitor, where } from "./harness.mjs";
import { letters } from "./phone.mjs";

let c, people, office, place, level, agreement;
/** The first such weekday at least n days away; 1 = Monday. */
const next = (weekday, n = 2) => {
	while (new Date(`${day(n)}T12:00:00Z`).getUTCDay() !== weekday) n++;
	return day(n);
};
const later = (from, n) => new Date(Date.parse(`${from}T12:00:00Z`) + n * 86400000).toISOString().slice(0, 10);
const term = (over = {}) => ({ rule: "FREQ=WEEKLY;BYDAY=TU", service_id: level.id, rate_kind: "month", with_chemicals: true, rate_cents: 16500, skip_policy: "billed", ...over });
const coming = async () => granted(await office.get(`/api/office/agreements/${agreement.id}/visits`)).rows;

before(async () => {
	c = await company();
	people = await crew(c, ["dispatcher", "technician", "read_only"]);
	office = c.owner.visitor;
	const id = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, not_days) VALUES (${id + 1n}, ${id}, '12 Palm Way', 'Mesa', 'AZ', '85201', 64);
		INSERT INTO pool (id, property_id, kind) VALUES (${id + 2n}, ${id + 1n}, 1)`, c.schema);
	place = { customer: letters(id), property: letters(id + 1n), pool: letters(id + 2n) };
});

test("the usual services are there after one click, and only once", async () => {
	const first = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	const again = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	assert.equal(first.length, 7);
	assert.deepEqual(again.map((s) => s.id), first.map((s) => s.id));
	level = first.find((s) => s.kind === "level");
	assert.ok(level.checklist.length > 2);
	refused(await people.read_only.visitor.post("/api/office/standard-services", {}), 403, "forbidden");
});

test("a service is made, changed, put aside and offered again", async () => {
	const wish = { name: "Acid wash", kind: "job", minutes: 240, pay_code: "AW", price_cents: 45000, skills: [], checklist: [{ text: "Before", photo: true, required: true, reading: "" }],
		parts: [{ name: "Acid, gallon", quantity: 4 }], instructions: "Two people.\nGloves." };
	const made = granted(await office.post("/api/office/services", wish), 201);
	refused(await office.post("/api/office/services", wish), 422, "invalid", "name");
	const changed = granted(await office.put(`/api/office/services/${made.id}`, { ...wish, minutes: 300, version: made.version }));
	assert.equal(changed.minutes, 300);
	assert.deepEqual(changed.checklist, [{ text: "Before", photo: true, required: true, reading: "", every_days: null }]);
	refused(await office.put(`/api/office/services/${made.id}`, { ...wish, version: made.version }), 409, "stale");
	granted(await office.post(`/api/office/services/${made.id}/archivals`, { version: changed.version }), 204);
	assert.ok(!granted(await office.get("/api/office/services")).rows.some((s) => s.id === made.id));
	assert.ok(granted(await office.get("/api/office/services?archived=true")).rows.some((s) => s.id === made.id));
	granted(await office.delete(`/api/office/services/${made.id}/archivals`), 204);
	assert.equal(granted(await office.get(`/api/office/services/${made.id}`)).archived, false);
});

test("the next days of a rule are shown before anybody promises them", async () => {
	const ask = (q) => office.get(`/api/office/previews?${new URLSearchParams(q)}`);
	const days = async (rule, from = "2027-03-01", more = {}) => granted(await ask({ rule, from, ...more })).rows.map((r) => r.day);
	assert.deepEqual((await days("FREQ=WEEKLY;BYDAY=TU")).slice(0, 3), ["2027-03-02", "2027-03-09", "2027-03-16"]);
	assert.equal((await days("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU")).length, 12);
	assert.deepEqual((await days("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2027-03-01", { anchor_day: "2027-02-23" })).slice(0, 2), ["2027-03-09", "2027-03-23"]);
	const switched = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYMONTH=1,2,3,10,11,12|FREQ=WEEKLY;BYDAY=TU;BYMONTH=4,5,6,7,8,9";
	assert.deepEqual((await days(switched)).slice(0, 5), ["2027-03-02", "2027-03-16", "2027-03-30", "2027-04-06", "2027-04-13"]);
	refused(await ask({ rule: "FREQ=DAILY", from: "2027-03-01" }), 422, "invalid", "rule");
});

test("an agreement makes its visits at once, for eight weeks", async () => {
	refused(await office.post("/api/office/agreements", { property_id: place.property, repeats: "calendar", starts_day: day(0), term: term({ rule: "FREQ=DAILY" }) }), 422, "invalid", "rule");
	// These people do not want us on Sundays (bit 6).
	refused(await office.post("/api/office/agreements", { property_id: place.property, repeats: "calendar", starts_day: day(0), term: term({ rule: "FREQ=WEEKLY;BYDAY=SU" }) }), 422, "invalid", "rule");
	agreement = granted(await office.post("/api/office/agreements", { property_id: place.property, pool_id: place.pool, repeats: "calendar", starts_day: day(-1), term: term({ tech_id: people.technician.id }) }), 201);
	const visits = await coming();
	assert.ok(visits.length >= 8 && visits.length <= 10, String(visits.length));
	for (const v of visits) assert.equal(new Date(`${v.day}T12:00:00Z`).getUTCDay(), 2);
	assert.equal(visits[0].tech_id, people.technician.id);
	assert.equal(visits[0].customer, "Rosa Ruiz");
	const { rows } = granted(await office.get(`/api/office/agreements?customer_id=${place.customer}`));
	assert.deepEqual(rows.map((r) => r.id), [agreement.id]);
	assert.equal(sql("SELECT standing FROM customer WHERE name = 'Rosa Ruiz'", c.schema)[0][0], "2");
});

test("a week and a month are looked at", async () => {
	const tuesday = next(2);
	const week = granted(await people.dispatcher.visitor.get(`/api/office/visits?from=${tuesday}&to=${later(tuesday, 6)}`)).rows;
	assert.equal(week.length, 1);
	assert.equal(week[0].street, "12 Palm Way");
	assert.equal(granted(await office.get(`/api/office/visits?from=${tuesday}&to=${tuesday}&tech=${c.owner.id ?? people.dispatcher.id}`)).rows.length, 0);
	const loads = granted(await office.get(`/api/office/visit-loads?from=${tuesday}&to=${later(tuesday, 6)}`)).rows;
	assert.deepEqual(loads, [{ day: tuesday, tech_id: people.technician.id, visits: 1, minutes: level.minutes, done: 0 }]);
	refused(await office.get(`/api/office/visits?from=${day(0)}&to=${day(200)}`), 422, "invalid", "to");
	refused(await office.get(`/api/office/visits?from=${day(2)}&to=${day(0)}`), 422, "invalid", "to");
});

test("a visit is moved once, and the others stay", async () => {
	const [, second, third] = await coming();
	const moved = granted(await office.post(`/api/office/visits/${second.id}/moves`, { day: later(second.day, 1), tech_id: people.technician.id, for_good: false, version: second.version }), 201);
	assert.equal(moved.day, later(second.day, 1));
	assert.equal(moved.occurs_day, second.day);
	assert.ok(moved.by_hand);
	refused(await office.post(`/api/office/visits/${second.id}/moves`, { day: second.day, for_good: false, version: second.version }), 409, "stale");
	// Sunday is not wanted; somebody may insist.
	const sunday = later(third.day, 5);
	refused(await office.post(`/api/office/visits/${third.id}/moves`, { day: sunday, for_good: false, version: third.version }), 422, "invalid", "day");
	granted(await office.post(`/api/office/visits/${third.id}/moves`, { day: sunday, for_good: false, anyway: true, version: third.version }), 201);
	refused(await people.read_only.visitor.post(`/api/office/visits/${third.id}/moves`, { day: sunday, for_good: false, version: 2 }), 403, "forbidden");
});

test("a visit is moved for good: those after it follow, those moved by hand stay", async () => {
	const was = await coming();
	const one = was[3];
	const thursday = later(one.day, 2);
	const moved = granted(await office.post(`/api/office/visits/${one.id}/moves`, { day: thursday, tech_id: people.technician.id, for_good: true, version: one.version }), 201);
	assert.equal(moved.id, one.id);
	const is = await coming();
	assert.deepEqual(is.slice(0, 3).map((v) => v.id), was.slice(0, 3).map((v) => v.id));
	for (const v of is.slice(3)) assert.equal(new Date(`${v.day}T12:00:00Z`).getUTCDay(), 4, v.day);
	assert.equal(is.length, new Set(is.map((v) => v.occurs_day)).size);
	agreement = granted(await office.get(`/api/office/agreements/${agreement.id}`));
	assert.equal(agreement.terms.at(-1).rule, "FREQ=WEEKLY;BYDAY=TH");
});

test("other terms from a day on leave the past alone", async () => {
	const from = (await coming())[4].day;
	refused(await office.put(`/api/office/agreements/${agreement.id}/terms`, { from_day: day(-3), term: term(), version: agreement.version }), 422, "invalid", "from_day");
	const changed = granted(await office.put(`/api/office/agreements/${agreement.id}/terms`, { from_day: from, term: term({ rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", rate_cents: 9900, rate_kind: "stop" }), version: agreement.version }));
	refused(await office.put(`/api/office/agreements/${agreement.id}/terms`, { from_day: from, term: term(), version: agreement.version }), 409, "stale");
	assert.equal(changed.terms.at(-1).rate_cents, 9900);
	for (const v of (await coming()).slice(4)) assert.equal(new Date(`${v.day}T12:00:00Z`).getUTCDay(), 5, v.day);
	agreement = changed;
});

test("on holiday nobody comes; back again, somebody does", async () => {
	const was = await coming();
	const from = later(was[0].day, 1);
	const held = granted(await office.post(`/api/office/agreements/${agreement.id}/holds`, { from_day: from, version: agreement.version }), 201);
	// Those moved by hand stay: somebody decided about them.
	assert.ok((await coming()).every((v) => v.day < from || v.by_hand));
	const back = granted(await office.delete(`/api/office/agreements/${agreement.id}/holds?from_day=${from}`));
	assert.equal((await coming()).length, was.length);
	assert.ok(back.version > held.version);
	refused(await office.delete(`/api/office/agreements/${agreement.id}/holds?from_day=${from}`), 404, "not_found");
	agreement = back;
});

test("a visit is skipped with its reason, and done after all", async () => {
	const [first] = await coming();
	const skipped = granted(await office.post(`/api/office/visits/${first.id}/skips`, { reason: "Storm", version: first.version }), 201);
	assert.equal(skipped.state, "skipped");
	refused(await office.put(`/api/office/visits/${first.id}`, { minutes: 20, note: "", version: skipped.version }), 409, "stale");
	const back = granted(await office.delete(`/api/office/visits/${first.id}/skips`));
	assert.equal(back.state, "scheduled");
	const noted = granted(await office.put(`/api/office/visits/${first.id}`, { minutes: 50, from_minute: 480, to_minute: 600, note: "Ring twice.\nDog.", version: back.version }));
	assert.equal(granted(await office.get(`/api/office/visits/${first.id}`)).note, noted.note);
});

test("one visit is planned by hand", async () => {
	const wish = { property_id: place.property, service_id: level.id, day: next(3), tech_id: people.technician.id, note: "" };
	const made = granted(await people.dispatcher.visitor.post("/api/office/visits", wish), 201);
	assert.equal(made.source, "office");
	assert.equal(made.minutes, level.minutes);
	refused(await office.post("/api/office/visits", { ...wish, day: day(-4) }), 422, "invalid", "day");
	refused(await office.post(`/api/office/visits/${made.id}/moves`, { day: made.day, for_good: true, version: 1 }), 422, "invalid", "for_good");
});

test("a technician has a colour, hours, time off and skills, and is not sent against them", async () => {
	const tech = people.technician.id;
	const at = `/api/office/staff/${tech}`;
	let w = granted(await office.put(`${at}/work`, { phone: "602 555 0123", colour: 3, vehicle: "Truck 4", start_address: "the yard", end_address: "", start_lat_e6: 33415000, start_lng_e6: -111831000, version: granted(await office.get(`${at}/work`)).version }));
	assert.equal(w.phone, "+16025550123");
	const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];
	w = granted(await office.put(`${at}/hours`, { from_day: day(-30), rows: weekdays.map((weekday) => ({ weekday, from_minute: 420, to_minute: 960 })), version: w.version }));
	assert.equal(w.hours.length, 5);
	const monday = next(1, 10);
	w = granted(await office.post(`${at}/time-off`, { from_day: monday, to_day: later(monday, 1), reason: "Wedding" }), 201);
	const { rows } = granted(await office.get(`/api/office/technicians?from=${monday}&to=${later(monday, 5)}`));
	const days = rows.find((r) => r.id === tech).days;
	assert.deepEqual(days.map((d) => d.minutes), [0, 0, 540, 540, 540, 0]);
	assert.equal(days[0].off, "Wedding");
	const wish = { property_id: place.property, service_id: level.id, day: monday, tech_id: tech, note: "" };
	assert.match(refused(await office.post("/api/office/visits", wish), 422, "invalid", "tech_id")?.message ?? "", /off on this day|/);
	w = granted(await office.delete(`${at}/time-off/${w.off[0].id}`));
	granted(await office.post("/api/office/visits", wish), 201);

	const skill = granted(await office.post("/api/office/skills", { name: "CPO certificate" }), 201);
	refused(await office.post("/api/office/skills", { name: "CPO certificate" }), 422, "invalid", "name");
	granted(await office.put(`/api/office/skills/${skill.id}`, { name: "CPO", archived: false, version: skill.version }));
	assert.equal(granted(await office.get("/api/office/skills")).rows[0].name, "CPO");
	const full = granted(await office.get(`/api/office/services/${level.id}`));
	const { id, archived, ...change } = full;
	granted(await office.put(`/api/office/services/${id}`, { ...change, skills: [{ skill_id: skill.id }] }));
	assert.equal(archived, false);
	const lacks = await office.post("/api/office/visits", wish);
	assert.equal(lacks.status, 422);
	assert.match(lacks.body.error.message, /lacks what this needs: CPO/);
	w = granted(await office.put(`${at}/skills`, { rows: [{ skill_id: skill.id, certificate: "A-1", expires_day: day(1) }], version: w.version }));
	const expired = await office.post("/api/office/visits", wish);
	assert.match(expired.body.error.message, /CPO expired on/);
	granted(await office.post("/api/office/visits", { ...wish, anyway: true }), 201);
	assert.equal(granted(await office.get(`${at}/work`)).skills[0].certificate, "A-1");
	// Who looks at all technicians sees whose certificate ends soon, and whose has ended.
	const ending = async () => granted(await office.get(`/api/office/technicians?from=${day(0)}&to=${day(0)}`)).rows.find((r) => r.id === tech).ending;
	for (const [until, expired] of [[31], [-1, true], [1, false]]) {
		w = granted(await office.put(`${at}/skills`, { rows: [{ skill_id: skill.id, certificate: "A-1", expires_day: day(until) }], version: w.version }));
		assert.deepEqual(await ending(), expired === undefined ? [] : [{ name: "CPO", expires_day: day(until), expired }]);
	}
	refused(await people.dispatcher.visitor.put(`${at}/work`, { phone: "", colour: 0, vehicle: "", version: w.version }), 403, "forbidden");
});

test("a calendar has a secret address that can be taken back", async () => {
	const tech = people.technician.id;
	const feed = async (url) => new Visitor(where, c.host).get(url.slice(url.indexOf("/api/")));
	const first = granted(await office.post(`/api/office/staff/${tech}/calendars`, {}), 201).url;
	assert.ok(granted(await office.get(`/api/office/staff/${tech}/work`)).has_feed);
	const answer = await feed(first);
	assert.equal(answer.status, 200, answer.text);
	assert.match(answer.headers["content-type"], /^text\/calendar/);
	// A calendar program reads it: every stop an event with a name, a place, a beginning, of one UID.
	const calendar = new ICAL.Component(ICAL.parse(answer.text));
	const parsed = calendar.getAllSubcomponents("vevent").map((e) => new ICAL.Event(e));
	assert.ok(parsed.length > 3);
	assert.equal(new Set(parsed.map((e) => e.uid)).size, parsed.length);
	for (const e of parsed) {
		assert.match(e.summary, /^Rosa Ruiz: /);
		assert.equal(e.location, "12 Palm Way, Mesa");
		assert.ok(e.startDate.isDate || e.endDate.toJSDate() > e.startDate.toJSDate());
		assert.ok(e.component.getFirstPropertyValue("dtstamp"));
	}
	const text = answer.text.replace(/\r\n[ \t]/g, "");
	const events = text.split("BEGIN:VEVENT").slice(1);
	const mine = granted(await office.get(`/api/office/visits?from=${day(-6)}&to=${day(50)}&tech=${tech}`)).rows.filter((v) => v.state === "scheduled");
	assert.ok(mine.length > 3);
	for (const v of mine) {
		const event = events.find((e) => e.includes(`UID:${v.id}@`));
		assert.ok(event, v.day);
		assert.match(event, /SUMMARY:Rosa Ruiz: /);
		assert.match(event, /LOCATION:12 Palm Way\\, Mesa/);
		// Without a window it is a line on its day.
		if (v.from_minute === null) assert.ok(event.includes(`DTSTART;VALUE=DATE:${v.day.replaceAll("-", "")}`), event);
		else assert.ok(event.includes(`DTSTART:${new Date(instant(v.day, v.from_minute) * 1000).toISOString().replace(/[-:]|\.000/g, "")}`), event);
	}
	const second = granted(await office.post(`/api/office/staff/${tech}/calendars`, {}), 201).url;
	assert.equal((await feed(first)).status, 404);
	assert.equal((await feed(second)).status, 200);
	granted(await office.delete(`/api/office/staff/${tech}/calendars`), 204);
	assert.equal((await feed(second)).status, 404);
	assert.equal((await feed("/api/tech/calendar.ics?key=")).status, 404);
});

test("a storm: everybody's day is looked at, moved as one, and undone as one", async () => {
	const dispatcher = people.dispatcher.visitor;
	const wish = (over) => ({ from_day: stormy, to_day: stormy, by_days: 1, dry: true, ...over });
	const stormy = next(1, 10);
	const before = granted(await office.get(`/api/office/visits?from=${stormy}&to=${later(stormy, 1)}`)).rows;
	const look = granted(await dispatcher.post("/api/office/shifts", wish()), 201);
	assert.equal(look.batch_id, null);
	assert.equal(look.moved + look.stayed, before.filter((v) => v.day === stormy).length);
	assert.ok(look.rows.some((r) => /CPO/.test(r.problem)), "an expired certificate keeps its visits where they are");
	assert.deepEqual(granted(await office.get(`/api/office/visits?from=${stormy}&to=${later(stormy, 1)}`)).rows, before);
	const done = granted(await dispatcher.post("/api/office/shifts", wish({ dry: false, anyway: true })), 201);
	assert.equal(done.stayed, 0);
	assert.equal(granted(await office.get(`/api/office/visits?from=${stormy}&to=${stormy}`)).rows.length, 0);
	const load = done.loads.find((l) => l.day === stormy && l.tech_id === people.technician.id);
	assert.ok(load.minutes_before > 0);
	assert.equal(load.minutes_after, 0);
	const undone = granted(await dispatcher.delete(`/api/office/shifts/${done.batch_id}`));
	assert.deepEqual(undone, { undone: done.moved, left: 0 });
	const plan = (rows) => rows.map((v) => [v.id, v.day, v.tech_id, v.by_hand]).sort();
	assert.deepEqual(plan(granted(await office.get(`/api/office/visits?from=${stormy}&to=${later(stormy, 1)}`)).rows), plan(before));
	refused(await dispatcher.delete(`/api/office/shifts/${done.batch_id}`), 409, "stale");
	refused(await dispatcher.post("/api/office/shifts", wish({ by_days: 0 })), 422, "invalid", "by_days");
	refused(await people.read_only.visitor.post("/api/office/shifts", wish()), 403, "forbidden");
});

test("an agreement ends with a day, and nothing is planned behind it", async () => {
	const last = (await coming())[1].day;
	agreement = granted(await office.get(`/api/office/agreements/${agreement.id}`));
	granted(await office.post(`/api/office/agreements/${agreement.id}/endings`, { ends_day: last, version: agreement.version }), 201);
	assert.ok((await coming()).every((v) => v.occurs_day <= last || v.state === "cancelled"));
});
