// Gate codes on a phone: the office's last ones or none; nothing of them in plain; gone when the office ends the session.
import assert from "node:assert/strict";
import { test } from "node:test";
import { as, company, crew, day, granted, hire, mailbox, showCodes, sound, sql, typePin, until, url, visit, WIDTHS, write } from "./harness.mjs";
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
const everyKey = (page, drawer) => page.evaluate((drawer) => new Promise((done) => {
	indexedDB.databases().then(([db]) => {
		const ask = indexedDB.open(db.name);
		ask.onsuccess = () => {
			const read = ask.result.transaction(drawer).objectStore(drawer).getAllKeys();
			read.onsuccess = () => { ask.result.close(); done(read.result); };
		};
	});
}), drawer);
/* Runs in the page: is any key that lies here one that a script could take out? */
const keysCanLeave = () => new Promise((done) => {
	indexedDB.databases().then(([db]) => {
		const ask = indexedDB.open(db.name);
		ask.onsuccess = () => {
			const read = ask.result.transaction("kv").objectStore("kv").getAll();
			const keys = (v) => (v instanceof CryptoKey ? [v] : v && typeof v === "object" ? Object.values(v).flatMap(keys) : []);
			read.onsuccess = () => { ask.result.close(); const all = keys(read.result); done(all.length === 0 || all.some((k) => k.extractable)); };
		};
	});
});
const SHOTS = process.env.SHOTS;
const shot = async (page, name) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png` });
const OFFLINE = /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/;

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
	await page.addInitScript(() => {
		const clear = IDBObjectStore.prototype.clear;
		IDBObjectStore.prototype.clear = function () {
			localStorage["story.wiped_at"] ??= location.pathname; // first: each question that is refused wipes again
			return clear.call(this);
		};
	});
	const holds = (changed_at) => until("the phone has the codes", async () => (await kept(page, "codes", stop.id))?.changed_at, (is) => is === changed_at);
	const first = await gate("4417");
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await showCodes(page);
	await page.getByText("4417").waitFor();
	await holds(first);
	await page.evaluate(() => navigator.serviceWorker.ready);
	await until("the worker has the page", () => page.evaluate(() => navigator.serviceWorker.controller !== null));
	await page.context().setOffline(true);
	await page.reload();
	await showCodes(page);
	await page.getByText("4417").waitFor();
	// The look is kept before it is shown, and comes to the office when there is signal: one tap, one look, with its hour.
	const looks = async () => granted(await office.get(`/api/office/staff/${tom.id}/codes-seen`)).rows.map((r) => r.times);
	await until("the first look came", looks, (is) => is[0] === 1);
	const look = (await until("the look is kept", () => entries(page, "log"), (is) => is.some((k) => k.verb === "looked" && k.state === "kept"))).at(-1);
	await page.context().setOffline(false);
	await until("the office knows of the look", looks, (is) => is[0] === 2);
	assert.equal(granted(await office.get(`/api/office/customers/${letters(at)}/timeline?kind=code_shown`)).rows[0].at, look.at);

	const second = await gate("5520");
	await page.reload();
	await holds(second);
	await page.context().setOffline(true);
	await showCodes(page);
	await page.getByText("5520").waitFor();
	await page.context().setOffline(false);

	// The day says that there is another, and the code itself does not come.
	await page.route("**/codes", (r) => r.abort());
	const third = await gate("6630");
	await page.reload();
	await until("the day says so", async () => (await kept(page, "kv", "day")).stops[0].brief.codes_changed_at, (is) => is === third);
	await showCodes(page);
	await page.getByText("The office has changed the codes, and the new ones are not on this phone.").waitFor();
	assert.equal(await page.getByText(/4417|5520/).count(), 0);
	await sound(page, "codes that are old");
	await page.unroute("**/codes");
	await showCodes(page);
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
	await page.evaluate(() => localStorage.removeItem("story.wiped_at"));
	await page.reload();
	await page.getByRole("heading", { name: "Sign in" }).waitFor();
	await until("the codes are gone", async () => [await kept(page, "codes", stop.id), await kept(page, "kv", "vault")].every((x) => x === null));
	assert.equal(await page.evaluate(() => localStorage.getItem("story.wiped_at")), `/tech/stops/${stop.id}`, "before the page is left: a reload in between goes on with it");
	await page.context().setOffline(true);
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	assert.equal(await page.getByLabel("Only the office sees this.").inputValue(), "Dog is out.", "what was typed stays");
	await showCodes(page);
	await page.getByText("The codes are not on this phone.").waitFor();
	assert.equal(await page.getByText(/4417|5520|6630/).count(), 0);
	assert.ok(!/4417|5520|6630/.test(await everything(page)));
	await page.context().close();
});

/* A technician with as many homes as `n`, each with a code of its own, all of them today's; and a phone with a day. */
async function round(c, tom, n, from, on = day()) {
	const office = c.owner.visitor;
	const at = (BigInt(Date.now()) << 21n) + BigInt(from * 8);
	sql(Array.from({ length: n }, (_, i) => at + BigInt(i * 4)).map((id, i) => `INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Home ${from + i}', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${id + 1n}, ${id}, '${i} Palm Way', 'Mesa', 'AZ', '85201')`).join(";"), c.schema);
	const [level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	const stops = [];
	for (let i = 0; i < n; i++) {
		const home = at + BigInt(i * 4);
		granted(await office.put(`/api/office/properties/${letters(home + 1n)}/codes`, { gate: `#${from + i}#`, version: 1 }));
		stops.push(granted(await office.post("/api/office/visits", { property_id: letters(home + 1n), service_id: level.id, day: on, tech_id: tom.id, note: "", anyway: true }), 201));
	}
	return stops;
}
const keptCodes = (page) => entries(page, "codes").then((l) => l.length);
/* The clock of this phone, so many hours on. */
const later = (page) => page.addInitScript(() => {
	const hours = Number(localStorage.getItem("story.hours") ?? 0), now = Date.now.bind(Date);
	Date.now = () => now() + hours * 3_600_000 + (globalThis.away_ms ?? 0);
});
/* The phone in a pocket for so many minutes. */
const pocket = (page, minutes) => page.evaluate((minutes) => {
	const turn = (state) => {
		Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
		document.dispatchEvent(new Event("visibilitychange"));
	};
	turn("hidden");
	globalThis.away_ms = (globalThis.away_ms ?? 0) + minutes * 60_000;
	turn("visible");
}, minutes);
const hours = (page, n) => page.evaluate((n) => localStorage.setItem("story.hours", String(n)), n);
const worker = (page) => until("the worker has the page", () => page.evaluate(() => navigator.serviceWorker.controller !== null));

