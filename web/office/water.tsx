/* The water of a pool on its card: what was read last, how it moves, what is to come, and the ways to its panels. */
import { useEffect, useState } from "preact/hooks";
import type { Pool, WaterPage } from "../shared/api";
import { call, Fault, faultText } from "../shared/call";
import { Chart, Pin, type Point, Trend } from "../shared/chart";
import { ago, day, dayOf, moment } from "../shared/format";
import {
	amount,
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
	unitOf,
	verdictOf,
	waterOf,
} from "../shared/measure";
import { toast } from "../shared/over";
import { Badge, Banner, Button, Icon, Pill, Skeleton } from "../shared/ui";
import { balance, filled, type Level, type Measure, type Units } from "../shared/water";
import { count, named, t } from "../shared/words";
import { may } from "./me";
import type { Page } from "./record";
import { waterTurn } from "./water-later";

export function useWater(pool: string): { page: WaterPage | null; fault: string } {
	const [state, set] = useState<{ page: WaterPage | null; fault: string }>({
		page: null,
		fault: "",
	});
	const turn = waterTurn.value;
	// The turn says that somebody wrote
	useEffect(() => {
		let wanted = true;
		call("GET /api/office/pools/:id/water", { id: pool }).then(
			(page) => wanted && set({ page, fault: "" }),
			(f) => wanted && set((was) => ({ page: was.page, fault: faultText(f) })),
		);
		return () => {
			wanted = false;
		};
	}, [pool, turn]);
	return state;
}

export const readOf = (page: WaterPage) => page.known.map((k) => k.measure);

export function pointsOf(page: WaterPage, m: Measure): Point[] {
	const band = rangeOf(page, m);
	return page.readings.flatMap((r) => {
		const v = r.values.find((x) => x.measure === m);
		if (!v) return [];
		const verdict = verdictOf(v, band);
		return [
			{
				at: r.at,
				value: Number(shownNumber(m, v.x100, page)),
				text: levelShown(m, v, page.units),
				good: verdict !== "low" && verdict !== "high",
			},
		];
	});
}
const shownNumber = (m: Measure, x100: number, page: WaterPage) =>
	m === "temp" && page.units === "us" ? Math.round((x100 / 100) * 1.8 + 32) : x100 / 100;

function bandShown(page: WaterPage, m: Measure) {
	const text = rangeText(page, m);
	const b = rangeOf(page, m);
	if (!text) return undefined;
	return {
		from: Number(shownNumber(m, b.aim_low, page)),
		to: Number(shownNumber(m, b.aim_high, page)),
		text,
	};
}

/* ---- on the card ---- */

export function WaterNow(p: { page: Page; pool: Pool; edits: boolean }) {
	const { page, fault } = useWater(p.pool.id);
	if (fault && !page) return <p class="faint">{fault}</p>;
	if (!page) return <Skeleton lines={2} />;
	const to = (what: string) => () => p.page.edit(`${what}:${p.pool.id}`);
	const last = page.readings[0];
	return (
		<div class="stack stack--tight">
			{last ? (
				<>
					<Numbers page={page} />
					<Drift page={page} />
				</>
			) : (
				<p class="faint">{t("water.none")}</p>
			)}
			{p.edits && (
				<div class="row row--wrap">
					<Button size="sm" icon="flask" onClick={to("reading-new")}>
						{t("water.enter")}
					</Button>
					{last && (
						<Button size="sm" icon="drop" onClick={to("dose")}>
							{t("water.advice")}
						</Button>
					)}
				</div>
			)}
		</div>
	);
}

function Numbers(p: { page: WaterPage }) {
	const { page } = p;
	const last = page.readings[0];
	const asked = new Set<Measure>(askedOf(page));
	const rows = page.known.filter((k) => asked.has(k.measure) || k.at === last?.at);
	const index = balance(filled(waterOf(page)));
	return (
		<>
			<p class="meta">
				{last &&
					t("water.last", {
						when: moment(last.at),
						who: last.staff_name ?? named("read", last.source),
					})}{" "}
				{last?.doubtful && may("dispatch") && <Badge icon="alert">{t("water.doubtful")}</Badge>}
			</p>
			<ul class="numbers">
				{rows.map((k) => (
					<Number_
						key={k.measure}
						page={page}
						measure={k.measure}
						level={k}
						at={k.at}
						old={!k.fresh}
					/>
				))}
				{index.computed && (
					<li class="number">
						<span class="number__name">{t(page.method === "csi" ? "index.csi" : "index.lsi")}</span>
						<span class="number__value">
							{signed(page.method === "csi" ? index.csi : index.lsi)}
						</span>
						<Pin
							value={page.method === "csi" ? index.csi : index.lsi}
							low={-60}
							aimLow={-30}
							aimHigh={30}
							high={60}
						/>
						<span class="number__said">
							{indexSaid(page.method === "csi" ? index.csi : index.lsi)}
						</span>
					</li>
				)}
			</ul>
		</>
	);
}

