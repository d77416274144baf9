// kill -9, at random, in the middle of sign-ups, invitations and mails: nothing acknowledged is lost, nothing is done
// twice, no company is half made. KILLS=200 by default.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { company, mailbox, PASSWORD, pause, site, sql, Visitor, where, word } from "../house/harness.mjs";

const KILLS = Number(process.env.KILLS ?? 200);
const random = (n) => Math.floor(Math.random() * n);
const pid = (part) => Number(readFileSync(join(where.dir, "pid", part), "utf8"));
const children = (of) => spawnSync("pgrep", ["-P", String(of)], { encoding: "utf8" }).stdout.trim().split("\n").filter(Boolean).map(Number);

let c;
before(async () => {
	c = await company();
});

let over = false;
const signups = []; // acknowledged: {slug, email}
const invited = []; // acknowledged: {email}
const unsure = { signups: 0, invited: 0 };

/** Ask until the answer is definite; the key makes that safe. A broken line, 502, 503: ask again. */
async function insist(ask) {
	for (const end = Date.now() + 120_000; Date.now() < end; await pause(100 + random(200))) {
		const answer = await ask().catch(() => null);
		if (answer && answer.status < 500 && answer.status !== 429) return answer;
	}
	return null;
}

async function sign_up_forever() {
	while (!over) {
		const w = word();
		const form = { company: `Kill ${w}`, slug: `kill-${w}`, owner: "Kim", email: `kim@${w}.example`, password: PASSWORD, country: "US", zone: "America/Denver", language: "en" };
		const key = { "idempotency-key": `kill-${w}` };
		const answer = await insist(() => site().post("/api/auth/signups", form, key));
		if (answer?.status === 201) signups.push(form);
		else {
			unsure.signups++;
			if (answer) assert.fail(`sign-up: ${answer.status} ${answer.text}`);
		}
	}
}
async function invite_forever() {
	while (!over) {
		const email = `inv-${word()}@kill.example`;
		const key = { "idempotency-key": `inv-${email}` };
		const answer = await insist(() => c.owner.visitor.post("/api/office/staff", { name: "Ivy", email, role: "technician", language: "en" }, key));
		if (answer?.status === 201) invited.push(email);
		else {
			unsure.invited++;
			if (answer) assert.fail(`invitation: ${answer.status} ${answer.text}`);
		}
		await pause(random(50));
	}
}

const killed = { web: 0, auth: 0, jobs: 0, mariadb: 0 };
async function kill_one() {
	const what = ["web", "web", "web", "auth", "auth", "jobs", "jobs", "jobs", "mariadb"][random(9)];
	if (what === "mariadb") {
		const file = join(where.dir, "db/pid");
		process.kill(Number(readFileSync(file, "utf8")), "SIGKILL");
		await pause(200);
		execFileSync("ops/dev/db.sh", ["start", join(where.dir, "db")], { stdio: "ignore", timeout: 120_000 });
	} else {
		const [some] = children(pid(what)).sort(() => Math.random() - 0.5);
		if (some === undefined) return;
		try {
			process.kill(some, "SIGKILL");
		} catch {
			return; // it had just retired
		}
	}
	killed[what]++;
}

test(`${KILLS} kills in the middle of sign-ups, invitations and mails`, async () => {
	const loads = [sign_up_forever(), sign_up_forever(), invite_forever(), invite_forever()];
	const total = () => Object.values(killed).reduce((a, b) => a + b);
	while (total() < KILLS) {
		await kill_one();
		await pause(50 + random(350));
	}
	over = true;
	await Promise.all(loads);
	console.log(`# killed ${JSON.stringify(killed)}; acknowledged ${signups.length} sign-ups, ${invited.length} invitations; unsure ${JSON.stringify(unsure)}`);
	assert.ok(signups.length >= 20 && invited.length >= 20, "there was load");
});

test("every acknowledged sign-up is a whole company, exactly once", async () => {
	for (const { slug, email } of signups) {
		const rows = sql(`SELECT schema_name, status FROM pool_control.tenant WHERE slug = '${slug}'`);
		assert.equal(rows.length, 1, slug);
		assert.equal(rows[0][1], "3", `${slug} is live`);
		assert.deepEqual(sql(`SELECT (SELECT COUNT(*) FROM company), (SELECT COUNT(*) FROM staff), (SELECT COUNT(*) FROM staff WHERE role = 1 AND email = '${email}')`, rows[0][0])[0], ["1", "1", "1"], slug);
	}
});

test("no company is half made: claims end in life or in the stock", async () => {
	const claimed = () => Number(sql("SELECT COUNT(*) FROM pool_control.tenant WHERE status = 2")[0][0]);
	for (const end = Date.now() + 150_000; claimed() > 0 && Date.now() < end; ) await pause(1000);
	assert.equal(claimed(), 0);
	for (const [schema] of sql("SELECT schema_name FROM pool_control.tenant WHERE status = 3"))
		assert.deepEqual(sql("SELECT (SELECT COUNT(*) FROM company), (SELECT COUNT(*) FROM staff WHERE role = 1)", schema)[0], ["1", "1"], schema);
	for (const [schema] of sql("SELECT schema_name FROM pool_control.tenant WHERE status = 1"))
		assert.deepEqual(sql("SELECT (SELECT COUNT(*) FROM company), (SELECT COUNT(*) FROM staff)", schema)[0], ["0", "0"], schema);
});

test("every acknowledged invitation is one line of staff", () => {
	for (const email of invited) assert.equal(sql(`SELECT COUNT(*) FROM staff WHERE email = '${email}'`, c.schema)[0][0], "1", email);
	assert.equal(sql("SELECT COUNT(*) FROM (SELECT email FROM staff GROUP BY email HAVING COUNT(*) > 1) x", c.schema)[0][0], "0");
});

test("every letter arrives, and a letter sent twice is the same letter", async () => {
	for (const email of [...signups.map((s) => s.email), ...invited]) {
		await mailbox.letter(email, /#/, { seconds: 180 });
		const letters = await Promise.all((await mailbox.list(email)).map((m) => mailbox.read(m.id)));
		const names = new Set(letters.map((l) => l.headers.find((h) => /^message-id:/i.test(h))));
		assert.equal(names.size, 1, `${email} got ${letters.length} letters with ${names.size} names`);
	}
});

test("the audit chain is whole, and the house is well", async () => {
	const verdict = await c.owner.visitor.must(200, "GET", "/api/office/audit/verification");
	assert.equal(verdict.whole, true);
	assert.equal((await new Visitor({ ...where, port: where.privatePort }, "localhost").get("/readyz")).status, 200);
});
