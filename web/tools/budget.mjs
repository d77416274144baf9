// First load of each app in gzip, against its budget; the build fails when one is over.
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const KB = 1024;
const budgets = [
	{ app: "portal", entries: /^portal\/index\.html$/, js: 45 * KB, css: 20 * KB },
	{ app: "tech", entries: /^tech\/index\.html$/, js: 80 * KB, css: 20 * KB, all: true },
	{ app: "office", entries: /^office\/index\.html$/, js: 120 * KB, css: 20 * KB, screen: 40 * KB },
];
const size = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

/* Everything that a chunk pulls in before it can run; with `lazy` also what it may ask for later. */
function closure(key, lazy, seen = new Set()) {
	if (seen.has(key)) return seen;
	seen.add(key);
	const chunk = manifest[key];
	for (const next of chunk.imports ?? []) closure(next, lazy, seen);
	if (lazy) for (const next of chunk.dynamicImports ?? []) closure(next, lazy, seen);
	return seen;
}
const weigh = (keys) => {
	const js = new Set();
	const css = new Set();
	for (const key of keys) {
		if (manifest[key].file.endsWith(".js")) js.add(manifest[key].file);
		for (const file of manifest[key].css ?? []) css.add(file);
	}
	const sum = (files) => [...files].reduce((n, f) => n + size(f), 0);
	return { js: sum(js), css: sum(css) };
};

let over = 0;
const line = (what, bytes, limit) => {
	const bad = bytes > limit;
	if (bad) over += 1;
	const kb = (n) => `${(n / KB).toFixed(1)} KB`;
	console.log(
		`${bad ? "OVER " : "     "}${what.padEnd(34)}${kb(bytes).padStart(9)} of ${kb(limit)}`,
	);
};

/* The site's pages are plain HTML: what each of them names is what it loads. */
const folder = new URL("site/", dist);
let heaviest = { js: 0, css: 0 };
for (const page of readdirSync(folder, { recursive: true }).map(String)) {
	if (!page.endsWith(".html")) continue;
	const html = readFileSync(new URL(page, folder), "utf8");
	const named = (kind) => [
		...new Set(html.match(new RegExp(`assets/[\\w.-]+\\.${kind}`, "g")) ?? []),
	];
	const sum = (kind) => named(kind).reduce((n, file) => n + size(file), 0);
	heaviest = { js: Math.max(heaviest.js, sum("js")), css: Math.max(heaviest.css, sum("css")) };
}
line("site first load, script", heaviest.js, 25 * KB);
line("site first load, style", heaviest.css, 20 * KB);

for (const b of budgets) {
	const entries = Object.keys(manifest).filter((k) => manifest[k].isEntry && b.entries.test(k));
	if (entries.length === 0) throw new Error(`no entry of ${b.app} in the manifest`);
	let worst = { js: 0, css: 0 };
	for (const key of entries) {
		const w = weigh(closure(key, b.all));
		worst = { js: Math.max(worst.js, w.js), css: Math.max(worst.css, w.css) };
		if (!b.screen) continue;
		const first = closure(key, false);
		for (const lazy of manifest[key].dynamicImports ?? []) {
			const extra = [...closure(lazy, false)].filter((k) => !first.has(k));
			line(`${b.app} screen ${manifest[lazy].name}`, weigh(extra).js, b.screen);
		}
	}
	line(`${b.app} first load, script`, worst.js, b.js);
	line(`${b.app} first load, style`, worst.css, b.css);
}
/* What comes later than a first load has its ceiling too. */
const map = Object.values(manifest).find((c) => c.file.includes("leaflet"));
if (map) line("map, when one is looked at", size(map.file), 60 * KB);
line("tech service worker", size("tech/sw.js"), 8 * KB);
if (over > 0) {
	console.error(`${over} over budget`);
	process.exit(1);
}
