#!/usr/bin/env bash
# refresh.sh -- the phone's day is the one that was asked for last: an answer that comes late lays no older plan over a newer one.
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
EOF
plant tech/outbox.ts << 'EOF'
import { signal } from "@preact/signals";
export const gate = { sure: async () => true }, log = signal([]), online = signal(true), seen = async () => {};
EOF
echo 'export const listen = () => () => {};' | plant shared/live.ts
echo 'export const learnDays = async () => {}, openNews = async () => {};' | plant tech/news.ts
echo 'export const readReports = async () => {};' | plant tech/reports.ts
echo 'export const fillVault = async () => {};' | plant tech/vault.ts
said() {
	cp "$1" "$seed/tech/day.ts" && NODE_PATH=web/node_modules "$esbuild" --bundle --format=esm --log-level=warning "$seed/tech/day.ts" \
		--outfile="$seed/day.mjs" && node tests/laws/refresh.mjs "$seed/day.mjs"
}
sed 's/if (nth < taken.today) return;//' web/tech/day.ts > "$seed/today.ts"
catches "refresh: an older day that comes late is seen" "today: 1, not 2" said "$seed/today.ts"
sed 's/if (nth < taken.tomorrow) return;//' web/tech/day.ts > "$seed/tomorrow.ts"
catches "refresh: an older tomorrow that comes late is seen" "tomorrow: 1, not 2" said "$seed/tomorrow.ts"
sed 's/--reads > 0/--reads < 0/' web/tech/day.ts > "$seed/reading.ts"
catches "refresh: a question that is still under way is seen" "asks no more" said "$seed/reading.ts"
holds "the phone's day is the one that was asked for last" said web/tech/day.ts
exit $law_status
