// demo_plan.mjs -- a living schedule for the demonstration company: technicians with colours and hours, and customers
// on weekly routes, each route in its own quarter of the city. Made through the API; names and places are drawn from a
// fixed seed, so every house has the same.

const FIRST = ["Alma", "Ben", "Carmen", "Dale", "Elena", "Frank", "Grace", "Hector", "Inés", "James", "Karen", "Luis", "Maya", "Nora", "Omar", "Paula", "Quinn", "Ruth", "Sofía", "Theo", "Ursula", "Victor", "Wanda", "Yuki"];
const LAST = ["Abbott", "Bautista", "Castro", "Dunn", "Ellison", "Figueroa", "Greer", "Hoffman", "Ibarra", "Jennings", "Kowalski", "Larsen", "Mercer", "Nakamura", "Ortega", "Pham", "Quintana", "Romero", "Sandhu", "Thorne", "Urrutia", "Vance", "Weller", "Yazzie", "Zamora"];
const STREETS = ["E Palm Lane", "N 24th Place", "W Juniper Avenue", "E Camelback Road", "N Hayden Drive", "S Hardy Drive", "E Ocotillo Way", "W Cactus Wren Way", "N Mesquite Court", "E Sunnyslope Lane", "S Rural Road", "W Saguaro Street"];

// Where each route lies, and whose it is. Tom is hired with the other roles.
export const TECHNICIANS = [
	{ name: "Tom Technician", email: "tom@demo.example", vehicle: "Truck 1", city: "Phoenix", at: [33_490_000, -112_050_000], hours: [420, 960] },
	{ name: "Rosa Vega", email: "rosa@demo.example", vehicle: "Truck 2", city: "Scottsdale", at: [33_560_000, -111_900_000], hours: [420, 960] },
	{ name: "Dale Hutchins", email: "dale@demo.example", vehicle: "Truck 3", city: "Tempe", at: [33_400_000, -111_930_000], hours: [390, 900] },
	{ name: "Priya Raman", email: "priya.raman@demo.example", vehicle: "Truck 4", city: "Mesa", at: [33_410_000, -111_800_000], hours: [480, 1020] },
];
const A_ROUTE = 45;
const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/Phoenix" }).format(new Date());
// Five days from Monday; whoever looks at a weekend finds a company that works on it.
const ALL = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const FROM = { 0: 6, 6: 1 }[new Date(`${today}T00:00:00Z`).getUTCDay()] ?? 0;
const WEEKDAYS = [0, 1, 2, 3, 4].map((n) => ALL[(FROM + n) % 7]);
const DAYS = WEEKDAYS.map((d) => d.slice(0, 2).toUpperCase());

let seed = 20261129;
const draw = () => {
	seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
	return seed / 2 ** 32;
};
const near = (e6, spread) => Math.round(e6 + (draw() + draw() - 1) * spread);

// Several at once may lose a race for the audit log's end; what was lost is rolled back, so it is simply asked again.
async function ask(visitor, status, method, path, body, tries = 10) {
	const answer = await visitor.call(method, `/api/office${path}`, body);
	if (answer.status === 503 && tries > 1) return ask(visitor, status, method, path, body, tries - 1);
	if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
	return answer.body;
}

async function work(visitor, id, colour, t) {
	const path = `/staff/${id}`;
	let now = await ask(visitor, 200, "GET", `${path}/work`);
	const [lat, lng] = t.at;
	now = await ask(visitor, 200, "PUT", `${path}/work`, { phone: "", colour, vehicle: t.vehicle, start_address: "", end_address: "", start_lat_e6: lat, start_lng_e6: lng, end_lat_e6: lat, end_lng_e6: lng, version: now.version });
	const rows = WEEKDAYS.map((weekday) => ({ weekday, from_minute: t.hours[0], to_minute: t.hours[1] }));
	await ask(visitor, 200, "PUT", `${path}/hours`, { from_day: "2026-01-01", rows, version: now.version });
}

async function customer(visitor, who, level, starts) {
	const { customer: made } = await ask(visitor, 201, "POST", "/customers", {
		name: who.name, kind: "person", email: "", phone: "", language: who.language, source: "", external_id: "",
		street: who.street, city: who.city, region: "AZ", postcode: "", with_pool: true,
	});
	const [place] = made.properties;
	await ask(visitor, 200, "PUT", `/properties/${place.id}`, {
		name: "", street: who.street, city: who.city, region: "AZ", postcode: "", lat_e6: who.at[0], lng_e6: who.at[1], key_no: "", dogs: "", hazards: "", parking: "",
		like_days: [], not_days: [], from_minute: null, to_minute: null, text_before: false, same_tech: false, usual_tech_id: null, never_techs: [], no_chemicals: [], own: [], version: place.version,
	});
	await ask(visitor, 201, "POST", "/agreements", {
		property_id: place.id, pool_id: place.pools[0].id, repeats: "calendar", starts_day: starts,
		term: { rule: who.rule, service_id: level.id, tech_id: who.tech, seq: who.seq, minutes: who.minutes, from_minute: who.window?.[0] ?? null, to_minute: who.window?.[1] ?? null, rate_kind: "month", with_chemicals: true, rate_cents: who.rate, skip_policy: "billed" },
	});
}

/** Once around the start, and whoever has a window from nine stands where a crew that began at seven is by then. */
function inOrder(stops, [lat, lng]) {
	const around = (who) => Math.atan2(who.at[0] - lat, who.at[1] - lng);
	const free = stops.filter((who) => !who.window).sort((a, b) => around(a) - around(b));
	free.splice(3, 0, ...stops.filter((who) => who.window));
	for (const [n, who] of free.entries()) who.seq = (n + 1) * 10;
}

/** visitor: the owner; ids: staff ids in the order of TECHNICIANS. -> how many customers were made */
export async function makePlan(visitor, ids) {
	for (const [i, t] of TECHNICIANS.entries()) await work(visitor, ids[i], i + 1, t);
	const services = (await ask(visitor, 201, "POST", "/standard-services", {})).rows;
	const level = services.filter((s) => s.kind === "level").sort((a, b) => b.checklist.length - a.checklist.length)[0];
	const all = [];
	for (const [i, t] of TECHNICIANS.entries())
		for (let k = 0; k < A_ROUTE; k++) {
			const name = `${FIRST[Math.floor(draw() * FIRST.length)]} ${LAST[(i * A_ROUTE + k * 7) % LAST.length]}`;
			const day = DAYS[k % 5];
			all.push({
				name, language: draw() < 0.2 ? "es" : "en", street: `${100 + Math.floor(draw() * 8900)} ${STREETS[Math.floor(draw() * STREETS.length)]}`, city: t.city,
				at: [near(t.at[0], 45_000), near(t.at[1], 55_000)], rule: k % 10 === 9 ? `FREQ=WEEKLY;INTERVAL=2;BYDAY=${day}` : `FREQ=WEEKLY;BYDAY=${day}`,
				tech: ids[i], minutes: 25 + 5 * Math.floor(draw() * 6), window: k % 11 === 5 ? [540, 720] : null, rate: 14_500 + 500 * Math.floor(draw() * 20),
			});
		}
	for (const i of TECHNICIANS.keys())
		for (const day of DAYS) inOrder(all.filter((who) => who.tech === ids[i] && who.rule.endsWith(day)), TECHNICIANS[i].at);
	// A few at once: the house has as many workers.
	const waiting = all[Symbol.iterator]();
	const one = async () => {
		for (const who of waiting) await customer(visitor, who, level, today);
	};
	await Promise.all(Array.from({ length: 3 }, one));
	return all.length;
}
