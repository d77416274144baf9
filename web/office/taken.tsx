/* A list that is taken away: in the downloads, or why not. */
import type { Api } from "../shared/api";
import { download, faultText } from "../shared/call";
import { toast } from "../shared/over";
import { Button } from "../shared/ui";
import { t } from "../shared/words";
import { may } from "./me";

type Lists<K> = K extends `GET /api/office/${infer L}.csv` ? L : never;
export type List = Exclude<Lists<keyof Api>, "audit" | `imports/${string}`>;
/* Of a list of one customer, one run: what stands behind the last slash. */
type Last<L> = L extends `${string}/${infer R}` ? Last<R> : L;
type Query = Record<string, string>;

type InMenus =
	| "customers"
	| "contacts"
	| "properties"
	| "pools"
	| "equipment"
	| "agreements"
	| "bills"
	| "debts"
	| "payments"
	| "leaks"
	| "taxes";

export async function taken(list: List, query: Query = {}, id?: string): Promise<void> {
	const last = list.slice(list.lastIndexOf("/") + 1) as Last<List>;
	try {
		await download(`GET /api/office/${list}.csv`, t(`exports.${last}.name`), query, id);
		toast(t("exports.taken"));
	} catch (f) {
		toast(faultText(f));
	}
}

/* As a line of a menu, among others. */
export const taking = (list: InMenus, query?: Query) => ({
	label: t(`exports.${list}`),
	icon: "download",
	act: () => void taken(list, query),
});

/* As a button beside the list. */
export function Take(p: {
	list: List;
	query?: Query;
	id?: string;
	small?: boolean;
	text?: string;
}) {
	if (!may("export")) return null;
	return (
		<Button
			icon="download"
			size={p.small ? "sm" : undefined}
			label={p.text ? undefined : t("exports.list")}
			onClick={() => void taken(p.list, p.query, p.id)}
		>
			{p.text}
		</Button>
	);
}
