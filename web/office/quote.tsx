/* One offer: written while it is a draft, then read: what was sent, asked, picked, and what became of it. */
import { useEffect, useState } from "preact/hooks";
import type { Customer, QuotePage } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm } from "../shared/form";
import { day, dayOf, money, number } from "../shared/format";
import { listen } from "../shared/live";
import { toast } from "../shared/over";
import { back, go, type Place, type Screen } from "../shared/router";
import { Banner, Button, classes, FaultNote, Heading, Icon, Pill } from "../shared/ui";
import { Panel } from "./frame";
import { say } from "./jobwords";
import { may } from "./me";
import { type Data, Editor } from "./quoteedit";
import { StateOf } from "./quotes";
import { AreaField, Foot } from "./record";
import { customerOf, Whose } from "./whose";
import "./jobs.css";

const picture = (id: string) => `/api/office/files/${id}/small`;

function Offered(p: { q: QuotePage }) {
	const { q } = p;
	const groups = q.choosing ? [0, ...q.options.map((_, i) => i + 1)] : [0];
	return (
		<>
			{groups.map((o) => {
				const lines = q.lines.filter((l) => l.choice === o);
				const option = o > 0 ? q.options[o - 1] : q.choosing ? null : q.options[0];
				if (lines.length === 0 && !option) return null;
				const name = o > 0 ? option?.name || say("quote.option", { n: o }) : "";
				return (
					<section
						key={o}
						class={classes("option", q.picked > 0 && q.picked === o && "option--picked")}
						aria-label={name || say("quote.lines")}
					>
						<div class="option__head">
							<h2>{name || (q.choosing ? say("quote.shared") : say("quote.lines"))}</h2>
							{q.picked > 0 && q.picked === o && (
								<Pill tone="kelp" icon="check">
									{say("quote.picked")}
								</Pill>
							)}
						</div>
						{o > 0 && option?.text && <p class="muted lines-kept">{option.text}</p>}
						<table class="offered">
							<tbody>
								{lines.map((l) => (
									<tr key={l.id}>
										<td>
											{l.text}
											{l.quantity_milli !== 1000 && (
												<span class="meta">
													{" "}
													{number(l.quantity_milli / 1000)} × {money(l.unit_cents, q.currency)}
												</span>
											)}
										</td>
										<td>{money(l.net_cents, q.currency)}</td>
									</tr>
								))}
								{option && (
									<tr>
										<td>
											<b>{name ? say("quote.total", { name }) : say("quote.total.plain")}</b>
											{option.deposit_cents > 0 && (
												<span class="meta">
													{" "}
													{say("quote.deposit.of", {
														sum: money(option.deposit_cents, q.currency),
													})}
												</span>
											)}
										</td>
										<td>
											<b>{money(option.total_cents, q.currency)}</b>
										</td>
									</tr>
								)}
							</tbody>
						</table>
					</section>
				);
			})}
		</>
	);
}

function Words(p: { q: QuotePage; take: (q: QuotePage) => void }) {
	const { q } = p;
	const form = useForm({
		initial: { text: "" },
		draft: `quote-reply-${q.id}`,
		async send(v, key) {
			const saved = await call("POST /api/office/quotes/:id/replies", {
				id: q.id,
				body: { text: v.text.trim() },
				key,
			});
			toast(say("quote.replied"));
			form.replace({ text: "" });
			p.take(saved);
		},
	});
	const asked = q.words.length > 0 && !q.words.at(-1)?.office;
	return (
		<section class="stack" aria-label={say("quote.words")}>
			<h2>{say("quote.words")}</h2>
			{q.words.length === 0 && <p class="faint">{say("quote.words.none")}</p>}
			<ul class="words">
				{q.words.map((w) => (
					<li key={w.at + w.text} class={w.office ? "words__office" : undefined}>
						{w.text}
						<br />
						<span class="meta">
							{w.by}, {day(w.at)}
						</span>
					</li>
				))}
			</ul>
			{may("bill") && q.state !== "draft" && (
				<form class="stack" onSubmit={form.submit} noValidate>
					<FormTrouble form={form} />
					<AreaField
						form={form}
						name="text"
						label={asked ? say("quote.reply") : say("quote.write", { name: q.customer })}
						rows={2}
						maxLength={1000}
					/>
					<div>
						<Button type="submit" icon="mail" busy={form.busy}>
							{say(asked ? "quote.reply.go" : "quote.write.go")}
						</Button>
					</div>
				</form>
			)}
		</section>
	);
}

