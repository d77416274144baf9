// T25: whatever is sent fifty times in one moment happens once. Over HTTP, through the real street, at workers of three databases that are
// one (tests/long/cluster.sh; alone it stands on one). Every request is there but for its last byte; then all last bytes go.
import assert from "node:assert/strict";
import http from "node:http";
import net from "node:net";
import { after, before, test } from "node:test";
import { company, crew, neighbours, sql, until, where, word } from "../house/harness.mjs";
import { ACCOUNTS, FLOWS, Stage } from "./flows.mjs";
import { machines, rows_at, sockets, works } from "./nodes.mjs";

const CROWD = 50;
let s, close;
before(async () => {
	close = await machines();
	const c = await company();
	s = new Stage(c, (await crew(c, ["technician"])).technician);
	await s.open();
});
after(() => close?.());

const connected = () =>
	new Promise((done, failed) => {
		const line = net.connect({ host: "127.0.0.1", port: where.port, noDelay: true }, () => done(line)).once("error", failed);
	});
/* One request that waits for its last byte. -> {go, answer} */
async function held({ v, method, path, body, headers = () => ({}) }, key) {
	const line = await connected(), text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
	const all = {
		host: `${v.host}:${where.port}`, "accept-language": "en", origin: v.origin, "x-poolhouse": "1", "x-crowd": "1", connection: "close", "content-length": Buffer.byteLength(text),
		...(v.address && { "x-forwarded-for": v.address }), ...(text && { "content-type": "application/json" }), ...(key && { "idempotency-key": key }),
		...(v.jar.size && { cookie: [...v.jar].map(([n, x]) => `${n}=${x}`).join("; ") }), ...headers(),
	};
	for (const name of Object.keys(all)) if (all[name] === null) delete all[name];
	const request = http.request({ createConnection: () => line, method, path, headers: all });
	const answer = new Promise((done) => {
		request.once("error", (e) => done({ status: 0, text: String(e) }));
		request.once("response", (r) => {
			let said = "";
			r.setEncoding("utf8").on("data", (t) => (said += t)).on("end", () => done({ status: r.statusCode, text: said })).on("error", (e) => done({ status: 0, text: String(e) }));
		});
	});
	if (text) await new Promise((done) => request.write(text.slice(0, -1), done));
	return { go: () => (text ? request.end(text.slice(-1)) : request.end()), answer };
}
/* Fifty of them in one moment. -> answers */
async function fire(flow, key) {
	const all = await Promise.all(Array.from({ length: CROWD }, (_, i) => held(flow, key(i))));
	for (const one of all) one.go();
	return Promise.all(all.map((one) => one.answer));
}
const good = (a) => a.status >= 200 && a.status < 300;
const statuses = (all) => [...new Set(all.map((a) => a.status))].map((status) => `${all.filter((a) => a.status === status).length} x ${status}`).join(", ");
/* Too late, under way, nothing left to do, or asked to come again: and nothing else. */
const TOLD = new Set([200, 201, 204, 403, 404, 409, 422, 429, 503]);

const one = (n, text) => Number(rows_at(n, text, s.c.schema)[0][0]);
const books = (n, k) => Object.fromEntries(Object.entries(ACCOUNTS).map(([name, account]) => [name, one(n, `SELECT COALESCE(SUM(cents), 0) FROM entry WHERE account = ${account} AND customer_id = ${k.id}`)]));

