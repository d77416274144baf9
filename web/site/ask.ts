/* What both forms of the site share: a field with its note, and the fault of an answer. */
import { Fault } from "../shared/call";

export const by = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

export type Tone = "" | "good" | "bad";

export function note(name: string, text: string, tone: Tone = ""): void {
	const input = by<HTMLInputElement>(name);
	const line = by(`${name}-note`);
	if (line.textContent !== text) line.textContent = text;
	line.dataset.tone = tone;
	input.setAttribute("aria-invalid", String(tone === "bad"));
	input.parentElement?.toggleAttribute("data-bad", tone === "bad");
}

export const filled = (text: string, values: Record<string, string | number>) =>
	text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));

export const faultOf = (e: unknown, away: string) =>
	e instanceof Fault
		? { field: e.field, message: e.message || away }
		: { field: "", message: away };

/* ".poolhouse.example", behind the name that is typed. */
export function showDomain(): void {
	for (const mark of document.querySelectorAll("[data-domain]")) {
		mark.textContent = `.${location.host}`;
		mark.parentElement?.addEventListener("click", () => by("slug").focus());
	}
}
