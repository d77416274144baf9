// Finding a customer: while the name is typed, with a typing error, by what hangs on them, and down the list.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, granted, refused } from "./harness.mjs";

let c, people, office;
const made = new Map();

const take_on = async (name, over = {}) => {
	const form = {
		name, kind: "person", email: "", phone: "", language: "en", source: "", external_id: "", street: "1 Main St", city: "Tempe",
		region: "AZ", postcode: "85281", with_pool: true, ...over,
	};
	made.set(name, granted(await office.post("/api/office/customers", form), 201).customer);
};
const find = async (query) => granted(await office.get(`/api/office/customers?${new URLSearchParams(query)}`));
const names = (page) => page.rows.map((r) => r.name);

before(async () => {
	c = await company();
	people = await crew(c);
	office = people.dispatcher.visitor;
	await take_on("Dana Whitfield", { street: "6418 E Sunnyslope Ln", phone: "(480) 555-0142" });
	await take_on("Ngozi Okafor", { email: "ngozi@okafor.example" });
	await take_on("Luis Hernández", { language: "es" });
	await take_on("Palm Court HOA", { kind: "business" });
});

test("a name is found while it is typed, accents or not", async () => {
	assert.deepEqual(names(await find({ q: "whi" })), ["Dana Whitfield"]);
	assert.deepEqual(names(await find({ q: "hernandez" })), ["Luis Hernández"]);
	assert.equal(names(await find({ q: "palm c" }))[0], "Palm Court HOA");
	assert.deepEqual(names(await find({ q: "zzzz" })), []);
	assert.deepEqual(names(await find({ q: "..." })), []);
});

test("a typing error is forgiven", async () => {
	assert.equal(names(await find({ q: "whitfeild" }))[0], "Dana Whitfield");
	assert.equal(names(await find({ q: "okafro" }))[0], "Ngozi Okafor");
	// As many letters in threes are shared with those who live in North Highlands: fewest slips come first.
	for (const [name, street, city] of [["Abel Abbot", "7 Elm St", "North Highlands"], ["Zora Zink", "3526 High St", "Sacramento"]]) await take_on(name, { street, city });
	for (const q of ["hihg st", "higj st"]) assert.equal(names(await find({ q }))[0], "Zora Zink", q);
});

test("a street, a telephone, an e-mail, a tag, a serial number and a note lead to the customer", async () => {
	assert.equal(names(await find({ q: "6418 sunnys" }))[0], "Dana Whitfield");
	assert.equal(names(await find({ q: "4805550142" }))[0], "Dana Whitfield");
	assert.equal(names(await find({ q: "ngozi@okafor" }))[0], "Ngozi Okafor");
	const palm = made.get("Palm Court HOA");
	granted(await office.put(`/api/office/customers/${palm.id}/tags`, { tags: [{ tag: "quarterly" }] }));
	assert.equal(names(await find({ q: "quarter" }))[0], "Palm Court HOA");
	assert.deepEqual(names(await find({ tag: "quarterly" })), ["Palm Court HOA"]);
	assert.equal((await find({ tag: "quarterly" })).rows[0].tags, "quarterly");
	// What stands on a machine, two figures in the wrong order; a word of a note.
	granted(await office.post("/api/office/equipment", { pool_id: palm.properties[0].pools[0].id, kind: "pump", make: "Pentair", model: "VS", serial: "SN4882107", installed_day: null, warranty_day: null, service_every_days: 0, serviced_day: null, note: "" }), 201);
	granted(await office.post("/api/office/notes", { on_kind: "customer", on_id: palm.id, audience: "office", body: "The beekeeper pays", pinned: false }), 201);
	for (const q of ["sn4882107", "sn4882170", "beekeper"]) assert.equal(names(await find({ q }))[0], "Palm Court HOA", q);
});

test("the list goes by name or by age, says how many there are, and hides the archived until asked", async () => {
	assert.deepEqual(names(await find({})), ["Abel Abbot", "Dana Whitfield", "Luis Hernández", "Ngozi Okafor", "Palm Court HOA", "Zora Zink"]);
	assert.deepEqual(names(await find({ sort: "newest" })), ["Zora Zink", "Abel Abbot", "Palm Court HOA", "Luis Hernández", "Ngozi Okafor", "Dana Whitfield"]);
	const first = (await find({})).rows[1];
	assert.deepEqual([first.street, first.city, first.phone, first.pools, first.standing], ["6418 E Sunnyslope Ln", "Tempe", "+14805550142", 1, "lead"]);
	assert.deepEqual(names(await find({ after: first.id })), ["Luis Hernández", "Ngozi Okafor", "Palm Court HOA", "Zora Zink"]);
	const luis = granted(await office.get(`/api/office/customers/${made.get("Luis Hernández").id}`));
	granted(await office.post(`/api/office/customers/${luis.id}/archivings`, { version: luis.version }));
	assert.equal((await find({})).total, 5);
	assert.deepEqual(names(await find({ standing: "archived" })), ["Luis Hernández"]);
	assert.deepEqual(names(await find({ q: "hernandez" })), []);
});

test("an old name leads nowhere after it was changed", async () => {
	const n = granted(await office.get(`/api/office/customers/${made.get("Ngozi Okafor").id}`));
	const row = {
		name: "Ngozi Adeyemi", kind: n.kind, email: "", language: n.language, bill_street: "", bill_city: "", bill_region: "", bill_postcode: "",
		source: "", external_id: "", own: [], version: n.version,
	};
	granted(await office.put(`/api/office/customers/${n.id}`, row));
	assert.equal(names(await find({ q: "adeyemi" }))[0], "Ngozi Adeyemi");
});

test("who does not see customers finds none, and a wrong filter is named", async () => {
	refused(await people.technician.visitor.get("/api/office/customers?q=whit"), 403, "forbidden");
	refused(await office.get("/api/office/customers?standing=rich"), 422, "invalid", "standing");
	refused(await office.get(`/api/office/customers?q=${"x".repeat(81)}`), 422, "invalid", "q");
});
