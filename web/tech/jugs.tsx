/* An amount as one pours it: so many jugs, the last one filled so far. For the eyes; the amount stands above it in words. */
import type { WaterPage } from "../shared/api";
import { jugs } from "../shared/dose";
import { number as digits } from "../shared/format";
import { named } from "../shared/words";

const HIGH: Record<string, number> = {
	gallon: 60,
	litre: 52,
	quart: 52,
	cup: 34,
	fl_oz: 24,
	ml: 24,
};
/* What is left over is measured in one small cup. */
const SMALL = new Set(["fl_oz", "ml"]);
/* More than a hand counts is no picture. */
const MOST = 6;
const QUARTERS = ["", "¼", "½", "¾", "1"];

export function Jugs(p: { much: number; product: WaterPage["products"][number]; page: WaterPage }) {
	const { product } = p;
	const list = jugs(p.much, product.unit, product.holds_x100, p.page.units);
	const drawn = list.flatMap((j, at) => {
		const unit: string = j.unit;
		if (SMALL.has(unit)) {
			const text = `${digits(j.quarters / 4)} ${named("unit.many", unit)}`;
			return [{ unit, quarters: 3, plus: at > 0, text }];
		}
		return Array.from({ length: Math.ceil(j.quarters / 4) }, (_, i) => {
			const quarters = Math.min(4, j.quarters - i * 4);
			const text = `${QUARTERS[quarters]} ${named("unit.one", unit)}`;
			return { unit, quarters, plus: at > 0 && i === 0, text };
		});
	});
	if (drawn.length === 0 || drawn.length > MOST || drawn.some((j) => !(j.unit in HIGH)))
		return null;
	return (
		<div class="jugs" aria-hidden="true">
			{drawn.map((j, i) => {
				const high = HIGH[j.unit]!;
				const fill = ((high - 12) * j.quarters) / 4;
				return (
					<span key={i} class="jugs__one">
						{j.plus && <b>+</b>}
						<span>
							<svg aria-hidden="true" viewBox={`0 0 48 ${high}`} width="48" height={high}>
								<rect class="jugs__in" x="7" y={high - 4 - fill} width="24" height={fill} />
								<path
									d={`M6 4h26v${high - 10}q0 4-4 4H10q-4 0-4-4z${high < 30 ? "" : `M32 12h6q4 0 4 4v${high / 3 - 4}q0 4-4 4h-6`}`}
								/>
							</svg>
							<small>{j.text}</small>
						</span>
					</span>
				);
			})}
		</div>
	);
}
