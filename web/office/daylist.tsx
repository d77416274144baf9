/* The plan on a phone: a strip of days, and of the chosen one each person's stops as a list. */
import type { Technician, VisitLine } from "../shared/api";
import { dayPart, weekday } from "../shared/format";
import { Avatar, Empty, Icon } from "../shared/ui";
import { count, t } from "../shared/words";
import { byCell, cellKey, counts, dayIn, loadOf, type Plan, rowsOf } from "./plan";
import { LoadBar, LoadWords, Stop, type StopActs, techName } from "./stops";
import { today } from "./technicians";

export function DayList(p: {
	plan: Plan;
	visits: VisitLine[];
	day: string;
	choose: (day: string) => void;
	open: (v: VisitLine) => void;
}) {
	const cells = byCell(p.visits);
	const acts: StopActs = {
		open: p.open,
		drag: () => {},
		held: "",
		dragging: "",
		selected: "",
		hold: p.open,
	};
	const people: (Technician | null)[] = [null, ...rowsOf(p.plan)];
	const stops = p.visits.filter((v) => v.day === p.day && counts(v)).length;
	return (
		<>
			<div class="strip" role="group" aria-label={t("plan.week")}>
				{p.plan.days.map((d) => (
					<button
						key={d}
						class={d === today() ? "strip__day strip__day--today" : "strip__day"}
						type="button"
						aria-pressed={d === p.day}
						onClick={() => p.choose(d)}
					>
						<span class="unseen">{weekday(d)}:</span>
						<small aria-hidden="true">{dayPart(d, { weekday: "narrow" })}</small>
						<b aria-hidden="true">{dayPart(d, { day: "numeric" })}</b>
						<small>{p.visits.filter((v) => v.day === d && counts(v)).length}</small>
					</button>
				))}
			</div>
			<div class="scroll">
				{stops === 0 && (
					<Empty icon="cal" title={t("plan.free")}>
						{t("plan.free.text")}
					</Empty>
				)}
				{people.map((tech) => {
					const mine = cells.get(cellKey(p.day, tech?.id ?? null)) ?? [];
					if (mine.length === 0) return null;
					const load = loadOf(mine, tech ? dayIn(tech, p.day) : undefined);
					return (
						<section key={tech?.id ?? ""} class="daylist" aria-label={techName(tech ?? undefined)}>
							<div class="daylist__head">
								{tech ? (
									<Avatar name={tech.name || "?"} tech={tech.colour} />
								) : (
									<Icon name="userplus" />
								)}
								<h2 class="grow clip">{tech ? techName(tech) : t("plan.unassigned")}</h2>
								<span class="meta">{count("plan.stops", load.stops)}</span>
								<LoadWords load={load} />
							</div>
							{tech && <LoadBar load={load} colour={tech.colour} />}
							<ol class="stops stops--list" data-tech={tech?.colour || undefined}>
								{mine.map((v) => (
									<li key={v.id}>
										<Stop roomy visit={v} acts={acts} />
									</li>
								))}
							</ol>
						</section>
					);
				})}
			</div>
		</>
	);
}
