// A customer's pages on a phone's width: who comes, the water of the last visit, a bill with its lines.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { company, crew, day, granted, mailbox, neighbours, OWN, pause, sound, sql, until, url, visit, WIDTHS, word } from "./harness.mjs";
import { letters } from "../house/phone.mjs";
import { production } from "../house/production.mjs";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
let c, email;

before(async () => {
	c = await company({ company: `Desert Blue ${word()}` });
	await crew(c, []);
	email = `dana@${word()}.example`;
	const n = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${n}, 'Dana Whitfield', '${email}', 'en', 1), (${n + 20n}, 'The rental', '${email}', 'en', 2);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${n + 1n}, ${n}, '2214 E Balboa Dr', 'Tempe', 'AZ', '85282');
		INSERT INTO pool (id, property_id, kind, name) VALUES (${n + 2n}, ${n + 1n}, 1, '');
		INSERT INTO service (id, name, kind, minutes, price_cents, checklist, parts) VALUES (${n + 3n}, 'Weekly cleaning', 1, 30, 0, '{"rows":[]}', '{"rows":[]}');
		INSERT INTO staff (id, name, email, language, role, state, created_at) VALUES (${n + 4n}, 'Marco Reyes', '${word()}@tech.example', 'en', 5, 2, 0);
		INSERT INTO item (id, kind, name, chemical, strength_x100, unit, holds_x100) VALUES (${n + 5n}, 1, 'Liquid chlorine', 1, 1250, 5, 378541);
		INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, minutes, state, source, note, on_way_at, started_at, ended_at) VALUES
			(${n + 6n}, ${n}, ${n + 1n}, ${n + 3n}, '${day(-7)}', ${n + 4n}, 30, 3, 2, '', NULL, 1700000000, 1700002000),
			(${n + 7n}, ${n}, ${n + 1n}, ${n + 3n}, '${day(2)}', ${n + 4n}, 30, 1, 2, '', NULL, NULL, NULL);
		INSERT INTO reading (id, pool_id, visit_id, source, at, made_at, body) VALUES (${n + 8n}, ${n + 2n}, ${n + 6n}, 2, 5, 5,
			'{"values":[{"measure":"fc","x100":150,"how":"exact"},{"measure":"ph","x100":780,"how":"exact"},{"measure":"cya","x100":4500,"how":"exact"}]}');
		INSERT INTO dose (id, pool_id, visit_id, item_id, chemical, strength_x100, given_x100, reason, cost_cents, price_cents, at, made_at)
			VALUES (${n + 9n}, ${n + 2n}, ${n + 6n}, ${n + 5n}, 1, 1250, 283906, '', 0, 0, 5, 5), (${n + 12n}, ${n + 2n}, ${n + 6n}, ${n + 5n}, 1, 1250, 99999, '', 0, 0, 5, 5);
		INSERT INTO visit_log (id, visit_id, verb, answer, actor_kind, actor_id, device_id, n, device_at, server_at, body) VALUES
			(${n + 10n}, ${n + 6n}, 6, 1, 1, ${n + 4n}, ${n + 4n}, 1, 1700001000, 1700001000, '{"text":"Water is clear. Please wait until 11 AM to swim.","for_customer":true}'),
			(${n + 11n}, ${n + 6n}, 6, 1, 1, ${n + 4n}, ${n + 4n}, 2, 1700001001, 1700001001, '{"text":"Owner is in arrears.","for_customer":false}')`, c.schema);
	const office = c.owner.visitor;
	/* What is put right at a stop that is over is sealed. */
	granted(await office.post(`/api/office/doses/${letters(n + 12n)}/undoings`, { version: 1 }), 204);
	const line = (text, unit_cents) => office.post(`/api/office/customers/${letters(n)}/lines`, { property_id: letters(n + 1n), kind: "labour", day: day(-1), text, quantity_milli: 1000, unit_cents, tax_code: "" });
	granted(await line("Service in June", 16500), 201);
	granted(await line("Filter cleaning", 9500), 201);
	granted(await office.post(`/api/office/customers/${letters(n)}/bills`, { day: day(0), until: day(0), title: "", note: "" }), 201);
	granted(await office.post(`/api/office/customers/${letters(n)}/payments`, { way: "check", cents: 6000, day: day(0), reference: "", note: "", reason: "", apply: [], keep: false }), 201);
	await until("the stop is sealed", () => sql("SELECT COUNT(*) FROM visit_log WHERE device_id = 0", c.schema)[0][0] === "1");
});

test("a customer sees what comes, what was done and what is owed, on a phone", async () => {
	const page = await visit({ size: WIDTHS.phone, expected: /401/ });
	await page.goto(url(c.host, "/portal/sign-in"));
	await page.getByLabel("Your e-mail").fill(email);
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Look in your mail" }).waitFor();
	await page.goto((await mailbox.letter(email, /\/portal\/enter#/)).text.match(/https?:\/\/\S+\/portal\/enter#\S+/)[0]);
	await page.getByText("Your next visit").waitFor();
	await page.getByText("$200.00", { exact: true }).waitFor();
	await page.getByText(/^Due /).waitFor();
	// Of two accounts under one address it says which this is, and where the other is.
	await page.getByRole("paragraph").filter({ hasText: "2214 E Balboa Dr" }).getByText("Dana Whitfield").waitFor();
	await page.getByRole("button", { name: "Another account" }).press("Enter");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Tab");
	assert.match(await page.evaluate(() => document.activeElement.textContent), /^Go over to The rental/);
	await sound(page, "home");
	if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/home.png`, fullPage: true });
	await page.getByRole("link", { name: "See each line" }).click();
	await page.getByText("Filter cleaning").waitFor();
	await page.getByText("You paid").waitFor();
	await sound(page, "a bill");
	if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/bill.png`, fullPage: true });
	await page.getByRole("link", { name: "Back" }).click();
	await page.getByText(/^For INV-.*\$60\.00$/).waitFor();
	await sound(page, "bills");
	if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/bills.png`, fullPage: true });
	await page.getByRole("navigation").getByRole("link", { name: "Visits" }).click();
	await page.getByRole("heading", { name: "Visits", level: 1 }).waitFor();
	await sound(page, "visits");
	if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/visits.png`, fullPage: true });
	await page.locator("a.line", { hasText: "Weekly cleaning" }).click();
	await page.getByText("Liquid chlorine").waitFor();
	await page.getByText("3 quarts").waitFor();
	await page.getByText("Water is clear. Please wait until 11 AM to swim.").waitFor();
	assert.equal(await page.getByText("in arrears").count(), 0);
	await page.getByRole("button", { name: "5 stars" }).click();
	await page.getByLabel("A word for the company").fill("Very clean");
	await sound(page, "a visit");
	if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/visit.png`, fullPage: true });
	await page.getByRole("button", { name: "Tell them" }).click();
	await page.getByText("Thank you for telling us.").waitFor();
	await page.getByRole("link", { name: /^Sealed / }).click();
	await page.getByRole("link", { name: /Nothing changed since/ }).waitFor();
	await page.goBack();
	await page.getByRole("navigation").getByRole("link", { name: "Ask us" }).click();
	await page.getByLabel("Anything we should know?").fill("The pump is loud");
	await sound(page, "asking");
	if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/ask.png`, fullPage: true });
	await page.getByRole("button", { name: "Ask for it" }).click();
	await page.getByRole("heading", { name: "We have it" }).waitFor();
	await sound(page, "asked");
	await page.getByRole("navigation").getByRole("link", { name: "Visits" }).click();
	await page.getByText("asked for").waitFor();
	await page.getByRole("navigation").getByRole("link", { name: "Home" }).click();
	await page.getByRole("link", { name: "Write to us" }).click();
	await page.getByLabel("Your message").fill("The gate sticks.");
	await page.getByRole("button", { name: "Send" }).click();
	await page.getByRole("log").getByText("The gate sticks.").waitFor();
	const chosen = page.waitForEvent("filechooser");
	await page.getByRole("button", { name: "Photo" }).press("Enter");
	await (await chosen).setFiles({ name: "gate.png", mimeType: "image/png", buffer: Buffer.from(PNG, "base64") });
	await until("the photo is there", () => page.getByRole("log").getByRole("img").evaluateAll((all) => all.filter((i) => i.complete && i.naturalWidth > 0).length), (n) => n === 1);
	await sound(page, "writing");
	if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/talk.png`, fullPage: true });
	await page.setViewportSize(WIDTHS.desk);
	await page.getByRole("navigation").getByRole("link", { name: "Home" }).click();
	await page.getByRole("button", { name: "Ver en español" }).click();
	await page.getByText("Su próxima visita").waitFor();
	await sound(page, "home, wide, in Spanish");
	if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/wide.png`, fullPage: true });
	await page.context().close();
});

test("at the company's own domain a customer comes in by a letter and sees the bill: the address, the links and the cookie are that domain's", async () => {
	sql(`INSERT INTO pool_control.host (host, tenant_id, verified_at, seen_at) VALUES ('${OWN}', ${c.schema.match(/\d+$/)[0]}, 1, UNIX_TIMESTAMP())`);
	const street = await production([OWN], { pages: true });
	try {
		const home = `${OWN}:${street.tls}`, at = (host, path) => `https://${host}:${street.tls}${path}`;
		const page = await visit({ size: WIDTHS.phone, expected: /401|404/, trusting: true });
		const asked = new Set();
		page.on("request", (r) => { if (/^http/.test(r.url())) asked.add(new URL(r.url()).host); });
		/* Whoever types the name alone. Writers of letters know the new name after two seconds, until then the link is the house's; and an hour has five letters. */
		let link = null;
		while (link?.hostname !== OWN) {
			if (link) await pause(600);
			const last = Math.max(...(await mailbox.list(email)).map((l) => l.id));
			await page.goto(at(OWN, ""));
			await page.waitForURL(at(OWN, "/portal/sign-in"));
			await page.getByLabel("Your e-mail").fill(email);
			await page.keyboard.press("Enter");
			await page.getByRole("heading", { name: "Look in your mail" }).waitFor();
			link = new URL((await mailbox.letter(email, /\/portal\/enter#/, { after: last })).text.match(/https?:\/\/\S+\/portal\/enter#\S+/)[0]);
		}
		/* Jobs are at http, as the whole house is here: the same page by https. Dana reads Spanish by now. */
		await page.goto(at(OWN, link.pathname + link.hash));
		await page.getByText("Su próxima visita").waitFor();
		await page.getByText(/^\$200[.,]00$/).waitFor();
		await sound(page, "home at the own domain");
		if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/own-home.png`, fullPage: true });
		await page.getByRole("link", { name: "Ver cada línea" }).click();
		await page.getByText("Filter cleaning").waitFor();
		assert.equal(new URL(page.url()).host, home);
		if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/own-bill.png`, fullPage: true });
		const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => new URL(a.href).host).filter(Boolean));
		assert.ok(links.length > 3);
		assert.deepEqual([...new Set(links)], [home]);
		await page.reload();
		await page.getByText("Filter cleaning").waitFor();
		assert.deepEqual([...asked], [home], "nothing was asked of anybody else");
		const cookies = await page.context().cookies();
		assert.deepEqual(cookies.map((k) => [k.name, k.domain, k.secure, k.httpOnly]), [["__Host-poolhouse-portal", OWN, true, true]]);
		/* The same browser at the house's address of the same company, and at the neighbour's: not signed in. */
		for (const host of [c.host, neighbours().host]) {
			await page.goto(at(host, "/portal/"));
			await page.getByLabel("Your e-mail").waitFor();
		}
		await page.goto(at(OWN, "/portal/"));
		await page.getByText("Su próxima visita").waitFor();
		/* The name is given up: the page says that there is none, with a way on, and nothing of the company. */
		sql(`DELETE FROM pool_control.host WHERE host = '${OWN}'`);
		await until("nobody lives there", async () => (await page.goto(at(OWN, "/portal/"))).status(), (is) => is === 404);
		await page.getByText("No company lives at this address.").waitFor();
		await sound(page, "a name that is nobody's");
		if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/own-gone.png`, fullPage: true });
		await page.context().close();
	} finally {
		sql(`DELETE FROM pool_control.host WHERE host = '${OWN}'`);
		await street.close();
	}
});
