// A brief is delivered when the phone says so: pushed, texted where no push arrives, and the office hears of what does
// not get there. Judged by http_ece, web-push and twilio, which other people wrote.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { claims, pushService } from "../fakes/push.mjs";
import { ACCOUNT, smsService } from "../fakes/sms.mjs";
import { company, crew, day, granted, refused, sql, until, wake } from "./harness.mjs";
import { id, letters, Phone } from "./phone.mjs";

const require = createRequire(import.meta.url);
const ece = require("http_ece");
const webpush = require("web-push");
const twilio = require("twilio");

let c, tom, office, level, home, service, texts, key;
const plan = async (over = {}) => granted(await office.post("/api/office/visits", { property_id: home, service_id: level.id, day: day(), note: "", anyway: true, ...over }), 201);
const put = (v, over) => office.post(`/api/office/visits/${v.id}/places`, { day: day(), tech_id: tom.id, version: v.version, anyway: true, ...over });
const stop = async (visit) => granted(await office.get(`/api/office/board?day=${day()}`)).stops.find((s) => s.row.id === visit.id);
/* What a phone of ours was told, opened as a browser does. */
const opened = (phone, n = phone.heard.length - 1) =>
	JSON.parse(ece.decrypt(phone.heard[n].body, { version: "aes128gcm", privateKey: phone.keys, authSecret: phone.auth.toString("base64url") }).toString());
/* As if the time had come for what waits. Letters for one address have a ceiling, and so would what they wake. */
async function later(kind) {
	await until(`${kind} waits`, () => sql(`SELECT COUNT(*) FROM job WHERE kind = '${kind}' AND state = 1`, c.schema)[0][0] !== "0");
	sql(`UPDATE job SET due_at = 1 WHERE kind = '${kind}' AND state = 1`, c.schema);
	await wake(c);
}
const nothing_waits = (kind) => until(`nothing of ${kind} waits`, () => sql(`SELECT COUNT(*) FROM job WHERE kind = '${kind}' AND state IN (1, 2) AND due_at <= UNIX_TIMESTAMP()`, c.schema)[0][0] === "0");

