/*
 * Photos of a stop: made small on the phone, kept here, sent when there is signal.
 *
 * The phone makes the photo's id, so the stop can speak of it at once; the picture follows, as often as it takes.
 */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Stop } from "../shared/api";
import { call, Fault } from "../shared/call";
import { time } from "../shared/format";
import { toast } from "../shared/over";
import { Icon } from "../shared/ui";
import { count, t } from "../shared/words";
import { pictureless } from "./day";
import { flush, gate, sayAll, type Word } from "./outbox";
import { all, amend, drop, get, newId, put, turn } from "./store";

interface KeptPhoto {
	id: string;
	visit_id: string;
	item: string;
	at: number;
	blob: Blob;
	/* Why the office refused it: an app that opens without signal knows it as well. */
	no?: string;
}
const EDGE = 1600;
const LET_GO = "let_go";
const LET_GO_MAX = 500;
const GOOD = 0.82;
const LESS = 0.6;
const HEAVY = 400 * 1024;
const SMALL = 100 * 1024 * 1024;
const DRAWN_TRIES = 6;
const DRAWN_MS = 1500;
const LATER = new Set([401, 408, 425, 429]); /* may be taken another time */
const refused = (f: Fault) => f.status >= 400 && f.status < 500 && !LATER.has(f.status);
/* What arrived damaged the office has thrown away, and programs that are being replaced know no pieces: it goes again. */
const again = (f: Fault) => f.field === "digest" || f.status === 404;
const PIECE = 64 * 1024; /* a second of a slow line */
const PIECE_MS = 45_000; /* until then even twelve kilobits a second have brought one */

/* Those that the office does not have yet. */
export const unsent = signal<KeptPhoto[]>([]);
/* How much of each the office has, in hundredths. */
export const far = signal<Record<string, number>>({});
export const farText = (photo: KeptPhoto) => {
	const n = far.value[photo.id] ?? 0;
	return photo.no ?? (n > 0 ? t("tech.photo.far", { n }) : "");
};
const hex = (bytes: ArrayBuffer) =>
	Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");

export async function startPhotos(): Promise<void> {
	unsent.value = await all<KeptPhoto>("photos");
	pictureless.value = (await get<string[]>("kv", LET_GO)) ?? [];
	void sendPhotos();
}

/* At most 1,600 pixels wide and some hundred kilobytes: sharp enough to read a gauge, small enough for a bar of signal. */
async function small(file: File): Promise<Blob> {
	if (file.size > SMALL) throw new Error("too large");
	const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
	const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
	const canvas = document.createElement("canvas");
	canvas.width = Math.round(picture.width * scale);
	canvas.height = Math.round(picture.height * scale);
	canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
	picture.close();
	const drawn = (quality: number) =>
		new Promise<Blob>((done, failed) =>
			canvas.toBlob((b) => (b ? done(b) : failed(new Error("no picture"))), "image/jpeg", quality),
		);
	const first = await drawn(GOOD);
	return first.size > HEAVY ? drawn(LESS) : first;
}

/* On disk first, with the verb that speaks of it, then on its way: there is never one without the other. */
export async function keepPicture(
	blob: Blob,
	visit_id: string,
	item: string,
	[verb, body]: Word,
): Promise<void> {
	const photo: KeptPhoto = {
		id: newId(),
		visit_id,
		item,
		at: Math.floor(Date.now() / 1000),
		blob,
	};
	await sayAll(visit_id, [[verb, { ...body, file_id: photo.id }]], (drawer) => {
		drawer("photos").put(photo);
		return () => {
			unsent.value = [...unsent.value, photo];
		};
	});
	void sendPhotos();
}

async function take(file: File, visit_id: string, item: string): Promise<void> {
	await keepPicture(await small(file), visit_id, item, ["photo", { item: item || null }]);
}

/* Piece by piece, from where the office has it: a line that breaks costs one piece, not the photo. */
async function sendPhoto({ id, visit_id, item, blob }: KeptPhoto): Promise<void> {
	const digest = hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
	/* First a piece of nothing: it asks where to go on. */
	for (let at = 0, n = 0; ; n = PIECE) {
		const form = new FormData();
		form.set("file", blob.slice(at, at + n), "photo.jpg");
		const { here, whole } = await call("POST /api/tech/photos/:id/pieces", {
			id,
			door: true,
			body: form,
			query: { visit_id, name: item, digest, size: blob.size, at },
			sending_ms: PIECE_MS,
		});
		if (whole) break;
		if (n > 0 && here <= at) throw new Fault("away", "", "", 0, "", 0);
		far.value = { ...far.value, [id]: Math.floor((100 * here) / blob.size) };
		at = here;
	}
	await drop("photos", id);
	unsent.value = unsent.value.filter((p) => p.id !== id);
}

