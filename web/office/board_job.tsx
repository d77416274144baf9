/* One job of the board: what it is, what may be done with it, everything that happened to it. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Board, BoardOffers, BoardStop, LogPage } from "../shared/api";
import { call, faultText } from "../shared/call";
import { duration, minutes, number, weekday } from "../shared/format";
import { Dialog } from "../shared/over";
import { Avatar, Badge, Banner, Button, FaultNote, Icon, Pill, Skeleton } from "../shared/ui";
import { type Key, t } from "../shared/words";
import { ErrandDialog, ErrandFact } from "./board_errand";
import {
	type Act,
	clock,
	dayAfter,
	ICONS,
	late,
	lost,
	open,
	stopsOf,
	windowOf,
} from "./board_parts";
import { Panel } from "./frame";
import { may } from "./me";
import type { MenuItem } from "./menu";

type Verb = "finish" | "no_access" | "skip" | "cancel" | "reopen";

export function JobPanel(p: {
	stop: BoardStop;
	board: Board;
	close: () => void;
	offers: () => void;
	move: () => void;
	act: Act;
}) {
	const { row, time } = p.stop;
	const [log, setLog] = useState<LogPage | null>(null);
	const [asking, setAsking] = useState<Verb | null>(null);
	const [fetching, setFetching] = useState(false);
	const lane = p.board.lanes.find((l) => l.tech_id === row.tech_id);
	const edits = may("dispatch");

	useEffect(() => {
		let wanted = true;
		call("GET /api/office/visits/:id/log", { id: row.id })
			.then((page) => wanted && setLog(page))
			.catch(() => {});
		return () => {
			wanted = false;
		};
	}, [row.id, row.version]);

	const step = (verb: Verb, reason: string | null) => {
		setAsking(null);
		const send = (v: Verb, version: number) =>
			call("POST /api/office/visits/:id/steps", {
				id: row.id,
				body: { verb: v, reason: v === "reopen" || v === "finish" ? null : reason, version },
			});
		void p.act(
			() => send(verb, row.version),
			[row.tech_id],
			t(`board.did.${verb}` as Key, { who: row.customer }),
			verb === "reopen"
				? undefined
				: async () => {
						const is = await call("GET /api/office/visits/:id", { id: row.id });
						await send("reopen", is.version);
					},
		);
	};
	const menu: MenuItem[] = [];
	if (edits && (open(p.stop) || row.state === "started")) {
		menu.push(
			{ label: t("errand.go"), icon: "box", act: () => setFetching(true) },
			{ label: t("board.finish"), icon: "done", act: () => step("finish", null) },
			{ label: t("board.noaccess"), icon: "lock", act: () => setAsking("no_access") },
			{ label: t("board.skip"), icon: "skip", act: () => setAsking("skip") },
			{
				label: t("board.cancel"),
				icon: "ban",
				danger: true,
				rule: true,
				act: () => setAsking("cancel"),
			},
		);
	} else if (edits)
		menu.push({ label: t("board.reopen"), icon: "undo", act: () => step("reopen", null) });

	return (
		<Panel title={row.customer} close={p.close} menu={menu} more={t("board.more")}>
			<div class="jobmarks">
				<Pill
					tone={
						late(p.stop)
							? "coral"
							: row.state === "done"
								? "kelp"
								: row.state === "no_access"
									? "sun"
									: row.state === "on_way"
										? "aqua"
										: "off"
					}
					icon={ICONS[row.state]}
				>
					{late(p.stop) ? t("board.late") : t(`visit.state.${row.state}` as Key)}
				</Pill>
				<Badge>{t(`visit.source.${row.source}` as Key)}</Badge>
				{row.first && <Badge tone="aqua">{t("board.first")}</Badge>}
				{p.stop.unpaid && <Badge tone="coral">{t("board.unpaid")}</Badge>}
				{lane && open(p.stop) && (
					<Badge tone={p.stop.delivered ? "kelp" : lost(p.stop) ? "coral" : "sun"}>
						{t(
							row.confirmed_at
								? "board.confirmed"
								: p.stop.delivered
									? "board.delivered"
									: lost(p.stop)
										? "board.lost"
										: "board.undelivered",
						)}
					</Badge>
				)}
			</div>
			{row.flag && <Banner tone="coral">{t("board.flag", { why: row.flag })}</Banner>}
			{row.skip_reason && <Banner tone="sun">{row.skip_reason}</Banner>}
			<div class="jobfacts">
				<p>
					<Icon name="list" />
					<span>
						{row.service} · {duration(row.minutes)}
					</span>
				</p>
				<p>
					<Icon name="pin" />
					<a class="link" href={`/customers/${row.customer_id}`}>
						{row.street}, {row.city}
					</a>
				</p>
				{(row.from_minute !== null || row.to_minute !== null) && (
					<p>
						<Icon name="clock" />
						<span>{t("board.window", { when: windowOf(p.stop) })}</span>
					</p>
				)}
				<p>
					<Icon name="user" />
					<span>
						{lane ? lane.name : t("board.nobody")}
						{row.why_who && <span class="meta"> {row.why_who}</span>}
					</span>
				</p>
				{lane && time.end_s > 0 && row.state !== "skipped" && row.state !== "cancelled" && (
					<p>
						<Icon name="half" />
						<span>
							{row.started_at
								? t("board.was", {
										from: clock(row.started_at),
										to: row.ended_at ? clock(row.ended_at) : t("board.still"),
									})
								: t("board.will", {
										from: minutes(Math.floor(time.begin_s / 60)),
										to: minutes(Math.floor(time.end_s / 60)),
									})}
						</span>
					</p>
				)}
				<ErrandFact stop={p.stop} act={p.act} />
				{row.gate && (
					<p>
						<Icon name="key" />
						<span>{t("board.gate")}</span>
					</p>
				)}
				{row.dogs && (
					<p>
						<Icon name="paw" />
						<span>{t("board.dogs")}</span>
					</p>
				)}
				{row.parts && (
					<p>
						<Icon name="wrench" />
						<span>{t("board.parts")}</span>
					</p>
				)}
				{row.note && (
					<p>
						<Icon name="note" />
						<span class="lines-kept">{row.note}</span>
					</p>
				)}
			</div>
			{edits && open(p.stop) && (
				<div class="row">
					<Button kind="primary" icon="bolt" onClick={p.offers}>
						{t("board.assign")}
					</Button>
					<Button icon="swap" onClick={p.move}>
						{t("board.move")}
					</Button>
				</div>
			)}
			<h3>{t("board.log")}</h3>
			{log ? <Log page={log} /> : <Skeleton lines={3} />}
			{fetching && <ErrandDialog stop={p.stop} act={p.act} close={() => setFetching(false)} />}
			{asking && (
				<Reason verb={asking} close={() => setAsking(null)} say={(why) => step(asking, why)} />
			)}
		</Panel>
	);
}

/* A line of the checklist that asked for the pressure has its number. */
const psiOf = (b: LogPage["rows"][number]["body"]) =>
	b.what === "pressure" && b.amount !== null && b.amount !== undefined
		? `${number(b.amount / 100)} psi`
		: "";

