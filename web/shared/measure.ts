/* Water in words: names, units and numbers of measures; amounts as a hand measures them. */
import type { OwnMeasure, WaterBand, WaterPage } from "./api";
import { type Jug, jugs, type Unit } from "./dose";
import { language, named, t } from "./words";
import "./words/water";
import {
	type Bands,
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
