// The water at a stop, on the phone: big keys, advice and doses without signal, and the office has all of it.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, sound, sql, until, url, visit, waterKept, WIDTHS } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

const SHOTS = process.env.SHOTS;
const shot = async (page, name) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png` });
let c, tom, stop, pool;

before(async () => {
	c = await company();
	tom = (await crew(c, ["technician"])).technician;
	const office = c.owner.visitor;
	const id = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Rosa Ruiz', 'rosa@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${id + 1n}, ${id}, '12 Palm Way', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${id + 2n}, ${id + 1n}, 1, 70030, 1, 1)`, c.schema);
	pool = letters(id + 2n);
	granted(await office.post("/api/office/standard-items", {}), 201);
	const v = (measure, value) => ({ measure, x100: Math.round(value * 100), how: "exact" });
	granted(await office.post("/api/office/readings", { pool_id: pool, at: Math.floor(Date.now() / 1000) - 8 * 86400, values: [v("fc", 5), v("ph", 7.5), v("ta", 90), v("ch", 320), v("cya", 45), v("temp", 28.89)] }), 201);
	const [level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	stop = granted(await office.post("/api/office/visits", { property_id: letters(id + 1n), pool_id: pool, service_id: level.id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
});

test("readings and doses without signal, with big keys, are the office's when signal is back", async () => {
	const page = await as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|503/ }), tom);
	await page.goto(url(c.host, "/tech/"));
	await page.getByText("All saved at the office").waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready);
	// The pool's history comes ahead of the stop.
	await waterKept(page);
	await page.context().setOffline(true);
	await page.getByRole("link", { name: "Rosa Ruiz", exact: true }).click();
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByRole("link", { name: "Water", exact: true }).click();
	const keys = page.getByRole("group", { name: "Digits" });
	const type = async (text) => {
		for (const k of text) await keys.getByRole("button", { name: k, exact: true }).click();
	};
	await page.getByRole("heading", { name: "Free chlorine" }).waitFor();
	// What it was last time stands there by one key, as if it was typed: it is no reading before one goes on.
	const number = page.locator(".gauge__number");
	await keys.getByRole("button", { name: "Same as last" }).click();
	await until("last week's stands there", () => number.textContent(), (is) => is === "5");
	await page.getByRole("button", { name: "More than" }).click();
	await until("it is beyond", () => number.textContent(), (is) => is === ">5");
	await page.getByRole("button", { name: "More than", pressed: true }).click();
	await keys.getByRole("button", { name: "Delete the last digit" }).click();
	await type("1.5");
	await page.getByText("▼ Low, aim 6 to 8").waitFor();
	// The phone dies in the middle of a number: it stands there again.
	await page.reload();
	await page.getByText("▼ Low, aim 6 to 8").waitFor();
	// Fingers are quicker than the disk: the first digit of the next number comes before this one is written down.
	await keys.evaluate(async (pad) => {
		for (const name of ["pH", "7", "8"]) {
			[...pad.querySelectorAll("button")].find((b) => b.textContent === name).click();
			await Promise.resolve();
		}
	});
	await page.getByText("Nobody has ever read such a value.").waitFor();
	await keys.getByRole("button", { name: "Delete the last digit" }).click();
	await type(".8");
	await page.getByText("△ A bit high, aim 7.4 to 7.6").waitFor();
	await sound(page, "readings on the phone");
	await shot(page, "phone-readings");
	await keys.getByRole("button", { name: "TA" }).click();
	await type("90");
	// Whoever goes back with a number on the keys has read it.
	await page.getByRole("link", { name: "Back to the stop" }).click();
	await page.getByRole("link", { name: "Water", exact: true }).click();
	await page.locator(".tile", { hasText: "TA" }).getByText("90", { exact: true }).waitFor();
	await page.locator(".index").getByText("△ Scales").waitFor();
	assert.equal(await page.getByText("Drain due").count(), 0, "of one reading nothing is foretold");
	await sound(page, "readings with their balance");
	await shot(page, "phone-balance");
	// In the sun what is chosen is black with white, whatever it says.
	await page.evaluate(() => (document.documentElement.dataset.contrast = "sun"));
	const chosen = page.locator('.tile[aria-pressed="true"]');
	const [ink, ground] = await chosen.evaluate((e) => [getComputedStyle(e.querySelector("small")).color, getComputedStyle(e).backgroundColor]);
	assert.deepEqual([ink, Number(ground.match(/\d+/)[0]) < 32], ["rgb(255, 255, 255)", true]);
	await sound(page, "readings in the sun");
	await page.evaluate(() => delete document.documentElement.dataset.contrast);
	await page.getByRole("link", { name: "What to pour" }).click();
	await page.getByText("Pool, 18,500 gal").waitFor();
	await page.getByText("3 quarts + 1 cup").first().waitFor();
	// As one pours it: three quarts and a cup.
	assert.deepEqual(await page.getByRole("region", { name: "Liquid chlorine 12.5%" }).locator(".jugs small").allTextContents(), ["1 quart", "1 quart", "1 quart", "1 cup"]);
	await sound(page, "doses on the phone");
	await shot(page, "phone-doses");
	const acid = page.getByRole("region", { name: "Muriatic acid 31.45%" });
	await acid.getByRole("button", { name: "Why? Muriatic acid 31.45%" }).click();
	await acid.getByText(/From pH 7.8 to 7.5 at alkalinity 90/).waitFor();
	await acid.getByRole("button", { name: /^Added/ }).click();
	await page.getByRole("button", { name: "Undo" }).waitFor();
	const bleach = page.getByRole("region", { name: "Liquid chlorine 12.5%" });
	for (let i = 0; i < 8; i++) await bleach.getByRole("button", { name: "More" }).click();
	assert.equal(await bleach.getByRole("button", { name: /^Added/ }).isDisabled(), true, "another amount says why");
	await bleach.getByLabel("Why otherwise than advised?").fill("Leaves in it");
	await bleach.getByRole("button", { name: /^Added/ }).click();
	await page.getByRole("button", { name: "Undo" }).nth(1).waitFor();
	await page.getByRole("button", { name: "Undo" }).first().click();
	await page.getByRole("region", { name: "Muriatic acid 31.45%" }).waitFor();
	await page.getByRole("button", { name: "Something else was poured" }).click();
	const other = page.getByRole("region", { name: "Something else was poured" });
	await other.getByRole("button", { name: /^Pool salt/ }).click();
	for (let i = 0; i < 2; i++) await other.getByRole("button", { name: "More" }).click();
	await page.reload();
	await page.getByRole("region", { name: "Muriatic acid 31.45%" }).waitFor();
	await page.getByRole("button", { name: "Undo" }).waitFor();
	await sound(page, "something that nobody advised");
	await shot(page, "phone-other");
	await other.getByRole("button", { name: /^Added/ }).click();
	await page.getByRole("button", { name: "Undo" }).nth(1).waitFor();
	await other.waitFor({ state: "detached" });

	await page.context().setOffline(false);
	await page.evaluate(() => dispatchEvent(new Event("online")));
	await page.getByText("All saved at the office").waitFor();
	const water = granted(await c.owner.visitor.get(`/api/office/pools/${pool}/water`));
	assert.deepEqual(water.readings[0].values.map((x) => [x.measure, x.x100]), [["fc", 150], ["ph", 780], ["ta", 9000]]);
	assert.equal(water.readings[0].source, "technician");
	const told = granted(await c.owner.visitor.get(`/api/office/pools/${pool}/timeline`)).rows.find((r) => r.kind === "reading_taken");
	assert.deepEqual(told.values, [{ name: "text", value: "fc 1.5, pH 7.8, ta 90" }]);
	const undone = water.doses.find((d) => d.undone_at !== null);
	const given = water.doses.find((d) => d.chemical === "liquid_chlorine");
	const unasked = water.doses.find((d) => d.chemical === "salt");
	assert.ok(unasked.given_x100 > 0 && unasked.planned_x100 === null, "what nobody advised has no plan");
	assert.equal(undone.chemical, "muriatic");
	assert.equal(given.reason, "Leaves in it");
	assert.ok(given.given_x100 > given.planned_x100);
	assert.equal(granted(await c.owner.visitor.get("/api/office/stock")).rows.find((r) => r.item_id === given.item_id && r.place).amount_x100, -given.given_x100);
	await page.close();
});

