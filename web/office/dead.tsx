/* A link that no longer opens anything: what happened, and the way on. */
import { Button, Door, Heading, Icon } from "../shared/ui";
import { t } from "../shared/words";

export function Dead(p: {
	name: string;
	message?: string;
	action?: { href: string; label: string };
}) {
	const action = p.action ?? { href: "/sign-in", label: t("signin.title") };
	return (
		<Door name={p.name}>
			<Icon name="link" size="xl" />
			<Heading>{t("dead.title")}</Heading>
			<p class="muted">{p.message || t("dead.text")}</p>
			<Button kind="primary" size="lg" block href={action.href}>
				{action.label}
			</Button>
		</Door>
	);
}
