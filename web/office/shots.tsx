/* The photos of a customer to pick from, and new ones: chosen, dropped, or taken with the camera of a phone. */
import { useEffect, useState } from "preact/hooks";
import type { File as Kept } from "../shared/api";
import { call, Fault, faultText } from "../shared/call";
import { dayOf } from "../shared/format";
import { FaultNote } from "../shared/ui";
import { t } from "../shared/words";
import { say } from "./jobwords";
import { PICTURES, PickFiles, sendFile } from "./pickfiles";
import { today } from "./technicians";

const ASKED_AGAIN_MS = 400;
const small = (f: Kept) => `/api/office/files/${f.id}/small`;

export function Shots(p: {
	kept: Kept[];
	picked: string[];
	owner: { on_kind: string; on_id: string } /* what a new one hangs on */;
	show: (id: string) => void;
}) {
	const [fresh, setFresh] = useState<Kept[]>([]);
	const [sending, setSending] = useState<{ name: string; part: number } | null>(null);
	const [fault, setFault] = useState("");
	const all = [
		...fresh,
		...p.kept.filter((f) => f.state !== "refused" && !fresh.some((x) => x.id === f.id)),
	];
	const drawing = fresh.some((f) => f.state === "raw");
	/* A photo is drawn anew by the house before anybody sees it. */
	useEffect(() => {
		if (!drawing) return;
		const timer = setTimeout(async () => {
			const { on_kind, on_id } = p.owner;
			try {
				const now = await call("GET /api/office/files", {
					query: { on_kind: on_kind as Kept["on_kind"], on_id },
				});
				const next = fresh.map((f) => now.rows.find((x) => x.id === f.id) ?? f);
				/* What is no picture after all is not shown to a customer. */
				const bad = next.filter((f) => f.state === "refused");
				for (const f of bad.filter((x) => p.picked.includes(x.id))) p.show(f.id);
				if (bad.length > 0) setFault(say("quote.photos.bad"));
				setFresh(next.filter((f) => f.state !== "refused"));
			} catch (f) {
				if (f instanceof Fault) setFault(f.message);
			}
		}, ASKED_AGAIN_MS);
		return () => clearTimeout(timer);
	}, [fresh]);
	const send = async (files: Iterable<globalThis.File>) => {
		setFault("");
		try {
			for (const file of files) {
				setSending({ name: file.name, part: 0 });
				const made = await sendFile(file, p.owner, (part) => setSending({ name: file.name, part }));
				setFresh((now) => [made, ...now]);
				p.show(made.id);
			}
		} catch (f) {
			setFault(faultText(f));
		}
		setSending(null);
	};
	return (
		<section
			class="stack"
			aria-label={say("quote.photos")}
			onDragOver={(e) => e.preventDefault()}
			onDrop={(e) => {
				e.preventDefault();
				void send([...(e.dataTransfer?.files ?? [])]);
			}}
		>
			<div class="row row--wrap">
				<h2 class="grow">{say("quote.photos")}</h2>
				<PickFiles
					label={say("quote.photos.add")}
					icon="camera"
					accept={PICTURES}
					busy={sending !== null}
					take={(files) => void send(files)}
				/>
			</div>
			{sending && (
				<progress
					value={sending.part}
					max={1}
					aria-label={t("files.sending", { name: sending.name })}
				/>
			)}
			<FaultNote text={fault} />
			{all.length === 0 ? (
				<p class="faint">{say("quote.photos.none")}</p>
			) : (
				<div class="shots">
					{all.map((f) => (
						<button
							key={f.id}
							class="shot"
							type="button"
							aria-pressed={p.picked.includes(f.id)}
							aria-label={say("quote.photos.pick", { name: f.name || dayOf(today()) })}
							onClick={() => p.show(f.id)}
						>
							{f.state === "raw" ? (
								<span class="shot__wait" aria-hidden="true" />
							) : (
								<img src={small(f)} alt="" loading="lazy" width={104} height={78} />
							)}
						</button>
					))}
				</div>
			)}
		</section>
	);
}
