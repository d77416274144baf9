#!/usr/bin/env bash
# laws.sh -- every law in tests/laws is a program that prints TAP; all are run, one broken law does not hide another.
set -u
cd "$(dirname "$0")/../.."
status=0
for law in tests/laws/*.sh; do
	[ -x "$law" ] || continue
	"$law" || { status=1; echo "# broken: $law"; }
done
exit $status
