/* The parts of the route planner: what matters, hours of each technician, who changes and why. */
import { useState } from "preact/hooks";
import type { RoutePlan, RouteSettings, RouteStop, RouteWish } from "../shared/api";
import {
	clock,
	dayLater,
	distance,
	firstName,
	minutes,
	money,
	span,
	weekdayOf,
} from "../shared/format";
import { Banner, Icon } from "../shared/ui";
import {
	changes,
	dayNames,
	daysOf,
	hue,
	isOver,
	LEVELS,
	loadsOf,
	shiftLength,
	signed,
	taken,
	techName,
	why,
	worked,
} from "./routedata";
import { say, sayCount } from "./routewords";

/* ---- what matters ---- */

function Slider(p: {
	label: string;
	value: number;
	max: number;
	step?: number;
	said: string;
	low: string;
	high: string;
	onChange: (n: number) => void;
}) {
	return (
		<label class="slide">
			<span class="slide__head">
				{p.label}
				<em>{p.said}</em>
			</span>
			<input
				type="range"
				min={0}
				max={p.max}
				step={p.step ?? 1}
				value={p.value}
				aria-valuetext={p.said}
				onInput={(e) => p.onChange(Number(e.currentTarget.value))}
			/>
			<span class="slide__ends">
				<span>{p.low}</span>
				<span>{p.high}</span>
			</span>
		</label>
	);
}

export function Wishes(p: { wish: RouteWish; onChange: (w: RouteWish) => void }) {
	const set = (w: Partial<RouteWish>) => p.onChange({ ...p.wish, ...w });
	return (
		<div class="stack stack--loose">
			<Slider
				label={say("routes.same.tech")}
				value={p.wish.same_tech}
				max={4}
				said={say(LEVELS[p.wish.same_tech]!)}
				low={say("routes.same.tech.low")}
				high={say("routes.same.tech.high")}
				onChange={(same_tech) => set({ same_tech })}
			/>
			{p.wish.kind === "week" && (
				<Slider
					label={say("routes.same.day")}
					value={p.wish.same_day}
					max={4}
					said={say(LEVELS[p.wish.same_day]!)}
					low={say("routes.same.day.low")}
					high={say("routes.same.day.high")}
					onChange={(same_day) => set({ same_day })}
				/>
			)}
			{p.wish.kind === "week" && (
				<Slider
					label={say("routes.liked")}
					value={p.wish.liked_days ?? p.wish.same_day}
					max={4}
					said={say(LEVELS[p.wish.liked_days ?? p.wish.same_day]!)}
					low={say("routes.liked.low")}
					high={say("routes.liked.high")}
					onChange={(liked_days) => set({ liked_days })}
				/>
			)}
			<Slider
				label={say("routes.even")}
				value={p.wish.even}
				max={4}
				said={say(LEVELS[p.wish.even]!)}
				low={say("routes.even.low")}
				high={say("routes.even.high")}
				onChange={(even) => set({ even })}
			/>
			<Slider
				label={say("routes.room")}
				value={p.wish.room_minutes}
				max={120}
				step={15}
				said={
					p.wish.room_minutes
						? say("routes.room.said", { n: p.wish.room_minutes })
						: say("routes.room.none")
				}
				low={say("routes.room.none")}
				high={say("routes.room.high")}
				onChange={(room_minutes) => set({ room_minutes })}
			/>
			{p.wish.kind === "week" && (
				<label class="check">
					<input
						type="checkbox"
						checked={p.wish.scratch}
						onChange={(e) => set({ scratch: e.currentTarget.checked })}
					/>
					<span>
						{say("routes.scratch")}
						<small class="faint">{say("routes.scratch.text")}</small>
					</span>
				</label>
			)}
		</div>
	);
}

/* ---- what it brings ---- */

function Stat(p: { n: string; of: string; good?: boolean }) {
	return (
		<span class="gain">
			<b class={p.good ? "gain__n gain__n--good" : "gain__n"}>{p.n}</b>
			<small>{p.of}</small>
		</span>
	);
}

