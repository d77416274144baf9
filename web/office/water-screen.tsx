/* The company's water: readings that somebody should look at, and the rules by which all water is judged. */
import { useState } from "preact/hooks";
import type { DoubtLine, MeasureRule, OwnMeasure, WaterPolicy } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { moment } from "../shared/format";
import { levelOf, levelShown, measureName, typed, unitOf } from "../shared/measure";
import { toast } from "../shared/over";
import type { Place, Screen } from "../shared/router";
import { Badge, Banner, Button, Empty, Heading } from "../shared/ui";
import type { Measure, Units } from "../shared/water";
import { count, named, t } from "../shared/words";
import { Part } from "./frame";
import { may } from "./me";
import { choices } from "./record";
import { Table } from "./table";
import { Take } from "./taken";

interface Data {
	doubts: DoubtLine[];
	next: string | null;
	policy: WaterPolicy;
}

const MEASURES: Measure[] = [
	"fc",
	"tc",
	"cc",
	"bromine",
	"ph",
	"ta",
	"ch",
	"cya",
	"salt",
	"temp",
	"tds",
	"orp",
	"phosphate",
	"borate",
	"copper",
	"iron",
	"nitrate",
	"turbidity",
	"pressure",
	"flow",
];
const OWN: Measure[] = ["own1", "own2", "own3", "own4", "own5", "own6"];
const KINDS = ["pool", "spa", "fountain", "other"] as const;
const SANITISERS = [
	"chlorine",
	"salt",
	"bromine",
	"biguanide",
	"mineral",
	"ozone",
	"uv",
	"other",
] as const;

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const tab = at.path === "/water/rules" || !may("dispatch") ? "rules" : "";
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.water")}</Heading>
				{!tab && (
					<span class="bar__sub">
						{data.next
							? t("doubts.over", { n: data.doubts.length })
							: count("doubts.count", data.doubts.length)}
					</span>
				)}
				<span class="push" />
				{!tab && data.doubts.length > 0 && <Take list="doubts" />}
			</header>
			<nav class="under tabs" aria-label={t("nav.water")}>
				{may("dispatch") && (
					<a class="tab" href="/water" aria-current={tab ? undefined : "page"}>
						{t("doubts.title")}
					</a>
				)}
				<a class="tab" href="/water/rules" aria-current={tab ? "page" : undefined}>
					{t("rules.title")}
				</a>
			</nav>
			<div class="scroll">
				{tab ? (
					<Rules key={data.policy.version} policy={data.policy} changed={reload} />
				) : (
					<Doubts
						key={data.doubts.map((r) => r.id).join()}
						first={data.doubts}
						next={data.next}
						units={data.policy.units}
						own={data.policy.own}
						changed={reload}
					/>
				)}
			</div>
		</>
	);
}

function Doubts(p: {
	first: DoubtLine[];
	next: string | null;
	units: Units;
	own: OwnMeasure[];
	changed: () => Promise<void>;
}) {
	const [busy, setBusy] = useState("");
	const [rows, setRows] = useState(p.first);
	const [next, setNext] = useState(p.next);
	const more = async (before: string) => {
		try {
			const page = await call("GET /api/office/doubts", { query: { before } });
			setRows([...rows, ...page.rows]);
			setNext(page.next);
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
		}
	};
	const trust = async (r: DoubtLine) => {
		setBusy(r.id);
		try {
			await call("POST /api/office/readings/:id/trusts", {
				id: r.id,
				body: { version: r.version },
			});
			toast(t("doubts.trusted"));
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
		}
		await p.changed();
		setBusy("");
	};
	if (rows.length === 0)
		return (
			<Empty icon="done" title={t("doubts.none")}>
				{t("doubts.none.text")}
			</Empty>
		);
	return (
		<>
			<p class="tools muted">{t("doubts.text")}</p>
			<Table
				caption={t("doubts.title")}
				rows={rows}
				keyOf={(r) => r.id}
				columns={[
					{
						head: t("doubts.where"),
						wide: true,
						cell: (r) => (
							<a class="person" href={`/customers/${r.customer_id}?tab=water`}>
								<span>
									<b class="clip">{r.customer}</b>
									<small class="clip">
										{[r.street, r.pool || named("water", r.pool_kind)].filter(Boolean).join(", ")}
									</small>
								</span>
							</a>
						),
					},
					{
						head: t("doubts.why"),
						cell: (r) => (
							<>
								{r.doubts.map((d) => (
									<p key={d}>
										<Badge tone="sun">{named("doubt", d)}</Badge>{" "}
										<span class="meta">{named("doubt.text", d)}</span>
									</p>
								))}
								<p class="meta">
									{r.values
										.map(
											(v) =>
												`${measureName(v.measure, p.own)} ${levelShown(v.measure, v, p.units)}`,
										)
										.join(" · ")}
								</p>
							</>
						),
					},
					{
						head: t("doubts.who"),
						desk: true,
						cell: (r) => (
							<>
								{r.staff_name ?? "–"}
								<br />
								<span class="meta">{moment(r.at)}</span>
							</>
						),
					},
					{
						head: "",
						tight: true,
						cell: (r) => (
							<Button size="sm" icon="check" busy={busy === r.id} onClick={() => void trust(r)}>
								{t("doubts.trust")}
								<span class="unseen"> {r.customer}</span>
							</Button>
						),
					},
				]}
			/>
			{next && (
				<div class="more">
					<Button onClick={() => void more(next)}>{t("act.more")}</Button>
				</div>
			)}
		</>
	);
}

