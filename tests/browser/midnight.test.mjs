// The day turns on a phone that has no signal: tomorrow's stops stand under tomorrow's date, and yesterday's under none but their own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { as, company, crew, day, granted, sound, sql, until, url, visit, WIDTHS } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

const DAY_MS = 86_400_000;

test("without signal the day after is the day after's, and the one behind it says which day it shows", async () => {
	const c = await company();
	const tom = (await crew(c, ["technician"])).technician;
	const at = BigInt(Date.now()) << 21n;
	const homes = ["Rosa Ruiz", "Okafor"].map((name, i) => ({ name, id: at + BigInt(i * 10) }));
	sql(homes.map(({ name, id }) => `INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, '${name}', 'x${id}@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, place_source) VALUES (${id + 1n}, ${id}, '12 Palm Way', 'Mesa', 'AZ', '85201', 1);
		INSERT INTO pool (id, property_id, kind, volume_l) VALUES (${id + 2n}, ${id + 1n}, 1, 60000)`).join(";"), c.schema);
	const [level] = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows;
	for (const [i, { id }] of homes.entries())
		granted(await c.owner.visitor.post("/api/office/visits", { property_id: letters(id + 1n), service_id: level.id, day: day(i), tech_id: tom.id, note: "", anyway: true }), 201);

	const page = await as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/ }), tom);
	await page.goto(url(c.host, "/tech/"));
	await page.getByRole("link", { name: "Rosa Ruiz", exact: true }).waitFor();
	await until("both days are on the phone", () => page.evaluate(() => new Promise((done) => {
		indexedDB.databases().then(([db]) => {
			const ask = indexedDB.open(db.name);
			ask.onsuccess = () => {
				const read = ask.result.transaction("kv").objectStore("kv").get("tomorrow");
				read.onsuccess = () => { ask.result.close(); done(read.result?.stops.length === 1); };
			};
		});
	})));
	await page.evaluate(() => navigator.serviceWorker.ready);
	await until("the worker has the page", () => page.evaluate(() => navigator.serviceWorker.controller !== null));
	await page.context().setOffline(true);
	// Nothing that was asked before is under way any more.
	await page.reload();
	await page.getByRole("link", { name: "Rosa Ruiz", exact: true }).waitFor();

	// Left open over night, and looked at again.
	const now = Date.now();
	await page.clock.setFixedTime(now + DAY_MS);
	await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
	await page.getByRole("link", { name: "Okafor", exact: true }).waitFor();
	assert.equal(await page.getByRole("link", { name: "Rosa Ruiz", exact: true }).count(), 0, "yesterday's stop is none of today");
	await page.reload();
	await page.getByRole("link", { name: "Okafor", exact: true }).waitFor();
	assert.equal(await page.getByText(/^These are the stops of /).count(), 0);

	// Opened a day later still: nothing of that day is here, and the phone says so.
	await page.clock.setFixedTime(now + 2 * DAY_MS);
	await page.reload();
	const shown = new Date(`${day(1)}T00:00:00Z`).toLocaleDateString("en-US", { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" });
	await page.getByText(`These are the stops of ${shown}. Today's come with the first signal.`).waitFor();
	await page.getByText(shown, { exact: true }).waitFor();
	await sound(page, "a day that is over");
	if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/old-day.png` });
	await page.context().close();
});
