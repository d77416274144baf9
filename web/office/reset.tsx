/* Choose a new password with the link from the mail. */
import { useState } from "preact/hooks";
import type { CompanyCard } from "../shared/api";
import { call } from "../shared/call";
import { doorOf } from "../shared/door";
import { CodeField, FormTrouble, PasswordField, useForm } from "../shared/form";
import { type Screen, takeFragment } from "../shared/router";
import { Button, Door, Heading } from "../shared/ui";
import { t } from "../shared/words";
import { Dead } from "./dead";
import { LEAST } from "./me";
import { companyCard } from "./signin";

function View(p: { data: CompanyCard }) {
	const [token] = useState(takeFragment);
	const [dead, setDead] = useState("");
	const [wantsCode, setWantsCode] = useState(false);
	const form = useForm({
		initial: { password: "", code: "" },
		async send(v, key) {
			const session = await call("POST /api/auth/resets/passwords", {
				body: {
					token,
					password: v.password,
					...(v.code ? { code: v.code.replace(/\s/g, "") } : {}),
				},
				key,
				door: true,
			});
			location.assign(doorOf(session, null));
		},
		caught(fault) {
			if (fault.field === "code" && !wantsCode) {
				setWantsCode(true);
				return true;
			}
			if (
				fault.field === "password" ||
				fault.field === "code" ||
				fault.code === "away" ||
				fault.status === 429
			)
				return false;
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
					least={LEAST.oneLock}
					autofocus
				/>
				{wantsCode && <CodeField form={form} name="code" hint={t("signin.code.hint")} />}
				<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
					{t("reset.go")}
				</Button>
			</form>
		</Door>
	);
}

const screen: Screen<CompanyCard> = { title: "reset.title", load: companyCard, view: View };
export default screen;
