/* The inbox: who wrote, what was said, the answer. One thread for each customer, whatever it came by. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { AlertRulesPage, InboxLine, InboxPage, SavedReplies, Thread } from "../shared/api";
import { call } from "../shared/call";
import { ago, time } from "../shared/format";
import { listen } from "../shared/live";
import { Dialog } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import { Badge, Button, classes, Empty, Heading, Icon, Segments } from "../shared/ui";
import { named, t } from "../shared/words";
import { FindCustomer } from "./findcustomer";
import { may, me } from "./me";
import { say, sayCount, who } from "./messagewords";
import { ThreadView } from "./thread";
import "./messages.css";

type Which = "open" | "mine" | "snoozed" | "closed";
interface Data {
	page: InboxPage;
	thread: Thread | null;
	replies: SavedReplies;
	people: AlertRulesPage["people"];
}
const ICONS = ["", "chat", "mail", "globe", "globe", "phone", "note", "phone"];
const whichOf = (at: Place) => (at.query.get("list") as Which | null) ?? "open";
const queryOf = (at: Place) => ({
	list: whichOf(at),
	q: at.query.get("q") ?? "",
	unread: at.query.get("unread") === "yes",
	outcome: at.query.get("outcome") ?? "",
});
const OUTCOMES = [
	"booked",
	"asked",
	"moved",
	"cancelled",
	"message",
	"rung",
	"missed",
	"told",
	"dropped",
	"wrong",
	"silent",
] as const;
const TONE: Partial<Record<InboxLine["outcome"], "kelp" | "coral" | "sun">> = {
	booked: "kelp",
	moved: "kelp",
	asked: "sun",
	message: "sun",
	missed: "coral",
	cancelled: "coral",
};

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const [writing, setWriting] = useState(false);
	/* The stream outlives a change of thread: it must reload what is shown then. */
	const latest = useRef(reload);
	latest.current = reload;
	useEffect(() => listen((heard) => heard !== "away" && void latest.current().catch(() => {})), []);
	const c = data.page.counts;
	const to = (change: Record<string, string>) => {
		const all = {
			list: whichOf(at) === "open" ? "" : whichOf(at),
			q: at.query.get("q") ?? "",
			unread: at.query.get("unread") ?? "",
			outcome: at.query.get("outcome") ?? "",
			...change,
		};
		const query = new URLSearchParams(Object.entries(all).filter(([, v]) => v));
		/* Who looks for something while they answer keeps what they answer. */
		const open = at.params.id ? `/${at.params.id}` : "";
		go(`/inbox${open}${query.size ? `?${query}` : ""}`, true);
	};
	const start = async (id: string) => {
		const thread = await call("POST /api/office/threads", { body: { customer_id: id } });
		setWriting(false);
		go(`/inbox/${thread.row.id}`);
	};
	return (
		<>
			<header class={classes("bar", !!data.thread && "inbox__top")}>
				<Heading>{t("inbox.heading")}</Heading>
				<span class="muted">
					{c.waiting ? sayCount("waiting", c.waiting, { since: ago(c.oldest) }) : say("none.waits")}
				</span>
				<span class="push" />
				<Button icon="people" kind="quiet" label={say("many")} href="/inbox/broadcasts" />
				<Button icon="gear" kind="quiet" label={say("rules")} href="/inbox/rules" />
				<Segments
					label={say("list")}
					value={whichOf(at)}
					choices={(["open", "mine", "snoozed", "closed"] as const).map((v) => ({
						value: v,
						label: v === "mine" && c.mine ? `${say("list.mine")} ${c.mine}` : say(`list.${v}`),
					}))}
					onChange={(v) => to({ list: v === "open" ? "" : v })}
				/>
				<Button icon="pen" kind="primary" onClick={() => setWriting(true)}>
					{say("write")}
				</Button>
			</header>
			<div class={classes("inbox", !!data.thread && "inbox--open")}>
				<List page={data.page} at={at} to={to} open={data.thread?.row.id ?? ""} />
				{data.thread ? (
					<ThreadView
						key={data.thread.row.id}
						thread={data.thread}
						replies={data.replies}
						people={data.people}
						reload={reload}
					/>
				) : (
					<div class="inbox__rest">
						<Empty icon="inbox" title={say("choose")}>
							{say("choose.text")}
						</Empty>
					</div>
				)}
			</div>
			{writing && (
				<Dialog title={say("write.title")} onClose={() => setWriting(false)}>
					<FindCustomer take={(x) => void start(x.id)} />
				</Dialog>
			)}
		</>
	);
}