const saidOf = (l: LogPage["rows"][number]) =>
	[l.said, l.body.item, psiOf(l.body), l.body.reason, l.body.text].filter(Boolean).join(" · ");

function Log({ page }: { page: LogPage }) {
	if (page.rows.length === 0) return <p class="faint">{t("board.log.none")}</p>;
	return (
		<ol class="joblog">
			{page.rows.map((l) => (
				<li key={l.row.id}>
					<time dateTime={new Date(l.at * 1000).toISOString()}>{clock(l.at)}</time>
					<p>
						<b>{t(`tap.${l.row.verb}` as Key)}</b>
						{l.who && ` · ${l.who}`}
						{saidOf(l) && (
							<>
								<br />
								{saidOf(l)}
							</>
						)}
						{l.row.problem && (
							<>
								<br />
								<Badge tone="coral">{l.row.problem}</Badge>
							</>
						)}
					</p>
				</li>
			))}
		</ol>
	);
}

const REASONS: Record<string, Key[]> = {
	no_access: ["reason.gate", "reason.dog", "reason.nobody", "reason.blocked"],
	skip: ["reason.weather", "reason.customer", "reason.away", "reason.time"],
	cancel: ["reason.customer", "reason.moved", "reason.double"],
};

function Reason(p: { verb: Verb; close: () => void; say: (why: string) => void }) {
	const [why, setWhy] = useState("");
	return (
		<Dialog
			title={t(`board.why.${p.verb}` as Key)}
			onClose={p.close}
			foot={
				<>
					<Button onClick={p.close}>{t("act.cancel")}</Button>
					<Button kind="primary" disabled={!why.trim()} onClick={() => p.say(why.trim())}>
						{t("act.save")}
					</Button>
				</>
			}
		>
			<div class="chips">
				{(REASONS[p.verb] ?? []).map((r) => (
					<button
						key={r}
						class="chip"
						type="button"
						aria-pressed={why === t(r)}
						onClick={() => setWhy(t(r))}
					>
						{t(r)}
					</button>
				))}
			</div>
			<label class="field">
				<span class="label">{t("board.reason")}</span>
				<input
					class="input"
					maxLength={80}
					value={why}
					autofocus
					onInput={(e) => setWhy(e.currentTarget.value)}
				/>
			</label>
		</Dialog>
	);
}