/* One flow, sent by fifty. -> how often it happened, and what they were told */
async function happens([what, once, ready], own) {
	sql("UPDATE session SET stepped_up_at = UNIX_TIMESTAMP()", s.c.schema);
	const flow = await ready(s), mark = word();
	/* Each node has heard of what was arranged. */
	const [was] = sockets.map((_, n) => ({ times: one(n, flow.counted), books: books(n, flow.k) }));
	const all = await fire(flow, once === "word" ? () => null : (i) => `${mark}-of-the-crowd${own ? `-${i}` : ""}`);
	const said = `${what}: ${statuses(all)}; ${all.find((a) => !good(a))?.text.slice(0, 300)}`;
	assert.ok(all.every((a) => TOLD.has(a.status)), said);
	assert.ok(all.some(good), said);
	await flow.after?.();
	if (flow.settles) await s.quiet();
	const times = sockets.map((_, n) => one(n, flow.counted) - was.times);
	assert.deepEqual(times, times.map(() => times[0]), `${what}: every node has seen the same`);
	return { what, flow, mark, all, was, said, times: times[0] };
}
function moved({ what, flow, was, said }) {
	for (let n = 0; n < sockets.length; n++) {
		const is = books(n, flow.k);
		for (const name of Object.keys(ACCOUNTS)) assert.equal(is[name] - was.books[name], flow.moves?.[name] ?? 0, `${what}: what is ${name}, at node ${n + 1}; ${said}`);
		if (flow.state) assert.equal(rows_at(n, flow.state[0], s.c.schema)[0][0], flow.state[1], what);
	}
}

for (const entry of FLOWS)
	test(`fifty times at ${sockets.length} ${sockets.length > 1 ? "nodes" : "node"}: ${entry[0]}`, async () => {
		const [, once] = entry, h = await happens(entry, false);
		assert.equal(h.times, 1, h.said);
		moved(h);
		if (once === "word") return;
		/* Those who were told to come again come again, by the same key. */
		const ask = async () => {
			const again = await held(h.flow, `${h.mark}-of-the-crowd`);
			again.go();
			return again.answer;
		};
		const told = [...h.all, await until("an answer", ask, (a) => a.status !== 503)].filter((a) => ![409, 503].includes(a.status));
		assert.equal(new Set(told.map((a) => `${a.status} ${a.text}`)).size, 1, `one answer for all: ${h.said}`);
		assert.equal(one(0, h.flow.counted) - h.was.times, 1, "asked again");
		if (once !== "always") return;
		/* And each under a key of its own. */
		const each = await happens(entry, true);
		assert.equal(each.times, 1, each.said);
		moved(each);
	});

test("the controls: under a key for each a payment is taken as often as it is sent; without the provider's word it is heard again", async () => {
	const by_hand = await happens(FLOWS.find(([what]) => what === "a payment is written down"), true);
	assert.equal(by_hand.times, by_hand.all.filter(good).length);
	assert.ok(by_hand.times > 1, by_hand.said);
	sql("ALTER TABLE provider_event DROP INDEX event", s.c.schema);
	try {
		const heard = await happens(FLOWS.find(([what]) => what === "the provider says that money came"), false);
		assert.ok(heard.times > 1, heard.said);
	} finally {
		sql("DELETE FROM provider_event; ALTER TABLE provider_event ADD UNIQUE KEY event (provider, event_id)", s.c.schema);
	}
});

test("the ledger balances to the cent at every node, and all nodes hold the same rows of both companies", async () => {
	await s.quiet();
	for (let n = 0; n < sockets.length; n++) {
		assert.equal(one(n, "SELECT SUM(cents) FROM entry"), 0);
		assert.deepEqual(rows_at(n, "SELECT posting_id FROM entry GROUP BY posting_id HAVING SUM(cents) <> 0", s.c.schema), []);
		assert.equal(one(n, "SELECT MAX(seq) - COUNT(*) FROM bill WHERE kind = 2"), 0, "numbers without a gap");
		assert.equal(one(n, "SELECT COUNT(*) FROM bill b WHERE b.state = 2 AND b.net_cents <> (SELECT COALESCE(SUM(l.net_cents), 0) FROM bill_line l WHERE l.bill_id = b.id)"), 0, "no line is on two documents");
	}
	for (const { schema } of [s.c, neighbours()]) {
		const tables = sql(`SELECT table_name FROM information_schema.tables WHERE table_schema = '${schema}'`).flat().join(", ");
		await until("all nodes hold the same", () => sockets.map((_, n) => rows_at(n, `CHECKSUM TABLE ${tables}`, schema).join("\n")), (all) => new Set(all).size === 1);
	}
	const served = works();
	console.log(`# ${FLOWS.length} flows of ${CROWD}; works done at each node: ${served.join(", ")}`);
	for (const n of served) assert.ok(n * sockets.length * 2 > served.reduce((a, b) => a + b), "every node had its share");
});
