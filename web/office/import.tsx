/* One list on its way in: columns, practice, questions, progress, result, undo. */
import { useEffect, useState } from "preact/hooks";
import type { Import, ImportColumnView } from "../shared/api";
import { call, download, Fault, faultText } from "../shared/call";
import { number } from "../shared/format";
import { toast } from "../shared/over";
import { go, type Screen, type ScreenProps } from "../shared/router";
import { Badge, Banner, Button, Heading, Icon, type Tone } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { Columns } from "./importcolumns";
import { Counts, Practice } from "./importpractice";
import { FileButton, TONES, useSending } from "./imports";
import "./imports.css";

interface Data {
	one: Import;
	columns: ImportColumnView[];
}

const under_way = (i: Import) =>
	(i.state === "dry" && i.done < i.total) || i.state === "running" || i.state === "undoing";

function View({ data, at }: ScreenProps<Data>) {
	const [one, setOne] = useState(data.one);
	const [columns, setColumns] = useState(data.columns);
	const [fault, setFault] = useState("");
	const [busy, setBusy] = useState("");
	const sending = useSending();
	const id = at.params.id ?? "";
	const mapping = one.state === "draft" || at.query.get("step") === "columns";

	const again = async () => setOne(await call("GET /api/office/imports/:id", { id }));
	// Asks while something is under way; a lost answer is asked again
	useEffect(() => {
		if (!under_way(one)) return;
		const timer = setTimeout(() => again().catch(() => setOne({ ...one })), 700);
		return () => clearTimeout(timer);
	}, [one]);
	const during = async (what: string, act: () => Promise<Import | undefined>) => {
		setBusy(what);
		setFault("");
		try {
			const now = await act();
			if (now) setOne(now);
		} catch (f) {
			setFault(faultText(f));
			if (f instanceof Fault && f.code === "stale") await again();
		}
		setBusy("");
	};
	const undo = () =>
		during("undo", () =>
			call("POST /api/office/imports/:id/undoings", { id, body: { version: one.version } }),
		);
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("customers.crumbs")}>
					<a href="/imports">{t("imports.title")}</a>
					<Icon name="right" size="sm" />
				</nav>
				<Heading>{one.name || t("imports.nameless")}</Heading>
				<Badge
					{...(TONES[one.state] ? { tone: TONES[one.state] as Tone } : {})}
					{...(one.state === "draft" || one.state === "dry" ? { icon: "eye" } : {})}
				>
					{one.state === "draft" || one.state === "dry"
						? t("imports.practice")
						: named("imports.state", one.state)}
				</Badge>
				<span class="push" />
				<span class="bar__sub imp__rows">
					{count("imports.rows", one.total, { n: number(one.total) })}
				</span>
				{(one.state === "draft" || one.state === "dry") && (
					<FileButton label={t("imports.another")} busy={sending.busy} send={sending.send} />
				)}
			</header>
			{(fault || sending.fault) && (
				<div class="notice">
					<Banner tone="coral" alert>
						{fault || sending.fault}
					</Banner>
				</div>
			)}
			{mapping && one.file ? (
				<Columns
					one={one}
					columns={columns}
					busy={busy === "map"}
					send={(wish) =>
						during("map", async () => {
							const now = await call("PUT /api/office/imports/:id", { id, body: wish });
							setColumns(
								columns.map((c, i) => ({ ...c, field: wish.columns[i]?.field ?? c.field })),
							);
							go(`/imports/${id}`, true);
							return now;
						})
					}
				/>
			) : under_way(one) ? (
				<UnderWay one={one} busy={busy === "undo"} undo={undo} />
			) : one.state === "dry" ? (
				<Practice
					one={one}
					columns={columns}
					changed={setOne}
					busy={busy === "start"}
					start={() =>
						during("start", () =>
							call("POST /api/office/imports/:id/starts", { id, body: { version: one.version } }),
						)
					}
				/>
			) : (
				<Over one={one} busy={busy === "undo"} undo={undo} />
			)}
		</>
	);
}

function UnderWay(p: { one: Import; busy: boolean; undo: () => void }) {
	const { one } = p;
	return (
		<div class="scroll">
			<section class="way-through" aria-live="polite">
				<Icon name={one.state === "undoing" ? "undo" : "people"} size="xl" />
				<h2>{named("imports.doing", one.state)}</h2>
				<progress
					class="progress"
					value={one.done}
					max={one.total}
					aria-label={named("imports.doing", one.state)}
				/>
				<p class="muted">
					{t("imports.progress", { done: number(one.done), total: number(one.total) })}
				</p>
				<p class="meta">{t("imports.leave")}</p>
				{one.state === "running" && (
					<Button kind="quiet" icon="undo" busy={p.busy} onClick={p.undo}>
						{t("imports.stop")}
					</Button>
				)}
			</section>
		</div>
	);
}

const problems = (one: Import) =>
	void download(
		"GET /api/office/imports/:id/problems.csv",
		t("imports.problems.name"),
		{},
		one.id,
	).then(() => toast(t("imports.problems.taken")));

function Over(p: { one: Import; busy: boolean; undo: () => void }) {
	const { one } = p;
	const days = one.undo_until
		? Math.max(1, Math.ceil((one.undo_until - Date.now() / 1000) / 86400))
		: 0;
	return (
		<div class="scroll">
			<section class="way-through">
				<Icon
					name={one.state === "done" ? "done" : one.state === "undone" ? "undo" : "alert"}
					size="xl"
				/>
				<h2>
					{one.state === "done"
						? count("imports.done", one.made, { n: number(one.made) })
						: one.state === "undone"
							? count("imports.undone", one.removed, { n: number(one.removed) })
							: t(one.why ? "imports.failed" : "imports.dropped")}
				</h2>
				{one.why && <p class="muted">{one.why}</p>}
				{one.state === "done" && <Counts one={one} />}
				{one.state === "undone" && one.kept > 0 && (
					<p class="muted">{count("imports.kept", one.kept, { n: number(one.kept) })}</p>
				)}
				{one.state === "done" && (
					<Button kind="primary" icon="people" href="/customers?sort=newest">
						{t("imports.see")}
					</Button>
				)}
				{one.odd > 0 && one.file && one.state === "done" && (
					<Button icon="download" onClick={() => problems(one)}>
						{count("imports.problems", one.odd, { n: number(one.odd) })}
					</Button>
				)}
				{one.undo_until && (
					<>
						<Button kind="quiet" icon="undo" busy={p.busy} onClick={p.undo}>
							{t("imports.undo")}
						</Button>
						<p class="meta">{count("imports.undo.days", days)}</p>
					</>
				)}
				{one.state !== "done" && (
					<Button href="/imports" icon="left">
						{t("imports.back")}
					</Button>
				)}
			</section>
		</div>
	);
}

const screen: Screen<Data> = {
	title: "imports.title",
	key: (at) => at.params.id ?? "",
	async load(at) {
		const id = at.params.id ?? "";
		const one = await call("GET /api/office/imports/:id", { id });
		const open = one.file && (one.state === "draft" || one.state === "dry");
		const columns = open ? (await call("GET /api/office/imports/:id/columns", { id })).rows : [];
		return { one, columns };
	},
	view: View,
};
export default screen;
