/*
 * node tests/rules/lives.mjs COUNT [--bent] -- agreements that are edited while time passes, calculated twice: by
 * domain/visits (build/tests/rules/lives, which says what the commands mean) and here, by another library (rrule) and
 * another clock (the browser's). Every date and every instant is compared. SEED chooses other lives; --bent makes this
 * side forget where a week begins, which must be seen. Says each life that differs, five at most; "equal N" at the end.
 */
import { spawnSync } from "node:child_process";
import rrule from "rrule";

const { RRule, RRuleSet } = rrule;
const COUNT = Number(process.argv[2] ?? 2000);
const BENT = process.argv.includes("--bent");
const SEED = Number(process.env.SEED ?? 20261129);
const AT_ONCE = 2000;
const HORIZON = 63;
const DAY = 86_400_000;
const LETTERS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
/* Zones of every kind whose rules nobody changed lately: clocks that jump an hour, half an hour, or never; both halves of the earth. */
const ZONES = `America/Phoenix America/New_York America/Chicago America/Denver America/Los_Angeles America/Anchorage America/St_Johns
	America/Halifax Pacific/Honolulu Europe/Berlin Europe/London Europe/Lisbon Europe/Athens Australia/Sydney Australia/Adelaide
	Australia/Lord_Howe Australia/Brisbane Pacific/Auckland Pacific/Chatham Asia/Kathmandu Asia/Tokyo Africa/Johannesburg UTC`.split(/\s+/);

let state = SEED;
const chance = (below) => {
	state = (state + 0x6d2b79f5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
};
const one = (list) => list[chance(list.length)];

/* Days are numbers here: days since 1970. */
const text = (d) => new Date(d * DAY).toISOString().slice(0, 10);
const civil = (d) => new Date(d * DAY);
const weekday = (d) => (civil(d).getUTCDay() + 6) % 7;
const monthDay = (d) => civil(d).getUTCDate();
const lastOfMonth = (d) => monthDay(d + 1) === 1;
const months = (d) => civil(d).getUTCFullYear() * 12 + civil(d).getUTCMonth();

/* ---- the clock ---- */

const clocks = new Map();
/** What a clock on the wall shows, as if it were UTC: milliseconds. */
function wall(zone, ms) {
	let clock = clocks.get(zone);
	if (!clock) {
		clock = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
		clocks.set(zone, clock);
	}
	const p = Object.fromEntries(clock.formatToParts(ms).map((x) => [x.type, Number(x.value)]));
	return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second);
}
const dayOf = (zone, s) => Math.floor(wall(zone, s * 1000) / DAY);
/** A time that the night skips is as much later; one that comes twice is the first. */
function instant(zone, day, minute) {
	const shown = day * DAY + minute * 60_000;
	const before = shown - (wall(zone, shown - DAY) - (shown - DAY));
	const after = shown - (wall(zone, shown + DAY) - (shown + DAY));
	const found = wall(zone, before) === shown ? before : wall(zone, after) === shown ? after : before;
	return found / 1000;
}

/* ---- rules ---- */

function invent() {
	const monthly = chance(3) === 0;
	const rule = { monthly, interval: monthly ? 1 + chance(12) : one([1, 1, 1, 2, 2, 3, 4, 8]), sunday: chance(2) === 0, days: [], mdays: [], months: [] };
	if (monthly && chance(2) === 0) {
		for (let i = 0; i < 1 + chance(2); i++) rule.mdays.push(chance(5) === 0 ? -1 : 1 + chance(28));
		rule.mdays = [...new Set(rule.mdays)];
	} else {
		for (let i = 0; i < 1 + chance(3); i++) {
			const day = { n: monthly ? one([1, 2, 3, 4, -1]) : 0, d: chance(7) };
			if (!rule.days.some((x) => x.n === day.n && x.d === day.d)) rule.days.push(day);
		}
	}
	if (chance(5) === 0) {
		const from = chance(12);
		for (let i = 0; i < 1 + chance(11); i++) rule.months.push(((from + i) % 12) + 1);
	}
	return rule;
}
/** Weekly in summer, every other week else: the seasonal switch. */
function seasonal() {
	const summer = { monthly: false, interval: 1, sunday: chance(2) === 0, days: [{ n: 0, d: chance(7) }], mdays: [], months: [4, 5, 6, 7, 8, 9] };
	return [summer, { ...summer, interval: 2, days: [...summer.days], months: [1, 2, 3, 10, 11, 12] }];
}
const rules = () => (chance(5) === 0 ? seasonal() : chance(8) === 0 ? [invent(), invent()] : [invent()]);
const written = (parts) =>
	parts
		.map((r) =>
			[
				`FREQ=${r.monthly ? "MONTHLY" : "WEEKLY"}`,
				r.interval > 1 || chance(4) === 0 ? `INTERVAL=${r.interval}` : "",
				r.days.length ? `BYDAY=${r.days.map((x) => `${x.n || ""}${LETTERS[x.d]}`)}` : "",
				r.mdays.length ? `BYMONTHDAY=${r.mdays}` : "",
				r.months.length ? `BYMONTH=${r.months}` : "",
				r.sunday ? "WKST=SU" : "",
			]
				.filter(Boolean)
				.join(";"),
		)
		.join("|");

