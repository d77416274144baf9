/* The house has a new owner, who is new or known already: pools, codes and service go on with them. */
import { useState } from "preact/hooks";
import type { CustomerLine } from "../shared/api";
import { call } from "../shared/call";
import { SelectField, TextField, wrong } from "../shared/form";
import { Button, Icon, Segments } from "../shared/ui";
import { t } from "../shared/words";
import { FindCustomer } from "./findcustomer";
import { EditPanel } from "./panel";
import { placeOf } from "./place";
import { choices, type Page, useRecord } from "./record";
import { undoSale } from "./sold";

type Who = "new" | "known";

export function SalePanel(p: { page: Page; id: string; go: (customer: string) => void }) {
	const { page } = p;
	const x = placeOf(page.customer, p.id);
	const [who, setWho] = useState<Who>("new");
	const [buyer, setBuyer] = useState<CustomerLine | null>(null);
	const form = useRecord({
		page,
		draft: `sale.${p.id}`,
		read(c) {
			const now = placeOf(c, p.id);
			return now
				? {
						values: {
							name: "",
							kind: "person",
							email: "",
							phone: "",
							language: page.customer.language as string,
						},
						version: now.version,
					}
				: null;
		},
		async send(v, version, key) {
			if (who === "known" && !buyer) throw wrong("", t("sale.choose"));
			const known = who === "known";
			return call("POST /api/office/properties/:id/sales", {
				id: p.id,
				body: {
					customer_id: known ? (buyer?.id ?? null) : null,
					name: known ? "" : v.name.trim(),
					kind: v.kind as "person" | "business",
					email: known ? "" : v.email.trim(),
					phone: known ? "" : v.phone.trim(),
					language: v.language as "en" | "es",
					version,
				},
				key,
			});
		},
		said: t("sale.done"),
		undo: (saved) => void undoSale(saved.id).then((seller) => seller && p.go(seller)),
		after: (saved) => p.go(saved.customer.id),
	});
	if (!x) return null;
	return (
		<EditPanel
			title={t("sale.title")}
			page={page}
			form={form}
			about={t("sale.text", { street: x.street, name: page.customer.name })}
			go={t("sale.go")}
		>
			<p class="meta">{t("sale.hint")}</p>
			<Segments<Who>
				label={t("sale.which")}
				value={who}
				choices={[
					{ value: "new", label: t("sale.new") },
					{ value: "known", label: t("sale.known") },
				]}
				onChange={setWho}
			/>
			{who === "known" ? (
				buyer ? (
					<p class="row">
						<Icon name="user" />
						<b class="grow clip">{buyer.name}</b>
						<Button
							size="sm"
							kind="quiet"
							icon="x"
							label={t("sale.other")}
							onClick={() => setBuyer(null)}
						/>
					</p>
				) : (
					<FindCustomer not={page.customer.id} label={t("sale.find")} take={setBuyer} />
				)
			) : (
				<>
					<TextField
						form={form}
						name="name"
						label={t("sale.name")}
						maxLength={120}
						required
						autofocus
					/>
					<SelectField
						form={form}
						name="kind"
						label={t("field.kind")}
						choices={choices("kind", ["person", "business"])}
					/>
					<TextField form={form} name="phone" label={t("field.phone")} type="tel" maxLength={40} />
					<TextField
						form={form}
						name="email"
						label={t("field.email")}
						type="email"
						maxLength={254}
					/>
					<SelectField
						form={form}
						name="language"
						label={t("field.language")}
						choices={choices("language", ["en", "es"])}
					/>
				</>
			)}
		</EditPanel>
	);
}
