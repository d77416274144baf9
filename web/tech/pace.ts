/*
 * When each stop of the day will be, reckoned on the phone from the day it holds: the little brother of
 * domain/dispatch/board.c, with the estimate of domain/routing/matrix.c at the company's pace, and lunch where
 * domain/routing/tally.c has it.
 *
 * What a road map has measured stays at the office: whoever shows this says "about".
 * Pure: stops and a clock in, times out. Seconds UTC.
 */
import type { Stop, TechShift } from "../shared/api";

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
	/* When they are at home; null: nobody has said where the day ends. */
	home_s: number | null;
}

/* The day that is reckoned. */
export interface Clocked {
	now_s: number;
	/* When the day of its windows and hours began. */
	midnight_s: number;
	/* Has somebody tapped today? Who has not leaves when the shift begins. */
	begun: boolean;
	/* null: nobody knows when they work, nor between which places. */
	shift: TechShift | null;
}

/* What their drives take of what is estimated; a shift that was kept by an older app says nothing. */
function paceAt(road_m: number, s: TechShift | null): number {
	const [short, middling] = [BANDS[0]![0], BANDS[0]![0] + BANDS[1]![0]];
	const thousandths =
		road_m <= short ? s?.pace_short : road_m <= middling ? s?.pace_middling : s?.pace_long;
	return (thousandths ?? 1000) / 1000;
}

/* Seconds by road; null if one of them lies nowhere. */
export function driveOf(
	from: Spot | null,
	to: Spot | null,
	shift: TechShift | null = null,
): number | null {
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
	const road_m = 2 * EARTH_M * Math.asin(Math.min(1, half)) * DETOUR;
	let rest = road_m;
	let s = PARK_S;
	for (const [metres, metres_s] of BANDS) {
		const part = Math.min(rest, metres);
		s += part / metres_s;
		rest -= part;
	}
	return Math.round(Math.min(s * paceAt(road_m, shift), 86_400));
}

const ahead = (s: Stop) => s.state === "scheduled" || s.state === "on_way";
const errandOf = (s: Stop) => s.brief.errand?.[0] ?? null;

