/* Many customers at once: what is chosen, what would change, and the last changes with their undo. */
import { useEffect, useState } from "preact/hooks";
import type {
	CustomersFilter,
	Edit,
	Edits,
	EditsLine,
	EditUndo,
	EditView,
	EditWish,
} from "../shared/api";
import { call, Fault, faultText } from "../shared/call";
import { Field } from "../shared/form";
import { number } from "../shared/format";
import { toast } from "../shared/over";
import { Ago, Badge, Button, FaultNote, Icon, Skeleton } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { Panel } from "./frame";
import type { Choices } from "./lists";
import { undoSale } from "./sold";
import { Take } from "./taken";

type What = EditWish["what"];
const WHATS = [
	"tag",
	"untag",
	"technician",
	"language",
	"kind",
	"source",
	"archive",
	"restore",
] as const;

/* The words of a value as people read them; a technician's is an id. */
function said(what: string, value: string, choices: Choices): string {
	if (value === "") return "–";
	if (what === "technician")
		return choices.techs.find((x) => x.id === value)?.name ?? t("edits.somebody");
	if (what === "language") return named("language", value);
	if (what === "kind") return named("kind", value);
	if (what === "archive" || what === "restore") return named("edits.archived", value);
	return value;
}

/* What an undo could not take back is said with its names, never silently. */
export function undone(u: EditUndo): string {
	if (u.left === 0) return count("edits.undone", u.undone);
	const names = [...new Set(u.rows.map((r) => r.name))];
	const some = names.slice(0, 3).join(", ");
	return t("edits.undone.some", {
		n: u.undone,
		left: u.left,
		names: names.length > 3 ? t("edits.and.more", { names: some, n: names.length - 3 }) : some,
	});
}

const LOOK_MS = 700;
async function overOf(batch: string): Promise<string> {
	for (let asked = false; ; ) {
		const { line } = await call("GET /api/office/edits/:id", { id: batch });
		if (!going(line)) return line.failed > 0 ? count("edits.left", line.failed) : t("edits.taken");
		if (!asked) toast(t("edits.undoing", { done: number(line.done), total: number(line.total) }));
		asked = true;
		await new Promise((next) => setTimeout(next, LOOK_MS));
	}
}

export async function undo(batch: string, changed: () => Promise<void>): Promise<void> {
	try {
		const u = await call("DELETE /api/office/edits/:id", { id: batch });
		/* A large one is taken back by a job: said when it is true, not when it was asked for. */
		const said = u.running ? await overOf(batch) : undone(u);
		await changed();
		toast(said);
	} catch (f) {
		if (f instanceof Fault) toast(f.message);
	}
}

