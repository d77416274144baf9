// A day that runs late is offered anew: who gets what, taken by one click, and taken back.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, mailbox, refused, sql, word } from "./harness.mjs";
import { letters } from "./phone.mjs";

const email = `rosa@${word()}.example`;
let c, people, office, tom, uma, level, homes;
const D = day(2); // a day that does not run yet
const board = async () => granted(await office.get(`/api/office/board?day=${D}`));
const lane = async (who) => (await board()).stops.filter((s) => s.row.tech_id === who.id).sort((a, b) => a.row.seq - b.row.seq).map((s) => s.row.id);
const late = async () => (await board()).stops.reduce((n, s) => n + s.time.late_s, 0);

before(async () => {
	c = await company();
	people = await crew(c, ["technician", "dispatcher", "read_only"]);
	tom = people.technician;
	uma = (await crew(c, ["technician"])).technician;
	office = people.dispatcher.visitor;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '${email}', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES
		${[1, 2, 3, 4, 5].map((n) => `(${at + BigInt(n)}, ${at}, '${n} South St', 'Mesa', 'AZ', '85201', ${33400000 + n * 2000}, -111800000)`).join(", ")};
		UPDATE staff SET start_lat_e6 = 33401000, start_lng_e6 = -111800000 WHERE role = 5`, c.schema);
	homes = [1n, 2n, 3n, 4n, 5n].map((n) => letters(at + n));
	[level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
});

test("a day in time is offered nothing", async () => {
	const offer = granted(await office.get(`/api/office/replans?day=${D}`));
	assert.deepEqual([offer.late_s, offer.plan.lanes.length], [0, 0]);
	refused(await people.read_only.visitor.get(`/api/office/replans?day=${D}`), 403, "forbidden");
});

test("stops that would miss their window go to who has time; it is taken at one go, and taken back", async () => {
	for (const home of homes)
		granted(await office.post("/api/office/visits", { property_id: home, service_id: level.id, day: D, note: "", anyway: true, tech_id: tom.id, minutes: 60, to_minute: 600 }), 201);
	const was = { tom: await lane(tom), uma: await lane(uma) };
	assert.equal(was.tom.length, 5);
	const before = await late();
	assert.ok(before > 3600);
	const offer = granted(await office.get(`/api/office/replans?day=${D}`));
	assert.equal(offer.late_s, before);
	assert.ok(offer.then_late_s < before / 2, `${offer.then_late_s} of ${before}`);
	const hers = offer.plan.lanes.find((l) => l.tech_id === uma.id).stops;
	assert.ok(hers.length > 0 && offer.moves.some((m) => m.id === hers[0].id && m.customer === "Rosa Ruiz"));
	/* Not with a stop left out, or one that came in by somebody else's hand. */
	const without = { ...offer.plan, lanes: offer.plan.lanes.map((l, i) => (i ? l : { ...l, stops: l.stops.slice(1) })) };
	refused(await office.post("/api/office/replans", without), 422, "invalid", "lanes");
	const twice = { ...offer.plan, lanes: [offer.plan.lanes[0], offer.plan.lanes[0]] };
	refused(await office.post("/api/office/replans", twice), 422, "invalid", "lanes");
	assert.deepEqual(await lane(tom), was.tom);
	const back = granted(await office.post("/api/office/replans", offer.plan), 201);
	assert.equal(await late(), offer.then_late_s, "the board says what the offer said");
	for (const l of offer.plan.lanes) assert.deepEqual(await lane({ id: l.tech_id }), l.stops.map((s) => s.id));
	refused(await office.post("/api/office/replans", offer.plan), 409, "stale");
	const log = granted(await office.get(`/api/office/visits/${hers[0].id}/log`)).rows;
	assert.ok(log.some((l) => l.row.verb === "moved"));
	granted(await office.post("/api/office/replans", back), 201);
	assert.deepEqual({ tom: await lane(tom), uma: await lane(uma) }, was);
});

test("whose window is missed all the same hears the new one, if the office says so; taking it back takes no word back", async () => {
	const offer = granted(await office.get(`/api/office/replans?day=${D}`));
	assert.ok(offer.then_late_s > 0, "the best there is still misses one");
	const back = granted(await office.post("/api/office/replans", { ...offer.plan, tell: true }), 201);
	assert.equal(await late(), 0, "everybody knows when we come");
	const moved = (await board()).stops.find((s) => s.row.to_minute > 600).row;
	await mailbox.letter(email, /hora\s+distinta/);
	granted(await office.post("/api/office/replans", back), 201);
	assert.equal((await board()).stops.find((s) => s.row.id === moved.id).row.to_minute, moved.to_minute);
	sql("UPDATE visit SET from_minute = NULL, to_minute = 600", c.schema);
});

test("who is off, or may not be sent there, is offered no stop", async () => {
	granted(await c.owner.visitor.post(`/api/office/staff/${uma.id}/time-off`, { from_day: D, to_day: D, reason: "Dentist" }), 201);
	const offer = granted(await office.get(`/api/office/replans?day=${D}`));
	assert.ok(!offer.plan.lanes.some((l) => l.tech_id === uma.id && l.stops.length > 0));
});