before(async () => {
	service = await pushService();
	texts = await smsService({ mine: ({ to }) => ["+14805550123", "+14805550199"].includes(to) });
	c = await company();
	const people = await crew(c, ["technician", "dispatcher"]);
	office = people.dispatcher.visitor;
	tom = people.technician;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201');
		UPDATE staff SET phone = '+14805550123' WHERE email = '${tom.email}'`, c.schema);
	home = letters(at + 1n);
	[level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
	key = granted(await tom.visitor.get("/api/tech/me")).push_key;
});
after(() => {
	service.close();
	texts.close();
});

test("a phone gives its address once; what is no address of a push service, or no key, is refused", async () => {
	const phone = service.phone();
	const at = (over, who = tom.visitor, device = id()) => who.call("PUT", `/api/tech/phones/${device}/push`, { address: phone.address, p256dh: phone.p256dh, secret: phone.secret, ...over });
	refused(await at({ address: "https://127.0.0.1/push" }), 422, "invalid", "address");
	refused(await at({ address: "http://push.example/x/y/z" }), 422, "invalid", "address");
	refused(await at({ p256dh: "A".repeat(87) }), 422, "invalid", "p256dh");
	refused(await at({ secret: "A".repeat(24) }), 422, "invalid", "secret");
	const device = id();
	granted(await at({}, tom.visitor, device), 204);
	refused(await at({}, c.owner.visitor, device), 403, "forbidden", "device_id");
	granted(await tom.visitor.delete(`/api/tech/phones/${device}/push`), 204);
	assert.equal(sql(`SELECT COUNT(*) FROM device WHERE push IS NOT NULL`, c.schema)[0][0], "0");
});

test("new, changed and removed stops reach a closed phone, sealed to it and signed by the house", async () => {
	const phone = service.phone();
	const device = id();
	granted(await tom.visitor.call("PUT", `/api/tech/phones/${device}/push`, { address: phone.address, p256dh: phone.p256dh, secret: phone.secret }), 204);
	assert.equal(sql(`SELECT COUNT(*) FROM device WHERE push LIKE '%127.0.0.1%'`, c.schema)[0][0], "0", "the address is sealed");
	const visit = await plan({ tech_id: tom.id, from_minute: 540, to_minute: 660 });
	await until("it is heard", () => phone.heard.length, (n) => n === 1);
	const said = opened(phone);
	assert.equal(said.notification.title, "New stop");
	assert.equal(said.notification.body, "Rosa Ruiz, today, 9:00 AM - 11:00 AM");
	assert.equal(said.path, `/tech/stops/${visit.id}`);
	assert.equal(said.notification.navigate, `http://${c.host}:${process.env.PORT}/tech/stops/${visit.id}`);
	assert.equal(said.web_push, 8030);
	const [first] = phone.heard;
	const said_by = claims(first, key);
	assert.equal(said_by.aud, service.url);
	assert.ok(said_by.exp > Date.now() / 1000 && said_by.exp < Date.now() / 1000 + 86400);
	/* The same headers as web-push writes for the same phone. */
	const pair = webpush.generateVAPIDKeys();
	const theirs = webpush.generateRequestDetails({ endpoint: phone.address, keys: { p256dh: phone.p256dh, auth: phone.secret } }, "x",
		{ TTL: 14400, topic: "x", urgency: "high", contentEncoding: "aes128gcm", vapidDetails: { subject: "mailto:a@b.example", publicKey: pair.publicKey, privateKey: pair.privateKey } });
	for (const [name, value] of Object.entries(theirs.headers)) {
		const ours = first.headers[name.toLowerCase()];
		assert.ok(ours !== undefined, `${name} is there`);
		if (!["Authorization", "Content-Length", "Topic"].includes(name)) assert.equal(ours, String(value), name);
	}
	assert.match(first.headers.topic, /^[\w-]{1,32}$/);
	const changed = granted(await office.call("PUT", `/api/office/visits/${visit.id}`, { minutes: 45, note: "", from_minute: 600, to_minute: 660, version: visit.version }));
	await until("it is heard", () => phone.heard.length, (n) => n === 2);
	assert.equal(opened(phone).notification.title, "A stop has changed");
	granted(await put(changed, { tech_id: null }), 201);
	await until("it is heard", () => phone.heard.length, (n) => n === 3);
	assert.equal(opened(phone).notification.title, "A stop is off your list");
	assert.equal(opened(phone).path, "/tech/");
	/* What a technician does on the own phone is no news to them. */
	const mine = await plan({ tech_id: tom.id });
	await until("it is heard", () => phone.heard.length, (n) => n === 4);
	await new Phone(tom.visitor).say("arrive", mine.id);
	await nothing_waits("push");
	assert.equal(phone.heard.length, 4);
	granted(await tom.visitor.delete(`/api/tech/phones/${device}/push`), 204);
});

test("an address is theirs who gave it last, and whoever signed out is not pushed to", async () => {
	const uma = (await crew(c, ["technician"])).technician;
	const phone = service.phone();
	const keys = { address: phone.address, p256dh: phone.p256dh, secret: phone.secret };
	const pushed = () => sql(`SELECT s.email FROM device d JOIN staff s ON s.id = d.staff_id WHERE d.push IS NOT NULL`, c.schema).map(([email]) => email);
	granted(await tom.visitor.call("PUT", `/api/tech/phones/${id()}/push`, keys), 204);
	assert.deepEqual(pushed(), [tom.email]);
	granted(await uma.visitor.call("PUT", `/api/tech/phones/${id()}/push`, keys), 204);
	assert.deepEqual(pushed(), [uma.email], "one browser, one person");
	/* A stop of hers is heard; when she has signed out, one more is not. */
	await plan({ tech_id: uma.id });
	await until("it is heard", () => phone.heard.length, (n) => n === 1);
	granted(await uma.visitor.delete("/api/auth/sessions"), 204);
	sql("DELETE FROM job WHERE kind IN ('brief', 'sms', 'push')", c.schema);
	await plan({ tech_id: uma.id });
	await later("brief");
	await nothing_waits("brief");
	await nothing_waits("push");
	assert.equal(phone.heard.length, 1);
	sql("DELETE FROM job WHERE kind IN ('brief', 'sms', 'push')", c.schema);
	sql("UPDATE device SET push = NULL", c.schema);
});

