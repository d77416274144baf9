// The company that `make run` shows: a city of our own, brought in as a list, and a week that the optimiser planned.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCustomers } from "../../ops/dev/demo_customers.mjs";
import { homes } from "../../ops/dev/demo_city.mjs";
import { makePlan, TECHNICIANS, together } from "../../ops/dev/demo_plan.mjs";
import { company, day, granted, hire, mailbox, sql } from "./harness.mjs";

test("the city is the same each time, and nobody in it lives or is called like somebody else", () => {
	const all = homes(979);
	assert.deepEqual(homes(979), all);
	for (const of of ["name", "street", "phone", "email"]) {
		const said = all.map((h) => h[of]).filter(Boolean);
		assert.equal(new Set(said).size, said.length, of);
	}
	assert.ok(all.every((h) => !h.phone || /^\d{3}-555-01\d\d$/.test(h.phone)), "their numbers are nobody's");
	// House numbers grow on the way out of the middle.
	const roads = new Map();
	for (const h of all.filter((x) => / [EW] /.test(x.street))) {
		const name = `${h.street.replace(/^\d+ /, "")}, ${h.city}`;
		roads.set(name, [...(roads.get(name) ?? []), h]);
	}
	for (const [name, line] of roads) {
		const out = line.map((h) => [h.at[1] * (name.startsWith("W") ? -1 : 1), Number.parseInt(h.street, 10)]).sort((a, b) => a[0] - b[0]);
		assert.ok(out.every(([, n], i) => i === 0 || n >= out[i - 1][1] - 1), `${name}: ${out}`);
	}
});

test("the demonstration company's week: everybody is on one route, in its order, and no day is too long", async () => {
	const c = await company();
	const crew = [];
	await together(TECHNICIANS, async ({ name }, i) => (crew[i] = await hire(c, mailbox, "technician", { name })));
	const office = c.owner.visitor;
	const known = await makeCustomers(office);
	assert.equal(await makePlan(office, crew.map((p) => p.id), known, () => {}, { n: 60, seconds: 1, from: day(0) }), 65);
	const terms = sql("SELECT t.tech_id IS NULL, t.seq, t.rule FROM term t JOIN agreement g ON g.id = t.agreement_id JOIN property p ON p.id = g.property_id WHERE p.lat_e6 IS NOT NULL", c.schema);
	assert.equal(terms.length, 65);
	assert.equal(terms.filter(([nobody]) => nobody === "1").length, 1, "only Bill waits for somebody");
	assert.ok(terms.every(([, seq]) => Number(seq) >= 10));
	const days = sql(`SELECT day, tech_id, COUNT(*) FROM visit WHERE tech_id IS NOT NULL AND day <= '${day(7)}' GROUP BY day, tech_id ORDER BY day`, c.schema);
	assert.ok(days.length > 0 && days.every(([, , n]) => Number(n) <= 27));
	// Who knows the places drives from the first to the second, and so on: the planned order is the board's.
	const { stops } = granted(await office.get(`/api/office/board?day=${days[0][0]}`));
	const mine = stops.filter((s) => s.row.tech_id === stops.find((x) => x.row.tech_id).row.tech_id);
	assert.deepEqual(mine.map((s) => s.row.seq), mine.map((s) => s.row.seq).sort((a, b) => a - b));
});
