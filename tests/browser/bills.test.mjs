// Money in the office: a line, a bill, a check, what is owed by age, what slipped through; on a phone, in Spanish.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, granted, sound, sql, until, url, visit, WIDTHS, write } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

let c, billing, id;
const SHOTS = process.env.SHOTS;
const shot = async (page, name) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png` });
const ago = (n) => day(-n);

before(async () => {
	c = await company();
	billing = (await crew(c, ["billing"])).billing;
	const rules = granted(await c.owner.visitor.get("/api/office/billing"));
	granted(await c.owner.visitor.put("/api/office/billing", { ...rules, at_completion: false }));
	id = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0), (${id + 50n}, 'Palm Court HOA', 'hoa@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, tax_area) VALUES (${id + 1n}, ${id}, '12 Palm Way', 'Austin', 'TX', '78701', 'austin');
		INSERT INTO service (id, name, kind, minutes, price_cents, checklist, parts) VALUES (${id + 2n}, 'Green to clean', 2, 90, 35000, '{"rows":[]}', '{"rows":[]}');
		INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source) VALUES (${id + 9n}, ${id}, ${id + 1n}, ${id + 2n}, '${ago(3)}', 90, 3, 2);
		INSERT INTO bill (id, kind, state, seq, customer_id, currency, day, due_day, total_cents, net_cents, issued_at, made_at) VALUES
			(${id + 60n}, 2, 2, 900, ${id + 50n}, 'USD', '${ago(95)}', '${ago(80)}', 120000, 120000, 1, 1), (${id + 61n}, 2, 2, 901, ${id + 50n}, 'USD', '${ago(20)}', '${ago(6)}', 45000, 45000, 1, 1);
		INSERT INTO entry (posting_id, side, kind, at, day, account, customer_id, bill_id, payment_id, cents, actor_kind, actor_id) VALUES
			(${id + 70n}, 0, 1, 1, '${ago(95)}', 1, ${id + 50n}, ${id + 60n}, 0, 120000, 3, 0), (${id + 70n}, 1, 1, 1, '${ago(95)}', 6, ${id + 50n}, ${id + 60n}, 0, -120000, 3, 0),
			(${id + 71n}, 0, 1, 1, '${ago(20)}', 1, ${id + 50n}, ${id + 61n}, 0, 45000, 3, 0), (${id + 71n}, 1, 1, 1, '${ago(20)}', 6, ${id + 50n}, ${id + 61n}, 0, -45000, 3, 0)`, c.schema);
});

