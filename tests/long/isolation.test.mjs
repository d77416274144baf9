// P5: fuzzed reads across companies, none of which succeeds: ids of the neighbour's rows, its host, its cookie, its links, in every
// spelling, among honest questions of both, so that workers change coats all the while. READS says how many (make long: a million), SEED
// repeats them. What would be foreign says CANARY; the seeded faults (faults.sh) show that it would be seen.
import assert from "node:assert/strict";
import net from "node:net";
import { before, test } from "node:test";
import { granted, sql, twin, where } from "../house/harness.mjs";
import { matrix } from "../house/matrix.mjs";
import { letters } from "../house/phone.mjs";

const READS = Number(process.env.READS ?? 20_000);
const LINES = 12, AHEAD = 6; // connections, and questions on each that wait for their answer
const COOKIE = "__Host-poolhouse";
let m, routes, values, seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const chance = () => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0), seed / 2 ** 32);
const one = (list) => list[Math.floor(chance() * list.length)];

before(async () => {
	m = await matrix();
	console.log(`# seed ${seed}`);
	routes = m.routes.filter((r) => r.method === "GET" && !/\/live$/.test(r.path)).map((r) => ({ ...r, query: (m.api.paths[r.path.replace(/:(\w+)/g, "{$1}")]?.get?.parameters ?? []).filter((p) => p.in === "query").map((p) => p.name) }));
	const tables = sql(`SELECT table_name FROM information_schema.columns WHERE table_schema = '${m.n.schema}' AND column_name = 'id' AND data_type = 'bigint'`).flat();
	const ids = (schema) => tables.flatMap((t) => sql(`SELECT id FROM ${t} LIMIT 40`, schema).flat()).map((id) => letters(BigInt(id)));
	/* A calendar is anybody's who has its address. */
	const link = async (c) => granted(await c.owner.visitor.post(`/api/office/staff/${letters(sql("SELECT id FROM staff WHERE role = 1", c.schema)[0][0])}/calendars`), 201).url.match(/key=([\w.-]+)/)[1];
	values = { theirs: ids(m.n.schema), ours: ids(m.c.schema), links: [await link(m.n), await link(m.c)] };
	twin(m.c);
	assert.ok(values.theirs.length > 20 && values.links.every((l) => l.length > 20));
});

// ---- a question ----

/* The same id as somebody would try to write it so that it is read otherwise. */
const SPELLINGS = [
	(id) => id.toUpperCase(), (id) => encodeURIComponent(` ${id}`), (id) => `0${id}`, (id) => `${id}%00`, (id) => `${id};`, (id) => `${id}.json`, (id) => `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`,
	(id) => `%25${id.charCodeAt(0).toString(16)}${id.slice(1)}`, (id) => `..%2f${id}`, (id) => `${m.n.slug}%2f${id}`, (id) => `${m.n.schema}.${id}`, (id) => `${id}'%20OR%20'1'='1`, (id) => `${id}%20UNION%20SELECT`, (id) => id.split("").reverse().join(""), () => "0000000000000", () => "zzzzzzzzzzzzz", () => "-1",
];
const id = () => {
	const is = one(chance() < 0.7 ? values.theirs : values.ours);
	return chance() < 0.15 ? one(SPELLINGS)(is) : is;
};
const bent = (token) => {
	const at = Math.floor(chance() * token.length);
	return token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
};
const value = (name) => {
	if (name === "token" || name === "key") return chance() < 0.3 ? bent(one(values.links)) : one(values.links);
	if (/id$/.test(name)) return id();
	return one([id(), "CANARY", "%25", "2026-01-05", "1", "0", "all", "%2A", m.n.slug, "", "'", "%C3%BC", "1e9", "true"]);
};
const cookie = (v) => v.jar.get(COOKIE);

