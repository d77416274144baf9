// wall.mjs -- what the wall between companies costs. The same companies in turn ask the same signed-in thing (their settings: two
// small statements, so whatever the wall costs is a large part) of our poold and of one without a wall (nowall.c: an account that may
// read everything, USE instead of a change of account, no settings of a session anew), on one database and behind the same kind of nginx.
// As many companies as a worker has coats: the coats hang in both, nobody changes anything, and both must be equal (how true the
// measure is). Three times as many: each request changes in both. A-B-A, medians of ROUNDS, ratios of the same round.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { company, pause, sql, where } from "../house/harness.mjs";
import { until } from "../house/until.mjs";
import { cost_us, cpu_s } from "./cost.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const SECONDS = Number(process.env.BENCH_S ?? 3);
const COATS = Number(process.env.POOL_COATS ?? 4);
const median = (v) => [...v].sort((a, b) => a - b)[Math.floor(v.length / 2)];
const pid = (file) => readFileSync(join(where.dir, file), "utf8").trim();
const pss_kb = () => Math.max(...spawnSync("pgrep", ["-P", pid("pid/web")], { encoding: "utf8" }).stdout.trim().split("\n").map((child) => Number(readFileSync(`/proc/${child}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+)/m)[1])));
const rss_kb = (of) => Number(readFileSync(`/proc/${of}/status`, "utf8").match(/^VmRSS:\s+(\d+)/m)[1]);

const all = [];
for (let i = 0; i < 3 * COATS; i++) all.push(await company());

// ---- the other poold, and its street ----

const dir = mkdtempSync(join(tmpdir(), "nowall-"));
const password = randomBytes(20).toString("hex");
sql(`CREATE OR REPLACE USER nowall@localhost IDENTIFIED BY '${password}'; GRANT SELECT, INSERT, UPDATE, DELETE ON *.* TO nowall@localhost`);
const PORT = where.port + 44;
const env = { ...process.env, NOWALL_PASSWORD: password, POOL_RUN_DIR: dir };
execFileSync("ops/nginx.sh", ["dev", join(dir, "nginx")], { env: { ...env, NGINX_USER: process.getuid() === 0 ? "root" : "", STATE: join(dir, "nginx"), RUN: dir, PORT: String(PORT), PRIVATE_PORT: String(PORT + 1) } });
const log = openSync(join(dir, "log"), "a"); // ours writes a line for each request, too
const begin = (command, ...words) => spawn(command, words, { stdio: ["ignore", log, log], env, detached: true }); // each in a session of its own, as the parts of a house
const other = { web: begin(`${where.bin}/tests/bench/nowall`, "web"), nginx: begin("nginx", "-e", "stderr", "-p", join(dir, "nginx"), "-c", join(dir, "nginx/nginx.conf")) };
process.prependListener("uncaughtException", (e) => { // or the other house would stay behind
	console.error(e);
	process.exit(1);
});
process.on("exit", () => {
	for (const p of Object.values(other)) p.kill("SIGTERM");
	sql("DROP USER nowall@localhost");
	rmSync(dir, { recursive: true, force: true });
});

const parts = {
	wall: { nginx: pid("pid/nginx"), web: pid("pid/web"), db: pid("db/pid") },
	nowall: { nginx: other.nginx.pid, web: other.web.pid, db: pid("db/pid") },
};
const port = { wall: where.port, nowall: PORT };
const asked = (c) => ({ Host: `${c.host}:${where.port}`, Cookie: [...c.owner.visitor.jar].map(([k, v]) => `${k}=${v}`).join("; ") });
/* Each company's own answer, by both: the one without a wall must find the right schema, too. */
for (const c of all) {
	const said = (who) => spawnSync("curl", ["-s", ...Object.entries(asked(c)).flatMap(([k, v]) => ["-H", `${k}: ${v}`]), `http://127.0.0.1:${port[who]}/api/office/company`], { encoding: "utf8" }).stdout;
	const ours = said("wall");
	await until("the other house says the same", () => said("nowall"), (theirs) => theirs === ours && ours.includes(c.name ?? "{"));
}

// ---- how often, and what for ----

function measure(who, n) {
	const lua = join(dir, `${n}.lua`);
	writeFileSync(lua, `local all = {${all.slice(0, n).map((c) => `{["Host"] = "${asked(c).Host}", ["Cookie"] = "${asked(c).Cookie}"}`).join(", ")}}\nlocal n = 0\nrequest = function() n = n + 1; return wrk.format("GET", "/api/office/company", all[n % #all + 1]) end\n`);
	const before = cpu_s(parts[who]);
	const said = execFileSync("wrk", ["-t1", "-c4", `-d${SECONDS}s`, "--latency", "-s", lua, `http://127.0.0.1:${port[who]}`], { encoding: "utf8" });
	if (/Non-2xx/.test(said)) throw new Error(said);
	const [, p50, unit] = /50%\s+([\d.]+)(us|ms)/.exec(said);
	return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(said)[1]), p50_us: Number(p50) * (unit === "ms" ? 1000 : 1), cost: cost_us(before, cpu_s(parts[who]), Number(/(\d+) requests in/.exec(said)[1])) };
}
const kinds = { hanging: COATS, changing: 3 * COATS };
for (const who of ["wall", "nowall"]) for (const n of Object.values(kinds)) measure(who, n); // everybody is warm
const seen = Object.fromEntries(["alone", "hanging", "changing"].map((kind) => [kind, { wall: [], nowall: [], rate: [], p50_us: [] }]));
for (let i = 0; i < ROUNDS; i++) {
	seen.alone.wall.push(measure("wall", 1));
	for (const [kind, n] of Object.entries(kinds)) {
		const [before, without, after] = ["wall", "nowall", "wall"].map((who) => measure(who, n));

		seen[kind].wall.push(before, after);
		seen[kind].nowall.push(without);
		seen[kind].rate.push((before.rate + after.rate) / 2 / without.rate);
		seen[kind].p50_us.push((before.p50_us + after.p50_us) / 2 - without.p50_us);
	}
}

const figures = { coats: COATS, rounds: ROUNDS };
for (const [kind, of] of Object.entries(seen)) {
	for (const who of ["wall", "nowall"]) {
		if (of[who].length === 0) continue;
		figures[`${kind}_${who}_per_s`] = Math.round(median(of[who].map((m) => m.rate)));
		figures[`${kind}_${who}_p50_us`] = Math.round(median(of[who].map((m) => m.p50_us)));
		for (const part of ["nginx", "web", "db"]) figures[`${kind}_${who}_${part}_cpu_us`] = Math.round(median(of[who].map((m) => m.cost[part])));
	}
	if (of.rate.length === 0) continue;
	figures[`${kind}_wall_to_nowall`] = median(of.rate);
	figures[`${kind}_wall_p50_more_us`] = Math.round(median(of.p50_us));
}
// What they keep: right after the load, and when nobody has asked for a while.
measure("wall", COATS);
figures.worker_pss_kb_busy = pss_kb();
figures.database_rss_kb_busy = rss_kb(parts.wall.db);
await pause(3000);
figures.worker_pss_kb_resting = pss_kb();
for (const [name, v] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${Number.isInteger(v) ? v : v.toFixed(3)}`);
mkdirSync("build/bench", { recursive: true });
writeFileSync("build/bench/wall.json", JSON.stringify(figures, null, "\t"));
process.exit(0);
