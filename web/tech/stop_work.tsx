/* At the stop: the checklist and the notes. Nothing here asks to be saved. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { CheckLineKept, Stop } from "../shared/api";
import { duration, time } from "../shared/format";
import { Button } from "../shared/ui";
import { language, named, t, tapped, tIn } from "../shared/words";
import { draftId, draftOf, dropDraft, dropDraftId, keepDraftId, useDraft } from "./draft";
import { say, sayAll } from "./outbox";
import { Photos } from "./photos";
import { newId } from "./store";
import { SignedLine, signedBy } from "./work";

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
export const readingKey = (reading: string) =>
	`tech.reading.${READINGS.find((r) => r === reading) ?? "pressure"}` as const;

/* What a filter's gauge shows: at most what the water engine believes. */
const PSI_MOST = 100;
const psiId = (s: Stop, item: string) =>
	`psi-${s.id}-${s.brief.checklist.rows.findIndex((r) => r.text === item)}`;
export const askPsi = (s: Stop, item: string) => document.getElementById(psiId(s, item))?.focus();

/* A line that asks for the pressure is done with its number, not with a tick. */
function Pressure(p: { stop: Stop; item: string }) {
	const { stop } = p;
	const kept = checked(stop, p.item);
	const is = kept?.done && kept.amount != null ? String(kept.amount / 100) : "";
	const [text, type] = useDraft(`psi:${stop.id}:${p.item}`, is);
	const [wrong, setWrong] = useState(false);
	const id = psiId(stop, p.item);
	const keep = async () => {
		const typed = text.trim().replace(",", ".");
		if (typed === "" || typed === is) {
			setWrong(false);
			return type(is);
		}
		const bad = !/^\d{1,3}(\.\d)?$/.test(typed) || Number(typed) > PSI_MOST;
		setWrong(bad);
		if (bad) return;
		const pool = stop.brief.pool_id ?? stop.brief.pools[0]?.id;
		await say("check", stop.id, {
			item: p.item,
			done: true,
			what: "pressure",
			amount: Math.round(Number(typed) * 100),
			...(pool ? { pool_id: pool } : {}),
		});
		type(is);
	};
	return (
		<div class="psi">
			<input
				id={id}
				class="input"
				inputMode="decimal"
				maxLength={5}
				aria-label={t("tech.pressure.of", { what: p.item })}
				aria-invalid={wrong}
				aria-describedby={wrong ? `${id}-wrong` : undefined}
				value={text}
				onInput={(e) => type(e.currentTarget.value)}
				onBlur={() => void keep()}
				onKeyDown={(e) => e.key === "Enter" && e.currentTarget.blur()}
			/>
			<span aria-hidden="true">psi</span>
			{wrong && (
				<p class="need" id={`${id}-wrong`} role="alert">
					{t("tech.pressure.wrong", { most: PSI_MOST })}
				</p>
			)}
		</div>
	);
}

export function Checklist(p: { stop: Stop }) {
	const s = p.stop;
	const rows = s.brief.checklist.rows;
	/* What a finger ticked stays so while it is written down, whatever else comes meanwhile; done it is behind the disk. */
	const [ticks, setTicks] = useState<Record<string, boolean>>({});
	if (rows.length === 0) return null;
	const tick = (item: string, done: boolean) => {
		setTicks((was) => ({ ...was, [item]: done }));
		void say("check", s.id, { item, done }).finally(() =>
			setTicks(({ [item]: _, ...rest }) => rest),
		);
	};
	return (
		<section aria-labelledby="todo">
			<h2 class="then" id="todo">
				{t("tech.todo")}{" "}
				<span class="meta">
					{s.state === "started"
						? t("tech.todo.done", {
								n: rows.filter((r) => checked(s, r.text)?.done).length,
								of: rows.length,
							})
						: t("tech.about", { time: duration(s.minutes) })}
				</span>
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
									checked={ticks[r.text] ?? c?.done === true}
									onChange={(e) => {
										const done = e.currentTarget.checked;
										if (done && r.reading === "pressure" && r.required) {
											e.currentTarget.checked = false;
											askPsi(s, r.text);
										} else tick(r.text, done);
									}}
								/>
								<span class="grow">
									{r.text}
									{need && <span class="need">◆ {t("tech.photo.needed")}</span>}
									{r.reading && r.reading !== "signature" && !c?.done && (
										<span class="need">
											◆ {/* What the line says already is not said twice. */}
											{t(
												t(readingKey(r.reading)).toLowerCase() === r.text.toLowerCase()
													? "tech.reading.needed"
													: readingKey(r.reading),
											)}
										</span>
									)}
								</span>
								{c?.done && <span class="meta">{time(c.at)}</span>}
							</label>
							{r.reading === "pressure" && <Pressure stop={s} item={r.text} />}
							{r.photo && <Photos stop={s} item={r.text} />}
							{r.reading === "signature" && <SignedLine stop={s} />}
						</li>
					);
				})}
			</ul>
		</section>
	);
}

