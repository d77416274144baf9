// bills.mjs -- the month of a company with 5,000 customers: everybody's bill reckoned and looked at, the run stopped and gone
// on with, statements numbered, signed, in the ledger, and each drawn as a PDF. What is promised is seconds, so the clock
// decides: a run within a minute, the papers within five. (CUSTOMERS=200 for a look.)
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { company, granted, sql, where } from "../house/harness.mjs";

const CUSTOMERS = Number(process.env.CUSTOMERS ?? 5000);
const DOSES = 4;
const PROMISED = { run_s: 60, papers_s: 300 };
const day = (n) => new Date(Date.now() - 7 * 3600000 + n * 86400000).toISOString().slice(0, 10);
const number = (statement) => Number(sql(statement, c.schema)[0][0]);
const seconds = (from) => (performance.now() - from) / 1000;

const c = await company({ zone: "America/Phoenix" });
const office = c.owner.visitor;
const id = BigInt(Date.now()) << 21n;
const rules = granted(await office.get("/api/office/billing"));
granted(await office.put("/api/office/billing", { ...rules, mails: false, shows: "statement" }));
granted(await office.post("/api/office/taxes", { name: "Texas", code: "service", area: "austin", rate_ppm: 82500, from_day: "2020-01-01" }), 201);
sql(`INSERT INTO customer (id, name, email, language, created_at, bill_street, bill_city, bill_region, bill_postcode)
		SELECT ${id} + seq, CONCAT('Customer ', seq), CONCAT('c', seq, '@home.example'), IF(seq % 3 = 0, 'es', 'en'), 0, CONCAT(seq, ' Palm Way'), 'Austin', 'TX', '78701' FROM seq_1_to_${CUSTOMERS};
	INSERT INTO property (id, customer_id, street, city, region, postcode, tax_area)
		SELECT ${id} + seq, ${id} + seq, CONCAT(seq, ' Palm Way'), 'Austin', 'TX', '78701', 'austin' FROM seq_1_to_${CUSTOMERS}`, c.schema);

/* A month and what was poured in it, of everybody; every tenth pays more for it than the last time. */
function month(n) {
	sql(`INSERT INTO bill_line (id, customer_id, property_id, kind, line_key, day, from_day, to_day, text, rate_cents, unit_cents, net_cents, tax_code, tax_area, made_at)
			SELECT ${id + BigInt(n) * 1000000n} + seq, ${id} + seq, ${id} + seq, 1, CONCAT('month:', ${n}, ':', seq), '${day(-2)}', '${day(-32)}', '${day(-2)}', 'Weekly service', 16500, 16500, 16500, 'service', 'austin', 0 FROM seq_1_to_${CUSTOMERS};
		INSERT INTO bill_line (id, customer_id, property_id, kind, line_key, day, from_day, to_day, text, quantity_milli, unit_cents, net_cents, made_at)
			SELECT ${id + BigInt(n) * 1000000n + 100000n} + seq, ${id} + 1 + (seq - 1) DIV ${DOSES}, ${id} + 1 + (seq - 1) DIV ${DOSES}, 4, CONCAT('dose:', ${n}, ':', seq), '${day(-2)}', '${day(-2)}', '${day(-2)}', 'Chlorine tablets', 1000,
			350 + IF((seq - 1) DIV ${DOSES} % 10 = 0, ${n} * 40, 0), 350 + IF((seq - 1) DIV ${DOSES} % 10 = 0, ${n} * 40, 0), 0 FROM seq_1_to_${CUSTOMERS * DOSES}`, c.schema);
}

// Looked at once a second, as people do: whoever asks all the time measures their own questions.
const until = async (what, ask, wanted, most) => {
	for (const end = Date.now() + most * 1000; ; await new Promise((done) => setTimeout(done, 1000))) {
		const is = await ask();
		if (wanted(is)) return is;
		if (Date.now() > end) throw new Error(`not in time: ${what}: ${JSON.stringify(is)}`);
	}
};
const state = async (run) => granted(await office.get(`/api/office/bill-runs/${run}`));
async function reckoned() {
	const from = performance.now();
	const run = granted(await office.post("/api/office/bill-runs", { day: day(0), until: day(0) }), 201).id;
	const seen = new Set();
	const dry = await until("everybody is reckoned", async () => { const r = await state(run); seen.add(r.total); return r; }, (r) => r.state === "dry", 300);
	if (dry.total !== CUSTOMERS || dry.wrong > 0) throw new Error(`reckoned ${dry.total}, wrong ${dry.wrong}`);
	return { run, dry, took: seconds(from), steps: seen.size };
}
const drawn = () => number("SELECT COUNT(*) FROM bill b JOIN file f ON f.id = b.id WHERE b.kind = 3");

