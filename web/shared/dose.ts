/*
 * What to pour: the twin of domain/water/{chemical,pour,dose}.c, step for step, as water.ts is of the rest.
 */
import {
	type Acidity,
	type Balance,
	type Bands,
	balance,
	borated,
	carbonated,
	cyanurate,
	fcRange,
	hundredth,
	type Measure,
	type Policy,
	type Range,
	round,
	settled,
	taAt,
	type Units,
	type Water,
	watered,
} from "./water";

export type Chemical =
	| "none"
	| "liquid_chlorine"
	| "cal_hypo"
	| "trichlor"
	| "dichlor"
	| "muriatic"
	| "dry_acid"
	| "bicarb"
	| "soda_ash"
	| "calcium_chloride"
	| "cya"
	| "salt"
	| "sulfite"
	| "other";
export type Unit =
	| "each"
	| "fl_oz"
	| "cup"
	| "quart"
	| "gallon"
	| "ml"
	| "litre"
	| "oz"
	| "lb"
	| "g"
	| "kg"
	| "tab"
	| "bag"
	| "scoop"
	| "hour";
export type Word =
	| "test_first"
	| "no_product"
	| "next_visit"
	| "aerate"
	| "wait"
	| "replace_water"
	| "shock"
	| "retest"
	| "cya_unknown"
	| "cell"
	| "by_hand"
	| "apart";
export interface Body {
	sanitiser: string;
	indoor: boolean;
	volume_l: number;
}
export interface Product {
	id: string;
	chemical: Chemical;
	strength_x100: number;
	unit: Unit;
	holds_x100: number;
	most_x100: number;
	wait_minutes: number;
	/* It must never meet what went into this water within a day. */
	apart?: boolean;
}
export interface Dose {
	item_id: string;
	chemical: Chemical;
	measure: Measure;
	from: number;
	to: number;
	exact: number;
	each: number;
	parts: number;
	wait_minutes: number;
	half: boolean;
}
export interface Note {
	word: Word;
	measure: Measure;
	value: number;
}
export interface Plan {
	fc: Range;
	doses: Dose[];
	notes: Note[];
	after: Water;
	now: Balance;
	later: Balance;
	raw: [ph: number, ta: number, fc: number, salt: number];
}

/* ---- chemical.c ---- */

interface Effect {
	fc?: number;
	ta?: number;
	carbon?: number;
	ch?: number;
	cya?: number;
	salt?: number;
}
const CL2 = 70.906;
const NACL = 58.443;
const CHARGE = 50.0435;
function acidMoles(percent: number) {
	const density =
		percent < 14.5 ? 0.998 + (0.072 * percent) / 14.5 : 1.07 + (0.09 * (percent - 14.5)) / 16.95;
	return (percent * 10 * density) / 36.458;
}
function effect(c: Chemical, strength_x100: number): Effect {
	const percent = strength_x100 / 100;
	const p = percent * 10;
	switch (c) {
		case "liquid_chlorine":
			return { fc: p, salt: p * ((2 * NACL) / CL2) };
		case "cal_hypo":
			return { fc: p, ch: p * (100.087 / (2 * CL2)), salt: p * 1.1 };
		case "trichlor":
			return { fc: p, cya: p * (129.075 / (3 * CL2)), salt: p * (NACL / CL2), ta: p * -0.7 };
		case "dichlor":
			return { fc: p, cya: p * (129.075 / (2 * CL2)), salt: p * (NACL / CL2), ta: p * -0.35 };
		case "muriatic":
			return { ta: -(acidMoles(percent) * CHARGE), salt: acidMoles(percent) * NACL };
		case "dry_acid":
			return { ta: -((p / 120.06) * CHARGE) };
		case "bicarb": {
			const ta = (p / 84.007) * CHARGE;
			return { ta, carbon: ta };
		}
		case "soda_ash": {
			const carbon = (p / 105.988) * CHARGE;
			return { carbon, ta: carbon * 2 };
		}
		case "calcium_chloride":
			return { ch: (p / 110.984) * 100.087, salt: (p / 110.984) * (2 * NACL) };
		case "cya":
			return { cya: p };
		case "salt":
			return { salt: p };
		case "sulfite":
			return { fc: -((p / 126.04) * CL2) };
		default:
			return {};
	}
}
/* Most at a time for each m3, minutes before the next product. */
const HABITS: Partial<Record<Chemical, [most_x100: number, wait: number]>> = {
	liquid_chlorine: [0, 15],
	cal_hypo: [0, 15],
	trichlor: [0, 15],
	dichlor: [0, 15],
	muriatic: [2500, 30],
	dry_acid: [3200, 30],
	bicarb: [6000, 30],
	soda_ash: [1200, 30],
	calcium_chloride: [6000, 60],
	sulfite: [0, 15],
};

