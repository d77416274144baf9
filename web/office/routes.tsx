/*
 * Route plan: say what matters, see what it costs, take it change by change. Nobody is moved before "Review and publish".
 *
 * The address holds what is looked at: ?plan=<id>, or ?kind=day|week&day=<date> of a plan to be made.
 */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type {
	RoutePlan,
	RoutePlanPage,
	RouteSettings,
	RouteStop,
	RouteWish,
	TechnicianPage,
} from "../shared/api";
import { call, Fault } from "../shared/call";
import { ago, dayLater, dayOf, distance, money, span, weekdayOf } from "../shared/format";
import { Dialog, toast } from "../shared/over";
import { go, type Screen, type ScreenProps } from "../shared/router";
import {
	Badge,
	Banner,
	Button,
	Empty,
	FaultNote,
	Heading,
	Icon,
	Segments,
	Skeleton,
	Trouble,
} from "../shared/ui";
import { t } from "../shared/words";
import { may } from "./me";
import { changes, dayNames, daysOf, open, signed, techName, type View, waiting } from "./routedata";
import { Changes, Gain, Loads, Notes, Wishes } from "./routeparts";
import { say, sayCount } from "./routewords";
import { Take } from "./taken";
import "./offers.css";
import "./routes.css";

interface Data {
	plans: RoutePlanPage;
	settings: RouteSettings;
	techs: TechnicianPage;
	plan: RoutePlan | null;
}

const WISH = "routes.wish";
const POLL_MS = 700;
const SETTLE_MS = 700;

function nextMonday(today: string): string {
	let d = dayLater(today, 1);
	while (new Date(`${d}T00:00:00Z`).getUTCDay() !== 1) d = dayLater(d, 1);
	return d;
}
const usual = (kind: "day" | "week", day: string): RouteWish => ({
	kind,
	from_day: day,
	tech_id: null,
	same_tech: kind === "day" ? 1 : 3,
	same_day: kind === "day" ? 0 : 3,
	liked_days: kind === "day" ? 0 : 3,
	even: 2,
	room_minutes: 0,
	scratch: false,
	locked: [],
	seconds: null,
});

async function load(at: { query: URLSearchParams }): Promise<Data> {
	const id = at.query.get("plan");
	const settings = await call("GET /api/office/route-settings");
	const { today } = settings;
	const [plans, techs, plan] = await Promise.all([
		call("GET /api/office/route-plans"),
		call("GET /api/office/technicians", { query: { from: today, to: today } }),
		id ? call("GET /api/office/route-plans/:id", { id }) : null,
	]);
	return { plans, settings, techs, plan };
}

/* ---- before there is a plan ---- */

