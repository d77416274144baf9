/*
 * Book a visit: what and where, then a time that can be kept, then who. Stands on its own address and, in a frame, on the
 * company's own site (public/book.js). Nobody is signed in.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type {
	Booked,
	BookingHeld,
	BookingOpen,
	BookingService,
	BookingTime,
	BookingTimes,
} from "../shared/api";
import { call, Fault, newKey, upload } from "../shared/call";
import { FormTrouble, TextField, useForm } from "../shared/form";
import { dayPart, hoursOf, liveIn, minutes, money, phone } from "../shared/format";
import {
	Banner,
	Button,
	Empty,
	FaultNote,
	Heading,
	Icon,
	OtherLanguage,
	Skeleton,
	Trouble,
} from "../shared/ui";
import { catalogue, language, suggest } from "../shared/words";
import { Days } from "./booktimes";
import { Brand } from "./brand";
import { paint } from "./theme";
import "./book.css";

const { say } = catalogue(
	{
		title: "Book a visit",
		what: "What do you need?",
		where: "Where is the pool?",
		street: "Street and number",
		city: "City",
		region: "State",
		postcode: "ZIP code",
		times: "Show times",
		about: "We arrive within that time; the work takes about {n} minutes.",
		visit: "What it is: {service}",
		hold: "Hold {day}, {time}",
		"under.price": "{sum}. Pay after we come.",
		"under.deposit": "{sum}; a deposit of {part} keeps the time.",
		address: "Say where the pool is, and see which times are free there.",
		you: "Who are you?",
		name: "Name",
		phone: "Mobile number",
		email: "E-mail",
		"email.hint": "For the confirmation and your calendar.",
		note: "What should we know?",
		gate: "Gate code",
		"gate.hint": "Kept sealed; only the technician of the day sees it.",
		photos: "Photos",
		"photos.add": "Add photos",
		"photos.hint": "Up to six. They help us to bring the right part.",
		"photos.failed":
			"A photo did not arrive. You can add it again from the link in your confirmation.",
		held: "This time is yours for {n}.",
		gone: "The ten minutes are over. Choose a time again.",
		book: "Book it",
		ask: "Ask for it",
		back: "Back",
		done: "You are booked",
		asked: "We have your request",
		"done.text": "{company} comes on {day}, {from}–{to}.",
		"asked.text": "{company} will confirm {day}, {from}–{to}. The time is kept for you until then.",
		change: "Change or cancel",
		calendar: "Add to calendar",
		closed: "Booking is not open online",
		"closed.text": "Please call {company}.",
		call: "Call {phone}",
		change_rule: "You can change or cancel it yourself until {n} h before.",
		deposit: "A deposit of {sum} keeps this time. You pay it next; it is taken off your bill.",
		"deposit.due":
			"Please pay the deposit of {sum} within 45 minutes. The time is yours until then.",
		pay: "Pay {sum}",
	},
	{
		title: "Reservar una visita",
		what: "¿Qué necesita?",
		where: "¿Dónde está la piscina?",
		street: "Calle y número",
		city: "Ciudad",
		region: "Estado",
		postcode: "Código postal",
		times: "Ver horas",
		about: "Llegamos dentro de ese horario; el trabajo dura unos {n} minutos.",
		visit: "En qué consiste: {service}",
		hold: "Apartar {day}, {time}",
		"under.price": "{sum}. Paga después de que vayamos.",
		"under.deposit": "{sum}; un anticipo de {part} guarda la hora.",
		address: "Diga dónde está la piscina y vea qué horas hay libres allí.",
		you: "¿Quién es usted?",
		name: "Nombre",
		phone: "Teléfono móvil",
		email: "Correo electrónico",
		"email.hint": "Para la confirmación y su calendario.",
		note: "¿Qué debemos saber?",
		gate: "Código de la puerta",
		"gate.hint": "Se guarda sellado; solo lo ve el técnico de ese día.",
		photos: "Fotos",
		"photos.add": "Añadir fotos",
		"photos.hint": "Hasta seis. Nos ayudan a llevar la pieza correcta.",
		"photos.failed":
			"Una foto no llegó. Puede añadirla de nuevo desde el enlace de su confirmación.",
		held: "Esta hora es suya durante {n}.",
		gone: "Pasaron los diez minutos. Elija una hora de nuevo.",
		book: "Reservar",
		ask: "Solicitar",
		back: "Atrás",
		done: "Su cita está reservada",
		asked: "Tenemos su solicitud",
		"done.text": "{company} irá el {day}, de {from} a {to}.",
		"asked.text":
			"{company} confirmará el {day}, de {from} a {to}. Hasta entonces le guardamos la hora.",
		change: "Cambiar o cancelar",
		calendar: "Añadir al calendario",
		closed: "No se puede reservar en línea",
		"closed.text": "Por favor, llame a {company}.",
		call: "Llamar al {phone}",
		change_rule: "Puede cambiarla o cancelarla usted hasta {n} h antes.",
		deposit:
			"Un anticipo de {sum} guarda esta hora. Lo paga a continuación; se descuenta de su factura.",
		"deposit.due": "Pague el anticipo de {sum} en 45 minutos. Hasta entonces la hora es suya.",
		pay: "Pagar {sum}",
	},
);

const DAY = { weekday: "long", month: "long", day: "numeric" } as const;
type Place = { service_id: string; street: string; city: string; region: string; postcode: string };

/* Where it stands in a frame, the page around it gives it room (public/book.js). */
function useRoom() {
	useEffect(() => {
		if (parent === window) return;
		const tell = () =>
			parent.postMessage({ poolhouse: "book", height: document.documentElement.offsetHeight }, "*");
		const seen = new ResizeObserver(tell);
		seen.observe(document.body);
		tell();
		return () => seen.disconnect();
	}, []);
}

