// Memory that is refused at every call of a request: an error or the right answer, never a wrong one, never half of
// one; and what was asked for happens once, whatever was answered, when it is asked again with its key.
//
// The program answers as plain CGI under tests/long/nomalloc.c. A worker without memory ends (its transaction rolls
// back with its connection), and so may a library in it: no answer is an error, and the street says 502.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { company, sql, where, word } from "../house/harness.mjs";

const LIBRARY = join(process.cwd(), "build/tests/long/nomalloc.so");
let c, startup;

before(async () => {
	mkdirSync("build/tests/long", { recursive: true });
	execFileSync("gcc", ["-O1", "-shared", "-fPIC", "-o", LIBRARY, "tests/long/nomalloc.c"]);
	c = await company();
	// What every request needs before it is looked at: the program's start, its settings, its connections.
	startup = (await ask({ surface: "private", uri: "/healthz" }, 0)).calls;
	assert.ok(startup > 100);
});

function ask(request, at, on = false) {
	const body = request.body === undefined ? "" : JSON.stringify(request.body);
	const count = join(where.dir, `calls-${request.tag ?? ""}-${at}-${on}`);
	const env = {
		...process.env,
		LD_PRELOAD: LIBRARY,
		NOMALLOC_AT: String(at),
		NOMALLOC_ON: on ? "1" : "0",
		NOMALLOC_COUNT: count,
		REQUEST_METHOD: request.method ?? "GET",
		SURFACE: request.surface ?? "office",
		DOCUMENT_URI: request.uri,
		QUERY_STRING: request.query ?? "",
		HTTP_HOST: request.host ?? c?.host ?? "localhost",
		HTTP_ORIGIN: `http://${c?.host}:${where.port}`,
		HTTP_X_POOLHOUSE: "1",
		HTTP_COOKIE: request.cookie ?? "",
		HTTP_IDEMPOTENCY_KEY: request.key ?? "",
		REMOTE_ADDR: "127.0.0.1",
		CONTENT_TYPE: "application/json",
		CONTENT_LENGTH: String(Buffer.byteLength(body)),
	};
	delete env.POOL_RUN_DIR;
	return new Promise((done, failed) => {
		const child = spawn(`${where.bin}/poold`, [], { env, stdio: ["pipe", "pipe", "ignore"] });
		const parts = [];
		// The database's library may wait for an answer that it had no room to read: its own time-out is 15 s.
		const patience = at === 0 ? undefined : setTimeout(() => child.kill("SIGKILL"), 3000);
		child.stdout.on("data", (p) => parts.push(p));
		child.stdin.on("error", () => {}); // it may end before it has read
		child.stdin.end(body);
		child.on("error", failed);
		child.on("close", (code, signal) => {
			clearTimeout(patience);
			const text = Buffer.concat(parts).toString("utf8");
			const calls = at === 0 ? Number(readFileSync(count, "utf8")) : 0;
			done({ ...parse(text), code, signal, calls });
		});
	});
}

