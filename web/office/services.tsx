/* What the company sells: service levels that repeat, templates of jobs, and the skills that they ask for. */
import { useState } from "preact/hooks";
import type { Service, Skill } from "../shared/api";
import { call, Fault } from "../shared/call";
import { duration, money } from "../shared/format";
import { toast } from "../shared/over";
import { back, go, type Place, type Screen } from "../shared/router";
import { Badge, Button, Empty, FaultBar, Heading, Icon, Pill } from "../shared/ui";
import { count, t } from "../shared/words";
import { Booking } from "./booking";
import { may, me } from "./me";
import { SkillPanel, Skills } from "./skills";
import { Table } from "./table";
import { Take } from "./taken";
import { ServicePanel } from "./template";

interface Data {
	services: Service[];
	skills: Skill[];
}

const tabs = ["", "skills", "booking"] as const;
const TITLES = { "": "services.title", skills: "skills.title", booking: "booking.title" } as const;

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const tab = at.path.startsWith("/services/skills")
		? "skills"
		: at.path === "/services/booking"
			? "booking"
			: "";
	const archived = at.query.get("archived") === "yes";
	const tail = archived ? "?archived=yes" : "";
	const open = at.params.id ?? "";
	const service = data.services.find((s) => s.id === open);
	const edits = may("manage_company");
	const panel =
		tab === "booking" ? false : tab === "" ? open === "new" || service !== undefined : open !== "";
	const close = back(`${tab === "skills" ? "/services/skills" : "/services"}${tail}`);
	const seed = async () => {
		setBusy(true);
		try {
			await call("POST /api/office/standard-services");
			await reload();
			toast(t("services.seeded"));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		} finally {
			setBusy(false);
		}
	};
	const shown = data.services.filter((s) => archived || !s.archived);
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.services")}</Heading>
				<span class="bar__sub">
					{tab === "skills"
						? count("skills.count", data.skills.length)
						: count("services.count", shown.length)}
				</span>
				<span class="push" />
				{tab === "" && data.services.length > 0 && <Take list="services" />}
				{tab === "skills" && data.skills.length > 0 && <Take list="skills" />}
				{tab === "skills"
					? may("manage_staff") && (
							<Button kind="primary" icon="plus" href="/services/skills/new">
								{t("skills.add")}
							</Button>
						)
					: tab === "" &&
						edits && (
							<Button kind="primary" icon="plus" href={`/services/new${tail}`}>
								{t("services.add")}
							</Button>
						)}
			</header>
			<nav class="under tabs" aria-label={t("nav.services")}>
				{tabs.map((x) => (
					<a
						key={x}
						class="tab"
						href={x ? `/services/${x}` : "/services"}
						aria-current={tab === x ? "page" : undefined}
					>
						{t(TITLES[x])}
					</a>
				))}
			</nav>
			{tab === "booking" ? (
				<Booking />
			) : (
				<div class={panel ? "split split--open" : "split"}>
					<div class="scroll">
						<FaultBar text={fault} />
						{tab === "skills" ? (
							<Skills skills={data.skills} services={data.services} open={open} />
						) : shown.length === 0 && !archived ? (
							<Empty
								icon="list"
								title={t("services.empty")}
								action={
									edits && (
										<Button kind="primary" icon="bolt" busy={busy} onClick={() => void seed()}>
											{t("services.seed")}
										</Button>
									)
								}
							>
								{t("services.empty.text")}
							</Empty>
						) : (
							<>
								<Kinds rows={shown} skills={data.skills} open={open} tail={tail} />
								<div class="tools">
									<a class="link" href={archived ? "/services" : "/services?archived=yes"}>
										{t(archived ? "services.archived.hide" : "services.archived.show")}
									</a>
									{edits && (
										<>
											<span class="push" />
											<Button kind="quiet" size="sm" busy={busy} onClick={() => void seed()}>
												{t("services.seed.again")}
											</Button>
										</>
									)}
								</div>
							</>
						)}
					</div>
					{panel && tab === "" && (
						<ServicePanel
							key={open}
							service={service ?? null}
							skills={data.skills}
							close={close}
							changed={reload}
						/>
					)}
					{panel && tab === "skills" && (
						<SkillPanel
							key={open}
							skill={data.skills.find((s) => s.id === open) ?? null}
							close={close}
							changed={reload}
						/>
					)}
				</div>
			)}
		</>
	);
}

