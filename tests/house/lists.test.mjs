// Lists of customers: by what they are and what they lack, saved under a name, and changed together: looked at first, done
// as one, undone as one, and nobody's later change is overwritten.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, granted, refused, sql } from "./harness.mjs";

let c, people, office;
const made = {};

const take_on = async (name, over = {}) => {
	const form = {
		name, kind: "person", email: "", phone: "", language: "en", source: "", external_id: "", street: "1 Main St", city: "Tempe",
		region: "AZ", postcode: "85281", with_pool: true, ...over,
	};
	made[name] = granted(await office.post("/api/office/customers", form), 201).customer;
	return made[name];
};
const find = async (query, visitor = office) => granted(await visitor.get(`/api/office/customers?${new URLSearchParams(query)}`));
const names = async (query) => (await find(query)).rows.map((r) => r.name);
const page = async (id) => granted(await office.get(`/api/office/customers/${id}`));

before(async () => {
	c = await company();
	people = await crew(c);
	office = people.dispatcher.visitor;
	await take_on("Ana Alvarez", { language: "es", city: "Mesa", phone: "602 555 0101" });
	await take_on("Bob Brown", { email: "bob@brown.example" });
	await take_on("Court HOA", { kind: "business", with_pool: false });
	await take_on("Dora Day", { street: "", with_pool: false });
	const { properties } = made["Bob Brown"];
	sql(`UPDATE property SET lat_e6 = 33400000, lng_e6 = -111900000 WHERE city = 'Mesa'`, c.schema);
	sql(`UPDATE property SET usual_tech_id = (SELECT id FROM staff WHERE email = '${people.technician.email}')
		WHERE customer_id = (SELECT id FROM customer WHERE name = 'Bob Brown')`, c.schema);
	assert.ok(properties.length);
});

test("a list is filtered by what customers are and by what they lack", async () => {
	assert.deepEqual(await names({}), ["Ana Alvarez", "Bob Brown", "Court HOA", "Dora Day"]);
	assert.deepEqual(await names({ kind: "business" }), ["Court HOA"]);
	assert.deepEqual(await names({ language: "es" }), ["Ana Alvarez"]);
	assert.deepEqual(await names({ city: "Mesa" }), ["Ana Alvarez"]);
	assert.deepEqual(await names({ tech_id: people.technician.id }), ["Bob Brown"]);
	assert.deepEqual(await names({ lacking: "property" }), ["Dora Day"]);
	assert.deepEqual(await names({ lacking: "place" }), ["Bob Brown", "Court HOA"]);
	assert.deepEqual(await names({ lacking: "pool" }), ["Court HOA", "Dora Day"]);
	assert.deepEqual(await names({ lacking: "volume" }), ["Ana Alvarez", "Bob Brown"]);
	assert.deepEqual(await names({ lacking: "agreement" }), ["Ana Alvarez", "Bob Brown", "Court HOA", "Dora Day"]);
	assert.deepEqual(await names({ lacking: "phone" }), ["Bob Brown", "Court HOA", "Dora Day"]);
	assert.deepEqual(await names({ lacking: "email" }), ["Ana Alvarez", "Court HOA", "Dora Day"]);
	assert.deepEqual(await names({ lacking: "email", kind: "person", sort: "newest" }), ["Dora Day", "Ana Alvarez"]);
	assert.deepEqual(await names({ q: "bro", lacking: "phone" }), ["Bob Brown"]);
	assert.deepEqual(await names({ q: "bro", city: "Mesa" }), []);
	assert.equal((await find({ lacking: "phone" })).total, 3);
	refused(await office.get("/api/office/customers?lacking=hope"), 422, "invalid", "lacking");
	const cities = granted(await office.get("/api/office/cities")).rows;
	assert.deepEqual(cities, [{ city: "Tempe", properties: 2 }, { city: "Mesa", properties: 1 }]);
	const chosen = granted(await office.get("/api/office/customers/chosen?lacking=phone"));
	assert.deepEqual([chosen.rows.map((r) => r.id), chosen.more], [["Bob Brown", "Court HOA", "Dora Day"].map((n) => made[n].id), false]);
});

test("a list is saved under a name, for oneself or for everybody", async () => {
	const filter = { q: "", standing: "", kind: "", language: "", tag: "VIP", city: "Mesa", lacking: "place", sort: "", tech_id: null };
	const mine = granted(await office.post("/api/office/views", { name: "Mesa, no pin", shared: false, position: 0, filter }), 201);
	assert.deepEqual(mine.filter, filter);
	refused(await office.post("/api/office/views", { name: "mesa, NO pin", shared: false, position: 0, filter }), 422, "invalid", "name");
	const ours = granted(await office.post("/api/office/views", { name: "Mesa", shared: true, position: 1, filter }), 201);
	const reader = people.read_only.visitor;
	assert.deepEqual(granted(await reader.get("/api/office/views")).rows.map((v) => v.name), ["Mesa"]);
	refused(await reader.put(`/api/office/views/${mine.id}`, { name: "x", position: 0, filter, version: 1 }), 404, "not_found");
	refused(await reader.delete(`/api/office/views/${ours.id}`), 403, "forbidden");
	refused(await reader.post("/api/office/views", { name: "y", shared: true, position: 0, filter }), 403, "forbidden");
	granted(await reader.post("/api/office/views", { name: "Mine", shared: false, position: 0, filter }), 201);
	const renamed = granted(await office.put(`/api/office/views/${mine.id}`, { name: "No pin", position: 0, filter, version: mine.version }));
	assert.equal(renamed.name, "No pin");
	refused(await office.put(`/api/office/views/${mine.id}`, { name: "z", position: 0, filter, version: mine.version }), 409, "stale");
	assert.equal((await office.delete(`/api/office/views/${mine.id}`)).status, 204);
	assert.deepEqual(granted(await office.get("/api/office/views")).rows.map((v) => v.name), ["Mesa"]);
});
