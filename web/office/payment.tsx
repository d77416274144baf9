/* One payment by hand: what it pays, taken off and put on again, given back, or returned by the bank. */
import { useEffect, useState } from "preact/hooks";
import type { Account, PaymentPage } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, TextField, useForm, wrong } from "../shared/form";
import { centsOf, dayOf, money, moneyTyped } from "../shared/format";
import { toast } from "../shared/over";
import { Button, FaultNote, Skeleton } from "../shared/ui";
import { named, t } from "../shared/words";
import { Panel } from "./frame";
import { may } from "./me";
import { say } from "./moneywords";
import { DayField, Foot } from "./record";
import { useKept } from "./table";
import { today } from "./technicians";

export function PaymentPanel(p: {
	account: Account;
	id: string;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const [pay, set] = useState<PaymentPage | null>(null);
	const [busy, setBusy] = useState("");
	const [fault, setFault] = useState("");
	const [doing, setDoing] = useState<"" | "refund" | "return">("");
	const look = () => call("GET /api/office/payments/:id", { id: p.id }).then(set, said);
	const said = (f: unknown) => {
		if (f instanceof Fault) setFault(f.message);
		else throw f;
	};
	useEffect(() => {
		void look();
	}, [p.id]);
	const go = async (what: string, work: () => Promise<unknown>, undo?: () => void) => {
		setBusy(what);
		setFault("");
		try {
			await work();
			await Promise.all([look(), p.changed()]);
			toast(t("act.saved"), undo);
		} catch (f) {
			said(f);
		} finally {
			setBusy("");
		}
	};
	const take = (bill: string, cents: number) =>
		call("POST /api/office/payments/:id/applications", {
			id: p.id,
			body: { bill_id: bill, cents },
		});
	const off = (bill: string) =>
		call("POST /api/office/payments/:id/unapplications", { id: p.id, body: { bill_id: bill } });
	const number = (bill: string) => p.account.bills.find((b) => b.id === bill)?.number ?? "";
	const kept = useKept<HTMLDivElement>();
	const by = may("take_payments");
	const hand = pay && pay.way !== "card" && pay.way !== "ach";
	const open = p.account.bills.filter((b) => b.state === "issued" && b.open_cents > 0);
	return (
		<Panel title={say("money.payment")} close={p.close}>
			<FaultNote text={fault} />
			{!pay ? (
				!fault && <Skeleton lines={4} />
			) : (
				<div class="stack" {...kept}>
					<dl class="facts">
						<dt>{t("bills.way")}</dt>
						<dd>{[named("way", pay.way), pay.reference].filter(Boolean).join(" · ")}</dd>
						<dt>{t("bills.day")}</dt>
						<dd>{dayOf(pay.day)}</dd>
						<dt>{t("bills.sum")}</dt>
						<dd class="num">{money(pay.cents, pay.currency)}</dd>
						<dt>{say("money.payment.free")}</dt>
						<dd class="num">{money(pay.free_cents, pay.currency)}</dd>
						{pay.reason && (
							<>
								<dt>{t("bills.reason")}</dt>
								<dd>{pay.reason}</dd>
							</>
						)}
					</dl>
					<section class="stack stack--tight" aria-label={say("money.payment.pays")}>
						<h3>{say("money.payment.pays")}</h3>
						{pay.applied.length === 0 && <p class="faint">{say("money.payment.pays.none")}</p>}
						{pay.applied.map((a) => (
							<div class="row" key={a.bill_id}>
								<a class="link grow" href={`/bills/${a.bill_id}`}>
									{number(a.bill_id) || dayOf(a.day)}
								</a>
								<span class="num">{money(a.cents, pay.currency)}</span>
								{by && (
									<Button
										size="sm"
										busy={busy === a.bill_id}
										label={say("money.payment.off.of", { number: number(a.bill_id) })}
										onClick={() =>
											void go(
												a.bill_id,
												() => off(a.bill_id),
												() => void go(a.bill_id, () => take(a.bill_id, a.cents)),
											)
										}
									>
										{say("money.payment.off")}
									</Button>
								)}
							</div>
						))}
					</section>
					{by && pay.free_cents > 0 && open.length > 0 && (
						<section class="stack stack--tight" aria-label={say("money.payment.open")}>
							<h3>{say("money.payment.open")}</h3>
							{open.map((b) => {
								const cents = Math.min(b.open_cents, pay.free_cents);
								return (
									<div class="row" key={b.id}>
										<a class="link grow" href={`/bills/${b.id}`}>
											{b.number}
										</a>
										<span class="meta">{money(b.open_cents, pay.currency)}</span>
										<Button
											size="sm"
											kind="tint"
											busy={busy === b.id}
											onClick={() =>
												void go(
													b.id,
													() => take(b.id, cents),
													() => void go(b.id, () => off(b.id)),
												)
											}
										>
											{say("money.payment.put", { sum: money(cents, pay.currency) })}
										</Button>
									</div>
								);
							})}
							{open.length > 1 && may("bill") && (
								<div>
									<Button
										size="sm"
										busy={busy === "spread"}
										onClick={() =>
											void go("spread", () =>
												call("POST /api/office/leaks/:id/mends", {
													id: pay.id,
													body: { kind: "paid_not_applied" },
												}),
											)
										}
									>
										{say("money.payment.oldest")}
									</Button>
								</div>
							)}
						</section>
					)}
					{by && hand && pay.state === "settled" && doing === "" && (
						<div class="row row--wrap">
							{pay.free_cents > 0 && pay.way !== "credit" && (
								<Button icon="undo" onClick={() => setDoing("refund")}>
									{t("bills.refund")}
								</Button>
							)}
							{pay.way !== "credit" && (
								<Button icon="ban" onClick={() => setDoing("return")}>
									{say(pay.way === "cash" ? "money.payment.mistake" : "money.payment.return")}
								</Button>
							)}
						</div>
					)}
					{doing !== "" && (
						<Ending
							key={doing}
							pay={pay}
							back={doing === "return"}
							close={() => setDoing("")}
							changed={async () => {
								setDoing("");
								await Promise.all([look(), p.changed()]);
							}}
						/>
					)}
				</div>
			)}
		</Panel>
	);
}

/* Money that leaves again, with the reason: given back by us, or taken back by the bank. */
function Ending(p: {
	pay: PaymentPage;
	back: boolean;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const { pay } = p;
	const cash = pay.way === "cash";
	const back = say(cash ? "money.payment.mistake" : "money.payment.return");
	const form = useForm({
		initial: { amount: moneyTyped(pay.free_cents), reason: "", day: today() },
		draft: `${p.back ? "return" : "refund"}-${pay.id}`,
		async send(v, key) {
			const cents = p.back ? 0 : centsOf(v.amount);
			if (cents === null || (!p.back && cents <= 0)) throw wrong("amount", t("bills.amount.bad"));
			await call(`POST /api/office/payments/:id/${p.back ? "returns" : "refunds"}`, {
				id: pay.id,
				key,
				body: { cents, reason: v.reason.trim(), day: v.day, version: pay.version },
			});
			toast(t("act.saved"));
			await p.changed();
		},
	});
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<h3>{p.back ? back : t("bills.refund")}</h3>
			<p class="muted">
				{say(
					!p.back
						? "money.payment.refund.text"
						: cash
							? "money.payment.mistake.text"
							: "money.payment.return.text",
				)}
			</p>
			<FormTrouble form={form} />
			{!p.back && (
				<TextField
					form={form}
					name="amount"
					label={t("bills.amount")}
					inputmode="decimal"
					required
				/>
			)}
			<DayField form={form} name="day" label={t("bills.day")} />
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
					p.back
						? say("money.payment.return.go", { sum: money(pay.cents, pay.currency) })
						: say("money.payment.refund.go", {
								sum: money(centsOf(form.values.amount) ?? 0, pay.currency),
							})
				}
			/>
		</form>
	);
}
