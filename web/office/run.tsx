/* Everybody billed at once: reckoned, compared with the last time, started, stopped, gone on with. */
import { useEffect, useState } from "preact/hooks";
import type { BillRun, BillRunRows } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, useForm } from "../shared/form";
import { dayOf, money, number } from "../shared/format";
import { back, go, type Place, type Screen } from "../shared/router";
import { Button, Empty, FaultBar, Heading, Icon, Pill, Segments } from "../shared/ui";
import { t } from "../shared/words";
import { Panel } from "./frame";
import { may } from "./me";
import { type MoneyKey, say, sayCount } from "./moneywords";
import { DayField, Foot } from "./record";
import { RunLeaks } from "./runleaks";
import { currency, Rows, SHOWS, type Show, signed } from "./runrows";
import { Table } from "./table";
import { Take } from "./taken";
import { today } from "./technicians";
import "./run.css";

interface Data {
	runs: BillRun[];
	run: BillRun | null;
	rows: BillRunRows | null;
}
const POLL_MS = 700;
const PAUSE_MS = 250;
const HERE = "/bills/runs";

const waiting = (r: BillRun) => r.total - r.done - r.wrong - r.held;
const underWay = (r: BillRun) => r.state === "draft" || r.state === "running";
const showOf = (at: Place): Show =>
	SHOWS.find((s) => s === at.query.get("show")) ?? ("all" as const);
const wordOf = (at: Place) => (at.query.get("q") ?? "").slice(0, 60);

function State(p: { run: BillRun }) {
	const tone = p.run.state === "done" ? "kelp" : underWay(p.run) ? "sun" : "teal";
	const state = p.run.state === "dry" && p.run.done > 0 ? "stopped" : p.run.state;
	return <Pill tone={tone}>{say(`money.run.state.${state}` as MoneyKey)}</Pill>;
}

const STEPS = ["collect", "check", "send"] as const;

/* A run that was stopped is still in the midst of its last step; behind the last lies what is done. */
function Steps({ run }: { run: BillRun }) {
	const at = run.state === "draft" ? 0 : run.state === "dry" && run.done === 0 ? 1 : 2;
	const over = run.state === "done" ? STEPS.length : at;
	return (
		<ol class="steps" aria-label={say("money.run.steps")}>
			{STEPS.map((s, i) => (
				<li key={s} aria-current={i === over ? "step" : undefined}>
					{i <= over && <Icon name={i < over ? "check" : "half"} />}
					{say(`money.run.step.${s}` as MoneyKey)}
				</li>
			))}
		</ol>
	);
}

function NewPanel(p: { close: () => void }) {
	const form = useForm({
		initial: { day: today(), until: today() },
		async send(v, key) {
			const run = await call("POST /api/office/bill-runs", { body: v, key });
			go(`${HERE}/${run.id}`);
		},
	});
	return (
		<Panel title={say("money.run.new")} close={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<p class="muted">{say("money.run.text")}</p>
				<FormTrouble form={form} />
				<div class="pair">
					<DayField form={form} name="day" label={say("money.run.day")} />
					<DayField form={form} name="until" label={say("money.run.until")} />
				</div>
				<Foot busy={form.busy} close={p.close} go={say("money.run.new")} />
			</form>
		</Panel>
	);
}

function Runs(p: { runs: BillRun[]; open: boolean }) {
	const close = back(HERE);
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("nav.bills")}>
					<a href="/bills">{t("nav.bills")}</a>
					<span aria-hidden="true">/</span>
					<Heading>{say("money.runs")}</Heading>
				</nav>
				<span class="push" />
				{p.runs.length > 0 && <Take list="bill-runs" />}
				{may("bill") && (
					<Button kind="primary" icon="plus" href={`${HERE}?do=new`}>
						{say("money.run.new")}
					</Button>
				)}
			</header>
			<div class={p.open ? "split split--open" : "split"}>
				<div class="scroll">
					{p.runs.length === 0 ? (
						<Empty icon="file" title={say("money.run.none")}>
							{say("money.run.none.text")}
						</Empty>
					) : (
						<Table
							caption={say("money.run.before")}
							rows={p.runs}
							keyOf={(r) => r.id}
							onOpen={(r) => go(`${HERE}/${r.id}`)}
							columns={[
								{
									head: t("bills.day"),
									wide: true,
									cell: (r) => (
										<a href={`${HERE}/${r.id}`}>{say("money.run.title", { day: dayOf(r.day) })}</a>
									),
								},
								{
									head: say("money.run.customer"),
									tight: true,
									cell: (r) => sayCount("money.run.customers", r.total),
								},
								{
									head: t("bills.sum"),
									tight: true,
									sum: true,
									cell: (r) => <span class="num">{money(r.sum_cents, currency())}</span>,
								},
								{ head: "", tight: true, cell: (r) => <State run={r} /> },
							]}
						/>
					)}
				</div>
				{p.open && <NewPanel close={close} />}
			</div>
		</>
	);
}

function Figure(p: { value: string; label: string }) {
	return (
		<div>
			<dt>{p.label}</dt>
			<dd>{p.value}</dd>
		</div>
	);
}

/* What nobody need fear: a closed month stays, and no cent is lost on the way. The check behind it is the server's. */
function Notes({ run }: { run: BillRun }) {
	return (
		<ul class="run__notes">
			{run.closed_until && (
				<li>
					<Icon name="lock" />
					{say("money.run.closed", { day: dayOf(run.closed_until) })}
				</li>
			)}
			{run.state !== "draft" &&
				run.off_cents !== null &&
				(run.off_cents === 0 ? (
					<li>
						<Icon name="check" />
						{say("money.run.adds")}
					</li>
				) : (
					<li class="run__off">
						<Icon name="alert" />
						{say("money.run.off", { sum: money(run.off_cents, currency()) })}
					</li>
				))}
		</ul>
	);
}

