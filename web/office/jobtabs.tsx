/* The ways between offers, jobs and what they want. */
import { t } from "../shared/words";
import { type JobKey, say } from "./jobwords";
import { may } from "./me";

const TABS = [
	["quotes", "/quotes"],
	["jobs", "/quotes/jobs"],
	["shopping", "/quotes/shopping"],
	["free", "/quotes/free"],
] as const satisfies readonly (readonly [JobKey, string])[];

export type JobTab = (typeof TABS)[number][0];

export function JobTabs(p: { here: JobTab }) {
	return (
		<nav class="under tabs" aria-label={t("nav.jobs")}>
			{TABS.filter(([key]) => key !== "free" || may("see_reports")).map(([key, href]) => (
				<a key={key} class="tab" href={href} aria-current={p.here === key ? "page" : undefined}>
					{say(key)}
				</a>
			))}
		</nav>
	);
}
