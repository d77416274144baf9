/* Who drives: asked once for a while, since every panel of the plan offers them. */
import { useEffect, useState } from "preact/hooks";
import type { Technician } from "../shared/api";
import { call } from "../shared/call";
import { todayIn } from "../shared/days";
import { t } from "../shared/words";
import { may, me } from "./me";

const KEPT_MS = 60_000;
let kept: { at: number; rows: Technician[] } | null = null;

export const forgetTechnicians = () => {
	kept = null;
};
export const today = () => todayIn(me.value?.company.zone ?? "UTC");

export async function technicians(): Promise<Technician[]> {
	if (kept && Date.now() - kept.at < KEPT_MS) return kept.rows;
	if (!may("see_board")) return [];
	const day = today();
	const { rows } = await call("GET /api/office/technicians", { query: { from: day, to: day } });
	kept = { at: Date.now(), rows };
	return rows;
}

export function useTechnicians(): Technician[] {
	const [rows, set] = useState(kept?.rows ?? []);
	useEffect(() => {
		let wanted = true;
		technicians().then(
			(r) => wanted && set(r),
			() => {},
		);
		return () => {
			wanted = false;
		};
	}, []);
	return rows;
}

/* For a select: nobody first. Who has left still stands where they were chosen. */
export const techChoices = (rows: Technician[], current: string) => [
	{ value: "", label: t("visit.nobody") },
	...rows.map((x) => ({ value: x.id, label: x.name })),
	...(current && !rows.some((x) => x.id === current)
		? [{ value: current, label: t("visit.left") }]
		: []),
];
