// Waiting for what will be so, for stories with a house and without.
import assert from "node:assert/strict";

/** Asks until the answer is wanted, and answers it; whoever waits in vain is told what for, and what was there. */
export async function until(what, ask, wanted = Boolean, seconds = 20) {
	for (const end = Date.now() + seconds * 1000; ; await new Promise((done) => setTimeout(done, 50))) {
		const is = await ask();
		if (wanted(is)) return is;
		if (Date.now() > end) assert.fail(`not in time: ${what}: ${JSON.stringify(is)?.slice(0, 300)}`);
	}
}
