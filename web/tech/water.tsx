/*
 * The water at a stop: readings typed without looking at the hands, then what to pour (doses.tsx). All of it works without
 * signal: what the office knows of each pool of the day lies in the phone's store, the engine is in the phone, and
 * each tap is a verb that waits for its turn.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Stop, WaterPage } from "../shared/api";
import { call } from "../shared/call";
import { Pin, Trend } from "../shared/chart";
import { day, volume } from "../shared/format";
import {
	askedOf,
	drainSaid,
	indexSaid,
	levelOf,
	levelShown,
	MARKS,
	measureName,
	rangeOf,
	rangeText,
	shown,
	signed,
	typed as typedAs,
	unitOf,
	verdictOf,
} from "../shared/measure";
import { Icon, Segments, title } from "../shared/ui";
import { balance, filled, type Level, type Measure } from "../shared/water";
import { named, t } from "../shared/words";
import { stopOf } from "./day";
import { Doses } from "./doses";
import { sayAll, type Word } from "./outbox";
import { SavedLine } from "./saved";
import { nameOf } from "./stop_said";
import { amend, get, put } from "./store";
import {
	type Kept,
	NOTHING,
	type Props,
	pageKey,
	type Said,
	saidKey,
	waterNow,
	withVolume,
} from "./water_said";

/* Hundredths: as far from nought the water neither eats nor grows (measure.ts, indexSaid). */
const INDEX_FINE = 30;
const FRESH_MS = 4 * 3600_000;

async function fetched(pool: string): Promise<WaterPage | null> {
	try {
		const page = await call("GET /api/tech/pools/:id/water", { id: pool, door: true });
		await put("kv", { at_ms: Date.now(), page } satisfies Kept, pageKey(pool));
		return page;
	} catch {
		return null;
	}
}

/* Before the phone is without signal: one after the other, what is old or missing. */
export async function fillWater(stops: Stop[]): Promise<void> {
	for (const pool of stops.flatMap((s) => s.brief.pools)) {
		const kept = await get<Kept>("kv", pageKey(pool.id));
		if (kept && Date.now() - kept.at_ms < FRESH_MS) continue;
		if ((await fetched(pool.id)) === null) return;
	}
}

/* Which measure answers a checklist's line. */
const ASKED: Record<string, (m: Measure) => boolean> = {
	water: () => true,
	salt: (m) => m === "salt",
	temperature: (m) => m === "temp",
};

/* What the water was when somebody was here last, for the brief: one line for each body of water. */
export function lastWater(stop: Stop): { key: string; title: string; text: string }[] {
	const b = stop.brief;
	return b.water.map((w) => {
		const pool = b.pools.find((x) => x.id === w.pool_id);
		const name = b.pools.length > 1 && pool ? `${pool.name || named("water", pool.kind)}, ` : "";
		return {
			key: w.pool_id,
			title: t("tech.before.water", { day: `${name}${day(w.at)}` }),
			text: w.values
				.map((v) => `${named("short", v.measure)} ${levelShown(v.measure, v, "us")}`)
				.join(" · "),
		};
	});
}

/* How one measure went: the picture behind the number that is about to be typed. */
function Went(p: { page: WaterPage; at: Measure }) {
	const { page } = p;
	const b = rangeOf(page, p.at);
	const points = page.readings.flatMap((r) =>
		r.values
			.filter((v) => v.measure === p.at)
			.map((v) => ({
				at: r.at,
				value: Number(
					shown(p.at, v.x100, page.units)
						.replace(/[^0-9.−-]/g, "")
						.replace("−", "-"),
				),
				text: levelShown(p.at, v, page.units),
				good: v.x100 >= b.low && v.x100 <= b.high,
			})),
	);
	if (points.length < 2) return null;
	const range = rangeText(page, p.at);
	const plain = (x100: number) =>
		Number(shown(p.at, x100, page.units).replace(/,/g, "").replace("−", "-"));
	return (
		<div class="card went">
			<Trend
				label={measureName(p.at, page.own)}
				points={points.slice(0, 26)}
				band={range ? { from: plain(b.aim_low), to: plain(b.aim_high), text: range } : undefined}
				height={130}
			/>
		</div>
	);
}

