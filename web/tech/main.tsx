/* The technicians' door: sign-in, today, one stop, what is saved, me. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { TechMe } from "../shared/api";
import { call, Fault, turns } from "../shared/call";
import { doorOf, SignInForm } from "../shared/door";
import { liveIn } from "../shared/format";
import logo from "../shared/logo.svg";
import { StepUp, Toasts, toast } from "../shared/over";
import { address, followLinks, go } from "../shared/router";
import { Door, Heading, Icon, Trouble, title } from "../shared/ui";
import { speak, suggest, t } from "../shared/words";
import { ahead, early, openDay, refresh, startHearing } from "./day";
import { MePage } from "./me";
import { after, flush, online, start } from "./outbox";
import { startPhotos } from "./photos";
import { startPush } from "./push";
import { readReports, unread } from "./reports";
import { SavedPage } from "./saved";
import { StopPage } from "./stop";
import { get, lastPerson, open, put } from "./store";
import { Today } from "./today";
import { fillWater, WaterScreen } from "./water";
import { fillVan } from "./work";
import "../shared/words/tech";
import "../shared/css/tokens.css";
import "../shared/css/base.css";
import "../shared/css/ui.css";
import "./tech.css";

const HERE = "/tech/";
const SIGN_IN = "/tech/sign-in";
const ME = "/tech/me";
const SAVED = "/tech/saved";
const STOP = /^\/tech\/stops\/([0-9a-z]{13})$/;
const WATER = /^\/tech\/stops\/([0-9a-z]{13})\/(water|doses)$/;
const ours = (path: string) =>
	[HERE, ME, SAVED, SIGN_IN].includes(path) || STOP.test(path) || WATER.test(path);

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

/* Who works on this phone: from the office if it answers, else whom the phone knows. */
async function whoWorks(): Promise<TechMe> {
	try {
		const me = await call("GET /api/tech/me", { door: true });
		await open(me.id);
		await put("kv", me, "me");
		return me;
	} catch (f) {
		const last = lastPerson();
		if (!(f instanceof Fault && f.code === "away") || !last) throw f;
		await open(last);
		const me = await get<TechMe>("kv", "me");
		if (!me) throw f;
		online.value = false;
		return me;
	}
}

/* A store that was there yesterday and is empty today was thrown away by the browser: that must be said. */
async function startUp(coming: ReturnType<typeof early>): Promise<void> {
	const mark = `poolhouse.kept.${lastPerson()}`;
	const kept = await get<boolean>("kv", "kept");
	if (localStorage.getItem(mark) && !kept) toast(t("saved.evicted"));
	await put("kv", true, "kept");
	localStorage.setItem(mark, "1");
	await openDay();
	await start();
	await startPhotos();
	startHearing();
	after.sent = () => refresh();
	void flush();
	void refresh(coming);
	void readReports().catch(() => {});
}

/* What index.html shows before any of this has arrived. */
function Opening() {
	return (
		<div class="opening" role="status" aria-label={t("page.loading")}>
			<img src={logo} width="56" height="56" alt="" />
			<p>Poolhouse</p>
		</div>
	);
}

function Inside(p: { path: string }) {
	const [who, setWho] = useState<TechMe | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	const enter = () => {
		setFault(null);
		const coming = early();
		whoWorks().then(
			async (me) => {
				speak(me.language);
				liveIn(me.company.zone);
				await startUp(coming);
				setWho(me);
				void startPush(me);
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
	if (!who) return <Opening />;
	const water = WATER.exec(p.path);
	if (water)
		return (
			<div class="field-app field-app--stop">
				<WaterScreen id={water[1] ?? ""} doses={water[2] === "doses"} />
			</div>
		);
	const stop = STOP.exec(p.path)?.[1];
	if (stop)
		return (
			<div class="field-app field-app--stop">
				<StopPage id={stop} />
			</div>
		);
	const items = [
		{ href: HERE, icon: "list", label: t("tech.today") },
		{ href: ME, icon: "user", label: t("tech.me") },
	];
	return (
		<div class="field-app">
			{p.path === ME ? (
				<MePage who={who} />
			) : p.path === SAVED ? (
				<SavedPage />
			) : (
				<Today who={who} />
			)}
			<nav class="thumbs" aria-label={t("nav.main")}>
				{items.map((i) => (
					<a key={i.href} href={i.href} aria-current={p.path === i.href ? "page" : undefined}>
						<Icon name={i.icon} size="lg" />
						<span>{i.label}</span>
						{i.href === ME && unread.value > 0 && (
							<span class="dot">
								<span class="unseen">{t("tech.reports.new")}</span>
							</span>
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
void keepShell().catch(() => {});
const root = document.getElementById("app")!;
root.replaceChildren(); /* what stood there was for the eyes; nothing of it is to be taken up */
render(<App />, root);