function Ask(p: { data: Data; at: URLSearchParams }) {
	const kind = p.at.get("kind") === "week" ? "week" : "day";
	const { today } = p.data.settings;
	const first = p.at.get("day") ?? (kind === "week" ? nextMonday(today) : today);
	const [wish, setWish] = useState<RouteWish>(() => {
		const kept = sessionStorage.getItem(WISH);
		const before = kept ? (JSON.parse(kept) as RouteWish) : null;
		return before && before.kind === kind
			? { ...before, from_day: first, tech_id: null }
			: usual(kind, first);
	});
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const choose = (to: "day" | "week") => go(`/routes?kind=${to}`, true);
	useEffect(() => {
		if (wish.kind !== kind) setWish(usual(kind, first));
	}, [kind]);
	const start = async () => {
		setBusy(true);
		setFault("");
		try {
			sessionStorage.setItem(WISH, JSON.stringify(wish));
			const made = await call("POST /api/office/route-plans", { body: wish });
			go(`/routes?plan=${made.id}`);
		} catch (f) {
			setFault(f instanceof Fault ? f.message : String(f));
			setBusy(false);
		}
	};
	return (
		<>
			<header class="bar">
				<Heading>{say("routes.title")}</Heading>
				<span class="push" />
				<Segments
					label={say("routes.kind")}
					value={kind}
					choices={[
						{ value: "day", label: say("routes.kind.day") },
						{ value: "week", label: say("routes.kind.week") },
					]}
					onChange={choose}
				/>
				<Button href="/routes/miles" icon="truck">
					{say("routes.miles")}
				</Button>
			</header>
			<div class="scroll">
				<div class="ask">
					<form
						class="card ask__form"
						onSubmit={(e) => {
							e.preventDefault();
							void start();
						}}
					>
						<div class="card__body stack stack--loose">
							<div>
								<h2>{say(kind === "day" ? "routes.ask.day" : "routes.ask.week")}</h2>
								<p class="muted">
									{say(kind === "day" ? "routes.ask.day.text" : "routes.ask.week.text")}
								</p>
							</div>
							<FaultNote text={fault} />
							<div class="pair">
								<label class="field">
									<span class="field__label">
										{say(kind === "day" ? "routes.day" : "routes.from")}
									</span>
									<input
										class="input"
										type="date"
										required
										min={kind === "day" ? today : dayLater(today, 1)}
										max={dayLater(today, 92)}
										value={wish.from_day}
										onInput={(e) => setWish({ ...wish, from_day: e.currentTarget.value })}
									/>
								</label>
								{kind === "day" && (
									<label class="field">
										<span class="field__label">{say("routes.whose")}</span>
										<select
											class="select"
											value={wish.tech_id ?? ""}
											onChange={(e) => setWish({ ...wish, tech_id: e.currentTarget.value || null })}
										>
											<option value="">{say("routes.whose.all")}</option>
											{p.data.techs.rows.map((x) => (
												<option key={x.id} value={x.id}>
													{x.name}
												</option>
											))}
										</select>
									</label>
								)}
							</div>
							<Wishes wish={wish} onChange={setWish} />
							<div class="row">
								<Button kind="primary" type="submit" icon="bolt" busy={busy}>
									{say(kind === "day" ? "routes.plan.day" : "routes.plan.week")}
								</Button>
								<span class="meta">{say("routes.promise")}</span>
							</div>
						</div>
					</form>
					<section class="card ask__plans" aria-label={say("routes.recent")}>
						<div class="card__head">
							<h2 class="grow">{say("routes.recent")}</h2>
							{p.data.plans.rows.length > 0 && <Take small list="route-plans" />}
						</div>
						{p.data.plans.rows.length === 0 ? (
							<p class="card__body muted">{say("routes.recent.none")}</p>
						) : (
							<ul class="lines">
								{p.data.plans.rows.map((r) => (
									<li key={r.id}>
										<a class="planline" href={`/routes?plan=${r.id}`}>
											<Icon name={r.kind === "week" ? "cal" : "nav"} />
											<span class="planline__what">
												<b>
													{r.kind === "week"
														? say("routes.week.from", { day: dayOf(r.from_day) })
														: `${weekdayOf(r.from_day)} ${dayOf(r.from_day)}`}
												</b>
												<small>{[r.by, ago(r.made_at)].filter(Boolean).join(" · ")}</small>
											</span>
											<span class={r.saves_m > 0 ? "planline__gain planline__gain--good" : "planline__gain"}>
												{r.saves_m !== 0 &&
													signed(-r.saves_m, distance(-r.saves_m, p.data.settings.units))}
											</span>
											<Badge
												tone={r.state === "applied" ? "kelp" : r.state === "ready" ? "teal" : "off"}
											>
												{say(`routes.state.${r.state}`)}
											</Badge>
										</a>
									</li>
								))}
							</ul>
						)}
					</section>
				</div>
			</div>
		</>
	);
}

/* ---- while it is searched ---- */

function Searching(p: { plan: RoutePlan; act: (work: () => Promise<unknown>) => void }) {
	const { plan } = p;
	const better = plan.start_s - plan.best_s;
	return (
		<div class="searching" role="status">
			<Icon name="bolt" size="xl" />
			<b>
				{say(
					plan.state === "searching"
						? "routes.searching"
						: `routes.${plan.state === "applying" ? "applying" : "undoing"}`,
				)}
			</b>
			<progress class="progress" max={1000} value={plan.share} aria-label={say("routes.share")} />
			{plan.state === "searching" && plan.tries > 0 && (
				<p class="muted">
					{say("routes.best", { n: span(plan.best_s), was: span(plan.start_s) })}
					{better > 0 && <b class="good"> {span(-better)}</b>}
				</p>
			)}
			{plan.state === "searching" && (
				<div class="row">
					<Button
						disabled={plan.tries === 0}
						onClick={() =>
							p.act(() => call("POST /api/office/route-plans/:id/endings", { id: plan.id }))
						}
					>
						{say("routes.enough")}
					</Button>
					<Button
						kind="quiet"
						onClick={() => p.act(() => call("DELETE /api/office/route-plans/:id", { id: plan.id }))}
					>
						{say("routes.giveup")}
					</Button>
				</div>
			)}
		</div>
	);
}

/* ---- the map arrives when it is looked at ---- */

