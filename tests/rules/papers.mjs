/*
 * node tests/rules/papers.mjs COUNT [--bent] -- documents as the house seals them (build/tests/rules/papers), read by another hand:
 * JSON.parse and RFC 8785 must give the same bytes again, and OpenSSL must find the signature good, and good for no other kind
 * of document. --bent: a canon that forgets the order of keys, which must be seen. Says the first that differ; "equal N" at the end.
 */
import { spawn } from "node:child_process";
import { createHash, createPublicKey, verify } from "node:crypto";

const COUNT = Number(process.argv[2] ?? 1000);
const BENT = process.argv.includes("--bent");

/* RFC 8785: no spaces, keys in the order of their UTF-16 letters, numbers and strings as JSON.stringify writes them. */
function canon(v) {
	if (Array.isArray(v)) return `[${v.map(canon).join(",")}]`;
	if (v === null || typeof v !== "object") return JSON.stringify(v);
	const keys = BENT ? Object.keys(v).reverse() : Object.keys(v).sort();
	return `{${keys.map((k) => `${JSON.stringify(k)}:${canon(v[k])}`).join(",")}}`;
}
const keys = new Map();
const keyOf = (hex) => {
	if (!keys.has(hex)) keys.set(hex, createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(hex, "hex").toString("base64url") }, format: "jwk" }));
	return keys.get(hex);
};
const signed = (kind, bytes) => Buffer.concat([Buffer.from(`pool/${kind}/v1\0`), createHash("blake2b512").update(bytes).digest()]);

const made = spawn("build/tests/rules/papers", [String(COUNT)], { stdio: ["ignore", "pipe", "inherit"] });
let n = 0;
let wrong = 0;
const say = (what, bytes) => {
	if (wrong++ < 5) console.log(`document ${n}: ${what}: ${bytes.slice(0, 300)}`);
};
// Lines end with \n alone: a document may hold what other programs take for the end of a line.
let rest = "";
const ended = new Promise((done) => made.on("close", done));
made.stdout.setEncoding("utf8");
for await (const chunk of made.stdout) {
	const lines = (rest + chunk).split("\n");
	rest = lines.pop();
	for (const line of lines) {
		const [key, signature] = line.split(" ", 2);
		const bytes = line.slice(key.length + signature.length + 2);
		const under = Buffer.from(signature, "hex");
		if (canon(JSON.parse(bytes)) !== bytes) say("other bytes", bytes);
		if (!verify(null, signed("document", bytes), keyOf(key), under)) say("a bad signature", bytes);
		if (n < 100 && verify(null, signed("visit", bytes), keyOf(key), under)) say("good for a visit, too", bytes);
		n++;
	}
}
if ((await ended) !== 0 || n !== COUNT) say(`${n} of ${COUNT} came`, "");
console.log(wrong ? `${wrong} documents differ` : `equal ${n}`);
process.exit(wrong ? 1 : 0);
