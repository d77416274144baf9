// Lays a .gz and a .br beside each text file of dist, so that nginx only has to hand them out.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = new URL("../dist/", import.meta.url).pathname;
const text = /\.(html|js|css|svg|json|webmanifest)$/;
let files = 0;

for (const name of readdirSync(root, { recursive: true })) {
	const path = join(root, String(name));
	if (!text.test(path) || path.includes("/.vite/")) continue;
	const body = readFileSync(path);
	if (body.length < 600) continue;
	writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }));
	writeFileSync(
		`${path}.br`,
		brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
	);
	files += 1;
}
console.log(`${files} files squeezed`);