function Number_(p: { page: WaterPage; measure: Measure; level: Level; at: number; old: boolean }) {
	const { page, measure, level } = p;
	const band = rangeOf(page, measure);
	const verdict = verdictOf(level, band);
	const range = rangeText(page, measure);
	return (
		<li class={p.old ? "number number--old" : "number"} data-verdict={verdict}>
			<span class="number__name">{measureName(measure, page.own)}</span>
			<span class="number__value">
				{levelShown(measure, level, page.units)}{" "}
				<small>{unitOf(measure, page.units, page.own)}</small>
			</span>
			{range && (
				<Pin
					value={level.x100}
					low={band.low}
					aimLow={band.aim_low}
					aimHigh={band.aim_high}
					high={band.high}
				/>
			)}
			<span class="number__said">
				{p.old
					? t("water.of", { day: day(p.at) })
					: range
						? `${MARKS[verdict]} ${named("verdict", verdict)}${verdict === "ok" ? "" : `, ${range}`}`
						: ""}
			</span>
		</li>
	);
}

/* The line of what matters most, and what this pool's own past foretells. */
function Drift(p: { page: WaterPage }) {
	const { page } = p;
	const main: Measure = page.sanitiser === "bromine" ? "bromine" : "fc";
	const points = pointsOf(page, main).slice(0, 12);
	const drawn = points.length >= 3;
	if (!drawn && page.drains.length === 0) return null;
	return (
		<div class="drift">
			{drawn && (
				<Chart
					spark
					points={points}
					band={bandShown(page, main)}
					label={`${measureName(main)}, ${unitOf(main, page.units)}`}
				/>
			)}
			<div class="drift__said">
				<Foretold page={page} />
			</div>
		</div>
	);
}

export function Foretold(p: { page: WaterPage }) {
	const { forecast, drains } = p.page;
	/* What is foretold is no better than a tenth. */
	const ppm = (x: number) => shown("fc", Math.round(x / 10) * 10, "us");
	const least = rangeOf(p.page, "fc").low;
	return (
		<>
			{forecast.method === "none" ? (
				<p class="meta">{t("forecast.none")}</p>
			) : (
				<p>
					<b>
						{forecast.day
							? t("forecast.fc", { value: ppm(forecast.likely), day: dayOf(forecast.day) })
							: t("forecast.week", { value: ppm(forecast.likely) })}
					</b>{" "}
					<span class="meta">
						{t(`forecast.${forecast.method}`, {
							n: forecast.rests_on,
							least: ppm(forecast.least),
							most: ppm(forecast.most),
						})}
					</span>{" "}
					{forecast.likely < least && (
						<Pill tone="sun">{t("forecast.under", { least: ppm(least) })}</Pill>
					)}
				</p>
			)}
			{drains.map(drainSaid).map(([due, why]) => (
				<p key={due}>
					<b>{due}</b> <span class="meta">{why}</span>
				</p>
			))}
		</>
	);
}

/* ---- the tab: all of it ---- */

export function WaterTab(p: { page: Page; edits: boolean }) {
	const pools = p.page.customer.properties
		.filter((x) => !x.archived_at)
		.flatMap((x) => x.pools)
		.filter((x) => !x.archived_at);
	if (pools.length === 0) return <p class="faint">{t("pool.none")}</p>;
	return (
		<>
			{pools.map((pool) => (
				<section key={pool.id} class="stack" aria-label={pool.name || named("water", pool.kind)}>
					<h2>{pool.name || named("water", pool.kind)}</h2>
					<WaterAll page={p.page} pool={pool} edits={p.edits} />
				</section>
			))}
		</>
	);
}

const TRENDS: Measure[] = ["fc", "bromine", "ph", "ta", "ch", "cya", "salt", "temp", "tds"];

function WaterAll(p: { page: Page; pool: Pool; edits: boolean }) {
	const { page, fault } = useWater(p.pool.id);
	if (fault && !page) return <Banner tone="coral">{fault}</Banner>;
	if (!page) return <Skeleton />;
	const drawn = [...TRENDS, ...readOf(page).filter((m) => !TRENDS.includes(m))].filter(
		(m) => pointsOf(page, m).length >= 2,
	);
	return (
		<>
			<WaterNow page={p.page} pool={p.pool} edits={p.edits} />
			<div class="trends">
				{drawn.map((m) => (
					<Trend
						key={m}
						points={pointsOf(page, m)}
						band={bandShown(page, m)}
						label={[measureName(m, page.own), unitOf(m, page.units, page.own)]
							.filter(Boolean)
							.join(", ")}
					/>
				))}
			</div>
			<History page={p.page} pool={p.pool.id} water={page} edits={p.edits} />
			{p.edits && (
				<p>
					<button
						class="link"
						type="button"
						onClick={() => p.page.edit(`water-rules:${p.pool.id}`)}
					>
						{t("rules.own")}
					</button>
				</p>
			)}
		</>
	);
}

