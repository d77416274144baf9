/* A stop at the supply house before a job: when, for what, whether they have it; putting one there and taking it away. */
import { useState } from "preact/hooks";
import type { BoardStop } from "../shared/api";
import { call } from "../shared/call";
import { minutes } from "../shared/format";
import { Dialog } from "../shared/over";
import { Button, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { type Act, clock, open } from "./board_parts";
import { may } from "./me";

const LETTERS = 200;
const LEAST = 5;
const MOST = 240;
const at = (s: number) => minutes(Math.floor(s / 60));
const live = (s: BoardStop) => open(s) || s.row.state === "started";

/* They still have to go there. */
export const errand = (s: BoardStop) => live(s) && s.row.errand !== "" && s.row.fetched_at === null;

async function put(s: BoardStop, text: string, takes: number | null, version: number) {
	await call("POST /api/office/visits/:id/errands", {
		id: s.row.id,
		body: { text, minutes: takes, version },
	});
}
const versionOf = async (s: BoardStop) =>
	(await call("GET /api/office/visits/:id", { id: s.row.id })).version;

export function ErrandFact(p: { stop: BoardStop; act: Act }) {
	const { row, time } = p.stop;
	if (row.errand === "") return null;
	const wanted = errand(p.stop);
	const had = () =>
		p.act(
			() =>
				call("POST /api/office/visits/:id/steps", {
					id: row.id,
					body: { verb: "fetched", reason: null, version: row.version },
				}),
			[row.tech_id],
			t("errand.had", { who: row.customer }),
			async () => put(p.stop, row.errand, row.errand_minutes, await versionOf(p.stop)),
		);
	const drop = () =>
		p.act(
			() => put(p.stop, "", null, row.version),
			[row.tech_id],
			t("errand.dropped", { who: row.customer }),
			async () => put(p.stop, row.errand, row.errand_minutes, await versionOf(p.stop)),
		);
	return (
		<>
			<p>
				<Icon name="box" />
				<span>
					{row.fetched_at !== null
						? t("errand.got", { at: clock(row.fetched_at) })
						: time.fetch_s >= 0
							? t("errand.plan", {
									from: at(time.fetch_s),
									to: at(time.fetch_s + row.errand_minutes * 60),
								})
							: t("errand.first")}{" "}
					{row.errand}
				</span>
			</p>
			{wanted && may("dispatch") && (
				<div class="row">
					<Button size="sm" icon="check" onClick={() => void had()}>
						{t("errand.has")}
					</Button>
					<Button size="sm" kind="quiet" onClick={() => void drop()}>
						{t("errand.drop")}
					</Button>
				</div>
			)}
		</>
	);
}

export function ErrandDialog(p: { stop: BoardStop; act: Act; close: () => void }) {
	const { row } = p.stop;
	const [text, setText] = useState(row.errand);
	const [takes, setTakes] = useState(row.errand_minutes > 0 ? String(row.errand_minutes) : "");
	const n = Number(takes);
	const wrong = takes !== "" && !(Number.isInteger(n) && n >= LEAST && n <= MOST);
	const save = () => {
		p.close();
		void p.act(
			() => put(p.stop, text.trim(), takes === "" ? null : n, row.version),
			[row.tech_id],
			t("errand.did", { who: row.customer }),
			async () => put(p.stop, row.errand, row.errand_minutes || null, await versionOf(p.stop)),
		);
	};
	return (
		<Dialog
			title={t("errand.title", { who: row.customer })}
			onClose={p.close}
			foot={
				<>
					<Button onClick={p.close}>{t("act.cancel")}</Button>
					<Button kind="primary" disabled={!text.trim() || wrong} onClick={save}>
						{t("errand.save")}
					</Button>
				</>
			}
		>
			<label class="field">
				<span class="label">{t("errand.text")}</span>
				<input
					class="input"
					maxLength={LETTERS}
					value={text}
					autofocus
					onInput={(e) => setText(e.currentTarget.value)}
				/>
			</label>
			<label class="field">
				<span class="label">{t("errand.minutes")}</span>
				<input
					class="input"
					type="number"
					inputMode="numeric"
					min={LEAST}
					max={MOST}
					value={takes}
					onInput={(e) => setTakes(e.currentTarget.value)}
				/>
			</label>
		</Dialog>
	);
}
