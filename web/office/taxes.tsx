/* Sales tax: which rules there are, where places lie, what services are. */
import { useState } from "preact/hooks";
import type { TaxPlaces, TaxRule } from "../shared/api";
import { call, Fault, newKey } from "../shared/call";
import { FormTrouble, TextField, useForm } from "../shared/form";
import { dayOf, number } from "../shared/format";
import { toast } from "../shared/over";
import { go, type Place } from "../shared/router";
import { Button, Empty, Pill } from "../shared/ui";
import { t } from "../shared/words";
import { Panel } from "./frame";
import { may } from "./me";
import { say, sayCount } from "./moneywords";
import { DayField, Foot } from "./record";
import { ppmOf } from "./rules";
import { Table } from "./table";
import { today } from "./technicians";

const HERE = "/bills/taxes";
const close = () => go(HERE);
export const percent = (ppm: number) => `${number(ppm / 10_000)} %`;

function AddPanel(p: { changed: () => Promise<void> }) {
	const form = useForm({
		initial: { name: "", code: "service", area: "", rate_ppm: "", from_day: today() },
		draft: "tax-new",
		async send(v, key) {
			await call("POST /api/office/taxes", {
				key,
				body: {
					name: v.name.trim(),
					code: v.code.trim(),
					area: v.area.trim(),
					rate_ppm: ppmOf(v.rate_ppm, "rate_ppm"),
					from_day: v.from_day,
				},
			});
			await p.changed();
			toast(t("act.saved"));
			close();
		},
	});
	return (
		<Panel title={say("money.tax.add")} close={close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<TextField
					form={form}
					name="name"
					label={say("money.tax.name")}
					maxLength={80}
					required
					autofocus
				/>
				<TextField
					form={form}
					name="rate_ppm"
					label={say("money.tax.rate")}
					inputmode="decimal"
					required
				/>
				<TextField
					form={form}
					name="area"
					label={say("money.tax.area")}
					hint={say("money.tax.area.hint")}
					maxLength={40}
					required
				/>
				<TextField
					form={form}
					name="code"
					label={say("money.tax.code")}
					hint={say("money.tax.code.hint")}
					maxLength={24}
					required
				/>
				<DayField form={form} name="from_day" label={say("money.tax.from")} />
				<Foot busy={form.busy} close={close} />
			</form>
		</Panel>
	);
}

function EndPanel(p: { rule: TaxRule; changed: () => Promise<void> }) {
	const form = useForm({
		initial: { until_day: today() },
		async send(v, key) {
			await call("POST /api/office/taxes/:id/ends", {
				id: p.rule.id,
				key,
				body: { until_day: v.until_day },
			});
			await p.changed();
			toast(say("money.tax.ended", { name: p.rule.name }));
			close();
		},
	});
	return (
		<Panel title={say("money.tax.end.title", { name: p.rule.name })} close={close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<p class="muted">{say("money.tax.end.text")}</p>
				<FormTrouble form={form} />
				<DayField form={form} name="until_day" label={say("money.tax.until")} />
				<Foot busy={form.busy} close={close} go={say("money.tax.end")} />
			</form>
		</Panel>
	);
}

/* A word that is saved when the field is left; the answer is the whole table again. */
function Word(p: {
	label: string;
	value: string;
	maxLength: number;
	list: string;
	save: (word: string) => Promise<void>;
}) {
	const [fault, setFault] = useState("");
	const save = async (input: HTMLInputElement) => {
		const word = input.value.trim();
		if (word === p.value) return;
		setFault("");
		try {
			await p.save(word);
			toast(t("act.saved"));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return (
		<>
			<input
				class="input"
				aria-label={p.label}
				value={p.value}
				maxLength={p.maxLength}
				list={p.list}
				autocomplete="off"
				disabled={!may("bill") && !may("manage_company")}
				aria-invalid={fault !== ""}
				onBlur={(e) => void save(e.currentTarget)}
			/>
			{fault && <p class="field__error">{fault}</p>}
		</>
	);
}

export function Taxes(p: {
	rules: TaxRule[];
	places: TaxPlaces;
	at: Place;
	reload: () => Promise<void>;
}) {
	const [places, setPlaces] = useState(p.places);
	const open = p.at.query.get("do") ?? "";
	const ending = p.rules.find((r) => r.id === p.at.query.get("end"));
	const edits = may("bill") || may("manage_company");
	const areas = [...new Set(p.rules.map((r) => r.area))];
	const codes = [...new Set(p.rules.map((r) => r.code))];
	return (
		<div class={open || ending ? "split split--open" : "split"}>
			<div class="scroll">
				<datalist id="tax-areas">
					{areas.map((a) => (
						<option key={a} value={a} />
					))}
				</datalist>
				<datalist id="tax-codes">
					{codes.map((c) => (
						<option key={c} value={c} />
					))}
				</datalist>
				<div class="tools">
					<span class="meta">{sayCount("money.tax.count", p.rules.length)}</span>
					<span class="push" />
					{edits && (
						<Button size="sm" icon="plus" href={`${HERE}?do=new`}>
							{say("money.tax.add")}
						</Button>
					)}
				</div>
				{p.rules.length === 0 ? (
					<Empty icon="list" title={say("money.tax.none")}>
						{say("money.tax.none.text")}
					</Empty>
				) : (
					<Table
						caption={say("money.taxes")}
						rows={p.rules}
						keyOf={(r) => r.id}
						columns={[
							{ head: say("money.tax.name"), wide: true, cell: (r) => <b>{r.name}</b> },
							{
								head: say("money.tax.rate"),
								tight: true,
								cell: (r) => <span class="num">{percent(r.rate_ppm)}</span>,
							},
							{ head: say("money.tax.area"), cell: (r) => r.area },
							{ head: say("money.tax.code"), desk: true, cell: (r) => r.code },
							{
								head: say("money.tax.from"),
								tight: true,
								desk: true,
								cell: (r) => dayOf(r.from_day),
							},
							{
								head: "",
								tight: true,
								cell: (r) =>
									r.until_day ? (
										<Pill tone="off">{say("money.tax.ends", { day: dayOf(r.until_day) })}</Pill>
									) : edits ? (
										<Button
											size="sm"
											href={`${HERE}?end=${r.id}`}
											label={say("money.tax.end.title", { name: r.name })}
										>
											{say("money.tax.end")}
										</Button>
									) : null,
							},
						]}
					/>
				)}
				{places.cities.length > 0 && (
					<>
						<div class="tools">
							<h2 class="kind">{say("money.tax.cities")}</h2>
							<span class="meta">{say("money.tax.cities.text")}</span>
						</div>
						<Table
							caption={say("money.tax.cities")}
							rows={places.cities}
							keyOf={(c) => `${c.city}|${c.region}|${c.tax_area}`}
							columns={[
								{
									head: say("money.tax.city"),
									wide: true,
									cell: (c) => [c.city, c.region].filter(Boolean).join(", ") || "–",
								},
								{
									head: say("money.tax.places"),
									tight: true,
									cell: (c) => <span class="num">{number(c.places)}</span>,
								},
								{
									head: say("money.tax.area"),
									cell: (c) => (
										<Word
											label={`${say("money.tax.area")}: ${c.city}`}
											value={c.tax_area}
											maxLength={40}
											list="tax-areas"
											save={async (tax_area) =>
												setPlaces(
													await call("PUT /api/office/tax-places", {
														body: { city: c.city, region: c.region, tax_area },
														key: newKey(),
													}),
												)
											}
										/>
									),
								},
							]}
						/>
					</>
				)}
				{places.services.length > 0 && (
					<>
						<div class="tools">
							<h2 class="kind">{say("money.tax.services")}</h2>
							<span class="meta">{say("money.tax.services.text")}</span>
						</div>
						<Table
							caption={say("money.tax.services")}
							rows={places.services}
							keyOf={(s) => s.id}
							columns={[
								{ head: say("money.tax.service"), wide: true, cell: (s) => s.name },
								{
									head: say("money.tax.code"),
									cell: (s) => (
										<Word
											label={`${say("money.tax.code")}: ${s.name}`}
											value={s.tax_code}
											maxLength={24}
											list="tax-codes"
											save={async (tax_code) =>
												setPlaces(
													await call("PUT /api/office/tax-services/:id", {
														id: s.id,
														body: { tax_code },
														key: newKey(),
													}),
												)
											}
										/>
									),
								},
							]}
						/>
					</>
				)}
			</div>
			{open === "new" && <AddPanel changed={p.reload} />}
			{ending && <EndPanel key={ending.id} rule={ending} changed={p.reload} />}
		</div>
	);
}
