/* Pay: how much, from what. The number of a card is typed at the bank's, never here. */
import { useEffect, useState } from "preact/hooks";
import type { PayAutopay, PayMethod, PayMethods, PayState } from "../shared/api";
import { call, Fault, newKey } from "../shared/call";
import { centsOf, moneyTyped, number } from "../shared/format";
import { address, go } from "../shared/router";
import { Button, classes, FaultNote, Heading, Icon, title } from "../shared/ui";
import { t } from "../shared/words";
import { billName } from "./bills";
import { cash, dueText, home, look, openBills, owing, who } from "./data";
import { Back } from "./shell";
import { Agree, cardName, Sum } from "./sum";

const BILLS_OFFERED = 5;
const KINDS = ["service", "chemicals", "work", "fees"] as const;

export const methodName = (m: PayMethod) =>
	cardName({ bank: m.kind === "bank", brand: m.brand, last4: m.last4 });

/* As the house reckons it (domain/billing/surcharge): never above what the card costs. The house refuses another sum. */
const surcharge = (cents: number, ppm: number) =>
	ppm === 0
		? 0
		: Math.min(
				Math.floor((cents * ppm) / 1_000_000),
				Math.floor((cents * 29_000) / 1_000_000) + 30,
			);

const wait = (ms: number) => new Promise<void>((later) => setTimeout(later, ms));

/* The order is written; its page is made by somebody else in a moment. */
async function begun(id: string): Promise<PayState> {
	for (let n = 0; n < 100; n++) {
		const s = await call("GET /api/portal/payments/:id", { id, door: true });
		if (s.url || s.state !== "begun") return s;
		await wait(n < 20 ? 150 : 500);
	}
	throw new Fault("away", "", t("portal.pay.slow"), 503, "", 0);
}

function Choice(p: {
	name: string;
	on: boolean;
	pick: () => void;
	head: string;
	text: string;
	end?: string;
	icon?: string;
}) {
	return (
		<label class={classes("line", "choice", p.on && "choice--on")}>
			<input type="radio" name={p.name} checked={p.on} onChange={p.pick} />
			<span class="grow">
				<b>{p.head}</b>
				<small>{p.text}</small>
			</span>
			{p.end && <b class="num">{p.end}</b>}
			{p.icon && <Icon name={p.icon} size="lg" />}
		</label>
	);
}

