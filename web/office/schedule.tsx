/* The calendar: the week by person and day, the month by day, and on a phone a list; a panel beside it for one thing. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Service, Technician, VisitLine, VisitLoad } from "../shared/api";
import { call, Fault } from "../shared/call";
import { addDays, addMonths, daysFrom, isDay, mondayOf, monthOf, weekLetter } from "../shared/days";
import { dayPart, dayRange, weekday } from "../shared/format";
import { Dialog } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import { Banner, Button, Empty, Heading, Icon, Kbd, Segments } from "../shared/ui";
import { count, t } from "../shared/words";
import { DayList } from "./daylist";
import { may } from "./me";
import { Month } from "./month";
import { PHONE, TABLET, useNarrow } from "./narrow";
import { NewVisit } from "./newvisit";
import { cellKey, cellOf, counts, matches, type Plan } from "./plan";
import { CellPanel } from "./stops";
import { Take } from "./taken";
import { today } from "./technicians";
import { moveVisit, VisitPanel } from "./visit";
import { UNFOLDED_MAX, Week } from "./week";
import "./schedule.css";

interface Data {
	plan: Plan;
	loads: VisitLoad[];
	services: Service[];
}

const VIEWS = ["week", "month"] as const;
type View = (typeof VIEWS)[number];
const MONTH_DAYS = 42;

/* Whether somebody wants to see the stops or only the hours is theirs, and stays. */
const STOPS = "poolhouse.plan.rows";
const keptStops = (): boolean | null => {
	const kept = localStorage.getItem(STOPS);
	return kept === null ? null : kept === "stops";
};

const asked = (at: Place) => {
	const day = at.query.get("day") ?? "";
	return {
		view: (at.query.get("view") === "month" ? "month" : "week") as View,
		day: isDay(day) ? day : today(),
		tech: at.query.get("tech") ?? "",
		service: at.query.get("service") ?? "",
		q: at.query.get("q") ?? "",
		visit: at.query.get("visit") ?? "",
		cell: at.query.get("cell") ?? "",
		make: at.query.get("new") ?? "",
		whose: at.query.get("for") ?? "",
	};
};
type Asked = ReturnType<typeof asked>;

function written(a: Asked): string {
	const to = new URLSearchParams();
	if (a.view === "month") to.set("view", a.view);
	if (a.day !== today()) to.set("day", a.day);
	for (const name of ["tech", "service", "q", "visit", "cell"] as const)
		if (a[name]) to.set(name, a[name]);
	if (a.make) to.set("new", a.make);
	if (a.make && a.whose) to.set("for", a.whose);
	return to.size ? `/schedule?${to}` : "/schedule";
}

const firstOf = (a: Asked) => mondayOf(a.view === "month" ? monthOf(a.day) : a.day);

interface Asking {
	visit: VisitLine;
	day: string;
	tech: string | null;
}

