/* How the company stands with the house, over every page. */
import { day } from "../shared/format";
import { go } from "../shared/router";
import { Banner, Button } from "../shared/ui";
import { type Key, t } from "../shared/words";
import { may, me } from "./me";

export const tones = {
	free: "kelp",
	trial: "aqua",
	good: "kelp",
	grace: "sun",
	read_only: "coral",
	suspended: "coral",
} as const;

/* One sentence on how it stands; the same in the banner over every page. */
export const standingText = (standing: string, at: number | null): string =>
	t(`subscription.stands.${standing}` as Key, { day: at ? day(at) : "" });

/* Over every page while something is missing; a trial only in its last week. */
export function Standing() {
	const who = me.value;
	if (!who || who.standing === "good" || who.standing === "free") return null;
	const left = who.step_at ? who.step_at - Date.now() / 1000 : 0;
	if (who.standing === "trial" && left > 7 * 86400) return null;
	return (
		<div class="notice">
			<Banner
				tone={tones[who.standing]}
				alert={who.standing !== "trial"}
				action={
					may("manage_company") && (
						<Button size="sm" onClick={() => go("/subscription")}>
							{t(who.standing === "trial" ? "subscription.see" : "subscription.settle")}
						</Button>
					)
				}
			>
				{standingText(who.standing, who.step_at)}
			</Banner>
		</div>
	);
}
