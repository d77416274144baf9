// mailbox.mjs -- development's post office: takes mail by SMTP on loopback, shows it on a page, hands it to tests
// as JSON, and fails on request. It keeps at most 10,000 messages, in memory; nothing ever leaves this machine.
//
//   node mailbox.mjs --page 8081 --smtp 8082 [--demo build/run/main/demo.json]
//
// With --inlet in.localhost --pipe build/poolctl, what is for that domain is handed to the house as a mail server would.
//
//   GET    /api/messages?to=anna@example.com&after=17   -> [{id, to, from, subject, date}]   (oldest first)
//   GET    /api/messages/17                             -> the same and {text, html, headers, raw}
//   DELETE /api/messages, /api/messages/17
//   GET, PUT /api/faults    {refuse, answer, delay_ms, close_mid_data, drop_after_accept, to}    (see faults below)
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const { values: option } = parseArgs({
	options: { page: { type: "string" }, smtp: { type: "string" }, demo: { type: "string", default: "" },
		inlet: { type: "string", default: "" }, pipe: { type: "string", default: "" } },
});
const MESSAGES_MAX = 10_000;
const BODY_MAX = 64 * 1024;
const LETTER_MAX = 10 * 1024 * 1024;

const messages = [];
let last = 0;

// What shall go wrong, and how often. A number counts down to 0; -1 is for ever.
const calm = () => ({
	refuse: 0, // answer the connection with 421
	answer: { times: 0, code: 451, text: "4.3.0 Try again later" }, // instead of accepting a letter
	delay_ms: 0, // before a letter is accepted
	close_mid_data: 0, // the line goes dead while the letter is sent
	drop_after_accept: 0, // the letter is kept, but the sender never hears so
	to: "", // all but refuse strike only letters to addresses that end so
});
let faults = calm();
const strikes = (holder, name) => {
	if (holder[name] === 0) return false;
	if (holder[name] > 0) holder[name]--;
	return true;
};

function connection_of(session) {
	for (const c of smtp.connections) if (c.session?.id === session.id || c.id === session.id) return c;
	return null;
}
const hang_up = (session) => connection_of(session)?._socket.destroy();

const smtp = new SMTPServer({
	name: "mailbox.localhost",
	authOptional: true,
	disabledCommands: ["STARTTLS"],
	disableReverseLookup: true,
	size: LETTER_MAX,
	logger: false,
	onAuth: (auth, session, done) => done(null, { user: auth.username }),
	onConnect(session, done) {
		if (!strikes(faults, "refuse")) return done();
		const no = new Error("4.3.2 The mailbox is told to refuse");
		no.responseCode = 421;
		done(no);
	},
	onData(stream, session, done) {
		const parts = [];
		const meant = session.envelope.rcptTo.some((r) => r.address.toLowerCase().endsWith(faults.to.toLowerCase()));
		const dead = meant && strikes(faults, "close_mid_data");
		stream.on("data", (part) => {
			if (dead) hang_up(session);
			else parts.push(part);
		});
		stream.on("end", async () => {
			if (dead) return hang_up(session); // also if it was one packet
			if (meant && faults.delay_ms > 0) await new Promise((later) => setTimeout(later, faults.delay_ms));
			if (stream.sizeExceeded) {
				const no = new Error("5.3.4 The letter is too large");
				no.responseCode = 552;
				return done(no);
			}
			if (meant && strikes(faults.answer, "times")) {
				const no = new Error(faults.answer.text);
				no.responseCode = faults.answer.code;
				return done(no);
			}
			const raw = Buffer.concat(parts);
			const refused = await delivered(raw, session);
			if (refused) {
				const no = new Error(refused);
				no.responseCode = refused.startsWith("5") ? 550 : 451;
				return done(no);
			}
			await keep(raw, session);
			if (meant && strikes(faults, "drop_after_accept")) return hang_up(session);
			done(null, "2.0.0 Kept");
		});
	},
});
smtp.on("error", (e) => {
	if (e.code === "EADDRINUSE") die(`port ${option.smtp} is taken`);
});

