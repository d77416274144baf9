// The company's number is called, and texted at night: the receptionist books; the answers are TwiML, the words are in the inbox.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { KEY, modelService, NAME } from "../fakes/model.mjs";
import { ACCOUNT, smsService } from "../fakes/sms.mjs";
import { company, crew, granted, poolctl, refused, site, sql, until, where } from "./harness.mjs";

const twilio = createRequire(import.meta.url)("twilio");
const OpenAI = createRequire(import.meta.url)("openai").default;
const OURS = "+14805550199";
const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/* What is counted by the company's day is counted within one, whenever this runs. */
let c, office, tech, texts, model, service, calls = 0, sms = 0;

const post = (path, params, token = ACCOUNT.token) =>
	site().call("POST", `/api/hook/${path}`, new URLSearchParams(params).toString(), {
		"content-type": "application/x-www-form-urlencoded", origin: null, "x-poolhouse": null,
		"x-twilio-signature": twilio.getExpectedTwilioSignature(token, `${process.env.POOL_BASE_URL}/api/hook/${path}`, params),
	});
/* One call: each thing said gets the TwiML that follows. */
function call(from) {
	const CallSid = `CA${String(++calls).padStart(32, "0")}`;
	return async (over = {}) => {
		const answer = await post("voice", { CallSid, AccountSid: ACCOUNT.sid, From: from, To: OURS, CallStatus: "in-progress", Direction: "inbound", ...over });
		assert.equal(answer.status, 200, answer.text);
		assert.match(answer.headers["content-type"], /text\/xml/);
		return answer.text;
	};
}
const texted = async (from, body) => assert.equal((await post("sms", { MessageSid: `SMv${String(++sms).padStart(31, "0")}`, AccountSid: ACCOUNT.sid, From: from, To: OURS, Body: body, NumMedia: "0" })).status, 200);
async function put(over) {
	const { url, script, services, model_there, model_today, model_most, ...rest } = granted(await office.get("/api/office/booking"));
	return office.put("/api/office/booking", { ...rest, services: [{ id: service.id }], ...over });
}
const rules = async (over) => granted(await put(over));
const record = async (path, CallSid, RecordingSid, over = {}, token = ACCOUNT.token) =>
	post(`${path}?to=${OURS.slice(1)}`, { AccountSid: ACCOUNT.sid, CallSid, RecordingSid, RecordingUrl: "http://10.0.0.1/evil", RecordingStatus: "completed", RecordingDuration: "65", RecordingChannels: "1", RecordingSource: "StartCallRecordingTwiML", ...over }, token);
const answered = (from, wanted) => until(`an answer like ${wanted}`, () => sql(`SELECT body FROM message WHERE direction = 2 AND address = '${from}' ORDER BY id DESC LIMIT 1`, c.schema)[0]?.[0], (said) => wanted.test(said ?? ""));