const at = (s: number) => minutes(Math.floor(s / 60));
const added = (s: number) => t("board.added", { n: Math.round(s / 60) });

/* The best three, with what they cost and why; and why not the others. */
export function OffersDialog(p: {
	stop: BoardStop;
	close: () => void;
	take: (tech: string) => void;
}) {
	const [offers, setOffers] = useState<BoardOffers | null>(null);
	const [fault, setFault] = useState("");
	const [chosen, choose] = useState("");
	useEffect(() => {
		call("GET /api/office/visits/:id/offers", { id: p.stop.row.id })
			.then((o) => {
				setOffers(o);
				choose(o.rows[0]?.tech_id ?? "");
			})
			.catch((f) => setFault(faultText(f)));
	}, [p.stop.row.id]);
	const name = offers?.rows.find((o) => o.tech_id === chosen)?.tech ?? "";
	/* The keys are on what is chosen: arrows choose another, Enter gives it. */
	const list = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		list.current?.querySelector<HTMLElement>("[aria-checked=true]")?.focus();
	}, [chosen]);
	const onKey = (e: KeyboardEvent) => {
		const rows = offers?.rows ?? [];
		const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[e.key];
		if (e.key === "Enter") p.take(chosen);
		else if (by)
			choose(
				rows[(rows.findIndex((o) => o.tech_id === chosen) + by + rows.length) % rows.length]
					?.tech_id ?? chosen,
			);
		else return;
		e.preventDefault();
	};
	return (
		<Dialog
			title={t("offers.title", { who: p.stop.row.customer })}
			onClose={p.close}
			foot={
				<>
					<Button onClick={p.close}>{t("act.cancel")}</Button>
					<Button kind="primary" disabled={!chosen} onClick={() => p.take(chosen)}>
						{name ? t("offers.give", { who: name }) : t("offers.take")}
					</Button>
				</>
			}
		>
			<p class="meta">
				{p.stop.row.service} · {duration(p.stop.row.minutes)} · {p.stop.row.street}
			</p>
			<FaultNote text={fault} />
			{!offers && !fault && <Skeleton lines={3} />}
			{offers && offers.rows.length === 0 && <Banner tone="sun">{t("offers.none")}</Banner>}
			<div
				ref={list}
				class="offers"
				role="radiogroup"
				aria-label={t("offers.list")}
				onKeyDown={onKey}
			>
				{offers?.rows.map((o) => (
					<button
						key={o.tech_id}
						class="offer"
						type="button"
						role="radio"
						aria-checked={chosen === o.tech_id}
						tabIndex={chosen === o.tech_id ? 0 : -1}
						onClick={() => choose(o.tech_id)}
					>
						<Avatar name={o.tech} tech={o.colour} large />
						<span class="offer__t">
							<b>
								{o.tech} <span class="meta">{at(o.at.begin_s)}</span>
							</b>
							<span class="jobmarks">
								{o.usual && <Badge tone="aqua">{t("offers.usual")}</Badge>}
								{o.lighter && <Badge tone="aqua">{t("offers.lighter")}</Badge>}
								{o.other && <Badge tone="sun">{t("offers.unusual")}</Badge>}
								{o.at.late_s > 0 ? (
									<Badge tone="coral">
										{o.late
											? t("offers.late.who", { name: o.late, n: Math.ceil(o.at.late_s / 60) })
											: t("offers.late", { n: Math.ceil(o.at.late_s / 60) })}
									</Badge>
								) : (
									<Badge tone="kelp">{t("offers.holds")}</Badge>
								)}
								{o.lacks !== "" && <Badge tone="sun">{t("offers.fetch", { what: o.lacks })}</Badge>}
								{o.at.overtime_s > 0 && (
									<Badge tone="sun">
										{t("offers.overtime", { n: Math.ceil(o.at.overtime_s / 60) })}
									</Badge>
								)}
								<Badge>{t("offers.load", { n: o.stops })}</Badge>
							</span>
						</span>
						<span class="offer__n">
							<b>{added(o.at.drive_s)}</b>
							<small>{t("board.ends", { at: at(o.at.ends_s) })}</small>
						</span>
					</button>
				))}
			</div>
			{offers && offers.refused.length > 0 && (
				<div class="refusals">
					<b>{t("offers.refused")}</b>
					{offers.refused.slice(0, 8).map((r) => (
						<span key={r.tech_id}>{r.why}</span>
					))}
				</div>
			)}
		</Dialog>
	);
}

