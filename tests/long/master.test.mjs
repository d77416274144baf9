// The parent of the workers: one socket for life, a new program in its place, what is broken changes nothing.
// A second poold web stands beside the house, with a run_dir of its own; it is asked in FastCGI, without nginx.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { until as patiently } from "../house/until.mjs";
import { where } from "../house/harness.mjs";

let dir, program, master, log = "";
const socket = () => join(dir, "web.sock");

const environment = (over = {}) => ({ ...process.env, POOL_RUN_DIR: dir, POOL_WEB_WORKERS: "3", ...over });
function start(over) {
	const child = spawn(program, ["web"], { env: environment(over), stdio: ["ignore", "ignore", "pipe"] });
	child.stderr.on("data", (d) => (log += d));
	return child;
}

before(async () => {
	dir = mkdtempSync(join(tmpdir(), "poold-"));
	program = join(dir, "poold");
	copyFileSync(`${where.bin}/poold`, program);
	master = start();
	await until(async () => (await ask("/readyz")) === 200, "the second house opens");
});
after(async () => {
	if (master.exitCode === null) {
		master.kill("SIGTERM");
		await new Promise((done) => master.on("exit", done));
	}
	rmSync(dir, { recursive: true, force: true });
});

// A declaration, not a const: `before` may run before the lines below it have.
function until(ask, what) {
	return patiently(what, ask).catch((e) => {
		throw new Error(`${e.message}\n${log}`);
	});
}
const children = (pid = master.pid) =>
	readdirSync("/proc")
		.filter((p) => /^\d+$/.test(p))
		.filter((p) => {
			try {
				return readFileSync(`/proc/${p}/stat`, "utf8").replace(/^.*\) /, "").split(" ")[1] === String(pid);
			} catch {
				return false;
			}
		})
		.map(Number);
const alive = (pid) => existsSync(`/proc/${pid}`) && !/^\S+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));

// One request in FastCGI. -> status, or the name of what went wrong
function record(type, content) {
	const head = Buffer.from([1, type, 0, 1, content.length >> 8, content.length & 255, 0, 0]);
	return Buffer.concat([head, content]);
}
function pair(name, value) {
	return Buffer.concat([Buffer.from([name.length, value.length]), Buffer.from(name + value)]);
}
function question(path) {
	const params = Buffer.concat(
		Object.entries({ REQUEST_METHOD: "GET", SURFACE: "private", DOCUMENT_URI: path, HTTP_HOST: "localhost", REMOTE_ADDR: "127.0.0.1" })
			.map(([n, v]) => pair(n, v)),
	);
	return Buffer.concat([
		record(1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])), record(4, params), record(4, Buffer.alloc(0)), record(5, Buffer.alloc(0)),
	]);
}
function ask(path, at = socket()) {
	return new Promise((done) => {
		const parts = [];
		const c = net.connect(at, () => c.write(question(path)));
		c.on("data", (d) => parts.push(d));
		c.on("error", (e) => done(e.code));
		c.on("close", () => done(Number(Buffer.concat(parts).toString("latin1").match(/Status: (\d+)/)?.[1]) || "nothing"));
	});
}

// Ask without pause while something happens. -> {asked, bad}
async function meanwhile(deed) {
	const said = { asked: 0, bad: [] };
	let over = false;
	const visitors = [1, 2, 3, 4].map(async () => {
		while (!over) {
			const status = await ask("/readyz");
			said.asked++;
			if (status !== 200) said.bad.push(status);
		}
	});
	await deed();
	over = true;
	await Promise.all(visitors);
	return said;
}

test("the socket is for its group alone", () => {
	assert.equal(statSync(socket()).mode & 0o777, 0o660);
});

test("a second one on the same socket is refused, and the first does not notice", async () => {
	const second = spawnSync(program, ["web"], { env: environment(), encoding: "utf8", timeout: 20_000 });
	assert.equal(second.status, 1);
	assert.match(second.stderr, /another poold answers/);
	assert.equal(await ask("/readyz"), 200);
});

