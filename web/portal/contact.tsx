/* How we reach you: telephone, e-mail, and what each is used for. */
import { useState } from "preact/hooks";
import type { PortalContact, PortalContacts } from "../shared/api";
import { call } from "../shared/call";
import { FormTrouble, TextField, useForm } from "../shared/form";
import { phone } from "../shared/format";
import { toast } from "../shared/over";
import { Button, Heading, title } from "../shared/ui";
import { catalogue, language, t } from "../shared/words";
import { who } from "./data";
import { Password } from "./password";
import { Back } from "./shell";

const { say } = catalogue(
	{
		title: "How we reach you",
		text: "What {company} sends, and to whom.",
		phone: "Mobile phone",
		email: "E-mail",
		text_: "Text",
		mail: "E-mail",
		call: "Call",
		calls:
			"Calls tell you of changes of the day, of who is on the way and of open bills. In a call, press 9 to end them.",
		save: "Save",
		saved: "Saved",
		add: "Add a person",
		name: "Name",
		on_the_way: "On the way",
		report: "What was done",
		schedule: "Changes of the day",
		bill: "Bills",
		receipt: "Receipts",
		reminder: "Reminders",
		quote: "Quotes",
		news: "News and offers",
		signin: "A mobile number here can also be used to sign in.",
	},
	{
		title: "Cómo le avisamos",
		text: "Qué envía {company} y a quién.",
		phone: "Teléfono móvil",
		email: "Correo electrónico",
		text_: "SMS",
		mail: "Correo",
		call: "Llamada",
		calls:
			"Las llamadas avisan de cambios de día, de quién va en camino y de facturas pendientes. En una llamada, marque 9 para no recibir más.",
		save: "Guardar",
		saved: "Guardado",
		add: "Agregar a una persona",
		name: "Nombre",
		on_the_way: "En camino",
		report: "Lo que se hizo",
		schedule: "Cambios de día",
		bill: "Facturas",
		receipt: "Recibos",
		reminder: "Recordatorios",
		quote: "Presupuestos",
		news: "Novedades y ofertas",
		signin: "Con un móvil de aquí también se puede entrar.",
	},
);

const KINDS = [
	"on_the_way",
	"report",
	"schedule",
	"bill",
	"receipt",
	"reminder",
	"quote",
	"news",
] as const;
type Kind = PortalContact["by_sms"][number];
/* What a voice can say: nothing of papers, which are looked at. */
const RUNG: readonly Kind[] = ["on_the_way", "schedule", "bill", "reminder"];

function Person(p: { of: PortalContact | null; done: (all: PortalContacts) => void }) {
	const c = p.of;
	const [sms, setSms] = useState<Kind[]>(c?.by_sms ?? []);
	const [mail, setMail] = useState<Kind[]>(c?.by_email ?? []);
	const [rung, setRung] = useState<Kind[]>(c?.by_voice ?? []);
	const form = useForm({
		initial: {
			name: c?.name ?? who.value?.name ?? "",
			phone: c ? phone(c.phone) : "",
			email: c?.email ?? "",
		},
		async send(v, key) {
			const body = {
				name: v.name.trim(),
				phone: v.phone.trim(),
				email: v.email.trim(),
				language: language.value,
				by_sms: v.phone.trim() ? sms : [],
				by_email: v.email.trim() ? mail : [],
				by_voice: v.phone.trim() ? rung : [],
			};
			p.done(
				c
					? await call("PUT /api/portal/contacts/:id", {
							id: c.id,
							body: { ...body, version: c.version },
							key,
							door: true,
						})
					: await call("POST /api/portal/contacts", { body, key, door: true }),
			);
			toast(say("saved"));
		},
	});
	const turn = (list: Kind[], k: Kind) =>
		list.includes(k) ? list.filter((x) => x !== k) : [...list, k];
	return (
		<section class="card portal__card" aria-label={c?.name || say("add")}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<TextField form={form} name="name" label={say("name")} maxLength={120} required />
				<TextField
					form={form}
					name="phone"
					label={say("phone")}
					autocomplete="tel"
					inputmode="tel"
					maxLength={40}
				/>
				<TextField
					form={form}
					name="email"
					type="email"
					label={say("email")}
					inputmode="email"
					maxLength={254}
				/>
				<table class="wants">
					<thead>
						<tr>
							<td />
							<th scope="col">{say("text_")}</th>
							<th scope="col">{say("mail")}</th>
							<th scope="col">{say("call")}</th>
						</tr>
					</thead>
					<tbody>
						{KINDS.map((k) => (
							<tr key={k}>
								<th scope="row">{say(k)}</th>
								<td>
									<input
										type="checkbox"
										aria-label={`${say(k)}: ${say("text_")}`}
										checked={sms.includes(k)}
										disabled={!form.values.phone.trim()}
										onChange={() => setSms(turn(sms, k))}
									/>
								</td>
								<td>
									<input
										type="checkbox"
										aria-label={`${say(k)}: ${say("mail")}`}
										checked={mail.includes(k)}
										disabled={!form.values.email.trim()}
										onChange={() => setMail(turn(mail, k))}
									/>
								</td>
								<td>
									{RUNG.includes(k) && (
										<input
											type="checkbox"
											aria-label={`${say(k)}: ${say("call")}`}
											checked={rung.includes(k)}
											disabled={!form.values.phone.trim()}
											onChange={() => setRung(turn(rung, k))}
										/>
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
				{rung.length > 0 && <p class="field__hint">{say("calls")}</p>}
				<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
					{say("save")}
				</Button>
			</form>
		</section>
	);
}

export default function Contact(p: { page: PortalContacts }) {
	const [page, setPage] = useState(p.page);
	const [adding, setAdding] = useState(p.page.rows.length === 0);
	title("portal.account");
	return (
		<main class="portal__one">
			<header class="head">
				<Back to="/portal/" />
				<Heading>{say("title")}</Heading>
			</header>
			<p class="muted">
				{say("text", { company: who.value?.company.name ?? "" })} {say("signin")}
			</p>
			{page.rows.map((c) => (
				<Person key={`${c.id}:${c.version}`} of={c} done={setPage} />
			))}
			{adding ? (
				<Person
					of={null}
					done={(all) => {
						setPage(all);
						setAdding(false);
					}}
				/>
			) : (
				<Button icon="plus" size="lg" block onClick={() => setAdding(true)}>
					{say("add")}
				</Button>
			)}
			<Password />
			<p class="field__hint">{t("portal.wrong", { company: who.value?.company.name ?? "" })}</p>
		</main>
	);
}
