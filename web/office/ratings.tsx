/* How pleased customers are: with whom, with what, and in their own words. */
import type { RatingRow, RatingsPage } from "../shared/api";
import { call } from "../shared/call";
import { dayLater, number, tenths } from "../shared/format";
import { go, type Place, type Screen } from "../shared/router";
import { Ago, Badge, classes, Empty, Heading, Icon, Segments } from "../shared/ui";
import { catalogue, t } from "../shared/words";
import { StaffTabs } from "./frame";
import "./ratings.css";
import { Table } from "./table";
import { Take } from "./taken";
import { today } from "./technicians";

const en = {
	period: "Period",
	"days.30": "30 days",
	"days.90": "90 days",
	"days.365": "A year",
	average: "{n} of 5",
	many: "{n} ratings",
	one: "1 rating",
	low: "{n} with three stars or fewer",
	none: "Nobody has rated a visit yet",
	"none.text":
		"Ask after each visit: switch on “How was it?” in the rules of messages. Customers answer a text with a number from 1 to 5, or rate on their own pages.",
	rules: "Rules of messages",
	tech: "By technician",
	service: "By service",
	former: "Nobody in particular",
	name: "Name",
	stars: "Average",
	spread: "From five stars to one",
	count: "Ratings",
	words: "In their own words",
	"words.of": "In their own words: {who}",
	all: "Show everybody’s",
	silent: "Nobody has written anything in these days.",
	bare: "Stars alone, no words.",
	bars: "{n} stars: {many}",
};
const es: Record<keyof typeof en, string> = {
	period: "Periodo",
	"days.30": "30 días",
	"days.90": "90 días",
	"days.365": "Un año",
	average: "{n} de 5",
	many: "{n} valoraciones",
	one: "1 valoración",
	low: "{n} con tres estrellas o menos",
	none: "Nadie ha valorado aún una visita",
	"none.text":
		"Pregunta después de cada visita: activa «¿Qué tal?» en las reglas de mensajes. Los clientes responden a un mensaje con un número del 1 al 5, o valoran en sus propias páginas.",
	rules: "Reglas de mensajes",
	tech: "Por técnico",
	service: "Por servicio",
	former: "Nadie en particular",
	name: "Nombre",
	stars: "Media",
	spread: "De cinco estrellas a una",
	count: "Valoraciones",
	words: "Con sus propias palabras",
	"words.of": "Con sus propias palabras: {who}",
	all: "Ver las de todos",
	silent: "Nadie ha escrito nada en estos días.",
	bare: "Solo estrellas, sin palabras.",
	bars: "{n} estrellas: {many}",
};
const { say } = catalogue<keyof typeof en>(en, es);

const STEPS = ["five", "four", "three", "two", "one"] as const;
type Days = "30" | "90" | "365";
const daysOf = (at: Place): Days => {
	const n = at.query.get("days");
	return n === "30" || n === "365" ? n : "90";
};

/* Of one technician, one service, or all. */
interface Sum extends Pick<RatingRow, "ratings" | "stars" | (typeof STEPS)[number]> {
	key: string;
	name: string;
}
const nothing = (key: string, name: string): Sum => ({
	key,
	name,
	ratings: 0,
	stars: 0,
	five: 0,
	four: 0,
	three: 0,
	two: 0,
	one: 0,
});
function sums(rows: RatingRow[], of: (r: RatingRow) => [string, string]): Sum[] {
	const by = new Map<string, Sum>();
	for (const r of rows) {
		const [key, name] = of(r);
		const s = by.get(key) ?? nothing(key, name);
		s.ratings += r.ratings;
		s.stars += r.stars;
		for (const step of STEPS) s[step] += r[step];
		by.set(key, s);
	}
	return [...by.values()].sort((a, b) => b.ratings - a.ratings || a.name.localeCompare(b.name));
}
const averageOf = (s: Sum) => tenths(s.stars / Math.max(1, s.ratings));
const manyOf = (n: number) => (n === 1 ? say("one") : say("many", { n: number(n) }));

function Stars(p: { n: number }) {
	return (
		<span
			class={classes("stars", p.n <= 3 && "stars--low")}
			role="img"
			aria-label={say("average", { n: p.n })}
		>
			{"★".repeat(p.n)}
			<i>{"★".repeat(5 - p.n)}</i>
		</span>
	);
}

/* One line from five stars to one; each part says itself to whoever cannot see it. */
function Spread(p: { of: Sum }) {
	return (
		<span
			class="spread"
			role="img"
			aria-label={STEPS.map((step, i) => say("bars", { n: 5 - i, many: p.of[step] })).join(", ")}
		>
			{STEPS.map(
				(step, i) =>
					p.of[step] > 0 && (
						<i
							key={step}
							data-stars={5 - i}
							title={say("bars", { n: 5 - i, many: p.of[step] })}
							style={{ width: `${(100 * p.of[step]) / p.of.ratings}%` }}
						/>
					),
			)}
		</span>
	);
}

