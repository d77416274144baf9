// The inbox with a mouse, keys and a finger: a stranger, an answer, a note, a job; the table of what is said when.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, test } from "node:test";
import { letters } from "../house/phone.mjs";
import { as, company, crew, granted, mailbox, sound, sql, until, url, visit, where, WIDTHS } from "./harness.mjs";

const OURS = "+14805550123";
const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const SHOTS = process.env.SHOTS;
let c, people, at;
const shot = (page, name) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png` });

before(async () => {
	c = await company();
	people = await crew(c, ["dispatcher", "technician"]);
	at = BigInt(Date.now()) << 21n;
	const now = Math.floor(Date.now() / 1000);
	const thread = (n, who, customer, address, name, words, medium, over = "") =>
		`(${at + n}, '${who}', ${customer}, '${address}', '${name}', 'en', 1, ${n === 11n ? 1 : 0}, ${over || now - 600}, ${now - Number(n) * 60}, '${words}', ${medium}, 1)`;
	const said = (n, thread, direction, medium, state, body, ago) =>
		`(${at + n}, ${at + thread}, ${direction}, ${medium}, ${direction === 1 ? 0 : 4}, ${state}, 'k${n}', '', '${body}', 0, ${now - ago}, ${now - ago})`;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Jean Pruitt', 'jean@home.example', 'en', 0), (${at + 1n}, 'Ana Orozco', 'ana@home.example', 'es', 0);
		INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_sms, by_email) VALUES (${at + 2n}, ${at}, 'Jean Pruitt', 1, '+16025550119', 'jean@home.example', 'en', 255, 255);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 3n}, ${at}, '4127 E Lafayette Blvd', 'Phoenix', 'AZ', '85018');
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6, place_source) VALUES (${at + 5n}, ${at + 1n}, '88 W Osborn Rd', 'Phoenix', 'AZ', '85013', 33487000, -112076000, 3);
		INSERT INTO setting (id, kind, owner_id, name, body) VALUES (${at + 4n}, 16, 0, '', '{"number":"${OURS}","review_url":""}');
		INSERT INTO conversation (id, who, customer_id, address, name, language, state, unread, waits_since, last_at, last_words, last_medium, last_direction) VALUES
		${thread(11n, `c:${at}`, at, "+16025550119", "", "It went cloudy after the storm last night", 1)},
		${thread(12n, `c:${at + 1n}`, at + 1n, "ana@home.example", "", "Gracias, nos vemos a las 11", 2, "0")},
		${thread(13n, "a:+16025550177", 0, "+16025550177", "", "How much for weekly service?", 1)};
		INSERT INTO message (id, conversation_id, direction, medium, occasion, state, message_key, address, body, actor_kind, at, due_at) VALUES
		${said(21n, 11n, 2, 1, 4, "Hi Jean, your pool visit is tomorrow morning. Reply STOP to end texts.", 90000)},
		${said(22n, 11n, 1, 1, 8, "Perfect, thank you. Side gate will be open.", 89000)},
		${said(23n, 11n, 1, 1, 8, "It went cloudy after the storm last night and there are leaves everywhere. Can someone come this afternoon, after 1? Biscuit is out back but he is friendly.", 660)},
		${said(24n, 11n, 2, 1, 6, "We are running late today. Tom now comes 2 to 3.", 300)},
		${said(25n, 12n, 1, 2, 8, "Gracias, nos vemos a las 11", 720)},
		${said(26n, 13n, 1, 1, 8, "How much for weekly service?", 780)}`, c.schema);
	const office = c.owner.visitor, work = `/api/office/staff/${people.technician.id}`;
	granted(await office.post("/api/office/standard-services", {}), 201);
	granted(await office.post("/api/office/customers", { name: "Luz Palma", kind: "person", email: "", phone: "", language: "es", source: "", external_id: "", street: "4 Palm Way", city: "Phoenix", region: "AZ", postcode: "85018", with_pool: true }), 201);
	const { version } = granted(await office.get(`${work}/work`));
	granted(await office.put(`${work}/hours`, { from_day: "2020-01-01", rows: WEEK.map((weekday) => ({ weekday, from_minute: 480, to_minute: 1020 })), version }));
	sql(`UPDATE staff SET start_lat_e6 = 33482000, start_lng_e6 = -112064000 WHERE email = '${people.technician.email}';
		UPDATE property SET lat_e6 = 33503000, lng_e6 = -111988000, place_source = 4, dogs = 'Biscuit, friendly' WHERE id = ${at + 3n}`, c.schema);
	granted(await office.put(`/api/office/properties/${letters(at + 3n)}/codes`, { gate: "4417#", version: 1 }));
});

