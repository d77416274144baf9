/* How the company bills: one form for all of it, saved as one. */
import type { Billing } from "../shared/api";
import { call } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { centsOf, moneyTyped } from "../shared/format";
import { toast } from "../shared/over";
import { Button } from "../shared/ui";
import { t } from "../shared/words";
import { Part } from "./frame";
import { may } from "./me";
import { type MoneyKey, say } from "./moneywords";
import { CheckField, DayField, yes } from "./record";

const PPM = 10_000; // of one per cent
const LAST = 31;

const read = (b: Billing) => ({
	run_mday: String(b.run_mday ?? 0),
	first_mday: String(b.first_mday),
	in_advance: yes(b.in_advance),
	at_completion: yes(b.at_completion),
	shows: b.shows as string,
	due_days: String(b.due_days),
	mails: yes(b.mails ?? true),
	proration: b.proration as string,
	no_access_percent: String(b.no_access_percent),
	credit_customer: yes(b.credit_customer ?? false),
	customer_reasons: b.customer_reasons ?? "",
	credit_holiday: yes(b.credit_holiday ?? true),
	holiday_reasons: b.holiday_reasons ?? "",
	included_items: b.included_items ?? "",
	remind_after_days: String(b.remind_after_days ?? 0),
	remind_every_days: String(b.remind_every_days ?? 0),
	remind_times: String(b.remind_times ?? 0),
	late_grace_days: String(b.late_grace_days ?? 0),
	late_fee_cents: moneyTyped(b.late_fee_cents ?? 0),
	late_fee_ppm: String((b.late_fee_ppm ?? 0) / PPM),
	nsf_fee_cents: moneyTyped(b.nsf_fee_cents),
	surcharge_ppm: String((b.surcharge_ppm ?? 0) / PPM),
	surcharge_from: b.surcharge_from ?? "",
	rounding: b.rounding as string,
	ageing_by: b.ageing_by as string,
	closed_until: b.closed_until ?? "",
});
type Fields = ReturnType<typeof read>;

/* What is no number is said beside its field, before anything is sent. */
function whole(v: Fields, name: keyof Fields): number {
	const text = v[name].trim();
	if (!/^\d{1,4}$/.test(text)) throw wrong(name, say("money.number.bad"));
	return Number(text);
}
function cents(v: Fields, name: keyof Fields): number {
	const sum = v[name].trim() === "" ? 0 : centsOf(v[name]);
	if (sum === null) throw wrong(name, t("bills.amount.bad"));
	return sum;
}
export function ppmOf(typed: string, name: string): number {
	const text = typed.trim().replace(",", ".");
	if (text === "") return 0;
	if (!/^\d{1,3}(\.\d{1,4})?$/.test(text)) throw wrong(name, say("money.number.bad"));
	return Math.round(Number(text) * PPM);
}

const written = (v: Fields, version: number): Billing => ({
	run_mday: whole(v, "run_mday"),
	first_mday: whole(v, "first_mday"),
	in_advance: v.in_advance === "yes",
	at_completion: v.at_completion === "yes",
	shows: v.shows as Billing["shows"],
	due_days: whole(v, "due_days"),
	mails: v.mails === "yes",
	proration: v.proration as Billing["proration"],
	no_access_percent: whole(v, "no_access_percent"),
	credit_customer: v.credit_customer === "yes",
	customer_reasons: v.customer_reasons.trim(),
	credit_holiday: v.credit_holiday === "yes",
	holiday_reasons: v.holiday_reasons.trim(),
	included_items: v.included_items.trim(),
	remind_after_days: whole(v, "remind_after_days"),
	remind_every_days: whole(v, "remind_every_days"),
	remind_times: whole(v, "remind_times"),
	late_grace_days: whole(v, "late_grace_days"),
	late_fee_cents: cents(v, "late_fee_cents"),
	late_fee_ppm: ppmOf(v.late_fee_ppm, "late_fee_ppm"),
	nsf_fee_cents: cents(v, "nsf_fee_cents"),
	surcharge_ppm: ppmOf(v.surcharge_ppm, "surcharge_ppm"),
	surcharge_from: v.surcharge_from || null,
	rounding: v.rounding as Billing["rounding"],
	ageing_by: v.ageing_by as Billing["ageing_by"],
	closed_until: v.closed_until || null,
	version,
});

const of = <T extends string>(stem: string, values: readonly T[]) =>
	values.map((value) => ({ value, label: say(`${stem}.${value}` as MoneyKey) }));
