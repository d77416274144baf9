/*
 * What else is done at a stop: work on equipment, products out of the van, the customer's name under it. Each is a verb
 * that waits for its turn; the drawn name is kept and sent like a photo.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Stop } from "../shared/api";
import { dayOf } from "../shared/format";
import { Dialog } from "../shared/over";
import { Button, Icon } from "../shared/ui";
import { named, t } from "../shared/words";
import { useDraft } from "./draft";
import { say } from "./outbox";
import { keepPicture } from "./photos";
import { PIECE, useVan } from "./van";

const sizeOf = (unit: string, holds: number) => (unit === "each" ? PIECE : holds || PIECE);

export function UsedDialog(p: { stop: Stop; onDone: () => void }) {
	const van = useVan();
	const [text, type] = useDraft(`used:${p.stop.id}`);
	const [item, setItem] = useDraft(`used.item:${p.stop.id}`);
	const [many, setMany] = useDraft(`used.many:${p.stop.id}`, "1");
	const n = Number(many);
	const setN = (to: number) => setMany(String(to));
	const row = van.find((r) => r.item_id === item);
	const name = row ? row.item : text.trim();
	const give = async () => {
		await say("used", p.stop.id, {
			text: name,
			amount: n * (row ? sizeOf(row.unit, row.holds_x100) : PIECE),
			...(row ? { what: row.item_id } : {}),
		});
		type("");
		setItem("");
		setN(1);
		p.onDone();
	};
	return (
		<Dialog title={t("tech.used")} onClose={p.onDone}>
			<div class="stack">
				{van.length > 0 && (
					<div class="pick" role="group" aria-label={t("tech.used.van")}>
						{van.map((r) => (
							<button
								key={r.item_id}
								class="chip"
								type="button"
								aria-pressed={r.item_id === item}
								onClick={() => setItem(r.item_id === item ? "" : r.item_id)}
							>
								{r.item}
							</button>
						))}
					</div>
				)}
				{!row && (
					<label class="field">
						<span class="field__label">{t("tech.used.what")}</span>
						<input
							class="input"
							maxLength={120}
							value={text}
							onInput={(e) => type(e.currentTarget.value)}
						/>
					</label>
				)}
				<div class="stepper" role="group" aria-label={t("tech.used.many")}>
					<button
						type="button"
						aria-label={t("tech.water.less")}
						onClick={() => setN(Math.max(1, n - 1))}
					>
						−
					</button>
					<output>
						{n} {row && row.unit !== "each" ? named("unit.many", row.unit) : ""}
					</output>
					<button
						type="button"
						aria-label={t("tech.water.more")}
						onClick={() => setN(Math.min(99, n + 1))}
					>
						+
					</button>
				</div>
				<Button block size="lg" kind="primary" disabled={!name} onClick={() => void give()}>
					{t("tech.used.go")}
				</Button>
				<Button block kind="quiet" onClick={p.onDone}>
					{t("act.cancel")}
				</Button>
			</div>
		</Dialog>
	);
}

const DONE = [
	"tech.eq.cleaned",
	"tech.eq.backwashed",
	"tech.eq.replaced",
	"tech.eq.repaired",
] as const;

export function EquipmentDialog(p: { stop: Stop; onDone: () => void }) {
	const all = p.stop.brief.equipment;
	const only = all.length === 1 ? (all[0]?.id ?? "") : "";
	const [which, setWhich] = useDraft(`equipment.which:${p.stop.id}`, only);
	const [text, type] = useDraft(`equipment:${p.stop.id}`);
	const give = async (what: string) => {
		await say("equipment", p.stop.id, { text: what.trim(), equipment_id: which || null });
		type("");
		setWhich(only);
		p.onDone();
	};
	return (
		<Dialog title={t("tech.equipment")} onClose={p.onDone}>
			<div class="stack">
				<div class="pick" role="group" aria-label={t("tech.equipment.which")}>
					{all.map((e) => (
						<button
							key={e.id}
							class="chip"
							type="button"
							aria-pressed={e.id === which}
							onClick={() => setWhich(e.id === which ? "" : e.id)}
						>
							{[named("machine", e.kind), e.make, e.model].filter(Boolean).join(" ")}
							{e.serviced_day && <small> {dayOf(e.serviced_day)}</small>}
						</button>
					))}
				</div>
				{DONE.map((d) => (
					<Button key={d} block size="lg" disabled={!which} onClick={() => void give(t(d))}>
						{t(d)}
					</Button>
				))}
				<label class="field">
					<span class="field__label">{t("tech.ask.other")}</span>
					<textarea
						class="input"
						rows={2}
						maxLength={400}
						value={text}
						onInput={(e) => type(e.currentTarget.value)}
					/>
				</label>
				<Button
					block
					size="lg"
					kind="primary"
					disabled={!text.trim()}
					onClick={() => void give(text)}
				>
					{t("tech.equipment.go")}
				</Button>
				<Button block kind="quiet" onClick={p.onDone}>
					{t("act.cancel")}
				</Button>
			</div>
		</Dialog>
	);
}

export const signedBy = (s: Stop) =>
	s.progress.things.filter((x) => x.verb === "signed").at(-1)?.text;

/* A finger's lines: points of the pad, "x,y x,y" each, and a ";" between two. */
type Line = [number, number][];
const linesOf = (kept: string): Line[] =>
	kept
		.split(";")
		.filter(Boolean)
		.map((l) =>
			l.split(" ").map((p) => {
				const [x = 0, y = 0] = p.split(",").map(Number);
				return [x, y];
			}),
		);
