#!/usr/bin/env bash
# rules.sh [COUNT] -- agreements that are edited while time passes: each visit on the day, and at the instant, that another
# library and another clock say. A week that begins on the wrong day is seen.
. "$(dirname "$0")/lib.sh"
count=${1:-600}
if [ ! -d tests/node_modules/rrule ]; then
	echo "ok - work that repeats falls on the days that another library says # SKIP no tests/node_modules: npm ci --prefix tests"
	exit 0
fi
same() { node tests/rules/lives.mjs "$@" | grep -v '^equal '; return "${PIPESTATUS[0]}"; }
catches "rules: a week that begins on the wrong day is seen" "lives differ" same 300 --bent
holds "work that repeats falls on the days, and the instants, that another library says ($count agreements)" same "$count"
exit $law_status
