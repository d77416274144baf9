// One bill by the link in a letter or a text: a sum and a button, for a week, for whoever holds it; and nothing else.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { bank, company, crew, day, granted, mailbox, neighbours, refused, sql, takeCards, until, Visitor, wake, where, word } from "./harness.mjs";

let c, account, office, number = BigInt(Date.now()) << 21n;
const letters = (v) => {
	let out = "";
	for (let i = 0n, n = BigInt(v); i < 13n; i++, n >>= 5n) out = "0123456789abcdefghjkmnpqrstvwxyz"[Number(n & 31n)] + out;
	return out;
};
/* A customer with a bill; its letter's link. */
async function billed(cents) {
	const id = (number += 2n), email = `rosa@${word()}.example`;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Rosa Ruiz', '${email}', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${id + 1n}, ${id}, '12 Palm Way', 'Mesa', 'AZ', '85201')`, c.schema);
	const of = `/api/office/customers/${letters(id)}`;
	granted(await office.post(`${of}/lines`, { property_id: letters(id + 1n), kind: "labour", day: day(-1), text: "Pump seal", quantity_milli: 1000, unit_cents: cents, tax_code: "" }), 201);
	const bill = granted(await office.post(`${of}/bills`, { day: day(-1), until: day(-1), due_day: day(0), title: "", note: "" }), 201);
	granted(await office.post(`/api/office/bills/${bill.id}/sendings`, { version: granted(await office.get(`/api/office/bills/${bill.id}`)).version }), 204);
	const token = (await mailbox.letter(email, /portal\/bill#/)).text.match(/portal\/bill#([\w.-]+)/)[1];
	return { id, of, email, bill, token, account: async () => granted(await office.get(`${of}/account`)) };
}
const stranger = (host = c.host) => new Visitor(where, host);
const look = (token, host) => stranger(host).get(`/api/portal/bill-links?token=${token}`);
async function begin(token) {
	const v = stranger();
	const made = granted(await v.post("/api/portal/bill-links/payments", { token }), 201);
	const s = await until("the page", async () => granted(await v.get(`/api/portal/bill-links/payments/${made.id}?token=${token}`)), (x) => x.url);
	return { ...s, page: s.url.split("/").pop() };
}

before(async () => {
	c = await company();
	office = c.owner.visitor;
	account = await takeCards(where, c.owner);
});

test("the letter's link shows the sum and nothing else, to whoever holds it, as often as they look", async () => {
	const k = await billed(14500);
	for (let i = 0; i < 2; i++) {
		const answer = await look(k.token);
		assert.deepEqual(granted(answer), { cents: 14500, pending_cents: 0, currency: "USD", possible: true, banks: true, surcharge_ppm: 0 });
		assert.doesNotMatch(answer.text, /Rosa|Palm|Pump|INV/);
	}
	refused(await look(k.token, neighbours().host), 422, "invalid", "token");
	const at = Math.floor(k.token.length / 2);
	refused(await look(k.token.slice(0, at) + (k.token[at] === "A" ? "B" : "A") + k.token.slice(at + 1)), 422, "invalid", "token");
	// It opens no other door: not the portal's, not a paper's.
	refused(await stranger().post("/api/auth/portal-sessions", { token: k.token }), 401, "signed_out");
	refused(await stranger().get("/api/portal/home"), 401, "signed_out");
});

test("it is paid by card without a session: the sum is ours, the bill is closed, and the link then asks for nothing", async () => {
	const k = await billed(9900);
	const p = await begin(k.token);
	assert.equal(p.cents, 9900);
	await bank(where, "pay", { id: p.page, kind: "card", number: "4242424242424242" });
	await until("the bill is paid", async () => (await k.account()).owed_cents === 0);
	assert.equal(granted(await look(k.token)).cents, 0);
	refused(await stranger().post("/api/portal/bill-links/payments", { token: k.token }), 409, "stale");
	const asked = (await bank(where, "seen")).filter((s) => s.path === "/v1/checkout/sessions").at(-1);
	assert.match(decodeURIComponent(asked.text), /success_url=[^&]*\/portal\/bill&/, "whoever paid comes back to the thin page");
});

test("money on its way from a bank is not asked for again; returned, it is", async () => {
	const k = await billed(7700);
	const p = await begin(k.token);
	await bank(where, "pay", { id: p.page, kind: "us_bank_account", number: "000123456789" });
	await until("it is on its way", async () => granted(await look(k.token)), (s) => s.pending_cents === 7700 && s.cents === 0);
	const intent = (await bank(where, "all", { account, kind: "payment_intent" })).find((i) => i.metadata.payment === p.id);
	await bank(where, "settle", { account, id: intent.id, fails: "insufficient_funds", code: "R01" });
	await until("it is open again", async () => granted(await look(k.token)), (s) => s.cents === 7700 && s.pending_cents === 0);
});

/*
 * T24. The sum, the currency and whose account it is are read from the ledger, never from whoever asks. LONG=1: ten thousand.
 * What the processor was asked for is laid beside the ledger; the control asks for a cent behind the house's back, and is found.
 */
test("however a checkout is tampered with, the processor is asked for what the ledger says, or not at all", async () => {
	const k = await billed(6100), other = await billed(100), N = process.env.LONG ? 10_000 : 200;
	const bent = (t, i) => t.slice(0, i % t.length) + (t[i % t.length] === "A" ? "B" : "A") + t.slice((i % t.length) + 1);
	const ways = [
		(i) => [{ token: k.token, cents: 1 + (i % 6099) }],
		(i) => [{ token: k.token, amount: i, currency: "jpy" }],
		() => [{ token: k.token, account: "acct_of_a_thief" }],
		() => [{ token: k.token, bill_id: other.bill.id }],
		(i) => [{ token: bent(k.token, i) }],
		() => [{ token: [k.token, other.token] }],
		() => [`{"token":"${k.token}","token":"${other.token}"}`],
		(i) => [{ token: k.token }, `?cents=${i}`],
		() => [{ token: k.token }, "", { "x-amount": "1", "stripe-account": "acct_of_a_thief" }],
		(i) => [{ token: k.token }, "", { "idempotency-key": `tampered-${i}-${k.bill.id}` }],
	];
	const told = {}, v = stranger();
	let next = 0;
	await Promise.all(Array.from({ length: 16 }, async () => {
		for (let i = next++; i < N; i = next++) {
			const [body, query = "", headers = {}] = ways[i % ways.length](i);
			const a = await v.call("POST", `/api/portal/bill-links/payments${query}`, body, { "content-type": "application/json", ...headers });
			assert.ok([201, 409, 422].includes(a.status), a.text);
			told[a.status] = (told[a.status] ?? 0) + 1;
			if (a.status === 201) assert.deepEqual([a.body.cents, a.body.id], [6100, (told.id ??= a.body.id)]);
		}
	}));
	assert.ok(told[422] >= (N * 7) / 10 && told[201] > 0, JSON.stringify(told));
	/* Each payment of the ledger beside what the processor holds of it. */
	const asked = async () => (await bank(where, "all", { account, kind: "checkout.session" })).filter((s) => s.status === "open" && s.mode === "payment");
	const wrong = async () => {
		const kept = new Map(sql("SELECT id, cents, currency FROM payment", c.schema).map(([id, cents, currency]) => [letters(id), `${cents} ${currency.toLowerCase()}`]));
		return (await asked()).filter((s) => kept.get(s.client_reference_id) !== `${s.amount_total} ${s.currency}`);
	};
	await until("its page", async () => granted(await stranger().get(`/api/portal/bill-links/payments/${told.id}?token=${k.token}`)), (x) => x.url);
	assert.equal((await asked()).filter((s) => s.client_reference_id === told.id).length, 1);
	assert.deepEqual(await wrong(), []);
	await bank(where, "open", { account, form: { mode: "payment", client_reference_id: told.id, line_items: [{ quantity: 1, price_data: { unit_amount: 1, currency: "usd" } }] } });
	assert.equal((await wrong()).length, 1, "the control: a cent that the ledger does not know is found");
});

test("fifty presses at once begin one payment; another bill's link does not see it", async () => {
	const k = await billed(5100), other = await billed(5200);
	const all = await Promise.all(Array.from({ length: 50 }, () => stranger().post("/api/portal/bill-links/payments", { token: k.token })));
	const ids = new Set(all.filter((a) => a.status === 201).map((a) => a.body.id));
	assert.equal(ids.size, 1, `${all.map((a) => a.status)}`);
	refused(await stranger().get(`/api/portal/bill-links/payments/${[...ids][0]}?token=${other.token}`), 404, "not_found");
});

test("where a credit card costs more the page takes the card alone, and whoever holds the link reads the sum first", async () => {
	sql("UPDATE company SET region = 'AZ' WHERE id = 1", c.schema);
	const rules = granted(await office.get("/api/office/billing"));
	granted(await office.put("/api/office/billing", { ...rules, surcharge_ppm: 30000, surcharge_from: day(40) }));
	sql(`UPDATE setting SET body = JSON_SET(body, '$.surcharge_from', '${day(-2)}') WHERE body LIKE '%surcharge_from%'`, c.schema);
	const k = await billed(10000), other = await billed(5200);
	assert.equal(granted(await look(k.token)).surcharge_ppm, 30000);
	const p = await begin(k.token);
	await bank(where, "pay", { id: p.page, kind: "card", number: "4242424242424242" });
	const s = await until("the sum", async () => granted(await stranger().get(`/api/portal/bill-links/payments/${p.id}?token=${k.token}`)), (x) => x.asks);
	assert.deepEqual([s.cents, s.surcharge_cents, s.card, s.card_last4], [10000, 300, "visa", "4242"]);
	const agree = (token, surcharge_cents) => stranger().post(`/api/portal/bill-links/payments/${p.id}/agreements`, { token, surcharge_cents });
	refused(await agree(other.token, 300), 404, "not_found");
	refused(await agree(k.token, 0), 409, "stale", "surcharge_cents");
	granted(await agree(k.token, 300), 201);
	await until("it is paid", async () => (await k.account()).payments.map((x) => [x.cents, x.state]), (x) => `${x}` === "10300,settled");
	assert.equal((await k.account()).owed_cents, 0);
	granted(await office.put("/api/office/billing", { ...granted(await office.get("/api/office/billing")), surcharge_ppm: 0, surcharge_from: null }));
});

// ---- a booking with a deposit ----

async function booked(n, email) {
	const v = new Visitor(where, c.host, { address: `83.1.${n}.7` });
	const page = granted(await v.get("/api/portal/bookings"));
	const since = Date.now();
	const place = { service_id: page.services[0].id, street: `${n} Oak St`, city: "Mesa", region: "AZ", postcode: "85201" };
	const [x] = granted(await v.post("/api/portal/bookings/times", { ...place, from_day: day(3) })).rows;
	const { hold } = granted(await v.post("/api/portal/bookings/holds", { ...place, day: x.day, from_minute: x.from_minute }), 201);
	await new Promise((done) => setTimeout(done, Math.max(0, since + 2100 - Date.now())));
	const wish = { hold, form: page.form, name: "Nora Nueva", phone: `(480) 555-02${n}`, email, language: "en", note: "", website: "" };
	const made = granted(await v.post("/api/portal/bookings", wish), 201);
	/* Sent again after a lost answer: the same bill, not another. */
	assert.equal(granted(await v.post("/api/portal/bookings", wish), 201).deposit_cents, made.deposit_cents);
	return { ...made, page, id: () => sql(`SELECT v.id, v.state FROM visit v JOIN customer k ON k.id = v.customer_id WHERE k.email = '${email}'`, c.schema)[0] };
}

test("a booking with a deposit keeps the time, and its bill is paid by its link", async () => {
	const tech = (await crew(c, ["technician"])).technician;
	const service = granted(await office.post("/api/office/services", { name: "Pump repair", kind: "job", minutes: 60, pay_code: "", price_cents: 12900, skills: [], checklist: [], parts: [], instructions: "" }), 201);
	const { version } = granted(await office.get(`/api/office/staff/${tech.id}/work`));
	granted(await office.put(`/api/office/staff/${tech.id}/hours`, { from_day: "2020-01-01", rows: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((weekday) => ({ weekday, from_minute: 480, to_minute: 960 })), version }));
	sql("UPDATE property SET lat_e6 = 33416000, lng_e6 = -111830000", c.schema);
	granted(await office.put("/api/office/booking", { open: true, prices: true, confirm: "at_once", window_minutes: 120, notice_hours: 4, ahead_days: 21, reserve_minutes: 0, change_hours: 2, within_km: 0, postcodes: "", deposit_cents: 5000, services: [{ id: service.id }], version: 0 }));
	const email = `nora@${word()}.example`;
	const paid = await booked(31, email);
	assert.equal(paid.page.deposit_cents, 5000);
	assert.equal(paid.deposit_cents, 5000);
	/* On the board at once; the office's bill of the job takes it off again. */
	assert.equal(paid.id()[1], "1");
	const token = paid.pay.match(/portal\/bill#(.+)$/)[1];
	assert.equal(granted(await look(token)).cents, 5000);
	assert.deepEqual(sql(`SELECT net_cents FROM bill_line WHERE visit_id = ${paid.id()[0]} AND line_key LIKE 'job:deposit:%'`, c.schema), [["-5000"]]);
	/* The letter says that it came in; the money confirms it. */
	await mailbox.letter(email, /has your request[^]*book\/mine#/);
	const p = await begin(token);
	assert.equal(p.cents, 5000);
	await bank(where, "pay", { id: p.page, kind: "card", number: "4242424242424242" });
	await until("it is paid", async () => granted(await look(token)).cents === 0);
	sql("UPDATE job SET due_at = 1 WHERE kind = 'booking_deposit' AND state = 1", c.schema);
	await wake(c);
	await mailbox.letter(email, /comes to 31 Oak St[^]*book\/mine#/);
});
