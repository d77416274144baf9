/* What the route planner counts and says of a plan; nothing that draws. */
import type { RouteLoad, RoutePlan, RouteSettings, RouteStop, RouteTech } from "../shared/api";
import { dayLater, distance, firstName, weekdayOf } from "../shared/format";
import { type RouteKey, say } from "./routewords";

export type View = "before" | "after" | "changes";

export const changes = (p: RoutePlan) =>
	p.stops.filter((s) => s.was_tech !== s.to_tech || s.was_days !== s.to_days);
/* Once published, what was refused reads like a stop that stays. */
export const open = (p: RoutePlan) => p.state === "searching" || p.state === "ready";
export const waiting = (p: RoutePlan) =>
	p.state === "searching" || p.state === "applying" || p.state === "undoing";

/* From leaving to coming back: driving, work, waiting and lunch. */
export const worked = (f: RouteLoad["before"]) => f.paid_s;
export const shiftLength = (l: RouteLoad) => (l.to_minute - l.from_minute) * 60;
export const isOver = (f: RouteLoad["before"]) => f.overtime_s > 0;

export const techOf = (p: RoutePlan, id: string | null): RouteTech | undefined =>
	p.techs.find((x) => x.id === id);
/* Those without a colour of their own take one by their place in the list. */
export const hue = (p: RoutePlan, id: string | null): number => {
	const i = p.techs.findIndex((x) => x.id === id);
	return i < 0 ? 0 : p.techs[i]!.colour || (i % 10) + 1;
};
export const techName = (p: RoutePlan, id: string | null) => {
	const tech = techOf(p, id);
	return tech ? firstName(tech.name) : say("routes.nobody");
};

export function dayNames(p: RoutePlan, bits: number): string {
	const names: string[] = [];
	const week = p.days > 7 ? bits & 127 : bits;
	const other = bits >> 7;
	for (let d = 0; d < 7; d += 1) {
		const a = (week >> d) & 1;
		const b = p.days > 7 && (other >> d) & 1;
		if (!a && !b) continue;
		const name = weekdayOf(dayLater(p.monday, d));
		names.push(p.days > 7 && a !== b ? `${name} ${a ? "A" : "B"}` : name);
	}
	return names.join(" + ");
}

/* "Dale, Tue" */
export function where(p: RoutePlan, id: string | null, days: number): string {
	const name = techName(p, id);
	return p.wish.kind === "week" ? `${name}, ${dayNames(p, days)}` : name;
}

/* A difference says by its sign which way it goes; "115 mi" alone reads like a saving. */
export const signed = (n: number, text: string): string => (n > 0 ? `+\u2060${text}` : text);

/* Why a change pays, in under ten words. */
export function why(p: RoutePlan, s: RouteStop, units: RouteSettings["units"]): string {
	switch (s.reason) {
		case "near":
			return say("routes.why.near", { m: distance(s.near_m, units), name: s.near });
		case "placed":
			return say("routes.why.placed");
		case "skill":
			return say("routes.why.skill", { name: techName(p, s.was_tech) });
		case "liked":
			return say("routes.why.liked");
		case "late":
			return say("routes.why.late");
		case "van":
			return say("routes.why.van", { name: techName(p, s.was_tech) });
		case "even":
			return say("routes.why.even");
		case "over":
			return say("routes.why.over", { name: techName(p, s.was_tech) });
		default:
			return say("routes.why.together");
	}
}

export const LEVELS: RouteKey[] = [
	"routes.level.0",
	"routes.level.1",
	"routes.level.2",
	"routes.level.3",
	"routes.level.4",
];

/* Loads of one technician, of a day or of all. */
export function loadsOf(p: RoutePlan, id: string, day: number | null): RouteLoad[] {
	return p.loads.filter((l) => l.tech_id === id && (day === null || l.day === day));
}
/* Days of the plan on which anybody works. */
export const daysOf = (p: RoutePlan) =>
	[...new Set(p.loads.map((l) => l.day))].sort((a, b) => a - b);

export interface Line {
	tech: string;
	stops: RouteStop[];
	/* So many stops before the supply house; null: nothing is fetched. */
	supply: number | null;
}
/* The routes of a day, or all of a week laid over each other: stops in driving order. */
export function lines(p: RoutePlan, view: "before" | "after", day: number | null): Line[] {
	const out: Line[] = [];
	const days = day === null ? daysOf(p) : [day];
	for (const tech of p.techs)
		for (const d of days) {
			const stops = p.stops
				.filter((s) => {
					const id = view === "before" ? s.was_tech : taken(s) ? s.to_tech : s.was_tech;
					const bits = view === "before" ? s.was_days : taken(s) ? s.to_days : s.was_days;
					return id === tech.id && (bits >> d) & 1 && (view === "before" ? s.was_at : s.to_at) > 0;
				})
				.sort((a, b) => (view === "before" ? a.was_at - b.was_at : a.to_at - b.to_at));
			const load = p.loads.find((l) => l.tech_id === tech.id && l.day === d);
			const supply = view === "after" && load && load.supply !== null ? load.supply_after : null;
			if (stops.length) out.push({ tech: tech.id, stops, supply });
		}
	return out;
}
export const taken = (s: RouteStop) => s.state !== "refused";
