/*
 * What every part of a record has in common: a form that knows the version it was read at, and the
 * fields that only records need.
 *
 * When somebody else saved meanwhile (409 "stale"), what they changed and this person did not is taken
 * over; where both changed the same field, both values are shown and nothing that was typed is lost.
 */
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Customer, FieldLine, OwnValue, Saved } from "../shared/api";
import { call, Fault } from "../shared/call";
import { Field, type Form, FormTrouble, SelectField, TextField, useForm } from "../shared/form";
import { toast } from "../shared/over";
import { Banner, Button } from "../shared/ui";
import { named, t } from "../shared/words";

type Values = Record<string, string>;

/* The page that the panels and cards belong to. */
export interface Page {
	customer: Customer;
	fields: FieldLine[];
	/* Every change answers with the whole record: this shows it. */
	take: (c: Customer) => void;
	edit: (what: string) => void;
	close: () => void;
}

interface Read<V> {
	values: V;
	version: number;
}

interface Clash {
	name: string;
	theirs: string;
}

export interface RecordForm<V extends Values> extends Form<V> {
	stale: boolean;
	clashes: Clash[];
	settle: (name: string, value: string) => void;
}

export function useRecord<V extends Values>(o: {
	page: Page;
	draft: string;
	secret?: (keyof V)[];
	/* The row as the record has it now; null if it is gone, or not there yet. */
	read: (c: Customer) => Read<V> | null;
	/* Of a new row. */
	blank?: V;
	send: (v: V, version: number, key: string) => Promise<Saved>;
	said?: string;
	/* The way back, offered where it is said. */
	undo?: (saved: Saved) => void;
	/* Where it goes on; otherwise the panel closes. */
	after?: (saved: Saved) => void;
}): RecordForm<V> {
	const was = useRef(o.read(o.page.customer) ?? { values: o.blank ?? ({} as V), version: 0 });
	const [stale, setStale] = useState(false);
	const [clashes, setClashes] = useState<Clash[]>([]);
	const form = useForm<V>({
		initial: was.current.values,
		draft: o.draft,
		...(o.secret ? { secret: o.secret } : {}),
		async send(v, key) {
			const saved = await o.send(v, was.current.version, key);
			o.page.take(saved.customer);
			const { undo } = o;
			toast(o.said ?? t("act.saved"), undo ? () => undo(saved) : undefined);
			if (o.after) o.after(saved);
			else o.page.close();
		},
		caught(fault) {
			if (fault.code !== "stale") return false;
			void merge();
			return true;
		},
	});
	const now = useRef(form);
	now.current = form;

	const merge = async () => {
		try {
			const fresh = await call("GET /api/office/customers/:id", { id: o.page.customer.id });
			o.page.take(fresh);
			const theirs = o.read(fresh);
			if (!theirs) return form.fail("", t("stale.gone"));
			const base = was.current.values;
			const found: Clash[] = [];
			for (const name of Object.keys(theirs.values)) {
				const value = theirs.values[name] ?? "";
				const mine = now.current.values[name] ?? "";
				if (value === base[name] || value === mine) continue;
				if (mine === base[name]) form.set(name, value);
				else found.push({ name, theirs: value });
			}
			was.current = theirs;
			setClashes(found);
			setStale(true);
		} catch (f) {
			if (f instanceof Fault) form.fail("", f.message);
		}
	};
	return {
		...form,
		stale,
		clashes,
		settle(name, value) {
			form.set(name, value);
			setClashes((list) => list.filter((c) => c.name !== name));
		},
	};
}

/* Above the fields: what went wrong, and what somebody else made of the same record. */
export function RecordTrouble<V extends Values>(p: { form: RecordForm<V> }) {
	const { form } = p;
	return (
		<>
			<FormTrouble form={form} />
			{form.stale && (
				<Banner tone="sun" alert>
					<div class="stack stack--tight">
						<b>{t(form.clashes.length > 0 ? "stale.both" : "stale.merged")}</b>
						{form.clashes.map((c) => (
							<div key={c.name} class="row row--wrap">
								<span class="grow">
									{t("stale.now", {
										field: named("field", c.name),
										value: shown(c.theirs),
									})}
								</span>
								<Button size="sm" onClick={() => form.settle(c.name, c.theirs)}>
									{t("stale.take")}
								</Button>
							</div>
						))}
					</div>
				</Banner>
			)}
		</>
	);
}

const shown = (value: string) => (value === "" ? "–" : value.replaceAll(",", ", "));

/* ---- values that a form holds as text ---- */

export const yes = (b: boolean) => (b ? "yes" : "");
export const list = (text: string) => text.split(",").filter(Boolean);
export const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

/* ---- the fields ---- */

interface Bound<V extends Values> {
	form: Form<V>;
	name: keyof V & string;
	label: string;
}

export function CheckField<V extends Values>(p: Bound<V> & { hint?: string }) {
	const { form, name } = p;
	return (
		<label class="check">
			<input
				type="checkbox"
				name={name}
				checked={form.values[name] === "yes"}
				onChange={(e) => form.set(name, yes(e.currentTarget.checked))}
			/>
			<span>
				{p.label}
				{p.hint && <small>{p.hint}</small>}
			</span>
		</label>
	);
}

export function AreaField<V extends Values>(
	p: Bound<V> & { hint?: string; rows?: number; maxLength?: number; autofocus?: boolean },
) {
	const { form, name } = p;
	return (
		<Field label={p.label} hint={p.hint} error={form.errors[name]}>
			{(f) => (
				<textarea
					id={f.id}
					class="textarea"
					name={name}
					rows={p.rows ?? 3}
					maxLength={p.maxLength}
					autofocus={p.autofocus}
					aria-describedby={f.describedBy}
					aria-invalid={f.invalid}
					value={form.values[name]}
					onInput={(e) => form.set(name, e.currentTarget.value)}
				/>
			)}
		</Field>
	);
}