// What came out, if it is whole: {status, body}; {half: true} if it is not; {} if nothing came.
function parse(text) {
	if (text === "") return {};
	const [head, body] = text.split(/\r\n\r\n(.*)/s);
	const status = Number(head.match(/^Status: (\d{3}) /)?.[1]);
	const length = Number(head.match(/^Content-Length: (\d+)$/m)?.[1] ?? 0);
	if (body === undefined || !status || Buffer.byteLength(body) !== length) return { half: true, text };
	return { status, body: body.replace(/"trace":"\w+"/, '"trace":""').replace(/_at":\d+/g, '_at":0') };
}

// An answer is an error of ours, or exactly what was wanted.
function judge(got, want, what) {
	assert.ok(!got.half, `${what}: half an answer: ${got.text}`);
	if (got.status === undefined) return "nothing";
	if (got.status >= 500) {
		assert.ok(["away", "retry", "bug"].includes(JSON.parse(got.body).error.code), `${what}: ${got.body}`);
		return "error";
	}
	assert.equal(got.status, want.status, `${what}: ${got.status} ${got.body}`);
	assert.equal(got.body, want.body, what);
	return "right";
}

// Each call from the end of the start-up on; every seventh also from it on for good. Two at a time.
async function* refusals(calls) {
	for (let at = Math.max(1, startup - 100); at <= calls + 1; at++) for (const on of at % 7 ? [false] : [false, true]) yield { at, on };
}
async function all(calls, one) {
	const todo = refusals(calls);
	const tally = {};
	const worker = async () => {
		for await (const { at, on } of todo) {
			const said = await one(at, on);
			tally[said] = (tally[said] ?? 0) + 1;
		}
	};
	await Promise.all([worker(), worker()]);
	return tally;
}

const cookie = () => [...c.owner.visitor.jar].map(([n, v]) => `${n}=${v}`).join("; ");

for (const [name, request] of Object.entries({
	"who am I": { uri: "/api/office/me" },
	"the staff": { uri: "/api/office/staff" },
	"a body that is wrong": { method: "POST", uri: "/api/office/roles", body: { name: "", may: [] } },
	"an address that is nobody's": { uri: "/api/office/nothing" },
	"the description of the API": { surface: "site", uri: "/api/openapi.json", host: "localhost" },
}))
	test(`without memory, an error or the right answer: ${name}`, async () => {
		const whole = { ...request, cookie: cookie(), tag: word() };
		const want = await ask(whole, 0);
		assert.ok(want.status, JSON.stringify(want));
		assert.equal((await ask(whole, 0)).body, want.body, "the same question has one answer");
		const tally = await all(want.calls, async (at, on) => judge(await ask(whole, at, on), want, `${name}, call ${at}`));
		assert.ok(tally.right > 0 && tally.nothing + (tally.error ?? 0) > 0, JSON.stringify(tally));
	});

test("without memory, an invitation is sent once or not at all, and a repeat says which", async () => {
	const invite = (email, key) => ({
		method: "POST", uri: "/api/office/staff", cookie: cookie(), key, tag: key,
		body: { name: "Ina Vited", email, role: "dispatcher", role_id: null, language: "en" },
	});
	const first = await ask(invite(`first-${word()}@staff.example`, `first-${word()}`), 0);
	assert.equal(first.status, 201, first.body);
	const jobs = () => Number(sql("SELECT COUNT(*) FROM job", c.schema)[0][0]);
	const tally = await all(first.calls, async (at, on) => {
		const email = `m${at}-${on}-${word()}@staff.example`;
		const request = invite(email, `memory-${at}-${on}-${word()}`);
		const got = await ask(request, at, on);
		assert.ok(!got.half && [undefined, 201, 500, 503].includes(got.status), `call ${at}: ${got.status} ${got.body ?? got.text}`);
		const rows = Number(sql(`SELECT COUNT(*) FROM staff WHERE email = '${email}'`, c.schema)[0][0]);
		if (got.status === 201) assert.equal(rows, 1, `call ${at}: acknowledged and not there`);
		let again = await ask(request, 0);
		// The database may not have noticed yet that the first one is dead.
		for (let i = 0; again.status === 409 && i < 100; i++) again = await ask(request, 0);
		assert.equal(again.status, 201, `call ${at}: ${again.body}`);
		assert.equal(sql(`SELECT COUNT(*) FROM staff WHERE email = '${email}'`, c.schema)[0][0], "1", `call ${at}`);
		return got.status === 201 ? "right" : rows === 1 ? "done without an answer" : "undone";
	});
	assert.ok(tally.right > 0 && tally.undone > 0, JSON.stringify(tally));
	assert.ok(jobs() > 0);
	// One line in the audit log for each, and one job: nothing was done twice behind the curtain.
	const invited = Number(sql("SELECT COUNT(*) FROM staff WHERE name = 'Ina Vited'", c.schema)[0][0]);
	assert.equal(Number(sql("SELECT COUNT(*) FROM audit WHERE verb = 'staff.invited'", c.schema)[0][0]), invited);
});