type MapProps = Parameters<typeof import("./routemap").RouteMap>[0];
function LazyMap(p: MapProps) {
	const [view, set] = useState<{ view: typeof import("./routemap").RouteMap } | null>(null);
	useEffect(() => {
		void import("./routemap").then((m) => set({ view: m.RouteMap }));
	}, []);
	return view ? <view.view {...p} /> : <Skeleton lines={3} />;
}

/* ---- a plan ---- */

/* How far it is now, with the stops that were there before. */
const further = (old: RoutePlan, now: RoutePlan): RoutePlan => ({
	...now,
	stops: old.stops,
	techs: old.techs,
	loads: old.loads,
	days: old.days,
});

function Review(p: {
	plan: RoutePlan;
	settings: RouteSettings;
	close: () => void;
	publish: () => Promise<void>;
}) {
	const { plan } = p;
	const [busy, setBusy] = useState(false);
	const going = changes(plan).filter((s) => s.state === "change");
	const more = {
		metres: plan.after.metres - plan.before.metres,
		drive_s: plan.after.drive_s - plan.before.drive_s,
		fuel_cents: plan.after.fuel_cents - plan.before.fuel_cents,
	};
	const people = going.filter((s) => s.was_tech !== s.to_tech).length;
	const days = going.filter((s) => s.was_days !== s.to_days).length;
	const week = plan.wish.kind === "week";
	return (
		<Dialog
			title={say(week ? "routes.review.week" : "routes.review.day", {
				day: dayOf(plan.wish.from_day),
			})}
			onClose={p.close}
			foot={
				<>
					<Button kind="quiet" onClick={p.close}>
						{t("act.cancel")}
					</Button>
					<Button
						kind="primary"
						busy={busy}
						autofocus
						onClick={() => {
							setBusy(true);
							void p.publish().finally(() => setBusy(false));
						}}
					>
						{week ? say("routes.publish.week", { n: going.length }) : say("routes.publish.day")}
					</Button>
				</>
			}
		>
			<div class="stack">
				<ul class="review">
					<li>{sayCount("routes.review.people", people)}</li>
					{week && <li>{sayCount("routes.review.days", days)}</li>}
					<li>
						{say("routes.review.gain", {
							m: signed(more.metres, distance(more.metres, p.settings.units)),
							s: signed(more.drive_s, span(more.drive_s)),
							c: signed(more.fuel_cents, money(more.fuel_cents, p.settings.currency)),
						})}
					</li>
				</ul>
				<p class="muted">{say(week ? "routes.review.text.week" : "routes.review.text.day")}</p>
			</div>
		</Dialog>
	);
}

