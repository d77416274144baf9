/* Staff: who works here, found, invited, changed, signed out. The open person stands beside the list. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Role, RolePage, StaffLine, StaffPage } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm } from "../shared/form";
import { Dialog, Menu, type MenuItem, toast } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import {
	Ago,
	Avatar,
	Badge,
	Banner,
	Button,
	Empty,
	Heading,
	Icon,
	Pill,
	Segments,
	Table,
} from "../shared/ui";
import { count, language, named, t } from "../shared/words";
import { me, roleOf, whoAmI } from "./me";

interface Data {
	page: StaffPage;
	roles: Role[];
}
type State = "" | StaffLine["state"];

const query = (at: Place) => ({
	q: at.query.get("q") ?? "",
	state: (at.query.get("state") ?? "") as State,
});

function StatePill(p: { state: StaffLine["state"] }) {
	const looks = {
		active: ["kelp", "done"],
		invited: ["aqua", "mail"],
		disabled: ["off", "ban"],
	} as const;
	const [tone, icon] = looks[p.state];
	return (
		<Pill tone={tone} icon={icon}>
			{t(`staff.state.${p.state}`)}
		</Pill>
	);
}

/* A role in a select: a built-in one by name, the company's own by "own:<id>". */
const roleValue = (s: { role: string; role_id?: string | null }) =>
	s.role_id ? `own:${s.role_id}` : s.role;
const roleBody = (value: string) =>
	value.startsWith("own:") ? { role: "own", role_id: value.slice(4) } : { role: value };
const roleName = (r: { built_in: boolean; name: string; id: string }) =>
	r.built_in ? named("role", r.name) : r.name;

function roleChoices(roles: Role[], current = "") {
	return roles
		.filter((r) => r.name !== "owner" || !r.built_in || current === "owner")
		.map((r) => ({ value: r.built_in ? r.name : `own:${r.id}`, label: roleName(r) }));
}

/* ---- the panel: someone new ---- */

