// The isolation matrix: every endpoint that the program lists x everybody who might ask x own, other customer's,
// other person's and other company's object. Nothing here names an endpoint: a new one is in it by being listed.
//
// The neighbour holds rows with the same ids, and its words all say CANARY. Between any two requests the neighbour's
// owner asks for something too, or a third company's: a worker here has two coats (run.mjs), so all the time it takes one
// from its hook, and all the time one changes its account.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { granted, signIn, sql, until, Visitor, where, word } from "./harness.mjs";
import { matrix } from "./matrix.mjs";

let c, n, third, actors, ids, records, api, routes, permissions;

before(async () => {
	({ c, n, third, actors, ids, records, api, routes, permissions } = await matrix());
	remember();
});

// ---- what a request that succeeds would change is put back, so that each starts from the same company ----

const KEPT = ["session", "staff", "customer", "role", "company", "token", "property", "pool", "equipment", "contact", "note", "file", "tag", "setting", "batch", "item", "reading", "dose"];
function remember() {
	sql(KEPT.map((t) => `CREATE OR REPLACE TABLE pool_control.kept_${t} AS SELECT * FROM ${c.schema}.${t};`).join("\n"));
}
function put_back() {
	sql(KEPT.map((t) => `DELETE FROM ${c.schema}.${t}; INSERT INTO ${c.schema}.${t} SELECT * FROM pool_control.kept_${t};`).join("\n") +
		`REPLACE INTO pool_control.support_consent (tenant_id, until_at, given_at) SELECT id, UNIX_TIMESTAMP() + 86400, 0 FROM pool_control.tenant WHERE slug = '${c.slug}';`);
}

// ---- a body that fits the shape ----

function example(schema, id) {
	if (schema.$ref) return example(schema.$ref.split("/").slice(1).reduce((at, k) => at[k], api), id);
	if (schema.anyOf) return example(schema.anyOf[0], id);
	if (schema.enum) return schema.enum.find((v) => v) ?? schema.enum[0];
	const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
	if (type === "object") return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([k, s]) => [k, named(k, s, id)]));
	if (type === "array") return [example(schema.items, id)];
	if (type === "boolean") return true;
	if (type === "integer" || type === "number") return schema.minimum ?? 1;
	return "x".repeat(Math.max(schema.minLength ?? 1, 8));
}
function named(name, schema, id) {
	if (/(^|_)id$/.test(name)) return id;
	const known = {
		email: `m-${word()}@matrix.example`, role: "technician", language: "en", zone: "America/Denver", country: "US", currency: "USD",
		version: 1, password: "nine green herons wade", current: "nine green herons wade", code: "000000", may: ["see_board"], accent: "#006688",
	};
	return name in known ? known[name] : example(schema, id);
}
function body_of(route, id) {
	const path = route.path.replace(/:(\w+)/g, "{$1}");
	const schema = api.paths[path]?.[route.method.toLowerCase()]?.requestBody?.content?.["application/json"]?.schema;
	return schema ? example(schema, id) : undefined;
}

