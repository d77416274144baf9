// matrix.mjs -- who stands in the isolation matrix (isolation.test.mjs, long/isolation.test.mjs): a company with one record of each kind and
// everybody who might ask, a neighbour that holds rows with the same ids and whose words all say CANARY, a third company.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { company, crew, day, granted, mailbox, neighbours, poolctl, signUp, site, sql, totp, twin, Visitor, where, word } from "./harness.mjs";
import { letters } from "./phone.mjs";

export const STAFF = ["owner", "manager", "dispatcher", "billing", "technician", "read_only"];

/** -> {c, n, third, actors, ids, records, api, routes, permissions}; permissions: role -> set of names, as the house itself tells them */
export async function matrix() {
	const permissions = {};
	const [c, third] = await Promise.all([company(), signUp(where, { company: "CANARY Third Pools", owner: "CANARY Third" })]);
	const n = neighbours();
	const people = await crew(c);
	const actors = { owner: c.owner.visitor, nobody: new Visitor(where, c.host) };
	for (const role of STAFF.slice(1)) actors[role] = people[role].visitor;
	actors.customer = await customer(c, "Carla");
	actors.support = await support(c);
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
		permissions[role] = new Set(granted(await actors[role].get("/api/office/me")).may);
	}
	permissions.technician = new Set(["work_stops"]);
	permissions.support = new Set(granted(await actors.support.get("/api/office/me")).may);

	const id = (schema, where_) => letters(sql(`SELECT id FROM ${where_} LIMIT 1`, schema)[0][0]);
	const ids = {
		own: id(c.schema, "staff WHERE role = 6"),
		other_staff: id(c.schema, "staff WHERE name LIKE 'OTHERSTAFF%'"),
		other_customer: id(c.schema, "customer WHERE name LIKE 'OTHERCUSTOMER%'"),
		other_company: id(n.schema, "staff WHERE role = 1"),
	};
	assert.ok(other_customer);
	// One record of each kind, so that its own endpoints meet something; the neighbour has a twin of each.
	const records = Object.fromEntries(
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

	const api = granted(await site().get("/api/openapi.json"));
	const routes = execFileSync(`${where.bin}/poold`, ["routes"], { encoding: "utf8" })
		.trim()
		.split("\n")
		.map((line) => {
			const [call, who] = line.split("\t");
			const [method, path] = call.split(/\s+/);
			return { method, path, who, surface: path.match(/^\/api\/(\w+)/)?.[1] };
		})
		// The private surface has no way from the street (house.test.mjs); the site knows no company.
		.filter((r) => r.surface && !/no company/.test(r.who) && r.surface !== "site");
	return { c, n, third, actors, ids, records, api, routes, permissions };
}

/* Somebody of the platform, whom this company lets look. */
async function support(c) {
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
