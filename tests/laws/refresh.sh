#!/usr/bin/env bash
# refresh.sh -- the phone's day is the one that was asked for last: an answer that comes late lays no older plan over a newer one.
# Without signal the day turns by the phone's clock, where the company is.
. "$(dirname "$0")/lib.sh"
esbuild=web/node_modules/.bin/esbuild
if [ ! -x "$esbuild" ]; then
	echo "ok - the day is the one asked for last # SKIP no web/node_modules: npm ci --prefix web"
	exit 0
fi
# What day.ts stands on, as far as it asks it; the office answers when the case says so.
plant shared/call.ts << 'EOF'
export class Fault extends Error { status = 0; code = "away"; }
export const turns = { signedOut() {} };
export const call = (what: string, how: any) => (globalThis as any).box.ask(what, how);
EOF
plant tech/store.ts << 'EOF'
export const isOpen = () => true;
export const get = async (_: string, key: string) => (globalThis as any).box.kv[key];
export const put = async (_: string, value: unknown, key: string) => void ((globalThis as any).box.kv[key] = value);
export const turn = async (_: string[], work: any) => work(() => ({
	put: (value: unknown, key: string) => { (globalThis as any).box.kv[key] = value; },
	delete: (key: string) => { delete (globalThis as any).box.kv[key]; },
}));
EOF
plant tech/outbox.ts << 'EOF'
import { signal } from "@preact/signals";
export const gate = { sure: async () => true }, log = signal([]), online = signal(true), seen = async () => {};
EOF
cp web/shared/format.ts "$seed/shared/" && echo 'export const language = { value: "en" }, t = String;' | plant shared/words.ts
echo 'export const listen = () => () => {};' | plant shared/live.ts
echo 'export const learnDays = async () => {}, openNews = async () => {};' | plant tech/news.ts
echo 'export const readReports = async () => {};' | plant tech/reports.ts
echo 'export const fillVault = async () => {};' | plant tech/vault.ts
said() {
	cp "$2" "$seed/tech/day.ts" && echo 'export * from "./day"; export { log } from "./outbox";' | plant tech/all.ts &&
		NODE_PATH=web/node_modules "$esbuild" --bundle --format=esm --log-level=warning "$seed/tech/all.ts" --outfile="$seed/day.mjs" &&
		node "tests/laws/$1.mjs" "$seed/day.mjs"
}
sed 's/if (nth < taken.today) return;//' web/tech/day.ts > "$seed/today.ts"
catches "refresh: an older day that comes late is seen" "today: 1, not 2" said refresh "$seed/today.ts"
sed 's/if (nth < taken.tomorrow) return;//' web/tech/day.ts > "$seed/tomorrow.ts"
catches "refresh: an older tomorrow that comes late is seen" "tomorrow: 1, not 2" said refresh "$seed/tomorrow.ts"
sed 's/--reads > 0/--reads < 0/' web/tech/day.ts > "$seed/reading.ts"
catches "refresh: a question that is still under way is seen" "asks no more" said refresh "$seed/reading.ts"
holds "the phone's day is the one that was asked for last" said refresh web/tech/day.ts
# what a seed breaks, the sed that breaks it, and what the law says of it
turns() {
	sed "$2" web/tech/day.ts > "$seed/turned.ts"
	cmp -s web/tech/day.ts "$seed/turned.ts" && not_ok "turn: $1: nothing was broken"
	catches "turn: $1 is seen" "$3" said turn "$seed/turned.ts"
}
turns "a day that never turns" 's/is?.day !== today(zone)/true/' "the morning after: the day is 2026-06-15, not 2026-06-16"
turns "a day of a place where the company is not" 's/zoned(Date.now() \/ 1000, zone).day/zoned(Date.now() \/ 1000, "UTC").day/' "late in the evening: the day is 2026-06-16, not 2026-06-15"
turns "a clock that knows better than the office" 's/day === is || zoned(heard.value, zone).day === is/day === is/' "a clock that goes wrong: the day is 2026-06-16, not 2026-06-15"
turns "a night whose stop is lost" 's/^\tleave(plan.value, day);//; s/^\t\tleave(plan.value, day);//' "over midnight with signal"
turns "a working clock that is lost" 's/clock: \[...open, /clock: [/' "the working clock is open since null"
holds "without signal the day turns by the phone's clock, and what is under way goes on" said turn web/tech/day.ts
exit $law_status
