/* Today: where next, and is my work safe. */
import { useEffect, useState } from "preact/hooks";
import type { Stop, TechMe } from "../shared/api";
import { duration, minutes, time, todaySaid, weekday } from "../shared/format";
import { Avatar, Heading, Icon, title } from "../shared/ui";
import { count, t } from "../shared/words";
import { clock, heard, next, oldDay, over, plan, refresh, stops, tomorrow } from "./day";
import { FetchDo, FetchRow, fetchOf, lacks } from "./fetch";
import { mapOf } from "./maps";
import { say, waiting } from "./outbox";
import { driveMinutes, type Expected, type Pace, roughly } from "./pace";
import { unsent } from "./photos";
import { PushCard } from "./push";
import { SavedLine } from "./saved";
import { NewStops } from "./stop_new";
import { expected, nameOf, streetOf, windowOf } from "./stop_said";
import { gone } from "./who";

const REFRESH_MS = 60_000;
const TICK_MS = 30_000;
const where = (s: Stop) => `/tech/stops/${s.id}`;
/* The same for the stop that is next, in whole sentences. */
function beThere(s: Stop): string {
	if (s.from_minute !== null && s.to_minute !== null)
		return t("tech.be.between", { from: minutes(s.from_minute), to: minutes(s.to_minute) });
	if (s.to_minute !== null) return t("tech.be.by", { time: minutes(s.to_minute) });
	if (s.from_minute !== null) return t("tech.be.from", { time: minutes(s.from_minute) });
	return "";
}

/* "8 min away"; nothing while nobody knows from where, or when the minutes are over. */
function Away(p: { at: Expected | undefined; stop: Stop; now_s: number }) {
	const s = p.stop;
	const drive = lacks(s) ? p.at?.fetch_drive_s : p.at?.drive_s;
	if (drive === null || drive === undefined) return null;
	const left = s.state === "on_way" && s.on_way_at ? s.on_way_at + drive - p.now_s : drive;
	return left > 0 ? <span>{t("tech.away", { n: driveMinutes(left) })}</span> : null;
}

function Progress() {
	const list = stops.value;
	const left = list.filter((s) => !over(s));
	return (
		<>
			<Heading>
				{count("tech.done", list.length - left.length)}{" "}
				<span class="faint">{count("tech.left", left.length)}</span>
			</Heading>
			<div class="beads" aria-hidden="true">
				{list.map((s) => (
					<i
						key={s.id}
						data-state={over(s) ? s.state : s.id === next.value?.id ? "next" : "later"}
					/>
				))}
			</div>
		</>
	);
}

function Marks(p: { stop: Stop; quiet?: boolean }) {
	const b = p.stop.brief;
	const photo = b.checklist.rows.some((r) => r.photo);
	const marks: [string, string, boolean?][] = [];
	if (b.changes.length > 0 || p.stop.note) marks.push(["pen", t("tech.mark.changed"), true]);
	if (b.first_visit) marks.push(["star", t("tech.mark.first"), true]);
	if (b.dogs) marks.push(["paw", t("tech.mark.dog")]);
	if (b.has_codes) marks.push(["key", t("tech.mark.code")]);
	if (b.text_before) marks.push(["send", t("tech.mark.text")]);
	if (photo) marks.push(["camera", t("tech.mark.photo")]);
	if (b.parts.rows.length > 0) marks.push(["box", t("tech.mark.parts")]);
	if (marks.length === 0) return null;
	return (
		<ul class="marks">
			{marks.slice(0, p.quiet ? 2 : 4).map(([icon, text, loud]) => (
				<li key={text} class={loud ? "mark mark--loud" : "mark"}>
					<Icon name={icon} />
					{text}
				</li>
			))}
		</ul>
	);
}

function Next(p: { stop: Stop; at: Expected | undefined; now_s: number }) {
	const s = p.stop;
	const at = stops.value.findIndex((x) => x.id === s.id) + 1;
	return (
		<section class="next" aria-label={t("tech.next", { at, of: stops.value.length })}>
			<Water />
			<p class="next__over">
				{s.state === "started"
					? t("tech.here", { at, of: stops.value.length })
					: t("tech.next", { at, of: stops.value.length })}
				<Away at={p.at} stop={s} now_s={p.now_s} />
			</p>
			<h2>
				<a href={where(s)}>{nameOf(s)}</a>
			</h2>
			<p class="next__street">{streetOf(s)}</p>
			<p class="next__when">
				{p.at
					? `${t("tech.arrive", { time: time(roughly(p.at.begin_s)) })} ${beThere(s)}`.trim()
					: windowOf(s)}
			</p>
			<Marks stop={s} />
			<div class="next__do">
				<a class="button button--lg button--on" href={mapOf(s)} target="_blank" rel="noreferrer">
					<Icon name="nav" />
					<span>{t("tech.navigate")}</span>
				</a>
				{s.state === "scheduled" ? (
					<button
						type="button"
						class="button button--lg button--white"
						onClick={() => void say("on_my_way", s.id)}
					>
						{t("tech.on_my_way")}
					</button>
				) : (
					<a class="button button--lg button--white" href={where(s)}>
						{t(s.state === "started" ? "tech.go_on" : "tech.open")}
					</a>
				)}
			</div>
		</section>
	);
}

