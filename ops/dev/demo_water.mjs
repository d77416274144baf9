// demo_water.mjs -- what was read and poured at the demonstration pools in the last three months, through the API. The
// numbers follow a pool: chlorine falls between visits and is brought back, stabilizer creeps up where tabs are used.
const WEEKS = 13;
const DAY = 86_400;
const GALLON = 378_541;
const COST = { liquid_chlorine: [420, 950], muriatic: [780, 1600], bicarb: [95, 250], soda_ash: [140, 320], calcium_chloride: [110, 290], cya: [390, 800], salt: [820, 1800], trichlor: [210, 450] };
const v = (measure, value) => ({ measure, x100: Math.round(value * 100), how: "exact" });
/* The same company each time: a small fixed sequence in place of chance, -1..1. */
const wave = (n) => Math.sin(n * 12.9898) * 0.6 + Math.sin(n * 4.1414) * 0.4;

/** visitor: the owner; technician: a staff id */
export async function makeWater(visitor, technician) {
	const ask = (status, method, path, body) => visitor.must(status, method, `/api/office${path}`, body);
	const items = (await ask(201, "POST", "/standard-items", {})).rows;
	for (const { id, archived_at, ...item } of items) {
		const [cost_cents, price_cents] = COST[item.chemical];
		await ask(200, "PUT", `/items/${id}`, { ...item, cost_cents, price_cents, archived: archived_at !== null });
	}
	const of = (chemical) => items.find((i) => i.chemical === chemical);
	for (const [chemical, van, low, store] of [["liquid_chlorine", 18, 6, 55], ["muriatic", 6, 3, 24], ["bicarb", 25, 10, 150], ["trichlor", 30, 12, 200], ["salt", 1, 2, 20]])
		for (const [place_id, amount, least] of [[technician, van, low], [null, store, 0]])
			await ask(201, "POST", "/stock-counts", { item_id: of(chemical).id, place_id, amount_x100: amount * of(chemical).holds_x100, low_x100: least * of(chemical).holds_x100 });

	const now = Math.floor(Date.now() / 1000);
	let turn = 0;
	for (const line of (await ask(200, "GET", "/customers")).rows) {
		const customer = await ask(200, "GET", `/customers/${line.id}`);
		for (const pool of customer.properties.flatMap((p) => p.pools)) {
			if (pool.sanitiser === "unknown" || !pool.volume_l) continue;
			turn += 100;
			const salt = pool.sanitiser === "salt";
			const bromine = pool.sanitiser === "bromine";
			const tabs = customer.name.startsWith("Ramón");
			for (let week = WEEKS; week >= 1; week--) {
				const n = turn + week;
				const at = now - Math.round((week - 0.6) * 7) * DAY - 3600 * (2 + (week % 3));
				const age = WEEKS - week;
				const fc = salt ? 4.6 - age * (age > 8 ? 0.28 : 0.03) + wave(n) * 0.4 : 5.4 + wave(n) * 1.1;
				const values = [
					bromine ? v("bromine", 3.5 + wave(n)) : v("fc", Math.max(0.2, Math.round(fc * 5) / 5)),
					v("ph", Math.round((7.6 + wave(n + 7) * 0.22) * 10) / 10),
					v("ta", Math.round((salt ? 72 : 92) + wave(n + 3) * 9)),
					v("temp", Math.round(27 + wave(n + 1) * 2 - age * 0.35)),
				];
				if (week % 4 === 1) values.push(v("ch", Math.round(290 + age * 1.5 + wave(n) * 14)), ...(bromine ? [] : [v("cya", Math.round((tabs ? 34 : salt ? 68 : 41) + age * (tabs ? 2.4 : 0.2) + wave(n) * 3))]));
				if (salt) values.push(v("salt", Math.round((3150 - age * 14 + wave(n) * 40) / 10) * 10));
				/* Bill's last set is last week's once more: the office's quiet list shows it. */
				if (customer.name.startsWith("Bill") && week === 1) values.splice(0, values.length, ...before(customer.id));
				remember(customer.id, values);
				const set = await ask(201, "POST", "/readings", { pool_id: pool.id, at, took_s: 180 + (n % 90), values });
				if (bromine || (week === 1 && !tabs)) continue;
				if (!salt || fc < 3)
					await ask(201, "POST", "/doses", { pool_id: pool.id, reading_id: set.id, at: at + 600, item_id: of("liquid_chlorine").id, place_id: technician,
						given_x100: Math.round(((7.5 - fc) * pool.volume_l * 0.01) / 1.25 / 14.786764781) * 1479 });
				if (tabs) await ask(201, "POST", "/doses", { pool_id: pool.id, reading_id: set.id, at: at + 660, item_id: of("trichlor").id, place_id: technician, given_x100: 3 * of("trichlor").holds_x100 });
				if (values[1].x100 > 770)
					await ask(201, "POST", "/doses", { pool_id: pool.id, reading_id: set.id, at: at + 300, item_id: of("muriatic").id, place_id: technician, given_x100: Math.round(GALLON / 8) });
			}
		}
	}
	/* The van was filled up yesterday. */
	await ask(201, "POST", "/stock-counts", { item_id: of("liquid_chlorine").id, place_id: technician, amount_x100: 5 * GALLON });
	await ask(201, "POST", "/stock-counts", { item_id: of("trichlor").id, place_id: technician, amount_x100: 22 * of("trichlor").holds_x100 });
	await ask(201, "POST", "/stock-counts", { item_id: of("muriatic").id, place_id: technician, amount_x100: 5 * GALLON });
}

const last = new Map();
const remember = (id, values) => last.set(id, values);
const before = (id) => last.get(id);
