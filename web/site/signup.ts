/* The sign-up form: the address checked while it is typed, then a company. */
import type { Proposal, SignedUp, SignUp, SlugAnswer } from "../shared/api";
import { call, Fault, newKey, turns } from "../shared/call";
import { type Choice, countries, zones } from "../shared/places";
import { by, faultOf, filled, note, showDomain } from "./ask";

const LEAST = 8;
const DRAFT = "draft.signup";
const FIELDS = [
	"company",
	"slug",
	"owner",
	"email",
	"password",
	"country",
	"zone",
	"language",
] as const;
type Name = (typeof FIELDS)[number];

const form = document.querySelector("form") as HTMLFormElement;
const say = form.dataset as Record<string, string>;
const spoken = document.documentElement.lang as "en" | "es";
const field = (name: Name) => by<HTMLInputElement | HTMLSelectElement>(name);
const value = (name: Name) => field(name).value.trim();

turns.away = () => say.away!;
turns.language = () => spoken;
showDomain();

/* ---- what was typed survives a reload, but the password ---- */

function keep(): void {
	const open = Object.fromEntries(
		FIELDS.filter((n) => n !== "password").map((n) => [n, field(n).value]),
	);
	sessionStorage.setItem(DRAFT, JSON.stringify(open));
}

/* ---- the address ---- */

let ownSlug = false; /* typed by the person: the name no longer changes it */
let asked = 0;
let timer = 0;

function suggest(answer: SlugAnswer): void {
	const row = by("suggestions");
	row.replaceChildren();
	if (answer.free) return;
	for (const { slug } of answer.suggestions.slice(0, 3)) {
		const chip = document.createElement("button");
		chip.type = "button";
		chip.textContent = slug;
		chip.addEventListener("click", () => {
			field("slug").value = slug;
			ownSlug = true;
			row.replaceChildren();
			note("slug", say.free!, "good");
			keep();
			field("owner").focus();
		});
		row.append(chip);
	}
}

async function check(): Promise<void> {
	asked += 1;
	const mine = asked;
	const query = ownSlug
		? { name: value("company"), slug: value("slug") }
		: { name: value("company") };
	if (!value("company") && !value("slug")) return;
	try {
		const answer = await call("GET /api/site/slugs", { query });
		/* Typing went on meanwhile: this answer is about something else. */
		if (mine !== asked) return;
		if (!ownSlug) {
			const free = answer.free ? answer.slug : (answer.suggestions[0]?.slug ?? answer.slug);
			field("slug").value = free;
			by("suggestions").replaceChildren();
			if (free) note("slug", say.free!, "good");
			return;
		}
		suggest(answer);
		if (answer.free) note("slug", say.free!, "good");
		else
			note(
				"slug",
				`${answer.why || say.taken} ${answer.suggestions.length ? say.tryone : ""}`.trim(),
				"bad",
			);
	} catch (fault) {
		/* A hint that does not come is no error: the answer to Start decides. */
		if (mine === asked && fault instanceof Fault && fault.code === "invalid")
			note("slug", fault.message, "bad");
	}
}

function checkSoon(): void {
	clearTimeout(timer);
	timer = window.setTimeout(() => void check(), 250);
}

field("company").addEventListener("input", () => {
	if (!ownSlug || !value("slug")) checkSoon();
});
field("slug").addEventListener("input", () => {
	ownSlug = value("slug") !== "";
	note("slug", "");
	checkSoon();
});

/* ---- the password: length is what makes it strong ---- */

field("password").addEventListener("input", () => {
	const n = [...field("password").value].length;
	const step = n === 0 ? 0 : n < LEAST ? 1 : Math.min(4, 2 + Math.floor((n - LEAST) / 4));
	for (const [i, bar] of [...by("strength").children].entries()) {
		if (i < step) (bar as HTMLElement).dataset.on = String(step);
		else delete (bar as HTMLElement).dataset.on;
	}
	if (n === 0) note("password", say.rule!);
	else if (n < LEAST) note("password", filled(say.more!, { n: LEAST - n }));
	else note("password", step < 4 ? say.enough! : say.strong!, "good");
});
by("peek").addEventListener("click", () => {
	const input = field("password") as HTMLInputElement;
	const seen = input.type === "password";
	input.type = seen ? "text" : "password";
	by("peek").textContent = (seen ? say.hide : say.show) ?? "";
	by("peek").setAttribute("aria-pressed", String(seen));
});

/* ---- where: proposed, rarely changed ---- */

