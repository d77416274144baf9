/* node tests/laws/turn.mjs BUNDLE -- says every case in which the phone, left without signal, shows another day than it is. */
import { pathToFileURL } from "node:url";

const ZONE = "America/Phoenix"; /* seven hours behind UTC, summer and winter */
let answers = [];
globalThis.box = { kv: {}, ask: async () => {
	const day = answers.shift();
	if (!day) throw new Error("nothing was to be asked");
	return day;
} };
const { clock, heard, log, oldDay, openDay, plan, refresh, stopOf, stops, tomorrow, turnDay } = await import(pathToFileURL(process.argv[2]));

let now_ms = 0;
Date.now = () => now_ms;
/* Local time of the company. */
const at_s = (local) => Date.parse(`${local}:00-07:00`) / 1000;
const at = (local) => { now_ms = at_s(local) * 1000; };
const stop = (id, over = {}) => ({ id, state: "scheduled", from_minute: 600, to_minute: 660, minutes: 30, on_way_at: null, started_at: null, ended_at: null,
	fetched_at: null, brief: {}, progress: { checks: [], notes: [], photos: [], things: [] }, ...over });
const day = (day, stops, clock = []) => ({ day, today: day, version: 1, seen_version: 1, stops, clock });
const said = (n, verb, visit_id, local) => ({ n, id: `v${n}`, verb, visit_id, at: at_s(local), body: { text: "" }, state: "kept" });

async function opened(local, is, then, taps = []) {
	at(local);
	box.kv = { day: is, ...(then && { tomorrow: then }) };
	heard.value = 0;
	log.value = taps;
	await openDay();
	await turnDay(ZONE);
}
function holds(what, want) {
	const is = { day: plan.value?.day, old: oldDay(ZONE), then: tomorrow.value?.day ?? null, stops: stops.value.map((s) => s.id).join(" "), kept: box.kv.day?.day };
	for (const [name, value] of Object.entries(want)) if (is[name] !== value) console.log(`${what}: the ${name} is ${is[name]}, not ${value}`);
}
const MON = "2026-06-15", TUE = "2026-06-16", WED = "2026-06-17";
const monday = (over = {}) => day(MON, [stop("m1", { state: "done" }), stop("m2", over)]);
const tuesday = () => day(TUE, [stop("t1"), stop("t2")]);

await opened("2026-06-15T22:00", monday(), tuesday());
holds("late in the evening", { day: MON, old: null, then: TUE, stops: "m1 m2", kept: MON });

at("2026-06-16T00:00");
await turnDay(ZONE);
holds("at midnight, left open", { day: TUE, old: null, then: null, stops: "t1 t2", kept: TUE });

await opened("2026-06-16T06:30", monday(), tuesday());
holds("the morning after", { day: TUE, old: null, then: null, stops: "t1 t2", kept: TUE });
if ("tomorrow" in box.kv) console.log("the morning after: tomorrow is kept as what is today");

await opened("2026-06-17T06:30", monday(), tuesday());
holds("two mornings after", { day: MON, old: MON, then: TUE, stops: "m1 m2", kept: MON });

/* Begun at nine in the morning and never ended; begun at eleven at night. */
await opened("2026-06-16T00:10", monday(), tuesday(), [said(1, "arrive", "m2", "2026-06-15T09:00")]);
holds("a stop that was forgotten", { day: TUE, stops: "t1 t2" });
await opened("2026-06-16T00:10", monday(), tuesday(), [said(1, "arrive", "m2", "2026-06-15T23:00")]);
holds("a stop over midnight", { day: TUE, stops: "m2 t1 t2" });
if (stopOf("m2")?.from_minute !== null) console.log("a stop over midnight: its window of yesterday is today's");
if (log.value.length !== 1) console.log("a stop over midnight: what was said and not sent is lost");
await openDay();
holds("a stop over midnight, opened again", { day: TUE, stops: "m2 t1 t2" });
log.value = [...log.value, said(2, "finish", "m2", "2026-06-16T00:20")];
answers = [tuesday(), day(WED, [])];
await refresh();
holds("a stop over midnight, ended and read again", { day: TUE, stops: "t1 t2" });

await opened("2026-06-16T00:10", day(MON, [], [{ id: "c1", kind: "work", from_at: at_s("2026-06-15T20:00"), to_at: null }]), tuesday());
if (clock.value.work !== at_s("2026-06-15T20:00")) console.log(`over midnight the working clock is open since ${clock.value.work}`);

/* With signal the office turns the day, and the stop goes on all the same. */
await opened("2026-06-15T23:30", monday({ state: "started", started_at: at_s("2026-06-15T23:00") }), tuesday());
at("2026-06-16T00:01");
answers = [tuesday(), day(WED, [])];
await refresh();
holds("over midnight with signal", { day: TUE, then: WED, stops: "m2 t1 t2" });

/* A phone that is a day ahead: whoever was heard since knows better. */
await opened("2026-06-16T10:00", monday(), tuesday());
answers = [monday(), tuesday()];
await refresh();
await turnDay(ZONE);
holds("a clock that goes wrong", { day: MON, old: null, then: TUE, kept: MON });
