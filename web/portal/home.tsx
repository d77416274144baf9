/* Home: what the company holds about this customer today. Visits, water and bills come with their features. */
import type { PortalMe } from "../shared/api";
import { call } from "../shared/call";
import { firstName } from "../shared/format";
import { Button, Heading, Icon, title } from "../shared/ui";
import { language, speak, t } from "../shared/words";
import { Brand } from "./brand";

async function leave(): Promise<void> {
	await call("DELETE /api/auth/portal-sessions", { door: true }).catch(() => {});
	location.assign("/portal/sign-in");
}

export function Home(p: { who: PortalMe }) {
	const { who } = p;
	const other = language.value === "en" ? "es" : "en";
	title("nav.home");
	return (
		<div class="portal">
			<Brand company={who.company}>
				<Button kind="quiet" icon="exit" onClick={() => void leave()}>
					{t("signout")}
				</Button>
			</Brand>
			<main class="portal__two">
				<section class="hero">
					<svg
						class="hero__water"
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
					<Heading>{t("portal.hello", { name: firstName(who.name) })}</Heading>
					<p>{t("portal.hello.text", { company: who.company.name })}</p>
				</section>
				<div class="stack">
					<section class="card">
						<div class="card__body stack">
							<h2>{t("portal.about")}</h2>
							<dl class="facts">
								<dt>{t("name.label")}</dt>
								<dd>{who.name}</dd>
								<dt>{t("email.label")}</dt>
								<dd>{who.email}</dd>
								<dt>{t("language.label")}</dt>
								<dd>{who.language === "es" ? "Español" : "English"}</dd>
							</dl>
							<p class="field__hint">{t("portal.wrong", { company: who.company.name })}</p>
						</div>
					</section>
					<section class="card">
						<button class="line" type="button" lang={other} onClick={() => speak(other)}>
							<Icon name="globe" size="lg" />
							<span class="grow">{other === "es" ? "Ver en español" : "See it in English"}</span>
							<Icon name="right" />
						</button>
					</section>
				</div>
			</main>
		</div>
	);
}
