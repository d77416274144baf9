// What a hostile street can say: headers that pretend, keys that repeat, values that would like to be in the log.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { company, crew, granted, neighbours, refused, sql, Visitor, where, word } from "./harness.mjs";

let c, secret;

before(async () => {
	secret = `canary${word()}`;
	c = await company({ owner: `Olga ${secret}`, password: `${secret} is a long password` });
});

const PRETENDED = [
	"x-forwarded-host", "x-forwarded-server", "x-forwarded-user", "x-forwarded-proto", "x-forwarded-port", "x-forwarded-prefix",
	"x-original-url", "x-rewrite-url", "x-original-host", "x-host", "x-http-host-override", "forwarded", "via", "proxy",
	"x-tenant", "x-tenant-id", "x-company", "x-slug", "x-schema", "x-surface", "surface", "remote-user", "remote_user",
	"x-remote-user", "x-user", "x-user-id", "x-actor", "x-role", "x-admin", "x-session", "x-may", "authorization",
	"x-http-method-override", "x-method-override", "x-http-method", "document-uri", "script-name", "path-info",
	"x-accel-redirect", "x-sendfile", "x-request-id", "request-id", "https", "x-real-ip", "client-ip", "true-client-ip",
];

test("no header makes somebody of nobody, or of one company's owner another's", async () => {
	const nobody = new Visitor(where, c.host);
	const plain = granted(await c.owner.visitor.get("/api/office/me"));
	const n = neighbours();
	for (const name of PRETENDED)
		for (const value of [n.host, c.owner.email, "owner", "/api/site/openapi.json", "1"]) {
			refused(await nobody.get("/api/office/me", { [name]: value }), 401, "signed_out");
			assert.deepEqual(granted(await c.owner.visitor.get("/api/office/me", { [name]: value })), plain, `${name}: ${value}`);
		}
});

test("a cookie of one company opens nothing next door", async () => {
	const next = new Visitor(where, neighbours().host);
	next.jar = new Map(c.owner.visitor.jar);
	for (const path of ["/api/office/me", "/api/office/staff", "/api/tech/me", "/api/portal/me"])
		refused(await next.get(path), 401, "signed_out");
});

test("eight of one request at once are one deed; each is told so or asked to wait", async () => {
	const key = { "idempotency-key": `at-once-${word()}` };
	const name = `Eight ${word()}`;
	const ask = () => c.owner.visitor.post("/api/office/roles", { name, may: ["see_board"] }, key);
	const answers = await Promise.all(Array.from({ length: 8 }, ask));
	assert.ok(answers.every((a) => a.status === 201 || a.status === 409), answers.map((a) => a.status).join());
	const last = await ask();
	assert.equal(last.status, 201);
	assert.equal(last.headers["idempotency-replayed"], "true");
	for (const a of answers.filter((one) => one.status === 201)) assert.equal(a.text, last.text);
	assert.equal(sql(`SELECT COUNT(*) FROM role WHERE name = '${name}'`, c.schema)[0][0], "1");
	refused(await c.owner.visitor.post("/api/office/roles", { name: "Other", may: ["see_board"] }, key), 409, "stale", "idempotency_key");
});

test("the same key from another person is another key", async () => {
	const key = { "idempotency-key": `of-two-${word()}` };
	const { manager } = await crew(c, ["manager"]);
	const hers = `Manager's ${word()}`;
	granted(await c.owner.visitor.post("/api/office/roles", { name: `Owner's ${word()}`, may: ["see_board"] }, key), 201);
	const there = await manager.visitor.post("/api/office/roles", { name: hers, may: ["see_board"] }, key);
	assert.equal(granted(there, 201).name, hers);
	assert.equal(there.headers["idempotency-replayed"], undefined);
	// Signed out, the key says nothing of what was answered.
	refused(await new Visitor(where, c.host).post("/api/office/roles", { name: hers, may: ["see_board"] }, key), 401, "signed_out");
});

// One record: key=value or key="value", each key once.
function record(line) {
	const keys = new Map();
	let rest = line;
	while (rest !== "") {
		const m = rest.match(/^([a-z_]+)=("(?:[^"\\]|\\.)*"|[^\s"=\\]+)(?: |$)/);
		assert.ok(m, `no record: ${line}`);
		assert.ok(!keys.has(m[1]), `twice ${m[1]}: ${line}`);
		keys.set(m[1], m[2]);
		rest = rest.slice(m[0].length);
	}
	return keys;
}

test("the log has one record per work, and no word of what people said", async () => {
	const visitor = c.owner.visitor;
	const token = [...visitor.jar.values()].join();
	const odd = `${secret} "quoted" = \\ \u2028 sql='1`;
	await visitor.put("/api/office/me", { name: odd, language: "en", version: 1 });
	await visitor.get(`/api/office/staff?q=${encodeURIComponent(odd)}`);
	await visitor.get(`/api/office/${encodeURIComponent(secret)}%0at=other`);
	await visitor.call("PUT", `/api/office/${secret}`, `{"${secret}":1}`, { "user-agent": odd.replace("\u2028", "") });
	await visitor.post("/api/auth/sessions", { email: `${secret}@x.example`, password: secret, code: null }, { "idempotency-key": `${secret}12345` });
	let records = 0;
	for (const part of ["web", "auth", "jobs"]) {
		const file = join(where.dir, "log", `${part}.log`);
		assert.ok(existsSync(file));
		const text = readFileSync(file, "utf8");
		assert.ok(!text.includes(secret), `${part}: ${text.split("\n").find((l) => l.includes(secret))}`);
		for (const word_ of [c.owner.email, ...token.split(",")]) assert.ok(!text.includes(word_), `${part} names ${word_}`);
		for (const line of text.split("\n").filter((l) => / trace=/.test(l))) {
			const keys = record(line);
			for (const key of ["t", "trace", "verb", "ms"]) assert.ok(keys.has(key), `${key} is missing: ${line}`);
			records++;
		}
	}
	assert.ok(records > 20);
});
