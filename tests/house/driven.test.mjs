// A small company's day, driven by phones with breakdowns: every visit ends as somebody really said it did.
// tests/long/driven.test.mjs does it with the 985 homes of Sacramento and eight technicians.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chance, city, driveDay, fullest, planWeek, town, truthful } from "./driven.mjs";

test("a week is planned, a day driven, a van breaks down: every visit ends in a truthful state", async () => {
	const t = await town(city(60, chance(7)), 3, 30);
	const plan = await planWeek(t, 1);
	assert.equal(plan.after.stops, 60);
	const of = await fullest(t);
	const { ids } = of;
	assert.ok(ids.length > 4, `${ids.length} stops on the fullest day`);
	const driven = await driveDay(of, chance(99), { breakdowns: 1 });
	const { over, later } = await truthful(of, driven);
	console.log(`# ${ids.length} stops: ${over} over, ${later} moved; ${JSON.stringify(driven.counts)}; ${driven.drivers.reduce((n, d) => n + d.again, 0)} verbs sent again`);
	assert.ok(over > 0 && driven.counts.reassigned > 0, "a van broke down");
});
