/* One bill: its lines, its tax, what was paid of it, what is left. */
import type { PortalBill } from "../shared/api";
import { dayOf, money, number } from "../shared/format";
import { Banner, Button, Heading, title } from "../shared/ui";
import { t } from "../shared/words";
import { billName } from "./bills";
import { home } from "./data";
import { Back } from "./shell";

/* What moved the balance since the statement before. */
function moved(kind: PortalBill["moves"][number]["kind"]) {
	switch (kind) {
		case "pay":
		case "credit":
		case "refund":
		case "return":
		case "write_off":
		case "void":
		case "issue":
			return t(`portal.move.${kind}`);
		default:
			return t("portal.move.transfer");
	}
}

export default function Bill(p: { page: PortalBill }) {
	const b = p.page;
	const balance = b.moves.reduce((sum, m) => sum + m.cents, b.opening_cents + b.total_cents);
	const cash = (cents: number) => money(cents, b.currency);
	title("portal.bills");
	return (
		<main class="portal__one">
			<header class="head">
				<Back to="/portal/bills" />
				<div>
					<Heading>{billName(b)}</Heading>
					<p class="muted">{t("portal.bill.of", { day: dayOf(b.day), day2: dayOf(b.due_day) })}</p>
				</div>
			</header>
			{b.open_cents === 0 && <Banner tone="kelp">{t("portal.bill.settled")}</Banner>}
			<section class="card">
				<dl class="sums">
					{b.kind === "statement" && b.opening_cents !== 0 && (
						<div>
							<dt>{t("portal.bill.before")}</dt>
							<dd>{cash(b.opening_cents)}</dd>
						</div>
					)}
					{b.moves.map((m, i) => (
						<div key={`${i}${m.day}`} class="sums__paid">
							<dt>
								{[moved(m.kind), m.number, m.what].filter(Boolean).join(" · ")}
								<small>
									{dayOf(m.day)}
									{m.way !== "none" && m.way !== "credit" && `, ${t(`portal.way.${m.way}`)}`}
								</small>
							</dt>
							<dd>{cash(m.cents)}</dd>
						</div>
					))}
					{b.lines.map((l, i) => (
						<div key={`${i}${l.text}`}>
							<dt>
								{l.text}
								<small>
									{dayOf(l.day)}
									{l.quantity_milli !== 1000 &&
										`, ${number(l.quantity_milli / 1000)} × ${cash(l.unit_cents)}`}
									{Number.parseInt(l.visit_id, 32) !== 0 && (
										<>
											{" "}
											<a href={`/portal/visits/${l.visit_id}`}>{t("portal.bill.visit")}</a>
										</>
									)}
								</small>
							</dt>
							<dd>{cash(l.net_cents)}</dd>
						</div>
					))}
					{b.taxes.map((x) => (
						<div key={x.name}>
							<dt>{t("portal.bill.tax", { name: x.name, rate: number(x.rate_ppm / 10000) })}</dt>
							<dd>{cash(x.tax_cents)}</dd>
						</div>
					))}
					<div class="sums__total">
						<dt>{t("portal.bill.total")}</dt>
						<dd>{cash(b.total_cents)}</dd>
					</div>
					{b.kind === "statement" && balance !== b.total_cents && (
						<div class="sums__total">
							<dt>{t("portal.bill.balance")}</dt>
							<dd>{cash(balance)}</dd>
						</div>
					)}
					{b.paid.map((m, i) => (
						<div key={`${i}${m.day}`} class="sums__paid">
							<dt>
								{t("portal.bill.you_paid")}
								<small>
									{dayOf(m.day)}, {t(`portal.way.${m.way}`)}
								</small>
							</dt>
							<dd>{cash(-m.cents)}</dd>
						</div>
					))}
					{b.paid.length > 0 && (
						<div class="sums__total">
							<dt>{t("portal.bill.left")}</dt>
							<dd>{cash(b.open_cents)}</dd>
						</div>
					)}
				</dl>
				{b.note && <p class="card__body muted prose">{b.note}</p>}
			</section>
			{home.value?.can_pay && b.open_cents > 0 && (
				<div class="paybar">
					<Button kind="primary" size="lg" block href={`/portal/pay?bill=${b.id}`}>
						{t("portal.pay.do", { amount: cash(b.open_cents) })}
					</Button>
				</div>
			)}
		</main>
	);
}
