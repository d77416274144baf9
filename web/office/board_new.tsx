/* A job by hand: who, what, when; the rest has a good default. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { BoardLane, Customer, CustomerLine, Service } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm } from "../shared/form";
import { duration, weekday } from "../shared/format";
import { Button, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { dayAfter } from "./board_parts";
import { FindCustomer } from "./findcustomer";
import { Panel } from "./frame";

const minuteOf = (typed: string): number | null => {
	const m = /^(\d{1,2}):(\d{2})$/.exec(typed);
	return m ? Number(m[1]) * 60 + Number(m[2]) : null;
};

export function NewJob(p: {
	day: string;
	lanes: BoardLane[];
	close: () => void;
	made: (id: string, tech: string | null) => Promise<void>;
}) {
	const [who, setWho] = useState<{ id: string; name: string } | null>(null);
	const [places, setPlaces] = useState<{ id: string; text: string }[]>([]);
	const [services, setServices] = useState<Service[]>([]);
	const form = useForm({
		initial: {
			property_id: "",
			service_id: "",
			day: p.day,
			tech_id: "best",
			from: "",
			to: "",
			note: "",
		},
		send: async (v, key) => {
			const best = v.tech_id === "best";
			const made = await call("POST /api/office/visits", {
				key,
				body: {
					property_id: v.property_id,
					service_id: v.service_id,
					day: v.day,
					tech_id: best || v.tech_id === "" ? null : v.tech_id,
					from_minute: minuteOf(v.from),
					to_minute: minuteOf(v.to),
					note: v.note,
				},
			});
			let tech = made.tech_id;
			if (best)
				try {
					tech = (
						await call("POST /api/office/visits/:id/takings", {
							id: made.id,
							body: { tech_id: null, version: made.version },
						})
					).tech_id;
				} catch {
					/* Nobody can: it waits with what is nobody's. */
				}
			await p.made(made.id, v.day === p.day ? tech : null);
		},
	});
	useEffect(() => {
		call("GET /api/office/services", { query: {} })
			.then((page) => {
				const some = page.rows.filter((s) => !s.archived);
				setServices(some);
				const usual = some.find((s) => s.kind === "job") ?? some[0];
				if (usual) form.set("service_id", usual.id);
			})
			.catch(() => {});
	}, []);
	/* Somebody is chosen: the keys go on in the form. */
	const rest = useRef<HTMLFormElement>(null);
	useLayoutEffect(() => {
		if (who) rest.current?.querySelector("select")?.focus();
	}, [who]);
	/* Until the places of who was picked last have come there is nothing to make: somebody else's place least of all. */
	const picked = useRef("");
	const whose = (c: CustomerLine | null) => {
		picked.current = c?.id ?? "";
		setWho(c && { id: c.id, name: c.name });
		setPlaces([]);
		form.set("property_id", "");
	};
	const pick = async (c: CustomerLine) => {
		whose(c);
		let record: Customer;
		try {
			record = await call("GET /api/office/customers/:id", { id: c.id });
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			if (picked.current !== c.id) return;
			whose(null);
			return form.fail("", f.message);
		}
		if (picked.current !== c.id) return;
		const some = record.properties
			.filter((x) => !x.archived_at)
			.map((x) => ({ id: x.id, text: [x.street, x.city].filter(Boolean).join(", ") }));
		setPlaces(some);
		form.set("property_id", some[0]?.id ?? "");
	};
	return (
		<Panel title={t("board.new")} close={p.close}>
			{who ? (
				<div class="row">
					<Icon name="people" />
					<b class="grow clip">{who.name}</b>
					<Button kind="quiet" size="sm" onClick={() => whose(null)}>
						{t("new.other")}
					</Button>
				</div>
			) : (
				<FindCustomer label={t("new.who")} take={(x) => void pick(x)} />
			)}
			<form ref={rest} class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				{places.length > 1 && (
					<SelectField
						form={form}
						name="property_id"
						label={t("new.place")}
						choices={places.map((x) => ({ value: x.id, label: x.text }))}
					/>
				)}
				<SelectField
					form={form}
					name="service_id"
					label={t("new.service")}
					choices={services.map((s) => ({
						value: s.id,
						label: `${s.name} · ${duration(s.minutes)}`,
					}))}
				/>
				<SelectField
					form={form}
					name="day"
					label={t("move.day")}
					choices={Array.from({ length: 30 }, (_, i) => dayAfter(p.day, i)).map((d) => ({
						value: d,
						label: weekday(d),
					}))}
				/>
				<SelectField
					form={form}
					name="tech_id"
					label={t("move.tech")}
					choices={[
						{ value: "best", label: t("new.best") },
						{ value: "", label: t("board.nobody") },
						...p.lanes.map((l) => ({ value: l.tech_id, label: l.name })),
					]}
				/>
				<div class="pair">
					<TextField form={form} name="from" label={t("new.from")} type="time" />
					<TextField form={form} name="to" label={t("new.to")} type="time" />
				</div>
				<TextField form={form} name="note" label={t("new.note")} maxLength={1000} />
				<Button
					kind="primary"
					type="submit"
					block
					busy={form.busy}
					disabled={!form.values.property_id || !form.values.service_id}
				>
					{t("new.make")}
				</Button>
			</form>
		</Panel>
	);
}
