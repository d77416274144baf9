// harness.mjs -- one chromium for a file of stories; every page is watched: an error in its console, a broken policy
// or a failed request that nobody expected fails the story.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach } from "node:test";
import { chromium } from "playwright-core";
import { until, where } from "../house/harness.mjs";

export * from "../house/harness.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/* The same engine without windows, a quarter quicker; it shows no notifications, for which there is the whole one. */
const programs = process.env.CHROMIUM ? { page: process.env.CHROMIUM, whole: process.env.CHROMIUM } : { page: "/usr/bin/chromium-headless-shell", whole: "/usr/bin/chromium" };
for (const p of Object.values(programs)) assert.ok(existsSync(p), `${p} is missing: make install does not bring it, ops/dev/install.sh test does`);

export const WIDTHS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };
export const url = (host, path = "/") => `http://${host}:${where.port}${path}`;

/* A company's own domain, known to this browser alone. */
export const OWN = "portal.desert-blue.example";

const browsers = {};
const watched = [];
const open = new Map(); // page -> what it has asked and not been answered
afterEach(async () => {
	for (const [page, asked] of open) await say(page, asked);
	open.clear();
});
after(async () => {
	for (const b of Object.values(browsers)) await (await b).close();
	assert.deepEqual(watched, [], "what the pages complained about");
});

/* A story that ends well closes its pages. Of one that did not, this is what stood there. */
async function say(page, asked) {
	const told = page.evaluate(() => document.body.innerText.slice(0, 1500)).catch(String);
	const text = await Promise.race([told, new Promise((done) => setTimeout(done, 3000, "(it says nothing)"))]);
	console.log([`left open: ${page.url()}`, ...[...asked].map((r) => `unanswered: ${r.method()} ${r.url()}`), text].join("\n").replace(/^/gm, "| "));
}

/** A fresh visitor: own cookies. -> page; page.context().close() ends it. expected: complaints that are part of the story; trusting: of a certificate that we made; touch: by finger; notices: notifications are shown */
export async function visit({ size = WIDTHS.desk, dark = false, language = "en-US", expected = /$^/, zone, trusting = false, touch = false, notices = false } = {}) {
	const kind = notices ? "whole" : "page";
	browsers[kind] ??= chromium.launch({
		executablePath: programs[kind],
		// As root (CI, containers) chromium has no sandbox of its own; /dev/shm may be small.
		args: [...(process.getuid() === 0 ? ["--no-sandbox"] : []), "--disable-dev-shm-usage", `--host-resolver-rules=MAP ${OWN} 127.0.0.1`],
	});
	const context = await (await browsers[kind]).newContext({
		viewport: size,
		colorScheme: dark ? "dark" : "light",
		locale: language,
		reducedMotion: "reduce",
		ignoreHTTPSErrors: trusting,
		hasTouch: touch,
		...(zone && { timezoneId: zone }),
	});
	const page = await context.newPage();
	page.setDefaultTimeout(30_000);
	const asked = new Set();
	open.set(page, asked);
	page.on("close", () => open.delete(page)).on("request", (r) => asked.add(r));
	for (const end of ["requestfinished", "requestfailed"]) page.on(end, (r) => asked.delete(r));
	page.on("console", (m) => {
		const text = `${m.text()} ${m.location().url ?? ""}`;
		if (m.type() === "error" && !expected.test(text)) watched.push(`console: ${text}`);
	});
	page.on("pageerror", (e) => {
		if (!expected.test(e.message)) watched.push(`page: ${e.message}`);
	});
	return page;
}

/** Processor seconds that the page's main thread has worked: a clock on the wall measures the machine's other guests too. */
export async function watch(page) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
	return async () => (await cdp.send("Performance.getMetrics")).metrics.find((m) => m.name === "TaskDuration").value;
}

