/*
 * What the office and whoever works here say to each other: what was changed of the day, what was reported from the field,
 * and the office's answers. All of it stands on the phone; what is written goes out with the next signal.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Stop } from "../shared/api";
import { ago, dayOf } from "../shared/format";
import { Badge, Button, Empty, Heading, Icon, title } from "../shared/ui";
import { named, t } from "../shared/words";
import { AskWhy } from "./ask";
import { plan, stopOf } from "./day";
import { type News, news, readNews } from "./news";
import { Reports, reports } from "./reports";
import { SavedLine } from "./saved";
import { windowOf } from "./stop_said";

const ICONS: Record<News["kind"], string> = {
	new: "plus",
	gone: "x",
	when: "clock",
	note: "note",
	errand: "box",
	changed: "pen",
};

const keyOf = (n: News) => [n.at, n.visit_id, n.kind, n.field, n.text].join();

/* The office's words, or what it is now. */
function said(n: News): string {
	if (n.kind === "when" && n.from_minute == null && n.to_minute == null) return "";
	if (n.kind === "when")
		return windowOf({
			minutes: 0,
			...stopOf(n.visit_id),
			from_minute: n.from_minute ?? null,
			to_minute: n.to_minute ?? null,
		} as Stop);
	if (n.kind === "changed") return `${named("field", n.field ?? "")}${n.text ? `: ${n.text}` : ""}`;
	return n.text;
}

function Line(p: { news: News; fresh: boolean }) {
	const n = p.news;
	const text = said(n);
	const inside = (
		<>
			<span class="stop__at">
				<Icon name={ICONS[n.kind]} />
			</span>
			<span class="stop__who">
				<b>
					{t(`tech.news.${n.kind}`, { who: n.who })}{" "}
					{p.fresh && <Badge tone="sun">{t("tech.news.fresh")}</Badge>}
				</b>
				{text && <span class="lines">{text}</span>}
				<span class="meta">
					{n.day !== plan.value?.day && `${dayOf(n.day)} · `}
					{ago(n.at)}
				</span>
			</span>
		</>
	);
	return (
		<li>
			{stopOf(n.visit_id) ? (
				<a class="stop" href={`/tech/stops/${n.visit_id}`}>
					{inside}
				</a>
			) : (
				<div class="stop">{inside}</div>
			)}
		</li>
	);
}

export function MessagesPage() {
	const [writing, setWriting] = useState(false);
	/* What nobody had seen when the page was opened, and what comes while it is. */
	const fresh = useRef(new Set<string>());
	for (const n of news.value) if (!n.seen) fresh.current.add(keyOf(n));
	title("tech.messages");
	useEffect(() => {
		void readNews();
	}, [news.value]);
	return (
		<main class="field-page">
			<header class="day">
				<Heading>{t("tech.messages")}</Heading>
			</header>
			<SavedLine />
			{news.value.length > 0 && (
				<section aria-labelledby="news">
					<h2 class="then" id="news">
						{t("tech.news")}
					</h2>
					<ul class="card stops">
						{news.value.map((n) => (
							<Line key={keyOf(n)} news={n} fresh={fresh.current.has(keyOf(n))} />
						))}
					</ul>
				</section>
			)}
			<Reports />
			{news.value.length + reports.value.length === 0 && (
				<Empty icon="chat" title={t("tech.messages.none")}>
					{t("tech.messages.none.text")}
				</Empty>
			)}
			<Button block size="lg" icon="send" onClick={() => setWriting(true)}>
				{t("tech.problem")}
			</Button>
			{writing && <AskWhy what="problem" stop={null} onDone={() => setWriting(false)} />}
		</main>
	);
}
