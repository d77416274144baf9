/* The way there, in the map that this person likes. */
import type { Stop } from "../shared/api";

export type Maps = "google" | "apple" | "waze";
const KEPT = "poolhouse.maps";

export function maps(): Maps {
	const kept = localStorage.getItem(KEPT);
	if (kept === "google" || kept === "apple" || kept === "waze") return kept;
	return /iPhone|iPad|Macintosh/.test(navigator.userAgent) ? "apple" : "google";
}

export const setMaps = (to: Maps) => localStorage.setItem(KEPT, to);

export function mapOf(s: Stop): string {
	const b = s.brief;
	const exact = b.lat_e6 !== null && b.lng_e6 !== null;
	const to = exact
		? `${(b.lat_e6 ?? 0) / 1e6},${(b.lng_e6 ?? 0) / 1e6}`
		: [b.street, b.city, b.region, b.postcode].filter(Boolean).join(", ");
	const q = encodeURIComponent(to);
	switch (maps()) {
		case "apple":
			return `https://maps.apple.com/?daddr=${q}&dirflg=d`;
		case "waze":
			return exact
				? `https://waze.com/ul?ll=${q}&navigate=yes`
				: `https://waze.com/ul?q=${q}&navigate=yes`;
		default:
			return `https://www.google.com/maps/dir/?api=1&destination=${q}`;
	}
}