function InvitePanel(p: { roles: Role[]; close: () => void; changed: () => Promise<void> }) {
	const form = useForm({
		initial: { name: "", email: "", role: "technician", language: language.value as string },
		draft: "invite",
		async send(v, key) {
			const body = {
				name: v.name.trim(),
				email: v.email.trim(),
				language: v.language,
				...roleBody(v.role),
			};
			const line = await call<StaffLine>("POST", "/office/staff", { body, key });
			await p.changed();
			toast(t("staff.invited", { email: line.email }));
			p.close();
		},
	});
	const role = p.roles.find(
		(r) =>
			roleValue({ role: r.built_in ? r.name : "", role_id: r.built_in ? null : r.id }) ===
			form.values.role,
	);
	return (
		<Panel title={t("staff.invite")} close={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				{form.errors[""] && !me.value?.email_confirmed ? (
					<Banner tone="sun" icon="mail" alert>
						{form.errors[""]}
					</Banner>
				) : (
					<FormTrouble form={form} />
				)}
				<TextField
					form={form}
					name="name"
					label={t("name.label")}
					maxLength={120}
					required
					autofocus
				/>
				<TextField
					form={form}
					name="email"
					type="email"
					label={t("email.label")}
					hint={t("staff.email.hint")}
					maxLength={254}
					required
				/>
				<SelectField
					form={form}
					name="role"
					label={t("role.label")}
					choices={roleChoices(p.roles)}
					hint={role && <Grants may={role.may} />}
				/>
				<SelectField
					form={form}
					name="language"
					label={t("staff.language")}
					choices={[
						{ value: "en", label: "English" },
						{ value: "es", label: "Español" },
					]}
				/>
				<Button kind="primary" size="lg" block type="submit" icon="send" busy={form.busy}>
					{form.values.name.trim()
						? t("staff.send.to", { name: form.values.name.trim().split(/\s+/)[0] ?? "" })
						: t("staff.send")}
				</Button>
			</form>
		</Panel>
	);
}

export function Grants(p: { may: string[] }) {
	const first = p.may.slice(0, 6);
	return (
		<span class="grants">
			{first.map((m) => (
				<Badge key={m}>{named("may", m)}</Badge>
			))}
			{p.may.length > first.length && (
				<Badge>{count("grants.more", p.may.length - first.length)}</Badge>
			)}
		</span>
	);
}

function Panel(p: {
	title: string;
	close: () => void;
	menu?: MenuItem[];
	children: preact.ComponentChildren;
}) {
	return (
		<aside
			class="panel"
			aria-label={p.title}
			onKeyDown={(e) => {
				if (e.key === "Escape") p.close();
			}}
		>
			<div class="panel__head">
				<h2 class="grow clip">{p.title}</h2>
				{p.menu && p.menu.length > 0 && <Menu label={t("staff.more")} items={p.menu} />}
				<Button kind="quiet" icon="x" label={t("act.close")} onClick={p.close} />
			</div>
			<div class="panel__body">{p.children}</div>
		</aside>
	);
}

/* ---- the panel: someone who is here ---- */

function PersonPanel(p: {
	line: StaffLine;
	roles: Role[];
	close: () => void;
	changed: () => Promise<void>;
}) {
	const { line } = p;
	const [handing, setHanding] = useState(false);
	const [stale, setStale] = useState(false);
	const self = line.id === me.value?.id;
	const owner = line.role === "owner";
	const iOwn = me.value?.may.includes("own");
	const version = useRef(line.version);
	const form = useForm({
		initial: { name: line.name, role: roleValue(line) },
		async send(v, key) {
			const body = { name: v.name.trim(), ...roleBody(v.role), version: version.current };
			const next = await call<StaffLine>("PUT", `/office/staff/${line.id}`, { body, key });
			version.current = next.version;
			setStale(false);
			await p.changed();
			if (self) await whoAmI();
			toast(t("act.saved"));
		},
		caught(fault) {
			if (fault.code !== "stale") return false;
			setStale(true);
			return true;
		},
	});
	const attempt = async (act: () => Promise<unknown>, said?: string, undo?: () => void) => {
		try {
			await act();
			await p.changed();
			if (said) toast(said, undo);
		} catch (f) {
			if (f instanceof Fault) form.fail("", f.message);
		}
	};
	const enable = () =>
		attempt(
			() => call("DELETE", `/office/staff/${line.id}/disablings`),
			t("staff.enabled", { name: line.name }),
		);
	const disable = () =>
		attempt(
			() =>
				call("POST", `/office/staff/${line.id}/disablings`, { body: { version: version.current } }),
			t("staff.disabled", { name: line.name }),
			() => void enable(),
		);
	const resend = () =>
		attempt(
			() => call("POST", `/office/staff/${line.id}/invitations`),
			t("staff.invited", { email: line.email }),
		);
	const menu: MenuItem[] = [];
	if (line.state === "invited")
		menu.push({ label: t("staff.resend"), icon: "send", act: () => void resend() });
	if (iOwn && !self && line.state === "active")
		menu.push({ label: t("staff.hand"), icon: "crown", act: () => setHanding(true) });
	if (!self && !owner && line.state !== "disabled")
		menu.push({
			label: t("staff.disable"),
			icon: "ban",
			danger: true,
			rule: menu.length > 0,
			act: () => void disable(),
		});
	if (line.state === "disabled")
		menu.push({ label: t("staff.enable"), icon: "undo", act: () => void enable() });

	const again = async () => {
		const fresh = await call<StaffLine>("GET", `/office/staff/${line.id}`);
		version.current = fresh.version;
		form.replace({ name: fresh.name, role: roleValue(fresh) });
		setStale(false);
		await p.changed();
	};
	return (
		<Panel title={line.name} close={p.close} menu={menu}>
			<div class="row">
				<Avatar name={line.name} large />
				<div class="grow">
					<p class="clip">{line.email}</p>
					<div class="row row--wrap">
						<StatePill state={line.state} />
						{line.second_factor && (
							<Badge tone="kelp" icon="shield">
								{t("staff.factor")}
							</Badge>
						)}
					</div>
				</div>
			</div>
			{line.state === "invited" && (
				<Banner
					tone="aqua"
					icon="mail"
					action={
						<Button size="sm" onClick={resend}>
							{t("staff.resend")}
						</Button>
					}
				>
					{t("staff.waiting")}
				</Banner>
			)}
			{line.state === "disabled" && (
				<Banner
					icon="ban"
					action={
						<Button size="sm" onClick={enable}>
							{t("staff.enable")}
						</Button>
					}
				>
					{t("staff.off")}
				</Banner>
			)}
			{stale && (
				<Banner
					tone="sun"
					alert
					action={
						<Button size="sm" onClick={() => void again()}>
							{t("stale.look")}
						</Button>
					}
				>
					{t("stale.person")}
				</Banner>
			)}
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<TextField form={form} name="name" label={t("name.label")} maxLength={120} required />
				<SelectField
					form={form}
					name="role"
					label={t("role.label")}
					disabled={owner || self}
					hint={owner ? t("staff.owner.hint") : self ? t("staff.self.hint") : undefined}
					choices={roleChoices(p.roles, line.role)}
				/>
				<Button kind="primary" type="submit" busy={form.busy} disabled={!form.dirty}>
					{t("act.save")}
				</Button>
			</form>
			<dl class="facts">
				<dt>{t("staff.seen")}</dt>
				<dd>
					<Ago at={line.last_seen_at ?? null} never={t("staff.never")} />
				</dd>
				<dt>{t("staff.factor")}</dt>
				<dd>{line.second_factor ? t("act.on") : t("act.off")}</dd>
			</dl>
			{handing && <HandOver line={line} close={() => setHanding(false)} changed={p.changed} />}
		</Panel>
	);
}

/* Ownership moves once and for all: this is asked, with the name. */
function HandOver(p: { line: StaffLine; close: () => void; changed: () => Promise<void> }) {
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const hand = async () => {
		setBusy(true);
		try {
			await call("POST", "/office/ownership", { body: { staff_id: p.line.id } });
			await whoAmI();
			await p.changed();
			toast(t("hand.done", { name: p.line.name }));
			p.close();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	return (
		<Dialog
			title={t("hand.title", { name: p.line.name })}
			onClose={p.close}
			foot={
				<>
					<Button kind="quiet" onClick={p.close}>
						{t("act.cancel")}
					</Button>
					<Button kind="danger" busy={busy} onClick={hand}>
						{t("hand.go", { name: p.line.name })}
					</Button>
				</>
			}
		>
			<p class="muted">{t("hand.text", { name: p.line.name })}</p>
			{fault && (
				<Banner tone="coral" alert>
					{fault}
				</Banner>
			)}
		</Dialog>
	);
}

/* ---- the list ---- */

export function StaffTabs(p: { here: "staff" | "roles" }) {
	return (
		<nav class="under tabs" aria-label={t("nav.staff")}>
			<a class="tab" href="/staff" aria-current={p.here === "staff" ? "page" : undefined}>
				{t("staff.people")}
			</a>
			<a class="tab" href="/roles" aria-current={p.here === "roles" ? "page" : undefined}>
				{t("nav.roles")}
			</a>
		</nav>
	);
}

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
			call<StaffLine>("GET", `/office/staff/${open}`).then(setSingle, () => go("/staff", true));
	}, [open, line]);

	const tail = at.query.size ? `?${at.query}` : "";
	const close = () => go(`/staff${tail}`);
	const changed = async () => {
		setMore(null);
		if (single) setSingle(await call<StaffLine>("GET", `/office/staff/${single.id}`));
		await reload();
	};
	const older = async () => {
		setBusy(true);
		const page = await call<StaffPage>("GET", "/office/staff", {
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
			call<StaffPage>("GET", "/office/staff", { query: query(at) }),
			call<RolePage>("GET", "/office/roles"),
		]);
		return { page, roles: roles.rows };
	},
	view: View,
};
export default screen;
