/* Who is signed in: asked once, kept up to date by the screens that change it. */
import { signal } from "@preact/signals";
import type { Company, Me } from "../shared/api";
import { call, Fault } from "../shared/call";
import { toast } from "../shared/over";
import { type Language, named, speak, t } from "../shared/words";

export type Permission = Me["may"][number];

export const me = signal<Me | null>(null);
/* The name in the corner follows the settings without a reload. */
export const companyName = signal("");

export function remember(who: Me): void {
	me.value = who;
	companyName.value = who.company.name;
	speak(who.language);
}

export async function whoAmI(): Promise<Me> {
	const who = await call("GET /api/office/me", { door: true });
	remember(who);
	return who;
}

/* Built-in roles have a word in each language; the company's own is called as they call it. */
export const roleOf = (who: { role: string; role_name: string }): string =>
	who.role === "own" ? who.role_name : named("role", who.role);

/* The rule of the server: who owns, or sees pay or payments, has two locks and may choose a shorter password. */
export const LEAST = { oneLock: 15, twoLocks: 8 };
export const twoLocks = (who: Me): boolean =>
	who.may.some(
		(m) => m === "own" || m === "see_pay" || m === "run_payroll" || m === "take_payments",
	);

export const may = (p: Permission): boolean => me.value?.may.includes(p) ?? false;

export async function signOut(): Promise<void> {
	await call("DELETE /api/auth/sessions", { door: true }).catch(() => {});
	me.value = null;
	/* Drafts belong to the person who typed them. */
	sessionStorage.clear();
	location.assign("/sign-in");
}

export const renamed = (c: Company) => {
	companyName.value = c.name;
};

/* The language belongs to the person: it follows them to the next device. */
export async function setLanguage(to: Language): Promise<void> {
	const who = me.value;
	speak(to);
	if (!who) return;
	try {
		remember(
			await call("PUT /api/office/me", {
				body: { name: who.name, language: to, version: who.version },
			}),
		);
		toast(t("language.changed"));
	} catch (f) {
		if (f instanceof Fault) toast(f.message);
	}
}
