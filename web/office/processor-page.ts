/* A page of the payment processor is ordered, and its address follows in a moment: asked for until it is there. */
import { useState } from "preact/hooks";
import { t } from "../shared/words";

const ASKED_EVERY_MS = 250;
const ASKED_TIMES = 60;

export function useProcessorPage(
	order: () => Promise<unknown>,
	link: () => Promise<{ url: string }>,
) {
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const open = async () => {
		setBusy(true);
		setFault("");
		try {
			await order();
			for (let n = 0; n < ASKED_TIMES; n++) {
				const { url } = await link();
				if (url) return location.assign(url);
				await new Promise((later) => setTimeout(later, ASKED_EVERY_MS));
			}
			setFault(t("company.cards.slow"));
		} catch (f) {
			setFault((f as Error).message);
		}
		setBusy(false);
	};
	return { busy, fault, open };
}
