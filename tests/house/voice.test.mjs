// The company's number is called, and texted at night: the receptionist books; the answers are TwiML, the words are in the inbox.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { ACCOUNT, smsService } from "../fakes/sms.mjs";
import { company, crew, granted, refused, site, sql, until } from "./harness.mjs";

const twilio = createRequire(import.meta.url)("twilio");
const OURS = "+14805550199";
const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
let c, office, tech, texts, calls = 0, sms = 0;

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
	c = await company({ zone: "America/Phoenix" });
	tech = (await crew(c, ["technician"])).technician;
	office = c.owner.visitor;
	const service = granted(await office.post("/api/office/services", { name: "Pump repair", kind: "job", minutes: 60, pay_code: "", price_cents: 12900, skills: [], checklist: [], parts: [{ name: "Shaft seal", quantity: 1 }], instructions: "" }), 201);
	const { version } = granted(await office.get(`/api/office/staff/${tech.id}/work`));
	granted(await office.put(`/api/office/staff/${tech.id}/hours`, { from_day: "2020-01-01", rows: WEEK.map((weekday) => ({ weekday, from_minute: 480, to_minute: 960 })), version }));
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (77, 'Known Neighbour', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (77, 77, '9 Palm Way', 'Mesa', 'AZ', '85201', 33416000, -111830000);
		INSERT INTO setting (id, kind, owner_id, name, body) VALUES (78, 16, 0, '', '{"number":"${OURS}","review_url":""}');
		UPDATE company SET phone = '+14805550123'`, c.schema);
	sql(`INSERT INTO pool_control.processor_account (account, tenant_id) SELECT 'sms:${OURS}', id FROM pool_control.tenant WHERE schema_name = '${c.schema}'`);
	granted(await office.put("/api/office/booking", { open: true, prices: true, reception: true, confirm: "at_once", window_minutes: 120, notice_hours: 4, ahead_days: 21, reserve_minutes: 0, change_hours: 2, within_km: 0, postcodes: "", services: [{ id: service.id }], version: 0 }));
});
after(() => texts.close());

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
