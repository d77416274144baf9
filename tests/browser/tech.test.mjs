// The technician's day on a phone: with signal, without, with a reload in the middle of a stop; two phones; Spanish.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, learned, sound, sql, until, url, visit, WIDTHS } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

let c, office, tom, uma, level, places;
const SHOTS = process.env.SHOTS;
const shot = async (page, name) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png` });
/* In the evening nobody can take a stop of the day any more. */
const people = [["Rosa Ruiz", "12 Palm Way", "Bruno"], ["Okafor", "88 W Fairmont Dr", ""], ["Hernandez", "1530 S Ash Ave", ""], ["Palm Court HOA", "4 Court Sq", ""]];
const plan = (k, n, over = {}) => office.post("/api/office/visits", { property_id: letters(places[k] + 1n), service_id: level.id, day: day(n), tech_id: tom.id, note: "", anyway: true, ...over }).then((a) => granted(a, 201));
const state = (v) => office.get(`/api/office/visits/${v.id}`).then((a) => granted(a).state);
const phone = async (over = {}) => as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/, ...over }), tom);

before(async () => {
	c = await company();
	tom = (await crew(c, ["technician"])).technician;
	uma = (await crew(c, ["technician"])).technician;
	office = c.owner.visitor;
	const at = BigInt(Date.now()) << 21n;
	places = people.map((_, i) => at + BigInt(i * 10));
	sql(people.map(([name, street, dogs], i) => `INSERT INTO customer (id, name, email, language, created_at) VALUES (${places[i]}, '${name}', 'x${i}@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6, place_source, dogs) VALUES (${places[i] + 1n}, ${places[i]}, '${street}', 'Mesa', 'AZ', '85201', ${33400000 + i * 20000}, -111800000, 4, '${dogs}');
		INSERT INTO contact (id, customer_id, name, relation, phone, language) VALUES (${places[i] + 3n}, ${places[i]}, '${name}', 1, '+1480555014${i}', 'en');
		INSERT INTO pool (id, property_id, kind, volume_l) VALUES (${places[i] + 2n}, ${places[i] + 1n}, 1, 60000)`).join(";"), c.schema);
	[level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	const record = granted(await office.get(`/api/office/customers/${letters(places[0])}`));
	const place = record.properties[0];
	granted(await office.put(`/api/office/properties/${place.id}/codes`, { gate: "4417", note: "Side gate, left of the garage", version: place.version }));
});

test("a whole stop without signal, with a reload in the middle, reaches the office in order", async () => {
	const first = await plan(0, 0, { note: "Clean the cartridge filter today.", from_minute: 570, to_minute: 690 });
	const second = await plan(1, 0);
	const third = await plan(2, 0);
	await plan(3, 1);
	const page = await phone();
	await page.goto(url(c.host, "/tech/"));
	await page.getByRole("heading", { name: "0 done 3 left" }).waitFor();
	await page.getByText("All saved at the office").waitFor();
	await sound(page, "today");
	await shot(page, "today");
	await page.evaluate(() => navigator.serviceWorker.ready);
	await until("the worker has the page", () => page.evaluate(() => navigator.serviceWorker.controller !== null));

	await page.context().setOffline(true);
	await page.getByRole("button", { name: "On my way" }).click();
	await page.getByText("1 saved here").waitFor();
	assert.equal(await state(first), "scheduled", "the office cannot know yet");
	// The phone reckons the day itself: nobody knows from where to the first, two kilometres to each one behind it.
	await page.getByText("min drive").first().waitFor(); await shot(page, "pace");
	await page.getByText(/^Arrive about 12?:\d[05].PM\. Be there between 9:30.AM and 11:30.AM\.$/).waitFor();
	assert.equal(await page.getByText("min away").count(), 0);
	assert.equal(await page.getByText("7 min drive").count(), 2);
	await page.getByText(/^done about \d+:\d[05].PM$/).waitFor();
	await sound(page, "a day under way");
	await page.getByRole("link", { name: "Rosa Ruiz", exact: true }).click();
	await page.getByText("Clean the cartridge filter today.").waitFor();
	await page.getByText("Bruno").waitFor();
	await sound(page, "the brief");
	await shot(page, "brief");
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByLabel("Only the office sees this.").fill("Pump hums a litt");
	// Two lines of a name, and the phone dies before it is given.
	await page.getByRole("button", { name: "Signature" }).click();
	const pad = page.getByRole("img", { name: "Sign here with a finger" });
	const dark = () => pad.evaluate((c) => c.getContext("2d").getImageData(0, 0, c.width, c.height).data.filter((v, i) => i % 4 === 0 && v < 128).length);
	const box = await pad.boundingBox();
	for (const [x, y] of [[0.2, 0.3], [0.6, 0.4]]) {
		await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
		await page.mouse.down();
		await page.mouse.move(box.x + box.width * (x + 0.2), box.y + box.height * (y + 0.3), { steps: 6 });
		await page.mouse.up();
	}
	const drawn = await dark();
	assert.ok(drawn > 1000, `${drawn} points of ink`);

	await page.reload();
	await page.getByRole("button", { name: "Signature" }).click();
	await page.getByLabel("Name of who signs").fill("Rosa");
	assert.equal(await dark(), drawn, "what was drawn is there");
	await sound(page, "a signature");
	await shot(page, "signature");
	await page.getByRole("button", { name: "Clear" }).click();
	await until("the pad is white", dark, (n) => n === 0);
	await page.mouse.click(box.x + 40, box.y + 40);
	await page.getByRole("button", { name: "Keep the signature" }).click();
	await page.getByText("Signed by Rosa").first().waitFor();
	assert.ok((await page.evaluate(() => Object.keys(localStorage))).every((k) => !k.includes("sign")), "what was given is no draft any more");
	// What is missing is told to the office from the stop that was begun.
	await page.getByRole("button", { name: "Missing part" }).click();
	await page.getByLabel("In your words").fill("Pump lid o-ring");
	await page.getByRole("button", { name: "Tell the office" }).click();
	await page.getByText("Pump lid o-ring").waitFor();
	await page.getByText("saved here").first().waitFor();
	assert.equal(await page.getByLabel("Only the office sees this.").inputValue(), "Pump hums a litt", "what was typed is there");
	await page.getByLabel("Only the office sees this.").fill("Pump hums a little.");
	await page.getByRole("button", { name: "Add the note" }).click();
	await page.getByText("Pump hums a little.").waitFor();
	for (const box of await page.getByRole("checkbox").all()) await box.check();
	await shot(page, "working");
	await page.locator('input[type="file"]').first().setInputFiles({ name: "pool.png", mimeType: "image/png", buffer: await page.screenshot() });
	await page.locator(".photo--here").first().waitFor();
	// Typed and never "added": it was meant all the same, and stays in sight.
	await page.getByLabel("It stands in the report.").fill("The filter is clean.");
	await page.getByRole("link", { name: "Review and finish" }).click();
	await page.getByRole("region", { name: "What was done" }).getByRole("img", { name: "Photo" }).waitFor();
	assert.equal(await page.getByLabel("It stands in the report.").inputValue(), "The filter is clean.");
	await shot(page, "finish");
	await page.getByRole("button", { name: "Finish, send the report" }).click();
	await page.getByText(/Done,/).waitFor();
	await page.getByText("The filter is clean.").waitFor();
	assert.equal(await page.getByLabel("It stands in the report.").inputValue(), "");
	await shot(page, "offline-done");
	assert.equal(await state(first), "scheduled");

	await page.context().setOffline(false);
	await until("the office has the stop", async () => (await state(first)) === "done");
	await page.getByText("All saved at the office").waitFor();
	const verbs = sql(`SELECT verb, n FROM visit_log WHERE device_id > 0 AND visit_id = (SELECT MIN(id) FROM visit) ORDER BY n`, c.schema);
	assert.deepEqual(verbs.map((v) => Number(v[1])), verbs.map((_, i) => i + 1), "no number is missing, none came twice");
	assert.equal(sql("SELECT COUNT(*) FROM visit_log WHERE verb = 9 AND answer = 1", c.schema)[0][0] >= 1, true);
	assert.equal(sql(`SELECT COUNT(*) FROM visit_log WHERE verb = 6 AND body LIKE '%The filter is clean.%' AND answer = 1`, c.schema)[0][0], "1");
	await until("the pictures are at the office", () => sql("SELECT COUNT(*) FROM file", c.schema)[0][0] === "2");
	await page.getByRole("link", { name: "Back to today" }).click();
	await page.getByRole("heading", { name: "1 done 2 left" }).waitFor();
	await page.getByText("7 min away").waitFor();
	await shot(page, "after");
	assert.equal(await state(second), "scheduled");
	// Begun, and it cannot be finished: the way out of a stop under way.
	await page.goto(url(c.host, `/tech/stops/${second.id}`));
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByRole("button", { name: "Can't finish here" }).click();
	await sound(page, "cannot finish");
	await shot(page, "cant-finish");
	await page.getByRole("button", { name: "I cannot get in" }).click();
	await page.getByRole("button", { name: "The gate is locked" }).click();
	await until("the office has it", () => state(second), (is) => is === "no_access");
	// Given away with a reason: the day is what remains, and the next who can has it.
	await page.goto(url(c.host, `/tech/stops/${third.id}`));
	await page.getByRole("button", { name: "Can't make it" }).click();
	await page.getByRole("button", { name: "Somebody else, please" }).click();
	await page.getByRole("button", { name: "The truck broke down" }).click();
	await page.getByText("Hernandez goes to whoever can take it").waitFor();
	await page.getByRole("heading", { name: "2 done 0 left" }).waitFor();
	await shot(page, "given-away");
	await until("it is with the next who can", async () => granted(await office.get(`/api/office/visits/${third.id}`)).tech_id, (is) => is === uma.id);
	await page.context().close();
});

test("two phones of one person, a stop that was taken away, and the office's answer beside one's own", async () => {
	const mine = await plan(3, 0);
	const one = await phone();
	const two = await phone();
	for (const p of [one, two]) {
		await p.goto(url(c.host, "/tech/"));
		await p.getByText("Palm Court HOA").first().waitFor();
	}
	await one.context().setOffline(true);
	await one.goto(url(c.host, `/tech/stops/${mine.id}`)).catch(() => {});
	await two.goto(url(c.host, `/tech/stops/${mine.id}`));
	await two.getByRole("button", { name: "Start the stop" }).click();
	await until("the office knows", async () => (await state(mine)) === "started");
	await one.context().setOffline(false);
	await one.goto(url(c.host, `/tech/stops/${mine.id}`));
	await one.getByText("For the office").waitFor();
	await one.context().setOffline(true);
	await one.getByLabel("Only the office sees this.").fill("Done before I lost it.");
	await one.getByRole("button", { name: "Add the note" }).click();
	await one.getByText("1 saved here").first().waitFor();
	await two.locator(".bar").getByText(/Test the water|Tick off|Photo|Finish/).first().waitFor();
	// Started stops are not given away: the other phone opens it again, then the office moves it.
	sql(`UPDATE visit SET state = 1, started_at = NULL, version = version + 1 WHERE id = (SELECT MAX(id) FROM (SELECT id FROM visit) AS v)`, c.schema);
	const now = granted(await office.get(`/api/office/visits/${mine.id}`));
	granted(await office.post(`/api/office/visits/${mine.id}/moves`, { day: day(0), tech_id: uma.id, for_good: false, anyway: true, version: now.version }), 201);
	await one.context().setOffline(false);
	await one.getByText("Two answers, pick one").waitFor();
	await one.goto(url(c.host, "/tech/saved"));
	await one.getByText("Done before I lost it.").waitFor();
	await one.getByRole("button", { name: "Not sure: ask the office" }).click();
	await one.getByRole("dialog").getByLabel("In your words").waitFor();
	await one.getByRole("button", { name: "Cancel" }).click();
	await sound(one, "a conflict");
	await shot(one, "conflict");
	await one.getByRole("button", { name: "Leave it as the office has it" }).click();
	await one.getByText("All saved at the office").waitFor();
	await one.context().close();
	await two.context().close();
});

test("a word from the office becomes a notification, and a tap on it opens its stop", async () => {
	const stop = await plan(1, 0, { note: "Ring twice." });
	/* This window is a private one: chromium tells its subscription no, and says so; what is pushed comes all the same. */
	const page = await phone({ expected: /Push API in incognito/, notices: true });
	const origin = url(c.host, "").replace(/\/$/, "");
	await page.context().grantPermissions(["notifications"], { origin });
	await page.goto(url(c.host, "/tech/"));
	await page.getByText("All saved at the office").waitFor();
	await until("the worker has the page", () => page.evaluate(() => navigator.serviceWorker.controller !== null));
	const cdp = await page.context().newCDPSession(page);
	const registered = new Promise((done) => cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => registrations[0] && done(registrations[0].registrationId)));
	await cdp.send("ServiceWorker.enable");
	const data = JSON.stringify({ notification: { title: "New stop", body: "Okafor, today" }, path: `/tech/stops/${stop.id}`, topic: "stop" });
	const worker = page.context().serviceWorkers()[0];
	// Whoever asks chromium for the list while a notification is on its way to the screen takes it out of the list again:
	// it is asked once, when the worker has heard that it stands.
	await worker.evaluate(() => {
		const show = globalThis.registration.showNotification.bind(globalThis.registration);
		globalThis.registration.showNotification = async (...all) => {
			await show(...all);
			globalThis.shown = true;
		};
	});
	await cdp.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await registered, data });
	await until("it is shown", () => worker.evaluate(() => globalThis.shown));
	const list = () => worker.evaluate(async () => (await globalThis.registration.getNotifications()).map((n) => `${n.title}: ${n.body}`));
	assert.deepEqual(await list(), ["New stop: Okafor, today"]);
	// Only a finger makes a click that chromium trusts: this one may not bring the window to the front, the rest is the same.
	await worker.evaluate(async () => {
		const [notification] = await globalThis.registration.getNotifications();
		globalThis.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
	});
	await page.waitForURL(`**/tech/stops/${stop.id}`);
	await page.getByText("Ring twice.").waitFor();
	await until("it is gone", list, (is) => is.length === 0);
	// What it lacks is fetched first: a stop of its own, until it is in the van.
	const version = async () => granted(await office.get(`/api/office/visits/${stop.id}`)).version;
	granted(await office.post(`/api/office/visits/${stop.id}/errands`, { text: "Pump lid o-ring", minutes: 20, version: await version() }), 201);
	await page.getByRole("heading", { name: "First by the supply house" }).waitFor();
	await sound(page, "a stop that lacks something");
	await shot(page, "errand");
	await page.goto(url(c.host, "/tech/"));
	await page.getByText("Pump lid o-ring").first().waitFor();
	await sound(page, "a day with a supply stop");
	await shot(page, "errand-day");
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await page.getByRole("button", { name: "I have it" }).click();
	await until("the office has it", () => sql(`SELECT COUNT(*) FROM visit WHERE errand <> '' AND fetched_at IS NOT NULL`, c.schema)[0][0] === "1");
	await page.getByText("Fetched Pump lid o-ring").waitFor();
	// Closed, with another page of the house open beside it: a window opens at the stop.
	const other = await page.context().newPage();
	await other.goto(url(c.host, "/robots.txt"));
	await page.goto("about:blank");
	const windows = () => worker.evaluate(async () => (await globalThis.clients.matchAll({ type: "window", includeUncontrolled: true })).filter((w) => w.url.includes("/tech/")).length);
	await until("the worker knows that the app is closed", windows, (n) => n === 0);
	await worker.evaluate(async (path) => {
		globalThis.clients.openWindow = async (to) => {
			globalThis.opened = to;
			return null;
		};
		await globalThis.registration.showNotification("New stop", { data: path });
		const [notification] = await globalThis.registration.getNotifications();
		globalThis.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
	}, `/tech/stops/${stop.id}`);
	await until("a window opens", () => worker.evaluate(() => globalThis.opened ?? ""), (to) => to === `/tech/stops/${stop.id}`);
	await page.context().close();
});

test("the bar leads to the map of the day and to what the office says, with signal and without", async () => {
	const vera = (await crew(c, ["technician"])).technician;
	const [, second] = [await plan(0, 0, { tech_id: vera.id }), await plan(1, 0, { tech_id: vera.id })];
	const page = await as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/ }), vera);
	const tab = (name) => page.getByRole("navigation").getByRole("link", { name });
	await page.goto(url(c.host, "/tech/"));
	await page.getByRole("heading", { name: "0 done 2 left" }).waitFor();
	// Nobody has tapped yet: the shift is known, so the hours are.
	await page.getByText(/^Arrive about \d+:\d[05].[AP]M\.$/).waitFor();
	await tab("Map").click();
	await page.getByRole("img", { name: /2 stops to come/ }).waitFor();
	const pins = page.locator('.daymap__pin[data-kind="next"], .daymap__pin[data-kind="later"]');
	const apart = async () => {
		const [a, b] = await Promise.all([pins.nth(0).boundingBox(), pins.nth(1).boundingBox()]);
		return Math.hypot(a.x - b.x, a.y - b.y);
	};
	const before = await apart();
	await page.getByRole("button", { name: "Smaller" }).press("Enter");
	await until("it is smaller", apart, (is) => is < before * 0.6);
	// The browser's bar goes: the map is higher, and shows what it showed.
	const [small, stood] = [await apart(), await pins.first().getAttribute("transform")];
	await page.setViewportSize({ ...WIDTHS.phone, height: WIDTHS.phone.height + 80 });
	await until("it is higher", () => pins.first().getAttribute("transform"), (is) => is !== stood);
	assert.ok(Math.abs((await apart()) - small) < 3, "as large as it was made");
	await page.setViewportSize(WIDTHS.phone);
	await page.getByRole("button", { name: "Show the whole day" }).press("Enter");
	await until("all of it is seen", apart, (is) => is > before * 0.9);
	await pins.filter({ hasText: "2" }).click();
	await page.locator('.mapstop[data-lit="true"]').getByText("Okafor").waitFor();
	await sound(page, "the map of the day");
	await shot(page, "map");
	await learned(page, 2);
	// One more, and one that goes to somebody else.
	await plan(2, 0, { tech_id: vera.id, note: "The heater clicks." });
	await page.getByRole("img", { name: /3 stops to come/ }).waitFor();
	await tab("Messages 1 not read").waitFor();
	await learned(page, 3);
	const { version } = granted(await office.get(`/api/office/visits/${second.id}`));
	granted(await office.post(`/api/office/visits/${second.id}/moves`, { day: day(0), tech_id: uma.id, for_good: false, anyway: true, version }), 201);
	await tab("Messages 2 not read").click();
	await page.getByText("Not yours any more: Okafor").waitFor();
	await page.getByRole("link", { name: "New stop: Hernandez" }).getByText("The heater clicks.").waitFor();
	await tab(/^Messages$/).waitFor();
	await sound(page, "messages");
	await shot(page, "messages");
	await page.evaluate(() => navigator.serviceWorker.ready);
	await until("the worker has the page", () => page.evaluate(() => navigator.serviceWorker.controller !== null));
	await page.context().setOffline(true);
	await page.reload();
	await page.getByText("Not yours any more: Okafor").waitFor();
	await tab("Map").click();
	await page.getByRole("img", { name: /2 stops to come/ }).waitFor();
	await page.getByRole("link", { name: "Navigate to Hernandez" }).waitFor();
	await page.context().setOffline(false);
	// By night, in the sun and in Spanish.
	sql(`UPDATE staff SET language = 'es' WHERE email = '${vera.email}'`, c.schema);
	await page.emulateMedia({ colorScheme: "dark" });
	await page.reload();
	await page.getByRole("img", { name: /faltan 2 paradas/ }).waitFor();
	await sound(page, "the map by night, in Spanish");
	await page.evaluate(() => (document.documentElement.dataset.contrast = "sun"));
	await sound(page, "the map in the sun");
	await tab("Mensajes").click();
	await page.getByText("Parada nueva: Hernandez").waitFor();
	await sound(page, "messages in the sun");
	await page.context().close();
});

test("the working clock, a word to the office, and nobody leaves with things unsent", async () => {
	const page = await phone({ expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|api\/auth\/sessions/ });
	await page.goto(url(c.host, "/tech/me"));
	await page.getByRole("button", { name: "Clock in" }).click();
	await page.getByText("At work since").waitFor();
	await page.getByRole("button", { name: "Start a break" }).click();
	await page.getByText("On a break since").waitFor();
	await page.getByRole("button", { name: "Break is over" }).click();
	await sound(page, "me");
	await shot(page, "me");
	await page.getByText("All saved at the office").waitFor();
	await page.context().setOffline(true);
	await page.getByRole("link", { name: "Messages" }).click();
	await page.getByRole("button", { name: "Report a problem to the office" }).click();
	await page.getByLabel("In your words").fill("The list jumps.");
	await page.getByRole("button", { name: "Report it" }).click();
	await page.getByText("1 saved here").waitFor();
	await page.getByRole("link", { name: "Me", exact: true }).click();
	await page.getByRole("button", { name: "Sign out" }).click();
	await page.getByText("1 thing is only on this phone").waitFor();
	await page.getByRole("button", { name: "Cancel" }).click();
	await page.context().setOffline(false);
	await page.getByText("All saved at the office").waitFor();
	await until("the office has the report", () => sql("SELECT COUNT(*) FROM visit_log WHERE verb = 20", c.schema)[0][0] !== "0");
	// What was typed and not said, and what the office did not take, would be lost as well.
	const problem = async (text) => {
		await page.getByRole("link", { name: "Messages" }).click();
		await page.getByRole("button", { name: "Report a problem to the office" }).click();
		await page.getByLabel("In your words").fill(text);
		await page.keyboard.press("Escape");
		await page.getByRole("link", { name: "Me", exact: true }).click();
	};
	await problem("And the map");
	await page.evaluate(() => new Promise((done) => {
		indexedDB.databases().then(([db]) => {
			const ask = indexedDB.open(db.name);
			ask.onsuccess = () => {
				const put = ask.result.transaction("log", "readwrite");
				put.objectStore("log").put({ n: -1, id: "0000000000001", verb: "problem", visit_id: null, at: 1, body: { text: "Late" }, state: "conflict", problem: "No." });
				put.oncomplete = () => { ask.result.close(); done(); };
			};
		});
	}));
	await page.reload();
	await page.getByRole("button", { name: "Sign out" }).click();
	await page.getByText("1 thing that you typed is not said yet.").waitFor();
	await page.getByText("1 thing was not taken by the office").waitFor();
	assert.equal(await page.getByText("only on this phone").count(), 0, "all that was said is at the office");
	await sound(page, "leaving with things begun");
	await shot(page, "leave");
	await page.getByRole("button", { name: "Cancel" }).click();
	await page.goto(url(c.host, "/tech/saved"));
	// It is gone once the disk says so: whoever leaves the page before has not settled it.
	await page.getByRole("listitem").getByRole("button").first().click();
	await page.getByRole("listitem").waitFor({ state: "detached" });
	await page.goto(url(c.host, "/tech/me"));
	await problem("");
	// What is being asked as somebody leaves is taken back: it would come home as "nobody is signed in".
	let release, sawDay, day;
	const held = new Promise((go) => (release = go)), asked = new Promise((go) => (sawDay = go));
	await page.route("**/api/tech/today*", async (r) => {
		sawDay();
		await held;
		await r.continue().catch(() => {});
	});
	await page.route("**/api/auth/sessions", async (r) => {
		sql("DELETE FROM session", c.schema);
		day = page.waitForEvent("response", { predicate: (x) => x.url().includes("/api/tech/today"), timeout: 500 }).then((x) => x.status(), () => 0);
		release();
		await day;
		await r.continue();
	});
	await plan(1, 0);
	await asked;
	await page.getByRole("button", { name: "Sign out" }).click();
	await page.waitForURL(/\/tech\/sign-in/);
	assert.equal(await day, 0, "the day is no longer asked for");
	assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map((d) => d.name)), [], "nothing of the person stays on the phone");
	await page.context().close();
});
