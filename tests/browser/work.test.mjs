// What else is done at a stop, without signal: how the water went, equipment work, a product out of the van, and the
// customer's name, which this service asks for. The office and the customer's record have all of it afterwards.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { letters } from "../house/phone.mjs";
import { as, company, crew, day, granted, sound, sql, until, url, visit, waterKept, WIDTHS } from "./harness.mjs";

const SHOTS = process.env.SHOTS;
const shot = async (page, name) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png` });
let c, tom, stop, customer;

before(async () => {
	c = await company();
	tom = (await crew(c, ["technician"])).technician;
	const office = c.owner.visitor;
	const at = BigInt(Date.now()) << 21n;
	customer = letters(at);
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 Palm Way', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${at + 2n}, ${at + 1n}, 1, 70030, 1, 1);
		INSERT INTO equipment (id, pool_id, kind, make, model) VALUES (${at + 3n}, ${at + 2n}, 2, 'Pentair', 'Clean'), (${at + 4n}, ${at + 2n}, 1, 'Hayward', '')`, c.schema);
	const v = (measure, value) => ({ measure, x100: Math.round(value * 100), how: "exact" });
	for (const [days, fc] of [[22, 3], [15, 6], [8, 5]])
		granted(await office.post("/api/office/readings", { pool_id: letters(at + 2n), at: Math.floor(Date.now() / 1000) - days * 86400, values: [v("fc", fc), v("ph", 7.5), v("cya", 45)] }), 201);
	const [item] = granted(await office.post("/api/office/standard-items", {}), 201).rows;
	const seal = granted(await office.post("/api/office/items", { ...item, id: undefined, archived_at: undefined, name: "Pump seal", sku: "", kind: "part", chemical: "none", strength_x100: 0, unit: "each", archived: false, version: 0 }), 201);
	granted(await office.post("/api/office/stock-moves", { item_id: seal.id, to_id: tom.id, bought: true, amount_x100: 500 }), 201);
	const service = granted(await office.post("/api/office/services", { name: "Repair", kind: "job", minutes: 60, pay_code: "", price_cents: 0, skills: [], instructions: "", parts: [], checklist: [{ text: "Note the pressure before", photo: false, required: true, reading: "pressure", every_days: null }, { text: "Customer signs", photo: false, required: true, reading: "signature", every_days: null }] }), 201);
	stop = granted(await office.post("/api/office/visits", { property_id: letters(at + 1n), pool_id: letters(at + 2n), service_id: service.id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
});

test("without signal a technician notes equipment work and a product, lets the customer sign, and finishes", async () => {
	const page = await as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|503/ }), tom);
	await page.goto(url(c.host, "/tech/"));
	await page.getByText("All saved at the office").waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready);
	// The van and the water of the day's pools are here: the water comes last.
	await waterKept(page);
	await page.context().setOffline(true);
	await page.getByRole("link", { name: "Rosa Ruiz", exact: true }).click();
	await page.getByText(/Last readings, /).waitFor();
	await page.getByText(/FC 5 /).waitFor();
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByRole("link", { name: "Water", exact: true }).click();
	await page.locator(".tile", { hasText: "FC" }).click();
	await page.getByRole("img", { name: /Free chlorine/ }).waitFor();
	await sound(page, "water with its picture");
	await shot(page, "water-trend");
	await page.getByRole("link", { name: "Back" }).click();

	await page.getByRole("button", { name: "Equipment work" }).click();
	await page.getByRole("button", { name: "Filter Pentair Clean" }).click();
	await sound(page, "equipment work");
	await shot(page, "equipment");
	await page.getByRole("button", { name: "Backwashed" }).click();

	await page.getByRole("button", { name: "Used a product" }).click();
	await page.getByRole("button", { name: "Pump seal" }).click();
	await page.getByRole("button", { name: "More" }).click();
	await sound(page, "used a product");
	await shot(page, "used");
	await page.getByRole("button", { name: "Note it" }).click();

	// A line that asks for the pressure is done with its number: a tick leads to the field, and nonsense is not kept.
	const psi = page.getByLabel("Note the pressure before: how many psi");
	await page.locator(".bar").getByRole("button", { name: "Read the filter pressure" }).click();
	assert.ok(await psi.evaluate((e) => e === document.activeElement), "the button leads to the field");
	await page.getByRole("checkbox", { name: /Note the pressure before/ }).click();
	assert.equal(await page.getByRole("checkbox", { name: /Note the pressure before/ }).isChecked(), false);
	await psi.fill("high");
	await psi.press("Enter");
	await page.getByText("The gauge shows a number from 0 to 100").waitFor();
	await sound(page, "a pressure that is none");
	await psi.fill("14.5");
	await page.reload();
	await psi.waitFor();
	assert.equal(await psi.inputValue(), "14.5", "half typed, it is there");
	await psi.press("Enter");
	await page.getByRole("checkbox", { name: /Note the pressure before/, checked: true }).waitFor();
	await shot(page, "pressure");

	assert.equal(await page.getByRole("link", { name: "Review and finish" }).count(), 0, "the service asks for a signature first");
	await page.locator(".bar").getByRole("button", { name: "Signature" }).click();
	const keep = page.getByRole("button", { name: "Keep the signature" });
	assert.ok(await keep.isDisabled(), "an empty field is no signature");
	const pad = await page.getByRole("img", { name: "Sign here with a finger" }).boundingBox();
	await page.mouse.move(pad.x + 40, pad.y + 70);
	await page.mouse.down();
	for (let i = 1; i <= 20; i++) await page.mouse.move(pad.x + 40 + i * 12, pad.y + 70 + 30 * Math.sin(i));
	await page.mouse.up();
	await page.getByLabel("Name of who signs").fill("Rosa Ruiz");
	await sound(page, "signature");
	await shot(page, "signature");
	await keep.click();
	await page.getByText("Signed by Rosa Ruiz").first().waitFor();
	await shot(page, "stop-signed");
	await page.getByRole("link", { name: "Review and finish" }).click();
	await page.getByRole("button", { name: "Finish, send the report" }).click();
	await page.getByRole("button", { name: "Open it again" }).waitFor();
	await page.reload();
	await page.getByText("Signed by Rosa Ruiz").first().waitFor();
	await page.context().setOffline(false);
	await page.evaluate(() => dispatchEvent(new Event("online")));
	await page.getByText("All saved at the office").waitFor();

	const link = await until("the report has a link", () => c.owner.visitor.get(`/api/office/visits/${stop.id}/report`), (a) => a.status === 200);
	const token = link.body.url.split("#")[1];
	const r = await until("the report has its photo", async () => JSON.parse(granted(await c.owner.visitor.get(`/api/portal/reports?token=${token}`)).record), (x) => x.photos.length === 1);
	assert.deepEqual(r.checks.map((x) => [x.item, x.measure, x.x100]), [["Note the pressure before", "pressure", 1450]]);
	assert.deepEqual([r.signed_by, r.products, r.photos[0].shows], ["Rosa Ruiz", [{ item: "Pump seal", quantity_x100: 200 }], "Signature"]);
	assert.equal(granted(await tom.visitor.get("/api/tech/van")).rows.find((x) => x.item === "Pump seal").amount_x100, 300);
	assert.equal(sql("SELECT COUNT(*) FROM equipment WHERE serviced_day IS NOT NULL", c.schema)[0][0], "1");
	await page.context().close();
	// The report says it, and so does the filter in the office.
	const shown = await visit({ size: WIDTHS.phone });
	await shown.goto(link.body.url);
	await shown.getByText("14.5 psi").first().waitFor();
	await sound(shown, "a report with a pressure");
	await shot(shown, "report-pressure");
	await shown.context().close();
	const desk = await as(await visit(), c.owner);
	await desk.goto(url(c.host, `/customers/${customer}`));
	await desk.getByRole("button", { name: "Change: Filter" }).click();
	await desk.getByRole("region", { name: "What its gauge showed" }).getByText("14.5 psi").waitFor();
	await sound(desk, "a filter and its pressures");
	await shot(desk, "filter");
	// Who put their name under it, and what the finger drew, stands where the job stands.
	await desk.goto(url(c.host, `/quotes/jobs/${stop.id}`));
	const yes = desk.getByRole("region", { name: "Approval and signature" });
	await yes.getByText("Signed by Rosa Ruiz").waitFor();
	await until("the signature is drawn", () => yes.getByRole("img", { name: "Signature of Rosa Ruiz" }).evaluate((e) => e.naturalWidth), (w) => w > 0);
	await sound(desk, "a job that was signed");
	await shot(desk, "job-signed");
	await desk.context().close();
});
