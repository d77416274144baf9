/* The answer: by what, in which words, what a text of it costs. A draft stays until it is sent. */
import { useRef, useState } from "preact/hooks";
import type { SavedReplies, Thread, ThreadKeep, ThreadSay } from "../shared/api";
import { call, Fault, newKey, upload } from "../shared/call";
import { minutes, phone } from "../shared/format";
import { Dialog, toast } from "../shared/over";
import { Banner, Button, FaultNote } from "../shared/ui";
import { t } from "../shared/words";
import type { Suggestion } from "./draft";
import { may } from "./me";
import { Menu } from "./menu";
import { say, sayCount } from "./messagewords";
import { smsNarrow, smsSize } from "./smssize";

type Medium = ThreadSay["medium"];
interface Way {
	value: string;
	medium: Medium;
	address: string;
	label: string;
	stopped: boolean;
	gone: string;
}
const TYPING_MS = 4000;

export function Composer(p: {
	thread: Thread;
	replies: SavedReplies;
	/* Words to begin with, of the draft beside it. */
	chips: Suggestion[];
	reload: () => Promise<void>;
}) {
	const draft = `answer-${p.thread.row.id}`;
	const ways: Way[] = [
		...p.thread.ways
			.filter((w) => w.medium !== "sms" || p.thread.number)
			.map((w) => ({
				value: `${w.medium}:${w.address}`,
				medium: w.medium,
				address: w.address,
				label: say(w.medium === "sms" ? "by.sms" : "by.email", {
					to: w.address.startsWith("+") ? phone(w.address) : w.address,
				}),
				stopped: w.stopped,
				gone: w.gone,
			})),
		...(p.thread.customer_id
			? [
					{
						value: "portal:",
						medium: "portal" as const,
						address: "",
						label: say("by.portal"),
						stopped: false,
						gone: "",
					},
				]
			: []),
		{
			value: "note:",
			medium: "note",
			address: "",
			label: say("by.note"),
			stopped: false,
			gone: "",
		},
	];
	const [chosen, setChosen] = useState("");
	const [text, setText] = useState(sessionStorage.getItem(draft) ?? "");
	const [subject, setSubject] = useState("");
	const [fault, setFault] = useState("");
	const [busy, setBusy] = useState(false);
	const [keeping, setKeeping] = useState(false);
	/* The hour that the words offer; whoever changes the words still offers it, whoever empties them does not. */
	const [keep, setKeep] = useState<ThreadKeep | null>(null);
	const [picture, setPicture] = useState<{ id: string; name: string } | null>(null);
	const key = useRef(newKey());
	const told = useRef(0);
	const input = useRef<HTMLInputElement>(null);
	const answer = useRef<HTMLTextAreaElement>(null);
	const way = ways.find((w) => w.value === chosen) ?? ways[0]!;
	const type = (v: string) => {
		setText(v);
		if (v) sessionStorage.setItem(draft, v);
		else {
			sessionStorage.removeItem(draft);
			setKeep(null);
		}
		if (v && Date.now() - told.current > TYPING_MS) {
			told.current = Date.now();
			void call("POST /api/office/threads/:id/typings", { id: p.thread.row.id }).catch(() => {});
		}
	};
	const holds = way.medium === "note" ? null : keep;
	const send = async (e: Event) => {
		e.preventDefault();
		if (!text.trim() || busy) return;
		setBusy(true);
		setFault("");
		try {
			await call("POST /api/office/threads/:id/messages", {
				id: p.thread.row.id,
				body: {
					medium: way.medium,
					address: way.address,
					subject,
					text,
					key: key.current,
					picture: picture?.id ?? null,
					keep: holds ? [holds] : [],
				},
			});
			key.current = newKey();
			type("");
			setSubject("");
			setPicture(null);
			await p.reload();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	const lift = async () => {
		await call("POST /api/office/addresses/lifts", { body: { address: way.address } });
		toast(say("gone.lifted", { to: way.address }));
		await p.reload();
	};
	const attach = async (file: File | undefined) => {
		if (!file) return;
		setFault("");
		try {
			const kept = await upload(
				"POST /api/office/files",
				file,
				file.name,
				{ on_kind: "conversation", on_id: p.thread.row.id, name: "" },
				() => {},
			);
			setPicture({ id: kept.id, name: kept.name });
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	const size = smsSize(text);
	return (
		<form class="composer" onSubmit={(e) => void send(e)}>
			<FaultNote text={fault} />
			{way.stopped && <Banner tone="sun">{say("stopped")}</Banner>}
			{way.gone && (
				<Banner tone="sun">
					{way.gone}{" "}
					<Button size="sm" onClick={() => void lift()}>
						{say("gone.lift")}
					</Button>
				</Banner>
			)}
			{!p.thread.number && p.thread.ways.some((w) => w.medium === "sms") && (
				<p class="muted composer__hint">{say("no.number")}</p>
			)}
			{p.chips.length > 0 && way.medium !== "note" && (
				<div class="chips" role="group" aria-label={say("suggest")}>
					{p.chips.map((c) => (
						<button
							key={c.label}
							type="button"
							class="chip"
							aria-pressed={text === c.text}
							onClick={() => {
								type(c.text);
								setKeep(c.keep ?? null);
								answer.current?.focus();
							}}
						>
							{c.label}
						</button>
					))}
				</div>
			)}
			{way.medium === "email" && (
				<input
					class="input"
					aria-label={say("subject")}
					placeholder={say("subject")}
					maxLength={150}
					value={subject}
					onInput={(e) => setSubject(e.currentTarget.value)}
				/>
			)}
			<textarea
				ref={answer}
				class="input"
				rows={3}
				maxLength={way.medium === "sms" ? 1600 : 4000}
				aria-label={say("answer")}
				placeholder={say(way.medium === "note" ? "placeholder.note" : "placeholder")}
				data-note={way.medium === "note" ? "" : undefined}
				value={text}
				onInput={(e) => type(e.currentTarget.value)}
				onKeyDown={(e) => {
					if (e.key === "Enter" && (e.metaKey || e.ctrlKey)) void send(e);
				}}
			/>
			<div class="composer__foot">
				<select
					class="select composer__way"
					aria-label={say("by")}
					value={way.value}
					onChange={(e) => setChosen(e.currentTarget.value)}
				>
					{ways.map((w) => (
						<option key={w.value} value={w.value}>
							{w.label}
						</option>
					))}
				</select>
				<Menu
					up
					label={say("replies")}
					icon="list"
					items={[
						...p.replies.rows.map((r) => ({
							label: r.name,
							act: () => type(text ? `${text}\n${r.text}` : r.text),
						})),
						{
							label: say("replies.keep"),
							icon: "plus",
							rule: p.replies.rows.length > 0,
							act: () => setKeeping(true),
						},
					]}
				/>
				{way.medium !== "note" &&
					may("edit_customers") &&
					(picture ? (
						<Button
							size="sm"
							icon="x"
							label={`${say("picture.off")}: ${picture.name}`}
							onClick={() => setPicture(null)}
						>
							{picture.name}
						</Button>
					) : (
						<>
							<Button
								kind="quiet"
								icon="camera"
								label={say("picture")}
								onClick={() => input.current?.click()}
							/>
							<input
								ref={input}
								class="unseen"
								type="file"
								tabIndex={-1}
								aria-hidden="true"
								aria-label={say("picture")}
								accept="image/jpeg,image/png,image/webp"
								onChange={(e) => {
									void attach(e.currentTarget.files?.[0]);
									e.currentTarget.value = "";
								}}
							/>
						</>
					))}
				<span class="grow muted composer__size" aria-live="polite">
					{way.medium === "sms" &&
						text &&
						sayCount("segments", size.segments, { letters: size.letters })}
					{way.medium === "sms" && size.wide && smsNarrow(text) !== text && (
						<button
							type="button"
							class="link"
							title={say("wide", { letter: size.wide })}
							onClick={() => type(smsNarrow(text))}
						>
							{say("narrow")}
						</button>
					)}
				</span>
				{holds && (
					<button type="button" class="link" onClick={() => setKeep(null)}>
						{say("keep.not")}
					</button>
				)}
				<Button
					kind="primary"
					icon={way.medium === "note" ? "note" : "send"}
					type="submit"
					busy={busy}
					disabled={!text.trim() || way.stopped || !!way.gone}
				>
					{holds
						? say("send.keep", { at: minutes(holds.minute) })
						: say(way.medium === "note" ? "note" : "send")}
				</Button>
			</div>
			{keeping && <Keep text={text} close={() => setKeeping(false)} reload={p.reload} />}
		</form>
	);
}

function Keep(p: { text: string; close: () => void; reload: () => Promise<void> }) {
	const [name, setName] = useState("");
	const [text, setText] = useState(p.text);
	const [fault, setFault] = useState("");
	const keep = async () => {
		try {
			await call("POST /api/office/saved-replies", { body: { name, text, version: 0 } });
			toast(say("replies.kept"));
			p.close();
			await p.reload();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return (
		<Dialog
			title={say("replies.keep")}
			onClose={p.close}
			foot={
				<>
					<Button kind="quiet" onClick={p.close}>
						{t("act.cancel")}
					</Button>
					<Button
						kind="primary"
						disabled={!name.trim() || !text.trim()}
						onClick={() => void keep()}
					>
						{t("act.save")}
					</Button>
				</>
			}
		>
			<div class="stack">
				<FaultNote text={fault} />
				<label class="field">
					<span class="field__label">{say("replies.name")}</span>
					<input
						class="input"
						maxLength={60}
						value={name}
						autofocus
						onInput={(e) => setName(e.currentTarget.value)}
					/>
				</label>
				<label class="field">
					<span class="field__label">{say("answer")}</span>
					<textarea
						class="input"
						rows={4}
						maxLength={2000}
						value={text}
						onInput={(e) => setText(e.currentTarget.value)}
					/>
				</label>
			</div>
		</Dialog>
	);
}
