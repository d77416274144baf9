// demo_plan.mjs -- a living schedule for the demonstration company: eight technicians with colours and hours, the homes of a
// city of our own brought in as a list, and a week for them that the product's own optimiser has planned (build/poolroute).
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pause } from "./client.mjs";
import { homes, TOWNS } from "./demo_city.mjs";

const HOMES = 979; // with the six who are known by name 985
const A_DAY = 26; // stops: so that the week comes out even

// Who lives in which town, and when they work. Tom is hired with the other roles.
export const TECHNICIANS = [
	{ name: "Tom Technician", email: "tom@demo.example", hours: [420, 960] },
	{ name: "Rosa Vega", email: "rosa@demo.example", hours: [420, 960] },
	{ name: "Dale Hutchins", email: "dale@demo.example", hours: [390, 930] },
	{ name: "Kayla Brooks", email: "kayla@demo.example", hours: [450, 990] },
	{ name: "Luis Ortega", email: "luis@demo.example", hours: [420, 960] },
	{ name: "Priya Raman", email: "priya.raman@demo.example", hours: [420, 960] },
	{ name: "Andre Whitaker", email: "andre@demo.example", hours: [390, 930] },
	{ name: "Sam Nguyen", email: "sam@demo.example", hours: [450, 990] },
].map((t, i) => ({ ...t, vehicle: `Truck ${i + 1}`, at: TOWNS[i].at.map((d) => Math.round(d * 1e6)) }));

const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/Phoenix" }).format(new Date());
export const later = (days) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
// Five days from Monday; whoever looks at a weekend finds a company that works on it.
const ALL = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const FROM = { 0: 6, 6: 1 }[new Date(`${today}T00:00:00Z`).getUTCDay()] ?? 0;
const WEEKDAYS = [0, 1, 2, 3, 4].map((n) => ALL[(FROM + n) % 7]);
const DAYS = WEEKDAYS.map((d) => d.slice(0, 2).toUpperCase());

// Several at once may lose a race for the audit log's end; what was lost is rolled back, so it is simply asked again.
export async function ask(visitor, status, method, path, body, tries = 10) {
	const answer = await visitor.call(method, `/api/office${path}`, body);
	if (answer.status === 503 && tries > 1) return ask(visitor, status, method, path, body, tries - 1);
	if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
	return answer.body;
}

/** All of them, a few at a time: the house has more workers than one. */
export async function together(all, one, say = () => {}) {
	const waiting = all.entries();
	let done = 0;
	const line = async () => {
		for (const [i, what] of waiting) {
			await one(what, i);
			if (++done % 200 === 0) say(done);
		}
	};
	await Promise.all(Array.from({ length: 4 }, line));
}

async function work(visitor, id, colour, t) {
	const path = `/staff/${id}`;
	let now = await ask(visitor, 200, "GET", `${path}/work`);
	const [lat, lng] = t.at;
	now = await ask(visitor, 200, "PUT", `${path}/work`, { phone: "", colour, vehicle: t.vehicle, start_address: "", end_address: "", start_lat_e6: lat, start_lng_e6: lng, end_lat_e6: lat, end_lng_e6: lng, version: now.version });
	const rows = WEEKDAYS.map((weekday) => ({ weekday, from_minute: t.hours[0], to_minute: t.hours[1] }));
	await ask(visitor, 200, "PUT", `${path}/hours`, { from_day: "2026-01-01", rows, version: now.version });
}

