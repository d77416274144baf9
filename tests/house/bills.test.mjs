// Money: lines that wait, a bill, a payment, a check that bounces; who may see and who may touch.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { company, crew, day, granted, mailbox, refused, sql, until, Visitor, where, word } from "./harness.mjs";
import { letters } from "./phone.mjs";

let c, people, office, billing, place;
const line = (over = {}) => ({ property_id: place.property, kind: "labour", day: day(-1), text: "Pump seal", quantity_milli: 1500, unit_cents: 8000, tax_code: "service", ...over });
const of = (what) => `/api/office/customers/${place.customer}/${what}`;
const upcoming = async () => granted(await billing.get(of("upcoming")));
const account = async () => granted(await billing.get(of("account")));

before(async () => {
	c = await company();
	people = await crew(c, ["billing", "dispatcher", "technician", "read_only"]);
	office = c.owner.visitor;
	billing = people.billing.visitor;
	const id = BigInt(Date.now()) << 21n;
	place = { id, customer: letters(id), property: letters(id + 1n), service: id + 2n };
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, tax_area) VALUES (${id + 1n}, ${id}, '12 Palm Way', 'Austin', 'TX', '78701', 'austin');
		INSERT INTO service (id, name, kind, minutes, price_cents, checklist, parts) VALUES (${id + 2n}, 'Green to clean', 2, 90, 35000, '{"rows":[]}', '{"rows":[]}')`, c.schema);
});

test("the company says how it bills, and what it taxes", async () => {
	const rules = granted(await office.get("/api/office/billing"));
	assert.equal(rules.version, 0);
	const changed = granted(await office.put("/api/office/billing", { ...rules, due_days: 10, nsf_fee_cents: 2500, at_completion: false }));
	assert.equal(changed.due_days, 10);
	refused(await office.put("/api/office/billing", { ...rules, due_days: 9 }), 409, "stale");
	refused(await office.put("/api/office/billing", { ...changed, closed_until: day(1) }), 422, "invalid", "closed_until");
	refused(await office.put("/api/office/billing", { ...changed, first_mday: 32 }), 422, "invalid", "first_mday");
	refused(await people.dispatcher.visitor.get("/api/office/billing"), 403, "forbidden");
	const tax = { name: "Texas", code: "service", area: "austin", rate_ppm: 82500, from_day: "2020-01-01" };
	assert.equal(granted(await office.post("/api/office/taxes", tax), 201).rows.length, 1);
	refused(await office.post("/api/office/taxes", tax), 422, "invalid", "name");
	refused(await office.post("/api/office/taxes", { ...tax, name: "Too much", rate_ppm: 400001 }), 422, "invalid", "rate_ppm");
	const ended = granted(await office.post("/api/office/taxes", { ...tax, name: "Old", rate_ppm: 10000 }), 201).rows.find((r) => r.name === "Old");
	granted(await office.post(`/api/office/taxes/${ended.id}/ends`, { until_day: "2020-12-31" }), 201);
	assert.equal(granted(await billing.get("/api/office/taxes")).rows.length, 2);
});

test("what waits is seen, changed and taken off before it is billed", async () => {
	refused(await billing.post(of("lines"), line({ kind: "month" })), 422, "invalid", "kind");
	refused(await billing.post(of("lines"), line({ text: "" })), 422, "invalid", "text");
	refused(await people.read_only.visitor.post(of("lines"), line()), 403, "forbidden");
	const u = granted(await billing.post(of("lines"), line()), 201);
	assert.deepEqual([u.net_cents, u.tax_cents, u.total_cents], [12000, 990, 12990]);
	const more = granted(await billing.post(of("lines"), line({ text: "Oops", kind: "item", tax_code: "" })), 201);
	const oops = more.lines.find((l) => l.text === "Oops");
	const dearer = granted(await billing.put(`/api/office/lines/${oops.id}`, { text: "Seal kit", quantity_milli: 1000, unit_cents: 2000, tax_code: "", version: oops.version }));
	assert.equal(dearer.net_cents, 14000);
	refused(await billing.post(`/api/office/lines/${oops.id}/drops`, { version: oops.version }), 409, "stale");
	granted(await billing.post(`/api/office/lines/${oops.id}/drops`, { version: oops.version + 1 }), 201);
	assert.equal((await upcoming()).lines.length, 1);
	const free = granted(await billing.post(of("exemptions"), { certificate: "TX-99", area: "", from_day: day(-30), until_day: day(-10) }), 201);
	assert.equal(free.rows.length, 1);
	assert.equal(granted(await billing.get(of("exemptions"))).rows[0].certificate, "TX-99");
	assert.equal((await upcoming()).tax_cents, 990, "a certificate that has run out frees from nothing");
});

let bill;
test("a bill takes what waits, once, and says when it is due", async () => {
	const wish = { day: day(0), until: day(0), title: "", note: "Thank you" };
	refused(await people.dispatcher.visitor.post(of("bills"), wish), 403, "forbidden");
	bill = granted(await billing.post(of("bills"), wish), 201);
	assert.equal(bill.number, "INV-000001");
	assert.deepEqual([bill.total_cents, bill.open_cents, bill.state, bill.due_day], [12990, 12990, "issued", day(10)]);
	assert.equal(bill.taxes[0].name, "Texas");
	refused(await billing.post(of("bills"), wish), 422, "invalid", "until");
	assert.equal(granted(await billing.get(of("bills"))).rows[0].number, "INV-000001");
	const list = granted(await billing.get(`/api/office/bills?kind=invoice&state=issued&from=${day(-1)}&to=${day(1)}`)).rows;
	assert.deepEqual(list.map((b) => [b.customer, b.open_cents]), [["Rosa Ruiz", 12990]]);
	const found = async (q) => granted(await billing.get(`/api/office/bills?kind=invoice&state=issued&from=${day(-1)}&to=${day(1)}&${q}`)).rows.length;
	assert.deepEqual([await found("q=rosa"), await found("q=INV-000001"), await found("q=nobody"), await found(`before_day=${day(0)}&before_id=${bill.id}`)], [1, 1, 0, 0]);
	const body = JSON.parse(sql("SELECT body FROM bill", c.schema)[0][0]);
	assert.equal(JSON.stringify(body, Object.keys(body).sort(), 0).length > 0 && body.total, 12990);
});

let payment;
test("a payment pays it, is taken off it, and pays it again", async () => {
	const wish = { way: "check", cents: 13000, day: day(0), reference: "1041", note: "", reason: "", apply: [], keep: false };
	refused(await billing.post(of("payments"), { ...wish, way: "card" }), 422, "invalid", "way");
	refused(await billing.post(of("payments"), { ...wish, way: "credit" }), 422, "invalid", "reason");
	refused(await billing.post(of("payments"), { ...wish, day: day(3) }), 422, "invalid", "day");
	refused(await billing.post(of("payments"), { ...wish, apply: [{ bill_id: bill.id, cents: 12991 }] }), 422, "invalid", "amount");
	payment = granted(await billing.post(of("payments"), wish), 201);
	assert.deepEqual([payment.free_cents, payment.applied[0].cents], [10, 12990]);
	refused(await billing.post(`/api/office/bills/${bill.id}/voids`, { reason: "wrong", version: bill.version + 1 }), 422, "invalid", "document");
	granted(await billing.post(`/api/office/payments/${payment.id}/unapplications`, { bill_id: bill.id }), 201);
	assert.equal((await account()).owed_cents, 12990);
	refused(await billing.post(`/api/office/payments/${payment.id}/unapplications`, { bill_id: bill.id }), 404, "not_found");
	payment = granted(await billing.post(`/api/office/payments/${payment.id}/applications`, { bill_id: bill.id, cents: 12990 }), 201);
	assert.equal(granted(await billing.get(`/api/office/payments/${payment.id}`)).free_cents, 10);
	assert.equal(granted(await billing.get(`/api/office/bills/${bill.id}`)).paid[0].cents, 12990);
});

test("what is left goes back only to somebody who showed the password", async () => {
	const wish = { cents: 10, reason: "overpaid", day: day(0), version: payment.version };
	const v = c.owner.visitor;
	sql("UPDATE session SET stepped_up_at = 0", c.schema);
	refused(await v.post(`/api/office/payments/${payment.id}/refunds`, wish), 403, "forbidden", "step_up");
	granted(await v.post("/api/auth/step-ups", { password: c.owner.password, code: await c.owner.codes.next() }), 204);
	refused(await v.post(`/api/office/payments/${payment.id}/refunds`, { ...wish, cents: 11 }), 422, "invalid", "amount");
	payment = granted(await v.post(`/api/office/payments/${payment.id}/refunds`, wish), 201);
	assert.equal(payment.free_cents, 0);
});

test("a bounced check opens exactly what it paid, and asks the fee once", async () => {
	const wish = { cents: 0, reason: "insufficient funds", day: day(0), version: payment.version };
	const returned = granted(await billing.post(`/api/office/payments/${payment.id}/returns`, wish), 201);
	assert.equal(returned.state, "returned");
	refused(await billing.post(`/api/office/payments/${payment.id}/returns`, wish), 409, "stale");
	const a = await account();
	assert.deepEqual([a.owed_cents, a.free_cents, a.current_cents], [12990, 0, 12990]);
	assert.deepEqual((await upcoming()).lines.map((l) => [l.kind, l.net_cents, l.text]), [["fee", 2500, "Pago devuelto"]]);
	const old = granted(await billing.get(`/api/office/ageing?as_of=${day(45)}`));
	assert.deepEqual([old.rows.length, old.total.days_60_cents], [1, 12990]);
	assert.equal(granted(await billing.get(`/api/office/ageing?as_of=${day(-2)}`)).rows.length, 0);
});

test("work that nobody billed is found, and billed by one click", async () => {
	const leaks = `/api/office/leaks?from=${day(-20)}&to=${day(0)}`;
	assert.equal(granted(await billing.get(leaks)).rows.length, 0);
	sql(`INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source) VALUES
		(${place.id + 9n}, ${place.id}, ${place.id + 1n}, ${place.service}, '${day(-3)}', 90, 3, 2)`, c.schema);
	const [leak] = granted(await billing.get(leaks)).rows;
	assert.deepEqual([leak.kind, leak.cents, leak.customer], ["completed_not_billed", 35000, "Rosa Ruiz"]);
	assert.equal(granted(await billing.post(`/api/office/leaks/${leak.id}/mends`, { kind: "completed_not_billed" }), 201).rows.length, 0);
	granted(await billing.post(`/api/office/leaks/${leak.id}/mends`, { kind: "completed_not_billed" }), 201);
	assert.equal((await upcoming()).lines.filter((l) => l.kind === "stop").length, 1);
	// What follows from work stays as it is; another price is a line beside it, and goes again.
	const stop = (await upcoming()).lines.find((l) => l.kind === "stop");
	const price = { text: stop.text, quantity_milli: 1000, unit_cents: stop.unit_cents - 5000, tax_code: stop.tax_code, version: stop.version };
	const less = granted(await billing.put(`/api/office/lines/${stop.id}`, price));
	refused(await billing.put(`/api/office/lines/${stop.id}`, price), 409, "stale");
	const beside = less.lines.find((l) => l.net_cents === -5000);
	assert.deepEqual([beside.kind, beside.text, less.lines.find((l) => l.id === stop.id).net_cents], ["discount", `Ajuste: ${stop.text}`, stop.net_cents]);
	granted(await billing.post(`/api/office/lines/${beside.id}/drops`, { version: beside.version }), 201);
});

test("places, services and customers have their own rules, and the next bill follows them", async () => {
	const places = granted(await billing.get("/api/office/tax-places"));
	assert.deepEqual(places.cities.map((p) => [p.city, p.tax_area, p.places]), [["Austin", "austin", 1]]);
	assert.deepEqual(places.services.map((s) => [s.name, s.tax_code]), [["Green to clean", ""]]);
	refused(await people.dispatcher.visitor.put("/api/office/tax-places", { city: "Austin", region: "TX", tax_area: "x" }), 403, "forbidden");
	assert.equal(granted(await office.put("/api/office/tax-places", { city: "Austin", region: "TX", tax_area: "travis" })).cities[0].tax_area, "travis");
	granted(await office.put("/api/office/tax-places", { city: "Austin", region: "TX", tax_area: "austin" }));
	refused(await office.put(`/api/office/tax-services/${letters(place.id + 77n)}`, { tax_code: "service" }), 404, "not_found");
	assert.equal(granted(await office.put(`/api/office/tax-services/${letters(place.service)}`, { tax_code: "" })).services[0].tax_code, "");

	const before = await upcoming();
	const own = granted(await billing.get(of("billing")));
	assert.deepEqual([own.version, own.shows, own.discount_ppm], [0, "company", 0]);
	refused(await billing.put(of("billing"), { ...own, discount_ppm: 100000 }), 422, "invalid", "discount_text");
	refused(await people.dispatcher.visitor.put(of("billing"), own), 403, "forbidden");
	const theirs = { ...own, shows: "statement", due_days: 5, discount_ppm: 100000, discount_text: "Neighbour" };
	assert.equal(granted(await billing.put(of("billing"), theirs)).version, 1);
	refused(await billing.put(of("billing"), theirs), 409, "stale");
	const less = await upcoming();
	const work = before.lines.filter((l) => l.kind !== "fee").reduce((n, l) => n + l.net_cents, 0);
	assert.deepEqual([less.net_cents, less.lines.at(-1).kind, less.lines.at(-1).rate_cents], [before.net_cents - work / 10, "discount", work]);
	const statement = granted(await billing.post(of("bills"), { day: day(0), until: day(0), title: "", note: "" }), 201);
	assert.deepEqual([statement.number, statement.kind, statement.due_day, statement.opening_cents, statement.net_cents], ["ST-000001", "statement", day(5), 12990, less.net_cents]);
	granted(await billing.post(`/api/office/bills/${statement.id}/voids`, { reason: "only a look", version: statement.version }), 201);
	const again = granted(await billing.get(of("billing")));
	granted(await billing.put(of("billing"), { ...again, shows: "company", due_days: null, discount_ppm: 0, discount_text: "" }));
	assert.deepEqual((await upcoming()).net_cents, before.net_cents, "a discount goes with the document that reckoned it");
	const ended = granted(await billing.post(of("exemptions"), { certificate: "TX-7", area: "austin", from_day: day(-5) }), 201).rows.find((r) => r.certificate === "TX-7");
	assert.equal(granted(await billing.post(of("exemption-ends"), { exemption_id: ended.id, until_day: day(-1) }), 201).rows.find((r) => r.id === ended.id).until_day, day(-1));
	refused(await billing.post(of("exemption-ends"), { exemption_id: ended.id, until_day: day(-9) }), 422, "invalid", "until_day");
});

test("a statement is the ledger with a running balance, and a document goes out by mail", async () => {
	const s = granted(await billing.get(`${of("statement")}?from=${day(-30)}&to=${day(0)}`));
	assert.equal(s.opening_cents, 0);
	assert.equal(s.lines.reduce((n, l) => n + l.cents, 0), s.closing_cents);
	assert.equal(s.lines.at(-1).balance_cents, s.closing_cents);
	const a = await account();
	assert.equal(s.closing_cents, a.owed_cents - a.free_cents, "the same truth, folded another way");
	assert.deepEqual(s.lines.filter((l) => l.kind === "pay").map((l) => [l.way, l.what, l.cents]), [["check", "1041", -13000]]);
	refused(await billing.get(`${of("statement")}?from=${day(0)}&to=${day(-1)}`), 422, "invalid", "to");
	const now = granted(await billing.get(`/api/office/bills/${bill.id}`));
	refused(await billing.post(`/api/office/bills/${bill.id}/sendings`, { version: now.version + 1 }), 409, "stale");
	refused(await people.dispatcher.visitor.post(`/api/office/bills/${bill.id}/sendings`, { version: now.version }), 403, "forbidden");
	granted(await billing.post(`/api/office/bills/${bill.id}/sendings`, { version: now.version }), 204);
	const letter = await mailbox.letter("rosa@home.example", /INV-000001/);
	assert.match(JSON.stringify(letter), /Factura INV-000001/);
	// The same document as PDF; asked for again it is drawn once.
	const paper = `/api/office/bills/${bill.id}/paper`;
	for (let i = 0; i < 2; i++) granted(await billing.post(`/api/office/bills/${bill.id}/papers`, {}), 204);
	const drawn = await until("the paper is drawn", () => billing.get(paper), (a) => a.status === 200);
	assert.deepEqual([drawn.status, drawn.headers["content-type"], drawn.bytes.subarray(0, 5).toString()], [200, "application/pdf", "%PDF-"]);
	refused(await people.technician.visitor.get(paper), 403, "forbidden");
	// Read by programs that are not ours: a whole file, tagged, in the reader's language, each figure under its head.
	const dir = mkdtempSync(join(tmpdir(), "paper-"));
	try {
		const file = join(dir, "a.pdf");
		writeFileSync(file, drawn.bytes);
		execFileSync("qpdf", ["--check", file]);
		const told = execFileSync("pdfinfo", [file], { encoding: "utf8" });
		assert.match(told, /Title: +Factura INV-000001\n/);
		assert.match(told, /Tagged: +yes\n/);
		const tree = execFileSync("pdfinfo", ["-struct-text", file], { encoding: "utf8" });
		assert.match(tree, /^Document\n/);
		assert.match(tree, /H1 \(block\)\n +"Factura"/);
		assert.match(tree, /Table \(block\)\n +TR\n +TH:\n +\/Scope \/Column\n +"Concepto"/);
		const [heads, ...lines] = tree.split(/^ +TR\n/m).slice(1).map((row) => row.match(/^ +T[HD]\b/gm).length);
		assert.ok(lines.length > 0 && lines.every((n) => n === heads), `${heads} heads, rows of ${lines}`);
		const objects = execFileSync("qpdf", ["--json", file], { encoding: "utf8", maxBuffer: 1 << 26 });
		assert.match(objects, /"\/Lang": "u:es"/);
		assert.match(objects, /"\/Alt": "u:Este documento está firmado/);
		// Many pages of A4: each has the heads of the columns again.
		const sheet = join(dir, "sheet"), rows = Array.from({ length: 60 }, (_, i) => `row Line ${i}\twhy\t\t\t$1.00\n`).join("");
		writeFileSync(sheet, `file b.pdf\npage a4\nlang en\nname Invoice X\nbrand #0f5e66\ncompany Blue\ntitle Invoice\nhead What\tQuantity\tPrice\tAmount\n${rows}total Total\t$60.00\nfoot x\nend\n`);
		execFileSync(`${where.bin}/poolpress`, ["paper", dir], { stdio: [openSync(sheet), "ignore", "inherit"] });
		execFileSync("qpdf", ["--check", join(dir, "b.pdf")]);
		const large = execFileSync("pdfinfo", [join(dir, "b.pdf")], { encoding: "utf8" });
		assert.match(large, /Page size: +595 x 842 pts \(A4\)/);
		const pages = Number(/Pages: +(\d+)/.exec(large)[1]);
		assert.equal(execFileSync("pdfinfo", ["-struct-text", join(dir, "b.pdf")], { encoding: "utf8" }).match(/"Quantity"/g).length, pages);
		// Each says which it is, of how many, at its foot; in the other language, too.
		const feet = (name, of) => execFileSync("pdftotext", ["-layout", join(dir, name), "-"], { encoding: "utf8" }).match(new RegExp(`\\d+ ${of} \\d+(?=\\s*\\f)`, "g"));
		assert.ok(pages > 1);
		assert.deepEqual(feet("b.pdf", "of"), Array.from({ length: pages }, (_, i) => `${i + 1} of ${pages}`));
		writeFileSync(sheet, readFileSync(sheet, "utf8").replace("b.pdf", "c.pdf").replace("lang en", "lang es"));
		execFileSync(`${where.bin}/poolpress`, ["paper", dir], { stdio: [openSync(sheet), "ignore", "inherit"] });
		assert.deepEqual(feet("c.pdf", "de"), Array.from({ length: pages }, (_, i) => `${i + 1} de ${pages}`));
	} finally {
		rmSync(dir, { recursive: true });
	}
});

