/* What customers are told, when and in which words: one table, and how each message looks before it is sent. */
import { useEffect, useState } from "preact/hooks";
import type { OccasionLine, OccasionPage, Service, WordsShown } from "../shared/api";
import { call, Fault } from "../shared/call";
import { phone } from "../shared/format";
import { Dialog, toast } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import { Banner, Button, FaultNote, Heading, Icon, Segments } from "../shared/ui";
import { language, t } from "../shared/words";
import { FindCustomer } from "./findcustomer";
import { may } from "./me";
import { type MessageKey, say, sayCount } from "./messagewords";
import "./messages.css";

type Rule = OccasionLine["rule"];
const TELLING = ["off", "on", "ask"] as const;
const MEDIA = ["sms", "email", "call"] as const;
type Medium = (typeof MEDIA)[number];
const WORDS = { sms: "sms", email: "mail", call: "call" } as const;
const nameOf = (l: OccasionLine) => say(`occasion.${l.rule.occasion}` as MessageKey);

interface Data {
	page: OccasionPage;
	services: Service[];
}

function View({ data, at }: { data: Data; at: Place }) {
	/* Of one service, or what the company says of all. */
	const service = at.query.get("service");
	const query = { service_id: service };
	const [page, setPage] = useState(data.page);
	useEffect(() => setPage(data.page), [data]);
	const [fault, setFault] = useState("");
	const [open, setOpen] = useState<OccasionLine | null>(null);
	const change = may("manage_company");
	const keep = async (rule: Rule) => {
		setFault("");
		try {
			setPage(await call("PUT /api/office/occasions", { query, body: rule }));
			toast(say("rules.kept"));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
			setPage(await call("GET /api/office/occasions", { query }));
		}
	};
	/* The service says again what the company says. */
	const drop = async (rule: Rule) => {
		setFault("");
		try {
			setPage(
				await call("DELETE /api/office/occasions", {
					query: { service_id: service!, occasion: rule.occasion, version: rule.version },
				}),
			);
			toast(say("rules.dropped"), () => void keep({ ...rule, version: 0 }));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
			setPage(await call("GET /api/office/occasions", { query }));
		}
	};
	return (
		<>
			<header class="bar">
				<Button kind="quiet" icon="left" label={say("back")} href="/inbox" />
				<Heading>{t("occasions.heading")}</Heading>
				<span class="push" />
				{data.services.length > 0 && (
					<select
						class="select tools__pick"
						aria-label={say("rules.service")}
						value={service ?? ""}
						onChange={(e) =>
							go(
								`/inbox/rules${e.currentTarget.value ? `?service=${e.currentTarget.value}` : ""}`,
								true,
							)
						}
					>
						<option value="">{say("rules.service.all")}</option>
						{data.services.map((s) => (
							<option key={s.id} value={s.id} selected={s.id === service}>
								{s.name}
							</option>
						))}
					</select>
				)}
			</header>
			<div class="scroll">
				<p class="occasions__about muted">
					{say(service ? "rules.service.about" : "rules.about")}{" "}
					{page.number ? say("rules.number", { number: phone(page.number) }) : say("no.number")}
				</p>
				{fault && (
					<div class="under">
						<Banner tone="coral" alert>
							{fault}
						</Banner>
					</div>
				)}
				<div class="occasions">
					{page.rows.map((l) => (
						<div class="occasion" key={l.rule.occasion}>
							<span class="occasion__what">
								<b>{nameOf(l)}</b>
								<small>
									{[
										l.marketing ? say("rules.marketing") : "",
										l.quiet ? say("rules.quiet") : "",
										service
											? say(l.own ? "rules.service.own" : "rules.service.same")
											: own(l)
												? say("rules.own")
												: "",
									]
										.filter(Boolean)
										.join(" · ")}
								</small>
							</span>
							{MEDIA.filter((m) => m !== "call" || l.rings).map((m) => (
								<label key={m}>
									{say(`rules.${m}`)}
									<select
										class="select"
										disabled={!change}
										aria-label={`${nameOf(l)}: ${say(`rules.${m}`)}`}
										value={l.rule[m]}
										onChange={(e) =>
											void keep({
												...l.rule,
												[m]: e.currentTarget.value as (typeof TELLING)[number],
											})
										}
									>
										{TELLING.map((v) => (
											<option key={v} value={v}>
												{say(`telling.${v}`)}
											</option>
										))}
									</select>
								</label>
							))}
							<span class="row">
								<Button size="sm" icon="pen" onClick={() => setOpen(l)}>
									{say("rules.words")}
								</Button>
								{l.own && change && (
									<Button
										size="sm"
										kind="quiet"
										icon="undo"
										label={say("rules.service.drop", { what: nameOf(l) })}
										onClick={() => void drop(l.rule)}
									/>
								)}
							</span>
						</div>
					))}
				</div>
				{!service && <Review page={page} changed={setPage} />}
			</div>
			{open && (
				<Words
					line={open}
					close={() => setOpen(null)}
					keep={async (rule) => {
						setPage(await call("PUT /api/office/occasions", { query, body: rule }));
						toast(say("rules.kept"));
						setOpen(null);
					}}
				/>
			)}
		</>
	);
}
const own = (l: OccasionLine) =>
	Boolean(
		l.rule.sms_en ||
			l.rule.sms_es ||
			l.rule.mail_en ||
			l.rule.mail_es ||
			l.rule.call_en ||
			l.rule.call_es,
	);

