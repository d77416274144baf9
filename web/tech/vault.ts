/*
 * Gate codes on the phone: those of the own stops of today and tomorrow, sealed.
 *
 * The key is made here, cannot be taken out of the browser (not extractable) and is thrown away twelve hours after
 * the office was last heard: then the codes are closed and everything else goes on. The honest limit: whoever holds
 * the unlocked phone within those hours sees what its owner sees.
 */
import type { Stop, StopCodes } from "../shared/api";
import { call, Fault } from "../shared/call";
import { say } from "./outbox";
import { drop, get, isOpen, put, turn } from "./store";

const LIFE_MS = 12 * 3600 * 1000;

interface Vault {
	key: CryptoKey;
	until_ms: number;
}
interface Sealed {
	iv: Uint8Array<ArrayBuffer>;
	bytes: ArrayBuffer;
	/* When the office changed them last, as they came with it. */
	changed_at?: number | null;
}

/* Are those the office's last, by what the brief says? One that was written before it said so changes nothing. */
function last(had: Sealed, s: Stop): boolean {
	const at = s.brief.codes_changed_at;
	const came = had.changed_at ?? null;
	return at === undefined || came === at || (at !== null && came !== null && came > at);
}

/* The twelve hours are over, or the office has ended the session: nothing here opens a gate any more. */
export async function forgetCodes(): Promise<void> {
	if (!isOpen()) return;
	await turn<void>(["kv", "codes"], (d) => {
		d("kv").delete("vault");
		d("codes").clear();
	});
}

async function vault(renew: boolean): Promise<CryptoKey | null> {
	const v = await get<Vault>("kv", "vault");
	if (v && v.until_ms > Date.now()) {
		if (renew) await put("kv", { ...v, until_ms: Date.now() + LIFE_MS }, "vault");
		return v.key;
	}
	await forgetCodes();
	if (!renew) return null;
	const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
		"encrypt",
		"decrypt",
	]);
	await put("kv", { key, until_ms: Date.now() + LIFE_MS }, "vault");
	return key;
}

let filling = false;

/* After each word from the office: fetch what is missing or was changed, forget what is of other stops. */
export async function fillVault(stops: Stop[]): Promise<void> {
	if (filling) return;
	filling = true;
	try {
		const key = await vault(true);
		if (!key) return;
		const wanted = stops.filter((s) => s.brief.has_codes);
		const have = new Set(await keys());
		const ids = new Set(wanted.map((s) => s.id));
		for (const id of have) if (!ids.has(id)) await drop("codes", id);
		for (const s of wanted) {
			const had = have.has(s.id) ? await get<Sealed>("codes", s.id) : undefined;
			if (had && last(had, s)) continue;
			const codes = await asked(s.id);
			if (!codes) continue;
			const iv = crypto.getRandomValues(new Uint8Array(12));
			const bytes = await crypto.subtle.encrypt(
				{ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(s.id) },
				key,
				new TextEncoder().encode(JSON.stringify(codes)),
			);
			await put("codes", { iv, bytes, changed_at: codes.changed_at } satisfies Sealed, s.id);
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
		return await call("POST /api/tech/stops/:id/codes", { id, door: true });
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

/*
 * One look: it is in the log of this phone before anything is shown. away: not on this phone; old: those that are here are
 * the last no more, and a wrong one opens nothing.
 */
export async function lookAt(s: Stop): Promise<StopCodes | "away" | "old"> {
	const found = await codesOf(s);
	if (typeof found !== "string") await say("looked", s.id);
	return found;
}

async function codesOf(s: Stop): Promise<StopCodes | "away" | "old"> {
	const key = await vault(false);
	const sealed = await get<Sealed>("codes", s.id);
	const here = key && sealed;
	if (!here || !last(sealed, s))
		return call("POST /api/tech/stops/:id/codes", { id: s.id, door: true }).catch(() =>
			here ? "old" : "away",
		);
	const plain = await crypto.subtle.decrypt(
		{ name: "AES-GCM", iv: sealed.iv, additionalData: new TextEncoder().encode(s.id) },
		key,
		sealed.bytes,
	);
	return JSON.parse(new TextDecoder().decode(plain)) as StopCodes;
}
