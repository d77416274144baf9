/* node tests/laws/pace.mjs BUNDLE -- says every case in which the phone reckons a day otherwise than is written here. */
import { isDeepStrictEqual } from "node:util";
import { pathToFileURL } from "node:url";

const { driveMinutes, driveOf, paceOf, roughly } = await import(pathToFileURL(process.argv[2]));
const north = (udeg) => ({ lat_e6: 33450000 + udeg, lng_e6: -112070000 });
const NOWHERE = { lat_e6: null, lng_e6: null };
/* 10 km as the crow flies: 1,320 s, as tests/unit/domain/routing/matrix.c has it. */
const FAR = 89932;
const MIDNIGHT = 1_780_000_000;
const NOW = MIDNIGHT + 10 * 3600;
const stop = (id, at, over = {}) => ({
	id, state: "scheduled", from_minute: null, to_minute: null, minutes: 30, on_way_at: null, started_at: null, ended_at: null, fetched_at: null,
	brief: { ...at, errand: [] }, ...over,
});
const done = (id, at, ended) => stop(id, at, { state: "done", started_at: NOW - 3600, ended_at: NOW + ended });
const clocked = { now_s: NOW, midnight_s: MIDNIGHT, begun: true, shift: null };
/* From home and back there, 10 km from the first stop; lunch is an hour, begun between 11 and 1. */
const shift = (over = {}) => ({
	day: "", from_minute: 480, to_minute: 1020, lunch_minutes: 0, lunch_from: 660, lunch_to: 780, start_lat_e6: 33450000, start_lng_e6: -112070000,
	end_lat_e6: 33450000, end_lng_e6: -112070000, ...over,
});
const H = 3600;
/* Of each stop still to come: when it begins, counted from now, and the drive there. */
const reckoned = (...list) => [...paceOf(list, clocked).at].map(([id, x]) => [id, x.begin_s - NOW, x.drive_s]);
/* Of a day that nobody has begun at one in the morning: when each begins, counted from the shift, and when they are at home. */
const planned = (by, ...list) => {
	const p = paceOf(list, { now_s: MIDNIGHT + H, midnight_s: MIDNIGHT, begun: false, shift: shift(by) });
	return [...[...p.at.values()].map((x) => x.begin_s), p.home_s].map((s) => s && s - MIDNIGHT - 8 * H);
};
/* Four of an hour and a half, as near as can be: 8:00, 9:30, 11:00, 12:30, over at 14:00. The same day in tests/unit/domain/dispatch/board.c. */
const four = (over = {}) => ["a", "b", "c", "d"].map((id) => stop(id, north(0), { minutes: 90, ...over[id] }));
const lunch = (by, over) => planned({ lunch_minutes: 60, ...by }, ...four(over)).map((s) => s / H + 8);
const supplied = { ...north(0), errand: [{ text: "Lid", minutes: 10, ...north(FAR) }] };

