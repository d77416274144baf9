/* What floats above the page: dialog, menu, palette, toast, and the question for the password. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { call, turns } from "./call";
import { CodeField, FormTrouble, PasswordField, useForm } from "./form";
import { Button, classes, Icon, Kbd } from "./ui";
import { t } from "./words";

/* ---- dialog: the browser's own, so that focus stays inside and Escape closes ---- */

export function Dialog(p: {
	label?: string;
	title?: string;
	palette?: boolean;
	/* For pictures. */
	wide?: boolean;
	/* Comes up from below, under the thumb. */
	sheet?: boolean;
	onClose: () => void;
	foot?: ComponentChildren;
	children: ComponentChildren;
}) {
	const ref = useRef<HTMLDialogElement>(null);
	const id = useId();
	/* Before the next key is handled: what is typed right after the shortcut belongs to the palette. */
	useLayoutEffect(() => {
		const before = document.activeElement as HTMLElement | null;
		const dialog = ref.current;
		dialog?.showModal();
		dialog?.querySelector<HTMLElement>("[autofocus]")?.focus();
		return () => {
			dialog?.close(); /* while it is open nothing behind it takes the focus */
			before?.focus?.();
		};
	}, []);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes; the click is on the scrim
		<dialog
			ref={ref}
			class={classes(
				"dialog",
				p.palette && "dialog--palette",
				p.wide && "dialog--wide",
				p.sheet && "dialog--sheet",
			)}
			aria-label={p.label}
			aria-labelledby={p.title ? id : undefined}
			onCancel={(e) => {
				e.preventDefault();
				p.onClose();
			}}
			onClick={(e) => {
				if ((p.palette || p.sheet) && e.target === ref.current) p.onClose();
			}}
		>
			{p.palette ? (
				p.children
			) : (
				<>
					<div class="dialog__body">
						{p.title && <h2 id={id}>{p.title}</h2>}
						{p.children}
					</div>
					{p.foot && <div class="dialog__foot">{p.foot}</div>}
				</>
			)}
		</dialog>
	);
}

/* ---- menu ---- */

export interface MenuItem {
	label: string;
	icon?: string;
	danger?: boolean;
	rule?: boolean /* a line above */;
	act: () => void;
}

export function Menu(p: { label: string; icon?: string; items: MenuItem[]; up?: boolean }) {
	const [open, setOpen] = useState(false);
	const root = useRef<HTMLDivElement>(null);
	const id = useId();

	/* Before the next key, as in the dialog: an End pressed at once goes to the last item and stays there. */
	useLayoutEffect(() => {
		if (!open) return;
		root.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
		const away = (e: Event) => {
			if (!root.current?.contains(e.target as Node)) setOpen(false);
		};
		addEventListener("pointerdown", away);
		return () => removeEventListener("pointerdown", away);
	}, [open]);

	const close = () => {
		setOpen(false);
		root.current?.querySelector<HTMLElement>("button")?.focus();
	};
	const onKey = (e: KeyboardEvent) => {
		if (!open) return;
		const items = [...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
		const at = items.indexOf(document.activeElement as HTMLElement);
		const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[e.key];
		if (e.key === "Escape") {
			e.stopPropagation();
			close();
		} else if (e.key === "Tab") setOpen(false);
		else if (to !== undefined) {
			e.preventDefault();
			items.at(to % items.length)?.focus();
		}
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: keys bubble here from the button and the items
		<div class="menu" ref={root} onKeyDown={onKey}>
			<button
				class="button button--icon"
				type="button"
				aria-haspopup="menu"
				aria-expanded={open}
				aria-controls={open ? id : undefined}
				aria-label={p.label}
				title={p.label}
				onClick={() => setOpen(!open)}
			>
				<Icon name={p.icon ?? "more"} />
			</button>
			{open && (
				<div
					class={p.up ? "menu__list menu__list--up" : "menu__list"}
					role="menu"
					id={id}
					aria-label={p.label}
				>
					{p.items.map((item) => (
						<div key={item.label} role="none">
							{item.rule && <div class="menu__rule" role="separator" />}
							<button
								class={item.danger ? "menu__item menu__item--danger" : "menu__item"}
								type="button"
								role="menuitem"
								tabIndex={-1}
								onClick={() => {
									close();
									item.act();
								}}
							>
								{item.icon && <Icon name={item.icon} />}
								{item.label}
							</button>
						</div>
					))}
				</div>
			)}
		</div>
	);
}

/* ---- palette ---- */

export interface Command {
	label: string;
	words?: string /* other words that find it */;
	icon: string;
	key?: string;
	act: () => void;
}

export const plain = (s: string) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function Palette(p: {
	commands: Command[];
	/* Looks further than the commands, once two letters are typed and the typing pauses. */
	find?: ((query: string) => Promise<Command[]>) | undefined;
	onClose: () => void;
}) {
	const [further, setFurther] = useState<Command[]>([]);
	const [query, setQuery] = useState("");
	const [at, setAt] = useState(0);
	const id = useId();
	const found = useMemo(() => {
		const wanted = plain(query).split(/\s+/).filter(Boolean);
		const near = p.commands.filter((c) =>
			wanted.every((w) => plain(`${c.label} ${c.words ?? ""}`).includes(w)),
		);
		return [...near, ...(wanted.length ? further : [])];
	}, [query, p.commands, further]);
	useEffect(() => {
		const q = query.trim();
		if (!p.find || q.length < 2) {
			setFurther([]);
			return;
		}
		let wanted = true;
		const timer = setTimeout(() => {
			p.find?.(q).then(
				(list) => wanted && setFurther(list),
				() => wanted && setFurther([]),
			);
		}, 150);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [query, p.find]);
	const chosen = Math.min(at, found.length - 1);
	const run = (c: Command | undefined) => {
		if (!c) return;
		p.onClose();
		c.act();
	};
	useEffect(() => {
		document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: "nearest" });
	}, [chosen, id]);
	return (
		<Dialog palette label={t("palette.title")} onClose={p.onClose}>
			<input
				class="palette__input"
				role="combobox"
				aria-expanded="true"
				aria-controls={`${id}-list`}
				aria-activedescendant={found.length ? `${id}-${chosen}` : undefined}
				aria-label={t("palette.title")}
				placeholder={t("palette.title")}
				autocomplete="off"
				spellcheck={false}
				autofocus
				value={query}
				onInput={(e) => {
					setQuery(e.currentTarget.value);
					setAt(0);
				}}
				onKeyDown={(e) => {
					const n = found.length || 1;
					if (e.key === "ArrowDown") setAt((chosen + 1) % n);
					else if (e.key === "ArrowUp") setAt((chosen - 1 + n) % n);
					else if (e.key === "Enter") run(found[chosen]);
					else return;
					e.preventDefault();
				}}
			/>
			<div class="palette__list" role="listbox" id={`${id}-list`} aria-label={t("palette.title")}>
				{found.map((c, i) => (
					// biome-ignore lint/a11y/useKeyWithClickEvents: the input above holds the keys
					// biome-ignore lint/a11y/useFocusableInteractive: it is the active descendant of the input
					<div
						key={c.label}
						id={`${id}-${i}`}
						class="palette__item"
						role="option"
						aria-selected={i === chosen}
						onPointerMove={() => setAt(i)}
						onClick={() => run(c)}
					>
						<Icon name={c.icon} />
						<span class="grow">{c.label}</span>
						{i === chosen ? <Kbd>↵</Kbd> : c.key && <Kbd>{c.key}</Kbd>}
					</div>
				))}
			</div>
			{found.length === 0 && (
				<p class="palette__foot" role="status">
					{t("palette.none", { query })}
				</p>
			)}
			<div class="palette__foot" aria-hidden="true">
				<span>
					<Kbd>↑</Kbd>
					<Kbd>↓</Kbd> {t("palette.choose")}
				</span>
				<span>
					<Kbd>↵</Kbd> {t("palette.do")}
				</span>
				<span>
					<Kbd>esc</Kbd> {t("palette.close")}
				</span>
			</div>
		</Dialog>
	);
}

