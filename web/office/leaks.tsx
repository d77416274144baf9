/* What slipped through: how much of which kind, and each with what mends it. */
import { useState } from "preact/hooks";
import type { LeakLine } from "../shared/api";
import { call, Fault } from "../shared/call";
import { dayOf, money } from "../shared/format";
import { toast } from "../shared/over";
import { Button, classes, Empty, FaultBar } from "../shared/ui";
import { named, t } from "../shared/words";
import { may, me } from "./me";
import { say, sayCount } from "./moneywords";
import { Table } from "./table";

export const LEAK_DAYS = 60;
const currency = () => me.value?.company.currency ?? "USD";
export const LEAK_KINDS = [
	"completed_not_billed",
	"dosed_not_billed",
	"installed_not_billed",
	"billed_not_completed",
	"paid_not_applied",
] as const;
export type LeakKind = LeakLine["kind"];
/* What we lose; the last two lie the other way round. */
const LOST: readonly LeakKind[] = LEAK_KINDS.slice(0, 3);
export const sumOf = (rows: LeakLine[]) => rows.reduce((all, l) => all + l.cents, 0);
export const lost = (rows: LeakLine[]) => sumOf(rows.filter((l) => LOST.includes(l.kind)));

/* The kinds side by side, as lengths; each is a button that shows it alone. */
function Kinds(p: { rows: LeakLine[]; only: LeakKind | ""; pick: (k: LeakKind | "") => void }) {
	const kinds = LEAK_KINDS.map((k) => ({ k, rows: p.rows.filter((l) => l.kind === k) })).filter(
		(x) => x.rows.length > 0,
	);
	const most = Math.max(1, ...kinds.map((x) => sumOf(x.rows)));
	const gone = lost(p.rows);
	return (
		<section class="tools leaks" aria-label={t("bills.leaks")}>
			{gone > 0 && (
				<p class="figure">
					<b>{money(gone, currency())}</b> {say("money.leaks.lost")}
				</p>
			)}
			<div class="leaks__kinds">
				{kinds.map(({ k, rows }) => (
					<button
						key={k}
						type="button"
						class={classes("leaks__kind", p.only === k && "leaks__kind--on")}
						aria-pressed={p.only === k}
						onClick={() => p.pick(p.only === k ? "" : k)}
					>
						<span>{named("bills.leak", k)}</span>
						<b class="num">{money(sumOf(rows), currency())}</b>
						<svg
							class="leaks__bar"
							viewBox="0 0 100 4"
							preserveAspectRatio="none"
							aria-hidden="true"
						>
							<rect
								class={LOST.includes(k) ? "leaks__lost" : "leaks__odd"}
								width={Math.max(2, (sumOf(rows) / most) * 100)}
								height="4"
							/>
						</svg>
						<small class="meta">{sayCount("money.leaks.cases", rows.length)}</small>
					</button>
				))}
			</div>
		</section>
	);
}

export function Leaks(p: { rows: LeakLine[]; reload: () => Promise<void> }) {
	const [busy, setBusy] = useState("");
	const [fault, setFault] = useState("");
	const [only, setOnly] = useState<LeakKind | "">("");
	const mend = async (l: LeakLine) => {
		setBusy(l.kind + l.id);
		setFault("");
		try {
			await call("POST /api/office/leaks/:id/mends", { id: l.id, body: { kind: l.kind } });
			await p.reload();
			toast(
				say(`money.mended.${l.kind}`, {
					what: l.what,
					name: l.customer,
					sum: money(l.cents, currency()),
				}),
			);
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		} finally {
			setBusy("");
		}
	};
	if (p.rows.length === 0)
		return (
			<Empty icon="done" title={t("bills.leaks.none")}>
				{t("bills.leaks.none.text", { n: LEAK_DAYS })}
			</Empty>
		);
	/* Whoever has mended the last of a kind sees the others again. */
	const some = p.rows.filter((l) => l.kind === only);
	const shown = some.length > 0 ? some : p.rows;
	return (
		<>
			<Kinds rows={p.rows} only={some.length > 0 ? only : ""} pick={setOnly} />
			<FaultBar text={fault} />
			<Table
				caption={t("bills.leaks")}
				rows={shown}
				keyOf={(l) => `${l.kind}${l.id}`}
				columns={[
					{
						head: t("bills.leak.what"),
						wide: true,
						cell: (l) => (
							<span class="person">
								<span>
									<b>{named("bills.leak", l.kind)}</b>
									<small>{l.what}</small>
								</span>
							</span>
						),
					},
					{
						head: t("bills.customer"),
						lead: true,
						cell: (l) => <a href={`/bills/of/${l.customer_id}`}>{l.customer}</a>,
					},
					{ head: t("bills.day"), tight: true, cell: (l) => dayOf(l.day) },
					{
						head: t("bills.sum"),
						tight: true,
						sum: true,
						cell: (l) => <span class="num">{money(l.cents, currency())}</span>,
					},
					{
						head: "",
						tight: true,
						cell: (l) =>
							may("bill") && l.cents !== 0 ? (
								<Button
									size="sm"
									kind="tint"
									busy={busy === l.kind + l.id}
									onClick={() => void mend(l)}
								>
									{named("bills.mend", l.kind)}
								</Button>
							) : (
								<Button size="sm" href={`/bills/of/${l.customer_id}`}>
									{t("bills.leak.look")}
								</Button>
							),
					},
				]}
			/>
		</>
	);
}
