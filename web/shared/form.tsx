/*
 * Forms: native inputs, the server's errors beside the field they name, drafts that survive.
 *
 * What was typed is kept in this tab until it has been sent (never a password): an error, a lost
 * session or a reload loses nothing.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Fault, newKey } from "./call";
import type { Choice } from "./places";
import { Banner, Button, Icon } from "./ui";
import { t } from "./words";

type Values = Record<string, string>;

export interface Form<V extends Values> {
	values: V;
	errors: Partial<Record<keyof V | "", string>>;
	busy: boolean;
	dirty: boolean;
	set: (name: keyof V, value: string) => void;
	replace: (values: V) => void;
	fail: (name: keyof V | "", message: string) => void;
	submit: (e?: Event) => Promise<void>;
}

const kept = (draft: string) => `draft.${draft}`;

function restored<V extends Values>(initial: V, draft: string | undefined): V {
	if (!draft) return initial;
	try {
		return { ...initial, ...JSON.parse(sessionStorage.getItem(kept(draft)) ?? "{}") };
	} catch {
		return initial;
	}
}

/* What another page brings along, unless this form is half filled in already. */
export const bring = (draft: string, values: Values) => {
	try {
		const there = JSON.parse(sessionStorage.getItem(kept(draft)) ?? "{}");
		sessionStorage.setItem(kept(draft), JSON.stringify({ ...values, ...there }));
	} catch {
		// The form opens without it
	}
};

export const forget = (draft: string) => {
	try {
		sessionStorage.removeItem(kept(draft));
	} catch {
		// There was nothing, then
	}
};

export function useForm<V extends Values>(o: {
	initial: V;
	/* The name under which this tab keeps what is typed; none for secrets. */
	draft?: string;
	secret?: (keyof V)[];
	send: (values: V, key: string) => Promise<void>;
	/* Says true when it has dealt with the fault itself. */
	caught?: (fault: Fault) => boolean;
}): Form<V> {
	const [values, setValues] = useState<V>(() => restored(o.initial, o.draft));
	const [errors, setErrors] = useState<Form<V>["errors"]>({});
	const [busy, setBusy] = useState(false);
	const attempt = useRef({ body: "", key: "" });
	const now = useRef(values);
	now.current = values;

	const keep = (next: V) => {
		if (!o.draft) return;
		const open = Object.fromEntries(Object.entries(next).filter(([n]) => !o.secret?.includes(n)));
		try {
			sessionStorage.setItem(kept(o.draft), JSON.stringify(open));
		} catch {
			// A frame on somebody else's site, where nothing may be kept
		}
	};
	return {
		values,
		errors,
		busy,
		dirty: JSON.stringify(values) !== JSON.stringify(o.initial),
		set(name, value) {
			const next = { ...now.current, [name]: value };
			now.current = next;
			setValues(next);
			setErrors((e) => ({ ...e, [name]: undefined, "": undefined }));
			keep(next);
		},
		replace(next) {
			now.current = next;
			setValues(next);
		},
		fail(name, message) {
			setErrors((e) => ({ ...e, [name]: message }));
		},
		async submit(e) {
			e?.preventDefault();
			if (busy) return;
			const form = e?.target as HTMLFormElement | undefined;
			/* The same words sent again are the same act: an answer lost on the way is found again. */
			const body = JSON.stringify(now.current);
			if (attempt.current.body !== body) attempt.current = { body, key: newKey() };
			setBusy(true);
			setErrors({});
			try {
				await o.send(now.current, attempt.current.key);
				attempt.current = { body: "", key: "" };
				if (o.draft) forget(o.draft);
			} catch (fault) {
				if (!(fault instanceof Fault)) throw fault;
				if (fault.code !== "away") attempt.current = { body: "", key: "" };
				if (!o.caught?.(fault)) {
					const field = fault.field in now.current ? fault.field : "";
					setErrors({ [field]: fault.message || t("fault.bug") } as Form<V>["errors"]);
					setTimeout(() => {
						form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
						/* What no field is to blame for stands on top, and a long form is sent from its end. */
						if (!field) form?.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
					});
				}
			} finally {
				setBusy(false);
			}
		},
	};
}

/* What this page can see by itself, said where the server would say it. */
export const wrong = (field: string, message: string) =>
	new Fault("invalid", field, message, 422, "", 0);

/* ---- the frame of a field ---- */

export function Field(p: {
	label: string;
	hint?: ComponentChildren;
	good?: boolean;
	error?: string | undefined;
	children: (ids: {
		id: string;
		describedBy: string | undefined;
		invalid: boolean;
	}) => ComponentChildren;
}) {
	const id = useId();
	const note = p.error || p.hint ? `${id}-note` : undefined;
	return (
		<div class="field">
			<label class="field__label" for={id}>
				{p.label}
			</label>
			{p.children({ id, describedBy: note, invalid: Boolean(p.error) })}
			{p.error ? (
				<p class="field__error" id={note} role="alert">
					<Icon name="alert" size="sm" />
					<span>{p.error}</span>
				</p>
			) : (
				p.hint && (
					<div class={p.good ? "field__hint field__hint--good" : "field__hint"} id={note}>
						{p.hint}
					</div>
				)
			)}
		</div>
	);
}

/* ---- fields bound to a form ---- */

