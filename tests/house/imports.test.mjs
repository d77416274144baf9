// Customers come in from a list: sent, read, practised, asked about, brought in with progress, taken back as a whole.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { company, crew, granted, pause, refused, set_job, sql, word } from "./harness.mjs";

let c, people, office;
before(async () => {
	c = await company();
	people = await crew(c, ["dispatcher", "technician"]);
	office = c.owner.visitor;
});

function send(text, name = "list.csv", who = office) {
	const head = `--boundary\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n`;
	const body = Buffer.concat([Buffer.from(head), Buffer.isBuffer(text) ? text : Buffer.from(text), Buffer.from("\r\n--boundary--\r\n")]);
	return who.post("/api/office/imports", body, { "content-type": "multipart/form-data; boundary=boundary" });
}
const look = async (id) => granted(await office.get(`/api/office/imports/${id}`));
const columns = async (id) => granted(await office.get(`/api/office/imports/${id}/columns`)).rows;
const rows = async (id, query = "") => granted(await office.get(`/api/office/imports/${id}/rows${query}`)).rows;
async function settled(id, state, seconds = 60) {
	for (const end = Date.now() + seconds * 1000; ; await pause(50)) {
		const i = await look(id);
		if (i.state === state && i.done === i.total) return i;
		assert.ok(Date.now() < end, `the import stays ${i.state} at ${i.done} of ${i.total}: ${i.why}`);
	}
}
/* Sends a list and practises it as it is guessed, or with fields by header. */
async function practise(text, { fields = {}, policy = "fill", unit, name } = {}) {
	const sent = granted(await send(text, name), 201);
	const guessed = await columns(sent.id);
	granted(await office.put(`/api/office/imports/${sent.id}`, {
		columns: guessed.map((k) => ({ field: fields[k.header] ?? k.field })), unit: unit ?? sent.unit, policy, version: sent.version,
	}));
	return settled(sent.id, "dry");
}
const start = async (i) => {
	granted(await office.post(`/api/office/imports/${i.id}/starts`, { version: i.version }));
	return settled(i.id, "done");
};
const undo = async (i) => {
	granted(await office.post(`/api/office/imports/${i.id}/undoings`, { version: i.version }));
	return settled(i.id, "undone");
};
const number = (what) => Number(sql(`SELECT COUNT(*) FROM ${what}`, c.schema)[0][0]);
const TABLES = ["customer", "property", "pool", "contact", "note", "tag", "gram"];
const print = () => sql(`CHECKSUM TABLE ${TABLES.map((t) => `${c.schema}.${t}`).join(", ")}`).join("\n");
const found = async (q) => granted(await office.get(`/api/office/customers?q=${encodeURIComponent(q)}`)).rows;
const page = async (id) => granted(await office.get(`/api/office/customers/${id}`));

