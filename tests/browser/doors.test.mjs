// The doors: a forgotten password, a dead link, the customer's link, the technician in direct sun, Spanish.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, hire, mailbox, sound, sql, url, visit, WIDTHS, word } from "./harness.mjs";

const SMALL = { width: 360, height: 740 };
let c;
let marisol;
before(async () => {
	c = await company();
	marisol = await hire(c, mailbox, "technician", { name: "Marisol Vega", language: "es" });
});

test("a wrong password is said beside the field, and the address stays", async () => {
	const page = await visit({ size: SMALL, expected: /401|429/ });
	await page.goto(url(c.host, "/sign-in"));
	await page.getByLabel("E-mail").fill(c.owner.email);
	await page.getByLabel("Password", { exact: true }).fill("not this one at all");
	await page.keyboard.press("Enter");
	await page.locator("[aria-invalid=true]").waitFor();
	assert.equal(await page.getByLabel("E-mail").inputValue(), c.owner.email);
	await sound(page, "a wrong password");
	await page.context().close();
});

test("a forgotten password is replaced through the mail, and the link works once", async () => {
	const page = await visit({ size: SMALL, language: "es-MX", expected: /4\d\d/ });
	await page.goto(url(c.host, "/forgot"));
	await page.getByLabel("Correo").fill(marisol.email);
	await page.getByRole("button", { name: "Enviar el enlace" }).click();
	await page.getByText("el enlace va en camino").waitFor();
	await sound(page, "the link is on its way");
	const link = (await mailbox.letter(marisol.email, /\/reset#/)).text.match(/https?:\/\/\S+\/reset#\S+/)[0];
	await page.goto(link);
	await page.getByLabel("Contraseña nueva").fill("seis garzas junto al agua");
	assert.equal(new URL(page.url()).hash, "", "no token stays in the address");
	await sound(page, "a new password");
	await page.getByRole("button", { name: "Usar esta contraseña" }).click();
	await page.waitForURL(/\/tech\//);

	await page.goto(link);
	await page.getByLabel("Contraseña nueva").fill("una garza llega tarde al agua");
	await page.getByRole("button", { name: "Usar esta contraseña" }).click();
	await page.getByRole("heading", { name: "Este enlace ya no sirve" }).waitFor();
	await sound(page, "a dead link");
	marisol.password = "seis garzas junto al agua";
	await page.context().close();
});

test("the technician's phone is readable in direct sun and by night, in Spanish", async () => {
	const page = await visit({ size: SMALL, language: "es-MX", expected: /401/ });
	await page.goto(url(c.host, "/tech/"));
	await page.getByLabel("Correo").fill(marisol.email);
	await page.getByLabel("Contraseña", { exact: true }).fill(marisol.password);
	await page.keyboard.press("Enter");
	await page.getByText("Aún no hay paradas").waitFor();
	await sound(page, "today");
	await page.getByRole("link", { name: "Yo", exact: true }).click();
	for (const light of ["Sol directo", "Noche"]) {
		await page.getByRole("button", { name: light }).click();
		await sound(page, light);
	}
	await page.context().close();
});

test("a customer asks for a link, and it opens their page in the company's colour", async () => {
	const email = `dana@${word()}.example`;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (4611686018427387905, 'Dana Whitfield', '${email}', 'en', 1)`, c.schema);
	const settings = await c.owner.visitor.must(200, "GET", "/api/office/company");
	await c.owner.visitor.must(200, "PUT", "/api/office/company", { ...settings, accent: "#f4e04d" });
	const page = await visit({ size: SMALL, expected: /401/ });
	await page.goto(url(c.host, "/portal/"));
	await page.waitForURL(/\/portal\/sign-in/);
	await page.getByLabel("Your e-mail").fill(email);
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Look in your mail" }).waitFor();
	await sound(page, "look in your mail");
	await page.goto((await mailbox.letter(email, /\/portal\/enter#/)).text.match(/https?:\/\/\S+\/portal\/enter#\S+/)[0]);
	await page.getByRole("heading", { name: "Hello, Dana." }).waitFor();
	assert.equal(new URL(page.url()).hash, "");
	assert.equal(await page.evaluate(() => document.documentElement.style.getPropertyValue("--live")), "#f4e04d");
	for (const colorScheme of ["light", "dark"]) {
		await page.emulateMedia({ colorScheme });
		await sound(page, `the customer's page in yellow, ${colorScheme}`);
	}
	await page.getByRole("button", { name: "Sign out" }).click();
	await page.waitForURL(/\/portal\/sign-in/);
	await page.context().close();
});

test("the whole way from the site to one's company in Spanish, by night, on a small phone", async () => {
	const w = word();
	const page = await visit({ size: SMALL, dark: true, language: "es-MX" });
	await page.goto(url("localhost", "/es/signup"));
	await page.getByLabel("Nombre de la empresa").fill(`Agua Clara ${w}`);
	await page.getByText("Libre. Es suya").waitFor();
	await page.getByLabel("Su nombre").fill("Rosa Delgado");
	await page.getByLabel("Correo").fill(`rosa@${w}.example`);
	await page.getByLabel("Contraseña", { exact: true }).fill("un limonero junto al agua");
	await sound(page, "the form, filled in");
	await page.getByRole("button", { name: "Empezar" }).click();
	await page.getByRole("heading", { name: `Agua Clara ${w} está lista.` }).waitFor();
	await sound(page, "ready");
	await page.locator("#open").click();
	await page.getByRole("button", { name: "Configurarlo" }).waitFor();
	await sound(page, "one more lock");
	await page.context().close();
});

test("a company is opened without a mouse", async () => {
	const w = word();
	const page = await visit();
	const here = () => page.evaluate(() => document.activeElement?.id);
	await page.goto(url("localhost", "/signup"));
	for (let n = 0; n < 12 && (await here()) !== "company"; n += 1) await page.keyboard.press("Tab");
	await page.keyboard.type(`Keyboard Pools ${w}`);
	await page.getByText("Free. It is yours").waitFor();
	await page.keyboard.press("Tab");
	assert.equal(await here(), "slug");
	for (const [id, text] of [["owner", "Kay Board"], ["email", `kay@${w}.example`], ["password", "a pelican reads the paper"]]) {
		await page.keyboard.press("Tab");
		assert.equal(await here(), id);
		await page.keyboard.type(text);
	}
	await page.keyboard.press("Enter");
	await page.waitForFunction(() => document.activeElement?.id === "ready-title");
	await page.keyboard.press("Tab");
	assert.equal(await here(), "copy");
	await page.keyboard.press("Tab");
	assert.equal(await here(), "open");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Set it up" }).waitFor();
	await page.context().close();
});

test("an address that nobody has taken is not somebody's door", async () => {
	const page = await visit({ size: WIDTHS.phone });
	await page.goto(url("localhost", "/sign-in"));
	await page.locator("#slug").fill(`nobody${word()}`);
	await page.keyboard.press("Enter");
	await page.getByText("No company has this address").waitFor();
	await sound(page, "nobody's door");
	await page.locator("#slug").fill(c.host);
	await page.keyboard.press("Enter");
	await page.waitForURL(new RegExp(`//${c.host}:\\d+/sign-in`));
	await page.getByRole("heading", { name: "Sign in" }).waitFor();
	await page.context().close();
});

test("an address where no company lives says so", async () => {
	const page = await visit({ size: SMALL, expected: /404/ });
	await page.goto(url("nobody-lives-here.localhost", "/sign-in"));
	await page.getByText("No company lives at this address.").waitFor();
	await sound(page, "no company");
	await page.context().close();
});

test("a technician who opens the office is led to their own door", async () => {
	const page = await as(await visit({ expected: /401/ }), { visitor: (await hire(c, mailbox, "technician")).visitor });
	await page.goto(url(c.host, "/"));
	await page.waitForURL(/\/tech\//);
	await page.context().close();
});
