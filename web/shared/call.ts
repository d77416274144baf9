/*
 * The one way to ask the house for something.
 *
 * Adds what every request needs, turns an error answer into a Fault, waits and repeats where the
 * server says that it may be repeated, and hands two situations to the app: nobody is signed in, and
 * a sensitive act wants the password once more.
 */

import type { Api } from "./api";

type Endpoint = keyof Api;
type Body<K extends Endpoint> = Api[K]["body"] extends null
	? { body?: undefined }
	: { body: Api[K]["body"] };
type Query<K extends Endpoint> = Api[K]["query"] extends null
	? { query?: undefined }
	: { query?: { [N in keyof Api[K]["query"]]?: Api[K]["query"][N] | "" } };
type Id<K extends Endpoint> = K extends `${string}/:id${string}`
	? K extends `${string}/:id2${string}`
		? { id: string; id2: string }
		: { id: string; id2?: undefined }
	: { id?: undefined; id2?: undefined };
type Out<K extends Endpoint> = Api[K]["out"] extends null ? undefined : Api[K]["out"];

/* What an endpoint wants, told by the server's own tables, and how the request is to be made. */
type Ask<K extends Endpoint> = Id<K> &
	Body<K> &
	Query<K> & {
		/* Repeating the same act after a lost answer must carry the same key. */
		key?: string;
		/* A door asks whether someone is signed in: 401 is an answer there, not a reason to leave. */
		door?: boolean;
		/* Small, and said as the page may be left: it arrives although nobody waits for the answer any more. */
		leaving?: boolean;
		/* How long one sending of a form may take. */
		sending_ms?: number;
	};
interface AnyAsk {
	id?: string | undefined;
	id2?: string | undefined;
	body?: unknown;
	query?: object | undefined;
	key?: string;
	door?: boolean;
	leaving?: boolean;
	sending_ms?: number;
}
/* The second argument may be left out where nothing is needed. */
type Args<K extends Endpoint> = object extends Ask<K> ? [ask?: Ask<K>] : [ask: Ask<K>];

/* Why a request failed, in the reader's language. `code` is one of err_name, or "away" without signal. */
export class Fault extends Error {
	constructor(
		readonly code: string,
		readonly field: string,
		message: string,
		readonly status: number,
		readonly trace: string,
		readonly wait_s: number,
	) {
		super(message);
	}
}

const TRIES = 3;
const TIMEOUT_MS = 20_000;
const SENDING_MS = 180_000; /* ten megabytes over a slow line */
const WAIT_MAX_S = 8;

/* Set by each app. `signedOut` leaves for the sign-in page; `stepUp` asks for the password. */
export const turns = {
	signedOut: () => {},
	stepUp: async (): Promise<boolean> => false,
	/* What to say when the house did not answer at all. */
	away: () => "No answer. What you typed is kept. Try again.",
	language: () => "en",
};

/* What is said of a failure. What is no Fault is a mistake of ours: the console gets it, the reader a plain sentence. */
export function faultText(f: unknown): string {
	if (f instanceof Fault) return f.message;
	console.error(f);
	return turns.away();
}

export const newKey = () => crypto.randomUUID();

const sleep = (s: number) => new Promise((done) => setTimeout(done, s * 1000));

/* What is being asked just now; nothing is asked any more once somebody has left. */
const asked = new Set<AbortController>();
let left = false;

async function once(method: string, path: string, ask: AnyAsk, key: string): Promise<Response> {
	const headers: Record<string, string> = {
		Accept: "application/json",
		"Accept-Language": turns.language(),
	};
	if (method !== "GET") {
		headers["X-Poolhouse"] = "1";
		headers["Idempotency-Key"] = key;
	}
	/* A form with a file names its own type, with the border that parts it. */
	const form = ask.body instanceof FormData;
	if (ask.body !== undefined && !form) headers["Content-Type"] = "application/json";
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(ask.query ?? {}))
		if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
	const tail = query.toString();
	const line = new AbortController();
	setTimeout(() => line.abort(), form ? (ask.sending_ms ?? SENDING_MS) : TIMEOUT_MS);
	asked.add(line);
	try {
		const answer = await fetch(tail ? `${path}?${tail}` : path, {
			method,
			headers,
			body:
				ask.body === undefined ? null : form ? (ask.body as FormData) : JSON.stringify(ask.body),
			credentials: "same-origin",
			signal: line.signal,
			keepalive: ask.leaving === true,
		});
		/* Read to its end here: a line that breaks in the middle of an answer has brought none. */
		return new Response(answer.status === 204 ? null : await answer.blob(), answer);
	} finally {
		asked.delete(line);
	}
}

/*
 * The session ends, and nothing else is asked before the page is left: what was still under way would come back as
 * "nobody is signed in" to somebody who has just said so. Without signal only this device forgets.
 */
