/* The ledger as the customer reads it: what was carried over, what moved, what is owed. */
import type { Statement, StatementLine } from "../shared/api";
import { call } from "../shared/call";
import { addDays, isDay } from "../shared/days";
import { dayOf, money } from "../shared/format";
import { go, type Place, type Screen } from "../shared/router";
import { Button, Heading } from "../shared/ui";
import { named, t } from "../shared/words";
import { type MoneyKey, say } from "./moneywords";
import { Table } from "./table";
import { Take } from "./taken";
import { today } from "./technicians";

const SPAN_DAYS = 92;
const span = (at: Place) => {
	const to = at.query.get("to") ?? "";
	const from = at.query.get("from") ?? "";
	return {
		from: isDay(from) ? from : addDays(today(), -SPAN_DAYS),
		to: isDay(to) ? to : today(),
	};
};

function What({ line: l }: { line: StatementLine }) {
	return (
		<>
			{say(`money.statement.${l.kind}` as MoneyKey)}
			{l.way !== "none" && l.kind === "pay" && ` · ${named("way", l.way)}`}
			{l.number && (
				<>
					{" · "}
					<a href={`/bills/${l.bill_id}`}>{l.number}</a>
				</>
			)}
			{l.what && ` · ${l.what}`}
		</>
	);
}

function DayInput(p: { label: string; value: string; set: (day: string) => void }) {
	return (
		<label class="field">
			<span class="field__label">{p.label}</span>
			<input
				class="input"
				type="date"
				value={p.value}
				onChange={(e) => isDay(e.currentTarget.value) && p.set(e.currentTarget.value)}
			/>
		</label>
	);
}

function View({ data: s, at }: { data: Statement; at: Place }) {
	const here = `/bills/of/${s.customer_id}`;
	const { from, to } = span(at);
	const show = (f: string, u: string) => go(`${here}/statement?from=${f}&to=${u}`, true);
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("nav.bills")}>
					<a href="/bills">{t("nav.bills")}</a>
					<span aria-hidden="true">/</span>
					<a href={here}>{s.customer}</a>
					<span aria-hidden="true">/</span>
					<Heading>{say("money.statement")}</Heading>
				</nav>
				<span class="push" />
				{s.lines.length > 0 && (
					<Take list="customers/:id/statement" id={s.customer_id} query={{ from, to }} />
				)}
				<Button icon="print" onClick={() => print()}>
					{t("bills.print")}
				</Button>
			</header>
			<div class="scroll">
				<section class="tools" aria-label={say("money.statement")}>
					<p class="figure">
						<b>{money(s.closing_cents, s.currency)}</b>{" "}
						{say("money.statement.closing", { day: dayOf(s.to) })}
					</p>
					<span class="push" />
					<div class="pair days no-print">
						<DayInput
							label={say("money.statement.from")}
							value={from}
							set={(day) => show(day, to)}
						/>
						<DayInput label={say("money.statement.to")} value={to} set={(day) => show(from, day)} />
					</div>
				</section>
				<dl class="sums">
					<div>
						<dt>
							{say("money.statement.opening")}, {dayOf(s.from)}
						</dt>
						<dd class="num">{money(s.opening_cents, s.currency)}</dd>
					</div>
				</dl>
				{s.lines.length === 0 ? (
					<p class="tools faint">{say("money.statement.none")}</p>
				) : (
					<Table
						caption={say("money.statement")}
						rows={s.lines.map((l, i) => ({ ...l, key: String(i) }))}
						keyOf={(l) => l.key}
						columns={[
							{ head: t("bills.day"), tight: true, cell: (l) => dayOf(l.day) },
							{ head: t("bills.title"), lead: true, cell: (l) => <What line={l} /> },
							{
								head: t("bills.sum"),
								tight: true,
								sum: true,
								cell: (l) => <span class="num">{money(l.cents, s.currency)}</span>,
							},
							{
								head: say("money.statement.balance"),
								tight: true,
								sum: true,
								cell: (l) => <b class="num">{money(l.balance_cents, s.currency)}</b>,
							},
						]}
					/>
				)}
				<dl class="sums">
					<div class="sums__total">
						<dt>{say("money.statement.closing", { day: dayOf(s.to) })}</dt>
						<dd class="num">{money(s.closing_cents, s.currency)}</dd>
					</div>
				</dl>
			</div>
		</>
	);
}

const screen: Screen<Statement> = {
	title: "nav.bills",
	key: (at) => `${at.path}${at.query.get("from")}${at.query.get("to")}`,
	load: (at) =>
		call("GET /api/office/customers/:id/statement", { id: at.params.id ?? "", query: span(at) }),
	view: View,
};
export default screen;
