/*
 * What somebody is typing at a stop and has not said yet: each keystroke outlives a reload, and a phone that dies. It is
 * words, never a code; whoever signs out takes it along.
 */
import { useState } from "preact/hooks";

const PREFIX = "poolhouse.draft.";

/* is: what stands there when nothing was typed; typing the same again is typing nothing. */
export function useDraft(key: string, is = ""): [string, (text: string) => void] {
	const name = PREFIX + key;
	const [typed, setTyped] = useState(localStorage.getItem(name));
	const type = (to: string) => {
		setTyped(to === is ? null : to);
		if (to === is) localStorage.removeItem(name);
		else localStorage.setItem(name, to);
	};
	return [typed ?? is, type];
}

/* What somebody typed there and has not said; dropDraft: it is said now. */
export const draftOf = (key: string): string => localStorage.getItem(PREFIX + key) ?? "";
export const dropDraft = (key: string): void => localStorage.removeItem(PREFIX + key);

/* What goes with a draft while it is being said (stop_work.tsx): nothing that was typed. */
const ID = ":id";
export const draftId = (key: string): string => draftOf(key + ID);
export const keepDraftId = (key: string, id: string): void =>
	localStorage.setItem(PREFIX + key + ID, id);
export const dropDraftId = (key: string): void => dropDraft(key + ID);

export function dropDrafts(): void {
	for (const name of Object.keys(localStorage))
		if (name.startsWith(PREFIX)) localStorage.removeItem(name);
}

/* How many things were begun and not said: the boxes of one form at one stop are one. */
export function drafts(): number {
	const begun = Object.keys(localStorage).filter((n) => n.startsWith(PREFIX) && !n.endsWith(ID));
	return new Set(begun.map((n) => n.slice(PREFIX.length).replace(/^(\w+)[^:]*(:[^:]*).*/, "$1$2"))).size;
}
