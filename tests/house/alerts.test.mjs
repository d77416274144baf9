// Alerts: by rules of the company's own, to persons it chose, found again, closed and answered.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { claims, pushService } from "../fakes/push.mjs";
import { ACCOUNT, smsService } from "../fakes/sms.mjs";
import { company, crew, day, granted, mailbox, neighbours, refused, site, sql, until, wake } from "./harness.mjs";
import { id, letters, Phone } from "./phone.mjs";

let c, tom, office, owner, level, home, texts, pushes, phone;
const plan = async (over = {}) => granted(await office.post("/api/office/visits", { property_id: home, service_id: level.id, day: day(), note: "", anyway: true, tech_id: tom.id, ...over }), 201);
const alerts = async (query = "") => granted(await office.get(`/api/office/alerts${query}`)).rows;
const rules = () => owner.get("/api/office/alert-rules").then(granted);
async function rule(kind, over) {
	const is = await rules();
	const row = { ...is.rows.find((r) => r.kind === kind), ...over };
	return owner.put("/api/office/alert-rules", { rows: [row], version: is.version });
}

before(async () => {
	pushes = await pushService();
	texts = await smsService();
	c = await company();
	const people = await crew(c, ["technician", "dispatcher"]);
	owner = c.owner.visitor;
	office = people.dispatcher.visitor;
	c.dispatcher = people.dispatcher;
	tom = people.technician;
	phone = new Phone(tom.visitor);
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201');
		UPDATE staff SET phone = '+14805550177' WHERE email = '${c.dispatcher.email}'`, c.schema);
	home = letters(at + 1n);
	[level] = granted(await owner.post("/api/office/standard-services", {}), 201).rows;
});
after(() => {
	pushes.close();
	texts.close();
});

test("where nobody has said anything each kind is an alert, with the usual limits, in the app alone", async () => {
	const { rows, version } = await rules();
	assert.equal(version, 0);
	const kinds = granted(await site().get("/api/openapi.json")).components.schemas.AlertRow.properties.kind.enum;
	assert.deepEqual(rows.map((r) => r.kind).sort(), kinds.filter((k) => k !== "none").sort());
	assert.ok(rows.every((r) => r.on && r.persons.length === 0));
	assert.deepEqual(rows.filter((r) => r.limit !== null).map((r) => [r.kind, r.limit]), [["late", 10], ["slow", 200], ["fast", 33]]);
	refused(await office.put("/api/office/alert-rules", { rows: [], version: 0 }), 403, "forbidden");
	refused(await rule("late", { limit: 241 }), 422, "invalid", "limit");
	refused(await rule("no_access", { limit: 5 }), 422, "invalid", "limit");
	refused(await rule("late", { persons: [{ id: id() }] }), 422, "invalid", "persons");
});

test("an alert goes to the chosen persons by mail, text and push, each in their language", async () => {
	const device = pushes.phone();
	granted(await tom.visitor.call("PUT", `/api/tech/phones/${id()}/push`, { address: device.address, p256dh: device.p256dh, secret: device.secret }), 204);
	sql(`UPDATE staff SET language = 'es' WHERE email = '${c.dispatcher.email}'`, c.schema);
	granted(await rule("no_access", { persons: [{ id: c.dispatcher.id }, { id: tom.id }], by_mail: true, by_sms: true, by_push: true, by_call: true }));
	const visit = await plan();
	await phone.say("no_access", visit.id, { reason: "Gate locked" });
	const letter = await mailbox.letter(c.dispatcher.email, /Sin acceso/);
	assert.match(letter.text, /Rosa Ruiz \(.+\): Portón cerrado/);
	await until("a text is sent", () => texts.sent.some((m) => m.to === "+14805550177" && /Sin acceso\. Rosa Ruiz/.test(m.body)));
	/* And rung: from the house's own number, for the company has none. */
	const rung = await until("a call is made", () => texts.rung.find((r) => r.to === "+14805550177"));
	assert.equal(rung.from, ACCOUNT.from);
	assert.match(rung.twiml, /^<\?xml[^>]*><Response><Say language="es-US">[^<]*Sin acceso\. Rosa Ruiz[^<]*Portón cerrado<\/Say><Pause/);
	await until("both are heard", () => device.heard.length, (n) => n >= 2); // the stop itself, and the alert
	claims(device.heard.at(-1), granted(await tom.visitor.get("/api/tech/me")).push_key);
	assert.equal(texts.sent.filter((m) => /Sin acceso/.test(m.body)).length, 1, "who has no number gets no text");
});

test("what is switched off is no alert; limits of one's own decide what is slow and fast", async () => {
	granted(await rule("flag", { on: false }));
	const one = await plan();
	await phone.say("flag", one.id, { reason: "Which pump?" });
	assert.ok(!(await alerts()).some((a) => a.row.kind === "flag"));
	const stale = await rules();
	granted(await rule("flag", { on: true }));
	refused(await owner.put("/api/office/alert-rules", { rows: stale.rows, version: stale.version }), 409, "stale");
	const took = async (minutes) => {
		const visit = await plan({});
		const at = Math.floor(Date.now() / 1000);
		const [start, end] = [phone.verb("arrive", visit.id), phone.verb("finish", visit.id)];
		start.at = at - minutes * 60;
		end.at = at;
		granted(await phone.send(start, end), 201);
		const [mine, hers] = [await alerts(), granted(await owner.get("/api/office/alerts")).rows].map((rows) => rows.filter((a) => a.visit_id === visit.id));
		// What is said of it, each reads in their own language.
		for (const a of mine) assert.equal(a.text, `${minutes} min; se previeron ${level.minutes}`);
		for (const a of hers) assert.equal(a.text, `${minutes} min; ${level.minutes} were planned`);
		return mine.map((a) => a.row.kind);
	};
	const half = Math.ceil(level.minutes * 0.5);
	assert.deepEqual(await took(half), []);
	granted(await rule("fast", { limit: 60 }));
	assert.deepEqual(await took(half), ["fast"]);
	const longer = Math.ceil(level.minutes * 1.5) + 11;
	assert.deepEqual(await took(longer), []);
	granted(await rule("slow", { limit: 150 }));
	assert.deepEqual(await took(longer), ["slow"]);
});

test("water out of range says what was read and what it should keep to; work that was no longer one's own, why, in the reader's language", async () => {
	const pool = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) SELECT ${pool}, id, 1, 60000, 1, 1 FROM property WHERE street = '12 South St'`, c.schema);
	const [wet, gone] = [await plan({ pool_id: letters(pool) }), await plan()];
	await phone.say("reading", wet.id, { pool_id: letters(pool), what: "ph", amount: 920 });
	granted(await office.post(`/api/office/visits/${gone.id}/steps`, { verb: "cancel", reason: "Entered twice", version: gone.version }), 201);
	assert.equal((await phone.say("finish", gone.id)).answer, "conflict");
	const said = (rows, kind, of) => rows.find((a) => a.row.kind === kind && a.visit_id === of.id)?.text;
	const [mine, hers] = [await alerts(), granted(await owner.get("/api/office/alerts")).rows];
	for (const rows of [mine, hers]) assert.match(said(rows, "water", wet), /^pH 9\.2 \(7\.2–7\.8\)$/);
	assert.deepEqual([said(mine, "conflict", gone), said(hers, "conflict", gone)], ["Esta visita no se hará.", "This visit will not take place."]);
});

