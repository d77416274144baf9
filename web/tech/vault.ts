/*
 * Gate codes on the phone: those of the own stops of today and tomorrow, sealed.
 *
 * The key is the office's, one for each phone and day. It comes with signal, cannot be taken out of the browser (not
 * extractable) and is thrown away twelve hours after the office was last heard: then the codes are closed and everything
 * else goes on. Where the company wishes it, they come out behind a PIN (lock.ts); they go in without one, so that a phone
 * in the pocket has the day's codes.
 */
import type { PhoneKey, Stop, StopCodes } from "../shared/api";
import { call, Fault } from "../shared/call";
import {
	type Boxed,
	box,
	dayKey,
	type Lock,
	makeLock,
	openLock,
	unbox,
	unwrap,
	type Wrapped,
	wrap,
} from "./lock";
import { anew, deviceId, say } from "./outbox";
import { drop, get, isOpen, put, turn } from "./store";

const LIFE_MS = 12 * 3600 * 1000;
const BACK_MS = 3600 * 1000; /* a clock that was put back by more is no clock */
const REST_MS = 15 * 60 * 1000;
export const PIN_TRIES = 5;

/* kv "vault". of: which day key this is; key: where no PIN is asked for. */
interface Vault {
	of: string;
	since_ms: number;
	until_ms: number;
	key?: CryptoKey;
	wrapped?: Wrapped;
}
/* kv "door": does the company wish a PIN, and which one opens. */
interface Door {
	wants: boolean;
	tries: number;
	lock?: Lock | undefined;
}
interface Sealed extends Boxed {
	of: string;
	/* When the office changed them last, as they came with it. */
	changed_at?: number | null;
}

/* Of this opening of the app: what codes are sealed with; the day whose key was asked for; the half that opens. */
let sealing: { of: string; key: CryptoKey } | null = null;
let greeted = "";
let half: CryptoKey | null = null;

/* Are those the office's last, by what the brief says? One that was written before it said so changes nothing. */
function last(had: Sealed, s: Stop): boolean {
	const at = s.brief.codes_changed_at;
	const came = had.changed_at ?? null;
	return at === undefined || came === at || (at !== null && came !== null && came > at);
}

/* The twelve hours are over, or the office has ended the session: nothing here opens a gate any more. */
export async function forgetCodes(): Promise<void> {
	sealing = half = null;
	greeted = "";
	if (!isOpen()) return;
	await turn<void>(["kv", "codes"], (d) => {
		d("kv").delete("vault");
		d("codes").clear();
	});
}

async function vault(): Promise<Vault | null> {
	const v = await get<Vault>("kv", "vault");
	const now = Date.now();
	if (v && now < v.until_ms && now > v.since_ms - BACK_MS) return v;
	if (v) await forgetCodes();
	return null;
}
/* Looked at by the clock as well: what is over does not wait until somebody asks for it. */
export const expire = async () => {
	if (isOpen()) await vault();
};

const bytesOf = (text: string) =>
	Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

/* A phone that the office has revoked, or knows as somebody else's: whoever signed in goes on under a new name. */
async function ask(chosen: boolean): Promise<PhoneKey> {
	for (let again = false; ; again = true) {
		const id = await deviceId();
		const what = { door: true, id, body: { name: navigator.userAgent.slice(0, 120) } };
		try {
			return await (chosen
				? call("POST /api/tech/phones/:id/pins", what)
				: call("POST /api/tech/phones/:id/keys", what));
		} catch (f) {
			if (again || !(f instanceof Fault && f.field === "device_id")) throw f;
			await anew(id);
		}
	}
}

/* Whoever reads the door and writes it is alone with it, over all tabs: a PIN that was chosen, or tried, meanwhile would be undone. */
const alone = <T>(work: () => Promise<T>): Promise<T> =>
	navigator.locks ? navigator.locks.request("poolhouse-door", work) : work();

/* Takes the key of the day in; from here on it is in no variable. */
const take = (k: PhoneKey, chosen?: Lock) => alone(() => takeIn(k, chosen));
async function takeIn(k: PhoneKey, chosen?: Lock): Promise<void> {
	const was = await get<Door>("kv", "door");
	const door: Door = {
		wants: k.wants_pin,
		tries: chosen ? 0 : (was?.tries ?? 0),
		lock: chosen ?? was?.lock,
	};
	const raw = bytesOf(k.key);
	const v: Vault = {
		/* By what it is: a phone that goes on under a new name has another key on the same day. */
		of: new Uint8Array(await crypto.subtle.digest("SHA-256", raw)).slice(0, 8).join(),
		since_ms: Date.now(),
		until_ms: Date.now() + LIFE_MS,
	};
	if (!door.wants) v.key = await dayKey(raw, "decrypt");
	else if (door.lock) v.wrapped = await wrap(door.lock, raw);
	const opens = v.key || v.wrapped;
	sealing = opens ? { of: v.of, key: await dayKey(raw, "encrypt") } : null;
	raw.fill(0);
	await turn<void>(["kv"], (d) => {
		d("kv").put(door, "door");
		if (opens) d("kv").put(v, "vault");
		else d("kv").delete("vault");
	});
}

