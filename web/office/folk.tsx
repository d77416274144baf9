/* The people of an account, the notes on it, its tags, and the customer's own row. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Contact, CustomerChange, Note } from "../shared/api";
import { call } from "../shared/call";
import { SelectField, TextField } from "../shared/form";
import { phone } from "../shared/format";
import { toast } from "../shared/over";
import { Ago, Avatar, Badge, Banner, Button, Icon } from "../shared/ui";
import { language, named, t } from "../shared/words";
import { Panel } from "./frame";
import {
	AreaField,
	CheckField,
	change,
	choices,
	Foot,
	list,
	OwnInputs,
	ownRead,
	ownWritten,
	type Page,
	RecordTrouble,
	useRecord,
	yes,
} from "./record";

const RELATIONS = ["owner", "tenant", "agent", "billing", "other"] as const;
const MESSAGES = [
	"on_the_way",
	"report",
	"schedule",
	"bill",
	"receipt",
	"reminder",
	"quote",
	"news",
] as const;

/* ---- people ---- */

export function People(p: { page: Page; edits: boolean }) {
	const people = p.page.customer.contacts.filter((c) => !c.archived_at);
	return (
		<section class="sidepart" aria-label={t("contact.title")}>
			<div class="sidepart__head">
				<h2>{t("contact.title")}</h2>
				{p.edits && (
					<Button kind="quiet" size="sm" onClick={() => p.page.edit("contact-new:")}>
						{t("act.add")}
						<span class="unseen"> {t("contact.one")}</span>
					</Button>
				)}
			</div>
			{people.length === 0 && <p class="faint">{t("contact.none")}</p>}
			{people.map((c) => (
				<div key={c.id} class="sideline">
					<Avatar name={c.name} />
					<div class="grow">
						<b>{c.name}</b> <Badge>{named("relation", c.relation)}</Badge>
						<p class="muted">
							{c.phone && <a href={`tel:${c.phone.replace(/x.*/, "")}`}>{phone(c.phone)}</a>}
							{c.phone && c.email && " · "}
							{c.email && <a href={`mailto:${c.email}`}>{c.email}</a>}
						</p>
						<p class="meta">{receives(c)}</p>
					</div>
					<div class="sideline__end">
						{p.edits && (
							<Button
								kind="quiet"
								size="sm"
								icon="pen"
								label={t("contact.edit", { name: c.name })}
								onClick={() => p.page.edit(`contact:${c.id}`)}
							/>
						)}
					</div>
				</div>
			))}
		</section>
	);
}

function receives(c: Contact): string {
	const way = (stem: "contact.texts" | "contact.mails", kinds: string[]) =>
		kinds.length === MESSAGES.length
			? t(stem, { what: t("contact.all") })
			: kinds.length > 0
				? t(stem, { what: kinds.map((k) => named("message", k).toLocaleLowerCase()).join(", ") })
				: "";
	return (
		[way("contact.texts", c.by_sms), way("contact.mails", c.by_email)].filter(Boolean).join(" ") ||
		t("contact.nothing")
	);
}

