// Nonsense in one place of what an endpoint takes, everything else as it should be: refused with 422, by the name of the
// place, in the reader's language. Nothing here names an endpoint: the description lists them, with an example of each body.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, granted, mailbox, site, sql, Visitor, where, word } from "./harness.mjs";

const ID = "3hzzzzzzzzzzz"; // a name as names are, of nothing
const AT_ONCE = 6;
let c, api, visitors, operations;

before(async () => {
	c = await company();
	const { technician } = await crew(c, ["technician"]);
	visitors = { office: c.owner.visitor, tech: technician.visitor, portal: await customer(), auth: c.owner.visitor, site: site() };
	api = granted(await site().get("/api/openapi.json"));
	operations = Object.entries(api.paths).flatMap(([path, at]) =>
		Object.entries(at).map(([method, o]) => ({ ...o, method: method.toUpperCase(), path: path.replace(/\{id2?\}/g, ID), surface: o["x-surface"] })),
	).filter((o) => visitors[o.surface] && (!o.requestBody || o.requestBody.content["application/json"]));
});

async function customer() {
	const email = `carla-${word()}@customer.example`;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES ((UNIX_TIMESTAMP(NOW(3)) * 1000 << 21), 'Carla', '${email}', 'en', 0)`, c.schema);
	const v = new Visitor(where, c.host);
	granted(await v.post("/api/auth/portal-links", { email }), 204);
	granted(await v.post("/api/auth/portal-sessions", { token: await mailbox.token(email, "portal/enter") }), 201);
	return v;
}

const resolve = (schema) => (schema.$ref ? resolve(schema.$ref.split("/").slice(1).reduce((at, key) => at[key], api)) : schema.anyOf ? resolve(schema.anyOf[0]) : schema);
const kind = (schema) => (Array.isArray(schema.type) ? schema.type[0] : schema.type);

/** What its schema does not let in. -> [[place below, value]] */
function wrongs(schema) {
	const s = resolve(schema);
	switch (kind(s)) {
	case "integer": return [["", "many"], ["", 1.5], ...(s.maximum < Number.MAX_SAFE_INTEGER ? [["", s.maximum + 1]] : []), ...(s.minimum > Number.MIN_SAFE_INTEGER ? [["", s.minimum - 1]] : [])];
	case "boolean": return [["", "yes"]];
	case "array": return [["", 17], ...wrongs(s.items).slice(0, 1).map(([place, value]) => [`.0${place}`, [value]])];
	case "object": return [["", 17]];
	default: return [["", 17], ...(s.enum ? [["", "nonsense"]] : s.pattern || s.format ? [["", "nonsense!"]] : s.maxLength < 3000 ? [["", "x".repeat(s.maxLength + 1)]] : []), ...(s.minLength > 0 ? [["", ""]] : [])];
	}
}

/** All requests with one wrong place. -> [{o, place, body} or {o, place, query}] */
function nonsense(o) {
	const all = [];
	const body = o.requestBody?.content["application/json"];
	if (body) {
		const { value } = body.examples.usual;
		const { properties = {}, required = [] } = resolve(body.schema);
		for (const [name, schema] of Object.entries(properties)) {
			for (const [below, wrong] of wrongs(schema)) all.push({ o, place: name + below, body: { ...value, [name]: wrong } });
			const { [name]: _, ...rest } = value;
			if (required.includes(name)) all.push({ o, place: name, body: rest });
		}
		all.push({ o, place: "nonsense", body: { ...value, nonsense: 1 } }, { o, place: "body", body: [] }, { o, place: "body", body: "{" });
	}
	const query = (o.parameters ?? []).filter((p) => p.in === "query");
	const others = (but) => query.filter((p) => p.required && p !== but).map((p) => `${p.name}=${encodeURIComponent(usual(p.schema))}`);
	for (const p of query) {
		for (const [, wrong] of wrongs(p.schema).filter(([, w]) => (typeof w === "string" && w !== "") || (typeof w === "number" && kind(p.schema) === "integer")))
			all.push({ o, place: p.name, query: [...others(p), `${p.name}=${encodeURIComponent(wrong)}`].join("&"), body: body?.examples.usual.value });
		if (p.required) all.push({ o, place: p.name, query: others(p).join("&"), body: body?.examples.usual.value });
	}
	all.push({ o, place: "nonsense", query: [...others(), "nonsense=1"].join("&"), body: body?.examples.usual.value });
	return all;
}
function usual(schema) {
	const s = resolve(schema);
	if (s.enum) return s.enum[0];
	if (kind(s) === "integer") return s.minimum;
	if (kind(s) === "boolean") return "true";
	if (s.format === "date") return "2026-11-02";
	return s.pattern ? ID : "abc".padEnd(s.minLength ?? 0, "x");
}

/** Whoever is signed in reads their own language, everybody else that of the browser. */
async function speak(language) {
	sql(`UPDATE staff SET language = '${language}'; UPDATE customer SET language = '${language}'`, c.schema);
	for (const v of Object.values(visitors)) v.language = language;
}
async function ask({ o, query, body }) {
	const v = visitors[who(o)];
	// The street counts what comes from one address.
	const from = { "x-forwarded-for": `10.9.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}` };
	return v.call(o.method, o.path + (query ? `?${query}` : ""), body, from);
}
/** At the door of sign-ins: those without a company come to the site's, customers and staff to their company's. */
const who = (o) => (o.surface !== "auth" ? o.surface : o["x-desk"] ? "site" : o.path.includes("portal") ? "portal" : "auth");
async function each(list, do_one) {
	const todo = [...list];
	await Promise.all(Array.from({ length: AT_ONCE }, async () => {
		while (todo.length) await do_one(todo.pop());
	}));
}

test("nonsense in any field of any body or query is refused by its name, in Spanish and in English", async (t) => {
	const all = operations.flatMap(nonsense);
	const bad = [], said = new Map();
	t.diagnostic(`${all.length} requests to ${operations.length} endpoints`);
	await speak("es");
	await each(all, async (n) => {
		const answer = await ask(n);
		const error = answer.body?.error;
		if (answer.status === 422 && error?.field === n.place) said.set(error.message.replace(/\d+/g, "#"), { n, message: error.message });
		else bad.push(`${n.o.method} ${n.o.path} ${n.query ?? ""} ${JSON.stringify(n.body)?.slice(0, 200)}: ${answer.status} ${answer.text.slice(0, 160)}, not ${n.place}`);
	});
	assert.deepEqual(bad.slice(0, 40), []);
	assert.ok(said.size > 8, [...said.keys()].join("\n"));
	await speak("en");
	await each(said.values(), async ({ n, message }) => {
		const english = (await ask(n)).body?.error?.message;
		assert.ok(english && english !== message, `in both languages: ${message}`);
	});
});
