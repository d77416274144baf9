/* What only the inbox and the table of rules say. */
import { phone } from "../shared/format";
import { catalogue } from "../shared/words";
import en from "./words/messages.en.json";
import es from "./words/messages.es.json";

export type MessageKey = keyof typeof en;
/* Neither language has a sentence that the other lacks. */
export const spanish: Record<keyof typeof en, string> = es;
export const english: Record<keyof typeof es, string> = en;
export const { say, sayCount } = catalogue<MessageKey>(en, es);

/* In the language of whoever will read it, whatever the page speaks. */
export const sayIn = (
	language: "en" | "es",
	key: MessageKey,
	values: Record<string, string | number> = {},
) =>
	(language === "es" ? es : en)[key].replace(/\{(\w+)\}/g, (all, name: string) =>
		values[name] === undefined ? all : String(values[name]),
	);

/* A name, or a number as people write it. */
export const who = (name: string) => (name.startsWith("+") ? phone(name) : name);
