/* Rules of alerts: what becomes one, from which limit on, and who is told how. Nothing asks to be saved. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { AlertRule, AlertRulesPage } from "../shared/api";
import { call, Fault } from "../shared/call";
import { number } from "../shared/format";
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
					leaving: true,
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
				<p class="muted grow">{t(edits ? "alerts.rules.text" : "alerts.rules.look")}</p>
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
	const name = t(`alerts.kind.${r.kind}`);
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
					<small>{t(`alerts.about.${r.kind}`)}</small>
				</span>
			</label>
			{r.on && r.limit !== null && r.limit !== undefined && (
				<Limit kind={r.kind} is={r.limit} set={p.change && ((limit) => set({ limit }))} />
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

const MOST = { late: 240, slow: 1000, fast: 95 } as const;
const TYPING_MS = 500;

/* A number that is kept as it is typed: when the keys rest, and when the field, the screen or the page is left before that. */
function Limit(p: { kind: AlertRule["kind"]; is: number; set: ((to: number) => void) | null }) {
	const [typed, type] = useState<string | null>(null);
	const waits = useRef<{ timer: number; keep: () => void } | null>(null);
	const set = useRef(p.set);
	set.current = p.set;
	const most = MOST[p.kind as keyof typeof MOST] ?? MOST.late;
	const numberOf = (text: string) =>
		/^\d{1,4}$/.test(text) && Number(text) <= most ? Number(text) : null;
	const text = typed ?? String(p.is);
	const wrong = typed !== null && numberOf(typed) === null;
	const now = useRef(() => {});
	now.current = () => {
		if (!waits.current) return;
		clearTimeout(waits.current.timer);
		waits.current.keep();
		waits.current = null;
	};
	useEffect(() => {
		const leave = () => now.current();
		addEventListener("pagehide", leave);
		return () => {
			removeEventListener("pagehide", leave);
			leave();
		};
	}, []);
	const input = (to: string) => {
		type(to);
		if (waits.current) clearTimeout(waits.current.timer);
		waits.current = null;
		const limit = numberOf(to.trim());
		if (limit === null || limit === p.is) return;
		waits.current = {
			timer: setTimeout(() => now.current(), TYPING_MS),
			keep: () => set.current?.(limit),
		};
	};
	const id = `limit-${p.kind}`;
	return (
		<div class="arule__limit">
			<label for={id}>{t(`alerts.limit.${p.kind}` as Key)}</label>
			<input
				id={id}
				class="input"
				type="number"
				min={0}
				max={most}
				value={text}
				disabled={!p.set}
				aria-invalid={wrong}
				aria-describedby={wrong ? `${id}-wrong` : `${id}-unit`}
				onInput={(e) => input(e.currentTarget.value)}
				onBlur={() => {
					now.current();
					if (!wrong) type(null);
				}}
			/>
			<span id={`${id}-unit`}>
				{t(p.kind === "late" ? "alerts.unit.minutes" : "alerts.unit.percent")}
			</span>
			{wrong && (
				<p class="field__error" id={`${id}-wrong`} role="alert">
					{t("alerts.limit.wrong", { most: number(most) })}
				</p>
			)}
		</div>
	);
}
