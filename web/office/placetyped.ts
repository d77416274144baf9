/* A place as somebody says it: an address, or "33.4484, -112.0740", as maps copy it. */
import { wrong } from "../shared/form";
import { t } from "../shared/words";

const E6 = 1_000_000;

export interface Spot {
	lat_e6: number;
	lng_e6: number;
}

export const placeTyped = (lat: number | null, lng: number | null) =>
	lat === null || lng === null ? "" : `${lat / E6}, ${lng / E6}`;

/* What is typed, if it is a place already. */
export function spotTyped(typed: string): Spot | null {
	const m = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(typed);
	const lat = Number(m?.[1]);
	const lng = Number(m?.[2]);
	if (!m || Math.abs(lat) > 90 || Math.abs(lng) > 180) return null;
	return { lat_e6: Math.round(lat * E6), lng_e6: Math.round(lng * E6) };
}

/* Nothing is no place; what cannot be read is said at the field. */
export function placeOf(typed: string, field: string): [number | null, number | null] {
	if (!typed.trim()) return [null, null];
	const spot = spotTyped(typed);
	if (!spot) throw wrong(field, t("work.place.bad"));
	return [spot.lat_e6, spot.lng_e6];
}
