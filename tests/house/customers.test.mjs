// The customer record: taken on, filled in, looked at, sold, archived; codes are shown one by one and never forgotten.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, granted, refused, sql, word } from "./harness.mjs";

let c, people, office;
before(async () => {
	c = await company();
	people = await crew(c);
	office = people.dispatcher.visitor;
});

const form = (over = {}) => ({
	name: "Rosa Ramirez", kind: "person", email: `rosa@${word()}.example`, phone: "(602) 555-0123", language: "es", source: "referral",
	external_id: "", street: "12 Palm Lane", city: "Phoenix", region: "AZ", postcode: "85001", with_pool: true, ...over,
});
const take_on = async (over) => granted(await office.post("/api/office/customers", form(over)), 201).customer;
const page = async (id) => granted(await office.get(`/api/office/customers/${id}`));
const property_of = (p) => ({
	name: p.name, street: p.street, city: p.city, region: p.region, postcode: p.postcode, lat_e6: p.lat_e6, lng_e6: p.lng_e6, key_no: p.key_no,
	dogs: p.dogs, hazards: p.hazards, parking: p.parking, like_days: p.like_days, not_days: p.not_days, from_minute: p.from_minute,
	to_minute: p.to_minute, text_before: p.text_before, same_tech: p.same_tech, usual_tech_id: p.usual_tech_id, never_techs: p.never_techs,
	no_chemicals: p.no_chemicals, own: p.own, version: p.version,
});
const pool_of = (b) => ({
	kind: b.kind, name: b.name, volume_l: b.volume_l, volume_source: b.volume_source, shape: b.shape, sizes_cm: b.sizes_cm, surface: b.surface,
	sanitiser: b.sanitiser, indoor: b.indoor, cover: b.cover, fill_water: b.fill_water, own: b.own, version: b.version,
});
const row_of = (r) => ({
	name: r.name, kind: r.kind, email: r.email, language: r.language, bill_street: r.bill_street, bill_city: r.bill_city,
	bill_region: r.bill_region, bill_postcode: r.bill_postcode, source: r.source, external_id: r.external_id, own: r.own, version: r.version,
});

test("one form makes a customer with a person to call, a place and a pool", async () => {
	const r = await take_on();
	assert.equal(r.standing, "lead");
	assert.equal(r.contacts[0].phone, "+16025550123");
	assert.deepEqual(r.contacts[0].by_sms, ["on_the_way", "schedule"]);
	assert.equal(r.properties[0].street, "12 Palm Lane");
	assert.equal(r.properties[0].pools[0].kind, "pool");
	assert.deepEqual(await page(r.id), r);
	for (const phone of ["911-555-0123", "12", "call me"]) refused(await office.post("/api/office/customers", form({ phone })), 422, "invalid", "phone");
	refused(await office.post("/api/office/customers", form({ email: "rosa" })), 422, "invalid", "email");
});

test("who may only read reads, and who works stops does not even that", async () => {
	const r = await take_on();
	granted(await people.read_only.visitor.get(`/api/office/customers/${r.id}`));
	refused(await people.read_only.visitor.put(`/api/office/customers/${r.id}`, row_of(r)), 403, "forbidden");
	refused(await people.technician.visitor.get(`/api/office/customers/${r.id}`), 403, "forbidden");
});

test("each change is in the log of changes, field by field, and the second of two at once is told so", async () => {
	const r = await take_on();
	const change = { ...row_of(r), name: "Rosa Ruiz", bill_street: "PO Box 7" };
	granted(await office.put(`/api/office/customers/${r.id}`, change));
	refused(await office.put(`/api/office/customers/${r.id}`, change), 409, "stale");
	const { rows } = granted(await office.get(`/api/office/customers/${r.id}/changes`));
	assert.deepEqual(rows.map((l) => [l.field, l.was, l.became]).sort(), [["bill_street", "", "PO Box 7"], ["name", "Rosa Ramirez", "Rosa Ruiz"]]);
	assert.ok(rows.every((l) => l.actor_name && l.at > 0));
});

