// Imports at their ceiling and under fire: 50,000 rows within five minutes; job workers killed at random in the practice,
// the bringing in and the undo, and nothing is doubled or missing. ROWS and IMPORT_KILLS change the sizes.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { company, granted, pause, sql, where } from "../house/harness.mjs";

const ROWS = Number(process.env.ROWS ?? 50_000);
const KILLED_ROWS = Math.min(ROWS, 6_000);
const KILLS = Number(process.env.IMPORT_KILLS ?? 40);
const random = (n) => Math.floor(Math.random() * n);

let c, office;
before(async () => {
	c = await company();
	office = c.owner.visitor;
});

const STREETS = ["Encanto Blvd", "Camelback Rd", "Osborn Rd", "Baseline Rd", "Ray Rd", "Chandler Blvd", "Dobson Rd", "Larkspur Dr"];
const FIRST = ["Ana", "Luis", "Renee", "Owen", "Rima", "Paul", "Shay", "Ellen", "Joel", "Gil", "Maya", "Corey", "Lena", "Omar", "Nina", "Kurt"];
const LAST = ["Abbott", "Castellanos", "Ellison", "Fitzgerald", "Haddad", "Jennings", "McKinney", "Nakamura", "Orozco", "Quintana", "Romero", "Sandhu"];
/* later: the list of a year after, in which everybody has one tag more and another telephone. */
function list(rows, later = false) {
	const lines = ["Name,Email,Phone,Street,City,State,ZIP,Gate code,Tags,Gallons,Surface,Tech notes,Customer ID"];
	for (let n = 1; n <= rows; n++)
		lines.push([
			`${FIRST[n % 16]} ${LAST[n % 12]} ${n}`, `c${n}@mail.example`, `${later ? 480 : 602}-555-${String(n % 10_000).padStart(4, "0")}`, `${n} ${STREETS[n % 8]}`, "Phoenix", "AZ", "85001",
			String(1000 + (n % 9000)), `"${n % 3 ? "weekly" : "weekly, vip"}${later ? ", loyal" : ""}"`, String(10_000 + (n % 200) * 100), "plaster", n % 4 ? "" : "Latch on the left", `A-${n}`,
		].join(","));
	return lines.join("\r\n");
}
async function send(text) {
	const body = Buffer.from(`--b\r\nContent-Disposition: form-data; name="file"; filename="large.csv"\r\n\r\n${text}\r\n--b--\r\n`);
	return granted(await office.post("/api/office/imports", body, { "content-type": "multipart/form-data; boundary=b" }), 201);
}
const look = async (id) => granted(await office.get(`/api/office/imports/${id}`));
async function insist(ask) {
	for (const end = Date.now() + 60_000; ; await pause(200)) {
		const answer = await ask().catch(() => null);
		if (answer && answer.status < 500) return granted(answer);
		assert.ok(Date.now() < end, "no answer in a minute");
	}
}
async function settled(id, state, seconds) {
	for (const end = Date.now() + seconds * 1000; ; await pause(250)) {
		const i = await look(id).catch(() => null);
		if (i && i.state === state && i.done === i.total) return i;
		assert.ok(i === null || i.state !== "failed", `failed: ${i?.why}`);
		assert.ok(Date.now() < end, `stays ${i?.state} at ${i?.done} of ${i?.total}`);
	}
}
async function practise(text, seconds, policy = "fill") {
	const sent = await send(text);
	const { rows } = granted(await office.get(`/api/office/imports/${sent.id}/columns`));
	granted(await office.put(`/api/office/imports/${sent.id}`, { columns: rows.map(({ field }) => ({ field })), unit: "us_gallons", policy, version: sent.version }));
	return settled(sent.id, "dry", seconds);
}
const counts = () => sql("SELECT (SELECT COUNT(*) FROM customer), (SELECT COUNT(*) FROM property), (SELECT COUNT(*) FROM pool), (SELECT COUNT(*) FROM contact), (SELECT COUNT(*) FROM note), (SELECT COUNT(*) FROM tag), (SELECT COUNT(DISTINCT customer_id) FROM gram)", c.schema)[0].map(Number);
const expected = (rows) => [rows, rows, rows, rows, Math.floor(rows / 4), rows + Math.floor(rows / 3), rows];

/* Each row of the list is one customer with one of everything, and none is there twice. */
function whole(rows) {
	assert.deepEqual(counts(), expected(rows));
	assert.deepEqual(sql("SELECT external_id FROM customer GROUP BY external_id HAVING COUNT(*) > 1", c.schema), []);
	assert.equal(sql(`SELECT COUNT(*) FROM customer c JOIN property p ON p.customer_id = c.id JOIN pool b ON b.property_id = p.id
		WHERE p.street LIKE CONCAT(SUBSTRING(c.external_id, 3), ' %') AND p.gate_code IS NOT NULL`, c.schema)[0][0], String(rows));
}

