/*
 * Beside a conversation: what it asks for as the fields of a job, where that fits, and what is good to know before one answers.
 * Nothing is sent or booked until somebody says so.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type {
	Customer,
	CustomerGlance,
	MessageDraft,
	RouteOffer,
	RouteSettings,
	Service,
	Thread,
	VisitGlance,
	WaterPage,
} from "../shared/api";
import { call, Fault, newKey } from "../shared/call";
import { addDays, minuteOf, timeTyped } from "../shared/days";
import { bring } from "../shared/form";
import {
	dayOf,
	distance,
	firstName,
	minutes,
	money,
	span,
	weekdayOf,
	zoned,
} from "../shared/format";
import { levelShown, measureName } from "../shared/measure";
import { toast } from "../shared/over";
import { go } from "../shared/router";
import { Avatar, Badge, Banner, Button, FaultNote, Icon, Skeleton } from "../shared/ui";
import { t } from "../shared/words";
import { CodeLine } from "./codeline";
import { may, me } from "./me";
import { say, sayCount, sayIn } from "./messagewords";
import { today } from "./technicians";

const SHOWN = 3;

export interface BesideProps {
	thread: Thread;
	draft: MessageDraft | null;
	/* Words for the answer. */
	suggest: (chips: Suggestion[]) => void;
	discard: () => void;
	changed: () => Promise<void>;
}
export interface Suggestion {
	label: string;
	text: string;
}

export function Beside(p: BesideProps) {
	const id = p.thread.customer_id;
	const [customer, setCustomer] = useState<Customer | null>(null);
	const [services, setServices] = useState<Service[]>([]);
	const [fault, setFault] = useState("");
	useEffect(() => {
		let wanted = true;
		if (!id) return;
		void Promise.all([
			call("GET /api/office/customers/:id", { id }),
			may("dispatch") ? call("GET /api/office/services", { query: {} }) : null,
		]).then(
			([c, s]) => {
				if (!wanted) return;
				setServices(s?.rows.filter((x) => !x.archived) ?? []);
				setCustomer(c);
			},
			(f) => wanted && setFault(f instanceof Fault ? f.message : String(f)),
		);
		return () => {
			wanted = false;
		};
	}, [id]);
	if (!id)
		return (
			<div class="beside__part">
				<h2>{say("draft")}</h2>
				<p class="muted">{say(p.draft?.message_id ? "draft.stranger" : "draft.stranger.none")}</p>
			</div>
		);
	if (!customer)
		return (
			<div class="beside__part">{fault ? <FaultNote text={fault} /> : <Skeleton lines={6} />}</div>
		);
	const made = p.draft?.made[0];
	return (
		<>
			{made ? (
				<Made visit={made} />
			) : (
				p.draft?.message_id &&
				may("dispatch") && (
					<JobDraft
						key={p.draft.message_id}
						{...p}
						draft={p.draft}
						message={p.draft.message_id}
						customer={customer}
						services={services}
					/>
				)
			)}
			<Known customer={customer} />
		</>
	);
}

function Made(p: { visit: VisitGlance }) {
	return (
		<section class="beside__part" aria-label={say("draft.made")}>
			<h2>{say("draft.made")}</h2>
			<a class="beside__made" href={`/board?day=${p.visit.day}`}>
				<Icon name="done" />
				<span>
					<b>{p.visit.service}</b>
					<small>{visitSaid(p.visit)}</small>
				</span>
			</a>
		</section>
	);
}

const visitSaid = (v: VisitGlance) =>
	[
		`${weekdayOf(v.day)} ${dayOf(v.day)}`,
		v.from_minute !== null && v.to_minute !== null
			? `${minutes(v.from_minute)}–${minutes(v.to_minute)}`
			: "",
		v.tech,
	]
		.filter(Boolean)
		.join(" · ");

interface Wish {
	place: string;
	service: string;
	day: string;
	from: string;
	to: string;
	note: string;
}