/* Before the next stop something is fetched: that is where one goes now. */
function NextFetch(p: { stop: Stop; at: Expected | undefined; now_s: number }) {
	const s = p.stop;
	return (
		<section class="next" aria-label={t("tech.fetch")}>
			<Water />
			<p class="next__over">
				{t("tech.fetch.first")}
				<Away at={p.at} stop={s} now_s={p.now_s} />
			</p>
			<h2>{fetchOf(s)?.text}</h2>
			<p class="next__street">
				<a href={where(s)}>{t("tech.fetch.for", { who: nameOf(s) })}</a>
			</p>
			<p class="next__when">{t("tech.fetch.about", { minutes: fetchOf(s)?.minutes ?? 0 })}</p>
			<FetchDo stop={s} white />
		</section>
	);
}

/* Something of it is on this phone alone. */
const isHere = (s: Stop) =>
	waiting().some((k) => k.visit_id === s.id) || unsent.value.some((x) => x.visit_id === s.id);

/* When it was or will be, on the right of its row. */
function When(p: { stop: Stop; at: Expected | undefined }) {
	const s = p.stop;
	if (over(s))
		return (
			<span class="stop__when">
				{t(`tech.state.${s.state}` as "tech.state.done")}
				{s.state === "done" && s.ended_at && <small>{time(s.ended_at)}</small>}
				{isHere(s) && <small>{t("saved.on_phone")}</small>}
			</span>
		);
	if (!p.at) return <span class="stop__when">{windowOf(s)}</span>;
	return (
		<span class="stop__when">
			<b>
				<span class="unseen">{t("tech.expected")} </span>
				{time(roughly(p.at.begin_s))}
			</b>
			{(s.from_minute !== null || s.to_minute !== null) && <span>{windowOf(s)}</span>}
			{p.at.drive_s !== null && p.at.drive_s > 0 && (
				<span>{t("tech.drive", { n: driveMinutes(p.at.drive_s) })}</span>
			)}
		</span>
	);
}

function Row(p: { stop: Stop; at: number; expected: Expected | undefined }) {
	const s = p.stop;
	return (
		<li>
			<a class="stop" href={where(s)} data-state={s.state}>
				<span class={over(s) && isHere(s) ? "stop__at stop__at--here" : "stop__at"}>
					{s.state === "done" ? (
						<Icon name="check" />
					) : s.state === "skipped" ? (
						<Icon name="skip" />
					) : s.state === "no_access" ? (
						<Icon name="lock" />
					) : s.state === "cancelled" ? (
						<Icon name="ban" />
					) : (
						p.at
					)}
				</span>
				<span class="stop__who">
					<b>{nameOf(s)}</b>
					<span>{streetOf(s)}</span>
					{!over(s) && <Marks stop={s} quiet />}
				</span>
				<When stop={s} at={p.expected} />
			</a>
		</li>
	);
}

export function Water() {
	return (
		<svg class="next__water" viewBox="0 0 390 150" preserveAspectRatio="none" aria-hidden="true">
			<g fill="none" stroke="currentColor" stroke-width="5">
				<path d="M-20 50c50 0 50 18 100 18s50-18 100-18 50 18 100 18 50-18 100-18 50 18 100 18" />
				<path d="M-60 85c50 0 50 18 100 18s50-18 100-18 50 18 100 18 50-18 100-18 50 18 100 18" />
				<path d="M-30 120c50 0 50 18 100 18s50-18 100-18 50 18 100 18 50-18 100-18 50 18 100 18" />
			</g>
		</svg>
	);
}

