/* The second factor that a role requires, right after the first sign-in. */
import { useState } from "preact/hooks";
import type { Me, TotpOffer } from "../shared/api";
import { call } from "../shared/call";
import { go, type Screen } from "../shared/router";
import { Button, Door, Heading, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { Codes, Offer } from "./factor";
import { me, remember, signOut, whoAmI } from "./me";

function View(p: { data: Me }) {
	const [offer, setOffer] = useState<TotpOffer | null>(null);
	const [codes, setCodes] = useState<string[]>([]);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const begin = async () => {
		setBusy(true);
		try {
			setOffer(await call("POST /api/auth/totp"));
		} catch (f) {
			setFault((f as Error).message);
		}
		setBusy(false);
	};
	const leave = () => void whoAmI().then(() => go("/", true));
	return (
		<Door
			name={p.data.company.name}
			foot={
				<button class="link" type="button" onClick={() => void signOut()}>
					{t("signout")}
				</button>
			}
		>
			{codes.length > 0 ? (
				<>
					<Heading>{t("codes.title")}</Heading>
					<Codes codes={codes} email={p.data.email} done={leave} />
				</>
			) : offer ? (
				<>
					<Heading>{t("factor.title")}</Heading>
					<Offer offer={offer} done={setCodes} />
				</>
			) : (
				<>
					<Icon name="shield" size="xl" />
					<Heading>{t("enrol.title")}</Heading>
					<p class="muted">{t("enrol.why")}</p>
					<p class="muted">{t("enrol.app")}</p>
					{fault && <p role="alert">{fault}</p>}
					<Button kind="primary" size="lg" block busy={busy} onClick={begin}>
						{t("enrol.go")}
					</Button>
				</>
			)}
		</Door>
	);
}

const screen: Screen<Me> = {
	title: "factor.title",
	async load() {
		/* Half a session may ask who it is; none at all goes to the sign-in page. */
		const who = await call("GET /api/office/me");
		remember(who);
		if (!who.owes_second_factor) go("/", true);
		return me.value ?? who;
	},
	view: View,
};
export default screen;
