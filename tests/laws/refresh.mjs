/* node tests/laws/refresh.mjs BUNDLE -- says every case in which the phone holds another day than the one asked for last. */
import { pathToFileURL } from "node:url";

/* Questions in the order in which they were asked; the case answers them. */
const asked = [];
globalThis.box = { kv: {}, ask: (what, { query }) => new Promise((answer, fail) => {
	const day = query?.day ?? "2026-06-16";
	asked.push({ say: (version) => answer({ day, version, seen_version: version, clock: [], stops: [] }), fail });
}) };
const { plan, reading, refresh, tomorrow } = await import(pathToFileURL(process.argv[2]));

/* Nothing here waits for time: what can happen has happened when the queue of promises is empty. */
const settled = () => new Promise((done) => setImmediate(done));
const answer = async (n, version) => { asked[n].say(version); await settled(); };
function holds(what, is) {
	for (const [name, value] of Object.entries(is)) {
		const [shown, kept] = name === "today" ? [plan, box.kv.day] : [tomorrow, box.kv.tomorrow];
		if (shown.value?.version !== value) console.log(`${what}: ${name}: ${shown.value?.version}, not ${value}`);
		if (kept?.version !== value) console.log(`${what}: ${name} is kept as ${kept?.version}, not ${value}`);
	}
}
function begin() {
	asked.length = 0;
	box.kv = {};
	plan.value = tomorrow.value = null;
}

begin();
const both = [refresh(), refresh()];
await settled();
await answer(1, 2); /* the later one's today; it asks for tomorrow: question 2 */
await answer(0, 1); /* the earlier one's comes late */
if (!reading.value) console.log("the later one is under way, and the page asks no more");
await answer(2, 2);
for (const late of asked.splice(3)) late.say(1);
await Promise.all(both);
holds("an answer that was overtaken", { today: 2, tomorrow: 2 });
if (reading.value) console.log("all is answered, and the page still asks");

begin();
const slow = refresh();
await settled();
await answer(0, 1); /* it asks for tomorrow: question 1 */
const quick = refresh();
await settled();
await answer(2, 2);
await answer(3, 2);
await answer(1, 1); /* the earlier one's tomorrow comes last */
await Promise.all([slow, quick]);
holds("a tomorrow that was overtaken", { today: 2, tomorrow: 2 });

begin();
const first = refresh(), broken = refresh().catch(() => {});
await settled();
asked[1].fail(new Error("broken"));
await answer(0, 3);
await answer(2, 3);
await Promise.all([first, broken]);
holds("one that was asked for later and failed", { today: 3, tomorrow: 3 });
