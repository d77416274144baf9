/* Customers: found, filtered, sorted, opened; chosen and changed together; somebody new is taken on beside the list. */
import { useEffect, useState } from "preact/hooks";
import type { CustomerLine, CustomerNew, CustomerPage } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm } from "../shared/form";
import { phone } from "../shared/format";
import { toast } from "../shared/over";
import { back, go, type Place, type Screen } from "../shared/router";
import { Badge, Banner, Button, Empty, Heading, Icon } from "../shared/ui";
import { count, type Language, language, t } from "../shared/words";
import { EditPanel, EditsPanel } from "./edits";
import { Panel } from "./frame";
import {
	type Asked,
	asked,
	chosenOf,
	Filters,
	isFiltered,
	keepChosen,
	matchOf,
	NOTHING,
	queryOf,
	SORTS,
	STANDINGS,
	useChoices,
	Views,
	written,
} from "./lists";
import { may } from "./me";
import { Menu } from "./menu";
import { PHONE, useNarrow } from "./narrow";
import { addressOf } from "./place";
import { CheckField, choices } from "./record";
import { Standing } from "./standing";
import { Table } from "./table";
import { taking } from "./taken";

/* So many are named one by one when they are changed together. */
const NAMED_MAX = 2000;

/* What else of all customers is taken away from here. */
const RECORDS = ["contacts", "properties", "pools", "equipment", "agreements"] as const;
/* Rates are for those who see bills. */
const sees = (list: (typeof RECORDS)[number]) => list !== "agreements" || may("see_bills");

