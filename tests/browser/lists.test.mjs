// Lists of customers and photos in the office: filtered, saved, changed together with one undo; two records made one; a photo
// dropped on a record; the codes that somebody who leaves has seen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { as, choose, company, crew, sound, sql, until, url, visit, WIDTHS } from "./harness.mjs";

let c, people;
const made = {};
before(async () => {
	c = await company();
	people = await crew(c, ["technician"]);
	for (const [name, over] of [
		["Ana Alvarez", { city: "Mesa", phone: "480 255 0101", street: "12 Palm Way" }],
		["Bob Brown", { phone: "480 255 0102" }],
		["Bob Browne", { phone: "480 255 0102", street: "9 Oak Ave" }],
		["Court HOA", { kind: "business", with_pool: false, street: "30 Court Pl", postcode: "=1+85281" }],
	]) {
		const answer = await c.owner.visitor.post("/api/office/customers", {
			name, kind: "person", email: "", phone: "", language: "en", source: "", external_id: "", street: "1 Main St", city: "Tempe",
			region: "AZ", postcode: "85281", with_pool: true, ...over,
		});
		assert.equal(answer.status, 201, answer.text);
		made[name] = answer.body.customer;
	}
});

const owner = async (options) => as(await visit(options), c.owner);
const customers = (page, more = "") => page.goto(url(c.host, `/customers${more}`));
/* What a click puts into the downloads: its name, its head and its lines. */
async function taken(page, button) {
	const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
	const [head, ...lines] = readFileSync(await file.path(), "utf8").replace(/^\ufeff/, "").trimEnd().split("\r\n");
	for (const cell of lines.flatMap((l) => l.split(","))) assert.doesNotMatch(cell, /^"?[=+@\t]/, "a cell is a formula");
	return { name: file.suggestedFilename(), head, lines };
}
const names = async (page) => page.getByRole("table").locator("tbody .person b").allTextContents();

test("a list is filtered, saved under a name, found again and dropped with an undo", async () => {
	const page = await owner();
	await customers(page);
	await page.getByRole("button", { name: "Filter" }).click();
	await page.getByLabel("What is missing").selectOption("pool");
	await page.waitForURL(/lacking=pool/);
	await page.getByText("1 customer", { exact: true }).waitFor();
	assert.deepEqual(await names(page), ["Court HOA"]);
	await sound(page, "the filters");
	// Taken away as it is filtered, and a spreadsheet runs nothing of it.
	await page.getByRole("button", { name: "More about customers" }).click();
	const list = await taken(page, page.getByRole("menuitem", { name: "Download this list as CSV" }));
	assert.deepEqual([list.name, list.head.slice(0, 5), list.lines.length], ["customers.csv", "Name,", 1]);
	assert.match(list.lines[0], /Court HOA,.*,"'=1\+85281",/);
	await page.getByText("The list is in your downloads.").waitFor();
	await page.getByRole("button", { name: "Save this list" }).click();
	await page.getByRole("dialog").getByLabel("Name").fill("Without a pool");
	await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
	await page.getByText("“Without a pool” is saved.").waitFor();
	await page.getByRole("button", { name: "Take off: No pool" }).click();
	await page.getByText("4 customers", { exact: true }).waitFor();
	await page.getByRole("button", { name: "Without a pool", exact: true }).click();
	await page.waitForURL(/lacking=pool/);
	await page.getByRole("button", { name: "More about the list Without a pool" }).click();
	await page.getByRole("menuitem", { name: "Drop this list" }).click();
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByRole("button", { name: "Without a pool", exact: true }).waitFor();
	await page.context().close();
});

for (const size of [WIDTHS.desk, WIDTHS.phone])
	test(`many are changed at once by looking first, and one undo takes it back, at ${size.width}`, async () => {
		const page = await owner({ size });
		await customers(page);
		if (size === WIDTHS.desk) await page.getByLabel("Choose all that are shown").check();
		else for (const name of Object.keys(made)) await page.getByLabel(`Choose ${name}`, { exact: true }).check();
		await page.getByText("4 chosen").waitFor();
		await page.getByRole("button", { name: "Change them" }).click();
		const panel = page.getByRole("complementary", { name: "Change 4 customers" });
		await panel.getByLabel("Tag").fill(`Spring ${size.width}`);
		await panel.getByText("4 would change").waitFor();
		await sound(page, "what would change");
		await panel.getByRole("button", { name: "Change 4" }).click();
		await page.getByText("4 changed.").waitFor();
		await page.getByText(`Spring ${size.width}`).first().waitFor();
		await page.getByRole("button", { name: "Undo" }).click();
		await page.getByText("Taken back for 4.").waitFor();
		await page.waitForFunction((tag) => !document.querySelector("table")?.textContent.includes(tag), `Spring ${size.width}`);
		await page.getByRole("button", { name: "More about customers" }).click();
		await page.getByRole("menuitem", { name: "Big changes" }).click();
		await page.getByRole("complementary", { name: "Big changes" }).getByText("Undone").first().waitFor();
		await sound(page, "the last changes");
		await page.context().close();
	});

test("two who look alike are offered, laid beside each other, made one and taken apart", async () => {
	const page = await owner();
	await customers(page, "/duplicates");
	const pair = page.getByRole("region", { name: "Bob Brown, Bob Browne" });
	await pair.getByText("Same phone").waitFor();
	await sound(page, "the duplicates");
	const pairs = await taken(page, page.getByRole("button", { name: "Download this list as CSV" }));
	assert.deepEqual([pairs.name, pairs.lines.length], ["duplicates.csv", 1]);
	assert.match(pairs.head, /^Name,Phone,.*Perhaps the same as/);
	await pair.getByRole("button", { name: "They are two" }).click();
	await page.getByText("No two look alike").waitFor();
	await page.getByRole("button", { name: "Undo" }).click();
	await pair.getByRole("link", { name: "Look at both" }).click();
	const panel = page.getByRole("complementary", { name: "Make two records one" });
	await panel.getByRole("columnheader", { name: "stays Bob Brown" }).waitFor();
	await panel.getByRole("button", { name: "The other way round" }).click();
	await panel.getByRole("columnheader", { name: "stays Bob Browne" }).waitFor();
	await panel.getByRole("button", { name: "The other way round" }).click();
	await panel.getByRole("columnheader", { name: "goes into it Bob Browne" }).waitFor();
	await sound(page, "two records beside each other");
	await panel.getByRole("button", { name: "Make them one" }).click();
	await page.getByText("All is under Bob Brown now.").waitFor();
	await page.getByText("9 Oak Ave").first().waitFor();
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText("They are two again.").waitFor();
	await page.getByRole("heading", { level: 1, name: "Bob Browne" }).waitFor();
	await page.context().close();
});

/* A picture from nothing, drawn by the browser itself. */
const picture = (page) =>
	page.evaluate(async () => {
		const canvas = document.createElement("canvas");
		[canvas.width, canvas.height] = [800, 600];
		const at = canvas.getContext("2d");
		at.fillStyle = "teal";
		at.fillRect(0, 0, 800, 300);
		const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
		return [...new Uint8Array(await blob.arrayBuffer())];
	});

for (const size of [WIDTHS.desk, WIDTHS.phone])
	test(`a photo is added to a pool, named, put away and brought back, at ${size.width}`, async () => {
		const page = await owner({ size, expected: /422/ });
		await page.goto(url(c.host, `/customers/${made["Ana Alvarez"].id}`));
		const photos = page.getByRole("region", { name: "Photos and papers" });
		const add = photos.getByRole("button", { name: "Add", exact: true });
		await choose(page, add, { name: `Skimmer ${size.width}.png`, mimeType: "image/png", buffer: Buffer.from(await picture(page)) });
		const open = photos.getByRole("button", { name: `Open: Skimmer ${size.width}` });
		await open.waitFor();
		await page.waitForFunction(() => [...document.querySelectorAll(".file__photo img")].every((i) => i.complete && i.naturalWidth > 0));
		await sound(page, "the photos");
		await open.click();
		const viewer = page.getByRole("dialog");
		await viewer.getByRole("textbox").fill(`Cracked ${size.width}`);
		await viewer.getByRole("button", { name: "Save" }).click();
		await page.getByText("Saved.").waitFor();
		await sound(page, "a photo");
		await viewer.getByRole("button", { name: "Archive" }).click();
		await page.getByText("Put away.").waitFor();
		assert.equal(await photos.getByText(`Cracked ${size.width}`).count(), 0);
		await page.getByRole("button", { name: "Undo" }).click();
		await photos.getByText(`Cracked ${size.width}`).waitFor();
		await choose(page, add, { name: "page.png", mimeType: "image/png", buffer: Buffer.from("<html>") });
		await photos.getByRole("alert").getByText(/JPEG, PNG or WebP/).waitFor();
		await page.context().close();
	});

test("who leaves: the codes they saw are a list that ticks itself", async () => {
	const home = made["Bob Brown"].properties[0];
	const put = (gate, version) => c.owner.visitor.put(`/api/office/properties/${home.id}/codes`, { gate, version });
	const now = async () => (await c.owner.visitor.get(`/api/office/customers/${made["Bob Brown"].id}`)).body.properties.find((p) => p.id === home.id);
	assert.equal((await put("4711", (await now()).version)).status, 200);
	const me = (await c.owner.visitor.get("/api/office/me")).body;
	assert.equal((await c.owner.visitor.post(`/api/office/properties/${home.id}/codes`, { kind: "gate" })).status, 200);
	const page = await owner();
	await page.goto(url(c.host, `/staff/${me.id}`));
	await page.getByRole("link", { name: "Codes to change" }).click();
	await page.getByRole("heading", { level: 1, name: "Codes to change" }).waitFor();
	await page.getByText("1 to change").waitFor();
	await page.getByText(/seen once/).waitFor();
	await sound(page, "codes to change");
	await page.getByRole("link", { name: "Change codes" }).click();
	const panel = page.getByRole("complementary", { name: "Getting in" });
	await page.clock.install();
	await panel.getByLabel("Gate code").fill("0815");
	await panel.getByRole("button", { name: "Save" }).click();
	await page.getByText("Saved.").waitFor();
	await page.goto(url(c.host, `/staff/${me.id}/codes`));
	await page.getByText("Every code has changed since.").waitFor();
	await page.getByRole("button", { name: "All" }).click();
	await page.getByText("Changed", { exact: true }).waitFor();
	await page.context().close();
});

test("the company adds a field of its own, fills it in a record, and pins an entrance on the map", async () => {
	const page = await owner();
	await customers(page);
	await page.getByRole("button", { name: "More about customers" }).click();
	await page.getByRole("menuitem", { name: "Own fields" }).click();
	await page.getByText("Your first own field").waitFor();
	await page.getByRole("link", { name: "Add a field" }).first().click();
	const panel = page.getByRole("complementary", { name: "Add a field" });
	await panel.getByLabel("Name").fill("Membership");
	await panel.getByLabel("Kind").selectOption("choice");
	await panel.getByLabel("To choose from").fill("Gold\nSilver\n");
	await sound(page, "a field of one's own");
	await panel.getByRole("button", { name: "Save" }).click();
	await page.getByText("Gold, Silver").waitFor();
	await sound(page, "own fields");
	const bob = made["Bob Brown"];
	await customers(page, `/${bob.id}?edit=customer:`);
	await page.getByLabel("Membership").selectOption("Gold");
	await page.getByRole("complementary", { name: "Customer" }).getByRole("button", { name: "Save" }).click();
	await page.getByRole("definition").filter({ hasText: "Gold" }).waitFor();
	await customers(page, `/${bob.id}?edit=place:${bob.properties[0].id}`);
	const pin = page.getByLabel("Entrance on the map");
	await pin.fill("somewhere");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByRole("alert").getByText(/latitude and longitude/).waitFor();
	await pin.fill("33.4255, -111.94");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("Saved.").waitFor();
	const where = async () => {
		const x = (await c.owner.visitor.get(`/api/office/customers/${bob.id}`)).body.properties[0];
		return [x.lat_e6, x.lng_e6, x.place_source];
	};
	assert.deepEqual(await where(), [33425500, -111940000, "pinned"]);
	// The same on a map that has no pictures of streets: dragged, clicked, moved by keys.
	await customers(page, `/${bob.id}?edit=place:${bob.properties[0].id}`);
	await page.getByRole("button", { name: "Set it on the map" }).click();
	const map = page.getByRole("application", { name: /click where the entrance is/ });
	const marker = page.locator(".pinmap__pin");
	await marker.waitFor();
	await sound(page, "an entrance on the map");
	const box = await map.boundingBox();
	const from = await marker.boundingBox();
	await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
	await page.mouse.down();
	await page.mouse.move(from.x + 60, from.y + 40, { steps: 5 });
	await page.mouse.up();
	await page.waitForFunction(() => document.querySelector("[name=pin]")?.value !== "33.4255, -111.94");
	const dragged = await pin.inputValue();
	await page.mouse.click(box.x + 40, box.y + 50);
	await page.waitForFunction((was) => document.querySelector("[name=pin]")?.value !== was, dragged);
	const [lat, lng] = (await pin.inputValue()).split(", ").map(Number);
	assert.ok(lat > 33.4255 && lng < -111.94 && lat < 33.43, `north-west of where it was: ${lat}, ${lng}`);
	await page.getByRole("button", { name: "Two meters north" }).focus();
	await page.keyboard.press("Enter");
	assert.equal(await pin.inputValue(), `${Math.round(lat * 1e6 + 18) / 1e6}, ${lng}`);
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("Saved.").first().waitFor();
	assert.deepEqual(await where(), [Math.round(lat * 1e6 + 18), Math.round(lng * 1e6), "pinned"]);
	await customers(page, `/${bob.id}?edit=pool:${bob.properties[0].pools[0].id}`);
	const pool = page.getByRole("complementary", { name: "Pool" });
	await pool.getByRole("region", { name: "Timeline: Pool" }).waitFor();
	await sound(page, "a pool with its history");
	await page.context().close();
});

test("more than can be named are changed by a job: it is followed, goes on when nobody looks, and is undone as one", async () => {
	const big = await company();
	sql(`INSERT INTO customer (id, name, email, language, created_at) SELECT 5000 + seq, CONCAT('Customer ', seq), '', 'en', 1 FROM seq_1_to_2100`, big.schema);
	const page = await as(await visit(), big.owner);
	await page.goto(url(big.host, "/customers"));
	await page.getByLabel("Choose all that are shown").check();
	await page.getByRole("button", { name: "Choose all 2,100" }).click();
	await page.getByText("2,100 chosen").waitFor();
	await page.getByRole("button", { name: "Change them" }).click();
	const panel = page.getByRole("complementary", { name: "Change 2,100 customers" });
	await panel.getByLabel("Tag").fill("Route 9");
	await panel.getByText("2,100 would change").waitFor();
	await panel.getByRole("button", { name: "Change 2,100" }).click();
	await panel.getByRole("progressbar").waitFor();
	await sound(page, "a big change on its way");
	// Nobody looks; the list of changes knows how far it is.
	await page.goto(url(big.host, "/customers/edits"));
	const last = page.getByRole("complementary", { name: "Big changes" });
	await last.getByText("Route 9").waitFor();
	// It may be through before it can be opened.
	const going = last.getByRole("button", { name: /%$/ });
	if (await going.isVisible()) await going.click({ timeout: 5_000 }).catch(() => {});
	await last.getByRole("button", { name: "Undo" }).click();
	await last.getByText("Undone").waitFor({ timeout: 60_000 });
	const left = () => sql("SELECT COUNT(*) FROM tag WHERE tag = 'Route 9'", big.schema)[0][0];
	await until("the last tag is gone", left, (n) => n === "0", 30);
	await page.context().close();
});