test("a text is read, answered, made a job; a held one gets its yes; the thread is done by a key", async () => {
	const page = await as(await visit(), people.dispatcher);
	// How a talk ended is a filter: one of them was a booking.
	sql(`UPDATE conversation SET outcome = 1 WHERE id = ${at + 13n}`, c.schema);
	await page.goto(url(c.host, "/inbox"));
	await page.getByLabel("How the talk ended").selectOption("booked");
	await page.getByRole("link", { name: /Jean Pruitt/ }).waitFor({ state: "detached" });
	await until("the one that was booked is listed", async () => (await page.locator(".iline b").allTextContents()).join(), (is) => is === "(602) 555-0177");
	await page.getByLabel("How the talk ended").selectOption("");
	// By the keyboard alone from here: found by words of any message, opened, given to oneself, laid aside and brought back.
	await page.getByLabel("Search every message").fill("Biscuit");
	await page.getByRole("link", { name: /\(602\)/ }).waitFor({ state: "detached" });
	const line = page.getByRole("link", { name: /Jean Pruitt/ });
	await line.press("Enter");
	await page.getByText("Side gate will be open.").waitFor();
	// Who looks for something else while they answer keeps what they answer.
	await page.getByLabel("Search every message").fill("weekly");
	await page.getByRole("link", { name: /602/ }).waitFor();
	await page.getByRole("log").getByText("Side gate will be open.").waitFor();
	await page.getByLabel("Search every message").fill("Biscuit");
	await page.getByRole("link", { name: /602/ }).waitFor({ state: "detached" });
	const chosen = async (menu, item) => {
		await page.getByRole("button", { name: menu, exact: true }).press("Enter");
		await page.getByRole("menuitem", { name: item, exact: true }).press("Enter");
	};
	await chosen("Who looks after it", "I do");
	await line.getByText("Person dispatcher").waitFor();
	await chosen("Who looks after it", "Nobody");
	await line.getByText("Person dispatcher").waitFor({ state: "detached" });
	await chosen("Rest until", "In a week");
	await page.getByText(/^Rests until /).waitFor();
	await chosen("Rest until", "Bring it back");
	await page.getByText(/^Rests until /).waitFor({ state: "detached" });
	// An answer is saved, and is there again; somebody else who writes one is named.
	const answer = page.getByRole("textbox", { name: "Answer", exact: true });
	await answer.fill("See you then.");
	await chosen("Saved answers", "Save this as an answer");
	await page.getByRole("dialog").getByLabel("Call it").fill("See you");
	await page.getByRole("dialog").getByRole("button", { name: "Save" }).press("Enter");
	await page.getByRole("dialog").waitFor({ state: "detached" });
	await answer.fill("");
	await chosen("Saved answers", "See you");
	assert.equal(await answer.inputValue(), "See you then.");
	await answer.fill("");
	// Who stopped for eight seconds begins again. A line that was just opening, and what this page says of its own words, come in between.
	await until("who else writes is named", async () => {
		granted(await c.owner.visitor.post(`/api/office/threads/${letters(at + 11n)}/typings`, {}), 204);
		return page.getByText("Olga Owner is writing an answer").waitFor({ timeout: 9000 }).then(() => true, () => false);
	}, Boolean, 4);
	await until("it is read", () => page.getByRole("link", { name: /Unread.*Jean|Jean Pruitt/ }).locator(".dot").count(), (n) => n === 0);
	await sound(page, "a thread");
	await shot(page, "inbox");
	// What waits for a yes can be said in other words first; Escape leaves it as it was.
	await page.getByRole("button", { name: "Change the words" }).press("Enter");
	const other = page.getByRole("textbox", { name: "Words of the text" });
	await other.fill("We come 2 to 3.");
	await sound(page, "other words");
	await shot(page, "reword");
	await other.press("Escape");
	await page.getByRole("button", { name: "Do not send" }).click();
	await page.getByRole("button", { name: "Do not send" }).waitFor({ state: "detached" });
	await page.getByLabel("By", { exact: true }).selectOption({ label: "Note for the office" });
	await page.getByRole("textbox", { name: "Answer" }).fill("Biscuit bites strangers.");
	await page.getByRole("button", { name: "Keep the note" }).click();
	await page.getByRole("log").getByText("Biscuit bites strangers.").waitFor();
	const heard = page.getByRole("article").filter({ hasText: "leaves everywhere" });
	await heard.getByRole("button", { name: "What to do with it" }).click();
	await page.getByRole("menuitem", { name: "Make a job of it" }).click();
	const beside = page.getByRole("complementary", { name: "Job draft and customer" });
	await beside.getByText("No visit is planned").waitFor();
	assert.match(await beside.getByLabel("What they said").inputValue(), /Biscuit is out back/);
	assert.deepEqual(await heard.locator("mark").allTextContents(), ["It went cloudy after the storm last night", "Can someone come this afternoon", "after 1"]);
	await sound(page, "a job of a message");
	await shot(page, "beside");
	// What is offered is held with the words that offer it, until they answer; the list says so. The job takes its place.
	await page.getByLabel("By", { exact: true }).selectOption({ label: "Their pages" });
	await page.getByRole("button", { name: /^Offer .* with Person$/ }).click();
	await page.getByRole("button", { name: "Do not hold it" }).press("Enter");
	await page.getByRole("button", { name: "Send", exact: true }).waitFor();
	await page.getByRole("button", { name: /^Offer .* with Person$/ }).press("Enter");
	await shot(page, "hold");
	await page.getByRole("button", { name: /^Send and hold [0-9]/ }).press("Enter");
	const held = page.getByText(/^Person, .* is held for them until .* Nobody can book it online\.$/);
	await held.waitFor();
	await page.getByRole("link", { name: /Jean Pruitt/ }).getByText(/^held until /).waitFor();
	assert.equal(await page.getByRole("textbox", { name: "Answer" }).inputValue(), "");
	await sound(page, "an hour that is held");
	await shot(page, "held");
	await page.setViewportSize({ width: 1024, height: 768 });
	await shot(page, "held-1024");
	await page.getByRole("button", { name: "Job draft and customer" }).press("Enter");
	await page.getByRole("dialog").getByLabel("Job", { exact: true }).waitFor();
	await sound(page, "a draft at 1024");
	await shot(page, "beside-1024");
	await page.keyboard.press("Escape");
	await page.setViewportSize(WIDTHS.desk);
	await beside.getByRole("button", { name: /^(Put it on the schedule|Make the job)/ }).press("Enter");
	await page.getByText("It is on the schedule.").waitFor();
	await held.waitFor({ state: "detached" });
	await beside.getByRole("heading", { name: "On the schedule" }).waitFor();
	await page.getByRole("textbox", { name: "Answer" }).fill("¿Está bien a las 3?");
	await page.getByLabel("By", { exact: true }).selectOption({ index: 0 });
	await page.getByText("19 letters, 1 text").waitFor();
	await page.getByRole("button", { name: "Write it plainly" }).click();
	assert.equal(await page.getByRole("textbox", { name: "Answer" }).inputValue(), "¿Esta bien a las 3?");
	await page.getByRole("textbox", { name: "Answer" }).fill("");
	await page.getByRole("heading", { name: "Inbox" }).click();
	await page.keyboard.press("e");
	await page.getByRole("button", { name: "Open again" }).waitFor();
});

