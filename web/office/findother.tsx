/* Another customer, found by a word of the name, a telephone, an address. */
import { useEffect, useState } from "preact/hooks";
import type { CustomerLine } from "../shared/api";
import { call } from "../shared/call";
import { Icon } from "../shared/ui";
import { t } from "../shared/words";
import { addressOf } from "./place";

export function FindOther(p: { not: string; label?: string; take: (x: CustomerLine) => void }) {
	const [q, setQ] = useState("");
	const [rows, setRows] = useState<CustomerLine[]>([]);
	// Waits for the typing to pause
	useEffect(() => {
		if (q.trim().length < 2) {
			setRows([]);
			return;
		}
		let wanted = true;
		const timer = setTimeout(() => {
			call("GET /api/office/customers", { query: { q } }).then(
				(x) => wanted && setRows(x.rows.filter((r) => r.id !== p.not).slice(0, 8)),
				() => {},
			);
		}, 200);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [q]);
	return (
		<div class="stack stack--tight">
			<label class="field">
				<span class="field__label">{p.label ?? t("merge.find")}</span>
				<span class="with">
					<Icon name="search" />
					<input
						class="input"
						type="search"
						autofocus
						value={q}
						onInput={(e) => setQ(e.currentTarget.value)}
					/>
				</span>
			</label>
			{rows.length > 0 && (
				<ul class="lines card looks">
					{rows.map((r) => (
						<li key={r.id}>
							<button class="looks__line looks__pick" type="button" onClick={() => p.take(r)}>
								<b class="clip">{r.name}</b>
								<span class="meta clip">{addressOf({ ...r, region: "", postcode: "" })}</span>
							</button>
						</li>
					))}
				</ul>
			)}
			{q.trim().length >= 2 && rows.length === 0 && <p class="faint">{t("customers.none")}</p>}
		</div>
	);
}
