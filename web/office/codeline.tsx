/* One code of a place: behind a tap, for thirty seconds; who looked is written down. */
import { useEffect, useState } from "preact/hooks";
import type { CodeQuestion, Property } from "../shared/api";
import { call, Fault } from "../shared/call";
import { Button, Icon } from "../shared/ui";
import { named, t } from "../shared/words";
import { may } from "./me";

type Kind = CodeQuestion["kind"];
const SHOWN_MS = 30_000;

/* The code is not in the page until it is asked for, and leaves it after thirty seconds. */
export function CodeLine(p: { property: Property; kind: Kind }) {
	const [code, setCode] = useState<string | null>(null);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	useEffect(() => {
		if (code === null) return;
		const timer = setTimeout(() => setCode(null), SHOWN_MS);
		return () => clearTimeout(timer);
	}, [code]);
	const look = async () => {
		setBusy(true);
		setFault("");
		try {
			const shown = await call("POST /api/office/properties/:id/codes", {
				id: p.property.id,
				body: { kind: p.kind },
			});
			setCode(shown.code);
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	const name = named("code", p.kind);
	return (
		<div class="sideline">
			<Icon name={p.kind === "note" ? "file" : p.kind === "lockbox" ? "box" : "lock"} />
			<div class="grow">
				<b>{name}</b>
				{fault && <p class="field__error">{fault}</p>}
				{code !== null && p.kind === "note" && <p class="lines-kept">{code}</p>}
			</div>
			<span class="code" aria-live="polite">
				{code !== null && p.kind !== "note" && <output class="code__shown">{code}</output>}
			</span>
			{code === null ? (
				may("see_codes") ? (
					<button
						class="code__hidden"
						type="button"
						aria-busy={busy ? "true" : undefined}
						aria-label={t("access.show", { code: name })}
						onClick={() => void look()}
					>
						<span aria-hidden="true">••••</span>
						<Icon name="eye" />
					</button>
				) : (
					<Icon name="lock" />
				)
			) : (
				<Button
					kind="quiet"
					size="sm"
					icon="x"
					label={t("access.hide", { code: name })}
					onClick={() => setCode(null)}
				/>
			)}
		</div>
	);
}
