/* Everything of the company as one file: asked for, made while one does other things, taken away. */
import { useEffect, useState } from "preact/hooks";
import type { Archive } from "../shared/api";
import { call, faultText, newKey } from "../shared/call";
import { moment, number } from "../shared/format";
import { Banner, Button, FaultNote } from "../shared/ui";
import { t } from "../shared/words";

const LOOK_MS = 1500;
const MEGA = 1_000_000;
const making = (a: Archive) => a.state === "asked" || a.state === "working";

export function ArchivePart() {
	const [page, set] = useState<Archive | null>(null);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState("");
	const look = () => call("GET /api/office/archive").then(set, () => {});
	useEffect(() => {
		void look();
	}, []);
	// While it is being made, how far it is
	useEffect(() => {
		if (!page || !making(page)) return;
		const clock = setTimeout(look, LOOK_MS);
		return () => clearTimeout(clock);
	}, [page]);
	if (!page) return null;
	const run = async (what: () => Promise<unknown>) => {
		setBusy(true);
		setFault("");
		try {
			await what();
		} catch (f) {
			setFault(faultText(f));
		}
		setBusy(false);
	};
	/* The download itself is the browser's: asked for once more here, so that the password can be asked for first. */
	const take = () =>
		run(async () => {
			await call("POST /api/office/archive/ways", { key: newKey() });
			location.assign("/api/office/archive/file");
		});
	return (
		<>
			<FaultNote text={fault} />
			{page.state === "failed" && (
				<Banner tone="coral" alert>
					{t("archive.failed")}
				</Banner>
			)}
			{making(page) ? (
				<div class="stack stack--tight" role="status">
					<progress
						class="progress"
						{...(page.of_all > 0 ? { value: page.done, max: page.of_all } : {})}
						aria-label={t("archive.making")}
					/>
					<p class="meta">
						{page.of_all > 0
							? t("archive.far", { done: number(page.done), all: number(page.of_all) })
							: t("archive.making")}
					</p>
				</div>
			) : (
				<div class="row row--wrap">
					{page.state === "ready" && (
						<Button kind="primary" icon="download" busy={busy} onClick={() => void take()}>
							{t("archive.take", { mb: number(Math.max(1, Math.round(page.bytes / MEGA))) })}
						</Button>
					)}
					<Button
						icon={page.state === "ready" ? "refresh" : "download"}
						busy={busy}
						onClick={() =>
							void run(async () => set(await call("POST /api/office/archive", { key: newKey() })))
						}
					>
						{t(page.state === "ready" ? "archive.anew" : "archive.make")}
					</Button>
				</div>
			)}
			{page.state === "ready" && page.ready_at && page.until_at && (
				<p class="meta">
					{t("archive.ready", { day: moment(page.ready_at), until: moment(page.until_at) })}
				</p>
			)}
		</>
	);
}
