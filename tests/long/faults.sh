#!/usr/bin/env bash
# faults.sh -- would the isolation matrix notice? Six builds with one seeded fault in the lease each (LEASE_FAULT in
# tenancy/lease.c, tenant.c); every one must make it fail. A fault that nobody sees fails this test.
set -uo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build/test
names=("" "the account is not changed" "it is changed to the company's before" "the schema is changed, the account is not"
	"a failed transaction is left open" "statements are shared" "the wrong company is cached")
bad=0
for n in 1 2 3 4 5 6; do
	to=build/fault-$n
	# All but two files are the same: copy what is built, build these afresh.
	rm -rf $to && mkdir -p $to
	cp -a build/{domain,sql,tenancy,fcgi} $to/
	rm -f $to/tenancy/{lease,tenant}.o
	if ! make --no-print-directory "B=$to" "CFLAGS=-O2 -g -DLEASE_FAULT=$n" programs > build/test/fault-$n.log 2>&1; then
		echo "not ok $n - ${names[$n]}: does not build"
		tail -n 5 build/test/fault-$n.log | sed 's/^/# /'
		bad=1
		continue
	fi
	# Ended by a failed story, not by a house that did not open.
	if BIN=$to timeout 600 node tests/run.mjs tests/house isolation > build/test/fault-$n.tap 2>&1; then
		echo "not ok $n - the matrix sees it when ${names[$n]}"
		bad=1
	elif ! grep -qE '^ *(not )?ok .*(endpoint|session|reading|before)' build/test/fault-$n.tap && ! grep -q 'CANARY\|failureType' build/test/fault-$n.tap; then
		echo "not ok $n - the house with this fault did not open: ${names[$n]}"
		bad=1
	else
		echo "ok $n - the matrix sees it when ${names[$n]}"
	fi
	rm -rf $to
done
echo "1..6"
exit $bad
