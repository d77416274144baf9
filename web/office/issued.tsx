/* What was issued between two days, newest first, page by page; found by a number, a name or a title. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { BillCard, BillList } from "../shared/api";
import { call, Fault } from "../shared/call";
import { addDays, isDay } from "../shared/days";
import { go, type Place } from "../shared/router";
import { Button, Empty, FaultBar, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { BillTable } from "./bills";
import { say } from "./moneywords";
import { today } from "./technicians";

const DAYS = 92;
const KINDS = ["invoice", "statement"] as const;
/* A company gives its customers the one or the other, or each what it wants: two lists, shown as one. */
export type IssuedPages = Record<(typeof KINDS)[number], BillList>;

export function issuedIn(at: Place): { from: string; to: string } {
	const [from, to] = [at.query.get("from") ?? "", at.query.get("to") ?? ""];
	return isDay(from) && isDay(to) && from <= to
		? { from, to }
		: { from: addDays(today(), -DAYS), to: today() };
}

/* before: the pages that are there; those behind them are asked for. */
export async function askIssued(
	days: { from: string; to: string },
	q: string,
	before?: IssuedPages,
): Promise<IssuedPages> {
	const ask = async (kind: (typeof KINDS)[number]): Promise<BillList> => {
		const last = before?.[kind];
		if (last && !last.next_id) return last;
		const behind = last && { before_day: last.next_day ?? "", before_id: last.next_id ?? "" };
		const page = await call("GET /api/office/bills", {
			query: { kind, state: "issued", ...days, q, ...behind },
		});
		return { ...page, rows: [...(last?.rows ?? []), ...page.rows] };
	};
	const [invoice, statement] = await Promise.all([ask("invoice"), ask("statement")]);
	return { invoice, statement };
}

/* Of two lists that go on, nothing is shown that the other may still have something before. */
function together(pages: IssuedPages): BillCard[] {
	const open = KINDS.map((k) => pages[k])
		.filter((x) => x.next_id)
		.map((x) => x.next_day ?? "");
	const from = open.sort().at(-1) ?? "";
	return [...pages.invoice.rows, ...pages.statement.rows]
		.filter((b) => b.day >= from)
		.sort((a, b) => b.day.localeCompare(a.day) || b.id.localeCompare(a.id));
}

export function Issued(p: { pages: IssuedPages; at: Place }) {
	const [pages, setPages] = useState(p.pages);
	const [q, setQ] = useState("");
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const asked = useRef(0);
	const days = issuedIn(p.at);
	useEffect(() => setPages(p.pages), [p.pages]);
	const ask = async (before?: IssuedPages) => {
		const n = ++asked.current;
		setBusy(true);
		setFault("");
		try {
			const next = await askIssued(days, q.trim(), before);
			if (n === asked.current) setPages(next);
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		} finally {
			setBusy(false);
		}
	};
	// The first page is there; what is typed is asked for when the typing pauses
	const first = useRef(true);
	useEffect(() => {
		if (first.current) {
			first.current = false;
			return;
		}
		const later = setTimeout(() => void ask(), 250);
		return () => clearTimeout(later);
	}, [q]);
	const rows = together(pages);
	const move = (part: Partial<typeof days>) => {
		const next = { ...days, ...part };
		if (isDay(next.from) && isDay(next.to)) go(`/bills/issued?${new URLSearchParams(next)}`, true);
	};
	return (
		<>
			<section class="tools" aria-label={t("bills.issued")}>
				<label class="field grow issued__find">
					<span class="field__label">{say("money.issued.find")}</span>
					<span class="with">
						<Icon name="search" />
						<input
							class="input"
							type="search"
							maxLength={60}
							value={q}
							onInput={(e) => setQ(e.currentTarget.value)}
						/>
					</span>
				</label>
				<span class="push" />
				{(["from", "to"] as const).map((end) => (
					<label class="field" key={end}>
						<span class="field__label">{say(`money.issued.${end}`)}</span>
						<input
							class="input"
							type="date"
							value={days[end]}
							onChange={(e) => move({ [end]: e.currentTarget.value })}
						/>
					</label>
				))}
			</section>
			<FaultBar text={fault} />
			{rows.length > 0 ? (
				<BillTable rows={rows} customer />
			) : q.trim() ? (
				<p class="tools faint">{say("money.issued.none")}</p>
			) : (
				<Empty icon="file" title={t("bills.issued.none")}>
					{t("bills.issued.none.text")}
				</Empty>
			)}
			{KINDS.some((k) => pages[k].next_id) && (
				<div class="more">
					<Button busy={busy} onClick={() => void ask(pages)}>
						{t("act.more")}
					</Button>
				</div>
			)}
		</>
	);
}
