// stripe.mjs -- lives a life of the house's own Stripe, and writes down all that it said, as TypeScript: each answer and each
// message is a constant of the vendor's type, for tsc to judge (stripe.sh). Fixtures are how things begin; this is what becomes of
// them: paid, refused, asked, returned, disputed, refunded, paid out, billed, ended, expanded and listed.
//
//   node tests/laws/stripe.mjs > said.ts        Errors: a thing, a message or an answer of the fake that nobody here lives through
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import http from "node:http";
import { stripe } from "../../ops/stripe/stripe.mjs";

const TYPES = {
	"balance_transaction": "Stripe.BalanceTransaction",
	"billing_portal.session": "Stripe.BillingPortal.Session",
	"charge": "Stripe.Charge",
	"checkout.session": "Stripe.Checkout.Session",
	"customer": "Stripe.Customer",
	"dispute": "Stripe.Dispute",
	"invoice": "Stripe.Invoice",
	"payment_intent": "Stripe.PaymentIntent",
	"payment_method": "Stripe.PaymentMethod",
	"payout": "Stripe.Payout",
	"refund": "Stripe.Refund",
	"setup_intent": "Stripe.SetupIntent",
	"subscription": "Stripe.Subscription",
	"v2.core.account": "Account",
	"v2.core.account_link": "Stripe.V2.Core.AccountLink",
};
const type_of = (said) => {
	if (said.error) return "Stripe.StripeRawError";
	if (said.object === "list") return `Stripe.ApiList<${said.data.length ? type_of(said.data[0]) : "never"}>`;
	if (said.object === "event") return `Extract<Stripe.Event, { type: ${JSON.stringify(said.type)} }>`;
	/* The client makes an object of the account's name; on the wire it is a name. */
	if (said.object === "v2.core.event") return `Omit<Extract<Stripe.V2.Core.EventNotification, { type: ${JSON.stringify(said.type)} }>, "context"> & { context: string }`;
	assert.ok(TYPES[said.object], `nobody knows what a ${said.object} is: ${JSON.stringify(said)}`);
	return TYPES[said.object];
};
const all = [];
const note = (said) => (all.push(said), said);

// ---- who listens, and who asks ----

const hook = http.createServer(async (request, reply) => {
	let text = "";
	for await (const part of request) text += part;
	note(JSON.parse(text));
	reply.writeHead(204).end();
});
await new Promise((done) => hook.listen(0, "127.0.0.1", done));
const fake = stripe({ secret: "whsec_law", hook: `http://127.0.0.1:${hook.address().port}/`, fast: true });
const origin = `http://127.0.0.1:${await fake.listen(0)}`;

let account = null;
const walked = new Set();
async function call(method, path, asked = {}) {
	const v2 = path.startsWith("/v2/");
	const body = v2 ? JSON.stringify(asked) : new URLSearchParams(asked);
	const answer = await fetch(origin + path + (method === "GET" && !v2 ? `?${body}` : ""), {
		method, body: method === "GET" ? undefined : body,
		headers: { authorization: `Bearer ${fake.KEY}`, ...(account && !v2 ? { "stripe-account": account } : {}) },
	});
	assert.notEqual(answer.status, 500, path);
	walked.add(`${method} ${path.split("?")[0]}`);
	return note(await answer.json());
}
const get = (path, asked) => call("GET", path, asked);
const post = (path, asked) => call("POST", path, asked);
const person = async (verb, what = {}) => (await fetch(`${origin}/_test/${verb}`, { method: "POST", body: JSON.stringify({ account, ...what }) })).json();

// ---- a life ----

const WANTED = { configuration: { merchant: { capabilities: { card_payments: { requested: true }, ach_debit_payments: { requested: true } } } } };
const made = await post("/v2/core/accounts", { contact_email: "olga@blue.example", display_name: "Blue", dashboard: "full", identity: { country: "us" }, ...WANTED, include: ["configuration.merchant", "requirements"] });
const link = await post("/v2/core/account_links", { account: made.id, use_case: { type: "account_onboarding", account_onboarding: { configurations: ["merchant"], refresh_url: "http://b.example/again", return_url: "http://b.example/done" } } });
await person("onboard", { id: link.url.split("/").pop() });
for (const include of ["", "include[0]=configuration.merchant&include[1]=requirements&include[2]=identity&include[3]=defaults"]) await get(`/v2/core/accounts/${made.id}?${include}`);

