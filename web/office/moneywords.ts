/* What the screens of billing rules, taxes and statements say; it comes with them. */
import { catalogue } from "../shared/words";
import en from "./words/money.en.json";
import es from "./words/money.es.json";

export type MoneyKey = keyof typeof en;
/* Neither language has a sentence that the other lacks. */
export const spanish: Record<keyof typeof en, string> = es;
export const english: Record<keyof typeof es, string> = en;
export const { say, sayCount } = catalogue<MoneyKey>(en, es);