function Plan(p: { first: RoutePlan; data: Data; reload: () => Promise<void> }) {
	const [plan, setPlan] = useState(p.first);
	const [view, setView] = useState<View>("after");
	const [day, setDay] = useState<number | null>(p.first.wish.kind === "day" ? 0 : null);
	const [tech, setTech] = useState<string | null>(null);
	const [lit, setLit] = useState<string | null>(null);
	const [review, setReview] = useState(false);
	const [fault, setFault] = useState("");
	const [wish, setWish] = useState(p.first.wish);
	const [wishing, setWishing] = useState(false);
	const [refused, setRefused] = useState(
		() => new Set(p.first.stops.filter((s) => s.state === "refused").map((s) => s.record_id)),
	);
	const timer = useRef(0);
	const settings = p.data.settings;

	const fresh = async () => {
		const now = await call("GET /api/office/route-plans/:id", { id: plan.id });
		setPlan(now);
		setRefused(new Set(now.stops.filter((s) => s.state === "refused").map((s) => s.record_id)));
		return now;
	};
	/* Whoever waits asks for the state only; the stops come when it is another. */
	useEffect(() => {
		if (!waiting(plan)) return;
		const poll = window.setTimeout(() => {
			call("GET /api/office/route-plans/:id/state", { id: plan.id })
				.then((now) => {
					if (now.state !== plan.state) return fresh();
					return void setPlan((old) => further(old, now));
				})
				.then(() => setFault(""))
				.catch((f) => {
					/* Said, and asked again: the work goes on whether or not one answer came. */
					setFault(f instanceof Fault ? f.message : String(f));
					setPlan((old) => ({ ...old }));
				});
		}, POLL_MS);
		return () => clearTimeout(poll);
	}, [plan]);
	useEffect(() => () => clearTimeout(timer.current), []);

	const act = (work: () => Promise<unknown>) => {
		setFault("");
		void work()
			.then(fresh)
			.catch((f) => setFault(f instanceof Fault ? f.message : String(f)));
	};
	const toggle = (id: string, on: boolean) => {
		const next = new Set(refused);
		if (on) next.delete(id);
		else next.add(id);
		setRefused(next);
		clearTimeout(timer.current);
		timer.current = window.setTimeout(() => {
			call("PUT /api/office/route-plans/:id/refusals", {
				id: plan.id,
				body: { stops: [...next].map((r) => ({ id: r })), version: plan.version },
			})
				.then((now) => setPlan((old) => further(old, now)))
				.catch(async (f) => {
					setFault(f instanceof Fault ? f.message : String(f));
					await fresh();
				});
		}, SETTLE_MS);
	};
	const again = async (over: Partial<RouteWish> = {}) => {
		setFault("");
		try {
			const next = { ...wish, ...over };
			sessionStorage.setItem(WISH, JSON.stringify(next));
			if (open(plan)) await call("DELETE /api/office/route-plans/:id", { id: plan.id });
			const made = await call("POST /api/office/route-plans", { body: next });
			go(`/routes?plan=${made.id}`, true);
		} catch (f) {
			setFault(f instanceof Fault ? f.message : String(f));
		}
	};
	const undo = () =>
		act(() => call("DELETE /api/office/route-plans/:id/publications", { id: plan.id }));
	const publish = async () => {
		try {
			const now = await call("POST /api/office/route-plans/:id/publications", {
				id: plan.id,
				body: { version: plan.version },
			});
			setPlan(now);
			setReview(false);
			if (now.state === "applied") toast(say("routes.published"), undo);
		} catch (f) {
			setReview(false);
			setFault(f instanceof Fault ? f.message : String(f));
		}
	};
	const lock = (s: RouteStop) => {
		const locked = [...wish.locked, { id: s.customer_id }];
		void again({ locked });
		toast(say("routes.locked", { name: s.customer }));
	};

	const week = plan.wish.kind === "week";
	const days = useMemo(() => daysOf(plan), [plan.loads]);
	const all = changes(plan);
	const takenNow = all.length - all.filter((s) => refused.has(s.record_id)).length;
	const may_ = may("plan_routes");
	const first = plan.stops.length === 0 && waiting(plan);
	const stale = fault !== "" && plan.state === "ready";

	return (
		<>
			<header class="bar">
				<div class="crumbs">
					<a href="/routes">{say("routes.title")}</a>
					<Icon name="right" size="sm" />
					<Heading>
						{week
							? say("routes.week.from", { day: dayOf(plan.wish.from_day) })
							: `${weekdayOf(plan.wish.from_day, "long")}, ${dayOf(plan.wish.from_day)}`}
					</Heading>
				</div>
				<Badge tone={plan.state === "applied" ? "kelp" : plan.state === "ready" ? "teal" : "off"}>
					{say(`routes.state.${plan.state}`)}
				</Badge>
				<span class="push" />
				{week && days.length > 0 && (
					<div class="segments dayseg" role="group" aria-label={say("routes.days")}>
						<button type="button" aria-pressed={day === null} onClick={() => setDay(null)}>
							{say("routes.days.all")}
						</button>
						{days.map((d) => (
							<button
								type="button"
								key={d}
								aria-pressed={day === d}
								title={`${weekdayOf(dayLater(plan.monday, d), "long")}${plan.days > 7 ? (d < 7 ? " A" : " B") : ""}`}
								onClick={() => setDay(d)}
							>
								{dayNames({ ...plan, days: 7 }, 1 << (d % 7)).slice(0, plan.days > 7 ? 2 : 9)}
								{plan.days > 7 && <small>{d < 7 ? "A" : "B"}</small>}
							</button>
						))}
					</div>
				)}
				<span class="plan-over">
					<Button icon="refresh" href={`/routes?kind=${plan.wish.kind}&day=${plan.wish.from_day}`}>
						{say("routes.over.again")}
					</Button>
				</span>
			</header>
			<div class="plan">
				<div class={wishing ? "plan__left plan__left--open" : "plan__left"}>
					<button
						type="button"
						class="plan__fold"
						aria-expanded={wishing}
						onClick={() => setWishing(!wishing)}
					>
						<Icon name="filter" />
						{say("routes.matters")}
						<Icon name={wishing ? "up" : "down"} size="sm" />
					</button>
					<div class="plan__wishes">
						<h2>{say("routes.matters")}</h2>
						<Wishes wish={wish} onChange={setWish} />
						<Button
							icon="bolt"
							block
							disabled={!may_ || plan.state === "applying" || plan.state === "undoing"}
							onClick={() => void again()}
						>
							{say("routes.again")}
						</Button>
						{plan.wish.locked.length > 0 && (
							<p class="meta">
								<Icon name="lock" size="sm" /> {sayCount("routes.locks", plan.wish.locked.length)}
							</p>
						)}
						{plan.tries > 0 && plan.state !== "searching" && (
							<Banner tone="aqua" icon="bolt">
								{say("routes.found", {
									s: (plan.spent_ms / 1000).toFixed(1),
									n: plan.tries.toLocaleString(),
								})}{" "}
								{plan.left_out + plan.after.late_stops + plan.after.overtime_s === 0 &&
									say("routes.found.clean")}
							</Banner>
						)}
						<Notes plan={plan} />
					</div>
				</div>
				<div class="plan__mid">
					<div class="plan__map">
						<div class="plan__views">
							<Segments
								label={say("routes.view")}
								value={view}
								choices={[
									{ value: "before", label: say("routes.view.before") },
									{ value: "after", label: say("routes.view.after") },
									{ value: "changes", label: say("routes.view.changes") },
								]}
								onChange={setView}
							/>
						</div>
						<LazyMap
							plan={plan}
							settings={settings}
							view={view}
							day={day}
							tech={tech}
							lit={lit}
							onStop={(s) => setLit(s.record_id === lit ? null : s.record_id)}
						/>
						{waiting(plan) && <Searching plan={plan} act={act} />}
					</div>
					{!first && <Loads plan={plan} day={day} tech={tech} onTech={setTech} onDay={setDay} />}
				</div>
				<div class="plan__right">
					{fault && (
						<Banner
							tone="coral"
							alert
							action={
								stale ? (
									<Button size="sm" onClick={() => void again()}>
										{say("routes.again")}
									</Button>
								) : null
							}
						>
							{fault}
						</Banner>
					)}
					{plan.state === "cancelled" && (
						<Banner
							tone="sun"
							action={
								<Button size="sm" onClick={() => void again()}>
									{say("routes.again")}
								</Button>
							}
						>
							{plan.problem || say("routes.cancelled")}
						</Banner>
					)}
					{plan.state === "applied" && (
						<Banner
							tone="kelp"
							action={
								may_ && (
									<Button size="sm" icon="undo" onClick={undo}>
										{t("act.undo")}
									</Button>
								)
							}
						>
							{say("routes.published")}
							{plan.failed > 0 && ` ${sayCount("routes.stayed", plan.failed)}`}
						</Banner>
					)}
					{plan.state === "undone" && (
						<Banner tone="aqua" icon="undo">
							{say("routes.undone")}
							{plan.failed > 0 && ` ${sayCount("routes.kept", plan.failed)}`}
						</Banner>
					)}
					{first ? (
						<Skeleton />
					) : (
						<>
							<Gain plan={plan} settings={settings} />
							<Changes
								plan={plan}
								settings={settings}
								refused={refused}
								lit={lit}
								onLit={setLit}
								{...(open(plan) && may_ ? { onToggle: toggle, onLock: lock } : {})}
							/>
						</>
					)}
					{plan.state === "ready" && may_ && (
						<div class="plan__foot">
							<span class="meta">
								<b>{say("routes.taken", { n: takenNow, all: all.length })}</b>
								<br />
								{say(week ? "routes.holds.week" : "routes.holds.day", {
									day: `${weekdayOf(plan.wish.from_day)} ${dayOf(plan.wish.from_day)}`,
								})}
							</span>
							<span class="push" />
							<Button href="/routes">{say("routes.draft")}</Button>
							<Button kind="primary" onClick={() => setReview(true)}>
								{say("routes.review")}
							</Button>
						</div>
					)}
				</div>
			</div>
			{review && (
				<Review plan={plan} settings={settings} close={() => setReview(false)} publish={publish} />
			)}
			{/* The name of who is meant, for whoever does not see colours. */}
			<p class="unseen" aria-live="polite">
				{tech ? techName(plan, tech) : ""}
			</p>
		</>
	);
}

function Routes({ data, at, reload }: ScreenProps<Data>) {
	if (!may("plan_routes"))
		return (
			<Empty whole icon="route" title={say("routes.title")}>
				{say("routes.forbidden")}
			</Empty>
		);
	if (data.plan) return <Plan key={data.plan.id} first={data.plan} data={data} reload={reload} />;
	if (at.query.get("plan")) return <Trouble fault={null} />;
	return <Ask data={data} at={at.query} />;
}

const screen: Screen<Data> = { title: "nav.routes", load, view: Routes };
export default screen;
