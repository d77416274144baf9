// A stranger signs a company up with nothing but a browser, invites somebody, and both sign in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Codes, company, mailbox, sound, url, visit, WIDTHS, word } from "./harness.mjs";

const letter_link = async (email, door) => {
	const letter = await mailbox.letter(email, new RegExp(`/${door}#`));
	return letter.text.match(/https?:\/\/\S+#\S+/)[0];
};

test("from the first page to a technician's phone", async () => {
	await company(); // a neighbour stands next door
	const w = word();
	const email = `renata@${w}.example`;
	const password = "a lemon tree by the pool";

	// The site proposes an address while the name is typed.
	const page = await visit();
	await page.goto(url("localhost"));
	await page.getByRole("link", { name: "Start your company" }).first().click();
	await page.getByLabel("Company name").fill(`Blue Oak ${w}`);
	await page.getByLabel("Your name").fill("Renata Rivera");
	await page.getByLabel("E-mail").fill(email);
	await page.getByLabel("Password", { exact: true }).fill(password);
	await page.waitForFunction(() => document.querySelector("#slug").value.length > 2);
	const slug = await page.locator("#slug").inputValue();
	await page.getByRole("button", { name: "Start" }).click();
	await page.locator("#open").click();

	// The ticket opens the house; the owner adds the second lock.
	await page.waitForURL(new RegExp(`//${slug}\\.localhost`));
	await page.getByRole("button", { name: "Set it up" }).click();
	await page.getByRole("img", { name: /QR/ }).waitFor();
	await sound(page, "the second factor");
	await page.getByRole("button", { name: "Type it instead" }).click();
	const codes = new Codes((await page.locator("code").innerText()).replace(/\s/g, ""));
	await page.getByLabel("Code").fill(await codes.next());
	await page.getByRole("button", { name: "Turn it on" }).click();
	await page.getByRole("group", { name: "Keep these codes" }).waitFor();
	assert.equal(await page.locator(".codes > *").count(), 10);
	await page.getByRole("button", { name: "I wrote them down" }).click();
	await page.getByRole("heading", { name: /Welcome/ }).waitFor();
	assert.equal(new URL(page.url()).hash, "", "no ticket stays in the address");
	await sound(page, "home");

	// The e-mail is confirmed by its link.
	await page.goto(await letter_link(email, "confirm"));
	await page.getByRole("heading", { name: /confirm/i }).waitFor();
	const confirm = page.getByRole("button", { name: /confirm/i });
	if (await confirm.count()) await confirm.first().click();
	await page.getByText("Your e-mail is confirmed").first().waitFor();

	// Somebody is invited, and comes in on a phone.
	await page.goto(url(`${slug}.localhost`, "/staff"));
	await page.getByRole("link", { name: "Invite someone" }).or(page.getByRole("button", { name: "Invite someone" })).first().click();
	const panel = page.getByRole("complementary", { name: "Invite someone" });
	await panel.getByLabel("Name").fill("Tom Tide");
	const tom = `tom@${w}.example`;
	await panel.getByLabel("E-mail").fill(tom);
	await panel.getByRole("button", { name: /Send|Invite/ }).click();
	await page.getByText(tom).first().waitFor();
	await sound(page, "staff");

	const phone = await visit({ size: WIDTHS.phone });
	await phone.goto(await letter_link(tom, "invitation"));
	await phone.getByLabel(/password/i).first().fill("a heron stands very still");
	await phone.getByRole("button", { name: /Join/ }).click();
	await phone.waitForURL(/\/tech\//);
	await phone.getByText("Tom Tide").first().waitFor();
	await sound(phone, "the technician's phone");

	// The owner comes back another day.
	const again = await visit({ expected: /401/ });
	await again.goto(url(`${slug}.localhost`));
	await again.getByLabel("E-mail").fill(email);
	await again.getByLabel("Password", { exact: true }).fill(password);
	await again.getByRole("button", { name: "Sign in" }).click();
	await again.getByLabel("Code").fill(await codes.next());
	await again.getByRole("button", { name: "Open the office" }).click();
	await again.getByRole("heading", { name: /Welcome/ }).waitFor();
	for (const p of [page, phone, again]) await p.context().close();
});
