/* Lists of the office: rows and columns, on a phone a card each. */
import { type ComponentChildren, Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { classes } from "../shared/ui";
import { t } from "../shared/words";

/* ---- table ---- */

export interface Column<R> {
	head: string;
	cell: (row: R) => ComponentChildren;
	/* What stands in the head instead of its words: a box that ticks all. */
	top?: ComponentChildren;
	tight?: boolean;
	/* An amount: cent stands under cent. */
	sum?: boolean;
	/* The box that chooses a row: beside its name on a phone. */
	pick?: boolean;
	/* On a phone: `wide` takes a whole line, `lead` what the amounts behind it leave of theirs, `desk` is left to the open row. */
	wide?: boolean;
	lead?: boolean;
	desk?: boolean;
}

/*
 * A button that goes with its row would take the focus with it: what stands in its place gets it, so that a keyboard
 * goes on where it was.
 */
export function useKept<T extends HTMLElement>() {
	const root = useRef<T>(null);
	const last = useRef<{ at: number; on: Element } | null>(null);
	const stops = () => [
		...(root.current?.querySelectorAll<HTMLElement>("a[href], button, input, select") ?? []),
	];
	useLayoutEffect(() => {
		const kept = last.current;
		if (!kept || kept.on.isConnected) return;
		last.current = null;
		const all = stops();
		if (document.activeElement === document.body)
			all[Math.min(kept.at, all.length - 1)]?.focus({ preventScroll: true });
	});
	// The last row goes: the page itself is where one stands then
	useEffect(
		() => () => {
			if (last.current?.on.isConnected) return;
			if (last.current && document.activeElement === document.body)
				document.querySelector("h1")?.focus({ preventScroll: true });
		},
		[],
	);
	const onFocusIn = (e: Event) => {
		const on = e.target as HTMLElement;
		last.current = { at: stops().indexOf(on), on };
	};
	return { ref: root, onFocusIn };
}

export function Table<R>(p: {
	caption: string;
	columns: Column<R>[];
	rows: R[];
	keyOf: (row: R) => string | number;
	selected?: string | undefined;
	onOpen?: (row: R) => void;
	/* What lies open under a row; nothing under one that is closed. */
	under?: (row: R) => ComponentChildren;
}) {
	const cls = (c: Column<R>) =>
		classes(
			c.tight && "tight",
			c.sum && "cents",
			c.pick && "pick",
			c.wide && "wide",
			c.lead && "lead",
			c.desk && "desk",
		) || undefined;
	const kept = useKept<HTMLTableElement>();
	return (
		<table class="table" {...kept}>
			<caption class="unseen">{p.caption}</caption>
			<thead>
				<tr>
					{p.columns.map((c, i) => (
						<th key={i} scope="col" class={cls(c)}>
							{c.top ?? (c.head || <span class="unseen">{t("table.actions")}</span>)}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{p.rows.map((row) => {
					const under = p.under?.(row);
					return (
						<Fragment key={p.keyOf(row)}>
							{/* The row's own button or link is what a keyboard uses; the row only makes the target bigger. */}
							<tr
								data-opens={p.onOpen ? "" : undefined}
								data-open={under ? "" : undefined}
								aria-selected={p.selected === String(p.keyOf(row)) ? "true" : undefined}
								onClick={(e) => {
									if (!(e.target as Element).closest("a, button, input, label")) p.onOpen?.(row);
								}}
							>
								{p.columns.map((c, i) => (
									<td key={i} class={cls(c)}>
										{c.cell(row)}
									</td>
								))}
							</tr>
							{under && (
								<tr data-open="">
									<td class="wide" colSpan={p.columns.length}>
										{under}
									</td>
								</tr>
							)}
						</Fragment>
					);
				})}
			</tbody>
		</table>
	);
}
