/* Home's first card once there is work: how the day stands, who is where in it, and what wants a look. */
import type { Board } from "../shared/api";
import { dayPart, time } from "../shared/format";
import { Button, Icon } from "../shared/ui";
import { count, t } from "../shared/words";
import { ICONS, late, STATES, type State, stopsOf } from "./board_parts";

const SHOWN = 8; /* technicians; the board has all */

function Figures({ board }: { board: Board }) {
	const of = (state: State) => board.stops.filter((s) => s.row.state === state).length;
	const behind = board.stops.filter(late).length;
	const nobody = board.stops.filter((s) => !s.row.tech_id && s.row.state !== "cancelled").length;
	return (
		<ul class="daysum">
			{STATES.filter((s) => of(s) > 0).map((s) => (
				<li key={s}>
					<Icon name={ICONS[s]} size="sm" />
					<b>{of(s)}</b> {t(`visit.state.${s}`)}
				</li>
			))}
			{nobody > 0 && (
				<li class="daysum__trouble">
					<b>{nobody}</b> {t("board.nobody")}
				</li>
			)}
			{behind > 0 && (
				<li class="daysum__trouble">
					<Icon name="clock" size="sm" />
					<b>{behind}</b> {t("board.late")}
				</li>
			)}
		</ul>
	);
}

export function HomeToday({ board }: { board: Board }) {
	const by = stopsOf(board);
	const lanes = board.lanes.filter((l) => by.get(l.tech_id)?.length);
	return (
		<section class="card" aria-labelledby="home-today">
			<div class="card__body stack">
				<div class="daytop">
					<h2 id="home-today">
						{dayPart(board.day, { weekday: "long", month: "long", day: "numeric" })}
					</h2>
					<span class="meta">{count("board.jobs", board.stops.length)}</span>
					<Button kind="primary" href="/board" icon="board">
						{t("home.board")}
					</Button>
				</div>
				<Figures board={board} />
				<ul class="daycrew">
					{lanes.slice(0, SHOWN).map((l) => {
						const stops = by.get(l.tech_id)!;
						const done = stops.filter((s) => s.row.ended_at !== null).length;
						return (
							<li key={l.tech_id} data-tech={l.colour || undefined}>
								<span>{l.name}</span>
								<progress
									class="progress"
									max={stops.length}
									value={done}
									aria-label={t("home.progress", { done, all: stops.length })}
								/>
								<span class="meta">
									{done}/{stops.length}
									{done < stops.length && ` · ${t("board.ends", { at: time(l.ends_s, "UTC") })}`}
								</span>
							</li>
						);
					})}
				</ul>
				{board.alerts > 0 && (
					<a class="daylook" href="/board">
						<Icon name="alert" size="sm" />
						{count("home.look", board.alerts)}
					</a>
				)}
			</div>
		</section>
	);
}
