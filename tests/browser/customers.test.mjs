// The record of a customer in the office: taken on, described, found again, archived; codes that are seen for a moment.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, hire, mailbox, sound, url, visit, word, write } from "./harness.mjs";

const SIZES = [
	{ width: 360, height: 780 },
	{ width: 1280, height: 800 },
];
let c;
let dana;
before(async () => {
	c = await company();
	const made = await c.owner.visitor.post("/api/office/customers", {
		name: "Dana Whitfield", kind: "person", email: "", phone: "(480) 255-0142", language: "en", source: "", external_id: "",
		street: "6418 E Sunnyslope Ln", city: "Paradise Valley", region: "AZ", postcode: "85253", with_pool: true,
	});
	assert.equal(made.status, 201, made.text);
	dana = made.body.customer;
});

const owner = async (options) => as(await visit(options), c.owner);
const record = (page, more = "") => page.goto(url(c.host, `/customers/${dana.id}${more}`));

test("a customer is added without a mouse, described with the calculator, and found by a word of the name", async () => {
	const page = await owner({ expected: /4\d\d/ });
	const name = `Ana ${word()}`;
	await page.goto(url(c.host, "/"));
	await page.getByRole("heading", { level: 1 }).waitFor();
	await page.keyboard.press("/");
	await page.getByRole("dialog").getByRole("combobox").waitFor();
	await page.keyboard.type("add a customer");
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/customers\/new/);
	const panel = page.getByRole("complementary", { name: "Add a customer" });
	await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "name");
	await page.keyboard.type(name);
	await page.keyboard.press("Tab");
	await page.keyboard.type("12");
	await page.keyboard.press("Enter");
	await panel.locator("[aria-invalid=true]").waitFor();
	await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "phone");
	await sound(page, "a refused customer");
	await panel.getByLabel("Phone").fill("480 255 0143");
	await panel.getByLabel("Street").fill("12 Palm Way");
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { level: 1, name }).waitFor();
	await page.getByText("(480) 255-0143").first().waitFor();

	await page.getByRole("button", { name: "Change: Pool" }).click();
	const pool = page.getByRole("complementary", { name: "Pool" });
	await pool.getByRole("button", { name: "Feet, gallons" }).click();
	await pool.getByLabel("How the volume is known").selectOption("calculated");
	await pool.getByLabel("Shape").selectOption("rectangle");
	await pool.getByLabel("Length (ft)").fill("30");
	await pool.getByLabel("Width (ft)").fill("15");
	await pool.getByLabel("Shallow end (ft)").fill("3");
	await pool.getByLabel("Deep end (ft)").fill("7");
	/* 30 x 15 x 5 feet are 2,250 cubic feet: 16,831 gallons; the sizes go as whole centimetres, which makes it 16,772. */
	const counted = await pool.getByRole("status").getByText(/gallons/).textContent();
	assert.equal(counted.replace(/\D/g, ""), "16772");
	await pool.getByLabel("Surface").selectOption("plaster");
	await sound(page, "the calculator");
	await pool.getByRole("button", { name: "Save" }).click();
	await page.getByText(/16,770 gal/).waitFor();
	await page.getByText("Plaster").waitFor();
	/* What was measured in feet is the same in feet when it is opened again. */
	await page.getByRole("button", { name: "Change: Pool" }).click();
	assert.equal(await pool.getByLabel("Length (ft)").inputValue(), "30");

	await page.keyboard.press("Escape");
	await page.keyboard.press("/");
	await page.getByRole("dialog").getByRole("combobox").fill(name.split(" ")[1]);
	await page.getByRole("dialog").getByRole("option", { name: new RegExp(name) }).click();
	await page.getByRole("heading", { level: 1, name }).waitFor();
	await page.context().close();
});

test("a gate code is not in the page until it is asked for, is gone after thirty seconds, and the look is told", async () => {
	const page = await owner();
	await page.clock.install();
	await record(page);
	await page.getByRole("button", { name: "Edit Getting in" }).click();
	const panel = page.getByRole("complementary", { name: "Getting in" });
	await panel.getByLabel("Gate code").fill("4711#");
	await panel.getByLabel("Dogs").fill("Biscuit, friendly");
	assert.ok(!(await page.evaluate(() => JSON.stringify(sessionStorage))).includes("4711#"), "no code in a draft");
	await panel.getByRole("button", { name: "Save" }).click();
	await page.getByText("Biscuit, friendly").waitFor();
	assert.ok(!(await page.content()).includes("4711#"));
	await page.getByRole("button", { name: "Show: Gate code" }).click();
	await page.getByText("4711#").waitFor();
	await page.clock.runFor(31_000);
	await page.getByRole("button", { name: "Show: Gate code" }).waitFor();
	assert.ok(!(await page.content()).includes("4711#"), "the code has left the page");
	await page.reload();
	await page.getByText("looked at: gate code").first().waitFor();
	await record(page, "?tab=changes");
	await page.getByText("codes are never written here").first().waitFor();
	assert.ok(!(await page.content()).includes("4711#"));
	await page.context().close();
});