test("on a phone a stranger becomes a customer, in Spanish", async () => {
	const page = await as(await visit({ size: WIDTHS.phone, dark: true, language: "es-MX" }), people.dispatcher);
	await page.goto(url(c.host, "/inbox"));
	await page.getByRole("link", { name: /Ana Orozco/ }).waitFor();
	await sound(page, "the list on a phone");
	await shot(page, "inbox-phone");
	await page.getByRole("link", { name: /602/ }).click();
	await page.getByRole("log").getByText("How much for weekly service?").waitFor();
	await sound(page, "a stranger on a phone");
	await shot(page, "thread-phone");
	await page.locator(".thread__lead input").fill("Tony Salazar");
	await page.locator(".thread__lead button[type=submit]").click();
	await page.locator(".thread__lead").waitFor({ state: "detached" });
	await page.getByRole("heading", { name: "Tony Salazar" }).waitFor();
});

test("what is said when is a table; words are tried before they are kept", async () => {
	const page = await as(await visit({ expected: /occasion-looks|office\/occasions/ }), c.owner);
	await page.goto(url(c.host, "/inbox/rules"));
	await page.getByLabel("On the way: Text").selectOption("Ask me");
	await page.getByText("Changed.").first().waitFor();
	await page.getByLabel("On the way: Call").selectOption("Off");
	await until("nobody is rung for it", async () => granted(await c.owner.visitor.get("/api/office/occasions")).rows.find((r) => r.rule.occasion === "on_way").rule.call, (v) => v === "off");
	await sound(page, "the rules");
	await shot(page, "rules");
	await page.locator(".occasion").filter({ hasText: "On the way" }).getByRole("button", { name: "Words" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByText(/Tom Reyes is on the way/).waitFor();
	await dialog.getByRole("textbox", { name: "Words" }).fill("{tech} comes at {hour}");
	await dialog.getByText("There is nothing called {hour} here.").waitFor();
	await dialog.getByRole("textbox", { name: "Words" }).fill("{tech} comes at {time}, {name}");
	await dialog.getByText(/Tom Reyes comes at 10:25/).waitFor();
	// Whose name stands in it is chosen; what is said on the telephone is seen as well.
	await dialog.getByRole("button", { name: "Another customer" }).press("Enter");
	await dialog.getByLabel("Whose name to show").fill("palma");
	await dialog.getByRole("button", { name: /Luz Palma/ }).press("Enter");
	await dialog.getByText("Tom Reyes comes at 10:25, Luz Palma").waitFor();
	await dialog.getByRole("button", { name: "Call", exact: true }).click();
	await dialog.getByText("As Luz Palma would hear it").waitFor();
	// An unknown name is no words: it is said at the field, also when another is looked at.
	await dialog.getByRole("textbox", { name: "Words" }).fill("{tech} comes at {hour}");
	await dialog.locator("label", { has: page.getByRole("textbox", { name: "Words" }) }).getByRole("alert").getByText("There is nothing called {hour} here.").waitFor();
	await dialog.getByRole("button", { name: "Mail", exact: true }).click();
	await dialog.getByRole("textbox", { name: "Subject" }).waitFor();
	await dialog.getByRole("alert").waitFor({ state: "detached" });
	await dialog.getByRole("button", { name: "Save" }).click();
	await dialog.getByRole("alert").getByText("There is nothing called {hour} here.").waitFor();
	await until("the words that it speaks of are there", () => dialog.getByRole("textbox", { name: "Words" }).inputValue(), (v) => v === "{tech} comes at {hour}");
	await shot(page, "words-wrong");
	await dialog.getByRole("button", { name: "Back to the usual words" }).click();
	await dialog.getByRole("button", { name: "Text message" }).click();
	await sound(page, "words that are tried");
	await shot(page, "words");
	await dialog.getByRole("button", { name: "Save" }).click();
	await page.getByText("own words").waitFor();
	// What one service says otherwise: chosen, it begins as all services do.
	await page.getByLabel("Words for which service").selectOption({ label: "Closing" });
	await page.getByText("What this service says otherwise than all others.").waitFor();
	await sound(page, "the words of one service");
});

test("a mail with a picture comes into an open thread; its quote is folded, what was not kept is named; dead addresses are said", async () => {
	sql(`UPDATE staff SET language = 'es' WHERE email = '${people.dispatcher.email}'`, c.schema);
	const page = await as(await visit({ size: WIDTHS.phone, dark: true, language: "es-MX" }), people.dispatcher);
	await page.goto(url(c.host, "/inbox"));
	await page.getByRole("link", { name: /Ana Orozco/ }).click();
	await page.getByRole("log").getByText("nos vemos a las 11").waitFor();
	const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
	const mail = `From: Ana Orozco <ana@home.example>\r\nSubject: La bomba\r\nMessage-ID: <${Date.now()}@home.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHace mucho ruido desde ayer. El c\u00f3digo de la puerta es 4417.\r\n\r\nEl lun, 1 jun 2026, Blue <b@blue.example> escribi\u00f3:\r\n> Hasta el lunes.\r\n\r\n--B\r\nContent-Type: image/png; name="bomba.png"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n${PNG}\r\n--B\r\nContent-Type: application/zip; name="video.zip"\r\nContent-Disposition: attachment\r\n\r\nPK\r\n--B--\r\n`;
	const piped = spawnSync(`${where.bin}/poolctl`, ["mail", `${c.slug}@in.localhost`, "ana@home.example"], { input: mail, env: process.env });
	assert.equal(piped.status, 0);
	// The code is not in the words; one tap shows it, and its look is on the record.
	await page.getByRole("log").getByText("Hace mucho ruido desde ayer. El código de la puerta es ***.").waitFor();
	await page.getByRole("button", { name: "Mostrar el código del portón" }).press("Enter");
	await page.getByText("4417", { exact: true }).waitFor();
	assert.equal(granted(await c.owner.visitor.get(`/api/office/customers/${letters(at + 1n)}/timeline`)).rows.filter((r) => r.kind === "code_shown").length, 1);
	await page.getByText(/video\.zip/).waitFor();
	await until("the picture is there", () => page.locator("img[alt='bomba.png']").evaluateAll((all) => all.filter((i) => i.complete && i.naturalWidth > 0).length), (n) => n === 1);
	await page.getByRole("button", { name: "Ver lo que repite" }).click();
	await page.getByText("Hasta el lunes.").waitFor();
	// There is no room for three columns: what is beside the words opens over them. Words to begin with are in the reader's language.
	await page.getByRole("button", { name: "Borrador y cliente" }).click();
	const beside = page.getByRole("dialog");
	await beside.getByLabel("Trabajo", { exact: true }).selectOption({ label: "Filter clean" });
	await beside.getByRole("button", { name: /^Hacer el trabajo: / }).waitFor();
	await beside.getByText("No hay visita prevista").waitFor();
	await sound(page, "a job beside a mail, on a phone");
	await shot(page, "beside-phone");
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: /^Ofrecer .* con Person$/ }).click();
	assert.match(await page.getByRole("textbox", { name: "Respuesta" }).inputValue(), /^Hola Ana, Person puede estar ahí .* ¿Le viene bien\?$/);
	await sound(page, "a mail");
	await shot(page, "mail-phone");
	sql(`INSERT INTO setting (id, kind, owner_id, name, body) VALUES (${at + 90n}, 18, 0, 'ana@home.example', '{"stopped":false,"words":[{"at":1,"what":"bounce","how":"5.1.1"}]}')`, c.schema);
	await page.reload();
	await page.getByText("El correo a esta dirección vuelve. Pide otra.").waitFor();
	await sound(page, "an address that is gone");
	await shot(page, "gone-phone");
	await page.getByRole("button", { name: "Probar otra vez" }).click();
	await page.getByText("El correo a esta dirección vuelve. Pide otra.").waitFor({ state: "detached" });
	await page.context().close();
});

