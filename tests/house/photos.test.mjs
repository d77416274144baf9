// A technician's photos: of own stops, made once however often they are sent, seen by whom they concern.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { before, test } from "node:test";
import { company, crew, day, granted, neighbours, refused, set_job, sql, until, where } from "./harness.mjs";
import { id, letters, number, Phone } from "./phone.mjs";

let c, people, office, tom, uma, second, visit;
/** The smallest JPEG that a decoder takes: one grey pixel. */
const pixel = Buffer.from("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=", "base64");
const send = (who, query, bytes = pixel) =>
	who.file(`/api/tech/photos?${new URLSearchParams({ name: "", ...query })}`, bytes, "photo.jpg");

before(async () => {
	c = await company();
	people = await crew(c, ["technician"]);
	second = (await crew(c, ["technician"])).technician;
	uma = second.visitor;
	office = c.owner.visitor;
	tom = people.technician.visitor;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 Palm Way', 'Mesa', 'AZ', '85201')`, c.schema);
	const [level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	visit = granted(await office.post("/api/office/visits", { property_id: letters(at + 1n), service_id: level.id, day: day(), tech_id: people.technician.id, note: "", anyway: true }), 201);
});

test("a photo sent three times is there once, and another's stop is not there", async () => {
	const photo = { id: id(), visit_id: visit.id, name: "Before" };
	for (let i = 0; i < 3; i++) assert.equal(granted(await send(tom, photo), 201).id, photo.id);
	assert.equal(sql("SELECT COUNT(*) FROM file", c.schema)[0][0], "1");
	refused(await send(uma, { id: id(), visit_id: visit.id }), 404, "not_found");
	refused(await send(tom, { id: id(), visit_id: id() }), 404, "not_found");
	refused(await send(tom, { id: id(), visit_id: visit.id }, Buffer.from("no picture")), 422, "invalid");
	refused(await uma.get(`/api/tech/photos/${photo.id}/small`), 404, "not_found");
	refused(await office.get(`/api/tech/photos/${id()}/small`), 404, "not_found");
});

test("a picture that was taken before the stop went to somebody else is kept: at the stop if it was said in time, else at the place", async () => {
	const phone = new Phone(tom);
	const gone = granted(await office.post("/api/office/visits", { property_id: visit.property_id, service_id: visit.service_id, day: day(), tech_id: people.technician.id, note: "", anyway: true }), 201);
	const [early, late, unsaid] = [id(), id(), id()];
	const where_is = (photo) => sql(`SELECT on_kind, on_id FROM file WHERE id = ${number(photo)}`, c.schema)[0];
	assert.equal((await phone.say("photo", gone.id, { file_id: early })).answer, "applied");
	const { version } = granted(await office.get(`/api/office/visits/${gone.id}`));
	granted(await office.post(`/api/office/visits/${gone.id}/moves`, { day: day(), tech_id: second.id, for_good: false, anyway: true, version }), 201);
	assert.equal((await phone.say("photo", gone.id, { file_id: late })).answer, "conflict");
	refused(await send(tom, { id: unsaid, visit_id: gone.id }), 404, "not_found");
	refused(await send(uma, { id: late, visit_id: visit.id }), 404, "not_found");
	for (let twice = 0; twice < 2; twice++) for (const photo of [early, late]) granted(await send(tom, { id: photo, visit_id: gone.id }), 201);
	assert.deepEqual(where_is(early)[1], String(number(gone.id)));
	assert.deepEqual(where_is(late)[1], String(number(visit.property_id)));
	assert.ok(granted(await office.get(`/api/office/files?on_kind=property&on_id=${visit.property_id}`)).rows.some((f) => f.id === late), "the office sees it");
	refused(await tom.get(`/api/tech/photos/${early}/small`), 404, "not_found");
});

// ---- piece by piece ----

/** A photo that is no single piece: comments before the picture, as cameras write them. */
const comment = (n) => Buffer.concat([Buffer.from([0xff, 0xfe, (n + 2) >> 8, (n + 2) & 255]), Buffer.alloc(n, 65 + (n % 26))]);
const large = Buffer.concat([pixel.subarray(0, 2), comment(60_000), comment(60_001), comment(60_002), pixel.subarray(2)]);
const PIECE = 64 * 1024;
const sha = (bytes) => createHash("sha256").update(bytes).digest("hex");
const piece = (who, photo, at, { whole = large, n = PIECE, bytes = whole.subarray(at, at + n), ...over } = {}) =>
	who.file(`/api/tech/photos/${photo}/pieces?${new URLSearchParams({ visit_id: visit.id, name: "Before", digest: sha(whole), size: whole.length, at, ...over })}`, bytes, "photo.jpg");
/** A piece of nothing asks how much is there. */
const here = (who, photo) => piece(who, photo, 0, { n: 0 }).then(granted);
const folder = (of = c) => `${where.dir}/data/files/${of.schema}/.pieces`;
const begun = () => readdirSync(folder());
const rows = (photo) => sql(`SELECT state FROM file WHERE id = ${number(photo)}`, c.schema);

test("a photo in pieces goes on where its line broke, and is kept once, whatever comes twice, too early or at once", async () => {
	const photo = id();
	assert.deepEqual(await here(tom, photo), { here: 0, whole: false });
	assert.deepEqual(granted(await piece(tom, photo, PIECE)), { here: 0, whole: false }, "too early is no mistake, and not taken");
	assert.deepEqual(granted(await piece(tom, photo, 0)), { here: PIECE, whole: false });
	assert.deepEqual(granted(await piece(tom, photo, 0)), { here: PIECE, whole: false }, "an answer that was lost");
	assert.deepEqual(await here(tom, photo), { here: PIECE, whole: false });
	refused(await piece(uma, photo, 0, { n: 0 }), 404, "not_found");
	// The same piece from three lines at once is there once.
	const same = await Promise.all([1, 2, 3].map(() => piece(tom, photo, PIECE)));
	assert.deepEqual(same.map((a) => granted(a).here), [2 * PIECE, 2 * PIECE, 2 * PIECE]);
	assert.equal(rows(photo).length, 0, "no photo before its end");
	// The last one makes the photo; so do those that come at once with it, and behind it.
	const last = await Promise.all([1, 2, 3].map(() => piece(tom, photo, 2 * PIECE)));
	for (const a of [...last, await piece(tom, photo, 2 * PIECE)]) assert.deepEqual(granted(a), { here: large.length, whole: true });
	assert.deepEqual((await here(tom, photo)).whole, true);
	assert.equal(rows(photo).length, 1);
	await until("it is drawn, and its pieces are gone", () => rows(photo)[0][0] === "2" && begun().length === 0);
	assert.equal((await tom.get(`/api/tech/photos/${photo}/small`)).status, 200);
	// A phone of before sends it whole: it is there already.
	assert.equal(granted(await send(tom, { id: photo, visit_id: visit.id }, large), 201).id, photo);
	assert.equal(rows(photo).length, 1);
});

test("pieces are refused that are another's, too large, too small, beyond the end, or no photo in the end", async () => {
	const photo = id();
	refused(await piece(uma, photo, 0), 404, "not_found");
	refused(await piece(tom, photo, 0, { visit_id: id() }), 404, "not_found");
	const wrong = async (field, a) => refused(await a, 422, "invalid", field);
	await wrong("size", piece(tom, photo, 0, { size: 4 * 1024 * 1024 + 1 }));
	await wrong("digest", piece(tom, photo, 0, { digest: "short" }));
	await wrong("at", piece(tom, photo, large.length, { bytes: pixel }));
	await wrong("at", piece(tom, photo, PIECE, { size: PIECE + 9 }));
	await wrong("file", piece(tom, photo, 0, { n: 1000 }));
	await wrong("file", piece(tom, photo, 0, { n: 130 * 1024 }));
	assert.equal((await piece(tom, photo, 0, { bytes: Buffer.alloc(200 * 1024) })).status, 413, "the street takes no larger one");
	assert.deepEqual(await here(tom, photo), { here: 0, whole: false });
	// Another picture under this number, or bytes that changed on their way: thrown away at the end, and sent anew.
	const other = Buffer.from(large);
	other[100_000] ^= 1;
	for (const at of [0, PIECE]) granted(await piece(tom, photo, at));
	await wrong("digest", piece(tom, photo, 2 * PIECE, { digest: sha(other) }));
	assert.deepEqual(await here(tom, photo), { here: 0, whole: false });
	assert.equal(rows(photo).length, 0);
	for (const at of [0, PIECE]) granted(await piece(tom, photo, at));
	assert.equal(granted(await piece(tom, photo, 2 * PIECE)).whole, true);
	// What is no picture is none by pieces either.
	const text = Buffer.alloc(20_000, "x");
	await wrong("file", piece(tom, id(), 0, { whole: text }));
	refused(await piece(tom, visit.id, 0, { whole: pixel, digest: sha(text) }), 422, "invalid");
});

test("who begins and never ends is stopped, and what is begun is swept after days; a neighbour sees nothing of it", async () => {
	await until("what came before is drawn", () => begun().length === 0);
	const photos = [];
	for (let i = 0; i < 8; i++) granted(await piece(tom, photos[photos.push(id()) - 1], 0));
	refused(await piece(tom, id(), 0), 429, "limit");
	// What is whole and only waits to be drawn is none of them any more: it has its row.
	sql(`CREATE TEMPORARY TABLE like_it SELECT * FROM file LIMIT 1; UPDATE like_it SET id = ${number(photos[7])}, state = 1; INSERT INTO file SELECT * FROM like_it`, c.schema);
	granted(await piece(tom, id(), 0));
	refused(await piece(tom, id(), 0), 429, "limit");
	// However many of those there are, and wherever the folder lists them.
	const waiting = Array.from({ length: 250 }, id);
	for (const x of waiting) writeFileSync(`${folder()}/${x}${begun().find((name) => name.startsWith(photos[0])).slice(x.length)}`, "");
	sql(`CREATE TEMPORARY TABLE like_it SELECT * FROM file LIMIT 1; ${waiting.map((x) => `UPDATE like_it SET id = ${number(x)}, state = 1; INSERT INTO file SELECT * FROM like_it`).join(";")}`, c.schema);
	refused(await piece(tom, id(), 0), 429, "limit");
	assert.equal(granted(await piece(tom, photos[0], PIECE)).here, 2 * PIECE, "what is begun goes on");
	assert.equal(existsSync(folder(neighbours())), false);
	// Four days later all but one were given up.
	for (const name of begun()) if (!name.startsWith(photos[0])) utimesSync(`${folder()}/${name}`, Date.now() / 1000, Date.now() / 1000 - 4 * 86400);
	await set_job(c, 7, "photo_sweep");
	await until("they are swept", () => begun().length === 1);
	assert.equal(statSync(`${folder()}/${begun()[0]}`).size, 2 * PIECE);
	assert.equal(granted(await piece(tom, photos[0], 2 * PIECE)).whole, true);
});
