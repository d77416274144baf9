/* Jobs of these weeks, what they still need, and what those cost that nobody pays. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type {
	Customer,
	FreeJob,
	FreeJobs,
	JobList,
	ShoppingList,
	ShoppingRow,
} from "../shared/api";
import { call, Fault } from "../shared/call";
import { addDays } from "../shared/days";
import { dayOf, duration, money, number } from "../shared/format";
import { toast } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import { Banner, Button, Empty, FaultBar, Heading, Pill } from "../shared/ui";
import { t } from "../shared/words";
import { type JobTab, JobTabs } from "./jobtabs";
import { say, sayCount } from "./jobwords";
import { may, me } from "./me";
import { DayFields, type Days, daysIn, Finder, More, NotFound, usePaged } from "./paged";
import { Table } from "./table";
import { Take } from "./taken";
import { today } from "./technicians";
import { marks } from "./visit";
import "./jobs.css";

interface Data {
	tab: JobTab;
	jobs: JobList | null /* what a tab does not show is not asked for */;
	shopping: ShoppingList | null;
	whose: Customer | null /* of one customer alone */;
	free: FreeJobs | null;
}
const BACK = 30;
const AHEAD = 60;
const FREE_DAYS = 180;
const MOST_DAYS = 366; /* JOBS_WINDOW_DAYS of fcgi/acts/wants.h */
const jobDays = (at: Place) =>
	daysIn(at, { from: addDays(today(), -BACK), to: addDays(today(), AHEAD) });
const freeDays = (at: Place) =>
	daysIn(at, { from: addDays(today(), -FREE_DAYS), to: addDays(today(), AHEAD) });
const moveTo = (path: string) => (days: Days) =>
	go(`${path}?${new URLSearchParams({ ...days })}`, true);

async function askJobs(days: Days, q: string, before?: JobList): Promise<JobList> {
	const behind = before && { after_day: before.next_day ?? "", after_id: before.next_id ?? "" };
	const page = await call("GET /api/office/jobs", { query: { ...days, q, ...behind } });
	return { ...page, rows: [...(before?.rows ?? []), ...page.rows] };
}

const currency = () => me.value?.company.currency ?? "USD";

function Jobs(p: { page: JobList; at: Place }) {
	const days = jobDays(p.at);
	const list = usePaged(p.page, (q, before) => askJobs(days, q, before));
	const { rows, next_id } = list.page;
	return (
		<Frame
			tab="jobs"
			sub={!next_id && sayCount("jobs.sub", rows.length)}
			acts={
				<>
					<Take list="jobs" query={{ ...days, q: list.q.trim() }} />
					{may("dispatch") && (
						<Button kind="primary" icon="plus" href="/quotes/jobs/new">
							{say("job.new")}
						</Button>
					)}
				</>
			}
		>
			<Finder
				list={list}
				name={say("jobs")}
				label={say("jobs.find")}
				days={days}
				move={moveTo("/quotes/jobs")}
				most={MOST_DAYS}
			/>
			{rows.length > 0 ? (
				<Table
					caption={say("jobs")}
					rows={rows}
					keyOf={(j) => j.id}
					onOpen={(j) => go(`/quotes/jobs/${j.id}`)}
					columns={[
						{
							head: say("jobs.what"),
							wide: true,
							cell: (j) => (
								<span class="person">
									<span>
										<a href={`/quotes/jobs/${j.id}`}>{j.service}</a>
										<small>{[j.customer, j.street].filter(Boolean).join(" · ")}</small>
									</span>
								</span>
							),
						},
						{ head: say("jobs.day"), tight: true, cell: (j) => dayOf(j.day) },
						{
							head: say("jobs.who"),
							tight: true,
							desk: true,
							cell: (j) => j.tech ?? <span class="faint">{say("jobs.nobody")}</span>,
						},
						{
							head: say("line.sum"),
							tight: true,
							sum: true,
							cell: (j) =>
								j.cents === 0 && j.free === "charged" ? (
									<span class="faint">{say("jobs.noprice")}</span>
								) : (
									<span class="num">{money(j.cents, currency())}</span>
								),
						},
						{
							head: "",
							tight: true,
							cell: (j) => (
								<span class="row">
									{j.free !== "charged" && <Pill tone="aqua">{say(`free.${j.free}`)}</Pill>}
									{j.missing > 0 && <Pill tone="sun">{sayCount("jobs.missing", j.missing)}</Pill>}
									<Pill tone={marks[j.state][1]} icon={marks[j.state][0]}>
										{t(`visit.state.${j.state}`)}
									</Pill>
								</span>
							),
						},
					]}
				/>
			) : list.q.trim() ? (
				<NotFound />
			) : (
				<Empty icon="wrench" title={say("jobs.none")}>
					{say("jobs.none.text")}
				</Empty>
			)}
			{next_id && <More list={list} />}
		</Frame>
	);
}

