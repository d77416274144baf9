/*
 * When each stop of the day will be, reckoned on the phone from the day it holds: the little brother of
 * domain/dispatch/board.c, with the estimate of domain/routing/matrix.c at its usual pace.
 *
 * What the company has measured, its lunch and where a day ends stay at the office: whoever shows this says "about".
 * Pure: stops and a clock in, times out. Seconds UTC.
 */
import type { Stop } from "../shared/api";

const DETOUR = 1.32;
const PARK_S = 60;
const BANDS: readonly [metres: number, metres_s: number][] = [
	[3000, 28 / 3.6],
	[12_000, 42 / 3.6],
	[Number.POSITIVE_INFINITY, 75 / 3.6],
];
const EARTH_M = 6_371_008.8;
/* Whoever goes from one square of about 50 m into the same one does not drive. */
const CELL_E6 = 500;
/* The usual way between two pools of a day, where one of them lies nowhere. */
const UNKNOWN_WAY_S = 720;

export interface Spot {
	lat_e6: number | null;
	lng_e6: number | null;
}

/* One stop that is still to be begun. */
export interface Expected {
	begin_s: number;
	end_s: number;
	/* Of the way there, from the stop or the supply house before it; null: nobody knows from where. */
	drive_s: number | null;
	/* Of the way to the supply house, if something is fetched first; null: nothing is, or nobody knows. */
	fetch_drive_s: number | null;
}

export interface Pace {
	at: ReadonlyMap<string, Expected>;
	/* When the last stop is over. */
	done_s: number;
}

/* Seconds by road; null if one of them lies nowhere. */
export function driveOf(from: Spot | null, to: Spot | null): number | null {
	if (!from || !to) return null;
	if (from.lat_e6 === null || from.lng_e6 === null || to.lat_e6 === null || to.lng_e6 === null)
		return null;
	const cell = (e6: number, turn: number) => Math.floor((e6 + turn) / CELL_E6);
	if (
		cell(from.lat_e6, 90e6) === cell(to.lat_e6, 90e6) &&
		cell(from.lng_e6, 180e6) === cell(to.lng_e6, 180e6)
	)
		return 0;
	const point = (lat_e6: number, lng_e6: number) => {
		const lat = (lat_e6 * Math.PI) / 180e6;
		const lng = (lng_e6 * Math.PI) / 180e6;
		return [Math.cos(lat) * Math.cos(lng), Math.cos(lat) * Math.sin(lng), Math.sin(lat)] as const;
	};
	const a = point(from.lat_e6, from.lng_e6);
	const b = point(to.lat_e6, to.lng_e6);
	const half = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) / 2;
	let rest = 2 * EARTH_M * Math.asin(Math.min(1, half)) * DETOUR;
	let s = PARK_S;
	for (const [metres, metres_s] of BANDS) {
		const part = Math.min(rest, metres);
		s += part / metres_s;
		rest -= part;
	}
	return Math.round(Math.min(s, 86_400));
}

const ahead = (s: Stop) => s.state === "scheduled" || s.state === "on_way";
const errandOf = (s: Stop) => s.brief.errand?.[0] ?? null;

/* Where this technician was last, and when that is over: what is under way lasts its minutes, or until now. */
function free(list: Stop[], now_s: number): { from: Spot | null; free_s: number } {
	let last = Number.NEGATIVE_INFINITY;
	let from: Spot | null = null;
	const was = (s: number, at: Spot | null) => {
		if (s > last) {
			last = s;
			from = at;
		}
	};
	for (const s of list) {
		if (s.fetched_at !== null) was(s.fetched_at, errandOf(s));
		if (ahead(s)) continue;
		const under_way = s.state === "started" && s.started_at !== null;
		if (under_way) was(Math.max(now_s, (s.started_at ?? 0) + s.minutes * 60), s.brief);
		else if (s.ended_at !== null) was(s.ended_at, s.brief);
	}
	return { from, free_s: last };
}

/*
 * The stops that are still to be begun, in the order in which they come.
 *
 * Nobody has left who did not say so: the way to the next stop begins now, or when the one under way is over. Whoever
 * is on the way left when they said it. Nothing begins before now, or before its window opens.
 *
 * list        of the day, in its order, with what was tapped
 * midnight_s  when the day of its windows began
 */
export function paceOf(list: Stop[], now_s: number, midnight_s: number): Pace {
	const at = new Map<string, Expected>();
	const waits = (s: Stop) => (s.state === "on_way" ? 0 : 1);
	const order = list.filter(ahead).sort((a, b) => waits(a) - waits(b));
	let { from, free_s } = free(list, now_s);
	free_s = Math.max(free_s, (order[0]?.state === "on_way" && order[0].on_way_at) || now_s);
	for (const s of order) {
		const errand = s.fetched_at === null ? errandOf(s) : null;
		const fetch_drive_s = errand ? driveOf(from, errand) : null;
		/* From the supply house one leaves when the thing is in the van. */
		const from_s = errand
			? Math.max(now_s, free_s + (fetch_drive_s ?? UNKNOWN_WAY_S)) + errand.minutes * 60
			: free_s;
		const drive_s = driveOf(errand ?? from, s.brief);
		const opens = s.from_minute === null ? 0 : midnight_s + s.from_minute * 60;
		const begin_s = Math.max(from_s + (drive_s ?? UNKNOWN_WAY_S), opens, now_s);
		free_s = begin_s + s.minutes * 60;
		from = s.brief;
		at.set(s.id, { begin_s, end_s: free_s, drive_s, fetch_drive_s });
	}
	return { at, done_s: free_s };
}

/* A minute more or less is not known: what is "about" ends in 0 or 5, and never lies behind. */
export const roughly = (at_s: number) => Math.ceil(at_s / 300) * 300;
/* Minutes to drive; a minute at least, for whoever drives at all. */
export const driveMinutes = (s: number) => (s === 0 ? 0 : Math.max(1, Math.round(s / 60)));
