/* What a phone said of one pool at one stop, apart from what the office knows: what both pages of the water stand on. */
import type { Stop, WaterPage } from "../shared/api";
import { waterOf } from "../shared/measure";
import type { Level, Measure, Water } from "../shared/water";
import { get } from "./store";

/* What this phone said of one pool at one stop; kept until the next day is read over it. */
export interface Said {
	values: Partial<Record<Measure, Level>>;
	doses: { id: string; item_id: string; given: number }[];
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

/* What each of the two pages is given. */
export interface Props {
	stop: Stop;
	pool: string;
	page: WaterPage;
	said: Said;
	/* What is changed is what stands by then: fingers are quicker than the disk. */
	keep: (change: (was: Said) => Said) => Promise<void>;
}