test("chemicals that the rate does not include are billed as they are poured, and each leak has its remedy", async () => {
	sql(`INSERT INTO pool (id, property_id, kind, name) VALUES (${place.id + 30n}, ${place.id + 1n}, 1, 'Pool');
		INSERT INTO item (id, kind, name, chemical, strength_x100, unit, holds_x100, cost_cents, price_cents) VALUES (${place.id + 31n}, 1, 'Muriatic acid', 5, 3145, 5, 378541, 500, 1200);
		INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source) VALUES (${place.id + 32n}, ${place.id}, ${place.id + 1n}, ${place.service}, '${day(-2)}', 30, 1, 2)`, c.schema);
	const was = (await upcoming()).lines.length;
	const dose = granted(await office.post("/api/office/doses", { pool_id: letters(place.id + 30n), item_id: letters(place.id + 31n), given_x100: 757082, at: Math.floor(Date.now() / 1000) - 60 }), 201);
	const acid = (await upcoming()).lines.find((l) => l.kind === "dose");
	assert.deepEqual([acid.text, acid.quantity_milli, acid.unit_cents, acid.net_cents], ["Muriatic acid", 2000, 1200, 2400]);
	assert.equal((await upcoming()).lines.length, was + 1);
	// An amount that does not come out even is billed at the rate itself, also of a dearer day: whoever multiplies finds the sum.
	const some = granted(await office.post("/api/office/doses", { pool_id: letters(place.id + 30n), item_id: letters(place.id + 31n), given_x100: 126181, at: Math.floor(Date.now() / 1000) - 50 }), 201);
	sql(`UPDATE item SET price_cents = 1900, holds_x100 = 100000 WHERE id = ${place.id + 31n}`, c.schema);
	const third = (await upcoming()).lines.find((l) => l.kind === "dose" && l.id !== acid.id);
	assert.deepEqual([third.quantity_milli, third.unit_cents, third.net_cents], [333, 1200, 400]);
	const why = granted(await billing.get(`/api/office/lines/${third.id}`));
	assert.deepEqual([why.rate_cents, why.same, why.again_cents], [1200, true, Math.round((third.quantity_milli * third.unit_cents) / 1000)]);
	sql(`UPDATE dose SET unit_cents = 1204 WHERE unit_cents = 1200 AND quantity_milli = 333`, c.schema);
	assert.equal(granted(await billing.get(`/api/office/lines/${third.id}`)).same, false, "the control: another rate is another sum");
	granted(await office.post(`/api/office/doses/${some.id}/undoings`, { version: 1 }), 204);
	sql(`UPDATE item SET price_cents = 1200, holds_x100 = 378541 WHERE id = ${place.id + 31n}`, c.schema);
	assert.equal((await upcoming()).lines.length, was + 1);
	// A dose that came into the house by another way, a line of work that was not done, money that pays nothing.
	sql(`INSERT INTO dose (id, pool_id, visit_id, item_id, chemical, strength_x100, given_x100, cost_cents, price_cents, at, made_at) VALUES
		(${place.id + 33n}, ${place.id + 30n}, ${place.id + 32n}, ${place.id + 31n}, 5, 3145, 378541, 500, 1200, ${Math.floor(Date.now() / 1000) - 172800}, 0);
		INSERT INTO bill_line (id, customer_id, property_id, visit_id, kind, line_key, day, from_day, to_day, text, unit_cents, net_cents, made_at) VALUES
		(${place.id + 34n}, ${place.id}, ${place.id + 1n}, ${place.id + 32n}, 2, 'stop:${place.id + 32n}', '${day(-2)}', '${day(-2)}', '${day(-2)}', 'Green to clean', 35000, 35000, 0)`, c.schema);
	const free = granted(await billing.post(of("payments"), { way: "cash", cents: 700, day: day(0), reference: "", note: "", reason: "", apply: [], keep: true }), 201);
	const leaks = async () => granted(await billing.get(`/api/office/leaks?from=${day(-20)}&to=${day(0)}`)).rows;
	const mend = (l) => billing.post(`/api/office/leaks/${l.id}/mends`, { kind: l.kind });
	assert.deepEqual((await leaks()).map((l) => l.kind).sort(), ["billed_not_completed", "dosed_not_billed", "paid_not_applied"]);
	for (const l of await leaks()) granted(await mend(l), 201);
	// Every line explains itself, and comes out the same when it is reckoned again; one whose fact is gone says so.
	for (const l of (await upcoming()).lines.filter((x) => x.kind === "dose")) {
		const why = granted(await billing.get(`/api/office/lines/${l.id}`));
		assert.deepEqual([why.known, why.same, why.again_cents], [true, true, l.net_cents]);
	}
	const done = (await upcoming()).lines.find((l) => l.kind === "stop");
	assert.equal(granted(await billing.get(`/api/office/lines/${done.id}`)).same, true);
	sql(`UPDATE visit SET state = 4 WHERE id = ${place.id + 9n}`, c.schema);
	assert.equal(granted(await billing.get(`/api/office/lines/${done.id}`)).known, false, "a skipped job asks for nothing");
	sql(`UPDATE visit SET state = 3 WHERE id = ${place.id + 9n}`, c.schema);
	assert.deepEqual(await leaks(), []);
	// A bill has taken it, and nobody came: the next bill gives it back, once.
	sql(`INSERT INTO bill_line (id, bill_id, customer_id, property_id, visit_id, kind, line_key, day, from_day, to_day, text, unit_cents, net_cents, made_at) SELECT
		${place.id + 35n}, MIN(id), ${place.id}, ${place.id + 1n}, ${place.id + 32n}, 2, 'stop:${place.id + 32n}', '${day(-2)}', '${day(-2)}', '${day(-2)}', 'Green to clean', 35000, 35000, 0 FROM bill`, c.schema);
	const [undone] = await leaks();
	assert.equal(undone.kind, "billed_not_completed");
	for (let i = 0; i < 2; i++) granted(await mend(undone), 201);
	assert.deepEqual(await leaks(), []);
	const back = (await upcoming()).lines.filter((l) => l.net_cents === -35000);
	assert.deepEqual(back.map((l) => [l.kind, l.text]), [["discount", "No realizado: Green to clean"]]);
	granted(await billing.post(`/api/office/lines/${back[0].id}/drops`, { version: back[0].version }), 201);
	sql(`DELETE FROM bill_line WHERE id = ${place.id + 35n}`, c.schema);
	assert.equal(granted(await billing.get(`/api/office/payments/${free.id}`)).free_cents, 0);
	refused(await people.read_only.visitor.post(`/api/office/leaks/${dose.id ?? letters(place.id)}/mends`, { kind: "dosed_not_billed" }), 403, "forbidden");
});

