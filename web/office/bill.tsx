/* One document as the customer reads it, and what was paid of it. */
import { useState } from "preact/hooks";
import type { BillMove, BillPage } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, TextField, useForm } from "../shared/form";
import { day, dayOf, money } from "../shared/format";
import { toast } from "../shared/over";
import { back, go, type Place, type Screen } from "../shared/router";
import { Button, FaultBar, Heading, Icon, Pill } from "../shared/ui";
import { named, t } from "../shared/words";
import { Charges } from "./dues";
import { Panel } from "./frame";
import { may } from "./me";
import { Menu } from "./menu";
import { type MoneyKey, say } from "./moneywords";
import { Foot } from "./record";
import { today } from "./technicians";
import { WhyPanel } from "./why";

/* What moved the balance since the statement before, in a few words. */
const moved = (m: BillMove) =>
	[
		say(`money.statement.${m.kind}` as MoneyKey),
		m.way !== "none" && m.kind === "pay" && named("way", m.way),
		m.number,
		m.what,
	]
		.filter(Boolean)
		.join(" · ");

/* A document ends with a reason: taken back whole, or what is open of it written off. */
function EndPanel(p: {
	bill: BillPage;
	off: boolean;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const form = useForm({
		initial: { reason: "" },
		async send(v, key) {
			try {
				await call(`POST /api/office/bills/:id/${p.off ? "write-offs" : "voids"}`, {
					id: p.bill.id,
					key,
					body: { reason: v.reason.trim(), version: p.bill.version },
				});
			} catch (f) {
				/* "document" is no field of this form: it is said above it. */
				if (f instanceof Fault && (f.field === "document" || f.field === "amount"))
					throw new Fault(f.code, "", f.message, f.status, f.trace, 0);
				throw f;
			}
			await p.changed();
			toast(
				p.off
					? say("money.write_off.done", { number: p.bill.number })
					: t("bills.voided", { number: p.bill.number }),
			);
			p.close();
		},
	});
	return (
		<Panel title={p.off ? say("money.write_off") : t("bills.void")} close={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<p class="muted">{p.off ? say("money.write_off.text") : t("bills.void.text")}</p>
				<FormTrouble form={form} />
				<TextField
					form={form}
					name="reason"
					label={t("bills.reason")}
					maxLength={200}
					required
					autofocus
				/>
				<Foot
					busy={form.busy}
					close={p.close}
					go={
						p.off
							? say("money.write_off.go", { sum: money(p.bill.open_cents, p.bill.currency) })
							: t("bills.void.go", { number: p.bill.number })
					}
				/>
			</form>
		</Panel>
	);
}

function View({ data: b, at, reload }: { data: BillPage; at: Place; reload: () => Promise<void> }) {
	const doing = at.query.get("do") ?? "";
	const ending = doing === "void" || doing === "off";
	const line = b.lines.find((l) => l.id === at.query.get("why"));
	const open = ending || line !== undefined;
	const close = back(`/bills/${b.id}`);
	const paid = b.total_cents - b.open_cents;
	const balance = b.moves.reduce((sum, m) => sum + m.cents, b.opening_cents + b.total_cents);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	/* What was issued before documents were drawn has none yet: it is ordered, and looked for again. */
	const draw = async () => {
		setFault("");
		setBusy(true);
		try {
			await call("POST /api/office/bills/:id/papers", { id: b.id });
			await new Promise((done) => setTimeout(done, 1500));
			await reload();
			toast(say("money.pdf.wait"));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		} finally {
			setBusy(false);
		}
	};
	const send = async () => {
		setBusy(true);
		setFault("");
		try {
			await call("POST /api/office/bills/:id/sendings", { id: b.id, body: { version: b.version } });
			await reload();
			toast(say("money.sent", { number: b.number }));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		} finally {
			setBusy(false);
		}
	};
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("nav.bills")}>
					<a href="/bills">{t("nav.bills")}</a>
					<span aria-hidden="true">/</span>
					<a href={`/bills/of/${b.customer_id}`}>{b.customer}</a>
					<span aria-hidden="true">/</span>
					<Heading>{b.number}</Heading>
				</nav>
				<span class="push" />
				{b.paper ? (
					<a class="button" href={`/api/office/bills/${b.id}/paper`} download>
						<Icon name="download" />
						<span>{say("money.pdf")}</span>
					</a>
				) : (
					<Button icon="file" busy={busy} onClick={() => void draw()}>
						{say("money.pdf")}
					</Button>
				)}
				{may("bill") && b.state === "issued" && (
					<Button icon="mail" busy={busy} onClick={() => void send()}>
						{say("money.send")}
					</Button>
				)}
				{may("take_payments") && b.state === "issued" && b.open_cents > 0 && (
					<Button href={`/bills/of/${b.customer_id}?do=pay`} icon="check">
						{t("bills.pay")}
					</Button>
				)}
				{may("bill") && b.state === "issued" && (
					<Menu
						label={say("money.bill.menu")}
						items={[
							...(b.open_cents > 0
								? [
										{
											label: say("money.write_off"),
											icon: "x",
											act: () => go(`/bills/${b.id}?do=off`),
										},
									]
								: []),
							{ label: t("bills.void"), icon: "ban", act: () => go(`/bills/${b.id}?do=void`) },
						]}
					/>
				)}
			</header>
			<div class={open ? "split split--open" : "split"}>
				<div class="scroll">
					<section class="tools" aria-label={b.number}>
						<p class="figure">
							<b>{money(b.total_cents, b.currency)}</b> {named("bill", b.kind)} {b.number}
						</p>
						{b.state === "void" ? (
							<Pill tone="off">{t("bills.state.void")}</Pill>
						) : b.open_cents <= 0 ? (
							<Pill tone="kelp">{t("bills.state.paid")}</Pill>
						) : (
							<Pill tone={b.due_day < today() ? "coral" : "sun"}>
								{t(b.due_day < today() ? "bills.due_since" : "bills.due_by", {
									sum: money(b.open_cents, b.currency),
									day: dayOf(b.due_day),
								})}
							</Pill>
						)}
						<span class="meta">
							{dayOf(b.day)}
							{b.sent_at ? `, ${say("money.sent.at", { day: day(b.sent_at) })}` : ""}
						</span>
					</section>
					<FaultBar text={fault} />
					{b.reason && <p class="tools">{b.reason}</p>}
					{b.lines.length > 0 && (
						<Charges
							rows={b.lines}
							currency={b.currency}
							why={(l) => `/bills/${b.id}?why=${l.id}`}
						/>
					)}
					<dl class="sums">
						{b.opening_cents !== 0 && (
							<div>
								<dt>{t("bills.opening")}</dt>
								<dd class="num">{money(b.opening_cents, b.currency)}</dd>
							</div>
						)}
						{b.moves.map((m, i) => (
							<div key={`${i}${m.day}`}>
								<dt>
									{moved(m)}, {dayOf(m.day)}
								</dt>
								<dd class="num">{money(m.cents, b.currency)}</dd>
							</div>
						))}
						<div>
							<dt>{t("bills.net")}</dt>
							<dd class="num">{money(b.net_cents, b.currency)}</dd>
						</div>
						{b.taxes.map((x) => (
							<div key={x.name}>
								<dt>
									{x.name} {x.rate_ppm / 10_000} %
								</dt>
								<dd class="num">{money(x.tax_cents, b.currency)}</dd>
							</div>
						))}
						<div class="sums__total">
							<dt>{t("bills.sum")}</dt>
							<dd class="num">{money(b.total_cents, b.currency)}</dd>
						</div>
						{b.paid.map((x) => (
							<div key={x.payment_id}>
								<dt>
									{named("way", x.way)}, {dayOf(x.day)}
								</dt>
								<dd class="num">{money(-x.cents, b.currency)}</dd>
							</div>
						))}
						{b.kind === "statement" && balance !== b.total_cents && (
							<div class="sums__total">
								<dt>{say("money.statement.balance")}</dt>
								<dd class="num">{money(balance, b.currency)}</dd>
							</div>
						)}
						{paid !== 0 && (
							<div class="sums__total">
								<dt>{t("bills.open")}</dt>
								<dd class="num">{money(b.open_cents, b.currency)}</dd>
							</div>
						)}
					</dl>
					{b.note && <p class="tools lines-kept">{b.note}</p>}
				</div>
				{line && !ending && <WhyPanel line={line} currency={b.currency} close={close} />}
				{ending && (
					<EndPanel key={doing} bill={b} off={doing === "off"} close={close} changed={reload} />
				)}
			</div>
		</>
	);
}

const screen: Screen<BillPage> = {
	title: "nav.bills",
	key: (at) => at.path,
	load: (at) => call("GET /api/office/bills/:id", { id: at.params.id ?? "" }),
	view: View,
};
export default screen;
