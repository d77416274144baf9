/* The owner lets the people of Poolhouse look in for hours; and the door through which they come. */
import { useEffect, useState } from "preact/hooks";
import type { CompanyCard, Support } from "../shared/api";
import { call, Fault, faultText } from "../shared/call";
import { moment } from "../shared/format";
import { go, type Screen, takeFragment } from "../shared/router";
import { Button, FaultNote, Pill, Skeleton } from "../shared/ui";
import { count, t } from "../shared/words";
import { Dead } from "./dead";
import { Part } from "./frame";
import { companyCard } from "./signin";

const HOURS = [1, 4, 24, 72];

export function SupportPart() {
	const [page, set] = useState<Support | null>(null);
	const [hours, setHours] = useState(4);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	useEffect(() => {
		call("GET /api/office/support").then(set, () => {});
	}, []);
	if (!page) return null;
	const run = async (what: () => Promise<Support>) => {
		setBusy(true);
		setFault("");
		try {
			set(await what());
		} catch (f) {
			setFault(faultText(f));
		}
		setBusy(false);
	};
	return (
		<div class="sheet" id="support">
			<Part title={t("support.title")} text={t("support.text")}>
				<FaultNote text={fault} />
				{page.until_at ? (
					<div class="row row--wrap">
						<Pill tone="sun">{t("support.until", { time: moment(page.until_at) })}</Pill>
						<Button
							busy={busy}
							onClick={() => void run(() => call("DELETE /api/office/support", {}))}
						>
							{t("support.end")}
						</Button>
						<a class="link" href="/audit?q=support">
							{t("support.log")}
						</a>
					</div>
				) : (
					<div class="row row--wrap">
						<label class="row">
							{t("support.for")}
							<select
								class="select"
								value={String(hours)}
								onChange={(e) => setHours(Number(e.currentTarget.value))}
							>
								{HOURS.map((h) => (
									<option key={h} value={String(h)}>
										{count("support.hours", h)}
									</option>
								))}
							</select>
						</label>
						<Button
							busy={busy}
							onClick={() => void run(() => call("PUT /api/office/support", { body: { hours } }))}
						>
							{t("support.allow")}
						</Button>
					</div>
				)}
			</Part>
		</div>
	);
}

interface Arrival {
	company: CompanyCard;
	dead: string;
	here: boolean;
}
const screen: Screen<Arrival> = {
	title: "support.title",
	async load() {
		const token = takeFragment();
		const company = await companyCard();
		if (!token) return { company, dead: "", here: false };
		try {
			await call("POST /api/auth/support-sessions", { body: { token }, door: true });
			return { company, dead: "", here: true };
		} catch (f) {
			if (f instanceof Fault && f.code !== "away") return { company, dead: f.message, here: false };
			throw f;
		}
	},
	view: ({ data }) => {
		if (!data.here) return <Dead name={data.company.name} message={data.dead} />;
		queueMicrotask(() => go("/", true));
		return <Skeleton />;
	},
};
export default screen;
