// The calendar: carried by mouse and by keys, once or from now on; made by hand, skipped; the month; a storm; a phone.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, sound, sql, url, visit, WIDTHS } from "./harness.mjs";
import { fullWeek } from "./full.mjs";

let c, office, tom, rosa, level;
const names = ["Ana Abbott", "Ben Bautista", "Carmen Castro", "Dale Dunn"];
const customers = [];
const later = (from, n) => new Date(Date.parse(`${from}T00:00:00Z`) + n * 86400000).toISOString().slice(0, 10);
/** The Monday after next Sunday: a whole week that lies ahead. */
const monday = (() => {
	let d = later(day(), 1);
	while (new Date(`${d}T00:00:00Z`).getUTCDay() !== 1) d = later(d, 1);
	return d;
})();
const visits = async (from = monday, n = 6) => granted(await office.get(`/api/office/visits?from=${from}&to=${later(from, n)}`)).rows;
const of = async (name, from, n) => (await visits(from, n)).filter((v) => v.customer === name);

before(async () => {
	c = await company();
	office = c.owner.visitor;
	tom = (await crew(c, ["technician"])).technician;
	rosa = (await crew(c, ["technician"])).technician;
	for (const [i, who] of [tom, rosa].entries()) {
		let work = granted(await office.get(`/api/office/staff/${who.id}/work`));
		work = granted(await office.put(`/api/office/staff/${who.id}/work`, { phone: "", colour: i + 1, vehicle: "", start_address: "", end_address: "", version: work.version }));
		granted(await office.put(`/api/office/staff/${who.id}/hours`, { from_day: "2026-01-01", version: work.version,
			rows: ["monday", "tuesday", "wednesday", "thursday", "friday"].map((weekday) => ({ weekday, from_minute: 480, to_minute: 540 })) }));
	}
	sql(`UPDATE staff SET name = 'Tom Begay' WHERE colour = 1; UPDATE staff SET name = 'Rosa Vega' WHERE colour = 2`, c.schema);
	level = granted(await office.post("/api/office/standard-services", {}), 201).rows.find((s) => s.name === "Full service");
	for (const [i, name] of names.entries()) {
		const made = granted(await office.post("/api/office/customers", { name, kind: "person", email: "", phone: "", language: "en", source: "", external_id: "",
			street: `${i + 1} Palm Way`, city: "Mesa", region: "AZ", postcode: "", with_pool: true }), 201).customer;
		customers.push(made);
		granted(await office.post("/api/office/agreements", { property_id: made.properties[0].id, repeats: "calendar", starts_day: day(),
			term: { rule: "FREQ=WEEKLY;BYDAY=MO", service_id: level.id, tech_id: tom.id, seq: (i + 1) * 10, rate_kind: "month", with_chemicals: true, rate_cents: 15000, skip_policy: "billed" } }), 201);
	}
});
const owner = async (options) => as(await visit(options), c.owner);
const week = async (page, more = "") => {
	await page.goto(url(c.host, `/schedule?day=${monday}${more}`));
	await page.getByRole("heading", { level: 1 }).waitFor();
};
const stop = (page, name) => page.locator("[data-stop]", { hasText: name });
const cell = (page, day, who) => page.locator(`[data-cell="${day}:${who?.id ?? ""}"]`);

test("a stop is dragged to another day and person once, and taken back", async () => {
	const page = await owner();
	await week(page);
	await stop(page, "Ana Abbott").waitFor();
	/* Four half hours in one hour: an hour is over. */
	await cell(page, monday, tom).getByText("1:00 over").waitFor();
	await sound(page, "the week");
	await stop(page, "Ana Abbott").dragTo(cell(page, later(monday, 1), rosa));
	const ask = page.getByRole("dialog");
	await ask.getByText("Rosa Vega").waitFor();
	await sound(page, "once or from now on");
	await ask.getByRole("button", { name: "Only this visit" }).click();
	await page.getByText(/Ana Abbott is on Tue/).waitFor();
	await cell(page, later(monday, 1), rosa).locator("[data-stop]").waitFor();
	assert.deepEqual((await of("Ana Abbott", monday, 13)).map((v) => [v.day, v.tech_id]), [[later(monday, 1), rosa.id], [later(monday, 7), tom.id]]);
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText(/is back where it was/).waitFor();
	assert.deepEqual((await of("Ana Abbott")).map((v) => [v.day, v.tech_id]), [[monday, tom.id]]);
	await page.context().close();
});

