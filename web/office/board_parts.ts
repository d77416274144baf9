/* What the board's files share: the day in the hand, how it is kept fresh, the words of a stop. */
import type { Board, BoardLane, BoardStop } from "../shared/api";
import { call } from "../shared/call";
import { hourBare, hoursBare, minutes, time, zoned } from "../shared/format";
import { t } from "../shared/words";
import { me } from "./me";

export type State = BoardStop["row"]["state"];
/* Does it, reads those lanes again, says that it is done, and offers to take it back. */
export type Act = (
	what: () => Promise<unknown>,
	techs: (string | null)[],
	done: string,
	back?: () => Promise<unknown>,
) => Promise<void>;
export const STATES: State[] = [
	"done",
	"started",
	"on_way",
	"scheduled",
	"no_access",
	"skipped",
	"cancelled",
];
export const ICONS: Record<State, string> = {
	done: "done",
	started: "half",
	on_way: "nav",
	scheduled: "ring",
	no_access: "lock",
	skipped: "skip",
	cancelled: "ban",
};

export const zone = () => me.value?.company.zone ?? "UTC";
export const dayAfter = (iso: string, n: number) =>
	new Date(Date.parse(`${iso}T12:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
/* Today where the company is, and the second of that day. */
export const nowThere = () => zoned(Date.now() / 1000, zone());

export const open = (s: BoardStop) => s.row.state === "scheduled" || s.row.state === "on_way";
export const late = (s: BoardStop) => open(s) && s.time.late_s > 60;

/* Told five minutes ago, and the phone has not said that it holds it. */
export const lost = (s: BoardStop) =>
	open(s) &&
	!s.delivered &&
	(s.lost || (s.row.told_at !== null && Date.now() / 1000 - s.row.told_at >= 300));

export function stopsOf(board: Board): Map<string | null, BoardStop[]> {
	const by = new Map<string | null, BoardStop[]>([[null, []]]);
	for (const lane of board.lanes) by.set(lane.tech_id, []);
	for (const s of board.stops) by.get(s.row.tech_id)?.push(s);
	return by;
}

/* No shorter on the board, so that it can be read and taken. */
export const shownEnd = (s: BoardStop) => Math.max(s.time.end_s, s.time.begin_s + 900);
const ROWS_MAX = 3;

/* Of a lane: what takes place at the same time lies in rows, one under the other; [row, of so many]. */
export function rowsOf(stops: BoardStop[]): Map<string, [number, number]> {
	const out = new Map<string, [number, number]>();
	let group: { id: string; row: number }[] = [];
	let ends: number[] = [];
	const close = () => {
		for (const g of group) out.set(g.id, [g.row, ends.length]);
		group = [];
		ends = [];
	};
	for (const s of [...stops].sort((a, b) => a.time.begin_s - b.time.begin_s)) {
		if (ends.every((end) => end <= s.time.begin_s)) close();
		let row = ends.findIndex((end) => end <= s.time.begin_s);
		if (row < 0) row = ends.length < ROWS_MAX ? ends.length : group.length % ROWS_MAX;
		ends[row] = Math.max(ends[row] ?? 0, shownEnd(s));
		group.push({ id: s.row.id, row });
	}
	close();
	return out;
}

/* The hours that a day's axis spans. */
export function axis(board: Board): { from: number; hours: number } {
	let from = 7 * 3600;
	let to = 17 * 3600;
	for (const l of board.lanes)
		if (l.to_minute > 0) {
			from = Math.min(from, l.from_minute * 60);
			to = Math.max(to, l.to_minute * 60);
		}
	for (const s of board.stops)
		if (s.row.tech_id && s.time.end_s > 0) {
			from = Math.min(from, Math.max(0, s.time.begin_s));
			to = Math.max(to, Math.min(s.time.end_s, 26 * 3600));
		}
	const first = Math.floor(from / 3600);
	return { from: first * 3600, hours: Math.max(8, Math.ceil(to / 3600) - first) };
}

/* One lane, or what is nobody's. */
export interface Part {
	tech: string | null;
	board: Board;
}
export const parts = (day: string, techs: (string | null)[]): Promise<Part[]> =>
	Promise.all(
		techs.map(async (tech) => ({
			tech,
			board: await call("GET /api/office/board", {
				query: tech ? { day, tech } : { day, nobody: true },
			}),
		})),
	);

/* Put into the day in the hand; what is older than that (two answers may pass each other) is left. */
export function withParts(board: Board, all: Part[]): Board {
	let next = board;
	for (const { tech, board: part } of all) {
		const had = tech
			? (next.lanes.find((l) => l.tech_id === tech)?.version ?? 0)
			: next.nobody_version;
		const has = tech ? (part.lanes[0]?.version ?? 0) : part.nobody_version;
		if (has < had) continue;
		next = {
			...next,
			alerts: part.alerts,
			nobody_version: tech ? next.nobody_version : has,
			lanes: tech ? merged(next.lanes, part.lanes) : next.lanes,
			stops: [
				...next.stops.filter(
					(s) => s.row.tech_id !== tech && !part.stops.some((p) => p.row.id === s.row.id),
				),
				...part.stops,
			],
		};
	}
	return next;
}

function merged(all: BoardLane[], fresh: BoardLane[]): BoardLane[] {
	const next = all.map((l) => fresh.find((f) => f.tech_id === l.tech_id) ?? l);
	for (const f of fresh) if (!next.some((l) => l.tech_id === f.tech_id)) next.push(f);
	return next;
}

/* Which lanes have another version than the one in the hand. */
export async function changedSince(
	board: Board,
): Promise<{ techs: (string | null)[]; alerts: number }> {
	const heads = await call("GET /api/office/board-heads", { query: { day: board.day } });
	const techs = heads.rows
		.filter((h) =>
			h.tech_id
				? !board.lanes.some(
						(l) =>
							l.tech_id === h.tech_id &&
							l.version === h.version &&
							l.seen_version === h.seen_version,
					)
				: board.nobody_version !== h.version,
		)
		.map((h) => h.tech_id);
	return { techs, alerts: heads.alerts };
}

export const matches = (s: BoardStop, words: string) =>
	words === "" ||
	words
		.toLowerCase()
		.split(/\s+/)
		.every((w) =>
			`${s.row.customer} ${s.row.street} ${s.row.city} ${s.row.service} ${s.row.note}`
				.toLowerCase()
				.includes(w),
		);

/* What nobody here put on the board says where it came from, and what repeats is no news. */
export const landed = ({ row }: BoardStop) => row.source !== "office" && row.source !== "agreement";

/* Gate, dog, parts, first visit, a flag: what one must know before one goes; its mark, and how it is said. */
export const special = ({ row, unpaid }: BoardStop): [string, string][] =>
	(
		[
			[row.flag, "alert", row.flag && t("board.flag", { why: row.flag })],
			[row.gate, "key", t("board.gate")],
			[row.dogs, "paw", t("board.dogs")],
			[row.parts, "wrench", t("board.parts")],
			[row.first, "star", t("board.first")],
			[unpaid, "file", t("board.unpaid")],
		] as [unknown, string, string][]
	)
		.filter(([is]) => is)
		.map(([, mark, said]) => [mark, said]);

/* On a card of the axis there is no room for more. */
export function windowBare(s: BoardStop): string {
	const { from_minute: from, to_minute: to } = s.row;
	if (from !== null && to !== null) return hoursBare(from, to);
	if (to !== null) return t("board.by.bare", { at: hourBare(to) });
	return from !== null ? t("board.from", { at: hourBare(from) }) : "";
}

export function windowOf(s: BoardStop): string {
	const { from_minute: from, to_minute: to } = s.row;
	if (from !== null && to !== null) return `${minutes(from)} – ${minutes(to)}`;
	if (to !== null) return t("board.by", { at: minutes(to) });
	return from !== null ? t("board.from", { at: minutes(from) }) : "";
}
export const clock = (at: number) => time(at, zone());
