// A release must not be noticed: workers are replaced one by one, a hundred times, under load.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { company, pause, where } from "../house/harness.mjs";

const TIMES = Number(process.env.REPLACES ?? 100);

test(`${TIMES} graceful replaces under load: no failed request`, async () => {
	const c = await company();
	let over = false;
	let asked = 0;
	const failed = [];
	const load = async () => {
		while (!over) {
			const answer = await c.owner.visitor.get("/api/office/me").catch((e) => ({ status: e.code }));
			asked++;
			if (answer.status !== 200) failed.push(answer.status);
		}
	};
	const loads = [load(), load(), load(), load()];
	const pid = Number(readFileSync(join(where.dir, "pid/web"), "utf8"));
	for (let i = 0; i < TIMES; i++) {
		process.kill(pid, "SIGHUP");
		await pause(250);
	}
	over = true;
	await Promise.all(loads);
	console.log(`# ${asked} requests during ${TIMES} replaces`);
	assert.deepEqual(failed, []);
	assert.ok(asked > TIMES);
});