test("by keys alone a stop moves from now on, and those after it follow", async () => {
	const page = await owner();
	await week(page);
	await stop(page, "Ben Bautista").focus();
	await page.keyboard.press("ArrowDown");
	assert.match(await page.evaluate(() => document.activeElement.textContent), /Carmen|Dale|Ana/);
	await stop(page, "Ben Bautista").focus();
	await page.keyboard.press("m");
	await page.keyboard.press("ArrowRight");
	await page.keyboard.press("ArrowRight");
	await page.getByRole("status").getByText(/Moving Ben Bautista: Wed.*Tom Begay/).waitFor();
	await page.keyboard.press("Escape");
	assert.equal(await page.getByRole("dialog").count(), 0);
	await page.keyboard.press("m");
	await page.keyboard.press("ArrowRight");
	await page.keyboard.press("Enter");
	await page.getByRole("dialog").getByText("Move Ben Bautista?").waitFor();
	await page.keyboard.press("Shift+Tab");
	await page.keyboard.press("Enter");
	await page.getByText(/Ben Bautista is moved from Tue/).waitFor();
	assert.deepEqual((await of("Ben Bautista", monday, 20)).map((v) => v.day), [1, 8, 15].map((n) => later(monday, n)));
	await page.context().close();
});

test("time off stands against a move, with its reason and a way past it", async () => {
	const page = await owner({ expected: /422/ });
	granted(await office.post(`/api/office/staff/${rosa.id}/time-off`, { from_day: later(monday, 2), to_day: later(monday, 2), reason: "Dentist" }), 201);
	await week(page);
	await cell(page, later(monday, 2), rosa).getByText("Time off: Dentist").waitFor();
	await stop(page, "Carmen Castro").dragTo(cell(page, later(monday, 2), rosa));
	const ask = page.getByRole("dialog");
	await ask.getByRole("button", { name: "Only this visit" }).click();
	await ask.getByRole("alert").getByText(/Rosa Vega.*Choose once more/).waitFor();
	await ask.getByRole("button", { name: "Only this visit" }).click();
	await page.getByText(/Carmen Castro is on Wed/).waitFor();
	assert.deepEqual((await of("Carmen Castro")).map((v) => [v.day, v.tech_id]), [[later(monday, 2), rosa.id]]);
	await page.context().close();
});

test("a visit is planned by hand with the keyboard, stays nobody's, is skipped and done after all", async () => {
	const page = await owner();
	await week(page);
	await page.keyboard.press("n");
	const panel = page.getByRole("complementary", { name: "New visit" });
	await page.waitForFunction(() => document.activeElement?.type === "search");
	await page.keyboard.type("dale d");
	await page.keyboard.press("Enter"); // the best of what will be found
	await panel.getByText("Dale Dunn").waitFor();
	await panel.getByRole("searchbox").waitFor({ state: "detached" });
	await panel.getByLabel("Service").selectOption({ label: "Leak search" });
	await panel.getByLabel("Note for this visit").fill("Wet patch by the pump");
	await sound(page, "a new visit");
	await panel.getByRole("button", { name: "Plan it" }).click();
	await page.getByText(/Dale Dunn is planned on Mon/).waitFor();
	await cell(page, monday, null).locator("[data-stop]").click();
	const one = page.getByRole("complementary", { name: "Dale Dunn" });
	assert.equal(await one.getByRole("button", { name: "From now on" }).count(), 0, "it belongs to no agreement");
	await one.getByRole("button", { name: "Skip" }).click();
	await one.getByRole("button", { name: "The customer asked" }).click();
	await sound(page, "skipping");
	await one.getByRole("button", { name: "Skip" }).click();
	await page.getByText(/Dale Dunn is skipped/).waitFor();
	assert.ok((await of("Dale Dunn")).some((v) => v.state === "skipped" && v.skip_reason === "The customer asked"));
	await cell(page, monday, null).locator("[data-stop]").click();
	await one.getByRole("button", { name: "Do it after all" }).click();
	await page.getByText(/Dale Dunn is planned again/).waitFor();
	// From the record it begins with whose it is.
	await page.goto(url(c.host, `/customers/${customers[1].id}`));
	await page.getByRole("button", { name: "Add a job" }).click();
	await panel.getByText("Ben Bautista").waitFor();
	await page.context().close();
});

