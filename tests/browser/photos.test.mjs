// A photo whose line breaks in the middle goes on where it broke, also after the telephone died; and one sees how far it is.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, sound, sql, until, url, visit, WIDTHS } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

const PIECE = 64 * 1024;
let c, office, tom, stop;

before(async () => {
	c = await company();
	tom = (await crew(c, ["technician"])).technician;
	office = c.owner.visitor;
	const place = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${place}, 'Rosa Ruiz', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${place + 1n}, ${place}, '12 Palm Way', 'Mesa', 'AZ', '85201')`, c.schema);
	const [level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	stop = granted(await office.post("/api/office/visits", { property_id: letters(place + 1n), service_id: level.id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
});

/** A picture that no codec makes small. */
const noise = (page) => page.evaluate(async () => {
	const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 700 });
	const pen = canvas.getContext("2d");
	const field = pen.createImageData(900, 700);
	for (let i = 0; i < field.data.length; i += 65536) crypto.getRandomValues(field.data.subarray(i, i + 65536));
	for (let i = 3; i < field.data.length; i += 4) field.data[i] = 255;
	pen.putImageData(field, 0, 0);
	const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
	return [...new Uint8Array(await blob.arrayBuffer())];
}).then(Buffer.from);

const keptBytes = (page) => page.evaluate(async () => {
	const [db] = await indexedDB.databases();
	return new Promise((done) => {
		const ask = indexedDB.open(db.name);
		ask.onsuccess = () => {
			const all = ask.result.transaction("photos").objectStore("photos").getAll();
			all.onsuccess = () => { ask.result.close(); done(all.result.map((p) => p.blob.size)); };
		};
	});
});

test("a photo goes on where its line broke: what the office has is not sent again", async () => {
	const page = await as(await visit({ size: WIDTHS.phone, expected: /ERR_CONNECTION_RESET|ERR_FAILED|ERR_INTERNET_DISCONNECTED|Failed to fetch/ }), tom);
	let sent = 0;
	let left = 4; // the question where to begin, and three pieces
	await page.context().route(/\/api\/tech\/photos\/\w+\/pieces\?/, (route) => {
		if (left-- <= 0) return route.abort("connectionreset");
		sent += route.request().postDataBuffer()?.length ?? 0;
		return route.continue();
	});
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await page.getByRole("button", { name: "Start the stop" }).click();
	const photos = page.getByRole("group", { name: "Photos of this stop" });
	await photos.locator("input[type=file]").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: await noise(page) });
	await photos.locator(".photo--here").getByText(/^\d+% sent$/).waitFor();
	const [size] = await keptBytes(page);
	assert.ok(size > 5 * PIECE, `a photo of several pieces: ${size}`);
	const far = `${Math.floor((300 * PIECE) / size)}% sent`;
	await photos.getByText(far).waitFor();
	// The verb is at the office, the picture is not: the line says so, and leads to what waits.
	await page.getByRole("link", { name: "1 photo saved here, sending when online" }).click();
	await page.getByRole("heading", { name: "Saved here and at the office" }).waitFor();
	await page.getByRole("listitem").filter({ hasText: "Rosa Ruiz" }).getByText(far).waitFor();
	await sound(page, "a photo on its way");
	assert.ok(sent > 3 * PIECE && sent < 4 * PIECE, `three pieces came: ${sent}`);
	// The telephone dies, and the signal comes back.
	await page.reload();
	await page.getByText("1 photo saved here, sending when online").first().waitFor();
	sent = 0;
	left = Number.POSITIVE_INFINITY;
	await page.evaluate(() => dispatchEvent(new Event("online")));
	await page.getByText("All saved at the office").waitFor();
	const rest = size - 3 * PIECE;
	assert.ok(sent >= rest && sent < rest + 8 * 1024, `${sent} bytes for the ${rest} that were missing`);
	const file = await until("it is drawn", async () => granted(await office.get(`/api/office/files?on_kind=visit&on_id=${stop.id}`)).rows, (rows) => rows.length === 1 && rows[0].state === "ready");
	assert.deepEqual([file.length, file[0].width, file[0].height], [1, 900, 700]);
	await page.context().close();
});

test("a photo that does not get through holds up none behind it, and what the office says of it stands beside it", async () => {
	const on = granted(await office.post("/api/office/visits", { property_id: stop.property_id, service_id: stop.service_id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
	const page = await as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|422/ }), tom);
	const refusals = ["digest", "file"]; // damaged on its way; then: never a picture
	let first = "";
	await page.context().route(/\/api\/tech\/photos\/\w+\/pieces\?/, (route) => {
		const id = /photos\/(\w+)\//.exec(route.request().url())[1];
		first ||= id;
		const field = id === first ? refusals.shift() : undefined;
		if (field === undefined) return route.continue();
		return route.fulfill({ status: 422, json: { error: { code: "invalid", field, message: `No: ${field}`, trace: "" } } });
	});
	await page.goto(url(c.host, `/tech/stops/${on.id}`));
	await page.getByRole("button", { name: "Start the stop" }).click();
	const photos = page.getByRole("group", { name: "Photos of this stop" });
	const bytes = await noise(page);
	await photos.locator("input[type=file]").setInputFiles(["a.jpg", "b.jpg"].map((name) => ({ name, mimeType: "image/jpeg", buffer: bytes })));
	await until("the second is there", async () => granted(await office.get(`/api/office/files?on_kind=visit&on_id=${on.id}`)).rows.length, (n) => n === 1);
	await page.evaluate(() => dispatchEvent(new Event("online")));
	await photos.getByText("No: file").waitFor();
	assert.deepEqual(refusals, []);
	// Nobody can send it, and nothing says that it goes by itself; an app that opens without signal knows that as well.
	await page.getByRole("link", { name: "1 photo that the office did not take" }).click();
	const waits = page.getByRole("listitem").filter({ hasText: "No: file" });
	const said = async () => {
		await waits.getByRole("button", { name: /^Let it go: Rosa Ruiz, \d+:\d\d.[AP]M$/ }).waitFor();
		await page.getByText("1 photo that the office did not take").waitFor();
		assert.deepEqual([await page.getByText("this goes out by itself").count(), await page.getByRole("button", { name: "Send now" }).count()], [0, 0]);
	};
	await said();
	await sound(page, "a photo that was refused");
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.context().setOffline(true);
	await page.reload();
	await said();
	await page.context().setOffline(false);
	// It is let go where it waits, comes back by "Undo", and is gone for good.
	await waits.getByRole("button", { name: "Let it go" }).click();
	await page.getByText("The photo is deleted from this phone.").waitFor();
	await waits.waitFor({ state: "detached" });
	assert.deepEqual(await keptBytes(page), []);
	await page.getByRole("button", { name: "Undo" }).click();
	await waits.getByRole("button", { name: "Let it go" }).click();
	await waits.waitFor({ state: "detached" });
	await page.reload();
	await page.getByText("All saved at the office").first().waitFor();
	assert.deepEqual(await keptBytes(page), []);
	await page.context().close();
});

test("a photo that was let go is no picture of the line that asked for one, after a reload as well", async () => {
	const line = { text: "Before", photo: true, required: true, reading: "", every_days: null };
	const service = granted(await office.post("/api/office/services", { name: "Shots", kind: "job", minutes: 50, pay_code: "", price_cents: 0, skills: [], instructions: "", checklist: [line], parts: [] }), 201);
	const on = granted(await office.post("/api/office/visits", { property_id: stop.property_id, service_id: service.id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
	const page = await as(await visit({ size: WIDTHS.phone, expected: /422/ }), tom);
	await page.context().route(/\/api\/tech\/photos\/\w+\/pieces\?/, (route) =>
		route.fulfill({ status: 422, json: { error: { code: "invalid", field: "file", message: "No: file", trace: "" } } }));
	await page.goto(url(c.host, `/tech/stops/${on.id}`));
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByText("Only the office sees this.").waitFor();
	const photos = page.getByRole("group", { name: "Before" });
	const stands = async (n) => {
		await page.goto(url(c.host, `/tech/stops/${on.id}`));
		await page.getByText("Only the office sees this.").waitFor();
		const [need, finish] = [page.getByText("◆ Photo needed"), page.getByRole("link", { name: "Review and finish" })];
		await until("what is missing", async () => [await photos.locator(".photo").count(), await need.count(), await finish.count()].join(), (is) => is === [n, 1 - n, n].join());
	};
	await stands(0);
	await photos.locator("input[type=file]").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: await noise(page) });
	await photos.getByText("No: file").waitFor();
	await stands(1);
	await page.goto(url(c.host, "/tech/saved"));
	const go = page.getByRole("button", { name: "Let it go" });
	await go.click();
	await page.getByRole("button", { name: "Undo" }).click();
	await go.waitFor();
	await stands(1);
	await page.goto(url(c.host, "/tech/saved"));
	await go.click();
	await go.waitFor({ state: "detached" });
	await stands(0);
	await page.context().close();
});