test("what slipped through is put on the bill, issued, and paid by check", async () => {
	const page = await as(await visit(), billing);
	await page.goto(url(c.host, "/bills"));
	await page.getByText("$1,650.00").first().waitFor();
	await sound(page, "owed");
	await shot(page, "money-owed");
	await page.getByLabel("As of").fill(ago(50));
	await page.getByText("$1,200.00").first().waitFor();
	await page.getByLabel("As of").fill(ago(100));
	await page.getByText("Nobody owes anything").waitFor();
	await page.goto(url(c.host, "/bills"));
	await page.getByRole("link", { name: "Slipped through (1)" }).click();
	await page.getByRole("row").filter({ hasText: "Done, not billed" }).waitFor();
	await sound(page, "leaks");
	await shot(page, "money-leaks");
	await page.getByText("of work that is on no bill").waitFor();
	await page.getByRole("button", { name: "Put on the next bill" }).click();
	await page.getByText("Nothing slipped through").waitFor();
	await page.getByText("Green to clean, $350.00: on the next bill of Rosa Ruiz").waitFor();
	await page.locator("h1:focus").waitFor(); // the keyboard is not lost with the last row

	await page.goto(url(c.host, `/bills/of/${letters(id)}`));
	await page.getByText("$350.00 so far").waitFor();
	await page.getByRole("link", { name: "Add a line" }).click();
	await page.getByLabel("What").fill("Pump seal");
	await page.getByLabel("Price of one").fill("twelve");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("This is not an amount. Write 12.50.").waitFor();
	assert.equal(await page.getByLabel("What").inputValue(), "Pump seal", "nothing typed is lost");
	await page.getByLabel("Price of one").fill("12.50");
	await page.getByLabel("Quantity").fill("2");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("$375.00 so far").waitFor();
	// Work keeps its price: what is wanted otherwise is a line beside it, and goes again.
	await page.getByRole("link", { name: "Change Green to clean" }).click();
	await page.getByText("a line beside it").waitFor();
	await sound(page, "a line that is changed");
	await page.getByLabel("Price of one").fill("300");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("$325.00 so far").waitFor();
	await page.getByRole("button", { name: "Take off: Ajuste: Green to clean" }).click();
	await page.getByText("$375.00 so far").waitFor();
	await page.getByRole("link", { name: "Change Pump seal" }).click();
	await page.getByLabel("Quantity").fill("3");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("$387.50 so far").waitFor();
	await page.getByRole("link", { name: "Change Pump seal" }).click();
	await page.getByLabel("Quantity").fill("2");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("$375.00 so far").waitFor();
	await sound(page, "an account");
	await shot(page, "money-account");
	await page.getByRole("link", { name: "Issue a bill" }).click();
	await page.getByRole("button", { name: "Issue $375.00" }).click();
	await page.getByRole("heading", { name: "INV-000001" }).waitFor();
	await page.getByText("Green to clean").waitFor();
	await sound(page, "a bill");
	await shot(page, "money-bill");
	// Its paper carries its proof: whoever holds the file checks it.
	const drawn = `/api/office/bills/${page.url().split("/").pop()}/paper`;
	const pdf = await until("the paper is drawn", () => billing.visitor.get(drawn), (a) => a.status === 200);
	await page.goto(url(c.host, "/portal/verify"));
	await page.locator("input[type=file]").setInputFiles({ name: "bill.pdf", mimeType: "application/pdf", buffer: pdf.bytes });
	await page.getByText("This is genuine").waitFor();
	await page.getByText("$375.00").waitFor();
	await sound(page, "a paper that is genuine");
	await shot(page, "money-verify");

	await page.goto(url(c.host, `/bills/of/${letters(id)}`));
	await page.getByRole("link", { name: "Write down a payment" }).click();
	await page.getByLabel("Number of the check").fill("1041");
	assert.equal(await page.getByLabel("Amount").inputValue(), "375.00");
	await page.getByLabel("Amount").fill("400");
	await page.getByText("$25.00 stays for the next bill").waitFor();
	await page.getByLabel("Amount").fill("375.00");
	await page.getByRole("button", { name: "Write down $375.00" }).click();
	await page.getByText("Paid", { exact: true }).waitFor();
	await page.getByText("$0.00").first().waitFor();
	await page.context().close();
});

test("the company says how it bills and taxes, and one customer differs", async () => {
	const page = await as(await visit({ dark: true, expected: /422/ }), c.owner);
	await page.goto(url(c.host, "/bills/rules"));
	await page.getByLabel("Days to pay").fill("soon");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("This is not a number.").waitFor();
	await page.getByLabel("Days to pay").fill("21");
	await page.getByLabel("First reminder").fill("3");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("Say how often somebody is reminded.").waitFor();
	await page.getByLabel("Reminders at most").fill("2");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("Saved").first().waitFor();
	await sound(page, "rules");
	await shot(page, "money-rules");
	const rules = granted(await c.owner.visitor.get("/api/office/billing"));
	assert.deepEqual([rules.due_days, rules.remind_after_days, rules.remind_times], [21, 3, 2]);

	await page.getByRole("link", { name: "Taxes" }).click();
	await page.getByRole("link", { name: "Add a tax" }).click();
	await page.getByLabel("Name on the bill").fill("Texas");
	await page.getByLabel("Percent").fill("8.25");
	await page.getByRole("textbox", { name: "Where (tax area)" }).fill("austin");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("8.25 %").waitFor();
	const area = page.getByLabel("Where (tax area): Austin");
	await area.fill("travis");
	await write(page, () => area.blur());
	await sound(page, "taxes");
	await shot(page, "money-taxes");
	assert.equal(sql(`SELECT tax_area FROM property WHERE id = ${id + 1n}`, c.schema)[0][0], "travis");

	await page.goto(url(c.host, `/bills/of/${letters(id + 50n)}`));
	await page.getByRole("link", { name: "Billing", exact: true }).click();
	await page.getByLabel("Customers get").selectOption("statement");
	await page.getByRole("button", { name: "Add a certificate" }).click();
	await page.getByLabel("Number of the certificate").fill("TX-1");
	await page.getByRole("button", { name: "Save" }).last().click();
	await page.getByText("no end").waitFor();
	await sound(page, "a customer's own rules");
	await shot(page, "money-own");
	// Who walks on while it is saved is not fetched back when it is.
	let answer;
	const held = new Promise((go) => { answer = go; });
	await page.route("**/api/office/customers/*/billing", async (route) => { await held; await route.continue(); });
	const came = page.waitForResponse((r) => r.request().method() === "PUT");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByRole("link", { name: "Statement" }).click();
	await page.getByText("Carried over").waitFor();
	answer();
	await came;
	await page.getByText("Carried over").waitFor();
	await page.getByText("$1,650.00").first().waitFor();
	await sound(page, "a statement");
	await shot(page, "money-statement");
	await page.context().close();
});

