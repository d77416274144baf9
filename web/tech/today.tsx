/* Today: where next. No stop can be planned yet, and the page says so. */
import type { TechMe } from "../shared/api";
import { firstName, today } from "../shared/format";
import { Avatar, Heading, Icon, title } from "../shared/ui";
import { t } from "../shared/words";

export function Today(p: { who: TechMe }) {
	title("tech.today");
	return (
		<main class="field-page">
			<header class="day">
				<div class="row">
					<p class="grow">{today()}</p>
					<a class="day__me" href="/tech/me">
						<Avatar name={p.who.name} large />
						<span class="unseen">{p.who.name}</span>
					</a>
				</div>
				<Heading>{t("tech.hello", { name: firstName(p.who.name) })}</Heading>
			</header>
			<section class="next">
				<svg
					class="next__water"
					viewBox="0 0 390 150"
					preserveAspectRatio="none"
					aria-hidden="true"
				>
					<g fill="none" stroke="currentColor" stroke-width="5">
						<path d="M-20 50c50 0 50 18 100 18s50-18 100-18 50 18 100 18 50-18 100-18 50 18 100 18" />
						<path d="M-60 85c50 0 50 18 100 18s50-18 100-18 50 18 100 18 50-18 100-18 50 18 100 18" />
						<path d="M-30 120c50 0 50 18 100 18s50-18 100-18 50 18 100 18 50-18 100-18 50 18 100 18" />
					</g>
				</svg>
				<p class="next__over">{t("tech.today")}</p>
				<h2>{t("tech.none")}</h2>
				<p>{t("tech.none.text", { company: p.who.company.name })}</p>
			</section>
			<section class="card">
				<div class="card__body row">
					<Icon name="done" size="lg" />
					<p class="grow">{t("tech.signed", { company: p.who.company.name })}</p>
				</div>
			</section>
		</main>
	);
}
