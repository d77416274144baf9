/* One visit planned by hand: whose, what, when, who. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Customer, Service, Technician } from "../shared/api";
import { call, Fault } from "../shared/call";
import { minuteOf } from "../shared/days";
import { FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { weekday } from "../shared/format";
import { toast } from "../shared/over";
import { Button, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { FindCustomer } from "./findcustomer";
import { Panel } from "./frame";
import { AreaField, DayField, Foot } from "./record";
import { techChoices, today } from "./technicians";
import { Against } from "./visit";

export function NewVisit(p: {
	day: string;
	tech: string | null;
	/* Whose it is, if somebody comes from a record. */
	whose: string;
	services: Service[];
	technicians: Technician[];
	close: () => void;
	changed: () => Promise<void>;
}) {
	const [customer, setCustomer] = useState<Customer | null>(null);
	const [against, setAgainst] = useState("");
	const initial = {
		customer: "",
		property_id: "",
		pool_id: "",
		service_id: p.services.find((s) => s.kind === "job")?.id ?? p.services[0]?.id ?? "",
		day: [p.day, today()].sort()[1] as string,
		tech_id: p.tech ?? "",
		from_minute: "",
		to_minute: "",
		note: "",
	};
	const send = async (v: typeof initial, anyway: boolean) => {
		if (!customer || !v.property_id) throw wrong("customer", t("plan.new.whose"));
		await call("POST /api/office/visits", {
			body: {
				property_id: v.property_id,
				pool_id: v.pool_id || null,
				service_id: v.service_id,
				day: v.day,
				tech_id: v.tech_id || null,
				from_minute: minuteOf(v.from_minute),
				to_minute: minuteOf(v.to_minute),
				note: v.note.trim(),
				anyway,
			},
		});
		await p.changed();
		p.close();
		toast(t("plan.new.made", { name: customer.name, day: weekday(v.day) }));
	};
	const form = useForm({
		initial,
		send: (v) => send(v, false),
		caught(fault) {
			const soft = fault.code === "invalid" && ["day", "tech_id"].includes(fault.field);
			if (soft) setAgainst(fault.message);
			return soft;
		},
	});
	const anyway = async () => {
		setAgainst("");
		try {
			await send(form.values, true);
		} catch (f) {
			if (f instanceof Fault) form.fail("", f.message);
		}
	};
	/* Their places come with an answer: until then there is nothing to plan, and who is picked last counts. */
	const picked = useRef("");
	const [coming, setComing] = useState(false);
	const take = async (id: string) => {
		picked.current = id;
		setComing(true);
		try {
			const whole = await call("GET /api/office/customers/:id", { id });
			if (picked.current !== id) return;
			const place = whole.properties.find((x) => !x.archived_at);
			setCustomer(whole);
			form.set("customer", whole.name);
			form.set("property_id", place?.id ?? "");
			form.set("pool_id", place?.pools.find((x) => !x.archived_at)?.id ?? "");
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			if (picked.current === id) form.fail("customer", f.message);
		} finally {
			if (picked.current === id) setComing(false);
		}
	};
	useEffect(() => {
		if (p.whose) void take(p.whose);
	}, [p.whose]);
	const places = customer?.properties.filter((x) => !x.archived_at) ?? [];
	const pools =
		places.find((x) => x.id === form.values.property_id)?.pools.filter((x) => !x.archived_at) ?? [];
	return (
		<Panel title={t("plan.new")} close={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				{customer ? (
					<div class="row answer">
						<Icon name="user" />
						<b class="grow clip">{customer.name}</b>
						<Button size="sm" kind="quiet" onClick={() => setCustomer(null)}>
							{t("plan.new.other")}
						</Button>
					</div>
				) : (
					<FindCustomer
						label={t("plan.new.customer")}
						fault={form.errors.customer}
						take={(line) => void take(line.id)}
					/>
				)}
				{places.length > 1 && (
					<SelectField
						form={form}
						name="property_id"
						label={t("agreement.place")}
						choices={places.map((x) => ({ value: x.id, label: x.street || x.name }))}
					/>
				)}
				{pools.length > 1 && (
					<SelectField
						form={form}
						name="pool_id"
						label={t("agreement.water")}
						choices={[
							...pools.map((x) => ({ value: x.id, label: x.name || t(`water.${x.kind}`) })),
							{ value: "", label: t("agreement.whole") },
						]}
					/>
				)}
				<SelectField
					form={form}
					name="service_id"
					label={t("agreement.service")}
					choices={p.services.map((s) => ({ value: s.id, label: s.name }))}
				/>
				<DayField form={form} name="day" label={t("visit.day")} />
				<SelectField
					form={form}
					name="tech_id"
					label={t("agreement.tech")}
					choices={techChoices(p.technicians, form.values.tech_id)}
				/>
				<div class="pair">
					<TextField form={form} name="from_minute" type="time" label={t("visit.from")} />
					<TextField form={form} name="to_minute" type="time" label={t("visit.until")} />
				</div>
				<AreaField form={form} name="note" label={t("visit.note")} rows={2} maxLength={500} />
				{against && <Against why={against} busy={form.busy} go={() => void anyway()} />}
				<Foot busy={form.busy} disabled={coming} close={p.close} go={t("plan.new.go")} />
			</form>
		</Panel>
	);
}