test("a pool is measured by its shape, and its equipment says when it wants service", async () => {
	const r = await take_on();
	const pool = r.properties[0].pools[0];
	const answer = granted(await office.post("/api/office/volumes", { shape: "kidney", sizes_cm: [900, 450, 350, 100, 200].map((cm) => ({ cm })) }));
	assert.deepEqual(answer, { volume_l: 48600, us_gallons: 12839 });
	const wish = { ...pool_of(pool), shape: "round", sizes_cm: [{ cm: 500 }, { cm: 120 }, { cm: 120 }], volume_source: "calculated", volume_l: 1, surface: "pebble", sanitiser: "salt" };
	let saved = granted(await office.put(`/api/office/pools/${pool.id}`, wish));
	assert.equal(saved.customer.properties[0].pools[0].volume_l, 23562);
	refused(await office.put(`/api/office/pools/${pool.id}`, { ...wish, volume_source: "builder", volume_l: null, version: 2 }), 422, "invalid", "volume_l");
	const cell = { pool_id: pool.id, kind: "salt_cell", make: "Hayward", model: "T-15", serial: "AB12", installed_day: "2026-01-31", warranty_day: null, service_every_days: 90, serviced_day: null, note: "" };
	saved = granted(await office.post("/api/office/equipment", cell), 201);
	let e = saved.customer.properties[0].pools[0].equipment[0];
	assert.equal(e.due_day, "2026-05-01");
	const { pool_id, ...rest } = cell;
	saved = granted(await office.put(`/api/office/equipment/${e.id}`, { ...rest, serviced_day: "2026-05-02", version: e.version }));
	e = saved.customer.properties[0].pools[0].equipment[0];
	assert.equal(e.due_day, "2026-07-31");
	saved = granted(await office.post(`/api/office/equipment/${e.id}/archivings`, { version: e.version }));
	assert.ok(saved.customer.properties[0].pools[0].equipment[0].archived_at);
	granted(await office.delete(`/api/office/equipment/${e.id}/archivings`));
	saved = granted(await office.post("/api/office/pools", { property_id: r.properties[0].id, kind: "spa", name: "Upper spa" }), 201);
	assert.deepEqual(saved.customer.properties[0].pools.map((p) => p.kind), ["pool", "spa"]);
	const spa = saved.customer.properties[0].pools[1];
	granted(await office.post(`/api/office/pools/${spa.id}/archivings`, { version: spa.version }));
	granted(await office.delete(`/api/office/pools/${spa.id}/archivings`));
	const kinds = granted(await office.get(`/api/office/pools/${pool.id}/timeline`)).rows.map((l) => l.kind);
	for (const kind of ["pool_changed", "equipment_made", "equipment_changed", "equipment_archived", "equipment_restored"]) assert.ok(kinds.includes(kind), kind);
});

test("wishes that nobody could obey are refused", async () => {
	const r = await take_on();
	const p = r.properties[0];
	const wish = { ...property_of(p), like_days: ["monday"], not_days: ["sunday"], never_techs: [{ staff_id: people.technician.id }], no_chemicals: [{ word: "algaecide" }], dogs: "Bruno, barks" };
	const saved = granted(await office.put(`/api/office/properties/${p.id}`, wish)).customer.properties[0];
	assert.deepEqual([saved.like_days, saved.not_days, saved.never_techs, saved.no_chemicals], [wish.like_days, wish.not_days, wish.never_techs, wish.no_chemicals]);
	const at = (over) => office.put(`/api/office/properties/${p.id}`, { ...wish, version: saved.version, ...over });
	refused(await at({ not_days: ["monday"] }), 422, "invalid", "not_days");
	refused(await at({ usual_tech_id: people.technician.id }), 422, "invalid", "usual_tech_id");
	refused(await at({ same_tech: true }), 422, "invalid", "same_tech");
	refused(await at({ never_techs: [{ staff_id: r.id }] }), 422, "invalid", "never_techs");
	refused(await at({ from_minute: 600, to_minute: 540 }), 422, "invalid", "to_minute");
	const pinned = granted(await at({ lat_e6: 33448376, lng_e6: -112074036 })).customer.properties[0];
	assert.equal(pinned.place_source, "pinned");
});

