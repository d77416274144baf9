/* The report of one visit, for whoever has its link: no session, and nothing here but that visit. */
import { useEffect, useState } from "preact/hooks";
import type { ReportTrend, VisitReport } from "../shared/api";
import { call } from "../shared/call";
import { Trend } from "../shared/chart";
import { day, dayPart, duration, initials, time } from "../shared/format";
import { amountPlain, levelShown, measureName, shown, unitOf } from "../shared/measure";
import { Button, Heading, Icon, OtherLanguage, Skeleton, Trouble, title } from "../shared/ui";
import type { Level, Measure, Units } from "../shared/water";
import { catalogue, language, named } from "../shared/words";
import { CARRIED, type RecordOf } from "./verify";

const { say } = catalogue(
	{
		title: "Visit report",
		took: "{from} to {to}, {long}",
		no_access: "We could not get in",
		photos: "Photos",
		photo: "Photo {n}",
		water: "Your water",
		test: "Test",
		found: "Found",
		low: "low",
		high: "high",
		sign: "Signature",
		expected: "Should be",
		added: "What we added",
		used: "What we used",
		did: "What we did",
		left: "not done",
		sealed: "Sealed {when}. Nothing changed since.",
		"sealed.text": "Times, readings, doses and photos. Check it yourself.",
		keep: "Save the sealed record",
		trends: "How your water went",
		signed: "Signed by {name}",
		tech: "Your technician",
	},
	{
		title: "Informe de la visita",
		took: "{from} a {to}, {long}",
		no_access: "No pudimos entrar",
		photos: "Fotos",
		photo: "Foto {n}",
		water: "Su agua",
		test: "Prueba",
		found: "Medido",
		low: "bajo",
		high: "alto",
		sign: "Firma",
		expected: "Debe estar en",
		added: "Lo que añadimos",
		used: "Lo que usamos",
		did: "Lo que hicimos",
		left: "sin hacer",
		sealed: "Sellado {when}. Nada ha cambiado desde entonces.",
		"sealed.text": "Horas, mediciones, dosis y fotos. Compruébelo usted.",
		keep: "Guardar el registro sellado",
		trends: "Cómo ha ido su agua",
		signed: "Firmado por {name}",
		tech: "Su técnico",
	},
);

/* What a technician's app calls the picture of a drawn name, in their language. */
const SIGNED = new Set(["Signature", "Firma"]);
const shows = (name: string) => (SIGNED.has(name) ? say("sign") : name);
const unitsOf = (r: VisitReport): Units => (r.units === "metric" ? "metric" : "us");
export const waterName = (name: string) => named("water", name);
export const pouredOf = (d: RecordOf["doses"][number], units: Units) =>
	d.base === "piece"
		? `× ${d.given_x100 / 100}`
		: amountPlain(d.given_x100, d.base === "g" ? "g" : "ml", units);

export default function Report() {
	const [report, set] = useState<VisitReport | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	/* It stays in the address: a customer comes back to this page. */
	const token = location.hash.slice(1);
	useEffect(() => {
		call("GET /api/portal/reports", { query: { token }, door: true }).then(set, setFault);
	}, [token, language.value]);
	if (fault)
		return (
			<main class="portal__one">
				<Trouble fault={fault} />
			</main>
		);
	return report ? <Shown r={report} token={token} /> : <Skeleton />;
}

