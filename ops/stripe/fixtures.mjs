// fixtures.mjs -- what things look like at Stripe: each is an object of the vendor's own type, checked by tsc (tests/laws/stripe.sh).
// A name that the vendor does not have, or a value it does not know, is refused there. Not all members are here: Fixture lets some
// be absent, because nobody of the house reads them.
//
// Rules (what follows what) are in stripe.mjs; nothing here decides.

/**
 * @import { Stripe } from "stripe"
 * @import { Account, AccountLink, Basis, Card, Fixture, Method, Period } from "./fixtures.d.ts"
 */

export const API = "2026-08-26.dahlia";

/** @param {Basis} b @param {string | null} email @returns {Fixture<Stripe.Customer>} */
export const customer = (b, email) => ({ id: b.id("cus"), object: "customer", email, created: b.at, livemode: false, metadata: {} });

/** @param {Basis} b @param {string} cus @param {Card} what @returns {Method} */
export const card = (b, cus, what) => ({
	id: b.id("pm"),
	object: "payment_method",
	created: b.at,
	customer: cus,
	livemode: false,
	type: "card",
	metadata: {},
	card: { brand: what.brand, last4: what.number.slice(-4), exp_month: 12, exp_year: 2034, funding: what.funding ?? "credit", country: "US" },
});

/** @param {Basis} b @param {string} cus @param {string} number @returns {Method} */
export const bank_account = (b, cus, number) => ({
	id: b.id("pm"),
	object: "payment_method",
	created: b.at,
	customer: cus,
	livemode: false,
	type: "us_bank_account",
	metadata: {},
	us_bank_account: { bank_name: "STRIPE TEST BANK", last4: number.slice(-4), account_holder_type: "individual", account_type: "checking", routing_number: "110000000" },
});

/**
 * A line of the account's book.
 * @param {Basis} b @param {Stripe.BalanceTransaction.Type} type @param {string} source @param {number} amount @param {number} fee
 * @returns {Fixture<Stripe.BalanceTransaction>}
 */
export const move = (b, type, source, amount, fee) => ({
	id: b.id("txn"),
	object: "balance_transaction",
	amount,
	fee,
	net: amount - fee,
	currency: "usd",
	created: b.at,
	available_on: b.at + 2 * 86400,
	type,
	source,
	status: "pending",
	reporting_category: type,
	description: null,
});

/** @param {Basis} b @param {Fixture<Stripe.PaymentIntent>} fields @returns {Fixture<Stripe.PaymentIntent>} */
export const intent = (b, fields) => ({
	id: b.id("pi"),
	object: "payment_intent",
	amount: 0,
	amount_received: 0,
	canceled_at: null,
	client_secret: `${b.id("pi")}_secret`,
	created: b.at,
	currency: "usd",
	customer: null,
	description: null,
	last_payment_error: null,
	latest_charge: null,
	livemode: false,
	metadata: {},
	next_action: null,
	payment_method: null,
	payment_method_types: ["card"],
	setup_future_usage: null,
	status: "requires_payment_method",
	...fields,
});

/**
 * @param {Basis} b @param {Fixture<Stripe.PaymentIntent>} pi @param {Method} m @param {Stripe.Charge.Status} status
 * @returns {Fixture<Stripe.Charge>}
 */
export const charge = (b, pi, m, status) => ({
	id: b.id("ch"),
	object: "charge",
	amount: pi.amount,
	amount_captured: status === "succeeded" ? pi.amount : 0,
	amount_refunded: 0,
	balance_transaction: null,
	captured: status !== "failed",
	created: b.at,
	currency: pi.currency,
	customer: pi.customer,
	disputed: false,
	failure_code: null,
	failure_message: null,
	livemode: false,
	metadata: { ...pi.metadata },
	paid: status === "succeeded",
	payment_intent: pi.id,
	payment_method: m.id,
	payment_method_details: m.card ? { type: m.type, card: m.card } : { type: m.type, us_bank_account: m.us_bank_account },
	refunded: false,
	status,
});

/**
 * Why a payment was not taken.
 * @param {Method} m @param {Fixture<Stripe.Charge>} c @param {Fixture<Stripe.PaymentIntent.LastPaymentError>} e
 * @returns {Fixture<Stripe.PaymentIntent.LastPaymentError>}
 */
export const refusal = (m, c, e) => ({
	type: m.type === "card" ? "card_error" : "invalid_request_error",
	doc_url: "https://stripe.com/docs/error-codes",
	payment_method: m,
	charge: c.id,
	...e,
});

/**
 * The bank wants to ask its customer: on a page of its own, if whoever pays is there to be sent to it.
 * @param {string} url @param {string | undefined} back @returns {Fixture<Stripe.PaymentIntent.NextAction>}
 */
export const ask = (url, back) => (back ? { type: "redirect_to_url", redirect_to_url: { url, return_url: back } } : { type: "use_stripe_sdk", use_stripe_sdk: {} });

/**
 * A cardholder asks for it back; a bank takes it back, and that is final.
 * @param {Basis} b @param {Fixture<Stripe.Charge>} c @param {number} amount @param {string} reason
 * @returns {Fixture<Stripe.Dispute>}
 */
export const dispute = (b, c, amount, reason) => {
	const bank = c.payment_method_details?.type === "us_bank_account";
	return {
		id: b.id(bank ? "du" : "dp"),
		object: "dispute",
		amount,
		balance_transactions: [],
		charge: c.id,
		created: b.at,
		currency: c.currency,
		is_charge_refundable: false,
		livemode: false,
		metadata: {},
		payment_intent: c.payment_intent,
		reason,
		status: bank ? "lost" : "needs_response",
	};
};

