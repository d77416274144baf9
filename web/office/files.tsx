/*
 * Photos and papers of a customer: dropped, chosen or taken with the camera of a phone; looked at, named, put away.
 * What comes in is drawn anew by the house: until it is, its place says so and asks again.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Customer, FilesPage, File as Kept } from "../shared/api";
import { call, Fault, faultText } from "../shared/call";
import { moment } from "../shared/format";
import { Dialog, toast } from "../shared/over";
import { Button, classes, FaultNote, Icon } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { PICTURES, PickFiles, sendFile } from "./pickfiles";
import type { Page } from "./record";

/* What it can hang on: "pool:0abc…", and how that is called. */
interface Owner {
	value: string;
	label: string;
}

function owners(c: Customer): Owner[] {
	const list: Owner[] = [{ value: `customer:${c.id}`, label: c.name }];
	const places = c.properties.filter((x) => !x.archived_at);
	for (const place of places) {
		const where = places.length > 1 ? ` · ${place.street}` : "";
		list.push({
			value: `property:${place.id}`,
			label: place.name || place.street || named("about", "property"),
		});
		for (const pool of place.pools.filter((x) => !x.archived_at)) {
			const water = pool.name || named("water", pool.kind);
			list.push({ value: `pool:${pool.id}`, label: `${water}${where}` });
			for (const e of pool.equipment.filter((x) => !x.archived_at))
				list.push({
					value: `equipment:${e.id}`,
					label: [named("machine", e.kind), [e.make, e.model].filter(Boolean).join(" "), water]
						.filter(Boolean)
						.join(" · "),
				});
		}
	}
	return list;
}

const small = (f: Kept) => `/api/office/files/${f.id}/small`;
const large = (f: Kept) => `/api/office/files/${f.id}`;
const isPaper = (f: Kept) => f.type === "application/pdf";
const titleOf = (f: Kept) => f.name || t(isPaper(f) ? "files.paper" : "files.photo");

/* One that is on its way. */
interface Sending {
	key: number;
	name: string;
	part: number;
	fault: string;
	again: () => void;
}

let counter = 0;