test("the owner gives an address; what the domain must say is there to be copied", async () => {
	const page = await as(await visit({ expected: /office\/domain/ }), c.owner);
	await page.goto(url(c.host, "/company/mail"));
	await page.getByRole("textbox", { name: "E-mail address" }).fill("hello@desert-blue.example");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText(/^v=DKIM1; k=rsa; p=MII/).waitFor();
	await sound(page, "the own address");
	await shot(page, "sender");
	await page.setViewportSize(WIDTHS.phone);
	await sound(page, "the own address on a phone");
	if (SHOTS) await page.screenshot({ path: `${SHOTS}/sender-phone.png`, fullPage: true });
	await page.getByRole("button", { name: "Use the house's address again" }).click();
	await page.getByText(/^v=DKIM1/).waitFor({ state: "detached" });
	/* The same for the customers' pages: by keyboard alone. */
	await page.setViewportSize(WIDTHS.desk);
	await page.goto(url(c.host, "/company/domain"));
	const name = page.getByRole("textbox", { name: "Name of the domain" });
	await name.fill(`shop.${c.host}`);
	await page.keyboard.press("Enter");
	await page.getByText("This name is the house's own.").waitFor();
	await name.fill("https://portal.acme-pools.example/");
	await page.keyboard.press("Enter");
	await page.getByText("_poolhouse.portal.acme-pools.example", { exact: true }).waitFor();
	await page.getByText(/^poolhouse=[0-9a-f]{32}$/).waitFor();
	await sound(page, "the own domain");
	await shot(page, "domain");
	await page.setViewportSize(WIDTHS.phone);
	await sound(page, "the own domain on a phone");
	if (SHOTS) await page.screenshot({ path: `${SHOTS}/domain-phone.png`, fullPage: true });
	await page.getByRole("button", { name: "Use the house's address again" }).click();
	await page.getByText(/^poolhouse=/).waitFor({ state: "detached" });
	await page.context().close();
});

