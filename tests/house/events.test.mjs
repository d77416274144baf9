// The processor's messages in every disorder: replayed, shuffled, three at once, a worker killed between keeping and
// answering, refunds before their charges. In the end the ledger is the processor's book. LONG=1: ten thousand messages.
// ACCESS="FILE logfmt": the street writes down how long each answer took it; what is measured here is this program's own waiting, too.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";
import { cpus, loadavg } from "node:os";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { bank, company, day, pause, sql, takeCards, where, word } from "./harness.mjs";

const PAYMENTS = process.env.LONG ? 2100 : 40;
const SECRET = process.env.POOL_STRIPE_WEBHOOK_SECRET;
let c, account, seed = Number(process.env.SEED ?? Date.now() % 1e9);
const chance = (n) => ((seed = (seed * 1103515245 + 12345) % 2147483648), Math.floor((seed / 2147483648) * n));
const letters = (v) => {
	let out = "";
	for (let i = 0n, n = BigInt(v); i < 13n; i++, n >>= 5n) out = "0123456789abcdefghjkmnpqrstvwxyz"[Number(n & 31n)] + out;
	return out;
};
const base = BigInt(Date.now()) << 21n;
const agent = new http.Agent({ keepAlive: false, maxSockets: 24 });
const times = [];

/* One message, as the processor sends it: again after a failure, until it is taken. */
async function post(body) {
	for (const end = Date.now() + (process.env.LONG ? 600_000 : 60_000); Date.now() < end; ) {
		const at = Math.floor(Date.now() / 1000);
		const signature = `t=${at},v1=${createHmac("sha256", SECRET).update(`${at}.${body}`).digest("hex")}`;
		const began = performance.now();
		const status = await new Promise((done) => {
			const r = http.request({ host: "127.0.0.1", port: where.port, path: "/api/hook/pay", method: "POST", agent, headers: { host: `localhost:${where.port}`, "content-type": "application/json", "content-length": Buffer.byteLength(body), "stripe-signature": signature } }, (a) => (a.resume(), a.on("end", () => done(a.statusCode)), a.on("error", () => done(0))));
			r.on("error", () => done(0));
			r.end(body);
		});
		if (status === 204) return times.push(performance.now() - began);
		assert.ok([0, 429, 502, 503, 504].includes(status), `a message was answered ${status}`);
		await pause(5 + chance(60));
	}
	assert.fail("a message was never taken");
}

