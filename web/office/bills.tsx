/* Money that is owed: who for how long; and the way to what slipped through, what was issued, rules and taxes. */
import type {
	AgeingLine,
	AgeingPage,
	BillCard,
	Billing,
	LeakLine,
	TaxPlaces,
	TaxRule,
} from "../shared/api";
import { call } from "../shared/call";
import { addDays, isDay, isWritten } from "../shared/days";
import { dayOf, money, number } from "../shared/format";
import { go, type Place, type Screen } from "../shared/router";
import { Button, Empty, Heading, Pill } from "../shared/ui";
import { count, t } from "../shared/words";
import { askIssued, Issued, type IssuedPages, issuedIn } from "./issued";
import { LEAK_DAYS, Leaks } from "./leaks";
import { may, me } from "./me";
import { Menu } from "./menu";
import { say } from "./moneywords";
import { Rules } from "./rules";
import { Table } from "./table";
import { taking } from "./taken";
import { Taxes } from "./taxes";
import { today } from "./technicians";

interface Data {
	ageing: AgeingPage;
	leaks: LeakLine[];
	issued: IssuedPages | null;
	rules: Billing | null /* what a tab does not show is not asked for */;
	taxes: { rules: TaxRule[]; places: TaxPlaces } | null;
}
const tabs = ["", "leaks", "issued", "rules", "taxes"] as const;
const AGES = ["current", "days_30", "days_60", "days_90", "older"] as const;

const back = (n: number) => addDays(today(), -n);
const dayIn = (at: Place) => {
	const on = at.query.get("on") ?? "";
	return isDay(on) && on < today() ? on : today();
};
const cents = (line: AgeingLine, age: (typeof AGES)[number]) => line[`${age}_cents`];
const currency = () => me.value?.company.currency ?? "USD";

/* How old the money is, as lengths that can be compared. */
function Ages(p: { line: AgeingLine }) {
	const total = p.line.total_cents;
	if (total <= 0) return null;
	return (
		<svg class="ages" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
			{AGES.map((age, i) => {
				const from = AGES.slice(0, i).reduce((sum, a) => sum + Math.max(0, cents(p.line, a)), 0);
				const width = (Math.max(0, cents(p.line, age)) / total) * 100;
				return (
					<rect
						key={age}
						class={`ages__${age}`}
						x={(from / total) * 100}
						y="0"
						width={width}
						height="4"
					/>
				);
			})}
		</svg>
	);
}

/* As it stood at the end of a day: today, or any day before. */
function AsOf(p: { day: string }) {
	return (
		<label class="field">
			<span class="field__label">{say("money.asof")}</span>
			<input
				class="input"
				type="date"
				max={today()}
				value={p.day}
				onChange={(e) => {
					const day = e.currentTarget.value;
					if (isWritten(day)) go(day === today() ? "/bills" : `/bills?on=${day}`, true);
				}}
			/>
		</label>
	);
}

function Owed(p: { page: AgeingPage; day: string }) {
	const rows = p.page.rows;
	if (rows.length === 0)
		return (
			<>
				<section class="tools" aria-label={t("bills.total")}>
					<span class="push" />
					<AsOf day={p.day} />
				</section>
				<Empty icon="done" title={t("bills.none")}>
					{t("bills.none.text")}
				</Empty>
			</>
		);
	return (
		<>
			<section class="tools" aria-label={t("bills.total")}>
				<div class="owed">
					<p class="figure">
						<b>{money(p.page.total.total_cents, currency())}</b> {t("bills.total")}
					</p>
					<Ages line={p.page.total} />
					<ul class="owed__ages">
						{AGES.map((age) => (
							<li key={age} class={`owed__age owed__age--${age}`}>
								{t(`bills.age.${age}`)} <b>{money(cents(p.page.total, age), currency())}</b>
							</li>
						))}
					</ul>
				</div>
				<span class="push" />
				<AsOf day={p.day} />
			</section>
			<Table
				caption={t("bills.owed")}
				rows={rows}
				keyOf={(r) => r.customer_id}
				onOpen={(r) => go(`/bills/of/${r.customer_id}`)}
				columns={[
					{
						head: t("bills.customer"),
						lead: true,
						cell: (r) => <a href={`/bills/of/${r.customer_id}`}>{r.customer}</a>,
					},
					{ head: t("bills.old"), desk: true, cell: (r) => <Ages line={r} /> },
					...AGES.map((age) => ({
						head: t(`bills.age.${age}`),
						tight: true,
						sum: true,
						desk: true,
						cell: (r: AgeingLine) =>
							cents(r, age) === 0 ? (
								<span class="faint">–</span>
							) : (
								<span class="num">{money(cents(r, age), currency())}</span>
							),
					})),
					{
						head: t("bills.sum"),
						tight: true,
						sum: true,
						cell: (r) => <b class="num">{money(r.total_cents, currency())}</b>,
					},
				]}
			/>
		</>
	);
}

