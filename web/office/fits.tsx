/* Where the job of a message fits: technicians and days, the wished time first, and what each costs. */
import { useEffect, useState } from "preact/hooks";
import type { RouteOffer, RouteSettings } from "../shared/api";
import { call, faultText } from "../shared/call";
import { addDays, minuteOf } from "../shared/days";
import { dayOf, distance, firstName, minutes, span, weekdayOf, zoned } from "../shared/format";
import { Avatar, Badge, Skeleton } from "../shared/ui";
import { may, me } from "./me";
import { say } from "./messagewords";
import { today } from "./technicians";

const SHOWN = 3;

export interface Wish {
	place: string;
	service: string;
	day: string;
	from: string;
	to: string;
	note: string;
}

export const keyOf = (o: RouteOffer) => `${o.tech_id} ${o.day}`;

/* Asked anew when the job, the place, the day or the time changes; who cannot come at that time stands behind the others. */
export function useOffers(wish: Wish) {
	const [rows, setRows] = useState<RouteOffer[] | null>(null);
	const [settings, setSettings] = useState<RouteSettings | null>(null);
	const [fault, setFault] = useState("");
	const from = minuteOf(wish.from);
	const to = minuteOf(wish.to);
	useEffect(() => {
		let wanted = true;
		setRows(null);
		setFault("");
		if (!may("see_board") || !wish.place || !wish.service) return;
		void Promise.all([
			call("GET /api/office/route-settings"),
			call("GET /api/office/route-offers", {
				query: {
					property_id: wish.place,
					service_id: wish.service,
					from_day: wish.day || today(),
					weeks: 1,
					weekly: false,
					...(from !== null && to !== null && from >= to
						? {}
						: { from_minute: from, to_minute: to }),
				},
			}),
		]).then(
			([s, page]) => {
				if (!wanted) return;
				setSettings(s);
				setRows(page.rows);
			},
			(f) => wanted && setFault(faultText(f)),
		);
		return () => {
			wanted = false;
		};
	}, [wish.place, wish.service, wish.day, from, to]);
	return { offers: rows && sorted(rows, wish), settings, fault };
}

/* What is over is no offer; the wished day first, then the wished time, then what costs least. */
function sorted(rows: RouteOffer[], wish: Wish): RouteOffer[] {
	const now = zoned(Date.now() / 1000, me.value?.company.zone ?? "UTC");
	const there = rows.filter((o) => o.day !== now.day || o.begin_minute * 60 > now.second);
	const rank = (o: RouteOffer) =>
		(wish.day && o.day !== wish.day ? 2 : 0) + (inWindow(o, wish) ? 0 : 1);
	return there
		.map((o, i) => ({ o, i }))
		.sort((a, b) => rank(a.o) - rank(b.o) || a.i - b.i)
		.map((x) => x.o);
}
export function inWindow(o: RouteOffer, wish: Wish): boolean {
	const from = minuteOf(wish.from),
		to = minuteOf(wish.to);
	return (from === null || o.begin_minute >= from) && (to === null || o.begin_minute <= to);
}
const offerDay = (o: RouteOffer) =>
	o.day === today()
		? say("draft.today")
		: o.day === addDays(today(), 1)
			? say("draft.tomorrow")
			: `${weekdayOf(o.day)} ${dayOf(o.day)}`;

export function Best(p: {
	offers: RouteOffer[] | null;
	best: RouteOffer | undefined;
	settings: RouteSettings | null;
	why: string;
	wish: Wish;
	usual: string;
	choose: (o: RouteOffer) => void;
}) {
	const { offers, best } = p;
	if (p.why) return <p class="muted">{p.why}</p>;
	if (!offers) return may("see_board") && p.wish.place ? <Skeleton lines={3} /> : null;
	if (!best || !p.settings) return <p class="muted">{say("draft.nobody")}</p>;
	const others = offers.slice(0, SHOWN).filter((o) => o !== best);
	return (
		<div class="beside__best" aria-live="polite">
			<div class="beside__offer">
				<Avatar name={best.tech} large tech={best.colour} />
				<div>
					<b>
						{best.tech}, {minutes(best.begin_minute)}
					</b>
					<span class="meta">{offerDay(best)}</span>
					<span class="chips">
						{best.tech_id === p.usual && (
							<Badge tone="teal" icon="star">
								{say("draft.usual")}
							</Badge>
						)}
						{best.near && <Badge icon="pin">{distance(best.near_m, p.settings.units)}</Badge>}
						{inWindow(best, p.wish) ? (
							(p.wish.from || p.wish.to) &&
							best.late_s === 0 && <Badge icon="check">{say("draft.holds")}</Badge>
						) : (
							<Badge tone="sun" icon="clock">
								{say("draft.outside")}
							</Badge>
						)}
						{best.overtime_s > 0 && (
							<Badge tone="coral" icon="clock">
								{say("draft.over", { n: span(best.overtime_s) })}
							</Badge>
						)}
						{(best.lacks > 0 || best.fetches) && (
							<Badge tone="sun" icon="truck">
								{say("draft.fetch")}
							</Badge>
						)}
					</span>
				</div>
				<div class="beside__cost">
					<b>+{span(best.added_s)}</b>
					<small>{say("draft.best", { n: offers.length })}</small>
				</div>
			</div>
			<p class="beside__others">
				{others.length > 0 && <span class="muted">{say("draft.or")}</span>}
				{others.map((o) => (
					<button key={keyOf(o)} type="button" class="link" onClick={() => p.choose(o)}>
						{firstName(o.tech)} {o.day === best.day ? "" : `${weekdayOf(o.day)} `}
						{minutes(o.begin_minute)}
					</button>
				))}
				<a class="link push" href={`/board?day=${best.day}`}>
					{say("draft.board")}
				</a>
			</p>
		</div>
	);
}
