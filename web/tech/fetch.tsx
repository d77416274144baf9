/* What a stop lacks is fetched at the supply house before it: a stop of its own, with its way and one tap when it is in the van. */
import type { Stop } from "../shared/api";
import { Button, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { over } from "./day";
import { mapTo } from "./maps";
import { say } from "./outbox";

/* Days that were kept before there were such stops have none. */
export const fetchOf = (s: Stop) => s.brief.errand?.[0];
/* Somebody has to go there before this stop. */
export const lacks = (s: Stop) => fetchOf(s) !== undefined && s.fetched_at === null && !over(s);

const placeOf = (s: Stop) => {
	const f = fetchOf(s);
	return f && f.lat_e6 !== null && f.lng_e6 !== null
		? mapTo({ lat_e6: f.lat_e6, lng_e6: f.lng_e6 }, "")
		: null;
};

export function FetchDo(p: { stop: Stop; white?: boolean }) {
	const way = placeOf(p.stop);
	const done = () => void say("fetched", p.stop.id, { text: fetchOf(p.stop)?.text ?? "" });
	return (
		<div class={p.white ? "next__do" : "fetch__do"}>
			{way && (
				<a
					class={p.white ? "button button--lg button--on" : "button button--lg"}
					href={way}
					target="_blank"
					rel="noreferrer"
				>
					<Icon name="nav" />
					<span>{t("tech.navigate")}</span>
				</a>
			)}
			{p.white ? (
				<button type="button" class="button button--lg button--white" onClick={done}>
					{t("tech.fetch.got")}
				</button>
			) : (
				<Button size="lg" kind="primary" icon="check" onClick={done}>
					{t("tech.fetch.got")}
				</Button>
			)}
		</div>
	);
}

/* On the page of the stop that lacks it. */
export function FetchFirst(p: { stop: Stop }) {
	const f = fetchOf(p.stop);
	if (!f || !lacks(p.stop)) return null;
	return (
		<section class="card fetch" aria-labelledby="fetch">
			<h2 id="fetch">
				<Icon name="box" /> {t("tech.fetch.first")}
			</h2>
			<p class="lines">{f.text}</p>
			<FetchDo stop={p.stop} />
		</section>
	);
}

/* In the list of the day, before the stop that lacks it. */
export function FetchRow(p: { stop: Stop }) {
	const f = fetchOf(p.stop);
	if (!f) return null;
	return (
		<li>
			<a class="stop" href={`/tech/stops/${p.stop.id}`} data-state="fetch">
				<span class="stop__at stop__at--fetch">
					<Icon name="box" />
				</span>
				<span class="stop__who">
					<b>{t("tech.fetch")}</b>
					<span>{f.text}</span>
				</span>
				<span class="stop__when">{t("tech.fetch.about", { minutes: f.minutes })}</span>
			</a>
		</li>
	);
}
