/* Me: the working clock, language, light, map, password, out. */
import { useEffect, useState } from "preact/hooks";
import type { TechMe } from "../shared/api";
import { call, signOut } from "../shared/call";
import { FormTrouble, PasswordField, useForm } from "../shared/form";
import { time } from "../shared/format";
import { Dialog, toast } from "../shared/over";
import { saveLanguage } from "../shared/self";
import {
	Avatar,
	Button,
	Heading,
	Icon,
	Segments,
	setTheme,
	type Theme,
	theme,
	title,
} from "../shared/ui";
import { count, type Language, language, t } from "../shared/words";
import { clock } from "./day";
import { drafts, dropDrafts } from "./draft";
import { type Maps, maps, setMaps } from "./maps";
import { conflicts, flush, say, waiting } from "./outbox";
import { unsent, unsentText } from "./photos";
import { leavePush, PushCard } from "./push";
import { SavedLine } from "./saved";
import { erase } from "./store";

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

function ClockCard() {
	const { work, pause } = clock.value;
	return (
		<section class="card">
			<div class="card__body stack">
				<div class="row">
					<Icon name="clock" size="lg" />
					<p class="grow">
						<b>{t("tech.clock")}</b>
						<br />
						{pause
							? t("tech.clock.paused", { time: time(pause) })
							: work
								? t("tech.clock.since", { time: time(work) })
								: t("tech.clock.off")}
					</p>
				</div>
				{work === null ? (
					<Button block size="lg" kind="primary" onClick={() => void say("clock_in", null)}>
						{t("tech.clock.in")}
					</Button>
				) : (
					<>
						<Button block size="lg" onClick={() => void say(pause ? "break_over" : "break", null)}>
							{t(pause ? "tech.clock.over" : "tech.clock.break")}
						</Button>
						<Button block size="lg" onClick={() => void say("clock_out", null)}>
							{t("tech.clock.out")}
						</Button>
					</>
				)}
			</div>
		</section>
	);
}

/* Whoever goes with things that are here alone hears it: they would be lost. */
function Leaving(p: { who: TechMe; onStay: () => void }) {
	const here = {
		unsent: waiting().length + unsent.value.length,
		drafts: drafts(),
		conflicts: conflicts().length,
	};
	const unsentNow = here.unsent + here.drafts + here.conflicts;
	const leave = async () => {
		await leavePush();
		await signOut();
		sessionStorage.clear();
		dropDrafts();
		localStorage.removeItem(`poolhouse.kept.${p.who.id}`);
		await erase(p.who.id);
		location.assign("/tech/sign-in");
	};
	useEffect(() => {
		if (unsentNow === 0) void leave();
		else void flush();
	}, [unsentNow === 0]);
	if (unsentNow === 0) return null;
	return (
		<Dialog title={t("tech.leave.title")} onClose={p.onStay}>
			<div class="stack">
				{(["unsent", "drafts", "conflicts"] as const).map(
					(k) => here[k] > 0 && <p key={k}>{count(`tech.leave.${k}`, here[k])}</p>,
				)}
				<Button block size="lg" kind="primary" onClick={p.onStay}>
					{t("act.cancel")}
				</Button>
				<Button block size="lg" kind="danger" onClick={() => void leave()}>
					{t("tech.leave.anyway")}
				</Button>
			</div>
		</Dialog>
	);
}

export function MePage(p: { who: TechMe }) {
	const [look, setLook] = useState<Theme>(theme());
	title("tech.me");
	const [leaving, setLeaving] = useState(false);
	const [map, setMap] = useState<Maps>(maps());
	return (
		<main class="field-page">
			<header class="day">
				<p>{p.who.company.name}</p>
				<Heading>{t("tech.me")}</Heading>
			</header>
			<SavedLine />
			{unsentText() && <p class="meta">{unsentText()}</p>}
			<ClockCard />
			<PushCard who={p.who} />
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
					<div class="field">
						<span class="field__label">{t("tech.maps")}</span>
						<Segments<Maps>
							label={t("tech.maps")}
							value={map}
							choices={(["google", "apple", "waze"] as const).map((m) => ({
								value: m,
								label: t(`tech.maps.${m}`),
							}))}
							onChange={(to) => {
								setMaps(to);
								setMap(to);
							}}
						/>
					</div>
				</div>
			</section>
			<section class="card">
				<div class="card__body stack">
					<Password />
					<Button block icon="exit" onClick={() => setLeaving(true)}>
						{t("signout")}
					</Button>
				</div>
			</section>
			{leaving && <Leaving who={p.who} onStay={() => setLeaving(false)} />}
		</main>
	);
}
