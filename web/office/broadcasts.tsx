/* One text to many: to whom, in which words, what it costs; a try, the sending, how far it is, and calling it off. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { BroadcastLine, BroadcastLook, Broadcasts, BroadcastWords } from "../shared/api";
import { call, Fault, newKey } from "../shared/call";
import { moment } from "../shared/format";
import { listen } from "../shared/live";
import { Dialog, toast } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import { Badge, Button, Empty, FaultNote, Heading, Icon, Segments } from "../shared/ui";
import { language, t } from "../shared/words";
import {
	type Asked,
	asked,
	type Choices,
	choicesOf,
	Filters,
	keptChosen,
	matchOf,
	STANDINGS,
	written,
} from "./lists";
import { say, sayCount } from "./messagewords";
import "./messages.css";

interface Data {
	page: Broadcasts;
	choices: Choices;
	number: string;
}
const LANGUAGES = ["en", "es"] as const;
const NOBODY: BroadcastWords = {
	by_sms: false,
	by_email: true,
	sms_en: "",
	sms_es: "",
	subject_en: "",
	subject_es: "",
	mail_en: "",
	mail_es: "",
};
/* What somebody wrote survives a look at another page of this tab. */
const KEPT = "broadcast";
const kept = (): BroadcastWords => ({
	...NOBODY,
	...JSON.parse(sessionStorage.getItem(KEPT) ?? "{}"),
});

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const latest = useRef(reload);
	latest.current = reload;
	useEffect(() => listen((heard) => heard !== "away" && void latest.current().catch(() => {})), []);
	const running = data.page.rows.some((r) => r.state === "running" || r.waiting > 0);
	useEffect(() => {
		if (!running) return;
		const clock = setInterval(() => void latest.current().catch(() => {}), 2000);
		return () => clearInterval(clock);
	}, [running]);
	return (
		<>
			<header class="bar">
				<Button kind="quiet" icon="left" label={say("back")} href="/inbox" />
				<Heading>{t("broadcasts.heading")}</Heading>
			</header>
			<div class="scroll">
				<Writing at={at} choices={data.choices} number={data.number} sent={reload} />
				<section class="broadcasts" aria-label={say("many.last")}>
					<h2>{say("many.last")}</h2>
					{data.page.rows.length === 0 ? (
						<Empty icon="chat" title={say("many.none")}>
							{say("many.none.text")}
						</Empty>
					) : (
						data.page.rows.map((r) => <Line key={r.id} line={r} changed={reload} />)
					)}
				</section>
			</div>
		</>
	);
}

