/*
 * Where the phone is when a stop begins: only if the company wishes it, only near the stop, and never later than a short
 * wait. Somewhere else it is nobody's business, and nothing is kept.
 */
import type { Stop, TechMe, VerbBody } from "../shared/api";
import { get } from "./store";

const WAIT_MS = 3000;
const NEAR_M = 250;
const METRES_PER_DEGREE = 111_320;

export async function placeOf(s: Stop): Promise<Partial<VerbBody>> {
	const { lat_e6, lng_e6 } = s.brief;
	const me = await get<TechMe>("kv", "me");
	if (!me?.wants_place || lat_e6 === null || lng_e6 === null || !navigator.geolocation) return {};
	const at = await new Promise<GeolocationPosition | null>((done) => {
		setTimeout(() => done(null), WAIT_MS);
		navigator.geolocation.getCurrentPosition(done, () => done(null), {
			enableHighAccuracy: true,
			timeout: WAIT_MS,
			maximumAge: 30_000,
		});
	});
	if (!at) return {};
	const north = (at.coords.latitude - lat_e6 / 1e6) * METRES_PER_DEGREE;
	const east =
		(at.coords.longitude - lng_e6 / 1e6) *
		METRES_PER_DEGREE *
		Math.cos((lat_e6 / 1e6 / 180) * Math.PI);
	if (Math.hypot(north, east) > NEAR_M) return {};
	return {
		lat_e6: Math.round(at.coords.latitude * 1e6),
		lng_e6: Math.round(at.coords.longitude * 1e6),
	};
}
