/* One visit beside the plan: what it is, moved once or from now on, skipped, done after all. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Technician, VisitLine } from "../shared/api";
import { call, Fault, faultText } from "../shared/call";
import { minuteOf, timeTyped } from "../shared/days";
import { FormTrouble, SelectField, TextField, useForm } from "../shared/form";
import { duration, minutes, weekday } from "../shared/format";
import { toast } from "../shared/over";
import { Banner, Button, Icon, Pill, Segments, type Tone } from "../shared/ui";
import { t } from "../shared/words";
import { Panel } from "./frame";
import { may } from "./me";
import { OwnPart } from "./own";
import { AreaField, DayField, Foot } from "./record";
import { ReportButton } from "./reports";
import { techChoices, today } from "./technicians";

/* Shape, word, then colour. */
export const marks: Record<VisitLine["state"], [string, Tone]> = {
	scheduled: ["ring", "teal"],
	on_way: ["nav", "aqua"],
	started: ["half", "aqua"],
	no_access: ["lock", "sun"],
	done: ["done", "kelp"],
	skipped: ["skip", "off"],
	cancelled: ["ban", "off"],
};

export function VisitState(p: { visit: VisitLine }) {
	const [icon, tone] = marks[p.visit.state];
	return (
		<Pill tone={tone} icon={icon}>
			{t(`visit.state.${p.visit.state}`)}
		</Pill>
	);
}

/* "8:00 AM to 11:00 AM", or nothing if no window was promised. */
export const windowOf = (v: { from_minute?: number | null; to_minute?: number | null }) =>
	v.from_minute === null || v.from_minute === undefined
		? v.to_minute === null || v.to_minute === undefined
			? ""
			: t("wish.until", { until: minutes(v.to_minute) })
		: v.to_minute === null || v.to_minute === undefined
			? t("wish.from", { from: minutes(v.from_minute) })
			: t("wish.between", { from: minutes(v.from_minute), until: minutes(v.to_minute) });

export interface Move {
	day: string;
	tech_id: string | null;
	for_good: boolean;
	anyway?: boolean;
	seq?: number | null;
}

/* Moves it and offers to take it back. */
export async function moveVisit(
	v: VisitLine,
	to: Move,
	changed: () => Promise<void>,
): Promise<VisitLine> {
	const moved = await call("POST /api/office/visits/:id/moves", {
		id: v.id,
		body: { ...to, version: v.version },
	});
	await changed();
	const back = async () => {
		try {
			await call("POST /api/office/visits/:id/moves", {
				id: v.id,
				body: {
					day: v.day,
					tech_id: v.tech_id,
					seq: v.seq,
					for_good: to.for_good,
					anyway: true,
					version: moved.version,
				},
			});
			toast(t("visit.moved.back", { name: v.customer }));
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
		}
		await changed();
	};
	toast(
		t(to.for_good ? "visit.moved.good" : "visit.moved", {
			name: v.customer,
			day: weekday(to.day),
		}),
		() => void back(),
	);
	return moved;
}

/* What stands against a plan is said with its reason, and with the way past it. */
export function Against(p: { why: string; go: () => void; busy?: boolean }) {
	return (
		<Banner
			tone="sun"
			alert
			action={
				<Button size="sm" busy={p.busy ?? false} onClick={p.go}>
					{t("visit.anyway")}
				</Button>
			}
		>
			{p.why}
		</Banner>
	);
}

type Scope = "once" | "good";

