// The chain of intake, as a whole house, with every worker killed between all steps and within each: somebody texts at night that
// a pump leaks; the receptionist books; the job goes to whoever has the skill, with its part; the brief is on the phone; the
// customer hears who comes; done, billed, paid; and the next day, at an hour at which one may ask, the question for a review.
// In both languages. At the end each effect is there once.
//
// The clock is moved by moving the company around the earth: it is always night somewhere, and ten in the morning elsewhere.
// What would wait for a day or for a retry is made due; what a worker held counts as given up only once that worker is dead.
// KILLS=5 within each step by default.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ACCOUNT, smsService } from "../fakes/sms.mjs";
import { company, crew, granted, pause, poolctl, site, sql, until, where } from "../house/harness.mjs";
import { letters, Phone } from "../house/phone.mjs";

const twilio = createRequire(import.meta.url)("twilio");
const KILLS = Number(process.env.KILLS ?? 5);
const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const NEWS = 1 << 7;
const random = (n) => Math.floor(Math.random() * n);
const now = () => Math.floor(Date.now() / 1000);
const pid = (part) => Number(readFileSync(join(where.dir, "pid", part), "utf8"));
const children = (of) => spawnSync("pgrep", ["-P", String(of)], { encoding: "utf8" }).stdout.trim().split("\n").filter(Boolean).map(Number);

let texts;
const killed = { web: 0, jobs: 0 };
before(async () => {
	texts = await smsService();
});
after(() => texts.close());

/* ---- death ---- */

function kill(what, who) {
	try {
		process.kill(who, "SIGKILL");
		killed[what]++;
	} catch {
		// It had just retired
	}
}
/* All of them at once. What the workers of jobs held is given up, when its lease ends, which is now: they are dead, and nobody after
   them has it under that token. */
function kill_all(c, ...parts) {
	const held = parts.includes("jobs") ? sql("SELECT id, token FROM job WHERE state = 2", c.schema) : [];
	for (const what of parts) for (const who of children(pid(what))) kill(what, who);
	for (const [id, token] of held) sql(`UPDATE job SET lease_until = 1, due_at = 1 WHERE id = ${id} AND token = ${token} AND state = 2`, c.schema);
}
const between = (c) => kill_all(c, "jobs", "web");
async function within(c, over) {
	for (let n = 0; n < KILLS && !over(); n++) {
		await pause(20 + random(180));
		if (random(3)) kill_all(c, "jobs");
		else {
			const some = children(pid("web"));
			if (some.length) kill("web", some[random(some.length)]);
		}
	}
}
/* What waits for a moment, a retry as well, is due; and a worker knows that there is something. */
function hurry(c) {
	sql(`UPDATE job SET due_at = 1 WHERE state = 1 AND (tries > 0 OR due_at < ${now() + 120})`, c.schema);
	sql(`INSERT INTO pool_control.due (tenant_id, at) SELECT id, 1 FROM pool_control.tenant WHERE slug = '${c.slug}' ON DUPLICATE KEY UPDATE at = 1`);
}
/* One step: done while workers die, its effect waited for while they die, and then all die at once. */
async function step(c, what, act, wanted) {
	let over = false;
	const dying = within(c, () => over);
	const is = await act();
	const seen = await until(what, () => (hurry(c), wanted(is)), Boolean, 300);
	over = true;
	await dying;
	between(c);
	return seen;
}
/* Asked until somebody lives long enough to answer; the key, or what is sent itself, makes that safe. */
async function insist(ask) {
	let last = null;
	for (const end = Date.now() + 300_000; Date.now() < end; await pause(50 + random(100))) {
		last = await ask().catch((e) => e);
		if (last.status < 500 && last.status !== 429) return last;
	}
	assert.fail(`nobody answered: ${last.text ?? last}`);
}
const once = (visitor, path, body, status = 201) => {
	const key = { "idempotency-key": randomUUID() };
	return insist(() => visitor.post(path, body, key)).then((a) => granted(a, status));
};