/* As OpenSMTPD's mda and Postfix's pipe do: the envelope as words, the status as sysexits has it (ops/mail-in.md). */
async function delivered(raw, session) {
	const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : "";
	for (const { address } of session.envelope.rcptTo) {
		if (!option.inlet || !address.toLowerCase().endsWith(`@${option.inlet}`)) continue;
		const status = await new Promise((ended) => {
			const p = spawn(option.pipe, ["mail", address, from], { stdio: ["pipe", "ignore", "inherit"] });
			p.on("error", () => ended(75));
			p.on("exit", ended);
			p.stdin.on("error", () => {});
			p.stdin.end(raw);
		});
		if (status !== 0) return status === 65 || status === 67 ? "5.1.1 Nobody of ours" : "4.3.0 Try again later";
	}
	return "";
}

async function keep(raw, session) {
	const id = ++last;
	const letter = await simpleParser(raw);
	messages.push({
		id,
		to: session.envelope.rcptTo.map((r) => r.address),
		from: session.envelope.mailFrom ? session.envelope.mailFrom.address : "",
		subject: letter.subject ?? "",
		date: new Date().toISOString(),
		text: letter.text ?? "",
		html: typeof letter.html === "string" ? letter.html : "",
		headers: letter.headerLines.map((h) => h.line),
		raw: raw.toString("utf8"),
	});
	if (messages.length > MESSAGES_MAX) messages.shift();
	console.log(`mail id=${id} subject="${(letter.subject ?? "").slice(0, 60)}"`);
}

// ---- the page ----