function between(parts, anchor, from, to) {
	const set = new RRuleSet();
	for (const r of parts)
		set.rrule(
			new RRule({
				freq: r.monthly ? RRule.MONTHLY : RRule.WEEKLY,
				dtstart: new Date(anchor * DAY),
				interval: r.interval,
				wkst: r.sunday && !BENT ? RRule.SU : RRule.MO,
				byweekday: r.days.length ? r.days.map((x) => (x.n ? RRule[LETTERS[x.d]].nth(x.n) : RRule[LETTERS[x.d]])) : null,
				bymonthday: r.mdays.length ? r.mdays : null,
				bymonth: r.months.length ? r.months : null,
			}),
		);
	return set.between(new Date(from * DAY), new Date(to * DAY), true).map((d) => d.getTime() / DAY);
}

const weekStart = (r, d) => d - ((weekday(d) + (r.sunday && !BENT ? 1 : 0)) % 7);
/** The occurrence of `was` is on `day` from then on; null if not every month has such a day. */
function moved(parts, anchor, was, day) {
	let step = true;
	const out = [];
	for (const r of parts) {
		const away = r.monthly ? months(day) - months(was) : (weekStart(r, day) - weekStart(r, was)) / 7;
		step &&= away % r.interval === 0;
		if (r.mdays.length && monthDay(day) > 28 && !lastOfMonth(day)) return null;
		const nth = (d) => Math.floor((monthDay(d) - 1) / 7) + 1;
		const isIt = (x) => x.d === weekday(was) && (x.n === 0 || x.n === nth(was) || (x.n === -1 && months(was + 7) !== months(was)));
		const days = r.days.map((x) => (isIt(x) ? { d: weekday(day), n: x.n === 0 ? 0 : nth(day) > 4 ? -1 : nth(day) } : x));
		const mdays = r.mdays.map((x) => (x === monthDay(was) || (x === -1 && lastOfMonth(was)) ? (monthDay(day) > 28 ? -1 : monthDay(day)) : x));
		out.push({ ...r, days, mdays });
	}
	return { parts: out, anchor: step ? Math.min(anchor, day) : day };
}

/* ---- one life ---- */

