// Jobs: letters through bad weather, turns among companies, the clock.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { company, mailbox, pause, poolctl, sql, until, where, word } from "./harness.mjs";

let c;
before(async () => {
	c = await company();
	await quiet();
});
// Only the letters of these stories: what other companies still have on their way passes by.
const calm = { to: "@jobs.example", refuse: 0, answer: { times: 0, code: 451, text: "4.3.0 later" }, delay_ms: 0, close_mid_data: 0, drop_after_accept: 0 };
after(() => mailbox.faults({}));

/** Nothing of this company is on its way: the next letter is the one that a story is about. */
async function quiet() {
	const open = () => Number(sql("SELECT COUNT(*) FROM job WHERE kind = 'mail' AND state IN (1, 2)", c.schema)[0][0]);
	for (const end = Date.now() + 30_000; open() > 0; await pause(50)) assert.ok(Date.now() < end, "letters stay on their way");
}
const newest = async () => Math.max(0, ...(await mailbox.list()).map((m) => m.id));
/** Somebody is invited: a letter is ordered. -> the id of its job; the newest address is in `invited` */
let invited;
async function order() {
	const mails = () => sql("SELECT id FROM job WHERE kind = 'mail'", c.schema).map(([id]) => id);
	const known = new Set(mails());
	invited = `${word()}@jobs.example`;
	await c.owner.visitor.must(201, "POST", "/api/office/staff", { name: "Ivy", email: invited, role: "technician", language: "en" });
	const fresh = mails().filter((id) => !known.has(id));
	assert.equal(fresh.length, 1, "one letter is ordered");
	return fresh[0];
}
const row = (id) => {
	const [state, tries, reason, length] = sql(`SELECT state, tries, reason, LENGTH(payload) FROM job WHERE id = ${id}`, c.schema)[0];
	return { state: Number(state), tries: Number(tries), reason, length: Number(length) };
};
async function becomes(id, wanted) {
	for (const end = Date.now() + 30_000; ; await pause(50)) {
		const now = row(id);
		if (wanted(now)) return now;
		assert.ok(Date.now() < end, `job ${id}: ${JSON.stringify(now)}`);
	}
}
/** The pause is over: what waits is due, and the worker is told so by the next fact. */
async function pause_over() {
	sql("UPDATE job SET due_at = 1 WHERE state = 1 AND kind = 'mail'", c.schema);
	await order();
	await quiet();
}
const named = (letter) => letter.headers.find((h) => /^message-id:/i.test(h));

test("a letter whose answer was lost is sent again, and is the same letter", async () => {
	const from = await newest();
	await mailbox.faults({ ...calm, drop_after_accept: 1 });
	const id = await order();
	const reader = invited;
	const lost = await becomes(id, (j) => j.state === 1 && j.tries === 1);
	assert.match(lost.reason, /^away: /);
	await pause_over();
	const done = await becomes(id, (j) => j.state === 3);
	assert.equal(done.tries, 2);
	assert.equal(done.length, 0, "a link that works is not kept");
	const letters = await Promise.all((await mailbox.list(reader, from)).map((m) => mailbox.read(m.id)));
	assert.equal(letters.length, 2);
	assert.equal(named(letters[0]), named(letters[1]));
});

test("a relay that says later is asked later", async () => {
	await mailbox.faults({ ...calm, answer: { times: 1, code: 451, text: "4.3.0 later" } });
	const id = await order();
	const refused = await becomes(id, (j) => j.tries === 1 && j.state === 1);
	assert.equal(refused.reason, "away: The mail relay answers 451.");
	const [[due, now]] = sql(`SELECT due_at, UNIX_TIMESTAMP() FROM job WHERE id = ${id}`, c.schema);
	assert.ok(due - now >= 10 && due - now <= 30, `waits ${due - now} s`);
	await pause_over();
	await becomes(id, (j) => j.state === 3 && j.tries === 2);
});

