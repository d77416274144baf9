/* Water in words: names, units and numbers of measures; amounts as a hand measures them. */
import type { OwnMeasure, WaterBand, WaterDrain, WaterPage } from "./api";
import {
	type Dose,
	dosePlan,
	type Jug,
	jugs,
	meets,
	type Plan,
	type Product,
	type Unit,
} from "./dose";
import { dayOf, number, volume } from "./format";
import { language, named, t } from "./words";
import "./words/water";
import {
	type Bands,
	fcRange,
	filled,
	type Level,
	type Measure,
	type Units,
	type Verdict,
	verdict,
	type Water,
} from "./water";

type Own = readonly OwnMeasure[];

const locale = () => (language.value === "es" ? "es-US" : "en-US");
const digits = (n: number, most: number) =>
	new Intl.NumberFormat(locale(), { maximumFractionDigits: most }).format(n).replace("-", "−");

export const measureName = (m: Measure, own: Own = []) =>
	own.find((o) => o.measure === m)?.name ?? named("measure", m);

export function unitOf(m: Measure, units: Units, own: Own = []): string {
	if (m.startsWith("own")) return own.find((o) => o.measure === m)?.unit ?? "";
	if (m === "temp") return units === "us" ? "°F" : "°C";
	return UNIT[m] ?? "ppm";
}
const UNIT: Partial<Record<Measure, string>> = {
	ph: "",
	orp: "mV",
	phosphate: "ppb",
	turbidity: "NTU",
	pressure: "psi",
	flow: "gpm",
};

/* Hundredths, as they are read: degrees in what the company thinks in. */
const inUnits = (m: Measure, x100: number, units: Units) =>
	m === "temp" && units === "us" ? (x100 / 100) * 1.8 + 32 : x100 / 100;
const SIGN = { exact: "", below: "< ", above: "> " };

export function shown(m: Measure, x100: number, units: Units): string {
	return digits(inUnits(m, x100, units), m === "temp" ? (units === "us" ? 0 : 1) : 2);
}
export const levelShown = (m: Measure, l: Level, units: Units) =>
	`${SIGN[l.how]}${shown(m, l.x100, units)}`;
/* For a field: no separators of thousands. */
export const typed = (m: Measure, l: Level, units: Units) =>
	`${SIGN[l.how]}${Number(inUnits(m, l.x100, units).toFixed(m === "temp" && units === "us" ? 0 : 2))}`;

/* "7.8", "> 100", "84"; null if it is no number. */
export function levelOf(m: Measure, text: string, units: Units): Level | null {
	const found = /^\s*([<>]?)\s*(-?\d{1,7}(?:[.,]\d{1,2})?)\s*$/.exec(text);
	if (!found) return null;
	const n = Number((found[2] ?? "").replace(",", "."));
	const how = found[1] === ">" ? "above" : found[1] === "<" ? "below" : "exact";
	return { x100: Math.round((m === "temp" && units === "us" ? (n - 32) / 1.8 : n) * 100), how };
}

/* ---- what a page of water holds, as the engine wants it ---- */

export const bandsOf = (page: WaterPage): Bands =>
	Object.fromEntries(page.bands.map((b) => [b.measure, b])) as unknown as Bands;
export const waterOf = (page: WaterPage): Water =>
	Object.fromEntries(
		page.known.filter((k) => k.fresh).map((k) => [k.measure, { x100: k.x100, how: k.how }]),
	);
export const bandOf = (page: WaterPage, m: Measure): WaterBand | undefined =>
	page.bands.find((b) => b.measure === m);

export const MARKS: Record<Verdict, string> = {
	none: "",
	low: "▼",
	bit_low: "▽",
	ok: "✓",
	bit_high: "△",
	high: "▲",
};
export const verdictOf = (l: Level | undefined, b: WaterBand) => verdict(l, b);

/* When a drain is due, and by what: from the pool's own past, the day with how far it may be off. */
export function drainSaid(d: WaterDrain): [string, string] {
	const measure = measureName(d.measure);
	const [day, least, most] = [dayOf(d.likely), dayOf(d.least), dayOf(d.most)];
	if (d.likely <= new Date().toISOString().slice(0, 10)) return [t("drain.now", { measure }), ""];
	const a_year = shown(d.measure, Math.round(d.a_year / 100) * 100, "us");
	return [t("drain.due", { measure, day }), t("drain.why", { a_year, n: d.rests_on, least, most })];
}

