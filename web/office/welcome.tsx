/* From the sign-up page into the new company: the ticket in the address becomes a session. */
import type { CompanyCard } from "../shared/api";
import { call, Fault } from "../shared/call";
import { doorOf } from "../shared/door";
import { go, type Screen, takeFragment } from "../shared/router";
import { Skeleton } from "../shared/ui";
import { Dead } from "./dead";
import { companyCard } from "./signin";

interface Arrival {
	company: CompanyCard;
	dead: string;
	to: string;
}

async function arrive(): Promise<Arrival> {
	const ticket = takeFragment();
	const company = await companyCard();
	if (!ticket) return { company, dead: "", to: "" };
	try {
		const session = await call("POST /api/auth/tickets", { body: { ticket }, door: true });
		return { company, dead: "", to: doorOf(session, null) };
	} catch (f) {
		if (f instanceof Fault && f.code !== "away") return { company, dead: f.message, to: "" };
		throw f;
	}
}

const screen: Screen<Arrival> = {
	title: "welcome.title",
	load: arrive,
	view: ({ data }) => {
		if (!data.to) return <Dead name={data.company.name} message={data.dead} />;
		queueMicrotask(() => go(data.to, true));
		return <Skeleton />;
	},
};
export default screen;
