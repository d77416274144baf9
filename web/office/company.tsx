/*
 * Company settings. Nothing asks to be saved: a valid change is sent when the typing pauses.
 *
 * When somebody else has changed the company meanwhile (409), the fields that only they touched are
 * taken over, and the ones that both touched are shown side by side to choose from.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Company, Processor } from "../shared/api";
import { call, Fault, newKey } from "../shared/call";
import { Field, type Form, SelectField, TextField } from "../shared/form";
import { dayOf, money } from "../shared/format";
import { countries, currencies, zones } from "../shared/places";
import type { Screen } from "../shared/router";
import { Banner, Button, FaultNote, Heading, Icon } from "../shared/ui";
import { type Key, language, t } from "../shared/words";
import { Part } from "./frame";
import { may, renamed } from "./me";
import { useProcessorPage } from "./processor-page";
import { ReportWishes } from "./reports";
import { SupportPart } from "./support";

type Fields = Omit<Company, "version">;
type Name = keyof Fields;
type Values = Record<Name, string>;

const PAUSE_MS = 700;

const NAMES: Name[] = [
	"name",
	"phone",
	"street",
	"city",
	"region",
	"postcode",
	"country",
	"zone",
	"currency",
	"language",
	"accent",
	"week_starts",
];
const fieldsOf = (c: Company): Values => Object.fromEntries(NAMES.map((n) => [n, c[n]])) as Values;
const labelOf = (n: Name) => t(`company.${n}` as Key);
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

interface Clash {
	name: Name;
	mine: string;
	theirs: string;
}

function useSettings(first: Company) {
	const [values, setValues] = useState<Values>(() => {
		/* What was typed before a lost session comes back. */
		const kept = sessionStorage.getItem("draft.company");
		return kept ? { ...fieldsOf(first), ...JSON.parse(kept) } : fieldsOf(first);
	});
	const [errors, setErrors] = useState<Partial<Record<Name | "", string>>>({});
	const [state, setState] = useState<"" | "saving" | "saved" | "kept">("");
	const [clashes, setClashes] = useState<Clash[]>([]);
	const saved = useRef(first);
	const now = useRef(values);
	const timer = useRef(0);
	const busy = useRef(false);

	const mine = (): Name[] => NAMES.filter((n) => now.current[n] !== saved.current[n]);
	const keep = () => {
		const changed = Object.fromEntries(mine().map((n) => [n, now.current[n]]));
		if (Object.keys(changed).length)
			sessionStorage.setItem("draft.company", JSON.stringify(changed));
		else sessionStorage.removeItem("draft.company");
	};
	const later = () => {
		clearTimeout(timer.current);
		timer.current = window.setTimeout(() => void save(), PAUSE_MS);
	};
	const apply = (next: Values) => {
		now.current = next;
		setValues(next);
		keep();
	};

	async function save(): Promise<void> {
		if (busy.current) return later();
		if (mine().length === 0) return setState((s) => (s === "saving" ? "saved" : s));
		busy.current = true;
		setState("saving");
		const sent = { ...now.current };
		try {
			const answer = await call("PUT /api/office/company", {
				/* A form holds text; the server judges the names of languages and days. */
				body: { ...(sent as unknown as Fields), version: saved.current.version },
				key: newKey(),
			});
			saved.current = answer;
			/* What the server tidied (spaces, case) shows, unless it was typed over meanwhile. */
			const next = { ...now.current };
			for (const n of NAMES) if (next[n] === sent[n]) next[n] = answer[n] as string;
			apply(next);
			setErrors({});
			setState("saved");
			renamed(answer);
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			if (f.code === "stale") await merge();
			else {
				setErrors({ [f.field in sent ? f.field : ""]: f.message });
				setState("kept");
			}
		} finally {
			busy.current = false;
		}
		if (mine().length > 0 && JSON.stringify(now.current) !== JSON.stringify(sent)) later();
	}

	async function merge(): Promise<void> {
		const base = saved.current;
		const theirs = await call("GET /api/office/company");
		const next = { ...now.current };
		const both: Clash[] = [];
		for (const n of NAMES) {
			if (theirs[n] === base[n] || theirs[n] === next[n]) continue;
			if (next[n] === base[n]) next[n] = theirs[n];
			else both.push({ name: n, mine: next[n], theirs: theirs[n] });
		}
		saved.current = theirs;
		/* Until a choice is made, the other person's word stands. */
		for (const c of both) next[c.name] = c.theirs;
		apply(next);
		setClashes(both);
		setState("saved");
		later();
	}

	useEffect(() => {
		/* What a lost session left behind is sent now; what is still unsaved on leaving is sent then. */
		if (mine().length > 0) later();
		return () => void (mine().length > 0 && save());
	}, []);
	return {
		values,
		errors,
		state,
		clashes,
		set(name: Name, value: string) {
			apply({ ...now.current, [name]: value });
			setErrors((e) => ({ ...e, [name]: undefined, "": undefined }));
			later();
		},
		choose(c: Clash, value: string) {
			setClashes((all) => all.filter((x) => x.name !== c.name));
			apply({ ...now.current, [c.name]: value });
			later();
		},
		save,
	};
}