test("who will miss a window is an alert without anybody's tap, and comes right by itself", async () => {
	const visit = await plan({ to_minute: 600 });
	const look = async () => {
		sql(`UPDATE job SET due_at = 1, job_key = CONCAT('was:', id) WHERE kind = 'late' AND state = 1`, c.schema);
		await wake(c);
	};
	await until("somebody will look again", () => Number(sql("SELECT COUNT(*) FROM job WHERE kind = 'late' AND state = 1", c.schema)[0][0]));
	const late = async () => (await alerts("?kind=late")).filter((a) => a.visit_id === visit.id);
	await look();
	const [alert] = await until("it is late", late, (rows) => rows.length > 0);
	assert.match(alert.text, /^\d+ min$/);
	await phone.say("arrive", visit.id);
	await look();
	await until("it is not late any more", late, (rows) => rows.length === 0);
	const [closed] = await alerts("?closed=true&kind=late");
	assert.equal(closed.row.closed_by, "");
});

test("alerts are found by kind and word, closed, and opened again", async () => {
	assert.equal((await alerts("?q=Gate%20locked")).length, 1);
	assert.equal((await alerts("?q=nobody%20said%20this")).length, 0);
	assert.ok((await alerts("?kind=no_access")).every((a) => a.row.kind === "no_access"));
	refused(await office.get("/api/office/alerts?kind=weather"), 422, "invalid", "kind");
	const [a] = await alerts("?kind=no_access");
	granted(await office.post(`/api/office/alerts/${a.row.id}/closings`, { version: a.row.version }), 204);
	const [gone] = await alerts("?kind=no_access&closed=true");
	assert.equal(gone.row.id, a.row.id);
	assert.ok(gone.row.closed_by);
	refused(await office.post(`/api/office/alerts/${a.row.id}/openings`, { version: a.row.version }), 409, "stale");
	granted(await office.post(`/api/office/alerts/${a.row.id}/openings`, { version: gone.row.version }), 204);
	assert.equal((await alerts("?kind=no_access")).length, 1);
	const theirs = granted(await neighbours().owner.visitor.get("/api/office/alerts")).rows;
	assert.equal(theirs.length, 0);
});