/* The office was heard: twelve more hours, for what was not forgotten meanwhile. */
const renew = () =>
	turn<void>(["kv"], (d) => {
		const had = d("kv").get("vault");
		had.onsuccess = () => {
			if (had.result) d("kv").put({ ...had.result, until_ms: Date.now() + LIFE_MS }, "vault");
		};
	});

let filling = false;

/* After each word from the office: fetch what is missing or was changed, forget what is of other stops. */
export async function fillVault(day: string, stops: Stop[]): Promise<void> {
	if (filling) return;
	filling = true;
	try {
		if (greeted !== day || (sealing && !(await vault()))) {
			await take(await ask(false));
			greeted = day;
		}
		if (!sealing) return; /* no PIN was chosen yet: nothing could be opened */
		await renew();
		const wanted = stops.filter((s) => s.brief.has_codes);
		const have = new Set(await keys());
		const ids = new Set(wanted.map((s) => s.id));
		for (const id of have) if (!ids.has(id)) await drop("codes", id);
		for (const s of wanted) {
			const had = have.has(s.id) ? await get<Sealed>("codes", s.id) : undefined;
			if (!had || had.of !== sealing?.of || !last(had, s)) await asked(s.id);
		}
	} catch {
		/* Without network: the stop says so when its code is asked for. */
	} finally {
		filling = false;
	}
}

/* null: not allowed, or not any more; the other stops have theirs all the same. */
async function asked(id: string): Promise<StopCodes | null> {
	try {
		const codes = await call("POST /api/tech/stops/:id/codes", { id, door: true });
		if (!sealing) return codes;
		const { of, key } = sealing;
		const boxed = await box(key, new TextEncoder().encode(JSON.stringify(codes)), id);
		await put("codes", { ...boxed, of, changed_at: codes.changed_at ?? null } satisfies Sealed, id);
		return codes;
	} catch (f) {
		if (f instanceof Fault && (f.status === 403 || f.status === 404)) return null;
		throw f;
	}
}

const keys = async () =>
	(await turn<string[]>(["codes"], (d, box) => {
		const ask = d("codes").getAllKeys();
		ask.onsuccess = () => {
			box.is = ask.result.map(String);
		};
	})) ?? [];

/* away: not on this phone; old: those that are here are the last no more, and a wrong one opens nothing; closed, choose: first a PIN. */
export type Look = StopCodes | "away" | "old" | "closed" | "choose";

/* One look: it is in the log of this phone before anything is shown. */
export async function lookAt(s: Stop): Promise<Look> {
	if (!(await get<Door>("kv", "door"))) await ask(false).then(take, () => {});
	const door = await get<Door>("kv", "door");
	if (!door) return "away";
	if (door.wants && !half) return door.lock ? "closed" : "choose";
	const found = await codesOf(s);
	if (typeof found !== "string") await say("looked", s.id);
	return found;
}

async function codesOf(s: Stop): Promise<StopCodes | "away" | "old"> {
	const v = await vault();
	const key = v?.key ?? (half && v?.wrapped ? await unwrap(half, v.wrapped).catch(() => null) : null);
	const sealed = await get<Sealed>("codes", s.id);
	const here = key && sealed && sealed.of === v?.of;
	if (!here || !last(sealed, s)) {
		const nothing = here ? "old" : "away";
		return asked(s.id).then(
			(c) => c ?? nothing,
			() => nothing,
		);
	}
	const plain = await unbox(key, sealed, s.id);
	return JSON.parse(new TextDecoder().decode(plain)) as StopCodes;
}

/* Does the company wish a PIN, and is one chosen? null: the office has not said yet. */
export const pinIs = async () => {
	const door = await get<Door>("kv", "door");
	return door ? { wants: door.wants, chosen: !!door.lock } : null;
};

/* How many tries are left; "open"; "gone": too many, and nothing here opens a gate any more. A try counts before it is made. */
export const unlock = (pin: string) => alone(() => tried(pin));
async function tried(pin: string): Promise<number | "open" | "gone"> {
	const count = (tries: (was: number) => number) =>
		turn<Door>(["kv"], (d, box) => {
			const had = d("kv").get("door");
			had.onsuccess = () => {
				box.is = { ...had.result, tries: tries(had.result.tries) };
				d("kv").put(box.is, "door");
			};
		});
	const door = await count((was) => was + 1);
	if (!door?.lock) return "gone";
	const opens = door.tries > PIN_TRIES ? null : await openLock(door.lock, pin);
	if (opens) {
		half = opens;
		await count(() => 0);
		return "open";
	}
	if (door.tries < PIN_TRIES) return PIN_TRIES - door.tries;
	await forgetCodes();
	await put("kv", { wants: door.wants, tries: 0 } satisfies Door, "door");
	await say("locked", null);
	return "gone";
}

/* It stays on this phone; that there is one is the office's to know: another one wants the password. */
export async function choosePin(pin: string): Promise<void> {
	const lock = await makeLock(pin);
	await take(await ask(true), lock);
	half = await openLock(lock, pin);
}

/* A phone that lay in the pocket for long asks again. */
let hidden_ms = 0;
document.addEventListener("visibilitychange", () => {
	if (document.visibilityState === "hidden") hidden_ms = Date.now();
	else if (hidden_ms > 0 && Date.now() - hidden_ms > REST_MS) half = null;
});