function JobDraft(
	p: BesideProps & {
		draft: MessageDraft;
		message: string;
		customer: Customer;
		services: Service[];
	},
) {
	const { draft, customer } = p;
	const places = customer.properties.filter((x) => !x.archived_at);
	const [wish, setWish] = useState<Wish>({
		place: places[0]?.id ?? "",
		service: draft.service_id ?? "",
		day: draft.day && draft.day >= today() ? draft.day : "",
		from: timeTyped(draft.from_minute),
		to: timeTyped(draft.to_minute),
		note: draft.note,
	});
	const set = (change: Partial<Wish>) => setWish({ ...wish, ...change });
	const place = places.find((x) => x.id === wish.place);
	const service = p.services.find((x) => x.id === wish.service);
	const { offers, settings, fault: unoffered } = useOffers(wish);
	const [chosen, setChosen] = useState("");
	const best = offers?.find((o) => keyOf(o) === chosen) ?? offers?.[0];
	const [fault, setFault] = useState("");
	const [against, setAgainst] = useState("");
	const [busy, setBusy] = useState(false);
	const key = useRef(newKey());
	useEffect(() => {
		const name = firstName(p.thread.row.name);
		const { language } = customer;
		const told = best && {
			name,
			tech: firstName(best.tech),
			at: clockIn(language, best.begin_minute),
			day: dayIn(language, best.day),
		};
		p.suggest([
			...(best && told
				? [
						{
							label: say("suggest.offer", {
								at: minutes(best.begin_minute),
								tech: told.tech,
							}),
							text: sayIn(language, "suggest.offer.text", told),
						},
					]
				: []),
			{ label: say("suggest.photo"), text: sayIn(language, "suggest.photo.text", { name }) },
		]);
	}, [best && keyOf(best)]);
	const make = async (anyway: boolean) => {
		setBusy(true);
		setFault("");
		setAgainst("");
		try {
			await call("POST /api/office/messages/:id/jobs", {
				id: p.message,
				key: key.current,
				body: {
					property_id: wish.place,
					service_id: wish.service,
					day: best?.day ?? (wish.day || today()),
					tech_id: best?.tech_id ?? null,
					seq: best?.seq ?? null,
					/* Somebody took another time than the wished one: that is no window any more. */
					from_minute: !best || inWindow(best, wish) ? minuteOf(wish.from) : null,
					to_minute: !best || inWindow(best, wish) ? minuteOf(wish.to) : null,
					note: wish.note,
					anyway,
				},
			});
			toast(say("job.made"));
			await p.changed();
		} catch (f) {
			key.current = newKey();
			if (f instanceof Fault && f.code === "invalid" && ["day", "tech_id"].includes(f.field))
				setAgainst(f.message);
			else setFault(f instanceof Fault ? f.message : String(f));
			if (f instanceof Fault && f.code === "stale") await p.changed();
		}
		setBusy(false);
	};
	const note = async () => {
		await call("POST /api/office/notes", {
			body: {
				on_kind: "customer",
				on_id: customer.id,
				audience: "office",
				body: draft.note,
				pinned: false,
			},
		});
		toast(say("noted"));
	};
	const message = p.thread.messages.find((m) => m.row.id === p.message);
	const quote = () => {
		bring(`quote-${customer.id}`, {
			note: wish.note,
			photos:
				message?.files
					.filter((f) => f.id && f.type.startsWith("image/"))
					.map((f) => f.id)
					.join(",") ?? "",
		});
		go(`/quotes/new?customer=${customer.id}`);
	};
	return (
		<form
			class="beside__part"
			aria-label={say("draft")}
			onSubmit={(e) => {
				e.preventDefault();
				void make(!best);
			}}
		>
			<header class="beside__head">
				<h2>
					{say("draft")}{" "}
					<Badge tone="aqua" icon="bolt">
						{say("draft.from")}
					</Badge>
				</h2>
				<Button kind="quiet" size="sm" onClick={p.discard}>
					{say("draft.discard")}
				</Button>
				<p class="meta">{say(draft.marks.length ? "draft.text" : "draft.text.plain")}</p>
			</header>
			{places.length === 0 ? (
				<p class="muted">{say("job.none")}</p>
			) : (
				<Fields
					wish={wish}
					set={set}
					draft={draft}
					customer={customer}
					services={p.services}
					number={p.thread.ways.some((w) => w.address === p.thread.row.address)}
				/>
			)}
			{service && (
				<dl class="beside__facts">
					{service.parts.length > 0 && (
						<>
							<dt>{say("draft.bring")}</dt>
							<dd>{service.parts.map((x) => x.name).join(", ")}</dd>
						</>
					)}
					{place?.dogs && (
						<>
							<dt>{say("draft.watch")}</dt>
							<dd>
								<Icon name="paw" size="sm" /> {place.dogs}
							</dd>
						</>
					)}
					<dt>{say("draft.price")}</dt>
					<dd>
						{service.price_cents > 0
							? money(service.price_cents, me.value?.company.currency ?? "USD")
							: say("draft.price.none")}{" "}
						<Badge>{say("draft.minutes", { n: service.minutes })}</Badge>
					</dd>
				</dl>
			)}
			<Best
				offers={offers}
				best={best}
				settings={settings}
				why={unoffered}
				wish={wish}
				usual={place?.usual_tech_id ?? ""}
				choose={(o) => setChosen(keyOf(o))}
			/>
			<FaultNote text={fault} />
			{against && (
				<Banner
					tone="sun"
					alert
					action={
						<Button size="sm" busy={busy} onClick={() => void make(true)}>
							{t("visit.anyway")}
						</Button>
					}
				>
					{against}
				</Banner>
			)}
			<Button
				kind="tint"
				icon="plus"
				type="submit"
				busy={busy}
				disabled={!wish.place || !wish.service}
			>
				{best
					? say("draft.make", {
							who: firstName(best.tech),
							when: `${weekdayOf(best.day)} ${minutes(best.begin_minute)}`,
						})
					: say("job.make")}
			</Button>
			<p class="row row--wrap">
				{may("bill") && (
					<Button size="sm" icon="file" onClick={quote}>
						{say("message.quote")}
					</Button>
				)}
				{may("edit_customers") && (
					<Button size="sm" icon="note" onClick={() => void note()}>
						{say("message.note")}
					</Button>
				)}
			</p>
		</form>
	);
}

