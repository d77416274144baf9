// The real homes of Sacramento as the week of a company with eight technicians, planned through the API; a picture of it is
// written to build/sacramento-week.svg.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { company, day, granted, hire, mailbox, pause, sql } from "./harness.mjs";
import { number } from "./phone.mjs";

const file = ["../shared", "../../shared"].map((d) => `${d}/data/sacramento-homes.csv`).find(existsSync);
const COLOURS = ["#0D70AF", "#D96C03", "#217F48", "#9E1F67", "#7C6300", "#4533A2", "#0B93C9", "#6B0938"];
const DASH = ["", "", "", "", "8 5", "8 5", "8 5", "1 6"];
const NAMES = ["Marisol Vega", "Dale Hutchins", "Priya Raman", "Luis Ortega", "Tomas Begay", "Kayla Brooks", "Andre Whitaker", "Sam Nguyen"];
const DAYS = ["MO", "TU", "WE", "TH", "FR"];
const MINUTES = 15;

test("the homes of Sacramento are planned as a week for eight technicians", { skip: file ? false : "skipped: no sacramento-homes.csv beside the project" }, async () => {
	const homes = readFileSync(file, "utf8").trim().split("\n").slice(1).map((l) => l.split(",")).map(([street, city, , zip, lat, lng]) => ({ street, city, zip, lat: Math.round(lat * 1e6), lng: Math.round(lng * 1e6) }))
		.filter((h) => Number.isFinite(h.lat) && Number.isFinite(h.lng) && h.lat !== 0);
	assert.ok(homes.length > 900);
	const c = await company();
	const office = c.owner.visitor;
	const techs = [];
	for (const name of NAMES) techs.push(await hire(c, mailbox, "technician", { name }));
	// They live where customers live, not at one depot.
	techs.forEach((t, i) => {
		const at = homes[(i * 127 + 40) % homes.length];
		sql(`UPDATE staff SET colour = ${i + 1}, start_lat_e6 = ${at.lat}, start_lng_e6 = ${at.lng} WHERE id = ${number(t.id)};
			${[0, 1, 2, 3, 4].map((d) => `INSERT INTO availability (id, staff_id, kind, weekday, from_day, from_minute, to_minute) VALUES (${BigInt(Date.now()) << 21n} + ${i * 10 + d}, ${number(t.id)}, 1, ${d}, '2020-01-01', 420, 990);`).join("")}`, c.schema);
	});
	const service = granted(await office.post("/api/office/standard-services", {}), 201).rows.find((s) => s.kind === "level");
	const base = (BigInt(Date.now()) << 21n) + 4000n;
	// Their week as it grew: each customer got whoever had an opening.
	const rows = { customer: [], property: [], agreement: [], term: [] };
	homes.forEach((h, i) => {
		const id = base + BigInt(i) * 10n;
		const text = (s) => `'${s.replaceAll("'", "''")}'`;
		rows.customer.push(`(${id}, ${text(h.street)}, '', 'en', 0)`);
		rows.property.push(`(${id + 1n}, ${id}, ${text(h.street)}, ${text(h.city)}, 'CA', '${h.zip}', ${h.lat}, ${h.lng})`);
		rows.agreement.push(`(${id + 2n}, ${id}, ${id + 1n}, 1, '${day(-30)}')`);
		rows.term.push(`(${id + 2n}, '${day(-30)}', 1, 'FREQ=WEEKLY;BYDAY=${DAYS[(i * 7 + (i >> 3)) % 5]}', '${day(-30)}', ${number(service.id)}, ${number(techs[(i * 5 + (i >> 4)) % 8].id)}, ${(i * 37) % 900}, ${MINUTES}, 1, 1, 15000)`);
	});
	// An argument of a program is at most 128 KB.
	for (const [into, values] of [["customer (id, name, email, language, created_at)", rows.customer], ["property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6)", rows.property], ["agreement (id, customer_id, property_id, repeats, starts_day)", rows.agreement], ["term (agreement_id, from_day, kind, rule, anchor_day, service_id, tech_id, seq, minutes, rate_kind, with_chemicals, rate_cents)", rows.term]])
		for (let i = 0; i < values.length; i += 200) sql(`INSERT INTO ${into} VALUES ${values.slice(i, i + 200).join(",")}`, c.schema);

	const from = (() => {
		let n = 8;
		while (new Date(`${day(n)}T12:00:00Z`).getUTCDay() !== 1) n++;
		return day(n);
	})();
	const started = Date.now();
	const made = granted(await office.post("/api/office/route-plans", { kind: "week", from_day: from, same_tech: 0, same_day: 0, even: 2, room_minutes: 15, scratch: false, locked: [], seconds: 10, tries: 60000 }), 201);
	let plan;
	for (const seen = new Set(); ; await pause(300)) {
		plan = granted(await office.get(`/api/office/route-plans/${made.id}/state`));
		seen.add(plan.share);
		if (plan.state === "ready") {
			assert.ok(seen.size >= 3, "progress is seen while it is searched");
			break;
		}
		assert.ok(plan.state === "searching" && Date.now() - started < 240_000, `the plan is ${plan.state}: ${plan.problem}`);
	}
	plan = granted(await office.get(`/api/office/route-plans/${made.id}`));
	const { before, after } = plan;
	console.log(`${homes.length} homes, 8 technicians, 5 days: driving ${(before.drive_s / 3600).toFixed(1)} h -> ${(after.drive_s / 3600).toFixed(1)} h a week, ${(before.metres / 1609).toFixed(0)} -> ${(after.metres / 1609).toFixed(0)} miles, overtime ${(before.overtime_s / 3600).toFixed(1)} -> ${(after.overtime_s / 3600).toFixed(1)} h; ${plan.tries} plans compared in ${(plan.spent_ms / 1000).toFixed(1)} s, ${((Date.now() - started) / 1000).toFixed(1)} s in all`);
	assert.equal(plan.left_out, 0);
	assert.equal(after.stops, homes.length);
	assert.equal(after.estimated, after.legs);
	assert.ok(after.drive_s < before.drive_s / 3, "a week that grew by chance has three times the driving");
	assert.ok(after.overtime_s <= before.overtime_s);
	// Everybody is on exactly one route, in the days of one technician.
	for (const s of plan.stops) assert.ok(s.to_tech && s.to_at > 0 && s.to_days > 0);
	assert.ok(plan.loads.length === 40 && plan.loads.filter((l) => l.after.stops > 0).length > 30);
	// Overtime has a price and is no refusal: minutes of a week of 250 hours at the most.
	assert.ok(plan.loads.reduce((n, l) => n + l.after.overtime_s, 0) <= 600);
	// What the load bars say adds up to what the head says.
	assert.equal(plan.loads.reduce((n, l) => n + l.after.metres, 0), after.metres);
	mkdirSync("build", { recursive: true });
	writeFileSync("build/sacramento-week.svg", picture(plan));
});

