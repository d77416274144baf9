/* The inbox: who wrote, what was said, the answer. One thread for each customer, whatever it came by. */
import { useEffect, useRef, useState } from "preact/hooks";
import type {
	AlertRulesPage,
	InboxLine,
	InboxPage,
	MessageDraft,
	SavedReplies,
	Thread,
} from "../shared/api";
import { call, Fault } from "../shared/call";
import { ago, moment, time } from "../shared/format";
import { listen } from "../shared/live";
import { Dialog, Menu, toast } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import {
	Badge,
	Banner,
	Button,
	classes,
	Empty,
	FaultNote,
	Heading,
	Icon,
	Segments,
} from "../shared/ui";
import { named, t } from "../shared/words";
import { Composer } from "./composer";
import type { Suggestion } from "./draft";
import { FindCustomer } from "./findcustomer";
import { later } from "./later";
import { may, me } from "./me";
import { MessageView } from "./message";
import { say, sayCount, who } from "./messagewords";
import { useNarrow } from "./narrow";
import "./messages.css";

/* The fields of a job and what is known of the customer: behind the words themselves. */
const Beside = later(() => import("./draft").then((m) => m.Beside));
/* No room for three columns: what stands beside the words is opened. */
const BESIDE = "(max-width: 1199px)";

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
		go(`/inbox${query.size ? `?${query}` : ""}`, true);
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
					<FindCustomer take={start} close={() => setWriting(false)} />
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
					{(r.staff || r.waits_since > 0 || r.outcome !== "open") && (
						<span class="row">
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
							{r.staff && <Badge icon="user">{r.staff}</Badge>}
						</span>
					)}
				</span>
			</a>
		</li>
	);
}

