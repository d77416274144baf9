// Words to and from customers: texts in by a signed message, threads, answers in their order, STOP, receipts, the rules of what
// is said. The vendor's own SDK signs what comes in.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import net from "node:net";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { nameService } from "../fakes/names.mjs";
import { bounce, complaint, inbound, subscription } from "../fakes/postmark.mjs";
import { ACCOUNT, smsService } from "../fakes/sms.mjs";
import { bent, company, crew, day as on, granted, mailbox, neighbours, pause, poolctl, refused, site, sql, Visitor, where } from "./harness.mjs";
import { letters } from "./phone.mjs";

const require = createRequire(import.meta.url);
const twilio = require("twilio");

/* At night nobody is rung. Rosa's own clock is the company's: her address names no state. */
const OURS = "+14805550100", ROSA = "+16025550119", STRANGER = "+16025550177";
let c, office, texts, rosa, n = 0;
async function until(what, seconds = 30) {
	for (const end = Date.now() + seconds * 1000; ; await pause(50)) {
		const is = await what();
		if (is) return is;
		assert.ok(Date.now() < end, `not in ${seconds} s: ${what}`);
	}
}
/* As the provider posts: a form, signed over the address that it was given. */
async function hook(path, params, token = ACCOUNT.token) {
	const url = `${process.env.POOL_BASE_URL}/api/hook/${path}`;
	const signature = twilio.getExpectedTwilioSignature(token, url, params);
	return post(path, params, signature);
}
const post = (path, params, signature) =>
	site().call("POST", `/api/hook/${path}`, new URLSearchParams(params).toString(), { "content-type": "application/x-www-form-urlencoded", origin: null, "x-poolhouse": null, ...(signature && { "x-twilio-signature": signature }) });
const heard = (from, body, over = {}) =>
	hook("sms", { MessageSid: `SM${String(++n).padStart(32, "0")}`, AccountSid: ACCOUNT.sid, From: from, To: OURS, Body: body, NumMedia: "0", FromCity: "PHOENIX", ...over });
const inbox = async (query = "") => granted(await office.get(`/api/office/inbox${query}`));
const thread = async (id) => granted(await office.get(`/api/office/threads/${id}`));
const say = (id, body) => office.post(`/api/office/threads/${id}/messages`, { medium: "sms", address: "", subject: "", key: "", keep: [], ...body });

