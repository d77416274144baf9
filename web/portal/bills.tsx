/* Bills, what is open of them, and each payment with what it paid. */
import type { PortalBillCard, PortalPayment } from "../shared/api";
import { dayOf } from "../shared/format";
import { Empty, Heading, Pill, type Tone, title } from "../shared/ui";
import { t } from "../shared/words";
import { cash, home, today } from "./data";
import { Owe } from "./home";

export const billName = (b: { kind: string; number: string }) =>
	t(b.kind === "statement" ? "portal.bill.statement" : "portal.bill.invoice", { number: b.number });

function Bill(p: { bill: PortalBillCard }) {
	const b = p.bill;
	const late = b.open_cents > 0 && b.due_day < today();
	return (
		<a class="line" href={`/portal/bills/${b.id}`}>
			<span class="grow">
				<b>{b.title || billName(b)}</b>
				<small>{t("portal.bill.of", { day: dayOf(b.day), day2: dayOf(b.due_day) })}</small>
			</span>
			<span class="line__end">
				<b class="num">{cash(b.total_cents)}</b>
				{late && <Pill tone="coral">{t("portal.bill.late")}</Pill>}
				<small>
					{b.open_cents === 0
						? t("portal.bill.paid")
						: b.open_cents < b.total_cents
							? t("portal.bill.open", { amount: cash(b.open_cents) })
							: ""}
				</small>
			</span>
		</a>
	);
}

const TONE: Record<string, Tone> = {
	pending: "aqua",
	settled: "kelp",
	failed: "coral",
	returned: "coral",
};

function Payment(p: { payment: PortalPayment }) {
	const m = p.payment;
	const bills = home.value?.bills ?? [];
	const paid = (home.value?.applied ?? []).filter((a) => a.payment_id === m.id);
	return (
		<div class="line line--still">
			<span class="grow">
				<b>
					{dayOf(m.day)}, {t(`portal.way.${m.way}`)}
				</b>
				<small>
					{paid.map((a) => {
						const b = bills.find((x) => x.id === a.bill_id);
						return (
							<span class="paid" key={a.bill_id}>
								{t("portal.payment.for", { number: b?.number ?? "–", amount: cash(a.cents) })}
							</span>
						);
					})}
					{m.state === "settled" && m.free_cents > 0 && (
						<span class="paid">{t("portal.payment.free", { amount: cash(m.free_cents) })}</span>
					)}
				</small>
			</span>
			<span class="line__end">
				<b class="num">{cash(m.cents)}</b>
				<Pill tone={TONE[m.state] ?? "off"}>{t(`portal.payment.${m.state as "settled"}`)}</Pill>
			</span>
		</div>
	);
}

export function Bills() {
	const h = home.value;
	title("portal.bills");
	if (!h) return null;
	if (h.bills.length + h.payments.length === 0)
		return (
			<main class="portal__one">
				<section class="card">
					<Empty whole icon="file" title={t("portal.bills.none")}>
						{t("portal.bills.none.text")}
					</Empty>
				</section>
			</main>
		);
	return (
		<main class="portal__two">
			<div class="portal__column">
				<Heading>{t("portal.bills")}</Heading>
				<Owe bills />
				<section class="card" aria-labelledby="bills">
					<h2 id="bills" class="card__head">
						{t("portal.bills.all")}
					</h2>
					<div class="lines">
						{h.bills.map((b) => (
							<Bill key={b.id} bill={b} />
						))}
					</div>
				</section>
			</div>
			<div class="portal__column">
				{h.payments.length > 0 && (
					<section class="card" aria-labelledby="payments">
						<h2 id="payments" class="card__head">
							{t("portal.payments")}
						</h2>
						<div class="lines">
							{h.payments.map((m) => (
								<Payment key={m.id} payment={m} />
							))}
						</div>
					</section>
				)}
			</div>
		</main>
	);
}
