/* What a phone said of one pool at one stop, apart from what the office knows: what both pages of the water stand on. */
import type { Stop, WaterPage } from "../shared/api";
import { waterOf } from "../shared/measure";
import type { Level, Measure, Water } from "../shared/water";
import type { Kept as KeptVerb, Word } from "./outbox";
import { amend, get, turn } from "./store";

/* What this phone said of one pool at one stop; kept until the next day is read over it. */
export interface Said {
	values: Partial<Record<Measure, Level>>;
	/* Which verb said each of them last. */
	by?: Partial<Record<Measure, string>>;
	doses: { id: string; item_id: string; given: number; at?: number }[];
	/* What was taken back, for as long as the office's page may still have it. */
	undone?: string[];
	/* How much water it is, by whoever stands before it: only where the office does not know. */
	volume_l?: number | undefined;
	/* What stands on the keys and is no reading yet. */
	typing?: { at: Measure; text: string } | undefined;
}
export const NOTHING: Said = { values: {}, doses: [] };
export const saidKey = (stop: string, pool: string) => `said:${stop}:${pool}`;
export const pageKey = (pool: string) => `water:${pool}`;

/* A pool's page as the phone keeps it. */
export interface Kept {
	at_ms: number;
	page: WaterPage;
}
/* What the office did not take, and whoever looked let go: no page shows it as done. What was read since then stands. */
export const unsaid = (k: KeptVerb) =>
	turn<void>(["kv"], (drawer) =>
		amend<Said>(drawer("kv"), saidKey(k.visit_id ?? "", k.body.pool_id ?? ""), (was = NOTHING) => {
			const { [k.body.what as Measure]: value, ...rest } = was.values;
			const newer = value && (was.by?.[k.body.what as Measure] ?? k.id) !== k.id;
			return {
				...was,
				values: newer ? was.values : rest,
				doses: was.doses.filter((d) => d.id !== k.id),
			};
		}),
	);

/* What was said at a stop of one of its pools; null: nothing, or the pool's page is not here. */
export async function saidOf(
	stop: Stop,
	pool: string,
): Promise<{ page: WaterPage; said: Said } | null> {
	const [said, kept] = await Promise.all([
		get<Said>("kv", saidKey(stop.id, pool)),
		get<Kept>("kv", pageKey(pool)),
	]);
	return said && kept ? { page: kept.page, said } : null;
}

/* Only what changes slowly still holds from before this visit. */
const QUICK = new Set<Measure>(["fc", "tc", "cc", "bromine", "ph", "orp"]);
export function waterNow(page: WaterPage, said: Said): Water {
	const before = Object.entries(waterOf(page)).filter(([m]) => !QUICK.has(m as Measure));
	return { ...Object.fromEntries(before), ...said.values };
}

export const withVolume = (page: WaterPage, said: Said): WaterPage =>
	page.volume_l === 0 && said.volume_l ? { ...page, volume_l: said.volume_l } : page;

/* What the office knows of has been poured, and what this phone knows beside it. */
export function withPoured(page: WaterPage, said: Said): WaterPage {
	const mine = said.doses.flatMap((d) => {
		const product = page.products.find((x) => x.id === d.item_id);
		if (!product || page.doses.some((x) => x.id === d.id)) return [];
		const { id, name, ...how } = product;
		return [
			{
				id: d.id,
				item_id: id,
				visit_id: null,
				staff_name: null,
				item: name,
				unit: how.unit,
				holds_x100: how.holds_x100,
				chemical: how.chemical,
				planned_x100: null,
				given_x100: d.given,
				reason: "",
				marks: [],
				at: d.at ?? Math.floor(Date.now() / 1000),
				undone_at: null,
				version: 1,
			},
		];
	});
	const kept = page.doses.filter((d) => !said.undone?.includes(d.id));
	return { ...page, doses: [...mine, ...kept] };
}

type Verbs = KeptVerb[];
/* What each of the two pages is given. */
export interface Props {
	stop: Stop;
	pool: string;
	page: WaterPage;
	said: Said;
	/* With the verbs that say it, or alone. What is changed is what stands by then: fingers are quicker than the disk. */
	keep: (change: (was: Said, kept: Verbs) => Said, words?: Word[]) => Promise<void>;
}
