/* A difference as a length: numbers that are compared are seen. */

/* More to the right, less to the left, all of a page against the greatest. */
export function Differs(p: { by: number; most: number }) {
	const length = p.most > 0 ? (Math.abs(p.by) / p.most) * 48 : 0;
	return (
		<svg class="differs" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
			<rect
				class={p.by > 0 ? "differs__more" : "differs__less"}
				x={p.by > 0 ? 50 : 50 - length}
				width={length}
				height="8"
			/>
			<line class="differs__zero" x1="50" x2="50" y1="0" y2="8" />
		</svg>
	);
}
