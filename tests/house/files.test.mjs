// Photos and papers: they come in, are drawn anew without what they told of the camera, are shown to those who may, and
// never run. What is too large, damaged or of another kind is refused before anybody decodes it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { before, test } from "node:test";
import zlib from "node:zlib";
import { company, crew, granted, instant, neighbours, pause, refused, schemaOf, sql, Visitor, where } from "./harness.mjs";

let c, people, office, customer, place, pool;

before(async () => {
	c = await company();
	people = await crew(c);
	office = people.dispatcher.visitor;
	customer = granted(await office.post("/api/office/customers", {
		name: "Dana Whitfield", kind: "person", email: "", phone: "", language: "en", source: "", external_id: "", street: "1 Main St",
		city: "Tempe", region: "AZ", postcode: "85281", with_pool: true,
	}), 201).customer;
	place = customer.properties[0];
	pool = place.pools[0];
});

// ---- pictures from nothing ----

function crc(bytes) {
	if (zlib.crc32) return zlib.crc32(bytes); // newer Node
	let v = ~0;
	for (const b of bytes) {
		v ^= b;
		for (let i = 0; i < 8; i++) v = (v >>> 1) ^ (0xedb88320 & -(v & 1));
	}
	return ~v >>> 0;
}
function chunk(kind, data) {
	const body = Buffer.concat([Buffer.from(kind), data]);
	const [n, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	n.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc(body));
	return Buffer.concat([n, body, sum]);
}
/** A PNG whose left half is red and whose right half is blue; `told` is the size that its head tells. */
function png(width, height, told = [width, height]) {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(told[0], 0);
	head.writeUInt32BE(told[1], 4);
	head.set([8, 2, 0, 0, 0], 8);
	const row = Buffer.alloc(1 + width * 3);
	for (let x = 0; x < width; x++) row[1 + x * 3 + (x < width / 2 ? 0 : 2)] = 255;
	const pixels = Buffer.concat(Array(height).fill(row));
	return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", zlib.deflateSync(pixels)), chunk("IEND", Buffer.alloc(0))]);
}
/** The same JPEG with EXIF: lying on its side, taken at a time, at a place. */
function with_exif(jpeg) {
	const tiff = Buffer.alloc(120);
	tiff.write("MM\0*", 0, "latin1");
	tiff.writeUInt32BE(8, 4);
	tiff.writeUInt16BE(2, 8);
	const entry = (at, tag, type, n, value) => {
		tiff.writeUInt16BE(tag, at);
		tiff.writeUInt16BE(type, at + 2);
		tiff.writeUInt32BE(n, at + 4);
		tiff.writeUInt32BE(value, at + 8);
	};
	entry(10, 0x0112, 3, 1, 6 << 16); // turn it to the right
	entry(22, 0x8769, 4, 1, 40);
	tiff.writeUInt16BE(1, 40);
	entry(42, 0x9003, 2, 20, 60);
	tiff.write("2026:07:04 09:30:00\0", 60, "latin1");
	tiff.write("GPS 33.4255 -111.9400 of my house", 84, "latin1");
	const segment = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
	const length = Buffer.alloc(2);
	length.writeUInt16BE(segment.length + 2);
	return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, segment, jpeg.subarray(2)]);
}
function size_of(jpeg) {
	for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
		const marker = jpeg[at + 1];
		if (marker >= 0xc0 && marker <= 0xc3) return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
	}
	throw new Error("no frame");
}

const keep = async (bytes, { on = ["pool", pool.id], name = "", filename = "IMG_4711.PNG" } = {}) =>
	office.file(`/api/office/files?${new URLSearchParams({ on_kind: on[0], on_id: on[1], name })}`, bytes, filename);
async function settled(id) {
	for (let i = 0; i < 200; i++) {
		const { rows } = granted(await office.get(`/api/office/customers/${customer.id}/files`));
		const file = rows.find((f) => f.id === id);
		if (file && file.state !== "raw") return file;
		await pause(100);
	}
	throw new Error("the photo was never drawn");
}