function live() {
	const zone = one(ZONES);
	/* Half of them are looked at in a month in which clocks jump, many close to midnight. */
	let now = Date.UTC(2019 + chance(12), chance(2) ? one([2, 3, 8, 9, 10]) : chance(12), 1 + chance(31), chance(24), chance(60), chance(60)) / 1000;
	let today = dayOf(zone, now);
	if (chance(3) === 0) {
		now = instant(zone, today + 1, 0) - 1 + chance(2);
		today = dayOf(zone, now);
	}
	const commands = [];
	const refusals = [];
	const starts = today - 20 + chance(60);
	const first = rules();
	const anchor = chance(10) === 0 ? starts - chance(4000) : starts - chance(20) + chance(10);
	const terms = [{ from: starts, rule: first, anchor }];
	const holds = [];
	let ends = Number.MAX_SAFE_INTEGER;
	let visits = new Map();
	commands.push(`life ${zone} ${now} ${text(starts)} ${written(first)} ${text(anchor)}`);

	const make = (from, to) => {
		terms.sort((a, b) => a.from - b.from);
		terms.forEach((t, i) => {
			const begin = Math.max(from, t.from, starts);
			const end = Math.min(to, ends, (terms[i + 1]?.from ?? Number.MAX_SAFE_INTEGER) - 1);
			if (begin > end) return;
			for (const d of between(t.rule, t.anchor, begin, end))
				if (!visits.has(d) && !holds.some((h) => h.from <= d && d <= h.until)) visits.set(d, { day: d, hand: false, open: true });
		});
	};
	const again = (from) => {
		const begin = Math.max(from, today);
		visits = new Map([...visits].filter(([d, v]) => d < begin || v.hand || !v.open));
		make(begin, today + HORIZON);
	};
	const mayChange = (d) => d >= today && d >= starts && d <= ends;
	const ask = (command, good) => {
		commands.push(command);
		if (!good) refusals.push(commands.length - 1);
		return good;
	};
	const some = () => one([...visits].filter(([, v]) => v.open));

	again(today);
	for (let steps = 2 + chance(7); steps > 0; steps--) {
		const what = one(["now", "now", "term", "hold", "week", "free", "once", "good", "good", "done", "end"]);
		const on = today - (chance(12) === 0 ? 3 : 0) + chance(50);
		if (what === "now") {
			const made = today + HORIZON + 1;
			now += 3600 + chance(20 * 86400);
			today = dayOf(zone, now);
			ask(`now ${now}`, true);
			make(Math.max(made, today), today + HORIZON);
		} else if (what === "term") {
			const t = { from: on, rule: rules(), anchor: on - chance(20) + chance(10) };
			if (!ask(`term ${text(on)} ${text(t.anchor)} ${written(t.rule)}`, mayChange(on))) continue;
			terms.splice(0, terms.length, ...terms.filter((x) => x.from !== on), t);
			again(on);
		} else if (what === "hold" || what === "week") {
			/* A week that is skipped is a hold of seven days. */
			const until = what === "week" ? on + 6 : chance(6) === 0 ? Number.MAX_SAFE_INTEGER : on + chance(40);
			if (!ask(`hold ${text(on)} ${until > 1e9 ? "-" : text(until)}`, mayChange(on))) continue;
			holds.splice(0, holds.length, ...holds.filter((h) => h.from !== on), { from: on, until });
			again(on);
		} else if (what === "free") {
			const from = holds.length ? one(holds).from : on;
			if (!ask(`free ${text(from)}`, mayChange(from) && holds.some((h) => h.from === from))) continue;
			holds.splice(0, holds.length, ...holds.filter((h) => h.from !== from));
			again(from);
		} else if (what === "end") {
			if (chance(4) > 0) continue;
			if (!ask(`end ${text(on)}`, on >= today - 1 && on >= starts - 1)) continue;
			ends = on;
			again(on + 1);
		} else if (visits.size && some()) {
			const [occurs, v] = some();
			const to = Math.max(occurs - 10 + chance(21), today - (chance(20) === 0 ? 1 : 0));
			if (what === "done") {
				ask(`done ${text(occurs)}`, true);
				v.open = false;
			} else if (what === "once") {
				ask(`once ${text(occurs)} ${text(to)}`, true);
				Object.assign(v, { day: to, hand: true });
			} else {
				const from = Math.min(to, occurs);
				const at = [...terms].sort((a, b) => a.from - b.from).findLast((t) => t.from <= occurs);
				const other = to === occurs ? { parts: at?.rule, anchor: at?.anchor } : at && moved(at.rule, at.anchor, occurs, to);
				if (!ask(`good ${text(occurs)} ${text(to)}`, Boolean(other) && mayChange(from) && (to === occurs || !visits.has(to)))) continue;
				visits.delete(occurs);
				visits.set(to, { day: to, hand: true, open: true });
				const left = terms.filter((t) => t.from < from || t.from > occurs);
				terms.splice(0, terms.length, ...left, { from, rule: other.parts, anchor: other.anchor });
				again(from);
				visits.get(to).hand = false;
			}
		}
	}
	/* 02:30 is the minute that clocks skip and repeat. */
	const minute = chance(3) === 0 ? 150 : 15 * chance(96);
	commands.push(`say ${minute}`);
	const said = [...visits].sort((a, b) => a[0] - b[0]).map(([d, v]) => `${text(d)}>${text(v.day)}@${instant(zone, v.day, minute)} `);
	return { commands, want: said.join("") + refusals.map((n) => `!${n}`).join(""), visits: visits.size, edits: commands.length - 2 };
}

const seen = { lives: 0, visits: 0, edits: 0 };
let other = 0;
for (let k = 0; k < COUNT; k += AT_ONCE) {
	const lives = Array.from({ length: Math.min(AT_ONCE, COUNT - k) }, live);
	const ran = spawnSync("build/tests/rules/lives", { input: lives.flatMap((l) => l.commands.concat("")).join("\n").replaceAll("\n\n", "\n"), encoding: "utf8", maxBuffer: 1 << 30 });
	const got = ran.stdout.split("\n");
	if (ran.status !== 0 || got.length !== lives.length + 1) {
		console.log(`the program ended with ${ran.status} after ${got.length - 1} of ${lives.length} lives: ${ran.stderr}`);
		process.exit(1);
	}
	lives.forEach((l, i) => {
		seen.lives++;
		seen.visits += l.visits;
		seen.edits += l.edits;
		if (got[i] === l.want || other++ >= 5) return;
		const a = got[i].split(" ");
		const b = l.want.split(" ");
		console.log(`life ${k + i} of SEED=${SEED}\n${l.commands.join("\n")}\nserver only: ${a.filter((x) => !b.includes(x)).join(" ")}\nhere only:   ${b.filter((x) => !a.includes(x)).join(" ")}`);
	});
}
if (other > 0) console.log(`${other} lives differ, ${seen.lives - other} are equal`);
else if (seen.visits < seen.lives || seen.edits < seen.lives) console.log("these lives are too empty to say anything");
else console.log(`equal ${seen.lives}: ${seen.visits} visits, ${seen.edits} edits`);
process.exit(other > 0 ? 1 : 0);
