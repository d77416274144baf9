/* How to get in and what the people there wish: codes for thirty seconds, keys, dogs, days, technicians. */
import { useEffect, useState } from "preact/hooks";
import type { CodeQuestion, Property, PropertyChange, StaffLine } from "../shared/api";
import { call, Fault } from "../shared/call";
import { SelectField, TextField } from "../shared/form";
import { minutes } from "../shared/format";
import { toast } from "../shared/over";
import { Badge, Banner, Button, Icon } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { Panel } from "./frame";
import { may } from "./me";
import {
	AreaField,
	CheckField,
	ChipsField,
	change,
	choices,
	Foot,
	list,
	OwnFacts,
	OwnInputs,
	ownRead,
	ownWritten,
	type Page,
	RecordTrouble,
	useRecord,
	yes,
} from "./record";

type Kind = CodeQuestion["kind"];
const CODES = ["gate", "lockbox", "alarm", "note"] as const;
const SHOWN_MS = 30_000;
const DAYS = [
	"monday",
	"tuesday",
	"wednesday",
	"thursday",
	"friday",
	"saturday",
	"sunday",
] as const;

const hasCode = (x: Property, k: Kind) =>
	({ gate: x.has_gate, lockbox: x.has_lockbox, alarm: x.has_alarm, note: x.has_note })[k];

const find = (c: Page["customer"], id: string) => c.properties.find((x) => x.id === id);

export const addressOf = (x: { street: string; city: string; region: string; postcode: string }) =>
	[x.street, x.city, [x.region, x.postcode].filter(Boolean).join(" ")].filter(Boolean).join(", ");

/* Everything that may be changed of a place, as it stands: a form overwrites its own part of it. */
const standing = (x: Property): PropertyChange => ({
	name: x.name,
	street: x.street,
	city: x.city,
	region: x.region,
	postcode: x.postcode,
	lat_e6: x.lat_e6,
	lng_e6: x.lng_e6,
	key_no: x.key_no,
	dogs: x.dogs,
	hazards: x.hazards,
	parking: x.parking,
	like_days: x.like_days,
	not_days: x.not_days,
	from_minute: x.from_minute,
	to_minute: x.to_minute,
	text_before: x.text_before,
	same_tech: x.same_tech,
	usual_tech_id: x.usual_tech_id,
	never_techs: x.never_techs,
	no_chemicals: x.no_chemicals,
	own: x.own,
	version: x.version,
});

/* ---- getting in ---- */

export function GettingIn(p: { page: Page; property: Property; edits: boolean }) {
	const { property: x } = p;
	const codes = CODES.filter((k) => hasCode(x, k));
	const lines = [
		["key_no", "key", x.key_no],
		["dogs", "paw", x.dogs],
		["hazards", "alert", x.hazards],
		["parking", "pin", x.parking],
	] as const;
	const empty = codes.length === 0 && lines.every(([, , v]) => !v);
	return (
		<section class="sidepart" aria-label={t("access.title")}>
			<div class="sidepart__head">
				<h2>{t("access.title")}</h2>
				{p.edits && (
					<Button kind="quiet" size="sm" onClick={() => p.page.edit(`access:${x.id}`)}>
						{t("act.edit")}
						<span class="unseen"> {t("access.title")}</span>
					</Button>
				)}
			</div>
			{empty && <p class="faint">{t("access.none")}</p>}
			{codes.map((k) => (
				<CodeLine key={`${x.id}.${k}.${x.codes_changed_at}`} property={x} kind={k} />
			))}
			{lines.map(
				([name, icon, value]) =>
					value && (
						<div key={name} class="sideline">
							<Icon name={icon} />
							<div class="grow">
								<b>{named("field", name)}</b>
								<p class="muted lines-kept">{value}</p>
							</div>
						</div>
					),
			)}
			{codes.length > 0 && (
				<p class="meta">{t(may("see_codes") ? "access.rule" : "access.hidden")}</p>
			)}
		</section>
	);
}

