/*
 * Things that are never deleted, only put aside: one line of a panel's menu, and a way back in the toast. What was typed
 * and not saved stays out of it.
 */
import { Fault } from "../shared/call";
import { toast } from "../shared/over";
import { t } from "../shared/words";
import type { MenuItem } from "./menu";

export interface Aside {
	/* null: it is only being made. */
	thing: { name: string; archived: boolean; version: number } | null;
	may: boolean;
	/* Puts it aside, or back; answers with the version that it has then. */
	put: (archived: boolean, version: number) => Promise<{ version: number }>;
	fail: (message: string) => void;
	changed: () => Promise<void>;
	close: () => void;
}

export function asideMenu(a: Aside): MenuItem[] {
	const { thing } = a;
	if (!thing || !a.may) return [];
	const turn = async (archived: boolean, version: number, fail: (message: string) => void) => {
		try {
			const now = await a.put(archived, version);
			a.close();
			await a.changed();
			toast(
				t(archived ? "services.put.aside" : "pool.restored", { name: thing.name }),
				() => void turn(!archived, now.version, toast),
			);
		} catch (f) {
			if (f instanceof Fault) fail(f.message);
		}
	};
	return [
		thing.archived
			? {
					label: t("services.offer"),
					icon: "undo",
					act: () => void turn(false, thing.version, a.fail),
				}
			: {
					label: t("act.archive"),
					icon: "box",
					danger: true,
					act: () => void turn(true, thing.version, a.fail),
				},
	];
}
