// Mail with a real mail server between: Debian's OpenSMTPD carries what the house says, and hands over what comes in, by the pipe and
// by LMTP. It wants to be root; without that this says so and is skipped. Loopback only, its own settings in a folder of its own,
// which lies where the user who delivers may go.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { nameService } from "../fakes/names.mjs";
import { letters } from "../house/phone.mjs";
import { company, crew, granted, mailbox, sql, until, where } from "../house/harness.mjs";

const smtpd = ["/usr/sbin/smtpd", "/usr/local/sbin/smtpd"].find(existsSync);
const why = process.getuid() !== 0 ? "smtpd wants to be root, and this is not" : !smtpd ? "there is no smtpd (apt-get install opensmtpd)" :
	spawnSync("pgrep", ["-x", "smtpd"]).status === 0 ? "another smtpd is running here" : "";
if (why) console.log(`# skipped: ${why}`);
const story = (name, run) => test(name, { skip: why || false }, run);

let dir, c, d, office, rosa, thread, port, server, listener, carrier, jobs;

async function free() {
	const s = net.createServer();
	await new Promise((done) => s.listen(0, "127.0.0.1", done));
	const { port } = s.address();
	await new Promise((done) => s.close(done));
	return port;
}
const ended = (p) => new Promise((done) => (p.exitCode !== null || p.signalCode !== null ? done() : p.once("exit", done)));
/** What a person's mail program says to its server. -> the last answer */
async function hand(to, mail, from) {
	const line = net.connect(port, "127.0.0.1");
	const lines = createInterface({ input: line })[Symbol.asyncIterator]();
	const answer = async () => {
		for (;;) {
			const { value } = await lines.next();
			if (value === undefined || value[3] !== "-") return value ?? "";
		}
	};
	let said = await answer();
	for (const words of ["EHLO home.example", `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, "DATA", Buffer.concat([mail, Buffer.from("\r\n.")])]) {
		line.write(Buffer.concat([Buffer.from(words), Buffer.from("\r\n")]));
		said = await answer();
		if (/^[45]/.test(said)) break;
	}
	line.destroy();
	return said;
}
const mail = (head, body) => Buffer.from(`From: Rosa Ruiz <rosa@home.example>\r\nTo: you\r\nMessage-ID: <${randomUUID()}@home.example>\r\n${head}\r\n\r\n${body}`.replace(/\r?\n/g, "\r\n").replace(/^\./gm, ".."), "utf8");
const said = async () => granted(await office.get(`/api/office/threads/${thread}`)).messages;
const say = async (to, text) => granted(await office.post(`/api/office/threads/${thread}/messages`, { medium: "email", address: to, subject: "", text, key: "", keep: [] }));
const header = (m, name) => m.headers.find((h) => h.toLowerCase().startsWith(`${name}:`))?.replace(/\s+/g, " ") ?? "";

before(async () => {
	if (why) return;
	dir = mkdtempSync(join(tmpdir(), "poolhouse-mail-"));
	chmodSync(dir, 0o711);
	port = await free();
	c = await company();
	d = await company(); // its mails come by the pipe
	office = (await crew(c, ["dispatcher"])).dispatcher.visitor;
	const at = BigInt(Date.now()) << 21n;
	rosa = letters(at);
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0);
		INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_sms, by_email) VALUES (${at + 1n}, ${at}, 'Rosa Ruiz', 1, '', 'rosa@home.example', 'es', 255, 255), (${at + 2n}, ${at}, 'Luis', 1, '', 'gone@home.example', 'es', 255, 255);
		INSERT INTO conversation (id, who, customer_id, address, name, state) VALUES (${at + 3n}, 'c:${at}', ${at}, 'rosa@home.example', 'Rosa Ruiz', 1)`, c.schema);
	thread = letters(at + 3n);
	/* As systemd's socket does (ops/mail-in.md): one program for each connection. */
	const socket = join(dir, "lmtp.sock");
	listener = net.createServer((line) => {
		const p = spawn(`${where.bin}/poolctl`, ["lmtp"], { env: process.env, stdio: ["pipe", "pipe", "inherit"] });
		line.pipe(p.stdin).on("error", () => {});
		p.stdout.pipe(line).on("error", () => {});
		line.on("error", () => p.kill());
	});
	await new Promise((done) => listener.listen(socket, done));
	chmodSync(socket, 0o777);
	/* The pipe runs as a user who is not root, and the house of a test belongs to root alone: what it is given goes on to a program that may. */
	const pipe = join(dir, "pipe"), taker = join(dir, "pipe.sock");
	carrier = net.createServer({ allowHalfOpen: true }, (line) => {
		const said = [];
		line.on("data", (part) => said.push(part)).on("end", () => {
			const all = Buffer.concat(said), end = all.indexOf("\n");
			const { status, stderr } = spawnSync(`${where.bin}/poolctl`, ["mail", ...JSON.parse(all.subarray(0, end))], { env: process.env, input: all.subarray(end + 1), encoding: "utf8" });
			line.end(JSON.stringify({ status, stderr }));
		});
	});
	await new Promise((done) => carrier.listen(taker, done));
	chmodSync(taker, 0o777);
	writeFileSync(pipe, `#!/usr/bin/python3
import json, socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect("${taker}")
s.sendall(json.dumps(sys.argv[1:]).encode() + b"\\n" + sys.stdin.buffer.read())
s.shutdown(socket.SHUT_WR)
it = json.loads(b"".join(iter(lambda: s.recv(65536), b"")))
sys.stderr.write(it["stderr"])
sys.exit(it["status"])
`, { mode: 0o755 });
	writeFileSync(join(dir, "smtpd.conf"), `listen on 127.0.0.1 port ${port}
table inlets { "in.localhost", "not-ours.example" }
table readers { "@" = "nobody" }
action "lmtp" lmtp "${socket}" rcpt-to virtual <readers>
action "pipe" mda "${pipe} %{rcpt} %{mbox.from}" virtual <readers>
action "out" relay host "smtp+notls://127.0.0.1:${where.smtpPort}"
match from any for domain <inlets> rcpt-to { "${d.slug}@in.localhost", "ann@not-ours.example" } action "pipe"
match from any for domain <inlets> action "lmtp"
match from any for any action "out"
`);
	const log = openSync(join(dir, "smtpd.log"), "a");
	server = spawn(smtpd, ["-d", "-f", join(dir, "smtpd.conf")], { stdio: ["ignore", log, log] });
	await until("the mail server listens", () => new Promise((done) => {
		const s = net.connect(port, "127.0.0.1", () => done(true) || s.destroy());
		s.on("error", () => done(false));
	}));
	/* The house hands its mails to that server from now on. */
	const file = join(where.dir, "pid/jobs");
	process.kill(Number(readFileSync(file, "utf8")), "SIGTERM");
	jobs = spawn(`${where.bin}/poold`, ["jobs"], { env: { ...process.env, POOL_SMTP_URL: `smtp://127.0.0.1:${port}` }, stdio: "ignore" });
});
after(async () => {
	if (why) return;
	listener?.close();
	carrier?.close();
	server?.kill("SIGTERM");
	jobs?.kill("SIGTERM");
	await Promise.all([server && ended(server), jobs && ended(jobs)]);
	/* And to its own again, for whoever comes after us. */
	const again = spawn(`${where.bin}/poold`, ["jobs"], { env: process.env, stdio: "ignore", detached: true });
	again.unref();
	writeFileSync(join(where.dir, "pid/jobs"), `${again.pid}\n`);
	if (process.env.KEEP !== "1") rmSync(dir, { recursive: true, force: true });
});

