/* How often: choices in words, and the days that follow from them as the server reckons them. */
import { useEffect, useState } from "preact/hooks";
import { call, Fault } from "../shared/call";
import { addDays, isDay, mondayOf, weekLetter } from "../shared/days";
import { Field, type Form, SelectField } from "../shared/form";
import { dayOf, weekday } from "../shared/format";
import { Segments } from "../shared/ui";
import { t } from "../shared/words";
import { ChipsField } from "./record";
import {
	type Choice,
	monthName,
	OFTEN,
	ruleOf,
	SEASONS,
	WEEKDAYS,
	WEEKS_OF_MONTH,
	weekdayName,
	weekdayShort,
} from "./rule";
import { EVERY, every } from "./template";

export interface OftenValues extends Choice {
	repeats: string; // calendar, since_done, checklist
	every_days: string;
	anchor: string; // a day of the first week that counts
}

const SHOWN = 8;

/* What the form says, as the server takes it. */
export const repetition = (v: OftenValues) =>
	v.repeats === "since_done"
		? { rule: null, anchor_day: null, every_days: Number(v.every_days) || null }
		: { rule: ruleOf(v) || null, anchor_day: v.anchor || null, every_days: null };

/* since: may it be counted from the last time (only where nothing is promised yet). */
export function OftenFields<V extends OftenValues>(p: {
	form: Form<V>;
	from: string;
	since: boolean;
}) {
	const form = p.form as unknown as Form<OftenValues>;
	const v = form.values;
	const since = v.repeats === "since_done";
	const often = (value: string) => {
		if (value === "since") form.set("repeats", "since_done");
		else {
			if (since) form.set("repeats", "calendar");
			form.set("often", value);
		}
	};
	const first = isDay(p.from) ? mondayOf(p.from) : "";
	return (
		<>
			<Field label={t("rule.often")} error={form.errors.rule}>
				{(f) => (
					<select
						id={f.id}
						class="select"
						name="often"
						value={since ? "since" : v.often}
						aria-describedby={f.describedBy}
						aria-invalid={f.invalid}
						disabled={since && !p.since}
						onChange={(e) => often(e.currentTarget.value)}
					>
						{[...OFTEN, ...(p.since || since ? (["since"] as const) : [])].map((o) => (
							<option key={o} value={o} selected={o === (since ? "since" : v.often)}>
								{t(`rule.often.${o}`)}
							</option>
						))}
					</select>
				)}
			</Field>
			{since ? (
				<SelectField
					form={form}
					name="every_days"
					label={t("rule.since")}
					choices={[...new Set([...EVERY.filter(Boolean), v.every_days])].map((d) => ({
						value: d,
						label: every(Number(d)),
					}))}
				/>
			) : (
				<>
					{/^\d$/.test(v.often) && (
						<ChipsField
							form={form}
							name="days"
							label={t("rule.days")}
							hint={t("rule.days.hint")}
							choices={WEEKDAYS.map((d) => ({ value: d, label: weekdayShort(d) }))}
						/>
					)}
					{/^[234]$/.test(v.often) && first && (
						<Field label={t("rule.which")}>
							{() => (
								<Segments
									label={t("rule.which")}
									value={mondayOf(v.anchor || first)}
									choices={Array.from({ length: Number(v.often) }, (_, i) =>
										addDays(first, 7 * i),
									).map((monday) => ({
										value: sameTurn(v.anchor || first, monday, Number(v.often)),
										label: t("rule.which.week", {
											letter: weekLetter(monday),
											day: dayOf(monday),
										}),
									}))}
									onChange={(monday) => form.set("anchor", monday)}
								/>
							)}
						</Field>
					)}
					{v.often === "month" && (
						<div class="pair">
							<SelectField
								form={form}
								name="week"
								label={t("rule.week")}
								choices={WEEKS_OF_MONTH.map((w) => ({ value: w, label: t(`rule.week.${w}`) }))}
							/>
							<SelectField
								form={form}
								name="weekday"
								label={t("rule.weekday")}
								choices={WEEKDAYS.map((d) => ({ value: d, label: weekdayName(d) }))}
							/>
						</div>
					)}
					{v.often === "monthday" && (
						<SelectField
							form={form}
							name="monthday"
							label={t("rule.date")}
							choices={[...Array.from({ length: 28 }, (_, i) => String(i + 1)), "-1"].map((d) => ({
								value: d,
								label: d === "-1" ? t("rule.date.last") : d,
							}))}
						/>
					)}
					<SelectField
						form={form}
						name="season"
						label={t("rule.season.label")}
						choices={SEASONS.filter((s) => s !== "switch" || /^\d$/.test(v.often)).map((s) => ({
							value: s,
							label: t(`rule.season.${s || "all"}` as "rule.season.all"),
						}))}
					/>
					{v.season && (
						<div class="pair">
							{(["from_month", "to_month"] as const).map((name) => (
								<SelectField
									key={name}
									form={form}
									name={name}
									label={t(name === "from_month" ? "rule.from" : "rule.to")}
									choices={Array.from({ length: 12 }, (_, i) => ({
										value: String(i + 1),
										label: monthName(i + 1),
									}))}
								/>
							))}
						</div>
					)}
					{v.season === "switch" && (
						<SelectField
							form={form}
							name="off"
							label={t("rule.off")}
							choices={(["1", "2", "4"] as const).map((o) => ({
								value: o,
								label: t(`rule.often.${o}`),
							}))}
						/>
					)}
				</>
			)}
			<NextDays values={v} from={p.from} />
		</>
	);
}

/* The Monday itself, or the anchor if it falls into the same turn: so a form that is opened shows what holds. */
function sameTurn(anchor: string, monday: string, turns: number): string {
	const weeks = Math.round((Date.parse(mondayOf(anchor)) - Date.parse(monday)) / (7 * 86_400_000));
	return ((weeks % turns) + turns) % turns === 0 ? mondayOf(anchor) : monday;
}

/* "Tue, Dec 1 · Tue, Dec 8 · ..." */
function NextDays(p: { values: OftenValues; from: string }) {
	const [days, set] = useState<string[] | null>(null);
	const rule = p.values.repeats === "since_done" ? "" : ruleOf(p.values);
	const anchor = p.values.anchor;
	useEffect(() => {
		if (!rule || !isDay(p.from)) return set(null);
		let wanted = true;
		const timer = setTimeout(() => {
			call("GET /api/office/previews", {
				query: { rule, anchor_day: anchor || null, from: p.from },
			}).then(
				(out) => wanted && set(out.rows.map((r) => r.day)),
				(f) => wanted && f instanceof Fault && set(null),
			);
		}, 200);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [rule, anchor, p.from]);
	if (p.values.repeats === "since_done")
		return (
			<p class="answer" role="status">
				{t("rule.next.since", {
					day: isDay(p.from) ? weekday(p.from) : "–",
					every: every(Number(p.values.every_days)),
				})}
			</p>
		);
	return (
		<div class="nextdays" role="status" aria-label={t("rule.next")}>
			<span class="meta">{t("rule.next")}</span>
			{!rule ? (
				<span class="meta">{t("rule.days.missing")}</span>
			) : days && days.length === 0 ? (
				<span class="meta">{t("rule.next.none")}</span>
			) : (
				(days ?? []).slice(0, SHOWN).map((d) => (
					<span key={d} class="chip chip--still">
						{weekday(d)}
					</span>
				))
			)}
		</div>
	);
}
