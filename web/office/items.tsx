/* What each item is that the company pours, fits or bills: chemical and strength, unit, cost and price. */
import { useState } from "preact/hooks";
import type { Item } from "../shared/api";
import { call, Fault, newKey } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { centsOf, money, moneyTyped, number } from "../shared/format";
import { toast } from "../shared/over";
import { go } from "../shared/router";
import { Badge, Button, Empty, FaultBar, Icon } from "../shared/ui";
import { named, t } from "../shared/words";
import "../shared/words/water";
import { asideMenu } from "./aside";
import { Panel } from "./frame";
import { may, me } from "./me";
import { choices, Foot } from "./record";
import { Table } from "./table";

const KINDS = ["chemical", "part", "labour", "other"] as const;
const CHEMICALS = [
	"liquid_chlorine",
	"cal_hypo",
	"trichlor",
	"dichlor",
	"muriatic",
	"dry_acid",
	"bicarb",
	"soda_ash",
	"calcium_chloride",
	"cya",
	"salt",
	"sulfite",
	"other",
] as const;
const USUAL: Record<string, string> = {
	liquid_chlorine: "12.5",
	cal_hypo: "65",
	trichlor: "90",
	dichlor: "55.4",
	muriatic: "31.45",
	dry_acid: "93",
	calcium_chloride: "77",
};
const WET = ["fl_oz", "quart", "gallon", "ml", "litre"] as const;
const DRY = ["oz", "lb", "g", "kg", "tab", "bag", "scoop"] as const;
const PIECES = ["each", "hour"] as const;

