/* The day on a map beside the board: each technician's way in their colour, what is late, what is nobody's. */
import type * as Leaflet from "leaflet";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Board, BoardStop, RouteSettings } from "../shared/api";
import { call } from "../shared/call";
import { initials, minutes } from "../shared/format";
import { Button } from "../shared/ui";
import { t } from "../shared/words";
import { errand } from "./board_errand";
import { late, stopsOf } from "./board_parts";
import { load, mark } from "./maps";
import "./routemap.css";

const at = (lat: number | null, lng: number | null): [number, number] | null =>
	lat === null || lng === null ? null : [lat / 1e6, lng / 1e6];
const NUMBERED_MAX = 220;

interface Props {
	board: Board;
	open: string;
	onOpen: (id: string) => void;
}

function draw(L: typeof Leaflet, layer: Leaflet.LayerGroup, p: Props): Leaflet.LatLngBounds {
	const bounds = L.latLngBounds([]);
	const by = stopsOf(p.board);
	const supply = at(p.board.supply_lat_e6, p.board.supply_lng_e6);
	const numbered = p.board.stops.length <= NUMBERED_MAX;
	const pin = (s: BoardStop, hue: number, text: string) => {
		const here = at(s.lat_e6, s.lng_e6);
		if (!here) return;
		bounds.extend(here);
		const cls = [
			`route-stop route-stop--${hue}`,
			late(s) && "route-stop--late",
			s.row.state === "done" && "route-stop--done",
			s.row.id === p.open && "route-stop--lit",
		]
			.filter(Boolean)
			.join(" ");
		const stop = L.marker(here, {
			icon: L.divIcon({ className: "route-pin", iconSize: [0, 0], html: mark(cls, text) }),
			keyboard: false,
			title: `${s.row.customer}, ${minutes(Math.floor(s.time.begin_s / 60))}`,
			zIndexOffset: s.row.id === p.open ? 1000 : late(s) ? 500 : 0,
		});
		stop.on("click", () => p.onOpen(s.row.id));
		stop.addTo(layer);
	};
	for (const [n, lane] of p.board.lanes.entries()) {
		const hue = lane.colour || (n % 10) + 1;
		const stops = (by.get(lane.tech_id) ?? [])
			.filter((s) => s.row.state !== "skipped" && s.row.state !== "cancelled")
			.sort((a, b) => a.time.begin_s - b.time.begin_s);
		const start = at(lane.lat_e6, lane.lng_e6);
		const path = stops
			.flatMap((s) => [s.time.fetch_s >= 0 && s.row.errand ? supply : null, at(s.lat_e6, s.lng_e6)])
			.filter((x) => x !== null);
		if (path.length > 0)
			L.polyline(start ? [start, ...path] : path, {
				className: `route-line route-line--${hue}`,
				interactive: false,
			}).addTo(layer);
		stops.forEach((s, i) => {
			pin(s, hue, numbered ? String(i + 1) : "");
		});
		if (!start || stops.length === 0) continue;
		bounds.extend(start);
		L.marker(start, {
			icon: L.divIcon({
				className: "route-pin",
				iconSize: [0, 0],
				html: mark(`route-home route-home--${hue}`, initials(lane.name)),
			}),
			keyboard: false,
			interactive: false,
			title: lane.name,
		}).addTo(layer);
	}
	for (const s of by.get(null) ?? []) pin(s, 0, "?");
	if (supply && p.board.stops.some(errand)) {
		bounds.extend(supply);
		L.marker(supply, {
			icon: L.divIcon({
				className: "route-pin",
				iconSize: [0, 0],
				html: mark("route-home route-home--supply", "+"),
			}),
			keyboard: false,
			interactive: false,
			title: t("errand.what"),
		}).addTo(layer);
	}
	return bounds;
}

export function BoardMap(p: Props) {
	const box = useRef<HTMLDivElement>(null);
	const map = useRef<Leaflet.Map | null>(null);
	const layer = useRef<Leaflet.LayerGroup | null>(null);
	const lib = useRef<typeof Leaflet | null>(null);
	const fitted = useRef("");
	const [ready, setReady] = useState(false);
	const [streets, setStreets] = useState<RouteSettings | null>(null);
	useEffect(() => {
		let gone = false;
		const settings = call("GET /api/office/route-settings").catch(() => null);
		void Promise.all([load(), settings]).then(([L, known]) => {
			if (gone || !box.current) return;
			lib.current = L;
			map.current = L.map(box.current, {
				zoomControl: false,
				attributionControl: false,
				zoomSnap: 0.25,
				zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
			}).setView([39, -98], 4);
			if (known?.tiles_url) L.tileLayer(known.tiles_url, { maxZoom: 19 }).addTo(map.current);
			layer.current = L.layerGroup().addTo(map.current);
			setStreets(known);
			setReady(true);
		});
		return () => {
			gone = true;
			map.current?.remove();
			map.current = null;
		};
	}, []);
	const show = (fit: boolean) => {
		if (!lib.current || !map.current || !layer.current) return;
		layer.current.clearLayers();
		const bounds = draw(lib.current, layer.current, p);
		if (fit && bounds.isValid()) map.current.fitBounds(bounds, { padding: [28, 28], maxZoom: 15 });
	};
	useEffect(() => {
		if (!ready) return;
		show(fitted.current !== p.board.day);
		fitted.current = p.board.day;
	}, [ready, p.board, p.open]);
	useEffect(() => {
		if (!box.current) return;
		const watch = new ResizeObserver(() => map.current?.invalidateSize());
		watch.observe(box.current);
		return () => watch.disconnect();
	}, []);
	return (
		<div class="boardmap no-print">
			<div class="routemap">
				<div
					ref={box}
					class={streets?.tiles_url ? "routemap__box" : "routemap__box routemap__box--plain"}
					role="application"
					aria-label={t("board.map.label")}
				/>
				<div class="routemap__zoom">
					<Button
						size="sm"
						icon="plus"
						label={t("board.map.in")}
						onClick={() => map.current?.zoomIn()}
					/>
					<Button
						size="sm"
						icon="minus"
						label={t("board.map.out")}
						onClick={() => map.current?.zoomOut()}
					/>
					<Button size="sm" icon="pin" label={t("board.map.all")} onClick={() => show(true)} />
				</div>
				{streets?.tiles_url && streets.tiles_credit && (
					<small class="routemap__credit">{streets.tiles_credit}</small>
				)}
			</div>
		</div>
	);
}
export default BoardMap;
