/* Times that can be kept, by day; more of them when asked for. */
import { useState } from "preact/hooks";
import type { BookingTime, BookingTimes } from "../shared/api";
import { phone as asPhone, dayPart, hoursOf } from "../shared/format";
import { Button, Empty } from "../shared/ui";
import { catalogue } from "../shared/words";

const { say } = catalogue(
	{
		later: "Later days",
		none: "Nothing is free in these days",
		"none.text": "Look at later days, or call us.",
		call: "Call {phone}",
	},
	{
		later: "Días siguientes",
		none: "No hay nada libre en estos días",
		"none.text": "Mire los días siguientes o llámenos.",
		call: "Llamar al {phone}",
	},
);

export function Days(p: {
	first: BookingTimes;
	more: (from: string) => Promise<BookingTimes>;
	take: (x: BookingTime) => Promise<void>;
	phone: string;
}) {
	const [later, setLater] = useState<BookingTimes[]>([]);
	const [busy, setBusy] = useState("");
	const pages = [p.first, ...later];
	const rows = pages.flatMap((x) => x.rows);
	const next = pages[pages.length - 1]?.next;
	const days = [...new Set(rows.map((r) => r.day))];
	const more = async () => {
		if (!next) return;
		setBusy("more");
		try {
			setLater([...later, await p.more(next)]);
		} finally {
			setBusy("");
		}
	};
	return (
		<>
			{days.length === 0 && (
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
			{days.map((day) => (
				<section key={day} class="card book__day">
					<h2>{dayPart(day, { weekday: "long", month: "long", day: "numeric" })}</h2>
					<div class="book__windows">
						{rows
							.filter((r) => r.day === day)
							.map((r) => (
								<Button
									key={r.from_minute}
									busy={busy === `${day}.${r.from_minute}`}
									onClick={() => {
										setBusy(`${day}.${r.from_minute}`);
										void p.take(r).finally(() => setBusy(""));
									}}
								>
									{hoursOf(r.from_minute, r.to_minute)}
								</Button>
							))}
					</div>
				</section>
			))}
			{next && (
				<Button kind="quiet" block busy={busy === "more"} onClick={() => void more()}>
					{say("later")}
				</Button>
			)}
		</>
	);
}
