/* The week: how much there is on each day for each technician, to see where it is too much. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Technician, VisitLoad } from "../shared/api";
import { call } from "../shared/call";
import { dayPart, hm } from "../shared/format";
import { Avatar, Skeleton, Trouble } from "../shared/ui";
import { count, t } from "../shared/words";
import { dayAfter, nowThere } from "./board_parts";

export const monday = (iso: string) =>
	dayAfter(iso, -((new Date(`${iso}T12:00:00Z`).getUTCDay() + 6) % 7));

export function Week(p: { from: string; open: (day: string) => void }) {
	const [data, setData] = useState<{ techs: Technician[]; loads: VisitLoad[] } | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	const from = monday(p.from);
	const to = dayAfter(from, 6);
	const ask = () => {
		setFault(null);
		Promise.all([
			call("GET /api/office/technicians", { query: { from, to } }),
			call("GET /api/office/visit-loads", { query: { from, to } }),
		])
			.then(([techs, loads]) => setData({ techs: techs.rows, loads: loads.rows }))
			.catch(setFault);
	};
	useEffect(ask, [from]);
	/* On a narrow screen the week opens at today. */
	const table = useRef<HTMLTableElement>(null);
	useLayoutEffect(() => {
		const cell = table.current?.querySelector<HTMLElement>("td[data-today]");
		const box = table.current?.parentElement;
		if (cell && box) box.scrollLeft = cell.offsetLeft - (box.clientWidth - cell.offsetWidth) / 2;
	}, [data]);
	if (fault) return <Trouble fault={fault} again={ask} />;
	if (!data) return <Skeleton />;
	const days = Array.from({ length: 7 }, (_, i) => dayAfter(from, i));
	const today = nowThere().day;
	const load = (tech: string | null, day: string) =>
		data.loads.find((l) => l.day === day && l.tech_id === tech);
	const all = (day: string) =>
		data.loads.filter((l) => l.day === day).reduce((n, l) => n + l.visits, 0);
	return (
		<div class="scroll">
			<table class="week" ref={table}>
				<caption class="unseen">{t("board.week")}</caption>
				<thead>
					<tr>
						<th scope="col">{count("board.techs", data.techs.length)}</th>
						{days.map((d) => (
							<th key={d} scope="col">
								{dayPart(d, { weekday: "short", day: "numeric" })}
								<small class="week__all">{count("board.jobs", all(d))}</small>
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					<tr>
						<th scope="row">{t("board.nobody")}</th>
						{days.map((d) => (
							<td key={d} data-today={d === today ? "" : undefined}>
								<Cell load={load(null, d)} work={0} open={() => p.open(d)} day={d} who="" />
							</td>
						))}
					</tr>
					{data.techs.map((tech) => (
						<tr key={tech.id} data-tech={tech.colour || undefined}>
							<th scope="row">
								<span class="row">
									<Avatar name={tech.name} tech={tech.colour} />
									<span class="clip">{tech.name}</span>
								</span>
							</th>
							{days.map((d, i) => {
								const hours = tech.days[i];
								return (
									<td key={d} data-today={d === today ? "" : undefined}>
										<Cell
											load={load(tech.id, d)}
											work={hours?.said ? hours.minutes : 540}
											off={hours?.off ?? ""}
											open={() => p.open(d)}
											day={d}
											who={tech.name}
										/>
									</td>
								);
							})}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function Cell(p: {
	load: VisitLoad | undefined;
	work: number;
	off?: string;
	open: () => void;
	day: string;
	who: string;
}) {
	const n = p.load?.visits ?? 0;
	const min = p.load?.minutes ?? 0;
	const over = p.who !== "" && n > 0 && min > p.work;
	return (
		<button class="week__day" type="button" data-over={over ? "" : undefined} onClick={p.open}>
			<span class="unseen">
				{[p.who, dayPart(p.day, { weekday: "long", day: "numeric" }), count("board.stops", n)]
					.filter(Boolean)
					.join(", ")}
			</span>
			<b>{n > 0 ? n : "–"}</b>
			<small>{n > 0 ? t("time.hours", { h: hm(min) }) : (p.off ?? "")}</small>
			{p.who !== "" && n > 0 && (
				<span class="load">
					<i
						data-over={over ? "" : undefined}
						style={{ width: `${Math.min(100, p.work > 0 ? (min / p.work) * 100 : 100)}%` }}
					/>
				</span>
			)}
		</button>
	);
}
