/* Parts of a technician's page: colour and truck, where the day starts and ends, what they can be sent to, the feed. */
import { useEffect, useState } from "preact/hooks";
import type { Skill, StaffWork } from "../shared/api";
import { call, Fault } from "../shared/call";
import { Field, FormTrouble, SelectField, TextField, useForm } from "../shared/form";
import { dayOf } from "../shared/format";
import { toast } from "../shared/over";
import { Avatar, Button, FaultNote, Pill } from "../shared/ui";
import { t } from "../shared/words";
import { type Home, HomeField, homeOf, homePin, homeText } from "./homefield";
import { CheckField } from "./record";

export interface WorkPart {
	work: StaffWork;
	take: (next: StaffWork) => void;
	edits: boolean;
}

const COLOURS = 10;
/* When a place that is being looked up is asked for again. */
const LOOKED_UP_MS = [3_000, 10_000, 30_000];
const homes = (w: StaffWork): { start: Home; end: Home } => ({
	start: { address: w.start_address, lat_e6: w.start_lat_e6, lng_e6: w.start_lng_e6 },
	end: { address: w.end_address, lat_e6: w.end_lat_e6, lng_e6: w.end_lng_e6 },
});
const unplaced = (h: Home) => h.address !== "" && h.lat_e6 === null;

export function Profile(p: WorkPart) {
	const { work } = p;
	const was = homes(work);
	const looked = unplaced(was.start) || unplaced(was.end);
	const form = useForm({
		initial: {
			colour: String(work.colour),
			vehicle: work.vehicle,
			phone: work.phone,
			start: homeText(was.start),
			start_pin: homePin(was.start),
			end: homeText(was.end),
			end_pin: homePin(was.end),
			same: homeText(was.start) === homeText(was.end) ? "yes" : "",
		},
		async send(v, key) {
			const start = homeOf(v.start, v.start_pin, was.start, "start");
			const end = v.same === "yes" ? start : homeOf(v.end, v.end_pin, was.end, "end");
			p.take(
				await call("PUT /api/office/staff/:id/work", {
					id: work.id,
					body: {
						colour: Number(v.colour),
						vehicle: v.vehicle.trim(),
						phone: v.phone.trim(),
						start_address: start.address,
						start_lat_e6: start.lat_e6,
						start_lng_e6: start.lng_e6,
						end_address: end.address,
						end_lat_e6: end.lat_e6,
						end_lng_e6: end.lng_e6,
						version: work.version,
					},
					key,
				}),
			);
			toast(t("act.saved"));
		},
	});
	/* The place of an address comes a moment after it was saved; what is being typed is not disturbed. */
	const idle = !form.dirty;
	useEffect(() => {
		if (!looked || !idle) return;
		const timers = LOOKED_UP_MS.map((ms) =>
			setTimeout(async () => {
				const now = await call("GET /api/office/staff/:id/work", { id: work.id }).catch(() => null);
				if (now && JSON.stringify(homes(now)) !== JSON.stringify(was)) p.take(now);
			}, ms),
		);
		return () => timers.forEach(clearTimeout);
	}, [looked, idle]);
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			<fieldset class="field" disabled={!p.edits}>
				<legend class="field__label">{t("work.colour")}</legend>
				<div class="swatches">
					{Array.from({ length: COLOURS }, (_, i) => i + 1).map((n) => (
						<label key={n} class="swatches__one">
							<input
								class="unseen"
								type="radio"
								name="colour"
								checked={form.values.colour === String(n)}
								onChange={() => form.set("colour", String(n))}
							/>
							<Avatar name={work.name} tech={n} />
							<span class="unseen">{t("work.colour.of", { n })}</span>
							<svg class="techline" data-tech={n} viewBox="0 0 48 8" aria-hidden="true">
								<path d="M2 4h44" />
							</svg>
						</label>
					))}
				</div>
			</fieldset>
			<div class="pair">
				<TextField
					form={form}
					name="vehicle"
					label={t("work.vehicle")}
					maxLength={60}
					readOnly={!p.edits}
				/>
				<TextField
					form={form}
					name="phone"
					type="tel"
					label={t("field.phone")}
					maxLength={40}
					readOnly={!p.edits}
				/>
			</div>
			<HomeField
				form={form}
				name="start"
				pin="start_pin"
				label={t("work.start")}
				was={was.start}
				edits={p.edits}
			/>
			<CheckField form={form} name="same" label={t("work.same")} />
			{form.values.same !== "yes" && (
				<HomeField
					form={form}
					name="end"
					pin="end_pin"
					label={t("work.end")}
					was={was.end}
					edits={p.edits}
				/>
			)}
			{p.edits && (
				<div>
					<Button kind={form.dirty ? "primary" : "tint"} type="submit" busy={form.busy}>
						{t("act.save")}
					</Button>
				</div>
			)}
		</form>
	);
}

interface Row {
	skill_id: string;
	certificate: string;
	expires_day: string;
}