/* The matrix asks faster than nginx lets one address ask: everybody comes from a new one each time. */
let asked = 0;
function ask(visitor, route, path, id) {
	visitor.address = `10.${(++asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
	// An address that takes a file is sent one.
	const content = api.paths[route.path.replace(/:(\w+)/g, "{$1}")]?.[route.method.toLowerCase()]?.requestBody?.content;
	if (!content?.["multipart/form-data"]) return visitor.call(route.method, path, body_of(route, id));
	return visitor.file(`${path}?on_kind=customer&on_id=${id}`, Buffer.from("%PDF-1.4 matrix"));
}

const foreign = {
	customer: /OTHERCUSTOMER|OTHERSTAFF/, // sees neither other customers nor who works there
	technician: /OTHERCUSTOMER|OTHERSTAFF/,
	nobody: /OTHERCUSTOMER|OTHERSTAFF|@staff\.example|@customer\.example/,
};

function may(role, route) {
	if (/^anyone/.test(route.who)) return true;
	if (role === "nobody") return false;
	// Who looks in reads what lies open in the office, may go, and nothing else.
	if (role === "support" && !(route.surface === "office" && route.method === "GET")) return route.surface === "auth" && route.method === "DELETE" && route.path === "/api/auth/sessions";
	const door = route.surface === "portal" ? "customer" : "staff";
	if (role === "customer") return door === "customer" || (route.surface === "auth" && /portal/.test(route.path));
	if (door === "customer" || (route.surface === "auth" && /portal/.test(route.path))) return false;
	if (/^signed in/.test(route.who)) return true;
	return route.who.split(",")[0].split("+").every((p) => permissions[role].has(p));
}

/* By turns: one of them hangs, and the other must change a coat. */
let turn = 0;
async function another_asks() {
	const who = turn++ % 2 ? n : third;
	const me = granted(await who.owner.visitor.get("/api/office/me"));
	assert.equal(me.email, who.owner.email, "another company's own answer is its own");
}

const count = { asked: 0, granted: 0 };

/* One question of the matrix and what its answer may be. -> it was granted */
async function meet(route, { role, visitor, kind, id }) {
	await another_asks();
	const answer = await ask(visitor, route, route.path.replace(/:\w+/g, id), id);
	count.asked++;
	const what = `${role} ${route.method} ${route.path} (${kind}): ${answer.status} ${answer.text.slice(0, 300)}`;
	const said = answer.text + JSON.stringify(answer.headers);
	assert.doesNotMatch(said, /CANARY/, what);
	assert.doesNotMatch(said, new RegExp(`${n.slug}|${n.schema}\\b|${third.slug}`), what);
	if (foreign[role]) assert.doesNotMatch(said, foreign[role], what);
	assert.notEqual(answer.status, 500, what);
	const allowed = may(role, route);
	if (!allowed) assert.ok([401, 403].includes(answer.status), `refusal expected: ${what}`);
	else if (!/^anyone/.test(route.who)) assert.ok(![401].includes(answer.status) || answer.body?.error?.field, `session lost: ${what}`);
	// A link's door asks for the link first, and says nothing of the id.
	const link = /^anyone/.test(route.who) && answer.status === 422 && answer.body.error.field === "token";
	if (kind === "other_company" && /:id/.test(route.path) && route.method === "GET" && allowed && !link)
		assert.equal(answer.status, 404, `a foreign id does not exist here: ${what}`);
	count.granted += answer.status < 300;
	return answer.status < 300;
}

/* What cannot change the company is asked by everybody at once: the workers change their coats all the more often. */
const AT_ONCE = 8;
async function at_once(route, questions) {
	for (let from = 0; from < questions.length; from += AT_ONCE) await Promise.all(questions.slice(from, from + AT_ONCE).map((q) => meet(route, q)));
}

test("every endpoint x everybody x every kind of object: no foreign byte", async () => {
	assert.ok(routes.length > 30, `${routes.length} endpoints`);
	for (const route of routes) {
		const objects = /:id/.test(route.path) || /_id"/.test(JSON.stringify(body_of(route, "x") ?? "")) ? Object.entries(ids) : [["none", ids.own]];
		const noun = route.path.split("/")[3];
		if (/:id/.test(route.path) && records[noun]) objects.push(["record", records[noun]]);
		const questions = Object.entries(actors).flatMap(([role, visitor]) => objects.map(([kind, id]) => ({ role, visitor, kind, id })));
		const changes = ({ role }) => route.method !== "GET" && may(role, route);
		const jars = new Map(Object.values(actors).map((visitor) => [visitor, new Map(visitor.jar)]));
		await at_once(route, questions.filter((q) => !changes(q)));
		for (const [visitor, jar] of jars) visitor.jar = new Map(jar);
		for (const question of questions.filter(changes)) {
			const went_well = await meet(route, question);
			question.visitor.jar = new Map(jars.get(question.visitor));
			if (went_well) put_back();
		}
	}
	assert.ok(count.granted > routes.length / 2, `only ${count.granted} of ${count.asked} were granted`);
	console.log(`# ${count.asked} requests, ${count.granted} granted, 0 foreign bytes`);
});

test("a session opens no door of the company next to it", async () => {
	put_back();
	for (const [role, visitor] of Object.entries(actors)) {
		if (role === "nobody") continue;
		const there = new Visitor(where, n.host);
		there.jar = new Map(visitor.jar);
		for (const route of routes.filter((r) => !/^anyone/.test(r.who))) {
			const answer = await ask(there, route, route.path.replace(/:\w+/g, ids.other_company), ids.other_company);
			assert.ok([401, 403].includes(answer.status), `${role} ${route.method} ${route.path}: ${answer.status}`);
			assert.doesNotMatch(answer.text, /CANARY|OTHER/);
		}
	}
});

test("reading changes nothing: every GET, twice", async () => {
	const tables = sql(`SELECT table_name FROM information_schema.tables WHERE table_schema = '${c.schema}'`)
		.flat()
		.filter((t) => !["job", "session", "idempotency"].includes(t)); // a session notes when it was last seen
	const print = () => sql(`CHECKSUM TABLE ${tables.map((t) => `${c.schema}.${t}`).join(", ")}`).join("\n");
	// What the questions before have ordered is no reading: it rests until tomorrow.
	sql("UPDATE job SET due_at = due_at + 86400 WHERE state = 1", c.schema);
	await until("no job is under way", () => sql("SELECT COUNT(*) FROM job WHERE state = 2", c.schema)[0][0], (n) => n === "0");
	sql("UPDATE job SET due_at = UNIX_TIMESTAMP() + 86400 WHERE state = 1", c.schema);
	const first = print();
	for (const route of routes.filter((r) => r.method === "GET"))
		for (let i = 0; i < 2; i++) await actors.owner.get(route.path.replace(/:\w+/g, ids.own));
	assert.equal(print(), first);
});

test("everybody is still who they were", async () => {
	put_back();
	sql(KEPT.map((t) => `DROP TABLE pool_control.kept_${t};`).join("\n"));
	assert.equal(granted(await (await signIn(c.owner)).get("/api/office/me")).role, "owner");
});
