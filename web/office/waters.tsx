/* The water of a customer: a card for each pool, its form with the calculator, what stands beside it. */
import { useEffect, useState } from "preact/hooks";
import type { Equipment, Pool, PoolChange, Property, VolumeAnswer } from "../shared/api";
import { call, Fault } from "../shared/call";
import { SelectField, TextField } from "../shared/form";
import { dayOf, number, volume } from "../shared/format";
import type { MenuItem } from "../shared/over";
import { Badge, Banner, Button, Icon, Segments } from "../shared/ui";
import { named, t } from "../shared/words";
import { Panel } from "./frame";
import {
	AreaField,
	CheckField,
	change,
	choices,
	DayField,
	Foot,
	OwnFacts,
	OwnInputs,
	orNull,
	ownRead,
	ownWritten,
	type Page,
	RecordTrouble,
	useRecord,
	yes,
} from "./record";

const KINDS = ["pool", "spa", "fountain", "other"] as const;
const SOURCES = ["unknown", "calculated", "measured", "estimated", "builder", "salt_test"] as const;
const SHAPES = ["unknown", "rectangle", "round", "oval", "kidney", "free"] as const;
const SURFACES = [
	"unknown",
	"plaster",
	"pebble",
	"quartz",
	"tile",
	"vinyl",
	"fibreglass",
	"paint",
	"steel",
	"other",
] as const;
const SANITISERS = [
	"unknown",
	"chlorine",
	"salt",
	"bromine",
	"biguanide",
	"mineral",
	"ozone",
	"uv",
	"other",
] as const;
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

/* In the order that the calculator wants them (domain/pools/volume.h); the last two are the depths. */
const SIZES: Record<Pool["shape"], string[]> = {
	unknown: [],
	rectangle: ["length", "width", "shallow", "deep"],
	oval: ["length", "width", "shallow", "deep"],
	round: ["diameter", "shallow", "deep"],
	kidney: ["length", "width_a", "width_b", "shallow", "deep"],
	free: ["area", "shallow", "deep"],
};

/* ---- what people measure in ---- */

type Units = "us" | "metric";
const UNITS = "poolhouse.units";
const LITRES = 3.785411784;

function units(): Units {
	const kept = localStorage.getItem(UNITS);
	if (kept === "us" || kept === "metric") return kept;
	return /-(US|PR|LR)$/i.test(navigator.language) ? "us" : "metric";
}
/* Of one unit of what is typed: centimetres, square decimetres for an area. */
const sizeIn = (u: Units, area: boolean) =>
	area ? (u === "us" ? 9.290304 : 100) : u === "us" ? 30.48 : 100;
const plainNumber = (text: string) => Number(text.trim().replace(",", "."));
/* A tenth of a foot, a centimetre. */
const rounded = (n: number, u: Units) => String(Number(n.toFixed(u === "us" ? 1 : 2)));
const shownSize = (pool: Pool, i: number, u: Units) => {
	const cm = pool.sizes_cm[i]?.cm;
	return cm ? rounded(cm / sizeIn(u, SIZES[pool.shape][i] === "area"), u) : "";
};

const poolName = (pool: Pool) => pool.name || named("water", pool.kind);

/* ---- the cards ---- */

export function PropertyWater(p: { page: Page; property: Property; edits: boolean }) {
	const here = p.property.pools.filter((x) => !x.archived_at);
	return (
		<div class="waters">
			{here.map((pool) => (
				<PoolCard key={pool.id} page={p.page} pool={pool} edits={p.edits} />
			))}
			{here.length === 0 && <p class="faint">{t("pool.none")}</p>}
			{p.edits && (
				<div>
					<Button size="sm" icon="plus" onClick={() => p.page.edit(`pool-new:${p.property.id}`)}>
						{t("pool.add")}
					</Button>
				</div>
			)}
		</div>
	);
}