test("one text to many: how many and what it costs is seen before it goes, and how far it is after", async () => {
	sql(`UPDATE staff SET language = 'en' WHERE email = '${people.dispatcher.email}'`, c.schema);
	const page = await as(await visit({ expected: /broadcasts/ }), people.dispatcher);
	await page.goto(url(c.host, "/inbox"));
	await page.getByRole("link", { name: "To many" }).click();
	await page.getByText("Only customers who asked for news get it.").waitFor();
	await page.getByLabel("Subject").fill("Closed on {nmae}");
	await page.getByLabel("Mail", { exact: true }).last().fill("We are closed on Friday, {name}.\n\nYour pool is fine until Monday.");
	await page.getByText("There is nothing called {nmae} here.").first().waitFor();
	await page.getByLabel("Subject").fill("Closed on Friday");
	await page.getByRole("complementary", { name: "How it goes out" }).getByText("We are closed on Friday, Jean Pruitt.").waitFor();
	await page.getByText(/of [0-9]+ who fit asked for news/).waitFor();
	await sound(page, "a text to many");
	await shot(page, "many");
	await page.setViewportSize({ width: 1024, height: 768 });
	await shot(page, "many-1024");
	await page.getByRole("button", { name: "Send 1 message" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Send 1 message" }).click();
	const line = page.getByRole("article").filter({ hasText: "Closed on Friday" });
	await line.getByText("1 sent").waitFor();
	await sound(page, "how far it is");
	// Those who are ticked in the list, and nobody else.
	await page.goto(url(c.host, "/customers"));
	await page.getByLabel("Choose Jean Pruitt").check();
	await page.getByRole("button", { name: "Write to them" }).click();
	await page.getByText("1 chosen customer").waitFor();
	await page.getByLabel("Subject").fill("Your pump");
	await page.getByLabel("Mail", { exact: true }).last().fill("The part is here, {name}.");
	await page.getByText(/of 1 who fit asked for news/).waitFor();
	await sound(page, "to whom was chosen");
	await page.context().close();
	// The link of the letter ends nothing by itself; one button does.
	const reader = await visit({ size: WIDTHS.phone });
	await reader.goto((await mailbox.letter("jean@home.example", /portal\/unsubscribe#/)).text.match(/https?:\/\/\S+\/portal\/unsubscribe#\S+/)[0]);
	const end = reader.getByRole("button", { name: "End the news" });
	await end.waitFor();
	await sound(reader, "the end of news");
	await shot(reader, "unsubscribe");
	await end.press("Enter");
	await reader.getByText(/^You get no more news from /).waitFor();
	await reader.context().close();

	const small = await as(await visit({ size: WIDTHS.phone, dark: true, language: "es-US" }), c.owner);
	await small.goto(url(c.host, "/inbox/broadcasts"));
	await small.getByText("Closed on Friday").waitFor();
	await sound(small, "a text to many, small and dark");
	await shot(small, "many-small");
	await small.goto(url(c.host, "/staff/ratings"));
	await small.getByText("Nobody has rated a visit yet").waitFor();
	await sound(small, "nobody has said anything yet");
	const [[level]] = sql("SELECT id FROM service LIMIT 1", c.schema);
	const told = (n, stars, words) => `(${at + n}, ${at}, ${at + 3n}, 0, ${Math.floor(Date.now() / 1000) - Number(n)}, 60, 2, ${at}, 'Jean', 8, ${at + 60n}, '{"rows":[{"name":"stars","value":"${stars}"},{"name":"text","value":"${words}"}]}')`;
	sql(`INSERT INTO visit (id, customer_id, property_id, service_id, day, tech_id, minutes, state, source, note) SELECT ${at + 60n}, ${at}, ${at + 3n}, ${level}, '2026-01-05', id, 30, 3, 2, '' FROM staff WHERE email = '${people.dispatcher.email}';
		INSERT INTO event (id, customer_id, property_id, pool_id, at, kind, actor_kind, actor_id, actor_name, ref_kind, ref_id, detail) VALUES
		${told(61n, 5, "Very clean, and on time")}, ${told(62n, 5, "5")}, ${told(63n, 4, "")}, ${told(64n, 2, "The gate was left open")}`, c.schema);
	await small.reload();
	await small.getByText("The gate was left open").waitFor();
	await small.getByText("1 with three stars or fewer").waitFor();
	await sound(small, "ratings, small and dark");
	await shot(small, "ratings-small");
	await small.context().close();
	const wide = await as(await visit(), c.owner);
	await wide.goto(url(c.host, "/staff/ratings"));
	await wide.getByText("4.0", { exact: true }).waitFor();
	await wide.getByRole("region", { name: "By technician" }).getByRole("button").press("Enter");
	await wide.getByRole("heading", { name: /^In their own words: / }).waitFor();
	await sound(wide, "ratings");
	await shot(wide, "ratings");
	// A quote begins with what was said.
	await wide.goto(url(c.host, "/inbox"));
	await wide.getByRole("link", { name: /Ana Orozco/ }).click();
	await wide.getByRole("complementary", { name: "Job draft and customer" }).getByRole("button", { name: "Make a quote of it" }).click();
	await wide.waitForURL(/quotes\/new\?customer=/);
	await until("the words are there", () => wide.locator("textarea").evaluateAll((all) => all.map((x) => x.value).join()), (words) => /Hace mucho ruido desde ayer/.test(words));
});
