/* A place as somebody types it: "33.4484, -112.0740", as maps copy it. */
import { wrong } from "../shared/form";
import { t } from "../shared/words";

const E6 = 1_000_000;

export const placeTyped = (lat: number | null, lng: number | null) =>
	lat === null || lng === null ? "" : `${lat / E6}, ${lng / E6}`;

/* Nothing is no place; what cannot be read is said at the field. */
export function placeOf(typed: string, field: string): [number | null, number | null] {
	if (!typed.trim()) return [null, null];
	const m = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(typed);
	const lat = Number(m?.[1]);
	const lng = Number(m?.[2]);
	if (!m || Math.abs(lat) > 90 || Math.abs(lng) > 180) throw wrong(field, t("work.place.bad"));
	return [Math.round(lat * E6), Math.round(lng * E6)];
}
