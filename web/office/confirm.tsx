/* The link that proves that an e-mail address is its owner's. */
import type { CompanyCard } from "../shared/api";
import { call, Fault } from "../shared/call";
import { type Screen, takeFragment } from "../shared/router";
import { Button, Door, Heading, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { Dead } from "./dead";
import { me } from "./me";
import { companyCard } from "./signin";

interface Answer {
	company: CompanyCard;
	done: boolean;
	dead: string;
}

async function confirm(): Promise<Answer> {
	const token = takeFragment();
	const company = await companyCard();
	if (!token) return { company, done: false, dead: "" };
	try {
		await call("POST /api/auth/confirmations", { body: { token }, door: true });
		/* Who is signed in in this tab is asked again: the banner goes. */
		me.value = null;
		return { company, done: true, dead: "" };
	} catch (f) {
		if (f instanceof Fault && f.code !== "away") return { company, done: false, dead: f.message };
		throw f;
	}
}

const screen: Screen<Answer> = {
	title: "confirm.title",
	load: confirm,
	view: ({ data }) =>
		data.done ? (
			<Door name={data.company.name}>
				<Icon name="done" size="xl" />
				<Heading>{t("confirm.done")}</Heading>
				<p class="muted">{t("confirm.next")}</p>
				<Button kind="primary" size="lg" block href="/">
					{t("confirm.go")}
				</Button>
			</Door>
		) : (
			<Dead name={data.company.name} message={data.dead} />
		),
};
export default screen;