export default function Book() {
	const [page, setPage] = useState<BookingOpen | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	useRoom();
	const ask = () => {
		setFault(null);
		call("GET /api/portal/bookings", { door: true }).then((p) => {
			paint(p.accent);
			suggest(p.language === "es" ? "es" : "en");
			liveIn(p.zone);
			setPage(p);
		}, setFault);
	};
	useEffect(ask, []);
	useEffect(() => {
		document.title = page ? `${say("title")} · ${page.company}` : say("title");
	}, [page, language.value]);
	if (fault) return <Trouble fault={fault} again={ask} />;
	if (!page) return <Skeleton />;
	return (
		<div class="portal">
			<Brand company={{ name: page.company } as Parameters<typeof Brand>[0]["company"]}>
				{page.phone && (
					<a
						class="book__call"
						href={`tel:${page.phone}`}
						aria-label={say("call", { phone: phone(page.phone) })}
					>
						<Icon name="phone" />
					</a>
				)}
			</Brand>
			{page.open ? (
				<Steps page={page} />
			) : (
				<main class="portal__one">
					<Closed page={page} />
				</main>
			)}
			<p class="portal__foot">
				<OtherLanguage />
			</p>
		</div>
	);
}

function Closed({ page }: { page: BookingOpen }) {
	return (
		<section class="card">
			<Empty
				whole
				icon="phone"
				title={say("closed")}
				action={
					page.phone && (
						<Button kind="primary" href={`tel:${page.phone}`}>
							{say("call", { phone: phone(page.phone) })}
						</Button>
					)
				}
			>
				{say("closed.text", { company: page.company })}
			</Empty>
		</section>
	);
}

const same = (a: Place, b: Place) =>
	(Object.keys(a) as (keyof Place)[]).every((k) => a[k].trim() === b[k].trim());

