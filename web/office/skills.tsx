/* Skills and certificates: what a service may ask for, and what technicians have. */
import { useRef } from "preact/hooks";
import type { Service, Skill } from "../shared/api";
import { call } from "../shared/call";
import { FormTrouble, TextField, useForm } from "../shared/form";
import { toast } from "../shared/over";
import { go } from "../shared/router";
import { Button, Empty, Icon, Pill } from "../shared/ui";
import { t } from "../shared/words";
import { asideMenu } from "./aside";
import { Panel } from "./frame";
import { may } from "./me";
import { Foot } from "./record";
import { Table } from "./table";

export function Skills(p: { skills: Skill[]; services: Service[]; open: string }) {
	if (p.skills.length === 0)
		return (
			<Empty
				icon="shield"
				title={t("skills.empty")}
				action={
					may("manage_staff") && (
						<Button kind="primary" icon="plus" href="/services/skills/new">
							{t("skills.add")}
						</Button>
					)
				}
			>
				{t("skills.empty.text")}
			</Empty>
		);
	return (
		<Table
			caption={t("skills.title")}
			rows={p.skills}
			keyOf={(s) => s.id}
			selected={p.open}
			onOpen={(s) => go(`/services/skills/${s.id}`)}
			columns={[
				{
					head: t("field.name"),
					wide: true,
					cell: (s) => (
						<a class="person" href={`/services/skills/${s.id}`}>
							<Icon name="shield" />
							<span>
								<b class="clip">{s.name}</b>
							</span>
						</a>
					),
				},
				{
					head: t("skills.asked"),
					cell: (s) =>
						p.services
							.filter((x) => x.skills.some((k) => k.skill_id === s.id))
							.map((x) => x.name)
							.join(", ") || <span class="faint">–</span>,
				},
				{
					head: "",
					tight: true,
					cell: (s) => (s.archived ? <Pill tone="off">{t("services.archived")}</Pill> : ""),
				},
			]}
		/>
	);
}

export function SkillPanel(p: {
	skill: Skill | null;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const { skill } = p;
	const version = useRef(skill?.version ?? 0);
	const form = useForm({
		initial: { name: skill?.name ?? "" },
		draft: `skill-${skill?.id ?? "new"}`,
		async send(v, key) {
			const name = v.name.trim();
			if (skill)
				await call("PUT /api/office/skills/:id", {
					id: skill.id,
					body: { name, archived: skill.archived, version: version.current },
					key,
				});
			else await call("POST /api/office/skills", { body: { name }, key });
			await p.changed();
			toast(t("act.saved"));
			p.close();
		},
	});
	const menu = asideMenu({
		thing: skill,
		may: may("manage_staff"),
		put: (archived, version) =>
			call("PUT /api/office/skills/:id", {
				id: skill?.id ?? "",
				body: { name: skill?.name ?? "", archived, version },
			}),
		fail: (message) => form.fail("", message),
		...p,
	});
	return (
		<Panel
			title={skill?.name || t("skills.add")}
			close={p.close}
			menu={menu}
			more={t("skills.more")}
		>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<TextField
					form={form}
					name="name"
					label={t("field.name")}
					hint={t("skills.name.hint")}
					maxLength={80}
					required
					autofocus
				/>
				{may("manage_staff") && <Foot busy={form.busy} close={p.close} />}
			</form>
		</Panel>
	);
}
