/* The components that every app uses: what stands still. What floats is in over.tsx, what asks in form.tsx. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Fault } from "./call";
import { ago, exact, initials } from "./format";
import icons from "./icons.svg?url";
import { type AnyScreen, go, type Place, travelled } from "./router";
import { type Key, language, speak, t } from "./words";

export type Tone = "teal" | "aqua" | "kelp" | "sun" | "coral" | "off";

export const classes = (...names: (string | false | undefined)[]) =>
	names.filter(Boolean).join(" ");

/* ---- marks ---- */

export function Icon(p: { name: string; size?: "sm" | "lg" | "xl" }) {
	return (
		<svg class={classes("icon", p.size && `icon--${p.size}`)} aria-hidden="true">
			<use href={`${icons}#${p.name}`} />
		</svg>
	);
}

export function Logo() {
	return (
		<svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
			<path
				d="M12 3.2L3.5 9.8V19a1.8 1.8 0 0 0 1.8 1.8h13.4a1.8 1.8 0 0 0 1.8-1.8V9.8z"
				fill="var(--teal)"
			/>
			<path
				d="M6 14.2c1.5-1.3 2.7-1.3 4 0s2.5 1.3 4 0 2.7-1.3 4 0M6 17.4c1.500-1.3 2.7-1.3 4 0s2.5 1.3 4 0 2.7-1.3 4 0"
				fill="none"
				stroke="var(--on-teal)"
				stroke-width="1.5"
				stroke-linecap="round"
			/>
		</svg>
	);
}

export function Pill(p: { tone?: Tone; icon?: string; children: ComponentChildren }) {
	return (
		<span class={classes("pill", p.tone && `tone--${p.tone}`)}>
			{p.icon && <Icon name={p.icon} size="sm" />}
			{p.children}
		</span>
	);
}

export function Badge(p: { tone?: Tone; icon?: string; children: ComponentChildren }) {
	return (
		<span class={classes("badge", p.tone && `tone--${p.tone}`)}>
			{p.icon && <Icon name={p.icon} size="sm" />}
			{p.children}
		</span>
	);
}

/* A technician is always colour and initials: tech is the number of the colour, 1 to 10. */
export function Avatar(p: { name: string; large?: boolean; tech?: number | undefined }) {
	return (
		<span
			class={classes("avatar", p.large && "avatar--lg", p.tech !== undefined && "avatar--tech")}
			data-tech={p.tech || undefined}
			aria-hidden="true"
		>
			{initials(p.name)}
		</span>
	);
}

export function Kbd(p: { children: string }) {
	return <kbd class="kbd">{p.children}</kbd>;
}

export function Ago(p: { at?: number | null; never?: string }) {
	if (!p.at) return <span class="faint">{p.never ?? "–"}</span>;
	return (
		<time dateTime={new Date(p.at * 1000).toISOString()} title={exact(p.at)}>
			{ago(p.at)}
		</time>
	);
}

/* ---- button ---- */

interface ButtonProps {
	kind?: "primary" | "tint" | "quiet" | "danger" | "danger-quiet";
	size?: "sm" | "lg";
	icon?: string;
	label?: string /* for a button that is only an icon */;
	busy?: boolean;
	block?: boolean;
	disabled?: boolean;
	type?: "button" | "submit";
	href?: string;
	onClick?: (e: MouseEvent) => void;
	autofocus?: boolean;
	children?: ComponentChildren;
	pressed?: boolean;
}

export function Button(p: ButtonProps) {
	const cls = classes(
		"button",
		p.kind && `button--${p.kind}`,
		p.size && `button--${p.size}`,
		p.block && "button--block",
		!p.children && "button--icon",
	);
	const inside = (
		<>
			{p.icon && <Icon name={p.icon} />}
			{p.children && <span>{p.children}</span>}
		</>
	);
	if (p.href)
		return (
			<a class={cls} href={p.href} aria-label={p.label}>
				{inside}
			</a>
		);
	return (
		<button
			class={cls}
			type={p.type ?? "button"}
			disabled={p.disabled}
			aria-busy={p.busy ? "true" : undefined}
			aria-label={p.label}
			aria-pressed={p.pressed}
			title={p.children ? undefined : p.label}
			autofocus={p.autofocus}
			onClick={(e) => {
				/* A second press while the first is under way does nothing. */
				if (p.busy) e.preventDefault();
				else p.onClick?.(e);
			}}
		>
			{inside}
		</button>
	);
}

