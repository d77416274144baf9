// Strangers book: only what can be served, held for ten minutes, never sold twice; the office sees it at once.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { bent, company, crew, day as local, granted, mailbox, neighbours, pause, quarter, refused, set_job, sql, until, Visitor, where, word } from "./harness.mjs";
import { Page } from "./listener.mjs";
import { letters } from "./phone.mjs";

const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
let c, office, people, repair, opened, form;
let door = 0;
let calls = 0;
/* Each visitor comes from a network of their own, as strangers do. */
const stranger = (language = "en") => new Visitor(where, c.host, { language, address: `81.${2 + Math.floor(door / 250)}.${door++ % 250}.7` });
const place = { street: "1 Palm Way", city: "Mesa", region: "AZ", postcode: "85201" };
const rules = (over = {}) => ({
	open: true, prices: true, confirm: "at_once", window_minutes: 120, notice_hours: 12, ahead_days: 21, reserve_minutes: 0, change_hours: 12,
	within_km: 0, postcodes: "852*", services: [{ id: repair.id }], ...over,
});
async function set(over) {
	const { version } = granted(await office.get("/api/office/booking"));
	return granted(await office.put("/api/office/booking", { ...rules(over), version }));
}
const times = async (v, over = {}) => granted(await v.post("/api/portal/bookings/times", { service_id: repair.id, ...place, ...over })).rows;
const hold = (v, x, over = {}) => v.post("/api/portal/bookings/holds", { service_id: repair.id, ...place, day: x.day, from_minute: x.from_minute, ...over });
const who = (over = {}) => ({ form, name: "Nora Nueva", phone: `(480) 555-0${100 + calls++ % 100}`, email: `nora@${word()}.example`, language: "en", note: "The pump is leaking", website: "", ...over });
/* A form is taken for a machine's in its first two seconds. */
const aged = () => new Promise((done) => setTimeout(done, Math.max(0, opened + 2100 - Date.now())));

before(async () => {
	c = await company();
	office = c.owner.visitor;
	people = await crew(c, ["technician", "dispatcher"]);
	repair = granted(await office.post("/api/office/services", { name: `Pump repair ${word()}`, kind: "job", minutes: 60, pay_code: "", price_cents: 12900, skills: [], checklist: [], parts: [], instructions: "" }), 201);
	const at = `/api/office/staff/${people.technician.id}`;
	const w = granted(await office.get(`${at}/work`));
	granted(await office.put(`${at}/hours`, { from_day: local(-30), rows: WEEK.map((weekday) => ({ weekday, from_minute: 480, to_minute: 960 })), version: w.version }));
	sql(`UPDATE staff SET start_lat_e6 = 33415000, start_lng_e6 = -111831000 WHERE email = '${people.technician.email}'`, c.schema);
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (77, 'Known Neighbour', '', 'en', 0)`, c.schema);
	sql(`INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (77, 77, '9 Palm Way', 'Mesa', 'AZ', '85201', 33416000, -111830000)`, c.schema);
});

test("a company that has not opened its booking page offers nothing", async () => {
	const v = stranger();
	assert.equal(granted(await v.get("/api/portal/bookings")).open, false);
	refused(await v.post("/api/portal/bookings/times", { service_id: repair.id, ...place }), 404, "not_found");
	refused(await v.post("/api/portal/bookings/holds", { service_id: repair.id, ...place, day: local(2), from_minute: 480 }), 404, "not_found");
});

test("the office says what may be booked, and only who manages the company", async () => {
	const page = granted(await office.get("/api/office/booking"));
	assert.equal(page.open, false);
	refused(await office.put("/api/office/booking", { ...rules({ services: [] }), version: 0 }), 422, "invalid", "services");
	refused(await office.put("/api/office/booking", { ...rules({ postcodes: "85201; 85202" }), version: 0 }), 422, "invalid", "postcodes");
	refused(await people.technician.visitor.put("/api/office/booking", { ...rules(), version: 0 }), 403, "forbidden");
	assert.equal((await set({ services: [{ id: repair.id, about: "We come; we look" }] })).services.find((s) => s.id === repair.id).about, "We come; we look");
	assert.equal(granted(await stranger().get("/api/portal/bookings")).services[0].about, "We come; we look");
	const kept = await set();
	assert.match(kept.script, new RegExp(`<script src="http://${c.slug}[^"]*/book\\.js" async></script>`));
	refused(await office.put("/api/office/booking", { ...rules(), version: 0 }), 409, "stale");
	const open = granted(await stranger().get("/api/portal/bookings"));
	opened = Date.now();
	form = open.form;
	assert.deepEqual([open.open, open.at_once, open.services.map((s) => [s.name, s.price_cents])], [true, true, [[repair.name, 12900]]]);
	assert.equal(granted(await new Visitor(where, neighbours().host).get("/api/portal/bookings")).open, false);
});

