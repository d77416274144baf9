// The dispatch board with a mouse, with keys, in Spanish, on a phone; and how it scrolls when it is full.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { as, company, crew, day, sound, sql, until, url, visit, WIDTHS } from "./harness.mjs";
import { fullDay, scroll } from "./full.mjs";
import { letters, Phone } from "../house/phone.mjs";

const D = day(1);
let c, people, level, place;

before(async () => {
	c = await company();
	people = await crew(c, ["technician", "dispatcher"]);
	const at = BigInt(Date.now()) << 21n;
	sql(`INSERT INTO customer (id, name, email, language, created_at) VALUES (${at}, 'Rosa Ruiz', 'rosa@home.example', 'es', 0), (${at + 9n}, 'Ken Okafor', 'ken@home.example', 'en', 0);
		INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6, dogs) VALUES (${at + 1n}, ${at}, '12 South St', 'Mesa', 'AZ', '85201', 33400000, -111800000, 'Bruno'),
		(${at + 2n}, ${at + 9n}, '9 North St', 'Mesa', 'AZ', '85201', 33420000, -111800000, '');
		UPDATE staff SET colour = 1 WHERE email = '${people.technician.email}'`, c.schema);
	// "Add a customer" writes what the search finds by; these two were put in by hand.
	place = [letters(at + 1n), letters(at + 2n)];
	for (const id of [at, at + 9n]) await c.owner.visitor.post("/api/office/notes", { on_kind: "customer", on_id: letters(id), audience: "office", body: "Found.", pinned: false });
	[level] = (await c.owner.visitor.post("/api/office/standard-services", {})).body.rows;
});
const plan = async (over = {}) => (await c.owner.visitor.post("/api/office/visits", { property_id: place[0], service_id: level.id, day: D, note: "", anyway: true, ...over })).body;
const board = async (options) => {
	const page = await as(await visit(options), people.dispatcher);
	await page.goto(url(c.host, `/board?day=${D}`));
	await page.getByRole("heading", { level: 1 }).waitFor();
	return page;
};
/* Of a job on the board. */
const box = (page, v) => page.locator(`[data-job="${v.id}"]`).boundingBox();
const lane = (page, name) => page.getByRole("region", { name });

test("a job is made by hand in a few keys, offered, given, moved by mouse and by menu, and put back", async () => {
	const page = await board();
	await page.getByText("Everything has somebody.").waitFor();
	await page.keyboard.press("n");
	const panel = page.getByRole("complementary", { name: "New job" });
	// The keys alone: whom, and the rest has a good default. Here it is to be nobody's.
	await page.keyboard.type("Rosa");
	await panel.getByRole("button", { name: /Rosa Ruiz/ }).waitFor();
	await page.keyboard.press("Enter");
	await panel.getByLabel("Technician").selectOption("");
	await until("the keys are in the form", () => panel.getByLabel("Technician").evaluate((x) => x.form.contains(document.activeElement)));
	await panel.locator("button[type=submit]:enabled").waitFor();
	await panel.getByLabel("Note").press("Enter");
	const free = lane(page, "Not assigned").getByRole("button", { name: /Rosa Ruiz/ });
	await free.waitFor();
	await until("the keys are on what was made", () => free.evaluate((x) => x === document.activeElement));
	await sound(page, "the board");
	// Offered, and given to the best.
	await free.click();
	await page.getByRole("complementary").getByText("Rosa Ruiz").first().waitFor();
	await page.keyboard.press("a");
	await page.getByRole("radio", { name: /min/ }).first().waitFor();
	await sound(page, "offers");
	// The keys are on the best; Enter gives it.
	await page.locator("[role=radio][aria-checked=true]:focus").waitFor();
	await page.keyboard.press("Enter");
	const tom = "Person technician";
	const job = lane(page, tom).getByRole("button", { name: /Rosa Ruiz/ });
	await job.waitFor();
	await page.getByText(/^Rosa Ruiz is with/).waitFor();
	// Dragged back to what is nobody's, and undone.
	await job.hover({ position: { x: 40, y: 20 } }); // it stands still by then
	await page.mouse.down();
	const [from, to] = await Promise.all([job.boundingBox(), lane(page, "Not assigned").locator(".who").boundingBox()]);
	await page.mouse.move(from.x + 30, from.y, { steps: 4 });
	await page.mouse.move(to.x + 60, to.y + 30, { steps: 8 });
	await page.mouse.up();
	await free.waitFor();
	await page.getByText("is nobody's now").waitFor();
	await page.getByRole("button", { name: "Undo" }).last().click();
	await job.waitFor();
	await page.getByText("Undone.").waitFor();
	// The menu is the drag's equal.
	await job.focus();
	// Looked at by the keys alone, and closed: the keys go on where they were.
	await page.keyboard.press("Enter");
	await page.getByRole("complementary", { name: "Rosa Ruiz" }).waitFor();
	await page.keyboard.press("Escape");
	await until("the job has the keys again", () => job.evaluate((x) => x === document.activeElement));
	await page.keyboard.press("m");
	await page.getByRole("dialog").getByLabel("Technician").selectOption("");
	await page.getByRole("button", { name: "Move", exact: true }).click();
	await free.waitFor();
	await page.getByText("is nobody's now").waitFor();
	await page.getByRole("button", { name: "Place all" }).click();
	await job.waitFor();
	await page.context().close();
});

