/* The company's own fields: what it writes down about customers, places, pools, jobs and its people beside what everybody does. */
import { useRef } from "preact/hooks";
import type { FieldLine, FieldNew } from "../shared/api";
import { call } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm } from "../shared/form";
import { toast } from "../shared/over";
import { back, go, type Place, type Screen } from "../shared/router";
import { Badge, Button, Empty, Heading, Icon, Pill } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { asideMenu } from "./aside";
import { Panel } from "./frame";
import { may } from "./me";
import { AreaField, choices, Foot } from "./record";
import { Table } from "./table";
import { Take } from "./taken";

const ON = ["customer", "property", "pool", "workorder", "staff"] as const;
const TYPES = ["text", "number", "day", "choice", "yes_no"] as const;
const ICONS: Record<string, string> = {
	customer: "people",
	property: "pin",
	pool: "drop",
	workorder: "wrench",
	staff: "badge",
};

const lines = (text: string) =>
	[...new Set(text.split("\n").map((x) => x.trim()))].filter(Boolean).map((name) => ({ name }));

function View({ data, at, reload }: { data: FieldLine[]; at: Place; reload: () => Promise<void> }) {
	const open = at.params.id ?? "";
	const edits = may("manage_company");
	const field = data.find((f) => f.id === open);
	const panel = edits && (open === "new" || field !== undefined);
	const close = back("/fields");
	const rows = [...data].sort(
		(a, b) =>
			ON.indexOf(a.on as "customer") - ON.indexOf(b.on as "customer") || a.position - b.position,
	);
	return (
		<>
			<header class="bar">
				<Heading>{t("fields.title")}</Heading>
				<span class="bar__sub bar__sub--far">{count("fields.count", data.length)}</span>
				<span class="push" />
				{data.length > 0 && <Take list="fields" />}
				{edits && (
					<Button kind="primary" icon="plus" href="/fields/new">
						{t("fields.add")}
					</Button>
				)}
			</header>
			<div class={panel ? "split split--open" : "split"}>
				<div class="scroll">
					<div class="tools">
						<p class="muted">{t("fields.text")}</p>
					</div>
					{rows.length === 0 ? (
						<Empty
							icon="list"
							title={t("fields.empty")}
							action={
								edits && (
									<Button kind="primary" icon="plus" href="/fields/new">
										{t("fields.add")}
									</Button>
								)
							}
						>
							{t("fields.empty.text")}
						</Empty>
					) : (
						<Table<FieldLine>
							caption={t("fields.title")}
							rows={rows}
							keyOf={(f) => f.id}
							selected={open}
							{...(edits ? { onOpen: (f: FieldLine) => go(`/fields/${f.id}`) } : {})}
							columns={[
								{
									head: t("field.name"),
									wide: true,
									cell: (f) =>
										edits ? (
											<a class="person" href={`/fields/${f.id}`}>
												<Icon name={ICONS[f.on] ?? "list"} />
												<span>
													<b class="clip">{f.name}</b>
												</span>
											</a>
										) : (
											<b>{f.name}</b>
										),
								},
								{
									head: t("fields.on"),
									tight: true,
									cell: (f) => <Badge>{named("about", f.on)}</Badge>,
								},
								{
									head: t("fields.type"),
									cell: (f) =>
										f.type === "choice"
											? f.options.map((o) => o.name).join(", ")
											: named("fields.type", f.type),
								},
								{
									head: t("leaver.state"),
									tight: true,
									cell: (f) => (f.archived ? <Pill tone="off">{t("fields.archived")}</Pill> : ""),
								},
							]}
						/>
					)}
				</div>
				{panel && <FieldPanel key={open} field={field ?? null} close={close} changed={reload} />}
			</div>
		</>
	);
}

function FieldPanel(p: {
	field: FieldLine | null;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const { field } = p;
	const version = useRef(field?.version ?? 0);
	const form = useForm({
		initial: {
			name: field?.name ?? "",
			on: field?.on ?? "customer",
			type: field?.type ?? "text",
			options: (field?.options ?? []).map((o) => o.name).join("\n"),
			position: String(field?.position ?? 0),
		} as Record<"name" | "on" | "type" | "options" | "position", string>,
		draft: `field-${field?.id ?? "new"}`,
		async send(v, key) {
			const body = {
				name: v.name.trim(),
				options: v.type === "choice" ? lines(v.options) : [],
				position: Number.parseInt(v.position, 10) || 0,
			};
			if (field)
				await call("PUT /api/office/fields/:id", {
					id: field.id,
					body: { ...body, archived: field.archived, version: version.current },
					key,
				});
			else
				await call("POST /api/office/fields", {
					body: { ...body, on: v.on as FieldNew["on"], type: v.type as FieldNew["type"] },
					key,
				});
			await p.changed();
			toast(t("act.saved"));
			p.close();
		},
	});
	const menu = asideMenu({
		thing: field,
		may: true,
		put: (archived, version) => {
			const { id, name, options, position } = field as FieldLine;
			return call("PUT /api/office/fields/:id", {
				id,
				body: { name, options, position, archived, version },
			});
		},
		fail: (message) => form.fail("", message),
		...p,
	});
	return (
		<Panel
			title={field?.name || t("fields.add")}
			close={p.close}
			menu={menu}
			more={t("fields.more")}
		>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<TextField
					form={form}
					name="name"
					label={t("field.name")}
					hint={t("fields.name.hint")}
					maxLength={80}
					required
					autofocus
				/>
				<SelectField
					form={form}
					name="on"
					label={t("fields.on")}
					disabled={field !== null}
					choices={choices("about", ON)}
				/>
				<SelectField
					form={form}
					name="type"
					label={t("fields.type")}
					disabled={field !== null}
					choices={choices("fields.type", TYPES)}
				/>
				{form.values.type === "choice" && (
					<AreaField
						form={form}
						name="options"
						label={t("fields.options")}
						hint={t("fields.options.hint")}
						rows={5}
					/>
				)}
				<TextField
					form={form}
					name="position"
					label={t("fields.position")}
					inputmode="numeric"
					maxLength={4}
				/>
				<Foot busy={form.busy} close={p.close} />
			</form>
		</Panel>
	);
}

const screen: Screen<FieldLine[]> = {
	title: "fields.title",
	load: async () => (await call("GET /api/office/fields")).rows,
	view: View,
};
export default screen;
