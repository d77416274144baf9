// The main job from end to end on real input: a company signs up on the site, brings its customers in from a list, plans a
// week, drives a day with simulated phones, bills it, is paid by a customer in the portal; ledger and documents verify. The
// company next to it is untouched (harness.mjs). LONG=1 (make test-long): the homes of Sacramento, or as many of our own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chance, city, driveDay, fullest, planWeek, town, truthful } from "./driven.mjs";
import { bank, granted, mailbox, pause, sql, takeCards, until, Visitor, where, word } from "./harness.mjs";
import { letters } from "./phone.mjs";

const LONG = !!process.env.LONG;
const file = ["../shared", "../../shared"].map((d) => `${d}/data/sacramento-homes.csv`).find(existsSync);
const real = () =>
	readFileSync(file, "utf8").trim().split("\n").slice(1).map((l) => l.split(","))
		.map(([street, town, , zip, lat, lng]) => ({ street, city: town, zip, lat: Math.round(lat * 1e6), lng: Math.round(lng * 1e6) }))
		.filter((h) => Number.isFinite(h.lat) && Number.isFinite(h.lng) && h.lat !== 0);

/* The list as people have it, through the office's own import: practised, then taken in. -> the homes with their ids */
async function bring({ c, office }, homes) {
	const quoted = (s) => `"${String(s).replaceAll('"', '""')}"`;
	const email = `rosa@${word()}.example`;
	const list = ["Customer ID,Name,Email,Street,City,State,ZIP,Latitude,Longitude,Pool type,Volume gallons,Sanitizer",
		...homes.map((h, i) => [i, `Home ${i}`, i === 0 ? email : "", h.street, h.city, "CA", h.zip, h.lat / 1e6, h.lng / 1e6, "pool", 16000, "chlorine"].map(quoted).join(","))].join("\r\n");
	const sent = granted(await office.file("/api/office/imports", Buffer.from(list), "customers.csv"), 201);
	const settled = (state) => until(`the import is ${state}`, async () => granted(await office.get(`/api/office/imports/${sent.id}`)), (i) => i.state === state && i.done === i.total, 120);
	const guessed = granted(await office.get(`/api/office/imports/${sent.id}/columns`)).rows;
	granted(await office.put(`/api/office/imports/${sent.id}`, { columns: guessed.map((k) => ({ field: k.field })), unit: sent.unit, policy: "fill", version: sent.version }));
	const dry = await settled("dry");
	assert.deepEqual([dry.wrong, dry.properties, dry.pools], [0, homes.length, homes.length], `${dry.create} new, ${dry.ask} to ask`);
	granted(await office.post(`/api/office/imports/${dry.id}/starts`, { version: dry.version }));
	await settled("done");
	const here = new Map(sql("SELECT c.external_id, c.id, p.id, w.id FROM customer c JOIN property p ON p.customer_id = c.id JOIN pool w ON w.property_id = p.id ORDER BY c.id", c.schema).map(([n, ...ids]) => [n, ids.map(BigInt)]));
	return homes.map((h, i) => {
		const [customer, property, pool] = here.get(String(i));
		return { ...h, customer, property, pool, email: i === 0 ? email : "" };
	});
}