const runDays = () => [
	{ value: "0", label: say("money.run.never") },
	...Array.from({ length: 28 }, (_, i) => ({
		value: String(i + 1),
		label: say("money.run.day", { n: i + 1 }),
	})),
	{ value: String(LAST), label: say("money.run.last") },
];

export function Rules(p: { rules: Billing; reload: () => Promise<void> }) {
	const form = useForm({
		initial: read(p.rules),
		draft: "billing-rules",
		async send(v, key) {
			await call("PUT /api/office/billing", { body: written(v, p.rules.version), key });
			await p.reload();
			toast(t("act.saved"));
		},
	});
	const number = (name: keyof Fields, label: MoneyKey) => (
		<TextField form={form} name={name} label={say(label)} inputmode="numeric" maxLength={4} />
	);
	return (
		<form onSubmit={form.submit} noValidate>
			<fieldset class="sheet" disabled={!may("bill") && !may("manage_company")}>
				<FormTrouble form={form} />
				<Part title={say("money.when")} text={say("money.when.text")}>
					<SelectField
						form={form}
						name="shows"
						label={say("money.shows")}
						choices={of("money.shows", ["invoice", "statement"])}
					/>
					<div class="pair">
						<SelectField
							form={form}
							name="run_mday"
							label={say("money.run_mday")}
							choices={runDays()}
						/>
						{number("due_days", "money.due_days")}
					</div>
					{number("first_mday", "money.first_mday")}
					<CheckField form={form} name="in_advance" label={say("money.in_advance")} />
					<CheckField form={form} name="at_completion" label={say("money.at_completion")} />
					<CheckField form={form} name="mails" label={say("money.mails")} />
				</Part>
				<Part title={say("money.policy")} text={say("money.policy.text")}>
					<div class="pair">
						<SelectField
							form={form}
							name="proration"
							label={say("money.proration")}
							choices={of("money.proration", ["none", "days", "stops"])}
						/>
						{number("no_access_percent", "money.no_access_percent")}
					</div>
					<CheckField form={form} name="credit_customer" label={say("money.credit_customer")} />
					<TextField
						form={form}
						name="customer_reasons"
						label={say("money.customer_reasons")}
						hint={say("money.reasons.hint")}
						maxLength={400}
					/>
					<CheckField form={form} name="credit_holiday" label={say("money.credit_holiday")} />
					<TextField
						form={form}
						name="holiday_reasons"
						label={say("money.holiday_reasons")}
						maxLength={400}
					/>
					<TextField
						form={form}
						name="included_items"
						label={say("money.included")}
						hint={say("money.included.hint")}
						maxLength={400}
					/>
				</Part>
				<Part title={say("money.late")} text={say("money.late.text")}>
					{number("remind_after_days", "money.remind_after_days")}
					<div class="pair">
						{number("remind_every_days", "money.remind_every_days")}
						{number("remind_times", "money.remind_times")}
					</div>
					<div class="pair">
						{number("late_grace_days", "money.late_grace_days")}
						<TextField
							form={form}
							name="late_fee_cents"
							label={say("money.late_fee")}
							inputmode="decimal"
						/>
					</div>
					<div class="pair">
						<TextField
							form={form}
							name="late_fee_ppm"
							label={say("money.late_percent")}
							inputmode="decimal"
						/>
						<TextField
							form={form}
							name="nsf_fee_cents"
							label={say("money.nsf_fee")}
							inputmode="decimal"
						/>
					</div>
				</Part>
				<Part title={say("money.surcharge")} text={say("money.surcharge.text")}>
					<div class="pair">
						<TextField
							form={form}
							name="surcharge_ppm"
							label={say("money.surcharge.percent")}
							hint={say("money.surcharge.percent.hint")}
							inputmode="decimal"
						/>
						<DayField
							form={form}
							name="surcharge_from"
							label={say("money.surcharge.from")}
							hint={say("money.surcharge.from.hint")}
						/>
					</div>
				</Part>
				<Part title={say("money.books")} text={say("money.books.text")}>
					<div class="pair">
						<SelectField
							form={form}
							name="rounding"
							label={say("money.rounding")}
							choices={of("money.rounding", ["line", "document"])}
						/>
						<SelectField
							form={form}
							name="ageing_by"
							label={say("money.ageing_by")}
							choices={of("money.ageing_by", ["due", "document"])}
						/>
					</div>
					<DayField form={form} name="closed_until" label={say("money.closed_until")} />
					<div class="row">
						<Button kind="primary" type="submit" busy={form.busy}>
							{t("act.save")}
						</Button>
					</div>
				</Part>
			</fieldset>
		</form>
	);
}