const CHLORINES = ["liquid_chlorine", "cal_hypo", "trichlor", "dichlor"];
const ACIDS = ["muriatic", "dry_acid"];
const CARBONATES = ["bicarb", "soda_ash"];
const STABILISED = ["trichlor", "dichlor"];

/* "later": only after the first has mixed in; "never": not on the same day in the same water. */
export function meet(a: Chemical, b: Chemical): "freely" | "later" | "never" {
	const pair = (x: string[], y: string[]) =>
		(x.includes(a) && y.includes(b)) || (x.includes(b) && y.includes(a));
	if (pair(STABILISED, ["cal_hypo"]) || pair(CARBONATES, ["calcium_chloride"])) return "never";
	return pair(ACIDS, CHLORINES) || pair(ACIDS, CARBONATES) ? "later" : "freely";
}

/* ---- pour.c ---- */

type Base = "ml" | "g" | "piece";
export const baseOf = (u: Unit): Base =>
	["fl_oz", "cup", "quart", "gallon", "ml", "litre"].includes(u)
		? "ml"
		: u === "each" || u === "hour"
			? "piece"
			: "g";
const OUNCES = [
	[16, 1],
	[64, 2],
	[128, 8],
	[512, 16],
	[0, 64],
] as const;
const METRIC = [
	[250, 10],
	[1000, 25],
	[2000, 100],
	[8000, 250],
	[0, 1000],
] as const;
const grainOf = (base: Base, u: Units) =>
	u === "metric" ? 100 : base === "ml" ? 1478.676478125 : 1417.47615625;

export function pourRound(
	exact: number,
	most: number,
	unit: Unit,
	holds: number,
	u: Units,
): number {
	if (exact <= 0) return 0;
	const base = baseOf(unit);
	const one =
		unit === "tab"
			? holds
			: unit === "bag" || unit === "scoop"
				? Math.floor(holds / 2)
				: base === "piece"
					? 100
					: -1;
	if (one === 0) return exact;
	if (one > 0) {
		let n = round(exact / one);
		if (most > 0 && n > Math.floor(most / one)) n = Math.floor(most / one);
		return (n === 0 ? 1 : n) * one;
	}
	const grid = u === "us" ? OUNCES : METRIC;
	const grain = grainOf(base, u);
	const least = grid[0][1];
	const on = (x: number, nearest: boolean) => {
		const step = (grid.find(([under]) => under === 0 || x < under) ?? grid[0])[1];
		const below = Math.floor(x / step) * step;
		return nearest && (x - below) * 2 >= step ? below + step : below;
	};
	const amount = round((on(exact / grain, true) || least) * grain);
	if (most <= 0 || amount <= most) return amount;
	return round((on(most / grain, false) || least) * grain);
}

