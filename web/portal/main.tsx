/* The customer's portal: in by a link in the mail, then home. */

import type { ComponentChildren, ComponentType } from "preact";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CompanyCard } from "../shared/api";
import { call, Fault, turns } from "../shared/call";
import { FormTrouble, PasswordField, TextField, useForm } from "../shared/form";
import { liveIn } from "../shared/format";
import { Toasts } from "../shared/over";
import { address, followLinks, go, takeFragment } from "../shared/router";
import {
	Button,
	Empty,
	Heading,
	Icon,
	OtherLanguage,
	Skeleton,
	Trouble,
	title,
} from "../shared/ui";
import { speak, suggest, t } from "../shared/words";
import "../shared/words/portal";
import { Bills } from "./bills";
import { Brand } from "./brand";
import { home, look, trouble, who } from "./data";
import { Home } from "./home";
import { Shell } from "./shell";
import { paint } from "./theme";
import { Visits } from "./visits";
import "../shared/css/tokens.css";
import "../shared/css/base.css";
import "../shared/css/ui.css";
import "./portal.css";

const HERE = "/portal/";
const SIGN_IN = "/portal/sign-in";
const ENTER = "/portal/enter";
/* Three pages for whoever has a link or a file, signed in or not. */
const REPORT = "/portal/report";
const VERIFY = "/portal/verify";
const QUOTE = "/portal/quote";
const BILL = "/portal/bill";
const NO_NEWS = "/portal/unsubscribe";
/* And two for whoever wants a visit, or has booked one (nginx/tenant.conf). */
const BOOK = "/book";
const BOOKED = "/book/mine";
const DUE = "/book/due";

turns.signedOut = () => go(SIGN_IN, true);

function Page(p: { company: CompanyCard | null; children: ComponentChildren }) {
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

/* Six digits, from the letter or the text. */
function TypedCode(p: { address: string }) {
	const form = useForm({
		initial: { code: "" },
		async send(v, key) {
			const body = { address: p.address, code: v.code.replace(/\D/g, "").slice(0, 6) };
			await call("POST /api/auth/portal-codes", { body, key, door: true });
			go(HERE, true);
		},
	});
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			<TextField
				form={form}
				name="code"
				label={t("portal.code")}
				autocomplete="one-time-code"
				inputmode="numeric"
				maxLength={8}
				required
				big
			/>
			<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
				{t("portal.code.enter")}
			</Button>
		</form>
	);
}

/* For those who have made one. */
function ByPassword(p: { other: () => void }) {
	const form = useForm({
		initial: { email: "", password: "" },
		async send(v, key) {
			await call("POST /api/auth/portal-sessions/passwords", {
				body: { email: v.email.trim(), password: v.password },
				key,
				door: true,
			});
			go(HERE, true);
		},
	});
	return (
		<>
			<Heading>{t("portal.signin")}</Heading>
			<form class="stack" onSubmit={form.submit} noValidate>
				<FormTrouble form={form} />
				<TextField
					form={form}
					name="email"
					label={t("portal.email.only")}
					autocomplete="username"
					inputmode="email"
					required
					autofocus
				/>
				<PasswordField form={form} name="password" label={t("portal.password")} />
				<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
					{t("portal.signin")}
				</Button>
				<Button kind="quiet" block onClick={p.other}>
					{t("portal.password.other")}
				</Button>
			</form>
		</>
	);
}

