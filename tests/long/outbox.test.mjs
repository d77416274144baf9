// R9 at length: a hundred thousand texts leave while their provider loses answers, hangs up, delays, repeats itself, refuses and
// throttles, and a hundred workers and databases are killed: none lost, none twice, each number's in their order.
// MESSAGES, KILLS, COMPANIES set other sizes.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ACCOUNT, smsService } from "../fakes/sms.mjs";
import { letters } from "../house/phone.mjs";
import { company, crew, pause, poolctl, site, sql, where } from "../house/harness.mjs";

const twilio = createRequire(import.meta.url)("twilio");
const MESSAGES = Number(process.env.MESSAGES ?? 100_000);
const KILLS = Number(process.env.KILLS ?? 100);
const COMPANIES = Number(process.env.COMPANIES ?? 6);
/* A number gets at most 60 texts a day, a company says at most 3,000: so many go in a round, then it is another day. */
const DEEP = 51;
const LANES = Math.min(55, Math.ceil(MESSAGES / COMPANIES / DEEP));
const ROUNDS = Math.ceil(MESSAGES / (COMPANIES * LANES * DEEP));
const WORKERS = 5;
const MORE = JSON.stringify({ mail: [], words: [], files: [], quoted: "", provider_id: "", thread: null, news: false });
const random = (n) => Math.floor(Math.random() * n);
const pid = (part) => Number(readFileSync(join(where.dir, "pid", part), "utf8"));
const children = (of) => spawnSync("pgrep", ["-P", String(of)], { encoding: "utf8" }).stdout.trim().split("\n").filter(Boolean).map(Number);

let texts, more, over = false, done = 0;
const firms = []; // {c, office, lanes: [{thread, number, said: [body]}]}
const expected = new Map(); // number -> what must leave, in its order
const refused = new Set(); // "number body": the provider takes it never

/* The database may have been killed a moment ago. */
async function rows(text, schema) {
	for (let tries = 1; ; tries++)
		try {
			return sql(text, schema);
		} catch (e) {
			if (tries === 60) throw e;
			await pause(500);
		}
}

before(async () => {
	texts = await smsService();
	for (let k = 0; k < COMPANIES; k++) {
		const c = await company();
		const from = `+1480555${String(1000 + k)}`;
		/* One has an account of its own, and a messaging service in it. */
		const token = join(where.dir, "token");
		writeFileSync(token, `${texts.own.token}\n`, { mode: 0o600 });
		poolctl("numbers", c.slug, from, ...(k === 0 ? ["--account", texts.own.sid, "--token-file", token, "--service", `MG${"0".repeat(32)}`] : []));
		firms.push({ c, from, token: k === 0 ? texts.own.token : ACCOUNT.token, office: (await crew(c, ["dispatcher"])).dispatcher.visitor, lanes: [] });
	}
	/* One worker is enough for a house at rest. These have a master of their own, which is killed at too. */
	const run = join(process.env.POOL_RUN_DIR, "more");
	mkdirSync(run, { mode: 0o700 });
	more = spawn(`${where.bin}/poold`, ["jobs"], { env: { ...process.env, POOL_RUN_DIR: run, POOL_JOBS_WORKERS: String(WORKERS) }, stdio: "ignore" });
});
after(async () => {
	over = true;
	more.kill("SIGTERM");
	await new Promise((ended) => (more.exitCode !== null ? ended() : more.once("exit", ended)));
	texts.close();
});

/* ---- the other side ---- */

const faulty = new Map(); // number -> faults since something was taken for it
const counts = {};
let slow = Math.ceil(MESSAGES / 2500);
function weather({ to, body, look }) {
	const is = (mode) => {
		counts[mode] = (counts[mode] ?? 0) + 1;
		if (mode !== "slow") faulty.set(to, (faulty.get(to) ?? 0) + 1);
		return mode;
	};
	const dice = random(1000);
	if (!look && /:49$/.test(body)) {
		refused.add(`${to} ${body}`);
		return "400";
	}
	if ((faulty.get(to) ?? 0) >= 5) return ""; // a storm ends
	if (look) return dice < 50 ? is("429") : "";
	if (dice < 200) return is("429");
	if (dice < 300) return is("lost");
	if (dice < 330) return is("500");
	if (dice < 350) return is("cut");
	if (dice < 360 && slow > 0) {
		slow--;
		return is("slow");
	}
	return "";
}

