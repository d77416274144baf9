/*
 * How often something repeats: what people choose, the RRULE that says it, and the words for it. The days that
 * a rule gives are the server's to say.
 */
import { language, t } from "../shared/words";

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export const OFTEN = ["1", "2", "3", "4", "month", "monthday"] as const;
export type Often = (typeof OFTEN)[number];
export const WEEKS_OF_MONTH = ["1", "2", "3", "4", "-1"] as const;
export const SEASONS = ["", "only", "switch"] as const;

export interface Choice extends Record<string, string> {
	often: string; // Often
	days: string; // "MO,TH" of weeks
	week: string; // of a month: 1 to 4, -1 the last
	weekday: string; // of a month
	monthday: string; // 1 to 28, -1 the last day
	season: string; // "", only, switch
	from_month: string;
	to_month: string;
	off: string; // weeks apart in the other season: 2, 4
}

export const blank: Choice = {
	often: "1",
	days: "",
	week: "1",
	weekday: "MO",
	monthday: "1",
	season: "",
	from_month: "4",
	to_month: "9",
	off: "2",
};

const months = (from: number, to: number): number[] =>
	Array.from({ length: ((to - from + 12) % 12) + 1 }, (_, i) => ((from - 1 + i) % 12) + 1);

function plain(c: Choice, interval: string): string {
	if (c.often === "month") return `FREQ=MONTHLY;BYDAY=${c.week}${c.weekday}`;
	if (c.often === "monthday") return `FREQ=MONTHLY;BYMONTHDAY=${c.monthday}`;
	return `FREQ=WEEKLY${interval === "1" ? "" : `;INTERVAL=${interval}`};BYDAY=${c.days}`;
}

/* "" while nothing is chosen yet. */
export function ruleOf(c: Choice): string {
	if (/^\d$/.test(c.often) && !c.days) return "";
	const first = plain(c, c.often);
	if (!c.season) return first;
	const on = months(Number(c.from_month), Number(c.to_month));
	const rest = Array.from({ length: 12 }, (_, i) => i + 1).filter((m) => !on.includes(m));
	const season = `${first};BYMONTH=${on.join(",")}`;
	if (c.season === "only" || rest.length === 0) return season;
	const days = c.days || c.weekday;
	return `${season}|${plain({ ...c, often: c.off, days }, c.off)};BYMONTH=${rest.join(",")}`;
}

interface Part {
	often: Often;
	days: string;
	week: string;
	weekday: string;
	monthday: string;
	months: number[];
}

function partOf(text: string): Part | null {
	const p = Object.fromEntries(text.split(";").map((x) => x.split("=") as [string, string]));
	const by = p.BYDAY ?? "";
	const out = {
		days: "",
		week: "1",
		weekday: "MO",
		monthday: "1",
		months: p.BYMONTH ? p.BYMONTH.split(",").map(Number) : [],
	};
	const interval = p.INTERVAL ?? "1";
	if (p.FREQ === "WEEKLY" && by && /^[1-4]$/.test(interval))
		return { ...out, often: interval as Often, days: by };
	const m = /^(-?\d)([A-Z]{2})$/.exec(by);
	if (p.FREQ === "MONTHLY" && interval === "1" && m)
		return { ...out, often: "month", week: m[1] ?? "1", weekday: m[2] ?? "MO" };
	if (p.FREQ === "MONTHLY" && interval === "1" && /^(-1|\d+)$/.test(p.BYMONTHDAY ?? ""))
		return { ...out, often: "monthday", monthday: p.BYMONTHDAY ?? "1" };
	return null;
}

/* The season as first and last month, if the months follow one another. */
function span(list: number[]): [string, string] | null {
	const first = list.find((m) => !list.includes(((m + 10) % 12) + 1));
	if (first === undefined) return null;
	const last = ((first + list.length - 2) % 12) + 1;
	return months(first, last).every((m) => list.includes(m)) ? [String(first), String(last)] : null;
}

/* The choices that say this rule; null for one that somebody wrote by other means. */
export function choiceOf(rule: string): Choice | null {
	const [one, other] = rule.split("|");
	const first = partOf(one ?? "");
	if (!first) return null;
	const { months: on, ...rest } = first;
	const chosen = { ...blank, ...rest };
	if (on.length === 0) return other === undefined ? chosen : null;
	const season = span(on);
	if (!season) return null;
	const seasonal = { ...chosen, from_month: season[0], to_month: season[1] };
	if (other === undefined) return { ...seasonal, season: "only" };
	const second = partOf(other);
	if (!second || !/^[124]$/.test(second.often)) return null;
	const whole = { ...seasonal, season: "switch", off: second.often };
	return ruleOf(whole) === rule ? whole : null;
}

const locale = () => (language.value === "es" ? "es-US" : "en-US");
const dayName = (day: string, style: "long" | "short") =>
	new Intl.DateTimeFormat(locale(), { weekday: style, timeZone: "UTC" }).format(
		new Date(Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(day as (typeof WEEKDAYS)[number]))),
	);
export const weekdayName = (day: string) => dayName(day, "long");
export const weekdayShort = (day: string) => dayName(day, "short");
export const monthName = (month: string | number) =>
	new Intl.DateTimeFormat(locale(), { month: "long", timeZone: "UTC" }).format(
		new Date(Date.UTC(2024, Number(month) - 1, 1)),
	);
const listed = (words: string[]) =>
	new Intl.ListFormat(locale(), { type: "conjunction" }).format(words);

function partWords(p: Part): string {
	if (p.often === "month")
		return t("rule.month", {
			week: t(`rule.week.${p.week as "1"}`),
			day: weekdayName(p.weekday),
		});
	if (p.often === "monthday")
		return p.monthday === "-1" ? t("rule.monthlast") : t("rule.monthday", { day: p.monthday });
	const days = listed(p.days.split(",").map(weekdayName));
	return t(`rule.weeks.${p.often}`, { days });
}

/* "Every other Tuesday, April to September" */
export function ruleWords(rule: string): string {
	const parts = rule.split("|").map(partOf);
	const [first, second] = parts;
	if (!first || (parts.length > 1 && !second)) return t("rule.own");
	const season = first.months.length > 0 ? span(first.months) : null;
	const words = partWords(first);
	if (!season) return words;
	const when = t("rule.season", {
		words,
		from: monthName(season[0]),
		to: monthName(season[1]),
	});
	return second ? t("rule.otherwise", { season: when, words: partWords(second) }) : when;
}