function SavedMark(p: { state: "" | "saving" | "saved" | "kept" }) {
	return (
		<span class={p.state === "saved" ? "saved saved--good" : "saved"} role="status">
			{p.state === "saved" && <Icon name="check" size="sm" />}
			{t(p.state === "" ? "saved.auto" : `saved.${p.state}`)}
		</span>
	);
}

function View({ data }: { data: Company }) {
	const s = useSettings(data);
	const form = { values: s.values, errors: s.errors, set: s.set } as unknown as Form<Values>;
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.company")}</Heading>
				<span class="push" />
				{may("manage_company") && <SavedMark state={s.state} />}
			</header>
			<div class="scroll">
				{/* Whoever works here may read it; to change it is another right. */}
				<fieldset class="sheet" disabled={!may("manage_company")}>
					{s.clashes.length > 0 && (
						<Banner tone="sun" alert>
							<b>{t("stale.company")}</b>
							{s.clashes.map((c) => (
								<p key={c.name}>
									{labelOf(c.name)}: {c.theirs || "–"}{" "}
									<Button size="sm" onClick={() => s.choose(c, c.mine)}>
										{t("stale.mine", { value: c.mine || "–" })}
									</Button>{" "}
									<Button size="sm" kind="quiet" onClick={() => s.choose(c, c.theirs)}>
										{t("stale.theirs")}
									</Button>
								</p>
							))}
						</Banner>
					)}
					{s.errors[""] && (
						<Banner
							tone="coral"
							alert
							action={
								<Button size="sm" onClick={() => void s.save()}>
									{t("trouble.again")}
								</Button>
							}
						>
							{s.errors[""]} {t("saved.kept")}
						</Banner>
					)}
					<Part title={t("company.who")} text={t("company.who.text")}>
						<TextField
							form={form}
							name="name"
							label={labelOf("name")}
							maxLength={120}
							autocomplete="organization"
						/>
						<TextField
							form={form}
							name="phone"
							type="tel"
							label={labelOf("phone")}
							maxLength={24}
							autocomplete="tel"
						/>
					</Part>
					<Part title={t("company.where")} text={t("company.where.text")}>
						<TextField
							form={form}
							name="street"
							label={labelOf("street")}
							maxLength={160}
							autocomplete="street-address"
						/>
						<div class="pair">
							<TextField form={form} name="city" label={labelOf("city")} maxLength={80} />
							<TextField form={form} name="region" label={labelOf("region")} maxLength={40} />
						</div>
						<div class="pair">
							<TextField form={form} name="postcode" label={labelOf("postcode")} maxLength={16} />
							<SelectField
								form={form}
								name="country"
								label={labelOf("country")}
								choices={countries(language.value, s.values.country)}
							/>
						</div>
					</Part>
					<Part title={t("company.when")} text={t("company.when.text")}>
						<SelectField
							form={form}
							name="zone"
							label={labelOf("zone")}
							choices={zones(s.values.zone)}
						/>
						<div class="pair">
							<SelectField
								form={form}
								name="currency"
								label={labelOf("currency")}
								choices={currencies(language.value, s.values.currency)}
							/>
							<SelectField
								form={form}
								name="week_starts"
								label={labelOf("week_starts")}
								choices={WEEKDAYS.map((d) => ({ value: d, label: t(`day.${d}` as Key) }))}
							/>
						</div>
					</Part>
					<Part title={t("company.look")} text={t("company.look.text")}>
						<SelectField
							form={form}
							name="language"
							label={labelOf("language")}
							hint={t("company.language.hint")}
							choices={[
								{ value: "en", label: "English" },
								{ value: "es", label: "Español" },
							]}
						/>
						<Field
							label={labelOf("accent")}
							hint={t("company.accent.hint")}
							error={s.errors.accent}
						>
							{(f) => (
								<div class="row">
									<input
										class="swatch"
										type="color"
										aria-label={labelOf("accent")}
										value={/^#[0-9a-f]{6}$/i.test(s.values.accent) ? s.values.accent : "#0b5c63"}
										onInput={(e) => s.set("accent", e.currentTarget.value)}
									/>
									<input
										id={f.id}
										class="input"
										value={s.values.accent}
										maxLength={7}
										spellcheck={false}
										aria-describedby={f.describedBy}
										aria-invalid={f.invalid}
										onInput={(e) => s.set("accent", e.currentTarget.value)}
									/>
								</div>
							)}
						</Field>
					</Part>
					{may("manage_company") && <ReportWishes />}
				</fieldset>
				{may("manage_company") && (
					<div class="sheet">
						<Part title={t("sender.title")} text={t("sender.text")}>
							<div class="row">
								<Button href="/company/mail" icon="mail">
									{t("sender.open")}
								</Button>
							</div>
						</Part>
						<Part title={t("domain.title")} text={t("domain.text")}>
							<div class="row">
								<Button href="/company/domain" icon="globe">
									{t("sender.open")}
								</Button>
							</div>
						</Part>
						<Part title={t("subscription.title")} text={t("subscription.plan.text")}>
							<div class="row">
								<Button href="/subscription" icon="card">
									{t("subscription.see")}
								</Button>
							</div>
						</Part>
					</div>
				)}
				<Cards currency={data.currency} />
				{may("own") && <SupportPart />}
			</div>
		</>
	);
}

