// flows.mjs -- what changes money, or may happen twice: each flow is arranged for a customer of its own and says which request is sent,
// what it leaves behind when it has happened once, and what that moves on the customer's two accounts.
//
// `once`: "always" -- however often it is sent, and under whatever key; "key" -- under one key (sent again it is another wish);
// "word" -- it carries no key, its own word is one (a message of the provider, a phone's tap).
import { createHmac } from "node:crypto";
import { bank, day, granted, mailbox, sql, takeCards, until, Visitor, where, word } from "../house/harness.mjs";
import { letters, number, Phone } from "../house/phone.mjs";

const logged = (verb) => `SELECT COUNT(*) FROM audit WHERE verb = '${verb}'`;
const ordered = (kind) => `SELECT COUNT(*) FROM job WHERE kind = '${kind}'`;
const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const HOME = { street: "1 Palm Way", city: "Mesa", region: "AZ", postcode: "85201" };
export const ACCOUNTS = { owed: 1, held: 2 };

/** The stage: a company that takes cards, bills what is done at once, can be booked, and has a technician. */
export class Stage {
	constructor(c, tech) {
		Object.assign(this, { c, tech, office: c.owner.visitor, next: BigInt(Date.now()) << 21n, doors: 0 });
	}
	day = day;
	stranger = () => new Visitor(where, this.c.host, { address: `81.4.${Math.floor(this.doors / 250)}.${1 + (this.doors++ % 250)}` });
	fetch = async (path) => granted(await this.office.get(path));
	post = async (path, body = {}, status = 201) => granted(await this.office.post(path, body), status);

	async open() {
		const { c, office, tech } = this;
		this.account = await takeCards(where, c.owner);
		const rules = await this.fetch("/api/office/billing");
		granted(await office.put("/api/office/billing", { ...rules, at_completion: true, mails: false }));
		const at = `/api/office/staff/${tech.id}`;
		granted(await office.put(`${at}/hours`, { from_day: this.day(-30), rows: WEEK.map((weekday) => ({ weekday, from_minute: 480, to_minute: 1200 })), version: (await this.fetch(`${at}/work`)).version }));
		sql(`UPDATE staff SET start_lat_e6 = 33415000, start_lng_e6 = -111831000 WHERE id = ${number(tech.id)}`, c.schema);
		this.repair = await this.post("/api/office/services", { name: "Pump repair", kind: "job", minutes: 30, pay_code: "", price_cents: 12900, skills: [], checklist: [], parts: [], instructions: "" });
		granted(await office.put("/api/office/booking", { open: true, prices: true, confirm: "at_once", window_minutes: 60, notice_hours: 1, ahead_days: 40, reserve_minutes: 0, change_hours: 1, within_km: 0, postcodes: "852*", services: [{ id: this.repair.id }], version: (await this.fetch("/api/office/booking")).version }));
		this.item = (await this.post("/api/office/standard-items")).rows[0];
	}