const Wrong = (p: { text: string }) => (
	<span class="field__error" role="alert">
		<Icon name="alert" size="sm" />
		<span>{p.text}</span>
	</span>
);

function Review(p: { page: OccasionPage; changed: (page: OccasionPage) => void }) {
	const [url, setUrl] = useState(p.page.review_url);
	const [fault, setFault] = useState("");
	const keep = async (e: Event) => {
		e.preventDefault();
		setFault("");
		try {
			p.changed(await call("PUT /api/office/review-page", { body: { url: url.trim() } }));
			toast(say("rules.kept"));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return (
		<form class="ratingpage" onSubmit={(e) => void keep(e)} noValidate>
			<label class="field">
				<span class="field__label">{say("rules.review")}</span>
				<input
					class="input"
					type="url"
					placeholder="https://"
					maxLength={300}
					value={url}
					disabled={!may("manage_company")}
					onInput={(e) => setUrl(e.currentTarget.value)}
				/>
				{fault ? (
					<Wrong text={fault} />
				) : (
					<span class="field__hint">{say("rules.review.hint")}</span>
				)}
			</label>
			<Button type="submit" disabled={!may("manage_company") || url === p.page.review_url}>
				{say("rules.save")}
			</Button>
		</form>
	);
}

function Words(p: { line: OccasionLine; close: () => void; keep: (rule: Rule) => Promise<void> }) {
	const l = p.line;
	const [rule, setRule] = useState<Rule>({
		...l.rule,
		sms_en: l.rule.sms_en || l.usual_sms_en,
		sms_es: l.rule.sms_es || l.usual_sms_es,
		subject_en: l.rule.subject_en || l.usual_subject_en,
		subject_es: l.rule.subject_es || l.usual_subject_es,
		mail_en: l.rule.mail_en || l.usual_mail_en,
		mail_es: l.rule.mail_es || l.usual_mail_es,
		call_en: l.rule.call_en || l.usual_call_en,
		call_es: l.rule.call_es || l.usual_call_es,
	});
	const [medium, setMedium] = useState<Medium>("sms");
	const [lang, setLang] = useState<"en" | "es">(language.value);
	const [shown, setShown] = useState<WordsShown | null>(null);
	const [fault, setFault] = useState<Fault | null>(null);
	const [busy, setBusy] = useState(false);
	/* Whose name stands in it; nobody yet: whoever was made last. */
	const [reader, setReader] = useState<{ id: string; name: string } | null>(null);
	const [finding, setFinding] = useState(false);
	const field = `${WORDS[medium]}_${lang}` as const;
	const subject = `subject_${lang}` as const;
	useEffect(() => {
		let gone = false;
		const timer = setTimeout(() => {
			void call("POST /api/office/occasion-looks", {
				body: {
					occasion: rule.occasion,
					medium,
					language: lang,
					subject: medium === "email" ? rule[subject] : "",
					text: rule[field],
					customer_id: reader?.id ?? null,
				},
			}).then(
				(s) => {
					if (gone) return;
					setShown(s);
					setFault(null);
				},
				(f) => {
					if (!gone && f instanceof Fault) setFault(f);
				},
			);
		}, 250);
		return () => {
			gone = true;
			clearTimeout(timer);
		};
	}, [rule, medium, lang, reader]);
	/* Words that are the usual ones are kept as "the usual": a later release may write them better. */
	const kept = (): Rule => {
		const same = (mine: string, usual: string) => (mine === usual ? "" : mine);
		const mailEn = rule.mail_en !== l.usual_mail_en || rule.subject_en !== l.usual_subject_en;
		const mailEs = rule.mail_es !== l.usual_mail_es || rule.subject_es !== l.usual_subject_es;
		return {
			...rule,
			sms_en: same(rule.sms_en, l.usual_sms_en),
			sms_es: same(rule.sms_es, l.usual_sms_es),
			subject_en: mailEn ? rule.subject_en : "",
			mail_en: mailEn ? rule.mail_en : "",
			subject_es: mailEs ? rule.subject_es : "",
			mail_es: mailEs ? rule.mail_es : "",
			call_en: same(rule.call_en, l.usual_call_en),
			call_es: same(rule.call_es, l.usual_call_es),
		};
	};
	const save = async () => {
		setBusy(true);
		try {
			await p.keep(kept());
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			setFault(f);
			/* What is wrong may stand in the words that are not looked at. */
			const [, what, tongue] = /^(sms|subject|mail|call)_(en|es)$/.exec(f.field) ?? [];
			if (what) {
				setMedium(what === "sms" || what === "call" ? what : "email");
				setLang(tongue as "en" | "es");
			}
			setBusy(false);
		}
	};
	/* Beside the words that it speaks of; what is about none of them stands above. */
	const inSubject = !!fault && medium === "email" && /^subject/.test(fault.field);
	const inWords = !!fault && !inSubject && (fault.field === "text" || fault.field === field);
	const usual = () =>
		setRule({
			...rule,
			[field]: l[`usual_${field}`],
			...(medium === "email" ? { [subject]: l[`usual_${subject}`] } : {}),
		});
	return (
		<Dialog
			title={say("rules.words.of", { what: nameOf(l) })}
			wide
			onClose={p.close}
			foot={
				<>
					<Button kind="quiet" onClick={usual}>
						{say("rules.usual")}
					</Button>
					<Button kind="quiet" onClick={p.close}>
						{t("act.cancel")}
					</Button>
					<Button
						kind="primary"
						busy={busy}
						disabled={!may("manage_company")}
						onClick={() => void save()}
					>
						{say("rules.save")}
					</Button>
				</>
			}
		>
			<div class="wordset">
				<div class="row">
					<Segments
						label={say("rules.words")}
						value={medium}
						choices={[
							{ value: "sms", label: say("rules.text") },
							{ value: "email", label: say("rules.mail") },
							...(l.rings ? [{ value: "call" as const, label: say("rules.call") }] : []),
						]}
						onChange={(m) => {
							setFault(null);
							setMedium(m);
						}}
					/>
					<Segments
						label={say("rules.language")}
						value={lang}
						choices={[
							{ value: "en", label: say("rules.en") },
							{ value: "es", label: say("rules.es") },
						]}
						onChange={(l) => {
							setFault(null);
							setLang(l);
						}}
					/>
				</div>
				<FaultNote text={fault && !inSubject && !inWords ? fault.message : ""} />
				{medium === "email" && (
					<label class="field">
						<span class="field__label">{say("rules.subject")}</span>
						<input
							class="input"
							maxLength={150}
							value={rule[subject]}
							aria-invalid={inSubject}
							onInput={(e) => setRule({ ...rule, [subject]: e.currentTarget.value })}
						/>
						{inSubject && <Wrong text={fault.message} />}
					</label>
				)}
				<label class="field">
					<span class="field__label">{say("rules.words")}</span>
					<textarea
						class="input"
						rows={medium === "email" ? 9 : 4}
						maxLength={medium === "email" ? 8000 : 640}
						value={rule[field]}
						aria-invalid={inWords}
						onInput={(e) => setRule({ ...rule, [field]: e.currentTarget.value })}
					/>
					{inWords && <Wrong text={fault.message} />}
				</label>
				<div>
					<p class="field__label">{say("rules.names")}</p>
					<p class="wordset__names">
						{l.names
							.filter((n) => medium !== "call" || (n.name !== "url" && n.name !== "calendar"))
							.map((n) => (
								<code key={n.name}>{`{${n.name}}`}</code>
							))}
					</p>
				</div>
				{shown && !fault && (
					<div>
						<p class="field__label">
							{say(medium === "call" ? "rules.hear" : "rules.look", { name: shown.to })}{" "}
							<button type="button" class="link" onClick={() => setFinding(!finding)}>
								{say("rules.other")}
							</button>
						</p>
						{finding && (
							<FindCustomer
								not={reader?.id ?? ""}
								label={say("rules.find")}
								take={(x) => {
									setReader({ id: x.id, name: x.name });
									setFinding(false);
								}}
							/>
						)}
						{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
						<p class="wordset__look" tabIndex={0}>
							{shown.subject && (
								<>
									<b>{shown.subject}</b>
									{"\n\n"}
								</>
							)}
							{shown.text}
						</p>
						{medium === "sms" && (
							<p class="muted">
								{sayCount("segments", shown.segments, { letters: shown.letters })},{" "}
								{say("rules.price", { price: `${(shown.price_milli / 1000).toFixed(2)} ¢` })}{" "}
								{shown.wide && (
									<button
										type="button"
										class="link"
										title={say("wide", { letter: shown.first_wide })}
										onClick={() => setRule({ ...rule, [field]: shown.narrow })}
									>
										{say("narrow")}
									</button>
								)}
							</p>
						)}
					</div>
				)}
			</div>
		</Dialog>
	);
}

const screen: Screen<Data> = {
	title: "occasions.heading",
	key: (at) => at.query.get("service") ?? "",
	load: async (at) => {
		const [page, services] = await Promise.all([
			call("GET /api/office/occasions", { query: { service_id: at.query.get("service") } }),
			may("see_board") ? call("GET /api/office/services") : null,
		]);
		return { page, services: services?.rows.filter((s) => !s.archived) ?? [] };
	},
	view: View,
};
export default screen;
