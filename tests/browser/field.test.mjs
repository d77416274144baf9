// The technician's app out in the field: a word to the office, where the phone is, a store that is thrown away, a weak line.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, hire, mailbox, sound, sql, until, url, visit, waterKept, WIDTHS } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

let c, office, tom, place, level, stop;
const phone = async (over = {}) => as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/, ...over }), tom);

before(async () => {
	c = await company();
	tom = (await crew(c, ["technician"])).technician;
	office = c.owner.visitor;
	place = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${place}, 'Rosa Ruiz', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6, place_source) VALUES (${place + 1n}, ${place}, '12 Palm Way', 'Mesa', 'AZ', '85201', 33400000, -111800000, 4);
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${place + 2n}, ${place + 1n}, 1, 70030, 1, 1)`, c.schema);
	granted(await office.post("/api/office/standard-items", {}), 201);
	[level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	stop = await plan();
});
const plan = async () => granted(await office.post("/api/office/visits", { property_id: letters(place + 1n), pool_id: letters(place + 2n), service_id: level.id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
const log = (v) => office.get(`/api/office/visits/${v.id}/log`).then((a) => granted(a).rows);

test("a problem is reported in two taps from every page, with signal and without, and the office answers", async () => {
	const page = await phone();
	const taps = () => page.evaluate(() => globalThis.taps);
	await page.addInitScript(() => {
		globalThis.taps = 0;
		addEventListener("click", (e) => { globalThis.taps += e.isTrusted; }, true);
	});
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await page.getByRole("button", { name: "Start the stop" }).click();
	const pages = ["/tech/", "/tech/map", "/tech/messages", "/tech/me", "/tech/saved", `/tech/stops/${stop.id}`, `/tech/stops/${stop.id}/water`, `/tech/stops/${stop.id}/doses`, `/tech/stops/${stop.id}/finish`, "/tech/stops/0000000000001"];
	const ready = ["The app does something wrong", "The app is slow or stuck", "My day is planned badly", "The way we do this does not work"];
	for (const [i, path] of pages.entries()) {
		await page.goto(url(c.host, path));
		await page.getByText("All saved at the office").waitFor();
		const before_ = await taps();
		await page.getByRole("button", { name: "Report a problem", exact: true }).click();
		await page.getByRole("button", { name: ready[i % ready.length] }).click();
		await page.getByText("Thank you. The office sees it.").waitFor();
		assert.equal((await taps()) - before_, 2, `taps on ${path}`);
		if (i === 0) await sound(page, "a problem was reported");
	}
	const reports = async () => granted(await office.get("/api/office/alerts?kind=problem")).rows;
	const all = await until("each is at the office", reports, (rows) => rows.length === pages.length);
	assert.deepEqual([...new Set(all.map((a) => a.text))].sort(), [...ready].sort());
	// What the office answers is read on the phone.
	const one = all.find((a) => a.text === ready[1]);
	granted(await office.post(`/api/office/alerts/${one.row.id}/answers`, { text: "The next version is quicker.", version: one.row.version }), 201);
	await page.goto(url(c.host, "/tech/messages"));
	await page.getByText("The next version is quicker.").waitFor();
	// In the language of whoever reads it; the sheet can be used by keys, and is put away by one.
	sql(`UPDATE staff SET language = 'es' WHERE email = '${tom.email}'`, c.schema);
	await page.reload();
	await page.getByText("La aplicación es lenta o se traba").first().waitFor();
	await page.getByRole("button", { name: "Avisar de un problema" }).press("Enter");
	const sheet = page.getByRole("dialog", { name: "¿Qué no funciona?" });
	await sheet.getByRole("button", { name: "Mi día está mal planeado" }).waitFor();
	await sound(page, "a problem, in Spanish");
	await page.keyboard.press("Escape");
	await sheet.waitFor({ state: "detached" });
	sql(`UPDATE staff SET language = 'en' WHERE email = '${tom.email}'`, c.schema);
	await page.context().close();
});

test("where the phone is goes out near the stop alone, and nobody asks for it unless the company wishes it", async () => {
	const page = await phone();
	const sent = [];
	page.context().on("request", (r) => sent.push(`${r.url()} ${r.postData() ?? ""}`));
	await page.addInitScript(() => {
		const ask = Geolocation.prototype.getCurrentPosition;
		Geolocation.prototype.getCurrentPosition = function (...how) {
			localStorage.asked = Number(localStorage.asked ?? 0) + 1;
			return ask.apply(this, how);
		};
	});
	const asked = () => page.evaluate(() => Number(localStorage.asked ?? 0));
	const wish = async (place_) => granted(await office.put("/api/office/proof-policy", { ...granted(await office.get("/api/office/proof-policy")), place: place_ }));
	await page.context().grantPermissions(["geolocation"]);
	const starts = async (what) => {
		const v = await plan();
		await page.goto(url(c.host, `/tech/stops/${v.id}`));
		await page.getByText("All saved at the office").waitFor();
		sent.length = 0;
		await page.getByRole("button", { name: "Start the stop" }).click();
		const arrive = await until(what, () => log(v), (rows) => rows.some((l) => l.row.verb === "arrive"));
		await page.getByText("All saved at the office").waitFor();
		return arrive.find((l) => l.row.verb === "arrive").body;
	};
	// The company wishes nothing: not even the phone is asked.
	assert.equal((await starts("it has begun")).lat_e6 ?? null, null);
	assert.deepEqual([await asked(), sent.some((r) => r.includes("lat_e6"))], [0, false]);
	await wish(true);
	// A hundred metres away.
	await page.context().setGeolocation({ latitude: 33.4009, longitude: -111.8, accuracy: 8 });
	await page.goto(url(c.host, "/tech/me"));
	await page.getByText("All saved at the office").waitFor();
	const near = await starts("it has begun near by");
	assert.deepEqual([near.lat_e6, near.lng_e6, await asked()], [33400900, -111800000, 1]);
	// Three hundred metres away it is nobody's business: it leaves the phone in no request.
	await page.context().setGeolocation({ latitude: 33.4027, longitude: -111.8, accuracy: 8 });
	assert.equal((await starts("it has begun elsewhere")).lat_e6 ?? null, null);
	assert.equal(await asked(), 2);
	assert.deepEqual(sent.filter((r) => /lat_e6|33\.?4027|33\.?4026/.test(r)), []);
	// Whoever does not let the phone say it works all the same; and a wish that is taken back is not asked again.
	await page.context().clearPermissions();
	assert.equal((await starts("it has begun unseen")).lat_e6 ?? null, null);
	await wish(false);
	await page.goto(url(c.host, "/tech/me"));
	await page.getByText("All saved at the office").waitFor();
	const before_ = await asked();
	await page.context().grantPermissions(["geolocation"]);
	await page.context().setGeolocation({ latitude: 33.4, longitude: -111.8, accuracy: 8 });
	assert.equal((await starts("it has begun unasked")).lat_e6 ?? null, null);
	assert.equal(await asked(), before_);
	await page.context().close();
});

test("the store is asked to stay; one that was thrown away is said, with what the office never had", async () => {
	const page = await phone();
	await page.addInitScript(() => {
		const ask = StorageManager.prototype.persist;
		StorageManager.prototype.persist = function () {
			globalThis.persists = (globalThis.persists ?? 0) + 1;
			return ask.call(this);
		};
	});
	/* As a browser that is short of space does it: all of the site but what is no store of its own. */
	const throwAway = async () => {
		await page.goto(url(c.host, "/robots.txt"));
		await page.evaluate(async () => {
			for (const { name } of await indexedDB.databases()) await new Promise((done) => { indexedDB.deleteDatabase(name).onsuccess = done; });
			for (const name of await caches.keys()) await caches.delete(name);
			for (const r of await navigator.serviceWorker.getRegistrations()) await r.unregister();
		});
	};
	const v = await plan();
	await page.goto(url(c.host, `/tech/stops/${v.id}`));
	await page.getByRole("button", { name: "Start the stop" }).click();
	await until("the office has it", () => log(v), (rows) => rows.some((l) => l.row.verb === "arrive"));
	await page.getByText("All saved at the office").waitFor();
	assert.ok((await page.evaluate(() => globalThis.persists)) > 0);
	// Everything was at the office: it is said, and nobody else is troubled.
	const gone = page.getByRole("alert").getByText(/^This phone threw away what was saved here\./);
	await throwAway();
	await page.goto(url(c.host, "/tech/"));
	await gone.waitFor();
	await page.getByText("All saved at the office").waitFor();
	assert.doesNotMatch(await gone.textContent(), /lost/);
	await sound(page, "a store that was thrown away");
	await page.reload();
	await page.getByText("All saved at the office").waitFor();
	assert.equal(await gone.count(), 0, "once");
	// Two things that the office never had.
	await page.goto(url(c.host, `/tech/stops/${v.id}`));
	await page.getByText("All saved at the office").waitFor();
	await page.getByLabel("Only the office sees this.").fill("It is known.");
	await page.getByRole("button", { name: "Add the note" }).click();
	await until("the office has the note", () => log(v), (rows) => rows.some((l) => l.body.text === "It is known."));
	await page.context().route("**/api/tech/sync", (r) => r.abort());
	for (const text of ["Nobody", "knows"]) {
		await page.getByLabel("Only the office sees this.").fill(text);
		await page.getByRole("button", { name: "Add the note" }).click();
		await page.locator(".said", { hasText: text }).waitFor();
	}
	await throwAway();
	// A page that goes before it has written down what to ask finds the store as empty as before.
	await page.addInitScript(() => {
		const put = IDBObjectStore.prototype.put;
		IDBObjectStore.prototype.put = function (value, ...key) {
			if (key[0] !== "lost" || localStorage.getItem("went")) return put.call(this, value, ...key);
			localStorage.setItem("went", "here");
			throw new Error("the page is gone");
		};
	});
	await page.goto(url(c.host, "/tech/"));
	await page.waitForFunction(() => localStorage.getItem("went"));
	// What is not answered is asked again when the app opens next.
	const asked = page.waitForEvent("requestfailed", (r) => r.url().endsWith("/api/tech/sync"));
	await page.goto(url(c.host, "/tech/"));
	await Promise.all([gone.waitFor(), asked]);
	assert.doesNotMatch(await gone.textContent(), /lost/);
	await page.context().unroute("**/api/tech/sync");
	await page.reload();
	await gone.getByText("2 things said here were not at the office yet and are lost.").waitFor();
	await until("the office hears of it", async () => granted(await office.get("/api/office/alerts?kind=problem")).rows, (rows) => rows.some((a) => a.text.includes("2 things said here")));
	await page.context().close();
});

test("two phones of one person, each with things unsent: the later reading stands, the other is shown, and nothing poured is lost", async () => {
	const v = await plan();
	const [one, two] = [await phone(), await phone()];
	for (const p of [one, two]) {
		await p.goto(url(c.host, `/tech/stops/${v.id}`));
		await p.getByText("All saved at the office").waitFor();
		await p.evaluate(() => navigator.serviceWorker.ready);
		await waterKept(p);
		await p.context().setOffline(true);
		await p.getByRole("button", { name: "Start the stop" }).click();
	}
	const types = async (p, number) => {
		for (const k of number) await p.getByRole("group", { name: "Digits" }).getByRole("button", { name: k, exact: true }).click();
		await p.getByRole("link", { name: "What to pour" }).click();
	};
	const reads = async (p, number, item) => {
		await p.getByRole("link", { name: "Water", exact: true }).click();
		await types(p, number);
		await p.getByRole("button", { name: "Something else was poured" }).click();
		const other = p.getByRole("region", { name: "Something else was poured" });
		await other.getByRole("button", { name: item }).click();
		await other.getByRole("button", { name: "More" }).click();
		await other.getByRole("button", { name: /^Added/ }).click();
		await p.getByRole("button", { name: "Undo" }).waitFor();
	};
	await reads(one, "1.5", /^Pool salt/);
	await one.locator(".head__back").click();
	await one.locator(".tile", { hasText: "FC" }).click();
	await types(one, "1.6");
	const tapped = Math.floor(Date.now() / 1000);
	await until("a second is over", () => Math.floor(Date.now() / 1000) > tapped);
	await reads(two, "3.5", /^Baking soda|^Sodium bicarb/);
	await two.context().setOffline(false);
	await two.getByText("All saved at the office").waitFor();
	await one.context().setOffline(false);
	await one.getByRole("link", { name: "Two answers, pick one" }).click();
	const card = one.getByRole("listitem").filter({ hasText: "Your other phone read this later." });
	const first = card.filter({ hasText: "Reading: FC 1.5" });
	await first.getByText("Rosa Ruiz").waitFor();
	await sound(one, "two phones that say otherwise");
	const water = async () => granted(await office.get(`/api/office/pools/${letters(place + 2n)}/water`));
	const is = await water();
	assert.deepEqual(is.readings.find((r) => r.visit_id === v.id).values.map((x) => [x.measure, x.x100]), [["fc", 350]]);
	assert.equal(is.doses.filter((d) => d.visit_id === v.id).length, 2, "what both poured is in the water");
	// Let go, it is on no page of this phone as done; what was read since then is not taken along.
	const fc = async (number) => {
		await one.goto(url(c.host, `/tech/stops/${v.id}/water`));
		await one.locator(".tile", { hasText: "FC" }).getByText(number, { exact: true }).waitFor();
	};
	await first.getByRole("button", { name: "Leave it as the office has it" }).click();
	await first.waitFor({ state: "detached" });
	await fc("1.6");
	await one.goto(url(c.host, "/tech/saved"));
	await card.getByRole("button", { name: "Leave it as the office has it" }).click();
	await one.getByText("All saved at the office").waitFor();
	await fc("3.5");
	// A note may be repeated on purpose; two taps are one.
	await one.goto(url(c.host, `/tech/stops/${v.id}`));
	for (let said = 1; said <= 2; said++) {
		await one.getByLabel("Only the office sees this.").fill("Gate again.");
		await one.getByRole("button", { name: "Add the note" }).dblclick();
		await until("said so often", () => log(v), (rows) => rows.filter((l) => l.body.text === "Gate again.").length === said);
		await one.locator(".said", { hasText: "Gate again." }).nth(said - 1).waitFor();
	}
	for (const p of [one, two]) await p.context().close();
});

/* What a first visit may bring, in bytes as they travel: pages, scripts, styles, the day and its water. */
const COLD_MAX = 128 * 1024;
test("on a slow line the app comes up from nothing and does a whole stop", async () => {
	const v = await plan();
	const page = await phone();
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Network.enable");
	await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 300, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 });
	let bytes = 0;
	cdp.on("Network.loadingFinished", (r) => { bytes += r.encodedDataLength; });
	await page.goto(url(c.host, "/tech/"));
	await page.getByRole("heading", { name: /^\d+ done \d+ left$/ }).waitFor();
	await page.getByText("All saved at the office").waitFor();
	console.log(`# a cold start: ${bytes} bytes`);
	assert.ok(bytes > 50 * 1024 && bytes < COLD_MAX, `${bytes} bytes for a cold start`);
	await page.goto(url(c.host, `/tech/stops/${v.id}`));
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByText(/^0 of \d+ done$/).waitFor();
	await page.getByRole("link", { name: "Water", exact: true }).click();
	for (const k of "1.5") await page.getByRole("group", { name: "Digits" }).getByRole("button", { name: k, exact: true }).click();
	await page.getByRole("link", { name: "What to pour" }).click();
	await page.getByRole("region", { name: "Liquid chlorine 12.5%" }).getByRole("button", { name: /^Added/ }).click();
	await page.getByRole("button", { name: "Undo" }).waitFor();
	await page.goto(url(c.host, `/tech/stops/${v.id}`));
	await page.getByRole("checkbox").first().waitFor();
	for (const box of await page.getByRole("checkbox").all()) await box.check();
	await page.locator("input[type=file]").first().setInputFiles({ name: "pool.png", mimeType: "image/png", buffer: await page.screenshot() });
	await page.getByRole("link", { name: "Review and finish" }).click();
	await page.getByRole("button", { name: "Finish, send the report" }).click();
	await page.getByText("All saved at the office").waitFor();
	const rows = await log(v);
	for (const verb of ["arrive", "reading", "dose", "check", "photo", "finish"]) assert.ok(rows.some((l) => l.row.verb === verb && l.row.problem === ""), verb);
	await until("the photo is there", async () => granted(await office.get(`/api/office/files?on_kind=visit&on_id=${v.id}`)).rows.length, (n) => n === 1);
	await page.context().close();
});