export function stateOf(b: BillCard) {
	if (b.state === "void") return <Pill tone="off">{t("bills.state.void")}</Pill>;
	if (b.open_cents <= 0) return <Pill tone="kelp">{t("bills.state.paid")}</Pill>;
	if (b.due_day < today()) return <Pill tone="coral">{t("bills.state.overdue")}</Pill>;
	return (
		<Pill tone="sun">
			{t(b.open_cents < b.total_cents ? "bills.state.part" : "bills.state.open")}
		</Pill>
	);
}

export function BillTable(p: { rows: BillCard[]; customer: boolean }) {
	return (
		<Table
			caption={t("bills.issued")}
			rows={p.rows}
			keyOf={(b) => b.id}
			onOpen={(b) => go(`/bills/${b.id}`)}
			columns={[
				{
					head: t("bills.number"),
					tight: true,
					cell: (b) => <a href={`/bills/${b.id}`}>{b.number}</a>,
				},
				...(p.customer
					? [{ head: t("bills.customer"), lead: true, cell: (b: BillCard) => b.customer }]
					: [
							{
								head: t("bills.title"),
								lead: true,
								cell: (b: BillCard) => b.title,
							},
						]),
				{ head: t("bills.day"), tight: true, desk: true, cell: (b) => dayOf(b.day) },
				{ head: t("bills.due"), tight: true, desk: true, cell: (b) => dayOf(b.due_day) },
				{
					head: t("bills.sum"),
					tight: true,
					sum: true,
					cell: (b) => <span class="num">{money(b.total_cents, b.currency)}</span>,
				},
				{
					head: t("bills.open"),
					tight: true,
					sum: true,
					desk: true,
					cell: (b) => <span class="num">{money(b.open_cents, b.currency)}</span>,
				},
				{ head: "", tight: true, wide: true, cell: stateOf },
			]}
		/>
	);
}

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const tab = (tabs as readonly string[]).find((x) => x && at.path === `/bills/${x}`) ?? "";
	const sub: Record<string, string> = {
		"": count("bills.owing", data.ageing.rows.length),
		leaks: data.leaks.length > 0 ? count("bills.leaks.count", data.leaks.length) : "",
		issued: "",
	};
	const name = (x: (typeof tabs)[number]) =>
		x === "rules" || x === "taxes" ? say(`money.${x}`) : t(x ? `bills.${x}` : "bills.owed");
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.bills")}</Heading>
				<span class="bar__sub bar__sub--far">{sub[tab]}</span>
				<span class="push" />
				{may("export") && (
					<Menu
						label={t("exports.menu")}
						icon="download"
						items={[
							taking("debts"),
							taking("bills", { kind: "invoice", state: "issued", ...issuedIn(at) }),
							taking("payments"),
							taking("leaks", { from: back(LEAK_DAYS), to: today() }),
							taking("taxes"),
							taking("agreements"),
						]}
					/>
				)}
				<Button href="/bills/runs" icon="send">
					{say("money.runs")}
				</Button>
			</header>
			<nav class="under tabs" aria-label={t("nav.bills")}>
				{tabs.map((x) => (
					<a
						key={x}
						class="tab"
						href={x ? `/bills/${x}` : "/bills"}
						aria-current={tab === x ? "page" : undefined}
					>
						{name(x)}
						{x === "leaks" && data.leaks.length > 0 && ` (${number(data.leaks.length)})`}
					</a>
				))}
			</nav>
			{tab === "taxes" && data.taxes && <Taxes {...data.taxes} at={at} reload={reload} />}
			<div class="scroll" hidden={tab === "taxes"}>
				{tab === "rules" && data.rules && (
					<Rules key={data.rules.version} rules={data.rules} reload={reload} />
				)}
				{tab === "" && <Owed page={data.ageing} day={dayIn(at)} />}
				{tab === "leaks" && <Leaks rows={data.leaks} reload={reload} />}
				{tab === "issued" && data.issued && <Issued pages={data.issued} at={at} />}
			</div>
		</>
	);
}

const screen: Screen<Data> = {
	title: "nav.bills",
	key: (at) => `${at.path}${at.query.get("on")}${at.query.get("from")}${at.query.get("to")}`,
	async load(at) {
		const [ageing, leaks, issued, rules, taxes, places] = await Promise.all([
			call("GET /api/office/ageing", { query: { as_of: dayIn(at) } }),
			call("GET /api/office/leaks", { query: { from: back(LEAK_DAYS), to: today() } }),
			at.path === "/bills/issued" ? askIssued(issuedIn(at), "") : null,
			at.path === "/bills/rules" ? call("GET /api/office/billing") : null,
			at.path === "/bills/taxes" ? call("GET /api/office/taxes") : null,
			at.path === "/bills/taxes" ? call("GET /api/office/tax-places") : null,
		]);
		return {
			ageing,
			leaks: leaks.rows,
			issued,
			rules,
			taxes: taxes && places ? { rules: taxes.rows, places } : null,
		};
	},
	view: View,
};
export default screen;