export const STEPS = ["needed", "bought", "on_van"] as const;

function Shopping(p: { list: ShoppingList; whose: Customer | null; reload: () => Promise<void> }) {
	const { rows, more } = p.list;
	const missing = sayCount("jobs.missing", rows.length);
	const [fault, setFault] = useState("");
	const step = async (r: ShoppingRow, got: (typeof STEPS)[number]) => {
		setFault("");
		const was = r.got;
		const set = async (to: ShoppingRow["got"]) => {
			await call("PUT /api/office/wants/:id", { id: r.id, body: { got: to } });
			await p.reload();
		};
		try {
			await set(got);
			toast(say("shopping.now", { what: r.text, got: say(`got.${got}`) }), () => void set(was));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return (
		<Frame
			tab="shopping"
			sub={rows.length > 0 ? missing : say("shopping")}
			acts={
				<>
					<Take list="wants" query={p.whose ? { customer_id: p.whose.id } : {}} />
					{rows.length > 0 && (
						<Button icon="print" onClick={() => print()}>
							{say("shopping.print")}
						</Button>
					)}
				</>
			}
		>
			<FaultBar text={fault} />
			{p.whose && (
				<p class="tools">
					<span>
						{say("shopping.whose")} <a href={`/customers/${p.whose.id}`}>{p.whose.name}</a>
					</span>
					<a class="link" href="/quotes/shopping">
						{say("shopping.all")}
					</a>
				</p>
			)}
			{more && (
				<div class="notice">
					<Banner icon="box">{say("shopping.more", { n: number(rows.length) })}</Banner>
				</div>
			)}
			{rows.length === 0 ? (
				<Empty icon="box" title={say("shopping.none")}>
					{say("shopping.none.text")}
				</Empty>
			) : (
				<Table
					caption={say("shopping")}
					rows={rows}
					keyOf={(r) => r.id}
					columns={[
						{
							head: say("line.text"),
							wide: true,
							cell: (r) => (
								<span class="person">
									<span>
										<b>
											{r.quantity_milli !== 1000 && `${number(r.quantity_milli / 1000)} × `}
											{r.text}
										</b>
										<small>
											<a href={`/quotes/jobs/${r.visit_id}`}>
												{[r.customer, dayOf(r.day), r.tech].filter(Boolean).join(" · ")}
											</a>
										</small>
									</span>
								</span>
							),
						},
						{
							head: say("shopping.cost"),
							tight: true,
							sum: true,
							desk: true,
							cell: (r) =>
								r.cost_cents > 0 ? (
									<span class="num">{money(r.cost_cents, currency())}</span>
								) : (
									<span class="faint">–</span>
								),
						},
						{
							head: say("shopping.state"),
							tight: true,
							cell: (r) =>
								may("dispatch") ? (
									<div
										class="segments"
										role="group"
										aria-label={say("shopping.of", { what: r.text })}
									>
										{STEPS.map((s) => (
											<button
												key={s}
												type="button"
												aria-pressed={r.got === s}
												onClick={() => void step(r, s)}
											>
												{say(`got.${s}`)}
											</button>
										))}
									</div>
								) : (
									say(`got.${r.got}`)
								),
						},
					]}
				/>
			)}
		</Frame>
	);
}

function Free(p: { free: FreeJobs; at: Place }) {
	const days = freeDays(p.at);
	return (
		<Frame tab="free" sub={say("free")} acts={<Take list="free-jobs" query={{ ...days }} />}>
			<section class="tools" aria-label={say("free")}>
				<p class="figure">
					<b>{money(p.free.cost_cents, currency())}</b> {say("free.material")}
				</p>
				<p class="figure">
					<b>{duration(p.free.minutes)}</b> {say("free.time")}
				</p>
				<DayFields days={days} move={moveTo("/quotes/free")} most={MOST_DAYS} />
			</section>
			{p.free.more && (
				<div class="notice">
					<Banner icon="shield">{say("free.more", { n: p.free.rows.length })}</Banner>
				</div>
			)}
			{p.free.rows.length === 0 ? (
				<Empty icon="shield" title={say("free.none")}>
					{say("free.none.text")}
				</Empty>
			) : (
				<Table
					caption={say("free")}
					rows={p.free.rows}
					keyOf={(j) => j.id}
					onOpen={(j) => go(`/quotes/jobs/${j.id}`)}
					columns={[
						{
							head: say("jobs.what"),
							wide: true,
							cell: (j: FreeJob) => (
								<span class="person">
									<span>
										<a href={`/quotes/jobs/${j.id}`}>{j.service}</a>
										<small>{[j.customer, j.note.split("\n")[0]].filter(Boolean).join(" · ")}</small>
									</span>
								</span>
							),
						},
						{ head: say("jobs.day"), tight: true, cell: (j) => dayOf(j.day) },
						{ head: say("free.why"), tight: true, cell: (j) => say(`free.${j.free}`) },
						{ head: say("free.time"), tight: true, desk: true, cell: (j) => duration(j.minutes) },
						{
							head: say("free.material"),
							tight: true,
							sum: true,
							cell: (j) => (
								<span class="num">{money(j.part_cents + j.dose_cents, currency())}</span>
							),
						},
					]}
				/>
			)}
		</Frame>
	);
}

/* What the three tabs have in common: the name, how many, what can be done. */
function Frame(p: {
	tab: JobTab;
	sub: ComponentChildren;
	acts: ComponentChildren;
	children: ComponentChildren;
}) {
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.jobs")}</Heading>
				<span class="bar__sub">{p.sub}</span>
				<span class="push" />
				{p.acts}
			</header>
			<JobTabs here={p.tab} />
			<div class="scroll">{p.children}</div>
		</>
	);
}

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	if (data.jobs) return <Jobs page={data.jobs} at={at} />;
	if (data.free) return <Free free={data.free} at={at} />;
	return data.shopping && <Shopping list={data.shopping} whose={data.whose} reload={reload} />;
}

const screen: Screen<Data> = {
	title: "nav.jobs",
	key: (at) => [at.path, ...["from", "to", "customer"].map((x) => at.query.get(x))].join(),
	async load(at) {
		const tab: JobTab = at.path.endsWith("shopping")
			? "shopping"
			: at.path.endsWith("free")
				? "free"
				: "jobs";
		const customer = tab === "shopping" ? at.query.get("customer") : null;
		const [jobs, shopping, whose, free] = await Promise.all([
			tab === "jobs" ? askJobs(jobDays(at), "") : null,
			tab === "shopping"
				? call("GET /api/office/wants", { query: customer ? { customer_id: customer } : {} })
				: null,
			customer ? call("GET /api/office/customers/:id", { id: customer }) : null,
			tab === "free" ? call("GET /api/office/free-jobs", { query: freeDays(at) }) : null,
		]);
		return { tab, jobs, shopping, whose, free };
	},
	view: View,
};
export default screen;
