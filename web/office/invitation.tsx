/* Accept an invitation: a name, a password, in. */
import { useState } from "preact/hooks";
import type { InvitationCard } from "../shared/api";
import { call, Fault } from "../shared/call";
import { doorOf } from "../shared/door";
import { FormTrouble, PasswordField, TextField, useForm } from "../shared/form";
import { type Screen, takeFragment } from "../shared/router";
import { Button, Door, Heading, Segments } from "../shared/ui";
import { type Language, language, named, speak, t } from "../shared/words";
import { Dead } from "./dead";
import { LEAST } from "./me";

interface Found {
	token: string;
	card: InvitationCard | null;
	dead: string;
}

async function look(): Promise<Found> {
	const token = takeFragment();
	if (!token) return { token, card: null, dead: "" };
	try {
		const card = await call("POST /api/auth/invitations/looks", {
			body: { token },
			door: true,
		});
		return { token, card, dead: "" };
	} catch (f) {
		if (f instanceof Fault && f.code !== "away") return { token, card: null, dead: f.message };
		throw f;
	}
}

function Accept(p: { token: string; card: InvitationCard }) {
	const { card } = p;
	const [dead, setDead] = useState("");
	const form = useForm({
		initial: { name: card.name, password: "" },
		async send(v, key) {
			const body = {
				token: p.token,
				name: v.name.trim(),
				password: v.password,
				language: language.value,
			};
			const session = await call("POST /api/auth/invitations", { body, key, door: true });
			location.assign(doorOf(session, null));
		},
		caught(fault) {
			if (fault.field in { name: 1, password: 1 } || fault.code === "away" || fault.status === 429)
				return false;
			setDead(fault.message);
			return true;
		},
	});
	if (dead) return <Dead name={card.company} message={dead} />;
	return (
		<Door name={card.company}>
			<Heading>{t("invitation.title", { company: card.company })}</Heading>
			<p class="muted">
				{t("invitation.text", { role: named("role", card.role), email: card.email })}
			</p>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<TextField
					form={form}
					name="name"
					label={t("name.label")}
					autocomplete="name"
					maxLength={120}
					required
				/>
				<PasswordField
					form={form}
					name="password"
					label={t("password.choose")}
					fresh
					least={card.needs_second_factor ? LEAST.twoLocks : LEAST.oneLock}
					autofocus
				/>
				<Segments<Language>
					label={t("language.label")}
					value={language.value}
					choices={[
						{ value: "en", label: "English" },
						{ value: "es", label: "Español" },
					]}
					onChange={(l) => speak(l)}
				/>
				<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
					{t("invitation.go", { company: card.company })}
				</Button>
				{card.needs_second_factor && <p class="meta">{t("invitation.factor")}</p>}
			</form>
		</Door>
	);
}

const screen: Screen<Found> = {
	title: "invitation.page",
	load: look,
	view: ({ data }) =>
		data.card ? (
			<Accept token={data.token} card={data.card} />
		) : (
			<Dead name="" message={data.dead} />
		),
};
export default screen;
