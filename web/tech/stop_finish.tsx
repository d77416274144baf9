/*
 * Before a stop is finished: what was done there, as it goes out, and the two notes that cannot be mixed up. It is what was
 * tapped already: nothing is asked again, and whoever goes back loses nothing.
 */
import { useEffect, useState } from "preact/hooks";
import type { Stop } from "../shared/api";
import { duration, time } from "../shared/format";
import { amount, levelShown, MARKS, rangeOf, verdictOf } from "../shared/measure";
import { toast } from "../shared/over";
import { go } from "../shared/router";
import { Button, Icon, title } from "../shared/ui";
import type { Level, Measure } from "../shared/water";
import { count, named, t } from "../shared/words";
import { type Ask, AskWhy } from "./ask";
import { stopOf, stops } from "./day";
import { say } from "./outbox";
import { Picture } from "./photos";
import { SavedLine } from "./saved";
import { StopPage } from "./stop";
import { nameOf } from "./stop_said";
import { checked, missing, NoteBox, SaidHere, sayNotes } from "./stop_work";
import { saidOf } from "./water_said";

const TICK_MS = 30_000;

/* What this phone said of one body of water. */
interface Treated {
	id: string;
	name: string;
	readings: { measure: Measure; text: string; verdict: ReturnType<typeof verdictOf> }[];
	doses: { id: string; name: string; much: string }[];
}

async function treatedOf(s: Stop): Promise<Treated[]> {
	const out: Treated[] = [];
	for (const pool of s.brief.pools) {
		const found = await saidOf(s, pool.id);
		if (!found) continue;
		const { page, said } = found;
		const values = Object.entries(said.values) as [Measure, Level][];
		out.push({
			id: pool.id,
			name: pool.name || named("water", pool.kind),
			readings: values.map(([measure, l]) => ({
				measure,
				text: levelShown(measure, l, page.units),
				verdict: verdictOf(l, rangeOf(page, measure)),
			})),
			doses: said.doses.flatMap((d) => {
				const x = page.products.find((i) => i.id === d.item_id);
				if (!x) return [];
				return [
					{ id: d.id, name: x.name, much: amount(d.given, x.unit, x.holds_x100, page.units) },
				];
			}),
		});
	}
	return out.filter((w) => w.readings.length + w.doses.length > 0);
}

function WaterDone(p: { water: Treated; only: boolean }) {
	const w = p.water;
	return (
		<li>
			{!p.only && <b>{w.name}</b>}
			{w.readings.length > 0 && (
				<p class="said-water">
					{w.readings.map((r) => (
						<span key={r.measure} data-verdict={r.verdict}>
							{named("short", r.measure)} <b>{r.text}</b>{" "}
							<span aria-hidden="true">{MARKS[r.verdict]}</span>
							<span class="unseen">{r.verdict !== "none" && named("verdict", r.verdict)}</span>
						</span>
					))}
				</p>
			)}
			{w.doses.map((d) => (
				<p key={d.id}>
					{d.name}: <b>{d.much}</b>
				</p>
			))}
		</li>
	);
}

