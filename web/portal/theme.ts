/*
 * The company's colour on the customer's page: three variables, made readable whatever was chosen.
 * Contrast is WCAG's: a fill keeps 4.5:1 with the word on it, a coloured word 4.5:1 with its ground.
 */
type Rgb = [number, number, number];

const parse = (hex: string): Rgb =>
	[1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as Rgb;
const write = (c: Rgb) => `#${c.map((v) => Math.round(v).toString(16).padStart(2, "0")).join("")}`;
const mix = (a: Rgb, b: Rgb, share: number) =>
	a.map((v, i) => v + ((b[i] ?? 0) - v) * share) as Rgb;

function light(c: Rgb): number {
	const [r, g, b] = c.map((v) =>
		v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
	) as Rgb;
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
export function contrast(a: Rgb, b: Rgb): number {
	const [hi, lo] = [light(a), light(b)].sort((x, y) => y - x) as [number, number];
	return (hi + 0.05) / (lo + 0.05);
}

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [23, 33, 31];

/* The colour moved towards `pole` until it reads on `ground`. */
function readable(c: Rgb, ground: Rgb, pole: Rgb): Rgb {
	for (let share = 0; share <= 1; share += 0.04) {
		const tried = mix(c, pole, share);
		if (contrast(tried, ground) >= 4.6) return tried;
	}
	return pole;
}

export function paint(accent: string): void {
	if (!/^#[0-9a-f]{6}$/i.test(accent)) return;
	const own = parse(accent);
	const root = document.documentElement.style;
	const on = contrast(WHITE, own) >= 4.5 ? WHITE : contrast(INK, own) >= 4.5 ? INK : WHITE;
	const fill = on === INK ? own : readable(own, WHITE, INK);
	const day = readable(own, [228, 240, 240], INK);
	const night = readable(own, [20, 29, 32], WHITE);
	root.setProperty("--live", write(fill));
	root.setProperty("--on-live", write(on));
	root.setProperty("--teal", write(fill));
	root.setProperty("--teal-hover", write(mix(fill, on === WHITE ? INK : WHITE, 0.14)));
	root.setProperty("--on-teal", write(on));
	root.setProperty("--teal-text", `light-dark(${write(day)}, ${write(night)})`);
}