test("water of which nobody knows how much it is: a guess gives the advice, and the office reads it", async () => {
	const id = (BigInt(Date.now()) << 21n) + 100n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Okafor', 'okafor@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${id + 1n}, ${id}, '88 W Fairmont Dr', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, name, sanitiser) VALUES (${id + 2n}, ${id + 1n}, 1, 'Main pool', 1)`, c.schema);
	const office = c.owner.visitor;
	const v = (measure, value) => ({ measure, x100: Math.round(value * 100), how: "exact" });
	granted(await office.post("/api/office/readings", { pool_id: letters(id + 2n), at: Math.floor(Date.now() / 1000) - 8 * 86400, values: [v("fc", 5), v("ph", 7.5), v("ta", 90), v("ch", 320), v("cya", 45), v("temp", 28.89)] }), 201);
	const here = granted(await office.post("/api/office/visits", { property_id: letters(id + 1n), pool_id: letters(id + 2n), service_id: stop.service_id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
	const page = await as(await visit({ size: WIDTHS.phone }), tom);
	await page.goto(url(c.host, `/tech/stops/${here.id}`));
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByRole("link", { name: "Water", exact: true }).click();
	await page.getByRole("heading", { name: "Free chlorine" }).waitFor();
	for (const k of "1.5") await page.getByRole("group", { name: "Digits" }).getByRole("button", { name: k, exact: true }).click();
	await page.getByRole("link", { name: "What to pour" }).click();
	await page.getByText("Without the volume of this water").waitFor();
	await page.getByLabel("How many gallons is it, about?").fill("12");
	await page.getByRole("button", { name: "Advise me with it" }).click();
	await page.getByText("A number like 18,500.").waitFor();
	await page.getByLabel("How many gallons is it, about?").fill("18,500");
	await sound(page, "water without a volume");
	await shot(page, "phone-volume");
	await page.getByRole("button", { name: "Advise me with it" }).click();
	await page.getByRole("region", { name: "Liquid chlorine 12.5%" }).waitFor();
	await page.getByRole("heading", { name: "Afterwards" }).waitFor();
	await page.reload();
	await page.getByText("By your guess: 18,500 gal").waitFor();
	await page.getByRole("region", { name: "Liquid chlorine 12.5%" }).waitFor();
	await sound(page, "advice by a guess");
	await shot(page, "phone-after");
	await until("the office has it", async () => granted(await office.get(`/api/office/visits/${here.id}/log`)).rows.some((l) => l.body.text?.includes("Main pool: about 18,500 gal")));
	await page.close();
});

test("what must never meet what went in today: said before it is poured, and written down only with a reason", async () => {
	const office = c.owner.visitor;
	const id = (BigInt(Date.now()) << 21n) + 200n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Imani Cole', 'cole@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${id + 1n}, ${id}, '4 Ash Ct', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${id + 2n}, ${id + 1n}, 1, 70030, 1, 1);
		INSERT INTO item (id, kind, name, chemical, strength_x100, unit, holds_x100) SELECT ${id + 3n}, kind, 'Cal-hypo 65%', 2, 6500, 9, 45359 FROM item WHERE chemical = 3`, c.schema);
	const one = letters(id + 2n);
	const here = granted(await office.post("/api/office/visits", { property_id: letters(id + 1n), pool_id: one, service_id: stop.service_id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
	granted(await office.post("/api/office/doses", { pool_id: one, item_id: letters(id + 3n), given_x100: 45359, at: Math.floor(Date.now() / 1000) - 3600 }), 201);
	const page = await as(await visit({ size: WIDTHS.phone }), tom);
	await page.goto(url(c.host, `/tech/stops/${here.id}`));
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.goto(url(c.host, `/tech/stops/${here.id}/doses`));
	await page.getByRole("button", { name: "Something else was poured" }).click();
	const other = page.getByRole("region", { name: "Something else was poured" });
	await other.getByRole("button", { name: /^Trichlor/ }).click();
	await other.getByRole("alert").getByText(/^Do not pour Trichlor.* must never meet Cal-hypo 65%/).waitFor();
	await other.getByRole("button", { name: "More" }).click();
	const add = other.getByRole("button", { name: /^Added/ });
	assert.equal(await add.isDisabled(), true, "nothing is written down without a word");
	await sound(page, "what must never meet");
	await shot(page, "phone-met");
	// Acid meets it too, but not never: no alarm. More of it than goes in at a time is said.
	await other.getByRole("button", { name: /^Muriatic/ }).click();
	await other.getByRole("alert").waitFor({ state: "detached" });
	for (let i = 0; i < 60 && (await other.getByRole("alert").count()) === 0; i++) await other.getByRole("button", { name: "More" }).click();
	await other.getByRole("alert").getByText(/^This is more than .* at a time/).waitFor();
	assert.equal(await add.isDisabled(), true, "nor is that");
	await other.getByRole("button", { name: /^Trichlor/ }).click();
	await other.getByRole("button", { name: "More" }).click();
	await other.getByLabel("Why was it poured all the same?").fill("It lay in the feeder");
	await add.click();
	await page.getByRole("button", { name: "Undo" }).waitFor();
	await until("the office looks", async () => granted(await office.get("/api/office/alerts")).rows.some((a) => a.row.kind === "dose" && /Trichlor.* and Cal-hypo 65%/.test(a.text)));
	await page.close();
});

test("when a drain is due stands behind the numbers, without signal too, in both languages", async () => {
	const office = c.owner.visitor;
	const id = (BigInt(Date.now()) << 21n) + 300n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Ivo Rises', 'ivo@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${id + 1n}, ${id}, '2 Elm St', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${id + 2n}, ${id + 1n}, 1, 70030, 1, 1)`, c.schema);
	const v = (measure, value) => ({ measure, x100: Math.round(value * 100), how: "exact" });
	for (const [i, [days, cya]] of [[150, 40], [121, 47], [90, 52], [61, 60], [31, 66], [9, 70]].entries())
		granted(await office.post("/api/office/readings", { pool_id: letters(id + 2n), at: Math.floor(Date.now() / 1000) - days * 86400, values: [v("fc", 3 + (i % 3)), v("ph", 7.4 + i / 50), v("cya", cya)] }), 201);
	const here = granted(await office.post("/api/office/visits", { property_id: letters(id + 1n), pool_id: letters(id + 2n), service_id: stop.service_id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
	const page = await as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|503/ }), tom);
	await page.goto(url(c.host, `/tech/stops/${here.id}/water`));
	await page.getByText(/^Drain due about \w+ \d+(, \d+)?: Stabilizer at its limit\.$/).waitFor();
	await page.getByText(/^It rises by \d+ ppm a year over 6 readings; between \w+ \d+.* and \w+ \d+.*\.$/).waitFor();
	await sound(page, "a drain is due, on the phone");
	await page.getByText(/^Drain due/).evaluate((x) => x.scrollIntoView());
	await shot(page, "phone-drain");
	sql(`UPDATE staff SET language = 'es' WHERE email = '${tom.email}'`, c.schema);
	await page.reload();
	const due = page.getByText(/^Vaciado hacia el \d+ \S+( \d+)?: Estabilizador en su límite\.$/);
	await due.waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.context().setOffline(true);
	await page.reload();
	await due.waitFor();
	await page.getByText(/^Sube \d+ ppm al año según 6 lecturas; entre el \d+ .* y el \d+ .*\.$/).waitFor();
	await page.context().close();
});
