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

/*
 * A word from the office while the app is closed (web push). It says that something changed; the worker fetches the
 * day into the app's store and tells the office that this phone holds it: that is what "delivered" means.
 */
interface Said {
	notification?: { title?: string; body?: string };
	device_id?: string;
	path?: string;
	topic?: string;
}

worker.addEventListener("push", (e) => {
	const said = (e.data?.json() ?? {}) as Said;
	const tag = said.topic || "day";
	e.waitUntil(
		Promise.all([
			worker.registration.showNotification(said.notification?.title ?? "Poolhouse", {
				body: said.notification?.body ?? "",
				tag,
				icon: "/tech/icon.svg",
				data: said.path || PAGE,
			}),
			hold().catch(() => {}),
		]),
	);
});

/* Windows of this app; the office may be open in the same browser, and knows nothing of stops. */
async function windows(): Promise<readonly WindowClient[]> {
	const all = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
	return all.filter((c) => new URL(c.url).pathname.startsWith(PAGE));
}

/* An open app reads the day itself; a closed one finds it when it opens. */
async function hold(): Promise<void> {
	const open = await windows();
	for (const c of open) c.postMessage("look");
	if (open.length > 0) return;
	const me = await ask<{ id: string }>("/api/tech/me");
	if (!me) return;
	const today = await ask<Day>("/api/tech/today");
	if (!today || !(await keep(me.id, "day", today))) return;
	await receipt(today);
	const next = new Date(Date.parse(`${today.day}T12:00:00Z`) + 86_400_000)
		.toISOString()
		.slice(0, 10);
	const tomorrow = await ask<Day>(`/api/tech/today?day=${next}`);
	if (tomorrow && (await keep(me.id, "tomorrow", tomorrow))) await receipt(tomorrow);
}

interface Day {
	day: string;
	version: number;
	seen_version: number;
}

async function ask<T>(path: string): Promise<T | null> {
	const answer = await fetch(path, { headers: { "X-Poolhouse": "1" }, credentials: "same-origin" });
	return answer.ok ? ((await answer.json()) as T) : null;
}

async function receipt(d: Day): Promise<void> {
	if (d.version === 0 || d.seen_version >= d.version) return;
	await fetch("/api/tech/receipts", {
		method: "POST",
		credentials: "same-origin",
		headers: { "Content-Type": "application/json", "X-Poolhouse": "1" },
		body: JSON.stringify({ day: d.day, version: d.version }),
	});
}

/* Into the store of the person who works on this phone (store.ts); one that is not there is not made. */
function keep(person: string, key: string, day: Day): Promise<boolean> {
	return new Promise((done) => {
		const asking = indexedDB.open(`poolhouse-${person}`);
		asking.onupgradeneeded = () => asking.transaction?.abort();
		asking.onerror = () => done(false);
		asking.onsuccess = () => {
			const db = asking.result;
			const tx = db.transaction("kv", "readwrite", { durability: "strict" });
			tx.objectStore("kv").put(day, key);
			tx.oncomplete = () => {
				db.close();
				done(true);
			};
			tx.onabort = tx.onerror = () => {
				db.close();
				done(false);
			};
		};
	});
}

worker.addEventListener("notificationclick", (e) => {
	e.notification.close();
	const path = String(e.notification.data ?? PAGE);
	e.waitUntil(
		(async () => {
			const all = await windows();
			const open = all.find((c) => c.visibilityState === "visible") ?? all[0];
			if (!open) await worker.clients.openWindow(path);
			else {
				open.postMessage({ go: path });
				await open.focus().catch(() => {}); /* some systems keep the window where it is */
			}
		})(),
	);
});

/* The push service gave this phone another address: the app makes its subscription anew when it is opened next. */
worker.addEventListener("pushsubscriptionchange", () => {
	void windows().then((all) => {
		for (const c of all) c.postMessage("look");
	});
});
