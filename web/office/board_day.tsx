/* The lanes of a day: those in sight are drawn first (board_sight.ts); what is not drawn yet keeps its place. */
import type { VNode } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Board, BoardLane, BoardStop } from "../shared/api";
import { hour, minutes, minutesBare } from "../shared/format";
import { Avatar, Button, Icon } from "../shared/ui";
import { count, type Key, t } from "../shared/words";
import { errand } from "./board_errand";
import {
	axis,
	ICONS,
	landed,
	open as isOpen,
	late,
	lost,
	matches,
	nowThere,
	rowsOf,
	type State,
	shownEnd,
	special,
	stopsOf,
	windowBare,
	windowOf,
} from "./board_parts";
import { narrow, useSight, useWidths } from "./board_sight";
import { useFinger } from "./finger";

interface Props {
	board: Board;
	open: string;
	words: string;
	only: State | "late" | "";
	onOpen: (id: string) => void;
	onMove: ((s: BoardStop, tech: string | null, before: string | null) => void) | null;
	onPlaceAll: (() => void) | null;
}

/* What stands on the axis up to so long before an hour, and behind it, would lie on the hour's name. */
const UNDER_S = [15 * 60, 36 * 60] as const;

/* The same thing drawn from the same facts is not compared again: a lane is a few hundred nodes. */
function useKept(): (key: string, facts: unknown[], draw: () => VNode) => VNode {
	const kept = useRef(new Map<string, { facts: unknown[]; node: VNode }>());
	return (key, facts, draw) => {
		const was = kept.current.get(key);
		if (was && was.facts.length === facts.length && was.facts.every((f, i) => f === facts[i]))
			return was.node;
		const node = draw();
		kept.current.set(key, { facts, node });
		return node;
	};
}

/* Where most stops are short an hour is wider: a quarter of one still shows who it is. */
const fine = (b: Board) =>
	(b.stops.map((s) => s.time.end_s - s.time.begin_s).sort((x, y) => x - y)[b.stops.length >> 1] ??
		1800) >
	20 * 60
		? "1"
		: "1.5";

