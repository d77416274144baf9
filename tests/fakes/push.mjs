// push.mjs -- a push service as RFC 8030 has it, with phones of its own, and able to fail on purpose. Whether what comes
// is well sealed and signed is for web-push's own parts to say: http_ece opens it, Node checks the token.
import { createECDH, createPublicKey, randomBytes, verify } from "node:crypto";
import http from "node:http";

/** -> {url, phone(), close()}. A phone: {address, p256dh, secret, heard: [...], fault} */
export async function pushService() {
	const phones = new Map();
	const server = http.createServer((req, res) => {
		const parts = [];
		req.on("data", (p) => parts.push(p));
		req.on("end", () => take(phones.get(req.url), req, Buffer.concat(parts), res));
	});
	await new Promise((done) => server.listen(Number(process.env.PUSH_PORT ?? 0), "127.0.0.1", done));
	server.unref();
	const url = `http://127.0.0.1:${server.address().port}`;
	return {
		url,
		phone() {
			const keys = createECDH("prime256v1");
			keys.generateKeys();
			const path = `/push/${randomBytes(12).toString("hex")}`;
			const phone = { address: url + path, keys, auth: randomBytes(16), p256dh: keys.getPublicKey("base64url"), heard: [], refused: [], fault: null };
			phone.secret = phone.auth.toString("base64url");
			phones.set(path, phone);
			return phone;
		},
		close: () => server.close(),
	};

	async function take(phone, req, body, res) {
		const say = (status, headers = {}) => {
			res.writeHead(status, headers);
			res.end();
		};
		if (!phone || req.method !== "POST") return say(404);
		const fault = phone.fault?.times === 0 ? null : phone.fault;
		if (fault?.times) fault.times--;
		if (fault) {
			phone.refused.push(fault.status);
			return say(fault.status, fault.headers);
		}
		phone.heard.push({ at: Date.now(), headers: req.headers, body });
		say(201, { location: `${url}/message` });
	}
}

/** The claims of a push's token, if it is signed by the key that it names and that the phone was made for. */
export function claims(message, key) {
	const [, token, k] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(message.headers.authorization) ?? [];
	if (k !== key) throw new Error("signed by another key");
	const [head, payload, signature] = token.split(".");
	const point = Buffer.from(k, "base64url");
	const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
	const good = verify("sha256", Buffer.from(`${head}.${payload}`), { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
	if (!good) throw new Error("the signature does not hold");
	if (JSON.parse(Buffer.from(head, "base64url")).alg !== "ES256") throw new Error("not ES256");
	return JSON.parse(Buffer.from(payload, "base64url"));
}
