/* The platform's own page: its companies by plan and size, and a look into one that allows it. */
import type { PlatformCompany, PlatformWho } from "../shared/api";
import { call, Fault, turns } from "../shared/call";
import { moment, money, number } from "../shared/format";
import { by, faultOf, filled, note } from "./ask";

const form = by<HTMLFormElement>("enter");
const inside = by<HTMLElement>("inside");
const list = by<HTMLUListElement>("companies");
const more = by<HTMLButtonElement>("more");
const search = by<HTMLInputElement>("q");
const say = inside.dataset as Record<string, string>;
const FIELDS = ["email", "key", "code"];
let next: string | null = null;

turns.language = () => document.documentElement.lang;
turns.away = () => form.dataset.away ?? "";

function element(tag: string, text: string, name = ""): HTMLElement {
	const e = document.createElement(tag);
	e.textContent = text;
	if (name) e.className = name;
	return e;
}

function trouble(text: string): void {
	const line = by("trouble");
	line.textContent = text;
	line.hidden = text === "";
}

function row(c: PlatformCompany): HTMLElement {
	const li = element("li", "", "firm");
	const name = element("b", c.name);
	const plan = [
		c.live ? (say[c.standing] ?? c.standing) : (say.closed ?? ""),
		c.cents > 0 ? `${money(c.cents, c.currency)} ${say.month}` : "",
	];
	const size = c.counted_at
		? [
				`${number(c.customers)} ${say.customers}`,
				`${number(c.pools)} ${say.pools}`,
				`${number(c.staff)} ${say.staff}`,
			]
		: [say.uncounted ?? ""];
	li.append(
		name,
		element("span", c.slug, "firm__slug"),
		element("span", plan.filter(Boolean).join(" · ")),
		element("span", size.join(" · ")),
	);
	if (c.until_at) {
		const open = element(
			"button",
			filled(say.look ?? "", { name: c.name }),
			"tap",
		) as HTMLButtonElement;
		open.type = "button";
		open.addEventListener("click", () => void look(c.id));
		li.append(
			element("span", filled(say.until ?? "", { time: moment(c.until_at) }), "firm__until"),
			open,
		);
	}
	return li;
}

async function look(id: string): Promise<void> {
	trouble("");
	try {
		const way = await call("POST /api/site/platform/companies/:id/looks", { id, door: true });
		location.assign(way.url);
	} catch (f) {
		fall(f);
	}
}

async function companies(fresh: boolean): Promise<void> {
	trouble("");
	try {
		const page = await call("GET /api/site/platform/companies", {
			query: { q: search.value.trim(), ...(fresh || !next ? {} : { before: next }) },
			door: true,
		});
		if (fresh) list.replaceChildren();
		list.append(...page.rows.map(row));
		if (list.childElementCount === 0) list.append(element("li", say.none ?? "", "firm"));
		next = page.next ?? null;
		more.hidden = next === null;
	} catch (f) {
		fall(f);
	}
}

function fall(f: unknown): void {
	if (f instanceof Fault && f.status === 401) show(null);
	else trouble(faultOf(f, form.dataset.away ?? "").message);
}

function show(who: PlatformWho | null): void {
	form.hidden = who !== null;
	inside.hidden = who === null;
	if (!who) {
		by("email").focus();
		return;
	}
	by("who").textContent = `${who.name} · ${who.email}`;
	void companies(true);
}

form.addEventListener("submit", async (e) => {
	e.preventDefault();
	for (const name of FIELDS) note(name, "");
	const value = (name: string) => by<HTMLInputElement>(name).value.trim();
	try {
		const who = await call("POST /api/auth/platform-sessions", {
			body: { email: value("email"), key: value("key"), code: value("code") },
			door: true,
		});
		for (const name of ["key", "code"]) by<HTMLInputElement>(name).value = "";
		show(who);
	} catch (f) {
		const fault = faultOf(f, form.dataset.away ?? "");
		note(FIELDS.includes(fault.field) ? fault.field : "code", fault.message, "bad");
	}
});
by("leave").addEventListener("click", () => {
	void call("DELETE /api/site/platform", { door: true }).then(() => show(null), fall);
});
more.addEventListener("click", () => void companies(false));
let typing = 0;
search.addEventListener("input", () => {
	clearTimeout(typing);
	typing = setTimeout(() => void companies(true), 250) as unknown as number;
});

call("GET /api/site/platform", { door: true }).then(show, () => show(null));
