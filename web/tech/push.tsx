/*
 * Words from the office to this phone while the app is closed. The browser gives an address that is tied to the
 * house's key; the office keeps it with this phone. Asked for by a tap, never at the door.
 */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { TechMe } from "../shared/api";
import { call } from "../shared/call";
import { go } from "../shared/router";
import { Button, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { refresh } from "./day";
import { deviceId } from "./outbox";
import { readReports } from "./reports";

/* no: this browser cannot; ask: nobody has said; off: refused in the browser; on: the office has the address. */
export const pushes = signal<"no" | "ask" | "off" | "on">("no");

const can = () =>
	"serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

function bytes(text: string): Uint8Array<ArrayBuffer> {
	const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
	return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}
function text(buffer: ArrayBuffer | null): string {
	const plain = String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0)));
	return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/* From the first moment on: a notification that was tapped leads to its stop. */
export function startHearingWorker(): void {
	navigator.serviceWorker?.addEventListener("message", (e) => {
		if (e.data === "look") {
			void refresh().catch(() => {});
			void readReports().catch(() => {});
		} else if (typeof e.data?.go === "string") {
			go(e.data.go);
			void refresh().catch(() => {});
		}
	});
}

/* At each start: what was allowed once is still known to the office, under the key it has now. */
export async function startPush(who: TechMe): Promise<void> {
	if (!can() || !who.push_key) return;
	pushes.value =
		Notification.permission === "granted"
			? "ask"
			: Notification.permission === "denied"
				? "off"
				: "ask";
	/* Somebody else may have worked here who wished it: their words are not for whoever works here now. */
	if (Notification.permission === "granted" && localStorage.getItem(off(who)) === null)
		await subscribe(who.push_key).catch(() => {});
	else await unsubscribe().catch(() => {});
}
const off = (who: TechMe) => `poolhouse.pushes.off.${who.id}`;

async function unsubscribe(): Promise<void> {
	const worker = await navigator.serviceWorker.ready;
	await (await worker.pushManager.getSubscription())?.unsubscribe();
}

async function subscribe(key: string): Promise<void> {
	const worker = await navigator.serviceWorker.ready;
	let had = await worker.pushManager.getSubscription();
	if (had && text(had.options.applicationServerKey) !== key) {
		await had.unsubscribe();
		had = null;
	}
	const is =
		had ??
		(await worker.pushManager.subscribe({
			userVisibleOnly: true,
			applicationServerKey: bytes(key),
		}));
	await call("PUT /api/tech/phones/:id/push", {
		door: true,
		id: await deviceId(),
		body: {
			address: is.endpoint,
			p256dh: text(is.getKey("p256dh")),
			secret: text(is.getKey("auth")),
		},
	});
	pushes.value = "on";
}

/* By a tap. */
export async function allowPush(who: TechMe): Promise<void> {
	const said = await Notification.requestPermission();
	if (said !== "granted") {
		pushes.value = said === "denied" ? "off" : "ask";
		return;
	}
	localStorage.removeItem(off(who));
	await subscribe(who.push_key);
}

const drop = async () => {
	await call("DELETE /api/tech/phones/:id/push", { door: true, id: await deviceId() });
	await unsubscribe();
};

export async function stopPush(who: TechMe): Promise<void> {
	localStorage.setItem(off(who), "1");
	pushes.value = "ask";
	await drop();
}

/* Whoever signs out takes their words along; without signal the browser's half is enough, and nobody waits for more. */
const LEAVE_MS = 2000;
export async function leavePush(): Promise<void> {
	if (!can()) return;
	const both = Promise.allSettled([drop(), unsubscribe()]);
	await Promise.race([both, new Promise((done) => setTimeout(done, LEAVE_MS))]);
}

/* New stops while the app is closed: on, off, or why not. */
export function PushCard(p: { who: TechMe; quiet?: boolean }) {
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState(false);
	const is = pushes.value;
	if (is === "no" || (p.quiet && is !== "ask")) return null;
	const change = async () => {
		setBusy(true);
		setFault(false);
		try {
			await (is === "on" ? stopPush(p.who) : allowPush(p.who));
		} catch {
			setFault(true);
		}
		setBusy(false);
	};
	return (
		<section class="card">
			<div class="card__body stack">
				<div class="row">
					<Icon name="bell" size="lg" />
					<p class="grow">
						<b>{t("tech.push")}</b>
						<br />
						{t(`tech.push.${is}`)}
					</p>
				</div>
				{fault && <p role="alert">{t("tech.push.failed")}</p>}
				{is !== "off" && (
					<Button block size="lg" busy={busy} onClick={() => void change()}>
						{t(is === "on" ? "tech.push.stop" : "tech.push.go")}
					</Button>
				)}
			</div>
		</section>
	);
}