/* ---- rules ---- */

/* A line as it is typed: empty numbers mean "as usual". */
interface Line {
	measure: string;
	kind: string;
	sanitiser: string;
	asked: boolean;
	required: boolean;
	every: string;
	low: string;
	aim_low: string;
	aim_high: string;
	high: string;
}
const FOUR = ["low", "aim_low", "aim_high", "high"] as const;

const lineOf = (r: MeasureRule, units: Units): Line => {
	const n = (x100: number) => (r.ranges ? typed(r.measure, { x100, how: "exact" }, units) : "");
	return {
		measure: r.measure,
		kind: r.kinds[0] ?? "",
		sanitiser: r.sanitisers[0] ?? "",
		asked: r.asked,
		required: r.required,
		every: r.every_days ? String(r.every_days) : "",
		low: n(r.low),
		aim_low: n(r.aim_low),
		aim_high: n(r.aim_high),
		high: n(r.high),
	};
};

function ruleOf(l: Line, units: Units): MeasureRule | string {
	const m = l.measure as Measure;
	const said = FOUR.map((k) => l[k].trim());
	const ranges = said.some(Boolean);
	const values = said.map((x) => levelOf(m, x, units));
	if (ranges && values.some((x) => x?.how !== "exact"))
		return t("rules.four", { measure: measureName(m) });
	const at = (i: number) => (ranges ? (values[i]?.x100 ?? 0) : 0);
	return {
		measure: m,
		kinds: l.kind ? [l.kind as MeasureRule["kinds"][number]] : [],
		sanitisers: l.sanitiser ? [l.sanitiser as MeasureRule["sanitisers"][number]] : [],
		asked: l.asked,
		required: l.asked && l.required,
		every_days: Math.min(366, Math.max(0, Math.round(Number(l.every) || 0))),
		ranges,
		low: at(0),
		aim_low: at(1),
		aim_high: at(2),
		high: at(3),
	};
}

