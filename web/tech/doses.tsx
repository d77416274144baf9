/* What to pour, by the engine in the phone, and what was poured: as advised, otherwise, or without any advice. */
import { useState } from "preact/hooks";
import type { WaterPage } from "../shared/api";
import { mostOf, needsReason, overMost } from "../shared/dose";
import {
	amount,
	amountPlain,
	indexSaid,
	MARKS,
	measureName,
	metBy,
	noteSaid,
	planOf,
	rangeOf,
	round1,
	shown,
	signed,
	smallUnit,
	unwanted,
	verdictOf,
	why,
} from "../shared/measure";
import { Banner, Button, Icon } from "../shared/ui";
import { type Balance, balance, filled } from "../shared/water";
import { named, t } from "../shared/words";
import { useDraft } from "./draft";
import { Jugs } from "./jugs";
import { ByVolume, Volume } from "./volume";
import { type Props, type Said, waterNow, withPoured } from "./water_said";

const now = () => Math.floor(Date.now() / 1000);

/* It was poured: said, and shown from then on. */
const poured = (
	p: Props,
	d: { item: string; given: number; reason: string; planned?: number },
): Promise<void> =>
	p.keep(
		(was, [dose]) => ({
			...was,
			doses: [...was.doses, { id: dose!.id, item_id: d.item, given: d.given, at: now() }],
		}),
		[
			[
				"dose",
				{
					pool_id: p.pool,
					what: d.item,
					amount: d.given,
					...(d.planned === undefined ? {} : { planned: d.planned }),
					...(d.reason.trim() ? { reason: d.reason.trim() } : {}),
				},
			],
		],
	);

export function Doses(all: Props) {
	const { said } = all;
	const page = withPoured(all.page, said);
	const p = { ...all, page };
	const water = waterNow(page, said);
	const plan = planOf(page, water);
	if (!plan || Object.keys(said.values).length === 0)
		return (
			<>
				{plan ? <p role="status">{t("tech.water.first")}</p> : <Volume {...p} />}
				{said.doses.map((d) => (
					<Given key={d.id} {...p} dose={d} />
				))}
				<Other {...p} />
			</>
		);
	const open = plan.doses.find((d) => !said.doses.some((x) => x.item_id === d.item_id));
	return (
		<>
			{plan.doses.length === 0 && <p role="status">✓ {t("dose.nothing")}</p>}
			{said.doses.map((d) => (
				<Given key={d.id} {...p} dose={d} />
			))}
			{plan.doses.map(
				(d, i) =>
					!said.doses.some((x) => x.item_id === d.item_id) && (
						<Pour key={d.item_id} {...p} plan={plan} at={i} now={d === open} />
					),
			)}
			{unwanted(page) && <p class="meta">{t("dose.without", { names: unwanted(page) })}</p>}
			{plan.notes.length > 0 && (
				<ul class="card plain">
					{plan.notes.map((n) => (
						<li key={`${n.word}-${n.measure}`}>{noteSaid(n, page, water)}</li>
					))}
				</ul>
			)}
			<After page={page} water={water} plan={plan} />
			<ByVolume {...p} />
			<Other {...p} />
			<p class="meta">{t("dose.label")}</p>
		</>
	);
}

/* What the water will be then: what each dose is for, and the balance. */
function After(p: {
	page: WaterPage;
	water: ReturnType<typeof waterNow>;
	plan: NonNullable<ReturnType<typeof planOf>>;
}) {
	const { page, plan } = p;
	if (plan.doses.length === 0) return null;
	const index = (b: Balance) => signed(page.method === "csi" ? b.csi : b.lsi);
	const before = balance(filled(p.water));
	/* Two doses for one measure: from where the first begins to where the last ends. */
	const measures = [...new Set(plan.doses.map((d) => d.measure))];
	return (
		<section aria-labelledby="after">
			<div class="then">
				<h2 id="after">{t("dose.after")}</h2>
				<span>{t("dose.computed")}</span>
			</div>
			<dl class="card after">
				{measures.map((m) => {
					const of = plan.doses.filter((d) => d.measure === m);
					const to = round1(m, of.at(-1)!.to);
					const verdict = verdictOf({ x100: to, how: "exact" }, rangeOf(page, m));
					return (
						<div key={m}>
							<dt>{named("short", m)}</dt>
							<dd>
								<s>{shown(m, of[0]!.from, page.units)}</s> <b>{shown(m, to, page.units)}</b>
							</dd>
							<dd data-verdict={verdict}>
								{MARKS[verdict]} {named("verdict", verdict)}
							</dd>
						</div>
					);
				})}
				{plan.later.computed && (
					<div>
						<dt>{t(page.method === "csi" ? "index.csi" : "index.lsi")}</dt>
						<dd>
							{before.computed && <s>{index(before)}</s>} <b>{index(plan.later)}</b>
						</dd>
						<dd>{indexSaid(page.method === "csi" ? plan.later.csi : plan.later.lsi)}</dd>
					</div>
				)}
			</dl>
		</section>
	);
}

