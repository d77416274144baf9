// The isolation matrix: every endpoint that the program lists x everybody who might ask x own, other customer's,
// other person's and other company's object. Nothing here names an endpoint: a new one is in it by being listed.
//
// The neighbour holds rows with the same ids, and its words all say CANARY. Between any two requests the neighbour's
// owner asks for something too, or a third company's: a worker here has two coats (run.mjs), so all the time it takes one
// from its hook, and all the time one changes its account.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, test } from "node:test";
import { company, crew, day, granted, mailbox, neighbours, poolctl, signIn, signUp, site, sql, totp, twin, until, Visitor, where, word } from "./harness.mjs";
import { letters } from "./phone.mjs";

const STAFF = ["owner", "manager", "dispatcher", "billing", "technician", "read_only"];
const PERMISSIONS = {}; // role -> set of names, as the house itself tells them
let c, n, third, actors, ids, records, api, routes;

before(async () => {
	[c, third] = await Promise.all([company(), signUp(where, { company: "CANARY Third Pools", owner: "CANARY Third" })]);
	n = neighbours();
	const people = await crew(c);
	actors = { owner: c.owner.visitor, nobody: new Visitor(where, c.host) };
	for (const role of STAFF.slice(1)) actors[role] = people[role].visitor;
	actors.customer = await customer(c, "Carla");
	actors.support = await support();
	const other_customer = await customer(c, "OTHERCUSTOMER Otto");
	sql("UPDATE staff SET name = 'OTHERSTAFF Tina' WHERE role = 5", n.schema);
	const dispatcher = people.dispatcher.visitor;
	const made = granted(await dispatcher.post("/api/office/customers", {
		name: "OTHERCUSTOMER Rosa", kind: "person", email: "", phone: "602-555-0123", language: "en", source: "", external_id: "",
		street: "1 OTHERCUSTOMER Street", city: "Phoenix", region: "AZ", postcode: "85001", with_pool: true,
	}), 201).customer;
	const place = made.properties[0];
	granted(await dispatcher.put(`/api/office/properties/${place.id}/codes`, { gate: "OTHERCUSTOMER 4711", version: place.version }));
	granted(await dispatcher.post("/api/office/equipment", { pool_id: place.pools[0].id, kind: "pump", make: "", model: "", serial: "", service_every_days: 0, note: "" }), 201);
	granted(await dispatcher.post("/api/office/notes", { on_kind: "property", on_id: place.id, audience: "office", body: "OTHERCUSTOMER note", pinned: false }), 201);
	granted(await dispatcher.file(`/api/office/files?on_kind=property&on_id=${place.id}&name=OTHERCUSTOMER+paper`, Buffer.from("%PDF-1.4 OTHERCUSTOMER")), 201);
	const here = (id) => `(SELECT id FROM ${c.schema}.${id} LIMIT 1)`;
	const fresh = "(UNIX_TIMESTAMP(NOW(3)) * 1000 << 21) | FLOOR(RAND() * 2097152)";
	sql(`INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES (${fresh}, 'matrix service', 1, 30, '[]', '[]')`, c.schema);
	sql(`INSERT INTO setting (id, kind, name, body) VALUES (${fresh}, 1, 'own field', '{}'), (${fresh} + 1, 2, 'a skill', '{}'), (${fresh} + 2, 3, 'a view', '{"q":"","standing":"","kind":"","language":"","tag":"OTHERCUSTOMER","city":"","lacking":"","sort":""}')`, c.schema);
	sql(`INSERT INTO agreement (id, customer_id, property_id, repeats, starts_day)
		SELECT ${fresh}, customer_id, id, 1, '2026-01-05' FROM property LIMIT 1`, c.schema);
	sql(`INSERT INTO visit (id, agreement_id, occurs_day, customer_id, property_id, service_id, day, minutes, state, source, note)
		SELECT ${fresh}, id, '2026-01-05', customer_id, property_id, ${here("service")}, '2026-01-05', 30, 1, 1, 'OTHERCUSTOMER visit' FROM agreement LIMIT 1`, c.schema);
	for (const kind of [2, 3, 4])
		sql(`INSERT INTO batch (id, kind, state, staff_id, made_at, body) VALUES (${fresh}, ${kind}, 1, 0, 0, '{"what":"tag","value":"OTHERCUSTOMER"}')`, c.schema);
	sql(`INSERT INTO batch_row (batch_id, n, state, record_id, cells)
		SELECT b.id, 1, 6, 0, CONCAT('{"kind":"none","ids":"[', k.id, ',', k.id, ']","field":"merged_into","was":"","became":""}')
		FROM batch b, customer k WHERE b.kind = 3 AND k.name LIKE 'OTHERCUSTOMER%' LIMIT 1`, c.schema);
	sql(`INSERT INTO item (id, kind, name, chemical, strength_x100, unit, holds_x100) VALUES (${fresh}, 1, 'OTHERCUSTOMER bleach', 1, 1250, 5, 378541);
		INSERT INTO reading (id, pool_id, source, at, made_at, body) SELECT ${fresh}, id, 2, 0, 0, '{"values":[]}' FROM pool LIMIT 1;
		INSERT INTO dose (id, pool_id, item_id, chemical, strength_x100, given_x100, reason, cost_cents, price_cents, at, made_at)
		SELECT ${fresh}, id, ${here("item")}, 1, 1250, 1, 'OTHERCUSTOMER reason', 0, 0, 0, 0 FROM pool LIMIT 1`, c.schema);
	sql(`INSERT INTO bill (id, kind, state, seq, customer_id, currency, day, due_day, title, total_cents, issued_at, made_at)
		SELECT ${fresh}, 2, 2, 900001, id, 'USD', '2026-01-05', '2026-01-20', 'OTHERCUSTOMER bill', 100, 1, 1 FROM customer WHERE name = 'OTHERCUSTOMER Rosa';
		INSERT INTO bill_line (id, bill_id, customer_id, property_id, kind, line_key, day, from_day, to_day, text, unit_cents, net_cents, made_at)
		SELECT id, id, customer_id, 0, 5, 'matrix', day, day, day, 'OTHERCUSTOMER line', 100, 100, 1 FROM bill LIMIT 1`, c.schema);
	const plan = granted(await dispatcher.post("/api/office/route-plans", { kind: "day", from_day: day(1), same_tech: 0, same_day: 0, even: 0, room_minutes: 0, scratch: false, locked: [] }), 201);
	const second_technician = (await crew(c, ["technician"])).technician;
	sql(`UPDATE staff SET name = 'OTHERSTAFF Tina', email = 'otherstaff-${word()}@staff.example' WHERE email = '${second_technician.email}'`, c.schema);
	twin(c);

	for (const role of STAFF) {
		if (role === "technician") continue;
		PERMISSIONS[role] = new Set(granted(await actors[role].get("/api/office/me")).may);
	}
	PERMISSIONS.technician = new Set(["work_stops"]);
	PERMISSIONS.support = new Set(granted(await actors.support.get("/api/office/me")).may);

	const id = (schema, where_) => letters(sql(`SELECT id FROM ${where_} LIMIT 1`, schema)[0][0]);
	ids = {
		own: id(c.schema, "staff WHERE role = 6"),
		other_staff: id(c.schema, "staff WHERE name LIKE 'OTHERSTAFF%'"),
		other_customer: id(c.schema, "customer WHERE name LIKE 'OTHERCUSTOMER%'"),
		other_company: id(n.schema, "staff WHERE role = 1"),
	};
	assert.ok(other_customer);
	// One record of each kind, so that its own endpoints meet something; the neighbour has a twin of each.
	records = Object.fromEntries(
		["property", "pool", "equipment", "contact", "note", "service", "agreement", "visit", "file", "item", "reading", "dose", "bill"].map((t) => [
			{ property: "properties", equipment: "equipment" }[t] ?? `${t}s`,
			id(c.schema, t),
		]),
	);
	Object.assign(records, {
		fields: id(c.schema, "setting WHERE kind = 1"),
		skills: id(c.schema, "setting WHERE kind = 2"),
		views: id(c.schema, "setting WHERE kind = 3"),
		edits: id(c.schema, "batch WHERE kind = 2"),
		merges: id(c.schema, "batch WHERE kind = 3"),
		shifts: id(c.schema, "batch WHERE kind = 4"),
		"route-plans": plan.id,
	});
	records.customers = ids.other_customer;
	records.photos = records.files;

	api = granted(await site().get("/api/openapi.json"));
	routes = execFileSync(`${where.bin}/poold`, ["routes"], { encoding: "utf8" })
		.trim()
		.split("\n")
		.map((line) => {
			const [call, who] = line.split("\t");
			const [method, path] = call.split(/\s+/);
			return { method, path, who, surface: path.match(/^\/api\/(\w+)/)?.[1] };
		})
		// The private surface has no way from the street (house.test.mjs); the site knows no company.
		.filter((r) => r.surface && !/no company/.test(r.who) && r.surface !== "site");
	remember();
});

