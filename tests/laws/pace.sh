#!/usr/bin/env bash
# pace.sh -- the phone reckons ways and hours of its day as the board does; another detour, or a past that counts as now, is seen.
. "$(dirname "$0")/lib.sh"
esbuild=web/node_modules/.bin/esbuild
if [ ! -x "$esbuild" ]; then
	echo "ok - the phone reckons the hours of its day # SKIP no web/node_modules: npm ci --prefix web"
	exit 0
fi
same() { "$esbuild" --format=esm --log-level=warning "$1" --outfile="$seed/pace.mjs" && node tests/laws/pace.mjs "$seed/pace.mjs"; }
sed 's/DETOUR = 1\.32/DETOUR = 1.31/' web/tech/pace.ts > "$seed/near.ts"
catches "pace: a shorter detour is seen" "ten kilometres" same "$seed/near.ts"
sed 's/UNKNOWN_WAY_S), c.now_s)/UNKNOWN_WAY_S))/' web/tech/pace.ts > "$seed/past.ts"
catches "pace: a stop that would begin in the past is seen" "on the way for too long" same "$seed/past.ts"
sed 's/LATE_PRICE \* d.late_s/0 * d.late_s/' web/tech/pace.ts > "$seed/late.ts"
catches "pace: a lunch for which a window is missed is seen" "lunch after a window" same "$seed/late.ts"
sed 's/s \* paceAt(road_m, shift)/s/' web/tech/pace.ts > "$seed/usual.ts"
catches "pace: a company's own that is not heeded is seen" "at the company's pace" same "$seed/usual.ts"
holds "the phone reckons the hours of its day as the board does" same web/tech/pace.ts
exit $law_status
