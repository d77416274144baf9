/* The phones that somebody works with. One that is lost is revoked: what is signed in there is out at once, its codes are gone. */
import { useEffect, useState } from "preact/hooks";
import type { PhoneLine } from "../shared/api";
import { call, faultText } from "../shared/call";
import { ago, device } from "../shared/format";
import { Dialog, toast } from "../shared/over";
import { Badge, Button, FaultNote, Icon } from "../shared/ui";
import { catalogue, t } from "../shared/words";
import { Part } from "./frame";

const { say } = catalogue(
	{
		title: "Phones",
		text: "Where this person is signed in to the technicians’ app. Revoke one that is lost: it is signed out and its gate codes are gone with its next contact, at the latest after twelve hours.",
		none: "No phone was heard of yet.",
		unnamed: "A phone",
		heard: "last heard {when}",
		revoked: "revoked {when}",
		push: "Takes messages",
		pin: "PIN chosen",
		revoke: "Revoke",
		sure: "Revoke this phone?",
		what: "{device} of {name} is signed out at once. What was tapped there and not sent yet stays on it; {name} signs in again to send it.",
		done: "The phone is revoked.",
	},
	{
		title: "Teléfonos",
		text: "Dónde tiene esta persona la sesión abierta en la app de técnicos. Revoca uno perdido: se cierra su sesión y sus códigos de acceso desaparecen en el próximo contacto, a más tardar en doce horas.",
		none: "Todavía no se supo de ningún teléfono.",
		unnamed: "Un teléfono",
		heard: "última señal {when}",
		revoked: "revocado {when}",
		push: "Recibe avisos",
		pin: "Con PIN",
		revoke: "Revocar",
		sure: "¿Revocar este teléfono?",
		what: "La sesión de {name} en {device} se cierra enseguida. Lo tocado ahí y no enviado se queda en él; {name} vuelve a entrar para enviarlo.",
		done: "El teléfono está revocado.",
	},
);

const called = (l: PhoneLine) => (l.name ? device(l.name) : say("unnamed"));

export function Phones(p: { id: string; name: string }) {
	const [rows, setRows] = useState<PhoneLine[] | null>(null);
	const [asked, setAsked] = useState<PhoneLine | null>(null);
	const look = () =>
		call("GET /api/office/staff/:id/phones", { id: p.id }).then(
			(l) => setRows(l.rows),
			() => setRows([]),
		);
	useEffect(() => void look(), [p.id]);
	return (
		<Part title={say("title")} text={say("text")}>
			{rows?.length === 0 && <p class="muted">{say("none")}</p>}
			<ul class="plain stack">
				{rows?.map((l) => (
					<li key={l.id} class="row row--wrap">
						<Icon name="device" />
						<div class="grow">
							<b>{called(l)}</b>
							<p class="meta">
								{l.revoked_at
									? say("revoked", { when: ago(l.revoked_at) })
									: say("heard", { when: ago(l.seen_at) })}
							</p>
						</div>
						{!l.revoked_at && l.pushed && <Badge icon="bell">{say("push")}</Badge>}
						{!l.revoked_at && l.pin_at && <Badge icon="shield">{say("pin")}</Badge>}
						{!l.revoked_at && (
							<Button size="sm" onClick={() => setAsked(l)}>
								{say("revoke")}
							</Button>
						)}
					</li>
				))}
			</ul>
			{asked && (
				<Sure
					id={p.id}
					name={p.name}
					line={asked}
					close={() => setAsked(null)}
					done={async () => {
						setAsked(null);
						toast(say("done"));
						await look();
					}}
				/>
			)}
		</Part>
	);
}

function Sure(p: {
	id: string;
	name: string;
	line: PhoneLine;
	close: () => void;
	done: () => Promise<void>;
}) {
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const revoke = async () => {
		setBusy(true);
		try {
			await call("POST /api/office/staff/:id/phones/:id2/revocations", {
				id: p.id,
				id2: p.line.id,
			});
			await p.done();
		} catch (f) {
			setFault(faultText(f));
			setBusy(false);
		}
	};
	return (
		<Dialog
			title={say("sure")}
			onClose={p.close}
			foot={
				<>
					<Button kind="quiet" onClick={p.close}>
						{t("act.cancel")}
					</Button>
					<Button kind="danger" busy={busy} onClick={revoke}>
						{say("revoke")}
					</Button>
				</>
			}
		>
			<p class="muted">{say("what", { device: called(p.line), name: p.name })}</p>
			<FaultNote text={fault} />
		</Dialog>
	);
}
