// What a company pays the house: on trial, subscribed by the same provider, a payment that fails, what is then refused and
// what never is, paid again, given up.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { bank, company, crew, granted, mailbox, poolctl, refused, signIn, site, sql, until, where } from "./harness.mjs";

const DAY = 86400, now = () => Math.floor(Date.now() / 1000);
let c, olga, people, tenant, sub;
const page = async () => granted(await olga.get("/api/office/subscription"));
const stands = async (is) => until(`the company stands ${is}`, async () => granted(await olga.get("/api/office/me")).standing, (s) => s === is);
const customer = (headers) => olga.call("POST", "/api/office/customers", {
	name: "Rosa Ruiz", kind: "person", email: "", phone: "602-555-0123", language: "en", source: "", external_id: "", street: "12 Palm Lane", city: "Phoenix", region: "AZ", postcode: "85001", with_pool: true,
}, headers);
const link = async () => {
	granted(await olga.post("/api/office/subscription/pages"), 204);
	return until("a way to the page", async () => granted(await olga.post("/api/office/subscription/links"), 201).url);
};
/* The days go by: nobody waits for them here. */
const since = (days) => sql(`UPDATE pool_control.subscription SET unpaid_since = ${now() - days * DAY} WHERE tenant_id = ${tenant}`);

before(async () => {
	c = await company();
	olga = c.owner.visitor;
	people = await crew(c, ["technician"]);
	tenant = sql(`SELECT id FROM pool_control.tenant WHERE slug = '${c.slug}'`)[0][0];
});

test("a company that signs up is on trial: it sees the price, and nothing is refused", async () => {
	const p = await page();
	assert.equal(p.standing, "trial");
	assert.deepEqual([p.cents, p.currency, p.subscribed, p.possible, p.bills.length], [14900, "USD", false, true, 0]);
	assert.ok(Math.abs(p.trial_ends_at - now() - 30 * DAY) < 600);
	assert.deepEqual(granted(await site().get("/api/site/plan")), { cents: 14900, currency: "USD", trial_days: 30 }, "the site says the same");
	assert.ok((await customer()).status < 300);
	refused(await people.technician.visitor.get("/api/office/subscription"), 403, "forbidden");
});

