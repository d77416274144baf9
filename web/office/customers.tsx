/* Customers: found, filtered, sorted, opened; somebody new is taken on beside the list. */
import { useEffect, useState } from "preact/hooks";
import type { CustomerLine, CustomerNew, CustomerPage, TagCount } from "../shared/api";
import { call } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm } from "../shared/form";
import { phone } from "../shared/format";
import { toast } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import { Badge, Button, Empty, Heading, Icon, Table } from "../shared/ui";
import { count, type Language, language, t } from "../shared/words";
import { Standing } from "./customer";
import { Panel } from "./frame";
import { may } from "./me";
import { addressOf } from "./place";
import { CheckField, choices } from "./record";

interface Data {
	page: CustomerPage;
	tags: TagCount[];
}

const STANDINGS = ["", "routed", "unrouted", "lead", "inactive", "archived"] as const;
type Standings = (typeof STANDINGS)[number];
const SORTS = ["name", "newest"] as const;
type Sort = (typeof SORTS)[number];

const asked = (at: Place) => ({
	q: at.query.get("q") ?? "",
	standing: (at.query.get("standing") ?? "") as Standings,
	tag: at.query.get("tag") ?? "",
	sort: (at.query.get("sort") ?? "name") as Sort,
});
type Asked = ReturnType<typeof asked>;

const written = (a: Asked): string => {
	const to = new URLSearchParams();
	if (a.q) to.set("q", a.q);
	if (a.standing) to.set("standing", a.standing);
	if (a.tag) to.set("tag", a.tag);
	if (a.sort !== "name") to.set("sort", a.sort);
	return to.size ? `?${to}` : "";
};

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const now = asked(at);
	const [typed, setTyped] = useState(now.q);
	const [more, setMore] = useState<CustomerPage | null>(null);
	const [busy, setBusy] = useState(false);
	const rows = [...data.page.rows, ...(more?.rows ?? [])];
	const next = more ? more.next : data.page.next;
	const adding = at.path === "/customers/new" && may("edit_customers");
	const filtered = Boolean(now.q || now.standing || now.tag);
	const tail = written(now);

	const ask = (change: Partial<Asked>) => {
		setMore(null);
		go(`${at.path}${written({ ...now, ...change })}`, true);
	};
	// Waits for the typing to pause
	useEffect(() => {
		if (typed === now.q) return;
		const timer = setTimeout(() => ask({ q: typed }), 250);
		return () => clearTimeout(timer);
	}, [typed]);
	const older = async () => {
		setBusy(true);
		const page = await call("GET /api/office/customers", {
			query: { ...now, after: next ?? "" },
		});
		setMore({ ...page, rows: [...(more?.rows ?? []), ...page.rows] });
		setBusy(false);
	};
	const add = (
		<Button kind="primary" icon="userplus" href={`/customers/new${tail}`}>
			{t("customers.add")}
		</Button>
	);
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.customers")}</Heading>
				<span class="bar__sub">{count("customers.count", data.page.total)}</span>
				<span class="push" />
				{may("import") && (
					<Button icon="download" href="/imports">
						{t("imports.title")}
					</Button>
				)}
				{may("edit_customers") && add}
			</header>
			<div class={adding ? "split split--open" : "split"}>
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
						{(data.tags.length > 0 || now.tag) && (
							<select
								class="select tools__pick"
								aria-label={t("customers.tag")}
								value={now.tag}
								onChange={(e) => ask({ tag: e.currentTarget.value })}
							>
								<option value="">{t("customers.tag.any")}</option>
								{data.tags.map((x) => (
									<option key={x.tag} value={x.tag} selected={x.tag === now.tag}>
										{`${x.tag} (${x.customers})`}
									</option>
								))}
							</select>
						)}
						<select
							class="select tools__pick"
							aria-label={t("customers.sort")}
							value={now.sort}
							onChange={(e) => ask({ sort: e.currentTarget.value as Sort })}
						>
							{SORTS.map((s) => (
								<option key={s} value={s} selected={s === now.sort}>
									{t(`customers.sort.${s}`)}
								</option>
							))}
						</select>
					</div>
					{rows.length === 0 ? (
						filtered ? (
							<Empty
								icon="search"
								title={t("customers.none")}
								action={
									<Button
										onClick={() => {
											setTyped("");
											ask({ q: "", standing: "", tag: "" });
										}}
									>
										{t("customers.clear")}
									</Button>
								}
							>
								{t("customers.none.text")}
							</Empty>
						) : (
							<Empty
								icon="people"
								title={t("customers.empty")}
								action={
									may("edit_customers") && (
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
						<Rows rows={rows} />
					)}
					{next && (
						<div class="more">
							<Button busy={busy} onClick={() => void older()}>
								{t("act.more")}
							</Button>
						</div>
					)}
				</div>
				{adding && <NewCustomer close={() => go(`/customers${tail}`)} changed={reload} />}
			</div>
		</>
	);
}

function Rows(p: { rows: CustomerLine[] }) {
	return (
		<Table<CustomerLine>
			caption={t("nav.customers")}
			rows={p.rows}
			keyOf={(c) => c.id}
			onOpen={(c) => go(`/customers/${c.id}`)}
			columns={[
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
				{
					head: t("customers.address"),
					cell: (c) => addressOf({ ...c, region: "", postcode: "" }),
				},
				{
					head: t("pool.title"),
					tight: true,
					desk: true,
					cell: (c) => (c.pools > 0 ? <Badge icon="drop">{c.pools}</Badge> : ""),
				},
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

const screen: Screen<Data> = {
	title: "nav.customers",
	key: (at) => at.query.toString(),
	async load(at) {
		const [page, tags] = await Promise.all([
			call("GET /api/office/customers", { query: asked(at) }),
			call("GET /api/office/tags"),
		]);
		return { page, tags: tags.rows };
	},
	view: View,
};
export default screen;