test("a code is shown one by one, each look is recorded, and a leaver's list names it until it changes", async () => {
	const r = await take_on();
	const p = r.properties[0];
	refused(await people.billing.visitor.put(`/api/office/properties/${p.id}/codes`, { gate: "4711", version: p.version }), 403, "forbidden");
	const saved = granted(await office.put(`/api/office/properties/${p.id}/codes`, { gate: "4711", note: "Key under the frog", version: p.version }));
	const now = saved.customer.properties[0];
	assert.deepEqual([now.has_gate, now.has_lockbox, now.has_note], [true, false, true]);
	assert.doesNotMatch(JSON.stringify(saved), /4711|frog/);
	assert.doesNotMatch(sql(`SELECT HEX(gate_code) FROM property WHERE id = (SELECT MAX(id) FROM property)`, c.schema)[0][0], /34373131/);
	assert.equal(granted(await office.post(`/api/office/properties/${p.id}/codes`, { kind: "gate" })).code, "4711");
	refused(await office.post(`/api/office/properties/${p.id}/codes`, { kind: "alarm" }), 404, "not_found", "kind");
	refused(await people.read_only.visitor.post(`/api/office/properties/${p.id}/codes`, { kind: "gate" }), 403, "forbidden");
	const seen = async () => granted(await c.owner.visitor.get(`/api/office/staff/${people.dispatcher.id}/codes-seen`)).rows.filter((l) => !l.done).map((l) => l.property_id);
	assert.ok((await seen()).includes(p.id));
	const audit = granted(await c.owner.visitor.get("/api/office/audit")).rows;
	assert.ok(audit.some((l) => l.verb === "code.shown" && l.object_id === p.id));
	assert.doesNotMatch(JSON.stringify(audit), /4711/);
	const line = granted(await office.get(`/api/office/customers/${r.id}/timeline?kind=code_shown`)).rows[0];
	assert.deepEqual(line.values, [{ name: "code", value: "gate" }]);
	sql(`UPDATE event SET at = at - 10 WHERE kind = 31`, c.schema);
	granted(await office.put(`/api/office/properties/${p.id}/codes`, { gate: "0815", version: now.version }));
	assert.ok(!(await seen()).includes(p.id));
	assert.equal(granted(await office.post(`/api/office/properties/${p.id}/codes`, { kind: "note" })).code, "Key under the frog");
});

test("people of an account receive what they chose, on a channel they have", async () => {
	const r = await take_on();
	const person = { name: "Tina Tenant", relation: "tenant", phone: "602 555 0199 x7", email: "", language: "en", by_sms: ["on_the_way"], by_email: [], by_voice: [], position: 1 };
	let saved = granted(await office.post("/api/office/contacts", { customer_id: r.id, ...person }), 201);
	const k = saved.customer.contacts.find((x) => x.id === saved.id);
	assert.equal(k.phone, "+16025550199x7");
	refused(await office.put(`/api/office/contacts/${k.id}`, { ...person, by_email: ["report"], by_voice: [], version: k.version }), 422, "invalid", "by_email");
	saved = granted(await office.put(`/api/office/contacts/${k.id}`, { ...person, relation: "agent", version: k.version }));
	assert.equal(saved.customer.contacts.find((x) => x.id === k.id).relation, "agent");
	saved = granted(await office.post(`/api/office/contacts/${k.id}/archivings`, { version: 2 }));
	assert.ok(saved.customer.contacts.find((x) => x.id === k.id).archived_at);
	granted(await office.delete(`/api/office/contacts/${k.id}/archivings`));
});