function List(p: {
	page: InboxPage;
	at: Place;
	open: string;
	to: (c: Record<string, string>) => void;
}) {
	const q = p.at.query.get("q") ?? "";
	const [typed, setTyped] = useState(q);
	const [older, setOlder] = useState<InboxPage | null>(null);
	const rows = [
		...p.page.rows,
		...(older?.rows ?? []).filter((r) => !p.page.rows.some((x) => x.id === r.id)),
	];
	const next = older ? older.next : p.page.next;
	const narrowed =
		q || whichOf(p.at) !== "open" || p.at.query.get("outcome") || p.at.query.get("unread");
	useEffect(() => {
		if (typed === q) return;
		const timer = setTimeout(() => p.to({ q: typed }), 250);
		return () => clearTimeout(timer);
	}, [typed]);
	const more = async () => {
		const page = await call("GET /api/office/inbox", {
			query: { ...queryOf(p.at), ...(next ? { before: next } : {}) },
		});
		setOlder({ ...page, rows: [...(older?.rows ?? []), ...page.rows] });
	};
	return (
		<section class="inbox__list" aria-label={t("inbox.heading")}>
			<div class="inbox__find">
				<div class="with">
					<Icon name="search" />
					<input
						class="input"
						type="search"
						aria-label={say("find")}
						placeholder={say("find")}
						value={typed}
						onInput={(e) => setTyped(e.currentTarget.value)}
					/>
				</div>
				<label class="check">
					<input
						type="checkbox"
						checked={p.at.query.get("unread") === "yes"}
						onChange={(e) => p.to({ unread: e.currentTarget.checked ? "yes" : "" })}
					/>
					{say("unread")}
				</label>
				<select
					class="select"
					aria-label={say("outcome")}
					value={p.at.query.get("outcome") ?? ""}
					onChange={(e) => p.to({ outcome: e.currentTarget.value })}
				>
					<option value="">{say("outcome.any")}</option>
					{OUTCOMES.map((o) => (
						<option key={o} value={o} selected={o === p.at.query.get("outcome")}>
							{named("talk", o)}
						</option>
					))}
				</select>
			</div>
			{rows.length === 0 ? (
				<Empty icon="inbox" title={say(narrowed ? "nothing" : "empty")}>
					{say(narrowed ? "nothing.text" : "empty.text")}
				</Empty>
			) : (
				<ul>
					{rows.map((r) => (
						<Line key={r.id} row={r} here={r.id === p.open} search={p.at.query.toString()} />
					))}
				</ul>
			)}
			{next && <Button onClick={() => void more()}>{say("more")}</Button>}
		</section>
	);
}

/* Whoever answers wants to know before it that they write in another language. */
const foreign = (r: InboxLine) => !!r.language && r.language !== me.value?.language;
const tagged = (r: InboxLine) =>
	r.staff ||
	r.waits_since > 0 ||
	r.outcome !== "open" ||
	r.asks !== "none" ||
	r.kept_until > 0 ||
	r.became_job ||
	r.stranger ||
	foreign(r);

function Line(p: { row: InboxLine; here: boolean; search: string }) {
	const r = p.row;
	return (
		<li>
			<a
				class="iline"
				href={`/inbox/${r.id}${p.search ? `?${p.search}` : ""}`}
				aria-current={p.here ? "true" : undefined}
				data-unread={r.unread > 0 ? "" : undefined}
			>
				<Icon name={ICONS[r.last_medium] ?? "chat"} />
				<span class="iline__what">
					<span class="iline__who">
						{r.unread > 0 && <i class="dot dot--unread" role="img" aria-label={say("unread")} />}
						<b class="clip">{who(r.name)}</b>
						<time>{ago(r.last_at)}</time>
					</span>
					<span class="clip muted">{r.last_words}</span>
					{tagged(r) && (
						<span class="row">
							{r.asks === "emergency" && (
								<Badge tone="coral" icon="alert">
									{say("tag.urgent")}
								</Badge>
							)}
							{r.asks !== "none" && (
								<Badge tone="aqua" icon="wrench">
									{say("tag.draft")}
								</Badge>
							)}
							{r.kept_until > 0 && (
								<Badge tone="kelp" icon="check">
									{say("tag.kept", { until: time(r.kept_until) })}
								</Badge>
							)}
							{r.became_job && (
								<Badge tone="kelp" icon="check">
									{say("tag.job")}
								</Badge>
							)}
							{r.waits_since > 0 && (
								<Badge tone="sun" icon="clock">
									{ago(r.waits_since)}
								</Badge>
							)}
							{r.outcome !== "open" && (
								<Badge tone={TONE[r.outcome]} icon="bolt">
									{named("talk", r.outcome)}
								</Badge>
							)}
							{r.stranger && <Badge icon="userplus">{say("tag.lead")}</Badge>}
							{foreign(r) && <Badge>{r.language.toUpperCase()}</Badge>}
							{r.staff && <Badge icon="user">{r.staff}</Badge>}
						</span>
					)}
				</span>
			</a>
		</li>
	);
}

const screen: Screen<Data> = {
	title: "inbox.heading",
	key: (at) => `${at.path}?${at.query}`,
	load: async (at) => {
		const id = at.params.id;
		const [page, thread, replies, rules] = await Promise.all([
			call("GET /api/office/inbox", { query: queryOf(at) }),
			id ? call("GET /api/office/threads/:id", { id, query: {} }) : null,
			call("GET /api/office/saved-replies"),
			may("see_board") ? call("GET /api/office/alert-rules") : null,
		]);
		return { page, thread, replies, people: rules?.people ?? [] };
	},
	view: View,
};
export default screen;
