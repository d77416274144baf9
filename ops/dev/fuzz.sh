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

status=0
for target; do
	mkdir -p "$B/corpus/$target" "$B/found"
	build "-fsanitize=fuzzer" "$B/tests/fuzz/$target"
	if "$B/tests/fuzz/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 -verbosity=0 \
		-max_len=16384 -artifact_prefix="$B/found/$target-" "$B/corpus/$target" "tests/fuzz/corpus/$target" > "$B/$target.log" 2>&1; then
		echo "ok - fuzz: $target ($(sed -n 's/^stat::number_of_executed_units: *//p' "$B/$target.log") inputs)"
	else
		status=1
		grep -E 'not so:|ERROR|runtime error|SUMMARY|Test unit' "$B/$target.log" | sed 's/^/# /' | head -n 10
		echo "not ok - fuzz: $target (see $B/$target.log and $B/found)"
	fi
done
exit $status
