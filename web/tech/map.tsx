/*
 * Today on a map: the stops that are still to come, in their order, from where somebody is now to where the day ends.
 *
 * The phone draws it itself, so that it is there without signal; pictures of streets lie behind it where the house was
 * told to get them. What a finger does on the map the list below it does for everybody.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Stop, TechMe } from "../shared/api";
import { time } from "../shared/format";
import icons from "../shared/icons.svg?url";
import { Button, Heading, Icon, title } from "../shared/ui";
import { count, t } from "../shared/words";
import { next, over, plan, stops } from "./day";
import { fetchOf, lacks } from "./fetch";
import { fitted, type Point, pointOf, screenOf, tilesOf, type View, zoomed } from "./mapped";
import { mapOf } from "./maps";
import { online } from "./outbox";
import { roughly } from "./pace";
import { SavedLine } from "./saved";
import { expected, nameOf, streetOf, windowOf } from "./stop_said";

interface Pin {
	at: Point;
	text: string;
	kind: "next" | "later" | "over" | "supply" | "home";
	stop: Stop | null;
}

const spot = (lat: number | null | undefined, lng: number | null | undefined): Point | null =>
	lat == null || lng == null ? null : pointOf(lat / 1e6, lng / 1e6);

/* Where somebody is: at what was over last, else where the day starts. */
function here(list: Stop[], who: TechMe): Point | null {
	const last = list
		.filter(
			(s) => s.state === "started" || (over(s) && s.ended_at !== null && s.started_at !== null),
		)
		.sort((a, b) => (a.started_at ?? 0) - (b.started_at ?? 0))
		.at(-1);
	if (last) return spot(last.brief.lat_e6, last.brief.lng_e6);
	return spot(who.shift?.start_lat_e6, who.shift?.start_lng_e6);
}

function pinsOf(list: Stop[], who: TechMe): { pins: Pin[]; way: Point[] } {
	const pins: Pin[] = [];
	const from = here(list, who);
	const way: Point[] = from ? [from] : [];
	const end = spot(who.shift?.end_lat_e6, who.shift?.end_lng_e6);
	if (end) pins.push({ at: end, text: "", kind: "home", stop: null });
	list.forEach((stop, i) => {
		const f = fetchOf(stop);
		const supply = f && lacks(stop) ? spot(f.lat_e6, f.lng_e6) : null;
		if (supply) {
			pins.push({ at: supply, text: "+", kind: "supply", stop });
			way.push(supply);
		}
		const at = spot(stop.brief.lat_e6, stop.brief.lng_e6);
		if (!at) return;
		const kind = over(stop) ? "over" : stop.id === next.value?.id ? "next" : "later";
		if (kind !== "over" && stop.state !== "started") way.push(at);
		pins.push({ at, text: String(i + 1), kind, stop });
	});
	if (end) way.push(end);
	return { pins, way };
}

/* A finger moves it, two make it larger. */
function useFingers(view: View, set: (v: View) => void) {
	const down = useRef(new Map<number, { x: number; y: number }>());
	return {
		onPointerDown(e: PointerEvent & { currentTarget: SVGSVGElement }) {
			down.current.set(e.pointerId, { x: e.clientX, y: e.clientY });
		},
		onPointerMove(e: PointerEvent & { currentTarget: SVGSVGElement }) {
			const was = down.current.get(e.pointerId);
			if (!was) return;
			const is = { x: e.clientX, y: e.clientY };
			const other = [...down.current].find(([id]) => id !== e.pointerId)?.[1];
			down.current.set(e.pointerId, is);
			if (!other) {
				if (!e.currentTarget.hasPointerCapture(e.pointerId))
					e.currentTarget.setPointerCapture(e.pointerId);
				set(moved(view, is.x - was.x, is.y - was.y));
				return;
			}
			const box = e.currentTarget.getBoundingClientRect();
			const far = (a: { x: number; y: number }) => Math.hypot(a.x - other.x, a.y - other.y);
			const by = Math.log2(Math.max(1, far(is)) / Math.max(1, far(was)));
			set(zoomed(view, by, (is.x + other.x) / 2 - box.left, (is.y + other.y) / 2 - box.top));
		},
		onPointerUp: (e: PointerEvent) => void down.current.delete(e.pointerId),
		onPointerCancel: (e: PointerEvent) => void down.current.delete(e.pointerId),
	};
}

const moved = (v: View, x: number, y: number): View => {
	const scale = 256 * 2 ** v.z;
	return { ...v, x: v.x - x / scale, y: v.y - y / scale };
};

function Drawn(p: {
	who: TechMe;
	pins: Pin[];
	way: Point[];
	lit: string;
	onPick: (s: Stop) => void;
}) {
	const box = useRef<HTMLDivElement>(null);
	const [view, setView] = useState<View | null>(null);
	const points = useRef<Point[]>([]);
	points.current = p.pins.map((x) => x.at);
	const fit = () => {
		const el = box.current;
		if (el) setView(fitted(points.current, el.clientWidth, el.clientHeight));
	};
	useLayoutEffect(fit, []);
	useEffect(() => {
		const el = box.current;
		if (!el) return;
		/* The browser's bar that comes or goes makes another size: what somebody looks at stays in the middle, as large as it was. */
		const watch = new ResizeObserver(() => {
			const [wide, high] = [el.clientWidth, el.clientHeight];
			setView((v) => (v ? { ...v, wide, high } : fitted(points.current, wide, high)));
		});
		watch.observe(el);
		return () => watch.disconnect();
	}, []);
	const tiles = online.value && p.who.tiles_url ? p.who.tiles_url : "";
	return (
		<div ref={box} class={tiles ? "daymap" : "daymap daymap--plain"}>
			{view && <Picture {...p} view={view} set={setView} tiles={tiles} />}
			<div class="daymap__zoom">
				<Button
					icon="plus"
					label={t("tech.map.in")}
					onClick={() => setView(view && zoomed(view, 1))}
				/>
				<Button
					icon="minus"
					label={t("tech.map.out")}
					onClick={() => setView(view && zoomed(view, -1))}
				/>
				<Button icon="pin" label={t("tech.map.all")} onClick={fit} />
			</div>
			{tiles && p.who.tiles_credit && <small class="daymap__credit">{p.who.tiles_credit}</small>}
		</div>
	);
}

