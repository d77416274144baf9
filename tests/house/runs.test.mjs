// Everybody billed at once: looked at, held, started, stopped, gone on with; never twice; each with its PDF and its mail.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { company, crew, day, granted, mailbox, refused, sql, until, where } from "./harness.mjs";
import { letters } from "./phone.mjs";

const CUSTOMERS = 60;
const poolctl = (...words) => spawnSync(`${where.bin}/poolctl`, words, { encoding: "utf8", env: process.env });
let c, people, billing, id;
const state = async (run) => granted(await billing.get(`/api/office/bill-runs/${run}`));
const rows = async (run, show = "all") => granted(await billing.get(`/api/office/bill-runs/${run}/rows?show=${show}`)).rows;
const lines = (from, to, cents, key) =>
	sql(`INSERT INTO bill_line (id, customer_id, property_id, kind, line_key, day, from_day, to_day, text, unit_cents, net_cents, made_at)
		SELECT ${id + 100000n} + seq * 10 + ${key}, ${id} + seq, 0, ${key === 1 ? 1 : 4}, CONCAT('t:', seq, ':${key}'), '${day(-2)}', '${day(-32)}', '${day(-2)}', 'Weekly service', ${cents}, ${cents}, 0 FROM seq_${from}_to_${to}`, c.schema);