test("a list comes in with places, pools, people, codes, tags and notes, and goes away again as a whole", async () => {
	const empty = print();
	const list = [
		"Name,Company,Email,Phone,Street,City,State,ZIP,Latitude,Longitude,Gate code,Dogs,Tags,Pool type,Volume gallons,Surface,Sanitizer,Tech notes,Office notes,Customer ID,Rate,Service day",
		'Kathryn Ellison,,Kathryn@Example.com,(602) 555-0163,811 W Encanto Blvd,Phoenix,AZ,85007,33.5147,-111.9334,4711#,Pepper,"weekly, vip",pool,18000,plaster,salt,"Latch, ""left""',
	].join("\r\n") + '\r\nsecond line",Pays by check,A-1001,165,Monday\r\nLuis Castellanos,Sunrise HOA,office@sunrise.example,602-555-0110,5520 N 68th St,Scottsdale,AZ,85253,,,,,,spa,600,,bromine,,,A-1002,,\r\n';
	const text = list.replace('"Latch, ""left""\r\nsecond', '"Latch, ""left""\nsecond');
	const i = await practise(text, { name: "customers-may.csv" });
	assert.deepEqual([i.create, i.change, i.ask, i.wrong, i.customers, i.properties, i.pools], [2, 0, 0, 0, 2, 2, 2]);
	assert.equal(print(), empty, "a practice writes nothing on customers");
	const [row] = await rows(i.id);
	assert.deepEqual([row.state, row.seen.name, row.seen.street, row.seen.gate, row.seen.volume_l], ["create", "Kathryn Ellison", "811 W Encanto Blvd", true, 68137]);
	const done = await start(i);
	assert.deepEqual([done.made, done.changed, number("customer")], [2, 0, 2]);
	assert.ok(done.undo_until > Date.now() / 1000 + 29 * 86400);

	const [hit] = await found("elison"); // a typing error
	const k = await page(hit.id);
	assert.equal(k.contacts[0].phone, "+16025550163");
	assert.equal(k.email, "kathryn@example.com");
	assert.deepEqual(k.tags.map((t) => t.tag), ["vip", "weekly"]);
	const [p] = k.properties;
	assert.deepEqual([p.lat_e6, p.lng_e6, p.place_source, p.dogs, p.has_gate], [33514700, -111933400, "given", "Pepper", true]);
	assert.deepEqual([p.pools[0].kind, p.pools[0].volume_l, p.pools[0].surface, p.pools[0].sanitiser], ["pool", 68137, "plaster", "salt"]);
	assert.deepEqual(k.notes.map((n) => n.body).sort(), ['Latch, "left"\nsecond line', "Pays by check", "Rate: $165.00\nDays: Monday"]);
	assert.equal(granted(await office.post(`/api/office/properties/${p.id}/codes`, { kind: "gate" })).code, "4711#");
	const line = granted(await office.get(`/api/office/customers/${k.id}/timeline`)).rows.find((l) => l.kind === "customer_imported");
	assert.equal(line.values.find((v) => v.name === "file").value, "customers-may.csv");
	// What was indexed in bulk is what the record's own words say: an edit there and back makes the same index.
	const grams = () => sql(`SELECT gram FROM gram WHERE customer_id = (SELECT id FROM customer WHERE email = 'kathryn@example.com') ORDER BY gram`, c.schema).join();
	const indexed = grams();
	for (const name of ["Somebody Else", k.name]) {
		const r = await page(k.id);
		granted(await office.put(`/api/office/customers/${k.id}`, {
			name, kind: r.kind, email: r.email, language: r.language, bill_street: r.bill_street, bill_city: r.bill_city, bill_region: r.bill_region,
			bill_postcode: r.bill_postcode, source: r.source, external_id: r.external_id, own: r.own, version: r.version,
		}));
		if (name !== k.name) assert.notEqual(grams(), indexed, "the look can see a difference");
	}
	assert.equal(grams(), indexed);
	// The code stands sealed, in the file that waits too.
	const rows_of = (table) => sql(`SELECT * FROM ${c.schema}.${table}`).flat().join("\n");
	for (const table of ["property", "batch", "batch_row", "note", "event", "record_change", "job"]) assert.doesNotMatch(rows_of(table), /4711#/, table);
	assert.match(rows_of("note"), /Latch/, "the look can see what is not sealed");
	assert.equal((await found("sunrise"))[0].kind, "business");

	const undone = await undo(done);
	// One was looked at: a code that was shown is work of somebody.
	assert.deepEqual([undone.removed, undone.kept], [1, 1]);
	assert.equal((await found("sunrise")).length, 0);
	assert.equal((await found("elison")).length, 1);
	refused(await office.post(`/api/office/imports/${i.id}/undoings`, { version: undone.version }), 422, "invalid", "state");
});

test("who is here already is filled in, asked about, or left alone; and all of it is put back", async () => {
	const w = word();
	const make = async (over) => granted(await office.post("/api/office/customers", {
		name: `Rosa ${w}`, kind: "person", email: `rosa@${w}.example`, phone: "602-555-0177", language: "en", source: "", external_id: "",
		street: `12 ${w} Lane`, city: "Mesa", region: "AZ", postcode: "", with_pool: true, ...over,
	}), 201).customer;
	const rosa = await make();
	await make({ name: `Otto ${w}`, email: "", phone: "602-555-0199", street: `9 ${w} Street`, with_pool: false });
	const before = print();
	const i = await practise([
		"Name,Email,Phone,Street,City,ZIP,Gallons,Gate code,Tags,Notes",
		`"${w}, ROSA",rosa@${w}.example,,12 ${w} Ln,Mesa,85201,15000,99,gold,Likes mornings`, // surely her: fills in
		`Rosa ${w},rosa@${w}.example,602-555-0177,12 ${w} Lane,Mesa,,,,,`, // nothing new
		`Kurt ${w},,(602) 555-0199,1 Elsewhere,Tempe,85281,,,,`, // Otto's telephone: asks
		`Nina ${w},nina@${w}.example,,4 ${w} Court,Tempe,85281,,,,`, // new
		`Nina ${w},nina@${w}.example,,5 ${w} Court,Tempe,85281,9000,,,`, // her second home
		`,,,,,,,,gold,`, // nobody
		`Bad ${w},not-an-address,12,6 ${w} Court,Tempe,85281,many,,,`, // new, three values left out
	].join("\n"));
	assert.deepEqual([i.create, i.change, i.skip, i.ask, i.wrong, i.odd], [3, 1, 1, 1, 1, 2]);
	const lines = await rows(i.id);
	assert.deepEqual(lines.map((l) => l.state), ["change", "skip", "ask", "create", "create", "wrong", "create"]);
	assert.deepEqual(lines[0].seen.changes.map((x) => x.field).sort(), ["gate_code", "note", "postcode", "tag", "volume_l"]);
	assert.deepEqual([lines[2].seen.by, lines[2].seen.other, lines[4].follows], [["phone"], `Otto ${w}`, 4]);
	assert.match(lines[5].problem, /names nobody/);
	assert.match(lines[6].problem, /Email: This is not an e-mail address\..*Phone.*Gallons: We do not know what "many" means/);
	assert.equal(print(), before);

	const csv = await office.get(`/api/office/imports/${i.id}/problems.csv`);
	assert.match(csv.headers["content-type"], /text\/csv/);
	assert.match(csv.text, /^\ufeffName,Email,.*,Row,Problem\r\n,,,,,,,,gold,,6,This row names nobody and no place\.\r\nBad/);
	assert.equal(csv.text.trim().split("\r\n").length, 3);

	refused(await office.post(`/api/office/imports/${i.id}/answers`, { rows: [{ n: 4, answer: "same" }] }), 422, "invalid", "rows.0.n");
	const answered = granted(await office.post(`/api/office/imports/${i.id}/answers`, { rows: [{ n: 3, answer: "two" }] }));
	assert.deepEqual([answered.ask, answered.create], [0, 4]);
	const done = await start(answered);
	assert.deepEqual([done.made, done.changed, done.skip, done.wrong], [3, 2, 1, 1]);
	const now = await page(rosa.id);
	assert.deepEqual([now.properties[0].postcode, now.properties[0].has_gate, now.properties[0].pools[0].volume_l, now.tags[0].tag], ["85201", true, 56781, "gold"]);
	assert.equal(now.name, `Rosa ${w}`, "what is here is not replaced");
	const nina = await page((await found(`nina ${w}`))[0].id);
	assert.deepEqual(nina.properties.map((p) => [p.street, p.pools.length]), [[`4 ${w} Court`, 0], [`5 ${w} Court`, 1]]);

	const undone = await undo(done);
	assert.deepEqual([undone.removed, undone.kept], [3, 0]);
	const back = await page(rosa.id);
	const strip = (r) => JSON.stringify(r, (k, v) => (k === "version" || k === "codes_changed_at" ? undefined : v));
	assert.equal(strip(back), strip(rosa));
	assert.equal((await found(`nina ${w}`)).some((x) => x.name === `Nina ${w}`), false);
	assert.equal((await found("gold")).some((x) => x.id === rosa.id), false, "the tag is searched no more");
});

test("who is in the archive stays there, and the row says so", async () => {
	const w = word();
	const gone = granted(await office.post("/api/office/customers", {
		name: `Gina ${w}`, kind: "person", email: `gina@${w}.example`, phone: "", language: "en", source: "", external_id: "", street: "", city: "", region: "", postcode: "", with_pool: false,
	}), 201).customer;
	granted(await office.post(`/api/office/customers/${gone.id}/archivings`, { version: gone.version }));
	const i = await practise(`Name,Email,Street,City\nGina ${w},gina@${w}.example,1 New St,Mesa`, { policy: "replace" });
	assert.deepEqual([i.skip, i.create, i.change, i.odd], [1, 0, 0, 1]);
	assert.match((await rows(i.id))[0].problem, /in the archive/);
});

test("the night throws away what nobody needs: old files, and rows that can be undone no more", async () => {
	const i = await practise("Name\nTidy Tim");
	const done = await start(i);
	const waiting = granted(await send("Name\nNever Brought In"), 201);
	const kept = () => sql(`SELECT (SELECT COUNT(*) FROM batch WHERE sheet IS NOT NULL AND id IN (SELECT id FROM batch ORDER BY id DESC)), (SELECT COUNT(*) FROM batch_row)`, c.schema)[0].map(Number);
	const [sheets, lines] = kept();
	assert.ok(sheets >= 2 && lines >= 1);
	// A month and a week later.
	sql(`UPDATE batch SET ended_at = ended_at - 31 * 86400, made_at = made_at - 31 * 86400`, c.schema);
	await set_job(c, 7, "housekeeping");
	for (const end = Date.now() + 90_000; kept().some((n) => n > 0); await pause(200)) assert.ok(Date.now() < end, `still ${kept()}`);
	assert.match(refused(await office.post(`/api/office/imports/${i.id}/undoings`, { version: (await look(done.id)).version }), 422, "invalid", "state").message, /30 days/);
	refused(await office.get(`/api/office/imports/${waiting.id}/columns`), 404, "not_found", "file");
});

test("what a person says of the columns is remembered for the next list", async () => {
	const w = word();
	const head = "Pool Owner,Where,Fax";
	const first = granted(await send(`${head}\nAda ${w},1 ${w} Road,x`), 201);
	assert.deepEqual((await columns(first.id)).map((k) => k.field), ["nothing", "nothing", "nothing"]);
	refused(await office.put(`/api/office/imports/${first.id}`, { columns: [{ field: "nothing" }, { field: "nothing" }, { field: "nothing" }], unit: "litres", policy: "fill", version: first.version }), 422, "invalid", "columns");
	refused(await office.put(`/api/office/imports/${first.id}`, { columns: [{ field: "name" }, { field: "name" }, { field: "nothing" }], unit: "litres", policy: "fill", version: first.version }), 422, "invalid", "columns");
	refused(await office.put(`/api/office/imports/${first.id}`, { columns: [{ field: "name" }], unit: "litres", policy: "fill", version: first.version }), 422, "invalid", "columns");
	granted(await office.put(`/api/office/imports/${first.id}`, { columns: [{ field: "name" }, { field: "street" }, { field: "nothing" }], unit: "litres", policy: "fill", version: first.version }));
	const second = granted(await send(`Fax;POOL OWNER;where\nx;Ada ${w};1 ${w} Road`), 201);
	assert.deepEqual((await columns(second.id)).map((k) => [k.field, k.confidence]), [["nothing", 0], ["name", 100], ["street", 100]]);
	assert.equal(second.delimiter, ";");
	granted(await office.delete(`/api/office/imports/${second.id}`), 204);
	assert.equal((await look(second.id)).state, "failed");
});

test("exports of other houses are known by their columns, in their own encodings", async () => {
	const cases = [
		["skimmer", "Customer Id,First Name,Last Name,Location Address,Location City,Location Zip,Gate Code,Dog's Name,Mobile Phone 1,Minutes At Stop,BOW Gallons\n1,Ada,Byron,1 A St,Mesa,85201,7,Rex,602-555-0100,20,15000"],
		["jobber", "J-ID,First name,Last name,Main Phone #s,Emails,Service Street 1,Service City,Lead Source\n7,Ada,Byron,602-555-0100,a@b.example,1 A St,Mesa,web"],
		["housecall_pro", "HCP Id,First Name,Last Name,Mobile Number,Home Number,Address_1 Street Line 1,Address_1 City,Lifetime Value\n7,Ada,Byron,602-555-0100,,1 A St,Mesa,0"],
		["quickbooks", "Customer full name,Phone numbers,Main Email,Billing address,Shipping address,Open balance\nAda Byron,602-555-0100,a@b.example,1 A St,2 B St,0"],
		["plain", Buffer.from("Nombre;Tel\xe9fono;Direcci\xf3n;Ciudad\r\nPe\xf1a;602-555-0100;Calle 1;Mesa\r\n", "latin1")],
	];
	for (const [source, text] of cases) {
		const i = granted(await send(text), 201);
		assert.equal(i.source, source);
		const fields = (await columns(i.id)).map((k) => k.field);
		for (const field of ["phone", "street"]) assert.ok(fields.includes(field), `${source}: ${fields}`);
		if (source === "plain") {
			assert.equal(i.encoding, "windows-1252");
			assert.equal((await columns(i.id))[0].sample, "Peña");
		}
		granted(await office.delete(`/api/office/imports/${i.id}`), 204);
	}
});

test("a file that is none, is too large or of nobody's business is refused with the reason", async () => {
	assert.match(refused(await send(""), 422, "invalid", "file").message, /empty/);
	assert.match(refused(await send("Name\n"), 422, "invalid", "file").message, /nothing below/);
	assert.match(refused(await send('Name\n"never closed'), 422, "invalid", "file").message, /Line 2.*never closed/);
	refused(await send(Buffer.from([0xff, 0xfe, 0x4e, 0])), 422, "invalid", "file");
	assert.match(refused(await send(`Name\n${"x\n".repeat(50001)}`), 422, "invalid", "file").message, /50000 rows/);
	assert.match(refused(await send(`Name\n${"x".repeat(10 << 20)}`), 422, "invalid", "file").message, /10 MiB/);
	refused(await send("x".repeat(13 << 20)), 413, "invalid");
	refused(await send("Name\nAda", "x.csv", people.dispatcher.visitor), 403, "forbidden");
	refused(await people.technician.visitor.get("/api/office/imports"), 403, "forbidden");
	refused(await office.get("/api/office/imports/0000000000001"), 404, "not_found");
	const sample = await office.get("/api/office/imports/sample.csv");
	assert.equal(sample.status, 200);
	const i = await practise(Buffer.from(sample.text));
	assert.deepEqual([i.total, i.wrong, i.odd], [2, 0, 0], "our own sample has no problem");
	const list = granted(await office.get("/api/office/imports")).rows;
	assert.equal(list[0].id, i.id);
	refused(await office.post(`/api/office/imports/${i.id}/starts`, { version: i.version - 1 }), 409, "stale");
});

test("985 real homes come in as customers, each at its own place, and are found", async (t) => {
	const here = dirname(fileURLToPath(import.meta.url));
	const file = join(here, "../../../shared/data/sacramento-homes.csv");
	if (!existsSync(file)) {
		console.log("# skipped: no ../shared/data/sacramento-homes.csv beside the checkout");
		return t.skip("the list of homes is not here");
	}
	const text = readFileSync(file);
	const c0 = c;
	c = await company({ company: "Demonstration Pools" });
	office = c.owner.visitor;
	try {
		const i = await practise(text, { name: "sacramento-homes.csv" });
		assert.equal(i.total, 985);
		assert.equal(i.wrong + i.create + i.skip + i.ask + i.change, 985);
		const done = await start(i);
		assert.equal(number("customer"), i.customers);
		assert.equal(number("property"), i.properties);
		const places = new Set(text.toString().trim().split("\n").slice(1).map((l) => l.split(",").slice(0, 2).join("|").toUpperCase()));
		console.log(`# ${done.made} customers of ${i.total} rows, ${places.size} different addresses, ${i.odd} rows with a problem`);
		assert.equal(number("property WHERE place_source = 1 AND lat_e6 BETWEEN 38000000 AND 39500000 AND lng_e6 BETWEEN -122500000 AND -120000000"), i.properties);
		const [hit] = await found("3526 high stret");
		assert.equal(hit.street, "3526 HIGH ST");
		const home = await page(hit.id);
		assert.deepEqual([home.properties[0].lat_e6, home.properties[0].lng_e6, home.properties[0].postcode], [38631913, -121434879, "95838"]);
		const again = await practise(text);
		assert.deepEqual([again.create, again.change, again.ask], [0, 0, 0], "the same list again is nothing new");
		const undone = await undo(await look(i.id));
		assert.deepEqual([undone.removed, undone.kept, number("customer"), number("property"), number("gram")], [i.customers, 0, 0, 0, 0]);
	} finally {
		c = c0;
		office = c.owner.visitor;
	}
});
