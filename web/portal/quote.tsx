/* One offer, for whoever has its link: no session, and nothing here but that offer. Pick, approve, ask, or say no. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Offer } from "../shared/api";
import { call, Fault } from "../shared/call";
import { day, dayOf, money, number } from "../shared/format";
import {
	Banner,
	Button,
	FaultNote,
	Heading,
	Icon,
	OtherLanguage,
	Skeleton,
	Trouble,
	title,
} from "../shared/ui";
import { catalogue } from "../shared/words";

const { say } = catalogue(
	{
		from: "Quote {number}, holds until {day}",
		photos: "Photos",
		photo: "Photo {n}",
		pick: "Pick one",
		choices: "What was offered",
		included: "Parts, labor and tax included",
		shared: "In every option",
		lines: "What it is",
		total: "Total, tax included",
		as: "As",
		name: "Your name",
		"name.none": "Write your name, please.",
		"pay.none": "Nothing to pay today.",
		"pay.deposit": "{sum} deposit today, the rest when it is done.",
		approve: "Approve {sum}",
		"approve.pick": "Pick one first",
		ask: "Ask first",
		"ask.what": "What would you like to know?",
		"ask.go": "Send the question",
		"ask.sent": "Your question is on its way. The answer comes by e-mail, and stands here.",
		no: "No, thanks",
		"no.why": "May we know why? You need not say.",
		"no.go": "Decline it",
		back: "Back",
		approved: "Approved. Thank you!",
		"approved.text": "{name} approved {what} on {day}. We will find a day and tell you.",
		"approved.deposit": "The invoice of the deposit comes by e-mail.",
		declined: "You said no",
		"declined.text": "Thank you for telling us. If you change your mind, ask for a new quote.",
		over: "This quote has run out",
		"over.text": "Prices change. Ask for a new one; it takes us a moment.",
		gone: "This quote does not hold any more",
		"gone.text": "The company has withdrawn it.",
		home: "To your own page",
		words: "Questions and answers",
		we: "The company",
		you: "You",
	},
	{
		from: "Presupuesto {number}, válido hasta el {day}",
		photos: "Fotos",
		photo: "Foto {n}",
		pick: "Elija una",
		choices: "Lo que se ofreció",
		included: "Piezas, trabajo e impuestos incluidos",
		shared: "En todas las opciones",
		lines: "De qué se trata",
		total: "Total, impuestos incluidos",
		as: "Como",
		name: "Su nombre",
		"name.none": "Escriba su nombre, por favor.",
		"pay.none": "Hoy no se paga nada.",
		"pay.deposit": "{sum} de depósito hoy, el resto al terminar.",
		approve: "Aprobar {sum}",
		"approve.pick": "Primero elija una",
		ask: "Preguntar antes",
		"ask.what": "¿Qué le gustaría saber?",
		"ask.go": "Enviar la pregunta",
		"ask.sent": "Su pregunta va en camino. La respuesta llega por correo y queda aquí.",
		no: "No, gracias",
		"no.why": "¿Podemos saber por qué? No tiene que decirlo.",
		"no.go": "Rechazarlo",
		back: "Volver",
		approved: "Aprobado. ¡Gracias!",
		"approved.text": "{name} aprobó {what} el {day}. Buscaremos un día y le avisaremos.",
		"approved.deposit": "La factura del depósito llega por correo.",
		declined: "Usted dijo que no",
		"declined.text": "Gracias por avisarnos. Si cambia de opinión, pida un presupuesto nuevo.",
		over: "Este presupuesto venció",
		"over.text": "Los precios cambian. Pida uno nuevo; no tardamos nada.",
		gone: "Este presupuesto ya no vale",
		"gone.text": "La empresa lo ha retirado.",
		home: "A su página",
		words: "Preguntas y respuestas",
		we: "La empresa",
		you: "Usted",
	},
);

export default function Quote() {
	const [offer, set] = useState<Offer | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	/* It stays in the address: a customer comes back to this page. */
	const token = location.hash.slice(1);
	useEffect(() => {
		call("GET /api/portal/offer", { query: { token }, door: true }).then(set, setFault);
	}, [token]);
	if (fault)
		return (
			<main class="portal__one">
				<Trouble fault={fault} />
			</main>
		);
	return offer ? <Shown o={offer} token={token} take={set} /> : <Skeleton />;
}