const escaped = (s) => s.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const linked = (text) => escaped(text).replace(/https?:\/\/[^\s<>"]+/g, (u) => `<a href="${u}">${u}</a>`);

function base32(text) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	let bits = "";
	for (const c of text.toUpperCase().replace(/[^A-Z2-7]/g, "")) bits += letters.indexOf(c).toString(2).padStart(5, "0");
	return Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)));
}
function totp(secret, step) {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac("sha1", base32(secret)).update(counter).digest();
	const at = mac[19] & 15;
	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

// The demonstration company's people, written by ops/dev/demo.mjs; absent in every other house.
function demo() {
	try {
		return JSON.parse(readFileSync(option.demo, "utf8"));
	} catch {
		return null;
	}
}
function signins() {
	const d = demo();
	if (!d) return "";
	const now = Math.floor(Date.now() / 1000);
	const rows = d.people.map(
		(p) =>
			`<tr><td>${escaped(p.role)}<td>${escaped(p.email)}<td><code>${escaped(p.password ?? "")}</code><td><code>${
				p.totp ? totp(p.totp, Math.floor(now / 30)) : ""
			}</code><td><a href="${escaped(p.url)}">${escaped(p.url)}</a>`,
	);
	return `<h2>Sign-ins of ${escaped(d.company)}</h2>
<p>The code is the second factor; it changes in ${30 - (now % 30)} s and works once.</p>
<table><tr><th>Role<th>E-mail<th>Password<th>Code<th>Door${rows.join("")}</table>`;
}

const page = (title, body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"><body><main>
<h1><a href="/">Mailbox</a></h1>${body}</main></html>`;
const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}main{max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem .4rem 0;border-bottom:1px solid #8884;vertical-align:top}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-left:3px solid #8888;padding-left:1rem}h1 a{color:inherit;text-decoration:none}`;

function list_page() {
	const rows = [...messages].reverse().map(
		(m) =>
			`<tr><td>${m.date.slice(11, 19)}<td>${escaped(m.to.join(", "))}<td><a href="/message/${m.id}">${escaped(m.subject || "(no subject)")}</a>`,
	);
	const mail = rows.length
		? `<table><tr><th>Time (UTC)<th>To<th>Subject${rows.join("")}</table>
<form method="post" action="/empty"><p><button>Throw all away</button></form>`
		: "<p>No mail yet. Letters that the house sends arrive here and nowhere else.</p>";
	return page("Mailbox", `${mail}${signins()}`);
}
function message_page(m) {
	return page(
		m.subject,
		`<h2>${escaped(m.subject)}</h2><p>To ${escaped(m.to.join(", "))}, from ${escaped(m.from)}, ${m.date}</p><pre>${linked(m.text)}</pre>`,
	);
}

// ---- the door ----

const server = createServer((request, response) => {
	const chunks = [];
	let size = 0;
	request.on("data", (c) => {
		size += c.length;
		if (size > BODY_MAX) request.destroy();
		else chunks.push(c);
	});
	request.on("end", () => {
		try {
			answer(request, Buffer.concat(chunks).toString("utf8"), response);
		} catch (e) {
			send(response, 400, { error: e.message });
		}
	});
});

function send(response, status, what, type) {
	const json = type === undefined;
	response.writeHead(status, {
		"content-type": json ? "application/json" : `${type}; charset=utf-8`,
		"content-security-policy": "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'",
		"referrer-policy": "no-referrer",
		"x-content-type-options": "nosniff",
		"cache-control": "no-store",
	});
	response.end(json ? JSON.stringify(what) : what);
}

const short = ({ id, to, from, subject, date }) => ({ id, to, from, subject, date });

function answer(request, body, response) {
	// Another page in the developer's browser must not read or change this one.
	const host = (request.headers.host ?? "").replace(/:\d+$/, "");
	if (host !== "localhost" && host !== "127.0.0.1") return send(response, 421, { error: "this is not my name" });
	const origin = request.headers.origin;
	if (request.method !== "GET" && origin && origin !== `http://${request.headers.host}`)
		return send(response, 403, { error: "another origin" });

	const url = new URL(request.url, "http://localhost");
	const what = `${request.method} ${url.pathname.replace(/\d+$/, ":id")}`;
	const id = Number(url.pathname.match(/\d+$/)?.[0]);
	const one = messages.find((m) => m.id === id);
	const missing = () => send(response, 404, { error: "there is no such message" });

	switch (what) {
		case "GET /":
			return send(response, 200, list_page(), "text/html");
		case "GET /style.css":
			return send(response, 200, style, "text/css");
		case "GET /message/:id":
			return one ? send(response, 200, message_page(one), "text/html") : missing();
		case "POST /empty":
			messages.length = 0;
			response.writeHead(303, { location: "/" });
			return response.end();
		case "GET /api/messages": {
			const to = url.searchParams.get("to")?.toLowerCase();
			const after = Number(url.searchParams.get("after") ?? 0);
			const found = messages.filter((m) => m.id > after && (!to || m.to.some((t) => t.toLowerCase() === to)));
			return send(response, 200, found.map(short));
		}
		case "GET /api/messages/:id":
			return one ? send(response, 200, one) : missing();
		case "DELETE /api/messages":
			messages.length = 0;
			return send(response, 200, {});
		case "DELETE /api/messages/:id":
			if (!one) return missing();
			messages.splice(messages.indexOf(one), 1);
			return send(response, 200, {});
		case "GET /api/faults":
			return send(response, 200, faults);
		case "PUT /api/faults": {
			const asked = JSON.parse(body || "{}");
			const fresh = calm();
			for (const name of Object.keys(asked)) if (!(name in fresh)) throw new Error(`no such fault: ${name}`);
			faults = { ...fresh, ...asked, answer: { ...fresh.answer, ...asked.answer } };
			return send(response, 200, faults);
		}
	}
	return send(response, 404, { error: "there is nothing here" });
}

function die(why) {
	console.error(`mailbox: ${why}`);
	process.exit(1);
}
if (!option.page || !option.smtp) die("usage: mailbox.mjs --page PORT --smtp PORT [--demo FILE]");
server.on("error", (e) => die(e.code === "EADDRINUSE" ? `port ${option.page} is taken` : e.message));
server.listen(Number(option.page), "127.0.0.1", () => {
	smtp.listen(Number(option.smtp), "127.0.0.1", () => {
		console.log(`mailbox page=http://localhost:${option.page} smtp=127.0.0.1:${option.smtp}`);
	});
});
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(0));