function Shown(p: { r: VisitReport; token: string }) {
	const { r } = p;
	const x = JSON.parse(r.record) as RecordOf;
	const units = unitsOf(r);
	const picture = (id: string, small: boolean) =>
		`/api/portal/reports/photos/${id}?${new URLSearchParams({ token: p.token, small: String(small) })}`;
	title("portal.visits");
	return (
		<main class="portal__one report">
			<header>
				<p class="muted">{say("title")}</p>
				<Heading>{dayPart(x.day, { weekday: "long", month: "long", day: "numeric" })}</Heading>
				<p class="muted">
					{x.service}.{" "}
					{x.started_at && x.ended_at
						? say("took", {
								from: time(x.started_at, r.zone),
								to: time(x.ended_at, r.zone),
								long: duration(Math.max(1, Math.round((x.ended_at - x.started_at) / 60))),
							})
						: ""}
				</p>
				<p class="muted">{x.place}</p>
			</header>
			{x.state === "no_access" && (
				<section class="card card__body">
					<b>{say("no_access")}</b>
					<p>{r.reason || x.reason}</p>
				</section>
			)}
			{x.photos.length > 0 && (
				<section class="photos" aria-label={say("photos")}>
					{x.photos.map((f, i) => (
						<a key={f.id} href={picture(f.id, false)} target="_blank" rel="noreferrer">
							<img
								src={picture(f.id, i > 0)}
								alt={shows(f.shows) || say("photo", { n: i + 1 })}
								loading="lazy"
							/>
							<span class="photos__said">
								{f.shows ? `${shows(f.shows)}, ` : ""}
								{time(f.at, r.zone)}
							</span>
						</a>
					))}
				</section>
			)}
			{(x.tech || x.notes.length > 0) && (
				<section class="card card__body stack">
					{x.tech && (
						<div class="whom">
							<span class="whom__mark" aria-hidden="true">
								{initials(x.tech)}
							</span>
							<div>
								<b>{x.tech}</b>
								<p class="muted">{say("tech")}</p>
							</div>
						</div>
					)}
					{x.notes.map((n) => (
						<p key={n} class="prose">
							{n}
						</p>
					))}
					{x.signed_by && <p class="muted">{say("signed", { name: x.signed_by })}</p>}
				</section>
			)}
			<a
				class="sealed"
				href="/portal/verify"
				onClick={() =>
					sessionStorage.setItem(CARRIED, JSON.stringify({ proof: r.proof, back: location.href }))
				}
			>
				<Icon name="shield" size="lg" />
				<span class="grow">
					<b>
						{say("sealed", { when: `${day(r.issued_at, r.zone)}, ${time(r.issued_at, r.zone)}` })}
					</b>
					<span>{say("sealed.text")}</span>
				</span>
				<Icon name="right" />
			</a>
			{x.readings.map((g) => (
				<Readings
					key={`${g.water}${g.at}`}
					g={g}
					r={r}
					units={units}
					many={x.readings.length > 1}
				/>
			))}
			{x.doses.length > 0 && (
				<section class="card" aria-label={say("added")}>
					<h2 class="card__head">{say("added")}</h2>
					<dl class="sums">
						{x.doses.map((d) => (
							<div key={`${d.at}${d.item}`}>
								<dt>{d.item}</dt>
								<dd>{pouredOf(d, units)}</dd>
							</div>
						))}
					</dl>
				</section>
			)}
			{x.products.length > 0 && (
				<section class="card" aria-label={say("used")}>
					<h2 class="card__head">{say("used")}</h2>
					<dl class="sums">
						{x.products.map((d) => (
							<div key={d.item}>
								<dt>{d.item}</dt>
								<dd>× {d.quantity_x100 / 100}</dd>
							</div>
						))}
					</dl>
				</section>
			)}
			{x.checks.length > 0 && (
				<section class="card" aria-label={say("did")}>
					<h2 class="card__head">{say("did")}</h2>
					<ul class="did">
						{x.checks.map((c) => (
							<li key={c.item}>
								<Icon name={c.done ? "check" : "minus"} /> {c.item}
								{c.measure && c.x100 !== undefined && (
									<b>
										{" "}
										{shown(c.measure as Measure, c.x100, units)}{" "}
										{unitOf(c.measure as Measure, units)}
									</b>
								)}
								{!c.done && <span class="muted"> ({say("left")})</span>}
							</li>
						))}
					</ul>
				</section>
			)}
			{r.trends.length > 0 && (
				<section class="card card__body stack" aria-label={say("trends")}>
					<h2>{say("trends")}</h2>
					{r.trends.map((c) => (
						<TrendOf key={`${c.water}${c.measure}`} trend={c} units={units} />
					))}
				</section>
			)}
			<Keep r={r} day={x.day} />
			<p class="portal__foot">
				<OtherLanguage />
			</p>
		</main>
	);
}

function Readings(p: {
	g: RecordOf["readings"][number];
	r: VisitReport;
	units: Units;
	many: boolean;
}) {
	const rangeOf = (m: string) => p.r.trends.find((c) => c.measure === m && c.water === p.g.water);
	return (
		<section class="card" aria-label={say("water")}>
			<h2 class="card__head">
				{say("water")}
				{p.many && ` · ${waterName(p.g.water)}`}
			</h2>
			<table class="found">
				<thead>
					<tr>
						<th scope="col">{say("test")}</th>
						<th scope="col">{say("found")}</th>
						<th scope="col">{say("expected")}</th>
					</tr>
				</thead>
				<tbody>
					{p.g.values.map((v) => {
						const m = v.measure as Measure;
						const range = rangeOf(v.measure);
						const good = !range || (v.x100 >= range.low_x100 && v.x100 <= range.high_x100);
						return (
							<tr key={m}>
								<th scope="row">{measureName(m)}</th>
								<td>
									<b>
										{!good && <span aria-hidden="true">◆ </span>}
										{levelShown(m, v as Level, p.units)}
									</b>{" "}
									{unitOf(m, p.units)}
									{range && !good && <small>{say(v.x100 < range.low_x100 ? "low" : "high")}</small>}
								</td>
								<td>{range ? bandText(range, p.units) : ""}</td>
							</tr>
						);
					})}
				</tbody>
			</table>
		</section>
	);
}

const bandText = (c: ReportTrend, units: Units) =>
	`${shown(c.measure as Measure, c.low_x100, units)}–${shown(c.measure as Measure, c.high_x100, units)}`;

export function TrendOf(p: { trend: ReportTrend; units: Units }) {
	const { trend: c } = p;
	const m = c.measure as Measure;
	return (
		<Trend
			label={`${measureName(m)}${unitOf(m, p.units) ? `, ${unitOf(m, p.units)}` : ""}`}
			band={{ from: c.low_x100 / 100, to: c.high_x100 / 100, text: bandText(c, p.units) }}
			points={c.points.map((q) => ({
				at: q.at,
				value: q.x100 / 100,
				text: levelShown(m, q as Level, p.units),
				good: q.x100 >= c.low_x100 && q.x100 <= c.high_x100,
			}))}
		/>
	);
}

/* A file of one's own, which a tool of one's own can check. */
function Keep(p: { r: VisitReport; day: string }) {
	const save = () => {
		const url = URL.createObjectURL(new Blob([p.r.proof], { type: "application/octet-stream" }));
		const a = document.createElement("a");
		a.href = url;
		a.download = `${p.r.slug}-${p.day}.proof`;
		a.click();
		setTimeout(() => URL.revokeObjectURL(url), 10_000);
	};
	return (
		<Button block icon="download" onClick={save}>
			{say("keep")}
		</Button>
	);
}
