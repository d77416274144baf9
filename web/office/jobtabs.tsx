/* The ways between offers, jobs and what they want. */
import { t } from "../shared/words";
import { type JobKey, say } from "./jobwords";

export const TABS = [["quotes", "/quotes"]] as const satisfies readonly (readonly [
	JobKey,
	string,
])[];

export function JobTabs(p: { here: (typeof TABS)[number][0] }) {
	return (
		<nav class="under tabs" aria-label={t("nav.jobs")}>
			{TABS.map(([key, href]) => (
				<a key={key} class="tab" href={href} aria-current={p.here === key ? "page" : undefined}>
					{say(key)}
				</a>
			))}
		</nav>
	);
}
