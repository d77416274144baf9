/*
 * Route plan: say what matters, see what it costs, take it change by change. Nobody is moved before "Review and publish".
 *
 * The address holds what is looked at: ?plan=<id>, or ?kind=day|week&day=<date> of a plan to be made.
 */
import { useEffect, useState } from "preact/hooks";
import type {
	RoutePlan,
	RoutePlanPage,
	RouteSettings,
	RouteWish,
	TechnicianPage,
} from "../shared/api";
import { call, faultText } from "../shared/call";
import { ago, dayLater, dayOf, distance, weekdayOf } from "../shared/format";
import { go, type Screen, type ScreenProps } from "../shared/router";
import { Badge, Button, Empty, FaultNote, Heading, Icon, Segments, Trouble } from "../shared/ui";
import { may } from "./me";
import { signed } from "./routedata";
import { Wishes } from "./routeparts";
import { Plan } from "./routeplan";
import { say } from "./routewords";
import { keepWish, keptWish } from "./routework";
import { Take } from "./taken";
import "./offers.css";
import "./routes.css";

interface Data {
	plans: RoutePlanPage;
	settings: RouteSettings;
	techs: TechnicianPage;
	plan: RoutePlan | null;
}

function nextMonday(today: string): string {
	let d = dayLater(today, 1);
	while (new Date(`${d}T00:00:00Z`).getUTCDay() !== 1) d = dayLater(d, 1);
	return d;
}
const usual = (kind: "day" | "week", day: string): RouteWish => ({
	kind,
	from_day: day,
	tech_id: null,
	same_tech: kind === "day" ? 1 : 3,
	same_day: kind === "day" ? 0 : 3,
	liked_days: kind === "day" ? 0 : 3,
	even: 2,
	room_minutes: 0,
	scratch: false,
	locked: [],
	seconds: null,
});

async function load(at: { query: URLSearchParams }): Promise<Data> {
	const id = at.query.get("plan");
	const settings = await call("GET /api/office/route-settings");
	const { today } = settings;
	const [plans, techs, plan] = await Promise.all([
		call("GET /api/office/route-plans"),
		call("GET /api/office/technicians", { query: { from: today, to: today } }),
		id ? call("GET /api/office/route-plans/:id", { id }) : null,
	]);
	return { plans, settings, techs, plan };
}

/* ---- before there is a plan ---- */

function Ask(p: { data: Data; at: URLSearchParams }) {
	const kind = p.at.get("kind") === "week" ? "week" : "day";
	const { today } = p.data.settings;
	const first = p.at.get("day") ?? (kind === "week" ? nextMonday(today) : today);
	const [wish, setWish] = useState<RouteWish>(() => {
		const before = keptWish();
		return before && before.kind === kind
			? { ...before, from_day: first, tech_id: null }
			: usual(kind, first);
	});
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const choose = (to: "day" | "week") => go(`/routes?kind=${to}`, true);
	useEffect(() => {
		if (wish.kind !== kind) setWish(usual(kind, first));
	}, [kind]);
	const start = async () => {
		setBusy(true);
		setFault("");
		try {
			keepWish(wish);
			const made = await call("POST /api/office/route-plans", { body: wish });
			go(`/routes?plan=${made.id}`);
		} catch (f) {
			setFault(faultText(f));
			setBusy(false);
		}
	};
	return (
		<>
			<header class="bar">
				<Heading>{say("routes.title")}</Heading>
				<span class="push" />
				<Segments
					label={say("routes.kind")}
					value={kind}
					choices={[
						{ value: "day", label: say("routes.kind.day") },
						{ value: "week", label: say("routes.kind.week") },
					]}
					onChange={choose}
				/>
				<Button href="/routes/miles" icon="truck">
					{say("routes.miles")}
				</Button>
			</header>
			<div class="scroll">
				<div class="ask">
					<form
						class="card ask__form"
						onSubmit={(e) => {
							e.preventDefault();
							void start();
						}}
					>
						<div class="card__body stack stack--loose">
							<div>
								<h2>{say(kind === "day" ? "routes.ask.day" : "routes.ask.week")}</h2>
								<p class="muted">
									{say(kind === "day" ? "routes.ask.day.text" : "routes.ask.week.text")}
								</p>
							</div>
							<FaultNote text={fault} />
							<div class="pair">
								<label class="field">
									<span class="field__label">
										{say(kind === "day" ? "routes.day" : "routes.from")}
									</span>
									<input
										class="input"
										type="date"
										required
										min={kind === "day" ? today : dayLater(today, 1)}
										max={dayLater(today, 92)}
										value={wish.from_day}
										onInput={(e) => setWish({ ...wish, from_day: e.currentTarget.value })}
									/>
								</label>
								{kind === "day" && (
									<label class="field">
										<span class="field__label">{say("routes.whose")}</span>
										<select
											class="select"
											value={wish.tech_id ?? ""}
											onChange={(e) => setWish({ ...wish, tech_id: e.currentTarget.value || null })}
										>
											<option value="">{say("routes.whose.all")}</option>
											{p.data.techs.rows.map((x) => (
												<option key={x.id} value={x.id}>
													{x.name}
												</option>
											))}
										</select>
									</label>
								)}
							</div>
							<Wishes wish={wish} onChange={setWish} />
							<div class="row">
								<Button kind="primary" type="submit" icon="bolt" busy={busy}>
									{say(kind === "day" ? "routes.plan.day" : "routes.plan.week")}
								</Button>
								<span class="meta">{say("routes.promise")}</span>
							</div>
						</div>
					</form>
					<section class="card ask__plans" aria-label={say("routes.recent")}>
						<div class="card__head">
							<h2 class="grow">{say("routes.recent")}</h2>
							{p.data.plans.rows.length > 0 && <Take small list="route-plans" />}
						</div>
						{p.data.plans.rows.length === 0 ? (
							<p class="card__body muted">{say("routes.recent.none")}</p>
						) : (
							<ul class="lines">
								{p.data.plans.rows.map((r) => (
									<li key={r.id}>
										<a class="planline" href={`/routes?plan=${r.id}`}>
											<Icon name={r.kind === "week" ? "cal" : "nav"} />
											<span class="planline__what">
												<b>
													{r.kind === "week"
														? say("routes.week.from", { day: dayOf(r.from_day) })
														: `${weekdayOf(r.from_day)} ${dayOf(r.from_day)}`}
												</b>
												<small>{[r.by, ago(r.made_at)].filter(Boolean).join(" · ")}</small>
											</span>
											<span
												class={
													r.saves_m > 0 ? "planline__gain planline__gain--good" : "planline__gain"
												}
											>
												{r.saves_m !== 0 &&
													signed(-r.saves_m, distance(-r.saves_m, p.data.settings.units))}
											</span>
											<Badge
												tone={r.state === "applied" ? "kelp" : r.state === "ready" ? "teal" : "off"}
											>
												{say(`routes.state.${r.state}`)}
											</Badge>
										</a>
									</li>
								))}
							</ul>
						)}
					</section>
				</div>
			</div>
		</>
	);
}

function Routes({ data, at }: ScreenProps<Data>) {
	if (!may("plan_routes"))
		return (
			<Empty whole icon="route" title={say("routes.title")}>
				{say("routes.forbidden")}
			</Empty>
		);
	if (data.plan) return <Plan key={data.plan.id} first={data.plan} settings={data.settings} />;
	if (at.query.get("plan")) return <Trouble fault={null} />;
	return <Ask data={data} at={at.query} />;
}

const screen: Screen<Data> = { title: "nav.routes", load, view: Routes };
export default screen;