export default function Pay(p: { page: PayMethods }) {
	const usable = p.page.rows.filter((m) => !m.stopped);
	const owed = owing();
	/* From a bill's page: that one, if it is not all there is. */
	const meant = new URLSearchParams(address.value.search).get("bill") ?? "";
	const [which, setWhich] = useState<string>(() =>
		openBills().some((b) => b.id === meant && b.open_cents < owed)
			? meant
			: owed > 0
				? "all"
				: "other",
	);
	const bill = openBills().find((b) => b.id === which);
	const [typed, setTyped] = useState(owed > 0 ? moneyTyped(owed) : "");
	const [from, setFrom] = useState(usable[0]?.id ?? "");
	const [keep, setKeep] = useState(false);
	const [autopay, setAutopay] = useState(false);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState<{ field: string; text: string } | null>(null);
	const company = who.value?.company.name ?? "";
	const cents = which === "other" ? centsOf(typed) : (bill?.open_cents ?? owed);
	const ppm = usable.find((m) => m.id === from)?.surcharge_ppm ?? 0;
	const extra = surcharge(cents ?? 0, ppm);
	/* Nobody knows yet whether it is a credit card: the sum is read once more. */
	const asks = from === "" && p.page.surcharge_ppm > 0;
	const open = openBills().sort((a, b) => a.due_day.localeCompare(b.due_day));
	const due = open[0];
	/* Each bill that is smaller than the whole may be paid alone; a few are offered, and the one one comes from. */
	const single = open.filter(
		(b, i) => b.open_cents < owed && (i < BILLS_OFFERED || b.id === meant),
	);
	title("portal.pay");

	const pay = async () => {
		if (!cents) return setFault({ field: "cents", text: t("portal.pay.amount.bad") });
		setBusy(true);
		setFault(null);
		try {
			const made = await call("POST /api/portal/payments", {
				body: {
					cents,
					bill_id: bill?.id ?? null,
					method_id: from || null,
					keep: keep || autopay,
					autopay,
					surcharge_cents: extra || null,
				},
				key: newKey(),
				door: true,
			});
			const s = await begun(made.id);
			if (s.url) location.assign(s.url);
			else location.assign(`/portal/paid/${made.id}`);
		} catch (f) {
			setFault({ field: f instanceof Fault ? f.field : "", text: (f as Error).message });
			setBusy(false);
		}
	};
	return (
		<main class="portal__one">
			<header class="head">
				<Back to="/portal/" />
				<Heading>{t("portal.pay.to", { company })}</Heading>
			</header>
			<fieldset class="card lines">
				<legend class="unseen">{t("portal.pay.amount")}</legend>
				{owed > 0 && (
					<Choice
						name="amount"
						on={which === "all"}
						pick={() => setWhich("all")}
						head={t("portal.pay.all")}
						text={due ? dueText(due.due_day) : ""}
						end={cash(owed)}
					/>
				)}
				{single.map((b) => (
					<Choice
						key={b.id}
						name="amount"
						on={which === b.id}
						pick={() => setWhich(b.id)}
						head={b.title || billName(b)}
						text={[b.title && b.number, dueText(b.due_day)].filter(Boolean).join(" · ")}
						end={cash(b.open_cents)}
					/>
				))}
				<Choice
					name="amount"
					on={which === "other"}
					pick={() => setWhich("other")}
					head={t("portal.pay.other")}
					text={t("portal.pay.other.text")}
				/>
				{which === "other" && (
					<div class="choice__more">
						<label class="field">
							<span class="field__label">{t("portal.pay.amount")}</span>
							<input
								class="input choice__sum"
								inputmode="decimal"
								value={typed}
								aria-invalid={fault?.field === "cents"}
								onInput={(e) => setTyped(e.currentTarget.value)}
							/>
						</label>
					</div>
				)}
			</fieldset>
			<h2>{t("portal.pay.from")}</h2>
			<fieldset class="card lines">
				<legend class="unseen">{t("portal.pay.from")}</legend>
				{usable.map((m) => (
					<Choice
						key={m.id}
						name="from"
						on={from === m.id}
						pick={() => setFrom(m.id)}
						head={methodName(m)}
						text={[
							t(m.kind === "bank" ? "portal.pay.days" : "portal.pay.now"),
							m.surcharge_ppm === 0 && t("portal.pay.free"),
						]
							.filter(Boolean)
							.join(". ")}
						icon={m.kind === "bank" ? "bank" : "card"}
					/>
				))}
				<Choice
					name="from"
					on={from === ""}
					pick={() => setFrom("")}
					head={t(usable.length > 0 ? "portal.pay.another" : "portal.pay.new")}
					text={t("portal.pay.new.text")}
					icon="plus"
				/>
			</fieldset>
			{from === "" && (
				<section class="card lines">
					<label class="line choice">
						<span class="grow">
							<b>{t("portal.pay.keep")}</b>
							<small>{t("portal.pay.keep.text")}</small>
						</span>
						<input
							type="checkbox"
							class="switch"
							checked={keep || autopay}
							onChange={(e) => setKeep(e.currentTarget.checked)}
						/>
					</label>
					<label class="line choice">
						<span class="grow">
							<b>{t("portal.autopay")}</b>
							<small>{p.page.consent}</small>
						</span>
						<input
							type="checkbox"
							class="switch"
							checked={autopay}
							onChange={(e) => setAutopay(e.currentTarget.checked)}
						/>
					</label>
				</section>
			)}
			{extra > 0 && cents ? (
				<section class="card">
					<Sum
						cents={cents}
						extra={extra}
						what={t("portal.surcharge", { percent: number(ppm / 10_000) })}
						currency={home.value?.currency ?? "USD"}
					/>
				</section>
			) : null}
			{asks && (
				<p class="field__hint">
					{t("portal.surcharge.before", { percent: number(p.page.surcharge_ppm / 10_000) })}
				</p>
			)}
			<FaultNote text={fault?.text} />
			<div class="paybar">
				<Button kind="primary" size="lg" block busy={busy} onClick={() => void pay()}>
					{asks
						? t("portal.pay.next")
						: t("portal.pay.do", { amount: cents ? cash(cents + extra) : "" })}
				</Button>
				<p class="paybar__text">
					<Icon name="lock" size="sm" /> {t("portal.pay.safe")}
				</p>
			</div>
		</main>
	);
}

