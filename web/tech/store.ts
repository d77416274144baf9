/*
 * What the phone keeps: one database for each person who works on it.
 *
 *   kv      single things: "me", "device", "day:2026-06-16", "vault", "door" (vault.ts), ...
 *   log     verbs, in the order of their numbers (outbox.ts)
 *   codes   sealed codes of stops (vault.ts)
 *   photos  pictures that the office does not have yet
 *
 * A write is done when its transaction has completed: only then does a page say "saved".
 */

export type Drawer = "kv" | "log" | "codes" | "photos";

let opened: Promise<IDBDatabase> | null = null;

function connect(name: string): Promise<IDBDatabase> {
	return new Promise((done, failed) => {
		const ask = indexedDB.open(name, 1);
		ask.onupgradeneeded = () => {
			ask.result.createObjectStore("kv");
			ask.result.createObjectStore("log", { keyPath: "n" });
			ask.result.createObjectStore("codes");
			ask.result.createObjectStore("photos", { keyPath: "id" });
		};
		ask.onsuccess = () => {
			/* Another tab with a newer version must not wait for this one. */
			ask.result.onversionchange = () => ask.result.close();
			done(ask.result);
		};
		ask.onerror = () => failed(ask.error);
	});
}

const LAST = "poolhouse.tech";

/* Who worked on this phone last: their day opens without network. */
export const lastPerson = () => localStorage.getItem(LAST);

/* Beside the store, where what throws it away does not reach: that there is one, and how far its count went. */
const mark = () => `poolhouse.kept.${lastPerson()}`;
export const remembered = () => localStorage.getItem(mark());
export const remember = (text: string) => {
	try {
		localStorage.setItem(mark(), text);
	} catch {
		/* A full disk: what was said stands in the store, and is not said twice because of this mark. */
	}
};

/* Somebody signs in: whose day it is, the office says. */
export const forgetPerson = () => localStorage.removeItem(LAST);

export async function open(person: string): Promise<void> {
	opened = connect(`poolhouse-${person}`);
	await opened;
	localStorage.setItem(LAST, person);
	/* Ask the browser not to throw it away when space is short; some browsers ask their owner, and nobody waits for that. */
	void navigator.storage?.persist?.().catch(() => false);
}

export const isOpen = () => opened !== null;

/* One transaction over some drawers; answers what `work` put into its box once everything is on disk. */
export const turn = <T>(drawers: Drawer[], work: Work<T>) => transact(drawers, "readwrite", work);

type Work<T> = (drawer: (d: Drawer) => IDBObjectStore, box: { is?: T }) => void;

/* Those that only read wait neither for the disk nor for one another. */
async function transact<T>(
	drawers: Drawer[],
	mode: "readonly" | "readwrite",
	work: Work<T>,
): Promise<T | undefined> {
	if (!opened) throw new Error("nobody works on this phone");
	const db = await opened;
	return new Promise((done, failed) => {
		const box: { is?: T } = {};
		const tx = db.transaction(drawers, mode, { durability: "strict" });
		tx.oncomplete = () => done(box.is);
		tx.onerror = () => failed(tx.error);
		tx.onabort = () => failed(tx.error ?? new Error("the phone's store refused"));
		work((d) => tx.objectStore(d), box);
	});
}

export const get = <T>(d: Drawer, key: IDBValidKey) =>
	transact<T>([d], "readonly", (s, box) => {
		const ask = s(d).get(key);
		ask.onsuccess = () => {
			box.is = ask.result;
		};
	});

export const all = async <T>(d: Drawer) =>
	(await transact<T[]>([d], "readonly", (s, box) => {
		const ask = s(d).getAll();
		ask.onsuccess = () => {
			box.is = ask.result;
		};
	})) ?? [];

export const put = (d: Drawer, value: unknown, key?: IDBValidKey) =>
	turn<void>([d], (s) => {
		s(d).put(value, key);
	});

export const drop = (d: Drawer, key: IDBValidKey | IDBKeyRange) =>
	turn<void>([d], (s) => {
		s(d).delete(key);
	});

/* Within a transaction: what stands in a drawer becomes what follows from it. Nobody else changes it in between. */
export function amend<T>(s: IDBObjectStore, key: IDBValidKey, to: (was: T | undefined) => T): void {
	const ask = s.get(key);
	ask.onsuccess = () => {
		s.put(to(ask.result), key);
	};
}

/* Everything of this person on this phone. */
export async function erase(person: string): Promise<void> {
	if (opened) (await opened).close();
	opened = null;
	localStorage.removeItem(LAST);
	await new Promise<void>((done) => {
		const ask = indexedDB.deleteDatabase(`poolhouse-${person}`);
		ask.onsuccess = ask.onerror = ask.onblocked = () => done();
	});
}

/* How full: 0 to 1, or null where the browser does not say. */
export async function fullness(): Promise<number | null> {
	const e = await navigator.storage?.estimate?.().catch(() => null);
	return e?.quota ? (e.usage ?? 0) / e.quota : null;
}

/* A 64-bit name as the house makes them (domain/base/id.h): milliseconds, then chance; 13 letters. */
export function newId(): string {
	const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
	let v = (BigInt(Date.now()) << 21n) | BigInt(random & 2097151);
	let out = "";
	for (let i = 0; i < 13; i++, v >>= 5n)
		out = "0123456789abcdefghjkmnpqrstvwxyz"[Number(v & 31n)] + out;
	return out;
}
