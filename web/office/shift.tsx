/* Many visits at once: a storm, a holiday, somebody is sick. Looked at first, done as one, taken back as one. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Shift, ShiftLoad, Technician, VisitLine } from "../shared/api";
import { call, Fault } from "../shared/call";
import { addDays, daysBetween, isDay } from "../shared/days";
import { FormTrouble, SelectField, useForm } from "../shared/form";
import { hm, weekday } from "../shared/format";
import { toast } from "../shared/over";
import type { Place, Screen } from "../shared/router";
import { Avatar, Banner, Button, Empty, Heading, Icon, Pill, Segments } from "../shared/ui";
import { count, t } from "../shared/words";
import { dayIn } from "./plan";
import { CheckField, DayField } from "./record";
import { techName } from "./stops";
import { Table } from "./table";
import { today } from "./technicians";
import "./schedule.css";

interface Data {
	technicians: Technician[];
}

const REASONS = ["storm", "holiday", "sick"] as const;
type Reason = (typeof REASONS)[number];
const BY = ["1", "2", "3", "4", "5", "6", "7", "14", "-1", "-2", "-3"] as const;
const SHOWN = 200;

interface Look {
	shift: Shift;
	visits: Map<string, VisitLine>;
	technicians: Technician[];
}

function View({ data, at }: { data: Data; at: Place }) {
	const from = at.query.get("from") ?? "";
	const tech = at.query.get("tech") ?? "";
	const [reason, setReason] = useState<Reason>(tech ? "sick" : "storm");
	const [look, setLook] = useState<Look | null>(null);
	const [done, setDone] = useState<{ batch: string; moved: number; undone: boolean } | null>(null);
	const [busy, setBusy] = useState(false);
	/* On a phone the answer stands below what was asked. */
	const answer = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (look || done) answer.current?.scrollIntoView({ block: "nearest" });
	}, [look, done]);
	const start = isDay(from) && from >= today() ? from : today();
	const form = useForm({
		initial: {
			from_day: start,
			to_day: start,
			tech_id: tech,
			way: tech ? "tech" : "days",
			by_days: "1",
			to_tech_id: "",
			anyway: "",
		},
		async send(v) {
			const [shift, visits, technicians] = await Promise.all([
				call("POST /api/office/shifts", { body: { ...wish(v), dry: true } }),
				call("GET /api/office/visits", { query: { from: v.from_day, to: v.to_day } }),
				call("GET /api/office/technicians", { query: span(v) }),
			]);
			setDone(null);
			setLook({
				shift,
				visits: new Map(visits.rows.map((x) => [x.id, x])),
				technicians: technicians.rows,
			});
		},
	});
	const v = form.values;
	const choose = (r: Reason) => {
		setReason(r);
		setLook(null);
		form.set("way", r === "sick" ? "tech" : "days");
		if (r !== "sick") form.set("tech_id", "");
	};
	const commit = async () => {
		setBusy(true);
		try {
			const shift = await call("POST /api/office/shifts", { body: { ...wish(v), dry: false } });
			if (shift.batch_id) setDone({ batch: shift.batch_id, moved: shift.moved, undone: false });
			setLook(null);
		} catch (f) {
			if (f instanceof Fault) form.fail("", f.message);
		} finally {
			setBusy(false);
		}
	};
	const undo = async () => {
		if (!done) return;
		setBusy(true);
		try {
			const back = await call("DELETE /api/office/shifts/:id", { id: done.batch });
			setDone({ ...done, undone: true });
			toast(
				back.left > 0
					? t("shift.undone.some", { n: back.undone, left: back.left })
					: t("shift.undone", { n: back.undone }),
			);
		} catch (f) {
			if (f instanceof Fault) form.fail("", f.message);
		} finally {
			setBusy(false);
		}
	};
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("customers.crumbs")}>
					<a href="/schedule">{t("nav.schedule")}</a>
					<span aria-hidden="true">/</span>
				</nav>
				<Heading>{t("shift.title")}</Heading>
			</header>
			<div class="shift">
				<form class="shift__ask stack" onSubmit={form.submit} noValidate>
					<p class="muted">{t("shift.text")}</p>
					<Segments<Reason>
						label={t("shift.reason")}
						value={reason}
						choices={REASONS.map((value) => ({ value, label: t(`shift.${value}`) }))}
						onChange={choose}
					/>
					<FormTrouble form={form} />
					<div class="pair">
						<DayField form={form} name="from_day" label={t("agreement.hold.first")} />
						<DayField form={form} name="to_day" label={t("agreement.hold.last")} />
					</div>
					<SelectField
						form={form}
						name="tech_id"
						label={t("shift.whose")}
						choices={[
							{ value: "", label: t("plan.everybody") },
							...data.technicians.map((x) => ({ value: x.id, label: x.name })),
						]}
					/>
					<Segments
						label={t("shift.where")}
						value={v.way}
						choices={[
							{ value: "days", label: t("shift.to.day") },
							{ value: "tech", label: t("shift.to.tech") },
						]}
						onChange={(way) => form.set("way", way)}
					/>
					{v.way === "days" ? (
						<SelectField
							form={form}
							name="by_days"
							label={t("shift.by")}
							choices={BY.map((n) => ({
								value: n,
								label: count(Number(n) > 0 ? "shift.later" : "shift.earlier", Math.abs(Number(n))),
							}))}
						/>
					) : (
						<SelectField
							form={form}
							name="to_tech_id"
							label={t("shift.to.whom")}
							choices={[
								{ value: "", label: t("shift.choose") },
								...data.technicians
									.filter((x) => x.id !== v.tech_id)
									.map((x) => ({ value: x.id, label: x.name })),
							]}
						/>
					)}
					<CheckField
						form={form}
						name="anyway"
						label={t("shift.anyway")}
						hint={t("shift.anyway.hint")}
					/>
					<div>
						<Button kind={look ? "tint" : "primary"} type="submit" icon="eye" busy={form.busy}>
							{t("shift.look")}
						</Button>
					</div>
				</form>
				<div class="shift__look" ref={answer}>
					{done ? (
						<div class="stack">
							<Banner
								tone={done.undone ? "aqua" : "kelp"}
								icon={done.undone ? "undo" : "done"}
								action={
									!done.undone && (
										<Button size="sm" icon="undo" busy={busy} onClick={() => void undo()}>
											{t("shift.undo")}
										</Button>
									)
								}
							>
								{done.undone ? t("shift.is.undone") : count("shift.done", done.moved)}
							</Banner>
							<div>
								<Button icon="cal" href={`/schedule?day=${v.from_day}`}>
									{t("shift.see")}
								</Button>
							</div>
						</div>
					) : look ? (
						<Preview look={look} busy={busy} commit={() => void commit()} />
					) : (
						<Empty icon="swap" title={t("shift.first")}>
							{t("shift.first.text")}
						</Empty>
					)}
				</div>
			</div>
		</>
	);
}

