/* Many prices at once: a rule, what it would make of each price, from which day; and the way back. */
import { useState } from "preact/hooks";
import type { PricePlan, PricePreview } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { centsOf, day, dayOf, money, moneyTyped, number } from "../shared/format";
import { toast } from "../shared/over";
import type { Place, Screen } from "../shared/router";
import { Button, Empty, FaultBar, Heading, Pill } from "../shared/ui";
import { t } from "../shared/words";
import { Differs } from "./differs";
import { say, sayCount } from "./jobwords";
import { me } from "./me";
import { DayField } from "./record";
import { Table, useKept } from "./table";
import { today } from "./technicians";
import "./jobs.css";

type Row = PricePreview["rows"][number] & { typed: string; on: boolean };
const STEPS = ["1", "5", "10", "25", "50", "100"] as const;
const KINDS = ["", "chemical", "part", "labour", "other"] as const;
const currency = () => me.value?.company.currency ?? "USD";
const percent = (a: number, b: number) =>
	a === 0 ? "" : `${b > a ? "+" : "−"}${number(Math.round((Math.abs(b - a) / a) * 1000) / 10)} %`;

const newOf = (r: Row) => centsOf(r.typed) ?? r.price_cents;
const share = (r: Row) => (r.was_cents > 0 ? (newOf(r) - r.was_cents) / r.was_cents : 0);