test("notes for the office stay out of the timeline's words; notes and tags come and go", async () => {
	const r = await take_on();
	const note = { on_kind: "customer", on_id: r.id, audience: "office", body: "Pays late\nbe kind", pinned: false };
	let saved = granted(await office.post("/api/office/notes", note), 201);
	assert.equal(saved.customer.notes[0].body, note.body);
	granted(await office.post("/api/office/notes", { ...note, on_kind: "pool", on_id: r.properties[0].pools[0].id, audience: "technicians", body: "Valve sticks" }), 201);
	const timeline = granted(await office.get(`/api/office/customers/${r.id}/timeline`)).rows;
	assert.doesNotMatch(JSON.stringify(timeline), /late/);
	assert.match(JSON.stringify(timeline), /Valve sticks/);
	granted(await office.put(`/api/office/notes/${saved.id}`, { audience: "office", body: "Pays on time", pinned: true, version: 1 }));
	saved = granted(await office.delete(`/api/office/notes/${saved.id}`));
	assert.deepEqual(saved.customer.notes.map((n) => n.body), ["Valve sticks"]);
	const tags = (words) => office.put(`/api/office/customers/${r.id}/tags`, { tags: words.map((tag) => ({ tag })) });
	granted(await tags(["VIP", "Dog owner"]));
	saved = granted(await tags(["vip", "Gate"]));
	assert.deepEqual(saved.customer.tags.map((t) => t.tag), ["Gate", "VIP"]);
	assert.ok(granted(await office.get("/api/office/tags")).rows.some((t) => t.tag === "VIP" && t.customers >= 1));
});

test("a company adds fields of its own, and their values are held to their type", async () => {
	const boss = c.owner.visitor;
	const field = async (over) => granted(await boss.post("/api/office/fields", { on: "customer", name: `F ${word()}`, type: "text", options: [], position: 0, ...over }), 201);
	const number = await field({ type: "number" });
	const choice = await field({ type: "choice", options: [{ name: "Gold" }, { name: "Silver" }] });
	refused(await boss.post("/api/office/fields", { on: "customer", name: number.name.toUpperCase(), type: "text", options: [], position: 0 }), 422, "invalid", "name");
	refused(await office.post("/api/office/fields", { on: "customer", name: "x", type: "text", options: [], position: 0 }), 403, "forbidden");
	const r = await take_on();
	const put = (own, version = r.version) => office.put(`/api/office/customers/${r.id}`, { ...row_of(r), own, version });
	refused(await put([{ field_id: number.id, value: "many" }]), 422, "invalid", "own");
	refused(await put([{ field_id: choice.id, value: "Tin" }]), 422, "invalid", "own");
	const own = [{ field_id: number.id, value: "-12.5" }, { field_id: choice.id, value: "Gold" }];
	assert.deepEqual(granted(await put(own)).customer.own, own);
	const { rows } = granted(await office.get(`/api/office/customers/${r.id}/changes`));
	assert.ok(rows.some((l) => l.field === `own.${number.id}` && l.became === "-12.5"));
	const told = granted(await office.get(`/api/office/customers/${r.id}/timeline?kind=customer_changed`)).rows;
	assert.deepEqual(told.map((l) => l.values), [[{ name: "fields", value: "own" }]]);
	const edited = granted(await boss.put(`/api/office/fields/${choice.id}`, { name: choice.name, options: choice.options, position: 3, archived: true, version: 1 }));
	assert.equal(edited.archived, true);
	assert.ok(granted(await office.get("/api/office/fields")).rows.some((f) => f.id === choice.id && f.archived));
});

test("a person who works here has fields of their own too", async () => {
	const boss = c.owner.visitor;
	const size = granted(await boss.post("/api/office/fields", { on: "staff", name: `Shirt ${word()}`, type: "text", options: [], position: 0 }), 201);
	const url = `/api/office/staff/${people.technician.id}/own`;
	const { own, version } = granted(await boss.get(url));
	assert.deepEqual(own, []);
	refused(await office.put(url, { own, version }), 403, "forbidden");
	assert.deepEqual(granted(await boss.put(url, { own: [{ field_id: size.id, value: "XL" }], version })).own, [{ field_id: size.id, value: "XL" }]);
	refused(await boss.put(url, { own: [], version }), 409, "stale");
});

