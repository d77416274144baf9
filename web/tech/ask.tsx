/* Why not: in one tap or in words. What cannot be done, and to whom that is said. */
import { useState } from "preact/hooks";
import type { Stop } from "../shared/api";
import { Dialog, toast } from "../shared/over";
import { go } from "../shared/router";
import { Button } from "../shared/ui";
import { t } from "../shared/words";
import { useDraft } from "./draft";
import { givenAway } from "./news";
import { say } from "./outbox";
import { nameOf } from "./stop_said";
import { sayNotes } from "./stop_work";

export type More = "equipment" | "used" | "sign";
export type Ask =
	| "no_access"
	| "skip"
	| "reassign"
	| "missing_part"
	| "follow_up"
	| "flag"
	| "problem";
export const MORE = new Set<string>(["cant", "equipment", "used", "sign"]);
const ENDS = new Set<Ask>(["no_access", "skip"]);
const WITH_TEXT = new Set<Ask>(["missing_part", "follow_up", "problem"]);

/* Why, in one tap or in words. */
export function AskWhy(p: { what: Ask; stop: Stop | null; onDone: () => void }) {
	const [text, type] = useDraft(`${p.what}:${p.stop?.id ?? ""}`);
	const reasons = p.what in REASONS ? REASONS[p.what as keyof typeof REASONS] : [];
	const [busy, setBusy] = useState(false);
	const give = async (why: string) => {
		if (!why.trim()) return;
		setBusy(true); /* two taps are one */
		await tell(why).finally(() => setBusy(false));
	};
	const tell = async (why: string) => {
		if (p.stop && ENDS.has(p.what)) await sayNotes(p.stop);
		await say(
			p.what,
			p.stop?.id ?? null,
			/* A reason is one line: what is refused for its shape would hold up all that waits behind it. */
			WITH_TEXT.has(p.what) ? { text: why.trim() } : { reason: why.trim().replace(/\s+/g, " ") },
		);
		if (p.what === "reassign" && p.stop) await givenAway(p.stop.id);
		type("");
		p.onDone();
		if (p.what === "problem") toast(t("tech.problem.thanks"));
		/* Whoever gives a stop away is not told afterwards that somebody took it. */
		if (p.what !== "reassign" || !p.stop) return;
		go("/tech/");
		toast(t("tech.reassigned", { name: nameOf(p.stop) }));
	};
	return (
		<Dialog title={t(`tech.ask.${p.what}`)} onClose={p.onDone}>
			<div class="stack">
				{reasons.map((r) => (
					<Button key={r} block size="lg" busy={busy} onClick={() => void give(t(r))}>
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
						onInput={(e) => type(e.currentTarget.value)}
					/>
				</label>
				<Button
					block
					size="lg"
					kind="primary"
					busy={busy}
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
	problem: ["tech.why.app", "tech.why.slow", "tech.why.plan", "tech.why.process"],
} as const;

export function CantMake(p: { stop: Stop; onPick: (a: Ask) => void; onClose: () => void }) {
	/* Who has begun gives nothing back: what is not done says so. */
	const begun = p.stop.state === "started";
	const ways = begun
		? (["no_access", "skip"] as const)
		: (["no_access", "skip", "reassign", "flag"] as const);
	return (
		<Dialog title={t(begun ? "tech.cant.finish" : "tech.cant")} onClose={p.onClose}>
			<div class="stack">
				{ways.map((a) => (
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