/* A receipt comes late, twice, in another order; one that is not heard is said again. */
async function receipts(message) {
	const firm = firms.find((f) => f.c.said?.has(message.to));
	const params = (word) => ({ MessageSid: message.sid, MessageStatus: word, From: firm.from, To: message.to, AccountSid: message.account_sid });
	const url = `${process.env.POOL_BASE_URL}/api/hook/sms-receipts`;
	await pause(random(3000));
	for (const word of [["sent", "delivered"], ["delivered", "sent"], ["delivered", "delivered", "sent"]][random(3)])
		for (let tries = 0; tries < 5; tries++) {
			const answer = await site().call("POST", "/api/hook/sms-receipts", new URLSearchParams(params(word)).toString(), { "content-type": "application/x-www-form-urlencoded", origin: null, "x-poolhouse": null,
				"x-twilio-signature": twilio.getExpectedTwilioSignature(firm.token, url, params(word)) }).catch(() => null);
			if (answer?.status === 200) break;
			await pause(300);
		}
}

/* ---- our side ---- */

/** A day's texts of one company: all but the last of each number are rows; the last is typed, and starts the lane. */
async function order(firm, round) {
	const at = BigInt(Date.now()) << 21n;
	const threads = [], words = [];
	for (let k = 0; k < LANES; k++) {
		const number = `+1602${String(firms.indexOf(firm)).padStart(2, "0")}${String(k).padStart(5, "0")}`;
		firm.c.said = (firm.c.said ?? new Set()).add(number);
		const thread = firm.lanes[k]?.thread ?? at + BigInt(k);
		if (!firm.lanes[k]) {
			threads.push(`(${thread}, 'a:${number}', '${number}', '${number}', 1)`);
			firm.lanes[k] = { thread, number };
		}
		const said = Array.from({ length: DEEP }, (_, i) => (i % 7 === 3 ? "OK." : `${round}:${i}`));
		for (let i = 0; i < DEEP - 1; i++) {
			const id = at + BigInt(LANES + k * DEEP + i);
			words.push(`(${id}, ${thread}, 2, 1, 1, 1, 'long:${id}', '${number}', '${said[i]}', '${MORE}', 1, ${Math.floor(Date.now() / 1000)}, 1, 1)`);
		}
		expected.set(number, [...(expected.get(number) ?? []), ...said.filter((w) => !/:49$/.test(w))]);
		firm.lanes[k].last = said.at(-1);
	}
	if (threads.length) await rows(`INSERT IGNORE INTO conversation (id, who, address, name, state) VALUES ${threads.join()}`, firm.c.schema);
	while (words.length)
		await rows(`INSERT IGNORE INTO message (id, conversation_id, direction, medium, occasion, state, message_key, address, body, more, actor_kind, at, due_at, segments) VALUES ${words.splice(0, 500).join()}`, firm.c.schema);
	const queue = [...firm.lanes];
	await Promise.all(Array.from({ length: 2 }, async () => {
		for (let lane; (lane = queue.shift()); ) {
			const key = randomUUID();
			for (let tries = 0; ; tries++) {
				const answer = await firm.office.post(`/api/office/threads/${letters(lane.thread)}/messages`, { medium: "sms", address: lane.number, subject: "", text: lane.last, key, keep: [] }).catch(() => null);
				if (answer?.status === 200) break;
				assert.ok(tries < 60 && (!answer || answer.status >= 500 || answer.status === 429), answer?.text);
				await pause(300);
			}
		}
	}));
}

/* Time passes for what was put off; never for what somebody has in hand. */
async function drained(firm) {
	const { schema } = firm.c;
	await rows("UPDATE job SET due_at = 1 WHERE kind = 'message' AND state = 1 AND job_key IS NULL", schema);
	await rows(`INSERT INTO pool_control.due (tenant_id, at) SELECT id, 1 FROM pool_control.tenant WHERE slug = '${firm.c.slug}' ON DUPLICATE KEY UPDATE at = 1`);
	return (await rows("SELECT COUNT(*) FROM message WHERE direction = 2 AND state IN (1, 2)", schema))[0][0] === "0";
}

