// The main job on real input: the homes of Sacramento (of a city of our own where the file is not there), eight technicians,
// a week planned, its fullest day driven by simulated phones with breakdowns.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { chance, city, driveDay, fullest, planWeek, town, truthful } from "../house/driven.mjs";

const file = ["../shared", "../../shared"].map((d) => `${d}/data/sacramento-homes.csv`).find(existsSync);
const homes = () =>
	readFileSync(file, "utf8").trim().split("\n").slice(1).map((l) => l.split(","))
		.map(([street, town, , zip, lat, lng]) => ({ street, city: town, zip, lat: Math.round(lat * 1e6), lng: Math.round(lng * 1e6) }))
		.filter((h) => Number.isFinite(h.lat) && Number.isFinite(h.lng) && h.lat !== 0);

test("the homes of Sacramento: a week planned, a day driven with breakdowns, every visit ends in a truthful state", async () => {
	const all = file ? homes() : city(985, chance(7));
	if (!file) console.log("# no sacramento-homes.csv beside the project: a city of our own");
	const t = await town(all, 8, 15);
	const plan = await planWeek(t, 10);
	assert.equal(plan.after.stops, all.length);
	const of = await fullest(t);
	const { ids } = of;
	assert.ok(ids.length > 100, `${ids.length} stops on the fullest day`);
	const started = Date.now();
	const driven = await driveDay(of, chance(99), { breakdowns: 2 });
	const { over, later } = await truthful(of, driven);
	const verbs = driven.drivers.reduce((n, d) => n + d.phone.n, 0);
	console.log(`# ${all.length} homes, ${ids.length} stops on the day: ${over} over, ${later} moved to the next; ${JSON.stringify(driven.counts)}; ${verbs} verbs, ${driven.drivers.reduce((n, d) => n + d.again, 0)} sent again, in ${((Date.now() - started) / 1000).toFixed(0)} s`);
	assert.ok(over > ids.length / 2 && driven.counts.reassigned > 0);
});
