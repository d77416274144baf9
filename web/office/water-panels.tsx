/* Beside the record: readings typed by hand, and what to pour with its arithmetic. */
import { useState } from "preact/hooks";
import type { Pool, WaterPage } from "../shared/api";
import { call, newKey } from "../shared/call";
import { type Dose, needsReason, type Plan } from "../shared/dose";
import { FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { moment, volume } from "../shared/format";
import {
	amount,
	askedOf,
	indexSaid,
	levelOf,
	levelShown,
	MARKS,
	measureName,
	noteSaid,
	planOf,
	rangeOf,
	rangeText,
	round1,
	shown,
	signed,
	smallUnit,
	typed,
	unitOf,
	unwanted,
	verdictOf,
	waterOf,
	why,
} from "../shared/measure";
import { toast } from "../shared/over";
import { Banner, Button, Pill, Skeleton } from "../shared/ui";
import { balance, filled, type Measure, type Water } from "../shared/water";
import { named, t } from "../shared/words";
import { Panel } from "./frame";
import type { MenuItem } from "./menu";
import type { Page } from "./record";
import { Foot } from "./record";
import { useWater, whenTested } from "./water";
import { waterTurn } from "./water-later";

const LITRES = 3.785411784;
const poolOf = (page: Page, id: string): Pool | undefined =>
	page.customer.properties.flatMap((x) => x.pools).find((x) => x.id === id);
const titled = (pool: Pool | undefined) => (pool ? pool.name || named("water", pool.kind) : "");

/* "pool" or "pool.reading" */
export function ReadingPanel(p: { page: Page; id: string }) {
	const [pool = "", reading = ""] = p.id.split(".");
	const { page, fault } = useWater(pool);
	return (
		<Panel
			title={reading ? t("reading.correct") : t("reading.new")}
			close={p.page.close}
			more={t("reading.menu")}
			menu={page && reading ? withdrawal(p.page, page, reading) : []}
		>
			<p class="muted">{titled(poolOf(p.page, pool))}</p>
			{fault && <Banner tone="coral">{fault}</Banner>}
			{page ? (
				<ReadingForm page={p.page} water={page} pool={pool} reading={reading} />
			) : (
				<Skeleton />
			)}
		</Panel>
	);
}

function withdrawal(page: Page, water: WaterPage, id: string): MenuItem[] {
	const set = water.readings.find((r) => r.id === id);
	if (!set) return [];
	const back = async () => {
		await call("DELETE /api/office/readings/:id/withdrawals", { id });
		waterTurn.value += 1;
	};
	return [
		{
			label: t("reading.withdraw"),
			icon: "undo",
			danger: true,
			act: () =>
				void call("POST /api/office/readings/:id/withdrawals", {
					id,
					body: { version: set.version },
				}).then(
					() => {
						waterTurn.value += 1;
						toast(t("reading.withdrawn"), () => void back());
						page.close();
					},
					(f: Error) => toast(f.message),
				),
		},
	];
}

/* "2026-11-29T14:05", of the clock on this wall. */
const local = (at_s: number) => {
	const d = new Date(at_s * 1000);
	return new Date(d.getTime() - d.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
};

function ReadingForm(p: { page: Page; water: WaterPage; pool: string; reading: string }) {
	const { water } = p;
	const was = water.readings.find((r) => r.id === p.reading);
	const [id] = useState(newId);
	const [more, setMore] = useState(false);
	const asked = askedOf(water);
	const touched = was ? was.values.map((v) => v.measure) : [];
	const listed = water.bands
		.map((b) => b.measure)
		.filter((m) => !m.startsWith("own") || water.own.some((o) => o.measure === m));
	const first = listed.filter((m) => asked.includes(m) || touched.includes(m));
	const rest = listed.filter((m) => !first.includes(m));
	const form = useForm<Record<string, string>>({
		initial: {
			...Object.fromEntries(listed.map((m) => [m, ""])),
			...Object.fromEntries(
				(was?.values ?? []).map((v) => [v.measure, typed(v.measure, v, water.units)]),
			),
			at: local(was?.at ?? Date.now() / 1000),
			replaced: was?.replaced_l ? String(inVolume(was.replaced_l, water)) : "",
		},
		draft: `reading-${p.pool}-${p.reading}`,
		async send(v, key) {
			const values = listed
				.filter((m) => v[m]?.trim())
				.map((m) => {
					const level = levelOf(m, v[m] ?? "", water.units);
					if (!level) throw wrong(m, t("reading.number"));
					return { measure: m, ...level };
				});
			if (values.length === 0) throw wrong(first[0] ?? "fc", t("reading.empty"));
			const replaced = Math.round(outOfVolume(Number(v.replaced || 0), water));
			const at = Math.floor(new Date(v.at ?? "").getTime() / 1000);
			if (was)
				await call("PUT /api/office/readings/:id", {
					id: was.id,
					body: { at, replaced_l: replaced, values, version: was.version },
					key,
				});
			else
				await call("POST /api/office/readings", {
					body: { id, pool_id: p.pool, at, replaced_l: replaced, values },
					key,
				});
			waterTurn.value += 1;
			toast(t("act.saved"));
			if (was) p.page.close();
			else p.page.edit(`dose:${p.pool}`);
		},
	});
	const typedWater: Water = Object.fromEntries(
		listed.flatMap((m) => {
			const l = levelOf(m, form.values[m] ?? "", water.units);
			return l ? [[m, l] as const] : [];
		}),
	);
	const index = balance(filled({ ...slow(water), ...typedWater }));
	const field = (m: Measure) => {
		const unit = unitOf(m, water.units, water.own);
		const level = typedWater[m];
		const verdict = verdictOf(level, rangeOf(water, m));
		const last = water.known.find((k) => k.measure === m);
		const hint = level
			? verdict !== "none" &&
				rangeText(water, m) && (
					<span data-verdict={verdict}>
						{MARKS[verdict]} {named("verdict", verdict)}, {rangeText(water, m)}
					</span>
				)
			: last &&
				t("reading.last", { value: levelShown(m, last, water.units), when: moment(last.at) });
		return (
			<TextField
				key={m}
				form={form}
				name={m}
				label={[measureName(m, water.own), unit].filter(Boolean).join(", ")}
				inputmode="text"
				maxLength={12}
				hint={hint || undefined}
			/>
		);
	};
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			<div class="pair">{first.map(field)}</div>
			{index.computed && (
				<p role="status">
					<b>
						{t(water.method === "csi" ? "index.csi" : "index.lsi")}{" "}
						{signed(water.method === "csi" ? index.csi : index.lsi)}
					</b>{" "}
					{indexSaid(water.method === "csi" ? index.csi : index.lsi)}
				</p>
			)}
			{more ? (
				<div class="pair">{rest.map(field)}</div>
			) : (
				<button class="link" type="button" onClick={() => setMore(true)}>
					{t("reading.more")}
				</button>
			)}
			<TextField
				form={form}
				name="replaced"
				label={t("reading.replaced", {
					unit: t(water.units === "us" ? "unit.gallons" : "unit.litres"),
				})}
				hint={t("reading.replaced.hint")}
				inputmode="numeric"
				maxLength={8}
			/>
			<div class="field">
				<label class="field__label">
					{t("reading.at")}
					<input
						class="input"
						type="datetime-local"
						value={form.values.at}
						max={local(Date.now() / 1000 + 300)}
						onInput={(e) => form.set("at", e.currentTarget.value)}
					/>
				</label>
				{form.errors.at && <p class="field__error">{form.errors.at}</p>}
			</div>
			<p class="meta">{t("reading.signs")}</p>
			<Foot busy={form.busy} close={p.page.close} go={was ? t("act.save") : t("reading.save")} />
		</form>
	);
}

/* What still holds from before: only what changes slowly. */
const QUICK: Measure[] = ["fc", "tc", "cc", "bromine", "ph", "orp"];
const slow = (page: WaterPage): Water =>
	Object.fromEntries(Object.entries(waterOf(page)).filter(([m]) => !QUICK.includes(m as Measure)));
const inVolume = (l: number, p: WaterPage) => (p.units === "us" ? Math.round(l / LITRES) : l);
const outOfVolume = (n: number, p: WaterPage) => (p.units === "us" ? n * LITRES : n);

/* An id as the house makes them: 42 bits of milliseconds, 21 of chance; 13 letters. */
export function newId(): string {
	let n =
		(BigInt(Date.now()) << 21n) | BigInt(crypto.getRandomValues(new Uint32Array(1))[0]! & 0x1fffff);
	let out = "";
	for (let i = 0; i < 13; i++, n >>= 5n)
		out = "0123456789abcdefghjkmnpqrstvwxyz"[Number(n & 31n)] + out;
	return out;
}

/* ---- doses ---- */

export function DosePanel(p: { page: Page; id: string }) {
	const { page, fault } = useWater(p.id);
	const pool = poolOf(p.page, p.id);
	const plan = page ? planOf(page) : null;
	return (
		<Panel title={t("dose.title")} close={p.page.close}>
			<p class="muted">
				{titled(pool)}
				{pool?.volume_l ? `, ${volume(pool.volume_l)}` : ""}
				{page?.readings[0] ? `. ${t("dose.tested", { when: whenTested(page) })}` : ""}
			</p>
			{fault && <Banner tone="coral">{fault}</Banner>}
			{!page ? (
				<Skeleton />
			) : page.readings.length === 0 ? (
				<p>{t("water.none")}</p>
			) : !plan ? (
				<Banner
					tone="sun"
					action={
						<Button size="sm" onClick={() => p.page.edit(`pool:${p.id}`)}>
							{t("dose.volume.say")}
						</Button>
					}
				>
					{t("dose.volume")}
				</Banner>
			) : (
				<Advice page={p.page} pool={p.id} water={page} plan={plan} />
			)}
		</Panel>
	);
}

function Advice(p: { page: Page; pool: string; water: WaterPage; plan: Plan }) {
	const { plan, water } = p;
	const last = water.readings[0]!;
	/* What was poured since the last test has been taken care of. */
	const given = water.doses.filter((d) => d.at >= last.at && !d.undone_at);
	return (
		<div class="stack">
			{water.products.length === 0 && (
				<Banner
					tone="sun"
					action={
						<Button size="sm" href="/stock/items">
							{t("dose.products.say")}
						</Button>
					}
				>
					{t("dose.products")}
				</Banner>
			)}
			{plan.doses.length === 0 && plan.notes.length === 0 && (
				<Banner tone="kelp">{t("dose.nothing")}</Banner>
			)}
			<ol class="doses">
				{plan.doses.map((d, i) => (
					<Step
						key={`${last.id}-${d.item_id}`}
						n={i + 1}
						dose={d}
						done={given.find((g) => g.item_id === d.item_id) !== undefined}
						product={water.products.find((x) => x.id === d.item_id)!}
						{...p}
					/>
				))}
			</ol>
			{unwanted(water) && <p class="meta">{t("dose.without", { names: unwanted(water) })}</p>}
			{plan.notes.length > 0 && (
				<ul class="lines">
					{plan.notes.map((n) => (
						<li key={`${n.word}-${n.measure}`} class="tested">
							{noteSaid(n, water, waterOf(water))}
						</li>
					))}
				</ul>
			)}
			{plan.doses.length > 0 && <After {...p} />}
			<p class="meta">{t("dose.label")}</p>
			<Other {...p} />
		</div>
	);
}

function Step(p: {
	n: number;
	dose: Dose;
	done: boolean;
	product: WaterPage["products"][number];
	page: Page;
	pool: string;
	water: WaterPage;
	plan: Plan;
}) {
	const { dose: d, product, water } = p;
	const [open, setOpen] = useState(false);
	const [id] = useState(newId);
	const planned = d.each * d.parts;
	const unit = smallUnit(product, water);
	const form = useForm({
		initial: { amount: String(unit.of(planned)), reason: "" },
		draft: `dose-${water.readings[0]?.id}-${d.item_id}`,
		async send(v, key) {
			const n = Number(v.amount.replace(",", "."));
			if (!(n >= 0)) throw wrong("amount", t("reading.number"));
			const same = n === unit.of(planned);
			await call("POST /api/office/doses", {
				body: {
					id,
					pool_id: p.pool,
					reading_id: water.readings[0]?.id ?? null,
					item_id: d.item_id,
					planned_x100: planned,
					given_x100: same ? planned : Math.round(n * unit.size),
					reason: v.reason.trim() || null,
				},
				key,
			});
			waterTurn.value += 1;
			toast(t("dose.given"));
		},
	});
	const other = needsReason(
		planned,
		Math.round(Number(form.values.amount.replace(",", ".")) * unit.size) || 0,
	);
	const pour = amount(d.each, product.unit, product.holds_x100, water.units);
	return (
		<li class={p.done ? "pour pour--done" : "pour"}>
			<span class="pour__n" aria-hidden="true">
				{p.done ? "✓" : p.n}
			</span>
			<div class="grow stack stack--tight">
				<p>
					<span class="muted">{product.name}</span>
					<br />
					<b class="pour__much">
						{d.parts > 1 ? t("dose.parts", { n: d.parts, amount: pour }) : pour}
					</b>
				</p>
				<p>
					{measureName(d.measure, water.own)} <b>{shown(d.measure, d.from, water.units)}</b> →{" "}
					<b>{shown(d.measure, round1(d.measure, d.to), water.units)}</b>
					{d.half && (
						<>
							{" "}
							<Pill tone="sun">{t("dose.half")}</Pill>
						</>
					)}
				</p>
				{d.wait_minutes > 0 && <p class="meta">{t("dose.wait", { n: d.wait_minutes })}</p>}
				<p>
					<button class="link" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
						{t("dose.why")}
						<span class="unseen"> {product.name}</span>
					</button>
				</p>
				{open && (
					<div class="why">
						<p>{why(d, product, water, p.plan)}</p>
						{d.measure === "fc" && (
							<p>
								{t(`basis.${p.plan.fc.basis}`, {
									cya: shown("cya", waterOf(water).cya?.x100 ?? 0, water.units),
									from: shown("fc", p.plan.fc.aim_low, water.units),
									to: shown("fc", p.plan.fc.aim_high, water.units),
								})}
							</p>
						)}
						{product.label_url && (
							<p>
								<a class="link" href={product.label_url} rel="noreferrer" target="_blank">
									{t("dose.label.open")}
								</a>
							</p>
						)}
					</div>
				)}
				{p.done ? (
					<p class="meta">{t("dose.done")}</p>
				) : (
					<form class="stack stack--tight" onSubmit={form.submit} noValidate>
						<FormTrouble form={form} />
						<TextField
							form={form}
							name="amount"
							label={t("dose.amount", { unit: unit.name })}
							inputmode="text"
							maxLength={10}
						/>
						{(other || form.errors.reason) && (
							<TextField form={form} name="reason" label={t("dose.reason")} maxLength={200} />
						)}
						<div>
							<Button kind="tint" size="sm" icon="check" type="submit" busy={form.busy}>
								{t("dose.add", {
									amount: amount(
										form.values.amount === String(unit.of(planned))
											? planned
											: Math.round(Number(form.values.amount.replace(",", ".")) * unit.size) || 0,
										product.unit,
										product.holds_x100,
										water.units,
									),
								})}
							</Button>
						</div>
					</form>
				)}
			</div>
		</li>
	);
}

function After(p: { water: WaterPage; plan: Plan }) {
	const { plan, water } = p;
	const before = waterOf(water);
	const moved = (Object.keys(plan.after) as Measure[]).filter(
		(m) => plan.after[m]?.x100 !== before[m]?.x100,
	);
	const index = (b: Plan["now"]) => signed(water.method === "csi" ? b.csi : b.lsi);
	return (
		<section class="stack stack--tight" aria-label={t("dose.after")}>
			<h3>
				{t("dose.after")} <small class="meta">{t("dose.computed")}</small>
			</h3>
			<dl class="facts">
				{moved.map((m) => (
					<div key={m}>
						<dt>{measureName(m, water.own)}</dt>
						<dd>
							{before[m] && <s class="faint">{levelShown(m, before[m]!, water.units)}</s>}{" "}
							<b>{shown(m, round1(m, plan.after[m]!.x100), water.units)}</b>{" "}
							<span class="meta">
								{named("verdict", verdictOf(plan.after[m], rangeOf(water, m)))}
							</span>
						</dd>
					</div>
				))}
				{plan.later.computed && (
					<div>
						<dt>{t(water.method === "csi" ? "index.csi" : "index.lsi")}</dt>
						<dd>
							{plan.now.computed && <s class="faint">{index(plan.now)}</s>}{" "}
							<b>{index(plan.later)}</b>
						</dd>
					</div>
				)}
			</dl>
		</section>
	);
}
/* Something that was not advised. */
function Other(p: { pool: string; water: WaterPage }) {
	const { water } = p;
	const [open, setOpen] = useState(false);
	const [id, setId] = useState(newId);
	const first = water.products[0];
	const form = useForm({
		initial: { item: first?.id ?? "", amount: "", reason: "" },
		draft: `dose-other-${p.pool}`,
		async send(v) {
			const product = water.products.find((x) => x.id === v.item);
			const n = Number(v.amount.replace(",", "."));
			if (!product || !(n > 0)) throw wrong("amount", t("reading.number"));
			await call("POST /api/office/doses", {
				body: {
					id,
					pool_id: p.pool,
					reading_id: water.readings[0]?.id ?? null,
					item_id: v.item,
					given_x100: Math.round(n * smallUnit(product, water).size),
					reason: v.reason.trim() || null,
				},
				key: newKey(),
			});
			setId(newId());
			form.replace({ item: v.item, amount: "", reason: "" });
			waterTurn.value += 1;
			toast(t("dose.given"));
			setOpen(false);
		},
	});
	const product = water.products.find((x) => x.id === form.values.item) ?? first;
	if (!product) return null;
	if (!open)
		return (
			<p>
				<button class="link" type="button" onClick={() => setOpen(true)}>
					{t("dose.other")}
				</button>
			</p>
		);
	return (
		<form class="stack stack--tight" onSubmit={form.submit} noValidate>
			<h3>{t("dose.other")}</h3>
			<FormTrouble form={form} />
			<SelectField
				form={form}
				name="item"
				label={t("dose.product")}
				choices={water.products.map((x) => ({
					value: x.id,
					label: x.unwanted ? `${x.name} · ${t("dose.unwanted")}` : x.name,
				}))}
			/>
			<TextField
				form={form}
				name="amount"
				label={t("dose.amount", { unit: smallUnit(product, water).name })}
				inputmode="text"
				maxLength={10}
			/>
			{form.errors.reason && (
				<TextField form={form} name="reason" label={t("dose.reason")} maxLength={200} />
			)}
			<div>
				<Button kind="tint" size="sm" type="submit" busy={form.busy}>
					{t("dose.write")}
				</Button>
			</div>
		</form>
	);
}
