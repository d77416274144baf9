// Two records of one customer: offered, looked at side by side, made one, taken apart again. What somebody did since stays.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, granted, neighbours, refused, sql } from "./harness.mjs";

let c, people, office;

const take_on = async (name, over = {}) =>
	granted(await office.post("/api/office/customers", {
		name, kind: "person", email: "", phone: "", language: "en", source: "", external_id: "", street: "1 Main St", city: "Tempe",
		region: "AZ", postcode: "85281", with_pool: true, ...over,
	}), 201).customer;
const page = async (id) => granted(await office.get(`/api/office/customers/${id}`));
const offered = async () => granted(await office.get("/api/office/duplicates"));
const pair = (d) => [d.a.name, d.b.name].sort().join(" / ");
const tag = async (id, ...tags) => granted(await office.put(`/api/office/customers/${id}/tags`, { tags: tags.map((t) => ({ tag: t })) }));
const merge = (keep, lose, dry = false) => office.post(`/api/office/customers/${keep}/merges`, { other_id: lose, dry });

before(async () => {
	c = await company();
	people = await crew(c);
	office = people.dispatcher.visitor;
});

test("who shares a telephone, an e-mail, an address or nearly a name is offered, the most alike first", async () => {
	await take_on("Dana Whitfield", { phone: "480 555 0142", email: "dana@whitfield.example", street: "6418 E Sunnyslope Lane", postcode: "85254" });
	await take_on("D. Whitfield", { phone: "(480) 555-0142", email: "Dana@Whitfield.example", street: "6418 East Sunnyslope Ln.", postcode: "85254-1001" });
	await take_on("Ngozi Okafor", { street: "9 Palm" });
	await take_on("Ngozi Okafro", { street: "12 Date" });
	await take_on("Olga Petrova", { street: "3 Fir" });
	const { rows, total } = await offered();
	assert.deepEqual(rows.map(pair), ["D. Whitfield / Dana Whitfield", "Ngozi Okafor / Ngozi Okafro"]);
	assert.deepEqual(rows.map((r) => r.why), [["phone", "email", "address"], ["near_name"]]);
	assert.equal(total, 2);
	const two = { a: rows[1].b.id, b: rows[1].a.id };
	assert.equal((await office.post("/api/office/duplicates/apart", two)).status, 204);
	assert.deepEqual((await offered()).rows.map(pair), ["D. Whitfield / Dana Whitfield"]);
	assert.equal((await office.post("/api/office/duplicates/together", two)).status, 204);
	assert.equal((await offered()).total, 2);
	refused(await people.read_only.visitor.post("/api/office/duplicates/apart", two), 403, "forbidden");
});

