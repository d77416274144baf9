/* What customers alone read, in each language; the other apps do not carry it. */
import { learn } from "../words";
import en from "./portal.en.json";
import es from "./portal.es.json";

/* What one catalogue lacks does not compile. */
const spanish: Record<keyof typeof en, string> = es;
const english: Record<keyof typeof es, string> = en;

learn({ en: english, es: spanish });