function Writing(p: { at: Place; choices: Choices; number: string; sent: () => Promise<void> }) {
	const now: Asked = { ...asked(p.at), q: "", sort: "" };
	/* Ticked in the list of customers; nobody: the filters say who. */
	const chosen = p.at.query.get("chosen") === "yes" ? keptChosen() : [];
	const order = (dry: boolean, expect: number | null, key?: string) =>
		chosen.length > 0
			? call("POST /api/office/broadcasts", {
					body: { ids: chosen.map((id) => ({ id })), words, dry, expect },
					...(key ? { key } : {}),
				})
			: call("POST /api/office/broadcasts/matching", {
					query: matchOf(now),
					body: { words, dry, expect },
					...(key ? { key } : {}),
				});
	const [words, setWords] = useState<BroadcastWords>(() => {
		const w = kept();
		return { ...w, by_sms: w.by_sms && !!p.number };
	});
	const [lang, setLang] = useState<"en" | "es">(language.value);
	const [look, setLook] = useState<BroadcastLook | null>(null);
	const [fault, setFault] = useState<Fault | null>(null);
	const [asking, setAsking] = useState(false);
	const [busy, setBusy] = useState(false);
	const change = (w: Partial<BroadcastWords>) => setWords({ ...words, ...w });
	const ask = (c: Partial<Asked>) => go(`/inbox/broadcasts${written({ ...now, ...c })}`, true);
	const empty = !(words.by_sms && words.sms_en) && !(words.by_email && words.mail_en);
	const there = written(now) + chosen.join();
	useEffect(() => {
		sessionStorage.setItem(KEPT, JSON.stringify(words));
		let gone = false;
		const timer = setTimeout(() => {
			if (empty) return setLook(null);
			void order(true, null).then(
				(l) => {
					if (gone) return;
					setLook(l);
					setFault(null);
				},
				(f) => {
					if (!gone && f instanceof Fault) setFault(f);
				},
			);
		}, 300);
		return () => {
			gone = true;
			clearTimeout(timer);
		};
	}, [words, there]);
	const send = async () => {
		setBusy(true);
		try {
			await order(false, look ? look.texts + look.mails : null, newKey());
			setWords(NOBODY);
			setLook(null);
			toast(say("many.sent"));
			await p.sent();
		} catch (f) {
			if (f instanceof Fault) setFault(f);
		}
		setAsking(false);
		setBusy(false);
	};
	const attempt = async () => {
		setFault(null);
		try {
			await call("POST /api/office/broadcast-tests", { body: words });
			toast(say("many.tried"));
		} catch (f) {
			if (f instanceof Fault) setFault(f);
		}
	};
	const many = look ? look.texts + look.mails : 0;
	const price = look ? (look.price_milli / 100000).toFixed(2) : "";
	return (
		<section class="broadcast" aria-label={say("many.write")}>
			<div class="broadcast__words">
				<div class="tools broadcast__to">
					<b>{say("many.to")}</b>
					{chosen.length > 0 ? (
						<>
							<Badge icon="people">{sayCount("many.chosen", chosen.length)}</Badge>
							<a href="/inbox/broadcasts">{say("many.others")}</a>
						</>
					) : (
						<>
							<select
								class="select"
								aria-label={t("customers.standing")}
								value={now.standing}
								onChange={(e) => ask({ standing: e.currentTarget.value })}
							>
								{STANDINGS.filter((s) => s !== "archived").map((s) => (
									<option key={s} value={s} selected={s === now.standing}>
										{t(s === "" ? "customers.all" : `standing.${s}`)}
									</option>
								))}
							</select>
							<Filters now={now} choices={p.choices} ask={ask} />
						</>
					)}
				</div>
				<div class="row broadcast__how">
					<label class="check">
						<input
							type="checkbox"
							checked={words.by_email}
							onChange={(e) => change({ by_email: e.currentTarget.checked })}
						/>
						{say("rules.mail")}
					</label>
					<label class="check">
						<input
							type="checkbox"
							checked={words.by_sms}
							disabled={!p.number}
							onChange={(e) => change({ by_sms: e.currentTarget.checked })}
						/>
						{say("rules.text")}
					</label>
					{!p.number && <span class="muted">{say("no.number")}</span>}
					<span class="push" />
					<Segments
						label={say("rules.language")}
						value={lang}
						choices={LANGUAGES.map((l) => ({ value: l, label: say(`rules.${l}`) }))}
						onChange={setLang}
					/>
				</div>
				{words.by_email && (
					<>
						<Words
							label={say("rules.subject")}
							field={`subject_${lang}`}
							words={words}
							change={change}
							fault={fault}
							most={150}
						/>
						<Words
							label={say("rules.mail")}
							field={`mail_${lang}`}
							words={words}
							change={change}
							fault={fault}
							most={8000}
							rows={7}
						/>
					</>
				)}
				{words.by_sms && (
					<Words
						label={say("rules.text")}
						field={`sms_${lang}`}
						words={words}
						change={change}
						fault={fault}
						most={640}
						rows={4}
					/>
				)}
				<p class="muted">
					{say("many.names")} <code>{"{name}"}</code> <code>{"{company}"}</code>{" "}
					{lang === "es" ? say("many.spanish") : ""}
				</p>
			</div>
			<aside class="broadcast__look" aria-label={say("many.look")} aria-live="polite">
				<FaultNote text={fault?.message} />
				{look ? (
					<>
						<p class="broadcast__count">
							<b>{sayCount("many.people", look.reached)}</b>
							<span>{say("many.of", { n: look.customers })}</span>
						</p>
						<ul class="broadcast__sums">
							{words.by_email && <li>{sayCount("many.mails", look.mails)}</li>}
							{words.by_sms && (
								<li>
									{sayCount("many.texts", look.texts)}, {sayCount("many.segments", look.segments)},{" "}
									{say("many.price", { price: `$${price}` })}
								</li>
							)}
							{look.stopped > 0 && <li>{sayCount("many.stopped", look.stopped)}</li>}
						</ul>
						{look.reached === 0 && <p class="muted">{say("many.nobody")}</p>}
						{look.to && (
							<>
								<p class="field__label">{say("rules.look", { name: look.to })}</p>
								{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
								<p class="wordset__look" tabIndex={0}>
									{look.text && `${look.text}${look.mail ? "\n\n" : ""}`}
									{look.mail && (
										<>
											<b>{look.subject}</b>
											{`\n\n${look.mail}`}
										</>
									)}
								</p>
							</>
						)}
						<div class="row">
							<Button onClick={() => void attempt()}>{say("many.try")}</Button>
							<Button
								kind="primary"
								icon="send"
								disabled={many === 0}
								onClick={() => setAsking(true)}
							>
								{sayCount("many.send", many)}
							</Button>
						</div>
					</>
				) : (
					!fault && <p class="muted">{say("many.about")}</p>
				)}
			</aside>
			{asking && look && (
				<Dialog
					title={sayCount("many.sure", many)}
					onClose={() => setAsking(false)}
					foot={
						<>
							<Button kind="quiet" onClick={() => setAsking(false)}>
								{t("act.cancel")}
							</Button>
							<Button kind="primary" busy={busy} onClick={() => void send()}>
								{sayCount("many.send", many)}
							</Button>
						</>
					}
				>
					<p>{say("many.sure.text")}</p>
				</Dialog>
			)}
		</section>
	);
}

type TextOf = Exclude<keyof BroadcastWords, "by_sms" | "by_email">;
function Words(p: {
	label: string;
	field: TextOf;
	words: BroadcastWords;
	change: (w: Partial<BroadcastWords>) => void;
	fault: Fault | null;
	most: number;
	rows?: number;
}) {
	const id = useId();
	const wrong = p.fault?.field?.endsWith(p.field) ? p.fault.message : "";
	const set = (value: string) => p.change({ [p.field]: value });
	return (
		<div class="field">
			<label class="field__label" for={id}>
				{p.label}
			</label>
			{p.rows ? (
				<textarea
					id={id}
					class="input"
					rows={p.rows}
					maxLength={p.most}
					aria-invalid={!!wrong}
					value={p.words[p.field]}
					onInput={(e) => set(e.currentTarget.value)}
				/>
			) : (
				<input
					id={id}
					class="input"
					maxLength={p.most}
					aria-invalid={!!wrong}
					value={p.words[p.field]}
					onInput={(e) => set(e.currentTarget.value)}
				/>
			)}
			{wrong && (
				<span class="field__error">
					<Icon name="alert" size="sm" />
					<span>{wrong}</span>
				</span>
			)}
		</div>
	);
}

const TONES = { running: "aqua", done: "kelp", ended: "off" } as const;
function Line(p: { line: BroadcastLine; changed: () => Promise<void> }) {
	const l = p.line;
	const all = l.waiting + l.sent + l.delivered + l.failed + l.withdrawn;
	const out = l.sent + l.delivered;
	const going = l.state === "running" || l.waiting > 0;
	const state = l.state === "done" && l.waiting > 0 ? "running" : l.state;
	const end = async () => {
		try {
			await call("DELETE /api/office/broadcasts/:id", { id: l.id });
			toast(say("many.ended"));
		} catch (f) {
			if (f instanceof Fault) toast(f.message);
		}
		await p.changed();
	};
	return (
		<article class="broadcasts__line">
			<p class="broadcasts__words">{l.words}</p>
			<p class="muted">
				{moment(l.made_at)} {l.staff_name ? `· ${l.staff_name}` : ""}
			</p>
			<progress
				class="broadcasts__far"
				max={Math.max(all, 1)}
				value={all - l.waiting}
				aria-label={l.words}
			/>
			<p class="row">
				<Badge tone={TONES[state as keyof typeof TONES]}>
					{say(`many.state.${state as keyof typeof TONES}`)}
				</Badge>
				<span>{sayCount("many.out", out)}</span>
				{l.delivered > 0 && <span>{sayCount("many.delivered", l.delivered)}</span>}
				{l.waits_until !== null && (
					<span>{sayCount("many.waits", l.waiting, { moment: moment(l.waits_until) })}</span>
				)}
				{l.failed > 0 && <span>{sayCount("many.failed", l.failed)}</span>}
				{l.withdrawn > 0 && <span>{sayCount("many.withdrawn", l.withdrawn)}</span>}
				<span class="push" />
				{going && (
					<Button size="sm" icon="x" onClick={() => void end()}>
						{say("many.end")}
					</Button>
				)}
			</p>
		</article>
	);
}

const screen: Screen<Data> = {
	title: "broadcasts.heading",
	load: async () => {
		const [page, choices, rules] = await Promise.all([
			call("GET /api/office/broadcasts", {}),
			choicesOf(),
			call("GET /api/office/occasions", { query: {} }),
		]);
		return { page, choices, number: rules.number };
	},
	view: View,
};
export default screen;
