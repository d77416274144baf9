/* One stop: get in, know what changed, do the work, finish. Nothing here asks to be saved. */
import { useEffect, useState } from "preact/hooks";
import type { CheckLineKept, Stop, StopCodes } from "../shared/api";
import { ago, dayOf, duration, phone, time } from "../shared/format";
import { Dialog, toast } from "../shared/over";
import { Button, Icon, title } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { over, stopOf, stops } from "./day";
import { mapOf } from "./maps";
import { say } from "./outbox";
import { PhotoButton, Photos } from "./photos";
import { placeOf } from "./place";
import { SavedLine } from "./saved";
import { nameOf, streetOf, windowOf } from "./today";
import { codesOf } from "./vault";
import { lastWater, WaterPart } from "./water";
import { EquipmentDialog, SignDialog, SignedLine, signedBy, UsedDialog } from "./work";

const SHOWN_MS = 30_000;

function Head(p: { stop: Stop }) {
	const s = p.stop;
	const at = stops.value.findIndex((x) => x.id === s.id) + 1;
	const call = s.brief.contacts.find((c) => c.phone);
	return (
		<header class="head">
			<a class="head__back" href="/tech/" aria-label={t("tech.back")}>
				<Icon name="left" size="lg" />
			</a>
			<div class="grow">
				<h1>{nameOf(s)}</h1>
				<p>
					{at > 0 ? `${t("tech.stop", { at, of: stops.value.length })} · ` : ""}
					{s.brief.street}
				</p>
			</div>
			{call && (
				<a
					class="head__call"
					href={`tel:${call.phone}`}
					aria-label={t("tech.call", { name: call.name })}
				>
					<Icon name="phone" size="lg" />
				</a>
			)}
		</header>
	);
}

function Changed(p: { stop: Stop }) {
	const { changes } = p.stop.brief;
	if (changes.length === 0 && !p.stop.note) return null;
	return (
		<section class="changed">
			<h2>
				<Icon name="pen" />
				{t("tech.changed")}
			</h2>
			{p.stop.note && <p class="lines">{p.stop.note}</p>}
			{changes.map((c) => (
				<p key={`${c.field}${c.at}`}>
					{named("field", c.field)}
					{c.became ? `: ${c.became}` : ""} <span class="meta">{ago(c.at)}</span>
				</p>
			))}
		</section>
	);
}

/* Hidden until tapped, shown for half a minute. */
function Codes(p: { stop: Stop }) {
	const [codes, setCodes] = useState<StopCodes | null>(null);
	const [none, setNone] = useState(false);
	useEffect(() => {
		if (!codes) return;
		const hide = setTimeout(() => setCodes(null), SHOWN_MS);
		return () => clearTimeout(hide);
	}, [codes]);
	const show = async () => {
		const found = await codesOf(p.stop.id);
		setNone(found === null);
		setCodes(found);
	};
	if (codes)
		return (
			<dl class="codes">
				{(["gate", "lockbox", "alarm", "note"] as const).map(
					(k) =>
						codes[k] && (
							<div key={k}>
								<dt>{t(`tech.code.${k}`)}</dt>
								<dd>{codes[k]}</dd>
							</div>
						),
				)}
			</dl>
		);
	return (
		<>
			<Button block size="lg" icon="eye" onClick={() => void show()}>
				{t("tech.code.show")}
			</Button>
			{none && (
				<p role="alert" class="meta">
					{t("tech.code.away")}
				</p>
			)}
		</>
	);
}

function Access(p: { stop: Stop }) {
	const b = p.stop.brief;
	if (!b.has_codes && !b.dogs && !b.hazards && !b.parking && !b.key_no) return null;
	const lines: [string, string, string][] = [];
	if (b.key_no) lines.push(["key", t("tech.key_no", { n: b.key_no }), ""]);
	if (b.dogs) lines.push(["paw", b.dogs, t("tech.dog")]);
	if (b.hazards) lines.push(["alert", b.hazards, t("tech.hazard")]);
	if (b.parking) lines.push(["truck", b.parking, t("tech.parking")]);
	return (
		<section class="card access" aria-label={t("tech.access")}>
			{b.has_codes && (
				<div class="access__row access__row--codes">
					<p class="meta">{t("tech.code.noted")}</p>
					<Codes stop={p.stop} />
				</div>
			)}
			{lines.map(([icon, text, what]) => (
				<div class="access__row" key={text}>
					<Icon name={icon} size="lg" />
					<p>
						<b>{text}</b>
						{what && <span>{what}</span>}
					</p>
				</div>
			))}
		</section>
	);
}

export const checked = (s: Stop, text: string) => s.progress.checks.find((c) => c.item === text);
const photosOf = (s: Stop, item: string) => s.progress.photos.filter((f) => f.item === item);

