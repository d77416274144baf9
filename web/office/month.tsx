/*
 * The month: how full each day is, by person; of one person the stops themselves, which can be carried to another day
 * by the mouse or, as in the week, by the keys.
 */
import { useRef, useState } from "preact/hooks";
import type { Technician, VisitLine, VisitLoad } from "../shared/api";
import { weekLetter } from "../shared/days";
import { dayPart, hm, weekday } from "../shared/format";
import { Icon } from "../shared/ui";
import { count, t } from "../shared/words";
import { useCarry } from "./carry";
import { counts, dayIn } from "./plan";
import { Stop, type StopActs, techName } from "./stops";
import { today } from "./technicians";

const SHOWN = 5;

export function Month(p: {
	month: string;
	days: string[];
	loads: VisitLoad[];
	technicians: Technician[];
	/* Of one person: all of them; otherwise none. */
	visits: VisitLine[] | null;
	selected: string;
	open: (v: VisitLine) => void;
	openDay: (day: string) => void;
	move: (v: VisitLine, day: string, tech: string | null) => void;
}) {
	const [dragging, setDragging] = useState<VisitLine | null>(null);
	const [over, setOver] = useState("");
	const root = useRef<HTMLTableElement>(null);
	const put = (v: VisitLine, day: string) => {
		if (v.day !== day) p.move(v, day, v.tech_id);
	};
	const { held, setHeld, aim, onKey } = useCarry({
		root,
		columns: 7,
		rows: p.days.length / 7,
		key: (col, row) => p.days[7 * row + col] ?? "",
		drop: put,
	});
	const target = held ? aim : over;
	const acts: StopActs = {
		open: p.open,
		drag: setDragging,
		held: held?.visit.id ?? "",
		dragging: dragging?.id ?? "",
		selected: p.selected,
		hold: (visit) => {
			const at = Math.max(0, p.days.indexOf(visit.day));
			setHeld({ visit, col: at % 7, row: Math.floor(at / 7) });
		},
	};
	const weeks = Array.from({ length: p.days.length / 7 }, (_, i) => p.days.slice(7 * i, 7 * i + 7));
	return (
		<div class="wk__scroll">
			<p class="unseen" role="status" aria-live="assertive">
				{held &&
					t("plan.holding", {
						name: held.visit.customer,
						day: weekday(aim),
						tech: techName(p.technicians.find((x) => x.id === held.visit.tech_id)),
					})}
			</p>
			<table class="month" ref={root} onKeyDown={onKey} data-holding={held ? "" : undefined}>
				<caption class="unseen">{t("plan.month")}</caption>
				<thead>
					<tr>
						{(weeks[0] ?? []).map((d) => (
							<th key={d} scope="col">
								{dayPart(d, { weekday: "short" })}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{weeks.map((week, row) => (
						<tr key={week[0]}>
							{week.map((day, col) => (
								<td
									key={day}
									data-cell={day}
									data-col={col}
									data-row={row}
									class={[
										"month__day",
										day === today() && "month__day--today",
										!day.startsWith(p.month.slice(0, 7)) && "month__day--other",
										target === day && "wk__cell--aimed",
									]
										.filter(Boolean)
										.join(" ")}
									onDragOver={(e) => {
										if (!dragging) return;
										e.preventDefault();
										setOver(day);
									}}
									onDrop={(e) => {
										e.preventDefault();
										const v = dragging;
										setDragging(null);
										setOver("");
										if (v) put(v, day);
									}}
								>
									<Day
										{...p}
										day={day}
										acts={acts}
										letter={day === week[0] ? weekLetter(day) : ""}
									/>
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function Day(p: {
	day: string;
	letter: string;
	loads: VisitLoad[];
	technicians: Technician[];
	visits: VisitLine[] | null;
	acts: StopActs;
	openDay: (day: string) => void;
}) {
	const loads = p.loads.filter((l) => l.day === p.day);
	const stops = p.visits
		? p.visits.filter((v) => v.day === p.day && counts(v)).length
		: loads.reduce((n, l) => n + l.visits, 0);
	const minutes = loads.reduce((n, l) => n + l.minutes, 0);
	const over = p.technicians.filter((x) => {
		const day = dayIn(x, p.day);
		const mine = loads.find((l) => l.tech_id === x.id);
		return day?.said && mine && mine.minutes > day.minutes;
	});
	const nobody = loads.find((l) => l.tech_id === null);
	const mine = p.visits?.filter((v) => v.day === p.day) ?? [];
	return (
		<>
			<button class="month__head" type="button" data-sum onClick={() => p.openDay(p.day)}>
				<span class="unseen">{weekday(p.day)}</span>
				<b aria-hidden="true">{dayPart(p.day, { day: "numeric" })}</b>
				{p.letter && (
					<small class="month__letter">{t("plan.week.letter", { letter: p.letter })}</small>
				)}
				{stops > 0 && (
					<small class="month__n" aria-hidden="true">
						{stops}
					</small>
				)}
				{stops > 0 && <small class="push">{count("plan.stops", stops)}</small>}
			</button>
			{p.visits === null && stops > 0 && (
				<>
					<span class="loadbar loadbar--many" aria-hidden="true">
						{loads
							.filter((l) => l.tech_id !== null)
							.map((l) => (
								<i
									key={l.tech_id}
									data-tech={p.technicians.find((x) => x.id === l.tech_id)?.colour || undefined}
									style={{ width: `${(100 * l.visits) / stops}%` }}
								/>
							))}
					</span>
					<small class="meta">{t("plan.at.stops", { time: hm(minutes) })}</small>
				</>
			)}
			{nobody && p.visits === null && (
				<small class="month__flag">
					<Icon name="userplus" size="sm" />
					{t("plan.unassigned.n", { n: nobody.visits })}
				</small>
			)}
			{over.length > 0 && p.visits === null && (
				<small class="month__flag month__flag--over">
					<Icon name="alert" size="sm" />
					{over.map((x) => x.name).join(", ")}
				</small>
			)}
			{mine.length > 0 && (
				<ol
					class="stops"
					data-tech={p.technicians.find((x) => x.id === mine[0]?.tech_id)?.colour || undefined}
				>
					{mine.slice(0, SHOWN).map((v) => (
						<li key={v.id}>
							<Stop visit={v} acts={p.acts} />
						</li>
					))}
				</ol>
			)}
			{mine.length > SHOWN && (
				<button class="link month__more" type="button" onClick={() => p.openDay(p.day)}>
					{t("plan.more", { n: mine.length - SHOWN })}
				</button>
			)}
		</>
	);
}