	/* A customer, a home with a place on the map, and what they owe. */
	async customer(cents = []) {
		const id = (this.next += 16n), email = `rosa@${word()}.example`;
		sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Rosa Ruiz', '${email}', 'en', 0);
			INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (${id + 1n}, ${id}, '${word()} Palm Way', 'Mesa', 'AZ', '85201', 33416000, -111830000);
			INSERT INTO pool (id, property_id, kind) VALUES (${id + 2n}, ${id + 1n}, 1)`, this.c.schema);
		const k = { id, email, of: `/api/office/customers/${letters(id)}`, home: letters(id + 1n), bills: [] };
		for (const sum of cents) {
			await this.line(k, sum);
			k.bills.push(await this.post(`${k.of}/bills`, this.bill()));
		}
		return k;
	}
	bill = () => ({ day: this.day(-1), until: this.day(-1), due_day: this.day(-1), title: "", note: "" });
	wish = (k, cents) => ({ property_id: k.home, kind: "labour", day: this.day(-1), text: "Pump seal", quantity_milli: 1000, unit_cents: cents, tax_code: "" });
	line = async (k, cents) => (await this.post(`${k.of}/lines`, this.wish(k, cents))).lines[0];
	money = (cents, over) => ({ way: "check", cents, day: this.day(0), reference: "1041", note: "", reason: "", apply: [], keep: true, ...over });
	paid = async (k, cents, over) => this.post(`${k.of}/payments`, this.money(cents, over));
	async portal(k) {
		const v = this.stranger();
		granted(await v.post("/api/auth/portal-links", { email: k.email }), 204);
		granted(await v.post("/api/auth/portal-sessions", { token: await mailbox.token(k.email, "portal/enter") }), 201);
		return v;
	}
	pay = (over) => ({ cents: 0, bill_id: null, method_id: null, keep: false, autopay: false, ...over });

	/* A page of the provider's, opened by the customer. */
	async page(k, v, over) {
		const made = granted(await v.post("/api/portal/payments", this.pay(over)), 201);
		const ready = await until("the page", async () => granted(await v.get(`/api/portal/payments/${made.id}`)), (s) => s.url);
		return { id: made.id, page: ready.url.split("/").pop() };
	}
	async card(k, v) {
		const { page } = await this.page(k, v, { keep: true });
		await bank(where, "pay", { id: page, kind: "card", number: "4242424242424242" });
		return until("the card", async () => granted(await v.get("/api/portal/methods")).rows[0], Boolean);
	}
	async by_card(k, cents) {
		const v = await this.portal(k), p = await this.page(k, v, { cents, bill_id: k.bills[0].id });
		await bank(where, "pay", { id: p.page, kind: "card", number: "4242424242424242" });
		await until("the payment and its fee", () => sql(`SELECT COUNT(*) FROM entry WHERE payment_id = ${number(p.id)} AND kind = 10`, this.c.schema)[0][0] > 0);
		await this.quiet();
		return p;
	}
	/* What jobs have to do now is done. */
	quiet = () => until("the jobs", () => sql("SELECT kind, COUNT(*) FROM job WHERE state IN (1, 2) AND due_at <= UNIX_TIMESTAMP() GROUP BY kind", this.c.schema), (r) => r.length === 0, 90);

	async offer(k, sent = true) {
		const q = await this.post(`${k.of}/quotes`, { property_id: k.home, service_id: this.repair.id, title: "A pump", note: "", due_day: this.day(30), deposit_ppm: 500000, options: [],
			lines: [{ choice: 0, kind: "labour", item_id: null, text: "New pump", quantity_milli: 1000, unit_cents: 40000, tax_code: "" }], photos: [], version: 0 });
		return sent ? this.post(`/api/office/quotes/${q.id}/issues`, { version: q.version }) : q;
	}
	async link(k, q) {
		return (await mailbox.letter(k.email, new RegExp(`${q.number}[^]*portal/quote#`))).text.match(/portal\/quote#(\S+)/)[1];
	}
	visit = async (k, over) => this.post("/api/office/visits", { property_id: k.home, service_id: this.repair.id, day: this.day(0), tech_id: this.tech.id, note: "", anyway: true, ...over });
	async run() {
		const k = await this.customer();
		await this.line(k, 5000);
		const made = await this.post("/api/office/bill-runs", { day: this.day(0), until: this.day(0) });
		await until("it is practised", () => this.fetch(`/api/office/bill-runs/${made.id}`), (r) => r.state === "dry");
		return { k, id: made.id };
	}
	/* A time that a stranger keeps for themselves. */
	async hold() {
		const v = this.stranger(), { form } = granted(await v.get("/api/portal/bookings")), since = Date.now();
		const [x] = granted(await v.post("/api/portal/bookings/times", { service_id: this.repair.id, ...HOME, from_day: this.day(2) })).rows;
		const ask = { service_id: this.repair.id, ...HOME, day: x.day, from_minute: x.from_minute };
		return { v, x, ask, form, aged: () => new Promise((done) => setTimeout(done, Math.max(0, since + 2100 - Date.now()))) };
	}
	async booked() {
		const h = await this.hold(), email = `nora@${word()}.example`;
		const { hold } = granted(await h.v.post("/api/portal/bookings/holds", h.ask), 201);
		await h.aged(); // a form is taken for a machine's in its first two seconds
		const wish = { hold, form: h.form, name: "Nora Nueva", phone: `(480) 555-0${100 + Number(this.next % 800n)}`, email, language: "en", note: "", website: "" };
		this.next += 16n;
		return { ...h, wish, email };
	}
}