/* What still stands between here and the finish; the button at the bottom is the first of it. */
export function missing(s: Stop): CheckLineKept[] {
	return s.brief.checklist.rows.filter(
		(r) =>
			(r.photo && r.required && photosOf(s, r.text).length === 0) ||
			(r.required && r.reading === "signature" && !signedBy(s)) ||
			(r.required && !r.photo && r.reading !== "signature" && !checked(s, r.text)?.done),
	);
}

const READINGS = ["water", "pressure", "salt", "temperature"] as const;
const readingKey = (reading: string) =>
	`tech.reading.${READINGS.find((r) => r === reading) ?? "pressure"}` as const;

function Checklist(p: { stop: Stop }) {
	const s = p.stop;
	const rows = s.brief.checklist.rows;
	if (rows.length === 0) return null;
	return (
		<section aria-labelledby="todo">
			<h2 class="then" id="todo">
				{t("tech.todo")} <span class="meta">{t("tech.about", { time: duration(s.minutes) })}</span>
			</h2>
			{s.brief.instructions && <p class="lines">{s.brief.instructions}</p>}
			<ul class="card checks">
				{rows.map((r) => {
					const c = checked(s, r.text);
					const need = r.photo && photosOf(s, r.text).length === 0;
					return (
						<li key={r.text}>
							<label class="check-row">
								<input
									type="checkbox"
									checked={c?.done === true}
									onChange={(e) =>
										void say("check", s.id, { item: r.text, done: e.currentTarget.checked })
									}
								/>
								<span class="grow">
									{r.text}
									{need && <span class="need">◆ {t("tech.photo.needed")}</span>}
									{r.reading && r.reading !== "signature" && !c?.done && (
										<span class="need">◆ {t(readingKey(r.reading))}</span>
									)}
								</span>
								{c?.done && <span class="meta">{time(c.at)}</span>}
							</label>
							{r.photo && <Photos stop={s} item={r.text} />}
							{r.reading === "signature" && <SignedLine stop={s} />}
						</li>
					);
				})}
			</ul>
		</section>
	);
}

function Bring(p: { stop: Stop }) {
	const rows = p.stop.brief.parts.rows;
	if (rows.length === 0) return null;
	return (
		<section aria-labelledby="bring">
			<h2 class="then" id="bring">
				{t("tech.bring")}
			</h2>
			<ul class="card plain">
				{rows.map((r) => (
					<li key={r.name}>
						{r.name} {r.quantity > 1 && <b>× {r.quantity}</b>}
					</li>
				))}
			</ul>
		</section>
	);
}

function Before(p: { stop: Stop }) {
	const b = p.stop.brief;
	return (
		<section aria-labelledby="before">
			<h2 class="then" id="before">
				{t("tech.before")}
			</h2>
			<ul class="card plain">
				{lastWater(p.stop).map((l) => (
					<li key={l.key}>
						<b>{l.title}</b>
						<p>{l.text}</p>
					</li>
				))}
				{b.notes.map((n) => (
					<li key={n.made_at}>
						<p class="lines">{n.body}</p>
						<span class="meta">{ago(n.made_at)}</span>
					</li>
				))}
				{b.last.map((l) => (
					<li key={l.day}>
						<b>
							{dayOf(l.day)}, {l.tech || t("tech.nobody")}
						</b>
						<p>
							{named("tech.state", l.state)}
							{l.reason ? `: ${l.reason}` : ""}
						</p>
						{l.notes.map((n) => (
							<p class="lines" key={n.id}>
								{n.text}
							</p>
						))}
					</li>
				))}
				{b.text_before && (
					<li>
						<b>{t("tech.mark.text")}</b>
					</li>
				)}
				{b.no_chemicals.length > 0 && (
					<li>
						<b>{t("tech.never")}</b> {b.no_chemicals.map((w) => w.word).join(", ")}
					</li>
				)}
				{b.notes.length + b.last.length + b.water.length + b.no_chemicals.length === 0 && !b.text_before && (
					<li class="meta">{b.first_visit ? t("tech.before.first") : t("tech.before.none")}</li>
				)}
			</ul>
		</section>
	);
}