test("a push service that asks for patience gets it; one that fails is asked again; one that knows the phone no more is forgotten", async () => {
	const phone = service.phone();
	granted(await tom.visitor.call("PUT", `/api/tech/phones/${id()}/push`, { address: phone.address, p256dh: phone.p256dh, secret: phone.secret }), 204);
	phone.fault = { status: 429, headers: { "retry-after": "3600" }, times: 1 };
	await plan({ tech_id: tom.id });
	await until("it is refused", () => phone.refused.length, (n) => n === 1);
	await until("it comes again in an hour", () => sql(`SELECT COUNT(*) FROM job WHERE kind = 'push' AND state = 1 AND due_at - UNIX_TIMESTAMP() > 3500`, c.schema)[0][0] === "1");
	phone.fault = { status: 503, times: 1 };
	await later("push");
	await until("it is refused", () => phone.refused.length, (n) => n === 2);
	await later("push");
	await until("it is heard", () => phone.heard.length, (n) => n === 1);
	assert.equal(opened(phone).notification.title, "New stop");
	phone.fault = { status: 410, times: 1 };
	await plan({ tech_id: tom.id });
	await until("the device is forgotten", () => sql(`SELECT COUNT(*) FROM device WHERE push IS NOT NULL`, c.schema)[0][0] === "0");
	assert.deepEqual(phone.refused, [429, 503, 410]);
});

