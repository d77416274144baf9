/* What was issued between two days, newest first, page by page; found by a number, a name or a title. */
import type { BillCard, BillList } from "../shared/api";
import { call } from "../shared/call";
import { addDays } from "../shared/days";
import { go, type Place } from "../shared/router";
import { Empty } from "../shared/ui";
import { t } from "../shared/words";
import { BillTable } from "./bills";
import { type Days, daysIn, Finder, More, NotFound, usePaged } from "./paged";
import { today } from "./technicians";

const DAYS = 92;
const KINDS = ["invoice", "statement"] as const;
/* A company gives its customers the one or the other, or each what it wants: two lists, shown as one. */
export type IssuedPages = Record<(typeof KINDS)[number], BillList>;

export const issuedIn = (at: Place) => daysIn(at, { from: addDays(today(), -DAYS), to: today() });

/* before: the pages that are there; those behind them are asked for. */
export async function askIssued(days: Days, q: string, before?: IssuedPages): Promise<IssuedPages> {
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
	const days = issuedIn(p.at);
	const list = usePaged(p.pages, (q, before) => askIssued(days, q, before));
	const rows = together(list.page);
	return (
		<>
			<Finder
				list={list}
				name={t("bills.issued")}
				days={days}
				move={(next) => go(`/bills/issued?${new URLSearchParams({ ...next })}`, true)}
			/>
			{rows.length > 0 ? (
				<BillTable rows={rows} customer />
			) : list.q.trim() ? (
				<NotFound />
			) : (
				<Empty icon="file" title={t("bills.issued.none")}>
					{t("bills.issued.none.text")}
				</Empty>
			)}
			{KINDS.some((k) => list.page[k].next_id) && <More list={list} />}
		</>
	);
}
