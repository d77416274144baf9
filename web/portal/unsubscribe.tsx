/* The end of news, by the link in a mail: one button, so that a program that only looks at links ends nothing. */
import { useState } from "preact/hooks";
import type { CompanyCard } from "../shared/api";
import { call, Fault } from "../shared/call";
import { takeFragment } from "../shared/router";
import { Button, FaultNote, Heading, Icon, OtherLanguage, title } from "../shared/ui";
import { catalogue } from "../shared/words";

const { say } = catalogue(
	{
		title: "No more news",
		text: "{company} will not send you news by mail any more. Bills and words about your visits still come.",
		end: "End the news",
		done: "Done",
		"done.text":
			"You get no more news from {company}. If you change your mind, choose news again on your own pages.",
	},
	{
		title: "No más novedades",
		text: "{company} no le enviará más novedades por correo. Las facturas y los avisos de sus visitas siguen llegando.",
		end: "No recibir más novedades",
		done: "Hecho",
		"done.text":
			"Ya no recibirá novedades de {company}. Si cambia de idea, elíjalas de nuevo en sus páginas.",
	},
);

/* Taken once: a reload of this tab has it no more, and the letter still does. */
const token = takeFragment();

export default function Unsubscribe(p: { company: CompanyCard }) {
	const [done, setDone] = useState(false);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	title("portal.nonews");
	const end = async () => {
		setBusy(true);
		setFault("");
		try {
			await call("POST /api/portal/unsubscribes", { body: { token: token ?? "" } });
			setDone(true);
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	return (
		<main class="portal__one">
			<div class="card card__body stack">
				<Heading>
					{done && <Icon name="check" />} {done ? say("done") : say("title")}
				</Heading>
				<p>{say(done ? "done.text" : "text", { company: p.company.name })}</p>
				<FaultNote text={fault} />
				{!done && (
					<Button kind="primary" busy={busy} onClick={() => void end()}>
						{say("end")}
					</Button>
				)}
			</div>
			<OtherLanguage />
		</main>
	);
}