function PoolCard(p: { page: Page; pool: Pool; edits: boolean }) {
	const { pool, page } = p;
	const facts = [
		pool.surface !== "unknown" && named("surface", pool.surface),
		pool.sanitiser !== "unknown" && named("sanitiser", pool.sanitiser),
		pool.indoor && t("pool.indoor"),
		pool.cover && t("pool.cover"),
	].filter(Boolean);
	const machines = pool.equipment.filter((e) => !e.archived_at);
	return (
		<section class="card" aria-label={poolName(pool)}>
			<div class="card__head">
				<h3>{poolName(pool)}</h3>
				<span class="meta grow">{facts.join(" · ")}</span>
				{p.edits && (
					<Button
						kind="quiet"
						size="sm"
						label={t("pool.edit", { name: poolName(pool) })}
						icon="pen"
						onClick={() => page.edit(`pool:${pool.id}`)}
					/>
				)}
			</div>
			<div class="card__body stack stack--tight">
				<p class="figure">
					{pool.volume_l ? (
						<>
							<b>{volume(pool.volume_l)}</b>{" "}
							<span class="meta">{named("source", pool.volume_source)}</span>
						</>
					) : (
						<span class="faint">{t("pool.volume.unknown")}</span>
					)}
				</p>
				<dl class="facts">
					{pool.shape !== "unknown" && (
						<div>
							<dt>{t("field.shape")}</dt>
							<dd>{named("shape", pool.shape)}</dd>
						</div>
					)}
					{pool.fill_water && (
						<div>
							<dt>{t("field.fill_water")}</dt>
							<dd>{pool.fill_water}</dd>
						</div>
					)}
					<OwnFacts page={page} on="pool" has={pool.own} />
				</dl>
				{machines.length > 0 && (
					<ul class="lines things" aria-label={t("equipment.title")}>
						{machines.map((e) => (
							<li key={e.id} class="thing">
								<div class="grow">
									<b>{named("machine", e.kind)}</b>{" "}
									<span class="muted">{[e.make, e.model].filter(Boolean).join(" ")}</span>
									<MachineState machine={e} />
								</div>
								{p.edits && (
									<Button
										kind="quiet"
										size="sm"
										icon="pen"
										label={t("equipment.edit", { name: named("machine", e.kind) })}
										onClick={() => page.edit(`equipment:${e.id}`)}
									/>
								)}
							</li>
						))}
					</ul>
				)}
				{p.edits && (
					<div>
						<Button
							kind="quiet"
							size="sm"
							icon="plus"
							onClick={() => page.edit(`equipment-new:${pool.id}`)}
						>
							{t("equipment.add")}
						</Button>
					</div>
				)}
			</div>
		</section>
	);
}

function MachineState(p: { machine: Equipment }) {
	const { warranty_day, covered, due_day } = p.machine;
	const today = new Date().toLocaleDateString("sv");
	return (
		<div class="row row--wrap">
			{warranty_day && (
				<Badge tone={covered ? "kelp" : undefined} icon={covered ? "shield" : "clock"}>
					{t(covered ? "equipment.covered" : "equipment.over", { day: dayOf(warranty_day) })}
				</Badge>
			)}
			{due_day && (
				<Badge tone={due_day < today ? "coral" : "aqua"} icon="refresh">
					{t(due_day < today ? "equipment.overdue" : "equipment.due", { day: dayOf(due_day) })}
				</Badge>
			)}
		</div>
	);
}

/* ---- the forms ---- */

const poolOf = (page: { customer: Page["customer"] }, id: string) =>
	page.customer.properties.flatMap((x) => x.pools).find((x) => x.id === id);