export async function signOut(): Promise<void> {
	left = true;
	for (const line of asked) line.abort();
	await once("DELETE", "/api/auth/sessions", {}, newKey()).catch(() => {});
}

async function faultOf(answer: Response): Promise<Fault> {
	const wait_s = Number(answer.headers.get("Retry-After") ?? 0) || 0;
	try {
		const { error } = await answer.json();
		return new Fault(
			error.code ?? "bug",
			error.field ?? "",
			error.message ?? "",
			answer.status,
			error.trace ?? "",
			wait_s,
		);
	} catch {
		return new Fault(
			answer.status >= 502 ? "away" : "bug",
			"",
			turns.away(),
			answer.status,
			"",
			wait_s,
		);
	}
}

/* Answers with the response of a success; throws a Fault of anything else. */
async function ask(endpoint: Endpoint, what: AnyAsk): Promise<Response> {
	const [method = "GET", template = ""] = endpoint.split(" ");
	const path = template
		.replace(":id2", encodeURIComponent(what.id2 ?? ""))
		.replace(":id", encodeURIComponent(what.id ?? ""));
	let key = what.key ?? newKey();
	let stepped = false;
	for (let n = 1; ; n += 1) {
		let answer: Response;
		try {
			if (left) throw new Error("left");
			answer = await once(method, path, what, key);
		} catch {
			if (left || n >= TRIES) throw new Fault("away", "", turns.away(), 0, "", 0);
			await sleep(n * 0.4);
			continue;
		}
		if (answer.ok) return answer;
		const fault = await faultOf(answer);
		if (answer.status === 503 && n < TRIES && fault.wait_s <= WAIT_MAX_S) {
			await sleep(Math.max(fault.wait_s, 0.3));
			continue;
		}
		/* The first sending of the same act is still under way: its answer is the one to wait for. */
		if (answer.status === 409 && fault.field === "idempotency_key" && n < TRIES) {
			await sleep(n * 0.5);
			continue;
		}
		if (answer.status === 403 && fault.field === "step_up" && !stepped) {
			stepped = true;
			key = newKey();
			if (await turns.stepUp()) continue;
		}
		if (answer.status === 401 && fault.code === "signed_out" && !fault.field && !what.door)
			turns.signedOut();
		throw fault;
	}
}

export async function call<K extends Endpoint>(endpoint: K, ...[what]: Args<K>): Promise<Out<K>> {
	const answer = await ask(endpoint, what ?? {});
	return (answer.status === 204 ? undefined : await answer.json()) as Out<K>;
}

/* A table for the reader to keep. A long one comes in parts, each with the head: the file has it once. */
export async function download(
	endpoint: Endpoint,
	name: string,
	query: Record<string, string> = {},
	id?: string,
): Promise<void> {
	const parts: string[] = [];
	for (let before: string | null = ""; before !== null; ) {
		const part: Response = await ask(endpoint, {
			id,
			query: before ? { ...query, before } : query,
		});
		const text = await part.text();
		parts.push(parts.length === 0 ? text : text.slice(text.indexOf("\n") + 1));
		before = part.headers.get("x-next");
	}
	save(new Blob(parts, { type: "text/csv;charset=utf-8" }), name);
}

export function save(blob: Blob, name: string): void {
	const a = document.createElement("a");
	a.href = URL.createObjectURL(blob);
	a.download = name;
	a.click();
	setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}

/* A form with one file, with how much of it has left; `sent` is 0 to 1. Fetch tells no progress, so this does not fetch. */
export function upload<K extends Endpoint>(
	endpoint: K,
	file: Blob,
	name: string,
	query: Record<string, string>,
	sent: (part: number) => void,
): Promise<Out<K>> {
	const [method = "POST", path = ""] = endpoint.split(" ");
	const form = new FormData();
	form.append("file", file, name);
	return new Promise((done, failed) => {
		const x = new XMLHttpRequest();
		x.open(method, `${path}?${new URLSearchParams(query)}`);
		x.setRequestHeader("Accept", "application/json");
		x.setRequestHeader("Accept-Language", turns.language());
		x.setRequestHeader("X-Poolhouse", "1");
		x.setRequestHeader("Idempotency-Key", newKey());
		x.timeout = 180_000;
		x.upload.onprogress = (e) => sent(e.lengthComputable ? e.loaded / e.total : 0);
		const away = () => failed(new Fault("away", "", turns.away(), 0, "", 0));
		x.onerror = away;
		x.ontimeout = away;
		x.onload = async () => {
			const type = x.getResponseHeader("Content-Type") ?? "";
			const answer = new Response(x.responseText, {
				status: x.status,
				headers: { "Content-Type": type },
			});
			if (answer.ok) return done((await answer.json()) as Out<K>);
			const fault = await faultOf(answer);
			if (fault.status === 401) turns.signedOut();
			failed(fault);
		};
		x.send(form);
	});
}
