// The price book: a rule is looked at, applied at once or from a day on, and taken back.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, refused, sql, until } from "./harness.mjs";

let c, office, technician, items;
const item = (name, cost, price, over = {}) => ({ kind: "part", name, sku: "", chemical: "none", strength_x100: 0, unit: "each", holds_x100: 0, most_x100: 0, wait_minutes: 0, cost_cents: cost, price_cents: price, taxable: true, position: 0, label_url: "", archived: false, version: 0, ...over });
const rule = (over = {}) => ({ how: "markup", ppm: 600000, round_to_cents: 5, kind: null, ...over });
const look = async (over) => granted(await office.post("/api/office/price-previews", rule(over)), 201);
const prices = async () => Object.fromEntries(granted(await office.get("/api/office/items")).rows.map((i) => [i.name, i.price_cents]));
const set = (rows) => rows.map((r) => ({ item_id: r.item_id, was_cents: r.was_cents, price_cents: r.price_cents }));

before(async () => {
	c = await company();
	office = c.owner.visitor;
	technician = (await crew(c, ["technician"])).technician.visitor;
	items = [];
	for (const x of [item("Seal", 1201, 3850), item("Basket", 900, 1440), item("Sample", 0, 500), item("Hour", 4000, 9000, { kind: "labour", unit: "hour" })])
		items.push(granted(await office.post("/api/office/items", x), 201));
});

test("a rule shows only what it would change, and writes nothing", async () => {
	refused(await office.post("/api/office/price-previews", rule({ round_to_cents: 3 })), 422, "invalid", "round_to_cents");
	refused(await office.post("/api/office/price-previews", rule({ how: "change", ppm: 6000000 })), 422, "invalid", "ppm");
	refused(await technician.post("/api/office/price-previews", rule()), 403, "forbidden");
	const all = await look();
	assert.deepEqual(all.rows.map((r) => [r.name, r.was_cents, r.price_cents]).sort(), [["Hour", 9000, 6400], ["Seal", 3850, 1920]]);
	assert.equal(all.same, 2, "one that costs nothing, one that has its price already");
	assert.deepEqual((await look({ how: "change", ppm: -100000, kind: 3 })).rows.map((r) => r.price_cents), [8100]);
	assert.equal((await prices()).Seal, 3850);
});

test("applied at once it is undone wherever nobody has decided anew", async () => {
	const { rows } = await look();
	refused(await office.post("/api/office/price-plans", { from_day: day(0), rows: [] }), 422, "invalid", "rows");
	refused(await office.post("/api/office/price-plans", { from_day: day(-1), rows: set(rows) }), 422, "invalid", "from_day");
	const [plan] = granted(await office.post("/api/office/price-plans", { from_day: day(0), rows: set(rows) }), 201).rows;
	assert.deepEqual([plan.state, plan.number], ["done", 2]);
	assert.deepEqual([(await prices()).Seal, (await prices()).Hour], [1920, 6400]);
	const hour = granted(await office.get("/api/office/items")).rows.find((i) => i.name === "Hour");
	granted(await office.put(`/api/office/items/${hour.id}`, { ...item("Hour", 4000, 7000, { kind: "labour", unit: "hour" }), version: hour.version }));
	granted(await office.post(`/api/office/price-plans/${plan.id}/undos`), 201);
	assert.deepEqual([(await prices()).Seal, (await prices()).Hour], [3850, 7000], "what somebody set since stays");
	refused(await office.post(`/api/office/price-plans/${plan.id}/undos`), 409, "stale");
});

test("planned for a day it waits for that day, and is forgotten if it is taken back before", async () => {
	const { rows } = await look({ kind: 2 });
	const [gone] = granted(await office.post("/api/office/price-plans", { from_day: day(5), rows: set(rows) }), 201).rows;
	assert.equal(gone.state, "waits");
	granted(await office.post(`/api/office/price-plans/${gone.id}/undos`), 201);
	granted(await office.post("/api/office/price-plans", { from_day: day(6), rows: set(rows) }), 201);
	assert.equal((await prices()).Seal, 3850);
	/* The day comes: both jobs are due, and only the plan that stands is obeyed. */
	sql("UPDATE job SET due_at = 1 WHERE kind = 'prices' AND state = 1", c.schema);
	granted(await c.owner.visitor.at(c.host).post("/api/auth/resets", { email: c.owner.email }), 204); // what somebody asks for wakes the worker
	await until("the prices of the day", async () => (await prices()).Seal === 1920);
	const states = granted(await office.get("/api/office/price-plans")).rows.map((p) => p.state);
	assert.deepEqual(states, ["done", "undone", "undone"]);
});
