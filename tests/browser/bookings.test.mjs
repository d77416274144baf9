// A stranger books on a telephone and changes it by the link; the office opens the page, and it stands on another site.
import assert from "node:assert/strict";
import http from "node:http";
import { before, test } from "node:test";
import { as, company, crew, day, granted, mailbox, set_job, sound, sql, takeCards, url, visit, wake, where, WIDTHS, word } from "./harness.mjs";

let c, tech, service;
const shot = async (page, name) => process.env.SHOTS && page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

before(async () => {
	c = await company();
	tech = (await crew(c, ["technician"])).technician;
	const office = c.owner.visitor;
	service = granted(await office.post("/api/office/services", { name: "Pump repair", kind: "job", minutes: 60, pay_code: "", price_cents: 12900, skills: [], checklist: [], parts: [], instructions: "" }), 201);
	const { version } = granted(await office.get(`/api/office/staff/${tech.id}/work`));
	const off = (new Date(day(6)).getUTCDay() + 6) % 7;
	granted(await office.put(`/api/office/staff/${tech.id}/hours`, { from_day: "2020-01-01", rows: WEEK.filter((weekday, i) => i !== off).map((weekday) => ({ weekday, from_minute: 480, to_minute: 960 })), version }));
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (77, 'Known Neighbour', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (77, 77, '9 Palm Way', 'Mesa', 'AZ', '85201', 33416000, -111830000)`, c.schema);
});

test("the office opens its booking page with the keyboard", async () => {
	const page = await as(await visit({ expected: /422/ }), c.owner);
	await page.goto(url(c.host, "/services/booking"));
	const open = page.getByRole("checkbox", { name: "People can book online" });
	await open.waitFor();
	await sound(page, "booking, not open");
	await open.focus();
	await page.keyboard.press("Space");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("Choose at least one service that can be booked.").waitFor();
	await page.getByRole("checkbox", { name: "Pump repair" }).check();
	await page.getByRole("textbox", { name: "Pump repair: What customers read of it" }).fill("We listen, measure, open it; ; Photos before and after");
	await page.getByRole("radio", { name: /^At once/ }).check();
	await page.getByRole("checkbox", { name: /^Show prices/ }).check();
	await page.getByRole("textbox", { name: /^ZIP codes/ }).fill("852*");
	await page.getByRole("spinbutton", { name: /^Customers change it/ }).fill("1");
	await shot(page, "office-desk");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByRole("button", { name: "Save" }).waitFor({ state: "detached" });
	await page.reload();
	assert.ok(await page.getByRole("checkbox", { name: "Pump repair" }).isChecked());
	await sound(page, "booking, open");
	await page.setViewportSize(WIDTHS.phone);
	await sound(page, "booking, on a phone");
	await shot(page, "office-phone");
	const dark = await as(await visit({ dark: true, language: "es-MX" }), c.owner);
	await dark.goto(url(c.host, "/services/booking"));
	await dark.getByRole("checkbox", { name: "Pump repair" }).waitFor();
	await sound(dark, "booking, dark");
	await shot(dark, "office-dark-es");
	await dark.context().close();
	await page.context().close();
});

for (const [language, size, w] of [
	["en-US", WIDTHS.phone, { show: "Show times", hold: /^Hold /, book: "Book it", done: "You are booked", change: "Change or cancel", street: "Street and number", city: "City", zip: "ZIP code", name: "Name", mobile: "Mobile number", mail: /^E-mail/, closed: "closed", cancel: "Cancel the visit", yes: "Yes, cancel it", off: "Cancelled" }],
	["es-MX", WIDTHS.desk, { show: "Ver horas", hold: /^Apartar /, book: "Reservar", done: "Su cita está reservada", change: "Cambiar o cancelar", street: "Calle y número", city: "Ciudad", zip: "Código postal", name: "Nombre", mobile: "Teléfono móvil", mail: /^Correo/, closed: "cerrado", cancel: "Cancelar la visita", yes: "Sí, cancelarla", off: "Cancelada" }],
])
	test(`a stranger books and cancels, ${language}`, async () => {
		const page = await visit({ size, language, expected: /422/ });
		await page.goto(url(c.host, "/book"));
		const opened = Date.now();
		await page.getByRole("button", { name: w.show }).waitFor();
		assert.deepEqual(await page.locator(".book__about > li").allInnerTexts(), ["We listen, measure, open it", "Photos before and after"]);
		await sound(page, "what and where");
		await page.getByLabel(w.street).fill("1 Palm Way");
		await page.getByLabel(w.city).fill("Mesa");
		await page.getByLabel(w.zip).fill("90210");
		await shot(page, `book-1-${language}`);
		await page.getByRole("button", { name: w.show }).click();
		await page.getByRole("alert").waitFor();
		await page.getByLabel(w.zip).fill("85201");
		await page.getByRole("button", { name: w.show }).click();
		const hold = page.getByRole("button", { name: w.hold });
		await hold.waitFor();
		await sound(page, "when");
		assert.equal(await page.locator(".book__day").filter({ hasText: w.closed }).count(), 1, "on one of seven days nobody works");
		await shot(page, `book-2-${language}`);
		/* Times are for a place: another one hides them, by the keyboard the same one brings them back. */
		await page.getByLabel(w.zip).fill("85202");
		await hold.waitFor({ state: "detached" });
		await page.getByLabel(w.zip).fill("85201");
		await hold.waitFor();
		await page.locator(".book__window input:checked").press("ArrowDown");
		await hold.press("Enter");
		await page.getByLabel(w.name, { exact: true }).fill("Nora Nueva");
		await page.getByLabel(w.mobile).fill(`480 555 01${size === WIDTHS.phone ? 42 : 43}`);
		const email = `nora@${word()}.example`;
		await page.getByLabel(w.mail).fill(email);
		await sound(page, "who");
		await shot(page, `book-3-${language}`);
		/* A form that comes back within two seconds was filled in by a machine; nobody types all this so quickly. */
		await page.waitForTimeout(Math.max(0, opened + 3000 - Date.now()));
		await page.getByRole("button", { name: w.book }).click();
		await page.getByRole("heading", { name: w.done }).waitFor();
		await sound(page, "done");
		await shot(page, `book-4-${language}`);
		await mailbox.letter(email, /book\/mine#/);
		await page.getByRole("link", { name: w.change }).click();
		await page.getByRole("button", { name: w.cancel }).click();
		await sound(page, "own booking");
		await shot(page, `book-5-${language}`);
		await page.getByRole("button", { name: w.yes }).click();
		await page.getByText(w.off, { exact: true }).waitFor();
		await page.context().close();
	});

test("it stands on another site with a strict policy, as high as it needs", async () => {
	const host = `http://${c.host}:${where.port}`;
	const site = http.createServer((_, answer) => {
		answer.setHeader("content-type", "text/html");
		answer.setHeader("content-security-policy", `default-src 'none'; script-src ${host}; frame-src ${host}`);
		answer.end(`<!doctype html><title>Blue Pools</title><h1>Book</h1><script src="${host}/book.js" async></script>`);
	});
	await new Promise((up) => site.listen(0, "127.0.0.1", up));
	try {
		const page = await visit({ size: WIDTHS.phone, expected: /favicon/ });
		await page.goto(`http://127.0.0.1:${site.address().port}/`);
		const frame = page.frameLocator("iframe");
		await frame.getByRole("button", { name: "Show times" }).waitFor();
		await page.waitForFunction(() => document.querySelector("iframe").offsetHeight > 570);
		await shot(page, "widget");
		await page.context().close();
	} finally {
		site.close();
	}
});

test("work that is due again is booked with one tap, on a telephone", async () => {
	const email = `rosa@${word()}.example`;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (88, 'Rosa Ruiz', '${email}', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (88, 88, '4 Palm Way', 'Mesa', 'AZ', '85201', 33416000, -111830000);
		INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source, note) SELECT 88, 88, 88, id, '${day()}' - INTERVAL 3 MONTH - INTERVAL 2 DAY, 60, 3, 2, '' FROM service WHERE name = 'Pump repair'`, c.schema);
	const office = c.owner.visitor;
	const { url: at, script, services, model_there, model_today, model_most, ...rules } = granted(await office.get("/api/office/booking"));
	granted(await office.put("/api/office/booking", { ...rules, services: services.filter((s) => s.on).map((s) => ({ id: s.id, due_months: 3 })) }));
	await set_job(c, 7001, "due_work");
	const token = (await mailbox.letter(email, /book\/due#/)).text.match(/book\/due#([\w.-]+)/)[1];
	const page = await visit({ size: WIDTHS.phone, dark: true });
	await page.goto(url(c.host, `/book/due#${token}`));
	const first = page.locator(".book__window").first();
	await first.waitFor();
	await sound(page, "due again");
	await shot(page, "due-dark");
	await first.click();
	await page.getByRole("heading", { name: "You are booked" }).waitFor();
	await sound(page, "due again, booked");
	await shot(page, "due-done");
	await page.context().close();
});

test("a deposit keeps the time: it is paid on a telephone right behind the booking, and confirms it", async () => {
	await takeCards(where, c.owner);
	const office = c.owner.visitor;
	const { url: at, script, services, model_there, model_today, model_most, ...rules } = granted(await office.get("/api/office/booking"));
	granted(await office.put("/api/office/booking", { ...rules, deposit_cents: 5000, services: services.filter((s) => s.on).map((s) => ({ id: s.id, due_months: 0 })) }));
	const page = await visit({ size: WIDTHS.phone });
	await page.goto(url(c.host, "/book"));
	const opened = Date.now();
	await page.getByLabel("Street and number").fill("3 Palm Way");
	await page.getByLabel("City").fill("Mesa");
	await page.getByLabel("ZIP code").fill("85201");
	await page.getByRole("button", { name: "Show times" }).click();
	await page.getByText("a deposit of $50.00 keeps the time").waitFor();
	await shot(page, "deposit-times");
	await page.getByRole("button", { name: /^Hold / }).click();
	await page.getByText("A deposit of $50.00 keeps this time.").waitFor();
	await page.getByLabel("Name", { exact: true }).fill("Dina Diaz");
	await page.getByLabel("Mobile number").fill("480 555 0177");
	const email = `dina@${word()}.example`;
	await page.getByLabel("E-mail").fill(email);
	await sound(page, "who, with a deposit");
	await shot(page, "deposit-who");
	await page.waitForTimeout(Math.max(0, opened + 3000 - Date.now())); // as above
	await page.getByRole("button", { name: "Book it" }).click();
	await page.getByText("Please pay the deposit of $50.00 within 45 minutes.").waitFor();
	await sound(page, "a deposit is due");
	await shot(page, "deposit-due");
	await page.getByRole("link", { name: "Pay $50.00" }).click();
	await page.getByRole("button", { name: /\$50\.00/ }).click();
	await page.getByLabel("Card number").fill("4242 4242 4242 4242");
	await page.getByRole("button", { name: "Pay by card" }).click();
	await page.getByText("This bill is paid. Thank you.").waitFor();
	await sound(page, "the deposit is paid");
	await shot(page, "deposit-paid");
	/* Its confirmation waits for some minutes in case that the bank is slow; here it need not. */
	sql("UPDATE job SET due_at = 1 WHERE kind = 'booking_deposit' AND state = 1", c.schema);
	await wake(c);
	await mailbox.letter(email, /comes to 3 Palm Way[^]*book\/mine#/);
	await page.context().close();
});
