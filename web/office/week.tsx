/*
 * The week: a row for each person, a column for each day. A stop is carried by the mouse or by the keys: arrows walk,
 * Space picks up, arrows choose where to, Enter puts down.
 */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Technician, VisitLine } from "../shared/api";
import { dayPart, weekday } from "../shared/format";
import { Avatar, Badge, Button, Icon } from "../shared/ui";
import { count, t } from "../shared/words";
import { useCarry } from "./carry";
import { may } from "./me";
import { byCell, cellKey, cellOf, counts, dayIn, loadOf, type Plan, rowsOf } from "./plan";
import { LoadBar, LoadWords, Stop, type StopActs, techName } from "./stops";
import { today } from "./technicians";

/* A week of more stops than this opens with its rows folded: figures first. */
export const UNFOLDED_MAX = 150;

export interface WeekProps {
	plan: Plan;
	/* What the filter leaves. */
	visits: VisitLine[];
	/* All rows folded or not, if somebody has said. */
	stops: boolean;
	selected: string;
	cell: string;
	open: (v: VisitLine) => void;
	openCell: (key: string) => void;
	move: (v: VisitLine, day: string, tech: string | null) => void;
}

export function Week(p: WeekProps) {
	const { plan } = p;
	const rows = rowsOf(plan);
	const cells = useMemo(() => byCell(p.visits), [p.visits]);
	const columns = shownDays(plan);
	const all = p.stops;
	const [turned, setTurned] = useState<Record<string, boolean>>({});
	const [dragging, setDragging] = useState<VisitLine | null>(null);
	const [over, setOver] = useState("");
	const root = useRef<HTMLTableElement>(null);
	useEffect(() => setTurned({}), [p.stops]);
	const unfolded = (id: string) => turned[id] ?? all;
	const people: (Technician | null)[] = [null, ...rows];

	const put = (v: VisitLine, key: string) => {
		const { day, tech } = cellOf(key);
		if (day !== v.day || tech !== v.tech_id) p.move(v, day, tech);
	};
	const { held, setHeld, aim, onKey } = useCarry({
		root,
		columns: columns.length,
		rows: people.length,
		key: (col, row) => cellKey(columns[col] ?? "", people[row]?.id ?? null),
		drop: put,
	});
	const target = held ? aim : over;
	const drop = (key: string) => {
		const v = dragging;
		setDragging(null);
		setOver("");
		if (v) put(v, key);
	};
	const acts: StopActs = {
		open: p.open,
		drag: setDragging,
		held: held?.visit.id ?? "",
		dragging: dragging?.id ?? "",
		selected: p.selected,
		hold: (v) =>
			setHeld({
				visit: v,
				col: Math.max(0, columns.indexOf(v.day)),
				row: Math.max(
					0,
					people.findIndex((x) => (x?.id ?? null) === v.tech_id),
				),
			}),
	};

	return (
		<div class="wk__scroll">
			<p class="unseen" role="status" aria-live="assertive">
				{held &&
					t("plan.holding", {
						name: held.visit.customer,
						day: weekday(columns[held.col] ?? held.visit.day),
						tech: techName(people[held.row] ?? undefined),
					})}
			</p>
			<table class="wk" ref={root} onKeyDown={onKey} data-holding={held ? "" : undefined}>
				<caption class="unseen">{t("plan.week")}</caption>
				<thead>
					<tr>
						<th scope="col" class="wk__corner">
							{t("plan.hours")}
						</th>
						{columns.map((day) => (
							<DayHead key={day} day={day} plan={plan} visits={p.visits} />
						))}
					</tr>
				</thead>
				<tbody>
					{people.map((tech, row) => {
						const key = tech?.id ?? "";
						const mine = columns.map((day) => cells.get(cellKey(day, tech?.id ?? null)) ?? []);
						const stops = mine.flat().filter(counts).length;
						return (
							<tr key={key} class={tech ? undefined : "wk__tray"}>
								<th scope="row" class="wk__who">
									<Who
										tech={tech}
										stops={stops}
										unfolded={unfolded(key)}
										turn={() => setTurned({ ...turned, [key]: !unfolded(key) })}
									/>
								</th>
								{columns.map((day, col) => (
									<Cell
										key={day}
										col={col}
										row={row}
										day={day}
										tech={tech}
										visits={mine[col] ?? []}
										unfolded={tech === null ? stops <= 60 || unfolded(key) : unfolded(key)}
										acts={acts}
										aimed={target === cellKey(day, tech?.id ?? null)}
										selected={p.cell === cellKey(day, tech?.id ?? null)}
										openCell={p.openCell}
										setOver={setOver}
										drop={drop}
										takes={dragging !== null}
									/>
								))}
							</tr>
						);
					})}
				</tbody>
			</table>
		</div>
	);
}

/* Days on which nobody works and nothing is planned are not drawn. */
function shownDays(plan: Plan): string[] {
	return plan.days.filter(
		(day, i) =>
			i < 5 ||
			plan.visits.some((v) => v.day === day) ||
			plan.technicians.some((x) => (dayIn(x, day)?.minutes ?? 0) > 0),
	);
}

