// Who asks cannot tell by the clock whether somebody has an account: sign-in and forgotten passwords cost the same work
// for addresses that are known and for those that are not (reliability.md, T13). Work is counted and not timed: statements,
// from the log, must be equal to the last; the processor's time of the workers, from the kernel, in the median. A clock on
// the wall would also measure whatever else the machine does.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { company, hire, mailbox, pause, sql, Visitor, where, word } from "../house/harness.mjs";

const SAMPLES = Number(process.env.SAMPLES ?? 120);
let c, person;
before(async () => {
	c = await company();
	person = await hire(c, mailbox, "technician");
});
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const workers = () => spawnSync("pgrep", ["-P", readFileSync(join(where.dir, "pid/auth"), "utf8").trim()], { encoding: "utf8" }).stdout.trim().split("\n");
/** Milliseconds that all workers of poold auth have had on a processor, once they are at rest. */
async function worked() {
	const read = () => workers().reduce((ms, pid) => ms + Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6, 0);
	for (let was = read(); ; ) {
		await pause(2);
		const now = read();
		if (now === was) return now;
		was = now;
	}
}
const log = () => readFileSync(join(where.dir, "log/auth.log"), "utf8").split("\n").filter((l) => / sql=\d+/.test(l) && l.includes(`t=${c.slug} `));
const statements = (line) => Number(/ sql=(\d+)/.exec(line)[1]);

/* elsewhere: statements that somebody costs the company, and nobody the control schema, which the log does not count. */
async function compare(t, path, body, elsewhere) {
	const work = { known: [], unknown: [] };
	const asked = { known: new Set(), unknown: new Set() };
	const words = { known: new Set(), unknown: new Set() };
	for (let i = 0; i < SAMPLES; i++) {
		// Neither waits for the other's failures.
		sql("UPDATE staff SET failures = 0, locked_until = 0", c.schema);
		sql("DELETE FROM tally WHERE what = 'reset'", "pool_control");
		for (const who of i % 2 ? ["known", "unknown"] : ["unknown", "known"]) {
			const email = who === "known" ? person.email : `nobody-${word()}@staff.example`;
			const visitor = new Visitor(where, c.host, { address: `10.${i % 250}.${who === "known" ? 1 : 2}.1` });
			const lines = log().length;
			const start = await worked();
			const answer = await visitor.post(path, body(email));
			work[who].push(await worked() - start);
			words[who].add(`${answer.status} ${answer.text.replace(/"trace":"[^"]*"/, "")}`);
			const said = log().slice(lines);
			assert.equal(said.length, 1, said.join("\n"));
			asked[who].add(statements(said[0]));
		}
	}
	const [known, unknown] = [median(work.known), median(work.unknown)];
	t.diagnostic(`known ${known.toFixed(2)} ms and ${[...asked.known]} statements, unknown ${unknown.toFixed(2)} ms and ${[...asked.unknown]}`);
	assert.deepEqual([...words.known], [...words.unknown], "the answers are equal to the byte, but for the trace");
	assert.deepEqual([...asked.known].map((n) => n - elsewhere), [...asked.unknown], "the database is asked as often");
	assert.ok(Math.abs(known - unknown) <= Math.max(0.5, 0.15 * known), `${known} ms of work, and ${unknown} for nobody`);
}

// Somebody's failures are counted in their own row, nobody's beside the companies.
test("a wrong password is as much work as an unknown address", (t) =>
	compare(t, "/api/auth/sessions", (email) => ({ email, password: "no such password 1" }), 1));

test("a forgotten password is as much work for nobody", (t) => compare(t, "/api/auth/resets", (email) => ({ email }), 0));
