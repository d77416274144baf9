/* A part of a screen whose code comes when it is first shown: what most visits to the screen do not need. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Skeleton } from "../shared/ui";

export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
	let kept: ComponentType<P> | null = null;
	return function Later(p: P) {
		const [Part, set] = useState<{ part: ComponentType<P> | null }>({ part: kept });
		// Once; a chunk that is gone after a release makes the page reload (main.tsx)
		useEffect(() => {
			if (Part.part) return;
			void load().then((part) => {
				kept = part;
				set({ part });
			});
		}, []);
		return Part.part ? <Part.part {...p} /> : <Skeleton lines={2} />;
	};
}
