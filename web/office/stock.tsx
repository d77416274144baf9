/* What the company pours and fits: how much of it is in which van, and what each item is. */
import { useMemo, useState } from "preact/hooks";
import type { Item, StaffPage, StockLine } from "../shared/api";
import { call, Fault, newKey } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { centsOf, money, moneyTyped, number } from "../shared/format";
import { toast } from "../shared/over";
import { back, go, type Place, type Screen } from "../shared/router";
import {
	Ago,
	Badge,
	Button,
	Empty,
	FaultBar,
	Heading,
	Icon,
	Pill,
	Segments,
	Table,
} from "../shared/ui";
import { count, named, t } from "../shared/words";
import "../shared/words/water";
import { asideMenu } from "./aside";
import { Panel } from "./frame";
import { may, me } from "./me";
import { choices, Foot } from "./record";
import { Take } from "./taken";

interface Data {
	items: Item[];
	stock: StockLine[];
	staff: StaffPage["rows"];
}

/* The warehouse has no person: the house says it by an id of noughts. */
const NOBODY = "0000000000000";
const placeOf = (line: StockLine) => line.place ?? t("stock.warehouse");
/* In units of the item, to a tenth: gallons, pounds, tabs. */
const inUnits = (x100: number, holds: number) => Number((x100 / (holds || 100)).toFixed(1));
const held = (x100: number, line: { unit: string; holds_x100: number }) =>
	`${number(inUnits(x100, line.holds_x100)).replace("-", "−")} ${named(inUnits(x100, line.holds_x100) === 1 ? "unit.one" : "unit.many", line.unit)}`;
const short = (l: StockLine) => l.amount_x100 < 0 || l.amount_x100 < l.low_x100;

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const tab = at.path.startsWith("/stock/items") ? "items" : "";
	const open = at.params.id ?? "";
	const item = data.items.find((i) => i.id === open);
	const what = at.query.get("do") ?? "";
	const close = back(tab ? "/stock/items" : "/stock");
	const lacking = data.stock.filter(short).length;
	const panel = tab ? open !== "" && (open === "new" || item !== undefined) : what !== "";
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.stock")}</Heading>
				<span class="bar__sub">
					{tab
						? count("items.count", data.items.filter((i) => !i.archived_at).length)
						: lacking > 0
							? count("stock.short", lacking)
							: t("stock.fine")}
				</span>
				<span class="push" />
				{data.items.length > 0 && <Take list={tab ? "items" : "stock"} />}
				{may("manage_stock") &&
					(tab ? (
						<>
							{data.items.length > 0 && <Button href="/stock/prices">{t("items.prices")}</Button>}
							<Button kind="primary" icon="plus" href="/stock/items/new">
								{t("items.add")}
							</Button>
						</>
					) : (
						data.items.length > 0 && (
							<>
								<Button href="/stock?do=move">{t("stock.move")}</Button>
								<Button kind="primary" href="/stock?do=count">
									{t("stock.count")}
								</Button>
							</>
						)
					))}
			</header>
			<nav class="under tabs" aria-label={t("nav.stock")}>
				<a class="tab" href="/stock" aria-current={tab ? undefined : "page"}>
					{t("stock.title")}
				</a>
				<a class="tab" href="/stock/items" aria-current={tab ? "page" : undefined}>
					{t("items.title")}
				</a>
			</nav>
			<div class={panel ? "split split--open" : "split"}>
				<div class="scroll">
					{tab ? (
						<Items rows={data.items} open={open} changed={reload} />
					) : (
						<Stock data={data} at={at} />
					)}
				</div>
				{panel && tab && (
					<ItemPanel key={open} item={item ?? null} close={close} changed={reload} />
				)}
				{panel && !tab && (
					<Panel title={t(what === "move" ? "stock.move" : "stock.count")} close={close}>
						{what === "move" ? (
							<Move data={data} close={close} changed={reload} />
						) : (
							<Counting data={data} at={at} close={close} changed={reload} />
						)}
					</Panel>
				)}
			</div>
		</>
	);
}

