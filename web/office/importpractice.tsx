/* The practice: what would become of each row, and the few questions that only a person can answer. */
import { useEffect, useState } from "preact/hooks";
import type { Customer, Import, ImportAnswered, ImportColumnView, ImportLine } from "../shared/api";
import { call, download, faultText } from "../shared/call";
import { number, phone, volume } from "../shared/format";
import { toast } from "../shared/over";
import { Button, FaultNote, Icon, Kbd, Segments } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { Menu } from "./menu";
import { Table } from "./table";

type Filter = "" | "ask" | "wrong" | "change" | "create" | "skip";
const PARTS = [
	["add", "create"],
	["update", "change"],
	["same", "skip"],
	["ask", "ask"],
	["cannot", "wrong"],
] as const;
const MARKS: Record<string, [string, string]> = {
	create: ["add", "plus"],
	change: ["update", "pen"],
	skip: ["same", "check"],
	ask: ["ask", "alert"],
	wrong: ["cannot", "x"],
	made: ["add", "plus"],
	done: ["update", "pen"],
};

/* How much of each: a bar for the eye, a list for everybody. */
export function Counts(p: { one: Import }) {
	const { one } = p;
	const over = one.state === "done";
	const of = {
		add: over ? one.made : one.create,
		update: over ? one.changed : one.change,
		same: one.skip,
		ask: one.ask,
		cannot: one.wrong,
	};
	const total = Math.max(1, one.total);
	let x = 0;
	return (
		<>
			<svg class="meter" viewBox="0 0 1000 9" preserveAspectRatio="none" aria-hidden="true">
				{PARTS.map(([name]) => {
					const width = (of[name] / total) * 1000;
					const at = x;
					x += width;
					return <rect key={name} class={`meter__${name}`} x={at} y="0" width={width} height="9" />;
				})}
			</svg>
			<ul class="legend">
				{PARTS.filter(([name]) => of[name] > 0).map(([name]) => (
					<li key={name}>
						<i class={`legend__${name}`} aria-hidden="true" />
						<b>{number(of[name])}</b> {named(over ? "imports.was" : "imports.will", name)}
					</li>
				))}
			</ul>
		</>
	);
}

export function Practice(p: {
	one: Import;
	columns: ImportColumnView[];
	changed: (one: Import) => void;
	busy: boolean;
	start: () => void;
}) {
	const { one } = p;
	const [filter, setFilter] = useState<Filter>("");
	const [rows, setRows] = useState<ImportLine[] | null>(null);
	const [next, setNext] = useState(0);
	const [fault, setFault] = useState("");
	const ready = one.create + one.change + one.skip;
	const coming = one.create + one.change;

	const load = async (after: number) => {
		try {
			const page = await call("GET /api/office/imports/:id/rows", {
				id: one.id,
				query: { state: filter, after },
			});
			setRows((was) => (after ? [...(was ?? []), ...page.rows] : page.rows));
			setNext(page.next);
		} catch (f) {
			setFault(faultText(f));
		}
	};
	// Again after each answer: rows move from one heap to another
	useEffect(() => void load(0), [filter, one.version]);
	const filters: { value: Filter; label: string }[] = [
		{ value: "", label: `${t("imports.filter.all")} ${number(one.total)}` },
		...(["ask", "wrong", "change", "create", "skip"] as const)
			.filter((s) => one[s] > 0)
			.map((s) => ({ value: s, label: `${named("imports.filter", s)} ${number(one[s])}` })),
	];
	return (
		<div class="imp">
			<div class="imp__list">
				<div class="imp__sum">
					<h2>
						{[
							count("imports.ready", ready, { n: number(ready) }),
							one.ask > 0 && count("imports.asks", one.ask, { n: number(one.ask) }),
							one.wrong > 0 && count("imports.cannot", one.wrong, { n: number(one.wrong) }),
						]
							.filter(Boolean)
							.join(" ")}
					</h2>
					<Counts one={one} />
					<p class="meta">
						{t("imports.then", {
							customers: count("customers.count", one.customers),
							places: count("imports.places", one.properties),
							pools: count("imports.pools", one.pools),
						})}
					</p>
				</div>
				<div class="tools">
					<Segments
						label={t("imports.filter")}
						value={filter}
						choices={filters}
						onChange={setFilter}
					/>
					<span class="push" />
					{one.odd > 0 && (
						<Button
							size="sm"
							icon="download"
							onClick={() =>
								void download(
									"GET /api/office/imports/:id/problems.csv",
									t("imports.problems.name"),
									{},
									one.id,
								).then(() => toast(t("imports.problems.taken")))
							}
						>
							{count("imports.problems", one.odd, { n: number(one.odd) })}
						</Button>
					)}
				</div>
				{/* Rows hold nothing to stop at: the list itself is what arrow keys scroll. */}
				{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls can be reached by keys */}
				<section class="scroll" tabIndex={0} aria-label={t("imports.rows")}>
					<FaultNote text={fault} />
					{rows && <Rows rows={rows} />}
					{next > 0 && (
						<div class="more">
							<Button onClick={() => void load(next)}>{t("act.more")}</Button>
						</div>
					)}
				</section>
			</div>
			<aside class="imp__side" aria-label={t("imports.questions")}>
				<div class="imp__told">
					{one.ask > 0 && <Asks one={one} changed={p.changed} />}
					<section class="stack stack--tight">
						<div class="row">
							<h3>{t("imports.mapped")}</h3>
							<span class="push" />
							<Button kind="quiet" size="sm" href={`/imports/${one.id}?step=columns`}>
								{t("imports.change")}
							</Button>
						</div>
						<div class="mapped">
							{p.columns.map((c, i) => (
								<Mapped key={i} column={c} n={i + 1} />
							))}
						</div>
					</section>
					<section class="stack stack--tight">
						<h3>{t("imports.never")}</h3>
						<ul class="never">
							<li>
								<Icon name="mail" size="sm" />
								{t("imports.never.mail")}
							</li>
							<li>
								<Icon name="note" size="sm" />
								{t("imports.never.work")}
							</li>
							<li>
								<Icon name="lock" size="sm" />
								{t("imports.never.codes")}
							</li>
						</ul>
					</section>
				</div>
				<div class="imp__foot">
					<Button
						kind="primary"
						size="lg"
						block
						busy={p.busy}
						disabled={coming === 0}
						onClick={p.start}
					>
						{coming === 0
							? t("imports.go.none")
							: count("imports.go", coming, { n: number(coming) })}
					</Button>
					<p>
						<Icon name="undo" size="sm" />
						{t(one.ask > 0 ? "imports.go.asks" : "imports.go.text")}
					</p>
				</div>
			</aside>
		</div>
	);
}

