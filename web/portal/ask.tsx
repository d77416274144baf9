/* Ask for a visit: where, what, when. Nobody promises anything here; the company answers. */
import { useEffect, useState } from "preact/hooks";
import type { PortalAsking } from "../shared/api";
import { call, upload } from "../shared/call";
import { Field, FormTrouble, SelectField, useForm } from "../shared/form";
import { dayPart } from "../shared/format";
import { Button, Empty, Heading, Icon, title } from "../shared/ui";
import { t } from "../shared/words";
import { look, who } from "./data";

const PHOTOS_MAX = 5;

/* What was chosen is seen, and taken out again; the browser's own field would say in its own language how many they are. */
function Pictures(p: { rows: File[]; set: (rows: File[]) => void }) {
	const [shown, setShown] = useState<string[]>([]);
	useEffect(() => {
		const made = p.rows.map((f) => URL.createObjectURL(f));
		setShown(made);
		return () => {
			for (const url of made) URL.revokeObjectURL(url);
		};
	}, [p.rows]);
	return (
		<div class="stack stack--tight" role="group" aria-label={t("portal.ask.photos")}>
			<span class="field__label">{t("portal.ask.photos")}</span>
			<div class="snaps">
				{p.rows.map((f, i) => (
					<button
						key={f.name + f.size}
						class="snap"
						type="button"
						aria-label={t("portal.ask.photo.drop", { name: f.name })}
						onClick={() => p.set(p.rows.filter((x) => x !== f))}
					>
						{shown[i] && <img src={shown[i]} alt="" />}
						<Icon name="x" />
					</button>
				))}
				{p.rows.length < PHOTOS_MAX && (
					<label class="snap snap--add">
						<Icon name="camera" size="lg" />
						<span>{t("portal.ask.photo.add")}</span>
						<input
							class="unseen"
							type="file"
							accept="image/*"
							multiple
							onChange={(e) => {
								const more = [...(e.currentTarget.files ?? [])];
								p.set([...p.rows, ...more].slice(0, PHOTOS_MAX));
								e.currentTarget.value = "";
							}}
						/>
					</label>
				)}
			</div>
		</div>
	);
}

export default function Ask(p: { page: PortalAsking }) {
	const { places, services, first, last } = p.page;
	const [day, setDay] = useState("");
	const [photos, setPhotos] = useState<File[]>([]);
	const company = who.value?.company.name ?? "";
	title("portal.ask");
	const form = useForm({
		initial: {
			property_id: places[0]?.id ?? "",
			service_id: services[0]?.id ?? "",
			day: first,
			note: "",
		},
		draft: "ask",
		async send(v, key) {
			const { rows } = await call("POST /api/portal/visits", {
				body: {
					property_id: v.property_id,
					service_id: v.service_id,
					day: v.day,
					note: v.note.trim(),
				},
				key,
				door: true,
			});
			/* The newest wish is the one with the greatest name: they are made in the order of time. */
			const made = rows
				.filter((r) => r.asked)
				.sort((a, b) => a.id.localeCompare(b.id))
				.at(-1);
			for (const photo of made ? photos : [])
				await upload(
					"POST /api/portal/photos",
					photo,
					photo.name,
					{ visit_id: made?.id ?? "" },
					() => {},
				);
			await look();
			setDay(v.day);
		},
	});
	if (day)
		return (
			<main class="portal__one">
				<section class="card portal__card" role="status">
					<span class="round" aria-hidden="true">
						<Icon name="check" size="xl" />
					</span>
					<Heading>{t("portal.ask.done")}</Heading>
					<p class="muted">
						{t("portal.ask.done.text", {
							company,
							day: dayPart(day, { weekday: "long", month: "long", day: "numeric" }),
						})}
					</p>
					<Button kind="primary" size="lg" block href="/portal/">
						{t("nav.home")}
					</Button>
				</section>
			</main>
		);
	if (places.length === 0 || services.length === 0)
		return (
			<main class="portal__one">
				<section class="card">
					<Empty whole icon="phone" title={t("portal.ask")}>
						{t("portal.ask.none", { company })}
					</Empty>
				</section>
			</main>
		);
	return (
		<main class="portal__one">
			<Heading>{t("portal.ask")}</Heading>
			<p class="muted">{t("portal.ask.text", { company })}</p>
			<section class="card portal__card">
				<form class="stack" onSubmit={form.submit} noValidate>
					<FormTrouble form={form} />
					{places.length > 1 && (
						<SelectField
							form={form}
							name="property_id"
							label={t("portal.ask.where")}
							choices={places.map((x) => ({ value: x.id, label: `${x.street}, ${x.city}` }))}
						/>
					)}
					<SelectField
						form={form}
						name="service_id"
						label={t("portal.ask.what")}
						choices={services.map((x) => ({ value: x.id, label: x.name }))}
					/>
					<Field label={t("portal.ask.when")} error={form.errors.day}>
						{(f) => (
							<input
								id={f.id}
								class="input"
								type="date"
								min={first}
								max={last}
								value={form.values.day}
								aria-describedby={f.describedBy}
								aria-invalid={f.invalid}
								onInput={(e) => form.set("day", e.currentTarget.value)}
							/>
						)}
					</Field>
					<Field label={t("portal.ask.note")} error={form.errors.note}>
						{(f) => (
							<textarea
								id={f.id}
								class="input"
								rows={3}
								maxLength={400}
								value={form.values.note}
								aria-describedby={f.describedBy}
								aria-invalid={f.invalid}
								onInput={(e) => form.set("note", e.currentTarget.value)}
							/>
						)}
					</Field>
					<Pictures rows={photos} set={setPhotos} />
					<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
						{t("portal.ask.send")}
					</Button>
				</form>
			</section>
		</main>
	);
}