test("after a day of 25 stops nothing on the phone says a code; twelve hours without the office and none can be read, and work goes on", async () => {
	const c = await company();
	const tom = (await crew(c, ["technician"])).technician;
	const uma = await hire(c, mailbox, "technician", { name: "Uma" });
	const stops = await round(c, tom, 25, 7100);
	const [next] = await round(c, tom, 1, 7900, day(1));
	await round(c, uma, 5, 8100);
	const page = await as(await visit({ size: WIDTHS.phone, expected: OFFLINE }), tom);
	await later(page);
	let downloads = 0;
	page.on("request", (r) => (downloads += /\/codes$/.test(r.url())));
	await page.goto(url(c.host, `/tech/stops/${stops[3].id}`));
	await page.getByRole("button", { name: "Show codes" }).waitFor();
	assert.equal(downloads, 0, "before there is a PIN nothing is fetched");
	await showCodes(page);
	await page.getByText("#7103#").waitFor();
	await until("all are on the phone", () => keptCodes(page), (n) => n === 26);
	await worker(page);
	// Opened again, and again: nothing is fetched twice.
	for (let i = 0; i < 2; i++) {
		await page.goto(url(c.host, `/tech/stops/${stops[20 + i].id}`));
		await showCodes(page);
		await page.getByText(`#${7120 + i}#`).waitFor();
	}
	await page.context().setOffline(true);
	await page.goto(url(c.host, `/tech/stops/${stops[9].id}`));
	await showCodes(page);
	await page.getByText("#7109#").waitFor();
	assert.ok(downloads <= 52, `${downloads} downloads`);
	console.log(`# ${downloads} downloads for 25 stops of today and one of tomorrow`);
	const all = await everything(page);
	assert.ok(all.includes("Palm Way"), "what is kept is looked at");
	assert.ok(!/#7\d\d\d#|#8\d\d\d#|480152/.test(all), "a code, or the PIN, lies on the phone in plain");
	assert.deepEqual(new Set((await everyKey(page, "codes"))), new Set([...stops, next].map((s) => s.id)), "of the own route alone");
	assert.equal(await page.evaluate(keysCanLeave), false, "a key can leave the browser");

	await hours(page, 12.1);
	await page.reload();
	await until("the key is gone", () => kept(page, "kv", "vault"), (is) => is === null);
	await until("the codes are gone", () => keptCodes(page), (n) => n === 0);
	await page.goto(url(c.host, `/tech/stops/${next.id}`)); /* it was noon: the day has turned */
	await showCodes(page);
	await page.getByText("The codes are not on this phone.").waitFor();
	await sound(page, "codes that are over");
	await page.getByRole("button", { name: "Start the stop" }).click();
	await page.getByLabel("Only the office sees this.").fill("Nobody home");
	await until("the work is kept", () => entries(page, "log"), (l) => l.some((k) => k.verb === "arrive"));
	await page.context().setOffline(false);
	await page.context().close();
});

test("a PIN is chosen at the first look, asked for once and after a pause; five wrong ones and the codes are gone, and the office knows", async () => {
	const c = await company();
	const tom = (await crew(c, ["technician"])).technician;
	const [stop] = await round(c, tom, 1, 7300);
	sql("UPDATE staff SET language = 'es' WHERE email = '" + tom.email + "'", c.schema);
	const page = await as(await visit({ size: WIDTHS.phone, dark: true, language: "es-MX", expected: new RegExp(`${OFFLINE.source}|403`) }), tom);
	await later(page);
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	const show = page.getByRole("button", { name: "Ver códigos" });
	const sheet = (name) => page.getByRole("dialog", { name });
	await show.click();
	await sheet("Elige un PIN").waitFor();
	await typePin(page, "123456");
	await page.getByText("Es fácil de adivinar. Elige otro.").waitFor();
	await sound(page, "choosing a PIN");
	await shot(page, "pin-choose");
	await typePin(page, "480152");
	await sheet("El mismo PIN otra vez").waitFor();
	await page.keyboard.type("480153");
	await page.getByText("Era otro. Elige de nuevo.").waitFor();
	await page.keyboard.type("480152");
	await sheet("El mismo PIN otra vez").waitFor();
	await page.keyboard.type("480152");
	await page.getByText("#7300#").waitFor();
	// Once for this opening; again after a reload.
	await until("the codes hide", () => show.count(), (n) => n === 1);
	await show.click();
	await page.getByText("#7300#").waitFor();
	await until("they are on the phone", () => keptCodes(page), (n) => n === 1);
	await worker(page);
	// After a quarter of an hour in the pocket again, and not before.
	await pocket(page, 14);
	await until("the codes hide", () => show.count(), (n) => n === 1);
	await show.click();
	await page.getByText("#7300#").waitFor();
	await pocket(page, 16);
	await until("the codes hide", () => show.count(), (n) => n === 1);
	await show.click();
	await sheet("Tu PIN").waitFor();
	await page.keyboard.press("Escape");
	await page.reload();
	await show.click();
	await sheet("Tu PIN").waitFor();
	await typePin(page, "111111");
	await page.getByText("PIN equivocado. Quedan 4 intentos.").waitFor();
	await sound(page, "a wrong PIN");
	await shot(page, "pin-wrong");
	// Closed and opened again counts on; the right one begins anew.
	await page.reload();
	await show.click();
	await typePin(page, "222222");
	await page.getByText("Quedan 3 intentos.").waitFor();
	await typePin(page, "480152");
	await page.getByText("#7300#").waitFor();
	await page.context().setOffline(true);
	await page.reload();
	await show.click();
	for (const [pin, left] of [["111111", "Quedan 4"], ["222222", "Quedan 3"], ["333333", "Quedan 2"], ["444444", "Queda 1"]]) {
		await typePin(page, pin);
		await page.getByText(left).waitFor();
	}
	await typePin(page, "555555");
	await page.getByText("Cinco PIN equivocados", { exact: false }).waitFor();
	await shot(page, "pin-gone");
	assert.equal(await kept(page, "kv", "vault"), null);
	assert.equal(await keptCodes(page), 0);
	await typePin(page, "918273");
	await typePin(page, "918273");
	await page.getByText("Para elegir un PIN hace falta señal.").waitFor();
	await page.context().setOffline(false);
	await until("the office knows", async () => granted(await c.owner.visitor.get("/api/office/alerts")).rows.map((a) => a.row?.kind ?? a.kind), (k) => k.includes("locked"));
	// A new one wants the password.
	sql("UPDATE session SET stepped_up_at = 1", c.schema);
	await typePin(page, "918273");
	await sheet("El mismo PIN otra vez").waitFor();
	await typePin(page, "918273");
	await page.getByLabel("Contraseña", { exact: true }).fill(tom.password);
	await page.keyboard.press("Enter");
	await page.getByText("#7300#").waitFor();
	await page.context().close();
});

test("the office revokes a phone: it hears at once, is out with its next word, and what was tapped there comes after signing in again", async () => {
	const c = await company();
	const tom = (await crew(c, ["technician"])).technician;
	const [stop] = await round(c, tom, 1, 7400);
	const page = await as(await visit({ size: WIDTHS.phone, expected: new RegExp(`${OFFLINE.source}|401|403`) }), tom);
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await showCodes(page);
	await page.getByText("#7400#").waitFor();
	await worker(page);
	const desk = await as(await visit(), c.owner);
	await desk.goto(url(c.host, `/technicians/${tom.id}`));
	const part = desk.getByRole("region", { name: "Phones" });
	await part.getByText("PIN chosen").waitFor();
	await sound(desk, "a technician's phones");
	await shot(desk, "phones");
	// Without signal it works on, and keeps it.
	await page.context().setOffline(true);
	await page.getByRole("button", { name: "Start the stop" }).click();
	await until("the tap is kept", () => entries(page, "log"), (l) => l.some((k) => k.verb === "arrive" && k.state === "kept"));
	await part.getByRole("button", { name: "Revoke" }).click();
	const sure = desk.getByRole("dialog", { name: "Revoke this phone?" });
	await sound(desk, "revoking a phone");
	await shot(desk, "phones-revoke");
	await write(desk, () => sure.getByRole("button", { name: "Revoke" }).click());
	await part.getByText(/^revoked /).waitFor();
	const answers = [];
	page.on("response", (r) => /\/api\/tech\//.test(r.url()) && answers.push(r.status()));
	await page.context().setOffline(false);
	await page.getByRole("heading", { name: "Sign in" }).waitFor();
	await until("all is gone", async () => [await kept(page, "kv", "vault"), await keptCodes(page)], ([v, n]) => v === null && n === 0);
	assert.ok(answers.length > 0 && answers.every((s) => s === 401), answers.join());
	// The same person signs in there: what was tapped is sent, under another name.
	await page.getByLabel("E-mail").fill(tom.email);
	await page.getByLabel("Password", { exact: true }).fill(tom.password);
	await page.keyboard.press("Enter");
	await until("the tap came", async () => granted(await c.owner.visitor.get(`/api/office/visits/${stop.id}/log`)).rows.map((l) => l.row.verb), (v) => v.includes("arrive"));
	await until("the phone has its codes again", () => keptCodes(page), (n) => n === 1);
	await desk.reload();
	await until("there are two", () => part.getByRole("listitem").count(), (n) => n === 2);

	// One that is looked at hears it without being touched.
	await page.goto(url(c.host, "/tech/"));
	await page.getByText("Home 7400").first().waitFor();
	await part.getByRole("button", { name: "Revoke" }).click();
	await write(desk, () => sure.getByRole("button", { name: "Revoke" }).click());
	await page.getByRole("heading", { name: "Sign in" }).waitFor();
	await until("all is gone", async () => [await kept(page, "kv", "vault"), await keptCodes(page)], ([v, n]) => v === null && n === 0);
	await desk.context().close();
	await page.context().close();
});

test("a phone that goes on under a new name has another key, and shows its codes all the same", async () => {
	const c = await company();
	const tom = (await crew(c, ["technician"])).technician;
	const [stop] = await round(c, tom, 1, 7600);
	const page = await as(await visit({ size: WIDTHS.phone, expected: OFFLINE }), tom);
	await page.goto(url(c.host, `/tech/stops/${stop.id}`));
	await showCodes(page);
	await page.getByText("#7600#").waitFor();
	await worker(page);
	await until("they are on the phone", () => keptCodes(page), (n) => n === 1);
	const first = (await kept(page, "codes", stop.id)).of;
	// As a phone does whose count and the office's fit no more.
	await page.evaluate((device) => new Promise((done) => {
		indexedDB.databases().then(([db]) => {
			const ask = indexedDB.open(db.name);
			ask.onsuccess = () => {
				const tx = ask.result.transaction("kv", "readwrite");
				tx.objectStore("kv").put({ id: device, n: 0 }, "device");
				tx.oncomplete = () => { ask.result.close(); done(); };
			};
		});
	}), letters((BigInt(Date.now()) << 21n) | 7n));
	await page.reload();
	await until("they are sealed anew", async () => (await kept(page, "codes", stop.id)).of, (of) => of !== first);
	await page.context().setOffline(true);
	await page.reload();
	await showCodes(page);
	await page.getByText("#7600#").waitFor();
	await page.context().close();
});
