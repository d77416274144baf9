// What the company sells: the usual seven in one click, a template with its checklist, skills that it asks for.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, sound, url, visit, WIDTHS } from "./harness.mjs";

let c;
before(async () => {
	c = await company();
});
const owner = async (options) => as(await visit(options), c.owner);

test("a new company takes the usual seven services with one click", async () => {
	const page = await owner();
	await page.goto(url(c.host, "/services"));
	await page.getByRole("heading", { name: "What do you sell?" }).waitFor();
	await sound(page, "no services yet");
	await page.getByRole("button", { name: "Add the usual seven" }).click();
	await page.getByRole("link", { name: /Green to clean/ }).waitFor();
	assert.equal(await page.getByRole("row").count(), 7 + 2, "seven services under two heads");
	await page.context().close();
});

test("a template gets a skill, a line with a photo that is due twice a year, and a part; all of it comes back", async () => {
	const page = await owner({ expected: /422/ });
	await page.goto(url(c.host, "/services/skills"));
	await page.getByRole("link", { name: "Name a skill" }).first().click();
	await page.getByRole("textbox", { name: "Name" }).fill("Heater repair");
	await page.keyboard.press("Enter");
	await page.getByRole("link", { name: "Heater repair" }).waitFor();
	await page.goto(url(c.host, "/services"));
	await page.getByRole("link", { name: /Filter clean/ }).click();
	const panel = page.getByRole("complementary", { name: "Filter clean" });
	await panel.getByLabel("Price").fill("a lot");
	await panel.getByRole("button", { name: "Save" }).click();
	await panel.getByText("Write an amount, such as 185.00.").waitFor();
	await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "price_cents");
	await panel.getByLabel("Price").fill("1,185.50");
	await panel.getByLabel("Pay code").fill("FC");
	await panel.getByRole("group", { name: "Asks for" }).getByRole("button", { name: "Heater repair" }).click();
	await panel.getByRole("button", { name: "Add a line" }).click();
	await panel.getByLabel("Line 6").fill("Look at the heater");
	const line = panel.getByRole("listitem").nth(5);
	await line.getByRole("button", { name: "Photo" }).click();
	await line.getByLabel("When it is due").selectOption("182");
	await panel.getByRole("button", { name: "Add a part" }).click();
	await panel.getByLabel("Part 1").fill("O-ring set");
	await sound(page, "a template");
	await panel.getByRole("button", { name: "Save" }).click();
	await page.getByText("$1,185.50").waitFor();
	await page.reload();
	const kept = (await c.owner.visitor.get("/api/office/services")).body.rows.find((s) => s.name === "Filter clean");
	assert.deepEqual(
		[kept.price_cents, kept.pay_code, kept.skills.length, kept.parts, kept.checklist.at(-1)],
		[118550, "FC", 1, [{ name: "O-ring set", quantity: 1 }], { text: "Look at the heater", photo: true, required: true, reading: "", every_days: 182 }],
	);
	assert.equal(kept.checklist[0].reading, "pressure");
	await page.context().close();
});

test("what is put aside is offered again by undo", async () => {
	const page = await owner();
	await page.goto(url(c.host, "/services"));
	await page.getByRole("link", { name: /Closing/ }).click();
	await page.getByRole("complementary", { name: "Closing" }).getByRole("button", { name: "More about this service" }).click();
	await page.getByRole("menuitem", { name: "Archive" }).click();
	await page.getByText("Closing is put aside.").waitFor();
	await page.getByRole("link", { name: /Closing/ }).waitFor({ state: "detached" });
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByRole("link", { name: /Closing/ }).waitFor();
	await page.context().close();
});

test("services are sound at every width, by night and in Spanish", async () => {
	for (const size of Object.values(WIDTHS)) {
		const page = await owner({ size, dark: size === WIDTHS.phone });
		await page.goto(url(c.host, "/services"));
		await page.getByRole("link", { name: /Filter clean/ }).waitFor();
		await sound(page, `services at ${size.width}`);
		await page.getByRole("link", { name: /Filter clean/ }).click();
		await page.getByRole("complementary", { name: "Filter clean" }).waitFor();
		await sound(page, `a template at ${size.width}`);
		await page.goto(url(c.host, "/services/skills"));
		await page.getByRole("link", { name: "Heater repair" }).waitFor();
		await sound(page, `skills at ${size.width}`);
		await page.context().close();
	}
	const page = await owner();
	await page.goto(url(c.host, "/services"));
	await page.getByRole("link", { name: /Filter clean/ }).waitFor();
	await page.keyboard.press("/");
	await page.getByRole("combobox").fill("español");
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Niveles de servicio" }).waitFor();
	await sound(page, "services in Spanish");
	await page.context().close();
});