function Screen_({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const now = asked(at);
	const narrow = useNarrow(PHONE);
	const tight = useNarrow(TABLET);
	const { plan } = data;
	const [typed, setTyped] = useState(now.q);
	const [asking, setAsking] = useState<Asking | null>(null);
	const [fault, setFault] = useState("");
	const [stops, setStops] = useState(keptStops);
	const ask = (change: Partial<Asked>, replace = true) =>
		go(written({ ...now, visit: "", cell: "", make: "", whose: "", ...change }), replace);
	const visits = plan.visits.filter(
		(v) => (!now.tech || v.tech_id === now.tech) && matches(v, now.q, now.service),
	);
	const filtered = Boolean(now.q || now.service || now.tech);
	const visit = plan.visits.find((v) => v.id === now.visit);
	const cell = now.cell ? cellOf(now.cell) : null;
	const step = (by: number) =>
		ask({
			day: now.view === "month" ? addMonths(now.day, by) : addDays(now.day, 7 * by),
		});
	// Waits for the typing to pause
	useEffect(() => {
		if (typed === now.q) return;
		const timer = setTimeout(() => ask({ q: typed }), 200);
		return () => clearTimeout(timer);
	}, [typed]);
	useKeys({
		n: () => may("dispatch") && ask({ make: cellKey(now.day, now.tech || null) }, false),
		t: () => ask({ day: today() }),
		"[": () => step(-1),
		"]": () => step(1),
	});
	/* Somebody else may have moved something while this tab was away. */
	useEffect(() => {
		const back = () => document.visibilityState === "visible" && void reload();
		document.addEventListener("visibilitychange", back);
		return () => document.removeEventListener("visibilitychange", back);
	}, [reload]);

	const open = (v: VisitLine) => ask({ visit: v.id });
	const close = () => ask({});
	const move = (v: VisitLine, day: string, tech: string | null) => {
		if (v.agreement_id) return setAsking({ visit: v, day, tech });
		void moveVisit(v, { day, tech_id: tech, for_good: false }, reload).catch((f) => {
			if (!(f instanceof Fault)) throw f;
			setAsking({ visit: v, day, tech });
		});
	};
	const panel = visit ? (
		<VisitPanel
			key={`${visit.id}-${visit.version}`}
			visit={visit}
			technicians={plan.technicians}
			close={close}
			changed={reload}
		/>
	) : cell && isDay(cell.day) ? (
		<CellPanel
			key={now.cell}
			day={cell.day}
			tech={plan.technicians.find((x) => x.id === cell.tech)}
			visits={visits.filter((v) => v.day === cell.day && v.tech_id === cell.tech)}
			acts={{
				open,
				drag: () => {},
				held: "",
				dragging: "",
				selected: "",
				hold: open,
			}}
			close={close}
			make={() => ask({ make: now.cell })}
		/>
	) : now.make && may("dispatch") ? (
		<NewVisit
			day={cellOf(now.make).day}
			tech={cellOf(now.make).tech}
			whose={now.whose}
			services={data.services}
			technicians={plan.technicians}
			close={close}
			changed={reload}
		/>
	) : null;
	/* Until somebody chooses, what can be read at a glance: a big week by its hours. */
	const unfolded = stops ?? (visits.length <= UNFOLDED_MAX || filtered);
	const empty = plan.visits.length === 0 && data.loads.length === 0 && !filtered;
	return (
		<>
			<header class="bar bar--plan">
				<div class="row">
					<Button
						icon="left"
						size="sm"
						label={t(now.view === "month" ? "plan.month.before" : "plan.week.before")}
						onClick={() => step(-1)}
					/>
					<Button size="sm" onClick={() => ask({ day: today() })}>
						{t("plan.today.go")}
					</Button>
					<Button
						icon="right"
						size="sm"
						label={t(now.view === "month" ? "plan.month.after" : "plan.week.after")}
						onClick={() => step(1)}
					/>
				</div>
				<Heading>{titleOf(now)}</Heading>
				<span class="bar__sub">
					{count(
						"plan.stops",
						now.view === "month"
							? data.loads
									.filter((l) => monthOf(l.day) === monthOf(now.day))
									.filter((l) => !now.tech || l.tech_id === now.tech)
									.reduce((n, l) => n + l.visits, 0)
							: visits.filter(counts).length,
					)}
					{now.view === "week" && ` · ${t("plan.week.letter", { letter: weekLetter(now.day) })}`}
				</span>
				<span class="push" />
				<Segments<View>
					label={t("plan.view")}
					value={now.view}
					choices={VIEWS.map((value) => ({ value, label: t(`plan.view.${value}`) }))}
					onChange={(view) => ask({ view })}
				/>
				<Take
					list="visits"
					query={{ from: plan.days[0] ?? now.day, to: plan.days.at(-1) ?? now.day }}
				/>
				{may("dispatch") && (
					<>
						<Button
							icon="swap"
							label={tight ? t("shift.title") : undefined}
							href={`/schedule/shift?from=${now.day}&to=${now.day}`}
						>
							{!tight && t("shift.title")}
						</Button>
						<Button
							kind="primary"
							icon="plus"
							label={narrow ? t("plan.new") : undefined}
							onClick={() => ask({ make: cellKey(now.day, now.tech || null) }, false)}
						>
							{!narrow && t("plan.new")}
						</Button>
					</>
				)}
			</header>
			<Tools now={now} data={data} typed={typed} setTyped={setTyped} ask={ask}>
				{!narrow && now.view === "week" && (
					<Segments
						label={t("plan.rows")}
						value={unfolded ? "stops" : "hours"}
						choices={[
							{ value: "hours", label: t("plan.rows.hours") },
							{ value: "stops", label: t("plan.rows.stops") },
						]}
						onChange={(v) => {
							localStorage.setItem(STOPS, v);
							setStops(v === "stops");
						}}
					/>
				)}
			</Tools>
			{fault && (
				<div class="notice">
					<Banner tone="coral" alert>
						{fault}
					</Banner>
				</div>
			)}
			<div class={panel ? "split split--open" : "split"}>
				{empty ? (
					<div class="scroll">
						<Empty
							icon="cal"
							title={t("plan.empty")}
							action={
								<div class="row row--wrap">
									<Button icon="right" onClick={() => step(1)}>
										{t("plan.week.after")}
									</Button>
									{may("see_customers") && (
										<Button kind="primary" icon="people" href="/customers">
											{t("plan.empty.go")}
										</Button>
									)}
								</div>
							}
						>
							{t("plan.empty.text")}
						</Empty>
					</div>
				) : now.view === "month" ? (
					<Month
						month={monthOf(now.day)}
						days={plan.days}
						loads={data.loads}
						technicians={plan.technicians}
						visits={now.tech ? visits : null}
						selected={now.visit}
						open={open}
						openDay={(day) =>
							ask({ view: "week", day, cell: now.tech ? cellKey(day, now.tech) : "" }, false)
						}
						move={move}
					/>
				) : narrow ? (
					panel ? null : (
						<div class="phoneplan">
							<DayList
								plan={plan}
								visits={visits}
								day={now.day}
								choose={(day) => ask({ day })}
								open={open}
							/>
						</div>
					)
				) : (
					<Week
						stops={unfolded}
						plan={
							now.tech
								? { ...plan, technicians: plan.technicians.filter((x) => x.id === now.tech) }
								: plan
						}
						visits={visits}
						selected={now.visit}
						cell={now.cell}
						open={open}
						openCell={(key) =>
							ask(
								key.endsWith(":") &&
									!visits.some((v) => cellKey(v.day, v.tech_id) === key) &&
									may("dispatch")
									? { make: key }
									: { cell: key },
							)
						}
						move={move}
					/>
				)}
				{panel}
			</div>
			{!narrow && (
				<footer class="keyrow no-print" aria-hidden="true">
					<span class="keyrow__bar">
						<i /> {t("plan.legend.stops")}
					</span>
					<span class="keyrow__bar keyrow__bar--over">
						<i /> {t("plan.legend.over")}
					</span>
					<span>
						<Kbd>↑</Kbd>
						<Kbd>↓</Kbd>
						<Kbd>←</Kbd>
						<Kbd>→</Kbd> {t("plan.key.walk")}
					</span>
					<span>
						<Kbd>M</Kbd> {t("plan.key.move")}
					</span>
					<span>
						<Kbd>N</Kbd> {t("plan.new")}
					</span>
					<span>
						<Kbd>[</Kbd>
						<Kbd>]</Kbd> {t(now.view === "month" ? "plan.key.month" : "plan.key.week")}
					</span>
				</footer>
			)}
			{asking && (
				<Ask
					asking={asking}
					technicians={plan.technicians}
					close={() => setAsking(null)}
					changed={reload}
					fail={setFault}
				/>
			)}
		</>
	);
}

const titleOf = (now: Asked) =>
	now.view === "month"
		? dayPart(now.day, { month: "long", year: "numeric" })
		: dayRange(firstOf(now), addDays(firstOf(now), 6));

function Tools(p: {
	now: Asked;
	data: Data;
	typed: string;
	setTyped: (q: string) => void;
	ask: (change: Partial<Asked>) => void;
	children: ComponentChildren;
}) {
	const { now, data } = p;
	const used = new Set(data.plan.visits.map((v) => v.service_id));
	const services = data.services.filter((s) => used.has(s.id) || s.id === now.service);
	return (
		<div class="tools tools--plan no-print">
			{now.view === "week" && (
				<div class="with tools__find">
					<Icon name="search" />
					<input
						class="input"
						type="search"
						aria-label={t("plan.find")}
						placeholder={t("plan.find")}
						value={p.typed}
						onInput={(e) => p.setTyped(e.currentTarget.value)}
					/>
				</div>
			)}
			<select
				class="select tools__pick"
				aria-label={t("agreement.tech")}
				value={now.tech}
				onChange={(e) => p.ask({ tech: e.currentTarget.value })}
			>
				<option value="">{t("plan.everybody")}</option>
				{data.plan.technicians.map((x) => (
					<option key={x.id} value={x.id} selected={x.id === now.tech}>
						{x.name}
					</option>
				))}
			</select>
			{now.view === "week" && services.length > 1 && (
				<select
					class="select tools__pick"
					aria-label={t("agreement.service")}
					value={now.service}
					onChange={(e) => p.ask({ service: e.currentTarget.value })}
				>
					<option value="">{t("plan.every.service")}</option>
					{services.map((s) => (
						<option key={s.id} value={s.id} selected={s.id === now.service}>
							{s.name}
						</option>
					))}
				</select>
			)}
			{(now.q || now.service || now.tech) && (
				<Button
					kind="quiet"
					size="sm"
					icon="x"
					onClick={() => {
						p.setTyped("");
						p.ask({ q: "", service: "", tech: "" });
					}}
				>
					{t("customers.clear")}
				</Button>
			)}
			<span class="push" />
			{p.children}
			<Button kind="quiet" size="sm" icon="print" onClick={() => print()}>
				{t("plan.print")}
			</Button>
		</div>
	);
}

/* Once, or from now on; and what stands against it, with the way past it. */
function Ask(p: {
	asking: Asking;
	technicians: Technician[];
	close: () => void;
	changed: () => Promise<void>;
	fail: (why: string) => void;
}) {
	const { visit, day, tech } = p.asking;
	const [why, setWhy] = useState("");
	const [soft, setSoft] = useState(true);
	const [busy, setBusy] = useState(false);
	const name = p.technicians.find((x) => x.id === tech)?.name ?? t("visit.nobody");
	const send = async (for_good: boolean) => {
		setBusy(true);
		try {
			await moveVisit(
				visit,
				{ day, tech_id: tech, for_good, anyway: why !== "" && soft },
				p.changed,
			);
			p.close();
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			setSoft(f.code === "invalid" && ["day", "tech_id"].includes(f.field) && why === "");
			setWhy(f.message);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Dialog
			title={t("plan.ask", { name: visit.customer })}
			onClose={p.close}
			foot={
				<>
					<Button kind="quiet" onClick={p.close}>
						{t("act.cancel")}
					</Button>
					{visit.agreement_id && (
						<Button busy={busy} onClick={() => void send(true)}>
							{t("visit.good")}
						</Button>
					)}
					<Button kind="primary" autofocus busy={busy} onClick={() => void send(false)}>
						{t("visit.once")}
					</Button>
				</>
			}
		>
			<p class="row row--wrap">
				<span class="muted">{weekday(visit.day)}</span>
				<Icon name="arrow" />
				<b>{weekday(day)}</b>
				<span>· {name}</span>
			</p>
			{why && (
				<Banner tone="sun" alert>
					{soft ? t("plan.ask.anyway", { why }) : why}
				</Banner>
			)}
		</Dialog>
	);
}

/* Single keys, while nobody types and nothing floats. */
function useKeys(keys: Record<string, () => unknown>) {
	const now = useRef(keys);
	now.current = keys;
	useEffect(() => {
		const on = (e: KeyboardEvent) => {
			if (e.metaKey || e.ctrlKey || e.altKey || document.querySelector("dialog[open]")) return;
			if ((e.target as Element).closest?.("input, select, textarea, [contenteditable]")) return;
			const act = now.current[e.key];
			if (!act) return;
			e.preventDefault();
			act();
		};
		addEventListener("keydown", on);
		return () => removeEventListener("keydown", on);
	}, []);
}

const screen: Screen<Data> = {
	title: "nav.schedule",
	key: (at) => {
		const a = asked(at);
		return `${a.view} ${firstOf(a)} ${a.view === "month" ? a.tech : ""}`;
	},
	async load(at) {
		const a = asked(at);
		const from = firstOf(a);
		const days = daysFrom(from, a.view === "month" ? MONTH_DAYS : 7);
		const to = days.at(-1) as string;
		const whole = a.view === "week" || a.tech !== "";
		const [visits, loads, technicians, services] = await Promise.all([
			whole
				? call("GET /api/office/visits", {
						query: { from, to, tech: a.view === "month" ? a.tech : null },
					})
				: { rows: [] },
			a.view === "month"
				? call("GET /api/office/visit-loads", { query: { from, to } })
				: { rows: [] },
			call("GET /api/office/technicians", { query: { from, to } }),
			may("see_customers") ? call("GET /api/office/services") : { rows: [] },
		]);
		return {
			plan: { from, days, visits: visits.rows, technicians: technicians.rows },
			loads: loads.rows,
			services: services.rows,
		};
	},
	view: Screen_,
};
export default screen;