test("it subscribes on the provider's page, once, and nothing is asked before the trial is over", async () => {
	const url = await link();
	assert.equal((await olga.post("/api/office/subscription/links")).body.url, "", "a way in is handed out once");
	await bank(where, "pay", { id: url.split("/").pop(), kind: "card", number: "4242424242424242" });
	await stands("good");
	const p = await page();
	assert.equal(p.subscribed, true);
	assert.ok(Math.abs(p.paid_until - p.trial_ends_at) < 3 * DAY, "the first month begins when the trial ends");
	assert.equal(p.bills[0].cents, 0);
	sub = (await bank(where, "all", { kind: "subscription" })).find((s) => s.metadata.tenant === c.slug);
	const asked = (await bank(where, "seen")).filter((s) => s.path === "/v1/checkout/sessions" && s.text.includes(c.slug) && s.text.includes("mode=subscription"));
	assert.ok(asked.length > 0 && asked.every((s) => s.headers["idempotency-key"] && !s.headers["stripe-account"]), "keyed, on our own account");
	// From now on the page is the one to change the card on.
	assert.match(await link(), /\/manage\//);
});

test("a month is paid: a bill more; a message that comes five times changes nothing", async () => {
	await bank(where, "moods", { copies: 5 });
	await bank(where, "renew", { id: sub.id });
	await bank(where, "moods", { copies: 1 });
	const p = await until("the bill", page, (x) => x.bills.length === 2);
	assert.deepEqual(p.bills[0].state, "paid");
	assert.equal(p.bills[0].cents, 14900);
	assert.match(poolctl("subscriptions", "show", c.slug), /good.*\n(.*\n)*bill +POOL-\d+ +14900 usd paid/i);
});

test("a payment fails: the owner is told, and everything works on for two weeks", async () => {
	await bank(where, "renew", { id: sub.id, fails: true });
	await stands("grace");
	assert.match((await mailbox.letter(c.owner.email, /A payment for Poolhouse is missing/)).text, /Everything works on until the day below\.[^]*\/subscription/);
	assert.equal((await page()).bills[0].state, "open");
	assert.ok((await customer()).status < 300);
	assert.match(granted(await olga.get("/api/office/audit")).rows.map((r) => `${r.verb} ${r.detail}`).join("\n"), /subscription\.stands grace/);
});

test("then nothing is written any more, by nobody; reading, paying and taking away stay", async () => {
	since(20);
	await stands("read_only");
	refused(await customer(), 403, "forbidden", "subscription");
	assert.match(refused(await customer({ "accept-language": "es" }), 403, "forbidden", "subscription").message, /^La suscripción no está pagada/);
	const phone = people.technician.visitor;
	refused(await phone.post("/api/tech/sync", {}), 403, "forbidden", "subscription");
	granted(await olga.get("/api/office/customers"));
	granted(await olga.get("/api/office/customers.csv"));
	assert.match(await link(), /\/manage\//);
	// Customers pay the company as ever; of what it owes they hear nothing.
	const portal = await olga.post("/api/portal/payments", { cents: 5000, bill_id: null, method_id: null, keep: false, autopay: false });
	assert.equal(portal.status, 401, "only signed out");
	assert.doesNotMatch(refused(await olga.post("/api/portal/visits", {}), 403, "forbidden", "company").message, /subscription|paid/);
});

test("after a month more it is closed, but for paying, signing in and taking away", async () => {
	since(60);
	await stands("suspended");
	refused(await olga.get("/api/office/customers"), 403, "forbidden", "subscription");
	refused(await people.technician.visitor.get("/api/tech/today"), 403, "forbidden", "subscription");
	granted(await page() && (await olga.get("/api/office/bills.csv")));
	// Its jobs rest, too: clockwork is over for the day, what was ordered waits untried; letters that let people in still go.
	sql("INSERT INTO job (id, kind, state, due_at, payload, made_at) VALUES (8, 'months', 1, 1, '', 0), (9, 'autopay_one', 1, 2, '', 0)", c.schema);
	granted(await olga.post("/api/auth/resets", { email: c.owner.email }), 204);
	await mailbox.token(c.owner.email, "reset");
	const job = (id) => sql(`SELECT state, tries, reason, state = 3 OR due_at > UNIX_TIMESTAMP() FROM job WHERE id = ${id}`, c.schema)[0];
	const rests = "closed: the company is closed";
	await until("the jobs rest", () => [...job(8), ...job(9)].join(), (s) => s === ["3", "1", rests, "1", "1", "0", rests, "1"].join());
	assert.match((await olga.get("/api/office/customers.csv")).text, /Rosa Ruiz/);
	olga = await signIn(c.owner);
	await page();
});

test("it pays, and everything is open again in seconds", async () => {
	await bank(where, "settle_bills", { id: sub.id });
	await until("the company is good", () => poolctl("subscriptions", "list").split("\n").find((l) => l.startsWith(`${c.slug} `)) ?? "", (l) => / good /.test(l));
	await until("a technician's day is there again", async () => (await people.technician.visitor.get("/api/tech/today")).status, (s) => s !== 403);
});

test("what waited while it was closed is done", async () => {
	sql("UPDATE job SET due_at = 1 WHERE id = 9", c.schema);
	granted(await olga.post("/api/auth/portal-links", { email: "nobody@nowhere.example" }), 204);
	await until("the job", () => sql("SELECT state, tries FROM job WHERE id = 9", c.schema)[0].join(), (s) => s !== "1,0"); // its payload is none: it was tried
});

test("the processor's word decides: with messages lost, the night's look finds it", async () => {
	await bank(where, "moods", { hold: true });
	await bank(where, "end", { id: sub.id });
	sql(`INSERT INTO job (id, kind, state, due_at, payload, made_at) VALUES (7, 'subscription_look', 1, 1, '', 0)`, c.schema);
	granted(await olga.post("/api/auth/portal-links", { email: "nobody@nowhere.example" }), 204); // a letter wakes the worker
	await stands("grace");
	assert.equal((await page()).subscribed, false, "given up: it may subscribe anew");
	assert.doesNotMatch(await link(), /\/manage\//);
	await bank(where, "moods", { hold: false });
});
