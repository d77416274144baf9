/* Before one goes in: what changed, how to get in, what to bring, what was there last time. */
import { useEffect, useState } from "preact/hooks";
import type { Stop, StopCodes } from "../shared/api";
import { ago, dayOf, hm } from "../shared/format";
import { Button, Icon } from "../shared/ui";
import { named, t, tapped } from "../shared/words";
import { heldIn, useVan } from "./van";
import { refresh } from "./day";
import { PinSheet } from "./pin";
import { lookAt } from "./vault";
import { lastWater } from "./water";

const SHOWN_S = 30;

export function Changed(p: { stop: Stop }) {
	const { changes } = p.stop.brief;
	if (changes.length === 0 && !p.stop.note) return null;
	return (
		<section class="changed">
			<h2>
				<Icon name="pen" />
				{t("tech.changed")}
			</h2>
			{p.stop.note && <p class="lines">{p.stop.note}</p>}
			{changes.map((c) => (
				<p key={`${c.field}${c.at}`}>
					{named("field", c.field)}
					{c.became ? `: ${c.became}` : ""} <span class="meta">{ago(c.at)}</span>
				</p>
			))}
		</section>
	);
}

/* Hidden until tapped, shown for half a minute that one sees running out. */
function Codes(p: { stop: Stop }) {
	const [codes, setCodes] = useState<StopCodes | null>(null);
	const [none, setNone] = useState<"away" | "old" | null>(null);
	const [left_s, setLeft] = useState(0);
	const [pin, setPin] = useState<"closed" | "choose" | null>(null);
	/* By the clock: a telephone that slept meanwhile hides them when it wakes up. */
	useEffect(() => {
		if (!codes) return;
		const until_ms = Date.now() + SHOWN_S * 1000;
		const tick = () => {
			const left = Math.ceil((until_ms - Date.now()) / 1000);
			setLeft(left);
			if (left <= 0) setCodes(null);
		};
		const every = setInterval(tick, 1000);
		tick();
		return () => clearInterval(every);
	}, [codes]);
	const show = async () => {
		const found = await lookAt(p.stop);
		if (found === "closed" || found === "choose") return setPin(found);
		setLeft(SHOWN_S);
		setNone(typeof found === "string" ? found : null);
		setCodes(typeof found === "string" ? null : found);
	};
	if (codes)
		return (
			<>
				<dl class="codes">
					{(["gate", "lockbox", "alarm", "note"] as const).map(
						(k) =>
							codes[k] && (
								<div key={k}>
									<dt>{t(`tech.code.${k}`)}</dt>
									<dd>{codes[k]}</dd>
								</div>
							),
					)}
				</dl>
				<p class="codes__left" role="timer">
					{t("tech.code.hides", { time: hm(left_s) })}
				</p>
			</>
		);
	return (
		<>
			<Button block size="lg" icon="eye" onClick={() => void show()}>
				{t("tech.code.show")}
			</Button>
			{pin && (
				<PinSheet
					choose={pin === "choose"}
					onClose={() => setPin(null)}
					onDone={() => {
						setPin(null);
						void show();
						void refresh().catch(() => {}); /* with the first PIN all the others come */
					}}
				/>
			)}
			{none && (
				<p role="alert" class="meta">
					{t(`tech.code.${none}`)}
				</p>
			)}
		</>
	);
}

export function Access(p: { stop: Stop }) {
	const b = p.stop.brief;
	if (!b.has_codes && !b.dogs && !b.hazards && !b.parking && !b.key_no) return null;
	const lines: [string, string, string][] = [];
	if (b.key_no) lines.push(["key", t("tech.key_no", { n: b.key_no }), ""]);
	if (b.dogs) lines.push(["paw", b.dogs, t("tech.dog")]);
	if (b.hazards) lines.push(["alert", b.hazards, t("tech.hazard")]);
	if (b.parking) lines.push(["truck", b.parking, t("tech.parking")]);
	return (
		<section class="card access" aria-label={t("tech.access")}>
			{b.has_codes && (
				<div class="access__row access__row--codes">
					<p class="meta">{t("tech.code.noted")}</p>
					<Codes stop={p.stop} />
				</div>
			)}
			{lines.map(([icon, text, what]) => (
				<div class="access__row" key={text}>
					<Icon name={icon} size="lg" />
					<p>
						<b>{text}</b>
						{what && <span>{what}</span>}
					</p>
				</div>
			))}
		</section>
	);
}

export function Bring(p: { stop: Stop }) {
	const rows = p.stop.brief.parts.rows;
	const van = useVan();
	if (rows.length === 0) return null;
	return (
		<section aria-labelledby="bring">
			<h2 class="then" id="bring">
				{t("tech.bring")}
			</h2>
			<ul class="card plain">
				{rows.map((r) => (
					<li key={r.name}>
						{r.name} {r.quantity > 1 && <b>× {r.quantity}</b>}
						{van.length > 0 && (
							<p class="meta">
								{heldIn(van, r.name)
									? t("tech.bring.has", { much: heldIn(van, r.name) })
									: t("tech.bring.not")}
							</p>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}

export function Before(p: { stop: Stop }) {
	const b = p.stop.brief;
	return (
		<section aria-labelledby="before">
			<h2 class="then" id="before">
				{t("tech.before")}
			</h2>
			<ul class="card plain">
				{lastWater(p.stop).map((l) => (
					<li key={l.key}>
						<b>{l.title}</b>
						<p>{l.text}</p>
					</li>
				))}
				{b.notes.map((n) => (
					<li key={n.made_at}>
						<p class="lines">{n.body}</p>
						<span class="meta">{ago(n.made_at)}</span>
					</li>
				))}
				{b.last.map((l) => (
					<li key={l.day}>
						<b>
							{dayOf(l.day)}, {l.tech || t("tech.nobody")}
						</b>
						<p>
							{named("tech.state", l.state)}
							{l.reason ? `: ${tapped("tech.why", l.reason)}` : ""}
						</p>
						{l.notes.map((n) => (
							<p class="lines" key={n.id}>
								{n.text}
							</p>
						))}
					</li>
				))}
				{b.text_before && (
					<li>
						<b>{t("tech.mark.text")}</b>
					</li>
				)}
				{b.no_chemicals.length > 0 && (
					<li>
						<b>{t("tech.never")}</b> {b.no_chemicals.map((w) => w.word).join(", ")}
					</li>
				)}
				{b.notes.length + b.last.length + b.water.length + b.no_chemicals.length === 0 &&
					!b.text_before && (
						<li class="meta">{b.first_visit ? t("tech.before.first") : t("tech.before.none")}</li>
					)}
			</ul>
		</section>
	);
}
