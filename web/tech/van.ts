/* What is in the own van, for when there is no signal. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { StockPage } from "../shared/api";
import { call } from "../shared/call";
import { number } from "../shared/format";
import { named } from "../shared/words";
import { get, put } from "./store";

const VAN = "van";
export const PIECE = 100;
type Rows = StockPage["rows"];

/* Nothing: nothing of it was ever counted, which is not to say that it is empty. */
const van = signal<Rows>([]);

export async function fillVan(): Promise<void> {
	try {
		const page = await call("GET /api/tech/van", { door: true });
		await put("kv", page, VAN);
		van.value = page.rows;
	} catch {
		/* What was known before still helps. */
	}
}

export function useVan(): Rows {
	useEffect(() => {
		void get<StockPage>("kv", VAN).then((v) => {
			van.value = v?.rows ?? [];
		});
	}, []);
	return van.value;
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/* How much of a thing by that name is in the van, "6 gallons", "3"; "": none that was counted. */
export function heldIn(van: Rows, name: string): string {
	const row = van.find((r) => same(r.item, name) && r.amount_x100 > 0);
	if (!row) return "";
	const n = Number((row.amount_x100 / (row.holds_x100 || PIECE)).toFixed(1));
	const unit = row.unit === "each" ? "" : named(n === 1 ? "unit.one" : "unit.many", row.unit);
	return `${number(n)} ${unit}`.trim();
}