export function Gain(p: { plan: RoutePlan; settings: RouteSettings }) {
	const { before: b, after: a } = p.plan;
	const { units } = p.settings;
	const week = p.plan.wish.kind === "week";
	const fuel = a.fuel_cents - b.fuel_cents;
	const customers = new Set(p.plan.stops.map((s) => s.customer_id)).size;
	const rest = [
		b.late_stops || a.late_stops
			? say("routes.gain.late", { was: b.late_stops, is: a.late_stops })
			: "",
		b.overtime_s || a.overtime_s
			? say("routes.gain.over", { was: span(b.overtime_s), is: span(a.overtime_s) })
			: "",
	].filter(Boolean);
	return (
		<>
			<div class="gains">
				<Stat
					n={signed(a.metres - b.metres, distance(a.metres - b.metres, units))}
					of={say(week ? "routes.gain.of.week" : "routes.gain.of.day", {
						n: distance(b.metres, units),
					})}
					good={a.metres < b.metres}
				/>
				<Stat
					n={signed(a.drive_s - b.drive_s, span(a.drive_s - b.drive_s))}
					of={say("routes.gain.driving", {
						/* A sum is not torn from its sign. */
						n: signed(fuel, money(fuel, p.settings.currency).replace(/^[-−]/, "−\u2060")),
					})}
					good={a.drive_s < b.drive_s}
				/>
				<Stat
					n={String(p.plan.changed)}
					of={sayCount(week ? "routes.gain.customers" : "routes.gain.stops", customers)}
				/>
			</div>
			{rest.length > 0 && <p class="gains__rest meta">{rest.join(" · ")}</p>}
		</>
	);
}

/* What a reader must know before believing the figures. */
export function Notes(p: { plan: RoutePlan }) {
	const { plan } = p;
	const all = plan.after.estimated >= plan.after.legs;
	return (
		<div class="stack stack--tight route-notes">
			{plan.left_out > 0 && <Banner tone="coral">{sayCount("routes.left", plan.left_out)}</Banner>}
			{plan.unplaced > 0 && (
				<Banner tone="sun">{sayCount("routes.unplaced", plan.unplaced)}</Banner>
			)}
			{plan.outside > 0 && <p class="meta">{sayCount("routes.outside", plan.outside)}</p>}
			{plan.after.legs > 0 && plan.after.estimated > 0 && (
				<p class="meta">
					{all
						? say("routes.estimated.all")
						: say("routes.estimated", { n: plan.after.estimated, all: plan.after.legs })}
				</p>
			)}
		</div>
	);
}

/* ---- hours of each technician ---- */

