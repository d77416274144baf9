// Many write for one company at once: each line of the audit log follows another, so they meet at its head. All of them
// are served; nobody hears "busy" because a colleague was faster at something else.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, granted, sql, where } from "./harness.mjs";

const ROUNDS = 6;
const AT_ONCE = 16;
let c, owner, manager;
before(async () => {
	c = await company();
	owner = c.owner.visitor;
	manager = (await crew(c, ["manager"])).manager.visitor;
});
const retries = async () => Number((await (await fetch(`http://127.0.0.1:${where.privatePort}/metrics`)).text()).match(/poolhouse_retries_total(?:\{[^}]*\})? (\d+)/)[1]);
const lines = () => Number(sql("SELECT COUNT(*) FROM audit", c.schema)[0][0]);

test("sixteen at once write for one company, each its own, and all are served", async (t) => {
	const [was, before] = [lines(), await retries()];
	const said = [];
	for (let round = 0; round < ROUNDS; round++) {
		const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => i % 2
			? owner.post("/api/office/roles", { name: `Role ${round} ${i}`, may: ["see_customers"] })
			: manager.post("/api/office/skills", { name: `Skill ${round} ${i}` })));
		said.push(...answers.map((a) => `${a.status} ${a.status === 201 ? "" : a.text}`));
	}
	assert.deepEqual([...new Set(said)], ["201 "], said.join("\n"));
	t.diagnostic(`${await retries() - before} began again`);
	assert.equal(lines() - was, ROUNDS * AT_ONCE, "each left one line");
	assert.equal(granted(await owner.get("/api/office/audit/verification")).whole, true);
});
