// Technicians in the plan: colour, hours, time off, certificates that expire, the secret calendar; and that all of it is obeyed.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, instant, sound, sql, url, visit, WIDTHS, write } from "./harness.mjs";

let c, office, tom;
const later = (from, n) => new Date(Date.parse(`${from}T00:00:00Z`) + n * 86400000).toISOString().slice(0, 10);
const work = async () => granted(await office.get(`/api/office/staff/${tom.id}/work`));

before(async () => {
	c = await company();
	office = c.owner.visitor;
	tom = (await crew(c, ["technician"])).technician;
	const line = granted(await office.get(`/api/office/staff/${tom.id}`));
	granted(await office.put(`/api/office/staff/${tom.id}`, { name: "Tom Begay", role: line.role, version: line.version }));
	granted(await office.post("/api/office/skills", { name: "CPO" }), 201);
});
const owner = async (options) => as(await visit(options), c.owner);
const page_of = async (page) => {
	await page.goto(url(c.host, `/technicians/${tom.id}`));
	await page.getByRole("heading", { level: 1, name: "Tom Begay" }).waitFor();
};
const part = (page, name) => page.getByRole("region", { name, exact: true });

test("a technician gets a colour, a truck and places; a place that is none is said at its field", async () => {
	const page = await owner();
	await page.goto(url(c.host, "/staff"));
	await page.getByRole("link", { name: "Technicians" }).click();
	await page.getByRole("link", { name: /Tom Begay/ }).click();
	await page.getByRole("heading", { level: 1, name: "Tom Begay" }).waitFor();
	const profile = part(page, "In the plan");
	await profile.getByText("Colour 5").locator("xpath=..").click();
	await profile.getByLabel("Vehicle").fill("Truck 7");
	const start = profile.getByRole("textbox", { name: "The day starts at" });
	await start.fill("95.4484, -112.0740");
	await profile.getByRole("button", { name: "Save" }).click();
	await profile.getByText("Write an address, or a place as 33.4484, -112.0740.").waitFor();
	// An address is kept as it is said; a pin says where that is, when no map knows it.
	await start.fill("12 Yard Rd, Phoenix");
	await profile.getByRole("button", { name: "Save" }).click();
	await page.getByText("Saved.").waitFor();
	await profile.getByText("If it is not found, set the pin.").waitFor();
	assert.deepEqual([(await work()).start_address, (await work()).end_address, (await work()).start_lat_e6], ["12 Yard Rd, Phoenix", "12 Yard Rd, Phoenix", null]);
	await profile.getByRole("button", { name: "The day starts at: set on the map" }).click();
	// This map has no streets, and nothing is known to find the yard by: its coordinates put the pin, keys move it.
	await profile.getByText("Nothing here to find the place by.").waitFor();
	await sound(page, "a map with nothing on it");
	const coordinates = profile.getByRole("textbox", { name: "Coordinates: latitude, longitude" });
	await coordinates.fill("33.4484, -112.0740");
	await coordinates.press("Enter");
	await profile.locator(".pinmap__pin").waitFor();
	await profile.getByRole("button", { name: "Two meters north" }).click();
	await write(page, () => profile.getByRole("button", { name: "Save" }).click());
	await profile.getByText("An address, or a place as a map copies it").waitFor();
	assert.deepEqual([(await work()).start_address, (await work()).start_lat_e6, (await work()).end_lng_e6], ["12 Yard Rd, Phoenix", 33448418, -112074000]);
	await start.fill("33.4484, -112.0740");
	await sound(page, "a technician");
	await write(page, () => profile.getByRole("button", { name: "Save" }).click());
	const now = await work();
	assert.deepEqual([now.colour, now.vehicle, now.start_lat_e6, now.end_lng_e6], [5, "Truck 7", 33448400, -112074000]);
	await page.context().close();
});

test("hours of the week with a second shift, and time off, come and go", async () => {
	const page = await owner();
	await page_of(page);
	const hours = part(page, "Working hours");
	await hours.getByText("Nobody has said when this person works").waitFor();
	await hours.getByLabel("Monday", { exact: true }).check();
	await hours.getByLabel("Monday from").fill("08:00");
	await hours.getByLabel("Monday to").fill("07:00");
	await hours.getByRole("button", { name: "Save" }).click();
	await hours.getByRole("alert").getByText("Monday: the end is before the beginning.").waitFor();
	await hours.getByLabel("Monday to").fill("15:00");
	await hours.getByRole("button", { name: "Monday's for all five days" }).click();
	await hours.getByRole("button", { name: "Second shift on Friday" }).click();
	await hours.getByText("37:00 hours a week").waitFor();
	await hours.getByRole("button", { name: "Save" }).click();
	await page.getByText("Saved.").waitFor();
	assert.equal((await work()).hours.length, 6);
	const off = part(page, "Time off");
	await off.getByLabel("First day").fill(later(day(), 10));
	await off.getByLabel("Last day").fill(later(day(), 12));
	await off.getByLabel("Reason").fill("Holiday in Sonora");
	await off.getByRole("button", { name: "Add time off" }).click();
	await off.getByText("Holiday in Sonora").waitFor();
	assert.deepEqual((await work()).off.map((o) => [o.from_day, o.to_day]), [[later(day(), 10), later(day(), 12)]]);
	await off.getByRole("button", { name: /^Take back/ }).click();
	await off.getByText("None ahead.").waitFor();
	await page.context().close();
});