export function ContactPanel(p: { page: Page; id?: string }) {
	const { page } = p;
	const [fault, setFault] = useState("");
	const contact = page.customer.contacts.find((c) => c.id === p.id);
	const form = useRecord({
		page,
		draft: `contact.${p.id ?? page.customer.id}`,
		blank: {
			name: "",
			relation: "owner",
			phone: "",
			email: "",
			language: page.customer.language as string,
			by_sms: "",
			by_email: "",
		},
		read(c) {
			const now = c.contacts.find((x) => x.id === p.id);
			return now
				? {
						values: {
							name: now.name,
							relation: now.relation as string,
							phone: now.phone,
							email: now.email,
							language: now.language,
							by_sms: now.by_sms.join(","),
							by_email: now.by_email.join(","),
						},
						version: now.version,
					}
				: null;
		},
		send(v, version, key) {
			const body = {
				name: v.name.trim(),
				relation: v.relation as Contact["relation"],
				phone: v.phone.trim(),
				email: v.email.trim(),
				language: v.language as "en" | "es",
				by_sms: list(v.by_sms) as Contact["by_sms"],
				by_email: list(v.by_email) as Contact["by_email"],
				position: contact?.position ?? page.customer.contacts.length,
			};
			return p.id
				? call("PUT /api/office/contacts/:id", { id: p.id, body: { ...body, version }, key })
				: call("POST /api/office/contacts", {
						body: { ...body, customer_id: page.customer.id },
						key,
					});
		},
	});
	const archive = async () => {
		if (!contact) return;
		const failed = await change(
			page,
			() =>
				call("POST /api/office/contacts/:id/archivings", {
					id: contact.id,
					body: { version: contact.version },
				}),
			t("pool.archived", { name: contact.name }),
			() =>
				void change(
					page,
					() => call("DELETE /api/office/contacts/:id/archivings", { id: contact.id }),
					t("pool.restored", { name: contact.name }),
				),
		);
		if (failed) setFault(failed);
		else page.close();
	};
	if (p.id && !contact) return null;
	const toggle = (way: "by_sms" | "by_email", kind: string) => {
		const has = list(form.values[way]);
		form.set(
			way,
			MESSAGES.filter((m) => (m === kind ? !has.includes(m) : has.includes(m))).join(","),
		);
	};
	return (
		<Panel
			title={contact?.name ?? t("contact.add")}
			close={page.close}
			menu={
				contact
					? [{ label: t("act.archive"), icon: "box", danger: true, act: () => void archive() }]
					: []
			}
		>
			<form class="stack" onSubmit={form.submit} noValidate>
				<RecordTrouble form={form} />
				{fault && (
					<Banner tone="coral" alert>
						{fault}
					</Banner>
				)}
				<TextField
					form={form}
					name="name"
					label={t("field.name")}
					maxLength={120}
					required
					autofocus={!p.id}
				/>
				<div class="pair">
					<SelectField
						form={form}
						name="relation"
						label={t("field.relation")}
						choices={choices("relation", RELATIONS)}
					/>
					<SelectField
						form={form}
						name="language"
						label={t("field.language")}
						choices={choices("language", ["en", "es"])}
					/>
				</div>
				<TextField form={form} name="phone" label={t("field.phone")} type="tel" maxLength={40} />
				<TextField form={form} name="email" label={t("field.email")} type="email" maxLength={254} />
				<fieldset class="field">
					<legend class="field__label">{t("contact.receives")}</legend>
					<table class="ways">
						<thead>
							<tr>
								<th scope="col">
									<span class="unseen">{t("contact.message")}</span>
								</th>
								<th scope="col">{t("contact.sms")}</th>
								<th scope="col">{t("contact.email")}</th>
							</tr>
						</thead>
						<tbody>
							{MESSAGES.map((m) => (
								<tr key={m}>
									<th scope="row">{named("message", m)}</th>
									{(["by_sms", "by_email"] as const).map((way) => (
										<td key={way}>
											<label class="check">
												<input
													type="checkbox"
													checked={list(form.values[way]).includes(m)}
													onChange={() => toggle(way, m)}
												/>
												<span class="unseen">
													{named("message", m)},{" "}
													{t(way === "by_sms" ? "contact.sms" : "contact.email")}
												</span>
											</label>
										</td>
									))}
								</tr>
							))}
						</tbody>
					</table>
					{(form.errors.by_sms || form.errors.by_email) && (
						<p class="field__error" role="alert">
							<Icon name="alert" size="sm" />
							<span>{form.errors.by_sms || form.errors.by_email}</span>
						</p>
					)}
				</fieldset>
				<Foot busy={form.busy} close={page.close} go={contact ? undefined : t("contact.add")} />
			</form>
		</Panel>
	);
}

/* ---- notes: what technicians read at the gate stands apart from what stays in the office ---- */

