/* What the customer's pages show: one answer for home, visits and bills, asked again while somebody looks. */
import { signal } from "@preact/signals";
import type { PortalHome, PortalMe, PortalVisit } from "../shared/api";
import { call, Fault, turns } from "../shared/call";
import { dayOf, money, zoned } from "../shared/format";
import { t } from "../shared/words";

export const who = signal<PortalMe | null>(null);
export const home = signal<PortalHome | null>(null);
export const trouble = signal<unknown>(null);

const refused = (f: unknown) => {
	if (f instanceof Fault && f.status === 401) turns.signedOut();
	else trouble.value = f;
};

export async function look(): Promise<void> {
	try {
		home.value = await call("GET /api/portal/home", { door: true });
		trouble.value = null;
	} catch (f) {
		/* What is shown stays, unless the session is over. */
		if (!home.value || (f instanceof Fault && f.status === 401)) refused(f);
	}
}

export const cash = (cents: number) => money(cents, home.value?.currency ?? "USD");
export const zone = () => who.value?.company.zone ?? "UTC";
export const techOf = (v: PortalVisit) => v.tech ?? t("portal.next.somebody");
export const openBills = () => (home.value?.bills ?? []).filter((b) => b.open_cents > 0);

/* What is still to be paid: money kept for the customer, and money on its way, already count. */
export function owing(): number {
	const h = home.value;
	return h ? Math.max(0, h.owed_cents - h.free_cents - h.pending_cents) : 0;
}
export const dueText = (day: string) =>
	t(day < today() ? "portal.overdue" : "portal.due", { day: dayOf(day) });
/* The company's day: what is due today is not yet late. */
export const today = () => zoned(Date.now() / 1000, zone()).day;
