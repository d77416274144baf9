/* Lists that came in: a file is sent here, and each one before it can be looked at and taken back. */
import { useRef, useState } from "preact/hooks";
import type { Import, ImportPage } from "../shared/api";
import { call, download, faultText } from "../shared/call";
import { number } from "../shared/format";
import { go, type Screen, type ScreenProps } from "../shared/router";
import { Ago, Badge, Button, Empty, FaultNote, Heading, Icon, type Tone } from "../shared/ui";
import { count, named, t } from "../shared/words";
import "./imports.css";
import { Table } from "./table";
import { Take } from "./taken";

export const TONES: Record<Import["state"], Tone | undefined> = {
	draft: "sun",
	dry: "sun",
	running: "aqua",
	done: "kelp",
	undoing: "aqua",
	undone: "off",
	failed: "coral",
};
export const IMPORT_BYTES = 10 * 1024 * 1024;

/* Sends a file; the page of the new import opens by itself. */
export function useSending() {
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const send = async (file: File | undefined) => {
		if (!file) return;
		setFault("");
		if (file.size > IMPORT_BYTES) {
			setFault(t("imports.large"));
			return;
		}
		setBusy(true);
		try {
			const form = new FormData();
			form.append("file", file, file.name);
			const made = await call("POST /api/office/imports", { body: form });
			go(`/imports/${made.id}`);
		} catch (f) {
			setFault(faultText(f));
		}
		setBusy(false);
	};
	return { busy, fault, send };
}

/* A button that asks for a file. The field itself is out of sight, and out of the tab order: the button opens it. */
export function FileButton(p: {
	label: string;
	busy: boolean;
	kind?: "primary";
	send: (file: File | undefined) => Promise<void>;
}) {
	const field = useRef<HTMLInputElement>(null);
	return (
		<>
			<input
				ref={field}
				class="unseen"
				type="file"
				tabIndex={-1}
				aria-label={p.label}
				accept=".csv,.txt,.tsv,text/csv,text/plain"
				onChange={(e) => {
					const file = e.currentTarget.files?.[0];
					e.currentTarget.value = "";
					void p.send(file);
				}}
			/>
			<Button
				{...(p.kind ? { kind: p.kind } : {})}
				icon={p.kind ? "plus" : "refresh"}
				busy={p.busy}
				onClick={() => field.current?.click()}
			>
				{p.label}
			</Button>
		</>
	);
}

export const sample = () =>
	download("GET /api/office/imports/sample.csv", t("imports.sample.name"));

function View({ data }: ScreenProps<ImportPage>) {
	const { busy, fault, send } = useSending();
	const [more, setMore] = useState<ImportPage | null>(null);
	const [over, setOver] = useState(false);
	const rows = [...data.rows, ...(more?.rows ?? [])];
	const next = more ? more.next : data.next;
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("customers.crumbs")}>
					<a href="/customers">{t("nav.customers")}</a>
					<Icon name="right" size="sm" />
				</nav>
				<Heading>{t("imports.title")}</Heading>
				<span class="push" />
				<Take list="imports" />
				<Button kind="quiet" icon="file" onClick={() => void sample()}>
					{t("imports.sample")}
				</Button>
			</header>
			<div class="scroll">
				<section
					class={over ? "drop drop--over" : "drop"}
					aria-label={t("imports.title")}
					onDragOver={(e) => {
						e.preventDefault();
						setOver(true);
					}}
					onDragLeave={() => setOver(false)}
					onDrop={(e) => {
						e.preventDefault();
						setOver(false);
						void send(e.dataTransfer?.files[0]);
					}}
				>
					<Icon name="people" size="xl" />
					<h2>{t("imports.head")}</h2>
					<p>{t("imports.about")}</p>
					<FileButton kind="primary" label={t("imports.choose")} busy={busy} send={send} />
					<small>{t("imports.limits")}</small>
					<FaultNote text={fault} />
				</section>
				{rows.length === 0 ? (
					<Empty icon="undo" title={t("imports.empty")}>
						{t("imports.empty.text")}
					</Empty>
				) : (
					<>
						<h2 class="imports__past">{t("imports.past")}</h2>
						<Table<Import>
							caption={t("imports.past")}
							rows={rows}
							keyOf={(i) => i.id}
							onOpen={(i) => go(`/imports/${i.id}`)}
							columns={[
								{
									head: t("imports.file"),
									wide: true,
									cell: (i) => (
										<a class="person" href={`/imports/${i.id}`}>
											<Icon name="file" />
											<b class="clip">{i.name || t("imports.nameless")}</b>
										</a>
									),
								},
								{
									head: t("imports.state"),
									tight: true,
									cell: (i) => (
										<Badge {...(TONES[i.state] ? { tone: TONES[i.state] as Tone } : {})}>
											{named("imports.state", i.state)}
										</Badge>
									),
								},
								{
									head: t("imports.rows"),
									tight: true,
									cell: (i) => count("imports.rows", i.total, { n: number(i.total) }),
								},
								{ head: t("imports.by"), desk: true, cell: (i) => i.staff_name },
								{ head: t("imports.when"), tight: true, cell: (i) => <Ago at={i.made_at} /> },
							]}
						/>
					</>
				)}
				{next && (
					<div class="more">
						<Button
							onClick={async () => {
								const page = await call("GET /api/office/imports", { query: { before: next } });
								setMore({ ...page, rows: [...(more?.rows ?? []), ...page.rows] });
							}}
						>
							{t("act.more")}
						</Button>
					</div>
				)}
			</div>
		</>
	);
}

const screen: Screen<ImportPage> = {
	title: "imports.title",
	load: () => call("GET /api/office/imports"),
	view: View,
};
export default screen;
