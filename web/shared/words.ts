/* What the apps say, in each language. A key that one catalogue lacks does not compile. */
import { signal } from "@preact/signals";
import type { Me } from "./api";
import { turns } from "./call";
import en from "./words/en.json";
import es from "./words/es.json";
import type office from "./words/office.en.json";
import type portal from "./words/portal.en.json";
import type tech from "./words/tech.en.json";
import type water from "./words/water.en.json";

export type Language = Me["language"];
export type Key =
	| keyof typeof en
	| keyof typeof office
	| keyof typeof portal
	| keyof typeof tech
	| keyof typeof water;
type Stem<K> = K extends `${infer S}.one` ? S : never;
export type Counted = Stem<Key>;

const catalogues: Record<Language, Record<string, string>> = { en, es };

/* What only one app says comes with that app: words/office.ts, words/water.ts. */
export function learn(more: Record<Language, Record<string, string>>): void {
	Object.assign(catalogues.en, more.en);
	Object.assign(catalogues.es, more.es);
}
/* Neither may hold what the other lacks. */
export const spanish: Record<keyof typeof en, string> = es;
export const english: Record<keyof typeof es, string> = en;

const STORED = "poolhouse.language";

/* In a frame on somebody else's site (booking) a browser may keep nothing, and says so by throwing. */
function stored(): string | null {
	try {
		return localStorage.getItem(STORED);
	} catch {
		return null;
	}
}

function first(): Language {
	const kept = stored();
	if (kept === "en" || kept === "es") return kept;
	return navigator.language.toLowerCase().startsWith("es") ? "es" : "en";
}

export const language = signal<Language>(first());
turns.language = () => language.value;
turns.away = () => t("fault.away");

export function speak(l: Language, keep = true): void {
	language.value = l;
	document.documentElement.lang = l;
	if (!keep) return;
	try {
		localStorage.setItem(STORED, l);
	} catch {
		// It holds as long as this page is open
	}
}
speak(language.value, false);

/* A company's own language, for a visitor who never chose and whose browser speaks neither. */
export function suggest(l: Language): void {
	const known = /^(en|es)/i.test(navigator.language);
	if (!known && !stored()) speak(l, false);
}

/* A sentence with its values; what is many is read by its thousands: "12,403". */
function filled(sentence: string, values: Record<string, string | number>): string {
	return sentence.replace(/\{(\w+)\}/g, (all, name: string) => {
		const v = values[name];
		if (v === undefined) return all;
		return typeof v === "number" && v >= 1000
			? v.toLocaleString(language.value === "es" ? "es-US" : "en-US")
			: String(v);
	});
}

export const t = (key: Key, values: Record<string, string | number> = {}): string =>
	filled(catalogues[language.value][key] ?? key, values);

/* What somebody else is to read: in their language, whatever is spoken here. */
export const tIn = (l: Language, key: Key, values: Record<string, string | number> = {}): string =>
	filled(catalogues[l][key] ?? key, values);

/* "1 person", "4 people": the catalogue holds <stem>.one and <stem>.other. */
export function count(
	stem: Counted,
	n: number,
	values: Record<string, string | number> = {},
): string {
	return t(`${stem}.${form(n)}` as Key, { n, ...values });
}

/* As Intl.PluralRules says for both languages, without making one for each sentence. */
const form = (n: number): string => (n === 1 ? "one" : "other");

/* A word the server named (a permission, a verb of the log): its translation if there is one. */
export function named(stem: string, name: string): string {
	const key = `${stem}.${name}`;
	return key in catalogues.en ? t(key as Key) : name.replaceAll("_", " ");
}

/* What was tapped in either language, in the reader's: a sentence of the catalogue below that stem. What was typed stays. */
export function tapped(stem: string, text: string): string {
	const key = Object.keys(catalogues.en).find(
		(k) => k.startsWith(`${stem}.`) && (catalogues.en[k] === text || catalogues.es[k] === text),
	);
	return key ? t(key as Key) : text;
}

/*
 * Sentences that travel with their screen: a catalogue of its own, for what only one screen says. Both languages have the
 * same keys, or it does not compile.
 */
export function catalogue<K extends string>(en: Record<K, string>, es: Record<NoInfer<K>, string>) {
	const both: Record<Language, Record<K, string>> = { en, es };
	const say = (key: K, values: Record<string, string | number> = {}): string =>
		filled(both[language.value][key], values);
	return {
		say,
		sayCount(stem: Stem<K>, n: number, values: Record<string, string | number> = {}): string {
			return say(`${stem}.${form(n)}` as K, { n, ...values });
		},
	};
}
