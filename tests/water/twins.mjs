/*
 * node tests/water/twins.mjs BUNDLE < lines of twins.c -- says every line where the pages answer otherwise than the
 * server; at most five. Prints "equal N" at the end.
 */
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { balance, dosePlan, filled, jugs, meets, overMost, verdict } = await import(pathToFileURL(process.argv[2]));
const MEASURED = ["fc", "tc", "cc", "bromine", "ph", "ta", "ch", "cya", "salt", "temp", "tds", "borate"];
const view = new DataView(new ArrayBuffer(8));
const bits = (x) => {
	view.setFloat64(0, x);
	return view.getBigUint64(0).toString(16).padStart(16, "0");
};
const flag = (b) => (b ? 1 : 0);
const balanceText = (b) =>
	` ${flag(b.computed)} ${b.carbonate} ${b.csi} ${b.lsi} ${bits(b.exact[0])} ${bits(b.exact[1])}`;

function answer(input) {
	const word = input.split(" ");
	let at = 0;
	const next = () => word[at++];
	const count = () => Number(next());
	const body = { sanitiser: next(), indoor: count() === 1, volume_l: count() };
	const policy = { school: next(), units: next(), fill_ch: count(), fill_cya: count(), fill_salt: count(), fill_tds: count() };
	const bands = {};
	for (const m of MEASURED)
		bands[m] = { own: count() === 1, low: count(), aim_low: count(), aim_high: count(), high: count() };
	let water = {};
	for (const m of MEASURED) {
		const [x100, how] = next().split(":");
		if (how) water[m] = { x100: Number(x100), how };
	}
	const products = Array.from({ length: count() }, (_, i) => ({
		id: String(i + 1),
		chemical: next(),
		strength_x100: count(),
		unit: next(),
		holds_x100: count(),
		most_x100: count(),
		wait_minutes: count(),
		apart: count() === 1,
	}));
	water = filled(water);
	let out = MEASURED.map((m) => ` ${verdict(water[m], bands[m])}`).join("");
	const plan = dosePlan(body, water, bands, policy, products);
	if (!plan) return `${out} none`;
	const { fc } = plan;
	out += ` ${fc.basis} ${fc.least} ${fc.aim_low} ${fc.aim_high} ${fc.shock}`;
	out += balanceText(plan.now) + balanceText(plan.later);
	for (const d of plan.doses) {
		const product = products[Number(d.item_id) - 1];
		out += ` [${d.item_id} ${d.chemical} ${d.measure} ${d.from} ${d.to} ${d.exact} ${d.each} ${d.parts} ${d.wait_minutes} ${flag(d.half)}`;
		for (const j of jugs(d.each, product.unit, product.holds_x100, policy.units)) out += ` ${j.unit} ${j.quarters}`;
		out += "]";
	}
	for (const n of plan.notes) out += ` ${n.word} ${n.measure} ${n.value}`;
	for (const m of MEASURED) if (plan.after[m]) out += ` ${m}=${plan.after[m].x100}`;
	out += plan.raw.map((x) => ` ${bits(x)}`).join("");
	if (products.length === 0) return out;
	const [first, last] = [products[0], products.at(-1)];
	out += ` ${flag(meets(first.chemical, 0, last.chemical, policy.fill_ch * 4))}`;
	return `${out} ${flag(overMost(first, body.volume_l, 1 + (products.length % 3), policy.fill_tds * 100))}`;
}

let equal = 0;
let other = 0;
for await (const line of createInterface({ input: process.stdin })) {
	const [input, server] = line.split(" |");
	const page = answer(input);
	if (page === server) equal++;
	else if (other++ < 5) console.log(`in     ${input}\nserver${server}\npage  ${page}`);
}
if (other > 0) console.log(`${other} answers differ, ${equal} are equal`);
else console.log(`equal ${equal}`);
process.exit(other > 0 ? 1 : 0);
