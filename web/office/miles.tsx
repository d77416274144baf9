/* Miles and fuel of each technician, planned and driven, with the figures they are counted by. */
import { useState } from "preact/hooks";
import type { RouteMilesPage, RouteSettings, TechnicianPage } from "../shared/api";
import { call, faultText } from "../shared/call";
import { dayLater, dayOf, distance, money, span } from "../shared/format";
import { go, type Screen, type ScreenProps } from "../shared/router";
import { Button, Empty, FaultNote, Heading, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { PinPart } from "./homefield";
import { may } from "./me";
import { placeOf, placeTyped, spotTyped } from "./placetyped";
import { say } from "./routewords";
import "./routes.css";
import { Take } from "./taken";

interface Data {
	from: string;
	to: string;
	miles: RouteMilesPage;
	settings: RouteSettings;
	techs: TechnicianPage;
}

async function load(at: { query: URLSearchParams }): Promise<Data> {
	const settings = await call("GET /api/office/route-settings");
	const from = at.query.get("from") ?? dayLater(settings.today, -6);
	const to = at.query.get("to") ?? settings.today;
	const [miles, techs] = await Promise.all([
		call("GET /api/office/route-miles", { query: { from, to } }),
		call("GET /api/office/technicians", { query: { from: to, to } }),
	]);
	return { from, to, miles, settings, techs };
}

interface Sum {
	id: string;
	name: string;
	days: number;
	stops: number;
	done: number;
	planned_m: number;
	planned_s: number;
	planned_cents: number;
	driven_m: number;
	driven_cents: number;
}

function sums(d: Data): Sum[] {
	const by = new Map<string, Sum>();
	for (const m of d.miles.rows) {
		const name = d.techs.rows.find((x) => x.id === m.tech_id)?.name ?? say("routes.former");
		const s = by.get(m.tech_id) ?? {
			id: m.tech_id,
			name,
			days: 0,
			stops: 0,
			done: 0,
			planned_m: 0,
			planned_s: 0,
			planned_cents: 0,
			driven_m: 0,
			driven_cents: 0,
		};
		s.days += 1;
		s.stops += m.stops;
		s.done += m.done;
		s.planned_m += m.planned_m;
		s.planned_s += m.planned_s;
		s.planned_cents += m.planned_cents;
		s.driven_m += m.driven_m;
		s.driven_cents += m.driven_cents;
		by.set(m.tech_id, s);
	}
	return [...by.values()].sort((a, b) => b.planned_m - a.planned_m);
}

function Figures(p: { data: Data }) {
	const { settings } = p.data;
	const [open, setOpen] = useState("");
	const rows = sums(p.data);
	const sum = (f: (s: Sum) => number) => rows.reduce((n, r) => n + f(r), 0);
	const cells = (
		r: Pick<
			Sum,
			"stops" | "done" | "planned_m" | "planned_s" | "planned_cents" | "driven_m" | "driven_cents"
		>,
	) => (
		<>
			<td>{r.stops}</td>
			<td>{distance(r.planned_m, settings.units)}</td>
			<td class="desk">{span(r.planned_s)}</td>
			<td>{money(r.planned_cents, settings.currency)}</td>
			<td class="desk">{r.done ? distance(r.driven_m, settings.units) : "–"}</td>
			<td class="desk">{r.done ? money(r.driven_cents, settings.currency) : "–"}</td>
		</>
	);
	if (rows.length === 0)
		return (
			<Empty icon="truck" title={say("routes.miles.none")}>
				{say("routes.miles.none.text")}
			</Empty>
		);
	return (
		<table class="table">
			<caption class="unseen">{say("routes.miles")}</caption>
			<thead>
				<tr>
					<th scope="col">{say("routes.miles.who")}</th>
					<th scope="col">{say("routes.miles.stops")}</th>
					<th scope="col">{say("routes.miles.planned")}</th>
					<th scope="col" class="desk">
						{say("routes.miles.driving")}
					</th>
					<th scope="col">{say("routes.miles.fuel")}</th>
					<th scope="col" class="desk">
						{say("routes.miles.driven")}
					</th>
					<th scope="col" class="desk">
						{say("routes.miles.fuel")}
					</th>
				</tr>
			</thead>
			<tbody>
				{rows.map((r) => (
					<>
						<tr key={r.id}>
							<td>
								<button
									type="button"
									class="plainbutton row"
									aria-expanded={open === r.id}
									onClick={() => setOpen(open === r.id ? "" : r.id)}
								>
									<Icon name={open === r.id ? "down" : "right"} size="sm" />
									{r.name}
								</button>
							</td>
							{cells(r)}
						</tr>
						{open === r.id &&
							p.data.miles.rows
								.filter((m) => m.tech_id === r.id)
								.map((m) => (
									<tr key={`${r.id}${m.day}`} class="muted">
										<td>{dayOf(m.day)}</td>
										{cells(m)}
									</tr>
								))}
					</>
				))}
			</tbody>
			<tfoot>
				<tr>
					<td>{say("routes.miles.all")}</td>
					{cells({
						stops: sum((r) => r.stops),
						done: sum((r) => r.done),
						planned_m: sum((r) => r.planned_m),
						planned_s: sum((r) => r.planned_s),
						planned_cents: sum((r) => r.planned_cents),
						driven_m: sum((r) => r.driven_m),
						driven_cents: sum((r) => r.driven_cents),
					})}
				</tr>
			</tfoot>
		</table>
	);
}

const minuteText = (m: number) =>
	`${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
const minuteOf = (s: string) => {
	const [h, m] = s.split(":").map(Number);
	return (h ?? 0) * 60 + (m ?? 0);
};

function Settings(p: { settings: RouteSettings; saved: () => Promise<void> }) {
	const s = p.settings;
	const [v, set] = useState({
		units: s.units,
		price: (s.fuel_price_cents / 100).toFixed(2),
		fuel_unit: s.fuel_unit,
		use: (s.fuel_use_x10 / 10).toFixed(1),
		fuel_use: s.fuel_use,
		from: minuteText(s.day_from),
		to: minuteText(s.day_to),
		lunch: String(s.lunch_minutes),
		lunch_from: minuteText(s.lunch_from),
		lunch_to: minuteText(s.lunch_to),
		supply: placeTyped(s.supply_lat_e6, s.supply_lng_e6),
		supply_minutes: String(s.supply_minutes ?? 15),
		places: s.places === true,
	});
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const mayChange = may("plan_routes");
	const pick = (e: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
		set({ ...v, [e.currentTarget.name]: e.currentTarget.value });
	const save = async () => {
		setBusy(true);
		setFault("");
		try {
			const [supply_lat_e6, supply_lng_e6] = placeOf(v.supply, "supply");
			await call("PUT /api/office/route-settings", {
				body: {
					units: v.units,
					fuel_price_cents: Math.round(Number(v.price.replace(",", ".")) * 100),
					fuel_unit: v.fuel_unit,
					fuel_use_x10: Math.round(Number(v.use.replace(",", ".")) * 10),
					fuel_use: v.fuel_use,
					day_from: minuteOf(v.from),
					day_to: minuteOf(v.to),
					lunch_minutes: Math.round(Number(v.lunch)),
					lunch_from: minuteOf(v.lunch_from),
					lunch_to: minuteOf(v.lunch_to),
					supply_lat_e6,
					supply_lng_e6,
					supply_minutes: Math.round(Number(v.supply_minutes)),
					places: v.places,
					version: s.version,
				},
			});
			await p.saved();
		} catch (f) {
			setFault(faultText(f));
		}
		setBusy(false);
	};
	const pace = (n: number) => `${n >= 1000 ? "+" : "−"}${Math.abs(Math.round(n / 10 - 100))} %`;
	return (
		<form
			class="card"
			onSubmit={(e) => {
				e.preventDefault();
				void save();
			}}
		>
			<div class="card__head">
				<h2>{say("routes.settings")}</h2>
			</div>
			<fieldset class="card__body stack" disabled={!mayChange}>
				<FaultNote text={fault} />
				<div class="pair">
					<label class="field">
						<span class="field__label">{say("routes.settings.price")}</span>
						<input class="input" name="price" inputMode="decimal" value={v.price} onInput={pick} />
					</label>
					<label class="field">
						<span class="field__label">{say("routes.settings.unit")}</span>
						<select class="select" name="fuel_unit" value={v.fuel_unit} onChange={pick}>
							<option value="gallon">{say("routes.settings.gallon")}</option>
							<option value="litre">{say("routes.settings.litre")}</option>
						</select>
					</label>
					<label class="field">
						<span class="field__label">{say("routes.settings.use")}</span>
						<input class="input" name="use" inputMode="decimal" value={v.use} onInput={pick} />
					</label>
					<label class="field">
						<span class="field__label">{say("routes.settings.use.unit")}</span>
						<select class="select" name="fuel_use" value={v.fuel_use} onChange={pick}>
							<option value="mpg">{say("routes.settings.mpg")}</option>
							<option value="l_100km">{say("routes.settings.l100")}</option>
						</select>
					</label>
					<label class="field">
						<span class="field__label">{say("routes.settings.units")}</span>
						<select class="select" name="units" value={v.units} onChange={pick}>
							<option value="miles">{say("routes.settings.miles")}</option>
							<option value="km">{say("routes.settings.km")}</option>
						</select>
					</label>
					<span />
					<label class="field">
						<span class="field__label">{say("routes.settings.from")}</span>
						<input class="input" type="time" name="from" value={v.from} onInput={pick} />
					</label>
					<label class="field">
						<span class="field__label">{say("routes.settings.to")}</span>
						<input class="input" type="time" name="to" value={v.to} onInput={pick} />
					</label>
				</div>
				<p class="meta">{say("routes.settings.hours")}</p>
				<div class="pair pair--three">
					<label class="field">
						<span class="field__label">{say("routes.settings.lunch")}</span>
						<input
							class="input"
							name="lunch"
							type="number"
							min={0}
							max={120}
							required
							value={v.lunch}
							onInput={pick}
						/>
					</label>
					<label class="field">
						<span class="field__label">{say("routes.settings.lunch.from")}</span>
						<input
							class="input"
							type="time"
							name="lunch_from"
							value={v.lunch_from}
							onInput={pick}
						/>
					</label>
					<label class="field">
						<span class="field__label">{say("routes.settings.lunch.to")}</span>
						<input class="input" type="time" name="lunch_to" value={v.lunch_to} onInput={pick} />
					</label>
				</div>
				<p class="meta">{say("routes.settings.lunch.how")}</p>
				<div class="stack stack--tight">
					<div class="pair">
						<label class="field">
							<span class="field__label">{say("routes.settings.supply")}</span>
							<input
								class="input"
								name="supply"
								placeholder="33.4484, -112.0740"
								value={v.supply}
								onInput={pick}
							/>
						</label>
						<label class="field">
							<span class="field__label">{say("routes.settings.supply.minutes")}</span>
							<input
								class="input"
								name="supply_minutes"
								type="number"
								min={0}
								max={240}
								required
								value={v.supply_minutes}
								onInput={pick}
							/>
						</label>
					</div>
					{mayChange && (
						<PinPart
							label={say("routes.settings.supply")}
							pin={spotTyped(v.supply)}
							found={spotTyped(placeTyped(s.supply_lat_e6, s.supply_lng_e6))}
							set={(to) => set({ ...v, supply: placeTyped(to.lat_e6, to.lng_e6) })}
						/>
					)}
				</div>
				<p class="meta">{say("routes.settings.supply.how")}</p>
				<label class="check">
					<input
						type="checkbox"
						checked={v.places}
						onChange={(e) => set({ ...v, places: e.currentTarget.checked })}
					/>
					<span>{say("routes.settings.places")}</span>
				</label>
				<p class="meta">{say("routes.settings.places.how")}</p>
				<p class="meta">
					{s.pace_drives > 0
						? say("routes.settings.pace", {
								n: s.pace_drives,
								short: pace(s.pace_short),
								middling: pace(s.pace_middling),
								long: pace(s.pace_long),
							})
						: say("routes.settings.pace.none")}{" "}
					{say(s.roads ? "routes.settings.roads" : "routes.settings.roads.none")}
				</p>
				{mayChange && (
					<div class="row">
						<Button kind="primary" type="submit" busy={busy}>
							{t("act.save")}
						</Button>
					</div>
				)}
			</fieldset>
		</form>
	);
}

function Miles({ data, reload }: ScreenProps<Data>) {
	const look = (from: string, to: string) => {
		if (from && to && from <= to) go(`/routes/miles?from=${from}&to=${to}`, true);
	};
	return (
		<>
			<header class="bar">
				<div class="crumbs">
					<a href="/routes">{say("routes.title")}</a>
					<Icon name="right" size="sm" />
					<Heading>{say("routes.miles")}</Heading>
				</div>
				<span class="push" />
				<div class="row">
					<input
						class="input tools__pick"
						type="date"
						aria-label={say("routes.miles.from")}
						value={data.from}
						max={data.to}
						onChange={(e) => look(e.currentTarget.value, data.to)}
					/>
					<span aria-hidden="true">–</span>
					<input
						class="input tools__pick"
						type="date"
						aria-label={say("routes.miles.to")}
						value={data.to}
						min={data.from}
						onChange={(e) => look(data.from, e.currentTarget.value)}
					/>
					<Take list="route-miles" query={{ from: data.from, to: data.to }} />
				</div>
			</header>
			<div class="scroll">
				<div class="figures">
					<Figures data={data} />
					<p class="meta">{say("routes.miles.how")}</p>
					<Settings key={data.settings.version} settings={data.settings} saved={reload} />
				</div>
			</div>
		</>
	);
}

const screen: Screen<Data> = { title: "nav.routes", load, view: Miles };
export default screen;