const killed = {};
async function kills() {
	for (let n = 0; n < KILLS && !over; ) {
		if (done < ((n + 0.5) * MESSAGES * 0.95) / KILLS) {
			await pause(20);
			continue;
		}
		const what = ["jobs", "more", "more", "more", "more", "more", "web", "mariadb"][random(8)];
		if (what === "mariadb") {
			process.kill(Number(readFileSync(join(where.dir, "db/pid"), "utf8")), "SIGKILL");
			await pause(200);
			for (let tries = 1; ; tries++)
				try {
					execFileSync("ops/dev/db.sh", ["start", join(where.dir, "db")], { stdio: "ignore", timeout: 120_000 });
					break;
				} catch (e) {
					if (tries === 4) throw e;
				}
		} else {
			const some = children(what === "more" ? more.pid : pid(what));
			if (!some.length) continue;
			try {
				process.kill(some[random(some.length)], "SIGKILL");
			} catch {
				continue;
			}
		}
		killed[what] = (killed[what] ?? 0) + 1;
		n++;
	}
}

test(`${COMPANIES * LANES * DEEP * ROUNDS} texts, ${KILLS} kills: none lost, none twice, in their order`, async () => {
	const from = Date.now();
	const killing = kills();
	texts.weather(weather);
	texts.told((m) => {
		done++;
		faulty.delete(m.to);
		if (random(10) === 0) receipts(m);
	});
	for (let round = 1; round <= ROUNDS; round++) {
		await Promise.all(firms.map((f) => order(f, round)));
		for (const firm of firms) while (!(await drained(firm))) await Promise.all([pause(2000), ...firms.map(drained)]);
		console.log(`# round ${round} of ${ROUNDS}: ${done} taken, ${Math.round((Date.now() - from) / 1000)} s, killed ${JSON.stringify(killed)}`);
		/* It is the day after tomorrow. */
		for (const { c } of firms) await rows("UPDATE message SET at = at - 172800, sent_at = sent_at - 172800 WHERE direction = 2", c.schema);
	}
	over = true;
	await killing;
	const taken = new Map();
	for (const m of texts.sent) taken.set(m.to, [...(taken.get(m.to) ?? []), m.body]);
	let lost = 0, twice = 0, disordered = 0;
	for (const [number, said] of expected) {
		const got = taken.get(number) ?? [], left = [...got];
		for (const w of said) {
			const i = left.indexOf(w);
			if (i < 0) lost++;
			else left.splice(i, 1);
		}
		twice += left.length;
		if (left.length === 0 && said.length === got.length && said.some((w, i) => w !== got[i])) disordered++;
	}
	const total = [...expected.values()].reduce((n, s) => n + s.length, 0);
	console.log(`# ${total} texts to ${expected.size} numbers in ${Math.round((Date.now() - from) / 1000)} s; ${refused.size} refused; faults ${JSON.stringify(counts)}; killed ${JSON.stringify(killed)}; lost ${lost}, twice ${twice}, out of order ${disordered}`);
	assert.ok(total + refused.size >= MESSAGES);
	assert.deepEqual({ lost, disordered }, { lost: 0, disordered: 0 });
	assert.ok(twice <= total / 10_000, `${twice} twice`);
	assert.equal(Object.values(killed).reduce((a, b) => a + b, 0), KILLS);
	let failed = 0;
	for (const { c } of firms) {
		assert.equal((await rows("SELECT COUNT(*) FROM message WHERE direction = 2 AND state NOT IN (3, 4, 5)", c.schema))[0][0], "0");
		assert.equal((await rows("SELECT COUNT(*) FROM job WHERE kind = 'message' AND state = 4", c.schema))[0][0], "0", "no job is parked");
		failed += Number((await rows("SELECT COUNT(*) FROM message WHERE state = 5 AND problem <> ''", c.schema))[0][0]);
	}
	assert.equal(failed, refused.size, "what was refused says why, and nothing else failed");
});