/* Where this technician was last, and when that is over: what is under way lasts its minutes, or until now. */
function lastFree(list: Stop[], now_s: number): { from: Spot | null; free_s: number } {
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

/* A stop, or the supply house before it. */
interface Leg {
	stop: Stop;
	to: Spot;
	errand: boolean;
	opens_s: number;
	closes_s: number;
	stays_s: number;
}

function legsOf(s: Stop, midnight_s: number): Leg[] {
	const errand = s.fetched_at === null ? errandOf(s) : null;
	const at = (minute: number | null, none: number) =>
		minute === null ? none : midnight_s + minute * 60;
	const stop: Leg = {
		stop: s,
		to: s.brief,
		errand: false,
		opens_s: at(s.from_minute, 0),
		closes_s: at(s.to_minute, Number.POSITIVE_INFINITY),
		stays_s: s.minutes * 60,
	};
	if (!errand) return [stop];
	return [
		{
			stop: s,
			to: errand,
			errand: true,
			opens_s: 0,
			closes_s: Number.POSITIVE_INFINITY,
			stays_s: errand.minutes * 60,
		},
		stop,
	];
}

/* Where somebody is, and since when they are free. */
interface Free {
	from: Spot | null;
	free_s: number;
}

interface Lunch {
	lasts_s: number;
	from_s: number;
	to_s: number;
}

/* What is seen of a day that is driven through: each begin and way, and what it costs to have lunch there. */
interface Driven extends Free {
	begins: { begin_s: number; drive_s: number | null }[];
	late_s: number;
	waited_s: number /* before the first */;
}

/* Lunch before the k-th; -1: none. */
function drive(legs: Leg[], free: Free, c: Clocked, lunch: Lunch | null, k: number): Driven {
	const out: Driven = { ...free, begins: [], late_s: 0, waited_s: 0 };
	const eat = () => {
		if (!lunch) return;
		const begin_s = Math.max(out.free_s, lunch.from_s);
		out.late_s += Math.max(0, begin_s - lunch.to_s);
		out.free_s = begin_s + lunch.lasts_s;
	};
	legs.forEach((l, i) => {
		if (i === k) eat();
		const drive_s = driveOf(out.from, l.to, c.shift);
		const there_s = Math.max(out.free_s + (drive_s ?? UNKNOWN_WAY_S), c.now_s);
		const begin_s = Math.max(there_s, l.opens_s);
		if (i === 0) out.waited_s = begin_s - there_s;
		out.late_s += Math.max(0, begin_s - l.closes_s);
		out.begins.push({ begin_s, drive_s });
		out.free_s = begin_s + l.stays_s;
		out.from = l.to;
	});
	if (k === legs.length) eat();
	return out;
}

const endOf = (s: TechShift | null): Spot | null =>
	s && s.end_lat_e6 !== null ? { lat_e6: s.end_lat_e6, lng_e6: s.end_lng_e6 } : null;
const startOf = (s: TechShift | null): Spot | null =>
	s && s.start_lat_e6 !== null ? { lat_e6: s.start_lat_e6, lng_e6: s.start_lng_e6 } : null;

function homeOf(d: Free, shift: TechShift | null): number | null {
	const end = endOf(shift);
	return end ? d.free_s + (driveOf(d.from, end, shift) ?? UNKNOWN_WAY_S) : null;
}

/* What a second late and a second after hours cost in seconds of work (domain/dispatch/shift.h). */
const LATE_PRICE = 10;
const OVERTIME_PRICE = 2;

/* Lunch where it costs least (domain/routing/tally.c); whoever is at home before it must have begun has it there. */
function withLunch(legs: Leg[], free: Free, c: Clocked): Driven {
	const plain = drive(legs, free, c, null, -1);
	const { shift } = c;
	if (!shift || shift.lunch_minutes === 0 || legs.length === 0) return plain;
	const at = (minute: number) => c.midnight_s + minute * 60;
	const lunch = {
		lasts_s: shift.lunch_minutes * 60,
		from_s: at(shift.lunch_from),
		to_s: at(shift.lunch_to),
	};
	const home_s = homeOf(plain, shift);
	if (free.free_s > lunch.to_s || (home_s !== null && home_s <= lunch.to_s)) return plain;
	/* Before its time begins a later gap is never worse than an earlier one. */
	const freed = [free.free_s, ...legs.map((l, i) => plain.begins[i]!.begin_s + l.stays_s)];
	let first = 0;
	for (const [i, s] of freed.entries()) if (s <= lunch.from_s) first = i;
	let best = plain;
	let least = Number.POSITIVE_INFINITY;
	const quits_s = Math.max(at(shift.to_minute), free.free_s);
	for (let k = legs.length; k >= first; k--) {
		const d = drive(legs, free, c, lunch, k);
		const over_s = homeOf(d, shift) ?? d.free_s;
		const price =
			LATE_PRICE * d.late_s +
			OVERTIME_PRICE * Math.max(0, over_s - quits_s) +
			(over_s - free.free_s - d.waited_s);
		if (price > least) continue;
		least = price;
		best = d;
	}
	return best;
}

/*
 * The stops that are still to be begun, in the order in which they come.
 *
 * Nobody has left who did not say so: the way to the next stop begins now, or when the one under way is over, and on a
 * day that nobody has begun with the shift. Whoever is on the way left when they said it. Nothing begins before now, or
 * before its window opens.
 *
 * list  of the day, in its order, with what was tapped
 */
export function paceOf(list: Stop[], c: Clocked): Pace {
	const at = new Map<string, Expected>();
	const order = list.filter(ahead);
	const coming = order.find((s) => s.state === "on_way");
	const keep = (legs: Leg[], d: Driven) => {
		let fetch_drive_s: number | null = null;
		legs.forEach(({ stop, errand, stays_s }, i) => {
			const { begin_s, drive_s } = d.begins[i]!;
			if (errand) fetch_drive_s = drive_s;
			else {
				at.set(stop.id, { begin_s, end_s: begin_s + stays_s, drive_s, fetch_drive_s });
				fetch_drive_s = null;
			}
		});
	};
	let free: Free = lastFree(list, c.now_s);
	free.from ??= startOf(c.shift);
	if (!c.begun && c.shift)
		free.free_s = Math.max(free.free_s, c.midnight_s + c.shift.from_minute * 60);
	free.free_s = Math.max(free.free_s, coming?.on_way_at || c.now_s);
	if (coming) {
		const legs = legsOf(coming, c.midnight_s);
		const way = drive(legs, free, c, null, -1);
		keep(legs, way);
		free = way;
	}
	const legs = order.filter((s) => s !== coming).flatMap((s) => legsOf(s, c.midnight_s));
	const rest = withLunch(legs, free, c);
	keep(legs, rest);
	return { at, done_s: rest.free_s, home_s: homeOf(rest, c.shift) };
}

/* A minute more or less is not known: what is "about" ends in 0 or 5, and never lies behind. */
export const roughly = (at_s: number) => Math.ceil(at_s / 300) * 300;
/* Minutes to drive; a minute at least, for whoever drives at all. */
export const driveMinutes = (s: number) => (s === 0 ? 0 : Math.max(1, Math.round(s / 60)));
