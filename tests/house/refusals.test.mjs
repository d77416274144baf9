// What nginx refuses by itself, before a program sees it: always a 4xx that names the part that is wrong, in the
// reader's language, as JSON to those who ask the API and as a page to everybody else.
import assert from "node:assert/strict";
import { connect as connect_h2 } from "node:http2";
import net from "node:net";
import { before, test } from "node:test";
import tls from "node:tls";
import { company, granted, mailbox, neighbours, refused, site, sql, Visitor, where, word } from "./harness.mjs";
import { production } from "./production.mjs";

let c;
before(async () => {
	c = await company();
});

/** The bytes as they are, over a socket of their own: node's client would refuse to send most of these. */
function send(bytes, connect = (then) => net.connect(where.port, "127.0.0.1", then)) {
	return new Promise((done, failed) => {
		const socket = connect(() => socket.write(bytes));
		let text = "";
		socket.setEncoding("utf8");
		socket.setTimeout(20_000, () => socket.destroy(new Error(`no answer to ${String(bytes).slice(0, 80)}`)));
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

/* ---- whose a host is ---- */

/* A row of numbers that is the same each time: what failed once fails again. */
function dice(seed) {
	let x = seed;
	return (n) => {
		x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
		return Math.floor((x / 2 ** 32) * n);
	};
}
/* What the wire means by the line of a host: blanks around it, its port and the dot of the root say nothing. */
const named = (host) => host.replace(/^[ \t]+|[ \t]+$/g, "").toLowerCase().replace(/:.*$/s, "").replace(/\.$/, "");

function bent(bases, roll) {
	let host = bases[roll(bases.length)];
	for (let times = 1 + roll(3); times > 0; times--) {
		const at = roll(host.length + 1), other = bases[roll(bases.length)];
		const byte = String.fromCharCode([roll(32), 32 + roll(95), 127 + roll(129), ..."..::@/#,-_%[]\0\t "].map((b) => (typeof b === "string" ? b.charCodeAt(0) : b))[roll(20)]).replace(/[\r\n]/, ".");
		host = [
			() => host.slice(0, at) + byte + host.slice(at),
			() => host.slice(0, at) + host.slice(at + 1),
			() => host.slice(0, at) + host.slice(at, at + 1).toUpperCase() + host.slice(at + 1),
			() => host + byte + other,
			() => host.slice(0, at) + other.slice(roll(other.length)),
		][roll(5)]();
	}
	return host;
}

test("whatever a request calls its host: no other company's page, no fault, and a customer's cookie is of one company; at production's street too", async () => {
	const n = neighbours(), own = `portal.xn--pscinas-i2a-${word()}.example`, theirs = `clients.${word()}.example`, bare = `bare.${word()}.example`;
	/* As long as the table takes: nginx has to start with it. */
	const long = `${`${"l".repeat(59)}.`.repeat(2)}${word()}`.padEnd(182, "x").concat(".example");
	const row = (host, of) => `('${host}', ${of.schema.match(/\d+$/)[0]}, 1, UNIX_TIMESTAMP())`;
	const email = `dana@${word()}.example`;
	sql(`INSERT INTO pool_control.host (host, tenant_id, verified_at, seen_at) VALUES ${row(own, c)}, ${row(theirs, n)}, ${row(long, n)}, ${row(bare, c)}`);
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${BigInt(Date.now()) << 21n}, 'Dana', '${email}', 'en', 0)`, c.schema);
	const street = await production([own, theirs, long]);
	try {
		assert.deepEqual([...street.servers.matchAll(/server_name (\S+);/g)].map((m) => m[1]).filter((h) => [own, theirs, long, bare].includes(h)).sort(), [own, theirs, long].sort(), "only who has a certificate");
		const dana = new Visitor(where, own);
		granted(await dana.post("/api/auth/portal-links", { email }), 204);
		granted(await dana.post("/api/auth/portal-sessions", { token: await mailbox.token(email, "portal/enter") }), 201);
		const cookie = [...dana.jar].map((pair) => pair.join("=")).join("; ");
		const company_of = new Map();
		for (const [whose, names] of [[c, [own, bare, c.host]], [n, [theirs, long, n.host]]])
			for (const name of names) company_of.set(name, { keys: granted(await new Visitor(where, whose.host).get("/.well-known/pool-keys.json")).company, whose });

		const secure = (name) => (then) => tls.connect({ port: street.tls, host: "127.0.0.1", servername: name, rejectUnauthorized: false }, then);
		const ask = (path, host, via, more = []) =>
			send(Buffer.from(lines(`GET ${path} HTTP/1.1`, ...[host].flat().map((h) => `Host: ${h}`), "Accept-Language: en", `Cookie: ${cookie}`, "Connection: close", ...more), "latin1"), via);
		/* -> whose it was: c, n or null */
		const look = async (host, via, first = "") => {
			const said = `${JSON.stringify(host)}${via ? " by https" : ""}`, of = company_of.get(named(first ? first.slice(7) : [host].flat()[0]))?.whose ?? null;
			const [keys, home, page] = await Promise.all(["/.well-known/pool-keys.json", "/api/portal/home", "/portal/"].map((path) => ask(first + path, host, via)));
			for (const got of [keys, home, page]) assert.ok(got.status < 500, `${said}: ${got.status} ${got.text.slice(0, 300)}`);
			const is = keys.status === 200 ? ([...company_of.values()].find((x) => x.keys === keys.body.company)?.whose ?? "somebody") : null;
			assert.ok(is === null || is === of, `${said}: the keys of ${is?.slug ?? is}`);
			assert.ok(home.status !== 200 || of === c, `${said}: Dana's home`);
			if (is === n) refused(home, 401, "signed_out");
			if (is === null) assert.doesNotMatch(keys.text + home.text, /Dana|CANARY/, said);
			/* Below our own name the page is a file: it says nothing of any company, and asks for what it shows. */
			if (is === null && !/localhost/i.test(host)) assert.doesNotMatch(page.text, /id="app"/, said);
			return is;
		};
		const streets = [["plain", undefined], ["tls", secure(own)]];
		for (const [, via] of streets) {
			for (const host of [own, own.toUpperCase(), `Portal.${own.slice(7)}`, `${own}:${where.port}`, `${own}:1`, `${own}.`, `${own.toUpperCase()}.:443`, ` ${own} `, c.host, bare]) assert.equal((await look(host, via))?.slug, c.slug, host);
			for (const host of [theirs, long, `${long}.`, n.host]) assert.equal((await look(host, via))?.slug, n.slug, host);
			for (const host of ["", " ", ".", "..", ":", `:${where.port}`, "localhost", "127.0.0.1", `127.0.0.1:${where.port}`, "2130706433", "0x7f.1", "[::1]", "[::1]:80", "[", "_", "*", `*.${own.slice(7)}`,
				`x.${own}`, `.${own}`, `${own}..`, own.replace(".", ".."), `${own}@${theirs}`, `${own},${theirs}`, `${own}/`, `${own}#`, `${own}?`, `${own}%00`, `${own}\0`, `${own}\0.localhost`, `${own}\t${theirs}`,
				own.replace("xn--pscinas-i2a", "p\u00edscinas"), `x${long}`, "x".repeat(253), "a.".repeat(120), "h".repeat(7000), "h".repeat(9000), `${own}-`, `-${own}`, "nobody.example", [own, theirs], [theirs, own], [own, own]])
				assert.equal(await look(host, via), null, JSON.stringify(host).slice(0, 80));
			/* The name in the first line comes before the header. */
			assert.equal((await look(own, via, `http://${theirs}`))?.slug, n.slug);
			assert.equal((await look(theirs, via, `http://${own}`))?.slug, c.slug);
		}
		const roll = dice(6), odd = Array.from({ length: 160 }, () => bent([own, theirs, c.host, n.host, "localhost", "127.0.0.1", "[::1]", long], roll));
		const whose = new Map();
		for (let i = 0; i < odd.length; i += 8) await Promise.all(odd.slice(i, i + 8).map(async (host, k) => {
			const is = (await look(host, streets[k % 4 === 0 ? 1 : 0][1]))?.slug ?? "nobody";
			whose.set(is, (whose.get(is) ?? 0) + 1);
		}));
		assert.ok(whose.size === 3, "some were still a company's name, the others nobody's");

		/* As browsers ask, by HTTP/2: its name is the authority's, whatever the certificate was for; a second one is refused. */
		const h2 = connect_h2(`https://127.0.0.1:${street.tls}`, { servername: own, rejectUnauthorized: false });
		const h2_ask = (headers) => new Promise((done, failed) => {
			const stream = h2.request({ ":path": "/api/portal/home", cookie, ...headers }).on("error", failed).on("response", (got) => done(got[":status"]));
			stream.resume();
		});
		try {
			assert.equal(await h2_ask({ ":authority": own }), 200);
			assert.equal(await h2_ask({ ":authority": theirs }), 401);
			for (const two of [{ ":authority": own, host: theirs }, { ":authority": theirs, host: own }]) assert.equal(await h2_ask(two), 400);
		} finally {
			h2.close();
		}

		/* Production's door of its own: its certificate, its promise of https for this one name, its start, and nothing of the office. */
		const shown = (name) => new Promise((done, failed) => {
			const line = secure(name)(() => { done(line.getPeerCertificate().subjectaltname); line.destroy(); }).on("error", failed);
		});
		for (const name of [own, theirs, long]) assert.equal(await shown(name), `DNS:${name}`);
		assert.equal(await shown(bare), "DNS:localhost, DNS:*.localhost", "without a certificate it is the house's, and browsers warn");
		const page = await ask("/portal/bill", own, secure(own));
		assert.equal(page.headers["strict-transport-security"], "max-age=63072000");
		assert.match(page.headers["content-security-policy"], /frame-ancestors 'none'/);
		const start = await ask("/", own, secure(own));
		assert.deepEqual([start.status, start.headers.location], [308, `https://${own}:${street.tls}/portal/`]);
		for (const path of ["/schedule", "/tech/", "/api/office/me", "/api/auth/sessions", "/shown/portal", "/carried/x"]) assert.equal((await ask(path, own, secure(own))).status, 404, path);
		const plain = await ask("/portal/?x=1", own, (then) => net.connect(street.http, "127.0.0.1", then));
		assert.deepEqual([plain.status, plain.headers.location], [308, `https://${own}/portal/?x=1`]);
	} finally {
		await street.close();
		sql(`DELETE FROM pool_control.host WHERE host IN ('${own}', '${theirs}', '${long}', '${bare}')`);
	}
});
