/* Over every page of somebody of the platform, who looks in. */
import { Banner } from "../shared/ui";
import { t } from "../shared/words";

export function Looking() {
	return (
		<div class="notice">
			<Banner tone="sun">{t("support.looking")}</Banner>
		</div>
	);
}
