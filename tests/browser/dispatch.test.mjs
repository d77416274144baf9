// The board on paper, searched, by finger; how long a job by hand takes; what the week says that somebody has.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, pause, sound, sql, until, url, visit, Visitor, where, WIDTHS, word, write } from "./harness.mjs";
import { letters, Phone } from "../house/phone.mjs";

const D = day(1);
let c, people, level, place;

before(async () => {
	c = await company();
	people = await crew(c, ["technician", "dispatcher"]);
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0), (${at + 9n}, 'Ken Okafor', 'ken@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6, dogs) VALUES (${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201', 33400000, -111800000, 'Bruno'),
		(${at + 2n}, ${at + 9n}, '9 North St', 'Mesa', 'AZ', '85201', 33420000, -111800000, '')`, c.schema);
	place = [letters(at + 1n), letters(at + 2n)];
	// What the search finds by is written by whatever is noted of them.
	for (const id of [at, at + 9n]) granted(await c.owner.visitor.post("/api/office/notes", { on_kind: "customer", on_id: letters(id), audience: "office", body: "Found.", pinned: false }), 201);
	[level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
});
const plan = async (over = {}) => granted(await c.owner.visitor.post("/api/office/visits", { property_id: place[0], service_id: level.id, day: D, note: "", anyway: true, tech_id: people.technician.id, ...over }), 201);
const board = async (options, on = D) => {
	const page = await as(await visit(options), people.dispatcher);
	await page.goto(url(c.host, `/board?day=${on}`));
	await page.getByRole("heading", { level: 1 }).waitFor();
	return page;
};
const card = (page, v) => page.locator(`[data-job="${v.id}"]`);

test("the day on paper: every stop with its time, street and what is special, and nothing of the screen", async () => {
	const on = day(2);
	const [rosa, ken, free] = [await plan({ day: on, from_minute: 540, to_minute: 660, note: "Ring first" }), await plan({ day: on, property_id: place[1] }), await plan({ day: on, property_id: place[1], tech_id: null })];
	const page = await board({}, on);
	for (const v of [rosa, ken, free]) await page.locator(`[data-job="${v.id}"]`).waitFor();
	// A printer takes what stands there when it is called: the button draws the paper first.
	await page.evaluate(() => (window.print = () => (window.printed = document.querySelectorAll(".paper tr").length)));
	await page.getByRole("button", { name: "Print" }).click();
	await until("it is printed", () => page.evaluate(() => window.printed));
	assert.equal(await page.evaluate(() => window.printed), 3);
	await page.emulateMedia({ media: "print" });
	await page.setViewportSize({ width: 718, height: 1000 }); /* A4 within its margins */
	const whose = page.locator("section.paper").filter({ has: page.getByRole("heading", { name: "Person technician" }) });
	const line = await whose.getByRole("row").filter({ hasText: "Rosa Ruiz" }).innerText();
	for (const said of [/9:00 AM/, /12 South St, Mesa/, /Dog/, /Ring first/]) assert.match(line, said);
	assert.equal(await whose.getByRole("row").count(), 2);
	assert.equal(await page.locator("section.paper").filter({ has: page.getByRole("heading", { name: "Not assigned" }) }).getByRole("row").count(), 1);
	const look = await page.evaluate(() => ({
		wide: document.documentElement.scrollWidth,
		small: Math.min(...[...document.querySelectorAll(".paper td *, .paper td")].map((x) => Number.parseFloat(getComputedStyle(x).fontSize))),
		nav: [...document.querySelectorAll(".nav, [role=toolbar], button")].filter((x) => x.checkVisibility() && x.getBoundingClientRect().height > 1).length,
	}));
	assert.ok(look.wide <= 718, `${look.wide} px on a page of 718`);
	assert.ok(look.small >= 9, `letters of ${look.small} px`);
	assert.equal(look.nav, 0, "no button is printed");
	const paper = await page.pdf({ format: "A4" });
	assert.equal(paper.subarray(0, 5).toString(), "%PDF-");
	await page.context().close();
});

test("what is looked for stays clear and the rest goes faint, by words and by how it stands", async () => {
	const on = day(3);
	const [rosa, ken] = [await plan({ day: on }), await plan({ day: on, property_id: place[1] })];
	granted(await people.dispatcher.visitor.post(`/api/office/visits/${ken.id}/steps`, { verb: "skip", reason: "Rain", version: ken.version }), 201);
	const page = await board({}, on);
	const faint = (v) => card(page, v).evaluate((x) => x.className.includes("--faint"));
	await card(page, ken).waitFor();
	const find = page.getByRole("searchbox", { name: "Find on this day" });
	for (const [words, r, k] of [["ruiz", false, true], ["north st", true, false], ["", false, false]]) {
		await find.fill(words);
		await until(`"${words}" is looked for`, async () => (await faint(rosa)) === r && (await faint(ken)) === k);
	}
	await page.getByRole("button", { name: /^1 Skipped/ }).click();
	await until("one state alone", async () => (await faint(rosa)) && !(await faint(ken)));
	await sound(page, "a filtered board");
	await page.context().close();
});

test("by finger: a job is opened by a tap and moved by its menu", async () => {
	const on = day(4);
	const v = await plan({ day: on });
	const page = await board({ size: WIDTHS.phone, touch: true }, on);
	await card(page, v).tap();
	const panel = page.getByRole("complementary", { name: "Rosa Ruiz" });
	await panel.waitFor();
	await panel.getByRole("button", { name: /^Move to/ }).tap();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Technician").selectOption("");
	const go = dialog.getByRole("button", { name: "Move", exact: true });
	const { height } = await go.boundingBox();
	assert.ok(height >= 40, `a finger has ${height} px`);
	await go.tap();
	await until("it is nobody's", () => sql(`SELECT tech_id IS NULL FROM visit WHERE day = '${on}'`, c.schema)[0][0] === "1");
	await page.context().close();
});

/* What a finger does, as the machine's own touches. */
async function finger(page) {
	const cdp = await page.context().newCDPSession(page);
	const touch = (type, ...touchPoints) => cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
	return {
		down: (x, y) => touch("touchStart", { x, y }),
		async move(from, to, steps = 4) {
			for (let i = 1; i <= steps; i++) await touch("touchMove", { x: from.x + ((to.x - from.x) * i) / steps, y: from.y + ((to.y - from.y) * i) / steps });
		},
		up: () => touch("touchEnd"),
	};
}

test("by finger: a job that is held is carried to another lane, one that is swiped scrolls the day", async () => {
	const on = day(6);
	sql(`INSERT INTO staff (id, name, email, language, role, state, colour, created_at) SELECT id + 1, 'Uma Second', 'uma@x.example', 'en', role, state, 2, 0 FROM staff WHERE email = '${people.technician.email}'`, c.schema);
	const v = await plan({ day: on });
	const whose = async () => granted(await people.dispatcher.visitor.get(`/api/office/visits/${v.id}`)).tech_id;
	const lane = (page, name) => page.getByRole("region", { name });
	let was = people.technician.id;
	for (const [size, from, to] of [[WIDTHS.phone, "Person technician", "Uma Second"], [{ width: 1024, height: 768 }, "Uma Second", "Not assigned"]]) {
		const page = await board({ size, touch: true }, on);
		const hand = await finger(page);
		const job = lane(page, from).locator(`[data-job="${v.id}"]`);
		await job.waitFor();
		const center = async () => {
			const b = await job.boundingBox();
			return { x: b.x + b.width / 2, y: b.y + b.height / 2 };
		};
		const scrolled = () => page.locator(".board").evaluate((x) => x.scrollLeft);
		// Swiped: the day moves below the finger, the job stays whose it is and is not opened.
		const at = await center();
		await hand.down(at.x, at.y);
		await hand.move(at, { x: at.x - 90, y: at.y });
		await pause(150); // a finger that leaves while it moves throws the day on
		await hand.up();
		await until("the day has moved", async () => (await scrolled()) > 40);
		assert.equal(await page.locator("[data-carried]").count(), 0);
		const here = await center();
		if (size === WIDTHS.phone) {
			// Held, and let go where it is: nothing.
			await hand.down(here.x, here.y);
			await page.locator("[data-carried]").waitFor();
			await hand.up();
			await page.locator("[data-carried]").waitFor({ state: "detached" });
			assert.equal(await whose(), was);
		}
		assert.equal(await page.getByRole("complementary", { name: "Rosa Ruiz" }).count(), 0, "whoever swiped or held it did not open it");
		// Held, and carried: the day stays where it is, the lane below the finger says so, and the office has it.
		const kept = await scrolled();
		const goal = await lane(page, to).boundingBox();
		const there = { x: here.x, y: goal.y + goal.height / 2 };
		await hand.down(here.x, here.y);
		await page.locator("[data-carried]").waitFor();
		await hand.move(here, there);
		await page.locator(".carried", { hasText: "Rosa Ruiz" }).waitFor();
		await page.locator(".lane--over").and(lane(page, to)).waitFor();
		process.env.SHOTS && (await page.screenshot({ path: `${process.env.SHOTS}/finger-${size.width}.png` }));
		await write(page, () => hand.up());
		await lane(page, to).locator(`[data-job="${v.id}"]`).waitFor();
		assert.equal(await scrolled(), kept);
		assert.equal(await page.locator(".carried").count(), 0);
		assert.notEqual(await whose(), was);
		was = await whose();
		await page.context().close();
	}
	assert.equal(was, null, "in the end it is nobody's");
});

/* Somebody nobody knows asks for an hour on the booking page, and the office has to say yes. */
async function booked(service_id) {
	const office = c.owner.visitor, v = new Visitor(where, c.host), at = { service_id, street: "1 Palm Way", city: "Mesa", region: "AZ", postcode: "85201" };
	const { version } = granted(await office.get("/api/office/booking"));
	granted(await office.put("/api/office/booking", { open: true, prices: true, confirm: "by_office", window_minutes: 120, notice_hours: 0, ahead_days: 21, reserve_minutes: 0, change_hours: 12,
		within_km: 0, postcodes: "852*", services: [{ id: service_id }], version }));
	const { form } = granted(await v.get("/api/portal/bookings"));
	const opened = Date.now();
	const time = granted(await v.post("/api/portal/bookings/times", at)).rows.find((r) => r.day === D);
	const { hold } = granted(await v.post("/api/portal/bookings/holds", { ...at, day: D, from_minute: time.from_minute }), 201);
	return async () => {
		/* A form that comes back within two seconds was filled in by a machine. */
		await pause(Math.max(0, opened + 2100 - Date.now()));
		granted(await v.post("/api/portal/bookings", { form, hold, name: "Nora Nueva", phone: "(480) 555-0142", email: `nora@${word()}.example`, language: "en", note: "Leaks", website: "" }), 201);
	};
}

test("what nobody here put on the board says where it came from, in English and in Spanish", async () => {
	const office = c.owner.visitor, desk = people.dispatcher.visitor;
	const [repair] = granted(await office.get("/api/office/services")).rows.filter((s) => s.kind === "job");
	const ask = await booked(repair.id);
	const who = (n) => ({ property_id: place[n], service_id: level.id });
	granted(await office.post("/api/office/agreements", { property_id: place[0], repeats: "calendar", starts_day: D, term: { rule: `FREQ=WEEKLY;BYDAY=${["SU", "MO", "TU", "WE", "TH", "FR", "SA"][new Date(D).getUTCDay()]}`,
		service_id: level.id, tech_id: people.technician.id, minutes: 30, rate_kind: "month", with_chemicals: true, rate_cents: 15000, skip_policy: "billed" } }), 201);
	await new Phone(people.technician.visitor).say("follow_up", (await plan({ day: day() })).id, { text: "Foam is back" });
	const customer = (n) => sql(`SELECT customer_id FROM property WHERE street = '${["12 South St", "9 North St"][n]}'`, c.schema)[0][0];
	const thread = granted(await desk.post("/api/office/threads", { customer_id: letters(BigInt(customer(1))) })).row.id;
	sql(`INSERT INTO message (id, conversation_id, direction, medium, occasion, state, message_key, address, subject, body, actor_kind, at, due_at)
		SELECT 7901, id, 1, 4, 0, 8, 'k7901', '', '', 'It is green', 0, 1, 1 FROM conversation WHERE customer_id = ${customer(1)}`, c.schema);
	granted(await desk.post(`/api/office/messages/${letters(7901n)}/jobs`, { ...who(1), day: D, note: "It is green", anyway: true }), 201);
	const quote = granted(await office.post(`/api/office/customers/${letters(BigInt(customer(0)))}/quotes`, { property_id: place[0], service_id: repair.id, title: "Your pump", note: "", due_day: day(14), deposit_ppm: 0, options: [],
		lines: [{ choice: 0, kind: "part", item_id: null, text: "Pump seal", quantity_milli: 1000, unit_cents: 4000, tax_code: "" }], photos: [], version: 0 }), 201);
	const sent = granted(await office.post(`/api/office/quotes/${quote.id}/issues`, { version: quote.version }), 201);
	granted(await office.post(`/api/office/quotes/${sent.id}/answers`, { says: "approve", choice: 0, name: "Rosa Ruiz", text: "" }), 201);
	await plan();
	await ask();
	const jobs = granted(await desk.get(`/api/office/board?day=${D}`)).stops.map((s) => s.row);
	for (const [size, language, words] of [
		[WIDTHS.phone, "es", { agreement: "se repite", booking: "reservada en línea", message: "de un mensaje", follow_up: "visita de seguimiento", workorder: "orden de trabajo", office: "de la oficina" }],
		[WIDTHS.desk, "en", { agreement: "repeats", booking: "booked online", message: "from a message", follow_up: "return visit", workorder: "work order", office: "by the office" }],
	]) {
		const { name, version } = granted(await desk.get("/api/office/me"));
		granted(await desk.put("/api/office/me", { name, language, version }));
		const page = await board({ size });
		for (const [source, said] of Object.entries(words)) {
			const job = jobs.find((j) => j.source === source);
			await card(page, job).click();
			const panel = page.getByRole("complementary", { name: job.customer });
			await panel.locator(".jobmarks").getByText(said, { exact: true }).waitFor();
			if (source === "booking") await sound(page, `a booked job, ${language}`);
			await page.keyboard.press("Escape");
		}
		await page.locator(".ujob", { hasText: "Nora Nueva" }).getByText(`· ${words.booking}`).waitFor();
		process.env.SHOTS && (await page.screenshot({ path: `${process.env.SHOTS}/from-${language}.png` }));
		await page.context().close();
	}
});

/*
 * Card, Moran and Newell's keystroke-level model (Communications of the ACM 23, 1980): a task takes the sum of its keystrokes
 * (K, 0.28 s for somebody who does not type for a living), of what is pointed at and pressed (P, 1.1 s) and of each time one
 * must think what comes next (M, 1.35 s). What the page takes is not in it.
 */
const [K, P, M] = [0.28, 1.1, 1.35];

test("a job by hand takes less than twenty seconds of somebody's time", async () => {
	const on = day(5);
	const page = await board({}, on);
	await page.getByText("Everything has somebody.").waitFor();
	await page.evaluate(() => {
		window.hand = { keys: 0, points: 0 };
		addEventListener("keydown", (e) => e.isTrusted && window.hand.keys++, true);
		addEventListener("pointerdown", (e) => e.isTrusted && window.hand.points++, true);
	});
	let thought = 1; /* a job is wanted */
	await page.keyboard.press("n");
	const panel = page.getByRole("complementary", { name: "New job" });
	await panel.waitFor();
	thought++; /* for whom */
	await page.keyboard.type("Rosa");
	await panel.getByRole("button", { name: /Rosa Ruiz/ }).waitFor();
	await page.keyboard.press("Enter");
	await panel.locator("button[type=submit]:enabled").waitFor();
	thought++; /* what is the matter */
	await panel.getByLabel("Note").click();
	await page.keyboard.type("Pump is loud");
	thought++; /* the rest has a good default: it is put on the board */
	await page.keyboard.press("Enter");
	await page.locator("[data-job]").filter({ hasText: "Rosa Ruiz" }).first().waitFor();
	const { keys, points } = await page.evaluate(() => window.hand);
	const seconds = K * keys + P * points + M * thought;
	console.log(`# a job by hand: ${keys} keys, ${points} pointed at, ${thought} thoughts: ${seconds.toFixed(1)} s`);
	assert.ok(keys >= 19 && points >= 1, "they are counted");
	assert.ok(seconds < 20, `${seconds} s`);
	const [[note, tech]] = sql(`SELECT note, tech_id IS NOT NULL FROM visit WHERE day = '${on}'`, c.schema);
	assert.deepEqual([note, tech], ["Pump is loud", "1"], "and somebody has it");
	await page.context().close();
});

test("the week says of each technician and day what adds up by hand", async () => {
	const on = day(10);
	const none = await plan({ day: on, minutes: 90 });
	for (const minutes of [45, 30]) await plan({ day: on, minutes, property_id: place[1] });
	await plan({ day: on, minutes: 20, tech_id: null });
	granted(await people.dispatcher.visitor.post(`/api/office/visits/${none.id}/steps`, { verb: "cancel", reason: "Not wanted", version: none.version }), 201);
	const { rows } = granted(await people.dispatcher.visitor.get(`/api/office/visit-loads?from=${on}&to=${on}`));
	assert.deepEqual(rows.map((r) => [r.tech_id, r.visits, r.minutes]).sort((a, b) => b[2] - a[2]), [[people.technician.id, 2, 75], [null, 1, 20]]);
	const page = await board({}, on);
	await page.getByRole("button", { name: "Week" }).click();
	const nth = (new Date(`${on}T12:00:00Z`).getUTCDay() + 6) % 7;
	const said = (name) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) }).getByRole("cell").nth(nth).innerText();
	await page.getByRole("table").waitFor();
	assert.match(await said(/Person technician/), /2\s+1:15 h/);
	assert.match(await said("Not assigned"), /1\s+0:20 h/);
	await page.context().close();
});
