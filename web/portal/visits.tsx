/* What was done at the pool, and what is to come. */
import { useState } from "preact/hooks";
import type { PortalVisit } from "../shared/api";
import { call } from "../shared/call";
import { minutes, weekday } from "../shared/format";
import { toast } from "../shared/over";
import { Button, Empty, Heading, Pill, title } from "../shared/ui";
import { t } from "../shared/words";
import { home } from "./data";
import { Go } from "./home";

const TONE = { done: "kelp", skipped: "sun", no_access: "sun" } as const;

function Visit(p: { visit: PortalVisit }) {
	const v = p.visit;
	const window =
		v.from_minute !== null && v.to_minute !== null
			? `, ${minutes(v.from_minute)} – ${minutes(v.to_minute)}`
			: "";
	const over = v.state === "done" || v.state === "skipped" || v.state === "no_access";
	if (over)
		return (
			<Go
				href={`/portal/visits/${v.id}`}
				icon={v.state === "done" ? "done" : "skip"}
				head={weekday(v.day)}
				text={`${v.service}${v.state === "done" ? "" : `: ${t(`portal.state.${v.state}`)}`}`}
			/>
		);
	return (
		<div class="line line--still">
			<span class="grow">
				<b>{weekday(v.day)}</b>
				<small>
					{v.service}
					{window}
				</small>
			</span>
			<Pill tone={v.asked ? "sun" : (TONE[v.state as keyof typeof TONE] ?? "aqua")}>
				{v.asked ? t("portal.asked") : t(`portal.state.${v.state as "scheduled"}`)}
			</Pill>
		</div>
	);
}

export function Visits() {
	const h = home.value;
	const [more, setMore] = useState<PortalVisit[]>([]);
	const [next, setNext] = useState<string | null | undefined>(undefined);
	const [busy, setBusy] = useState(false);
	title("portal.visits");
	if (!h) return null;
	/* The first page came with the home page; where it ended, the next one begins. */
	const past = [...h.past, ...more.filter((v) => !h.past.some((p) => p.id === v.id))];
	const ended = next === null || (next === undefined && h.past.length < 20);
	const earlier = async () => {
		setBusy(true);
		try {
			const page = await call("GET /api/portal/visits", {
				query: { before: next ?? past[past.length - 1]?.day },
				door: true,
			});
			setMore([...more, ...page.rows]);
			setNext(page.next);
		} catch (f) {
			toast((f as Error).message);
		}
		setBusy(false);
	};
	if (past.length + h.next.length === 0)
		return (
			<main class="portal__one">
				<section class="card">
					<Empty whole icon="drop" title={t("portal.visits.none")}>
						{t("portal.visits.none.text")}
					</Empty>
				</section>
			</main>
		);
	return (
		<main class="portal__one">
			<Heading>{t("portal.visits")}</Heading>
			<section class="card lines">
				<Go href="/portal/water" icon="drop" head={t("portal.water.trend")} />
			</section>
			{h.next.length > 0 && (
				<section class="card" aria-labelledby="next">
					<h2 id="next" class="card__head">
						{t("portal.visits.next")}
					</h2>
					<div class="lines">
						{h.next.map((v) => (
							<Visit key={v.id} visit={v} />
						))}
					</div>
				</section>
			)}
			{past.length > 0 && (
				<section class="card" aria-labelledby="past">
					<h2 id="past" class="card__head">
						{t("portal.visits.past")}
					</h2>
					<div class="lines">
						{past.map((v) => (
							<Visit key={v.id} visit={v} />
						))}
					</div>
				</section>
			)}
			{!ended && (
				<Button block busy={busy} onClick={() => void earlier()}>
					{t("portal.visits.earlier")}
				</Button>
			)}
		</main>
	);
}
