/* All papers in one list: found by kind and by a word, page by page. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { PortalDocument, PortalDocuments } from "../shared/api";
import { call } from "../shared/call";
import { dayOf, money } from "../shared/format";
import { Button, classes, Empty, FaultNote, Heading, Icon, title } from "../shared/ui";
import { catalogue, t } from "../shared/words";
import { Back } from "./shell";

const { say } = catalogue(
	{
		any: "All",
		quote: "Quotes",
		invoice: "Invoices",
		statement: "Statements",
		receipt: "Receipts",
		report: "Reports",
		one_quote: "Quote",
		one_invoice: "Invoice",
		one_statement: "Statement",
		one_receipt: "Receipt",
		one_report: "Report of a visit",
		find: "Find by word or number",
		kinds: "Kind of document",
		more: "Earlier ones",
		none: "No document yet",
		none_text: "Quotes, bills, receipts and reports will stand here.",
		nothing: "Nothing is called so",
		nothing_text: "Try another word, or all kinds.",
		pdf: "{name} as PDF",
		void: "void",
		approved: "approved",
		declined: "declined",
	},
	{
		any: "Todos",
		quote: "Presupuestos",
		invoice: "Facturas",
		statement: "Estados de cuenta",
		receipt: "Recibos",
		report: "Informes",
		one_quote: "Presupuesto",
		one_invoice: "Factura",
		one_statement: "Estado de cuenta",
		one_receipt: "Recibo",
		one_report: "Informe de una visita",
		find: "Buscar por palabra o número",
		kinds: "Tipo de documento",
		more: "Anteriores",
		none: "Aún no hay documentos",
		none_text: "Aquí estarán presupuestos, facturas, recibos e informes.",
		nothing: "Nada se llama así",
		nothing_text: "Pruebe otra palabra, o todos los tipos.",
		pdf: "{name} en PDF",
		void: "anulada",
		approved: "aprobado",
		declined: "rechazado",
	},
);

const KINDS = ["any", "quote", "invoice", "statement", "receipt", "report"] as const;
type Kind = (typeof KINDS)[number];
const ICON: Record<Kind, string> = {
	any: "file",
	quote: "wrench",
	invoice: "file",
	statement: "list",
	receipt: "check",
	report: "drop",
};

function wayTo(d: PortalDocument): string | undefined {
	if (d.kind === "quote") return `/portal/quote#${d.token}`;
	if (d.kind === "report") return `/portal/visits/${d.id}`;
	return d.kind === "receipt" ? undefined : `/portal/bills/${d.id}`;
}

function Line(p: { of: PortalDocument; currency: string }) {
	const d = p.of;
	const kind = say(`one_${d.kind as "quote"}`);
	const name = d.number ? `${kind} ${d.number}` : kind;
	const ended = d.state === "void" || d.state === "approved" || d.state === "declined";
	/* A receipt's own word is the number of a check. */
	const head = d.kind === "receipt" ? kind : d.title || kind;
	const said = [
		head !== kind && kind,
		d.number,
		d.kind === "receipt" && d.title,
		ended && say(d.state as "void"),
		dayOf(d.day),
	].filter(Boolean);
	const to = wayTo(d);
	const inside = (
		<>
			<Icon name={ICON[d.kind]} size="lg" />
			<span class="grow">
				<b>{head}</b>
				<small>
					{said.map((x, i) => (
						<span key={i} class="paper__part">
							{x}
						</span>
					))}
				</small>
			</span>
			{d.cents !== 0 && <b class="num">{money(d.cents, p.currency)}</b>}
		</>
	);
	return (
		<div class="paper">
			{to ? (
				<a class="line" href={to}>
					{inside}
				</a>
			) : (
				<div class="line line--still">{inside}</div>
			)}
			{d.pdf && (
				<a
					class="paper__file"
					href={`/api/portal/documents/${d.id}/file`}
					aria-label={say("pdf", { name })}
					download
				>
					<Icon name="download" size="lg" />
				</a>
			)}
		</div>
	);
}

export default function Documents(p: { page: PortalDocuments }) {
	const [page, setPage] = useState(p.page);
	const [kind, setKind] = useState<Kind>("any");
	const [q, setQ] = useState("");
	const [fault, setFault] = useState("");
	const asked = useRef(0);
	title("portal.documents");
	const ask = async (from: PortalDocuments | null) => {
		const n = ++asked.current;
		setFault("");
		try {
			const next = await call("GET /api/portal/documents", {
				query: {
					kind,
					q: q.trim(),
					...(from?.next_day && from.next_id
						? { before_day: from.next_day, before_id: from.next_id }
						: {}),
				},
				door: true,
			});
			if (n !== asked.current) return; /* somebody typed on meanwhile */
			setPage(from ? { ...next, rows: [...from.rows, ...next.rows] } : next);
		} catch (f) {
			setFault((f as Error).message);
		}
	};
	// The first page is there; what is chosen or typed later is asked for
	const first = useRef(true);
	useEffect(() => {
		if (first.current) {
			first.current = false;
			return;
		}
		const later = setTimeout(() => void ask(null), q ? 250 : 0);
		return () => clearTimeout(later);
	}, [kind, q]);
	const narrowed = kind !== "any" || q.trim() !== "";
	return (
		<main class="portal__one">
			<header class="head">
				<Back to="/portal/" />
				<Heading>{t("portal.documents")}</Heading>
			</header>
			<label class="field">
				<span class="unseen">{say("find")}</span>
				<input
					class="input"
					type="search"
					placeholder={say("find")}
					maxLength={60}
					value={q}
					onInput={(e) => setQ(e.currentTarget.value)}
				/>
			</label>
			<div class="kinds" role="group" aria-label={say("kinds")}>
				{KINDS.map((k) => (
					<button
						key={k}
						type="button"
						class={classes("kinds__one", kind === k && "kinds__one--on")}
						aria-pressed={kind === k}
						onClick={() => setKind(k)}
					>
						{say(k)}
					</button>
				))}
			</div>
			<FaultNote text={fault} />
			<section class="card">
				{page.rows.length === 0 ? (
					<Empty whole icon="file" title={say(narrowed ? "nothing" : "none")}>
						{say(narrowed ? "nothing_text" : "none_text")}
					</Empty>
				) : (
					page.rows.map((d) => <Line key={`${d.kind}${d.id}`} of={d} currency={page.currency} />)
				)}
			</section>
			{page.next_id && (
				<Button block onClick={() => void ask(page)}>
					{say("more")}
				</Button>
			)}
		</main>
	);
}
