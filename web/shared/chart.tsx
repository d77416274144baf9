/*
 * A line of readings over time with the range it should stay in. Plain SVG of fixed size that scales: no library, no
 * style in markup. What it shows is said in its title and stands in a table beside it.
 */
import { useState } from "preact/hooks";
import { day } from "./format";
import { t } from "./words";
import "./words/water";

export interface Point {
	at: number;
	value: number;
	text: string;
	good: boolean;
}
export interface ChartProps {
	points: Point[];
	/* What to stay in; left out where there is no such range. */
	band?: { from: number; to: number; text: string } | undefined;
	/* In words: "Free chlorine, ppm". */
	label: string;
	height?: number;
	/* Small and without axes, beside other things. */
	spark?: boolean;
}

const W = 400;

/* Round steps between two values: at most four lines. */
function steps(low: number, high: number): number[] {
	const raw = (high - low) / 3 || 1;
	const ten = 10 ** Math.floor(Math.log10(raw));
	const step = ten * ([1, 2, 5, 10].find((k) => k * ten >= raw) ?? 10);
	const out = [];
	for (let v = Math.ceil(low / step) * step; v <= high + step / 1e6; v += step)
		out.push(Number(v.toPrecision(8)));
	return out;
}

export function Chart(p: ChartProps) {
	const H = p.height ?? (p.spark ? 72 : 200);
	const pad = p.spark ? { l: 6, r: 8, t: 8, b: 8 } : { l: 44, r: 12, t: 10, b: 26 };
	const points = [...p.points].sort((a, b) => a.at - b.at);
	const first = points[0];
	const last = points.at(-1);
	if (!first || !last) return null;
	const values = points.map((x) => x.value);
	const around = p.band ? [...values, p.band.from, p.band.to] : values;
	let low = Math.min(...around);
	let high = Math.max(...around);
	const air = (high - low || Math.abs(high) || 1) * 0.12;
	low = Math.max(low >= 0 ? 0 : low - air, low - air);
	high = high + air;
	const span = last.at - first.at || 1;
	const x = (at: number) =>
		points.length === 1
			? (pad.l + W - pad.r) / 2
			: pad.l + ((at - first.at) / span) * (W - pad.l - pad.r);
	const y = (v: number) => H - pad.b - ((v - low) / (high - low)) * (H - pad.t - pad.b);
	const said = t("chart.said", {
		label: p.label,
		n: points.length,
		first: day(first.at),
		last: day(last.at),
		value: last.text,
		band: p.band ? p.band.text : "",
	});
	const ticks = p.spark ? [] : steps(low, high);
	const days = p.spark
		? []
		: [first, ...(points.length > 2 ? [points[Math.floor(points.length / 2)]!] : []), last];
	return (
		<svg
			class={p.spark ? "chart chart--spark" : "chart"}
			viewBox={`0 0 ${W} ${H}`}
			role="img"
			aria-label={said}
		>
			{p.band && (
				<rect
					class="chart__band"
					x={pad.l}
					width={W - pad.l - pad.r}
					y={y(p.band.to)}
					height={Math.max(2, y(p.band.from) - y(p.band.to))}
				/>
			)}
			{ticks.map((v) => (
				<g key={v}>
					<line class="chart__grid" x1={pad.l} x2={W - pad.r} y1={y(v)} y2={y(v)} />
					<text class="chart__text chart__text--end" x={pad.l - 6} y={y(v) + 4}>
						{v}
					</text>
				</g>
			))}
			<polyline
				class="chart__line"
				points={points.map((q) => `${x(q.at)},${y(q.value)}`).join(" ")}
			/>
			{points.map((q, i) => (
				<g key={q.at}>
					{q.good ? (
						<circle
							class="chart__dot"
							cx={x(q.at)}
							cy={y(q.value)}
							r={i === points.length - 1 ? 5 : 3}
						/>
					) : (
						<path
							class="chart__dot chart__dot--out"
							d={`M${x(q.at)} ${y(q.value) - 6}l6 6-6 6-6-6z`}
						/>
					)}
					<title>{`${day(q.at)}: ${q.text}`}</title>
				</g>
			))}
			{days.map((q, i) => (
				<text
					key={q.at}
					class={
						i === 0
							? "chart__text"
							: i === days.length - 1
								? "chart__text chart__text--end"
								: "chart__text chart__text--mid"
					}
					x={x(q.at)}
					y={H - 8}
				>
					{day(q.at)}
				</text>
			))}
		</svg>
	);
}

/* The picture, and the same as a table for whoever asks for it. */
export function Trend(p: ChartProps) {
	const [table, setTable] = useState(false);
	const rows = [...p.points].sort((a, b) => b.at - a.at);
	return (
		<figure class="trend">
			<figcaption class="trend__head">
				<b>{p.label}</b>
				{p.band && <span class="meta">{p.band.text}</span>}
				<button
					class="link push"
					type="button"
					aria-pressed={table}
					onClick={() => setTable(!table)}
				>
					{t(table ? "chart.picture" : "chart.table")}
					<span class="unseen"> {p.label}</span>
				</button>
			</figcaption>
			{table ? (
				<table class="table trend__table">
					<thead>
						<tr>
							<th scope="col">{t("chart.day")}</th>
							<th scope="col">{p.label}</th>
						</tr>
					</thead>
					<tbody>
						{rows.map((q) => (
							<tr key={q.at}>
								<td>{day(q.at)}</td>
								<td>
									{q.good ? "" : "◆ "}
									{q.text}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			) : (
				<Chart {...p} />
			)}
		</figure>
	);
}

/* One number on its band: the pin stands where the value lies. Text beside it says the same. */
export function Pin(p: {
	value: number;
	low: number;
	aimLow: number;
	aimHigh: number;
	high: number;
	open?: boolean;
}) {
	/* From a bit below the least to a bit above the most; where there is no limit, around the aim. */
	const low = Math.max(p.low, p.aimLow - (p.aimHigh - p.aimLow) * 2 - 1);
	const high = Math.min(p.high, p.aimHigh + (p.aimHigh - p.aimLow) * 2 + 1);
	const air = (high - low) * 0.25 || 1;
	const from = low - air;
	const to = high + air;
	const at = (v: number) => ((Math.min(to, Math.max(from, v)) - from) / (to - from)) * 100;
	return (
		<svg class="pin" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
			<rect class="pin__far" x="0" y="4" width="100" height="4" rx="2" />
			<rect class="pin__near" x={at(low)} y="4" width={at(high) - at(low)} height="4" />
			<rect
				class="pin__aim"
				x={at(p.aimLow)}
				y="4"
				width={Math.max(2, at(p.aimHigh) - at(p.aimLow))}
				height="4"
			/>
			<rect
				class="pin__pin"
				x={Math.min(97.5, Math.max(0, at(p.value) - 1.25))}
				y="0.5"
				width="2.5"
				height="11"
				rx="1.2"
			/>
		</svg>
	);
}
