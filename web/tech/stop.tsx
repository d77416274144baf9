/* One stop: get in, know what changed, do the work, finish. Nothing here asks to be saved. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Stop } from "../shared/api";
import { phone, time } from "../shared/format";
import { Button, Icon, title } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { type Ask, AskWhy, CantMake, MORE, type More } from "./ask";
import { over, reading, stopOf, stops } from "./day";
import { FetchFirst } from "./fetch";
import { mapOf } from "./maps";
import { readNews, unseen } from "./news";
import { Opening } from "./opening";
import { say } from "./outbox";
import { PhotoButton, Photos } from "./photos";
import { placeOf } from "./place";
import { SavedLine } from "./saved";
import { Access, Before, Bring, Changed } from "./stop_brief";
import { nameOf, streetOf, windowOf } from "./stop_said";
import { askPsi, Checklist, missing, NoteBox, readingKey, SaidHere } from "./stop_work";
import { Wants } from "./wants";
import { WaterPart } from "./water";
import { EquipmentDialog, SignDialog, UsedDialog } from "./work";

function Head(p: { stop: Stop }) {
	const s = p.stop;
	const at = stops.value.findIndex((x) => x.id === s.id) + 1;
	const call = s.brief.contacts.find((c) => c.phone);
	return (
		<header class="head">
			<a class="head__back" href="/tech/" aria-label={t("tech.back")}>
				<Icon name="left" size="lg" />
			</a>
			<div class="grow">
				<h1>{nameOf(s)}</h1>
				<p>
					{at > 0 ? `${t("tech.stop", { at, of: stops.value.length })} · ` : ""}
					{s.brief.street}
				</p>
			</div>
			{call && (
				<a
					class="head__call"
					href={`tel:${call.phone}`}
					aria-label={t("tech.call", { name: call.name })}
				>
					<Icon name="phone" size="lg" />
				</a>
			)}
		</header>
	);
}

const OVER: Partial<Record<Stop["state"], string>> = {
	skipped: "skip",
	no_access: "lock",
	cancelled: "ban",
};

function Bar(p: { stop: Stop; ask: (a: Ask | More | "cant") => void }) {
	const s = p.stop;
	if (over(s))
		return (
			<div class="bar">
				<p class="bar__done" data-state={s.state}>
					<Icon name={OVER[s.state] ?? "done"} /> {named("tech.state", s.state)}
					{s.ended_at ? `, ${time(s.ended_at)}` : ""}
				</p>
				<Button block size="lg" icon="undo" onClick={() => void say("reopen", s.id)}>
					{t("tech.reopen")}
				</Button>
			</div>
		);
	if (s.state !== "started")
		return (
			<div class="bar">
				<div class="bar__two">
					<Button size="lg" icon="x" onClick={() => p.ask("cant")}>
						{t("tech.cant.go")}
					</Button>
					<Button size="lg" icon="box" onClick={() => p.ask("missing_part")}>
						{t("tech.missing.go")}
					</Button>
				</div>
				{s.state === "scheduled" && s.confirmed_at === null && (
					<Button block size="lg" icon="check" onClick={() => void say("confirm", s.id)}>
						{t("tech.confirm")}
					</Button>
				)}
				<Button
					block
					size="lg"
					kind="primary"
					onClick={() => void placeOf(s).then((at) => say("arrive", s.id, at))}
				>
					{t("tech.start")}
				</Button>
			</div>
		);
	const [first] = missing(s);
	const left = missing(s).length;
	return (
		<div class="bar">
			{first?.photo ? (
				<PhotoButton stop={s} item={first.text} primary>
					{t("tech.photo.of", { what: first.text })}
				</PhotoButton>
			) : first?.reading === "signature" ? (
				<Button block size="lg" kind="primary" icon="pen" onClick={() => p.ask("sign")}>
					{t("tech.sign")}
				</Button>
			) : first?.reading && first.reading !== "pressure" && s.brief.pools.length > 0 ? (
				<Button block size="lg" kind="primary" icon="flask" href={`/tech/stops/${s.id}/water`}>
					{t(readingKey(first.reading))}
				</Button>
			) : first?.reading === "pressure" ? (
				<Button block size="lg" kind="primary" onClick={() => askPsi(s, first.text)}>
					{t(readingKey(first.reading))}
				</Button>
			) : first ? (
				<Button
					block
					size="lg"
					kind="primary"
					onClick={() => void say("check", s.id, { item: first.text, done: true })}
				>
					{t("tech.tick", { what: first.text })}
				</Button>
			) : (
				<Button block size="lg" kind="primary" href={`/tech/stops/${s.id}/finish`}>
					{t("tech.finish.look")}
				</Button>
			)}
			{left > 0 && <p class="bar__then">{count("tech.then_more", left)}</p>}
		</div>
	);
}

export function StopPage(p: { id: string }) {
	const s = stopOf(p.id);
	const [ask, setAsk] = useState<Ask | More | "cant" | null>(null);
	title("tech.stop.title");
	/* Whoever looks at a stop has read what is new of it. */
	useEffect(() => {
		void readNews(p.id);
	}, [p.id, unseen.value]);
	/* A stop that was just given to them comes with the answer that is on its way; asked again, nobody is interrupted. */
	const said = useRef(false);
	if (!s && reading.value && !said.current) return <Opening />;
	said.current = !s;
	if (!s)
		return (
			<main class="field-page">
				<header class="head">
					<a class="head__back" href="/tech/" aria-label={t("tech.back")}>
						<Icon name="left" size="lg" />
					</a>
					<h1>{t("tech.gone")}</h1>
				</header>
				<SavedLine />
				<p>{t("tech.gone.text")}</p>
			</main>
		);
	/* What was forgotten is written down afterwards: the office sees when. */
	const writes = s.state === "started" || s.state === "done";
	return (
		<main class="field-page field-page--stop">
			<Head stop={s} />
			<SavedLine />
			<p class="when">
				<Icon name="clock" /> {windowOf(s)}
				<a class="when__map" href={mapOf(s)} target="_blank" rel="noreferrer">
					<Icon name="nav" /> {t("tech.navigate")}
				</a>
			</p>
			<FetchFirst stop={s} />
			<Changed stop={s} />
			<Access stop={s} />
			{writes && <WaterPart stop={s} />}
			<Wants stop={s} />
			<Checklist stop={s} />
			{writes && (
				<>
					<NoteBox key={`customer-${s.state}`} stop={s} forCustomer />
					<NoteBox key={`office-${s.state}`} stop={s} forCustomer={false} />
					<Photos stop={s} item="" free />
					<div class="more">
						{s.brief.equipment.length > 0 && (
							<Button size="lg" icon="wrench" onClick={() => setAsk("equipment")}>
								{t("tech.equipment")}
							</Button>
						)}
						<Button size="lg" icon="box" onClick={() => setAsk("used")}>
							{t("tech.used")}
						</Button>
						<Button size="lg" icon="pen" onClick={() => setAsk("sign")}>
							{t("tech.sign")}
						</Button>
					</div>
					<div class="more">
						<Button size="lg" icon="plus" onClick={() => setAsk("follow_up")}>
							{t("tech.follow_up")}
						</Button>
						<Button size="lg" icon="box" onClick={() => setAsk("missing_part")}>
							{t("tech.missing.go")}
						</Button>
						{s.state === "started" && (
							<Button size="lg" icon="x" onClick={() => setAsk("cant")}>
								{t("tech.cant.finish")}
							</Button>
						)}
					</div>
				</>
			)}
			<SaidHere stop={s} />
			<Bring stop={s} />
			<Before stop={s} />
			<p class="meta street">{streetOf(s)}</p>
			{s.brief.contacts.map((c) => (
				<p key={c.name} class="meta">
					{c.name}
					{c.phone && (
						<>
							{": "}
							<a href={`tel:${c.phone}`}>{phone(c.phone)}</a>
						</>
					)}
				</p>
			))}
			<Bar stop={s} ask={setAsk} />
			{ask === "cant" && <CantMake stop={s} onPick={setAsk} onClose={() => setAsk(null)} />}
			{ask === "equipment" && <EquipmentDialog stop={s} onDone={() => setAsk(null)} />}
			{ask === "used" && <UsedDialog stop={s} onDone={() => setAsk(null)} />}
			{ask === "sign" && <SignDialog stop={s} onDone={() => setAsk(null)} />}
			{ask && !MORE.has(ask) && <AskWhy what={ask as Ask} stop={s} onDone={() => setAsk(null)} />}
		</main>
	);
}
