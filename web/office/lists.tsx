/* What a list of customers is filtered by, how that stands in the address, and lists that were saved under a name. */
import { useEffect, useState } from "preact/hooks";
import type {
	CityCount,
	CustomersFilter,
	CustomersQuery,
	TagCount,
	Technician,
	View,
	ViewFilter,
} from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, TextField, useForm } from "../shared/form";
import { Dialog, toast } from "../shared/over";
import type { Place } from "../shared/router";
import { Button, Icon } from "../shared/ui";
import { type Key, named, t } from "../shared/words";
import { may } from "./me";
import { Menu } from "./menu";
import { CheckField, Foot } from "./record";

export const STANDINGS = ["", "routed", "unrouted", "lead", "inactive", "archived"] as const;
export const LACKING = [
	"property",
	"place",
	"pool",
	"volume",
	"agreement",
	"phone",
	"email",
] as const;
export const SORTS = ["name", "newest"] as const;

/* The words of the address; empty: no matter. */
export const WORDS = [
	"q",
	"standing",
	"kind",
	"language",
	"tag",
	"city",
	"tech_id",
	"lacking",
	"sort",
] as const;
export type Asked = { [W in (typeof WORDS)[number]]: string };

export const asked = (at: Place): Asked =>
	Object.fromEntries(WORDS.map((w) => [w, at.query.get(w) ?? ""])) as Asked;

export const written = (a: Asked): string => {
	const to = new URLSearchParams();
	for (const w of WORDS) if (a[w] && !(w === "sort" && a[w] === "name")) to.set(w, a[w]);
	return to.size ? `?${to}` : "";
};

/* Words of the address are asked for as they are: what is no word of ours, the house refuses. */
export const queryOf = (a: Asked) =>
	({ ...a, lacking: a.lacking || "nothing", sort: a.sort || "name" }) as unknown as CustomersQuery;

/* The same for those who change all that match: by the filters alone. */
export const matchOf = (a: Asked): CustomersFilter => {
	const { q: _, sort: __, ...filters } = queryOf(a);
	return filters as unknown as CustomersFilter;
};

export const NOTHING = Object.fromEntries(WORDS.map((w) => [w, ""])) as Asked;
export const isFiltered = (a: Asked) => WORDS.some((w) => w !== "sort" && a[w]);

const filterOf = (a: Asked): ViewFilter => {
	const { tech_id, ...rest } = a;
	return { ...rest, sort: a.sort === "name" ? "" : a.sort, tech_id: tech_id || null };
};
const askedOf = (f: ViewFilter): Asked => ({ ...f, tech_id: f.tech_id ?? "" });
const same = (x: Asked, y: Asked) => written(x) === written(y);

export interface Choices {
	tags: TagCount[];
	cities: CityCount[];
	techs: Technician[];
	views: View[];
}

export async function choicesOf(): Promise<Choices> {
	const [tags, cities, views, staff] = await Promise.all([
		call("GET /api/office/tags"),
		call("GET /api/office/cities"),
		call("GET /api/office/views"),
		may("see_board") ? call("GET /api/office/technicians", {}) : null,
	]);
	return { tags: tags.rows, cities: cities.rows, views: views.rows, techs: staff?.rows ?? [] };
}

interface Filter {
	word: "kind" | "language" | "tag" | "city" | "tech_id" | "lacking";
	label: Key;
	any: Key;
	of: { value: string; label: string }[];
}

function filtersOf(c: Choices): Filter[] {
	return [
		{
			word: "lacking",
			label: "lists.lacking",
			any: "lists.lacking.any",
			of: LACKING.map((value) => ({ value, label: named("lacking", value) })),
		},
		{
			word: "tag",
			label: "customers.tag",
			any: "customers.tag.any",
			of: c.tags.map((x) => ({ value: x.tag, label: `${x.tag} (${x.customers})` })),
		},
		{
			word: "city",
			label: "field.city",
			any: "lists.city.any",
			of: c.cities.map((x) => ({ value: x.city, label: `${x.city} (${x.properties})` })),
		},
		{
			word: "tech_id",
			label: "lists.tech",
			any: "lists.tech.any",
			of: c.techs.map((x) => ({ value: x.id, label: x.name })),
		},
		{
			word: "kind",
			label: "field.kind",
			any: "lists.kind.any",
			of: ["person", "business"].map((value) => ({ value, label: named("kind", value) })),
		},
		{
			word: "language",
			label: "field.language",
			any: "lists.language.any",
			of: ["en", "es"].map((value) => ({ value, label: named("language", value) })),
		},
	];
}

