#!/usr/bin/env bash
# news.sh -- the phone says what the office changed of a day, once, and nothing of what was done on it: days that come in the wrong
# order and stops that are being given away are no news.
. "$(dirname "$0")/lib.sh"
esbuild=web/node_modules/.bin/esbuild
if [ ! -x "$esbuild" ]; then
	echo "ok - the phone says what the office changed # SKIP no web/node_modules: npm ci --prefix web"
	exit 0
fi
# The phone's store, as far as news.ts asks it.
plant tech/store.ts << 'EOF'
const box = (globalThis as any).box;
export const isOpen = () => true;
export const get = async (_: string, key: string) => box.kv[key];
export const put = async (_: string, value: unknown, key: string) => void (box.kv[key] = value);
export const all = async () => box.log;
EOF
said() {
	cp "$1" "$seed/tech/news.ts" && NODE_PATH=web/node_modules "$esbuild" --bundle --format=esm --log-level=warning "$seed/tech/news.ts" \
		--outfile="$seed/news.mjs" && node tests/laws/news.mjs "$seed/news.mjs"
}
sed 's/(old.version ?? 0) > d.version/false/' web/tech/news.ts > "$seed/order.ts"
catches "news: an older day that is learned last is seen" "an older day" said "$seed/order.ts"
sed 's/ && given.get(s.id) !== "away")/)/' web/tech/news.ts > "$seed/away.ts"
catches "news: a stop given away that comes again is seen" "read before the office took it" said "$seed/away.ts"
sed 's/was.stops.filter((s) => given.get(s.id) !== "away")/was.stops/' web/tech/news.ts > "$seed/gone.ts"
catches "news: a stop given away that is said to be gone is seen" "given away" said "$seed/gone.ts"
sed 's/if (!given.has(s.id)) line/line/' web/tech/news.ts > "$seed/refused.ts"
catches "news: a stop that nobody took is seen as new" "refused" said "$seed/refused.ts"
holds "the phone says what the office changed, and nothing else" said web/tech/news.ts
exit $law_status