/* What another phone of theirs read at this stop counts here too. */
function withTheirs(said: Said, page: WaterPage, stop: Stop): Said {
	const since = stop.started_at;
	const theirs = page.known.filter((k) => since !== null && k.at >= since);
	return {
		...said,
		values: {
			...Object.fromEntries(theirs.map((k) => [k.measure, { x100: k.x100, how: k.how }])),
			...said.values,
		},
	};
}

export function WaterPart(p: { stop: Stop }) {
	if (p.stop.brief.pools.length === 0) return null;
	return (
		<a class="button button--lg button--block" href={`/tech/stops/${p.stop.id}/water`}>
			<Icon name="flask" />
			<span>{t("tech.water")}</span>
		</a>
	);
}

/* "Main pool, 18,500 gal": which water, and how much of it everything here is reckoned for. */
const poolOf = (page: WaterPage) =>
	[page.name || named("water", page.kind), page.volume_l > 0 && volume(page.volume_l)]
		.filter(Boolean)
		.join(", ");

export function WaterScreen(p: { id: string; doses: boolean }) {
	const stop = stopOf(p.id);
	const [pool, setPool] = useState(stop?.brief.pool_id ?? stop?.brief.pools[0]?.id ?? "");
	const [page, setPage] = useState<WaterPage | null>(null);
	const [away, setAway] = useState(false);
	const [said, setSaid] = useState<Said>(NOTHING);
	const looked = useRef("");
	title("tech.water");
	// Once for each body of water
	useEffect(() => {
		let wanted = true;
		setPage(null);
		void (async () => {
			const mine = await get<Said>("kv", saidKey(p.id, pool));
			const kept = await get<Kept>("kv", pageKey(pool));
			if (!wanted) return;
			looked.current = pool;
			setSaid(mine ?? NOTHING);
			if (kept) setPage(kept.page);
			const fresh = await fetched(pool);
			if (!wanted) return;
			if (fresh) setPage(fresh);
			setAway(!fresh && !kept);
		})();
		return () => {
			wanted = false;
		};
	}, [pool, p.id]);
	const keep: Props["keep"] = async (change, words = []) => {
		let is = NOTHING;
		await sayAll(p.id, words, (drawer, kept) => {
			amend<Said>(drawer("kv"), saidKey(p.id, pool), (was) => {
				is = change(was ?? NOTHING, kept);
				return is;
			});
			/* Unless they look at another body of water by then. */
			return () => looked.current === pool && setSaid(is);
		});
	};
	const back = p.doses ? `/tech/stops/${p.id}/water` : `/tech/stops/${p.id}`;
	const pools = stop?.brief.pools ?? [];
	return (
		<main class="field-page field-page--stop">
			<header class="head">
				<a
					class="head__back"
					href={back}
					aria-label={t(p.doses ? "tech.back.water" : "tech.back.stop")}
				>
					<Icon name="left" size="lg" />
				</a>
				<div class="grow">
					<h1>{t(p.doses ? "dose.title" : "tech.water")}</h1>
					<p>{p.doses && page ? poolOf(withVolume(page, said)) : stop ? nameOf(stop) : ""}</p>
				</div>
			</header>
			<SavedLine />
			{pools.length > 1 && (
				<Segments
					label={t("tech.water.which")}
					value={pool}
					choices={pools.map((x) => ({ value: x.id, label: x.name || named("water", x.kind) }))}
					onChange={setPool}
				/>
			)}
			{!stop ? (
				<p>{t("tech.gone.text")}</p>
			) : away ? (
				<p role="status">{t("tech.water.away")}</p>
			) : !page ? null : p.doses ? (
				<Doses
					stop={stop}
					pool={pool}
					page={withVolume(page, said)}
					said={withTheirs(said, page, stop)}
					keep={keep}
				/>
			) : (
				<Readings
					key={pool}
					stop={stop}
					pool={pool}
					page={page}
					said={withTheirs(said, page, stop)}
					keep={keep}
				/>
			)}
		</main>
	);
}

