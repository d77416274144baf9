/* What was promised to a customer, on the side of their record: how often, by whom, at what rate, and what comes. */
import { useEffect, useState } from "preact/hooks";
import type { Agreement, Customer, Service, Term } from "../shared/api";
import { call } from "../shared/call";
import { dayOf, money, weekday } from "../shared/format";
import { Badge, Button, Icon, Pill } from "../shared/ui";
import { t } from "../shared/words";
import { may, me } from "./me";
import type { Page } from "./record";
import { ruleWords } from "./rule";
import { today, useTechnicians } from "./technicians";
import { every } from "./template";
import { windowOf } from "./visit";

/* The term that works on a day; the next one, if none does yet. */
export const termOn = (a: Agreement, day: string): Term | undefined => {
	const works = a.terms.filter((x) => x.kind === "works");
	return works.filter((x) => x.from_day <= day).at(-1) ?? works[0];
};
export const heldOn = (a: Agreement, day: string): Term | undefined =>
	a.terms
		.filter((x) => x.kind === "hold" && x.from_day <= day && (!x.until_day || x.until_day >= day))
		.at(-1);

export const oftenWords = (a: Agreement, term: Term): string =>
	a.repeats === "since_done"
		? t("agreement.since.done", { every: every(term.every_days) })
		: ruleWords(term.rule);

export function rateWords(term: Term): string {
	const currency = me.value?.company.currency ?? "USD";
	return t(`agreement.rate.${term.rate_kind}.${term.with_chemicals ? "with" : "without"}`, {
		rate: money(term.rate_cents, currency),
	});
}

/* The agreements of a customer with all their terms; asked anew when the record changes. */
export function useAgreements(customer: Customer): Agreement[] | null {
	const [rows, set] = useState<Agreement[] | null>(null);
	useEffect(() => {
		let wanted = true;
		call("GET /api/office/agreements", { query: { customer_id: customer.id } }).then(
			(out) => wanted && set(out.rows),
			() => wanted && set([]),
		);
		return () => {
			wanted = false;
		};
	}, [customer]);
	return rows;
}

let keptServices: Service[] | null = null;
export function useServices(): Service[] {
	const [rows, set] = useState<Service[]>(keptServices ?? []);
	useEffect(() => {
		let wanted = true;
		call("GET /api/office/services", { query: { archived: true } }).then(
			(out) => {
				keptServices = out.rows;
				if (wanted) set(out.rows);
			},
			() => {},
		);
		return () => {
			wanted = false;
		};
	}, []);
	return rows;
}

export function Agreements(p: { page: Page; edits: boolean }) {
	const { customer } = p.page;
	const rows = useAgreements(customer);
	const services = useServices();
	const techs = useTechnicians();
	const place = customer.properties.find((x) => !x.archived_at);
	const open = (rows ?? []).filter((a) => !a.closed);
	const add = p.edits && place && (
		<>
			{may("see_board") && (
				<Button
					kind="quiet"
					size="sm"
					icon="route"
					onClick={() => p.page.edit(`offers:${place.id}`)}
				>
					{t("offers.find")}
				</Button>
			)}
			<Button
				kind="quiet"
				size="sm"
				icon="plus"
				onClick={() => p.page.edit(`agreement-new:${place.id}`)}
			>
				{t("agreement.add")}
			</Button>
		</>
	);
	if (rows && open.length === 0)
		return (
			<section class="sidepart" aria-label={t("agreement.title")}>
				<div class="sidepart__head">
					<h2>{t("agreement.title")}</h2>
				</div>
				<p class="faint">{t("agreement.none")}</p>
				{add && <div class="row row--wrap">{add}</div>}
			</section>
		);
	return (
		<>
			{open.map((a, i) => (
				<Card
					key={a.id}
					agreement={a}
					page={p.page}
					edits={p.edits}
					service={services.find((s) => s.id === termOn(a, today())?.service_id)?.name ?? ""}
					tech={techs.find((x) => x.id === termOn(a, today())?.tech_id)}
				>
					{i === open.length - 1 && add}
				</Card>
			))}
		</>
	);
}

