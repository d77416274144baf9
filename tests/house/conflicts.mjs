// conflicts.mjs -- pairs of edits at the same moment, one of the office and one of a phone, and a judge who asks of each: was
// it done, or was its sender told, and is what lost still there to be seen? (R2; tests/long/conflicts.test.mjs at length)
import assert from "node:assert/strict";
import { company, crew, day, granted, sql } from "./harness.mjs";
import { letters, Phone } from "./phone.mjs";

const number = (id) => [...id].reduce((n, l) => (n << 5n) | BigInt("0123456789abcdefghjkmnpqrstvwxyz".indexOf(l)), 0n);

/** A company with `lanes` technicians, each with a phone and a tablet. */
export async function two_sides(lanes) {
	const c = await company();
	const office = (await crew(c, ["dispatcher"])).dispatcher.visitor;
	const techs = [];
	for (let i = 0; i < lanes; i++) techs.push((await crew(c, ["technician"])).technician);
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${at + 2n}, ${at + 1n}, 1, 60000, 1, 1)`, c.schema);
	const [level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
	return { c, office, level, place: letters(at + 1n), pool: letters(at + 2n), lanes: techs.map((t) => ({ tech: t, phone: new Phone(t.visitor), tablet: new Phone(t.visitor) })) };
}

/** Whoever was overtaken too often comes again: a verb and a key are done once, however often they are sent. */
async function again(ask) {
	for (let tries = 0; ; tries++) {
		const answer = await ask();
		if (answer.status !== 503 || tries === 20) return answer;
	}
}
const plan = (s, lane) => again(() => s.office.post("/api/office/visits", { property_id: s.place, pool_id: s.pool, service_id: s.level.id, day: day(), tech_id: lane.tech.id, note: "", anyway: true })).then((a) => granted(a, 201));
const outcome = (a) => (a.status < 300 ? "done" : a.status === 409 ? "told" : a.status === 503 ? "busy" : assert.fail(`${a.status} ${a.text}`));

/** The pairs. Each: what is there before, then both at once; -> what each was told */
const PAIRS = {
	async reading(s, lane, n) {
		const v = await plan(s, lane);
		const before = lane.phone.verb("reading", v.id, { pool_id: s.pool, what: "fc", amount: 100 });
		granted(await again(() => lane.phone.send(before)), 201);
		const page = granted(await s.office.get(`/api/office/pools/${s.pool}/water`));
		const set = page.readings.find((r) => r.visit_id === v.id);
		// The phone tapped a moment ago and sends it now, while somebody at the desk puts the same figure right.
		const verb = lane.phone.verb("reading", v.id, { pool_id: s.pool, what: "fc", amount: 200 + (n % 500) });
		verb.at -= n % 2 ? 60 : 0;
		const [desk, phone] = await Promise.all([
			again(() => s.office.put(`/api/office/readings/${set.id}`, { values: [{ measure: "fc", x100: 1000 + (n % 500), how: "exact" }], version: set.version })),
			again(() => lane.phone.send(verb)),
		]);
		return { visit: v.id, set: set.id, verb, desk: outcome(desk), phone: granted(phone, 201).answers[0], wrote: 1000 + (n % 500), tapped: 200 + (n % 500) };
	},
	async end(s, lane) {
		const v = await plan(s, lane);
		const verb = lane.phone.verb("finish", v.id);
		const [desk, phone] = await Promise.all([
			again(() => s.office.post(`/api/office/visits/${v.id}/steps`, { verb: "cancel", reason: "Called off", version: v.version })),
			again(() => lane.phone.send(verb)),
		]);
		return { visit: v.id, verb, desk: outcome(desk), phone: granted(phone, 201).answers[0], wanted: { desk: "5", phone: "3" } };
	},
	async away(s, lane, n) {
		const other = s.lanes[(s.lanes.indexOf(lane) + 1) % s.lanes.length];
		const v = await plan(s, lane);
		const verb = lane.phone.verb("arrive", v.id);
		const [desk, phone] = await Promise.all([
			again(() => s.office.post(`/api/office/visits/${v.id}/moves`, { day: day(), tech_id: other.tech.id, for_good: false, anyway: true, version: v.version })),
			again(() => lane.phone.send(verb)),
		]);
		return { visit: v.id, verb, desk: outcome(desk), phone: granted(phone, 201).answers[0], wanted: { desk: "1", phone: "2" } };
	},
	async tablets(s, lane, n) {
		const v = await plan(s, lane);
		const [a, b] = [lane.phone.verb("note", v.id, { text: `phone ${n}` }), lane.tablet.verb("note", v.id, { text: `tablet ${n}` })];
		const [one, two] = await Promise.all([again(() => lane.phone.send(a)), again(() => lane.tablet.send(b))]);
		for (const x of [one, two]) assert.equal(granted(x, 201).answers[0].answer, "applied");
		return { visit: v.id, verb: a, desk: "done", phone: one.body.answers[0], both: [a.id, b.id] };
	},
};

/** n pairs; every lane does its own in turn, all lanes at once. -> what happened */
export async function clash(s, n) {
	const said = [];
	const kinds = Object.keys(PAIRS);
	let next = 0;
	await Promise.all(s.lanes.map(async (lane) => {
		for (let i = next++; i < n; i = next++) said.push({ kind: kinds[i % kinds.length], ...(await PAIRS[kinds[i % kinds.length]](s, lane, i)) });
	}));
	return said;
}

/** Nothing that lost is gone: the log has each verb with its answer, the record has each value; both replicas read the same. */
export async function settled(s, said) {
	const counts = { pairs: said.length, desk_lost: 0, phone_lost: 0, gone: 0 };
	const log = new Map(sql("SELECT id, answer, problem FROM visit_log WHERE device_id > 0", s.c.schema).map((r) => [r[0], r]));
	const state = new Map(sql("SELECT id, state FROM visit", s.c.schema));
	const changes = new Map();
	for (const [id, was, became] of sql("SELECT on_id, was, became FROM record_change WHERE field = 'values' ORDER BY id", s.c.schema)) changes.set(id, `${changes.get(id) ?? ""} ${was} > ${became};`);
	const bodies = new Map(sql("SELECT id, body FROM reading", s.c.schema));
	for (const p of said) {
		counts.desk_lost += p.desk !== "done";
		counts.phone_lost += p.phone.answer !== "applied";
		const line = log.get(String(number(p.verb.id)));
		const told = line && (p.phone.answer === "applied" ? line[1] === "1" : line[2].length > 0);
		let there = Boolean(told);
		if (p.kind === "tablets") there &&= p.both.every((id) => log.has(String(number(id))));
		if (p.wanted) {
			/* Whoever was told "done" last is what stands; both may be, one after the other. */
			const is = state.get(String(number(p.visit)));
			const may = [p.desk === "done" && p.wanted.desk, p.phone.answer === "applied" && p.wanted.phone].filter(Boolean);
			there &&= may.length === 0 ? is === "1" : may.includes(is);
		}
		if (p.kind === "reading") {
			/* Both figures are in the record or its log, unless their author was told that it was not taken. */
			const now = JSON.parse(bodies.get(String(number(p.set))) ?? '{"values":[]}').values.map((v) => v.x100);
			const past = changes.get(String(number(p.set))) ?? "";
			const shown = (x100) => now.includes(x100) || new RegExp(`fc ${String(x100 / 100).replace(".", "\\.")}[ ;]`).test(past);
			if (p.desk === "done") there &&= shown(p.wrote);
			if (p.phone.answer === "applied") there &&= shown(p.tapped);
		}
		if (!there) {
			counts.gone++;
			if (counts.gone < 4) console.log(`# gone: ${JSON.stringify(p)} ${JSON.stringify(line)} ${bodies.get(String(number(p.set ?? "0")))} ${changes.get(String(number(p.set ?? "0")))}`);
		}
	}
	// Phone and tablet of one person, and the desk, read the same after one look.
	for (const lane of s.lanes) {
		const [one, two] = await Promise.all([0, 1].map(() => lane.tech.visitor.get("/api/tech/today")));
		assert.equal(one.text, two.text);
		const desk = granted(await s.office.get(`/api/office/board?day=${day()}&tech=${lane.tech.id}`)).stops;
		assert.deepEqual(granted(one).stops.map((x) => [x.id, x.state]).sort(), desk.filter((x) => x.row.state !== "cancelled").map((x) => [x.row.id, x.row.state]).sort());
	}
	return counts;
}
