/* Home: who comes when, what is owed, and the way to everything else. */
import type { PortalVisit } from "../shared/api";
import { call } from "../shared/call";
import { dayOf, firstName, minutes, time, weekday } from "../shared/format";
import { Button, classes, Heading, Icon, title } from "../shared/ui";
import { type Language, language, speak, t } from "../shared/words";
import { cash, dueText, home, openBills, owing, techOf, today, who, zone } from "./data";
import { Offers } from "./offers";

async function leave(): Promise<void> {
	await call("DELETE /api/auth/portal-sessions", { door: true }).catch(() => {});
	location.assign("/portal/sign-in");
}

/* The page turns at once; letters follow. */
async function write(l: Language): Promise<void> {
	speak(l);
	await call("PUT /api/portal/me", { body: { language: l }, door: true }).catch(() => {});
}

function Waves() {
	return (
		<svg class="hero__water" viewBox="0 0 390 150" preserveAspectRatio="none" aria-hidden="true">
			<g fill="none" stroke="currentColor" stroke-width="5">
				<path d="M-20 50c50 0 50 18 100 18s50-18 100-18 50 18 100 18 50-18 100-18 50 18 100 18" />
				<path d="M-60 85c50 0 50 18 100 18s50-18 100-18 50 18 100 18 50-18 100-18 50 18 100 18" />
				<path d="M-30 120c50 0 50 18 100 18s50-18 100-18 50 18 100 18 50-18 100-18 50 18 100 18" />
			</g>
		</svg>
	);
}

const STEPS = ["on_way", "here", "done"] as const;
function Track(p: { state: PortalVisit["state"] }) {
	const at = p.state === "on_way" ? 0 : 1;
	return (
		<ol class="track">
			{STEPS.map((s, i) => (
				<li
					key={s}
					class={classes("track__step", i <= at && "track__step--on")}
					aria-current={i === at ? "step" : undefined}
				>
					{t(`portal.track.${s}`)}
				</li>
			))}
		</ol>
	);
}

function Next(p: { visit: PortalVisit | undefined }) {
	const v = p.visit;
	const hello = t("portal.hello", { name: firstName(who.value?.name ?? "") });
	if (!v)
		return (
			<section class="hero">
				<Waves />
				<Heading>{hello}</Heading>
				<p>{t("portal.next.none")}</p>
			</section>
		);
	const moving = v.state === "on_way" || v.state === "started";
	const isToday = v.day === today();
	const said = moving
		? t(`portal.next.${v.state as "on_way" | "started"}`, { tech: techOf(v) })
		: isToday
			? t("portal.next.today")
			: t("portal.next.day");
	const since = v.state === "started" ? v.started_at : v.on_way_at;
	return (
		<section class="hero">
			<Waves />
			<p class="hero__said">
				{moving && <i class="live" aria-hidden="true" />}
				{said}
			</p>
			<Heading>{moving && since ? time(since, zone()) : weekday(v.day)}</Heading>
			<p>
				{v.service}
				{v.from_minute !== null && v.to_minute !== null
					? `, ${t("portal.next.window", { from: minutes(v.from_minute), to: minutes(v.to_minute) })}`
					: ""}
				.
			</p>
			{moving && <Track state={v.state} />}
		</section>
	);
}

/* bills: they stand below it already. */
export function Owe(p: { bills?: boolean }) {
	const h = home.value;
	if (!h) return null;
	const owed = owing();
	const open = openBills().sort((a, b) => a.due_day.localeCompare(b.due_day));
	const first = open[0];
	return (
		<section class="card owe" aria-labelledby="owe">
			<div class="owe__sum">
				<h2 id="owe" class="owe__head">
					{owed > 0 ? t("portal.owe") : t("portal.paid_up")}
				</h2>
				{owed > 0 && <p class="owe__cents">{cash(owed)}</p>}
			</div>
			{h.can_pay && owed > 0 && (
				<Button kind="primary" size="lg" href="/portal/pay">
					{t("portal.pay")}
				</Button>
			)}
			<p class="owe__text">
				{owed > 0 && first ? dueText(first.due_day) : t("portal.paid_up.text")}{" "}
				{first && owed > 0 && open.length === 1 && (
					<a href={`/portal/bills/${first.id}`}>{t("portal.lines")}</a>
				)}
				{owed > 0 && open.length > 1 && !p.bills && (
					<a href="/portal/bills">{t("portal.lines.of", { n: open.length })}</a>
				)}
			</p>
			{h.pending_cents > 0 && (
				<p class="owe__text">{t("portal.pending", { amount: cash(h.pending_cents) })}</p>
			)}
			{h.free_cents > 0 && h.owed_cents <= h.free_cents && (
				<p class="owe__text">{t("portal.credit", { amount: cash(h.free_cents) })}</p>
			)}
			{h.free_cents > 0 && owed > 0 && (
				<p class="owe__text">{t("portal.credit.off", { amount: cash(h.free_cents) })}</p>
			)}
		</section>
	);
}

