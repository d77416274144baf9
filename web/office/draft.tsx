/*
 * Beside a conversation: what it asks for as the fields of a job, where that fits, and what is good to know before one answers.
 * Nothing is sent or booked until somebody says so.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type {
	Customer,
	MessageDraft,
	Service,
	Thread,
	ThreadKeep,
	VisitGlance,
} from "../shared/api";
import { call, Fault, faultText, newKey } from "../shared/call";
import { minuteOf, timeTyped } from "../shared/days";
import { bring } from "../shared/form";
import { firstName, minutes, money, weekdayOf } from "../shared/format";
import { toast } from "../shared/over";
import { go } from "../shared/router";
import { Badge, Banner, Button, FaultNote, Icon, Skeleton } from "../shared/ui";
import { t } from "../shared/words";
import { Best, inWindow, keyOf, useOffers, type Wish } from "./fits";
import { Known, visitSaid } from "./known";
import { may, me } from "./me";
import { say, sayCount, sayIn } from "./messagewords";
import { today } from "./technicians";

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
	/* The hour that these words offer: sent with them it is held. */
	keep?: ThreadKeep;
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
			(f) => wanted && setFault(faultText(f)),
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
	const kept = p.thread.kept[0];
	const best =
		offers?.find((o) => keyOf(o) === chosen) ??
		offers?.find((o) => o.tech_id === kept?.tech_id && o.day === kept.day) ??
		offers?.[0];
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
							keep: {
								property_id: wish.place,
								service_id: wish.service,
								tech_id: best.tech_id,
								day: best.day,
								minute: best.begin_minute,
							},
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
			else setFault(faultText(f));
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
