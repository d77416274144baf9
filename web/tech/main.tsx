/* The technicians' door: sign-in, today, me. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { TechMe } from "../shared/api";
import { call, Fault, turns } from "../shared/call";
import { doorOf, SignInForm } from "../shared/door";
import { StepUp, Toasts } from "../shared/over";
import { address, followLinks, go } from "../shared/router";
import { Door, Heading, Icon, Skeleton, title, Trouble } from "../shared/ui";
import { speak, suggest, t } from "../shared/words";
import { MePage } from "./me";
import { Today } from "./today";
import "../shared/css/tokens.css";
import "../shared/css/base.css";
import "../shared/css/ui.css";
import "./tech.css";

const HERE = "/tech/";
const SIGN_IN = "/tech/sign-in";
const ME = "/tech/me";

turns.signedOut = () => go(SIGN_IN, true);

function SignIn() {
	const [name, setName] = useState("");
	title("signin.title");
	useEffect(() => {
		call("GET /api/auth/company", { door: true }).then(
			(c) => {
				setName(c.name);
				suggest(c.language);
			},
			() => {},
		);
	}, []);
	return (
		<Door name={name}>
			<Heading>{t("signin.title")}</Heading>
			<SignInForm
				forgot="/forgot"
				entered={(session) => {
					const to = doorOf(session, HERE);
					if (to === HERE) go(HERE, true);
					else location.assign(to);
				}}
			/>
		</Door>
	);
}

function Inside(p: { path: string }) {
	const [who, setWho] = useState<TechMe | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	const enter = () => {
		setFault(null);
		call("GET /api/tech/me", { door: true }).then(
			(me) => {
				speak(me.language);
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
			<Door>
				<Trouble fault={fault} again={enter} />
				{/* Someone of the office has no stops of their own: the office is the way on. */}
				{fault instanceof Fault && fault.status === 403 && (
					<a class="button button--primary button--lg" href="/">
						{t("tech.office")}
					</a>
				)}
			</Door>
		);
	if (!who) return <Skeleton />;
	const items = [
		{ href: HERE, icon: "log", label: t("tech.today") },
		{ href: ME, icon: "user", label: t("tech.me") },
	];
	return (
		<div class="field-app">
			{p.path === ME ? <MePage who={who} /> : <Today who={who} />}
			<nav class="thumbs" aria-label={t("nav.main")}>
				{items.map((i) => (
					<a key={i.href} href={i.href} aria-current={p.path === i.href ? "page" : undefined}>
						<Icon name={i.icon} size="lg" />
						<span>{i.label}</span>
					</a>
				))}
			</nav>
		</div>
	);
}

function App() {
	const { path } = address.value;
	return (
		<>
			{path === SIGN_IN ? <SignIn /> : <Inside path={path === ME ? ME : HERE} />}
			<StepUp />
			<Toasts />
		</>
	);
}

followLinks((path) => path === HERE || path === ME || path === SIGN_IN);
render(<App />, document.getElementById("app")!);