test(`from sign-up to paid, with ${LONG ? "the homes of Sacramento" : "a few homes"}`, async () => {
	const all = LONG ? (file ? real() : city(985, chance(7))) : city(24, chance(7));
	if (LONG && !file) console.log("# skipped: no sacramento-homes.csv beside the project; a city of our own");
	const t = await town(all, LONG ? 8 : 2, LONG ? 15 : 30, { bring, rate: "stop" });
	const account = await takeCards(where, t.c.owner);
	const plan = await planWeek(t, LONG ? 10 : 1);
	assert.equal(plan.after.stops, all.length);
	const of = await fullest(t);
	const driven = await driveDay(of, chance(99), { breakdowns: LONG ? 2 : 0 });
	const { over } = await truthful(of, driven);
	const done = sql(`SELECT customer_id, id FROM visit WHERE state = 3 AND day = '${of.on}'`, t.c.schema);
	assert.ok(done.length > 0, `${over} over, ${done.length} done`);

	// Billed: one bill each for what was done, nobody else; the sum is the work's.
	const run = granted(await t.office.post("/api/office/bill-runs", { day: of.on, until: of.on }), 201).id;
	const look = async () => granted(await t.office.get(`/api/office/bill-runs/${run}`));
	await until("the run is practised", look, (r) => r.state === "dry", 120);
	granted(await t.office.post(`/api/office/bill-runs/${run}/starts`), 201);
	const billed = await until("everybody is billed", look, (r) => r.state === "done", 240);
	assert.equal(billed.wrong, 0);
	const [bills, owed] = sql("SELECT COUNT(DISTINCT bill_id), SUM(cents) FROM entry WHERE account = 1", t.c.schema)[0].map(Number);
	assert.ok(bills >= new Set(done.map(([id]) => id)).size && bills < all.length, `${bills} bills for ${done.length} visits`);

	// One of them pays in the portal, by card.
	const payer = t.homes.find((h) => h.customer === BigInt(done[0][0]));
	const email = `payer@${word()}.example`;
	sql(`UPDATE customer SET email = '${email}' WHERE id = ${payer.customer}`, t.c.schema);
	const v = new Visitor(where, t.c.host);
	granted(await v.post("/api/auth/portal-links", { email }), 204);
	granted(await v.post("/api/auth/portal-sessions", { token: await mailbox.token(email, "portal/enter") }), 201);
	const home = granted(await v.get("/api/portal/home"));
	assert.ok(home.owed_cents > 0 && home.bills.length === 1);
	const made = granted(await v.post("/api/portal/payments", { cents: home.owed_cents, bill_id: home.bills[0].id, method_id: null, keep: false, autopay: false }), 201);
	const page = await until("the page", async () => granted(await v.get(`/api/portal/payments/${made.id}`)), (s) => s.url);
	await bank(where, "pay", { id: page.url.split("/").pop(), kind: "card", number: "4242424242424242" });
	await until("the bill is paid", async () => granted(await v.get("/api/portal/home")).owed_cents, (n) => n === 0, 60);

	// The ledger balances, posting by posting and as a whole; what is open is what was billed less what was paid.
	assert.deepEqual(sql("SELECT posting_id FROM entry GROUP BY posting_id HAVING SUM(cents) <> 0", t.c.schema), []);
	assert.equal(Number(sql("SELECT SUM(cents) FROM entry WHERE account = 1", t.c.schema)[0][0]), owed - home.owed_cents);
	assert.equal(granted(await t.office.get(`/api/office/ageing?as_of=${of.on}`)).total.total_cents, owed - home.owed_cents);
	assert.equal((await bank(where, "book", { account })).filter((b) => b.status === "succeeded").length, 1);

	// The documents verify, offline, by the house's own key.
	const dir = mkdtempSync(join(tmpdir(), "story-"));
	for (const [id] of sql("SELECT id FROM bill WHERE seq IS NOT NULL ORDER BY id LIMIT 200", t.c.schema)) {
		const proof = await t.office.get(`/api/office/bills/${letters(BigInt(id))}/proof`);
		assert.equal(proof.status, 200, proof.text.slice(0, 200));
		writeFileSync(join(dir, "proof"), proof.text);
		execFileSync(`${where.bin}/poolctl`, ["verify", join(dir, "proof"), "--house", proof.text.match(/^house: (\w+)$/m)[1]], { env: process.env, stdio: "pipe" });
	}
	rmSync(dir, { recursive: true });
	console.log(`# ${all.length} homes brought in, ${plan.after.stops} stops planned, ${over} over on ${of.on}, ${bills} bills of ${(owed / 100).toFixed(2)}, one paid`);
});
