/* The company's mark and name at the top of each of its customers' pages. */
import type { ComponentChildren } from "preact";
import type { CompanyCard } from "../shared/api";

export function Brand(p: { company: CompanyCard; children?: ComponentChildren }) {
	return (
		<header class="brand">
			<span class="brand__mark" aria-hidden="true">
				<svg
					aria-hidden="true"
					viewBox="0 0 30 30"
					fill="none"
					stroke="currentColor"
					stroke-width="2.6"
					stroke-linecap="round"
				>
					<circle cx="15" cy="10" r="4.5" fill="currentColor" stroke="none" />
					<path d="M4 20c3 0 3 2.5 5.5 2.5S12.5 20 15 20s3 2.5 5.5 2.5S23 20 26 20M7 15h2M21 15h2" />
				</svg>
			</span>
			<b class="grow">{p.company.name}</b>
			{p.children}
		</header>
	);
}