export function Notes(p: { page: Page; edits: boolean }) {
	return (
		<div class="notes">
			{(["technicians", "office"] as const).map((who) => {
				const notes = p.page.customer.notes
					.filter((n) => n.audience === who)
					.sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.made_at - a.made_at);
				return (
					<section key={who} class="card" aria-label={t(`note.${who}`)}>
						<div class="card__head">
							<Icon name={who === "technicians" ? "phone" : "building"} />
							<h3 class="grow">{t(`note.${who}`)}</h3>
							{p.edits && (
								<Button
									kind="quiet"
									size="sm"
									icon="plus"
									label={t(`note.add.${who}`)}
									onClick={() => p.page.edit(`note-new:${who}`)}
								/>
							)}
						</div>
						<div class="card__body">
							{notes.length === 0 && <p class="faint">{t(`note.none.${who}`)}</p>}
							<ul class="lines">
								{notes.map((n) => (
									<li key={n.id} class="thing">
										<div class="grow">
											<p class="lines-kept">{n.body}</p>
											<p class="meta">
												{n.pinned && <Badge icon="pin">{t("note.pinned")}</Badge>}{" "}
												{n.on_kind !== "customer" && `${about(p.page, n)} · `}
												{n.staff_name && `${n.staff_name} · `}
												<Ago at={n.made_at} />
											</p>
										</div>
										{p.edits && (
											<Button
												kind="quiet"
												size="sm"
												icon="pen"
												label={t("note.edit")}
												onClick={() => p.page.edit(`note:${n.id}`)}
											/>
										)}
									</li>
								))}
							</ul>
						</div>
					</section>
				);
			})}
		</div>
	);
}

/* What a note is on, by the name that people know. */
function about(page: Page, n: Note): string {
	return places(page).find((o) => o.value === `${n.on_kind}:${n.on_id}`)?.label ?? "";
}
function places(page: Page) {
	const c = page.customer;
	return [
		{ value: `customer:${c.id}`, label: c.name },
		...c.properties.flatMap((x) => [
			{ value: `property:${x.id}`, label: x.street || x.name },
			...x.pools.flatMap((w) => [
				{ value: `pool:${w.id}`, label: w.name || named("water", w.kind) },
				...w.equipment.map((e) => ({
					value: `equipment:${e.id}`,
					label: [named("machine", e.kind), e.make].filter(Boolean).join(" "),
				})),
			]),
		]),
	];
}

export function NotePanel(p: { page: Page; id?: string; audience?: string }) {
	const { page } = p;
	const [fault, setFault] = useState("");
	const note = page.customer.notes.find((n) => n.id === p.id);
	const form = useRecord({
		page,
		draft: `note.${p.id ?? page.customer.id}`,
		blank: {
			audience: p.audience ?? "technicians",
			body: "",
			pinned: "",
			on: `customer:${page.customer.id}`,
		},
		read(c) {
			const now = c.notes.find((n) => n.id === p.id);
			return now
				? {
						values: {
							audience: now.audience as string,
							body: now.body,
							pinned: yes(now.pinned),
							on: `${now.on_kind}:${now.on_id}`,
						},
						version: now.version,
					}
				: null;
		},
		send(v, version, key) {
			const body = {
				audience: v.audience as Note["audience"],
				body: v.body.trim(),
				pinned: v.pinned === "yes",
			};
			const [on_kind = "customer", on_id = ""] = v.on.split(":");
			return p.id
				? call("PUT /api/office/notes/:id", { id: p.id, body: { ...body, version }, key })
				: call("POST /api/office/notes", {
						body: { ...body, on_kind: on_kind as Note["on_kind"], on_id },
						key,
					});
		},
	});
	/* A note that is thrown away by mistake is written again by Undo. */
	const drop = async () => {
		if (!note) return;
		const { audience, body, pinned, on_kind, on_id } = note;
		const failed = await change(
			page,
			() => call("DELETE /api/office/notes/:id", { id: note.id }),
			t("note.dropped"),
			() =>
				void change(
					page,
					() =>
						call("POST /api/office/notes", { body: { audience, body, pinned, on_kind, on_id } }),
					t("note.back"),
				),
		);
		if (failed) setFault(failed);
		else page.close();
	};
	if (p.id && !note) return null;
	return (
		<Panel
			title={t(note ? "note.edit" : "note.write")}
			close={page.close}
			menu={
				note ? [{ label: t("note.drop"), icon: "x", danger: true, act: () => void drop() }] : []
			}
		>
			<form class="stack" onSubmit={form.submit} noValidate>
				<RecordTrouble form={form} />
				{fault && (
					<Banner tone="coral" alert>
						{fault}
					</Banner>
				)}
				<SelectField
					form={form}
					name="audience"
					label={t("field.audience")}
					hint={t("note.audience.hint")}
					choices={choices("audience", ["technicians", "office"])}
				/>
				{!note && <SelectField form={form} name="on" label={t("note.on")} choices={places(page)} />}
				<AreaField
					form={form}
					name="body"
					label={t("note.body")}
					rows={6}
					maxLength={4000}
					autofocus
				/>
				<CheckField form={form} name="pinned" label={t("note.pin")} />
				<Foot busy={form.busy} close={page.close} />
			</form>
		</Panel>
	);
}