function Card(p: {
	agreement: Agreement;
	page: Page;
	edits: boolean;
	service: string;
	tech: { name: string; colour: number } | undefined;
	children: preact.ComponentChildren;
}) {
	const { agreement: a } = p;
	const [next, setNext] = useState<string[]>([]);
	const term = termOn(a, today());
	const held = heldOn(a, today());
	const later = a.terms.find((x) => x.kind === "works" && x.from_day > today() && x !== term);
	const hold = a.terms.find((x) => x.kind === "hold" && x.from_day > today());
	useEffect(() => {
		if (!may("see_board")) return;
		let wanted = true;
		call("GET /api/office/agreements/:id/visits", { id: a.id }).then(
			(out) =>
				wanted &&
				setNext(
					out.rows
						.filter((v) => v.state === "scheduled" && v.day >= today())
						.map((v) => v.day)
						.sort()
						.slice(0, 3),
				),
			() => {},
		);
		return () => {
			wanted = false;
		};
	}, [a]);
	if (!term) return null;
	const water = p.page.customer.properties.flatMap((x) => x.pools).find((x) => x.id === a.pool_id);
	return (
		<section class="sidepart" aria-label={t("agreement.title")}>
			<div class="sidepart__head">
				<h2>{t("agreement.title")}</h2>
				{p.edits && (
					<Button kind="quiet" size="sm" onClick={() => p.page.edit(`agreement:${a.id}`)}>
						{t("agreement.change")}
						<span class="unseen"> {p.service}</span>
					</Button>
				)}
			</div>
			{held && (
				<Pill tone="sun" icon="clock">
					{held.until_day
						? t("agreement.held.until", { day: dayOf(held.until_day) })
						: t("agreement.held")}
				</Pill>
			)}
			<dl class="facts">
				<div>
					<dt>{t("agreement.service")}</dt>
					<dd>{[p.service, water?.name].filter(Boolean).join(", ") || "–"}</dd>
				</div>
				<div>
					<dt>{t("agreement.when")}</dt>
					<dd>
						{oftenWords(a, term)}
						{windowOf(term) && <small class="meta"> {windowOf(term)}</small>}
						{a.repeats === "checklist" && <Badge icon="list">{t("agreement.checklist")}</Badge>}
					</dd>
				</div>
				<div>
					<dt>{t("agreement.tech")}</dt>
					<dd class="row">
						{p.tech && <i class="dot" data-tech={p.tech.colour || undefined} />}
						{p.tech?.name ?? t("agreement.nobody")}
					</dd>
				</div>
				<div>
					<dt>{t("agreement.price")}</dt>
					<dd>{rateWords(term)}</dd>
				</div>
				<div>
					<dt>{t("agreement.since")}</dt>
					<dd>{dayOf(a.starts_day)}</dd>
				</div>
				{a.ends_day && (
					<div>
						<dt>{t("agreement.until")}</dt>
						<dd>{dayOf(a.ends_day)}</dd>
					</div>
				)}
				{next.length > 0 && (
					<div>
						<dt>{t("agreement.next")}</dt>
						<dd class="row row--wrap">
							{next.map((d, i) => (
								<span key={d} class="nowrap">
									{weekday(d)}
									{i < next.length - 1 && ","}
								</span>
							))}
						</dd>
					</div>
				)}
			</dl>
			{later && (
				<p class="answer">
					<Icon name="cal" size="sm" />
					{t("agreement.later", {
						day: dayOf(later.from_day),
						words: oftenWords(a, later),
						rate: rateWords(later),
					})}
				</p>
			)}
			{hold && (
				<p class="answer">
					<Icon name="clock" size="sm" />
					{hold.until_day
						? t("agreement.hold.from", { from: dayOf(hold.from_day), until: dayOf(hold.until_day) })
						: t("agreement.hold.open", { from: dayOf(hold.from_day) })}
				</p>
			)}
			{p.children && <div>{p.children}</div>}
		</section>
	);
}
