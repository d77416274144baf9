/*
 * The day as the phone has it: what the office sent last, with what was tapped since laid over it.
 *
 * Today and tomorrow are kept; without network they open from the phone. The office learns that the phone holds a
 * version of the day (receipts): that is when a brief is delivered.
 */
import { computed, signal } from "@preact/signals";
import type { Progress, Stop, TechDay } from "../shared/api";
import { call, Fault, turns } from "../shared/call";
import { zoned } from "../shared/format";
import { listen } from "../shared/live";
import { learnDays, openNews } from "./news";
import { gate, type Kept, log, online, seen } from "./outbox";
import { readReports } from "./reports";
import { get, isOpen, put, turn } from "./store";
import { fillVault } from "./vault";

/* What else is fetched while there is signal, for the stops of both days; main.tsx fills it. */
export const ahead = { fill: async (_: Stop[]) => {} };

export const plan = signal<TechDay | null>(null);
export const tomorrow = signal<TechDay | null>(null);
/* Stops of the day before that are still under way: work goes on over midnight. */
const left = signal<Stop[]>([]);
/* When the office was asked what it last answered, in seconds; 0: the day is from the phone alone. */
export const heard = signal(0);
/* The office is being asked: what is not here may come with the answer. */
export const reading = signal(false);

const OVER = new Set<Stop["state"]>(["done", "skipped", "no_access", "cancelled"]);
export const over = (s: Stop) => OVER.has(s.state);

const thing = (k: Kept): Progress["things"][number] => ({
	id: k.id,
	verb: k.verb,
	text: k.body.text || (k.body.reason ?? ""),
	at: k.at,
});

/* A day that was asked for before the answer came may have the tap already: it is shown once. */
const plus = <T extends { id: string }>(list: T[], one: T): T[] =>
	list.some((x) => x.id === one.id) ? list : [...list, one];

/* What a verb makes of a stop: the twin of visit_step, as far as a page shows it. */
function after(s: Stop, k: Kept): Stop {
	const p: Progress = s.progress;
	switch (k.verb) {
		case "confirm":
			return { ...s, confirmed_at: k.at, flag: "" };
		case "flag":
			return { ...s, flag: k.body.reason ?? "" };
		case "on_my_way":
			return {
				...s,
				state: over(s) || s.state === "started" ? s.state : "on_way",
				on_way_at: s.on_way_at ?? k.at,
			};
		case "arrive":
			return { ...s, state: over(s) ? s.state : "started", started_at: s.started_at ?? k.at };
		case "finish":
			return { ...s, state: "done", started_at: s.started_at ?? k.at, ended_at: k.at };
		case "skip":
			return { ...s, state: "skipped", skip_reason: k.body.reason ?? "", ended_at: k.at };
		case "no_access":
			return { ...s, state: "no_access", skip_reason: k.body.reason ?? "", ended_at: k.at };
		case "reopen":
			return { ...s, state: s.started_at ? "started" : "scheduled", ended_at: null };
		case "correct":
			return {
				...s,
				started_at: k.body.started_at ?? s.started_at,
				ended_at: k.body.ended_at ?? s.ended_at,
			};
		case "looked":
			return s;
		case "fetched":
			return {
				...s,
				fetched_at: s.fetched_at ?? k.at,
				progress: { ...p, things: plus(p.things, thing(k)) },
			};
		case "check": {
			const rest = p.checks.filter((c) => c.item !== k.body.item);
			const { what = null, amount = null } = k.body;
			const said = {
				item: k.body.item ?? "",
				done: k.body.done !== false,
				at: k.at,
				what,
				amount,
			};
			return { ...s, progress: { ...p, checks: [...rest, said] } };
		}
		case "note": {
			const said = {
				id: k.id,
				text: k.body.text,
				for_customer: k.body.for_customer === true,
				at: k.at,
			};
			return { ...s, progress: { ...p, notes: plus(p.notes, said) } };
		}
		case "photo": {
			const said = { id: k.id, file_id: k.body.file_id ?? "", item: k.body.item ?? "", at: k.at };
			return { ...s, progress: { ...p, photos: plus(p.photos, said) } };
		}
		default:
			return { ...s, progress: { ...p, things: plus(p.things, thing(k)) } };
	}
}

