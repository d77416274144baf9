#!/usr/bin/env bash
# laws.sh -- every law in tests/laws is a program that prints TAP; all are run, one on each core; one broken law does not
# hide another, and what one says stays together.
set -u
cd "$(dirname "$0")/../.."
if [ $# -eq 0 ]; then
	lock=$(mktemp)
	trap 'rm -f "$lock"' EXIT
	# The slowest first, so that none is left alone at the end.
	for law in tests/laws/{headers,web,sql,rules}.sh tests/laws/*.sh; do
		[ ! -x "$law" ] || echo "$law"
	done | awk '!seen[$0]++' | TAP_LOCK=$lock xargs -n 1 -P "$(nproc)" "$0"
	exit
fi
said=$("$1" 2>&1)
code=$?
[ $code -eq 0 ] || said+=$'\n'"# broken: $1"
flock "$TAP_LOCK" cat <<< "$said"
exit $((code != 0))
