// R2 at length: ten thousand pairs of edits of office and phones at the same moment (PAIRS sets another number).
import assert from "node:assert/strict";
import { test } from "node:test";
import { clash, settled, two_sides } from "../house/conflicts.mjs";

const PAIRS = Number(process.env.PAIRS ?? 10_000);
const AT_ONCE = 400; /* of one company: its technicians have so many stops on one day */

test("pairs of edits of office and phones: nobody's word is gone, and all who look read the same", async () => {
	const sum = {};
	for (let done = 0; done < PAIRS; done += AT_ONCE) {
		const s = await two_sides(8);
		const counts = await settled(s, await clash(s, Math.min(AT_ONCE, PAIRS - done)));
		for (const [k, v] of Object.entries(counts)) sum[k] = (sum[k] ?? 0) + v;
	}
	console.log(`# ${JSON.stringify(sum)}`);
	assert.equal(sum.gone, 0);
	assert.ok(sum.desk_lost > 0 && sum.phone_lost > 0, "each side lost now and then");
});