test("wishes: what cannot be is said at its field, what can is a chip", async () => {
	const page = await owner({ expected: /4\d\d/ });
	await record(page);
	await page.getByRole("button", { name: "Edit They like" }).click();
	const panel = page.getByRole("complementary", { name: "They like" });
	await panel.getByLabel("Text before arriving").check();
	const [likes, nots] = [panel.getByRole("group", { name: "Days they like" }), panel.getByRole("group", { name: "Days they do not want" })];
	await likes.getByRole("button", { name: "Monday" }).click();
	await nots.getByRole("button", { name: "Monday" }).click();
	await panel.getByRole("button", { name: "Save" }).click();
	await nots.getByRole("alert").waitFor();
	await likes.getByRole("button", { name: "Monday" }).click();
	await panel.getByRole("button", { name: "Save" }).click();
	await page.getByText("Not Monday").waitFor();
	await page.getByText("Text before arriving", { exact: true }).waitFor();
	await page.context().close();
});

test("two people change the same record: both changes stand, and a clash is shown, not lost", async () => {
	const page = await owner({ expected: /409/ });
	await record(page, "?edit=customer:");
	const panel = page.getByRole("complementary", { name: "Customer" });
	await panel.getByLabel("Where they come from").fill("a neighbour");
	const now = (await c.owner.visitor.get(`/api/office/customers/${dana.id}`)).body;
	const { name, kind, language, bill_street, bill_city, bill_region, bill_postcode, external_id, own, version } = now;
	const put = await c.owner.visitor.put(`/api/office/customers/${dana.id}`, {
		name, kind, language, bill_street, bill_city, bill_region, bill_postcode, external_id, own, version,
		email: "dana@whitfield.example", source: "the web",
	});
	assert.equal(put.status, 200, put.text);
	await panel.getByRole("button", { name: "Save" }).click();
	await panel.getByText("Where they come from is now: the web").waitFor();
	assert.equal(await panel.getByLabel("Where they come from").inputValue(), "a neighbour");
	assert.equal(await panel.getByLabel("E-mail").inputValue(), "dana@whitfield.example");
	await sound(page, "a clash");
	await write(page, () => panel.getByRole("button", { name: "Save" }).click());
	await page.getByText("a neighbour").waitFor();
	const after = (await c.owner.visitor.get(`/api/office/customers/${dana.id}`)).body;
	assert.deepEqual([after.source, after.email], ["a neighbour", "dana@whitfield.example"]);
	await page.context().close();
});

test("people, notes, tags and equipment stand on the record", async () => {
	const page = await owner();
	await record(page);
	await page.getByRole("button", { name: "Add a person" }).click();
	const person = page.getByRole("complementary", { name: "Add a person" });
	await person.getByLabel("Name").fill("Marcus Whitfield");
	await person.getByLabel("E-mail", { exact: true }).fill("marcus@whitfield.example");
	await person.getByLabel("Report of a visit, E-mail").check();
	await person.getByRole("button", { name: "Add a person" }).click();
	await page.getByText("E-mail: report of a visit.").waitFor();

	await page.getByRole("button", { name: "Write a note for technicians" }).click();
	await page.getByLabel("Note", { exact: true }).fill("Skimmer lid is loose");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByRole("region", { name: "For technicians" }).getByText("Skimmer lid is loose").waitFor();

	await page.getByRole("button", { name: "Tag", exact: true }).click();
	await page.keyboard.type("weekly");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Take the tag weekly away" }).waitFor();

	await page.getByRole("button", { name: "Add equipment" }).click();
	const machine = page.getByRole("complementary", { name: "Add equipment" });
	await machine.getByLabel("Kind").selectOption("salt_cell");
	await machine.getByLabel("Warranty until").fill("2031-05-01");
	await machine.getByRole("button", { name: "Add this" }).click();
	await page.getByText("warranty until May 1, 2031").waitFor();
	await page.goto(url(c.host, "/customers?tag=weekly"));
	await page.getByRole("link", { name: /Dana Whitfield/ }).waitFor();
	await page.context().close();
});