test("without a word from the phone it is pushed again and texted after two minutes, red after five, until the phone speaks", async () => {
	sql("DELETE FROM job WHERE kind IN ('brief', 'sms', 'push')", c.schema);
	granted(await tom.visitor.post("/api/tech/receipts", { day: day(), version: granted(await tom.visitor.get("/api/tech/today")).version }), 204);
	const phone = service.phone();
	granted(await tom.visitor.call("PUT", `/api/tech/phones/${id()}/push`, { address: phone.address, p256dh: phone.p256dh, secret: phone.secret }), 204);
	const visit = await plan({ tech_id: tom.id, to_minute: 1000 });
	await until("it is heard", () => phone.heard.length, (n) => n === 1);
	assert.equal((await stop(visit)).lost, false);
	assert.equal(texts.sent.length, 0);
	texts.fault("lost"); // taken, and the answer never comes: it must not be sent twice
	await later("brief");
	await until("it is heard", () => phone.heard.length, (n) => n === 2);
	await until("a text is sent", () => texts.sent.length, (n) => n === 1);
	assert.equal(texts.sent[0].to, "+14805550123");
	assert.match(texts.sent[0].body, /: New stop: Rosa Ruiz, today, by 4:40 PM\. http/);
	await later("sms");
	await until("the sender is asked", () => texts.asked.some((a) => a.method === "GET"));
	await until("its job is done", () => sql(`SELECT COUNT(*) FROM job WHERE kind = 'sms' AND state <> 3`, c.schema)[0][0] === "0");
	assert.equal(texts.sent.length, 1, "found, not sent again");
	await later("brief");
	await until("the office hears of it", async () => granted(await office.get("/api/office/alerts")).rows.some((a) => a.row.kind === "undelivered" && a.row.staff));
	sql(`UPDATE stop_card SET told_at = told_at - 300 WHERE visit_id IS NOT NULL AND told_at IS NOT NULL`, c.schema);
	assert.equal((await stop(visit)).lost, true, "the card is red");
	const list = granted(await tom.visitor.get("/api/tech/today"));
	granted(await tom.visitor.post("/api/tech/receipts", { day: list.day, version: list.version }), 204);
	const now = await stop(visit);
	assert.ok(now.delivered && !now.lost);
	assert.ok(!granted(await office.get("/api/office/alerts")).rows.some((a) => a.row.kind === "undelivered"), "its alert closes by itself");
	const { rows } = granted(await office.get(`/api/office/board-heads?day=${day()}`));
	assert.equal(rows.find((h) => h.tech_id === tom.id).seen_version, list.version);
	// Turned round, and one of them at another hour: the phone lacks the order and that one; the others it has.
	const read = async () => granted(await office.get(`/api/office/board?day=${day()}`));
	const board = await read(), mine = board.stops.filter((s) => s.row.tech_id === tom.id && s.row.state === "scheduled").reverse();
	assert.ok(mine.length > 2);
	granted(await office.post("/api/office/replans", { day: day(), lanes: [{ tech_id: tom.id, version: board.lanes.find((l) => l.tech_id === tom.id).version, stops: mine.map((s) => ({ id: s.row.id })) }] }), 201);
	const turned = (await read()).stops;
	granted(await office.call("PUT", `/api/office/visits/${visit.id}`, { minutes: 45, note: "", to_minute: 1000, version: turned.find((s) => s.row.id === visit.id).row.version }));
	sql(`UPDATE stop_card SET told_at = told_at - 300 WHERE visit_id IS NOT NULL AND told_at IS NOT NULL`, c.schema);
	assert.deepEqual((await read()).stops.filter((s) => s.row.tech_id === tom.id && s.lost).map((s) => s.row.id), [visit.id]);
	assert.deepEqual(turned.filter((s) => mine.some((m) => m.row.id === s.row.id)).sort((a, b) => a.row.seq - b.row.seq).map((s) => s.row.id), mine.map((s) => s.row.id));
});

test("texts go out as Twilio's own library sends them, and it reads what our sender reads", async () => {
	const client = twilio(ACCOUNT.sid, ACCOUNT.token, { httpClient: { request: (o) => over(o) } });
	const [ours] = texts.asked.filter((a) => a.method === "POST");
	const made = await client.messages.create({ to: "+14805550199", from: ACCOUNT.from, body: "Hello, señor" });
	assert.match(made.sid, /^SM/);
	const theirs = texts.asked.at(-1);
	assert.equal(ours.path, theirs.path);
	assert.equal(ours.headers.authorization, theirs.headers.authorization);
	assert.equal(ours.headers["content-type"], theirs.headers["content-type"]);
	assert.deepEqual(ours.form.map(([n]) => n).sort(), theirs.form.map(([n]) => n).sort());
	const list = await client.messages.list({ to: "+14805550123", dateSentAfter: new Date(Date.now() - 86_400_000), limit: 20 });
	assert.equal(list.length, 1);
	assert.ok(list[0].dateCreated instanceof Date);
	const asked = texts.asked.filter((a) => a.method === "GET");
	assert.deepEqual(asked[0].query.map(([n]) => n).sort(), asked.at(-1).query.map(([n]) => n).sort());
});

/* The library with another way out: to the fake instead of api.twilio.com. */
async function over(o) {
	const url = new URL(o.uri);
	for (const [n, v] of Object.entries(o.params ?? {})) url.searchParams.set(n, v instanceof Date ? v.toISOString().slice(0, 10) : String(v));
	const answer = await fetch(texts.url + url.pathname + url.search, {
		method: o.method.toUpperCase(),
		headers: { ...o.headers, Authorization: `Basic ${Buffer.from(`${o.username}:${o.password}`).toString("base64")}` },
		...(o.data && { body: new URLSearchParams(o.data) }),
	});
	return { statusCode: answer.status, body: await answer.json(), headers: Object.fromEntries(answer.headers) };
}
