/* One message of a thread: who, by what, what became of it; and what can be made of it. */
import { useState } from "preact/hooks";
import type { Thread, ThreadMessage } from "../shared/api";
import { call, Fault } from "../shared/call";
import { bring } from "../shared/form";
import { moment, time } from "../shared/format";
import { toast } from "../shared/over";
import { go } from "../shared/router";
import { Button, classes, type Html, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { may } from "./me";
import { Menu } from "./menu";
import { type MessageKey, say, who } from "./messagewords";
import { Picture } from "./picture";

const ICON = {
	sms: "chat",
	email: "mail",
	portal: "globe",
	booking: "globe",
	voice: "phone",
	note: "note",
	call: "phone",
};

export function MessageView(p: {
	message: ThreadMessage;
	day: boolean;
	thread: Thread;
	/* Words of it that became fields of a job; null: of none. */
	marks: string[] | null;
	/* Make a job of it. */
	draft: () => void;
	reload: () => Promise<void>;
}) {
	const m = p.message.row;
	const [quoted, setQuoted] = useState(false);
	/* Other words of a text that waits for its yes; null: it goes as it is. */
	const [words, setWords] = useState<string | null>(null);
	const customer = p.thread.customer_id;
	const by =
		m.direction === "heard"
			? who(p.thread.row.name)
			: m.direction === "noted"
				? say("from.note", { who: m.staff ?? "" })
				: (m.staff ??
					(p.message.occasion
						? say(`occasion.${p.message.occasion}` as MessageKey)
						: say("from.house")));
	const state =
		m.state === "got"
			? ""
			: m.state === "failed"
				? say("state.failed", { why: m.problem })
				: m.state === "queued" && m.due_at > Date.now() / 1000 + 60
					? say("state.later", { when: moment(m.due_at) })
					: say(`state.${m.state}`);
	const note = async () => {
		await call("POST /api/office/notes", {
			body: {
				on_kind: "customer",
				on_id: customer!,
				audience: "office",
				body: m.body.slice(0, 4000),
				pinned: false,
			},
		});
		toast(say("noted"));
	};
	const quote = () => {
		bring(`quote-${customer}`, {
			note: m.body.slice(0, 2000),
			photos: p.message.files
				.filter((f) => f.id && f.type.startsWith("image/"))
				.map((f) => f.id)
				.join(","),
		});
		go(`/quotes/new?customer=${customer}`);
	};
	const decide = async (yes: boolean, text: string | null = null) => {
		try {
			if (yes)
				await call("POST /api/office/messages/:id/releases", {
					id: m.id,
					body: { version: m.version, text: text?.replace(/\s*\n\s*/g, " ") ?? null },
				});
			else
				await call("POST /api/office/messages/:id/withdrawals", {
					id: m.id,
					body: { version: m.version },
				});
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
		}
		await p.reload();
	};
	return (
		<>
			{p.day && <p class="said__day">{moment(m.at).replace(`, ${time(m.at)}`, "")}</p>}
			<article class={classes("said", `said--${m.direction}`)} data-state={m.state}>
				<p class="said__who">
					<Icon name={ICON[m.medium]} size="sm" />
					<span>
						{by}, {time(m.at)}
					</span>
					{m.direction === "heard" && customer && (
						<Menu
							label={say("message.more")}
							items={[
								...(may("dispatch")
									? [{ label: say("message.job"), icon: "wrench", act: p.draft }]
									: []),
								...(may("bill") ? [{ label: say("message.quote"), icon: "file", act: quote }] : []),
								...(may("edit_customers")
									? [{ label: say("message.note"), icon: "note", act: () => void note() }]
									: []),
							]}
						/>
					)}
				</p>
				<div class="said__words">
					{m.subject && m.medium === "email" && <b>{m.subject}</b>}
					<p>{p.marks ? <Marked text={m.body} marks={p.marks} /> : m.body}</p>
					{p.message.code && may("see_codes") && <Code id={m.id} />}
					{p.message.files
						.filter((f) => f.type === "audio/mpeg")
						.map((f) => (
							// biome-ignore lint/a11y/useMediaCaption: what was said stands in the thread as it was understood
							<audio key={f.id} controls preload="none" src={`/api/office/files/${f.id}`} />
						))}
					{p.message.quoted && (
						<>
							<button
								type="button"
								class="link"
								aria-expanded={quoted}
								onClick={() => setQuoted(!quoted)}
							>
								{say("quoted")}
							</button>
							{quoted && <blockquote class="muted">{p.message.quoted}</blockquote>}
						</>
					)}
					<Files files={p.message.files} />
				</div>
				{state && (
					<p class={m.state === "failed" ? "said__state said__state--bad" : "said__state"}>
						{state}
					</p>
				)}
				{m.state === "held" && words === null && (
					<p class="row said__asks">
						<Button size="sm" kind="primary" icon="send" onClick={() => void decide(true)}>
							{say("release")}
						</Button>
						{m.medium === "sms" && (
							<Button size="sm" icon="pen" onClick={() => setWords(m.body)}>
								{say("reword")}
							</Button>
						)}
						<Button size="sm" onClick={() => void decide(false)}>
							{say("withdraw")}
						</Button>
					</p>
				)}
				{m.state === "held" && words !== null && (
					<form
						class="stack"
						onSubmit={(e) => {
							e.preventDefault();
							void decide(true, words);
						}}
						onKeyDown={(e) => e.key === "Escape" && setWords(null)}
					>
						<textarea
							class="input"
							rows={4}
							maxLength={1600}
							aria-label={say("reword.label")}
							value={words}
							ref={(at) => {
								if (at && !at.dataset.seen) {
									at.dataset.seen = "yes";
									at.focus();
								}
							}}
							onInput={(e) => setWords(e.currentTarget.value)}
						/>
						<p class="row said__asks">
							<Button size="sm" kind="primary" icon="send" type="submit" disabled={!words.trim()}>
								{say("reword.send")}
							</Button>
							<Button size="sm" onClick={() => setWords(null)}>
								{t("act.cancel")}
							</Button>
						</p>
					</form>
				)}
			</article>
		</>
	);
}

/* Each once, in their order. */
function Marked(p: { text: string; marks: string[] }) {
	const parts: (Html | string)[] = [];
	let at = 0;
	for (const mark of p.marks) {
		const from = p.text.indexOf(mark, at);
		if (from < 0) continue;
		parts.push(p.text.slice(at, from), <mark key={from}>{mark}</mark>);
		at = from + mark.length;
	}
	return (
		<>
			{parts}
			{p.text.slice(at)}
		</>
	);
}

/* The stars stand for the code of a gate. Who looks at it is written down. */
function Code(p: { id: string }) {
	const [code, setCode] = useState("");
	const show = async () => {
		try {
			setCode((await call("POST /api/office/messages/:id/codes", { id: p.id })).code);
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
		}
	};
	return (
		<p class="said__file" aria-live="polite">
			<Icon name="lock" size="sm" />
			{code ? (
				<code>{code}</code>
			) : (
				<button type="button" class="link" onClick={() => void show()}>
					{say("code")}
				</button>
			)}
		</p>
	);
}

/* Pictures are shown, papers are links; what was not kept is named. */
function Files(p: { files: ThreadMessage["files"] }) {
	return p.files.map((f, i) => {
		if (!f.id)
			return (
				<p key={`left-${i}`} class="said__file muted">
					<Icon name="alert" size="sm" />
					{say("file.left", { name: f.name })}
				</p>
			);
		const picture = f.type.startsWith("image/");
		return (
			<a
				key={f.id}
				class={picture ? "said__picture" : "said__file"}
				href={`/api/office/files/${f.id}`}
				target="_blank"
				rel="noreferrer"
			>
				{picture ? <Picture id={f.id} name={f.name} /> : <Icon name="file" size="sm" />}
				{!picture && f.name}
			</a>
		);
	});
}