export interface Jug {
	unit: Unit;
	quarters: number;
}
/* The amount as jugs: 104 fl oz is 3 quarts and 1 cup. */
export function jugs(amount: number, unit: Unit, holds: number, u: Units): Jug[] {
	if (amount <= 0) return [];
	const base = baseOf(unit);
	if (unit === "tab" || unit === "bag" || unit === "scoop" || base === "piece")
		return [{ unit, quarters: round((amount * 4) / (holds > 0 ? holds : 100)) }];
	if (u === "metric") {
		const n = round(amount / 100);
		return n >= 1000 && n % 250 === 0
			? [{ unit: base === "ml" ? "litre" : "kg", quarters: n / 250 }]
			: [{ unit: base, quarters: n * 4 }];
	}
	const sizes: [Unit, number][] =
		base === "ml"
			? [
					["gallon", 256],
					["quart", 64],
					["cup", 16],
					["fl_oz", 2],
				]
			: [
					["lb", 32],
					["oz", 2],
				];
	let halves = round(amount / grainOf(base, u));
	const out: Jug[] = [];
	for (const [jug, each] of sizes) {
		const last = each === 2;
		const count = Math.floor(halves / each);
		if (count === 0 && !(last && halves > 0)) continue;
		out.push({ unit: jug, quarters: last ? (halves * 4) / each : count * 4 });
		halves = last ? 0 : halves - count * each;
	}
	return out;
}

/* ---- dose.c ---- */

export function needsReason(planned: number, given: number): boolean {
	const off = Math.abs(given - planned);
	return off > 3000 && off * 10 > planned;
}
export const APART_S = 86400;
export const meets = (a: Chemical, aAt: number, b: Chemical, bAt: number): boolean =>
	Math.abs(aAt - bAt) < APART_S && meet(a, b) === "never";
/* The most at a time for this much water; 0: no such limit. */
export function mostOf(product: Product, litres: number): number {
	const most = product.most_x100 > 0 ? product.most_x100 : (HABITS[product.chemical]?.[0] ?? 0);
	return Math.floor((most * litres) / 1000);
}
export function overMost(product: Product, litres: number, parts: number, given: number): boolean {
	const most = mostOf(product, litres);
	return most > 0 && given > most * parts + 3000;
}

const middle = (b: { aim_low: number; aim_high: number }) =>
	(hundredth(b.aim_low) + hundredth(b.aim_high)) / 2;