function Given(p: Props & { dose: Said["doses"][number] }) {
	const product = p.page.products.find((x) => x.id === p.dose.item_id);
	if (!product) return null;
	const back = {
		pool_id: p.pool,
		what: p.dose.item_id,
		amount: 0,
		replaces: p.dose.id,
		reason: t("act.undo"),
	};
	const undo = () =>
		p.keep(
			(was) => ({
				...was,
				doses: was.doses.filter((d) => d.id !== p.dose.id),
				undone: [...(was.undone ?? []), p.dose.id],
			}),
			[["dose", back]],
		);
	return (
		<section class="card given">
			<Icon name="done" size="lg" />
			<p class="grow">
				<b>{product.name}</b>
				<br />
				{amount(p.dose.given, product.unit, product.holds_x100, p.page.units)}
			</p>
			<Button onClick={() => void undo()}>{t("act.undo")}</Button>
		</section>
	);
}

function Pour(
	p: Props & { plan: NonNullable<ReturnType<typeof planOf>>; at: number; now: boolean },
) {
	const { page } = p;
	const d = p.plan.doses[p.at]!;
	const product = page.products.find((x) => x.id === d.item_id)!;
	const planned = d.each * d.parts;
	/* What was kept for another plan is nothing for this one. */
	const draft = `dose:${p.stop.id}:${p.pool}:${d.item_id}:${planned}`;
	const [much, setMuch] = useDraft(draft, String(planned));
	const [reason, setReason] = useDraft(`${draft}:why`);
	const given = Number(much);
	const setGiven = (to: number) => setMuch(String(to));
	const [open, setOpen] = useState(false);
	const asks = needsReason(planned, given);
	const said = amount(given, product.unit, product.holds_x100, page.units);
	const pour = async () => {
		await poured(p, { item: d.item_id, given: Math.round(given), reason, planned });
		setGiven(planned);
		setReason("");
	};
	const each = amount(d.each, product.unit, product.holds_x100, page.units);
	return (
		<section class={p.now ? "card dose dose--now" : "card dose"} aria-label={product.name}>
			<p class="muted">
				{p.at + 1}. {product.name}
			</p>
			<p class="dose__much">{d.parts > 1 ? t("dose.parts", { n: d.parts, amount: each }) : each}</p>
			<p>
				{measureName(d.measure, page.own)} <b>{shown(d.measure, d.from, page.units)}</b> →{" "}
				<b>{shown(d.measure, round1(d.measure, d.to), page.units)}</b>
				{d.half && ` (${t("dose.half")})`}
			</p>
			<Jugs much={d.each} product={product} page={page} />
			{d.wait_minutes > 0 && <p class="meta">{t("dose.wait", { n: d.wait_minutes })}</p>}
			<button class="link" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
				{t("dose.why")}
				<span class="unseen"> {product.name}</span>
			</button>
			{open && <p class="meta">{why(d, product, page, p.plan, waterNow(page, p.said))}</p>}
			<Amount product={product} page={page} given={given} set={setGiven} />
			{asks && (
				<label class="field">
					<span class="field__label">{t("dose.reason")}</span>
					<input
						class="input"
						maxLength={200}
						value={reason}
						onInput={(e) => setReason(e.currentTarget.value)}
					/>
				</label>
			)}
			<Button
				block
				size="lg"
				icon="check"
				{...(p.now ? { kind: "primary" as const } : {})}
				disabled={asks && !reason.trim()}
				onClick={() => void pour()}
			>
				{t("dose.add", { amount: said })}
			</Button>
		</section>
	);
}

