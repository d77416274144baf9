// The site: every page, in both languages, by day and by night, on a phone and on a desk.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../house/until.mjs";
import { sound, url, visit, WIDTHS } from "./harness.mjs";

for (const path of ["/", "/prices", "/signup", "/sign-in", "/terms", "/es/", "/es/prices", "/es/signup"])
	for (const [size, box] of Object.entries(WIDTHS))
		for (const dark of [false, true])
			test(`${path} is sound on a ${size} by ${dark ? "night" : "day"}`, async () => {
				const page = await visit({ size: box, dark, language: path.startsWith("/es/") ? "es-MX" : "en-US" });
				const answer = await page.goto(url("localhost", path));
				assert.equal(answer.status(), 200);
				assert.equal(await page.locator("html").getAttribute("lang"), path.startsWith("/es") ? "es" : "en");
				await page.waitForLoadState("networkidle");
				await sound(page, path);
				await page.context().close();
			});

test("a page that is not there says so, kindly", async () => {
	const page = await visit({ expected: /404/ });
	assert.equal((await page.goto(url("localhost", "/no-such-page"))).status(), 404);
	await sound(page, "404");
	await page.context().close();
});

test("the page of prices says what this house asks, in both languages", async () => {
	const page = await visit();
	for (const [path, text] of [["/prices", /\$149\.00[^]*The first 30 days are free/], ["/es/prices", /149[.,]00[^]*Los primeros 30 días son gratis/], ["/", /30 days free, then \$149\.00 a month/]]) {
		await page.goto(url("localhost", path));
		await until(path, () => page.locator("main").innerText(), (said) => text.test(said));
	}
	await page.context().close();
});

test("the platform's own door asks for three things, and says what is wrong", async () => {
	const page = await visit({ size: WIDTHS.phone, expected: /401/ });
	await page.goto(url("localhost", "/platform"));
	await page.getByLabel("E-mail").fill("nobody@platform.example");
	await page.getByLabel("Key").fill("no key");
	await page.getByLabel("Code of your authenticator").fill("000000");
	await page.keyboard.press("Enter");
	await page.getByText("Address, key and code do not go together.").waitFor();
	await sound(page, "platform");
	await page.context().close();
});

test("the site can be read without script", async () => {
	const page = await visit();
	const plain = await page.context().browser().newContext({ javaScriptEnabled: false });
	const p = await plain.newPage();
	for (const path of ["/", "/prices", "/terms"]) {
		await p.goto(url("localhost", path));
		assert.ok((await p.locator("main").innerText()).length > 100, path);
	}
	await plain.close();
	await page.context().close();
});