function Fields(p: {
	wish: Wish;
	set: (change: Partial<Wish>) => void;
	draft: MessageDraft;
	customer: Customer;
	services: Service[];
	number: boolean;
}) {
	const { wish, set, draft } = p;
	const places = p.customer.properties.filter((x) => !x.archived_at);
	return (
		<div class="beside__fields">
			<span>{say("draft.customer")}</span>
			<span class="beside__value">
				<a href={`/customers/${p.customer.id}`}>{p.customer.name}</a>
				{p.number && (
					<Badge tone="kelp" icon="check">
						{say("draft.known")}
					</Badge>
				)}
			</span>
			<label for="draft-service">{say("draft.job")}</label>
			<select
				id="draft-service"
				class="select"
				value={wish.service}
				onChange={(e) => set({ service: e.currentTarget.value })}
			>
				{!wish.service && <option value="">{say("draft.choose")}</option>}
				{p.services.map((x) => (
					<option key={x.id} value={x.id} selected={x.id === wish.service}>
						{x.name}
					</option>
				))}
			</select>
			{places.length > 1 && (
				<>
					<label for="draft-place">{say("job.place")}</label>
					<select
						id="draft-place"
						class="select"
						value={wish.place}
						onChange={(e) => set({ place: e.currentTarget.value })}
					>
						{places.map((x) => (
							<option key={x.id} value={x.id} selected={x.id === wish.place}>
								{x.street || x.name}
							</option>
						))}
					</select>
				</>
			)}
			<label for="draft-day">{say("draft.when")}</label>
			<span class="beside__when">
				<input
					id="draft-day"
					class="input"
					type="date"
					min={today()}
					value={wish.day}
					onInput={(e) => set({ day: e.currentTarget.value })}
				/>
				<input
					class="input"
					type="time"
					aria-label={say("draft.after")}
					value={wish.from}
					onInput={(e) => set({ from: e.currentTarget.value })}
				/>
				<input
					class="input"
					type="time"
					aria-label={say("draft.before")}
					value={wish.to}
					onInput={(e) => set({ to: e.currentTarget.value })}
				/>
			</span>
			{draft.when && (
				<>
					<span />
					<q class="meta">{draft.when}</q>
				</>
			)}
			<label for="draft-note">{say("job.note")}</label>
			<textarea
				id="draft-note"
				class="input"
				rows={3}
				maxLength={1000}
				value={wish.note}
				onInput={(e) => set({ note: e.currentTarget.value })}
			/>
			{draft.pictures > 0 && (
				<>
					<span />
					<span class="meta row">
						<Icon name="camera" size="sm" /> {sayCount("job.pictures", draft.pictures)}
					</span>
				</>
			)}
		</div>
	);
}

/* ---- where it fits ---- */

const keyOf = (o: RouteOffer) => `${o.tech_id} ${o.day}`;

/* Asked anew when the job, the place or the day changes; a wished time only sorts what is there. */
function useOffers(wish: Wish) {
	const [rows, setRows] = useState<RouteOffer[] | null>(null);
	const [settings, setSettings] = useState<RouteSettings | null>(null);
	const [fault, setFault] = useState("");
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
				},
			}),
		]).then(
			([s, page]) => {
				if (!wanted) return;
				setSettings(s);
				setRows(page.rows);
			},
			(f) => wanted && setFault(f instanceof Fault ? f.message : String(f)),
		);
		return () => {
			wanted = false;
		};
	}, [wish.place, wish.service, wish.day]);
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
function inWindow(o: RouteOffer, wish: Wish): boolean {
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

function Best(p: {
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

/* The hour and the day as the reader of the answer says them. */
const clockIn = (language: "en" | "es", minute: number) =>
	new Intl.DateTimeFormat(language === "es" ? "es-US" : "en-US", {
		hour: "numeric",
		minute: "2-digit",
		timeZone: "UTC",
	}).format(minute * 60_000);
const dayIn = (language: "en" | "es", day: string) =>
	day === today()
		? sayIn(language, "suggest.today")
		: new Intl.DateTimeFormat(language === "es" ? "es-US" : "en-US", {
				weekday: "long",
				month: "long",
				day: "numeric",
				timeZone: "UTC",
			}).format(new Date(`${day}T00:00:00Z`));

/* ---- before you answer ---- */

function Known(p: { customer: Customer }) {
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
