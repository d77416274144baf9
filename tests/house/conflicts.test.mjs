// What office and phone change at the same moment: nobody's word is lost, and both sides read the same afterwards.
// tests/long/conflicts.test.mjs does it ten thousand times.
import assert from "node:assert/strict";
import { test } from "node:test";
import { day, granted } from "./harness.mjs";
import { clash, settled, two_sides } from "./conflicts.mjs";
import { Phone } from "./phone.mjs";

let s;
test("sixty pairs of edits of office and phone at the same moment: every word that lost is kept and was told", async () => {
	s = await two_sides(4);
	const said = await clash(s, 60);
	const counts = await settled(s, said);
	console.log(`# ${JSON.stringify(counts)}`);
	assert.equal(counts.gone, 0);
});

test("what the office put right after the tap is not written over: the phone is told, and the office sees both", async () => {
	const [lane] = s.lanes;
	const visit = granted(await s.office.post("/api/office/visits", { property_id: s.place, pool_id: s.pool, service_id: s.level.id, day: day(), tech_id: lane.tech.id, note: "", anyway: true }), 201);
	const first = lane.phone.verb("reading", visit.id, { pool_id: s.pool, what: "fc", amount: 100 });
	first.at -= 600;
	granted(await lane.phone.send(first), 201);
	const set = granted(await s.office.get(`/api/office/pools/${s.pool}/water`)).readings.find((r) => r.visit_id === visit.id);
	granted(await s.office.put(`/api/office/readings/${set.id}`, { values: [{ measure: "fc", x100: 250, how: "exact" }], version: set.version }));
	// It was tapped before that, without signal.
	const late = lane.phone.verb("reading", visit.id, { pool_id: s.pool, what: "fc", amount: 300 });
	late.at -= 300;
	const [told] = granted(await lane.phone.send(late), 201).answers;
	assert.equal(told.answer, "conflict");
	assert.match(told.problem, /corrected this reading/);
	const is = granted(await s.office.get(`/api/office/pools/${s.pool}/water`)).readings.find((r) => r.visit_id === visit.id);
	assert.deepEqual(is.values.map((v) => v.x100), [250]);
	assert.ok(granted(await s.office.get("/api/office/alerts?kind=conflict")).rows.some((a) => a.visit_id === visit.id));
	assert.ok(granted(await s.office.get(`/api/office/visits/${visit.id}/log`)).rows.some((l) => l.row.verb === "reading" && l.row.problem !== ""));
	// Another measure is nobody's conflict; a tap after the correction is the newer word.
	assert.equal((await lane.phone.say("reading", visit.id, { pool_id: s.pool, what: "ph", amount: 750 })).answer, "applied");
});

test("of two phones of one person the later reading stands, whichever comes last; both doses and both products are written down", async () => {
	const [lane] = s.lanes;
	const other = new Phone(lane.phone.visitor);
	const visit = granted(await s.office.post("/api/office/visits", { property_id: s.place, pool_id: s.pool, service_id: s.level.id, day: day(), tech_id: lane.tech.id, note: "", anyway: true }), 201);
	const at = (phone, ago, verb, body) => ({ ...phone.verb(verb, visit.id, { pool_id: s.pool, ...body }), at: Math.floor(Date.now() / 1000) - ago });
	const early = at(lane.phone, 600, "reading", { what: "fc", amount: 150 });
	granted(await other.send(at(other, 300, "reading", { what: "fc", amount: 300 })), 201);
	const [told] = granted(await lane.phone.send(early), 201).answers;
	assert.equal(told.answer, "conflict");
	assert.match(told.problem, /Your other phone read this later/);
	assert.deepEqual(granted(await lane.phone.send(early), 201).answers.map((a) => [a.answer, a.again]), [["conflict", true]]);
	const read = async () => granted(await s.office.get(`/api/office/pools/${s.pool}/water`)).readings.find((r) => r.visit_id === visit.id).values.map((v) => [v.measure, v.x100]);
	assert.deepEqual(await read(), [["fc", 300]]);
	assert.ok(granted(await s.office.get("/api/office/alerts?kind=conflict")).rows.some((a) => a.visit_id === visit.id), "the office sees it");
	// Another measure is nobody's conflict, nor a tap that is the later one; a phone never contradicts itself, whatever its clock says.
	const answers = granted(await lane.phone.send(at(lane.phone, 590, "reading", { what: "ph", amount: 760 }), at(lane.phone, 100, "reading", { what: "fc", amount: 250 }), at(lane.phone, 9000, "reading", { what: "ph", amount: 770 })), 201).answers;
	assert.deepEqual(answers.map((a) => a.answer), ["applied", "applied", "applied"]);
	assert.deepEqual((await read()).sort(), [["fc", 250], ["ph", 770]]);
	for (const phone of [lane.phone, other]) assert.equal((await phone.say("used", visit.id, { text: "O-ring", amount: 100 })).answer, "applied");
	assert.equal(granted(await s.office.get(`/api/office/visits/${visit.id}/log`)).rows.filter((l) => l.row.verb === "used").length, 2);
});