before(async () => {
	texts = await smsService();
	model = await modelService();
	c = await company();
	tech = (await crew(c, ["technician"])).technician;
	office = c.owner.visitor;
	service = granted(await office.post("/api/office/services", { name: "Pump repair", kind: "job", minutes: 60, pay_code: "", price_cents: 12900, skills: [], checklist: [], parts: [{ name: "Shaft seal", quantity: 1 }], instructions: "" }), 201);
	const { version } = granted(await office.get(`/api/office/staff/${tech.id}/work`));
	granted(await office.put(`/api/office/staff/${tech.id}/hours`, { from_day: "2020-01-01", rows: WEEK.map((weekday) => ({ weekday, from_minute: 480, to_minute: 960 })), version }));
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (77, 'Known Neighbour', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (77, 77, '9 Palm Way', 'Mesa', 'AZ', '85201', 33416000, -111830000);
		INSERT INTO setting (id, kind, owner_id, name, body) VALUES (78, 16, 0, '', '{"number":"${OURS}","review_url":""}');
		UPDATE company SET phone = '+14805550123'`, c.schema);
	sql(`INSERT INTO pool_control.processor_account (account, tenant_id) SELECT 'sms:${OURS}', id FROM pool_control.tenant WHERE schema_name = '${c.schema}'`);
	granted(await office.put("/api/office/booking", { open: true, prices: true, reception: true, confirm: "at_once", window_minutes: 120, notice_hours: 4, ahead_days: 21, reserve_minutes: 0, change_hours: 2, within_km: 0, postcodes: "", services: [{ id: service.id }], version: 0 }));
});
after(() => {
	texts.close();
	model.close();
});

test("a call that the provider did not sign is refused", async () => {
	const params = { CallSid: "CA1", From: "+16025550188", To: OURS };
	refused(await post("voice", params, "another-token"), 422, "invalid", "signature");
	assert.match((await post("voice", { ...params, To: "+19995550000" })).text, /<Hangup\/>/);
});

test("a caller books by speaking, and the job is on the board with its technician", async () => {
	const from = "+16025550171";
	const say = call(from);
	assert.match(await say({ CallStatus: "ringing" }), /<Gather input="speech dtmf"[^>]*language="en-US"[^>]*><Say[^>]*>Hi, this is /);
	assert.match(await say({ SpeechResult: "my pump is leaking, gate code 4417", Confidence: "0.9" }), /Where is the pool/);
	assert.match(await say({ SpeechResult: "12 Oak Street, Mesa, 85201" }), /\(1\)/);
	assert.match(await say({ Digits: "1" }), /Your name/);
	const last = await say({ SpeechResult: "Pat Jones" });
	assert.match(last, /You are booked/);
	assert.match(last, /<Hangup\/><\/Response>$/);
	const [[day, who, source]] = sql(`SELECT v.day, v.tech_id, v.source FROM visit v JOIN customer k ON k.id = v.customer_id WHERE k.name = 'Pat Jones'`, c.schema);
	assert.equal(source, "3");
	const stop = granted(await office.get(`/api/office/board?day=${day}`)).stops.find((s) => s.row.customer === "Pat Jones");
	assert.equal(stop.row.tech_id, tech.id);
	assert.ok(who);
	// How it ended is seen in the inbox and on the record; the code is in no transcript, and shown to whoever may see codes.
	const found = async (outcome) => granted(await office.get(`/api/office/inbox?list=all&outcome=${outcome}`)).rows.find((r) => r.address === from);
	assert.equal((await found("booked")).outcome, "booked");
	assert.equal(await found("missed"), undefined);
	const thread = granted(await office.get(`/api/office/threads/${(await found("booked")).id}`));
	const said = thread.messages.find((m) => m.row.body === "my pump is leaking, gate code ***");
	assert.equal(said.code, true);
	assert.ok(!JSON.stringify(thread).includes("4417"));
	assert.equal(granted(await office.post(`/api/office/messages/${said.row.id}/codes`), 200).code, "4417");
	refused(await office.post(`/api/office/messages/${thread.messages.find((m) => !m.code).row.id}/codes`), 404, "not_found");
	const told = granted(await office.get(`/api/office/customers/${thread.customer_id}/timeline`)).rows.map((r) => r.kind);
	assert.ok(told.includes("talked") && told.includes("code_shown"), told.join());
});

test("danger, a wish for a person and silence end as they should, in the caller's language", async () => {
	const danger = await call("+16025550172")({ SpeechResult: "I smell gas at the heater" });
	assert.match(danger, /911/);
	assert.match(danger, /<Dial timeout="30"[^>]*>\+14805550123<\/Dial>/);
	assert.match(await call("+16025550173")({ SpeechResult: "quiero hablar con una persona" }), /<Say language="es-US">[^<]*Un momento[^<]*<\/Say><Dial/);
	const silent = call("+16025550174");
	await silent();
	await silent();
	assert.match(await silent(), /<Hangup\/>/);
});

test("a text at night becomes tomorrow's job with its part, and a word of Spanish is answered in Spanish", async () => {
	const from = "+16025550177";
	await texted(from, "pump is leaking, gate code 4417");
	await answered(from, /Where is the pool/);
	await texted(from, "12 Elm St, Mesa 85201");
	await answered(from, /\(1\)/);
	await texted(from, "1");
	await answered(from, /name/);
	await texted(from, "Maria Lopez");
	await answered(from, /You are booked/);
	const brief = await until("the brief", () => sql(`SELECT k.brief FROM stop_card k JOIN visit v ON v.id = k.visit_id JOIN customer u ON u.id = v.customer_id WHERE u.name = 'Maria Lopez'`, c.schema)[0]?.[0]);
	assert.match(brief, /Shaft seal/);
	assert.ok(!brief.includes("4417"));
	assert.deepEqual(sql(`SELECT COUNT(*) FROM property WHERE street = '12 Elm St' AND gate_code IS NOT NULL`, c.schema), [["1"]]);
	await texted("+16025550178", "hola, quiero hablar con alguien");
	await answered("+16025550178", /le llamarán/);
	assert.deepEqual(sql(`SELECT waits_since > 0, language FROM conversation WHERE address = '+16025550178'`, c.schema), [["1", "es"]], "and so the office sees it");
});

// ---- who is rung, what is recorded ----

/* Whatever the clock says: at this hour somebody is rung, or nobody is. */
const hours = (open) => ({ ring: "+1 480 555 0190", night: "+1 480 555 0191", ring_from: open ? 0 : 1439, ring_to: open ? 1440 : 1440, ring_days: 127 });

test("at hours somebody is rung; at others a message is taken, and only danger rings", async () => {
	await rules(hours(true));
	const from = "+16025550201";
	assert.match(await call(from)({ SpeechResult: "a person please" }), /<Dial timeout="30" action="http[^"]*\/api\/hook\/voice-rung" method="POST">\+14805550190<\/Dial>/);
	const sid = `CA${String(calls).padStart(32, "0")}`;
	const base = { CallSid: sid, AccountSid: ACCOUNT.sid, From: from, To: OURS };
	assert.match((await post("voice-rung", { ...base, DialCallStatus: "completed", DialCallDuration: "125" })).text, /<Response><Hangup\/><\/Response>/);
	const answered = sql(`SELECT m.body, c.waits_since FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE c.address = '${from}' AND m.direction = 3`, c.schema);
	assert.deepEqual(answered, [["The call was answered by a person, 2:05", "0"]]);
	/* Nobody comes to the phone: a tone, a message, and it waits in the inbox with its sound. */
	const missed = await post("voice-rung", { ...base, CallSid: sid.replace("0000", "1111"), DialCallStatus: "no-answer" });
	assert.match(missed.text, /Please leave a message after the tone[^<]*<\/Say><Record maxLength="180" playBeep="true" finishOnKey="#" action="[^"]*voice-left" method="POST" recordingStatusCallback="[^"]*recordings-left\?to=14805550199"\/>/);
	assert.deepEqual(sql(`SELECT waits_since > 0, last_words FROM conversation WHERE address = '${from}'`, c.schema), [["1", "Missed call"]]);
	assert.match((await post("voice-left", { ...base, RecordingUrl: "http://x", RecordingDuration: "9" })).text, /We call you back[^<]*<\/Say><Hangup\/>/);
	const RE = `RE${"a".repeat(32)}`;
	texts.sound.set(RE, Buffer.from("ID3 a message after the tone"));
	refused(await record("recordings-left", sid, RE, {}, "another-token"), 422, "invalid", "signature");
	assert.equal((await record("recordings-left", sid, RE)).status, 200);
	const thread = sql(`SELECT id FROM conversation WHERE address = '${from}'`, c.schema)[0][0];
	const more = await until("the message after the tone", () => sql(`SELECT more FROM message WHERE conversation_id = ${thread} AND body = 'Message after the tone, 1:05'`, c.schema)[0]?.[0]);
	const { files } = JSON.parse(more);
	const sound = await office.get(`/api/office/files/${files[0].id}`);
	assert.equal(sound.headers["content-type"], "audio/mpeg");
	assert.equal(sound.text, "ID3 a message after the tone");
	/* Told twice, it is there once. */
	assert.equal((await record("recordings-left", sid, RE)).status, 200);
	await rules(hours(false));
	assert.doesNotMatch(await call("+16025550202")({ SpeechResult: "I want a person" }), /<Dial/);
	assert.match(await call("+16025550203")({ SpeechResult: "there is a smell of gas, electric shock" }), /<Dial[^>]*>\+14805550191<\/Dial>/);
	assert.deepEqual(sql(`SELECT COUNT(*) FROM message WHERE conversation_id = ${thread} AND body LIKE 'Message after%'`, c.schema), [["1"]]);
	refused(await put({ ring: "12" }), 422, "invalid", "ring");
});

test("a call is recorded where one may agree for both, said first elsewhere, and not at all for who declines", async () => {
	await rules({ ...hours(true), record: true });
	sql(`UPDATE company SET region = 'AZ'`, c.schema);
	const starts = /<Start><Recording recordingStatusCallback="[^"]*\/api\/hook\/recordings\?to=14805550199" recordingStatusCallbackEvent="completed"\/><\/Start>/;
	assert.match(await call("+16025550204")({ FromState: "TX" }), starts);
	/* California: it is said, and begins with the next sentence. */
	const said = call("+16025550205");
	const first = await said({ FromState: "CA" });
	assert.match(first, /This call may be recorded[^<]*press star/);
	assert.doesNotMatch(first, starts);
	const second = await said({ FromState: "CA", SpeechResult: "my pump is leaking" });
	assert.match(second, starts);
	const sid = `CA${String(calls).padStart(32, "0")}`;
	assert.doesNotMatch(await said({ FromState: "CA", SpeechResult: "12 Oak Street" }), starts);
	const RE = `RE${"b".repeat(32)}`;
	texts.sound.set(RE, Buffer.from("ID3 the call"));
	assert.equal((await record("recordings", sid, RE)).status, 200);
	await until("the recording", () => sql(`SELECT COUNT(*) FROM message WHERE body = 'Recording of the call, 1:05'`, c.schema)[0][0], (n) => n === "1");
	/* Who declines: nothing begins; and what was begun is deleted there and kept nowhere. */
	const no = call("+16025550206");
	await no({ FromState: "CA" });
	const declined = await no({ FromState: "CA", Digits: "*" });
	assert.match(declined, /this call is not recorded\. How can I help/);
	assert.doesNotMatch(declined, starts);
	const late = `CA${String(calls).padStart(32, "0")}`;
	const RE2 = `RE${"c".repeat(32)}`;
	texts.sound.set(RE2, Buffer.from("ID3 not wanted"));
	assert.equal((await record("recordings", late, RE2)).status, 200);
	await until("it is deleted", () => texts.gone.has(RE2));
	assert.deepEqual(sql(`SELECT COUNT(*) FROM file WHERE type = 'audio/mpeg'`, c.schema), [["2"]]);
});

test("a company with an account of its own is signed for by that one alone, and texts leave by it", async () => {
	const file = `${where.dir}/own-token`;
	writeFileSync(file, `${texts.own.token}\n`);
	poolctl("numbers", c.slug, OURS, "--account", texts.own.sid, "--token-file", file);
	const say = { CallSid: `CA${String(++calls).padStart(32, "0")}`, From: "+16025550207", To: OURS };
	refused(await post("voice", say), 422, "invalid", "signature"); // the house's own token
	assert.equal((await post("voice", say, texts.own.token)).status, 200);
	assert.deepEqual(sql(`SELECT body LIKE '%another-token%', secret LIKE '%another-token%' FROM setting WHERE kind = 16`, c.schema), [["0", "0"]]);
	const own = { MessageSid: `SMo${"1".repeat(31)}`, AccountSid: texts.own.sid, From: "+16025550208", To: OURS, Body: "hola, mi bomba no prende", NumMedia: "0" };
	assert.equal((await post("sms", own, texts.own.token)).status, 200);
	await until("an answer by that account", () => texts.sent.find((m) => m.to === "+16025550208")?.account_sid, (sid) => sid === texts.own.sid);
	/* What comes for others is signed by the house's. */
	assert.equal((await post("voice", { ...say, To: "+19995550000" })).status, 200);
	poolctl("numbers", c.slug, OURS, "--house");
	assert.equal((await post("voice", say)).status, 200);
});

// ---- a language model behind the receptionist ----

const spoke = (from, n) => until(`${n} answers`, () => sql(`SELECT body FROM message WHERE direction = 2 AND address = '${from}' ORDER BY id`, c.schema), (rows) => rows.length >= n).then((rows) => rows[n - 1][0]);

test("the vendor's own client talks with the model that plays here", async () => {
	const client = new OpenAI({ apiKey: KEY, baseURL: model.url, maxRetries: 0 });
	model.say(() => ({ intent: "repair" }));
	const answer = await client.chat.completions.create({ model: NAME, max_tokens: 50, temperature: 0, response_format: { type: "json_object" },
		messages: [{ role: "system", content: "Which intent?" }, { role: "user", content: "it went kaput" }] });
	assert.deepEqual(JSON.parse(answer.choices[0].message.content), { intent: "repair" });
	assert.equal(answer.usage.total_tokens, 430);
	model.fault("401");
	await assert.rejects(client.chat.completions.create({ model: NAME, max_tokens: 5, response_format: { type: "json_object" }, messages: [{ role: "system", content: "" }, { role: "user", content: "" }] }), OpenAI.AuthenticationError);
	model.asked.length = 0;
});

test("a company that does not want a model has none asked", async () => {
	await texted("+16025550181", "my thingamajig went kaput");
	assert.match(await spoke("+16025550181", 1), /How can I help/);
	assert.equal(model.asked.length, 0);
});

test("what a model understands is asked back; only the caller's own yes counts, and nothing of who calls goes out", async () => {
	const from = "+16025550182";
	assert.equal((await rules({ model: true })).model_there, true);
	/* It cancels, gives things away and names somebody else: none of that reaches anybody. */
	model.say(() => ({ intent: "repair", name: "Known Neighbour", street: "9 Palm Way", choice: 1, yes: true, book: true, price: 0, courtesy: "It is free today." }));
	await texted(from, "my thingamajig went kaput, gate code 4417");
	assert.match(await spoke(from, 1), /^Hi, this is [^.]*\. Do I understand you right: something needs a repair\? Yes or no\.$/);
	assert.equal(model.asked.length, 1);
	const out = JSON.stringify(model.asked[0].body);
	assert.match(out, /my thingamajig went kaput, gate code \*\*\*/);
	assert.doesNotMatch(out, /4417|6025550182|Neighbour|Palm/);
	await texted(from, "yes");
	const next = await spoke(from, 2);
	assert.match(next, /Where is the pool/);
	assert.doesNotMatch(next, /free|Neighbour|Palm/);
	assert.equal(model.asked.length, 1); // the rules know what yes means
	assert.deepEqual(sql(`SELECT COUNT(*) FROM visit v JOIN conversation k ON k.customer_id = v.customer_id WHERE k.address = '${from}'`, c.schema), [["0"]]);
	assert.equal((await rules({})).model_today, 1);
});

test("a caller waits a moment while a model is asked, and hears its question", async () => {
	model.say(() => ({ intent: "bill" }));
	const say = call("+16025550183");
	await say();
	const wait = await say({ SpeechResult: "about that paper you folks mailed" });
	assert.match(wait, /<Say[^>]*>One moment, please\.<\/Say><Pause length="1"\/><Redirect method="POST">http[^<]*\/api\/hook\/voice<\/Redirect>/);
	const heard = await until("the question", () => say(), (text) => !text.includes("<Redirect"));
	assert.match(heard, /<Gather.*Is it about your bill\? Yes or no\./);
	assert.match(await say({ SpeechResult: "yes" }), /I do not know this number/);
});

test("where a model fails, is late, talks nonsense or has cost enough, the rules answer", async () => {
	const sorry = async (from) => {
		await texted(from, "blah blah kaput");
		assert.match(await spoke(from, 1), /How can I help/, from);
	};
	let n = 184;
	for (const mode of ["500", "lost", "nonsense", "prose", "cut", "late"]) {
		model.fault(mode);
		model.asked.length = 0;
		await sorry(`+16025550${n++}`);
		assert.equal(model.asked.length, 1, mode);
	}
	/* Counted by the company's day: at the end of it, nobody is asked. */
	const [[used]] = sql(`SELECT body FROM setting WHERE kind = (SELECT MAX(kind) FROM setting WHERE body LIKE '%"questions"%') AND body LIKE '%"questions"%'`, c.schema);
	assert.equal(JSON.parse(used).questions, 8);
	assert.ok(JSON.parse(used).tokens > 8 * 400, used);
	sql(`UPDATE setting SET body = JSON_SET(body, '$.questions', 200) WHERE body LIKE '%"questions"%'`, c.schema);
	model.asked.length = 0;
	await sorry("+16025550191");
	assert.equal(model.asked.length, 0);
	sql(`UPDATE setting SET body = JSON_SET(body, '$.questions', 0, '$.tokens', 200000) WHERE body LIKE '%"questions"%'`, c.schema);
	await sorry("+16025550192");
	assert.equal(model.asked.length, 0);
	/* The negative control: with room in the day it is asked again. */
	sql(`UPDATE setting SET body = JSON_SET(body, '$.tokens', 0) WHERE body LIKE '%"questions"%'`, c.schema);
	model.say(() => ({}));
	await sorry("+16025550193");
	assert.equal(model.asked.length, 1);
});