before(async () => {
	c = await company();
	people = await crew(c, ["billing", "dispatcher"]);
	billing = people.billing.visitor;
	const rules = granted(await billing.get("/api/office/billing"));
	granted(await c.owner.visitor.put("/api/office/billing", { ...rules, mails: false }));
	id = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) SELECT ${id} + seq, CONCAT('Customer ', seq), CONCAT('run', seq, '@home.example'), 'en', 0 FROM seq_1_to_${CUSTOMERS}`, c.schema);
	lines(1, CUSTOMERS, 16500, 1);
});

let run;
test("a run is reckoned before it bills anybody, and somebody is left out", async () => {
	refused(await people.dispatcher.visitor.post("/api/office/bill-runs", { day: day(0), until: day(0) }), 403, "forbidden");
	run = granted(await billing.post("/api/office/bill-runs", { day: day(0), until: day(0) }), 201).id;
	refused(await billing.post("/api/office/bill-runs", { day: day(0), until: day(0) }), 409, "stale");
	const dry = await until("the run is practised", () => state(run), (r) => r.state === "dry");
	assert.deepEqual([dry.total, dry.fresh, dry.sum_cents, dry.done], [CUSTOMERS, CUSTOMERS, CUSTOMERS * 16500, 0]);
	assert.equal(dry.off_cents, null, "of nobody there is a document before: nothing was compared");
	assert.equal(Number(sql("SELECT COUNT(*) FROM bill", c.schema)[0][0]), 0);
	refused(await billing.post(`/api/office/bill-runs/${run}/stops`), 409, "stale");
	assert.equal(granted(await billing.post(`/api/office/bill-runs/${run}/holds`, { n: 3, hold: true }), 201).held, 1);
	refused(await billing.post(`/api/office/bill-runs/${run}/holds`, { n: 3, hold: true }), 409, "stale");
	assert.deepEqual((await rows(run, "held")).map((r) => r.n), [3]);
	assert.equal(granted(await billing.get("/api/office/bill-runs")).rows[0].id, run);
});

test("started twice it bills each customer once, and what changed meanwhile is shown and not billed", async () => {
	lines(7, 7, 1140, 2);
	// As if 36,000 waited behind these: nobody would draw a paper for an hour, but it is asked for when the run ends.
	sql("UPDATE batch SET total = total + 36000", c.schema);
	granted(await billing.post(`/api/office/bill-runs/${run}/starts`), 201);
	refused(await billing.post(`/api/office/bill-runs/${run}/starts`), 409, "stale");
	const done = await until("the run is done", () => state(run), (r) => r.state === "done");
	assert.deepEqual([done.done, done.held, done.wrong], [CUSTOMERS - 2, 1, 1]);
	const [wrong] = await rows(run, "wrong");
	assert.deepEqual([wrong.n, wrong.total_cents, wrong.problem], [7, 17640, "It changed after you looked. Look again, then take it in."]);
	const [bills, customers, most] = sql("SELECT COUNT(*), COUNT(DISTINCT customer_id), MAX(seq) FROM bill", c.schema)[0].map(Number);
	assert.deepEqual([bills, customers, most], [CUSTOMERS - 2, CUSTOMERS - 2, CUSTOMERS - 2], "numbers without a gap, one each");
	assert.equal(Number(sql("SELECT SUM(cents) FROM entry WHERE account = 1", c.schema)[0][0]), (CUSTOMERS - 2) * 16500);
});

test("the next run says who is different from the last time, and why", async () => {
	lines(1, 5, 16500, 3);
	lines(1, 1, 2340, 4);
	const second = granted(await billing.post("/api/office/bill-runs", { day: day(0), until: day(0) }), 201).id;
	const dry = await until("the second run is practised", () => state(second), (r) => r.state === "dry");
	assert.deepEqual([dry.total, dry.fresh], [6, 2], "two of the first run were never billed");
	const different = await rows(second, "different");
	assert.equal(different.length, 4, "their months are doses now");
	const one = different.find((r) => r.customer === "Customer 1");
	assert.deepEqual(one.changes, [{ kind: "month", cents: -16500 }, { kind: "dose", cents: 18840 }]);
	refused(await billing.get(`/api/office/bill-runs/${second}/rows?show=nonsense`), 422, "invalid", "show");
	const found = async (show, q) => (await rows(second, `${show}&q=${encodeURIComponent(q)}`)).map((r) => r.customer);
	assert.deepEqual([await found("all", "MER 3"), await found("different", "mer 3"), await found("all", "%")], [["Customer 3"], [], []]);
});

test("a document has its PDF, and goes with the mail", async () => {
	const bill = (await rows(run)).find((r) => r.n === 1).bill_id;
	const page = await until("the paper is drawn", async () => granted(await billing.get(`/api/office/bills/${bill}`)), (b) => b.paper);
	const pdf = await billing.get(`/api/office/bills/${bill}/paper`);
	assert.equal(pdf.status, 200);
	assert.match(pdf.headers["content-type"], /application\/pdf/);
	assert.ok(pdf.bytes.subarray(0, 5).toString() === "%PDF-" && pdf.bytes.length > 5000);
	refused(await people.dispatcher.visitor.get(`/api/office/bills/${bill}/paper`), 403, "forbidden");
	granted(await billing.post(`/api/office/bills/${bill}/papers`, {}), 204);
	granted(await billing.post(`/api/office/bills/${bill}/sendings`, { version: page.version }), 204);
	const letter = await mailbox.letter("run1@home.example", new RegExp(page.number));
	assert.match(JSON.stringify(letter), new RegExp(`${page.number}.pdf`), "the paper goes with it");
});

test("a document is signed, hangs on the one before, and not one byte of it can be changed", async () => {
	const bills = sql("SELECT id, seq, HEX(hash), HEX(signature), kid, body FROM bill WHERE kind = 2 ORDER BY seq", c.schema);
	let before = "0".repeat(128);
	for (const [, , hash, signature, kid, body] of bills) {
		const said = JSON.parse(body);
		assert.equal(said.previous.toUpperCase(), before.toUpperCase(), "each names the hash of the one before");
		assert.equal(said.kid, kid);
		assert.equal(signature.length, 128);
		before = hash;
	}
	const id = (await rows(run)).find((r) => r.n === 1).bill_id;
	const proof = (await billing.get(`/api/office/bills/${id}/proof`)).text;
	refused(await people.dispatcher.visitor.get(`/api/office/bills/${id}/proof`), 403, "forbidden");
	const check = async (text) => granted(await billing.post("/api/portal/proof-checks", { proof: text }));
	const good = await check(proof);
	assert.deepEqual([good.valid, good.kind], [true, "bill"]);
	const bytes = Buffer.from(proof);
	const dir = mkdtempSync(join(tmpdir(), "proof-"));
	try {
		const file = join(dir, "bill.proof");
		const house = proof.match(/^house: (\w+)$/m)[1];
		const offline = (content) => {
			writeFileSync(file, content);
			try {
				return poolctl("verify", file, "--house", house).status === 0;
			} finally {
				rmSync(file);
			}
		};
		assert.equal(offline(proof), true, "checked without the house");
		const pdf = (await until("its paper is drawn", () => billing.get(`/api/office/bills/${id}/paper`), (a) => a.status === 200)).bytes;
		assert.equal(offline(pdf), true, "the paper carries its own proof");
		assert.equal(offline(Buffer.from(pdf.toString("latin1").replace('"net":16500', '"net":16501'), "latin1")), false);
		for (let i = 0; i < 24; i++) {
			const at = Math.floor((i / 24) * bytes.length);
			const bent = Buffer.from(bytes);
			bent[at] ^= 1;
			assert.equal(offline(bent), false, `byte ${at} was changed`);
		}
		/* Somebody who has none of our code, only the description: each proof, each sum, and what hangs on what (verify.py). */
		const all = [];
		for (const [one] of bills) all.push((await billing.get(`/api/office/bills/${letters(BigInt(one))}/proof`)).text);
		const foreign = (text, key = house) => {
			writeFileSync(file, text);
			return spawnSync("/usr/bin/python3", ["tests/house/verify.py", "bills", file, key], { encoding: "utf8" });
		};
		const whole = all.map((text) => `${text}\n`);
		const said = foreign(whole.join(""));
		assert.equal(said.stdout, `valid: ${bills.length} bills, each hangs on the one before\n`, said.stderr);
		assert.match(foreign(whole.filter((_, i) => i !== 2).join("")).stderr, /does not follow the one before/);
		assert.match(foreign([...whole].reverse().join("")).stderr, /does not follow the one before/);
		assert.match(foreign(whole.join(""), "ab".repeat(32)).stderr, /no bill of this house/);
		for (let i = 0; i < 9; i++) {
			const bent = Buffer.from(whole[0]);
			bent[Math.floor((i / 9) * (bent.length - 1))] ^= 1;
			const no = foreign(bent);
			assert.match(no.stderr, /^refused: /, `byte ${i}: ${no.stdout} ${no.stderr}`);
		}
	} finally {
		rmSync(dir, { recursive: true });
	}
	refused(await billing.get("/api/portal/papers?token=nonsense"), 422, "invalid", "token");
});

test("a row says how they pay, who has stopped, and whether the ledger agrees; one of them is looked at on paper", async () => {
	const who = (n) => id + BigInt(n);
	const rules = granted(await billing.get("/api/office/billing"));
	granted(await c.owner.visitor.put("/api/office/billing", { ...rules, mails: true, closed_until: day(-40) }));
	lines(10, 14, 9900, 5);
	sql(`INSERT INTO payment_method (id, customer_id, provider, provider_customer, provider_id, kind, autopay, made_at) VALUES (${who(9)}, ${who(10)}, 'stripe', 'cus_run', 'pm_run', 1, 1, 0);
		UPDATE customer SET email = '' WHERE id = ${who(11)};
		INSERT INTO agreement (id, customer_id, property_id, repeats, starts_day, ends_day) VALUES
			(${who(7)}, ${who(12)}, 0, 1, '2026-01-01', '${day(0)}'), (${who(8)}, ${who(13)}, 0, 1, '2026-01-01', '${day(0)}'), (${who(9)}, ${who(13)}, 0, 1, '2026-01-01', NULL)`, c.schema);
	const third = granted(await billing.post("/api/office/bill-runs", { day: day(0), until: day(0) }), 201).id;
	const dry = await until("the third run is practised", () => state(third), (r) => r.state === "dry");
	const all = await rows(third);
	const of = (n) => all.find((r) => r.customer === `Customer ${n}`);
	assert.deepEqual([10, 11, 12].map((n) => of(n).pays), ["autopay", "paper", "email"]);
	// Whoever is served by another agreement has not stopped.
	assert.deepEqual([dry.stopped, (await rows(third, "stopped")).map((r) => [r.customer, r.stopped_day])], [1, [["Customer 12", day(0)]]]);
	assert.deepEqual([dry.off_cents, dry.closed_until], [0, day(-40)]);

	const { n } = of(14);
	const draft = async (at = n) => granted(await billing.get(`/api/office/bill-runs/${third}/drafts?n=${at}`)).drawn;
	assert.equal(await draft(), false);
	assert.equal((await billing.get(`/api/office/bill-runs/${third}/paper?n=${n}`)).status, 404);
	refused(await people.dispatcher.visitor.post(`/api/office/bill-runs/${third}/drafts`, { n }), 403, "forbidden");
	refused(await billing.post(`/api/office/bill-runs/${third}/drafts`, { n: 0 }), 422, "invalid", "n");
	const before = sql("SELECT (SELECT COUNT(*) FROM bill), (SELECT COUNT(*) FROM file)", c.schema);
	granted(await billing.post(`/api/office/bill-runs/${third}/drafts`, { n }), 204);
	await until("the draft is drawn", () => draft(), (drawn) => drawn);
	const pdf = await billing.get(`/api/office/bill-runs/${third}/paper?n=${n}`);
	assert.equal(pdf.status, 200);
	assert.equal(pdf.headers["cache-control"], "no-store", "the next draft has the same address");
	const dir = mkdtempSync(join(tmpdir(), "draft-"));
	try {
		writeFileSync(join(dir, "draft.pdf"), pdf.bytes);
		const text = execFileSync("pdftotext", ["-layout", join(dir, "draft.pdf"), "-"], { encoding: "utf8" });
		for (const said of [/Draft, not issued/, /no number and no signature/, /Customer 14/, /\$99\.00/]) assert.match(text, said);
		assert.doesNotMatch(text, /INV-|signed/);
		assert.equal(pdf.bytes.includes("/EmbeddedFile"), false, "it carries no proof");
	} finally {
		rmSync(dir, { recursive: true });
	}
	assert.deepEqual(sql("SELECT (SELECT COUNT(*) FROM bill), (SELECT COUNT(*) FROM file)", c.schema), before, "nothing was issued, nothing is kept");

	// What waits for them has changed: reckoned anew, and the paper of before is forgotten. Who was not there is taken in.
	lines(14, 15, 100, 6);
	const again = (customer) => billing.post(`/api/office/bill-runs/${third}/reckonings`, { customer_id: letters(customer) });
	assert.equal(granted(await again(who(14)), 201).total, dry.total);
	assert.equal(await draft(), false);
	// Reckoned anew while it is drawn: whichever comes first, the paper of before is nobody's.
	granted(await billing.post(`/api/office/bill-runs/${third}/drafts`, { n }), 204);
	granted(await again(who(14)), 201);
	await until("the late paper is drawn", () => sql("SELECT COUNT(*) FROM job WHERE kind = 'bill_draft' AND state IN (1, 2)", c.schema)[0][0], (open) => open === "0");
	assert.equal(await draft(), false, "what was so before is not shown");
	const more = granted(await again(who(15)), 201);
	assert.deepEqual([more.total, more.sum_cents], [dry.total + 1, dry.sum_cents + 200]);
	assert.equal(granted(await again(who(15)), 201).total, dry.total + 1, "twice is once");
	refused(await people.dispatcher.visitor.post(`/api/office/bill-runs/${third}/reckonings`, { customer_id: letters(who(15)) }), 403, "forbidden");

	// A cent that stands on the document before and not in the ledger is seen.
	sql(`UPDATE bill_line SET net_cents = net_cents + 7 WHERE bill_id > 0 AND customer_id = ${who(15)} ORDER BY id LIMIT 1`, c.schema);
	assert.equal(granted(await again(who(15)), 201).off_cents, 7);
	sql(`UPDATE bill_line SET net_cents = net_cents - 7 WHERE bill_id > 0 AND customer_id = ${who(15)} ORDER BY id LIMIT 1`, c.schema);
	granted(await again(who(15)), 201);
	granted(await billing.post(`/api/office/bill-runs/${third}/starts`), 201);
	const done = await until("the third run is done", () => state(third), (r) => r.state === "done");
	assert.deepEqual([done.done, done.off_cents], [dry.total + 1, 0]);
	refused(await again(who(15)), 409, "stale");
	refused(await billing.post(`/api/office/bill-runs/${third}/drafts`, { n }), 409, "stale");
});

test("receipts are numbered one after the other, whoever pays at the same time", async () => {
	const wish = { way: "cash", day: day(0), reference: "", note: "", reason: "", apply: [], keep: true };
	const made = await Promise.all([20, 21, 22].map((n) => billing.post(`/api/office/customers/${letters(id + BigInt(n))}/payments`, { ...wish, cents: n * 100 })));
	for (const one of made) granted(one, 201);
	const names = () => sql("SELECT f.name FROM file f JOIN payment p ON p.id = f.id WHERE f.on_id = p.id ORDER BY f.name", c.schema).map(([name]) => name);
	assert.deepEqual(await until("the receipts are drawn", names, (all) => all.length === 3), ["R-000001", "R-000002", "R-000003"]);
	const [[number]] = sql(`SELECT seq FROM payment WHERE customer_id = ${id + 20n}`, c.schema);
	const letter = await mailbox.letter("run20@home.example", /R-00000\d/);
	assert.match(JSON.stringify(letter), new RegExp(`R-00000${number}.pdf`));
});
