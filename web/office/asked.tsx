/* What a name server is asked for: a record's name and value to be copied, what it said, and asking again. */
import { useEffect, useState } from "preact/hooks";
import { toast } from "../shared/over";
import { Button } from "../shared/ui";

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

/* The answer of a name server comes a moment after the question. */
export function useAsked(checked: number | null, reload: () => Promise<unknown>) {
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
	return [asking, setAsking] as const;
}
