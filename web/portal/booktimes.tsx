/*
 * Times that can be kept: a strip of days, the windows of one, and a button that says what it does. Where one tap is the whole
 * errand (no `hold`), a window is that button.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { BookingTime, BookingTimes } from "../shared/api";
import { phone as asPhone, dayPart, hoursOf, minutes } from "../shared/format";
import { Button, Empty, Icon } from "../shared/ui";
import { catalogue } from "../shared/words";

const { say } = catalogue(
	{
		later: "Later days",
		none: "Nothing is free in these days",
		"none.text": "Look at later days, or call us.",
		call: "Call {phone}",
		days: "Day",
		windows: "Time of arrival",
		free: "free right now",
		full: "full",
		closed: "closed",
		"n.one": "1 time",
		"n.many": "{n} times",
		"on.way": "On {name}’s way",
		taken: "just taken",
	},
	{
		later: "Más días",
		none: "No hay nada libre en estos días",
		"none.text": "Mire los días siguientes o llámenos.",
		call: "Llamar al {phone}",
		days: "Día",
		windows: "Hora de llegada",
		free: "libre ahora",
		full: "lleno",
		closed: "cerrado",
		"n.one": "1 horario",
		"n.many": "{n} horarios",
		"on.way": "{name} pasa cerca",
		taken: "se acaba de ocupar",
	},
);

const nextDay = (iso: string) =>
	new Date(Date.parse(`${iso}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
const nameOf = (r: { day: string; from_minute: number }) => `${r.day}.${r.from_minute}`;

/* Every day that was looked at, the full ones too: from the first to the one before the next look. */
function daysOf(pages: BookingTimes[], rows: BookingTime[]): string[] {
	const last = pages[pages.length - 1];
	const end = last?.next ?? nextDay(rows[rows.length - 1]?.day ?? last?.from_day ?? "");
	const days: string[] = [];
	for (let d = pages[0]?.from_day ?? end; d < end && days.length < 62; d = nextDay(d)) days.push(d);
	return days;
}

/** hold: the words of the button for a time; `under` stands below it. taken: times that somebody else took meanwhile. */
export function Days(p: {
	first: BookingTimes;
	more: (from: string) => Promise<BookingTimes>;
	take: (x: BookingTime) => Promise<void>;
	phone: string;
	hold?: (day: string, time: string) => string;
	under?: ComponentChildren;
	taken?: BookingTime[];
}) {
	const [later, setLater] = useState<BookingTimes[]>([]);
	const [busy, setBusy] = useState("");
	const [day, setDay] = useState("");
	const [time, setTime] = useState("");
	const head = useRef<HTMLHeadingElement>(null);
	const pages = [p.first, ...later];
	const rows = pages.flatMap((x) => x.rows);
	const closed = pages.flatMap((x) => x.closed.map((d) => d.day));
	const next = pages[pages.length - 1]?.next;
	const free = (d: string) => rows.filter((r) => r.day === d).length;
	const shown = free(day) > 0 ? day : (rows[0]?.day ?? "");
	const gone = (p.taken ?? []).filter((t) => !rows.some((r) => nameOf(r) === nameOf(t)));
	const windows = [...rows, ...gone]
		.filter((r) => r.day === shown)
		.sort((a, b) => a.from_minute - b.from_minute);
	const open = windows.filter((r) => !gone.includes(r));
	const chosen = open.find((r) => nameOf(r) === time) ?? open[0];
	/* Where it came below what was pressed, it is looked at. */
	useEffect(() => {
		const at = head.current;
		at?.focus({ preventScroll: true });
		if (at && at.getBoundingClientRect().top > innerHeight / 2)
			at.scrollIntoView({ block: "start" });
	}, [p.first]);
	const more = async () => {
		if (!next) return;
		setBusy("more");
		try {
			const page = await p.more(next);
			setLater([...later, page]);
			if (page.rows[0]) setDay(page.rows[0].day);
		} finally {
			setBusy("");
		}
	};
	const take = (r: BookingTime) => {
		setBusy(nameOf(r));
		void p.take(r).finally(() => setBusy(""));
	};
	return (
		<section class="book__times">
			<h2 class="book__lead" ref={head} tabIndex={-1}>
				<span>
					{shown ? dayPart(shown, { weekday: "long", month: "long", day: "numeric" }) : say("none")}
				</span>
				{shown && <small>{say("free")}</small>}
			</h2>
			<fieldset class="book__days">
				<legend class="unseen">{say("days")}</legend>
				{daysOf(pages, rows).map((d) => {
					const n = free(d);
					return (
						<label key={d} class="book__day">
							<input
								type="radio"
								name="day"
								checked={d === shown}
								disabled={n === 0}
								onChange={() => setDay(d)}
							/>
							{dayPart(d, { weekday: "short" })}
							<b>{dayPart(d, { day: "numeric" })}</b>
							{n === 1
								? say("n.one")
								: n > 0
									? say("n.many", { n })
									: say(closed.includes(d) ? "closed" : "full")}
						</label>
					);
				})}
				{next && (
					<button
						type="button"
						class="book__day book__later"
						aria-busy={busy === "more"}
						disabled={busy === "more"}
						onClick={() => void more()}
					>
						<Icon name="arrow" />
						{say("later")}
					</button>
				)}
			</fieldset>
			{rows.length === 0 && (
				<section class="card">
					<Empty
						icon="cal"
						title={say("none")}
						action={
							p.phone && (
								<Button href={`tel:${p.phone}`}>{say("call", { phone: asPhone(p.phone) })}</Button>
							)
						}
					>
						{say("none.text")}
					</Empty>
				</section>
			)}
			<fieldset class="book__windows">
				<legend class="unseen">{say("windows")}</legend>
				{windows.map((r) => {
					const name = nameOf(r);
					const who = gone.includes(r)
						? say("taken")
						: r.on_way
							? say("on.way", { name: r.tech })
							: r.tech;
					return p.hold ? (
						<label key={name} class="book__window">
							<input
								type="radio"
								name="window"
								checked={chosen !== undefined && nameOf(chosen) === name}
								disabled={gone.includes(r)}
								onChange={() => setTime(name)}
							/>
							{hoursOf(r.from_minute, r.to_minute)}
							<small>{who}</small>
						</label>
					) : (
						<button
							key={name}
							type="button"
							class="book__window"
							aria-busy={busy === name}
							disabled={busy !== ""}
							onClick={() => take(r)}
						>
							{hoursOf(r.from_minute, r.to_minute)}
							<small>{who}</small>
						</button>
					);
				})}
			</fieldset>
			{p.hold && chosen && (
				<div class="book__bar">
					<Button kind="primary" size="lg" block busy={busy !== ""} onClick={() => take(chosen)}>
						{p.hold(dayPart(chosen.day, { weekday: "long" }), minutes(chosen.from_minute))}
					</Button>
					{p.under && <p class="book__under">{p.under}</p>}
				</div>
			)}
		</section>
	);
}
