/* What the company pays for Poolhouse. Open to whoever owes, too: to pay, and to take everything away. */
import { useEffect } from "preact/hooks";
import type { Subscription } from "../shared/api";
import { call, newKey } from "../shared/call";
import { day, money } from "../shared/format";
import type { Screen, ScreenProps } from "../shared/router";
import { Button, FaultNote, Heading, Pill } from "../shared/ui";
import { named, t } from "../shared/words";
import { ArchivePart } from "./archive";
import { Part } from "./frame";
import { may, whoAmI } from "./me";
import { useProcessorPage } from "./processor-page";
import { standingText, tones } from "./standing-of-plan";
import { Table } from "./table";
import { Take } from "./taken";
import { today } from "./technicians";

const LISTS = ["customers", "contacts", "properties", "pools", "equipment"] as const;
const MONEY = ["agreements", "invoices", "statements", "payments", "debts"] as const;
/* Documents are asked for by kind and days: here, all that there ever were. */
const documents = (kind: "invoice" | "statement") => ({
	kind,
	state: "issued",
	from: "2000-01-01",
	to: today(),
});
function Whole(p: { list: (typeof LISTS | typeof MONEY)[number] }) {
	const { list } = p;
	const text = t(`subscription.list.${list}`);
	if (list === "invoices") return <Take list="bills" text={text} query={documents("invoice")} />;
	if (list === "statements")
		return <Take list="bills" text={text} query={documents("statement")} />;
	return <Take list={list} text={text} />;
}

function View({ data, at, reload }: ScreenProps<Subscription>) {
	const s = data;
	const { busy, fault, open } = useProcessorPage(
		() => call("POST /api/office/subscription/pages", { key: newKey() }),
		() => call("POST /api/office/subscription/links", {}),
	);
	/* Back from the payment page: its word comes a moment after the person. */
	useEffect(() => {
		if (at.query.get("back") !== "done") return;
		const soon = [1500, 4000, 9000].map((ms) =>
			setTimeout(() => void Promise.all([reload(), whoAmI()]), ms),
		);
		return () => soon.forEach(clearTimeout);
	}, []);
	return (
		<>
			<header class="bar">
				<Heading>{t("subscription.title")}</Heading>
			</header>
			<div class="sheet">
				<Part title={t("subscription.plan")} text={t("subscription.plan.text")}>
					{s.standing === "free" ? (
						<p>{t("subscription.stands.free")}</p>
					) : (
						<>
							<p class="figure">
								<b>{money(s.cents, s.currency)}</b> {t("subscription.month")}
							</p>
							<div class="row">
								<Pill tone={tones[s.standing]}>{named("subscription.is", s.standing)}</Pill>
							</div>
							<p>{standingText(s.standing, s.step_at)}</p>
							{s.standing === "good" && s.paid_until && (
								<p class="meta">{t("subscription.next", { day: day(s.paid_until) })}</p>
							)}
							<FaultNote text={fault} />
							{s.possible ? (
								<div class="row">
									<Button kind="primary" busy={busy} onClick={() => void open()}>
										{t(s.subscribed ? "subscription.manage" : "subscription.begin")}
									</Button>
								</div>
							) : (
								<p class="meta">{t("subscription.impossible")}</p>
							)}
						</>
					)}
				</Part>
				{s.bills.length > 0 && (
					<Part title={t("subscription.bills")} text={t("subscription.bills.text")}>
						<Table
							caption={t("subscription.bills")}
							rows={s.bills}
							keyOf={(b) => b.number}
							columns={[
								{
									head: t("subscription.bill"),
									wide: true,
									cell: (b) => (
										<a href={b.url} target="_blank" rel="noreferrer">
											{b.number}
										</a>
									),
								},
								{ head: t("subscription.day"), cell: (b) => day(b.made_at) },
								{
									head: t("subscription.sum"),
									tight: true,
									sum: true,
									cell: (b) => <span class="num">{money(b.cents, b.currency.toUpperCase())}</span>,
								},
								{
									head: t("subscription.state"),
									cell: (b) => (
										<Pill
											tone={b.state === "paid" ? "kelp" : b.state === "open" ? "sun" : undefined}
										>
											{named("subscription.bill", b.state)}
										</Pill>
									),
								},
							]}
						/>
					</Part>
				)}
				{may("own") && (
					<Part title={t("archive.title")} text={t("archive.text")}>
						<ArchivePart />
					</Part>
				)}
				{may("export") && (
					<Part title={t("subscription.take")} text={t("subscription.take.text")}>
						<ul class="takes">
							{[...(may("see_customers") ? LISTS : []), ...(may("see_bills") ? MONEY : [])].map(
								(list) => (
									<li key={list}>
										<Whole list={list} />
									</li>
								),
							)}
						</ul>
					</Part>
				)}
			</div>
		</>
	);
}

const screen: Screen<Subscription> = {
	title: "subscription.title",
	load: () => call("GET /api/office/subscription"),
	view: View,
};
export default screen;