test("a house is sold: pools and codes go on with the new owner, whose record opens", async () => {
	const sold = (await c.owner.visitor.post("/api/office/customers", {
		name: "Old Owner", kind: "person", email: "", phone: "", language: "en", source: "", external_id: "",
		street: "9 Sold Street", city: "", region: "", postcode: "", with_pool: true,
	})).body.customer;
	const page = await owner();
	await page.goto(url(c.host, `/customers/${sold.id}?edit=sale:${sold.properties[0].id}`));
	const panel = page.getByRole("complementary", { name: "The house was sold" });
	await panel.getByLabel("The new owner").fill("New Owner");
	await panel.getByRole("button", { name: "Hand it over" }).click();
	await page.getByRole("heading", { level: 1, name: "New Owner" }).waitFor();
	await page.getByText("took 9 Sold Street over from Old Owner").waitFor();
	await page.getByRole("region", { name: "Pool", exact: true }).waitFor();
	await page.goto(url(c.host, `/customers/${sold.id}`));
	await page.getByText("handed 9 Sold Street over to New Owner").waitFor();
	await page.getByText("No place to serve yet").waitFor();
	// And on to somebody who is a customer already.
	const now = (await c.owner.visitor.get("/api/office/customers?q=New+Owner")).body.rows[0];
	const { properties } = (await c.owner.visitor.get(`/api/office/customers/${now.id}`)).body;
	await page.goto(url(c.host, `/customers/${now.id}?edit=sale:${properties[0].id}`));
	await page.getByText("A customer we know").click();
	await panel.getByRole("button", { name: "Hand it over" }).click();
	await panel.getByText("Find who bought it").waitFor();
	await panel.getByRole("searchbox", { name: "Who bought it" }).fill("old own");
	await panel.getByRole("button", { name: /Old Owner/ }).click();
	await sound(page, "a sale to a known customer");
	await panel.getByRole("button", { name: "Hand it over" }).click();
	await page.getByRole("heading", { level: 1, name: "Old Owner" }).waitFor();
	await page.getByText("took 9 Sold Street over from New Owner").waitFor();
	// That was no sale: taken back where it was said.
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByRole("heading", { level: 1, name: "New Owner" }).waitFor();
	await page.getByText("took the sale of 9 Sold Street back").waitFor();
	await page.context().close();
});

test("who may not see codes gets none, and who may not edit gets no forms", async () => {
	const reader = await hire(c, mailbox, "read_only", { name: "Rita Reads" });
	const page = await as(await visit(), reader);
	await record(page);
	await page.getByText("Your role does not see codes.").waitFor();
	assert.equal(await page.getByRole("button", { name: /^(Show|Edit|Add|Change)/ }).count(), 0);
	await sound(page, "a reader's record");
	await page.context().close();
});

test("the first page of an empty list offers the first customer; a filter that nobody fits can be cleared", async () => {
	const young = await company();
	const page = await as(await visit({ language: "es-MX" }), young.owner);
	await page.goto(url(young.host, "/customers"));
	await page.getByRole("heading", { name: /Your first customer|Tu primer cliente/ }).waitFor();
	await sound(page, "an empty list");
	await page.getByRole("main").getByRole("link", { name: /Add a customer|Agregar un cliente/ }).last().click();
	await page.waitForURL(/\/customers\/new/);
	await page.context().close();
	const other = await owner();
	await other.goto(url(c.host, "/customers?tag=nobody-has-it"));
	await other.getByRole("heading", { name: "Nobody fits" }).waitFor();
	await other.getByRole("button", { name: "Show all" }).click();
	await other.getByRole("link", { name: /Dana Whitfield/ }).waitFor();
	await other.context().close();
});

test("the record speaks Spanish to whoever reads Spanish", async () => {
	const eva = await hire(c, mailbox, "manager", { name: "Eva Luna", language: "es" });
	const page = await as(await visit({ language: "es-MX" }), eva);
	await record(page);
	await page.getByRole("heading", { name: "Cómo entrar" }).waitFor();
	await page.getByText("agregó a este cliente").waitFor();
	await sound(page, "a record in Spanish");
	await page.context().close();
});

test("archive, and undo it for a moment", async () => {
	const page = await owner();
	await record(page);
	await page.getByRole("button", { name: "More about this customer" }).focus();
	await page.keyboard.press("Enter");
	await page.getByRole("menuitem").first().waitFor();
	await page.keyboard.press("End");
	await page.keyboard.press("Enter");
	await page.getByText("Dana Whitfield is archived.").waitFor();
	await page.getByText("nothing is lost, nothing is planned").waitFor();
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText("Dana Whitfield is back.").waitFor();
	await page.getByRole("button", { name: "Edit Dana Whitfield" }).waitFor();
	await page.context().close();
});

test("the list and the record are sound by day and by night, on a phone and on a desk", async () => {
	for (const size of SIZES)
		for (const dark of [false, true]) {
			const page = await owner({ size, dark });
			const look = `${size.width}${dark ? " dark" : ""}`;
			await page.goto(url(c.host, "/customers"));
			await page.getByRole("link", { name: /Dana Whitfield/ }).waitFor();
			await sound(page, `list ${look}`);
			await record(page);
			await page.getByRole("heading", { level: 1 }).waitFor();
			await page.getByText("added this customer").waitFor();
			await sound(page, `record ${look}`);
			for (const edit of ["customer:", `wishes:${dana.properties[0].id}`, `pool:${dana.properties[0].pools[0].id}`, "contact-new:"]) {
				await record(page, `?edit=${edit}`);
				await page.locator(".panel form").waitFor();
				await sound(page, `${edit} ${look}`);
			}
			await record(page);
			await page.getByRole("link", { name: "Changes" }).click();
			await page.getByText("Field by field").waitFor();
			await sound(page, `changes ${look}`);
			await page.goto(url(c.host, "/customers/new"));
			await page.locator(".panel form").waitFor();
			await sound(page, `new ${look}`);
			await page.context().close();
		}
});
