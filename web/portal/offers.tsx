/* Offers that wait for an answer, on the first page: each leads to its own. */
import { useEffect, useState } from "preact/hooks";
import type { OfferCard } from "../shared/api";
import { call } from "../shared/call";
import { dayOf, money } from "../shared/format";
import { Icon } from "../shared/ui";
import { catalogue } from "../shared/words";

const { say } = catalogue(
	{ waits: "A quote waits for your answer", until: "{sum}, holds until {day}" },
	{ waits: "Un presupuesto espera su respuesta", until: "{sum}, válido hasta el {day}" },
);

export function Offers() {
	const [rows, set] = useState<OfferCard[]>([]);
	useEffect(() => {
		call("GET /api/portal/offers", { door: true }).then(
			(x) => set(x.rows.filter((q) => q.state === "issued" && !q.over)),
			() => {} /* what is owed and who comes stands on the page all the same */,
		);
	}, []);
	return (
		<>
			{rows.map((q) => (
				<section class="card" key={q.token}>
					<a class="line" href={`/portal/quote#${q.token}`}>
						<Icon name="file" size="lg" />
						<span class="grow">
							<b>{say("waits")}</b>
							<small>
								{q.title}:{" "}
								{say("until", {
									sum:
										q.least_cents === q.most_cents
											? money(q.most_cents, q.currency)
											: `${money(q.least_cents, q.currency)} – ${money(q.most_cents, q.currency)}`,
									day: dayOf(q.due_day),
								})}
							</small>
						</span>
						<Icon name="right" />
					</a>
				</section>
			))}
		</>
	);
}