before(async () => {
	texts = await smsService({ mine: ({ from }) => from === OURS });
	c = await company();
	office = (await crew(c, ["dispatcher"])).dispatcher.visitor;
	const at = BigInt(Date.now()) << 21n;
	rosa = letters(at);
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0);
		INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_sms, by_email) VALUES (${at + 1n}, ${at}, 'Rosa Ruiz', 1, '${ROSA}', 'rosa@home.example', 'es', 255, 255);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 2n}, ${at}, '12 South St', 'Mesa', '', '85201');`, c.schema);
	assert.match(poolctl("numbers", c.slug, OURS), /texts from \+14805550100/);
});
after(() => texts.close());

test("what is not signed by the provider is refused, what was bent as well", async () => {
	const params = { MessageSid: "SM0", From: ROSA, To: OURS, Body: "hi" };
	refused(await hook("sms", params, "another-token"), 422, "invalid", "signature");
	const url = `${process.env.POOL_BASE_URL}/api/hook/sms`;
	const signature = twilio.getExpectedTwilioSignature(ACCOUNT.token, url, params);
	refused(await post("sms", { ...params, Body: "hi!" }, signature), 422, "invalid", "signature");
	refused(await post("sms", params), 422, "invalid", "signature");
	assert.equal((await inbox()).rows.length, 0);
});

test("a text finds its customer and waits for an answer; the provider's repeat changes nothing", async () => {
	const answer = await heard(ROSA, "¿Pueden venir hoy? El agua está verde");
	assert.equal(answer.status, 200);
	assert.match(answer.text, /<Response\/>/);
	n--;
	assert.equal((await heard(ROSA, "¿Pueden venir hoy? El agua está verde")).status, 200);
	const page = await inbox();
	assert.equal(page.rows.length, 1);
	assert.equal(page.rows[0].name, "Rosa Ruiz");
	assert.equal(page.rows[0].unread, 1);
	assert.equal(page.counts.waiting, 1);
	const t = await thread(page.rows[0].id);
	assert.equal(t.customer_id, rosa);
	assert.equal(t.place, "12 South St, Mesa");
	assert.equal(t.messages.length, 1);
	granted(await office.post(`/api/office/threads/${t.row.id}/looks`, {}), 204);
	assert.equal((await inbox()).rows[0].unread, 0);
});

test("an answer leaves from the company's number, in its order, and its receipt is kept", async () => {
	const { id } = (await inbox()).rows[0];
	refused(await say(id, { text: "" }), 422, "invalid", "text");
	const key = randomUUID();
	granted(await say(id, { text: "Sí, hoy a las 4.", key }));
	granted(await say(id, { text: "Sí, hoy a las 4.", key }));
	granted(await say(id, { text: "Va Tom." }));
	await until(() => texts.sent.length === 2);
	assert.deepEqual(texts.sent.map((m) => [m.from, m.to, m.body]), [[OURS, ROSA, "Sí, hoy a las 4."], [OURS, ROSA, "Va Tom."]]);
	const form = Object.fromEntries(texts.asked.find((a) => a.method === "POST").form);
	assert.equal(form.StatusCallback, `${process.env.POOL_BASE_URL}/api/hook/sms-receipts`);
	await until(async () => (await thread(id)).messages.every((m) => ["got", "sent"].includes(m.row.state)));
	for (const word of ["delivered", "sent"])
		assert.equal((await hook("sms-receipts", { MessageSid: texts.sent[0].sid, MessageStatus: word, From: OURS, To: ROSA })).status, 200);
	const t = await thread(id);
	assert.deepEqual(t.messages.map((m) => m.row.state), ["got", "delivered", "sent"]);
	assert.equal(t.row.waits_since, 0, "it is answered");
	assert.equal((await inbox()).counts.mine, 1, "whoever answers looks after it");
	// Her history says that something came in and what left, by whom, and not in which words: those are in the thread.
	const history = granted(await office.get(`/api/office/customers/${rosa}/timeline?about=conversation`)).rows;
	assert.deepEqual(history.map((e) => [e.kind, e.by_staff, e.values, e.ref_id]),
		[["message_sent", true], ["message_sent", true], ["message_heard", false]].map((e) => [...e, [{ name: "medium", value: "sms" }], id]));
});

test("an answer that was lost on the way is looked for before it is said again", async () => {
	const { id } = (await inbox()).rows[0];
	/* Taken, or not; both say what another one said a minute ago, which is not it. */
	for (const mode of ["lost", "cut"]) {
		const before = texts.sent.length;
		texts.fault(mode);
		granted(await say(id, { text: "Sí, hoy a las 4." }));
		await put_off(id);
		await until(async () => (await thread(id)).messages.at(-1).row.state === "sent");
		assert.equal(texts.sent.length, before + 1, "it was taken once");
	}
	const ids = sql("SELECT provider_id FROM message WHERE body = 'Sí, hoy a las 4.'", c.schema).flat();
	assert.deepEqual(ids.sort(), texts.sent.filter((m) => m.body === "Sí, hoy a las 4.").map((m) => m.sid).sort());
});

/* The job waits for its next try, and now its time has come. */
async function put_off(id) {
	await until(() => sql("SELECT COUNT(*) FROM job WHERE kind = 'message' AND state = 1 AND tries > 0", c.schema)[0][0] !== "0");
	sql("UPDATE job SET due_at = 1 WHERE kind = 'message' AND state = 1", c.schema);
	granted(await office.post(`/api/office/threads/${id}/typings`, {}), 204);
}

test("what was put off is asked again: after ALTO it never leaves", async () => {
	const { id } = (await inbox()).rows[0];
	const before = texts.sent.length;
	texts.fault("429");
	granted(await say(id, { text: "Un momento." }));
	await until(() => sql("SELECT COUNT(*) FROM job WHERE kind = 'message' AND state = 1 AND tries > 0", c.schema)[0][0] !== "0");
	await heard(ROSA, "Alto");
	await put_off(id);
	const { row } = await until(async () => (await thread(id)).messages.find((m) => m.row.body === "Un momento." && m.row.state === "failed"));
	assert.match(row.problem, /no more texts/);
	assert.equal(texts.sent.length, before);
	await heard(ROSA, "alta");
	await until(() => texts.sent.length === before + 1);
});

test("after ALTO nothing is said to that number, whoever wants to; ALTA lifts it", async () => {
	const { id } = (await inbox("?list=all")).rows[0];
	const before = texts.sent.length;
	await heard(ROSA, "Parar");
	refused(await say(id, { text: "¿Por qué?" }), 403, "forbidden", "address");
	assert.equal((await thread(id)).ways.find((w) => w.address === ROSA).stopped, true);
	await heard(ROSA, "alta");
	await until(() => texts.sent.length === before + 1);
	assert.match(texts.sent.at(-1).body, /^.+: Vuelve a recibir mensajes/);
	granted(await say(id, { text: "Bienvenida." }));
	await until(() => texts.sent.length === before + 2);
	const [[evidence]] = sql(`SELECT body FROM setting WHERE kind = 18 AND name = '${ROSA}'`, c.schema);
	assert.deepEqual(JSON.parse(evidence).words.map((w) => [w.what, w.how]), [["stop", "text: Alto"], ["start", "text: alta"], ["stop", "text: Parar"], ["start", "text: alta"]]);
});

test("a stranger becomes a customer in one step, and what they write next finds them", async () => {
	await heard(STRANGER, "Need a quote for weekly service");
	const line = (await inbox()).rows.find((r) => r.name === STRANGER);
	const t = granted(await office.post(`/api/office/threads/${line.id}/leads`, { name: "Tony Salazar", customer_id: null }));
	assert.equal(t.row.name, "Tony Salazar");
	assert.ok(t.customer_id);
	await heard(STRANGER, "Are you there?");
	assert.equal((await thread(line.id)).messages.length, 2);
	refused(await office.post(`/api/office/threads/${line.id}/leads`, { name: "Tony", customer_id: null }), 409, "stale");
});

test("a thread rests, closes, has somebody who looks after it, holds notes; and opens when they write again", async () => {
	const line = (await inbox()).rows.find((r) => r.name === "Tony Salazar");
	const put = async (over) => {
		const { row, staff_id } = await thread(line.id);
		return granted(await office.call("PUT", `/api/office/threads/${line.id}`, { state: row.state, staff_id, snoozed_until: row.snoozed_until, version: row.version, ...over }));
	};
	granted(await say(line.id, { medium: "note", text: "He called before." }));
	await put({ snoozed_until: Math.floor(Date.now() / 1000) + 3600 });
	assert.ok(!(await inbox()).rows.some((r) => r.id === line.id));
	assert.ok((await inbox("?list=snoozed")).rows.some((r) => r.id === line.id));
	await put({ state: "closed", snoozed_until: 0 });
	assert.ok((await inbox("?list=closed")).rows.some((r) => r.id === line.id));
	assert.ok((await inbox("?list=all&q=called%20before")).rows.some((r) => r.id === line.id), "notes are searched too");
	await heard(STRANGER, "Hello again");
	assert.ok((await inbox()).rows.some((r) => r.id === line.id));
	// Opening it marks it as read; what the page decides a moment later is not stale for that.
	const { row, staff_id } = await thread(line.id);
	assert.ok(row.unread > 0);
	granted(await office.post(`/api/office/threads/${line.id}/looks`, {}), 204);
	granted(await office.call("PUT", `/api/office/threads/${line.id}`, { state: row.state, staff_id, snoozed_until: 0, version: row.version }));
	const other = c.owner.visitor;
	granted(await other.post(`/api/office/threads/${line.id}/typings`, {}), 204);
	assert.ok((await thread(line.id)).typing, "somebody else is writing");
});

test("saved answers are kept, changed and forgotten", async () => {
	const list = granted(await office.post("/api/office/saved-replies", { name: "Gate", text: "Please leave the gate open.", version: 0 }));
	refused(await office.post("/api/office/saved-replies", { name: "Gate", text: "x", version: 0 }), 422, "invalid", "name");
	const [one] = list.rows;
	granted(await office.call("PUT", `/api/office/saved-replies/${one.id}`, { name: "Gate open", text: "Leave it open.", version: one.version }));
	assert.deepEqual(granted(await office.delete(`/api/office/saved-replies/${one.id}?version=${one.version + 1}`)).rows, []);
});

test("the rules say what is told when; a name that does not exist is named, words are shown with their price", async () => {
	const owner = c.owner.visitor;
	const page = granted(await office.get("/api/office/occasions"));
	const line = page.rows.find((r) => r.rule.occasion === "on_way");
	refused(await office.call("PUT", "/api/office/occasions", { ...line.rule, sms: "ask" }), 403, "forbidden");
	const wrong = await owner.call("PUT", "/api/office/occasions", { ...line.rule, sms_es: "{tech} llega a las {hora}" });
	refused(wrong, 422, "invalid", "sms_es");
	assert.match(wrong.body.error.message, /\{hora\}/);
	const kept = granted(await owner.call("PUT", "/api/office/occasions", { ...line.rule, sms: "ask", sms_es: "{tech} llega a las {time}" }));
	assert.equal(kept.rows.find((r) => r.rule.occasion === "on_way").rule.sms, "ask");
	const look = granted(await office.post("/api/office/occasion-looks", { occasion: "on_way", medium: "sms", language: "es", subject: "", text: "{tech} está cerca, {name}", customer_id: rosa }));
	assert.equal(look.text, "Tom Reyes está cerca, Rosa Ruiz");
	assert.deepEqual([look.wide, look.segments, look.first_wide, look.narrow], [true, 1, "á", "{tech} esta cerca, {name}"]);
	// One service says it in its own words, and again as all do.
	const service = granted(await owner.post("/api/office/services", { name: "Green pool", kind: "job", minutes: 60, pay_code: "", price_cents: 0, skills: [], checklist: [], parts: [], instructions: "" }), 201);
	const of = `/api/office/occasions?service_id=${service.id}`;
	const same = granted(await office.get(of)).rows;
	assert.ok(same.every((r) => !r.own) && !same.some((r) => r.rule.occasion === "bill"), "what speaks of no visit is no service's");
	const green = same.find((r) => r.rule.occasion === "on_way");
	assert.deepEqual([green.rule.sms, green.rule.version, green.usual_sms_es], ["ask", 0, "{tech} llega a las {time}"]);
	const own = granted(await owner.call("PUT", of, { ...green.rule, sms_en: "{tech} brings the big net at {time}" })).rows.find((r) => r.own);
	assert.equal(own.rule.sms_en, "{tech} brings the big net at {time}");
	assert.equal(granted(await office.get("/api/office/occasions")).rows.find((r) => r.rule.occasion === "on_way").rule.sms_en, "");
	refused(await owner.call("PUT", of, { ...page.rows.find((r) => r.rule.occasion === "bill").rule }), 422, "invalid", "occasion");
	const back = await owner.delete(`${of}&occasion=on_way&version=${own.rule.version}`);
	assert.ok(granted(back).rows.every((r) => !r.own));
	refused(await owner.call("PUT", "/api/office/review-page", { url: "javascript:alert(1)" }), 422, "invalid", "url");
	assert.equal(granted(await owner.call("PUT", "/api/office/review-page", { url: "https://reviews.example/blue" })).review_url, "https://reviews.example/blue");
});

test("who wishes to be rung hears it in their language; a lost answer rings nobody twice, and a key ends calls", async () => {
	const { id } = (await inbox("?list=all")).rows.find((r) => r.name === "Rosa Ruiz");
	const person = granted(await office.get(`/api/office/customers/${rosa}`)).contacts[0];
	const { customer_id, archived_at, id: contact, ...wish } = person;
	refused(await office.put(`/api/office/contacts/${contact}`, { ...wish, phone: "", by_sms: [], by_voice: ["schedule"] }), 422, "invalid", "by_voice");
	granted(await office.put(`/api/office/contacts/${contact}`, { ...wish, by_voice: ["schedule"] }));
	// A link cannot be spoken.
	const line = granted(await office.get("/api/office/occasions")).rows.find((r) => r.rule.occasion === "skipped");
	assert.deepEqual([line.rings, line.rule.call], [true, "on"]);
	refused(await c.owner.visitor.call("PUT", "/api/office/occasions", { ...line.rule, call_es: "Mire {url}" }), 422, "invalid", "call_es");
	const heard = granted(await office.post("/api/office/occasion-looks", { occasion: "skipped", medium: "call", language: "es", subject: "", text: line.usual_call_es, customer_id: rosa }));
	assert.match(heard.text, /^Le llama .*el acceso estaba cerrado\.$/);
	/* As the visit's act would order it; its answer is lost on the way. */
	texts.fault("lost");
	const at = BigInt(Date.now()) << 21n;
	const held = (n, words) => sql(`INSERT INTO message (id, conversation_id, direction, medium, occasion, state, message_key, address, body, actor_kind, at, due_at)
		SELECT ${at + BigInt(n)}, MAX(conversation_id), 2, 7, 8, 6, 'ring:${n}', '${ROSA}', '${words}', 3, UNIX_TIMESTAMP(), 0 FROM message WHERE address = '${ROSA}'`, c.schema);
	const release = async (words) => {
		const { row } = (await thread(id)).messages.find((m) => m.row.body === words);
		granted(await office.post(`/api/office/messages/${row.id}/releases`, { version: row.version }));
	};
	held(0, "Le llama Blue & hijos.");
	await release("Le llama Blue & hijos.");
	await put_off(id);
	const state = async (words) => (await thread(id)).messages.find((m) => m.row.body === words).row;
	await until(async () => (await state("Le llama Blue & hijos.")).state === "sent");
	assert.deepEqual(texts.rung.map((r) => [r.from, r.to, r.tell]), [[OURS, ROSA, `${process.env.POOL_BASE_URL}/api/hook/call-receipts`]]);
	/* What the vendor's own library would write. */
	const keys = `${process.env.POOL_BASE_URL}/api/hook/call-keys`;
	const voice = new twilio.twiml.VoiceResponse();
	const gather = voice.gather({ input: "dtmf", numDigits: 1, method: "POST", action: keys, timeout: 5 });
	gather.say({ language: "es-US" }, "Le llama Blue & hijos.");
	gather.say({ language: "es-US" }, "Para escucharlo otra vez, marque 1. Para no recibir más llamadas nuestras, marque 9.");
	voice.say({ language: "es-US" }, "Le llama Blue & hijos.");
	voice.pause({ length: 10 });
	voice.hangup();
	assert.equal(texts.rung[0].twiml, voice.toString());
	const { sid } = texts.rung[0];
	const call = { CallSid: sid, AccountSid: ACCOUNT.sid, From: OURS, To: ROSA, Direction: "outbound-api" };
	/* A machine has answered: after its tone it hears the words alone, once. A person hears nothing twice; whoever forges that, nothing. */
	const machine = `call-machines?from=${OURS.slice(1)}`;
	assert.equal(texts.rung[0].machine, `${process.env.POOL_BASE_URL}/api/hook/${machine}`);
	const answered = (by, over = {}) => ({ CallSid: sid, AccountSid: ACCOUNT.sid, AnsweredBy: by, MachineDetectionDuration: "6120", ...over });
	refused(await hook(machine, answered("machine_end_beep"), "another-token"), 422, "invalid", "signature");
	for (const by of ["human", "machine_start", "unknown"]) assert.equal((await hook(machine, answered(by))).status, 200);
	assert.equal((await hook(machine, answered("machine_end_beep", { CallSid: `CA${"0".repeat(32)}` }))).status, 200);
	assert.equal(texts.rung[0].turned, undefined);
	for (let i = 0; i < 2; i++) assert.equal((await hook(machine, answered("machine_end_beep"))).status, 200);
	await until(() => texts.rung[0].turned);
	const tape = new twilio.twiml.VoiceResponse();
	tape.say({ language: "es-US" }, "Le llama Blue & hijos.");
	tape.hangup();
	assert.equal(texts.rung[0].turned, tape.toString());
	refused(await hook("call-keys", { ...call, Digits: "9" }, "another-token"), 422, "invalid", "signature");
	assert.equal((await hook("call-keys", { ...call, Digits: "1", CallStatus: "in-progress" })).text, voice.toString());
	assert.match((await hook("call-keys", { ...call, Digits: "9", CallStatus: "in-progress" })).text, /<Say language="es-US">No recibirá más llamadas nuestras\. Adiós\.<\/Say><Hangup\/>/);
	assert.equal((await hook("call-receipts", { ...call, CallStatus: "completed", CallDuration: "21" })).status, 200);
	assert.equal((await state("Le llama Blue & hijos.")).state, "delivered");
	held(1, "Le llama otra vez.");
	await release("Le llama otra vez.");
	await until(async () => (await state("Le llama otra vez.")).problem === "This number has asked for no more calls.");
	assert.equal(texts.rung.length, 1);
	const now = granted(await office.get(`/api/office/customers/${rosa}`)).contacts[0];
	granted(await office.put(`/api/office/contacts/${contact}`, { ...wish, by_voice: [], version: now.version }));
});

test("what waits for a yes leaves with it, or never", async () => {
	const { id } = (await inbox("?list=all")).rows.find((r) => r.name === "Rosa Ruiz");
	const hold = async (body) => {
		sql(`UPDATE message SET state = 6, provider_id = NULL WHERE body = '${body}'`, c.schema);
		return (await thread(id)).messages.find((m) => m.row.body === body).row;
	};
	const before = texts.sent.length;
	const yes = await hold("Va Tom.");
	granted(await office.post(`/api/office/messages/${yes.id}/releases`, { version: yes.version }));
	await until(() => texts.sent.length === before + 1);
	/* Or in other words: its link, which the office is not shown, is the one that it had. */
	const link = `http://${c.host}:${where.port}/book/mine#v1.aB`;
	sql(`UPDATE message SET body = 'Va Tom. ${link}' WHERE body = 'Va Tom.'`, c.schema);
	sql(`UPDATE message SET state = 6, provider_id = NULL WHERE body LIKE 'Va Tom. http%'`, c.schema);
	const other = (await thread(id)).messages.find((m) => m.row.body.startsWith("Va Tom. http")).row;
	const words = { version: other.version, text: other.body.replace("Va Tom.", "Hoy va Ana:") };
	assert.match(words.text, /^Hoy va Ana: \S+#…$/);
	refused(await office.post(`/api/office/messages/${other.id}/releases`, { ...words, text: " " }), 422, "invalid", "text");
	granted(await office.post(`/api/office/messages/${other.id}/releases`, words));
	await until(() => texts.sent.length === before + 2);
	assert.equal(texts.sent.at(-1).body, `Hoy va Ana: ${link}`);
	const no = await hold("Bienvenida.");
	granted(await office.post(`/api/office/messages/${no.id}/withdrawals`, { version: no.version }));
	refused(await office.post(`/api/office/messages/${no.id}/releases`, { version: no.version + 1 }), 409, "stale");
	assert.equal(texts.sent.length, before + 2);
});

