/* Online booking: what strangers may book, where, how soon, and what stays free. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { BookingPage } from "../shared/api";
import { call, Fault, newKey } from "../shared/call";
import { weekdayOf } from "../shared/format";
import { toast } from "../shared/over";
import { Banner, Button, Icon, Skeleton, Trouble } from "../shared/ui";
import { catalogue, t } from "../shared/words";
import { Part } from "./frame";
import { may } from "./me";

const { say } = catalogue(
	{
		text: "New customers book here by themselves: only times that your technicians can keep, with everybody promised before.",
		open: "People can book online",
		"open.off": "The page says: please call.",
		reception: "The receptionist answers texts and calls",
		"reception.text":
			"Day and night, in English and Spanish: books, moves and cancels by these rules, says listed prices, and leaves the rest to you in the inbox.",
		model: "It may ask a language model what somebody means",
		"model.text":
			"Only where its own rules would have to ask again. What the model believes is asked back, never acted upon; no names, addresses or codes that you keep go out.",
		"model.used": "{n} of {most} questions asked today",
		calls: "Calls",
		ring: "Pass calls on to",
		"ring.text":
			"Empty: your company's number. Whoever asks for a person, is angry or is not understood is put through.",
		"ring.hours": "Between",
		"ring.and": "and",
		"ring.days": "On these days",
		"ring.else": "Outside these hours a message is taken after the tone; it waits in the inbox.",
		night: "At other times, if somebody may be in danger",
		"night.text": "Empty: nobody is rung; the caller is told to call 911.",
		record: "Record calls",
		"record.text":
			"Kept on the record and in the inbox. In states where everybody must agree, or if we do not know the state, it is said first, and whoever declines is not recorded.",
		what: "What can be booked",
		"what.none": "Add a service first.",
		due: "offer again after",
		"due.months": "months",
		"due.text":
			"A filter, the yearly check: when it is due the customer gets a text or mail with times; one tap books it. 0: not offered. The words are in Messages, Rules.",
		about: "What customers read of it",
		"about.text":
			"Such as: Tests, chlorine, brushing; photos after. A semicolon begins a new line.",
		prices: "Show prices",
		"prices.text": "The list price of each service.",
		confirm: "Who confirms",
		at_once: "At once",
		"at_once.text":
			"The job goes to a technician as it is booked. An address that we cannot place yet waits for you.",
		by_office: "The office",
		"by_office.text":
			"The job waits on the board with a suggestion; you confirm it by giving it to somebody.",
		deposit: "Deposit",
		"deposit.each": "With each booking",
		"deposit.text":
			"0: none. The time is kept for 45 minutes; unpaid, it is free again. It is taken off the bill of the job.",
		where: "Where you go",
		postcodes: "ZIP codes",
		"postcodes.text": "With commas between; 958* is all that begin so. Empty: everywhere.",
		within: "Not farther than",
		km: "km from where a technician starts (0: however far)",
		when: "When",
		window: "Time of arrival, within",
		notice: "Not sooner than",
		ahead: "Up to",
		reserve: "Kept free each day for emergencies",
		change: "Customers change it themselves until",
		minutes: "minutes",
		hours: "hours before",
		days: "days ahead",
		site: "On your own site",
		"site.text":
			"One line where the booking form shall stand. A strict content policy there needs script-src and frame-src with this address.",
		copy: "Copy",
		copied: "Copied",
		see: "See the page",
	},
	{
		text: "Los clientes nuevos reservan aquí solos: únicamente horas que sus técnicos pueden cumplir, junto con todo lo prometido antes.",
		open: "Se puede reservar en línea",
		"open.off": "La página dice: llame, por favor.",
		reception: "La recepcionista contesta mensajes y llamadas",
		"reception.text":
			"De día y de noche, en inglés y español: reserva, cambia y cancela según estas reglas, dice los precios de lista y te deja lo demás en la bandeja.",
		model: "Puede preguntar a un modelo de lenguaje qué quiere decir alguien",
		"model.text":
			"Solo donde sus propias reglas tendrían que volver a preguntar. Lo que cree el modelo se pregunta al cliente, nunca se hace sin más; no salen nombres, direcciones ni códigos guardados.",
		"model.used": "{n} de {most} preguntas hechas hoy",
		calls: "Llamadas",
		ring: "Pasar las llamadas a",
		"ring.text":
			"Vacío: el número de tu empresa. Se pasa a quien pide una persona, se enfada o no se entiende.",
		"ring.hours": "Entre las",
		"ring.and": "y las",
		"ring.days": "En estos días",
		"ring.else": "Fuera de estas horas se toma un mensaje tras el tono; espera en la bandeja.",
		night: "A otras horas, si alguien puede estar en peligro",
		"night.text": "Vacío: no se llama a nadie; se le dice que llame al 911.",
		record: "Grabar las llamadas",
		"record.text":
			"Quedan en el registro y en la bandeja. En los estados donde todos deben aceptar, o si no sabemos el estado, se avisa primero, y no se graba a quien no quiere.",
		what: "Qué se puede reservar",
		"what.none": "Agrega primero un servicio.",
		due: "ofrecer de nuevo a los",
		"due.months": "meses",
		"due.text":
			"Un filtro, la revisión anual: cuando toca, el cliente recibe un mensaje con horas; un toque la reserva. 0: no se ofrece. Las palabras están en Mensajes, Reglas.",
		about: "Qué lee el cliente de este servicio",
		"about.text":
			"Por ejemplo: Análisis, cloro, cepillado; fotos al final. Un punto y coma empieza otra línea.",
		prices: "Mostrar precios",
		"prices.text": "El precio de lista de cada servicio.",
		confirm: "Quién confirma",
		at_once: "Al instante",
		"at_once.text":
			"El trabajo va a un técnico al reservarse. Una dirección que aún no sabemos ubicar te espera a ti.",
		by_office: "La oficina",
		"by_office.text":
			"El trabajo espera en el tablero con una sugerencia; lo confirmas al dárselo a alguien.",
		deposit: "Anticipo",
		"deposit.each": "Con cada reserva",
		"deposit.text":
			"0: ninguno. La hora se guarda 45 minutos; sin pago, queda libre. Se descuenta de la factura del trabajo.",
		where: "Adónde van",
		postcodes: "Códigos postales",
		"postcodes.text":
			"Separados por comas; 958* son todos los que empiezan así. Vacío: en todas partes.",
		within: "No más lejos de",
		km: "km desde donde empieza un técnico (0: sin límite)",
		when: "Cuándo",
		window: "Hora de llegada, dentro de",
		notice: "No antes de",
		ahead: "Hasta",
		reserve: "Libre cada día para urgencias",
		change: "Los clientes la cambian solos hasta",
		minutes: "minutos",
		hours: "horas antes",
		days: "días por delante",
		site: "En tu propio sitio",
		"site.text":
			"Una línea donde deba estar el formulario. Una política de contenido estricta necesita allí script-src y frame-src con esta dirección.",
		copy: "Copiar",
		copied: "Copiado",
		see: "Ver la página",
	},
);

const NUMBERS = [
	["window_minutes", "window", "minutes", 30, 480],
	["notice_hours", "notice", "hours", 0, 336],
	["ahead_days", "ahead", "days", 1, 90],
	["reserve_minutes", "reserve", "minutes", 0, 480],
	["change_hours", "change", "hours", 0, 168],
] as const;

export function Booking() {
	const [page, setPage] = useState<BookingPage | null>(null);
	const [kept, setKept] = useState("");
	const [away, setAway] = useState<unknown>(null);
	const [fault, setFault] = useState<Fault | null>(null);
	const [busy, setBusy] = useState(false);
	const edits = may("manage_company");
	const see = (p: BookingPage) => {
		setPage(p);
		setKept(JSON.stringify(p));
	};
	const load = () => {
		setAway(null);
		call("GET /api/office/booking").then(see, setAway);
	};
	useEffect(load, []);
	if (away) return <Trouble fault={away} again={load} />;
	if (!page) return <Skeleton />;
	const set = (over: Partial<BookingPage>) => {
		setFault(null);
		setPage({ ...page, ...over });
	};
	const save = async (e: Event) => {
		e.preventDefault();
		setBusy(true);
		try {
			const { url, script, services, model_there, model_today, model_most, ...rest } = page;
			see(
				await call("PUT /api/office/booking", {
					body: {
						...rest,
						services: services
							.filter((s) => s.on)
							.map((s) => ({ id: s.id, due_months: s.due_months ?? 0, about: s.about ?? "" })),
					},
					key: newKey(),
				}),
			);
			setFault(null);
			toast(t("act.saved"));
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			setFault(f);
		} finally {
			setBusy(false);
		}
	};
	const wrong = (field: string) =>
		fault?.field === field && (
			<p class="field__error" role="alert">
				<Icon name="alert" size="sm" />
				<span>{fault.message}</span>
			</p>
		);
	return (
		<form class="scroll booking" onSubmit={(e) => void save(e)} noValidate>
			<fieldset class="sheet" disabled={!edits}>
				<Part title={say("open")} text={say("text")}>
					{fault && !["services", "postcodes", "ring", "night"].includes(fault.field) && (
						<Banner tone="coral" alert>
							{fault.message}
						</Banner>
					)}
					<label class="row">
						<input
							type="checkbox"
							checked={page.open}
							onChange={(e) => set({ open: e.currentTarget.checked })}
						/>
						<span>{say("open")}</span>
					</label>
					{page.open ? (
						<a class="link" href={page.url} target="_blank" rel="noopener">
							{page.url}
						</a>
					) : (
						<p class="meta">{say("open.off")}</p>
					)}
					<label class="row">
						<input
							type="checkbox"
							checked={page.reception === true}
							onChange={(e) => set({ reception: e.currentTarget.checked })}
						/>
						<span>
							{say("reception")}
							<br />
							<small class="muted">{say("reception.text")}</small>
						</span>
					</label>
					{page.model_there && page.reception && (
						<label class="row">
							<input
								type="checkbox"
								checked={page.model === true}
								onChange={(e) => set({ model: e.currentTarget.checked })}
							/>
							<span>
								{say("model")}
								<br />
								<small class="muted">
									{say("model.text")}
									{page.model && (
										<>
											{" "}
											{say("model.used", {
												n: String(page.model_today),
												most: String(page.model_most),
											})}
										</>
									)}
								</small>
							</span>
						</label>
					)}
				</Part>
				<Calls page={page} set={set} wrong={wrong} />
				<Part title={say("what")}>
					{page.services.length === 0 && <p class="muted">{say("what.none")}</p>}
					<div class="stack" role="group" aria-label={say("what")}>
						{page.services.map((s) => (
							<div key={s.id} class="row booking__service">
								<input
									type="checkbox"
									aria-label={s.name}
									checked={s.on}
									onChange={(e) =>
										set({
											services: page.services.map((x) =>
												x.id === s.id ? { ...x, on: e.currentTarget.checked } : x,
											),
										})
									}
								/>
								<span class="grow">{s.name}</span>
								{s.on && (
									<span class="booking__due">
										<span>{say("due")}</span>
										<input
											class="input"
											type="number"
											min={0}
											max={60}
											aria-label={`${s.name}: ${say("due")}, ${say("due.months")}`}
											value={s.due_months ?? 0}
											onInput={(e) =>
												set({
													services: page.services.map((x) =>
														x.id === s.id ? { ...x, due_months: Number(e.currentTarget.value) } : x,
													),
												})
											}
										/>
										<span>{say("due.months")}</span>
									</span>
								)}
								{s.on && (
									<input
										class="input booking__about"
										maxLength={400}
										placeholder={say("about")}
										aria-label={`${s.name}: ${say("about")}`}
										value={s.about ?? ""}
										onInput={(e) =>
											set({
												services: page.services.map((x) =>
													x.id === s.id ? { ...x, about: e.currentTarget.value } : x,
												),
											})
										}
									/>
								)}
							</div>
						))}
					</div>
					{page.services.some((s) => s.on) && (
						<p class="meta">
							{say("about.text")} {say("due.text")}
						</p>
					)}
					{wrong("services")}
					<label class="row">
						<input
							type="checkbox"
							checked={page.prices}
							onChange={(e) => set({ prices: e.currentTarget.checked })}
						/>
						<span>
							{say("prices")} <small class="muted">{say("prices.text")}</small>
						</span>
					</label>
				</Part>
				<Part title={say("confirm")}>
					{(["at_once", "by_office"] as const).map((x) => (
						<label key={x} class="row">
							<input
								type="radio"
								name="confirm"
								checked={page.confirm === x}
								onChange={() => set({ confirm: x })}
							/>
							<span>
								{say(x)}
								<br />
								<small class="muted">{say(`${x}.text`)}</small>
							</span>
						</label>
					))}
				</Part>
				<Part title={say("deposit")} text={say("deposit.text")}>
					<label class="booking__number">
						<span>{say("deposit.each")}</span>
						<input
							class="input"
							type="number"
							min={0}
							max={100000}
							step="0.01"
							aria-invalid={fault?.field === "deposit_cents"}
							value={(page.deposit_cents ?? 0) / 100}
							onInput={(e) =>
								set({ deposit_cents: Math.round(Number(e.currentTarget.value) * 100) })
							}
						/>
						<span />
					</label>
				</Part>
				<Part title={say("where")}>
					<label class="field">
						<span class="field__label">{say("postcodes")}</span>
						<input
							class="input"
							value={page.postcodes}
							maxLength={2000}
							aria-invalid={fault?.field === "postcodes"}
							onInput={(e) => set({ postcodes: e.currentTarget.value })}
						/>
						<span class="field__hint">{say("postcodes.text")}</span>
					</label>
					{wrong("postcodes")}
					<label class="booking__number">
						<span>{say("within")}</span>
						<input
							class="input"
							type="number"
							min={0}
							max={500}
							value={page.within_km}
							onInput={(e) => set({ within_km: Number(e.currentTarget.value) })}
						/>
						<span>{say("km")}</span>
					</label>
				</Part>
				<Part title={say("when")}>
					{NUMBERS.map(([name, label, unit, min, max]) => (
						<label key={name} class="booking__number">
							<span>{say(label)}</span>
							<input
								class="input"
								type="number"
								min={min}
								max={max}
								value={page[name]}
								aria-invalid={fault?.field === name}
								onInput={(e) => set({ [name]: Number(e.currentTarget.value) })}
							/>
							<span>{say(unit)}</span>
						</label>
					))}
				</Part>
			</fieldset>
			<div class="sheet">
				<Part title={say("site")} text={say("site.text")}>
					<code class="booking__code">{page.script}</code>
					<div class="row">
						<Button
							icon="copy"
							onClick={() =>
								void navigator.clipboard.writeText(page.script).then(() => toast(say("copied")))
							}
						>
							{say("copy")}
						</Button>
					</div>
				</Part>
			</div>
			{edits && JSON.stringify(page) !== kept && (
				<div class="booking__save">
					<Button kind="primary" size="lg" type="submit" busy={busy}>
						{t("act.save")}
					</Button>
				</div>
			)}
		</form>
	);
}

const clock = (minute: number) =>
	`${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const minute = (text: string) => {
	const [h = 0, m = 0] = text.split(":").map(Number);
	return h * 60 + m;
};
/* A Monday, and the six days after it. */
const WEEK = [0, 1, 2, 3, 4, 5, 6].map((n) => `2026-06-0${n + 1}`);
const ALL_DAYS = 127;