test("a reader whom the relay does not know is parked at once; the operator sees why and may try again", async () => {
	await mailbox.faults({ ...calm, answer: { times: 1, code: 550, text: "5.1.1 no such person" } });
	const id = await order();
	const parked = await becomes(id, (j) => j.state === 4);
	assert.equal(parked.tries, 1);
	assert.match(parked.reason, /refuses this address: 550/);
	assert.match(poolctl("jobs", "show", c.slug), /mail.*refuses this address: 550/);
	assert.doesNotMatch(poolctl("jobs", "show", c.slug), /@jobs\.example/, "the list names nobody");
	poolctl("jobs", "retry", c.slug);
	await pause_over();
	await becomes(id, (j) => j.state === 3);
});

test("a line that goes dead in the middle of a letter does no harm", async () => {
	await mailbox.faults({ ...calm, close_mid_data: 1 });
	const id = await order();
	await becomes(id, (j) => j.state === 1 && j.tries === 1);
	await pause_over();
	await becomes(id, (j) => j.state === 3);
});

test("a letter reads well in both twins, and nobody answers it by machine", async () => {
	const from = await newest();
	await order();
	const letter = await mailbox.letter(invited, /./, { after: from });
	const header = (name) => letter.headers.find((h) => h.toLowerCase().startsWith(`${name}:`)) ?? "";
	assert.match(header("auto-submitted"), /auto-generated/);
	assert.match(header("message-id"), new RegExp(`<[0-9a-z]{13}\\.${c.slug}@`));
	assert.match(header("content-type"), /multipart/);
	const link = letter.text.match(/http:\/\/\S+#\S+/)[0];
	assert.ok(link.startsWith(`http://${c.host}:${where.port}/`), link);
	assert.ok(letter.html.includes(`href="${link}"`), "the same link in both");
});

test("a company with thousands of jobs lets another's letter through", async () => {
	const from = await newest();
	const other = await company({ fresh: true });
	sql("INSERT INTO job (id, kind, state, due_at, payload, made_at) SELECT seq, 'housekeeping', 1, 1, '', 1 FROM seq_1_to_3000", other.schema);
	sql(`REPLACE INTO pool_control.due (tenant_id, at) SELECT id, 1 FROM pool_control.tenant WHERE slug = '${other.slug}'`);
	await order();
	await mailbox.letter(invited, /./, { after: from });
	const left = Number(sql("SELECT COUNT(*) FROM job WHERE kind = 'housekeeping' AND state = 1", other.schema)[0][0]);
	assert.ok(left > 1000, `only ${left} were left: too few to prove anything`);
	sql("DELETE FROM job WHERE kind = 'housekeeping' AND state = 1 AND job_key IS NULL", other.schema);
});

test("each night's work is planned once for each company, in its own zone", async () => {
	// A worker looks at every company once a minute; a fresh one does so at once.
	const master = readFileSync(join(where.dir, "pid", "jobs"), "utf8").trim();
	const workers = () => {
		try {
			return execFileSync("pgrep", ["-P", master], { encoding: "utf8" }).trim().split("\n");
		} catch {
			return []; // between two generations of them
		}
	};
	for (const pid of await until("there are workers", workers, (w) => w.length > 0))
		try {
			process.kill(Number(pid), "SIGTERM");
		} catch {} // it was on its way home already
	for (const end = Date.now() + 70_000; ; await pause(200)) {
		const keys = sql("SELECT job_key FROM job WHERE job_key LIKE 'clock:%'", c.schema).map(([k]) => k);
		if (keys.length) {
			assert.equal(new Set(keys).size, keys.length);
			for (const key of keys) assert.match(key, /^clock:[a-z_]+:\d{4}-\d\d-\d\d$/);
			assert.ok(keys.some((key) => key.startsWith("clock:housekeeping:")), keys.join(" "));
			break;
		}
		assert.ok(Date.now() < end, "nothing is planned");
	}
});
