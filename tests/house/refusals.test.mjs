// What nginx refuses by itself, before a program sees it: always a 4xx that names the part that is wrong, in the
// reader's language, as JSON to those who ask the API and as a page to everybody else.
import assert from "node:assert/strict";
import net from "node:net";
import { before, test } from "node:test";
import { company, refused, site, where } from "./harness.mjs";

let c;
before(async () => {
	c = await company();
});

/** The bytes as they are, over a socket of their own: node's client would refuse to send most of these. */
function send(bytes) {
	return new Promise((done, failed) => {
		const socket = net.connect(where.port, "127.0.0.1", () => socket.write(bytes));
		let text = "";
		socket.setEncoding("utf8");
		socket.setTimeout(20_000, () => socket.destroy(new Error(`no answer to ${bytes.slice(0, 80)}`)));
		socket.on("error", (e) => (text ? done(answer(text)) : failed(e)));
		socket.on("close", () => done(answer(text)));
		// nginx stays on the line for a while after it refused a body: what was announced is enough.
		socket.on("data", (t) => {
			text += t;
			const length = text.match(/\r\ncontent-length: (\d+)\r\n/i)?.[1];
			const head = text.indexOf("\r\n\r\n");
			const whole = length ? head >= 0 && Buffer.byteLength(text) >= head + 4 + Number(length) : text.endsWith("\r\n0\r\n\r\n");
			if (whole) socket.destroy();
		});
	});
}
function answer(text) {
	const [head, ...rest] = text.split("\r\n\r\n");
	const [line, ...lines] = head.split("\r\n");
	const headers = Object.fromEntries(lines.map((l) => [l.slice(0, l.indexOf(":")).toLowerCase(), l.slice(l.indexOf(":") + 1).trim()]));
	let body = rest.join("\r\n\r\n");
	if (headers["transfer-encoding"] === "chunked") body = body.replace(/(?:^|\r\n)[0-9a-f]+\r\n/g, "");
	const json = headers["content-type"]?.startsWith("application/json") ? JSON.parse(body) : null;
	return { status: Number(line.split(" ")[1]), headers, text: body, body: json };
}
const lines = (...all) => `${all.filter((l) => l !== null).join("\r\n")}\r\n\r\n`;

/** first(path) is the first line, of a request whose other lines follow. */
const REFUSALS = [
	{ what: "a method of the wire", field: "method", status: 405, first: (p) => `TRACE ${p} HTTP/1.1`, words: [/This method/, /Este método/] },
	{ what: "a path with a zero", field: "path", status: 400, first: (p) => `GET ${p}%00 HTTP/1.1`, words: [/The path/, /La ruta/], early: true },
	{ what: "a path above the root", field: "path", status: 400, first: (p) => `GET ${p}../../../../x HTTP/1.1`, words: [/The path/, /La ruta/], early: true },
	{ what: "a broken escape", field: "path", status: 400, first: (p) => `GET ${p}%zz HTTP/1.1`, words: [/The path/, /La ruta/], early: true },
	{ what: "no host", field: "host", status: 400, host: null, words: [/The host/, /El servidor/] },
	{ what: "a host that is no name", field: "host", status: 400, host: "a/b", words: [/The host/, /El servidor/] },
	{ what: "a host with a blank", field: "host", status: 400, host: "a b", words: [/The host/, /El servidor/] },
	{ what: "a host that is nobody's", field: "host", status: 404, host: "nobody.example", words: [/company/, /empresa/] },
	{ what: "an endless path", field: "path", status: 414, first: (p) => `GET ${p}${"x".repeat(9000)} HTTP/1.1`, words: [/long/, /larga/], early: true },
	{ what: "an endless header", field: "header", status: 431, more: `X-Long: ${"x".repeat(9000)}`, words: [/A header/, /Un encabezado/] },
	{ what: "a length that is no number", field: "length", status: 400, more: "Content-Length: many", words: [/The length/, /La longitud/] },
	{ what: "an encoding nobody knows", field: "encoding", status: 400, more: "Transfer-Encoding: gzip", words: [/encoded/, /codificado/] },
	{ what: "a version nobody knows", field: "request", status: 400, first: (p) => `GET ${p} HTTP/9.1`, words: [/version/, /versión/], early: true },
	{ what: "a body over the ceiling", field: "body", status: 413, first: (p) => `POST ${p} HTTP/1.1`, more: "Content-Length: 99999999", words: [/large/, /grande/] },
];

