/* What was booked, for whoever has its link: look, move, cancel, into the calendar. */
import { useEffect, useState } from "preact/hooks";
import type { BookingMine, BookingTimes } from "../shared/api";
import { call, Fault, faultText, newKey, upload } from "../shared/call";
import { dayPart, minutes, phone } from "../shared/format";
import { takeFragment } from "../shared/router";
import { Banner, Button, Heading, Icon, OtherLanguage, Skeleton } from "../shared/ui";
import { catalogue, language, suggest } from "../shared/words";
import { Days } from "./booktimes";
import { Brand } from "./brand";
import { paint } from "./theme";
import "./book.css";

const { say } = catalogue(
	{
		title: "Your visit",
		asked: "Waits for confirmation",
		sure: "Confirmed",
		off: "Cancelled",
		over: "This visit is over",
		tech: "{tech} comes",
		move: "Choose another time",
		keep: "Keep this time",
		cancel: "Cancel the visit",
		"cancel.sure": "Cancel this visit?",
		yes: "Yes, cancel it",
		no: "No, keep it",
		calendar: "Add to calendar",
		photos: "Add photos",
		"photos.n": "Photos: {n}",
		late: "Less than {n} h before it starts, please call us to change it.",
		call: "Call {phone}",
		again: "Book another visit",
		dead: "This link does not work any more",
	},
	{
		title: "Su visita",
		asked: "Pendiente de confirmar",
		sure: "Confirmada",
		off: "Cancelada",
		over: "Esta visita ya pasó",
		tech: "Irá {tech}",
		move: "Elegir otra hora",
		keep: "Dejar esta hora",
		cancel: "Cancelar la visita",
		"cancel.sure": "¿Cancelar esta visita?",
		yes: "Sí, cancelarla",
		no: "No, dejarla",
		calendar: "Añadir al calendario",
		photos: "Añadir fotos",
		"photos.n": "Fotos: {n}",
		late: "A menos de {n} h del inicio, llámenos para cambiarla.",
		call: "Llamar al {phone}",
		again: "Reservar otra visita",
		dead: "Este enlace ya no funciona",
	},
);
const KEPT = "poolhouse.booking";

export default function Mine() {
	/* The token stays in this tab, so that a reload still knows it; it stands in no address. */
	const [token] = useState(() => {
		const fresh = takeFragment();
		if (fresh) sessionStorage.setItem(KEPT, fresh);
		return fresh || sessionStorage.getItem(KEPT) || "";
	});
	const [b, setB] = useState<BookingMine | null>(null);
	const [times, setTimes] = useState<BookingTimes | null>(null);
	const [sure, setSure] = useState(false);
	const [fault, setFault] = useState("");
	const [busy, setBusy] = useState(false);
	const see = (x: BookingMine) => {
		paint(x.accent);
		suggest(x.language === "es" ? "es" : "en");
		setB(x);
	};
	useEffect(() => {
		call("GET /api/portal/bookings/mine", { query: { token }, door: true }).then(see, (f) =>
			setFault(faultText(f)),
		);
	}, []);
	useEffect(() => {
		document.title = say("title");
	}, [language.value]);
	const act = async (run: () => Promise<void>) => {
		setBusy(true);
		setFault("");
		try {
			await run();
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			setFault(f.message);
		} finally {
			setBusy(false);
		}
	};
	const trouble = fault && (
		<Banner tone="coral" alert>
			{fault}
		</Banner>
	);
	if (!b) return fault ? <main class="portal portal__one">{trouble}</main> : <Skeleton />;
	const state =
		b.state === "cancelled" ? "off" : b.state !== "scheduled" ? "over" : b.asked ? "asked" : "sure";
	return (
		<div class="portal">
			<Brand company={{ name: b.company } as Parameters<typeof Brand>[0]["company"]} />
			<main class="portal__one book">
				<section class="card portal__card">
					<p class="meta" role="status">
						{say(state)}
					</p>
					<Heading>{b.service}</Heading>
					<p>
						<b>
							{dayPart(b.day, { weekday: "long", month: "long", day: "numeric" })},{" "}
							{minutes(b.from_minute)}–{minutes(b.to_minute)}
						</b>
						<br />
						{b.street}, {b.city}
						{b.tech && (
							<>
								<br />
								{say("tech", { tech: b.tech })}
							</>
						)}
					</p>
					{trouble}
					{b.state === "scheduled" && (
						<>
							<Button block icon="cal" href={`/api/portal/bookings/calendar.ics?token=${token}`}>
								{say("calendar")}
							</Button>
							<label class="button book__add">
								<Icon name="camera" />
								{b.photos > 0 ? say("photos.n", { n: b.photos }) : say("photos")}
								<input
									class="book__file"
									type="file"
									accept="image/*"
									onChange={(e) => {
										const file = e.currentTarget.files?.[0];
										if (file)
											void act(async () => {
												await upload(
													"POST /api/portal/bookings/photos",
													file,
													file.name,
													{ token },
													() => {},
												);
												see(
													await call("GET /api/portal/bookings/mine", {
														query: { token },
														door: true,
													}),
												);
											});
									}}
								/>
							</label>
						</>
					)}
					{b.may_change && !times && !sure && (
						<>
							<Button
								kind="primary"
								block
								busy={busy}
								onClick={() =>
									void act(async () =>
										setTimes(
											await call("POST /api/portal/bookings/mine/times", {
												body: { token, from_day: null },
												door: true,
											}),
										),
									)
								}
							>
								{say("move")}
							</Button>
							<Button kind="quiet" block onClick={() => setSure(true)}>
								{say("cancel")}
							</Button>
						</>
					)}
					{sure && (
						<div role="group" aria-label={say("cancel.sure")} class="stack">
							<p>{say("cancel.sure")}</p>
							<Button
								kind="danger"
								block
								busy={busy}
								onClick={() =>
									void act(async () => {
										see(
											await call("POST /api/portal/bookings/mine/cancellations", {
												body: { token },
												key: newKey(),
												door: true,
											}),
										);
										setSure(false);
									})
								}
							>
								{say("yes")}
							</Button>
							<Button kind="quiet" block onClick={() => setSure(false)}>
								{say("no")}
							</Button>
						</div>
					)}
					{b.state === "scheduled" && !b.may_change && (
						<>
							<p class="muted">{say("late", { n: b.change_hours })}</p>
							{b.phone && (
								<Button href={`tel:${b.phone}`}>{say("call", { phone: phone(b.phone) })}</Button>
							)}
						</>
					)}
					{b.state === "cancelled" && (
						<Button kind="primary" block href="/book">
							{say("again")}
						</Button>
					)}
				</section>
				{times && (
					<>
						<Days
							first={times}
							more={(from_day) =>
								call("POST /api/portal/bookings/mine/times", {
									body: { token, from_day },
									door: true,
								})
							}
							take={async (x) =>
								act(async () => {
									see(
										await call("POST /api/portal/bookings/mine/moves", {
											body: { token, day: x.day, from_minute: x.from_minute },
											key: newKey(),
											door: true,
										}),
									);
									setTimes(null);
								})
							}
							phone={b.phone}
						/>
						<Button kind="quiet" block onClick={() => setTimes(null)}>
							{say("keep")}
						</Button>
					</>
				)}
				<p class="portal__foot">
					<OtherLanguage />
				</p>
			</main>
		</div>
	);
}