test("what will never be paid is written off, once, by somebody who showed the password", async () => {
	const now = granted(await billing.get(`/api/office/bills/${bill.id}`));
	const v = c.owner.visitor;
	sql("UPDATE session SET stepped_up_at = 0", c.schema);
	refused(await v.post(`/api/office/bills/${bill.id}/write-offs`, { reason: "moved away", version: now.version }), 403, "forbidden", "step_up");
	granted(await v.post("/api/auth/step-ups", { password: c.owner.password, code: await c.owner.codes.next() }), 204);
	const gone = granted(await v.post(`/api/office/bills/${bill.id}/write-offs`, { reason: "moved away", version: now.version }), 201);
	assert.equal(gone.open_cents, 0);
	refused(await v.post(`/api/office/bills/${bill.id}/write-offs`, { reason: "again", version: gone.version }), 422, "invalid", "amount");
	assert.equal(Number(sql("SELECT SUM(cents) FROM entry", c.schema)[0][0]), 0, "the books balance");
});

test("a bill that nobody paid is taken back, and its lines wait again", async () => {
	const wish = { day: day(0), until: day(0), title: "", note: "" };
	const waiting = (await upcoming()).lines.length;
	const second = granted(await billing.post(of("bills"), wish), 201);
	assert.equal(second.number, "INV-000002");
	const gone = granted(await billing.post(`/api/office/bills/${second.id}/voids`, { reason: "wrong name", version: second.version }), 201);
	assert.deepEqual([gone.state, gone.open_cents, gone.reason], ["void", 0, "wrong name"]);
	refused(await billing.post(`/api/office/bills/${second.id}/voids`, { reason: "again", version: gone.version }), 409, "stale");
	assert.equal((await upcoming()).lines.length, waiting);
	assert.equal(granted(await billing.post(of("bills"), wish), 201).number, "INV-000003");
});