test("the number that answers a question for stars is a rating, once; a low one alerts the office and waits", async () => {
	const at = BigInt(Date.now()) << 21n, now = Math.floor(Date.now() / 1000), [visited, RATE] = [8, 16];
	sql(`INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source, note)
			SELECT ${at}, customer_id, id, 0, '${on()}', 30, 3, 2, '' FROM property WHERE street = '12 South St';
		INSERT INTO message (id, conversation_id, direction, medium, occasion, state, message_key, address, body, actor_kind, ref_kind, ref_id, at, due_at, sent_at)
			SELECT ${at + 1n}, id, 2, 1, ${RATE}, 3, 'asked-${at}', '${ROSA}', '¿Cuántas estrellas?', 0, ${visited}, ${at}, ${now}, ${now}, ${now} FROM conversation WHERE customer_id = (SELECT id FROM customer WHERE name = 'Rosa Ruiz')`, c.schema);
	assert.equal((await heard(ROSA, "2")).status, 200);
	const rated = () => sql(`SELECT COUNT(*) FROM event WHERE ref_id = ${at} AND detail LIKE '%"stars"%'`, c.schema)[0][0];
	await until(() => rated() === "1");
	const line = granted(await c.owner.visitor.get("/api/office/alerts?kind=rating")).rows[0];
	assert.match(JSON.stringify(line), /2\/5/);
	assert.ok((await inbox()).rows.find((r) => r.name === "Rosa Ruiz").waits_since > 0);
	/* What is sent again is another word, and no other rating. */
	assert.equal((await heard(ROSA, "5")).status, 200);
	await until(async () => (await thread((await inbox()).rows.find((r) => r.name === "Rosa Ruiz").id)).messages.at(-1).row.body === "5");
	assert.equal(rated(), "1");
});