/* The code is not in the page until it is asked for, and leaves it after thirty seconds. */
function CodeLine(p: { property: Property; kind: Kind }) {
	const [code, setCode] = useState<string | null>(null);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	useEffect(() => {
		if (code === null) return;
		const timer = setTimeout(() => setCode(null), SHOWN_MS);
		return () => clearTimeout(timer);
	}, [code]);
	const look = async () => {
		setBusy(true);
		setFault("");
		try {
			const shown = await call("POST /api/office/properties/:id/codes", {
				id: p.property.id,
				body: { kind: p.kind },
			});
			setCode(shown.code);
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	const name = named("code", p.kind);
	return (
		<div class="sideline">
			<Icon name={p.kind === "note" ? "file" : p.kind === "lockbox" ? "box" : "lock"} />
			<div class="grow">
				<b>{name}</b>
				{fault && <p class="field__error">{fault}</p>}
				{code !== null && p.kind === "note" && <p class="lines-kept">{code}</p>}
			</div>
			<span class="code" aria-live="polite">
				{code !== null && p.kind !== "note" && <output class="code__shown">{code}</output>}
			</span>
			{code === null ? (
				may("see_codes") ? (
					<button
						class="code__hidden"
						type="button"
						aria-busy={busy ? "true" : undefined}
						aria-label={t("access.show", { code: name })}
						onClick={() => void look()}
					>
						<span aria-hidden="true">••••</span>
						<Icon name="eye" />
					</button>
				) : (
					<Icon name="lock" />
				)
			) : (
				<Button
					kind="quiet"
					size="sm"
					icon="x"
					label={t("access.hide", { code: name })}
					onClick={() => setCode(null)}
				/>
			)}
		</div>
	);
}

export function AccessPanel(p: { page: Page; id: string }) {
	const { page } = p;
	const x = find(page.customer, p.id);
	const form = useRecord({
		page,
		draft: `access.${p.id}`,
		secret: [...CODES],
		read(c) {
			const now = find(c, p.id);
			if (!now) return null;
			return {
				values: {
					gate: "",
					lockbox: "",
					alarm: "",
					note: "",
					drop: "",
					key_no: now.key_no,
					dogs: now.dogs,
					hazards: now.hazards,
					parking: now.parking,
				},
				version: now.version,
			};
		},
		async send(v, version, key) {
			const now = find(page.customer, p.id);
			if (!now) throw new Fault("not_found", "", t("stale.gone"), 404, "", 0);
			const drop = list(v.drop);
			const code = (k: Kind) => (drop.includes(k) ? "" : v[k].trim() || null);
			const codes = {
				gate: code("gate"),
				lockbox: code("lockbox"),
				alarm: code("alarm"),
				note: code("note"),
			};
			const touched = Object.values(codes).some((c) => c !== null);
			const plain = (["key_no", "dogs", "hazards", "parking"] as const).some(
				(name) => v[name].trim() !== now[name],
			);
			let saved = null;
			let at = version;
			if (plain || !touched) {
				saved = await call("PUT /api/office/properties/:id", {
					id: p.id,
					body: {
						...standing(now),
						key_no: v.key_no.trim(),
						dogs: v.dogs.trim(),
						hazards: v.hazards.trim(),
						parking: v.parking.trim(),
						version,
					},
					key,
				});
				at = find(saved.customer, p.id)?.version ?? version;
			}
			if (touched)
				saved = await call("PUT /api/office/properties/:id/codes", {
					id: p.id,
					body: { ...codes, version: at },
				});
			return saved!;
		},
	});
	if (!x) return null;
	const there = CODES.filter((k) => hasCode(x, k));
	return (
		<Panel title={t("access.title")} close={page.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<p class="muted">{addressOf(x)}</p>
				<RecordTrouble form={form} />
				{may("see_codes") && (
					<>
						{CODES.map((k) =>
							k === "note" ? (
								<AreaField
									key={k}
									form={form}
									name={k}
									label={named("code", k)}
									hint={t(hasCode(x, k) ? "access.keep" : "access.note.hint")}
									maxLength={500}
								/>
							) : (
								<TextField
									key={k}
									form={form}
									name={k}
									label={named("code", k)}
									hint={hasCode(x, k) ? t("access.keep") : undefined}
									maxLength={36}
								/>
							),
						)}
						{there.length > 0 && (
							<ChipsField
								form={form}
								name="drop"
								label={t("access.drop")}
								choices={choices("code", there)}
							/>
						)}
					</>
				)}
				<TextField
					form={form}
					name="key_no"
					label={t("field.key_no")}
					hint={t("access.key.hint")}
					maxLength={24}
				/>
				<TextField
					form={form}
					name="dogs"
					label={t("field.dogs")}
					hint={t("access.dogs.hint")}
					maxLength={160}
				/>
				<AreaField form={form} name="hazards" label={t("field.hazards")} rows={2} maxLength={400} />
				<AreaField form={form} name="parking" label={t("field.parking")} rows={2} maxLength={200} />
				<Foot busy={form.busy} close={page.close} />
			</form>
		</Panel>
	);
}

/* ---- they like ---- */

export function Wishes(p: { page: Page; property: Property; edits: boolean }) {
	const { property: x } = p;
	const chips: [string, string][] = [];
	if (x.text_before) chips.push(["phone", t("wish.text_before")]);
	if (x.like_days.length > 0)
		chips.push(["done", x.like_days.map((d) => named("weekday", d)).join(", ")]);
	if (x.not_days.length > 0)
		chips.push([
			"ban",
			t("wish.not", { days: x.not_days.map((d) => named("weekday", d)).join(", ") }),
		]);
	if (x.from_minute !== null || x.to_minute !== null)
		chips.push([
			"clock",
			x.to_minute === null
				? t("wish.from", { from: minutes(x.from_minute ?? 0) })
				: x.from_minute === null
					? t("wish.until", { until: minutes(x.to_minute) })
					: t("wish.between", { from: minutes(x.from_minute), until: minutes(x.to_minute) }),
		]);
	if (x.same_tech) chips.push(["user", t("wish.same_tech")]);
	if (x.never_techs.length > 0) chips.push(["ban", count("wish.never", x.never_techs.length)]);
	for (const c of x.no_chemicals) chips.push(["drop", t("wish.no", { what: c.word })]);
	return (
		<section class="sidepart" aria-label={t("wish.title")}>
			<div class="sidepart__head">
				<h2>{t("wish.title")}</h2>
				{p.edits && (
					<Button kind="quiet" size="sm" onClick={() => p.page.edit(`wishes:${x.id}`)}>
						{t("act.edit")}
						<span class="unseen"> {t("wish.title")}</span>
					</Button>
				)}
			</div>
			{chips.length === 0 ? (
				<p class="faint">{t("wish.none")}</p>
			) : (
				<div class="chips">
					{chips.map(([icon, text]) => (
						<span key={text} class="chip chip--still">
							<Icon name={icon} size="sm" />
							{text}
						</span>
					))}
				</div>
			)}
		</section>
	);
}

const clock = (m: number | null) =>
	m === null
		? ""
		: `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
const minuteOf = (text: string) => {
	const [h, m] = text.split(":").map(Number);
	return text && h !== undefined && m !== undefined ? h * 60 + m : null;
};

export function WishesPanel(p: { page: Page; id: string }) {
	const { page } = p;
	const x = find(page.customer, p.id);
	const [staff, setStaff] = useState<StaffLine[]>([]);
	// The names of technicians are wanted only here
	useEffect(() => {
		if (may("manage_staff"))
			call("GET /api/office/staff", { query: { state: "active" } }).then(
				(page_) => setStaff(page_.rows),
				() => {},
			);
	}, []);
	const form = useRecord({
		page,
		draft: `wishes.${p.id}`,
		read(c) {
			const now = find(c, p.id);
			if (!now) return null;
			return {
				values: {
					like_days: now.like_days.join(","),
					not_days: now.not_days.join(","),
					from_minute: clock(now.from_minute),
					to_minute: clock(now.to_minute),
					text_before: yes(now.text_before),
					same_tech: yes(now.same_tech),
					usual_tech_id: now.usual_tech_id ?? "",
					never_techs: now.never_techs.map((n) => n.staff_id).join(","),
					no_chemicals: now.no_chemicals.map((n) => n.word).join(", "),
				},
				version: now.version,
			};
		},
		async send(v, version, key) {
			const now = find(page.customer, p.id);
			if (!now) throw new Fault("not_found", "", t("stale.gone"), 404, "", 0);
			return call("PUT /api/office/properties/:id", {
				id: p.id,
				body: {
					...standing(now),
					like_days: list(v.like_days) as PropertyChange["like_days"],
					not_days: list(v.not_days) as PropertyChange["not_days"],
					from_minute: minuteOf(v.from_minute),
					to_minute: minuteOf(v.to_minute),
					text_before: v.text_before === "yes",
					same_tech: v.same_tech === "yes",
					usual_tech_id: v.usual_tech_id || null,
					never_techs: list(v.never_techs).map((staff_id) => ({ staff_id })),
					no_chemicals: v.no_chemicals
						.split(",")
						.map((word) => ({ word: word.trim() }))
						.filter((w) => w.word),
					version,
				},
				key,
			});
		},
	});
	if (!x) return null;
	const people = staff.map((s) => ({ value: s.id, label: s.name }));
	return (
		<Panel title={t("wish.title")} close={page.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<p class="muted">{addressOf(x)}</p>
				<RecordTrouble form={form} />
				<ChipsField
					form={form}
					name="like_days"
					label={t("field.like_days")}
					choices={choices("weekday", DAYS)}
				/>
				<ChipsField
					form={form}
					name="not_days"
					label={t("field.not_days")}
					choices={choices("weekday", DAYS)}
				/>
				<div class="pair">
					<TextField form={form} name="from_minute" type="time" label={t("field.from_minute")} />
					<TextField form={form} name="to_minute" type="time" label={t("field.to_minute")} />
				</div>
				<CheckField form={form} name="text_before" label={t("wish.text_before")} />
				{people.length > 0 && (
					<SelectField
						form={form}
						name="usual_tech_id"
						label={t("field.usual_tech_id")}
						choices={[{ value: "", label: "–" }, ...people]}
					/>
				)}
				<CheckField
					form={form}
					name="same_tech"
					label={t("wish.same_tech")}
					hint={form.errors.same_tech}
				/>
				{people.length > 0 && (
					<ChipsField
						form={form}
						name="never_techs"
						label={t("field.never_techs")}
						choices={people}
					/>
				)}
				<TextField
					form={form}
					name="no_chemicals"
					label={t("field.no_chemicals")}
					hint={t("wish.chemicals.hint")}
					maxLength={300}
				/>
				<Foot busy={form.busy} close={page.close} />
			</form>
		</Panel>
	);
}

/* ---- the place itself ---- */

export function PlacePanel(p: { page: Page; id: string }) {
	const { page } = p;
	const x = find(page.customer, p.id);
	const [fault, setFault] = useState("");
	const form = useRecord({
		page,
		draft: `place.${p.id}`,
		blank: { name: "", street: "", city: "", region: "", postcode: "" } as Record<string, string>,
		read(c) {
			const now = find(c, p.id);
			if (!now) return null;
			return {
				values: {
					name: now.name,
					street: now.street,
					city: now.city,
					region: now.region,
					postcode: now.postcode,
					...ownRead(page, "property", now.own),
				} as Record<string, string>,
				version: now.version,
			};
		},
		send(v, version, key) {
			const now = find(page.customer, p.id);
			const typed = {
				street: (v.street ?? "").trim(),
				city: (v.city ?? "").trim(),
				region: (v.region ?? "").trim(),
				postcode: (v.postcode ?? "").trim(),
			};
			return now
				? call("PUT /api/office/properties/:id", {
						id: p.id,
						body: {
							...standing(now),
							...typed,
							name: (v.name ?? "").trim(),
							own: ownWritten(v),
							version,
						},
						key,
					})
				: call("POST /api/office/properties", {
						body: { customer_id: page.customer.id, ...typed },
						key,
					});
		},
	});
	const archive = async () => {
		if (!x) return;
		const failed = await change(
			page,
			() =>
				call("POST /api/office/properties/:id/archivings", {
					id: x.id,
					body: { version: x.version },
				}),
			t("pool.archived", { name: x.street }),
			() =>
				void change(
					page,
					() => call("DELETE /api/office/properties/:id/archivings", { id: x.id }),
					t("pool.restored", { name: x.street }),
				),
		);
		if (failed) setFault(failed);
		else page.close();
	};
	return (
		<Panel
			title={x ? t("place.edit") : t("place.add")}
			close={page.close}
			menu={
				x
					? [
							{ label: t("sale.title"), icon: "crown", act: () => page.edit(`sale:${x.id}`) },
							{
								label: t("act.archive"),
								icon: "box",
								danger: true,
								rule: true,
								act: () => void archive(),
							},
						]
					: []
			}
		>
			<form class="stack" onSubmit={form.submit} noValidate>
				<RecordTrouble form={form} />
				{fault && (
					<Banner tone="coral" alert>
						{fault}
					</Banner>
				)}
				<TextField form={form} name="street" label={t("field.street")} maxLength={120} required />
				<TextField form={form} name="city" label={t("field.city")} maxLength={80} />
				<div class="pair">
					<TextField form={form} name="region" label={t("field.region")} maxLength={60} />
					<TextField form={form} name="postcode" label={t("field.postcode")} maxLength={16} />
				</div>
				{x && (
					<>
						<TextField
							form={form}
							name="name"
							label={t("place.name")}
							hint={t("place.name.hint")}
							maxLength={80}
						/>
						<OwnInputs form={form} page={page} on="property" has={x.own} />
					</>
				)}
				<Foot busy={form.busy} close={page.close} go={x ? undefined : t("place.add")} />
			</form>
		</Panel>
	);
}

/* The house has a new owner: pools, codes and service go on with them. */
export function SalePanel(p: { page: Page; id: string; go: (customer: string) => void }) {
	const { page } = p;
	const x = find(page.customer, p.id);
	const form = useRecord({
		page,
		draft: `sale.${p.id}`,
		read(c) {
			const now = find(c, p.id);
			return now
				? {
						values: {
							name: "",
							kind: "person",
							email: "",
							phone: "",
							language: page.customer.language as string,
						},
						version: now.version,
					}
				: null;
		},
		send: (v, version, key) =>
			call("POST /api/office/properties/:id/sales", {
				id: p.id,
				body: {
					name: v.name.trim(),
					kind: v.kind as "person" | "business",
					email: v.email.trim(),
					phone: v.phone.trim(),
					language: v.language as "en" | "es",
					version,
				},
				key,
			}),
		said: t("sale.done"),
		after: (saved) => p.go(saved.customer.id),
	});
	if (!x) return null;
	return (
		<Panel title={t("sale.title")} close={page.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<p class="muted">{t("sale.text", { street: x.street, name: page.customer.name })}</p>
				<RecordTrouble form={form} />
				<TextField
					form={form}
					name="name"
					label={t("sale.name")}
					maxLength={120}
					required
					autofocus
				/>
				<SelectField
					form={form}
					name="kind"
					label={t("field.kind")}
					choices={choices("kind", ["person", "business"])}
				/>
				<TextField form={form} name="phone" label={t("field.phone")} type="tel" maxLength={40} />
				<TextField form={form} name="email" label={t("field.email")} type="email" maxLength={254} />
				<SelectField
					form={form}
					name="language"
					label={t("field.language")}
					choices={choices("language", ["en", "es"])}
				/>
				<Foot busy={form.busy} close={page.close} go={t("sale.go")} />
			</form>
		</Panel>
	);
}

export function PlaceFacts(p: { page: Page; property: Property }) {
	return (
		<dl class="facts">
			<OwnFacts page={p.page} on="property" has={p.property.own} />
		</dl>
	);
}

export function Archived(p: { page: Page; edits: boolean }) {
	const { page } = p;
	const places = page.customer.properties.filter((x) => x.archived_at);
	const pools = page.customer.properties.flatMap((x) => x.pools).filter((x) => x.archived_at);
	const contacts = page.customer.contacts.filter((x) => x.archived_at);
	const restore = (said: string, work: Parameters<typeof change>[1]) => async () => {
		const failed = await change(page, work, t("pool.restored", { name: said }));
		if (failed) toast(failed);
	};
	const rows = [
		...places.map((x) => ({
			id: x.id,
			name: x.street,
			act: restore(x.street, () =>
				call("DELETE /api/office/properties/:id/archivings", { id: x.id }),
			),
		})),
		...pools.map((x) => ({
			id: x.id,
			name: x.name || named("water", x.kind),
			act: restore(x.name || named("water", x.kind), () =>
				call("DELETE /api/office/pools/:id/archivings", { id: x.id }),
			),
		})),
		...contacts.map((x) => ({
			id: x.id,
			name: x.name,
			act: restore(x.name, () => call("DELETE /api/office/contacts/:id/archivings", { id: x.id })),
		})),
	];
	if (rows.length === 0) return null;
	return (
		<details class="archive">
			<summary>{count("archive.count", rows.length)}</summary>
			<ul class="lines">
				{rows.map((r) => (
					<li key={r.id} class="row thing">
						<span class="grow clip">{r.name}</span>
						<Badge icon="box">{t("standing.archived")}</Badge>
						{p.edits && (
							<Button
								size="sm"
								icon="undo"
								label={t("archive.restore", { name: r.name })}
								onClick={() => void r.act()}
							/>
						)}
					</li>
				))}
			</ul>
		</details>
	);
}
