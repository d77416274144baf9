/* How wide the page is, where words change with it and not only the layout. */
import { useEffect, useState } from "preact/hooks";

export const PHONE = "(max-width: 719px)";
/* A tablet lying down: words that a sign can say would fill a second line. */
export const TABLET = "(max-width: 1099px)";

export function useNarrow(query: string): boolean {
	const [narrow, set] = useState(() => matchMedia(query).matches);
	useEffect(() => {
		const media = matchMedia(query);
		const on = () => set(media.matches);
		media.addEventListener("change", on);
		return () => media.removeEventListener("change", on);
	}, []);
	return narrow;
}
