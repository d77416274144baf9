/*
 * What the office has changed of today and tomorrow since this phone last looked: each change is a line of the messages.
 *
 * The phone finds it itself, by what it knew: so it is there whatever became of a push, and without asking for more. Of a
 * day that it meets for the first time it knows nothing, and says nothing.
 */
import { computed, signal } from "@preact/signals";
import type { Stop, TechDay } from "../shared/api";
import type { Kept } from "./outbox";
import { all, get, isOpen, put } from "./store";

export interface News {
	at: number;
	kind: "new" | "gone" | "when" | "note" | "errand" | "changed";
	day: string;
	visit_id: string;
	who: string;
	/* The office's words; of "changed" the field's name before what it became; of "when" the minutes: as a stop has them. */
	text: string;
	field?: string;
	from_minute?: number | null;
	to_minute?: number | null;
	seen: boolean;
}

/* What was known of a stop, as far as the office may change it. */
interface Known {
	id: string;
	who: string;
	from: number | null;
	to: number | null;
	note: string;
	errand: string;
	changes: string[];
}
interface KnownDay {
	day: string;
	/* Those of before versions were kept have none. */
	version?: number;
	stops: Known[];
}

const KEPT_S = 7 * 86_400;
const KEPT = 60;

export const news = signal<News[]>([]);
export const unseen = computed(() => news.value.filter((n) => !n.seen).length);

const change = (c: Stop["brief"]["changes"][number]) => `${c.field}@${c.at}`;
/* The stops that were given away here and what became of it: the office has no other answer yet, or it said no. */
type Given = Map<string | null, "away" | "refused">;
const givenHere = async (): Promise<Given> =>
	new Map(
		(await all<Kept>("log"))
			.filter((k) => k.verb === "reassign")
			.map((k) => [k.visit_id, k.state === "conflict" ? "refused" : "away"]),
	);

const known = (d: TechDay, given: Given): KnownDay => ({
	day: d.day,
	version: d.version,
	stops: d.stops
		.filter((s) => s.state !== "cancelled" && given.get(s.id) !== "away")
		.map((s) => ({
			id: s.id,
			who: s.brief.customer,
			from: s.from_minute,
			to: s.to_minute,
			note: s.note,
			errand: s.brief.errand?.[0]?.text ?? "",
			changes: s.brief.changes.map(change),
		})),
});

/*
 * What became otherwise between what was known of a day and what it is. What is given away counts on neither side: a day
 * that was read before the office took that has it still. What the office refused to take was never away.
 */
function changesOf(was: KnownDay, is: TechDay, given: Given, now_s: number): News[] {
	const out: News[] = [];
	const mine = was.stops.filter((s) => given.get(s.id) !== "away");
	const before = new Map(mine.map((s) => [s.id, s]));
	const now = known(is, given);
	const line = (kind: News["kind"], s: Known, text = "", more: Partial<News> = {}) =>
		out.push({
			at: now_s,
			kind,
			day: is.day,
			visit_id: s.id,
			who: s.who,
			text,
			seen: false,
			...more,
		});
	for (const s of now.stops) {
		const old = before.get(s.id);
		before.delete(s.id);
		if (!old) {
			if (!given.has(s.id)) line("new", s, s.note);
			continue;
		}
		if (s.from !== old.from || s.to !== old.to)
			line("when", s, "", { from_minute: s.from, to_minute: s.to });
		if (s.note && s.note !== old.note) line("note", s, s.note);
		if (s.errand && s.errand !== old.errand) line("errand", s, s.errand);
		const { changes } = is.stops.find((x) => x.id === s.id)!.brief;
		for (const c of changes.filter((c) => !old.changes.includes(change(c))))
			line("changed", s, c.became, { field: c.field });
	}
	for (const s of before.values()) line("gone", s);
	return out;
}

/* One after the other: two days that come at once are compared with the same knowledge. */
let turn: Promise<void> = Promise.resolve();
const inTurn = (work: () => Promise<void>): Promise<void> => {
	turn = turn.then(work).catch(() => {});
	return turn;
};

export const openNews = async () => {
	news.value = (await get<News[]>("kv", "news")) ?? [];
};

/* The days as they were just read. */
export const learnDays = (days: TechDay[]) =>
	inTurn(async () => {
		if (!isOpen()) return;
		const was = (await get<KnownDay[]>("kv", "known")) ?? [];
		const now_s = Math.floor(Date.now() / 1000);
		const given = await givenHere();
		const fresh: News[] = [];
		const learned = days.map((d) => {
			const old = was.find((k) => k.day === d.day);
			/* Of two that were on their way at once the older may come last. */
			if (old && (old.version ?? 0) > d.version) return old;
			if (old) fresh.push(...changesOf(old, d, given, now_s));
			return known(d, given);
		});
		if (fresh.length > 0) {
			const kept = [...fresh, ...news.value].filter((n) => n.at > now_s - KEPT_S).slice(0, KEPT);
			await put("kv", kept, "news");
			news.value = kept;
		}
		await put("kv", learned, "known");
	});

/* Given away by the one who works here, and kept in the log: that it is gone is no news. */
export const givenAway = (visit_id: string) =>
	inTurn(async () => {
		const was = (await get<KnownDay[]>("kv", "known")) ?? [];
		const rest = was.map((d) => ({ ...d, stops: d.stops.filter((s) => s.id !== visit_id) }));
		await put("kv", rest, "known");
	});

/* All of it, or what is about one stop. */
export const readNews = (visit_id?: string) =>
	inTurn(async () => {
		const now = (n: News) => !n.seen && (!visit_id || n.visit_id === visit_id);
		if (!news.value.some(now)) return;
		const read = news.value.map((n) => (now(n) ? { ...n, seen: true } : n));
		await put("kv", read, "news");
		news.value = read;
	});