const EARLY = 24; /* looks, some eight seconds */

/* Back from the bank: what counts is what it tells the company, so the page waits for that. */
export function Paid(p: { id: string }) {
	const [s, set] = useState<PayState | null>(null);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const [agreed, setAgreed] = useState(0);
	title("portal.pay");
	const agree = async (surcharge_cents: number) => {
		setBusy(true);
		setFault("");
		try {
			const body = { surcharge_cents };
			await call("POST /api/portal/payments/:id/agreements", {
				id: p.id,
				body,
				key: newKey(),
				door: true,
			});
			const now = await begun(p.id);
			if (now.url) return location.assign(now.url);
			setAgreed(agreed + 1);
		} catch (f) {
			/* Another sum, perhaps: it is read again. */
			set(await call("GET /api/portal/payments/:id", { id: p.id, door: true }).catch(() => s));
			setFault((f as Error).message);
		}
		setBusy(false);
	};
	useEffect(() => {
		let gone = false;
		void (async () => {
			let begun = false;
			for (let n = 0; !gone && n < 200; n++) {
				const now = await call("GET /api/portal/payments/:id", { id: p.id, door: true }).catch(
					() => null,
				);
				if (gone) return;
				/* Back from the bank, and refused? That was the card before this one: its word comes a moment after the person. */
				begun = begun || now?.state === "begun";
				const before = now?.state === "failed" && now.cents > 0 && !begun && n < EARLY;
				if (now && !before) set(now);
				if (now && !before && (now.state !== "begun" || now.asks)) return void look();
				await wait(n < 20 ? 250 : 1500);
			}
		})();
		return () => {
			gone = true;
		};
	}, [p.id, agreed]);
	if (s?.asks)
		return (
			<main class="portal__one">
				<section class="card portal__card">
					<Agree
						of={s}
						pay={() => void agree(s.surcharge_cents)}
						other={() => go("/portal/pay")}
						busy={busy}
						fault={fault}
					/>
				</section>
			</main>
		);
	const state = s?.state ?? "begun";
	const left = s && s.cents === 0 && state === "failed" && !s.reason;
	const kind = left ? "left" : state === "returned" ? "failed" : state;
	return (
		<main class="portal__one">
			<section class="card portal__card" role="status">
				<span class={classes("round", kind === "failed" && "round--bad")} aria-hidden="true">
					<Icon
						name={
							kind === "failed"
								? "alert"
								: kind === "begun" || kind === "pending"
									? "clock"
									: "check"
						}
						size="xl"
					/>
				</span>
				<Heading>
					{t(`portal.paid.${kind}` as "portal.paid.begun", { amount: s ? cash(s.cents) : "" })}
				</Heading>
				<p class="muted">
					{kind === "failed" && s?.reason
						? s.reason
						: t(`portal.paid.${kind}.text` as "portal.paid.begun.text")}
				</p>
				{kind === "failed" && (
					<Button kind="primary" size="lg" block href="/portal/pay">
						{t("portal.paid.again")}
					</Button>
				)}
				<Button kind={kind === "failed" ? "quiet" : "primary"} size="lg" block href="/portal/">
					{t("nav.home")}
				</Button>
			</section>
		</main>
	);
}

const put = (id: string, body: PayAutopay) =>
	call("PUT /api/portal/methods/:id", { id, body, door: true });

