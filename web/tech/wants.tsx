/* What this job was promised with: parts, and how far each has come. A tap says that it is in. */
import type { Stop } from "../shared/api";
import { number } from "../shared/format";
import { Button, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { say } from "./outbox";

/* Days that were kept before jobs had lines have none. */
const wantsOf = (s: Stop) => s.brief.wants ?? [];
/* Said on this phone and not yet at the office, it is in all the same. */
const isIn = (s: Stop, w: Stop["brief"]["wants"][number]) =>
	w.got === "installed" || s.progress.things.some((x) => x.verb === "used" && x.text === w.text);

export function Wants(p: { stop: Stop }) {
	const s = p.stop;
	const rows = wantsOf(s);
	if (rows.length === 0) return null;
	return (
		<section aria-labelledby="wants">
			<h2 class="then" id="wants">
				{t("tech.wants")}
			</h2>
			<ul class="card plain">
				{rows.map((w) => (
					<li key={w.id} class="row">
						<span class="grow">
							{w.quantity_milli !== 1000 && `${number(w.quantity_milli / 1000)} × `}
							{w.text}
							{w.got !== "nothing" && !isIn(s, w) && w.got !== "on_van" && (
								<span class="need">
									◆ {t(`tech.wants.${w.got === "bought" ? "bought" : "needed"}`)}
								</span>
							)}
						</span>
						{w.got === "nothing" ? null : isIn(s, w) ? (
							<span class="meta">
								<Icon name="check" size="sm" /> {t("tech.wants.in")}
							</span>
						) : (
							s.state === "started" && (
								<Button
									onClick={() =>
										void say("used", s.id, {
											text: w.text,
											amount: Math.max(1, Math.round(w.quantity_milli / 10)),
											item: w.id,
										})
									}
								>
									{t("tech.wants.install")}
								</Button>
							)
						)}
					</li>
				))}
			</ul>
		</section>
	);
}
