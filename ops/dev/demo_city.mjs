// demo_city.mjs -- a city of our own for the demonstration company: quarters, streets and homes with a pool, around Phoenix.
// House numbers follow the ground as they do there: eight hundred to the mile, counted from the middle of each town, even on
// the north and west side. All is drawn from a fixed seed, so every house has the same city; people and numbers are invented.
const FIRST = ["Alma", "Ben", "Carmen", "Dale", "Elena", "Frank", "Grace", "Hector", "Inés", "James", "Karen", "Luis", "Maya", "Nora", "Omar", "Paula", "Quinn", "Ruth", "Sofía", "Theo", "Ursula", "Victor", "Wanda", "Yuki", "Aaron", "Beatriz", "Connor", "Diane", "Esteban", "Fiona", "Gloria", "Hugh", "Irma", "Joel", "Kim", "Leonard", "Marisol", "Neil", "Olivia", "Pedro"];
const LAST = ["Abbott", "Bautista", "Castro", "Dunn", "Ellison", "Figueroa", "Greer", "Hoffman", "Ibarra", "Jennings", "Kowalski", "Larsen", "Mercer", "Nakamura", "Okafor", "Pham", "Quintana", "Romero", "Sandhu", "Thorne", "Urrutia", "Vance", "Weller", "Yazzie", "Zamora", "Ames", "Begay", "Cordova", "Delgado", "Emerson", "Fuentes", "Gallagher", "Hayes", "Iverson", "Jaramillo", "Keller", "Lindqvist", "Mahoney", "Navarro", "O'Brien", "Padilla", "Rasmussen", "Salcido", "Tsosie", "Underwood", "Velasco", "Whitman", "Xiong", "Young", "Ziegler"];
const ROADS = ["Palm", "Juniper", "Ocotillo", "Cactus Wren", "Sunnyslope", "Saguaro", "Mesquite", "Palo Verde", "Desert Willow", "Quail Run", "Agave", "Sagebrush", "Ironwood", "Copper Canyon", "Dove Valley", "Monterey", "Acacia", "Cholla", "Tumbleweed", "Orchid", "Manzanita", "Redfield", "Larkspur", "Coral Bell", "Roadrunner", "Sierra Vista", "Citrus", "Granada", "Yucca", "Hopi", "Jasmine", "Pecos", "Coyote", "Verbena", "Sandstone", "Arroyo", "Primrose", "Windsor", "Cottonwood", "Aster"];
const ENDS = ["Lane", "Avenue", "Drive", "Way", "Street", "Court", "Place"];

// at: the middle of the part we serve; from: where the house numbers of that town begin.
export const TOWNS = [
	{ city: "Phoenix", zip: "85016", at: [33.500, -112.030], from: [33.448, -112.074] },
	{ city: "Scottsdale", zip: "85258", at: [33.562, -111.898], from: [33.448, -112.074] },
	{ city: "Tempe", zip: "85283", at: [33.378, -111.925], from: [33.430, -111.940] },
	{ city: "Mesa", zip: "85204", at: [33.405, -111.795], from: [33.415, -111.831] },
	{ city: "Chandler", zip: "85224", at: [33.318, -111.872], from: [33.306, -111.841] },
	{ city: "Gilbert", zip: "85296", at: [33.335, -111.755], from: [33.350, -111.789] },
	{ city: "Glendale", zip: "85308", at: [33.640, -112.165], from: [33.448, -112.074] },
	{ city: "Peoria", zip: "85381", at: [33.590, -112.238], from: [33.448, -112.074] },
];
const MILE = [0.01449, 0.01737]; // of latitude, and of longitude there
const QUARTERS = [[0, 0], [-1, 1], [1, -1], [2, 1], [-2, -1], [1, 2], [-1, -2]]; // in miles, from the middle of a town

/** The same draws each time. */
export function chance(seed) {
	return () => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return seed / 2 ** 32;
	};
}