export function EditPanel(p: {
	ids: string[];
	/* More match than can be named: they are changed by the filters of the list. */
	matching: { filters: CustomersFilter; total: number } | null;
	choices: Choices;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const many = p.matching?.total ?? p.ids.length;
	const [what, setWhat] = useState<What>("tag");
	const [value, setValue] = useState("");
	const [look, setLook] = useState<Edit | null>(null);
	const [fault, setFault] = useState("");
	const [busy, setBusy] = useState(false);
	const [running, setRunning] = useState("");
	const complete =
		what === "archive" ||
		what === "restore" ||
		what === "technician" ||
		what === "source" ||
		value !== "";
	const ask = (dry: boolean) => {
		const wish = {
			what,
			value: what === "technician" || what === "archive" || what === "restore" ? "" : value.trim(),
			tech_id: what === "technician" && value ? value : null,
			dry,
			/* What was shown is what is done. */
			expect: dry || !look ? null : look.changed,
		};
		return p.matching
			? call("POST /api/office/edits/matching", { query: p.matching.filters, body: wish })
			: call("POST /api/office/edits", { body: { ...wish, ids: p.ids.map((id) => ({ id })) } });
	};
	const key = JSON.stringify([what, value, many]);
	// Looked at while it is chosen
	useEffect(() => {
		setFault("");
		if (!complete) {
			setLook(null);
			return;
		}
		let wanted = true;
		const timer = setTimeout(() => {
			ask(true).then(
				(x) => wanted && setLook(x),
				(f) => {
					if (!wanted) return;
					setLook(null);
					if (f instanceof Fault) setFault(f.message);
				},
			);
		}, 250);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [key]);
	const go = async () => {
		setBusy(true);
		setFault("");
		try {
			const done = await ask(false);
			const batch = done.batch_id;
			if (done.running && batch) {
				setRunning(batch);
				setBusy(false);
				return;
			}
			await p.changed();
			toast(
				count("edits.done", done.changed),
				batch ? () => void undo(batch, p.changed) : undefined,
			);
			p.close();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	if (running)
		return (
			<Panel title={count("edits.title", many)} close={p.close}>
				<Running id={running} changed={p.changed} close={p.close} />
			</Panel>
		);
	return (
		<Panel title={count("edits.title", many)} close={p.close}>
			<div class="stack">
				<Field label={t("edits.what")}>
					{(f) => (
						<select
							id={f.id}
							class="select"
							value={what}
							autofocus
							onChange={(e) => {
								setWhat(e.currentTarget.value as What);
								setValue("");
							}}
						>
							{WHATS.map((w) => (
								<option key={w} value={w} selected={w === what}>
									{t(`edits.${w}`)}
								</option>
							))}
						</select>
					)}
				</Field>
				<Value what={what} value={value} choices={p.choices} set={setValue} />
				<FaultNote text={fault} />
				{look && (
					<div class="stack stack--tight" aria-live="polite">
						<p class="row row--wrap">
							<Badge tone="kelp" icon="check">
								{count("edits.change", look.changed)}
							</Badge>
							{look.same > 0 && <Badge>{count("edits.same", look.same)}</Badge>}
							{look.refused > 0 && (
								<Badge tone="sun" icon="alert">
									{count("edits.refused", look.refused)}
								</Badge>
							)}
						</p>
						<ul class="lines card looks">
							{look.rows.slice(0, 50).map((r, i) => (
								<li key={`${r.customer_id}-${i}`} class="looks__line">
									<b class="clip">{r.name}</b>
									{r.changes ? (
										what === "tag" || what === "untag" ? (
											<span class="meta">{r.was || t("edits.no.tags")}</span>
										) : (
											<span class="meta">
												{said(what, r.was, p.choices)} <Icon name="right" size="sm" />{" "}
												{said(what, r.becomes, p.choices)}
											</span>
										)
									) : (
										<span class="meta looks__no">{r.problem}</span>
									)}
								</li>
							))}
						</ul>
						{look.changed + look.refused > 50 && (
							<p class="meta">{t("edits.more", { n: look.changed + look.refused - 50 })}</p>
						)}
					</div>
				)}
				<div class="row">
					<Button
						kind="primary"
						busy={busy}
						disabled={!look || look.changed === 0}
						onClick={() => void go()}
					>
						{look && look.changed > 0 ? count("edits.go", look.changed) : t("edits.go.none")}
					</Button>
					<Button kind="quiet" onClick={p.close}>
						{t("act.cancel")}
					</Button>
				</div>
				<p class="meta">{t("edits.hint")}</p>
			</div>
		</Panel>
	);
}

/* Asked again until it is over; it goes on if nobody looks. */
function useProgress(id: string, over: () => void): [EditView | null, string, () => void] {
	const [view, setView] = useState<EditView | null>(null);
	const [fault, setFault] = useState("");
	const [again, setAgain] = useState(0);
	useEffect(() => {
		let wanted = true;
		let timer = 0;
		const look = async () => {
			try {
				const v = await call("GET /api/office/edits/:id", { id });
				if (!wanted) return;
				setFault("");
				setView(v);
				if (going(v.line)) timer = window.setTimeout(look, 700);
				else over();
			} catch (f) {
				if (!wanted) return;
				setFault(faultText(f));
				timer = window.setTimeout(look, 3000);
			}
		};
		void look();
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [id, again]);
	return [view, fault, () => setAgain(again + 1)];
}
const going = (l: EditsLine) => l.state === "running" || l.state === "undoing";

function Bar(p: { line: EditsLine }) {
	const label = t(p.line.state === "undoing" ? "edits.undoing" : "edits.running", {
		done: number(p.line.done),
		total: number(p.line.total),
	});
	return (
		<>
			<progress class="progress" max={p.line.total || 1} value={p.line.done} aria-label={label} />
			<p class="meta" role="status">
				{label}
			</p>
		</>
	);
}

/* A big one on its way: how far, what was refused, and the way back at any moment. */
function Running(p: { id: string; changed: () => Promise<void>; close: () => void }) {
	const [view, fault, again] = useProgress(p.id, () => void p.changed());
	const [failed, setFailed] = useState("");
	const back = async () => {
		try {
			await call("DELETE /api/office/edits/:id", { id: p.id });
			again();
		} catch (f) {
			if (f instanceof Fault) setFailed(f.message);
		}
	};
	const trouble = failed || fault;
	return (
		<div class="stack">
			<FaultNote text={trouble} />
			{!view && !trouble && <Skeleton lines={2} />}
			{view && going(view.line) && <Bar line={view.line} />}
			{view?.line.state === "done" && (
				<Badge tone="kelp" icon="check">
					{count("edits.done", view.line.total - view.line.failed)}
				</Badge>
			)}
			{view?.line.state === "undone" && (
				<Badge tone="kelp" icon="undo">
					{view.line.failed > 0 ? count("edits.left", view.line.failed) : t("edits.taken")}
				</Badge>
			)}
			{view && view.rows.length > 0 && !going(view.line) && (
				<ul class="lines card looks">
					{view.rows.map((r, i) => (
						<li key={`${r.customer_id}-${i}`} class="looks__line">
							<b class="clip">{r.name}</b>
							<span class="meta looks__no">{r.problem || t("edits.stays")}</span>
						</li>
					))}
				</ul>
			)}
			<div class="row">
				<Button kind="primary" onClick={p.close}>
					{t("act.close")}
				</Button>
				{view && (view.line.state === "running" || view.line.state === "done") && (
					<Button icon="undo" onClick={() => void back()}>
						{t("toast.undo")}
					</Button>
				)}
			</div>
			{view && going(view.line) && <p class="meta">{t("edits.goes.on")}</p>}
		</div>
	);
}

function Value(p: { what: What; value: string; choices: Choices; set: (v: string) => void }) {
	const pick = (label: string, any: string | null, of: { value: string; label: string }[]) => (
		<Field label={label}>
			{(f) => (
				<select
					id={f.id}
					class="select"
					value={p.value}
					onChange={(e) => p.set(e.currentTarget.value)}
				>
					<option value="">{any ?? t("edits.choose")}</option>
					{of.map((x) => (
						<option key={x.value} value={x.value} selected={x.value === p.value}>
							{x.label}
						</option>
					))}
				</select>
			)}
		</Field>
	);
	switch (p.what) {
		case "tag":
		case "source":
			return (
				<Field label={t(p.what === "tag" ? "edits.tag.label" : "field.source")}>
					{(f) => (
						<>
							<input
								id={f.id}
								class="input"
								value={p.value}
								maxLength={40}
								list={p.what === "tag" ? `${f.id}-tags` : undefined}
								onInput={(e) => p.set(e.currentTarget.value)}
							/>
							{p.what === "tag" && (
								<datalist id={`${f.id}-tags`}>
									{p.choices.tags.map((x) => (
										<option key={x.tag} value={x.tag} />
									))}
								</datalist>
							)}
						</>
					)}
				</Field>
			);
		case "untag":
			return pick(
				t("edits.tag.label"),
				null,
				p.choices.tags.map((x) => ({ value: x.tag, label: x.tag })),
			);
		case "technician":
			return pick(
				t("lists.tech"),
				t("edits.nobody"),
				p.choices.techs.map((x) => ({ value: x.id, label: x.name })),
			);
		case "language":
			return pick(
				t("field.language"),
				null,
				["en", "es"].map((value) => ({ value, label: named("language", value) })),
			);
		case "kind":
			return pick(
				t("field.kind"),
				null,
				["person", "business"].map((value) => ({ value, label: named("kind", value) })),
			);
		default:
			return null;
	}
}

/* The last ones, each with its undo. */
export function EditsPanel(p: {
	choices: Choices;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const [page, setPage] = useState<Edits | null>(null);
	const [fault, setFault] = useState("");
	const [running, setRunning] = useState("");
	const load = (before = "") =>
		call("GET /api/office/edits", { query: { before } }).then(
			(x) =>
				setPage((now) => (before && now ? { rows: [...now.rows, ...x.rows], next: x.next } : x)),
			(f) => f instanceof Fault && setFault(f.message),
		);
	useEffect(() => void load(), []);
	const back = async (id: string, what: EditsLine["what"]) => {
		try {
			if (what === "sale") {
				await undoSale(id);
			} else if (what === "merge") {
				const u = await call("DELETE /api/office/merges/:id", { id });
				toast(u.left === 0 ? t("merge.undone") : count("merge.undone.some", u.left));
			} else {
				const u = await call("DELETE /api/office/edits/:id", { id });
				if (u.running) {
					setRunning(id);
					return;
				}
				toast(undone(u));
			}
			await p.changed();
			await load();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	if (running)
		return (
			<Panel title={t("edits.last")} close={p.close}>
				<Running
					id={running}
					changed={p.changed}
					close={() => {
						setRunning("");
						void load();
					}}
				/>
			</Panel>
		);
	return (
		<Panel title={t("edits.last")} close={p.close}>
			<FaultNote text={fault} />
			{!page && !fault && <Skeleton lines={3} />}
			{page?.rows.length === 0 && <p class="faint">{t("edits.last.none")}</p>}
			{page && page.rows.length > 0 && (
				<div class="row">
					<span class="push" />
					<Take small list="edits" />
				</div>
			)}
			<ul class="lines card looks">
				{page?.rows.map((b) => (
					<li key={b.id} class="looks__line looks__line--act">
						<div class="grow">
							<b>{t(`edits.${b.what}`)}</b>{" "}
							{b.what === "merge" || b.what === "sale" ? (
								<span>{b.value}</span>
							) : (
								b.value &&
								b.what !== "archive" &&
								b.what !== "restore" && <span>{said(b.what, b.value, p.choices)}</span>
							)}
							<p class="meta">
								{b.what !== "merge" &&
									b.what !== "sale" &&
									`${count("customers.count", b.total)} · `}
								{b.staff_name ?? t("story.house")} · <Ago at={b.made_at} />
							</p>
							{b.undone_at && !going(b) && (
								<p class="meta">
									{b.failed > 0 ? count("edits.left", b.failed) : t("edits.taken")}
								</p>
							)}
						</div>
						{going(b) && (
							<Button size="sm" onClick={() => setRunning(b.id)}>
								{t("edits.look", { part: Math.floor((100 * b.done) / (b.total || 1)) })}
							</Button>
						)}
						{!b.undone_at && !going(b) && (
							<Button size="sm" icon="undo" onClick={() => void back(b.id, b.what)}>
								{t("toast.undo")}
							</Button>
						)}
					</li>
				))}
			</ul>
			{page?.next && (
				<div class="more">
					<Button onClick={() => void load(page.next ?? "")}>{t("act.more")}</Button>
				</div>
			)}
		</Panel>
	);
}
