/* Who is signed in: asked once, kept up to date by the screens that change it. */
import { signal } from "@preact/signals";
import type { Company, Me } from "../shared/api";
import { call, signOut as endSession } from "../shared/call";
import { liveIn } from "../shared/format";
import { toast } from "../shared/over";
import { saveLanguage } from "../shared/self";
import { type Language, named, speak, t } from "../shared/words";

export type Permission = Me["may"][number];

export const me = signal<Me | null>(null);
/* The name in the corner follows the settings without a reload. */
export const companyName = signal("");

const OWNER = "drafts-of";

export function remember(who: Me): void {
	/* Drafts belong to the person who typed them: somebody else at the same screen starts clean. */
	const last = sessionStorage.getItem(OWNER);
	if (last && last !== who.id) sessionStorage.clear();
	sessionStorage.setItem(OWNER, who.id);
	me.value = who;
	companyName.value = who.company.name;
	liveIn(who.company.zone);
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
	await endSession();
	me.value = null;
	sessionStorage.clear();
	location.assign("/sign-in");
}

export const renamed = (c: Company) => {
	companyName.value = c.name;
	liveIn(c.zone);
};

export async function setLanguage(to: Language): Promise<void> {
	const who = await saveLanguage(to);
	if (who) remember(who);
	toast(t(who ? "language.changed" : "language.here"));
}
