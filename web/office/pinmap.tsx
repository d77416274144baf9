/*
 * The entrance of a place, put on the map with the mouse or a finger. Without pictures of streets, rings of 25, 50 and
 * 100 metres around where the address was found say how far away the gate is. Arrow keys move the pin by two metres.
 */
import type * as Leaflet from "leaflet";
import { useEffect, useRef, useState } from "preact/hooks";
import { call } from "../shared/call";
import { Button, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { at, load, mark, open } from "./maps";
import { may } from "./me";
import { type Spot, spotTyped } from "./placetyped";
import "./pinmap.css";

/* Two metres, in millionths of a degree of latitude. */
const NUDGE = 18;
const ZOOM = 17;
/* Farther away than this one sees countries, and no pin. */
const NEAR = 9;

async function tilesOf(): Promise<{ url: string; credit: string }> {
	if (!may("see_board")) return { url: "", credit: "" };
	const s = await call("GET /api/office/route-settings").catch(() => null);
	return { url: s?.tiles_url ?? "", credit: s?.tiles_credit ?? "" };
}

export default function PinMap(p: {
	pin: Spot | null;
	/* Where the address was found: the rings lie around it. */
	found: Spot | null;
	/* Other places, to find one's way by. */
	others: { spot: Spot; name: string }[];
	set: (to: Spot) => void;
	/* The coordinates are written into a field beside the map. */
	field?: boolean;
}) {
	const box = useRef<HTMLDivElement>(null);
	const map = useRef<Leaflet.Map | null>(null);
	const pin = useRef<Leaflet.Marker | null>(null);
	const put = useRef((_: Leaflet.LatLng) => {});
	const now = useRef(p);
	now.current = p;
	const [credit, setCredit] = useState<{ url: string; credit: string } | null>(null);
	const start = p.pin ?? p.found ?? p.others[0]?.spot ?? null;
	const [around] = useState(p.found ?? p.pin);
	/* Neither a street nor a place to go by: a click would mean nothing. */
	const blank = credit?.url === "" && !start;

	useEffect(() => {
		let gone = false;
		void Promise.all([load(), tilesOf()]).then(([L, tiles]) => {
			if (gone || !box.current) return;
			setCredit(tiles);
			const m = open(L, box.current, tiles.url);
			map.current = m;
			m.setView(start ? at(start.lat_e6, start.lng_e6) : [39, -98], start ? ZOOM : 4);
			const icon = (className: string, title: string) =>
				L.divIcon({ className: "pinmap__at", iconSize: [0, 0], html: mark(className, title) });
			if (around)
				for (const radius of [25, 50, 100])
					L.circle(at(around.lat_e6, around.lng_e6), {
						radius,
						className: "pinmap__ring",
						interactive: false,
					}).addTo(m);
			if (p.found)
				L.marker(at(p.found.lat_e6, p.found.lng_e6), {
					icon: icon("pinmap__found", ""),
					interactive: false,
					keyboard: false,
				}).addTo(m);
			for (const o of p.others)
				L.marker(at(o.spot.lat_e6, o.spot.lng_e6), {
					icon: icon("pinmap__other", o.name),
					interactive: false,
					keyboard: false,
				}).addTo(m);
			put.current = (to) => {
				if (pin.current) pin.current.setLatLng(to);
				else {
					pin.current = L.marker(to, {
						icon: icon("pinmap__pin", ""),
						draggable: true,
						keyboard: false,
						title: t("where.pin"),
						zIndexOffset: 1000,
					}).addTo(m);
					pin.current.on("dragend", () => pin.current && said(pin.current.getLatLng()));
				}
			};
			const said = (to: Leaflet.LatLng) =>
				now.current.set({ lat_e6: Math.round(to.lat * 1e6), lng_e6: Math.round(to.lng * 1e6) });
			m.on("click", (e: Leaflet.LeafletMouseEvent) => {
				put.current(e.latlng);
				said(e.latlng);
			});
			const first = now.current.pin;
			if (first) put.current(L.latLng(at(first.lat_e6, first.lng_e6)));
		});
		return () => {
			gone = true;
			map.current?.remove();
			map.current = null;
			pin.current = null;
		};
	}, []);
	/* Typed into the field beside it: the pin follows. */
	useEffect(() => {
		if (!map.current || !p.pin) return;
		const [lat, lng] = at(p.pin.lat_e6, p.pin.lng_e6);
		put.current({ lat, lng } as Leaflet.LatLng);
		if (map.current.getZoom() < NEAR || !map.current.getBounds().contains([lat, lng]))
			map.current.setView([lat, lng], ZOOM);
	}, [p.pin?.lat_e6, p.pin?.lng_e6]);

	const middle = () => {
		const to = map.current?.getCenter();
		if (!to) return;
		put.current(to);
		p.set({ lat_e6: Math.round(to.lat * 1e6), lng_e6: Math.round(to.lng * 1e6) });
	};
	const typed = (text: string) => {
		const to = spotTyped(text);
		if (to) p.set(to);
	};
	const nudge = (north: number, east: number) => {
		const from = now.current.pin;
		if (!from) return;
		const to = { lat_e6: from.lat_e6 + north * NUDGE, lng_e6: from.lng_e6 + east * NUDGE };
		p.set(to);
		map.current?.panTo(at(to.lat_e6, to.lng_e6), { animate: false });
	};
	return (
		<div class="pinmap">
			<div
				ref={box}
				class={credit?.url ? "pinmap__box" : "pinmap__box pinmap__box--plain"}
				role="application"
				aria-label={t("where.map")}
			/>
			{blank && (
				<div class="pinmap__blank">
					<Icon name="pin" size="lg" />
					<p>
						<b>{t("where.map.blank")}</b> {t("where.map.blank.text")}
					</p>
					{!p.field && (
						<input
							class="input"
							maxLength={40}
							aria-label={t("where.map.coordinates")}
							placeholder="33.4484, -112.0740"
							onChange={(e) => typed(e.currentTarget.value)}
							onKeyDown={(e) => {
								if (e.key !== "Enter") return;
								e.preventDefault();
								typed(e.currentTarget.value);
							}}
						/>
					)}
				</div>
			)}
			<div class="pinmap__zoom" hidden={blank}>
				<Button
					size="sm"
					icon="plus"
					label={t("where.map.in")}
					onClick={() => map.current?.zoomIn()}
				/>
				<Button
					size="sm"
					icon="minus"
					label={t("where.map.out")}
					onClick={() => map.current?.zoomOut()}
				/>
			</div>
			{credit?.url && credit.credit && <small class="pinmap__credit">{credit.credit}</small>}
			{credit?.url === "" && !blank && (
				<p class="meta">
					{t("where.map.plain")} {around && t("where.map.rings")}
				</p>
			)}
			<div class="row row--wrap pinmap__keys" hidden={blank}>
				{/* Pressed before the map stands it would do nothing, and say nothing. */}
				<Button size="sm" icon="pin" disabled={!credit} onClick={middle}>
					{t("where.map.middle")}
				</Button>
				<Button size="sm" icon="up" label={t("where.map.north")} onClick={() => nudge(1, 0)} />
				<Button size="sm" icon="down" label={t("where.map.south")} onClick={() => nudge(-1, 0)} />
				<Button size="sm" icon="left" label={t("where.map.west")} onClick={() => nudge(0, -1)} />
				<Button size="sm" icon="right" label={t("where.map.east")} onClick={() => nudge(0, 1)} />
			</div>
		</div>
	);
}
