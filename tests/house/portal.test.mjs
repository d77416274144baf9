// Customers come in by a mailed link.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, granted, mailbox, neighbours, refused, sql, Visitor, where, word } from "./harness.mjs";

let c;
before(async () => {
	c = await company();
});
const stranger = () => new Visitor(where, c.host);
let next = Date.now();
function customer(over = {}) {
	const who = { id: `4712${next++}`, name: "Carla Cliente", email: `carla@${word()}.example`, language: "en", ...over };
	sql(`INSERT INTO customer (id, name, email, language, created_at)
		VALUES (${who.id}, '${who.name}', '${who.email}', '${who.language}', 0)`, c.schema);
	return who;
}
async function link(who, options) {
	granted(await stranger().post("/api/auth/portal-links", { email: who.email }), 204);
	return mailbox.token(who.email, "portal/enter", options);
}
async function enter(who) {
	const v = stranger();
	granted(await v.post("/api/auth/portal-sessions", { token: await link(who) }), 201);
	return v;
}

test("a known and an unknown address are answered the same, and only the known one gets a letter", async () => {
	const who = customer();
	const nobody = `nobody@${word()}.example`;
	const known = await stranger().post("/api/auth/portal-links", { email: who.email });
	const unknown = await stranger().post("/api/auth/portal-links", { email: nobody });
	assert.equal(known.status, 204);
	assert.equal(unknown.status, 204);
	assert.equal(known.text, unknown.text);
	await mailbox.letter(who.email, /portal\/enter#/);
	assert.equal((await mailbox.list(nobody)).length, 0);
});

test("the letter speaks the customer's language", async () => {
	const who = customer({ language: "es" });
	granted(await stranger().post("/api/auth/portal-links", { email: who.email.toUpperCase() }), 204);
	const letter = await mailbox.letter(who.email, /portal\/enter#/);
	assert.match(letter.text, /enlace/i);
});

test("the link works once, and not at the neighbour's", async () => {
	const who = customer();
	const token = await link(who);
	refused(await new Visitor(where, neighbours().host).post("/api/auth/portal-sessions", { token }), 401, "signed_out");
	const v = stranger();
	assert.equal(granted(await v.post("/api/auth/portal-sessions", { token }), 201).door, "portal");
	assert.equal(granted(await v.get("/api/portal/me")).name, who.name);
	refused(await stranger().post("/api/auth/portal-sessions", { token }), 401, "signed_out");
});

test("a newer link replaces the one before", async () => {
	const who = customer();
	const first = await link(who);
	const after = Math.max(...(await mailbox.list(who.email)).map((l) => l.id));
	const second = await link(who, { after });
	assert.notEqual(first, second);
	refused(await stranger().post("/api/auth/portal-sessions", { token: first }), 401, "signed_out");
	granted(await stranger().post("/api/auth/portal-sessions", { token: second }), 201);
});

test("a customer's session opens no other door, and staff's links do not open this one", async () => {
	const v = await enter(customer());
	for (const path of ["/api/office/me", "/api/tech/me", "/api/office/staff"]) refused(await v.get(path), 401, "signed_out");
	granted(await stranger().post("/api/auth/resets", { email: c.owner.email }), 204);
	const token = await mailbox.token(c.owner.email, "reset");
	refused(await stranger().post("/api/auth/portal-sessions", { token }), 401, "signed_out");
});

test("leaving ends the session on the server", async () => {
	const v = await enter(customer());
	const jar = new Map(v.jar);
	granted(await v.delete("/api/auth/portal-sessions"), 204);
	v.jar = jar;
	refused(await v.get("/api/portal/me"), 401, "signed_out");
});

test("a customer who is disabled is out at once", async () => {
	const who = customer();
	const v = await enter(who);
	sql(`UPDATE customer SET disabled_at = 1 WHERE id = ${who.id}`, c.schema);
	refused(await v.get("/api/portal/me"), 401, "signed_out");
	granted(await stranger().post("/api/auth/portal-links", { email: who.email }), 204);
});

test("who asks too often is still answered, and gets no more letters", async () => {
	const who = customer();
	for (let i = 0; i < 8; i++) granted(await stranger().post("/api/auth/portal-links", { email: who.email }), 204);
	await mailbox.letter(who.email, /portal\/enter#/);
	const jobs = sql(`SELECT COUNT(*) FROM ${c.schema}.audit WHERE verb = 'portal.link_sent' AND object_id = ${who.id}`)[0][0];
	assert.ok(Number(jobs) <= 5, `${jobs} letters`);
});
