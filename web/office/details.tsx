/* The customer's own row: name, language, where bills go; archiving and restoring them. */
import type { CustomerChange } from "../shared/api";
import { call } from "../shared/call";
import { SelectField, TextField } from "../shared/form";
import { toast } from "../shared/over";
import { language, t } from "../shared/words";
import { EditPanel } from "./panel";
import { change, choices, OwnInputs, ownRead, ownWritten, type Page, useRecord } from "./record";

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
		<EditPanel title={t("customer.edit")} page={page} form={form}>
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
					<TextField form={form} name="bill_postcode" label={t("field.postcode")} maxLength={16} />
				</div>
			</fieldset>
			<div class="pair">
				<TextField form={form} name="source" label={t("field.source")} maxLength={40} />
				<TextField form={form} name="external_id" label={t("field.external_id")} maxLength={64} />
			</div>
		</EditPanel>
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
