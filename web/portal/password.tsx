/* A password, for those who like one: beside the link and the code, never instead of them. */
import { useState } from "preact/hooks";
import { call } from "../shared/call";
import { FormTrouble, PasswordField, useForm } from "../shared/form";
import { toast } from "../shared/over";
import { Button } from "../shared/ui";
import { catalogue } from "../shared/words";
import { who } from "./data";

const { say } = catalogue(
	{
		title: "A password, if you like",
		text: "You always come in by the link or the code we send. With a password you need neither.",
		has: "You have a password. The link and the code work all the same.",
		current: "Your password now",
		next: "New password",
		make: "Make a password",
		change: "Change it",
		drop: "Have none any more",
		made: "Your password is made",
		dropped: "You have no password any more",
	},
	{
		title: "Una contraseña, si quiere",
		text: "Siempre entra con el enlace o el código que le enviamos. Con una contraseña no necesita ninguno.",
		has: "Usted tiene una contraseña. El enlace y el código sirven igual.",
		current: "Su contraseña actual",
		next: "Contraseña nueva",
		make: "Crear una contraseña",
		change: "Cambiarla",
		drop: "No tener ninguna",
		made: "Su contraseña está creada",
		dropped: "Ya no tiene contraseña",
	},
);

export function Password() {
	const [has, setHas] = useState(who.value?.password ?? false);
	const [open, setOpen] = useState(false);
	const known = (now: boolean) => {
		setHas(now);
		setOpen(false);
		if (who.value) who.value = { ...who.value, password: now };
	};
	const form = useForm({
		initial: { current: "", password: "" },
		async send(v, key) {
			await call("PUT /api/auth/portal-sessions/passwords", {
				body: { current: has ? v.current : null, password: v.password },
				key,
				door: true,
			});
			form.set("current", "");
			form.set("password", "");
			known(true);
			toast(say("made"));
		},
	});
	const drop = async () => {
		try {
			await call("DELETE /api/auth/portal-sessions/passwords", { door: true });
			known(false);
			toast(say("dropped"));
		} catch (f) {
			toast((f as Error).message);
		}
	};
	return (
		<section class="card portal__card" aria-labelledby="password">
			<h2 id="password">{say("title")}</h2>
			<p class="muted">{say(has ? "has" : "text")}</p>
			{open ? (
				<form class="stack" onSubmit={form.submit} noValidate>
					<FormTrouble form={form} />
					{has && <PasswordField form={form} name="current" label={say("current")} />}
					<PasswordField form={form} name="password" label={say("next")} fresh least={15} />
					<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
						{say(has ? "change" : "make")}
					</Button>
				</form>
			) : (
				<Button size="lg" block onClick={() => setOpen(true)}>
					{say(has ? "change" : "make")}
				</Button>
			)}
			{has && (
				<Button kind="quiet" block onClick={() => void drop()}>
					{say("drop")}
				</Button>
			)}
		</section>
	);
}
