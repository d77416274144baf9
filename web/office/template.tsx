/* One service level or job template beside the list: how long, who may, what is ticked off, which parts. */
import { useRef } from "preact/hooks";
import type { CheckLine, PartLine, Service, ServiceWish, Skill } from "../shared/api";
import { call } from "../shared/call";
import { type Form, FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { centsOf, moneyTyped } from "../shared/format";
import { toast } from "../shared/over";
import { go } from "../shared/router";
import { Banner, Button, Pill } from "../shared/ui";
import { named, t } from "../shared/words";
import { asideMenu } from "./aside";
import { Panel } from "./frame";
import { may } from "./me";
import { AreaField, ChipsField, choices, Foot, list } from "./record";

const READINGS = ["", "water", "pressure", "salt", "temperature", "signature"] as const;
/* How often a line appears: on every visit, or when so many days have passed since it was last ticked off. */
export const EVERY = ["", "7", "14", "30", "91", "182", "365"] as const;
const CHECKLIST_MAX = 40;

type Values = Record<
	| "name"
	| "kind"
	| "minutes"
	| "pay_code"
	| "price_cents"
	| "skills"
	| "instructions"
	| "checklist"
	| "parts",
	string
>;

const read = (s: Service | null): Values => ({
	name: s?.name ?? "",
	kind: s?.kind ?? "level",
	minutes: String(s?.minutes ?? 30),
	pay_code: s?.pay_code ?? "",
	price_cents: s && s.price_cents > 0 ? moneyTyped(s.price_cents) : "",
	skills: (s?.skills ?? []).map((x) => x.skill_id).join(","),
	instructions: s?.instructions ?? "",
	checklist: JSON.stringify(s?.checklist ?? []),
	parts: JSON.stringify(s?.parts ?? []),
});

const written = (v: Values): ServiceWish => ({
	name: v.name.trim(),
	kind: v.kind as Service["kind"],
	minutes: Number(v.minutes) || 0,
	pay_code: v.pay_code.trim(),
	price_cents: v.price_cents.trim() === "" ? 0 : (centsOf(v.price_cents) ?? -1),
	skills: list(v.skills).map((skill_id) => ({ skill_id })),
	instructions: v.instructions.trim(),
	checklist: rowsOf<CheckLine>(v.checklist).filter((c) => c.text.trim()),
	parts: rowsOf<PartLine>(v.parts).filter((x) => x.name.trim()),
});

const rowsOf = <T,>(text: string): T[] => JSON.parse(text || "[]");

export function ServicePanel(p: {
	service: Service | null;
	skills: Skill[];
	close: () => void;
	changed: () => Promise<void>;
}) {
	const { service } = p;
	const version = useRef(service?.version ?? 0);
	const edits = may("manage_company");
	const form = useForm<Values>({
		initial: read(service),
		draft: `service-${service?.id ?? "new"}`,
		async send(v, key) {
			const body = written(v);
			if (body.price_cents < 0) throw wrong("price_cents", t("money.bad"));
			const saved = service
				? await call("PUT /api/office/services/:id", {
						id: service.id,
						body: { ...body, version: version.current },
						key,
					})
				: await call("POST /api/office/services", { body, key });
			version.current = saved.version;
			await p.changed();
			toast(t("act.saved"));
			go(`/services/${saved.id}`, true);
		},
	});
	const menu = asideMenu({
		thing: service,
		may: edits,
		put: async (archived, version) => {
			const id = service?.id ?? "";
			/* Offered again it asks for no version: nothing of it was changed. */
			if (archived)
				await call("POST /api/office/services/:id/archivals", { id, body: { version } });
			else await call("DELETE /api/office/services/:id/archivals", { id });
			return { version };
		},
		fail: (message) => form.fail("", message),
		...p,
	});
	const skills = p.skills.filter((s) => !s.archived || list(form.values.skills).includes(s.id));
	return (
		<Panel
			title={service?.name || t("services.add")}
			close={p.close}
			menu={menu}
			more={t("services.more")}
		>
			{service?.archived && (
				<Banner
					icon="box"
					action={
						menu[0] && (
							<Button size="sm" icon="undo" onClick={menu[0].act}>
								{menu[0].label}
							</Button>
						)
					}
				>
					{t("services.archived.text")}
				</Banner>
			)}
			<form class="stack" onSubmit={form.submit} noValidate>
				<fieldset class="stack" disabled={!edits}>
					<legend class="unseen">{service?.name || t("services.add")}</legend>
					<FormTrouble form={form} />
					<TextField
						form={form}
						name="name"
						label={t("field.name")}
						maxLength={80}
						required
						autofocus={!service}
					/>
					<SelectField
						form={form}
						name="kind"
						label={t("services.kind")}
						choices={choices("services.kind", ["level", "job"])}
						hint={t(form.values.kind === "level" ? "services.levels.text" : "services.jobs.text")}
						disabled={service !== null}
					/>
					<div class="pair">
						<TextField
							form={form}
							name="minutes"
							label={t("services.minutes.long")}
							inputmode="numeric"
							maxLength={4}
						/>
						<TextField
							form={form}
							name="price_cents"
							label={t("services.price")}
							hint={t("services.price.hint")}
							inputmode="text"
							maxLength={12}
						/>
					</div>
					<TextField
						form={form}
						name="pay_code"
						label={t("services.pay")}
						hint={t("services.pay.hint")}
						maxLength={20}
					/>
					{skills.length > 0 ? (
						<ChipsField
							form={form}
							name="skills"
							label={t("services.needs")}
							hint={t("services.needs.hint")}
							choices={skills.map((s) => ({ value: s.id, label: s.name }))}
						/>
					) : (
						<p class="meta">
							{t("services.needs.none")}{" "}
							<a class="link" href="/services/skills">
								{t("skills.title")}
							</a>
						</p>
					)}
					<Checklist form={form} />
					<Parts form={form} />
					<AreaField
						form={form}
						name="instructions"
						label={t("services.instructions")}
						hint={t("services.instructions.hint")}
						rows={4}
						maxLength={4000}
					/>
				</fieldset>
				{edits ? (
					<Foot busy={form.busy} close={p.close} />
				) : (
					<Pill icon="lock">{t("services.read.only")}</Pill>
				)}
			</form>
		</Panel>
	);
}

/* Lines in their order; each says whether a photo, a reading, or the tick itself is required. */
function Checklist(p: { form: Form<Values> }) {
	const { form } = p;
	const rows = rowsOf<CheckLine>(form.values.checklist);
	const put = (next: CheckLine[]) => form.set("checklist", JSON.stringify(next));
	const edit = (i: number, change: Partial<CheckLine>) =>
		put(rows.map((r, k) => (k === i ? { ...r, ...change } : r)));
	const move = (i: number, by: number) => {
		const next = [...rows];
		const [row] = next.splice(i, 1);
		if (row) next.splice(i + by, 0, row);
		put(next);
	};
	return (
		<fieldset class="field">
			<legend class="field__label">{t("services.checklist")}</legend>
			{form.errors.checklist && (
				<p class="field__error" role="alert">
					{form.errors.checklist}
				</p>
			)}
			<ol class="checks">
				{rows.map((row, i) => (
					<li key={i} class="checks__line">
						<div class="row">
							<input
								class="input grow"
								aria-label={t("services.line.of", { n: i + 1 })}
								value={row.text}
								maxLength={200}
								onInput={(e) => edit(i, { text: e.currentTarget.value })}
							/>
							<Button
								kind="quiet"
								size="sm"
								icon="up"
								label={t("services.line.up", { line: row.text || String(i + 1) })}
								disabled={i === 0}
								onClick={() => move(i, -1)}
							/>
							<Button
								kind="quiet"
								size="sm"
								icon="x"
								label={t("services.line.drop", { line: row.text || String(i + 1) })}
								onClick={() => put(rows.filter((_, k) => k !== i))}
							/>
						</div>
						<div class="chips">
							<button
								class="chip"
								type="button"
								aria-pressed={row.required}
								onClick={() => edit(i, { required: !row.required })}
							>
								{t("services.line.required")}
							</button>
							<button
								class="chip"
								type="button"
								aria-pressed={row.photo}
								onClick={() => edit(i, { photo: !row.photo })}
							>
								{t("services.line.photo")}
							</button>
							<select
								class="select select--chip"
								aria-label={t("services.line.reading")}
								value={row.reading}
								onChange={(e) => edit(i, { reading: e.currentTarget.value })}
							>
								{[...new Set([...READINGS, row.reading])].map((r) => (
									<option key={r} value={r} selected={r === row.reading}>
										{r === "" ? t("reading.none") : named("reading", r)}
									</option>
								))}
							</select>
							<select
								class="select select--chip"
								aria-label={t("services.line.every")}
								value={String(row.every_days ?? "")}
								onChange={(e) => edit(i, { every_days: Number(e.currentTarget.value) || null })}
							>
								{[...new Set([...EVERY, String(row.every_days ?? "")])].map((d) => (
									<option key={d} value={d} selected={d === String(row.every_days ?? "")}>
										{d === "" ? t("every.visit") : every(Number(d))}
									</option>
								))}
							</select>
						</div>
					</li>
				))}
			</ol>
			{rows.length < CHECKLIST_MAX && (
				<div>
					<Button
						size="sm"
						icon="plus"
						onClick={() =>
							put([
								...rows,
								{ text: "", photo: false, required: true, reading: "", every_days: null },
							])
						}
					>
						{t("services.line.add")}
					</Button>
				</div>
			)}
		</fieldset>
	);
}

/* "every 6 months" for what people say so, otherwise in days. */
export function every(days: number): string {
	const known = named("every", String(days));
	return known === String(days) ? t("every.days", { n: days }) : known;
}

function Parts(p: { form: Form<Values> }) {
	const { form } = p;
	const rows = rowsOf<PartLine>(form.values.parts);
	const put = (next: PartLine[]) => form.set("parts", JSON.stringify(next));
	const edit = (i: number, change: Partial<PartLine>) =>
		put(rows.map((r, k) => (k === i ? { ...r, ...change } : r)));
	return (
		<fieldset class="field">
			<legend class="field__label">{t("services.parts")}</legend>
			{rows.map((row, i) => (
				<div key={i} class="row">
					<input
						class="input input--few"
						type="number"
						min={1}
						max={999}
						aria-label={t("services.part.count", { part: row.name || String(i + 1) })}
						value={row.quantity}
						onInput={(e) => edit(i, { quantity: Math.max(1, Number(e.currentTarget.value) || 1) })}
					/>
					<input
						class="input grow"
						aria-label={t("services.part.of", { n: i + 1 })}
						value={row.name}
						maxLength={120}
						onInput={(e) => edit(i, { name: e.currentTarget.value })}
					/>
					<Button
						kind="quiet"
						size="sm"
						icon="x"
						label={t("services.line.drop", { line: row.name || String(i + 1) })}
						onClick={() => put(rows.filter((_, k) => k !== i))}
					/>
				</div>
			))}
			<div>
				<Button size="sm" icon="plus" onClick={() => put([...rows, { name: "", quantity: 1 }])}>
					{t("services.part.add")}
				</Button>
			</div>
		</fieldset>
	);
}
