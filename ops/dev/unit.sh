#!/usr/bin/env bash
# unit.sh program... -- run cmocka programs as one TAP stream, one on each core; one that dies half way is a failed test.
# LANE says which of the cores' lanes a program runs in (rows.sh gives each lane a database).
set -u
if [ $# -gt 1 ]; then
	lock=$(mktemp)
	trap 'rm -f "$lock"' EXIT
	printf '%s\0' "$@" | TAP_LOCK=$lock xargs -0 -n 1 -P "$(nproc)" --process-slot-var=LANE "$0" || exit 1
	exit 0
fi
program=$1 lane=SOCKET_${LANE:-0} status=0
if [ -n "${!lane:-}" ]; then export POOL_DB_SOCKET=${!lane}; fi
out=$(CMOCKA_MESSAGE_OUTPUT=TAP "./$program" 2>&1)
code=$?
if [ $code -ne 0 ]; then
	status=1
	grep -q '^not ok' <<< "$out" || out+=$'\n'"not ok - $program ended with code $code"
elif ! grep -q '^ok' <<< "$out"; then
	status=1
	out+=$'\n'"not ok - $program ran no test"
fi
# What one program says stays together.
if [ -n "${TAP_LOCK:-}" ]; then flock "$TAP_LOCK" cat <<< "$out"; else cat <<< "$out"; fi
exit $status