export function Segments<T extends string>(p: {
	label: string;
	value: T;
	choices: { value: T; label: string }[];
	onChange: (value: T) => void;
}) {
	return (
		<div class="segments" role="group" aria-label={p.label}>
			{p.choices.map((c) => (
				<button
					key={c.value}
					type="button"
					aria-pressed={c.value === p.value}
					onClick={() => p.onChange(c.value)}
				>
					{c.label}
				</button>
			))}
		</div>
	);
}

/* ---- states of a page ---- */

export function Banner(p: {
	tone?: "coral" | "sun" | "aqua" | "kelp";
	icon?: string;
	children: ComponentChildren;
	action?: ComponentChildren;
	alert?: boolean;
}) {
	return (
		<div
			class={classes("banner", p.tone && `banner--${p.tone}`)}
			role={p.alert ? "alert" : "status"}
		>
			<Icon name={p.icon ?? (p.tone === "kelp" ? "done" : "alert")} />
			<div class="grow">{p.children}</div>
			{p.action}
		</div>
	);
}

/* What went wrong, as the house says it; nothing while nothing did. */
export const FaultNote = (p: { text: string | null | undefined }) =>
	p.text ? (
		<Banner tone="coral" alert>
			{p.text}
		</Banner>
	) : null;
/* The same on a screen, between its tools and its list. */
export const FaultBar = (p: { text: string }) =>
	p.text ? (
		<div class="tools">
			<FaultNote text={p.text} />
		</div>
	) : null;

export function Empty(p: {
	icon: string;
	title: string;
	children: ComponentChildren;
	action?: ComponentChildren;
	/* It is all that the page has to say: its title is the page's. */
	whole?: boolean;
}) {
	return (
		<div class="empty">
			<Icon name={p.icon} size="xl" />
			{p.whole ? <h1 class="empty__title">{p.title}</h1> : <h2 class="empty__title">{p.title}</h2>}
			<p>{p.children}</p>
			{p.action}
		</div>
	);
}

/* Shown by its style sheet only after 300 ms: what is quick does not flicker. */
export function Skeleton(p: { lines?: number }) {
	return (
		<div class="skeleton" role="status" aria-label={t("page.loading")}>
			{Array.from({ length: p.lines ?? 5 }, (_, i) => (
				<i key={i} />
			))}
		</div>
	);
}

export function Trouble(p: { fault: unknown; again?: () => void }) {
	const f = p.fault instanceof Fault ? p.fault : null;
	const icons = {
		away: "refresh",
		unpaid: "card",
		forbidden: "lock",
		missing: "search",
		title: "alert",
	};
	const kinds = { 403: "forbidden", 404: "missing" } as const;
	const kind: keyof typeof icons =
		f?.code === "away"
			? "away"
			: f?.field === "subscription"
				? "unpaid"
				: ((kinds as Record<number, keyof typeof icons>)[f?.status ?? 0] ?? "title");
	return (
		<Empty
			whole
			icon={icons[kind]}
			title={t(`trouble.${kind}`)}
			action={
				p.again &&
				(kind === "away" || kind === "title") && (
					<Button icon="refresh" onClick={p.again}>
						{t("trouble.again")}
					</Button>
				)
			}
		>
			{kind === "forbidden" ? t("trouble.forbidden.text") : (f?.message ?? t("fault.away"))}
			{f?.trace && f.code === "bug" && (
				<>
					{" "}
					<code>{f.trace}</code>
				</>
			)}
		</Empty>
	);
}

/* ---- a screen: load, then view ---- */

