// Who asks cannot tell by the clock whether somebody has an account: sign-in and forgotten passwords take the same time
// for addresses that are known and for those that are not (reliability.md, T13). Samples alternate, so that whatever
// else the machine does disturbs both alike.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, hire, mailbox, sql, Visitor, where, word } from "../house/harness.mjs";

const SAMPLES = Number(process.env.SAMPLES ?? 250);
let c, person;
before(async () => {
	c = await company();
	person = await hire(c, mailbox, "technician");
});
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** The two-sample Kolmogorov-Smirnov test: how likely is it that both lists come from one clock? */
function sameClock(a, b) {
	const [x, y] = [a, b].map((l) => [...l].sort((p, q) => p - q));
	let [i, j, gap] = [0, 0, 0];
	while (i < x.length && j < y.length) {
		if (x[i] <= y[j]) i += 1;
		else j += 1;
		gap = Math.max(gap, Math.abs(i / x.length - j / y.length));
	}
	const n = Math.sqrt((x.length * y.length) / (x.length + y.length));
	const lambda = (n + 0.12 + 0.11 / n) * gap;
	let p = 0;
	for (let k = 1; k <= 100; k++) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * (k * lambda) ** 2);
	return Math.min(1, Math.max(0, p));
}

async function compare(t, path, body, samples) {
	const times = { known: [], unknown: [] };
	const words = { known: new Set(), unknown: new Set() };
	for (let i = 0; i < samples; i++) {
		// Neither waits: what is compared is the work.
		sql(`UPDATE staff SET failures = 0, locked_until = 0`, c.schema);
		sql(`DELETE FROM tally WHERE what = 'reset'`, "pool_control");
		for (const who of i % 2 ? ["known", "unknown"] : ["unknown", "known"]) {
			const email = who === "known" ? person.email : `nobody-${word()}@staff.example`;
			const visitor = new Visitor(where, c.host, { address: `10.${i % 250}.${who === "known" ? 1 : 2}.1` });
			const start = process.hrtime.bigint();
			const answer = await visitor.post(path, body(email));
			times[who].push(Number(process.hrtime.bigint() - start) / 1e6);
			words[who].add(`${answer.status} ${answer.text.replace(/"trace":"[^"]*"/, "")}`);
		}
	}
	assert.deepEqual([...words.known], [...words.unknown], "the answers are equal to the byte, but for the trace");
	const gap = Math.abs(median(times.known) - median(times.unknown));
	const p = sameClock(times.known, times.unknown);
	t.diagnostic(`known ${median(times.known).toFixed(2)} ms, unknown ${median(times.unknown).toFixed(2)} ms, gap ${gap.toFixed(2)} ms, p ${p.toFixed(3)}`);
	// On a busy machine the medians jump about; a gap counts if the two lists can be told apart at all.
	assert.ok(gap <= 1 || p > 0.05, `the medians differ by ${gap} ms`);
	assert.ok(p > 0.001, `two clocks: p = ${p}`);
}

test("a wrong password takes as long as an unknown address", (t) =>
	compare(t, "/api/auth/sessions", (email) => ({ email, password: "no such password 1" }), SAMPLES));

test("a forgotten password takes as long for nobody", (t) =>
	compare(t, "/api/auth/resets", (email) => ({ email }), SAMPLES));