function Steps(p: { page: BookingOpen }) {
	const [place, setPlace] = useState<Place | null>(null);
	const [times, setTimes] = useState<BookingTimes | null>(null);
	const [differs, setDiffers] = useState(false);
	const [taken, setTaken] = useState<BookingTime[]>([]);
	const [held, setHeld] = useState<BookingHeld | null>(null);
	const [done, setDone] = useState<{ booked: Booked; lost: boolean } | null>(null);
	const [fault, setFault] = useState("");
	const service = p.page.services.find((s) => s.id === place?.service_id);
	const look = async (at: Place) => {
		const first = await call("POST /api/portal/bookings/times", {
			body: { ...at, from_day: null },
			door: true,
		});
		if (!place || !same(at, place)) setTaken([]);
		setPlace(at);
		setTimes(first);
	};
	const take = async (x: BookingTime) => {
		if (!place) return;
		setFault("");
		try {
			setHeld(
				await call("POST /api/portal/bookings/holds", {
					body: { ...place, day: x.day, from_minute: x.from_minute, instead: held?.hold ?? null },
					key: newKey(),
					door: true,
				}),
			);
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			setFault(f.message);
			if (f.status === 409) setTaken([...taken, x]);
			await look(place);
		}
	};
	if (done)
		return (
			<main class="portal__one">
				<Done currency={p.page.currency} booked={done.booked} lost={done.lost} />
			</main>
		);
	if (held && service)
		return (
			<main class="portal__one">
				<You
					page={p.page}
					held={held}
					service={service.name}
					back={(why) => {
						setHeld(null);
						setFault(why);
						if (place) void look(place);
					}}
					done={(booked, lost) => setDone({ booked, lost })}
				/>
			</main>
		);
	return (
		<main class="book">
			<What
				page={p.page}
				was={place}
				asked={place && times && place}
				look={look}
				differs={setDiffers}
			/>
			<div class="book__when">
				<FaultNote text={fault} />
				{place && times && service && !differs ? (
					<Days
						first={times}
						more={(from_day) =>
							call("POST /api/portal/bookings/times", { body: { ...place, from_day }, door: true })
						}
						take={take}
						phone={p.page.phone}
						taken={taken}
						hold={(day, time) => say("hold", { day, time })}
						under={<Under page={p.page} service={service} />}
					/>
				) : (
					<p class="book__hint">{say("address")}</p>
				)}
			</div>
		</main>
	);
}

function Under({ page, service }: { page: BookingOpen; service: BookingService }) {
	const sum = money(service.price_cents, page.currency);
	const part = money(page.deposit_cents, page.currency);
	return (
		<>
			{page.prices && service.price_cents > 0 && (
				<b>
					{page.deposit_cents > 0
						? say("under.deposit", { sum, part })
						: say("under.price", { sum })}{" "}
				</b>
			)}
			{say("about", { n: service.minutes })}
		</>
	);
}