/* The working clock: one tap at the gate of the yard, one at the end. */
function Clock(p: { now_s: number }) {
	const { work } = clock.value;
	if (work === null)
		return (
			<button type="button" class="day__clock" onClick={() => void say("clock_in", null)}>
				<Icon name="clock" />
				{t("tech.clock.in")}
			</button>
		);
	return (
		<a class="day__clock" href="/tech/me">
			<Icon name="clock" />
			{duration(Math.max(0, Math.floor((p.now_s - work) / 60)))}
		</a>
	);
}

/* What is still to come, and what is behind: one looks for the first. */
function Stops(p: {
	id: "then" | "behind";
	stops: Stop[];
	first: Stop | null;
	list: Stop[];
	pace: Pace | null;
}) {
	if (p.stops.length === 0) return null;
	return (
		<section aria-labelledby={p.id}>
			<div class="then">
				<h2 id={p.id}>{t(p.id === "then" ? "tech.then" : "tech.behind")}</h2>
				{p.id === "then" && p.pace && (
					<span>
						{t(p.pace.home_s === null ? "tech.done_about" : "tech.home_about", {
							time: time(roughly(p.pace.home_s ?? p.pace.done_s)),
						})}
					</span>
				)}
			</div>
			<ol class="card stops">
				{p.stops.map((s) => [
					lacks(s) && s.id !== p.first?.id && <FetchRow key={`${s.id}-fetch`} stop={s} />,
					<Row key={s.id} stop={s} at={p.list.indexOf(s) + 1} expected={p.pace?.at.get(s.id)} />,
				])}
			</ol>
		</section>
	);
}

export function Today(p: { who: TechMe }) {
	const list = stops.value;
	const first = next.value;
	const fetching = first !== null && lacks(first);
	const rest = list.filter((s) => s.id !== first?.id || fetching);
	const ahead = rest.filter((s) => !over(s));
	const behind = rest.filter(over);
	const then = tomorrow.value?.stops.length;
	const old = oldDay(p.who.company.zone);
	const known = !old && (plan.value || heard.value);
	const [now_s, setNow] = useState(Date.now() / 1000);
	const pace = expected(now_s, p.who);
	const at = first ? pace?.at.get(first.id) : undefined;
	title("tech.today");
	useEffect(() => {
		const every = setInterval(() => setNow(Date.now() / 1000), TICK_MS);
		return () => clearInterval(every);
	}, []);
	/* Whoever comes back to the list wants it as it is now. */
	useEffect(() => {
		const again = () => {
			if (document.visibilityState !== "visible") return;
			setNow(Date.now() / 1000);
			void refresh().catch(() => {});
		};
		document.addEventListener("visibilitychange", again);
		const every = setInterval(again, REFRESH_MS);
		return () => {
			document.removeEventListener("visibilitychange", again);
			clearInterval(every);
		};
	}, []);
	return (
		<main class="field-page">
			<header class="day">
				<div class="row">
					<p class="grow">{old ? weekday(old) : todaySaid()}</p>
					{plan.value && <Clock now_s={now_s} />}
					<a class="day__me" href="/tech/me">
						<Avatar name={p.who.name} large />
						<span class="unseen">{p.who.name}</span>
					</a>
				</div>
				{list.length > 0 ? <Progress /> : <Heading>{t("tech.today")}</Heading>}
			</header>
			<SavedLine />
			{gone.value && (
				<p class="saved saved--conflict" role="alert">
					<Icon name="alert" />
					<b class="grow">{gone.value}</b>
				</p>
			)}
			{old && (
				<p class="saved saved--here" role="status">
					<Icon name="alert" />
					<b class="grow">{t("tech.old_day", { day: weekday(old) })}</b>
				</p>
			)}
			<NewStops who={p.who} now_s={now_s} />
			{first &&
				(fetching ? (
					<NextFetch stop={first} at={at} now_s={now_s} />
				) : (
					<Next stop={first} at={at} now_s={now_s} />
				))}
			{list.length === 0 && (
				<section class="next">
					<Water />
					<h2>{known ? t("tech.none") : t("tech.unread")}</h2>
					<p>
						{known
							? t("tech.none.text", { company: p.who.company.name })
							: t("tech.unread.text")}
					</p>
				</section>
			)}
			{list.length > 0 && !first && !old && (
				<section class="next next--done">
					<Water />
					<h2>{t("tech.all_done")}</h2>
					{then !== undefined && (
						<p>{then > 0 ? count("tech.tomorrow", then) : t("tech.tomorrow.none")}</p>
					)}
				</section>
			)}
			<Stops id="then" stops={ahead} first={first} list={list} pace={pace} />
			<Stops id="behind" stops={behind} first={first} list={list} pace={null} />
			<PushCard who={p.who} quiet />
		</main>
	);
}
