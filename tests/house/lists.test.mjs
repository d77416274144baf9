// Lists of customers: by what they are and what they lack, saved under a name, and changed together: looked at first, done
// as one, undone as one, and nobody's later change is overwritten.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, granted, pause, refused, sql } from "./harness.mjs";

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

// ---- changed together ----

const all = (what, over = {}) => ({ ids: ["Ana Alvarez", "Bob Brown", "Court HOA", "Dora Day"].map((n) => ({ id: made[n].id })), what, value: "", tech_id: null, dry: false, ...over });
const tags = async (name) => (await page(made[name].id)).tags.map((t) => t.tag);

test("what would change is shown first, and nothing is written", async () => {
	granted(await office.put(`/api/office/customers/${made["Bob Brown"].id}/tags`, { tags: [{ tag: "Route 5" }] }));
	const dry = granted(await office.post("/api/office/edits", all("tag", { value: "route 5", dry: true })), 201);
	assert.deepEqual([dry.batch_id, dry.changed, dry.same, dry.refused], [null, 3, 1, 0]);
	assert.deepEqual(dry.rows.map((r) => [r.name, r.was, r.changes]), [["Ana Alvarez", "", true], ["Court HOA", "", true], ["Dora Day", "", true]]);
	assert.deepEqual(await tags("Ana Alvarez"), []);
	refused(await office.post("/api/office/edits", all("tag", { value: "" })), 422, "invalid", "value");
	refused(await office.post("/api/office/edits", all("language", { value: "fr" })), 422, "invalid", "value");
	refused(await office.post("/api/office/edits", { ...all("kind", { value: "person" }), ids: [] }), 422, "invalid", "ids");
	refused(await people.read_only.visitor.post("/api/office/edits", all("tag", { value: "x" })), 403, "forbidden");
});

test("many are tagged at once, found by it, and one undo takes it back", async () => {
	const done = granted(await office.post("/api/office/edits", all("tag", { value: "Spring 2027" })), 201);
	assert.equal(done.changed, 4);
	assert.deepEqual(await names({ tag: "Spring 2027" }), ["Ana Alvarez", "Bob Brown", "Court HOA", "Dora Day"]);
	assert.deepEqual((await names({ q: "spring 2027" })).sort(), ["Ana Alvarez", "Bob Brown", "Court HOA", "Dora Day"]);
	const told = granted(await office.get(`/api/office/customers/${made["Ana Alvarez"].id}/timeline`)).rows;
	assert.ok(told.some((l) => l.kind === "bulk_edited" && l.ref_id === done.batch_id));
	const log = granted(await office.get(`/api/office/customers/${made["Bob Brown"].id}/changes`)).rows;
	assert.deepEqual(log.filter((l) => l.batch_id === done.batch_id).map((l) => [l.field, l.was, l.became]), [["tags", "Route 5", "Route 5, Spring 2027"]]);
	// Somebody takes it off one of them and gives it back: that is their wish now.
	for (const words of [[], ["Spring 2027"]])
		granted(await office.put(`/api/office/customers/${made["Dora Day"].id}/tags`, { tags: words.map((tag) => ({ tag })) }));
	const undo = granted(await office.delete(`/api/office/edits/${done.batch_id}`));
	assert.deepEqual([undo.undone, undo.left, undo.rows.map((r) => r.name)], [3, 1, ["Dora Day"]]);
	assert.deepEqual([await tags("Ana Alvarez"), await tags("Bob Brown"), await tags("Dora Day")], [[], ["Route 5"], ["Spring 2027"]]);
	assert.deepEqual(await names({ q: "spring 2027" }), ["Dora Day"]);
	refused(await office.delete(`/api/office/edits/${done.batch_id}`), 409, "stale");
});

test("an undo never writes over what somebody changed since", async () => {
	const done = granted(await office.post("/api/office/edits", all("language", { value: "es" })), 201);
	assert.deepEqual([done.changed, done.same], [3, 1]);
	const bob = await page(made["Bob Brown"].id);
	assert.equal(bob.language, "es");
	const row = { name: bob.name, kind: bob.kind, email: bob.email, language: "en", bill_street: "", bill_city: "", bill_region: "", bill_postcode: "", source: "", external_id: "", own: [], version: bob.version };
	const en = granted(await office.put(`/api/office/customers/${bob.id}`, row)).customer;
	granted(await office.put(`/api/office/customers/${bob.id}`, { ...row, language: "es", version: en.version }));
	// Another field of the same record is nobody's reason to stay.
	const court = await page(made["Court HOA"].id);
	granted(await office.put(`/api/office/customers/${court.id}`, { ...row, name: "Court HOA", kind: "business", email: "", language: "es", source: "Sign", version: court.version }));
	const undo = granted(await office.delete(`/api/office/edits/${done.batch_id}`));
	assert.deepEqual([undo.undone, undo.left, undo.rows.map((r) => [r.name, r.was, r.becomes])], [2, 1, [["Bob Brown", "en", "es"]]]);
	assert.deepEqual([(await page(bob.id)).language, (await page(court.id)).language, (await page(court.id)).source], ["es", "en", "Sign"]);
});

