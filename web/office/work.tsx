/* Technicians as the plan knows them: who drives in which colour, and of each one hours, time off, skills, places. */
import { useEffect, useState } from "preact/hooks";
import type { Skill, StaffLine, StaffWork, Technician } from "../shared/api";
import { call } from "../shared/call";
import { dayOf, hm, minutes } from "../shared/format";
import { go, type Place, type Screen } from "../shared/router";
import { Avatar, Badge, Button, Empty, Heading, Pill } from "../shared/ui";
import { count, t } from "../shared/words";
import { Feed, Profile, Skilled } from "./craft";
import { Phones } from "./phones";
import { Part, StaffTabs } from "./frame";
import { Hours, TimesOff } from "./hours";
import { may } from "./me";
import { Table } from "./table";
import { forgetTechnicians, today } from "./technicians";

interface Data {
	technicians: Technician[];
	one: StaffWork | null;
	skills: Skill[];
	staff: StaffLine[];
}

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	return data.one && at.params.id ? (
		<One key={data.one.id} work={data.one} skills={data.skills} reload={reload} />
	) : (
		<List data={data} />
	);
}

function List(p: { data: Data }) {
	const { technicians, staff } = p.data;
	const known = new Set(technicians.map((x) => x.id));
	const others = staff.filter((s) => s.state === "active" && !known.has(s.id));
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.staff")}</Heading>
				<span class="bar__sub">{count("work.count", technicians.length)}</span>
			</header>
			<StaffTabs here="technicians" />
			<div class="scroll">
				{technicians.length === 0 ? (
					<Empty
						icon="truck"
						title={t("work.empty")}
						action={
							<Button kind="primary" icon="userplus" href="/staff/new">
								{t("staff.invite")}
							</Button>
						}
					>
						{t("work.empty.text")}
					</Empty>
				) : (
					<Table
						caption={t("work.title")}
						rows={technicians}
						keyOf={(x) => x.id}
						onOpen={(x) => go(`/technicians/${x.id}`)}
						columns={[
							{
								head: t("name.label"),
								wide: true,
								cell: (x) => (
									<a class="person" href={`/technicians/${x.id}`}>
										<Avatar name={x.name} tech={x.colour} />
										<span>
											<b class="clip">{x.name}</b>
											<small class="clip">{x.vehicle || t("work.no.vehicle")}</small>
										</span>
									</a>
								),
							},
							{ head: t("work.colour"), tight: true, cell: (x) => <Line colour={x.colour} /> },
							{ head: t("work.today"), cell: (x) => <Today tech={x} /> },
							{ head: t("work.certificates"), cell: (x) => <Ending tech={x} /> },
						]}
					/>
				)}
				{others.length > 0 && may("manage_staff") && (
					<div class="tools">
						<select
							class="select tools__pick"
							aria-label={t("work.other")}
							value=""
							onChange={(e) => go(`/technicians/${e.currentTarget.value}`)}
						>
							<option value="">{t("work.other")}</option>
							{others.map((s) => (
								<option key={s.id} value={s.id}>
									{s.name}
								</option>
							))}
						</select>
						<span class="meta">{t("work.other.hint")}</span>
					</div>
				)}
			</div>
		</>
	);
}

/* The line of a route on a map: solid, dashed, dotted. */
export function Line(p: { colour: number }) {
	if (!p.colour) return <span class="faint">{t("work.no.colour")}</span>;
	return (
		<svg class="techline" data-tech={p.colour} viewBox="0 0 48 8" aria-hidden="true">
			<path d="M2 4h44" />
		</svg>
	);
}

function Today(p: { tech: Technician }) {
	const day = p.tech.days[0];
	if (!day?.said) return <span class="faint">{t("work.unsaid")}</span>;
	if (day.minutes === 0)
		return <Badge tone={day.off ? "sun" : "off"}>{day.off || t("plan.idle")}</Badge>;
	return (
		<span>
			{t("wish.between", {
				from: minutes(day.from_minute ?? 0),
				until: minutes(day.to_minute ?? 0),
			})}
			<span class="meta"> {hm(day.minutes)}</span>
		</span>
	);
}

/* A certificate that has ended keeps somebody from being sent: it is said where one looks at all of them. */
function Ending(p: { tech: Technician }) {
	if (p.tech.ending.length === 0) return null;
	return (
		<span class="row row--wrap">
			{p.tech.ending.map((s) => (
				<Badge key={s.name} tone={s.expired ? "coral" : "sun"} icon={s.expired ? "alert" : "clock"}>
					{t(s.expired ? "work.expired" : "work.expires.soon", {
						skill: s.name,
						day: dayOf(s.expires_day ?? today()),
					})}
				</Badge>
			))}
		</span>
	);
}

function One(p: { work: StaffWork; skills: Skill[]; reload: () => Promise<void> }) {
	const [work, setWork] = useState(p.work);
	useEffect(() => setWork(p.work), [p.work]);
	const take = (next: StaffWork) => {
		forgetTechnicians();
		setWork(next);
	};
	const edits = may("manage_staff");
	const expired = work.skills.filter((s) => s.expired);
	const parts = { work, take, edits };
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("customers.crumbs")}>
					<a href="/technicians">{t("work.title")}</a>
					<span aria-hidden="true">/</span>
				</nav>
				<Heading>{work.name}</Heading>
				{expired.map((s) => (
					<Pill key={s.skill_id} tone="coral" icon="alert">
						{t("work.expired", { skill: s.name, day: dayOf(s.expires_day ?? today()) })}
					</Pill>
				))}
				<span class="push" />
				<Button icon="cal" href={`/schedule?tech=${work.id}`}>
					{t("work.plan")}
				</Button>
			</header>
			<div class="scroll">
				<div class="sheet">
					<Part title={t("work.profile")} text={t("work.profile.text")}>
						<Profile key={work.version} {...parts} />
					</Part>
					<Part title={t("work.hours")} text={t("work.hours.text")}>
						<Hours key={work.version} {...parts} />
					</Part>
					<Part title={t("work.off")} text={t("work.off.text")}>
						<TimesOff {...parts} />
					</Part>
					<Part title={t("skills.title")} text={t("work.skills.text")}>
						<Skilled key={work.version} {...parts} all={p.skills} />
					</Part>
					{edits && (
						<Part title={t("work.feed")} text={t("work.feed.text")}>
							<Feed {...parts} />
						</Part>
					)}
					{edits && <Phones id={work.id} name={work.name} />}
				</div>
			</div>
		</>
	);
}

const screen: Screen<Data> = {
	title: "work.title",
	key: (at) => at.params.id ?? "",
	async load(at) {
		const day = today();
		const id = at.params.id;
		const [technicians, one, skills, staff] = await Promise.all([
			call("GET /api/office/technicians", { query: { from: day, to: day } }),
			id ? call("GET /api/office/staff/:id/work", { id }) : null,
			id ? call("GET /api/office/skills") : { rows: [] },
			!id && may("manage_staff")
				? call("GET /api/office/staff", { query: { state: "active" } })
				: { rows: [] },
		]);
		return { technicians: technicians.rows, one, skills: skills.rows, staff: staff.rows };
	},
	view: View,
};
export default screen;
