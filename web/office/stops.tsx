/* The parts that every view of the plan shares: one stop, how full a day is, the day of one person as a list. */
import type { Technician, VisitLine } from "../shared/api";
import { hm, weekday } from "../shared/format";
import { Avatar, Button, Icon } from "../shared/ui";
import { count, t } from "../shared/words";
import { Panel } from "./frame";
import { may } from "./me";
import { type Load, loadOf } from "./plan";
import { marks, windowOf } from "./visit";

export const techName = (x: Technician | undefined) =>
	x ? x.name || t("visit.left") : t("visit.nobody");

/* Drawn as a bar of the day's hours; what is over them is hatched. */
export function LoadBar(p: { load: Load; colour: number }) {
	const { load } = p;
	const whole = Math.max(load.hours ?? 480, load.minutes, 1);
	return (
		<span class="loadbar" data-tech={p.colour || undefined} aria-hidden="true">
			<i style={{ width: `${(100 * (load.minutes - load.over)) / whole}%` }} />
			{load.over > 0 && <u style={{ width: `${(100 * load.over) / whole}%` }} />}
		</span>
	);
}

/* "6:20 of 9:00", or what is over. */
export function LoadWords(p: { load: Load }) {
	const { load } = p;
	if (load.over > 0)
		return (
			<small class="loadwords loadwords--over">
				<Icon name="alert" size="sm" />
				{t("plan.over", { time: hm(load.over) })}
			</small>
		);
	return (
		<small class="loadwords">
			{load.hours === null
				? hm(load.minutes)
				: t("plan.of", { used: hm(load.minutes), hours: hm(load.hours) })}
		</small>
	);
}

export interface StopActs {
	open: (v: VisitLine) => void;
	drag: (v: VisitLine | null) => void;
	held: string;
	dragging: string;
	selected: string;
	hold: (v: VisitLine) => void;
}

export function Stop(p: { visit: VisitLine; acts: StopActs; roomy?: boolean }) {
	const { visit: v, acts } = p;
	const moves = v.state === "scheduled" && may("dispatch");
	const [icon] = marks[v.state];
	const when = windowOf(v);
	return (
		<button
			class={p.roomy ? "stop stop--roomy" : "stop"}
			type="button"
			data-stop={v.id}
			data-state={v.state}
			data-held={acts.held === v.id ? "" : undefined}
			data-away={acts.dragging === v.id ? "" : undefined}
			aria-pressed={acts.selected === v.id}
			draggable={moves}
			title={[v.customer, v.service, v.street, when, v.note].filter(Boolean).join(" · ")}
			onClick={() => acts.open(v)}
			onDragStart={(e) => {
				e.dataTransfer?.setData("text/plain", v.id);
				if (e.dataTransfer) e.dataTransfer.effectAllowed = "move";
				acts.drag(v);
			}}
			onDragEnd={() => acts.drag(null)}
			onKeyDown={(e) => {
				if (moves && (e.key === " " || e.key === "m")) {
					e.preventDefault();
					acts.hold(v);
				}
			}}
		>
			<Icon name={icon} size="sm" />
			<span class="stop__name">
				<span class="clip">{v.customer}</span>
				{p.roomy && (
					<small class="clip">{[v.service, v.street, when].filter(Boolean).join(" · ")}</small>
				)}
			</span>
			<span class="unseen">{t(`visit.state.${v.state}`)}</span>
			{when && !p.roomy && <Icon name="clock" size="sm" />}
			{v.note && <Icon name="note" size="sm" />}
		</button>
	);
}

/* All stops of one person's day, in their order, with what can be done to all of them. */
export function CellPanel(p: {
	day: string;
	tech: Technician | undefined;
	visits: VisitLine[];
	acts: StopActs;
	close: () => void;
	make: () => void;
}) {
	const load = loadOf(
		p.visits,
		p.tech?.days.find((d) => d.day === p.day),
	);
	return (
		<Panel title={weekday(p.day)} close={p.close}>
			<div class="row">
				{p.tech && <Avatar name={p.tech.name || "?"} tech={p.tech.colour} />}
				<div class="grow">
					<b>{techName(p.tech)}</b>
					<div class="row">
						<span class="meta">{count("plan.stops", load.stops)}</span>
						<LoadWords load={load} />
					</div>
				</div>
			</div>
			<LoadBar load={load} colour={p.tech?.colour ?? 0} />
			<ol class="stops stops--list" data-tech={p.tech?.colour || undefined}>
				{p.visits.map((v) => (
					<li key={v.id}>
						<Stop roomy visit={v} acts={p.acts} />
					</li>
				))}
				{p.visits.length === 0 && <li class="faint">{t("plan.nothing")}</li>}
			</ol>
			{may("dispatch") && (
				<div class="row row--wrap">
					<Button icon="plus" onClick={p.make}>
						{t("plan.new.here")}
					</Button>
					{load.stops > load.done && (
						<Button
							kind="quiet"
							icon="swap"
							href={`/schedule/shift?from=${p.day}&to=${p.day}${p.tech ? `&tech=${p.tech.id}` : ""}`}
						>
							{t("plan.move.all")}
						</Button>
					)}
				</div>
			)}
		</Panel>
	);
}
