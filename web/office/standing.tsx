/* Where a customer stands, derived from facts: never typed in. */
import type { Customer } from "../shared/api";
import { Pill, type Tone } from "../shared/ui";
import { t } from "../shared/words";

const looks: Record<Customer["standing"], [Tone, string]> = {
	lead: ["aqua", "clock"],
	routed: ["kelp", "check"],
	unrouted: ["sun", "alert"],
	inactive: ["off", "ban"],
	archived: ["off", "box"],
};

export function Standing(p: { standing: Customer["standing"] }) {
	const [tone, icon] = looks[p.standing];
	return (
		<Pill tone={tone} icon={icon}>
			{t(`standing.${p.standing}`)}
		</Pill>
	);
}