/** @param {Basis} b @param {Fixture<Stripe.Charge>} c @param {number} amount @returns {Fixture<Stripe.Refund>} */
export const refund = (b, c, amount) => ({
	id: b.id("re"),
	object: "refund",
	amount,
	balance_transaction: null,
	charge: c.id,
	created: b.at,
	currency: c.currency,
	metadata: {},
	payment_intent: c.payment_intent,
	reason: "requested_by_customer",
	status: "succeeded",
});

/** @param {Basis} b @param {number} amount @returns {Fixture<Stripe.Payout>} */
export const payout = (b, amount) => ({
	id: b.id("po"),
	object: "payout",
	amount,
	arrival_date: b.at + 86400,
	automatic: true,
	balance_transaction: null,
	created: b.at,
	currency: "usd",
	description: "STRIPE PAYOUT",
	livemode: false,
	metadata: {},
	method: "standard",
	status: "paid",
	type: "bank_account",
});

/** @param {Basis} b @param {Fixture<Stripe.Checkout.Session>} fields @returns {Fixture<Stripe.Checkout.Session>} */
export const session = (b, fields) => ({
	id: b.id("cs_test"),
	object: "checkout.session",
	created: b.at,
	livemode: false,
	payment_intent: null,
	setup_intent: null,
	status: "open",
	ui_mode: "hosted_page",
	url: null,
	...fields,
});

/** @param {Basis} b @param {string} cus @param {string} m @returns {Fixture<Stripe.SetupIntent>} */
export const setup_intent = (b, cus, m) => ({
	id: b.id("seti"),
	object: "setup_intent",
	created: b.at,
	customer: cus,
	livemode: false,
	metadata: {},
	payment_method: m,
	status: "succeeded",
	usage: "off_session",
});

/**
 * One price, every month.
 * @param {Basis} b @param {Period} p @returns {Fixture<Stripe.Subscription>}
 */
export const subscription = (b, p) => ({
	id: b.id("sub"),
	object: "subscription",
	cancel_at_period_end: false,
	canceled_at: null,
	created: b.at,
	currency: p.currency,
	customer: p.customer,
	default_payment_method: p.method,
	ended_at: null,
	items: {
		object: "list",
		data: [
			{
				id: b.id("si"),
				object: "subscription_item",
				quantity: 1,
				current_period_start: b.at,
				current_period_end: p.until,
				price: { id: b.id("price"), object: "price", currency: p.currency, unit_amount: p.cents, recurring: { interval: p.interval, interval_count: 1 } },
			},
		],
	},
	latest_invoice: null,
	livemode: false,
	metadata: p.metadata,
	start_date: b.at,
	status: p.trial ? "trialing" : "active",
	trial_end: p.trial || null,
});

/**
 * @param {Basis} b @param {Fixture<Stripe.Subscription>} sub @param {number} cents @param {Stripe.Invoice.Status} status @param {string} number
 * @returns {Fixture<Stripe.Invoice>}
 */
export const invoice = (b, sub, cents, status, number) => ({
	id: b.id("in"),
	object: "invoice",
	amount_due: cents,
	amount_paid: status === "paid" ? cents : 0,
	created: b.at,
	currency: sub.currency,
	customer: sub.customer,
	hosted_invoice_url: "",
	livemode: false,
	number,
	parent: { type: "subscription_details", subscription_details: { subscription: sub.id } },
	status,
	total: cents,
});

/** @param {Basis} b @param {string} cus @param {string} back @returns {Fixture<Stripe.BillingPortal.Session>} */
export const portal_session = (b, cus, back) => ({ id: b.id("bps"), object: "billing_portal.session", created: b.at, customer: cus, livemode: false, return_url: back });

/** @param {Basis} b @param {Fixture<Account>} asked @returns {Fixture<Account>} */
export const account = (b, asked) => ({
	id: b.id("acct"),
	object: "v2.core.account",
	contact_email: asked.contact_email,
	display_name: asked.display_name,
	dashboard: asked.dashboard,
	created: new Date(b.at * 1000).toISOString(),
	livemode: false,
	identity: asked.identity,
	configuration: {
		merchant: { capabilities: { card_payments: { status: "restricted", status_details: [] }, ach_debit_payments: { status: "restricted", status_details: [] } } },
	},
	requirements: { entries: [{ description: "identity.business_details", awaiting_action_from: "user" }] },
	defaults: asked.defaults,
});

/** @param {Basis} b @param {string} whose @param {Fixture<AccountLink["use_case"]>} use @returns {Fixture<AccountLink>} */
export const account_link = (b, whose, use) => ({
	object: "v2.core.account_link",
	account: whose,
	created: new Date(b.at * 1000).toISOString(),
	expires_at: new Date((b.at + 300) * 1000).toISOString(),
	use_case: use,
	livemode: false,
});

/**
 * A message of the kind that holds the thing as it was; what is the platform's own names no account.
 * @param {Basis} b @param {string | null} whose @param {Stripe.Event["type"]} type @param {unknown} object
 * @returns {Fixture<Stripe.EventBase>}
 */
export const event = (b, whose, type, object) => ({
	id: b.id("evt"),
	object: "event",
	api_version: API,
	...(whose === null ? {} : { account: whose }),
	created: b.at,
	livemode: false,
	pending_webhooks: 1,
	request: { id: null, idempotency_key: null },
	type,
	data: { object: /** @type {Stripe.Event.Data.Object} */ (structuredClone(object)) },
});