story("what the house says arrives through a mail server, signed by the company; another program agrees", async () => {
	const names = await nameService(), owner = c.owner.visitor;
	try {
		const domain = `pools-${Date.now()}.example`, address = `hello@${domain}`;
		const page = async () => granted(await owner.get("/api/office/sender"));
		const [dkim, dmarc] = granted(await owner.call("PUT", "/api/office/sender", { address, version: (await page()).version })).records;
		names.records.set(dkim.name, [dkim.value]);
		names.records.set(dmarc.name, ["v=DMARC1; p=none"]);
		granted(await owner.post("/api/office/sender/checks", {}));
		await until("the records are seen", async () => (await page()).records[0].state === "good");
		for (const [i, text] of ["Sí, mañana a las 4.", `.\n..\nFrom the start\n${"agua ñ ".repeat(400)}\n.`].entries()) {
			await say("rosa@home.example", `${text} (${i})`);
			const m = await mailbox.letter("rosa@home.example", new RegExp(`\\(${i}\\)`));
			assert.match(header(m, "received"), /OpenSMTPD/);
			assert.equal(header(m, "from").replace(/^.*</, "<"), `<${address}>`);
			const judged = (raw) => spawnSync("/usr/bin/python3", ["-c", "import sys,dkim\nraw=sys.stdin.buffer.read()\nkey=sys.argv[1].encode()\nprint(dkim.verify(raw,dnsfunc=lambda name,timeout=5:key))", dkim.value], { input: raw, encoding: "utf8" });
			assert.equal(judged(m.raw).stdout.trim(), "True");
			assert.equal(judged(m.raw.replace("Subject: ", "Subject: x")).stdout.trim(), "False");
		}
	} finally {
		names.close();
	}
});

