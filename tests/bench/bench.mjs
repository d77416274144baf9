// bench.mjs -- figures as ratios of the same run (two runs differ by up to a third; ratios differ less). Each
// measurement is taken ROUNDS times, interleaved A-B-C-A-B-C; the median is shown.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { company, poolctl, signUp, sql, where } from "../house/harness.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_S ?? 3);
const median = (v) => [...v].sort((a, b) => a - b)[Math.floor(v.length / 2)];
const percentile = (v, p) => [...v].sort((a, b) => a - b)[Math.min(v.length - 1, Math.floor(v.length * p))];
const ms = (f) => {
	const t = process.hrtime.bigint();
	f();
	return Number(process.hrtime.bigint() - t) / 1e6;
};

function wrk(host, path, cookie) {
	const said = execFileSync("wrk", ["-t1", "-c16", `-d${SECONDS}s`, "--latency", "-H", `Host: ${host}:${where.port}`,
		...(cookie ? ["-H", `Cookie: ${cookie}`] : []), `http://127.0.0.1:${where.port}${path}`], { encoding: "utf8" });
	if (/Non-2xx/.test(said)) throw new Error(`${path}: ${said}`);
	return { rate: Number(said.match(/Requests\/sec:\s+([\d.]+)/)[1]), p99: said.match(/99%\s+([\d.]+\w+)/)[1] };
}
const raw = (schema) => Number(execFileSync("build/tests/bench/raw", [schema, "4", String(SECONDS)], { encoding: "utf8" }));
const pss_kb = (pid) => Number(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+)/m)[1]);
const pid = (part) => readFileSync(join(where.dir, "pid", part), "utf8").trim();
const children = (of) => spawnSync("pgrep", ["-P", of], { encoding: "utf8" }).stdout.trim().split("\n");

const c = await company();
const jar = (who) => [...who.owner.visitor.jar].map(([n, v]) => `${n}=${v}`).join("; ");
const asset = `/assets/${readdirSync("web/dist/assets").find((f) => f.endsWith(".js"))}`;
const figures = { cores: cpus().length, rounds: ROUNDS, seconds: SECONDS };

const rates = { signed_in: [], static_file: [], raw: [] };
let last;
for (let i = 0; i < ROUNDS; i++) {
	last = wrk(c.host, "/api/office/company", jar(c));
	rates.signed_in.push(last.rate);
	rates.static_file.push(wrk(c.host, asset).rate);
	rates.raw.push(raw(c.schema));
}
figures.signed_in_per_s = median(rates.signed_in);
figures.signed_in_p99 = last.p99;
figures.static_per_s = median(rates.static_file);
figures.raw_per_s = median(rates.raw);
figures.signed_in_to_static = figures.signed_in_per_s / figures.static_per_s;
figures.signed_in_to_raw = figures.signed_in_per_s / figures.raw_per_s;

figures.pss_web_kb = Math.max(...children(pid("web")).map(pss_kb));
figures.pss_auth_kb = Math.max(...children(pid("auth")).map(pss_kb));
figures.pss_jobs_kb = Math.max(...children(pid("jobs")).map(pss_kb));

const signups = [];
for (let i = 0; i < 20; i++) {
	const t = performance.now();
	await signUp(where);
	signups.push(performance.now() - t);
}
figures.signup_with_password_p50_ms = median(signups);
// On the server, without the hash of the password.
poolctl("spares", "--keep", "230");
const [claim_p50, claim_p99] = execFileSync("build/tests/bench/claim", ["200"], { encoding: "utf8" }).trim().split(" ").map(Number);
figures.claim_p50_ms = claim_p50;
figures.claim_p99_ms = claim_p99;

// The house's own stock-keeper steps aside.
process.kill(Number(pid("spares")), "SIGTERM");
for (let i = 0; i < 60 && spawnSync("pgrep", ["-f", `${where.bin}/poolctl spares --watch`]).status === 0; i++)
	await new Promise((later) => setTimeout(later, 500));
const waiting = Number(sql("SELECT COUNT(*) FROM pool_control.tenant WHERE status = 1")[0][0]);
figures.make_200_schemas_s = ms(() => poolctl("spares", "--keep", String(waiting + 200))) / 1000;
// The same 200 from nothing to the last step, a few at a time; and the walk that finds nothing to do.
const empty = sql("SELECT id, schema_name FROM pool_control.tenant WHERE status = 1 ORDER BY id DESC LIMIT 200");
for (const [, schema] of empty) sql(`DROP DATABASE ${schema}; CREATE DATABASE ${schema} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
sql(`UPDATE pool_control.tenant SET step = 0 WHERE id IN (${empty.map(([id]) => id).join(", ")})`);
figures.steps = Number(sql(`SELECT MAX(step) FROM ${c.schema}.migration`)[0][0]);
figures.migrate_200_from_nothing_s = ms(() => poolctl("migrate", "--all")) / 1000;
figures.migrate_nothing_to_do_s = ms(() => poolctl("migrate", "--all")) / 1000;

for (const [name, v] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${typeof v === "number" && !Number.isInteger(v) ? v.toFixed(3) : v}`);
mkdirSync("build/bench", { recursive: true });
writeFileSync("build/bench/figures.json", JSON.stringify(figures, null, "\t"));
