/* What is said of water, in each language: for whoever shows readings, doses or their trends. */
import { learn } from "../words";
import en from "./water.en.json";
import es from "./water.es.json";

/* What one catalogue lacks does not compile. */
const spanish: Record<keyof typeof en, string> = es;
const english: Record<keyof typeof es, string> = en;

learn({ en: english, es: spanish });
