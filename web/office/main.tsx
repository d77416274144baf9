/* The office: doors before sign-in, then the shell with one screen in it. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Fault, turns } from "../shared/call";
import { StepUp, Toasts } from "../shared/over";
import {
	type AnyScreen,
	address,
	followLinks,
	go,
	match,
	type Place,
	type Route,
} from "../shared/router";
import { Button, Door, Empty, Show, Skeleton, Trouble } from "../shared/ui";
import { t } from "../shared/words";
import { me, whoAmI } from "./me";
import { Shell } from "./shell";
import "../shared/words/office";
import "../shared/css/tokens.css";
import "../shared/css/base.css";
import "../shared/css/ui.css";
import "./office.css";

/* Before sign-in, or for a session that still owes its second factor. */
const doors: Route[] = [
	{ path: "/sign-in", screen: () => import("./signin") },
	{ path: "/forgot", screen: () => import("./forgot") },
	{ path: "/reset", screen: () => import("./reset") },
	{ path: "/welcome", screen: () => import("./welcome") },
	{ path: "/support", screen: () => import("./support") },
	{ path: "/confirm", screen: () => import("./confirm") },
	{ path: "/invitation", screen: () => import("./invitation") },
	{ path: "/enrol", screen: () => import("./enrol") },
];
const alerts = () => import("./alerts");
const messages = () => import("./messages");
const work = () => import("./work");
const customers = () => import("./customers");
const services = () => import("./services");
const bills = () => import("./bills");
const run = () => import("./run");
const quote = () => import("./quote");
const jobs = () => import("./jobs");
const fields = () => import("./fields");
const staff = () => import("./staff");
const roles = () => import("./roles");
const stock = () => import("./stock");
const water = () => import("./water-screen");
const screens: Route[] = [
	{ path: "/", screen: () => import("./home") },
	{ path: "/board", screen: () => import("./board") },
	{ path: "/inbox", screen: messages },
	{ path: "/inbox/rules", screen: () => import("./occasions") },
	{ path: "/inbox/broadcasts", screen: () => import("./broadcasts") },
	{ path: "/inbox/:id", screen: messages },
	{ path: "/alerts", screen: alerts },
	{ path: "/alerts/rules", screen: alerts },
	{ path: "/customers", screen: customers },
	{ path: "/customers/new", screen: customers },
	{ path: "/customers/edits", screen: customers },
	{ path: "/customers/duplicates", screen: () => import("./duplicates") },
	{ path: "/customers/:id", screen: () => import("./customer") },
	{ path: "/schedule", screen: () => import("./schedule") },
	{ path: "/schedule/shift", screen: () => import("./shift") },
	{ path: "/services", screen: services },
	{ path: "/services/skills", screen: services },
	{ path: "/services/booking", screen: services },
	{ path: "/services/skills/:id", screen: services },
	{ path: "/services/:id", screen: services },
	{ path: "/imports", screen: () => import("./imports") },
	{ path: "/imports/:id", screen: () => import("./import") },
	{ path: "/bills", screen: bills },
	{ path: "/bills/leaks", screen: bills },
	{ path: "/bills/issued", screen: bills },
	{ path: "/bills/rules", screen: bills },
	{ path: "/bills/runs", screen: run },
	{ path: "/bills/runs/:id", screen: run },
	{ path: "/bills/taxes", screen: bills },
	{ path: "/bills/of/:id/statement", screen: () => import("./statement") },
	{ path: "/bills/of/:id", screen: () => import("./dues") },
	{ path: "/bills/:id", screen: () => import("./bill") },
	{ path: "/quotes", screen: () => import("./quotes") },
	{ path: "/quotes/new", screen: quote },
	{ path: "/quotes/jobs", screen: jobs },
	{ path: "/quotes/jobs/new", screen: () => import("./newjob") },
	{ path: "/quotes/jobs/:id", screen: () => import("./job") },
	{ path: "/quotes/shopping", screen: jobs },
	{ path: "/quotes/free", screen: jobs },
	{ path: "/quotes/:id", screen: quote },
	{ path: "/stock", screen: stock },
	{ path: "/stock/items", screen: stock },
	{ path: "/stock/prices", screen: () => import("./prices") },
	{ path: "/stock/items/:id", screen: stock },
	{ path: "/water", screen: water },
	{ path: "/water/rules", screen: water },
	{ path: "/routes", screen: () => import("./routes") },
	{ path: "/routes/miles", screen: () => import("./miles") },
	{ path: "/staff", screen: staff },
	{ path: "/staff/ratings", screen: () => import("./ratings") },
	{ path: "/staff/:id", screen: staff },
	{ path: "/staff/:id/codes", screen: () => import("./codes") },
	{ path: "/roles", screen: roles },
	{ path: "/roles/:id", screen: roles },
	{ path: "/fields", screen: fields },
	{ path: "/fields/:id", screen: fields },
	{ path: "/company", screen: () => import("./company") },
	{ path: "/company/mail", screen: () => import("./sender") },
	{ path: "/company/domain", screen: () => import("./domain") },
	{ path: "/subscription", screen: () => import("./subscription") },
	{ path: "/audit", screen: () => import("./audit") },
	{ path: "/account", screen: () => import("./account") },
	{ path: "/technicians", screen: work },
	{ path: "/technicians/times", screen: () => import("./times") },
	{ path: "/technicians/:id", screen: work },
];

