/* From the site to a company's own door. */
import { call, turns } from "../shared/call";
import { by, faultOf, note, showDomain } from "./ask";

const form = by<HTMLFormElement>("find");
const input = by<HTMLInputElement>("slug");
const say = form.dataset as Record<"missing" | "none" | "away", string>;

turns.away = () => say.away;
turns.language = () => document.documentElement.lang;
showDomain();

/* A whole address is understood as well as its first word. */
function slugOf(typed: string): string {
	const host =
		typed
			.trim()
			.toLowerCase()
			.replace(/^https?:\/\//, "")
			.split("/")[0] ?? "";
	const domain = `.${location.host}`;
	return (
		host.endsWith(domain) ? host.slice(0, -domain.length) : (host.split(".")[0] ?? "")
	).trim();
}

input.addEventListener("input", () => note("slug", ""));

form.addEventListener("submit", async (e) => {
	e.preventDefault();
	const button = form.querySelector("button") as HTMLButtonElement;
	const slug = slugOf(input.value);
	if (!slug) return note("slug", say.missing, "bad");
	button.setAttribute("aria-busy", "true");
	try {
		/* What is still free belongs to nobody. */
		const answer = await call("GET /api/site/slugs", { query: { slug } });
		if (answer.free) note("slug", say.none, "bad");
		else location.assign(`${location.protocol}//${slug}.${location.host}/sign-in`);
	} catch (fault) {
		note("slug", faultOf(fault, say.away).message, "bad");
	}
	button.removeAttribute("aria-busy");
	input.focus();
});
