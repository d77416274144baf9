// stripe.mjs -- the other side of a card payment, for a house that stands alone: Stripe's wire format on loopback, its
// hosted pages, its webhooks. No money moves. It fails on purpose: declines, 3-D Secure, slow banks, returns, disputes,
// lost answers, doubled and disordered messages.
//
//   node ops/stripe/stripe.mjs --port 8084 --hook http://127.0.0.1:8080/api/hook/pay --host localhost:8080 --secret whsec_...
//
// Test cards: 4242 4242 4242 4242 pays · 4000 0000 0000 0002 is declined · 4000 0000 0000 9995 has no money ·
//   4000 0025 0000 3155 asks (3-D Secure) · 4000 0000 0000 0259 pays and is disputed.
// Test accounts (routing 110000000): 000123456789 pays · 000222222227 has no money · 000333333335 says it was never allowed
//   · 000111111113 is closed · 000555555559 pays and is taken back later.
//
// --book FILE: what it knows is written there when it is ended, and read when it begins: a house that is opened again finds
// its accounts, cards and payments. Test numbers alone are in it.
//
// What a person at the bank would do, a test asks for below /_test/: see `control`.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { pathToFileURL } from "node:url";
import * as fixtures from "./fixtures.mjs";
import { hosted } from "./pages.mjs";

const CARDS = {
	"4242424242424242": { brand: "visa" },
	"5555555555554444": { brand: "mastercard" },
	"4000000000000002": { brand: "visa", decline: "generic_decline" },
	"4000000000009995": { brand: "visa", decline: "insufficient_funds" },
	"4000000000000069": { brand: "visa", decline: "expired_card", code: "expired_card" },
	"4000002500003155": { brand: "visa", asks: true },
	"4000000000000259": { brand: "visa", disputed: true },
	"4000056655665556": { brand: "visa", funding: "debit" },
	// Can be kept, and is declined whenever it is charged after that.
	"4000000000000341": { brand: "visa", later: "generic_decline" },
};
const BANKS = {
	"000123456789": {},
	"000222222227": { fails: "insufficient_funds", code: "R01" },
	"000333333335": { fails: "debit_not_authorized", code: "R10" },
	"000111111113": { fails: "account_closed", code: "R02" },
	"000555555559": { returned: "debit_not_authorized" },
};
const REFUSALS = {
	generic_decline: "Your card was declined.",
	insufficient_funds: "Your card has insufficient funds.",
	expired_card: "Your card has expired.",
};
const KEY = "sk_test_poolhouse";

