/* One's own language: kept on this device at once, and with the person for the next one and for the mails. */
import { call, Fault } from "./call";
import { type Language, speak } from "./words";

/* Answers with oneself as the house knows one now, or null if only this device has changed. */
export async function saveLanguage(to: Language) {
	speak(to);
	for (let tries = 2; tries > 0; tries -= 1) {
		try {
			const me = await call("GET /api/office/me");
			return await call("PUT /api/office/me", {
				body: { name: me.name, language: to, version: me.version },
			});
		} catch (f) {
			/* Changed in another window between the two: look again, once. */
			if (!(f instanceof Fault) || f.code !== "stale") return null;
		}
	}
	return null;
}
