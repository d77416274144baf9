/* The office shell: one quiet rail, one page, the palette over both. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { call, Fault } from "../shared/call";
import { go } from "../shared/router";
import { Avatar, Banner, Button, Icon, Kbd, Logo, setTheme, toggledTheme } from "../shared/ui";
import { language, t } from "../shared/words";
import { Looking } from "./looking";
import { companyName, may, me, roleOf, setLanguage, signOut } from "./me";
import { type Command, Menu, Palette, plain } from "./menu";
import { Standing } from "./standing-of-plan";
import { today } from "./technicians";

interface Section {
	href: string;
	icon: string;
	label: string;
	key: string;
	shown: boolean;
	near?: boolean /* within the thumb's reach on a phone; the others stand behind "More" */;
}

const sections = (): Section[] =>
	[
		{ href: "/", icon: "house", label: t("nav.home"), key: "H", shown: true, near: true },
		{
			href: "/board",
			icon: "board",
			label: t("nav.board"),
			key: "B",
			shown: may("see_board"),
			near: true,
		},
		{
			href: "/inbox",
			icon: "inbox",
			label: t("nav.inbox"),
			key: "I",
			shown: may("message"),
		},
		{
			href: "/schedule",
			icon: "cal",
			label: t("nav.schedule"),
			key: "P",
			shown: may("see_board"),
			near: true,
		},
		{
			href: "/routes",
			icon: "route",
			label: t("nav.routes"),
			key: "R",
			shown: may("plan_routes"),
		},
		{
			href: "/customers",
			icon: "people",
			label: t("nav.customers"),
			key: "K",
			shown: may("see_customers"),
			near: true,
		},
		{
			href: "/services",
			icon: "list",
			label: t("nav.services"),
			key: "V",
			shown: may("manage_company"),
		},
		{ href: "/quotes", icon: "wrench", label: t("nav.jobs"), key: "J", shown: may("see_bills") },
		{ href: "/bills", icon: "file", label: t("nav.bills"), key: "M", shown: may("see_bills") },
		{
			href: "/water",
			icon: "drop",
			label: t("nav.water"),
			key: "A",
			shown: may("see_customers"),
		},
		{
			href: "/stock",
			icon: "box",
			label: t("nav.stock"),
			key: "X",
			shown: may("manage_stock"),
		},
		{
			href: may("manage_staff") ? "/staff" : "/staff/ratings",
			icon: "badge",
			label: t("nav.staff"),
			key: "S",
			shown: may("manage_staff") || may("see_reports"),
		},
		{
			href: "/company",
			icon: "building",
			label: t("nav.company"),
			key: "C",
			shown: may("manage_company"),
		},
		{ href: "/audit", icon: "log", label: t("nav.audit"), key: "L", shown: may("read_audit") },
	].filter((s) => s.shown);

function commands(): Command[] {
	const list: Command[] = sections().map((s) => ({
		label: t("palette.go", { where: s.label }),
		icon: s.icon,
		act: () => go(s.href),
	}));
	if (may("edit_customers"))
		list.push({
			label: t("customers.add"),
			words: "new customer pool nuevo cliente piscina",
			icon: "userplus",
			act: () => go("/customers/new"),
		});
	if (may("import"))
		list.push({
			label: t("imports.title"),
			words: "import csv list skimmer jobber quickbooks importar lista archivo",
			icon: "download",
			act: () => go("/imports"),
		});
	if (may("see_board"))
		list.push({
			label: t("alerts.heading"),
			words: "alerts rules notify avisos reglas",
			icon: "bell",
			act: () => go("/alerts"),
		});
	if (may("dispatch"))
		list.push(
			{
				label: t("plan.new"),
				words: "add job visit nueva visita trabajo",
				icon: "cal",
				act: () => go(`/schedule?new=${today()}:`),
			},
			{
				label: t("shift.title"),
				words: "storm holiday sick move shift tormenta festivo enfermo mover",
				icon: "swap",
				act: () => go("/schedule/shift"),
			},
		);
	if (may("manage_staff"))
		list.push({
			label: t("staff.invite"),
			words: "invite add new invitar agregar",
			icon: "userplus",
			act: () => go("/staff/new"),
		});
	if (may("manage_company"))
		list.push({
			label: t("palette.go", { where: t("nav.roles") }),
			icon: "key",
			act: () => go("/roles"),
		});
	if (may("manage_company"))
		list.push({
			label: t("palette.go", { where: t("subscription.title") }),
			words: "plan price invoice precio factura pagar pay",
			icon: "card",
			act: () => go("/subscription"),
		});
	list.push(
		{
			label: t("palette.go", { where: t("nav.account") }),
			words: "password sessions contraseña",
			icon: "user",
			act: () => go("/account"),
		},
		{
			label: t(toggledTheme() === "dark" ? "theme.to.dark" : "theme.to.light"),
			words: "theme tema night day",
			icon: toggledTheme() === "dark" ? "moon" : "sun",
			act: () => setTheme(toggledTheme()),
		},
		{
			label: language.value === "en" ? "Ver en español" : "See it in English",
			words: "language idioma spanish english",
			icon: "globe",
			act: () => void setLanguage(language.value === "en" ? "es" : "en"),
		},
		{ label: t("signout"), words: "log out exit salir", icon: "exit", act: () => void signOut() },
	);
	return list;
}

