/* One's own account: name, language, look, password, second factor, where one is signed in. */
import { useState } from "preact/hooks";
import type { SessionLine, TotpOffer } from "../shared/api";
import { call, Fault } from "../shared/call";
import { CodeField, FormTrouble, PasswordField, TextField, useForm } from "../shared/form";
import { country, device } from "../shared/format";
import { Dialog, toast } from "../shared/over";
import type { Screen } from "../shared/router";
import {
	Ago,
	Badge,
	Button,
	FaultNote,
	Heading,
	Icon,
	Pill,
	Segments,
	setTheme,
	type Theme,
	theme,
} from "../shared/ui";
import { type Language, language, t } from "../shared/words";
import { Codes, Offer } from "./factor";
import { Part } from "./frame";
import { LEAST, me, remember, roleOf, setLanguage, signOut, twoLocks, whoAmI } from "./me";
import { Foot } from "./record";

interface Data {
	sessions: SessionLine[];
}
type Reload = () => Promise<void>;

function You() {
	const who = me.value!;
	const form = useForm({
		initial: { name: who.name },
		draft: "account",
		async send(v, key) {
			const body = { name: v.name.trim(), language: language.value, version: me.value!.version };
			remember(await call("PUT /api/office/me", { body, key }));
			toast(t("act.saved"));
		},
		caught(fault) {
			if (fault.code !== "stale") return false;
			/* The same person in two windows: take the newer version and keep what is typed here. */
			void whoAmI().then(() => form.fail("", t("stale.me")));
			return true;
		},
	});
	const [look, setLook] = useState<Theme>(theme());
	return (
		<Part title={t("account.you")} text={who.email}>
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
				{form.values.name !== who.name && (
					<div>
						<Button kind="primary" type="submit" busy={form.busy}>
							{t("act.save")}
						</Button>
					</div>
				)}
			</form>
			<div class="row row--wrap">
				<Segments<Language>
					label={t("language.label")}
					value={language.value}
					choices={[
						{ value: "en", label: "English" },
						{ value: "es", label: "Español" },
					]}
					onChange={(l) => void setLanguage(l)}
				/>
				<Segments<Theme>
					label={t("theme.label")}
					value={look}
					choices={[
						{ value: "system", label: t("theme.system") },
						{ value: "light", label: t("theme.light") },
						{ value: "dark", label: t("theme.dark") },
					]}
					onChange={(to) => {
						setTheme(to);
						setLook(to);
					}}
				/>
			</div>
		</Part>
	);
}

function Password(p: { reload: Reload }) {
	const [open, setOpen] = useState(false);
	const form = useForm({
		initial: { current: "", password: "" },
		async send(v, key) {
			await call("PUT /api/auth/password", { body: v, key });
			form.replace({ current: "", password: "" });
			setOpen(false);
			toast(t("account.password.done"));
			await p.reload();
		},
	});
	return (
		<Part title={t("password.label")} text={t("account.password.text")}>
			{open ? (
				<form class="stack" onSubmit={form.submit} noValidate>
					<FormTrouble form={form} />
					<PasswordField form={form} name="current" label={t("password.current")} autofocus />
					<PasswordField
						form={form}
						name="password"
						label={t("password.new")}
						fresh
						least={twoLocks(me.value!) ? LEAST.twoLocks : LEAST.oneLock}
					/>
					<Foot busy={form.busy} close={() => setOpen(false)} go={t("account.password.go")} />
				</form>
			) : (
				<div>
					<Button icon="key" onClick={() => setOpen(true)}>
						{t("account.password.go")}
					</Button>
				</div>
			)}
		</Part>
	);
}

function RemoveFactor(p: { close: () => void }) {
	const form = useForm({
		initial: { password: "", code: "" },
		async send(v, key) {
			await call("POST /api/auth/totp/removals", {
				body: { password: v.password, code: v.code.replace(/\s/g, "") },
				key,
				door: true,
			});
			await whoAmI();
			toast(t("factor.removed"));
			p.close();
		},
	});
	return (
		<Dialog title={t("factor.remove")} onClose={p.close}>
			<form class="stack" onSubmit={form.submit} noValidate>
				<p class="muted">{t("factor.remove.text")}</p>
				<FormTrouble form={form} />
				<PasswordField form={form} name="password" label={t("password.label")} autofocus />
				<CodeField form={form} name="code" />
				<Foot busy={form.busy} close={p.close} go={t("factor.remove")} danger />
			</form>
		</Dialog>
	);
}

