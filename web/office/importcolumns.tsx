/* What the columns of a list say: guessed, shown with what stands in them, changed by a person. */
import { useState } from "preact/hooks";
import type { Import, ImportColumnView, ImportMapping } from "../shared/api";
import { Badge, Banner, Button, Icon } from "../shared/ui";
import { count, named, t } from "../shared/words";

type FieldOf = ImportColumnView["field"];

/* In the order that a person thinks of them. */
const GROUPS: [string, FieldOf[]][] = [
	[
		"who",
		[
			"name",
			"first_name",
			"last_name",
			"company",
			"email",
			"phone",
			"external_id",
			"status",
			"tags",
		],
	],
	[
		"where",
		["street", "street_2", "city", "region", "postcode", "lat", "lng", "gate_code", "dogs"],
	],
	["water", ["pool_kind", "volume", "volume_unit", "surface", "sanitiser"]],
	["work", ["rate", "service_day", "technician", "note_technicians", "note_office"]],
	["bill", ["bill_street", "bill_city", "bill_region", "bill_postcode"]],
];
const UNITS = ["us_gallons", "litres", "cubic_metres"] as const;
const POLICIES = ["fill", "replace", "leave"] as const;

export function Columns(p: {
	one: Import;
	columns: ImportColumnView[];
	busy: boolean;
	send: (wish: ImportMapping) => void;
}) {
	const [fields, setFields] = useState(p.columns.map((c) => c.field));
	const [unit, setUnit] = useState(p.one.unit);
	const [policy, setPolicy] = useState(p.one.policy);
	const taken = (f: FieldOf, at: number) => fields.some((x, i) => x === f && i !== at);
	const twice = fields.find((f, i) => f !== "nothing" && taken(f, i));
	const known = ["name", "company", "street", "first_name", "last_name"].some((f) =>
		fields.includes(f as FieldOf),
	);
	const used = fields.filter((f) => f !== "nothing").length;
	return (
		<div class="imp">
			<div class="scroll">
				<div class="imp__sum">
					<h2>{t("imports.columns")}</h2>
					<p class="muted">
						{p.one.source === "plain"
							? count("imports.matched", used, { all: fields.length })
							: t("imports.source", { house: named("imports.house", p.one.source) })}
					</p>
				</div>
				<table class="columns">
					<thead>
						<tr>
							<th scope="col">{t("imports.column")}</th>
							<th scope="col">{t("imports.means")}</th>
							<th scope="col">{t("imports.said")}</th>
						</tr>
					</thead>
					<tbody>
						{p.columns.map((c, i) => (
							<tr key={i}>
								<td>
									<code>{c.header || t("imports.headless", { n: i + 1 })}</code>
								</td>
								<td>
									<select
										class="select"
										aria-label={t("imports.means.of", { column: c.header || i + 1 })}
										aria-invalid={
											fields[i] !== "nothing" && taken(fields[i] ?? "nothing", i)
												? "true"
												: undefined
										}
										value={fields[i]}
										onChange={(e) => {
											const to = e.currentTarget.value as FieldOf;
											setFields(fields.map((f, k) => (k === i ? to : f)));
										}}
									>
										<option value="nothing" selected={fields[i] === "nothing"}>
											{t("imports.field.nothing")}
										</option>
										{GROUPS.map(([group, list]) => (
											<optgroup key={group} label={named("imports.group", group)}>
												{list.map((f) => (
													<option key={f} value={f} selected={fields[i] === f}>
														{named("imports.field", f)}
													</option>
												))}
											</optgroup>
										))}
									</select>
								</td>
								<td class="columns__said">
									{fields[i] === "gate_code" ? (
										<Badge icon="lock">{t("imports.hidden")}</Badge>
									) : (
										c.sample
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			<aside class="imp__side" aria-label={t("imports.questions")}>
				<div class="imp__told">
					{fields.includes("volume") && (
						<fieldset class="choice">
							<legend>{t("imports.unit")}</legend>
							{UNITS.map((u) => (
								<label key={u} class="check">
									<input
										type="radio"
										name="unit"
										checked={unit === u}
										onChange={() => setUnit(u)}
									/>
									<span>{named("imports.unit", u)}</span>
								</label>
							))}
						</fieldset>
					)}
					<fieldset class="choice">
						<legend>{t("imports.policy")}</legend>
						{POLICIES.map((x) => (
							<label key={x} class="check">
								<input
									type="radio"
									name="policy"
									checked={policy === x}
									onChange={() => setPolicy(x)}
								/>
								<span>
									{named("imports.policy", x)}
									<small>{named("imports.policy.why", x)}</small>
								</span>
							</label>
						))}
					</fieldset>
					{twice && (
						<Banner tone="sun">
							{t("imports.twice", { field: named("imports.field", twice) })}
						</Banner>
					)}
					{!known && <Banner tone="sun">{t("imports.nobody")}</Banner>}
				</div>
				<div class="imp__foot">
					<Button
						kind="primary"
						size="lg"
						block
						busy={p.busy}
						disabled={Boolean(twice) || !known}
						onClick={() =>
							p.send({
								columns: fields.map((field) => ({ field })),
								unit,
								policy,
								version: p.one.version,
							})
						}
					>
						{t("imports.try")}
					</Button>
					<p>
						<Icon name="eye" size="sm" />
						{t("imports.try.text")}
					</p>
				</div>
			</aside>
		</div>
	);
}
