// The water in the office: readings by hand, advice with its arithmetic, trends, the stock, the company's rules.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, day, granted, hire, mailbox, sound, sql, url, visit, WIDTHS } from "./harness.mjs";
import { Phone } from "../house/phone.mjs";

const v = (measure, value) => ({ measure, x100: Math.round(value * 100), how: "exact" });
const ago = (days) => Math.floor(Date.now() / 1000) - Math.round(days * 86400);
let c, dana, pool, eva;

before(async () => {
	c = await company();
	const office = c.owner.visitor;
	dana = granted(await office.post("/api/office/customers", {
		name: "Dana Whitfield", kind: "person", email: "", phone: "(480) 255-0142", language: "en", source: "", external_id: "",
		street: "6418 E Sunnyslope Ln", city: "Paradise Valley", region: "AZ", postcode: "85253", with_pool: true,
	}), 201).customer;
	const [first] = dana.properties[0].pools;
	granted(await office.put(`/api/office/pools/${first.id}`, { kind: "pool", name: "", volume_l: 70030, volume_source: "measured", shape: "unknown", sizes_cm: [],
		surface: "plaster", sanitiser: "chlorine", indoor: false, cover: false, fill_water: "", own: [], version: first.version }));
	pool = first.id;
	granted(await office.post("/api/office/standard-items", {}), 201);
	const bleach = granted(await office.get("/api/office/items")).rows.find((i) => i.chemical === "liquid_chlorine");
	for (let week = 7; week >= 1; week--) {
		granted(await office.post("/api/office/readings", { pool_id: pool, at: ago(week * 7), values: [v("fc", 2 + (week % 3) / 2), v("ph", 7.5), v("ta", 90 + week), v("ch", 320), v("cya", 45)] }), 201);
		granted(await office.post("/api/office/doses", { pool_id: pool, item_id: bleach.id, given_x100: 200000, at: ago(week * 7) + 600 }), 201);
	}
});

const owner = async (options) => as(await visit(options), c.owner);
const record = (page, more = "") => page.goto(url(c.host, `/customers/${dana.id}${more}`));

test("readings are typed by hand, judged while typing, and lead to what to pour", async () => {
	const page = await owner();
	await record(page);
	const card = page.getByRole("region", { name: "Pool" });
	await card.getByText(/Between .* and .*: what this pool lost a day/).waitFor();
	await sound(page, "a record with water");
	await card.getByRole("button", { name: "Enter readings" }).click();
	const panel = page.getByRole("complementary", { name: "Readings" });
	await panel.getByLabel("Free chlorine, ppm").fill("1.5");
	await panel.getByText("▼ Low, aim 6 to 8").waitFor();
	await panel.getByLabel("pH").fill("7.8");
	await panel.getByText(/△ A bit high/).waitFor();
	await panel.getByLabel("Alkalinity, ppm").fill("90");
	await panel.getByLabel("Temperature, °F").fill("84");
	await panel.getByLabel("Stabilizer, ppm").fill("45");
	await panel.getByLabel("Calcium hardness, ppm").fill("ten");
	await panel.getByRole("status").getByText(/CSI/).waitFor();
	await sound(page, "typing readings");
	await panel.getByRole("button", { name: "Save readings" }).click();
	await panel.getByText("A number, please.").waitFor();
	await panel.getByLabel("Calcium hardness, ppm").fill("320");
	await panel.getByRole("button", { name: "Save readings" }).click();
	const dose = page.getByRole("complementary", { name: "What to pour" });
	await dose.getByText("3 quarts + 1 cup").first().waitFor();
	await dose.getByRole("button", { name: "Why? Liquid chlorine 12.5%" }).click();
	await dose.getByText(/From 1.5 to 7 is 5.5.*104.2 fl oz of 12.5 %/).waitFor();
	await dose.getByText("Aim 6 to 8: follows stabilizer 45.").waitFor();
	await sound(page, "what to pour, with its arithmetic");
	await page.getByRole("region", { name: "Timeline" }).getByText("Free chlorine 1.5, pH 7.8, Alkalinity 90").filter({ hasText: "Temperature 84 °F" }).waitFor();
	await page.close();
});