const HEAD = "Name,Email,Phone,Street,City,State,ZIP,Latitude,Longitude,Gate code,Dogs,Tags,Pool type,Volume gallons,Surface,Sanitizer,Tech notes";
const cell = (v) => (/[",]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
const line = (h) => [h.name, h.email, h.phone, h.street, h.city, "AZ", h.zip, h.at[0] / 1e6, h.at[1] / 1e6, h.gate, h.dogs, h.tags, "pool", h.gallons, h.surface, h.sanitiser, h.note].map(String).map(cell).join(",");

/** The list of homes, as a company brings it from another program. -> each home with its place and pool */
async function bring(visitor, list, say) {
	let i = await visitor.file("/api/office/imports", Buffer.from([HEAD, ...list.map(line)].join("\r\n")), "customers.csv").then((a) => a.body);
	const { rows } = await ask(visitor, 200, "GET", `/imports/${i.id}/columns`);
	await ask(visitor, 200, "PUT", `/imports/${i.id}`, { columns: rows.map(({ field }) => ({ field })), unit: i.unit, policy: "fill", version: i.version });
	const until = async (state) => {
		for (let said = 0; ; await pause(100)) {
			i = await ask(visitor, 200, "GET", `/imports/${i.id}`);
			if (i.why) throw new Error(i.why);
			if (i.state === "done" && i.done - said >= 300) say((said = i.done));
			if (i.state === state && i.done === i.total) return;
		}
	};
	await until("dry");
	if (i.create !== list.length) throw new Error(`the list: ${i.create} new, ${i.ask} doubtful, ${i.wrong} wrong`);
	await ask(visitor, 200, "POST", `/imports/${i.id}/starts`, { version: i.version });
	await until("done");
	const made = [];
	for (let after = 0; made.length < list.length; after = made.length) made.push(...(await ask(visitor, 200, "GET", `/imports/${i.id}/rows?after=${after}`)).rows);
	await together(list, async (home, n) => {
		const { properties } = await ask(visitor, 200, "GET", `/customers/${made[n].record_id}`);
		Object.assign(home, { property: properties[0].id, pool: properties[0].pools[0].id });
	});
	return list;
}

/** Each home gets a technician, the days of its visits and its place on their route. */
async function plan(all, seconds) {
	const spot = ([lat, lng]) => [lng / 1e6, lat / 1e6];
	const vehicles = TECHNICIANS.flatMap((t, i) => DAYS.map((_, day) => ({ id: i * 5 + day, day, technician: i, start: spot(t.at), end: spot(t.at), time_window: t.hours.map((m) => m * 60), capacity: [A_DAY] })));
	const jobs = all.map((h, id) => ({
		id, location: spot(h.at), service: h.minutes * 60, delivery: [1], day_sets: h.days ? [h.days] : DAYS.map((_, day) => [day]),
		...(h.window && { time_windows: [h.window.map((m) => m * 60)] }),
	}));
	const dir = mkdtempSync(join(tmpdir(), "poolhouse-week-"));
	const poolroute = existsSync("build/poolroute") ? "build/poolroute" : "poolroute";
	try {
		writeFileSync(join(dir, "week.json"), JSON.stringify({ days: 5, vehicles, jobs }));
		const { stdout } = await promisify(execFile)(poolroute, ["--seconds", String(seconds), join(dir, "week.json")], { maxBuffer: 64 << 20 });
		const { routes, unassigned } = JSON.parse(stdout);
		if (unassigned.length > 0) throw new Error(`${unassigned.length} homes have no place in the week`);
		for (const r of routes)
			for (const [n, step] of r.steps.filter((s) => s.type === "job").entries())
				all[step.id].stops = [...(all[step.id].stops ?? []), { tech: Math.floor(r.vehicle / 5), day: r.vehicle % 5, seq: (n + 1) * 10 }];
	} finally {
		rmSync(dir, { recursive: true });
	}
}

async function promise(visitor, ids, service, from, h, i) {
	const days = h.stops.map((s) => DAYS[s.day]).join(",");
	await ask(visitor, 201, "POST", "/agreements", {
		property_id: h.property, pool_id: h.pool, repeats: "calendar", starts_day: from,
		term: {
			rule: `FREQ=WEEKLY;${h.every === 2 || i % 20 === 19 ? "INTERVAL=2;" : ""}BYDAY=${days}`, service_id: service.id, tech_id: h.nobody ? null : ids[h.stops[0].tech], seq: h.stops[0].seq, minutes: h.minutes,
			from_minute: h.window?.[0] ?? null, to_minute: h.window?.[1] ?? null, rate_kind: "month", with_chemicals: true, rate_cents: h.rate, skip_policy: "billed",
		},
	});
}

/** visitor: the owner; ids: staff ids in the order of TECHNICIANS; known: homes that are there; n: of the city; from: the first day. -> how many are served */
export async function makePlan(visitor, ids, known, say, { n = HOMES, seconds = 4, from = today } = {}) {
	const services = (await ask(visitor, 201, "POST", "/standard-services", {})).rows;
	const level = services.filter((s) => s.kind === "level").sort((a, b) => b.checklist.length - a.checklist.length)[0];
	const all = [...known, ...homes(n)];
	await Promise.all([
		together(TECHNICIANS, (t, i) => work(visitor, ids[i], i + 1, t)),
		bring(visitor, all.slice(known.length), (m) => say(`${m} homes brought in`)),
		plan(all, seconds),
	]);
	say(`a week planned for ${TECHNICIANS.length} technicians`);
	await together(all, (h, i) => promise(visitor, ids, level, from, h, i), (m) => say(`${m} agreements`));
	return all.length;
}