/* The filters behind one button; what is chosen stands as a chip that can be taken off. */
export function Filters(p: {
	now: Asked;
	choices: Choices;
	ask: (change: Partial<Asked>) => void;
}) {
	const [open, setOpen] = useState(false);
	const filters = filtersOf(p.choices).filter((f) => f.of.length > 0 || p.now[f.word]);
	const chosen = filters.filter((f) => p.now[f.word]);
	const said = (f: Filter) => {
		const value = p.now[f.word];
		const label = f.of.find((x) => x.value === value)?.label ?? value;
		return f.word === "tag" || f.word === "city" ? label.replace(/ \(\d+\)$/, "") : label;
	};
	return (
		<>
			<Button icon="filter" pressed={open} onClick={() => setOpen(!open)}>
				{t("lists.filter")}
			</Button>
			{chosen.map((f) => (
				<span key={f.word} class="chip chip--still">
					{said(f)}
					<button
						class="chip__x"
						type="button"
						aria-label={t("lists.off", { what: said(f) })}
						onClick={() => p.ask({ [f.word]: "" })}
					>
						<Icon name="x" size="sm" />
					</button>
				</span>
			))}
			{open && (
				<div class="filters" role="group" aria-label={t("lists.filter")}>
					{filters.map((f) => (
						<label key={f.word} class="field">
							<span class="field__label">{t(f.label)}</span>
							<select
								class="select"
								value={p.now[f.word]}
								onChange={(e) => p.ask({ [f.word]: e.currentTarget.value })}
							>
								<option value="">{t(f.any)}</option>
								{f.of.map((x) => (
									<option key={x.value} value={x.value} selected={x.value === p.now[f.word]}>
										{x.label}
									</option>
								))}
							</select>
						</label>
					))}
				</div>
			)}
		</>
	);
}

/* Saved lists as chips; the one that is shown is pressed. What is shown and not saved can be. */
export function Views(p: {
	now: Asked;
	views: View[];
	show: (a: Asked) => void;
	changed: () => Promise<void>;
}) {
	const [saving, setSaving] = useState(false);
	const current = p.views.find((v) => same(askedOf(v.filter), p.now));
	const fresh = isFiltered(p.now) && !current;
	if (p.views.length === 0 && !fresh) return null;
	const drop = async (v: View) => {
		try {
			await call("DELETE /api/office/views/:id", { id: v.id });
			await p.changed();
			const { name, shared, position, filter } = v;
			toast(t("lists.dropped", { name }), () => {
				void call("POST /api/office/views", { body: { name, shared, position, filter } }).then(
					p.changed,
				);
			});
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
		}
	};
	return (
		<div class="tools tools--views">
			<div class="chips" role="group" aria-label={t("lists.saved")}>
				{p.views.map((v) => (
					<button
						key={v.id}
						class="chip"
						type="button"
						aria-pressed={v === current}
						onClick={() => p.show(v === current ? NOTHING : askedOf(v.filter))}
					>
						<Icon name={v.shared ? "people" : "star"} size="sm" />
						{v.name}
					</button>
				))}
				{fresh && (
					<button class="chip chip--add" type="button" onClick={() => setSaving(true)}>
						<Icon name="plus" size="sm" />
						{t("lists.save")}
					</button>
				)}
			</div>
			{current && (!current.shared || may("edit_customers")) && (
				<Menu
					label={t("lists.more", { name: current.name })}
					items={[
						{ label: t("lists.drop"), icon: "x", danger: true, act: () => void drop(current) },
					]}
				/>
			)}
			{saving && <SaveView now={p.now} close={() => setSaving(false)} changed={p.changed} />}
		</div>
	);
}

function SaveView(p: { now: Asked; close: () => void; changed: () => Promise<void> }) {
	const form = useForm({
		initial: { name: "", shared: "" },
		async send(v, key) {
			await call("POST /api/office/views", {
				body: {
					name: v.name.trim(),
					shared: v.shared === "yes",
					position: 0,
					filter: filterOf(p.now),
				},
				key,
			});
			await p.changed();
			toast(t("lists.kept", { name: v.name.trim() }));
			p.close();
		},
	});
	return (
		<Dialog title={t("lists.save")} onClose={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<TextField
					form={form}
					name="name"
					label={t("lists.name")}
					hint={t("lists.name.hint")}
					maxLength={80}
					required
					autofocus
				/>
				{may("edit_customers") && (
					<CheckField
						form={form}
						name="shared"
						label={t("lists.shared")}
						hint={t("lists.shared.hint")}
					/>
				)}
				<Foot busy={form.busy} close={p.close} />
			</form>
		</Dialog>
	);
}

/* The ids of all that a list finds: asked when somebody wants to change them all. */
export const chosenOf = (a: Asked) =>
	call("GET /api/office/customers/chosen", { query: queryOf(a) });

/* Whom somebody has ticked, for the page that writes to them: with this tab alone, names and numbers are not in it. */
const CHOSEN = "chosen";
export const keepChosen = (ids: string[]) => sessionStorage.setItem(CHOSEN, JSON.stringify(ids));
export const keptChosen = (): string[] => JSON.parse(sessionStorage.getItem(CHOSEN) ?? "[]");

/* Once, beside the list. */
export function useChoices(): [Choices, () => Promise<void>] {
	const [c, set] = useState<Choices>({ tags: [], cities: [], techs: [], views: [] });
	const load = async () => set(await choicesOf());
	// A list works without its filters
	useEffect(() => void load().catch(() => {}), []);
	return [c, load];
}