test("a worker that is killed is replaced", async () => {
	const before = children();
	assert.equal(before.length, 3);
	process.kill(before[0], "SIGKILL");
	await until(() => children().length === 3 && !children().includes(before[0]), "a fresh worker");
	assert.equal(await ask("/readyz"), 200);
});

test("half a record and then silence stops one worker, not the house", async () => {
	const silent = [net.connect(socket()), net.connect(socket())];
	for (const c of silent) {
		c.on("error", () => {});
		c.write(question("/readyz").subarray(0, 12));
	}
	await wait(100);
	assert.equal(await ask("/readyz"), 200);
	for (const c of silent) c.destroy();
	await until(async () => (await Promise.all([1, 2, 3].map(() => ask("/readyz")))).every((s) => s === 200), "all answer again");
});

test("settings that are not in order change nothing", async () => {
	const before = children();
	// The same process reads its settings again: a file that has become nonsense is refused by the check.
	const good = readFileSync(program);
	writeFileSync(`${program}.new`, "#!/bin/sh\nexit 1\n");
	chmodSync(`${program}.new`, 0o755);
	renameSync(`${program}.new`, program);
	const said = await meanwhile(async () => {
		process.kill(master.pid, "SIGHUP");
		await until(() => /nothing changed/.test(log), "the master says so");
	});
	assert.deepEqual(said.bad, []);
	assert.deepEqual(children().sort(), before.sort());
	writeFileSync(`${program}.new`, good);
	chmodSync(`${program}.new`, 0o755);
	renameSync(`${program}.new`, program);
});

test("a new program takes the old one's place, process and socket, and nobody is turned away", async () => {
	const before = children();
	const inode = statSync(socket()).ino;
	const old = statSync(`/proc/${master.pid}/exe`).ino;
	const said = await meanwhile(async () => {
		process.kill(master.pid, "SIGHUP");
		await until(() => children().length === 3 && children().every((p) => !before.includes(p)), "all are fresh");
	});
	assert.deepEqual(said.bad, [], `of ${said.asked}`);
	assert.ok(said.asked > 20);
	assert.notEqual(statSync(`/proc/${master.pid}/exe`).ino, old);
	assert.equal(statSync(socket()).ino, inode);
});

test("fifty replaces in a row turn nobody away", async () => {
	const said = await meanwhile(async () => {
		for (let i = 0; i < 50; i++) {
			const before = children();
			process.kill(master.pid, "SIGHUP");
			await until(() => children().length === 3 && children().every((p) => !before.includes(p)), `replace ${i}`);
		}
	});
	assert.deepEqual(said.bad, [], `of ${said.asked}`);
});

test("workers end with a master that is killed", async () => {
	const workers = children();
	master.kill("SIGKILL");
	await until(() => workers.every((p) => !alive(p)), "the workers end");
	master = start();
	await until(async () => (await ask("/readyz")) === 200, "what a crash left behind is cleared away");
});

test("told to end, it lets its workers finish and takes its socket along", async () => {
	const exit = new Promise((done) => master.on("exit", (code) => done(code)));
	master.kill("SIGTERM");
	assert.equal(await exit, 0);
	assert.equal(existsSync(socket()), false);
});

test("a socket of the service manager is taken over, and left to it", async () => {
	const path = join(dir, "given.sock");
	// perl plays the manager: a socket as descriptor 3, then exec.
	const manager = `use Socket; use POSIX (); $^F = 20;
		socket(S, PF_UNIX, SOCK_STREAM, 0) && bind(S, sockaddr_un($ARGV[0])) && listen(S, 16) or die;
		POSIX::dup2(fileno(S), 3); $ENV{LISTEN_FDS} = 1; $ENV{LISTEN_PID} = $$; exec $ARGV[1], "web"`;
	const child = spawn("perl", ["-e", manager, path, resolve(program)], { env: environment(), stdio: "ignore" });
	const exit = new Promise((done) => child.on("exit", (code) => done(code)));
	try {
		await until(async () => (await ask("/readyz", path)) === 200, "it answers on the given socket");
		assert.equal(existsSync(socket()), false);
	} finally {
		child.kill("SIGTERM");
	}
	assert.equal(await exit, 0);
	assert.equal(existsSync(path), true);
});