// ---- mails ----

/* As the mail server of this machine delivers: the envelope as words, the mail on standard input. */
const pipe = (to, mail, from = "rosa@home.example") =>
	spawnSync(`${where.bin}/poolctl`, ["mail", to, from], { input: mail.replace(/\r?\n/g, "\r\n"), env: process.env, encoding: "utf8" });
const letter = (head, text) =>
	`From: Rosa Ruiz <rosa@home.example>\nSubject: Agua\nMessage-ID: <${randomUUID()}@home.example>\n${head}\nContent-Type: text/plain; charset=utf-8\n\n${text}\n`.replace(/\n\n(Content)/, "\n$1");
const own = () => `${c.slug}@in.localhost`;
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
let rosaThread, answer;

test("a mail finds its customer: its words in their own letters, its picture drawn anew, its program left out and named", async () => {
	rosaThread = (await inbox("?list=all")).rows.find((r) => r.name === "Rosa Ruiz").id;
	const words = Buffer.from("<p>El agua est\xe1 <b>verde</b>.</p><p>On Mon, Blue &lt;b@blue.example&gt; wrote:<blockquote>Hola</blockquote>", "latin1").toString("base64");
	const mail = `From: =?ISO-8859-1?Q?Rosa_Ru=EDz?= <Rosa@Home.example>\nTo: ${own()}\nSubject: =?utf-8?B?${Buffer.from("¿Podrían venir?").toString("base64")}?=
Message-ID: <first@home.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n
--B\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n${words}
--B\nContent-Type: image/png; name="pool.png"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n${PNG}
--B\nContent-Type: image/jpeg; name="pool.jpg.exe"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nTVqQAAMAAAAEAAAA\n--B--\n`;
	assert.equal(pipe(own(), mail).status, 0);
	const said = await until(async () => (await thread(rosaThread)).messages.find((m) => m.row.subject === "¿Podrían venir?"));
	assert.equal(said.row.body, "El agua está verde.");
	assert.match(said.quoted, /^On Mon, Blue.*\n\n> Hola$/s);
	assert.deepEqual(said.files.map((f) => [f.name, f.type, !!f.id]), [["pool.png", "image/png", true], ["pool.jpg.exe", "image/jpeg", false]]);
	await until(async () => (await office.get(`/api/office/files/${said.files[0].id}/small`)).status === 200);
	/* The same mail once more, by whatever way: it is one. */
	assert.equal(pipe(own(), mail).status, 0);
	assert.equal(pipe(own(), letter("", "¿Hay alguien?")).status, 0);
	await until(async () => (await thread(rosaThread)).messages.at(-1).row.body === "¿Hay alguien?");
	assert.equal((await thread(rosaThread)).messages.filter((m) => m.row.subject === "¿Podrían venir?").length, 1);
	assert.equal(pipe("blue@elsewhere.example", mail).status, 67, "the server says so to the sender");
});

