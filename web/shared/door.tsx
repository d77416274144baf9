/* Sign-in for staff, used by the office and by the technicians' door. */
import { useState } from "preact/hooks";
import type { Session } from "./api";
import { call } from "./call";
import { CodeField, FormTrouble, PasswordField, TextField, useForm } from "./form";
import { Button, useCountdown } from "./ui";
import { t } from "./words";

/* Where a session belongs: the page asked for if it is this door's, else the door's first page. */
export function doorOf(session: Session, then: string | null): string {
	if (session.owes_second_factor) return "/enrol";
	const first = session.door === "tech" ? "/tech/" : "/";
	const own = then && /^\/(?!\/)/.test(then) && !then.startsWith("/sign-in");
	if (!own) return first;
	return then.startsWith("/tech/") === (session.door === "tech") ? then : first;
}

export function SignInForm(p: { forgot: string; entered: (session: Session) => void }) {
	const [wantsCode, setWantsCode] = useState(false);
	const [wait, setWait] = useCountdown();
	const form = useForm({
		initial: { email: "", password: "", code: "" },
		draft: "sign-in",
		secret: ["password", "code"],
		async send(v, key) {
			const code = v.code.replace(/\s/g, "");
			const body = { email: v.email.trim(), password: v.password, ...(code ? { code } : {}) };
			p.entered(await call("POST /api/auth/sessions", { body, key, door: true }));
		},
		caught(fault) {
			if (fault.status === 429) setWait(fault.wait_s || 30);
			/* The password was right: only now does the page ask for the second factor. */
			if (fault.field !== "code" || wantsCode) return false;
			setWantsCode(true);
			return true;
		},
	});
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			{wantsCode ? (
				<>
					<p class="muted">{t("signin.code.why")}</p>
					<CodeField form={form} name="code" hint={t("signin.code.hint")} />
				</>
			) : (
				<>
					<TextField
						form={form}
						name="email"
						type="email"
						label={t("email.label")}
						autocomplete="username"
						inputmode="email"
						maxLength={254}
						required
						autofocus
					/>
					<PasswordField form={form} name="password" label={t("password.label")} />
				</>
			)}
			<Button kind="primary" size="lg" block type="submit" busy={form.busy} disabled={wait > 0}>
				{wait > 0
					? t("signin.wait", { n: wait })
					: wantsCode
						? t("signin.code.go")
						: t("signin.go")}
			</Button>
			{wantsCode ? (
				<Button
					kind="quiet"
					onClick={() => {
						form.set("code", "");
						setWantsCode(false);
					}}
				>
					{t("signin.other")}
				</Button>
			) : (
				<a class="link" href={p.forgot}>
					{t("signin.forgot")}
				</a>
			)}
		</form>
	);
}