test("a certificate that has expired is said, and keeps a visit from being given, with the reason", async () => {
	const page = await owner({ expected: /422/ });
	await page_of(page);
	const skills = part(page, "Skills and certificates");
	await skills.getByLabel("Add").selectOption({ label: "CPO" });
	await skills.getByRole("button", { name: "Add" }).click();
	await skills.getByLabel("Certificate number").fill("CPO-4711");
	await skills.getByLabel("Last day it holds").fill(later(day(), -3));
	await skills.getByRole("button", { name: "Save" }).click();
	await page.getByText(/^CPO expired/).first().waitFor();
	await sound(page, "an expired certificate");
	await page.goto(url(c.host, "/technicians"));
	await page.getByRole("row", { name: /Tom Begay/ }).getByText(/^CPO expired/).waitFor();
	const [skill] = granted(await office.get("/api/office/skills")).rows;
	granted(await office.post("/api/office/services", { name: "Public pool", kind: "job", minutes: 60, pay_code: "", price_cents: 0, skills: [{ skill_id: skill.id }], checklist: [], parts: [], instructions: "" }), 201);
	granted(await office.post("/api/office/customers", { name: "Saguaro HOA", kind: "business", email: "", phone: "", language: "en", source: "", external_id: "", street: "1 Ridge", city: "Mesa", region: "AZ", postcode: "", with_pool: true }), 201);
	let wednesday = day(1);
	while (new Date(`${wednesday}T00:00:00Z`).getUTCDay() !== 3) wednesday = later(wednesday, 1);
	await page.goto(url(c.host, `/schedule?day=${wednesday}&new=${wednesday}:${tom.id}`));
	const panel = page.getByRole("complementary", { name: "New visit" });
	await panel.getByLabel("Customer").fill("saguaro");
	await panel.getByRole("button", { name: /Saguaro HOA/ }).click();
	await panel.getByRole("button", { name: "Plan it" }).click();
	await panel.getByRole("alert").getByText(/CPO/).waitFor();
	await panel.getByRole("button", { name: "Do it anyway" }).click();
	await page.getByText(/Saguaro HOA is planned/).waitFor();
	await page.context().close();
});

test("the secret calendar is shown once, copied, and ended", async () => {
	const page = await owner();
	await page_of(page);
	const feed = part(page, "Calendar on the phone");
	await feed.getByRole("button", { name: "Make an address" }).click();
	const address = await feed.getByLabel("Address").inputValue();
	const path = address.slice(address.indexOf("/api/"));
	assert.equal((await office.get(path)).status, 200);
	await page.reload();
	await feed.getByText(/It is not shown again/).waitFor();
	assert.equal(await feed.getByLabel("Address").count(), 0);
	await feed.getByRole("button", { name: "End it" }).click();
	await feed.getByText("No address has been made.").waitFor();
	assert.equal((await office.get(path)).status, 404);
	await page.context().close();
});

test("who worked how long is seen, and a time that nobody ended is put right", async () => {
	sql(`INSERT INTO clock (id, staff_id, day, kind, from_at) SELECT 4711, id, '${day(-1)}', 1, ${instant(day(-1), 420)} FROM staff WHERE email = '${tom.email}'`, c.schema);
	const page = await owner();
	await page.goto(url(c.host, "/technicians"));
	await page.getByRole("link", { name: "Hours" }).click();
	if (new Date(`${day()}T00:00:00Z`).getUTCDay() === 1) await page.getByRole("button", { name: "The week before" }).click(); // yesterday was last week's
	await page.getByText("forgot to clock out").first().waitFor();
	await page.getByRole("button", { name: "Tom Begay" }).click();
	await page.getByRole("button", { name: /since 7:00 AM: change/ }).click();
	const dialog = page.getByRole("dialog", { name: /Tom Begay at work/ });
	await dialog.getByRole("button", { name: "Save" }).click();
	await dialog.getByText("When was it?").waitFor();
	await dialog.getByLabel("Until").fill("15:30");
	await dialog.getByRole("button", { name: "Save" }).click();
	await page.getByRole("button", { name: /7:00 AM – 3:30 PM: change/ }).waitFor();
	await page.getByRole("row", { name: /^Tom Begay 8:30 0:00/ }).waitFor();
	await sound(page, "hours of work");
	await page.context().close();
});

test("technicians are sound on a phone by night", async () => {
	const page = await owner({ size: WIDTHS.phone, dark: true });
	await page_of(page);
	await sound(page, "a technician on a phone");
	await page.goto(url(c.host, "/technicians"));
	await page.getByRole("link", { name: /Tom Begay/ }).waitFor();
	await sound(page, "technicians on a phone");
	await page.goto(url(c.host, "/technicians/times"));
	await page.getByRole("heading", { level: 1 }).waitFor();
	await sound(page, "hours on a phone");
	await page.context().close();
});