test("a filter leaves what is looked for; the month tells how full its days are and opens one", async () => {
	const page = await owner();
	await week(page);
	await page.getByLabel("Find a stop").fill("palm carmen");
	await stop(page, "Dale Dunn").first().waitFor({ state: "detached" });
	assert.equal(await page.locator("[data-stop]").count(), 1);
	await page.getByRole("button", { name: "Show all" }).click();
	await page.getByRole("button", { name: "Month" }).click();
	const day = page.locator(".month__head", { hasText: /stops?$/ }).first();
	await day.waitFor();
	await sound(page, "the month");
	await page.getByLabel("Technician").selectOption(tom.id);
	await stop(page, "Ana Abbott").first().waitFor();
	await sound(page, "one person's month");
	/* Carried by the keys as in the week: a day on, and a week there and back (a month of six rows has no row below its last). */
	const first = new Date(`${monday.slice(0, 8)}01T00:00:00Z`);
	const last = (new Date(`${monday}T00:00:00Z`) - first) / 86400000 + ((first.getUTCDay() + 6) % 7) >= 35;
	const ana = (await of("Ana Abbott")).find((v) => v.day === monday);
	await page.locator(`[data-stop="${ana.id}"]`).focus();
	for (const key of ["m", "ArrowRight", ...(last ? ["ArrowUp", "ArrowDown"] : ["ArrowDown", "ArrowUp"])]) await page.keyboard.press(key);
	await page.getByRole("status").getByText(/Moving Ana Abbott: Tue.*Tom Begay/).waitFor();
	await page.keyboard.press("Enter");
	await page.getByRole("dialog").getByRole("button", { name: "Only this visit" }).click();
	await page.getByText(/Ana Abbott is on Tue/).waitFor();
	assert.deepEqual((await of("Ana Abbott")).map((v) => [v.day, v.tech_id]), [[later(monday, 1), tom.id]]);
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText(/is back where it was/).waitFor();
	await page.locator(".month__head", { hasText: /stops?$/ }).first().click();
	await page.getByRole("complementary").getByText("Tom Begay").waitFor();
	await page.context().close();
});

test("a storm: what would move is seen, moved as one, and taken back as one", async () => {
	const page = await owner();
	const was = (await visits(monday, 13)).map((v) => [v.id, v.day, v.tech_id]);
	await page.goto(url(c.host, `/schedule/shift?from=${monday}`));
	await page.getByRole("heading", { level: 1, name: "Move many" }).waitFor();
	await page.getByLabel("How far").selectOption("7");
	await page.getByRole("button", { name: "See what would happen" }).click();
	await page.getByRole("region", { name: "Effect on hours" }).getByText("Tom Begay").first().waitFor();
	await page.getByText(/0:30 over|1:00 over|1:30 over/).first().waitFor();
	await sound(page, "a look before the storm");
	assert.deepEqual((await visits(monday, 13)).map((v) => [v.id, v.day, v.tech_id]), was, "looking moves nothing");
	await page.getByRole("button", { name: /^Move \d/ }).click();
	await page.getByText(/visits are moved\./).waitFor();
	assert.equal((await visits(monday, 0)).filter((v) => v.state === "scheduled").length, 0);
	await page.getByRole("button", { name: "Take it back" }).click();
	await page.getByText("Everything is back where it was.").waitFor();
	assert.deepEqual((await visits(monday, 13)).map((v) => [v.id, v.day, v.tech_id]).sort(), was.sort());
	await page.context().close();
});

test("on a phone the day is a list; by night and in Spanish it is sound as well", async () => {
	const page = await owner({ size: WIDTHS.phone, dark: true });
	await week(page);
	await stop(page, "Ana Abbott").waitFor();
	await sound(page, "the list of a day");
	await page.getByRole("group", { name: "The week by person and day" }).getByRole("button").nth(2).click();
	await stop(page, "Carmen Castro").click();
	await page.getByRole("complementary", { name: "Carmen Castro" }).waitFor();
	await sound(page, "a visit on a phone");
	await page.goto(url(c.host, `/schedule/shift?from=${monday}`));
	await page.getByRole("button", { name: "See what would happen" }).click();
	await page.getByRole("region", { name: "Effect on hours" }).waitFor();
	await sound(page, "a storm on a phone");
	await page.goto(url(c.host, `/schedule?day=${monday}&view=month`));
	await page.locator(".month__head").first().waitFor();
	await sound(page, "a month on a phone");
	await page.context().close();
	const desk = await owner({ dark: true, size: { width: 1024, height: 768 } });
	await week(desk);
	await desk.keyboard.press("/");
	await desk.getByRole("combobox", { name: "Find or do anything" }).fill("español");
	await desk.keyboard.press("Enter");
	await desk.getByText("Sin asignar").first().waitFor();
	await sound(desk, "the week in Spanish");
	await desk.context().close();
});

test("eight people with twenty-five stops a day stay readable", async () => {
	const big = await company();
	fullWeek(big.schema, monday);
	const page = await as(await visit(), big.owner);
	await page.goto(url(big.host, "/"));
	await page.getByRole("heading", { level: 1 }).waitFor();
	await page.goto(url(big.host, `/schedule?day=${monday}`));
	await page.getByText("25 stops").first().waitFor();
	assert.equal(await page.locator("[data-stop]").count(), 0, "folded: figures first");
	const rows = await page.locator("tbody tr").evaluateAll((all) => all.map((r) => r.getBoundingClientRect().bottom));
	assert.ok(rows.at(-1) <= 800, `eight rows fit on the page: ${rows.at(-1)}`);
	await page.getByRole("button", { name: "Stops", exact: true }).click();
	await page.waitForFunction(() => document.querySelectorAll("[data-stop]").length === 1200);
	await page.getByLabel("Find a stop").fill("number 1199");
	await page.waitForFunction(() => document.querySelectorAll("[data-stop]").length < 20);
	await page.context().close();
});
