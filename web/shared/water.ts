/*
 * The water on the phone and in the office: the twin of domain/water, step for step (doses: dose.ts).
 *
 * Values are whole hundredths. In between stand doubles, and of them only + - * / in the order of the C code, so
 * both compute the same bits; tests/laws/water.sh compares them. Change neither without the other. Sources and
 * reasons of every constant stand in the C files of the same names.
 */

export type Measure =
	| "fc"
	| "tc"
	| "cc"
	| "bromine"
	| "ph"
	| "ta"
	| "ch"
	| "cya"
	| "salt"
	| "temp"
	| "tds"
	| "orp"
	| "phosphate"
	| "borate"
	| "copper"
	| "iron"
	| "nitrate"
	| "turbidity"
	| "pressure"
	| "flow"
	| "own1"
	| "own2"
	| "own3"
	| "own4"
	| "own5"
	| "own6";
export type How = "exact" | "below" | "above";
export type Verdict = "none" | "low" | "bit_low" | "ok" | "bit_high" | "high";
export type Units = "us" | "metric";
export type Basis = "cya" | "cya_salt" | "classic" | "no_cya" | "own";

export interface Level {
	x100: number;
	how: How;
}
/* What was not tested is not there. */
export type Water = Partial<Record<Measure, Level>>;
export interface Band {
	own: boolean;
	low: number;
	aim_low: number;
	aim_high: number;
	high: number;
}
export type Bands = Record<Measure, Band>;
export interface Range {
	basis: Basis;
	least: number;
	aim_low: number;
	aim_high: number;
	shock: number;
}
export interface Balance {
	computed: boolean;
	carbonate: number;
	csi: number;
	lsi: number;
	/* Not rounded. */
	exact: [csi: number, lsi: number];
}
export interface Policy {
	school: "by_cya" | "classic";
	units: Units;
	fill_ch: number;
	fill_cya: number;
	fill_salt: number;
	fill_tds: number;
}

/* ---- maths.c ---- */

const { LN2, LN10 } = Math;

export function log10(x: number): number {
	let e = 0;
	let m = x;
	for (; m > 1.5; e = e + 1) m = m / 2;
	for (; m < 0.75; e = e - 1) m = m * 2;
	const s = (m - 1) / (m + 1);
	const square = s * s;
	let power = s;
	let sum = 0;
	for (let n = 1; n <= 25; n += 2) {
		sum = sum + power / n;
		power = power * square;
	}
	return (2 * sum + e * LN2) / LN10;
}

export function exp10(x: number): number {
	const y = x * LN10;
	let k = round(y / LN2);
	const r = y - k * LN2;
	let term = 1;
	let sum = 1;
	for (let n = 1; n <= 17; n++) {
		term = (term * r) / n;
		sum = sum + term;
	}
	for (; k > 0; k--) sum = sum * 2;
	for (; k < 0; k++) sum = sum / 2;
	return sum;
}

/* The rounding of water: to the nearest, half away from zero; never -0. */
export function round(x: number): number {
	const whole = Math.trunc(x);
	const rest = x - whole;
	return (rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole) + 0;
}

/* ---- reading.c ---- */

export function verdict(l: Level | undefined, b: Band): Verdict {
	if (!l) return "none";
	const v = l.how === "above" ? l.x100 + 1 : l.how === "below" ? l.x100 - 1 : l.x100;
	if (v < b.low) return "low";
	if (v > b.high) return "high";
	if (v < b.aim_low) return "bit_low";
	return v > b.aim_high ? "bit_high" : "ok";
}

/* Combined chlorine from total and free, where only those were tested. */
export function filled(w: Water): Water {
	const { fc, tc } = w;
	if (w.cc || fc?.how !== "exact" || tc?.how !== "exact") return w;
	return { ...w, cc: { x100: tc.x100 > fc.x100 ? tc.x100 - fc.x100 : 0, how: "exact" } };
}

/* ---- balance.c ---- */

export const hundredth = (x100: number) => x100 / 100;
const ppm = (n: number) => 100 * Math.floor(n / 100000);