function VoidPanel(p: { q: QuotePage; close: () => void; take: (q: QuotePage) => void }) {
	const form = useForm({
		initial: { reason: "" },
		async send(v, key) {
			const body = { reason: v.reason.trim(), version: p.q.version };
			p.take(await call("POST /api/office/quotes/:id/voids", { id: p.q.id, body, key }));
			toast(say("quote.withdrawn"));
			p.close();
		},
	});
	const draft = p.q.state === "draft";
	const go = say(draft ? "quote.drop" : "quote.void");
	return (
		<Panel title={go} close={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<p class="muted">{say(draft ? "quote.drop.text" : "quote.void.text")}</p>
				<FormTrouble form={form} />
				<TextField
					form={form}
					name="reason"
					label={say("quote.reason")}
					maxLength={200}
					required
					autofocus
				/>
				<Foot busy={form.busy} close={p.close} go={go} />
			</form>
		</Panel>
	);
}

function AnswerPanel(p: { q: QuotePage; close: () => void; take: (q: QuotePage) => void }) {
	const { q } = p;
	const form = useForm({
		initial: { says: "approve", choice: "1", name: q.customer, text: "" },
		async send(v, key) {
			const body = {
				says: v.says as "approve" | "decline",
				choice: v.says === "approve" && q.choosing ? Number(v.choice) : 0,
				name: v.name.trim(),
				text: v.text.trim(),
			};
			p.take(await call("POST /api/office/quotes/:id/answers", { id: q.id, body, key }));
			toast(say("quote.answered"));
			p.close();
		},
	});
	const picked = q.options[q.choosing ? Number(form.values.choice) - 1 : 0];
	return (
		<Panel title={say("quote.answer")} close={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<p class="muted">{say("quote.answer.text")}</p>
				<FormTrouble form={form} />
				<SelectField
					form={form}
					name="says"
					label={say("quote.answer.says")}
					choices={(["approve", "decline"] as const).map((x) => ({
						value: x,
						label: say(`quote.answer.${x}`),
					}))}
				/>
				{form.values.says === "approve" && q.choosing && (
					<SelectField
						form={form}
						name="choice"
						label={say("quote.answer.choice")}
						choices={q.options.map((o, i) => ({
							value: String(i + 1),
							label: `${o.name}, ${money(o.total_cents, q.currency)}`,
						}))}
					/>
				)}
				<TextField
					form={form}
					name="name"
					label={say("quote.answer.name")}
					maxLength={120}
					required
				/>
				<AreaField
					form={form}
					name="text"
					label={say("quote.answer.words")}
					rows={2}
					maxLength={600}
				/>
				<Foot
					busy={form.busy}
					close={p.close}
					go={
						form.values.says === "approve"
							? say("quote.answer.yes", { sum: money(picked?.total_cents ?? 0, q.currency) })
							: say("quote.answer.no")
					}
				/>
			</form>
		</Panel>
	);
}

/* To whom it goes, before it goes: with a way to mend it where it would reach nobody. */
function Goes(p: { customer: Customer }) {
	/* As fcgi/acts/tell_occasion.c chooses: who asked for it; without people, the customer's own address. */
	const people = p.customer.contacts.filter((c) => c.archived_at === null);
	const wanted =
		people.length === 0
			? [p.customer.email]
			: people.flatMap((c) => [
					c.by_email.includes("quote") && c.email,
					c.by_sms.includes("quote") && c.phone,
				]);
	const to = [...new Set(wanted.filter(Boolean))];
	return to.length > 0 ? (
		<p class="meta">{say("quote.goes", { to: to.join(", ") })}</p>
	) : (
		<Banner
			tone="sun"
			action={
				<a class="link" href={`/customers/${p.customer.id}`}>
					{p.customer.name}
				</a>
			}
		>
			{say("quote.goes.nobody")}
		</Banner>
	);
}

function Reader(p: {
	q: QuotePage;
	data: Data;
	at: Place;
	take: (q: QuotePage) => void;
	reload: () => Promise<void>;
}) {
	const { q, take } = p;
	const doing = p.at.query.get("do") ?? "";
	const here = `/quotes/${q.id}`;
	const close = back(here);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	// A customer answers while somebody looks: the page hears of it
	useEffect(() => listen((heard) => heard !== "away" && void p.reload()), [q.id]);
	const send = async () => {
		setBusy(true);
		setFault("");
		try {
			const sent = await call("POST /api/office/quotes/:id/issues", {
				id: q.id,
				body: { version: q.version },
			});
			toast(say("quote.sent", { number: sent.number }));
			take(sent);
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		} finally {
			setBusy(false);
		}
	};
	const open = (doing === "void" || doing === "answer") && may("bill");
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={say("quotes")}>
					<a href="/quotes">{say("quotes")}</a>
					<span aria-hidden="true">/</span>
					<a href={`/bills/of/${q.customer_id}`}>{q.customer}</a>
					<span aria-hidden="true">/</span>
					<Heading>{q.number || say("quote.draft")}</Heading>
				</nav>
				<span class="push" />
				{q.paper && (
					<a class="button" href={`/api/office/bills/${q.id}/paper`} download>
						<Icon name="download" />
						<span>PDF</span>
					</a>
				)}
				{may("bill") && (q.state === "draft" || q.state === "issued") && (
					<Button href={`${here}?do=void`} icon="ban">
						{say(q.state === "draft" ? "quote.drop" : "quote.void")}
					</Button>
				)}
				{may("bill") && q.state === "issued" && !q.over && (
					<Button href={`${here}?do=answer`} icon="pen">
						{say("quote.answer")}
					</Button>
				)}
				{may("bill") && q.state === "draft" && (
					<>
						<Button href={`${here}?do=edit`} icon="pen">
							{say("quote.edit")}
						</Button>
						<Button kind="primary" icon="send" busy={busy} onClick={() => void send()}>
							{say("quote.send")}
						</Button>
					</>
				)}
			</header>
			<div class={open ? "split split--open" : "split"}>
				<div class="scroll">
					<div class="sheet">
						<FaultNote text={fault} />
						<div class="stack">
							<h2>{q.title}</h2>
							<p class="row row--wrap">
								<StateOf q={q} />
								<span class="meta">
									{[q.place, q.service, `${say("quote.until")} ${dayOf(q.due_day)}`]
										.filter(Boolean)
										.join(" · ")}
								</span>
							</p>
							{q.ended_at !== null && q.answered_by && (
								<p>
									{say(q.state === "approved" ? "quote.by" : "quote.by.no", {
										name: q.answered_by,
										day: day(q.ended_at),
									})}
									{q.reason && <span class="muted">: {q.reason}</span>}
								</p>
							)}
							{(q.visit_day || q.deposit_id) && (
								<p class="row row--wrap">
									{q.visit_day && (
										<Button size="sm" icon="cal" href={`/quotes/jobs/${q.visit_id}`}>
											{say("quote.job", { day: dayOf(q.visit_day) })}
										</Button>
									)}
									{q.deposit_id && (
										<Button size="sm" icon="file" href={`/bills/${q.deposit_id}`}>
											{say("quote.deposit.bill")}
										</Button>
									)}
								</p>
							)}
							{q.state === "draft" && p.data.customer && <Goes customer={p.data.customer} />}
							{q.note && <p class="lines-kept">{q.note}</p>}
							{q.photos.length > 0 && (
								<div class="shots">
									{q.photos.map((f) => (
										<a
											key={f.id}
											class="shot"
											href={`/api/office/files/${f.id}`}
											target="_blank"
											rel="noreferrer"
										>
											<img src={picture(f.id)} alt={say("quote.photos")} width={104} height={78} />
										</a>
									))}
								</div>
							)}
							<Offered q={q} />
						</div>
						{q.state !== "draft" && <Words q={q} take={take} />}
					</div>
				</div>
				{open && doing === "void" && <VoidPanel q={q} close={close} take={take} />}
				{open && doing === "answer" && <AnswerPanel q={q} close={close} take={take} />}
			</div>
		</>
	);
}

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const [saved, setSaved] = useState<QuotePage | null>(null);
	const q = saved && data.quote && saved.version > data.quote.version ? saved : data.quote;
	const writing = !q || (q.state === "draft" && at.query.get("do") === "edit");
	if (q && !writing) return <Reader q={q} at={at} data={data} take={setSaved} reload={reload} />;
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={say("quotes")}>
					<a href="/quotes">{say("quotes")}</a>
					<span aria-hidden="true">/</span>
					<Heading>{q?.title || say("quotes.new")}</Heading>
				</nav>
			</header>
			<div class="scroll">
				<Whose customer={data.customer} here="/quotes/new" fixed={q !== null}>
					{(customer) => (
						<Editor
							key={customer.id + (q?.version ?? 0)}
							data={{ ...data, quote: q }}
							customer={customer}
							after={(s) => {
								setSaved(s);
								go(`/quotes/${s.id}`);
							}}
						/>
					)}
				</Whose>
			</div>
		</>
	);
}

const screen: Screen<Data> = {
	title: "nav.jobs",
	key: (at) => at.path + at.query.get("customer"),
	async load(at) {
		const id = at.params.id;
		const quote = id ? await call("GET /api/office/quotes/:id", { id }) : null;
		const whose = quote?.customer_id ?? at.query.get("customer");
		const edits = !quote || quote.state === "draft";
		const [customer, services, items, photos] = await Promise.all([
			edits ? customerOf(whose) : null,
			edits ? call("GET /api/office/services") : null,
			edits ? call("GET /api/office/items") : null,
			whose && edits ? call("GET /api/office/customers/:id/files", { id: whose }) : null,
		]);
		return {
			quote,
			customer,
			services: services?.rows ?? [],
			items: items?.rows ?? [],
			photos: photos?.rows.filter((f) => f.type !== "application/pdf") ?? [],
		};
	},
	view: View,
};
export default screen;
