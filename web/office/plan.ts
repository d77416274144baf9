/* The plan as screens see it: visits by day and person, and how full each of those days is. */
import type { Technician, TechnicianDay, VisitLine } from "../shared/api";

export interface Plan {
	from: string;
	days: string[];
	visits: VisitLine[];
	technicians: Technician[];
}

/* A day of a person; "" is what nobody has. */
export const cellKey = (day: string, tech: string | null) => `${day}:${tech ?? ""}`;
export const cellOf = (key: string): { day: string; tech: string | null } => {
	const [day = "", tech = ""] = key.split(":");
	return { day, tech: tech || null };
};

/* What counts as work of a day: not what was skipped or called off. */
export const counts = (v: VisitLine) => v.state !== "skipped" && v.state !== "cancelled";

export function byCell(visits: VisitLine[]): Map<string, VisitLine[]> {
	const cells = new Map<string, VisitLine[]>();
	for (const v of visits) {
		const key = cellKey(v.day, v.tech_id);
		const list = cells.get(key);
		if (list) list.push(v);
		else cells.set(key, [v]);
	}
	return cells;
}

export interface Load {
	stops: number;
	done: number;
	minutes: number;
	/* Minutes that this person works; null if nobody has said. */
	hours: number | null;
	off: string;
	over: number;
}

export function loadOf(visits: VisitLine[], day: TechnicianDay | undefined): Load {
	const work = visits.filter(counts);
	const minutes = work.reduce((n, v) => n + v.minutes, 0);
	const hours = day?.said ? day.minutes : null;
	return {
		stops: work.length,
		done: work.filter((v) => v.state === "done").length,
		minutes,
		hours,
		off: day?.off ?? "",
		over: hours !== null && minutes > hours ? minutes - hours : 0,
	};
}

export const dayIn = (tech: Technician, day: string) => tech.days.find((d) => d.day === day);

/* Those who drive, and behind them whoever still has visits but does not drive any more. */
export function rowsOf(plan: Plan): Technician[] {
	const known = new Set(plan.technicians.map((x) => x.id));
	const left = new Set(plan.visits.map((v) => v.tech_id).filter((id) => id && !known.has(id)));
	return [
		...plan.technicians,
		...[...left].map((id) => ({
			id: id as string,
			name: "",
			colour: 0,
			vehicle: "",
			ending: [],
			days: [],
		})),
	];
}

const plain = (s: string) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
export const matches = (v: VisitLine, wanted: string, service: string) =>
	(!service || v.service_id === service) &&
	plain(wanted)
		.split(/\s+/)
		.filter(Boolean)
		.every((w) => plain(`${v.customer} ${v.street} ${v.city} ${v.service} ${v.note}`).includes(w));