test("what a phone does is on the board a moment later, without a reload", async () => {
	const v = await plan({ tech_id: people.technician.id, day: day(0) });
	const page = await as(await visit(), people.dispatcher);
	await page.goto(url(c.host, "/board"));
	const job = page.locator(`[data-job="${v.id}"]`);
	await job.waitFor();
	assert.equal(await job.getAttribute("data-state"), "scheduled");
	const phone = new Phone(people.technician.visitor);
	await phone.say("arrive", v.id);
	await page.locator(`[data-job="${v.id}"][data-state=started]`).waitFor();
	await phone.say("missing_part", v.id, { text: "O-ring." });
	await page.getByText("A part is missing:").waitFor();
	await page.context().close();
});

test("a visit is not reached, with its reason, and opened again", async () => {
	const v = await plan({ property_id: place[1], tech_id: people.technician.id, from_minute: 540, to_minute: 660 });
	const page = await board();
	await page.locator(`[data-job="${v.id}"]`).waitFor();
	// The foot says that arrows go from job to job: also for whoever has just come.
	await page.keyboard.press("ArrowDown");
	await until("a job has the focus", () => page.evaluate(() => document.activeElement?.hasAttribute("data-job")));
	await page.locator(`[data-job="${v.id}"]`).click();
	const panel = page.getByRole("complementary", { name: "Ken Okafor" });
	await panel.getByRole("button", { name: "What became of it" }).click();
	await page.getByRole("menuitem", { name: "No access" }).click();
	await page.getByRole("button", { name: "Gate locked" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
	await page.locator(`[data-job="${v.id}"][data-state=no_access]`).waitFor();
	await panel.getByRole("listitem").filter({ hasText: "No access" }).waitFor();
	// Undo is offered for ten seconds: axe may take longer, so it looks afterwards.
	await page.getByRole("button", { name: "Undo" }).last().click();
	await page.locator(`[data-job="${v.id}"][data-state=scheduled]`).waitFor();
	await sound(page, "a job");
	await page.context().close();
});

test("the week shows who has how much, in Spanish, at night, on a phone", async () => {
	for (const options of [{ language: "es-US" }, { dark: true }, { size: { width: 390, height: 844 } }, { size: { width: 1024, height: 768 } }]) {
		const page = await board(options);
		await sound(page, `the day ${JSON.stringify(options)}`);
		await page.getByRole("button", { name: /^(Week|Semana)$/ }).click();
		await page.getByRole("table").waitFor();
		await sound(page, `the week ${JSON.stringify(options)}`);
		await page.context().close();
	}
});

test("on a phone a narrow job shows how it stands, and a new one has the screen to itself, map or no map", async () => {
	const job = await plan({ tech_id: people.technician.id, minutes: 30, from_minute: 540, to_minute: 720 });
	const page = await board({ size: WIDTHS.phone });
	const card = page.locator(`[data-job="${job.id}"]`);
	await card.locator(".job__svc .icon").waitFor();
	const [whole, mark] = [await card.boundingBox(), await card.locator(".job__svc .icon").boundingBox()];
	assert.ok(mark.width >= 10 && mark.x >= whole.x && mark.y + mark.height <= whole.y + whole.height, JSON.stringify({ whole, mark }));
	assert.equal(await card.locator(".job__svc").evaluate((x) => getComputedStyle(x).clipPath), "none");
	await page.getByRole("button", { name: "Map", exact: true }).click();
	await page.locator(".boardmap").waitFor();
	await page.getByRole("button", { name: "New job" }).click();
	const panel = page.getByRole("complementary", { name: "New job" });
	await panel.waitFor();
	await page.locator(".boardmap").waitFor({ state: "hidden" });
	const { width } = await panel.boundingBox();
	assert.ok(width > 380, `the form is ${width} wide`);
	await page.getByRole("button", { name: "Put on the board" }).scrollIntoViewIfNeeded();
	await sound(page, "a new job on a phone");
	await page.context().close();
});

test("sixty technicians with twelve hundred stops: after those in sight no frame makes more than two lanes, and scrolling makes none", async () => {
	const big = await company();
	fullDay(big.schema, D);
	const page = await as(await visit(), big.owner);
	await page.addInitScript(() => {
		window.made = []; // job cards, of each frame that made some
		let now = 0;
		new MutationObserver((all) => {
			for (const r of all) for (const n of r.addedNodes) if (n.nodeType === 1) now += n.matches("[data-job]") + n.querySelectorAll("[data-job]").length;
		}).observe(document, { childList: true, subtree: true });
		const frame = () => {
			if (now > 0) window.made.push(now);
			now = 0;
			requestAnimationFrame(frame);
		};
		frame();
	});
	await page.goto(url(big.host, `/board?day=${D}`));
	const jobs = page.locator("[data-job]");
	await until("the whole day stands there", () => jobs.count().then((n) => n === 1200));
	// What a frame costs follows from what it makes; bench/pages.mjs says how much.
	const [first, ...more] = await page.evaluate(() => window.made);
	assert.ok(first <= 260 && more.length > 10 && Math.max(...more) <= 40, JSON.stringify([first, more]));
	assert.equal((await scroll(page)).most, 0);
	// What changes in one lane is drawn there, and in no other.
	await page.evaluate(() => {
		window.lanes = new Set();
		new MutationObserver((all) => {
			for (const r of all) window.lanes.add((r.target.closest ? r.target : r.target.parentElement).closest("[data-lane]").ariaLabel);
		}).observe(document.querySelector(".board__in"), { childList: true, subtree: true, characterData: true, attributes: true });
	});
	await lane(page, "Tech 60").getByRole("button").first().click();
	await page.getByRole("complementary", { name: /^Customer 1\d{3}$/ }).waitFor();
	assert.deepEqual(await page.evaluate(() => [...window.lanes]), ["Tech 60"]);
	await page.context().close();
	// On a phone what is nobody's may be many screens high; who comes below it is drawn where they stand.
	sql(`UPDATE visit SET tech_id = NULL, seq = 9999 ORDER BY id LIMIT 150`, big.schema);
	const phone = await as(await visit({ size: WIDTHS.phone }), big.owner);
	await phone.goto(url(big.host, `/board?day=${D}`));
	await phone.getByText("1,200 jobs").waitFor();
	await phone.getByRole("region", { name: "Tech 10", exact: true }).evaluate((x) => x.scrollIntoView());
	await phone.getByRole("region", { name: "Tech 10", exact: true }).getByRole("button").first().waitFor();
	await phone.context().close();
});

test("home says how the day stands, on a phone's width too", async () => {
	const now = day(0);
	await plan({ day: now, tech_id: people.technician.id });
	await plan({ day: now });
	for (const size of [WIDTHS.desk, WIDTHS.phone]) {
		const page = await as(await visit({ size }), people.dispatcher);
		await page.goto(url(c.host, "/"));
		const card = page.getByRole("region").filter({ has: page.getByRole("link", { name: "Open the board" }) });
		await card.getByText("Person technician").waitFor();
		await card.getByText(/^\d+ Not assigned$/).waitFor();
		await sound(page, "home with a day");
		await card.getByRole("link", { name: "Open the board" }).click();
		await page.getByRole("region", { name: "Not assigned" }).waitFor();
		await page.context().close();
	}
});

test("two that were worked at once lie one under the other, and both can be taken", async () => {
	const today = day();
	const [a, b] = [await plan({ day: today, tech_id: people.technician.id }), await plan({ day: today, property_id: place[1], tech_id: people.technician.id })];
	const at = Math.floor(Date.now() / 1000) - 7200;
	sql(`UPDATE visit SET state = 3, started_at = ${at}, ended_at = ${at + 3600} ORDER BY id DESC LIMIT 2`, c.schema);
	const page = await as(await visit(), people.dispatcher);
	await page.goto(url(c.host, `/board?day=${today}`));
	await page.locator(`[data-job="${b.id}"]`).waitFor();
	const [one, two] = [await box(page, a), await box(page, b)];
	assert.ok(Math.abs(one.x - two.x) < 2, "at the same time");
	const [upper, lower] = one.y < two.y ? [one, two] : [two, one];
	assert.ok(upper.y + upper.height <= lower.y, `${upper.y} + ${upper.height} covers ${lower.y}`);
	for (const [v, name] of [[a, "Rosa Ruiz"], [b, "Ken Okafor"]]) {
		await page.locator(`[data-job="${v.id}"]`).click();
		await page.getByRole("complementary", { name }).waitFor();
	}
	await sound(page, "two at once");
	await page.context().close();
});