/* The company's own account at the processor: nothing of a card ever comes here. */
function Cards({ currency }: { currency: string }) {
	const [p, set] = useState<Processor | null>(null);
	const { busy, fault, open } = useProcessorPage(
		() => call("POST /api/office/processor/connections", { key: newKey() }),
		() => call("POST /api/office/processor/links", {}),
	);
	const look = () => call("GET /api/office/processor").then(set, () => {});
	useEffect(() => {
		void look();
		/* Back from the form: its word comes a moment after the person. */
		const soon = [1000, 3000, 8000].map((ms) => setTimeout(look, ms));
		return () => soon.forEach(clearTimeout);
	}, []);
	if (!p) return null;
	return (
		<div class="sheet">
			<Part title={t("company.cards")} text={t("company.cards.text")}>
				<p>
					{t(
						!p.possible
							? "company.cards.impossible"
							: p.ready
								? p.banks
									? "company.cards.ready"
									: "company.cards.only"
								: p.asked && p.missing
									? "company.cards.form"
									: "company.cards.none",
						{ missing: p.missing },
					)}
				</p>
				{p.checked &&
					(p.unexplained_cents === 0 ? (
						<p class="meta">{t("company.cards.checked", { day: dayOf(p.checked) })}</p>
					) : (
						<Banner tone="sun">
							{t("company.cards.unexplained", {
								sum: money(p.unexplained_cents, currency),
								what: p.unexplained,
							})}
						</Banner>
					))}
				<FaultNote text={fault} />
				{p.possible && !p.ready && may("manage_company") && (
					<div class="row">
						<Button kind="primary" busy={busy} onClick={() => void open()}>
							{t(p.asked ? "company.cards.go" : "company.cards.begin")}
						</Button>
					</div>
				)}
			</Part>
		</div>
	);
}

const screen: Screen<Company> = {
	title: "nav.company",
	load: () => call("GET /api/office/company"),
	view: View,
};
export default screen;