test("the way there opens in the map that was chosen: at the pin, or by the address where nobody has set one", async () => {
	const address = "7%20Elm%20Way%2C%20Mesa%2C%20AZ%2C%2085201", pin = "33.5%2C-111.8";
	const ways = {
		Google: [pin, address].map((to) => `https://www.google.com/maps/dir/?api=1&destination=${to}`),
		Apple: [pin, address].map((to) => `https://maps.apple.com/?daddr=${to}&dirflg=d`),
		Waze: [`https://waze.com/ul?ll=${pin}&navigate=yes`, `https://waze.com/ul?q=${address}&navigate=yes`],
	};
	for (const [i, at] of ["33500000, -111800000", "NULL, NULL"].entries()) {
		const who = await hire(c, mailbox, "technician");
		const home = place + 10n + BigInt(i);
		sql(`INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6) VALUES (${home}, ${place}, '7 Elm Way', 'Mesa', 'AZ', '85201', ${at})`, c.schema);
		const there = granted(await office.post("/api/office/visits", { property_id: letters(home), service_id: level.id, day: day(), tech_id: who.id, note: "", anyway: true }), 201);
		const page = await as(await visit({ size: WIDTHS.phone }), who);
		for (const [name, to] of Object.entries(ways)) {
			await page.goto(url(c.host, "/tech/me"));
			await page.getByRole("group", { name: "Map for the way" }).getByRole("button", { name, exact: true }).click();
			for (const path of ["/tech/", `/tech/stops/${there.id}`]) {
				await page.goto(url(c.host, path));
				const link = page.getByRole("link", { name: /^Navigate/ }).first();
				await until(`${path} leads there by ${name}`, () => link.getAttribute("href"), (is) => is === to[i]);
				assert.equal(await link.getAttribute("target"), "_blank", "the app stays open");
			}
		}
		await page.context().close();
	}
});