/* on: only what hangs on one record, "equipment:0abc…"; otherwise all that is the customer's. */
export function Files(p: { page: Page; turn: number; edits: boolean; on?: string }) {
	const { customer } = p.page;
	const [page, setPage] = useState<FilesPage | null>(null);
	const [away, setAway] = useState(false);
	const [fault, setFault] = useState("");
	const [busy, setBusy] = useState(false);
	const [sending, setSending] = useState<Sending[]>([]);
	const [over, setOver] = useState(false);
	const [open, setOpen] = useState<string | null>(null);
	const places = owners(customer);
	const usual = places.find((x) => x.value.startsWith("pool:")) ?? places[0];
	const [on, setOn] = useState(p.on ?? usual?.value ?? "");
	/* Of one record beside all of them: a name of its own. */
	const owner = places.find((x) => x.value === p.on)?.label;
	const title = owner ? `${t("files.title")}: ${owner}` : t("files.title");

	const [onKind = "", onId = ""] = (p.on ?? "").split(":");
	const ask = (before = "") =>
		p.on
			? call("GET /api/office/files", {
					query: { on_kind: onKind as Kept["on_kind"], on_id: onId },
				})
			: call("GET /api/office/customers/:id/files", {
					id: customer.id,
					query: { archived: away, before },
				});
	const load = () =>
		ask().then(setPage, (f) => {
			if (f instanceof Fault) setFault(f.message);
		});
	useEffect(() => void load(), [customer.id, away, p.turn, p.on]);
	/* What is still being drawn is asked for again, less and less often. */
	const drawing = page?.rows.some((f) => f.state === "raw") ?? false;
	const tries = useRef(0);
	useEffect(() => {
		if (!drawing) {
			tries.current = 0;
			return;
		}
		if (tries.current > 20) return;
		tries.current += 1;
		const timer = setTimeout(() => void load(), 300 + tries.current * 250);
		return () => clearTimeout(timer);
	}, [page]);

	const send = async (files: Iterable<globalThis.File>) => {
		const [on_kind = "", on_id = ""] = on.split(":");
		for (const file of files) {
			counter += 1;
			const key = counter;
			const mark = (change: Partial<Sending>) =>
				setSending((list) => list.map((s) => (s.key === key ? { ...s, ...change } : s)));
			const go = async () => {
				mark({ part: 0, fault: "" });
				try {
					const made = await sendFile(file, { on_kind, on_id }, (part) => mark({ part }));
					setSending((list) => list.filter((s) => s.key !== key));
					setPage((now) => now && { ...now, rows: [made, ...now.rows] });
				} catch (f) {
					mark({ fault: faultText(f) });
				}
			};
			setSending((list) => [
				...list,
				{ key, name: file.name, part: 0, fault: "", again: () => void go() },
			]);
			await go();
		}
	};
	const change = (f: Kept) =>
		setPage((now) => now && { ...now, rows: now.rows.map((x) => (x.id === f.id ? f : x)) });
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
	const restore = async (f: Kept) => {
		try {
			await call("DELETE /api/office/files/:id/archivings", { id: f.id });
			await load();
			toast(t("files.back"));
		} catch (e) {
			if (e instanceof Fault) setFault(e.message);
		}
	};
	const putAway = async (f: Kept) => {
		setOpen(null);
		try {
			await call("POST /api/office/files/:id/archivings", {
				id: f.id,
				body: { version: f.version },
			});
			setPage((now) => now && { ...now, rows: now.rows.filter((x) => x.id !== f.id) });
			toast(t("files.away.done"), () => void restore(f));
		} catch (e) {
			if (e instanceof Fault) setFault(e.message);
		}
	};
	const rows = page?.rows ?? [];
	const at = rows.findIndex((f) => f.id === open);
	const shown = rows[at];
	const nothing = page !== null && rows.length === 0 && sending.length === 0;
	if (nothing && !p.edits && !away) return null;
	return (
		<section class="stack stack--tight" aria-label={title}>
			<div class="row row--wrap files__head">
				<h2 class="grow">{t("files.title")}</h2>
				{!p.on && (
					<Button kind="quiet" size="sm" icon="box" pressed={away} onClick={() => setAway(!away)}>
						{t("files.away")}
					</Button>
				)}
				{p.edits && !away && (
					<span class="only-phone">
						<PickFiles
							label={t("files.camera")}
							icon="camera"
							accept="image/jpeg"
							camera
							take={(files) => void send(files)}
						/>
					</span>
				)}
				{p.edits && !away && (
					<PickFiles
						label={t("files.add")}
						icon="plus"
						accept={`${PICTURES},application/pdf`}
						take={(files) => void send(files)}
					/>
				)}
			</div>
			<FaultNote text={fault} />
			<div
				role="group"
				aria-label={title}
				class={classes("files", p.edits && !away && "files--takes", over && "files--over")}
				onDragOver={(e) => {
					if (!p.edits || away) return;
					e.preventDefault();
					setOver(true);
				}}
				onDragLeave={() => setOver(false)}
				onDrop={(e) => {
					if (!p.edits || away) return;
					e.preventDefault();
					setOver(false);
					void send([...(e.dataTransfer?.files ?? [])]);
				}}
			>
				{sending.map((s) => (
					<div key={s.key} class="file file--sending">
						{s.fault ? (
							<div class="file__fault" role="alert">
								<span class="clip">{s.name}</span>
								<p>{s.fault}</p>
								<div class="row">
									<Button size="sm" onClick={s.again}>
										{t("act.again")}
									</Button>
									<Button
										size="sm"
										kind="quiet"
										icon="x"
										label={t("act.cancel")}
										onClick={() => setSending((list) => list.filter((x) => x.key !== s.key))}
									/>
								</div>
							</div>
						) : (
							<>
								<span class="clip meta">{s.name}</span>
								<progress
									value={s.part}
									max={1}
									aria-label={t("files.sending", { name: s.name })}
								/>
							</>
						)}
					</div>
				))}
				{rows.map((f) => (
					<Thumb
						key={f.id}
						file={f}
						open={() => setOpen(f.id)}
						away={away}
						restore={() => void restore(f)}
					/>
				))}
				{nothing && (
					<div class="files__none">
						<Icon name={away ? "box" : "camera"} size="lg" />
						<p>{t(away ? "files.away.none" : "files.none")}</p>
					</div>
				)}
			</div>
			{p.edits && !away && !p.on && places.length > 1 && (
				<label class="row row--wrap meta">
					{t("files.on")}
					<select
						class="select select--chip"
						value={on}
						onChange={(e) => setOn(e.currentTarget.value)}
					>
						{places.map((x) => (
							<option key={x.value} value={x.value} selected={x.value === on}>
								{x.label}
							</option>
						))}
					</select>
				</label>
			)}
			{page?.next && (
				<div class="more">
					<Button busy={busy} onClick={() => void older()}>
						{t("act.more")}
					</Button>
				</div>
			)}
			{shown && (
				<Viewer
					key={shown.id}
					file={shown}
					about={
						places.find((x) => x.value === `${shown.on_kind}:${shown.on_id}`)?.label ??
						named("about", shown.on_kind)
					}
					place={rows.length > 1 ? count("files.of", rows.length, { at: at + 1 }) : ""}
					edits={p.edits && !away}
					close={() => setOpen(null)}
					before={rows[at - 1] ? () => setOpen(rows[at - 1]?.id ?? null) : undefined}
					after={rows[at + 1] ? () => setOpen(rows[at + 1]?.id ?? null) : undefined}
					change={change}
					putAway={() => void putAway(shown)}
				/>
			)}
		</section>
	);
}

