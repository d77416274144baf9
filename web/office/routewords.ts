/* What only the route planner, its miles and its offers say. */
import { catalogue } from "../shared/words";
import en from "./words/routes.en.json";
import es from "./words/routes.es.json";

export type RouteKey = keyof typeof en;
/* Neither language has a sentence that the other lacks. */
export const spanish: Record<keyof typeof en, string> = es;
export const english: Record<keyof typeof es, string> = en;
export const { say, sayCount } = catalogue<RouteKey>(en, es);
