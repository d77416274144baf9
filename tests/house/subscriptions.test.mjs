// What a company pays the house: on trial, subscribed by the same provider, a payment that fails, what is then refused and
// what never is, paid again, given up.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { bank, company, crew, granted, mailbox, neighbours, poolctl, refused, set_job, signIn, site, sql, totp, until, Visitor, wake, where, word } from "./harness.mjs";

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

// ---- the platform's own people ----

const looks = {};
test("somebody of the platform comes in by key and code, at the site's door alone, and sees sizes and plans", async () => {
	const email = `ann-${word()}@platform.example`;
	const shown = poolctl("platform", "add", email, "Ann Operator");
	const key = shown.match(/^key +(\S+)$/m)[1], secret = shown.match(/secret=([A-Z2-7]+)/)[1];
	const ann = site();
	const enter = (over = {}) => ann.post("/api/auth/platform-sessions", { email, key, code: totp(secret, Math.floor(Date.now() / 30000)), ...over });
	for (const path of ["/api/site/platform", "/api/site/platform/companies"]) refused(await ann.get(path), 401, "signed_out");
	refused(await enter({ code: "000000" }), 401, "signed_out", "code");
	refused(await enter({ key: key.replace(/^./, (l) => (l === "A" ? "B" : "A")) }), 401, "signed_out", "code");
	refused(await enter({ email: `nobody@${word()}.example` }), 401, "signed_out", "code");
	const code = totp(secret, Math.floor(Date.now() / 30000));
	assert.equal(granted(await enter({ code }), 201).name, "Ann Operator");
	refused(await site().post("/api/auth/platform-sessions", { email, key, code }), 401, "signed_out", "code"); // it works once
	await set_job(c, 6, "housekeeping");
	const mine = async () => granted(await ann.get(`/api/site/platform/companies?q=${c.slug}`)).rows[0];
	const line = await until("the size", mine, (l) => l.counted_at > 0);
	assert.deepEqual([line.slug, line.live, line.standing, line.cents, line.until_at], [c.slug, true, "trial", 14900, null]);
	assert.ok(line.customers >= 1 && line.staff >= 2, JSON.stringify(line));
	assert.doesNotMatch(JSON.stringify(granted(await ann.get("/api/site/platform/companies"))), /Rosa|@/, "nothing of what they keep");
	refused(await ann.post(`/api/site/platform/companies/${line.id}/looks`), 403, "forbidden", "consent");
	// A company's own session is none here, and the platform's none there.
	refused(await olga.get("/api/site/platform"), 404, "not_found");
	const there = new Visitor(where, c.host);
	there.jar = new Map(ann.jar);
	refused(await there.get("/api/office/customers"), 401, "signed_out");
	Object.assign(looks, { ann, id: line.id, mine });
});