function Done(p: { stop: Stop; water: Treated[]; now_s: number }) {
	const s = p.stop;
	const rows = s.brief.checklist.rows;
	const done = rows.filter((r) => checked(s, r.text)?.done).length;
	const begun_s = s.started_at ?? p.now_s;
	const doses = p.water.reduce((n, w) => n + w.doses.length, 0);
	return (
		<section class="card" aria-label={t("tech.finish.done")}>
			<dl class="after">
				<div>
					<dt>{t("tech.finish.here")}</dt>
					<dd>
						<b>{duration(Math.max(0, Math.floor((p.now_s - begun_s) / 60)))}</b>
					</dd>
					<dd>
						{time(begun_s)} – {time(p.now_s)}
					</dd>
				</div>
				{rows.length > 0 && (
					<div>
						<dt>{t("tech.finish.tasks")}</dt>
						<dd>
							<b>{t("tech.finish.of", { n: done, of: rows.length })}</b>
						</dd>
						<dd>{t("tech.finish.ticked")}</dd>
					</div>
				)}
				{s.brief.pools.length > 0 && (
					<div>
						<dt>{t("tech.finish.doses")}</dt>
						<dd>
							<b>{doses}</b>
						</dd>
						<dd>{t("tech.finish.added")}</dd>
					</div>
				)}
			</dl>
			{p.water.length > 0 && (
				<ul class="plain plain--under">
					{p.water.map((w) => (
						<WaterDone key={w.id} water={w} only={s.brief.pools.length === 1} />
					))}
				</ul>
			)}
			{s.progress.photos.length > 0 && (
				<div
					class="photos photos--small"
					role="group"
					aria-label={count("tech.finish.photos", s.progress.photos.length)}
				>
					{s.progress.photos.map((f) => (
						<Picture key={f.id} id={f.file_id} item={f.item} at={f.at} />
					))}
				</div>
			)}
		</section>
	);
}

export function FinishPage(p: { id: string }) {
	const s = stopOf(p.id);
	const [water, setWater] = useState<Treated[]>([]);
	const [now_s, setNow] = useState(Date.now() / 1000);
	const [ask, setAsk] = useState<Ask | null>(null);
	const [ending, setEnding] = useState(false);
	const here = `/tech/stops/${p.id}`;
	/* It is over, or something is missing again: that is said on the stop's own page. */
	const away = s !== undefined && (s.state !== "started" || missing(s).length > 0);
	title("tech.finish.title");
	useEffect(() => {
		if (away) go(here, true);
	}, [away, here]);
	// Once: whatever is said of the water is said on another page
	useEffect(() => {
		let wanted = true;
		if (s) void treatedOf(s).then((w) => wanted && setWater(w));
		return () => {
			wanted = false;
		};
	}, [p.id, s === undefined]);
	useEffect(() => {
		const every = setInterval(() => setNow(Date.now() / 1000), TICK_MS);
		return () => clearInterval(every);
	}, []);
	if (!s || away) return <StopPage id={p.id} />;
	const end = async () => {
		setEnding(true);
		try {
			await sayNotes(s);
			await say("finish", s.id);
			toast(t("tech.finished", { name: nameOf(s) }), () => void say("reopen", s.id));
		} finally {
			setEnding(false);
		}
	};
	const poured = [...new Set(water.flatMap((w) => w.doses.map((d) => d.name)))].join(", ");
	return (
		<main class="field-page field-page--stop">
			<header class="head">
				<a class="head__back" href={here} aria-label={t("tech.back.stop")}>
					<Icon name="left" size="lg" />
				</a>
				<div class="grow">
					<h1>{nameOf(s)}</h1>
					<p>
						{t("tech.stop", {
							at: stops.value.findIndex((x) => x.id === s.id) + 1,
							of: stops.value.length,
						})}
					</p>
				</div>
			</header>
			<SavedLine />
			<Done stop={s} water={water} now_s={now_s} />
			<NoteBox stop={s} forCustomer added={poured} />
			<NoteBox stop={s} forCustomer={false}>
				<div class="pick">
					<Button icon="box" onClick={() => setAsk("missing_part")}>
						{t("tech.missing.go")}
					</Button>
					<Button icon="plus" onClick={() => setAsk("follow_up")}>
						{t("tech.follow_up")}
					</Button>
				</div>
			</NoteBox>
			<SaidHere stop={s} />
			<div class="bar">
				<Button
					block
					size="lg"
					kind="primary"
					icon="check"
					disabled={ending}
					onClick={() => void end()}
				>
					{t("tech.finish")}
				</Button>
				<p class="bar__then">{t("tech.finish.signal")}</p>
			</div>
			{ask && <AskWhy what={ask} stop={s} onDone={() => setAsk(null)} />}
		</main>
	);
}