/* What they have; what has expired says so, because it keeps them from being sent. */
export function Skilled(p: WorkPart & { all: Skill[] }) {
	const { work } = p;
	const has = work.skills.map((s) => ({
		skill_id: s.skill_id,
		certificate: s.certificate,
		expires_day: s.expires_day ?? "",
	}));
	const form = useForm({
		initial: { rows: JSON.stringify(has), skill_id: "" },
		async send(v, key) {
			p.take(
				await call("PUT /api/office/staff/:id/skills", {
					id: work.id,
					body: {
						rows: (JSON.parse(v.rows) as Row[]).map((r) => ({
							...r,
							expires_day: r.expires_day || null,
						})),
						version: work.version,
					},
					key,
				}),
			);
			toast(t("act.saved"));
		},
	});
	const rows = JSON.parse(form.values.rows) as Row[];
	const put = (next: Row[]) => form.set("rows", JSON.stringify(next));
	const name = (id: string) => p.all.find((s) => s.id === id)?.name ?? "";
	const left = p.all.filter((s) => !s.archived && !rows.some((r) => r.skill_id === s.id));
	if (p.all.length === 0)
		return (
			<p class="muted">
				{t("work.skills.none")}{" "}
				<a class="link" href="/services/skills">
					{t("skills.add")}
				</a>
			</p>
		);
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			{rows.length === 0 && <p class="faint">{t("work.skills.empty")}</p>}
			<ul class="stack stack--tight">
				{rows.map((r) => {
					const was = work.skills.find((s) => s.skill_id === r.skill_id);
					const expired = was?.expired && was.expires_day === r.expires_day;
					const edit = (change: Partial<Row>) =>
						put(rows.map((x) => (x.skill_id === r.skill_id ? { ...x, ...change } : x)));
					return (
						<li key={r.skill_id} class="checks__line">
							<div class="row">
								<b class="grow">{name(r.skill_id)}</b>
								{expired && (
									<Pill tone="coral" icon="alert">
										{t("work.expired.short", { day: dayOf(r.expires_day) })}
									</Pill>
								)}
								{p.edits && (
									<Button
										kind="quiet"
										size="sm"
										icon="x"
										label={t("services.line.drop", { line: name(r.skill_id) })}
										onClick={() => put(rows.filter((x) => x.skill_id !== r.skill_id))}
									/>
								)}
							</div>
							<div class="pair">
								<Field label={t("work.certificate")}>
									{(f) => (
										<input
											id={f.id}
											class="input"
											maxLength={60}
											readOnly={!p.edits}
											value={r.certificate}
											onInput={(e) => edit({ certificate: e.currentTarget.value })}
										/>
									)}
								</Field>
								<Field label={t("work.expires")}>
									{(f) => (
										<input
											id={f.id}
											class="input"
											type="date"
											readOnly={!p.edits}
											value={r.expires_day}
											onInput={(e) => edit({ expires_day: e.currentTarget.value })}
										/>
									)}
								</Field>
							</div>
							{expired && <p class="meta">{t("work.expired.text")}</p>}
						</li>
					);
				})}
			</ul>
			{p.edits && left.length > 0 && (
				<SelectField
					form={form}
					name="skill_id"
					label={t("work.skills.add")}
					choices={[
						{ value: "", label: t("shift.choose.skill") },
						...left.map((s) => ({ value: s.id, label: s.name })),
					]}
					onBlur={() => {}}
				/>
			)}
			{p.edits && (
				<div class="row">
					{form.values.skill_id && (
						<Button
							icon="plus"
							onClick={() => {
								put([
									...rows,
									{ skill_id: form.values.skill_id, certificate: "", expires_day: "" },
								]);
								form.set("skill_id", "");
							}}
						>
							{t("act.add")}
						</Button>
					)}
					<Button
						kind={form.values.rows !== JSON.stringify(has) ? "primary" : "tint"}
						type="submit"
						busy={form.busy}
					>
						{t("act.save")}
					</Button>
				</div>
			)}
		</form>
	);
}

/* The address is shown once: only its fingerprint is kept. */
export function Feed(p: WorkPart) {
	const { work } = p;
	const [url, setUrl] = useState("");
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const act = async (run: () => Promise<void>) => {
		setBusy(true);
		setFault("");
		try {
			await run();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		} finally {
			setBusy(false);
		}
	};
	const make = () =>
		act(async () => {
			setUrl((await call("POST /api/office/staff/:id/calendars", { id: work.id })).url);
			p.take({ ...work, has_feed: true });
		});
	const revoke = () =>
		act(async () => {
			await call("DELETE /api/office/staff/:id/calendars", { id: work.id });
			setUrl("");
			p.take({ ...work, has_feed: false });
			toast(t("work.feed.gone"));
		});
	const copy = async () => {
		await navigator.clipboard?.writeText(url).catch(() => {});
		toast(t("work.feed.copied"));
	};
	return (
		<div class="stack">
			<FaultNote text={fault} />
			{url ? (
				<Field label={t("work.feed.url")} hint={t("work.feed.once")}>
					{(f) => (
						<div class="row">
							<input
								id={f.id}
								class="input grow"
								readOnly
								value={url}
								aria-describedby={f.describedBy}
								onFocus={(e) => e.currentTarget.select()}
							/>
							<Button icon="copy" onClick={() => void copy()}>
								{t("work.feed.copy")}
							</Button>
						</div>
					)}
				</Field>
			) : (
				<p class="muted">{t(work.has_feed ? "work.feed.there" : "work.feed.none")}</p>
			)}
			<div class="row row--wrap">
				<Button icon="link" busy={busy} onClick={() => void make()}>
					{t(work.has_feed ? "work.feed.again" : "work.feed.make")}
				</Button>
				{work.has_feed && (
					<Button kind="danger-quiet" icon="ban" busy={busy} onClick={() => void revoke()}>
						{t("work.feed.revoke")}
					</Button>
				)}
			</div>
		</div>
	);
}
