/* Addresses and screens: the whole router. A screen is one file: one load, one view. */
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { Key } from "./words";

export interface Place {
	path: string;
	query: URLSearchParams;
	params: Record<string, string>;
}

export interface ScreenProps<T> {
	data: T;
	at: Place;
	reload: () => Promise<void>;
}

export interface Screen<T> {
	title: Key;
	/* Without a load the view is shown at once. Runs again when `key` changes (the address, if not given). */
	load?: (at: Place) => Promise<T>;
	key?: (at: Place) => string;
	view: ComponentType<ScreenProps<T>>;
}

// biome-ignore lint/suspicious/noExplicitAny: each screen loads its own kind of data
export type AnyScreen = Screen<any>;
export interface Route {
	path: string;
	screen: () => Promise<{ default: AnyScreen }>;
}

const read = () => ({ path: location.pathname, search: location.search, hash: location.hash });
export const address = signal(read());
/* False until the first change of page: where a document opens, the focus is the browser's. */
export const travelled = { yes: false };

addEventListener("popstate", () => {
	travelled.yes = true;
	address.value = read();
});

export function go(to: string, replace = false): void {
	travelled.yes = true;
	history[replace ? "replaceState" : "pushState"](null, "", to);
	address.value = read();
	if (!replace) scrollTo(0, 0);
}

/* Out of a panel, to the page behind it; who has walked on while it was saved is not fetched back. */
export function back(to: string): () => void {
	const from = address.peek();
	return () => {
		if (address.peek() === from) go(to);
	};
}

/* Plain links to this app's own addresses become screens; anything else is the browser's. */
export function followLinks(ours: (path: string) => boolean): void {
	document.addEventListener("click", (e) => {
		const a = (e.target as Element).closest?.("a[href]") as HTMLAnchorElement | null;
		if (
			!a ||
			e.defaultPrevented ||
			e.button !== 0 ||
			e.metaKey ||
			e.ctrlKey ||
			e.shiftKey ||
			e.altKey
		)
			return;
		if (a.origin !== location.origin || a.target || a.hasAttribute("download")) return;
		if (!ours(a.pathname) || (a.hash && a.pathname === location.pathname)) return;
		e.preventDefault();
		go(a.pathname + a.search + a.hash);
	});
}

export function match(
	routes: Route[],
	path: string,
): { route: Route; params: Record<string, string> } | null {
	const parts = path.replace(/\/+$/, "").split("/");
	for (const route of routes) {
		const wanted = route.path.replace(/\/+$/, "").split("/");
		if (wanted.length !== parts.length) continue;
		const params: Record<string, string> = {};
		const fits = wanted.every((w, i) => {
			if (!w.startsWith(":")) return w === parts[i];
			params[w.slice(1)] = decodeURIComponent(parts[i] ?? "");
			return true;
		});
		if (fits) return { route, params };
	}
	return null;
}

/* What a mail's link carries behind the #: read once, then gone from the address and the history. */
export function takeFragment(): string {
	const token = location.hash.slice(1);
	if (token) history.replaceState(null, "", location.pathname + location.search);
	return token;
}
