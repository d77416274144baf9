#!/usr/bin/env bash
# unit.sh program... -- run cmocka programs as one TAP stream; one that dies half way is a failed test.
set -u
status=0
for program; do
	out=$(CMOCKA_MESSAGE_OUTPUT=TAP "./$program" 2>&1)
	code=$?
	printf '%s\n' "$out"
	if [ $code -ne 0 ]; then
		status=1
		grep -q '^not ok' <<< "$out" || echo "not ok - $program ended with code $code"
	elif ! grep -q '^ok' <<< "$out"; then
		status=1
		echo "not ok - $program ran no test"
	fi
done
exit $status
