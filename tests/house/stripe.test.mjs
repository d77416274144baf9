// The other side of card payments, judged by the vendor's own client: what it sends is understood, what we answer it takes.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import Stripe from "stripe";
import { stripe as play } from "../../ops/stripe/stripe.mjs";
import { until } from "./until.mjs";

const secret = "whsec_story";
let fake, port, hook, vendor, account;
const letters = [];

before(async () => {
	hook = http.createServer(async (request, reply) => {
		const parts = [];
		for await (const p of request) parts.push(p);
		letters.push({ body: Buffer.concat(parts), signature: request.headers["stripe-signature"] });
		reply.writeHead(204).end();
	});
	await new Promise((done) => hook.listen(0, "127.0.0.1", done));
	fake = play({ secret, hook: `http://127.0.0.1:${hook.address().port}/`, fast: true });
	port = await fake.listen(0);
	vendor = new Stripe(fake.KEY, { host: "127.0.0.1", port, protocol: "http", apiVersion: "2026-08-26.dahlia", maxNetworkRetries: 0 });
	const made = await vendor.v2.core.accounts.create({
		contact_email: "olga@blue.example", display_name: "Blue", dashboard: "full", identity: { country: "us" },
		configuration: { merchant: { capabilities: { card_payments: { requested: true }, ach_debit_payments: { requested: true } } } },
		include: ["configuration.merchant", "requirements"],
	});
	account = made.id;
	assert.equal(made.configuration.merchant.capabilities.card_payments.status, "restricted");
});
after(async () => {
	await fake.close();
	await new Promise((done) => (hook.closeAllConnections(), hook.close(done)));
});
const on = () => ({ stripeAccount: account });
const act = (verb, what) =>
	fetch(`http://127.0.0.1:${port}/_test/${verb}`, { method: "POST", body: JSON.stringify({ account, ...what }) }).then((r) => r.json());
const page = (more = {}) =>
	vendor.checkout.sessions.create(
		{
			mode: "payment", success_url: "http://blue.example/done?s={CHECKOUT_SESSION_ID}", cancel_url: "http://blue.example/back", customer_creation: "always",
			line_items: [{ quantity: 1, price_data: { currency: "usd", unit_amount: 12500, product_data: { name: "INV-000001" } } }],
			payment_intent_data: { metadata: { payment: "p1" }, setup_future_usage: "off_session" },
			...more,
		},
		on(),
	);
async function heard(type) {
	return until(`${type} is heard`, () => letters.map((l) => ({ ...l, event: JSON.parse(l.body) })).findLast((l) => l.event.type === type));
}

test("a company goes through the form, and may take cards", async () => {
	const link = await vendor.v2.core.accountLinks.create({
		account, use_case: { type: "account_onboarding", account_onboarding: { configurations: ["merchant"], refresh_url: "http://blue.example/again", return_url: "http://blue.example/done" } },
	});
	await fetch(link.url, { method: "POST", redirect: "manual" });
	const now = await vendor.v2.core.accounts.retrieve(account, { include: ["configuration.merchant"] });
	assert.equal(now.configuration.merchant.capabilities.card_payments.status, "active");
	assert.equal(now.requirements ?? null, null, "what was not asked for is not there");
	const thin = await heard("v2.core.account[configuration.merchant].capability_status_updated");
	assert.equal(vendor.parseEventNotification?.(thin.body, thin.signature, secret)?.related_object?.id ?? account, account);
});

test("a page is paid by card, and the vendor's client believes the message", async () => {
	const s = await page();
	assert.equal(s.status, "open");
	assert.match(s.url, /^http/);
	const answer = await fetch(s.url, { method: "POST", body: new URLSearchParams({ kind: "card", number: "4242 4242 4242 4242" }), redirect: "manual" });
	assert.equal(answer.headers.get("location"), `http://blue.example/done?s=${s.id}`);
	const { body, signature } = await heard("payment_intent.succeeded");
	const event = vendor.webhooks.constructEvent(body, signature, secret);
	assert.equal(event.account, account);
	assert.throws(() => vendor.webhooks.constructEvent(body.toString().replace("12500", "1"), signature, secret), /signature/i);
	const pi = await vendor.paymentIntents.retrieve(event.data.object.id, { expand: ["latest_charge.balance_transaction", "payment_method"] }, on());
	assert.deepEqual([pi.status, pi.amount, pi.metadata.payment, pi.latest_charge.balance_transaction.fee], ["succeeded", 12500, "p1", 393]);
	const book = await vendor.balanceTransactions.list({ limit: 10, expand: ["data.source"] }, on());
	assert.equal(book.data[0].source.payment_intent, pi.id);
});