/* Shared by the company's page and one pool's own panel. */
export function RuleLines(p: {
	lines: Line[];
	set: (lines: Line[]) => void;
	units: Units;
	own: readonly OwnMeasure[];
	pool?: boolean;
	readOnly?: boolean;
}) {
	const change = (i: number, part: Partial<Line>) =>
		p.set(p.lines.map((l, k) => (k === i ? { ...l, ...part } : l)));
	const listed = [...MEASURES, ...OWN.filter((m) => p.own.some((o) => o.measure === m))];
	return (
		<div class="stack">
			{p.lines.length === 0 && <p class="faint">{t("rules.none")}</p>}
			{p.lines.map((l, i) => {
				const name = measureName(l.measure as Measure, p.own);
				return (
					<fieldset key={i} class="rule" disabled={p.readOnly}>
						<legend class="unseen">{name}</legend>
						<div class="rule__top">
							<select
								class="select"
								aria-label={t("rules.measure")}
								value={l.measure}
								onChange={(e) => change(i, { measure: e.currentTarget.value })}
							>
								{listed.map((m) => (
									<option key={m} value={m}>
										{[measureName(m, p.own), unitOf(m, p.units, p.own)].filter(Boolean).join(", ")}
									</option>
								))}
							</select>
							{!p.pool && (
								<>
									<select
										class="select"
										aria-label={`${name}: ${t("rules.kind")}`}
										value={l.kind}
										onChange={(e) => change(i, { kind: e.currentTarget.value })}
									>
										<option value="">{t("rules.kind.all")}</option>
										{choices("water", KINDS).map((c) => (
											<option key={c.value} value={c.value}>
												{c.label}
											</option>
										))}
									</select>
									<select
										class="select"
										aria-label={`${name}: ${t("rules.sanitiser")}`}
										value={l.sanitiser}
										onChange={(e) => change(i, { sanitiser: e.currentTarget.value })}
									>
										<option value="">{t("rules.sanitiser.all")}</option>
										{choices("sanitiser", SANITISERS).map((c) => (
											<option key={c.value} value={c.value}>
												{c.label}
											</option>
										))}
									</select>
								</>
							)}
							<Button
								kind="quiet"
								size="sm"
								icon="x"
								label={t("rules.drop", { measure: name })}
								onClick={() => p.set(p.lines.filter((_, k) => k !== i))}
							/>
						</div>
						<div class="rule__numbers">
							{FOUR.map((k) => (
								<label key={k} class="field">
									<span class="field__label">{t(`rules.${k}`)}</span>
									<input
										class="input input--few"
										value={l[k]}
										placeholder={t("rules.usual")}
										maxLength={9}
										onInput={(e) => change(i, { [k]: e.currentTarget.value })}
									/>
								</label>
							))}
						</div>
						<div class="row row--wrap">
							<label class="check">
								<input
									type="checkbox"
									checked={l.asked}
									onChange={(e) => change(i, { asked: e.currentTarget.checked })}
								/>
								<span>{t("rules.asked")}</span>
							</label>
							<label class="check">
								<input
									type="checkbox"
									checked={l.asked && l.required}
									disabled={!l.asked}
									onChange={(e) => change(i, { required: e.currentTarget.checked })}
								/>
								<span>{t("rules.required")}</span>
							</label>
							<label class="row">
								<span class="meta">{t("rules.every")}</span>
								<input
									class="input input--few"
									inputMode="numeric"
									value={l.every}
									placeholder={t("rules.visit")}
									maxLength={3}
									onInput={(e) => change(i, { every: e.currentTarget.value })}
								/>
							</label>
						</div>
					</fieldset>
				);
			})}
			{!p.readOnly && (
				<div>
					<Button
						size="sm"
						icon="plus"
						onClick={() =>
							p.set([
								...p.lines,
								{
									measure: "fc",
									kind: "",
									sanitiser: "",
									asked: true,
									required: false,
									every: "",
									low: "",
									aim_low: "",
									aim_high: "",
									high: "",
								},
							])
						}
					>
						{t("rules.add")}
					</Button>
				</div>
			)}
		</div>
	);
}
export { type Line as RuleLine, lineOf, ruleOf };

