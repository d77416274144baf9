/* Money, days and times become text here and nowhere else. Times are seconds UTC since 1970. */
import { language, t } from "./words";

const locale = () => (language.value === "es" ? "es-US" : "en-US");
const hours = () => (language.value === "es" ? ({ hourCycle: "h23" } as const) : {});
const date = (at_s: number) => new Date(at_s * 1000);

/* The company's zone, once it is known: a dispatcher who travels sees the same hours as everybody else. */
let home: string | undefined;
export const liveIn = (zone: string) => {
	home = zone;
};
const there = (zone = home): { timeZone?: string } => (zone ? { timeZone: zone } : {});

export function money(cents: number, currency: string): string {
	return new Intl.NumberFormat(locale(), { style: "currency", currency })
		.format(cents / 100)
		.replace("-", "−");
}

/* "1,185.50" as it is typed; null if it is no amount. */
export function centsOf(typed: string): number | null {
	const plain = typed
		.trim()
		.replace(/^\$/, "")
		.replace(/,(?=\d{3}\b)/g, "");
	const m = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(plain);
	return m ? Number(m[1]) * 100 + Number((m[2] ?? "").padEnd(2, "0")) : null;
}
/* The other way, for a field: "185.50". */
export const moneyTyped = (cents: number) => (cents / 100).toFixed(2);

/* Minutes of work: "45 min", "1:30 h". */
export const duration = (min: number) =>
	min < 60 ? t("time.min", { n: min }) : t("time.hours", { h: hm(min) });
/* "7:55" of a day's hours. */
export const hm = (min: number) =>
	`${Math.floor(min / 60)}:${String(Math.round(min) % 60).padStart(2, "0")}`;

/* "4.7": one digit behind the point. */
export const tenths = (n: number) =>
	new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(n);
export const number = (n: number) => new Intl.NumberFormat(locale()).format(n);

export function day(at_s: number, zone?: string): string {
	const sameYear = date(at_s).getFullYear() === new Date().getFullYear();
	return date(at_s).toLocaleDateString(locale(), {
		month: "short",
		day: "numeric",
		...(sameYear ? {} : { year: "numeric" }),
		...there(zone),
	});
}

/* A calendar day, "2026-11-21": the same day wherever it is read. */
export function dayOf(iso: string): string {
	const sameYear = iso.startsWith(String(new Date().getFullYear()));
	return new Date(`${iso}T00:00:00Z`).toLocaleDateString(locale(), {
		month: "short",
		day: "numeric",
		...(sameYear ? {} : { year: "numeric" }),
		timeZone: "UTC",
	});
}

/* "Tue, Dec 1" */
export const weekday = (iso: string) =>
	new Date(`${iso}T00:00:00Z`).toLocaleDateString(locale(), {
		weekday: "short",
		month: "short",
		day: "numeric",
		timeZone: "UTC",
	});
/* The parts of a day of the calendar: "Tue", "1". */
export const dayPart = (iso: string, part: Intl.DateTimeFormatOptions) =>
	new Date(`${iso}T00:00:00Z`).toLocaleDateString(locale(), { ...part, timeZone: "UTC" });
/* "November 30 – December 6" */
export const dayRange = (from: string, to: string) =>
	new Intl.DateTimeFormat(locale(), { month: "long", day: "numeric", timeZone: "UTC" }).formatRange(
		new Date(`${from}T00:00:00Z`),
		new Date(`${to}T00:00:00Z`),
	);

/* A minute of the local day: "8:30 AM". */
export const minutes = (m: number) => time(m * 60, "UTC");
/* "8:30", under an axis that says which half of the day it is. */
export const minutesBare = (m: number) => minutes(m).replace(/\s*[AP]M$/, "");
/* "8", "8:30", "8–10": for a card that is narrow. */
export const hourBare = (m: number) =>
	minutesBare(m)
		.replace(/^0(?=\d)/, "")
		.replace(/:00$/, "");
export const hoursBare = (from: number, to: number) => `${hourBare(from)}–${hourBare(to)}`;
/* "8 – 10 AM", "8:30 – 10:00 AM": short enough for a button. */
export const hoursOf = (from: number, to: number) =>
	new Intl.DateTimeFormat(locale(), {
		hour: "numeric",
		...(language.value === "es" || from % 60 || to % 60 ? { minute: "2-digit" } : {}),
		...hours(),
		timeZone: "UTC",
	}).formatRange(from * 60_000, Math.min(to, 1439) * 60_000);

const LITRES_A_GALLON = 3.785411784;

/* Both, because a crew may think in either; rounded, because nobody measured the drops. */
export function volume(litres: number): string {
	const three = (n: number) => number(Number(n.toPrecision(4)));
	return t("volume.both", { l: three(litres), gal: three(litres / LITRES_A_GALLON) });
}

/* "+14805550142x7" as people read it; other countries' numbers stay as they are. */
export function phone(e164: string): string {
	const m = /^\+1(\d{3})(\d{3})(\d{4})(?:x(\d+))?$/.exec(e164);
	if (!m) return e164;
	return `(${m[1]}) ${m[2]}-${m[3]}${m[4] ? ` x${m[4]}` : ""}`;
}

/* A full hour of the day, as an axis says it: "8 AM", "8 h". */
export const hour = (h: number) =>
	language.value === "es"
		? `${h % 24} h`
		: new Date(h * 3_600_000).toLocaleTimeString(locale(), { hour: "numeric", timeZone: "UTC" });

