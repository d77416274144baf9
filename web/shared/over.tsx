/* What floats above the page: dialog, toast, and the question for the password. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { call, turns } from "./call";
import { CodeField, FormTrouble, PasswordField, useForm } from "./form";
import { Button, classes } from "./ui";
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
