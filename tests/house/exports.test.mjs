// Lists are taken away as tables: by the filters of the page, whole, in parts, and no cell is a formula.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, granted, pause, refused, sql, word } from "./harness.mjs";

let c, people, office;
before(async () => {
	c = await company();
	people = await crew(c, ["dispatcher", "technician", "read_only"]);
	office = c.owner.visitor;
});

/* RFC 4180 by another road than the house's own. */
function table(text) {
	assert.ok(text.startsWith("\ufeff"), "the mark that tells a spreadsheet its encoding");
	const rows = [];
	let row = [];
	for (const m of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
		if (m[0] === "" && row.length === 0) break;
		row.push(m[1] !== undefined ? m[1].replaceAll('""', '"') : m[2]);
		if (m[3] !== ",") {
			rows.push(row);
			row = [];
		}
	}
	const [head, ...lines] = rows;
	for (const line of lines) {
		assert.equal(line.length, head.length, JSON.stringify(line));
		for (const cell of line) if (!/^-\d+(\.\d+)?$/.test(cell)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/, "a cell is a formula");
	}
	return lines.map((line) => Object.fromEntries(line.map((cell, i) => [head[i], cell])));
}
async function take(path, who = office) {
	const answer = await who.get(path);
	assert.equal(answer.status, 200, answer.text);
	assert.match(answer.headers["content-type"], /text\/csv/);
	assert.match(answer.headers["content-disposition"], /attachment/);
	return { rows: table(answer.text), next: answer.headers["x-next"] };
}
const make = async (over) => granted(await office.post("/api/office/customers", {
	name: `Rosa ${word()}`, kind: "person", email: "", phone: "602-555-0123", language: "en", source: "", external_id: "", street: "12 Palm Lane", city: "Phoenix", region: "AZ", postcode: "85001", with_pool: true, ...over,
}), 201).customer;

test("customers.csv is the list as it is filtered, and nothing in it runs", async () => {
	const w = word();
	const evil = await make({ name: `=HYPERLINK("http://x.example/${w}","${w}")`, street: "@SUM(1;2)", city: "-1+1", region: "+1" });
	const gold = await make({ name: `Gold "${w}", twice` });
	granted(await office.put(`/api/office/customers/${gold.id}/tags`, { tags: [{ tag: `gold-${w}` }] }));
	const all = (await take("/api/office/customers.csv")).rows;
	assert.deepEqual(all.map((r) => r.Name), [`Gold "${w}", twice`, `'=HYPERLINK("http://x.example/${w}","${w}")`]);
	assert.deepEqual([all[1].Street, all[1].City, all[1].State, all[1].Phone], ["'@SUM(1;2)", "'-1+1", "'+1", "'+16025550123"]);
	assert.deepEqual((await take(`/api/office/customers.csv?tag=gold-${w}`)).rows.map((r) => r.Name), [gold.name]);
	assert.deepEqual((await take(`/api/office/customers.csv?q=HYPERLINK`)).rows.map((r) => r.Name.slice(1)), [evil.name]);
	assert.deepEqual((await take("/api/office/customers.csv?standing=routed")).rows, []);
});

test("what was taken away comes in again as nothing new", async () => {
	const text = (await office.get("/api/office/customers.csv")).text;
	const body = Buffer.from(`--b\r\nContent-Disposition: form-data; name="file"; filename="back.csv"\r\n\r\n${text}\r\n--b--\r\n`);
	const i = granted(await office.post("/api/office/imports", body, { "content-type": "multipart/form-data; boundary=b" }), 201);
	const { rows } = granted(await office.get(`/api/office/imports/${i.id}/columns`));
	assert.deepEqual(rows.map((r) => r.field).slice(0, 8), ["name", "company", "email", "phone", "street", "city", "region", "postcode"]);
	granted(await office.put(`/api/office/imports/${i.id}`, { columns: rows.map(({ field }) => ({ field })), unit: "us_gallons", policy: "replace", version: i.version }));
	for (let n = 0; ; n++, await pause(50)) {
		const now = granted(await office.get(`/api/office/imports/${i.id}`));
		if (now.done === now.total && now.state === "dry") {
			assert.deepEqual([now.create, now.change, now.ask, now.wrong, now.skip], [0, 0, 0, 0, now.total]);
			break;
		}
		assert.ok(n < 400, now.state);
	}
});

test("a long list comes in parts: each row once, and the last part says that it is the last", async () => {
	const big = await company();
	sql(`INSERT INTO customer (id, name, email, language, created_at) SELECT 1000 + seq, CONCAT('Customer ', seq), '', 'en', 1 FROM seq_1_to_5003`, big.schema);
	const first = await take("/api/office/customers.csv", big.owner.visitor);
	assert.equal(first.rows.length, 5000);
	assert.ok(first.next, "there is another part");
	const second = await take(`/api/office/customers.csv?before=${first.next}`, big.owner.visitor);
	assert.equal(second.next, undefined);
	assert.equal(new Set([...first.rows, ...second.rows].map((r) => r.Name)).size, 5003);
});