test("only times that can really be served are offered", async () => {
	const v = stranger();
	refused(await v.post("/api/portal/bookings/times", { service_id: repair.id, ...place, postcode: "90210" }), 422, "invalid", "postcode");
	const rows = await times(v);
	assert.ok(rows.length > 0);
	const today = local(0);
	const day = local(3);
	assert.ok(rows.every((r) => r.day >= today && r.from_minute >= 480 && r.from_minute < 960), JSON.stringify(rows));
	assert.deepEqual(rows.filter((r) => r.day === day).map((r) => r.from_minute), [480, 600, 720, 840]);
	/* The technician is away on that day: nobody could come. */
	const off = granted(await office.post(`/api/office/staff/${people.technician.id}/time-off`, { from_day: day, to_day: day, reason: "away" }), 201);
	assert.equal((await times(v)).filter((r) => r.day === day).length, 0);
	const look = granted(await v.post("/api/portal/bookings/times", { service_id: repair.id, ...place, from_day: day }));
	assert.deepEqual(look.closed.map((x) => x.day), [day], "closed on that day, not full");
	sql(`DELETE FROM availability WHERE kind = 2 AND from_day = '${day}'`, c.schema);
	assert.ok(off);
	/* A skill that nobody has: the same. */
	const skill = granted(await office.post("/api/office/skills", { name: `Gas ${word()}` }), 201);
	const full = granted(await office.get(`/api/office/services/${repair.id}`));
	const { id, archived, archived_at, ...change } = full;
	const changed = granted(await office.put(`/api/office/services/${repair.id}`, { ...change, skills: [{ skill_id: skill.id }] }));
	assert.equal((await times(v)).length, 0);
	granted(await office.put(`/api/office/services/${repair.id}`, { ...change, version: changed.version }));
});