/** Five days side by side; each technician a colour and a line. */
function picture(plan) {
	const [W, H, PAD] = [300, 360, 14];
	const lats = plan.stops.map((s) => s.lat_e6);
	const lngs = plan.stops.map((s) => s.lng_e6);
	// The middle nine tenths: a far farm would make a dot of the town.
	const cut = (v, share) => [...v].sort((a, b) => a - b)[Math.floor((v.length - 1) * share)];
	const [south, north, west, east] = [cut(lats, 0.03), cut(lats, 0.97), cut(lngs, 0.03), cut(lngs, 0.97)];
	const squeeze = Math.cos((((south + north) / 2e6) * Math.PI) / 180);
	const scale = Math.min((W - 2 * PAD) / ((east - west) * squeeze), (H - 2 * PAD) / (north - south));
	const at = (lat, lng) => `${(W / 2 + (lng - (west + east) / 2) * squeeze * scale).toFixed(1)},${(H / 2 - (lat - (south + north) / 2) * scale).toFixed(1)}`;
	const names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
	const panes = names.map((name, d) => {
		const lines = plan.techs.map((t) => {
			const stops = plan.stops.filter((s) => s.to_tech === t.id && (s.to_days >> d) & 1).sort((a, b) => a.to_at - b.to_at);
			const home = at(t.start_lat_e6, t.start_lng_e6);
			const colour = COLOURS[t.colour - 1];
			return `<polyline points="${[home, ...stops.map((s) => at(s.lat_e6, s.lng_e6)), home].join(" ")}" stroke="${colour}" stroke-dasharray="${DASH[t.colour - 1]}"/>${stops.map((s) => `<circle cx="${at(s.lat_e6, s.lng_e6).replace(",", '" cy="')}" r="2" fill="${colour}"/>`).join("")}<rect x="${Number(home.split(",")[0]) - 4}" y="${Number(home.split(",")[1]) - 4}" width="8" height="8" rx="2" fill="#fff" stroke="${colour}" stroke-width="2"/>`;
		});
		const stops = plan.loads.filter((l) => l.day === d);
		const miles = stops.reduce((n, l) => n + l.after.metres, 0) / 1609.344;
		return `<svg x="${d * (W + 8)}" y="34" width="${W}" height="${H}"><rect width="${W}" height="${H}" rx="8" fill="#F4F2EA"/><g fill="none" stroke-width="1.5" stroke-linejoin="round">${lines.join("")}</g></svg><text x="${d * (W + 8) + 4}" y="22">${name} <tspan fill="#606B68">${stops.reduce((n, l) => n + l.after.stops, 0)} stops, ${miles.toFixed(0)} mi</tspan></text>`;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${5 * (W + 8)}" height="${H + 44}" font-family="sans-serif" font-size="14" font-weight="600"><rect width="100%" height="100%" fill="#FAF9F5"/>${panes.join("")}</svg>\n`;
}