/* What the plan does not name, or nothing could compute: it was poured all the same, and is written down. */
function Other(p: Props) {
	const { page } = p;
	const draft = `other:${p.stop.id}:${p.pool}`;
	const [open, setOpen] = useDraft(draft);
	const [item, setItem] = useDraft(`${draft}:item`);
	const [much, setMuch] = useDraft(`${draft}:much`, "0");
	const [reason, setReason] = useDraft(`${draft}:why`);
	const product = page.products.find((x) => x.id === item);
	if (page.products.length === 0) return null;
	const met = product && metBy(page, product);
	const atOnce = !!product && overMost(product, page.volume_l, 1, Number(much));
	const asks = !!met || atOnce;
	if (!open)
		return (
			<Button block icon="plus" onClick={() => setOpen("yes")}>
				{t("dose.other")}
			</Button>
		);
	const close = () => {
		setOpen("");
		setItem("");
		setMuch("0");
		setReason("");
	};
	const pour = async () => {
		await poured(p, { item, given: Math.round(Number(much)), reason });
		close();
	};
	return (
		<section class="card dose" aria-label={t("dose.other")}>
			<h2>{t("dose.other")}</h2>
			<div class="pick" role="group" aria-label={t("dose.product")}>
				{page.products.map((x) => (
					<button
						key={x.id}
						class="chip"
						type="button"
						aria-pressed={x.id === item}
						onClick={() => {
							setItem(x.id === item ? "" : x.id);
							setMuch("0");
						}}
					>
						{x.unwanted ? `${x.name} · ${t("dose.unwanted")}` : x.name}
					</button>
				))}
			</div>
			{product && (
				<>
					{met && (
						<Banner tone="coral" alert>
							<b>{t("dose.met", { name: product.name, other: met.item })}</b>
							<br />
							{t("dose.met.why")}
						</Banner>
					)}
					<Amount
						product={product}
						page={page}
						given={Number(much)}
						set={(n) => setMuch(String(n))}
					/>
					{atOnce && (
						<Banner tone="sun" alert>
							{t("dose.over", {
								most: amountPlain(mostOf(product, page.volume_l), product.unit, page.units),
							})}
						</Banner>
					)}
					<label class="field">
						<span class="field__label">{t(met ? "dose.met.reason" : "dose.reason")}</span>
						<input
							class="input"
							maxLength={200}
							value={reason}
							onInput={(e) => setReason(e.currentTarget.value)}
						/>
					</label>
				</>
			)}
			<Button
				block
				size="lg"
				kind="primary"
				icon="check"
				disabled={!product || !(Number(much) > 0) || (asks && !reason.trim())}
				onClick={() => void pour()}
			>
				{product && Number(much) > 0
					? t("dose.add", {
							amount: amount(Number(much), product.unit, product.holds_x100, page.units),
						})
					: t("dose.write")}
			</Button>
			<Button block kind="quiet" onClick={close}>
				{t("act.cancel")}
			</Button>
		</section>
	);
}

/* Fewer, more: one step is what one can measure, and four of them once there is much. */
function Amount(p: {
	product: WaterPage["products"][number];
	page: WaterPage;
	given: number;
	set: (to: number) => void;
}) {
	const unit = smallUnit(p.product, p.page);
	const step = unit.size * (p.given > unit.size * 16 ? 4 : 1);
	return (
		<div class="stepper" role="group" aria-label={t("dose.amount", { unit: unit.name })}>
			<button
				type="button"
				aria-label={t("tech.water.less")}
				onClick={() => p.set(Math.max(0, p.given - step))}
			>
				−
			</button>
			<output>
				{unit.of(p.given)} {unit.name}
			</output>
			<button type="button" aria-label={t("tech.water.more")} onClick={() => p.set(p.given + step)}>
				+
			</button>
		</div>
	);
}