/* ---- toast: one at a time, with Undo for ten seconds; never for errors ---- */

const UNDO_MS = 10_000;
const PLAIN_MS = 4_000;
const shown = signal<{ text: string; undo?: (() => void) | undefined } | null>(null);
let timer = 0;

export function toast(text: string, undo?: () => void): void {
	clearTimeout(timer);
	shown.value = { text, undo };
	timer = window.setTimeout(() => (shown.value = null), undo ? UNDO_MS : PLAIN_MS);
}

export function Toasts() {
	const now = shown.value;
	return (
		<div class="toasts no-print" role="status" aria-live="polite">
			{now && (
				<div class="toast" key={now.text}>
					<span>{now.text}</span>
					{now.undo && (
						<button
							class="toast__action"
							type="button"
							onClick={() => {
								shown.value = null;
								now.undo?.();
							}}
						>
							{t("toast.undo")}
						</button>
					)}
				</div>
			)}
		</div>
	);
}

/* ---- the password once more, before a sensitive act ---- */

const asking = signal<((passed: boolean) => void) | null>(null);

turns.stepUp = () =>
	new Promise((answer) => {
		asking.value = (passed) => {
			asking.value = null;
			answer(passed);
		};
	});

export function StepUp() {
	return asking.value ? <StepUpDialog answer={asking.value} /> : null;
}

function StepUpDialog(p: { answer: (passed: boolean) => void }) {
	const [wantsCode, setWantsCode] = useState(false);
	const form = useForm({
		initial: { password: "", code: "" },
		async send(v, key) {
			const body = v.code
				? { password: v.password, code: v.code.replace(/\s/g, "") }
				: { password: v.password };
			await call("POST /api/auth/step-ups", { body, key, door: true });
			p.answer(true);
		},
		caught(fault) {
			if (fault.field !== "code" || wantsCode) return false;
			setWantsCode(true);
			return true;
		},
	});
	return (
		<Dialog title={t("stepup.title")} onClose={() => p.answer(false)}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<p class="muted">{t("stepup.why")}</p>
				<FormTrouble form={form} />
				<PasswordField form={form} name="password" label={t("password.label")} autofocus />
				{wantsCode && <CodeField form={form} name="code" />}
				<div class="row">
					<Button kind="primary" type="submit" busy={form.busy}>
						{t("stepup.go")}
					</Button>
					<Button kind="quiet" onClick={() => p.answer(false)}>
						{t("act.cancel")}
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
