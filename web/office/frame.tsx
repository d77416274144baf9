/* The frames inside the shell: a panel beside the list, a part of a page of settings. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Badge, Button } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { may } from "./me";
import { Menu, type MenuItem } from "./menu";

/* Opens with the focus inside, closes with Escape and gives the focus back to the row, or to whatever it came from. */
export function Panel(p: {
	title: string;
	close: () => void;
	menu?: MenuItem[];
	more?: string /* what the menu is called */;
	children: ComponentChildren;
}) {
	const root = useRef<HTMLElement>(null);
	/* Before a field of it takes the keys. */
	const [from] = useState(document.activeElement);
	useLayoutEffect(() => {
		const row = location.pathname;
		const first = root.current?.querySelector<HTMLElement>("[autofocus]");
		if (!root.current?.contains(document.activeElement))
			(first ?? root.current?.querySelector("h2"))?.focus();
		return () => {
			const link = document.querySelector<HTMLElement>(`main table a[href^="${row}"]`);
			const back = link ?? (from instanceof HTMLElement && from.isConnected ? from : null);
			setTimeout(() => document.activeElement === document.body && back?.focus());
		};
	}, []);
	return (
		<aside
			ref={root}
			class="panel"
			aria-label={p.title}
			onKeyDown={(e) => {
				if (e.key === "Escape") p.close();
			}}
		>
			<div class="panel__head">
				<h2 class="grow clip" tabIndex={-1}>
					{p.title}
				</h2>
				{p.menu && p.menu.length > 0 && <Menu label={p.more ?? t("staff.more")} items={p.menu} />}
				<Button kind="quiet" icon="x" label={t("act.close")} onClick={p.close} />
			</div>
			<div class="panel__body">{p.children}</div>
		</aside>
	);
}

export function Part(p: { title: string; text?: string; children: ComponentChildren }) {
	return (
		<section class="part" aria-label={p.title}>
			<div class="part__about">
				<h2>{p.title}</h2>
				{p.text && <p>{p.text}</p>}
			</div>
			<div class="stack">{p.children}</div>
		</section>
	);
}

export function StaffTabs(p: { here: "staff" | "technicians" | "times" | "roles" | "ratings" }) {
	return (
		<nav class="under tabs" aria-label={t("nav.staff")}>
			{may("manage_staff") && (
				<a class="tab" href="/staff" aria-current={p.here === "staff" ? "page" : undefined}>
					{t("staff.people")}
				</a>
			)}
			<a
				class="tab"
				href="/technicians"
				aria-current={p.here === "technicians" ? "page" : undefined}
			>
				{t("work.title")}
			</a>
			<a
				class="tab"
				href="/technicians/times"
				aria-current={p.here === "times" ? "page" : undefined}
			>
				{t("times.title")}
			</a>
			{may("manage_staff") && (
				<a class="tab" href="/roles" aria-current={p.here === "roles" ? "page" : undefined}>
					{t("nav.roles")}
				</a>
			)}
			{may("see_reports") && (
				<a
					class="tab"
					href="/staff/ratings"
					aria-current={p.here === "ratings" ? "page" : undefined}
				>
					{t("staff.ratings")}
				</a>
			)}
		</nav>
	);
}

/* The first few permissions of a role, and how many more. */
export function Grants(p: { may: string[] }) {
	const first = p.may.slice(0, 6);
	return (
		<span class="grants">
			{first.map((m) => (
				<Badge key={m}>{named("may", m)}</Badge>
			))}
			{p.may.length > first.length && (
				<Badge>{count("grants.more", p.may.length - first.length)}</Badge>
			)}
		</span>
	);
}
