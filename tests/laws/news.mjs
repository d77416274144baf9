/* node tests/laws/news.mjs BUNDLE -- says every case in which the phone's news are others than are written here. */
import { isDeepStrictEqual } from "node:util";
import { pathToFileURL } from "node:url";

globalThis.box = { kv: {}, log: [] };
const { givenAway, learnDays, news } = await import(pathToFileURL(process.argv[2]));

const stop = (id) => ({ id, state: "scheduled", from_minute: null, to_minute: null, note: "", brief: { customer: id, changes: [] } });
const day = (version, ...ids) => ({ day: "2026-06-16", version, stops: ids.map(stop) });
const log = (state) => ({ verb: "reassign", visit_id: "b", state });

/* What is said after those steps on a phone that knows version 5 of a day with the stops a and b. */
async function says(what, steps, expected) {
	box.kv = {};
	box.log = [];
	news.value = [];
	await learnDays([day(5, "a", "b")]);
	for (const step of steps) await step();
	const is = news.value.map((n) => `${n.kind} ${n.who}`);
	if (!isDeepStrictEqual(is, expected)) console.log(`${what}: ${is.join(", ") || "nothing"}, not ${expected.join(", ") || "nothing"}`);
}
const read = (...of) => () => learnDays([day(...of)]);
const kept = () => { box.log = [log("kept")]; };
const took = () => { box.log = [log("sent")]; };
const seen = () => { box.log = []; };
const refused = () => { box.log = [log("conflict")]; };
const away = () => givenAway("b");

await says("one more and one less", [read(6, "b", "c")], ["new c", "gone a"]);
await says("an older day after a newer one", [read(6, "a", "b", "c"), read(5, "a", "b"), read(6, "a", "b", "c")], ["new c"]);
await says("the same version again", [read(5, "a", "b")], []);
await says("read before the office took it", [kept, away, read(5, "a", "b"), took, read(5, "a", "b"), seen, read(6, "a")], []);
await says("given away as a day is learned", [kept, read(6, "a"), away, took, seen, read(6, "a")], []);
await says("an older day after it was taken", [kept, away, took, seen, read(6, "a"), read(5, "a", "b")], []);
await says("given away and given back", [kept, away, took, seen, read(6, "a"), read(7, "a", "b")], ["new b"]);
await says("refused", [kept, away, refused, read(6, "a", "b"), seen, read(7, "a", "b")], []);
await says("refused, and the office takes it", [kept, away, refused, read(6, "a", "b"), seen, read(7, "a")], ["gone b"]);
