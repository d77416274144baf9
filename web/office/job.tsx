/* One job: what it is done with, how far each part has come, what it comes to and costs us, and whether anybody pays. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Item, JobLine, JobPage, Technician, VisitLine } from "../shared/api";
import { call, Fault } from "../shared/call";
import { day, dayOf, moment, money, number } from "../shared/format";
import { listen } from "../shared/live";
import { toast } from "../shared/over";
import type { Place, Screen } from "../shared/router";
import { Button, Empty, FaultBar, Heading, Icon, Pill, Segments } from "../shared/ui";
import { named, t } from "../shared/words";
import { STEPS } from "./jobs";
import { say } from "./jobwords";
import { Book, blank, type Draft, Lines, read } from "./linesedit";
import { may, me } from "./me";
import { Picture } from "./picture";
import { Table } from "./table";
import { VisitState } from "./visit";
import "./jobs.css";

interface Data {
	visit: VisitLine;
	job: JobPage;
	items: Item[];
	technicians: Technician[];
}
const FREE = ["charged", "warranty", "go_back"] as const;
const currency = () => me.value?.company.currency ?? "USD";
/* Until it is done a line of a job lies on bill 1, whose number as letters this is; then on 0, the next bill. */
const open = (l: JobLine) => /^0+1$/.test(l.bill_id);
const asked = (l: JobLine) => /^0+$/.test(l.bill_id);
const over = (v: VisitLine) => ["done", "skipped", "no_access", "cancelled"].includes(v.state);

/* As linesedit.tsx writes it: what a thing is decides which taxes it meets. */
const taxed = (kind: JobLine["kind"]) =>
	kind === "part" || kind === "item" ? "part" : kind === "labour" ? "service" : "";

/* How much of the price the material eats. */
function Margin(p: { price: number; cost: number }) {
	const most = Math.max(p.price, p.cost, 1);
	return (
		<svg class="margin" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
			<rect class="margin__price" width={(p.price / most) * 100} height="8" />
			<rect
				class={p.cost > p.price ? "margin__over" : "margin__cost"}
				width={(p.cost / most) * 100}
				height="8"
			/>
		</svg>
	);
}

/* What the customer put their name to: the offer that this was, and the work, with what the finger drew. */
function Yes({ job }: { job: JobPage }) {
	const by = job.signed_by;
	if (!job.approved_by && !by) return null;
	return (
		<section class="tools signed" aria-label={say("job.yes")}>
			{job.approved_by && (
				<p class="signed__who">
					<Icon name="done" />
					<span>
						{say("job.approved", { name: job.approved_by })}
						<small>
							{job.approved_at !== null && day(job.approved_at)}{" "}
							{may("see_bills") && job.quote_id && (
								<a class="link" href={`/quotes/${job.quote_id}`}>
									{say("job.quote", { number: job.quote })}
								</a>
							)}
						</small>
					</span>
				</p>
			)}
			{by && (
				<p class="signed__who">
					<Icon name="pen" />
					<span>
						{say("job.signed", { name: by })}
						<small>{job.signed_at !== null && moment(job.signed_at)}</small>
					</span>
				</p>
			)}
			{by && job.signature_id && may("see_customers") && (
				<a
					class="signed__picture"
					href={`/api/office/files/${job.signature_id}`}
					target="_blank"
					rel="noreferrer"
				>
					<Picture id={job.signature_id} name={say("job.signed.picture", { name: by })} />
				</a>
			)}
		</section>
	);
}

