/* Days of the calendar, "2026-11-21": reckoned here, written by format.ts. Monday is the first of a week. */

const DAY_MS = 86_400_000;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

/* Today where the company is. Swedes write days as we keep them, in every version of the browsers' tables. */
export const todayIn = (zone: string, now = new Date()) =>
	new Intl.DateTimeFormat("sv-SE", {
		timeZone: zone || "UTC",
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
	}).format(now);

export const addDays = (day: string, n: number) =>
	new Date(at(day) + n * DAY_MS).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string) => Math.round((at(to) - at(from)) / DAY_MS);
/* 0 = Monday */
export const weekdayOf = (day: string) => (new Date(at(day)).getUTCDay() + 6) % 7;
export const mondayOf = (day: string) => addDays(day, -weekdayOf(day));
export const daysFrom = (from: string, n: number) =>
	Array.from({ length: n }, (_, i) => addDays(from, i));
export const monthOf = (day: string) => `${day.slice(0, 7)}-01`;
export function addMonths(day: string, n: number): string {
	const d = new Date(at(monthOf(day)));
	d.setUTCMonth(d.getUTCMonth() + n);
	return d.toISOString().slice(0, 10);
}
export const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at(text));
/* A year of which one or two digits are typed is a day for the browser, and for nobody else. */
export const isWritten = (text: string) => isDay(text) && text >= "2000";

/* Every company counts its weeks alike, from a Monday long ago: one is A, the next is B. */
export const weekLetter = (day: string): "A" | "B" =>
	Math.floor(daysBetween("1970-01-05", mondayOf(day)) / 7) % 2 === 0 ? "A" : "B";

/* "08:30" of a field and the minutes of a day that it means. */
export const minuteOf = (time: string): number | null => {
	const m = /^(\d\d):(\d\d)/.exec(time);
	return m ? Number(m[1]) * 60 + Number(m[2]) : null;
};
export const timeTyped = (minute: number | null | undefined) =>
	minute === null || minute === undefined
		? ""
		: `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