/* null: without a volume no dose can be computed. */
export function dosePlan(
	p: Body,
	w: Water,
	bands: Bands,
	policy: Policy,
	products: readonly Product[],
): Plan | null {
	if (p.volume_l === 0) return null;
	const fc = fcRange(policy.school, p.sanitiser, w.cya, bands.fc);
	const doses: Dose[] = [];
	const notes: Note[] = [];
	const note = (word: Word, measure: Measure, value = 0) => {
		if (notes.length < 24) notes.push({ word, measure, value });
	};
	const known = (m: Measure) => w[m] !== undefined;
	const value: Partial<Record<Measure, number>> = {};
	for (const m of Object.keys(w) as Measure[]) value[m] = hundredth(w[m]?.x100 ?? 0);
	const at = (m: Measure) => value[m] ?? 0;

	let acidity: Acidity | null = null;
	if (known("ph") && known("ta") && at("ph") >= 4 && at("ph") <= 11) {
		const x = { ta: at("ta"), carbon: 0, cya: at("cya"), borate: at("borate") };
		const ph = at("ph");
		x.carbon = (x.ta - cyanurate(ph, x.cya) - borated(ph, x.borate) - watered(ph)) / carbonated(ph);
		if (x.carbon > 0) acidity = x;
	}

	const mixIn = (d: Product, amount: number) => {
		const e = effect(d.chemical, d.strength_x100);
		const share = amount / p.volume_l;
		for (const m of ["fc", "ch", "cya", "salt", "ta"] as const)
			value[m] = at(m) + (e[m] ?? 0) * share;
		if (at("ta") < 0) value.ta = 0;
		if (!acidity) return;
		acidity.ta = at("ta");
		acidity.carbon = acidity.carbon + (e.carbon ?? 0) * share;
		acidity.cya = at("cya");
		value.ph = settled(acidity);
	};
	const pour = (d: Product, m: Measure, amount: number, half = false) => {
		const habit = HABITS[d.chemical] ?? [0, 0];
		const most = d.most_x100 > 0 ? d.most_x100 : habit[0];
		const atMost = (most * p.volume_l) / 1000;
		const exact = Math.min(amount * 100, 100000000000);
		let parts = 1;
		if (most > 0) while (parts < 6 && exact / parts > atMost) parts++;
		const each = pourRound(
			round(exact / parts),
			most > 0 ? round(atMost) : 0,
			d.unit,
			d.holds_x100,
			policy.units,
		);
		if (each === 0) return;
		const poured = each * parts;
		if (poured - exact > 3000 && poured > exact * 1.5) return note("no_product", m);
		if (most > 0 && exact / parts > atMost && !half) note("retest", m);
		const from = round(at(m) * 100);
		mixIn(d, poured / 100);
		doses.push({
			item_id: d.id,
			chemical: d.chemical,
			measure: m,
			from,
			to: round(at(m) * 100),
			exact: round(exact),
			each,
			parts,
			wait_minutes: d.wait_minutes > 0 ? d.wait_minutes : habit[1],
			half,
		});
	};
	const productFor = (...wanted: Chemical[]) => {
		for (const c of wanted) {
			const found = products.find((d) => d.chemical === c && d.strength_x100 > 0 && !d.apart);
			if (found) return found;
		}
		return null;
	};

	/* Is there none of them, or is there one that has to wait for a day? */
	const lacking = (m: Measure, ...wanted: string[]) =>
		note(
			products.some((d) => d.apart && d.strength_x100 > 0 && wanted.includes(d.chemical))
				? "apart"
				: "no_product",
			m,
		);

	/* Low alkalinity comes first. */
	if (known("ta") && at("ta") < hundredth(bands.ta.low)) {
		const d = productFor("bicarb");
		if (!d) lacking("ta", "bicarb");
		else {
			const each = effect(d.chemical, d.strength_x100).ta ?? 0;
			pour(d, "ta", ((middle(bands.ta) - at("ta")) / each) * p.volume_l);
		}
	}

	/* One acid dose for pH and for too much alkalinity, or what raises pH. */
	const acidify = () => {
		const { ph, ta } = bands;
		const muchTa = known("ta") && at("ta") > hundredth(ta.high);
		if (!known("ph")) return;
		const now = at("ph");
		if (!acidity) {
			if (now < hundredth(ph.aim_low) || now > hundredth(ph.aim_high)) note("test_first", "ta");
			return;
		}
		if (now < hundredth(ph.aim_low) && !muchTa) {
			if (at("ta") > hundredth(ta.aim_high)) return note("aerate", "ph");
			const d = productFor("soda_ash");
			if (!d) return lacking("ph", "soda_ash");
			const target = middle(ph);
			const missing = taAt(acidity, target) - acidity.ta;
			const parts = missing > 0 ? missing / (2 - carbonated(target)) : 0;
			const each = effect(d.chemical, d.strength_x100).carbon ?? 0;
			if (parts > 0) pour(d, "ph", (parts / each) * p.volume_l);
			return;
		}
		const limit = hundredth((w.ph?.x100 ?? 0) > ph.aim_high ? ph.aim_high : ph.high);
		if (now <= limit && !muchTa) return;
		const d = productFor("muriatic", "dry_acid");
		if (!d) return note("no_product", "ph");
		const each = -(effect(d.chemical, d.strength_x100).ta ?? 0);
		let parts = now > middle(ph) ? at("ta") - taAt(acidity, middle(ph)) : 0;
		let half = false;
		if (muchTa) {
			let wanted = (at("ta") - hundredth(ta.aim_high)) / 2;
			const most = at("ta") - taAt(acidity, hundredth(ph.low));
			wanted = Math.min(wanted, most);
			half = wanted > parts;
			parts = half ? wanted : parts;
		}
		if (parts > 0) pour(d, half ? "ta" : "ph", (parts / each) * p.volume_l, half);
		if (half) note("retest", "ta");
	};
	acidify();

	/* The first chlorine of the company's order that does not add to what is too much already. */
	const chlorine = () => {
		const muchCya = known("cya") && at("cya") >= hundredth(bands.cya.aim_high);
		const muchCh = known("ch") && at("ch") >= hundredth(bands.ch.aim_high);
		const all = products.filter(
			(d) => CHLORINES.includes(d.chemical) && d.strength_x100 > 0 && !d.apart,
		);
		const good = all.find(
			(d) =>
				!(STABILISED.includes(d.chemical) && (muchCya || p.indoor)) &&
				!(d.chemical === "cal_hypo" && muchCh),
		);
		return good ?? all[0] ?? null;
	};
	const raise = (target: number) => {
		const d = chlorine();
		if (!d) return lacking("fc", ...CHLORINES);
		const each = effect(d.chemical, d.strength_x100).fc ?? 0;
		pour(d, "fc", ((target - at("fc")) / each) * p.volume_l);
	};
	const chlorinate = () => {
		if (p.sanitiser === "bromine" || p.sanitiser === "biguanide") {
			if (known("bromine") && at("bromine") < hundredth(bands.bromine.low))
				note("by_hand", "bromine");
			return;
		}
		if (!known("fc")) return;
		if (fc.basis === "no_cya") note("cya_unknown", "cya");
		const free = at("fc");
		if (known("cc") && at("cc") > hundredth(bands.cc.high)) {
			const more = at("cc") * 10;
			let target =
				fc.basis === "cya" || fc.basis === "cya_salt" ? hundredth(fc.shock) : free + more;
			target = Math.min(target, free + hundredth(2000));
			if (target > free) {
				note("shock", "cc", round(target * 100));
				raise(target);
			}
			return;
		}
		if (free < hundredth(fc.aim_low)) {
			raise((hundredth(fc.aim_low) + hundredth(fc.aim_high)) / 2);
			if (p.sanitiser === "salt") note("cell", "fc");
		} else if (free > hundredth(fc.shock)) note("wait", "fc");
	};
	chlorinate();

	/* What changes slowly: one of them a visit, and not beside bicarbonate. */
	let one = doses[0]?.chemical === "bicarb";
	const slow = [
		["cya", "cya"],
		["ch", "calcium_chloride"],
		["salt", "salt"],
	] as const;
	for (const [m, c] of slow) {
		if (!known(m) || at(m) >= hundredth(bands[m].low)) continue;
		if (one || (m === "ch" && doses.some((d) => meet(d.chemical, c) === "never"))) {
			note("next_visit", m);
			continue;
		}
		one = true;
		const d = productFor(c);
		if (!d) lacking(m, c);
		else {
			const each = effect(d.chemical, d.strength_x100)[m] ?? 0;
			pour(d, m, ((middle(bands[m]) - at(m)) / each) * p.volume_l);
		}
	}
	for (const m of ["cya", "ch", "salt", "tds"] as const) {
		const target = hundredth(bands[m].aim_high);
		const from = hundredth(policy[`fill_${m}`]);
		if (!known(m) || at(m) <= hundredth(bands[m].high) || from >= target) continue;
		note("replace_water", m, round(((at(m) - target) / (at(m) - from)) * p.volume_l));
	}

	const after: Water = {};
	const more = at("fc") > hundredth(w.fc?.x100 ?? 0);
	for (const m of Object.keys(w) as Measure[]) {
		const was = w[m];
		if (!was || (more && (m === "tc" || m === "cc" || m === "orp"))) continue;
		after[m] = { x100: round(at(m) * 100), how: was.how };
	}
	return {
		fc,
		doses,
		notes,
		after,
		now: balance(w),
		later: balance(after),
		raw: [at("ph"), at("ta"), at("fc"), at("salt")],
	};
}
