/*
 * Work that is due again, by the link in a text or a mail: a time is chosen, and it is booked. Nothing is typed.
 */
import { useEffect, useState } from "preact/hooks";
import type { Booked, BookingTime, BookingTimes, DueOpen } from "../shared/api";
import { call, Fault, newKey } from "../shared/call";
import { liveIn, money } from "../shared/format";
import { FaultNote, Heading, Icon, OtherLanguage, Skeleton, Trouble } from "../shared/ui";
import { catalogue, language, suggest } from "../shared/words";
import { Done } from "./book";
import { Days } from "./booktimes";
import { Brand } from "./brand";
import { paint } from "./theme";
import "./book.css";

const { say } = catalogue(
	{
		title: "Time for {service}",
		tap: "Tap a time, and it is booked.",
		deposit: "A deposit of {sum} keeps it; you pay it next.",
	},
	{
		title: "Ya toca: {service}",
		tap: "Toque una hora y queda reservada.",
		deposit: "Un anticipo de {sum} la guarda; lo paga a continuación.",
	},
);

export default function Due() {
	const token = location.hash.slice(1);
	const [page, setPage] = useState<DueOpen | null>(null);
	const [times, setTimes] = useState<BookingTimes | null>(null);
	const [done, setDone] = useState<Booked | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	const [late, setLate] = useState("");
	const look = (from_day: string | null) =>
		call("POST /api/portal/due/times", { body: { token, from_day }, door: true });
	const ask = () => {
		setFault(null);
		call("GET /api/portal/due", { query: { token }, door: true })
			.then((p) => {
				paint(p.accent);
				suggest(p.language === "es" ? "es" : "en");
				liveIn(p.zone);
				setPage(p);
				return look(null);
			})
			.then(setTimes)
			.catch(setFault);
	};
	useEffect(ask, []);
	useEffect(() => {
		if (page) document.title = `${say("title", { service: page.service })} · ${page.company}`;
	}, [page, language.value]);
	if (fault) return <Trouble fault={fault} again={ask} />;
	if (!page) return <Skeleton />;
	const take = async (x: BookingTime) => {
		setLate("");
		try {
			setDone(
				await call("POST /api/portal/due", {
					body: { token, day: x.day, from_minute: x.from_minute },
					key: newKey(),
					door: true,
				}),
			);
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			setLate(f.message);
			setTimes(await look(null));
		}
	};
	return (
		<div class="portal">
			<Brand company={{ name: page.company } as Parameters<typeof Brand>[0]["company"]} />
			<main class="portal__one book">
				{done ? (
					<Done currency={page.currency} booked={done} lost={false} />
				) : (
					<>
						<Heading>{say("title", { service: page.service })}</Heading>
						<section class="card book__time">
							<Icon name="pin" />
							<span class="grow">
								<b>
									{page.street}, {page.city}
								</b>
								<small>{say("tap")}</small>
							</span>
							{page.price_cents > 0 && (
								<b class="book__price">{money(page.price_cents, page.currency)}</b>
							)}
						</section>
						{page.deposit_cents > 0 && (
							<p class="muted">
								{say("deposit", { sum: money(page.deposit_cents, page.currency) })}
							</p>
						)}
						<FaultNote text={late} />
						{times ? (
							<Days first={times} more={look} take={take} phone={page.phone} />
						) : (
							<Skeleton />
						)}
					</>
				)}
				<p class="portal__foot">
					<OtherLanguage />
				</p>
			</main>
		</div>
	);
}