export function VisitPanel(p: {
	visit: VisitLine;
	technicians: Technician[];
	close: () => void;
	changed: () => Promise<void>;
	/* On the customer's own page nobody has to be told whose visit it is. */
	own?: boolean;
}) {
	const { visit: v } = p;
	const [scope, setScope] = useState<Scope>("once");
	const [against, setAgainst] = useState("");
	const [skipping, setSkipping] = useState(false);
	const edits = may("dispatch") && v.state === "scheduled";
	const initial = {
		day: v.day,
		tech_id: v.tech_id ?? "",
		from_minute: timeTyped(v.from_minute),
		to_minute: timeTyped(v.to_minute),
		minutes: String(v.minutes),
		note: v.note,
	};
	const send = async (now: typeof initial, anyway: boolean) => {
		const moves = now.day !== v.day || now.tech_id !== (v.tech_id ?? "");
		const other = (["from_minute", "to_minute", "minutes", "note"] as const).some(
			(n) => now[n] !== initial[n],
		);
		const tail = {
			from_minute: minuteOf(now.from_minute),
			to_minute: minuteOf(now.to_minute),
			minutes: Number(now.minutes) || 0,
		};
		let version = v.version;
		if (other) {
			const line = await call("PUT /api/office/visits/:id", {
				id: v.id,
				body: { ...tail, note: now.note.trim(), version },
			});
			version = line.version;
		}
		if (moves) {
			const to = { day: now.day, tech_id: now.tech_id || null, for_good: scope === "good", anyway };
			await moveVisit({ ...v, version }, to, p.changed);
		}
		if (scope === "good" && v.agreement_id) await followOn(v, now.day, tail);
		await p.changed();
		if (!moves) toast(t("act.saved"));
		p.close();
	};
	const form = useForm({
		initial,
		send: (now) => send(now, false),
		caught(fault) {
			/* Wishes, hours and skills can be overruled; what is plainly wrong cannot. */
			const soft = fault.code === "invalid" && ["day", "tech_id"].includes(fault.field);
			if (soft) setAgainst(fault.message);
			return soft;
		},
	});
	const anyway = async () => {
		try {
			await send(form.values, true);
		} catch (f) {
			setAgainst("");
			if (f instanceof Fault) form.fail("", f.message);
		}
	};
	const restore = async () => {
		try {
			await call("DELETE /api/office/visits/:id/skips", { id: v.id });
			await p.changed();
			toast(t("visit.restored", { name: v.customer }));
		} catch (f) {
			if (f instanceof Fault) form.fail("", f.message);
		}
	};
	return (
		<Panel title={v.customer} close={p.close}>
			<div class="stack stack--tight">
				<div class="row row--wrap">
					<VisitState visit={v} />
					{v.by_hand && <Pill icon="pen">{t("visit.by.hand")}</Pill>}
					<span class="meta">{v.service}</span>
				</div>
				<p class="muted">
					{weekday(v.day)}
					{windowOf(v) && ` · ${windowOf(v)}`} · {duration(v.minutes)}
				</p>
				{v.occurs_day && v.occurs_day !== v.day && (
					<p class="meta">{t("visit.occurs", { day: weekday(v.occurs_day) })}</p>
				)}
				{v.street && (
					<p class="row meta">
						<Icon name="pin" size="sm" />
						{[v.street, v.city].filter(Boolean).join(", ")}
					</p>
				)}
				{!v.tech_id && v.why_who && <Banner tone="sun">{v.why_who}</Banner>}
				{v.skip_reason && <p class="answer">{t("visit.why", { reason: v.skip_reason })}</p>}
				{!p.own && may("see_customers") && (
					<p>
						<a class="link" href={`/customers/${v.customer_id}`}>
							{t("visit.customer")}
						</a>
					</p>
				)}
			</div>
			{(v.state === "done" || v.state === "no_access") && may("see_customers") && (
				<ReportButton visit={v.id} />
			)}
			{v.state === "skipped" && may("dispatch") && v.day >= today() && (
				<div>
					<Button icon="undo" onClick={() => void restore()}>
						{t("visit.restore")}
					</Button>
				</div>
			)}
			<FormTrouble form={form} />
			{edits && !skipping && (
				<form class="stack" onSubmit={form.submit} noValidate>
					{v.agreement_id && (
						<Scoped scope={scope} set={setScope}>
							{t(scope === "once" ? "visit.once.text" : "visit.good.text")}
						</Scoped>
					)}
					{against && <Against why={against} busy={form.busy} go={() => void anyway()} />}
					<DayField form={form} name="day" label={t("visit.day")} />
					<SelectField
						form={form}
						name="tech_id"
						label={t("agreement.tech")}
						choices={techChoices(p.technicians, form.values.tech_id)}
					/>
					<div class="pair">
						<TextField form={form} name="from_minute" type="time" label={t("visit.from")} />
						<TextField form={form} name="to_minute" type="time" label={t("visit.until")} />
					</div>
					<TextField
						form={form}
						name="minutes"
						label={t("services.minutes.long")}
						inputmode="numeric"
						maxLength={4}
					/>
					<AreaField
						form={form}
						name="note"
						label={t("visit.note")}
						hint={t("visit.note.hint")}
						rows={2}
						maxLength={500}
					/>
					<Foot
						busy={form.busy}
						close={p.close}
						go={t(scope === "good" ? "visit.save.good" : "act.save")}
					>
						<Button kind="quiet" icon="skip" onClick={() => setSkipping(true)}>
							{t("visit.skip")}
						</Button>
					</Foot>
				</form>
			)}
			{!skipping && may("see_customers") && (
				<OwnPart on="workorder" id={v.id} edits={may("dispatch")} changed={p.changed} />
			)}
			{skipping && <Skip {...p} back={() => setSkipping(false)} />}
		</Panel>
	);
}