/* ---- amounts ---- */

const quarters = (n: number) => {
	const whole = Math.floor(n / 4);
	const rest = ["", "¼", "½", "¾"][n % 4] ?? "";
	return n >= 40 ? digits(n / 4, 1) : `${whole || (rest ? "" : "0")}${rest}`;
};
const jug = (j: Jug) => {
	const one = j.quarters <= 4;
	return `${quarters(j.quarters)} ${named(one ? "unit.one" : "unit.many", j.unit)}`;
};
/* "3 quarts + 1 cup" */
export const amount = (x100: number, unit: Unit, holds: number, units: Units): string =>
	jugs(x100, unit, holds, units).map(jug).join(" + ") || t("amount.none");

/* "104 fl oz", for a stepper and for the arithmetic: one unit, one decimal. */
export function amountPlain(x100: number, unit: Unit, units: Units): string {
	const wet = ["fl_oz", "cup", "quart", "gallon", "ml", "litre"].includes(unit);
	const small = wet ? (units === "us" ? "fl_oz" : "ml") : units === "us" ? "oz" : "g";
	const size = { fl_oz: 2957.35295625, ml: 100, oz: 2834.9523125, g: 100 }[small];
	return `${digits(x100 / size, small === "ml" || small === "g" ? 0 : 1)} ${named("unit.many", small)}`;
}

/* ---- judgements ---- */

/* The range of free chlorine follows stabiliser, if the company sees it so; the others stand in their band. */
export function rangeOf(page: WaterPage, m: Measure): WaterBand {
	const band = page.bands.find((b) => b.measure === m)!;
	if (m !== "fc") return band;
	const r = fcRange(page.school, page.sanitiser, waterOf(page).cya, band);
	return { ...band, low: r.least, aim_low: r.aim_low, aim_high: r.aim_high, high: r.shock };
}

/* Measures in the order of the house, those that this pool is asked for first. */
export const askedOf = (page: WaterPage) => page.bands.filter((b) => b.asked).map((b) => b.measure);
/* Where there is no limit there is no range to draw. */
export function rangeText(page: WaterPage, m: Measure): string {
	const b = rangeOf(page, m);
	if (b.aim_low <= b.least && b.aim_high >= b.most) return "";
	const of = (x: number) => shown(m, x, page.units);
	if (b.aim_low <= b.least || (b.aim_low === 0 && b.low === 0))
		return t("range.most", { to: of(b.aim_high) });
	if (b.aim_high >= b.most) return t("range.least", { from: of(b.aim_low) });
	return t("range.aim", { from: of(b.aim_low), to: of(b.aim_high) });
}
export const signed = (x100: number) =>
	`${x100 > 0 ? "+" : x100 < 0 ? "−" : ""}${(Math.abs(x100) / 100).toFixed(2)}`;
/* [CH-PYP] within 0.3 balanced, beyond 0.6 bad; in between it drifts. */
export const indexSaid = (x100: number) =>
	x100 < -30
		? `${x100 < -60 ? "▼" : "▽"} ${t("index.etches")}`
		: x100 > 30
			? `${x100 > 60 ? "▲" : "△"} ${t("index.scales")}`
			: `✓ ${t("index.balanced")}`;

/* What was poured into this water within a day and must never meet that product. */
export function metBy(page: WaterPage, product: Product): WaterPage["doses"][number] | undefined {
	const now = Date.now() / 1000;
	return page.doses.find(
		(d) => !d.undone_at && d.given_x100 > 0 && meets(product.chemical, now, d.chemical, d.at),
	);
}

/* The plan for this water, as the phone computes it too. */
export const planOf = (page: WaterPage, water = waterOf(page)) =>
	dosePlan(
		page,
		filled(water),
		bandsOf(page),
		page,
		page.products
			.filter((x) => !x.unwanted)
			.map((x) => ({ ...x, apart: metBy(page, x) !== undefined })),
	);
