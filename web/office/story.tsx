/* What happened to a customer, newest first; and field by field what was changed by whom. */
import { useEffect, useState } from "preact/hooks";
import type { ChangeLine, Changes, Timeline, TimelineLine, TimelineQuery } from "../shared/api";
import { call, Fault } from "../shared/call";
import { dayOf, minutes } from "../shared/format";
import { Ago, Banner, Button, Icon } from "../shared/ui";
import { type Key, named, t } from "../shared/words";
import { may } from "./me";
import { units } from "./measures";
import { Take } from "./taken";
import { Measured, waterTurn } from "./water-later";

type About = NonNullable<TimelineQuery["about"]>;
const FILTERS = [
	"",
	"property",
	"pool",
	"equipment",
	"contact",
	"note",
	"agreement",
	"visit",
	"reading",
	"dose",
	"file",
	"conversation",
	"bill",
	"payment",
] as const;

const icons: [RegExp, string][] = [
	[/^code/, "lock"],
	[/^(reading|dose)/, "flask"],
	[/^(property)/, "pin"],
	[/^pool/, "drop"],
	[/^equipment/, "gear"],
	[/^contact/, "people"],
	[/^(note|file)/, "file"],
	[/^visit/, "done"],
	[/^message/, "chat"],
	[/^(bill|payment|credit)/, "card"],
	[/^agreement/, "refresh"],
	[/archived$/, "box"],
	[/restored$/, "undo"],
	[/changed$/, "pen"],
	[/made$|imported$/, "userplus"],
];
const iconOf = (kind: string) => icons.find(([r]) => r.test(kind))?.[1] ?? "log";

/* The sentence of an event, with what it carries; a value that is missing leaves no hole. */
function sentence(e: TimelineLine): string {
	const v: Record<string, string> = Object.fromEntries(e.values.map((x) => [x.name, x.value]));
	const words: Record<string, string> = {
		...v,
		name: v.name || "",
		kind: v.kind
			? named(e.kind.startsWith("equipment") ? "machine" : "water", v.kind).toLocaleLowerCase()
			: "",
		medium: v.medium ? named("spoken", v.medium) : "",
		code: v.code ? named("code", v.code).toLocaleLowerCase() : "",
		how: v.how ? named("talk", v.how) : "",
		day: v.day ? dayOf(v.day) : "",
	};
	/* A kind of event without its words does not compile. */
	const key = `event.${e.kind}` as const satisfies Key;
	return t(key, words)
		.replace(/\{\w+\}/g, "")
		.replace(/\s+/g, " ")
		.trim();
}

/* Which fields an edit touched, in words. */
const touched = (e: TimelineLine) =>
	e.values
		.find((x) => x.name === "fields")
		?.value.split(", ")
		.map((f) => named("field", f.startsWith("own") ? "own" : f).toLocaleLowerCase())
		.join(", ");

/* What a message was about; a person's own words stay in the thread. */
const topicOf = (e: TimelineLine) => {
	const kind = e.kind.startsWith("message_") && e.values.find((x) => x.name === "about")?.value;
	return kind ? named("message", kind) : "";
};

/* The first words of a note for technicians, or what was measured. */
const quoted = (e: TimelineLine) => e.values.find((x) => x.name === "text")?.value;

