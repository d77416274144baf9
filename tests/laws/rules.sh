#!/usr/bin/env bash
# rules.sh [COUNT] -- agreements that are edited while time passes: each visit on the day, and at the instant, that another
# library and another clock say. A week that begins on the wrong day is seen.
# Before them: sealed documents, as another hand writes and verifies them.
. "$(dirname "$0")/lib.sh"
count=${1:-600}
papers() { node tests/rules/papers.mjs "$@" | grep -v '^equal '; return "${PIPESTATUS[0]}"; }
catches "rules: a canon that forgets the order of keys is seen" "documents differ" papers 50 --bent
holds "sealed documents are the bytes of RFC 8785, and OpenSSL finds them signed ($count documents)" papers "$count"
if [ ! -d tests/node_modules/rrule ]; then
	echo "ok - work that repeats falls on the days that another library says # SKIP no tests/node_modules: npm ci --prefix tests"
	exit $law_status
fi
same() { node tests/rules/lives.mjs "$@" | grep -v '^equal '; return "${PIPESTATUS[0]}"; }
catches "rules: a week that begins on the wrong day is seen" "lives differ" same 300 --bent
holds "work that repeats falls on the days, and the instants, that another library says ($count agreements)" same "$count"
exit $law_status
