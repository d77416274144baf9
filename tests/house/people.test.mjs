// The company's people: invite, accept, change, disable, hand over.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, granted, hire, mailbox, PASSWORD, refused, signIn, sql, Visitor, where, word } from "./harness.mjs";

let c, people;
before(async () => {
	c = await company();
	people = await crew(c);
});
const stranger = () => new Visitor(where, c.host);
const line = async (id) => granted(await c.owner.visitor.get(`/api/office/staff/${id}`));

test("each role enters by its own door and is told what it may", async () => {
	for (const [role, p] of Object.entries(people)) {
		if (role === "technician") {
			assert.equal(p.door, "tech");
			granted(await p.visitor.get("/api/tech/me"));
			continue;
		}
		assert.equal(p.door, "office", role);
		const me = granted(await p.visitor.get("/api/office/me"));
		assert.equal(me.role, role);
		assert.ok(Array.isArray(me.may));
	}
});

test("everybody stands in the list of staff", async () => {
	const { rows } = granted(await c.owner.visitor.get("/api/office/staff"));
	for (const p of Object.values(people)) {
		const r = rows.find((r) => r.id === p.id);
		assert.ok(r, p.email);
		assert.equal(r.email, p.email);
		assert.equal(r.state, "active");
	}
	const found = granted(await c.owner.visitor.get(`/api/office/staff?q=${encodeURIComponent(people.billing.email.slice(0, 12))}`)).rows;
	assert.deepEqual(found.map((r) => r.id), [people.billing.id]);
});

test("only those who manage staff invite", async () => {
	const form = () => ({ name: "Nina New", email: `nina@${word()}.example`, role: "technician", language: "en" });
	for (const role of ["dispatcher", "billing", "read_only"])
		refused(await people[role].visitor.post("/api/office/staff", form()), 403, "forbidden");
	granted(await c.owner.visitor.post("/api/office/staff", form()), 201);
});

test("nobody makes an owner by inviting, and nobody is invited twice", async () => {
	const again = await c.owner.visitor.post("/api/office/staff", { name: "Twice", email: people.manager.email, role: "technician", language: "en" });
	assert.ok([409, 422].includes(again.status), again.text);
	const owner = await c.owner.visitor.post("/api/office/staff", { name: "Second Owner", email: `o@${word()}.example`, role: "owner", language: "en" });
	assert.ok([403, 422].includes(owner.status), owner.text);
});

test("an invitation shows who asks, works once, and a second letter takes the first one's place", async () => {
	const email = `ian@${word()}.example`;
	const { id } = granted(await c.owner.visitor.post("/api/office/staff", { name: "Ian", email, role: "technician", language: "en" }), 201);
	const token = await mailbox.token(email, "invitation");
	const card = granted(await stranger().post("/api/auth/invitations/looks", { token }));
	assert.equal(card.company, c.company);
	assert.equal(card.email, email);
	assert.equal(card.needs_second_factor, false);
	refused(await stranger().post("/api/auth/invitations", { token, name: "Ian", password: "short", language: "en" }), 422, "invalid", "password");
	granted(await stranger().post("/api/auth/invitations", { token, name: "Ian", password: PASSWORD, language: "en" }), 201);
	const again = await stranger().post("/api/auth/invitations", { token, name: "Ian", password: "another long password", language: "en" });
	assert.ok(again.status >= 400 && again.status < 500);
	assert.equal((await line(id)).state, "active");
});

test("an invitation opens no other company", async () => {
	const other = await company({ fresh: true });
	const email = `ivo@${word()}.example`;
	granted(await c.owner.visitor.post("/api/office/staff", { name: "Ivo", email, role: "technician", language: "en" }), 201);
	const token = await mailbox.token(email, "invitation");
	const there = new Visitor(where, other.host);
	assert.ok((await there.post("/api/auth/invitations/looks", { token })).status >= 400);
	assert.ok((await there.post("/api/auth/invitations", { token, name: "Ivo", password: PASSWORD, language: "en" })).status >= 400);
});

test("somebody who is disabled is out within a second, everywhere, and may come back", async () => {
	const p = await hire(c, mailbox, "dispatcher");
	const second = await signIn(p);
	granted(await p.visitor.get("/api/office/me"));
	const { version } = await line(p.id);
	granted(await c.owner.visitor.post(`/api/office/staff/${p.id}/disablings`, { version }), 204);
	refused(await p.visitor.get("/api/office/me"), 401, "signed_out");
	refused(await second.get("/api/office/me"), 401, "signed_out");
	const denied = await stranger().post("/api/auth/sessions", { email: p.email, password: p.password });
	assert.equal(denied.status, 401, denied.text);
	assert.equal((await line(p.id)).state, "disabled");
	const back = await c.owner.visitor.delete(`/api/office/staff/${p.id}/disablings`);
	assert.ok([200, 204].includes(back.status), back.text);
	granted(await signIn(p).then((v) => v.get("/api/office/me")));
});

test("the owner cannot be disabled, not even by themself", async () => {
	const me = granted(await c.owner.visitor.get("/api/office/me"));
	for (const v of [c.owner.visitor, people.manager.visitor]) {
		const answer = await v.post(`/api/office/staff/${me.id}/disablings`, { version: (await line(me.id)).version });
		assert.ok([403, 422].includes(answer.status), answer.text);
	}
});

test("two people change the same line: the second is told to look again", async () => {
	const { version } = await line(people.read_only.id);
	const change = { name: "Rita Renamed", role: "read_only", version };
	assert.equal(granted(await c.owner.visitor.put(`/api/office/staff/${people.read_only.id}`, { ...change, language: "es" })).language, "es");
	refused(await c.owner.visitor.put(`/api/office/staff/${people.read_only.id}`, { ...change, language: "xx" }), 422, "invalid", "language");
	refused(await c.owner.visitor.put(`/api/office/staff/${people.read_only.id}`, { ...change, name: "Rita Again" }), 409, "stale");
});