function Mapped(p: { column: ImportColumnView; n: number }) {
	const { field, header } = p.column;
	return (
		<>
			<code title={header}>{header || t("imports.headless", { n: p.n })}</code>
			<Icon name="right" size="sm" />
			<span class={field === "nothing" ? "faint" : undefined}>{named("imports.field", field)}</span>
		</>
	);
}

const pool = (l: ImportLine) =>
	!l.seen.pool
		? ""
		: [
				l.seen.volume_l === null ? named("pool.kind", l.seen.pool_kind) : volume(l.seen.volume_l),
				l.seen.surface !== "unknown" && named("surface", l.seen.surface).toLowerCase(),
			]
				.filter(Boolean)
				.join(", ");

function Rows(p: { rows: ImportLine[] }) {
	return (
		<Table<ImportLine>
			caption={t("imports.practice")}
			rows={p.rows}
			keyOf={(l) => l.n}
			columns={[
				{ head: t("imports.row"), tight: true, cell: (l) => <span class="faint">{l.n}</span> },
				{
					head: t("imports.wills"),
					tight: true,
					cell: (l) => {
						const [mark, icon] = MARKS[l.state] ?? ["left", "skip"];
						return (
							<span class={`will will--${mark}`}>
								<Icon name={icon} size="sm" />
								{named("imports.will", mark)}
							</span>
						);
					},
				},
				{
					head: t("imports.customer"),
					wide: true,
					cell: (l) => (
						<span class="person">
							<span>
								<b>{l.seen.name || "–"}</b>
								<small class="clip">
									{[l.seen.email, l.seen.phone && phone(l.seen.phone)].filter(Boolean).join(" · ")}
								</small>
							</span>
						</span>
					),
				},
				{
					head: t("customers.address"),
					cell: (l) => [l.seen.street, l.seen.city].filter(Boolean).join(", "),
				},
				{
					head: t("pool.title"),
					cell: (l) => (
						<>
							{pool(l)}
							{l.seen.gate && (
								<small class="meta">
									<Icon name="lock" size="sm" /> {t("imports.gate")}
								</small>
							)}
						</>
					),
				},
				{ head: t("imports.note"), cell: (l) => <Note line={l} /> },
			]}
		/>
	);
}

const said = (field: string, text: string) => (field === "volume_l" ? volume(Number(text)) : text);

function Note(p: { line: ImportLine }) {
	const l = p.line;
	return (
		<div class="imp__note">
			{l.problem && <p>{l.problem}</p>}
			{l.state === "ask" && (
				<p>
					{t("imports.like", {
						name: l.seen.other,
						what: l.seen.by.map((b) => named("imports.by", b)).join(", "),
					})}
				</p>
			)}
			{l.follows > 0 && <p>{t("imports.follows", { n: l.follows })}</p>}
			{l.state === "skip" && <p>{t("imports.same", { name: l.seen.other })}</p>}
			{l.seen.changes.length > 0 && l.state !== "skip" && (
				<ul class="rewrites">
					{l.seen.changes.map((c, i) => (
						<li key={i}>
							{named("imports.change", c.field)}: {c.was && <del>{said(c.field, c.was)}</del>}{" "}
							<ins>{said(c.field, c.became)}</ins>
						</li>
					))}
				</ul>
			)}
		</div>
	);
}

