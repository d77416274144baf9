/* What index.html shows before any of this has arrived. */
import logo from "../shared/logo.svg";
import { t } from "../shared/words";

export function Opening() {
	return (
		<div class="opening" role="status" aria-label={t("page.loading")}>
			<img src={logo} width="56" height="56" alt="" />
			<p>Poolhouse</p>
		</div>
	);
}
