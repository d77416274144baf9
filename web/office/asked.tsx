/*
 * What a name server is asked for (the address mails come from, the domain of customers' pages): a wish of one line, the records it
 * takes to be copied, what was found, and asking again.
 */
import type { ComponentChildren, InputHTMLAttributes } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Fault } from "../shared/call";
import { moment } from "../shared/format";
import { toast } from "../shared/over";
import { Button } from "../shared/ui";
import { Part } from "./frame";

/* Whoever manages the domain gets it by a copy: nobody types a key. */
export function Copied(p: { label: string; text: string; copy: string; copied: string }) {
	return (
		<div class="field">
			<span class="field__label">{p.label}</span>
			<div class="row">
				<code class="booking__code grow">{p.text}</code>
				<Button
					icon="copy"
					size="sm"
					label={`${p.copy}: ${p.label}`}
					onClick={() => void navigator.clipboard.writeText(p.text).then(() => toast(p.copied))}
				/>
			</div>
		</div>
	);
}

/* The answer of a name server comes a moment after the question. `asks`: what is done leads to a question. */
export function useAsked(checked: number | null, reload: () => Promise<unknown>) {
	const [fault, setFault] = useState("");
	const [asking, setAsking] = useState(false);
	useEffect(() => {
		if (!asking) return;
		const timer = setInterval(() => void reload().catch(() => {}), 1500);
		const end = setTimeout(() => setAsking(false), 20_000);
		return () => {
			clearInterval(timer);
			clearTimeout(end);
		};
	}, [asking]);
	useEffect(() => setAsking(false), [checked]);
	const run = async (what: () => Promise<unknown>, told: string, asks: boolean) => {
		setFault("");
		try {
			await what();
			if (told) toast(told);
			await reload();
			setAsking(asks);
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return { asking, fault, run };
}

/* Both pages say it by the same keys, in words of their own. */
type Say = (
	key: "save" | "remove" | "records" | "records.text" | "check" | "checking" | "checked",
	values?: Record<string, string>,
) => string;

/* One line that is saved, or taken away. */
export function Wish(p: {
	say: Say;
	label: string;
	text: string;
	hint: string;
	kept: string;
	value: string;
	set: (to: string) => void;
	save: () => void;
	remove: () => void;
	input: InputHTMLAttributes<HTMLInputElement>;
}) {
	return (
		<form
			onSubmit={(e) => {
				e.preventDefault();
				p.save();
			}}
		>
			<Part title={p.label} text={p.text}>
				<label class="field">
					<span class="field__label">{p.label}</span>
					<input
						class="input"
						required
						value={p.value}
						aria-describedby="wish-hint"
						onInput={(e) => p.set(e.currentTarget.value)}
						{...p.input}
					/>
				</label>
				<p id="wish-hint" class="field__hint">
					{p.hint}
				</p>
				<div class="row">
					<Button kind="primary" type="submit" disabled={p.value.trim() === p.kept}>
						{p.say("save")}
					</Button>
					{p.kept && (
						<Button
							kind="quiet"
							onClick={() => {
								p.set("");
								p.remove();
							}}
						>
							{p.say("remove")}
						</Button>
					)}
				</div>
			</Part>
		</form>
	);
}

/* The records, under the button that asks for them again. */
export function Records(p: {
	say: Say;
	asking: boolean;
	checked: number | null;
	check: () => void;
	children: ComponentChildren;
}) {
	return (
		<section aria-labelledby="records">
			<div class="part">
				<div class="part__about">
					<h2 id="records">{p.say("records")}</h2>
					<p>{p.say("records.text")}</p>
				</div>
				<div class="row">
					<Button icon="refresh" busy={p.asking} onClick={p.check}>
						{p.say("check")}
					</Button>
					<span class="muted" aria-live="polite">
						{p.asking
							? p.say("checking")
							: p.checked
								? p.say("checked", { when: moment(p.checked) })
								: ""}
					</span>
				</div>
			</div>
			{p.children}
		</section>
	);
}
