// The house itself: health, doors, limits, headers, bad input.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { company, granted, refused, site, sql, until, Visitor, where, word } from "./harness.mjs";

let c;
before(async () => {
	c = await company();
});
const inside = () => new Visitor({ ...where, port: where.privatePort }, "localhost");

test("the private door says that the house is well", async () => {
	assert.equal((await inside().get("/healthz")).status, 200);
	assert.equal((await inside().get("/readyz")).status, 200);
	const metrics = await inside().get("/metrics");
	assert.equal(metrics.status, 200);
	assert.match(metrics.text, /^# (HELP|TYPE) poolhouse_/m);
	assert.doesNotMatch(metrics.text, new RegExp(c.slug), "figures name no company");
});

test("the private doors are not in the street", async () => {
	for (const host of ["localhost", c.host])
		for (const path of ["/healthz", "/readyz", "/metrics", "/api/private/metrics", "/nginx"]) {
			const answer = await new Visitor(where, host).get(path);
			assert.doesNotMatch(answer.text, /poolhouse_|Active connections/, `${host}${path}`);
		}
});

test("a host that is nobody's gets no page and no error of the machine's", async () => {
	assert.equal((await new Visitor(where, "example.com").get("/")).status, 404);
	refused(await new Visitor(where, `no-such-${word()}.localhost`).get("/api/office/me"), 404, "not_found");
});

test("an unknown path is 404, a wrong method 405, in the form of every error", async () => {
	refused(await c.owner.visitor.get("/api/office/nothing-here"), 404, "not_found");
	refused(await c.owner.visitor.get("/api/no-such-door/me"), 404, "not_found");
	const answer = await c.owner.visitor.delete("/api/office/me");
	assert.equal(answer.status, 405, answer.text);
	assert.match(answer.headers.allow ?? "", /GET/);
});

for (const [why, body, field] of [
	["no JSON", "{not json", "body"],
	["a list", "[]", "body"],
	["nothing", "", "body"],
	["a number twice", '{"name":"a","name":"b","language":"en","version":1}', "name"],
	["a member nobody knows", '{"name":"a","language":"en","version":1,"admin":true}', "admin"],
	["a member that is missing", '{"name":"a","version":1}', "language"],
	["another kind of value", '{"name":7,"language":"en","version":1}', "name"],
	["a name that is too long", JSON.stringify({ name: "x".repeat(5000), language: "en", version: 1 }), "name"],
	["control characters", '{"name":"a\\u0007b","language":"en","version":1}', "name"],
	["bytes that are no UTF-8", Buffer.from('{"name":"\xff\xfe","language":"en","version":1}', "latin1"), undefined],
	["a number beyond its bounds", '{"name":"a","language":"en","version":99999999999999999999}', "version"],
	["depth", `{"name":${"[".repeat(200)}${"]".repeat(200)},"language":"en","version":1}`, undefined],
	["hundred thousand tokens", `[${"{},".repeat(100_000)}{}]`, undefined],
]) {
	test(`a bad body is told what is wrong with it: ${why}`, async () => {
		const answer = await c.owner.visitor.call("PUT", "/api/office/me", body);
		assert.ok([400, 413, 422].includes(answer.status), `${answer.status} ${answer.text}`);
		assert.equal(answer.body.error.code, "invalid");
		if (field !== undefined) assert.equal(answer.body.error.field, field);
		const spanish = new Visitor(where, "localhost", { language: "es" });
		assert.ok(spanish && answer.body.error.message);
	});
}

test("bad input is explained in Spanish to those who read Spanish", async () => {
	const english = refused(await site().post("/api/auth/signups", {}), 422, "invalid");
	const spanish = refused(await site({ language: "es-MX" }).post("/api/auth/signups", {}), 422, "invalid");
	assert.equal(english.field, spanish.field);
	assert.notEqual(english.message, spanish.message);
});

test("only JSON is taken, and only from the house's own pages", async () => {
	const v = c.owner.visitor;
	const me = granted(await v.get("/api/office/me"));
	const body = JSON.stringify({ name: "Olga Owner", language: "en", version: me.version });
	for (const [why, headers] of [
		["another type", { "content-type": "text/plain" }],
		["a form", { "content-type": "application/x-www-form-urlencoded" }],
		["no header of ours", { "x-poolhouse": null }],
		["another origin", { origin: "https://evil.example" }],
		["a neighbour's origin", { origin: `http://evil.localhost:${where.port}` }],
		["no origin at all", { origin: null }],
		["a null origin", { origin: "null" }],
		["cross-site", { origin: null, "sec-fetch-site": "cross-site" }],
		["same-site", { origin: null, "sec-fetch-site": "same-site" }],
	]) {
		const answer = await v.call("PUT", "/api/office/me", body, headers);
		assert.ok(answer.status >= 400 && answer.status < 500, `${why}: ${answer.status}`);
	}
	assert.equal(granted(await v.get("/api/office/me")).version, me.version, "nothing was changed");
});

test("a path that tries to climb, to end early or to be decoded twice finds nothing", async () => {
	for (const path of [
		"/api/office/../auth/company", "/api/office/%2e%2e/me", "/api/office/me%00", "/api/office/me%2f", "/api/office//me",
		"/api/office/staff/%252e%252e", "/api/office/staff/%ff%fe", "/api/office/me/.", `/api/office/${"a".repeat(3000)}`,
		`/api/office/${"a/".repeat(400)}`, "/api/office/staff/%", "/api/office/me;x=1",
	]) {
		const answer = await c.owner.visitor.get(path);
		assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
		// Even what nobody understands can be followed from the street's log into the programs'.
		if (answer.body) assert.ok(answer.headers["x-trace"].startsWith(answer.body.error.trace), `${path}: ${answer.body.error.trace}`);
	}
});

test("a body that is too large is refused before a worker sees it", async () => {
	refused(await site().call("POST", "/api/auth/signups", "x".repeat(20_000)), 413, "invalid", "body");
	const answer = await c.owner.visitor.call("PUT", "/api/office/me", "x".repeat(2_000_000)).catch((e) => e);
	assert.ok(answer.code === "EPIPE" || answer.code === "ECONNRESET" || answer.status === 413, String(answer.status));
});

test("who is refused while still speaking hears why", async () => {
	for (let i = 0; i < 8; i++) assert.equal((await c.owner.visitor.call("POST", "/api/office/nothing", "x".repeat(900_000))).status, 404);
});

test("every answer carries the headers that keep browsers honest", async () => {
	for (const [visitor, path] of [
		[site(), "/"], [site(), "/api/site/proposal"], [site(), "/no-such-page"], [c.owner.visitor, "/"],
		[c.owner.visitor, "/api/office/me"], [c.owner.visitor, "/api/office/nothing"], [c.owner.visitor, "/tech/"],
	]) {
		const { headers } = await visitor.get(path);
		assert.match(headers["content-security-policy"], /default-src 'none'/, path);
		assert.doesNotMatch(headers["content-security-policy"], /unsafe/, path);
		assert.equal(headers["x-content-type-options"], "nosniff", path);
		assert.equal(headers["x-frame-options"], "DENY", path);
		assert.equal(headers["referrer-policy"], "no-referrer", path);
		assert.ok(headers["cache-control"], `${path} says how long it may be kept`);
		assert.doesNotMatch(headers.server ?? "", /\d/, "no version numbers");
	}
});

test("answers of the API are not kept by anybody between", async () => {
	assert.match((await c.owner.visitor.get("/api/office/me")).headers["cache-control"], /no-store|private/);
});

test("an answer that did not change is 304", async () => {
	const first = await c.owner.visitor.get("/api/office/company");
	granted(first);
	assert.ok(first.headers.etag);
	assert.equal((await c.owner.visitor.get("/api/office/company", { "if-none-match": first.headers.etag })).status, 304);
});

test("a key makes a repeated request the same request", async () => {
	const body = { name: `Once ${word()}`, email: `once@${word()}.example`, role: "technician", language: "en" };
	const key = { "idempotency-key": `key-${word()}` };
	const first = granted(await c.owner.visitor.post("/api/office/staff", body, key), 201);
	const again = granted(await c.owner.visitor.post("/api/office/staff", body, key), 201);
	assert.deepEqual(again, first);
	assert.equal((await c.owner.visitor.post("/api/office/staff", { ...body, name: "Other" }, key)).status, 409);
});

test("the API describes itself, and what it describes is there", async () => {
	const answer = await site().get("/api/openapi.json");
	const api = granted(answer);
	assert.equal(api.openapi.slice(0, 3), "3.1");
	const listed = execFileSync(`${where.bin}/poold`, ["routes"], { encoding: "utf8" }).trim().split("\n").length;
	const described = Object.values(api.paths).reduce((n, p) => n + Object.keys(p).filter((m) => /^(get|put|post|delete|patch)$/.test(m)).length, 0);
	assert.ok(described > 20 && listed >= described, `${described} described, ${listed} listed`);
});

test("the same program answers as plain CGI, for a debugger", () => {
	const { POOL_RUN_DIR, ...rest } = process.env;
	assert.ok(POOL_RUN_DIR);
	const answer = spawnSync(`${where.bin}/poold`, [], {
		env: { ...rest, REQUEST_METHOD: "GET", SURFACE: "private", DOCUMENT_URI: "/healthz", HTTP_HOST: "localhost", REMOTE_ADDR: "127.0.0.1" },
		encoding: "utf8", timeout: 20_000,
	});
	assert.match(answer.stdout, /^Status: 200/m, answer.stderr);
});

test("nginx accepts its configuration, for development and for production", () => {
	const dir = mkdtempSync(join(tmpdir(), "street-"));
	try {
		const pem = (name) => join(dir, name);
		execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=poolhouse.example",
			"-keyout", pem("key.pem"), "-out", pem("cert.pem")], { stdio: "ignore" });
		for (const mode of ["dev", "production"]) {
			const out = join(dir, mode);
			// -t opens the doors for a moment: ordinary users have none below 1024, and none that the machine gives to whoever asks.
			const base = where.streetPort;
			const ports = { PORT: String(base), HTTP_PORT: String(base + 1), PRIVATE_PORT: String(base + 2) };
			execFileSync("ops/nginx.sh", [mode, out], {
				env: { ...process.env, DOMAIN: "poolhouse.example", STATE: dir, ...ports, LOG: "stderr", ACCESS: "off", CERTIFICATE: pem("cert.pem"), CERTIFICATE_KEY: pem("key.pem") },
			});
			const t = spawnSync("nginx", ["-t", "-e", "stderr", "-p", out, "-c", join(out, "nginx.conf")], {
				encoding: "utf8", env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
			});
			assert.equal(t.status, 0, t.stderr);
			assert.doesNotMatch(t.stderr, /\[warn\]/, t.stderr);
		}
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
});

