/* A photo of the record, small; its place is kept while the house still draws it. */
import { useState } from "preact/hooks";
import { t } from "../shared/words";

const TRIES = 5;
const AGAIN_MS = 1500;

export function Picture(p: { id: string; name: string }) {
	const [tries, setTries] = useState(0);
	const [there, setThere] = useState(true);
	return there ? (
		<img
			src={`/api/office/files/${p.id}/small${tries ? `#${tries}` : ""}`}
			alt={p.name}
			loading="lazy"
			onError={() => {
				setThere(false);
				if (tries < TRIES)
					setTimeout(() => {
						setTries(tries + 1);
						setThere(true);
					}, AGAIN_MS);
			}}
		/>
	) : (
		<span class="muted">{t("picture.waits", { name: p.name })}</span>
	);
}