export function DayField<V extends Values>(p: Bound<V> & { hint?: ComponentChildren }) {
	const { form, name } = p;
	return (
		<Field label={p.label} hint={p.hint} error={form.errors[name]}>
			{(f) => (
				<input
					id={f.id}
					class="input"
					type="date"
					name={name}
					value={form.values[name]}
					aria-describedby={f.describedBy}
					aria-invalid={f.invalid}
					onInput={(e) => form.set(name, e.currentTarget.value)}
				/>
			)}
		</Field>
	);
}

/* Some of a few: pressed or not. Kept as "a,b" in the order of the choices. */
export function ChipsField<V extends Values>(
	p: Bound<V> & { choices: { value: string; label: string }[]; hint?: string },
) {
	const { form, name } = p;
	const chosen = list(form.values[name] ?? "");
	const toggle = (value: string) =>
		form.set(
			name,
			p.choices
				.map((c) => c.value)
				.filter((v) => (v === value ? !chosen.includes(v) : chosen.includes(v)))
				.join(","),
		);
	const error = form.errors[name];
	return (
		<fieldset class="field">
			<legend class="field__label">{p.label}</legend>
			<div class="chips">
				{p.choices.map((c) => (
					<button
						key={c.value}
						class="chip"
						type="button"
						aria-pressed={chosen.includes(c.value)}
						onClick={() => toggle(c.value)}
					>
						{c.label}
					</button>
				))}
			</div>
			{error ? (
				<p class="field__error" role="alert">
					{error}
				</p>
			) : (
				p.hint && <p class="field__hint">{p.hint}</p>
			)}
		</fieldset>
	);
}

export const choices = <T extends string>(stem: string, values: readonly T[]) =>
	values.map((value) => ({ value, label: named(stem, value) }));

/* ---- the company's own fields ---- */

const ownName = (id: string) => `own_${id}`;

/* Of a record's page, or of whoever has asked for the fields alone. */
type OwnPage = Pick<Page, "fields">;

export const ownFields = (page: OwnPage, on: FieldLine["on"], has: OwnValue[]) =>
	page.fields.filter((f) => f.on === on && (!f.archived || has.some((o) => o.field_id === f.id)));

export function ownRead(page: OwnPage, on: FieldLine["on"], has: OwnValue[]): Values {
	return Object.fromEntries(
		ownFields(page, on, has).map((f) => [
			ownName(f.id),
			has.find((o) => o.field_id === f.id)?.value ?? "",
		]),
	);
}

export const ownWritten = (values: Values): OwnValue[] =>
	Object.entries(values)
		.filter(([name, value]) => name.startsWith("own_") && value !== "")
		.map(([name, value]) => ({ field_id: name.slice(4), value }));

export function OwnInputs<V extends Values>(p: {
	form: Form<V>;
	page: OwnPage;
	on: FieldLine["on"];
	has: OwnValue[];
}) {
	return (
		<>
			{ownFields(p.page, p.on, p.has).map((f) => {
				const bound = { form: p.form, name: ownName(f.id), label: f.name };
				if (f.type === "day") return <DayField key={f.id} {...bound} />;
				if (f.type === "choice" || f.type === "yes_no")
					return (
						<SelectField
							key={f.id}
							{...bound}
							choices={[
								{ value: "", label: "–" },
								...(f.type === "choice"
									? f.options.map((o) => ({ value: o.name, label: o.name }))
									: choices("own", ["yes", "no"])),
							]}
						/>
					);
				return (
					<TextField
						key={f.id}
						{...bound}
						inputmode={f.type === "number" ? "numeric" : "text"}
						maxLength={200}
					/>
				);
			})}
		</>
	);
}

/* Own fields that hold something, as lines of facts. */
export function OwnFacts(p: { page: OwnPage; on: FieldLine["on"]; has: OwnValue[] }) {
	return (
		<>
			{ownFields(p.page, p.on, p.has).map((f) => {
				const value = p.has.find((o) => o.field_id === f.id)?.value;
				return value ? (
					<div key={f.id}>
						<dt>{f.name}</dt>
						<dd>{f.type === "yes_no" ? named("own", value) : value}</dd>
					</div>
				) : null;
			})}
		</>
	);
}

/* ---- the end of each form ---- */

export function Foot(p: {
	busy: boolean;
	close: () => void;
	go?: string;
	danger?: boolean;
	disabled?: boolean;
	children?: ComponentChildren;
}) {
	return (
		<div class="row row--wrap">
			<Button
				kind={p.danger ? "danger" : "primary"}
				type="submit"
				busy={p.busy}
				disabled={p.disabled ?? false}
			>
				{p.go ?? t("act.save")}
			</Button>
			<Button kind="quiet" onClick={p.close}>
				{t("act.cancel")}
			</Button>
			{p.children && <span class="push">{p.children}</span>}
		</div>
	);
}

/* What has no form: archive, restore, drop. Faults are said in a toast's place by the page. */
export async function change(
	page: Page,
	work: () => Promise<Saved>,
	said: string,
	undo?: () => void,
): Promise<string> {
	try {
		page.take((await work()).customer);
		toast(said, undo);
		return "";
	} catch (f) {
		if (f instanceof Fault) return f.message;
		throw f;
	}
}
