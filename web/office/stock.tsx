/* What the company pours and fits: how much of it is in which van, and what each item is. */
import { useMemo, useState } from "preact/hooks";
import type { Item, StaffPage, StockLine } from "../shared/api";
import { call } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { number } from "../shared/format";
import { toast } from "../shared/over";
import { back, go, type Place, type Screen } from "../shared/router";
import { Ago, Button, Empty, Heading, Icon, Pill, Segments } from "../shared/ui";
import { count, named, t } from "../shared/words";
import "../shared/words/water";
import { Panel } from "./frame";
import { ItemPanel, Items } from "./items";
import { may } from "./me";
import { Foot } from "./record";
import { Table } from "./table";
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