test("a job of its own is billed by itself, the moment it is done, if the company wishes", async () => {
	const rules = granted(await office.get("/api/office/billing"));
	granted(await office.put("/api/office/billing", { ...rules, at_completion: true }));
	sql(`INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source) VALUES
		(${place.id + 19n}, ${place.id}, ${place.id + 1n}, ${place.service}, '${day(-1)}', 90, 3, 2)`, c.schema);
	granted(await billing.post(`/api/office/leaks/${letters(place.id + 19n)}/mends`, { kind: "completed_not_billed" }), 201);
	const newest = await until("the bill comes by itself", async () => granted(await billing.get(of("bills"))).rows.find((b) => b.title === "Green to clean"));
	assert.equal(newest.number, "INV-000004");
});

test("a credit that is sent fifty times in one moment is given once; under a key for each it is as many as are sent", async () => {
	const ana = place.id + 90n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${ana}, 'Ana Diaz', '', 'en', 0)`, c.schema);
	const theirs = `/api/office/customers/${letters(ana)}`;
	const credit = { way: "credit", cents: 700, day: day(0), reference: "", note: "", reason: "Sorry", apply: [], keep: true };
	const key = `credit-${word()}`;
	const give = (k) => billing.post(`${theirs}/payments`, credit, { "idempotency-key": k });
	const held = async () => granted(await billing.get(`${theirs}/account`)).free_cents;
	const all = await Promise.all(Array.from({ length: 50 }, () => give(key)));
	assert.ok(all.every((a) => [201, 409, 503].includes(a.status)), all.map((a) => a.status).join(" "));
	assert.equal(new Set(all.filter((a) => a.status === 201).map((a) => a.body.id)).size, 1);
	assert.equal(await held(), 700);
	for (const n of [1, 2, 3]) granted(await give(`${key}-${n}`), 201);
	assert.equal(await held(), 2800, "the control: without the common key nothing holds them back");
});

test("the night seals the ledger, its documents and the audit log; what is changed afterwards is found, and what was sealed is for all to see", async () => {
	const ledger = (...more) => spawnSync(`${where.bin}/poolctl`, ["ledger", c.slug, ...more], { encoding: "utf8", env: process.env });
	const job = place.id + 95n;
	// As if all of it were of the day before yesterday.
	sql(`UPDATE entry SET posting_id = posting_id - ${(2n * 86400000n) << 21n};
		INSERT INTO job (id, kind, state, due_at, payload, made_at) VALUES (${job}, 'dayseal', 1, 1, '', 0)`, c.schema);
	granted(await new Visitor(where, c.host).post("/api/auth/portal-links", { email: `nobody@${word()}.example` }), 204); // a letter wakes the worker
	await until("the seal", () => sql(`SELECT state FROM job WHERE id = ${job}`, c.schema)[0]?.[0] === "3");
	const [[entries, documents, posting]] = sql("SELECT COUNT(*), (SELECT COUNT(*) FROM bill WHERE seq IS NOT NULL), MAX(posting_id) FROM entry", c.schema);
	const good = ledger();
	assert.equal(good.status, 0, good.stderr);
	assert.match(good.stdout, new RegExp(`^valid: ${c.slug}, 1 nights: ${entries} entries, ${documents} documents, [1-9]`));
	const shown = granted(await new Visitor(where, c.host).get("/.well-known/pool-keys.json"));
	assert.deepEqual([shown.sealed_nights, shown.sealed_hash.length], [1, 128]);
	assert.match(ledger("--posting", letters(BigInt(posting))).stdout, /bytes of proof lead to [0-9a-f]{64}/);
	/* Somebody who has none of our code finds the same; and what is bent by a byte, they refuse (verify.py). */
	const file = execFileSync("find", [`${where.dir}/data/files/${c.schema}`, "-name", "ledger.seals"], { encoding: "utf8" }).trim();
	const lines = () => sql("SELECT posting_id, side, kind, at, DATEDIFF(day, '1970-01-01'), account, customer_id, bill_id, payment_id, cents, actor_kind, actor_id FROM entry ORDER BY posting_id, side", c.schema).map((l) => l.join("\t")).join("\n");
	const second = (text, input) => {
		writeFileSync(`${where.dir}/bent.seals`, text);
		return spawnSync("/usr/bin/python3", ["tests/house/verify.py", "ledger", `${where.dir}/bent.seals`], { input, encoding: "utf8" });
	};
	const seals = readFileSync(file, "latin1");
	assert.equal(second(seals, lines()).stdout, `valid: 1 nights, ${entries} entries\n`, second(seals, lines()).stderr);
	assert.match(second(seals.replace(/"entries":\d/, '"entries":9'), lines()).stderr, /changed after it was sealed/);
	assert.match(second(seals, lines().replace(/\t(\d)(\d*\t\d+\t\d+)$/m, (_, d, rest) => `\t${(Number(d) + 1) % 10}${rest}`)).stderr, /not those that were sealed/);
	for (const by of [1, -1]) {
		sql(`UPDATE entry SET cents = cents + ${by} WHERE posting_id = ${posting} AND side = 0`, c.schema);
		const said = ledger();
		assert.equal(said.status, by === 1 ? 1 : 0, said.stderr);
		if (by === 1) assert.match(said.stderr, /entries of the ledger are not those that were sealed/);
	}
});