function Stock(p: { data: Data; at: Place }) {
	const [only, setOnly] = useState<"all" | "short">("all");
	const [place, setPlace] = useState("");
	const places = useMemo(
		() => [...new Map(p.data.stock.map((l) => [l.place_id, placeOf(l)])).entries()],
		[p.data.stock],
	);
	const rows = p.data.stock.filter(
		(l) => (only === "all" || short(l)) && (place === "" || l.place_id === place),
	);
	if (p.data.stock.length === 0)
		return (
			<Empty
				icon="box"
				title={t("stock.empty")}
				action={
					may("manage_stock") && (
						<Button
							kind="primary"
							href={p.data.items.length > 0 ? "/stock?do=count" : "/stock/items"}
						>
							{t(p.data.items.length > 0 ? "stock.count" : "items.title")}
						</Button>
					)
				}
			>
				{t("stock.empty.text")}
			</Empty>
		);
	return (
		<>
			<div class="tools">
				<Segments
					label={t("stock.filter")}
					value={only}
					choices={[
						{ value: "all", label: t("stock.all") },
						{ value: "short", label: t("stock.low") },
					]}
					onChange={setOnly}
				/>
				<select
					class="select tools__pick"
					aria-label={t("stock.place")}
					value={place}
					onChange={(e) => setPlace(e.currentTarget.value)}
				>
					<option value="">{t("stock.everywhere")}</option>
					{places.map(([id, name]) => (
						<option key={id} value={id}>
							{name}
						</option>
					))}
				</select>
			</div>
			{rows.length === 0 ? (
				<p class="tools faint">{t("stock.none")}</p>
			) : (
				<Table
					caption={t("stock.title")}
					rows={rows}
					keyOf={(l) => `${l.place_id}${l.item_id}`}
					onOpen={(l) => go(`/stock?do=count&place=${l.place_id}&item=${l.item_id}`)}
					columns={[
						{
							head: t("stock.item"),
							wide: true,
							cell: (l) => (
								<a class="person" href={`/stock?do=count&place=${l.place_id}&item=${l.item_id}`}>
									<Icon name={l.place ? "truck" : "building"} />
									<span>
										<b class="clip">{l.item}</b>
										<small class="clip">{placeOf(l)}</small>
									</span>
								</a>
							),
						},
						{ head: t("stock.amount"), tight: true, cell: (l) => held(l.amount_x100, l) },
						{
							head: t("stock.level"),
							tight: true,
							desk: true,
							cell: (l) => (l.low_x100 > 0 ? held(l.low_x100, l) : <span class="faint">–</span>),
						},
						{
							head: "",
							tight: true,
							cell: (l) =>
								l.amount_x100 < 0 ? (
									<Pill tone="coral" icon="alert">
										{t("stock.negative")}
									</Pill>
								) : short(l) ? (
									<Pill tone="sun" icon="alert">
										{t("stock.low")}
									</Pill>
								) : (
									""
								),
						},
						{
							head: t("stock.counted"),
							tight: true,
							desk: true,
							cell: (l) => <Ago at={l.counted_at} never={t("stock.never")} />,
						},
					]}
				/>
			)}
		</>
	);
}

const places = (data: Data) => [
	{ value: NOBODY, label: t("stock.warehouse") },
	...data.staff.map((s) => ({ value: s.id, label: s.name })),
];
const wares = (data: Data) =>
	data.items
		.filter((i) => !i.archived_at && i.kind !== "labour")
		.map((i) => ({ value: i.id, label: i.name }));
const idOrNull = (v: string) => (v === NOBODY ? null : v);
const amountOf = (text: string, item: Item | undefined) => {
	const n = Number(text.trim().replace(",", "."));
	return item && text.trim() !== "" && n >= 0 ? Math.round(n * (item.holds_x100 || 100)) : null;
};
const unitName = (item: Item | undefined) => (item ? named("unit.many", item.unit) : "");