interface Values {
	from_day: string;
	to_day: string;
	tech_id: string;
	way: string;
	by_days: string;
	to_tech_id: string;
	anyway: string;
}

const wish = (v: Values) => ({
	from_day: v.from_day,
	to_day: v.to_day,
	tech_id: v.tech_id || null,
	by_days: v.way === "days" ? Number(v.by_days) : 0,
	to_tech_id: v.way === "tech" && v.to_tech_id ? v.to_tech_id : null,
	anyway: v.anyway === "yes",
});

/* All the days that have a say: those they leave and those they go to. */
function span(v: Values): { from: string; to: string } {
	const by = v.way === "days" ? Number(v.by_days) : 0;
	const from = by < 0 ? addDays(v.from_day, by) : v.from_day;
	const to = by > 0 ? addDays(v.to_day, by) : v.to_day;
	return { from, to: daysBetween(from, to) < 0 ? from : to };
}

function Preview(p: { look: Look; busy: boolean; commit: () => void }) {
	const { shift, visits, technicians } = p.look;
	const tech = (id: string | null) => technicians.find((x) => x.id === id);
	const changed = shift.loads.filter((l) => l.visits_before !== l.visits_after);
	const stay = shift.rows.filter((r) => !r.moves);
	const rows = [...stay, ...shift.rows.filter((r) => r.moves)];
	if (shift.rows.length === 0)
		return (
			<Empty icon="cal" title={t("shift.nothing")}>
				{t("shift.nothing.text")}
			</Empty>
		);
	return (
		<div class="stack">
			<div class="row row--wrap">
				<h2 class="grow">
					{count("shift.would", shift.moved)}
					{shift.stayed > 0 && ` · ${count("shift.stay", shift.stayed)}`}
				</h2>
				<Button
					kind="primary"
					icon="swap"
					busy={p.busy}
					disabled={shift.moved === 0}
					onClick={p.commit}
				>
					{shift.stayed > 0
						? t("shift.go.some", { n: shift.moved, left: shift.stayed })
						: count("shift.go", shift.moved)}
				</Button>
			</div>
			<section class="stack stack--tight" aria-label={t("shift.hours")}>
				<h3>{t("shift.hours")}</h3>
				<ul class="effects">
					{changed.map((l) => (
						<Effect key={`${l.day}${l.tech_id}`} load={l} tech={tech(l.tech_id)} />
					))}
				</ul>
			</section>
			<section class="stack stack--tight" aria-label={t("shift.visits")}>
				<h3>{t("shift.visits")}</h3>
				<Table
					caption={t("shift.visits")}
					rows={rows.slice(0, SHOWN)}
					keyOf={(r) => r.visit_id}
					columns={[
						{
							head: t("field.name"),
							wide: true,
							cell: (r) => <b class="clip">{visits.get(r.visit_id)?.customer ?? "–"}</b>,
						},
						{
							head: t("shift.from.to"),
							cell: (r) => (
								<span class="row row--wrap">
									<span class="muted">
										{weekday(r.day)}, {techName(tech(r.tech_id))}
									</span>
									{r.moves && (
										<>
											<Icon name="arrow" size="sm" />
											<span>
												{weekday(r.to_day)}, {techName(tech(r.to_tech_id))}
											</span>
										</>
									)}
								</span>
							),
						},
						{
							head: t("shift.why"),
							cell: (r) =>
								r.problem ? (
									<span class="row">
										{!r.moves && <Pill tone="sun">{t("shift.stays")}</Pill>}
										<small>{r.problem}</small>
									</span>
								) : (
									""
								),
						},
					]}
				/>
				{rows.length > SHOWN && <p class="meta">{t("plan.more", { n: rows.length - SHOWN })}</p>}
			</section>
		</div>
	);
}

