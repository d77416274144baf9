/* One visit: photos, readings, what was added. It comes when it is looked at: measures bring their words along. */
import { useState } from "preact/hooks";
import type { PortalVisitPage } from "../shared/api";
import { call } from "../shared/call";
import { day, dayPart, initials, time } from "../shared/format";
import { amount, levelShown, measureName, unitOf } from "../shared/measure";
import { toast } from "../shared/over";
import { Button, Heading, Icon, title } from "../shared/ui";
import { catalogue, count, t } from "../shared/words";
import { techOf, who, zone } from "./data";
import { Back } from "./shell";

const { say } = catalogue(
	{
		tech: "Your technician",
		why: "Why",
		sealed: "Sealed {when}",
		"sealed.text": "The whole report of this visit. You can check that nothing changed since.",
	},
	{
		tech: "Su técnico",
		why: "Por qué",
		sealed: "Sellado {when}",
		"sealed.text":
			"El informe completo de esta visita. Puede comprobar que nada ha cambiado desde entonces.",
	},
);

const units = () => (who.value?.company.currency === "USD" ? ("us" as const) : ("metric" as const));

/* One to five, once. */
function Stars(p: { id: string; rated: boolean }) {
	const [done, setDone] = useState(p.rated);
	const [stars, setStars] = useState(0);
	const [text, setText] = useState("");
	const [busy, setBusy] = useState(false);
	if (done)
		return (
			<section class="card card__body" role="status">
				<p class="muted">{t("portal.stars.thanks")}</p>
			</section>
		);
	const send = async () => {
		setBusy(true);
		try {
			await call("POST /api/portal/visits/:id/stars", {
				id: p.id,
				body: { stars, text: text.trim() },
				door: true,
			});
			setDone(true);
		} catch (f) {
			toast((f as Error).message);
		}
		setBusy(false);
	};
	return (
		<section class="card card__body stack" aria-labelledby="stars">
			<h2 id="stars">{t("portal.stars")}</h2>
			<div class="stars">
				{[1, 2, 3, 4, 5].map((n) => (
					<button
						key={n}
						type="button"
						class={n <= stars ? "star star--on" : "star"}
						aria-label={count("portal.stars.n", n)}
						aria-pressed={n === stars}
						onClick={() => setStars(n)}
					>
						<Icon name="star" size="xl" />
					</button>
				))}
			</div>
			{stars > 0 && (
				<>
					<label class="field">
						<span class="field__label">{t("portal.stars.text")}</span>
						<textarea
							class="input"
							rows={2}
							maxLength={400}
							value={text}
							onInput={(e) => setText(e.currentTarget.value)}
						/>
					</label>
					<Button kind="primary" size="lg" block busy={busy} onClick={() => void send()}>
						{t("portal.stars.send")}
					</Button>
				</>
			)}
		</section>
	);
}

export default function Visit(p: { page: PortalVisitPage }) {
	const { visit: v, photos, readings, doses, notes, report, sealed_at } = p.page;
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
			{v.reason && (
				<section class="card card__body">
					<b>{say("why")}</b>
					<p class="prose">{v.reason}</p>
				</section>
			)}
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
			{notes.length > 0 && (
				<section class="card card__body stack">
					<div class="whom">
						<span class="whom__mark" aria-hidden="true">
							{initials(techOf(v))}
						</span>
						<div>
							<b>{techOf(v)}</b>
							<p class="muted">{say("tech")}</p>
						</div>
					</div>
					{notes.map((n, i) => (
						<p key={`${i}${n.text}`} class="prose">
							{n.text}
						</p>
					))}
				</section>
			)}
			{report && sealed_at && (
				<a class="sealed" href={`/portal/report#${report}`}>
					<Icon name="shield" size="lg" />
					<span class="grow">
						<b>
							{say("sealed", { when: `${day(sealed_at, zone())}, ${time(sealed_at, zone())}` })}
						</b>
						<span>{say("sealed.text")}</span>
					</span>
					<Icon name="right" />
				</a>
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
			{v.state === "done" && <Stars id={v.id} rated={p.page.rated} />}
			{photos.length + readings.length + doses.length + notes.length === 0 && !v.reason && (
				<section class="card card__body">
					<p class="muted">{t("portal.visit.bare")}</p>
				</section>
			)}
		</main>
	);
}