for (const r of REFUSALS)
	test(`${r.what} is refused by its name, in the reader's language, as JSON or as a page`, async () => {
		for (const [host, api, page] of [["localhost", "/api/site/", "/"], [c.host, "/api/office/", "/"]])
			for (const [tongue, language] of [["en", 0], ["es-MX, en", 1]])
				for (const path of [api, page]) {
					const at = r.host === undefined ? `${host}:${where.port}` : r.host;
					const request = lines(
						r.first ? r.first(path) : `GET ${path} HTTP/1.1`,
						`Accept-Language: ${tongue}`,
						at === null ? null : `Host: ${at}`,
						"Connection: close",
						r.more ?? null,
					);
					const got = await send(request);
					const said = `${tongue} ${path} at ${at}: ${got.status} ${got.text.slice(0, 300)}`;
					assert.equal(got.status, r.status, said);
					assert.ok(got.headers["content-security-policy"], said);
					assert.ok(got.headers["x-trace"], said);
					// Refused on its first line, no header was read: then it is said in both languages.
					const wanted = r.early ? [0, 1] : [language];
					for (const l of [0, 1])
						if (wanted.includes(l)) assert.match(got.text, r.words[l], said);
						else assert.doesNotMatch(got.text, r.words[l], said);
					if (path === api) {
						assert.equal(got.body?.error.field, r.field, said);
						assert.equal(got.body.error.trace, got.headers["x-trace"]);
					} else {
						assert.match(got.headers["content-type"], /^text\/html/, said);
						assert.match(got.text, new RegExp(`<code>${r.field}</code>`), said);
						assert.match(got.text, new RegExp(`<html lang="${r.early || language === 0 ? "en" : "es"}"`), said);
						assert.ok(!got.text.includes("<!--"), said);
						if (r.host === "nobody.example") assert.ok(got.text.includes(`href="http://localhost:${where.port}/"`), said);
					}
				}
	});

test("what is no request at all is told so in both languages", async () => {
	for (const bytes of ["nonsense\r\n\r\n", "get / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n", "GET\r\n\r\n"]) {
		const got = await send(bytes);
		assert.equal(got.status, 400, JSON.stringify(bytes));
		assert.match(got.text, /This request is not well formed\./);
		assert.match(got.text, /La solicitud no está bien formada\./);
		assert.match(got.text, /<code>request<\/code>/);
	}
});

test("two lengths, two hosts, a length and pieces, pieces that are none: each is refused and names its part", async () => {
	const to = (...more) => lines("POST /api/site/companies HTTP/1.1", "Accept-Language: en", ...more, "Connection: close");
	const at = `Host: localhost:${where.port}`;
	for (const [request, field] of [
		[to(at, "Content-Length: 4", "Transfer-Encoding: chunked"), "length"],
		[to(at, "Content-Length: 4", "Content-Length: 5"), "header"],
		[to(at, "Host: other.localhost"), "header"],
		[`${to(at, "Transfer-Encoding: chunked")}zz\r\n\r\n`, "body"],
	]) {
		const got = await send(request);
		assert.equal(got.status, 400, `${request}: ${got.text}`);
		assert.equal(got.body?.error.field, field, `${request}: ${got.text}`);
	}
});

test("a page that takes no post says so; a page that is not there, and a piece that is not there", async () => {
	const visitor = site();
	const post = await visitor.post("/prices", {});
	assert.equal(post.status, 405);
	assert.ok(post.headers.allow);
	assert.match(post.text, /<code>method<\/code>/);
	const lost = await visitor.get("/no-such-page");
	assert.equal(lost.status, 404);
	assert.match(lost.text, /Nothing lives at this address/);
	const piece = await visitor.get("/prices", { range: "bytes=99999999-" });
	assert.equal(piece.status, 416);
	assert.match(piece.text, /<code>range<\/code>/);
	refused(await visitor.get("/api/nothing"), 404, "not_found", "path");
});

test("the pages of refusals cannot be asked for by their names", async () => {
	for (const path of ["/refused/json/host", "/refused/page/host", "/site/refused.html", "/site/refused-both.html", "/site/es/refused.html", "/site/404.html"])
		assert.equal((await site().get(path)).status, 404, path);
});