export function Lanes(p: Props) {
	const root = useRef<HTMLDivElement>(null);
	const sight = useSight(root, p.board.lanes.length);
	useFinger(root);
	const by = useMemo(() => stopsOf(p.board), [p.board]);
	const span = useMemo(() => ({ ...axis(p.board), fine: fine(p.board) }), [p.board]);
	const { view, hour: px } = useWidths(root, span.hours);
	const kept = useKept();
	const now = useRef(p); // what is kept of a lane acts on the board of today
	now.current = p;
	const here = nowThere();
	const runs = here.day === p.board.day;
	const at = (s: number) => `${((s - span.from) / (span.hours * 3600)) * 100}%`;
	const faint = (s: BoardStop) =>
		!matches(s, p.words) ||
		(p.only !== "" && (p.only === "late" ? !late(s) : s.row.state !== p.only));
	const nobody = (by.get(null) ?? []).filter((s) => s.row.state !== "cancelled");

	/* The day opens where it is now. */
	useLayoutEffect(() => {
		const box = root.current;
		if (box && runs)
			box.scrollLeft =
				((here.second - span.from) / (span.hours * 3600)) * box.scrollWidth - box.clientWidth / 2;
	}, []);

	/* Arrows go from job to job, and from lane to lane at about the same time. */
	const onKey = (e: KeyboardEvent) => {
		const job = (e.target as Element).closest<HTMLElement>("[data-job]");
		if (!job || !["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(e.key)) return;
		e.preventDefault();
		const lanes = [...(root.current?.querySelectorAll<HTMLElement>("[data-lane]") ?? [])].filter(
			(l) => l.querySelector("[data-job]"),
		);
		const lane = job.closest<HTMLElement>("[data-lane]");
		const jobs = [...(lane?.querySelectorAll<HTMLElement>("[data-job]") ?? [])];
		if (e.key === "ArrowLeft" || e.key === "ArrowRight")
			jobs[jobs.indexOf(job) + (e.key === "ArrowLeft" ? -1 : 1)]?.focus();
		else {
			const next = lanes[lanes.indexOf(lane as HTMLElement) + (e.key === "ArrowUp" ? -1 : 1)];
			const x = job.offsetLeft;
			const near = [...(next?.querySelectorAll<HTMLElement>("[data-job]") ?? [])].sort(
				(a, b) => Math.abs(a.offsetLeft - x) - Math.abs(b.offsetLeft - x),
			)[0];
			near?.focus();
			next?.scrollIntoView({ block: "nearest" });
		}
	};
	const drop = (tech: string | null) => (e: DragEvent, x: number) => {
		const id = e.dataTransfer?.getData("text/plain") ?? "";
		const { board, onMove } = now.current;
		const s = board.stops.find((v) => v.row.id === id);
		if (!s || !onMove) return;
		const when = span.from + x * span.hours * 3600;
		const next = tech
			? board.stops.find(
					(v) =>
						v.row.tech_id === tech &&
						v.row.id !== id &&
						isOpen(v) &&
						v.time.begin_s + (v.time.end_s - v.time.begin_s) / 2 > when,
				)
			: undefined;
		onMove(s, tech, next?.row.id ?? null);
	};

	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: arrow keys bubble here from the jobs
		<div
			class="board"
			ref={root}
			onKeyDown={onKey}
			style={{ "--hours": String(span.hours), "--fine": span.fine, "--view": `${view}px` }}
		>
			<div class="board__in">
				{kept("axis", [p.board, runs && Math.floor(here.second / 60)], () => (
					<Axis {...span} techs={p.board.lanes.length} at={at} now={runs ? here.second : null} />
				))}
				<Tray stops={nobody} {...p} faint={faint} drop={drop(null)} />
				{p.board.lanes.map((l, i) => {
					const stops = by.get(l.tech_id) ?? [];
					if (i < sight[0] || i > sight[1])
						return <section key={l.tech_id} class="lane" aria-label={l.name} />;
					const mine = stops.some((s) => s.row.id === p.open) ? p.open : "";
					return kept(
						l.tech_id,
						[
							l,
							...stops,
							stops.filter(lost).length,
							mine,
							p.words,
							p.only,
							span.from,
							span.hours,
							px,
							p.onMove === null,
						],
						() => (
							<Lane
								key={l.tech_id}
								lane={l}
								stops={stops}
								at={at}
								span={span}
								hour={px}
								open={mine}
								onOpen={p.onOpen}
								draggable={p.onMove !== null}
								faint={faint}
								drop={(e, x) => drop(l.tech_id)(e, x)}
							/>
						),
					);
				})}
				{runs && here.second > span.from && here.second < span.from + span.hours * 3600 && (
					<div
						class="nowline"
						style={{
							left: `calc(var(--who) + (100% - var(--who)) * ${(here.second - span.from) / (span.hours * 3600)})`,
						}}
					/>
				)}
			</div>
		</div>
	);
}

/* The hours, and where it is now. */
function Axis(p: { techs: number; from: number; hours: number; at: At; now: number | null }) {
	return (
		<div class="axis" aria-hidden="true">
			<div class="who">
				<span class="clip">{count("board.techs", p.techs)}</span>
			</div>
			<div class="track">
				{Array.from({ length: p.hours }, (_, i) => p.from + i * 3600)
					.filter((s) => p.now === null || p.now < s - UNDER_S[0] || p.now > s + UNDER_S[1])
					.map((s) => (
						<span key={s} style={{ left: p.at(s) }}>
							{hour(s / 3600)}
						</span>
					))}
				{p.now !== null && (
					<span class="nowchip" style={{ left: `clamp(30px, ${p.at(p.now)}, calc(100% - 34px))` }}>
						{minutes(Math.floor(p.now / 60))}
					</span>
				)}
			</div>
		</div>
	);
}

type At = (s: number) => string;
type Drop = (e: DragEvent, x: number) => void;

/* A place that takes what is dragged: where on it, as a share of its width. */
function useDrop(drop: Drop) {
	const [over, setOver] = useState(false);
	return {
		over,
		on: {
			onDragOver: (e: DragEvent) => {
				e.preventDefault();
				setOver(true);
			},
			onDragLeave: () => setOver(false),
			onDrop: (e: DragEvent) => {
				e.preventDefault();
				setOver(false);
				const track = (e.currentTarget as Element).querySelector(".track, .tray__jobs");
				const box = track?.getBoundingClientRect();
				drop(e, box ? (e.clientX - box.left) / box.width : 1);
			},
		},
	};
}
const lift = (id: string) => (e: DragEvent) => {
	e.dataTransfer?.setData("text/plain", id);
	if (e.dataTransfer) e.dataTransfer.effectAllowed = "move";
};

function Tray(p: Props & { stops: BoardStop[]; faint: (s: BoardStop) => boolean; drop: Drop }) {
	const { over, on } = useDrop(p.drop);
	return (
		<section
			class={over ? "tray lane--over" : "tray"}
			aria-label={t("board.nobody")}
			data-lane="nobody"
			{...on}
		>
			<div class="who">
				<b>{t("board.nobody")}</b>
				{p.onPlaceAll && p.stops.length > 0 && (
					<Button kind="tint" size="sm" icon="bolt" onClick={p.onPlaceAll}>
						{t("board.place")}
					</Button>
				)}
			</div>
			<div class="tray__jobs">
				{p.stops.length === 0 && <span class="tray__none">{t("board.nobody.none")}</span>}
				{p.stops.map((s) => (
					<button
						key={s.row.id}
						data-job={s.row.id}
						class={p.faint(s) ? "ujob ujob--faint" : "ujob"}
						type="button"
						draggable={p.onMove !== null}
						aria-pressed={p.open === s.row.id}
						onDragStart={lift(s.row.id)}
						onClick={() => p.onOpen(s.row.id)}
					>
						<span>
							<b class="clip">{s.row.customer}</b>
							<Special marks={special(s)} />
							<span class="unseen">
								{special(s)
									.map(([, said]) => said)
									.join(", ")}
							</span>
						</span>
						<span>
							<small class="clip">
								{[s.row.service, landed(s) && t(`visit.source.${s.row.source}` as Key)]
									.filter(Boolean)
									.join(" · ")}
							</small>
						</span>
						<span>
							<small class="clip">
								{s.row.from_minute !== null || s.row.to_minute !== null
									? windowOf(s)
									: `${s.row.street}, ${s.row.city}`}
							</small>
						</span>
						{s.row.why_who && (
							<span class="ujob__why">
								<Icon name="bolt" size="sm" />
								<small class="clip">{s.row.why_who}</small>
							</span>
						)}
					</button>
				))}
			</div>
		</section>
	);
}

interface LaneProps {
	lane: BoardLane;
	stops: BoardStop[];
	at: At;
	span: { from: number; hours: number };
	hour: number;
	open: string;
	onOpen: (id: string) => void;
	draggable: boolean;
	faint: (s: BoardStop) => boolean;
	drop: Drop;
}

function Lane(p: LaneProps) {
	const l = p.lane;
	const { over, on } = useDrop(p.drop);
	const live = p.stops.filter((s) => s.row.state !== "skipped" && s.row.state !== "cancelled");
	const done = p.stops.filter((s) => s.row.state === "done").length;
	const behind = p.stops.filter(late).length;
	const planned = live.reduce((n, s) => n + s.row.minutes, 0);
	const share = l.work_minutes > 0 ? Math.round((planned / l.work_minutes) * 100) : 100;
	const width = p.span.hours * 3600;
	const rows = rowsOf(p.stops);
	const first = l.name.split(" ", 1)[0] ?? "";
	const block = (from: number, to: number) =>
		to > from && (
			<div class="off" style={{ left: p.at(from), width: `${((to - from) / width) * 100}%` }}>
				{l.off}
			</div>
		);
	return (
		<section
			class={["lane", behind > 0 && "lane--late", over && "lane--over"].filter(Boolean).join(" ")}
			aria-label={l.name}
			data-lane={l.tech_id}
			data-tech={l.colour || undefined}
			{...on}
		>
			<div class="who">
				<Avatar name={l.name} tech={l.colour} />
				<span class="who__t">
					<b class="clip">
						{first}
						<span class="who__rest">{l.name.slice(first.length)}</span>
					</b>
					<span class="who__m">
						<span>
							{done}/{live.length}
						</span>
						{live.length > 0 && (
							<span>{t("board.ends", { at: minutes(Math.floor(l.ends_s / 60)) })}</span>
						)}
						{behind > 0 && (
							<span class="who__late">
								<Icon name="clock" size="sm" />
								{behind}
							</span>
						)}
					</span>
					<span class="load">
						<i
							data-over={share > 100 ? "" : undefined}
							style={{ width: `${Math.min(100, share)}%` }}
						/>
					</span>
				</span>
			</div>
			<div class="track">
				{l.said && l.to_minute === 0 && block(p.span.from, p.span.from + width)}
				{l.to_minute > 0 && block(p.span.from, l.from_minute * 60)}
				{l.to_minute > 0 && block(l.to_minute * 60, p.span.from + width)}
				{p.stops.map((s) => [
					errand(s) && s.time.fetch_s >= 0 && (
						<span
							key={`${s.row.id}-errand`}
							class="errand"
							aria-hidden="true"
							title={`${t("errand.what")}: ${s.row.errand}`}
							style={{
								left: p.at(s.time.fetch_s),
								width: `calc(${(Math.max(s.row.errand_minutes, 10) * 60 * 100) / width}% - 2px)`,
							}}
						>
							<Icon name="box" />
						</span>
					),
					<Job key={s.row.id} stop={s} {...p} width={width} rows={rows.get(s.row.id) ?? [0, 1]} />,
				])}
			</div>
		</section>
	);
}

function Job(p: LaneProps & { stop: BoardStop; width: number; rows: [number, number] }) {
	const s = p.stop;
	const long = shownEnd(s) - s.time.begin_s;
	const [row, of] = p.rows;
	const behind = late(s);
	const unread = lost(s);
	const when = behind ? minutesBare(Math.floor(s.time.begin_s / 60)) : windowBare(s);
	const marks = special(s);
	const slim = narrow((long / 3600) * p.hour);
	/* What is said begins with what is seen: of a narrow one that is late that is not what is done. */
	const seen =
		slim && behind ? [s.row.customer, when, s.row.service] : [s.row.customer, s.row.service, when];
	return (
		<button
			type="button"
			class={p.faint(s) ? "job job--faint" : "job"}
			data-job={s.row.id}
			data-narrow={slim}
			data-rows={of > 1 ? of : undefined}
			data-state={s.row.state}
			data-late={behind ? "" : undefined}
			data-lost={unread ? "" : undefined}
			data-flagged={s.row.flag ? "" : undefined}
			draggable={p.draggable && isOpen(s)}
			aria-pressed={p.open === s.row.id}
			aria-label={[
				seen.filter(Boolean).join(" "),
				t(`visit.state.${s.row.state}` as Key),
				minutes(Math.floor(s.time.begin_s / 60)),
				behind && t("board.late"),
				unread && t("board.lost"),
				...marks.map(([, said]) => said),
				errand(s) && `${t("errand.first")} ${s.row.errand}`,
			]
				.filter(Boolean)
				.join(", ")}
			style={{
				left: p.at(s.time.begin_s),
				width: `calc(${(long / p.width) * 100}% - 3px)`,
				...(of > 1 && { "--row": row, "--rows": of }),
			}}
			onDragStart={lift(s.row.id)}
			onClick={() => p.onOpen(s.row.id)}
		>
			<b>{s.row.customer}</b>{" "}
			<span class="job__svc">
				<Icon name={ICONS[s.row.state]} />
				{s.row.service}
			</span>{" "}
			{(when || unread || marks.length > 0) && (
				<span class="job__meta">
					{behind && <Icon name="clock" />}
					{when}
					{unread && <Icon name="bell" />}
					<Special marks={marks} />
				</span>
			)}
		</button>
	);
}

/* The marks of what is special. Whoever listens is told it in words. */
function Special({ marks }: { marks: ReturnType<typeof special> }) {
	return (
		<>
			{marks.map(([mark]) => (
				<Icon key={mark} name={mark} size="sm" />
			))}
		</>
	);
}
