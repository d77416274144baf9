/* Rules of alerts: what becomes one, from which limit on, and who is told how. Nothing asks to be saved. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { AlertRule, AlertRulesPage } from "../shared/api";
import { call, Fault } from "../shared/call";
import { Button, FaultBar, Icon } from "../shared/ui";
import { type Key, t } from "../shared/words";
import { may } from "./me";

const WAYS = ["by_push", "by_mail", "by_sms", "by_call"] as const;

export function AlertRules(p: { first: AlertRulesPage }) {
	const [page, setPage] = useState(p.first);
	const [fault, setFault] = useState("");
	const [saved, setSaved] = useState(false);
	const now = useRef(p.first);
	const busy = useRef<Promise<void>>(Promise.resolve());
	const edits = may("manage_company");
	/* One after the other: each builds on the version that the one before made. */
	const change = (rule: AlertRule) => {
		const rows = now.current.rows.map((r) => (r.kind === rule.kind ? rule : r));
		now.current = { ...now.current, rows };
		setPage(now.current);
		busy.current = busy.current.then(async () => {
			try {
				const is = await call("PUT /api/office/alert-rules", {
					body: {
						rows: [now.current.rows.find((r) => r.kind === rule.kind) ?? rule],
						version: now.current.version,
					},
				});
				now.current = { ...is, rows: now.current.rows };
				setSaved(true);
				setFault("");
			} catch (f) {
				if (!(f instanceof Fault)) throw f;
				setFault(f.message);
				now.current = await call("GET /api/office/alert-rules");
				setPage(now.current);
			}
		});
	};
	return (
		<div class="scroll">
			<div class="tools">
				<p class="muted grow">{t("alerts.rules.text")}</p>
				<span class="meta" role="status">
					{saved && !fault ? t("act.saved") : ""}
				</span>
			</div>
			<FaultBar text={fault} />
			<ul class="arules">
				{page.rows.map((r) => (
					<Rule key={r.kind} rule={r} page={page} change={edits ? change : null} />
				))}
			</ul>
		</div>
	);
}

function Rule(p: {
	rule: AlertRule;
	page: AlertRulesPage;
	change: ((r: AlertRule) => void) | null;
}) {
	const r = p.rule;
	const name = t(`alerts.kind.${r.kind}` as Key);
	const set = (over: Partial<AlertRule>) => p.change?.({ ...r, ...over });
	const left = p.page.people.filter((x) => !r.persons.some((y) => y.id === x.id));
	const add = useRef<HTMLSelectElement>(null);
	const dropped = useRef(false);
	/* The button that was pressed is gone with its person: the keys go on at the list of those who are left. */
	useLayoutEffect(() => {
		if (dropped.current) add.current?.focus();
		dropped.current = false;
	}, [r.persons.length]);
	const drop = (id: string) => {
		dropped.current = true;
		set({ persons: r.persons.filter((y) => y.id !== id) });
	};
	return (
		<li class="arule" data-off={r.on ? undefined : ""}>
			<label class="arule__on">
				<input
					type="checkbox"
					checked={r.on}
					disabled={!p.change}
					onChange={(e) => set({ on: e.currentTarget.checked })}
				/>
				<span>
					<b>{name}</b>
					<small>{t(`alerts.about.${r.kind}` as Key)}</small>
				</span>
			</label>
			{r.on && r.limit !== null && (
				<label class="arule__limit">
					<span>{t(`alerts.limit.${r.kind}` as Key)}</span>
					<input
						class="input"
						type="number"
						min={0}
						max={r.kind === "late" ? 240 : r.kind === "slow" ? 1000 : 95}
						value={r.limit}
						disabled={!p.change}
						onChange={(e) => {
							const to = Number.parseInt(e.currentTarget.value, 10);
							if (Number.isFinite(to)) set({ limit: to });
						}}
					/>
					<span>{t(r.kind === "late" ? "alerts.unit.minutes" : "alerts.unit.percent")}</span>
				</label>
			)}
			{r.on && (
				<div class="arule__who" role="group" aria-label={t("alerts.who", { what: name })}>
					{r.persons.map((x) => {
						const who = p.page.people.find((y) => y.id === x.id)?.name ?? t("alerts.gone");
						return (
							<span class="chip" key={x.id}>
								{who}
								{p.change && (
									<Button
										kind="quiet"
										size="sm"
										icon="x"
										label={t("alerts.who.drop", { who })}
										onClick={() => drop(x.id)}
									/>
								)}
							</span>
						);
					})}
					{p.change && left.length > 0 && r.persons.length < 20 && (
						<select
							ref={add}
							class="input arule__add"
							/* A key alone would choose at once whoever comes next: it opens the list instead. */
							onKeyDown={(e) => {
								if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
								e.preventDefault();
								e.currentTarget.showPicker();
							}}
							aria-label={t("alerts.who.add", { what: name })}
							value=""
							onChange={(e) =>
								e.currentTarget.value &&
								set({
									persons: [...r.persons, { id: e.currentTarget.value }],
									by_mail: r.by_mail || (!r.by_push && !r.by_sms && !r.by_call),
								})
							}
						>
							<option value="">{t("alerts.who.pick")}</option>
							{left.map((x) => (
								<option key={x.id} value={x.id}>
									{x.name}
								</option>
							))}
						</select>
					)}
					{r.persons.length > 0 &&
						WAYS.map((way) => (
							<label key={way} class="arule__way">
								<input
									type="checkbox"
									checked={r[way] ?? false}
									disabled={!p.change || ((way === "by_sms" || way === "by_call") && !p.page.texts)}
									onChange={(e) => set({ [way]: e.currentTarget.checked })}
								/>
								{t(`alerts.${way}`)}
							</label>
						))}
					{r.persons.length === 0 && (
						<span class="meta">
							<Icon name="bell" size="sm" /> {t("alerts.app.only")}
						</span>
					)}
				</div>
			)}
		</li>
	);
}