test("what would happen is shown, then done: all that was the other's is found under the one", async () => {
	const keep = await take_on("Rosa Keep", { phone: "602 555 0100", email: "", source: "", street: "1 A" });
	const lose = await take_on("Rosa Lose", { phone: "602 555 0177", email: "rosa@lose.example", source: "Sign", street: "2 B" });
	granted(await office.post("/api/office/contacts", { customer_id: lose.id, name: "Rosa KEEP", relation: "owner", phone: "602 555 0100", email: "", language: "en", by_sms: [], by_email: [], by_voice: [], position: 5 }), 201);
	granted(await office.post("/api/office/notes", { on_kind: "customer", on_id: lose.id, audience: "office", body: "Pays cash", pinned: false }), 201);
	granted(await office.file(`/api/office/files?on_kind=customer&on_id=${lose.id}`, Buffer.from("%PDF-1.4"), "offer.pdf"), 201);
	await tag(keep.id, "VIP");
	await tag(lose.id, "vip", "Gate");
	sql(`INSERT INTO agreement (id, customer_id, property_id, repeats, starts_day) SELECT id + 1, customer_id, id, 1, '2026-01-05' FROM property WHERE street = '2 B';
		INSERT INTO visit (id, agreement_id, occurs_day, customer_id, property_id, service_id, day, minutes, state, source, note)
		SELECT id + 2, id + 1, '2026-01-05', customer_id, id, 1, '2026-01-05', 30, 1, 1, '' FROM property WHERE street = '2 B'`, c.schema);

	const dry = granted(await merge(keep.id, lose.id, true), 201);
	assert.equal(dry.batch_id, null);
	const by = (list, key, name) => list.find((x) => x[key] === name);
	assert.deepEqual(by(dry.fields, "field", "email"), { field: "email", keep: "", lose: "rosa@lose.example", becomes: "rosa@lose.example" });
	assert.equal(by(dry.fields, "field", "name").becomes, "Rosa Keep");
	assert.deepEqual(dry.moves.map((m) => [m.kind, m.number, m.same]), [
		["property", 1, 0], ["contact", 1, 1], ["note", 1, 0], ["file", 1, 0], ["agreement", 1, 0], ["visit", 1, 0], ["pool", 1, 0],
	]);
	assert.equal((await page(lose.id)).merged_into, null);

	const done = granted(await merge(keep.id, lose.id), 201);
	const one = await page(keep.id);
	assert.deepEqual([one.name, one.email, one.source], ["Rosa Keep", "rosa@lose.example", "Sign"]);
	assert.deepEqual(one.properties.map((p) => [p.street, p.pools.length]), [["1 A", 1], ["2 B", 1]]);
	assert.deepEqual(one.contacts.map((k) => k.phone).sort(), ["+16025550100", "+16025550177"]);
	assert.deepEqual(one.notes.map((n) => [n.body, n.on_id === keep.id]), [["Pays cash", true]]);
	assert.deepEqual(one.tags.map((t) => t.tag), ["Gate", "VIP"]);
	assert.equal(one.agreements.length, 1);
	assert.equal(granted(await office.get(`/api/office/customers/${keep.id}/files`)).rows[0].name, "offer");
	const gone = await page(lose.id);
	assert.deepEqual([gone.merged_into, gone.standing, gone.properties.length], [keep.id, "archived", 0]);
	// Found by its old name, but as the one; its history is the one's.
	const found = granted(await office.get("/api/office/customers?q=rosa+lose")).rows.map((r) => r.id);
	assert.deepEqual([found.includes(keep.id), found.includes(lose.id)], [true, false]);
	assert.equal(granted(await office.get("/api/office/customers?standing=archived")).rows.some((r) => r.id === lose.id), false);
	const told = granted(await office.get(`/api/office/customers/${keep.id}/timeline`)).rows;
	assert.ok(told.some((l) => l.kind === "customers_merged" && l.ref_id === done.batch_id));
	assert.ok(told.some((l) => l.kind === "note_written" && l.customer_id === lose.id));
	assert.ok(granted(await office.get(`/api/office/customers/${keep.id}/changes`)).rows.some((l) => l.batch_id === done.batch_id && l.field === "email"));
	refused(await merge(keep.id, lose.id), 422, "invalid", "other_id");
	refused(await office.delete(`/api/office/customers/${lose.id}/archivings`), 422, "invalid", "merged_into");
	assert.deepEqual(granted(await office.get("/api/office/edits")).rows.map((b) => [b.what, b.value]), [["merge", "Rosa Lose → Rosa Keep"]]);

	const undo = granted(await office.delete(`/api/office/merges/${done.batch_id}`));
	assert.deepEqual([undo.left, undo.keep_id, undo.lose_id], [0, keep.id, lose.id]);
	const [k, l] = [await page(keep.id), await page(lose.id)];
	assert.deepEqual([k.email, k.source, k.properties.length, k.notes.length, k.tags.map((t) => t.tag)], ["", "", 1, 0, ["VIP"]]);
	assert.deepEqual([l.merged_into, l.archived_at, l.properties.length, l.notes.length, l.contacts.length], [null, null, 1, 1, 2]);
	assert.deepEqual([l.notes[0].on_id, l.agreements.length], [lose.id, 1]);
	assert.ok(granted(await office.get("/api/office/customers?q=rosa+lose")).rows.some((r) => r.id === lose.id));
	refused(await office.delete(`/api/office/merges/${done.batch_id}`), 409, "stale");
});