test("what a page shows as a list is taken away by the same door, in its reader's language and units", async () => {
	const w = word();
	const r = await make({ name: `Ana ${w}`, email: `${w}@example.com` });
	const twin = await make({ name: `Ana ${w}`, email: `${w}@example.com` });
	const role = granted(await office.post("/api/office/roles", { name: `=Helper ${w}`, may: ["see_customers", "see_board"] }), 201);
	granted(await office.post("/api/office/fields", { on: "pool", name: `Lid ${w}`, type: "choice", options: [{ name: "blue" }, { name: "@red" }], position: 1 }), 201);
	granted(await office.post("/api/office/skills", { name: `Heaters ${w}` }), 201);
	granted(await office.post("/api/office/taxes", { name: `County ${w}`, code: "labour", area: w, rate_ppm: 62_500, from_day: "2026-01-01", until_day: null }), 201);
	granted(await office.post(`/api/office/customers/${r.id}/exemptions`, { certificate: `-CERT ${w}`, area: "", from_day: "2026-01-01", until_day: null }), 201);
	const find = async (path, mine, who = office) => {
		const { rows } = await take(`/api/office/${path}`, who);
		const row = rows.find(mine);
		assert.ok(row, `${path}: ${JSON.stringify(rows).slice(0, 400)}`);
		return row;
	};
	assert.deepEqual(await find("roles.csv", (x) => x.Role === `'${role.name}`), { Role: `'=Helper ${w}`, "Built in": "no", May: "see_customers; see_board", People: "0" });
	assert.equal((await find("fields.csv", (x) => x.Field === `Lid ${w}`)).Choices, "blue; @red");
	assert.equal((await find("skills.csv", (x) => x.Skill === `Heaters ${w}`))["Put aside"], "no");
	assert.equal((await find("taxes.csv", (x) => x.Area === w))["Rate %"], "6.2500");
	assert.equal((await find(`customers/${r.id}/exemptions.csv`, () => true)).Certificate, `'-CERT ${w}`);
	const pair = await find("duplicates.csv", (x) => x["Perhaps the same as"] === twin.name);
	assert.match(pair["Alike in"], /mail/, "what makes them alike");
	const [event] = (await take(`/api/office/customers/${r.id}/timeline.csv`)).rows;
	assert.match(event.When, /^\d{4}-\d\d-\d\d \d\d:\d\d$/, "the time on the company's wall");
	for (const path of [`properties/${r.properties[0].id}/timeline.csv`, `pools/${r.properties[0].pools[0].id}/timeline.csv`]) await take(`/api/office/${path}`);
	granted(await office.put(`/api/office/customers/${r.id}/tags`, { tags: [{ tag: `=gold ${w}` }] }));
	await find(`customers/${r.id}/changes.csv`, (x) => x.Became.includes(`=gold ${w}`));
	granted(await office.post("/api/office/edits", { ids: [{ id: r.id }], what: "tag", value: `silver ${w}`, tech_id: null, dry: false }), 201);
	assert.equal((await find("edits.csv", (x) => x.Value === `silver ${w}`)).Customers, "1");
	granted(await office.post(`/api/office/customers/${r.id}/lines`, {
		property_id: r.properties[0].id, kind: "labour", day: "2026-11-02", text: "Labour", quantity_milli: 1000, unit_cents: -4_250, tax_code: "",
	}), 201);
	const run = granted(await office.post("/api/office/bill-runs", { day: "2026-11-05", until: "2026-11-05" }), 201);
	await find("bill-runs.csv", (x) => x.Day === "2026-11-05");
	for (let n = 0; granted(await office.get(`/api/office/bill-runs/${run.id}`)).state === "draft"; n++, await pause(50)) assert.ok(n < 400);
	assert.equal((await find(`bill-runs/${run.id}/rows.csv?show=all`, (x) => x.Customer === r.name)).Total, "-42.50", "a number may be below nothing");
	for (const path of ["imports.csv", "alerts.csv", "doubts.csv", "route-plans.csv", "route-miles.csv?from=2026-11-01&to=2026-11-30", "times.csv?from=2026-11-01&to=2026-11-30", "leaks.csv?from=2026-11-01&to=2026-11-30", "quotes.csv?state=issued", "jobs.csv?from=2026-11-01&to=2026-11-30",
		"free-jobs.csv?from=2026-11-01&to=2026-11-30", "wants.csv", `staff/${people.technician.id}/codes-seen.csv`])
		await take(`/api/office/${path}`);
	const spanish = await office.get("/api/office/roles.csv", { "accept-language": "es" });
	assert.match(spanish.text, /^\ufeff(Role|Función),/);
	refused(await people.technician.visitor.get("/api/office/roles.csv"), 403, "forbidden");
	refused(await people.read_only.visitor.get("/api/office/fields.csv"), 403, "forbidden");
});

