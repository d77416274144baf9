// An offer on its way: drafted, mailed, asked about, approved fifty times at once, and then a job, a deposit and an invoice.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { bent, company, crew, day, granted, mailbox, refused, sql, until, Visitor, where, word } from "./harness.mjs";
import { letters, Phone } from "./phone.mjs";

let c, office, billing, tech, place, email, items, service, photo;
const stranger = () => new Visitor(where, c.host);
const line = (over) => ({ choice: 0, kind: "part", item_id: null, text: "Pump seal", quantity_milli: 1000, unit_cents: 4000, tax_code: "part", ...over });
const wish = (over = {}) => ({
	property_id: place.property, service_id: service, title: "Your pump", note: "The bearings are worn.", due_day: day(14), deposit_ppm: 500000,
	options: [{ name: "Repair it", text: "New seal and bearings." }, { name: "Quiet new pump", text: "Variable speed." }],
	lines: [line({ kind: "labour", text: "Take the old one out", unit_cents: 9000, tax_code: "" }), line({ choice: 1 }),
		line({ choice: 2, text: "Pump", unit_cents: 100000, quantity_milli: 1000 })],
	photos: [], version: 0, ...over,
});
const make = async (over) => granted(await billing.post(`/api/office/customers/${place.customer}/quotes`, wish(over)), 201);
const send = async (q) => granted(await billing.post(`/api/office/quotes/${q.id}/issues`, { version: q.version }), 201);
const page = async (q) => granted(await billing.get(`/api/office/quotes/${q.id}`));
async function tokenOf(number) {
	const mail = await mailbox.letter(email, new RegExp(`${number}[^]*portal/quote#`));
	return { mail, token: mail.text.match(/portal\/quote#(\S+)/)[1] };
}
const yes = (token, over = {}) => ({ token, says: "approve", choice: 2, name: "Rosa Ruiz", text: "", ...over });

before(async () => {
	c = await company();
	const people = await crew(c, ["billing", "read_only", "technician"]);
	office = c.owner.visitor;
	billing = people.billing.visitor;
	tech = people.technician;
	email = `rosa@${word()}.example`;
	const at = BigInt(Date.now()) << 21n;
	place = { at, customer: letters(at), property: letters(at + 1n), people };
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '${email}', 'es', 0), (${at + 5n}, 'Somebody Else', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, tax_area) VALUES (${at + 1n}, ${at}, '12 Palm Way', 'Mesa', 'AZ', '85201', 'mesa');
		INSERT INTO file (id, customer_id, on_kind, on_id, name, type, state, bytes, width, height, staff_id, made_at) VALUES
			(${at + 7n}, ${at}, 1, ${at}, 'The pump', 'image/jpeg', 2, 100, 10, 10, 0, 0), (${at + 8n}, ${at + 5n}, 1, ${at + 5n}, 'Theirs', 'image/jpeg', 2, 100, 10, 10, 0, 0)`, c.schema);
	photo = letters(at + 7n);
	service = granted(await office.post("/api/office/standard-services", {}), 201).rows.find((s) => s.kind === "job").id;
	items = granted(await office.post("/api/office/standard-items", {}), 201).rows;
	granted(await office.post("/api/office/taxes", { name: "Mesa", code: "part", area: "mesa", rate_ppm: 83000, from_day: "2020-01-01" }), 201);
});

test("an offer is drafted with options, photos and a deposit, and reckoned with tax", async () => {
	const of = `/api/office/customers/${place.customer}/quotes`;
	refused(await billing.post(of, wish({ lines: [] })), 422, "invalid", "lines");
	refused(await billing.post(of, wish({ options: wish().options.slice(1) })), 422, "invalid", "options");
	refused(await billing.post(of, wish({ lines: [line(), line({ choice: 1 })] })), 422, "invalid", "lines");
	refused(await billing.post(of, wish({ due_day: day(-3) })), 422, "invalid", "due_day");
	refused(await billing.post(of, wish({ photos: [{ id: letters(place.at + 8n) }] })), 422, "invalid", "photos");
	refused(await billing.post(of, wish({ property_id: letters(place.at + 5n) })), 422, "invalid", "property_id");
	refused(await billing.post(of, wish({ lines: [...wish().lines, line({ kind: "month" })] })), 422, "invalid", "kind");
	refused(await place.people.read_only.visitor.post(of, wish()), 403, "forbidden");
	const q = await make({ photos: [{ id: photo }] });
	assert.deepEqual(q.options.map((o) => [o.name, o.net_cents, o.tax_cents, o.total_cents, o.deposit_cents]),
		[["Repair it", 13000, 332, 13332, 6666], ["Quiet new pump", 109000, 8300, 117300, 58650]]);
	const cheaper = granted(await billing.put(`/api/office/quotes/${q.id}`, wish({ version: q.version, photos: [{ id: photo }], lines: [line({ choice: 1 }), line({ choice: 2, unit_cents: 90000 })] })));
	assert.deepEqual(cheaper.options.map((o) => o.net_cents), [4000, 90000]);
	refused(await billing.put(`/api/office/quotes/${q.id}`, wish({ version: q.version })), 409, "stale");
	granted(await billing.post(`/api/office/quotes/${q.id}/voids`, { reason: "a try", version: cheaper.version }), 201);
	assert.equal(granted(await billing.get("/api/office/quotes?state=draft")).rows.length, 0);
});

let sent, token;
test("it is numbered, sealed, drawn and mailed, and whoever has the link reads what was written for them alone", async () => {
	const q = await make({ photos: [{ id: photo }] });
	sent = await send(q);
	assert.deepEqual([sent.number, sent.state], ["Q-000001", "issued"]);
	refused(await billing.post(`/api/office/quotes/${q.id}/issues`, { version: sent.version }), 409, "stale");
	refused(await billing.put(`/api/office/quotes/${q.id}`, wish({ version: sent.version })), 409, "stale");
	const found = await tokenOf("Q-000001");
	token = found.token;
	assert.match(found.mail.subject, /^Your pump: presupuesto Q-000001 de /);
	assert.match(JSON.stringify(found.mail), /Q-000001.pdf/, "the paper comes with it");
	const offer = granted(await stranger().get(`/api/portal/offer?token=${token}`));
	assert.deepEqual([offer.title, offer.choosing, offer.options.length, offer.photos.length, offer.state], ["Your pump", true, 2, 1, "issued"]);
	assert.ok(!JSON.stringify(offer).includes(service) && offer.lines.every((l) => !("item_id" in l)), "nothing of the office's");
	refused(await stranger().get(`/api/portal/offer?token=${bent(token)}`), 422, "invalid", "token");
	assert.equal((await stranger().get(`/api/portal/offer/photos/${letters(place.at + 8n)}?token=${token}&small=true`)).status, 404);
	assert.equal((await billing.get(`/api/office/bills/${q.id}/proof`)).status, 200, "it can be checked like every document");
	assert.equal(granted(await billing.get(`/api/office/customers/${place.customer}/account`)).owed_cents, 0, "an offer asks for nothing");
});

test("a question reaches the office, and its answer reaches the customer by mail", async () => {
	refused(await stranger().post("/api/portal/offer/words", { token, text: "" }), 422, "invalid", "text");
	granted(await stranger().post("/api/portal/offer/words", { token, text: "How loud is it?" }), 201);
	const alert = granted(await office.get("/api/office/alerts")).rows.find((a) => a.row.kind === "quote");
	assert.match(alert.text, /^A question about quote Q-000001: How loud is it\?$/);
	assert.deepEqual(granted(await billing.get("/api/office/quotes?state=issued")).rows.map((r) => [r.asked, r.least_cents, r.most_cents]), [[true, 13332, 117300]]);
	const found = async (q) => granted(await billing.get(`/api/office/quotes?state=issued&${q}`)).rows.length;
	assert.deepEqual([await found("q=rosa"), await found("q=Q-000001"), await found("q=nobody"), await found(`before_day=${sent.day}&before_id=${sent.id}`)], [1, 1, 0, 0]);
	const answered = granted(await billing.post(`/api/office/quotes/${sent.id}/replies`, { text: "40 decibels." }), 201);
	assert.deepEqual(answered.words.map((w) => [w.office, w.text]), [[false, "How loud is it?"], [true, "40 decibels."]]);
	const mail = await mailbox.letter(email, /ha respondido[^]*portal\/quote#/);
	assert.match(mail.subject, /respondió sobre el presupuesto Q-000001/);
});

test("approved fifty times at once it is one job with the lines that were picked, and one deposit", async () => {
	refused(await stranger().post("/api/portal/offer/answers", yes(token, { choice: 0 })), 422, "invalid", "choice");
	refused(await stranger().post("/api/portal/offer/answers", yes(token, { name: "" })), 422, "invalid", "name");
	const all = await Promise.all(Array.from({ length: 50 }, () => stranger().post("/api/portal/offer/answers", yes(token))));
	assert.deepEqual([...new Set(all.map((a) => a.status))], [201], JSON.stringify(all.find((a) => a.status !== 201)?.body));
	const q = await page(sent);
	assert.deepEqual([q.state, q.picked, q.answered_by], ["approved", 2, "Rosa Ruiz"]);
	assert.equal(sql("SELECT COUNT(*) FROM visit WHERE source = 4", c.schema)[0][0], "1");
	const visit = granted(await office.get(`/api/office/visits/${q.visit_id}`));
	assert.deepEqual([visit.tech_id, visit.source, visit.state], [null, "workorder", "scheduled"]);
	assert.match(visit.note, /^Q-000001: Your pump, Quiet new pump$/);
	const job = granted(await office.get(`/api/office/visits/${q.visit_id}/job`));
	assert.deepEqual([job.quote_id, job.quote, job.approved_by, job.approved_at, job.signed_by], [q.id, "Q-000001", "Rosa Ruiz", q.ended_at, null]);
	const deposit = granted(await billing.get(`/api/office/bills/${q.deposit_id}`));
	assert.deepEqual([deposit.total_cents, deposit.open_cents, deposit.lines.length, deposit.title], [58650, 58650, 1, "Depósito para Q-000001"]);
	assert.equal(sql("SELECT COUNT(*) FROM bill WHERE kind = 2", c.schema)[0][0], "1");
	refused(await stranger().post("/api/portal/offer/answers", yes(token, { choice: 1 })), 409, "stale");
	refused(await stranger().post("/api/portal/offer/answers", yes(token, { says: "decline", choice: 0 })), 409, "stale");
	const upcoming = granted(await billing.get(`/api/office/customers/${place.customer}/upcoming`));
	assert.equal(upcoming.lines.length, 0, "what is not done asks for nothing");
});

test("completed, the job is billed at once by what was quoted, less the deposit, and nobody types anything", async () => {
	const q = await page(sent);
	const visit = granted(await office.get(`/api/office/visits/${q.visit_id}`));
	const today = day();
	granted(await office.post(`/api/office/visits/${visit.id}/moves`, { day: today, tech_id: tech.id, seq: null, for_good: false, anyway: true, version: visit.version }), 201);
	const phone = new Phone(tech.visitor);
	for (const verb of ["arrive", "finish"]) assert.equal((await phone.say(verb, visit.id)).answer, "applied");
	const bill = await until("the job's invoice", async () => {
		const rows = granted(await billing.get(`/api/office/customers/${place.customer}/bills`)).rows;
		return rows.find((b) => b.id !== q.deposit_id);
	});
	const invoice = granted(await billing.get(`/api/office/bills/${bill.id}`));
	assert.deepEqual(invoice.lines.map((l) => [l.kind, l.text, l.net_cents]),
		[["part", "Pump", 100000], ["labour", "Take the old one out", 9000], ["deposit", "Depósito de Q-000001", -58650]]);
	assert.equal(invoice.total_cents, 117300 - 58650);
	assert.equal(invoice.total_cents + 58650, q.options[1].total_cents, "to the cent what was approved");
});

test("a no is told with its reason, an offer that ran out cannot be answered, and one that was withdrawn says so", async () => {
	const plain = { options: [], deposit_ppm: 0, lines: [line()] };
	const a = await send(await make(plain)), b = await send(await make(plain)), d = await send(await make(plain));
	const of = async (q) => (await tokenOf(q.number)).token;
	const no = granted(await stranger().post("/api/portal/offer/answers", yes(await of(a), { says: "decline", choice: 0, text: "Too dear" })), 201);
	assert.equal(no.state, "declined");
	assert.equal((await page(a)).reason, "Too dear");
	const late = await of(b);
	sql(`UPDATE bill SET due_day = '${day(-2)}' WHERE kind = 1 AND seq = ${Number(b.number.slice(2))}`, c.schema);
	assert.equal(granted(await stranger().get(`/api/portal/offer?token=${late}`)).over, true);
	refused(await stranger().post("/api/portal/offer/answers", yes(late, { choice: 0 })), 409, "stale");
	const gone = await of(d);
	granted(await billing.post(`/api/office/quotes/${d.id}/voids`, { reason: "priced wrongly", version: (await page(d)).version }), 201);
	refused(await stranger().post("/api/portal/offer/answers", yes(gone, { choice: 0 })), 409, "stale");
	const byMouth = await send(await make(plain));
	const said = granted(await billing.post(`/api/office/quotes/${byMouth.id}/answers`, { says: "approve", choice: 0, name: "Rosa by telephone", text: "" }), 201);
	assert.deepEqual([said.state, said.deposit_id, said.answered_by], ["approved", null, "Rosa by telephone"]);
	assert.equal(granted(await billing.get(`/api/office/customers/${place.customer}/quotes`)).rows.length, 6);
});

test("a job that is called off gives its deposit back: it is taken back, what was paid is free, and the office hears of it", async () => {
	const q = await send(await make({ options: [], lines: [line()] }));
	const said = granted(await billing.post(`/api/office/quotes/${q.id}/answers`, { says: "approve", choice: 0, name: "Rosa by telephone", text: "" }), 201);
	const deposit = granted(await billing.get(`/api/office/bills/${said.deposit_id}`));
	const pay = granted(await billing.post(`/api/office/customers/${place.customer}/payments`, { way: "check", cents: deposit.total_cents, day: deposit.day, reference: "7", note: "", reason: "", apply: [{ bill_id: deposit.id, cents: deposit.total_cents }], keep: false }), 201);
	assert.equal(pay.free_cents, 0);
	const job = granted(await office.get(`/api/office/visits/${said.visit_id}`));
	granted(await office.post(`/api/office/visits/${job.id}/steps`, { verb: "cancel", reason: "They sold the house", version: job.version }), 201);
	const back = await until("the deposit is taken back", async () => granted(await billing.get(`/api/office/bills/${deposit.id}`)), (b) => b.state === "void");
	assert.equal(back.open_cents, 0);
	assert.equal(granted(await billing.get(`/api/office/payments/${pay.id}`)).free_cents, deposit.total_cents);
	assert.equal(granted(await billing.get(`/api/office/customers/${place.customer}/upcoming`)).lines.filter((l) => l.kind === "deposit").length, 0, "it is not asked for again");
	assert.equal(granted(await office.get(`/api/office/visits/${job.id}/job`)).lines.filter((l) => l.kind === "deposit").length, 0, "nor taken off the job, if it is done one day");
	const alerts = granted(await office.get("/api/office/alerts")).rows.map((a) => JSON.stringify(a));
	assert.ok(alerts.some((a) => a.includes("refund it, or it pays the next bill")), "the office hears of it");
});

test("who is signed in finds the offers that wait, with the way to each", async () => {
	const visitor = stranger();
	granted(await visitor.post("/api/auth/portal-links", { email }), 204);
	granted(await visitor.post("/api/auth/portal-sessions", { token: await mailbox.token(email, "portal/enter") }), 201);
	const mine = granted(await visitor.get("/api/portal/offers")).rows;
	assert.equal(mine.length, 5, "no draft, nothing that was withdrawn");
	assert.equal(granted(await stranger().get(`/api/portal/offer?token=${mine[0].token}`)).number, mine[0].number);
});