/* What was read and poured, newest first. */
function History(p: { page: Page; pool: string; water: WaterPage; edits: boolean }) {
	const { water } = p;
	const [all, setAll] = useState(false);
	const sets = all ? water.readings : water.readings.slice(0, 8);
	const undo = async (id: string, version: number) => {
		try {
			await call("POST /api/office/doses/:id/undoings", { id, body: { version } });
			waterTurn.value += 1;
			toast(t("dose.undone"));
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
		}
	};
	return (
		<ol class="lines">
			{sets.map((r, i) => {
				const until = i === 0 ? Number.POSITIVE_INFINITY : (water.readings[i - 1]?.at ?? 0);
				const doses = water.doses.filter((d) => d.at >= r.at && d.at < until);
				return (
					<li key={r.id} class="tested">
						<div class="row row--wrap">
							<b>{moment(r.at)}</b>
							<span class="meta grow">{r.staff_name ?? named("read", r.source)}</span>
							{may("dispatch") &&
								r.doubts.map((d) => (
									<Badge key={d} {...(r.doubtful ? { tone: "sun" as const } : {})}>
										{named("doubt", d)}
									</Badge>
								))}
							{p.edits && (
								<Button
									kind="quiet"
									size="sm"
									icon="pen"
									label={t("water.correct", { day: moment(r.at) })}
									onClick={() => p.page.edit(`reading:${p.pool}.${r.id}`)}
								/>
							)}
						</div>
						<p>
							{r.values
								.map(
									(v) =>
										`${measureName(v.measure, water.own)} ${levelShown(v.measure, v, water.units)}`,
								)
								.join(" · ")}
						</p>
						{r.replaced_l > 0 && <p class="meta">{t("water.replaced", { l: r.replaced_l })}</p>}
						{doses.map((d) => (
							<p key={d.id} class="row row--wrap meta">
								<Icon name="drop" size="sm" />
								<span class={d.undone_at ? "struck" : ""}>
									{amount(d.given_x100, d.unit, d.holds_x100, water.units)} {d.item}
								</span>
								{d.planned_x100 !== null && d.planned_x100 !== d.given_x100 && (
									<span>
										{t("dose.instead", {
											amount: amount(d.planned_x100, d.unit, d.holds_x100, water.units),
											reason: d.reason,
										})}
									</span>
								)}
								{(d.planned_x100 === null || d.planned_x100 === d.given_x100) && d.reason && (
									<span>{d.reason}</span>
								)}
								{may("dispatch") &&
									d.marks.map((m) => (
										<Badge key={m} tone="sun">
											{named("doubt.dose", m)}
										</Badge>
									))}
								{p.edits && !d.undone_at && (
									<button class="link" type="button" onClick={() => void undo(d.id, d.version)}>
										{t("act.undo")}
										<span class="unseen"> {d.item}</span>
									</button>
								)}
							</p>
						))}
					</li>
				);
			})}
			{!all && water.readings.length > sets.length && (
				<li>
					<button class="link" type="button" onClick={() => setAll(true)}>
						{count("water.more", water.readings.length - sets.length)}
					</button>
				</li>
			)}
		</ol>
	);
}

export const whenTested = (page: WaterPage) => (page.readings[0] ? ago(page.readings[0].at) : "");

/* ---- a line of the timeline ("fc 1.2, temp 23") ---- */

/* What the company named itself stays as it is kept. */
function levelSaid(kept: string, units: Units): string {
	const at = kept.indexOf(" ");
	const m = kept.slice(0, at).toLowerCase() as Measure;
	const l = m.startsWith("own") ? null : levelOf(m, kept.slice(at), "metric");
	if (!l) return kept;
	const said = `${measureName(m)} ${levelShown(m, l, units)}`;
	return m === "temp" ? `${said} ${unitOf(m, units)}` : said;
}

/* What was measured, as it is kept, in words and in the reader's units. */
export const Measured = (p: { text: string; units: Units }) => (
	<>
		{p.text
			.split(", ")
			.map((kept) => levelSaid(kept, p.units))
			.join(", ")}
	</>
);
