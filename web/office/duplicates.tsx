/* Customers who are perhaps one and the same, the most alike first: looked at beside each other, or said to be two. */
import { useState } from "preact/hooks";
import type { CustomerLine, Duplicate, Duplicates } from "../shared/api";
import { call, Fault } from "../shared/call";
import { phone } from "../shared/format";
import { toast } from "../shared/over";
import type { Screen } from "../shared/router";
import { Badge, Button, Empty, FaultNote, Heading, Icon } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { may } from "./me";
import { addressOf } from "./place";
import { Standing } from "./standing";
import { Take } from "./taken";

const ICONS: Record<string, string> = {
	phone: "phone",
	email: "mail",
	address: "pin",
	name: "user",
	near_name: "user",
};

function View({ data, reload }: { data: Duplicates; reload: () => Promise<void> }) {
	const [fault, setFault] = useState("");
	const two = async (d: Duplicate) => {
		const body = { a: d.a.id, b: d.b.id };
		try {
			await call("POST /api/office/duplicates/apart", { body });
			await reload();
			toast(t("dup.two.done"), () => {
				void call("POST /api/office/duplicates/together", { body }).then(reload);
			});
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return (
		<>
			<header class="bar">
				<nav class="crumbs" aria-label={t("customers.crumbs")}>
					<a href="/customers">{t("nav.customers")}</a>
					<span aria-hidden="true">/</span>
				</nav>
				<Heading>{t("dup.title")}</Heading>
				<span class="bar__sub">{count("dup.count", data.total)}</span>
				<span class="push" />
				{data.total > 0 && <Take list="duplicates" />}
			</header>
			<div class="scroll">
				{data.rows.length === 0 && (
					<Empty icon="done" title={t("dup.none")}>
						{t("dup.none.text")}
					</Empty>
				)}
				<div class="twins">
					<FaultNote text={fault} />
					{data.rows.map((d) => (
						<section
							key={`${d.a.id}-${d.b.id}`}
							class="card twin"
							aria-label={`${d.a.name}, ${d.b.name}`}
						>
							<div class="twin__why">
								{d.why.map((w) => (
									<Badge
										key={w}
										tone={w === "near_name" ? undefined : "aqua"}
										icon={ICONS[w] ?? "copy"}
									>
										{named("like", w)}
									</Badge>
								))}
							</div>
							<div class="twin__two">
								<Side c={d.a} />
								<Side c={d.b} />
							</div>
							{may("edit_customers") && (
								<div class="twin__acts">
									<Button kind="quiet" size="sm" onClick={() => void two(d)}>
										{t("dup.two")}
									</Button>
									<Button
										size="sm"
										icon="columns"
										href={`/customers/${d.a.id}?edit=merge:${d.b.id}`}
									>
										{t("dup.look")}
									</Button>
								</div>
							)}
						</section>
					))}
					{data.total > data.rows.length && (
						<p class="meta">{t("dup.more", { n: data.total - data.rows.length })}</p>
					)}
				</div>
			</div>
		</>
	);
}

function Side(p: { c: CustomerLine }) {
	const { c } = p;
	return (
		<div class="stack stack--tight">
			<p class="row row--wrap">
				<a class="link" href={`/customers/${c.id}`}>
					{c.name}
				</a>
				<Standing standing={c.standing} />
			</p>
			<ul class="twin__facts">
				{c.street || c.city ? (
					<li>
						<Icon name="pin" size="sm" /> {addressOf({ ...c, region: "", postcode: "" })}
					</li>
				) : null}
				{c.phone && (
					<li>
						<Icon name="phone" size="sm" /> {phone(c.phone)}
					</li>
				)}
				{c.email && (
					<li>
						<Icon name="mail" size="sm" /> {c.email}
					</li>
				)}
				<li>
					<Icon name="drop" size="sm" /> {count("dup.pools", c.pools)}
				</li>
			</ul>
		</div>
	);
}

const screen: Screen<Duplicates> = {
	title: "dup.title",
	load: () => call("GET /api/office/duplicates"),
	view: View,
};
export default screen;
