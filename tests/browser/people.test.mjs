// People and roles in the office, mostly by keyboard; and that nothing which was typed gets lost.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, granted, hire, mailbox, sound, until, url, visit, WIDTHS, word } from "./harness.mjs";

let c;
let dale;
before(async () => {
	c = await company();
	dale = await hire(c, mailbox, "dispatcher", { name: "Dale Hutchins" });
});

const owner = async (options) => as(await visit(options), c.owner);
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("name"));

test("an invitation is sent without a mouse, and its typing survives a mistake and a reload", async () => {
	const page = await owner({ expected: /4\d\d/ });
	await page.goto(url(c.host, "/"));
	await page.getByRole("heading", { level: 1 }).waitFor();
	await page.keyboard.press("/");
	await page.getByRole("combobox").waitFor();
	await page.keyboard.type("invite");
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/staff\/new/);
	await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "name");
	await page.keyboard.type("Ana Ruiz");
	await page.keyboard.press("Tab");
	await page.keyboard.type("no address");
	await page.keyboard.press("Enter");
	await page.locator("[aria-invalid=true]").waitFor();
	await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "email");
	await sound(page, "a refused invitation");

	await page.reload();
	const panel = page.getByRole("complementary", { name: "Invite someone" });
	assert.equal(await panel.getByLabel("Name").inputValue(), "Ana Ruiz");
	const email = `ana@${word()}.example`;
	await panel.getByLabel("E-mail").fill(email);
	await page.keyboard.press("Enter");
	await page.getByText(`on its way to ${email}`).waitFor();
	await mailbox.letter(email, /\/invitation#/);
	await page.context().close();
});

test("somebody is disabled, which can be undone for a moment", async () => {
	const page = await owner();
	await page.goto(url(c.host, `/staff/${dale.id}`));
	const panel = page.getByRole("complementary", { name: "Dale Hutchins" });
	await panel.getByRole("button", { name: "More about this person" }).focus();
	await page.keyboard.press("Enter");
	await page.getByRole("menuitem").first().waitFor();
	await page.keyboard.press("End");
	assert.match(await page.evaluate(() => document.activeElement.textContent), /Disable/);
	await page.keyboard.press("Enter");
	await page.getByText("Dale Hutchins is signed out everywhere.").waitFor();
	assert.equal((await dale.visitor.get("/api/office/me")).status, 401);
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText("Dale Hutchins may sign in again.").waitFor();
	await panel.getByText("Active").waitFor();
	await page.keyboard.press("Escape");
	await page.context().close();
});

test("two people change the same person: the second one is told and shown what is new", async () => {
	const page = await owner({ expected: /409/ });
	await page.goto(url(c.host, `/staff/${dale.id}`));
	const panel = page.getByRole("complementary");
	await panel.getByLabel("Name").fill("Dale H.");
	const now = await c.owner.visitor.must(200, "GET", `/api/office/staff/${dale.id}`);
	await c.owner.visitor.must(200, "PUT", `/api/office/staff/${dale.id}`, { name: "Dale B. Hutchins", role: now.role, version: now.version });
	await panel.getByRole("button", { name: "Save" }).click();
	await panel.getByText("Someone else changed this person").waitFor();
	assert.equal(await panel.getByLabel("Name").inputValue(), "Dale H.", "what was typed is still there");
	await panel.getByRole("button", { name: "Show the newer one" }).click();
	await page.waitForFunction(() => document.querySelector("aside input[name=name]")?.value === "Dale B. Hutchins");
	await page.context().close();
});

test("the list is searched and filtered, and says so when nobody fits", async () => {
	const page = await owner({ size: WIDTHS.phone });
	await page.goto(url(c.host, "/staff"));
	await page.getByLabel("Find a person").fill("dale");
	await page.waitForURL(/q=dale/);
	await page.getByText("1 person", { exact: true }).waitFor();
	await page.getByRole("button", { name: "Disabled", exact: true }).click();
	await page.getByText("Nobody fits").waitFor();
	await sound(page, "nobody");
	await page.context().close();
});

