#!/usr/bin/env bash
# fuzz.sh TARGET|all [SECONDS] -- libFuzzer over tests/fuzz/TARGET.c with the committed corpus, under the address
# and undefined-behaviour sanitisers. What is found new stays in build/fuzz/corpus; a crash is kept beside it. TAP.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${2:-60}
B=build/fuzz
CC=${FUZZ_CC:-$(command -v clang-14 || command -v clang)}
export ASAN_OPTIONS=detect_leaks=0 # what libraries keep for a process's life is no leak
flags="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined"

[ -n "${1:-}" ] || { echo "usage: make fuzz T=$(cd tests/fuzz && ls ./*.c | sed 's|./||;s|\.c||' | paste -sd'|') S=seconds" >&2; exit 2; }
[ "$1" = all ] && set -- $(cd tests/fuzz && ls ./*.c | sed 's|^\./||;s|\.c$||') || set -- "$1"

# The warnings are gcc's business; here the whole house is built again with coverage for the fuzzer to see, by the
# Makefile's own rules: it knows which libraries there are.
build() {
	make --no-print-directory -s B=$B CC="$CC" WARN=-w HARD= LDFLAGS="$1" CFLAGS="$flags -fsanitize=fuzzer-no-link" "$2" > $B.log 2>&1 ||
		{ tail -n 20 $B.log; echo "not ok - fuzz: $2 does not build with $CC"; return 1; }
}
build "" $B/libpool.a

# The fuzzer's clock hangs on the wall: on a machine that stood still, an input that is quick alone "took too long". It is
# asked again by itself, and what counts is the time it works: 10 s of the processor.
slow_alone() { # TARGET
	local input
	for input in "$B/found/$1"-timeout-*; do
		[ ! -e "$input" ] || (ulimit -t 10; "$B/tests/fuzz/$1" -timeout=0 "$input") > "$B/$1.again.log" 2>&1 || return 0
	done
	return 1
}

try() { # TARGET
	rm -f "$B/found/$1"-*
	"$B/tests/fuzz/$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 -verbosity=0 \
		-max_len=16384 -artifact_prefix="$B/found/$1-" "$B/corpus/$1" "tests/fuzz/corpus/$1" > "$B/$1.log" 2>&1
}

status=0
for target; do
	mkdir -p "$B/corpus/$target" "$B/found"
	build "-fsanitize=fuzzer" "$B/tests/fuzz/$target"
	ended=0
	try "$target" || ended=$?
	if [ $ended -ne 0 ] && grep -q 'libFuzzer: timeout' "$B/$target.log" && ! slow_alone "$target"; then
		ended=0
		try "$target" || ended=$? # once more: it had ended early
	fi
	if [ $ended -eq 0 ]; then
		echo "ok - fuzz: $target ($(sed -n 's/^stat::number_of_executed_units: *//p' "$B/$target.log") inputs)"
	else
		status=1
		awk '/not so:|ERROR|runtime error|SUMMARY|Test unit/ && n++ < 10 { print "# " $0 } END { if (!n) print "# " $0 }' "$B/$target.log"
		echo "not ok - fuzz: $target (it ended with $ended; see $B/$target.log and $B/found)"
	fi
done
exit $status