/* asked: what the times beside it are for; they are hidden while something else is typed. */
function What(p: {
	page: BookingOpen;
	was: Place | null;
	asked: Place | null;
	look: (at: Place) => Promise<void>;
	differs: (is: boolean) => void;
}) {
	const form = useForm({
		initial: p.was ?? {
			service_id: p.page.services.length === 1 ? (p.page.services[0]?.id ?? "") : "",
			street: "",
			city: "",
			region: "",
			postcode: "",
		},
		draft: "book.where",
		async send(v) {
			await p.look({
				service_id: v.service_id,
				street: v.street.trim(),
				city: v.city.trim(),
				region: v.region.trim(),
				postcode: v.postcode.trim(),
			});
		},
	});
	const fresh = p.asked !== null && same(form.values, p.asked);
	const other = p.asked !== null && form.values.service_id !== p.asked.service_id;
	useEffect(() => {
		if (other && p.asked && same({ ...form.values, service_id: p.asked.service_id }, p.asked))
			void form.submit();
		p.differs(p.asked !== null && !fresh);
	}, [fresh, form.values.service_id]);
	return (
		<form class="book__form" onSubmit={form.submit} noValidate>
			<Heading>{say("title")}</Heading>
			<FormTrouble form={form} />
			<fieldset class="book__what">
				<legend class="field__label">{say("what")}</legend>
				{p.page.services.map((s) => (
					<label key={s.id} class="book__service">
						<input
							type="radio"
							name="service"
							checked={form.values.service_id === s.id}
							onChange={() => form.set("service_id", s.id)}
						/>
						<Icon name={s.kind === "level" ? "cal" : "wrench"} />
						<span>{s.name}</span>
						{p.page.prices && s.price_cents > 0 && (
							<small class="book__price">{money(s.price_cents, p.page.currency)}</small>
						)}
					</label>
				))}
				{form.errors.service_id && (
					<p class="field__error" role="alert">
						{form.errors.service_id}
					</p>
				)}
			</fieldset>
			<section class="card portal__card">
				<h2>{say("where")}</h2>
				<TextField
					form={form}
					name="street"
					label={say("street")}
					autocomplete="street-address"
					required
				/>
				<div class="book__row">
					<TextField
						form={form}
						name="city"
						label={say("city")}
						autocomplete="address-level2"
						required
					/>
					<TextField
						form={form}
						name="postcode"
						label={say("postcode")}
						autocomplete="postal-code"
						required
					/>
				</div>
			</section>
			<About service={p.page.services.find((s) => s.id === form.values.service_id)} />
			{!fresh && (
				<Button
					kind="primary"
					size="lg"
					block
					type="submit"
					busy={form.busy}
					disabled={!form.values.service_id}
				>
					{say("times")}
				</Button>
			)}
		</form>
	);
}

/* What the company says of it: semicolons part the lines. */
function About({ service }: { service: BookingService | undefined }) {
	const lines = (service?.about ?? "").split(";").filter((x) => x.trim() !== "");
	if (!service || lines.length === 0) return null;
	return (
		<section class="card portal__card">
			<h2>{say("visit", { service: service.name })}</h2>
			<ul class="book__about">
				{lines.map((x) => (
					<li key={x}>
						<Icon name="check" size="sm" />
						<span>{x.trim()}</span>
					</li>
				))}
			</ul>
		</section>
	);
}

