/* What is good to know before one answers: visits, water, what is owed, how to get in. */
import { useEffect, useState } from "preact/hooks";
import type { Customer, CustomerGlance, VisitGlance, WaterPage } from "../shared/api";
import { call } from "../shared/call";
import { dayOf, minutes, money, weekdayOf } from "../shared/format";
import { levelShown, measureName } from "../shared/measure";
import { Icon, Skeleton } from "../shared/ui";
import { CodeLine } from "./codeline";
import { me } from "./me";
import { say } from "./messagewords";

export const visitSaid = (v: VisitGlance) =>
	[
		`${weekdayOf(v.day)} ${dayOf(v.day)}`,
		v.from_minute !== null && v.to_minute !== null
			? `${minutes(v.from_minute)}–${minutes(v.to_minute)}`
			: "",
		v.tech,
	]
		.filter(Boolean)
		.join(" · ");

export function Known(p: { customer: Customer }) {
	const { customer } = p;
	const places = customer.properties.filter((x) => !x.archived_at);
	const pool = places.flatMap((x) => x.pools).find((x) => !x.archived_at);
	const [is, set] = useState<{ glance: CustomerGlance; water: WaterPage | null } | null>(null);
	useEffect(() => {
		let wanted = true;
		void Promise.all([
			call("GET /api/office/customers/:id/glances", { id: customer.id }),
			pool ? call("GET /api/office/pools/:id/water", { id: pool.id }).catch(() => null) : null,
		]).then(
			([glance, water]) => wanted && set({ glance, water }),
			() => {},
		);
		return () => {
			wanted = false;
		};
	}, [customer.id]);
	const next = is?.glance.next[0];
	const last = is?.glance.last[0];
	const balance = is?.glance.balance_cents ?? null;
	const currency = me.value?.company.currency ?? "USD";
	const took =
		last?.started_at && last.ended_at ? Math.round((last.ended_at - last.started_at) / 60) : 0;
	const water = is?.water?.known.filter((k) => ["fc", "bromine", "ph"].includes(k.measure)) ?? [];
	const coded = places.filter((x) => x.has_gate);
	return (
		<section class="beside__part beside__known" aria-label={say("known")}>
			<h2>{say("known")}</h2>
			{!is ? (
				<Skeleton lines={3} />
			) : (
				<ul>
					<li>
						<Icon name="cal" size="sm" />
						{next
							? say("known.next", { what: `${next.service}, ${visitSaid(next)}` })
							: say("known.next.none")}
					</li>
					{last && (
						<li>
							<Icon name="done" size="sm" />
							{say("known.last", { what: visitSaid(last) })}
							{took > 0 && ` · ${say("draft.minutes", { n: took })}`}
						</li>
					)}
					{is.water && water.length > 0 && (
						<li>
							<Icon name="drop" size="sm" />
							{say("known.water", {
								what: water
									.map(
										(k) => `${measureName(k.measure)} ${levelShown(k.measure, k, is.water!.units)}`,
									)
									.join(", "),
							})}
						</li>
					)}
					{balance !== null && (
						<li>
							<Icon name="bank" size="sm" />
							<a href={`/bills/of/${customer.id}`}>
								{balance > 0
									? say("known.owes", { sum: money(balance, currency) })
									: balance < 0
										? say("known.ahead", { sum: money(-balance, currency) })
										: say("known.even")}
							</a>
							{is.glance.autopay && ` ${say("known.autopay")}`}
						</li>
					)}
					{places
						.filter((x) => x.dogs)
						.map((x) => (
							<li key={x.id}>
								<Icon name="paw" size="sm" />
								{x.dogs}
							</li>
						))}
				</ul>
			)}
			{coded.map((x) => (
				<CodeLine key={`${x.id}.${x.codes_changed_at}`} property={x} kind="gate" />
			))}
		</section>
	);
}