const ACIDS = ["muriatic", "dry_acid"] as const;
const CHLORINES = ["liquid_chlorine", "cal_hypo", "dichlor", "trichlor"] as const;
const NEUTRAL = 750;

/* Which kinds put a measure right, the usual one first. */
function kindsFor(m: Measure, water: Water): readonly WaterPage["refused"][number][] {
	if (m === "fc") return CHLORINES;
	if (m === "ph") return (water.ph?.x100 ?? 0) > NEUTRAL ? ACIDS : ["soda_ash"];
	if (m === "ta") return ["bicarb"];
	if (m === "ch") return ["calcium_chloride"];
	return m === "cya" ? ["cya"] : m === "salt" ? ["salt"] : [];
}

/* What a plan has to say; where a wish took the product out of it, what else would do. */
export function noteSaid(n: Plan["notes"][number], page: WaterPage, water: Water): string {
	const said = t(`note.${n.word}`, {
		measure: measureName(n.measure, page.own).toLocaleLowerCase(),
		litres: volume(n.value),
		target: shown(n.measure, n.value, page.units),
	});
	if (n.word !== "no_product") return said;
	const kinds = kindsFor(n.measure, water);
	if (!page.products.some((x) => x.unwanted && kinds.some((k) => k === x.chemical))) return said;
	const others = kinds.filter((k) => !page.refused.includes(k));
	const names = others.map((k) => named("chemical", k).toLocaleLowerCase()).join(", ");
	return `${said} ${others.length > 0 ? t("note.instead", { names }) : t("note.instead.none")}`;
}
export const unwanted = (page: WaterPage) =>
	page.products
		.filter((x) => x.unwanted)
		.map((x) => x.name)
		.join(", ");

/* "1 ppm takes 5.6 fl oz" */
export function why(
	d: Dose,
	product: Product,
	water: WaterPage,
	plan: Plan,
	read: Water = waterOf(water),
): string {
	const whole = d.each * d.parts;
	const delta = Math.abs(((d.to - d.from) * d.exact) / (whole || 1));
	const amounts = amountPlain(d.exact, product.unit, water.units);
	const strength = number(product.strength_x100 / 100);
	const to = Math.round(d.from + ((d.to - d.from) * d.exact) / (whole || 1));
	if (d.measure === "ph" || d.half)
		return t("why.ph", {
			from: shown("ph", read.ph?.x100 ?? d.from, water.units),
			to: shown("ph", round1("ph", plan.after.ph?.x100 ?? to), water.units),
			ta: shown("ta", read.ta?.x100 ?? 0, water.units),
			volume: volume(water.volume_l),
			amount: amounts,
			strength,
		});
	return t("why.line", {
		from: shown(d.measure, d.from, water.units),
		to: shown(d.measure, to, water.units),
		delta: shown(d.measure, Math.round(delta), water.units),
		volume: volume(water.volume_l),
		each: amountPlain(Math.round((d.exact * 100) / (delta || 1)), product.unit, water.units),
		amount: amounts,
		strength,
	});
}

/* What one types an amount in: whole tabs, else ounces or what is metric. */
export function smallUnit(product: WaterPage["products"][number], water: WaterPage) {
	const [first] = jugs(
		Math.max(1, product.holds_x100),
		product.unit,
		product.holds_x100,
		water.units,
	);
	const whole = ["tab", "bag", "scoop", "each", "hour"].includes(product.unit);
	const wet = ["fl_oz", "cup", "quart", "gallon", "ml", "litre"].includes(product.unit);
	const unit = whole
		? (first?.unit ?? product.unit)
		: wet
			? water.units === "us"
				? "fl_oz"
				: "ml"
			: water.units === "us"
				? "oz"
				: "g";
	const size = whole
		? product.holds_x100
		: { fl_oz: 2957.35295625, ml: 100, oz: 2834.9523125, g: 100 }[unit as "fl_oz"];
	return {
		name: named("unit.many", unit),
		size,
		of: (x100: number) => Number((x100 / size).toFixed(1)),
	};
}

/* A computed value is no better than the test that will follow. */
export const round1 = (m: Measure, x100: number) =>
	m === "ph" || m === "fc" || m === "bromine"
		? Math.round(x100 / 10) * 10
		: Math.round(x100 / 100) * 100;
