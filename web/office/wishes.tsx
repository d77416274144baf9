/* What the people there wish: days, hours, technicians, chemicals. */
import { useEffect, useState } from "preact/hooks";
import type { Property, PropertyChange, StaffLine } from "../shared/api";
import { call, Fault } from "../shared/call";
import { SelectField, TextField } from "../shared/form";
import { minutes } from "../shared/format";
import { Button, Icon } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { may } from "./me";
import { EditPanel } from "./panel";
import { addressOf, placeOf, standing } from "./place";
import { CheckField, ChipsField, choices, list, type Page, useRecord, yes } from "./record";

const DAYS = [
	"monday",
	"tuesday",
	"wednesday",
	"thursday",
	"friday",
	"saturday",
	"sunday",
] as const;

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
	const x = placeOf(page.customer, p.id);
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
			const now = placeOf(c, p.id);
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
			const now = placeOf(page.customer, p.id);
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
		<EditPanel title={t("wish.title")} page={page} form={form} about={addressOf(x)}>
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
		</EditPanel>
	);
}
