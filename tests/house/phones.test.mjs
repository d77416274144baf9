// Phones that write while workers and nginx die, connections are cut and answers come too late: nothing that
// was tapped is lost, nothing is there twice, and the order is kept. tests/long/phones.test.mjs does it at length.
import assert from "node:assert/strict";
import { test } from "node:test";
import { company, site, sql, until } from "./harness.mjs";
import { drive, fleet, judge } from "./fleet.mjs";

test("forty phones write five thousand notes through kills and cuts: none lost, none doubled, all in order", async () => {
	const c = await company();
	const phones = await fleet(c, 40, 4);
	const { logs, counts, killed, happened } = await drive(phones, { verbs: 125, batch: 25, faults: 40, kinds: ["web", "web", "jobs", "nginx"] });
	const tapped = logs.reduce((n, l) => n + l.tapped.length, 0);
	console.log(`# ${tapped} notes; cut ${counts.cut}, sent three times ${counts.triple}, killed ${JSON.stringify(killed)}`);
	assert.deepEqual(judge(c, logs), { lost: 0, doubled: 0, disordered: 0 });
	assert.ok(counts.cut > 20 && counts.triple > 5 && happened >= 40, "there were faults");
	assert.equal(sql("SELECT SUM(last_n) FROM device", c.schema)[0][0], String(tapped), "the counts agree");
	// A note that was applied after a later one would be seen.
	sql("UPDATE visit_log SET visit_version = visit_version + 1000000 WHERE verb = 6 AND n = 10 LIMIT 1", c.schema);
	assert.equal(judge(c, logs).disordered, 1);
});

test("without the key of a verb the same faults double it: the checker sees it", async () => {
	// The last kill before may still be felt.
	await until("the house answers", () => site().get("/").then((a) => a.status === 200, () => false), (is) => is);
	const c = await company();
	const phones = await fleet(c, 6, 2);
	const { logs } = await drive(phones, { verbs: 20, batch: 5, faults: 0, kinds: [], keyless: true });
	const { doubled } = judge(c, logs);
	assert.ok(doubled > 0, "nothing was doubled: the test could not fail");
});
