/*
 * A stop that the office gave while its technician is out: where it stands in the day, what to bring, when they are home then;
 * and the answer that the office waits for. It is put before them once; until it is answered it lies on top of the day.
 */
import { useEffect, useState } from "preact/hooks";
import type { Stop, TechMe } from "../shared/api";
import { ago, duration, number, time } from "../shared/format";
import { Dialog } from "../shared/over";
import { Button, Icon, Pill } from "../shared/ui";
import { named, t } from "../shared/words";
import { type Ask, AskWhy, CantMake } from "./ask";
import { over, plan, stops } from "./day";
import { fetchOf, lacks } from "./fetch";
import { news, readNews } from "./news";
import { say } from "./outbox";
import { driveMinutes, type Pace, roughly } from "./pace";
import { expected, nameOf, streetOf, windowOf } from "./stop_said";
import { heldIn, useVan } from "./van";

/* A finger that was on its way to what lay there before answers nothing. */
const STILL_MS = 600;

interface Given {
	stop: Stop;
	at: number;
	seen: boolean;
}

/* Today's that nobody has said a word to yet, the latest first. */
function unanswered(): Given[] {
	const given = new Map<string, Given>();
	for (const n of news.value) {
		const stop = stops.value.find((s) => s.id === n.visit_id);
		if (n.kind !== "new" || n.day !== plan.value?.day || !stop || given.has(stop.id)) continue;
		if (stop.state !== "scheduled" || stop.confirmed_at !== null || stop.flag) continue;
		given.set(stop.id, { stop, at: n.at, seen: n.seen });
	}
	return [...given.values()];
}

/* When it was or will be; null: nobody knows. */
function momentOf(s: Stop, pace: Pace | null): string | null {
	if (over(s)) return s.ended_at === null ? null : time(s.ended_at);
	if (s.started_at !== null) return time(s.started_at);
	const at = pace?.at.get(s.id);
	return at ? time(roughly(at.begin_s)) : null;
}

/* The day around it: the stop before, itself, the stop behind it with the time it had. */
function Between(p: { stop: Stop; is: Pace | null; was: Pace | null }) {
	const list = stops.value;
	const here = list.findIndex((s) => s.id === p.stop.id);
	const drive = p.is?.at.get(p.stop.id)?.drive_s;
	return (
		<ol class="between">
			{list.slice(Math.max(0, here - 1), here + 2).map((s) => {
				const mine = s.id === p.stop.id;
				const is = momentOf(s, p.is) ?? windowOf(s);
				const was = mine ? is : (momentOf(s, p.was) ?? is);
				return (
					<li key={s.id} data-new={mine}>
						<span class="stop__at">{list.indexOf(s) + 1}</span>
						<span class="grow">
							{nameOf(s)}{" "}
							{mine && drive != null && drive > 0 && (
								<small>{t("tech.drive", { n: driveMinutes(drive) })}</small>
							)}
						</span>
						<span class="between__when">
							{was !== is && (
								<>
									{was} <span aria-hidden="true">→</span>
									<span class="unseen">{t("tech.given.then")}</span>{" "}
								</>
							)}
							{is}
						</span>
					</li>
				);
			})}
		</ol>
	);
}

function Fact(p: { icon: string; head: string; text: string }) {
	return (
		<p class="fact">
			<Icon name={p.icon} size="lg" />
			<span>
				<b>{p.head}</b>
				{p.text && <span>{p.text}</span>}
			</span>
		</p>
	);
}

const many = (n: number, name: string) => (n === 1 ? name : `${number(n)} × ${name}`);

/* What it takes, and how much of that is known to be in the van. */
function Take(p: { stop: Stop }) {
	const { brief } = p.stop;
	const van = useVan();
	const jobs = (brief.wants ?? []).filter((w) => w.got !== "nothing" && w.got !== "installed");
	const things = [
		...brief.parts.rows.map((r) => ({ name: r.name, n: r.quantity, loaded: false })),
		...jobs.map((w) => ({
			name: w.text,
			n: w.quantity_milli / 1000,
			loaded: w.got === "on_van",
		})),
	];
	if (things.length === 0) return null;
	const has: string[] = [];
	const not: string[] = [];
	for (const x of things) {
		const held = heldIn(van, x.name);
		if (held) has.push(`${held} ${x.name}`);
		else if (x.loaded) has.push(many(x.n, x.name));
		else if (van.length > 0) not.push(x.name);
	}
	const said = [
		has.length > 0 && t("tech.given.has", { what: has.join(", ") }),
		not.length > 0 && t("tech.given.not", { what: not.join(", ") }),
	];
	return (
		<Fact
			icon="box"
			head={t("tech.given.bring", { what: things.map((x) => many(x.n, x.name)).join(", ") })}
			text={said.filter(Boolean).join(" ")}
		/>
	);
}

