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
		for (const cell of line) assert.doesNotMatch(cell, /^[=+\-@\t\r]/, "a cell is a formula");
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
	const debt = (await take("/api/office/debts.csv")).rows.find((d) => d.Customer === r.name);
	assert.deepEqual([debt.Total, row.Open], ["1134.50", "1134.50"]);
	const [paid] = (await take("/api/office/payments.csv")).rows;
	assert.deepEqual([paid.Customer, paid.Way, paid.Amount, paid.Reference], [r.name, "check", "100.00", "'-77"]);
});
