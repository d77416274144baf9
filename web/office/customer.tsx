/* The record of a customer: who they are, their water, how to get in, what happened. Edits stand in a panel beside it. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Account, Customer, FieldLine, Property } from "../shared/api";
import { call, Fault } from "../shared/call";
import { money, phone } from "../shared/format";
import { toast } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import { Banner, Button, Heading, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { AccessPanel, GettingIn } from "./access";
import { AgreementPanel, NewAgreement } from "./agreement";
import { Agreements } from "./agreements";
import { ContactPanel, People } from "./contacts";
import { archiveCustomer, CustomerPanel, restoreCustomer, spoken } from "./details";
import { EquipmentPanel } from "./equipment";
import { Files } from "./files";
import { later } from "./later";
import { may } from "./me";
import { Menu, type MenuItem } from "./menu";
import { PHONE, useNarrow } from "./narrow";
import { NotePanel, Notes } from "./notes";
import { Archived, addressOf, PlaceFacts, PlacePanel } from "./place";
import { NewPool, PoolPanel, PropertyWater } from "./pools";
import { OwnFacts, type Page } from "./record";
import { Standing } from "./standing";
import { FieldLog, Story } from "./story";
import { Tags } from "./tags";
import { today } from "./technicians";
import { DosePanel, PoolRulesPanel, ReadingPanel, WaterTab } from "./water-later";
import { Wishes, WishesPanel } from "./wishes";

/* Seldom: their code comes when it is asked for. */
const SalePanel = later(() => import("./sale").then((m) => m.SalePanel));
const MergePanel = later(() => import("./merge").then((m) => m.MergePanel));
/* Where somebody new fits: once in a customer's life. */
const OffersPanel = later(() => import("./offers").then((m) => m.OffersPanel));

interface Data {
	customer: Customer;
	fields: FieldLine[];
}

/* What the customer owes, and the way to the account. It comes behind the record, and nothing waits for it. */
function Balance(p: { id: string }) {
	const [account, set] = useState<Account | null>(null);
	// Once for each customer
	useEffect(() => {
		call("GET /api/office/customers/:id/account", { id: p.id }).then(set, () => set(null));
	}, [p.id]);
	return (
		<span class="push">
			<Button href={`/bills/of/${p.id}`} icon="file">
				{account
					? `${money(account.owed_cents - account.free_cents, account.currency)} ${t("bills.balance")}`
					: t("nav.bills")}
			</Button>
		</span>
	);
}

function View({ data, at }: { data: Data; at: Place }) {
	return <Record key={data.customer.id} data={data} at={at} />;
}

function Record(p: { data: Data; at: Place }) {
	const { at } = p;
	const [customer, setCustomer] = useState(p.data.customer);
	const [turn, setTurn] = useState(0);
	const tab = ["changes", "water"].find((x) => x === at.query.get("tab")) ?? "";
	const what = at.query.get("edit") ?? "";
	const base = `/customers/${customer.id}`;
	const here = (edit: string) => {
		const to = new URLSearchParams();
		if (tab) to.set("tab", tab);
		if (edit) to.set("edit", edit);
		return to.size ? `${base}?${to}` : base;
	};
	const page: Page = {
		customer,
		fields: p.data.fields,
		take(c) {
			/* A place that was sold belongs to somebody else now: their record is another page. */
			if (c.id === customer.id) setCustomer(c);
			setTurn((n) => n + 1);
		},
		edit: (edit) => go(here(edit)),
		close: () => go(here("")),
	};
	const edits = may("edit_customers") && customer.standing !== "archived";
	const panel =
		may("edit_customers") && what ? <Editor key={what} page={page} what={what} /> : null;
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("customers.crumbs")}>
					<a href="/customers">{t("nav.customers")}</a>
					<span aria-hidden="true">/</span>
					{/* On a phone the open panel covers the record, and with it its heading. */}
					{panel ? (
						<h1 class="clip">{customer.name}</h1>
					) : (
						<span class="clip" aria-current="page">
							{customer.name}
						</span>
					)}
				</nav>
				{may("see_bills") && <Balance key={customer.id} id={customer.id} />}
			</header>
			<div class={panel ? "record record--open" : "record"}>
				<div class="record__main">
					<Head page={page} edits={edits} beside={panel !== null} />
					<nav class="tabs" aria-label={t("customer.tabs")}>
						<a class="tab" href={base} aria-current={tab === "" ? "page" : undefined}>
							{t("customer.everything")}
						</a>
						<a
							class="tab"
							href={`${base}?tab=water`}
							aria-current={tab === "water" ? "page" : undefined}
						>
							{t("customer.water")}
						</a>
						<a
							class="tab"
							href={`${base}?tab=changes`}
							aria-current={tab === "changes" ? "page" : undefined}
						>
							{t("changes.title")}
						</a>
					</nav>
					{tab === "water" ? (
						<WaterTab page={page} edits={edits} />
					) : tab === "changes" ? (
						<FieldLog customer={customer.id} turn={turn} />
					) : (
						<>
							<Places page={page} edits={edits} />
							<Notes page={page} edits={edits} />
							<Files page={page} turn={turn} edits={edits} />
							<Story customer={customer.id} turn={turn} />
						</>
					)}
				</div>
				{panel ?? <Side page={page} edits={edits} />}
			</div>
		</>
	);
}

