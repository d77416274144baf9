/* When somebody works: hours of the week from a day on, and time off. */
import { useState } from "preact/hooks";
import type { HoursGiven, StaffWork } from "../shared/api";
import { call, Fault } from "../shared/call";
import { minuteOf, timeTyped } from "../shared/days";
import { FormTrouble, TextField, useForm, wrong } from "../shared/form";
import { dayOf, hm, minutes } from "../shared/format";
import { toast } from "../shared/over";
import { Button, FaultNote, Icon } from "../shared/ui";
import { named, t } from "../shared/words";
import type { WorkPart } from "./craft";
import { DayField } from "./record";
import { today } from "./technicians";

const WEEK = [
	"monday",
	"tuesday",
	"wednesday",
	"thursday",
	"friday",
	"saturday",
	"sunday",
] as const;
type Weekday = (typeof WEEK)[number];

interface Stretch {
	from: string;
	to: string;
}
type Week = Record<Weekday, Stretch[]>;

/* What holds today; before anything was said, nothing. */
function weekOf(work: StaffWork): Week {
	const week = Object.fromEntries(WEEK.map((d) => [d, [] as Stretch[]])) as Week;
	for (const d of WEEK) {
		const mine = work.hours.filter((h) => h.weekday === d && h.from_day <= today());
		const since = mine
			.map((h) => h.from_day)
			.sort()
			.at(-1);
		for (const h of mine.filter((x) => x.from_day === since))
			week[d].push({ from: timeTyped(h.from_minute), to: timeTyped(h.to_minute) });
	}
	return week;
}

const total = (week: Week) =>
	WEEK.flatMap((d) => week[d]).reduce(
		(n, s) => n + Math.max(0, (minuteOf(s.to) ?? 0) - (minuteOf(s.from) ?? 0)),
		0,
	);

export function Hours(p: WorkPart) {
	const { work } = p;
	const form = useForm({
		initial: { from_day: today(), week: JSON.stringify(weekOf(work)) },
		async send(v, key) {
			const rows: HoursGiven[] = [];
			const said = JSON.parse(v.week) as Week;
			for (const weekday of WEEK)
				for (const s of said[weekday]) {
					const from_minute = minuteOf(s.from);
					const to_minute = s.to === "00:00" ? 1440 : minuteOf(s.to);
					if (from_minute === null || to_minute === null || from_minute >= to_minute)
						throw wrong("week", t("work.hours.bad", { day: named("weekday", weekday) }));
					rows.push({ weekday, from_minute, to_minute });
				}
			p.take(
				await call("PUT /api/office/staff/:id/hours", {
					id: work.id,
					body: { from_day: v.from_day, rows, version: work.version },
					key,
				}),
			);
			toast(t("act.saved"));
		},
	});
	const week = JSON.parse(form.values.week) as Week;
	const put = (d: Weekday, list: Stretch[]) =>
		form.set("week", JSON.stringify({ ...week, [d]: list }));
	const usual = week.monday[0] ?? { from: "07:00", to: "16:00" };
	const same = () =>
		form.set(
			"week",
			JSON.stringify({
				...week,
				...Object.fromEntries(
					WEEK.slice(0, 5).map((d) => [d, week.monday.length > 0 ? week.monday : [usual]]),
				),
			}),
		);
	const later = work.hours.find((h) => h.from_day > today());
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			{work.hours.length === 0 && <p class="answer">{t("work.hours.unsaid")}</p>}
			{later && (
				<p class="answer">
					<Icon name="cal" size="sm" />
					{t("work.hours.later", { day: dayOf(later.from_day) })}
				</p>
			)}
			<ul class="weekhours">
				{WEEK.map((d) => (
					<li key={d}>
						<label class="check">
							<input
								type="checkbox"
								checked={week[d].length > 0}
								disabled={!p.edits}
								onChange={(e) => put(d, e.currentTarget.checked ? [usual] : [])}
							/>
							<span>{named("weekday", d)}</span>
						</label>
						<div class="weekhours__times">
							{week[d].map((s, i) => (
								<span key={i} class="row">
									{(["from", "to"] as const).map((end) => (
										<input
											key={end}
											class="input"
											type="time"
											readOnly={!p.edits}
											aria-label={t(`work.hours.${end}`, { day: named("weekday", d) })}
											value={s[end]}
											onInput={(e) =>
												put(
													d,
													week[d].map((x, k) =>
														k === i ? { ...x, [end]: e.currentTarget.value } : x,
													),
												)
											}
										/>
									))}
									{p.edits && i === 0 && week[d].length === 1 && (
										<Button
											kind="quiet"
											size="sm"
											icon="plus"
											label={t("work.hours.split", { day: named("weekday", d) })}
											onClick={() => put(d, [...week[d], { from: "17:00", to: "19:00" }])}
										/>
									)}
									{p.edits && i > 0 && (
										<Button
											kind="quiet"
											size="sm"
											icon="x"
											label={t("services.line.drop", { line: named("weekday", d) })}
											onClick={() =>
												put(
													d,
													week[d].filter((_, k) => k !== i),
												)
											}
										/>
									)}
								</span>
							))}
							{week[d].length === 0 && <span class="faint">{t("plan.idle")}</span>}
						</div>
					</li>
				))}
			</ul>
			{form.errors.week && (
				<p class="field__error" role="alert">
					{form.errors.week}
				</p>
			)}
			<p class="meta">{t("work.hours.total", { hours: hm(total(week)) })}</p>
			{p.edits && (
				<>
					<DayField
						form={form}
						name="from_day"
						label={t("work.hours.since")}
						hint={t("work.hours.since.hint")}
					/>
					<div class="row row--wrap">
						<Button kind={form.dirty ? "primary" : "tint"} type="submit" busy={form.busy}>
							{t("act.save")}
						</Button>
						<Button kind="quiet" onClick={same}>
							{t("work.hours.same")}
						</Button>
					</div>
				</>
			)}
		</form>
	);
}

