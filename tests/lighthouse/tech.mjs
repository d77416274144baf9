// tech.mjs -- Lighthouse looks at the technician's app with a day of twelve stops: at least 95 in all four, on the telephone
// that Lighthouse simulates (slow 4G, a processor four times slower), and how long it takes on 3G.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { company, crew, granted, sql, url } from "../browser/harness.mjs";
import { letters } from "../house/phone.mjs";

const WANTED = 95;
const RUNS = Number(process.env.RUNS ?? 5); /* the median of so many */
const THREE_G = { rttMs: 300, throughputKbps: 700, requestLatencyMs: 1125, downloadThroughputKbps: 630, uploadThroughputKbps: 630, cpuSlowdownMultiplier: 4 };
const day = new Date(Date.now() - 7 * 3600000).toISOString().slice(0, 10);

const c = await company({ zone: "America/Phoenix" });
const tom = (await crew(c, ["technician"])).technician;
const at = BigInt(Date.now()) << 21n;
sql(`INSERT INTO customer (id, name, email, language, created_at) SELECT ${at} + seq, CONCAT('Customer ', seq), '', 'en', 0 FROM seq_1_to_12;
	INSERT INTO property (id, customer_id, street, city, region, postcode) SELECT ${at} + seq, ${at} + seq, CONCAT(seq, ' Main St'), 'Mesa', 'AZ', '85201' FROM seq_1_to_12`, c.schema);
const [level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
let stop;
for (let i = 1n; i <= 12n; i++) stop = granted(await c.owner.visitor.post("/api/office/visits", { property_id: letters(at + i), service_id: level.id, day, tech_id: tom.id, note: "", anyway: true }), 201).id;

const chromePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((p) => existsSync(p));
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--disable-dev-shm-usage", ...(process.getuid() === 0 ? ["--no-sandbox"] : [])], logLevel: "error" });
const Cookie = [...tom.visitor.jar].map(([n, v]) => `${n}=${v}`).join("; ");
const look = async (path, throttling) =>
	(await lighthouse(url(c.host, path), { port: chrome.port, extraHeaders: { Cookie }, logLevel: "error" }, { extends: "lighthouse:default", settings: { onlyCategories: ["performance", "accessibility", "best-practices", "seo"], ...(throttling && { throttling }) } })).lhr;

let bad = 0;
mkdirSync("build/bench", { recursive: true });
for (const path of ["/tech/", `/tech/stops/${stop}`]) {
	const runs = [];
	for (let n = 0; n < RUNS; n++) runs.push(await look(path));
	runs.sort((a, b) => a.categories.performance.score - b.categories.performance.score);
	const lhr = runs[RUNS >> 1];
	const name = path.startsWith("/tech/stops") ? "stop" : "today";
	writeFileSync(`build/bench/lighthouse-${name}.json`, JSON.stringify(lhr));
	console.log(`# ${name}: performance ${runs.map((r) => Math.round(r.categories.performance.score * 100)).join(", ")}; of the median: ${["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"].map((a) => `${a} ${lhr.audits[a].displayValue}`).join(", ")}`);
	for (const k of Object.values(lhr.categories)) {
		const score = Math.round((k.score ?? 0) * 100);
		bad += score < WANTED;
		console.log(`${score < WANTED ? "not ok" : "ok"} - lighthouse, ${name}: ${k.title} ${score}`);
		if (score < WANTED) for (const r of k.auditRefs) if (r.weight > 0 && (lhr.audits[r.id].score ?? 1) < 0.9) console.log(`#   ${r.id}: ${lhr.audits[r.id].displayValue ?? lhr.audits[r.id].title}`);
	}
}
const slow = (await look("/tech/", THREE_G)).audits;
console.log(`# on 3G (700 kbit/s, 300 ms): first picture ${slow["first-contentful-paint"].displayValue}, largest ${slow["largest-contentful-paint"].displayValue}, ready for taps ${slow.interactive.displayValue}, ${Math.round(slow["total-byte-weight"].numericValue / 1024)} KB`);
await chrome.kill();
process.exit(bad > 0 ? 1 : 0);
