// The technicians' service worker: built from tech/sw.ts, with the list of what the app needs to open without signal.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { transformWithEsbuild } from "vite";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const files = new Set();
const take = (key) => {
	const chunk = manifest[key];
	if (!chunk || files.has(`/${chunk.file}`)) return;
	files.add(`/${chunk.file}`);
	for (const f of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(`/${f}`);
	for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) take(next);
};
take("tech/index.html");
for (const icon of ["/tech/icon.svg", "/tech/manifest.webmanifest"]) files.add(icon);
const list = [...files].sort();

const source = readFileSync(new URL("../tech/worker/sw.ts", import.meta.url), "utf8");
const page = readFileSync(new URL("tech/index.html", dist));
/* A changed page, list or worker is a new build: browsers then take the new worker. */
const build = createHash("sha256")
	.update(list.join("\n"))
	.update(page)
	.update(source)
	.digest("hex")
	.slice(0, 12);
const { code } = await transformWithEsbuild(source, "sw.ts", {
	minify: true,
	target: "es2022",
	define: { SHELL: JSON.stringify(list), BUILD: JSON.stringify(build) },
});
writeFileSync(new URL("tech/sw.js", dist), code);
console.log(`tech/sw.js keeps ${list.length} files`);