function Move(p: { data: Data; close: () => void; changed: () => Promise<void> }) {
	const { data } = p;
	const form = useForm({
		initial: {
			item_id: wares(data)[0]?.value ?? "",
			from_id: "bought",
			to_id: NOBODY,
			amount: "",
		},
		draft: "stock-move",
		async send(v, key) {
			const amount_x100 = amountOf(
				v.amount,
				data.items.find((i) => i.id === v.item_id),
			);
			if (!amount_x100) throw wrong("amount", t("reading.number"));
			await call("POST /api/office/stock-moves", {
				body: {
					item_id: v.item_id,
					bought: v.from_id === "bought",
					from_id: v.from_id === "bought" ? null : idOrNull(v.from_id),
					to_id: idOrNull(v.to_id),
					amount_x100,
				},
				key,
			});
			await p.changed();
			toast(t("stock.moved"));
			p.close();
		},
	});
	const item = data.items.find((i) => i.id === form.values.item_id);
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			<SelectField form={form} name="item_id" label={t("stock.item")} choices={wares(data)} />
			<SelectField
				form={form}
				name="from_id"
				label={t("stock.from")}
				choices={[{ value: "bought", label: t("stock.bought") }, ...places(data)]}
			/>
			<SelectField form={form} name="to_id" label={t("stock.to")} choices={places(data)} />
			<TextField
				form={form}
				name="amount"
				label={t("stock.howmuch", { unit: unitName(item) })}
				inputmode="text"
				maxLength={10}
				autofocus
			/>
			<Foot busy={form.busy} close={p.close} go={t("stock.move.go")} />
		</form>
	);
}

function Counting(p: { data: Data; at: Place; close: () => void; changed: () => Promise<void> }) {
	const { data } = p;
	const here = (place: string, item: string) =>
		data.stock.find((l) => l.place_id === place && l.item_id === item);
	const start = {
		place: p.at.query.get("place") ?? NOBODY,
		item: p.at.query.get("item") ?? wares(data)[0]?.value ?? "",
	};
	const low = (place: string, item: string) => {
		const line = here(place, item);
		return line?.low_x100 ? String(inUnits(line.low_x100, line.holds_x100)) : "";
	};
	const form = useForm({
		initial: {
			place_id: start.place,
			item_id: start.item,
			amount: "",
			low: low(start.place, start.item),
		},
		draft: `stock-count-${start.place}-${start.item}`,
		async send(v, key) {
			const item = data.items.find((i) => i.id === v.item_id);
			const amount_x100 = v.amount.trim() ? amountOf(v.amount, item) : null;
			const low_x100 = v.low.trim() ? amountOf(v.low, item) : null;
			if (v.amount.trim() && amount_x100 === null) throw wrong("amount", t("reading.number"));
			if (v.low.trim() && low_x100 === null) throw wrong("low", t("reading.number"));
			if (amount_x100 === null && low_x100 === null) throw wrong("amount", t("reading.number"));
			await call("POST /api/office/stock-counts", {
				body: { item_id: v.item_id, place_id: idOrNull(v.place_id), amount_x100, low_x100 },
				key,
			});
			await p.changed();
			toast(t("act.saved"));
			p.close();
		},
	});
	const item = data.items.find((i) => i.id === form.values.item_id);
	const line = here(form.values.place_id, form.values.item_id);
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			<SelectField form={form} name="place_id" label={t("stock.place")} choices={places(data)} />
			<SelectField form={form} name="item_id" label={t("stock.item")} choices={wares(data)} />
			<TextField
				form={form}
				name="amount"
				label={t("stock.thereis", { unit: unitName(item) })}
				hint={line ? t("stock.should", { amount: held(line.amount_x100, line) }) : undefined}
				inputmode="text"
				maxLength={10}
				autofocus
			/>
			<TextField
				form={form}
				name="low"
				label={t("stock.lowat", { unit: unitName(item) })}
				hint={t("stock.lowat.hint")}
				inputmode="text"
				maxLength={10}
			/>
			<Foot busy={form.busy} close={p.close} />
		</form>
	);
}

/* ---- items ---- */

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

function Items(p: { rows: Item[]; open: string; changed: () => Promise<void> }) {
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

function ItemPanel(p: { item: Item | null; close: () => void; changed: () => Promise<void> }) {
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

const screen: Screen<Data> = {
	title: "nav.stock",
	key: (at) => (at.path.startsWith("/stock/items") ? "items" : "stock"),
	async load() {
		const [items, stock, staff] = await Promise.all([
			call("GET /api/office/items"),
			may("manage_stock") ? call("GET /api/office/stock") : { rows: [] },
			may("manage_staff") ? call("GET /api/office/staff") : { rows: [] },
		]);
		return { items: items.rows, stock: stock.rows, staff: staff.rows };
	},
	view: View,
};
export default screen;
