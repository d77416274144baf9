/* One customer's account: what the next bill will say, what is open, what was paid. */
import { useEffect } from "preact/hooks";
import type { Account, Charge, Customer, Upcoming } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm } from "../shared/form";
import { centsOf, dayOf, money, moneyTyped, number } from "../shared/format";
import { listen } from "../shared/live";
import { toast } from "../shared/over";
import { back, go, type Place, type Screen } from "../shared/router";
import { Button, Empty, Heading, Pill } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { AutopayPanel } from "./autopay";
import { BillTable } from "./bills";
import { Panel } from "./frame";
import { may } from "./me";
import { say } from "./moneywords";
import { OwnBillingPanel } from "./own-billing";
import { PaymentPanel } from "./payment";
import { AreaField, DayField, Foot } from "./record";
import { Table } from "./table";
import { today } from "./technicians";
import { WhyPanel } from "./why";

interface Data {
	customer: Customer;
	upcoming: Upcoming;
	account: Account;
}
const WAYS = ["check", "cash", "transfer", "credit"] as const;
const KINDS = ["item", "labour", "part", "discount", "fee"] as const;

/* How a charge came about, in one line: every cent explains itself. */
function why(c: Charge, currency: string): string {
	if (c.kind === "month")
		return [
			`${dayOf(c.from_day)} – ${dayOf(c.to_day)}`,
			c.of_parts > 1 && t("bills.part", { n: c.part, of: c.of_parts }),
			c.term_day &&
				t("bills.rate", { rate: money(c.rate_cents, currency), day: dayOf(c.term_day) }),
		]
			.filter(Boolean)
			.join(" · ");
	if (c.kind === "discount" && c.of_parts > 1)
		return t("bills.discount.of", {
			n: number((c.part / c.of_parts) * 100),
			sum: money(c.rate_cents, currency),
		});
	const quantity =
		c.quantity_milli === 1000
			? ""
			: `${number(c.quantity_milli / 1000)} × ${money(c.unit_cents, currency)}`;
	return [dayOf(c.day), quantity].filter(Boolean).join(" · ");
}

export function Charges(p: {
	rows: Charge[];
	currency: string;
	drop?: (c: Charge) => void;
	edit?: (c: Charge) => string /* the address of its form */;
	why?: (c: Charge) => string /* the address that explains it */;
}) {
	return (
		<Table
			caption={t("bills.lines")}
			rows={p.rows}
			keyOf={(c) => c.id}
			columns={[
				{
					head: t("bills.title"),
					lead: true,
					cell: (c) => (
						<span class="person">
							<span>
								<b>{c.text}</b>
								<small>
									{why(c, p.currency)}
									{p.why && (
										<>
											{" · "}
											<a
												class="link"
												href={p.why(c)}
												aria-label={say("money.why.of", { text: c.text })}
											>
												{say("money.why")}
											</a>
										</>
									)}
								</small>
							</span>
						</span>
					),
				},
				{ head: t("bills.kind"), tight: true, desk: true, cell: (c) => named("charge", c.kind) },
				{
					head: t("bills.tax"),
					tight: true,
					sum: true,
					desk: true,
					cell: (c) =>
						c.tax_cents ? (
							<span class="num">{money(c.tax_cents, p.currency)}</span>
						) : (
							<span class="faint">–</span>
						),
				},
				{
					head: t("bills.sum"),
					tight: true,
					sum: true,
					cell: (c) => <span class="num">{money(c.net_cents, p.currency)}</span>,
				},
				...(p.drop
					? [
							{
								head: "",
								tight: true,
								cell: (c: Charge) =>
									c.kind === "discount" && c.of_parts > 1 ? null : (
										<span class="row">
											{p.edit && (
												<Button
													size="sm"
													kind="quiet"
													icon="pen"
													label={say("money.line.edit.of", { text: c.text })}
													href={p.edit(c)}
												/>
											)}
											{c.kind !== "month" && (
												<Button
													size="sm"
													kind="quiet"
													icon="x"
													label={t("bills.line.drop", { text: c.text })}
													onClick={() => p.drop?.(c)}
												/>
											)}
										</span>
									),
							},
						]
					: []),
			]}
		/>
	);
}

/* A line that follows from work is reckoned each night: what is wanted otherwise becomes a line beside it. */
const follows = (c: Charge) => ["month", "stop", "skip", "dose"].includes(c.kind);