export function Show(p: { screen: AnyScreen; at: Place; door?: boolean | undefined }) {
	const { screen, at } = p;
	const [state, set] = useState<{ screen: AnyScreen; data?: unknown; fault?: unknown } | null>(
		null,
	);
	const turn = useRef(0);
	const key = screen.key ? screen.key(at) : `${at.path}?${at.query}`;

	const reload = async () => {
		turn.current += 1;
		const mine = turn.current;
		try {
			const data = await screen.load?.(at);
			if (mine === turn.current) set({ screen, data });
		} catch (fault) {
			if (mine === turn.current) set({ screen, fault });
		}
	};
	// `key` says when to load again
	useEffect(() => void reload(), [screen, key]);
	// Once per screen, not per render
	useEffect(() => {
		document.title = `${t(screen.title)} · Poolhouse`;
	}, [screen, t(screen.title)]);

	/* An address may name a part of the page: it is there with the screen, or with what the part itself asks for. */
	const shown = state?.screen === screen && !state.fault;
	useEffect(() => {
		const name = /^#([a-z][a-z-]*)$/.exec(location.hash)?.[1];
		if (!shown || !name) return;
		const look = () => {
			const part = document.getElementById(name);
			part?.scrollIntoView();
			return part !== null;
		};
		if (look()) return;
		const watch = new MutationObserver(() => look() && watch.disconnect());
		watch.observe(document.body, { childList: true, subtree: true });
		return () => watch.disconnect();
	}, [shown, key]);

	if (!state || state.screen !== screen) return <Skeleton />;
	if (state.fault) {
		const trouble = <Trouble fault={state.fault} again={reload} />;
		return p.door ? <Door>{trouble}</Door> : trouble;
	}
	return <screen.view data={state.data} at={at} reload={reload} />;
}

/* After a change of page the reader (and a screen reader) stands at its heading. */
export function Heading(p: { children: ComponentChildren }) {
	const ref = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		if (!travelled.yes) return;
		if (document.activeElement === document.body || document.activeElement === null)
			ref.current?.focus({ preventScroll: true });
	}, []);
	return (
		<h1 ref={ref} tabIndex={-1}>
			{p.children}
		</h1>
	);
}

/* ---- theme ---- */

const THEME = "poolhouse.theme";
export type Theme = "system" | "light" | "dark" | "sun";

export function theme(): Theme {
	let kept: string | null = null;
	try {
		kept = localStorage.getItem(THEME);
	} catch {
		// A frame on somebody else's site
	}
	return kept === "light" || kept === "dark" || kept === "sun" ? kept : "system";
}

export function setTheme(to: Theme): void {
	const root = document.documentElement;
	delete root.dataset.theme;
	delete root.dataset.contrast;
	if (to === "light" || to === "dark") root.dataset.theme = to;
	if (to === "sun") root.dataset.contrast = "sun";
	try {
		if (to === "system") localStorage.removeItem(THEME);
		else localStorage.setItem(THEME, to);
	} catch {
		// It holds as long as this page is open
	}
}
setTheme(theme());

export function toggledTheme(): Theme {
	const dark =
		theme() === "dark" ||
		(theme() === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
	return dark ? "light" : "dark";
}

/* ---- the frame of every page that stands before sign-in ---- */

export function Door(p: {
	name?: string;
	wide?: boolean;
	desk?: boolean; // not on a phone: the open row shows it
	foot?: ComponentChildren;
	children: ComponentChildren;
}) {
	return (
		<div class="door">
			<header class="door__top no-print">
				<Logo />
				<span>{p.name || "Poolhouse"}</span>
			</header>
			<main class={classes("door__card", p.wide && "door__card--wide")}>{p.children}</main>
			<footer class="door__foot no-print">
				{p.foot}
				<OtherLanguage />
			</footer>
		</div>
	);
}

/* Whoever cannot read this page can read this button. */
export function OtherLanguage() {
	const other = language.value === "en" ? "es" : "en";
	return (
		<button class="link" type="button" lang={other} onClick={() => speak(other)}>
			{other === "es" ? "Ver en español" : "See it in English"}
		</button>
	);
}

/* A number of seconds that runs down, for "try again in 12 s". */
export function useCountdown(): [number, (s: number) => void] {
	const [left, set] = useState(0);
	useEffect(() => {
		if (left <= 0) return;
		const timer = setTimeout(() => set(left - 1), 1000);
		return () => clearTimeout(timer);
	}, [left]);
	return [left, (s) => set(Math.ceil(s))];
}

export type Children = ComponentChildren;
export type Html = JSX.Element;
export const title = (key: Key) => {
	document.title = `${t(key)} · Poolhouse`;
};
export { go };