test("a house that stands says where the doors of each company are", () => {
	const said = execFileSync("ops/dev/house.sh", ["status"], { encoding: "utf8" });
	assert.match(said, new RegExp(`site +http://localhost:${where.port}`));
	const live = sql("SELECT COUNT(*) FROM pool_control.tenant WHERE status = 3")[0][0];
	const doors = said.match(/company +http:\/\/[a-z0-9-]+\.localhost:\d+\/ +technicians \S+\/tech\/ +customers \S+\/portal\//g) ?? [];
	assert.equal(doors.length, Math.min(Number(live), 10), said);
	assert.ok(doors.length > 0);
});

test("starting a house twice, or on a taken port, says so and fails", () => {
	const start = (env) => spawnSync("ops/dev/house.sh", ["up"], { encoding: "utf8", env: { ...process.env, DEMO: "0", POOL_DB_SOCKET: "", ...env } });
	const twice = start({});
	assert.notEqual(twice.status, 0);
	assert.match(twice.stderr, /is running already/);
	const name = `taken-${word()}`;
	const taken = start({ NAME: name });
	assert.notEqual(taken.status, 0);
	assert.match(taken.stderr, /port \d+ is taken/);
	assert.ok(!existsSync(join("build/run", name, "db")), "nothing was started");
	rmSync(join("build/run", name), { recursive: true, force: true });
});

test("Ctrl-C ends all of a house, also when it is pressed twice", async () => {
	const name = `twice-${word()}`, dir = join("build/run", name);
	const { PATH, HOME } = process.env;
	const env = { PATH, HOME, NAME: name, PORT: String(31000 + Math.floor(Math.random() * 120) * 8), DEMO: "0", BIN: where.bin };
	const house = spawn("ops/dev/house.sh", ["run"], { env, stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	for (const stream of [house.stdout, house.stderr]) stream.on("data", (d) => (said += d));
	const ended = new Promise((done) => house.on("exit", done));
	try {
		await until("it is open", () => said, (s) => s.includes("Poolhouse is open"), 60);
		const pids = [...readdirSync(join(dir, "pid")).map((part) => join(dir, "pid", part)), join(dir, "db/pid")].map((f) => Number(readFileSync(f, "utf8")));
		// Who has ended and is not yet asked for (state Z) has ended.
		const alive = () => pids.filter((pid) => existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8")));
		assert.equal(alive().length, pids.length);
		house.kill("SIGINT");
		await until("it says that it stops", () => said, (s) => s.includes("stopping"));
		house.kill("SIGINT");
		assert.equal(await ended, 0, said);
		assert.deepEqual(alive(), []);
	} finally {
		spawnSync("ops/dev/house.sh", ["down"], { env });
		rmSync(dir, { recursive: true, force: true });
	}
});