/* The browser honours autofocus once per document; a panel that opens later asks by itself. */
export function useAutofocus(wanted: boolean | undefined) {
	const ref = useRef<HTMLInputElement>(null);
	useLayoutEffect(() => {
		if (wanted) ref.current?.focus({ preventScroll: true });
	}, [wanted]);
	return ref;
}

interface Bound<V extends Values> {
	form: Form<V>;
	name: keyof V & string;
	label: string;
	hint?: ComponentChildren;
	onBlur?: () => void;
}

export function TextField<V extends Values>(
	p: Bound<V> & {
		type?: "text" | "email" | "tel" | "search" | "time";
		autocomplete?: AutoFill;
		inputmode?: "text" | "email" | "tel" | "numeric" | "decimal";
		maxLength?: number;
		required?: boolean;
		autofocus?: boolean;
		big?: boolean;
		readOnly?: boolean;
	},
) {
	const { form, name } = p;
	const ref = useAutofocus(p.autofocus);
	return (
		<Field label={p.label} hint={p.hint} error={form.errors[name]}>
			{(f) => (
				<input
					ref={ref}
					id={f.id}
					class={p.big ? "input input--big" : "input"}
					name={name}
					type={(p.type ?? "text") as "text"}
					value={form.values[name]}
					autocomplete={p.autocomplete ?? "off"}
					inputMode={p.inputmode}
					maxLength={p.maxLength}
					required={p.required}
					readOnly={p.readOnly}
					autofocus={p.autofocus}
					spellcheck={p.type !== "email"}
					autocapitalize={p.type === "email" ? "none" : undefined}
					aria-describedby={f.describedBy}
					aria-invalid={f.invalid}
					onInput={(e) => form.set(name, e.currentTarget.value)}
					onBlur={p.onBlur}
				/>
			)}
		</Field>
	);
}

export function SelectField<V extends Values>(
	p: Bound<V> & { choices: Choice[]; disabled?: boolean },
) {
	const { form, name } = p;
	return (
		<Field label={p.label} hint={p.hint} error={form.errors[name]}>
			{(f) => (
				<select
					id={f.id}
					class="select"
					name={name}
					value={form.values[name]}
					disabled={p.disabled}
					aria-describedby={f.describedBy}
					aria-invalid={f.invalid}
					onChange={(e) => form.set(name, e.currentTarget.value)}
					onBlur={p.onBlur}
				>
					{p.choices.map((c) => (
						<option key={c.value} value={c.value} selected={c.value === form.values[name]}>
							{c.label}
						</option>
					))}
				</select>
			)}
		</Field>
	);
}

/* Length is what makes a password strong: one step for each four letters beyond the rule's floor. */
function steps(length: number, least: number): number {
	if (length === 0) return 0;
	if (length < least) return 1;
	return Math.min(4, 2 + Math.floor((length - least) / 4));
}

export function PasswordField<V extends Values>(
	p: Bound<V> & { fresh?: boolean; least?: number; autofocus?: boolean },
) {
	const { form, name, least } = p;
	const ref = useAutofocus(p.autofocus);
	const [seen, setSeen] = useState(false);
	const value: string = form.values[name] ?? "";
	const length = [...value].length;
	const step = least ? steps(length, least) : 0;
	const rule = least
		? length === 0
			? t("password.rule", { n: least })
			: length < least
				? t("password.more", { n: least - length })
				: step < 4
					? t("password.enough")
					: t("password.strong")
		: p.hint;
	return (
		<Field label={p.label} hint={rule} good={Boolean(least) && step >= 2} error={form.errors[name]}>
			{(f) => (
				<>
					<div class="with">
						<input
							ref={ref}
							id={f.id}
							class="input input--peek"
							name={name}
							type={(seen ? "text" : "password") as "password"}
							value={value}
							maxLength={128}
							required
							autofocus={p.autofocus}
							autocomplete={p.fresh ? "new-password" : "current-password"}
							spellcheck={false}
							autocapitalize="none"
							aria-describedby={f.describedBy}
							aria-invalid={f.invalid}
							onInput={(e) => form.set(name, e.currentTarget.value)}
						/>
						<Button kind="quiet" size="sm" pressed={seen} onClick={() => setSeen(!seen)}>
							{seen ? t("password.hide") : t("password.show")}
						</Button>
					</div>
					{least && (
						<div class="strength" aria-hidden="true">
							{[1, 2, 3, 4].map((n) => (
								<i key={n} data-on={n <= step ? step : undefined} />
							))}
						</div>
					)}
				</>
			)}
		</Field>
	);
}

/* What went wrong that no field can be blamed for. */
export function FormTrouble<V extends Values>(p: { form: Form<V> }) {
	const message = p.form.errors[""];
	return message ? (
		<Banner tone="coral" alert>
			{message}
		</Banner>
	) : null;
}

export function CodeField<V extends Values>(p: {
	form: Form<V>;
	name: keyof V & string;
	hint?: string;
}) {
	return (
		<TextField
			form={p.form}
			name={p.name}
			label={t("code.label")}
			hint={p.hint ?? t("code.hint")}
			autocomplete="one-time-code"
			inputmode="text"
			maxLength={24}
			required
			big
			autofocus
		/>
	);
}

/* Runs once when the component is first shown. */
export function useOnce(run: () => void) {
	const done = useRef(false);
	useEffect(() => {
		if (done.current) return;
		done.current = true;
		run();
	});
}