export function stripe({ secret, hook, host, book, fast = false, now = () => Math.floor(Date.now() / 1000), log = () => {} }) {
	const things = new Map(); // id -> {account, object}
	const keys = new Map(); // account|key -> {status, body, print}
	const events = [];
	const moods = { lose: 0, fail: 0, hold: false, copies: 1, shuffle: false, settle_ms: fast ? 0 : 20_000, seen: [] };
	const held = [];
	let serial = 0;

	const id = (prefix) => `${prefix}_${(++serial).toString(36).padStart(6, "0")}${randomBytes(9).toString("hex")}`;
	const basis = () => ({ id, at: now() });
	const keep = (account, object) => (things.set(object.id, { account, object }), object);
	const all = (account, kind) => [...things.values()].filter((t) => t.account === account && t.object.object === kind).map((t) => t.object);
	const find = (account, which, kind) => {
		const found = things.get(which);
		if (!found || found.account !== account || (kind && found.object.object !== kind))
			throw error(404, { type: "invalid_request_error", code: "resource_missing", param: "id", message: `No such ${kind ?? "object"}: '${which}'` });
		return found.object;
	};

	// ---- messages to the house ----

	function tell(account, type, object) {
		const event = fixtures.event(basis(), account, type, object);
		events.push(event);
		post(event);
	}
	function tell_thin(account, type, kind, related) {
		const event = { id: id("evt"), object: "v2.core.event", type, created: new Date(now() * 1000).toISOString(), livemode: false, context: account, related_object: { id: related, type: kind, url: `/v2/core/accounts/${related}` } };
		events.push(event);
		post(event);
	}
	function post(event) {
		if (!hook) return;
		const body = JSON.stringify(event, null, 2);
		for (let i = 0; i < moods.copies; i++) held.push({ body, tries: 0 });
		if (!moods.hold) flush();
	}
	function flush() {
		if (moods.shuffle) held.sort(() => Math.random() - 0.5);
		for (const letter of held.splice(0)) deliver(letter);
	}
	/* So many at once, as a sender does that does not want to be taken for an attack. */
	const line = new http.Agent({ maxSockets: 24 });
	function deliver(letter) {
		const to = new URL(hook);
		const request = http.request(
			{
				host: to.hostname, port: to.port, path: to.pathname, method: "POST",
				headers: { Host: host ?? to.host, "Content-Type": "application/json; charset=utf-8", "Content-Length": Buffer.byteLength(letter.body), "Stripe-Signature": signature(letter.body), "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)" },
				timeout: 10_000,
				agent: line,
			},
			(answer) => {
				answer.resume();
				if (answer.statusCode < 200 || answer.statusCode > 299) again(letter, answer.statusCode);
			},
		);
		request.on("timeout", () => request.destroy(new Error("timeout")));
		request.on("error", (e) => again(letter, e.message));
		request.end(letter.body);
	}
	/* Stripe itself waits minutes and hours, up to three days. */
	function again(letter, why) {
		log(`webhook: ${why}`);
		if (++letter.tries < 12) setTimeout(() => deliver(letter), Math.min(30_000, 250 * 2 ** letter.tries) * (0.5 + Math.random())).unref();
	}
	function signature(body, at = now()) {
		return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`;
	}

	// ---- what things look like ----

	const customer = (account, email) => keep(account, fixtures.customer(basis(), email ?? null));
	function method(account, cus, kind, { number, brand }) {
		const m = kind === "card" ? fixtures.card(basis(), cus, { number, brand, funding: CARDS[number]?.funding }) : fixtures.bank_account(basis(), cus, number);
		keep(account, m);
		things.get(m.id).number = number;
		return m;
	}
	const fee_of = (kind, cents) => (kind === "card" ? Math.round(cents * 0.029) + 30 : Math.min(500, Math.round(cents * 0.008)));
	const move = (account, type, source, amount, fee) => keep(account, fixtures.move(basis(), type, source, amount, fee));
	const intent = (account, fields) => keep(account, fixtures.intent(basis(), fields));
	function charge(account, pi, m, status) {
		const c = keep(account, fixtures.charge(basis(), pi, m, status));
		pi.latest_charge = c.id;
		return c;
	}

	// ---- a payment, from the card to the book ----

	/* -> null, or the error that a card gives */
	function confirm(account, pi, m, { off = false, later = false, answered = false } = {}) {
		const number = things.get(m.id).number;
		pi.payment_method = m.id;
		pi.last_payment_error = null;
		pi.next_action = null;
		if (m.type === "us_bank_account") {
			pi.status = "processing";
			charge(account, pi, m, "pending");
			tell(account, "payment_intent.processing", pi);
			if (moods.settle_ms >= 0 && !fast) setTimeout(() => settle(account, pi.id), moods.settle_ms).unref();
			return null;
		}
		const card = CARDS[number] ?? CARDS["4242424242424242"];
		const declined = card.decline ?? (later ? card.later : undefined);
		if (declined) return refuse(account, pi, m, { code: card.code ?? "card_declined", decline_code: declined, message: REFUSALS[declined] ?? "Your card was declined." });
		if (card.asks && off) return refuse(account, pi, m, { code: "authentication_required", decline_code: "authentication_required", message: "The card was declined because the transaction requires authentication." });
		if (card.asks && !answered) {
			pi.status = "requires_action";
			return { asks: true };
		}
		const c = charge(account, pi, m, "succeeded");
		succeed(account, pi, c, "card");
		if (card.disputed) dispute(account, pi.id, "fraudulent");
		return null;
	}
	function refuse(account, pi, m, e) {
		const c = charge(account, pi, m, "failed");
		c.failure_code = e.decline_code ?? e.code;
		c.failure_message = e.message;
		pi.status = "requires_payment_method";
		pi.payment_method = null;
		pi.last_payment_error = fixtures.refusal(m, c, e);
		tell(account, "payment_intent.payment_failed", pi);
		tell(account, "charge.failed", c);
		return pi.last_payment_error;
	}
	function succeed(account, pi, c, kind) {
		const t = move(account, kind === "card" ? "charge" : "payment", c.id, pi.amount, fee_of(kind, pi.amount));
		Object.assign(c, { status: "succeeded", paid: true, amount_captured: pi.amount, balance_transaction: t.id });
		Object.assign(pi, { status: "succeeded", amount_received: pi.amount });
		tell(account, "charge.succeeded", c);
		tell(account, "payment_intent.succeeded", pi);
	}
	/* The bank has thought about it. */
	function settle(account, which, how) {
		const pi = find(account, which, "payment_intent");
		if (pi.status !== "processing") return pi;
		const m = find(account, pi.payment_method, "payment_method");
		const bank = BANKS[things.get(m.id).number] ?? {};
		const fails = how?.fails ?? bank.fails;
		const session = all(account, "checkout.session").find((s) => s.payment_intent === pi.id);
		if (fails) {
			refuse(account, pi, m, { code: fails, decline_code: how?.code ?? bank.code ?? fails, message: `The customer's bank has refused the debit (${how?.code ?? bank.code ?? fails}).` });
			if (session) tell(account, "checkout.session.async_payment_failed", session);
			return pi;
		}
		succeed(account, pi, find(account, pi.latest_charge), "us_bank_account");
		if (session) {
			session.payment_status = "paid";
			tell(account, "checkout.session.async_payment_succeeded", session);
		}
		if (bank.returned && !fast) setTimeout(() => dispute(account, pi.id, bank.returned), moods.settle_ms).unref();
		return pi;
	}
	/* A cardholder or a bank takes it back; of a bank debit it is final at once. */
	function dispute(account, which, reason) {
		const pi = find(account, which, "payment_intent");
		const c = find(account, pi.latest_charge, "charge");
		if (c.disputed) return all(account, "dispute").find((d) => d.charge === c.id);
		const bank = c.payment_method_details.type === "us_bank_account";
		const amount = c.amount - c.amount_refunded;
		const d = keep(account, fixtures.dispute(basis(), c, amount, reason));
		d.balance_transactions.push(move(account, "adjustment", d.id, -amount, bank ? 0 : 1500));
		c.disputed = true;
		tell(account, "charge.dispute.created", d);
		if (bank) tell(account, "charge.dispute.closed", d);
		return d;
	}
	function end_dispute(account, which, won) {
		const d = find(account, which, "dispute");
		d.status = won ? "won" : "lost";
		if (won) d.balance_transactions.push(move(account, "adjustment", d.id, d.amount, -1500));
		tell(account, "charge.dispute.closed", d);
		return d;
	}
	function refund(account, which, cents) {
		const pi = find(account, which, "payment_intent");
		const c = pi.latest_charge ? find(account, pi.latest_charge, "charge") : null;
		if (!c || c.status !== "succeeded") throw error(400, { type: "invalid_request_error", code: "charge_not_captured", message: "This PaymentIntent does not have a successful charge to refund." });
		const amount = cents ?? c.amount - c.amount_refunded;
		if (amount <= 0 || amount > c.amount - c.amount_refunded)
			throw error(400, { type: "invalid_request_error", code: amount <= 0 ? "parameter_invalid_integer" : "charge_already_refunded", param: "amount", message: `Refund amount ($${(amount / 100).toFixed(2)}) is greater than unrefunded amount on charge ($${((c.amount - c.amount_refunded) / 100).toFixed(2)})` });
		const r = keep(account, fixtures.refund(basis(), c, amount));
		r.balance_transaction = move(account, "refund", r.id, -amount, 0).id;
		c.amount_refunded += amount;
		c.refunded = c.amount_refunded === c.amount;
		tell(account, "charge.refunded", c);
		tell(account, "refund.created", r);
		return r;
	}
	/* Which payout it left with: known here, and no member of the thing itself. */
	const paid_in = (t) => things.get(t.id).paid_in;
	/* Everything that is not paid out yet goes to the bank. */
	function payout(account) {
		const open = all(account, "balance_transaction").filter((t) => !paid_in(t) && t.type !== "payout");
		const amount = open.reduce((sum, t) => sum + t.net, 0);
		if (amount <= 0) throw error(400, { type: "invalid_request_error", code: "balance_insufficient", message: "You have insufficient funds in your account." });
		const p = keep(account, fixtures.payout(basis(), amount));
		for (const t of open) things.get(t.id).paid_in = p.id;
		p.balance_transaction = move(account, "payout", p.id, -amount, 0).id;
		tell(account, "payout.paid", p);
		return p;
	}

	// ---- the hosted page ----

	const origin = { url: "" };
	function session(account, form) {
		const paying = form.mode !== "setup";
		const line = form.line_items?.[0];
		const s = keep(
			account,
			fixtures.session(basis(), {
				amount_total: paying ? Number(line.price_data.unit_amount) * Number(line.quantity ?? 1) : null,
				cancel_url: form.cancel_url,
				client_reference_id: form.client_reference_id ?? null,
				currency: line?.price_data?.currency ?? form.currency ?? "usd",
				customer: form.customer ?? null,
				customer_email: form.customer_email ?? null,
				expires_at: Number(form.expires_at ?? now() + 86400),
				locale: form.locale ?? "en",
				metadata: form.metadata ?? {},
				mode: form.mode,
				payment_method_types: form.payment_method_types ?? ["card"],
				payment_status: paying ? "unpaid" : "no_payment_required",
				success_url: form.success_url,
			}),
		);
		if (form.customer) find(account, form.customer, "customer");
		s.url = `${origin.url}/pay/${s.id}`;
		things.get(s.id).form = form;
		return s;
	}
	/* -> {error} | {asks} | {to} */
	function pay(which, given) {
		const kept = things.get(which);
		if (!kept || kept.object.object !== "checkout.session") return { error: "This page does not exist any more." };
		const { account, object: s, form } = kept;
		if (s.status !== "open") return { to: s.status === "complete" ? s.success_url.replace("{CHECKOUT_SESSION_ID}", s.id) : s.cancel_url };
		if (s.expires_at < now()) return (expire(account, s), { error: "This page has expired." });
		const number = String(given.number ?? "").replace(/\D/g, "");
		const bank = given.kind === "us_bank_account";
		if (bank ? !(number in BANKS) : !(number in CARDS)) return { error: bank ? "This is no test account." : "Your card number is invalid." };
		s.customer ??= customer(account, s.customer_email).id;
		const m = method(account, s.customer, bank ? "us_bank_account" : "card", { number, brand: CARDS[number]?.brand });
		if (s.mode === "subscription") {
			if (CARDS[number]?.decline) return { error: REFUSALS[CARDS[number].decline] };
			s.subscription = subscribe(account, s, form, m).id;
			s.payment_status = "paid";
		} else if (s.mode === "setup") {
			s.setup_intent = keep(account, fixtures.setup_intent(basis(), s.customer, m.id)).id;
			tell(account, "setup_intent.succeeded", find(account, s.setup_intent));
		} else {
			const old = s.payment_intent ? find(account, s.payment_intent) : null;
			const pi = old ?? intent(account, { amount: s.amount_total, currency: s.currency, customer: s.customer, metadata: form.payment_intent_data?.metadata ?? {}, setup_future_usage: form.payment_intent_data?.setup_future_usage ?? null, payment_method_types: s.payment_method_types });
			s.payment_intent = pi.id;
			const fault = confirm(account, pi, m, { answered: given.answered === "yes" });
			if (fault?.asks) return { asks: true };
			if (fault) return { error: fault.message };
			s.payment_status = pi.status === "succeeded" ? "paid" : "unpaid";
		}
		s.status = "complete";
		tell(account, "checkout.session.completed", s);
		return { to: s.success_url.replace("{CHECKOUT_SESSION_ID}", s.id) };
	}

	// ---- the platform's own customers: one price a month ----

	const MONTH = 30 * 86400;
	function subscribe(account, s, form, m) {
		const price = form.line_items[0].price_data;
		const trial = Number(form.subscription_data?.trial_end ?? 0);
		const sub = keep(
			account,
			fixtures.subscription(basis(), {
				customer: s.customer,
				method: m.id,
				currency: price.currency,
				cents: Number(price.unit_amount),
				interval: price.recurring.interval,
				trial,
				until: trial || now() + MONTH,
				metadata: form.subscription_data?.metadata ?? {},
			}),
		);
		bill(account, sub, trial ? 0 : Number(price.unit_amount), "paid");
		tell(account, "customer.subscription.created", sub);
		return sub;
	}
	function bill(account, sub, cents, status) {
		const number = `POOL-${String(all(account, "invoice").length + 1).padStart(4, "0")}`;
		const i = keep(account, fixtures.invoice(basis(), sub, cents, status, number));
		i.hosted_invoice_url = `${origin.url}/bill/${i.id}`;
		sub.latest_invoice = i.id;
		tell(account, status === "paid" ? "invoice.paid" : "invoice.payment_failed", i);
		return i;
	}
	/* The next month; with fails the card has no money and the bill stays open. */
	function renew(account, which, { fails = false } = {}) {
		const sub = find(account, which, "subscription");
		const item = sub.items.data[0];
		item.current_period_start = now();
		item.current_period_end = now() + MONTH;
		sub.status = fails ? "past_due" : "active";
		bill(account, sub, item.price.unit_amount, fails ? "open" : "paid");
		tell(account, "customer.subscription.updated", sub);
		return sub;
	}
	/* What is open is paid: a new card, or a customer who came back. */
	function settle_bills(account, which) {
		const sub = find(account, which, "subscription");
		for (const i of all(account, "invoice").filter((b) => b.customer === sub.customer && b.status === "open")) {
			Object.assign(i, { status: "paid", amount_paid: i.total });
			tell(account, "invoice.paid", i);
		}
		sub.status = "active";
		tell(account, "customer.subscription.updated", sub);
		return sub;
	}
	function end(account, which) {
		const sub = find(account, which, "subscription");
		Object.assign(sub, { status: "canceled", canceled_at: now(), ended_at: now() });
		tell(account, "customer.subscription.deleted", sub);
		return sub;
	}
	function manage(account, q) {
		find(account, q.customer, "customer");
		const m = keep(account, fixtures.portal_session(basis(), q.customer, q.return_url));
		m.url = `${origin.url}/manage/${m.id}`;
		return m;
	}
	/* On that page: pay what is open, or end. */
	function managed(which, verb) {
		const { account, object: m } = things.get(which) ?? {};
		const sub = all(account, "subscription").filter((s) => s.customer === m?.customer && s.status !== "canceled").at(-1);
		if (sub) (verb === "end" ? end : settle_bills)(account, sub.id);
		return m?.return_url;
	}

	function expire(account, s) {
		s.status = "expired";
		tell(account, "checkout.session.expired", s);
		return s;
	}

	// ---- accounts ----

	function account_make(body) {
		return keep(null, fixtures.account(basis(), body));
	}
	function shown(a, include) {
		const out = structuredClone(a);
		for (const name of ["identity", "requirements", "defaults"]) if (!include.includes(name)) out[name] = null;
		if (!include.includes("configuration.merchant")) out.configuration = null;
		return out;
	}
	function onboard(link) {
		const l = things.get(link)?.object;
		if (!l || l.used) return null;
		l.used = true;
		const a = things.get(l.account).object;
		for (const c of Object.values(a.configuration.merchant.capabilities)) c.status = "active";
		a.requirements.entries = [];
		tell_thin(a.id, "v2.core.account[configuration.merchant].capability_status_updated", "v2.core.account", a.id);
		return l.use_case.account_onboarding.return_url;
	}

	// ---- the interface ----

	function expanded(account, object, wanted) {
		const out = structuredClone(object);
		for (const path of wanted ?? []) {
			let at = out;
			const names = path.replace(/^data\./, "").split(".");
			for (const rows of path.startsWith("data.") ? [out.data] : [[at]])
				for (const row of rows) {
					at = row;
					for (const name of names) {
						if (typeof at?.[name] === "string") at[name] = structuredClone(find(account, at[name]));
						at = at?.[name];
					}
				}
		}
		return out;
	}
	const list = (url, rows, q) => {
		const sorted = rows.map((r, i) => [r, i]).sort((a, b) => b[0].created - a[0].created || b[1] - a[1]).map(([r]) => r);
		const from = q.starting_after ? sorted.findIndex((r) => r.id === q.starting_after) + 1 : 0;
		const limit = Number(q.limit ?? 10);
		return { object: "list", url, has_more: sorted.length > from + limit, data: sorted.slice(from, from + limit) };
	};
	const routes = [
		["POST", /^\/v1\/customers$/, (acc, q) => Object.assign(customer(acc, q.email), { name: q.name ?? null, metadata: q.metadata ?? {} })],
		["GET", /^\/v1\/subscriptions$/, (acc, q) => list("/v1/subscriptions", all(acc, "subscription").filter((s) => (!q.customer || s.customer === q.customer) && (q.status === "all" || s.status !== "canceled")), q)],
		["GET", /^\/v1\/subscriptions\/(\w+)$/, (acc, _, x) => find(acc, x, "subscription")],
		["GET", /^\/v1\/invoices$/, (acc, q) => list("/v1/invoices", all(acc, "invoice").filter((i) => !q.customer || i.customer === q.customer), q)],
		["GET", /^\/v1\/invoices\/(\w+)$/, (acc, _, x) => find(acc, x, "invoice")],
		["POST", /^\/v1\/billing_portal\/sessions$/, (acc, q) => manage(acc, q)],
		["GET", /^\/v1\/customers\/(\w+)$/, (acc, _, x) => find(acc, x, "customer")],
		["POST", /^\/v1\/checkout\/sessions$/, (acc, q) => session(acc, q)],
		["GET", /^\/v1\/checkout\/sessions\/(\w+)$/, (acc, _, x) => find(acc, x, "checkout.session")],
		["POST", /^\/v1\/checkout\/sessions\/(\w+)\/expire$/, (acc, _, x) => expire(acc, find(acc, x, "checkout.session"))],
		["GET", /^\/v1\/payment_intents\/(\w+)$/, (acc, _, x) => find(acc, x, "payment_intent")],
		["POST", /^\/v1\/payment_intents$/, (acc, q) => charge_now(acc, q)],
		["POST", /^\/v1\/payment_intents\/(\w+)\/cancel$/, (acc, _, x) => cancel(acc, find(acc, x, "payment_intent"))],
		["GET", /^\/v1\/charges\/(\w+)$/, (acc, _, x) => find(acc, x, "charge")],
		["GET", /^\/v1\/setup_intents\/(\w+)$/, (acc, _, x) => find(acc, x, "setup_intent")],
		["GET", /^\/v1\/payment_methods\/(\w+)$/, (acc, _, x) => find(acc, x, "payment_method")],
		["POST", /^\/v1\/payment_methods\/(\w+)\/detach$/, (acc, _, x) => detach(acc, find(acc, x, "payment_method"))],
		["POST", /^\/v1\/refunds$/, (acc, q) => refund(acc, q.payment_intent, q.amount === undefined ? undefined : Number(q.amount))],
		["GET", /^\/v1\/refunds\/(\w+)$/, (acc, _, x) => find(acc, x, "refund")],
		["GET", /^\/v1\/disputes$/, (acc, q) => list("/v1/disputes", all(acc, "dispute").filter((d) => !q.payment_intent || d.payment_intent === q.payment_intent), q)],
		["GET", /^\/v1\/balance_transactions$/, (acc, q) => list("/v1/balance_transactions", all(acc, "balance_transaction").filter((t) => (!q.payout || paid_in(t) === q.payout) && (!q.created?.gte || t.created >= Number(q.created.gte))), q)],
		["GET", /^\/v1\/payouts\/(\w+)$/, (acc, _, x) => find(acc, x, "payout")],
		["GET", /^\/v1\/events\/(\w+)$/, (acc, _, x) => events.find((e) => e.id === x && (e.account ?? null) === acc) ?? find(acc, x, "event")],
		["POST", /^\/v2\/core\/accounts$/, (_, q) => shown(account_make(q), q.include ?? [])],
		["GET", /^\/v2\/core\/accounts\/(\w+)$/, (_, q, x) => shown(find(null, x, "v2.core.account"), Object.values(q.include ?? []))],
		["POST", /^\/v2\/core\/account_links$/, (_, q) => link(q)],
	];
	function charge_now(account, q) {
		find(account, q.customer, "customer");
		const m = find(account, q.payment_method, "payment_method");
		if (m.customer !== q.customer) throw error(400, { type: "invalid_request_error", code: "payment_method_customer_mismatch", message: "The payment method does not belong to this customer." });
		const pi = intent(account, { amount: Number(q.amount), currency: q.currency, customer: q.customer, description: q.description ?? null, metadata: q.metadata ?? {}, payment_method_types: q.payment_method_types ?? ["card"] });
		const fault = q.confirm === "true" || q.confirm === true ? confirm(account, pi, m, { off: q.off_session === "true", later: true }) : null;
		/* Somebody waits: the bank asks them on a page of its own. */
		if (fault?.asks) {
			pi.next_action = fixtures.ask(`${origin.url}/ask/${pi.id}`, q.return_url);
			return pi;
		}
		if (fault) throw error(402, { ...fault, payment_intent: structuredClone(pi) });
		return pi;
	}
	/* On that page. -> where they go from there */
	function decide(which, yes) {
		const { account, object: pi } = things.get(which) ?? {};
		if (!pi?.next_action?.redirect_to_url) return null;
		const to = pi.next_action.redirect_to_url.return_url;
		const m = find(account, pi.payment_method, "payment_method");
		pi.next_action = null;
		if (yes) confirm(account, pi, m, { answered: true });
		else refuse(account, pi, m, { code: "payment_intent_authentication_failure", message: "The provided payment method has failed authentication." });
		return to;
	}
	function cancel(account, pi) {
		if (["succeeded", "canceled", "processing"].includes(pi.status)) throw error(400, { type: "invalid_request_error", code: "payment_intent_unexpected_state", message: `You cannot cancel this PaymentIntent because it has a status of ${pi.status}.` });
		Object.assign(pi, { status: "canceled", canceled_at: now(), next_action: null });
		tell(account, "payment_intent.canceled", pi);
		return pi;
	}
	function detach(account, m) {
		if (!m.customer) throw error(400, { type: "invalid_request_error", message: "The payment method you provided is not attached to a customer so detachment is impossible." });
		m.customer = null;
		tell(account, "payment_method.detached", m);
		return m;
	}
	function link(q) {
		find(null, q.account, "v2.core.account");
		/* It has no name at the vendor's: its address is its name. */
		const l = { ...fixtures.account_link(basis(), q.account, q.use_case), url: "" };
		const name = id("link");
		things.set(name, { account: null, object: l });
		l.url = `${origin.url}/connect/${name}`;
		return l;
	}

	/* One call: who asks, has it been asked before, do it, say it. */
	function serve(request, url, text) {
		const bearer = Buffer.from(String(request.headers.authorization ?? ""));
		const wanted = Buffer.from(`Bearer ${KEY}`);
		if (bearer.length !== wanted.length || !timingSafeEqual(bearer, wanted)) return { status: 401, body: { error: { type: "invalid_request_error", message: "Invalid API Key provided." } } };
		const account = request.headers["stripe-account"] ?? null;
		if (account && !things.has(account)) return { status: 403, body: { error: { type: "invalid_request_error", code: "account_invalid", message: `The provided key does not have access to account '${account}'.` } } };
		const v2 = url.pathname.startsWith("/v2/");
		const query = form(url.searchParams);
		const asked = { ...query, ...(v2 && text ? JSON.parse(text) : form(new URLSearchParams(text))) };
		const key = request.headers["idempotency-key"] && request.method === "POST" ? `${account}|${request.headers["idempotency-key"]}` : null;
		const print = `${request.method} ${url.pathname} ${text}`;
		const before = key && keys.get(key);
		if (before && before.print !== print) return { status: 400, body: { error: { type: "idempotency_error", message: "Keys for idempotent requests can only be used with the same parameters they were first used with." } } };
		if (before) return { ...before, headers: { "Idempotent-Replayed": "true" } };
		let answer;
		try {
			const route = routes.find(([m, path]) => m === request.method && path.test(url.pathname));
			if (!route) throw error(404, { type: "invalid_request_error", message: `Unrecognized request URL (${request.method}: ${url.pathname}).` });
			const object = route[2](account, asked, url.pathname.match(route[1])[1]);
			answer = { status: 200, body: expanded(account, object, Object.values(asked.expand ?? [])) };
		} catch (e) {
			if (!e.status) throw e;
			answer = { status: e.status, body: { error: e.error } };
		}
		if (key) keys.set(key, { ...answer, body: structuredClone(answer.body), print });
		return answer;
	}

	// ---- what a person would do ----

	const control = {
		moods: (q) => Object.assign(moods, q),
		flush: () => (flush(), {}),
		settle: (q) => settle(q.account, q.id, q),
		dispute: (q) => dispute(q.account, q.id, q.reason ?? "fraudulent"),
		end_dispute: (q) => end_dispute(q.account, q.id, q.won),
		refund: (q) => refund(q.account, q.id, q.cents),
		payout: (q) => payout(q.account),
		pay: (q) => pay(q.id, q),
		answer: (q) => ({ to: decide(q.id, q.yes) }),
		open: (q) => session(q.account, q.form),
		of: (q) => find(q.account, find(q.account, q.id).payment_intent ?? q.id),
		/* What the book says of each payment: what is here of it, and what it cost. */
		book: (q) => {
			const moves = all(q.account, "balance_transaction");
			const whose = (t) => find(q.account, t.source).payment_intent;
			return all(q.account, "payment_intent").map((pi) => {
				const own = moves.filter((t) => t.type !== "payout" && whose(t) === pi.id);
				return { payment: pi.metadata.payment, status: pi.status, net: own.reduce((n, t) => n + t.net, 0), fee: own.reduce((n, t) => n + t.fee, 0) };
			});
		},
		renew: (q) => renew(q.account ?? null, q.id, q),
		settle_bills: (q) => settle_bills(q.account ?? null, q.id),
		end: (q) => end(q.account ?? null, q.id),
		onboard: (q) => ({ to: onboard(q.id) }),
		events: (q) => events.slice(q.after ?? 0),
		again: (q) => (post(events.find((e) => e.id === q.id)), {}),
		all: (q) => all(q.account ?? null, q.kind),
		sign: (q) => ({ signature: signature(q.body, q.at) }),
		seen: () => moods.seen,
	};

	// ---- from one opening of the house to the next ----

	const write = () => book && writeFileSync(book, JSON.stringify({ serial, things: [...things], keys: [...keys], events }), { mode: 0o600 });
	function read() {
		const was = JSON.parse(readFileSync(book, "utf8"));
		serial = was.serial;
		events.push(...was.events);
		for (const [which, thing] of was.things) things.set(which, thing);
		for (const [key, k] of was.keys) keys.set(key, k);
		// A bank that was thinking goes on thinking
		for (const { account, object } of things.values())
			if (object.object === "payment_intent" && object.status === "processing" && !fast) setTimeout(() => settle(account, object.id), moods.settle_ms).unref();
	}
	if (book && existsSync(book)) read();

	const server = http.createServer(async (request, reply) => {
		const url = new URL(request.url, "http://stripe.localhost");
		let text = "";
		for await (const part of request) {
			text += part;
			if (text.length > 1 << 20) return reply.writeHead(413).end();
		}
		const json = (status, body, headers = {}) => {
			reply.writeHead(status, { "Content-Type": "application/json", "Request-Id": id("req"), ...headers });
			reply.end(JSON.stringify(body));
		};
		try {
			if (url.pathname.startsWith("/_test/")) return json(200, control[url.pathname.slice(7)](text ? JSON.parse(text) : {}) ?? {});
			if (!url.pathname.startsWith("/v1/") && !url.pathname.startsWith("/v2/")) return hosted({ request, reply, url, text, things, pay, decide, managed, onboard, settle, dispute, payout, all });
			moods.seen.push({ method: request.method, path: url.pathname + url.search, headers: request.headers, text });
			if (moods.seen.length > 500) moods.seen.shift();
			if (moods.fail > 0) return (moods.fail--, json(500, { error: { type: "api_error", message: "An unknown error occurred." } }, { "Stripe-Should-Retry": "true" }));
			const answer = serve(request, url, text);
			/* It has happened; nobody hears of it. */
			if (moods.lose > 0 && request.method === "POST") return (moods.lose--, request.socket.destroy());
			json(answer.status, answer.body, answer.headers);
		} catch (e) {
			if (e.status) return json(e.status, { error: e.error });
			log(e.stack);
			json(500, { error: { type: "api_error", message: String(e.message) } });
		}
	});
	return {
		KEY,
		listen: (port) => new Promise((done, bad) => server.once("error", bad).listen(port, "127.0.0.1", () => {
			origin.url = `http://localhost:${server.address().port}`;
			done(server.address().port);
		})),
		close: () => new Promise((done) => (write(), server.closeAllConnections(), server.close(done))),
	};
}

const error = (status, e) => Object.assign(new Error(e.message), { status, error: e });

/* a[b][0]=c, as Stripe reads it */
export function form(pairs) {
	const root = {};
	for (const [name, value] of pairs) {
		const path = name.replace(/\]/g, "").split("[");
		let at = root;
		path.forEach((step, i) => {
			if (["__proto__", "constructor", "prototype"].includes(step)) return;
			if (i === path.length - 1) at[step] = value;
			else at = at[step] ??= /^\d+$/.test(path[i + 1]) ? [] : {};
		});
	}
	return root;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const option = Object.fromEntries(process.argv.slice(2).join(" ").split("--").filter(Boolean).map((o) => o.trim().split(/\s+/)));
	const fake = stripe({ secret: option.secret, hook: option.hook, host: option.host, book: option.book, fast: option.fast === "1", log: (t) => console.log(t) });
	await fake.listen(Number(option.port));
	for (const end of ["SIGTERM", "SIGINT"]) process.on(end, () => fake.close().then(() => process.exit(0)));
}