function DayHead(p: { day: string; plan: Plan; visits: VisitLine[] }) {
	const mine = p.visits.filter((v) => v.day === p.day);
	const over = p.plan.technicians.filter(
		(x) =>
			loadOf(
				mine.filter((v) => v.tech_id === x.id),
				dayIn(x, p.day),
			).over > 0,
	).length;
	const now = p.day === today();
	return (
		<th
			scope="col"
			class={now ? "wk__day wk__day--today" : over ? "wk__day wk__day--over" : "wk__day"}
		>
			<span class="wk__dayline">
				<b>
					{dayPart(p.day, { weekday: "short" })} {dayPart(p.day, { day: "numeric" })}
				</b>
				<small>
					{count("plan.stops", mine.filter(counts).length)}
					{now ? ` · ${t("plan.today")}` : ""}
					{over > 0 ? ` · ${t("plan.overs", { n: over })}` : ""}
				</small>
			</span>
		</th>
	);
}

function Who(p: { tech: Technician | null; stops: number; unfolded: boolean; turn: () => void }) {
	return (
		<span class="wk__whoin">
			{p.tech ? (
				<Avatar name={p.tech.name || "?"} tech={p.tech.colour} />
			) : (
				<span class="avatar" aria-hidden="true">
					<Icon name="userplus" size="sm" />
				</span>
			)}
			<span class="grow">
				<b>{p.tech ? techName(p.tech) : t("plan.unassigned")}</b>
				<small>{count("plan.stops", p.stops)}</small>
			</span>
			{p.tech && p.stops > 0 && (
				<Button
					kind="quiet"
					size="sm"
					icon={p.unfolded ? "up" : "down"}
					label={t(p.unfolded ? "plan.fold" : "plan.unfold", { name: techName(p.tech) })}
					pressed={p.unfolded}
					onClick={p.turn}
				/>
			)}
		</span>
	);
}

function Cell(p: {
	col: number;
	row: number;
	day: string;
	tech: Technician | null;
	visits: VisitLine[];
	unfolded: boolean;
	acts: StopActs;
	aimed: boolean;
	selected: boolean;
	takes: boolean;
	openCell: (key: string) => void;
	setOver: (key: string) => void;
	drop: (key: string) => void;
}) {
	const key = cellKey(p.day, p.tech?.id ?? null);
	const load = loadOf(p.visits, p.tech ? dayIn(p.tech, p.day) : undefined);
	const idle = p.tech !== null && load.hours === 0 && p.visits.length === 0;
	const past = p.day < today();
	const skipped = p.visits.length - load.stops;
	const cls = [
		"wk__cell",
		p.aimed && "wk__cell--aimed",
		p.selected && "wk__cell--open",
		load.over > 0 && "wk__cell--over",
		(load.off || idle) && "wk__cell--off",
		past && "wk__cell--past",
	];
	return (
		<td
			class={cls.filter(Boolean).join(" ")}
			data-cell={key}
			data-col={p.col}
			data-row={p.row}
			onDragOver={(e) => {
				if (!p.takes) return;
				e.preventDefault();
				if (!p.aimed) p.setOver(key);
			}}
			onDrop={(e) => {
				e.preventDefault();
				p.drop(key);
			}}
		>
			{idle || (load.off && p.visits.length === 0) ? (
				<button class="cell cell--idle" type="button" data-sum onClick={() => p.openCell(key)}>
					<span>{load.off ? t("plan.off", { why: load.off }) : t("plan.idle")}</span>
				</button>
			) : (
				(p.tech || p.visits.length > 0 || may("dispatch")) && (
					<button
						class={p.tech ? "cell" : "cell cell--bare"}
						type="button"
						data-sum
						onClick={() => p.openCell(key)}
					>
						<span class="unseen">
							{techName(p.tech ?? undefined)}, {weekday(p.day)}:
						</span>
						{p.tech ? (
							<>
								<span class="cell__n">
									<b>{load.stops}</b>{" "}
									<span>{t(load.stops === 1 ? "plan.stop" : "plan.stops.word")}</span>
									<LoadWords load={load} />
								</span>
								<LoadBar
									load={load}
									colour={past && load.done === load.stops ? 0 : p.tech.colour}
								/>
								{(load.done > 0 || skipped > 0 || load.off) && (
									<span class="cell__tags">
										{load.done > 0 && (
											<Badge tone="kelp" icon="done">
												{t("plan.done", { n: load.done })}
											</Badge>
										)}
										{skipped > 0 && <Badge icon="skip">{t("plan.skipped", { n: skipped })}</Badge>}
										{load.off && <Badge tone="sun">{load.off}</Badge>}
									</span>
								)}
							</>
						) : (
							<span class="cell__plus">
								{p.visits.length > 0 ? (
									count("plan.stops", load.stops)
								) : (
									<>
										<Icon name="plus" size="sm" />
										<span class="unseen">{t("plan.new.here")}</span>
									</>
								)}
							</span>
						)}
					</button>
				)
			)}
			{p.unfolded && p.visits.length > 0 && (
				<ol class="stops" data-tech={p.tech?.colour || undefined}>
					{p.visits.map((v) => (
						<li key={v.id}>
							<Stop visit={v} acts={p.acts} />
						</li>
					))}
				</ol>
			)}
		</td>
	);
}
