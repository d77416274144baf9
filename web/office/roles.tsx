/* Roles: the built-in ones to read, the company's own to make from permissions. */
import { useState } from "preact/hooks";
import type { Role, RolePage } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, TextField, useForm } from "../shared/form";
import { toast } from "../shared/over";
import { back, go, type Place, type Screen } from "../shared/router";
import { Banner, Button, Heading, Icon, Pill } from "../shared/ui";
import { count, type Key, named, t } from "../shared/words";
import { Grants, Panel, StaffTabs } from "./frame";
import { me, may as mine, type Permission } from "./me";
import { Table } from "./table";
import { Take } from "./taken";

/* What may be combined, in the order of a day. Ownership is handed over, never granted. */
const GROUPS: { title: Key; may: Permission[] }[] = [
	{ title: "group.customers", may: ["see_customers", "edit_customers", "see_codes", "message"] },
	{
		title: "group.day",
		may: ["see_board", "dispatch", "plan_routes", "work_stops", "manage_stock"],
	},
	{ title: "group.money", may: ["see_bills", "bill", "take_payments"] },
	{ title: "group.pay", may: ["see_pay", "run_payroll"] },
	{ title: "group.data", may: ["see_reports", "import", "export"] },
	{ title: "group.house", may: ["manage_staff", "manage_company", "read_audit"] },
];

/* Who changes a thing sees it. The server insists; the page ticks the box for you. */
const NEEDS: Partial<Record<Permission, Permission>> = {
	edit_customers: "see_customers",
	see_codes: "see_customers",
	dispatch: "see_board",
	plan_routes: "see_board",
	bill: "see_bills",
	take_payments: "see_bills",
	run_payroll: "see_pay",
};
const SECOND_FACTOR: Permission[] = ["see_pay", "run_payroll", "take_payments"];

function withNeeded(may: Set<Permission>): Set<Permission> {
	const all = new Set(may);
	for (const m of may) if (NEEDS[m]) all.add(NEEDS[m]);
	return all;
}

const label = (r: Role) => (r.built_in ? named("role", r.name) : r.name);
const idOf = (r: Role) => (r.built_in ? r.name : r.id);

function Editor(p: { role: Role | null; close: () => void; changed: () => Promise<void> }) {
	const { role } = p;
	const fixed = (role?.built_in ?? false) || !mine("manage_company");
	const [may, setMay] = useState<Set<Permission>>(new Set(role?.may ?? []));
	const grantable = new Set(me.value?.may);
	const form = useForm({
		initial: { name: role ? label(role) : "" },
		draft: role ? undefined : "role",
		async send(v, key) {
			const body = { name: v.name.trim(), may: [...may] };
			if (role)
				await call("PUT /api/office/roles/:id", {
					id: role.id,
					body: { ...body, version: role.version },
					key,
				});
			else await call("POST /api/office/roles", { body, key });
			await p.changed();
			toast(t("role.saved", { name: body.name }));
			p.close();
		},
		caught(fault) {
			if (fault.code !== "stale") return false;
			form.fail("", t("stale.role"));
			void p.changed();
			return true;
		},
	});
	const toggle = (m: Permission, on: boolean) => {
		const next = new Set(may);
		if (on) next.add(m);
		else {
			next.delete(m);
			/* What leans on it goes with it. */
			for (const [above, below] of Object.entries(NEEDS))
				if (below === m) next.delete(above as Permission);
		}
		setMay(withNeeded(next));
		form.fail("", "");
	};
	const remove = async () => {
		if (!role) return;
		try {
			await call("DELETE /api/office/roles/:id", { id: role.id });
			await p.changed();
			p.close();
			toast(t("role.removed", { name: role.name }), () => {
				call("POST /api/office/roles", { body: { name: role.name, may: role.may } }).then(
					p.changed,
					(f) => toast((f as Error).message),
				);
			});
		} catch (f) {
			if (f instanceof Fault) form.fail("", f.message);
		}
	};
	const title = role ? label(role) : t("role.new");
	const factor = [...may].some((m) => SECOND_FACTOR.includes(m)) || role?.name === "owner";
	return (
		<Panel title={title} close={p.close}>
			<form class="stack stack--loose" onSubmit={form.submit} noValidate>
				{fixed ? (
					<Banner icon="lock">{t(role?.built_in ? "role.fixed" : "role.closed")}</Banner>
				) : (
					<>
						<FormTrouble form={form} />
						<TextField
							form={form}
							name="name"
							label={t("role.name")}
							hint={t("role.name.hint")}
							maxLength={60}
							required
							autofocus={!role}
						/>
					</>
				)}
				{factor && (
					<p class="field__hint">
						<Icon name="shield" size="sm" /> {t("role.factor")}
					</p>
				)}
				<div>
					{GROUPS.map((g) => (
						<fieldset class="group" key={g.title}>
							<legend>{t(g.title)}</legend>
							{g.may.map((m) => (
								<label class="check" key={m}>
									<input
										type="checkbox"
										checked={may.has(m)}
										disabled={fixed || !grantable.has(m)}
										onChange={(e) => toggle(m, e.currentTarget.checked)}
									/>
									<span>{named("may", m)}</span>
								</label>
							))}
						</fieldset>
					))}
				</div>
				{!fixed && (
					<div class="row row--wrap">
						<Button kind="primary" type="submit" busy={form.busy} disabled={may.size === 0}>
							{role ? t("act.save") : t("role.make")}
						</Button>
						{role && role.people === 0 && (
							<Button kind="danger-quiet" onClick={remove}>
								{t("role.remove")}
							</Button>
						)}
						{role && role.people > 0 && (
							<span class="meta">{count("role.people", role.people)}</span>
						)}
					</div>
				)}
			</form>
		</Panel>
	);
}

function View({ data, at, reload }: { data: RolePage; at: Place; reload: () => Promise<void> }) {
	const open = at.params.id;
	const role = data.rows.find((r) => idOf(r) === open) ?? null;
	const close = back("/roles");
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.staff")}</Heading>
				<span class="bar__sub">{t("nav.roles")}</span>
				<span class="push" />
				<Take list="roles" />
				{mine("manage_company") && (
					<Button kind="primary" icon="plus" href="/roles/new">
						{t("role.new")}
					</Button>
				)}
			</header>
			<StaffTabs here="roles" />
			<div class={open ? "split split--open" : "split"}>
				<div class="scroll">
					<Table
						caption={t("nav.roles")}
						rows={data.rows}
						keyOf={idOf}
						selected={open}
						onOpen={(r) => go(`/roles/${idOf(r)}`)}
						columns={[
							{
								head: t("role.label"),
								wide: true,
								cell: (r) => (
									<a class="table__main" href={`/roles/${idOf(r)}`}>
										{label(r)}
									</a>
								),
							},
							{ head: t("role.may"), wide: true, cell: (r) => <Grants may={r.may} /> },
							{
								head: t("role.kind"),
								tight: true,
								desk: true,
								cell: (r) =>
									r.built_in ? (
										<span class="faint">{t("role.builtin")}</span>
									) : (
										<Pill tone="teal" icon="pen">
											{t("role.own")}
										</Pill>
									),
							},
							{ head: t("role.who"), tight: true, cell: (r) => count("role.people", r.people) },
						]}
					/>
				</div>
				{open && (
					<Editor key={open} role={open === "new" ? null : role} close={close} changed={reload} />
				)}
			</div>
		</>
	);
}

const screen: Screen<RolePage> = {
	title: "nav.roles",
	key: () => "",
	load: () => call("GET /api/office/roles"),
	view: View,
};
export default screen;
