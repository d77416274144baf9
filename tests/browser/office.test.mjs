// The office: every screen is sound, by day and by night, at a desk and on a phone, in both languages, by keyboard.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, sound, url, visit, WIDTHS } from "./harness.mjs";

let c;
before(async () => {
	c = await company();
	c.people = await crew(c, ["technician", "billing"]);
});

for (const path of ["/", "/staff", "/roles", "/company", "/audit", "/account"])
	for (const [size, box] of Object.entries(WIDTHS))
		for (const dark of [false, true])
			test(`${path} is sound on a ${size} by ${dark ? "night" : "day"}`, async () => {
				const page = await as(await visit({ size: box, dark }), c.owner);
				await page.goto(url(c.host, path));
				await page.getByRole("heading", { level: 1 }).first().waitFor();
				await page.waitForLoadState("networkidle");
				await sound(page, path);
				await page.context().close();
			});

for (const [path, heading] of [["/sign-in", "Sign in"], ["/forgot", "A new password"], ["/portal/sign-in", null], ["/tech/sign-in", "Sign in"]])
	test(`${path} is sound for somebody who is not signed in`, async () => {
		const page = await visit({ size: WIDTHS.phone, expected: /401/ });
		await page.goto(url(c.host, path));
		await page.getByRole("heading", heading ? { name: heading } : {}).first().waitFor();
		await sound(page, path);
		await page.context().close();
	});

test("the keyboard alone finds its way: skip link, palette, staff", async () => {
	const page = await as(await visit(), c.owner);
	await page.goto(url(c.host, "/"));
	await page.getByRole("heading", { level: 1 }).first().waitFor();
	await page.keyboard.press("Tab");
	assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip/);
	await page.keyboard.press("Control+k");
	await page.getByRole("dialog").waitFor();
	await page.keyboard.type("Staff");
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/staff/);
	await page.context().close();
});

test("whoever reads Spanish gets Spanish", async () => {
	const page = await as(await visit({ language: "es-MX" }), c.people.billing);
	await c.people.billing.visitor.get("/api/office/me").then(({ body }) =>
		c.people.billing.visitor.put("/api/office/me", { name: body.name, language: "es", version: body.version }));
	await page.goto(url(c.host, "/account"));
	await page.getByRole("heading", { level: 1 }).first().waitFor();
	assert.equal(await page.locator("html").getAttribute("lang"), "es");
	await sound(page, "account in Spanish");
	await page.context().close();
});

test("whoever travels reads the hours of the company", async () => {
	const page = await as(await visit({ zone: "Asia/Kathmandu" }), c.owner);
	const { zone } = (await c.owner.visitor.get("/api/office/me")).body.company;
	const [line] = (await c.owner.visitor.get("/api/office/audit")).body.rows;
	const at = (timeZone) => new Date(line.at * 1000).toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit", timeZone }).replace(/\s/g, " ");
	await page.goto(url(c.host, "/audit"));
	const first = await page.locator("tbody tr").first().innerText();
	assert.ok(first.replace(/\s/g, " ").includes(at(zone)), first);
	assert.notEqual(at(zone), at("Asia/Kathmandu"));
	await page.context().close();
});

test("an answer that breaks off in the middle is asked for again", async () => {
	const page = await as(await visit(), c.owner);
	await page.addInitScript(() => {
		const asked = window.fetch;
		window.broken = 0;
		window.fetch = async (path, how) => {
			const answer = await asked(path, how);
			if (!/\/api\/office\/staff/.test(path) || window.broken++ > 0) return answer;
			const half = (await answer.text()).slice(0, 40);
			const line = new ReadableStream({
				start: (to) => to.enqueue(new TextEncoder().encode(half)),
				pull: (to) => to.error(new TypeError("network error")),
			});
			return new Response(line, { headers: { "Content-Type": "application/json" } });
		};
	});
	await page.goto(url(c.host, "/staff"));
	await page.getByText(c.people.technician.email).first().waitFor();
	assert.ok((await page.evaluate(() => window.broken)) > 1);
	await page.context().close();
});