test("a name typed into the palette finds the person, before a customer who only lives in such a street", async () => {
	granted(await c.owner.visitor.post("/api/office/customers", {
		name: "Rosa Ruiz", kind: "person", email: "", phone: "", language: "en", source: "", external_id: "",
		street: "5 Hutch Lane", city: "Mesa", region: "AZ", postcode: "85201", with_pool: true,
	}), 201);
	const page = await owner();
	await page.goto(url(c.host, "/"));
	await page.getByRole("heading", { level: 1 }).waitFor();
	await page.keyboard.press("Control+k");
	await page.keyboard.type("hutch");
	await page.getByRole("option", { name: /Hutch Lane/ }).waitFor();
	await until("the person comes first", () => page.getByRole("option").first().innerText(), (is) => /Hutchins/.test(is));
	await sound(page, "the palette");
	await page.keyboard.press("Enter");
	await page.waitForURL(new RegExp(`/staff/${dale.id}`));
	await page.getByRole("complementary", { name: /Hutchins/ }).waitFor();
	await page.context().close();
});

test("a role of one's own: who may change may also see", async () => {
	const page = await owner();
	const name = `Yard ${word()}`;
	await page.goto(url(c.host, "/roles/new"));
	await page.getByLabel("What it is called").fill(name);
	await page.getByLabel("Assign and move stops").check();
	assert.ok(await page.getByLabel("See the board").isChecked());
	await page.getByLabel("See the board").uncheck();
	assert.ok(!(await page.getByLabel("Assign and move stops").isChecked()));
	await page.getByLabel("See customers").check();
	await sound(page, "a new role");
	await page.getByRole("button", { name: "Make this role" }).click();
	await page.getByRole("link", { name }).click();
	await page.getByRole("complementary", { name }).getByRole("button", { name: "Remove" }).click();
	await page.getByText(`${name} is gone.`).waitFor();
	await page.context().close();
});

test("no signal: what was typed is kept, said so, and sent once when the signal is back", async () => {
	const page = await owner({ expected: /ERR_INTERNET_DISCONNECTED|ERR_FAILED/ });
	await page.goto(url(c.host, "/staff/new"));
	const panel = page.getByRole("complementary");
	const email = `far@${word()}.example`;
	await panel.getByLabel("Name").fill("Far Away");
	await panel.getByLabel("E-mail").fill(email);
	const keys = [];
	page.on("request", (r) => r.method() === "POST" && keys.push(r.headers()["idempotency-key"]));
	await page.context().setOffline(true);
	await page.keyboard.press("Enter");
	await panel.getByText("What you typed is kept").waitFor();
	await page.context().setOffline(false);
	await panel.getByRole("button", { name: "Send it to Far" }).click();
	await page.getByText(`on its way to ${email}`).waitFor();
	assert.ok(keys.length > 1);
	assert.equal(new Set(keys).size, 1, "one act, one key, however often it is sent");
	await page.context().close();
});

test("a house that is busy for a moment is asked again, unnoticed", async () => {
	const page = await owner({ expected: /503/ });
	let asked = 0;
	await page.route("**/api/office/staff*", (route) => {
		asked += 1;
		return asked === 1 ? route.fulfill({ status: 503, headers: { "retry-after": "1" }, body: "{}" }) : route.fallback();
	});
	await page.goto(url(c.host, "/staff"));
	await page.getByRole("link", { name: /Hutchins/ }).waitFor();
	assert.ok(asked > 1);
	await page.context().close();
});

test("a session that ends in the middle of typing gives the typing back after sign-in", async () => {
	const page = await owner({ expected: /401/ });
	await page.goto(url(c.host, "/staff/new"));
	await page.getByRole("complementary").getByLabel("Name").fill("Kept Person");
	await page.getByRole("complementary").getByLabel("E-mail").fill(`kept@${word()}.example`);
	await page.context().clearCookies();
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/sign-in\?then=/);
	await page.getByLabel("E-mail").fill(c.owner.email);
	await page.getByLabel("Password", { exact: true }).fill(c.owner.password);
	await page.keyboard.press("Enter");
	await page.getByLabel("Code").fill(await c.owner.codes.next());
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/staff\/new/);
	assert.equal(await page.getByRole("complementary").getByLabel("Name").inputValue(), "Kept Person");
	assert.equal(await focused(page), "name");
	await page.context().close();
});