function Rules(p: { policy: WaterPolicy; changed: () => Promise<void> }) {
	const { policy } = p;
	const edits = may("manage_company");
	const units = policy.units;
	const level = (m: Measure, x100: number) => (x100 ? typed(m, { x100, how: "exact" }, units) : "");
	const [lines, setLines] = useState(policy.rules.map((r) => lineOf(r, units)));
	const form = useForm<Record<string, string>>({
		initial: {
			school: policy.school,
			method: policy.method,
			units: policy.units,
			kit: policy.kit,
			fill_ch: level("ch", policy.fill_ch),
			fill_cya: level("cya", policy.fill_cya),
			fill_salt: level("salt", policy.fill_salt),
			fill_tds: level("tds", policy.fill_tds),
			...Object.fromEntries(
				OWN.flatMap((m) => {
					const o = policy.own.find((x) => x.measure === m);
					return [
						[`${m}_name`, o?.name ?? ""],
						[`${m}_unit`, o?.unit ?? ""],
					];
				}),
			),
		},
		async send(v, key) {
			const rules = lines.map((l) => ruleOf(l, units));
			for (const r of rules) if (typeof r === "string") throw wrong("", r);
			const fill = (m: "ch" | "cya" | "salt" | "tds") => {
				const text = v[`fill_${m}`] ?? "";
				const l = text.trim() ? levelOf(m, text, units) : { x100: 0 };
				if (!l) throw wrong(`fill_${m}`, t("reading.number"));
				return l.x100;
			};
			await call("PUT /api/office/water-policy", {
				body: {
					school: v.school as WaterPolicy["school"],
					method: v.method as WaterPolicy["method"],
					units: v.units as WaterPolicy["units"],
					kit: v.kit as WaterPolicy["kit"],
					fill_ch: fill("ch"),
					fill_cya: fill("cya"),
					fill_salt: fill("salt"),
					fill_tds: fill("tds"),
					rules: rules as MeasureRule[],
					own: OWN.filter((m) => v[`${m}_name`]?.trim()).map((m) => ({
						measure: m,
						name: v[`${m}_name`]?.trim() ?? "",
						unit: v[`${m}_unit`]?.trim() ?? "",
						decimals: 2,
					})),
					version: policy.version,
				},
				key,
			});
			await p.changed();
			toast(t("act.saved"));
		},
	});
	const owned = OWN.filter((m) => form.values[`${m}_name`]);
	const nextOwn = OWN.find((m) => !form.values[`${m}_name`]);
	return (
		<form class="sheet" onSubmit={form.submit} noValidate>
			{!edits && <Banner icon="lock">{t("rules.readonly")}</Banner>}
			<FormTrouble form={form} />
			<Part title={t("rules.how")} text={t("rules.how.text")}>
				<div class="pair">
					<SelectField
						form={form}
						name="school"
						label={t("rules.school")}
						hint={t(`rules.school.${form.values.school as "by_cya"}.hint`)}
						disabled={!edits}
						choices={choices("rules.school", ["by_cya", "classic"])}
					/>
					<SelectField
						form={form}
						name="method"
						label={t("rules.method")}
						hint={t(`rules.method.${form.values.method as "csi"}.hint`)}
						disabled={!edits}
						choices={choices("rules.method", ["csi", "lsi"])}
					/>
					<SelectField
						form={form}
						name="units"
						label={t("rules.units")}
						disabled={!edits}
						choices={choices("rules.units", ["us", "metric"])}
					/>
					<SelectField
						form={form}
						name="kit"
						label={t("rules.kit")}
						hint={t("rules.kit.hint")}
						disabled={!edits}
						choices={choices("rules.kit", ["drops", "strips", "meter"])}
					/>
				</div>
			</Part>
			<Part title={t("rules.lines")} text={t("rules.lines.text")}>
				<RuleLines lines={lines} set={setLines} units={units} own={policy.own} readOnly={!edits} />
			</Part>
			<Part title={t("rules.fill")} text={t("rules.fill.text")}>
				<div class="pair">
					{(["ch", "cya", "salt", "tds"] as const).map((m) => (
						<TextField
							key={m}
							form={form}
							name={`fill_${m}`}
							label={`${measureName(m)}, ppm`}
							inputmode="numeric"
							maxLength={7}
							readOnly={!edits}
						/>
					))}
				</div>
			</Part>
			<Part title={t("rules.ownmeasures")} text={t("rules.ownmeasures.text")}>
				{[...owned, ...(nextOwn && edits ? [nextOwn] : [])].map((m) => (
					<div key={m} class="pair">
						<TextField
							form={form}
							name={`${m}_name`}
							label={t("field.name")}
							maxLength={40}
							readOnly={!edits}
						/>
						<TextField
							form={form}
							name={`${m}_unit`}
							label={t("item.unit")}
							maxLength={12}
							readOnly={!edits}
						/>
					</div>
				))}
			</Part>
			{edits && (
				<div class="row">
					<Button kind="primary" type="submit" busy={form.busy}>
						{t("act.save")}
					</Button>
				</div>
			)}
		</form>
	);
}

const screen: Screen<Data> = {
	title: "nav.water",
	key: () => "water",
	async load() {
		const [doubts, policy] = await Promise.all([
			may("dispatch") ? call("GET /api/office/doubts") : { rows: [], next: null },
			call("GET /api/office/water-policy"),
		]);
		return { doubts: doubts.rows, next: doubts.next, policy };
	},
	view: View,
};
export default screen;