test("a job has fields of its own too, and who writes them says which job they read", async () => {
	const boss = c.owner.visitor;
	const permit = granted(await boss.post("/api/office/fields", { on: "workorder", name: `Permit ${word()}`, type: "number", options: [], position: 0 }), 201);
	const r = await take_on({ name: `Jo Job ${word()}` });
	const day = "2026-03-03";
	sql(`INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES (1, 'Leak search', 2, 30, '{"rows":[]}', '{"rows":[]}');
		INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source, note)
		SELECT id + 7, customer_id, id, 1, '${day}', 30, 1, 1, '' FROM property WHERE customer_id = (SELECT id FROM customer WHERE name = '${r.name}')`, c.schema);
	const visit = granted(await office.get(`/api/office/visits?from=${day}&to=${day}`)).rows.find((v) => v.customer_id === r.id);
	const url = `/api/office/visits/${visit.id}/own`;
	const { own, version } = granted(await office.get(url));
	assert.deepEqual(own, []);
	refused(await people.technician.visitor.put(url, { own, version }), 403, "forbidden");
	refused(await office.put(url, { own: [{ field_id: permit.id, value: "many" }], version }), 422, "invalid", "own");
	const saved = granted(await office.put(url, { own: [{ field_id: permit.id, value: "4711" }], version }));
	assert.deepEqual(saved, { own: [{ field_id: permit.id, value: "4711" }], version: version + 1 });
	refused(await office.put(url, { own: [], version }), 409, "stale");
	assert.ok(granted(await office.get(`/api/office/customers/${r.id}/changes`)).rows.some((l) => l.on_kind === "workorder" && l.became.includes("4711")));
});

test("a house is sold: the pool keeps its history, the old owner keeps their own", async () => {
	const r = await take_on({ name: "Sam Seller" });
	const p = r.properties[0];
	granted(await office.post("/api/office/notes", { on_kind: "property", on_id: p.id, audience: "technicians", body: "Side gate", pinned: false }), 201);
	granted(await office.post("/api/office/notes", { on_kind: "customer", on_id: r.id, audience: "office", body: "Owes us", pinned: false }), 201);
	const sale = { customer_id: null, name: "Nora New", kind: "person", email: `nora@${word()}.example`, phone: "", language: "en", version: p.version };
	refused(await office.post(`/api/office/properties/${p.id}/sales`, { ...sale, name: "" }), 422, "invalid", "name");
	refused(await office.post(`/api/office/properties/${p.id}/sales`, { ...sale, customer_id: r.id }), 422, "invalid", "customer_id");
	const { id: sold, customer: nora } = granted(await office.post(`/api/office/properties/${p.id}/sales`, sale), 201);
	assert.equal(nora.name, "Nora New");
	assert.equal(nora.properties[0].id, p.id);
	assert.equal(nora.properties[0].pools[0].id, p.pools[0].id);
	assert.deepEqual(nora.notes.map((n) => n.body), ["Side gate"]);
	const sam = await page(r.id);
	assert.deepEqual([sam.properties, sam.notes.map((n) => n.body)], [[], ["Owes us"]]);
	assert.ok(granted(await office.get(`/api/office/customers/${r.id}/timeline`)).rows.some((l) => l.kind === "property_sold"));
	const place = granted(await office.get(`/api/office/properties/${p.id}/timeline`)).rows.map((l) => l.kind);
	assert.ok(place.includes("note_written") && place.includes("property_bought"));
	// It was the wrong house: all of it comes back, and who was only made for the sale is put aside.
	refused(await people.technician.visitor.delete(`/api/office/sales/${sold}`), 403, "forbidden");
	const { customer: again } = granted(await office.delete(`/api/office/sales/${sold}`));
	assert.deepEqual([again.id, again.properties.length, again.notes.length], [r.id, 1, 2]);
	assert.equal((await page(nora.id)).standing, "archived");
	refused(await office.delete(`/api/office/sales/${sold}`), 409, "stale");
	assert.deepEqual(granted(await office.get("/api/office/edits")).rows.filter((e) => e.id === sold).map((e) => [e.what, e.state]), [["sale", "undone"]]);
});

test("who is archived is out of the portal, and comes back whole", async () => {
	const r = await take_on();
	const away = granted(await office.post(`/api/office/customers/${r.id}/archivings`, { version: r.version })).customer;
	assert.equal(away.standing, "archived");
	assert.ok(away.archived_at);
	const back = granted(await office.delete(`/api/office/customers/${r.id}/archivings`)).customer;
	assert.equal(back.standing, "lead");
	const p = back.properties[0];
	granted(await office.post(`/api/office/properties/${p.id}/archivings`, { version: p.version }));
	granted(await office.delete(`/api/office/properties/${p.id}/archivings`));
});
