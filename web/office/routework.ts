/* One route plan and what is done with it: waited for, searched again, taken change by change, published, taken back. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { RoutePlan, RouteStop, RouteWish } from "../shared/api";
import { call, faultText } from "../shared/call";
import { toast } from "../shared/over";
import { go } from "../shared/router";
import { open, waiting } from "./routedata";
import { say } from "./routewords";

const POLL_MS = 700;
const SETTLE_MS = 700;

/* The wish of the plan before, for the next one. */
const WISH = "routes.wish";
export const keepWish = (wish: RouteWish) => sessionStorage.setItem(WISH, JSON.stringify(wish));
export function keptWish(): RouteWish | null {
	const kept = sessionStorage.getItem(WISH);
	return kept ? (JSON.parse(kept) as RouteWish) : null;
}

/* How far it is now, with the stops that were there before. */
const further = (old: RoutePlan, now: RoutePlan): RoutePlan => ({
	...now,
	stops: old.stops,
	techs: old.techs,
	loads: old.loads,
	days: old.days,
});

const refusedOf = (plan: RoutePlan) =>
	new Set(plan.stops.filter((s) => s.state === "refused").map((s) => s.record_id));

export type PlanWork = ReturnType<typeof usePlan>;

export function usePlan(first: RoutePlan) {
	const [plan, setPlan] = useState(first);
	const [fault, setFault] = useState("");
	const [wish, setWish] = useState(first.wish);
	const [refused, setRefused] = useState(() => refusedOf(first));
	const timer = useRef(0);

	const fresh = async () => {
		const now = await call("GET /api/office/route-plans/:id", { id: plan.id });
		setPlan(now);
		setRefused(refusedOf(now));
		return now;
	};
	/* Whoever waits asks for the state only; the stops come when it is another. */
	useEffect(() => {
		if (!waiting(plan)) return;
		const poll = window.setTimeout(() => {
			call("GET /api/office/route-plans/:id/state", { id: plan.id })
				.then((now) => {
					if (now.state !== plan.state) return fresh();
					return void setPlan((old) => further(old, now));
				})
				.then(() => setFault(""))
				.catch((f) => {
					/* Said, and asked again: the work goes on whether or not one answer came. */
					setFault(faultText(f));
					setPlan((old) => ({ ...old }));
				});
		}, POLL_MS);
		return () => clearTimeout(poll);
	}, [plan]);
	useEffect(() => () => clearTimeout(timer.current), []);

	const act = (work: () => Promise<unknown>) => {
		setFault("");
		void work()
			.then(fresh)
			.catch((f) => setFault(faultText(f)));
	};
	const toggle = (id: string, on: boolean) => {
		const next = new Set(refused);
		if (on) next.delete(id);
		else next.add(id);
		setRefused(next);
		clearTimeout(timer.current);
		timer.current = window.setTimeout(() => {
			call("PUT /api/office/route-plans/:id/refusals", {
				id: plan.id,
				body: { stops: [...next].map((r) => ({ id: r })), version: plan.version },
			})
				.then((now) => setPlan((old) => further(old, now)))
				.catch(async (f) => {
					setFault(faultText(f));
					await fresh();
				});
		}, SETTLE_MS);
	};
	const again = async (over: Partial<RouteWish> = {}) => {
		setFault("");
		try {
			const next = { ...wish, ...over };
			keepWish(next);
			if (open(plan)) await call("DELETE /api/office/route-plans/:id", { id: plan.id });
			const made = await call("POST /api/office/route-plans", { body: next });
			go(`/routes?plan=${made.id}`, true);
		} catch (f) {
			setFault(faultText(f));
		}
	};
	const undo = () =>
		act(() => call("DELETE /api/office/route-plans/:id/publications", { id: plan.id }));
	const publish = async () => {
		try {
			const now = await call("POST /api/office/route-plans/:id/publications", {
				id: plan.id,
				body: { version: plan.version },
			});
			setPlan(now);
			if (now.state === "applied") toast(say("routes.published"), undo);
		} catch (f) {
			setFault(faultText(f));
		}
	};
	const lock = (s: RouteStop) => {
		const locked = [...wish.locked, { id: s.customer_id }];
		void again({ locked });
		toast(say("routes.locked", { name: s.customer }));
	};

	return { plan, fault, wish, setWish, refused, act, toggle, again, undo, publish, lock };
}
