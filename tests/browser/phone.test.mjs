// What the phone puts before a technician: a stop that was given while they are out, and what they did before it goes out.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, learned, showCodes, sound, sql, until, url, visit, WIDTHS } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

const SHOTS = process.env.SHOTS;
const shot = async (page, name) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png` });
let c, office, tom, level, green, chlorine, places;
const people = ["Whitfield", "Okafor", "Rosa Ruiz"];

before(async () => {
	c = await company();
	tom = (await crew(c, ["technician"])).technician;
	office = c.owner.visitor;
	const at = BigInt(Date.now()) << 21n;
	places = people.map((_, i) => at + BigInt(i * 10));
	sql(people.map((name, i) => `INSERT INTO customer (id, name, email, language, created_at) VALUES (${places[i]}, '${name}', '', '${name === "Rosa Ruiz" ? "es" : "en"}', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6, place_source) VALUES (${places[i] + 1n}, ${places[i]}, '${611 + i} W Pine Ave', 'Mesa', 'AZ', '85201', ${33400000 + i * 20000}, -111800000, 4);
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${places[i] + 2n}, ${places[i] + 1n}, 1, 70030, 1, 1)`).join(";"), c.schema);
	[level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	chlorine = granted(await office.post("/api/office/standard-items", {}), 201).rows.find((i) => i.name === "Liquid chlorine 12.5%");
	granted(await office.post("/api/office/stock-moves", { item_id: chlorine.id, to_id: tom.id, bought: true, amount_x100: chlorine.holds_x100 * 6 }), 201);
	green = granted(await office.post("/api/office/services", { name: "Green pool", kind: "job", minutes: 50, pay_code: "", price_cents: 0, skills: [], instructions: "", checklist: [{ text: "Skim the surface", photo: false, required: true, reading: "", every_days: null }], parts: [{ name: chlorine.name, quantity: 4 }, { name: "Floc", quantity: 1 }] }), 201);
});
const plan = (k, over = {}) => office.post("/api/office/visits", { property_id: letters(places[k] + 1n), service_id: level.id, day: day(), tech_id: tom.id, note: "", anyway: true, ...over }).then((a) => granted(a, 201));
const phone = async (over = {}) => as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/, ...over }), tom);

test("a stop that the office adds while they are out is put before them with what it costs, and answered", async () => {
	await plan(0);
	const last = await plan(1);
	const page = await phone();
	await page.goto(url(c.host, "/tech/"));
	await page.getByRole("heading", { name: "0 done 2 left" }).waitFor();
	await learned(page, 2);
	// The moment it comes up: a tap that was meant for what lay there before must not be an answer.
	await page.evaluate(() => {
		new MutationObserver(() => {
			const button = document.querySelector("dialog[open] .button--primary");
			if (!button || "under" in globalThis) return;
			const box = button.getBoundingClientRect();
			globalThis.under = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest("button") !== null;
		}).observe(document.body, { childList: true, subtree: true, attributes: true });
	});
	// Planned for nobody, then put between the two: one change of this technician's day.
	const added = await plan(2, { tech_id: null, service_id: green.id, note: "Guests on Friday." });
	granted(await office.post(`/api/office/visits/${added.id}/places`, { day: day(), tech_id: tom.id, before_id: last.id, anyway: true, version: added.version }), 201);
	const sheet = page.getByRole("dialog", { name: "New stop: Rosa Ruiz" });
	await sheet.getByRole("heading", { name: "Rosa Ruiz: Green pool" }).waitFor();
	assert.equal(await page.evaluate(() => globalThis.under), false, "nothing lies under a finger that was on its way");
	await sheet.getByText("613 W Pine Ave, Mesa. About 50 min.").waitFor();
	await sheet.getByText("Guests on Friday.").waitFor();
	await sheet.getByText("from the office").waitFor();
	// The day around it: the stop behind it moves, and so does the end of the day. Floc was never counted in this van.
	const row = (name) => sheet.getByRole("listitem").filter({ hasText: name });
	await row("Whitfield").getByText(/\d:\d[05].[AP]M$/).waitFor();
	await row("Rosa Ruiz").getByText("min drive").waitFor();
	await row("Okafor").getByText(/^\d+:\d[05].[AP]M → ?now \d+:\d[05].[AP]M$/).waitFor();
	await sheet.getByText("Bring: 4 × Liquid chlorine 12.5%, Floc").waitFor();
	await sheet.getByText("In the van: 6 gallons Liquid chlorine 12.5%. Not counted in the van: Floc.").waitFor();
	await sheet.getByText(/^Done about \d+:\d[05].[AP]M, \d+:\d[05] h later$/).waitFor();
	await sound(page, "a new stop");
	await shot(page, "new-stop");
	// Put away without an answer it lies on top of the day, for a finger as for a key, and does not come up by itself again.
	await page.keyboard.press("Escape");
	await sheet.waitFor({ state: "detached" });
	const card = page.getByRole("button", { name: "New stop: Rosa Ruiz" });
	await sound(page, "a day with a new stop");
	await shot(page, "new-stop-waits");
	await page.reload();
	await card.waitFor();
	assert.equal(await sheet.count(), 0, "once by itself");
	await card.press("Enter");
	await sheet.waitFor();
	assert.ok(await sheet.getByRole("heading").evaluate((e) => e === document.activeElement), "no key answers by accident");
	for (let i = 0; i < 6; i++) {
		await page.keyboard.press("Tab");
		assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null), "the keys stay inside");
	}
	// What cannot be said in one tap comes back to the same sheet.
	await sheet.getByRole("button", { name: "Can't make it" }).click();
	await page.getByRole("dialog", { name: "What is in the way?" }).getByRole("button", { name: "Cancel" }).click();
	await sheet.getByRole("button", { name: "Missing part" }).click();
	await page.getByLabel("In your words").fill("One floc");
	await page.getByRole("button", { name: "Tell the office" }).click();
	await sheet.getByText("One floc").waitFor();
	// By night and in Spanish; then answered without signal.
	sql(`UPDATE staff SET language = 'es' WHERE email = '${tom.email}'`, c.schema);
	await page.emulateMedia({ colorScheme: "dark" });
	await page.reload();
	await page.getByRole("button", { name: "Parada nueva: Rosa Ruiz" }).click();
	const hoja = page.getByRole("dialog", { name: "Parada nueva: Rosa Ruiz" });
	await hoja.getByText("Lleva: 4 × Liquid chlorine 12.5%, Floc").waitFor();
	await sound(page, "a new stop by night, in Spanish");
	await shot(page, "new-stop-es");
	await page.context().setOffline(true);
	await hoja.getByRole("button", { name: "Recibido" }).click();
	await hoja.waitFor({ state: "detached" });
	assert.equal(await page.getByRole("button", { name: "Parada nueva: Rosa Ruiz" }).count(), 0, "answered");
	const said = async () => granted(await office.get(`/api/office/visits/${added.id}/log`)).rows.map((l) => l.row.verb);
	assert.equal((await said()).includes("confirm"), false);
	await page.context().setOffline(false);
	await until("the office has the answer", said, (is) => is.includes("confirm") && is.includes("missing_part"));
	sql(`UPDATE staff SET language = 'en' WHERE email = '${tom.email}'`, c.schema);
	await page.context().close();
});

test("before a stop is finished it says what was done, and a tap writes to the customer in their language", async () => {
	const stop = await plan(2, { service_id: green.id, pool_id: letters(places[2] + 2n) });
	const page = await phone();
	const [place] = granted(await office.get(`/api/office/customers/${letters(places[2])}`)).properties;
	granted(await office.put(`/api/office/properties/${place.id}/codes`, { gate: "4719", version: place.version }));
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	// What to bring, and how much of it is there; a code goes again, and one sees when.
	const bring = page.getByRole("region", { name: "Bring" });
	await bring.getByText("6 gallons in the van").waitFor();
	await bring.getByText("not counted in the van").waitFor();
	await showCodes(page);
	await page.getByText("4719", { exact: true }).waitFor();
	await page.getByText(/^hides in 0:\d\d$/).waitFor();
	await sound(page, "a brief with its code");
	await shot(page, "brief-code");
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByText("0 of 1 done").waitFor();
	await page.getByRole("link", { name: "Water", exact: true }).click();
	await page.getByRole("heading", { name: "Free chlorine" }).waitFor();
	for (const k of "1.5") await page.getByRole("group", { name: "Digits" }).getByRole("button", { name: k, exact: true }).click();
	await page.getByRole("link", { name: "What to pour" }).click();
	await page.getByRole("region", { name: chlorine.name }).getByRole("button", { name: /^Added/ }).click();
	await page.getByRole("button", { name: "Undo" }).waitFor();
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await page.getByRole("checkbox", { name: "Skim the surface" }).check();
	await page.getByRole("link", { name: "Review and finish" }).click();
	const done = page.getByRole("region", { name: "What was done" });
	await done.getByText("1 of 1").waitFor();
	await done.getByText(/^FC 1\.5/).waitFor();
	await done.getByText(/Liquid chlorine 12\.5%: /).waitFor();
	// The reader is Rosa, whose language is another than the technician's; what was tapped twice is gone.
	const note = page.getByLabel("It stands in the report.");
	const quick = page.getByRole("group", { name: "Quick words" });
	await page.getByText("Quick words are written in the customer's language.").waitFor();
	await quick.getByRole("button", { name: "Looks great" }).click();
	await quick.getByRole("button", { name: "What I added" }).click();
	await until("both stand there", () => note.inputValue(), (is) => is === "El agua se ve muy bien. Hoy agregué: Liquid chlorine 12.5%.");
	await sound(page, "the finish");
	await shot(page, "finish");
	await quick.getByRole("button", { name: "Looks great", pressed: true }).click();
	await until("one is taken back", () => note.inputValue(), (is) => is === "Hoy agregué: Liquid chlorine 12.5%.");
	// Nothing is lost by going back, or by a telephone that dies.
	await page.getByRole("link", { name: "Back to the stop" }).click();
	await page.getByRole("link", { name: "Review and finish" }).click();
	await page.reload();
	await done.getByText("1 of 1").waitFor();
	assert.equal(await note.inputValue(), "Hoy agregué: Liquid chlorine 12.5%.");
	await page.emulateMedia({ colorScheme: "dark" });
	await sound(page, "the finish by night");
	// Without signal it is finished on this phone: the day says so, until the office has it.
	await page.context().setOffline(true);
	await page.getByRole("button", { name: "Finish, send the report" }).click();
	await page.getByText(/Done,/).waitFor();
	await page.getByRole("link", { name: "Back to today" }).click();
	const here = page.getByRole("region", { name: "Behind you" }).getByText("on this phone");
	await here.waitFor();
	await sound(page, "a day of which a stop is here alone");
	await shot(page, "here-alone");
	await page.context().setOffline(false);
	await here.waitFor({ state: "detached" });
	await until("the office has it", async () => granted(await office.get(`/api/office/visits/${stop.id}/log`)).rows, (rows) => rows.some((l) => l.row.verb === "finish") && rows.some((l) => l.body.for_customer === true && l.body.text === "Hoy agregué: Liquid chlorine 12.5%."));
	// What is over is not reviewed again.
	await page.goto(url(c.host, `/tech/stops/${stop.id}/finish`));
	await page.getByRole("button", { name: "Open it again" }).waitFor();
	await page.waitForURL(`**/tech/stops/${stop.id}`);
	await page.context().close();
});