turns.signedOut = () => {
	const back = address.value.path + address.value.search;
	me.value = null;
	go(`/sign-in?then=${encodeURIComponent(back)}`, true);
};

/* After a release the old files are gone: the page is loaded anew, once. What was typed is in the drafts. */
addEventListener("vite:preloadError", (e) => {
	const last = Number(sessionStorage.getItem("reloaded") ?? 0);
	if (Date.now() - last < 60_000) return;
	e.preventDefault();
	sessionStorage.setItem("reloaded", String(Date.now()));
	location.reload();
});

/* The wanted screen comes while the house is asked who is here; the small rest when nothing else is to do. */
function fetchAhead(path: string): void {
	void match(screens, path)
		?.route.screen()
		.catch(() => {});
	const rest = () => {
		for (const route of screens) void route.screen().catch(() => {});
	};
	if ("requestIdleCallback" in window) requestIdleCallback(rest, { timeout: 5000 });
	else setTimeout(rest, 2000);
}

/* A screen's code is fetched when it is first wanted; until then the page before stays. Addresses of one screen
   share its function, so that opening a row beside the list keeps the list. */
function Lazy(p: { route: Route; at: Place; door?: boolean }) {
	const [loaded, set] = useState<{ of: Route["screen"]; screen: AnyScreen } | null>(null);
	const [fault, setFault] = useState(false);
	useEffect(() => {
		let wanted = true;
		p.route
			.screen()
			.then((m) => wanted && set({ of: p.route.screen, screen: m.default }))
			.catch(() => wanted && setFault(true));
		return () => {
			wanted = false;
		};
	}, [p.route.screen]);
	if (fault) return <Trouble fault={null} again={() => location.reload()} />;
	if (!loaded) return <Skeleton />;
	if (loaded.of !== p.route.screen) return <Skeleton lines={1} />;
	return <Show screen={loaded.screen} at={p.at} door={p.door} />;
}

function Inside(p: { path: string; query: URLSearchParams }) {
	const [fault, setFault] = useState<unknown>(null);
	const enter = () => {
		setFault(null);
		whoAmI().catch((f) => {
			if (f instanceof Fault && f.status === 401) turns.signedOut();
			else setFault(f);
		});
	};
	// Asked once; sign-out leaves the page
	useEffect(() => {
		fetchAhead(p.path);
		if (!me.value) enter();
	}, []);
	const who = me.value;
	if (fault)
		return (
			<Door>
				<Trouble fault={fault} again={enter} />
			</Door>
		);
	if (!who) return <Skeleton />;
	if (who.owes_second_factor) {
		queueMicrotask(() => go("/enrol", true));
		return null;
	}
	if (who.role === "technician") {
		location.replace("/tech/");
		return null;
	}
	const found = match(screens, p.path);
	return (
		<Shell path={p.path}>
			{found ? (
				<Lazy route={found.route} at={{ path: p.path, query: p.query, params: found.params }} />
			) : (
				<Empty
					whole
					icon="search"
					title={t("missing.title")}
					action={
						<Button href="/" kind="primary">
							{t("missing.home")}
						</Button>
					}
				>
					{t("missing.text")}
				</Empty>
			)}
		</Shell>
	);
}

function App() {
	const { path, search } = address.value;
	const query = new URLSearchParams(search);
	const door = match(doors, path);
	return (
		<>
			{door ? (
				<Lazy door route={door.route} at={{ path, query, params: {} }} />
			) : (
				<Inside path={path} query={query} />
			)}
			<StepUp />
			<Toasts />
		</>
	);
}

followLinks((path) => match([...doors, ...screens], path) !== null);
render(<App />, document.getElementById("app")!);