story("what comes in by LMTP is whole: letters, dots, long lines, a picture, ten megabytes", async () => {
	const to = `${c.slug}@in.localhost`;
	assert.match(await hand(to, mail("Subject: =?utf-8?Q?=C2=BFMa=C3=B1ana=3F?=\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit", `¿Mañana?\n.\n..\n.fin\n${"x".repeat(900)}`), "rosa@home.example"), /^250/);
	const m = await until("it is read", async () => (await said()).find((x) => x.row.subject === "¿Mañana?"));
	assert.equal(m.row.body, `¿Mañana?\n.\n..\n.fin\n${"x".repeat(900)}`);
	const large = randomBytes(7_000_000).toString("base64").replace(/.{76}/g, "$&\n");
	assert.match(await hand(to, mail("Subject: large\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B", `--B\nContent-Type: text/plain\n\nMira.\n--B\nContent-Type: application/zip; name="x.zip"\nContent-Transfer-Encoding: base64\n\n${large}\n--B--\n`), "rosa@home.example"), /^250/);
	const l = await until("it is read", async () => (await said()).find((x) => x.row.subject === "large"), Boolean, 60);
	assert.deepEqual(l.files.map((f) => [f.name, !!f.id]), [["x.zip", false]]);
});

story("an answer through both finds its thread, and a reader who is gone comes back as a bounce that is understood", async () => {
	await say("rosa@home.example", "¿Le sirve a las 9?");
	const m = await mailbox.letter("rosa@home.example", /a las 9/);
	const back = header(m, "reply-to").replace(/^.*<|>.*$/g, "");
	assert.match(await hand(back, Buffer.from(mail("Subject: Re", "Sí.").toString().replace("rosa@home.example", "luis@work.example")), "luis@work.example"), /^250/);
	await until("it stands in her thread", async () => (await said()).at(-1).row.body === "Sí.");
	await mailbox.faults({ answer: { times: -1, code: 550, text: "5.1.1 no such user" }, to: "gone@home.example" });
	try {
		await say("gone@home.example", "¿Hola?");
		const failed = await until("it came back", async () => (await said()).find((x) => x.row.body === "¿Hola?" && x.row.state === "failed"));
		assert.match(failed.row.problem, /comes back.*550 5\.1\.1 no such user/);
	} finally {
		await mailbox.faults({});
	}
	assert.notEqual(granted(await office.get(`/api/office/threads/${thread}`)).ways.find((w) => w.address === "gone@home.example").gone, "");
});

story("the pipe takes a mail, and an address that is nobody's is refused to its sender", async () => {
	assert.match(await hand(`${d.slug}@in.localhost`, mail("Subject: piped", "Por la tubería."), "rosa@home.example"), /^250/);
	const read = async () => (await Promise.all(granted(await d.owner.visitor.get("/api/office/inbox")).rows.map((r) => d.owner.visitor.get(`/api/office/threads/${r.id}`)))).flatMap((r) => granted(r).messages);
	const m = await until("it is read", async () => (await read()).find((x) => x.row.subject === "piped"));
	assert.equal(m.row.body, "Por la tubería.");
	/* OpenSMTPD asks for the reader when it delivers (and over LMTP comes again for days): its report goes to the sender. */
	assert.match(await hand("ann@not-ours.example", mail("Subject: nobody", "x"), "sender@home.example"), /^250/);
	await mailbox.letter("sender@home.example", /No company lives at this address/);
});
