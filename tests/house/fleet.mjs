// fleet.mjs -- simulated phones that write through every fault, and a checker that knows nothing of how it is done.
// Each phone keeps a log of its own: what it tapped, in order, and what it was told was kept.
import assert from "node:assert/strict";
import { execFile, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { crew, day, granted, sql, where } from "./harness.mjs";
import { id, letters, Phone, seconds } from "./phone.mjs";

const random = (n) => Math.floor(Math.random() * n);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const pid = (part) => Number(readFileSync(join(where.dir, "pid", part), "utf8"));
const run = promisify(execFile);
/** The database again, while the phones go on trying; a start that a busy machine does not finish in time is made again. */
async function database() {
	for (let tries = 0; ; tries++)
		try {
			return await run("ops/dev/db.sh", ["start", join(where.dir, "db")], { timeout: 120_000 });
		} catch (e) {
			if (tries === 4) throw e;
		}
}
/* Does anybody take connections on the street? */
const open = () =>
	new Promise((done) => {
		const s = net.connect(where.port, "127.0.0.1", () => done(true));
		s.on("connect", () => s.destroy());
		s.on("error", () => done(false));
	});
/** nginx dies at once, master and workers, and is begun again as the house began it. */
async function nginx() {
	const master = pid("nginx");
	const all = [master, ...children(master)];
	for (const p of all) process.kill(p, "SIGKILL");
	const dir = resolve(where.dir, "nginx");
	const log = openSync(join(where.dir, "log/nginx.log"), "a");
	for (let tries = 0; ; tries++) {
		const again = spawn("nginx", ["-e", "stderr", "-p", dir, "-c", join(dir, "conf/nginx.conf")], { detached: true, stdio: ["ignore", log, log] });
		writeFileSync(join(where.dir, "pid/nginx"), `${again.pid}\n`);
		again.unref();
		/* The dead may hold the port for a moment: it ends, and is begun once more. */
		while (again.exitCode === null && !(await open())) await pause(20);
		if (again.exitCode === null) break;
		assert.ok(tries < 20, "nginx does not come up again");
		await pause(100);
	}
	closeSync(log);
}
const children = (of) => spawnSync("pgrep", ["-P", String(of)], { encoding: "utf8" }).stdout.trim().split("\n").filter(Boolean).map(Number);

/** A company with technicians and a stop of today for each phone. -> [{visitor, visit}] */
export async function fleet(c, phones, technicians) {
	const people = [];
	for (let i = 0; i < technicians; i++) people.push((await crew(c, ["technician"])).technician);
	const at = BigInt(Date.now()) << 21n;
	const today = day();
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201')`, c.schema);
	const [level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
	const out = [];
	for (let i = 0; i < phones; i++) {
		const who = people[i % technicians];
		const visit = granted(await c.owner.visitor.post("/api/office/visits", { property_id: letters(at + 1n), service_id: level.id, day: today, tech_id: who.id, note: "", anyway: true }), 201);
		out.push({ visitor: who.visitor, visit: visit.id });
	}
	return out;
}

/** One request that may be cut: before it is sent, in the middle of it, or before its answer is read. */
function post(visitor, body, cut) {
	return new Promise((done) => {
		const text = JSON.stringify(body);
		const request = http.request({
			host: "127.0.0.1", port: where.port, path: "/api/tech/sync", method: "POST", agent: false, timeout: 20_000,
			headers: {
				host: `${visitor.host}:${where.port}`, origin: visitor.origin, "x-poolhouse": "1", "content-type": "application/json",
				"content-length": Buffer.byteLength(text), cookie: [...visitor.jar].map(([n, v]) => `${n}=${v}`).join("; "),
			},
		}, (answer) => {
			if (cut === "within") {
				answer.once("data", () => request.destroy());
				answer.on("close", () => done(null));
				return;
			}
			let got = "";
			answer.setEncoding("utf8");
			answer.on("data", (d) => (got += d));
			answer.on("close", () => {
				try {
					done(answer.statusCode === 201 && answer.complete ? JSON.parse(got) : null);
				} catch {
					done(null);
				}
			});
			answer.on("error", () => done(null));
		});
		request.on("error", () => done(null));
		request.on("timeout", () => request.destroy());
		if (cut === "before") {
			request.write(text.slice(0, Math.floor(text.length / 2)));
			setTimeout(() => request.destroy(), 5);
		} else {
			request.end(text);
			if (cut === "after") setTimeout(() => request.destroy(), random(30));
		}
	});
}

/** At least `verbs` taps of each phone, and as many more as it takes until `faults` kills have hit something.
 *  keyless: what would happen if a repeat were not known: each sending makes new names (the negative control). */
export async function drive(phones, { verbs, batch = 5, faults, kinds, keyless = false }) {
	const counts = { cut: 0, triple: 0 };
	let happened = 0;
	let over = false;
	const killed = {};
	const logs = phones.map(({ visitor, visit }, i) => {
		const phone = new Phone(visitor, { skew: [0, -3, 2, 0][i % 4] * 86400 });
		return { phone, visit, tapped: [], kept: new Set() };
	});
	const work = logs.map(async (log) => {
		const { phone } = log;
		const more = () => log.tapped.length < verbs || (!over && happened < faults);
		while (more() || log.kept.size < log.tapped.length) {
			while (more() && log.tapped.length < log.kept.size + batch)
				log.tapped.push(phone.verb("note", log.visit, { text: `${phone.device} ${log.tapped.length + 1}` }));
			let waiting = log.tapped.filter((v) => !log.kept.has(v.id));
			/* Nothing that says "this was here before": another device, other names, each time. */
			if (keyless) waiting = waiting.map((v, i) => ({ ...v, name: v.id, id: id(), n: i + 1 }));
			const names = new Map(waiting.map((v) => [v.id, v.name ?? v.id]));
			const body = { device_id: keyless ? id() : phone.device, device_name: "Simulated", now: seconds() + phone.skew, verbs: waiting.map(({ name, ...v }) => v) };
			const cut = [null, null, null, "before", "within", "after"][random(6)];
			if (cut) counts.cut++;
			const times = random(8) === 0 ? 3 : 1;
			if (times === 3) counts.triple++;
			const answers = await Promise.all(Array.from({ length: times }, () => post(phone.visitor, body, cut)));
			for (const a of answers)
				for (const one of a?.answers ?? []) {
					assert.notEqual(one.answer, "refused", one.problem);
					if (one.answer === "applied") log.kept.add(names.get(one.id));
				}
			if (answers.every((a) => a === null)) await pause(50 + random(150));
		}
	});
	const kill = (async () => {
		while (happened < faults) {
			await pause(150 + random(350));
			const what = kinds[random(kinds.length)];
			if (what === "nginx") await nginx();
			else if (what === "mariadb") {
				process.kill(Number(readFileSync(join(where.dir, "db/pid"), "utf8")), "SIGKILL");
				await pause(200);
				await database();
			} else {
				const some = children(pid(what));
				if (some.length === 0) continue;
				process.kill(some[random(some.length)], "SIGKILL");
			}
			happened++;
			killed[what] = (killed[what] ?? 0) + 1;
		}
	})();
	/* A part that does not come up again ends the test, and not only the kills. */
	await Promise.all([kill.finally(() => (over = true)), ...work]);
	return { logs, counts, killed, happened };
}

/** What the house has, against what each phone tapped: lost, doubled, and not applied in the order of the taps. Each step of a stop
 *  raises the stop's version under its lock: that is the house's own order, and no phone's count. */
export function judge(c, logs) {
	const there = new Map();
	for (const [body, version] of sql("SELECT body, visit_version FROM visit_log WHERE verb = 6 AND answer = 1 ORDER BY visit_id, visit_version", c.schema)) {
		const [device, n] = JSON.parse(body).text.split(" ");
		if (!there.has(device)) there.set(device, []);
		there.get(device).push(Number(n));
		assert.ok(Number(version) > 0);
	}
	let lost = 0;
	let doubled = 0;
	let disordered = 0;
	for (const { phone, tapped } of logs) {
		const got = there.get(phone.device) ?? [];
		const once = new Set(got);
		doubled += got.length - once.size;
		lost += tapped.filter((_, i) => !once.has(i + 1)).length;
		disordered += got.filter((n, i) => i > 0 && n < got[i - 1]).length;
	}
	return { lost, doubled, disordered };
}