function Factor() {
	const who = me.value!;
	const [offer, setOffer] = useState<TotpOffer | null>(null);
	const [codes, setCodes] = useState<string[]>([]);
	const [removing, setRemoving] = useState(false);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const attempt = async (act: () => Promise<void>) => {
		setBusy(true);
		setFault("");
		try {
			await act();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	const begin = () => attempt(async () => setOffer(await call("POST /api/auth/totp")));
	const fresh = () =>
		attempt(async () => {
			const answer = await call("POST /api/auth/recovery-codes");
			setCodes(answer.codes.map((c) => c.code));
		});
	const done = () => {
		setCodes([]);
		setOffer(null);
		void whoAmI();
	};
	return (
		<Part title={t("factor.title")} text={t("factor.text")}>
			<FaultNote text={fault} />
			{codes.length > 0 ? (
				<Codes codes={codes} email={who.email} done={done} />
			) : offer ? (
				<Offer offer={offer} done={setCodes} />
			) : who.second_factor ? (
				<>
					<div>
						<Pill tone="kelp" icon="shield">
							{t("factor.is.on")}
						</Pill>
					</div>
					<div class="row row--wrap">
						<Button icon="key" busy={busy} onClick={fresh}>
							{t("factor.codes")}
						</Button>
						{!twoLocks(who) && (
							<Button kind="danger-quiet" onClick={() => setRemoving(true)}>
								{t("factor.remove")}
							</Button>
						)}
					</div>
				</>
			) : (
				<div>
					<Button kind="primary" icon="shield" busy={busy} onClick={begin}>
						{t("home.factor.go")}
					</Button>
				</div>
			)}
			{removing && <RemoveFactor close={() => setRemoving(false)} />}
		</Part>
	);
}

function Sessions(p: { rows: SessionLine[]; reload: Reload }) {
	const [fault, setFault] = useState("");
	const end = async (act: () => Promise<void>, said: string) => {
		setFault("");
		try {
			await act();
			await p.reload();
			toast(said);
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return (
		<Part title={t("sessions.title")} text={t("sessions.text")}>
			<FaultNote text={fault} />
			<ul class="card lines">
				{p.rows.map((s) => (
					<li key={s.id} class="way">
						<Icon name={/Mobile|Android|iPhone/.test(s.agent) ? "phone" : "device"} />
						<span class="grow">
							{device(s.agent)}{" "}
							{s.here && (
								<Badge tone="kelp" icon="check">
									{t("sessions.here")}
								</Badge>
							)}
							<small>
								{[s.country ? country(s.country) : "", s.ip].filter(Boolean).join(" · ")} ·{" "}
								<Ago at={s.seen_at} />
							</small>
						</span>
						{!s.here && (
							<Button
								size="sm"
								onClick={() =>
									void end(
										() => call("DELETE /api/office/sessions/:id", { id: s.id }),
										t("sessions.ended"),
									)
								}
							>
								{t("sessions.end")}
							</Button>
						)}
					</li>
				))}
			</ul>
			<div class="row row--wrap">
				{p.rows.length > 1 && (
					<Button
						onClick={() =>
							void end(() => call("DELETE /api/office/sessions"), t("sessions.ended.all"))
						}
					>
						{t("sessions.end.all")}
					</Button>
				)}
				<Button icon="exit" onClick={() => void signOut()}>
					{t("signout")}
				</Button>
			</div>
		</Part>
	);
}

function View({ data, reload }: { data: Data; reload: Reload }) {
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.account")}</Heading>
				<span class="bar__sub">{me.value && roleOf(me.value)}</span>
			</header>
			<div class="scroll">
				<div class="sheet">
					<You />
					<Password reload={reload} />
					<Factor />
					<Sessions rows={data.sessions} reload={reload} />
				</div>
			</div>
		</>
	);
}

const screen: Screen<Data> = {
	title: "nav.account",
	load: async () => ({ sessions: (await call("GET /api/office/sessions")).rows }),
	view: View,
};
export default screen;