/*
 * What is typed into the palette finds customers and the people who work here: first those whose name has it, customers
 * before people, then what a street, a number or a slip of the fingers found.
 */
async function people(q: string): Promise<Command[]> {
	const [customers, staff] = await Promise.all([
		may("see_customers") ? call("GET /api/office/customers", { query: { q } }) : null,
		may("manage_staff") ? call("GET /api/office/staff", { query: { q } }) : null,
	]);
	const found = (customers?.rows ?? []).slice(0, 6).map((c) => ({
		name: c.name,
		label: [c.name, c.street].filter(Boolean).join(", "),
		icon: c.kind === "business" ? "building" : "people",
		act: () => go(`/customers/${c.id}`),
	}));
	const here = (staff?.rows ?? []).slice(0, 6).map((s) => ({
		name: s.name,
		label: s.name,
		words: s.email,
		icon: "user",
		act: () => go(`/staff/${s.id}`),
	}));
	const named = (c: { name: string }) => plain(c.name).includes(plain(q.trim()));
	const all = [...found, ...here];
	return [...all.filter(named), ...all.filter((c) => !named(c))];
}

function UnconfirmedMail() {
	const [state, set] = useState<"" | "busy" | "sent">("");
	const [fault, setFault] = useState("");
	if (!me.value || me.value.email_confirmed) return null;
	const resend = async () => {
		set("busy");
		try {
			await call("POST /api/auth/confirmation-mails");
			set("sent");
		} catch (f) {
			set("");
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return (
		<div class="notice">
			<Banner
				tone="sun"
				icon="mail"
				action={
					state === "sent" ? null : (
						<Button size="sm" busy={state === "busy"} onClick={resend}>
							{t("confirm.resend")}
						</Button>
					)
				}
			>
				{fault ||
					t(state === "sent" ? "confirm.sent" : "confirm.banner", { email: me.value.email })}
			</Banner>
		</div>
	);
}

export function Shell(p: { path: string; children: ComponentChildren }) {
	const [open, setOpen] = useState(false);
	useEffect(() => {
		const onKey = (e: KeyboardEvent) => {
			const typing = (e.target as Element).closest?.("input, select, textarea, [contenteditable]");
			const asked = (e.key === "k" && (e.metaKey || e.ctrlKey)) || (e.key === "/" && !typing);
			if (!asked || document.querySelector("dialog[open]")) return;
			e.preventDefault();
			setOpen(true);
		};
		addEventListener("keydown", onKey);
		return () => removeEventListener("keydown", onKey);
	}, []);

	const here = (href: string) =>
		href === "/"
			? p.path === "/"
			: p.path.startsWith(href) || (href === "/staff" && /^\/(roles|technicians)/.test(p.path));
	const who = me.value!;
	return (
		<div class="app">
			<a class="skip" href="#page">
				{t("nav.skip")}
			</a>
			<nav class="nav no-print" aria-label={t("nav.main")}>
				<a class="nav__brand" href="/" aria-label={companyName.value}>
					<Logo />
					<span class="clip">{companyName.value}</span>
				</a>
				<button
					class="nav__find"
					type="button"
					aria-label={t("palette.title")}
					onClick={() => setOpen(true)}
				>
					<Icon name="search" />
					<span>{t("palette.title")}</span>
					<Kbd>/</Kbd>
				</button>
				<div class="nav__list">
					{sections().map((s) => (
						<a
							key={s.href}
							class={s.near ? "nav__item" : "nav__item nav__item--far"}
							href={s.href}
							title={s.label}
							aria-current={here(s.href) ? "page" : undefined}
						>
							<Icon name={s.icon} />
							<span>{s.label}</span>
						</a>
					))}
				</div>
				<div class="nav__more">
					<Menu
						label={t("nav.more")}
						up
						items={sections()
							.filter((s) => !s.near)
							.map((s) => ({ label: s.label, icon: s.icon, act: () => go(s.href) }))}
					/>
				</div>
				<a
					class="nav__me"
					href="/account"
					title={t("nav.account")}
					aria-current={here("/account") ? "page" : undefined}
				>
					<Avatar name={who.name} />
					<span class="nav__who">
						<b class="clip">{who.name}</b>
						<small class="clip">{roleOf(who)}</small>
					</span>
				</a>
			</nav>
			<main class="page" id="page" tabIndex={-1}>
				{me.value?.support && <Looking />}
				<Standing />
				<UnconfirmedMail />
				{p.children}
			</main>
			{open && (
				<Palette
					commands={commands()}
					find={may("see_customers") || may("manage_staff") ? people : undefined}
					onClose={() => setOpen(false)}
				/>
			)}
		</div>
	);
}