/* ---- tags ---- */

export function Tags(p: { page: Page; edits: boolean }) {
	const { customer } = p.page;
	const [adding, setAdding] = useState(false);
	const [typed, setTyped] = useState("");
	const [fault, setFault] = useState("");
	const [known, setKnown] = useState<string[]>([]);
	const input = useRef<HTMLInputElement>(null);
	useLayoutEffect(() => {
		if (adding) input.current?.focus();
	}, [adding]);
	// Asked for once somebody adds one
	useEffect(() => {
		if (adding)
			call("GET /api/office/tags").then(
				(list_) => setKnown(list_.rows.map((r) => r.tag)),
				() => {},
			);
	}, [adding]);
	const give = async (tags: string[], said: string, undo?: () => void) => {
		const failed = await change(
			p.page,
			() =>
				call("PUT /api/office/customers/:id/tags", {
					id: customer.id,
					body: { tags: tags.map((tag) => ({ tag })) },
				}),
			said,
			undo,
		);
		setFault(failed);
		return failed === "";
	};
	const has = customer.tags.map((x) => x.tag);
	const add = async (e: Event) => {
		e.preventDefault();
		const tag = typed.trim();
		if (!tag || (await give([...has, tag], t("tag.given", { tag })))) {
			setTyped("");
			setAdding(false);
		}
	};
	return (
		<div class="chips">
			{has.map((tag) => (
				<span key={tag} class="chip chip--still">
					{tag}
					{p.edits && (
						<button
							class="chip__x"
							type="button"
							aria-label={t("tag.take", { tag })}
							onClick={() =>
								void give(
									has.filter((x) => x !== tag),
									t("tag.taken", { tag }),
									() => void give(has, t("tag.given", { tag })),
								)
							}
						>
							<Icon name="x" size="sm" />
						</button>
					)}
				</span>
			))}
			{p.edits &&
				(adding ? (
					<form class="row" onSubmit={(e) => void add(e)}>
						<input
							class="input chip__input"
							aria-label={t("tag.new")}
							placeholder={t("tag.new")}
							maxLength={40}
							list="known-tags"
							value={typed}
							ref={input}
							onInput={(e) => setTyped(e.currentTarget.value)}
							onKeyDown={(e) => {
								if (e.key === "Escape") setAdding(false);
							}}
						/>
						<datalist id="known-tags">
							{known.map((k) => (
								<option key={k} value={k} />
							))}
						</datalist>
						<Button size="sm" type="submit">
							{t("act.add")}
						</Button>
					</form>
				) : (
					<button class="chip chip--add" type="button" onClick={() => setAdding(true)}>
						<Icon name="plus" size="sm" />
						{t("tag.add")}
					</button>
				))}
			{fault && (
				<p class="field__error" role="alert">
					{fault}
				</p>
			)}
		</div>
	);
}

