/* One thread of the inbox: what was said, who looks after it, the answer; beside it the job that it asks for. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { AlertRulesPage, MessageDraft, SavedReplies, Thread } from "../shared/api";
import { call, Fault } from "../shared/call";
import { dayOf, firstName, minutes, moment, time } from "../shared/format";
import { Dialog, toast } from "../shared/over";
import { Banner, Button, FaultNote, Icon } from "../shared/ui";
import { Composer } from "./composer";
import type { Suggestion } from "./draft";
import { FindCustomer } from "./findcustomer";
import { later } from "./later";
import { may, me } from "./me";
import { Menu } from "./menu";
import { MessageView } from "./message";
import { say, who } from "./messagewords";
import { useNarrow } from "./narrow";

/* The fields of a job and what is known of the customer: behind the words themselves. */
const Beside = later(() => import("./draft").then((m) => m.Beside));
/* No room for three columns: what stands beside the words is opened. */
const BESIDE = "(max-width: 1199px)";

export function ThreadView(p: {
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
	const kept = thread.kept[0];
	const free = async () => {
		setFault("");
		try {
			await call("DELETE /api/office/threads/:id/kept", { id: row.id });
			await p.reload();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
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
				{kept && (
					<Banner
						icon="check"
						action={
							<Button size="sm" onClick={() => void free()}>
								{say("kept.free")}
							</Button>
						}
					>
						{say("kept", {
							at: minutes(kept.minute),
							day: dayOf(kept.day),
							who: firstName(kept.tech),
							until: time(kept.until),
						})}
					</Banner>
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
			await p.reload();
			toast(say("lead.made", { name: who(thread.row.name) }));
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
					<FindCustomer take={(x) => void make(x.id)} />
				</Dialog>
			)}
		</form>
	);
}