function View({ data, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const { visit: v } = data;
	const [saved, setSaved] = useState<JobPage | null>(null);
	const job = saved ?? data.job;
	const [rows, setRows] = useState<Draft[]>([]);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	// A technician works on it while somebody looks
	const acts = useRef(0);
	useEffect(
		() =>
			listen((heard) => {
				if (heard === "away") return;
				const before = acts.current;
				// What was done while it was asked for is newer than what comes
				void reload().then(() => acts.current === before && setSaved(null));
			}),
		[v.id],
	);
	const go = async (work: () => Promise<JobPage>, then?: () => void) => {
		setBusy(true);
		setFault("");
		acts.current += 1;
		try {
			setSaved(await work());
			acts.current += 1;
			then?.();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
			else throw f;
		} finally {
			setBusy(false);
		}
	};
	const add = () => {
		const kept = read(rows);
		if (kept.bad) return setFault(say("line.bad", { n: kept.bad }));
		if (kept.lines.length === 0) return setFault(say("line.none"));
		void go(
			async () => {
				let page = job;
				for (const { choice: _, ...body } of kept.lines)
					page = await call("POST /api/office/visits/:id/wants", {
						id: v.id,
						body: { ...body, kind: body.kind === "discount" ? "item" : body.kind },
					});
				return page;
			},
			() => {
				setRows([]);
				toast(t("act.saved"));
			},
		);
	};
	const step = (l: JobLine, got: (typeof STEPS)[number]) =>
		void go(() => call("PUT /api/office/wants/:id", { id: l.id, body: { got } }));
	/* Put on again as it was, but for how far it had come. */
	const restore = ({ kind, item_id, text, quantity_milli, unit_cents }: JobLine) =>
		void go(() =>
			call("POST /api/office/visits/:id/wants", {
				id: v.id,
				body: {
					kind,
					item_id: /^0+$/.test(item_id) ? null : item_id,
					text,
					quantity_milli,
					unit_cents,
					tax_code: taxed(kind),
				},
			}),
		);
	const drop = (l: JobLine) =>
		void go(
			() => call("POST /api/office/wants/:id/drops", { id: l.id, body: { version: l.version } }),
			() => toast(say("job.dropped", { what: l.text }), () => restore(l)),
		);
	const free = (to: (typeof FREE)[number]) =>
		void go(
			() =>
				call("PUT /api/office/visits/:id/job", {
					id: v.id,
					body: { free: to, version: job.version },
				}),
			() => toast(t("act.saved")),
		);
	const edits = may("dispatch");
	const tech = data.technicians.find((x) => x.id === v.tech_id);
	const paid = job.lines.filter((l) => l.kind === "deposit");
	const price = job.net_cents - paid.reduce((sum, l) => sum + l.net_cents, 0);
	const asks = job.free === "charged" ? price : 0;
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("nav.jobs")}>
					<a href="/quotes/jobs">{say("jobs")}</a>
					<span aria-hidden="true">/</span>
					<a href={`/customers/${v.customer_id}`}>{v.customer}</a>
					<span aria-hidden="true">/</span>
					<Heading>{v.service}</Heading>
				</nav>
				<span class="push" />
				<VisitState visit={v} />
			</header>
			<div class="scroll">
				<section class="tools" aria-label={v.service}>
					<p class="figure">
						<b>{money(asks, currency())}</b> {say("job.price")}
					</p>
					{job.cost_cents > 0 && (
						<>
							<p class="figure">
								<b>{money(job.cost_cents, currency())}</b> {say("job.cost")}
							</p>
							<p class="figure">
								<b>{money(asks - job.cost_cents, currency())}</b> {say("job.margin")}
							</p>
							<Margin price={asks} cost={job.cost_cents} />
						</>
					)}
					<span class="meta">
						{[dayOf(v.day), tech?.name ?? t("visit.nobody"), v.street, v.city]
							.filter(Boolean)
							.join(" · ")}
					</span>
					<span class="push" />
					{edits ? (
						<Segments
							label={say("free.who")}
							value={job.free}
							choices={FREE.map((f) => ({ value: f, label: say(`free.${f}`) }))}
							onChange={free}
						/>
					) : (
						job.free !== "charged" && <Pill tone="aqua">{say(`free.${job.free}`)}</Pill>
					)}
				</section>
				{v.note && <p class="tools lines-kept">{v.note}</p>}
				<Yes job={job} />
				<FaultBar text={fault} />
				{job.lines.length === 0 ? (
					<Empty icon="box" title={say("job.none")}>
						{say("job.none.text")}
					</Empty>
				) : (
					<Table
						caption={say("job.lines")}
						rows={job.lines}
						keyOf={(l) => l.id}
						columns={[
							{
								head: say("line.text"),
								wide: true,
								cell: (l) => (
									<span class="person">
										<span>
											<b>{l.text}</b>
											<small>
												{[
													named("charge", l.kind),
													l.quantity_milli !== 1000 &&
														`${number(l.quantity_milli / 1000)} × ${money(l.unit_cents, currency())}`,
												]
													.filter(Boolean)
													.join(" · ")}
											</small>
										</span>
									</span>
								),
							},
							{
								head: say("shopping.state"),
								tight: true,
								cell: (l) =>
									l.got === "nothing" ? null : edits && open(l) && l.got !== "installed" ? (
										<div
											class="segments"
											role="group"
											aria-label={say("shopping.of", { what: l.text })}
										>
											{STEPS.map((s) => (
												<button
													key={s}
													type="button"
													aria-pressed={l.got === s}
													disabled={busy}
													onClick={() => step(l, s)}
												>
													{say(`got.${s}`)}
												</button>
											))}
										</div>
									) : (
										<Pill tone={l.got === "installed" ? "kelp" : "sun"}>{say(`got.${l.got}`)}</Pill>
									),
							},
							{
								head: say("line.sum"),
								tight: true,
								sum: true,
								cell: (l) => <span class="num">{money(l.net_cents, currency())}</span>,
							},
							{
								head: "",
								tight: true,
								cell: (l) =>
									open(l) ? (
										edits &&
										l.kind !== "deposit" && (
											<Button
												size="sm"
												kind="quiet"
												icon="x"
												label={say("job.drop", { what: l.text })}
												onClick={() => drop(l)}
											/>
										)
									) : (
										<Pill tone="off">{say(asked(l) ? "job.next" : "job.billed")}</Pill>
									),
							},
						]}
					/>
				)}
				{edits && !over(v) && (
					<section class="sheet" aria-label={say("job.add")}>
						<Book items={data.items} />
						<div class="stack">
							<h2>{say("job.add")}</h2>
							<Lines
								rows={rows.length > 0 ? rows : [blank(0)]}
								items={data.items}
								currency={currency()}
								choice={0}
								label={say("job.add")}
								change={setRows}
							/>
							<div>
								<Button kind="primary" busy={busy} disabled={rows.length === 0} onClick={add}>
									{say("job.add.go")}
								</Button>
							</div>
						</div>
					</section>
				)}
			</div>
		</>
	);
}

const screen: Screen<Data> = {
	title: "nav.jobs",
	key: (at) => at.path,
	async load(at) {
		const id = at.params.id ?? "";
		const [visit, job, items, technicians] = await Promise.all([
			call("GET /api/office/visits/:id", { id }),
			call("GET /api/office/visits/:id/job", { id }),
			call("GET /api/office/items"),
			call("GET /api/office/technicians"),
		]);
		return { visit, job, items: items.rows, technicians: technicians.rows };
	},
	view: View,
};
export default screen;
