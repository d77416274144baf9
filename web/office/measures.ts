/* What people measure a pool in, and what of it the house keeps: litres and centimetres. Pure. */
import type { Pool } from "../shared/api";

/* In the order that the calculator wants them (domain/pools/volume.h); the last two are the depths. */
export const SIZES: Record<Pool["shape"], string[]> = {
	unknown: [],
	rectangle: ["length", "width", "shallow", "deep"],
	oval: ["length", "width", "shallow", "deep"],
	round: ["diameter", "shallow", "deep"],
	kidney: ["length", "width_a", "width_b", "shallow", "deep"],
	free: ["area", "shallow", "deep"],
};

export type Units = "us" | "metric";
export const UNITS = "poolhouse.units";
export const LITRES = 3.785411784;

export function units(): Units {
	const kept = localStorage.getItem(UNITS);
	if (kept === "us" || kept === "metric") return kept;
	return /-(US|PR|LR)$/i.test(navigator.language) ? "us" : "metric";
}
/* Of one unit of what is typed: centimetres, square decimetres for an area. */
export const sizeIn = (u: Units, area: boolean) =>
	area ? (u === "us" ? 9.290304 : 100) : u === "us" ? 30.48 : 100;
export const plainNumber = (text: string) => Number(text.trim().replace(",", "."));
/* A tenth of a foot, a centimetre. */
export const rounded = (n: number, u: Units) => String(Number(n.toFixed(u === "us" ? 1 : 2)));
export const shownSize = (pool: Pool, i: number, u: Units) => {
	const cm = pool.sizes_cm[i]?.cm;
	return cm ? rounded(cm / sizeIn(u, SIZES[pool.shape][i] === "area"), u) : "";
};

export interface PoolValues extends Record<string, string> {
	kind: string;
	name: string;
	volume: string;
	volume_source: string;
	shape: string;
	surface: string;
	sanitiser: string;
	indoor: string;
	cover: string;
	fill_water: string;
	size0: string;
	size1: string;
	size2: string;
	size3: string;
	size4: string;
}

export const inUnits = (litres: number | null, u: Units) =>
	litres === null ? "" : String(u === "us" ? Math.round(litres / LITRES) : litres);

/* Of the shape that is chosen; null while one is missing or no number. What nobody touched stays to the centimetre. */
export function sizesOf(
	v: PoolValues,
	unit: Units,
	pool: Pool | undefined,
): { cm: number }[] | null {
	const names = SIZES[v.shape as Pool["shape"]] ?? [];
	const sizes = names.map((name, i) => {
		const text = v[`size${i}`] ?? "";
		const kept = pool?.shape === v.shape && text !== "" && text === shownSize(pool, i, unit);
		return kept
			? (pool.sizes_cm[i]?.cm ?? 0)
			: Math.round(plainNumber(text) * sizeIn(unit, name === "area"));
	});
	return sizes.length > 0 && sizes.every((n) => n > 0) ? sizes.map((cm) => ({ cm })) : null;
}

/* A volume that nobody touched stays to the litre, whatever it is shown in. */
export function litresOf(v: PoolValues, unit: Units, pool: Pool | undefined): number | null {
	if (v.volume_source === "unknown" || v.volume_source === "calculated") return null;
	if (pool && v.volume === inUnits(pool.volume_l, unit)) return pool.volume_l;
	const n = plainNumber(v.volume.replace(/[,.\s](?=\d{3}\b)/g, ""));
	return n > 0 ? Math.round(unit === "us" ? n * LITRES : n) : null;
}
