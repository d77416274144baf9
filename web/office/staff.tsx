/* Staff: who works here, found, invited, changed, signed out. The open person stands beside the list. */
import { useEffect, useState } from "preact/hooks";
import type { Role, StaffLine, StaffPage } from "../shared/api";
import { call } from "../shared/call";
import { back, go, type Place, type Screen } from "../shared/router";
import { Ago, Avatar, Badge, Button, Empty, Heading, Icon, Segments } from "../shared/ui";
import { count, t } from "../shared/words";
import { StaffTabs } from "./frame";
import { roleOf } from "./me";
import { InvitePanel, PersonPanel, StatePill } from "./person";
import { Table } from "./table";
import { Take } from "./taken";

interface Data {
	page: StaffPage;
	roles: Role[];
}
type State = "" | StaffLine["state"];

const query = (at: Place) => ({
	q: at.query.get("q") ?? "",
	state: (at.query.get("state") ?? "") as State,
});

function View({ data, at, reload }: { data: Data; at: Place; reload: () => Promise<void> }) {
	const { q, state } = query(at);
	const [typed, setTyped] = useState(q);
	const [more, setMore] = useState<StaffPage | null>(null);
	const [busy, setBusy] = useState(false);
	const [single, setSingle] = useState<StaffLine | null>(null);
	const rows = [...data.page.rows, ...(more?.rows ?? [])];
	const next = more ? more.next : data.page.next;
	const open = at.params.id;
	const line = rows.find((r) => r.id === open) ?? (single?.id === open ? single : null);

	const search = (change: { q?: string; state?: State }) => {
		const to = new URLSearchParams();
		const wanted = { q, state, ...change };
		if (wanted.q) to.set("q", wanted.q);
		if (wanted.state) to.set("state", wanted.state);
		setMore(null);
		go(`${at.path}${to.size ? `?${to}` : ""}`, true);
	};
	// Waits for the typing to pause
	useEffect(() => {
		if (typed === q) return;
		const timer = setTimeout(() => search({ q: typed }), 250);
		return () => clearTimeout(timer);
	}, [typed]);
	/* A link to a person who is not on this page of the list. */
	useEffect(() => {
		if (open && open !== "new" && !line)
			call("GET /api/office/staff/:id", { id: open }).then(setSingle, () => go("/staff", true));
	}, [open, line]);

	const tail = at.query.size ? `?${at.query}` : "";
	const close = back(`/staff${tail}`);
	const changed = async () => {
		setMore(null);
		if (single) setSingle(await call("GET /api/office/staff/:id", { id: single.id }));
		await reload();
	};
	const older = async () => {
		setBusy(true);
		const page = await call("GET /api/office/staff", {
			query: { q, state, after: next ?? "" },
		});
		setMore({ rows: [...(more?.rows ?? []), ...page.rows], next: page.next });
		setBusy(false);
	};
	const alone = rows.length === 1 && !q && !state;
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.staff")}</Heading>
				<span class="bar__sub">
					{next ? t("staff.many", { n: rows.length }) : count("staff.count", rows.length)}
				</span>
				<span class="push" />
				<Take list="staff" />
				<Button kind="primary" icon="userplus" href={`/staff/new${tail}`}>
					{t("staff.invite")}
				</Button>
			</header>
			<StaffTabs here="staff" />
			<div class={open ? "split split--open" : "split"}>
				<div class="scroll">
					<div class="tools">
						<Segments<State>
							label={t("staff.filter")}
							value={state}
							choices={(["", "active", "invited", "disabled"] as State[]).map((value) => ({
								value,
								label: t(value ? `staff.state.${value}` : "staff.all"),
							}))}
							onChange={(s) => search({ state: s })}
						/>
						<span class="push" />
						<div class="with tools__find">
							<Icon name="search" />
							<input
								class="input"
								type="search"
								aria-label={t("staff.find")}
								placeholder={t("staff.find")}
								value={typed}
								onInput={(e) => setTyped(e.currentTarget.value)}
							/>
						</div>
					</div>
					{rows.length === 0 ? (
						<Empty icon="search" title={t("staff.none")}>
							{t("staff.none.text")}
						</Empty>
					) : (
						<Table
							caption={t("nav.staff")}
							rows={rows}
							keyOf={(s) => s.id}
							selected={open}
							onOpen={(s) => go(`/staff/${s.id}${tail}`)}
							columns={[
								{
									head: t("name.label"),
									wide: true,
									cell: (s) => (
										<a class="person" href={`/staff/${s.id}${tail}`}>
											<Avatar name={s.name} />
											<span>
												<b class="clip">{s.name}</b>
												<small class="clip">{s.email}</small>
											</span>
										</a>
									),
								},
								{ head: t("role.label"), cell: roleOf },
								{
									head: t("staff.factor"),
									tight: true,
									desk: true,
									cell: (s) =>
										s.second_factor ? (
											<Badge tone="kelp" icon="shield">
												{t("act.on")}
											</Badge>
										) : (
											<span class="faint" title={t("staff.factor")}>
												{t("act.off")}
											</span>
										),
								},
								{
									head: t("staff.seen"),
									tight: true,
									cell: (s) => <Ago at={s.last_seen_at ?? null} never={t("staff.never")} />,
								},
								{ head: t("staff.state"), tight: true, cell: (s) => <StatePill state={s.state} /> },
							]}
						/>
					)}
					{next && (
						<div class="more">
							<Button busy={busy} onClick={older}>
								{t("act.more")}
							</Button>
						</div>
					)}
					{alone && !open && (
						<Empty
							icon="people"
							title={t("staff.empty")}
							action={
								<Button kind="tint" icon="userplus" href="/staff/new">
									{t("staff.invite")}
								</Button>
							}
						>
							{t("staff.empty.text")}
						</Empty>
					)}
				</div>
				{open === "new" && <InvitePanel roles={data.roles} close={close} changed={changed} />}
				{line && open !== "new" && (
					<PersonPanel
						key={line.id}
						line={line}
						roles={data.roles}
						close={close}
						changed={changed}
					/>
				)}
			</div>
		</>
	);
}

const screen: Screen<Data> = {
	title: "nav.staff",
	key: (at) => at.query.toString(),
	async load(at) {
		const [page, roles] = await Promise.all([
			call("GET /api/office/staff", { query: query(at) }),
			call("GET /api/office/roles"),
		]);
		return { page, roles: roles.rows };
	},
	view: View,
};
export default screen;
