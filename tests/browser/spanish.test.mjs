// The water and the work of a stop for whoever reads Spanish: no English is left on a screen.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, sound, spanish, sql, url, visit, waterKept, WIDTHS } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

let c, tom, stop;

before(async () => {
	c = await company();
	tom = (await crew(c, ["technician"])).technician;
	const office = c.owner.visitor;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', '', 'es', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, 'Calle Palma 12', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${at + 2n}, ${at + 1n}, 1, NULL, 0, 1);
		INSERT INTO equipment (id, pool_id, kind, make, model) VALUES (${at + 3n}, ${at + 2n}, 2, 'Pentair', ''), (${at + 4n}, ${at + 2n}, 1, 'Hayward', '');
		UPDATE staff SET language = 'es' WHERE email = '${tom.email}'`, c.schema);
	const v = (measure, value) => ({ measure, x100: Math.round(value * 100), how: "exact" });
	for (const [days, fc] of [[22, 3], [15, 6], [8, 5]])
		granted(await office.post("/api/office/readings", { pool_id: letters(at + 2n), at: Math.floor(Date.now() / 1000) - days * 86400, values: [v("fc", fc), v("ph", 7.5), v("ta", 90), v("ch", 320), v("cya", 45), v("temp", 28)] }), 201);
	const [item] = granted(await office.post("/api/office/standard-items", {}), 201).rows;
	sql("UPDATE item SET name = CONCAT('Producto ', RIGHT(id, 4))", c.schema); // the company's own words
	const seal = granted(await office.post("/api/office/items", { ...item, id: undefined, archived_at: undefined, name: "Sello de bomba", sku: "", kind: "part", chemical: "none", strength_x100: 0, unit: "each", archived: false, version: 0 }), 201);
	granted(await office.post("/api/office/stock-moves", { item_id: seal.id, to_id: tom.id, bought: true, amount_x100: 500 }), 201);
	const line = (text, reading, photo = false) => ({ text, photo, required: true, reading, every_days: null });
	const service = granted(await office.post("/api/office/services", { name: "Cuidado", kind: "job", minutes: 60, pay_code: "", price_cents: 0, skills: [], instructions: "", parts: [{ name: "Sello de bomba", quantity: 1 }], checklist: [line("Prueba del agua", "water"), line("Anota el medidor", "pressure"), line("Firma del cliente", "signature"), line("Foto final", "", true)] }), 201);
	stop = granted(await office.post("/api/office/visits", { property_id: letters(at + 1n), pool_id: letters(at + 2n), service_id: service.id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
});

test("the water, the doses and the work of a stop say nothing in English, with signal and without", async () => {
	const page = await as(await visit({ size: WIDTHS.phone, language: "es-MX", expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|503/ }), tom);
	const button = (name, of = page) => of.getByRole("button", { name });
	const looks = (what) => spanish(page, what);
	await page.goto(url(c.host, "/tech/"));
	await page.getByText("Todo guardado en la oficina").waitFor();
	await waterKept(page);
	await looks("the day");
	await inEnglish(page, (other) => assert.rejects(spanish(other, "a page in English"), /English/, "English is seen"));
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await button("Empezar la parada").waitFor();
	await looks("a stop");
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.context().setOffline(true);
	await button("Empezar la parada").click();
	await page.getByText(/guardad[oa]s? aquí/).first().waitFor();
	await looks("a stop under way");
	await page.locator(`a[href$="/water"]`).first().click();
	await page.locator(".gauge").waitFor();
	const digits = page.locator(".pad");
	const tiles = await page.locator(".tile").count();
	for (let i = 0; i < tiles; i++) {
		await page.locator(".tile").nth(i).click();
		await looks(`reading ${i}`);
	}
	await page.locator(".tile", { hasText: "pH" }).click();
	await digits.getByRole("button", { name: "7", exact: true }).click();
	await digits.getByRole("button", { name: "9", exact: true }).click();
	await looks("an impossible number");
	for (let i = 0; i < 2; i++) await digits.getByRole("button").nth(3).click();
	for (const k of ["7", ".", "8"]) await digits.getByRole("button", { name: k, exact: true }).click();
	await page.locator(".tile").first().click();
	for (const k of ["1", ".", "5"]) await digits.getByRole("button", { name: k, exact: true }).click();
	await looks("readings");
	await page.locator(`a[href$="/doses"]`).click();
	await page.locator("form.dose").waitFor();
	await looks("water without a volume");
	await page.locator("form.dose input").fill("12");
	await page.locator("form.dose button").click();
	await looks("a volume that is none");
	await page.locator("form.dose input").fill("18,500");
	await page.locator("form.dose button").click();
	await page.locator("section.dose--now").waitFor();
	for (const why of await page.locator("section.dose .link").all()) await why.click();
	await looks("advice");
	const first = page.locator("section.dose--now");
	for (let i = 0; i < 6; i++) await first.locator(".stepper button").last().click();
	await looks("another amount");
	await first.locator("input").fill("Hojas");
	await first.locator(".button--primary").click();
	await page.locator(".given").waitFor();
	await button("Se agregó otra cosa").click();
	for (const chip of await page.locator("section.dose .chip").all()) {
		await chip.click();
		await looks("something else");
	}
	await sound(page, "doses, in Spanish");
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	const dialogs = await page.locator(".more button").count();
	for (let i = 0; i < dialogs; i++) {
		await page.locator(".more button").nth(i).click();
		await page.getByRole("dialog").waitFor();
		await looks(`a dialog ${i}`);
		await page.keyboard.press("Escape");
		await page.getByRole("dialog").waitFor({ state: "detached" });
	}
	await page.locator(".psi input").fill("400");
	await page.locator(".psi input").press("Enter");
	await page.locator(".psi [role=alert]").waitFor();
	await looks("a gauge that cannot be");
	await page.goto(url(c.host, "/tech/saved"));
	await page.locator(".line__report").waitFor();
	await looks("what is saved here");
	await page.locator(".line__report").click();
	await page.getByRole("dialog").waitFor();
	await looks("a problem");
	await page.context().close();
});

/*
 * The same page for whoever reads English: the check must see it. It is closed again: the page behind another one is drawn once
 * a second, and each click waits for two pictures.
 */
async function inEnglish(page, look) {
	const other = await page.context().newPage();
	await other.setContent("<body><p>Uno</p><p>Dos</p><p>Tres</p><p>All saved at the office</p></body>");
	await look(other);
	await other.close();
}
