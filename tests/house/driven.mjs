// driven.mjs -- a company's week planned and one of its days driven: a phone for each technician, all of it through the
// public API, with what goes wrong on such a day. The dispatcher does what a person would do with what is left.
import assert from "node:assert/strict";
import { company, day, granted, hire, mailbox, pause, sql } from "./harness.mjs";
import { letters, number, Phone } from "./phone.mjs";

const DAYS = ["MO", "TU", "WE", "TH", "FR"];
export const OVER = new Set(["done", "no_access", "skipped", "cancelled"]);

/** The same draws each time. */
export function chance(seed) {
	return () => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return seed / 2 ** 32;
	};
}
/** A city of our own: n homes strewn around a few middles. */
export function city(n, draw) {
	const middles = Array.from({ length: 8 }, () => [38_450_000 + Math.floor(draw() * 250_000), -121_550_000 + Math.floor(draw() * 300_000)]);
	return Array.from({ length: n }, (_, i) => {
		const [lat, lng] = middles[i % middles.length];
		return { street: `${100 + i} River Rd`, city: "Sacramento", zip: "95814", lat: lat + Math.floor((draw() - 0.5) * 60_000), lng: lng + Math.floor((draw() - 0.5) * 70_000) };
	});
}

/* Straight into the tables: many homes in no time. */
async function plant({ c }, homes) {
	const base = (BigInt(Date.now()) << 21n) + 4000n;
	const text = (s) => `'${s.replaceAll("'", "''")}'`;
	for (let from = 0; from < homes.length; from += 200) {
		const some = homes.slice(from, from + 200).map((h, i) => ({ ...h, id: base + BigInt(from + i) * 10n }));
		sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES ${some.map((h) => `(${h.id}, ${text(h.street)}, '', 'en', 0)`)};
			INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6, place_source) VALUES ${some.map((h) => `(${h.id + 1n}, ${h.id}, ${text(h.street)}, ${text(h.city)}, 'CA', '${h.zip}', ${h.lat}, ${h.lng}, 2)`)};
			INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES ${some.map((h) => `(${h.id + 2n}, ${h.id + 1n}, 1, 60000, 1, 1)`)}`, c.schema);
	}
	return homes.map((h, i) => ({ ...h, customer: base + BigInt(i) * 10n, property: base + BigInt(i) * 10n + 1n, pool: base + BigInt(i) * 10n + 2n }));
}

/** Customers with a weekly agreement each, technicians among them. -> {c, office, techs, level, monday, homes}
 *  bring: how they come in ({c, office}, homes) -> homes with {customer, property, pool}; rate: month, or stop */
export async function town(homes, technicians, minutes, { bring = plant, rate = "month" } = {}) {
	const c = await company();
	const office = c.owner.visitor;
	const techs = [];
	for (let i = 0; i < technicians; i++) {
		const t = await hire(c, mailbox, "technician", { name: `Technician ${i + 1}` });
		const at = homes[(i * 127 + 40) % homes.length];
		sql(`UPDATE staff SET colour = ${i + 1}, start_lat_e6 = ${at.lat}, start_lng_e6 = ${at.lng} WHERE id = ${number(t.id)};
			${[0, 1, 2, 3, 4].map((d) => `INSERT INTO availability (id, staff_id, kind, weekday, from_day, from_minute, to_minute) VALUES (${BigInt(Date.now()) << 21n} + ${i * 10 + d}, ${number(t.id)}, 1, ${d}, '2020-01-01', 420, 990);`).join("")}`, c.schema);
		techs.push(t);
	}
	const level = granted(await office.post("/api/office/standard-services", {}), 201).rows.find((s) => s.kind === "level");
	const chlorine = granted(await office.post("/api/office/standard-items", {}), 201).rows.find((i) => i.chemical === "liquid_chlorine");
	const here = await bring({ c, office }, homes);
	let monday = 2;
	while (new Date(`${day(monday)}T12:00:00Z`).getUTCDay() !== 1) monday++;
	// Their week as it grew: each customer got whoever had an opening.
	const waiting = homes.entries();
	const one = async () => {
		for (const [i] of waiting) {
			const wish = { property_id: letters(here[i].property), pool_id: letters(here[i].pool), repeats: "calendar", starts_day: day(monday), term: { rule: `FREQ=WEEKLY;BYDAY=${DAYS[(i * 7 + (i >> 3)) % 5]}`, service_id: level.id, tech_id: techs[(i * 5 + (i >> 4)) % technicians].id, minutes, rate_kind: rate, with_chemicals: true, rate_cents: 15000, skip_policy: "billed" } };
			for (let tries = 0; ; tries++) {
				const answer = await office.post("/api/office/agreements", wish);
				if (answer.status === 503 && tries < 20) continue;
				granted(answer, 201);
				break;
			}
		}
	};
	await Promise.all(Array.from({ length: 3 }, one));
	return { c, office, techs, level, chlorine, monday: day(monday), homes: here };
}

/** The week's routes: searched, looked at, published. -> the plan */
export async function planWeek({ office, monday }, seconds) {
	const made = granted(await office.post("/api/office/route-plans", { kind: "week", from_day: monday, same_tech: 0, same_day: 0, even: 2, room_minutes: 15, scratch: false, locked: [], seconds }), 201);
	const is = async (state) => {
		for (const end = Date.now() + 300_000; ; await pause(200)) {
			const now = granted(await office.get(`/api/office/route-plans/${made.id}/state`));
			if (now.state === state) return now;
			assert.ok(Date.now() < end && now.state !== "cancelled", `the plan stays ${now.state}: ${now.problem}`);
		}
	};
	const ready = await is("ready");
	granted(await office.post(`/api/office/route-plans/${made.id}/publications`, { version: ready.version }), 201);
	const done = await is("applied");
	assert.equal(done.failed, 0);
	return granted(await office.get(`/api/office/route-plans/${made.id}`));
}

/** The fullest day of the planned week, and its visits: that one is driven. */
export async function fullest(t) {
	const last = new Date(Date.parse(`${t.monday}T12:00:00Z`) + 4 * 86400000).toISOString().slice(0, 10);
	const days = new Map();
	for (const v of granted(await t.office.get(`/api/office/visits?from=${t.monday}&to=${last}`)).rows) days.set(v.day, [...(days.get(v.day) ?? []), v.id]);
	const [on, ids] = [...days].sort((a, b) => b[1].length - a[1].length)[0];
	return { ...t, on, ids };
}

/** One technician's phone: what it tapped and was told, and the tries that its signal costs. */
class Driver {
	constructor(person, draw, skew) {
		Object.assign(this, { person, draw, phone: new Phone(person.visitor, { skew }), queue: [], told: new Map(), broken: false, sent: 0, again: 0 });
	}
	say(verb, visit, body) {
		this.queue.push(this.phone.verb(verb, visit, body));
	}
	/** All that waits, however often it takes: an answer that is lost is asked for again, some are sent three times at once. */
	async flush() {
		while (this.queue.length > 0) {
			const batch = this.queue.slice(0, 40);
			const times = this.draw() < 0.15 ? 3 : 1;
			const answers = await Promise.all(Array.from({ length: times }, () => this.phone.send(...batch)));
			this.sent += batch.length;
			this.again += batch.length * (times - 1);
			const good = answers.find((a) => a.status === 201);
			if (!good || this.draw() < 0.1) continue; /* the answer never came: the same again */
			for (const a of good.body.answers) {
				const v = batch.find((x) => x.id === a.id);
				assert.ok(["applied", "conflict"].includes(a.answer), `${v.verb}: ${a.answer} ${a.problem}`);
				if (a.answer === "applied" && v.visit_id) this.told.set(v.visit_id, [...(this.told.get(v.visit_id) ?? []), v.verb]);
			}
			const known = new Set(good.body.answers.map((a) => a.id));
			this.queue = this.queue.filter((v) => !known.has(v.id));
		}
	}
}

/** Drives that day until nothing of it is open any more. -> {drivers, counts} */
export async function driveDay({ c, office, techs, chlorine, on }, draw, { breakdowns }) {
	const drivers = techs.map((t, i) => new Driver(t, chance(1000 + i), [0, 0, -2, 3][i % 4] * 86400));
	const counts = { done: 0, no_access: 0, skipped: 0, missing: 0, reassigned: 0, office: 0, rounds: 0 };
	const mine = async (d) => granted(await d.person.visitor.get(`/api/tech/today?day=${on}`)).stops.filter((s) => !OVER.has(s.state));
	const work = async (d, s) => {
		const luck = draw();
		d.say("on_my_way", s.id);
		if (luck < 0.04) {
			counts.no_access++;
			return d.say("no_access", s.id, { reason: "Locked gate" });
		}
		if (luck < 0.06) {
			counts.skipped++;
			return d.say("skip", s.id, { reason: "Thunderstorm" });
		}
		d.say("arrive", s.id);
		d.say("reading", s.id, { pool_id: s.brief.pool_id, what: "fc", amount: 100 + Math.floor(draw() * 500) });
		d.say("reading", s.id, { pool_id: s.brief.pool_id, what: "ph", amount: 720 + Math.floor(draw() * 80) });
		if (draw() < 0.5) d.say("dose", s.id, { pool_id: s.brief.pool_id, what: chlorine.id, amount: 94635, planned: 94635 });
		if (luck > 0.97) {
			counts.missing++;
			d.say("missing_part", s.id, { text: "Pump seal" });
			d.say("follow_up", s.id, { text: "Bring a pump seal." });
		}
		for (const r of s.brief.checklist.rows.slice(0, 2)) d.say("check", s.id, { item: r.text, done: true });
		d.say("note", s.id, { text: "All good.", for_customer: true });
		d.say("finish", s.id);
		counts.done++;
	};
	// The vans of those with the longest routes break down after a third of it: somebody else, please.
	const routes = await Promise.all(drivers.map(async (d) => ({ d, long: (await mine(d)).length })));
	const unlucky = new Set(routes.sort((a, b) => b.long - a.long).slice(0, breakdowns).map((r) => r.d));
	for (; counts.rounds < 12; counts.rounds++) {
		await Promise.all(drivers.map(async (d) => {
			const stops = await mine(d);
			const until = unlucky.has(d) && counts.rounds === 0 ? Math.ceil(stops.length / 3) : stops.length;
			if (d.broken) return;
			for (const [i, s] of stops.entries()) {
				if (i < until) await work(d, s);
				else {
					d.broken = true;
					counts.reassigned++;
					d.say("reassign", s.id, { reason: "Van broke down" });
				}
				/* Signal comes and goes. */
				if (draw() < 0.4) await d.flush();
			}
			await d.flush();
		}));
		// What is left with somebody who is out, or with nobody: the best who can, else the next day.
		const open = granted(await office.get(`/api/office/visits?from=${on}&to=${on}`)).rows.filter((v) => !OVER.has(v.state));
		if (open.length === 0) break;
		const out = new Set(drivers.filter((d) => d.broken).map((d) => d.person.id));
		for (const v of open.filter((x) => !x.tech_id || out.has(x.tech_id))) {
			counts.office++;
			const { rows } = granted(await office.get(`/api/office/visits/${v.id}/offers`));
			const who = rows.find((o) => !out.has(o.tech_id) && o.at.overtime_s === 0);
			if (who) granted(await office.post(`/api/office/visits/${v.id}/takings`, { tech_id: who.tech_id, version: v.version }), 201);
			else {
				const later = new Date(Date.parse(`${on}T12:00:00Z`) + 86400000).toISOString().slice(0, 10);
				granted(await office.post(`/api/office/visits/${v.id}/moves`, { day: later, tech_id: drivers.find((d) => !d.broken).person.id, for_good: false, anyway: true, version: v.version }), 201);
			}
		}
	}
	return { c, drivers, counts };
}

/** Each visit of that day ended in a state that somebody really said; none is open, lost or there twice. */
export async function truthful({ c, on, ids }, { drivers }) {
	const said = { finish: "done", no_access: "no_access", skip: "skipped" };
	const last = new Map();
	for (const d of drivers)
		for (const [visit, verbs] of d.told)
			for (const v of verbs) if (said[v]) last.set(visit, said[v]);
	const now = new Map(sql(`SELECT id, state, DATE_FORMAT(day, '%Y-%m-%d'), IFNULL(tech_id, 0), started_at IS NOT NULL, ended_at IS NOT NULL FROM visit WHERE id IN (${ids.map(number)})`, c.schema).map((r) => [letters(r[0]), r]));
	const names = { 1: "scheduled", 2: "started", 3: "done", 4: "skipped", 5: "cancelled", 6: "on_way", 7: "no_access" };
	let over = 0;
	for (const id of ids) {
		const [, state, now_on, tech, started, ended] = now.get(id) ?? assert.fail(`visit ${id} is gone`);
		const name = names[state];
		if (OVER.has(name)) {
			assert.equal(name, last.get(id), `visit ${id} is ${name}, and its phone said ${last.get(id)}`);
			if (name === "done") assert.ok(started === "1" && ended === "1", "done has its times");
			over++;
		} else {
			assert.ok(name === "scheduled" && now_on > on && tech !== "0" && !last.has(id), `visit ${id} is ${name} on ${now_on}`);
		}
	}
	// Each verb once, however often it was sent; every record of work sealed, in one chain.
	assert.equal(sql("SELECT COUNT(*) - COUNT(DISTINCT device_id, n) FROM visit_log WHERE device_id > 0", c.schema)[0][0], "0");
	for (const d of drivers) assert.equal(sql(`SELECT last_n FROM device WHERE id = ${number(d.phone.device)}`, c.schema)[0]?.[0] ?? "0", String(d.phone.n));
	const wanted = [...last.values()].filter((s) => s !== "skipped").length;
	for (const end = Date.now() + 120_000; ; await pause(200)) {
		const [[sealed, top]] = sql("SELECT COUNT(DISTINCT visit_id), IFNULL(MAX(n), 0) - COUNT(*) FROM visit_log WHERE device_id = 0", c.schema);
		assert.equal(top, "0", "the chain has no gap");
		if (Number(sealed) === wanted) break;
		assert.ok(Date.now() < end, `${sealed} of ${wanted} records are sealed`);
	}
	return { over, later: ids.length - over };
}