test("a report from the field is answered, and the technician reads the answer", async () => {
	await phone.say("problem", null, { text: "The map is slow." });
	const [report] = await alerts("?kind=problem");
	assert.equal(granted(await tom.visitor.get("/api/tech/reports")).rows[0].text, "The map is slow.");
	const answered = granted(await office.post(`/api/office/alerts/${report.row.id}/answers`, { text: "Thank you.\nThe next version is quicker.", version: report.row.version }), 201);
	assert.equal(answered.answers.length, 1);
	refused(await office.post(`/api/office/alerts/${report.row.id}/answers`, { text: "Again", version: report.row.version }), 409, "stale");
	const [mine] = granted(await tom.visitor.get("/api/tech/reports")).rows;
	assert.equal(mine.answers[0].text, "Thank you.\nThe next version is quicker.");
	assert.ok(mine.answers[0].by);
	refused(await office.get("/api/tech/reports"), 403, "forbidden");
	// What is answered about a stop reaches them as well; what the office was told by others does not.
	const visit = await plan();
	await phone.say("missing_part", visit.id, { text: "A lid" });
	const [missing] = await alerts("?kind=missing_part");
	assert.deepEqual(granted(await tom.visitor.get("/api/tech/reports")).rows[0].text, "A lid");
	granted(await office.post(`/api/office/alerts/${missing.row.id}/answers`, { text: "At the shop by noon.", version: missing.row.version }), 201);
	const rows = granted(await tom.visitor.get("/api/tech/reports")).rows;
	assert.deepEqual([rows[0].row.kind, rows[0].answers[0].text], ["missing_part", "At the shop by noon."]);
	assert.equal(new Set(rows.map((r) => r.row.staff)).size, 1);
	// However much else was said about them since: what is theirs to read is found behind it.
	const at = BigInt(Date.now()) << 21n;
	const staff = sql("SELECT staff_id FROM alert WHERE kind = 4 LIMIT 1", c.schema)[0][0];
	sql(`INSERT INTO alert (id, kind, staff_id, made_at, body, closed_at) VALUES ${Array.from({ length: 120 }, (_, i) => `(${at + BigInt(i)}, 2, ${staff}, 0, '{"text":"\\\\"answers\\\\":[{","answers":[]}', 1)`).join(", ")}`, c.schema);
	assert.deepEqual(granted(await tom.visitor.get("/api/tech/reports")).rows, rows);
});

test("two alerts to one number while the first one's answer is lost: each is said once, though they say the same", async () => {
	for (const [kind, by, said] of [["call", { by_call: true, by_sms: false }, () => texts.rung], ["sms", { by_call: false, by_sms: true }, () => texts.sent]]) {
		granted(await rule("no_access", { persons: [{ id: c.dispatcher.id }], by_mail: false, by_push: false, ...by }));
		const theirs = () => said().filter((m) => m.to === "+14805550177" && /Twice locked/.test(m.twiml ?? m.body)).length;
		const alert = async () => phone.say("no_access", (await plan()).id, { reason: "Twice locked" });
		texts.fault("lost", 1, "+14805550177");
		await alert();
		await until("the first is taken", theirs, (n) => n === 1);
		await until("its answer is missed", () => sql(`SELECT COUNT(*) FROM job WHERE kind = '${kind}' AND state = 1 AND tries = 1`, c.schema)[0][0], (n) => n === "1");
		texts.fault("cut", 1, "+14805550177");
		await alert();
		/* As if their time had come, again and again. */
		await until("both are through", async () => {
			sql(`UPDATE job SET due_at = 1 WHERE kind = '${kind}' AND state = 1`, c.schema);
			await plan();
			return sql(`SELECT COUNT(*) FROM job WHERE kind = '${kind}' AND state IN (1, 2)`, c.schema)[0][0];
		}, (n) => n === "0");
		assert.equal(theirs(), 2);
		assert.equal(new Set(said().slice(-2).map((m) => m.sid)).size, 2);
		assert.equal(sql(`SELECT COUNT(*) FROM job WHERE job_key LIKE 'said:${kind}:%' AND state = 3 AND job_key LIKE '%${said().at(-1).sid}'`, c.schema)[0][0], "1");
	}
});

test("a reason tapped in Spanish is read in English by who reads English; words of one's own stay", async () => {
	const gate = await plan(), own = await plan(), skipped = await plan();
	await phone.say("no_access", gate.id, { reason: "El portón está cerrado" });
	await phone.say("flag", own.id, { reason: "El portón está roto" });
	await phone.say("skip", skipped.id, { reason: "The customer said no" });
	const [flag, locked] = granted(await owner.get("/api/office/alerts")).rows;
	assert.deepEqual([locked.text, flag.text], ["The gate is locked", "El portón está roto"]);
	const board = async (who) => granted(await who.get(`/api/office/board?day=${day()}`)).stops.map((s) => s.row);
	const of = (rows, v) => rows.find((r) => r.id === v.id);
	assert.equal(of(await board(owner), gate).skip_reason, "The gate is locked");
	assert.equal(granted(await owner.get(`/api/office/visits/${gate.id}`)).skip_reason, "The gate is locked");
	assert.ok(granted(await owner.get(`/api/office/visits/${gate.id}/log`)).rows.some((l) => l.body.reason === "The gate is locked"));
	sql(`UPDATE staff SET language = 'es' WHERE email = '${c.dispatcher.email}'`, c.schema);
	assert.equal(of(await board(office), skipped).skip_reason, "El cliente dijo que no");
	// What is kept is what was said: the rules of a company's bills name those words.
	assert.equal(sql(`SELECT COUNT(*) FROM visit WHERE skip_reason IN ('The customer said no', 'El portón está cerrado')`, c.schema)[0][0], "2");
});
