/*
 * The service worker: the app opens without signal. It keeps the shell (pages, scripts, styles) and nothing else:
 * what the office says is kept by the app itself, in its own store.
 *
 * The list of the shell is written by the build (tools/shell.mjs); a new build is a new list, so a new worker.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
declare const SHELL: string[];
declare const BUILD: string;

const NAME = `poolhouse-${BUILD}`;
const PAGE = "/tech/";

worker.addEventListener("install", (e) => {
	e.waitUntil(
		caches
			.open(NAME)
			.then((c) => c.addAll([PAGE, ...SHELL]))
			.then(() => worker.skipWaiting()),
	);
});

worker.addEventListener("activate", (e) => {
	e.waitUntil(
		(async () => {
			for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
			await worker.clients.claim();
		})(),
	);
});

worker.addEventListener("fetch", (e) => {
	const url = new URL(e.request.url);
	if (e.request.method !== "GET" || url.origin !== location.origin) return;
	if (url.pathname.startsWith("/api/")) return;
	/* A page: the newest if it comes at once, else the one that is here. */
	if (e.request.mode === "navigate" && url.pathname.startsWith(PAGE)) {
		e.respondWith(page(e.request));
		return;
	}
	if (url.pathname.startsWith("/assets/") || url.pathname.startsWith(PAGE))
		e.respondWith(caches.match(e.request).then((hit) => hit ?? fetch(e.request)));
});

async function page(request: Request): Promise<Response> {
	const here = await caches.match(PAGE);
	if (!here) return fetch(request);
	try {
		const fresh = await fetch(request, { signal: AbortSignal.timeout(3000) });
		return fresh.ok ? fresh : here;
	} catch {
		return here;
	}
}

/* A word from the office while the app is closed (web push): it says what, the app reads the day itself. */
worker.addEventListener("push", (e) => {
	const said = e.data?.json() as { title?: string; body?: string; path?: string } | undefined;
	e.waitUntil(
		worker.registration.showNotification(said?.title ?? "Poolhouse", {
			body: said?.body ?? "",
			tag: "day",
			icon: "/tech/icon.svg",
			data: said?.path ?? PAGE,
		}),
	);
});

worker.addEventListener("notificationclick", (e) => {
	e.notification.close();
	e.waitUntil(
		(async () => {
			const [open] = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
			if (open) await open.focus();
			else await worker.clients.openWindow(String(e.notification.data ?? PAGE));
		})(),
	);
});
