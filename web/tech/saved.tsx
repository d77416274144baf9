/* What is saved here and what the office has; what the office did not take. */
import { useEffect, useState } from "preact/hooks";
import { time } from "../shared/format";
import { shown } from "../shared/measure";
import { Button, Heading, Icon, title } from "../shared/ui";
import type { Measure } from "../shared/water";
import { count, named, t, tapped } from "../shared/words";
import { AskWhy } from "./ask";
import { stopOf } from "./day";
import {
	conflicts,
	flush,
	type Kept,
	lastAnswer,
	online,
	sending,
	settle,
	waiting,
} from "./outbox";
import { farText, goes, letGo, sendPhotos, unsent, unsentText } from "./photos";
import { fullness } from "./store";
import { unsaid } from "./water_said";

const FULL = 0.9;

/* On every page: what is saved, and beside it the way to say that something does not work, in two taps. */
export function SavedLine() {
	const [asking, setAsking] = useState(false);
	return (
		<div class="line">
			<Saved />
			<button
				type="button"
				class="line__report"
				aria-label={t("tech.problem.report")}
				onClick={() => setAsking(true)}
			>
				<Icon name="alert" />
			</button>
			{asking && <AskWhy what="problem" stop={null} onDone={() => setAsking(false)} />}
		</div>
	);
}

/* One line that always tells the truth; it leads to the list. */
function Saved() {
	const wait = waiting().length;
	const no = conflicts().length;
	const now = sending.value;
	const photos = unsent.value;
	const [full, setFull] = useState(false);
	useEffect(() => {
		void fullness().then((f) => setFull(f !== null && f > FULL));
	}, [wait]);
	if (no > 0)
		return (
			<a class="saved saved--conflict" href="/tech/saved">
				<Icon name="swap" />
				<b class="grow">{t("saved.conflict")}</b>
			</a>
		);
	if (full)
		return (
			<p class="saved saved--conflict" role="status">
				<Icon name="alert" />
				<b class="grow">{t("saved.full")}</b>
			</p>
		);
	if (wait > 0 && now && online.value)
		return (
			<a class="saved saved--sending" href="/tech/saved">
				<Icon name="up" />
				<b class="grow">{t("saved.sending", { n: now.done + 1, of: now.of })}</b>
			</a>
		);
	if (wait > 0)
		return (
			<a class="saved saved--here" href="/tech/saved">
				<Icon name="device" />
				<b class="grow">{count("saved.here", wait)}</b>
			</a>
		);
	if (photos.length > 0)
		return (
			<a class="saved saved--here" href="/tech/saved">
				<Icon name="camera" />
				<b class="grow">{unsentText()}</b>
				<span>{farText(photos[0]!)}</span>
			</a>
		);
	return (
		<p class="saved" role="status">
			<Icon name="check" />
			<b class="grow">{t(online.value ? "saved.all" : "saved.all_offline")}</b>
			{lastAnswer.value > 0 && <span>{time(lastAnswer.value)}</span>}
		</p>
	);
}

const about = (k: Kept) => (k.visit_id ? (stopOf(k.visit_id)?.brief.customer ?? "") : "");
/* The number of a reading: what is lost must be seen. */
const readOf = ({ verb, body: { what: m, amount: x100, unit } }: Kept) =>
	verb === "reading" && m
		? `${named("short", m as Measure)} ${unit ?? ""}${shown(m as Measure, x100 ?? 0, "us")}`
		: "";
const what = (k: Kept) =>
	[
		named("tech.verb", k.verb),
		k.body.item,
		readOf(k),
		k.body.text || tapped("tech.why", k.body.reason ?? ""),
	]
		.filter(Boolean)
		.join(": ");

function Conflict(p: { kept: Kept; ask: () => void }) {
	const { kept: k } = p;
	return (
		<li class="conflict">
			<b>{about(k) || named("tech.verb", k.verb)}</b>
			<div class="conflict__two">
				<div>
					<span class="meta">{t("saved.yours", { time: time(k.at) })}</span>
					<p>{what(k)}</p>
				</div>
				<div>
					<span class="meta">{t("saved.theirs")}</span>
					<p>{k.theirs ? named("tech.state", k.theirs.state) : t("saved.gone")}</p>
				</div>
			</div>
			<p class="conflict__why">{k.problem}</p>
			<p class="meta">{t("saved.in_log")}</p>
			<Button block onClick={() => void unsaid(k).then(() => settle(k.n))}>
				{t("saved.settle")}
			</Button>
			<Button block kind="quiet" onClick={p.ask}>
				{t("saved.ask")}
			</Button>
		</li>
	);
}

/* Of several, which: by more than its place in the list. */
const letGoOf = (f: (typeof unsent.value)[number]) =>
	`${t("tech.photo.let_go")}: ${[f.item, stopOf(f.visit_id)?.brief.customer, time(f.at)].filter(Boolean).join(", ")}`;

export function SavedPage() {
	const wait = waiting();
	const no = conflicts();
	const photos = unsent.value;
	const [asking, setAsking] = useState(false);
	title("saved.title");
	return (
		<main class="field-page">
			<header class="day">
				<Heading>{t("saved.title")}</Heading>
			</header>
			<SavedLine />
			{no.length > 0 && (
				<ul class="card stops">
					{no.map((k) => (
						<Conflict key={k.n} kept={k} ask={() => setAsking(true)} />
					))}
				</ul>
			)}
			{wait.length + photos.length > 0 && (
				<>
					<ul class="card stops">
						{photos.map((f) => (
							<li key={f.id} class="stop">
								<span class="stop__at stop__at--here">
									<Icon name="camera" />
								</span>
								<span class="stop__who">
									<b>{[named("tech.verb", "photo"), f.item].filter(Boolean).join(": ")}</b>
									<span>{stopOf(f.visit_id)?.brief.customer}</span>
									{f.no && (
										<>
											<span class="conflict__why">{f.no}</span>
											<Button block label={letGoOf(f)} onClick={() => void letGo(f)}>
												{t("tech.photo.let_go")}
											</Button>
										</>
									)}
								</span>
								<span class="stop__when">{(!f.no && farText(f)) || time(f.at)}</span>
							</li>
						))}
						{wait.map((k) => (
							<li key={k.n} class="stop">
								<span class="stop__at stop__at--here">
									<Icon name="device" />
								</span>
								<span class="stop__who">
									<b>{what(k)}</b>
									<span>{about(k)}</span>
								</span>
								<span class="stop__when">{time(k.at)}</span>
							</li>
						))}
					</ul>
					{goes() === photos.length && <p class="meta">{t("saved.nothing_to_do")}</p>}
					{wait.length + goes() > 0 && (
						<Button
							block
							size="lg"
							icon="up"
							busy={sending.value !== null}
							onClick={() => void flush().then(sendPhotos)}
						>
							{t("saved.send")}
						</Button>
					)}
				</>
			)}
			{wait.length + photos.length + no.length === 0 && <p class="meta">{t("saved.all.text")}</p>}
			{asking && <AskWhy what="problem" stop={null} onDone={() => setAsking(false)} />}
		</main>
	);
}
