/* Carrying a stop by the keys, over a grid of cells: Space or M picks up, arrows choose where to, Enter puts down. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { VisitLine } from "../shared/api";

export interface Held {
	visit: VisitLine;
	col: number;
	row: number;
}

const STEPS: Record<string, readonly [number, number]> = {
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
	ArrowUp: [0, -1],
	ArrowDown: [0, 1],
};
const clamp = (n: number, max: number) => Math.min(Math.max(n, 0), max - 1);

/* The grid's cells are [data-cell][data-col][data-row]; what can be walked to in them [data-sum] and [data-stop]. */
export function useCarry(p: {
	root: RefObject<HTMLTableElement | null>;
	columns: number;
	rows: number;
	/* The data-cell of a column and row. */
	key: (col: number, row: number) => string;
	drop: (v: VisitLine, key: string) => void;
}) {
	const [held, setHeld] = useState<Held | null>(null);
	const aim = held ? p.key(held.col, held.row) : "";
	/* Where it would land is in view. */
	useEffect(() => {
		if (held)
			p.root.current
				?.querySelector(`[data-cell="${aim}"]`)
				?.scrollIntoView({ block: "nearest", inline: "nearest" });
	}, [aim]);
	const onKey = (e: KeyboardEvent) => {
		const step = STEPS[e.key];
		if (!held) {
			if (step && walk(p.root.current, ...step)) e.preventDefault();
			return;
		}
		if (step)
			setHeld({
				...held,
				col: clamp(held.col + step[0], p.columns),
				row: clamp(held.row + step[1], p.rows),
			});
		else if (e.key === "Enter" || e.key === "Escape") {
			setHeld(null);
			if (e.key === "Enter") p.drop(held.visit, aim);
		} else return;
		e.preventDefault();
		e.stopPropagation();
	};
	return { held, setHeld, aim, onKey };
}

/* Focus goes to the next thing in that direction; says whether there was one. */
function walk(table: HTMLTableElement | null, dx: number, dy: number): boolean {
	const here = document.activeElement as HTMLElement | null;
	const cell = here?.closest<HTMLElement>("[data-cell]");
	if (!table || !here || !cell) return false;
	const inside = (c: Element) => [...c.querySelectorAll<HTMLElement>("[data-sum], [data-stop]")];
	const list = inside(cell);
	const i = list.indexOf(here);
	if (dy !== 0 && list[i + dy]) {
		list[i + dy]?.focus();
		return true;
	}
	let col = Number(cell.dataset.col) + dx;
	let row = Number(cell.dataset.row) + dy;
	for (;;) {
		const next = table.querySelector(`[data-col="${col}"][data-row="${row}"]`);
		if (!next) return false;
		const there = inside(next);
		const to = dy < 0 ? there.at(-1) : dy > 0 ? there[0] : there[Math.min(i, there.length - 1)];
		if (to) {
			to.focus();
			return true;
		}
		col += dx;
		row += dy;
	}
}