test("a company makes a role of its own, and a person has exactly its permissions", async () => {
	const role = granted(await c.owner.visitor.post("/api/office/roles", { name: `Auditor ${word()}`, may: ["see_customers", "see_reports"] }), 201);
	const email = `ada@${word()}.example`;
	granted(await c.owner.visitor.post("/api/office/staff", { name: "Ada", email, role: "own", role_id: role.id, language: "en" }).then(async (a) =>
		a.status === 201 ? a : c.owner.visitor.post("/api/office/staff", { name: "Ada", email, role: "", role_id: role.id, language: "en" })), 201);
	const token = await mailbox.token(email, "invitation");
	const v = stranger();
	granted(await v.post("/api/auth/invitations", { token, name: "Ada", password: PASSWORD, language: "en" }), 201);
	assert.deepEqual([...granted(await v.get("/api/office/me")).may].sort(), ["see_customers", "see_reports"]);
	refused(await v.get("/api/office/audit"), 403, "forbidden");
	granted(await v.get("/api/office/customers"));
	// What is taken from the role is taken from whoever has it, at their next request.
	const { version } = granted(await c.owner.visitor.get("/api/office/roles")).rows.find((r) => r.id === role.id);
	granted(await c.owner.visitor.put(`/api/office/roles/${role.id}`, { name: role.name, may: ["see_reports"], version }));
	refused(await v.get("/api/office/customers"), 403, "forbidden");
	const inUse = await c.owner.visitor.delete(`/api/office/roles/${role.id}`);
	assert.ok([409, 422].includes(inUse.status), "a role that somebody has is not deleted");
});

test("a role of one's own cannot own, and built-in ones stay as they are", async () => {
	refused(await c.owner.visitor.post("/api/office/roles", { name: "King", may: ["own"] }), 422, "invalid", "may");
	const { rows } = granted(await c.owner.visitor.get("/api/office/roles"));
	assert.ok(rows.filter((r) => r.built_in).length >= 6);
});

test("ownership is handed over with a fresh proof, and there is always exactly one owner", async () => {
	const own = await company();
	const heir = await hire(own, mailbox, "manager");
	let v = await signIn(own.owner);
	let answer = await v.post("/api/office/ownership", { staff_id: heir.id });
	if (answer.status === 403) {
		assert.equal(answer.body.error.field, "step_up");
		granted(await v.post("/api/auth/step-ups", { password: own.owner.password, code: await own.owner.codes.next() }), 204);
		answer = await v.post("/api/office/ownership", { staff_id: heir.id });
	}
	assert.ok([200, 204].includes(answer.status), answer.text);
	assert.equal(sql(`SELECT COUNT(*) FROM staff WHERE role = 1`, own.schema)[0][0], "1");
	const me = granted(await heir.visitor.get("/api/office/me").then(async (a) => (a.status === 200 ? a : (await signIn(heir)).get("/api/office/me"))));
	assert.equal(me.role, "owner");
});

test("the audit log tells who did what, is whole, and says so when a line was bent", async () => {
	const own = await company();
	await hire(own, mailbox, "technician");
	const v = own.owner.visitor;
	const { rows } = granted(await v.get("/api/office/audit"));
	assert.ok(rows.length >= 3);
	assert.ok(rows.every((r) => r.verb && r.at > 0));
	for (const path of ["audit", "audit.csv"]) assert.equal((await v.get(`/api/office/${path}?q=%C3%BC`)).status, 200, "a word that no verb could be");
	const whole = granted(await v.get("/api/office/audit/verification"));
	assert.equal(whole.whole, true);
	assert.ok(whole.lines >= rows.length);
	const text = await v.get("/api/office/audit.csv");
	if (text.status === 403) {
		granted(await v.post("/api/auth/step-ups", { password: own.owner.password, code: await own.owner.codes.next() }), 204);
		assert.equal((await v.get("/api/office/audit.csv")).status, 200);
	} else assert.equal(text.status, 200, text.text);
	// Somebody with the database's keys bends history.
	const seq = sql("SELECT MIN(seq) + 1 FROM audit", own.schema)[0][0];
	sql(`UPDATE audit SET verb = 'bent' WHERE seq = ${seq}`, own.schema);
	const bent = granted(await v.get("/api/office/audit/verification"));
	assert.equal(bent.whole, false);
	assert.equal(String(bent.broken_at), seq);
	for (const role of ["manager", "read_only"]) {
		const p = people[role];
		refused(await p.visitor.get("/api/office/audit"), 403, "forbidden");
	}
});

test("the company's account in the database cannot rewrite its own audit log", async () => {
	const grants = sql(`SHOW GRANTS FOR '${c.schema}'@'localhost'`).flat().join("\n");
	assert.match(grants, /`?audit`?/);
	const audit = grants.split("\n").find((g) => /\.`audit`/.test(g)) ?? "";
	assert.doesNotMatch(audit, /UPDATE|DELETE|ALL PRIVILEGES/);
});

test("a name may be anything that people are called, and nothing is markup", async () => {
	for (const name of ["O'Brien <b>", "Zoë Ñandú", "李小龍", "-- DROP TABLE staff", '"; {}']) {
		const me = granted(await people.manager.visitor.get("/api/office/me"));
		const answer = granted(await people.manager.visitor.put("/api/office/me", { name, language: me.language, version: me.version }));
		assert.equal(answer.name, name);
		assert.equal(granted(await people.manager.visitor.get("/api/office/me")).name, name);
	}
});
