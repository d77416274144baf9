/*
 * Dragging by finger: what the browser says of a mouse's drag is said of a finger that stayed on a thing and then moves.
 * One that moves at once scrolls. Browsers that drag by a long press themselves are slower than this, and let be.
 */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

const HOLD_MS = 350; /* a browser's own long press takes 500 */
const SLIP = 10; /* px that a finger which stays may wander */
const EDGE = 48; /* px from the edge of what scrolls: it goes on below the finger */
const STEP = 8; /* px of a frame */

interface Carried {
	thing: HTMLElement;
	data: DataTransfer;
	name: HTMLElement;
	over: Element | null;
	moved: boolean;
}

export function useFinger(root: RefObject<HTMLElement | null>): void {
	useEffect(() => (root.current && able() ? fingerOn(root.current) : undefined), []);
}

/* Where a page cannot make a drag of its own, the menu "Move to…" is left. */
function able(): boolean {
	try {
		return new DragEvent("drag", { dataTransfer: new DataTransfer() }).dataTransfer !== null;
	} catch {
		return false;
	}
}

function fingerOn(box: HTMLElement): () => void {
	let wait = 0;
	let frame = 0;
	let from = { x: 0, y: 0 };
	let at = from;
	let held: Carried | null = null;

	const say = (kind: string, to: Element | null) =>
		held &&
		to?.dispatchEvent(
			new DragEvent(kind, {
				bubbles: true,
				cancelable: true,
				dataTransfer: held.data,
				clientX: at.x,
				clientY: at.y,
			}),
		);
	const over = () => {
		if (!held?.moved) return;
		held.name.style.transform = `translate(${at.x}px, ${at.y}px)`;
		const is = document.elementFromPoint(at.x, at.y);
		const now = is && box.contains(is) ? is : null;
		if (now !== held.over) say("dragleave", held.over);
		held.over = now;
		say("dragover", now);
	};
	const roll = () => {
		const r = box.getBoundingClientRect();
		const step = (p: number, first: number, last: number) =>
			p < first + EDGE ? -STEP : p > last - EDGE ? STEP : 0;
		/* What somebody else took off the page meanwhile ends here: its touch never comes. */
		if (!held?.thing.isConnected) return end(false);
		if (held.moved) {
			box.scrollBy(step(at.x, r.left, r.right), step(at.y, r.top, r.bottom));
			over();
		}
		frame = requestAnimationFrame(roll);
	};
	const lift = (thing: HTMLElement) => {
		const name = document.createElement("span");
		name.className = "carried";
		name.textContent = thing.querySelector("b, .clip")?.textContent ?? "";
		name.ariaHidden = "true";
		held = { thing, data: new DataTransfer(), name, over: null, moved: false };
		say("dragstart", thing);
		thing.dataset.carried = "";
		name.style.transform = `translate(${at.x}px, ${at.y}px)`;
		document.body.append(name);
		roll();
	};
	const end = (drop: boolean) => {
		clearTimeout(wait);
		cancelAnimationFrame(frame);
		wait = 0;
		if (!held) return;
		const { thing, name } = held;
		if (drop && held.moved && held.over) say("drop", held.over);
		else say("dragleave", held.over);
		say("dragend", thing);
		delete thing.dataset.carried;
		name.remove();
		held = null;
	};

	const on = {
		touchstart: (e: TouchEvent) => {
			end(false);
			const [t] = e.touches;
			const thing = (e.target as Element).closest<HTMLElement>('[draggable="true"]');
			if (!t || e.touches.length > 1 || !thing) return;
			from = at = { x: t.clientX, y: t.clientY };
			wait = setTimeout(() => lift(thing), HOLD_MS);
		},
		touchmove: (e: TouchEvent) => {
			const [t] = e.touches;
			if (!t || !wait) return;
			at = { x: t.clientX, y: t.clientY };
			const far = Math.hypot(at.x - from.x, at.y - from.y) > SLIP;
			if (!held) {
				if (far) end(false);
				return;
			}
			e.preventDefault();
			held.moved ||= far;
			over();
		},
		/* Whoever held it does not open it. */
		touchend: (e: TouchEvent) => {
			if (held) e.preventDefault();
			end(true);
		},
		touchcancel: () => end(false),
		contextmenu: (e: Event) => wait && e.preventDefault(),
	};
	/* The browser's own drag, and its scrolling, which would end the touch. */
	const own = (e: DragEvent) => e.isTrusted && wait && e.preventDefault();

	for (const [kind, act] of Object.entries(on))
		box.addEventListener(kind, act as (e: Event) => void, { passive: kind === "touchstart" });
	box.addEventListener("dragstart", own, true);
	return () => {
		end(false);
		for (const [kind, act] of Object.entries(on))
			box.removeEventListener(kind, act as (e: Event) => void);
		box.removeEventListener("dragstart", own, true);
	};
}