test("another amount than advised asks why, what was poured can be taken back", async () => {
	const page = await owner({ expected: /422/ });
	await record(page, `?edit=dose:${pool}`);
	const dose = page.getByRole("complementary", { name: "What to pour" });
	const step = dose.getByRole("listitem").filter({ hasText: "Liquid chlorine" }).first();
	await step.getByLabel("Amount, fl oz").fill("200");
	await step.getByLabel("Why otherwise than advised?").waitFor();
	await step.getByRole("button", { name: /^Added/ }).click();
	await step.getByText("This is not what was advised. Say why.").waitFor();
	await step.getByLabel("Why otherwise than advised?").fill("Green since the storm");
	await step.getByRole("button", { name: /^Added/ }).click();
	await step.getByText("Added.", { exact: true }).waitFor();
	await record(page, "?tab=water");
	await page.getByText(/instead of 3 quarts \+ 1 cup: Green since the storm/).waitFor();
	await page.getByRole("button", { name: "Undo Liquid chlorine 12.5%" }).first().click();
	await page.getByText("Taken back. The stock has it again.").waitFor();
	await page.close();
});

test("what people do not want is not advised: another product is, and where none is left, the kinds that would do", async () => {
	const wants = (words) => sql(`UPDATE property SET no_chemicals = '${JSON.stringify(words)}'`, c.schema);
	const page = await owner({ size: WIDTHS.phone });
	wants(["liquid chlorine"]);
	await record(page, `?edit=dose:${pool}`);
	const dose = page.getByRole("complementary", { name: "What to pour" });
	await dose.getByText("Not wanted here, so not in the plan: Liquid chlorine 12.5%").waitFor();
	await dose.getByRole("listitem").filter({ hasText: "Trichlor tabs" }).first().waitFor();
	wants(["liquid chlorine", "tabs"]);
	await page.reload();
	await dose.getByText(/Instead: cal-hypo, dichlor/).waitFor();
	await sound(page, "what is not wanted");
	wants([]);
	await page.close();
});

test("trends are pictures that say themselves, and tables for who wants them; day and night, on a phone, in Spanish", async () => {
	eva = await hire(c, mailbox, "manager", { name: "Eva Luna", language: "es" });
	for (const options of [{}, { dark: true }, { size: WIDTHS.phone, language: "es-MX" }]) {
		const spanish = options.language !== undefined;
		const page = await as(await visit(options), spanish ? eva : c.owner);
		await record(page, "?tab=water");
		await page.getByRole("img", { name: spanish ? /Cloro libre, ppm: 8 lecturas/ : /Free chlorine, ppm: 8 readings/ }).first().waitFor();
		await sound(page, `trends ${JSON.stringify(options)}`);
		await page.getByRole("button", { name: spanish ? "Tabla pH" : "Table pH" }).click();
		await page.getByRole("columnheader", { name: "pH" }).waitFor();
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "wider than the screen");
		await page.close();
	}
});