test("taking apart leaves what somebody moved on or wrote over since, and says how much", async () => {
	const keep = await take_on("Sam Keep", { street: "3 C" });
	const lose = await take_on("Sam Lose", { street: "4 D", email: "sam@lose.example" });
	const done = granted(await merge(keep.id, lose.id), 201);
	const one = await page(keep.id);
	const place = one.properties.find((p) => p.street === "4 D");
	granted(await office.post(`/api/office/properties/${place.id}/sales`, { customer_id: null, name: "Nora New", kind: "person", email: "", phone: "", language: "en", version: place.version }), 201);
	const { id, name, kind, language } = one;
	granted(await office.put(`/api/office/customers/${id}`, { name, kind, language, email: "sam@new.example", bill_street: "", bill_city: "", bill_region: "", bill_postcode: "", source: "", external_id: "", own: [], version: one.version }));
	const undo = granted(await office.delete(`/api/office/merges/${done.batch_id}`));
	assert.equal(undo.left, 2);
	assert.equal((await page(keep.id)).email, "sam@new.example");
	assert.equal((await page(lose.id)).properties.length, 0);
});

test("who took somebody in is taken in: the chain is taken apart from its end", async () => {
	const [a, b, d] = [await take_on("Chain A", { street: "5 E" }), await take_on("Chain B", { street: "6 F" }), await take_on("Chain C", { street: "7 G" })];
	const first = granted(await merge(b.id, d.id), 201);
	const second = granted(await merge(a.id, b.id), 201);
	assert.deepEqual((await page(a.id)).properties.length, 3);
	assert.equal(granted(await office.get("/api/office/customers?q=chain+c")).rows[0].id, a.id);
	refused(await office.delete(`/api/office/merges/${first.batch_id}`), 409, "stale");
	granted(await office.delete(`/api/office/merges/${second.batch_id}`));
	granted(await office.delete(`/api/office/merges/${first.batch_id}`));
	assert.deepEqual([(await page(a.id)).properties.length, (await page(b.id)).properties.length, (await page(d.id)).properties.length], [1, 1, 1]);
});

test("nobody merges with another company's customer", async () => {
	const mine = await take_on("Mine Only", { street: "8 H" });
	const foreign = granted(await neighbours().owner.visitor.get("/api/office/me")).id;
	refused(await merge(mine.id, foreign), 404, "not_found");
	refused(await merge(mine.id, mine.id), 422, "invalid", "other_id");
});

test("certificates of exemption and rules of billing go along, and come back by undo; what both have stays with each", async () => {
	const owner = c.owner.visitor;
	const keep = await take_on("Temple Keep", { street: "7 C" });
	const lose = await take_on("Temple Lose", { street: "8 D" });
	const exempt = async (id, certificate) => granted(await owner.post(`/api/office/customers/${id}/exemptions`, { certificate, area: "", from_day: "2026-01-01", until_day: null }), 201);
	const held = async (id) => granted(await owner.get(`/api/office/customers/${id}/exemptions`)).rows.map((r) => r.certificate).sort();
	const days = async (id) => granted(await owner.get(`/api/office/customers/${id}/billing`)).due_days;
	await exempt(keep.id, "TX-1");
	await exempt(lose.id, "TX-1");
	await exempt(lose.id, "TX-2");
	const own = granted(await owner.get(`/api/office/customers/${lose.id}/billing`));
	granted(await owner.put(`/api/office/customers/${lose.id}/billing`, { ...own, due_days: 45 }));
	const dry = granted(await merge(keep.id, lose.id, true), 201);
	assert.deepEqual(dry.moves.find((m) => m.kind === "rule"), { kind: "rule", number: 2, same: 1 });
	const done = granted(await merge(keep.id, lose.id), 201);
	assert.deepEqual([await held(keep.id), await held(lose.id), await days(keep.id)], [["TX-1", "TX-2"], ["TX-1"], 45]);
	assert.equal(granted(await office.delete(`/api/office/merges/${done.batch_id}`)).left, 0);
	assert.deepEqual([await held(keep.id), await held(lose.id)], [["TX-1"], ["TX-1", "TX-2"]]);
	assert.deepEqual([await days(keep.id), await days(lose.id)], [null, 45]);
});
