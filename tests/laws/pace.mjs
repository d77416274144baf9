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
/* Of each stop still to come: when it begins, counted from now, and the drive there. */
const reckoned = (...list) => [...paceOf(list, NOW, MIDNIGHT).at].map(([id, x]) => [id, x.begin_s - NOW, x.drive_s]);
const supplied = { ...north(0), errand: [{ text: "Lid", minutes: 10, ...north(FAR) }] };

const cases = [
	["ten kilometres", () => driveOf(north(0), north(FAR)), 1320],
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
	["the end of the day", () => paceOf([done("a", north(0), -600), stop("b", north(FAR))], NOW, MIDNIGHT).done_s - NOW, 1320 + 1800],
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
