/* Where a line of a bill comes from, and that it comes out the same if it is reckoned again. */
import { useEffect, useState } from "preact/hooks";
import type { Charge, LineWhy } from "../shared/api";
import { call, faultText } from "../shared/call";
import { dayOf, money, number } from "../shared/format";
import { Banner, Pill, Skeleton } from "../shared/ui";
import { named, t } from "../shared/words";
import { Panel } from "./frame";
import { say } from "./moneywords";

const NONE = /^0+$/;

export function WhyPanel(p: { line: Charge; currency: string; close: () => void }) {
	const [why, setWhy] = useState<LineWhy | null>(null);
	const [fault, setFault] = useState("");
	// Once for each line
	useEffect(() => {
		setWhy(null);
		call("GET /api/office/lines/:id", { id: p.line.id }).then(setWhy, (f) =>
			setFault(faultText(f)),
		);
	}, [p.line.id]);
	const { line } = p;
	const facts: [string, string][] = why
		? [
				[t("bills.kind"), named("charge", line.kind)],
				[t("bills.day"), dayOf(line.day)],
				...(why.visit_day
					? [[say("money.why.visit"), dayOf(why.visit_day)] as [string, string]]
					: []),
				...(why.term_day
					? [
							[
								say("money.why.rate"),
								t("bills.rate", {
									rate: money(why.rate_cents, p.currency),
									day: dayOf(why.term_day),
								}),
							] as [string, string],
						]
					: []),
				...(why.of_parts > 1
					? [
							[
								say("money.why.part"),
								`${money(why.rate_cents, p.currency)} × ${number(why.part)} / ${number(why.of_parts)}`,
							] as [string, string],
						]
					: []),
				...(line.quantity_milli !== 1000
					? [
							[
								t("bills.quantity"),
								`${number(line.quantity_milli / 1000)} × ${money(line.unit_cents, p.currency)}`,
							] as [string, string],
						]
					: []),
				[t("bills.sum"), money(line.net_cents, p.currency)],
			]
		: [];
	return (
		<Panel title={line.text} close={p.close}>
			{fault && <Banner tone="coral">{fault}</Banner>}
			{!why && !fault && <Skeleton />}
			{why && (
				<div class="stack">
					<dl class="facts">
						{facts.map(([head, value]) => (
							<div key={head}>
								<dt>{head}</dt>
								<dd>{value}</dd>
							</div>
						))}
					</dl>
					{why.same ? (
						<p>
							<Pill tone="kelp" icon="check">
								{say("money.why.same")}
							</Pill>
						</p>
					) : (
						<Banner tone="sun">
							{why.known
								? say("money.why.other", { sum: money(why.again_cents, p.currency) })
								: say("money.why.gone")}
						</Banner>
					)}
					{!NONE.test(why.visit_id) && (
						<a href={`/schedule?visit=${why.visit_id}`}>{say("money.why.visit.open")}</a>
					)}
				</div>
			)}
		</Panel>
	);
}
