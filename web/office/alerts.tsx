/* Alerts: what wants a look, what was seen to, and whom the company tells of what. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { AlertLine, AlertPage, AlertRulesPage } from "../shared/api";
import { call, Fault } from "../shared/call";
import { ago, moment } from "../shared/format";
import { listen } from "../shared/live";
import { toast } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import { Badge, Button, Empty, FaultNote, Heading, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { AlertRules } from "./alert-rules";
import { may } from "./me";
import { PartsDialog } from "./parts";
import { Foot } from "./record";
import "./alerts.css";
import { Take } from "./taken";

export const KINDS = [
	"undelivered",
	"late",
	"no_access",
	"missing_part",
	"reassign",
	"flag",
	"conflict",
	"problem",
	"follow_up",
	"water",
	"slow",
	"fast",
	"rating",
	"quote",
	"caller",
	"address",
	"dose",
	"locked",
] as const;

interface Data {
	page: AlertPage | null;
	rules: AlertRulesPage | null;
}
const TABS = ["open", "closed", "rules"] as const;
type Tab = (typeof TABS)[number];
const tabOf = (at: Place): Tab =>
	at.path === "/alerts/rules" ? "rules" : at.query.get("closed") ? "closed" : "open";

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const tab = tabOf(at);
	return (
		<>
			<header class="bar">
				<Heading>{t("alerts.heading")}</Heading>
				<span class="push" />
				{tab !== "rules" && (
					<Take list="alerts" query={tab === "closed" ? { closed: "true" } : {}} />
				)}
			</header>
			<nav class="under tabs" aria-label={t("alerts.heading")}>
				{TABS.map((x) => (
					<a
						key={x}
						class="tab"
						href={
							x === "open" ? "/alerts" : x === "closed" ? "/alerts?closed=yes" : "/alerts/rules"
						}
						aria-current={tab === x ? "page" : undefined}
					>
						{t(`alerts.tab.${x}`)}
					</a>
				))}
			</nav>
			{tab === "rules"
				? data.rules && <AlertRules first={data.rules} />
				: data.page && (
						<List key={`${at.path}?${at.query}`} page={data.page} at={at} reload={reload} />
					)}
		</>
	);
}

function List(p: { page: AlertPage; at: Place; reload: () => Promise<void> }) {
	const q = p.at.query.get("q") ?? "";
	const kind = p.at.query.get("kind") ?? "";
	const closed = tabOf(p.at) === "closed";
	const [typed, setTyped] = useState(q);
	const [older, setOlder] = useState<AlertPage | null>(null);
	const rows = [...p.page.rows, ...(older?.rows ?? [])];
	const next = older ? older.next : p.page.next;
	const to = (change: Record<string, string>) => {
		const all = { closed: closed ? "yes" : "", q, kind, ...change };
		const query = new URLSearchParams(Object.entries(all).filter(([, v]) => v));
		go(`/alerts${query.size ? `?${query}` : ""}`, true);
	};
	// Waits for the typing to pause
	useEffect(() => {
		if (typed === q) return;
		const timer = setTimeout(() => to({ q: typed }), 250);
		return () => clearTimeout(timer);
	}, [typed]);
	useEffect(() => listen((heard) => heard !== "away" && void p.reload().catch(() => {})), []);
	const more = async () => {
		const page = await call("GET /api/office/alerts", {
			query: { q, kind, closed, ...(next ? { before: next } : {}) },
		});
		setOlder({ rows: [...(older?.rows ?? []), ...page.rows], next: page.next });
	};
	return (
		<div class="scroll">
			<div class="tools">
				<div class="with tools__find">
					<Icon name="search" />
					<input
						class="input"
						type="search"
						aria-label={t("alerts.find")}
						placeholder={t("alerts.find")}
						value={typed}
						onInput={(e) => setTyped(e.currentTarget.value)}
					/>
				</div>
				<select
					class="input tools__pick"
					aria-label={t("alerts.kind")}
					value={kind}
					onChange={(e) => to({ kind: e.currentTarget.value })}
				>
					<option value="">{t("alerts.kind.all")}</option>
					{KINDS.map((k) => (
						<option key={k} value={k}>
							{t(`alerts.kind.${k}`)}
						</option>
					))}
				</select>
			</div>
			{rows.length === 0 ? (
				<Empty icon="bell" title={t(q || kind ? "alerts.nothing" : "alerts.none")}>
					{t(closed ? "alerts.none.closed" : "alerts.none.text")}
				</Empty>
			) : (
				<ul class="alerts">
					{rows.map((a) => (
						<Alert key={a.row.id} alert={a} changed={p.reload} />
					))}
				</ul>
			)}
			{next && (
				<div class="tools">
					<Button onClick={() => void more()}>{t("alerts.more")}</Button>
				</div>
			)}
		</div>
	);
}

/* Closing can be taken back. */
export async function seenTo(a: AlertLine, changed: () => Promise<void> | void): Promise<void> {
	try {
		await call("POST /api/office/alerts/:id/closings", {
			id: a.row.id,
			body: { version: a.row.version },
		});
		toast(t("alerts.closed"), () => void opened(a, a.row.version + 1, changed));
	} catch (f) {
		if (f instanceof Fault) toast(f.message);
	}
	await changed();
}
async function opened(
	a: AlertLine,
	version: number,
	changed: () => Promise<void> | void,
): Promise<void> {
	try {
		await call("POST /api/office/alerts/:id/openings", { id: a.row.id, body: { version } });
	} catch (f) {
		if (f instanceof Fault) toast(f.message);
	}
	await changed();
}

