// The technician's app out in the field: a word to the office from wherever one is.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, sound, sql, until, url, visit, WIDTHS } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

let c, office, tom, place, stop;
const phone = async (over = {}) => as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/, ...over }), tom);

before(async () => {
	c = await company();
	tom = (await crew(c, ["technician"])).technician;
	office = c.owner.visitor;
	place = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${place}, 'Rosa Ruiz', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6, place_source) VALUES (${place + 1n}, ${place}, '12 Palm Way', 'Mesa', 'AZ', '85201', 33400000, -111800000, 4);
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${place + 2n}, ${place + 1n}, 1, 70030, 1, 1)`, c.schema);
	granted(await office.post("/api/office/standard-items", {}), 201);
	const [level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	stop = granted(await office.post("/api/office/visits", { property_id: letters(place + 1n), pool_id: letters(place + 2n), service_id: level.id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
});

test("a problem is reported in two taps from every page, with signal and without, and the office answers", async () => {
	const page = await phone();
	const taps = () => page.evaluate(() => globalThis.taps);
	await page.addInitScript(() => {
		globalThis.taps = 0;
		addEventListener("click", (e) => { globalThis.taps += e.isTrusted; }, true);
	});
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await page.getByRole("button", { name: "Start the stop" }).click();
	const pages = ["/tech/", "/tech/map", "/tech/messages", "/tech/me", "/tech/saved", `/tech/stops/${stop.id}`, `/tech/stops/${stop.id}/water`, `/tech/stops/${stop.id}/doses`, `/tech/stops/${stop.id}/finish`, "/tech/stops/0000000000001"];
	const ready = ["The app does something wrong", "The app is slow or stuck", "My day is planned badly", "The way we do this does not work"];
	for (const [i, path] of pages.entries()) {
		await page.goto(url(c.host, path));
		await page.getByText("All saved at the office").waitFor();
		const before_ = await taps();
		await page.getByRole("button", { name: "Report a problem", exact: true }).click();
		await page.getByRole("button", { name: ready[i % ready.length] }).click();
		await page.getByText("Thank you. The office sees it.").waitFor();
		assert.equal((await taps()) - before_, 2, `taps on ${path}`);
		if (i === 0) await sound(page, "a problem was reported");
	}
	const reports = async () => granted(await office.get("/api/office/alerts?kind=problem")).rows;
	const all = await until("each is at the office", reports, (rows) => rows.length === pages.length);
	assert.deepEqual([...new Set(all.map((a) => a.text))].sort(), [...ready].sort());
	// What the office answers is read on the phone.
	const one = all.find((a) => a.text === ready[1]);
	granted(await office.post(`/api/office/alerts/${one.row.id}/answers`, { text: "The next version is quicker.", version: one.row.version }), 201);
	await page.goto(url(c.host, "/tech/messages"));
	await page.getByText("The next version is quicker.").waitFor();
	// In the language of whoever reads it; the sheet can be used by keys, and is put away by one.
	sql(`UPDATE staff SET language = 'es' WHERE email = '${tom.email}'`, c.schema);
	await page.reload();
	await page.getByText("La aplicación es lenta o se traba").first().waitFor();
	await page.getByRole("button", { name: "Avisar de un problema" }).press("Enter");
	const sheet = page.getByRole("dialog", { name: "¿Qué no funciona?" });
	await sheet.getByRole("button", { name: "Mi día está mal planeado" }).waitFor();
	await sound(page, "a problem, in Spanish");
	await page.keyboard.press("Escape");
	await sheet.waitFor({ state: "detached" });
	sql(`UPDATE staff SET language = 'en' WHERE email = '${tom.email}'`, c.schema);
	await page.context().close();
});
