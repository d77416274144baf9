/* What the screens of offers, jobs, the shopping list and the price book say; it comes with them. */
import { catalogue } from "../shared/words";
import en from "./words/jobs.en.json";
import es from "./words/jobs.es.json";

export type JobKey = keyof typeof en;
/* Neither language has a sentence that the other lacks. */
export const spanish: Record<keyof typeof en, string> = es;
export const english: Record<keyof typeof es, string> = en;
export const { say, sayCount } = catalogue<JobKey>(en, es);
