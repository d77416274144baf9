// Customers come in by a mailed link.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { smsService } from "../fakes/sms.mjs";
import { company, day, granted, mailbox, neighbours, quarter, refused, sql, twin, until, Visitor, where, word } from "./harness.mjs";

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
let c;
before(async () => {
	c = await company();
});
const stranger = () => new Visitor(where, c.host);
let next = Date.now();
function customer(over = {}) {
	const who = { id: `4712${next++}`, name: "Carla Cliente", email: `carla@${word()}.example`, language: "en", ...over };
	sql(`INSERT INTO customer (id, name, email, language, created_at)
		VALUES (${who.id}, '${who.name}', '${who.email}', '${who.language}', 0)`, c.schema);
	return who;
}
async function link(who, options) {
	granted(await stranger().post("/api/auth/portal-links", { email: who.email }), 204);
	return mailbox.token(who.email, "portal/enter", options);
}
async function enter(who) {
	const v = stranger();
	granted(await v.post("/api/auth/portal-sessions", { token: await link(who) }), 201);
	return v;
}

test("a known and an unknown address are answered the same, and only the known one gets a letter", async () => {
	const who = customer();
	const nobody = `nobody@${word()}.example`;
	const known = await stranger().post("/api/auth/portal-links", { email: who.email });
	const unknown = await stranger().post("/api/auth/portal-links", { email: nobody });
	assert.equal(known.status, 204);
	assert.equal(unknown.status, 204);
	assert.equal(known.text, unknown.text);
	await mailbox.letter(who.email, /portal\/enter#/);
	assert.equal((await mailbox.list(nobody)).length, 0);
});

test("the letter speaks the customer's language", async () => {
	const who = customer({ language: "es" });
	granted(await stranger().post("/api/auth/portal-links", { email: who.email.toUpperCase() }), 204);
	const letter = await mailbox.letter(who.email, /portal\/enter#/);
	assert.match(letter.text, /enlace/i);
});

test("the link works once, and not at the neighbour's", async () => {
	const who = customer();
	const token = await link(who);
	refused(await new Visitor(where, neighbours().host).post("/api/auth/portal-sessions", { token }), 401, "signed_out");
	const v = stranger();
	assert.equal(granted(await v.post("/api/auth/portal-sessions", { token }), 201).door, "portal");
	assert.equal(granted(await v.get("/api/portal/me")).name, who.name);
	refused(await stranger().post("/api/auth/portal-sessions", { token }), 401, "signed_out");
});

const code = async (who, options) => (await mailbox.letter(who.email, /type this code/, options)).text.match(/code: (\d{6})/)[1];
test("the code of the letter works once, for that address alone, and five tries are all there are", async () => {
	const who = customer(), other = customer();
	await link(who);
	await link(other);
	const mine = await code(who);
	await quarter();
	const enter = (address, digits) => stranger().post("/api/auth/portal-codes", { address, code: digits });
	refused(await enter(other.email, mine), 401, "signed_out", "code");
	refused(await enter(`nobody@${word()}.example`, mine), 401, "signed_out", "code");
	assert.equal(granted(await enter(who.email.toUpperCase(), mine), 201).door, "portal");
	refused(await enter(who.email, mine), 401, "signed_out", "code");
	const wrong = mine === "000000" ? "111111" : "000000";
	for (let i = 0; i < 3; i++) refused(await enter(who.email, wrong), 401, "signed_out", "code");
	refused(await enter(who.email, wrong), 429, "limit", "code");
});

test("a code comes by text to a number of the account, not to a tenant's, and to nobody else", async () => {
	const at = `602555${String(1000 + (Date.now() % 8999)).slice(-4)}`, tenant = `480555${at.slice(-4)}`;
	const texts = await smsService({ mine: ({ to }) => [at, tenant, "6025550000"].includes(to.slice(2)) });
	try {
		const who = customer();
		sql(`INSERT INTO contact (id, customer_id, name, relation, phone, language) VALUES
			(${who.id}1, ${who.id}, 'Carla', 1, '+1${at}', 'en'), (${who.id}2, ${who.id}, 'Ted', 2, '+1${tenant}', 'en')`, c.schema);
		for (const phone of [tenant, "6025550000", at]) granted(await stranger().post("/api/auth/portal-texts", { phone }), 204);
		const text = await until("the text", () => texts.sent.find((t) => t.to === `+1${at}`));
		assert.match(text.body, /your code to sign in is \d{6}$/);
		assert.deepEqual(texts.sent.map((t) => t.to), [`+1${at}`]);
		const v = stranger();
		granted(await v.post("/api/auth/portal-codes", { address: `(602) ${at.slice(3, 6)}-${at.slice(6)}`, code: text.body.slice(-6) }), 201);
		assert.equal(granted(await v.get("/api/portal/me")).name, who.name);
	} finally {
		await texts.close();
	}
});

test("a newer link replaces the one before", async () => {
	const who = customer();
	const first = await link(who);
	const after = Math.max(...(await mailbox.list(who.email)).map((l) => l.id));
	const second = await link(who, { after });
	assert.notEqual(first, second);
	refused(await stranger().post("/api/auth/portal-sessions", { token: first }), 401, "signed_out");
	granted(await stranger().post("/api/auth/portal-sessions", { token: second }), 201);
});

test("a customer's session opens no other door, and staff's links do not open this one", async () => {
	const v = await enter(customer());
	for (const path of ["/api/office/me", "/api/tech/me", "/api/office/staff"]) refused(await v.get(path), 401, "signed_out");
	granted(await stranger().post("/api/auth/resets", { email: c.owner.email }), 204);
	const token = await mailbox.token(c.owner.email, "reset");
	refused(await stranger().post("/api/auth/portal-sessions", { token }), 401, "signed_out");
});

test("leaving ends the session on the server", async () => {
	const v = await enter(customer());
	const jar = new Map(v.jar);
	granted(await v.delete("/api/auth/portal-sessions"), 204);
	v.jar = jar;
	refused(await v.get("/api/portal/me"), 401, "signed_out");
});

test("a password is there for who makes one: beside the link, asked for anew when it changes, and gone when they like", async () => {
	const who = customer(), other = customer();
	const v = await enter(who);
	const own = "a pelican reads the evening paper";
	assert.equal(granted(await v.get("/api/portal/me")).password, false);
	const set = (body, by = v) => by.put("/api/auth/portal-sessions/passwords", { current: null, ...body });
	const enterBy = (password, email = who.email) => { const s = stranger(); return s.post("/api/auth/portal-sessions/passwords", { email, password }).then((a) => ({ a, s })); };
	refused((await enterBy(own)).a, 401, "signed_out", "password");
	refused(await set({ password: "short" }), 422, "invalid", "password");
	refused(await set({ password: own }, stranger()), 401, "signed_out");
	const first = stranger();
	granted(await first.post("/api/auth/portal-sessions", { token: await link(who, { after: Math.max(...(await mailbox.list(who.email)).map((l) => l.id)) }) }), 201);
	granted(await set({ password: own }), 204);
	refused(await first.get("/api/portal/me"), 401, "signed_out"); // the others are out
	const { a, s } = await enterBy(own, who.email.toUpperCase());
	assert.equal(granted(a, 201).door, "portal");
	assert.equal(granted(await s.get("/api/portal/me")).password, true);
	const wrong = [await enterBy("a pelican reads the morning paper"), await enterBy(own, other.email), await enterBy(own, `nobody@${word()}.example`)].map((x) => refused(x.a, 401, "signed_out", "password").message);
	assert.equal(new Set(wrong).size, 1, "who has none, and who is nobody, is not told");
	refused((await new Visitor(where, neighbours().host).post("/api/auth/portal-sessions/passwords", { email: who.email, password: own })), 401, "signed_out");
	refused(await set({ password: "another long sentence to keep" }), 401, "signed_out", "current");
	granted(await set({ current: own, password: "another long sentence to keep" }), 204);
	// Whoever sits at an open session cannot do it unseen.
	const told = async (what) => mailbox.letter(who.email, new RegExp(`${what}: 20\\d\\d-`));
	assert.match((await told("a password was made")).text, /signed out on every other device/);
	await told("the password was changed");
	refused((await enterBy(own)).a, 401, "signed_out", "password");
	assert.match(sql(`SELECT HEX(password) FROM customer WHERE id = ${who.id}`, c.schema)[0][0], /^01/, "sealed");
	granted(await v.delete("/api/auth/portal-sessions/passwords"), 204);
	await told("the password was taken away");
	refused((await enterBy("another long sentence to keep")).a, 401, "signed_out", "password");
	granted(await v.get("/api/portal/me"));
});

test("a customer who is disabled is out at once", async () => {
	const who = customer();
	const v = await enter(who);
	sql(`UPDATE customer SET disabled_at = 1 WHERE id = ${who.id}`, c.schema);
	refused(await v.get("/api/portal/me"), 401, "signed_out");
	granted(await stranger().post("/api/auth/portal-links", { email: who.email }), 204);
});

// Two accounts of one address, a third of somebody else; the first has a pool, visits, bills and money paid.
async function served() {
	const email = `rosa@${word()}.example`;
	const own = customer({ name: "Rosa Ruiz", email });
	const second = customer({ name: "The rental", email });
	const other = customer({ name: "OTHER Otto" });
	const n = BigInt(Date.now()) << 21n;
	const at = Object.fromEntries(["place", "place2", "pool", "service", "tech", "done", "next", "theirs", "item", "reading", "dose", "photo", "photo2", "withdrawn"].map((k, i) => [k, n + BigInt(i)]));
	const today = day(0);
	sql(`INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at.place}, ${own.id}, '12 Palm Way', 'Mesa', 'AZ', '85201'), (${at.place2}, ${other.id}, 'OTHER street', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, name) VALUES (${at.pool}, ${at.place}, 1, '');
		INSERT INTO service (id, name, kind, minutes, price_cents, checklist, parts) VALUES (${at.service}, 'Weekly ${word()}', 1, 30, 0, '{"rows":[]}', '{"rows":[]}');
		INSERT INTO staff (id, name, email, language, role, state, created_at) VALUES (${at.tech}, 'Marco SURNAME', '${word()}@tech.example', 'en', 5, 2, 0);
		INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, minutes, state, source, note, started_at, ended_at) VALUES
			(${at.done}, ${own.id}, ${at.place}, ${at.service}, '${day(-7)}', ${at.tech}, 30, 3, 2, 'OFFICE NOTE', 1700000000, 1700002000),
			(${at.next}, ${own.id}, ${at.place}, ${at.service}, '${day(3)}', ${at.tech}, 30, 1, 2, 'OFFICE NOTE', NULL, NULL),
			(${at.theirs}, ${other.id}, ${at.place2}, ${at.service}, '${day(-7)}', NULL, 30, 3, 2, '', 1, 2);
		INSERT INTO item (id, kind, name, chemical, strength_x100, unit, holds_x100) VALUES (${at.item}, 1, 'Liquid chlorine ${word()}', 1, 1250, 5, 378541);
		INSERT INTO reading (id, pool_id, visit_id, source, at, made_at, body) VALUES
			(${at.reading}, ${at.pool}, ${at.done}, 2, 5, 5, '{"values":[{"measure":"ph","x100":780,"how":"exact"}]}'),
			(${at.withdrawn}, ${at.pool}, ${at.done}, 2, 6, 6, '{"values":[{"measure":"ph","x100":999,"how":"exact"}]}');
		UPDATE reading SET withdrawn_at = 1 WHERE id = ${at.withdrawn};
		INSERT INTO dose (id, pool_id, visit_id, item_id, chemical, strength_x100, given_x100, reason, cost_cents, price_cents, at, made_at)
			VALUES (${at.dose}, ${at.pool}, ${at.done}, ${at.item}, 1, 1250, 94635, 'OFFICE NOTE', 0, 0, 5, 5);
		INSERT INTO file (id, customer_id, on_kind, on_id, name, type, state, bytes, width, height, staff_id, made_at) VALUES
			(${at.photo}, ${own.id}, 8, ${at.done}, 'After', 'image/jpeg', 2, 10, 640, 480, 0, 0), (${at.photo2}, ${other.id}, 8, ${at.theirs}, 'OTHER', 'image/jpeg', 2, 10, 640, 480, 0, 0)`, c.schema);
	return { own, second, other, at, today };
}
const letters = (v) => {
	let out = "";
	for (let i = 0n, n = BigInt(v); i < 13n; i++, n >>= 5n) out = "0123456789abcdefghjkmnpqrstvwxyz"[Number(n & 31n)] + out;
	return out;
};

test("a customer sees visits, water, bills and payments of their own, and nothing that was written for the office", async () => {
	const { own, other, at, today } = await served();
	const office = c.owner.visitor;
	const line = (of, property, text) => office.post(`/api/office/customers/${letters(of.id)}/lines`, { property_id: letters(property), kind: "labour", day: today, text, quantity_milli: 1000, unit_cents: 12000, tax_code: "" });
	granted(await line(own, at.place, "Pump seal"), 201);
	granted(await line(other, at.place2, "OTHER seal"), 201);
	const bill = async (of) => granted(await office.post(`/api/office/customers/${letters(of.id)}/bills`, { day: today, until: today, title: "", note: "" }), 201);
	const mine = await bill(own);
	const theirs = await bill(other);
	granted(await office.post(`/api/office/customers/${letters(own.id)}/payments`, { way: "check", cents: 5000, day: today, reference: "no. OFFICE NOTE", note: "OFFICE NOTE", reason: "", apply: [], keep: false }), 201);
	const v = await enter(own);
	const home = granted(await v.get("/api/portal/home"));
	assert.deepEqual([home.owed_cents, home.free_cents, home.pending_cents, home.currency], [7000, 0, 0, "USD"]);
	assert.deepEqual(home.next.map((x) => [x.id, x.tech]), [[letters(at.next), "Marco"]]);
	assert.deepEqual(home.past.map((x) => x.id), [letters(at.done)]);
	assert.deepEqual(home.bills.map((b) => [b.id, b.total_cents, b.open_cents]), [[mine.id, 12000, 7000]]);
	assert.deepEqual(home.applied.map((a) => [a.bill_id, a.cents]), [[mine.id, 5000]]);
	assert.equal(home.payments[0].way, "check");
	const page = granted(await v.get(`/api/portal/bills/${mine.id}`));
	assert.deepEqual(page.lines.map((l) => [l.text, l.net_cents]), [["Pump seal", 12000]]);
	assert.deepEqual(page.paid.map((p) => p.cents), [5000]);
	const visit = granted(await v.get(`/api/portal/visits/${letters(at.done)}`));
	assert.deepEqual(visit.readings.map((r) => r.values.map((l) => [l.measure, l.x100])), [[["ph", 780]]], "what was withdrawn is not shown");
	assert.equal(visit.doses[0].given_x100, 94635);
	assert.deepEqual([visit.notes, visit.report, visit.sealed_at], [[], null, null], "nobody wrote to them, and nothing is sealed");
	assert.deepEqual(visit.photos.map((f) => f.id), [letters(at.photo)]);
	assert.equal(granted(await v.get("/api/portal/visits")).rows.length, 1);
	for (const path of ["/api/portal/home", `/api/portal/bills/${mine.id}`, `/api/portal/visits/${letters(at.done)}`, "/api/portal/visits"])
		assert.doesNotMatch((await v.get(path)).text, /OTHER|OFFICE NOTE|SURNAME/, path);
	for (const path of [`/api/portal/bills/${theirs.id}`, `/api/portal/visits/${letters(at.theirs)}`, `/api/portal/photos/${letters(at.photo2)}`, `/api/portal/photos/${letters(at.photo2)}/small`])
		refused(await v.get(path), 404, "not_found");
});

test("all papers stand in one list: by kind, by word, by number, page by page, and only one's own", async () => {
	const { own, other, at, today } = await served();
	const office = c.owner.visitor;
	const bill = async (of, property, text) => {
		granted(await office.post(`/api/office/customers/${letters(of.id)}/lines`, { property_id: letters(property), kind: "labour", day: today, text, quantity_milli: 1000, unit_cents: 12000, tax_code: "" }), 201);
		return granted(await office.post(`/api/office/customers/${letters(of.id)}/bills`, { day: today, until: today, title: text, note: "" }), 201);
	};
	const mine = await bill(own, at.place, "Pump seal");
	const theirs = await bill(other, at.place2, "OTHER seal");
	granted(await office.post(`/api/office/customers/${letters(own.id)}/payments`, { way: "check", cents: 5000, day: today, reference: "", note: "", reason: "", apply: [], keep: false }), 201);
	const n = (BigInt(Date.now()) << 21n) + 777777n;
	sql(`INSERT INTO bill (id, kind, state, seq, customer_id, currency, day, due_day, title, total_cents, issued_at, made_at) VALUES ${Array.from({ length: 40 }, (_, i) => `(${n + BigInt(i)}, 2, 2, ${800000 + i + Number(n % 99991n)}, ${own.id}, 'USD', '${day(-30)}', '${day(-20)}', 'Month ${i}', 100, 1, 1)`).join(",")};
		INSERT INTO bill (id, kind, state, seq, customer_id, currency, day, due_day, title, total_cents, issued_at, made_at) VALUES (${n + 50n}, 1, 2, ${700000 + Number(n % 99991n)}, ${own.id}, 'USD', '${day(-2)}', '${day(20)}', 'A new heater', 100, 1, 1), (${n + 51n}, 1, 1, NULL, ${own.id}, 'USD', '${day(-2)}', '${day(20)}', 'DRAFT OTHER', 100, NULL, 1)`, c.schema);
	const v = await enter(own);
	const ask = async (query) => granted(await v.get(`/api/portal/documents?kind=any&${query}`));
	const all = await ask("");
	assert.equal(all.rows.length, 30);
	assert.deepEqual(new Set(all.rows.map((d) => d.kind)), new Set(["invoice", "receipt", "report", "quote"]));
	assert.doesNotMatch(JSON.stringify(all), /OTHER/);
	const rest = await ask(`before_day=${all.next_day}&before_id=${all.next_id}`);
	assert.equal(rest.next_id, null);
	const ids = [...all.rows, ...rest.rows].map((d) => `${d.kind} ${d.id}`);
	assert.equal(new Set(ids).size, ids.length, "no paper twice");
	assert.equal(ids.length, 44, "41 bills, a receipt, a report, a quote");
	assert.deepEqual((await ask("q=pump")).rows.map((d) => d.id), [mine.id]);
	assert.deepEqual((await ask(`q=${mine.number}`)).rows.map((d) => d.number), [mine.number]);
	const quotes = granted(await v.get("/api/portal/documents?kind=quote")).rows;
	assert.deepEqual(quotes.map((d) => [d.title, d.token.length > 20]), [["A new heater", true]]);
	assert.equal((await ask("q=OTHER")).rows.length, 0);
	granted(await office.post(`/api/office/bills/${mine.id}/papers`, {}), 204);
	await until("the paper", async () => (await ask("q=pump")).rows[0], (d) => d.pdf);
	assert.match((await v.get(`/api/portal/documents/${mine.id}/file`)).headers["content-type"], /pdf/);
	refused(await v.get(`/api/portal/documents/${theirs.id}/file`), 404, "not_found");
	refused(await v.get(`/api/portal/documents/${letters(at.photo)}/file`), 404, "not_found");
});

test("papers in the name of a record that went into this one are its own; nobody else's are", async () => {
	const { own, second, other, at, today } = await served();
	const office = c.owner.visitor, of = `/api/office/customers/${letters(other.id)}`;
	granted(await office.post(`${of}/lines`, { property_id: letters(at.place2), kind: "labour", day: today, text: "Their seal", quantity_milli: 1000, unit_cents: 12000, tax_code: "" }), 201);
	const bill = granted(await office.post(`${of}/bills`, { day: today, until: today, title: "Their seal", note: "" }), 201);
	granted(await office.post(`${of}/payments`, { way: "check", cents: 5000, day: today, reference: "", note: "", reason: "", apply: [], keep: false }), 201);
	const n = (BigInt(Date.now()) << 21n) + 888888n;
	sql(`INSERT INTO bill (id, kind, state, seq, customer_id, currency, day, due_day, title, total_cents, issued_at, made_at, quote) VALUES
		(${n}, 1, 2, ${600000 + Number(n % 99991n)}, ${other.id}, 'USD', '${day(-2)}', '${day(20)}', 'Their heater', 100, 1, 1, '{"options":[],"photos":[],"talk":[],"picked":0,"deposit_ppm":0}')`, c.schema);
	granted(await office.post(`/api/office/bills/${bill.id}/papers`, {}), 204);
	const v = await enter(own), w = stranger();
	const titles = async () => granted(await v.get("/api/portal/documents?kind=any")).rows.map((d) => `${d.kind} ${d.title}`);
	assert.doesNotMatch(`${await titles()}`, /Their/);
	granted(await office.post(`/api/office/customers/${letters(own.id)}/merges`, { other_id: letters(other.id), dry: false }), 201);
	twin(c);
	assert.deepEqual((await titles()).filter((x) => /Their|receipt/.test(x)).sort(), ["invoice Their seal", "quote Their heater", "receipt "]);
	assert.equal(granted(await v.get(`/api/portal/bills/${bill.id}`)).open_cents, 7000);
	const home = granted(await v.get("/api/portal/home"));
	assert.deepEqual([home.owed_cents, home.applied.map((a) => [a.bill_id, a.cents])], [7000, [[bill.id, 5000]]]);
	await until("the paper", async () => granted(await v.get("/api/portal/documents?kind=invoice")).rows[0].pdf);
	assert.match((await v.get(`/api/portal/documents/${bill.id}/file`)).headers["content-type"], /pdf/);
	// A reminder, too, goes to who is there now.
	granted(await office.post(`/api/office/bills/${bill.id}/sendings`, { version: granted(await office.get(`/api/office/bills/${bill.id}`)).version }), 204);
	await mailbox.letter(own.email, /portal\/bill#/);
	granted(await w.post("/api/auth/portal-sessions", { token: await link(second, { after: Math.max(...(await mailbox.list(second.email)).map((l) => l.id)) }) }), 201);
	granted(await w.put("/api/auth/portal-sessions", { customer_id: letters(second.id) }), 201);
	for (const path of [`bills/${bill.id}`, `documents/${bill.id}/file`]) refused(await w.get(`/api/portal/${path}`), 404, "not_found");
	assert.doesNotMatch((await w.get("/api/portal/documents?kind=any")).text, /Their/);
});

test("a customer asks for a visit: it lands on the board as nobody's, and is confirmed by being given to somebody", async () => {
	const { own, other, at } = await served();
	const v = await enter(own);
	const may = granted(await v.get("/api/portal/asking"));
	assert.deepEqual(may.places.map((x) => x.street), ["12 Palm Way"]);
	const wish = { property_id: letters(at.place), service_id: letters(at.service), day: day(10), note: "The pump is loud" };
	refused(await v.post("/api/portal/visits", { ...wish, property_id: letters(at.place2) }), 422, "invalid", "property_id");
	refused(await v.post("/api/portal/visits", { ...wish, day: day(-1) }), 422, "invalid", "day");
	refused(await v.post("/api/portal/visits", { ...wish, day: day(120) }), 422, "invalid", "day");
	const asked = granted(await v.post("/api/portal/visits", wish), 201).rows.find((x) => x.asked);
	assert.deepEqual([asked.state, asked.tech], ["scheduled", null]);
	const [line] = granted(await c.owner.visitor.get(`/api/office/visits?from=${day(10)}&to=${day(10)}`)).rows.filter((x) => x.id === asked.id);
	assert.deepEqual([line.source, line.tech_id, line.note], ["booking", null, "The pump is loud"]);
	// A photo goes along while nobody has it yet; not with a visit of somebody else's, and not five and one more.
	const photo = (id, who = v) => who.file(`/api/portal/photos?visit_id=${id}`, PNG, "pump.png");
	granted(await photo(asked.id), 201);
	const stranger_here = await enter(other);
	refused(await photo(asked.id, stranger_here), 404, "not_found");
	refused(await v.file(`/api/portal/photos?visit_id=${asked.id}`, Buffer.from("no picture"), "x.png"), 422, "invalid", "file");
	for (let i = 0; i < 4; i++) granted(await photo(asked.id), 201);
	refused(await photo(asked.id), 429, "limit", "file");
	assert.equal(granted(await c.owner.visitor.get(`/api/office/files?on_kind=visit&on_id=${asked.id}`)).rows.length, 5);
	sql(`UPDATE visit SET tech_id = ${at.tech} WHERE source = 3 AND customer_id = ${own.id}`, c.schema);
	refused(await photo(asked.id), 404, "not_found");
	assert.equal(granted(await v.get("/api/portal/home")).next.find((x) => x.id === asked.id).asked, false);
	for (let i = 0; i < 5; i++) granted(await v.post("/api/portal/visits", { ...wish, day: day(11 + i) }), 201);
	refused(await v.post("/api/portal/visits", wish), 429, "limit");
	refused(await stranger_here.post("/api/portal/visits", wish), 422, "invalid", "property_id");
});

test("stars are given once, to a visit of one's own that was done; the office reads them; letters change their language", async () => {
	const { own, other, at } = await served();
	const v = await enter(own);
	const stars = (id, n = 4) => v.post(`/api/portal/visits/${letters(id)}/stars`, { stars: n, text: "Very clean" });
	refused(await stars(at.theirs), 404, "not_found");
	refused(await stars(at.next), 404, "not_found");
	refused(await stars(at.done, 6), 422, "invalid", "stars");
	const all = await Promise.all(Array.from({ length: 20 }, () => stars(at.done)));
	assert.equal(all.filter((a) => a.status === 204).length, 1, JSON.stringify(all.map((a) => a.status)));
	assert.equal(granted(await v.get(`/api/portal/visits/${letters(at.done)}`)).rated, true);
	const told = granted(await c.owner.visitor.get(`/api/office/customers/${letters(own.id)}/timeline`)).rows.filter((x) => x.kind === "visit_rated");
	assert.deepEqual(told.map((x) => x.values.map((y) => y.value)), [["4", "Very clean"]]);
	// By technician and service in the office's figures, with their words; narrowed to somebody else's, without.
	const office = c.owner.visitor;
	const seen = granted(await office.get("/api/office/ratings"));
	const mine = seen.words.find((x) => x.visit_id === letters(at.done));
	assert.deepEqual([mine.stars, mine.words, mine.customer_id], [4, "Very clean", letters(own.id)]);
	const row = seen.rows.find((x) => x.tech_id === letters(at.tech) && x.service_id === letters(at.service));
	assert.deepEqual([row.ratings, row.stars, row.five, row.four, row.three, row.two, row.one], [1, 4, 0, 1, 0, 0, 0]);
	assert.equal(granted(await office.get(`/api/office/ratings?tech_id=${letters(at.place)}`)).words.length, 0);
	assert.deepEqual(granted(await office.get(`/api/office/ratings?from=${day(-9)}&to=${day(-5)}`)).rows, [], "what was said later is not of those days");
	refused(await office.get(`/api/office/ratings?from=${day(0)}&to=${day(-5)}`), 422, "invalid", "to");
	assert.match((await office.get("/api/office/ratings.csv")).text, new RegExp(`^.?Technician,Service,Ratings,Stars together,5,4,3,2,1\r?\n.*${row.tech},${row.service},1,4,0,1,0,0,0`, "s"));
	granted(await v.put("/api/portal/me", { language: "es" }), 204);
	assert.equal(granted(await v.get("/api/portal/me")).language, "es");
	assert.equal(sql(`SELECT language FROM customer WHERE id = ${other.id}`, c.schema)[0][0], "en");
});

test("several accounts of one address are one sign-in; an account of another address is not there", async () => {
	const { own, second, other } = await served();
	const v = await enter(own);
	assert.deepEqual(granted(await v.get("/api/portal/home")).accounts.map((a) => [a.name, a.here]), [["Rosa Ruiz", true], ["The rental", false]]);
	const jar = new Map(v.jar);
	refused(await v.put("/api/auth/portal-sessions", { customer_id: letters(other.id) }), 404, "not_found");
	assert.equal(granted(await v.get("/api/portal/me")).name, "Rosa Ruiz");
	granted(await v.put("/api/auth/portal-sessions", { customer_id: letters(second.id) }), 201);
	assert.equal(granted(await v.get("/api/portal/me")).name, "The rental");
	v.jar = jar;
	refused(await v.get("/api/portal/me"), 401, "signed_out");
	refused(await c.owner.visitor.put("/api/auth/portal-sessions", { customer_id: letters(second.id) }), 401, "signed_out");
});

test("who asks too often is still answered, and gets no more letters", async () => {
	const who = customer();
	await quarter();
	for (let i = 0; i < 8; i++) granted(await stranger().post("/api/auth/portal-links", { email: who.email }), 204);
	await mailbox.letter(who.email, /portal\/enter#/);
	const jobs = sql(`SELECT COUNT(*) FROM ${c.schema}.audit WHERE verb = 'portal.link_sent' AND object_id = ${who.id}`)[0][0];
	assert.ok(Number(jobs) <= 5, `${jobs} letters`);
});

test("a customer changes how they are reached, and what they hear of; nobody else's people are there", async () => {
	const who = customer(), other = customer();
	sql(`INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_email) VALUES (${other.id}1, ${other.id}, 'Olive', 1, '+16025550177', 'olive@home.example', 'en', 8)`, c.schema);
	const v = await enter(who);
	assert.deepEqual(granted(await v.get("/api/portal/contacts")).rows, []);
	const wish = { name: "Carla Cliente", phone: "(602) 555-0163", email: "carla@home.example", language: "es", by_sms: ["on_the_way", "bill"], by_email: ["report"], by_voice: [] };
	const [made] = granted(await v.post("/api/portal/contacts", wish)).rows;
	assert.deepEqual([made.phone, made.by_sms, made.by_email, made.language], ["+16025550163", ["on_the_way", "bill"], ["report"], "es"]);
	refused(await v.put(`/api/portal/contacts/${made.id}`, { ...wish, phone: "12", version: made.version }), 422, "invalid", "phone");
	refused(await v.put(`/api/portal/contacts/${made.id}`, { ...wish, phone: "", version: made.version }), 422, "invalid", "by_sms");
	const [changed] = granted(await v.put(`/api/portal/contacts/${made.id}`, { ...wish, by_sms: [], version: made.version })).rows;
	assert.deepEqual(changed.by_sms, []);
	refused(await v.put(`/api/portal/contacts/${made.id}`, { ...wish, version: made.version }), 409, "stale");
	const theirs = sql(`SELECT id FROM contact WHERE customer_id = ${other.id}`, c.schema)[0][0];
	let letters = "";
	for (let i = 0n, n = BigInt(theirs); i < 13n; i++, n >>= 5n) letters = "0123456789abcdefghjkmnpqrstvwxyz"[Number(n & 31n)] + letters;
	refused(await v.put(`/api/portal/contacts/${letters}`, { ...wish, version: 1 }), 404, "not_found");
	assert.equal(sql(`SELECT name FROM contact WHERE id = ${theirs}`, c.schema)[0][0], "Olive");
	assert.deepEqual(granted(await v.get("/api/portal/water")).trends, []);
});

test("a customer writes on these pages, the office answers there, and a letter says so once; notes and texts are not shown", async () => {
	const who = customer(), v = await enter(who), office = c.owner.visitor;
	assert.deepEqual(granted(await v.get("/api/portal/messages")).rows, []);
	const say = (text, key = word()) => v.post("/api/portal/messages", { text, key });
	granted(await say("The gate is broken.", "k1"));
	const page = granted(await say("The gate is broken.", "k1"));
	assert.deepEqual(page.rows.map((r) => [r.own, r.body]), [[true, "The gate is broken."]]);
	const { id } = granted(await office.get("/api/office/inbox")).rows.find((r) => r.name === who.name && r.last_words === "The gate is broken.");
	const answer = (medium, text) => office.post(`/api/office/threads/${id}/messages`, { medium, address: "", subject: "", text, key: "", keep: [] });
	granted(await answer("note", "He says that every year."));
	granted(await answer("portal", "We bring a hinge."));
	granted(await answer("portal", "On Tuesday."));
	assert.deepEqual(granted(await v.get("/api/portal/messages")).rows.map((r) => [r.own, r.body, r.staff !== ""]),
		[[true, "The gate is broken.", false], [false, "We bring a hinge.", true], [false, "On Tuesday.", true]]);
	assert.match((await mailbox.letter(who.email, /has answered/)).text, /\/portal\/messages/);
	assert.equal((await mailbox.list(who.email)).filter((m) => /has answered/.test(m.subject)).length, 1);
	refused(await say(" "), 422, "invalid", "text");
	const other = await enter(customer());
	assert.deepEqual(granted(await other.get("/api/portal/messages")).rows, [], "nobody else's");
	/* Photos, both ways: a repeat is one; it is nobody else's, and one that was put on the thread for a text is not shown here. */
	const show = (v, name, bytes, key) => v.file(`/api/portal/message-photos?key=${key}`, bytes, name);
	refused(await show(v, "x.jpg", Buffer.from("MZ no picture"), "p0"), 422, "invalid", "file");
	granted(await show(v, "pump.png", PNG, "p1"));
	granted(await show(v, "pump.png", PNG, "p1"));
	const mine = await until("the photo", async () => granted(await v.get("/api/portal/messages")).rows.filter((r) => r.photos.length), (rows) => rows.length === 1 && rows[0].photos[0].ready);
	assert.equal(mine[0].own, true);
	const photo = `/api/portal/photos/${mine[0].photos[0].id}`;
	assert.equal((await v.get(`${photo}/small`)).headers["content-type"], "image/jpeg");
	refused(await other.get(photo), 404, "not_found");
	const put = async () => granted(await office.file(`/api/office/files?on_kind=conversation&on_id=${id}&name=Hinge`, PNG, "hinge.png"), 201);
	const hinge = await put(), hidden = await put();
	await until("both are drawn", () => sql(`SELECT COUNT(*) FROM file WHERE name = 'Hinge' AND state = 2`, c.schema)[0][0], (n) => n === "2");
	granted(await office.post(`/api/office/threads/${id}/messages`, { medium: "portal", address: "", subject: "", text: "This one?", key: "", keep: [], picture: hinge.id }));
	assert.deepEqual(granted(await v.get("/api/portal/messages")).rows.at(-1).photos, [{ id: hinge.id, ready: true }]);
	assert.equal((await v.get(`/api/portal/photos/${hinge.id}`)).status, 200);
	refused(await v.get(`/api/portal/photos/${hidden.id}`), 404, "not_found");
	for (let i = 3; i <= 20; i++) granted(await say(`${i}`));
	refused(await say("21"), 429, "limit", "text");
});
