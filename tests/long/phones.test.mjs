// R1 at length: 200 phones, at least 100,000 verbs and 500 faults, MariaDB among them. PHONES, VERBS (each), FAULTS set other sizes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { company } from "../house/harness.mjs";
import { drive, fleet, judge } from "../house/fleet.mjs";

const PHONES = Number(process.env.PHONES ?? 200);
const VERBS = Number(process.env.VERBS ?? 500);
const FAULTS = Number(process.env.FAULTS ?? 500);

test("phones write through kills of everything, cuts and repeats: none lost, none doubled, all in order", async () => {
	const c = await company();
	const phones = await fleet(c, PHONES, Math.min(10, PHONES));
	const { logs, counts, killed, happened } = await drive(phones, { verbs: VERBS, batch: 40, faults: FAULTS, kinds: ["web", "web", "web", "jobs", "nginx", "mariadb"] });
	const tapped = logs.reduce((n, l) => n + l.tapped.length, 0);
	console.log(`# ${tapped} verbs; cut ${counts.cut}, sent three times ${counts.triple}, killed ${JSON.stringify(killed)}`);
	assert.deepEqual(judge(c, logs), { lost: 0, doubled: 0, disordered: 0 });
	assert.ok(happened >= FAULTS && tapped >= PHONES * VERBS, "all of it happened");
});
