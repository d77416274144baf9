/* What slipped through, beside the run that can still take it along: each kind with its sum and what mends all of it. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { BillRun, LeakLine } from "../shared/api";
import { call, Fault } from "../shared/call";
import { addDays } from "../shared/days";
import { money, number } from "../shared/format";
import { toast } from "../shared/over";
import { Button, FaultBar, Icon, Skeleton } from "../shared/ui";
import { named, t } from "../shared/words";
import { LEAK_DAYS, LEAK_KINDS, type LeakKind, lost, sumOf } from "./leaks";
import { may, me } from "./me";
import { type MoneyKey, say } from "./moneywords";
import { today } from "./technicians";

/* More are looked at one by one. */
const AT_ONCE = 30;
const NAMES = 2;

const currency = () => me.value?.company.currency ?? "USD";

/* "Ruiz, Ortega and 2 more" */
function names(lines: LeakLine[]): string {
	const all = [...new Set(lines.map((l) => l.customer))];
	const first = all.slice(0, NAMES).join(", ");
	return all.length > NAMES
		? say("money.leaks.more", { names: first, n: number(all.length - NAMES) })
		: first;
}

function Kind(p: {
	kind: LeakKind;
	lines: LeakLine[];
	busy: boolean;
	mend: (lines: LeakLine[]) => void;
}) {
	const { kind, lines } = p;
	const mendable = lines.filter((l) => l.cents !== 0);
	const title = named("bills.leak", kind);
	return (
		<section
			class={lines.length > 0 ? "runleaks__kind" : "runleaks__kind faint"}
			aria-label={title}
		>
			<h3>
				{title} <span class="num">{money(sumOf(lines), currency())}</span>
			</h3>
			{lines.length === 0 ? (
				<p>{say("money.leaks.nothing")}</p>
			) : (
				<>
					<p>
						{names(lines)}. {say(`money.leaks.about.${kind}` as MoneyKey)}
					</p>
					<div class="runleaks__do">
						{may("bill") && mendable.length > 0 && mendable.length <= AT_ONCE && (
							<Button size="sm" busy={p.busy} onClick={() => p.mend(mendable)}>
								{mendable.length === 1
									? named("bills.mend", kind)
									: say(`money.leaks.mend.${kind}` as MoneyKey, { n: number(mendable.length) })}
							</Button>
						)}
						<Button size="sm" kind="quiet" href="/bills/leaks">
							{t("bills.leak.look")}
						</Button>
					</div>
				</>
			)}
		</section>
	);
}

export function RunLeaks(p: { run: BillRun; changed: () => Promise<void> }) {
	const [rows, setRows] = useState<LeakLine[] | null>(null);
	const [busy, setBusy] = useState<LeakKind | "">("");
	const [fault, setFault] = useState("");
	const head = useRef<HTMLHeadingElement>(null);
	const look = async () => {
		const query = { from: addDays(today(), -LEAK_DAYS), to: today() };
		setRows((await call("GET /api/office/leaks", { query })).rows);
	};
	useEffect(() => {
		look().catch((f) => f instanceof Fault && setFault(f.message));
	}, [p.run.id]);
	/* One after the other: each is a work of its own. What was mended before one fails stays mended, and is in the run, too. */
	const mend = async (kind: LeakKind, lines: LeakLine[]) => {
		setBusy(kind);
		setFault("");
		const mended = new Set<string>();
		try {
			try {
				for (const l of lines) {
					await call("POST /api/office/leaks/:id/mends", { id: l.id, body: { kind } });
					mended.add(l.customer_id);
				}
			} finally {
				if (p.run.state === "dry" && kind !== "paid_not_applied")
					for (const customer_id of mended)
						await call("POST /api/office/bill-runs/:id/reckonings", {
							id: p.run.id,
							body: { customer_id },
						});
			}
			toast(
				say("money.leaks.mended", {
					n: number(lines.length),
					sum: money(sumOf(lines), currency()),
				}),
			);
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		} finally {
			await Promise.allSettled([look(), p.changed()]);
			setBusy("");
			/* The button goes with what it has mended: the keyboard stands at the head of the list then. */
			setTimeout(() => document.activeElement === document.body && head.current?.focus());
		}
	};
	if (!rows)
		return (
			<aside class="runleaks">{fault ? <FaultBar text={fault} /> : <Skeleton lines={4} />}</aside>
		);
	const gone = lost(rows);
	return (
		<aside class="runleaks" aria-label={t("bills.leaks")}>
			<div class="runleaks__head">
				<h2 ref={head} tabIndex={-1}>
					<Icon name={gone > 0 ? "drop" : "done"} />
					{t("bills.leaks")}
				</h2>
				<p>
					<b>{say("money.leaks.sum", { sum: money(gone, currency()) })}</b>{" "}
					<span>
						{gone > 0 ? say("money.leaks.proven") : t("bills.leaks.none.text", { n: LEAK_DAYS })}
					</span>
				</p>
				<a class="link runleaks__all" href="/bills/leaks">
					{say("money.leaks.all")}
				</a>
			</div>
			<FaultBar text={fault} />
			<div class="runleaks__kinds">
				{LEAK_KINDS.map((kind) => (
					<Kind
						key={kind}
						kind={kind}
						lines={rows.filter((l) => l.kind === kind)}
						busy={busy === kind}
						mend={(lines) => void mend(kind, lines)}
					/>
				))}
			</div>
		</aside>
	);
}