const NOTE_MAX = 1000;
const noteKey = (s: Stop, forCustomer: boolean) => `note:${s.id}:${forCustomer}`;

/*
 * The box still has what was said where a reload came between the disk and the box. So the note's id lies beside the box before it
 * is said, and is gone before the box is empty: the same text under another id is repeated on purpose. Two taps say it once.
 */
const saying = new Map<string, Promise<void>>();
function sayNote(s: Stop, forCustomer: boolean, text: string): Promise<void> {
	const key = noteKey(s, forCustomer);
	const kept = draftId(key);
	const id = kept.slice(13) === text ? kept.slice(0, 13) : newId();
	keepDraftId(key, id + text);
	if (s.progress.notes.some((n) => n.id === id)) dropDraftId(key);
	else if (!saying.has(id))
		saying.set(
			id,
			sayAll(s.id, [["note", { text, for_customer: forCustomer }, id]])
				.then(() => {
					if (draftId(key) === id + text) dropDraftId(key);
				})
				.finally(() => saying.delete(id)),
		);
	return saying.get(id) ?? Promise.resolve();
}

/* What stands in the two boxes when a stop ends was meant, whether it was "added" or not. */
export async function sayNotes(s: Stop): Promise<void> {
	for (const forCustomer of [true, false]) {
		const key = noteKey(s, forCustomer);
		const text = draftOf(key).trim();
		if (text) await sayNote(s, forCustomer, text);
		if (draftOf(key).trim() === text) dropDraft(key);
	}
}

/* What is said most often, by one tap, and taken back by another: in the language that the customer reads. */
const QUICK = ["great", "wait", "low", "gate"] as const;
function Quick(p: { stop: Stop; added: string; text: string; type: (text: string) => void }) {
	/* Days that were kept before the phone knew it have none. */
	const reads = p.stop.brief.language ?? language.value;
	const words = QUICK.map(
		(k) => [t(`tech.quick.${k}`), tIn(reads, `tech.quick.${k}.said`)] as const,
	);
	if (p.added)
		words.push([t("tech.quick.added"), tIn(reads, "tech.quick.added.said", { what: p.added })]);
	const turn = (said: string) => {
		const rest = p.text.split(said);
		const next =
			rest.length > 1 ? rest.map((part) => part.trim()).join(" ") : `${p.text.trimEnd()} ${said}`;
		if (next.length <= NOTE_MAX) p.type(next.trim());
	};
	return (
		<>
			<div class="pick" role="group" aria-label={t("tech.quick")}>
				{words.map(([name, said]) => (
					<button
						key={name}
						class="chip"
						type="button"
						aria-pressed={p.text.includes(said)}
						onClick={() => turn(said)}
					>
						{name}
					</button>
				))}
			</div>
			{reads !== language.value && <p class="meta">{t("tech.quick.language")}</p>}
		</>
	);
}

/*
 * Two boxes that cannot be mixed up: what the customer reads, and what only the office sees.
 *
 * added  products that were poured, for the customer to read
 */
export function NoteBox(p: {
	stop: Stop;
	forCustomer: boolean;
	added?: string;
	children?: ComponentChildren;
}) {
	const key = noteKey(p.stop, p.forCustomer);
	const [text, type] = useDraft(key);
	const who = p.forCustomer ? "customer" : "office";
	const keep = async () => {
		const said = text.trim();
		if (!said) return;
		await sayNote(p.stop, p.forCustomer, said);
		/* Fingers are quicker than the disk: what was typed since is another note. */
		if (draftOf(key).trim() === said) type("");
	};
	const said = p.stop.progress.notes.filter((n) => n.for_customer === p.forCustomer);
	return (
		<div class={`notebox notebox--${who}`}>
			<label>
				<b>{t(`tech.note.${who}`)}</b>
				<span class="meta">{t(`tech.note.${who}.hint`)}</span>
				<textarea
					rows={2}
					maxLength={NOTE_MAX}
					value={text}
					onInput={(e) => type(e.currentTarget.value)}
				/>
			</label>
			{p.forCustomer && <Quick stop={p.stop} added={p.added ?? ""} text={text} type={type} />}
			{p.children}
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

/* What else was said here: parts that are missing, equipment work, what was fetched. */
export function SaidHere(p: { stop: Stop }) {
	const things = p.stop.progress.things.filter((x) => x.verb !== "reading" && x.verb !== "dose");
	if (things.length === 0) return null;
	return (
		<ul class="card plain" aria-label={t("tech.said")}>
			{things.map((x) => (
				<li key={x.id}>
					<b>{named("tech.verb", x.verb)}</b> {tapped("tech.why", x.text)}{" "}
					<span class="meta">{time(x.at)}</span>
				</li>
			))}
		</ul>
	);
}