/* The neighbour's own questions: honest, and answered with its own words. */
function theirs(address) {
	const route = one(routes.filter((r) => r.surface === "office" && !/^anyone/.test(r.who)));
	return { honest: true, what: route.path, text: say(route.path.replace(/:\w+/g, () => one(values.theirs)), m.n.host, `${COOKIE}=${cookie(m.n.owner.visitor)}`, address, "") };
}
function question() {
	const address = `10.${Math.floor(chance() * 256)}.${Math.floor(chance() * 256)}.${1 + Math.floor(chance() * 250)}`;
	if (chance() < 0.08) return theirs(address);
	const route = one(routes), fits = { tech: [m.actors.technician], portal: [m.actors.customer] }[route.surface] ?? [m.actors.owner, m.actors.manager, m.actors.support];
	const own = one(chance() < 0.7 ? fits : Object.values(m.actors)), mine = cookie(own), other = cookie(m.n.owner.visitor);
	const asked = route.query.filter(() => chance() < 0.4).map((name) => `${name}=${value(name)}`);
	if (chance() < 0.05) asked.push(`${one(["tenant", "company", "slug", "schema", "host"])}=${m.n.slug}`);
	const path = route.path.replace(/:\w+/g, id) + (asked.length ? `?${asked.join("&")}` : "");
	const at = chance() < 0.85 ? m.c.host : one([m.n.host, m.third.host, m.c.host.toUpperCase(), `${m.c.host}.`, "localhost"]);
	/* Never the neighbour's cookie at the neighbour's door: that would be the neighbour. */
	const jars = [[`${COOKIE}=${mine}`, 0.75], [`${COOKIE}=${other}`, 0.1], [`${COOKIE}=${mine}; ${COOKIE}=${other}`, 0.04], [`${COOKIE}=${other}; ${COOKIE}=${mine}`, 0.04], [`${COOKIE}=${bent(mine ?? other)}`, 0.04], ["", 0.03]];
	let at_random = chance(), jar = "";
	for (const [is, share] of jars) if ((at_random -= share) < 0) { jar = is; break; }
	if (jar.includes(other) && at === m.n.host) jar = mine ? `${COOKIE}=${mine}` : "";
	if (jar.includes("undefined")) jar = "";
	const more = chance() < 0.1 ? one([`X-Forwarded-Host: ${m.n.host}`, `X-Tenant: ${m.n.slug}`, `X-Original-URL: /api/office/company`, `Forwarded: host=${m.n.host}`, `X-Host: ${m.n.host}`, `Origin: http://${m.n.host}`, "If-None-Match: *", "Range: bytes=0-"]) : "";
	/* A link opens its own company's door, for whoever holds it. */
	const door = at === m.n.host && path.includes(values.links[0]) ? m.c.host : at;
	return { at: door, what: `${route.path} as ${jar.includes(other) ? "the neighbour" : "us"} at ${door}`, text: say(path, door, jar, address, more) };
}
const say = (path, host, jar, address, more) => `GET ${path} HTTP/1.1\r\nHost: ${host}:${where.port}\r\nX-Forwarded-For: ${address}\r\nAccept-Language: en\r\n${jar ? `Cookie: ${jar}\r\n` : ""}${more ? `${more}\r\n` : ""}\r\n`;

// ---- many questions on few connections ----

/* ask() -> the next question or null; hear(question, status, said). A street that hangs up is entered again. */
function line(ask, hear) {
	return new Promise((done, failed) => {
		let waits = [], rest = Buffer.alloc(0), over = false, fruitless = 0;
		const enter = () => {
			if (++fruitless > 20) return failed(new Error(`the street does not answer: ${waits[0]?.text}`));
			const socket = net.connect({ host: "127.0.0.1", port: where.port, noDelay: true });
			rest = Buffer.alloc(0);
			const fill = () => {
				const next = [];
				while (waits.length < AHEAD && !over) {
					const q = ask();
					if (q === null) over = true;
					else next.push(q), waits.push(q);
				}
				if (next.length) socket.write(next.map((q) => q.text).join(""));
				if (over && waits.length === 0) socket.destroy(), done();
			};
			socket.on("connect", () => {
				if (waits.length) socket.write(waits.map((q) => q.text).join(""));
				fill();
			});
			socket.on("data", (chunk) => {
				rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
				for (;;) {
					const end = rest.indexOf("\r\n\r\n");
					if (end < 0) break;
					const head = rest.toString("latin1", 0, end), length = Number(head.match(/^content-length: (\d+)/im)?.[1] ?? 0);
					assert.doesNotMatch(head, /^transfer-encoding:/im, head);
					if (rest.length < end + 4 + length) break;
					const said = rest.toString("latin1", 0, end + 4 + length);
					rest = rest.subarray(end + 4 + length);
					fruitless = 0;
					try {
						hear(waits.shift(), Number(head.slice(9, 12)), said);
					} catch (e) {
						socket.destroy();
						return failed(e);
					}
				}
				fill();
			});
			socket.on("error", () => {});
			socket.on("close", () => (over && waits.length === 0 ? done() : enter()));
		};
		enter();
	});
}

test(`${READS} fuzzed reads: no foreign byte`, async () => {
	const count = { asked: 0, granted: 0, honest: 0, seen: 0 }, statuses = {}, began = performance.now();
	const names = new RegExp([m.n.company, m.third.company].join("|"), "g"); // whose door it is, anybody may read there
	const hear = (q, status, said) => {
		statuses[status] = (statuses[status] ?? 0) + 1;
		assert.ok(status !== 500, `${q.what}: ${q.text}${said.slice(0, 600)}`);
		if (q.honest) {
			count.honest++;
			if (/CANARY/.test(said)) count.seen++;
			assert.doesNotMatch(said, /OTHERCUSTOMER/, `the neighbour reads ours: ${q.what}`);
			return;
		}
		count.granted += status === 200;
		const foreign = q.at === m.n.host || q.at === m.third.host ? said.replace(names, "") : said;
		if (/CANARY/.test(foreign)) assert.fail(`a foreign byte: ${q.what}\n${q.text}${foreign.slice(Math.max(0, foreign.indexOf("CANARY") - 300), foreign.indexOf("CANARY") + 100)}`);
	};
	await Promise.all(Array.from({ length: LINES }, () => line(() => (count.asked < READS ? (count.asked++, question()) : null), hear)));
	const s = (performance.now() - began) / 1000;
	console.log(`# ${count.asked} reads in ${s.toFixed(0)} s (${(count.asked / s).toFixed(0)} a second), ${JSON.stringify(statuses)}; ${count.granted} granted of our own, ${count.seen} of ${count.honest} of the neighbour's own spoke its words; 0 foreign`);
	assert.ok(count.granted > READS / 20, "a fuzz that is always refused reads nothing");
	assert.ok(count.seen > count.honest / 10, "the neighbour's words are heard where they belong: they would be heard elsewhere");
});