/* ---- the earth ---- */

/* A zone in which it is such an hour now, and the date there. */
function zone(hours) {
	for (let east = -12; east <= 14; east++) {
		const there = new Date(Date.now() + east * 3_600_000);
		if (hours.includes(there.getUTCHours())) return { name: east === 0 ? "Etc/GMT" : `Etc/GMT${east > 0 ? "-" : "+"}${Math.abs(east)}`, day: there.toISOString().slice(0, 10), east };
	}
	throw new Error("no such hour on earth");
}
async function travel(c, hours) {
	const there = zone(hours);
	sql(`UPDATE company SET zone = '${there.name}'`, c.schema);
	sql(`UPDATE pool_control.tenant SET zone = '${there.name}' WHERE slug = '${c.slug}'`);
	between(c); // who comes after them knows where it is
	await insist(() => c.owner.visitor.get("/api/office/company"));
	return there;
}

const words = {
	en: { first: "pump is leaking, gate code 4417", where: /Where is the pool/, times: /\(1\)/, name: /name/, booked: /You are booked: Pump repair/, on_way: /: Person technician is on the way/, review: /https:\/\/reviews\.example\/blue Reply STOP/ },
	es: { first: "mi bomba tiene una fuga, el codigo es 4417", where: /¿Dónde está la piscina/, times: /\(1\)/, name: /nombre/, booked: /Pump repair/, on_way: /: Person technician va de camino/, review: /https:\/\/reviews\.example\/blue Responda ALTO/ },
};