test("every other list is taken away too, and no code is among them", async () => {
	const r = await make({ street: "7 Gate Road" });
	const [p] = r.properties;
	granted(await office.put(`/api/office/properties/${p.id}/codes`, { gate: "4711-secret", version: p.version }));
	const days = "from=2026-11-01&to=2026-11-30";
	for (const list of ["contacts.csv", "properties.csv", "pools.csv", "equipment.csv", "staff.csv", "services.csv", "agreements.csv", `visits.csv?${days}`,
		`bills.csv?kind=invoice&state=issued&${days}`, "debts.csv", "payments.csv", "items.csv", "stock.csv"]) {
		const answer = await office.get(`/api/office/${list}`);
		assert.equal(answer.status, 200, `${list}: ${answer.text}`);
		assert.doesNotMatch(answer.text, /4711-secret/);
		table(answer.text);
	}
	assert.equal((await take("/api/office/properties.csv")).rows[0].Street, "7 Gate Road");
	assert.equal((await take("/api/office/pools.csv")).rows[0]["Pool type"], "pool");
	const [contact] = (await take("/api/office/contacts.csv")).rows;
	assert.deepEqual([contact.Customer, contact.Relation, contact.Phone], [r.name, "owner", "'+16025550123"]);
	assert.match(contact.Texts, /on_the_way/, "what they are told, and how");
	sql(`UPDATE contact SET by_voice = 2 WHERE name = '${contact.Name}'`, c.schema);
	const { Calls } = (await take("/api/office/contacts.csv")).rows.find((k) => k.Name === contact.Name);
	assert.deepEqual([contact.Calls, Calls], ["", "report"]);
	assert.ok((await take("/api/office/staff.csv")).rows.some((s) => s.Role === "dispatcher"));
	refused(await office.get("/api/office/visits.csv?from=2026-11-30&to=2026-11-01"), 422, "invalid", "to");
	refused(await office.get("/api/office/visits.csv?from=2026-01-01&to=2027-12-31"), 422, "invalid", "to");
});

test("who may not take lists away does not", async () => {
	for (const list of ["customers", "contacts", "properties", "pools", "equipment", "staff", "services", "agreements", "debts", "payments", "items", "stock"]) refused(await people.technician.visitor.get(`/api/office/${list}.csv`), 403, "forbidden");
	refused(await people.read_only.visitor.get("/api/office/staff.csv"), 403, "forbidden");
});

test("money and goods are taken away as numbers a spreadsheet adds up", async () => {
	const r = await make({ name: `Debtor ${word()}` });
	granted(await office.post(`/api/office/customers/${r.id}/lines`, {
		property_id: r.properties[0].id, kind: "labour", day: "2026-11-02", text: "=1+1", quantity_milli: 1000, unit_cents: 123450, tax_code: "",
	}), 201);
	const bill = granted(await office.post(`/api/office/customers/${r.id}/bills`, { day: "2026-11-03", until: "2026-11-03", due_day: "2026-11-10", title: "=2+2", note: "" }), 201);
	granted(await office.post(`/api/office/customers/${r.id}/payments`, { way: "check", cents: 10_000, day: "2026-11-04", reference: "-77", note: "", reason: "", apply: [], keep: false }), 201);
	const [row] = (await take("/api/office/bills.csv?kind=invoice&state=issued&from=2026-11-03&to=2026-11-03")).rows;
	assert.deepEqual([row.Number, row.Customer, row.Title, row.Total], [bill.number, r.name, "'=2+2", "1234.50"]);
	const moved = (await take(`/api/office/customers/${r.id}/statement.csv?from=2026-11-01&to=2026-11-30`)).rows;
	assert.deepEqual(moved.map((m) => [m.Day, m.Amount, m.Balance]), [["2026-11-03", "1234.50", "1234.50"], ["2026-11-04", "-100.00", "1134.50"]]);
	const debt = (await take("/api/office/debts.csv")).rows.find((d) => d.Customer === r.name);
	assert.deepEqual([debt.Total, row.Open], ["1134.50", "1134.50"]);
	const [paid] = (await take("/api/office/payments.csv")).rows;
	assert.deepEqual([paid.Customer, paid.Way, paid.Amount, paid.Reference], [r.name, "check", "100.00", "'-77"]);
});
