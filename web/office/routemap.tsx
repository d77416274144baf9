/*
 * Routes on a map. Without pictures of streets it is a plain grid with the same routes on it; pictures come only from
 * where the house was told to get them. Leaflet arrives with this file, when a map is first looked at.
 */
import type * as Leaflet from "leaflet";
import "./routemap.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { RoutePlan, RouteSettings, RouteStop } from "../shared/api";
import { initials } from "../shared/format";
import { Button } from "../shared/ui";
import { at, load, mark, open } from "./maps";
import { hue, lines, type View } from "./routedata";
import { say } from "./routewords";

/* More than these carry no numbers: they would hide each other. */
const RINGED_MAX = 100;
const NUMBERED_MAX = 220;

interface Props {
	plan: RoutePlan;
	settings: RouteSettings;
	view: View;
	day: number | null;
	/* Only this technician, if any. */
	tech: string | null;
	/* The stop that is looked at in the list. */
	lit: string | null;
	onStop: (s: RouteStop) => void;
}

function draw(L: typeof Leaflet, layer: Leaflet.LayerGroup, p: Props): Leaflet.LatLngBounds {
	const { plan, view } = p;
	const bounds = L.latLngBounds([]);
	const shown = lines(plan, view === "before" ? "before" : "after", p.day).filter(
		(l) => !p.tech || l.tech === p.tech,
	);
	const numbered = shown.reduce((n, l) => n + l.stops.length, 0) <= NUMBERED_MAX;
	const moved = (s: RouteStop) => s.was_tech !== s.to_tech || s.was_days !== s.to_days;
	/* A ring around nearly everything says nothing: then only the changes wear it. */
	const ringed = view === "changes" || plan.stops.filter(moved).length <= RINGED_MAX;
	for (const line of shown) {
		const tech = plan.techs.find((x) => x.id === line.tech)!;
		const n = hue(plan, line.tech);
		const path: [number, number][] = line.stops.map((s) => at(s.lat_e6, s.lng_e6));
		const start = tech.has_start ? at(tech.start_lat_e6, tech.start_lng_e6) : null;
		const end = tech.has_end ? at(tech.end_lat_e6, tech.end_lng_e6) : null;
		const house =
			line.supply !== null && plan.supply_lat_e6 !== null && plan.supply_lng_e6 !== null
				? at(plan.supply_lat_e6, plan.supply_lng_e6)
				: null;
		if (house) path.splice(line.supply ?? 0, 0, house);
		const faint = view === "changes" ? " route-line--faint" : "";
		L.polyline([...(start ? [start] : []), ...path, ...(end ? [end] : [])], {
			className: `route-line route-line--${n}${faint}`,
			interactive: false,
		}).addTo(layer);
		line.stops.forEach((s, i) => {
			const here = at(s.lat_e6, s.lng_e6);
			bounds.extend(here);
			if (view === "changes" && !moved(s)) return;
			const lit = s.record_id === p.lit;
			const cls = `route-stop route-stop--${n}${moved(s) && ringed && view !== "before" ? " route-stop--moved" : ""}${lit ? " route-stop--lit" : ""}${s.fixed ? " route-stop--fixed" : ""}`;
			const stop = L.marker(here, {
				icon: L.divIcon({
					className: "route-pin",
					iconSize: [0, 0],
					html: mark(cls, numbered ? String(i + 1) : ""),
				}),
				keyboard: false,
				title: [
					s.customer,
					s.street,
					view !== "before" && s.estimated ? say("routes.map.estimated") : "",
				]
					.filter(Boolean)
					.join(", "),
				zIndexOffset: lit ? 1000 : moved(s) ? 500 : 0,
			});
			stop.on("click", () => p.onStop(s));
			stop.addTo(layer);
		});
		if (house) {
			bounds.extend(house);
			L.marker(house, {
				icon: L.divIcon({
					className: "route-pin",
					iconSize: [0, 0],
					html: mark("route-home route-home--supply", "+"),
				}),
				keyboard: false,
				interactive: false,
				title: say("routes.supply.house"),
			}).addTo(layer);
		}
		if (start) {
			bounds.extend(start);
			L.marker(start, {
				icon: L.divIcon({
					className: "route-pin",
					iconSize: [0, 0],
					html: mark(`route-home route-home--${n}`, initials(tech.name)),
				}),
				keyboard: false,
				interactive: false,
				title: tech.name,
			}).addTo(layer);
		}
	}
	/* Where a changed stop comes from. */
	if (view === "changes")
		for (const s of plan.stops.filter(moved)) bounds.extend(at(s.lat_e6, s.lng_e6));
	return bounds;
}

/* What is looked at is not under the choice above it, nor under the buttons beside it. */
const ROOM = { paddingTopLeft: [28, 64], paddingBottomRight: [56, 28], maxZoom: 15 } satisfies {
	paddingTopLeft: [number, number];
	paddingBottomRight: [number, number];
	maxZoom: number;
};

export function RouteMap(p: Props) {
	const box = useRef<HTMLDivElement>(null);
	const map = useRef<Leaflet.Map | null>(null);
	const layer = useRef<Leaflet.LayerGroup | null>(null);
	const lib = useRef<typeof Leaflet | null>(null);
	const fitted = useRef("");
	const [ready, setReady] = useState(false);

	useEffect(() => {
		let gone = false;
		void load().then((L) => {
			if (gone || !box.current) return;
			lib.current = L;
			/* Its own buttons are written as markup: ours stand over the map instead. */
			map.current = open(L, box.current, p.settings.tiles_url).setView([39, -98], 4);
			layer.current = L.layerGroup().addTo(map.current);
			setReady(true);
		});
		return () => {
			gone = true;
			map.current?.remove();
			map.current = null;
		};
	}, []);

	const fit = () => {
		if (!lib.current || !map.current || !layer.current) return;
		layer.current.clearLayers();
		const bounds = draw(lib.current, layer.current, p);
		if (bounds.isValid()) map.current.fitBounds(bounds, ROOM);
	};
	useEffect(() => {
		if (!ready || !lib.current || !map.current || !layer.current) return;
		layer.current.clearLayers();
		const bounds = draw(lib.current, layer.current, p);
		/* The eye stays where it was while one plan is looked at. */
		const what = `${p.plan.id}.${p.plan.version}.${p.day}.${p.tech}`;
		if (bounds.isValid() && fitted.current !== what) {
			fitted.current = what;
			map.current.fitBounds(bounds, ROOM);
		}
	}, [ready, p.plan, p.view, p.day, p.tech, p.lit]);
	useEffect(() => {
		if (!box.current) return;
		const watch = new ResizeObserver(() => map.current?.invalidateSize());
		watch.observe(box.current);
		return () => watch.disconnect();
	}, []);

	return (
		<div class="routemap">
			<div
				ref={box}
				class={p.settings.tiles_url ? "routemap__box" : "routemap__box routemap__box--plain"}
				role="application"
				aria-label={say("routes.map")}
			/>
			<div class="routemap__zoom">
				<Button
					size="sm"
					icon="plus"
					label={say("routes.map.in")}
					onClick={() => map.current?.zoomIn()}
				/>
				<Button
					size="sm"
					icon="minus"
					label={say("routes.map.out")}
					onClick={() => map.current?.zoomOut()}
				/>
				<Button size="sm" icon="pin" label={say("routes.map.all")} onClick={fit} />
			</div>
			{p.settings.tiles_url && p.settings.tiles_credit && (
				<small class="routemap__credit">{p.settings.tiles_credit}</small>
			)}
		</div>
	);
}
export default RouteMap;
