/* Who will miss which window, and what the optimiser would do about it: one click, and one to take it back. */
import { useEffect, useState } from "preact/hooks";
import type { Board, ReplanOffer } from "../shared/api";
import { call, faultText } from "../shared/call";
import { minutes } from "../shared/format";
import { Dialog } from "../shared/over";
import { Button, FaultNote, Icon, Skeleton } from "../shared/ui";
import { count, t } from "../shared/words";
import { late } from "./board_parts";

const at = (s: number) => minutes(Math.floor(s / 60));

export function LateBar(p: {
	board: Board;
	open: (id: string) => void;
	plan: (() => void) | null;
}) {
	const behind = p.board.stops
		.filter((s) => late(s) && s.row.to_minute !== null)
		.sort((a, b) => b.time.late_s - a.time.late_s);
	if (behind.length === 0) return null;
	return (
		<section class="latebar no-print" aria-label={t("late.title")}>
			<Icon name="clock" />
			<b>{count("late.number", behind.length)}</b>
			<ul>
				{behind.slice(0, 4).map((s) => (
					<li key={s.row.id}>
						<button class="link" type="button" onClick={() => p.open(s.row.id)}>
							{s.row.customer}
						</button>{" "}
						{t("late.one", { at: at(s.time.begin_s), by: minutes(s.row.to_minute ?? 0) })}
					</li>
				))}
				{behind.length > 4 && <li>{count("late.more", behind.length - 4)}</li>}
			</ul>
			{p.plan && (
				<Button size="sm" kind="tint" icon="bolt" onClick={p.plan}>
					{t("late.plan")}
				</Button>
			)}
		</section>
	);
}

export function ReplanDialog(p: {
	day: string;
	close: () => void;
	take: (offer: ReplanOffer, tell: boolean) => void;
}) {
	const [offer, setOffer] = useState<ReplanOffer | null>(null);
	const [fault, setFault] = useState("");
	const [tell, setTell] = useState(true);
	useEffect(() => {
		call("GET /api/office/replans", { query: { day: p.day } }).then(setOffer, (f) =>
			setFault(faultText(f)),
		);
	}, [p.day]);
	const gained = offer ? Math.round((offer.late_s - offer.then_late_s) / 60) : 0;
	return (
		<Dialog title={t("late.dialog")} onClose={p.close}>
			<div class="stack">
				<FaultNote text={fault} />
				{!offer && !fault && <Skeleton lines={4} />}
				{offer && offer.plan.lanes.length === 0 && <p>{t("late.nothing")}</p>}
				{offer && offer.plan.lanes.length > 0 && (
					<>
						<p>
							{t("late.gain", {
								before: Math.round(offer.late_s / 60),
								after: Math.round(offer.then_late_s / 60),
							})}
						</p>
						<ul class="moves">
							{offer.moves.map((m) => (
								<li key={m.id}>
									<b>{m.customer}</b>
									<span>
										{m.from === m.to ? m.to : `${m.from} → ${m.to}`} · {at(m.was_s)} →{" "}
										{at(m.begin_s)}
										{m.to_minute !== null &&
											` · ${t(m.begin_s > m.to_minute * 60 ? "late.still" : "late.intime", { by: minutes(m.to_minute) })}`}
									</span>
								</li>
							))}
						</ul>
						{offer.then_late_s > 0 && (
							<label class="check">
								<input
									type="checkbox"
									checked={tell}
									onChange={(e) => setTell(e.currentTarget.checked)}
								/>
								<span>{t("late.tell")}</span>
							</label>
						)}
					</>
				)}
				<div class="row">
					{offer && offer.plan.lanes.length > 0 && (
						<Button kind="primary" icon="check" onClick={() => p.take(offer, tell)}>
							{t("late.take", { minutes: gained })}
						</Button>
					)}
					<Button kind="quiet" onClick={p.close}>
						{t("act.cancel")}
					</Button>
				</div>
			</div>
		</Dialog>
	);
}