function Picture(p: {
	pins: Pin[];
	way: Point[];
	lit: string;
	onPick: (s: Stop) => void;
	view: View;
	set: (v: View) => void;
	tiles: string;
}) {
	const { view } = p;
	const fingers = useFingers(view, p.set);
	const at = (point: Point) => screenOf(view, point);
	/* What is next, or was picked, lies over the others. */
	const weight = (x: Pin) => (x.stop?.id === p.lit ? 2 : x.kind === "next" ? 1 : 0);
	const pins = [...p.pins].sort((a, b) => weight(a) - weight(b));
	return (
		<svg
			class="daymap__picture"
			role="img"
			aria-label={count(
				"tech.map.label",
				p.pins.filter((x) => x.kind === "next" || x.kind === "later").length,
			)}
			{...fingers}
		>
			{p.tiles &&
				tilesOf(view).map((x) => (
					<image
						key={x.key}
						href={p.tiles
							.replace("{z}", String(x.z))
							.replace("{x}", String(x.x))
							.replace("{y}", String(x.y))}
						x={x.left}
						y={x.top}
						width={x.size}
						height={x.size}
					/>
				))}
			<polyline class="daymap__way" points={p.way.map((x) => at(x).join(",")).join(" ")} />
			{pins.map((x) => {
				const { stop } = x;
				return (
					<g
						key={`${x.kind}-${stop?.id ?? ""}`}
						class="daymap__pin"
						data-kind={x.kind}
						data-lit={stop !== null && stop.id === p.lit}
						transform={`translate(${at(x.at).join(" ")})`}
						{...(stop && { onClick: () => p.onPick(stop) })}
					>
						{x.kind === "home" ? (
							<>
								<rect x="-14" y="-14" width="28" height="28" rx="9" />
								<use href={`${icons}#house`} x="-8" y="-8" width="16" height="16" />
							</>
						) : (
							<>
								<circle r="22" class="daymap__touch" />
								<circle r="14" />
								<text dy=".35em">{x.text}</text>
							</>
						)}
					</g>
				);
			})}
		</svg>
	);
}

function Row(p: { stop: Stop; at: number; when: string; lit: boolean }) {
	const s = p.stop;
	const row = useRef<HTMLLIElement>(null);
	useEffect(() => {
		if (p.lit) row.current?.scrollIntoView({ block: "nearest" });
	}, [p.lit]);
	return (
		<li ref={row} class="mapstop" data-lit={p.lit}>
			<a class="stop" href={`/tech/stops/${s.id}`} data-state={s.state}>
				<span class="stop__at">{p.at}</span>
				<span class="stop__who">
					<b>{nameOf(s)}</b>
					<span>{streetOf(s)}</span>
					<span class="mapstop__when">{p.when}</span>
					{s.brief.lat_e6 === null && <small>{t("tech.map.nowhere")}</small>}
				</span>
			</a>
			<a
				class="mapstop__go"
				href={mapOf(s)}
				target="_blank"
				rel="noreferrer"
				aria-label={t("tech.map.go", { name: nameOf(s) })}
			>
				<Icon name="nav" size="lg" />
			</a>
		</li>
	);
}

export function MapPage(p: { who: TechMe }) {
	const list = stops.value;
	const [lit, setLit] = useState("");
	title("tech.map");
	const pace = expected(Date.now() / 1000, p.who);
	const ahead = list.filter((s) => !over(s));
	const { pins, way } = pinsOf(list, p.who);
	const placed = pins.some((x) => x.stop !== null);
	const when = (s: Stop) => {
		const at = pace?.at.get(s.id);
		return at
			? time(roughly(at.begin_s))
			: s.state === "started"
				? t("tech.state.started")
				: windowOf(s);
	};
	return (
		<main class="field-page">
			<header class="day">
				<Heading>{t("tech.map")}</Heading>
			</header>
			<SavedLine />
			{placed && (
				<Drawn
					who={p.who}
					pins={pins}
					way={way}
					lit={lit}
					onPick={(s) => setLit(s.id)}
					key={list.map((s) => s.id).join()}
				/>
			)}
			{list.length === 0 && <p>{plan.value ? t("tech.none") : t("tech.unread")}</p>}
			{list.length > 0 && ahead.length === 0 && <p>{t("tech.all_done")}</p>}
			{ahead.length > 0 && (
				<ol class="card stops" aria-label={t("tech.map.stops")}>
					{ahead.map((s) => (
						<Row key={s.id} stop={s} at={list.indexOf(s) + 1} when={when(s)} lit={s.id === lit} />
					))}
				</ol>
			)}
		</main>
	);
}
