// Settings that save themselves, the audit log that proves itself, one's own account.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { as, company, signIn, sound, sql, until, url, visit, WIDTHS } from "./harness.mjs";

let c;
before(async () => {
	c = await company();
});
const owner = async (options) => as(await visit(options), c.owner);
const settings = () => c.owner.visitor.must(200, "GET", "/api/office/company");

test("a valid change of the settings is saved when the typing pauses, a wrong one is kept and explained", async () => {
	const page = await owner({ expected: /4\d\d/ });
	await page.goto(url(c.host, "/company"));
	await page.getByLabel("Phone", { exact: true }).fill("(480) 555-0142");
	await page.getByText("Saved", { exact: true }).waitFor();
	assert.match((await settings()).phone, /555-0142/);
	await page.getByLabel("Company name").fill("");
	await page.getByText("Not saved yet.").first().waitFor();
	assert.notEqual((await settings()).name, "");
	await page.getByLabel("Company name").fill("Desert Blue");
	await page.getByText("Saved", { exact: true }).waitFor();
	assert.equal((await settings()).name, "Desert Blue");
	await page.locator(".nav__brand", { hasText: "Desert Blue" }).waitFor();
	// An address that names a part of the page opens there, though the part comes with an answer of its own.
	await page.goto(url(c.host, "/company#support"));
	await until("the part is in sight", () => page.evaluate(() => document.getElementById("support")?.getBoundingClientRect().top ?? 9999), (top) => top < 700);
	await page.context().close();
});

test("two people change the settings: what only one touched is merged, what both touched is asked", async () => {
	const page = await owner({ expected: /409/ });
	await page.goto(url(c.host, "/company"));
	await page.getByLabel("Phone", { exact: true }).waitFor();
	await c.owner.visitor.must(200, "PUT", "/api/office/company", { ...(await settings()), phone: "(480) 555-0199", city: "Davis" });
	await page.getByLabel("Phone", { exact: true }).fill("(480) 555-0144");
	await page.getByText("Someone else changed the same fields").waitFor();
	assert.equal(await page.getByLabel("City").inputValue(), "Davis");
	await sound(page, "a choice between two phone numbers");
	await page.getByRole("button", { name: /Use mine/ }).click();
	await page.getByText("Saved", { exact: true }).waitFor();
	await until("the phone is mine", async () => /0144/.test((await settings()).phone));
	assert.equal((await settings()).city, "Davis");
	await page.context().close();
});

test("the audit log is found whole; taking all of it away wants the password once more", async () => {
	const fresh = { ...c.owner, visitor: await signIn(c.owner) };
	const page = await as(await visit({ expected: /403/ }), fresh);
	await page.goto(url(c.host, "/audit"));
	await page.getByRole("button", { name: "Check that it is whole" }).click();
	await page.getByText(/The log is whole/).waitFor();
	await sound(page, "the verdict");
	// More lines than one answer carries: the file has them all, and one head.
	const lines = Number(sql("SELECT MAX(seq) FROM audit", c.schema)[0][0]);
	sql(`INSERT INTO audit SELECT seq, seq, 1, 1, 'Olga', 'line', 'test', 0, '', '', '', '', REPEAT('x', 32), REPEAT('x', 32)
		FROM seq_1_to_21000 WHERE seq > ${lines}`, c.schema);
	const file = page.waitForEvent("download");
	await page.getByRole("button", { name: "Download CSV" }).click();
	const asked = page.getByRole("dialog");
	/* Whoever signed in a moment ago has just proved who they are and may not be asked. */
	await Promise.race([asked.waitFor(), file]).catch(() => {});
	if (await asked.isVisible()) {
		await sound(page, "the question for the password");
		await asked.getByLabel("Password", { exact: true }).fill(c.owner.password);
		await page.keyboard.press("Enter");
		const code = asked.getByLabel("Code");
		await Promise.race([code.waitFor(), file]);
		if (await code.isVisible()) {
			await code.fill(await c.owner.codes.next());
			await page.keyboard.press("Enter");
		}
	}
	assert.equal((await file).suggestedFilename(), "audit.csv");
	const table = readFileSync(await (await file).path(), "utf8").trimEnd().split("\r\n");
	assert.match(table[0], /^seq,at,/);
	assert.deepEqual(new Set(table.slice(1).map((l) => Number(l.split(",")[0]))).size, 21000);
	assert.equal(table.length, 21001);
	sql(`DELETE FROM audit WHERE verb = 'line'`, c.schema); // the chain goes on where it was
	await page.context().close();
});

test("the account speaks Spanish at once, goes dark, and lists where one is signed in", async () => {
	await signIn(c.owner);
	const page = await owner({ size: WIDTHS.phone });
	await page.goto(url(c.host, "/account"));
	await page.getByText("Where you are signed in").waitFor();
	await page.getByRole("button", { name: "Español" }).click();
	await page.getByRole("heading", { name: "Tu cuenta" }).waitFor();
	await page.getByRole("button", { name: "Noche" }).click();
	assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
	await sound(page, "the account, in Spanish, by night");
	await page.getByRole("button", { name: "Cerrar todas las demás" }).click();
	await page.getByText("Se cerraron las demás sesiones.").waitFor();
	await page.getByRole("button", { name: "English" }).click();
	await page.getByRole("heading", { name: "Your account" }).waitFor();
	// The page speaks at once; a page that is closed may take the word with it that was still on its way.
	await until("the house knows it, too", async () => (await c.owner.visitor.must(200, "GET", "/api/office/me")).language, (l) => l === "en");
	await page.context().close();
});

test("who has not paid reads why nothing is saved, then why each page is closed, and still takes everything away", async () => {
	const unpaid = async (days, standing) => {
		sql(`UPDATE pool_control.subscription SET unpaid_since = ${Math.floor(Date.now() / 1000) - days * 86400}
			WHERE tenant_id = (SELECT id FROM pool_control.tenant WHERE slug = '${c.slug}')`);
		await until(`it stands ${standing}`, async () => (await c.owner.visitor.must(200, "GET", "/api/office/me")).standing, (s) => s === standing);
	};
	await unpaid(20, "read_only");
	const page = await owner({ size: WIDTHS.phone, expected: /403/ });
	await page.goto(url(c.host, "/customers/new"));
	await page.getByLabel("Name", { exact: true }).fill("Rosa Ruiz");
	await page.getByRole("button", { name: "Add this customer" }).click();
	const why = page.getByRole("alert").filter({ hasText: "nothing can be changed until it is" });
	await why.waitFor();
	await until("the reason is in sight", () => why.evaluate((e) => {
		const { left, top, width, height } = e.getBoundingClientRect();
		return e.contains(document.elementFromPoint(left + width / 2, top + height / 2));
	}));
	assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Rosa Ruiz");
	await unpaid(60, "suspended");
	await page.goto(url(c.host, "/customers"));
	await page.getByRole("heading", { name: "Closed until it is paid" }).waitFor();
	await page.getByText("Its data can be taken away.").waitFor();
	await sound(page, "a page of a closed company");
	await page.getByRole("button", { name: "Settle it" }).click();
	await page.getByRole("button", { name: "Make the archive" }).waitFor();
	await page.context().close();
});
