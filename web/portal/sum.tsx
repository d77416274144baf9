/* A sum with what is asked on top for a credit card: read before anything is paid. */
import type { PayState } from "../shared/api";
import { money } from "../shared/format";
import { Button, FaultNote, Heading, Icon } from "../shared/ui";
import { named, t } from "../shared/words";

export const cardName = (m: { bank: boolean; brand: string; last4: string }) =>
	`${m.bank ? t("portal.pay.bank") : named("brand", m.brand)} ••${m.last4}`;

export function Sum(p: { cents: number; extra: number; what: string; currency: string }) {
	return (
		<dl class="sums">
			<div>
				<dt>{t("portal.pay.amount")}</dt>
				<dd>{money(p.cents, p.currency)}</dd>
			</div>
			{p.extra > 0 && (
				<div>
					<dt>
						{p.what}
						<small>{t("portal.surcharge.text")}</small>
					</dt>
					<dd>{money(p.extra, p.currency)}</dd>
				</div>
			)}
			<div class="sums__total">
				<dt>{t("portal.total")}</dt>
				<dd>{money(p.cents + p.extra, p.currency)}</dd>
			</div>
		</dl>
	);
}

/* The card is known, nothing is paid yet. */
export function Agree(p: {
	of: PayState;
	pay: () => void;
	other: () => void;
	busy: boolean;
	fault: string;
}) {
	const { cents, surcharge_cents, currency, card, card_last4, card_is_bank } = p.of;
	const all = money(cents + surcharge_cents, currency);
	return (
		<>
			<span class="round" aria-hidden="true">
				<Icon name={card_is_bank ? "bank" : "card"} size="xl" />
			</span>
			<Heading>{t("portal.agree", { amount: all })}</Heading>
			<p class="muted">
				{t("portal.agree.text", {
					card: cardName({ bank: card_is_bank, brand: card, last4: card_last4 }),
				})}
			</p>
			{surcharge_cents > 0 && (
				<Sum
					cents={cents}
					extra={surcharge_cents}
					what={t("portal.surcharge.card")}
					currency={currency}
				/>
			)}
			<FaultNote text={p.fault} />
			<Button kind="primary" size="lg" block busy={p.busy} onClick={p.pay}>
				{t("portal.pay.do", { amount: all })}
			</Button>
			<Button kind="quiet" size="lg" block onClick={p.other}>
				{t("portal.agree.other")}
			</Button>
		</>
	);
}