const cases = [
	["ten kilometres", () => driveOf(north(0), north(FAR)), 1320],
	["at the company's pace", () => [FAR, 9000].map((udeg) => driveOf(north(0), north(udeg), { pace_short: 2000, pace_middling: 1250, pace_long: 500 })), [1650, 2 * driveOf(north(0), north(9000))]],
	["a long way at its pace", () => driveOf(north(0), north(136260), { pace_short: 2000, pace_middling: 2000, pace_long: 500 }), 857],
	["home at its pace", () => paceOf([stop("a", north(FAR), { state: "started", started_at: NOW })], { ...clocked, shift: shift({ pace_middling: 1250 }) }).home_s - NOW, 1800 + 1650],
	["twenty kilometres of road", () => driveOf(north(0), north(136260)), 1714],
	["one square", () => driveOf(north(0), north(10)), 0],
	["a place nowhere", () => driveOf(north(0), NOWHERE), null],
	["an empty day", () => reckoned(), []],
	["from the last stop, now", () => reckoned(done("a", north(0), -600), stop("b", north(FAR)), stop("c", north(0))), [["b", 1320, 1320], ["c", 1320 + 1800 + 1320, 1320]]],
	["whence nobody knows", () => reckoned(stop("a", north(0)), stop("b", north(FAR))), [["a", 720, null], ["b", 720 + 1800 + 1320, 1320]]],
	["a window opens", () => reckoned(done("a", north(0), -600), stop("b", north(FAR), { from_minute: 660 })), [["b", 3600, 1320]]],
	["on the way since", () => reckoned(done("a", north(0), -600), stop("b", north(FAR), { state: "on_way", on_way_at: NOW - 300 })), [["b", 1020, 1320]]],
	["on the way for too long", () => reckoned(done("a", north(0), -6000), stop("b", north(FAR), { state: "on_way", on_way_at: NOW - 5000 })), [["b", 0, 1320]]],
	["on the way to a later one", () => reckoned(stop("a", north(0)), stop("b", north(FAR), { state: "on_way", on_way_at: NOW })), [["b", 720, null], ["a", 720 + 1800 + 1320, 1320]]],
	["under way", () => reckoned(stop("a", north(0), { state: "started", started_at: NOW - 600 }), stop("b", north(FAR))), [["b", 1200 + 1320, 1320]]],
	["under way for too long", () => reckoned(stop("a", north(0), { state: "started", started_at: NOW - 9000 }), stop("b", north(FAR))), [["b", 1320, 1320]]],
	["cancelled before anybody went", () => reckoned(done("a", north(0), -600), stop("x", north(9), { state: "cancelled" }), stop("b", north(FAR))), [["b", 1320, 1320]]],
	["fetched first", () => reckoned(done("a", north(0), -600), stop("b", north(0), { brief: supplied })), [["b", 1320 + 600 + 1320, 1320]]],
	["fetched", () => reckoned(done("a", north(0), -600), stop("b", north(0), { brief: supplied, fetched_at: NOW - 60 })), [["b", 1320, 1320]]],
	["the end of the day", () => paceOf([done("a", north(0), -600), stop("b", north(FAR))], clocked).done_s - NOW, 1320 + 1800],
	["home is nowhere", () => paceOf([stop("a", north(0))], clocked).home_s, null],
	["home", () => paceOf([stop("a", north(FAR), { state: "started", started_at: NOW })], { ...clocked, shift: shift() }).home_s - NOW, 1800 + 1320],
	["before the first tap", () => planned({}, stop("a", north(FAR)), stop("b", north(0))), [1320, 1320 + 1800 + 1320, 1320 + 1800 + 1320 + 1800]],
	["the shift has begun, and nobody", () => paceOf([stop("a", north(FAR))], { ...clocked, begun: false, shift: shift() }).at.get("a").begin_s - NOW, 1320],
	["without a start", () => planned({ start_lat_e6: null, end_lat_e6: null }, stop("a", north(0))), [720, null]],
	["lunch as soon as it may be", () => lunch({}), [8, 9.5, 12, 13.5, 15]],
	["lunch after a window that it would miss", () => lunch({}, { c: { to_minute: 660 } }), [8, 9.5, 11, 13.5, 15]],
	["lunch at home", () => lunch({ lunch_to: 840 }), [8, 9.5, 11, 12.5, 14]],
	["lunch while they wait for a window", () => lunch({ lunch_from: 600 }, { c: { from_minute: 750 } }), [8, 11, 12.5, 14, 15.5]],
	["lunch is over", () => paceOf([stop("a", north(0))], { ...clocked, shift: shift({ lunch_minutes: 60, lunch_from: 480, lunch_to: 590 }) }).done_s - NOW, 1800],
	["about", () => [1, 300, 301].map(roughly), [300, 300, 600]],
	["minutes", () => [0, 10, 89, 91].map(driveMinutes), [0, 1, 1, 2]],
];
let wrong = 0;
for (const [name, ask, wanted] of cases) {
	const is = ask();
	if (isDeepStrictEqual(is, wanted)) continue;
	wrong++;
	console.log(`${name}: ${JSON.stringify(is)} instead of ${JSON.stringify(wanted)}`);
}
process.exit(wrong > 0 ? 1 : 0);
