/* The technicians' door: sign-in, today, one stop, what is saved, me. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { TechMe } from "../shared/api";
import { call, Fault, turns } from "../shared/call";
import { doorOf, SignInForm } from "../shared/door";
import { StepUp, Toasts } from "../shared/over";
import { address, followLinks, go } from "../shared/router";
import { Door, Heading, Icon, Trouble, title } from "../shared/ui";
import { count, suggest, t } from "../shared/words";
import { ahead } from "./day";
import { MapPage } from "./map";
import { MePage } from "./me";
import { MessagesPage } from "./messages";
import { unseen } from "./news";
import { Opening } from "./opening";
import { startHearingWorker } from "./push";
import { unread } from "./reports";
import { SavedPage } from "./saved";
import { StopPage } from "./stop";
import { FinishPage } from "./stop_finish";
import { forgetPerson } from "./store";
import { Today } from "./today";
import { fillVan } from "./van";
import { forgetCodes } from "./vault";
import { fillWater, WaterScreen } from "./water";
import { enter, trouble, who } from "./who";
import "../shared/words/tech";
import "../shared/css/tokens.css";
import "../shared/css/base.css";
import "../shared/css/ui.css";
import "./tech.css";

const HERE = "/tech/";
const SIGN_IN = "/tech/sign-in";
const ME = "/tech/me";
const MAP = "/tech/map";
const MESSAGES = "/tech/messages";
const SAVED = "/tech/saved";
const STOP = /^\/tech\/stops\/([0-9a-z]{13})$/;
const FINISH = /^\/tech\/stops\/([0-9a-z]{13})\/finish$/;
const WATER = /^\/tech\/stops\/([0-9a-z]{13})\/(water|doses)$/;
const ours = (path: string) =>
	[HERE, MAP, MESSAGES, ME, SAVED, SIGN_IN].includes(path) ||
	[STOP, WATER, FINISH].some((r) => r.test(path));

/*
 * What was typed and not sent stays: whoever it is signs in again. Codes go first: a page that is closed or loaded anew before they are
 * gone opens where it was, is told the same, and goes on with it; the sign-in page opens no store. Nobody waits long for a disk that
 * does not answer: the key in memory is gone at once.
 */
const WIPE_MS = 2_000;
turns.signedOut = () => {
	void Promise.race([forgetCodes(), new Promise((done) => setTimeout(done, WIPE_MS))])
		.catch(() => {})
		.then(() => go(SIGN_IN, true));
};

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
					forgetPerson();
					const to = doorOf(session, HERE);
					if (to === HERE) go(HERE, true);
					else location.assign(to);
				}}
			/>
		</Door>
	);
}

function Tab(p: { path: string; who: TechMe }) {
	switch (p.path) {
		case MAP:
			return <MapPage who={p.who} />;
		case MESSAGES:
			return <MessagesPage />;
		case ME:
			return <MePage who={p.who} />;
		case SAVED:
			return <SavedPage />;
		default:
			return <Today who={p.who} />;
	}
}

function Inside(p: { path: string }) {
	const fault = trouble.value;
	useEffect(() => {
		void enter();
	}, []);
	if (fault)
		return (
			<Door>
				<Trouble fault={fault} again={() => void enter()} />
				{/* Someone of the office has no stops of their own: the office is the way on. */}
				{fault instanceof Fault && fault.status === 403 && (
					<a class="button button--primary button--lg" href="/">
						{t("tech.office")}
					</a>
				)}
			</Door>
		);
	const me = who.value;
	if (!me) return <Opening />;
	const water = WATER.exec(p.path);
	if (water)
		return (
			<div class="field-app field-app--stop">
				<WaterScreen id={water[1] ?? ""} doses={water[2] === "doses"} />
			</div>
		);
	const finish = FINISH.exec(p.path)?.[1];
	if (finish)
		return (
			<div class="field-app field-app--stop">
				<FinishPage id={finish} />
			</div>
		);
	const stop = STOP.exec(p.path)?.[1];
	if (stop)
		return (
			<div class="field-app field-app--stop">
				<StopPage id={stop} />
			</div>
		);
	const waits = unread.value + unseen.value;
	const items = [
		{ href: HERE, icon: "list", label: t("tech.today") },
		{ href: MAP, icon: "map", label: t("tech.map") },
		{ href: MESSAGES, icon: "chat", label: t("tech.messages") },
		{ href: ME, icon: "user", label: t("tech.me") },
	];
	return (
		<div class="field-app">
			<Tab path={p.path} who={me} />
			<nav class="thumbs" aria-label={t("nav.main")}>
				{items.map((i) => (
					<a key={i.href} href={i.href} aria-current={p.path === i.href ? "page" : undefined}>
						<Icon name={i.icon} size="lg" />
						<span>{i.label}</span>
						{i.href === MESSAGES && waits > 0 && (
							<em>
								<span aria-hidden="true">{waits > 9 ? "9+" : waits}</span>
								<span class="unseen">{count("tech.messages.waits", waits)}</span>
							</em>
						)}
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
			{path === SIGN_IN ? <SignIn /> : <Inside path={path} />}
			<StepUp />
			<Toasts />
		</>
	);
}

ahead.fill = async (stops) => {
	await fillVan();
	await fillWater(stops);
};

declare global {
	interface Window {
		trustedTypes?: {
			createPolicy(
				name: string,
				rules: { createScriptURL: (s: string) => string },
			): { createScriptURL(s: string): unknown };
		};
	}
}

/* The app opens without signal. The policy wants a trusted address: there is one. */
async function keepShell() {
	if (!("serviceWorker" in navigator)) return;
	const url = window.trustedTypes
		?.createPolicy("shell", { createScriptURL: () => "/tech/sw.js" })
		.createScriptURL("");
	await navigator.serviceWorker.register((url ?? "/tech/sw.js") as string, { scope: HERE });
}

followLinks(ours);
startHearingWorker();
void keepShell().catch(() => {});
const root = document.getElementById("app")!;
root.replaceChildren(); /* what stood there was for the eyes; nothing of it is to be taken up */
render(<App />, root);