const picture = (token: string, id: string, small: boolean) =>
	`/api/portal/offer/photos/${id}?${new URLSearchParams({ token, small: String(small) })}`;

function Shown(p: { o: Offer; token: string; take: (o: Offer) => void }) {
	const { o } = p;
	const [pick, setPick] = useState(o.picked);
	const open = o.state === "issued" && !o.over;
	title("portal.quote");
	return (
		<main class="portal__one quote">
			<header>
				<Heading>{o.title}</Heading>
				<p class="muted">{say("from", { number: o.number, day: dayOf(o.due_day) })}</p>
				<p class="muted">{o.place}</p>
			</header>
			<Outcome o={o} />
			{(o.note || o.photos.length > 0) && (
				<section class="card card__body stack">
					{o.note && <p class="prose">{o.note}</p>}
					{o.photos.length > 0 && (
						<div class="photos" role="group" aria-label={say("photos")}>
							{o.photos.map((f, i) => (
								<a key={f.id} href={picture(p.token, f.id, false)} target="_blank" rel="noreferrer">
									<img
										src={picture(p.token, f.id, i > 0)}
										alt={say("photo", { n: i + 1 })}
										loading="lazy"
									/>
								</a>
							))}
						</div>
					)}
				</section>
			)}
			{o.choosing ? <Options o={o} pick={pick} setPick={open ? setPick : null} /> : <Plain o={o} />}
			{o.words.length > 0 && (
				<section class="card card__body stack" aria-label={say("words")}>
					<h2>{say("words")}</h2>
					{o.words.map((w) => (
						<div key={w.at + w.text}>
							<p class="muted">
								{say(w.office ? "we" : "you")}, {day(w.at)}
							</p>
							<p class="prose">{w.text}</p>
						</div>
					))}
				</section>
			)}
			{open && <Answer o={o} token={p.token} pick={pick} take={p.take} />}
			<p class="portal__foot">
				<a class="link" href="/portal/">
					{say("home")}
				</a>
				{" · "}
				<OtherLanguage />
			</p>
		</main>
	);
}

function Outcome(p: { o: Offer }) {
	const { o } = p;
	if (o.state === "approved") {
		const picked = o.options[o.picked - 1];
		return (
			<section class="verdict" role="status">
				<Icon name="done" size="xl" />
				<h2>{say("approved")}</h2>
				<p>
					{say("approved.text", {
						name: o.answered_by,
						what: `${picked?.name || o.title}, ${money(picked?.total_cents ?? 0, o.currency)}`,
						day: day(o.ended_at ?? 0),
					})}{" "}
					{(picked?.deposit_cents ?? 0) > 0 && say("approved.deposit")}
				</p>
			</section>
		);
	}
	const word =
		o.state === "declined" ? "declined" : o.state === "void" ? "gone" : o.over ? "over" : null;
	if (!word) return null;
	return (
		<section class="card card__body stack" role="status">
			<h2>{say(word)}</h2>
			<p class="muted">{say(`${word}.text`)}</p>
		</section>
	);
}

function Rows(p: { o: Offer; choice: number }) {
	const rows = p.o.lines.filter((l) => l.choice === p.choice);
	if (rows.length === 0) return null;
	return (
		<ul class="did">
			{rows.map((l) => (
				<li key={l.text + l.net_cents}>
					<span class="grow">
						{l.quantity_milli !== 1000 && `${number(l.quantity_milli / 1000)} × `}
						{l.text}
					</span>
					{!p.o.choosing && <span class="num">{money(l.net_cents, p.o.currency)}</span>}
				</li>
			))}
		</ul>
	);
}

function Plain(p: { o: Offer }) {
	const all = p.o.options[0];
	return (
		<section class="card card__body stack" aria-label={say("lines")}>
			<h2>{say("lines")}</h2>
			<Rows o={p.o} choice={0} />
			<p class="row">
				<b class="grow">{say("total")}</b>
				<b class="quote__sum">{money(all?.total_cents ?? 0, p.o.currency)}</b>
			</p>
		</section>
	);
}