/* One question at a time, answered by a key. */
function Asks(p: { one: Import; changed: (one: Import) => void }) {
	const { one } = p;
	const [asking, setAsking] = useState<ImportLine[]>([]);
	const [here, setHere] = useState<Customer | null>(null);
	const [all, setAll] = useState(one.ask);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const line = asking[0];

	const load = async () => {
		const page = await call("GET /api/office/imports/:id/rows", {
			id: one.id,
			query: { state: "ask" },
		});
		setAsking(page.rows);
	};
	// Once, and whenever the heap runs out
	useEffect(() => {
		setAll(Math.max(all, one.ask));
		if (!asking.some((l) => l.n === line?.n) || asking.length === 0) void load();
	}, [one.version]);
	useEffect(() => {
		setHere(null);
		if (line?.seen.asks)
			void call("GET /api/office/customers/:id", { id: line.seen.asks }).then(setHere, () => {});
	}, [line?.n]);

	const answer = async (rows: ImportAnswered[]) => {
		setBusy(true);
		setFault("");
		try {
			const now = await call("POST /api/office/imports/:id/answers", {
				id: one.id,
				body: { rows },
			});
			const said = new Set(rows.map((r) => r.n));
			setAsking(asking.filter((l) => !said.has(l.n)));
			p.changed(now);
		} catch (f) {
			setFault(faultText(f));
		}
		setBusy(false);
	};
	const one_by = (how: ImportAnswered["answer"]) => {
		if (line && !busy) void answer([{ n: line.n, answer: how }]);
	};
	/* All that still ask, however many there are. */
	const rest = async (how: ImportAnswered["answer"]) => {
		for (;;) {
			const page = await call("GET /api/office/imports/:id/rows", {
				id: one.id,
				query: { state: "ask" },
			});
			if (page.rows.length === 0) break;
			await answer(page.rows.map((l) => ({ n: l.n, answer: how })));
		}
	};
	useEffect(() => {
		const onKey = (e: KeyboardEvent) => {
			if (e.metaKey || e.ctrlKey || e.altKey || document.querySelector("dialog[open]")) return;
			if ((e.target as Element).closest?.("input, select, textarea")) return;
			const how = { 1: "same", 2: "two", 3: "skip" }[e.key] as ImportAnswered["answer"] | undefined;
			if (how) one_by(how);
		};
		addEventListener("keydown", onKey);
		return () => removeEventListener("keydown", onKey);
	});
	if (!line) return null;
	const first = here?.properties[0];
	const facts: [string, string, string][] = [
		[t("field.name"), line.seen.name, here?.name ?? line.seen.other],
		[
			t("field.phone"),
			line.seen.phone && phone(line.seen.phone),
			here?.contacts.map((k) => k.phone && phone(k.phone)).find(Boolean) ?? "",
		],
		[t("field.email"), line.seen.email, here?.email ?? ""],
		[
			t("customers.address"),
			[line.seen.street, line.seen.city].filter(Boolean).join(", "),
			[first?.street, first?.city].filter(Boolean).join(", "),
		],
		[t("pool.title"), pool(line), first?.pools[0]?.volume_l ? volume(first.pools[0].volume_l) : ""],
	];
	return (
		<section class="dup" aria-label={t("imports.ask", { n: line.n })}>
			<div class="dup__head">
				<Icon name="swap" />
				{t("imports.ask", { n: line.n })}
				<span class="push">{t("imports.ask.of", { n: all - one.ask + 1, all })}</span>
				<Menu
					label={t("imports.ask.rest")}
					items={(["same", "two", "skip"] as const).map((how) => ({
						label: count(`imports.rest.${how}`, one.ask),
						act: () => void rest(how),
					}))}
				/>
			</div>
			<table>
				<thead>
					<tr>
						<td />
						<th scope="col">{t("imports.ask.file")}</th>
						<th scope="col">{t("imports.ask.here")}</th>
					</tr>
				</thead>
				<tbody>
					{facts.map(([name, theirs, ours]) => (
						<tr key={name}>
							<th scope="row">{name}</th>
							<td data-differs={theirs !== ours || undefined}>
								<span>{theirs || "–"}</span>
							</td>
							<td data-differs={theirs !== ours || undefined}>
								<span>{ours || "–"}</span>
							</td>
						</tr>
					))}
				</tbody>
			</table>
			<FaultNote text={fault} />
			<div class="dup__acts">
				<Button kind="primary" onClick={() => one_by("same")}>
					{t("imports.answer.same")} <Kbd>1</Kbd>
				</Button>
				<Button onClick={() => one_by("two")}>
					{t("imports.answer.two")} <Kbd>2</Kbd>
				</Button>
				<Button kind="quiet" onClick={() => one_by("skip")}>
					{t("imports.answer.skip")} <Kbd>3</Kbd>
				</Button>
			</div>
		</section>
	);
}