/* Photos that were let go (photos.tsx): what was said of them shows no picture, and is none where one is wanted. */
export const pictureless = signal<string[]>([]);
function pictured(s: Stop): Stop {
	const gone = pictureless.value;
	if (gone.length === 0) return s;
	const photos = s.progress.photos.filter((f) => !gone.includes(f.file_id));
	return { ...s, progress: { ...s.progress, photos } };
}

function laid(list: Stop[] = []): Stop[] {
	const said = log.value.filter((k) => k.state !== "conflict" && k.visit_id !== null);
	return list
		.map((s) => said.filter((k) => k.visit_id === s.id).reduce(after, s))
		.filter((s) => !said.some((k) => k.visit_id === s.id && k.verb === "reassign"))
		.map(pictured);
}

export const stops = computed(() => laid([...left.value, ...(plan.value?.stops ?? [])]));
export const stopOf = (id: string): Stop | undefined =>
	stops.value.find((s) => s.id === id) ?? laid(tomorrow.value?.stops).find((s) => s.id === id);

/* The stop under way, else the first that is not over. */
export const next = computed(
	() =>
		stops.value.find((s) => s.state === "started") ??
		stops.value.find((s) => s.state === "on_way") ??
		stops.value.find((s) => !over(s)) ??
		null,
);

/* Nobody works longer without going home (domain/staff/clock.h): whoever has not clocked out by then forgot to. */
const LONGEST_S = 16 * 3600;

/* The working clock: open since when, perhaps since yesterday, with the taps that are still here. */
export const clock = computed(() => {
	const open = (kind: "work" | "break", since: number) =>
		plan.value?.clock
			.filter((c) => c.kind === kind && c.to_at === null && c.from_at >= since)
			.at(-1)?.from_at ?? null;
	let work = open("work", Date.now() / 1000 - LONGEST_S);
	let pause = work === null ? null : open("break", work);
	for (const k of log.value) {
		if (k.state === "conflict") continue;
		if (k.verb === "clock_in") work ??= k.at;
		if (k.verb === "clock_out") work = pause = null;
		if (k.verb === "break") pause ??= k.at;
		if (k.verb === "break_over") pause = null;
	}
	return { work, pause };
});

export async function openDay(): Promise<void> {
	const [day, then, open] = await Promise.all([
		get<TechDay>("kv", "day"),
		get<TechDay>("kv", "tomorrow"),
		get<Stop[]>("kv", "left"),
	]);
	plan.value = day ?? null;
	tomorrow.value = then ?? null;
	left.value = open ?? [];
	await openNews();
}

/* Nobody is at one stop for longer: who has not ended it by then forgot to, and it is no work of this day. */
const STOP_S = 8 * 3600;

/* The day was that one and is this one: what is under way goes on, until it is over. A window of yesterday says nothing of today. */
function leave(was: TechDay | null, is: TechDay): void {
	const turned = was && was.day < is.day ? was.stops : [];
	if (left.value.length + turned.length === 0) return;
	const here = new Set(is.stops.map((s) => s.id));
	const since = Date.now() / 1000 - STOP_S;
	left.value = laid([...left.value, ...turned])
		.filter((s) => s.state === "started" || s.state === "on_way")
		.filter((s) => !here.has(s.id) && (s.started_at ?? s.on_way_at ?? 0) > since)
		.map((s) => ({ ...s, from_minute: null, to_minute: null }));
}

/* The day with what is left of the one before, or a reload would find one stop twice, or nowhere. */
const keepDay = (day: TechDay, turned = false) =>
	turn<void>(["kv"], (drawer) => {
		drawer("kv").put(left.value, "left");
		drawer("kv").put(day, "day");
		if (turned) drawer("kv").delete("tomorrow");
	});

