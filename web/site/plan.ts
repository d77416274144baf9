/* What this house asks of a company, on the pages that speak of it. Without an answer they say what is always true. */
import { call, turns } from "../shared/call";
import { money } from "../shared/format";
import { filled } from "./ask";

turns.language = () => document.documentElement.lang;

const parts = [...document.querySelectorAll<HTMLElement>("[data-plan]")];

if (parts.length > 0)
	call("GET /api/site/plan", {}).then(
		(plan) => {
			const price = money(plan.cents, plan.currency);
			const said: Record<string, (of: DOMStringMap) => string | undefined> = {
				price: (of) => (plan.cents === 0 ? of.free : price),
				text: (of) => (plan.cents === 0 ? of.free : undefined),
				trial: (of) =>
					plan.cents === 0 || plan.trial_days === 0
						? undefined
						: filled(of.trial ?? "", { days: plan.trial_days }),
				cta: (of) =>
					plan.cents === 0
						? of.free
						: plan.trial_days === 0
							? undefined
							: filled(of.trial ?? "", { days: plan.trial_days, price }),
			};
			for (const part of parts) {
				const text = said[part.dataset.plan ?? ""]?.(part.dataset);
				if (text === undefined) continue;
				part.textContent = text;
				part.hidden = false;
			}
		},
		() => {},
	);
