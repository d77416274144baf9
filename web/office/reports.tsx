/* Proof of service, as the office wishes it: who is sent reports, and whether the place goes into the sealed record. */
import { useEffect, useState } from "preact/hooks";
import type { ProofPolicy } from "../shared/api";
import { call, Fault } from "../shared/call";
import { toast } from "../shared/over";
import { Button } from "../shared/ui";
import { catalogue } from "../shared/words";
import { Part } from "./frame";

const { say } = catalogue(
	{
		title: "Visit reports",
		text: "Each finished visit is sealed: times, readings, doses and photos cannot be changed unnoticed.",
		reports: "Send customers the report by e-mail",
		place: "Seal where the phone was on arrival, if it was near the stop",
		pin: "Phones ask for a PIN before they show gate codes",
		open: "The customer's report",
		none: "This visit is not sealed yet.",
	},
	{
		title: "Informes de visita",
		text: "Cada visita terminada se sella: horas, mediciones, dosis y fotos no pueden cambiarse sin que se note.",
		reports: "Enviar el informe a los clientes por correo",
		place: "Sellar dónde estaba el teléfono al llegar, si estaba cerca de la parada",
		pin: "Los teléfonos piden un PIN antes de mostrar los códigos de acceso",
		open: "El informe del cliente",
		none: "Esta visita aún no está sellada.",
	},
);

export function ReportWishes() {
	const [policy, set] = useState<ProofPolicy | null>(null);
	useEffect(() => {
		call("GET /api/office/proof-policy").then(set, () => set(null));
	}, []);
	if (!policy) return null;
	const put = async (next: ProofPolicy) => {
		set(next);
		try {
			set(await call("PUT /api/office/proof-policy", { body: next }));
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
			set(await call("GET /api/office/proof-policy").catch(() => policy));
		}
	};
	return (
		<Part title={say("title")} text={say("text")}>
			{(["reports", "place", "pin"] as const).map((name) => (
				<label key={name} class="check">
					<input
						type="checkbox"
						checked={policy[name] ?? true /* nobody has said anything */}
						onChange={(e) => void put({ ...policy, [name]: e.currentTarget.checked })}
					/>
					<span>{say(name)}</span>
				</label>
			))}
		</Part>
	);
}

/* The same page that the customer was sent. */
export function ReportButton(p: { visit: string }) {
	const open = async () => {
		const page = window.open("", "_blank");
		try {
			const { url } = await call("GET /api/office/visits/:id/report", { id: p.visit });
			if (page) page.location.href = url;
			else location.href = url;
		} catch (f) {
			page?.close();
			toast(
				f instanceof Fault && f.status === 404 ? say("none") : f instanceof Error ? f.message : "",
			);
		}
	};
	return (
		<div>
			<Button icon="shield" onClick={() => void open()}>
				{say("open")}
			</Button>
		</div>
	);
}