test("another company does not see it, and a wrong key sees nothing", async () => {
	const [s] = (await act("all", { kind: "checkout.session" })).slice(-1);
	const other = await vendor.v2.core.accounts.create({ contact_email: "x@y.example", display_name: "X", dashboard: "full", identity: { country: "us" }, configuration: {} });
	await assert.rejects(vendor.checkout.sessions.retrieve(s.id, {}, { stripeAccount: other.id }), { statusCode: 404 });
	const stranger = new Stripe("sk_test_wrong", { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0 });
	await assert.rejects(stranger.customers.create({}), { statusCode: 401 });
});

test("a key gets the first answer again, and another order under it is refused", async () => {
	const first = await vendor.customers.create({ email: "a@b.example" }, { ...on(), idempotencyKey: "k1" });
	assert.equal((await vendor.customers.create({ email: "a@b.example" }, { ...on(), idempotencyKey: "k1" })).id, first.id);
	await assert.rejects(vendor.customers.create({ email: "c@d.example" }, { ...on(), idempotencyKey: "k1" }), { type: "StripeIdempotencyError" });
});

test("a card that was left is charged, refused and asked as the vendor's client expects it", async () => {
	const kept = async (number) => {
		const s = await page({ mode: "setup", line_items: undefined, payment_intent_data: undefined, currency: "usd" });
		await act("pay", { id: s.id, kind: "card", number });
		const done = await vendor.checkout.sessions.retrieve(s.id, { expand: ["setup_intent"] }, on());
		return { customer: done.customer, payment_method: done.setup_intent.payment_method };
	};
	const charge = (m) => vendor.paymentIntents.create({ amount: 900, currency: "usd", ...m, off_session: true, confirm: true }, on());
	assert.equal((await charge(await kept("4242424242424242"))).status, "succeeded");
	await assert.rejects(charge(await kept("4000000000000341")), (e) => e.type === "StripeCardError" && e.payment_intent.status === "requires_payment_method");
	await assert.rejects(charge(await kept("4000002500003155")), { code: "authentication_required" });
});

test("a bank is slow, pays, and takes it back", async () => {
	const s = await page();
	await act("pay", { id: s.id, kind: "us_bank_account", number: "000123456789" });
	const { payment_intent } = await vendor.checkout.sessions.retrieve(s.id, {}, on());
	assert.equal((await vendor.paymentIntents.retrieve(payment_intent, {}, on())).status, "processing");
	await act("settle", { id: payment_intent });
	assert.equal((await vendor.paymentIntents.retrieve(payment_intent, {}, on())).status, "succeeded");
	await act("dispute", { id: payment_intent, reason: "insufficient_funds" });
	const [d] = (await vendor.disputes.list({ payment_intent }, on())).data;
	assert.deepEqual([d.status, d.amount, d.reason], ["lost", 12500, "insufficient_funds"]);
});

test("what is refunded is never more than was paid", async () => {
	const s = await page();
	await act("pay", { id: s.id, kind: "card", number: "4242424242424242" });
	const { payment_intent } = await vendor.checkout.sessions.retrieve(s.id, {}, on());
	assert.equal((await vendor.refunds.create({ payment_intent, amount: 500 }, on())).status, "succeeded");
	await assert.rejects(vendor.refunds.create({ payment_intent, amount: 12001 }, on()), { type: "StripeInvalidRequestError" });
	assert.equal((await vendor.charges.retrieve((await vendor.paymentIntents.retrieve(payment_intent, {}, on())).latest_charge, {}, on())).amount_refunded, 500);
});

test("a house that is closed and opened again is known: its account, its cards, its payments", async () => {
	const folder = mkdtempSync(path.join(tmpdir(), "stripe-"));
	const open = async () => {
		const one = play({ secret, fast: true, book: path.join(folder, "book.json") });
		return [one, new Stripe(one.KEY, { host: "127.0.0.1", port: await one.listen(0), protocol: "http", apiVersion: "2026-08-26.dahlia", maxNetworkRetries: 0 })];
	};
	let [one, client] = await open();
	const made = await client.v2.core.accounts.create({ contact_email: "olga@blue.example", display_name: "Blue", dashboard: "full", identity: { country: "us" } });
	const customer = await client.customers.create({ email: "rosa@home.example" }, { stripeAccount: made.id });
	await one.close();
	[one, client] = await open();
	assert.equal((await client.v2.core.accounts.retrieve(made.id)).id, made.id);
	assert.equal((await client.customers.retrieve(customer.id, {}, { stripeAccount: made.id })).email, "rosa@home.example");
	assert.notEqual((await client.customers.create({ email: "x@home.example" }, { stripeAccount: made.id })).id, customer.id);
	await one.close();
	rmSync(folder, { recursive: true });
});
