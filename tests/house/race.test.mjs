// Sixty-four dispatchers at one job: one gets it, the others hear that somebody was faster.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, refused, sql } from "./harness.mjs";
import { letters } from "./phone.mjs";

const tomorrow = day(1);
let c, office, techs, level, place;

before(async () => {
	c = await company();
	office = (await crew(c, ["dispatcher"])).dispatcher.visitor;
	techs = [];
	for (let i = 0; i < 4; i++) techs.push((await crew(c, ["technician"])).technician.id);
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201')`, c.schema);
	place = letters(at + 1n);
	[level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
});
const plan = async () => granted(await office.post("/api/office/visits", { property_id: place, service_id: level.id, day: tomorrow, note: "", anyway: true }), 201);
const owners = (visit) => sql(`SELECT COUNT(*) FROM stop_card WHERE visit_id = (SELECT MAX(id) FROM visit)`, c.schema)[0][0];

test("one of sixty-four gets the job, by hand and by offer; it is on one day of one technician", async () => {
	for (const round of [0, 1, 2]) {
		const job = await plan();
		const answers = await Promise.all(Array.from({ length: 64 }, (_, i) =>
			i % 2 === round % 2
				? office.post(`/api/office/visits/${job.id}/places`, { day: tomorrow, tech_id: techs[i % 4], version: job.version, anyway: true })
				: office.post(`/api/office/visits/${job.id}/takings`, { version: job.version })));
		const won = answers.filter((a) => a.status === 201);
		const others = answers.filter((a) => a.status !== 201);
		assert.equal(won.length, 1, answers.map((a) => a.status).join(" "));
		for (const a of others) {
			assert.equal(a.status, 409, a.text);
			assert.match(a.body.error.message, /Somebody else changed this just now/);
		}
		const now = granted(await office.get(`/api/office/visits/${job.id}`));
		assert.equal(now.tech_id, won[0].body.tech_id);
		assert.equal(now.version, job.version + 1);
		assert.equal(owners(job), "1");
	}
});

test("one of sixty-four promises an hour of one person, near and far: the others hear to whom it is promised", async () => {
	// A day whose cards are kept, and one that lies beyond them.
	for (const on of [tomorrow, day(20)]) {
		const answers = await Promise.all(Array.from({ length: 64 }, () =>
			office.post("/api/office/visits", { property_id: place, service_id: level.id, day: on, tech_id: techs[0], from_minute: 600, to_minute: 605, note: "" })));
		const others = answers.filter((a) => a.status !== 201);
		assert.equal(others.length, 63, answers.map((a) => a.status).join(" "));
		for (const a of others) refused(a, 422, "invalid", "from_minute");
		assert.equal(sql(`SELECT COUNT(*) FROM visit WHERE day = '${on}' AND from_minute = 600`, c.schema)[0][0], "1");
	}
});

test("without the version each of them would win: the race is a real one", async () => {
	const job = await plan();
	// As if nobody compared: each reads the version that is there just before it writes.
	const answers = await Promise.all(Array.from({ length: 16 }, async (_, i) => {
		for (let tries = 0; tries < 40; tries++) {
			const { version } = granted(await office.get(`/api/office/visits/${job.id}`));
			const a = await office.post(`/api/office/visits/${job.id}/places`, { day: tomorrow, tech_id: techs[i % 4], version, anyway: true });
			if (a.status === 201) return 1;
		}
		return 0;
	}));
	assert.ok(answers.reduce((a, b) => a + b, 0) > 1, "more than one of them wrote");
	assert.equal(owners(job), "1", "and still it is on one day only");
});
