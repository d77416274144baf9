// The route planner: a day and a week planned, looked at, refused in parts, published and undone; a place for somebody new.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, day, granted, hire, mailbox, sound, sql, twin, url, visit, WIDTHS } from "./harness.mjs";
import { letters, number } from "../house/phone.mjs";

const weekday = (d) => new Date(`${d}T12:00:00Z`).getUTCDay();
let c, techs, at;
const homes = [];

before(async () => {
	c = await company();
	techs = [await hire(c, mailbox, "technician", { name: "Dale Hutchins" }), await hire(c, mailbox, "technician", { name: "Priya Raman" })];
	techs.forEach((t, i) => sql(`UPDATE staff SET colour = ${i * 4 + 1}, start_lat_e6 = 33400000, start_lng_e6 = ${-112200000 + i * 300000} WHERE id = ${number(t.id)}`, c.schema));
	const service = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows.find((s) => s.kind === "level");
	let n = 3;
	while (weekday(day(n)) !== 2) n++;
	at = day(n);
	const base = BigInt(Date.now()) << 21n;
	for (let i = 0; i < 26; i++) {
		const id = base + BigInt(i) * 10n;
		const [lat, lng] = [33380000 + ((i * 7919) % 40000), -112190000 + i * 11000];
		sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, '${["Okafor", "Brandt", "Larsen", "Sandhu"][i % 4]} ${i}', '', 'en', 0);
			INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (${id + 1n}, ${id}, '${i} E Alameda', 'Tempe', 'AZ', '85281', ${lat}, ${lng})`, c.schema);
		homes.push({ id, customer: letters(id), property: letters(id + 1n) });
		// Everybody with whoever lives at the other end of the street.
		const tech = number(techs[i < 13 ? 1 : 0].id);
		if (i < 24) sql(`INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, seq, minutes, state, source) VALUES (${id + 5n}, ${id}, ${id + 1n}, ${number(service.id)}, '${at}', ${tech}, ${(i * 37) % 90}, 20, 1, 2);
			INSERT INTO agreement (id, customer_id, property_id, repeats, starts_day) VALUES (${id + 2n}, ${id}, ${id + 1n}, 1, '${day(0)}');
			INSERT INTO term (agreement_id, from_day, kind, rule, anchor_day, service_id, tech_id, seq, minutes, rate_kind, with_chemicals, rate_cents) VALUES (${id + 2n}, '${day(0)}', 1, 'FREQ=WEEKLY;BYDAY=${i % 2 ? "MO" : "TH"}', '${day(0)}', ${number(service.id)}, ${tech}, 10, 20, 1, 1, 15000)`, c.schema);
	}
	twin(c);
});

const owner = async (options) => {
	const page = await as(await visit(options), c.owner);
	// Nothing is fetched from outside, with or without a map.
	page.on("request", (r) => assert.ok(/^(data|blob):|localhost/.test(r.url()), `asked outside: ${r.url()}`));
	// So many plans are compared, however long that takes here: the same plan on any machine.
	await page.route("**/api/office/route-plans", (r) => {
		const wish = r.request().method() === "POST" && r.request().postDataJSON();
		return r.continue(wish ? { postData: JSON.stringify({ ...wish, seconds: null, tries: wish.kind === "week" ? 20000 : 6000 }) } : {});
	});
	return page;
};
const board = () => sql(`SELECT id, tech_id FROM visit WHERE day = '${at}' AND agreement_id IS NULL ORDER BY id`, c.schema);
const press = async (page, name) => {
	const button = page.getByRole("button", { name });
	await button.focus();
	await page.keyboard.press("Enter");
};

test("a day is planned without a mouse, one change is refused, and the rest is published and undone", async () => {
	const page = await owner();
	const was = board();
	await page.goto(url(c.host, `/routes?kind=day&day=${at}`));
	await page.getByRole("heading", { name: "Plan a day" }).waitFor();
	await sound(page, "the question");
	await press(page, "Plan this day");
	await page.getByRole("button", { name: "Review and publish" }).waitFor();
	assert.match(await page.locator(".gains").innerText(), /−[\d.]+ mi\s+of [\d.]+ mi that day/);
	assert.match(await page.locator(".gains").innerText(), /−.*driving, −\u2060?\$[\d.]+ of fuel/s);
	await page.locator(".route-stop").nth(20).waitFor();
	const changes = page.getByRole("region", { name: "Who changes, and why" });
	const boxes = changes.getByRole("checkbox");
	const all = await boxes.count();
	assert.ok(all >= 16, `${all} changes`);
	const name = (await boxes.first().getAttribute("aria-label")).replace("Take this change: ", "");
	await boxes.first().focus();
	await page.keyboard.press("Space");
	await page.getByText(`${all - 1} of ${all} taken`).waitFor();
	// The figures follow when the house has counted again.
	await page.waitForFunction((n) => document.querySelector(".gains .gain:last-child b")?.textContent === String(n), all - 1);
	assert.deepEqual(board(), was);
	await sound(page, "a planned day");
	await press(page, "Review and publish");
	await page.getByRole("dialog").waitFor();
	await sound(page, "the review");
	await page.keyboard.press("Enter");
	await page.getByText("Published.").first().waitFor();
	const now = board();
	const moved = now.filter(([id, tech]) => was.find(([x]) => x === id)[1] !== tech);
	assert.equal(moved.length, all - 1);
	const kept = sql(`SELECT v.tech_id FROM visit v JOIN customer c ON c.id = v.customer_id WHERE c.name = '${name}' AND v.day = '${at}' AND v.agreement_id IS NULL`, c.schema)[0][0];
	assert.equal(kept, was.find(([id]) => sql(`SELECT c.name FROM visit v JOIN customer c ON c.id = v.customer_id WHERE v.id = ${id}`, c.schema)[0][0] === name)[1]);
	await page.locator(".plan__right").getByRole("button", { name: "Undo" }).click();
	await page.getByText("Taken back.").waitFor();
	assert.deepEqual(board(), was);
	await page.context().close();
});

test("what changed since the plan was made is said, and planning again is one press", async () => {
	const page = await owner({ expected: /409/ });
	await page.goto(url(c.host, `/routes?kind=day&day=${at}`));
	await page.getByRole("button", { name: "Plan this day" }).click();
	await page.getByRole("button", { name: "Review and publish" }).waitFor();
	sql(`UPDATE visit SET minutes = 25, version = version + 1 WHERE id = ${homes[2].id + 5n}`, c.schema);
	await page.getByRole("button", { name: "Review and publish" }).click();
	await page.getByRole("button", { name: "Publish this day" }).click();
	const said = page.getByRole("alert");
	await said.getByText("Something in this plan changed since it was made.").waitFor();
	await said.getByRole("button", { name: "Plan again" }).click();
	await page.waitForURL(/plan=/);
	await page.getByRole("button", { name: "Review and publish" }).waitFor();
	await page.context().close();
});

test("a week is planned with its wishes, seen by day and by technician, at a desk, on a phone and in Spanish", async () => {
	const page = await owner({ size: { width: 1440, height: 900 } });
	await page.goto(url(c.host, "/routes?kind=week"));
	// "Keep the same technician": from a lot to a little, by keyboard.
	const slider = page.getByRole("slider", { name: /Keep the same technician/ });
	await slider.focus();
	for (let n = 0; n < 2; n++) await page.keyboard.press("ArrowLeft");
	assert.equal(await slider.getAttribute("aria-valuetext"), "a little");
	// The search may be over before anybody looks: its first news waits until the page has said that it searches.
	let said;
	const seen = new Promise((ok) => (said = ok));
	await page.route(/\/route-plans\/[^/]+\/state/, (r) => seen.then(() => r.continue()));
	await press(page, "Plan the week");
	await page.getByText("Looking for better routes").waitFor();
	said();
	await page.getByRole("button", { name: "Review and publish" }).waitFor({ timeout: 40_000 });
	await page.getByText("Hours a week").waitFor();
	assert.equal(await page.locator(".loads .shiftload").count(), 2);
	await sound(page, "a planned week");
	const stops = page.locator(".route-stop");
	await stops.first().waitFor();
	const everybody = await stops.count();
	await page.getByRole("button", { name: "Dale", exact: true }).click();
	await page.waitForFunction((n) => document.querySelectorAll(".route-stop").length < n, everybody);
	await page.getByRole("button", { name: "Dale", exact: true }).click();
	await page.getByRole("group", { name: "Day shown" }).getByRole("button", { name: "Mon" }).click();
	await page.waitForFunction((n) => document.querySelectorAll(".route-stop").length < n, everybody);
	await page.getByRole("button", { name: "Only changes" }).click();
	// One customer is locked: the plan is made anew and leaves that one alone.
	const first = page.locator(".change").first();
	const name = await first.locator(".change__name").innerText();
	const before = page.url();
	await first.hover();
	await first.getByRole("button", { name: "Never change" }).click();
	await page.waitForURL((u) => String(u) !== before);
	await page.getByRole("button", { name: "Review and publish" }).waitFor({ timeout: 40_000 });
	await page.getByText("1 customer is locked").waitFor();
	assert.equal(await page.locator(".change__name", { hasText: new RegExp(`^${name}$`) }).count(), 0);
	for (const options of [{ size: WIDTHS.phone }, { size: WIDTHS.phone, dark: true }, { size: { width: 1024, height: 768 } }, { size: { width: 1280, height: 800 }, spanish: true }, { size: { width: 1024, height: 768 }, spanish: true }, { size: WIDTHS.phone, spanish: true }]) {
		sql(`UPDATE staff SET language = '${options.spanish ? "es" : "en"}' WHERE email LIKE 'olga%'`, c.schema);
		const other = await owner(options);
		await other.goto(page.url());
		const publish = other.getByRole("button", { name: options.spanish ? "Revisar y publicar" : "Review and publish" });
		await publish.waitFor();
		// Longer words, and still all of the button is there to press.
		const { x, width } = await publish.boundingBox();
		assert.ok(x >= 0 && x + width <= options.size.width, `the button ends at ${x + width} of ${options.size.width}`);
		await sound(other, `a week at ${options.size.width}${options.dark ? ", at night" : ""}`);
		await other.context().close();
	}
	sql("UPDATE staff SET language = 'en'", c.schema);
	// Who only looks at the board does not plan.
	await page.getByRole("button", { name: "Review and publish" }).click();
	await page.getByRole("button", { name: /Publish, change \d+ now/ }).click();
	await page.locator(".plan__right").getByText("Published.").waitFor({ timeout: 40_000 });
	await page.locator(".plan__right").getByRole("button", { name: "Undo" }).click();
	await page.getByText("Taken back.").waitFor({ timeout: 40_000 });
	await page.context().close();
});

test("miles and fuel are read, and what fuel costs is changed", async () => {
	const page = await owner();
	await page.goto(url(c.host, `/routes/miles?from=${day(0)}&to=${at}`));
	await page.getByRole("cell", { name: "Dale Hutchins" }).waitFor();
	await sound(page, "miles");
	const cost = async () => page.locator("tfoot td").nth(4).innerText();
	const was = await cost();
	await page.getByLabel("Fuel price").fill("8.00");
	await page.getByRole("button", { name: "Save" }).click();
	await page.waitForFunction((t) => document.querySelectorAll("tfoot td")[4]?.textContent !== t, was);
	const other = await owner({ size: WIDTHS.phone, language: "es-MX" });
	await other.goto(url(c.host, `/routes/miles?from=${day(0)}&to=${at}`));
	await other.getByRole("cell", { name: "Dale Hutchins" }).waitFor();
	await sound(other, "miles on a phone");
	await page.context().close();
});

test("a new customer gets the best place of the next weeks with one press", async () => {
	const page = await owner();
	const fresh = homes[25];
	await page.goto(url(c.host, `/customers/${fresh.customer}`));
	await page.getByRole("button", { name: "Find the best day" }).click();
	const offer = page.locator(".fit").first();
	await offer.waitFor();
	assert.match(await offer.innerText(), /\+\d+ min/);
	await sound(page, "offers");
	await offer.getByRole("button", { name: /Give to/ }).click();
	await page.getByText("it is in the calendar").waitFor();
	const made = sql(`SELECT t.rule, t.tech_id FROM agreement g JOIN term t ON t.agreement_id = g.id WHERE g.customer_id = ${fresh.id}`, c.schema);
	assert.equal(made.length, 1);
	assert.match(made[0][0], /^FREQ=WEEKLY;BYDAY=/);
	await page.context().close();
});
