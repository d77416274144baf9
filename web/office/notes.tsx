/* The notes on a record: what technicians read at the gate stands apart from what stays in the office. */
import type { Note } from "../shared/api";
import { call } from "../shared/call";
import { SelectField } from "../shared/form";
import { Ago, Badge, Button, Icon } from "../shared/ui";
import { named, t } from "../shared/words";
import { EditPanel, useRemoval } from "./panel";
import { AreaField, CheckField, choices, type Page, useRecord, yes } from "./record";

export function Notes(p: { page: Page; edits: boolean }) {
	return (
		<div class="notes">
			{(["technicians", "office"] as const).map((who) => {
				const notes = p.page.customer.notes
					.filter((n) => n.audience === who)
					.sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.made_at - a.made_at);
				return (
					<section key={who} class="card" aria-label={t(`note.${who}`)}>
						<div class="card__head">
							<Icon name={who === "technicians" ? "truck" : "building"} />
							<h3 class="grow">{t(`note.${who}`)}</h3>
							{p.edits && (
								<Button
									kind="quiet"
									size="sm"
									icon="plus"
									label={t(`note.add.${who}`)}
									onClick={() => p.page.edit(`note-new:${who}`)}
								/>
							)}
						</div>
						<div class="card__body">
							{notes.length === 0 && <p class="faint">{t(`note.none.${who}`)}</p>}
							<ul class="lines">
								{notes.map((n) => (
									<li key={n.id} class="thing">
										<div class="grow">
											<p class="lines-kept">{n.body}</p>
											<p class="meta">
												{n.pinned && <Badge icon="pin">{t("note.pinned")}</Badge>}{" "}
												{n.on_kind !== "customer" && `${about(p.page, n)} · `}
												{n.staff_name && `${n.staff_name} · `}
												<Ago at={n.made_at} />
											</p>
										</div>
										{p.edits && (
											<Button
												kind="quiet"
												size="sm"
												icon="pen"
												label={t("note.edit")}
												onClick={() => p.page.edit(`note:${n.id}`)}
											/>
										)}
									</li>
								))}
							</ul>
						</div>
					</section>
				);
			})}
		</div>
	);
}

/* What a note is on, by the name that people know. */
function about(page: Page, n: Note): string {
	return places(page).find((o) => o.value === `${n.on_kind}:${n.on_id}`)?.label ?? "";
}
function places(page: Page) {
	const c = page.customer;
	return [
		{ value: `customer:${c.id}`, label: c.name },
		...c.properties.flatMap((x) => [
			{ value: `property:${x.id}`, label: x.street || x.name },
			...x.pools.flatMap((w) => [
				{ value: `pool:${w.id}`, label: w.name || named("water", w.kind) },
				...w.equipment.map((e) => ({
					value: `equipment:${e.id}`,
					label: [named("machine", e.kind), e.make].filter(Boolean).join(" "),
				})),
			]),
		]),
	];
}

export function NotePanel(p: { page: Page; id?: string; audience?: string }) {
	const { page } = p;
	const note = page.customer.notes.find((n) => n.id === p.id);
	const form = useRecord({
		page,
		draft: `note.${p.id ?? page.customer.id}`,
		blank: {
			audience: p.audience ?? "technicians",
			body: "",
			pinned: "",
			on: `customer:${page.customer.id}`,
		},
		read(c) {
			const now = c.notes.find((n) => n.id === p.id);
			return now
				? {
						values: {
							audience: now.audience as string,
							body: now.body,
							pinned: yes(now.pinned),
							on: `${now.on_kind}:${now.on_id}`,
						},
						version: now.version,
					}
				: null;
		},
		send(v, version, key) {
			const body = {
				audience: v.audience as Note["audience"],
				body: v.body.trim(),
				pinned: v.pinned === "yes",
			};
			const [on_kind = "customer", on_id = ""] = v.on.split(":");
			return p.id
				? call("PUT /api/office/notes/:id", { id: p.id, body: { ...body, version }, key })
				: call("POST /api/office/notes", {
						body: { ...body, on_kind: on_kind as Note["on_kind"], on_id },
						key,
					});
		},
	});
	/* A note that is thrown away by mistake is written again by Undo. */
	const away = useRemoval(page, {
		label: t("note.drop"),
		icon: "x",
		work: () => call("DELETE /api/office/notes/:id", { id: note?.id ?? "" }),
		said: t("note.dropped"),
		undo: () => {
			if (!note) throw new Error("what was never there cannot come back");
			const { audience, body, pinned, on_kind, on_id } = note;
			return call("POST /api/office/notes", { body: { audience, body, pinned, on_kind, on_id } });
		},
		undone: t("note.back"),
	});
	if (p.id && !note) return null;
	return (
		<EditPanel
			title={t(note ? "note.edit" : "note.write")}
			page={page}
			form={form}
			menu={note ? [away.item] : []}
			fault={away.fault}
		>
			<SelectField
				form={form}
				name="audience"
				label={t("field.audience")}
				hint={t("note.audience.hint")}
				choices={choices("audience", ["technicians", "office"])}
			/>
			{!note && <SelectField form={form} name="on" label={t("note.on")} choices={places(page)} />}
			<AreaField
				form={form}
				name="body"
				label={t("note.body")}
				rows={6}
				maxLength={4000}
				autofocus
			/>
			<CheckField form={form} name="pinned" label={t("note.pin")} />
		</EditPanel>
	);
}
