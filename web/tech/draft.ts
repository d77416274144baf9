/*
 * What somebody is typing at a stop and has not said yet: each keystroke outlives a reload, and a phone that dies. It is
 * words, never a code; whoever signs out takes it along.
 */
import { useState } from "preact/hooks";

const PREFIX = "poolhouse.draft.";

/* What a full disk did not take stays until the app is closed: nobody's tap fails because of it. */
const here = new Map<string, string>();
const read = (name: string) => here.get(name) ?? localStorage.getItem(name);
const clear = (name: string) => {
	here.delete(name);
	localStorage.removeItem(name);
};
const write = (name: string, text: string) => {
	here.delete(name);
	try {
		localStorage.setItem(name, text);
	} catch {
		here.set(name, text);
	}
};

/* is: what stands there when nothing was typed; typing the same again is typing nothing. */
export function useDraft(key: string, is = ""): [string, (text: string) => void] {
	const name = PREFIX + key;
	const [typed, setTyped] = useState(read(name));
	const type = (to: string) => {
		setTyped(to === is ? null : to);
		if (to === is) clear(name);
		else write(name, to);
	};
	return [typed ?? is, type];
}

/* What somebody typed there and has not said; dropDraft: it is said now. */
export const draftOf = (key: string): string => read(PREFIX + key) ?? "";
export const dropDraft = (key: string): void => clear(PREFIX + key);

/* What goes with a draft while it is being said (stop_work.tsx): its id and the words that are said; it counts as no draft. */
const ID = ":id";
export const draftId = (key: string): string => draftOf(key + ID);
export const keepDraftId = (key: string, id: string): void => write(PREFIX + key + ID, id);
export const dropDraftId = (key: string): void => dropDraft(key + ID);

const names = () =>
	[...here.keys(), ...Object.keys(localStorage)].filter((n) => n.startsWith(PREFIX));
export const dropDrafts = (): void => names().forEach(clear);

/* How many things were begun and not said: the boxes of one form at one stop are one. */
export function drafts(): number {
	const begun = names().filter((n) => !n.endsWith(ID));
	return new Set(begun.map((n) => n.slice(PREFIX.length).replace(/^(\w+)[^:]*(:[^:]*).*/, "$1$2")))
		.size;
}
