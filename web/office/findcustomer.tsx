/* A customer is looked for by a word of the name, a telephone, an address, and taken: the one place where that is done. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { CustomerLine } from "../shared/api";
import { call } from "../shared/call";
import { useAutofocus } from "../shared/form";
import { Icon } from "../shared/ui";
import { t } from "../shared/words";
import { addressOf } from "./place";

const LEAST = 2; /* letters that are worth a question */
const SHOWN = 8;
const PAUSE_MS = 200;

/* label: whose it is looked for; not: an id that is no answer; fault: what a form says about nobody being taken. */
export function FindCustomer(p: {
	label?: string;
	not?: string;
	fault?: string | undefined;
	take: (x: CustomerLine) => void;
}) {
	const [q, setQ] = useState("");
	/* What was found, and for which words. */
	const [found, setFound] = useState<{ q: string; rows: CustomerLine[] }>({ q: "", rows: [] });
	const word = q.trim();
	/* The words behind which Enter was pressed before their answer had come. */
	const wished = useRef("");
	const wrong = useId();
	const box = useAutofocus(true);
	useEffect(() => {
		if (word.length < LEAST) return setFound({ q: "", rows: [] });
		let wanted = true;
		const timer = setTimeout(() => {
			call("GET /api/office/customers", { query: { q: word } }).then(
				(x) => {
					if (!wanted) return;
					const rows = x.rows.filter((r) => r.id !== p.not).slice(0, SHOWN);
					setFound({ q: word, rows });
					if (rows[0] && wished.current === word) p.take(rows[0]);
				},
				() => {},
			);
		}, PAUSE_MS);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [word]);
	return (
		<div class="stack stack--tight">
			<label class="field">
				<span class="field__label">{p.label ?? t("find.customer")}</span>
				<span class="with">
					<Icon name="search" />
					<input
						class="input"
						ref={box}
						type="search"
						autofocus
						autocomplete="off"
						placeholder={t("customers.find")}
						aria-invalid={p.fault ? true : undefined}
						aria-describedby={p.fault ? wrong : undefined}
						value={q}
						onInput={(e) => {
							wished.current = "";
							setQ(e.currentTarget.value);
						}}
						onKeyDown={(e) => {
							if (e.key !== "Enter") return;
							// A form around it is not sent; the best is taken, of what was found for these words
							e.preventDefault();
							if (found.q !== word) wished.current = word;
							else if (found.rows[0]) p.take(found.rows[0]);
						}}
					/>
				</span>
				{p.fault && (
					<span class="field__error" id={wrong}>
						{p.fault}
					</span>
				)}
			</label>
			{found.rows.length > 0 && (
				<ul class="lines card looks">
					{found.rows.map((r) => (
						<li key={r.id}>
							<button class="looks__line looks__pick" type="button" onClick={() => p.take(r)}>
								<b class="clip">{r.name}</b>
								<span class="meta clip">{addressOf({ ...r, region: "", postcode: "" })}</span>
							</button>
						</li>
					))}
				</ul>
			)}
			{found.q !== "" && found.rows.length === 0 && <p class="faint">{t("customers.none")}</p>}
		</div>
	);
}
