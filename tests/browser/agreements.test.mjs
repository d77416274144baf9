// What is promised: made in words, changed for one visit or from a day on, held, ended; the plan follows each time.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, sound, url, visit, WIDTHS } from "./harness.mjs";

let c, office, dana, tech;
const later = (from, n) => new Date(Date.parse(`${from}T00:00:00Z`) + n * 86400000).toISOString().slice(0, 10);
const next = (weekday, from = later(day(), 1)) => {
	while (new Date(`${from}T00:00:00Z`).getUTCDay() !== weekday) from = later(from, 1);
	return from;
};
const weekdayOf = (day) => new Date(`${day}T00:00:00Z`).getUTCDay();
const agreements = async () => granted(await office.get(`/api/office/agreements?customer_id=${dana.id}`)).rows;
const plan = async (a) => granted(await office.get(`/api/office/agreements/${a.id}/visits`)).rows.filter((v) => v.state === "scheduled");

before(async () => {
	c = await company();
	const people = await crew(c, ["technician"]);
	tech = people.technician;
	office = c.owner.visitor;
	granted(await office.post("/api/office/standard-services", {}), 201);
	dana = granted(await office.post("/api/office/customers", {
		name: "Dana Whitfield", kind: "person", email: "", phone: "", language: "en", source: "", external_id: "",
		street: "6418 E Sunnyslope Ln", city: "Paradise Valley", region: "AZ", postcode: "85253", with_pool: true,
	}), 201).customer;
	const [place] = dana.properties;
	granted(await office.put(`/api/office/properties/${place.id}`, {
		name: "", street: place.street, city: place.city, region: "AZ", postcode: "85253", lat_e6: null, lng_e6: null, key_no: "", dogs: "", hazards: "",
		parking: "", like_days: [], not_days: ["friday"], from_minute: null, to_minute: null, text_before: false, same_tech: false, usual_tech_id: null,
		never_techs: [], no_chemicals: [], own: [], version: place.version,
	}));
});
const owner = async (options) => as(await visit(options), c.owner);
const record = (page, more = "") => page.goto(url(c.host, `/customers/${dana.id}${more}`));
const money = /\$165\.00 a month, chemicals extra/;

test("every other week is promised in words, with its next days; a day they do not want is asked about", async () => {
	const page = await owner({ expected: /422/ });
	await record(page);
	await page.getByRole("button", { name: "Promise a service" }).click();
	const panel = page.getByRole("complementary", { name: "Promise a service" });
	await panel.getByLabel("How often").selectOption("2");
	await panel.getByRole("button", { name: "Promise it" }).click();
	await panel.getByRole("alert").getByText("Choose at least one day.").waitFor();
	await panel.getByRole("group", { name: "On" }).getByRole("button", { name: "Fri" }).click();
	const days = panel.getByRole("status", { name: "Next visits" });
	await days.getByText(/Fri, /).first().waitFor();
	const first = await days.getByText(/Fri, /).first().textContent();
	await panel.getByRole("button", { name: /^B, from|^A, from/ }).and(panel.locator("[aria-pressed=false]")).first().click();
	await days.getByText(first).waitFor({ state: "detached" });
	await panel.getByLabel("Technician").selectOption(tech.id);
	await panel.getByRole("button", { name: "Chemicals extra" }).click();
	await panel.getByLabel("Rate a month").fill("165");
	await sound(page, "a promise");
	await panel.getByRole("button", { name: "Promise it" }).click();
	await panel.getByRole("button", { name: "Do it anyway" }).waitFor();
	await sound(page, "a wish stands against it");
	await panel.getByRole("group", { name: "On" }).getByRole("button", { name: "Fri" }).click();
	await panel.getByRole("group", { name: "On" }).getByRole("button", { name: "Tue" }).click();
	await panel.getByRole("button", { name: "Promise it" }).click();
	await page.getByText("Every other week: Tuesday").waitFor();
	await page.getByText(money).waitFor();
	await page.getByText("On a route").waitFor();
	const [a] = await agreements();
	const days_made = (await plan(a)).map((v) => v.day);
	assert.ok(days_made.length >= 4 && days_made.every((d) => weekdayOf(d) === 2), days_made.join());
	assert.equal((Date.parse(days_made[1]) - Date.parse(days_made[0])) / 86400000, 14);
	await page.context().close();
});

