// record.mjs -- the customer record of one company with 20,000 customers and 500,000 visits: milliseconds of a request,
// and the same as a multiple of what its statements alone cost the database, one after the other.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { company } from "../house/harness.mjs";
import { CUSTOMERS, fill } from "./fill.mjs";

const ASKED = Number(process.env.ASKED ?? 400);
const SECONDS = Number(process.env.BENCH_S ?? 3);
const percentile = (v, p) => [...v].sort((a, b) => a - b)[Math.min(v.length - 1, Math.floor(v.length * p))];
const letters = (n) => Array.from({ length: 13 }, (_, i) => "0123456789abcdefghjkmnpqrstvwxyz"[Number((BigInt(n) >> BigInt(5 * (12 - i))) & 31n)]).join("");
const anybody = () => letters(1001 + Math.floor(Math.random() * CUSTOMERS));

const c = await company();
fill(c.schema);
const office = c.owner.visitor;

async function asked(path) {
	const took = [];
	for (let i = 0; i < ASKED; i++) {
		const t = performance.now();
		const answer = await office.get(path());
		took.push(performance.now() - t);
		if (answer.status !== 200) throw new Error(`${path()}: ${answer.status} ${answer.text.slice(0, 200)}`);
	}
	return { p50: percentile(took, 0.5), p95: percentile(took, 0.95) };
}

function raw(statements) {
	const file = "build/bench/statements.sql";
	mkdirSync("build/bench", { recursive: true });
	writeFileSync(file, `${["SET @c = 1001 + FLOOR(RAND() * 20000)", "SELECT id, seen_at FROM session LIMIT 1", ...statements].join("\n")}\n`);
	return 1000 / Number(execFileSync("build/tests/bench/raw", [c.schema, "1", String(SECONDS), file], { encoding: "utf8" }));
}

const PAGE = [
	"SELECT * FROM customer WHERE id = @c",
	"SELECT tag FROM tag WHERE on_kind = 1 AND on_id = @c",
	"SELECT * FROM contact WHERE customer_id = @c",
	"SELECT n.*, s.name AS staff_name FROM note n LEFT JOIN staff s ON s.id = n.staff_id WHERE n.customer_id = @c ORDER BY n.pinned DESC, n.id DESC LIMIT 200",
	"SELECT g.*, t.rule FROM agreement g LEFT JOIN term t ON t.agreement_id = g.id AND t.from_day = (SELECT MAX(l.from_day) FROM term l WHERE l.agreement_id = g.id AND l.kind = 1 AND l.from_day <= '2026-11-21') WHERE g.customer_id = @c",
	"SELECT * FROM property WHERE customer_id = @c",
	"SELECT b.* FROM property p JOIN pool b ON b.property_id = p.id WHERE p.customer_id = @c",
	"SELECT e.* FROM property p JOIN pool b ON b.property_id = p.id JOIN equipment e ON e.pool_id = b.id WHERE p.customer_id = @c",
];
const TIMELINE = ["SELECT * FROM customer WHERE id = @c", "SELECT * FROM event WHERE customer_id = @c ORDER BY at DESC, id DESC LIMIT 51"];

await asked(() => `/api/office/customers/${anybody()}`); // warm
const page = await asked(() => `/api/office/customers/${anybody()}`);
const timeline = await asked(() => `/api/office/customers/${anybody()}/timeline`);
const figures = { customers: CUSTOMERS, page_p50_ms: page.p50, page_p95_ms: page.p95, page_raw_ms: raw(PAGE), timeline_p50_ms: timeline.p50, timeline_p95_ms: timeline.p95, timeline_raw_ms: raw(TIMELINE) };
figures.page_to_raw = figures.page_p50_ms / figures.page_raw_ms;
figures.timeline_to_raw = figures.timeline_p50_ms / figures.timeline_raw_ms;

for (const [name, v] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${Number.isInteger(v) ? v : v.toFixed(3)}`);
writeFileSync("build/bench/record.json", JSON.stringify(figures, null, "\t"));
process.exit(0);
