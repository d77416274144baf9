/* Hints that something changed. They carry nothing: the page asks for what it does not have yet. */

/* "open": connected (again), so look; "hint": something changed; "away": the line went down; "ask": it is down, and it is time to look. */
export type Heard = "open" | "hint" | "away" | "ask";

const ASK_MS = 30_000; /* without a line it is asked by the clock */
const AGAIN_MS = 3000; /* and up to as much again, so that not all come back at once */

/* Calls back until the returned function is called. One stream for the page. */
export function listen(
	heard: (kind: Heard) => void,
	door: "office" | "tech" = "office",
): () => void {
	let source: EventSource | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let last = 0;
	let gone = false;
	const connect = () => {
		if (gone) return;
		source = new EventSource(`/api/${door}/live`);
		source.onopen = () => heard("open");
		source.onmessage = () => {
			/* A burst is one look: a second hint within a moment waits for it. */
			const now = Date.now();
			clearTimeout(timer);
			timer = setTimeout(() => heard("hint"), now - last < 200 ? 200 : 0);
			last = now;
		};
		source.onerror = () => {
			source?.close();
			heard("away");
			setTimeout(connect, AGAIN_MS + Math.random() * AGAIN_MS);
		};
	};
	connect();
	const clock = setInterval(() => {
		if (source?.readyState !== EventSource.OPEN && !document.hidden) heard("ask");
	}, ASK_MS);
	return () => {
		gone = true;
		clearTimeout(timer);
		clearInterval(clock);
		source?.close();
	};
}
