// cost.mjs -- CPU seconds that a process and all that it has begun have used so far.
import { readdirSync, readFileSync } from "node:fs";

const TICKS = 100; // USER_HZ of Linux, whatever the kernel's own clock

/** The same for several at once: {name: pid} answers {name: seconds}. */
export function cpu_s(parts) {
	const stat = new Map();
	for (const pid of readdirSync("/proc").filter((p) => /^\d+$/.test(p)))
		try {
			const f = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
			if (f.length > 14) stat.set(pid, { parent: f[1], s: f.slice(11, 15).reduce((sum, n) => sum + Number(n), 0) / TICKS }); // with children that ended
		} catch {
			/* it ended meanwhile */
		}
	const of = (pid) => [...stat].reduce((sum, [p, x]) => (x.parent === pid ? sum + of(p) : sum), stat.get(pid)?.s ?? 0);
	return Object.fromEntries(Object.entries(parts).map(([name, pid]) => [name, of(String(pid))]));
}

/** What n requests cost each part between two looks, in µs. */
export const cost_us = (before, after, n) => Object.fromEntries(Object.keys(before).map((part) => [part, ((after[part] - before[part]) / n) * 1e6]));
