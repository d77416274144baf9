/* Codes that somebody who leaves has seen, or could have: a list to work off. What was changed since is ticked by itself. */
import { useState } from "preact/hooks";
import type { CodeSeen, CodesSeen, StaffLine } from "../shared/api";
import { call } from "../shared/call";
import { dayOf } from "../shared/format";
import type { Screen } from "../shared/router";
import { Ago, Badge, Banner, Button, Empty, Heading, Segments } from "../shared/ui";
import { count, t } from "../shared/words";
import { may } from "./me";
import { addressOf } from "./place";
import { Table } from "./table";
import { Take } from "./taken";

interface Data {
	person: StaffLine;
	codes: CodesSeen;
}

function View({ data }: { data: Data }) {
	const [only, setOnly] = useState<"open" | "all">("open");
	const { person, codes } = data;
	const open = codes.rows.filter((r) => !r.done);
	const rows = only === "open" ? open : codes.rows;
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("customers.crumbs")}>
					<a href="/staff">{t("nav.staff")}</a>
					<span aria-hidden="true">/</span>
					<a href={`/staff/${person.id}`}>{person.name}</a>
					<span aria-hidden="true">/</span>
				</nav>
				<Heading>{t("leaver.title")}</Heading>
				<span class="bar__sub">{count("leaver.open", open.length)}</span>
				<span class="push" />
				{codes.rows.length > 0 && <Take list="staff/:id/codes-seen" id={person.id} />}
			</header>
			<div class="scroll">
				<div class="tools">
					<p class="muted grow">{t("leaver.text", { name: person.name })}</p>
					<Segments<"open" | "all">
						label={t("leaver.show")}
						value={only}
						choices={[
							{ value: "open", label: t("leaver.show.open") },
							{ value: "all", label: t("leaver.show.all") },
						]}
						onChange={setOnly}
					/>
				</div>
				{codes.rows.length > 0 && (
					<div class="under">
						<progress
							class="bar-done"
							value={codes.rows.length - open.length}
							max={codes.rows.length}
							aria-label={t("leaver.progress")}
						/>
					</div>
				)}
				{codes.rows.length === 0 ? (
					<Empty icon="lock" title={t("leaver.none")}>
						{t("leaver.none.text", { name: person.name })}
					</Empty>
				) : open.length === 0 && only === "open" ? (
					<Banner tone="kelp" icon="done">
						{t("leaver.all.done")}
					</Banner>
				) : (
					<Table<CodeSeen>
						caption={t("leaver.title")}
						rows={rows}
						keyOf={(r) => r.property_id}
						columns={[
							{
								head: t("field.name"),
								wide: true,
								cell: (r) => (
									<a class="person" href={`/customers/${r.customer_id}`}>
										<span>
											<b class="clip">{r.customer_name}</b>
											<small class="clip">
												{addressOf({ street: r.street, city: r.city, region: "", postcode: "" })}
											</small>
										</span>
									</a>
								),
							},
							{
								head: t("leaver.why"),
								cell: (r) =>
									r.times > 0 ? (
										<span>
											{count("leaver.seen", r.times)}, <Ago at={r.last_at} />
										</span>
									) : (
										<span class="muted">
											{t("leaver.could", { day: r.last_day ? dayOf(r.last_day) : "" })}
										</span>
									),
							},
							{
								head: t("leaver.state"),
								tight: true,
								cell: (r) =>
									r.done ? (
										<Badge tone="kelp" icon="check">
											{t("leaver.changed")}
										</Badge>
									) : may("edit_customers") ? (
										<Button
											size="sm"
											icon="key"
											href={`/customers/${r.customer_id}?edit=access:${r.property_id}`}
										>
											{t("leaver.change")}
										</Button>
									) : (
										<Badge tone="sun" icon="alert">
											{t("leaver.waiting")}
										</Badge>
									),
							},
						]}
					/>
				)}
			</div>
		</>
	);
}

const screen: Screen<Data> = {
	title: "leaver.title",
	key: (at) => at.params.id ?? "",
	async load(at) {
		const id = at.params.id ?? "";
		const [person, codes] = await Promise.all([
			call("GET /api/office/staff/:id", { id }),
			call("GET /api/office/staff/:id/codes-seen", { id }),
		]);
		return { person, codes };
	},
	view: View,
};
export default screen;