test("technicians are given to places, but not to who does not want them; who is served is not archived", async () => {
	const ana = await page(made["Ana Alvarez"].id);
	sql(`UPDATE property SET never_techs = '["${people.technician.id}"]' WHERE city = 'Mesa'`, c.schema);
	const tech = all("technician", { tech_id: people.technician.id });
	const dry = granted(await office.post("/api/office/edits", { ...tech, dry: true }), 201);
	assert.deepEqual([dry.changed, dry.same, dry.refused], [1, 1, 1]);
	assert.deepEqual(dry.rows.map((r) => [r.name, r.problem !== ""]), [["Court HOA", false], ["Ana Alvarez", true]]);
	const done = granted(await office.post("/api/office/edits", tech), 201);
	assert.equal((await page(made["Court HOA"].id)).properties[0].usual_tech_id, people.technician.id);
	assert.equal((await page(ana.id)).properties[0].usual_tech_id, null);
	assert.equal(granted(await office.delete(`/api/office/edits/${done.batch_id}`)).undone, 1);
	assert.equal((await page(made["Court HOA"].id)).properties[0].usual_tech_id, null);
	refused(await office.post("/api/office/edits", all("technician", { tech_id: made["Bob Brown"].id })), 422, "invalid", "tech_id");
	sql(`INSERT INTO agreement (id, customer_id, property_id, repeats, starts_day)
		SELECT id + 1, customer_id, id, 1, '2026-01-05' FROM property WHERE city = 'Mesa'`, c.schema);
	const away = granted(await office.post("/api/office/edits", all("archive")), 201);
	assert.deepEqual([away.changed, away.refused], [3, 1]);
	assert.deepEqual(await names({}), ["Ana Alvarez"]);
	granted(await office.delete(`/api/office/customers/${made["Dora Day"].id}/archivings`));
	granted(await office.post(`/api/office/customers/${made["Dora Day"].id}/archivings`, { version: (await page(made["Dora Day"].id)).version }));
	sql(`UPDATE customer SET archived_at = archived_at + 5 WHERE name = 'Dora Day'`, c.schema); // a little later
	const undo = granted(await office.delete(`/api/office/edits/${away.batch_id}`));
	assert.deepEqual([undo.undone, undo.rows.map((r) => r.name)], [2, ["Dora Day"]]);
	assert.deepEqual(await names({}), ["Ana Alvarez", "Bob Brown", "Court HOA"]);
	const last = granted(await office.get("/api/office/edits")).rows;
	assert.deepEqual(last.map((b) => [b.what, b.total, b.failed, b.undone_at !== null]), [
		["archive", 3, 1, true], ["technician", 1, 0, true], ["language", 3, 1, true], ["tag", 4, 1, true],
	]);
});

test("more than can be named are changed by a job: shown first, followed, undone as one, and nobody's later change is lost", async () => {
	const big = await company();
	const desk = big.owner.visitor;
	sql(`INSERT INTO customer (id, name, email, language, created_at) SELECT 5000 + seq, CONCAT('Customer ', seq), '', 'en', 1 FROM seq_1_to_500`, big.schema);
	const wish = { what: "tag", value: "Route 9", tech_id: null, expect: null };
	const ask = (over, query = "") => desk.post(`/api/office/edits/matching${query}`, { ...wish, ...over });
	const over = async (id, state) => {
		for (let n = 0; ; n++, await pause(50)) {
			const v = granted(await desk.get(`/api/office/edits/${id}`));
			if (v.line.state === state) return v;
			assert.ok(n < 600, `${v.line.state} at ${v.line.done} of ${v.line.total}`);
		}
	};
	const tagged = () => Number(sql("SELECT COUNT(*) FROM tag WHERE tag = 'Route 9'", big.schema)[0][0]);

	const dry = granted(await ask({ dry: true }), 201);
	assert.deepEqual([dry.batch_id, dry.changed, dry.rows.length, tagged()], [null, 500, 200, 0]);
	refused(await ask({ dry: false, expect: 499 }), 409, "stale");
	const begun = granted(await ask({ dry: false, expect: 500 }), 201);
	assert.equal(begun.running, true);
	const done = await over(begun.batch_id, "done");
	assert.deepEqual([done.line.done, done.line.total, done.line.failed, tagged()], [500, 500, 0, 500]);
	assert.equal(granted(await desk.get("/api/office/customers?tag=Route+9")).total, 500);
	assert.deepEqual(granted(await desk.get("/api/office/customers?q=route+9")).rows.length, 50, "found by it");
	// Everybody has it: the same again changes nobody; a narrower filter only its own.
	refused(await ask({ dry: false }), 422, "invalid", "ids");
	assert.equal(granted(await ask({ what: "untag", dry: true }, "?tag=Route+9&language=es"), 201).changed, 0);

	const [one] = granted(await desk.get("/api/office/customers?tag=Route+9")).rows;
	granted(await desk.put(`/api/office/customers/${one.id}/tags`, { tags: [] }));
	granted(await desk.put(`/api/office/customers/${one.id}/tags`, { tags: [{ tag: "Route 9" }] }));
	const undo = granted(await desk.delete(`/api/office/edits/${begun.batch_id}`));
	assert.deepEqual([undo.running, undo.rows], [true, []]);
	refused(await desk.delete(`/api/office/edits/${begun.batch_id}`), 409, "stale");
	const back = await over(begun.batch_id, "undone");
	assert.deepEqual([back.line.failed, back.rows.map((r) => r.name), tagged()], [1, [one.name], 1]);
});