function Effect(p: { load: ShiftLoad; tech: Technician | undefined }) {
	const { load } = p;
	const day = p.tech && dayIn(p.tech, load.day);
	const hours = day?.said ? day.minutes : null;
	const over = hours !== null && load.minutes_after > hours ? load.minutes_after - hours : 0;
	return (
		<li class={over > 0 ? "effect effect--over" : "effect"}>
			{p.tech ? (
				<Avatar name={p.tech.name} tech={p.tech.colour} />
			) : (
				<span class="avatar" aria-hidden="true">
					<Icon name="userplus" size="sm" />
				</span>
			)}
			<span class="grow">
				<b class="clip">{techName(p.tech)}</b>
				<small class="meta">{weekday(load.day)}</small>
			</span>
			<span class="effect__n">
				{hm(load.minutes_before)} <Icon name="arrow" size="sm" /> <b>{hm(load.minutes_after)}</b>
				{hours !== null && <small class="meta"> {t("shift.of", { hours: hm(hours) })}</small>}
			</span>
			{over > 0 && (
				<Pill tone="coral" icon="alert">
					{t("plan.over", { time: hm(over) })}
				</Pill>
			)}
		</li>
	);
}

const screen: Screen<Data> = {
	title: "shift.title",
	async load() {
		const day = today();
		const { rows } = await call("GET /api/office/technicians", { query: { from: day, to: day } });
		return { technicians: rows };
	},
	view: View,
};
export default screen;