/* By itself: everything, or what is ticked. An empty list means everything, so the last tick taken away turns it off. */
function Autopay(p: { m: PayMethod; page: PayMethods; send: (body: PayAutopay) => void }) {
	const { m, page } = p;
	const all = { kinds: [...KINDS] as string[], places: page.places.map((x) => x.id) };
	const on = {
		kinds: m.kinds.length > 0 ? (m.kinds as string[]) : all.kinds,
		places: m.places.length > 0 ? m.places.map((x) => x.id) : all.places,
	};
	const flip = (which: "kinds" | "places", one: string) => {
		const next = {
			...on,
			[which]: on[which].includes(one) ? on[which].filter((x) => x !== one) : [...on[which], one],
		};
		const rest = (w: "kinds" | "places") => (next[w].length === all[w].length ? [] : next[w]);
		p.send({
			on: next[which].length > 0,
			kinds: rest("kinds") as PayAutopay["kinds"],
			places: rest("places").map((id) => ({ id })),
		});
	};
	const ticks = (which: "kinds" | "places", name: (one: string) => string) => (
		<fieldset class="ticks">
			<legend>{t(which === "kinds" ? "portal.autopay.what" : "portal.autopay.where")}</legend>
			{all[which].map((one) => (
				<label key={one} class="check">
					<input
						type="checkbox"
						checked={on[which].includes(one)}
						onChange={() => flip(which, one)}
					/>
					<span>{name(one)}</span>
				</label>
			))}
		</fieldset>
	);
	return (
		<>
			<label class="line choice">
				<span class="grow">
					<b>{t("portal.autopay")}</b>
					<small>{m.consent || page.consent}</small>
				</span>
				<input
					type="checkbox"
					class="switch"
					checked={m.autopay}
					onChange={(e) => p.send({ on: e.currentTarget.checked, kinds: [], places: [] })}
				/>
			</label>
			{m.autopay && ticks("kinds", (k) => t(`portal.autopay.${k}` as "portal.autopay.work"))}
			{m.autopay &&
				all.places.length > 1 &&
				ticks("places", (id) => page.places.find((x) => x.id === id)?.street ?? "")}
		</>
	);
}

/* What was left for later: take it away, let it pay by itself, or leave another one. */
export function Methods(p: { page: PayMethods }) {
	const [page, setPage] = useState(p.page);
	const [going, setGoing] = useState("");
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	title("portal.methods");
	const run = async (what: () => Promise<PayMethods>) => {
		setFault("");
		try {
			setPage(await what());
		} catch (f) {
			setFault((f as Error).message);
		}
	};
	const leave = async () => {
		setBusy(true);
		setFault("");
		try {
			const made = await call("POST /api/portal/payments", {
				body: {
					cents: 0,
					bill_id: null,
					method_id: null,
					keep: true,
					autopay: false,
					surcharge_cents: null,
				},
				key: newKey(),
				door: true,
			});
			const s = await begun(made.id);
			if (s.url) location.assign(s.url);
		} catch (f) {
			setFault((f as Error).message);
			setBusy(false);
		}
	};
	return (
		<main class="portal__one">
			<header class="head">
				<Back to="/portal/" />
				<Heading>{t("portal.methods")}</Heading>
			</header>
			<FaultNote text={fault} />
			{page.rows.map((m) => (
				<section key={m.id} class="card" aria-label={methodName(m)}>
					<div class="line line--still">
						<Icon name={m.kind === "bank" ? "bank" : "card"} size="lg" />
						<span class="grow">
							<b>{methodName(m)}</b>
							<small>
								{m.stopped
									? t("portal.method.stopped")
									: m.kind === "card"
										? t("portal.method.until", { month: `${m.exp_month}/${m.exp_year}` })
										: t("portal.pay.days")}
							</small>
						</span>
						{going !== m.id && (
							<Button kind="quiet" onClick={() => setGoing(m.id)}>
								{t("portal.method.drop")}
							</Button>
						)}
					</div>
					{going === m.id && (
						<div class="card__body stack" role="group" aria-label={t("portal.method.drop")}>
							<p>{t(m.autopay ? "portal.method.drop.autopay" : "portal.method.drop.sure")}</p>
							<div class="pairs">
								<Button
									kind="danger"
									size="lg"
									block
									onClick={() =>
										void run(() => call("DELETE /api/portal/methods/:id", { id: m.id, door: true }))
									}
								>
									{t("portal.method.drop.go", { name: methodName(m) })}
								</Button>
								<Button size="lg" block onClick={() => setGoing("")}>
									{t("portal.method.drop.keep")}
								</Button>
							</div>
						</div>
					)}
					{!m.stopped && (
						<Autopay m={m} page={page} send={(body) => void run(() => put(m.id, body))} />
					)}
				</section>
			))}
			{page.rows.length === 0 && <p class="muted">{t("portal.methods.none")}</p>}
			{page.possible && (
				<Button icon="plus" size="lg" block busy={busy} onClick={() => void leave()}>
					{t("portal.methods.add")}
				</Button>
			)}
			{home.value && <p class="field__hint">{t("portal.pay.safe")}</p>}
		</main>
	);
}
