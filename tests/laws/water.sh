#!/usr/bin/env bash
# water.sh [COUNT] -- the phone computes water as the server does, bit by bit, on random inputs. A changed constant is seen.
. "$(dirname "$0")/lib.sh"
count=${1:-20000}
esbuild=web/node_modules/.bin/esbuild
if [ ! -x "$esbuild" ]; then
	echo "ok - phone and server compute the same water # SKIP no web/node_modules: npm ci --prefix web"
	exit 0
fi
bundle() { # FOLDER OUT
	printf 'export * from "%s/water";\nexport * from "%s/dose";\n' "$1" "$1" > "$seed/both.ts"
	"$esbuild" --bundle --format=esm --log-level=warning "$seed/both.ts" --outfile="$2"
}
same() { # BUNDLE COUNT
	build/tests/water/twins "$2" | node tests/water/twins.mjs "$1" | grep -v '^equal '
	return "${PIPESTATUS[1]}"
}
cp web/shared/water.ts web/shared/dose.ts "$seed"
sed -i 's/6\.9395/6.93950000000001/' "$seed/water.ts"
bundle "$seed" "$seed/bent.mjs"
catches "water: a constant that differs in the fifteenth digit is seen" "answers differ" same "$seed/bent.mjs" 200
bundle "$PWD/web/shared" "$seed/true.mjs"
holds "phone and server compute the same water, bit by bit ($count inputs)" same "$seed/true.mjs" "$count"
exit $law_status
