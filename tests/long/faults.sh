#!/usr/bin/env bash
# faults.sh [number...] -- the tests of isolation must fail on a house whose lease is broken on purpose.
#
# Six faults are seeded at compile time (-DLEASE_FAULT=n, tenancy/lease.c and tenant.c):
#   1 the account is not changed             2 it is changed to the tenant's before
#   3 the schema is changed, not the account 4 a failed transaction is left open
#   5 readers share the first one's statements   6 the wrong tenant cached
# Each is met by the row tests of the lease and by the isolation matrix over HTTP; both must fail. TAP.
set -uo pipefail
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- 1 2 3 4 5 6
status=0
n=0
say() { # OUTCOME NAME
	n=$((n + 1))
	echo "$1 $n - $2"
	[ "$1" = ok ] || status=1
}

make --no-print-directory programs build/tests/rows/lease_test > /dev/null || exit 1
B=build/fault
rm -rf $B
mkdir -p $B
trap 'rm -rf "$B"' EXIT
cp -a build/domain build/sql build/tenancy build/fcgi $B/

broken() { # FAULT -- a whole house with that fault in it; only two objects differ
	rm -f $B/tenancy/lease.o $B/tenancy/tenant.o $B/libpool.a $B/poold $B/poolctl
	make --no-print-directory B=$B CFLAGS="-O2 -g -D_FORTIFY_SOURCE=2 -DLEASE_FAULT=$1" \
		$B/poold $B/poolctl $B/tests/rows/lease_test > $B/log 2>&1 || { sed 's/^/# /' $B/log; return 1; }
}

# The same tests on a sound house pass: `make rows house`, and here once more, so that a failure below means something.
if ops/dev/rows.sh build/tests/rows/lease_test > /dev/null 2>&1; then say ok "the lease's tests pass on a sound house"
else say "not ok" "the lease's tests pass on a sound house"; fi
if node tests/run.mjs tests/house isolation > /dev/null 2>&1; then say ok "the matrix passes on a sound house"
else say "not ok" "the matrix passes on a sound house"; fi

for fault; do
	if ! broken "$fault"; then say "not ok" "fault $fault: the house is built"; continue; fi
	if ops/dev/rows.sh $B/tests/rows/lease_test > $B/rows.log 2>&1; then
		say "not ok" "fault $fault: the lease's tests notice it"
	else
		say ok "fault $fault: the lease's tests notice it: $(grep -c '^not ok' $B/rows.log) fail"
	fi
	if BIN=$B node tests/run.mjs tests/house isolation > $B/matrix.log 2>&1; then
		say "not ok" "fault $fault: the isolation matrix notices it"
	else
		say ok "fault $fault: the isolation matrix notices it: $(grep -c '^ *not ok' $B/matrix.log) fail"
	fi
done
echo "1..$n"
exit $status
