/*
 * Where a place lies on the phone's map: Mercator's, as all pictures of streets are. Pure.
 *
 * A point is a place of the whole world as a square of 1 by 1, its north-west corner 0, 0.
 */
export interface Point {
	x: number;
	y: number;
}

/* What is seen: the point in the middle, how large (256 px the whole world at 0), in how many pixels. */
export interface View extends Point {
	z: number;
	wide: number;
	high: number;
}

const LEAST_Z = 3;
const MOST_Z = 18;
/* One stop alone is not shown larger than its streets. */
const FIT_Z = 15;
const EDGE_PX = 36;
const TILE_PX = 256;

export function pointOf(lat: number, lng: number): Point {
	const sin = Math.min(0.9999, Math.max(-0.9999, Math.sin((lat * Math.PI) / 180)));
	return { x: lng / 360 + 0.5, y: 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI) };
}

const scaleOf = (v: View) => TILE_PX * 2 ** v.z;

export const screenOf = (v: View, p: Point): [number, number] => [
	Math.round((p.x - v.x) * scaleOf(v) + v.wide / 2),
	Math.round((p.y - v.y) * scaleOf(v) + v.high / 2),
];

/* All of them, as large as they go. */
export function fitted(points: Point[], wide: number, high: number): View | null {
	if (points.length === 0 || wide === 0 || high === 0) return null;
	const xs = points.map((p) => p.x);
	const ys = points.map((p) => p.y);
	const [west, east] = [Math.min(...xs), Math.max(...xs)];
	const [north, south] = [Math.min(...ys), Math.max(...ys)];
	const room = (px: number, size: number) =>
		size === 0 ? FIT_Z : Math.log2(Math.max(1, px - 2 * EDGE_PX) / (TILE_PX * size));
	const z = Math.min(FIT_Z, room(wide, east - west), room(high, south - north));
	return { x: (west + east) / 2, y: (north + south) / 2, z: Math.max(LEAST_Z, z), wide, high };
}

/* Larger or smaller by so much; what lies under that pixel stays there. */
export function zoomed(v: View, by: number, left = v.wide / 2, top = v.high / 2): View {
	const z = Math.min(MOST_Z, Math.max(LEAST_Z, v.z + by));
	const shift = 1 / scaleOf(v) - 1 / (TILE_PX * 2 ** z);
	return { ...v, z, x: v.x + (left - v.wide / 2) * shift, y: v.y + (top - v.high / 2) * shift };
}

/* The pictures of streets that cover it. */
export function tilesOf(v: View) {
	const z = Math.round(v.z);
	const n = 2 ** z;
	const size = scaleOf(v) / n;
	const first = (middle: number, px: number) => Math.floor(middle * n - px / 2 / size);
	const out: {
		key: string;
		z: number;
		x: number;
		y: number;
		left: number;
		top: number;
		size: number;
	}[] = [];
	for (let y = Math.max(0, first(v.y, v.high)); y < n; y++) {
		const top = (y / n - v.y) * scaleOf(v) + v.high / 2;
		if (top > v.high) break;
		for (let x = first(v.x, v.wide); ; x++) {
			const left = (x / n - v.x) * scaleOf(v) + v.wide / 2;
			if (left > v.wide) break;
			out.push({ key: `${z}/${x}/${y}`, z, x: ((x % n) + n) % n, y, left, top, size });
		}
	}
	return out;
}
