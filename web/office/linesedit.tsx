/* Lines as one types them: what, how many, at what price. Named like an item of the price book, a line takes its price. */
import type { Item } from "../shared/api";
import { centsOf, money, moneyTyped } from "../shared/format";
import { Button } from "../shared/ui";
import { named } from "../shared/words";
import { say } from "./jobwords";

export interface Draft {
	choice: number;
	kind: "part" | "labour" | "item" | "discount";
	item_id: string | null;
	text: string;
	quantity: string;
	price: string;
}
export const KINDS = ["part", "labour", "item", "discount"] as const;
export const blank = (choice: number): Draft => ({
	choice,
	kind: "part",
	item_id: null,
	text: "",
	quantity: "1",
	price: "",
});
const empty = (d: Draft) => d.text.trim() === "" && d.price.trim() === "";
const milli = (d: Draft) => Math.round(Number(d.quantity.replace(",", ".")) * 1000);
const unit = (d: Draft) => {
	const cents = centsOf(d.price);
	return cents === null ? null : d.kind === "discount" ? -Math.abs(cents) : cents;
};
export const amount = (d: Draft) => Math.round(((unit(d) ?? 0) * (milli(d) || 0)) / 1000);

/* What the house takes; the number of the first line that is not whole, else 0. */
export function read(rows: Draft[]) {
	const kept = rows.filter((d) => !empty(d));
	const bad = rows.findIndex(
		(d) => !empty(d) && (unit(d) === null || !(milli(d) > 0) || d.text.trim() === ""),
	);
	return {
		bad: bad + 1,
		lines: kept.map((d) => ({
			choice: d.choice,
			kind: d.kind,
			item_id: d.item_id,
			text: d.text.trim(),
			quantity_milli: milli(d),
			unit_cents: unit(d) ?? 0,
			tax_code:
				d.kind === "part" || d.kind === "item" ? "part" : d.kind === "labour" ? "service" : "",
		})),
	};
}

export const typed = (l: {
	choice?: number;
	kind: string;
	item_id: string;
	text: string;
	quantity_milli: number;
	unit_cents: number;
}): Draft => ({
	choice: l.choice ?? 0,
	kind: (KINDS as readonly string[]).includes(l.kind) ? (l.kind as Draft["kind"]) : "item",
	item_id: /^0+$/.test(l.item_id) ? null : l.item_id,
	text: l.text,
	quantity: String(l.quantity_milli / 1000),
	price: moneyTyped(Math.abs(l.unit_cents)),
});

export function Lines(p: {
	rows: Draft[];
	items: Item[];
	currency: string;
	choice: number;
	label: string;
	change: (rows: Draft[]) => void;
}) {
	const mine = p.rows.map((d, i) => ({ d, i })).filter((x) => x.d.choice === p.choice);
	const set = (i: number, part: Partial<Draft>) =>
		p.change(p.rows.map((d, k) => (k === i ? { ...d, ...part } : d)));
	/* An item of the book brings its kind and its price. */
	const name = (i: number, text: string) => {
		const item = p.items.find((x) => x.name.toLowerCase() === text.trim().toLowerCase());
		set(
			i,
			item
				? {
						text,
						item_id: item.id,
						kind: item.kind === "labour" ? "labour" : item.kind === "other" ? "item" : "part",
						price: moneyTyped(item.price_cents),
					}
				: { text, item_id: null },
		);
	};
	return (
		<div class="stack stack--tight" role="group" aria-label={p.label}>
			{mine.length > 0 && (
				<div class="lineedit lineedit__head" aria-hidden="true">
					<span>{say("line.text")}</span>
					<span>{say("line.kind")}</span>
					<span class="num">{say("line.quantity")}</span>
					<span class="num">{say("line.price")}</span>
					<span class="num">{say("line.sum")}</span>
				</div>
			)}
			{mine.map(({ d, i }, n) => (
				<div class="lineedit" key={i}>
					<input
						class="input"
						list="pricebook"
						maxLength={400}
						aria-label={say("line.of", { n: n + 1, what: say("line.text") })}
						placeholder={say("line.text")}
						value={d.text}
						onInput={(e) => name(i, e.currentTarget.value)}
					/>
					<select
						class="input select"
						aria-label={say("line.of", { n: n + 1, what: say("line.kind") })}
						value={d.kind}
						onChange={(e) => set(i, { kind: e.currentTarget.value as Draft["kind"] })}
					>
						{KINDS.map((k) => (
							<option key={k} value={k}>
								{named("charge", k)}
							</option>
						))}
					</select>
					<input
						class="input num"
						inputMode="decimal"
						aria-label={say("line.of", { n: n + 1, what: say("line.quantity") })}
						value={d.quantity}
						onInput={(e) => set(i, { quantity: e.currentTarget.value })}
					/>
					<input
						class="input num"
						inputMode="decimal"
						aria-label={say("line.of", { n: n + 1, what: say("line.price") })}
						placeholder="0.00"
						value={d.price}
						onInput={(e) => set(i, { price: e.currentTarget.value })}
					/>
					<output class="num">{money(amount(d), p.currency)}</output>
					<Button
						size="sm"
						kind="quiet"
						icon="x"
						label={say("line.drop", { n: n + 1 })}
						onClick={() => p.change(p.rows.filter((_, k) => k !== i))}
					/>
				</div>
			))}
			<div>
				<Button size="sm" icon="plus" onClick={() => p.change([...p.rows, blank(p.choice)])}>
					{say("line.add")}
				</Button>
			</div>
		</div>
	);
}

export const Book = (p: { items: Item[] }) => (
	<datalist id="pricebook">
		{p.items
			.filter((x) => !x.archived_at)
			.map((x) => (
				<option key={x.id} value={x.name} />
			))}
	</datalist>
);