function Thumb(p: { file: Kept; open: () => void; away: boolean; restore: () => void }) {
	const { file } = p;
	const ready = file.state === "ready";
	return (
		<figure class="file">
			{ready && isPaper(file) ? (
				<a class="file__paper" href={large(file)} download>
					<Icon name="file" size="xl" />
					<span class="meta">PDF</span>
				</a>
			) : ready ? (
				<button
					class="file__photo"
					type="button"
					onClick={p.open}
					aria-label={t("files.open", { name: titleOf(file) })}
				>
					<img src={small(file)} alt="" loading="lazy" decoding="async" width={240} height={180} />
				</button>
			) : (
				<div
					class={classes("file__photo", "file__wait", file.state === "raw" && "file__wait--on")}
					role="status"
				>
					<Icon name={file.state === "raw" ? "clock" : "alert"} size="lg" />
					<span class="meta">{t(file.state === "raw" ? "files.drawing" : "files.refused")}</span>
				</div>
			)}
			<figcaption class="row">
				<span class="clip grow" title={titleOf(file)}>
					{titleOf(file)}
				</span>
				{p.away ? (
					<Button
						kind="quiet"
						size="sm"
						icon="undo"
						label={t("files.restore", { name: titleOf(file) })}
						onClick={p.restore}
					/>
				) : (
					(isPaper(file) || file.state === "refused") && (
						<Button
							kind="quiet"
							size="sm"
							icon="pen"
							label={t("files.edit", { name: titleOf(file) })}
							onClick={p.open}
						/>
					)
				)}
			</figcaption>
		</figure>
	);
}

function Viewer(p: {
	file: Kept;
	about: string;
	place: string;
	edits: boolean;
	close: () => void;
	before: (() => void) | undefined;
	after: (() => void) | undefined;
	change: (f: Kept) => void;
	putAway: () => void;
}) {
	const { file } = p;
	const [name, setName] = useState(file.name);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	// Left and right turn the leaf, but not while something is written
	useEffect(() => {
		const turn = (e: KeyboardEvent) => {
			if ((e.target as Element).tagName === "INPUT") return;
			if (e.key === "ArrowLeft") p.before?.();
			if (e.key === "ArrowRight") p.after?.();
		};
		addEventListener("keydown", turn);
		return () => removeEventListener("keydown", turn);
	}, [p.before, p.after]);
	const save = async (e: Event) => {
		e.preventDefault();
		setBusy(true);
		setFault("");
		try {
			p.change(
				await call("PUT /api/office/files/:id", {
					id: file.id,
					body: { name: name.trim(), version: file.version },
				}),
			);
			toast(t("act.saved"));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	return (
		<Dialog
			title={titleOf(file)}
			wide
			onClose={p.close}
			foot={
				<>
					{p.edits && (
						<Button kind="quiet" icon="box" onClick={p.putAway}>
							{t("act.archive")}
						</Button>
					)}
					<span class="push" />
					{p.place && <span class="meta">{p.place}</span>}
					<Button
						icon="left"
						label={t("files.before")}
						disabled={!p.before}
						onClick={() => p.before?.()}
					/>
					<Button
						icon="right"
						label={t("files.after")}
						disabled={!p.after}
						onClick={() => p.after?.()}
					/>
					<Button kind="primary" autofocus onClick={p.close}>
						{t("act.close")}
					</Button>
				</>
			}
		>
			<div class="viewer">
				{isPaper(file) ? (
					<a class="file__paper viewer__paper" href={large(file)} download>
						<Icon name="file" size="xl" />
						<span>{t("files.download")}</span>
					</a>
				) : file.state === "ready" ? (
					<img
						class="viewer__photo"
						src={large(file)}
						alt={titleOf(file)}
						width={file.width}
						height={file.height}
					/>
				) : (
					<p class="faint">{t("files.refused")}</p>
				)}
				<p class="meta">
					{[
						p.about,
						file.taken_at ? t("files.taken", { at: moment(file.taken_at) }) : "",
						t("files.added", {
							at: moment(file.made_at),
							name: file.staff_name ?? t("story.house"),
						}),
					]
						.filter(Boolean)
						.join(" · ")}
				</p>
				{p.edits && (
					<form class="row" onSubmit={save}>
						<input
							class="input grow"
							aria-label={t("files.caption")}
							placeholder={t("files.caption")}
							value={name}
							maxLength={160}
							onInput={(e) => setName(e.currentTarget.value)}
						/>
						<Button type="submit" busy={busy} disabled={name.trim() === file.name}>
							{t("act.save")}
						</Button>
					</form>
				)}
				<FaultNote text={fault} />
			</div>
		</Dialog>
	);
}