test("a photo is kept on a pool, drawn anew, and shown in two sizes", async () => {
	const made = granted(await keep(png(3000, 1500)), 201);
	assert.deepEqual([made.state, made.name, made.on_kind, made.type], ["raw", "IMG_4711", "pool", "image/png"]);
	const file = await settled(made.id);
	assert.deepEqual([file.state, file.type, file.width, file.height], ["ready", "image/jpeg", 2048, 1024]);
	const large = await office.get(`/api/office/files/${made.id}`);
	assert.equal(large.status, 200);
	assert.equal(large.headers["content-type"], "image/jpeg");
	assert.deepEqual(size_of(large.bytes), [2048, 1024]);
	const small = await office.get(`/api/office/files/${made.id}/small`);
	assert.deepEqual(size_of(small.bytes), [480, 240]);
	assert.ok(small.bytes.length < large.bytes.length);
	const on = granted(await office.get(`/api/office/files?on_kind=pool&on_id=${pool.id}`)).rows;
	assert.deepEqual(on.map((f) => f.id), [made.id]);
	assert.deepEqual(granted(await office.get(`/api/office/files?on_kind=customer&on_id=${customer.id}`)).rows, []);
	refused(await office.get(`/api/office/files?on_kind=pool&on_id=${customer.id}`), 404, "not_found");
	const told = granted(await office.get(`/api/office/pools/${pool.id}/timeline`)).rows;
	assert.ok(told.some((l) => l.kind === "file_added" && l.ref_id === made.id && l.values[0].value === "IMG_4711"));
});

test("where a photo was taken is thrown away, which way is up and when are kept", async () => {
	const plain = await settled(granted(await keep(png(600, 300)), 201).id);
	const jpeg = (await office.get(`/api/office/files/${plain.id}`)).bytes;
	const dangerous = with_exif(jpeg);
	assert.match(dangerous.toString("latin1"), /33\.4255/);
	const file = await settled(granted(await keep(dangerous, { filename: "beach.jpg", name: "The filter" }), 201).id);
	assert.deepEqual([file.name, file.width, file.height], ["The filter", 300, 600]);
	assert.equal(file.taken_at, instant("2026-07-04", 570), "half past nine where the company is");
	const shown = (await office.get(`/api/office/files/${file.id}`)).bytes;
	assert.doesNotMatch(shown.toString("latin1"), /Exif|33\.4255/);
	assert.deepEqual(size_of(shown), [300, 600]);
});

test("what goes out is guarded: nothing guessed, nothing run, nothing framed, nothing in shared caches", async () => {
	const photo = await settled(granted(await keep(png(40, 40), { name: 'a "quoted"; name\u00f1' }), 201).id);
	const { headers } = await office.get(`/api/office/files/${photo.id}`);
	assert.equal(headers["x-content-type-options"], "nosniff");
	assert.match(headers["content-security-policy"], /default-src 'none'; sandbox/);
	assert.match(headers["cache-control"], /^private/);
	assert.equal(headers["content-disposition"], "inline; filename*=UTF-8''a%20%22quoted%22%3B%20name%C3%B1.jpg");
	assert.equal(headers["x-accel-redirect"], undefined);
	const page = Buffer.from("%PDF-1.4\n<html><script>alert(1)</script></html>");
	const paper = granted(await keep(page, { on: ["customer", customer.id], filename: "contract.html" }), 201);
	assert.deepEqual([paper.state, paper.type], ["ready", "application/pdf"]);
	const got = await office.get(`/api/office/files/${paper.id}`);
	assert.equal(got.headers["content-type"], "application/pdf");
	assert.match(got.headers["content-disposition"], /^attachment; filename\*=UTF-8''contract\.pdf$/);
	assert.deepEqual(got.bytes, page);
	assert.equal((await office.get(`/api/office/files/${paper.id}/small`)).status, 404);
	for (const path of ["/carried/", `/carried/${c.schema}/${photo.id}.jpg`, `/api/office/files/..%2f${photo.id}`, `/api/office/files/${photo.id}.jpg`])
		assert.ok([403, 404, 422].includes((await office.get(path)).status), path);
	assert.doesNotMatch((await office.get(`/carried/${c.schema}/${photo.id}.jpg`)).headers["content-type"] ?? "", /image/);
});

