// What the phone shows as done is on its disk: a reload in that very instant finds it, however slow the disk is.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, sql, until, url, visit, waterKept, WIDTHS } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

let c, office, tom, service, place;

before(async () => {
	c = await company();
	tom = (await crew(c, ["technician"])).technician;
	office = c.owner.visitor;
	place = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${place}, 'Rosa Ruiz', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${place + 1n}, ${place}, '12 Palm Way', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${place + 2n}, ${place + 1n}, 1, 70030, 1, 1)`, c.schema);
	granted(await office.post("/api/office/standard-items", {}), 201);
	const line = (text, reading = "", photo = false) => ({ text, photo, required: true, reading, every_days: null });
	service = granted(await office.post("/api/office/services", { name: "Care", kind: "job", minutes: 50, pay_code: "", price_cents: 0, skills: [], instructions: "", checklist: [line("Skim the surface"), line("Test the water", "water"), line("Before", "", true)], parts: [] }), 201);
});

/* A disk on which one write is quick and the next one waits, for `slow` milliseconds: nothing behind the first is there before a reload. */
function slowDisk() {
	const begin = IDBDatabase.prototype.transaction;
	const plug = (db) => {
		const tx = begin.call(db, [...db.objectStoreNames], "readwrite");
		const until_ms = performance.now() + globalThis.slow;
		const hold = () => {
			if (performance.now() < until_ms) tx.objectStore("kv").get("device").onsuccess = hold;
		};
		hold();
	};
	IDBDatabase.prototype.transaction = function (stores, mode, how) {
		const tx = begin.call(this, stores, mode, how);
		if (globalThis.slow && mode === "readwrite") tx.addEventListener("complete", () => plug(this), { once: true });
		return tx;
	};
}

const planned = async () => granted(await office.post("/api/office/visits", { property_id: letters(place + 1n), pool_id: letters(place + 2n), service_id: service.id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);

/* A stop that was just begun, on a disk which is busy for so many milliseconds more. */
async function begunSlowly(ms) {
	const stop = await planned();
	const page = await as(await visit({ size: WIDTHS.phone }), tom);
	await page.addInitScript(slowDisk);
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await page.getByText("All saved at the office").waitFor();
	await waterKept(page);
	const slow = (ms) => page.evaluate((ms) => { globalThis.slow = ms; }, ms);
	await slow(ms);
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByText("0 of 3 done").waitFor();
	await slow(0);
	return { stop, page, slow };
}

test("what a technician sees as done is there after a reload in that very instant", async () => {
	const stop = await planned();
	const page = await as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|503/ }), tom);
	await page.addInitScript(slowDisk);
	await page.goto(url(c.host, "/tech/"));
	await page.getByText("All saved at the office").waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready);
	await waterKept(page);
	await page.context().setOffline(true); // or the office would say what the phone has lost
	const here = (path) => page.goto(url(c.host, `/tech/stops/${stop.id}${path}`));
	await here("");
	const button = (name, of = page) => of.getByRole("button", { name });
	// shown: what says that it is done, and is no word of the tap itself
	const survives = async (what, act, shown) => {
		await page.evaluate(() => { globalThis.slow = 20_000; });
		await act();
		await shown();
		await page.reload();
		await shown().catch((e) => assert.fail(`${what} was shown, and is gone: ${e.message}`));
	};
	await survives("the start", () => button("Start the stop").click(), () => page.getByText("0 of 3 done").waitFor());
	await survives("a tick", () => page.getByRole("checkbox", { name: "Skim the surface" }).check(), () => page.getByText("1 of 3 done").waitFor());
	await here("/water");
	const tile = page.locator(".tile", { hasText: "FC" }).getByText("1.5", { exact: true });
	const digits = page.getByRole("group", { name: "Digits" });
	for (const k of "1.5") await button(k, digits).and(digits.locator("button:not([aria-label])")).click();
	await survives("a reading", () => digits.locator(".pad__go").click(), () => tile.waitFor());
	await here("/doses");
	const chlorine = page.getByRole("region", { name: "Liquid chlorine 12.5%" });
	await survives("a dose", () => button(/^Added/, chlorine).click(), () => button("Undo").waitFor());
	await survives("a dose that is taken back", () => button("Undo").click(), () => button(/^Added/, chlorine).waitFor());
	await button("Something else was poured").click();
	const other = page.getByRole("region", { name: "Something else was poured" });
	await button(/^Pool salt/, other).click();
	await button("More", other).click();
	await survives("something else", () => button(/^Added/, other).click(), () => button("Undo").waitFor());
	await here("");
	await page.getByText("2 of 3 done").waitFor(); // the line that asks for the water came with its reading
	const note = page.getByLabel("It stands in the report.");
	await note.fill("All well");
	await survives("a note", () => button("Add the note").click(), () => page.locator(".said", { hasText: "All well" }).waitFor());
	const picture = await page.evaluate(async () => {
		const blob = await new Promise((done) => Object.assign(document.createElement("canvas"), { width: 64, height: 48 }).toBlob(done, "image/jpeg"));
		return [...new Uint8Array(await blob.arrayBuffer())];
	});
	const shoot = () => page.getByRole("group", { name: "Before" }).locator("input[type=file]").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from(picture) });
	await survives("a photo", shoot, () => page.locator(".photo--here img").waitFor());
	await button("Signature").click();
	await page.getByLabel("Name of who signs").fill("Rosa R.");
	await page.locator(".signpad").click();
	await survives("a signature", () => button("Keep the signature").click(), () => page.getByRole("list", { name: "Said at this stop" }).getByText("Rosa R.").waitFor());

	await page.context().setOffline(false);
	await page.evaluate(() => dispatchEvent(new Event("online")));
	const log = async () => granted(await office.get(`/api/office/visits/${stop.id}/log`)).rows;
	await until("the office has all of it once", log, (rows) => rows.filter((l) => l.row.verb === "dose").length === 3 && rows.some((l) => l.row.verb === "signed"));
	await until("both pictures are there", async () => granted(await office.get(`/api/office/files?on_kind=visit&on_id=${stop.id}`)).rows.length, (n) => n === 2);
	await page.context().close();
});

test("a tick that waits for the disk stays where the finger put it, whatever comes meanwhile, and is done behind the disk", async () => {
	const { stop, page } = await begunSlowly(8_000);
	const tick = page.getByRole("checkbox", { name: "Skim the surface" });
	await tick.check();
	const { version } = granted(await office.get(`/api/office/visits/${stop.id}`));
	granted(await office.put(`/api/office/visits/${stop.id}`, { minutes: 50, note: "Ring twice.", version }));
	await page.getByText("Ring twice.").waitFor();
	assert.deepEqual([await tick.isChecked(), await page.getByText("0 of 3 done").count()], [true, 1]);
	await page.getByText("1 of 3 done").waitFor();
	assert.ok(await tick.isChecked());
	await page.context().close();
});

test("a phone whose little store is full says its notes all the same, once, and the stop ends", async () => {
	const stop = await planned();
	const page = await as(await visit({ size: WIDTHS.phone }), tom);
	await page.addInitScript(() => {
		const set = Storage.prototype.setItem;
		Storage.prototype.setItem = function (name, value) {
			if (name.startsWith("poolhouse.draft.")) throw new DOMException("full", "QuotaExceededError");
			return set.call(this, name, value);
		};
	});
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByLabel("It stands in the report.").fill("All well");
	await page.getByRole("button", { name: "Add the note" }).dblclick();
	await page.locator(".said", { hasText: "All well" }).waitFor();
	await page.getByLabel("Only the office sees this.").fill("Dog is out.");
	await page.getByRole("button", { name: "Can't finish here" }).click();
	await page.getByRole("button", { name: "I cannot get in" }).click();
	await page.getByRole("button", { name: "The gate is locked" }).click();
	const log = async () => granted(await office.get(`/api/office/visits/${stop.id}/log`)).rows;
	const rows = await until("it has ended", log, (rows) => rows.some((l) => l.row.verb === "no_access"));
	assert.deepEqual(rows.filter((l) => l.row.verb === "note").map((l) => l.body.text).sort(), ["All well", "Dog is out."]);
	await page.context().close();
});

test("what is typed while a note goes to a slow disk stays in the box; a double tap says one thing", async () => {
	const { stop, page, slow } = await begunSlowly(3_000);
	const box = page.getByLabel("Only the office sees this.");
	await box.fill("Gate is open.");
	await page.getByRole("button", { name: "Add the note" }).click();
	await box.press("End");
	await box.pressSequentially(" And the dog is out.");
	assert.equal(await page.locator(".said").count(), 0, "it still waits for the disk");
	await page.locator(".said", { hasText: "Gate is open." }).waitFor();
	await page.getByText("All saved at the office").waitFor();
	assert.equal(await box.inputValue(), "Gate is open. And the dog is out.");

	await slow(3_000);
	await page.getByRole("checkbox", { name: "Skim the surface" }).check();
	await page.getByText("1 of 3 done").waitFor();
	await slow(0);
	await page.getByRole("button", { name: "Ask for a follow-up visit" }).click();
	const sheet = page.getByRole("dialog");
	await sheet.getByRole("textbox").fill("The pump is loud.");
	await sheet.locator(".button--primary").dblclick();
	await sheet.waitFor({ state: "detached" });
	await page.getByText("All saved at the office").waitFor();
	const rows = granted(await office.get(`/api/office/visits/${stop.id}/log`)).rows;
	assert.equal(rows.filter((l) => l.row.verb === "follow_up").length, 1);
	await page.context().close();
});

test("whose session has ended comes to the sign-in page, though the store with the codes never answers", async () => {
	const page = await as(await visit({ size: WIDTHS.phone, expected: /401/ }), tom);
	await page.addInitScript(() => {
		const begin = IDBDatabase.prototype.transaction;
		IDBDatabase.prototype.transaction = function (stores, mode, how) {
			const tx = begin.call(this, stores, mode, how);
			const hold = () => { tx.objectStore("codes").count().onsuccess = hold; };
			if (mode === "readwrite" && [stores].flat().includes("codes")) hold();
			return tx;
		};
	});
	await page.goto(url(c.host, "/tech/"));
	await page.getByText("All saved at the office").waitFor();
	await page.context().route("**/api/tech/**", (r) => r.fulfill({ status: 401, json: { error: { code: "signed_out", message: "Sign in.", field: "", trace: "" } } }));
	await page.reload();
	await page.getByRole("heading", { name: "Sign in" }).waitFor();
	await page.context().close();
});