function One(p: { run: BillRun; rows: BillRunRows; at: Place; reload: () => Promise<void> }) {
	const { run } = p;
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const [show, word] = [showOf(p.at), wordOf(p.at)];
	const [typed, setTyped] = useState(word);
	const look = (next: Show, q: string) =>
		go(`${HERE}/${run.id}?${new URLSearchParams({ show: next, ...(q && { q }) })}`, true);
	useEffect(() => {
		if (typed.trim() === word) return;
		const later = setTimeout(() => look(show, typed.trim()), PAUSE_MS);
		return () => clearTimeout(later);
		// What is shown may change while a word waits: it is looked for in what is shown then
	}, [typed, show]);
	useEffect(() => {
		if (!underWay(run)) return;
		const timer = setTimeout(() => void p.reload().catch(() => {}), POLL_MS);
		return () => clearTimeout(timer);
	}, [run, p.reload]);
	const move = async (way: "starts" | "stops") => {
		setBusy(true);
		setFault("");
		try {
			await call(`POST /api/office/bill-runs/:id/${way}`, { id: run.id });
			await p.reload();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		} finally {
			setBusy(false);
		}
	};
	const n = waiting(run);
	const behind = run.held + run.wrong;
	const counts: Record<Show, number> = {
		all: run.total,
		different: run.different,
		new: run.fresh,
		stopped: run.stopped,
		same: run.same,
		wrong: run.wrong,
		held: run.held,
	};
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("nav.bills")}>
					<a href={HERE}>{say("money.runs")}</a>
					<span aria-hidden="true">/</span>
					<Heading>{say("money.run.title", { day: dayOf(run.day) })}</Heading>
				</nav>
				<State run={run} />
				<span class="push" />
				<Steps run={run} />
				<Take list="bill-runs/:id/rows" id={run.id} query={{ show: "all" }} />
				{may("bill") && run.state === "running" && (
					<Button icon="ban" busy={busy} onClick={() => void move("stops")}>
						{say("money.run.stop")}
					</Button>
				)}
				{may("bill") && run.state === "dry" && n > 0 && (
					<Button kind="primary" icon="send" busy={busy} onClick={() => void move("starts")}>
						{say(
							run.done > 0
								? "money.run.resume"
								: behind > 0
									? "money.run.start.held"
									: "money.run.start",
							{ n: number(n), held: number(behind) },
						)}
					</Button>
				)}
			</header>
			<div class="scroll run">
				<div class="run__head">
					<FaultBar text={fault} />
					<div class="run__sums">
						<dl class="tallies">
							<Figure value={money(run.sum_cents, currency())} label={say("money.run.total")} />
							<Figure
								value={signed(run.sum_cents - run.last_cents)}
								label={say("money.run.against")}
							/>
							<Figure value={number(run.same)} label={say("money.run.same")} />
							<Figure value={number(run.different)} label={say("money.run.different")} />
							<Figure value={number(run.wrong)} label={say("money.run.wrong")} />
						</dl>
						<Notes run={run} />
					</div>
					{run.state === "draft" && (
						<div class="tools">
							<progress class="progress" aria-label={say("money.run.state.draft")} />
							<span class="meta" role="status">
								{say("money.run.reckoned", { n: number(run.total) })}
							</span>
						</div>
					)}
					{(run.state === "running" || run.done > 0) && (
						<div class="tools">
							<progress
								class="progress"
								aria-label={say("money.run.state.running")}
								max={run.total - run.held}
								value={run.done}
							/>
							<span class="meta" role="status">
								{say("money.run.progress", {
									done: number(run.done),
									n: number(run.total - run.held),
								})}
							</span>
						</div>
					)}
				</div>
				{run.state !== "draft" && <RunLeaks run={run} changed={p.reload} />}
				<div class="run__rows">
					<div class="tools">
						<Segments
							label={say("money.runs")}
							value={show}
							choices={SHOWS.filter(
								(value) => value !== "held" || run.held > 0 || show === value,
							).map((value) => ({
								value,
								label: `${say(`money.run.show.${value}` as MoneyKey)} ${number(counts[value])}`,
							}))}
							onChange={(value) => look(value, typed.trim())}
						/>
						<span class="push" />
						<div class="with tools__find">
							<Icon name="search" />
							<input
								class="input"
								type="search"
								maxLength={60}
								aria-label={say("money.run.find")}
								placeholder={say("money.run.find")}
								value={typed}
								onInput={(e) => setTyped(e.currentTarget.value)}
							/>
						</div>
					</div>
					<Rows
						key={`${show} ${word}`}
						run={run}
						first={p.rows}
						show={show}
						q={word}
						changed={p.reload}
					/>
				</div>
			</div>
		</>
	);
}

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	if (data.run && data.rows) return <One run={data.run} rows={data.rows} at={at} reload={reload} />;
	return <Runs runs={data.runs} open={at.query.get("do") === "new"} />;
}

const screen: Screen<Data> = {
	title: "nav.bills",
	key: (at) => `${at.path}${showOf(at)} ${wordOf(at)}`,
	async load(at) {
		const id = at.params.id;
		if (!id) {
			const runs = await call("GET /api/office/bill-runs");
			return { runs: runs.rows, run: null, rows: null };
		}
		const [run, rows] = await Promise.all([
			call("GET /api/office/bill-runs/:id", { id }),
			call("GET /api/office/bill-runs/:id/rows", {
				id,
				query: { show: showOf(at), q: wordOf(at) },
			}),
		]);
		return { runs: [], run, rows };
	},
	view: View,
};
export default screen;
