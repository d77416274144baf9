// The key of a phone's codes, its PIN, and phones that are lost: one phone is out at once, nothing else is.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, neighbours, refused, signIn, sql, twin } from "./harness.mjs";
import { Page } from "./listener.mjs";
import { id, letters, number, Phone } from "./phone.mjs";

let c, tom, uma, office, stop, place;
before(async () => {
	c = await company();
	const people = await crew(c, ["technician", "dispatcher"]);
	tom = people.technician;
	uma = people.dispatcher;
	office = c.owner.visitor;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 Palm Way', 'Mesa', 'AZ', '85201')`, c.schema);
	place = letters(at + 1n);
	const { version } = granted(await office.get(`/api/office/customers/${letters(at)}`)).properties[0];
	granted(await office.put(`/api/office/properties/${place}/codes`, { gate: "4711#", version }));
	const [level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	stop = granted(await office.post("/api/office/visits", { property_id: place, service_id: level.id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
});
const hello = { name: "Mozilla/5.0 (Linux; Android 15) Chrome/140.0" };
const key = (visitor, device, way = "keys") => visitor.post(`/api/tech/phones/${device}/${way}`, hello);
const phones = async () => granted(await office.get(`/api/office/staff/${tom.id}/phones`)).rows;
const revoke = (device, who = office, staff = tom.id) => who.post(`/api/office/staff/${staff}/phones/${device}/revocations`);

test("a phone gets the same key all day, another phone another one, and codes go to a phone that the office knows", async () => {
	const visitor = await signIn(tom), [one, two] = [id(), id()];
	refused(await visitor.post(`/api/tech/stops/${stop.id}/codes`), 403, "forbidden", "device_id");
	const first = granted(await key(visitor, one), 201);
	assert.deepEqual([first.key.length, first.day, first.wants_pin], [43, day(), true]);
	assert.deepEqual(granted(await key(visitor, one), 201), first);
	assert.equal(granted(await visitor.post(`/api/tech/stops/${stop.id}/codes`), 201).gate, "4711#");
	assert.notEqual(granted(await key(visitor, two), 201).key, first.key);
	refused(await key(office, one), 403, "forbidden");
	assert.deepEqual((await phones()).map((p) => [p.name, p.pushed, p.revoked_at ?? null, p.pin_at ?? null]), Array(2).fill([hello.name, false, null, null]));
	// Somebody else's company knows nothing of it, whatever the ids.
	twin(c);
	refused(await revoke(one, neighbours().owner.visitor, uma.id), 404, "not_found");
	assert.ok(!JSON.stringify(await phones()).includes("CANARY"));
});

test("the first PIN of a phone is chosen so, another one with the password", async () => {
	const visitor = await signIn(tom), device = id();
	sql(`UPDATE session SET stepped_up_at = 1 WHERE actor_kind = 1`, c.schema);
	granted(await key(visitor, device, "pins"), 201);
	refused(await key(visitor, device, "pins"), 403, "forbidden", "step_up");
	granted(await key(visitor, device), 201);
	granted(await visitor.post("/api/auth/step-ups", { password: tom.password }), 204);
	granted(await key(visitor, device, "pins"), 201);
	assert.ok((await phones()).find((p) => p.id === device).pin_at > 0);
	/* A phone under a new name is the phone it was: whoever has it open in the hand chooses no PIN of their own. */
	sql(`UPDATE session SET stepped_up_at = 1 WHERE actor_kind = 1`, c.schema);
	for (const asked of ["keys", "pins"]) {
		const renamed = id();
		if (asked === "keys") granted(await key(visitor, renamed), 201);
		refused(await key(visitor, renamed, "pins"), 403, "forbidden", "step_up");
	}
});

test("a company may wish no PIN", async () => {
	const visitor = await signIn(tom), device = id();
	const policy = granted(await office.get("/api/office/proof-policy"));
	assert.equal(policy.pin ?? null, null, "nobody has said anything: phones ask");
	const off = granted(await office.put("/api/office/proof-policy", { ...policy, pin: false }));
	assert.equal(granted(await key(visitor, device), 201).wants_pin, false);
	granted(await office.put("/api/office/proof-policy", { ...off, pin: true }));
	assert.equal(granted(await key(visitor, device), 201).wants_pin, true);
});

test("a phone that is revoked is out at once; the person's other phone works on, and what was not sent comes with the next sign-in", async () => {
	const lost = await signIn(tom), other = await signIn(tom);
	const [theirs, mine] = [new Phone(lost), new Phone(other)];
	granted(await key(lost, theirs.device), 201);
	granted(await mine.send(mine.verb("clock_in", null)), 201); /* tied by what it sends */
	const page = await new Page(lost, "tech").open();
	refused(await revoke(theirs.device, uma.visitor), 403, "forbidden");
	refused(await revoke(theirs.device, office, uma.id), 404, "not_found");
	refused(await revoke(id()), 404, "not_found");
	const heard = page.heard;
	granted(await revoke(theirs.device), 204);
	await page.until(() => page.heard > heard);
	page.close?.();
	for (const path of ["/api/tech/today", "/api/tech/me", "/api/tech/van"]) refused(await lost.get(path), 401, "signed_out");
	refused(await lost.post(`/api/tech/stops/${stop.id}/codes`), 401, "signed_out");
	refused(await key(lost, theirs.device), 401, "signed_out");
	granted(await other.get("/api/tech/today"));
	granted(await revoke(theirs.device), 204);
	const line = (await phones()).find((p) => p.id === theirs.device);
	assert.ok(line.revoked_at > 0 && !line.pushed);
	assert.equal(granted(await office.get("/api/office/audit?q=phone.revoked")).rows.length >= 1, true);
	// The same person on the same phone, with the password: under that name nothing is taken, under a new one all of it.
	const unsent = theirs.verb("note", stop.id, { text: "Gate was open", for_customer: false });
	theirs.visitor = await signIn(tom);
	refused(await theirs.send(unsent), 403, "forbidden", "device_id");
	refused(await key(theirs.visitor, theirs.device), 403, "forbidden", "device_id");
	theirs.device = id();
	assert.equal(granted(await theirs.send({ ...unsent, n: 1 }), 201).answers[0].answer, "applied");
	granted(await revoke(mine.device), 204);
	refused(await other.get("/api/tech/today"), 401, "signed_out");
	granted(await theirs.visitor.get("/api/tech/today"));
	// Its store may be gone with what it never sent: how far it had come is answered all the same, to its person alone.
	const asks = (visitor) => visitor.post("/api/tech/sync", { device_id: mine.device, device_name: "", now: Math.floor(Date.now() / 1000), verbs: [] });
	assert.equal(granted(await asks(theirs.visitor), 201).last_n, 1);
	refused(await asks(office), 403, "forbidden", "device_id");
	granted(await theirs.visitor.get("/api/tech/today"));
	assert.ok((await phones()).find((p) => p.id === mine.device).revoked_at > 0, "and it stays revoked");
});

test("a revocation ends also what has not said yet on which phone it is, and a question about another phone ties nothing", async () => {
	const [one, quiet, works] = [await signIn(tom), await signIn(tom), await signIn(tom)];
	const [device, before, other] = [id(), id(), id()];
	granted(await key(one, device), 201);
	granted(await key(works, other), 201);
	// A phone whose store was thrown away asks how far the office has what it was before.
	granted(await one.post("/api/tech/sync", { device_id: before, device_name: "", now: Math.floor(Date.now() / 1000), verbs: [] }), 201);
	assert.equal(sql(`SELECT COUNT(*) FROM device WHERE id = ${number(before)}`, c.schema)[0][0], "0", "and makes no phone by asking");
	granted(await quiet.get("/api/tech/today"));
	granted(await revoke(device), 204);
	refused(await one.get("/api/tech/today"), 401, "signed_out");
	refused(await quiet.get("/api/tech/today"), 401, "signed_out");
	granted(await works.get("/api/tech/today"));
	granted(await uma.visitor.get("/api/office/board?day=" + day()));
});

test("the phones that can still be revoked stand first, however many there were", async () => {
	const works = await signIn(tom);
	const device = id();
	granted(await key(works, device), 201);
	sql(`INSERT INTO device (id, staff_id, name, made_at, seen_at, revoked_at) SELECT ${number(id())} + seq, ${number(tom.id)}, 'Before', 1, UNIX_TIMESTAMP() + seq, 1 FROM seq_1_to_40`, c.schema);
	const { rows } = granted(await c.owner.visitor.get(`/api/office/staff/${tom.id}/phones`));
	assert.ok(rows.length > 40 && rows.some((p) => p.id === device));
	assert.ok(rows.findIndex((p) => p.revoked_at !== null) > rows.findLastIndex((p) => p.revoked_at === null), JSON.stringify(rows.map((p) => p.revoked_at)));
	sql("DELETE FROM device WHERE name = 'Before'", c.schema);
});
