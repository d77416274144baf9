// Proof of service: a stop that is over is sealed, its customer is told, and anybody can check what was sealed.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { bent, company, crew, day, granted, mailbox, neighbours, refused, sql, until, Visitor, where, word } from "./harness.mjs";
import { id, letters, Phone, seconds } from "./phone.mjs";

/** The smallest JPEG that a decoder takes: one grey pixel. */
const pixel = Buffer.from("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=", "base64");
let c, office, tech, phone, visits, email, items, photo, filter, pool;
const stranger = () => new Visitor(where, c.host);
const report = async (token) => granted(await stranger().get(`/api/portal/reports?token=${token}`));
const check = async (proof) => granted(await stranger().post("/api/portal/proof-checks", { proof }));
/** The token of a visit's report, as the office hands it on, once something is sealed. */
async function tokenOf(visit) {
	const link = await until("the report has a link", () => office.get(`/api/office/visits/${visit}/report`), (a) => a.status === 200);
	return link.body.url.split("#")[1];
}
const poolctl = (...words) => spawnSync(`${where.bin}/poolctl`, words, { encoding: "utf8", env: process.env });
function onDisk(text) {
	const file = join(mkdtempSync(join(tmpdir(), "poolhouse-proof-")), "visit.proof");
	writeFileSync(file, text);
	return file;
}