// The stories after this one hear what the bank says, when it says it.
after(() => bank(where, "moods", { hold: false, copies: 1, shuffle: false }));
before(async () => {
	c = await company();
	account = await takeCards(where, c.owner);
	console.log(`# seed ${seed}`);
	await bank(where, "moods", { hold: true });
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${base}, 'Rosa Ruiz', 'rosa@${word()}.example', 'en', 0)`, c.schema);
});

test("the ledger is the processor's book, whatever becomes of its messages", async () => {
	const begun = (await bank(where, "events")).length;
	const rows = [];
	for (let i = 1; i <= PAYMENTS; i++) rows.push(`(${base + BigInt(i)}, ${base}, 4, 5, ${1000 + i}, 'USD', '${day()}', '{"rows":[]}', 'stripe', 0)`);
	for (let i = 0; i < rows.length; i += 500) sql(`INSERT INTO payment (id, customer_id, way, state, cents, currency, day, wants, provider, made_at) VALUES ${rows.slice(i, i + 500).join(",")}`, c.schema);
	// Lives: paid by card or bank, some refused, some refunded in parts, some disputed, some won.
	const lives = [];
	for (let i = 1; i <= PAYMENTS; i++) {
		const slow = chance(3) === 0;
		const s = await bank(where, "open", { account, form: { mode: "payment", success_url: "x", cancel_url: "x", line_items: [{ quantity: 1, price_data: { currency: "usd", unit_amount: 1000 + i } }], payment_intent_data: { metadata: { payment: letters(base + BigInt(i)), tenant: c.slug } }, metadata: {} } });
		if (!slow && chance(5) === 0) await bank(where, "pay", { id: s.id, kind: "card", number: "4000000000000002" });
		await bank(where, "pay", { id: s.id, kind: slow ? "us_bank_account" : "card", number: slow ? ["000123456789", "000222222227"][chance(2)] : "4242424242424242" });
		lives.push({ slow, id: (await bank(where, "of", { account, id: s.id })).id });
	}
	for (const l of lives) {
		const now = l.slow && chance(4) > 0 ? await bank(where, "settle", { account, id: l.id }) : await bank(where, "of", { account, id: l.id });
		if (now.status !== "succeeded") continue;
		const what = chance(6);
		if (what < 2) for (let n = chance(3); n >= 0; n--) await bank(where, "refund", { account, id: l.id, cents: 1 + chance(300) });
		if (what > 3) {
			const d = await bank(where, "dispute", { account, id: l.id });
			if (chance(2) === 0 && d.status !== "lost") await bank(where, "end_dispute", { account, id: d.id, won: chance(2) === 0 });
		}
	}
	const events = (await bank(where, "events", { after: begun })).filter((e) => e.account === account);
	// Each one to five times, in any order; some three at the same moment.
	const pile = events.flatMap((e) => Array.from({ length: 1 + chance(5) }, () => JSON.stringify(e)));
	for (let i = pile.length - 1; i > 0; i--) {
		const j = chance(i + 1);
		[pile[i], pile[j]] = [pile[j], pile[i]];
	}
	const killer = { on: true };
	const kills = (async () => {
		let n = 0;
		while (killer.on) {
			await pause(300);
			try {
				/* Whoever measures does not stand still meanwhile: on a machine that is busy this takes longer than an answer. */
				const workers = (await promisify(execFile)("pgrep", ["-P", readFileSync(`${where.dir}/pid/web`, "utf8").trim()])).stdout.trim().split("\n");
				process.kill(Number(workers[chance(workers.length)]), "SIGKILL");
				n++;
			} catch {}
		}
		return n;
	})();
	let at = 0;
	await Promise.all(
		Array.from({ length: 8 }, async () => {
			while (at < pile.length) {
				const body = pile[at++];
				await (chance(4) === 0 ? Promise.all([post(body), post(body), post(body)]) : post(body));
			}
		}),
	);
	killer.on = false;
	const killed = await kills;
	// Every message was kept once, and is done with.
	const waiting = () => Number(sql("SELECT COUNT(*) FROM job WHERE kind = 'payment_look' AND state IN (1, 2)", c.schema)[0][0]);
	for (const end = Date.now() + (process.env.LONG ? 1_500_000 : 60_000); waiting() > 0; await pause(100)) assert.ok(Date.now() < end, `${waiting()} looks are still waiting`);
	const kept = sql("SELECT event_id FROM provider_event WHERE provider = 'stripe' ORDER BY event_id", c.schema).map(([id]) => id);
	const wanted = new Set(events.map((e) => e.id));
	assert.deepEqual(kept.filter((id) => wanted.has(id)), [...wanted].sort(), "each message is kept once");
	const book = await bank(where, "book", { account });
	const ours = new Map(sql(`SELECT p.id, p.state, COALESCE(SUM(CASE WHEN e.account = 4 THEN e.cents END), 0), COALESCE(SUM(CASE WHEN e.account = 10 THEN e.cents END), 0)
		FROM payment p LEFT JOIN entry e ON e.payment_id = p.id GROUP BY p.id, p.state`, c.schema).map(([id, state, clearing, fees]) => [letters(id), { state: Number(state), clearing: Number(clearing), fees: Number(fees) }]));
	let wrong = 0;
	for (const b of book) {
		const o = ours.get(b.payment);
		if (o.clearing !== b.net || o.fees !== b.fee) {
			wrong++;
			console.log(`# ${b.payment} ${b.status}: the processor has ${b.net} and ${b.fee} of fees, we have ${JSON.stringify(o)}`);
		}
	}
	assert.equal(wrong, 0, `${wrong} of ${book.length} payments differ`);
	assert.deepEqual(sql("SELECT posting_id FROM entry GROUP BY posting_id HAVING SUM(cents) <> 0", c.schema), []);
	assert.deepEqual(sql(`SELECT payment_id, kind FROM entry WHERE account = 2 AND kind IN (3) GROUP BY payment_id, kind HAVING COUNT(*) > 1 + (SELECT COUNT(*) FROM entry r WHERE r.payment_id = entry.payment_id AND r.kind = 8 AND r.account = 2)`, c.schema), [], "no money came twice");
	const part = (of, share) => of.sort((a, b) => a - b)[Math.floor(of.length * share)].toFixed(1);
	console.log(`# ${events.length} messages in ${pile.length} deliveries, ${killed} workers killed, answered in p50 ${part(times, 0.5)} ms, p99 ${part(times, 0.99)} ms`);
	if (!process.env.ACCESS) return;
	const street = [...readFileSync(process.env.ACCESS.split(" ")[0], "utf8").matchAll(/path="\/api\/hook\/pay" status=204 ms=([\d.]+)/g)].map(([, s]) => s * 1000);
	console.log(`# at the street: ${street.length} answers in p50 ${part(street, 0.5)} ms, p99 ${part(street, 0.99)} ms; load ${loadavg()[0].toFixed(1)} of ${cpus().length} cores`);
});

test("with the key of messages taken away, a message is kept twice: the story above would fail", async () => {
	const [event] = (await bank(where, "events")).filter((e) => e.account === account).slice(-1);
	sql("ALTER TABLE provider_event DROP INDEX event", c.schema);
	for (let i = 0; i < 2; i++) await post(JSON.stringify(event));
	assert.ok(Number(sql(`SELECT COUNT(*) FROM provider_event WHERE event_id = '${event.id}'`, c.schema)[0][0]) > 1);
});