function Figures(p: { title: string; rows: Sum[]; chosen: string; choose: (key: string) => void }) {
	return (
		<section class="card" aria-label={p.title}>
			<div class="card__head">
				<h2>{p.title}</h2>
			</div>
			<Table<Sum>
				caption={p.title}
				rows={p.rows}
				keyOf={(s) => s.key}
				selected={p.chosen}
				onOpen={(s) => p.choose(s.key)}
				columns={[
					{
						head: say("name"),
						wide: true,
						cell: (s) =>
							s.key ? (
								<button
									type="button"
									class="link"
									aria-pressed={s.key === p.chosen}
									onClick={() => p.choose(s.key)}
								>
									{s.name}
								</button>
							) : (
								s.name
							),
					},
					{ head: say("stars"), tight: true, cell: (s) => <b>{averageOf(s)} ★</b> },
					{ head: say("spread"), cell: (s) => <Spread of={s} /> },
					{ head: say("count"), tight: true, sum: true, cell: (s) => number(s.ratings) },
				]}
			/>
		</section>
	);
}

function View({ data, at }: { data: RatingsPage; at: Place }) {
	const days = daysOf(at);
	const tech = at.query.get("tech") ?? "";
	const service = at.query.get("service") ?? "";
	const show = (change: Record<string, string>) => {
		const all = { days: days === "90" ? "" : days, tech, service, ...change };
		const query = new URLSearchParams(Object.entries(all).filter(([, v]) => v));
		go(`/staff/ratings${query.size ? `?${query}` : ""}`, true);
	};
	const byTech = sums(data.rows, (r) => [r.tech_id ?? "", r.tech || say("former")]);
	const byService = sums(data.rows, (r) => [r.service_id, r.service]);
	const all = sums(data.rows, () => ["all", ""])[0];
	const low = all ? all.three + all.two + all.one : 0;
	const whose = [...byTech, ...byService]
		.filter((s) => s.key && (s.key === tech || s.key === service))
		.map((s) => s.name)
		.join(" · ");
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.staff")}</Heading>
				<span class="push" />
				<Segments<Days>
					label={say("period")}
					value={days}
					choices={(["30", "90", "365"] as const).map((value) => ({
						value,
						label: say(`days.${value}`),
					}))}
					onChange={(value) => show({ days: value === "90" ? "" : value })}
				/>
				{all && <Take list="ratings" query={{ from: data.from, to: data.to }} />}
			</header>
			<StaffTabs here="ratings" />
			<div class="scroll">
				{!all ? (
					<Empty icon="star" title={say("none")} action={<a href="/inbox/rules">{say("rules")}</a>}>
						{say("none.text")}
					</Empty>
				) : (
					<div class="ratings">
						<section class="ratings__all" aria-label={say("stars")}>
							<p>
								<b>{averageOf(all)}</b> <Icon name="star" />
								<span>{manyOf(all.ratings)}</span>
							</p>
							<Spread of={all} />
							{low > 0 && (
								<Badge tone="coral" icon="alert">
									{say("low", { n: number(low) })}
								</Badge>
							)}
						</section>
						<div class="ratings__figures">
							<Figures
								title={say("tech")}
								rows={byTech}
								chosen={tech}
								choose={(key) => show({ tech: key === tech ? "" : key, service: "" })}
							/>
							<Figures
								title={say("service")}
								rows={byService}
								chosen={service}
								choose={(key) => show({ service: key === service ? "" : key, tech: "" })}
							/>
						</div>
						<section class="card" aria-label={say("words")}>
							<div class="card__head">
								<h2>{whose ? say("words.of", { who: whose }) : say("words")}</h2>
								<span class="push" />
								{whose && (
									<button
										type="button"
										class="link"
										onClick={() => show({ tech: "", service: "" })}
									>
										{say("all")}
									</button>
								)}
							</div>
							{data.words.length === 0 ? (
								<p class="card__body muted">{say("silent")}</p>
							) : (
								<ul class="ratings__words">
									{data.words.map((x) => (
										<li key={x.visit_id}>
											<Stars n={x.stars} />
											<div>
												<p class={x.words && !/^\s*[1-5]\s*$/.test(x.words) ? undefined : "muted"}>
													{x.words && !/^\s*[1-5]\s*$/.test(x.words) ? x.words : say("bare")}
												</p>
												<p class="muted">
													<a href={`/customers/${x.customer_id}`}>{x.customer}</a> · {x.service}
													{x.tech && ` · ${x.tech}`} · <Ago at={x.at} />
												</p>
											</div>
										</li>
									))}
								</ul>
							)}
						</section>
					</div>
				)}
			</div>
		</>
	);
}

const screen: Screen<RatingsPage> = {
	title: "nav.staff",
	key: (at) => at.query.toString(),
	load: (at) =>
		call("GET /api/office/ratings", {
			query: {
				from: dayLater(today(), 1 - Number(daysOf(at))),
				to: today(),
				...(at.query.get("tech") ? { tech_id: at.query.get("tech")! } : {}),
				...(at.query.get("service") ? { service_id: at.query.get("service")! } : {}),
			},
		}),
	view: View,
};
export default screen;