/* The equal of dragging, for keys, thumbs and other days. */
export function MoveDialog(p: {
	stop: BoardStop;
	board: Board;
	close: () => void;
	move: (day: string, tech: string | null, before: string | null) => void;
}) {
	const [day, setDay] = useState(p.board.day);
	const [tech, setTech] = useState(p.stop.row.tech_id ?? "");
	const [before, setBefore] = useState("");
	const there = (stopsOf(p.board).get(tech) ?? []).filter(
		(s) => open(s) && s.row.id !== p.stop.row.id,
	);
	return (
		<Dialog
			title={t("move.title", { who: p.stop.row.customer })}
			onClose={p.close}
			foot={
				<>
					<Button onClick={p.close}>{t("act.cancel")}</Button>
					<Button kind="primary" onClick={() => p.move(day, tech || null, before || null)}>
						{t("move.do")}
					</Button>
				</>
			}
		>
			<label class="field">
				<span class="label">{t("move.day")}</span>
				<select class="select" value={day} onChange={(e) => setDay(e.currentTarget.value)}>
					{Array.from({ length: 14 }, (_, i) => dayAfter(p.board.day, i)).map((d) => (
						<option key={d} value={d} selected={d === day}>
							{weekday(d)}
						</option>
					))}
				</select>
			</label>
			<label class="field">
				<span class="label">{t("move.tech")}</span>
				<select
					class="select"
					value={tech}
					autofocus
					onChange={(e) => {
						setTech(e.currentTarget.value);
						setBefore("");
					}}
				>
					<option value="" selected={tech === ""}>
						{t("board.nobody")}
					</option>
					{p.board.lanes.map((l) => (
						<option key={l.tech_id} value={l.tech_id} selected={l.tech_id === tech}>
							{l.name}
						</option>
					))}
				</select>
			</label>
			{tech !== "" && day === p.board.day && there.length > 0 && (
				<label class="field">
					<span class="label">{t("move.where")}</span>
					<select class="select" value={before} onChange={(e) => setBefore(e.currentTarget.value)}>
						<option value="">{t("move.last")}</option>
						{there.map((s) => (
							<option key={s.row.id} value={s.row.id}>
								{t("move.before", { who: s.row.customer })}
							</option>
						))}
					</select>
				</label>
			)}
		</Dialog>
	);
}