const opened = async (mode, more) => post("/v1/checkout/sessions", { mode, success_url: "http://b.example/done?s={CHECKOUT_SESSION_ID}", cancel_url: "http://b.example/back", ...more });
const line = (more = {}) => ({ "line_items[0][quantity]": 1, "line_items[0][price_data][currency]": "usd", "line_items[0][price_data][unit_amount]": 12500, "line_items[0][price_data][product_data][name]": "INV-000001", ...more });
const ONE = { "payment_intent_data[metadata][payment]": "7", "payment_intent_data[setup_future_usage]": "off_session", "payment_method_types[0]": "card", "payment_method_types[1]": "us_bank_account", "customer_email": "rosa@home.example" };
/* -> the payment, as it stands after what the person typed */
async function paid(kind, number, more = {}) {
	const s = await opened("payment", line(ONE));
	await person("pay", { id: s.id, kind, number, ...more });
	const { payment_intent } = await get(`/v1/checkout/sessions/${s.id}`);
	return get(`/v1/payment_intents/${payment_intent}`, { "expand[0]": "latest_charge.balance_transaction", "expand[1]": "payment_method" });
}
const kept = async (kind, number) => {
	const s = await opened("setup", { currency: "usd", customer: rosa.id });
	await person("pay", { id: s.id, kind, number });
	const done = await get(`/v1/checkout/sessions/${s.id}`, { "expand[0]": "setup_intent" });
	await get(`/v1/setup_intents/${done.setup_intent.id}`);
	return get(`/v1/payment_methods/${done.setup_intent.payment_method}`);
};
const charged = (method, more = {}) => post("/v1/payment_intents", { "amount": 900, "currency": "usd", "customer": rosa.id, "payment_method": method, "confirm": true, "metadata[payment]": "8", ...more });

account = made.id;
const rosa = await post("/v1/customers", { "name": "Rosa Ruiz", "email": "rosa@home.example", "metadata[customer]": "1" });
await get(`/v1/customers/${rosa.id}`);
// Cards: each of the test cards on the page, some of them left there and charged afterwards
for (const number of ["4242424242424242", "5555555555554444", "4000000000000002", "4000000000009995", "4000000000000069", "4000056655665556"]) await paid("card", number);
await paid("card", "4000002500003155");
await paid("card", "4000002500003155", { answered: "yes" });
const good = await kept("card", "4242424242424242"), later = await kept("card", "4000000000000341"), asks = await kept("card", "4000002500003155");
await charged(good.id, { off_session: true });
await charged(later.id, { off_session: true });
await charged(asks.id, { off_session: true });
for (const yes of [true, false]) await person("answer", { id: (await charged(asks.id, { return_url: "http://b.example/back" })).id, yes });
await post(`/v1/payment_intents/${(await charged(asks.id)).id}/cancel`);
await post(`/v1/payment_methods/${good.id}/detach`);
await post(`/v1/payment_methods/${good.id}/detach`);
// Taken back: in part, whole, too much; by its holder, won and lost
const back = await paid("card", "4242424242424242");
await get(`/v1/refunds/${(await post("/v1/refunds", { payment_intent: back.id, amount: 500 })).id}`);
await post("/v1/refunds", { payment_intent: back.id, amount: 90000 });
await post("/v1/refunds", { payment_intent: back.id });
await get(`/v1/charges/${back.latest_charge.id}`);
for (const won of [true, false]) {
	const [d] = (await get("/v1/disputes", { payment_intent: (await paid("card", "4000000000000259")).id })).data;
	await person("end_dispute", { id: d.id, won });
	await get("/v1/disputes", { payment_intent: d.payment_intent, "expand[0]": "data.charge" });
}
// Banks: slow, without money, closed, never allowed, and taken back
for (const number of ["000123456789", "000222222227", "000333333335", "000111111113", "000555555559"]) {
	const { id } = await paid("us_bank_account", number);
	await person("settle", { id });
	if (number === "000555555559") await person("dispute", { id, reason: "debit_not_authorized" });
	await get(`/v1/payment_intents/${id}`, { "expand[0]": "latest_charge.balance_transaction", "expand[1]": "payment_method" });
	await get("/v1/disputes", { payment_intent: id });
}
const debit = await kept("us_bank_account", "000222222227");
await person("settle", { id: (await charged(debit.id, { "off_session": true, "payment_method_types[0]": "us_bank_account" })).id });
// What came to the bank, and what it was for
const { id: out } = await person("payout");
await get(`/v1/payouts/${out}`);
for (const q of [{ payout: out, limit: 100 }, { "created[gte]": 1, "limit": 2 }]) await get("/v1/balance_transactions", { ...q, "expand[0]": "data.source" });
await post(`/v1/checkout/sessions/${(await opened("payment", line())).id}/expire`);
await get("/v1/payment_intents/pi_none");
await get("/v1/nothing");
await get(`/v1/events/${(await person("events"))[1].id}`);

