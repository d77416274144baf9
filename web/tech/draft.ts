/*
 * What somebody is typing at a stop and has not said yet: each keystroke outlives a reload, and a phone that dies. It is
 * words, never a code; whoever signs out takes it along.
 */
import { useState } from "preact/hooks";

const PREFIX = "poolhouse.draft.";

export function useDraft(key: string): [string, (text: string) => void] {
	const name = PREFIX + key;
	const [text, setText] = useState(localStorage.getItem(name) ?? "");
	const type = (to: string) => {
		setText(to);
		if (to) localStorage.setItem(name, to);
		else localStorage.removeItem(name);
	};
	return [text, type];
}

export function dropDrafts(): void {
	for (const name of Object.keys(localStorage))
		if (name.startsWith(PREFIX)) localStorage.removeItem(name);
}