test("the owner lets them look for hours: they read, change nothing, and each look is in the company's log", async () => {
	const { ann, id, mine } = looks;
	refused(await people.technician.visitor.put("/api/office/support", { hours: 2 }), 403, "forbidden");
	refused(await olga.put("/api/office/support", { hours: 100 }), 422, "invalid", "hours");
	const until_at = granted(await olga.put("/api/office/support", { hours: 2 })).until_at;
	assert.ok(Math.abs(until_at - now() - 7200) < 60);
	assert.equal((await mine()).until_at, until_at);
	const { url } = granted(await ann.post(`/api/site/platform/companies/${id}/looks`), 201);
	const token = url.split("#")[1];
	const looker = new Visitor(where, c.host);
	refused(await new Visitor(where, neighbours().host).post("/api/auth/support-sessions", { token }), 401, "signed_out");
	granted(await looker.post("/api/auth/support-sessions", { token }), 201);
	refused(await new Visitor(where, c.host).post("/api/auth/support-sessions", { token }), 401, "signed_out"); // once
	const who = granted(await looker.get("/api/office/me"));
	assert.deepEqual([who.support, who.name], [true, "Poolhouse support, Ann Operator"]);
	const [rosa] = granted(await looker.get("/api/office/customers")).rows;
	granted(await looker.get(`/api/office/customers/${rosa.id}`));
	for (const path of ["/api/office/audit", "/api/office/support", "/api/office/customers.csv"]) refused(await looker.get(path), 403, "forbidden");
	assert.equal((await looker.post("/api/office/customers", {})).body.error.field, "support");
	refused(await looker.get("/api/tech/today"), 401, "signed_out");
	const log = granted(await olga.get("/api/office/audit?q=support")).rows;
	assert.deepEqual(log.filter((l) => l.verb === "support.looked").map((l) => l.detail), [`/customers/${rosa.id}`, "/customers", "/me"]);
	assert.ok(log.some((l) => l.verb === "support.allowed" && l.detail === "2 h") && log.some((l) => l.verb === "support.opened"));
	assert.ok(log.filter((l) => l.verb === "support.looked").every((l) => l.actor === "Poolhouse support, Ann Operator"));
	// Ended, or over: the next look is none.
	assert.equal(granted(await olga.delete("/api/office/support")).until_at, null);
	refused(await looker.get("/api/office/customers"), 401, "signed_out");
	granted(await olga.put("/api/office/support", { hours: 1 }));
	granted(await looker.get("/api/office/customers"));
	sql(`UPDATE pool_control.support_consent SET until_at = ${now()} WHERE tenant_id = ${tenant}`);
	refused(await looker.get("/api/office/customers"), 401, "signed_out");
	refused(await ann.post(`/api/site/platform/companies/${id}/looks`), 403, "forbidden", "consent");
	granted(await ann.delete("/api/site/platform"), 204);
	refused(await ann.get("/api/site/platform"), 401, "signed_out");
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
	// Everything as one file, though nothing is paid.
	assert.equal(granted(await olga.get("/api/office/archive")).state, "none");
	refused(await olga.get("/api/office/archive/file"), 404, "not_found");
	const all = await Promise.all(Array.from({ length: 5 }, () => olga.post("/api/office/archive", {})));
	assert.ok(all.every((a) => ["asked", "working"].includes(granted(a, 201).state)));
	const made = await until("the archive", async () => granted(await olga.get("/api/office/archive")), (a) => a.state === "ready");
	assert.equal(made.done, made.of_all);
	granted(await olga.post("/api/office/archive/ways", {}), 204);
	const tar = await olga.get("/api/office/archive/file");
	assert.equal(tar.status, 200);
	assert.match(tar.headers["content-disposition"], new RegExp(`^attachment;.*${c.slug}`));
	assert.match(tar.text, /^README\.txt/);
	assert.match(tar.text, /csv\/customer\.csv[^]*Rosa Ruiz[^]*manifest\.txt/);
	refused(await people.technician.visitor.get("/api/office/archive"), 403, "forbidden");
});

test("it pays, and everything is open again in seconds", async () => {
	await bank(where, "settle_bills", { id: sub.id });
	await until("the company is good", () => poolctl("subscriptions", "list").split("\n").find((l) => l.startsWith(`${c.slug} `)) ?? "", (l) => / good /.test(l));
	await until("a technician's day is there again", async () => (await people.technician.visitor.get("/api/tech/today")).status, (s) => s !== 403);
});

test("what waited while it was closed is done", async () => {
	// A worker that still believes what it knew of the company (for two seconds) puts it aside once more.
	const looked = async () => {
		sql("UPDATE job SET due_at = 1 WHERE id = 9 AND state = 1", c.schema);
		await wake(c);
		return sql("SELECT state, tries FROM job WHERE id = 9", c.schema)[0].join();
	};
	await until("the job", looked, (s) => s !== "1,0"); // its payload is none: it was tried
});

test("the processor's word decides: with messages lost, the night's look finds it", async () => {
	await bank(where, "moods", { hold: true });
	await bank(where, "end", { id: sub.id });
	await set_job(c, 7, "subscription_look");
	await stands("grace");
	assert.equal((await page()).subscribed, false, "given up: it may subscribe anew");
	assert.doesNotMatch(await link(), /\/manage\//);
	await bank(where, "moods", { hold: false });
});
