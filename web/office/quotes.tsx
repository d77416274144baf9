/* Offers: which wait for an answer, which were approved, declined, withdrawn, or never sent. */
import type { QuoteCard, QuoteList } from "../shared/api";
import { call } from "../shared/call";
import { dayOf, money } from "../shared/format";
import { go, type Place, type Screen } from "../shared/router";
import { Button, Empty, Heading, Pill } from "../shared/ui";
import { JobTabs } from "./jobtabs";
import { say, sayCount } from "./jobwords";
import { may } from "./me";
import { Finder, More, NotFound, usePaged } from "./paged";
import { Table } from "./table";
import { Take } from "./taken";

type State = QuoteCard["state"];
const STATES: State[] = ["issued", "draft", "approved", "declined", "void"];
interface Data {
	page: QuoteList;
	state: State;
}

async function ask(state: State, q: string, before?: QuoteList): Promise<QuoteList> {
	const behind = before && {
		before_day: before.next_day ?? "",
		before_id: before.next_id ?? "",
	};
	const page = await call("GET /api/office/quotes", { query: { state, q, ...behind } });
	return { ...page, rows: [...(before?.rows ?? []), ...page.rows] };
}

export const cameTo = (q: QuoteCard) =>
	q.least_cents === q.most_cents
		? money(q.most_cents, q.currency)
		: say("quote.range", {
				least: money(q.least_cents, q.currency),
				most: money(q.most_cents, q.currency),
			});

export function StateOf(p: { q: { state: State; over: boolean; asked?: boolean } }) {
	const { q } = p;
	if (q.asked && q.state === "issued") return <Pill tone="coral">{say("quote.asks")}</Pill>;
	if (q.over) return <Pill tone="off">{say("quote.over")}</Pill>;
	const tone = {
		issued: "sun",
		draft: "off",
		approved: "kelp",
		declined: "coral",
		void: "off",
	} as const;
	return <Pill tone={tone[q.state]}>{say(`quote.state.${q.state}`)}</Pill>;
}

function View({ data }: { data: Data; at: Place }) {
	const list = usePaged(data.page, (q, before) => ask(data.state, q, before));
	const { rows, next_id } = list.page;
	return (
		<>
			<header class="bar">
				<Heading>{say("quotes")}</Heading>
				<span class="bar__sub">{!next_id && sayCount("quotes.sub", rows.length)}</span>
				<span class="push" />
				<Take list="quotes" query={{ state: data.state, q: list.q.trim() }} />
				{may("bill") && (
					<Button kind="primary" icon="plus" href="/quotes/new">
						{say("quotes.new")}
					</Button>
				)}
			</header>
			<JobTabs here="quotes" />
			<div class="scroll">
				<Finder list={list} name={say("quotes")}>
					<nav class="chips" aria-label={say("quotes")}>
						{STATES.map((s) => (
							<a
								key={s}
								class="chip"
								href={s === "issued" ? "/quotes" : `/quotes?state=${s}`}
								aria-current={data.state === s ? "page" : undefined}
							>
								{say(`quotes.state.${s}`)}
							</a>
						))}
					</nav>
				</Finder>
				{rows.length === 0 && list.q.trim() ? (
					<NotFound />
				) : rows.length === 0 ? (
					<Empty icon="file" title={say("quotes.none")}>
						{say("quotes.none.text")}
					</Empty>
				) : (
					<Table
						caption={say("quotes")}
						rows={rows}
						keyOf={(q) => q.id}
						onOpen={(q) => go(`/quotes/${q.id}`)}
						columns={[
							{
								head: say("quote.title"),
								wide: true,
								cell: (q) => (
									<span class="person">
										<span>
											<a href={`/quotes/${q.id}`}>{q.title}</a>
											<small>{[q.number || say("quote.draft"), q.customer].join(" · ")}</small>
										</span>
									</span>
								),
							},
							{
								head: say("quote.until"),
								tight: true,
								desk: true,
								cell: (q) => dayOf(q.due_day),
							},
							{
								head: say("line.sum"),
								tight: true,
								sum: true,
								cell: (q) => <span class="num">{cameTo(q)}</span>,
							},
							{ head: "", tight: true, cell: (q) => <StateOf q={q} /> },
						]}
					/>
				)}
				{next_id && <More list={list} />}
			</div>
		</>
	);
}

const screen: Screen<Data> = {
	title: "nav.jobs",
	key: (at) => at.path + at.query.get("state"),
	async load(at) {
		const state = STATES.find((s) => s === at.query.get("state")) ?? "issued";
		return { state, page: await ask(state, "") };
	},
	view: View,
};
export default screen;
