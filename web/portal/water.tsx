/* How the water of one's own pools went: each measure as a line, with the range it should keep to. */
import type { PortalWater } from "../shared/api";
import { Empty, Heading, title } from "../shared/ui";
import type { Units } from "../shared/water";
import { catalogue } from "../shared/words";
import { TrendOf, waterName } from "./report";
import { Back } from "./shell";

const { say } = catalogue(
	{
		title: "Your water over time",
		none: "Nothing measured twice yet",
		"none.text": "After the second visit with readings, you see here how your water goes.",
	},
	{
		title: "Su agua en el tiempo",
		none: "Todavía no hay dos mediciones",
		"none.text": "Después de la segunda visita con mediciones verá aquí cómo va su agua.",
	},
);

export default function Water({ page }: { page: PortalWater }) {
	const units: Units = page.units === "metric" ? "metric" : "us";
	const waters = [...new Set(page.trends.map((c) => c.water))];
	title("portal.nav.visits");
	return (
		<main class="portal__one">
			<header class="head">
				<Back to="/portal/visits" />
				<Heading>{say("title")}</Heading>
			</header>
			{waters.length === 0 && (
				<section class="card">
					<Empty whole icon="drop" title={say("none")}>
						{say("none.text")}
					</Empty>
				</section>
			)}
			{waters.map((water) => (
				<section key={water} class="card portal__card" aria-label={waterName(water)}>
					<h2>{waterName(water)}</h2>
					{page.trends
						.filter((c) => c.water === water)
						.map((c) => (
							<TrendOf key={c.measure} trend={c} units={units} />
						))}
				</section>
			))}
		</main>
	);
}
