/* The water of a place: a card for each pool, and its form with the calculator. */
import { useEffect, useState } from "preact/hooks";
import type { Pool, PoolChange, Property, VolumeAnswer } from "../shared/api";
import { call, Fault } from "../shared/call";
import { SelectField, TextField } from "../shared/form";
import { number, volume } from "../shared/format";
import { Button, Icon, Segments } from "../shared/ui";
import { named, t } from "../shared/words";
import { MachineState } from "./equipment";
import { Files } from "./files";
import {
	inUnits,
	LITRES,
	litresOf,
	type PoolValues,
	plainNumber,
	rounded,
	SIZES,
	shownSize,
	sizeIn,
	sizesOf,
	UNITS,
	type Units,
	units,
} from "./measures";
import { archiving, EditPanel, useRemoval } from "./panel";
import {
	CheckField,
	choices,
	OwnFacts,
	OwnInputs,
	ownRead,
	ownWritten,
	type Page,
	useRecord,
	yes,
} from "./record";
import { Story } from "./story";
import { WaterNow } from "./water-later";

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

const poolName = (pool: Pool) => pool.name || named("water", pool.kind);

export function PropertyWater(p: { page: Page; property: Property; edits: boolean }) {
	const here = p.property.pools.filter((x) => !x.archived_at);
	return (
		<div class="waters">
			{here.map((pool) => (
				<PoolCard key={pool.id} page={p.page} pool={pool} edits={p.edits} />
			))}
			{here.length === 0 && <p class="faint">{t("pool.none")}</p>}
			{p.edits && (
				<div class="waters__add">
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
				<WaterNow page={page} pool={pool} edits={p.edits} />
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
									<span class="muted">
										{[[e.make, e.model].filter(Boolean).join(" "), e.serial]
											.filter(Boolean)
											.join(" · ")}
									</span>
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
		<EditPanel title={t("pool.add")} page={p.page} form={form} go={t("pool.go")}>
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
		</EditPanel>
	);
}

export function PoolPanel(p: { page: Page; id: string }) {
	const { page } = p;
	const [unit, setUnit] = useState<Units>(units);
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
	const away = useRemoval(
		page,
		archiving(
			pool ? poolName(pool) : "",
			() =>
				call("POST /api/office/pools/:id/archivings", {
					id: p.id,
					body: { version: pool?.version ?? 0 },
				}),
			() => call("DELETE /api/office/pools/:id/archivings", { id: p.id }),
		),
	);
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
	return (
		<EditPanel
			title={poolName(pool)}
			page={page}
			form={form}
			menu={[away.item]}
			fault={away.fault}
			after={
				<>
					<Files page={page} turn={0} edits={!pool.archived_at} on={`pool:${pool.id}`} />
					<Story
						customer={page.customer.id}
						pool={{ id: pool.id, name: poolName(pool) }}
						turn={0}
					/>
				</>
			}
		>
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
		</EditPanel>
	);
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
