/* The panel beside the list of staff: somebody new, somebody who is here, the company handed over. */
import { useRef, useState } from "preact/hooks";
import type { Role, StaffChange, StaffLine } from "../shared/api";
import { call, Fault } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm } from "../shared/form";
import { Dialog, toast } from "../shared/over";
import { Ago, Avatar, Badge, Banner, Button, FaultNote, Icon, Pill } from "../shared/ui";
import { type Language, language, named, t } from "../shared/words";
import { Grants, Panel } from "./frame";
import { may, me, whoAmI } from "./me";
import type { MenuItem } from "./menu";
import { OwnPart } from "./own";

export function StatePill(p: { state: StaffLine["state"] }) {
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
const roleBody = (value: string): Pick<StaffChange, "role" | "role_id"> =>
	value.startsWith("own:")
		? { role: "own", role_id: value.slice(4) }
		: { role: value as StaffChange["role"] };
const roleName = (r: { built_in: boolean; name: string; id: string }) =>
	r.built_in ? named("role", r.name) : r.name;

/* Nobody hands out more than they have, and ownership is not handed out at all. */
function roleChoices(roles: Role[], current = "") {
	const mine = new Set(me.value?.may);
	return roles
		.filter((r) => {
			const value = roleValue({ role: r.name, role_id: r.built_in ? null : r.id });
			return value === current || (!r.may.includes("own") && r.may.every((m) => mine.has(m)));
		})
		.map((r) => ({ value: r.built_in ? r.name : `own:${r.id}`, label: roleName(r) }));
}

const LANGUAGES = [
	{ value: "en", label: "English" },
	{ value: "es", label: "Español" },
];

/* ---- the panel: someone new ---- */

export function InvitePanel(p: { roles: Role[]; close: () => void; changed: () => Promise<void> }) {
	const form = useForm({
		initial: { name: "", email: "", role: "technician", language: language.value as string },
		draft: "invite",
		async send(v, key) {
			const body = {
				name: v.name.trim(),
				email: v.email.trim(),
				language: v.language as Language,
				...roleBody(v.role),
			};
			const line = await call("POST /api/office/staff", { body, key });
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
				<SelectField form={form} name="language" label={t("staff.language")} choices={LANGUAGES} />
				<Button kind="primary" size="lg" block type="submit" icon="send" busy={form.busy}>
					{form.values.name.trim()
						? t("staff.send.to", { name: form.values.name.trim().split(/\s+/)[0] ?? "" })
						: t("staff.send")}
				</Button>
			</form>
		</Panel>
	);
}

/* ---- the panel: someone who is here ---- */

export function PersonPanel(p: {
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
		initial: { name: line.name, role: roleValue(line), language: line.language as string },
		async send(v, key) {
			const body = {
				name: v.name.trim(),
				...roleBody(v.role),
				language: v.language,
				version: version.current,
			};
			const next = await call("PUT /api/office/staff/:id", { id: line.id, body, key });
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
			() => call("DELETE /api/office/staff/:id/disablings", { id: line.id }),
			t("staff.enabled", { name: line.name }),
		);
	const disable = () =>
		attempt(
			() =>
				call("POST /api/office/staff/:id/disablings", {
					id: line.id,
					body: { version: version.current },
				}),
			t("staff.disabled", { name: line.name }),
			() => void enable(),
		);
	const resend = () =>
		attempt(
			() => call("POST /api/office/staff/:id/invitations", { id: line.id }),
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

	/* Their row moved on: the form above must save from the version it has now. */
	const refresh = async () => {
		version.current = (await call("GET /api/office/staff/:id", { id: line.id })).version;
	};
	const again = async () => {
		const fresh = await call("GET /api/office/staff/:id", { id: line.id });
		version.current = fresh.version;
		form.replace({ name: fresh.name, role: roleValue(fresh), language: fresh.language });
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
			{may("see_customers") && may("manage_staff") && line.state !== "invited" && (
				<a class="way" href={`/staff/${line.id}/codes`}>
					<Icon name="key" />
					<span>
						{t("leaver.see")}
						{line.state === "disabled" && <small>{t("leaver.left")}</small>}
					</span>
					<Icon name="right" />
				</a>
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
					choices={roleChoices(p.roles, roleValue(line))}
				/>
				<SelectField form={form} name="language" label={t("staff.language")} choices={LANGUAGES} />
				<Button kind="primary" type="submit" busy={form.busy} disabled={!form.dirty}>
					{t("act.save")}
				</Button>
			</form>
			{may("see_customers") && may("manage_staff") && (
				<OwnPart on="staff" id={line.id} edits changed={refresh} />
			)}
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
			await call("POST /api/office/ownership", { body: { staff_id: p.line.id } });
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
			<FaultNote text={fault} />
		</Dialog>
	);
}
