/* The dispatch board: the day of all technicians on one axis, what is nobody's, and what wants a look. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { AlertLine, AlertPage, Board, BoardStop, Replan } from "../shared/api";
import { call, Fault } from "../shared/call";
import { ago, dayPart, dayRange } from "../shared/format";
import { listen } from "../shared/live";
import { toast } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import { Button, Heading, Icon, Kbd, Segments } from "../shared/ui";
import { count, type Key, t } from "../shared/words";
import { seenTo } from "./alerts";
import { Lanes } from "./board_day";
import { JobPanel, MoveDialog, OffersDialog } from "./board_job";
import { LateBar, ReplanDialog } from "./board_late";
import { NewJob } from "./board_new";
import { Paper, printPage, usePaper } from "./board_paper";
import {
	changedSince,
	dayAfter,
	ICONS,
	late,
	nowThere,
	parts,
	STATES,
	type State,
	withParts,
} from "./board_parts";
import { monday, Week } from "./board_week";
import { may } from "./me";
import { PartsDialog } from "./parts";
import "./board.css";

interface Data {
	board: Board | null /* the week has none */;
	alerts: AlertPage;
}

const FRESH_MS = 30_000; /* without a hint the house is asked so often */

function View({ data, at }: { data: Data; at: Place }) {
	const view = at.query.get("view") === "week" ? "week" : "day";
	const today = nowThere().day;
	const day = at.query.get("day") ?? today;
	const to = (change: Record<string, string>) => {
		const q = new URLSearchParams({
			...(at.query.get("view") ? { view } : {}),
			...(at.query.get("day") ? { day } : {}),
			...change,
		});
		if (q.get("view") === "day") q.delete("view");
		if (q.get("day") === today) q.delete("day");
		go(`/board${q.size ? `?${q}` : ""}`, true);
	};
	const step = view === "week" ? 7 : 1;
	const title =
		view === "week"
			? dayRange(monday(day), dayAfter(monday(day), 6))
			: dayPart(day, { weekday: "long", month: "long", day: "numeric" });
	return (
		<>
			<header class="bar bar--board">
				<div class="row no-print">
					<Button
						kind="quiet"
						icon="left"
						label={t("board.before")}
						onClick={() => to({ day: dayAfter(day, -step) })}
					/>
					<Button size="sm" onClick={() => to({ day: today })}>
						{t("board.today")}
					</Button>
					<Button
						kind="quiet"
						icon="right"
						label={t("board.after")}
						onClick={() => to({ day: dayAfter(day, step) })}
					/>
				</div>
				<Heading>{title}</Heading>
				<span class="push" />
				<Segments
					label={t("board.view")}
					value={view}
					choices={[
						{ value: "day", label: t("board.day") },
						{ value: "week", label: t("board.week") },
					]}
					onChange={(v) => to({ view: v })}
				/>
				<Button kind="quiet" icon="print" label={t("board.print")} onClick={printPage} />
				{may("dispatch") && (
					<Button kind="primary" icon="plus" onClick={() => to({ add: "job" })}>
						{t("board.new")}
					</Button>
				)}
			</header>
			{view === "week" || !data.board ? (
				<Week from={day} open={(d) => to({ view: "day", day: d })} />
			) : (
				<Day
					key={data.board.day}
					first={data.board}
					alerts={data.alerts}
					adding={at.query.get("add") === "job"}
					add={() => to({ add: "job" })}
					closeAdding={() => go(`/board${day === today ? "" : `?day=${day}`}`, true)}
				/>
			)}
		</>
	);
}

/* The map and what draws it come when somebody wants to see it. */
type MapProps = Parameters<typeof import("./board_map").BoardMap>[0];
function MapLater(p: MapProps) {
	const [is, set] = useState<{ view: typeof import("./board_map").BoardMap } | null>(null);
	useEffect(() => {
		void import("./board_map").then((m) => set({ view: m.BoardMap }));
	}, []);
	return is ? <is.view {...p} /> : <div class="boardmap" />;
}

type Over = { kind: "offers" | "move"; stop: BoardStop };

