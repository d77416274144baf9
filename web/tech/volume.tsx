/*
 * Water of which nobody knows how much it is: whoever stands before it says so, the advice comes at once, and the office reads
 * it as a note. What the office writes down then counts for everybody.
 */
import { useState } from "preact/hooks";
import { volume } from "../shared/format";
import { Button } from "../shared/ui";
import { named, t } from "../shared/words";
import { useDraft } from "./draft";
import type { Props } from "./water_said";

const LITRES_A_GALLON = 3.785411784;
const LEAST_L = 100;
const MOST_L = 10_000_000;

/* "18,500" as it is typed, in litres; null: no such water. */
function litresOf(typed: string, units: "us" | "metric"): number | null {
	const n = Number(typed.trim().replace(/[ ,.](?=\d{3}\b)/g, ""));
	const litres = Math.round(units === "us" ? n * LITRES_A_GALLON : n);
	return litres >= LEAST_L && litres <= MOST_L ? litres : null;
}

export function Volume(p: Props) {
	const { page } = p;
	const [typed, type] = useDraft(`volume:${p.stop.id}:${p.pool}`);
	const [bad, setBad] = useState(false);
	const keep = async () => {
		const volume_l = litresOf(typed, page.units);
		setBad(volume_l === null);
		if (volume_l === null) return;
		const pool = page.name || named("water", page.kind);
		const text = t("tech.volume.note", { pool, much: volume(volume_l) });
		await p.keep((was) => ({ ...was, volume_l }), [["note", { text, for_customer: false }]]);
		type("");
	};
	return (
		<form
			class="card dose"
			noValidate
			onSubmit={(e) => {
				e.preventDefault();
				void keep();
			}}
		>
			<p role="status">{t("dose.volume")}</p>
			<label class="field">
				<span class="field__label">
					{t(page.units === "us" ? "tech.volume.gal" : "tech.volume.l")}
				</span>
				<input
					class="input"
					inputMode="numeric"
					maxLength={12}
					value={typed}
					aria-describedby="volume-hint"
					aria-invalid={bad}
					onInput={(e) => {
						type(e.currentTarget.value);
						setBad(false);
					}}
				/>
			</label>
			{bad && (
				<p class="need" role="alert">
					{t("tech.volume.bad")}
				</p>
			)}
			<p class="meta" id="volume-hint">
				{t("tech.volume.hint")}
			</p>
			<Button block size="lg" kind="primary" type="submit" disabled={!typed.trim()}>
				{t("tech.volume.go")}
			</Button>
		</form>
	);
}

/* Advice that stands on it says so. */
export function ByVolume(p: Props) {
	if (!p.said.volume_l || p.said.volume_l !== p.page.volume_l) return null;
	return (
		<p class="row">
			<span class="meta grow">{t("tech.volume.by", { much: volume(p.said.volume_l) })}</span>
			<Button onClick={() => void p.keep((was) => ({ ...was, volume_l: undefined }))}>
				{t("tech.volume.again")}
			</Button>
		</p>
	);
}
