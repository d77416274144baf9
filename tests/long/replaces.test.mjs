// A release must not be noticed: workers are replaced one by one, a hundred times, under load. A replacement counts
// when every worker that was there before is gone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { company, mailbox, pause, Visitor, where, word } from "../house/harness.mjs";

const TIMES = Number(process.env.REPLACES ?? 100);
const master = (part) => Number(readFileSync(join(where.dir, "pid", part), "utf8"));
/** The workers of a master; its check of the program (`--check`) is a child too, but not for long. */
const workers = (part) => readFileSync(`/proc/${master(part)}/task/${master(part)}/children`, "utf8").trim().split(" ").filter(Boolean);

async function replace(part) {
	const old = new Set(workers(part));
	process.kill(master(part), "SIGHUP");
	for (const end = Date.now() + 60_000; ; await pause(20)) {
		const now = workers(part);
		if (now.length > 0 && !now.some((pid) => old.has(pid))) return;
		assert.ok(Date.now() < end, `${part}: ${now.filter((pid) => old.has(pid))} are still there`);
	}
}

test(`${TIMES} graceful replaces of web, auth and jobs under load: no failed request, no lost letter`, async () => {
	const c = await company();
	let over = false;
	const asked = { web: 0, auth: 0, jobs: 0 };
	const failed = [];
	const invited = [];
	const load = async (part, ask, wanted) => {
		while (!over) {
			const answer = await ask().catch((e) => ({ status: e.code }));
			asked[part]++;
			if (answer.status !== wanted) failed.push(`${part}: ${answer.status}`);
		}
	};
	const loads = [
		load("web", () => c.owner.visitor.get("/api/office/me"), 200),
		load("web", () => c.owner.visitor.get("/api/office/me"), 200),
		load("auth", async () => {
			await pause(150); // the street counts what comes from one address
			return new Visitor(where, c.host).get("/api/auth/company");
		}, 200),
		load("jobs", async () => {
			await pause(500);
			invited.push(`${word()}@replace.example`);
			return c.owner.visitor.post("/api/office/staff", { name: "Ivy", email: invited.at(-1), role: "technician", language: "en" });
		}, 201),
	];
	for (let i = 0; i < TIMES; i++) await Promise.all(["web", "auth", "jobs"].map(replace));
	over = true;
	await Promise.all(loads);
	console.log(`# requests during ${TIMES} replaces: ${JSON.stringify(asked)}`);
	assert.deepEqual(failed, []);
	assert.ok(asked.web > TIMES && asked.auth > 20 && invited.length > 10, JSON.stringify(asked));
	for (const email of invited) await mailbox.letter(email, /#/, { seconds: 60 });
	for (const email of invited) assert.equal((await mailbox.list(email)).length, 1, `${email}: one letter`);
});
