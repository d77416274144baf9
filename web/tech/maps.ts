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

export const mapOf = ({ brief: b }: Stop) =>
	mapTo(b, [b.street, b.city, b.region, b.postcode].filter(Boolean).join(", "));

/* To a place on the map; to an address, where nobody has put it there. */
export function mapTo(
	at: { lat_e6: number | null; lng_e6: number | null },
	address: string,
): string {
	const exact = at.lat_e6 !== null && at.lng_e6 !== null;
	const to = exact ? `${(at.lat_e6 ?? 0) / 1e6},${(at.lng_e6 ?? 0) / 1e6}` : address;
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