/* Which day it is here, by this phone's clock. */
const today = (zone: string) => zoned(Date.now() / 1000, zone).day;

/*
 * Of another day than this phone's clock says, and the office has not said otherwise since: its date. A clock that goes
 * wrong does not make the office's word yesterday's.
 */
export function oldDay(zone: string): string | null {
	const day = plan.value?.day ?? null;
	const is = today(zone);
	return day === is || zoned(heard.value, zone).day === is ? null : day;
}

/* The day turned, and the office was not heard: what lies here as tomorrow is the day. */
export async function turnDay(zone: string): Promise<void> {
	const [was, is] = [plan.value, tomorrow.value];
	if (!was || is?.day !== today(zone) || oldDay(zone) === null) return;
	const open = was.clock.filter((c) => c.to_at === null && !is.clock.some((x) => x.id === c.id));
	leave(was, is);
	plan.value = { ...is, clock: [...open, ...is.clock] };
	tomorrow.value = null;
	await keepDay(plan.value, true);
}

const plusOne = (day: string) =>
	new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/* The office learns that this phone holds it: only now is a brief delivered. */
function receipt(d: TechDay): void {
	if (d.version > 0 && d.seen_version < d.version)
		void call("POST /api/tech/receipts", {
			door: true,
			body: { day: d.day, version: d.version },
		}).catch(() => {});
}

/*
 * Answers come in any order. One is not taken where one that was asked for later stands: it would lay an older plan over
 * a newer one, from which taps are gone that only the newer one says.
 */
let asks = 0;
let reads = 0;
const taken = { today: 0, tomorrow: 0 };

/* The day, asked for before anybody knows who works here: the app opens one question sooner. */
export function early() {
	const asked_ms = Date.now();
	const day = call("GET /api/tech/today", { door: true });
	day.catch(() => {}); /* who takes it hears it */
	return { nth: ++asks, asked_ms, day };
}

/* Reads the day again, or takes one that is on its way; without network what is here stays. */
export async function refresh(coming?: ReturnType<typeof early>): Promise<void> {
	if (!isOpen()) return;
	reading.value = ++reads > 0;
	try {
		if (!(await gate.sure())) return;
		const { nth, asked_ms, day: asked } = coming ?? early();
		const day = await asked;
		if (nth < taken.today) return;
		taken.today = nth;
		leave(plan.value, day);
		plan.value = day;
		await keepDay(day);
		await seen(asked_ms);
		receipt(day);
		const then = await call("GET /api/tech/today", {
			door: true,
			query: { day: plusOne(day.day) },
		});
		if (nth < taken.tomorrow) return;
		taken.tomorrow = nth;
		tomorrow.value = then;
		await put("kv", then, "tomorrow");
		receipt(then);
		void learnDays([day, then]);
		heard.value = Math.floor(asked_ms / 1000);
		online.value = true;
		const list = [...left.value, ...day.stops, ...then.stops];
		void fillVault(day.day, list);
		void ahead.fill(list);
	} catch (f) {
		/* Signed out meanwhile: there is nothing to keep a day in. */
		if (!isOpen()) return;
		if (f instanceof Fault && f.status === 401) {
			turns.signedOut();
			return;
		}
		if (f instanceof Fault && f.code === "away") online.value = false;
		else throw f;
	} finally {
		reading.value = --reads > 0;
	}
}

/* While the app is looked at it hears of a change at once; a phone in the pocket is pushed to. */
let hush: (() => void) | null = null;
function hear(): void {
	hush?.();
	hush = null;
	if (document.visibilityState !== "visible" || !isOpen()) return;
	void readReports().catch(() => {});
	hush = listen((kind) => {
		if (kind !== "away") void refresh().catch(() => {});
	}, "tech");
}
export function startHearing(): void {
	hear();
	document.addEventListener("visibilitychange", hear);
}
