// A customer pays on a phone: by card, then from a bank account. The office looks on, and a return opens the bill again.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, bank, company, day, granted, mailbox, sound, sql, takeCards, url, visit, where, WIDTHS, word } from "./harness.mjs";
import { letters } from "../house/phone.mjs";

let c, account, email, who;
const shot = (page, name) => process.env.SHOTS && page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });

before(async () => {
	c = await company({ company: `Desert Blue ${word()}` });
	account = await takeCards(where, c.owner);
	email = `dana@${word()}.example`;
	const n = BigInt(Date.now()) << 21n;
	who = letters(n);
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${n}, 'Dana Whitfield', '${email}', 'en', 1);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${n + 1n}, ${n}, '2214 E Balboa Dr', 'Tempe', 'AZ', '85282')`, c.schema);
	const office = c.owner.visitor;
	for (const [text, unit_cents] of [["Service in June", 16500], ["Filter cleaning", 9500]]) {
		granted(await office.post(`/api/office/customers/${who}/lines`, { property_id: letters(n + 1n), kind: "labour", day: day(-1), text, quantity_milli: 1000, unit_cents, tax_code: "" }), 201);
		granted(await office.post(`/api/office/customers/${who}/bills`, { day: day(-1), until: day(-1), title: "", note: "" }), 201);
	}
});

test("a customer pays by card and from a bank on a phone, the office sees it live, and a return opens the bill", async () => {
	const office = await as(await visit(), c.owner);
	await office.goto(url(c.host, `/bills/of/${who}`));
	await office.getByText("$260.00").first().waitFor();

	const page = await visit({ size: WIDTHS.phone, expected: /401/ });
	await page.goto(url(c.host, "/portal/sign-in"));
	await page.getByLabel("Your e-mail").fill(email);
	await page.keyboard.press("Enter");
	await page.goto((await mailbox.letter(email, /\/portal\/enter#/)).text.match(/https?:\/\/\S+\/portal\/enter#\S+/)[0]);
	await page.getByText("$260.00", { exact: true }).waitFor();
	await page.getByRole("link", { name: "Pay", exact: true }).click();
	await page.getByRole("button", { name: "Pay $260.00" }).waitFor();
	await page.getByRole("radio", { name: /Bill INV-000001/ }).waitFor(); // each bill may be paid alone
	await sound(page, "pay");
	await shot(page, "pay");

	// 165.00 by card: another amount, and the card is kept.
	await page.getByText("Another amount").click();
	await page.getByLabel("Amount", { exact: true }).last().fill("165.00");
	await page.getByText("Keep it for next time").click();
	await page.getByRole("button", { name: "Pay $165.00" }).click();
	await page.getByLabel("Card number").fill("4000 0000 0000 0002");
	await page.getByRole("button", { name: "Pay by card" }).click();
	await page.getByText("Your card was declined.").waitFor();
	await page.getByLabel("Card number").fill("4242 4242 4242 4242");
	await page.getByRole("button", { name: "Pay by card" }).click();
	await page.getByRole("heading", { name: "Thank you. $165.00 arrived." }).waitFor();
	await sound(page, "paid");
	await shot(page, "paid");
	await office.getByText("$95.00").first().waitFor();
	await office.getByRole("cell", { name: /^Card/ }).waitFor();

	// The rest from a bank account. A credit card costs more by now: the page takes the account alone, then the sum is read.
	const rules = granted(await c.owner.visitor.get("/api/office/billing"));
	sql("UPDATE company SET region = 'AZ' WHERE id = 1", c.schema);
	granted(await c.owner.visitor.put("/api/office/billing", { ...rules, surcharge_ppm: 30000, surcharge_from: day(40) }));
	sql(`UPDATE setting SET body = JSON_SET(body, '$.surcharge_from', '${day(-2)}') WHERE body LIKE '%surcharge_from%'`, c.schema);
	await page.getByRole("main").getByRole("link", { name: "Home" }).click();
	await page.getByText("$95.00", { exact: true }).waitFor();
	await page.getByRole("link", { name: "Pay", exact: true }).click();
	await page.getByText("Visa ••4242").waitFor();
	await page.getByRole("button", { name: "Pay $97.85" }).waitFor();
	await shot(page, "pay-again");
	await page.getByText("Another card or bank account").click();
	await page.getByText("With a credit card 3 % is added.").waitFor();
	await sound(page, "pay, a card may cost more");
	await page.getByRole("button", { name: "Next: your card or account" }).click();
	await page.getByRole("button", { name: "Keep it from a bank account" }).click();
	await page.getByRole("heading", { name: "Pay $95.00?" }).waitFor();
	await sound(page, "the sum");
	await shot(page, "the-sum");
	await page.getByRole("button", { name: "Pay $95.00" }).click();
	await page.getByRole("heading", { name: "On its way" }).waitFor();
	await page.getByRole("main").getByRole("link", { name: "Home" }).click();
	await page.getByText("$95.00 is on its way from your bank.").waitFor();
	await sound(page, "home, money on its way");
	await shot(page, "pending");
	await office.getByText("On its way").waitFor();

	const intents = await bank(where, "all", { account, kind: "payment_intent" });
	const debit = intents.find((i) => i.amount === 9500);
	await bank(where, "settle", { account, id: debit.id });
	await office.getByText("On its way").waitFor({ state: "detached" });
	await office.getByText("$0.00").first().waitFor();
	await bank(where, "dispute", { account, id: debit.id, reason: "insufficient_funds" });
	await office.getByText("Returned").waitFor();
	await office.getByText("$95.00").first().waitFor();
	await sound(office, "the office, after the return");
	await shot(office, "office");
	await page.reload();
	await page.getByRole("link", { name: "Bills", exact: true }).first().click();
	await page.getByText("taken back by the bank").waitFor();
	await sound(page, "bills after the return");
	await page.getByRole("link", { name: "Home" }).first().click();
	await page.getByRole("link", { name: "Cards and accounts" }).click();
	await page.getByText("Pay by itself").click();
	await page.getByRole("checkbox", { name: /Pay by itself/, checked: true }).waitFor();
	await sound(page, "cards and accounts");
	await page.getByLabel("Fees").click();
	await page.getByRole("checkbox", { name: "Fees", checked: false }).waitFor();
	await shot(page, "methods");
	await page.getByRole("link", { name: "Back" }).click();
	await page.getByRole("link", { name: "Documents" }).click();
	await page.getByRole("button", { name: "Receipts" }).click();
	await page.getByRole("button", { name: "Receipts", pressed: true }).waitFor();
	await page.getByRole("link", { name: /Invoice/ }).first().waitFor({ state: "detached" }); // what was there before is no receipt
	await page.getByText("$165.00").waitFor();
	await page.getByLabel("Find by word or number").fill("nothing is called so");
	await page.getByText("Nothing is called so").waitFor();
	await sound(page, "documents");
	await office.getByRole("link", { name: "Autopay" }).click();
	await office.getByText("Pool service, Chemicals, Work and parts", { exact: true }).waitFor();
	await sound(office, "autopay");
	await page.context().close();
	await office.context().close();
});

test("a company opens its account at the processor with two clicks", async () => {
	const other = await company({ company: `Second ${word()}` });
	const page = await as(await visit(), other.owner);
	await page.goto(url(other.host, "/company"));
	await page.getByText("Customers cannot pay by card yet.").waitFor();
	await sound(page, "company, no cards yet");
	await page.getByRole("button", { name: "Take cards" }).click();
	await page.getByRole("button", { name: "Finish" }).click();
	await page.getByText("Customers can pay by card and from bank accounts.").waitFor();
	await sound(page, "company, cards");
	await shot(page, "company");
	assert.match(page.url(), /\/company\?cards=done$/);
	await page.context().close();
});
