// Documents that anybody can check: the company's keys, and what becomes of a stranger's text.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, granted, Visitor, where } from "./harness.mjs";

let c;
before(async () => {
	c = await company();
});
const stranger = () => new Visitor(where, c.host);

test("the company's keys are at a well-known address, for anybody", async () => {
	const keys = granted(await stranger().get("/.well-known/pool-keys.json"));
	assert.equal(keys.company, c.slug);
	assert.match(keys.house, /^[0-9a-f]{64}$/);
	assert.deepEqual(granted(await stranger().get("/api/portal/proof-keys")), keys);
});

test("what is no sealed document is called one in the reader's language, and nothing is shown", async () => {
	const verdict = granted(await stranger().post("/api/portal/proof-checks", { proof: "hello\nworld" }));
	assert.deepEqual([verdict.valid, verdict.body], [false, null]);
	assert.match(verdict.why, /sealed document/);
});
