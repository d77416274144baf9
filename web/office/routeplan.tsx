/* A plan on its page: what it costs, the map, the days of each technician, and what changes, to be taken one by one. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { RoutePlan, RouteSettings } from "../shared/api";
import { call } from "../shared/call";
import { dayLater, dayOf, distance, money, span, weekdayOf } from "../shared/format";
import { Dialog } from "../shared/over";
import { Badge, Banner, Button, Heading, Icon, Segments, Skeleton } from "../shared/ui";
import { t } from "../shared/words";
import { may } from "./me";
import { changes, dayNames, daysOf, open, signed, techName, type View, waiting } from "./routedata";
import { Changes, Gain, Loads, Notes, Wishes } from "./routeparts";
import { say, sayCount } from "./routewords";
import { type PlanWork, usePlan } from "./routework";

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

/* ---- before it is published ---- */

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

/* ---- the page and its parts ---- */

type Day = number | null;

function Head(p: { plan: RoutePlan; day: Day; onDay: (d: Day) => void }) {
	const { plan, day } = p;
	const week = plan.wish.kind === "week";
	const days = useMemo(() => daysOf(plan), [plan.loads]);
	return (
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
					<button type="button" aria-pressed={day === null} onClick={() => p.onDay(null)}>
						{say("routes.days.all")}
					</button>
					{days.map((d) => (
						<button
							type="button"
							key={d}
							aria-pressed={day === d}
							title={`${weekdayOf(dayLater(plan.monday, d), "long")}${plan.days > 7 ? (d < 7 ? " A" : " B") : ""}`}
							onClick={() => p.onDay(d)}
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
	);
}

function Matters({ work }: { work: PlanWork }) {
	const { plan } = work;
	const [open, setOpen] = useState(false);
	return (
		<div class={open ? "plan__left plan__left--open" : "plan__left"}>
			<button type="button" class="plan__fold" aria-expanded={open} onClick={() => setOpen(!open)}>
				<Icon name="filter" />
				{say("routes.matters")}
				<Icon name={open ? "up" : "down"} size="sm" />
			</button>
			<div class="plan__wishes">
				<h2>{say("routes.matters")}</h2>
				<Wishes wish={work.wish} onChange={work.setWish} />
				<Button
					icon="bolt"
					block
					disabled={!may("plan_routes") || plan.state === "applying" || plan.state === "undoing"}
					onClick={() => void work.again()}
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
	);
}

function Picture(p: {
	work: PlanWork;
	settings: RouteSettings;
	day: Day;
	tech: string | null;
	lit: string | null;
	onLit: (id: string | null) => void;
}) {
	const { plan } = p.work;
	const [view, setView] = useState<View>("after");
	return (
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
				settings={p.settings}
				view={view}
				day={p.day}
				tech={p.tech}
				lit={p.lit}
				onStop={(s) => p.onLit(s.record_id === p.lit ? null : s.record_id)}
			/>
			{waiting(plan) && <Searching plan={plan} act={p.work.act} />}
		</div>
	);
}

function State({ work }: { work: PlanWork }) {
	const { plan, fault } = work;
	const once = (
		<Button size="sm" onClick={() => void work.again()}>
			{say("routes.again")}
		</Button>
	);
	return (
		<>
			{fault && (
				<Banner tone="coral" alert action={plan.state === "ready" ? once : null}>
					{fault}
				</Banner>
			)}
			{plan.state === "cancelled" && (
				<Banner tone="sun" action={once}>
					{plan.problem || say("routes.cancelled")}
				</Banner>
			)}
			{plan.state === "applied" && (
				<Banner
					tone="kelp"
					action={
						may("plan_routes") && (
							<Button size="sm" icon="undo" onClick={work.undo}>
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
		</>
	);
}

function Foot(p: { plan: RoutePlan; refused: Set<string>; onReview: () => void }) {
	const { wish } = p.plan;
	const all = changes(p.plan);
	const taken = all.filter((s) => !p.refused.has(s.record_id)).length;
	return (
		<div class="plan__foot">
			<span class="meta">
				<b>{say("routes.taken", { n: taken, all: all.length })}</b>
				<br />
				{say(wish.kind === "week" ? "routes.holds.week" : "routes.holds.day", {
					day: `${weekdayOf(wish.from_day)} ${dayOf(wish.from_day)}`,
				})}
			</span>
			<span class="push" />
			<Button href="/routes">{say("routes.draft")}</Button>
			<Button kind="primary" onClick={p.onReview}>
				{say("routes.review")}
			</Button>
		</div>
	);
}

export function Plan(p: { first: RoutePlan; settings: RouteSettings }) {
	const work = usePlan(p.first);
	const { plan } = work;
	const [day, setDay] = useState<Day>(p.first.wish.kind === "day" ? 0 : null);
	const [tech, setTech] = useState<string | null>(null);
	const [lit, setLit] = useState<string | null>(null);
	const [review, setReview] = useState(false);
	const plans = may("plan_routes");
	const first = plan.stops.length === 0 && waiting(plan);
	return (
		<>
			<Head plan={plan} day={day} onDay={setDay} />
			<div class="plan">
				<Matters work={work} />
				<div class="plan__mid">
					<Picture
						work={work}
						settings={p.settings}
						day={day}
						tech={tech}
						lit={lit}
						onLit={setLit}
					/>
					{!first && <Loads plan={plan} day={day} tech={tech} onTech={setTech} onDay={setDay} />}
				</div>
				<div class="plan__right">
					<State work={work} />
					{first ? (
						<Skeleton />
					) : (
						<>
							<Gain plan={plan} settings={p.settings} />
							<Changes
								plan={plan}
								settings={p.settings}
								refused={work.refused}
								lit={lit}
								onLit={setLit}
								{...(open(plan) && plans ? { onToggle: work.toggle, onLock: work.lock } : {})}
							/>
						</>
					)}
					{plan.state === "ready" && plans && (
						<Foot plan={plan} refused={work.refused} onReview={() => setReview(true)} />
					)}
				</div>
			</div>
			{review && (
				<Review
					plan={plan}
					settings={p.settings}
					close={() => setReview(false)}
					publish={() => work.publish().finally(() => setReview(false))}
				/>
			)}
			{/* The name of who is meant, for whoever does not see colours. */}
			<p class="unseen" aria-live="polite">
				{tech ? techName(plan, tech) : ""}
			</p>
		</>
	);
}