test("one visit is moved and the others stay; the same edit from now on moves all of them", async () => {
	const page = await owner();
	const [a] = await agreements();
	const was = await plan(a);
	await record(page);
	await page.getByRole("button", { name: /^Change Full service/ }).click();
	const panel = page.getByRole("complementary", { name: "Agreement" });
	await panel.getByRole("button", { name: "Only this visit" }).click();
	await panel.getByRole("listitem").getByRole("button").nth(1).click();
	const one = page.getByRole("complementary", { name: "Dana Whitfield" });
	await one.getByLabel("Day").fill(later(was[1].day, 1));
	await one.getByRole("button", { name: "Save" }).click();
	await page.getByText(/Dana Whitfield is on Wed/).waitFor();
	assert.deepEqual((await plan(a)).map((v) => v.day), was.map((v, i) => (i === 1 ? later(v.day, 1) : v.day)));
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText(/is back where it was/).waitFor();
	assert.deepEqual((await plan(a)).map((v) => v.day), was.map((v) => v.day));

	await record(page, `?edit=agreement:${a.id}`);
	await panel.getByRole("button", { name: "Only this visit" }).click();
	await panel.getByRole("listitem").getByRole("button").nth(2).click();
	await one.getByRole("button", { name: "From now on" }).click();
	await one.getByLabel("Day").fill(later(was[2].day, 2));
	await one.getByRole("button", { name: "Change from now on" }).click();
	await page.getByText(/is moved from Thu/).waitFor();
	const now = await plan(a);
	assert.deepEqual(now.map((v) => weekdayOf(v.day)), [2, 2, ...now.slice(2).map(() => 4)]);
	assert.ok(now.length > 3);
	await page.context().close();
});

test("weekly from a day on, held over a holiday, and ended; nothing before is touched", async () => {
	const page = await owner();
	const [a] = await agreements();
	const was = await plan(a);
	await record(page, `?edit=agreement:${a.id}`);
	const panel = page.getByRole("complementary", { name: "Agreement" });
	const from = next(1, later(was[1].day, 1));
	await panel.getByLabel("From this day on").fill(from);
	await panel.getByLabel("How often").selectOption("1");
	const days = panel.getByRole("group", { name: "On" });
	for (const pressed of await days.locator("[aria-pressed=true]").all()) await pressed.click();
	await days.getByRole("button", { name: "Mon" }).click();
	await days.getByRole("button", { name: "Thu" }).click();
	await sound(page, "other terms");
	await panel.getByRole("button", { name: /^Change from/ }).click();
	await page.getByText(/Every Monday and Thursday/).waitFor();
	const now = await plan(a);
	assert.deepEqual(now.slice(0, 2).map((v) => v.day), was.slice(0, 2).map((v) => v.day));
	assert.ok(now.filter((v) => v.day >= from && !v.by_hand).every((v) => [1, 4].includes(weekdayOf(v.day))));

	await page.getByRole("button", { name: /^Change Full service/ }).click();
	await panel.getByRole("button", { name: "More about this agreement" }).click();
	await page.getByRole("menuitem", { name: "Hold it for a while" }).click();
	await panel.getByLabel("First day").fill(later(from, 1));
	await panel.getByLabel("Last day").fill(later(from, 13));
	await sound(page, "a hold");
	await panel.getByRole("button", { name: "Hold it for a while" }).click();
	await page.getByText(/On hold from .* to /).waitFor();
	assert.equal((await plan(a)).filter((v) => v.day > from && v.day <= later(from, 13)).length, 0);
	await page.getByRole("button", { name: /^Change Full service/ }).click();
	await panel.getByRole("button", { name: "Take back" }).click();
	await page.getByText("The hold is taken back.").waitFor();
	assert.ok((await plan(a)).some((v) => v.day > from && v.day <= later(from, 13)));

	await panel.getByRole("button", { name: "More about this agreement" }).click();
	await page.getByRole("menuitem", { name: "End the agreement" }).click();
	await panel.getByLabel("Last day").fill(from);
	await panel.getByRole("button", { name: /^End with/ }).click();
	await page.getByText(/It ends with/).waitFor();
	assert.ok((await plan(a)).every((v) => v.day <= from));
	await page.context().close();
});

test("an agreement is sound on a phone by night and in Spanish", async () => {
	const page = await owner({ size: WIDTHS.phone, dark: true });
	const [a] = await agreements();
	await record(page, `?edit=agreement:${a.id}`);
	await page.getByLabel("From this day on").waitFor();
	await sound(page, "an agreement on a phone");
	await record(page, `?edit=agreement-new:${dana.properties[0].id}`);
	await page.getByLabel("How often").selectOption("month");
	await page.getByText("Next visits").waitFor();
	await sound(page, "a promise on a phone");
	await page.context().close();
});
