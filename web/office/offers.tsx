/*
 * Where somebody new fits: technicians and days of the next weeks, with exactly what each adds. One click takes it: the
 * agreement's term, or the visit, is made as the offer says.
 */
import { useEffect, useState } from "preact/hooks";
import type { RouteOffer, RouteSettings, Service } from "../shared/api";
import { call, faultText } from "../shared/call";
import { dayLater, dayOf, distance, minutes, span, weekdayOf } from "../shared/format";
import { toast } from "../shared/over";
import { Badge, Button, FaultNote, Segments, Skeleton } from "../shared/ui";
import { Panel } from "./frame";
import type { Page } from "./record";
import { say, sayCount } from "./routewords";
import "./offers.css";

const BYDAY = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const FIRST = 3;

export function Offers(p: {
	property_id: string;
	services: Service[];
	/* What becomes of the customer's page afterwards. */
	taken: () => void | Promise<void>;
}) {
	const levels = p.services.filter((s) => !s.archived);
	const [service, setService] = useState(
		levels.find((s) => s.kind === "level")?.id ?? levels[0]?.id ?? "",
	);
	const [weekly, setWeekly] = useState<"weekly" | "once">("weekly");
	const [offers, setOffers] = useState<RouteOffer[] | null>(null);
	const [settings, setSettings] = useState<RouteSettings | null>(null);
	const [fault, setFault] = useState("");
	const [busy, setBusy] = useState("");
	const [most, setMost] = useState(FIRST);
	useEffect(() => {
		let wanted = true;
		setOffers(null);
		setFault("");
		void (async () => {
			try {
				const s = settings ?? (await call("GET /api/office/route-settings"));
				const page = await call("GET /api/office/route-offers", {
					query: {
						property_id: p.property_id,
						service_id: service,
						from_day: dayLater(s.today, 1),
						weeks: 4,
						weekly: weekly === "weekly",
					},
				});
				if (!wanted) return;
				setSettings(s);
				setOffers(page.rows);
			} catch (f) {
				if (wanted) setFault(faultText(f));
			}
		})();
		return () => {
			wanted = false;
		};
	}, [p.property_id, service, weekly]);
	const chosen = levels.find((s) => s.id === service);
	const take = async (o: RouteOffer) => {
		if (!chosen) return;
		setBusy(`${o.tech_id}${o.day}`);
		setFault("");
		try {
			if (weekly === "weekly")
				await call("POST /api/office/agreements", {
					body: {
						property_id: p.property_id,
						pool_id: null,
						repeats: "calendar",
						starts_day: o.day,
						ends_day: null,
						anyway: null,
						term: {
							rule: `FREQ=WEEKLY;BYDAY=${BYDAY[new Date(`${o.day}T00:00:00Z`).getUTCDay()]}`,
							anchor_day: null,
							every_days: null,
							service_id: chosen.id,
							tech_id: o.tech_id,
							seq: o.seq,
							from_minute: null,
							to_minute: null,
							minutes: null,
							rate_kind: "month",
							with_chemicals: true,
							rate_cents: chosen.price_cents,
							skip_policy: "billed",
						},
					},
				});
			else
				await call("POST /api/office/visits", {
					body: {
						property_id: p.property_id,
						pool_id: null,
						service_id: chosen.id,
						day: o.day,
						tech_id: o.tech_id,
						seq: o.seq,
						from_minute: null,
						to_minute: null,
						minutes: null,
						note: "",
						anyway: null,
						fetch: o.fetches,
					},
				});
			toast(say("offers.taken", { name: o.tech, day: `${weekdayOf(o.day)} ${dayOf(o.day)}` }));
			await p.taken();
		} catch (f) {
			setFault(faultText(f));
		}
		setBusy("");
	};
	return (
		<div class="stack">
			<div class="row row--wrap">
				<select
					class="select tools__pick"
					aria-label={say("offers.service")}
					value={service}
					onChange={(e) => setService(e.currentTarget.value)}
				>
					{levels.map((s) => (
						<option key={s.id} value={s.id}>
							{s.name}
						</option>
					))}
				</select>
				<Segments
					label={say("offers.often")}
					value={weekly}
					choices={[
						{ value: "weekly", label: say("offers.weekly") },
						{ value: "once", label: say("offers.once") },
					]}
					onChange={setWeekly}
				/>
			</div>
			<FaultNote text={fault} />
			{!offers && !fault && <Skeleton lines={3} />}
			{offers?.length === 0 && <p class="muted">{say("offers.none")}</p>}
			{offers && settings && offers.length > 0 && (
				<ol class="fits">
					{offers.slice(0, most).map((o, i) => (
						<li key={`${o.tech_id}${o.day}`} class={i === 0 ? "fit fit--best" : "fit"}>
							<span class="fit__n" aria-hidden="true">
								{i + 1}
							</span>
							<div class="fit__what">
								<b>
									<i class={`tech-dot tech-dot--${o.colour}`} /> {o.tech},{" "}
									{weekly === "weekly"
										? weekdayOf(o.day, "long")
										: `${weekdayOf(o.day)} ${dayOf(o.day)}`}
								</b>
								<span class="meta">
									{say("offers.at", { at: minutes(o.begin_minute), n: o.stops })}
									{weekly === "weekly" && ` · ${say("offers.first", { day: dayOf(o.day) })}`}
								</span>
								<span class="chips">
									{o.near && (
										<Badge icon="pin">
											{say("offers.near", { m: distance(o.near_m, settings.units), name: o.near })}
										</Badge>
									)}
									{o.overtime_s > 0 && (
										<Badge tone="coral" icon="clock">
											{say("offers.over", { n: span(o.overtime_s) })}
										</Badge>
									)}
									{o.late_s > 0 && (
										<Badge tone="coral" icon="clock">
											{o.own_late
												? say("offers.late.own", { n: span(o.late_s) })
												: o.late
													? say("offers.late.who", { name: o.late, n: span(o.late_s) })
													: say("offers.late", { n: span(o.late_s) })}
										</Badge>
									)}
									{o.fetches && (
										<Badge tone="sun" icon="truck">
											{say("offers.fetch")}
										</Badge>
									)}
									{o.lacks > 0 && (
										<Badge tone="coral" icon="truck">
											{say("offers.lacks", { n: o.lacks })}
										</Badge>
									)}
									{o.liked && <Badge tone="kelp">{say("offers.liked")}</Badge>}
									{o.unliked && <Badge tone="sun">{say("offers.unliked")}</Badge>}
									{o.other_tech && <Badge tone="sun">{say("offers.other")}</Badge>}
								</span>
							</div>
							<div class="fit__cost">
								<b>+{span(o.added_s)}</b>
								<small>{distance(o.added_m, settings.units)}</small>
							</div>
							<div class="fit__foot">
								<small>
									{say("offers.ends", {
										at: minutes(Math.min(1439, o.ends_minute)),
										of: minutes(Math.min(1439, o.shift_ends)),
									})}
								</small>
								<Button
									size="sm"
									{...(i === 0 ? { kind: "primary" as const } : {})}
									busy={busy === `${o.tech_id}${o.day}`}
									onClick={() => void take(o)}
								>
									{say("offers.take", { name: o.tech.split(" ")[0] ?? o.tech })}
								</Button>
							</div>
						</li>
					))}
				</ol>
			)}
			{offers && offers.length > most && (
				<Button kind="quiet" onClick={() => setMost(most + 12)}>
					{sayCount("offers.more", offers.length - most)}
				</Button>
			)}
			{offers?.some((o) => o.estimated) && <p class="meta">{say("routes.estimated.all")}</p>}
		</div>
	);
}

/* Beside the record of a customer: the place is taken, and the record shows it. */
export function OffersPanel(p: { page: Page; property: string }) {
	const { page } = p;
	const [services, set] = useState<Service[] | null>(null);
	useEffect(() => {
		void call("GET /api/office/services").then((out) => set(out.rows));
	}, []);
	const place = page.customer.properties.find((x) => x.id === p.property);
	return (
		<Panel title={say("offers.title")} close={page.close}>
			{place && <p class="muted">{place.street}</p>}
			{services ? (
				<Offers
					property_id={p.property}
					services={services}
					taken={async () => {
						page.take(await call("GET /api/office/customers/:id", { id: page.customer.id }));
						page.close();
					}}
				/>
			) : (
				<Skeleton lines={3} />
			)}
		</Panel>
	);
}