function ThreadView(p: {
	thread: Thread;
	replies: SavedReplies;
	people: AlertRulesPage["people"];
	reload: () => Promise<void>;
}) {
	const { thread } = p;
	const [older, setOlder] = useState<Thread | null>(null);
	const [fault, setFault] = useState("");
	const [chips, setChips] = useState<Suggestion[]>([]);
	const narrow = useNarrow(BESIDE);
	const [opened, setOpened] = useState(false);
	const end = useRef<HTMLDivElement>(null);
	const pane = useRef<HTMLElement>(null);
	const row = thread.row;
	const shown = [
		...(older?.messages ?? []).filter((m) => !thread.messages.some((x) => x.row.id === m.row.id)),
		...thread.messages,
	];
	const next = older ? older.next : thread.next;
	const last = thread.messages.at(-1)?.row.id;
	const { draft, point, discard, look } = useDraft(thread);
	const changed = async () => {
		await Promise.all([p.reload(), look()]);
	};
	useEffect(() => {
		if (row.unread > 0)
			void call("POST /api/office/threads/:id/looks", { id: row.id }).catch(() => {});
		end.current?.scrollIntoView({ block: "end" });
	}, [last]);
	/* While somebody else types, the page looks again: nothing tells when they stop. */
	useEffect(() => {
		if (!thread.typing) return;
		const timer = setTimeout(() => void p.reload().catch(() => {}), 5000);
		return () => clearTimeout(timer);
	}, [thread]);
	const set = async (
		change: Partial<{ state: "open" | "closed"; staff_id: string | null; snoozed_until: number }>,
		told = "",
	) => {
		setFault("");
		try {
			await call("PUT /api/office/threads/:id", {
				id: row.id,
				body: {
					state: row.state,
					staff_id: thread.staff_id,
					snoozed_until: row.snoozed_until,
					version: row.version,
					...change,
				},
			});
			await p.reload();
			if (told) toast(told, () => void p.reload());
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
			await p.reload().catch(() => {});
		}
	};
	useEffect(() => {
		const onKey = (e: KeyboardEvent) => {
			const typing = (e.target as Element).closest?.(
				"input, select, textarea, [contenteditable], dialog",
			);
			if (e.key.toLowerCase() !== "e" || typing || e.metaKey || e.ctrlKey || e.altKey) return;
			void set({ state: row.state === "open" ? "closed" : "open", snoozed_until: 0 });
		};
		addEventListener("keydown", onKey);
		return () => removeEventListener("keydown", onKey);
	}, [thread]);
	const more = async () => {
		if (!next) return;
		const page = await call("GET /api/office/threads/:id", { id: row.id, query: { before: next } });
		setOlder({ ...page, messages: [...page.messages, ...(older?.messages ?? [])] });
	};
	const soon = () => Math.floor(Date.now() / 1000);
	const tomorrow = () => {
		const d = new Date();
		d.setDate(d.getDate() + 1);
		d.setHours(8, 0, 0, 0);
		return Math.floor(d.getTime() / 1000);
	};
	const resting = row.snoozed_until > soon();
	const asked = !!draft?.message_id && !draft.made.length;
	const open = (message: string) => {
		point(message);
		if (narrow) setOpened(true);
		else pane.current?.focus();
	};
	const beside = (
		<Beside thread={thread} draft={draft} suggest={setChips} discard={discard} changed={changed} />
	);
	return (
		<>
			<section class="thread" aria-label={who(row.name)}>
				<header class="thread__head">
					<Button kind="quiet" icon="left" label={say("back")} href="/inbox" />
					<div class="grow">
						<h2 class="clip">
							{thread.customer_id ? (
								<a href={`/customers/${thread.customer_id}`}>{row.name}</a>
							) : (
								who(row.name)
							)}
						</h2>
						<p class="muted clip">
							{[
								thread.place,
								thread.customer_id ? "" : say("stranger"),
								row.staff ? say("assigned", { who: row.staff }) : "",
							]
								.filter(Boolean)
								.join(" · ")}
						</p>
					</div>
					{narrow && (
						<Button
							icon="wrench"
							{...(asked ? { kind: "tint" as const } : {})}
							label={say("beside")}
							onClick={() => setOpened(true)}
						/>
					)}
					<Menu
						label={say("assign")}
						icon="user"
						items={[
							{
								label: say("assign.me"),
								icon: "user",
								act: () => void set({ staff_id: me.value!.id }),
							},
							...p.people
								.filter((x) => x.id !== me.value!.id)
								.slice(0, 12)
								.map((x) => ({ label: x.name, act: () => void set({ staff_id: x.id }) })),
							{ label: say("assign.nobody"), rule: true, act: () => void set({ staff_id: null }) },
						]}
					/>
					<Menu
						label={say("snooze")}
						icon="clock"
						items={[
							{ label: say("snooze.hour"), act: () => void set({ snoozed_until: soon() + 3600 }) },
							{ label: say("snooze.tomorrow"), act: () => void set({ snoozed_until: tomorrow() }) },
							{
								label: say("snooze.week"),
								act: () => void set({ snoozed_until: soon() + 7 * 86400 }),
							},
							...(resting
								? [
										{
											label: say("snooze.end"),
											rule: true,
											act: () => void set({ snoozed_until: 0 }),
										},
									]
								: []),
						]}
					/>
					{row.state === "open" ? (
						<Button
							icon="check"
							onClick={() => void set({ state: "closed", snoozed_until: 0 }, say("done.said"))}
						>
							{say("done")}
						</Button>
					) : (
						<Button icon="undo" onClick={() => void set({ state: "open" })}>
							{say("reopen")}
						</Button>
					)}
				</header>
				<FaultNote text={fault} />
				{resting && (
					<Banner icon="clock">{say("snoozed", { when: moment(row.snoozed_until) })}</Banner>
				)}
				{!thread.customer_id && may("edit_customers") && (
					<Stranger thread={thread} reload={p.reload} />
				)}
				{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
				<div class="thread__said" tabIndex={0} role="log" aria-label={who(row.name)}>
					{next && (
						<Button size="sm" onClick={() => void more()}>
							{say("older")}
						</Button>
					)}
					{shown.map((m, i) => (
						<MessageView
							key={m.row.id}
							message={m}
							day={i === 0 || dayKey(m.row.at) !== dayKey(shown[i - 1]!.row.at)}
							thread={thread}
							marks={
								draft?.message_id === m.row.id && !draft.made.length
									? draft.marks.map((x) => x.text)
									: null
							}
							draft={() => open(m.row.id)}
							reload={p.reload}
						/>
					))}
					{draft?.message_id && !draft.made.length && (
						<p class="said__understood">
							<Icon name="bolt" size="sm" />
							{say("draft.understood")}
						</p>
					)}
					<div ref={end} />
				</div>
				<p class="thread__typing muted" aria-live="polite">
					{thread.typing && say("typing", { who: thread.typing })}
				</p>
				<Composer
					thread={thread}
					replies={p.replies}
					chips={asked ? chips : []}
					reload={p.reload}
				/>
			</section>
			{narrow ? (
				opened && (
					<Dialog
						label={say("beside")}
						onClose={() => setOpened(false)}
						foot={
							<Button kind="quiet" onClick={() => setOpened(false)}>
								{say("beside.close")}
							</Button>
						}
					>
						<div class="beside">{beside}</div>
					</Dialog>
				)
			) : (
				<aside class="beside" ref={pane} tabIndex={-1} aria-label={say("beside")}>
					{beside}
				</aside>
			)}
		</>
	);
}

/* The draft of what was asked for last, or of the message that somebody points at. What was discarded stays so. */
function useDraft(thread: Thread) {
	const [draft, setDraft] = useState<MessageDraft | null>(null);
	const [message, setMessage] = useState("");
	const id = thread.row.id;
	const put = (is: MessageDraft) =>
		setDraft(
			!message && is.message_id && sessionStorage.getItem(`discarded-${is.message_id}`) ? null : is,
		);
	const look = () =>
		call("GET /api/office/threads/:id/drafts", { id, query: message ? { message } : {} }).then(
			put,
			() => {},
		);
	const last = thread.messages.at(-1);
	useEffect(() => {
		let wanted = true;
		void call("GET /api/office/threads/:id/drafts", {
			id,
			query: message ? { message } : {},
		}).then(
			(is) => wanted && put(is),
			() => {},
		);
		return () => {
			wanted = false;
		};
	}, [id, message, last?.row.id, last?.files.length, thread.customer_id]);
	return {
		draft,
		look,
		point: setMessage,
		discard() {
			if (draft?.message_id) sessionStorage.setItem(`discarded-${draft.message_id}`, "yes");
			setMessage("");
			setDraft(null);
		},
	};
}
const dayKey = (at: number) => moment(at).replace(`, ${time(at)}`, "");

function Stranger(p: { thread: Thread; reload: () => Promise<void> }) {
	const [name, setName] = useState(p.thread.row.name.startsWith("+") ? "" : p.thread.row.name);
	const [finding, setFinding] = useState(false);
	const [fault, setFault] = useState("");
	const make = async (customer_id: string | null) => {
		setFault("");
		try {
			const thread = await call("POST /api/office/threads/:id/leads", {
				id: p.thread.row.id,
				body: { name: name.trim(), customer_id },
			});
			setFinding(false);
			toast(say("lead.made", { name: who(thread.row.name) }));
			await p.reload();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return (
		<form
			class="thread__lead"
			onSubmit={(e) => {
				e.preventDefault();
				void make(null);
			}}
		>
			<span class="grow">{fault || say("stranger.text")}</span>
			<input
				class="input"
				aria-label={say("lead.name")}
				placeholder={say("lead.name")}
				maxLength={120}
				value={name}
				onInput={(e) => setName(e.currentTarget.value)}
			/>
			<Button kind="tint" icon="userplus" type="submit">
				{say("lead")}
			</Button>
			<Button kind="quiet" onClick={() => setFinding(true)}>
				{say("lead.known")}
			</Button>
			{finding && (
				<Dialog title={say("lead.known")} onClose={() => setFinding(false)}>
					<FindCustomer take={make} close={() => setFinding(false)} />
				</Dialog>
			)}
		</form>
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
