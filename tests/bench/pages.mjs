// pages.mjs -- what the fullest pages cost the processor of whoever looks at them: a frame of the board while 1,200 stops of 60
// technicians scroll by, as a part of the 16.7 ms that a screen of 60 frames leaves for it, and the drawing of 1,200 stops of a week.
import { as, company, day, url, visit, watch } from "../browser/harness.mjs";
import { fullDay, fullWeek, scroll } from "../browser/full.mjs";

const FRAME_MS = 1000 / 60;
const RUNS = Number(process.env.ROUNDS ?? 5);
const median = (v) => [...v].sort((a, b) => a - b)[Math.floor(v.length / 2)];

const D = day(1);
const board = await company();
fullDay(board.schema, D);
let page = await as(await visit(), board.owner);
await page.goto(url(board.host, `/board?day=${D}`));
await page.getByText("1,200 jobs").waitFor();
await page.locator("[data-job]").first().waitFor();
let worked = await watch(page);
const each = [];
for (let run = 0; run < RUNS; run++) {
	const before = await worked();
	const { frames } = await scroll(page);
	each.push((1000 * ((await worked()) - before)) / frames);
}
console.log(`# board: a frame while 1,200 stops scroll is ${median(each).toFixed(1)} ms of work (${each.map((v) => v.toFixed(1)).join(", ")}), ${(median(each) / FRAME_MS).toFixed(2)} of a frame's time at 60 a second`);
await page.context().close();

const monday = day((8 - new Date(`${day(0)}T12:00:00Z`).getUTCDay()) % 7 || 7);
const week = await company();
fullWeek(week.schema, monday);
page = await as(await visit(), week.owner);
await page.goto(url(week.host, `/schedule?day=${monday}`));
await page.getByText("25 stops").first().waitFor();
worked = await watch(page);
const before = await worked();
await page.evaluate(async () => {
	[...document.querySelectorAll(".segments button")].find((b) => b.textContent === "Stops").click();
	while (document.querySelectorAll("[data-stop]").length < 1200) await new Promise((r) => setTimeout(r, 0));
});
console.log(`# schedule: 1,200 stops of a week are drawn in ${(1000 * ((await worked()) - before)).toFixed(0)} ms of work`);
process.exit(0);