/* ---- the customer's own row ---- */

export function CustomerPanel(p: { page: Page }) {
	const { page } = p;
	const { customer } = page;
	const form = useRecord<Record<string, string>>({
		page,
		draft: `customer.${customer.id}`,
		read: (c) => ({
			values: {
				name: c.name,
				kind: c.kind,
				email: c.email,
				language: c.language,
				bill_street: c.bill_street,
				bill_city: c.bill_city,
				bill_region: c.bill_region,
				bill_postcode: c.bill_postcode,
				source: c.source,
				external_id: c.external_id,
				...ownRead(page, "customer", c.own),
			},
			version: c.version,
		}),
		send(v, version, key) {
			const s = (name: string) => (v[name] ?? "").trim();
			return call("PUT /api/office/customers/:id", {
				id: customer.id,
				body: {
					name: s("name"),
					kind: s("kind") as CustomerChange["kind"],
					email: s("email"),
					language: s("language") as CustomerChange["language"],
					bill_street: s("bill_street"),
					bill_city: s("bill_city"),
					bill_region: s("bill_region"),
					bill_postcode: s("bill_postcode"),
					source: s("source"),
					external_id: s("external_id"),
					own: ownWritten(v),
					version,
				},
				key,
			});
		},
	});
	return (
		<Panel title={t("customer.edit")} close={page.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<RecordTrouble form={form} />
				<TextField form={form} name="name" label={t("field.name")} maxLength={120} required />
				<div class="pair">
					<SelectField
						form={form}
						name="kind"
						label={t("field.kind")}
						choices={choices("kind", ["person", "business"])}
					/>
					<SelectField
						form={form}
						name="language"
						label={t("field.language")}
						choices={choices("language", ["en", "es"])}
					/>
				</div>
				<TextField form={form} name="email" label={t("field.email")} type="email" maxLength={254} />
				<OwnInputs form={form} page={page} on="customer" has={customer.own} />
				<fieldset class="field stack">
					<legend class="field__label">{t("customer.billing")}</legend>
					<p class="field__hint">{t("customer.billing.hint")}</p>
					<TextField form={form} name="bill_street" label={t("field.street")} maxLength={120} />
					<TextField form={form} name="bill_city" label={t("field.city")} maxLength={80} />
					<div class="pair">
						<TextField form={form} name="bill_region" label={t("field.region")} maxLength={60} />
						<TextField
							form={form}
							name="bill_postcode"
							label={t("field.postcode")}
							maxLength={16}
						/>
					</div>
				</fieldset>
				<div class="pair">
					<TextField form={form} name="source" label={t("field.source")} maxLength={40} />
					<TextField form={form} name="external_id" label={t("field.external_id")} maxLength={64} />
				</div>
				<Foot busy={form.busy} close={page.close} />
			</form>
		</Panel>
	);
}

/* Archive, with Undo; the page stays where it is. */
export async function archiveCustomer(page: Page): Promise<void> {
	const { customer } = page;
	const failed = await change(
		page,
		() =>
			call("POST /api/office/customers/:id/archivings", {
				id: customer.id,
				body: { version: customer.version },
			}),
		t("customer.archived", { name: customer.name }),
		() => void restoreCustomer(page),
	);
	if (failed) toast(failed);
}
export async function restoreCustomer(page: Page): Promise<void> {
	const { customer } = page;
	const failed = await change(
		page,
		() => call("DELETE /api/office/customers/:id/archivings", { id: customer.id }),
		t("customer.restored", { name: customer.name }),
	);
	if (failed) toast(failed);
}

export const spoken = (code: string) =>
	new Intl.DisplayNames([language.value], { type: "language" }).of(code) ?? code;