/* Nobody can send it: whoever looked throws it away, and may think better of it. */
export async function letGo(photo: KeptPhoto): Promise<void> {
	const { id } = photo;
	const keep = async (here: boolean) => {
		const gone = await turn<string[]>(["photos", "kv"], (drawer, box) => {
			if (here) drawer("photos").put(photo);
			else drawer("photos").delete(id);
			amend<string[]>(drawer("kv"), LET_GO, (was = []) => {
				const rest = was.filter((x) => x !== id);
				box.is = here ? rest : [...rest, id].slice(-LET_GO_MAX);
				return box.is;
			});
		});
		pictureless.value = gone ?? [];
		const rest = unsent.value.filter((p) => p.id !== id);
		unsent.value = here ? [...rest, photo] : rest;
	};
	await keep(false);
	toast(t("tech.photo.gone"), () => void keep(true));
}

let busy = false;
const no = new Set<string>(); /* refused; not asked again before the app opens anew */
export async function sendPhotos(): Promise<void> {
	if (busy) return;
	busy = true;
	try {
		if (!(await gate.sure())) return;
		await flush(); /* what is said of them goes first: the office takes a picture of a stop that has gone elsewhere by that */
		for (const photo of unsent.value.filter((p) => !no.has(p.id)))
			await sendPhoto(photo).catch((f) => {
				/* Refused (no picture, say): it stays here, with the office's words beside it; the next may go. */
				if (!(f instanceof Fault) || !refused(f)) throw f;
				if (again(f)) return;
				no.add(photo.id);
				if (!unsent.value.includes(photo)) return;
				const now = { ...photo, no: f.message };
				unsent.value = unsent.value.map((p) => (p === photo ? now : p));
				return put("photos", now).catch(() => {});
			});
	} catch {
		/* No signal: the next try is at the next photo, the next start, when the signal is back, or in a while. */
	} finally {
		busy = false;
	}
}
addEventListener("online", () => void sendPhotos());
setInterval(() => {
	if (unsent.value.length > 0) void sendPhotos();
}, 30_000);

/* The phone's own picture as long as one looks; later the office's, asked for again while it is being drawn. */
export function Picture(p: { id: string; item: string; at: number }) {
	const kept = unsent.value.find((x) => x.id === p.id);
	const blob = useRef(kept?.blob);
	const [tries, setTries] = useState(0);
	const [url, setUrl] = useState("");
	useEffect(() => {
		if (!blob.current) {
			setUrl(`/api/tech/photos/${p.id}/small`);
			return;
		}
		const made = URL.createObjectURL(blob.current);
		setUrl(made);
		return () => URL.revokeObjectURL(made);
	}, [p.id]);
	useEffect(() => {
		if (url || tries === 0 || tries > DRAWN_TRIES) return;
		const again = setTimeout(
			() => setUrl(`/api/tech/photos/${p.id}/small#${tries}`),
			DRAWN_MS * tries,
		);
		return () => clearTimeout(again);
	}, [url, tries]);
	const missed = () => {
		setTries(tries + 1);
		setUrl("");
	};
	return (
		<figure class={kept ? "photo photo--here" : "photo"}>
			{url && <img src={url} alt={p.item || t("tech.photo")} loading="lazy" onError={missed} />}
			<figcaption>
				{/* A check only for what the office may have: one that was let go never comes. */}
				<Icon name={kept ? "device" : tries > DRAWN_TRIES ? "camera" : "check"} />
				{(kept && farText(kept)) || time(p.at)}
			</figcaption>
		</figure>
	);
}

export function PhotoButton(p: {
	stop: Stop;
	item: string;
	primary?: boolean;
	children: ComponentChildren;
}) {
	const input = useRef<HTMLInputElement>(null);
	const [working, setWorking] = useState(false);
	const chosen = async (files: FileList | null) => {
		setWorking(true);
		try {
			for (const f of Array.from(files ?? []).slice(0, 8)) await take(f, p.stop.id, p.item);
		} catch {
			toast(t("tech.photo.bad"));
		} finally {
			setWorking(false);
			if (input.current) input.current.value = "";
		}
	};
	return (
		<label
			class={
				p.primary ? "button button--primary button--lg button--block shoot" : "shoot shoot--tile"
			}
			aria-busy={working ? "true" : undefined}
		>
			<Icon name="camera" size="lg" />
			<span>{p.children}</span>
			<input
				ref={input}
				class="unseen"
				type="file"
				accept="image/*"
				capture="environment"
				multiple={!p.item}
				onChange={(e) => void chosen(e.currentTarget.files)}
			/>
		</label>
	);
}

export function Photos(p: { stop: Stop; item: string; free?: boolean }) {
	const mine = p.stop.progress.photos.filter((f) => (f.item || "") === p.item);
	return (
		<div class="photos" role="group" aria-label={p.item || t("tech.photos")}>
			{mine.map((f) => (
				<Picture key={f.id} id={f.file_id} item={p.item} at={f.at} />
			))}
			<PhotoButton stop={p.stop} item={p.item}>
				{mine.length > 0 ? t("tech.photo.more") : t("tech.photo.take")}
			</PhotoButton>
		</div>
	);
}

/* Those that go by themselves; where there are none, those that somebody has to look at. */
export const goes = () => unsent.value.filter((p) => !p.no).length;
export const unsentText = () => {
	if (goes() > 0) return count("tech.photos.unsent", goes());
	return unsent.value.length > 0 ? count("tech.photos.refused", unsent.value.length) : "";
};