function You(p: {
	page: BookingOpen;
	held: BookingHeld;
	service: string;
	back: (why: string) => void;
	done: (booked: Booked, lost: boolean) => void;
}) {
	const [left, setLeft] = useState(p.held.until - Math.floor(Date.now() / 1000));
	const [photos, setPhotos] = useState<File[]>([]);
	const trap = useRef<HTMLInputElement>(null);
	useEffect(() => {
		const end = Date.now() + Math.min(600, Math.max(0, left)) * 1000;
		const timer = setInterval(() => {
			const s = Math.round((end - Date.now()) / 1000);
			setLeft(s);
			if (s <= 0) p.back(say("gone"));
		}, 1000);
		return () => clearInterval(timer);
	}, []);
	const form = useForm({
		initial: { name: "", phone: "", email: "", note: "", gate: "" },
		draft: "book.who",
		secret: ["gate"],
		async send(v, key) {
			const booked = await call("POST /api/portal/bookings", {
				body: {
					hold: p.held.hold,
					form: p.page.form,
					name: v.name.trim(),
					phone: v.phone.trim(),
					email: v.email.trim(),
					language: language.value,
					note: v.note.trim(),
					gate: v.gate.trim() || null,
					website: trap.current?.value ?? "",
				},
				key,
				door: true,
			});
			let lost = false;
			for (const photo of photos)
				await upload(
					"POST /api/portal/bookings/photos",
					photo,
					photo.name,
					{ token: booked.token },
					() => {},
				).catch(() => {
					lost = true;
				});
			p.done(booked, lost);
		},
		caught(fault) {
			if (fault.field !== "hold") return false;
			p.back(fault.message);
			return true;
		},
	});
	return (
		<>
			<header class="book__head">
				<button type="button" class="back" aria-label={say("back")} onClick={() => p.back("")}>
					<Icon name="left" />
				</button>
				<Heading>{say("you")}</Heading>
			</header>
			<section class="card book__time" role="status">
				<Icon name="cal" />
				<span class="grow">
					<b>
						{dayPart(p.held.day, DAY)}, {hoursOf(p.held.from_minute, p.held.to_minute)}
					</b>
					<small>{p.service}</small>
				</span>
			</section>
			<p class="muted" aria-live="off">
				{say("held", {
					n: `${Math.max(0, Math.floor(left / 60))}:${String(Math.max(0, left) % 60).padStart(2, "0")}`,
				})}
			</p>
			<form class="stack card portal__card" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<TextField
					form={form}
					name="name"
					label={say("name")}
					autocomplete="name"
					maxLength={120}
					required
				/>
				<TextField
					form={form}
					name="phone"
					type="tel"
					label={say("phone")}
					autocomplete="tel"
					inputmode="tel"
					required
				/>
				<TextField
					form={form}
					name="email"
					type="email"
					label={say("email")}
					hint={say("email.hint")}
					autocomplete="email"
					inputmode="email"
				/>
				<TextField form={form} name="note" label={say("note")} maxLength={800} />
				<TextField
					form={form}
					name="gate"
					label={say("gate")}
					hint={say("gate.hint")}
					maxLength={60}
				/>
				<div class="field">
					<span class="field__label">{say("photos")}</span>
					<label class="button book__add">
						<Icon name="camera" />
						{photos.length > 0 ? photos.map((f) => f.name).join(", ") : say("photos.add")}
						<input
							class="book__file"
							type="file"
							accept="image/*"
							multiple
							onChange={(e) => setPhotos([...(e.currentTarget.files ?? [])].slice(0, 6))}
						/>
					</label>
					<div class="field__hint">{say("photos.hint")}</div>
				</div>
				<div class="book__trap" aria-hidden="true">
					<label>
						Website <input ref={trap} name="website" tabIndex={-1} autocomplete="off" />
					</label>
				</div>
				{p.page.deposit_cents > 0 && (
					<p class="book__deposit">
						<Icon name="lock" size="sm" />
						<span>{say("deposit", { sum: money(p.page.deposit_cents, p.page.currency) })}</span>
					</p>
				)}
				<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
					{say(p.page.at_once ? "book" : "ask")}
				</Button>
				<p class="meta">{say("change_rule", { n: p.page.change_hours })}</p>
			</form>
		</>
	);
}

export function Done(p: { currency: string; booked: Booked; lost: boolean }) {
	const b = p.booked;
	const values = {
		company: b.company,
		day: dayPart(b.day, DAY),
		from: minutes(b.from_minute),
		to: minutes(b.to_minute),
	};
	return (
		<section class="card portal__card" role="status">
			<span class="round" aria-hidden="true">
				<Icon name="check" size="xl" />
			</span>
			<Heading>{say(b.asked || b.pay ? "asked" : "done")}</Heading>
			{!b.pay && <p>{say(b.asked ? "asked.text" : "done.text", values)}</p>}
			{b.pay && (
				<p>
					{values.day}, {values.from}–{values.to}
				</p>
			)}
			<p class="muted">{b.service}</p>
			{b.pay && (
				<>
					<Banner tone="sun">
						{say("deposit.due", { sum: money(b.deposit_cents, p.currency) })}
					</Banner>
					<a
						class="button button--primary button--lg button--block"
						href={b.pay}
						target={parent === window ? undefined : "_blank"}
						rel="noopener"
					>
						{say("pay", { sum: money(b.deposit_cents, p.currency) })}
					</a>
				</>
			)}
			{p.lost && <Banner tone="sun">{say("photos.failed")}</Banner>}
			<Button
				kind={b.pay ? undefined : "primary"}
				size="lg"
				block
				icon="cal"
				href={`/api/portal/bookings/calendar.ics?token=${b.token}`}
			>
				{say("calendar")}
			</Button>
			<a
				class="button button--block"
				href={`/book/mine#${b.token}`}
				target={parent === window ? undefined : "_blank"}
				rel="noopener"
			>
				{say("change")}
			</a>
		</section>
	);
}
