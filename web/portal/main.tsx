/* The customer's portal: in by a link in the mail, then home. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CompanyCard, PortalMe } from "../shared/api";
import { call, Fault, turns } from "../shared/call";
import { FormTrouble, TextField, useForm } from "../shared/form";
import { Toasts } from "../shared/over";
import { address, followLinks, go, takeFragment } from "../shared/router";
import { Button, Heading, Icon, OtherLanguage, Skeleton, title, Trouble } from "../shared/ui";
import { speak, suggest, t } from "../shared/words";
import { Brand } from "./brand";
import { Home } from "./home";
import { paint } from "./theme";
import "../shared/css/tokens.css";
import "../shared/css/base.css";
import "../shared/css/ui.css";
import "./portal.css";

const HERE = "/portal/";
const SIGN_IN = "/portal/sign-in";
const ENTER = "/portal/enter";

turns.signedOut = () => go(SIGN_IN, true);

function Page(p: { company: CompanyCard | null; children: preact.ComponentChildren }) {
	return (
		<div class="portal">
			{p.company && <Brand company={p.company} />}
			<main class="portal__one">{p.children}</main>
		</div>
	);
}

function useCompany(): [CompanyCard | null, unknown] {
	const [company, set] = useState<CompanyCard | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	useEffect(() => {
		call("GET /api/auth/company", { door: true }).then((c) => {
			paint(c.accent);
			suggest(c.language);
			set(c);
		}, setFault);
	}, []);
	return [company, fault];
}

function SignIn() {
	const [company, fault] = useCompany();
	const [sent, setSent] = useState("");
	title("portal.signin");
	const form = useForm({
		initial: { email: "" },
		draft: "portal",
		async send(v, key) {
			await call("POST /api/auth/portal-links", {
				body: { email: v.email.trim() },
				key,
				door: true,
			});
			setSent(v.email.trim());
		},
	});
	if (fault)
		return (
			<Page company={null}>
				<Trouble fault={fault} again={() => location.reload()} />
			</Page>
		);
	if (!company) return <Skeleton />;
	return (
		<Page company={company}>
			<section class="card portal__card">
				{sent ? (
					<>
						<span class="round" aria-hidden="true">
							<Icon name="mail" size="xl" />
						</span>
						<Heading>{t("portal.look")}</Heading>
						<p class="muted">{t("portal.look.text", { email: sent, company: company.name })}</p>
						<Button kind="quiet" onClick={() => setSent("")}>
							{t("portal.other")}
						</Button>
					</>
				) : (
					<>
						<Heading>{t("portal.signin")}</Heading>
						<p class="muted">{t("portal.signin.text", { company: company.name })}</p>
						<form class="stack" onSubmit={form.submit} noValidate>
							<FormTrouble form={form} />
							<TextField
								form={form}
								name="email"
								type="email"
								label={t("portal.email")}
								autocomplete="email"
								inputmode="email"
								required
								autofocus
							/>
							<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
								{t("portal.send")}
							</Button>
						</form>
					</>
				)}
			</section>
			<p class="portal__foot">
				<OtherLanguage />
			</p>
		</Page>
	);
}

function Enter() {
	const [company] = useCompany();
	const [fault, setFault] = useState<unknown>(null);
	title("portal.signin");
	useEffect(() => {
		const token = takeFragment();
		if (!token) return go(SIGN_IN, true);
		call("POST /api/auth/portal-sessions", { body: { token }, door: true }).then(
			() => go(HERE, true),
			setFault,
		);
	}, []);
	if (!fault) return <Skeleton />;
	return (
		<Page company={company}>
			<section class="card portal__card">
				<Heading>{t("dead.title")}</Heading>
				<p class="muted">{fault instanceof Fault ? fault.message : t("dead.text")}</p>
				<Button kind="primary" size="lg" block href={SIGN_IN}>
					{t("portal.again")}
				</Button>
			</section>
		</Page>
	);
}

function Inside() {
	const [who, setWho] = useState<PortalMe | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	const enter = () => {
		setFault(null);
		call("GET /api/portal/me", { door: true }).then(
			(me) => {
				paint(me.company.accent);
				speak(me.language, false);
				setWho(me);
			},
			(f) => {
				if (f instanceof Fault && f.status === 401) turns.signedOut();
				else setFault(f);
			},
		);
	};
	// Asked once
	useEffect(enter, []);
	if (fault)
		return (
			<Page company={null}>
				<Trouble fault={fault} again={enter} />
			</Page>
		);
	return who ? <Home who={who} /> : <Skeleton />;
}

function App() {
	const { path } = address.value;
	return (
		<>
			{path === SIGN_IN ? <SignIn /> : path === ENTER ? <Enter /> : <Inside />}
			<Toasts />
		</>
	);
}

followLinks((path) => path === HERE || path === SIGN_IN || path === ENTER);
render(<App />, document.getElementById("app")!);