for (const [i, language] of ["en", "es"].entries())
	test(`from a text at night to the question for a review, in ${language}, with everybody killed again and again`, async () => {
		const say = words[language], OURS = `+1480555020${i}`, from = `+1602555030${i}`;
		const c = await company({ zone: "America/Phoenix" });
		const people = await crew(c, ["technician", "dispatcher"]);
		const skilled = people.technician, other = (await crew(c, ["technician"])).technician;
		const owner = c.owner.visitor;
		const skill = granted(await owner.post("/api/office/skills", { name: "Pumps" }), 201);
		const service = granted(await owner.post("/api/office/services", { name: "Pump repair", kind: "job", minutes: 60, pay_code: "", price_cents: 12900, skills: [{ skill_id: skill.id }], checklist: [], parts: [{ name: "Shaft seal", quantity: 1 }], instructions: "" }), 201);
		for (const who of [skilled, other]) {
			const at = `/api/office/staff/${who.id}`, { version } = granted(await owner.get(`${at}/work`));
			const w = granted(await owner.put(`${at}/hours`, { from_day: "2020-01-01", rows: WEEK.map((weekday) => ({ weekday, from_minute: 480, to_minute: 960 })), version }));
			if (who === skilled) granted(await owner.put(`${at}/skills`, { rows: [{ skill_id: skill.id, certificate: "", expires_day: null }], version: w.version }));
		}
		poolctl("numbers", c.slug, OURS);
		// Whoever has not the skill lives next door: it is not the way that decides.
		sql(`UPDATE staff SET start_lat_e6 = 33416000, start_lng_e6 = -111830000 WHERE email = '${other.email}';
			UPDATE staff SET start_lat_e6 = 33500000, start_lng_e6 = -111900000 WHERE email = '${skilled.email}';
			INSERT INTO customer (id, name, email, language, created_at) VALUES (77, 'Known Neighbour', '', 'en', 0);
			INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (77, 77, '9 Palm Way', 'Mesa', '', '85201', 33416000, -111830000);
			UPDATE setting SET body = '{"number":"${OURS}","review_url":"https://reviews.example/blue"}' WHERE kind = 16 AND owner_id = 0;
			INSERT INTO setting (id, kind, owner_id, name, body) SELECT 78, 17, 0, 'review', '{"sms":"on","email":"off","sms_en":"","sms_es":"","subject_en":"","subject_es":"","mail_en":"","mail_es":""}'`, c.schema);
		granted(await owner.put("/api/office/booking", { open: true, prices: true, reception: true, confirm: "at_once", window_minutes: 120, notice_hours: 4, ahead_days: 21, reserve_minutes: 0, change_hours: 2, within_km: 0, postcodes: "", services: [{ id: service.id }], version: 0 }));

		// At night: what is texted is answered, each once.
		await travel(c, [21]);
		let n = 0;
		const answered = (wanted) => texts.sent.filter((m) => m.to === from && wanted.test(m.body)).length > 0;
		const text = async (body, wanted) => {
			const params = { MessageSid: `SMc${language}${String(++n).padStart(29, "0")}`, AccountSid: ACCOUNT.sid, From: from, To: OURS, Body: body, NumMedia: "0" };
			const url = `${process.env.POOL_BASE_URL}/api/hook/sms`;
			const send = () => site().call("POST", "/api/hook/sms", new URLSearchParams(params).toString(), { "content-type": "application/x-www-form-urlencoded", origin: null, "x-poolhouse": null, "x-twilio-signature": twilio.getExpectedTwilioSignature(ACCOUNT.token, url, params) });
			await step(c, `an answer to "${body}"`, async () => assert.equal((await insist(send)).status, 200), () => answered(wanted));
			// The provider says it again, as it does when it heard no answer.
			assert.equal((await insist(send)).status, 200);
		};
		await text(say.first, say.where);
		await text("12 Elm St, Mesa 85201", say.times);
		await text("1", say.name);
		await text("Maria Lopez", say.booked);
		const [[visitId, customerId, techId, booked]] = sql("SELECT v.id, v.customer_id, v.tech_id, v.day FROM visit v", c.schema);
		assert.equal(letters(techId), skilled.id, "whoever has the skill goes");
		sql(`UPDATE contact SET by_sms = by_sms | ${NEWS} WHERE customer_id = ${customerId}`, c.schema);

		// The brief is on the phone, with the part; the code is not in it.
		const tomorrow = await travel(c, [10, 11, 12, 13, 14]);
		if (tomorrow.day !== booked) {
			const visit = granted(await insist(() => owner.get(`/api/office/visits/${letters(visitId)}`)));
			await step(c, "the day has come", () => once(owner, `/api/office/visits/${visit.id}/moves`, { day: tomorrow.day, tech_id: skilled.id, for_good: false, anyway: true, version: visit.version }),
				() => sql(`SELECT 1 FROM stop_card WHERE visit_id = ${visitId} AND brief LIKE '%Shaft seal%'`, c.schema).length);
		}
		const day = await step(c, "the brief is on the phone", async () => {}, async () => {
			const is = await insist(() => skilled.visitor.get(`/api/tech/today?day=${tomorrow.day}`));
			return is.status === 200 && is.body.stops.some((s) => s.id === letters(visitId) && JSON.stringify(s).includes("Shaft seal")) && is;
		});
		assert.ok(!day.text.includes("4417"), "the code is behind a tap");
		await once(skilled.visitor, "/api/tech/receipts", { day: tomorrow.day, version: day.body.version }, 204);

		const phone = new Phone(skilled.visitor);
		const tap = async (verb, wanted) => {
			const said = phone.verb(verb, letters(visitId));
			await step(c, verb, async () => assert.equal(granted(await insist(() => phone.send(said)), 201).answers[0].answer, "applied"), wanted);
			assert.equal(granted(await insist(() => phone.send(said)), 201).answers[0].answer, "applied", "the phone says it again");
		};
		await tap("confirm", () => sql("SELECT 1 FROM visit WHERE confirmed_at IS NOT NULL", c.schema).length);
		await tap("on_my_way", () => answered(say.on_way));
		await tap("arrive", () => true);
		await tap("finish", () => Number(sql(`SELECT COUNT(*) FROM bill WHERE state = 2 AND customer_id = ${customerId}`, c.schema)[0][0]));

		// Paid; and the next day, when one may ask, the question.
		const later = () => sql(`SELECT id, due_at FROM job WHERE kind = 'fact' AND state = 1 AND due_at > ${now() + 3600}`, c.schema);
		await step(c, "it is paid", () => once(owner, `/api/office/customers/${letters(customerId)}/payments`, { way: "check", cents: 12900, day: tomorrow.day, reference: "1041", note: "", reason: "", apply: [], keep: false }), () => later().length === 1);
		const [[asking, at]] = later();
		assert.ok(Math.abs(Number(at) - now() - 86400) < 600, "a day after the money");
		const night = await travel(c, [21, 22]);
		await step(c, "at night nobody is asked", async () => sql(`UPDATE job SET due_at = 1 WHERE id = ${asking}`, c.schema), () => later().length === 1);
		const [[again, when]] = later();
		assert.equal(new Date((Number(when) + night.east * 3600) * 1000).getUTCHours(), 10, "but in the morning");
		assert.ok(!answered(say.review));
		await travel(c, [11, 12, 13, 14, 15]);
		await step(c, "the question", async () => sql(`UPDATE job SET due_at = 1 WHERE id = ${again}`, c.schema), () => answered(say.review));

		// All that was ordered has been done, and each effect is there once.
		await until("nothing is left to do", () => (hurry(c), sql(`SELECT COUNT(*) FROM job WHERE state = 2 OR (state = 1 AND due_at < ${now() + 60})`, c.schema)[0][0]), (k) => k === "0", 300);
		const heard = sql("SELECT body FROM message WHERE direction = 1 ORDER BY id", c.schema).flat();
		assert.deepEqual([heard.length, heard[0].includes("***"), heard.slice(1)], [4, true, ["12 Elm St, Mesa 85201", "1", "Maria Lopez"]]);
		assert.equal(sql("SELECT COUNT(*) FROM message WHERE body LIKE '%4417%' OR more LIKE '%4417%'", c.schema)[0][0], "0");
		const left = texts.sent.filter((m) => m.to === from).map((m) => m.body);
		const kept = sql(`SELECT body FROM message WHERE direction = 2 AND medium = 1 AND address = '${from}' AND state IN (3, 4) ORDER BY id`, c.schema).flat();
		console.log(`# ${language}: ${left.length} texts left, killed so far ${JSON.stringify(killed)}\n${left.map((b) => `#   ${b.replaceAll("\n", " / ")}`).join("\n")}`);
		assert.deepEqual([...left].sort(), [...kept].sort(), "what left is what is kept");
		assert.equal(new Set(left).size, left.length, "nothing was said twice");
		for (const wanted of [say.where, say.booked, say.on_way, say.review]) assert.equal(left.filter((b) => wanted.test(b)).length, 1, String(wanted));
		for (const [name, wanted, query] of [
			["customers", "1", "customer WHERE name = 'Maria Lopez'"], ["places", "1", "property WHERE street = '12 Elm St' AND gate_code IS NOT NULL"],
			["visits", "1", "visit WHERE state = 3"], ["all visits", "1", "visit"], ["bills", "1", "bill WHERE state IN (2, 3) AND total_cents = 12900"], ["all bills", "1", "bill"],
			["payments", "1", "payment"], ["parked jobs", "0", "job WHERE state = 4"],
			["words of one occasion said twice", "0", "(SELECT message_key FROM message WHERE direction = 2 GROUP BY message_key HAVING COUNT(*) > 1) x"],
			["postings that do not balance", "0", "(SELECT posting_id FROM entry GROUP BY posting_id HAVING SUM(cents) <> 0) x"],
		]) assert.equal(sql(`SELECT COUNT(*) FROM ${query}`, c.schema)[0][0], wanted, name);
		assert.equal(sql("SELECT SUM(cents) FROM entry WHERE account = 1", c.schema)[0][0], "0", "nothing is owed");
		assert.equal(granted(await insist(() => owner.get("/api/office/audit/verification"))).whole, true);
	});

test("they did die", () => assert.ok(killed.jobs >= 20 && killed.web >= 20, JSON.stringify(killed)));