test("a booking is on the board at once, with its technician, and says where it came from", async () => {
	const v = stranger("es");
	const [x] = (await times(v)).filter((r) => r.day === local(4));
	const held = granted(await hold(v, x), 201);
	const wish = who({ language: "es", gate: "4417" });
	const fresh = granted(await v.get("/api/portal/bookings"));
	refused(await v.post("/api/portal/bookings", { ...wish, hold: held.hold, form: fresh.form }), 422, "invalid", "form");
	refused(await v.post("/api/portal/bookings", { ...wish, hold: held.hold, website: "http://cheap.example" }), 422, "invalid", "form");
	await aged();
	refused(await v.post("/api/portal/bookings", { ...wish, hold: held.hold, phone: "12" }), 422, "invalid", "phone");
	/* A screen that is open hears of it, and what it then reads has the job: by the hint of the booking itself. The net of the jobs,
	   which looks at every company once a minute, has looked at none meanwhile; if it has, another booking shows it. */
	const swept = async () => Number((await (await fetch(`http://127.0.0.1:${where.privatePort}/metrics`)).text()).match(/poolhouse_swept_total(?:\{[^}]*\})? (\d+)/)[1]);
	const screen = await new Page(people.dispatcher.visitor).open();
	let booked = null, alone = false;
	for (let tries = 0; !alone; tries++) {
		assert.ok(tries < 4, "the net came each time");
		const heard = screen.heard, before = await swept();
		if (tries === 0) booked = granted(await v.post("/api/portal/bookings", { ...wish, hold: held.hold }), 201);
		else {
			const [other] = (await times(v)).filter((r) => r.day === local(4 + tries));
			granted(await v.post("/api/portal/bookings", { ...who(), hold: granted(await hold(v, other), 201).hold }), 201);
		}
		await screen.until((p) => p.heard > heard);
		alone = (await swept()) === before;
	}
	screen.close();
	assert.equal(booked.asked, false);
	const board = granted(await people.dispatcher.visitor.get(`/api/office/board?day=${x.day}`));
	const stop = board.stops.map((s) => s.row).find((s) => s.source === "booking");
	assert.equal(stop.customer, "Nora Nueva");
	assert.equal(stop.tech_id, people.technician.id);
	assert.equal(stop.note, "The pump is leaking");
	assert.equal(stop.gate, true);
	/* Sent again, after a lost answer: the same job, not another. */
	assert.equal(granted(await v.post("/api/portal/bookings", { ...wish, hold: held.hold }), 201).day, x.day);
	assert.equal(granted(await office.get(`/api/office/board?day=${x.day}`)).stops.filter((s) => s.row.source === "booking").length, 1);
	const letter = await mailbox.letter(wish.email, /book\/mine#/);
	assert.match(letter.text, /Cambiar o cancelar/);
	assert.match(letter.text, /calendar\.ics\?token=/);
	/* The calendar file itself goes with it, too. */
	assert.match(letter.raw, /Content-Type: text\/calendar[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*Content-Disposition: attachment; filename="?visit\.ics"?/);
	const attached = letter.raw.split(/filename="?visit\.ics"?/)[1].split(/\r?\n\r?\n/)[1].split("\r\n--")[0];
	assert.match(Buffer.from(attached, "base64").toString(), /BEGIN:VEVENT[^]*STATUS:CONFIRMED[^]*END:VCALENDAR/);
	const ics = await v.get(`/api/portal/bookings/calendar.ics?token=${booked.token}`);
	assert.match(ics.text, /BEGIN:VEVENT[\s\S]*STATUS:CONFIRMED[\s\S]*SUMMARY:[\s\S]*END:VEVENT/);
	refused(await new Visitor(where, neighbours().host).get(`/api/portal/bookings/mine?token=${booked.token}`), 422, "invalid", "token");
	/* Photos hang on the job, for the technician. */
	const picture = readFileSync(new URL("../fuzz/corpus/file/jpeg", import.meta.url));
	granted(await v.file(`/api/portal/bookings/photos?token=${booked.token}`, picture, "pump.jpg"), 201);
	refused(await v.file("/api/portal/bookings/photos?token=v1.1.none.none", picture, "pump.jpg"), 422, "invalid", "token");
	assert.equal(granted(await v.get(`/api/portal/bookings/mine?token=${booked.token}`)).photos, 1);
});

test("what was booked is moved and cancelled by its link, until it is too late", async () => {
	const v = stranger();
	const [x] = (await times(v)).filter((r) => r.day === local(5));
	const held = granted(await hold(v, x), 201);
	await aged();
	const { token } = granted(await v.post("/api/portal/bookings", { ...who(), hold: held.hold }), 201);
	const to = granted(await v.post("/api/portal/bookings/mine/times", { token })).rows.find((r) => r.day === local(6));
	const moved = granted(await v.post("/api/portal/bookings/mine/moves", { token, day: to.day, from_minute: to.from_minute }), 201);
	assert.deepEqual([moved.day, moved.from_minute, moved.state], [to.day, to.from_minute, "scheduled"]);
	await set({ change_hours: 168 });
	refused(await v.post("/api/portal/bookings/mine/cancellations", { token }), 409, "stale");
	await set();
	assert.equal(granted(await v.post("/api/portal/bookings/mine/cancellations", { token }), 201).state, "cancelled");
	assert.equal(granted(await v.get(`/api/portal/bookings/mine?token=${token}`)).state, "cancelled");
	refused(await v.post("/api/portal/bookings/mine/moves", { token, day: x.day, from_minute: x.from_minute }), 409, "stale");
});

test("the hour that the office offers in an answer is no stranger's until it is let go, over, or a job", async () => {
	const desk = people.dispatcher.visitor, day = local(6), tech_id = people.technician.id;
	const there = async () => (await times(stranger())).filter((r) => r.day === day).map((r) => r.from_minute);
	/* So long that nothing else has room beside it. */
	const long = granted(await office.post("/api/office/services", { name: `Drain ${word()}`, kind: "job", minutes: 420, pay_code: "", price_cents: 0, skills: [], checklist: [], parts: [], instructions: "" }), 201);
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (78, 'Other Neighbour', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (78, 78, '11 Palm Way', 'Mesa', 'AZ', '85201', 33416000, -111830000)`, c.schema);
	const [known, other] = await Promise.all([77n, 78n].map(async (id) => ({ place: letters(id), id: granted(await desk.post("/api/office/threads", { customer_id: letters(id) })).row.id })));
	const offer = (to, over = {}) => desk.post(`/api/office/threads/${to.id}/messages`, { medium: "portal", address: "", subject: "", text: "Shall we come?", key: word(),
		keep: [{ property_id: to.place, service_id: long.id, tech_id, day, minute: 490, ...over }] });
	const thread = async ({ id }) => granted(await desk.get(`/api/office/threads/${id}`));
	const free = await there();
	assert.ok(free.length > 0);
	refused(await offer(known, { property_id: other.place }), 422, "invalid", "property_id");
	refused(await offer(known, { tech_id: known.place }), 422, "invalid", "tech_id");
	refused(await offer(known, { day: local(-1) }), 422, "invalid", "day");
	const { kept } = granted(await offer(known));
	assert.deepEqual([kept.length, kept[0].day, kept[0].minute, kept[0].tech_id], [1, day, 490, tech_id]);
	assert.equal(granted(await desk.get("/api/office/inbox?list=all")).rows.find((r) => r.id === known.id).kept_until, kept[0].until);
	assert.deepEqual(await there(), []);
	/* The same hour is offered to one: the second answer is not sent. */
	refused(await offer(other, { minute: 600 }), 409, "stale", "keep");
	assert.deepEqual([(await thread(other)).messages, (await thread(other)).kept], [[], []]);
	/* Let go. */
	assert.deepEqual(granted(await desk.call("DELETE", `/api/office/threads/${known.id}/kept`)).kept, []);
	assert.deepEqual(await there(), free);
	/* Over, after two hours. */
	granted(await offer(known));
	sql("UPDATE batch SET made_at = made_at - 7201 WHERE kind = 11 AND state = 1", c.schema);
	assert.deepEqual(await there(), free);
	assert.deepEqual((await thread(known)).kept, []);
	/* A job: what they said became one, on whatever day. */
	granted(await offer(known));
	assert.deepEqual(await there(), []);
	sql(`INSERT INTO message (id, conversation_id, direction, medium, occasion, state, message_key, address, subject, body, actor_kind, at, due_at) SELECT 7901, id, 1, 4, 0, 8, 'k7901', '', '', 'Yes, please', 0, 1, 1 FROM conversation WHERE customer_id = 77`, c.schema);
	granted(await desk.post(`/api/office/messages/${letters(7901n)}/jobs`, { property_id: known.place, service_id: long.id, day: local(20), note: "", anyway: true }), 201);
	assert.deepEqual((await thread(known)).kept, []);
	assert.deepEqual(await there(), free);
});

test("work that is due again is offered once, and one tap books it", async () => {
	const email = `rosa@${word()}.example`;
	/* Done three months ago, and nothing of its kind since; a second place had it again last week. */
	const [[then, week]] = sql(`SELECT '${local(0)}' - INTERVAL 3 MONTH, '${local(-7)}'`, c.schema);
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (88, 'Rosa Ruiz', '${email}', 'es', 0);
		INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_sms, by_email) VALUES (88, 88, 'Rosa Ruiz', 1, '', '${email}', 'es', 0, 4294967295);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (88, 88, '4 Palm Way', 'Mesa', 'AZ', '85201', 33416000, -111830000), (89, 88, '6 Palm Way', 'Mesa', 'AZ', '85201', 33416000, -111830000);
		INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source, note) SELECT 88, 88, 88, id, '${then}', 60, 3, 2, '' FROM service WHERE name = '${repair.name}';
		INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source, note) SELECT 89, 88, 89, id, '${then}', 60, 3, 2, '' FROM service WHERE name = '${repair.name}';
		INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source, note) SELECT 90, 88, 89, id, '${week}', 60, 3, 2, '' FROM service WHERE name = '${repair.name}'`, c.schema);
	assert.equal((await set({ services: [{ id: repair.id, due_months: 3 }] })).services.find((s) => s.id === repair.id).due_months, 3);
	const run = async (id) => {
		await set_job(c, id, "due_work");
		await until("it was looked at", () => sql(`SELECT COUNT(*) FROM job WHERE id = ${id} AND state = 1`, c.schema)[0][0] === "0");
	};
	await run(7001);
	const said = () => sql("SELECT address, REPLACE(body, '\\n', ' ') FROM message WHERE message_key LIKE 'due:%'", c.schema);
	assert.deepEqual(said().map(([to]) => to), [email]);
	assert.match(said()[0][1], /ya toca[^]*4 Palm Way/);
	await run(7002);
	assert.equal(said().length, 1);
	const token = (await mailbox.letter(email, /book\/due#/)).text.match(/book\/due#([\w.-]+)/)[1];
	await until("what is kept of it opens nothing", () => said()[0][1], (kept) => /book\/due#…/.test(kept));
	const v = stranger("es");
	const page = granted(await v.get(`/api/portal/due?token=${token}`));
	assert.deepEqual([page.service, page.street, page.language], [repair.name, "4 Palm Way", "es"]);
	assert.doesNotMatch(JSON.stringify(page), /Rosa|@/);
	refused(await v.get(`/api/portal/due?token=${bent(token)}`), 422, "invalid", "token");
	const x = granted(await v.post("/api/portal/due/times", { token, from_day: local(11) })).rows.find((r) => r.day === local(11));
	const tap = { token, day: x.day, from_minute: x.from_minute };
	const booked = granted(await v.post("/api/portal/due", tap), 201);
	assert.deepEqual([booked.day, booked.asked, booked.deposit_cents], [x.day, false, 0]);
	const stop = granted(await office.get(`/api/office/board?day=${x.day}`)).stops.map((s) => s.row).find((s) => s.customer === "Rosa Ruiz");
	assert.equal(stop.tech_id, people.technician.id);
	/* Tapped twice, or the link opened again: it is booked already. */
	refused(await stranger().post("/api/portal/due", tap), 409, "stale");
	granted(await v.post("/api/portal/bookings/mine/cancellations", { token: booked.token }), 201);
	await set();
});

test("where the office confirms, the time is kept until it does, and the customer hears of both", async () => {
	await set({ confirm: "by_office" });
	const v = stranger();
	const [x] = (await times(v, { from_day: local(7) })).filter((r) => r.day === local(7));
	const held = granted(await hold(v, x), 201);
	await aged();
	const wish = who();
	assert.equal(granted(await v.post("/api/portal/bookings", { ...wish, hold: held.hold }), 201).asked, true);
	await mailbox.letter(wish.email, /is kept for you/);
	const stop = granted(await office.get(`/api/office/board?day=${x.day}`)).stops.map((s) => s.row).find((s) => s.source === "booking");
	assert.equal(stop.tech_id, null);
	assert.match(stop.why_who, /\+\d+ min/);
	/* Somebody who is known by number and street is the same customer, and is told nothing that was not typed. */
	const [y] = (await times(v, { from_day: local(8) })).filter((r) => r.day === local(8));
	const again = granted(await hold(v, y), 201);
	const second = granted(await v.post("/api/portal/bookings", { ...wish, email: `other@${word()}.example`, name: "Somebody", hold: again.hold }), 201);
	assert.deepEqual(sql(`SELECT COUNT(*) FROM customer WHERE email = '${wish.email}'`, c.schema), [["1"]]);
	assert.ok(!JSON.stringify(second).includes("Nora"));
	granted(await office.post(`/api/office/visits/${stop.id}/takings`, { tech_id: people.technician.id, version: stop.version }), 201);
	await mailbox.letter(wish.email, /You are booked|comes to 1 Palm Way/);
	await set();
});

test("a hold keeps a time from others for ten minutes, and no longer", async () => {
	/* One job of eight hours fills the day. */
	sql(`UPDATE service SET minutes = 400 WHERE name = '${repair.name}'`, c.schema);
	const v = stranger();
	const day = local(9);
	const mine = (rows) => rows.filter((r) => r.day === day);
	const [x] = mine(await times(v, { from_day: day }));
	const held = granted(await hold(v, x), 201);
	assert.ok(held.until > Date.now() / 1000 + 500);
	assert.equal(mine(await times(stranger(), { from_day: day })).length, 0);
	refused(await hold(stranger(), x), 409, "stale");
	/* Whoever holds it may choose another and gives it back. */
	granted(await hold(v, x, { instead: held.hold }), 201);
	sql(`UPDATE batch SET made_at = made_at - 601 WHERE kind = 7 AND state = 1`, c.schema);
	assert.ok(mine(await times(stranger(), { from_day: day })).length > 0);
	await aged();
	refused(await v.post("/api/portal/bookings", { ...who(), hold: held.hold }), 409, "stale", "hold");
	/* The office plans what it likes, into held hours as well: the day is looked at again, and what does not fit is asked for, not promised. */
	const [y] = (await times(v, { from_day: local(10) })).filter((r) => r.day === local(10));
	const other = granted(await hold(v, y), 201);
	sql(`INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, minutes, state, source, note)
		SELECT 7701, 77, 77, s.id, '${local(10)}', t.id, 400, 1, 2, '' FROM service s JOIN staff t ON t.email = '${people.technician.email}' WHERE s.name = '${repair.name}'`, c.schema);
	assert.equal(granted(await v.post("/api/portal/bookings", { ...who(), hold: other.hold }), 201).asked, true);
	sql(`UPDATE service SET minutes = 60 WHERE name = '${repair.name}'`, c.schema);
});

test("who asks too often waits, and only they", async () => {
	const v = new Visitor(where, c.host, { address: "82.1.1.1" });
	const wish = { service_id: repair.id, ...place, day: local(400), from_minute: 480 };
	const answers = [];
	await quarter();
	for (let i = 0; i < 31; i++) answers.push((await v.post("/api/portal/bookings/holds", wish)).status);
	assert.deepEqual(new Set(answers.slice(0, 30)), new Set([409]));
	assert.equal(answers[30], 429);
	assert.equal((await stranger().post("/api/portal/bookings/holds", wish)).status, 409);
});

test("two hundred visitors book twenty times: twenty are booked, and all others hear that somebody was faster", async () => {
	/* Four hours each, nine hours a day: two a day for one technician, on ten days. */
	sql(`UPDATE service SET minutes = 240 WHERE name = '${repair.name}'; DELETE FROM batch WHERE kind = 7; DELETE FROM visit`, c.schema);
	sql(`UPDATE availability SET to_minute = 1020 WHERE kind = 1`, c.schema);
	await set({ window_minutes: 240 });
	const days = Array.from({ length: 10 }, (_, i) => local(10 + i));
	/* A house that is busy says so, and is asked again, as a page does. */
	const insist = async (ask) => {
		for (let tries = 0; ; tries++) {
			const answer = await ask();
			if (answer.status !== 503 || tries === 20) return answer;
			await pause(50 + Math.random() * 200);
		}
	};
	const one = async (n) => {
		const v = stranger(n % 2 ? "es" : "en");
		const held = await insist(() => hold(v, { day: days[n % 10], from_minute: n % 20 < 10 ? 480 : 720 }));
		return held.status !== 201 ? held : insist(() => v.post("/api/portal/bookings", { ...who({ name: `Visitor ${n}`, phone: `(480) 555-${3000 + n}` }), hold: held.body.hold }));
	};
	const all = await Promise.all(Array.from({ length: 200 }, (_, n) => one(n)));
	const sold = all.filter((a) => a.status === 201), late = all.filter((a) => a.status !== 201);
	assert.deepEqual([sold.length, late.length], [20, 180]);
	for (const [i, a] of all.entries())
		if (a.status !== 201) assert.deepEqual([a.status, a.body.error.code, a.body.error.message], [409, "stale", i % 2 ? "Esta hora ya no está libre. Elija otra." : "This time is not free any more. Choose another."], a.text);
	/* Twenty jobs on the board, each somebody's, two a day that do not meet. */
	assert.equal(sql("SELECT COUNT(*), COUNT(DISTINCT customer_id), MIN(tech_id IS NOT NULL) FROM visit", c.schema)[0].join(), "20,20,1");
	assert.equal(sql("SELECT COUNT(*) FROM visit a JOIN visit b ON b.day = a.day AND b.tech_id = a.tech_id AND b.id > a.id WHERE b.from_minute < a.to_minute AND a.from_minute < b.to_minute", c.schema)[0][0], "0");
	const perDay = sql("SELECT day, COUNT(*) FROM visit GROUP BY day", c.schema);
	assert.deepEqual([...new Set(perDay.map((r) => Number(r[1])))], [2]);
	assert.equal((await times(stranger(), { from_day: days[0] })).filter((r) => days.includes(r.day)).length, 0);
	await until("the neighbour has no holds", () => sql(`SELECT COUNT(*) FROM batch WHERE kind = 7`, neighbours().schema)[0][0] === "0");
});

test("the page may stand in a frame and its script on any site; nothing else of the house may", async () => {
	const v = stranger();
	const page = await v.get("/book");
	assert.match(page.headers["content-security-policy"], /frame-ancestors \*/);
	assert.equal(page.headers["x-frame-options"], undefined);
	assert.match(page.text, /<div id="app">/);
	const script = await v.get("/book.js");
	assert.equal(script.headers["cross-origin-resource-policy"], "cross-origin");
	assert.doesNotMatch(script.text, /eval|innerHTML|document\.write/);
	for (const path of ["/", "/portal/", "/book/mine", "/tech/"]) {
		const other = await v.get(path);
		assert.match(other.headers["content-security-policy"], /frame-ancestors 'none'/, path);
		assert.equal(other.headers["x-frame-options"], "DENY", path);
		assert.equal(other.headers["cross-origin-resource-policy"], "same-origin", path);
	}
});
