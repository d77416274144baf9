// demo_day.mjs -- the demonstration company's day up to now, tapped on the technicians' phones: what should be done at
// this hour is done, with readings; one is under way, one gate was locked, one technician runs late. Before the first
// hour nobody has begun, and after the last everybody is home. One lacks a part, one poured too much, one has a flat tire.
import { Phone } from "./phone.mjs";

const ZONE = "America/Phoenix"; // no summer time: a day's midnight is one subtraction away
const midnight = (day) => Date.parse(`${day}T07:00:00Z`) / 1000;
const NOTES = ["Brushed the tile line. Water is clear.", "Basket was full of leaves, emptied.", "Pump sounds fine. Filter pressure 14 psi."];
const GALLON = 378_540;
const v = (measure, x100) => ({ measure, x100, how: "exact" });

/** The verbs of one stop that lie before `now`, with the times of a person who is `late_s` behind the board. */
function taps(phone, stop, time, { at0, now, late_s, kind, note, acid }) {
	const begin = at0 + time.begin_s + late_s;
	const end = at0 + time.end_s + late_s - 90;
	const all = [[begin - time.drive_s, "on_my_way"]];
	if (kind === "no_access") all.push([begin + 240, "no_access", { reason: "The gate is locked, nobody answers." }]);
	else {
		all.push([begin, "arrive"]);
		if (kind === "missing") all.push([begin + 300, "missing_part", { text: "Pump seal, 1.5 in" }], [begin + 320, "follow_up", { text: "Bring a pump seal: it drips." }]);
		if (kind === "green") all.push([begin + 400, "reading", { pool_id: stop.brief.pools[0].id, what: "fc", amount: 20 }]);
		if (kind === "strong") all.push([begin + 500, "dose", { pool_id: stop.brief.pools[0].id, what: acid.id, amount: 2 * GALLON }]);
		for (const line of stop.brief.checklist.rows) all.push([begin + 600, "check", { item: line.text, done: true }]);
		if (note) all.push([end - 60, "note", { text: note, for_customer: true }]);
		all.push([end, "finish"]);
	}
	return all.filter(([at]) => at <= now).map(([at, verb, body]) => ({ ...phone.verb(verb, stop.id, body), at: Math.round(at) }));
}

const KINDS = { "1.1": "no_access", "3.2": "missing", "4.1": "strong", "6.3": "green" };

/** What was measured at a stop and poured into it. */
async function water(visitor, chlorine, stop, { at, i, which }) {
	const [pool] = stop.brief.pools;
	if (!pool) return;
	const fc = 320 + 20 * ((i * 7 + which) % 9);
	const set = await visitor.must(201, "POST", "/api/tech/readings", {
		pool_id: pool.id, visit_id: stop.id, at: at - 500, took_s: 240,
		values: [v("fc", fc), v("ph", 740 + 10 * ((i + which) % 5)), v("ta", 8000 + 500 * (i % 5)), v("temp", 2600)],
	});
	if (fc < 380) await visitor.must(201, "POST", "/api/tech/doses", { pool_id: pool.id, visit_id: stop.id, reading_id: set.id, at: at - 200, item_id: chlorine.id, given_x100: GALLON / 2 });
}