/* Where it is now in that zone: the calendar day, and the second of it. */
export function zoned(at_s: number, zone: string): { day: string; second: number } {
	const parts = new Intl.DateTimeFormat("en-US", {
		timeZone: zone,
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
		hourCycle: "h23",
	}).formatToParts(date(at_s));
	const of = (type: string) => parts.find((p) => p.type === type)?.value ?? "0";
	return {
		day: `${of("year")}-${of("month")}-${of("day")}`,
		second: Number(of("hour")) * 3600 + Number(of("minute")) * 60 + Number(of("second")),
	};
}

/* "Tuesday, June 16": for people. The day as a date is the office's and the portal's own `today`. */
export const todaySaid = () =>
	new Date().toLocaleDateString(locale(), {
		weekday: "short",
		month: "short",
		day: "numeric",
		...there(),
	});

export const time = (at_s: number, zone?: string) =>
	clockIn(there(zone).timeZone).format(date(at_s));

/* To make one costs more than what a card of the board is: it is made once for each language and zone. */
const clocks = new Map<string, Intl.DateTimeFormat>();
function clockIn(timeZone?: string): Intl.DateTimeFormat {
	const key = `${language.value} ${timeZone}`;
	const wanted = { hour: "numeric", minute: "2-digit", ...hours(), timeZone } as const;
	const clock = clocks.get(key) ?? new Intl.DateTimeFormat(locale(), wanted);
	clocks.set(key, clock);
	return clock;
}

/* "07:05", as a field for a time of day wants it; where the company is. */
export const clockTyped = (at_s: number) =>
	date(at_s).toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit", ...there() });

export const moment = (at_s: number) => `${day(at_s)}, ${time(at_s)}`;

/* The whole truth, for a tooltip. */
export const exact = (at_s: number) =>
	date(at_s).toLocaleString(locale(), {
		dateStyle: "full",
		timeStyle: "long",
		...hours(),
		...there(),
	});

/* "3 min ago", then the day. */
export function ago(at_s: number, now_s = Date.now() / 1000): string {
	const s = Math.max(0, now_s - at_s);
	const rel = new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "short" });
	if (s < 60) return t("time.now");
	if (s < 3600) return rel.format(-Math.floor(s / 60), "minute");
	if (s < 86400) return rel.format(-Math.floor(s / 3600), "hour");
	if (s < 7 * 86400) return rel.format(-Math.floor(s / 86400), "day");
	return day(at_s);
}

const METRES_A_MILE = 1609.344;

/* "12.4 mi", or in kilometres: as the company counts. Below ten with a digit behind the point. */
export function distance(metres: number, units: "miles" | "km"): string {
	/* + 0: no minus before nothing. */
	const n = Math.round((metres / (units === "miles" ? METRES_A_MILE : 1000)) * 10) / 10 + 0;
	const text = new Intl.NumberFormat(locale(), {
		minimumFractionDigits: 0,
		maximumFractionDigits: Math.abs(n) < 10 ? 1 : 0,
	}).format(n);
	return `${text.replace("-", "−")} ${units === "miles" ? "mi" : "km"}`;
}

/* "4 h 10", "38 min", with a true minus sign. */
export function span(seconds: number): string {
	const m = Math.round(Math.abs(seconds) / 60);
	const sign = seconds < 0 && m > 0 ? "−" : "";
	return m < 60
		? `${sign}${m} min`
		: `${sign}${Math.floor(m / 60)} h ${String(m % 60).padStart(2, "0")}`;
}

/* "39:12": hours and minutes of work, for columns. */
export function clock(seconds: number): string {
	const m = Math.round(seconds / 60);
	return `${Math.floor(m / 60)}:${String(m % 60).padStart(2, "0")}`;
}

/* "Mon", "lun": of a calendar day. */
export const weekdayOf = (iso: string, style: "short" | "long" = "short") =>
	new Date(`${iso}T00:00:00Z`).toLocaleDateString(locale(), { weekday: style, timeZone: "UTC" });

export const dayLater = (iso: string, n: number) =>
	new Date(Date.parse(`${iso}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

export function initials(name: string): string {
	const parts = name.trim().split(/\s+/);
	const first = [...(parts[0] ?? "")][0] ?? "";
	const last = parts.length > 1 ? ([...(parts.at(-1) ?? "")][0] ?? "") : "";
	return (first + last).toLocaleUpperCase();
}

export const firstName = (name: string) => name.trim().split(/\s+/)[0] ?? "";

export function country(code: string): string {
	if (!/^[A-Z]{2}$/.test(code)) return code;
	return new Intl.DisplayNames([locale()], { type: "region" }).of(code) ?? code;
}

/* "Firefox on Windows", from a user agent; good enough to know one's own devices. */
export function device(agent: string): string {
	const browser = /Edg\//.test(agent)
		? "Edge"
		: /Firefox\//.test(agent)
			? "Firefox"
			: /Chrome\//.test(agent)
				? "Chrome"
				: /Safari\//.test(agent)
					? "Safari"
					: "";
	const system = /iPhone|iPad/.test(agent)
		? "iOS"
		: /Android/.test(agent)
			? "Android"
			: /Windows/.test(agent)
				? "Windows"
				: /Mac OS X/.test(agent)
					? "macOS"
					: /Linux/.test(agent)
						? "Linux"
						: "";
	if (!browser && !system) return agent.slice(0, 40) || t("device.unknown");
	return [browser, system].filter(Boolean).join(" · ");
}