/* A killed job's lease is ended at once, as if its minute had passed. While a step holds the row we are told so: later. */
function end_lease() {
	try {
		sql(`UPDATE job SET due_at = 1 WHERE kind = 'import' AND state = 2;
			INSERT INTO pool_control.due (tenant_id, at) SELECT id, 1 FROM pool_control.tenant WHERE slug = '${c.slug}' ON DUPLICATE KEY UPDATE at = 1`, c.schema);
	} catch (e) {
		assert.match(e.stderr ?? "", /ERROR (1213|1205|1020) /);
	}
}
async function kill_until(over, log) {
	const master = Number(readFileSync(join(where.dir, "pid/jobs"), "utf8"));
	while (!over()) {
		await pause(20 + random(180));
		const [worker] = spawnSync("pgrep", ["-P", String(master)], { encoding: "utf8" }).stdout.trim().split("\n").filter(Boolean);
		if (worker && log.killed < KILLS * log.share)
			try {
				process.kill(Number(worker), "SIGKILL");
				log.killed++;
			} catch {
				continue; // it had just ended
			}
		await pause(random(60));
		end_lease();
	}
}
async function under_fire(what, log) {
	let over = false;
	const killer = kill_until(() => over, log);
	try {
		return await what();
	} finally {
		over = true;
		await killer;
	}
}

test(`${KILLS} kills in the middle of an import: nothing doubled, nothing missing`, async () => {
	/* A third of the kills for each part. */
	const log = { killed: 0, share: 1 / 3 };
	const i = await under_fire(() => practise(list(KILLED_ROWS), 300), log);
	const practised = log.killed;
	log.share = 2 / 3;
	assert.equal(i.create, KILLED_ROWS);
	assert.deepEqual(counts().slice(0, 6), [0, 0, 0, 0, 0, 0], "a practice writes nothing");
	await under_fire(async () => {
		await insist(() => office.post(`/api/office/imports/${i.id}/starts`, { version: i.version }));
		return settled(i.id, "done", 600);
	}, log);
	whole(KILLED_ROWS);
	const brought = log.killed;
	log.share = 1;
	const again = await practise(list(KILLED_ROWS), 300);
	assert.deepEqual([again.create, again.change, again.skip], [0, 0, KILLED_ROWS], "the same list again is nothing new");

	// The look can see: a customer too many, a pool too few.
	sql(`INSERT INTO customer (id, name, email, language, created_at, external_id) SELECT MAX(id) + 1, 'Twin', '', 'en', 0, 'A-1' FROM customer`, c.schema);
	assert.throws(() => whole(KILLED_ROWS));
	sql("DELETE FROM customer WHERE name = 'Twin'; CREATE TABLE pool_control.one AS SELECT * FROM pool LIMIT 1; DELETE FROM pool WHERE id IN (SELECT id FROM pool_control.one)", c.schema);
	assert.throws(() => whole(KILLED_ROWS));
	sql("INSERT INTO pool SELECT * FROM pool_control.one; DROP TABLE pool_control.one", c.schema);
	whole(KILLED_ROWS);

	const done = await look(i.id);
	const undone = await under_fire(async () => {
		await insist(() => office.post(`/api/office/imports/${i.id}/undoings`, { version: done.version }));
		return settled(i.id, "undone", 600);
	}, log);
	assert.deepEqual([undone.removed, undone.kept], [KILLED_ROWS, 0]);
	assert.deepEqual(counts(), [0, 0, 0, 0, 0, 0, 0]);
	console.log(`# killed ${practised} times in the practice, ${brought - practised} while bringing in, ${log.killed - brought} in the undo`);
	assert.ok(log.killed >= Math.min(KILLS, 10), `only ${log.killed} kills`);
});

test(`${ROWS} rows are practised and brought in within five minutes`, async () => {
	const text = list(ROWS);
	const at = [performance.now()];
	const i = await practise(text, 300);
	at.push(performance.now());
	granted(await office.post(`/api/office/imports/${i.id}/starts`, { version: i.version }));
	const done = await settled(i.id, "done", 300);
	at.push(performance.now());
	const s = (n) => ((at[n] - at[n - 1]) / 1000).toFixed(1);
	console.log(`# ${ROWS} rows, ${(text.length / 1048576).toFixed(1)} MiB: sent and practised in ${s(1)} s, brought in in ${s(2)} s`);
	assert.equal(done.made, ROWS);
	whole(ROWS);
	assert.ok(at[2] - at[0] < 300_000, `${((at[2] - at[0]) / 1000).toFixed(0)} s`);
});

test(`${ROWS} rows against ${ROWS} customers who are here: practised, and brought in as changes, each within five minutes`, async () => {
	const spent = async (what) => {
		const t = performance.now();
		return [await what(), (performance.now() - t) / 1000];
	};
	const [same, same_s] = await spent(() => practise(list(ROWS), 900));
	assert.deepEqual([same.create, same.change, same.skip], [0, 0, ROWS], "the same list again is nothing new");
	const [later, dry_s] = await spent(() => practise(list(ROWS, true), 900, "replace"));
	assert.deepEqual([later.create, later.change, later.skip], [0, ROWS, 0]);
	granted(await office.post(`/api/office/imports/${later.id}/starts`, { version: later.version }));
	const [done, apply_s] = await spent(() => settled(later.id, "done", 900));
	assert.equal(done.changed, ROWS);
	console.log(`# ${ROWS} rows against ${ROWS} customers: the same list practised in ${same_s.toFixed(1)} s; a later one practised in ${dry_s.toFixed(1)} s, its changes brought in in ${apply_s.toFixed(1)} s`);
	assert.deepEqual(counts(), expected(ROWS).map((n, i) => (i === 5 ? n + ROWS : n)));
	assert.equal(sql("SELECT COUNT(*) FROM contact WHERE phone LIKE '+1480%'", c.schema)[0][0], String(ROWS));
	assert.ok(same_s < 300 && dry_s + apply_s < 300, "five minutes");
});
