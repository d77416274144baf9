// Coming back: passwords, second factors, sessions, forgotten passwords.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import {
	company, crew, enrol, granted, hire, mailbox, neighbours, PASSWORD, refused, signIn, sql, until, Visitor, where, word,
} from "./harness.mjs";

let c, people;
before(async () => {
	c = await company();
	people = await crew(c, ["manager", "technician", "dispatcher"]);
});
const stranger = (options) => new Visitor(where, c.host, options);

test("the owner signs in with password and code", async () => {
	const visitor = await signIn(c.owner);
	assert.equal(granted(await visitor.get("/api/office/me")).role, "owner");
});

test("somebody without a second factor signs in with the password alone", async () => {
	const visitor = await signIn(people.technician);
	assert.equal(granted(await visitor.get("/api/tech/me")).name, "Person technician");
});

test("the cookie is a __Host- cookie that scripts cannot read", async () => {
	const answer = await stranger().post("/api/auth/sessions", { email: people.technician.email, password: PASSWORD });
	const cookie = granted(answer, 201) && answer.headers["set-cookie"].find((l) => l.startsWith("__Host-poolhouse="));
	assert.match(cookie, /;\s*HttpOnly/i);
	assert.match(cookie, /;\s*SameSite=Lax/i);
	assert.match(cookie, /;\s*Path=\//i);
	assert.doesNotMatch(cookie, /;\s*Domain=/i);
});

test("a wrong password and an unknown e-mail are told the same", async () => {
	const wrong = refused(await stranger().post("/api/auth/sessions", { email: people.dispatcher.email, password: "no such password 1" }), 401, "signed_out", "password");
	const unknown = refused(await stranger().post("/api/auth/sessions", { email: `nobody@${word()}.example`, password: "no such password 1" }), 401, "signed_out", "password");
	assert.equal(wrong.message, unknown.message);
});

/** What the programs that check passwords have computed so far, in milliseconds: unlike the clock, this counts work. */
function worked() {
	const parent = readFileSync(join(where.dir, "pid/auth"), "utf8").trim();
	const workers = execFileSync("pgrep", ["-P", parent], { encoding: "utf8" }).trim().split("\n");
	return workers.reduce((sum, pid) => sum + Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6, 0);
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

test("a wrong password and an unknown e-mail cost the same work: processor time and statements", async (t) => {
	const p = await hire(c, mailbox, "technician");
	const cost = { known: [], unknown: [] };
	const traces = { known: [], unknown: [] };
	for (let i = 0; i < 24; i++)
		for (const who of i % 2 ? ["known", "unknown"] : ["unknown", "known"]) {
			// Neither waits: what is compared is the work of a refusal, not the waiting after five.
			sql("UPDATE staff SET failures = 0, locked_until = 0", c.schema);
			const email = who === "known" ? p.email : `nobody-${word()}@staff.example`;
			const before_ = worked();
			const answer = await stranger().post("/api/auth/sessions", { email, password: "no such password 1" });
			cost[who].push(worked() - before_);
			refused(answer, 401, "signed_out", "password");
			traces[who].push(answer.body.error.trace);
		}
	const [known, unknown] = [median(cost.known), median(cost.unknown)];
	// The lines of the log say how often the database was asked.
	const log = readFileSync(join(where.dir, "log/auth.log"), "utf8").split("\n");
	const asked = (who) => [...new Set(traces[who].map((trace) => Number(log.find((l) => l.includes(`trace=${trace} `)).match(/ sql=(\d+)/)[1])))];
	t.diagnostic(`known ${known.toFixed(2)} ms of work, unknown ${unknown.toFixed(2)}; statements ${asked("known")} and ${asked("unknown")}`);
	assert.ok(known > 20, "a password costs what Argon2id costs");
	assert.ok(Math.abs(known - unknown) < 0.1 * known, `known ${known} ms, unknown ${unknown} ms`);
	// Somebody's failures are counted in their own row, nobody's beside the companies: one statement each, and the
	// log counts those of the company.
	assert.deepEqual(asked("known").map((n) => n - 1), asked("unknown"));
});

test("the code is asked for only behind the right password", async () => {
	const right = { email: c.owner.email, password: c.owner.password };
	refused(await stranger().post("/api/auth/sessions", right), 401, "signed_out", "code");
	refused(await stranger().post("/api/auth/sessions", { ...right, code: "000000" }), 401, "signed_out", "code");
	refused(await stranger().post("/api/auth/sessions", { ...right, password: "wrong password 123", code: await c.owner.codes.next() }), 401, "signed_out", "password");
});

test("a code works once", async () => {
	const form = { email: c.owner.email, password: c.owner.password, code: await c.owner.codes.next() };
	granted(await stranger().post("/api/auth/sessions", form), 201);
	refused(await stranger().post("/api/auth/sessions", form), 401, "signed_out", "code");
});

test("a recovery code opens the door once", async () => {
	const form = { email: c.owner.email, password: c.owner.password, code: c.owner.recovery[0] };
	granted(await stranger().post("/api/auth/sessions", form), 201);
	refused(await stranger().post("/api/auth/sessions", form), 401, "signed_out", "code");
});

test("after five wrong passwords the account waits, and says how long", async () => {
	const p = await hire(c, mailbox, "technician");
	const statuses = [];
	for (let i = 0; i < 7; i++) {
		const answer = await stranger().post("/api/auth/sessions", { email: p.email, password: `wrong password ${i}` });
		statuses.push(answer.status);
		if (answer.status === 429) assert.ok(Number(answer.headers["retry-after"]) > 0);
	}
	assert.deepEqual(statuses.slice(0, 5), [401, 401, 401, 401, 401]);
	assert.ok(statuses.includes(429), statuses.join(" "));
	// Even the right one waits now.
	refused(await stranger().post("/api/auth/sessions", { email: p.email, password: p.password }), 429, "limit");
});

test("signing out ends the session on the server, not only in the browser", async () => {
	const visitor = await signIn(people.technician);
	const jar = new Map(visitor.jar);
	granted(await visitor.delete("/api/auth/sessions"), 204);
	visitor.jar = jar;
	refused(await visitor.get("/api/tech/me"), 401, "signed_out");
});

test("a cookie that was made up, cut or belongs to another company opens nothing", async () => {
	const visitor = await signIn(people.dispatcher);
	const token = visitor.jar.get("__Host-poolhouse");
	for (const value of ["x", token.slice(1), token.slice(0, -1) + (token.endsWith("A") ? "B" : "A"), "A".repeat(43), ""]) {
		const other = stranger();
		other.jar.set("__Host-poolhouse", value);
		refused(await other.get("/api/office/me"), 401, "signed_out");
	}
	const next_door = new Visitor(where, neighbours().host);
	next_door.jar.set("__Host-poolhouse", token);
	refused(await next_door.get("/api/office/me"), 401, "signed_out");
	granted(await visitor.get("/api/office/me"));
});

test("what is stored of a session does not open the door", async () => {
	const visitor = await signIn(people.technician);
	const token = visitor.jar.get("__Host-poolhouse");
	const dump = sql(`SELECT HEX(id), t.* FROM ${c.schema}.session t`).flat().join(" ");
	assert.ok(!dump.includes(token), "the token itself is not in the table");
});

test("somebody who owes the second factor can do nothing but enrol", async () => {
	const fresh = await company({ fresh: true });
	const v = fresh.owner.visitor;
	granted(await v.get("/api/office/me"));
	for (const path of ["/api/office/staff", "/api/office/audit", "/api/office/roles"]) {
		const answer = await v.get(path);
		assert.equal(answer.status, 403, `${path}: ${answer.text}`);
	}
	const before_ = v.jar.get("__Host-poolhouse");
	await enrol(fresh.owner);
	assert.notEqual(v.jar.get("__Host-poolhouse"), before_, "the session gets a new token when it rises");
	granted(await v.get("/api/office/staff"));
});

test("a forgotten password: the same answer for everybody, a link that works once, and other sessions end", async () => {
	const p = await hire(c, mailbox, "dispatcher");
	const old = p.visitor;
	granted(await old.get("/api/office/me"));
	granted(await stranger().post("/api/auth/resets", { email: `nobody@${word()}.example` }), 204);
	granted(await stranger().post("/api/auth/resets", { email: p.email }), 204);
	const token = await mailbox.token(p.email, "reset");
	const fresh = "seven quiet otters swim";
	granted(await stranger().post("/api/auth/resets/passwords", { token, password: fresh }), 201);
	refused(await old.get("/api/office/me"), 401, "signed_out");
	const again = await stranger().post("/api/auth/resets/passwords", { token, password: "eight quiet otters swim" });
	assert.ok(again.status >= 400 && again.status < 500);
	refused(await stranger().post("/api/auth/sessions", { email: p.email, password: p.password }), 401, "signed_out", "password");
	granted(await stranger().post("/api/auth/sessions", { email: p.email, password: fresh }), 201);
});

test("changing the password ends every other session", async () => {
	const p = await hire(c, mailbox, "technician");
	const other = await signIn(p);
	refused(await p.visitor.put("/api/auth/password", { current: "not the current one", password: "a brand new sentence" }), 401, "signed_out", "current");
	granted(await p.visitor.put("/api/auth/password", { current: p.password, password: "a brand new sentence" }), 204);
	refused(await other.get("/api/tech/me"), 401, "signed_out");
	granted(await p.visitor.get("/api/tech/me"));
});

test("a person sees their own sessions and ends one, or all others", async () => {
	const p = await hire(c, mailbox, "manager");
	const b = await signIn(p);
	const d = await signIn(p);
	const rows = granted(await p.visitor.get("/api/office/sessions")).rows;
	assert.ok(rows.length >= 3);
	assert.equal(rows.filter((r) => r.here).length, 1);
	const theirs = granted(await b.get("/api/office/sessions")).rows.find((r) => r.here);
	granted(await p.visitor.delete(`/api/office/sessions/${theirs.id}`), 204);
	refused(await b.get("/api/office/me"), 401, "signed_out");
	granted(await p.visitor.delete("/api/office/sessions"), 204);
	refused(await d.get("/api/office/me"), 401, "signed_out");
	granted(await p.visitor.get("/api/office/me"));
});

test("the owner cannot give the second factor up", async () => {
	const answer = await c.owner.visitor.post("/api/auth/totp/removals", { password: c.owner.password, code: "000000" });
	assert.ok([403, 422].includes(answer.status), answer.text);
});

test("new recovery codes want a fresh proof, and the old ones die", async () => {
	const p = await hire(c, mailbox, "manager");
	if (!p.codes) await enrol(p);
	const [old] = p.recovery;
	const v = await signIn(p);
	let answer = await v.post("/api/auth/recovery-codes");
	if (answer.status === 403) {
		assert.equal(answer.body.error.field, "step_up");
		granted(await v.post("/api/auth/step-ups", { password: p.password, code: await p.codes.next() }), 204);
		answer = await v.post("/api/auth/recovery-codes");
	}
	assert.ok([200, 201].includes(answer.status), answer.text);
	assert.equal(answer.body.codes.length, 10);
	refused(await stranger().post("/api/auth/sessions", { email: p.email, password: p.password, code: old }), 401, "signed_out", "code");
});

test("a customer enters by a link that works once", async () => {
	const email = `carla@${word()}.example`;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (4711${Date.now()}, 'Carla', '${email}', 'es', 0)`, c.schema);
	granted(await stranger().post("/api/auth/portal-links", { email: `nobody@${word()}.example` }), 204);
	granted(await stranger().post("/api/auth/portal-links", { email }), 204);
	const token = await mailbox.token(email, "portal/enter");
	const v = stranger();
	assert.equal(granted(await v.post("/api/auth/portal-sessions", { token }), 201).door, "portal");
	assert.equal(granted(await v.get("/api/portal/me")).email, email);
	refused(await v.get("/api/office/me"), 401, "signed_out");
	refused(await stranger().post("/api/auth/portal-sessions", { token }), 401, "signed_out");
});

test("who signs in from a new country is told by mail, once", async () => {
	const person = await hire(c, mailbox, "technician");
	const enter = (address) => stranger({ address }).post("/api/auth/sessions", { email: person.email, password: PASSWORD });
	granted(await enter("203.0.113.5"), 201);
	granted(await enter("198.51.100.9"), 201);
	const letter = await mailbox.letter(person.email, /country|MX/i);
	assert.match(letter.text, /Mexico|MX/);
	const letters = (await mailbox.list(person.email)).length;
	granted(await enter("198.51.100.77"), 201);
	granted(await enter("203.0.113.6"), 201);
	// A letter of later shows that none came for these.
	granted(await stranger().post("/api/auth/resets", { email: person.email }), 204);
	await until("the next letter", () => mailbox.list(person.email), (all) => all.length > letters);
	assert.equal((await mailbox.list(person.email)).length, letters + 1);
});
