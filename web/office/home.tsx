/* Home: the day as it stands, and the first steps, told from what is really done. */
import type { Board, Company, CustomerPage, StaffPage } from "../shared/api";
import { call } from "../shared/call";
import { country, firstName } from "../shared/format";
import type { Screen } from "../shared/router";
import { Button, Heading, Icon } from "../shared/ui";
import { count, language, t } from "../shared/words";
import { nowThere } from "./board_parts";
import { HomeToday } from "./home_today";
import { may, me, setLanguage } from "./me";

interface Data {
	company: Company | null;
	staff: StaffPage | null;
	customers: CustomerPage | null;
	board: Board | null;
}

interface Step {
	title: string;
	text: string;
	done: boolean;
	action?: { href: string; label: string; icon: string };
}

async function load(): Promise<Data> {
	const [company, staff, customers, board] = await Promise.all([
		may("manage_company") ? call("GET /api/office/company") : null,
		may("manage_staff") ? call("GET /api/office/staff") : null,
		may("import") ? call("GET /api/office/customers") : null,
		may("see_board") ? call("GET /api/office/board", { query: { day: nowThere().day } }) : null,
	]);
	return { company, staff, customers, board };
}

function stepsOf({ company, staff, customers }: Data): Step[] {
	const who = me.value!;
	const steps: Step[] = [];
	if (company)
		steps.push({
			title: t("home.company"),
			text: [
				company.name,
				country(company.country),
				company.zone.replaceAll("_", " "),
				company.currency,
			].join(" · "),
			done: true,
		});
	steps.push({
		title: t("home.email"),
		text: who.email_confirmed ? who.email : t("home.email.text", { email: who.email }),
		done: who.email_confirmed,
	});
	steps.push({
		title: t("home.factor"),
		text: who.second_factor ? t("home.factor.done") : t("home.factor.text"),
		done: who.second_factor,
		action: { href: "/account", label: t("home.factor.go"), icon: "shield" },
	});
	if (company) {
		const reachable = Boolean(company.phone && company.street);
		steps.push({
			title: t("home.address"),
			text: reachable
				? [company.phone, company.street, company.city].filter(Boolean).join(" · ")
				: t("home.address.text"),
			done: reachable,
			action: { href: "/company", label: t("home.address.go"), icon: "building" },
		});
	}
	if (staff) {
		const others = staff.rows.filter((s) => s.id !== who.id);
		const waiting = others.filter((s) => s.state === "invited").length;
		const joined = others.filter((s) => s.state === "active").length;
		steps.push({
			title: t("home.people"),
			text: others.length
				? [
						joined > 0 && count("home.people.in", joined),
						waiting > 0 && count("home.people.waiting", waiting),
					]
						.filter(Boolean)
						.join(" ")
				: t("home.people.text"),
			done: others.length > 0,
			action: { href: "/staff/new", label: t("staff.invite"), icon: "userplus" },
		});
	}
	if (customers)
		steps.push({
			title: t("home.customers"),
			text: customers.rows.length ? t("home.customers.in") : t("home.customers.text"),
			done: customers.rows.length > 0,
			action: { href: "/imports", label: t("home.customers.go"), icon: "upload" },
		});
	return steps;
}

function Steps({ steps }: { steps: Step[] }) {
	const now = steps.findIndex((s) => !s.done);
	return (
		<ol class="card lines">
			{steps.map((s, i) => (
				<li
					key={s.title}
					class={s.done ? "step step--done" : i === now ? "step step--now" : "step"}
				>
					<span class="step__n">{s.done ? <Icon name="check" size="sm" /> : i + 1}</span>
					<div>
						<b>{s.title}</b>
						<p>{s.text}</p>
					</div>
					<span class="meta">{s.done ? t("home.done") : ""}</span>
					{!s.done && s.action && (
						<div class="step__more">
							<Button
								kind={i === now ? "primary" : undefined}
								href={s.action.href}
								icon={s.action.icon}
							>
								{s.action.label}
							</Button>
						</div>
					)}
				</li>
			))}
		</ol>
	);
}

function View({ data }: { data: Data }) {
	const steps = stepsOf(data);
	const board = data.board?.stops.length ? data.board : null;
	const done = steps.filter((s) => s.done).length;
	const now = steps.findIndex((s) => !s.done);
	const other = language.value === "en" ? "es" : "en";
	return (
		<div class="scroll">
			<div class="hello">
				<div class="hello__top">
					<div>
						<Heading>{t("home.hello", { name: firstName(me.value!.name) })}</Heading>
						<p>{board ? t("home.day") : now < 0 ? t("home.ready") : t("home.lead")}</p>
					</div>
					<div class="stack stack--tight">
						<b id="steps-done">{t("home.progress", { done, all: steps.length })}</b>
						<progress
							class="progress"
							max={steps.length}
							value={done}
							aria-labelledby="steps-done"
						/>
					</div>
				</div>
				<div class="hello__two">
					{board ? <HomeToday board={board} /> : <Steps steps={steps} />}
					<div class="stack">
						{board && now >= 0 && <Steps steps={steps.filter((x) => !x.done)} />}
						<section class="card">
							<button
								class="way"
								type="button"
								lang={other}
								onClick={() => void setLanguage(other)}
							>
								<Icon name="globe" />
								<span>
									{other === "es" ? "Ver en español" : "See it in English"}
									<small>
										{other === "es"
											? "Cambia el idioma de tu oficina"
											: "Changes the language of your office"}
									</small>
								</span>
								<Icon name="right" size="sm" />
							</button>
							<a class="way" href="/tech/">
								<Icon name="phone" />
								<span>
									{t("home.tech")}
									<small>{location.host}/tech/</small>
								</span>
								<Icon name="right" size="sm" />
							</a>
							<a class="way" href="/portal/">
								<Icon name="drop" />
								<span>
									{t("home.portal")}
									<small>{location.host}/portal/</small>
								</span>
								<Icon name="right" size="sm" />
							</a>
						</section>
					</div>
				</div>
			</div>
		</div>
	);
}

const screen: Screen<Data> = { title: "nav.home", load, view: View };
export default screen;
