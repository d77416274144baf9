// demo_customers.mjs -- whom the demonstration company serves: made through the API, as the office would. Names and
// numbers are invented (555-01xx belongs to nobody); Carla may enter the portal.
const PEOPLE = [
	{ name: "Carla Customer", email: "carla@demo.example", phone: "(602) 555-0101", language: "en", street: "1420 E Palm Lane", city: "Phoenix", postcode: "85006",
		pin: [33465512, -112051200], tags: ["VIP"], shape: "kidney", sizes: [910, 460, 340, 100, 240], surface: "pebble", sanitiser: "salt",
		gate: "4711", dogs: "Bruno, friendly", wish: { like_days: ["tuesday"], text_before: true },
		equipment: [["pump", "Pentair", "IntelliFlo3 VSF", "2023-05-12", "2026-05-11", 0], ["salt_cell", "Hayward", "T-Cell-15", "2024-02-01", "2027-01-31", 90]] },
	{ name: "Ramón Ortega", email: "ramon@demo.example", phone: "602-555-0112", language: "es", street: "3316 N 24th Place", city: "Phoenix", postcode: "85016",
		pin: [33486900, -112030800], tags: ["Salt"], shape: "rectangle", sizes: [1220, 490, 110, 210], surface: "plaster", sanitiser: "chlorine",
		wish: { not_days: ["friday"], no_chemicals: [{ word: "copper algaecide" }] }, equipment: [["filter", "Pentair", "FNS Plus 48", "2021-08-20", null, 182]] },
	{ name: "Saguaro Ridge HOA", kind: "business", email: "office@saguaro.example", phone: "480-555-0120 x12", language: "en", street: "8800 E Ridge Drive", city: "Scottsdale", postcode: "85258",
		pin: [33567300, -111892100], tags: ["Commercial", "Key box"], shape: "free", sizes: [14200, 110, 180], surface: "quartz", sanitiser: "chlorine", lockbox: "0815",
		spa: true, equipment: [["heater", "Raypak", "406A", "2020-11-03", "2025-11-02", 365], ["controller", "Pentair", "IntelliCenter", "2022-01-15", null, 0]] },
	{ name: "Bill and Dot Hargrove", email: "", phone: "480 555 0133", language: "en", street: "412 W Juniper Avenue", city: "Gilbert", postcode: "85233",
		pin: [33352900, -111796300], tags: [], shape: "oval", sizes: [980, 520, 100, 190], surface: "fibreglass", sanitiser: "chlorine", hazards: "Low branch over the side path",
		equipment: [["cleaner", "Polaris", "280", "2019-04-01", null, 365]] },
	{ name: "Priya Nair", email: "priya@demo.example", phone: "623-555-0144", language: "en", street: "7021 W Cactus Wren Way", city: "Glendale", postcode: "85303",
		pin: [33531200, -112208700], tags: ["Dog owner"], shape: "round", sizes: [610, 130, 130], surface: "vinyl", sanitiser: "bromine", dogs: "Two, keep the gate shut", gate: "2468", equipment: [] },
	{ name: "Luz Marina Beltrán", email: "luz@demo.example", phone: "602-555-0155", language: "es", street: "509 S Hardy Drive", city: "Tempe", postcode: "85281",
		pin: [33421700, -111951800], tags: ["Lead"], sanitiser: "unknown", surface: "unknown", equipment: [] },
];

// What they were promised: the week's planner finds out who drives there. Nobody comes to Bill yet; Luz is a lead.
// days: of the five that the company works
const PROMISED = {
	"Carla Customer": { days: [1], minutes: 30, rate: 18_500 },
	"Ramón Ortega": { days: [2], minutes: 30, rate: 22_500 },
	"Saguaro Ridge HOA": { days: [0, 3], minutes: 60, rate: 96_000 },
	"Priya Nair": { days: [3], minutes: 25, rate: 11_000, every: 2 },
	"Bill and Dot Hargrove": { days: [4], minutes: 30, rate: 17_500, nobody: true },
};

/** visitor: the owner. -> the homes among them that are served, as demo_plan.mjs has them */
export async function makeCustomers(visitor) {
	const served = [];
	const ask = (status, method, path, body) => visitor.must(status, method, `/api/office${path}`, body);
	for (const p of PEOPLE) {
		let { customer } = await ask(201, "POST", "/customers", {
			name: p.name, kind: p.kind ?? "person", email: p.email, phone: p.phone, language: p.language, source: "", external_id: "",
			street: p.street, city: p.city, region: "AZ", postcode: p.postcode, with_pool: true,
		});
		const [place] = customer.properties;
		await ask(200, "PUT", `/properties/${place.id}`, {
			name: "", street: p.street, city: p.city, region: "AZ", postcode: p.postcode, lat_e6: p.pin[0], lng_e6: p.pin[1], key_no: "", dogs: p.dogs ?? "",
			hazards: p.hazards ?? "", parking: "", like_days: [], not_days: [], from_minute: null, to_minute: null, text_before: false, same_tech: false,
			usual_tech_id: null, never_techs: [], no_chemicals: [], own: [], version: place.version, ...p.wish,
		});
		if (p.gate || p.lockbox) await ask(200, "PUT", `/properties/${place.id}/codes`, { gate: p.gate ?? null, lockbox: p.lockbox ?? null, version: place.version + 1 });
		const [pool] = place.pools;
		await ask(200, "PUT", `/pools/${pool.id}`, {
			kind: "pool", name: "", volume_l: null, volume_source: p.shape ? "calculated" : "unknown", shape: p.shape ?? "unknown",
			sizes_cm: (p.sizes ?? []).map((cm) => ({ cm })), surface: p.surface, sanitiser: p.sanitiser, indoor: false, cover: false, fill_water: "city", own: [], version: pool.version,
		});
		for (const [kind, make, model, installed_day, warranty_day, service_every_days] of p.equipment)
			await ask(201, "POST", "/equipment", { pool_id: pool.id, kind, make, model, serial: "", installed_day, warranty_day, service_every_days, serviced_day: null, note: "" });
		if (PROMISED[p.name]) served.push({ name: p.name, at: p.pin, property: place.id, pool: pool.id, window: null, ...PROMISED[p.name] });
		if (p.spa) await ask(201, "POST", "/pools", { property_id: place.id, kind: "spa", name: "Clubhouse spa" });
		if (p.tags.length) ({ customer } = await ask(200, "PUT", `/customers/${customer.id}/tags`, { tags: p.tags.map((tag) => ({ tag })) }));
		if (p.kind === "business")
			await ask(201, "POST", "/contacts", { customer_id: customer.id, name: "Accounts payable", relation: "billing", phone: "", email: "bills@saguaro.example", language: "en", by_sms: [], by_email: ["bill", "receipt", "reminder"], by_voice: [], position: 1 });
		if (p.gate) await ask(201, "POST", "/notes", { on_kind: "property", on_id: place.id, audience: "technicians", body: "Latch sticks: lift, then push.", pinned: true });
	}
	return served;
}
