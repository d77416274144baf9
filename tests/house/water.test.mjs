// The water of a pool: readings by office and technician, doses out of the van, advice that phone and server agree on.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { company, crew, day, granted, refused, sql } from "./harness.mjs";
import { letters } from "./phone.mjs";

const GALLON = 378541;
const v = (measure, value, how = "exact") => ({ measure, x100: Math.round(value * 100), how });
const ago = (days) => Math.floor(Date.now() / 1000) - days * 86400;
const first = () => [v("fc", 1.5), v("ph", 7.8), v("ta", 90), v("ch", 320), v("cya", 45), v("temp", 28.89)];
let c, people, office, tech, place, items, n = 0n;
const fresh = () => letters((BigInt(Date.now()) << 21n) + n++);

before(async () => {
	c = await company();
	people = await crew(c, ["dispatcher", "technician", "read_only", "billing"]);
	office = c.owner.visitor;
	tech = people.technician.visitor;
	const id = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Dana Whitfield', 'dana@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${id + 1n}, ${id}, '6418 E Sunnyslope Ln', 'Paradise Valley', 'AZ', '85253');
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${id + 2n}, ${id + 1n}, 1, 70030, 1, 1), (${id + 3n}, ${id + 1n}, 2, NULL, 0, 1);
		INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES (${id + 4n}, 'Full service', 1, 30, '{"rows":[]}', '{"rows":[]}');
		INSERT INTO visit (id, customer_id, property_id, pool_id, service_id, day, tech_id, minutes, state, source)
		SELECT ${id + 5n}, ${id}, ${id + 1n}, ${id + 2n}, ${id + 4n}, '${day()}', id, 30, 1, 1 FROM staff WHERE email = '${people.technician.email}'`, c.schema);
	place = { customer: letters(id), pool: letters(id + 2n), spa: letters(id + 3n), visit: letters(id + 5n) };
});

test("the usual chemicals are there after one click, and only once", async () => {
	refused(await people.read_only.visitor.post("/api/office/standard-items", {}), 403, "forbidden");
	items = granted(await office.post("/api/office/standard-items", {}), 201).rows;
	assert.equal(items.length, 8);
	assert.equal(granted(await office.post("/api/office/standard-items", {}), 201).rows.length, 8);
	const acid = items.find((i) => i.chemical === "muriatic");
	assert.equal(acid.holds_x100, GALLON);
	const { id, archived_at, ...wish } = acid;
	const changed = granted(await office.put(`/api/office/items/${id}`, { ...wish, cost_cents: 700, price_cents: 1500, archived: false }));
	assert.equal(changed.price_cents, 1500);
	refused(await office.put(`/api/office/items/${id}`, { ...wish, archived: false }), 409, "stale");
	refused(await office.put(`/api/office/items/${id}`, { ...wish, unit: "lb", version: changed.version, archived: false }), 422, "invalid", "unit");
	refused(await office.post("/api/office/items", { ...wish, archived: false, version: 0 }), 422, "invalid", "name");
	assert.equal(archived_at, null);
	granted(await office.post("/api/office/items", { ...wish, name: "Pump seal", kind: "part", chemical: "none", strength_x100: 0, unit: "each", archived: false, version: 0 }), 201);
});

test("the technician reads the water at an own stop, twice the same id is once", async () => {
	const wish = { id: fresh(), pool_id: place.pool, visit_id: place.visit, took_s: 240, values: first() };
	const one = granted(await tech.post("/api/tech/readings", wish), 201);
	const two = granted(await tech.post("/api/tech/readings", wish), 201);
	assert.deepEqual(one, two);
	assert.equal(one.source, "technician");
	refused(await tech.post("/api/tech/readings", { ...wish, id: fresh(), visit_id: null }), 404, "not_found");
	refused(await tech.post("/api/tech/readings", { ...wish, id: fresh(), values: [v("ph", 78)] }), 422, "invalid", "ph");
	refused(await tech.post("/api/tech/readings", { ...wish, id: fresh(), values: [v("ph", 7.5), v("ph", 7.6)] }), 422, "invalid", "ph");
	assert.equal(granted(await tech.get(`/api/tech/pools/${place.pool}/water`)).readings.length, 1);
	place.reading = one.id;
});

test("phone and server advise the same, to the hundredth", async () => {
	const page = granted(await tech.get(`/api/tech/pools/${place.pool}/water`));
	const advice = granted(await tech.post("/api/tech/dose-plans", { pool_id: place.pool, values: [] }));
	const dir = mkdtempSync(join(tmpdir(), "water-"));
	const web = new URL("../../web/", import.meta.url).pathname;
	writeFileSync(join(dir, "both.ts"), `export * from "${web}shared/water";\nexport * from "${web}shared/dose";\n`);
	execFileSync(`${web}node_modules/.bin/esbuild`, ["--bundle", "--format=esm", "--log-level=error", join(dir, "both.ts"), `--outfile=${join(dir, "both.mjs")}`]);
	const { dosePlan, filled } = await import(pathToFileURL(join(dir, "both.mjs")));
	const water = filled(Object.fromEntries(page.known.filter((k) => k.fresh).map((k) => [k.measure, { x100: k.x100, how: k.how }])));
	const bands = Object.fromEntries(page.bands.map((b) => [b.measure, b]));
	const plan = dosePlan(page, water, bands, page, page.products);
	assert.deepEqual(plan.doses, advice.doses);
	assert.deepEqual(plan.notes, advice.notes);
	assert.equal(plan.now.csi, 33);
	assert.deepEqual([advice.now.csi, advice.later.csi], [plan.now.csi, plan.later.csi]);
	assert.deepEqual(advice.doses.map((d) => d.chemical), ["muriatic", "liquid_chlorine"]);
	refused(await tech.post("/api/tech/dose-plans", { pool_id: place.spa, values: [] }), 422, "invalid", "volume_l");
	refused(await office.post("/api/office/dose-plans", { pool_id: place.pool, values: [v("fc", 1000)] }), 422, "invalid", "fc");
	assert.equal(granted(await office.post("/api/office/dose-plans", { pool_id: place.pool, values: [v("fc", 7), v("ph", 7.5)] })).doses.length, 0);
});

test("what people do not want is in no plan, on the phone and on the server, and says that it is missing", async () => {
	const wants = (words) => sql(`UPDATE property SET no_chemicals = '${JSON.stringify(words)}' WHERE street = '6418 E Sunnyslope Ln'`, c.schema);
	const plan = async () => granted(await tech.post("/api/tech/dose-plans", { pool_id: place.pool, values: [] }));
	wants(["Acid"]);
	const page = granted(await tech.get(`/api/tech/pools/${place.pool}/water`));
	assert.deepEqual([...new Set(page.products.filter((p) => p.unwanted).map((p) => p.chemical))].sort(), ["muriatic"]);
	assert.deepEqual((await plan()).doses.map((d) => d.chemical), ["liquid_chlorine"]);
	assert.ok((await plan()).notes.some((n) => n.word === "no_product" && n.measure === "ph"));
	// Kinds that stand on no list yet are known as well: only what is not refused is offered instead.
	assert.deepEqual(page.refused, ["muriatic", "dry_acid"]);
	wants(["ácido muriático", "pastillas"]);
	assert.deepEqual(granted(await tech.get(`/api/tech/pools/${place.pool}/water`)).refused, ["trichlor", "muriatic"], "by what people call them, in their language");
	const soda = items.find((i) => i.chemical === "soda_ash");
	const dry = granted(await office.post("/api/office/items", { ...soda, id: undefined, archived_at: undefined, archived: false, version: 0, name: "pH Minus", sku: "", chemical: "dry_acid", strength_x100: 9300 }), 201);
	assert.deepEqual((await plan()).doses.map((d) => d.chemical), ["dry_acid", "liquid_chlorine"], "the other acid does it");
	granted(await office.put(`/api/office/items/${dry.id}`, { ...dry, id: undefined, archived_at: undefined, archived: true }));
	wants([]);
	assert.deepEqual((await plan()).doses.map((d) => d.chemical), ["muriatic", "liquid_chlorine"]);
});

test("twenty doses at once leave the van by exactly twenty", async () => {
	const bleach = items.find((i) => i.chemical === "liquid_chlorine");
	const me = sql(`SELECT id FROM staff WHERE email = '${people.technician.email}'`, c.schema)[0][0];
	granted(await office.post("/api/office/stock-moves", { item_id: bleach.id, bought: true, amount_x100: 50 * GALLON }), 201);
	granted(await office.post("/api/office/stock-moves", { item_id: bleach.id, to_id: letters(me), bought: false, amount_x100: 30 * GALLON }), 201);
	refused(await office.post("/api/office/stock-moves", { item_id: bleach.id, bought: false, amount_x100: 1 }), 422, "invalid", "to_id");
	const give = (id) => tech.post("/api/tech/doses", { id, pool_id: place.pool, visit_id: place.visit, item_id: bleach.id, given_x100: GALLON });
	const ids = Array.from({ length: 20 }, fresh);
	for (const answer of await Promise.all([...ids, ...ids].map(give))) assert.ok([201, 409, 503].includes(answer.status), String(answer.status));
	for (const id of ids) granted(await give(id), 201);
	const van = granted(await tech.get("/api/tech/van")).rows.find((r) => r.item_id === bleach.id);
	assert.equal(van.amount_x100, 10 * GALLON);
	assert.equal(sql("SELECT COUNT(*) FROM dose", c.schema)[0][0], "20");
	granted(await office.post("/api/office/stock-counts", { item_id: bleach.id, place_id: letters(me), low_x100: 12 * GALLON }), 201);
	assert.deepEqual(granted(await office.get("/api/office/stock?low=true")).rows.map((r) => r.item_id), [bleach.id]);
	refused(await people.dispatcher.visitor.post("/api/office/stock-counts", { item_id: fresh(), amount_x100: 1 }), 422, "invalid", "item_id");
	granted(await tech.post(`/api/tech/doses/${ids[0]}/undoings`, { version: 1 }), 204);
	assert.equal(granted(await tech.get("/api/tech/van")).rows[0].amount_x100, 11 * GALLON);
});

test("another amount than advised needs a reason, in the reader's language", async () => {
	const acid = items.find((i) => i.chemical === "muriatic");
	const wish = { id: fresh(), pool_id: place.pool, item_id: acid.id, planned_x100: GALLON, given_x100: 3 * GALLON };
	refused(await office.post("/api/office/doses", wish), 422, "invalid", "reason");
	const { id } = granted(await office.post("/api/office/doses", { ...wish, reason: "Alkalinity test was wrong" }), 201);
	granted(await office.post(`/api/office/doses/${id}/undoings`, { version: 1 }), 204);
	/* More than its most at a time for this much water: nobody advised it, and all the same somebody says why. */
	const much = { id: fresh(), pool_id: place.pool, item_id: acid.id, given_x100: 5 * GALLON };
	assert.match(refused(await office.post("/api/office/doses", much), 422, "invalid", "reason").message, /more than its most at a time/);
	assert.match(refused(await tech.post("/api/tech/doses", { ...much, visit_id: place.visit }), 422, "invalid", "reason").message, /more than its most/);
	const most = granted(await office.post("/api/office/doses", { ...much, reason: "Ordered by the owner" }), 201);
	granted(await office.post(`/api/office/doses/${most.id}/undoings`, { version: 1 }), 204);
	const doses = granted(await office.get(`/api/office/pools/${place.pool}/water`)).doses;
	assert.ok(doses.find((d) => d.id === id).undone_at);
	const said = granted(await office.get(`/api/office/customers/${place.customer}/timeline`)).rows;
	assert.ok(said.some((e) => e.kind === "dose_given" && e.values.some((x) => x.name === "amount" && x.value === "3 gal")));
	assert.ok(said.some((e) => e.kind === "reading_taken"));
});

test("the office corrects, takes back and lets count again; nothing is lost", async () => {
	const made = granted(await office.post("/api/office/readings", { pool_id: place.spa, at: ago(1), values: [v("fc", 3), v("cya", 100, "above")] }), 201);
	assert.deepEqual(made.values[1], v("cya", 100, "above"));
	const changed = granted(await office.put(`/api/office/readings/${made.id}`, { values: [v("fc", 4)], version: made.version }));
	refused(await office.put(`/api/office/readings/${made.id}`, { values: [v("fc", 4)], version: made.version }), 409, "stale");
	refused(await people.read_only.visitor.put(`/api/office/readings/${made.id}`, { values: [v("fc", 4)], version: 2 }), 403, "forbidden");
	refused(await office.post("/api/office/readings", { pool_id: place.spa, values: [] }), 422, "invalid", "values");
	refused(await office.post("/api/office/readings", { pool_id: place.spa, at: ago(-1), values: [v("fc", 1)] }), 422, "invalid", "at");
	granted(await office.post(`/api/office/readings/${made.id}/withdrawals`, { version: changed.version }));
	assert.equal(granted(await office.get(`/api/office/pools/${place.spa}/water`)).readings.length, 0);
	granted(await office.delete(`/api/office/readings/${made.id}/withdrawals`));
	assert.equal(granted(await office.get(`/api/office/pools/${place.spa}/water`)).readings.length, 1);
	const log = granted(await office.get(`/api/office/customers/${place.customer}/changes`)).rows;
	assert.ok(log.some((r) => r.field === "values" && r.was === "fc 3, cya > 100" && r.became === "fc 4"));
});

test("with history the chlorine of the next visit is foretold, without it is not", async () => {
	const bleach = items.find((i) => i.chemical === "liquid_chlorine");
	assert.equal(granted(await office.get(`/api/office/pools/${place.pool}/water`)).forecast.method, "none");
	for (let week = 8; week >= 1; week--) {
		granted(await office.post("/api/office/readings", { pool_id: place.pool, at: ago(week * 7), values: [v("fc", 2 + (week % 3) / 5), v("ph", 7.5 + week / 100), v("cya", 80 - 3 * week)] }), 201);
		granted(await office.post("/api/office/doses", { pool_id: place.pool, item_id: bleach.id, given_x100: 250000, at: ago(week * 7) + 600 }), 201);
	}
	const page = granted(await office.get(`/api/office/pools/${place.pool}/water`));
	assert.equal(page.forecast.method, "decay");
	assert.ok(page.forecast.rests_on >= 4 && page.forecast.least <= page.forecast.likely && page.forecast.likely <= page.forecast.most);
	assert.equal(page.readings.length, 9);
});

test("a copied reading is on the office's quiet list until somebody looks", async () => {
	const copy = (days) => office.post("/api/office/readings", { pool_id: place.spa, at: ago(days), values: [v("fc", 3), v("ph", 7.5), v("ta", 90), v("ch", 200)] });
	granted(await copy(0.5), 201);
	const second = granted(await copy(0.1), 201);
	assert.deepEqual(second.doubts, ["copied"]);
	/* The office's question, and nobody else's. */
	const seen = granted(await tech.get(`/api/tech/pools/${place.spa}/water`)).readings;
	assert.ok(seen.some((r) => r.id === second.id) && seen.every((r) => !r.doubtful && r.doubts.length === 0));
	const { rows } = granted(await people.dispatcher.visitor.get("/api/office/doubts"));
	const line = rows.find((r) => r.id === second.id);
	assert.equal(line.customer, "Dana Whitfield");
	granted(await office.post(`/api/office/readings/${second.id}/trusts`, { version: line.version }));
	assert.ok(!granted(await office.get("/api/office/doubts")).rows.some((r) => r.id === second.id));
});

test("the company and one pool have ranges of their own", async () => {
	const policy = granted(await office.get("/api/office/water-policy"));
	assert.equal(policy.version, 0);
	assert.equal(policy.units, "us");
	const rule = { measure: "ta", kinds: ["spa"], sanitisers: [], asked: true, required: true, every_days: 14, ranges: true, low: 5000, aim_low: 6000, aim_high: 7000, high: 9000 };
	refused(await office.put("/api/office/water-policy", { ...policy, rules: [{ ...rule, low: 6500 }] }), 422, "invalid", "ta");
	refused(await people.dispatcher.visitor.put("/api/office/water-policy", policy), 403, "forbidden");
	const kept = granted(await office.put("/api/office/water-policy", { ...policy, school: "classic", rules: [rule], own: [{ measure: "own1", name: "Magnesium", unit: "ppm", decimals: 0 }] }));
	assert.equal(kept.version, 1);
	refused(await office.put("/api/office/water-policy", policy), 409, "stale");
	const ta = (page) => page.bands.find((b) => b.measure === "ta");
	assert.equal(ta(granted(await office.get(`/api/office/pools/${place.spa}/water`))).aim_high, 7000);
	assert.equal(ta(granted(await office.get(`/api/office/pools/${place.pool}/water`))).aim_high, 10000);
	const own = granted(await office.put(`/api/office/pools/${place.pool}/water-rules`, { rules: [{ ...rule, kinds: [] }], version: 0 }));
	assert.deepEqual(granted(await office.get(`/api/office/pools/${place.pool}/water-rules`)), own);
	assert.equal(ta(granted(await office.get(`/api/office/pools/${place.pool}/water`))).aim_high, 7000);
});
