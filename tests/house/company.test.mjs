// The company's own settings: who sees them, who changes them, and what is refused.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, granted, refused, schemaOf, sql, until } from "./harness.mjs";

let c, people;
before(async () => {
	c = await company();
	people = await crew(c, ["dispatcher"]);
});
const settings = async (who = c.owner) => granted(await who.visitor.get("/api/office/company"));

test("everybody of the office sees the company's settings", async () => {
	assert.equal((await settings(people.dispatcher)).name, c.company);
	assert.deepEqual(await settings(people.dispatcher), await settings());
});

test("only those who manage the company change its settings", async () => {
	refused(await people.dispatcher.visitor.put("/api/office/company", await settings()), 403, "forbidden");
});

test("what the owner changes is there for everybody, and in the log", async () => {
	const was = await settings();
	const now = { ...was, phone: "+1 480 555 0100", city: "Tempe", accent: "#123abc", week_starts: "sunday" };
	const saved = granted(await c.owner.visitor.put("/api/office/company", now));
	assert.deepEqual(saved, { ...now, version: was.version + 1 });
	assert.deepEqual(await settings(people.dispatcher), saved);
	const { rows } = granted(await c.owner.visitor.get("/api/office/audit"));
	assert.equal(rows[0].verb, "company.changed");
});

test("two people change the settings at once: the second is told to look again", async () => {
	const seen = await settings();
	granted(await c.owner.visitor.put("/api/office/company", { ...seen, city: "Mesa" }));
	refused(await c.owner.visitor.put("/api/office/company", { ...seen, city: "Gilbert" }), 409, "stale");
	assert.equal((await settings()).city, "Mesa");
});

test("what is no name, zone, currency or colour is refused, and the field is named", async () => {
	const good = await settings();
	for (const [field, bad] of [["name", ""], ["zone", "Mars/Olympus"], ["currency", "XX"], ["accent", "red"], ["country", "U"]]) {
		refused(await c.owner.visitor.put("/api/office/company", { ...good, [field]: bad }), 422, "invalid", field);
	}
	assert.deepEqual(await settings(), good);
});

test("the control schema hears of a new name, so that the operator finds the company by it", async () => {
	const name = `${c.company} Pools`;
	granted(await c.owner.visitor.put("/api/office/company", { ...(await settings()), name }));
	const known = () => sql(`SELECT name FROM pool_control.tenant WHERE schema_name = '${schemaOf(c.slug)}'`)[0][0];
	await until("the control schema has the new name", known, (is) => is === name);
});