/* Somebody of the platform, whom this company lets look. */
async function support() {
	const email = `s-${word()}@platform.example`;
	const shown = poolctl("platform", "add", email, "Sam Support");
	const sam = site();
	granted(await c.owner.visitor.put("/api/office/support", { hours: 72 }));
	granted(await sam.post("/api/auth/platform-sessions", { email, key: shown.match(/^key +(\S+)$/m)[1], code: totp(shown.match(/secret=([A-Z2-7]+)/)[1], Math.floor(Date.now() / 30000)) }), 201);
	const [line] = granted(await sam.get(`/api/site/platform/companies?q=${c.slug}`)).rows;
	const v = new Visitor(where, c.host);
	granted(await v.post("/api/auth/support-sessions", { token: granted(await sam.post(`/api/site/platform/companies/${line.id}/looks`), 201).url.split("#")[1] }), 201);
	return v;
}

async function customer(where_, name) {
	const email = `${name.toLowerCase().replace(" ", "-")}-${word()}@customer.example`;
	sql(`INSERT INTO customer (id, name, email, language, created_at)
		VALUES ((UNIX_TIMESTAMP(NOW(3)) * 1000 << 21) | FLOOR(RAND() * 2097152), '${name}', '${email}', 'en', 0)`, where_.schema);
	const v = new Visitor(where, where_.host);
	granted(await v.post("/api/auth/portal-links", { email }), 204);
	const letter = await mailbox.letter(email, /#/);
	granted(await v.post("/api/auth/portal-sessions", { token: letter.text.match(/#([A-Za-z0-9._-]+)/)[1] }), 201);
	return v;
}

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
	return route.who.split(",")[0].split("+").every((p) => PERMISSIONS[role].has(p));
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
