/* Ask for a link to choose a new password. The answer is the same for every address. */
import { useState } from "preact/hooks";
import type { CompanyCard } from "../shared/api";
import { call } from "../shared/call";
import { FormTrouble, TextField, useForm } from "../shared/form";
import type { Screen } from "../shared/router";
import { Banner, Button, Door, Heading } from "../shared/ui";
import { t } from "../shared/words";
import { companyCard } from "./signin";

function View(p: { data: CompanyCard }) {
	const [sent, setSent] = useState("");
	const form = useForm({
		initial: { email: "" },
		draft: "sign-in",
		async send(v, key) {
			await call("POST /api/auth/resets", { body: { email: v.email.trim() }, key, door: true });
			setSent(v.email.trim());
		},
	});
	return (
		<Door name={p.data.name}>
			<Heading>{t("forgot.title")}</Heading>
			{sent ? (
				<Banner tone="kelp" icon="mail">
					{t("forgot.sent", { email: sent })}
				</Banner>
			) : (
				<form class="stack" onSubmit={form.submit} noValidate>
					<p class="muted">{t("forgot.text")}</p>
					<FormTrouble form={form} />
					<TextField
						form={form}
						name="email"
						type="email"
						label={t("email.label")}
						autocomplete="username"
						required
						autofocus
					/>
					<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
						{t("forgot.go")}
					</Button>
				</form>
			)}
			<a class="link" href="/sign-in">
				{t("forgot.back")}
			</a>
		</Door>
	);
}

const screen: Screen<CompanyCard> = { title: "forgot.title", load: companyCard, view: View };
export default screen;
