/* One message of a thread: who, by what, what became of it; and what can be made of it. */
import { useState } from "preact/hooks";
import type { Customer, Service, Thread, ThreadMessage } from "../shared/api";
import { call, Fault } from "../shared/call";
import { bring } from "../shared/form";
import { moment, time } from "../shared/format";
import { Dialog, Menu, toast } from "../shared/over";
import { go } from "../shared/router";
import { Button, FaultNote, Icon, Skeleton, classes } from "../shared/ui";
import { t } from "../shared/words";
import { may } from "./me";
import { type MessageKey, say, sayCount, who } from "./messagewords";
import { today } from "./technicians";

const ICON = {
	sms: "chat",
	email: "mail",
	portal: "globe",
	booking: "globe",
	voice: "phone",
	note: "note",
};

export function MessageView(p: {
	message: ThreadMessage;
	day: boolean;
	thread: Thread;
	reload: () => Promise<void>;
}) {
	const m = p.message.row;
	const [job, setJob] = useState(false);
	const [quoted, setQuoted] = useState(false);
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
	const decide = async (yes: boolean) => {
		try {
			if (yes)
				await call("POST /api/office/messages/:id/releases", {
					id: m.id,
					body: { version: m.version },
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
									? [{ label: say("message.job"), icon: "wrench", act: () => setJob(true) }]
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
					<p>{m.body}</p>
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
				{m.state === "held" && (
					<p class="row">
						<Button size="sm" kind="primary" icon="send" onClick={() => void decide(true)}>
							{say("release")}
						</Button>
						<Button size="sm" onClick={() => void decide(false)}>
							{say("withdraw")}
						</Button>
					</p>
				)}
			</article>
			{job && customer && (
				<JobDialog
					customer={customer}
					words={m.body}
					pictures={p.message.files.filter((f) => f.id && f.type.startsWith("image/"))}
					close={() => setJob(false)}
				/>
			)}
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

/* A photo is drawn anew before anybody sees it: until then its place is kept, and asked for again. */
function Picture(p: { id: string; name: string }) {
	const [tries, setTries] = useState(0);
	const [there, setThere] = useState(true);
	return there ? (
		<img
			src={`/api/office/files/${p.id}/small${tries ? `#${tries}` : ""}`}
			alt={p.name}
			loading="lazy"
			onError={() => {
				setThere(false);
				if (tries < 5)
					setTimeout(() => {
						setTries(tries + 1);
						setThere(true);
					}, 1500);
			}}
		/>
	) : (
		<span class="muted">{say("file.waits", { name: p.name })}</span>
	);
}

/* Its words become the note of a job; where and what are chosen here. */
function JobDialog(p: {
	customer: string;
	words: string;
	pictures: ThreadMessage["files"];
	close: () => void;
}) {
	const [is, setIs] = useState<{ customer: Customer; services: Service[] } | null>(null);
	const [asked, setAsked] = useState(false);
	const [place, setPlace] = useState("");
	const [service, setService] = useState("");
	const [day, setDay] = useState(today());
	const [note, setNote] = useState(p.words.slice(0, 1000));
	const [fault, setFault] = useState("");
	const [busy, setBusy] = useState(false);
	if (!asked) {
		setAsked(true);
		void Promise.all([
			call("GET /api/office/customers/:id", { id: p.customer }),
			call("GET /api/office/services", { query: {} }),
		]).then(
			([customer, services]) => {
				const rows = services.rows.filter((s) => !s.archived);
				setIs({ customer, services: rows });
				setPlace(customer.properties.find((x) => !x.archived_at)?.id ?? "");
				setService((rows.find((s) => s.kind === "job") ?? rows[0])?.id ?? "");
			},
			(f) => setFault(String(f instanceof Fault ? f.message : f)),
		);
	}
	const make = async () => {
		setBusy(true);
		setFault("");
		try {
			const visit = await call("POST /api/office/visits", {
				body: { property_id: place, service_id: service, day, note, anyway: true },
			});
			for (const f of p.pictures)
				await call("POST /api/office/files/:id/placings", {
					id: f.id!,
					body: { visit_id: visit.id },
				});
			toast(say("job.made"));
			p.close();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
			setBusy(false);
		}
	};
	const places = is?.customer.properties.filter((x) => !x.archived_at) ?? [];
	return (
		<Dialog
			title={say("job")}
			onClose={p.close}
			foot={
				<>
					<Button kind="quiet" onClick={p.close}>
						{t("act.cancel")}
					</Button>
					<Button
						kind="primary"
						busy={busy}
						disabled={!place || !service}
						onClick={() => void make()}
					>
						{say("job.make")}
					</Button>
				</>
			}
		>
			<FaultNote text={fault} />
			{!is ? (
				<Skeleton lines={4} />
			) : places.length === 0 ? (
				<p>{say("job.none")}</p>
			) : (
				<div class="stack">
					<label class="field">
						<span class="field__label">{say("job.place")}</span>
						<select class="select" value={place} onChange={(e) => setPlace(e.currentTarget.value)}>
							{places.map((x) => (
								<option key={x.id} value={x.id}>
									{x.street || x.name}
								</option>
							))}
						</select>
					</label>
					<label class="field">
						<span class="field__label">{say("job.service")}</span>
						<select
							class="select"
							value={service}
							onChange={(e) => setService(e.currentTarget.value)}
						>
							{is.services.map((x) => (
								<option key={x.id} value={x.id}>
									{x.name}
								</option>
							))}
						</select>
					</label>
					<label class="field">
						<span class="field__label">{say("job.day")}</span>
						<input
							class="input"
							type="date"
							value={day}
							onInput={(e) => setDay(e.currentTarget.value)}
						/>
					</label>
					<label class="field">
						<span class="field__label">{say("job.note")}</span>
						<textarea
							class="input"
							rows={4}
							maxLength={1000}
							value={note}
							onInput={(e) => setNote(e.currentTarget.value)}
						/>
					</label>
					{p.pictures.length > 0 && (
						<p class="muted">{sayCount("job.pictures", p.pictures.length, {})}</p>
					)}
				</div>
			)}
		</Dialog>
	);
}