/** One side street of a quarter: `along` is 0 where it runs north, 1 where it runs east. */
function street(town, n, corner, draw) {
	const along = n % 2;
	const here = [...corner];
	here[1 - along] += (0.1 + 0.13 * Math.floor(n / 2) + 0.02 * draw()) * MILE[1 - along];
	const name = `${ROADS[(town.roads = (town.roads ?? Math.floor(draw() * 40)) + 1) % ROADS.length]} ${ENDS[Math.floor(draw() * ENDS.length)]}`;
	return { along, here, name };
}

function house(town, road, draw) {
	const at = [...road.here];
	at[road.along] += 0.85 * draw() * MILE[road.along];
	const miles = (at[road.along] - town.from[road.along]) / MILE[road.along];
	const even = draw() < 0.5;
	const number = 100 + 2 * Math.round(400 * Math.abs(miles)) + (even ? 0 : 1);
	at[1 - road.along] += (even ? 1 : -1) * 0.00025;
	const side = road.along ? (miles < 0 ? "W" : "E") : miles < 0 ? "S" : "N";
	return { street: `${number} ${side} ${road.name}`, city: town.city, zip: town.zip, at: at.map((d) => Math.round(d * 1e6)) };
}

/** What a person would note of a place with a pool. */
function pool(draw) {
	const salt = draw() < 0.3;
	return {
		gallons: 8000 + 500 * Math.floor(draw() * 44), surface: ["plaster", "pebble", "plaster", "quartz", "fibreglass"][Math.floor(draw() * 5)], sanitiser: salt ? "salt" : "chlorine",
		gate: draw() < 0.3 ? String(1000 + Math.floor(draw() * 9000)) : "", dogs: draw() < 0.12 ? ["One, friendly", "Two, keep the gate shut", "Barks, does not bite"][Math.floor(draw() * 3)] : "",
		tags: draw() < 0.04 ? "VIP" : salt ? "Salt" : "", note: draw() < 0.08 ? ["Equipment is behind the garage.", "Skimmer lid is loose: step beside it.", "Ring before you go to the back."][Math.floor(draw() * 3)] : "",
		minutes: 10 + 5 * Math.floor(draw() * 3), window: draw() < 0.03 ? [540, 720] : null, rate: 13_500 + 500 * Math.floor(draw() * 18),
	};
}

/** n homes, in turn of all quarters of all towns; no address and no name comes twice. */
export function homes(n, seed = 20261129) {
	const draw = chance(seed);
	const quarters = TOWNS.map((t) => ({ ...t })).flatMap((town) => QUARTERS.map(([north, east]) => {
		const corner = [town.at[0] + north * MILE[0], town.at[1] + east * MILE[1]];
		return { town, roads: Array.from({ length: 8 }, (_, i) => street(town, i, corner, draw)) };
	}));
	const known = new Set();
	const all = [];
	for (let i = 0; all.length < n; i++) {
		const { town, roads } = quarters[i % quarters.length];
		const home = house(town, roads[Math.floor(draw() * roads.length)], draw);
		if (known.has(home.street)) continue;
		known.add(home.street);
		const who = (all.length * 787) % (FIRST.length * LAST.length);
		const name = `${FIRST[who % FIRST.length]} ${LAST[Math.floor(who / FIRST.length)]}`;
		all.push({ name, ...home, ...pool(draw), ...reach(name, draw, all.filter((h) => h.phone).length) });
	}
	return all;
}

// 555-01xx is nobody's number: `n` of those that the six who are known by name leave free are taken.
function reach(name, draw, n) {
	const phone = draw() < 0.25 && n < 220 ? `${["480", "602", "623", "520", "928"][n % 5]}-555-01${56 + Math.floor(n / 5)}` : "";
	const email = draw() < 0.35 ? `${name.normalize("NFD").replace(/[^A-Za-z ]/g, "").toLowerCase().replace(" ", ".")}@demo.example` : "";
	return { phone, email };
}
