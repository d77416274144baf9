// What wants a look, with a mouse, keys and a finger: the late day planned anew, the map, alerts answered and closed, the
// rules, a missing part; and a push to an app that is closed.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, sound, sql, until, url, visit, WIDTHS, write } from "./harness.mjs";
import { letters, Phone } from "../house/phone.mjs";

const D = day(2);
let c, people, level, places, phone, job;
const plan = async (over = {}) => (await c.owner.visitor.post("/api/office/visits", { property_id: places[0], service_id: level.id, day: D, note: "", anyway: true, ...over })).body;

before(async () => {
	c = await company();
	people = await crew(c, ["technician", "dispatcher"]);
	people.second = (await crew(c, ["technician"])).technician;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES
		${[1, 2, 3, 4].map((n) => `(${at + BigInt(n)}, ${at}, '${n} South St', 'Mesa', 'AZ', '85201', ${33400000 + n * 9000}, -111800000)`).join(", ")};
		UPDATE staff SET name = 'Ana Reyes', colour = 1, start_lat_e6 = 33401000, start_lng_e6 = -111800000 WHERE email = '${people.technician.email}';
		UPDATE staff SET name = 'Tom Berg', colour = 3, start_lat_e6 = 33431000, start_lng_e6 = -111800000 WHERE email = '${people.second.email}'`, c.schema);
	places = [1n, 2n, 3n, 4n].map((n) => letters(at + n));
	[level] = (await c.owner.visitor.post("/api/office/standard-services", {})).body.rows;
	phone = new Phone(people.technician.visitor);
	job = await plan({ day: day(0), tech_id: people.technician.id });
});

test("who will miss a window is named, the rest of the day is planned anew by one click, and taken back", async () => {
	for (const property_id of places) await plan({ property_id, tech_id: people.technician.id, minutes: 60, to_minute: 600 });
	const page = await as(await visit(), people.dispatcher);
	await page.goto(url(c.host, `/board?day=${D}`));
	const late = page.getByRole("region", { name: "Who will miss a window" });
	await late.getByText(/stops? will miss/).waitFor();
	await page.getByRole("button", { name: "Map", exact: true }).click();
	await page.locator(".route-stop--late").first().waitFor();
	await sound(page, "a late day with its map");
	await late.getByRole("button", { name: "Plan the rest anew" }).click();
	await page.getByRole("dialog").getByText(/→ Tom Berg/).first().waitFor();
	await sound(page, "a plan that is offered");
	await page.getByRole("button", { name: /^Take it/ }).click();
	await page.getByText("The day was planned anew.").waitFor();
	await late.waitFor({ state: "detached" });
	await page.getByRole("button", { name: "Undo" }).click();
	await late.getByText(/stops? will miss/).waitFor();
});

test("an alert is answered, closed and opened again; a missing part has ways out", async () => {
	await phone.say("problem", null, { text: "The map is slow." });
	await phone.say("missing_part", job.id, { text: "O-ring." });
	const page = await as(await visit(), people.dispatcher);
	await page.goto(url(c.host, "/alerts"));
	const report = page.getByRole("listitem").filter({ hasText: "The map is slow." });
	await report.getByRole("button", { name: "Answer" }).click();
	await report.locator("textarea:focus").waitFor();
	await report.getByLabel("To Ana Reyes").fill("We know. A new version comes.");
	await report.getByRole("button", { name: "Send the answer" }).click();
	await report.getByText("We know. A new version comes.").waitFor();
	await report.getByRole("button", { name: "Seen to" }).click();
	await report.waitFor({ state: "detached" });
	await page.getByRole("button", { name: "Undo" }).click();
	await report.waitFor();
	await sound(page, "alerts");
	await page.getByRole("button", { name: "What now?" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByText("No van has it").waitFor();
	await sound(page, "ways out of a missing part");
	await dialog.getByRole("button", { name: "Fetch", exact: true }).click();
	await page.getByText(/^Rosa Ruiz: /).waitFor();
	await page.goto(url(c.host, `/board?day=${job.day}`));
	await page.locator(`[data-job="${job.id}"]`).click();
	const panel = page.getByRole("complementary", { name: "Rosa Ruiz" });
	await panel.getByText(/^First the supply house.*O-ring\.$/).waitFor();
	await sound(page, "a job with a supply stop");
	await panel.getByRole("button", { name: "Not needed" }).click();
	await page.getByText("Rosa Ruiz: no supply stop any more").waitFor();
	await page.getByRole("button", { name: "Undo" }).click();
	await panel.getByRole("button", { name: "They have it" }).waitFor();
	await page.goto(url(c.host, "/alerts"));
	await page.getByRole("link", { name: "Seen to" }).click();
	await page.getByText("O-ring.").waitFor();
});

test("the technician reads the answer", async () => {
	const page = await as(await visit({ size: WIDTHS.phone }), people.technician);
	await page.goto(url(c.host, "/tech/"));
	await page.getByRole("link", { name: "Messages 1 not read" }).click();
	await page.getByText("We know. A new version comes.").waitFor();
	await page.getByText("Missing part, Rosa Ruiz").waitFor();
	await page.getByRole("link", { name: /^Messages$/ }).waitFor();
	await sound(page, "messages, with an answer");
	// One that was read falls out of the list as another is answered: there are as many answers, and one is not read.
	const office = c.owner.visitor;
	const [part] = granted(await office.get("/api/office/alerts?kind=missing_part&closed=true")).rows;
	sql("DELETE FROM alert WHERE body LIKE '%The map is slow.%'", c.schema);
	granted(await office.post(`/api/office/alerts/${part.row.id}/answers`, { text: "Two are on the shelf.", version: part.row.version }), 201);
	await page.goto(url(c.host, "/tech/"));
	await page.getByRole("link", { name: "Messages 1 not read" }).click();
	await page.getByText("Two are on the shelf.").waitFor();
	await page.getByRole("link", { name: /^Messages$/ }).waitFor();
});

test("the owner says who is told of what, without saving; on a phone, by night, in Spanish it is sound", async () => {
	const page = await as(await visit(), c.owner);
	await page.goto(url(c.host, "/alerts/rules"));
	const late = page.getByRole("listitem").filter({ hasText: "By the real times of the day" });
	const limit = late.getByRole("spinbutton");
	await limit.fill("241");
	await late.getByRole("alert").getByText("A whole number, 0 to 240.").waitFor();
	// Typed, and the page is left while the field has the keys still.
	await limit.fill("20");
	await page.reload();
	const rule = async () => granted(await c.owner.visitor.get("/api/office/alert-rules")).rows.find((r) => r.kind === "late");
	await until("the number is kept", rule, (r) => r.limit === 20);
	await page.reload(); // the page before may have been quicker than what was sent on leaving
	assert.equal(await limit.inputValue(), "20");
	await limit.fill("25");
	await page.getByRole("status").getByText("Saved").waitFor();
	await write(page, () => late.getByLabel("Tell somebody of: Running late").selectOption({ label: "Ana Reyes" }));
	await sound(page, "rules of alerts");
	await page.reload();
	await late.getByText("Ana Reyes").first().waitFor();
	assert.equal(await late.getByRole("spinbutton").inputValue(), "25");
	assert.ok(await late.getByLabel("E-mail").isChecked());
	sql(`UPDATE staff SET language = 'es' WHERE email = '${people.dispatcher.email}'`, c.schema);
	const night = await as(await visit({ size: WIDTHS.phone, dark: true }), people.dispatcher);
	await night.goto(url(c.host, "/alerts"));
	await night.getByRole("heading", { level: 1 }).waitFor();
	await sound(night, "alerts on a phone by night");
	await night.goto(url(c.host, `/board?day=${D}`));
	await night.getByText(/no llegarán? a su hora/).waitFor();
	await sound(night, "a late day on a phone by night");
});

test("a push shows what is new, the closed app's worker fetches the day and gives the receipt", async () => {
	const page = await as(await visit({ size: WIDTHS.phone, expected: /Push API in incognito/, notices: true }), people.technician);
	await page.context().grantPermissions(["notifications"]);
	await page.goto(url(c.host, "/tech/"));
	await page.getByRole("heading", { level: 1 }).waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
	const cdp = await page.context().newCDPSession(page);
	const registration = new Promise((done) => cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => registrations[0] && done(registrations[0].registrationId)));
	await cdp.send("ServiceWorker.enable");
	const registrationId = await registration;
	const fresh = await plan({ day: day(0), tech_id: people.technician.id, note: "New." });
	/* The app goes away; only its worker is left. */
	await page.goto("about:blank");
	const data = JSON.stringify({ web_push: 8030, notification: { title: "New stop", body: "Rosa Ruiz, today" }, path: `/tech/stops/${fresh.id}`, topic: "x" });
	const seen = () => Number(sql(`SELECT MAX(h.seen_version >= h.version) FROM stop_card h JOIN staff s ON s.id = h.tech_id WHERE h.id = 0 AND h.day = '${day(0)}' AND s.email = '${people.technician.email}'`, c.schema)[0][0]);
	sql(`UPDATE stop_card SET seen_version = 0 WHERE id = 0`, c.schema);
	const other = await page.context().newPage();
	await other.goto(url(c.host, "/robots.txt")).catch(() => {});
	await cdp.send("ServiceWorker.deliverPushMessage", { origin: url(c.host, "").replace(/\/$/, ""), registrationId, data });
	await until("the worker gives a receipt", seen, (n) => n === 1);
	await page.goto(url(c.host, "/tech/"));
	const shown = await page.evaluate(async () => {
		const r = await navigator.serviceWorker.ready;
		return (await r.getNotifications()).map((n) => ({ title: n.title, body: n.body, data: n.data, tag: n.tag }));
	});
	assert.deepEqual(shown, [{ title: "New stop", body: "Rosa Ruiz, today", data: `/tech/stops/${fresh.id}`, tag: "x" }]);
});

test("where no line can be had the page asks by the clock", async () => {
	const page = await as(await visit({ expected: /ERR_FAILED/ }), people.dispatcher);
	await page.route("**/api/office/live", (route) => route.abort());
	await page.clock.install();
	const asked = page.waitForResponse(/\/api\/office\/alerts/);
	await page.goto(url(c.host, "/alerts"));
	await asked;
	await phone.say("problem", null, { text: "Nobody hears of this." });
	const item = page.getByRole("listitem").filter({ hasText: "Nobody hears of this." });
	assert.equal(await item.count(), 0);
	await page.clock.runFor(31_000);
	await item.waitFor();
	await page.context().close();
});