const of = (table, k) => `SELECT COUNT(*) FROM ${table} WHERE customer_id = ${k.id}`;
const office = (s, method, path, body, more) => ({ v: s.office, method, path, body, ...more });

/* A message as the provider signs it. */
function signed(body) {
	const at = Math.floor(Date.now() / 1000);
	const mac = createHmac("sha256", process.env.POOL_STRIPE_WEBHOOK_SECRET).update(`${at}.${body}`).digest("hex");
	return { "stripe-signature": `t=${at},v1=${mac}`, origin: null, "x-poolhouse": null };
}

export const FLOWS = [
	// ---- what is billed ----
	["a line is written", "key", async (s) => {
		const k = await s.customer();
		return office(s, "POST", `${k.of}/lines`, s.wish(k, 5000), { k, counted: of("bill_line", k) });
	}],
	["a line is changed", "always", async (s) => {
		const k = await s.customer(), l = await s.line(k, 900);
		return office(s, "PUT", `/api/office/lines/${l.id}`, { text: "Brush", quantity_milli: 1000, unit_cents: 800, tax_code: "", version: l.version }, { k, counted: logged("line.changed") });
	}],
	["a line is dropped", "always", async (s) => {
		const k = await s.customer(), l = await s.line(k, 900);
		return office(s, "POST", `/api/office/lines/${l.id}/drops`, { version: l.version }, { k, counted: logged("line.dropped") });
	}],
	["a bill is issued", "always", async (s) => {
		const k = await s.customer(); await s.line(k, 5000);
		return office(s, "POST", `${k.of}/bills`, s.bill(), { k, counted: of("bill", k), moves: { owed: 5000 } });
	}],
	["a bill is taken back", "always", async (s) => {
		const k = await s.customer([5000]), [b] = k.bills;
		return office(s, "POST", `/api/office/bills/${b.id}/voids`, { reason: "wrong", version: b.version }, { k, counted: logged("bill.voided"), moves: { owed: -5000 } });
	}],
	["a bill is written off", "always", async (s) => {
		const k = await s.customer([5000]), [b] = k.bills;
		return office(s, "POST", `/api/office/bills/${b.id}/write-offs`, { reason: "gone", version: b.version }, { k, counted: logged("bill.written_off"), moves: { owed: -5000 } });
	}],
	["a bill is sent", "always", async (s) => {
		const k = await s.customer([5000]), b = await s.fetch(`/api/office/bills/${k.bills[0].id}`);
		return office(s, "POST", `/api/office/bills/${b.id}/sendings`, { version: b.version }, { k, counted: logged("bill.sent") });
	}],
	["a run is reckoned", "key", async (s) => ({ k: await s.customer(), ...office(s, "POST", "/api/office/bill-runs", { day: s.day(0), until: s.day(0) }, { counted: "SELECT COUNT(*) FROM batch WHERE kind = 6" }), after: () => s.quiet() })],
	["a run is started, and bills each once", "always", async (s) => {
		const { k, id } = await s.run();
		return office(s, "POST", `/api/office/bill-runs/${id}/starts`, {}, { k, counted: logged("run.started"), settles: true, moves: { owed: 5000 } });
	}],
	["a run is stopped", "always", async (s) => {
		const { k, id } = await s.run();
		sql(`UPDATE batch SET state = 3 WHERE id = ${number(id)}`, s.c.schema);
		return office(s, "POST", `/api/office/bill-runs/${id}/stops`, {}, { k, counted: logged("run.stopped") });
	}],
	["work that slipped through is billed", "always", async (s) => {
		const k = await s.customer();
		sql(`INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source) VALUES (${k.id + 9n}, ${k.id}, ${k.id + 1n}, ${number(s.repair.id)}, '${s.day(-3)}', 30, 3, 2)`, s.c.schema);
		return office(s, "POST", `/api/office/leaks/${letters(k.id + 9n)}/mends`, { kind: "completed_not_billed" }, { k, counted: of("bill_line", k), settles: true, moves: { owed: 12900 } });
	}],
	// ---- what is paid ----
	["a payment is written down", "key", async (s) => {
		const k = await s.customer();
		return office(s, "POST", `${k.of}/payments`, s.money(4000), { k, counted: of("payment", k), moves: { held: -4000 } });
	}],
	["a credit is given", "key", async (s) => {
		const k = await s.customer();
		return office(s, "POST", `${k.of}/payments`, s.money(700, { way: "credit", reference: "", reason: "Sorry" }), { k, counted: of("payment", k), moves: { held: -700 } });
	}],
	["a payment pays a bill", "always", async (s) => {
		const k = await s.customer([5000]), p = await s.paid(k, 5000);
		return office(s, "POST", `/api/office/payments/${p.id}/applications`, { bill_id: k.bills[0].id, cents: 5000 }, { k, counted: `SELECT COUNT(DISTINCT posting_id) FROM entry WHERE kind = 5 AND customer_id = ${k.id}`, moves: { owed: -5000, held: 5000 } });
	}],
	["a payment is taken off a bill", "always", async (s) => {
		const k = await s.customer([5000]), p = await s.paid(k, 5000, { keep: false });
		return office(s, "POST", `/api/office/payments/${p.id}/unapplications`, { bill_id: k.bills[0].id }, { k, counted: `SELECT COUNT(DISTINCT posting_id) FROM entry WHERE kind = 6 AND customer_id = ${k.id}`, moves: { owed: 5000, held: -5000 } });
	}],
	["free money goes back", "always", async (s) => {
		const k = await s.customer(), p = await s.paid(k, 4000);
		return office(s, "POST", `/api/office/payments/${p.id}/refunds`, { cents: 900, reason: "overpaid", day: s.day(0), version: p.version }, { k, counted: `SELECT COUNT(DISTINCT posting_id) FROM entry WHERE kind = 7 AND customer_id = ${k.id}`, moves: { held: 900 } });
	}],
	["a check bounces", "always", async (s) => {
		const k = await s.customer([5000]), p = await s.paid(k, 5000, { keep: false });
		return office(s, "POST", `/api/office/payments/${p.id}/returns`, { cents: 0, reason: "no funds", day: s.day(0), version: p.version }, { k, counted: `SELECT COUNT(DISTINCT posting_id) FROM entry WHERE kind = 8 AND customer_id = ${k.id}`, moves: { owed: 5000 } });
	}],
	["a page of the provider's is opened", "always", async (s) => {
		const k = await s.customer([7000]), v = await s.portal(k);
		return { k, v, method: "POST", path: "/api/portal/payments", body: s.pay({ cents: 7000, bill_id: k.bills[0].id }), counted: ordered("payment_page"), settles: true };
	}],
	["a page is opened by a mailed link", "always", async (s) => {
		const k = await s.customer([7000]), b = await s.fetch(`/api/office/bills/${k.bills[0].id}`);
		await s.post(`/api/office/bills/${b.id}/sendings`, { version: b.version }, 204);
		const token = (await mailbox.letter(k.email, /portal\/bill#/)).text.match(/portal\/bill#([\w.-]+)/)[1];
		return { k, v: s.stranger(), method: "POST", path: "/api/portal/bill-links/payments", body: { token }, counted: of("payment", k), settles: true };
	}],
	["a card that was left is charged", "always", async (s) => {
		const k = await s.customer([3000]), v = await s.portal(k), m = await s.card(k, v); await s.quiet();
		return { k, v, method: "POST", path: "/api/portal/payments", body: s.pay({ cents: 3000, bill_id: k.bills[0].id, method_id: m.id }), counted: ordered("payment_charge"), settles: true, moves: { owed: -3000 } };
	}],
	["a card payment goes back", "always", async (s) => {
		const k = await s.customer([9000]), p = await s.by_card(k, 9000), { version } = await s.fetch(`/api/office/payments/${p.id}`);
		return office(s, "POST", `/api/office/payments/${p.id}/provider-refunds`, { cents: 2000, reason: "Too much", version }, { k, counted: ordered("payment_refund"), settles: true, moves: { owed: 2000 } });
	}],
	["a customer agrees that bills are drawn", "key", async (s) => {
		const k = await s.customer(), v = await s.portal(k), m = await s.card(k, v);
		return { k, v, method: "PUT", path: `/api/portal/methods/${m.id}`, body: { on: true, kinds: [], places: [] }, counted: logged("autopay.on"), state: [`SELECT SUM(autopay) FROM payment_method WHERE customer_id = ${k.id}`, "1"] };
	}],
	["the office writes such a consent down", "key", async (s) => {
		const k = await s.customer(), m = await s.card(k, await s.portal(k));
		return office(s, "PUT", `${k.of}/methods/${m.id}`, { on: true, kinds: [], places: [], how: "phone" }, { k, counted: logged("autopay.on"), state: [`SELECT SUM(autopay) FROM payment_method WHERE customer_id = ${k.id}`, "1"] });
	}],
	["a card is taken away", "always", async (s) => {
		const k = await s.customer(), v = await s.portal(k), m = await s.card(k, v);
		return { k, v, method: "DELETE", path: `/api/portal/methods/${m.id}`, counted: ordered("method_drop") };
	}],
	["the provider says that money came", "word", async (s) => {
		const k = await s.customer([6000]), v = await s.portal(k), p = await s.page(k, v, { cents: 6000, bill_id: k.bills[0].id }), begun = (await bank(where, "events")).length;
		await bank(where, "moods", { hold: true });
		await bank(where, "pay", { id: p.page, kind: "card", number: "4242424242424242" });
		const told = (await bank(where, "events", { after: begun })).find((e) => e.account === s.account && e.type === "payment_intent.succeeded");
		const body = JSON.stringify(told);
		const after = async () => {
			await bank(where, "moods", { hold: false });
			await s.quiet();
		};
		return { k, v: new Visitor(where, "localhost"), method: "POST", path: "/api/hook/pay", body, headers: () => signed(body), counted: `SELECT COUNT(*) FROM provider_event WHERE event_id = '${told.id}'`, settles: true, moves: { owed: -6000 }, after };
	}],
	// ---- what is offered, booked and done ----
	["an offer is drafted", "key", async (s) => {
		const k = await s.customer();
		return office(s, "POST", `${k.of}/quotes`, { property_id: k.home, service_id: s.repair.id, title: "A pump", note: "", due_day: s.day(30), deposit_ppm: 0, options: [], lines: [{ choice: 0, kind: "labour", item_id: null, text: "New pump", quantity_milli: 1000, unit_cents: 40000, tax_code: "" }], photos: [], version: 0 }, { k, counted: of("bill", k) });
	}],
	["an offer is sent", "always", async (s) => {
		const k = await s.customer(), q = await s.offer(k, false);
		return office(s, "POST", `/api/office/quotes/${q.id}/issues`, { version: q.version }, { k, counted: logged("quote.sent") });
	}],
	["an offer is approved by its link: one job, one deposit", "always", async (s) => {
		const k = await s.customer(), q = await s.offer(k);
		return { k, v: s.stranger(), method: "POST", path: "/api/portal/offer/answers", body: { token: await s.link(k, q), says: "approve", choice: 0, name: "Rosa Ruiz", text: "" }, counted: of("visit", k), moves: { owed: 20000 } };
	}],
	["an offer is approved by telephone: one job, one deposit", "always", async (s) => {
		const k = await s.customer(), q = await s.offer(k);
		return office(s, "POST", `/api/office/quotes/${q.id}/answers`, { says: "approve", choice: 0, name: "Rosa", text: "" }, { k, counted: of("visit", k), moves: { owed: 20000 } });
	}],
	["an offer is declined", "always", async (s) => {
		const k = await s.customer(), q = await s.offer(k);
		return { k, v: s.stranger(), method: "POST", path: "/api/portal/offer/answers", body: { token: await s.link(k, q), says: "decline", choice: 0, name: "Rosa Ruiz", text: "Too dear" }, counted: logged("quote.declined") };
	}],
	["an offer is withdrawn", "always", async (s) => {
		const k = await s.customer(), q = await s.offer(k);
		return office(s, "POST", `/api/office/quotes/${q.id}/voids`, { reason: "wrong", version: q.version }, { k, counted: logged("quote.withdrawn") });
	}],
	["a deposit is paid by check", "always", async (s) => {
		const k = await s.customer(), q = await s.offer(k), said = await s.post(`/api/office/quotes/${q.id}/answers`, { says: "approve", choice: 0, name: "Rosa", text: "" });
		return office(s, "POST", `${k.of}/payments`, s.money(20000, { apply: [{ bill_id: said.deposit_id, cents: 20000 }], keep: false }), { k, counted: of("payment", k), moves: { owed: -20000 } });
	}],
	["a time is kept", "always", async (s) => {
		const h = await s.hold();
		return { k: await s.customer(), v: h.v, method: "POST", path: "/api/portal/bookings/holds", body: h.ask, counted: "SELECT COUNT(*) FROM batch WHERE kind = 7" };
	}],
	["a time is booked", "always", async (s) => {
		const b = await s.booked();
		return { k: await s.customer(), v: b.v, method: "POST", path: "/api/portal/bookings", body: b.wish, counted: "SELECT COUNT(*) FROM visit WHERE source = 3" };
	}],
	["a booking is called off", "always", async (s) => {
		const b = await s.booked(), { token } = granted(await b.v.post("/api/portal/bookings", b.wish), 201);
		return { k: await s.customer(), v: b.v, method: "POST", path: "/api/portal/bookings/mine/cancellations", body: { token }, counted: "SELECT COUNT(*) FROM visit_log WHERE verb = 26" };
	}],
	["a job is done: one invoice", "always", async (s) => {
		const k = await s.customer(), v = await s.visit(k);
		return office(s, "POST", `/api/office/visits/${v.id}/steps`, { verb: "finish", reason: "By telephone", started_at: Math.floor(Date.now() / 1000) - 900, ended_at: Math.floor(Date.now() / 1000) - 60, version: v.version }, { k, counted: `SELECT COUNT(*) FROM visit_log WHERE verb = 15 AND visit_id = ${number(v.id)}`, settles: true, moves: { owed: 12900 } });
	}],
	["a phone's tap is sent again: one invoice", "word", async (s) => {
		const k = await s.customer(), v = await s.visit(k), phone = new Phone(s.tech.visitor), verbs = ["arrive", "finish"].map((verb) => phone.verb(verb, v.id));
		return { k, v: s.tech.visitor, method: "POST", path: "/api/tech/sync", body: { device_id: phone.device, device_name: "Test", now: Math.floor(Date.now() / 1000), verbs }, counted: `SELECT COUNT(*) FROM visit_log WHERE verb = 15 AND visit_id = ${number(v.id)}`, settles: true, moves: { owed: 12900 } };
	}],
	["a job is free", "always", async (s) => {
		const k = await s.customer(), v = await s.visit(k);
		return office(s, "PUT", `/api/office/visits/${v.id}/job`, { free: "warranty", version: v.version }, { k, counted: logged("job.free") });
	}],
	["a job wants a part", "key", async (s) => {
		const k = await s.customer(), v = await s.visit(k);
		return office(s, "POST", `/api/office/visits/${v.id}/wants`, { kind: "part", item_id: null, text: "Seal", quantity_milli: 1000, unit_cents: 900, tax_code: "" }, { k, counted: `SELECT COUNT(*) FROM bill_line WHERE visit_id = ${number(v.id)}` });
	}],
	["a visit is skipped", "always", async (s) => {
		const k = await s.customer(), v = await s.visit(k);
		return office(s, "POST", `/api/office/visits/${v.id}/skips`, { reason: "rain", version: v.version }, { k, counted: `SELECT COUNT(*) FROM visit_log WHERE verb = 14 AND visit_id = ${number(v.id)}` });
	}],
	["a customer asks for a visit", "key", async (s) => {
		const k = await s.customer(), v = await s.portal(k);
		return { k, v, method: "POST", path: "/api/portal/visits", body: { property_id: k.home, service_id: s.repair.id, day: s.day(12), note: "" }, counted: of("visit", k) };
	}],
	["a visit is given stars", "always", async (s) => {
		const k = await s.customer(), v = await s.portal(k);
		sql(`INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source, ended_at) VALUES (${k.id + 9n}, ${k.id}, ${k.id + 1n}, ${number(s.repair.id)}, '${s.day(-1)}', 30, 3, 2, UNIX_TIMESTAMP() - 86400)`, s.c.schema);
		return { k, v, method: "POST", path: `/api/portal/visits/${letters(k.id + 9n)}/stars`, body: { stars: 5, text: "Clear" }, counted: "SELECT COUNT(*) FROM provider_event WHERE kind = 'stars'" };
	}],
	// ---- prices, stock, people ----
	["prices change on a day", "key", async (s) => {
		const i = await s.fetch("/api/office/items").then((p) => p.rows.find((x) => x.id === s.item.id));
		return office(s, "POST", "/api/office/price-plans", { from_day: s.day(3), rows: [{ item_id: i.id, was_cents: i.price_cents, price_cents: i.price_cents + 10 }] }, { k: await s.customer(), counted: "SELECT COUNT(*) FROM batch WHERE kind = 8" });
	}],
	["stock is bought", "key", async (s) => office(s, "POST", "/api/office/stock-moves", { item_id: s.item.id, bought: true, amount_x100: 100 }, { k: await s.customer(), counted: logged("stock.bought") })],
	["a customer's exemption is written down", "key", async (s) => {
		const k = await s.customer();
		return office(s, "POST", `${k.of}/exemptions`, { certificate: `AZ-${word()}`, area: "", from_day: s.day(-30), until_day: s.day(30) }, { k, counted: logged("exemption.made") });
	}],
	["a rule of tax is made", "always", async (s) => office(s, "POST", "/api/office/taxes", { name: `Tax ${word()}`, code: "part", area: "nowhere", rate_ppm: 1000, from_day: s.day(-30) }, { k: await s.customer(), counted: logged("tax.made") })],
	["somebody is invited", "always", async (s) => office(s, "POST", "/api/office/staff", { name: "Nina", email: `nina@${word()}.example`, role: "technician", language: "en" }, { k: await s.customer(), counted: "SELECT COUNT(*) FROM staff" })],
	["a home is sold", "always", async (s) => {
		const k = await s.customer(), to = await s.customer(), { properties: [p] } = await s.fetch(k.of);
		return office(s, "POST", `/api/office/properties/${k.home}/sales`, { customer_id: letters(to.id), name: "", kind: "person", email: "", phone: "", language: "en", version: p.version }, { k, counted: logged("property.sold") });
	}],
	["two records become one", "always", async (s) => {
		const k = await s.customer([5000]), other = await s.customer([700]);
		return office(s, "POST", `${k.of}/merges`, { other_id: letters(other.id), dry: false }, { k, counted: logged("customers.merged"), moves: { owed: 700 } });
	}],
];