// The platform's own customers
account = null;
const ours = await post("/v1/customers", { email: "olga@blue.example" });
for (const trial of [{}, { "subscription_data[trial_end]": 4102444800 }]) {
	const s = await opened("subscription", { ...line({ "line_items[0][price_data][recurring][interval]": "month" }), "customer": ours.id, "subscription_data[metadata][tenant]": "blue", ...trial });
	await person("pay", { id: s.id, kind: "card", number: "4242424242424242" });
	const { subscription } = await get(`/v1/checkout/sessions/${s.id}`);
	for (const fails of [false, true]) await person("renew", { id: subscription, fails });
	await get(`/v1/subscriptions/${subscription}`, { "expand[0]": "latest_invoice" });
	await person("settle_bills", { id: subscription });
	await get("/v1/subscriptions", { customer: ours.id, status: "all" });
	await person("end", { id: subscription });
	await get(`/v1/subscriptions/${subscription}`);
}
const bills = await get("/v1/invoices", { customer: ours.id });
await get(`/v1/invoices/${bills.data[0].id}`);
await post("/v1/billing_portal/sessions", { customer: ours.id, return_url: "http://b.example/back" });

const told = (await person("events")).length;
const posted = () => all.filter((s) => s.type && (s.object === "event" || s.object === "v2.core.event")).length;
for (let i = 0; posted() < told && i < 500; i++) await new Promise((done) => setTimeout(done, 10));
await fake.close();
await new Promise((done) => (hook.closeAllConnections(), hook.close(done)));

// ---- nothing was left out ----

const read = (file) => readFileSync(new URL(`../../ops/stripe/${file}`, import.meta.url), "utf8");
const within = (said) => (said && typeof said === "object" ? [said, ...Object.values(said).flatMap(within)] : []);
const missing = (what, names, seen) => assert.deepEqual([...new Set(names)].filter((n) => !seen.has(n)), [], `${what} that nobody lived through`);
missing("things", [...read("fixtures.mjs").matchAll(/^\t+object: "([\w.]+)"/gm)].map((m) => m[1]).filter((n) => TYPES[n] || n === "event"), new Set(all.flatMap(within).map((s) => s.object)));
missing("messages", [...read("stripe.mjs").matchAll(/tell(?:_thin)?\(\w[^"\n]*"(?:paid" \? ")?([a-z][\w.[\]]+)"(?: : "([a-z.]\w+\.\w+)")?/g)].flatMap((m) => [m[1], m[2]]).filter(Boolean), new Set(all.map((s) => s.type)));
missing("answers", [...read("stripe.mjs").matchAll(/^\t\t\["(\w+)", \/\^(.+)\$\/,/gm)].map((m) => `${m[1]} ${m[2]}`).filter((r) => ![...walked].some((w) => new RegExp(`^${r.replaceAll("\\/", "/")}$`).test(w))), new Set());

/* What was not asked for with `include` is null on the wire, which the vendor says in words, not in types:
 * https://docs.stripe.com/api-includable-response-values */
console.log(`import type { Stripe } from "stripe";
import type { Fixture } from "../../../ops/stripe/fixtures.d.ts";

type Included = "configuration" | "defaults" | "identity" | "requirements";
type Account = Omit<Stripe.V2.Core.Account, Included> & { [K in Included]: Stripe.V2.Core.Account[K] | null };
`);
[...new Map(all.map((s) => [JSON.stringify(s), s])).values()].forEach((s, i) => {
	console.log(`export const said_${i}: Fixture<${type_of(s)}> = ${JSON.stringify(s.error ?? s, null, "\t")};`);
});
