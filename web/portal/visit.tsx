/* One visit: photos, readings, what was added. It comes when it is looked at: measures bring their words along. */
import type { PortalVisitPage } from "../shared/api";
import { dayPart, time } from "../shared/format";
import { amount, levelShown, measureName, unitOf } from "../shared/measure";
import { Heading, title } from "../shared/ui";
import { t } from "../shared/words";
import { techOf, who, zone } from "./data";
import { Back } from "./shell";

const units = () => (who.value?.company.currency === "USD" ? ("us" as const) : ("metric" as const));

export default function Visit(p: { page: PortalVisitPage }) {
	const { visit: v, photos, readings, doses } = p.page;
	title("portal.visits");
	return (
		<main class="portal__one">
			<header class="head">
				<Back to="/portal/visits" />
				<div>
					<Heading>{dayPart(v.day, { weekday: "long", month: "long", day: "numeric" })}</Heading>
					<p class="muted">
						{v.service}
						{v.started_at && v.ended_at
							? `. ${t("portal.visit.took", { from: time(v.started_at, zone()), to: time(v.ended_at, zone()) })}, ${techOf(v)}`
							: `: ${t(`portal.state.${v.state}`)}`}
					</p>
				</div>
			</header>
			{photos.length > 0 && (
				<section class="photos" aria-label={t("portal.visit.photos")}>
					{photos.map((f, i) => (
						<a key={f.id} href={`/api/portal/photos/${f.id}`} target="_blank" rel="noreferrer">
							<img
								src={`/api/portal/photos/${f.id}/small`}
								alt={f.name || t("portal.visit.photo", { n: i + 1 })}
								width={f.width}
								height={f.height}
								loading="lazy"
							/>
						</a>
					))}
				</section>
			)}
			{readings.map((set) => (
				<section key={set.at} class="card" aria-label={t("portal.visit.water")}>
					<h2 class="card__head">{t("portal.visit.water")}</h2>
					<dl class="sums">
						{set.values.map((l) => (
							<div key={l.measure}>
								<dt>{measureName(l.measure)}</dt>
								<dd>
									{levelShown(l.measure, l, units())} {unitOf(l.measure, units())}
								</dd>
							</div>
						))}
					</dl>
				</section>
			))}
			{doses.length > 0 && (
				<section class="card" aria-label={t("portal.visit.added")}>
					<h2 class="card__head">{t("portal.visit.added")}</h2>
					<dl class="sums">
						{doses.map((d, i) => (
							<div key={`${i}${d.item}`}>
								<dt>{d.item}</dt>
								<dd>{amount(d.given_x100, d.unit, d.holds_x100, units())}</dd>
							</div>
						))}
					</dl>
				</section>
			)}
			{photos.length + readings.length + doses.length === 0 && (
				<section class="card card__body">
					<p class="muted">{t("portal.visit.bare")}</p>
				</section>
			)}
		</main>
	);
}