function Day(p: {
	first: Board;
	alerts: AlertPage;
	adding: boolean;
	add: () => void;
	closeAdding: () => void;
}) {
	const [board, setBoard] = useState(p.first);
	const [alerts, setAlerts] = useState(p.alerts);
	const [open, setOpen] = useState("");
	const [over, setOver] = useState<Over | null>(null);
	const [replanning, setReplanning] = useState(false);
	const paper = usePaper();
	const [map, setMap] = useState(localStorage.getItem("board.map") === "on");
	const flip = () => {
		localStorage.setItem("board.map", map ? "off" : "on");
		setMap(!map);
	};
	const [words, setWords] = useState("");
	const [only, setOnly] = useState<State | "late" | "">("");
	const [seen, setSeen] = useState({ at: Date.now(), live: false });
	const [, tick] = useState(0);
	const now = useRef(board);

	const put = async (techs: (string | null)[]) => {
		const fresh = await parts(now.current.day, techs);
		now.current = withParts(now.current, fresh);
		setBoard(now.current);
	};
	/* What another screen or a phone did: only the lanes that changed are asked for. */
	const catchUp = async () => {
		try {
			const changed = await changedSince(now.current);
			if (changed.techs.length) await put(changed.techs);
			if (changed.alerts !== now.current.alerts || changed.techs.length)
				setAlerts(await call("GET /api/office/alerts"));
			setSeen((s) => ({ ...s, at: Date.now() }));
		} catch {
			setSeen((s) => ({ ...s, live: false }));
		}
	};
	useEffect(() => {
		const stop = listen((kind) => {
			if (kind === "ask") return; /* the board looks by its own clock, with a line or without */
			setSeen((s) => ({ ...s, live: kind !== "away" }));
			if (kind !== "away") void catchUp();
		});
		const timer = setInterval(() => void catchUp(), FRESH_MS);
		const clock = setInterval(() => tick((n) => n + 1), 60_000);
		return () => {
			stop();
			clearInterval(timer);
			clearInterval(clock);
		};
	}, []);

	/* One act of the office, told, with a way back where there is one. */
	const act = async (
		what: () => Promise<unknown>,
		techs: (string | null)[],
		done: string,
		back?: () => Promise<unknown>,
	) => {
		try {
			await what();
			await put([...new Set(techs)]);
			toast(done, back && (() => void act(back, techs, t("board.undone"))));
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
			await catchUp();
		}
	};
	const move = (s: BoardStop, tech: string | null, before: string | null) => {
		const was = { tech: s.row.tech_id, before: nextOf(board, s) };
		if (was.tech === tech && (was.before === before || before === s.row.id)) return;
		const place = (tech_id: string | null, before_id: string | null, version: number) =>
			call("POST /api/office/visits/:id/places", {
				id: s.row.id,
				body: { day: board.day, tech_id, before_id, anyway: false, version },
			});
		void act(
			() => place(tech, before, s.row.version),
			[was.tech, tech],
			tech
				? t("board.moved", { who: s.row.customer, tech: nameOf(board, tech) })
				: t("board.freed", { who: s.row.customer }),
			async () => {
				const is = await call("GET /api/office/visits/:id", { id: s.row.id });
				await place(was.tech, was.before, is.version);
			},
		);
	};
	const placeAll = () =>
		act(
			async () => {
				const out = await call("POST /api/office/placements", { body: { day: board.day } });
				if (out.left > 0) toast(count("board.left", out.left));
			},
			[null, ...board.lanes.map((l) => l.tech_id)],
			t("board.placed"),
		);

	/* The answer to a plan is what takes it back. */
	const replan = async (plan: Replan, tell: boolean) => {
		let back: Replan | null = null;
		await act(
			async () => {
				back = await call("POST /api/office/replans", { body: { ...plan, tell } });
			},
			plan.lanes.map((l) => l.tech_id),
			t("late.taken"),
			async () => {
				if (back) await call("POST /api/office/replans", { body: back });
			},
		);
	};

	/* Who works by the keys stays on the job, also when it has come to another lane. */
	const hand = useRef("");
	useEffect(() => {
		if (over) hand.current = over.stop.row.id;
	}, [over]);
	useEffect(() => {
		const at = document.activeElement;
		const job = hand.current && document.querySelector<HTMLElement>(`[data-job="${hand.current}"]`);
		if (at === document.body && job) job.focus();
		else if (job && at !== job && !over) hand.current = "";
	}, [board]);

	const selected = board.stops.find((s) => s.row.id === open);
	const shown = useMemo(() => {
		const by = Object.fromEntries(STATES.map((s) => [s, 0])) as Record<State, number>;
		let behind = 0;
		for (const s of board.stops) {
			by[s.row.state]++;
			if (late(s)) behind++;
		}
		return { by, behind };
	}, [board]);

	useEffect(() => {
		const onKey = (e: KeyboardEvent) => {
			const typing = (e.target as Element).closest?.("input, select, textarea");
			if (typing || e.metaKey || e.ctrlKey || e.altKey || document.querySelector("dialog[open]"))
				return;
			const id = (e.target as Element).closest?.("[data-job]")?.getAttribute("data-job") ?? open;
			const stop = now.current.stops.find((s) => s.row.id === id);
			const key = e.key.toLowerCase();
			if (key === "n" && may("dispatch")) p.add();
			else if (key === "escape") setOpen("");
			/* Nobody has anything in the hand: the first job that is still to be done. From there the board knows the way. */ else if (
				key.startsWith("arrow") &&
				document.activeElement === document.body
			) {
				const jobs = [...document.querySelectorAll<HTMLElement>("[data-lane] [data-job]")];
				const first = jobs.find((j) => j.matches("[data-state=scheduled]")) ?? jobs[0];
				if (!first) return;
				first.focus();
			} else if (stop && may("dispatch") && key === "a") setOver({ kind: "offers", stop });
			else if (stop && may("dispatch") && key === "m") setOver({ kind: "move", stop });
			else return;
			e.preventDefault();
		};
		addEventListener("keydown", onKey);
		return () => removeEventListener("keydown", onKey);
	}, [open]);

	return (
		<>
			<div class="sum" role="group" aria-label={t("board.filter")}>
				<button class="sum__i" type="button" aria-pressed={only === ""} onClick={() => setOnly("")}>
					{count("board.jobs", board.stops.length)}
				</button>
				{STATES.filter((s) => shown.by[s] > 0).map((s) => (
					<button
						key={s}
						class="sum__i"
						type="button"
						aria-pressed={only === s}
						onClick={() => setOnly(only === s ? "" : s)}
					>
						<Icon name={ICONS[s]} size="sm" />
						<b>{shown.by[s]}</b> {t(`visit.state.${s}` as Key)}
					</button>
				))}
				{shown.behind > 0 && (
					<button
						class="sum__i sum__i--trouble"
						type="button"
						aria-pressed={only === "late"}
						onClick={() => setOnly(only === "late" ? "" : "late")}
					>
						<Icon name="clock" size="sm" />
						<b>{shown.behind}</b> {t("board.late")}
					</button>
				)}
				<button class="sum__i sum__map" type="button" aria-pressed={map} onClick={flip}>
					<Icon name="pin" size="sm" /> {t("board.map")}
				</button>
				<input
					class="input sum__find"
					type="search"
					aria-label={t("board.find")}
					placeholder={t("board.find")}
					value={words}
					onInput={(e) => setWords(e.currentTarget.value)}
				/>
			</div>
			<LateBar
				board={board}
				open={setOpen}
				plan={may("dispatch") ? () => setReplanning(true) : null}
			/>
			<div
				class={["work", (selected || p.adding) && "work--job", map && "work--map"]
					.filter(Boolean)
					.join(" ")}
			>
				{paper && <Paper board={board} />}
				<Lanes
					board={board}
					open={open}
					words={words}
					only={only}
					onOpen={setOpen}
					onMove={may("dispatch") ? move : null}
					onPlaceAll={may("dispatch") ? placeAll : null}
				/>
				{map && <MapLater board={board} open={open} onOpen={setOpen} />}
				{p.adding ? (
					<NewJob
						day={board.day}
						lanes={board.lanes}
						close={p.closeAdding}
						made={async (id, tech) => {
							hand.current = id;
							p.closeAdding();
							await put([tech]);
							toast(t("board.made"));
						}}
					/>
				) : selected ? (
					<JobPanel
						key={selected.row.id}
						stop={selected}
						board={board}
						close={() => setOpen("")}
						offers={() => setOver({ kind: "offers", stop: selected })}
						move={() => setOver({ kind: "move", stop: selected })}
						act={act}
					/>
				) : (
					<Feed
						page={alerts}
						open={(id) => setOpen(id)}
						closed={() => void call("GET /api/office/alerts").then(setAlerts)}
					/>
				)}
			</div>
			<div class="keys no-print">
				<span>
					<Kbd>↑</Kbd> <Kbd>↓</Kbd> {t("board.keys.tech")}
				</span>
				<span>
					<Kbd>←</Kbd> <Kbd>→</Kbd> {t("board.keys.job")}
				</span>
				<span>
					<Kbd>N</Kbd> {t("board.new")}
				</span>
				<span>
					<Kbd>A</Kbd> {t("board.assign")}
				</span>
				<span>
					<Kbd>M</Kbd> {t("board.move")}
				</span>
				<span class="live" role="status">
					<i class="live__dot" data-away={seen.live ? undefined : ""} />
					{t(seen.live ? "board.live" : "board.polling")}
				</span>
			</div>
			{replanning && (
				<ReplanDialog
					day={board.day}
					close={() => setReplanning(false)}
					take={(offer, tell) => {
						setReplanning(false);
						void replan(offer.plan, tell);
					}}
				/>
			)}
			{over?.kind === "offers" && (
				<OffersDialog
					stop={over.stop}
					close={() => setOver(null)}
					take={(tech) => {
						setOver(null);
						void act(
							() =>
								call("POST /api/office/visits/:id/takings", {
									id: over.stop.row.id,
									body: { tech_id: tech, version: over.stop.row.version },
								}),
							[over.stop.row.tech_id, tech],
							t("board.moved", { who: over.stop.row.customer, tech: nameOf(board, tech) }),
						);
					}}
				/>
			)}
			{over?.kind === "move" && (
				<MoveDialog
					stop={over.stop}
					board={board}
					close={() => setOver(null)}
					move={(day, tech, before) => {
						setOver(null);
						if (day === board.day) move(over.stop, tech, before);
						else
							void act(
								() =>
									call("POST /api/office/visits/:id/places", {
										id: over.stop.row.id,
										body: {
											day,
											tech_id: tech,
											before_id: null,
											anyway: false,
											version: over.stop.row.version,
										},
									}),
								[over.stop.row.tech_id],
								t("board.moved.day", {
									who: over.stop.row.customer,
									day: dayPart(day, { weekday: "long", month: "short", day: "numeric" }),
								}),
							);
					}}
				/>
			)}
		</>
	);
}

