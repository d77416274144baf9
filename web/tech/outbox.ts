/*
 * The verbs of this phone: kept before anything is shown as saved, sent in order, answered one by one.
 *
 * A verb is "kept" (on this phone), "sent" (the office has it; it leaves the log with the next day that was read
 * after that) or "conflict": the office said no, and shows its own copy. Its id is the key on the server, its number
 * says if one is missing; so sending twice does nothing, and a lost answer is asked for again.
 */
import { batch, signal } from "@preact/signals";
import type { Stop, SyncOut, SyncVerb, VerbBody } from "../shared/api";
import { call, Fault } from "../shared/call";
import { all, type Drawer, drop, get, isOpen, newId, remember, turn } from "./store";

export type Verb = SyncVerb["verb"];
export interface Kept {
	n: number;
	id: string;
	verb: Verb;
	visit_id: string | null;
	at: number;
	body: VerbBody;
	state: "kept" | "sent" | "conflict";
	problem?: string;
	theirs?: Stop | undefined;
	/* When the answer came: a day that was asked for later has it. */
	answered_ms?: number;
}
interface Device {
	id: string;
	n: number;
}

const AT_ONCE = 50;

export const log = signal<Kept[]>([]);
/* sending: how many of how many, while a connection is under way. */
export const sending = signal<{ done: number; of: number } | null>(null);
export const lastAnswer = signal<number>(0);
export const online = signal(navigator.onLine);
/* What to do when the office has taken something: main.tsx reads the day again. */
export const after = { sent: async () => {} };
/* Does the office know whoever is signed in as the person whose store is open? Nothing is sent before; main.tsx asks. */
export const gate = { sure: async () => true };

export const waiting = () => log.value.filter((k) => k.state === "kept");
export const conflicts = () => log.value.filter((k) => k.state === "conflict");

const now_s = () => Math.floor(Date.now() / 1000);

export async function start(): Promise<void> {
	log.value = await all<Kept>("log");
	lastAnswer.value = (await get<number>("kv", "answered")) ?? 0;
}

/* id: whoever may say it twice (a reload came before they saw it kept) made one that outlives it. */
export type Word = readonly [verb: Verb, body?: Partial<VerbBody>, id?: string];

/*
 * Keeps verbs, and what a page shows by them, in one transaction; resolves when all of it is on disk. What follows from them is
 * shown from then on (day.ts lays it over the day), so a reload in that very moment shows it too.
 *
 * also  writes what else belongs to them (a photo's picture, what was poured); what it answers shows it, in the same moment
 */
export async function sayAll(
	visit_id: string | null,
	words: readonly Word[],
	also: (drawer: (d: Drawer) => IDBObjectStore, kept: Kept[]) => () => void = () => () => {},
): Promise<void> {
	let show = () => {};
	let device: Device | null = null as Device | null;
	const kept = await turn<Kept[]>(["kv", "log", "photos"], (drawer, box) => {
		const ask = drawer("kv").get("device");
		ask.onsuccess = () => {
			const d: Device = ask.result ?? { id: newId(), n: 0 };
			box.is = words.map(([verb, body, id = newId()]) => ({
				n: ++d.n,
				id,
				verb,
				visit_id,
				at: now_s(),
				body: { text: "", ...body },
				state: "kept",
			}));
			for (const k of box.is) drawer("log").put(k);
			drawer("kv").put(d, "device");
			device = d;
			show = also(drawer, box.is);
		};
	});
	if (!kept) throw new Error("the phone's store refused");
	if (device) remember(`${device.id} ${device.n}`);
	batch(() => {
		log.value = [...log.value, ...kept];
		show();
	});
	if (kept.length > 0) void flush();
}
export const say = (verb: Verb, visit_id: string | null, body: Partial<VerbBody> = {}) =>
	sayAll(visit_id, [[verb, body]]);

/* Of a store that is gone: how many of its verbs the office never had, by what was remembered beside it. */
export async function lost(was: string): Promise<number> {
	const [device_id = "", n = ""] = was.split(" ");
	if (!(Number(n) > 0)) return 0;
	const body = { device_id, device_name: "", now: now_s(), verbs: [] };
	return Number(n) - (await call("POST /api/tech/sync", { door: true, body })).last_n;
}

/* The name of this phone; made when it is first needed. */
export async function deviceId(): Promise<string> {
	const device = await turn<Device>(["kv"], (drawer, box) => {
		const ask = drawer("kv").get("device");
		ask.onsuccess = () => {
			const known: Device = ask.result ?? { id: newId(), n: 0 };
			if (!ask.result) drawer("kv").put(known, "device");
			box.is = known;
		};
	});
	if (!device) throw new Error("the phone's store refused");
	return device.id;
}

let flushing: Promise<void> | null = null;

/* Sends what waits. One at a time, over all tabs of this phone. */
export function flush(): Promise<void> {
	if (!isOpen()) return Promise.resolve();
	flushing ??= locked(sendAll).finally(() => {
		flushing = null;
		sending.value = null;
	});
	return flushing;
}

const locked = (work: () => Promise<void>): Promise<void> =>
	navigator.locks ? navigator.locks.request("poolhouse-outbox", work) : work();