function View({
	data,
	at,
	reload,
}: {
	data: CustomerPage;
	at: Place;
	reload: () => Promise<void>;
}) {
	const now = asked(at);
	const { sort: _, ...filters } = now;
	const [typed, setTyped] = useState(now.q);
	const [more, setMore] = useState<CustomerPage | null>(null);
	const [busy, setBusy] = useState(false);
	const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
	const [all, setAll] = useState(false);
	const [editing, setEditing] = useState(false);
	const [fault, setFault] = useState("");
	const [lists, reloadLists] = useChoices();
	const edits = may("edit_customers");
	const rows = [...data.rows, ...(more?.rows ?? [])];
	const next = more ? more.next : data.next;
	const adding = at.path === "/customers/new" && edits;
	const looking = at.path === "/customers/edits" && edits;
	const filtered = isFiltered(now);
	const tail = written(now);

	const show = (to: Asked) => {
		setMore(null);
		setChosen(new Set());
		setAll(false);
		setEditing(false);
		setTyped(to.q);
		go(`${at.path}${written(to)}`, true);
	};
	const ask = (change: Partial<Asked>) => show({ ...now, ...change });
	// Waits for the typing to pause
	useEffect(() => {
		if (typed === now.q) return;
		const timer = setTimeout(() => ask({ q: typed }), 250);
		return () => clearTimeout(timer);
	}, [typed]);
	const older = async () => {
		setBusy(true);
		try {
			const page = await call("GET /api/office/customers", {
				query: { ...queryOf(now), after: next ?? "" },
			});
			setMore({ ...page, rows: [...(more?.rows ?? []), ...page.rows] });
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	const changed = async () => {
		setMore(null);
		await Promise.all([reload(), reloadLists()]);
	};
	const choose = (ids: string[], on: boolean) => {
		setAll(false);
		const to = new Set(chosen);
		for (const id of ids) {
			if (on) to.add(id);
			else to.delete(id);
		}
		setChosen(to);
		if (to.size === 0) setEditing(false);
	};
	const chooseAll = async () => {
		/* More than a request can name: by the filters, and a job changes them. */
		if (data.total > NAMED_MAX) {
			setAll(true);
			return;
		}
		try {
			const found = await chosenOf(now);
			setChosen(new Set(found.rows.map((r) => r.id)));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	/* Those who were ticked, by name; all who match, by the filters. */
	const writeTo = () => {
		if (all) {
			go(`/inbox/broadcasts${written({ ...now, q: "", sort: "" })}`);
			return;
		}
		keepChosen([...chosen]);
		go("/inbox/broadcasts?chosen=yes");
	};
	const close = back(`/customers${tail}`);
	const panel = editing || adding || looking;
	const phoned = useNarrow(PHONE);
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.customers")}</Heading>
				<span class="bar__sub bar__sub--far">{count("customers.count", data.total)}</span>
				<span class="push" />
				{may("import") && !phoned && (
					<Button icon="file" href="/imports">
						{t("imports.title")}
					</Button>
				)}
				{edits && (
					<Button kind="primary" icon="userplus" href={`/customers/new${tail}`}>
						{t("customers.add")}
					</Button>
				)}
				<Menu
					label={t("customers.menu")}
					items={[
						...(may("import") && phoned
							? [{ label: t("imports.title"), icon: "file", act: () => go("/imports") }]
							: []),
						...(may("export") && data.total > 0
							? [taking("customers", filters), ...RECORDS.filter(sees).map((list) => taking(list))]
							: []),
						...(may("message")
							? [
									{
										label: t("broadcasts.heading"),
										icon: "chat",
										act: () => go(`/inbox/broadcasts${written({ ...now, q: "", sort: "" })}`),
									},
								]
							: []),
						{ label: t("dup.title"), icon: "copy", act: () => go("/customers/duplicates") },
						{ label: t("fields.title"), icon: "list", act: () => go("/fields") },
						...(edits
							? [{ label: t("edits.last"), icon: "undo", act: () => go(`/customers/edits${tail}`) }]
							: []),
					]}
				/>
			</header>
			<div class={panel ? "split split--open" : "split"}>
				<div class="scroll">
					<div class="tools">
						<div class="with tools__find">
							<Icon name="search" />
							<input
								class="input"
								type="search"
								aria-label={t("customers.find")}
								placeholder={t("customers.find")}
								value={typed}
								onInput={(e) => setTyped(e.currentTarget.value)}
							/>
						</div>
						<div class="chips" role="group" aria-label={t("customers.standing")}>
							{STANDINGS.map((s) => (
								<button
									key={s}
									class="chip"
									type="button"
									aria-pressed={now.standing === s}
									onClick={() => ask({ standing: s })}
								>
									{t(s === "" ? "customers.all" : `standing.${s}`)}
								</button>
							))}
						</div>
						<span class="push" />
						<Filters now={now} choices={lists} ask={ask} />
						<select
							class="select tools__pick"
							aria-label={t("customers.sort")}
							value={now.sort || "name"}
							onChange={(e) => ask({ sort: e.currentTarget.value })}
						>
							{SORTS.map((s) => (
								<option key={s} value={s} selected={s === (now.sort || "name")}>
									{t(`customers.sort.${s}`)}
								</option>
							))}
						</select>
					</div>
					<Views now={now} views={lists.views} show={show} changed={reloadLists} />
					{fault && (
						<div class="under">
							<Banner tone="coral" alert>
								{fault}
							</Banner>
						</div>
					)}
					{chosen.size > 0 && (
						<div class="chosen" role="status">
							<b>{count("edits.chosen", all ? data.total : chosen.size)}</b>
							{!all && chosen.size < data.total && !now.q && (
								<button class="link" type="button" onClick={() => void chooseAll()}>
									{t("edits.choose.all", { n: data.total })}
								</button>
							)}
							<span class="push" />
							{may("message") && (
								<Button size="sm" icon="chat" onClick={writeTo}>
									{t("broadcasts.chosen")}
								</Button>
							)}
							{edits && (
								<Button kind="primary" size="sm" icon="pen" onClick={() => setEditing(true)}>
									{t("edits.open")}
								</Button>
							)}
							<Button
								kind="quiet"
								size="sm"
								icon="x"
								label={t("edits.clear")}
								onClick={() => {
									setChosen(new Set());
									setAll(false);
									setEditing(false);
								}}
							/>
						</div>
					)}
					{rows.length === 0 ? (
						filtered ? (
							<Empty
								icon="search"
								title={t("customers.none")}
								action={<Button onClick={() => show(NOTHING)}>{t("customers.clear")}</Button>}
							>
								{t("customers.none.text")}
							</Empty>
						) : (
							<Empty
								icon="people"
								title={t("customers.empty")}
								action={
									edits && (
										<Button kind="primary" icon="userplus" href="/customers/new">
											{t("customers.add")}
										</Button>
									)
								}
							>
								{t("customers.empty.text")}
							</Empty>
						)
					) : (
						<Rows
							rows={rows}
							chosen={chosen}
							choose={edits || may("message") ? choose : undefined}
							narrow={panel}
						/>
					)}
					{next && (
						<div class="more">
							<Button busy={busy} onClick={() => void older()}>
								{t("act.more")}
							</Button>
						</div>
					)}
				</div>
				{editing && (
					<EditPanel
						ids={[...chosen]}
						matching={all ? { filters: matchOf(now), total: data.total } : null}
						choices={lists}
						close={() => setEditing(false)}
						changed={changed}
					/>
				)}
				{looking && !editing && <EditsPanel choices={lists} close={close} changed={changed} />}
				{adding && !editing && <NewCustomer close={close} changed={reload} />}
			</div>
		</>
	);
}

function Tick(p: { label: string; on: boolean; set: (on: boolean) => void }) {
	return (
		<label class="check tick">
			<input
				type="checkbox"
				aria-label={p.label}
				checked={p.on}
				onChange={(e) => p.set(e.currentTarget.checked)}
			/>
		</label>
	);
}

function Rows(p: {
	rows: CustomerLine[];
	chosen: ReadonlySet<string>;
	choose: ((ids: string[], on: boolean) => void) | undefined;
	/* Something is open beside it. */
	narrow: boolean;
}) {
	const { choose } = p;
	const all = p.rows.every((c) => p.chosen.has(c.id));
	return (
		<Table<CustomerLine>
			caption={t("nav.customers")}
			rows={p.rows}
			keyOf={(c) => c.id}
			onOpen={(c) => go(`/customers/${c.id}`)}
			columns={[
				...(choose
					? [
							{
								head: t("edits.tick"),
								top: (
									<Tick
										label={t("edits.tick.all")}
										on={all}
										set={(on) =>
											choose(
												p.rows.map((c) => c.id),
												on,
											)
										}
									/>
								),
								tight: true,
								pick: true,
								cell: (c: CustomerLine) => (
									<Tick
										label={t("edits.tick.one", { name: c.name })}
										on={p.chosen.has(c.id)}
										set={(on) => choose([c.id], on)}
									/>
								),
							},
						]
					: []),
				{
					head: t("field.name"),
					wide: true,
					cell: (c) => (
						<a class="person" href={`/customers/${c.id}`}>
							<Icon name={c.kind === "business" ? "building" : "user"} />
							<span>
								<b class="clip">{c.name}</b>
								{c.tags && <small class="clip">{c.tags.split(",").join(" · ")}</small>}
							</span>
						</a>
					),
				},
				{
					head: t("customers.standing"),
					tight: true,
					cell: (c) => <Standing standing={c.standing} />,
				},
				...(p.narrow
					? []
					: [
							{
								head: t("customers.address"),
								cell: (c: CustomerLine) => addressOf({ ...c, region: "", postcode: "" }),
							},
							{
								head: t("pool.title"),
								tight: true,
								desk: true,
								cell: (c: CustomerLine) =>
									c.pools > 0 ? <Badge icon="drop">{c.pools}</Badge> : "",
							},
						]),
				{
					head: t("field.phone"),
					tight: true,
					cell: (c) => (c.phone ? <a href={`tel:${c.phone}`}>{phone(c.phone)}</a> : ""),
				},
			]}
		/>
	);
}

/* Enough to drive there: a name, an address, a pool. Everything else waits for the record. */
function NewCustomer(p: { close: () => void; changed: () => Promise<void> }) {
	const form = useForm({
		initial: {
			name: "",
			kind: "person",
			phone: "",
			email: "",
			language: language.value as string,
			street: "",
			city: "",
			region: "",
			postcode: "",
			with_pool: "yes",
		},
		draft: "customer-new",
		async send(v, key) {
			const saved = await call("POST /api/office/customers", {
				body: {
					name: v.name.trim(),
					kind: v.kind as CustomerNew["kind"],
					email: v.email.trim(),
					phone: v.phone.trim(),
					language: v.language as Language,
					source: "",
					external_id: "",
					street: v.street.trim(),
					city: v.city.trim(),
					region: v.region.trim(),
					postcode: v.postcode.trim(),
					with_pool: v.with_pool === "yes",
				},
				key,
			});
			await p.changed();
			toast(t("customers.added", { name: saved.customer.name }));
			go(`/customers/${saved.id}`);
		},
	});
	return (
		<Panel title={t("customers.add")} close={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<TextField
					form={form}
					name="name"
					label={t("field.name")}
					hint={t("customers.name.hint")}
					maxLength={120}
					required
					autofocus
				/>
				<TextField form={form} name="phone" label={t("field.phone")} type="tel" maxLength={40} />
				<TextField form={form} name="email" label={t("field.email")} type="email" maxLength={254} />
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
				<TextField form={form} name="street" label={t("field.street")} maxLength={120} />
				<TextField form={form} name="city" label={t("field.city")} maxLength={80} />
				<div class="pair">
					<TextField form={form} name="region" label={t("field.region")} maxLength={60} />
					<TextField form={form} name="postcode" label={t("field.postcode")} maxLength={16} />
				</div>
				<CheckField
					form={form}
					name="with_pool"
					label={t("customers.pool")}
					hint={t("customers.pool.hint")}
				/>
				<Button kind="primary" type="submit" busy={form.busy}>
					{t("customers.go")}
				</Button>
			</form>
		</Panel>
	);
}

const screen: Screen<CustomerPage> = {
	title: "nav.customers",
	key: (at) => at.query.toString(),
	load: (at) => call("GET /api/office/customers", { query: queryOf(asked(at)) }),
	view: View,
};
export default screen;
