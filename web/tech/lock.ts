/*
 * The PIN before the codes, as arithmetic: nothing here asks anybody or keeps anything.
 *
 * What comes while the vault is closed is wrapped to a public key. Its private half lies under the PIN, and that under a
 * handle that cannot leave the browser. The honest limit: a million PINs are soon tried by whoever has this store and can use
 * the handle; five tries hold for whoever has the phone and this page.
 */
export interface Boxed {
	iv: Uint8Array<ArrayBuffer>;
	bytes: ArrayBuffer;
}
export interface Lock {
	pub: ArrayBuffer;
	salt: Uint8Array<ArrayBuffer>;
	handle: CryptoKey;
	sealed: Boxed;
}
/* A day key, to be opened by the private half alone. */
export interface Wrapped {
	from: ArrayBuffer;
	boxed: Boxed;
}

const AES = { name: "AES-GCM", length: 256 };
const EC = { name: "ECDH", namedCurve: "P-256" };
/* Half a second on a slow phone. More of them would keep a million PINs no safer. */
const ROUNDS = 300_000;
const { subtle } = crypto;
const random = (n: number) => crypto.getRandomValues(new Uint8Array(n));
const letters = (text: string) => new TextEncoder().encode(text);

export async function box(key: CryptoKey, plain: BufferSource, about = ""): Promise<Boxed> {
	const iv = random(12);
	const how = { name: AES.name, iv, additionalData: letters(about) };
	return { iv, bytes: await subtle.encrypt(how, key, plain) };
}
export const unbox = (key: CryptoKey, b: Boxed, about = "") =>
	subtle.decrypt({ name: AES.name, iv: b.iv, additionalData: letters(about) }, key, b.bytes);

/* Not extractable, and good for one thing: what seals cannot open. */
export const dayKey = (raw: BufferSource, use: "encrypt" | "decrypt") =>
	subtle.importKey("raw", raw, AES, false, [use]);

async function pinKey(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
	const from = await subtle.importKey("raw", letters(pin), "PBKDF2", false, ["deriveKey"]);
	const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
	return subtle.deriveKey(how, from, AES, false, ["encrypt", "decrypt"]);
}

export async function makeLock(pin: string): Promise<Lock> {
	const pair = await subtle.generateKey(EC, true, ["deriveKey"]);
	const handle = await subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
	const salt = random(16);
	const half = await subtle.exportKey("pkcs8", pair.privateKey);
	const inner = await box(await pinKey(pin, salt), half);
	const both = new Uint8Array([...inner.iv, ...new Uint8Array(inner.bytes)]);
	return {
		pub: await subtle.exportKey("raw", pair.publicKey),
		salt,
		handle,
		sealed: await box(handle, both),
	};
}

/* The private half, which leaves the browser no more; null: another PIN. */
export async function openLock(lock: Lock, pin: string): Promise<CryptoKey | null> {
	const both = new Uint8Array(await unbox(lock.handle, lock.sealed));
	const inner = { iv: both.slice(0, 12), bytes: both.slice(12).buffer };
	try {
		const half = await unbox(await pinKey(pin, lock.salt), inner);
		return await subtle.importKey("pkcs8", half, EC, false, ["deriveKey"]);
	} catch {
		return null;
	}
}

const between = async (mine: CryptoKey, theirs: ArrayBuffer) =>
	subtle.deriveKey(
		{ name: "ECDH", public: await subtle.importKey("raw", theirs, EC, false, []) },
		mine,
		AES,
		false,
		["encrypt", "decrypt"],
	);

export async function wrap(lock: Lock, raw: BufferSource): Promise<Wrapped> {
	const once = await subtle.generateKey(EC, false, ["deriveKey"]);
	return {
		from: await subtle.exportKey("raw", once.publicKey),
		boxed: await box(await between(once.privateKey, lock.pub), raw),
	};
}
export const unwrap = async (half: CryptoKey, w: Wrapped) =>
	dayKey(await unbox(await between(half, w.from), w.boxed), "decrypt");