async function writeTo(customer_id: string): Promise<void> {
	try {
		const thread = await call("POST /api/office/threads", { body: { customer_id } });
		go(`/inbox/${thread.row.id}`);
	} catch (f) {
		if (f instanceof Fault) toast(f.message);
	}
}

function Head(p: { page: Page; edits: boolean; beside: boolean }) {
	const { customer } = p.page;
	const place = customer.properties.find((x) => !x.archived_at);
	const first = customer.contacts.find((c) => !c.archived_at && c.phone);
	const menu: MenuItem[] = [];
	const served = customer.standing !== "archived" && !customer.merged_into;
	/* What is done with a customer most of the day; on a phone in the menu. */
	const acts: (MenuItem & { icon: string })[] = [
		...(served && may("message")
			? [{ label: t("customer.message"), icon: "chat", act: () => void writeTo(customer.id) }]
			: []),
		...(served && place && may("dispatch")
			? [
					{
						label: t("customer.job"),
						icon: "plus",
						act: () => go(`/schedule?new=${today()}:&for=${customer.id}`),
					},
				]
			: []),
	];
	const phoned = useNarrow(PHONE);
	if (phoned) menu.push(...acts);
	const shopping = {
		label: t("customer.shopping"),
		icon: "box",
		act: () => go(`/quotes/shopping?customer=${customer.id}`),
	};
	if (served && may("see_board")) menu.push(shopping);
	if (may("edit_customers")) {
		if (customer.merged_into) menu.length = 0;
		else if (customer.standing === "archived")
			menu.push({
				label: t("customer.restore"),
				icon: "undo",
				act: () => void restoreCustomer(p.page),
			});
		else
			menu.push(
				{ label: t("place.add"), icon: "pin", act: () => p.page.edit("place-new:") },
				...(place
					? [
							{
								label: t("sale.title"),
								icon: "crown",
								act: () => p.page.edit(`sale:${place.id}`),
							},
						]
					: []),
				{ label: t("merge.menu"), icon: "copy", act: () => p.page.edit("merge:") },
				{
					label: t("act.archive"),
					icon: "box",
					danger: true,
					rule: true,
					act: () => void archiveCustomer(p.page),
				},
			);
	}
	return (
		<div class="stack stack--tight">
			<div class="record__head">
				<div class="grow row row--wrap">
					{p.beside ? (
						<h2 class="record__name">{customer.name}</h2>
					) : (
						<Heading>{customer.name}</Heading>
					)}
					<Standing standing={customer.standing} />
				</div>
				{!phoned &&
					acts.map((a) => (
						<Button key={a.label} icon={a.icon} onClick={a.act}>
							{a.label}
						</Button>
					))}
				{p.edits && (
					<Button icon="pen" onClick={() => p.page.edit("customer:")}>
						{t("act.edit")}
						<span class="unseen"> {customer.name}</span>
					</Button>
				)}
				{menu.length > 0 && <Menu label={t("customer.more")} items={menu} />}
			</div>
			<ul class="reach">
				{place && addressOf(place) && (
					<li>
						<Icon name="pin" size="sm" />
						{addressOf(place)}
					</li>
				)}
				{first && (
					<li>
						<Icon name="phone" size="sm" />
						<a href={`tel:${first.phone.replace(/x.*/, "")}`}>{phone(first.phone)}</a>
					</li>
				)}
				{customer.email && (
					<li>
						<Icon name="mail" size="sm" />
						<a href={`mailto:${customer.email}`}>{customer.email}</a>
					</li>
				)}
				<li>
					<Icon name="globe" size="sm" />
					{spoken(customer.language)}
				</li>
			</ul>
			<Tags page={p.page} edits={p.edits} />
			{customer.merged_into && (
				<Banner
					icon="copy"
					action={
						<Button size="sm" href={`/customers/${customer.merged_into}`}>
							{t("merge.open")}
						</Button>
					}
				>
					{t("merge.into")}
				</Banner>
			)}
			{customer.standing === "archived" && !customer.merged_into && (
				<Banner
					icon="box"
					action={
						may("edit_customers") && (
							<Button size="sm" icon="undo" onClick={() => void restoreCustomer(p.page)}>
								{t("customer.restore")}
							</Button>
						)
					}
				>
					{t("customer.archived.text")}
				</Banner>
			)}
		</div>
	);
}

