// Hints to open pages: who may listen, that each change is hinted, and that a reload of nginx loses nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { company, crew, day, granted, refused, sql, where } from "./harness.mjs";
import { Page } from "./listener.mjs";
import { letters, Phone } from "./phone.mjs";

let c, other, people, office, level, place;

before(async () => {
	c = await company();
	people = await crew(c, ["technician", "dispatcher"]);
	office = people.dispatcher.visitor;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201')`, c.schema);
	place = letters(at + 1n);
	[level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
	other = await company();
});

const plan = async () => granted(await office.post("/api/office/visits", { property_id: place, service_id: level.id, day: day(0), tech_id: people.technician.id, note: "", anyway: true }), 201);

test("who may see the board may listen, and nobody hears another company", async () => {
	const stranger = await new Page(office, "tech").open();
	assert.equal(stranger.status, 403);
	const nobody = await new Page({ host: office.host, jar: new Map() }).open();
	assert.equal(nobody.status, 401);
	const outside = await office.get(`/streams/${c.slug}`);
	assert.ok(!/event-stream/.test(outside.headers["content-type"] ?? ""), "the stream has no public address");
	refused(await office.get("/api/tech/live"), 403, "forbidden");
	const mine = await new Page(office).open();
	const phone = await new Page(people.technician.visitor, "tech").open();
	const theirs = await new Page(other.owner.visitor).open();
	assert.match(mine.type, /event-stream/);
	await plan();
	await mine.until((p) => p.heard > 0);
	await phone.until((p) => p.heard > 0);
	assert.equal(theirs.heard, 0);
	for (const p of [mine, phone, theirs]) p.close();
});

test("a tap on a phone is a hint to the office, after it can be read", async () => {
	const visit = await plan();
	const page = await new Page(office).open();
	const phone = new Phone(people.technician.visitor);
	const before = page.heard;
	await phone.say("arrive", visit.id);
	await page.until((p) => p.heard > before);
	const [stop] = granted(await office.get(`/api/office/board?day=${day(0)}&tech=${people.technician.id}`)).stops.filter((s) => s.row.id === visit.id);
	assert.equal(stop.row.state, "started");
	page.close();
});

test("a hundred and thirty screens behind one address listen, and still work", async () => {
	const pages = await Promise.all(Array.from({ length: 130 }, () => new Page(office).open()));
	assert.deepEqual([...new Set(pages.map((p) => p.status))], [200]);
	granted(await office.get(`/api/office/board-heads?day=${day(0)}`));
	await plan();
	await Promise.all(pages.map((p) => p.until(() => p.heard > 0)));
	for (const p of pages) p.close();
});

/* A reload cuts off what came in and was not read yet: a phone and a page ask again. */
async function again(ask) {
	for (let tries = 1; ; tries++) {
		try {
			return await ask();
		} catch (e) {
			if (tries === 20 || e.code !== "ECONNRESET") throw e;
		}
	}
}

test("over twenty reloads of nginx a page that connects again and looks misses nothing", async () => {
	const visit = await plan();
	const phone = new Phone(people.technician.visitor);
	const nginx = Number(readFileSync(`${where.dir}/nginx/nginx.pid`, "utf8"));
	const listen = () => again(() => new Page(office).open());
	let page = await listen();
	let known = 0;
	for (let i = 1; i <= 20; i++) {
		process.kill(nginx, "SIGHUP");
		const note = phone.verb("note", visit.id, { text: `Note ${i}` });
		granted(await again(() => phone.send(note)), 201);
		/* What EventSource does: a stream that ended is opened again, and whoever opened one looks. */
		if (page.ended || i % 5 === 0) {
			page.close();
			page = await listen();
		}
		const log = granted(await again(() => office.get(`/api/office/visits/${visit.id}/log`))).rows;
		known = log.filter((l) => l.row.verb === "note").length;
		assert.equal(known, i);
	}
	const heard = page.heard, last = phone.verb("note", visit.id, { text: "The last" });
	granted(await again(() => phone.send(last)), 201);
	await page.until((p) => p.heard > heard || p.ended);
	page.close();
});