async function drive(board, day, person, which, [chlorine, acid]) {
	const { visitor } = person;
	const phone = new Phone(visitor);
	const now = Math.floor(Date.now() / 1000);
	const { stops } = await visitor.must(200, "GET", `/api/tech/today?day=${day}`);
	const times = new Map(board.stops.map((s) => [s.row.customer_id, s.time]));
	const at0 = midnight(day);
	const verbs = stops.map((s) => ({ ...phone.verb("confirm", s.id), at: Math.min(now, at0 + 6 * 3600) }));
	const over = new Set();
	const first = times.get(stops[0]?.brief.customer_id);
	const come = first && at0 + first.begin_s - first.drive_s - 600;
	if (come && come <= now) verbs.push({ ...phone.verb("clock_in"), at: Math.round(come) });
	for (const [i, stop] of stops.entries()) {
		const kind = KINDS[`${which}.${i}`] ?? "done";
		const more = taps(phone, stop, times.get(stop.brief.customer_id), { at0, now, late_s: which === 2 ? 60 * (5 + 2 * i) : 0, kind, note: i % 3 === which % 3 ? NOTES[i % NOTES.length] : "", acid });
		verbs.push(...more);
		if (more.at(-1)?.verb !== "finish") continue;
		over.add(stop.id);
		if (kind === "done") await water(visitor, chlorine, stop, { at: more.at(-1).at, i, which });
	}
	// Home a quarter of an hour after the last one.
	if (stops.length > 0 && over.size === stops.length && verbs.at(-1).at + 900 <= now) verbs.push({ ...phone.verb("clock_out"), at: verbs.at(-1).at + 900 });
	await say(phone, now, verbs);
	return { phone, done: over.size, last: stops.at(-1) && !over.has(stops.at(-1).id) ? stops.at(-1) : null };
}

async function say(phone, now, verbs) {
	for (let i = 0; i < verbs.length; i += 50) {
		const { answers } = await phone.visitor.must(201, "POST", "/api/tech/sync", { device_id: phone.device, device_name: "Demonstration", now, verbs: verbs.slice(i, i + 50) });
		for (const a of answers) if (a.answer !== "applied") throw new Error(`${a.answer} ${a.field}: ${a.problem}`);
	}
}

/** Their phones hold today and tomorrow: else the board would say that nothing has reached them. */
async function receive(visitor, day) {
	for (const d of [day, new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)]) {
		const { version } = await visitor.must(200, "GET", `/api/tech/today?day=${d}`);
		if (version > 0) await visitor.must(204, "POST", "/api/tech/receipts", { day: d, version });
	}
}

/** Two calls of this morning that nobody has yet. */
async function calls(office, day) {
	const services = (await office.must(200, "GET", "/api/office/services")).rows;
	const jobs = services.filter((s) => s.kind === "job");
	for (const [name, what, note, minutes, from_minute, to_minute] of [
		["Hargrove", "Leak search", "Pump is loud since last night. Called this morning.", 45, null, null],
		["Beltrán", "Green to clean", "First clean; wants a price for every week.", 60, 780, 960],
	]) {
		const [who] = (await office.must(200, "GET", `/api/office/customers?q=${encodeURIComponent(name)}`)).rows;
		const { properties } = await office.must(200, "GET", `/api/office/customers/${who.id}`);
		await office.must(201, "POST", "/api/office/visits", { property_id: properties[0].id, service_id: (jobs.find((s) => s.name === what) ?? jobs[0]).id, day, minutes, from_minute, to_minute, note, anyway: true });
	}
}

/** office: the owner's visitor; people: {visitor} in the order of TECHNICIANS. -> how many stops are done by now */
export async function makeDay(office, people) {
	const day = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(new Date());
	// The board of a running day counts from now; the same stops a fortnight on have the times that were planned.
	const then = new Date(Date.parse(day) + 14 * 86_400_000).toISOString().slice(0, 10);
	const board = await office.must(200, "GET", `/api/office/board?day=${then}`);
	const { rows } = await office.must(200, "GET", "/api/office/items");
	const poured = ["liquid_chlorine", "muriatic"].map((chemical) => rows.find((i) => i.chemical === chemical));
	for (const { id } of people)
		for (const item of poured) await office.must(201, "POST", "/api/office/stock-counts", { item_id: item.id, place_id: id, amount_x100: 25 * GALLON });
	const drivers = await Promise.all(people.map((person, which) => drive(board, day, person, which, poured)));
	const flat = drivers.slice(5).find((d) => d.last);
	if (flat) await say(flat.phone, Math.floor(Date.now() / 1000), [flat.phone.verb("reassign", flat.last.id, { reason: "Flat tire, I am an hour behind." })]);
	await calls(office, day);
	await Promise.all(people.map(({ visitor }) => receive(visitor, day)));
	return drivers.reduce((n, d) => n + d.done, 0);
}