test("what is no photo and no paper, damaged, or a bomb is refused before it is decoded", async () => {
	const bad = [
		["<html>", "<html><script>alert(1)</script></html>"],
		["GIF", "GIF89a\x01\x00\x01\x00"],
		["SVG", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
		["a program", "\x7fELF\x02\x01\x01"],
		["empty", ""],
		["a cut JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF"],
	];
	for (const [what, text] of bad) refused(await keep(Buffer.from(text, "latin1"), { filename: "photo.jpg" }), 422, "invalid", "file");
	const bomb = png(2, 2, [60000, 60000]);
	assert.ok(bomb.length < 500);
	assert.match(refused(await keep(bomb), 422, "invalid", "file").message, /million pixels/);
	assert.match(refused(await keep(png(2, 2, [16000, 16000])), 422, "invalid", "file").message, /million pixels/);
	refused(await office.post(`/api/office/files?on_kind=pool&on_id=${pool.id}`, { file: "x" }), 422, "invalid", "content_type");
	refused(await keep(png(2, 2), { on: ["staff", people.technician.id] }), 422, "invalid", "on_kind");
	const large = Buffer.alloc(12 * 1024 * 1024 + 1, 1);
	assert.match(refused(await keep(large), 422, "invalid", "file").message, /12 MiB/);
	assert.equal((await keep(Buffer.alloc(14 * 1024 * 1024))).status, 413);
});

test("a head that promises what is not there becomes a photo that says so, and no job is left over", async () => {
	const made = granted(await keep(png(300, 300, [200, 3000])), 201);
	const file = await settled(made.id);
	assert.ok(["refused", "ready"].includes(file.state), file.state);
	const broken = Buffer.concat([png(300, 300).subarray(0, 60), Buffer.alloc(200)]);
	const lost = await settled(granted(await keep(broken), 201).id);
	assert.equal(lost.state, "refused");
	assert.equal((await office.get(`/api/office/files/${lost.id}`)).status, 404);
	assert.deepEqual(sql("SELECT kind FROM job WHERE kind = 'photo' AND state NOT IN (1, 2, 3)", c.schema), []);
});

test("a caption is changed, a photo put away and taken back; two who write at once are told", async () => {
	const file = await settled(granted(await keep(png(50, 50)), 201).id);
	const named = granted(await office.put(`/api/office/files/${file.id}`, { name: "Cracked skimmer", version: file.version }));
	assert.equal(named.name, "Cracked skimmer");
	refused(await office.put(`/api/office/files/${file.id}`, { name: "x", version: file.version }), 409, "stale");
	const away = granted(await office.post(`/api/office/files/${file.id}/archivings`, { version: named.version }));
	assert.ok(away.archived_at);
	const list = async (archived) => granted(await office.get(`/api/office/customers/${customer.id}/files?archived=${archived}`)).rows.map((f) => f.id);
	assert.ok(!(await list(false)).includes(file.id));
	assert.ok((await list(true)).includes(file.id));
	assert.equal(granted(await office.delete(`/api/office/files/${file.id}/archivings`)).archived_at, null);
	assert.ok((await list(false)).includes(file.id));
});

test("nobody sees a photo who may not see the customer, and no other company's", async () => {
	const file = await settled(granted(await keep(png(60, 30)), 201).id);
	const url = `/api/office/files/${file.id}`;
	assert.equal((await people.read_only.visitor.get(url)).status, 200);
	for (const visitor of [new Visitor(where, c.host), people.technician.visitor])
		assert.ok([401, 403].includes((await visitor.get(url)).status));
	const n = neighbours();
	const there = n.owner.visitor;
	assert.equal((await there.get(url)).status, 404);
	refused(await there.file(`/api/office/files?on_kind=pool&on_id=${pool.id}`, png(2, 2)), 404, "not_found");
	refused(await people.read_only.visitor.file(`/api/office/files?on_kind=pool&on_id=${pool.id}`, png(2, 2)), 403, "forbidden");
	const folder = `${where.dir}/data/files/${c.schema}`;
	assert.ok(existsSync(`${folder}/${file.id}.jpg`));
	assert.ok(!existsSync(`${folder}/${file.id}.raw`), "what came in is not kept");
	for (const name of readdirSync(folder)) {
		assert.match(name, /^[0-9a-z]{13}\.(jpg|small\.jpg|pdf|raw)$/);
		assert.equal(statSync(`${folder}/${name}`).mode & 0o117, 0, `${name} is no program and not everybody's`);
	}
	assert.ok(!existsSync(`${where.dir}/data/files/${n.schema}`));
});

test("photos go out and away with the company", async () => {
	const file = await settled(granted(await keep(png(70, 30)), 201).id);
	const archive = `${where.dir}/files-story.tar`;
	execFileSync(`${where.bin}/poolctl`, ["tenants", "export", c.slug, archive], { encoding: "utf8", env: process.env });
	const names = execFileSync("tar", ["tf", archive], { encoding: "utf8" });
	assert.match(names, new RegExp(`files/${file.id}\\.jpg`));
	assert.equal(schemaOf(c.slug), c.schema);
});
