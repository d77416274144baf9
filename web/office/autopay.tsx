/* What a customer left to be drawn from, what they allowed, and their word for it. */
import { useEffect, useState } from "preact/hooks";
import type { CustomerAutopay, CustomerMethod, CustomerMethods } from "../shared/api";
import { call, Fault, faultText } from "../shared/call";
import { FormTrouble, SelectField, useForm } from "../shared/form";
import { moment } from "../shared/format";
import { toast } from "../shared/over";
import { Button, Empty, FaultNote, Icon, Pill, Skeleton } from "../shared/ui";
import { t } from "../shared/words";
import { Panel } from "./frame";
import { may } from "./me";
import { say } from "./moneywords";
import { CheckField, Foot, yes } from "./record";

const KINDS = ["service", "chemicals", "work", "fees"] as const;
const HOWS = ["phone", "paper", "person"] as const;
type Kind = (typeof KINDS)[number];
type How = (typeof HOWS)[number] | "portal";

const nameOf = (m: CustomerMethod) =>
	`${m.kind === "bank" ? say("money.autopay.bank") : m.brand.replace(/^./, (c) => c.toUpperCase())} ••${m.last4}`;

export function AutopayPanel(p: { customer: string; close: () => void }) {
	const [page, setPage] = useState<CustomerMethods | null>(null);
	const [fault, setFault] = useState("");
	const [doing, setDoing] = useState("");
	// Once for each customer
	useEffect(() => {
		call("GET /api/office/customers/:id/methods", { id: p.customer }).then(setPage, (f) =>
			setFault(faultText(f)),
		);
	}, [p.customer]);
	const change = async (id: string, body: CustomerAutopay) => {
		setPage(
			await call("PUT /api/office/customers/:id/methods/:id2", { id: p.customer, id2: id, body }),
		);
		setDoing("");
		toast(t("act.saved"));
	};
	return (
		<Panel title={say("money.autopay")} close={p.close}>
			<FaultNote text={fault} />
			{!page ? (
				!fault && <Skeleton lines={4} />
			) : page.rows.length === 0 ? (
				<Empty icon="card" title={say("money.autopay.none")}>
					{say("money.autopay.none.text")}
				</Empty>
			) : (
				<div class="lines">
					{page.rows.map((m) => (
						<section key={m.id} class="stack stack--tight autopay" aria-label={nameOf(m)}>
							<div class="row">
								<Icon name={m.kind === "bank" ? "bank" : "card"} />
								<h3 class="grow">{nameOf(m)}</h3>
								{m.stopped ? (
									<Pill tone="coral">{say("money.autopay.stopped")}</Pill>
								) : m.autopay ? (
									<Pill tone="kelp">{say("money.autopay.on")}</Pill>
								) : (
									<Pill>{say("money.autopay.off")}</Pill>
								)}
							</div>
							{m.autopay && <p>{scopeOf(m, page)}</p>}
							{m.agreed.at > 0 && (
								<details class="archive">
									<summary>
										{say(`money.autopay.agreed.${(m.agreed.how ?? "portal") as How}`, {
											day: moment(m.agreed.at),
										})}
									</summary>
									<blockquote class="meta">
										{m.agreed.words}
										{m.agreed.ip && ` (${m.agreed.ip})`}
									</blockquote>
								</details>
							)}
							{may("take_payments") && !m.stopped && doing !== m.id && (
								<div class="row row--wrap">
									<Button size="sm" onClick={() => setDoing(m.id)}>
										{say(m.autopay ? "money.autopay.change" : "money.autopay.allow")}
									</Button>
									{m.autopay && (
										<Button
											size="sm"
											kind="quiet"
											onClick={() =>
												void change(m.id, {
													on: false,
													kinds: [],
													places: [],
													how: "portal",
												}).catch((f) => setFault(faultText(f)))
											}
										>
											{say("money.autopay.end")}
										</Button>
									)}
								</div>
							)}
							{doing === m.id && (
								<Allow
									m={m}
									page={page}
									close={() => setDoing("")}
									change={(b) => change(m.id, b)}
								/>
							)}
						</section>
					))}
				</div>
			)}
		</Panel>
	);
}

function scopeOf(m: CustomerMethod, page: CustomerMethods): string {
	const kinds =
		m.kinds.length === 0
			? say("money.autopay.all")
			: m.kinds.map((k) => say(`money.autopay.kind.${k as Kind}`)).join(", ");
	const streets = m.places
		.map((x) => page.place.find((y) => y.id === x.id)?.street ?? "")
		.filter(Boolean);
	return [kinds, streets.join("; ")].filter(Boolean).join(" · ");
}

/* The customer said so, on the telephone or on paper: what, where, and how. */
function Allow(p: {
	m: CustomerMethod;
	page: CustomerMethods;
	close: () => void;
	change: (body: CustomerAutopay) => Promise<void>;
}) {
	const { m, page } = p;
	const places = page.place;
	const form = useForm({
		initial: {
			how: "phone",
			...Object.fromEntries(
				KINDS.map((k) => [k, yes(m.kinds.length === 0 || m.kinds.includes(k))]),
			),
			...Object.fromEntries(
				places.map((x) => [
					x.id,
					yes(m.places.length === 0 || m.places.some((y) => y.id === x.id)),
				]),
			),
		} as Record<string, string> & { how: string },
		async send(v) {
			const kinds = KINDS.filter((k) => v[k] === "yes");
			const where = places.filter((x) => v[x.id] === "yes");
			if (kinds.length === 0 || (places.length > 0 && where.length === 0))
				throw new Fault("invalid", "", say("money.autopay.nothing"), 422, "", 0);
			await p.change({
				on: true,
				kinds: kinds.length === KINDS.length ? [] : kinds,
				places: where.length === places.length ? [] : where.map((x) => ({ id: x.id })),
				how: v.how as CustomerAutopay["how"],
			});
		},
	});
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			<fieldset class="stack stack--tight">
				<legend class="field__label">{say("money.autopay.what")}</legend>
				{KINDS.map((k) => (
					<CheckField key={k} form={form} name={k} label={say(`money.autopay.kind.${k}`)} />
				))}
			</fieldset>
			{places.length > 1 && (
				<fieldset class="stack stack--tight">
					<legend class="field__label">{say("money.autopay.where")}</legend>
					{places.map((x) => (
						<CheckField key={x.id} form={form} name={x.id} label={x.street} />
					))}
				</fieldset>
			)}
			<blockquote class="meta">{page.consent}</blockquote>
			<SelectField
				form={form}
				name="how"
				label={say("money.autopay.how")}
				hint={say("money.autopay.how.hint")}
				choices={HOWS.map((h) => ({ value: h, label: say(`money.autopay.how.${h}`) }))}
			/>
			<Foot busy={form.busy} close={p.close} go={say("money.autopay.write")} />
		</form>
	);
}
