/* Choose a new password with the link from the mail. */
import { useState } from "preact/hooks";
import type { CompanyCard, Session } from "../shared/api";
import { call } from "../shared/call";
import { doorOf } from "../shared/door";
import { FormTrouble, PasswordField, useForm } from "../shared/form";
import { type Screen, takeFragment } from "../shared/router";
import { Button, Door, Heading } from "../shared/ui";
import { t } from "../shared/words";
import { Dead } from "./dead";
import { companyCard } from "./signin";

function View(p: { data: CompanyCard }) {
	const [token] = useState(takeFragment);
	const [dead, setDead] = useState("");
	const form = useForm({
		initial: { password: "" },
		async send(v, key) {
			const session = await call<Session>("POST", "/auth/resets/passwords", {
				body: { token, password: v.password },
				key,
				door: true,
			});
			location.assign(doorOf(session, null));
		},
		caught(fault) {
			if (fault.field === "password" || fault.code === "away" || fault.status === 429) return false;
			setDead(fault.message);
			return true;
		},
	});
	if (!token || dead)
		return (
			<Dead
				name={p.data.name}
				message={dead}
				action={{ href: "/forgot", label: t("reset.again") }}
			/>
		);
	return (
		<Door name={p.data.name}>
			<Heading>{t("reset.title")}</Heading>
			<form class="stack" onSubmit={form.submit} noValidate>
				<p class="muted">{t("reset.text")}</p>
				<FormTrouble form={form} />
				<PasswordField
					form={form}
					name="password"
					label={t("password.new")}
					fresh
					least={8}
					autofocus
				/>
				<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
					{t("reset.go")}
				</Button>
			</form>
		</Door>
	);
}

const screen: Screen<CompanyCard> = { title: "reset.title", load: companyCard, view: View };
export default screen;