function SignIn() {
	const [company, fault] = useCompany();
	const [typed, setTyped] = useState(false);
	const [sent, setSent] = useState("");
	title("portal.signin");
	const form = useForm({
		initial: { email: "" },
		draft: "portal",
		async send(v, key) {
			const to = v.email.trim();
			if (/@/.test(to) || !/\d/.test(to))
				await call("POST /api/auth/portal-links", { body: { email: to }, key, door: true });
			else await call("POST /api/auth/portal-texts", { body: { phone: to }, key, door: true });
			setSent(to);
		},
		caught(fault) {
			if (fault.field !== "phone") return false;
			form.fail("email", fault.message);
			return true;
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
				{typed ? (
					<ByPassword other={() => setTyped(false)} />
				) : sent ? (
					<>
						<span class="round" aria-hidden="true">
							<Icon name="mail" size="xl" />
						</span>
						<Heading>{t(sent.includes("@") ? "portal.look" : "portal.look.phone")}</Heading>
						<p class="muted">{t("portal.look.text", { email: sent, company: company.name })}</p>
						<TypedCode address={sent} />
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
								label={t("portal.email")}
								autocomplete="username"
								inputmode="email"
								required
								autofocus
							/>
							<Button kind="primary" size="lg" block type="submit" busy={form.busy}>
								{t("portal.send")}
							</Button>
							<Button kind="quiet" block onClick={() => setTyped(true)}>
								{t("portal.password.have")}
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

/* A page that is asked for when it is looked at. */
function Asked<T>(p: { of: string; ask: () => Promise<T>; view: (page: T) => ComponentChildren }) {
	const [page, setPage] = useState<T | null>(null);
	const [fault, setFault] = useState<unknown>(null);
	const ask = () => {
		setFault(null);
		p.ask().then(setPage, (f) => {
			if (f instanceof Fault && f.status === 401) turns.signedOut();
			else setFault(f);
		});
	};
	// Again when another one is meant
	useEffect(() => {
		setPage(null);
		ask();
	}, [p.of]);
	if (fault)
		return (
			<main class="portal__one">
				<Trouble fault={fault} again={ask} />
			</main>
		);
	return <>{page ? p.view(page) : <Skeleton />}</>;
}

const routes = [
	{ path: HERE, view: () => <Home /> },
	{ path: "/portal/visits", view: () => <Visits /> },
	{ path: "/portal/bills", view: () => <Bills /> },
	{
		path: "/portal/pay",
		view: () => (
			<Asked
				of="pay"
				ask={async () => {
					const page = call("GET /api/portal/methods", { door: true });
					return { View: (await import("./pay")).default, page: await page };
				}}
				view={(a) => <a.View page={a.page} />}
			/>
		),
	},
	{
		path: "/portal/ask",
		view: () => (
			<Asked
				of="ask"
				ask={async () => {
					const page = call("GET /api/portal/asking", { door: true });
					return { View: (await import("./ask")).default, page: await page };
				}}
				view={(a) => <a.View page={a.page} />}
			/>
		),
	},
	{
		path: "/portal/messages",
		view: () => (
			<Asked
				of="messages"
				ask={async () => {
					const page = call("GET /api/portal/messages", { door: true });
					return { View: (await import("./talk")).default, page: await page };
				}}
				view={(a) => <a.View page={a.page} />}
			/>
		),
	},
	{
		path: "/portal/water",
		view: () => (
			<Asked
				of="water"
				ask={async () => {
					const page = call("GET /api/portal/water", { door: true });
					return { View: (await import("./water")).default, page: await page };
				}}
				view={(a) => <a.View page={a.page} />}
			/>
		),
	},
	{
		path: "/portal/contact",
		view: () => (
			<Asked
				of="contact"
				ask={async () => {
					const page = call("GET /api/portal/contacts", { door: true });
					return { View: (await import("./contact")).default, page: await page };
				}}
				view={(a) => <a.View page={a.page} />}
			/>
		),
	},
	{
		path: "/portal/documents",
		view: () => (
			<Asked
				of="documents"
				ask={async () => {
					const page = call("GET /api/portal/documents", { query: { kind: "any" }, door: true });
					return { View: (await import("./documents")).default, page: await page };
				}}
				view={(a) => <a.View page={a.page} />}
			/>
		),
	},
	{
		path: "/portal/methods",
		view: () => (
			<Asked
				of="methods"
				ask={async () => {
					const page = call("GET /api/portal/methods", { door: true });
					return { View: (await import("./pay")).Methods, page: await page };
				}}
				view={(a) => <a.View page={a.page} />}
			/>
		),
	},
	{
		path: "/portal/paid/:id",
		view: (id: string) => (
			<Asked
				of={id}
				ask={async () => ({ View: (await import("./pay")).Paid })}
				view={(a) => <a.View id={id} />}
			/>
		),
	},
	{
		path: "/portal/visits/:id",
		view: (id: string) => (
			<Asked
				of={id}
				ask={async () => {
					const page = call("GET /api/portal/visits/:id", { id, door: true });
					return { View: (await import("./visit")).default, page: await page };
				}}
				view={(a) => <a.View page={a.page} />}
			/>
		),
	},
	{
		path: "/portal/bills/:id",
		view: (id: string) => (
			<Asked
				of={id}
				ask={async () => {
					const page = call("GET /api/portal/bills/:id", { id, door: true });
					return { View: (await import("./bill")).default, page: await page };
				}}
				view={(a) => <a.View page={a.page} />}
			/>
		),
	},
];
function routeOf(path: string) {
	const parts = path.replace(/\/+$/, "").split("/");
	for (const r of routes) {
		const wanted = r.path.replace(/\/+$/, "").split("/");
		if (wanted.length === parts.length && wanted.every((w, i) => w === ":id" || w === parts[i]))
			return { r, id: wanted[3] === ":id" ? (parts[3] ?? "") : "" };
	}
	return null;
}

const LOOK_MS = 30_000;

function Inside() {
	const enter = () => {
		trouble.value = null;
		call("GET /api/portal/me", { door: true }).then(
			(me) => {
				paint(me.company.accent);
				speak(me.language, false);
				liveIn(me.company.zone);
				who.value = me;
				void look();
			},
			(f) => {
				if (f instanceof Fault && f.status === 401) turns.signedOut();
				else trouble.value = f;
			},
		);
	};
	// Asked once; then again while somebody looks, and when they come back
	useEffect(() => {
		enter();
		const again = () => {
			if (who.value && document.visibilityState === "visible") void look();
		};
		const clock = setInterval(again, LOOK_MS);
		document.addEventListener("visibilitychange", again);
		return () => {
			clearInterval(clock);
			document.removeEventListener("visibilitychange", again);
		};
	}, []);
	if (trouble.value)
		return (
			<Page company={null}>
				<Trouble fault={trouble.value} again={enter} />
			</Page>
		);
	if (!who.value || !home.value) return <Skeleton />;
	const at = routeOf(address.value.path);
	return (
		<Shell>
			{at ? (
				at.r.view(at.id)
			) : (
				<main class="portal__one">
					<Empty whole icon="search" title={t("trouble.missing")}>
						<a href={HERE}>{t("nav.home")}</a>
					</Empty>
				</main>
			)}
		</Shell>
	);
}

/* They come when they are looked at. */
function Open(p: { path: string }) {
	const [company, fault] = useCompany();
	const [View, set] = useState<ComponentType<{ company: CompanyCard }> | null>(null);
	useEffect(() => {
		const wanted =
			p.path === REPORT
				? import("./report")
				: p.path === QUOTE
					? import("./quote")
					: p.path === BILL
						? import("./link")
						: p.path === NO_NEWS
							? import("./unsubscribe")
							: import("./verify");
		void wanted.then((m) => set(() => m.default as ComponentType<{ company: CompanyCard }>));
	}, [p.path]);
	if (fault)
		return (
			<Page company={null}>
				<Trouble fault={fault} again={() => location.reload()} />
			</Page>
		);
	if (!View || !company) return <Skeleton />;
	return (
		<div class="portal">
			<Brand company={company} />
			<View company={company} />
		</div>
	);
}

function Booking(p: { path: string }) {
	const [View, set] = useState<ComponentType | null>(null);
	useEffect(() => {
		const wanted =
			p.path === BOOKED
				? import("./bookmine")
				: p.path === DUE
					? import("./due")
					: import("./book");
		void wanted.then((m) => set(() => m.default as ComponentType));
	}, [p.path]);
	return View ? <View /> : <Skeleton />;
}

function App() {
	const { path } = address.value;
	return (
		<>
			{path === SIGN_IN ? (
				<SignIn />
			) : path === ENTER ? (
				<Enter />
			) : path === BOOK || path === BOOKED || path === DUE ? (
				<Booking key={path} path={path} />
			) : [REPORT, VERIFY, QUOTE, BILL, NO_NEWS].includes(path) ? (
				<Open key={path} path={path} />
			) : (
				<Inside />
			)}
			<Toasts />
		</>
	);
}

followLinks((path) => path.startsWith(HERE) || path === BOOK);
render(<App />, document.getElementById("app")!);
