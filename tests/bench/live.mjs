// live.mjs -- from a commit to the other screens: STREAMS pages listen (a page of this one program: it shares the cores) to one company, one of its people changes
// something TIMES times; how long until the last of them has heard, beside what one ordinary question takes meanwhile.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { company, crew, granted, pause, sql, where } from "../house/harness.mjs";
import { letters } from "../house/phone.mjs";

const STREAMS = Number(process.env.STREAMS ?? 5000);
const TIMES = Number(process.env.TIMES ?? 60);
const percentile = (v, p) => [...v].sort((a, b) => a - b)[Math.min(v.length - 1, Math.floor(v.length * p))];
const pss_kb = (pid) => Number(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+)/m)[1]);
const nginx = () => {
	const master = readFileSync(join(where.dir, "nginx/nginx.pid"), "utf8").trim();
	return spawnSync("pgrep", ["-P", master], { encoding: "utf8" }).stdout.trim().split("\n").reduce((n, p) => n + pss_kb(p), 0);
};

const c = await company({ zone: "America/Phoenix" });
const { dispatcher } = await crew(c, ["dispatcher"]);
const office = dispatcher.visitor;
const at = BigInt(Date.now()) << 21n;
sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '', 'es', 0);
	INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201')`, c.schema);
const [level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
const day = new Date(Date.now() - 7 * 3600000).toISOString().slice(0, 10);
const cookie = [...office.jar].map(([n, v]) => `${n}=${v}`).join("; ");

let heard = [];
let open = 0;
/* One address is an office; these are many. */
const listen = (i) =>
	new Promise((done, failed) => {
		const socket = net.connect(where.port, "127.0.0.1", () =>
			socket.write(`GET /api/office/live HTTP/1.1\r\nHost: ${office.host}:${where.port}\r\nCookie: ${cookie}\r\nAccept: text/event-stream\r\nX-Forwarded-For: 198.51.100.${1 + (i % 200)}\r\n\r\n`));
		socket.once("error", failed);
		socket.on("data", (d) => {
			const text = d.toString("latin1");
			if (text.startsWith("HTTP/1.1 200")) {
				open++;
				done(socket);
			} else if (text.startsWith("HTTP/1.1")) failed(new Error(text.slice(0, 60)));
			if (text.includes("data: changed")) heard.push(performance.now());
		});
	});
const before_kb = nginx();
const sockets = [];
for (let i = 0; i < STREAMS; i += 100) sockets.push(...(await Promise.all(Array.from({ length: Math.min(100, STREAMS - i) }, (_, k) => listen(i + k)))));
const figures = { streams: open, kb_per_stream: (nginx() - before_kb) / open };
const last = [];
const all = [];
const asked = [];
let lost = 0;
for (let n = 0; n < TIMES; n++) {
	heard = [];
	const from = performance.now();
	granted(await office.post("/api/office/visits", { property_id: letters(at + 1n), service_id: level.id, day, note: "", anyway: true }), 201);
	const committed = performance.now();
	for (const end = committed + 5000; heard.length < STREAMS && performance.now() < end; ) await pause(2);
	lost += STREAMS - heard.length;
	for (const t of heard) all.push(t - committed);
	last.push(Math.max(...heard) - committed);
	const t = performance.now();
	granted(await office.get(`/api/office/board-heads?day=${day}`));
	asked.push(performance.now() - t);
	await pause(Math.max(0, 100 - (performance.now() - from)));
}
figures.hint_p50_ms = percentile(all, 0.5);
figures.hint_p99_ms = percentile(all, 0.99);
figures.last_screen_p50_ms = percentile(last, 0.5);
figures.question_p50_ms = percentile(asked, 0.5);
figures.hint_p99_to_question = figures.hint_p99_ms / figures.question_p50_ms;
figures.lost = lost;
for (const s of sockets) s.destroy();
for (const [name, v] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${Number.isInteger(v) ? v : v.toFixed(3)}`);
mkdirSync("build/bench", { recursive: true });
writeFileSync("build/bench/live.json", JSON.stringify(figures, null, "\t"));
process.exit(lost === 0 ? 0 : 1);
