/*
 * Leaflet, fetched when a map is first looked at, and what our maps have in common: no markup of its own (its buttons
 * would be), pictures of streets only from where the house was told to get them.
 */
import type * as Leaflet from "leaflet";
import "leaflet/dist/leaflet.css";

/*
 * At its birth Leaflet asks the browser whether it knows drawings inside a page, with one constant piece of markup. The
 * policy lets that one through and nothing else, for whoever asks.
 */
interface Trust {
	createPolicy(name: string, rules: { createHTML: (s: string) => string | null }): unknown;
}
let leaflet: Promise<typeof Leaflet> | null = null;
export function load(): Promise<typeof Leaflet> {
	if (leaflet) return leaflet;
	const trust = (window as unknown as { trustedTypes?: Trust }).trustedTypes;
	try {
		trust?.createPolicy("default", { createHTML: (s) => (s === "<svg/>" ? s : null) });
	} catch {
		/* It was made before: the page has been here already. */
	}
	leaflet = import("leaflet").then((m) => m.default ?? m);
	return leaflet;
}

export const at = (lat: number, lng: number): [number, number] => [lat / 1e6, lng / 1e6];

export function mark(className: string, text: string): HTMLElement {
	const el = document.createElement("span");
	el.className = className;
	el.textContent = text;
	return el;
}

export function open(L: typeof Leaflet, box: HTMLElement, tiles: string): Leaflet.Map {
	const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
	const map = L.map(box, {
		zoomControl: false,
		attributionControl: false,
		zoomSnap: 0.25,
		wheelPxPerZoomLevel: 90,
		zoomAnimation: !still,
		fadeAnimation: !still,
		keyboard: true,
	});
	if (tiles) L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
	return map;
}
