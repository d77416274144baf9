/* What this person has said to the office, and what it answered. Kept on the phone; fetched when there is signal. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { AlertPage } from "../shared/api";
import { call } from "../shared/call";
import { ago } from "../shared/format";
import { Badge } from "../shared/ui";
import { t } from "../shared/words";
import { get, isOpen, put } from "./store";

export const reports = signal<AlertPage["rows"]>([]);
/* Answers that nobody has looked at on this phone. */
export const unread = signal(0);

/* When each answer came. The list is of the last weeks alone: how many there are says nothing of what was read. */
const answered = (rows: AlertPage["rows"]) => rows.flatMap((a) => a.answers.map((x) => x.at));

export async function readReports(looking = false): Promise<void> {
	if (!isOpen()) return;
	if (reports.value.length === 0)
		reports.value = (await get<AlertPage["rows"]>("kv", "reports")) ?? [];
	try {
		const page = await call("GET /api/tech/reports", { door: true });
		await put("kv", page.rows, "reports");
		reports.value = page.rows;
	} catch {
		/* Without signal what is here stays. */
	}
	const said = answered(reports.value);
	const read = (await get<number>("kv", "reports.read_at")) ?? 0;
	const until = looking ? Math.max(read, ...said) : read;
	if (until > read) await put("kv", until, "reports.read_at");
	unread.value = said.filter((at) => at > until).length;
}

export function Reports() {
	useEffect(() => {
		void readReports(true).catch(() => {});
	}, []);
	if (reports.value.length === 0) return null;
	return (
		<section aria-labelledby="reports">
			<h2 class="then" id="reports">
				{t("tech.reports")}
			</h2>
			<ul class="card plain">
				{reports.value.map((a) => (
					<li key={a.row.id}>
						{(a.row.customer || a.row.kind !== "problem") && (
							<b>{[t(`tech.alert.${a.row.kind}`), a.row.customer].filter(Boolean).join(", ")}</b>
						)}
						<p class="lines">{a.text}</p>
						<span class="meta">
							{ago(a.row.made_at)}
							{a.answers.length === 0 &&
								` · ${t(a.row.closed_at === null ? "tech.reports.seen" : "tech.reports.closed")}`}
						</span>
						{a.answers.map((x) => (
							<p key={x.at} class="lines said">
								<Badge tone="aqua">{x.by}</Badge> {x.text} <span class="meta">{ago(x.at)}</span>
							</p>
						))}
					</li>
				))}
			</ul>
			<p class="meta">{t("tech.reports.about")}</p>
		</section>
	);
}
