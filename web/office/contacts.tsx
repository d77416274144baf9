/* The people of an account: who they are, how they are reached, what they are told. */
import type { Contact } from "../shared/api";
import { call } from "../shared/call";
import { SelectField, TextField } from "../shared/form";
import { phone } from "../shared/format";
import { Avatar, Badge, Button, Icon } from "../shared/ui";
import { named, t } from "../shared/words";
import { archiving, EditPanel, useRemoval } from "./panel";
import { choices, list, type Page, useRecord } from "./record";

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
/* What a voice can say: nothing of papers, which are looked at. */
const RUNG: readonly string[] = ["on_the_way", "schedule", "bill", "reminder"];
const WAYS = ["by_sms", "by_email", "by_voice"] as const;
const WAY = { by_sms: "contact.sms", by_email: "contact.email", by_voice: "contact.call" } as const;

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
	const way = (stem: "contact.texts" | "contact.mails" | "contact.calls", kinds: string[]) =>
		kinds.length === MESSAGES.length
			? t(stem, { what: t("contact.all") })
			: kinds.length > 0
				? t(stem, { what: kinds.map((k) => named("message", k).toLocaleLowerCase()).join(", ") })
				: "";
	return (
		[
			way("contact.texts", c.by_sms),
			way("contact.mails", c.by_email),
			way("contact.calls", c.by_voice),
		]
			.filter(Boolean)
			.join(" ") || t("contact.nothing")
	);
}

export function ContactPanel(p: { page: Page; id?: string }) {
	const { page } = p;
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
			by_voice: "",
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
							by_voice: now.by_voice.join(","),
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
				by_voice: list(v.by_voice) as Contact["by_voice"],
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
	const away = useRemoval(
		page,
		archiving(
			contact?.name ?? "",
			() =>
				call("POST /api/office/contacts/:id/archivings", {
					id: contact?.id ?? "",
					body: { version: contact?.version ?? 0 },
				}),
			() => call("DELETE /api/office/contacts/:id/archivings", { id: contact?.id ?? "" }),
		),
	);
	if (p.id && !contact) return null;
	const toggle = (way: (typeof WAYS)[number], kind: string) => {
		const has = list(form.values[way]);
		form.set(
			way,
			MESSAGES.filter((m) => (m === kind ? !has.includes(m) : has.includes(m))).join(","),
		);
	};
	return (
		<EditPanel
			title={contact?.name ?? t("contact.add")}
			page={page}
			form={form}
			menu={contact ? [away.item] : []}
			go={contact ? undefined : t("contact.add")}
			fault={away.fault}
		>
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
							{WAYS.map((way) => (
								<th scope="col" key={way}>
									{t(WAY[way])}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{MESSAGES.map((m) => (
							<tr key={m}>
								<th scope="row">{named("message", m)}</th>
								{WAYS.map((way) => (
									<td key={way}>
										{(way !== "by_voice" || RUNG.includes(m)) && (
											<label class="check">
												<input
													type="checkbox"
													checked={list(form.values[way]).includes(m)}
													onChange={() => toggle(way, m)}
												/>
												<span class="unseen">
													{named("message", m)}, {t(WAY[way])}
												</span>
											</label>
										)}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
				{(form.errors.by_sms || form.errors.by_email || form.errors.by_voice) && (
					<p class="field__error" role="alert">
						<Icon name="alert" size="sm" />
						<span>{form.errors.by_sms || form.errors.by_email || form.errors.by_voice}</span>
					</p>
				)}
			</fieldset>
		</EditPanel>
	);
}
