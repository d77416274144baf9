/* Sign in: e-mail and password, then the code of the second factor if there is one. */
import type { CompanyCard } from "../shared/api";
import { call } from "../shared/call";
import { doorOf, SignInForm } from "../shared/door";
import { go, type Screen } from "../shared/router";
import { Door, Heading } from "../shared/ui";
import { suggest, t } from "../shared/words";

/* Whose door this is. A host that belongs to nobody has no company and says so. */
export async function companyCard(): Promise<CompanyCard> {
	const card = await call("GET /api/auth/company", { door: true });
	suggest(card.language);
	return card;
}

const screen: Screen<CompanyCard> = {
	title: "signin.title",
	load: companyCard,
	view: ({ data, at }) => (
		<Door
			name={data.name}
			foot={
				<a class="link" href="/portal/">
					{t("signin.customer")}
				</a>
			}
		>
			<Heading>{t("signin.title")}</Heading>
			<SignInForm
				forgot="/forgot"
				entered={(session) => {
					const to = doorOf(session, at.query.get("then"));
					if (to.startsWith("/tech/")) location.assign(to);
					else go(to, true);
				}}
			/>
		</Door>
	),
};
export default screen;