export function Loads(p: {
	plan: RoutePlan;
	day: number | null;
	tech: string | null;
	onTech: (id: string | null) => void;
	onDay: (d: number | null) => void;
}) {
	const { plan, day } = p;
	const days = daysOf(plan);
	const sum = (id: string) => {
		const all = loadsOf(plan, id, day);
		return {
			all,
			room: all.reduce((n, l) => n + shiftLength(l), 0),
			was: all.reduce((n, l) => n + worked(l.before), 0),
			is: all.reduce((n, l) => n + worked(l.after), 0),
			over: all.some((l) => isOver(l.after)),
			lacks: all.reduce((n, l) => n + l.after.lacks, 0),
			lunch: all.length === 1 ? all[0]!.lunch : null,
			supply: all.length === 1 ? all[0]!.supply : null,
		};
	};
	const rows = plan.techs
		.map((tech) => ({ tech, ...sum(tech.id) }))
		.filter((r) => r.all.length > 0);
	const most = Math.max(1, ...rows.map((r) => Math.max(r.room, r.was, r.is)));
	const week = plan.wish.kind === "week" && day === null;
	return (
		<section class={week ? "loads loads--week" : "loads"} aria-label={say("routes.hours")}>
			<div class="loads__head">
				<h2>{say(week ? "routes.hours.week" : "routes.hours")}</h2>
				<span class="meta">{say("routes.hours.key")}</span>
			</div>
			{week && (
				<div class="loads__days" aria-hidden="true">
					{days.map((d) => (
						<span key={d}>{weekdayOf(dayLater(plan.monday, d), "short").slice(0, 2)}</span>
					))}
				</div>
			)}
			<ul>
				{rows.map((r) => (
					<li key={r.tech.id} class="shiftload">
						<button
							type="button"
							class="shiftload__who"
							aria-pressed={p.tech === r.tech.id}
							onClick={() => p.onTech(p.tech === r.tech.id ? null : r.tech.id)}
						>
							<i class={`tech-dot tech-dot--${hue(plan, r.tech.id)}`} />
							<span class="clip">{firstName(r.tech.name)}</span>
						</button>
						<span class="shiftload__bar" aria-hidden="true">
							<i
								class={`shiftload__is shiftload__is--${hue(plan, r.tech.id)}${r.over ? " shiftload__is--over" : ""}`}
								style={{ width: `${(r.is / most) * 100}%` }}
							/>
							<i class="shiftload__room" style={{ width: `${(r.room / most) * 100}%` }} />
							<i class="shiftload__was" style={{ left: `${(r.was / most) * 100}%` }} />
						</span>
						<span class="shiftload__n">
							{clock(r.was)} → <b>{clock(r.is)}</b>
							<small class="shiftload__notes">
								{r.over && <b class="shiftload__over">{say("routes.over")}</b>}
								{r.lacks > 0 && <b class="shiftload__over">{sayCount("routes.lacks", r.lacks)}</b>}
								{r.lunch !== null && <span>{say("routes.lunch", { at: minutes(r.lunch) })}</span>}
								{r.supply !== null && (
									<span>{say("routes.supply", { at: minutes(r.supply) })}</span>
								)}
							</small>
						</span>
						{week && (
							<span class="shiftload__days">
								{days.map((d) => {
									const l = r.all.find((x) => x.day === d);
									const name = weekdayOf(dayLater(plan.monday, d), "short");
									const share = l ? worked(l.after) / Math.max(1, shiftLength(l)) : 0;
									return (
										<button
											type="button"
											key={d}
											disabled={!l}
											class={
												l && isOver(l.after)
													? "shiftload__day shiftload__day--over"
													: "shiftload__day"
											}
											title={l ? `${name}: ${clock(worked(l.after))}` : name}
											aria-label={`${firstName(r.tech.name)}, ${name}: ${l ? clock(worked(l.after)) : say("routes.off")}${l && isOver(l.after) ? `, ${say("routes.over")}` : ""}`}
											onClick={() => {
												p.onDay(d);
												p.onTech(r.tech.id);
											}}
										>
											<i
												class={`shiftload__is--${hue(plan, r.tech.id)}`}
												style={{ height: `${Math.min(1, share) * 100}%` }}
											/>
										</button>
									);
								})}
							</span>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}

/* ---- who changes, and why ---- */

type Filter = "all" | "person" | "day";
const FIRST = 60;

function Move(p: { plan: RoutePlan; stop: RouteStop }) {
	const { plan, stop: s } = p;
	const week = plan.wish.kind === "week";
	const side = (id: string | null, days: number) => (
		<span class="move__side">
			<i class={`tech-dot tech-dot--${hue(plan, id)}`} />
			{techName(plan, id)}
			{week && `, ${dayNames(plan, days)}`}
		</span>
	);
	return (
		<span class="move">
			<s>{side(s.was_tech, s.was_days)}</s>
			<Icon name="right" size="sm" />
			<span class="unseen">{say("routes.becomes")}</span>
			{side(s.to_tech, s.to_days)}
		</span>
	);
}

export function Changes(p: {
	plan: RoutePlan;
	settings: RouteSettings;
	refused: Set<string>;
	lit: string | null;
	onLit: (id: string | null) => void;
	onToggle?: (id: string, taken: boolean) => void;
	onLock?: (s: RouteStop) => void;
}) {
	const { plan } = p;
	const [filter, setFilter] = useState<Filter>("all");
	const [q, setQ] = useState("");
	const [most, setMost] = useState(FIRST);
	/* What saves most stands first. */
	const all = [...changes(plan)].sort((a, b) => b.saves_s - a.saves_s);
	const person = all.filter((s) => s.was_tech !== s.to_tech);
	const day = all.filter((s) => s.was_days !== s.to_days);
	const words = q.trim().toLocaleLowerCase();
	const shown = (filter === "person" ? person : filter === "day" ? day : all).filter(
		(s) => !words || `${s.customer} ${s.street} ${s.city}`.toLocaleLowerCase().includes(words),
	);
	if (all.length === 0)
		return (
			<div class="changes changes--none">
				<Icon name="done" size="lg" />
				<b>{say("routes.none")}</b>
				<p class="muted">
					{say(plan.wish.kind === "day" ? "routes.none.day" : "routes.none.week")}
				</p>
			</div>
		);
	const chip = (value: Filter, label: string, n: number) => (
		<button
			type="button"
			class="chip"
			aria-pressed={filter === value}
			onClick={() => setFilter(value)}
		>
			{label} {n}
		</button>
	);
	return (
		<section class="changes" aria-label={say("routes.who")}>
			<div class="changes__head">
				<h2>{say("routes.who")}</h2>
				{plan.wish.kind === "week" && (
					<span class="chips">
						{chip("all", say("routes.filter.all"), all.length)}
						{chip("person", say("routes.filter.person"), person.length)}
						{chip("day", say("routes.filter.day"), day.length)}
					</span>
				)}
			</div>
			{all.length > 12 && (
				<input
					class="input changes__find"
					type="search"
					placeholder={say("routes.find")}
					aria-label={say("routes.find")}
					value={q}
					onInput={(e) => setQ(e.currentTarget.value)}
				/>
			)}
			<ul class="changes__list">
				{shown.slice(0, most).map((s) => {
					const on = p.onToggle ? !p.refused.has(s.record_id) : taken(s);
					return (
						<li
							key={s.record_id}
							class={`change${on ? "" : " change--off"}${p.lit === s.record_id ? " change--lit" : ""}`}
							onPointerEnter={() => p.onLit(s.record_id)}
							onPointerLeave={() => p.onLit(null)}
							onFocusIn={() => p.onLit(s.record_id)}
						>
							<label class="change__take">
								<input
									type="checkbox"
									checked={on}
									disabled={!p.onToggle}
									aria-label={say("routes.take", { name: s.customer })}
									onChange={(e) => p.onToggle?.(s.record_id, e.currentTarget.checked)}
								/>
							</label>
							<div class="change__what">
								<a class="change__name" href={`/customers/${s.customer_id}`}>
									{s.customer}
								</a>
								<span class="faint"> {s.street}</span>
								<Move plan={plan} stop={s} />
								<p class="change__why">{s.problem || why(plan, s, p.settings.units)}</p>
							</div>
							<span class={s.saves_s > 0 ? "change__gain change__gain--good" : "change__gain"}>
								{s.reason === "placed"
									? say("routes.new")
									: signed(-s.saves_m, distance(-s.saves_m, p.settings.units))}
								{s.reason !== "placed" && <small>{signed(-s.saves_s, span(-s.saves_s))}</small>}
								{p.onLock && (
									<button
										type="button"
										class="change__lock"
										title={say("routes.lock")}
										aria-label={say("routes.lock.name", { name: s.customer })}
										onClick={() => p.onLock?.(s)}
									>
										<Icon name="lock" size="sm" />
									</button>
								)}
							</span>
						</li>
					);
				})}
			</ul>
			{shown.length === 0 && <p class="meta changes__nothing">{say("routes.find.none")}</p>}
			{shown.length > most && (
				<div class="more">
					<button type="button" class="button" onClick={() => setMost(most + 200)}>
						<span>{say("routes.more", { n: shown.length - most })}</span>
					</button>
				</div>
			)}
		</section>
	);
}