/* Two boxes that cannot be mixed up: what the customer reads, and what only the office sees. */
function NoteBox(p: { stop: Stop; forCustomer: boolean }) {
	const key = `note:${p.stop.id}:${p.forCustomer}`;
	const [text, setText] = useState(sessionStorage.getItem(key) ?? "");
	const who = p.forCustomer ? "customer" : "office";
	const type = (to: string) => {
		setText(to);
		sessionStorage.setItem(key, to);
	};
	const keep = async () => {
		if (!text.trim()) return;
		await say("note", p.stop.id, { text: text.trim(), for_customer: p.forCustomer });
		type("");
	};
	const said = p.stop.progress.notes.filter((n) => n.for_customer === p.forCustomer);
	return (
		<div class={`notebox notebox--${who}`}>
			<label>
				<b>{t(`tech.note.${who}`)}</b>
				<span class="meta">{t(`tech.note.${who}.hint`)}</span>
				<textarea
					rows={2}
					maxLength={1000}
					value={text}
					onInput={(e) => type(e.currentTarget.value)}
				/>
			</label>
			{text.trim() && (
				<Button block icon="check" onClick={() => void keep()}>
					{t("tech.note.keep")}
				</Button>
			)}
			{said.map((n) => (
				<p key={n.id} class="lines said">
					{n.text} <span class="meta">{time(n.at)}</span>
				</p>
			))}
		</div>
	);
}

type More = "equipment" | "used" | "sign";
type Ask = "no_access" | "skip" | "reassign" | "missing_part" | "follow_up" | "flag" | "problem";
const MORE = new Set<string>(["cant", "equipment", "used", "sign"]);
const WITH_TEXT = new Set<Ask>(["missing_part", "follow_up", "problem"]);

/* Why, in one tap or in words. */
export function AskWhy(p: { what: Ask; stop: Stop | null; onDone: () => void }) {
	const [text, setText] = useState("");
	const reasons = p.what in REASONS ? REASONS[p.what as keyof typeof REASONS] : [];
	const give = async (why: string) => {
		if (!why.trim()) return;
		await say(
			p.what,
			p.stop?.id ?? null,
			WITH_TEXT.has(p.what) ? { text: why.trim() } : { reason: why.trim() },
		);
		p.onDone();
	};
	return (
		<Dialog title={t(`tech.ask.${p.what}`)} onClose={p.onDone}>
			<div class="stack">
				{reasons.map((r) => (
					<Button key={r} block size="lg" onClick={() => void give(t(r))}>
						{t(r)}
					</Button>
				))}
				<label class="field">
					<span class="field__label">
						{t(reasons.length > 0 ? "tech.ask.other" : "tech.ask.say")}
					</span>
					<textarea
						class="input"
						rows={2}
						maxLength={p.what === "skip" ? 80 : 400}
						value={text}
						onInput={(e) => setText(e.currentTarget.value)}
					/>
				</label>
				<Button
					block
					size="lg"
					kind="primary"
					disabled={!text.trim()}
					onClick={() => void give(text)}
				>
					{t(`tech.ask.${p.what}.go`)}
				</Button>
				<Button block kind="quiet" onClick={p.onDone}>
					{t("act.cancel")}
				</Button>
			</div>
		</Dialog>
	);
}
const REASONS = {
	no_access: ["tech.why.locked", "tech.why.dog", "tech.why.code", "tech.why.nobody"],
	skip: ["tech.why.weather", "tech.why.customer", "tech.why.clean", "tech.why.time"],
	reassign: ["tech.why.late", "tech.why.sick", "tech.why.skill", "tech.why.truck"],
} as const;

function CantMake(p: { stop: Stop; onPick: (a: Ask) => void; onClose: () => void }) {
	return (
		<Dialog title={t("tech.cant")} onClose={p.onClose}>
			<div class="stack">
				{(["no_access", "skip", "reassign", "flag"] as const).map((a) => (
					<Button key={a} block size="lg" onClick={() => p.onPick(a)}>
						{t(`tech.cant.${a}`)}
					</Button>
				))}
				<Button block kind="quiet" onClick={p.onClose}>
					{t("act.cancel")}
				</Button>
			</div>
		</Dialog>
	);
}

