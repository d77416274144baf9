/* The audit log: who did what, from where. Read, searched, proved whole, taken away. */
import { useEffect, useState } from "preact/hooks";
import type { AuditLine, AuditPage, AuditVerdict } from "../shared/api";
import { call, download, Fault } from "../shared/call";
import { country, device, moment, number } from "../shared/format";
import { toast } from "../shared/over";
import { go, type Place, type Screen } from "../shared/router";
import { Banner, Button, Empty, Heading, Icon } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { Table } from "./table";

/* "staff.invited" or a bare verb: the catalogue knows the common ones, the rest is shown as it is. */
const what = (l: AuditLine) =>
	named("verb", l.verb.includes(".") ? l.verb : `${l.noun}.${l.verb}`).replaceAll(".", " ");

/* A sign-in notes the browser in full; a person wants to know which device. */
const detail = (l: AuditLine) => (l.detail.startsWith("Mozilla/") ? device(l.detail) : l.detail);

function Verdict(p: { verdict: AuditVerdict }) {
	const v = p.verdict;
	return v.whole ? (
		<Banner tone="kelp" icon="done">
			{count("audit.whole", v.lines, { lines: number(v.lines) })}
		</Banner>
	) : (
		<Banner tone="coral" alert>
			{t("audit.broken", { seq: v.broken_at ?? "?" })}
		</Banner>
	);
}

function View({ data, at, reload }: { data: AuditPage; at: Place; reload: () => Promise<void> }) {
	const q = at.query.get("q") ?? "";
	const [typed, setTyped] = useState(q);
	const [older, setOlder] = useState<AuditPage | null>(null);
	const [busy, setBusy] = useState<"" | "older" | "proof" | "csv">("");
	const [verdict, setVerdict] = useState<AuditVerdict | null>(null);
	const [fault, setFault] = useState("");
	const rows = [...data.rows, ...(older?.rows ?? [])];
	const next = older ? older.next : data.next;

	// Waits for the typing to pause
	useEffect(() => {
		if (typed === q) return;
		const timer = setTimeout(() => {
			setOlder(null);
			go(typed ? `/audit?q=${encodeURIComponent(typed)}` : "/audit", true);
		}, 250);
		return () => clearTimeout(timer);
	}, [typed]);

	const during = async (name: typeof busy, act: () => Promise<void>) => {
		setBusy(name);
		setFault("");
		try {
			await act();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy("");
	};
	const more = () =>
		during("older", async () => {
			const page = await call("GET /api/office/audit", {
				query: { q, before: next ?? "" },
			});
			setOlder({ rows: [...(older?.rows ?? []), ...page.rows], next: page.next });
		});
	const prove = () =>
		during("proof", async () => setVerdict(await call("GET /api/office/audit/verification")));
	const take = () =>
		during("csv", async () => {
			await download("GET /api/office/audit.csv", "audit.csv", q ? { q } : {});
			toast(t("audit.taken"));
			await reload();
		});
	return (
		<>
			<header class="bar">
				<Heading>{t("nav.audit")}</Heading>
				<span class="push" />
				<div class="bar__brief">
					<Button icon="shield" busy={busy === "proof"} onClick={prove}>
						{t("audit.prove")}
					</Button>
					<Button icon="download" busy={busy === "csv"} onClick={take}>
						{t("audit.csv")}
					</Button>
				</div>
			</header>
			<div class="scroll">
				<div class="tools">
					<div class="with tools__find">
						<Icon name="search" />
						<input
							class="input"
							type="search"
							aria-label={t("audit.find")}
							placeholder={t("audit.find")}
							value={typed}
							onInput={(e) => setTyped(e.currentTarget.value)}
						/>
					</div>
					<span class="meta">{t("audit.about")}</span>
				</div>
				{(verdict || fault) && (
					<div class="tools">
						<div class="grow">
							{fault ? (
								<Banner tone="coral" alert>
									{fault}
								</Banner>
							) : (
								verdict && <Verdict verdict={verdict} />
							)}
						</div>
					</div>
				)}
				{rows.length === 0 ? (
					<Empty icon="log" title={t("audit.none")}>
						{t("audit.none.text")}
					</Empty>
				) : (
					<Table
						caption={t("nav.audit")}
						rows={rows}
						keyOf={(l) => l.seq}
						columns={[
							{
								head: t("audit.when"),
								tight: true,
								cell: (l) => <span class="nowrap">{moment(l.at)}</span>,
							},
							{
								head: t("audit.who"),
								tight: true,
								cell: (l) => <b class="clip">{l.actor || t("audit.system")}</b>,
							},
							{ head: t("audit.what"), cell: what },
							{
								head: t("audit.detail"),
								wide: true,
								cell: (l) =>
									l.detail ? (
										<span class="muted anywhere" title={l.detail}>
											{detail(l)}
										</span>
									) : null,
							},
							{
								head: t("audit.where"),
								tight: true,
								cell: (l) =>
									l.ip ? (
										<span class="faint" title={l.country ? country(l.country) : undefined}>
											{l.ip}
											{l.country ? ` · ${l.country}` : ""}
										</span>
									) : null,
							},
							{
								head: t("audit.seq"),
								tight: true,
								desk: true,
								cell: (l) => <span class="faint">{l.seq}</span>,
							},
						]}
					/>
				)}
				{next ? (
					<div class="more">
						<Button busy={busy === "older"} onClick={more}>
							{t("audit.older")}
						</Button>
					</div>
				) : null}
			</div>
		</>
	);
}

const screen: Screen<AuditPage> = {
	title: "nav.audit",
	key: (at) => at.query.toString(),
	load: (at) => call("GET /api/office/audit", { query: { q: at.query.get("q") ?? "" } }),
	view: View,
};
export default screen;