before(async () => {
	c = await company();
	office = c.owner.visitor;
	const technician = (await crew(c, ["technician"])).technician;
	tech = technician.visitor;
	email = `rosa@${word()}.example`;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '${email}', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (${at + 1n}, ${at}, '12 Palm Way', 'Mesa', 'AZ', '85201', 33415000, -111831000);
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${at + 2n}, ${at + 1n}, 1, 60000, 1, 1)`, c.schema);
	const [level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	items = granted(await office.post("/api/office/standard-items", {}), 201).rows;
	visits = [];
	sql(`INSERT INTO equipment (id, pool_id, kind, make, serviced_day) VALUES (${at + 3n}, ${at + 2n}, 2, 'Pentair', '2026-01-05')`, c.schema);
	filter = letters(at + 3n);
	pool = letters(at + 2n);
	for (let i = 0; i < 8; i++)
		visits.push(granted(await office.post("/api/office/visits", { property_id: letters(at + 1n), pool_id: letters(at + 2n), service_id: level.id, day: day(), tech_id: technician.id, note: "", anyway: true }), 201).id);
	phone = new Phone(tech);
});

test("a stop that is finished is sealed with its times, readings, doses, notes and photos, and its customer is told in Spanish", async () => {
	const pool = granted(await tech.get("/api/tech/today")).stops[0].brief.pools[0].id;
	const acid = items.find((i) => i.chemical === "muriatic");
	photo = id();
	granted(await tech.file(`/api/tech/photos?${new URLSearchParams({ id: photo, visit_id: visits[0], name: "After" })}`, pixel, "photo.jpg"), 201);
	const said = granted(await phone.send(
		phone.verb("arrive", visits[0], { lat_e6: 33415000, lng_e6: -111831000 }),
		phone.verb("check", visits[0], { item: "Skim", done: true }),
		phone.verb("check", visits[0], { item: "Gauge", done: true, pool_id: pool, what: "pressure", amount: 1450 }),
		phone.verb("reading", visits[0], { pool_id: pool, what: "fc", amount: 150 }),
		phone.verb("reading", visits[0], { pool_id: pool, what: "ph", amount: 780 }),
		phone.verb("dose", visits[0], { pool_id: pool, what: acid.id, amount: 23660, planned: 23660 }),
		phone.verb("note", visits[0], { text: "Gate left open by the wind.", for_customer: true }),
		phone.verb("note", visits[0], { text: "Owner is in arrears.", for_customer: false }),
		phone.verb("photo", visits[0], { file_id: photo, item: "After" }),
		phone.verb("finish", visits[0]),
	), 201);
	for (const a of said.answers) assert.equal(a.answer, "applied", a.problem);
	const log = granted(await office.get(`/api/office/visits/${visits[0]}/log`)).rows;
	assert.deepEqual(log.map((l) => l.said).filter(Boolean).sort(), ["Free chlorine 1.5", `${acid.name}, 8 fl oz`, "pH 7.8"].sort(), "the office's log says what was read and poured");
	const letter = await mailbox.letter(email, /portal\/report#/);
	assert.match(letter.text, /Ver el informe/);
	assert.match(letter.text, /Cloro\s+libre\s+1\.5,\s+pH\s+7\.8/);
	assert.match(letter.html, /<a [^>]*portal\/report#/);
	const token = letter.text.match(/report#([A-Za-z0-9._-]+)/)[1];
	const r = await report(token);
	const record = JSON.parse(r.record);
	assert.equal(record.state, "done");
	assert.equal(record.place, "12 Palm Way, Mesa AZ 85201");
	assert.deepEqual(record.readings[0].values.map((v) => [v.measure, v.x100]), [["pressure", 1450], ["fc", 150], ["ph", 780]], "a line that asked for a value is a reading too");
	assert.deepEqual(record.doses.map((d) => [d.item, d.given_x100, d.base]), [[acid.name, 23660, "ml"]]);
	assert.deepEqual(record.notes, ["Gate left open by the wind."]);
	assert.deepEqual(record.checks.map((x) => [x.item, x.done, x.measure, x.x100]), [["Skim", 1, undefined, undefined], ["Gauge", 1, "pressure", 1450]]);
	assert.equal(record.lat_e6, undefined, "where the phone was is nobody's business unless the company wishes it");
	assert.ok(!r.proof.includes("arrears"), "what is for the office alone is in no record");
	const picture = await stranger().get(`/api/portal/reports/photos/${photo}?token=${token}&small=false`);
	assert.equal(picture.status, 200);
	assert.deepEqual(record.photos.map((p) => [p.id, p.shows]), [[photo, "After"]]);
	assert.match(record.photos[0].blake2b, /^[0-9a-f]{128}$/);
});

test("the proof is valid on the page and offline, and any changed byte is refused", async () => {
	const r = await report(await tokenOf(visits[0]));
	const verdict = await check(r.proof);
	assert.deepEqual([verdict.valid, verdict.kind, verdict.company, verdict.why], [true, "visit", c.slug, ""]);
	assert.equal(JSON.stringify(JSON.parse(verdict.body).record), r.record);
	const offline = poolctl("verify", onDisk(r.proof));
	assert.equal(offline.status, 0, offline.stderr);
	assert.match(offline.stdout, new RegExp(`valid: a visit of ${c.slug}`));
	const keys = granted(await stranger().get("/.well-known/pool-keys.json"));
	assert.equal(poolctl("verify", onDisk(r.proof), "--house", keys.house).status, 0);
	assert.equal(poolctl("verify", onDisk(r.proof), "--house", "ab".repeat(32)).status, 1);
	// Each byte is tried in tests/unit/tenancy/proofs.c; here some of them go all the way.
	for (let at = 3; at < r.proof.length; at += Math.ceil(r.proof.length / 40)) {
		const bent = r.proof.slice(0, at) + (r.proof[at] === "7" ? "8" : "7") + r.proof.slice(at + 1);
		const no = await check(bent);
		assert.deepEqual([no.valid, no.body], [false, null], `byte ${at}`);
		assert.ok(no.why);
	}
	const forged = poolctl("verify", onDisk(r.proof.replace('"x100":150', '"x100":350')));
	assert.equal(forged.status, 1);
	assert.match(forged.stderr, /changed after it was sealed/);
	/* Somebody who has none of our code, only its description, says the same of each. */
	const second = (text) => spawnSync("/usr/bin/python3", ["tests/house/verify.py", "proof", onDisk(text)], { encoding: "utf8" });
	assert.equal(second(r.proof).stdout, `valid: visit of ${c.slug}\n`, second(r.proof).stderr);
	assert.match(second(r.proof.replace('"x100":150', '"x100":350')).stderr, /changed after it was sealed/);
	assert.match(second(r.proof.replace(`company: ${c.slug}`, "company: red")).stderr, /does not vouch/);
	const elsewhere = granted(await new Visitor(where, neighbours().host).post("/api/portal/proof-checks", { proof: r.proof }));
	assert.equal(elsewhere.valid, false, "another company's page does not speak for it");
});

test("the company's keys are at a well-known address, for anybody, and the one that signed is among them", async () => {
	const keys = granted(await stranger().get("/.well-known/pool-keys.json"));
	assert.equal(keys.company, c.slug);
	assert.match(keys.house, /^[0-9a-f]{64}$/);
	assert.equal(keys.keys.length, 1);
	const verdict = await check((await report(await tokenOf(visits[0]))).proof);
	assert.equal(verdict.kid, keys.keys[0].kid);
	assert.deepEqual(granted(await stranger().get("/api/portal/proof-keys")), keys);
});

test("what is said after the seal makes another one, which names the one before, and nobody is mailed twice", async () => {
	const body = async () => JSON.parse((await check((await report(await tokenOf(visits[0]))).proof)).body);
	const one = await body();
	assert.equal((await phone.say("note", visits[0], { text: "The wind also broke the latch.", for_customer: true })).answer, "applied");
	const two = await until("the next version", body, (b) => b.seq > one.seq);
	assert.equal(two.replaces, one.seq);
	assert.equal(two.record.notes.length, 2);
	assert.equal((await mailbox.list(email)).length, 1);
});

test("what the office corrects after the seal makes another one too", async () => {
	const body = async () => JSON.parse((await check((await report(await tokenOf(visits[0]))).proof)).body);
	const one = await body();
	const page = granted(await office.get(`/api/office/pools/${pool}/water`));
	const reading = page.readings.find((r) => r.visit_id === visits[0]);
	granted(await office.call("PUT", `/api/office/readings/${reading.id}`, { values: [{ measure: "fc", x100: 777, how: "exact" }], version: reading.version }));
	const two = await until("a seal of the corrected reading", body, (b) => b.seq > one.seq && JSON.stringify(b.record.readings).includes("777"));
	const dose = page.doses.find((d) => d.visit_id === visits[0]);
	granted(await office.post(`/api/office/doses/${dose.id}/undoings`, { version: dose.version }), 204);
	const three = await until("a seal without the dose", body, (b) => b.seq > two.seq);
	assert.ok(three.record.doses.length < two.record.doses.length);
	assert.equal((await mailbox.list(email)).length, 1);
});

test("equipment work, products out of the van and the customer's name are kept, sealed, and move what follows from them", async () => {
	const seal = granted(await office.post("/api/office/items", { ...items[0], id: undefined, archived_at: undefined, name: "Pump seal", sku: "", kind: "part", chemical: "none", strength_x100: 0, unit: "each", price_cents: 1250, taxable: true, archived: false, version: 0 }), 201);
	const drawn = id();
	granted(await tech.file(`/api/tech/photos?${new URLSearchParams({ id: drawn, visit_id: visits[3], name: "Signature" })}`, pixel, "photo.jpg"), 201);
	const answers = granted(await phone.send(
		phone.verb("arrive", visits[3]),
		phone.verb("equipment", visits[3], { text: "Backwashed", equipment_id: filter }),
		phone.verb("equipment", visits[3], { text: "Not here", equipment_id: id() }),
		phone.verb("used", visits[3], { text: "Pump seal", what: seal.id, amount: 200 }),
		phone.verb("used", visits[3], { text: "", amount: 100 }),
		phone.verb("signed", visits[3], { text: "Rosa Ruiz", file_id: drawn }),
		phone.verb("finish", visits[3]),
	), 201).answers;
	assert.deepEqual(answers.map((a) => a.answer), ["applied", "applied", "refused", "applied", "refused", "applied", "applied"]);
	assert.deepEqual(answers.filter((a) => a.field).map((a) => a.field), ["body.equipment_id", "body.text"]);
	const today = sql("SELECT day FROM visit LIMIT 1", c.schema)[0][0];
	assert.equal(sql("SELECT serviced_day FROM equipment", c.schema)[0][0], today);
	const van = granted(await tech.get("/api/tech/van")).rows.find((r) => r.item_id === seal.id);
	assert.equal(van.amount_x100, -200);
	// Two at their price, once, for the next bill.
	assert.deepEqual(sql("SELECT text, quantity_milli, net_cents, tax_code FROM bill_line WHERE item_id <> 0 AND kind = 5", c.schema), [["Pump seal", "2000", "2500", "part"]]);
	const r = JSON.parse((await report(await tokenOf(visits[3]))).record);
	assert.deepEqual([r.signed_by, r.products], ["Rosa Ruiz", [{ item: "Pump seal", quantity_x100: 200 }]]);
	assert.deepEqual(r.photos.map((p) => [p.id, p.shows]), [[drawn, "Signature"]]);
	const stop = granted(await tech.get("/api/tech/today")).stops.find((x) => x.id === visits[3]);
	// What was refused is shown too: somebody did it.
	assert.deepEqual(stop.progress.things.map((x) => x.verb).sort(), ["equipment", "equipment", "signed", "used", "used"]);
	assert.equal(stop.brief.equipment[0].id, filter);
});

test("seals are a chain: each names the hash of the company's one before", async () => {
	assert.equal((await phone.say("no_access", visits[1], { reason: "Locked gate" })).answer, "applied");
	assert.equal((await phone.say("finish", visits[2])).answer, "applied");
	await tokenOf(visits[1]);
	await tokenOf(visits[2]);
	const rows = await until("the log is whole", () => sql("SELECT n, body FROM visit_log WHERE device_id = 0 ORDER BY n", c.schema), (r) => r.length >= 5);
	let previous = "0".repeat(128);
	for (const [n, text] of rows) {
		const { bytes } = JSON.parse(text.replace(/\\\\/g, "\\\\"));
		const body = JSON.parse(bytes);
		assert.deepEqual([String(body.seq), body.previous], [n, previous]);
		previous = createHash("blake2b512").update(bytes).digest("hex");
	}
	assert.equal(sql("SELECT value FROM counter WHERE name = 'proof.visit'", c.schema)[0][0], String(rows.length));
});

test("where the phone was is kept when the company wishes it, near the stop; and reports can be switched off", async () => {
	const arrived = async (visit) => {
		const rows = granted(await office.get(`/api/office/visits/${visit}/log`)).rows;
		const { body } = rows.find((l) => l.row.verb === "arrive");
		return [body.lat_e6, body.lng_e6];
	};
	assert.deepEqual(await arrived(visits[0]), [null, null], "its phone said where it was, and nobody wished it");
	const policy = granted(await office.get("/api/office/proof-policy"));
	assert.deepEqual(policy, { reports: true, place: false, pin: null, version: 0 });
	const on = granted(await office.put("/api/office/proof-policy", { reports: true, place: true, version: 0 }));
	refused(await office.put("/api/office/proof-policy", { ...on, version: on.version + 7 }), 409, "stale");
	const here = { lat_e6: 33415900, lng_e6: -111831000 };
	assert.equal((await phone.say("arrive", visits[7], { ...here, lat_e6: 33425000 })).answer, "applied");
	assert.deepEqual(await arrived(visits[7]), [null, null], "a kilometre away it is nobody's business");
	for (const [verb, body] of [["arrive", here], ["finish", {}]]) assert.equal((await phone.say(verb, visits[6], body)).answer, "applied");
	assert.deepEqual(await arrived(visits[6]), [here.lat_e6, here.lng_e6]);
	const r = JSON.parse((await report(await tokenOf(visits[6]))).record);
	assert.deepEqual([r.lat_e6, r.lng_e6], [here.lat_e6, here.lng_e6]);
	granted(await office.put("/api/office/proof-policy", { ...on, reports: false }));
	assert.equal((await phone.say("note", visits[0], { text: "Fixed.", for_customer: true })).answer, "applied");
	await until("three notes are sealed", async () => JSON.parse((await report(await tokenOf(visits[0]))).record), (x) => x.notes.length === 3);
});

test("whoever is in sees what was written to them, and opens the sealed report from the visit's page", async () => {
	granted(await stranger().post("/api/auth/portal-links", { email }), 204);
	const rosa = stranger();
	granted(await rosa.post("/api/auth/portal-sessions", { token: await mailbox.token(email, "portal/enter") }), 201);
	const page = granted(await rosa.get(`/api/portal/visits/${visits[0]}`));
	const r = await report(page.report);
	assert.equal(page.notes[0].text, "Gate left open by the wind.");
	assert.deepEqual(page.notes.map((n) => n.text), JSON.parse(r.record).notes);
	assert.equal(page.sealed_at, r.issued_at);
	assert.equal((await phone.say("skip", visits[5], { reason: "The customer said no" })).answer, "applied");
	assert.equal(granted(await rosa.get(`/api/portal/visits/${visits[5]}`)).visit.reason, "El cliente dijo que no");
});

test("why nobody got in is read in the reader's language, and stays sealed as it was tapped", async () => {
	assert.equal((await phone.say("no_access", visits[4], { reason: "The gate is locked" })).answer, "applied");
	const token = await tokenOf(visits[4]);
	const read = async (language) => granted(await stranger().get(`/api/portal/reports?token=${token}`, { "accept-language": language }));
	const [en, es] = [await read("en"), await read("es")];
	assert.deepEqual([en.reason, es.reason], ["The gate is locked", "El portón está cerrado"]);
	assert.equal(en.record, es.record);
	assert.equal(JSON.parse(es.record).reason, "The gate is locked");
	assert.equal((await check(es.proof)).valid, true);
	const days = `from=${day()}&to=${day()}`;
	const table = async (language) => (await office.get(`/api/office/visits.csv?${days}`, { "accept-language": language })).text;
	sql("UPDATE staff SET language = 'es' WHERE role = 1", c.schema);
	assert.match(await table("es"), /El portón está cerrado/);
	sql("UPDATE staff SET language = 'en' WHERE role = 1", c.schema);
	assert.match(await table("en"), /The gate is locked/);
});

test("a link opens one report and nothing else, and a stranger's text is no document", async () => {
	const token = await tokenOf(visits[1]);
	assert.equal(JSON.parse((await report(token)).record).reason, "Locked gate");
	refused(await stranger().get(`/api/portal/reports?token=${bent(token)}`), 422, "invalid", "token");
	refused(await new Visitor(where, neighbours().host).get(`/api/portal/reports?token=${token}`), 422, "invalid", "token");
	refused(await stranger().get(`/api/portal/reports/photos/${photo}?token=${token}&small=true`), 404, "not_found");
	const verdict = await check("hello\nworld");
	assert.deepEqual([verdict.valid, verdict.body], [false, null]);
	assert.match(verdict.why, /sealed document/);
});

test("a new data key signs what comes, and what the old one signed stays valid", async () => {
	const old = (await report(await tokenOf(visits[2]))).proof;
	const [[customer, property]] = sql("SELECT customer_id, id FROM property", c.schema).map((r) => r.map((x) => letters(BigInt(x))));
	const proofOf = async (b) => (await office.get(`/api/office/bills/${b}/proof`)).text;
	const billed = async () => {
		granted(await office.post(`/api/office/customers/${customer}/lines`, { property_id: property, kind: "labour", day: "2026-01-05", text: "Pump seal", quantity_milli: 1000, unit_cents: 9000, tax_code: "" }), 201);
		const b = granted(await office.post(`/api/office/customers/${customer}/bills`, { day: "2026-01-06", until: "2026-01-06", title: "", note: "" }), 201).id;
		return { id: b, proof: await proofOf(b) };
	};
	const before_ = await billed();
	// A key that is younger than a day is not replaced: this one is made to look older.
	sql(`UPDATE pool_control.tenant_key SET made_at = made_at - 172800 WHERE tenant_id = (SELECT id FROM pool_control.tenant WHERE slug = '${c.slug}')`);
	execFileSync(`${where.bin}/poolctl`, ["keys", "rotate", "--data", "--no-wait"], { env: process.env });
	// Workers remember a key for a minute; fresh ones have nothing to remember.
	process.kill(Number(readFileSync(join(where.dir, "pid", "jobs"), "utf8")), "SIGHUP");
	const is = await until("another key seals", async () => {
		await phone.say("note", visits[2], { text: `Again ${seconds()}`, for_customer: true });
		return check((await report(await tokenOf(visits[2]))).proof);
	}, (v) => v.kid !== (old.match(/^kid: (.*)$/m) ?? [])[1]);
	assert.equal(is.valid, true);
	assert.equal((await check(old)).valid, true);
	const keys = granted(await stranger().get("/.well-known/pool-keys.json")).keys;
	assert.deepEqual(keys.map((k) => k.until === null), [true, false]);
	// Bills: the chain goes on from key to key. What was handed out before the change is valid as it is, and so is what is handed out of it now.
	const after_ = await billed();
	const bodies = [before_, after_].map((b) => b.proof.slice(b.proof.indexOf("\n\n") + 2));
	assert.notEqual(JSON.parse(bodies[0]).kid, JSON.parse(bodies[1]).kid);
	assert.equal(JSON.parse(bodies[1]).previous, createHash("blake2b512").update(bodies[0]).digest("hex"));
	const again = await proofOf(before_.id);
	assert.match(again, /^until: [1-9]/m);
	for (const proof of [before_.proof, again, after_.proof]) {
		assert.equal((await check(proof)).valid, true);
		assert.equal(poolctl("verify", onDisk(proof), "--house", proof.match(/^house: (\w+)$/m)[1]).status, 0);
	}
	// The old certificate does not speak for a later document: neither does its time reach there, nor is it the key that signed.
	const head = again.slice(0, again.indexOf("\n\n") + 2);
	assert.equal(poolctl("verify", onDisk(head + bodies[1])).status, 1);
	assert.equal((await check(head + bodies[1].replace(JSON.parse(bodies[1]).kid, JSON.parse(bodies[0]).kid))).valid, false);
});