function Places(p: { page: Page; edits: boolean }) {
	const places = p.page.customer.properties.filter((x) => !x.archived_at);
	return (
		<>
			{places.map((x) => (
				<section key={x.id} class="stack stack--tight" aria-label={x.street || x.name}>
					<div class="row">
						<h2 class="grow">{placeName(x, places.length)}</h2>
						{p.edits && (
							<Button
								kind="quiet"
								size="sm"
								icon="pen"
								label={t("place.edit.of", { street: x.street })}
								onClick={() => p.page.edit(`place:${x.id}`)}
							/>
						)}
					</div>
					<PlaceFacts page={p.page} property={x} />
					<PropertyWater page={p.page} property={x} edits={p.edits} />
				</section>
			))}
			{places.length === 0 && (
				<p class="faint">
					{t("place.none")}{" "}
					{p.edits && (
						<button class="link" type="button" onClick={() => p.page.edit("place-new:")}>
							{t("place.add")}
						</button>
					)}
				</p>
			)}
			<Archived page={p.page} edits={p.edits} />
		</>
	);
}

const placeName = (x: Property, places: number) =>
	x.name || (places > 1 ? x.street : t("pool.title"));

function Side(p: { page: Page; edits: boolean }) {
	const { customer } = p.page;
	const places = customer.properties.filter((x) => !x.archived_at);
	return (
		<aside class="record__side" aria-label={t("customer.side")}>
			{places.map((x) => (
				<div key={x.id}>
					{places.length > 1 && <p class="meta sidepart__place">{x.street}</p>}
					<GettingIn page={p.page} property={x} edits={p.edits} />
					<Wishes page={p.page} property={x} edits={p.edits} />
				</div>
			))}
			<Agreements page={p.page} edits={p.edits} />
			<People page={p.page} edits={p.edits} />
			{(customer.own.length > 0 || customer.source || customer.external_id) && (
				<section class="sidepart" aria-label={t("customer.more.facts")}>
					<div class="sidepart__head">
						<h2>{t("customer.more.facts")}</h2>
					</div>
					<dl class="facts">
						<OwnFacts page={p.page} on="customer" has={customer.own} />
						{customer.source && (
							<div>
								<dt>{t("field.source")}</dt>
								<dd>{customer.source}</dd>
							</div>
						)}
						{customer.external_id && (
							<div>
								<dt>{t("field.external_id")}</dt>
								<dd>{customer.external_id}</dd>
							</div>
						)}
					</dl>
				</section>
			)}
		</aside>
	);
}

/* "pool:12": which form, of what. */
function Editor(p: { page: Page; what: string }) {
	const { page } = p;
	const [kind, id = ""] = useMemo(() => p.what.split(":"), [p.what]);
	switch (kind) {
		case "customer":
			return <CustomerPanel page={page} />;
		case "access":
			return <AccessPanel page={page} id={id} />;
		case "wishes":
			return <WishesPanel page={page} id={id} />;
		case "place":
			return <PlacePanel page={page} id={id} />;
		case "place-new":
			return <PlacePanel page={page} id="" />;
		case "sale":
			return <SalePanel page={page} id={id} go={(to) => go(`/customers/${to}`)} />;
		case "pool":
			return <PoolPanel page={page} id={id} />;
		case "pool-new":
			return <NewPool page={page} property={id} />;
		case "reading-new":
		case "reading":
			return <ReadingPanel page={page} id={id} />;
		case "dose":
			return <DosePanel page={page} id={id} />;
		case "water-rules":
			return <PoolRulesPanel page={page} id={id} />;
		case "equipment":
			return <EquipmentPanel page={page} id={id} />;
		case "equipment-new":
			return <EquipmentPanel page={page} pool={id} />;
		case "contact":
			return <ContactPanel page={page} id={id} />;
		case "contact-new":
			return <ContactPanel page={page} />;
		case "note":
			return <NotePanel page={page} id={id} />;
		case "merge":
			return <MergePanel page={page} other={id} />;
		case "note-new":
			return <NotePanel page={page} audience={id} />;
		case "agreement":
			return <AgreementPanel page={page} id={id} />;
		case "agreement-new":
			return <NewAgreement page={page} property={id} />;
		case "offers":
			return <OffersPanel page={page} property={id} />;
		default:
			return null;
	}
}

const screen: Screen<Data> = {
	title: "nav.customers",
	key: (at) => at.params.id ?? "",
	async load(at) {
		const [customer, fields] = await Promise.all([
			call("GET /api/office/customers/:id", { id: at.params.id ?? "" }),
			call("GET /api/office/fields"),
		]);
		return { customer, fields: fields.rows };
	},
	view: View,
};
export default screen;
