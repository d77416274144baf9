#!/usr/bin/env bash
# test.sh [suite...] -- run suites one after the other, show what each says, close on `N passed, N failed`.
# A suite is a Makefile target that prints TAP. The whole output of each stays in build/test/<suite>.tap.
set -uo pipefail
cd "$(dirname "$0")/../.."
out=build/test
rm -rf $out && mkdir -p $out
# What a suite leaves behind it must not reach the next one.
trap 'trap - INT TERM; exit 130' INT TERM

run_suite() {
	local suite=$1 code
	echo "### suite $suite"
	# A file and not a pipe: a program that a story forgot cannot hold it open for ever. It is made first:
	# tail may be quicker than the shell that starts the suite, and would watch nothing.
	: > "$out/$suite.tap"
	make --no-print-directory "$suite" >> "$out/$suite.tap" 2>&1 < /dev/null &
	local suite_pid=$!
	tail --pid=$suite_pid -s 0.2 -n +1 -f "$out/$suite.tap"
	wait $suite_pid
	code=$?
	echo "### exit $code"
}

for suite; do run_suite "$suite"; done | tee $out/all.tap | awk '
	# On the screen: suites, failures with what follows them, and what is no TAP (compilers, messages).
	/^### suite / { print "== " $3; fflush(); after = 0; next }
	/^### exit /  { next }
	/^ *not ok/   { print; fflush(); after = 40; next }
	/^ *ok/       { after = 0; next }
	after > 0     { print; fflush(); after--; next }
	/^ *(#|---|\.\.\.|1\.\.|TAP version|duration_ms|type:)/ { next }
	{ print; fflush() }'
awk -f ops/dev/tally.awk $out/all.tap
