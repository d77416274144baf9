/*
 * Who works on this phone. Whom the phone knows is shown at once, with the day that lies here; meanwhile the office says who
 * is signed in, and nothing is sent or read before it has said that it is the same person.
 */
import { signal } from "@preact/signals";
import type { TechMe } from "../shared/api";
import { call, Fault, turns } from "../shared/call";
import { liveIn } from "../shared/format";
import { count, speak, t } from "../shared/words";
import { early, openDay, plan, refresh, startHearing, turnDay } from "./day";
import { after, flush, gate, lost, online, say, start } from "./outbox";
import { startPhotos } from "./photos";
import { startPush } from "./push";
import { drop, get, isOpen, lastPerson, open, put, remember, remembered } from "./store";
import { expire } from "./vault";

/* Whose pages are shown; what stands against it. */
export const who = signal<TechMe | null>(null);
export const trouble = signal<unknown>(null);
/* What to say of a store that the browser has thrown away. */
export const gone = signal("");

let loaded: TechMe | null = null; /* whose store is open */
let sure = false;
let asking: Promise<boolean> | null = null;

/* A store that was there yesterday and is empty today was thrown away by the browser: that must be said. */
async function load(me: TechMe): Promise<void> {
	speak(me.language);
	liveIn(me.company.zone);
	const was = remembered();
	const [kept] = await Promise.all([get<boolean>("kv", "kept"), openDay(), start(), startPhotos()]);
	await turnDay(me.company.zone);
	await expire();
	/* Asked until it is answered: the mark beside the store is soon another one. First, for a page may be closed at any line. */
	if (was && !kept) await put("kv", was, "lost");
	if (!kept) await put("kv", true, "kept");
	if (!was || !kept) remember("kept");
	loaded = me;
	const asked = await get<string>("kv", "lost");
	if (asked) void saidGone(asked);
}

/* It stays in sight, and where something was lost that the office never had, the office hears of it. */
async function saidGone(was: string): Promise<void> {
	gone.value = t("saved.evicted");
	const n = await lost(was).catch(() => -1);
	if (n < 0) return;
	if (n > 0) {
		gone.value = `${gone.value} ${count("saved.lost", n)}`;
		await say("problem", null, { text: gone.value });
	}
	await drop("kv", "lost");
}

async function ask(): Promise<boolean> {
	try {
		const me = await call("GET /api/tech/me", { door: true });
		if (loaded && loaded.id !== me.id) {
			/* Somebody else signed in here: the app opens anew, as theirs. */
			await open(me.id);
			location.reload();
			return false;
		}
		if (!loaded) {
			await open(me.id);
			await load(me);
		}
		loaded = me;
		sure = true;
		speak(me.language);
		liveIn(me.company.zone);
		void put("kv", me, "me"); /* nobody waits for the disk to see the day */
		if (who.value) who.value = me;
		startHearing();
		void startPush(me);
		return true;
	} catch (f) {
		if (f instanceof Fault && f.status === 401) turns.signedOut();
		else if (f instanceof Fault && f.code === "away" && loaded) {
			online.value = false;
			who.value = loaded;
		} else trouble.value = f;
		return false;
	}
}

gate.sure = () => {
	if (sure) return Promise.resolve(true);
	asking ??= ask().finally(() => {
		asking = null;
	});
	return asking;
};
after.sent = () => refresh();

/* The day turned while the app stood open: when the next one begins, the office says. */
plan.subscribe((day) => {
	if (!sure || !day || !loaded || loaded.shift.day === day.day) return;
	void call("GET /api/tech/me", { door: true }).then(
		async (me) => {
			if (me.id !== loaded?.id) return;
			loaded = who.value = me;
			await put("kv", me, "me");
		},
		() => {},
	);
});

/* Without signal the phone turns the day itself: while it is looked at, and when it is again. */
const TURN_MS = 30_000;
const turn = () => {
	if (!loaded || !isOpen()) return;
	void turnDay(loaded.company.zone).catch(() => {});
	void expire().catch(() => {});
};
setInterval(turn, TURN_MS);
document.addEventListener("visibilitychange", turn);

const dayHere = () =>
	new Promise<void>((done) => {
		const off = plan.subscribe((day) => {
			if (!day) return;
			done();
			setTimeout(() => off());
		});
	});

export async function enter(): Promise<void> {
	trouble.value = who.value = loaded = null;
	sure = false;
	const coming = early();
	const last = lastPerson();
	if (last) {
		await open(last);
		const known = await get<TechMe>("kv", "me");
		if (known) await load(known);
		if (plan.value) who.value = known ?? null;
	}
	if (!(await gate.sure())) return;
	const read = refresh(coming).catch(() => {});
	/* A phone without a day waits for the one that is on its way, rather than saying that there is none. */
	if (!plan.value) await Promise.race([read, dayHere()]);
	who.value = loaded;
	void flush();
}
