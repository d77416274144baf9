/* One bill by the link in a letter or a text: what is asked for, and a button. Everything else is behind the door. */
import { useEffect, useState } from "preact/hooks";
import type { BillLink, CompanyCard, PayState } from "../shared/api";
import { call, Fault, newKey } from "../shared/call";
import { money, number } from "../shared/format";
import { takeFragment } from "../shared/router";
import {
	Button,
	FaultNote,
	Heading,
	Icon,
	OtherLanguage,
	Skeleton,
	Trouble,
	title,
} from "../shared/ui";
import { catalogue, t } from "../shared/words";
import { Agree } from "./sum";

const { say } = catalogue(
	{
		title: "Your bill",
		asks: "{company} asks for",
		paid: "Nothing to pay",
		"paid.text": "This bill is paid. Thank you.",
		way: "On its way",
		"way.text": "{amount} is on its way from your bank. That takes 3 to 5 days.",
		see: "See the whole bill",
		"see.text": "For the lines, your visits and everything else, come in with your e-mail address.",
		ask: "Please ask {company} how to pay.",
		over: "This link is over",
		"over.text":
			"A link works for a week. Come in with your e-mail address to see the bill and pay it.",
		enter: "Come in",
		looking: "The bank is answering. One moment.",
	},
	{
		title: "Su factura",
		asks: "{company} le pide",
		paid: "Nada que pagar",
		"paid.text": "Esta factura está pagada. Gracias.",
		way: "En camino",
		"way.text": "{amount} viene en camino desde su banco. Tarda de 3 a 5 días.",
		see: "Ver la factura completa",
		"see.text":
			"Para ver los detalles, sus visitas y todo lo demás, entre con su correo electrónico.",
		ask: "Pregunte a {company} cómo pagar, por favor.",
		over: "Este enlace ya no sirve",
		"over.text":
			"Un enlace funciona una semana. Entre con su correo electrónico para ver la factura y pagarla.",
		enter: "Entrar",
		looking: "El banco está respondiendo. Un momento.",
	},
);

/* While the visitor is at the bank's page; this tab alone. */
const KEPT = "bill-link";
interface Kept {
	token: string;
	payment?: string;
}
const kept = (): Kept | null => JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
const keep = (k: Kept) => sessionStorage.setItem(KEPT, JSON.stringify(k));
const wait = (ms: number) => new Promise<void>((later) => setTimeout(later, ms));

async function follow(
	token: string,
	id: string,
	done: (s: PayState) => boolean,
	times: number,
): Promise<PayState> {
	let s: PayState;
	for (let n = 0; ; n++) {
		s = await call("GET /api/portal/bill-links/payments/:id", { id, query: { token }, door: true });
		if (done(s) || n >= times) return s;
		await wait(n < 20 ? 150 : 500);
	}
}

export default function Link({ company }: { company: CompanyCard }) {
	const [bill, setBill] = useState<BillLink | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	const [said, setSaid] = useState("");
	const [busy, setBusy] = useState(false);
	const [asked, setAsked] = useState<PayState | null>(null);
	title("portal.bills");
	const look = async () => {
		setFault(null);
		const fresh = takeFragment();
		if (fresh) keep({ token: fresh });
		const k = kept();
		if (!k) return setFault(new Fault("invalid", "token", "", 422, "", 0));
		try {
			/* Back from the bank: its word comes a moment after the person. */
			if (k.payment) {
				setSaid(say("looking"));
				const s = await follow(k.token, k.payment, (x) => x.state !== "begun" || x.asks, 20);
				setSaid(s.state === "failed" ? s.reason : "");
				setAsked(s.asks ? s : null);
			}
			setBill(await call("GET /api/portal/bill-links", { query: { token: k.token }, door: true }));
		} catch (f) {
			setFault(f);
		}
	};
	useEffect(() => void look(), []);
	const pay = async () => {
		const k = kept();
		if (!k) return;
		setBusy(true);
		setSaid("");
		try {
			const made = await call("POST /api/portal/bill-links/payments", {
				body: { token: k.token },
				key: newKey(),
				door: true,
			});
			keep({ token: k.token, payment: made.id });
			const s = await follow(k.token, made.id, (x) => !!x.url || x.state !== "begun", 100);
			if (s.url) return location.assign(s.url);
			setSaid(s.reason || t("portal.pay.slow"));
		} catch (f) {
			setSaid((f as Error).message);
		}
		setBusy(false);
	};
	const agree = async (of: PayState) => {
		const k = kept();
		if (!k) return;
		setBusy(true);
		setSaid("");
		try {
			await call("POST /api/portal/bill-links/payments/:id/agreements", {
				id: of.id,
				body: { token: k.token, surcharge_cents: of.surcharge_cents },
				key: newKey(),
				door: true,
			});
			const s = await follow(k.token, of.id, (x) => !!x.url || x.state !== "begun", 100);
			if (s.url) return location.assign(s.url);
			await look();
		} catch (f) {
			await look();
			setSaid((f as Error).message);
		}
		setBusy(false);
	};
	const over = fault instanceof Fault && fault.field === "token";
	if (fault && !over)
		return (
			<main class="portal__one">
				<Trouble fault={fault} again={() => void look()} />
			</main>
		);
	if (!bill && !over) return <Skeleton />;
	return (
		<main class="portal__one">
			<section class="card portal__card">
				{over || !bill ? (
					<>
						<Heading>{say("over")}</Heading>
						<p class="muted">{say("over.text")}</p>
					</>
				) : asked && bill.cents > 0 ? (
					<Agree
						of={asked}
						pay={() => void agree(asked)}
						other={() => {
							keep({ token: kept()?.token ?? "" });
							setAsked(null);
						}}
						busy={busy}
						fault={said}
					/>
				) : bill.cents > 0 ? (
					<>
						<p class="muted">{say("asks", { company: company.name })}</p>
						<Heading>
							<span class="owe__cents">{money(bill.cents, bill.currency)}</span>
						</Heading>
						{bill.pending_cents > 0 && (
							<p class="muted">
								{say("way.text", { amount: money(bill.pending_cents, bill.currency) })}
							</p>
						)}
						<FaultNote text={said} />
						{bill.possible ? (
							<>
								<Button kind="primary" size="lg" block busy={busy} onClick={() => void pay()}>
									{bill.surcharge_ppm > 0
										? t("portal.pay.next")
										: t("portal.pay.do", { amount: money(bill.cents, bill.currency) })}
								</Button>
								{bill.surcharge_ppm > 0 && (
									<p class="field__hint">
										{t("portal.surcharge.before", { percent: number(bill.surcharge_ppm / 10_000) })}
									</p>
								)}
								<p class="field__hint">{t("portal.pay.safe")}</p>
							</>
						) : (
							<p>{say("ask", { company: company.name })}</p>
						)}
					</>
				) : (
					<>
						<span class="round" aria-hidden="true">
							<Icon name={bill.pending_cents > 0 ? "bank" : "check"} size="xl" />
						</span>
						<Heading>{say(bill.pending_cents > 0 ? "way" : "paid")}</Heading>
						<p class="muted" role="status">
							{bill.pending_cents > 0
								? say("way.text", { amount: money(bill.pending_cents, bill.currency) })
								: say("paid.text")}
						</p>
					</>
				)}
			</section>
			<section class="card portal__card">
				<p class="muted">{say("see.text")}</p>
				<Button size="lg" block href="/portal/">
					{say(over ? "enter" : "see")}
				</Button>
			</section>
			<p class="portal__foot">
				<OtherLanguage />
			</p>
		</main>
	);
}