/** axe finds nothing; nothing sticks out sideways. */
export async function sound(page, what) {
	await page.evaluate(() => document.fonts.ready);
	if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
	const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
	assert.deepEqual(
		violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`),
		[],
		`${what}: axe`,
	);
	const out = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	assert.ok(out <= 0, `${what}: ${out} px stick out sideways`);
}

/**
 * An act that writes, to its end: its answer has come, and no button is still at it. What the page says afterwards may stand
 * there from an act before; and what leaves the page, or loads it again, cuts off a request that has no answer yet.
 */
export async function write(page, act) {
	const answer = page.waitForResponse((r) => !["GET", "HEAD"].includes(r.request().method()));
	await Promise.all([answer, act()]);
	await page.locator("button[aria-busy=true]").waitFor({ state: "detached" });
}

/** A file through the button that asks for one. A page that still fills itself moves its buttons under the pressed key: nothing is clicked then. */
export async function choose(page, button, file) {
	await until("the page stands still", () => page.locator(".skeleton").count().then((n) => n === 0));
	const chooser = page.waitForEvent("filechooser");
	await button.click();
	await (await chooser).setFiles(file);
}

/** Take a person's cookies from the API client into the page. */
export async function as(page, person) {
	await page.context().addCookies(
		[...person.visitor.jar].map(([name, value]) => ({
			// A __Host- cookie is secure and of one host; chromium takes *.localhost for a secure place also over http.
			name, value, url: `https://${person.visitor.host}:${where.port}/`, secure: true, httpOnly: true, sameSite: "Lax",
		})),
	);
	return page;
}

/** The water of the day's pools is on the phone: it comes last. (waitForFunction takes a promise for a yes.) */
export const waterKept = (page) => until("the water is on the phone", () => page.evaluate(() => new Promise((done) => {
	indexedDB.databases().then(([db]) => {
		const ask = indexedDB.open(db.name);
		ask.onsuccess = () => {
			const keys = ask.result.transaction("kv").objectStore("kv").getAllKeys();
			keys.onsuccess = () => { ask.result.close(); done(keys.result.some((k) => String(k).startsWith("water:"))); };
		};
	});
})));

/** The phone remembers the day that it knows: what the office changes from now on is news. */
export const learned = (page, n) => until("the phone knows its day", () => page.evaluate(async () => {
	const [db] = await indexedDB.databases();
	if (!db) return 0;
	return new Promise((done, fail) => {
		const ask = indexedDB.open(db.name);
		ask.onerror = () => fail(ask.error);
		ask.onsuccess = () => {
			const known = ask.result.transaction("kv").objectStore("kv").get("known");
			known.onerror = () => fail(known.error);
			known.onsuccess = () => { ask.result.close(); done(known.result?.[0]?.stops.length ?? 0); };
		};
	});
}), (is) => is === n);

/** Every sentence of the catalogues whose Spanish is another: as a pattern, for a value may stand in it. */
const folder = new URL("../../web/shared/words/", import.meta.url);
const read = (file) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
const english = ["", "tech.", "water."].flatMap((of) => {
	const [en, es] = [read(`${of}en.json`), read(`${of}es.json`)];
	const all = new Set(Object.values(es));
	return Object.entries(en).filter(([key, text]) => text !== es[key] && !all.has(text) && /[a-z]{2}/i.test(text.replace(/\{\w+\}/g, "")))
		.map(([, text]) => `^${text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^$()|[\]\\{}]/g, "\\$&")).join(".+")}$`);
});

/** Nothing that is seen or read aloud is English: neither a sentence of the catalogues nor one that somebody wrote into a page. */
export async function spanish(page, what) {
	const said = await until(`${what}: something is said`, () => page.evaluate(() => {
		const out = [];
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) if (walk.currentNode.parentElement.checkVisibility()) out.push(walk.currentNode.data);
		for (const name of ["aria-label", "placeholder", "alt", "title"]) for (const e of document.body.querySelectorAll(`[${name}]`)) out.push(e.getAttribute(name));
		return [...out, document.title].map((s) => s.trim()).filter(Boolean);
	}), (is) => is.length > 3);
	const patterns = english.map((p) => new RegExp(p));
	assert.deepEqual(said.filter((s) => /\b(the|and|of|with|not|your|you|is|are|to|from|this|here)\b/i.test(s) || patterns.some((p) => p.test(s))), [], `${what}: English`);
}

/** Six digits on the keys of the phone. */
export async function typePin(page, pin) {
	for (const digit of pin) await page.locator(".pinpad").getByRole("button", { name: digit, exact: true }).click();
}
/** "Show codes", with the PIN that the phone asks for: the first time it is chosen. What is shown then, or why not, stands there. */
export async function showCodes(page, { pin = "480152", show = "Show codes" } = {}) {
	await page.getByRole("button", { name: show }).click();
	const pad = page.locator(".pinpad");
	await pad.or(page.locator(".codes, .access__row--codes > [role=alert]")).first().waitFor();
	if ((await pad.count()) === 0) return;
	const again = page.getByRole("dialog", { name: /again|otra vez/ });
	const choosing = (await page.getByRole("dialog", { name: /Choose|Elige/ }).count()) > 0;
	await typePin(page, pin);
	if (choosing) {
		await again.waitFor();
		await typePin(page, pin);
	}
	await pad.waitFor({ state: "detached" });
}