test("when a drain is due stands there with how far that may be off, in both languages; with too little history nothing does", async () => {
	const office = c.owner.visitor;
	const rises = [[150, 40], [121, 47], [90, 52], [61, 60], [31, 66], [9, 70]];
	const ivo = granted(await office.post("/api/office/customers", { name: "Ivo Rises", kind: "person", email: "", phone: "", language: "en", source: "", external_id: "",
		street: "2 Elm St", city: "Mesa", region: "AZ", postcode: "85201", with_pool: true }), 201).customer;
	const here = ivo.properties[0].pools[0].id;
	const read = async ([days, cya], i) => granted(await office.post("/api/office/readings", { pool_id: here, at: ago(days), values: [v("fc", 3 + (i % 3)), v("ph", 7.4 + i / 50), v("ta", 90 - i), v("cya", cya)] }), 201);
	for (const [i, x] of rises.slice(0, 3).entries()) await read(x, i);
	const page = await owner();
	await page.goto(url(c.host, `/customers/${ivo.id}`));
	await page.getByText("Chlorine is foretold after five visits with readings.").waitFor();
	assert.equal(await page.getByText(/[Dd]rain due/).count(), 0, "of three readings nothing is foretold");
	for (const [i, x] of rises.slice(3).entries()) await read(x, i + 3);
	/* The line through them, by hand: when it stands at 100. */
	const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
	const [x, y] = [mean(rises.map(([d]) => -d)), mean(rises.map(([, is]) => is))];
	const slope = mean(rises.map(([d, is]) => (-d - x) * (is - y))) / mean(rises.map(([d]) => (-d - x) ** 2));
	const [due] = granted(await office.get(`/api/office/pools/${here}/water`)).drains;
	const days = (iso) => Math.round((Date.parse(iso) - Date.parse(day())) / 86400000);
	assert.ok(Math.abs(days(due.likely) - (x + (100 - y) / slope)) <= 1, `${due.likely}: ${slope} a day`);
	assert.ok(days(due.least) < days(due.likely) && days(due.likely) < days(due.most), JSON.stringify(due));
	const spelt = (iso, language) => new Date(`${iso}T00:00:00Z`).toLocaleDateString(language, { month: "short", day: "numeric", timeZone: "UTC", ...(iso.startsWith(String(new Date().getFullYear())) ? {} : { year: "numeric" }) });
	for (const [seen, language, say, why] of [
		[page, "en-US", (d) => `Drain due about ${d}: Stabilizer at its limit.`, (a, z) => new RegExp(`^It rises by \\d+ ppm a year over 6 readings; between ${a} and ${z}\\.$`)],
		[await as(await visit({ size: WIDTHS.phone, dark: true }), eva), "es-US", (d) => `Vaciado hacia el ${d}: Estabilizador en su límite.`, (a, z) => new RegExp(`^Sube \\d+ ppm al año según 6 lecturas; entre el ${a} y el ${z}\\.$`)],
	]) {
		await seen.goto(url(c.host, `/customers/${ivo.id}?tab=water`));
		await seen.getByText(say(spelt(due.likely, language)), { exact: true }).waitFor();
		await seen.getByText(why(spelt(due.least, language), spelt(due.most, language))).waitFor();
		await seen.getByText(language === "en-US" ? /^Chlorine about [\d.]+ a week after that reading\.$/ : /^Cloro cerca de [\d.]+ una semana después de esa lectura\.$/).waitFor();
		await sound(seen, `a drain is due, ${language}`);
		process.env.SHOTS && (await seen.screenshot({ path: `${process.env.SHOTS}/drain-${language}.png` }));
		await seen.close();
	}
	/* Past the limit there is no day to wait for. */
	for (const [i, ago] of [5, 4, 3, 2].entries()) await read([ago, 150], i);
	const late = await owner();
	await late.goto(url(c.host, `/customers/${ivo.id}?tab=water`));
	await late.getByText("Drain due now: Stabilizer at its limit.", { exact: true }).waitFor();
	await late.close();
});

test("a reading is corrected, and taken back with an undo", async () => {
	const page = await owner();
	await record(page, "?tab=water");
	await page.getByRole("button", { name: /^Correct the reading of/ }).first().click();
	const panel = page.getByRole("complementary", { name: "Correct a reading" });
	await panel.getByLabel("pH").fill("7.9");
	await panel.getByRole("button", { name: "Save" }).click();
	await page.getByText(/pH 7.9/).first().waitFor();
	await page.getByRole("button", { name: /^Correct the reading of/ }).first().click();
	await panel.getByRole("button", { name: "More about this reading" }).click();
	await page.getByRole("menuitem", { name: "Take this reading back" }).click();
	await page.getByText("The reading counts no more.").waitFor();
	await page.getByRole("button", { name: "Undo", exact: true }).click();
	await page.getByText(/pH 7.9/).first().waitFor();
	await page.close();
});

