/* The day on paper: what each technician would want in the hand, when the telephone is in the pool. */
import { useEffect, useState } from "preact/hooks";
import type { Board, BoardStop } from "../shared/api";
import { minutes } from "../shared/format";
import { type Key, t } from "../shared/words";
import { clock, open, stopsOf, windowOf } from "./board_parts";

/* Is the page being printed, or about to be? */
export function usePaper(): boolean {
	const [paper, set] = useState(false);
	useEffect(() => {
		const media = matchMedia("print");
		const on = () => set(true);
		const off = () => set(false);
		const turn = () => set(media.matches);
		addEventListener("beforeprint", on);
		addEventListener("afterprint", off);
		media.addEventListener("change", turn);
		return () => {
			removeEventListener("beforeprint", on);
			removeEventListener("afterprint", off);
			media.removeEventListener("change", turn);
		};
	}, []);
	return paper;
}

/* A printer takes what stands there when it is called: first the paper is drawn. */
export function printPage(): void {
	dispatchEvent(new Event("beforeprint"));
	requestAnimationFrame(() => requestAnimationFrame(() => print()));
}

function marks(s: BoardStop): string {
	const r = s.row;
	return [
		r.gate && t("board.gate"),
		r.dogs && t("board.dogs"),
		r.parts && t("board.parts"),
		r.first && t("board.first"),
		s.unpaid && t("board.unpaid"),
		r.errand && `${t("errand.first")} ${r.errand}`,
		r.note,
	]
		.filter(Boolean)
		.join(" · ");
}

function when(s: BoardStop): string {
	if (!open(s)) return s.row.started_at ? clock(s.row.started_at) : "";
	return s.time.begin_s >= 0 ? minutes(Math.floor(s.time.begin_s / 60)) : "";
}

function Rows(p: { title: string; stops: BoardStop[]; nobody?: boolean }) {
	if (p.stops.length === 0) return null;
	return (
		<section class="paper">
			<h2>{p.title}</h2>
			<table class="paper__stops">
				<tbody>
					{p.stops.map((s, i) => (
						<tr key={s.row.id}>
							<td>{p.nobody ? "" : i + 1}</td>
							<td>
								{!p.nobody && when(s)}
								<small>{windowOf(s)}</small>
							</td>
							<td>
								<b>{s.row.customer}</b>
								<small>
									{s.row.street}, {s.row.city}
								</small>
							</td>
							<td>
								{s.row.service}
								<small>{marks(s)}</small>
							</td>
							<td>{t(`visit.state.${s.row.state}` as Key)}</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

export function Paper(p: { board: Board }) {
	const by = stopsOf(p.board);
	return (
		<>
			<Rows title={t("board.nobody")} stops={by.get(null) ?? []} nobody />
			{p.board.lanes.map((l) => (
				<Rows key={l.tech_id} title={l.name} stops={by.get(l.tech_id) ?? []} />
			))}
		</>
	);
}
