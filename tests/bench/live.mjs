// live.mjs -- from a commit to the other screens: STREAMS pages listen to one company (they share the cores with it), one of its
// people changes something TIMES times; how long until the last of them has heard, beside what one ordinary question takes meanwhile.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { company, crew, granted, pause, sql, where } from "../house/harness.mjs";
import { letters } from "../house/phone.mjs";

const STREAMS = Number(process.env.STREAMS ?? 5000);
const TIMES = Number(process.env.TIMES ?? 60);
const RELOADS = Number(process.env.RELOADS ?? 20);
const percentile = (v, p) => [...v].sort((a, b) => a - b)[Math.min(v.length - 1, Math.floor(v.length * p))];
const pss_kb = (pid) => Number(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+)/m)[1]);
const cpu_ms = (pid) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13).reduce((n, t) => n + Number(t) * 10, 0);
const workers = spawnSync("pgrep", ["-P", readFileSync(join(where.dir, "nginx/nginx.pid"), "utf8").trim()], { encoding: "utf8" }).stdout.trim().split("\n");
const nginx = (of) => workers.reduce((n, p) => n + of(p), 0);

const c = await company({ zone: "America/Phoenix" });
const { dispatcher } = await crew(c, ["dispatcher"]);
const office = dispatcher.visitor;
const at = BigInt(Date.now()) << 21n;
sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '', 'es', 0);
	INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201')`, c.schema);
const [level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
const day = new Date(Date.now() - 7 * 3600000).toISOString().slice(0, 10);
const cookie = [...office.jar].map(([n, v]) => `${n}=${v}`).join("; ");

// A small program of its own listens: a page that reads five thousand streams would measure itself.
const before_kb = nginx(pss_kb);
const ear = spawn("build/tests/bench/listen", [String(where.port), office.host, cookie, String(STREAMS)], { stdio: ["pipe", "pipe", "inherit"] });
const lines = createInterface({ input: ear.stdout })[Symbol.asyncIterator]();
const said = async () => (await lines.next()).value ?? assert.fail("the listener has ended");
assert.equal(await said(), `open ${STREAMS}`);
const now_ms = () => Number(process.hrtime.bigint()) / 1e6;
const figures = { streams: STREAMS, kb_per_stream: (nginx(pss_kb) - before_kb) / STREAMS };
const before_ms = nginx(cpu_ms);
const last = [];
const all = [];
const asked = [];
let lost = 0;
for (let n = 0; n < TIMES; n++) {
	const from = performance.now();
	granted(await office.post("/api/office/visits", { property_id: letters(at + 1n), service_id: level.id, day, note: "", anyway: true }), 201);
	const committed = now_ms();
	const late = setTimeout(() => ear.stdin.write("\n"), 5000);
	const heard = (await said()).split(" ").filter(Boolean).map((us) => Number(us) / 1000 - committed);
	clearTimeout(late);
	lost += STREAMS - heard.length;
	all.push(...heard);
	last.push(Math.max(...heard));
	const t = performance.now();
	granted(await office.get(`/api/office/board-heads?day=${day}`));
	asked.push(performance.now() - t);
	await pause(Math.max(0, 100 - (performance.now() - from)));
}
figures.nginx_cpu_ms_per_hint = (nginx(cpu_ms) - before_ms) / TIMES;
figures.hint_p50_ms = percentile(all, 0.5);
figures.hint_p99_ms = percentile(all, 0.99);
figures.last_screen_p50_ms = percentile(last, 0.5);
figures.question_p50_ms = percentile(asked, 0.5);
figures.hint_p99_to_question = figures.hint_p99_ms / figures.question_p50_ms;
figures.lost = lost;
ear.stdin.end();

// nginx is told to read its settings anew while something changes: it forgets what it had to say, and ends the streams.
// A page whose stream ends opens another one and looks; so nobody misses a change.
if (RELOADS > 0) {
	const pages = spawn("build/tests/bench/listen", [String(where.port), office.host, cookie, String(STREAMS), "again"], { stdio: ["pipe", "pipe", "inherit"] });
	const counts = createInterface({ input: pages.stdout })[Symbol.asyncIterator]();
	assert.equal((await counts.next()).value, `open ${STREAMS}`);
	const caught_up = [];
	let missed = 0;
	for (let n = 0; n < RELOADS; n++) {
		/* Now before the change, now behind it. */
		const reload = () => process.kill(Number(readFileSync(join(where.dir, "nginx/nginx.pid"), "utf8")), "SIGHUP");
		const when = n % 5 === 4 ? 0 : 20 * (n % 5);
		const told = setTimeout(reload, when);
		granted(await office.post("/api/office/visits", { property_id: letters(at + 1n), service_id: level.id, day, note: "", anyway: true }), 201);
		const committed = process.hrtime.bigint();
		let looked = 0;
		for (const end = performance.now() + 60_000; looked < STREAMS && performance.now() < end; await pause(50)) {
			pages.stdin.write(`${committed / 1000n}\n`);
			looked = Number((await counts.next()).value);
		}
		clearTimeout(told);
		missed += STREAMS - looked;
		caught_up.push(Number(process.hrtime.bigint() - committed) / 1e6);
	}
	figures.reloads = RELOADS;
	figures.reload_all_looked_p50_ms = percentile(caught_up, 0.5);
	figures.reload_lost = missed;
	lost += missed;
	pages.stdin.end();
}
for (const [name, v] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${Number.isInteger(v) ? v : v.toFixed(3)}`);
mkdirSync("build/bench", { recursive: true });
writeFileSync("build/bench/live.json", JSON.stringify(figures, null, "\t"));
process.exit(lost === 0 ? 0 : 1);