/* ---- readings ---- */

/* Does this water eat its pool, or grow on it? The bar is for the eyes; its words say where the pin stands. */
function Index(p: { csi: number; method: WaterPage["method"] }) {
	const at = p.csi < -INDEX_FINE ? "etches" : p.csi > INDEX_FINE ? "scales" : "balanced";
	return (
		<div class="card index">
			<p class="index__number">
				<b>{signed(p.csi)}</b>
				<span class="meta">{t(p.method === "csi" ? "index.csi" : "index.lsi")}</span>
			</p>
			<div class="index__bar">
				<Pin
					value={p.csi}
					low={-2 * INDEX_FINE}
					aimLow={-INDEX_FINE}
					aimHigh={INDEX_FINE}
					high={2 * INDEX_FINE}
				/>
				<p class="index__words">
					{(["etches", "balanced", "scales"] as const).map((k) =>
						k === at ? (
							<b key={k} data-verdict={at === "balanced" ? "ok" : at === "etches" ? "low" : "high"}>
								{indexSaid(p.csi)}
							</b>
						) : (
							<span key={k} aria-hidden="true">
								{t(`index.${k}`)}
							</span>
						),
					)}
				</p>
			</div>
		</div>
	);
}

function Readings(p: Props) {
	const { page, said } = p;
	const listed = askedOf(page);
	const due = page.bands.filter((b) => b.due).map((b) => b.measure);
	const [at, setAt] = useState<Measure>(
		said.typing?.at ?? due.find((m) => !said.values[m]) ?? listed[0] ?? "ph",
	);
	const [text, setText] = useState(said.typing?.text ?? "");
	const water = waterNow(page, said);
	const index = balance(filled(water));
	const csi = page.method === "csi" ? index.csi : index.lsi;
	const last = page.known.find((k) => k.measure === at);
	const typedLevel = text ? levelOf(at, text, page.units) : null;
	const band = page.bands.find((b) => b.measure === at);
	const possible =
		!typedLevel || !band || (typedLevel.x100 >= band.least && typedLevel.x100 <= band.most);
	const level = typedLevel ?? said.values[at];
	const verdict = verdictOf(level, rangeOf(page, at));
	const range = rangeText(page, at);
	const b = rangeOf(page, at);
	const number = text || (level ? levelShown(at, level, page.units) : "–");
	const next = listed[listed.indexOf(at) + 1];

	const give = (m: Measure, l: Level) => {
		const reading: Word = [
			"reading",
			{
				pool_id: p.pool,
				what: m,
				amount: l.x100,
				...(l.how === "exact" ? {} : { unit: l.how === "above" ? ">" : "<" }),
			},
		];
		/* A line that asks for this reading is done with it. */
		const lines = p.stop.brief.checklist.rows
			.filter((r) => ASKED[r.reading]?.(m))
			.filter((r) => !p.stop.progress.checks.some((c) => c.item === r.text && c.done))
			.map((r): Word => ["check", { item: r.text, done: true }]);
		return p.keep(
			(was, [kept]) => ({
				...was,
				values: { ...was.values, [m]: { x100: l.x100, how: l.how } },
				by: { ...was.by, [m]: kept!.id },
				typing: was.typing?.at === m ? undefined : was.typing,
			}),
			[reading, ...lines],
		);
	};
	const typed = (typing: Said["typing"]) => void p.keep((was) => ({ ...was, typing }));
	const move = (m: Measure | undefined) => {
		setText("");
		if (m) setAt(m);
	};
	/* Whoever goes back with a number on the keys has read it. */
	const left = useRef<(() => void) | null>(null);
	left.current = typedLevel && possible ? () => void give(at, typedLevel) : null;
	useEffect(() => () => left.current?.(), []);
	/* The next one stands there at once: what is typed while this one is written down is the next one's. */
	const forward = (to: Measure | undefined) => {
		if (typedLevel && possible) void give(at, typedLevel);
		else if (text) typed(undefined);
		left.current = null;
		move(to);
	};
	/* Each key is kept: a telephone that falls asleep, or into the pool, comes back to the same number. */
	const type = (next: string) => {
		setText(next);
		typed({ at, text: next });
	};
	const key = (k: string) => {
		if (k === "del") type(text.slice(0, -1));
		else if (k === "same") last && type(typedAs(at, last, page.units));
		else if (text.length < 7 && !(k === "." && text.includes("."))) type(text + k);
	};
	const skip = () => {
		if (text) typed(undefined);
		left.current = null;
		move(next);
	};
	return (
		<>
			<section class="card gauge" aria-live="polite">
				<div class="gauge__top">
					<div>
						<h2>{measureName(at, page.own)}</h2>
						<p class="meta">
							{[
								unitOf(at, page.units, page.own),
								last && `${day(last.at)}: ${levelShown(at, last, page.units)}`,
							]
								.filter(Boolean)
								.join(" · ")}
						</p>
					</div>
					<p class="gauge__read">
						<button
							type="button"
							class="gauge__beyond"
							aria-label={t("tech.water.beyond")}
							aria-pressed={text.startsWith(">")}
							onClick={() => type(text.startsWith(">") ? text.slice(1).trim() : `>${text}`)}
						>
							&gt;
						</button>
						<output class="gauge__number" data-long={number.length > 4}>
							{number}
						</output>
					</p>
				</div>
				{level && range && (
					<Pin
						value={level.x100}
						low={b.low}
						aimLow={b.aim_low}
						aimHigh={b.aim_high}
						high={b.high}
					/>
				)}
				<p class="gauge__said" data-verdict={level ? verdict : "none"}>
					{!possible
						? t("tech.water.never")
						: level
							? [`${MARKS[verdict]} ${named("verdict", verdict)}`, range].filter(Boolean).join(", ")
							: range}
				</p>
			</section>
			<div class="tiles">
				{listed.map((m) => {
					const l = said.values[m];
					const v = verdictOf(l, rangeOf(page, m));
					const old = page.known.find((k) => k.measure === m);
					return (
						<button
							key={m}
							type="button"
							class="tile"
							aria-pressed={m === at}
							data-verdict={l ? v : "none"}
							onClick={() => forward(m)}
						>
							<span>{named("short", m)}</span>
							<b>{l ? levelShown(m, l, page.units) : ""}</b>
							<small>
								{l
									? `${MARKS[v]} ${named("verdict", v)}`
									: due.includes(m)
										? `◆ ${t("tech.water.due")}`
										: old
											? `${levelShown(m, old, page.units)}, ${day(old.at)}`
											: ""}
							</small>
						</button>
					);
				})}
			</div>
			{index.computed && <Index csi={csi} method={page.method} />}
			<Went page={page} at={at} />
			{page.drains.map(drainSaid).map(([due, why]) => (
				<p key={due} class="card went">
					<b>{due}</b> <span class="meta">{why}</span>
				</p>
			))}
			<a
				class="button button--block"
				href={`/tech/stops/${p.stop.id}/doses`}
				onClick={() => forward(undefined)}
			>
				<Icon name="drop" />
				<span>{t("dose.title")}</span>
			</a>
			<div class="bar pad" role="group" aria-label={t("tech.water.keys")}>
				{["1", "2", "3", "del", "4", "5", "6", "none", "7", "8", "9", "go", ".", "0", "same"].map(
					(k) =>
						k === "go" ? (
							<button
								key={k}
								type="button"
								class="pad__go"
								disabled={!possible || (text !== "" && !typedLevel)}
								onClick={() => forward(next)}
							>
								<Icon name="right" />
								<span>{next ? named("short", next) : t("tech.water.done")}</span>
							</button>
						) : (
							<button
								key={k}
								type="button"
								class={k.length > 1 ? "pad__word" : ""}
								aria-label={k === "del" ? t("tech.water.delete") : undefined}
								disabled={k === "same" && !last}
								onClick={() => (k === "none" ? skip() : key(k))}
							>
								{k === "del" ? (
									<Icon name="left" />
								) : k === "none" || k === "same" ? (
									t(`tech.water.${k}`)
								) : (
									k
								)}
							</button>
						),
				)}
			</div>
		</>
	);
}
