#!/usr/bin/env bash
# faults.sh [number...] -- would the tests of isolation notice? Eight builds with one fault each seeded in the lease
# (-DLEASE_FAULT=n, tenancy/lease.c and tenant.c). Each is met by the row tests of the lease and by the isolation
# matrix over HTTP, and must make both fail: a fault that nobody sees fails this test. TAP.
set -uo pipefail
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- 1 2 3 4 5 6 7 8
names=("" "the account is not changed" "it is changed to the company's before" "the schema is changed, the account is not"
	"a failed transaction is left open" "statements are shared" "the wrong company is cached" "another's coat is taken from its hook" "the coat that hung longest is not changed")
log=build/test
mkdir -p $log
status=0
count=0
say() { # OUTCOME NAME
	count=$((count + 1))
	echo "$1 $count - $2"
	[ "$1" = ok ] || status=1
}

make --no-print-directory programs build/tests/rows/lease_test > /dev/null || { echo "Bail out! the programs do not build"; exit 1; }
# A test that is red without any fault would seem to see each of them.
if ops/dev/rows.sh build/tests/rows/lease_test > $log/fault-0-rows.tap 2>&1 &&
	node tests/run.mjs tests/house isolation > $log/fault-0.tap 2>&1; then
	say ok "without a fault both are green"
else
	say "not ok" "without a fault both are green"
fi
for n; do
	to=build/fault-$n
	# All but two files are the same: copy what is built, build these afresh.
	rm -rf $to && mkdir -p $to
	cp -a build/{domain,sql,tenancy,fcgi} $to/
	rm -f $to/tenancy/{lease,tenant}.o
	if ! make --no-print-directory "B=$to" "CFLAGS=-O2 -g -DLEASE_FAULT=$n" programs $to/tests/rows/lease_test > $log/fault-$n.log 2>&1; then
		say "not ok" "${names[$n]}: does not build"
		tail -n 5 $log/fault-$n.log | sed 's/^/# /'
		continue
	fi
	if timeout 300 ops/dev/rows.sh $to/tests/rows/lease_test > $log/fault-$n-rows.tap 2>&1; then
		say "not ok" "the lease's tests see it when ${names[$n]}"
	elif ! grep -q '^not ok [0-9]' $log/fault-$n-rows.tap; then
		say "not ok" "the lease's tests did not run when ${names[$n]}"
	else
		say ok "the lease's tests see it when ${names[$n]}: $(grep -c '^not ok [0-9]' $log/fault-$n-rows.tap) fail"
	fi
	# Ended by a failed story, not by a house that did not open.
	if BIN=$to timeout 600 node tests/run.mjs tests/house isolation > $log/fault-$n.tap 2>&1; then
		say "not ok" "the matrix sees it when ${names[$n]}"
	elif ! grep -qE '^ *(not )?ok .*(endpoint|session|reading|before)' $log/fault-$n.tap && ! grep -q 'CANARY\|failureType' $log/fault-$n.tap; then
		say "not ok" "the house with this fault did not open: ${names[$n]}"
	else
		say ok "the matrix sees it when ${names[$n]}"
	fi
	# The one with which a house opens and nearly everything is right is met by fuzzed reads, too.
	if [ "$n" = 7 ]; then
		if BIN=$to timeout 600 env READS=20000 node tests/run.mjs tests/long isolation > $log/fault-$n-reads.tap 2>&1; then
			say "not ok" "fuzzed reads see it when ${names[$n]}"
		elif ! grep -q 'CANARY\|OTHERCUSTOMER' $log/fault-$n-reads.tap; then
			say "not ok" "fuzzed reads end without a foreign byte when ${names[$n]}"
		else
			say ok "fuzzed reads see it when ${names[$n]}"
		fi
	fi
	rm -rf $to
done
echo "1..$count"
exit $status
