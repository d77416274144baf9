/* A list that comes page by page: found by what is typed, limited to some days, gone on with behind its last row. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Fault } from "../shared/call";
import { addDays, daysBetween, isDay, isWritten } from "../shared/days";
import type { Place } from "../shared/router";
import { Button, FaultBar, Icon } from "../shared/ui";
import { t } from "../shared/words";

const PAUSE_MS = 250;

export interface Days {
	from: string;
	to: string;
}

/* The days in the address, or those a list opens with. */
export function daysIn(at: Place, usual: Days): Days {
	const [from, to] = [at.query.get("from") ?? "", at.query.get("to") ?? ""];
	return isDay(from) && isDay(to) && from <= to ? { from, to } : usual;
}

export interface Paged<P> {
	page: P;
	q: string;
	setQ: (q: string) => void;
	busy: boolean;
	fault: string;
	more: () => void;
}

/*
 * first: the page that came with the screen, for no word; ask: the first page for a word, or, with the page that is there,
 * that page with those behind it. Of two answers under way the later question's counts.
 */
export function usePaged<P>(first: P, ask: (q: string, before?: P) => Promise<P>): Paged<P> {
	const [page, setPage] = useState(first);
	const [q, setQ] = useState("");
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const asked = useRef(0);
	const typed = useRef(false);
	const get = async (before?: P) => {
		const n = ++asked.current;
		setBusy(true);
		setFault("");
		try {
			const next = await ask(q.trim(), before);
			if (n === asked.current) setPage(next);
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			if (n === asked.current) setFault(f.message);
		} finally {
			if (n === asked.current) setBusy(false);
		}
	};
	// What the screen brings is new: shown as it is, or asked for by the word that stands there
	useEffect(() => {
		if (q.trim()) void get();
		else setPage(first);
	}, [first]);
	useEffect(() => {
		if (!typed.current) {
			typed.current = true;
			return;
		}
		const later = setTimeout(() => void get(), PAUSE_MS);
		return () => clearTimeout(later);
	}, [q]);
	return { page, q, setQ, busy, fault, more: () => void get(page) };
}

/* Above the list: what it is found by, and its days if it has some. */
export function Finder<P>(p: {
	list: Paged<P>;
	name: string;
	label?: string;
	days?: Days;
	move?: (days: Days) => void;
	most?: number;
	children?: ComponentChildren /* what else narrows it */;
}) {
	const { days, move, most } = p;
	return (
		<>
			<section class="tools" aria-label={p.name}>
				<label class="field grow finder">
					<span class="field__label">{p.label ?? t("list.find")}</span>
					<span class="with">
						<Icon name="search" />
						<input
							class="input"
							type="search"
							maxLength={60}
							value={p.list.q}
							onInput={(e) => p.list.setQ(e.currentTarget.value)}
						/>
					</span>
				</label>
				{p.children}
				{days && move && <DayFields days={days} move={move} {...(most ? { most } : {})} />}
			</section>
			<FaultBar text={p.list.fault} />
		</>
	);
}

/* The end that was not touched follows the one that was. */
function moved(days: Days, end: keyof Days, day: string, most: number): Days {
	const { from, to }: Days = { ...days, [end]: day };
	if (from > to) return { from: day, to: day };
	if (daysBetween(from, to) <= most) return { from, to };
	return end === "from" ? { from, to: addDays(from, most) } : { from: addDays(to, -most), to };
}

/* most: days that may be looked at at once; none: as many as somebody wants */
export function DayFields(p: { days: Days; move: (days: Days) => void; most?: number }) {
	return (
		<>
			<span class="push" />
			{(["from", "to"] as const).map((end) => (
				<label class="field" key={end}>
					<span class="field__label">{t(`list.${end}`)}</span>
					<input
						class="input"
						type="date"
						value={p.days[end]}
						onChange={(e) => {
							const day = e.currentTarget.value;
							if (isWritten(day))
								p.move(moved(p.days, end, day, p.most ?? Number.POSITIVE_INFINITY));
						}}
					/>
				</label>
			))}
		</>
	);
}

/* Nothing is there for what was typed. */
export const NotFound = () => <p class="tools faint">{t("list.none")}</p>;

export function More<P>(p: { list: Paged<P> }) {
	return (
		<div class="more">
			<Button busy={p.list.busy} onClick={p.list.more}>
				{t("act.more")}
			</Button>
		</div>
	);
}
