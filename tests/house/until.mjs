// Waiting for what will be so, for stories with a house and without.
import assert from "node:assert/strict";

/*
 * Asks until the answer is wanted, and answers it; whoever waits in vain is told what for, and what was there. A machine
 * that stood still meanwhile has not answered: so many seconds, and four questions for each.
 */
export async function until(what, ask, wanted = Boolean, seconds = 30) {
	const end = Date.now() + seconds * 1000;
	for (let asked = 1; ; asked++) {
		const is = await ask();
		if (wanted(is)) return is;
		if (Date.now() > end && asked > seconds * 4) assert.fail(`not in time: ${what}: ${JSON.stringify(is)?.slice(0, 300)}`);
		await new Promise((done) => setTimeout(done, 50));
	}
}