async function sendAll(): Promise<void> {
	if (!(await gate.sure())) return;
	/* Another tab may have sent, or said, something meanwhile. */
	log.value = await all<Kept>("log");
	const of = waiting().length;
	let took = false;
	for (let done = 0; ; ) {
		const batch = waiting().slice(0, AT_ONCE);
		if (batch.length === 0) break;
		sending.value = { done, of };
		const moved = await send(batch);
		if (moved === 0) break;
		done += moved;
		took = true;
	}
	if (took) await after.sent();
}

/* Answers how many of the batch have an answer now; 0: try again later. */
async function send(batch: Kept[]): Promise<number> {
	const device = await get<Device>("kv", "device");
	if (!device) return 0;
	let out: SyncOut;
	try {
		out = await call("POST /api/tech/sync", {
			door: true,
			body: {
				device_id: device.id,
				device_name: navigator.userAgent.slice(0, 120),
				now: now_s(),
				verbs: batch.map(({ id, n, verb, visit_id, at, body }) => ({
					id,
					n,
					verb,
					visit_id,
					at,
					body,
				})),
			},
		});
	} catch (f) {
		online.value = !(f instanceof Fault && f.code === "away") && navigator.onLine;
		/* The office knows this phone as somebody else's: it goes on under a new name. */
		if (f instanceof Fault && f.field === "device_id")
			return (await renamed()) ? send(waiting()) : 0;
		if (f instanceof Fault && f.status === 401) after.sent().catch(() => {});
		return f instanceof Fault ? unread(batch, f) : 0;
	}
	online.value = true;
	const by = new Map(out.answers.map((a) => [a.id, a]));
	if (out.answers.some((a) => a.answer === "gap" || (a.answer === "refused" && a.field === "n")))
		return (await renamed()) ? batch.length : 0;
	const answered = batch.filter((k) => by.has(k.id));
	const answered_ms = Date.now();
	const changed: Kept[] = answered.map((k) => {
		const a = by.get(k.id)!;
		return a.answer === "applied"
			? { ...k, state: "sent", answered_ms }
			: { ...k, state: "conflict", problem: a.problem, theirs: a.stop[0], answered_ms };
	});
	await turn<void>(["log", "kv"], (drawer) => {
		for (const k of changed) drawer("log").put(k);
		drawer("kv").put(out.server_now, "answered");
	});
	lastAnswer.value = out.server_now;
	const fresh = new Map(changed.map((k) => [k.n, k]));
	log.value = log.value.map((k) => fresh.get(k.n) ?? k);
	return changed.length;
}

/* One that the office cannot read at all holds up nothing: it is not taken, and the rest goes on without its number. */
async function unread(batch: Kept[], f: Fault): Promise<number> {
	const at = f.status === 422 ? /^verbs\.(\d+)\./.exec(f.field) : null;
	const bad = at ? batch[Number(at[1])] : undefined;
	if (!bad) return 0;
	await renamed({ ...bad, state: "conflict", problem: f.message, answered_ms: Date.now() });
	return 1;
}

/*
 * The phone's count and the office's do not fit any more (a phone put back from a backup, a store that lost its
 * tail). What waits keeps its ids, so nothing is done twice, and gets numbers of a new device. What has its answer is not
 * sent again and stands before the first: above all what the office did not take, until somebody has looked at it. It is
 * read from the disk where it is written anew: what is being kept in this moment is on no page yet.
 *
 * bad  what the office could not read at all, as it is written down now
 */
async function renamed(bad?: Kept): Promise<boolean> {
	let device: Device | null = null as Device | null;
	const moved = await turn<Kept[]>(["kv", "log"], (drawer, box) => {
		const ask = drawer("log").getAll();
		ask.onsuccess = () => {
			const here: Kept[] = ask.result.map((k: Kept) => (k.id === bad?.id ? bad : k));
			const rest = here.filter((k) => k.state === "kept");
			const answered = here.filter((k) => k.state !== "kept");
			device = { id: newId(), n: rest.length };
			box.is = [
				...answered.map((k, i) => ({ ...k, n: i - answered.length })),
				...rest.map((k, i) => ({ ...k, n: i + 1 })),
			];
			drawer("log").clear();
			for (const k of box.is) drawer("log").put(k);
			drawer("kv").put(device, "device");
		};
	});
	if (!moved || !device) return false;
	remember(`${device.id} ${device.n}`);
	log.value = moved;
	return waiting().length > 0;
}

/* The office refuses this name: revoked, or somebody else's. Once for all who heard so. */
export const anew = (was: string): Promise<void> =>
	locked(async () => {
		if ((await deviceId()) === was) await renamed();
	});

/* A day was read that was asked for after these answers: it says them itself now. */
export async function seen(asked_ms: number): Promise<void> {
	const gone = log.value.filter((k) => k.state === "sent" && (k.answered_ms ?? 0) <= asked_ms);
	if (gone.length === 0) return;
	await turn<void>(["log"], (drawer) => {
		for (const k of gone) drawer("log").delete(k.n);
	});
	const numbers = new Set(gone.map((k) => k.n));
	log.value = log.value.filter((k) => !numbers.has(k.n));
}

/* Somebody looked at a conflict and let the office's answer stand. */
export async function settle(n: number): Promise<void> {
	await drop("log", n);
	log.value = log.value.filter((k) => k.n !== n);
}

addEventListener("online", () => {
	online.value = true;
	void flush();
});
addEventListener("offline", () => {
	online.value = false;
});
document.addEventListener("visibilitychange", () => {
	if (document.visibilityState === "visible" && log.value.length > 0) void flush();
});
setInterval(() => {
	if (waiting().length > 0) void flush();
}, 15_000);