/* A line typed in by hand; or one that waits, put right. */
function LinePanel(p: {
	data: Data;
	line: Charge | undefined;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const places = p.data.customer.properties;
	const { line } = p;
	const form = useForm({
		initial: {
			property_id: line?.property_id ?? places[0]?.id ?? "",
			kind: (line?.kind ?? "item") as string,
			day: line?.day ?? today(),
			text: line?.text ?? "",
			quantity: line ? String(line.quantity_milli / 1000) : "1",
			price: line ? moneyTyped(Math.abs(line.unit_cents)) : "",
		},
		draft: line ? `line-${line.id}.${line.version}` : `line-${p.data.customer.id}`,
		async send(v, key) {
			const cents = centsOf(v.price);
			const quantity_milli = Math.round(Number(v.quantity.replace(",", ".")) * 1000);
			if (cents === null) throw new Fault("invalid", "price", t("bills.amount.bad"), 422, "", 0);
			if (!(quantity_milli > 0))
				throw new Fault("invalid", "quantity", t("bills.quantity.bad"), 422, "", 0);
			const less = v.kind === "discount" || v.kind === "skip";
			const part = {
				text: v.text.trim(),
				quantity_milli,
				unit_cents: less ? -cents : cents,
				tax_code: line?.tax_code ?? "",
			};
			if (line)
				await call("PUT /api/office/lines/:id", {
					id: line.id,
					key,
					body: { ...part, version: line.version },
				});
			else
				await call("POST /api/office/customers/:id/lines", {
					id: p.data.customer.id,
					key,
					body: {
						...part,
						property_id: v.property_id,
						kind: v.kind as (typeof KINDS)[number],
						day: v.day,
					},
				});
			await p.changed();
			toast(t("act.saved"));
			p.close();
		},
	});
	return (
		<Panel title={line ? say("money.line.edit") : t("bills.line.add")} close={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				{line && follows(line) && <p class="muted">{say("money.line.follows")}</p>}
				<TextField
					form={form}
					name="text"
					label={t("bills.title")}
					maxLength={400}
					required
					autofocus={!line}
				/>
				{!line && (
					<SelectField
						form={form}
						name="kind"
						label={t("bills.kind")}
						choices={KINDS.map((k) => ({ value: k, label: named("charge", k) }))}
					/>
				)}
				<div class="pair">
					<TextField form={form} name="quantity" label={t("bills.quantity")} inputmode="decimal" />
					<TextField
						form={form}
						name="price"
						label={t("bills.price")}
						inputmode="decimal"
						required
						autofocus={line !== undefined}
					/>
				</div>
				{!line && <DayField form={form} name="day" label={t("bills.day")} />}
				{!line && places.length > 1 && (
					<SelectField
						form={form}
						name="property_id"
						label={t("bills.place")}
						choices={places.map((x) => ({ value: x.id, label: x.street || x.name }))}
					/>
				)}
				<Foot busy={form.busy} close={p.close} />
			</form>
		</Panel>
	);
}

function IssuePanel(p: { data: Data; close: () => void }) {
	const { upcoming: u, account: a } = p.data;
	const form = useForm({
		initial: { day: today(), until: today(), title: "", note: "" },
		draft: `bill-${p.data.customer.id}`,
		async send(v, key) {
			const bill = await call("POST /api/office/customers/:id/bills", {
				id: p.data.customer.id,
				key,
				body: { day: v.day, until: v.until, title: v.title.trim(), note: v.note.trim() },
			});
			toast(t("bills.issued.done", { number: bill.number }));
			go(`/bills/${bill.id}`);
		},
	});
	const sum = u.lines
		.filter((l) => l.day <= form.values.until)
		.reduce((n, l) => n + l.net_cents + l.tax_cents, 0);
	return (
		<Panel title={t("bills.issue")} close={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<div class="pair">
					<DayField form={form} name="day" label={t("bills.day")} />
					<DayField
						form={form}
						name="until"
						label={t("bills.until")}
						hint={t("bills.until.hint")}
					/>
				</div>
				<TextField form={form} name="title" label={t("bills.title")} maxLength={120} />
				<AreaField form={form} name="note" label={t("bills.note")} maxLength={2000} />
				<Foot
					busy={form.busy}
					close={p.close}
					go={t("bills.issue.go", { sum: money(sum, a.currency) })}
				/>
			</form>
		</Panel>
	);
}

function PayPanel(p: { data: Data; close: () => void; changed: () => Promise<void> }) {
	const { currency } = p.data.account;
	const owed = Math.max(0, p.data.account.owed_cents - p.data.account.free_cents);
	const form = useForm({
		initial: {
			way: "check",
			amount: owed > 0 ? moneyTyped(owed) : "",
			day: today(),
			reference: "",
			reason: "",
		},
		draft: `pay-${p.data.customer.id}`,
		async send(v, key) {
			const cents = centsOf(v.amount);
			if (!cents) throw new Fault("invalid", "amount", t("bills.amount.bad"), 422, "", 0);
			await call("POST /api/office/customers/:id/payments", {
				id: p.data.customer.id,
				key,
				body: {
					way: v.way as (typeof WAYS)[number],
					cents,
					day: v.day,
					reference: v.reference.trim(),
					note: "",
					reason: v.reason.trim(),
					apply: [],
					keep: false,
				},
			});
			await p.changed();
			toast(t("act.saved"));
			p.close();
		},
	});
	const typed = centsOf(form.values.amount) ?? owed;
	return (
		<Panel title={t("bills.pay")} close={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<SelectField
					form={form}
					name="way"
					label={t("bills.way")}
					choices={WAYS.map((w) => ({ value: w, label: named("way", w) }))}
				/>
				<TextField
					form={form}
					name="amount"
					label={t("bills.amount")}
					hint={
						typed > owed
							? say("money.pay.over", { sum: money(typed - owed, currency) })
							: typed < owed
								? say("money.pay.part", { sum: money(owed - typed, currency) })
								: t("bills.pay.hint")
					}
					inputmode="decimal"
					required
					autofocus
				/>
				<DayField form={form} name="day" label={t("bills.day")} />
				{form.values.way === "credit" ? (
					<TextField form={form} name="reason" label={t("bills.reason")} maxLength={200} required />
				) : (
					<TextField form={form} name="reference" label={t("bills.reference")} maxLength={80} />
				)}
				<Foot
					busy={form.busy}
					close={p.close}
					go={say(form.values.way === "credit" ? "money.pay.credit" : "money.pay.go", {
						sum: money(typed, currency),
					})}
				/>
			</form>
		</Panel>
	);
}

function RefundPanel(p: {
	data: Data;
	id: string;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const m = p.data.account.payments.find((x) => x.id === p.id);
	const form = useForm({
		initial: { amount: m ? moneyTyped(m.cents) : "", reason: "" },
		draft: `refund-${p.id}`,
		async send(v, key) {
			const cents = centsOf(v.amount);
			if (!cents || !m) throw new Fault("invalid", "amount", t("bills.amount.bad"), 422, "", 0);
			await call("POST /api/office/payments/:id/provider-refunds", {
				id: p.id,
				key,
				body: { cents, reason: v.reason.trim(), version: m.version },
			});
			await p.changed();
			toast(t("bills.refunding"));
			p.close();
		},
	});
	if (!m) return null;
	return (
		<Panel title={t("bills.refund.title")} close={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<p class="meta">{t("bills.refund.text")}</p>
				<TextField
					form={form}
					name="amount"
					label={t("bills.amount")}
					inputmode="decimal"
					required
					autofocus
				/>
				<TextField form={form} name="reason" label={t("bills.reason")} maxLength={200} required />
				<Foot
					busy={form.busy}
					close={p.close}
					go={say("money.payment.refund.go", {
						sum: money(centsOf(form.values.amount) ?? 0, p.data.account.currency),
					})}
				/>
			</form>
		</Panel>
	);
}

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const { account: a, upcoming: u, customer: c } = data;
	const here = `/bills/of/${c.id}`;
	const open = at.query.get("do") ?? "";
	const close = back(here);
	const line = u.lines.find((l) => l.id === at.query.get("line"));
	// A customer pays while somebody looks: the page hears of it
	useEffect(() => listen((heard) => heard !== "away" && void reload()), [c.id]);
	const drop = async (l: Charge) => {
		try {
			await call("POST /api/office/lines/:id/drops", { id: l.id, body: { version: l.version } });
			await reload();
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
		}
	};
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("nav.bills")}>
					<a href="/bills">{t("nav.bills")}</a>
					<span aria-hidden="true">/</span>
					<Heading>{c.name}</Heading>
				</nav>
				<span class="push" />
				{may("bill") && (
					<Button icon="wrench" href={`/quotes/new?customer=${c.id}`}>
						{say("money.quote")}
					</Button>
				)}
				{may("take_payments") && (
					<Button icon="check" href={`${here}?do=pay`}>
						{t("bills.pay")}
					</Button>
				)}
				{may("bill") && u.lines.length > 0 && (
					<Button kind="primary" icon="send" href={`${here}?do=issue`}>
						{t("bills.issue")}
					</Button>
				)}
			</header>
			<nav class="under tabs" aria-label={c.name}>
				<a class="tab" href={here} aria-current="page">
					{say("money.account")}
				</a>
				<a class="tab" href={`${here}/statement`}>
					{say("money.statement")}
				</a>
				<a class="tab" href={`${here}?do=autopay`}>
					{say("money.autopay")}
				</a>
				{may("bill") && (
					<a class="tab" href={`${here}?do=own`}>
						{say("money.own.open")}
					</a>
				)}
				<a class="tab" href={`/customers/${c.id}`}>
					{t("bills.record")}
				</a>
			</nav>
			<div class={open ? "split split--open" : "split"}>
				<div class="scroll">
					<section class="tools" aria-label={t("bills.balance")}>
						<p class="figure">
							<b>{money(Math.abs(a.owed_cents - a.free_cents), a.currency)}</b>{" "}
							{a.free_cents > a.owed_cents ? say("money.in_favour") : t("bills.balance")}
						</p>
						{a.free_cents > 0 && a.owed_cents > 0 && (
							<Pill tone="kelp">{t("bills.free", { sum: money(a.free_cents, a.currency) })}</Pill>
						)}
					</section>
					<div class="tools">
						<h2 class="kind">{t("bills.upcoming")}</h2>
						<span class="meta">
							{u.lines.length > 0
								? t("bills.upcoming.sum", { sum: money(u.total_cents, a.currency) })
								: t("bills.upcoming.none")}
						</span>
						<span class="push" />
						{may("bill") && c.properties.length > 0 && (
							<Button size="sm" icon="plus" href={`${here}?do=line`}>
								{t("bills.line.add")}
							</Button>
						)}
					</div>
					{u.lines.length > 0 && (
						<Charges
							rows={u.lines}
							currency={a.currency}
							why={(l) => `${here}?do=why&line=${l.id}`}
							{...(may("bill")
								? {
										drop: (l: Charge) => void drop(l),
										edit: (l: Charge) => `${here}?do=line&line=${l.id}`,
									}
								: {})}
						/>
					)}
					<div class="tools">
						<h2 class="kind">{t("bills.issued")}</h2>
						<span class="meta">{count("bills.issued.count", a.bills.length)}</span>
					</div>
					{a.bills.length > 0 ? (
						<BillTable rows={a.bills} customer={false} />
					) : (
						<Empty icon="file" title={t("bills.issued.none")}>
							{t("bills.issued.first")}
						</Empty>
					)}
					{a.payments.length > 0 && (
						<>
							<div class="tools">
								<h2 class="kind">{t("bills.payments")}</h2>
							</div>
							<Table
								caption={t("bills.payments")}
								rows={a.payments}
								keyOf={(x) => x.id}
								columns={[
									{ head: t("bills.day"), tight: true, cell: (x) => dayOf(x.day) },
									{
										head: t("bills.way"),
										lead: true,
										cell: (x) => (
											<a href={`${here}?do=payment&payment=${x.id}`}>
												{[named("way", x.way), x.reference, named("refused", x.reason)]
													.filter(Boolean)
													.join(" · ")}
											</a>
										),
									},
									{
										head: t("bills.sum"),
										tight: true,
										sum: true,
										cell: (x) => <span class="num">{money(x.cents, a.currency)}</span>,
									},
									{
										head: "",
										tight: true,
										cell: (x) =>
											x.state === "returned" ? (
												<Pill tone="coral">{t("bills.returned")}</Pill>
											) : x.state === "failed" ? (
												<Pill tone="coral">{t("bills.failed")}</Pill>
											) : x.state === "pending" ? (
												<Pill tone="aqua">{t("bills.pending")}</Pill>
											) : (x.way === "card" || x.way === "ach") && may("take_payments") ? (
												<Button size="sm" kind="quiet" href={`${here}?do=refund&payment=${x.id}`}>
													{t("bills.refund")}
												</Button>
											) : x.free_cents > 0 ? (
												<Pill tone="kelp">
													{t("bills.free", { sum: money(x.free_cents, a.currency) })}
												</Pill>
											) : null,
									},
								]}
							/>
						</>
					)}
				</div>
				{open === "line" && (
					<LinePanel key={line?.id ?? ""} data={data} line={line} close={close} changed={reload} />
				)}
				{open === "why" && line && <WhyPanel line={line} currency={a.currency} close={close} />}
				{open === "issue" && <IssuePanel data={data} close={close} />}
				{open === "own" && <OwnBillingPanel customer={c.id} close={close} changed={reload} />}
				{open === "autopay" && <AutopayPanel customer={c.id} close={close} />}
				{open === "refund" && (
					<RefundPanel
						data={data}
						id={at.query.get("payment") ?? ""}
						close={close}
						changed={reload}
					/>
				)}
				{open === "payment" && (
					<PaymentPanel
						key={at.query.get("payment")}
						account={a}
						id={at.query.get("payment") ?? ""}
						close={close}
						changed={reload}
					/>
				)}
				{open === "pay" && <PayPanel data={data} close={close} changed={reload} />}
			</div>
		</>
	);
}

const screen: Screen<Data> = {
	title: "nav.bills",
	key: (at) => at.path,
	async load(at) {
		const id = at.params.id ?? "";
		const [customer, upcoming, account] = await Promise.all([
			call("GET /api/office/customers/:id", { id }),
			call("GET /api/office/customers/:id/upcoming", { id }),
			call("GET /api/office/customers/:id/account", { id }),
		]);
		return { customer, upcoming, account };
	},
	view: View,
};
export default screen;
