/* What of the board is drawn, and how much a card says: by what is in sight, and by how wide an hour is. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const LANE = 74; /* its height in the style */
const AHEAD = 2; /* lanes drawn at once beyond what is seen */
const AROUND = 50; /* and by and by */
const PAUSE = 150; /* ms in which nobody scrolls, before that */

/*
 * From which lane to which is drawn: what is seen at once, then two lanes more with each frame, until what is around stands there too. A
 * page that makes lanes while it scrolls stutters, and what stands already scrolls for nothing. All of them on paper.
 */
export function useSight(
	root: { current: HTMLDivElement | null },
	lanes: number,
): [number, number] {
	const drawn = useRef<[number, number]>([0, 12]);
	const [sight, set] = useState(drawn.current);
	useEffect(() => {
		const box = root.current;
		if (!box) return;
		let later = 0;
		let frame = 0;
		const stop = () => {
			clearTimeout(later);
			cancelAnimationFrame(frame);
		};
		const grow = () => look(2);
		const look = (more: number) => {
			const top = box.scrollTop - (box.querySelector<HTMLElement>(".lane")?.offsetTop ?? 0);
			const within = (i: number) => Math.min(lanes, Math.max(0, i));
			const first = within(Math.floor(top / LANE) - AHEAD);
			const last = within(Math.ceil((top + box.clientHeight) / LANE) + AHEAD);
			const [least, most] = [Math.max(0, first - AROUND), Math.min(lanes, last + AROUND)];
			const was = drawn.current;
			const [from, to] = was[0] > last || was[1] < first ? [first, last] : was;
			const next: [number, number] = [
				Math.max(least, Math.min(first, from - more)),
				Math.min(most, Math.max(last, to + more)),
			];
			if (next[0] !== was[0] || next[1] !== was[1]) {
				drawn.current = next;
				set(next);
			}
			stop();
			if (next[0] > least || next[1] < most)
				if (more) frame = requestAnimationFrame(grow);
				else later = setTimeout(grow, PAUSE);
		};
		const seen = () => look(0);
		const all = () => {
			stop();
			drawn.current = [0, Number.POSITIVE_INFINITY];
			set(drawn.current);
		};
		seen();
		box.addEventListener("scroll", seen, { passive: true });
		addEventListener("resize", seen);
		addEventListener("beforeprint", all);
		return () => {
			stop();
			box.removeEventListener("scroll", seen);
			removeEventListener("resize", seen);
			removeEventListener("beforeprint", all);
		};
	}, [lanes]);
	return sight;
}

/*
 * How many px the board is wide, and an hour on it. By these a card says what there is room for: as container queries the same cost
 * each card that is made a reckoning of styles of its own, which was most of what scrolling cost.
 */
export function useWidths(
	root: { current: HTMLDivElement | null },
	hours: number,
): { view: number; hour: number } {
	const [widths, set] = useState({ view: 0, hour: 0 });
	useLayoutEffect(() => {
		const box = root.current;
		const track = box?.querySelector(".axis .track");
		if (!box || !track) return;
		const look = () =>
			set((was) => {
				const [view, hour] = [box.clientWidth, Math.round(track.clientWidth / hours)];
				return was.view === view && was.hour === hour ? was : { view, hour };
			});
		const watch = new ResizeObserver(look);
		look();
		watch.observe(box);
		watch.observe(track);
		return () => watch.disconnect();
	}, [hours]);
	return widths;
}

/* Of a card whose content is so wide at most: 96, the name in two lines and a mark instead of words; 48, in smaller letters; 34, nothing else. */
const NARROW = [34, 48, 96];
const EDGES = 17; /* a card's borders and paddings, and the gap to the next */
export const narrow = (px: number) => NARROW.find((n) => px - EDGES <= n);
