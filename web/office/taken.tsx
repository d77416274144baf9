/* A list that is taken away: in the downloads, or why not. */
import type { Api } from "../shared/api";
import { download, Fault } from "../shared/call";
import { toast } from "../shared/over";
import { Button } from "../shared/ui";
import { t } from "../shared/words";
import { may } from "./me";

type Lists<K> = K extends `GET /api/office/${infer L}.csv` ? L : never;
export type List = Exclude<Lists<keyof Api>, "audit" | `imports/${string}`>;
type Query = Record<string, string>;

export async function taken(list: List, query: Query = {}): Promise<void> {
	try {
		await download(`GET /api/office/${list}.csv`, t(`exports.${list}.name`), query);
		toast(t("exports.taken"));
	} catch (f) {
		toast(f instanceof Fault ? f.message : t("fault.away"));
	}
}

/* As a line of a menu. */
export const taking = (list: List, query?: Query) => ({
	label: t(`exports.${list}`),
	icon: "download",
	act: () => void taken(list, query),
});

/* As a button of a page's head. */
export function Take(p: { list: List; query?: Query }) {
	if (!may("export")) return null;
	return (
		<Button
			icon="download"
			label={t(`exports.${p.list}`)}
			onClick={() => void taken(p.list, p.query)}
		/>
	);
}
