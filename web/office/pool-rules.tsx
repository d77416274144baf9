/* What one pool is measured by otherwise than the others. */
import { useEffect, useState } from "preact/hooks";
import type { MeasureRule, PoolRules, WaterPolicy } from "../shared/api";
import { call, Fault, faultText, newKey } from "../shared/call";
import { toast } from "../shared/over";
import { FaultNote, Skeleton } from "../shared/ui";
import { t } from "../shared/words";
import { Panel } from "./frame";
import type { Page } from "./record";
import { Foot } from "./record";
import { waterTurn } from "./water-later";
import { lineOf, type RuleLine, RuleLines, ruleOf } from "./water-screen";

export function PoolRulesPanel(p: { page: Page; id: string }) {
	const [state, set] = useState<{ rules: PoolRules; policy: WaterPolicy } | null>(null);
	const [lines, setLines] = useState<RuleLine[]>([]);
	const [fault, setFault] = useState("");
	const [busy, setBusy] = useState(false);
	const load = async () => {
		const [rules, policy] = await Promise.all([
			call("GET /api/office/pools/:id/water-rules", { id: p.id }),
			call("GET /api/office/water-policy"),
		]);
		set({ rules, policy });
		setLines(rules.rules.map((r) => lineOf(r, policy.units)));
	};
	// Once for each pool
	useEffect(() => {
		load().catch((f) => setFault(faultText(f)));
	}, [p.id]);
	const save = async (e: Event) => {
		e.preventDefault();
		if (!state || busy) return;
		const rules = lines.map((l) => ruleOf(l, state.policy.units));
		const bad = rules.find((r) => typeof r === "string");
		if (bad) return setFault(bad as string);
		setBusy(true);
		try {
			await call("PUT /api/office/pools/:id/water-rules", {
				id: p.id,
				body: { rules: rules as MeasureRule[], version: state.rules.version },
				key: newKey(),
			});
			waterTurn.value += 1;
			toast(t("act.saved"));
			p.page.close();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	return (
		<Panel title={t("rules.own")} close={p.page.close}>
			<FaultNote text={fault} />
			{state ? (
				<form class="stack" onSubmit={(e) => void save(e)} noValidate>
					<p class="muted">{t("rules.own.text")}</p>
					<RuleLines
						pool
						lines={lines}
						set={setLines}
						units={state.policy.units}
						own={state.policy.own}
					/>
					<Foot busy={busy} close={p.page.close} />
				</form>
			) : (
				!fault && <Skeleton />
			)}
		</Panel>
	);
}