const nameOf = (board: Board, tech: string) =>
	board.lanes.find((l) => l.tech_id === tech)?.name ?? "";

function nextOf(board: Board, s: BoardStop): string | null {
	const lane = board.stops
		.filter((x) => x.row.tech_id === s.row.tech_id && x.row.id !== s.row.id)
		.sort((a, b) => a.row.seq - b.row.seq);
	return lane.find((x) => x.row.seq >= s.row.seq)?.row.id ?? null;
}

/* What somebody should look at. */
function Feed(p: { page: AlertPage; open: (id: string) => void; closed: () => void }) {
	const [parting, setParting] = useState<AlertLine | null>(null);
	return (
		<aside class="side no-print" aria-label={t("alerts.title")}>
			<div class="side__head">
				<h2 class="grow">{t("alerts.title")}</h2>
				{p.page.rows.length > 0 && <b>{p.page.rows.length}</b>}
				<a class="link" href="/alerts">
					{t("alerts.all")}
				</a>
			</div>
			{p.page.rows.length === 0 ? (
				<p class="tray__none">{t("alerts.none")}</p>
			) : (
				<ul class="feed">
					{p.page.rows.map((a) => (
						<li key={a.row.id} class="feed__i">
							<Icon name="alert" size="sm" />
							<div>
								<b>{t(`alert.${a.row.kind}`)}</b>{" "}
								{a.visit_id ? (
									<button class="link" type="button" onClick={() => p.open(a.visit_id ?? "")}>
										{a.row.customer}
									</button>
								) : (
									a.row.customer
								)}
								{a.text && <p>{a.text}</p>}
								{a.row.kind === "missing_part" && may("dispatch") && (
									<p>
										<button class="link" type="button" onClick={() => setParting(a)}>
											{t("parts.go")}
										</button>
									</p>
								)}
								<small>{[a.row.staff, ago(a.row.made_at)].filter(Boolean).join(" · ")}</small>
							</div>
							{may("dispatch") && (
								<Button
									kind="quiet"
									size="sm"
									icon="check"
									label={t("alerts.close")}
									onClick={() => void seenTo(a, p.closed)}
								/>
							)}
						</li>
					))}
				</ul>
			)}
			{parting && (
				<PartsDialog
					alert={parting}
					close={() => setParting(null)}
					done={() => {
						setParting(null);
						p.closed();
					}}
				/>
			)}
		</aside>
	);
}

const screen: Screen<Data> = {
	title: "nav.board",
	key: (at) => `${at.query.get("view") ?? ""} ${at.query.get("day") ?? ""}`,
	load: async (at) => {
		const week = at.query.get("view") === "week";
		const day = at.query.get("day") ?? nowThere().day;
		const [board, alerts] = await Promise.all([
			week ? null : call("GET /api/office/board", { query: { day } }),
			call("GET /api/office/alerts"),
		]);
		return { board, alerts };
	},
	view: View,
};
export default screen;
