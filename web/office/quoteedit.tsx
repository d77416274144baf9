/* An offer while it is written: lines, options, photos, a deposit. */
import { useRef } from "preact/hooks";
import type { Customer, File, Item, QuotePage, Service } from "../shared/api";
import { call, Fault } from "../shared/call";
import { addDays } from "../shared/days";
import { FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { money } from "../shared/format";
import { toast } from "../shared/over";
import { go } from "../shared/router";
import { Segments } from "../shared/ui";
import { say } from "./jobwords";
import { amount, Book, blank, type Draft, Lines, read, typed } from "./linesedit";
import { me } from "./me";
import { AreaField, DayField, Foot } from "./record";
import { Shots } from "./shots";
import { today } from "./technicians";
import { placesOf } from "./whose";

export interface Data {
	quote: QuotePage | null;
	customer: Customer | null;
	services: Service[];
	items: Item[];
	photos: File[];
}
const PHOTOS_MAX = 8;
const HOLDS_DAYS = 30;
const currency = () => me.value?.company.currency ?? "USD";
const jobs = (all: Service[]) => all.filter((s) => s.kind === "job" && !s.archived);

/* Jobs first; none is chosen by chance, because what is chosen plans the minutes and the checklist. */
export function kindsOfJob(all: Service[], chosen: string) {
	const rest = all.filter((s) => s.kind !== "job" && !s.archived);
	return [
		...(chosen ? [] : [{ value: "", label: say("quote.service.choose") }]),
		...[...jobs(all), ...rest].map((s) => ({ value: s.id, label: s.name })),
	];
}

const ppmOf = (text: string) => Math.round(Number(text.trim().replace(",", ".") || "0") * 10_000);

function first(d: Data) {
	const q = d.quote;
	const places = d.customer ? placesOf(d.customer) : [];
	return {
		property_id: q?.property_id ?? places[0]?.id ?? "",
		service_id:
			q?.service_id ?? (jobs(d.services).length === 1 ? (jobs(d.services)[0]?.id ?? "") : ""),
		title: q?.title ?? "",
		note: q?.note ?? "",
		due_day: q?.due_day ?? addDays(today(), HOLDS_DAYS),
		deposit: q ? String(q.deposit_ppm / 10_000) : "0",
		count: String(q?.choosing ? q.options.length : 0),
		options: JSON.stringify(
			[0, 1, 2, 3].map((i) => ({
				name: (q?.choosing && q.options[i]?.name) || "",
				text: (q?.choosing && q.options[i]?.text) || "",
			})),
		),
		lines: JSON.stringify(q ? q.lines.map(typed) : [blank(0)]),
		photos: q?.photos.map((f) => f.id).join(",") ?? "",
	};
}

export function Editor(p: { data: Data; customer: Customer; after: (q: QuotePage) => void }) {
	const { data, customer } = p;
	const form = useForm({
		initial: first(data),
		draft: `quote-${data.quote ? `${data.quote.id}.${data.quote.version}` : customer.id}`,
		async send(v, key) {
			const n = Number(v.count);
			const kept = read((JSON.parse(v.lines) as Draft[]).filter((l) => l.choice <= n));
			const ppm = ppmOf(v.deposit);
			if (!v.service_id) throw wrong("service_id", say("quote.service.none"));
			if (kept.bad) throw wrong("", say("line.bad", { n: kept.bad }));
			if (kept.lines.length === 0) throw wrong("", say("line.none"));
			if (!(ppm >= 0 && ppm <= 1_000_000)) throw wrong("deposit", say("quote.deposit.bad"));
			const body = {
				property_id: v.property_id,
				service_id: v.service_id,
				title: v.title.trim(),
				note: v.note.trim(),
				due_day: v.due_day,
				deposit_ppm: ppm,
				options: (JSON.parse(v.options) as { name: string; text: string }[])
					.slice(0, n)
					.map((o, i) => ({ name: o.name.trim() || suggested(i + 1), text: o.text.trim() })),
				lines: kept.lines,
				photos: v.photos
					.split(",")
					.filter(Boolean)
					.map((id) => ({ id })),
				version: data.quote?.version ?? 0,
			};
			try {
				const saved = data.quote
					? await call("PUT /api/office/quotes/:id", { id: data.quote.id, body, key })
					: await call("POST /api/office/customers/:id/quotes", { id: customer.id, body, key });
				toast(say("quote.saved"));
				p.after(saved);
			} catch (f) {
				/* Lines and photos are no fields of this form: it is said above it. */
				if (
					f instanceof Fault &&
					!["title", "note", "due_day", "property_id", "service_id"].includes(f.field)
				)
					throw new Fault(f.code, "", f.message, f.status, f.trace, 0);
				throw f;
			}
		},
	});
	const v = form.values;
	const n = Number(v.count);
	const lines = JSON.parse(v.lines) as Draft[];
	const options = JSON.parse(v.options) as { name: string; text: string }[];
	const picked = v.photos.split(",").filter(Boolean);
	const change = (rows: Draft[]) => form.set("lines", JSON.stringify(rows));
	const rename = (i: number, part: { name?: string; text?: string }) =>
		form.set("options", JSON.stringify(options.map((o, k) => (k === i ? { ...o, ...part } : o))));
	const sum = (o: number) =>
		lines.filter((l) => l.choice === 0 || l.choice === o).reduce((all, l) => all + amount(l), 0);
	/* Each option begins with a line of its own. */
	const many = (to: string) => {
		form.set("count", to);
		const fresh = [1, 2, 3, 4].filter((o) => o <= Number(to) && !lines.some((l) => l.choice === o));
		if (fresh.length > 0)
			form.set("lines", JSON.stringify([...lines, ...fresh.map((o) => blank(o))]));
	};
	// Photos arrive one by one, while this is shown: what was picked is read from the form as it is then.
	const now = useRef(picked);
	now.current = picked;
	const show = (id: string) => {
		const next = now.current.includes(id)
			? now.current.filter((x) => x !== id)
			: [...now.current, id];
		if (next.length > PHOTOS_MAX) return toast(say("quote.photos.most"));
		now.current = next;
		form.set("photos", next.join(","));
	};
	const places = placesOf(customer);
	return (
		<form class="sheet" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			<Book items={data.items} />
			<div class="stack">
				<TextField
					form={form}
					name="title"
					label={say("quote.title")}
					hint={say("quote.title.hint")}
					maxLength={120}
					required
					autofocus
				/>
				<div class="pair">
					<SelectField
						form={form}
						name="property_id"
						label={say("quote.place")}
						choices={places.map((x) => ({ value: x.id, label: x.street || x.name }))}
					/>
					<SelectField
						form={form}
						name="service_id"
						label={say("quote.service")}
						choices={kindsOfJob(data.services, v.service_id)}
					/>
				</div>
				<AreaField form={form} name="note" label={say("quote.note")} rows={3} maxLength={2000} />
				<div class="pair">
					<DayField form={form} name="due_day" label={say("quote.until")} />
					<TextField
						form={form}
						name="deposit"
						label={say("quote.deposit")}
						hint={say("quote.deposit.hint")}
						inputmode="decimal"
					/>
				</div>
			</div>
			<div class="stack">
				<Segments
					label={say("quote.options")}
					value={v.count}
					choices={[
						{ value: "0", label: say("quote.options.none") },
						...(["2", "3", "4"] as const).map((x) => ({
							value: x as string,
							label: say(`quote.options.${x}`),
						})),
					]}
					onChange={many}
				/>
				<section class="option" aria-label={say(n > 0 ? "quote.shared" : "quote.lines")}>
					<div class="option__head">
						<h2>{say(n > 0 ? "quote.shared" : "quote.lines")}</h2>
						<span class="option__sum">{money(n > 0 ? sum(-1) : sum(0), currency())}</span>
					</div>
					<Lines
						rows={lines}
						items={data.items}
						currency={currency()}
						choice={0}
						label={say("quote.lines")}
						change={change}
					/>
				</section>
				{options.slice(0, n).map((o, i) => (
					<section class="option" key={i} aria-label={say("quote.option", { n: i + 1 })}>
						<div class="option__head">
							<h2>{say("quote.option", { n: i + 1 })}</h2>
							<span class="option__sum">{money(sum(i + 1), currency())}</span>
						</div>
						<div class="pair">
							<label class="field">
								<span class="field__label">{say("quote.option.called")}</span>
								<input
									class="input"
									maxLength={80}
									aria-label={say("quote.option.name", { n: i + 1 })}
									placeholder={suggested(i + 1)}
									value={o.name}
									onInput={(e) => rename(i, { name: e.currentTarget.value })}
								/>
							</label>
							<label class="field">
								<span class="field__label">{say("quote.option.text")}</span>
								<textarea
									class="input"
									rows={2}
									maxLength={400}
									aria-label={`${say("quote.option", { n: i + 1 })}: ${say("quote.option.text")}`}
									value={o.text}
									onInput={(e) => rename(i, { text: e.currentTarget.value })}
								/>
							</label>
						</div>
						<Lines
							rows={lines}
							items={data.items}
							currency={currency()}
							choice={i + 1}
							label={say("quote.option", { n: i + 1 })}
							change={change}
						/>
					</section>
				))}
			</div>
			<Shots
				kept={data.photos}
				picked={picked}
				owner={{ on_kind: "property", on_id: v.property_id }}
				show={show}
			/>
			<Foot
				busy={form.busy}
				close={() => go(data.quote ? `/quotes/${data.quote.id}` : "/quotes")}
				go={say("quote.save")}
			/>
		</form>
	);
}

const suggested = (n: number) =>
	n === 1 || n === 2 || n === 3 ? say(`quote.option.${n}`) : say("quote.option", { n });
