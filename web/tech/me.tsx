/* Me: language, light, password, out. */
import { useState } from "preact/hooks";
import type { TechMe } from "../shared/api";
import { call } from "../shared/call";
import { FormTrouble, PasswordField, useForm } from "../shared/form";
import { toast } from "../shared/over";
import { saveLanguage } from "../shared/self";
import {
	Avatar,
	Button,
	Heading,
	Segments,
	setTheme,
	type Theme,
	theme,
	title,
} from "../shared/ui";
import { type Language, language, t } from "../shared/words";

function Password() {
	const [open, setOpen] = useState(false);
	const form = useForm({
		initial: { current: "", password: "" },
		async send(v, key) {
			await call("PUT /api/auth/password", { body: v, key });
			form.replace({ current: "", password: "" });
			setOpen(false);
			toast(t("account.password.done"));
		},
	});
	if (!open)
		return (
			<Button block icon="key" onClick={() => setOpen(true)}>
				{t("account.password.go")}
			</Button>
		);
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			<PasswordField form={form} name="current" label={t("password.current")} autofocus />
			<PasswordField form={form} name="password" label={t("password.new")} fresh least={15} />
			<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
				{t("account.password.go")}
			</Button>
			<Button kind="quiet" block onClick={() => setOpen(false)}>
				{t("act.cancel")}
			</Button>
		</form>
	);
}

export function MePage(p: { who: TechMe }) {
	const [look, setLook] = useState<Theme>(theme());
	title("tech.me");
	const leave = async () => {
		await call("DELETE /api/auth/sessions", { door: true }).catch(() => {});
		sessionStorage.clear();
		location.assign("/tech/sign-in");
	};
	return (
		<main class="field-page">
			<header class="day">
				<p>{p.who.company.name}</p>
				<Heading>{t("tech.me")}</Heading>
			</header>
			<section class="card">
				<div class="card__body stack">
					<div class="row">
						<Avatar name={p.who.name} large />
						<b class="grow">{p.who.name}</b>
					</div>
					<div class="field">
						<span class="field__label">{t("language.label")}</span>
						<Segments<Language>
							label={t("language.label")}
							value={language.value}
							choices={[
								{ value: "en", label: "English" },
								{ value: "es", label: "Español" },
							]}
							onChange={(l) => void saveLanguage(l)}
						/>
					</div>
					<div class="field">
						<span class="field__label">{t("theme.label")}</span>
						<Segments<Theme>
							label={t("theme.label")}
							value={look}
							choices={[
								{ value: "system", label: t("theme.system") },
								{ value: "sun", label: t("theme.sun") },
								{ value: "dark", label: t("theme.dark") },
							]}
							onChange={(to) => {
								setTheme(to);
								setLook(to);
							}}
						/>
					</div>
				</div>
			</section>
			<section class="card">
				<div class="card__body stack">
					<Password />
					<Button block icon="exit" onClick={() => void leave()}>
						{t("signout")}
					</Button>
				</div>
			</section>
		</main>
	);
}