export function Items(p: { rows: Item[]; open: string; changed: () => Promise<void> }) {
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const [archived, setArchived] = useState(false);
	const [q, setQ] = useState("");
	const currency = me.value?.company.currency ?? "USD";
	const seed = async () => {
		setBusy(true);
		try {
			await call("POST /api/office/standard-items", { key: newKey() });
			await p.changed();
			toast(t("items.seeded"));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	const rows = p.rows.filter(
		(i) =>
			(archived || !i.archived_at) &&
			`${i.name} ${i.sku}`.toLocaleLowerCase().includes(q.trim().toLocaleLowerCase()),
	);
	if (p.rows.length === 0)
		return (
			<Empty
				icon="flask"
				title={t("items.empty")}
				action={
					may("manage_stock") && (
						<Button kind="primary" icon="bolt" busy={busy} onClick={() => void seed()}>
							{t("items.seed")}
						</Button>
					)
				}
			>
				{t("items.empty.text")}
			</Empty>
		);
	return (
		<>
			<div class="tools">
				<input
					class="input tools__find"
					type="search"
					aria-label={t("items.find")}
					placeholder={t("items.find")}
					value={q}
					onInput={(e) => setQ(e.currentTarget.value)}
				/>
				<button
					class="link push"
					type="button"
					aria-pressed={archived}
					onClick={() => setArchived(!archived)}
				>
					{t(archived ? "items.archived.hide" : "items.archived.show")}
				</button>
			</div>
			<FaultBar text={fault} />
			<Table
				caption={t("items.title")}
				rows={rows}
				keyOf={(i) => i.id}
				selected={p.open}
				onOpen={(i) => go(`/stock/items/${i.id}`)}
				columns={[
					{
						head: t("field.name"),
						wide: true,
						cell: (i) => (
							<a class="person" href={`/stock/items/${i.id}`}>
								<Icon
									name={i.kind === "chemical" ? "flask" : i.kind === "labour" ? "clock" : "gear"}
								/>
								<span>
									<b class="clip">{i.name}</b>
									<small class="clip">
										{[
											i.kind === "chemical" ? named("chemical", i.chemical) : named("item", i.kind),
											i.strength_x100 > 0 &&
												i.strength_x100 < 10000 &&
												`${number(i.strength_x100 / 100)} %`,
											i.sku,
										]
											.filter(Boolean)
											.join(" · ")}
									</small>
								</span>
							</a>
						),
					},
					{ head: t("item.unit"), tight: true, cell: (i) => named("unit.one", i.unit) },
					{
						head: t("item.cost"),
						tight: true,
						sum: true,
						desk: true,
						cell: (i) => money(i.cost_cents, currency),
					},
					{
						head: t("item.price"),
						tight: true,
						sum: true,
						cell: (i) => money(i.price_cents, currency),
					},
					{
						head: "",
						tight: true,
						cell: (i) => (i.archived_at ? <Badge>{t("items.archived")}</Badge> : ""),
					},
				]}
			/>
		</>
	);
}

export function ItemPanel(p: {
	item: Item | null;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const { item } = p;
	const metric = me.value?.company.currency !== "USD";
	const form = useForm({
		initial: {
			kind: (item?.kind ?? "chemical") as string,
			name: item?.name ?? "",
			sku: item?.sku ?? "",
			chemical: (item?.chemical && item.chemical !== "none"
				? item.chemical
				: "liquid_chlorine") as string,
			strength: item ? String(item.strength_x100 / 100) : (USUAL.liquid_chlorine ?? ""),
			unit: (item?.unit ?? (metric ? "litre" : "gallon")) as string,
			holds: item ? String(item.holds_x100 / 100) : "",
			most: item?.most_x100 ? String(item.most_x100 / 100) : "",
			wait: item?.wait_minutes ? String(item.wait_minutes) : "",
			cost: item ? moneyTyped(item.cost_cents) : "",
			price: item ? moneyTyped(item.price_cents) : "",
			taxable: item ? (item.taxable ? "yes" : "") : "yes",
			position: String(item?.position ?? 0),
			label_url: item?.label_url ?? "",
		},
		draft: `item-${item?.id ?? "new"}`,
		async send(v, key) {
			await save(v, key);
			p.close();
		},
	});
	const save = async (v: typeof form.values, key: string) => {
		const cost = v.cost.trim() ? centsOf(v.cost) : 0;
		const price = v.price.trim() ? centsOf(v.price) : 0;
		if (cost === null) throw wrong("cost", t("reading.number"));
		if (price === null) throw wrong("price", t("reading.number"));
		const chemical = v.kind === "chemical";
		const n = (text: string) => Math.round(Number(text.replace(",", ".") || 0) * 100) || 0;
		const body = {
			kind: v.kind as Item["kind"],
			name: v.name.trim(),
			sku: v.sku.trim(),
			chemical: (chemical ? v.chemical : "none") as Item["chemical"],
			strength_x100: chemical && v.chemical !== "other" ? n(v.strength) : 0,
			unit: v.unit as Item["unit"],
			holds_x100: n(v.holds),
			most_x100: chemical ? n(v.most) : 0,
			wait_minutes: chemical ? Math.round(Number(v.wait) || 0) : 0,
			cost_cents: cost,
			price_cents: price,
			taxable: v.taxable === "yes",
			position: Math.round(Number(v.position) || 0),
			label_url: v.label_url.trim(),
			archived: Boolean(item?.archived_at),
			version: item?.version ?? 0,
		};
		if (item) await call("PUT /api/office/items/:id", { id: item.id, body, key });
		else await call("POST /api/office/items", { body, key });
		await p.changed();
		toast(t("act.saved"));
	};
	const menu = asideMenu({
		thing: item && { ...item, archived: Boolean(item.archived_at) },
		may: may("manage_stock"),
		put: (archived, version) => {
			const { id, archived_at: _, ...is } = item as Item;
			return call("PUT /api/office/items/:id", { id, body: { ...is, archived, version } });
		},
		fail: (message) => form.fail("", message),
		...p,
	});
	const v = form.values;
	const chemical = v.kind === "chemical";
	const wet = v.chemical === "liquid_chlorine" || v.chemical === "muriatic";
	const units = chemical
		? v.chemical === "other"
			? [...WET, ...DRY]
			: wet
				? WET
				: DRY
		: [...PIECES, ...DRY, ...WET];
	if (!(units as readonly string[]).includes(v.unit) && !item)
		form.replace({ ...v, unit: units[0] ?? "each" });
	return (
		<Panel title={item ? item.name : t("items.add")} close={p.close} menu={menu}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				{!item && (
					<SelectField
						form={form}
						name="kind"
						label={t("item.kind")}
						choices={choices("item", KINDS)}
					/>
				)}
				<TextField
					form={form}
					name="name"
					label={t("field.name")}
					maxLength={80}
					required
					autofocus={!item}
				/>
				{chemical && (
					<div class="pair">
						<SelectField
							form={form}
							name="chemical"
							label={t("item.chemical")}
							choices={choices("chemical", CHEMICALS)}
							onBlur={() => {
								if (!item) form.set("strength", USUAL[v.chemical] ?? "100");
							}}
						/>
						{v.chemical !== "other" && (
							<TextField
								form={form}
								name="strength"
								label={t("item.strength")}
								hint={t(wet ? "item.strength.wet" : "item.strength.hint")}
								inputmode="text"
								maxLength={6}
							/>
						)}
					</div>
				)}
				<div class="pair">
					<SelectField
						form={form}
						name="unit"
						label={t("item.unit")}
						choices={choices("unit.one", units)}
					/>
					{["tab", "bag", "scoop"].includes(v.unit) && (
						<TextField
							form={form}
							name="holds"
							label={t("item.holds")}
							hint={t("item.holds.hint")}
							inputmode="text"
							maxLength={9}
						/>
					)}
					<TextField
						form={form}
						name="cost"
						label={t("item.cost")}
						inputmode="text"
						maxLength={10}
					/>
					<TextField
						form={form}
						name="price"
						label={t("item.price")}
						inputmode="text"
						maxLength={10}
					/>
				</div>
				<label class="check">
					<input
						type="checkbox"
						checked={v.taxable === "yes"}
						onChange={(e) => form.set("taxable", e.currentTarget.checked ? "yes" : "")}
					/>
					<span>{t("item.taxable")}</span>
				</label>
				{chemical && (
					<>
						<div class="pair">
							<TextField
								form={form}
								name="most"
								label={t(wet ? "item.most.wet" : "item.most")}
								hint={t("item.usual.hint")}
								inputmode="text"
								maxLength={8}
							/>
							<TextField
								form={form}
								name="wait"
								label={t("item.wait")}
								hint={t("item.usual.hint")}
								inputmode="numeric"
								maxLength={4}
							/>
						</div>
						<TextField
							form={form}
							name="label_url"
							label={t("item.label")}
							hint={t("item.label.hint")}
							maxLength={200}
						/>
						<TextField
							form={form}
							name="position"
							label={t("item.position")}
							hint={t("item.position.hint")}
							inputmode="numeric"
							maxLength={4}
						/>
					</>
				)}
				<TextField form={form} name="sku" label={t("item.sku")} maxLength={40} />
				<Foot busy={form.busy} close={p.close} go={item ? undefined : t("items.add")} />
			</form>
		</Panel>
	);
}