export function Go(p: { href: string; icon: string; head: string; text?: string }) {
	return (
		<a class="line" href={p.href}>
			<Icon name={p.icon} size="lg" />
			<span class="grow">
				<b>{p.head}</b>
				{p.text && <small>{p.text}</small>}
			</span>
			<Icon name="right" />
		</a>
	);
}

function Account() {
	const me = who.value;
	const other = language.value === "en" ? "es" : "en";
	const accounts = home.value?.accounts ?? [];
	if (!me) return null;
	const change = async (id: string) => {
		await call("PUT /api/auth/portal-sessions", { body: { customer_id: id }, door: true });
		location.assign("/portal/");
	};
	return (
		<section class="card" aria-labelledby="account">
			<div class="card__body stack">
				<h2 id="account" tabIndex={-1}>
					{t("portal.account")}
				</h2>
				<dl class="facts">
					<dt>{t("name.label")}</dt>
					<dd>{me.name}</dd>
					<dt>{t("email.label")}</dt>
					<dd>{me.email}</dd>
				</dl>
				<p class="field__hint">{t("portal.wrong", { company: me.company.name })}</p>
			</div>
			<Go href="/portal/contact" icon="bell" head={t("portal.contact")} />
			{accounts
				.filter((a) => !a.here)
				.map((a) => (
					<button key={a.id} class="line" type="button" onClick={() => void change(a.id)}>
						<Icon name="swap" size="lg" />
						<span class="grow">
							<b>{t("portal.account.other", { name: a.name })}</b>
							<small>{a.street}</small>
						</span>
						<Icon name="right" />
					</button>
				))}
			<button class="line" type="button" lang={other} onClick={() => void write(other)}>
				<Icon name="globe" size="lg" />
				<span class="grow">{other === "es" ? "Ver en español" : "See it in English"}</span>
				<Icon name="right" />
			</button>
			<button class="line" type="button" onClick={() => void leave()}>
				<Icon name="exit" size="lg" />
				<span class="grow">{t("signout")}</span>
				<Icon name="right" />
			</button>
		</section>
	);
}

/* Who has several accounts reads first which one this is; the others are further down. */
function Whose() {
	const accounts = home.value?.accounts ?? [];
	const here = accounts.find((a) => a.here);
	if (!here || accounts.length < 2) return null;
	const down = () => {
		const others = document.getElementById("account");
		others?.scrollIntoView();
		others?.focus({ preventScroll: true });
	};
	return (
		<p class="whose">
			<span>
				<b>{here.name}</b>
				{here.street && <small>{here.street}</small>}
			</span>
			<button class="whose__other" type="button" onClick={down}>
				{t("portal.account.others")}
			</button>
		</p>
	);
}

export function Home() {
	const h = home.value;
	title("nav.home");
	if (!h) return null;
	const last = h.past.find((v) => v.state === "done");
	return (
		<main class="portal__two">
			<div class="portal__column">
				<Whose />
				<Next visit={h.next.find((v) => !v.asked)} />
				<Offers />
				<Owe />
			</div>
			<div class="portal__column">
				<section class="card lines">
					{last && (
						<Go
							href={`/portal/visits/${last.id}`}
							icon="drop"
							head={t("portal.visit.of", { day: dayOf(last.day) })}
							text={t("portal.visit.of.text")}
						/>
					)}
					<Go href="/portal/visits" icon="cal" head={t("portal.more")} />
					<Go href="/portal/bills" icon="file" head={t("portal.bills")} />
					<Go href="/portal/documents" icon="note" head={t("portal.documents")} />
					<Go href="/portal/ask" icon="plus" head={t("portal.ask")} />
					<Go href="/portal/messages" icon="chat" head={t("portal.talk")} />
					{h.can_pay && <Go href="/portal/methods" icon="card" head={t("portal.methods")} />}
				</section>
				<Account />
			</div>
		</main>
	);
}
