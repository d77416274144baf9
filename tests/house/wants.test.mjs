// A job: what it wants, from the list to the pool, and then on the bill at once; warranty jobs, whose cost is kept; what slipped.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, refused, sql, until } from "./harness.mjs";
import { letters, Phone } from "./phone.mjs";

let c, office, billing, tech, phone, customer, property, service, seal, visit;
const job = async (id = visit) => granted(await office.get(`/api/office/visits/${id}/job`));
const make = async () => granted(await office.post("/api/office/visits", { property_id: property, service_id: service, day: day(), tech_id: tech.id, note: "", anyway: true }), 201).id;
const want = (over = {}) => ({ kind: "part", item_id: seal.id, text: "Pump seal", quantity_milli: 2000, unit_cents: 3850, tax_code: "part", ...over });
const shopping = async () => granted(await office.get("/api/office/wants")).rows;
const leaks = async () => granted(await billing.get(`/api/office/leaks?from=${day()}&to=${day()}`)).rows;
const stops = async () => granted(await tech.visitor.get("/api/tech/today")).stops;

before(async () => {
	c = await company();
	const people = await crew(c, ["billing", "technician", "read_only"]);
	office = c.owner.visitor;
	billing = people.billing.visitor;
	tech = { ...people.technician, other: people.read_only.visitor };
	phone = new Phone(tech.visitor);
	const at = BigInt(Date.now()) << 21n;
	[customer, property] = [letters(at), letters(at + 1n)];
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 Palm Way', 'Mesa', 'AZ', '85201');
		INSERT INTO service (id, name, kind, minutes, price_cents, checklist, parts) VALUES (${at + 2n}, 'Pump repair', 2, 60, 9000, '{"rows":[]}', '{"rows":[]}')`, c.schema);
	service = letters(at + 2n);
	seal = granted(await office.post("/api/office/items", { kind: "part", name: "Pump seal", sku: "", chemical: "none", strength_x100: 0, unit: "each", holds_x100: 0, most_x100: 0, wait_minutes: 0, cost_cents: 1200, price_cents: 3850, taxable: true, position: 0, label_url: "", archived: false, version: 0 }), 201);
});

test("a job is given its parts and labour, and the list to shop by follows each step", async () => {
	visit = await make();
	refused(await office.post(`/api/office/visits/${visit}/wants`, want({ kind: "month" })), 422, "invalid", "kind");
	refused(await office.post(`/api/office/visits/${visit}/wants`, want({ item_id: property })), 422, "invalid", "item_id");
	refused(await tech.other.post(`/api/office/visits/${visit}/wants`, want()), 403, "forbidden");
	granted(await office.post(`/api/office/visits/${visit}/wants`, want()), 201);
	granted(await office.post(`/api/office/visits/${visit}/wants`, want({ item_id: null, text: "A gasket nobody has", quantity_milli: 1000, unit_cents: 500 })), 201);
	const page = granted(await office.post(`/api/office/visits/${visit}/wants`, want({ kind: "labour", item_id: null, text: "Half an hour more", quantity_milli: 500, unit_cents: 9000, tax_code: "service" })), 201);
	assert.deepEqual([page.net_cents, page.cost_cents, page.lines.map((l) => l.got)], [7700 + 500 + 4500, 2400, ["needed", "needed", "nothing"]]);
	assert.deepEqual((await shopping()).map((r) => [r.text, r.got, r.customer]), [["Pump seal", "needed", "Rosa Ruiz"], ["A gasket nobody has", "needed", "Rosa Ruiz"]]);
	assert.match((await office.get("/api/office/wants.csv")).text, /^Pump seal,2\.000,Rosa Ruiz,12 Palm Way,/m);
	const [first, gasket] = page.lines;
	granted(await office.put(`/api/office/wants/${first.id}`, { got: "bought" }));
	granted(await office.put(`/api/office/wants/${first.id}`, { got: "on_van" }));
	refused(await office.put(`/api/office/wants/${first.id}`, { got: "nothing" }), 422, "invalid", "got");
	refused(await office.put(`/api/office/wants/${page.lines[2].id}`, { got: "bought" }), 422, "invalid", "got");
	granted(await office.post(`/api/office/wants/${gasket.id}/drops`, { version: gasket.version }), 201);
	assert.deepEqual((await shopping()).map((r) => [r.text, r.got]), [["Pump seal", "on_van"]]);
	assert.equal(granted(await office.get(`/api/office/wants?customer_id=${property}`)).rows.length, 0);
	assert.equal(granted(await office.get("/api/office/wants")).more, false);
	const [row] = granted(await office.get(`/api/office/jobs?from=${day()}&to=${day()}`)).rows;
	assert.deepEqual([row.service, row.cents, row.missing], ["Pump repair", 12200, 0]);
	const found = async (q) => granted(await office.get(`/api/office/jobs?from=${day()}&to=${day()}&${q}`)).rows.length;
	assert.deepEqual([await found("q=palm%20way"), await found("q=pump"), await found("q=nobody"), await found(`after_day=${row.day}&after_id=${row.id}`)], [1, 1, 0, 0]);
	assert.equal(granted(await billing.get(`/api/office/customers/${customer}/upcoming`)).lines.length, 0, "what is wanted is asked for by nothing");
});

test("the technician marks it installed, the van has less, and the job is billed in the moment it is done", async () => {
	const [stop] = await stops();
	assert.deepEqual(stop.brief.wants.map((x) => [x.text, x.quantity_milli, x.got]), [["Pump seal", 2000, "on_van"], ["Half an hour more", 500, "nothing"]]);
	for (let i = 0; i < 2; i++) assert.equal((await phone.say("used", visit, { text: "Pump seal", amount: 200, item: stop.brief.wants[0].id })).answer, "applied");
	assert.equal(granted(await office.get(`/api/office/stock?place_id=${tech.id}`)).rows.find((r) => r.item_id === seal.id).amount_x100, -200, "said twice it left the van once");
	assert.equal((await shopping()).length, 0);
	await phone.say("arrive", visit);
	await phone.say("finish", visit);
	const bill = await until("the invoice", async () => granted(await billing.get(`/api/office/customers/${customer}/bills`)).rows[0]);
	const lines = granted(await billing.get(`/api/office/bills/${bill.id}`)).lines.map((l) => [l.kind, l.text, l.net_cents]);
	assert.deepEqual(lines.sort(), [["labour", "Half an hour more", 4500], ["part", "Pump seal", 7700], ["stop", "Pump repair", 9000]]);
	assert.deepEqual((await job()).lines.map((l) => l.got), ["installed", "nothing", "nothing"].slice(0, 2));
	refused(await office.put(`/api/office/visits/${visit}/job`, { free: "warranty", version: (await job()).version }), 422, "invalid", "free");
	refused(await office.post(`/api/office/visits/${visit}/wants`, want()), 409, "stale");
});

test("what leaves the van without having been planned is billed at its price, once", async () => {
	visit = await make();
	await phone.say("used", visit, { text: "Pump seal", amount: 100, what: seal.id });
	const upcoming = granted(await billing.get(`/api/office/customers/${customer}/upcoming`)).lines;
	assert.deepEqual(upcoming.map((l) => [l.kind, l.text, l.quantity_milli, l.net_cents]), [["part", "Pump seal", 1000, 3850]]);
	assert.equal((await leaks()).length, 0);
});

test("what was installed and is on no bill is found and billed by one click; words without a price say so", async () => {
	const [line] = granted(await billing.get(`/api/office/customers/${customer}/upcoming`)).lines;
	granted(await billing.post(`/api/office/lines/${line.id}/drops`, { version: line.version }), 201);
	await phone.say("used", visit, { text: "A union from the shelf", amount: 100 });
	const found = (await leaks()).filter((l) => l.kind === "installed_not_billed");
	assert.deepEqual(found.map((l) => [l.what, l.cents]), [["Pump seal", 3850], ["A union from the shelf", 0]]);
	granted(await billing.post(`/api/office/leaks/${found[0].id}/mends`, { kind: "installed_not_billed" }), 201);
	granted(await billing.post(`/api/office/leaks/${found[0].id}/mends`, { kind: "installed_not_billed" }), 201);
	assert.deepEqual((await leaks()).filter((l) => l.kind === "installed_not_billed").map((l) => l.what), ["A union from the shelf"]);
	assert.equal(granted(await billing.get(`/api/office/customers/${customer}/upcoming`)).lines.length, 1);
});

test("a go-back asks for nothing, and what it cost is kept: parts, and the time", async () => {
	refused(await tech.other.put(`/api/office/visits/${visit}/job`, { free: "go_back", version: 1 }), 403, "forbidden");
	granted(await office.put(`/api/office/visits/${visit}/job`, { free: "go_back", version: (await job()).version }));
	assert.equal(granted(await billing.get(`/api/office/customers/${customer}/upcoming`)).lines.length, 0);
	refused(await office.put(`/api/office/visits/${visit}/job`, { free: "charged", version: 1 }), 409, "stale");
	granted(await office.post(`/api/office/visits/${visit}/wants`, want({ quantity_milli: 1000 })), 201);
	await phone.say("arrive", visit);
	await phone.say("finish", visit);
	assert.equal(granted(await billing.get(`/api/office/customers/${customer}/upcoming`)).lines.length, 0, "not even the visit itself");
	assert.equal(granted(await billing.get(`/api/office/customers/${customer}/bills`)).rows.length, 1);
	const free = granted(await office.get(`/api/office/free-jobs?from=${day()}&to=${day()}`));
	assert.deepEqual([free.rows.length, free.rows[0].free, free.rows[0].part_cents, free.cost_cents], [1, "go_back", 2400, 2400]);
	assert.equal((await leaks()).filter((l) => l.kind !== "installed_not_billed").length, 0, "free work is no leak");
	// More than one look shows: the last of them, what all of them cost, and a table that is whole.
	const of = `?from=${day()}&to=${day()}`, [mine] = free.rows;
	sql(`INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source, free)
		SELECT v.id + n.seq, v.customer_id, v.property_id, v.service_id, v.day, 30, 3, 2, v.free FROM (SELECT * FROM visit WHERE free <> 0) v JOIN seq_1_to_500 n`, c.schema);
	const all = granted(await office.get(`/api/office/free-jobs${of}`));
	assert.deepEqual([all.rows.length, all.more, free.more], [500, true, false]);
	assert.deepEqual([all.cost_cents, all.minutes], [2400, mine.minutes + 500 * 30]);
	assert.equal((await office.get(`/api/office/free-jobs.csv${of}`)).text.trim().split("\n").length, 1 + 501);
	sql(`DELETE FROM visit WHERE minutes = 30 AND free <> 0 AND state = 3 AND started_at IS NULL`, c.schema);
});

test("a list to shop by that is longer than one look says so, and its table has all of it", async () => {
	const other = await make();
	granted(await office.post(`/api/office/visits/${other}/wants`, want({ text: "Union", quantity_milli: 1000 })), 201);
	sql(`INSERT INTO bill_line (id, customer_id, property_id, visit_id, bill_id, kind, line_key, day, from_day, to_day, text, quantity_milli, unit_cents, net_cents, got, made_at)
		SELECT l.id + n.seq, l.customer_id, l.property_id, l.visit_id, l.bill_id, l.kind, CONCAT(l.line_key, ':', n.seq), l.day, l.from_day, l.to_day, l.text, 1000, 1, 1, l.got, 0
		  FROM bill_line l JOIN seq_1_to_1000 n WHERE l.text = 'Union'`, c.schema);
	const page = granted(await office.get(`/api/office/wants?customer_id=${customer}`));
	assert.deepEqual([page.rows.length, page.more], [1000, true]);
	assert.ok((await office.get("/api/office/wants.csv")).text.trim().split("\n").length > 1001);
});
