/* At the stop: the checklist and the notes. Nothing here asks to be saved. */
import { useState } from "preact/hooks";
import type { CheckLineKept, Stop } from "../shared/api";
import { duration, time } from "../shared/format";
import { Button } from "../shared/ui";
import { t } from "../shared/words";
import { say } from "./outbox";
import { Photos } from "./photos";
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

export function Checklist(p: { stop: Stop }) {
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

/* Two boxes that cannot be mixed up: what the customer reads, and what only the office sees. */
export function NoteBox(p: { stop: Stop; forCustomer: boolean }) {
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