function View({ data, reload }: { data: PricePlan[]; at: Place; reload: () => Promise<void> }) {
	const [rows, setRows] = useState<Row[] | null>(null);
	const [same, setSame] = useState(0);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const kept = useKept<HTMLDivElement>();
	const form = useForm({
		initial: { how: "markup", percent: "60", step: "5", kind: "", from_day: today() },
		draft: "prices",
		async send(v) {
			const ppm = Math.round(Number(v.percent.trim().replace(",", ".").replace("−", "-")) * 10_000);
			if (Number.isNaN(ppm) || v.percent.trim() === "") throw wrong("percent", say("prices.bad"));
			try {
				const out = await call("POST /api/office/price-previews", {
					body: {
						how: v.how as "markup" | "change",
						ppm,
						round_to_cents: Number(v.step),
						kind: v.kind ? KINDS.indexOf(v.kind as (typeof KINDS)[number]) : null,
					},
				});
				setRows(out.rows.map((r) => ({ ...r, typed: moneyTyped(r.price_cents), on: true })));
				setSame(out.same);
			} catch (f) {
				if (f instanceof Fault && f.field === "ppm") throw wrong("percent", say("prices.bad"));
				throw f;
			}
		},
	});
	const set = (id: string, part: Partial<Row>) =>
		setRows((all) => all?.map((r) => (r.item_id === id ? { ...r, ...part } : r)) ?? null);
	const chosen = rows?.filter((r) => r.on) ?? [];
	const now = form.values.from_day <= today();
	const most = Math.max(0.01, ...(rows ?? []).map((r) => Math.abs(share(r))));
	const apply = async () => {
		const bad = chosen.find((r) => (centsOf(r.typed) ?? -1) < 0);
		if (bad) return setFault(say("prices.row.bad", { name: bad.name }));
		setBusy(true);
		setFault("");
		try {
			const plans = await call("POST /api/office/price-plans", {
				body: {
					from_day: form.values.from_day,
					rows: chosen.map((r) => ({
						item_id: r.item_id,
						was_cents: r.was_cents,
						price_cents: centsOf(r.typed) ?? 0,
					})),
				},
			});
			const made = plans.rows[0];
			setRows(null);
			await reload();
			toast(sayCount(now ? "prices.done" : "prices.planned", chosen.length), () => {
				if (made) void undo(made.id);
			});
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		} finally {
			setBusy(false);
		}
	};
	const undo = async (id: string) => {
		setFault("");
		try {
			await call("POST /api/office/price-plans/:id/undos", { id });
			await reload();
			toast(say("prices.undone"));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("nav.stock")}>
					<a href="/stock/items">{t("items.title")}</a>
					<span aria-hidden="true">/</span>
					<Heading>{say("prices")}</Heading>
				</nav>
			</header>
			<div class="scroll" {...kept}>
				<form class="sheet" onSubmit={form.submit} noValidate>
					<FormTrouble form={form} />
					<p class="muted">{say("prices.text")}</p>
					<div class="pair">
						<SelectField
							form={form}
							name="how"
							label={say("prices.how")}
							choices={(["markup", "change"] as const).map((h) => ({
								value: h,
								label: say(`prices.how.${h}`),
							}))}
						/>
						<TextField
							form={form}
							name="percent"
							label={say("prices.percent")}
							hint={form.values.how === "change" ? say("prices.percent.hint") : undefined}
							inputmode="text"
							required
						/>
						<SelectField
							form={form}
							name="kind"
							label={say("prices.kind")}
							choices={KINDS.map((k) => ({ value: k, label: say(`prices.kind.${k || "all"}`) }))}
						/>
						<SelectField
							form={form}
							name="step"
							label={say("prices.step")}
							choices={STEPS.map((s) => ({ value: s, label: money(Number(s), currency()) }))}
						/>
					</div>
					<div>
						<Button type="submit" icon="eye" busy={form.busy}>
							{say("prices.look")}
						</Button>
					</div>
				</form>
				<FaultBar text={fault} />
				{rows && rows.length === 0 && (
					<Empty icon="check" title={say("prices.same")}>
						{sayCount("prices.stay", same)}
					</Empty>
				)}
				{rows && rows.length > 0 && (
					<>
						<div class="tools">
							<b>{sayCount("prices.change", chosen.length)}</b>
							<span class="meta">{sayCount("prices.stay", same)}</span>
							<span class="push" />
							<DayField form={form} name="from_day" label={say("prices.from")} />
							<Button
								kind="primary"
								busy={busy}
								disabled={chosen.length === 0}
								onClick={() => void apply()}
							>
								{now ? say("prices.go") : say("prices.plan", { day: dayOf(form.values.from_day) })}
							</Button>
						</div>
						<Table
							caption={say("prices.preview")}
							rows={rows}
							keyOf={(r) => r.item_id}
							columns={[
								{
									head: "",
									pick: true,
									tight: true,
									cell: (r) => (
										<label class="check tick">
											<input
												type="checkbox"
												aria-label={r.name}
												checked={r.on}
												onChange={(e) => set(r.item_id, { on: e.currentTarget.checked })}
											/>
										</label>
									),
								},
								{ head: t("field.name"), wide: true, cell: (r) => r.name },
								{
									head: t("item.cost"),
									tight: true,
									sum: true,
									desk: true,
									cell: (r) => <span class="num">{money(r.cost_cents, currency())}</span>,
								},
								{
									head: say("prices.was"),
									tight: true,
									sum: true,
									cell: (r) => <span class="num">{money(r.was_cents, currency())}</span>,
								},
								{
									head: say("prices.new"),
									tight: true,
									sum: true,
									cell: (r) => (
										<input
											class="input num prices__input"
											inputMode="decimal"
											aria-label={say("prices.new.of", { name: r.name })}
											value={r.typed}
											onInput={(e) => set(r.item_id, { typed: e.currentTarget.value })}
										/>
									),
								},
								{
									head: say("prices.diff"),
									tight: true,
									sum: true,
									desk: true,
									cell: (r) => <span class="meta">{percent(r.was_cents, newOf(r))}</span>,
								},
								{
									head: "",
									top: <span class="unseen">{say("prices.diff")}</span>,
									tight: true,
									desk: true,
									cell: (r) => <Differs by={share(r)} most={most} />,
								},
							]}
						/>
					</>
				)}
				{data.length > 0 && (
					<>
						<div class="tools">
							<h2 class="kind">{say("prices.before")}</h2>
						</div>
						<Table
							caption={say("prices.before")}
							rows={data}
							keyOf={(p) => p.id}
							columns={[
								{
									head: say("prices.from"),
									wide: true,
									cell: (p) => (
										<span class="person">
											<span>
												<b>{dayOf(p.from_day)}</b>
												<small>
													{[sayCount("prices.change", p.number), p.staff_name, day(p.made_at)]
														.filter(Boolean)
														.join(" · ")}
												</small>
											</span>
										</span>
									),
								},
								{
									head: "",
									tight: true,
									cell: (p) => (
										<Pill tone={p.state === "done" ? "kelp" : p.state === "waits" ? "sun" : "off"}>
											{say(
												p.state === "waits"
													? "prices.waits"
													: p.state === "undone"
														? "prices.taken"
														: "prices.held",
											)}
										</Pill>
									),
								},
								{
									head: "",
									tight: true,
									cell: (p) =>
										p.state !== "undone" && (
											<Button size="sm" icon="undo" onClick={() => void undo(p.id)}>
												{say("prices.undo")}
											</Button>
										),
								},
							]}
						/>
					</>
				)}
			</div>
		</>
	);
}

const screen: Screen<PricePlan[]> = {
	title: "nav.stock",
	key: (at) => at.path,
	load: async () => (await call("GET /api/office/price-plans")).rows,
	view: View,
};
export default screen;