const textOf = (lines: Line[]) => lines.map((l) => l.map((p) => p.join(",")).join(" ")).join(";");
const POINTS_MAX = 6000; /* forty kilobytes: a name has a few hundred */

/* Dark ink on white whatever the theme, because it becomes a paper's picture. */
function ink(c: CanvasRenderingContext2D, line: Line) {
	Object.assign(c, { lineWidth: 9, lineCap: "round", lineJoin: "round", strokeStyle: "#0b1f24" });
	c.beginPath();
	line.forEach(([x, y], i) => {
		if (i === 0) c.moveTo(x, y);
		c.lineTo(x, y);
	});
	c.stroke();
}

/* What was drawn is kept like what was typed: by the point, until it is given. */
export function SignDialog(p: { stop: Stop; onDone: () => void }) {
	const pad = useRef<HTMLCanvasElement>(null);
	const [name, setName] = useDraft(`sign:${p.stop.id}`);
	const [drawn, setDrawn] = useDraft(`sign.lines:${p.stop.id}`);
	const lines = useRef<Line[]>(linesOf(drawn));
	const [bad, setBad] = useState(false);
	const down = useRef(false);
	/* White first, as the picture will be; then what is there, when the pad opens. What is drawn on it now is ink already. */
	const bare = drawn === "";
	useLayoutEffect(() => {
		const c = pad.current?.getContext("2d");
		if (!c) return;
		if (bare) lines.current = [];
		else if (down.current) return;
		c.fillStyle = "#fff";
		c.fillRect(0, 0, c.canvas.width, c.canvas.height);
		for (const line of lines.current) ink(c, line);
	}, [bare]);
	const put = (e: PointerEvent) => {
		const c = pad.current?.getContext("2d");
		const line = lines.current.at(-1);
		if (!c || !line || lines.current.reduce((n, l) => n + l.length, 0) >= POINTS_MAX) return;
		const box = c.canvas.getBoundingClientRect();
		line.push([
			Math.round(((e.clientX - box.left) / box.width) * c.canvas.width),
			Math.round(((e.clientY - box.top) / box.height) * c.canvas.height),
		]);
		ink(c, line.slice(-2));
		setDrawn(textOf(lines.current));
	};
	const give = async () => {
		const blob = await new Promise<Blob | null>((done) =>
			pad.current!.toBlob(done, "image/jpeg", 0.85),
		);
		if (!blob) return setBad(true);
		try {
			const text = name.trim();
			await keepPicture(blob, p.stop.id, t("tech.sign.picture"), ["signed", { text }]);
			setName("");
			setDrawn("");
			p.onDone();
		} catch {
			setBad(true);
		}
	};
	return (
		<Dialog title={t("tech.sign")} onClose={p.onDone}>
			<div class="stack">
				<canvas
					ref={pad}
					class="signpad"
					width={900}
					height={360}
					role="img"
					aria-label={t("tech.sign.pad")}
					onPointerDown={(e) => {
						e.currentTarget.setPointerCapture(e.pointerId);
						down.current = true;
						lines.current.push([]);
						put(e);
					}}
					onPointerMove={(e) => down.current && put(e)}
					onPointerUp={() => {
						down.current = false;
					}}
					onPointerCancel={() => {
						down.current = false;
					}}
				/>
				<Button kind="quiet" icon="undo" disabled={!drawn} onClick={() => setDrawn("")}>
					{t("tech.sign.again")}
				</Button>
				<label class="field">
					<span class="field__label">{t("tech.sign.name")}</span>
					<input
						class="input"
						maxLength={120}
						autocomplete="off"
						value={name}
						onInput={(e) => setName(e.currentTarget.value)}
					/>
				</label>
				{bad && <p role="alert">{t("tech.photo.bad")}</p>}
				<Button
					block
					size="lg"
					kind="primary"
					disabled={!drawn || !name.trim()}
					onClick={() => void give()}
				>
					{t("tech.sign.go")}
				</Button>
				<Button block kind="quiet" onClick={p.onDone}>
					{t("act.cancel")}
				</Button>
			</div>
		</Dialog>
	);
}

export function SignedLine(p: { stop: Stop }) {
	const who = signedBy(p.stop);
	return who ? (
		<p class="meta">
			<Icon name="check" size="sm" /> {t("tech.sign.done", { name: who })}
		</p>
	) : null;
}