function Bar(p: { stop: Stop; ask: (a: Ask | More | "cant") => void }) {
	const s = p.stop;
	if (over(s))
		return (
			<div class="bar">
				<p class="bar__done">
					<Icon name="done" /> {named("tech.state", s.state)}
					{s.ended_at ? `, ${time(s.ended_at)}` : ""}
				</p>
				<Button block size="lg" icon="undo" onClick={() => void say("reopen", s.id)}>
					{t("tech.reopen")}
				</Button>
			</div>
		);
	if (s.state !== "started")
		return (
			<div class="bar">
				<div class="bar__two">
					<Button size="lg" icon="x" onClick={() => p.ask("cant")}>
						{t("tech.cant.go")}
					</Button>
					<Button size="lg" icon="box" onClick={() => p.ask("missing_part")}>
						{t("tech.missing.go")}
					</Button>
				</div>
				{s.state === "scheduled" && s.confirmed_at === null && (
					<Button block icon="check" onClick={() => void say("confirm", s.id)}>
						{t("tech.confirm")}
					</Button>
				)}
				<Button
					block
					size="lg"
					kind="primary"
					onClick={() => void placeOf(s).then((at) => say("arrive", s.id, at))}
				>
					{t("tech.start")}
				</Button>
			</div>
		);
	const [first] = missing(s);
	const left = missing(s).length;
	return (
		<div class="bar">
			{first?.photo ? (
				<PhotoButton stop={s} item={first.text} primary>
					{t("tech.photo.of", { what: first.text })}
				</PhotoButton>
			) : first?.reading === "signature" ? (
				<Button block size="lg" kind="primary" icon="pen" onClick={() => p.ask("sign")}>
					{t("tech.sign")}
				</Button>
			) : first?.reading && first.reading !== "pressure" && s.brief.pools.length > 0 ? (
				<Button block size="lg" kind="primary" icon="flask" href={`/tech/stops/${s.id}/water`}>
					{t(readingKey(first.reading))}
				</Button>
			) : first ? (
				<Button
					block
					size="lg"
					kind="primary"
					onClick={() => void say("check", s.id, { item: first.text, done: true })}
				>
					{t("tech.tick", { what: first.text })}
				</Button>
			) : (
				<Button
					block
					size="lg"
					kind="primary"
					onClick={() => {
						void say("finish", s.id);
						toast(t("tech.finished", { name: nameOf(s) }), () => void say("reopen", s.id));
					}}
				>
					{t("tech.finish")}
				</Button>
			)}
			{left > 0 && <p class="bar__then">{count("tech.then_more", left)}</p>}
		</div>
	);
}

export function StopPage(p: { id: string }) {
	const s = stopOf(p.id);
	const [ask, setAsk] = useState<Ask | More | "cant" | null>(null);
	title("tech.stop.title");
	if (!s)
		return (
			<main class="field-page">
				<header class="head">
					<a class="head__back" href="/tech/" aria-label={t("tech.back")}>
						<Icon name="left" size="lg" />
					</a>
					<h1>{t("tech.gone")}</h1>
				</header>
				<SavedLine />
				<p>{t("tech.gone.text")}</p>
			</main>
		);
	const things = s.progress.things.filter((x) => x.verb !== "reading" && x.verb !== "dose");
	return (
		<main class="field-page field-page--stop">
			<Head stop={s} />
			<SavedLine />
			<p class="when">
				<Icon name="clock" /> {windowOf(s)}
				<a class="when__map" href={mapOf(s)} target="_blank" rel="noreferrer">
					<Icon name="nav" /> {t("tech.navigate")}
				</a>
			</p>
			<Changed stop={s} />
			<Access stop={s} />
			{s.state === "started" && <WaterPart stop={s} />}
			<Checklist stop={s} />
			{s.state === "started" && (
				<>
					<NoteBox stop={s} forCustomer />
					<NoteBox stop={s} forCustomer={false} />
					<Photos stop={s} item="" free />
					<div class="more">
						{s.brief.equipment.length > 0 && (
							<Button size="lg" icon="wrench" onClick={() => setAsk("equipment")}>
								{t("tech.equipment")}
							</Button>
						)}
						<Button size="lg" icon="box" onClick={() => setAsk("used")}>
							{t("tech.used")}
						</Button>
						<Button size="lg" icon="pen" onClick={() => setAsk("sign")}>
							{t("tech.sign")}
						</Button>
					</div>
					<Button block size="lg" icon="plus" onClick={() => setAsk("follow_up")}>
						{t("tech.follow_up")}
					</Button>
				</>
			)}
			{things.length > 0 && (
				<ul class="card plain" aria-label={t("tech.said")}>
					{things.map((x) => (
						<li key={x.id}>
							<b>{named("tech.verb", x.verb)}</b> {x.text} <span class="meta">{time(x.at)}</span>
						</li>
					))}
				</ul>
			)}
			<Bring stop={s} />
			<Before stop={s} />
			<p class="meta street">{streetOf(s)}</p>
			{s.brief.contacts.map((c) => (
				<p key={c.name} class="meta">
					{c.name}
					{c.phone && (
						<>
							{": "}
							<a href={`tel:${c.phone}`}>{phone(c.phone)}</a>
						</>
					)}
				</p>
			))}
			<Bar stop={s} ask={setAsk} />
			{ask === "cant" && <CantMake stop={s} onPick={setAsk} onClose={() => setAsk(null)} />}
			{ask === "equipment" && <EquipmentDialog stop={s} onDone={() => setAsk(null)} />}
			{ask === "used" && <UsedDialog stop={s} onDone={() => setAsk(null)} />}
			{ask === "sign" && <SignDialog stop={s} onDone={() => setAsk(null)} />}
			{ask && !MORE.has(ask) && <AskWhy what={ask as Ask} stop={s} onDone={() => setAsk(null)} />}
		</main>
	);
}
