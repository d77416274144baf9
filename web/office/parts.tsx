/* A part is missing: who has it, fetching it on the way, another day. The promised window follows. */
import { useEffect, useState } from "preact/hooks";
import type { AlertLine, PartChoices } from "../shared/api";
import { call, Fault, faultText } from "../shared/call";
import { dayPart, minutes, span } from "../shared/format";
import { Dialog, toast } from "../shared/over";
import { Avatar, Button, FaultNote, Icon, Skeleton } from "../shared/ui";
import { t } from "../shared/words";

type Way = { way: "van" | "fetch" | "day"; tech_id?: string; day?: string };
const dayText = (day: string) => dayPart(day, { weekday: "short", month: "short", day: "numeric" });
const window = (from: number | null, to: number | null) =>
	to === null ? "" : from === null ? minutes(to) : `${minutes(from)} – ${minutes(to)}`;

export function PartsDialog(p: { alert: AlertLine; close: () => void; done: () => void }) {
	const [is, setIs] = useState<PartChoices | null>(null);
	const [fault, setFault] = useState("");
	const [busy, setBusy] = useState("");
	const ask = (item?: string) =>
		call("GET /api/office/alerts/:id/parts", {
			id: p.alert.row.id,
			query: item ? { item_id: item } : {},
		}).then(setIs, (f) => setFault(faultText(f)));
	useEffect(() => {
		void ask();
	}, [p.alert.row.id]);
	const take = async (w: Way) => {
		if (!is) return;
		setBusy(`${w.way}${w.tech_id ?? ""}${w.day ?? ""}`);
		setFault("");
		try {
			const v = await call("POST /api/office/alerts/:id/parts", {
				id: p.alert.row.id,
				body: {
					way: w.way,
					tech_id: w.tech_id ?? null,
					item_id: w.way === "van" ? is.item_id : null,
					day: w.day ?? null,
					minutes: null,
					version: is.version,
				},
			});
			const when = [dayText(v.day), window(v.from_minute, v.to_minute)].filter(Boolean).join(", ");
			toast(t("parts.done", { who: p.alert.row.customer, when }));
			p.done();
		} catch (f) {
			if (!(f instanceof Fault)) throw f;
			setFault(f.message);
			setBusy("");
		}
	};
	const row = (key: string, icon: preact.ComponentChild, main: string, sub: string, w: Way) => (
		<li key={key} class="partrow">
			{icon}
			<span class="grow">
				<b>{main}</b>
				<small>{sub}</small>
			</span>
			<Button
				size="sm"
				busy={busy === `${w.way}${w.tech_id ?? ""}${w.day ?? ""}`}
				onClick={() => void take(w)}
			>
				{t(`parts.way.${w.way}`)}
			</Button>
		</li>
	);
	return (
		<Dialog title={t("parts.title", { who: p.alert.row.customer })} onClose={p.close}>
			<div class="stack">
				<p class="lines-kept">{p.alert.text}</p>
				<FaultNote text={fault} />
				{!is && !fault && <Skeleton lines={4} />}
				{is && (
					<>
						{is.items.length > 0 && (
							<label class="field">
								<span class="field__label">{t("parts.item")}</span>
								<select
									class="input"
									value={is.item_id ?? ""}
									onChange={(e) => void ask(e.currentTarget.value)}
								>
									{is.items.map((i) => (
										<option key={i.id} value={i.id}>
											{i.name}
										</option>
									))}
								</select>
							</label>
						)}
						<ul class="parts">
							{is.vans.map((v) =>
								v.why_not ? (
									<li key={v.tech_id} class="partrow partrow--no">
										<Avatar name={v.tech} tech={v.colour} />
										<span class="grow">
											<b>{v.tech}</b>
											<small>{v.why_not}</small>
										</span>
									</li>
								) : (
									row(
										v.tech_id,
										<Avatar name={v.tech} tech={v.colour} />,
										t("parts.van", { who: v.tech }),
										t("parts.away", { time: span(v.drive_s) }),
										{ way: "van", tech_id: v.tech_id },
									)
								),
							)}
							{is.vans.length === 0 && (
								<li class="partrow partrow--no">
									<Icon name="truck" />
									<span>{t(is.warehouse_x100 > 0 ? "parts.warehouse" : "parts.none")}</span>
								</li>
							)}
							{row(
								"fetch",
								<Icon name="box" />,
								t("parts.fetch"),
								t("parts.fetch.text", { minutes: is.fetch_minutes }),
								{ way: "fetch" },
							)}
							{is.days.map((d) =>
								row(
									d.day,
									<Icon name="cal" />,
									dayText(d.day),
									`${d.tech} · ${minutes(Math.floor(d.begin_s / 60))}`,
									{ way: "day", tech_id: d.tech_id, day: d.day },
								),
							)}
						</ul>
						<p class="meta">{t(is.begun ? "parts.begun" : "parts.window")}</p>
					</>
				)}
				<Button kind="quiet" onClick={p.close}>
					{t("act.cancel")}
				</Button>
			</div>
		</Dialog>
	);
}
