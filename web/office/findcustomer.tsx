/* A customer is looked for by a few letters, and taken. */
import { useEffect, useState } from "preact/hooks";
import type { CustomerLine } from "../shared/api";
import { call } from "../shared/call";
import { Button, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { say } from "./messagewords";

export function FindCustomer(p: { take: (id: string) => Promise<void>; close: () => void }) {
	const [q, setQ] = useState("");
	const [rows, setRows] = useState<CustomerLine[] | null>(null);
	useEffect(() => {
		if (!q.trim()) return setRows(null);
		let gone = false;
		const timer = setTimeout(
			() =>
				void call("GET /api/office/customers", { query: { q } }).then(
					(page) => gone || setRows(page.rows.slice(0, 8)),
					() => {},
				),
			200,
		);
		return () => {
			gone = true;
			clearTimeout(timer);
		};
	}, [q]);
	return (
		<div class="stack">
			<div class="with">
				<Icon name="search" />
				<input
					class="input"
					type="search"
					autofocus
					aria-label={say("write.find")}
					placeholder={say("write.find")}
					value={q}
					onInput={(e) => setQ(e.currentTarget.value)}
				/>
			</div>
			{rows?.length === 0 && <p class="muted">{say("write.none")}</p>}
			<ul class="found">
				{rows?.map((r) => (
					<li key={r.id}>
						<button type="button" class="found__one" onClick={() => void p.take(r.id)}>
							<b>{r.name}</b>
							<span class="muted">{r.street}</span>
						</button>
					</li>
				))}
			</ul>
			<div class="row">
				<Button kind="quiet" onClick={p.close}>
					{t("act.cancel")}
				</Button>
			</div>
		</div>
	);
}
