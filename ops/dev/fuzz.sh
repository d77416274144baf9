#!/usr/bin/env bash
# fuzz.sh target [seconds] -- run tests/fuzz/<target>.c under libFuzzer with the address and undefined-behaviour
# sanitisers, from its committed corpus. What it finds stays in build/fuzz/<target>/; prints TAP.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${1:-} seconds=${2:-60}
[ -n "$target" ] && [ -f "tests/fuzz/$target.c" ] || {
	echo "usage: make fuzz T=<target>; targets: $(cd tests/fuzz && ls -- *.c | sed 's/\.c$//' | tr '\n' ' ')" >&2
	exit 2
}
san="-fsanitize=address,undefined -fno-sanitize-recover=undefined"
make --no-print-directory B=build/fuzz CC=clang WARN=-w HARD= "CFLAGS=-O1 -g $san -fsanitize=fuzzer-no-link" build/fuzz/libpool.a >&2
mkdir -p "build/fuzz/$target/new"
libs="libmariadb libsodium jansson libcurl libmaxminddb libcrypto libqrencode"
# shellcheck disable=SC2046
clang -std=c11 -w -I. -Ibuild/fuzz -include domain/base/banned.h -D_GNU_SOURCE $(pkg-config --cflags $libs) -O1 -g $san -fsanitize=fuzzer \
	-o "build/fuzz/$target/run" "tests/fuzz/$target.c" build/fuzz/libpool.a $(pkg-config --libs $libs) -lfcgi -lm
corpus=()
if [ -d "tests/fuzz/corpus/$target" ]; then corpus=("tests/fuzz/corpus/$target"); fi
if "build/fuzz/$target/run" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 \
	-artifact_prefix="build/fuzz/$target/" "build/fuzz/$target/new" "${corpus[@]}" > "build/fuzz/$target/log" 2>&1; then
	echo "ok - fuzz $target: $(awk '/number_of_executed_units/ { print $2 }' "build/fuzz/$target/log") runs in $seconds s"
else
	echo "not ok - fuzz $target"
	tail -n 30 "build/fuzz/$target/log" | sed 's/^/# /'
	exit 1
fi
