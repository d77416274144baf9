/* What a customer was billed the last time beside what they are billed now, line by line. */
import { useEffect, useState } from "preact/hooks";
import type { BillPage, BillRun, BillRunRow, Charge, Upcoming } from "../shared/api";
import { call, Fault } from "../shared/call";
import { dayOf, money, number } from "../shared/format";
import { toast } from "../shared/over";
import { Button, Skeleton, Trouble } from "../shared/ui";
import { t } from "../shared/words";
import { say } from "./moneywords";

type Lines = Pick<BillPage | Upcoming, "lines" | "net_cents" | "tax_cents">;
interface Both {
	last: (Lines & { day: string }) | null;
	now: Lines;
}
/* More of them stand on the bill itself. */
const SHOWN = 20;

async function both(run: BillRun, r: BillRunRow): Promise<Both> {
	const [last, now] = await Promise.all([
		r.last_id ? call("GET /api/office/bills/:id", { id: r.last_id }) : null,
		r.state === "done"
			? call("GET /api/office/bills/:id", { id: r.bill_id })
			: call("GET /api/office/customers/:id/upcoming", {
					id: r.customer_id,
					query: { until: run.until },
				}),
	]);
	return { last, now };
}

/* The lines that the other bill has not: each of its lines answers for one. */
function unmatched(lines: Charge[], others: Charge[]): Set<string> {
	const key = (c: Charge) => `${c.kind} ${c.property_id} ${c.net_cents} ${c.text}`;
	const left = new Map<string, number>();
	for (const c of others) left.set(key(c), (left.get(key(c)) ?? 0) + 1);
	const fresh = new Set<string>();
	for (const c of lines) {
		const n = left.get(key(c)) ?? 0;
		if (n > 0) left.set(key(c), n - 1);
		else fresh.add(c.id);
	}
	return fresh;
}

function Side(p: { title: string; of: Lines; fresh?: Set<string>; currency: string }) {
	const { lines, net_cents, tax_cents } = p.of;
	const behind = lines.slice(SHOWN);
	const rest = behind.reduce((sum, c) => sum + c.net_cents, 0);
	return (
		<section>
			<h2>{p.title}</h2>
			<dl class="compared__lines">
				{lines.slice(0, SHOWN).map((c) => {
					const fresh = p.fresh?.has(c.id);
					return (
						<div key={c.id} class={fresh ? "compared__fresh" : undefined}>
							<dt>
								{c.text}
								{c.kind !== "month" && `, ${dayOf(c.day)}`}
							</dt>
							<dd>
								{fresh && c.net_cents > 0 && "+ "}
								{money(c.net_cents, p.currency)}
							</dd>
						</div>
					);
				})}
				{behind.length > 0 && (
					<div>
						<dt>{say("money.run.behind", { n: number(behind.length) })}</dt>
						<dd>{money(rest, p.currency)}</dd>
					</div>
				)}
				{tax_cents !== 0 && (
					<div>
						<dt>{t("bills.tax")}</dt>
						<dd>{money(tax_cents, p.currency)}</dd>
					</div>
				)}
				<div class="compared__sum">
					<dt>{say("money.run.sum")}</dt>
					<dd>{money(net_cents + tax_cents, p.currency)}</dd>
				</div>
			</dl>
		</section>
	);
}

const POLL_MS = 600;
const POLLS = 50;

/* The paper as the customer would get it, drawn while one waits; it says on each page that it is a draft. */
function Preview({ run, row }: { run: BillRun; row: BillRunRow }) {
	const [busy, setBusy] = useState(false);
	const draw = async () => {
		const ask = { id: run.id, query: { n: row.n } };
		setBusy(true);
		try {
			await call("POST /api/office/bill-runs/:id/drafts", { id: run.id, body: { n: row.n } });
			let drawn = false;
			for (let i = 0; i < POLLS && !drawn; i++) {
				await new Promise((done) => setTimeout(done, POLL_MS));
				({ drawn } = await call("GET /api/office/bill-runs/:id/drafts", ask));
			}
			if (drawn) location.assign(`/api/office/bill-runs/${run.id}/paper?n=${row.n}`);
			else toast(say("money.pdf.wait"));
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Button size="sm" icon="file" busy={busy} onClick={() => void draw()}>
			{say("money.run.preview")}
		</Button>
	);
}

export function Compared(p: { run: BillRun; row: BillRunRow; currency: string }) {
	const { run, row: r } = p;
	const [data, setData] = useState<Both | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	const [again, setAgain] = useState(0);
	useEffect(() => {
		let here = true;
		setFault(null);
		both(run, r).then(
			(d) => here && setData(d),
			(f) => here && setFault(f),
		);
		return () => {
			here = false;
		};
	}, [r.n, r.bill_id, r.last_id, r.state === "done", r.total_cents, again]);
	if (fault) return <Trouble fault={fault} again={() => setAgain(again + 1)} />;
	if (!data) return <Skeleton lines={2} />;
	return (
		<div class="compared" role="group" aria-label={say("money.run.lines", { name: r.customer })}>
			{data.last ? (
				<Side
					title={say("money.run.last.day", { day: dayOf(data.last.day) })}
					of={data.last}
					currency={p.currency}
				/>
			) : (
				<section>
					<h2>{say("money.run.last")}</h2>
					{r.what === "new" ? say("money.run.first") : money(r.last_cents, p.currency)}
				</section>
			)}
			<Side
				title={say("money.run.now.until", { day: dayOf(run.until) })}
				of={data.now}
				{...(data.last && { fresh: unmatched(data.now.lines, data.last.lines) })}
				currency={p.currency}
			/>
			{run.state === "dry" && r.state !== "done" && (
				<div class="compared__more">
					<Preview run={run} row={r} />
					{r.pays !== "unknown" && (
						<span class="meta">
							{say("money.run.pays")}: {say(`money.run.pays.${r.pays}`)}
						</span>
					)}
				</div>
			)}
		</div>
	);
}
