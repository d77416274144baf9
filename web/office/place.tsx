/* A place itself: its address, its sale, and what of a customer was archived. */
import { useState } from "preact/hooks";
import type { Property, PropertyChange } from "../shared/api";
import { call } from "../shared/call";
import { TextField, wrong } from "../shared/form";
import { toast } from "../shared/over";
import { Badge, Button, Icon } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { later } from "./later";
import { archiving, EditPanel, useRemoval } from "./panel";
import { spotTyped } from "./placetyped";
import { change, OwnFacts, OwnInputs, ownRead, ownWritten, type Page, useRecord } from "./record";

export const placeOf = (c: Page["customer"], id: string) => c.properties.find((x) => x.id === id);

export const addressOf = (x: { street: string; city: string; region: string; postcode: string }) =>
	[x.street, x.city, [x.region, x.postcode].filter(Boolean).join(" ")].filter(Boolean).join(", ");

/* Everything that may be changed of a place, as it stands: a form overwrites its own part of it. */
export const standing = (x: Property): PropertyChange => ({
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

/* "33.5147, -111.9334" */
const pinOf = (x: Property) =>
	x.lat_e6 === null || x.lng_e6 === null ? "" : `${x.lat_e6 / 1e6}, ${x.lng_e6 / 1e6}`;

const spotOf = (x: Property) =>
	x.lat_e6 === null || x.lng_e6 === null ? null : { lat_e6: x.lat_e6, lng_e6: x.lng_e6 };
const PinMap = later(() => import("./pinmap").then((m) => m.default));

/* What nobody touched goes back as it came; nothing typed takes the pin away. */
function pinned(x: Property, typed: string): Pick<PropertyChange, "lat_e6" | "lng_e6"> {
	const text = typed.trim();
	if (text === pinOf(x)) return { lat_e6: x.lat_e6, lng_e6: x.lng_e6 };
	if (text === "") return { lat_e6: null, lng_e6: null };
	const spot = spotTyped(text);
	if (!spot) throw wrong("pin", t("where.pin.wrong"));
	return spot;
}

/* Where it lies and how we know; without a place that is said, and where to set one. */
export function Where(p: { property: Property; edit?: (() => void) | undefined }) {
	const { property: x } = p;
	const at = x.lat_e6 !== null && x.lng_e6 !== null;
	const missing = x.place_source === "none" || x.place_source === "nowhere";
	return (
		<div class="sideline">
			<Icon name="pin" />
			<div class="grow">
				<p class={missing ? "faint" : undefined}>
					{t(`where.${x.place_source}`, { score: x.place_score })}
				</p>
				{at && (
					<a
						class="link"
						href={`https://www.openstreetmap.org/?mlat=${(x.lat_e6 ?? 0) / 1e6}&mlon=${(x.lng_e6 ?? 0) / 1e6}#map=18/${(x.lat_e6 ?? 0) / 1e6}/${(x.lng_e6 ?? 0) / 1e6}`}
						target="_blank"
						rel="noreferrer"
					>
						{t("where.open")}
					</a>
				)}
				{missing && p.edit && (
					<Button size="sm" icon="pin" onClick={p.edit}>
						{t("where.map.open")}
						<span class="unseen">: {x.street}</span>
					</Button>
				)}
			</div>
		</div>
	);
}

export function PlacePanel(p: { page: Page; id: string }) {
	const { page } = p;
	const x = placeOf(page.customer, p.id);
	const [map, setMap] = useState(false);
	const form = useRecord({
		page,
		draft: `place.${p.id}`,
		blank: { name: "", street: "", city: "", region: "", postcode: "", pin: "" } as Record<
			string,
			string
		>,
		read(c) {
			const now = placeOf(c, p.id);
			if (!now) return null;
			return {
				values: {
					name: now.name,
					street: now.street,
					city: now.city,
					region: now.region,
					postcode: now.postcode,
					pin: pinOf(now),
					...ownRead(page, "property", now.own),
				} as Record<string, string>,
				version: now.version,
			};
		},
		send(v, version, key) {
			const now = placeOf(page.customer, p.id);
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
							...pinned(now, v.pin ?? ""),
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
	const away = useRemoval(
		page,
		archiving(
			x?.street ?? "",
			() =>
				call("POST /api/office/properties/:id/archivings", {
					id: p.id,
					body: { version: x?.version ?? 0 },
				}),
			() => call("DELETE /api/office/properties/:id/archivings", { id: p.id }),
		),
	);
	return (
		<EditPanel
			title={x ? t("place.edit") : t("place.add")}
			page={page}
			form={form}
			menu={
				x
					? [
							{ label: t("sale.title"), icon: "crown", act: () => page.edit(`sale:${x.id}`) },
							{ ...away.item, rule: true },
						]
					: []
			}
			go={x ? undefined : t("place.add")}
			fault={away.fault}
		>
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
					<TextField
						form={form}
						name="pin"
						label={t("where.pin")}
						hint={t("where.pin.hint")}
						maxLength={40}
					/>
					{map ? (
						<PinMap
							field
							pin={spotTyped(form.values.pin ?? "")}
							found={spotOf(x)}
							others={page.customer.properties
								.filter((o) => o.id !== x.id && !o.archived_at)
								.flatMap((o) => {
									const spot = spotOf(o);
									return spot ? [{ spot, name: o.street }] : [];
								})}
							set={(to) => form.set("pin", `${to.lat_e6 / 1e6}, ${to.lng_e6 / 1e6}`)}
						/>
					) : (
						<div>
							<Button size="sm" icon="pin" onClick={() => setMap(true)}>
								{t("where.map.open")}
							</Button>
						</div>
					)}
					<OwnInputs form={form} page={page} on="property" has={x.own} />
				</>
			)}
		</EditPanel>
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