function Options(p: { o: Offer; pick: number; setPick: ((n: number) => void) | null }) {
	const { o } = p;
	const shared = o.lines.some((l) => l.choice === 0);
	return (
		<fieldset class="quote__options">
			<legend class="row">
				<b class="grow">{say(p.setPick ? "pick" : "choices")}</b>
				<span class="muted">{say("included")}</span>
			</legend>
			{o.options.map((x, i) => {
				const on = p.pick === i + 1;
				return (
					<label
						key={x.name}
						class={on ? "card quote__option quote__option--on" : "card quote__option"}
					>
						<input
							type="radio"
							name="option"
							checked={on}
							disabled={!p.setPick}
							onChange={() => p.setPick?.(i + 1)}
						/>
						<span class="quote__name">{x.name}</span>
						<span class="quote__sum">{money(x.total_cents, o.currency)}</span>
						<span class="quote__text">
							{x.text && <span class="prose">{x.text}</span>}
							<Rows o={o} choice={i + 1} />
						</span>
					</label>
				);
			})}
			{shared && (
				<div class="card card__body stack">
					<b>{say("shared")}</b>
					<Rows o={o} choice={0} />
				</div>
			)}
		</fieldset>
	);
}

function Answer(p: { o: Offer; token: string; pick: number; take: (o: Offer) => void }) {
	const { o, token } = p;
	const [mode, setMode] = useState<"" | "ask" | "no">("");
	const [name, setName] = useState(o.customer);
	const [text, setText] = useState("");
	const [fault, setFault] = useState("");
	const [said, setSaid] = useState("");
	const [busy, setBusy] = useState(false);
	const box = useRef<HTMLTextAreaElement>(null);
	const option = o.options[o.choosing ? p.pick - 1 : 0];
	useEffect(() => {
		if (mode) box.current?.focus();
	}, [mode]);
	const go = async (work: () => Promise<Offer>, then = "") => {
		setBusy(true);
		setFault("");
		try {
			p.take(await work());
			setMode("");
			setText("");
			setSaid(then);
			if (!then) scrollTo({ top: 0 });
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
			else throw f;
		} finally {
			setBusy(false);
		}
	};
	const answer = (says: "approve" | "decline") => {
		if (!name.trim()) return setFault(say("name.none"));
		void go(() =>
			call("POST /api/portal/offer/answers", {
				body: {
					token,
					says,
					choice: says === "approve" && o.choosing ? p.pick : 0,
					name: name.trim(),
					text: text.trim(),
				},
				door: true,
			}),
		);
	};
	const ask = () =>
		void go(
			() =>
				call("POST /api/portal/offer/words", { body: { token, text: text.trim() }, door: true }),
			say("ask.sent"),
		);
	return (
		<section class="quote__answer stack">
			<FaultNote text={fault} />
			{said && <Banner tone="kelp">{said}</Banner>}
			{mode === "" ? (
				<>
					<label class="row quote__as">
						<span>{say("as")}</span>
						<input
							class="input grow"
							aria-label={say("name")}
							maxLength={120}
							autocomplete="name"
							value={name}
							onInput={(e) => setName(e.currentTarget.value)}
						/>
					</label>
					{option && (
						<p class="muted quote__pays">
							{option.deposit_cents > 0
								? say("pay.deposit", { sum: money(option.deposit_cents, o.currency) })
								: say("pay.none")}
						</p>
					)}
					<Button
						kind="primary"
						size="lg"
						block
						busy={busy}
						disabled={!option}
						onClick={() => answer("approve")}
					>
						{option
							? say("approve", { sum: money(option.total_cents, o.currency) })
							: say("approve.pick")}
					</Button>
					<div class="pairs">
						<Button kind="quiet" size="lg" block onClick={() => setMode("ask")}>
							{say("ask")}
						</Button>
						<Button kind="quiet" size="lg" block onClick={() => setMode("no")}>
							{say("no")}
						</Button>
					</div>
				</>
			) : (
				<>
					<label class="field">
						<span class="field__label">{say(mode === "ask" ? "ask.what" : "no.why")}</span>
						<textarea
							ref={box}
							class="input"
							rows={3}
							maxLength={mode === "ask" ? 1000 : 600}
							value={text}
							onInput={(e) => setText(e.currentTarget.value)}
						/>
					</label>
					<Button
						kind={mode === "ask" ? "primary" : "danger"}
						size="lg"
						block
						busy={busy}
						disabled={mode === "ask" && !text.trim()}
						onClick={() => (mode === "ask" ? ask() : answer("decline"))}
					>
						{say(mode === "ask" ? "ask.go" : "no.go")}
					</Button>
					<Button kind="quiet" size="lg" block onClick={() => setMode("")}>
						{say("back")}
					</Button>
				</>
			)}
		</section>
	);
}