function Alert(p: { alert: AlertLine; changed: () => Promise<void> }) {
	const a = p.alert;
	const [answering, setAnswering] = useState(false);
	const [parting, setParting] = useState(false);
	const edits = may("dispatch");
	/* Whoever works by the keys writes at once, and stays at this alert when that is done. */
	const answer = useRef<HTMLLIElement>(null);
	const wrote = useRef(false);
	useLayoutEffect(() => {
		if (answering !== wrote.current)
			answer.current
				?.querySelector<HTMLElement>(answering ? "textarea" : "[data-answer] button")
				?.focus();
		wrote.current = answering;
	}, [answering]);
	const isOpen = a.row.closed_at === null;
	return (
		<li ref={answer} class="alert" data-open={isOpen ? "" : undefined}>
			<Icon name={isOpen ? "alert" : "done"} />
			<div class="alert__what">
				<p>
					<b>{t(`alerts.kind.${a.row.kind}`)}</b>{" "}
					{a.customer_id && (
						<a class="link" href={`/customers/${a.customer_id}`}>
							{a.row.customer}
						</a>
					)}
				</p>
				{a.text && <p class="lines-kept">{a.text}</p>}
				<p class="meta">
					{[a.row.staff, moment(a.row.made_at), ago(a.row.made_at)].filter(Boolean).join(" · ")}
					{a.row.closed_at !== null &&
						` · ${a.row.closed_by ? t("alerts.by", { who: a.row.closed_by }) : t("alerts.by.itself")}`}
				</p>
				{a.answers.map((x) => (
					<p key={x.at} class="alert__answer lines-kept">
						<Badge tone="aqua">{x.by}</Badge> {x.text} <span class="meta">{ago(x.at)}</span>
					</p>
				))}
				{answering && (
					<Answer
						alert={a}
						done={async () => {
							setAnswering(false);
							await p.changed();
						}}
					/>
				)}
			</div>
			{parting && (
				<PartsDialog
					alert={a}
					close={() => setParting(false)}
					done={() => {
						setParting(false);
						void p.changed();
					}}
				/>
			)}
			{edits && (
				<div class="row">
					{isOpen && a.row.kind === "missing_part" && (
						<Button size="sm" kind="tint" icon="box" onClick={() => setParting(true)}>
							{t("parts.go")}
						</Button>
					)}
					{a.row.staff && !answering && (
						<span data-answer>
							<Button size="sm" icon="send" onClick={() => setAnswering(true)}>
								{t("alerts.answer")}
							</Button>
						</span>
					)}
					{isOpen ? (
						<Button size="sm" icon="check" onClick={() => void seenTo(a, p.changed)}>
							{t("alerts.close")}
						</Button>
					) : (
						<Button size="sm" icon="undo" onClick={() => void opened(a, a.row.version, p.changed)}>
							{t("alerts.open")}
						</Button>
					)}
				</div>
			)}
		</li>
	);
}

function Answer(p: { alert: AlertLine; done: () => Promise<void> }) {
	const draft = `draft.answer.${p.alert.row.id}`;
	const [text, setText] = useState(sessionStorage.getItem(draft) ?? "");
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const type = (to: string) => {
		setText(to);
		sessionStorage.setItem(draft, to);
	};
	const send = async (e: Event) => {
		e.preventDefault();
		setBusy(true);
		setFault("");
		try {
			await call("POST /api/office/alerts/:id/answers", {
				id: p.alert.row.id,
				body: { text: text.trim(), version: p.alert.row.version },
			});
			sessionStorage.removeItem(draft);
			toast(t("alerts.answered", { who: p.alert.row.staff }));
			await p.done();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
			setBusy(false);
		}
	};
	return (
		<form class="stack" onSubmit={(e) => void send(e)}>
			<FaultNote text={fault} />
			<label class="field">
				<span class="field__label">{t("alerts.answer.to", { who: p.alert.row.staff })}</span>
				<textarea
					class="input"
					rows={3}
					maxLength={1000}
					value={text}
					onInput={(e) => type(e.currentTarget.value)}
				/>
			</label>
			<Foot
				busy={busy}
				close={() => void p.done()}
				go={t("alerts.answer.send")}
				disabled={!text.trim()}
			/>
		</form>
	);
}

const screen: Screen<Data> = {
	title: "alerts.heading",
	key: (at) => `${at.path}?${at.query}`,
	load: async (at) => {
		const tab = tabOf(at);
		return {
			page:
				tab === "rules"
					? null
					: await call("GET /api/office/alerts", {
							query: {
								closed: tab === "closed",
								q: at.query.get("q") ?? "",
								kind: at.query.get("kind") ?? "",
							},
						}),
			rules: tab === "rules" ? await call("GET /api/office/alert-rules") : null,
		};
	},
	view: View,
};
export default screen;
