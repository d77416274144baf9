// Gate codes on a phone: the office's last ones or none; nothing of them in plain; gone when the office ends the session.
import assert from "node:assert/strict";
import { test } from "node:test";
import { as, company, crew, day, granted, sound, sql, until, url, visit, WIDTHS } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

/* What lies in the phone's own store. */
const kept = (page, drawer, key) => page.evaluate(([drawer, key]) => new Promise((done) => {
	indexedDB.databases().then(([db]) => {
		if (!db) return done(null);
		const ask = indexedDB.open(db.name);
		ask.onsuccess = () => {
			const read = ask.result.transaction(drawer).objectStore(drawer).get(key);
			read.onsuccess = () => { ask.result.close(); done(read.result ?? null); };
		};
	});
}), [drawer, key]);
const entries = (page, drawer) => page.evaluate((drawer) => new Promise((done) => {
	indexedDB.databases().then(([db]) => {
		const ask = indexedDB.open(db.name);
		ask.onsuccess = () => {
			const read = ask.result.transaction(drawer).objectStore(drawer).getAll();
			read.onsuccess = () => { ask.result.close(); done(read.result); };
		};
	});
}), drawer);
/* All that a browser keeps, as whoever holds the telephone could read it. */
const everything = (page) => page.evaluate(async () => {
	const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
	for (const name of await caches.keys())
		for (const request of await (await caches.open(name)).keys()) found.push(await (await caches.match(request)).text());
	const plain = (k, v) => (v instanceof ArrayBuffer || ArrayBuffer.isView(v) ? new TextDecoder("latin1").decode(v) : v);
	for (const { name } of await indexedDB.databases())
		found.push(await new Promise((done) => {
			const ask = indexedDB.open(name);
			ask.onsuccess = () => {
				const tx = ask.result.transaction([...ask.result.objectStoreNames]);
				const rows = [...ask.result.objectStoreNames].map((n) => tx.objectStore(n).getAll());
				tx.oncomplete = () => { ask.result.close(); done(JSON.stringify(rows.map((r) => r.result), plain)); };
			};
		}));
	return found.join("\n");
});
const show = (page) => page.getByRole("button", { name: "Show codes" }).click();

test("a code that the office changes is on the phone with the next word, the one before is never shown, and none is once the session is over", async () => {
	const c = await company();
	const tom = (await crew(c, ["technician"])).technician;
	const office = c.owner.visitor;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '12 Palm Way', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, volume_l) VALUES (${at + 2n}, ${at + 1n}, 1, 60000)`, c.schema);
	const place = letters(at + 1n);
	const gate = async (code) => {
		const { version } = granted(await office.get(`/api/office/customers/${letters(at)}`)).properties[0];
		granted(await office.put(`/api/office/properties/${place}/codes`, { gate: code, version }));
		return granted(await office.get(`/api/office/customers/${letters(at)}`)).properties[0].codes_changed_at;
	};
	const [level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	const stop = granted(await office.post("/api/office/visits", { property_id: place, service_id: level.id, day: day(0), tech_id: tom.id, note: "", anyway: true }), 201);
	const page = await as(await visit({ size: WIDTHS.phone, expected: /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|401/ }), tom);
	const holds = (changed_at) => until("the phone has the codes", async () => (await kept(page, "codes", stop.id))?.changed_at, (is) => is === changed_at);
	const first = await gate("4417");
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await page.getByRole("button", { name: "Show codes" }).waitFor();
	await holds(first);
	await page.evaluate(() => navigator.serviceWorker.ready);
	await until("the worker has the page", () => page.evaluate(() => navigator.serviceWorker.controller !== null));
	await page.context().setOffline(true);
	await show(page);
	await page.getByText("4417").waitFor();
	// The look is kept before it is shown, and comes to the office when there is signal: one tap, one look, with its hour.
	const looks = async () => granted(await office.get(`/api/office/staff/${tom.id}/codes-seen`)).rows.map((r) => r.times);
	assert.deepEqual(await looks(), [0], "that the phone has them is no look");
	const [look] = (await until("the look is kept", () => entries(page, "log"), (is) => is.some((k) => k.verb === "looked"))).filter((k) => k.verb === "looked");
	await page.context().setOffline(false);
	await until("the office knows of the look", looks, (is) => is[0] === 1);
	assert.equal(granted(await office.get(`/api/office/customers/${letters(at)}/timeline?kind=code_shown`)).rows[0].at, look.at);

	const second = await gate("5520");
	await page.reload();
	await holds(second);
	await page.context().setOffline(true);
	await show(page);
	await page.getByText("5520").waitFor();
	await page.context().setOffline(false);

	// The day says that there is another, and the code itself does not come.
	await page.route("**/codes", (r) => r.abort());
	const third = await gate("6630");
	await page.reload();
	await until("the day says so", async () => (await kept(page, "kv", "day")).stops[0].brief.codes_changed_at, (is) => is === third);
	await show(page);
	await page.getByText("The office has changed the codes, and the new ones are not on this phone.").waitFor();
	assert.equal(await page.getByText(/4417|5520/).count(), 0);
	await sound(page, "codes that are old");
	await page.unroute("**/codes");
	await show(page);
	await page.getByText("6630").waitFor();

	// Ended by the office: the day stays, what opens the gate does not; and nothing of it ever lay there in plain.
	await page.reload();
	await holds(third);
	const before = await everything(page);
	assert.ok(before.includes("Rosa Ruiz") && before.includes("12 Palm Way"), "what is kept is looked at");
	assert.ok(!/4417|5520|6630/.test(before), "a code lies on the phone in plain");
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByLabel("Only the office sees this.").fill("Dog is out.");
	const { version } = granted(await office.get("/api/office/staff")).rows.find((x) => x.id === tom.id);
	granted(await office.post(`/api/office/staff/${tom.id}/disablings`, { version }), 204);
	await page.reload();
	await page.getByRole("heading", { name: "Sign in" }).waitFor();
	await until("the codes are gone", async () => [await kept(page, "codes", stop.id), await kept(page, "kv", "vault")].every((x) => x === null));
	await page.context().setOffline(true);
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	assert.equal(await page.getByLabel("Only the office sees this.").inputValue(), "Dog is out.", "what was typed stays");
	await show(page);
	await page.getByText("The codes are not on this phone.").waitFor();
	assert.equal(await page.getByText(/4417|5520|6630/).count(), 0);
	assert.ok(!/4417|5520|6630/.test(await everything(page)));
	await page.context().close();
});
