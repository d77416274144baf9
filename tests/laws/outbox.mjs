/* node tests/laws/outbox.mjs BUNDLE -- says what a phone loses when the office asks it to go on under a new name. */
import { pathToFileURL } from "node:url";

/* The office: knows no phone but by the numbers that it has had; of the first it has had more than the phone knows. */
const office = new Map([["old", 7]]);
const came = [];
/* Like the shapes of the house: one verb that it cannot read, and it reads none of them. */
const readable = (verbs, Fault) => {
	const bad = verbs.findIndex((v) => v.body.text === "\u0007");
	if (bad >= 0) throw Object.assign(new Fault("cannot be read"), { status: 422, code: "invalid", field: `verbs.${bad}.body.text` });
	return true;
};
globalThis.box = { kv: { device: { id: "old", n: 4 } }, log: new Map(), ask: async ({ device_id, verbs }, Fault) => readable(verbs, Fault) && ({
	server_now: 1,
	answers: verbs.map((v) => {
		const last = office.get(device_id) ?? 0;
		if (v.n !== last + 1) return { id: v.id, answer: v.n > last ? "gap" : "refused", field: "n", stop: [] };
		office.set(device_id, v.n);
		came.push([v.id, v.n]);
		return { id: v.id, answer: "applied", stop: [] };
	}),
}) };
Object.defineProperty(globalThis, "navigator", { value: { onLine: true, userAgent: "" } });
globalThis.addEventListener = () => {};
globalThis.document = { addEventListener() {}, visibilityState: "visible" };
globalThis.setInterval = () => 0;
const { conflicts, flush, log, say, settle, start, waiting } = await import(pathToFileURL(process.argv[2]));

const kept = (n, state) => ({ n, id: `v${n}`, verb: "note", visit_id: "s", at: 1, body: { text: "" }, state, problem: state === "conflict" ? "not taken" : undefined });
for (const k of [kept(1, "conflict"), kept(2, "sent"), kept(3, "kept"), kept(4, "kept")]) box.log.set(k.n, k);
await start();
await flush();
const holds = (what, is, want) => { if (JSON.stringify(is) !== JSON.stringify(want)) console.log(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(want)}`); };
if (waiting().length > 0) console.log("something still waits");
if (conflicts()[0]?.id !== "v1" || ![...box.log.values()].some((k) => k.id === "v1")) console.log("what was not taken: is gone");
await say("note", "s");
await flush();
holds("numbers at the office", came.map(([, n]) => n), [1, 2, 3]);
holds("what came", came.slice(0, 2).map(([id]) => id), ["v3", "v4"]);
holds("shown and kept", log.value.map((k) => k.id).sort(), [...box.log.values()].map((k) => k.id).sort());
await settle(conflicts()[0]?.n);
holds("after a look", conflicts().map((k) => k.id), []);
if (log.value.some((k) => k.id === "v1") || [...box.log.values()].some((k) => k.id === "v1")) console.log("what was looked at is still there");

for (const text of ["before", "\u0007", "behind"]) await say("note", "s", { text });
await flush();
holds("an unreadable one", conflicts().map((k) => [k.body.text, k.problem]), [["\u0007", "cannot be read"]]);
if (waiting().length > 0) console.log("behind an unreadable one something waits");
holds("shown and kept with an unreadable one", log.value.map((k) => k.id).sort(), [...box.log.values()].map((k) => k.id).sort());

/* A tap while the office says that it does not know the numbers: it is on the disk, and on no page yet. */
const ask = box.ask;
box.ask = (body, Fault) => { box.ask = ask; office.set(body.device_id, 99); void say("note", "s", { text: "meanwhile" }); return ask(body, Fault); };
await say("note", "s", { text: "just now" });
for (let i = 0; i < 9; i++) { await flush(); await new Promise((done) => setTimeout(done)); }
holds("meanwhile: what waits", waiting().map((k) => k.body.text), []);
holds("meanwhile: shown and kept", log.value.map((k) => k.body.text).sort(), [...box.log.values()].map((k) => k.body.text).sort());
if (![...box.log.values()].some((k) => k.body.text === "meanwhile")) console.log("a tap said meanwhile is gone");
