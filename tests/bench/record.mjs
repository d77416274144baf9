// record.mjs -- the customer record of one company with 20,000 customers and 500,000 visits: milliseconds of a request,
// and the same as a multiple of what its statements alone cost the database, one after the other.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { company, where } from "../house/harness.mjs";
import { CUSTOMERS, fill, grams, nameOf } from "./fill.mjs";

const ASKED = Number(process.env.ASKED ?? 400);
const SECONDS = Number(process.env.BENCH_S ?? 3);
const percentile = (v, p) => [...v].sort((a, b) => a - b)[Math.min(v.length - 1, Math.floor(v.length * p))];
const letters = (n) => Array.from({ length: 13 }, (_, i) => "0123456789abcdefghjkmnpqrstvwxyz"[Number((BigInt(n) >> BigInt(5 * (12 - i))) & 31n)]).join("");
const anybody = () => letters(1001 + Math.floor(Math.random() * CUSTOMERS));

const c = await company();
fill(c.schema);
const office = c.owner.visitor;

async function asked(path, times = ASKED) {
	const took = [];
	for (let i = 0; i < times; i++) {
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

/* Somebody's name with two letters in the wrong order, as it is typed. */
function question() {
	const name = nameOf(1 + Math.floor(Math.random() * CUSTOMERS)).split(" ").slice(0, 2).join(" ");
	return name.slice(0, -3) + name.at(-2) + name.at(-3) + name.at(-1);
}
const open = grams(question()).slice(0, -1);
const SEARCH = [
	`SELECT c.id FROM (SELECT m.customer_id, COUNT(*) AS shared FROM gram m WHERE m.gram IN (${open}) GROUP BY m.customer_id HAVING shared >= ${Math.max(1, open.length - 6)} ORDER BY shared DESC, m.customer_id LIMIT 200) f JOIN customer c ON c.id = f.customer_id ORDER BY f.shared DESC, c.name LIMIT 51`,
	"SELECT c.*, (SELECT t.phone FROM contact t WHERE t.customer_id = c.id LIMIT 1), (SELECT p.street FROM property p WHERE p.customer_id = c.id LIMIT 1) FROM customer c WHERE c.id BETWEEN @c AND @c + 49",
];

const IS = "c.merged_into IS NULL AND c.standing <> 5";
const LACKING = `EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL AND x.city = 'Phoenix')
	AND EXISTS (SELECT 1 FROM property x JOIN pool o ON o.property_id = x.id WHERE x.customer_id = c.id AND x.archived_at IS NULL AND o.archived_at IS NULL AND o.volume_l IS NULL)`.replace(/\s+/g, " ");
const FILTERED = [
	`SELECT c.id FROM customer c WHERE ${IS} AND ${LACKING} ORDER BY c.name, c.id LIMIT 51`,
	"SELECT c.*, (SELECT t.phone FROM contact t WHERE t.customer_id = c.id LIMIT 1), (SELECT p.street FROM property p WHERE p.customer_id = c.id LIMIT 1) FROM customer c WHERE c.id BETWEEN @c AND @c + 49",
	`SELECT COUNT(*) FROM customer c WHERE ${IS} AND ('x' = '' OR ${LACKING})`,
];
/* What the house itself measured: the last so many answers of an endpoint. */
function served(verb, times) {
	const lines = readdirSync(join(where.dir, "log")).filter((f) => f.startsWith("web"))
		.flatMap((f) => readFileSync(join(where.dir, "log", f), "utf8").split("\n"));
	const took = lines.filter((l) => l.includes(`t=${c.slug} `) && l.includes(`verb=${verb} `)).slice(-times).map((l) => Number(/ ms=([\d.]+)/.exec(l)[1]));
	if (took.length < times) throw new Error(`${verb}: ${took.length} lines`);
	return percentile(took, 0.5);
}

await asked(() => `/api/office/customers/${anybody()}`); // warm
const page = await asked(() => `/api/office/customers/${anybody()}`);
const timeline = await asked(() => `/api/office/customers/${anybody()}/timeline`);
const figures = { customers: CUSTOMERS, page_server_p50_ms: served('"GET office/customers/:id"', ASKED), page_p50_ms: page.p50, page_p95_ms: page.p95, page_raw_ms: raw(PAGE), timeline_p50_ms: timeline.p50, timeline_p95_ms: timeline.p95, timeline_raw_ms: raw(TIMELINE) };
const found = await asked(() => `/api/office/customers?q=${encodeURIComponent(question())}`);
const list = await asked(() => "/api/office/customers");
const lacking = await asked(() => "/api/office/customers?lacking=volume&city=Phoenix");
const started = performance.now();
const twins = (await office.get("/api/office/duplicates")).body;
const twins_ms = performance.now() - started;
Object.assign(figures, {
	search_p50_ms: found.p50, search_p95_ms: found.p95, search_raw_ms: raw(SEARCH), list_p50_ms: list.p50, list_p95_ms: list.p95,
	filtered_p50_ms: lacking.p50, filtered_p95_ms: lacking.p95, filtered_raw_ms: raw(FILTERED), duplicates_ms: twins_ms, duplicates: twins.total,
});
figures.search_to_raw = figures.search_p50_ms / figures.search_raw_ms;
figures.filtered_to_raw = figures.filtered_p50_ms / figures.filtered_raw_ms;
figures.page_to_raw = figures.page_p50_ms / figures.page_raw_ms;
figures.timeline_to_raw = figures.timeline_p50_ms / figures.timeline_raw_ms;

const WEEK = [`SELECT v.id, v.day, v.tech_id, v.seq, v.from_minute, v.to_minute, v.minutes, v.state, v.source, v.by_hand, v.agreement_id, v.occurs_day,
	v.customer_id, c.name AS customer, v.property_id, p.street, p.city, v.pool_id, v.service_id, s.name AS service, v.skip_reason, v.note, v.version
	FROM visit v FORCE INDEX (day) STRAIGHT_JOIN customer c ON c.id = v.customer_id STRAIGHT_JOIN property p ON p.id = v.property_id
	STRAIGHT_JOIN service s ON s.id = v.service_id WHERE v.day BETWEEN '2024-03-04' AND '2024-03-10' ORDER BY v.day, v.tech_id, v.seq, v.id LIMIT 6001`.replace(/\s+/g, " ")];
const A_WEEK = "/api/office/visits?from=2024-03-04&to=2024-03-10";
const lines = (await office.get(A_WEEK)).body.rows.length;
if (lines !== 5000) throw new Error(`a week of 5,000 stops has ${lines}`);
const week = await asked(() => A_WEEK, Math.ceil(ASKED / 8));
Object.assign(figures, { week_of_5000_p50_ms: week.p50, week_of_5000_p95_ms: week.p95, week_of_5000_raw_ms: raw(WEEK) });
figures.week_of_5000_to_raw = figures.week_of_5000_p50_ms / figures.week_of_5000_raw_ms;

for (const [name, v] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${Number.isInteger(v) ? v : v.toFixed(3)}`);
writeFileSync("build/bench/record.json", JSON.stringify(figures, null, "\t"));
process.exit(0);