/* Of a customer, or of one pool, whoever owned it. */
export function Story(p: { customer: string; pool?: { id: string; name: string }; turn: number }) {
	const [about, setAbout] = useState<"" | About>("");
	const [page, setPage] = useState<Timeline | null>(null);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const ask = (before?: string) => {
		const query = { about, before: before ?? "" };
		return p.pool
			? call("GET /api/office/pools/:id/timeline", { id: p.pool.id, query })
			: call("GET /api/office/customers/:id/timeline", { id: p.customer, query });
	};
	// Whatever changes the record may have added a line
	useEffect(() => {
		let wanted = true;
		ask().then(
			(x) => wanted && setPage(x),
			(f) => wanted && f instanceof Fault && setFault(f.message),
		);
		return () => {
			wanted = false;
		};
	}, [p.customer, p.pool?.id, p.turn, waterTurn.value, about]);
	const older = async () => {
		if (!page?.next) return;
		setBusy(true);
		try {
			const more = await ask(page.next);
			setPage({ rows: [...page.rows, ...more.rows], next: more.next });
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	return (
		<section
			class="stack"
			aria-label={p.pool ? `${t("story.title")}: ${p.pool.name}` : t("story.title")}
		>
			<div class="row row--wrap">
				<h2 class="grow">{t("story.title")}</h2>
				<div class="chips" role="group" aria-label={t("story.filter")}>
					{FILTERS.map((f) => (
						<button
							key={f}
							class="chip"
							type="button"
							aria-pressed={about === f}
							onClick={() => setAbout(f)}
						>
							{f === "" ? t("story.all") : named("about", f)}
						</button>
					))}
				</div>
				{p.pool ? (
					<Take small list="pools/:id/timeline" id={p.pool.id} query={{ about }} />
				) : (
					<Take small list="customers/:id/timeline" id={p.customer} query={{ about }} />
				)}
			</div>
			{fault && <Banner tone="coral">{fault}</Banner>}
			{page && page.rows.length === 0 && <p class="faint">{t("story.none")}</p>}
			<ol class="story">
				{page?.rows.map((e) => (
					<li key={e.id} class="story__line">
						<span class="story__mark">
							<Icon name={iconOf(e.kind)} size="sm" />
						</span>
						<div class="grow">
							<p>
								<b>{e.actor_name || t("story.house")}</b> {sentence(e)}
							</p>
							{quoted(e) && (
								<p class="story__said">
									{e.ref_kind === "reading" ? (
										<Measured text={quoted(e) ?? ""} units={units()} />
									) : (
										quoted(e)
									)}
								</p>
							)}
							{touched(e) && <p class="meta">{touched(e)}</p>}
							{e.ref_kind === "conversation" && (
								<p class="meta row row--wrap">
									{topicOf(e)}
									{e.ref_id && may("message") && (
										<a class="link" href={`/inbox/${e.ref_id}`}>
											{t("story.thread")}
										</a>
									)}
								</p>
							)}
						</div>
						<span class="meta nowrap">
							<Ago at={e.at} />
						</span>
					</li>
				))}
			</ol>
			{page?.next && (
				<div class="more">
					<Button busy={busy} onClick={() => void older()}>
						{t("act.more")}
					</Button>
				</div>
			)}
		</section>
	);
}

/* ---- the tab "Changes" ---- */

const words: Record<string, string> = {
	language: "language",
	relation: "relation",
	audience: "audience",
	volume_source: "source",
	shape: "shape",
	surface: "surface",
	sanitiser: "sanitiser",
	like_days: "weekday",
	not_days: "weekday",
	by_sms: "message",
	by_email: "message",
	by_voice: "message",
};
const kinds: Record<string, string> = { customer: "kind", pool: "water", equipment: "machine" };

/* A value of the log as people read it; what is no word of ours stays as it was typed. */
function said(c: ChangeLine, value: string): string {
	if (value === "") return "–";
	if (/_minute$/.test(c.field) && /^\d+$/.test(value)) return minutes(Number(value));
	if (/_day$/.test(c.field) && /^\d{4}-\d\d-\d\d$/.test(value)) return dayOf(value);
	if (value === "yes" || value === "no") return named("own", value);
	const stem = c.field === "kind" ? kinds[c.on_kind] : words[c.field];
	if (stem)
		return value
			.split(/,\s*/)
			.map((w) => named(stem, w))
			.join(", ");
	if (value.startsWith("[")) return value.replace(/[[\]"]/g, "").replaceAll(",", ", ") || "–";
	return value;
}

export function FieldLog(p: { customer: string; turn: number }) {
	const [page, setPage] = useState<Changes | null>(null);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const ask = (before?: string) =>
		call("GET /api/office/customers/:id/changes", {
			id: p.customer,
			query: { before: before ?? "" },
		});
	// Whatever changes the record adds lines
	useEffect(() => {
		let wanted = true;
		ask().then(
			(x) => wanted && setPage(x),
			(f) => wanted && f instanceof Fault && setFault(f.message),
		);
		return () => {
			wanted = false;
		};
	}, [p.customer, p.turn]);
	const older = async () => {
		if (!page?.next) return;
		setBusy(true);
		try {
			const more = await ask(page.next);
			setPage({ rows: [...page.rows, ...more.rows], next: more.next });
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	return (
		<section class="stack" aria-label={t("changes.title")}>
			<div class="row">
				<p class="muted grow">{t("changes.text")}</p>
				<Take small list="customers/:id/changes" id={p.customer} />
			</div>
			{fault && <Banner tone="coral">{fault}</Banner>}
			{page && page.rows.length === 0 && <p class="faint">{t("changes.none")}</p>}
			<ol class="lines card changes">
				{page?.rows.map((c) => (
					<li key={c.id} class="changes__line">
						<div class="grow">
							<b>{named("field", c.field.startsWith("own") ? "own" : c.field)}</b>{" "}
							<span class="meta">{named("about", c.on_kind)}</span>
							<p>
								{c.was === "" && c.became === "" ? (
									<span class="muted">{t("changes.sealed")}</span>
								) : (
									<>
										<del class="muted">{said(c, c.was)}</del> <Icon name="right" size="sm" />{" "}
										<ins>{said(c, c.became)}</ins>
									</>
								)}
							</p>
						</div>
						<span class="meta changes__who">
							{c.actor_name || t("story.house")}
							<br />
							<Ago at={c.at} />
						</span>
					</li>
				))}
			</ol>
			{page?.next && (
				<div class="more">
					<Button busy={busy} onClick={() => void older()}>
						{t("act.more")}
					</Button>
				</div>
			)}
		</section>
	);
}