function fill(name: "country" | "zone", choices: Choice[], chosen: string): void {
	const select = field(name) as HTMLSelectElement;
	select.replaceChildren(
		...choices.map((c) => new Option(c.label, c.value, false, c.value === chosen)),
	);
}
function describe(): void {
	const words = (["country", "zone", "language"] as const).map(
		(n) => (field(n) as HTMLSelectElement).selectedOptions[0]?.text,
	);
	by("where").textContent = words.filter(Boolean).join(" · ");
}

async function propose(): Promise<void> {
	const clock = Intl.DateTimeFormat().resolvedOptions().timeZone;
	/* "UTC" is where a server lives, not where pools are. */
	const own = clock?.includes("/") ? clock : "";
	let p: Proposal = {
		country: "US",
		zone: own || "America/New_York",
		language: spoken,
		currency: "USD",
	};
	try {
		p = await call("GET /api/site/proposal");
	} catch {
		/* Nothing is known about the visitor: the browser's own zone is a fair guess. */
	}
	const kept = JSON.parse(sessionStorage.getItem(DRAFT) ?? "{}") as Partial<Record<Name, string>>;
	/* The browser knows its clock better than a map of addresses does. */
	fill("country", countries(spoken, p.country), kept.country ?? p.country);
	fill("zone", zones(own || p.zone), kept.zone ?? (own || p.zone));
	field("language").value = kept.language ?? spoken;
	for (const name of ["company", "slug", "owner", "email"] as const)
		if (kept[name] && !field(name).value) field(name).value = kept[name];
	ownSlug = Boolean(kept.slug);
	describe();
}
void propose();

form.addEventListener("input", (e) => {
	const name = (e.target as HTMLInputElement).name as Name;
	if (name && name !== "password" && name !== "slug" && by(`${name}-note`)) note(name, "");
	describe();
	keep();
});

/* ---- start ---- */

let attempt = { body: "", key: "" };

function trouble(text: string): void {
	by("trouble").textContent = text;
	by("trouble").hidden = text === "";
}

function missing(): Name | null {
	for (const name of ["company", "slug", "owner", "email", "password"] as const)
		if (!field(name).value.trim()) {
			note(name, say.empty!, "bad");
			return name;
		}
	return null;
}

function ready(answer: SignedUp, took_ms: number): void {
	const url = new URL(answer.url);
	const company = value("company");
	by("made").textContent = filled(say.made!, {
		s: new Intl.NumberFormat(spoken, { maximumFractionDigits: 1 }).format(
			Math.max(took_ms, 100) / 1000,
		),
	});
	by("ready-title").textContent = filled(say.ready!, { company });
	by("address").textContent = url.host;
	by<HTMLAnchorElement>("open").href = url.href;
	by("open").textContent = filled(say.open!, { company });
	by("mail").textContent = filled(say.mail!, { email: value("email") });
	document.title = `${by("ready-title").textContent} · Poolhouse`;
	by("form").hidden = true;
	by("ready").hidden = false;
	sessionStorage.removeItem(DRAFT);
	scrollTo(0, 0);
	by("ready-title").focus();
}

by("copy").addEventListener("click", async () => {
	await navigator.clipboard.writeText(`${location.protocol}//${by("address").textContent}`);
	by("copied").textContent = say.copied ?? "";
});

form.addEventListener("submit", async (e) => {
	e.preventDefault();
	const button = by("go");
	if (button.getAttribute("aria-busy")) return;
	trouble("");
	const empty = missing();
	if (empty) return field(empty).focus();
	const body = {
		...Object.fromEntries(FIELDS.map((n) => [n, value(n)])),
		password: field("password").value,
	} as unknown as SignUp;
	/* The same form sent again is the same sign-up: a lost answer does not make a second company. */
	const text = JSON.stringify(body);
	if (attempt.body !== text) attempt = { body: text, key: newKey() };
	button.setAttribute("aria-busy", "true");
	const begun = performance.now();
	try {
		ready(
			await call("POST /api/auth/signups", { body, key: attempt.key }),
			performance.now() - begun,
		);
	} catch (fault) {
		const { field: name, message } = faultOf(fault, say.away!);
		if (FIELDS.includes(name as Name) && by(`${name}-note`)) {
			note(name, message, "bad");
			field(name as Name).focus();
			if (name === "slug") {
				ownSlug = true;
				void check();
			}
		} else trouble(message);
		if (fault instanceof Fault && fault.code !== "away") attempt = { body: "", key: "" };
	}
	button.removeAttribute("aria-busy");
});
