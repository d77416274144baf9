/* How long people worked, took breaks, drove and were at stops: a week at a time, to look at and to take along. */
import { useState } from "preact/hooks";
import type { TimeDay, TimeSpan } from "../shared/api";
import { call } from "../shared/call";
import { addDays, isDay, minuteOf, mondayOf } from "../shared/days";
import { FormTrouble, TextField, useForm, wrong } from "../shared/form";
import { clock, clockTyped, dayRange, time, weekday } from "../shared/format";
import { Dialog, toast } from "../shared/over";
import { go, type Screen, type ScreenProps } from "../shared/router";
import { Badge, Button, Empty, Heading, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { StaffTabs } from "./frame";
import { Foot } from "./record";
import { Take } from "./taken";
import { today } from "./technicians";

interface Data {
	from: string;
	rows: TimeDay[];
}
const FIGURES = ["worked_s", "break_s", "drive_s", "service_s", "stops"] as const;
type Sum = Pick<TimeDay, (typeof FIGURES)[number]>;

const summed = (rows: TimeDay[]): Sum =>
	rows.reduce(
		(sum, r) => {
			for (const f of FIGURES) sum[f] += r[f];
			return sum;
		},
		{ worked_s: 0, break_s: 0, drive_s: 0, service_s: 0, stops: 0 },
	);

const clocked = (rows: TimeDay[]) => rows.some((r) => r.in_at !== null);

/* Who never clocked in has worked nothing that anybody knows of. */
function Cells(p: { of: Sum; clocked: boolean }) {
	const { of } = p;
	return (
		<>
			<td>{p.clocked ? clock(of.worked_s) : "–"}</td>
			<td>{p.clocked ? clock(of.break_s) : "–"}</td>
			<td class="desk">{clock(of.drive_s)}</td>
			<td class="desk">{clock(of.service_s)}</td>
			<td class="desk">{of.stops}</td>
		</>
	);
}

function Forgot() {
	return (
		<Badge tone="sun" icon="alert">
			{t("times.forgot")}
		</Badge>
	);
}

type Change = (day: TimeDay, span: TimeSpan) => void;

/* When somebody came and went and took a break, each to be put right. */
function Day(p: { of: TimeDay; change: Change }) {
	const { of } = p;
	return (
		<tr class="muted">
			<td>
				<div class="row">
					<span>{weekday(of.day)}</span>
					{of.spans.map((s) => (
						<button
							key={s.id}
							type="button"
							class="chip"
							aria-label={t("times.change", { day: weekday(of.day), time: saidOf(s) })}
							onClick={() => p.change(of, s)}
						>
							{s.kind === "break" ? t("times.break", { time: saidOf(s) }) : saidOf(s)}
						</button>
					))}
					{of.forgot && <Forgot />}
				</div>
			</td>
			<Cells of={of} clocked={clocked([of])} />
		</tr>
	);
}

const saidOf = (s: TimeSpan) =>
	s.to_at === null
		? t("times.since", { time: time(s.from_at) })
		: `${time(s.from_at)} – ${time(s.to_at)}`;

/* Past midnight a time goes on counting: who ends before they begin ends on the next day. */
function Putting(p: {
	day: TimeDay;
	span: TimeSpan;
	done: () => Promise<void>;
	close: () => void;
}) {
	const { span } = p;
	const form = useForm({
		initial: {
			from_minute: clockTyped(span.from_at),
			to_minute: span.to_at === null ? "" : clockTyped(span.to_at),
		},
		async send(v, key) {
			const from_minute = minuteOf(v.from_minute);
			const to = minuteOf(v.to_minute);
			if (from_minute === null) throw wrong("from_minute", t("times.when"));
			if (to === null) throw wrong("to_minute", t("times.when"));
			const to_minute = to <= from_minute ? to + 1440 : to;
			await call("PUT /api/office/times/:id", {
				id: span.id,
				body: { from_minute, to_minute, version: span.version },
				key,
			});
			p.close();
			toast(t("act.saved"));
			await p.done();
		},
	});
	return (
		<Dialog
			title={t(span.kind === "break" ? "times.break.of" : "times.work.of", {
				name: p.day.name,
				day: weekday(p.day.day),
			})}
			onClose={p.close}
		>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<div class="pair">
					<TextField form={form} name="from_minute" type="time" label={t("times.from")} />
					<TextField form={form} name="to_minute" type="time" label={t("times.to")} autofocus />
				</div>
				<Foot busy={form.busy} close={p.close} />
			</form>
		</Dialog>
	);
}

function Person(p: { rows: TimeDay[]; change: Change }) {
	const [open, setOpen] = useState(false);
	const { rows } = p;
	return (
		<>
			<tr>
				<td>
					<div class="row">
						<button
							type="button"
							class="plainbutton row"
							aria-expanded={open}
							onClick={() => setOpen(!open)}
						>
							<Icon name={open ? "down" : "right"} size="sm" />
							{rows[0]?.name}
						</button>
						{rows.some((r) => r.forgot) && !open && <Forgot />}
					</div>
				</td>
				<Cells of={summed(rows)} clocked={clocked(rows)} />
			</tr>
			{open && rows.map((r) => <Day key={r.day} of={r} change={p.change} />)}
		</>
	);
}

function Figures(p: { rows: TimeDay[]; change: Change }) {
	const by = new Map<string, TimeDay[]>();
	for (const r of p.rows) by.set(r.staff_id, [...(by.get(r.staff_id) ?? []), r]);
	const people = [...by.values()].sort((a, b) =>
		(a[0]?.name ?? "").localeCompare(b[0]?.name ?? ""),
	);
	return (
		<table class="table">
			<caption class="unseen">{t("times.title")}</caption>
			<thead>
				<tr>
					<th scope="col">{t("name.label")}</th>
					<th scope="col">{t("times.worked")}</th>
					<th scope="col">{t("times.breaks")}</th>
					{(["times.driving", "times.there", "times.stops"] as const).map((head) => (
						<th key={head} scope="col" class="desk">
							{t(head)}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{people.map((rows) => (
					<Person key={rows[0]?.staff_id} rows={rows} change={p.change} />
				))}
			</tbody>
			<tfoot>
				<tr>
					<td>{t("times.all")}</td>
					<Cells of={summed(p.rows)} clocked={clocked(p.rows)} />
				</tr>
			</tfoot>
		</table>
	);
}

function View({ data, reload }: ScreenProps<Data>) {
	const [putting, setPutting] = useState<{ day: TimeDay; span: TimeSpan } | null>(null);
	const to = addDays(data.from, 6);
	const look = (from: string) => go(`/technicians/times?from=${from}`, true);
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.staff")}</Heading>
				<span class="push" />
				<div class="row">
					<Button
						icon="left"
						size="sm"
						label={t("plan.week.before")}
						onClick={() => look(addDays(data.from, -7))}
					/>
					<b>{dayRange(data.from, to)}</b>
					<Button
						icon="right"
						size="sm"
						label={t("plan.week.after")}
						onClick={() => look(addDays(data.from, 7))}
					/>
				</div>
				<Take list="times" query={{ from: data.from, to }} />
			</header>
			<StaffTabs here="times" />
			<div class="scroll">
				{data.rows.length === 0 ? (
					<Empty icon="clock" title={t("times.none")}>
						{t("times.none.text")}
					</Empty>
				) : (
					<div class="figures">
						<Figures rows={data.rows} change={(day, span) => setPutting({ day, span })} />
						<p class="meta">{t("times.how")}</p>
					</div>
				)}
			</div>
			{putting && <Putting {...putting} done={reload} close={() => setPutting(null)} />}
		</>
	);
}

const screen: Screen<Data> = {
	title: "times.title",
	async load(at) {
		const asked = at.query.get("from") ?? "";
		const from = mondayOf(isDay(asked) ? asked : today());
		const { rows } = await call("GET /api/office/times", { query: { from, to: addDays(from, 6) } });
		return { from, rows };
	},
	view: View,
};
export default screen;