/* Who is rung, when, and what is recorded. */
function Calls(p: {
	page: BookingPage;
	set: (over: Partial<BookingPage>) => void;
	wrong: (field: string) => ComponentChildren;
}) {
	const { page, set } = p;
	const days = page.ring_days || ALL_DAYS;
	const from = page.ring_from ?? 0;
	const to = page.ring_to ?? 0;
	/* The same twice is all day; a page shows that as its whole span. */
	const until = to === from ? 1440 : to;
	return (
		<Part title={say("calls")} text={say("ring.else")}>
			<label class="field">
				<span class="field__label">{say("ring")}</span>
				<input
					class="input"
					type="tel"
					autocomplete="off"
					value={page.ring ?? ""}
					maxLength={40}
					aria-invalid={p.wrong("ring") !== false}
					onInput={(e) => set({ ring: e.currentTarget.value })}
				/>
				<span class="field__hint">{say("ring.text")}</span>
			</label>
			{p.wrong("ring")}
			<div class="booking__hours">
				<label class="field">
					<span class="field__label">{say("ring.hours")}</span>
					<input
						class="input"
						type="time"
						value={clock(from)}
						onInput={(e) => set({ ring_from: minute(e.currentTarget.value), ring_to: until })}
					/>
				</label>
				<label class="field">
					<span class="field__label">{say("ring.and")}</span>
					<input
						class="input"
						type="time"
						value={clock(Math.min(until, 1439))}
						onInput={(e) => set({ ring_to: minute(e.currentTarget.value) })}
					/>
				</label>
			</div>
			<div class="row booking__days" role="group" aria-label={say("ring.days")}>
				{WEEK.map((day, n) => (
					<label key={day} class="row">
						<input
							type="checkbox"
							checked={((days >> n) & 1) === 1}
							onChange={() => set({ ring_days: days ^ (1 << n) })}
						/>
						<span>{weekdayOf(day)}</span>
					</label>
				))}
			</div>
			<label class="field">
				<span class="field__label">{say("night")}</span>
				<input
					class="input"
					type="tel"
					autocomplete="off"
					value={page.night ?? ""}
					maxLength={40}
					aria-invalid={p.wrong("night") !== false}
					onInput={(e) => set({ night: e.currentTarget.value })}
				/>
				<span class="field__hint">{say("night.text")}</span>
			</label>
			{p.wrong("night")}
			<label class="row">
				<input
					type="checkbox"
					checked={page.record === true}
					onChange={(e) => set({ record: e.currentTarget.checked })}
				/>
				<span>
					{say("record")}
					<br />
					<small class="muted">{say("record.text")}</small>
				</span>
			</label>
		</Part>
	);
}