export function fcRange(
	school: Policy["school"],
	sanitiser: string,
	cya: Level | undefined,
	b: Band,
): Range {
	const classic = { least: b.low, aim_low: b.aim_low, aim_high: b.aim_high, shock: b.high };
	if (b.own) return { basis: "own", ...classic };
	if (school === "classic") return { basis: "classic", ...classic };
	if (!cya) return { basis: "no_cya", ...classic };
	const x = cya.x100;
	const shock = Math.max(1000, ppm(393 * x + 50000));
	if (sanitiser === "salt") {
		const aim_low = Math.max(300, ppm(75 * x));
		const least = Math.max(100, ppm(45 * x + 70000));
		return { basis: "cya_salt", least, aim_low, aim_high: aim_low + 200, shock };
	}
	return {
		basis: "cya",
		least: Math.max(100, ppm(75 * x + 70000)),
		aim_low: ppm(100 * x + 150000),
		aim_high: ppm(100 * x + 350000),
		shock,
	};
}

export const cyanurate = (ph: number, cya: number) => (cya * 0.38772) / (1 + exp10(6.83 - ph));
export const borated = (ph: number, borate: number) => (borate * 4.63) / (1 + exp10(9.11 - ph));
export const watered = (ph: number) => 50043.5 * (exp10(ph - 14) - exp10(-ph));
export function carbonated(ph: number) {
	const first = exp10(ph - 6.3);
	const second = first * exp10(ph - 10.2);
	return (first + 2 * second) / (1 + first + second);
}

const FACTORS = [
	[32, 0.0],
	[37, 0.1],
	[46, 0.2],
	[53, 0.3],
	[60, 0.4],
	[66, 0.5],
	[76, 0.6],
	[84, 0.7],
	[94, 0.8],
	[105, 0.9],
	[128, 1.0],
] as const;
function temperatureFactor(f: number) {
	let [f0, t0]: readonly [number, number] = FACTORS[0];
	if (f <= f0) return t0;
	for (const [f1, t1] of FACTORS.slice(1)) {
		if (f <= f1) return t0 + ((t1 - t0) * (f - f0)) / (f1 - f0);
		f0 = f1;
		t0 = t1;
	}
	return t0;
}

/* Not computed without pH, temperature, alkalinity and hardness. */
export function balance(w: Water): Balance {
	const none: Balance = { computed: false, carbonate: 0, csi: 0, lsi: 0, exact: [0, 0] };
	if (!w.ph || !w.ta || !w.ch || !w.temp) return none;
	const ph = hundredth(w.ph.x100);
	const celsius = hundredth(w.temp.x100);
	const ch = hundredth(w.ch.x100);
	const ta = hundredth(w.ta.x100);
	const salt = hundredth(w.salt?.x100 ?? 0);
	const carbonate =
		ta - cyanurate(ph, hundredth(w.cya?.x100 ?? 0)) - borated(ph, hundredth(w.borate?.x100 ?? 0));
	none.carbonate = round(carbonate * 100);
	if (ph < 4 || ph > 11 || ch <= 0 || carbonate <= 0) return none;
	const more = salt - 1.168 * ch;
	const ions = (1.5 * ch + ta) / 50045 + Math.max(more, 0) / 58440;
	const root = ions > 0 ? exp10(log10(ions) / 2) : 0;
	const logCh = log10(ch);
	const logCarbonate = log10(carbonate);
	const csi =
		ph -
		6.9395 +
		logCh +
		logCarbonate -
		(2.56 * root) / (1 + 1.65 * root) -
		1412.5 / (celsius + 273.15);
	const lsi =
		ph +
		temperatureFactor((celsius * 9) / 5 + 32) +
		(logCh - 0.4) +
		logCarbonate -
		((w.tds?.x100 ?? 0) > 100000 ? 12.2 : 12.1);
	return {
		computed: true,
		carbonate: none.carbonate,
		csi: round(csi * 100),
		lsi: round(lsi * 100),
		exact: [csi, lsi],
	};
}

export interface Acidity {
	ta: number;
	carbon: number;
	cya: number;
	borate: number;
}
export const taAt = (x: Acidity, ph: number) =>
	x.carbon * carbonated(ph) + cyanurate(ph, x.cya) + borated(ph, x.borate) + watered(ph);
export function settled(x: Acidity) {
	let low = 4;
	let high = 11;
	for (let i = 0; i < 34; i++) {
		const middle = (low + high) / 2;
		if (taAt(x, middle) < x.ta) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}
