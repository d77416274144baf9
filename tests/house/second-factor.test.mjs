// The second factor: set up, shown, lost, given up; and what wants it fresh.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
	Codes, company, enrol, granted, hire, mailbox, refused, signIn, sql, Visitor, where,
} from "./harness.mjs";

let c;
before(async () => {
	c = await company();
});
const stranger = () => new Visitor(where, c.host);
const auditVerbs = (id) => sql(`SELECT verb FROM ${c.schema}.audit WHERE object_id = '${id}' ORDER BY seq`).flat();
const rowOf = (email) => sql(`SELECT id FROM ${c.schema}.staff WHERE email = '${email}'`)[0][0];

test("the offer is a secret, an address for an authenticator and a picture of it", async () => {
	const p = await hire(c, mailbox, "dispatcher");
	const offer = granted(await p.visitor.post("/api/auth/totp"), 201);
	assert.match(offer.secret, /^[A-Z2-7]{32}$/);
	assert.match(offer.uri, /^otpauth:\/\/totp\//);
	assert.ok(offer.uri.includes(`secret=${offer.secret}`));
	assert.match(offer.qr, /^<svg xmlns=[^>]+><path [^>]+><path d="M[0-9 hvzM-]+"\/><\/svg>$/);
	assert.doesNotMatch(offer.qr, /script|href|on\w+=/i);
});

test("a wrong code confirms nothing, a right one gives ten recovery codes and a new session token", async () => {
	const p = await hire(c, mailbox, "dispatcher");
	const offer = granted(await p.visitor.post("/api/auth/totp"), 201);
	const before_ = p.visitor.jar.get("__Host-poolhouse");
	refused(await p.visitor.post("/api/auth/totp/confirmations", { code: "12345" }), 422, "invalid", "code");
	const codes = granted(await p.visitor.post("/api/auth/totp/confirmations", { code: await new Codes(offer.secret).next() }), 201).codes;
	assert.equal(new Set(codes.map((x) => x.code)).size, 10);
	for (const { code } of codes) assert.match(code, /^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/);
	assert.notEqual(p.visitor.jar.get("__Host-poolhouse"), before_);
	const stored = sql(`SELECT HEX(hash), HEX(actor_id) FROM ${c.schema}.token WHERE purpose = 100`).flat().join(" ");
	for (const { code } of codes) assert.ok(!stored.includes(Buffer.from(code).toString("hex").toUpperCase()));
	const verbs = auditVerbs(rowOf(p.email));
	assert.ok(verbs.includes("second_factor.offered") && verbs.includes("second_factor.enrolled"), verbs.join(" "));
	await mailbox.letter(p.email, /./);
});

test("a second offer needs a session that has shown the first, and shown it just now", async () => {
	const p = await hire(c, mailbox, "manager");
	granted(await p.visitor.post("/api/auth/totp"), 201); // enrolled a moment ago in this very session
	const q = await hire(c, mailbox, "manager");
	sql(`UPDATE session SET stepped_up_at = stepped_up_at - 600 WHERE actor_id = ${rowOf(q.email)}`, c.schema);
	refused(await q.visitor.post("/api/auth/totp"), 403, "forbidden", "step_up");
});

test("enrolling ends the sessions that have not shown a code", async () => {
	const p = await hire(c, mailbox, "dispatcher");
	const other = await signIn(p);
	granted(await other.get("/api/office/me"));
	await enrol(p);
	refused(await other.get("/api/office/me"), 401, "signed_out");
	granted(await p.visitor.get("/api/office/me"));
});

test("a forgotten password does not open the door of somebody with a second factor: the code is asked for", async () => {
	const p = await hire(c, mailbox, "manager");
	granted(await stranger().post("/api/auth/resets", { email: p.email }), 204);
	const token = await mailbox.token(p.email, "reset");
	const password = "eleven slow turtles";
	refused(await stranger().post("/api/auth/resets/passwords", { token, password }), 401, "signed_out", "code");
	refused(await stranger().post("/api/auth/resets/passwords", { token, password, code: "000000" }), 401, "signed_out", "code");
	const v = stranger();
	const session = granted(await v.post("/api/auth/resets/passwords", { token, password, code: await p.codes.next() }), 201);
	assert.equal(session.owes_second_factor, false);
	granted(await v.get("/api/office/me"));
});

test("who may give it up, gives it up with password and code", async () => {
	const p = await hire(c, mailbox, "dispatcher");
	await enrol(p);
	refused(await p.visitor.post("/api/auth/totp/removals", { password: "not the password", code: await p.codes.next() }), 401, "signed_out", "password");
	refused(await p.visitor.post("/api/auth/totp/removals", { password: p.password, code: "000000" }), 401, "signed_out", "code");
	granted(await p.visitor.post("/api/auth/totp/removals", { password: p.password, code: await p.codes.next() }), 204);
	p.codes = null;
	granted(await (await signIn(p)).get("/api/office/me"));
});

test("the owner may not", async () => {
	const v = await signIn(c.owner);
	refused(await v.post("/api/auth/totp/removals", { password: c.owner.password, code: "000000" }), 403, "forbidden", "role");
});

test("what is sensitive wants the password and the code once more", async () => {
	const p = await hire(c, mailbox, "manager");
	sql(`UPDATE session SET stepped_up_at = stepped_up_at - 600 WHERE actor_id = ${rowOf(p.email)}`, c.schema);
	refused(await p.visitor.post("/api/auth/recovery-codes"), 403, "forbidden", "step_up");
	refused(await p.visitor.post("/api/auth/step-ups", { password: p.password }), 401, "signed_out", "code");
	refused(await p.visitor.post("/api/auth/step-ups", { password: "not the password", code: "000000" }), 401, "signed_out", "password");
	const token = p.visitor.jar.get("__Host-poolhouse");
	granted(await p.visitor.post("/api/auth/step-ups", { password: p.password, code: await p.codes.next() }), 204);
	assert.notEqual(p.visitor.jar.get("__Host-poolhouse"), token, "a session that rises gets a new token");
	const old = stranger();
	old.jar.set("__Host-poolhouse", token);
	refused(await old.get("/api/office/me"), 401, "signed_out");
	assert.equal(granted(await p.visitor.post("/api/auth/recovery-codes"), 201).codes.length, 10);
});

test("recovery codes are read as people type them", async () => {
	const p = await hire(c, mailbox, "manager");
	const typed = p.recovery[3].toUpperCase().replaceAll("-", " ").replaceAll("0", "O").replaceAll("1", "l");
	granted(await stranger().post("/api/auth/sessions", { email: p.email, password: p.password, code: typed }), 201);
	refused(await stranger().post("/api/auth/sessions", { email: p.email, password: p.password, code: p.recovery[3] }), 401, "signed_out", "code");
});

test("the secret is stored sealed", async () => {
	const p = await hire(c, mailbox, "manager");
	const raw = Buffer.from(sql(`SELECT HEX(totp_secret) FROM ${c.schema}.staff WHERE id = ${rowOf(p.email)}`)[0][0], "hex");
	assert.equal(raw.length, 20 + 44);
	assert.deepEqual([...raw.subarray(0, 2)], [1, 1]);
});
