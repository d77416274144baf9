// day.mjs -- a technician's day of 15 stops (session, flat cards, clock) against the raw rate of the same statements, the same
// unchanged (304).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { company, crew, granted, sql, where } from "../house/harness.mjs";
import { letters } from "../house/phone.mjs";
import { cost_us, cpu_s } from "./cost.mjs";

const SECONDS = Number(process.env.BENCH_S ?? 3);
const day = new Date(Date.now() - 7 * 3600000).toISOString().slice(0, 10);

const c = await company({ zone: "America/Phoenix" });
const { technician: tom } = await crew(c, ["technician"]);
const at = BigInt(Date.now()) << 21n;
sql(`INSERT INTO customer (id, name, email, language, created_at) SELECT ${at} + seq, CONCAT('Customer ', seq), '', 'en', 0 FROM seq_1_to_15;
	INSERT INTO property (id, customer_id, street, city, region, postcode) SELECT ${at} + seq, ${at} + seq, CONCAT(seq, ' Main St'), 'Mesa', 'AZ', '85201' FROM seq_1_to_15`, c.schema);
const [level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
for (let i = 1n; i <= 15n; i++) granted(await c.owner.visitor.post("/api/office/visits", { property_id: letters(at + i), service_id: level.id, day, tech_id: tom.id, note: "", anyway: true }), 201);

const cookie = [...tom.visitor.jar].map(([n, v]) => `${n}=${v}`).join("; ");
const path = `http://127.0.0.1:${where.port}/api/tech/today?day=${day}`;
const first = await tom.visitor.get(`/api/tech/today?day=${day}`);
const parts = Object.fromEntries(Object.entries({ nginx: "pid/nginx", web: "pid/web", db: "db/pid" }).map(([part, file]) => [part, readFileSync(join(where.dir, file), "utf8").trim()]));
function rate(more = []) {
	const before = cpu_s(parts);
	const out = execFileSync("wrk", ["-t1", "-c16", `-d${SECONDS}s`, "--latency", "-H", `Host: ${tom.visitor.host}:${where.port}`, "-H", `Cookie: ${cookie}`, ...more, path], { encoding: "utf8" });
	const cost = cost_us(before, cpu_s(parts), Number(/(\d+) requests in/.exec(out)[1]));
	return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]), p99: /99%\s+(\S+)/.exec(out)[1], cost };
}
function raw(statements) {
	const file = "build/bench/statements.sql";
	mkdirSync("build/bench", { recursive: true });
	writeFileSync(file, `${statements.join("\n")}\n`);
	return Number(execFileSync("build/tests/bench/raw", [c.schema, "16", String(SECONDS), file], { encoding: "utf8" }));
}
/** The named query as one line, its values written out: the very text that a worker asks. */
function query(file, name, values) {
	const all = readFileSync(`sql/tenant/queries/${file}.sql`, "utf8");
	const text = all.split(/^-- name: /m).find((q) => q.startsWith(`${name} `)).split("\n").slice(1).filter((l) => !l.startsWith("--")).join(" ").split(";")[0];
	return text.replace(/:(\w+)/g, (_, k) => values[k] ?? assert.fail(`${name}: no value for ${k}`)).replace(/\s+/g, " ").trim();
}
const tech = sql(`SELECT id FROM staff WHERE email = '${tom.email}'`, c.schema)[0][0];
const figures = {};
rate();
const full = rate();
const same = rate(["-H", `If-None-Match: ${first.headers.etag}`]);
figures.day_per_s = full.rate;
figures.day_bytes = first.text.length;
figures.unchanged_per_s = same.rate;
figures.unchanged_to_day = same.rate / full.rate;
const before_raw = cpu_s(parts);
const now = Math.floor(Date.now() / 1000);
const token = sql(`SELECT HEX(token_hash) FROM session WHERE actor_id = ${tech} AND ended_at IS NULL ORDER BY id DESC LIMIT 1`, c.schema)[0][0];
figures.raw_per_s = raw([
	query("sessions", "session_of_staff", { token_hash: `UNHEX('${token}')`, staff: 1, active: 2, now }),
	query("day", "day_cards", { tech_id: tech, day: `'${day}'` }),
	query("sync", "clock_of_day", { staff_id: tech, day: `'${day}'`, before: `'${day}' - INTERVAL 1 DAY`, since: now - 16 * 3600 }),
]);
figures.raw_db_cpu_us = Math.round(cost_us(before_raw, cpu_s(parts), figures.raw_per_s * SECONDS).db);
figures.day_to_raw = full.rate / figures.raw_per_s;
// What printing costs: the shape walker and jansson, the same fifteen rows, in CPU time.
[figures.json_us, figures.jansson_us] = execFileSync("build/tests/bench/json", { encoding: "utf8" }).trim().split(" ").map(Number);
figures.jansson_to_json = figures.jansson_us / figures.json_us;
// Where the time of one request goes: CPU µs of each part.
for (const [name, of] of [["day", full], ["unchanged", same]])
	for (const [part, us] of Object.entries(of.cost)) figures[`${name}_${part}_cpu_us`] = Math.round(us);
console.log(`# p99 ${full.p99} a day, ${same.p99} unchanged`);

for (const [name, v] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${Number.isInteger(v) ? v : v.toFixed(3)}`);
writeFileSync("build/bench/day.json", JSON.stringify(figures, null, "\t"));
process.exit(0);