test("everybody is billed at once, after a look at what is different", async () => {
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${id + 51n}, 'Wanda Wait', '', 'en', 0);
		INSERT INTO bill_line (id, customer_id, property_id, kind, line_key, day, from_day, to_day, text, unit_cents, net_cents, made_at) VALUES
		(${id + 80n}, ${id + 50n}, 0, 1, 'r:1', '${ago(1)}', '${ago(31)}', '${ago(1)}', 'Weekly service', 124000, 124000, 0),
		(${id + 81n}, ${id}, ${id + 1n}, 4, 'r:2', '${ago(1)}', '${ago(1)}', '${ago(1)}', 'Muriatic acid', 2340, 2340, 0),
		(${id + 82n}, ${id + 51n}, 0, 1, 'r:3', '${ago(1)}', '${ago(31)}', '${ago(1)}', 'Weekly service', 16500, 16500, 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${id + 52n}, ${id + 51n}, '3 Wait Way', 'Austin', 'TX', '78701');
		INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source) VALUES (${id + 53n}, ${id + 51n}, ${id + 52n}, ${id + 2n}, '${ago(2)}', 90, 3, 2)`, c.schema);
	const page = await as(await visit(), billing);
	await page.goto(url(c.host, "/bills"));
	await page.getByRole("link", { name: "Bill everybody" }).click();
	await page.getByText("Nobody was billed in a run yet").waitFor();
	await page.getByRole("link", { name: "Prepare a run" }).click();
	await page.getByRole("button", { name: "Prepare a run" }).click();
	await page.getByRole("button", { name: "Send 3" }).waitFor();
	await page.getByText("Adds up to the ledger to the cent.").waitFor();
	// What is open goes with the rows: nothing is opened before those that are wanted stand there
	const different = async () => {
		await page.getByRole("button", { name: /^Different/ }).click();
		await page.getByRole("link", { name: "Wanda Wait" }).waitFor({ state: "detached" });
		await page.getByRole("link", { name: "Rosa Ruiz" }).waitFor();
	};
	await page.getByRole("link", { name: "Wanda Wait" }).waitFor();
	await different();
	assert.equal(await page.locator(".steps [aria-current=step]").innerText(), "Check");
	// A row is opened by the keyboard: what was billed the last time stands beside what is billed now
	const opener = page.getByRole("button", { name: "Lines of Rosa Ruiz" });
	await opener.press("Enter");
	const beside = page.getByRole("group", { name: "Lines of Rosa Ruiz" });
	await beside.getByText("Muriatic acid").waitFor();
	assert.equal(await opener.getAttribute("aria-expanded"), "true");
	const [last, now] = await beside.locator("section").allInnerTexts();
	for (const said of [/Last time/, /Green to clean/, /Pump seal/, /Total\s+\$375\.00/]) assert.match(last, said);
	for (const said of [/This time/, /Muriatic acid.*\s+\+ \$23\.40/, /Total\s+\$23\.40/]) assert.match(now, said);
	// What she would get, on paper
	const paper = page.waitForEvent("download", { timeout: 60_000 }); // longer than the page itself asks for it
	await beside.getByRole("button", { name: "Preview PDF" }).click();
	assert.match((await paper).suggestedFilename(), /^Draft, Rosa Ruiz\.pdf$/);
	// What slipped through stands beside the run, and is in it by one click
	const wanda = page.getByRole("row").filter({ hasText: "Wanda Wait" });
	await page.getByRole("button", { name: /^All/ }).click();
	await wanda.getByText("$165.00", { exact: true }).waitFor();
	await wanda.getByRole("cell", { name: "Paper", exact: true }).waitFor();
	const slipped = page.getByRole("region", { name: "Done, not billed" });
	await slipped.getByRole("button", { name: "Put on the next bill" }).click();
	await wanda.getByText("$515.00", { exact: true }).waitFor();
	await slipped.getByText("Nothing found.").waitFor();
	await page.locator("h2:focus", { hasText: "Slipped through" }).waitFor({ timeout: 15000 }); // the keyboard is not lost with the button
	await different();
	await opener.press("Enter");
	await beside.getByText("Muriatic acid").waitFor();
	await sound(page, "a run that is looked at");
	await shot(page, "money-run");
	await page.setViewportSize(WIDTHS.phone);
	await sound(page, "a run with an open row on a phone");
	await shot(page, "money-run-phone");
	await page.setViewportSize(WIDTHS.desk);
	await opener.press("Enter");
	await beside.waitFor({ state: "detached" });
	await page.getByRole("button", { name: /^All/ }).click();
	// Somebody is found in it by a word; what was looked for stands in the address
	const find = page.getByLabel("Find a customer");
	await page.getByRole("link", { name: "Palm Court HOA" }).waitFor();
	await find.fill("wan");
	await page.getByRole("link", { name: "Palm Court HOA" }).waitFor({ state: "detached" });
	await page.getByRole("checkbox", { name: "Bill Wanda Wait" }).waitFor();
	assert.match(page.url(), /q=wan/);
	await find.fill("");
	await page.getByRole("checkbox", { name: "Bill Palm Court HOA" }).click();
	await page.getByRole("button", { name: "Send 2, hold 1" }).waitFor();
	await page.getByRole("checkbox", { name: "Bill Wanda Wait" }).click();
	await page.getByRole("button", { name: "Send 1, hold 2" }).click();
	await page.getByText("Done", { exact: true }).waitFor();
	await page.getByText("1 of 1 billed").waitFor();
	await sound(page, "a run that is done");
	// Half-way through, with one of them still to come: stopped it stands still, and goes on where it was.
	sql(`UPDATE batch_row r JOIN batch b ON b.id = r.batch_id SET r.state = 1, b.state = 3, b.version = b.version + 1
		WHERE b.kind = 6 AND r.record_id = ${id + 51n}`, c.schema);
	await page.reload();
	await page.getByText("1 of 2 billed").waitFor();
	await page.getByRole("button", { name: "Stop", exact: true }).click();
	await page.getByText("Stopped", { exact: true }).waitFor();
	await sound(page, "a run that was stopped");
	await page.getByRole("button", { name: "Go on with 1" }).click();
	await page.getByText("2 of 2 billed").waitFor();
	await page.getByRole("link", { name: "See the bill of Wanda Wait" }).waitFor();
	await page.getByRole("link", { name: "See the bill of Rosa Ruiz" }).click();
	await page.getByText("Muriatic acid").waitFor();
	await page.goto(url(c.host, "/bills/issued"));
	await page.getByLabel("Number or customer").fill("rosa");
	await page.getByRole("cell", { name: "Palm Court HOA" }).first().waitFor({ state: "detached" });
	await page.getByRole("cell", { name: "Rosa Ruiz" }).first().waitFor();
	await sound(page, "issued, found by a name");
	await page.context().close();
});

test("each of the five ways in which money slips away is mended by one click", async () => {
	const [who, at, due] = [id + 90n, id + 91n, ago(4)];
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${who}, 'Sam Slip', '', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at}, ${who}, '9 Leak Lane', 'Austin', 'TX', '78701');
		INSERT INTO pool (id, property_id, kind, name) VALUES (${id + 92n}, ${at}, 1, 'Pool');
		INSERT INTO item (id, kind, name, chemical, strength_x100, unit, holds_x100, cost_cents, price_cents) VALUES (${id + 93n}, 1, 'Muriatic acid', 5, 3145, 5, 378541, 500, 1200);
		INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source) VALUES (${id + 94n}, ${who}, ${at}, ${id + 2n}, '${due}', 90, 3, 2), (${id + 95n}, ${who}, ${at}, ${id + 2n}, '${due}', 90, 1, 2), (${id + 99n}, ${who}, ${at}, ${id + 2n}, '${due}', 90, 3, 2);
		INSERT INTO item (id, kind, name, chemical, unit, holds_x100, cost_cents, price_cents) VALUES (${id + 89n}, 2, 'Pump seal', 0, 1, 100, 1200, 3850);
		INSERT INTO visit_log (id, visit_id, verb, answer, actor_kind, actor_id, device_at, server_at, body) VALUES (${id + 88n}, ${id + 99n}, 31, 1, 3, 0, 0, 0, '{"text":"Pump seal","amount":100,"what":"${letters(id + 89n)}"}');
		INSERT INTO dose (id, pool_id, visit_id, item_id, chemical, strength_x100, given_x100, cost_cents, price_cents, at, made_at) VALUES (${id + 96n}, ${id + 92n}, ${id + 99n}, ${id + 93n}, 5, 3145, 378541, 500, 1200, ${Math.floor(Date.now() / 1000) - 345600}, 0);
		INSERT INTO bill_line (id, customer_id, property_id, visit_id, kind, line_key, day, from_day, to_day, text, unit_cents, net_cents, made_at) VALUES
			(${id + 97n}, ${who}, ${at}, ${id + 95n}, 2, 'stop:${id + 95n}', '${due}', '${due}', '${due}', 'Green to clean', 35000, 35000, 0), (${id + 98n}, ${who}, ${at}, ${id + 99n}, 2, 'stop:${id + 99n}', '${due}', '${due}', '${due}', 'Green to clean', 35000, 35000, 0)`, c.schema);
	granted(await billing.visitor.post(`/api/office/customers/${letters(who)}/payments`, { way: "cash", cents: 700, day: ago(1), reference: "", note: "", reason: "", apply: [], keep: true }), 201);
	const page = await as(await visit(), billing);
	await page.goto(url(c.host, "/bills/leaks"));
	for (const [what, remedy] of [["Done, not billed", "Put on the next bill"], ["Billed, not done", "Take off the next bill"], ["Poured, not billed", "Put on the next bill"], ["Installed, not billed", "Put on the next bill"]]) {
		const row = page.getByRole("row").filter({ hasText: "Sam Slip" }).filter({ hasText: what });
		await row.getByRole("button", { name: remedy }).click();
		await row.waitFor({ state: "detached" });
	}
	// Money finds the bill that is made of what was mended.
	granted(await billing.visitor.post(`/api/office/customers/${letters(who)}/bills`, { day: ago(0), until: ago(0), title: "", note: "" }), 201);
	const money = page.getByRole("row").filter({ hasText: "Sam Slip" }).filter({ hasText: "Paid, for nothing yet" });
	await money.getByRole("button", { name: "Pay the oldest bill" }).click();
	await money.waitFor({ state: "detached" });
	assert.equal(Number(sql(`SELECT SUM(cents) FROM entry WHERE account = 1 AND customer_id = ${who}`, c.schema)[0][0]), 35000 + 35000 + 1200 + 3850 - 700);
	await page.context().close();
});

test("a phone in Spanish reads the same account, and takes a bill back", async () => {
	sql(`UPDATE staff SET language = 'es'`, c.schema);
	const page = await as(await visit({ size: WIDTHS.phone, language: "es-MX" }), billing);
	await page.goto(url(c.host, `/bills/of/${letters(id + 50n)}`));
	await page.getByText("$1,650.00").first().waitFor();
	await sound(page, "an account on a phone");
	await shot(page, "money-phone");
	await page.getByRole("link", { name: "Estado de cuenta" }).click();
	await page.getByText("Saldo al").first().waitFor();
	await page.getByRole("link", { name: "INV-000901" }).click();
	await page.getByRole("button", { name: "Más para esta factura" }).click();
	await page.getByRole("menuitem", { name: "Anular" }).click();
	await page.getByLabel("Motivo").fill("Cliente equivocado");
	await page.getByRole("button", { name: "Anular INV-000901" }).click();
	await page.getByText("Anulada").first().waitFor();
	await sound(page, "taken back");
	await page.context().close();
});