/* As any mail server of the world speaks (RFC 5321). -> the last answer */
async function smtp(to, mail, from = "rosa@home.example") {
	const line = net.connect(where.smtpPort, "127.0.0.1");
	const lines = createInterface({ input: line })[Symbol.asyncIterator]();
	const answer = async () => {
		for (;;) {
			const { value } = await lines.next();
			if (value === undefined || value[3] !== "-") return value ?? "";
		}
	};
	let said = await answer();
	for (const words of ["EHLO world.example", `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, "DATA", `${mail.replace(/\r?\n/g, "\r\n").replace(/^\./gm, "..")}\r\n.`]) {
		line.write(`${words}\r\n`);
		said = await answer();
		if (/^[45]/.test(said)) break;
	}
	line.destroy();
	return said;
}

test("a mail server that speaks SMTP hands a mail over, and tells its sender of an address that is none", async () => {
	assert.match(await smtp(own(), letter("", "Por SMTP.\n. \n.fin")), /^250/);
	await until(async () => /^Por SMTP\./.test((await thread(rosaThread)).messages.at(-1).row.body));
	assert.match((await thread(rosaThread)).messages.at(-1).row.body, /\n\.fin$/);
	assert.match(await smtp(`@in.localhost`.replace("@", "+x@"), letter("", "x")), /^5/);
});

test("by LMTP each reader is answered apart, and what broke off was not handed over", async () => {
	const talk = (text) => spawnSync(`${where.bin}/poolctl`, ["lmtp"], { input: text.replace(/\n/g, "\r\n"), env: process.env, encoding: "utf8" });
	const head = `LHLO mx.example\nMAIL FROM:<rosa@home.example>\nRCPT TO:<${own()}>\nRCPT TO:<blue@elsewhere.example>\nRCPT TO:<nobody-of-ours@in.localhost>\nRCPT TO:<complaints@in.localhost>\nDATA\n`;
	const { stdout, status } = talk(`${head}${letter("", "Por LMTP.\n..\n..fin")}.\nQUIT\n`);
	assert.equal(status, 0);
	assert.deepEqual(stdout.split("\r\n").filter((l) => l[3] === " ").map((l) => l.slice(0, 9)), ["220 in.lo", "250 SIZE ", "250 2.1.0", "250 2.1.5", "550 5.1.1", "550 5.1.1", "250 2.1.5", "354 End i", "250 2.0.0", "250 2.0.0", "221 2.0.0"]);
	talk(`${head}${letter("", "Roto.")}`);
	await until(async () => (await thread(rosaThread)).messages.at(-1).row.body === "Por LMTP.\n.\n.fin");
	assert.equal(sql("SELECT COUNT(*) FROM message WHERE body LIKE 'Roto%'", c.schema)[0][0], "0");
	/* The pipe says the same: 67, EX_NOUSER. */
	const none = pipe("nobody-of-ours@in.localhost", letter("", "x"));
	assert.deepEqual([none.status, none.stderr], [67, "poolctl mail: No company lives at this address.\n"]);
	/* 75, EX_TEMPFAIL: what is wrong with the house is no fault of the mail's. */
	const locked = spawnSync(`${where.bin}/poolctl`, ["mail", own()], { input: letter("", "x"), env: { ...process.env, POOL_MASTER_KEY_FILE: "/none" }, encoding: "utf8" });
	assert.deepEqual([locked.status, locked.stderr], [75, "poolctl mail: The root key /none cannot be read: No such file or directory.\n"]);
});

test("an answer stands below its mail, and what comes back to it finds the thread, whoever writes", async () => {
	granted(await say(rosaThread, { medium: "email", address: "rosa@home.example", text: "Sí, mañana." }));
	answer = await mailbox.letter("rosa@home.example", /Sí, mañana/);
	const head = (name) => answer.headers.find((h) => h.toLowerCase().startsWith(`${name}:`))?.replace(/^[^:]+:\s*/, "").replace(/\s+/g, " ");
	const last = (await thread(rosaThread)).messages.findLast((m) => m.row.direction === "heard" && m.row.medium === "email");
	assert.match(head("in-reply-to"), /^<[0-9a-f-]{36}@home.example>$/);
	assert.equal(head("references"), head("in-reply-to"));
	assert.equal(answer.subject, `Re: ${last.row.subject}`);
	assert.equal(head("auto-submitted"), undefined, "a person wrote it");
	const back = head("reply-to").slice(1, -1);
	assert.match(back, new RegExp(`^${c.slug}\\+r[0-9a-z]{22}@in\\.localhost$`));
	assert.match(answer.from, new RegExp(`^${c.slug}\\+b[0-9a-z]{22}@in\\.localhost$`));
	const husband = letter("References: <a@b.example> <c@d.example>", "I am her husband.").replace("rosa@home.example", "luis@work.example");
	assert.equal(pipe(back, husband, "luis@work.example").status, 0);
	await until(async () => (await thread(rosaThread)).messages.at(-1).row.body === "I am her husband.");
	/* A seal that was guessed leads to the writer's own thread. */
	assert.equal(pipe(back.replace(/.@/, (l) => `${l[0] === "a" ? "b" : "a"}@`), letter("", "Let me in").replace("rosa@home.example", "mallory@evil.example"), "mallory@evil.example").status, 0);
	const stranger = await until(async () => (await inbox("?list=all")).rows.find((r) => r.address === "mallory@evil.example"));
	assert.ok(!(await thread(rosaThread)).messages.some((m) => m.row.body === "Let me in"));
	const lead = granted(await office.post(`/api/office/threads/${stranger.id}/leads`, { name: "", customer_id: null }));
	assert.equal(lead.standing, "lead");
});

test("machines wait for no answer, and what the house itself sent is not heard", async () => {
	const { row } = await thread(rosaThread);
	assert.equal(pipe(own(), letter("Auto-Submitted: auto-replied", "Estoy de vacaciones.")).status, 0);
	assert.equal(pipe(own(), letter("", "In a circle").replace("rosa@home.example", `${c.slug}@in.localhost`), "").status, 0);
	await until(async () => (await thread(rosaThread)).messages.at(-1).row.body === "Estoy de vacaciones.");
	assert.equal((await thread(rosaThread)).row.waits_since, row.waits_since);
	await until(() => sql("SELECT COUNT(*) FROM job WHERE kind = 'mail_in' AND state < 3", c.schema)[0][0] === "0");
	assert.ok(!(await inbox("?list=all")).rows.some((r) => r.address === `${c.slug}@in.localhost`));
});

test("mail that comes back for good ends mail to that address until somebody tries again; who forges that changes nothing", async () => {
	const report = (status) => `From: MAILER-DAEMON@isp.example\nSubject: Undelivered\nMessage-ID: <${randomUUID()}@isp.example>\nMIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\nContent-Type: text/plain\n\nSorry.
--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; isp.example\n\nFinal-Recipient: rfc822; rosa@home.example\nAction: failed\nStatus: ${status}\nDiagnostic-Code: smtp; 550 no such user\n--B--\n`;
	const way = async () => (await thread(rosaThread)).ways.find((w) => w.address === "rosa@home.example");
	assert.equal(pipe(own(), report("5.1.1"), "").status, 0);
	assert.equal(pipe(answer.from, report("4.4.1"), "").status, 0);
	await until(() => sql("SELECT COUNT(*) FROM job WHERE kind = 'mail_in' AND state < 3", c.schema)[0][0] === "0");
	assert.equal((await way()).gone, "");
	assert.equal(pipe(answer.from, report("5.1.1"), "").status, 0);
	await until(async () => (await way()).gone !== "");
	const sent = (await thread(rosaThread)).messages.find((m) => m.row.body === "Sí, mañana.");
	assert.equal(sent.row.state, "failed");
	assert.match(sent.row.problem, /comes back.*550 no such user/);
	refused(await say(rosaThread, { medium: "email", address: "rosa@home.example", text: "¿Llegó?" }), 403, "forbidden", "address");
	assert.ok(granted(await c.owner.visitor.get("/api/office/alerts")).rows.some((a) => a.row.kind === "address"));
	granted(await office.post("/api/office/addresses/lifts", { address: "rosa@home.example" }), 204);
	granted(await say(rosaThread, { medium: "email", address: "rosa@home.example", text: "Otra vez." }));
	const again = await mailbox.letter("rosa@home.example", /Otra vez/);
	/* Her mail program calls it spam: the provider sends it back, whole. */
	const complaint = `From: fbl@isp.example\nSubject: complaint\nMessage-ID: <${randomUUID()}@isp.example>\nMIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary=B\n\n--B\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x/1\nVersion: 1
--B\nContent-Type: message/rfc822\n\nReturn-Path: <${again.from}>\nSubject: Re: Agua\n\nOtra vez.\n--B--\n`;
	assert.equal(pipe("complaints@in.localhost", complaint, "fbl@isp.example").status, 0);
	await until(async () => /spam/.test((await way()).gone));
	granted(await office.post("/api/office/addresses/lifts", { address: "rosa@home.example" }), 204);
});

test("a provider may hand mails over, signed, in both kinds of forms; what is not signed by it is refused", async () => {
	const signed = (over = {}) => {
		const timestamp = String(Math.floor(Date.now() / 1000)), token = randomUUID();
		const signature = createHmac("sha256", process.env.POOL_MAIL_IN_SECRET).update(timestamp + token).digest("hex");
		return { recipient: own(), sender: "rosa@home.example", timestamp, token, signature, "body-mime": letter("", "Por el proveedor").replaceAll("\n", "\r\n"), ...over };
	};
	const posted = (body, type) => site().call("POST", "/api/hook/mail", body, { ...(type && { "content-type": type }), origin: null, "x-poolhouse": null });
	const asForm = (fields) => posted(new URLSearchParams(fields).toString(), "application/x-www-form-urlencoded");
	granted(await asForm(signed()), 204);
	const parts = Object.entries(signed({ "body-mime": letter("", "En partes").replaceAll("\n", "\r\n") })).map(([k, v]) => `--XyZ\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`);
	granted(await posted(`${parts.join("")}--XyZ--\r\n`, "multipart/form-data; boundary=XyZ"), 204);
	await until(async () => ["Por el proveedor", "En partes"].every((w) => sql(`SELECT COUNT(*) FROM message WHERE body = '${w}'`, c.schema)[0][0] === "1"));
	refused(await asForm(signed({ signature: "0".repeat(64) })), 422, "invalid", "signature");
	refused(await asForm({ ...signed(), timestamp: "1700000000" }), 422, "invalid", "signature");
	refused(await asForm(signed({ "body-mime": "" })), 422, "invalid", "body-mime");
});

test("Postmark hands mails over and says what came back, signed in; a report counts for the mail that it names under seal", async () => {
	const login = `Basic ${Buffer.from(process.env.POOL_MAIL_IN_LOGIN).toString("base64")}`;
	const posted = (path, body, authorization = login) =>
		site().call("POST", `/api/hook/${path}`, body, { origin: null, "x-poolhouse": null, ...(authorization && { authorization }) });
	const mail = inbound({ to: own(), from: "rosa@home.example", raw: letter("", "Por Postmark, con eñe: \"ñ\" \\ 🐊").replaceAll("\n", "\r\n") });
	for (let i = 0; i < 2; i++) assert.equal((await posted("postmark", mail)).status, 200, "204 would be no yes to it");
	await until(async () => (await thread(rosaThread)).messages.at(-1).row.body === "Por Postmark, con eñe: \"ñ\" \\ 🐊");
	assert.equal((await posted("postmark", { ...mail, OriginalRecipient: "nobody-of-ours@in.localhost" })).status, 200);
	refused(await posted("postmark", mail, ""), 401, "signed_out", "authorization");
	refused(await posted("postmark", mail, `${login}x`), 401, "signed_out", "authorization");
	const { RawEmail, ...parts } = mail;
	refused(await posted("postmark", parts), 422, "invalid", "RawEmail");
	// What goes out by it: its name for what comes back goes along, and our own for what is answered.
	const head = (l, name) => l.headers.find((h) => h.toLowerCase().startsWith(`${name}:`))?.replace(/^[^:]+:\s*/, "");
	const sent = async (text) => {
		granted(await say(rosaThread, { medium: "email", address: "rosa@home.example", text }));
		const l = await mailbox.letter("rosa@home.example", new RegExp(text));
		assert.equal(head(l, "x-pm-keepid"), "true");
		assert.equal(`${head(l, "x-pm-metadata-inlet")}@in.localhost`, l.from);
		return { email: "rosa@home.example", metadata: { inlet: head(l, "x-pm-metadata-inlet") } };
	};
	const way = async () => (await thread(rosaThread)).ways.find((w) => w.address === "rosa@home.example");
	const one = async (text) => (await thread(rosaThread)).messages.find((m) => m.row.body === text).row;
	const lift = async () => granted(await office.post("/api/office/addresses/lifts", { address: "rosa@home.example" }), 204);
	const told = async (path) => assert.equal((await posted("postmark-returns", path)).status, 200);
	const full = await sent("Buzón lleno.");
	const hard = { type: "HardBounce", details: "smtp;550 5.1.1\r\nno such user" };
	refused(await posted("postmark-returns", bounce({ ...full, ...hard }), "Basic eDp5"), 401, "signed_out", "authorization");
	await told(bounce({ ...full, ...hard, metadata: { inlet: full.metadata.inlet.replace(/.$/, (l) => (l === "a" ? "b" : "a")) } }));
	await told(bounce({ ...full, ...hard, metadata: {} }));
	await told(bounce({ ...full, type: "Transient" }));
	await told(bounce({ ...full, type: "AutoResponder" }));
	assert.deepEqual([(await way()).gone, (await one("Buzón lleno.")).state], ["", "sent"]);
	await told(bounce({ ...full, type: "SoftBounce", details: "mailbox full" }));
	assert.deepEqual([(await way()).gone, (await one("Buzón lleno.")).state], ["", "failed"]);
	const lost = await sent("¿Sigue ahí?".replace("?", ""));
	await told(bounce({ ...lost, ...hard }));
	assert.match((await way()).gone, /comes back/);
	assert.match((await one("¿Sigue ahí")).problem, /comes back.*5\.1\.1 smtp;550 5\.1\.1 no such user/);
	await lift();
	const spam = await sent("Otra más.");
	await told(complaint(spam));
	assert.match((await way()).gone, /spam/);
	await lift();
	// Whoever clicks Postmark's own link gets no more news; what it concludes from a bounce is no click.
	const stopped = () => sql("SELECT body FROM setting WHERE name = 'rosa@home.example'", c.schema)[0][0];
	sql("DELETE FROM setting WHERE name = 'rosa@home.example'", c.schema);
	await told(subscription({ ...spam, suppress: true, reason: "HardBounce" }));
	assert.equal(sql("SELECT COUNT(*) FROM setting WHERE name = 'rosa@home.example'", c.schema)[0][0], "0");
	await told(subscription({ ...spam, suppress: true, reason: "ManualSuppression" }));
	assert.match(stopped(), /"stopped":true/);
	sql("DELETE FROM setting WHERE name = 'rosa@home.example'", c.schema);
});

test("pictures of a text are fetched from the provider alone, drawn anew, shown, and go with the job that they became", async () => {
	const at = (id) => `${texts.url}/2010-04-01/Accounts/${ACCOUNT.sid}/Messages/MM1/Media/${id}`;
	texts.pictures.set("ME1", Buffer.from(PNG, "base64"));
	const media = { NumMedia: "3", MediaUrl0: at("ME1"), MediaContentType0: "image/png", MediaUrl1: "http://127.0.0.1:1/secret", MediaContentType1: "image/png",
		MediaUrl2: at("ME2"), MediaContentType2: "video/mp4" };
	assert.equal((await heard(ROSA, "", media)).status, 200);
	n--;
	assert.equal((await heard(ROSA, "", media)).status, 200, "the provider's repeat");
	const t = await until(async () => {
		const is = await thread(rosaThread);
		return is.messages.at(-1).files.length === 3 && is;
	});
	const { row, files } = t.messages.at(-1);
	assert.deepEqual([row.body, files.filter((f) => f.id).length], ["Photo", 1]);
	const photo = files.find((f) => f.id);
	await until(async () => (await office.get(`/api/office/files/${photo.id}/small`)).status === 200);
	const service = granted(await c.owner.visitor.post("/api/office/services", { name: `Repair ${n}`, kind: "job", minutes: 60, pay_code: "", price_cents: 0, skills: [], checklist: [], parts: [], instructions: "" }), 201);
	const place = granted(await office.get(`/api/office/customers/${rosa}`)).properties[0].id;
	const day = on(1);
	// It is a job with one question; the words stand in it, and the message says what it became. Of a message there is one job.
	const draft = granted(await office.get(`/api/office/threads/${rosaThread}/drafts?message=${row.id}`));
	assert.deepEqual([draft.message_id, draft.pictures, draft.made], [row.id, 1, []]);
	const wish = { property_id: place, service_id: service.id, day, note: draft.note, anyway: true };
	const job = granted(await office.post(`/api/office/messages/${row.id}/jobs`, wish), 201);
	assert.equal(job.source, "message");
	assert.deepEqual(granted(await office.get(`/api/office/files?on_kind=visit&on_id=${job.id}`)).rows.map((f) => f.id), [photo.id]);
	refused(await office.post(`/api/office/messages/${row.id}/jobs`, wish), 409, "stale");
	assert.equal(granted(await office.get(`/api/office/visits?from=${day}&to=${day}`)).rows.filter((v) => v.service_id === service.id).length, 1, "the second one left nothing");
	const after = granted(await office.get(`/api/office/threads/${rosaThread}/drafts?message=${row.id}`));
	assert.deepEqual([after.made[0].id, after.made[0].day], [job.id, day]);
	const glance = granted(await office.get(`/api/office/customers/${rosa}/glances`));
	assert.deepEqual([glance.next[0].id, glance.balance_cents], [job.id, null], "what is owed is for those who may see it");
	assert.equal(granted(await c.owner.visitor.get(`/api/office/customers/${rosa}/glances`)).balance_cents, 0);
});

test("a picture goes out with a text: from this thread alone, by an address that ends", async () => {
	const put = await office.file(`/api/office/files?on_kind=conversation&on_id=${rosaThread}&name=`, Buffer.from(PNG, "base64"), "pump.png");
	const { id } = granted(put, 201);
	await until(async () => (await office.get(`/api/office/files/${id}/small`)).status === 200);
	const other = (await inbox("?list=all")).rows.find((r) => r.name === "Tony Salazar").id;
	const before = texts.sent.length;
	refused(await say(other, { text: "x", picture: id }), 422, "invalid", "picture");
	refused(await say(rosaThread, { medium: "note", text: "x", picture: id }), 422, "invalid", "picture");
	granted(await say(rosaThread, { medium: "email", address: "rosa@home.example", text: "Así se ve, por correo.", picture: id }));
	granted(await say(rosaThread, { address: ROSA, text: "Así se ve.", picture: id }));
	await until(() => texts.sent.length === before + 1);
	const [url, ...more] = texts.asked.filter((a) => a.method === "POST").at(-1).form.filter(([k]) => k === "MediaUrl").map(([, v]) => v);
	assert.deepEqual(more, []);
	const seen = new URL(url);
	const fetched = await new Visitor(where, c.host).get(seen.pathname + seen.search);
	assert.deepEqual([fetched.status, fetched.headers["content-type"]], [200, "image/jpeg"]);
	const bent = seen.search.replace(/.$/, (l) => (l === "A" ? "B" : "A"));
	assert.notEqual((await new Visitor(where, c.host).get(seen.pathname + bent)).status, 200);
	assert.notEqual((await new Visitor(where, neighbours().host).get(seen.pathname + seen.search)).status, 200);
	assert.deepEqual((await thread(rosaThread)).messages.at(-1).files.map((f) => f.id), [id]);
	const mail = await mailbox.letter("rosa@home.example", /por correo/);
	const attached = mail.raw.match(/Content-Type: image\/jpeg\r?\nContent-Transfer-Encoding: base64\r?\nContent-Disposition: attachment; filename="photo-1\.jpg"\r?\n\r?\n([\s\S]+?)\r?\n--/);
	assert.equal(Buffer.from(attached[1], "base64").subarray(0, 3).toString("hex"), "ffd8ff");
});

test("mails come from the company's own address as soon as its domain says our key, signed; another program agrees", async () => {
	const names = await nameService(), owner = c.owner.visitor;
	try {
		const domain = `pools-${n}.example`, address = `hello@${domain}`;
		const page = async () => granted(await owner.get("/api/office/sender"));
		refused(await office.get("/api/office/sender"), 403, "forbidden");
		refused(await owner.call("PUT", "/api/office/sender", { address: "hello@localhost", version: 0 }), 422, "invalid", "address");
		const first = granted(await owner.call("PUT", "/api/office/sender", { address, version: (await page()).version }));
		await until(async () => (await page()).checked_at);
		assert.deepEqual((await page()).records.map((r) => r.state), ["missing", "missing", "missing"]);
		const [dkim, dmarc] = first.records;
		assert.match(dkim.name, new RegExp(`^pool\\d+\\._domainkey\\.${domain.replaceAll(".", "\\.")}$`));
		const send = async (text) => {
			granted(await say(rosaThread, { medium: "email", address: "rosa@home.example", text }));
			return mailbox.letter("rosa@home.example", new RegExp(text));
		};
		const header = (m, name) => m.headers.find((h) => h.toLowerCase().startsWith(`${name}:`)) ?? "";
		assert.doesNotMatch(header(await send("Antes."), "from"), new RegExp(address), "not proven: the house's address");
		names.records.set(dkim.name, [`${dkim.value.slice(0, 60)}AAAA${dkim.value.slice(64)}`]);
		const check = async () => {
			const before = (await page()).checked_at;
			sql("UPDATE setting SET body = JSON_SET(body, '$.checked_at', 1) WHERE kind = (SELECT kind FROM (SELECT kind FROM setting WHERE body LIKE '%\"public_key\"%') x)", c.schema);
			granted(await owner.post("/api/office/sender/checks", {}));
			await until(async () => (await page()).checked_at > 1);
			return (await page()).records.map((r) => r.state);
		};
		assert.equal((await check())[0], "wrong");
		names.records.set(dkim.name, [dkim.value]);
		names.records.set(dmarc.name, ["v=DMARC1; p=none"]);
		assert.deepEqual((await check()).slice(0, 2), ["good", "good"]);
		const after = await send("Después, con ñ y una línea muy larga: agua agua agua agua agua agua agua agua agua agua agua agua agua agua.");
		assert.match(header(after, "from"), new RegExp(`^From: [^<]* <${address}>$`));
		const judged = (raw) =>
			spawnSync("/usr/bin/python3", ["-c", "import sys,dkim\nraw=sys.stdin.buffer.read()\nkey=sys.argv[1].encode()\nprint(dkim.verify(raw,dnsfunc=lambda name,timeout=5:key))", dkim.value], { input: raw, encoding: "utf8" });
		const good = judged(after.raw);
		assert.equal(good.stdout.trim(), "True", good.stderr);
		assert.equal(judged(after.raw.replace("Subject: ", "Subject: Not ")).stdout.trim(), "False", "a subject that was bent");
		assert.equal(judged(after.raw.replace("agua agua", "agua aqua")).stdout.trim(), "False", "words that were bent");
		assert.equal(judged(after.raw.replace("From: ", "From: x@evil.example\r\nFrom: ")).stdout.trim(), "False", "a second writer");
		names.records.delete(dkim.name);
		assert.equal((await check())[0], "missing");
		assert.doesNotMatch(header(await send("Otra vez la casa."), "from"), new RegExp(address), "the record is gone, and so is the address");
	} finally {
		names.close();
	}
});

test("customers come by the company's own domain once it is proven, by nothing else of it, and not when its proof is gone", async () => {
	const names = await nameService(), owner = c.owner.visitor, other = await company();
	try {
		const host = `portal.pools-${n}.example`, theirs = `clients.pools-${n}.example`;
		const own = () => new Visitor(where, host);
		const page = async (who = owner) => granted(await who.get("/api/office/domain"));
		const put = async (to, who = owner) => who.call("PUT", "/api/office/domain", { host: to, version: (await page(who)).version });
		const asked = async (whose = c) => {
			await until(async () => (await page(whose.owner.visitor)).checked_at);
			sql(`UPDATE setting SET body = JSON_SET(body, '$.checked_at', 1) WHERE body LIKE '%"proof":%'`, whose.schema);
			granted(await whose.owner.visitor.post("/api/office/domain/checks", {}));
			await until(async () => (await page(whose.owner.visitor)).checked_at > 1);
			return page(whose.owner.visitor);
		};
		/* Nobody's yet: no page, no answer, whatever stands in the line of the host. */
		const shut = async (at) => {
			for (const path of ["/", "/portal/", "/portal/bill", "/book", "/schedule", "/tech/"]) {
				const got = await new Visitor(where, at).get(path);
				assert.equal(got.status, 404, `${at}${path}: ${got.status}`);
				assert.doesNotMatch(got.text, /id="app"/, `${at}${path}`);
			}
			for (const path of ["/api/portal/proof-keys", "/.well-known/pool-keys.json", "/api/portal/page?at=portal", "/api/auth/company", "/api/office/me", "/api/site/plan"])
				refused(await new Visitor(where, at).get(path), 404, "not_found");
		};
		await shut(host);

		refused(await office.get("/api/office/domain"), 403, "forbidden");
		for (const none of ["acme", `shop.${c.host}`, c.host, "localhost", "10.0.0.25"]) refused(await put(none), 422, "invalid", "host");
		const first = granted(await put(` https://${host.toUpperCase()}/ `));
		assert.deepEqual([first.host, first.record_name, first.leads_to, first.served], [host, `_poolhouse.${host}`, c.host, false]);
		await until(async () => (await page()).checked_at);
		assert.equal((await page()).state, "missing");
		await shut(host);
		names.records.set(first.record_name, [first.record_value.replace(/.$/, (l) => (l === "0" ? "1" : "0"))]);
		assert.equal((await asked()).state, "wrong");
		await shut(host);

		names.records.set(first.record_name, ["something else", first.record_value]);
		const is = await asked();
		assert.deepEqual([is.state, is.served, is.portal], ["good", true, `http://${host}:${where.port}/portal/`]);
		const start = await own().get("/");
		assert.deepEqual([start.status, start.headers.location], [308, `http://${host}:${where.port}/portal/`]);
		for (const path of ["/portal/", "/portal/bill?x=1", "/portal/verify", "/book", "/book/mine"]) {
			const got = await own().get(path);
			assert.equal(got.status, 200, path);
			assert.match(got.text, /id="app"/, path);
			assert.match(got.headers["content-type"], /^text\/html/);
			assert.match(got.headers["content-security-policy"], path === "/book" ? /frame-ancestors \*/ : /frame-ancestors 'none'/, path);
		}
		const keys = async (at) => granted(await new Visitor(where, at).get("/.well-known/pool-keys.json")).company;
		assert.equal(await keys(host), await keys(c.host));
		/* What lies at the house's address of the same company is not here. */
		for (const path of ["/schedule", "/tech/", "/tech/sw.js", "/book.js", "/company"]) assert.equal((await own().get(path)).status, 404, path);
		for (const path of ["/api/office/me", "/api/tech/today", "/api/auth/sessions", "/api/site/plan", "/api/hook/sms"]) refused(await own().get(path), 404, "not_found");
		refused(await own().post("/api/auth/sessions", { email: c.owner.email, password: c.owner.password }), 404, "not_found");

		/* In by a letter, whose link leads here; the cookie is this host's alone. */
		const visitor = own();
		/* Whoever writes letters has known the company for a second: then again. */
		const known = async () => Math.max(0, ...(await mailbox.list("rosa@home.example")).map((l) => l.id));
		const token = await until(async () => {
			const last = await known();
			granted(await visitor.post("/api/auth/portal-links", { email: "rosa@home.example" }), 204);
			const letter = await mailbox.letter("rosa@home.example", /\/portal\/enter#/, { after: last });
			return letter.text.match(new RegExp(`http://${host.replaceAll(".", "\\.")}:\\d+/portal/enter#(\\S+)`))?.[1] ?? (await pause(500));
		});
		const entered = await visitor.post("/api/auth/portal-sessions", { token });
		granted(entered, 201);
		assert.match(entered.headers["set-cookie"][0], /^__Host-poolhouse-portal=/);
		assert.doesNotMatch(entered.headers["set-cookie"][0], /domain=/i);
		granted(await visitor.get("/api/portal/home"));

		/* The neighbour wishes for the same name and even has its proof there: it is taken, and answers for nobody else. */
		const wish = granted(await put(host, other.owner.visitor));
		names.records.set(first.record_name, [first.record_value, wish.record_value]);
		await until(async () => (await page(other.owner.visitor)).checked_at);
		const lost = await page(other.owner.visitor);
		assert.deepEqual([lost.state, lost.served], ["taken", false]);
		assert.equal(await keys(host), await keys(c.host));
		/* With a name of its own it answers there, and a session of ours is nothing there. */
		const second = granted(await put(theirs, other.owner.visitor));
		names.records.set(second.record_name, [second.record_value]);
		assert.equal((await asked(other)).served, true);
		assert.equal(await keys(theirs), await keys(other.host));
		const moved = new Visitor(where, theirs);
		moved.jar = visitor.jar;
		refused(await moved.get("/api/portal/home"), 401, "signed_out");
		const listed = poolctl("domains");
		assert.match(listed, new RegExp(`^${host.replaceAll(".", "\\.")} +${c.slug} `, "m"));
		assert.deepEqual(poolctl("domains", "names").split("\n").filter((l) => l.endsWith(`pools-${n}.example`)), [theirs, host]);

		/* The record goes: three days of grace, then the house's address again. */
		names.records.delete(first.record_name);
		const warned = await asked();
		assert.deepEqual([warned.state, warned.served], ["missing", true]);
		assert.ok(warned.ends_at > Date.now() / 1000 + 2 * 86_400);
		granted(await own().get("/.well-known/pool-keys.json"));
		sql(`UPDATE pool_control.host SET seen_at = seen_at - 3 * 86400 WHERE host = '${host}'`);
		const over = await asked();
		assert.deepEqual([over.served, over.portal], [false, `http://${c.host}:${where.port}/portal/`]);
		/* Each worker looks it up again by itself: one that has is not all of them. */
		await until(() => shut(host).then(() => true, () => false));
		assert.equal(await keys(theirs), await keys(other.host), "the neighbour's stands");
		granted(await put("", other.owner.visitor));
		await until(async () => (await new Visitor(where, theirs).get("/.well-known/pool-keys.json")).status === 404);
	} finally {
		names.close();
	}
});

test("one text to many goes to those who want news, with its count and price first; a click in the mail ends it", async () => {
	const at = BigInt(Date.now()) << 21n, NEWS = 1 << 7;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Ana News', 'ana@news.example', 'es', 0), (${at + 5n}, 'Bob None', '', 'en', 0);
		INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_sms, by_email) VALUES
		(${at + 1n}, ${at}, 'Ana News', 1, '+16025550131', 'ana@news.example', 'es', ${NEWS}, ${NEWS}),
		(${at + 2n}, ${at}, 'Her man', 6, '+16025550131', 'HIS@news.example', 'en', ${NEWS}, ${NEWS}),
		(${at + 6n}, ${at + 5n}, 'Bob None', 1, '+16025550132', '', 'en', 127, 127);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 3n}, ${at}, '1 Elm St', 'Tempe', 'AZ', '85281')`, c.schema);
	sql("UPDATE contact SET by_sms = 127, by_email = 127 WHERE name LIKE 'Rosa%'", c.schema);
	const words = { by_sms: true, by_email: true, sms_en: "Closed on Friday.", sms_es: "", subject_en: "Friday, {name}", subject_es: "", mail_en: "We are closed on Friday.", mail_es: "" };
	const send = (body, query = "") => office.post(`/api/office/broadcasts/matching${query}`, { words, dry: true, expect: null, ...body });
	refused(await send({ words: { ...words, mail_en: "Hi {nmae}" } }), 422, "invalid", "mail_en");
	refused(await send({ words: { ...words, by_sms: false, by_email: false } }), 422, "invalid", "by_sms");
	const look = granted(await send({}), 201);
	assert.deepEqual([look.id, look.reached, look.texts, look.mails, look.segments, look.price_milli], [null, 1, 1, 2, 1, 830]);
	assert.match(look.text, /^.+: Closed on Friday\. Responda ALTO para no recibir mensajes\.$/);
	assert.equal(look.subject, "Friday, Ana News");
	assert.equal(granted(await send({}, "?city=Nowhere"), 201).reached, 0);
	refused(await send({ dry: false, expect: 9 }), 409, "stale");
	/* A test goes to whoever asks. */
	granted(await office.post("/api/office/broadcast-tests", { ...words, by_sms: false }), 201);
	const before = texts.sent.length;
	const sent = granted(await send({ dry: false, expect: 3 }), 201);
	const far = async () => granted(await office.get(`/api/office/broadcasts/${sent.id}`));
	/* Marketing waits for the morning of its reader. */
	await until(async () => (await far()).state === "done");
	sql(`UPDATE message SET occasion = 1 WHERE batch_id = (SELECT MAX(id) FROM batch) AND medium = 1; UPDATE job SET due_at = 1 WHERE kind = 'message' AND state = 1`, c.schema);
	sql(`UPDATE message SET due_at = 1 WHERE batch_id <> 0`, c.schema);
	granted(await office.post(`/api/office/threads/${(await inbox("?list=all")).rows[0].id}/typings`, {}), 204);
	const letter = await mailbox.letter("ana@news.example", /portal\/unsubscribe#/);
	await mailbox.letter("HIS@news.example", /closed on Friday/);
	await until(() => texts.sent.length === before + 1);
	assert.equal(texts.sent.at(-1).to, "+16025550131", "one number, once");
	/* The provider has it a moment before that is written down. */
	await until(async () => (await far()).waiting === 0);
	assert.ok((await far()).customers > 1);
	assert.match(letter.text, /Recibe esto porque pidió novedades/);
	const header = letter.raw.replace(/\r?\n[ \t]+/g, " ").match(/^List-Unsubscribe: ?<([^>]+)>/im)[1];
	assert.match(letter.raw, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/im);
	/* One click, as a program does it: no cookie, no origin, a form; twice does no harm. A bent link ends nothing. */
	const click = (url, form = "List-Unsubscribe=One-Click") =>
		site().call("POST", url.replace(process.env.POOL_BASE_URL, ""), form, { "content-type": "application/x-www-form-urlencoded", origin: null, "x-poolhouse": null });
	refused(await click(bent(header)), 422, "invalid", "token");
	refused(await click(header, "x=y"), 422, "invalid");
	const wish = () => sql(`SELECT by_email, by_sms FROM contact WHERE id = ${at + 1n}`, c.schema)[0].join();
	assert.equal(wish(), `${NEWS},${NEWS}`);
	granted(await click(header), 204);
	granted(await click(header), 204);
	assert.equal(wish(), `0,${NEWS}`, "of that person, by that medium");
	const [[evidence]] = sql("SELECT body FROM setting WHERE kind = 18 AND name = 'ana@news.example'", c.schema);
	assert.equal(JSON.parse(evidence).words[0].how, "link in a mail");
	/* By hand, from the page that the mail leads to. */
	const page = await mailbox.letter("HIS@news.example", /portal\/unsubscribe#/);
	const stranger = new Visitor(where, c.host);
	refused(await stranger.post("/api/portal/unsubscribes", { token: "v1.no" }), 422, "invalid", "token");
	granted(await stranger.post("/api/portal/unsubscribes", { token: page.text.match(/unsubscribe#(\S+)/)[1] }), 204);
	await heard("+16025550131", "STOP");
	const after = granted(await send({}), 201);
	assert.deepEqual([after.texts, after.mails, after.stopped], [0, 0, 2], "never to a number that said STOP");
	refused(await send({ dry: false }), 422, "invalid", "ids");
});
