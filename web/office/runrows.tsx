/* The customers of a run: what they are billed, what is different, and why; a row opens upon its lines. */
import { Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { BillRun, BillRunRow, BillRunRows } from "../shared/api";
import { call, Fault } from "../shared/call";
import { dayOf, money } from "../shared/format";
import { toast } from "../shared/over";
import { Button, Icon } from "../shared/ui";
import { named } from "../shared/words";
import { Compared } from "./compared";
import { Differs } from "./differs";
import { may, me } from "./me";
import { type MoneyKey, say } from "./moneywords";
import { useNarrow } from "./narrow";
import { NotFound } from "./paged";
import { Table } from "./table";

export const SHOWS = ["different", "wrong", "new", "stopped", "same", "held", "all"] as const;
export type Show = (typeof SHOWS)[number];

/* What slipped through stands beside the rows, and leaves the words their room, not the lengths. */
const BESIDE = "(min-width: 1200px) and (max-width: 1599px)";

export const currency = () => me.value?.company.currency ?? "USD";
export const signed = (cents: number) => `${cents > 0 ? "+ " : ""}${money(cents, currency())}`;

function Why({ row: r }: { row: BillRunRow }) {
	if (r.problem) return <>{r.problem}</>;
	const stopped = r.stopped_day && say("money.run.stopped", { day: dayOf(r.stopped_day) });
	if (r.changes.length === 0)
		return <>{stopped || say(r.what === "new" ? "money.run.first" : "money.run.unchanged")}</>;
	return (
		<>
			{stopped}
			{r.changes.map((c, i) => (
				<Fragment key={c.kind}>
					{(i > 0 || stopped) && ", "}
					{named("charge", c.kind)} <span class="num nowrap">{signed(c.cents)}</span>
				</Fragment>
			))}
		</>
	);
}

/* What is behind the first page stays while customers are left out one by one; a run that moves is shown from its head. */
export function Rows(p: {
	run: BillRun;
	first: BillRunRows;
	show: Show;
	q: string;
	changed: () => Promise<void>;
}) {
	const [more, setMore] = useState<BillRunRow[]>([]);
	const [next, setNext] = useState(p.first.next ?? null);
	const [busy, setBusy] = useState(0);
	const [open, setOpen] = useState(0);
	const moves = p.run.state !== "dry";
	const crowded = useNarrow(BESIDE);
	useEffect(() => {
		if (!moves && more.length > 0) return;
		setMore([]);
		setNext(p.first.next ?? null);
	}, [p.first]);
	const hold = async (r: BillRunRow, out: boolean) => {
		setBusy(r.n);
		try {
			await call("POST /api/office/bill-runs/:id/holds", {
				id: p.run.id,
				body: { n: r.n, hold: out },
			});
			setMore((rows) =>
				rows.map((x) => (x.n === r.n ? { ...x, state: out ? "held" : "waiting" } : x)),
			);
			await p.changed();
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
		} finally {
			setBusy(0);
		}
	};
	const fetchMore = async () => {
		const page = await call("GET /api/office/bill-runs/:id/rows", {
			id: p.run.id,
			query: { show: p.show, q: p.q, after: next ?? 0 },
		});
		setMore([...more, ...page.rows]);
		setNext(page.next ?? null);
	};
	const rows = [...p.first.rows, ...more];
	if (rows.length === 0)
		return p.q ? <NotFound /> : <p class="tools faint">{say("money.run.nothing")}</p>;
	const chooses = p.run.state === "dry" && may("bill");
	const toggle = (r: BillRunRow) => setOpen(open === r.n ? 0 : r.n);
	const most = Math.max(...rows.map((r) => Math.abs(r.total_cents - r.last_cents)));
	return (
		<>
			<Table
				caption={say("money.runs")}
				rows={rows}
				keyOf={(r) => r.n}
				onOpen={toggle}
				under={(r) =>
					open === r.n ? <Compared run={p.run} row={r} currency={currency()} /> : null
				}
				columns={[
					...(chooses
						? [
								{
									head: "",
									tight: true,
									pick: true,
									cell: (r: BillRunRow) =>
										r.state === "waiting" || r.state === "held" ? (
											<label class="check tick">
												<input
													type="checkbox"
													aria-label={say("money.run.in", { name: r.customer })}
													checked={r.state === "waiting"}
													disabled={busy === r.n}
													onChange={() => void hold(r, r.state === "waiting")}
												/>
											</label>
										) : null,
								},
							]
						: []),
					{
						head: say("money.run.customer"),
						lead: true,
						cell: (r) => (
							<span class="opens">
								<button
									type="button"
									aria-expanded={open === r.n}
									aria-label={say("money.run.lines", { name: r.customer })}
									onClick={() => toggle(r)}
								>
									<Icon name={open === r.n ? "down" : "right"} />
								</button>
								<a href={`/bills/of/${r.customer_id}`}>{r.customer}</a>
							</span>
						),
					},
					{
						head: say("money.run.last"),
						tight: true,
						sum: true,
						desk: true,
						cell: (r) =>
							r.what === "new" ? (
								<span class="faint">–</span>
							) : (
								<span class="num faint">{money(r.last_cents, currency())}</span>
							),
					},
					{
						head: say("money.run.change"),
						tight: true,
						sum: true,
						desk: true,
						cell: (r) => <span class="num">{signed(r.total_cents - r.last_cents)}</span>,
					},
					...(crowded
						? []
						: [
								{
									head: "",
									top: <span class="unseen">{say("money.run.change")}</span>,
									tight: true,
									desk: true,
									cell: (r: BillRunRow) => (
										<Differs by={r.total_cents - r.last_cents} most={most} />
									),
								},
							]),
					{
						head: say("money.run.now"),
						tight: true,
						sum: true,
						cell: (r) => <b class="num">{money(r.total_cents, currency())}</b>,
					},
					{
						head: say("money.run.why"),
						wide: true,
						cell: (r) => <Why row={r} />,
					},
					{
						head: say("money.run.pays"),
						tight: true,
						desk: true,
						cell: (r) => (
							<span class="faint">
								{r.pays === "unknown" ? "–" : say(`money.run.pays.${r.pays}` as MoneyKey)}
							</span>
						),
					},
					...(rows.some((r) => r.state === "done" || (r.state === "wrong" && chooses))
						? [
								{
									head: "",
									tight: true,
									cell: (r: BillRunRow) =>
										r.state === "done" ? (
											<a
												class="link"
												href={`/bills/${r.bill_id}`}
												aria-label={say("money.run.bill.of", { name: r.customer })}
											>
												{say("money.run.bill")}
											</a>
										) : r.state === "wrong" && chooses ? (
											<Button size="sm" busy={busy === r.n} onClick={() => void hold(r, false)}>
												{say("money.run.take")}
											</Button>
										) : null,
								},
							]
						: []),
				]}
			/>
			{next !== null && (
				<div class="tools">
					<Button onClick={() => void fetchMore()}>{say("money.run.more")}</Button>
				</div>
			)}
		</>
	);
}