month(1);
const first = await reckoned();
granted(await office.post(`/api/office/bill-runs/${first.run}/starts`), 201);
await until("the month before is billed", () => state(first.run), (r) => r.state === "done", 300);
await until("and drawn", drawn, (n) => n === CUSTOMERS, 900);

month(2);
const second = await reckoned();
const figures = { customers: CUSTOMERS, lines: CUSTOMERS * (1 + DOSES), preview_s: second.took, differences: second.dry.different, progress_seen: second.steps };
if (second.dry.different !== CUSTOMERS / 10) throw new Error(`${second.dry.different} are different`);
let from = performance.now();
granted(await office.get(`/api/office/bill-runs/${second.run}/rows?show=different`));
figures.differences_page_ms = 1000 * seconds(from);

// Started, stopped in the middle, gone on with.
from = performance.now();
granted(await office.post(`/api/office/bill-runs/${second.run}/starts`), 201);
await until("it has begun", () => state(second.run), (r) => r.done > 0, 60);
granted(await office.post(`/api/office/bill-runs/${second.run}/stops`), 201);
const half = await state(second.run);
if (half.state !== "dry" || half.done === 0 || half.done === CUSTOMERS) throw new Error(`stopped: ${half.state} at ${half.done}`);
figures.stopped_at = half.done;
granted(await office.post(`/api/office/bill-runs/${second.run}/starts`), 201);
const done = await until("everybody is billed", () => state(second.run), (r) => r.state === "done", 600);
figures.billed_s = seconds(from);
figures.run_s = figures.preview_s + figures.billed_s;
await until("everybody's paper is drawn", drawn, (n) => n === 2 * CUSTOMERS, 900);
figures.papers_s = seconds(from); // from the press of the button to the last of the papers

// Once each, no number left out, every cent in the ledger, and what one statement ends with the next begins with.
if (done.done !== CUSTOMERS) throw new Error(`billed ${done.done}`);
const once = number("SELECT COUNT(*) = 2 * COUNT(DISTINCT customer_id) AND MAX(seq) = COUNT(*) FROM bill WHERE kind = 3");
const sums = number("SELECT SUM(e.cents) = (SELECT SUM(total_cents) FROM bill) FROM entry e WHERE e.account = 1");
const follow = number(`SELECT COUNT(*) FROM bill n JOIN bill p ON p.customer_id = n.customer_id AND p.seq <= ${CUSTOMERS} WHERE n.seq > ${CUSTOMERS} AND n.opening_cents = p.opening_cents + p.total_cents`);
if (!once || !sums || follow !== CUSTOMERS) throw new Error(`once ${once}, sums ${sums}, follow ${follow}`);
figures.pdf_bytes = Math.round(number("SELECT AVG(bytes) FROM file WHERE id IN (SELECT id FROM bill)"));
const kept = execFileSync("find", [where.dir, "-path", `*/${c.schema}/*.pdf`], { encoding: "utf8", maxBuffer: 1 << 26 }).trim().split("\n").length;
if (kept !== 2 * CUSTOMERS) throw new Error(`${kept} papers`);

for (const [name, v] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${Number.isInteger(v) ? v : v.toFixed(3)}`);
mkdirSync("build/bench", { recursive: true });
writeFileSync("build/bench/bills.json", JSON.stringify(figures, null, "\t"));
let late = 0;
for (const [name, most] of Object.entries(PROMISED))
	if (figures[name] > most) {
		console.log(`# ${name}: ${figures[name].toFixed(1)} is more than ${most}`);
		late = 1;
	}
process.exit(late);
