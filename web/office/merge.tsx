/* Two records of one customer beside each other: what would stay, what would move; made one, and taken apart again. */
import { useEffect, useState } from "preact/hooks";
import type { Merge } from "../shared/api";
import { call, Fault } from "../shared/call";
import { toast } from "../shared/over";
import { go } from "../shared/router";
import { Button, FaultNote, Skeleton } from "../shared/ui";
import { count, named, t } from "../shared/words";
import { FindCustomer } from "./findcustomer";
import { Panel } from "./frame";
import type { Page } from "./record";

const said = (field: string, value: string) =>
	value === ""
		? "–"
		: field === "kind"
			? named("kind", value)
			: field === "language"
				? named("language", value)
				: value;

/* Taken apart, and what somebody did since is said. */
async function apart(batch: string): Promise<void> {
	try {
		const u = await call("DELETE /api/office/merges/:id", { id: batch });
		toast(u.left === 0 ? t("merge.undone") : count("merge.undone.some", u.left));
		go(`/customers/${u.lose_id}`);
	} catch (f) {
		if (f instanceof Fault) toast(f.message);
	}
}

export function MergePanel(p: { page: Page; other: string }) {
	const { page } = p;
	const [other, setOther] = useState(p.other);
	const [swapped, setSwapped] = useState(false);
	const [look, setLook] = useState<Merge | null>(null);
	const [fault, setFault] = useState("");
	const [busy, setBusy] = useState(false);
	const [keep, lose] = swapped ? [other, page.customer.id] : [page.customer.id, other];
	// Looked at whenever the two, or who stays, change
	useEffect(() => {
		setLook(null);
		setFault("");
		if (!other) return;
		let wanted = true;
		call("POST /api/office/customers/:id/merges", {
			id: keep,
			body: { other_id: lose, dry: true },
		}).then(
			(x) => wanted && setLook(x),
			(f) => wanted && f instanceof Fault && setFault(f.message),
		);
		return () => {
			wanted = false;
		};
	}, [keep, lose]);
	const merge = async () => {
		setBusy(true);
		try {
			const done = await call("POST /api/office/customers/:id/merges", {
				id: keep,
				body: { other_id: lose, dry: false },
			});
			const batch = done.batch_id;
			toast(t("merge.done", { name: done.keep_name }), batch ? () => void apart(batch) : undefined);
			page.close();
			go(`/customers/${keep}`);
			if (keep === page.customer.id)
				page.take(await call("GET /api/office/customers/:id", { id: keep }));
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
		setBusy(false);
	};
	return (
		<Panel title={t("merge.title")} close={page.close}>
			<div class="stack">
				<p class="muted">{t("merge.text")}</p>
				{!other && (
					<FindCustomer
						label={t("merge.find")}
						not={page.customer.id}
						take={(x) => setOther(x.id)}
					/>
				)}
				<FaultNote text={fault} />
				{other && !look && !fault && <Skeleton lines={4} />}
				{look && (
					<>
						<table class="merge">
							<caption class="unseen">{t("merge.title")}</caption>
							<thead>
								<tr>
									<td />
									<th scope="col">
										<span class="meta">{t("merge.stays")}</span>
										<b>{look.keep_name}</b>
									</th>
									<th scope="col">
										<span class="meta">{t("merge.goes")}</span>
										<b>{look.lose_name}</b>
									</th>
								</tr>
							</thead>
							<tbody>
								{look.fields.map((f) => (
									<tr key={f.field}>
										<th scope="row">{named("field", f.field)}</th>
										<td class={f.becomes === f.keep ? "merge__wins" : undefined}>
											{said(f.field, f.keep)}
										</td>
										<td
											class={
												f.becomes === f.lose && f.becomes !== f.keep ? "merge__wins" : undefined
											}
										>
											{said(f.field, f.lose)}
										</td>
									</tr>
								))}
							</tbody>
						</table>
						<div>
							<Button size="sm" icon="swap" onClick={() => setSwapped(!swapped)}>
								{t("merge.swap")}
							</Button>
						</div>
						<section class="stack stack--tight" aria-label={t("merge.moves")}>
							<h3>{t("merge.moves")}</h3>
							{look.moves.length === 0 && <p class="faint">{t("merge.moves.none")}</p>}
							<ul class="lines card looks">
								{look.moves.map((m) => (
									<li key={m.kind} class="looks__line">
										<span>{named("about", m.kind)}</span>
										<span class="meta">
											{m.number}
											{m.same > 0 && ` · ${count("merge.same", m.same)}`}
										</span>
									</li>
								))}
							</ul>
						</section>
						{look.bills + look.payments > 0 && (
							<p class="meta">{t("merge.money", { bills: look.bills, payments: look.payments })}</p>
						)}
						<div class="row">
							<Button kind="primary" busy={busy} onClick={() => void merge()}>
								{t("merge.go")}
							</Button>
							<Button kind="quiet" onClick={page.close}>
								{t("act.cancel")}
							</Button>
						</div>
						<p class="meta">{t("merge.hint")}</p>
					</>
				)}
			</div>
		</Panel>
	);
}
