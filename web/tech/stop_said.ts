/* How a stop is called, and when it will be: what all pages say alike. */
import type { Stop, TechMe } from "../shared/api";
import { duration, minutes, zoned } from "../shared/format";
import { t } from "../shared/words";
import { clock, plan, stops } from "./day";
import { type Pace, paceOf } from "./pace";

export const nameOf = (s: Stop) => s.brief.customer;
export const streetOf = (s: Stop) => [s.brief.street, s.brief.city].filter(Boolean).join(", ");

/* "by 11:30", "12:00 – 2:00", or how long it takes. */
export function windowOf(s: Stop): string {
	if (s.from_minute !== null && s.to_minute !== null)
		return `${minutes(s.from_minute)} – ${minutes(s.to_minute)}`;
	if (s.to_minute !== null) return t("tech.by", { time: minutes(s.to_minute) });
	if (s.from_minute !== null) return t("tech.from", { time: minutes(s.from_minute) });
	return t("tech.about", { time: duration(s.minutes) });
}

/*
 * When the rest of today will be. Before its first tap it begins with the shift; who has not heard when that is knows
 * nothing yet: a clock that runs through the night would tell of a day that begins at once.
 *
 * list  of today, in its order: as it is, or as it would be
 */
export function expected(now_s: number, who: TechMe, list = stops.value): Pace | null {
	const here = zoned(now_s, who.company.zone);
	if (plan.value?.day !== here.day) return null;
	const begun =
		clock.value.work !== null || list.some((s) => s.on_way_at !== null || s.started_at !== null);
	/* One that was kept on the phone may be yesterday's. */
	const shift = who.shift?.day === here.day ? who.shift : null;
	if (!begun && !shift) return null;
	return paceOf(list, { now_s, midnight_s: now_s - here.second, begun, shift });
}
