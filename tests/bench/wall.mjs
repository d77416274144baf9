// wall.mjs -- what the wall between companies costs: the same signed-in request by one company alone (no coat is ever changed), by as
// many in turn as a worker has coats (they hang and are taken again), and by three times as many (each request changes an account).
// Interleaved; medians of ROUNDS, ratios of the same round.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { company, pause, where } from "../house/harness.mjs";
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
const parts = { nginx: pid("pid/nginx"), web: pid("pid/web"), db: pid("db/pid") };
function measure(n) {
	const lua = join(where.dir, `wall-${n}.lua`);
	const asks = all.slice(0, n).map((c) => `{["Host"] = "${c.host}:${where.port}", ["Cookie"] = "${[...c.owner.visitor.jar].map(([k, v]) => `${k}=${v}`).join("; ")}"}`);
	writeFileSync(lua, `local all = {${asks.join(", ")}}\nlocal n = 0\nrequest = function() n = n + 1; return wrk.format("GET", "/api/office/company", all[n % #all + 1]) end\n`);
	const before = cpu_s(parts);
	const said = execFileSync("wrk", ["-t1", "-c4", `-d${SECONDS}s`, "--latency", "-s", lua, `http://127.0.0.1:${where.port}`], { encoding: "utf8" });
	if (/Non-2xx/.test(said)) throw new Error(said);
	const [, p50, unit] = /50%\s+([\d.]+)(us|ms)/.exec(said);
	return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(said)[1]), p50_us: Number(p50) * (unit === "ms" ? 1000 : 1), cost: cost_us(before, cpu_s(parts), Number(/(\d+) requests in/.exec(said)[1])) };
}
const kinds = { alone: 1, hanging: COATS, changing: 3 * COATS };
for (const n of Object.values(kinds)) measure(n); // everybody is warm
const seen = { alone: [], hanging: [], changing: [] };
for (let i = 0; i < ROUNDS; i++) for (const [kind, n] of Object.entries(kinds)) seen[kind].push(measure(n));

const figures = { coats: COATS, rounds: ROUNDS };
for (const [kind, n] of Object.entries(kinds)) {
	figures[`${kind}_companies`] = n;
	figures[`${kind}_per_s`] = Math.round(median(seen[kind].map((m) => m.rate)));
	figures[`${kind}_p50_us`] = Math.round(median(seen[kind].map((m) => m.p50_us)));
	for (const part of Object.keys(parts)) figures[`${kind}_${part}_cpu_us`] = Math.round(median(seen[kind].map((m) => m.cost[part])));
	if (n > 1) figures[`${kind}_to_alone`] = median(seen[kind].map((m, i) => m.rate / seen.alone[i].rate));
}
// What they keep: right after the load, and when nobody has asked for a while.
measure(COATS);
figures.worker_pss_kb_busy = pss_kb();
figures.database_rss_kb_busy = rss_kb(parts.db);
await pause(3000);
figures.worker_pss_kb_resting = pss_kb();
for (const [name, v] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${Number.isInteger(v) ? v : v.toFixed(3)}`);
mkdirSync("build/bench", { recursive: true });
writeFileSync("build/bench/wall.json", JSON.stringify(figures, null, "\t"));
process.exit(0);