export function NewPool(p: { page: Page; property: string }) {
	const form = useRecord({
		page: p.page,
		draft: `pool-new.${p.property}`,
		read: () => null,
		blank: { kind: "pool", name: "" },
		send: (v, _, key) =>
			call("POST /api/office/pools", {
				body: { property_id: p.property, kind: v.kind as Pool["kind"], name: v.name.trim() },
				key,
			}),
		/* Straight on to what it is made of. */
		after: (saved) => p.page.edit(`pool:${saved.id}`),
		said: t("pool.added"),
	});
	return (
		<Panel title={t("pool.add")} close={p.page.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<RecordTrouble form={form} />
				<SelectField
					form={form}
					name="kind"
					label={t("field.kind")}
					choices={choices("water", KINDS)}
				/>
				<TextField
					form={form}
					name="name"
					label={t("pool.name")}
					hint={t("pool.name.hint")}
					maxLength={80}
				/>
				<Foot busy={form.busy} close={p.page.close} go={t("pool.go")} />
			</form>
		</Panel>
	);
}

interface PoolValues extends Record<string, string> {
	kind: string;
	name: string;
	volume: string;
	volume_source: string;
	shape: string;
	surface: string;
	sanitiser: string;
	indoor: string;
	cover: string;
	fill_water: string;
	size0: string;
	size1: string;
	size2: string;
	size3: string;
	size4: string;
}

const inUnits = (litres: number | null, u: Units) =>
	litres === null ? "" : String(u === "us" ? Math.round(litres / LITRES) : litres);

export function PoolPanel(p: { page: Page; id: string }) {
	const { page } = p;
	const [unit, setUnit] = useState<Units>(units);
	const [fault, setFault] = useState("");
	const read = (c: Page["customer"]) => {
		const pool = poolOf({ customer: c }, p.id);
		if (!pool) return null;
		const size = (i: number) => shownSize(pool, i, unit);
		const values: PoolValues = {
			kind: pool.kind,
			name: pool.name,
			volume: inUnits(pool.volume_l, unit),
			volume_source: pool.volume_source,
			shape: pool.shape,
			surface: pool.surface,
			sanitiser: pool.sanitiser,
			indoor: yes(pool.indoor),
			cover: yes(pool.cover),
			fill_water: pool.fill_water,
			size0: size(0),
			size1: size(1),
			size2: size(2),
			size3: size(3),
			size4: size(4),
			...ownRead(page, "pool", pool.own),
		};
		return { values, version: pool.version };
	};
	const pool = poolOf(page, p.id);
	const form = useRecord<PoolValues>({
		page,
		draft: `pool.${p.id}.${unit}`,
		read,
		send: (v, version, key) =>
			call("PUT /api/office/pools/:id", {
				id: p.id,
				body: {
					kind: v.kind as PoolChange["kind"],
					name: v.name.trim(),
					volume_l: litresOf(v, unit, pool),
					volume_source: v.volume_source as PoolChange["volume_source"],
					shape: v.shape as PoolChange["shape"],
					sizes_cm: sizesOf(v, unit, pool) ?? [],
					surface: v.surface as PoolChange["surface"],
					sanitiser: v.sanitiser as PoolChange["sanitiser"],
					indoor: v.indoor === "yes",
					cover: v.cover === "yes",
					fill_water: v.fill_water.trim(),
					own: ownWritten(v),
					version,
				},
				key,
			}),
	});
	const v = form.values;
	const names = SIZES[v.shape as Pool["shape"]] ?? [];
	const counted = v.volume_source === "calculated";
	const wanted = sizesOf(v, unit, pool);
	const answer = useVolume(counted ? v.shape : "unknown", wanted);
	if (!pool) return null;

	/* What was typed keeps its meaning, not its figures. */
	const measureIn = (u: Units) => {
		localStorage.setItem(UNITS, u);
		const next = { ...form.values };
		for (const [i, name] of names.entries()) {
			const key = `size${i}`;
			const n = plainNumber(next[key] ?? "");
			if (n)
				next[key] = rounded((n * sizeIn(unit, name === "area")) / sizeIn(u, name === "area"), u);
		}
		const n = plainNumber(next.volume);
		if (n && u !== unit) next.volume = String(Math.round(u === "us" ? n / LITRES : n * LITRES));
		form.replace(next);
		setUnit(u);
	};
	const archive = async () => {
		const failed = await change(
			page,
			() =>
				call("POST /api/office/pools/:id/archivings", {
					id: p.id,
					body: { version: pool.version },
				}),
			t("pool.archived", { name: poolName(pool) }),
			() =>
				void change(
					page,
					() => call("DELETE /api/office/pools/:id/archivings", { id: p.id }),
					t("pool.restored", { name: poolName(pool) }),
				),
		);
		if (failed) setFault(failed);
		else page.close();
	};
	const menu: MenuItem[] = [
		{ label: t("act.archive"), icon: "box", danger: true, act: () => void archive() },
	];
	return (
		<Panel title={poolName(pool)} close={page.close} menu={menu}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<RecordTrouble form={form} />
				{fault && (
					<Banner tone="coral" alert>
						{fault}
					</Banner>
				)}
				<div class="pair">
					<SelectField
						form={form}
						name="kind"
						label={t("field.kind")}
						choices={choices("water", KINDS)}
					/>
					<TextField form={form} name="name" label={t("pool.name")} maxLength={80} />
				</div>
				<Segments<Units>
					label={t("units.label")}
					value={unit}
					choices={[
						{ value: "us", label: t("units.us") },
						{ value: "metric", label: t("units.metric") },
					]}
					onChange={measureIn}
				/>
				<SelectField
					form={form}
					name="volume_source"
					label={t("field.volume_source")}
					choices={choices("source", SOURCES)}
				/>
				{!counted && v.volume_source !== "unknown" && (
					<TextField
						form={form}
						name="volume"
						label={t(unit === "us" ? "pool.gallons" : "pool.litres")}
						inputmode="numeric"
						maxLength={12}
					/>
				)}
				<SelectField
					form={form}
					name="shape"
					label={t("field.shape")}
					choices={choices("shape", SHAPES)}
				/>
				{names.length > 0 && (
					<div class="pair">
						{names.map((name, i) => (
							<TextField
								key={name}
								form={form}
								name={`size${i}`}
								label={`${named("size", name)} (${t(`units.${name === "area" ? "area" : "size"}.${unit}`)})`}
								inputmode="text"
								maxLength={10}
							/>
						))}
					</div>
				)}
				{counted && (
					<div class="answer" role="status">
						<Icon name="drop" />
						<span>
							{answer instanceof Fault ? (
								answer.message
							) : answer ? (
								<>
									<b>
										{unit === "us"
											? t("volume.gal", { n: number(answer.us_gallons) })
											: t("volume.l", { n: number(answer.volume_l) })}
									</b>{" "}
									<span class="meta">
										{unit === "us"
											? t("volume.l", { n: number(answer.volume_l) })
											: t("volume.gal", { n: number(answer.us_gallons) })}
									</span>
								</>
							) : (
								t("pool.calculator")
							)}
						</span>
					</div>
				)}
				<div class="pair">
					<SelectField
						form={form}
						name="surface"
						label={t("field.surface")}
						choices={choices("surface", SURFACES)}
					/>
					<SelectField
						form={form}
						name="sanitiser"
						label={t("field.sanitiser")}
						choices={choices("sanitiser", SANITISERS)}
					/>
				</div>
				<div>
					<CheckField form={form} name="indoor" label={t("pool.indoor")} />
					<CheckField form={form} name="cover" label={t("pool.cover")} />
				</div>
				<TextField
					form={form}
					name="fill_water"
					label={t("field.fill_water")}
					hint={t("pool.fill.hint")}
					maxLength={80}
				/>
				<OwnInputs form={form} page={page} on="pool" has={pool.own} />
				<Foot busy={form.busy} close={page.close} />
			</form>
		</Panel>
	);
}

/* Of the shape that is chosen; null while one is missing or no number. What nobody touched stays to the centimetre. */
function sizesOf(v: PoolValues, unit: Units, pool: Pool | undefined): { cm: number }[] | null {
	const names = SIZES[v.shape as Pool["shape"]] ?? [];
	const sizes = names.map((name, i) => {
		const text = v[`size${i}`] ?? "";
		const kept = pool?.shape === v.shape && text !== "" && text === shownSize(pool, i, unit);
		return kept
			? (pool.sizes_cm[i]?.cm ?? 0)
			: Math.round(plainNumber(text) * sizeIn(unit, name === "area"));
	});
	return sizes.length > 0 && sizes.every((n) => n > 0) ? sizes.map((cm) => ({ cm })) : null;
}

/* A volume that nobody touched stays to the litre, whatever it is shown in. */
function litresOf(v: PoolValues, unit: Units, pool: Pool | undefined): number | null {
	if (v.volume_source === "unknown" || v.volume_source === "calculated") return null;
	if (pool && v.volume === inUnits(pool.volume_l, unit)) return pool.volume_l;
	const n = plainNumber(v.volume.replace(/[,.\s](?=\d{3}\b)/g, ""));
	return n > 0 ? Math.round(unit === "us" ? n * LITRES : n) : null;
}

/* The server's own calculator, asked when the typing pauses. */
function useVolume(shape: string, sizes: { cm: number }[] | null): VolumeAnswer | Fault | null {
	const [answer, set] = useState<VolumeAnswer | Fault | null>(null);
	const question = JSON.stringify([shape, sizes]);
	useEffect(() => {
		if (shape === "unknown" || !sizes) {
			set(null);
			return;
		}
		let wanted = true;
		const timer = setTimeout(() => {
			call("POST /api/office/volumes", {
				body: { shape: shape as Pool["shape"], sizes_cm: sizes },
			}).then(
				(a) => wanted && set(a),
				(f) => wanted && set(f instanceof Fault ? f : null),
			);
		}, 250);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [question]);
	return answer;
}

export function EquipmentPanel(p: { page: Page; id?: string; pool?: string }) {
	const { page } = p;
	const [fault, setFault] = useState("");
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
	const archive = async () => {
		if (!machine) return;
		const name = named("machine", machine.kind);
		const failed = await change(
			page,
			() =>
				call("POST /api/office/equipment/:id/archivings", {
					id: machine.id,
					body: { version: machine.version },
				}),
			t("pool.archived", { name }),
			() =>
				void change(
					page,
					() => call("DELETE /api/office/equipment/:id/archivings", { id: machine.id }),
					t("pool.restored", { name }),
				),
		);
		if (failed) setFault(failed);
		else page.close();
	};
	if (p.id && !machine) return null;
	return (
		<Panel
			title={machine ? named("machine", machine.kind) : t("equipment.add")}
			close={page.close}
			menu={
				machine
					? [{ label: t("act.archive"), icon: "box", danger: true, act: () => void archive() }]
					: []
			}
		>
			<form class="stack" onSubmit={form.submit} noValidate>
				<RecordTrouble form={form} />
				{fault && (
					<Banner tone="coral" alert>
						{fault}
					</Banner>
				)}
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
				<Foot busy={form.busy} close={page.close} go={machine ? undefined : t("equipment.go")} />
			</form>
		</Panel>
	);
}