test("the stock is counted, moved, and says what is short", async () => {
	await hire(c, mailbox, "technician", { name: "Tom Technician" });
	const page = await owner();
	await page.goto(url(c.host, "/stock?do=count"));
	const panel = page.getByRole("complementary", { name: "Count" });
	await panel.getByLabel("Where").selectOption({ label: "Tom Technician" });
	await panel.getByLabel("There is, gallons").fill("3");
	await panel.getByLabel("Short below, gallons").fill("6");
	await panel.getByRole("button", { name: "Save" }).click();
	await page.getByText("3 gallons").waitFor();
	await page.getByText("2 are short").waitFor();
	await sound(page, "the stock");
	await page.getByRole("link", { name: "Move or buy" }).click();
	const move = page.getByRole("complementary", { name: "Move or buy" });
	await move.getByLabel("To").selectOption({ label: "Tom Technician" });
	await move.getByLabel("How much, gallons").fill("10");
	await move.getByRole("button", { name: "Move" }).click();
	await page.getByText("13 gallons").waitFor();
	await page.getByRole("link", { name: "Items" }).click();
	await page.getByRole("link", { name: "Muriatic acid 31.45%" }).click();
	const item = page.getByRole("complementary", { name: "Muriatic acid 31.45%" });
	await item.getByLabel("Price of one").fill("15.99");
	await sound(page, "an item");
	await item.getByRole("button", { name: "Save" }).click();
	await page.getByText("$15.99").waitFor();
	await page.close();
});

test("the company changes its rules, and the quiet list tells whom to ask", async () => {
	const copy = { pool_id: pool, values: [v("fc", 3), v("ph", 7.5), v("ta", 91), v("ch", 320)] };
	granted(await c.owner.visitor.post("/api/office/readings", { ...copy, at: ago(0.3) }), 201);
	granted(await c.owner.visitor.post("/api/office/readings", { ...copy, at: ago(0.2) }), 201);
	const page = await owner({ expected: /422/ });
	await page.goto(url(c.host, "/water"));
	await page.getByText("All values are those of the visit before.").waitFor();
	await sound(page, "readings to check");
	await page.getByRole("button", { name: "It is fine Dana Whitfield" }).click();
	await page.getByText("All readings look tested").waitFor();
	await page.getByRole("link", { name: "Rules" }).click();
	await page.getByRole("button", { name: "Add a line" }).click();
	await page.getByLabel("Low below").fill("1");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("Free chlorine: give all four numbers, or none.").waitFor();
	for (const [label, value] of [["Aim from", "2"], ["Aim to", "3"], ["High above", "5"]]) await page.getByLabel(label).fill(value);
	await sound(page, "rules");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("Saved.").waitFor();
	await record(page);
	await page.getByText(/aim 2 to 3/).first().waitFor();
	await page.close();
});

test("what speaks against a dose stands quietly beside it, for the office alone", async () => {
	const tech = await hire(c, mailbox, "technician", { name: "Tess Poured" });
	const level = granted(await c.owner.visitor.post("/api/office/standard-services", {}), 201).rows.find((s) => s.kind === "level");
	const acid = granted(await c.owner.visitor.get("/api/office/items")).rows.find((i) => i.chemical === "muriatic");
	const stop = granted(await c.owner.visitor.post("/api/office/visits", { property_id: dana.properties[0].id, service_id: level.id, day: day(), tech_id: tech.id, note: "", anyway: true }), 201);
	const phone = new Phone(tech.visitor);
	const poured = await phone.send(phone.verb("arrive", stop.id), phone.verb("dose", stop.id, { pool_id: pool, what: acid.id, amount: 2 * 378541 }));
	assert.deepEqual(poured.body.answers.map((a) => a.answer), ["applied", "applied"]);
	const seen = await as(await visit(), await hire(c, mailbox, "read_only", { name: "Rita Reads" }));
	await record(seen, "?tab=water");
	await seen.getByText(/2 gal.*Muriatic/).first().waitFor();
	assert.equal(await seen.getByText("More than its most", { exact: true }).count(), 0);
	await seen.close();
	for (const options of [{}, { size: WIDTHS.phone, dark: true }]) {
		const page = await owner(options);
		await record(page, "?tab=water");
		const line = page.getByText("More than its most", { exact: true });
		await line.waitFor();
		assert.match(await line.locator("xpath=..").innerText(), /2 gal.*Muriatic/);
		await sound(page, "a dose with its mark");
		await page.close();
	}
});
