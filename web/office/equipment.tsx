/* What stands beside a pool: pumps, filters, heaters, and what is due on them. */
import { useEffect, useState } from "preact/hooks";
import type { Equipment } from "../shared/api";
import { call } from "../shared/call";
import { SelectField, TextField } from "../shared/form";
import { day, dayOf, number } from "../shared/format";
import { Badge } from "../shared/ui";
import { named, t } from "../shared/words";
import { Files } from "./files";
import { plainNumber } from "./measures";
import { archiving, EditPanel, useRemoval } from "./panel";
import { AreaField, choices, DayField, orNull, type Page, useRecord } from "./record";
import { today } from "./technicians";

const EQUIPMENT = [
	"pump",
	"filter",
	"heater",
	"salt_cell",
	"controller",
	"cleaner",
	"feeder",
	"light",
	"blower",
	"valve",
	"skimmer",
	"cover",
	"other",
] as const;

export function MachineState(p: { machine: Equipment }) {
	const { warranty_day, covered, due_day } = p.machine;
	const now = today();
	return (
		<div class="row row--wrap">
			{warranty_day && (
				<Badge tone={covered ? "kelp" : undefined} icon={covered ? "shield" : "clock"}>
					{t(covered ? "equipment.covered" : "equipment.over", { day: dayOf(warranty_day) })}
				</Badge>
			)}
			{due_day && (
				<Badge tone={due_day < now ? "coral" : "aqua"} icon="refresh">
					{t(due_day < now ? "equipment.overdue" : "equipment.due", { day: dayOf(due_day) })}
				</Badge>
			)}
		</div>
	);
}

const poolOf = (page: Page, machine: string) =>
	page.customer.properties
		.flatMap((x) => x.pools)
		.find((x) => x.equipment.some((e) => e.id === machine))?.id ?? "";

const PRESSURES = 6;

/* What the gauge of a filter showed: the last times somebody read it. */
function Pressures(p: { pool: string }) {
	const [rows, setRows] = useState<{ at: number; x100: number; who: string }[]>([]);
	useEffect(() => {
		call("GET /api/office/pools/:id/water", { id: p.pool }).then(
			(page) =>
				setRows(
					page.readings
						.filter((r) => !r.withdrawn_at)
						.flatMap((r) =>
							r.values
								.filter((v) => v.measure === "pressure")
								.map((v) => ({ at: r.at, x100: v.x100, who: r.staff_name ?? "" })),
						)
						.slice(0, PRESSURES),
				),
			() => {},
		);
	}, [p.pool]);
	if (rows.length === 0) return null;
	return (
		<section class="stack" aria-label={t("equipment.pressure")}>
			<h3>{t("equipment.pressure")}</h3>
			<ul class="lines card looks">
				{rows.map((r) => (
					<li key={r.at} class="looks__line">
						<b class="num">{number(r.x100 / 100)} psi</b>
						<span class="meta grow">{r.who}</span>
						<span class="meta">{day(r.at)}</span>
					</li>
				))}
			</ul>
		</section>
	);
}

export function EquipmentPanel(p: { page: Page; id?: string; pool?: string }) {
	const { page } = p;
	const find = (c: Page["customer"]) =>
		c.properties
			.flatMap((x) => x.pools)
			.flatMap((x) => x.equipment)
			.find((e) => e.id === p.id);
	const machine = find(page.customer);
	const form = useRecord({
		page,
		draft: `equipment.${p.id ?? p.pool}`,
		blank: {
			kind: "pump",
			make: "",
			model: "",
			serial: "",
			installed_day: "",
			warranty_day: "",
			service_every_days: "",
			serviced_day: "",
			note: "",
		},
		read(c) {
			const e = find(c);
			if (!e) return null;
			return {
				values: {
					kind: e.kind as string,
					make: e.make,
					model: e.model,
					serial: e.serial,
					installed_day: e.installed_day ?? "",
					warranty_day: e.warranty_day ?? "",
					service_every_days: e.service_every_days ? String(e.service_every_days) : "",
					serviced_day: e.serviced_day ?? "",
					note: e.note,
				},
				version: e.version,
			};
		},
		send(v, version, key) {
			const body = {
				kind: v.kind as Equipment["kind"],
				make: v.make.trim(),
				model: v.model.trim(),
				serial: v.serial.trim(),
				installed_day: orNull(v.installed_day),
				warranty_day: orNull(v.warranty_day),
				service_every_days: Math.round(plainNumber(v.service_every_days)) || 0,
				serviced_day: orNull(v.serviced_day),
				note: v.note.trim(),
			};
			return p.id
				? call("PUT /api/office/equipment/:id", { id: p.id, body: { ...body, version }, key })
				: call("POST /api/office/equipment", { body: { ...body, pool_id: p.pool ?? "" }, key });
		},
	});
	const away = useRemoval(
		page,
		archiving(
			machine ? named("machine", machine.kind) : "",
			() =>
				call("POST /api/office/equipment/:id/archivings", {
					id: machine?.id ?? "",
					body: { version: machine?.version ?? 0 },
				}),
			() => call("DELETE /api/office/equipment/:id/archivings", { id: machine?.id ?? "" }),
		),
	);
	if (p.id && !machine) return null;
	return (
		<EditPanel
			title={machine ? named("machine", machine.kind) : t("equipment.add")}
			page={page}
			form={form}
			menu={machine ? [away.item] : []}
			go={machine ? undefined : t("equipment.go")}
			fault={away.fault}
			after={
				machine && (
					<>
						{machine.kind === "filter" && <Pressures pool={poolOf(page, machine.id)} />}
						<Files
							page={page}
							turn={0}
							edits={!machine.archived_at}
							on={`equipment:${machine.id}`}
						/>
					</>
				)
			}
		>
			<SelectField
				form={form}
				name="kind"
				label={t("field.kind")}
				choices={choices("machine", EQUIPMENT)}
			/>
			<div class="pair">
				<TextField form={form} name="make" label={t("field.make")} maxLength={60} />
				<TextField form={form} name="model" label={t("field.model")} maxLength={60} />
			</div>
			<TextField form={form} name="serial" label={t("field.serial")} maxLength={60} />
			<div class="pair">
				<DayField form={form} name="installed_day" label={t("field.installed_day")} />
				<DayField form={form} name="warranty_day" label={t("field.warranty_day")} />
				<TextField
					form={form}
					name="service_every_days"
					label={t("field.service_every_days")}
					inputmode="numeric"
					maxLength={4}
				/>
				<DayField form={form} name="serviced_day" label={t("field.serviced_day")} />
			</div>
			<AreaField form={form} name="note" label={t("field.note")} maxLength={400} />
		</EditPanel>
	);
}
