/* A job in one go: whose, what, when, who, and the parts and hours that it takes. */
import { useState } from "preact/hooks";
import type { Customer, Item, Service, Technician } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, SelectField, useForm, wrong } from "../shared/form";
import { money } from "../shared/format";
import { toast } from "../shared/over";
import { go, type Screen } from "../shared/router";
import { Heading } from "../shared/ui";
import { t } from "../shared/words";
import { say } from "./jobwords";
import { amount, Book, blank, type Draft, Lines, read } from "./linesedit";
import { me } from "./me";
import { kindsOfJob } from "./quoteedit";
import { AreaField, DayField, Foot } from "./record";
import { techChoices, today } from "./technicians";
import { Against } from "./visit";
import { customerOf, placesOf, Whose } from "./whose";
import "./jobs.css";

interface Data {
	customer: Customer | null;
	services: Service[];
	technicians: Technician[];
	items: Item[];
}
const currency = () => me.value?.company.currency ?? "USD";

function Editor(p: { data: Data; customer: Customer }) {
	const { data, customer } = p;
	const places = placesOf(customer);
	const services = data.services.filter((s) => !s.archived);
	const [against, setAgainst] = useState("");
	const initial = {
		property_id: places[0]?.id ?? "",
		service_id: services.length === 1 ? (services[0]?.id ?? "") : "",
		day: today(),
		tech_id: "",
		note: "",
		lines: JSON.stringify([blank(0)]),
	};
	const form = useForm({
		initial,
		draft: `job-${customer.id}`,
		send: (v, key) => send(v, key, false),
		caught(fault) {
			const soft = fault.code === "invalid" && ["day", "tech_id"].includes(fault.field);
			if (soft) setAgainst(fault.message);
			return soft;
		},
	});
	async function send(v: typeof initial, key: string, anyway: boolean) {
		const kept = read(JSON.parse(v.lines) as Draft[]);
		if (!v.service_id) throw wrong("service_id", say("quote.service.none"));
		if (kept.bad) throw wrong("", say("line.bad", { n: kept.bad }));
		const place = places.find((x) => x.id === v.property_id);
		const made = await call("POST /api/office/visits", {
			key,
			body: {
				property_id: v.property_id,
				pool_id: place?.pools.find((x) => !x.archived_at)?.id ?? null,
				service_id: v.service_id,
				day: v.day,
				tech_id: v.tech_id || null,
				from_minute: null,
				to_minute: null,
				note: v.note.trim(),
				anyway,
			},
		});
		try {
			for (const [i, { choice: _, ...body }] of kept.lines.entries())
				await call("POST /api/office/visits/:id/wants", {
					id: made.id,
					key: `${key}-${i}`,
					body: { ...body, kind: body.kind === "discount" ? "item" : body.kind },
				});
			toast(say("job.made"));
		} catch (f) {
			/* The job is there: its own page shows what it has, and takes the rest. */
			if (!(f instanceof Fault)) throw f;
			toast(f.message);
		}
		go(`/quotes/jobs/${made.id}`);
	}
	const anyway = async () => {
		setAgainst("");
		try {
			await send(form.values, crypto.randomUUID(), true);
		} catch (f) {
			if (f instanceof Fault) form.fail("", f.message);
		}
	};
	const lines = JSON.parse(form.values.lines) as Draft[];
	return (
		<form class="sheet" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			<Book items={data.items} />
			<div class="stack">
				<div class="pair">
					<SelectField
						form={form}
						name="service_id"
						label={say("quote.service")}
						choices={kindsOfJob(services, form.values.service_id)}
					/>
					<SelectField
						form={form}
						name="property_id"
						label={say("quote.place")}
						choices={places.map((x) => ({ value: x.id, label: x.street || x.name }))}
					/>
				</div>
				<div class="pair">
					<DayField form={form} name="day" label={t("visit.day")} />
					<SelectField
						form={form}
						name="tech_id"
						label={t("agreement.tech")}
						choices={techChoices(data.technicians, form.values.tech_id)}
					/>
				</div>
				<AreaField form={form} name="note" label={t("visit.note")} rows={2} maxLength={500} />
			</div>
			<section class="option" aria-label={say("job.parts")}>
				<div class="option__head">
					<h2>{say("job.parts")}</h2>
					<span class="option__sum">
						{money(
							lines.reduce((all, l) => all + amount(l), 0),
							currency(),
						)}
					</span>
				</div>
				<Lines
					rows={lines}
					items={data.items}
					currency={currency()}
					choice={0}
					label={say("job.parts")}
					change={(rows) => form.set("lines", JSON.stringify(rows))}
				/>
				<p class="meta">{say("job.sign")}</p>
			</section>
			{against && <Against why={against} busy={form.busy} go={() => void anyway()} />}
			<Foot busy={form.busy} close={() => go("/quotes/jobs")} go={say("job.make")} />
		</form>
	);
}

function View({ data }: { data: Data }) {
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("nav.jobs")}>
					<a href="/quotes/jobs">{say("jobs")}</a>
					<span aria-hidden="true">/</span>
					<Heading>{say("job.new")}</Heading>
				</nav>
			</header>
			<div class="scroll">
				<Whose customer={data.customer} here="/quotes/jobs/new">
					{(customer) => <Editor key={customer.id} data={data} customer={customer} />}
				</Whose>
			</div>
		</>
	);
}

const screen: Screen<Data> = {
	title: "nav.jobs",
	key: (at) => at.path + at.query.get("customer"),
	async load(at) {
		const [customer, services, technicians, items] = await Promise.all([
			customerOf(at.query.get("customer")),
			call("GET /api/office/services"),
			call("GET /api/office/technicians"),
			call("GET /api/office/items"),
		]);
		return {
			customer,
			services: services.rows,
			technicians: technicians.rows,
			items: items.rows,
		};
	},
	view: View,
};
export default screen;
