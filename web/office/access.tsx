/* How to get in: codes for thirty seconds, keys, dogs, hazards, where to park. */
import type { CodeQuestion, Property } from "../shared/api";
import { call, Fault } from "../shared/call";
import { TextField } from "../shared/form";
import { Button, Icon } from "../shared/ui";
import { named, t } from "../shared/words";
import { CodeLine } from "./codeline";
import { may } from "./me";
import { EditPanel } from "./panel";
import { addressOf, placeOf, standing, Where } from "./place";
import { AreaField, ChipsField, choices, list, type Page, useRecord } from "./record";

type Kind = CodeQuestion["kind"];
const CODES = ["gate", "lockbox", "alarm", "note"] as const;

const hasCode = (x: Property, k: Kind) =>
	({ gate: x.has_gate, lockbox: x.has_lockbox, alarm: x.has_alarm, note: x.has_note })[k];

export function GettingIn(p: { page: Page; property: Property; edits: boolean }) {
	const { property: x } = p;
	const codes = CODES.filter((k) => hasCode(x, k));
	const lines = [
		["key_no", "key", x.key_no],
		["dogs", "paw", x.dogs],
		["hazards", "alert", x.hazards],
		["parking", "pin", x.parking],
	] as const;
	const empty = codes.length === 0 && lines.every(([, , v]) => !v);
	return (
		<section class="sidepart" aria-label={t("access.title")}>
			<div class="sidepart__head">
				<h2>{t("access.title")}</h2>
				{p.edits && (
					<Button kind="quiet" size="sm" onClick={() => p.page.edit(`access:${x.id}`)}>
						{t("act.edit")}
						<span class="unseen"> {t("access.title")}</span>
					</Button>
				)}
			</div>
			<Where property={x} edit={p.edits ? () => p.page.edit(`place:${x.id}`) : undefined} />
			{empty && <p class="faint">{t("access.none")}</p>}
			{codes.map((k) => (
				<CodeLine key={`${x.id}.${k}.${x.codes_changed_at}`} property={x} kind={k} />
			))}
			{lines.map(
				([name, icon, value]) =>
					value && (
						<div key={name} class="sideline">
							<Icon name={icon} />
							<div class="grow">
								<b>{named("field", name)}</b>
								<p class="muted lines-kept">{value}</p>
							</div>
						</div>
					),
			)}
			{codes.length > 0 && (
				<p class="meta">{t(may("see_codes") ? "access.rule" : "access.hidden")}</p>
			)}
		</section>
	);
}

export function AccessPanel(p: { page: Page; id: string }) {
	const { page } = p;
	const x = placeOf(page.customer, p.id);
	const form = useRecord({
		page,
		draft: `access.${p.id}`,
		secret: [...CODES],
		read(c) {
			const now = placeOf(c, p.id);
			if (!now) return null;
			return {
				values: {
					gate: "",
					lockbox: "",
					alarm: "",
					note: "",
					drop: "",
					key_no: now.key_no,
					dogs: now.dogs,
					hazards: now.hazards,
					parking: now.parking,
				},
				version: now.version,
			};
		},
		async send(v, version, key) {
			const now = placeOf(page.customer, p.id);
			if (!now) throw new Fault("not_found", "", t("stale.gone"), 404, "", 0);
			const drop = list(v.drop);
			const code = (k: Kind) => (drop.includes(k) ? "" : v[k].trim() || null);
			const codes = {
				gate: code("gate"),
				lockbox: code("lockbox"),
				alarm: code("alarm"),
				note: code("note"),
			};
			const touched = Object.values(codes).some((c) => c !== null);
			const plain = (["key_no", "dogs", "hazards", "parking"] as const).some(
				(name) => v[name].trim() !== now[name],
			);
			let saved = null;
			let at = version;
			if (plain || !touched) {
				saved = await call("PUT /api/office/properties/:id", {
					id: p.id,
					body: {
						...standing(now),
						key_no: v.key_no.trim(),
						dogs: v.dogs.trim(),
						hazards: v.hazards.trim(),
						parking: v.parking.trim(),
						version,
					},
					key,
				});
				at = placeOf(saved.customer, p.id)?.version ?? version;
			}
			if (touched)
				saved = await call("PUT /api/office/properties/:id/codes", {
					id: p.id,
					body: { ...codes, version: at },
				});
			return saved!;
		},
	});
	if (!x) return null;
	const there = CODES.filter((k) => hasCode(x, k));
	return (
		<EditPanel title={t("access.title")} page={page} form={form} about={addressOf(x)}>
			{may("see_codes") && (
				<>
					{CODES.map((k) =>
						k === "note" ? (
							<AreaField
								key={k}
								form={form}
								name={k}
								label={named("code", k)}
								hint={t(hasCode(x, k) ? "access.keep" : "access.note.hint")}
								maxLength={500}
							/>
						) : (
							<TextField
								key={k}
								form={form}
								name={k}
								label={named("code", k)}
								hint={hasCode(x, k) ? t("access.keep") : undefined}
								maxLength={36}
							/>
						),
					)}
					{there.length > 0 && (
						<ChipsField
							form={form}
							name="drop"
							label={t("access.drop")}
							choices={choices("code", there)}
						/>
					)}
				</>
			)}
			<TextField
				form={form}
				name="key_no"
				label={t("field.key_no")}
				hint={t("access.key.hint")}
				maxLength={24}
			/>
			<TextField
				form={form}
				name="dogs"
				label={t("field.dogs")}
				hint={t("access.dogs.hint")}
				maxLength={160}
			/>
			<AreaField form={form} name="hazards" label={t("field.hazards")} rows={2} maxLength={400} />
			<AreaField form={form} name="parking" label={t("field.parking")} rows={2} maxLength={200} />
		</EditPanel>
	);
}
