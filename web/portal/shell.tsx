/* What stands around every page of a customer who is in: the company's mark, four ways, the way back. */
import type { ComponentChildren } from "preact";
import { address } from "../shared/router";
import { Icon } from "../shared/ui";
import { t } from "../shared/words";
import { Brand } from "./brand";
import { who } from "./data";

const ways = [
	{ href: "/portal/", icon: "house", text: "nav.home" },
	{ href: "/portal/visits", icon: "drop", text: "portal.nav.visits" },
	{ href: "/portal/bills", icon: "file", text: "portal.nav.bills" },
	{ href: "/portal/ask", icon: "send", text: "portal.nav.ask" },
] as const;

function Ways(p: { class: string }) {
	const here = address.value.path;
	return (
		<nav class={p.class} aria-label={t("nav.main")}>
			{ways.map((w) => {
				const on = w.href === "/portal/" ? here === w.href : here.startsWith(w.href);
				return (
					<a key={w.href} href={w.href} aria-current={on ? "page" : undefined}>
						<Icon name={w.icon} size="lg" />
						<span>{t(w.text)}</span>
					</a>
				);
			})}
		</nav>
	);
}

export function Shell(p: { children: ComponentChildren }) {
	const me = who.value;
	if (!me) return null;
	return (
		<div class="portal portal--in">
			<Brand company={me.company}>
				<Ways class="ways ways--top" />
			</Brand>
			{p.children}
			<Ways class="ways ways--foot" />
		</div>
	);
}

export function Back(p: { to: string }) {
	return (
		<a class="back" href={p.to} aria-label={t("portal.back")}>
			<Icon name="left" size="lg" />
		</a>
	);
}
