// The company's number is called, and texted at night: the receptionist books; the answers are TwiML, the words are in the inbox.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { KEY, modelService, NAME } from "../fakes/model.mjs";
import { ACCOUNT, smsService } from "../fakes/sms.mjs";
import { company, crew, granted, refused, site, sql, until } from "./harness.mjs";

const twilio = createRequire(import.meta.url)("twilio");
const OpenAI = createRequire(import.meta.url)("openai").default;
const OURS = "+14805550199";
const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
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
const answered = (from, wanted) => until(`an answer like ${wanted}`, () => sql(`SELECT body FROM message WHERE direction = 2 AND address = '${from}' ORDER BY id DESC LIMIT 1`, c.schema)[0]?.[0], (said) => wanted.test(said ?? ""));

before(async () => {
	texts = await smsService();
	model = await modelService();
	c = await company({ zone: "America/Phoenix" });
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
	assert.match(await say({ SpeechResult: "my pump is leaking", Confidence: "0.9" }), /Where is the pool/);
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
});

test("danger, a wish for a person and silence end as they should, in the caller's language", async () => {
	const danger = await call("+16025550172")({ SpeechResult: "I smell gas at the heater" });
	assert.match(danger, /911/);
	assert.match(danger, /<Dial timeout="30">\+14805550123<\/Dial>/);
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
	assert.deepEqual(sql(`SELECT waits_since > 0 FROM conversation WHERE address = '+16025550178'`, c.schema), [["1"]]);
});

// ---- a language model behind the receptionist ----

async function rules(over) {
	const { url, script, services, model_there, model_today, model_most, ...rest } = granted(await office.get("/api/office/booking"));
	return granted(await office.put("/api/office/booking", { ...rest, services: [{ id: service.id }], ...over }));
}
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
