// Proof of service as a customer sees it: the report behind the mailed link, and the page that says if it is genuine.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { id, letters, Phone } from "../house/phone.mjs";
import { company, crew, day, granted, mailbox, sound, sql, url, visit, where, WIDTHS, word } from "./harness.mjs";

const SHOTS = process.env.SHOTS;
const shot = async (page, name) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
let c, link, stop;

before(async () => {
	c = await company();
	const office = c.owner.visitor;
	const tom = (await crew(c, ["technician"])).technician;
	const email = `dana@${word()}.example`;
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Dana Whitfield', '${email}', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES (${at + 1n}, ${at}, '6418 Balboa Dr', 'Mesa', 'AZ', '85201');
		INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (${at + 2n}, ${at + 1n}, 1, 70030, 1, 1)`, c.schema);
	const pool = letters(at + 2n);
	const items = granted(await office.post("/api/office/standard-items", {}), 201).rows;
	const v = (measure, value) => ({ measure, x100: Math.round(value * 100), how: "exact" });
	for (const [weeks, fc, ph] of [[4, 3, 7.5], [3, 4.5, 7.6], [2, 2, 7.8], [1, 5, 7.5]])
		granted(await office.post("/api/office/readings", { pool_id: pool, at: Math.floor(Date.now() / 1000) - weeks * 7 * 86400, values: [v("fc", fc), v("ph", ph), v("ta", 90), v("cya", 45)] }), 201);
	const [level] = granted(await office.post("/api/office/standard-services", {}), 201).rows;
	stop = granted(await office.post("/api/office/visits", { property_id: letters(at + 1n), pool_id: pool, service_id: level.id, day: day(), tech_id: tom.id, note: "", anyway: true }), 201);
	// A real picture: what Chromium draws of a page is large enough to look at.
	const page = await visit({ size: { width: 640, height: 400 } });
	await page.setContent("<body style='margin:0;background:linear-gradient(#cde8f2,#1f88b8)'>");
	const picture = await page.screenshot({ type: "jpeg" });
	await page.context().close();
	const photo = id();
	granted(await tom.visitor.file(`/api/tech/photos?${new URLSearchParams({ id: photo, visit_id: stop.id, name: "After" })}`, picture, "photo.jpg"), 201);
	const phone = new Phone(tom.visitor);
	const acid = items.find((i) => i.chemical === "muriatic");
	granted(await phone.send(
		phone.verb("arrive", stop.id),
		phone.verb("check", stop.id, { item: "Skim the surface", done: true }),
		phone.verb("check", stop.id, { item: "Empty the baskets", done: false }),
		phone.verb("reading", stop.id, { pool_id: pool, what: "fc", amount: 150 }),
		phone.verb("reading", stop.id, { pool_id: pool, what: "ph", amount: 780 }),
		phone.verb("dose", stop.id, { pool_id: pool, what: acid.id, amount: 47318, planned: 47318 }),
		phone.verb("note", stop.id, { text: "Water is clear. I cleaned the filter. Please wait until 11 AM to swim.", for_customer: true }),
		phone.verb("photo", stop.id, { file_id: photo, item: "After" }),
		phone.verb("finish", stop.id),
	), 201);
	link = (await mailbox.letter(email, /portal\/report#/)).text.match(/\/portal\/report#[A-Za-z0-9._-]+/)[0];
});

test("the link in the mail shows the visit, and one tap says that it is genuine", async () => {
	const page = await visit({ size: WIDTHS.phone });
	await page.goto(url(c.host, link));
	await page.getByText("Your water", { exact: true }).waitFor();
	await page.getByText("Water is clear. I cleaned the filter.").waitFor();
	await page.getByRole("row", { name: /pH.*7\.8 high/ }).waitFor();
	await page.getByText("How your water went").waitFor();
	await page.waitForFunction(() => [...document.images].every((i) => i.complete && i.naturalWidth > 0));
	await sound(page, "report");
	await shot(page, "report");
	await page.reload();
	await page.getByText("Your water", { exact: true }).waitFor();
	await page.getByRole("link", { name: /Nothing changed since/ }).click();
	await page.getByRole("heading", { name: "This is genuine" }).waitFor();
	await page.getByText("6418 Balboa Dr", { exact: false }).first().waitFor();
	await sound(page, "verify");
	await shot(page, "verify");
	await page.getByRole("link", { name: "Back to the report" }).click();
	await page.getByText("Your water", { exact: true }).waitFor();
	await page.context().close();
});

test("a saved record is checked from its file, and a bent one is called what it is, in Spanish and in the dark", async () => {
	const page = await visit({ language: "es-US", dark: true });
	await page.goto(url(c.host, link));
	await page.getByText("Su agua", { exact: true }).waitFor();
	await shot(page, "report-es-dark");
	await sound(page, "report in Spanish");
	const kept = page.waitForEvent("download");
	await page.getByRole("button", { name: "Guardar el registro sellado" }).click();
	const text = await (await kept).createReadStream().then(async (s) => Buffer.concat(await s.toArray()).toString());
	assert.match(text, /^pool-proof-v1\n/);
	const file = (name, what) => {
		const path = join(where.dir, name);
		writeFileSync(path, what);
		return path;
	};
	await page.goto(url(c.host, "/portal/verify"));
	await page.locator("input[type=file]").setInputFiles(file("good.proof", text));
	await page.getByRole("heading", { name: "Es auténtico" }).waitFor();
	await page.getByRole("button", { name: "Comprobar otro" }).click();
	await page.locator("input[type=file]").setInputFiles(file("bent.proof", text.replace('"x100":150', '"x100":350')));
	await page.getByRole("heading", { name: "No es auténtico" }).waitFor();
	assert.equal(await page.getByText("Dana Whitfield").count(), 0, "of a forged document nothing is shown");
	await sound(page, "a forged one");
	await shot(page, "verify-no-es");
	await page.context().close();
});

test("a link that was cut short says so", async () => {
	const page = await visit({ size: WIDTHS.phone, expected: /422/ });
	await page.goto(url(c.host, `${link.slice(0, -3)}`));
	await page.getByText("This link does not work any more.", { exact: false }).waitFor();
	await page.context().close();
});