/* Only this one, or from now on: asked of every edit of something that repeats. */
export function Scoped(p: { scope: Scope; set: (s: Scope) => void; children: ComponentChildren }) {
	return (
		<div class="stack stack--tight">
			<Segments<Scope>
				label={t("visit.which")}
				value={p.scope}
				choices={[
					{ value: "once", label: t("visit.once") },
					{ value: "good", label: t("visit.good") },
				]}
				onChange={p.set}
			/>
			<p class="meta">{p.children}</p>
		</div>
	);
}

/* The window and the length of those that follow: the agreement gets other terms from this visit on. */
async function followOn(
	v: VisitLine,
	day: string,
	now: { from_minute: number | null; to_minute: number | null; minutes: number },
): Promise<void> {
	if (
		!v.agreement_id ||
		(now.from_minute === v.from_minute &&
			now.to_minute === v.to_minute &&
			now.minutes === v.minutes)
	)
		return;
	const a = await call("GET /api/office/agreements/:id", { id: v.agreement_id });
	const from = v.occurs_day && v.occurs_day < day ? v.occurs_day : day;
	const term = a.terms.filter((x) => x.kind === "works" && x.from_day <= from).at(-1);
	if (!term) return;
	await call("PUT /api/office/agreements/:id/terms", {
		id: a.id,
		body: {
			from_day: from,
			term: {
				rule: term.rule || null,
				anchor_day: term.anchor_day,
				every_days: term.every_days || null,
				service_id: term.service_id,
				tech_id: term.tech_id,
				seq: term.seq,
				...now,
				rate_kind: term.rate_kind,
				with_chemicals: term.with_chemicals,
				rate_cents: term.rate_cents,
				skip_policy: term.skip_policy,
			},
			anyway: true,
			version: a.version,
		},
	});
}

const REASONS = ["weather", "customer", "access", "holiday", "water"] as const;

function Skip(p: {
	visit: VisitLine;
	changed: () => Promise<void>;
	close: () => void;
	back: () => void;
}) {
	const { visit: v } = p;
	const form = useForm({
		initial: { reason: t("skip.weather") },
		async send(now, key) {
			await call("POST /api/office/visits/:id/skips", {
				id: v.id,
				body: { reason: now.reason.trim(), version: v.version },
				key,
			});
			await p.changed();
			p.close();
			toast(t("visit.skipped", { name: v.customer, day: weekday(v.day) }), () => {
				void call("DELETE /api/office/visits/:id/skips", { id: v.id }).then(p.changed, (f) =>
					toast(faultText(f)),
				);
			});
		},
	});
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			<div class="chips" role="group" aria-label={t("skip.reasons")}>
				{REASONS.map((r) => (
					<button
						key={r}
						class="chip"
						type="button"
						aria-pressed={form.values.reason === t(`skip.${r}`)}
						onClick={() => form.set("reason", t(`skip.${r}`))}
					>
						{t(`skip.${r}`)}
					</button>
				))}
			</div>
			<TextField
				form={form}
				name="reason"
				label={t("skip.reason")}
				maxLength={80}
				required
				autofocus
			/>
			<Foot busy={form.busy} close={p.back} go={t("visit.skip")} />
		</form>
	);
}
