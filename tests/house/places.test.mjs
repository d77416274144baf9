// Where somebody comes from: what is proposed, what is noticed, and how many may come at once.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, granted, hire, mailbox, signIn, site, sql, Visitor, where, word } from "./harness.mjs";

let c;
before(async () => {
	c = await company();
});
const PHOENIX = "203.0.113.7";
const HERMOSILLO = "198.51.100.7";
const PERTH = "2001:db8:aa::7";
const at = (p, address) => {
	p.visitor.address = address;
	return p;
};

for (const [address, language, country, zone, currency] of [
	[PHOENIX, "es-MX", "US", "America/Phoenix", "USD"],
	[HERMOSILLO, "en", "MX", "America/Hermosillo", "MXN"],
	[PERTH, "en", "AU", "Australia/Perth", "AUD"],
	["203.0.114.1", "es-ES,es;q=0.9", "ES", "Europe/Madrid", "EUR"],
	["203.0.114.1", "en", "US", "America/New_York", "USD"],
])
	test(`a visitor from ${address} who reads ${language} is proposed ${country}`, async () => {
		const p = granted(await site({ address, language }).get("/api/site/proposal"));
		assert.deepEqual({ country: p.country, zone: p.zone, currency: p.currency }, { country, zone, currency });
	});

test("a sign-in from a new country is mailed, one from a known country is not", async () => {
	const p = at(await hire(c, mailbox, "technician"), PHOENIX);
	await signIn(p);
	const after = Math.max(0, ...(await mailbox.list(p.email)).map((l) => l.id));
	await signIn(p);
	await signIn(at(p, HERMOSILLO));
	const letter = await mailbox.letter(p.email, /\bMX\b/, { after });
	assert.match(letter.text, /poolhouse-visitor/, "it names the browser");
	await signIn(p);
	assert.equal((await mailbox.list(p.email, after)).length, 1);
	const [{ country, ip }] = granted(await (await signIn(p)).get("/api/tech/me")) && sql(
		`SELECT country, ip FROM ${c.schema}.audit WHERE verb = 'session.opened' ORDER BY seq DESC LIMIT 1`,
	).map(([country_, ip_]) => ({ country: country_, ip: ip_ }));
	assert.deepEqual([country, ip], ["MX", HERMOSILLO]);
});

test("the address is the street's word, not a header of the visitor's", async () => {
	const v = new Visitor(where, c.host, { address: `${PERTH}, ${HERMOSILLO}` });
	await v.post("/api/auth/sessions", { email: `nobody@${word()}.example`, password: "no such password 1" });
	const [[ip]] = sql(`SELECT ip FROM ${c.schema}.audit WHERE verb = 'session.refused' ORDER BY seq DESC LIMIT 1`);
	assert.equal(ip, HERMOSILLO, "only the last hop, which the street itself saw");
});

test("when too many passwords come at once, the rest are told to come again, and nobody else waits", async () => {
	const guesses = Array.from({ length: 80 }, (_, i) =>
		new Visitor(where, c.host, { address: `10.${i}.0.1` }).post("/api/auth/sessions", {
			email: `nobody-${i}@${word()}.example`,
			password: "no such password 1",
		}),
	);
	let judged = 0;
	for (const g of guesses) g.then((a) => (judged += a.status === 401));
	granted(await site().get("/api/site/proposal"));
	assert.ok(judged < 15, `a page waited until ${judged} passwords were judged`);
	const answers = await Promise.all(guesses);
	const statuses = new Set(answers.map((a) => a.status));
	assert.deepEqual([...statuses].sort(), [401, 503], "every guess is judged or sent away");
	assert.ok(answers.filter((a) => a.status === 401).length >= 20, "a queue of twenty is served");
	for (const a of answers.filter((x) => x.status === 503)) {
		assert.ok(Number(a.headers["retry-after"]) > 0);
		assert.equal(a.body.error.code, "away");
	}
});