export function TimesOff(p: WorkPart) {
	const { work } = p;
	const [fault, setFault] = useState("");
	const form = useForm({
		initial: { from_day: "", to_day: "", from: "", to: "", reason: "" },
		async send(v, key) {
			if (!v.from_day) throw wrong("from_day", t("work.off.when"));
			p.take(
				await call("POST /api/office/staff/:id/time-off", {
					id: work.id,
					body: {
						from_day: v.from_day,
						to_day: v.to_day || v.from_day,
						from_minute: minuteOf(v.from),
						to_minute: minuteOf(v.to),
						reason: v.reason.trim(),
					},
					key,
				}),
			);
			form.replace({ from_day: "", to_day: "", from: "", to: "", reason: "" });
			toast(t("work.off.added"));
		},
	});
	const drop = async (id: string) => {
		try {
			p.take(await call("DELETE /api/office/staff/:id/time-off/:id2", { id: work.id, id2: id }));
			toast(t("work.off.dropped"));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return (
		<div class="stack">
			<FaultNote text={fault} />
			{work.off.length === 0 ? (
				<p class="faint">{t("work.off.none")}</p>
			) : (
				<ul class="lines">
					{work.off.map((o) => (
						<li key={o.id} class="row offline">
							<Icon name="cal" />
							<span class="grow">
								{o.to_day && o.to_day !== o.from_day
									? t("wish.between", { from: dayOf(o.from_day), until: dayOf(o.to_day) })
									: dayOf(o.from_day)}
								{(o.from_minute > 0 || o.to_minute < 1440) &&
									`, ${t("wish.between", { from: minutes(o.from_minute), until: minutes(o.to_minute) })}`}
								{o.reason && <small class="meta"> {o.reason}</small>}
							</span>
							{p.edits && (
								<Button
									kind="quiet"
									size="sm"
									icon="x"
									label={t("work.off.drop", { day: dayOf(o.from_day) })}
									onClick={() => void drop(o.id)}
								/>
							)}
						</li>
					))}
				</ul>
			)}
			{p.edits && (
				<form class="stack" onSubmit={form.submit} noValidate>
					<FormTrouble form={form} />
					<div class="pair">
						<DayField form={form} name="from_day" label={t("agreement.hold.first")} />
						<DayField form={form} name="to_day" label={t("agreement.hold.last")} />
					</div>
					<div class="pair">
						<TextField
							form={form}
							name="from"
							type="time"
							label={t("work.off.from")}
							hint={t("work.off.hours.hint")}
						/>
						<TextField form={form} name="to" type="time" label={t("work.off.to")} />
					</div>
					<TextField form={form} name="reason" label={t("work.off.reason")} maxLength={80} />
					<div>
						<Button type="submit" icon="plus" busy={form.busy}>
							{t("work.off.add")}
						</Button>
					</div>
				</form>
			)}
		</div>
	);
}