/* Levels first, then jobs, as the server orders them. */
function Kinds(p: { rows: Service[]; skills: Skill[]; open: string; tail: string }) {
	return (
		<>
			{(["level", "job"] as const).map((kind) => {
				const rows = p.rows.filter((s) => s.kind === kind);
				return (
					<section key={kind} aria-label={t(`services.${kind}s`)}>
						<div class="tools">
							<h2 class="kind">{t(`services.${kind}s`)}</h2>
							<span class="meta">{t(`services.${kind}s.text`)}</span>
						</div>
						{rows.length === 0 ? (
							<p class="tools faint">{t("services.none")}</p>
						) : (
							<Rows {...p} rows={rows} kind={kind} />
						)}
					</section>
				);
			})}
		</>
	);
}

function Rows(p: {
	rows: Service[];
	skills: Skill[];
	open: string;
	tail: string;
	kind: Service["kind"];
}) {
	const currency = me.value?.company.currency ?? "";
	const named = (id: string) => p.skills.find((s) => s.id === id)?.name ?? "";
	return (
		<Table
			caption={t(`services.${p.kind}s`)}
			rows={p.rows}
			keyOf={(s) => s.id}
			selected={p.open}
			onOpen={(s) => go(`/services/${s.id}${p.tail}`)}
			columns={[
				{
					head: t("field.name"),
					wide: true,
					cell: (s) => (
						<a class="person" href={`/services/${s.id}${p.tail}`}>
							<Icon name={s.kind === "level" ? "refresh" : "wrench"} />
							<span>
								<b class="clip">{s.name}</b>
								<small class="clip">
									{[count("services.lines", s.checklist.length), s.pay_code]
										.filter(Boolean)
										.join(" · ")}
								</small>
							</span>
						</a>
					),
				},
				{
					head: t("services.needs"),
					cell: (s) => (
						<span class="chips">
							{s.skills.map((x) => (
								<Badge key={x.skill_id} icon="shield">
									{named(x.skill_id)}
								</Badge>
							))}
							{s.checklist.some((c) => c.photo) && (
								<Badge icon="camera">{t("services.photos")}</Badge>
							)}
							{s.checklist.some((c) => c.reading) && (
								<Badge icon="flask">{t("services.readings")}</Badge>
							)}
							{s.parts.length > 0 && (
								<Badge icon="box">{count("services.parts.count", s.parts.length)}</Badge>
							)}
							{s.archived && <Pill tone="off">{t("services.archived")}</Pill>}
						</span>
					),
				},
				{ head: t("services.minutes"), tight: true, cell: (s) => duration(s.minutes) },
				{
					head: t("agreement.price"),
					tight: true,
					cell: (s) =>
						s.price_cents > 0 && currency ? (
							money(s.price_cents, currency)
						) : (
							<span class="faint">–</span>
						),
				},
			]}
		/>
	);
}

const screen: Screen<Data> = {
	title: "nav.services",
	key: (at) => `${at.path.startsWith("/services/skills")}${at.query.get("archived") ?? ""}`,
	async load(at) {
		const archived = at.query.get("archived") === "yes";
		const [services, skills] = await Promise.all([
			call("GET /api/office/services", { query: { archived } }),
			may("see_board") ? call("GET /api/office/skills") : { rows: [] },
		]);
		return { services: services.rows, skills: skills.rows };
	},
	view: View,
};
export default screen;
