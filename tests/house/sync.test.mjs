// The technician's phone: its day, what it sends, and that each tap is there once.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, refused, sql, until } from "./harness.mjs";
import { id, letters, Phone, seconds } from "./phone.mjs";

let c, people, office, tom, uma, place, level;
const today = async (who, n = 0) => granted(await who.get(`/api/tech/today?day=${day(n)}`));
const plan = async (over = {}) => granted(await office.post("/api/office/visits", { property_id: place.property, service_id: level.id, day: day(0), tech_id: people.technician.id, note: "", anyway: true, ...over }), 201);

before(async () => {
	c = await company();
	people = await crew(c, ["technician", "dispatcher"]);
	const second = await crew(c, ["technician"]);
	people.second = second.technician;
	office = c.owner.visitor;
	tom = people.technician.visitor;
	uma = people.second.visitor;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, dogs) VALUES (${at + 1n}, ${at}, '12 Palm Way', 'Mesa', 'AZ', '85201', 'Bruno');
		INSERT INTO pool (id, property_id, kind, volume_l) VALUES (${at + 2n}, ${at + 1n}, 1, 60000)`, c.schema);
	place = { customer: letters(at), property: letters(at + 1n), pool: letters(at + 2n) };
	[level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
});

test("a day is read with all that one must know, and not again while nothing changed", async () => {
	const visit = await plan({ note: "Ring twice." });
	const first = await tom.get(`/api/tech/today?day=${day(0)}`);
	const [stop] = granted(first).stops;
	assert.equal(stop.id, visit.id);
	assert.equal(stop.note, "Ring twice.");
	assert.equal(stop.brief.customer, "Rosa Ruiz");
	assert.equal(stop.brief.language, "es");
	assert.equal(stop.brief.dogs, "Bruno");
	assert.equal(stop.brief.pools[0].volume_l, 60000);
	assert.ok(stop.brief.checklist.rows.length > 2);
	assert.ok(stop.brief.first_visit);
	const tag = first.headers.etag;
	assert.equal((await tom.call("GET", `/api/tech/today?day=${day(0)}`, undefined, { "if-none-match": tag })).status, 304);
	// Whatever is read of the customer changes the day.
	const record = granted(await office.get(`/api/office/customers/${place.customer}`));
	granted(await office.post("/api/office/notes", { on_kind: "customer", on_id: place.customer, audience: "technicians", body: "Key under the mat.", pinned: true }), 201);
	assert.ok(record);
	const again = await tom.call("GET", `/api/tech/today?day=${day(0)}`, undefined, { "if-none-match": tag });
	assert.equal(again.status, 200);
	assert.equal(again.body.stops[0].brief.notes[0].body, "Key under the mat.");
	assert.equal((await today(uma)).stops.length, 0);
	granted(await office.post(`/api/office/visits/${visit.id}/skips`, { reason: "Storm", version: 1 }), 201);
});

test("connections of the database that died between two looks are nobody's business", async () => {
	const held = () => sql(`SELECT id FROM information_schema.processlist WHERE user = '${c.schema}' AND command = 'Sleep'`).flat();
	let killed = 0;
	for (let n = 0; n < 6; n++) {
		granted(await tom.get(`/api/tech/today?day=${day(0)}`));
		const ids = held();
		for (const id of ids)
			try {
				sql(`KILL ${id}`);
			} catch (e) {
				assert.match(String(e.stderr), /Unknown thread id/); // it went by itself meanwhile
			}
		killed += ids.length;
		granted(await tom.get(`/api/tech/today?day=${day(0)}`));
	}
	assert.ok(killed >= 6);
});

test("a stop is worked from the phone, and a verb that comes three times is done once", async () => {
	const next = await plan({ day: day(7) });
	const visit = await plan();
	const then = async () => granted(await tom.get(`/api/tech/today?day=${day(7)}`)).stops.find((s) => s.id === next.id).brief.last[0];
	assert.notDeepEqual((await then())?.notes.map((n) => n.text), ["Pump hums.\nLook again."]);
	const phone = new Phone(tom);
	const verbs = [phone.verb("confirm", visit.id), phone.verb("on_my_way", visit.id), phone.verb("arrive", visit.id),
		phone.verb("check", visit.id, { item: level.checklist[0].text, done: true }), phone.verb("note", visit.id, { text: "Pump hums.\nLook again.", for_customer: false }),
		phone.verb("finish", visit.id)];
	const first = granted(await phone.send(...verbs), 201);
	assert.deepEqual(first.answers.map((a) => [a.answer, a.again]), verbs.map(() => ["applied", false]));
	assert.equal(first.last_n, 6);
	for (let i = 0; i < 2; i++) {
		const more = granted(await phone.send(...verbs), 201);
		assert.deepEqual(more.answers.map((a) => [a.answer, a.again]), verbs.map(() => ["applied", true]));
	}
	assert.equal(sql(`SELECT COUNT(*) FROM visit_log WHERE device_id > 0 AND visit_id = (SELECT MAX(id) FROM visit)`, c.schema)[0][0], "6");
	const stop = (await today(tom)).stops.find((s) => s.id === visit.id);
	assert.equal(stop.state, "done");
	assert.ok(stop.started_at && stop.ended_at && stop.confirmed_at && stop.on_way_at);
	assert.deepEqual(stop.progress.checks.map((k) => [k.item, k.done]), [[level.checklist[0].text, true]]);
	assert.equal(stop.progress.notes[0].text, "Pump hums.\nLook again.");
	assert.equal(granted(await office.get(`/api/office/visits/${visit.id}`)).state, "done");
	const last = await until("the next brief is written", then, (is) => is?.state === "done");
	assert.deepEqual([last.day, last.state, last.notes.map((n) => n.text)], [day(0), "done", ["Pump hums.\nLook again."]], "next week's brief says what was done today");
});

test("the second stop of one place on the same day says what was done at the first, whoever has it", async () => {
	const line = (text, every_days) => ({ text, photo: false, required: true, reading: "", every_days });
	const service = granted(await office.post("/api/office/services", { name: "Twice", kind: "job", minutes: 20, pay_code: "", price_cents: 0, skills: [], instructions: "", checklist: [line("Rinse the cell", 30), line("Skim", null)], parts: [] }), 201);
	const first = await plan({ service_id: service.id, pool_id: place.pool });
	const second = await plan({ service_id: service.id, pool_id: place.pool, tech_id: people.second.id });
	const brief = async (who, v) => (await today(who)).stops.find((s) => s.id === v.id).brief;
	const lines = (b) => b.checklist.rows.map((r) => r.text);
	assert.deepEqual(lines(await brief(uma, second)), ["Rinse the cell", "Skim"]);
	const phone = new Phone(tom);
	const say = async (...said) => assert.deepEqual(granted(await phone.send(...said.map(([verb, body]) => phone.verb(verb, first.id, body))), 201).answers.map((a) => a.problem), said.map(() => ""));
	await say(["arrive"], ["reading", { pool_id: place.pool, what: "fc", amount: 150 }], ["check", { item: "Rinse the cell", done: true }], ["check", { item: "Skim", done: true }], ["note", { text: "Acid is in, wait for it.", for_customer: false }]);
	assert.notEqual((await brief(uma, second)).last[0]?.day === day(0) && (await brief(uma, second)).last[0].notes.some((n) => /Acid/.test(n.text)), true, "it is under way");
	await say(["finish"]);
	const is = await until("the other brief of that day is written", () => brief(uma, second), (b) => b.last[0]?.notes.some((n) => n.text === "Acid is in, wait for it."));
	assert.deepEqual([is.last[0].day, is.last[0].state, is.first_visit], [day(0), "done", false]);
	assert.deepEqual(is.water.map((w) => [w.pool_id, w.values.map((v) => [v.measure, v.x100])]), [[place.pool, [["fc", 150]]]]);
	assert.deepEqual(lines(is), ["Skim"], "what is not due again is not asked again");
	// What is said afterwards stands there as well; the first stop's own brief does not tell of itself.
	await say(["note", { text: "Pump is off.", for_customer: false }]);
	await until("the later word is there", () => brief(uma, second), (b) => b.last[0].notes.some((n) => n.text === "Pump is off."));
	const own = await brief(tom, first);
	assert.equal(own.last.some((l) => l.notes.some((n) => /Acid|Pump is off/.test(n.text))), false);
	assert.deepEqual(own.water, []);
	// What a card says is what its sources say: built anew, it is the same.
	const before_ = await brief(uma, second);
	sql("UPDATE stop_card SET built = 0 WHERE id = 0", c.schema);
	assert.deepEqual(await brief(uma, second), before_);
});

test("what is missing between two verbs is seen, and asked for", async () => {
	const phone = new Phone(tom);
	const lost = phone.verb("problem", null, { text: "The map is slow." });
	const later = phone.verb("problem", null, { text: "And the list." });
	const { answers, last_n } = granted(await phone.send(later), 201);
	assert.deepEqual([answers[0].answer, last_n], ["gap", 0]);
	assert.deepEqual(granted(await phone.send(lost, later), 201).answers.map((a) => a.answer), ["applied", "applied"]);
});

test("a stop that went to somebody else is a conflict, and what was done there is kept", async () => {
	const visit = await plan();
	const phone = new Phone(tom);
	await phone.say("on_my_way", visit.id);
	const now = granted(await office.get(`/api/office/visits/${visit.id}`));
	assert.equal(now.state, "on_way");
	granted(await office.post(`/api/office/visits/${visit.id}/moves`, { day: day(0), tech_id: people.second.id, for_good: false, anyway: true, version: now.version }), 201);
	assert.ok(!(await today(tom)).stops.some((s) => s.id === visit.id), "it left the one");
	assert.ok((await today(uma)).stops.some((s) => s.id === visit.id), "it came to the other");
	const told = await phone.say("finish", visit.id);
	assert.equal(told.answer, "conflict");
	assert.ok(told.problem);
	assert.equal(told.stop.length, 0);
	const seen = (await today(uma)).stops.find((s) => s.id === visit.id);
	assert.equal(seen.state, "scheduled");
	// The next verb is not held up by it.
	assert.equal((await phone.say("clock_in", null)).answer, "applied");
	assert.equal((await phone.say("clock_in", null)).answer, "conflict");
	assert.equal((await phone.say("break", null)).answer, "applied");
	assert.equal((await phone.say("clock_out", null)).answer, "applied");
	const { clock } = await today(tom);
	assert.deepEqual(clock.map((s) => [s.kind, s.to_at !== null]), [["work", true], ["break", true]]);
});

test("work that goes on over midnight is open on the phone, its break too, and ends there", async () => {
	const phone = new Phone(tom);
	const tag = async (day) => (await tom.get(`/api/tech/today?day=${day}`)).headers.etag;
	const tomorrow = await tag(day(1));
	assert.equal((await phone.say("clock_in", null)).answer, "applied");
	assert.notEqual(await tag(day(1)), tomorrow, "the next day shows it, so it is another one");
	sql(`UPDATE clock SET day = '${day(-1)}' WHERE to_at IS NULL`, c.schema);
	assert.equal((await phone.say("break", null)).answer, "applied");
	const open = async () => (await today(tom)).clock.filter((s) => s.to_at === null).map((s) => s.kind);
	assert.deepEqual(await open(), ["work", "break"]);
	assert.deepEqual(sql("SELECT day FROM clock WHERE to_at IS NULL AND kind = 2", c.schema), [[day(-1)]], "both count for the day that it began");
	assert.equal((await phone.say("clock_out", null)).answer, "applied");
	assert.deepEqual(await open(), []);
	sql(`DELETE FROM clock WHERE day = '${day(-1)}'`, c.schema);
});

test("the office sees who worked how long, and puts right what somebody forgot", async () => {
	const seen = async () => granted(await office.get(`/api/office/times?from=${day(-1)}&to=${day(0)}`)).rows.filter((r) => r.staff_id === people.technician.id);
	const tomId = people.technician.id;
	// Yesterday nobody clocked out: today does not wait for it, and it counts nothing.
	const phone = new Phone(tom);
	assert.equal((await phone.say("clock_in", null)).answer, "applied");
	sql(`UPDATE clock SET day = '${day(-1)}', from_at = from_at - 86400 WHERE to_at IS NULL`, c.schema);
	assert.equal((await phone.say("clock_in", null)).answer, "applied");
	assert.equal((await phone.say("clock_out", null)).answer, "applied");
	sql(`UPDATE visit SET on_way_at = started_at - 600, ended_at = started_at + 1800 WHERE state = 3 AND started_at IS NOT NULL`, c.schema);
	const [yesterday, today_] = await seen();
	assert.deepEqual([yesterday.staff_id, yesterday.day, yesterday.forgot, yesterday.worked_s, yesterday.out_at], [tomId, day(-1), true, 0, null]);
	assert.equal(today_.day, day(0));
	assert.ok(today_.stops > 0 && today_.drive_s === today_.stops * 600 && today_.service_s === today_.stops * 1800, JSON.stringify(today_));
	const [open] = yesterday.spans;
	const put = (over) => office.put(`/api/office/times/${open.id}`, { from_minute: 420, to_minute: 930, version: open.version, ...over });
	refused(await put({ to_minute: 400 }), 422, "invalid", "to_minute");
	refused(await put({ to_minute: 420 + 16 * 60 + 1 }), 422, "invalid", "to_minute");
	refused(await put({ version: 9 }), 409, "stale");
	refused(await people.dispatcher.visitor.put(`/api/office/times/${open.id}`, { from_minute: 420, to_minute: 930, version: open.version }), 403, "forbidden");
	assert.equal((await put({})).status, 204);
	const [right] = await seen();
	assert.deepEqual([right.forgot, right.worked_s], [false, 510 * 60]);
	assert.match(granted(await office.get("/api/office/audit")).rows.find((l) => l.verb === "time.put").detail, / 07:00 - .* 15:30$/);
	refused(await office.get(`/api/office/times?from=${day(0)}&to=${day(-1)}`), 422, "invalid", "to");
	refused(await tom.get(`/api/office/times?from=${day(0)}&to=${day(0)}`), 403, "forbidden");
});

test("two phones of one technician write to one stop, and a wrong clock is put right", async () => {
	const visit = await plan();
	const phone = new Phone(tom, { skew: -3 * 86400 });
	const tablet = new Phone(tom);
	await phone.say("arrive", visit.id);
	await tablet.say("note", visit.id, { text: "From the tablet." });
	await phone.say("note", visit.id, { text: "From the phone." });
	const stop = (await today(tom)).stops.find((s) => s.id === visit.id);
	assert.ok(Math.abs(stop.started_at - seconds()) < 60, "three days are taken off");
	assert.deepEqual(stop.progress.notes.map((n) => n.text), ["From the tablet.", "From the phone."]);
	const [[skew, at]] = sql(`SELECT skew_s, device_at FROM visit_log WHERE verb = 4 AND visit_id = (SELECT MAX(id) FROM visit)`, c.schema);
	assert.ok(Math.abs(Number(skew) - 3 * 86400) < 30 && Number(at) < seconds() - 2 * 86400, "both are kept");
	refused(await new Phone(uma).visitor.post("/api/tech/sync", { device_id: phone.device, device_name: "", now: seconds(), verbs: [] }), 403, "forbidden", "device_id");
});

test("what makes no sense is refused with its field, kept, and does not stop the rest", async () => {
	const visit = await plan();
	const phone = new Phone(tom);
	const answers = granted(await phone.send(phone.verb("skip", visit.id), phone.verb("note", visit.id, {}), phone.verb("made", visit.id), phone.verb("arrive", null),
		phone.verb("skip", visit.id, { reason: "Green pool" })), 201).answers;
	assert.deepEqual(answers.map((a) => [a.answer, a.field]), [["refused", "body.reason"], ["refused", "body.text"], ["refused", "verb"], ["refused", "visit_id"], ["applied", null]]);
	refused(await tom.post("/api/tech/sync", { device_id: phone.device, device_name: "", now: seconds(), verbs: Array.from({ length: 51 }, () => phone.verb("problem", null, { text: "x" })) }), 422, "invalid", "verbs");
	refused(await people.dispatcher.visitor.post("/api/tech/sync", { device_id: id(), device_name: "", now: 0, verbs: [] }), 403, "forbidden");
});

test("as much as the phone's field takes says why: the stop shows its beginning, the log keeps all", async () => {
	const long = `El portón está ${"ñ".repeat(385)}`;
	for (const [verb, on, letters] of [["no_access", "skip_reason", 80], ["skip", "skip_reason", 80], ["flag", "flag", 200]]) {
		const visit = await plan(), phone = new Phone(tom);
		const a = await phone.say(verb, visit.id, { reason: long });
		assert.equal(a.answer, "applied", a.problem);
		const stop = (await today(tom)).stops.find((s) => s.id === visit.id);
		assert.equal(stop[on], long.slice(0, letters));
		const log = granted(await office.get(`/api/office/visits/${visit.id}/log`)).rows;
		assert.equal(log.find((l) => l.row.verb === verb).body.reason, long);
	}
});

test("a day counts as delivered when the phone says that it holds it", async () => {
	await plan();
	const { version, seen_version } = await today(tom);
	assert.ok(seen_version < version);
	granted(await tom.post("/api/tech/receipts", { day: day(0), version }), 204);
	assert.equal((await today(tom)).seen_version, version);
	granted(await tom.post("/api/tech/receipts", { day: day(0), version: version + 10 }), 204);
	assert.equal((await today(tom)).seen_version, version, "nobody holds what is not there yet");
});

test("codes are for the own stops of today and tomorrow, and who has them is written down", async () => {
	const place_row = granted(await office.get(`/api/office/customers/${place.customer}`));
	const version = (place_row.properties ?? []).find((p) => p.id === place.property).version;
	granted(await office.call("PUT", `/api/office/properties/${place.property}/codes`, { gate: "4711#", version }));
	const visit = await plan();
	for (const v of [tom, uma]) granted(await v.post(`/api/tech/phones/${id()}/keys`, { name: "Test" }), 201);
	const text = JSON.stringify(await today(tom));
	assert.ok(!text.includes("4711"), "not in the day");
	assert.ok((await today(tom)).stops.at(-1).brief.has_codes);
	assert.equal(granted(await tom.post(`/api/tech/stops/${visit.id}/codes`), 201).gate, "4711#");
	sql(`UPDATE visit SET state = 5 ORDER BY id DESC LIMIT 1`, c.schema);
	refused(await tom.post(`/api/tech/stops/${visit.id}/codes`), 404, "not_found");
	sql(`UPDATE visit SET state = 1 ORDER BY id DESC LIMIT 1`, c.schema);
	// A phone that holds codes sees by the brief whether they are the last: also of two changes in one second.
	const codes = async () => [(await today(tom)).stops.at(-1).brief.codes_changed_at, granted(await tom.post(`/api/tech/stops/${visit.id}/codes`), 201).changed_at];
	const [said, came] = await codes();
	assert.ok(said > 0 && said === came);
	for (const gate of ["5520", "6630"]) {
		const { version } = granted(await office.get(`/api/office/customers/${place.customer}`)).properties.find((p) => p.id === place.property);
		granted(await office.call("PUT", `/api/office/properties/${place.property}/codes`, { gate, version }));
	}
	const [now, comes] = await codes();
	assert.ok(now >= said + 2 && now === comes, `${said}, then ${now}, which came as ${comes}`);
	refused(await uma.post(`/api/tech/stops/${visit.id}/codes`), 404, "not_found");
	const far = await plan({ day: day(3) });
	refused(await tom.post(`/api/tech/stops/${far.id}/codes`), 403, "forbidden", "day");
	// Having them is no look; each look is one, with the hour of the phone, also if it was heard twice.
	const seen = async () => granted(await office.get(`/api/office/staff/${people.technician.id}/codes-seen`)).rows;
	assert.deepEqual((await seen()).map((r) => [r.times, r.last_at ?? null]), [[0, null]]);
	const phone = new Phone(tom);
	const looks = [phone.verb("looked", visit.id), phone.verb("looked", visit.id)].map((v, i) => ({ ...v, at: v.at - 7200 + i }));
	for (let twice = 0; twice < 2; twice++) granted(await phone.send(...looks), 201);
	assert.deepEqual((await seen()).map((r) => [r.times, r.last_at]), [[2, looks[1].at]]);
	assert.equal(granted(await office.get(`/api/office/customers/${place.customer}/timeline?kind=code_shown`)).rows.length, 2);
	assert.equal(granted(await office.get(`/api/office/visits/${visit.id}/log`)).rows.filter((l) => l.row.verb === "looked").length, 2);
});

test("a day beyond the kept ones is read from its sources", async () => {
	const far = await plan({ day: day(20) });
	const { stops, version } = await today(tom, 20);
	assert.equal(version, 0);
	assert.equal(stops[0].id, far.id);
	assert.equal(stops[0].brief.street, "12 Palm Way");
});