/* When the day ends with it, and by how much later that is than without. */
function Home(p: { is: Pace | null; was: Pace | null }) {
	if (!p.is) return null;
	const end = (x: Pace) => roughly(x.home_s ?? x.done_s);
	const later = p.was ? (end(p.is) - end(p.was)) / 60 : 0;
	const values = { time: time(end(p.is)), later: duration(later) };
	const home = p.is.home_s === null ? "done" : "home";
	return (
		<Fact
			icon="clock"
			head={t(
				later > 0
					? (`tech.given.${home}_later` as const)
					: home === "home"
						? "tech.given.home"
						: "tech.given.done",
				values,
			)}
			text=""
		/>
	);
}

function Sheet(p: {
	given: Given;
	who: TechMe;
	now_s: number;
	ask: (a: Ask | "cant") => void;
	onClose: () => void;
}) {
	const s = p.given.stop;
	const [still, setStill] = useState(true);
	useEffect(() => {
		const over_ms = setTimeout(() => setStill(false), STILL_MS);
		return () => clearTimeout(over_ms);
	}, []);
	const is = expected(p.now_s, p.who);
	const was = expected(
		p.now_s,
		p.who,
		stops.value.filter((x) => x.id !== s.id),
	);
	const head = [nameOf(s), s.brief.service].filter(Boolean).join(": ");
	const told = s.progress.things.filter((x) => x.verb === "missing_part");
	return (
		<Dialog sheet label={t("tech.news.new", { who: nameOf(s) })} onClose={p.onClose}>
			<div class="given-stop" data-still={still}>
				<p class="given-stop__over">
					<Pill tone="aqua">
						<Icon name="plus" size="sm" /> {t("tech.given")}
					</Pill>
					<span class="meta">{t("tech.given.from", { ago: ago(p.given.at) })}</span>
				</p>
				<div>
					{/* The keys begin here: Enter that was meant for the page below must not answer. */}
					<h2 tabIndex={-1} autofocus>
						{head}
					</h2>
					<p class="given-stop__where">
						{streetOf(s)}
						{streetOf(s) && ". "}
						{t("tech.given.about", { time: duration(s.minutes) })}{" "}
						{(s.from_minute !== null || s.to_minute !== null) && `${windowOf(s)}. `}
					</p>
					{s.note && <p class="lines">{s.note}</p>}
				</div>
				<Between stop={s} is={is} was={was} />
				{lacks(s) && (
					<Fact icon="truck" head={t("tech.fetch.first")} text={fetchOf(s)?.text ?? ""} />
				)}
				<Take stop={s} />
				<Home is={is} was={was} />
				{told.map((x) => (
					<Fact key={x.id} icon="check" head={named("tech.verb", x.verb)} text={x.text} />
				))}
				<Button
					block
					size="lg"
					kind="primary"
					icon="check"
					onClick={() => void say("confirm", s.id).then(p.onClose)}
				>
					{t("tech.confirm")}
				</Button>
				<div class="bar__two">
					<Button size="lg" onClick={() => p.ask("cant")}>
						{t("tech.cant.go")}
					</Button>
					<Button size="lg" onClick={() => p.ask("missing_part")}>
						{t("tech.missing.go")}
					</Button>
				</div>
				<Button block kind="quiet" onClick={p.onClose}>
					{t("tech.given.later")}
				</Button>
				<p class="meta given-stop__foot">{t("tech.given.signal")}</p>
			</div>
		</Dialog>
	);
}

export function NewStops(p: { who: TechMe; now_s: number }) {
	const list = unanswered();
	const [open, setOpen] = useState("");
	const [ask, setAsk] = useState<Ask | "cant" | null>(null);
	const fresh = list.find((g) => !g.seen)?.stop.id ?? "";
	const given = list.find((g) => g.stop.id === open);
	/* Once by itself, one after the other; seen here it is no unread message either. */
	useEffect(() => {
		if (!fresh || given) return;
		setAsk(null);
		setOpen(fresh);
		void readNews(fresh);
	}, [fresh, given === undefined]);
	const close = () => setOpen("");
	return (
		<>
			{list.map((g) => (
				<button
					key={g.stop.id}
					type="button"
					class="arrived tone--aqua"
					onClick={() => setOpen(g.stop.id)}
				>
					<Icon name="plus" size="lg" />
					<span class="grow">
						<b>{t("tech.news.new", { who: nameOf(g.stop) })}</b>
						<span>{t("tech.given.waits")}</span>
					</span>
					<Icon name="right" />
				</button>
			))}
			{given && !ask && (
				<Sheet key={open} given={given} who={p.who} now_s={p.now_s} ask={setAsk} onClose={close} />
			)}
			{given && ask === "cant" && (
				<CantMake stop={given.stop} onPick={setAsk} onClose={() => setAsk(null)} />
			)}
			{given && ask && ask !== "cant" && (
				<AskWhy what={ask} stop={given.stop} onDone={() => setAsk(null)} />
			)}
		</>
	);
}
