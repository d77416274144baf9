/*
 * Gate codes on the phone: those of the own stops of today and tomorrow, sealed.
 *
 * The key is made here, cannot be taken out of the browser (not extractable) and is thrown away twelve hours after
 * the office was last heard: then the codes are closed and everything else goes on. The honest limit: whoever holds
 * the unlocked phone within those hours sees what its owner sees.
 */
import type { Stop, StopCodes } from "../shared/api";
import { call } from "../shared/call";
import { drop, get, put, turn } from "./store";

const LIFE_MS = 12 * 3600 * 1000;

interface Vault {
	key: CryptoKey;
	until_ms: number;
}
interface Sealed {
	iv: Uint8Array<ArrayBuffer>;
	bytes: ArrayBuffer;
}

async function vault(renew: boolean): Promise<CryptoKey | null> {
	const v = await get<Vault>("kv", "vault");
	if (v && v.until_ms > Date.now()) {
		if (renew) await put("kv", { ...v, until_ms: Date.now() + LIFE_MS }, "vault");
		return v.key;
	}
	await turn<void>(["kv", "codes"], (d) => {
		d("kv").delete("vault");
		d("codes").clear();
	});
	if (!renew) return null;
	const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
		"encrypt",
		"decrypt",
	]);
	await put("kv", { key, until_ms: Date.now() + LIFE_MS }, "vault");
	return key;
}

let filling = false;

/* After each word from the office: fetch what is missing, forget what is of other stops. */
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
			if (have.has(s.id)) continue;
			const codes = await call("POST /api/tech/stops/:id/codes", { id: s.id, door: true });
			const iv = crypto.getRandomValues(new Uint8Array(12));
			const bytes = await crypto.subtle.encrypt(
				{ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(s.id) },
				key,
				new TextEncoder().encode(JSON.stringify(codes)),
			);
			await put("codes", { iv, bytes } satisfies Sealed, s.id);
		}
	} catch {
		/* Without network, or not allowed any more: the stop says so when its code is asked for. */
	} finally {
		filling = false;
	}
}

const keys = async () =>
	(await turn<string[]>(["codes"], (d, box) => {
		const ask = d("codes").getAllKeys();
		ask.onsuccess = () => {
			box.is = ask.result.map(String);
		};
	})) ?? [];

/* null: not on this phone. */
export async function codesOf(visit_id: string): Promise<StopCodes | null> {
	const key = await vault(false);
	const sealed = await get<Sealed>("codes", visit_id);
	if (!key || !sealed) {
		try {
			return await call("POST /api/tech/stops/:id/codes", { id: visit_id, door: true });
		} catch {
			return null;
		}
	}
	const plain = await crypto.subtle.decrypt(
		{ name: "AES-GCM", iv: sealed.iv, additionalData: new TextEncoder().encode(visit_id) },
		key,
		sealed.bytes,
	);
	return JSON.parse(new TextDecoder().decode(plain)) as StopCodes;
}
