/* The panel of an agreement: promised, changed from a day on or for one visit, held for a while, ended. */
import { useEffect, useState } from "preact/hooks";
import type { Agreement, Term, TermWish, VisitLine } from "../shared/api";
import { call, Fault, faultText } from "../shared/call";
import { addDays, isDay, minuteOf, mondayOf, timeTyped } from "../shared/days";
import { type Form, FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { centsOf, dayOf, moneyTyped, weekday } from "../shared/format";
import { toast } from "../shared/over";
import { Banner, Button, Icon, Segments, Skeleton } from "../shared/ui";
import { t } from "../shared/words";
import { heldOn, oftenWords, rateWords, termOn, useServices } from "./agreements";
import { Panel } from "./frame";
import { may } from "./me";
import { OftenFields, type OftenValues, repetition } from "./often";
import { choices, DayField, Foot, type Page } from "./record";
import { blank, choiceOf } from "./rule";
import { techChoices, today, useTechnicians } from "./technicians";
import { Against, Scoped, VisitPanel } from "./visit";

interface Values extends OftenValues {
	property_id: string;
	pool_id: string;
	service_id: string;
	tech_id: string;
	from_minute: string;
	to_minute: string;
	minutes: string;
	rate_kind: string;
	chemicals: string;
	rate_cents: string;
	skip_policy: string;
	starts_day: string;
	ends_day: string;
	from_day: string;
}

const valuesOf = (term: Term | undefined, a: Agreement | null, from: string): Values => ({
	...blank,
	...((term && choiceOf(term.rule)) ?? {}),
	repeats: a?.repeats ?? "calendar",
	every_days: String(term?.every_days || 182),
	anchor: term?.anchor_day ?? mondayOf(from),
	property_id: a?.property_id ?? "",
	pool_id: a?.pool_id ?? "",
	service_id: term?.service_id ?? "",
	tech_id: term?.tech_id ?? "",
	from_minute: timeTyped(term?.from_minute),
	to_minute: timeTyped(term?.to_minute),
	minutes: term ? String(term.minutes) : "",
	rate_kind: term?.rate_kind ?? "month",
	chemicals: term && !term.with_chemicals ? "extra" : "included",
	rate_cents: term ? moneyTyped(term.rate_cents) : "",
	skip_policy: term?.skip_policy ?? "billed",
	starts_day: a?.starts_day ?? from,
	ends_day: a?.ends_day ?? "",
	from_day: from,
});

function termWish(v: Values, kept: Term | undefined): TermWish {
	const rate_cents = centsOf(v.rate_cents || "0");
	if (rate_cents === null) throw wrong("rate_cents", t("money.bad"));
	const said = repetition(v);
	/* A rule that this form cannot say is kept as it is. */
	const own = kept !== undefined && kept.rule !== "" && choiceOf(kept.rule) === null && !v.days;
	if (v.repeats !== "since_done" && !said.rule && !own) throw wrong("days", t("rule.days.missing"));
	return {
		...(own ? { rule: kept.rule, anchor_day: kept.anchor_day, every_days: null } : said),
		service_id: v.service_id,
		tech_id: v.tech_id || null,
		from_minute: minuteOf(v.from_minute),
		to_minute: minuteOf(v.to_minute),
		minutes: Number(v.minutes) || null,
		rate_kind: v.rate_kind as Term["rate_kind"],
		with_chemicals: v.chemicals === "included",
		rate_cents,
		skip_policy: v.skip_policy as Term["skip_policy"],
	};
}

const again = async (page: Page) =>
	page.take(await call("GET /api/office/customers/:id", { id: page.customer.id }));

/* The server names the term's fields by their way: "term.rate_cents". */
const unsaid = (f: Fault) =>
	new Fault(f.code, f.field.replace(/^term\./, ""), f.message, f.status, f.trace, f.wait_s);

/* Wishes are asked before a promise is made; who insists may. */
function useInsisting(send: (v: Values, anyway: boolean) => Promise<void>) {
	const [against, setAgainst] = useState("");
	return {
		against,
		async send(v: Values) {
			try {
				await send(v, false);
			} catch (f) {
				throw f instanceof Fault ? unsaid(f) : f;
			}
		},
		caught(fault: Fault) {
			const soft = fault.code === "invalid" && ["rule", "tech_id"].includes(fault.field);
			if (soft) setAgainst(fault.message);
			return soft;
		},
		async insist(form: Form<Values>) {
			setAgainst("");
			try {
				await send(form.values, true);
			} catch (f) {
				if (f instanceof Fault) form.fail("", f.message);
			}
		},
	};
}

/* ---- a new one ---- */

export function NewAgreement(p: { page: Page; property: string }) {
	const { page } = p;
	const work = useInsisting(async (v, insist) => {
		const made = await call("POST /api/office/agreements", {
			body: {
				property_id: v.property_id,
				pool_id: v.pool_id || null,
				repeats: v.repeats as Agreement["repeats"],
				starts_day: v.starts_day,
				ends_day: v.ends_day || null,
				term: termWish(v, undefined),
				anyway: insist,
			},
		});
		await again(page);
		page.close();
		toast(t("agreement.made", { day: dayOf(made.starts_day) }));
	});
	const place = page.customer.properties.find((x) => x.id === p.property);
	const pools = place?.pools.filter((x) => !x.archived_at) ?? [];
	const form = useForm<Values>({
		initial: {
			...valuesOf(undefined, null, today()),
			property_id: p.property,
			pool_id: pools[0]?.id ?? "",
		},
		draft: `agreement-${p.property}`,
		send: work.send,
		caught: work.caught,
	});
	const places = page.customer.properties.filter((x) => !x.archived_at);
	return (
		<Panel title={t("agreement.add")} close={page.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				{places.length > 1 && (
					<SelectField
						form={form}
						name="property_id"
						label={t("agreement.place")}
						choices={places.map((x) => ({ value: x.id, label: x.street || x.name }))}
					/>
				)}
				<Pool form={form} page={page} />
				<DayField form={form} name="starts_day" label={t("agreement.starts")} />
				<Terms form={form} from={form.values.starts_day} fresh />
				<DayField
					form={form}
					name="ends_day"
					label={t("agreement.ends")}
					hint={t("agreement.ends.hint")}
				/>
				{work.against && <Against why={work.against} go={() => void work.insist(form)} />}
				<Foot busy={form.busy} close={page.close} go={t("agreement.go")} />
			</form>
		</Panel>
	);
}

function Pool(p: { form: Form<Values>; page: Page }) {
	const place = p.page.customer.properties.find((x) => x.id === p.form.values.property_id);
	const pools = place?.pools.filter((x) => !x.archived_at) ?? [];
	if (pools.length === 0) return null;
	return (
		<SelectField
			form={p.form}
			name="pool_id"
			label={t("agreement.water")}
			choices={[
				...pools.map((x) => ({ value: x.id, label: x.name || t(`water.${x.kind}`) })),
				{ value: "", label: t("agreement.whole") },
			]}
		/>
	);
}

/* What is promised, by whom, at what rate: alike for a new agreement and for other terms. */
function Terms(p: { form: Form<Values>; from: string; fresh: boolean }) {
	const { form } = p;
	const services = useServices();
	const techs = useTechnicians();
	const chosen = services.find((s) => s.id === form.values.service_id);
	/* The usual level is chosen until somebody chooses another. */
	useEffect(() => {
		const levels = services.filter((s) => !s.archived && s.kind === "level");
		const usual = levels.sort((x, y) => y.checklist.length - x.checklist.length)[0];
		if (!p.fresh || form.values.service_id || !usual) return;
		form.set("service_id", usual.id);
		if (!form.values.rate_cents && usual.price_cents > 0)
			form.set("rate_cents", moneyTyped(usual.price_cents));
	}, [services]);
	return (
		<>
			<SelectField
				form={form}
				name="service_id"
				label={t("agreement.service")}
				hint={chosen && t("agreement.service.hint", { n: chosen.minutes })}
				choices={services
					.filter((s) => !s.archived || s.id === form.values.service_id)
					.map((s) => ({ value: s.id, label: s.name }))}
			/>
			<OftenFields form={form} from={p.from} since={p.fresh} />
			{p.fresh && form.values.repeats !== "since_done" && (
				<SelectField
					form={form}
					name="repeats"
					label={t("rule.makes")}
					choices={[
						{ value: "calendar", label: t("rule.makes.visits") },
						{ value: "checklist", label: t("rule.makes.line") },
					]}
				/>
			)}
			<SelectField
				form={form}
				name="tech_id"
				label={t("agreement.tech")}
				choices={techChoices(techs, form.values.tech_id)}
			/>
			<div class="pair">
				<TextField form={form} name="from_minute" type="time" label={t("visit.from")} />
				<TextField form={form} name="to_minute" type="time" label={t("visit.until")} />
			</div>
			<fieldset class="field">
				<legend class="field__label">{t("agreement.rate")}</legend>
				<div class="row row--wrap">
					<Segments
						label={t("agreement.rate.kind")}
						value={form.values.rate_kind}
						choices={choices("rate", ["month", "stop"])}
						onChange={(v) => form.set("rate_kind", v)}
					/>
					<Segments
						label={t("agreement.chemicals")}
						value={form.values.chemicals}
						choices={choices("chemicals", ["included", "extra"])}
						onChange={(v) => form.set("chemicals", v)}
					/>
				</div>
			</fieldset>
			<div class="pair">
				<TextField
					form={form}
					name="rate_cents"
					label={t(form.values.rate_kind === "month" ? "agreement.a.month" : "agreement.a.visit")}
					maxLength={12}
				/>
				<TextField
					form={form}
					name="minutes"
					label={t("services.minutes.long")}
					inputmode="numeric"
					maxLength={4}
				/>
			</div>
			<SelectField
				form={form}
				name="skip_policy"
				label={t("agreement.skipped")}
				choices={choices("skipped", ["billed", "credited"])}
			/>
		</>
	);
}

/* ---- one that is there ---- */

export function AgreementPanel(p: { page: Page; id: string }) {
	const [a, setA] = useState<Agreement | null>(null);
	const [visits, setVisits] = useState<VisitLine[]>([]);
	const [fault, setFault] = useState("");
	const load = async () => {
		try {
			const [one, coming] = await Promise.all([
				call("GET /api/office/agreements/:id", { id: p.id }),
				may("see_board")
					? call("GET /api/office/agreements/:id/visits", { id: p.id })
					: { rows: [] },
			]);
			setA(one);
			setVisits(
				coming.rows
					.filter((v) => v.state === "scheduled" && v.day >= today())
					.sort((x, y) => x.day.localeCompare(y.day)),
			);
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	useEffect(() => void load(), [p.id]);
	if (fault)
		return (
			<Panel title={t("agreement.title")} close={p.page.close}>
				<Banner tone="coral" alert>
					{fault}
				</Banner>
			</Panel>
		);
	if (!a)
		return (
			<Panel title={t("agreement.title")} close={p.page.close}>
				<Skeleton />
			</Panel>
		);
	return <Open key={a.version} agreement={a} visits={visits} page={p.page} load={load} />;
}

type Scope = "once" | "good";

function Open(p: {
	agreement: Agreement;
	visits: VisitLine[];
	page: Page;
	load: () => Promise<void>;
}) {
	const { agreement: a, page } = p;
	const [scope, setScope] = useState<Scope>("good");
	const [one, setOne] = useState<VisitLine | null>(null);
	const [part, setPart] = useState<"" | "hold" | "end">("");
	const techs = useTechnicians();
	/* The next visit's own day; before there is one, the first day that can still be changed. */
	const coming = p.visits.map((v) => v.occurs_day ?? v.day).filter((d) => d >= today());
	const from = coming.sort()[0] ?? ([a.starts_day, today()].sort()[1] as string);
	const term = termOn(a, from);
	const changed = async () => {
		await Promise.all([again(page), p.load()]);
	};
	const work = useInsisting(async (v, insist) => {
		await call("PUT /api/office/agreements/:id/terms", {
			id: a.id,
			body: {
				from_day: v.from_day,
				term: termWish(v, term),
				anyway: insist,
				version: a.version,
			},
		});
		await again(page);
		page.close();
		toast(t("agreement.changed", { day: dayOf(v.from_day) }));
	});
	const form = useForm<Values>({
		initial: valuesOf(term, a, from),
		send: work.send,
		caught: work.caught,
	});
	if (one)
		return (
			<VisitPanel
				own
				visit={one}
				technicians={techs}
				close={() => setOne(null)}
				changed={changed}
			/>
		);
	const menu = a.closed
		? []
		: [
				{ label: t("agreement.hold"), icon: "clock", act: () => setPart("hold") },
				{
					label: t("agreement.end"),
					icon: "ban",
					danger: true,
					rule: true,
					act: () => setPart("end"),
				},
			];
	return (
		<Panel title={t("agreement.title")} close={page.close} menu={menu} more={t("agreement.more")}>
			<Course agreement={a} page={page} changed={changed} />
			{part === "hold" && <Hold agreement={a} page={page} back={() => setPart("")} />}
			{part === "end" && <End agreement={a} page={page} back={() => setPart("")} />}
			{part === "" && !a.closed && (
				<>
					<Scoped scope={scope} set={setScope}>
						{t(scope === "once" ? "agreement.once.text" : "agreement.good.text")}
					</Scoped>
					{scope === "once" ? (
						<ul class="lines">
							{p.visits.slice(0, 12).map((v) => (
								<li key={v.id}>
									<button class="way" type="button" onClick={() => setOne(v)}>
										<Icon name="cal" />
										<span>
											{weekday(v.day)}
											<small>
												{techs.find((x) => x.id === v.tech_id)?.name ?? t("visit.nobody")}
											</small>
										</span>
										<Icon name="right" size="sm" />
									</button>
								</li>
							))}
							{p.visits.length === 0 && <li class="faint">{t("agreement.no.visits")}</li>}
						</ul>
					) : (
						<form class="stack" onSubmit={form.submit} noValidate>
							<FormTrouble form={form} />
							<DayField
								form={form}
								name="from_day"
								label={t("agreement.from")}
								hint={t("agreement.from.hint")}
							/>
							<Terms form={form} from={form.values.from_day} fresh={false} />
							{work.against && <Against why={work.against} go={() => void work.insist(form)} />}
							<Foot
								busy={form.busy}
								close={page.close}
								go={
									isDay(form.values.from_day)
										? t("agreement.change.from", { day: dayOf(form.values.from_day) })
										: t("act.save")
								}
							/>
						</form>
					)}
				</>
			)}
		</Panel>
	);
}

/* What holds from when on; a hold that has not ended can be taken back. */
function Course(p: { agreement: Agreement; page: Page; changed: () => Promise<void> }) {
	const { agreement: a } = p;
	const [fault, setFault] = useState("");
	const resume = async (from_day: string) => {
		try {
			await call("DELETE /api/office/agreements/:id/holds", { id: a.id, query: { from_day } });
			/* Told when it is shown: whoever goes on at the word would lose what they opened to the page that comes. */
			await p.changed();
			toast(t("agreement.resumed"));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	const now = termOn(a, today());
	return (
		<ol class="course" aria-label={t("agreement.course")}>
			{a.terms.map((x) => (
				<li
					key={`${x.kind} ${x.from_day}`}
					class={x === now || x === heldOn(a, today()) ? "course__now" : ""}
				>
					<b>{dayOf(x.from_day)}</b>
					<span class="grow">
						{x.kind === "hold"
							? x.until_day
								? t("agreement.held.until", { day: dayOf(x.until_day) })
								: t("agreement.held")
							: `${oftenWords(a, x)} · ${rateWords(x)}`}
					</span>
					{x.kind === "hold" &&
						(!x.until_day || x.until_day >= today()) &&
						x.from_day >= today() && (
							<Button size="sm" kind="quiet" icon="undo" onClick={() => void resume(x.from_day)}>
								{t("agreement.resume")}
							</Button>
						)}
				</li>
			))}
			{a.ends_day && (
				<li>
					<b>{dayOf(a.ends_day)}</b>
					<span class="grow">{t("agreement.last")}</span>
				</li>
			)}
			{fault && (
				<li>
					<Banner tone="coral" alert>
						{fault}
					</Banner>
				</li>
			)}
		</ol>
	);
}

function Hold(p: { agreement: Agreement; page: Page; back: () => void }) {
	const { agreement: a } = p;
	const running = heldOn(a, today());
	const form = useForm({
		initial: {
			from_day: running?.from_day ?? addDays(today(), 1),
			until_day: running?.until_day ?? "",
		},
		async send(v, key) {
			await call("POST /api/office/agreements/:id/holds", {
				id: a.id,
				body: { from_day: v.from_day, until_day: v.until_day || null, version: a.version },
				key,
			});
			await again(p.page);
			p.page.close();
			toast(t("agreement.hold.done", { day: dayOf(v.from_day) }), () => {
				void call("DELETE /api/office/agreements/:id/holds", {
					id: a.id,
					query: { from_day: v.from_day },
				}).then(
					() => again(p.page),
					(f) => toast(faultText(f)),
				);
			});
		},
	});
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<h3>{t("agreement.hold")}</h3>
			<FormTrouble form={form} />
			<p class="meta">{t("agreement.hold.text")}</p>
			<div class="pair">
				<DayField form={form} name="from_day" label={t("agreement.hold.first")} />
				<DayField
					form={form}
					name="until_day"
					label={t("agreement.hold.last")}
					hint={t("agreement.hold.last.hint")}
				/>
			</div>
			<Foot busy={form.busy} close={p.back} go={t("agreement.hold")} />
		</form>
	);
}

function End(p: { agreement: Agreement; page: Page; back: () => void }) {
	const { agreement: a } = p;
	const form = useForm({
		initial: { ends_day: today() },
		async send(v, key) {
			await call("POST /api/office/agreements/:id/endings", {
				id: a.id,
				body: { ends_day: v.ends_day, version: a.version },
				key,
			});
			await again(p.page);
			p.page.close();
			toast(t("agreement.ended", { day: dayOf(v.ends_day) }));
		},
	});
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<h3>{t("agreement.end")}</h3>
			<FormTrouble form={form} />
			<p class="meta">{t("agreement.end.text")}</p>
			<DayField form={form} name="ends_day" label={t("agreement.last.day")} />
			<Foot
				busy={form.busy}
				close={p.back}
				go={
					isDay(form.values.ends_day)
						? t("agreement.end.with", { day: dayOf(form.values.ends_day) })
						: t("agreement.end")
				}
				danger
			/>
		</form>
	);
}
