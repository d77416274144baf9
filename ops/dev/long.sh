#!/usr/bin/env bash
# long.sh [part...] -- the slow suites, as one TAP stream: water, rules of repetition, routes, queries on a large company, money, payments,
# messages, certificates, sanitised suites, fuzzing, fuzzed reads, seeded faults, a cluster, kills, replaces, operation. Each part is a program
# that prints TAP of its own.
set -uo pipefail
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- water rules routes size money payments messages certificates sanitised fuzzing isolation faults cluster kills
status=0

part() { # NAME COMMAND...
	local name=$1
	shift
	echo "# long: $name"
	"$@" || { status=1; echo "not ok - long: $name ended with an error"; }
}

for name; do
	case $name in
	water) part "$name: a million" tests/laws/water.sh 1000000 ;;
	rules) part $name sh -c 'make --no-print-directory build/tests/unit/domain/visits/recurrence &&
		LONG=1 CMOCKA_MESSAGE_OUTPUT=TAP build/tests/unit/domain/visits/recurrence'
		part "$name: a hundred thousand agreements" tests/laws/rules.sh 100000
		part "$name: two hundred kills" sh -c 'make --no-print-directory build/tests/rows/visits_test &&
			LONG=1 ops/dev/rows.sh build/tests/rows/visits_test' ;;
	routes) part "$name: the best of all plans of eight stops" sh -c 'make --no-print-directory build/tests/unit/domain/routing/solve &&
		LONG=1 CMOCKA_MESSAGE_OUTPUT=TAP build/tests/unit/domain/routing/solve' ;;
	size) part $name env LONG=1 ops/dev/rows.sh build/tests/laws/queries ;;
	money)
		part "$name: ten million bills, a million acts on a hundred ledgers, a million histories, 300,000 bent documents, 10,000 tampers" sh -c '
			at=build/tests/unit; set -- $at/domain/billing/tax $at/domain/billing/ledger $at/domain/billing/statement $at/tenancy/proofs $at/tenancy/merkle
			make --no-print-directory "$@" && LONG=1 ops/dev/unit.sh "$@"'
		part "$name: thirty-two writers for a minute" sh -c 'make --no-print-directory build/tests/rows/ledger_test &&
			LONG=1 ops/dev/rows.sh build/tests/rows/ledger_test'
		part "$name: sealed nights, each cell and byte" sh -c 'make --no-print-directory build/tests/rows/dayseals_test &&
			LONG=1 ops/dev/rows.sh build/tests/rows/dayseals_test' ;;
	payments)
		part "$name: forged messages" sh -c 'make --no-print-directory build/tests/unit/fcgi/http/signature build/tests/unit/domain/billing/payment &&
			LONG=1 CMOCKA_MESSAGE_OUTPUT=TAP build/tests/unit/fcgi/http/signature && LONG=1 CMOCKA_MESSAGE_OUTPUT=TAP build/tests/unit/domain/billing/payment'
		mkdir -p build/test && rm -f build/test/street.log
		part "$name: ten thousand messages" env LONG=1 ACCESS="$PWD/build/test/street.log logfmt" node tests/run.mjs tests/house events
		part "$name: ten thousand tampered checkouts" env LONG=1 API_RATE=100000r/s node tests/run.mjs tests/house paylinks
		part "$name: from sign-up to paid" env LONG=1 node tests/run.mjs tests/house story
		;;
	messages)
		part "$name: a hundred thousand orders after STOP, a hundred thousand forged texts" sh -c 'at=build/tests/unit
			set -- $at/domain/messaging/going $at/fcgi/http/form
			make --no-print-directory "$@" build/tests/rows/messages_test && ORDERS=100000 FORGED=100000 ops/dev/unit.sh "$@" &&
			ORDERS=100000 ops/dev/rows.sh build/tests/rows/messages_test' ;;
	certificates) part $name ops/tls/try-pebble.sh ;;
	sanitised)
		part "$name: unit" make --no-print-directory SAN=1 unit
		part "$name: rows" make --no-print-directory SAN=1 rows
		part "$name: slow rows" env LONG=1 ops/dev/rows.sh build/san/tests/rows/jobs_test build/san/tests/rows/visits_test
		part "$name: house" env SAN=1 sh -c 'make --no-print-directory SAN=1 programs && node tests/run.mjs tests/house'
		;;
	fuzzing) for target in tests/fuzz/*.c; do
		part "$name: $target" ops/dev/fuzz.sh "$(basename "$target" .c)" "${FUZZ_S:-60}"
	done ;;
	kills) part $name node tests/run.mjs tests/long ;;
	isolation) part "$name: a million fuzzed reads" env READS=1000000 node tests/run.mjs tests/long isolation ;;
	faults) part $name tests/long/faults.sh ;;
	cluster) part "$name: three databases that are one" tests/long/cluster.sh ;;
	*) echo "long.sh: there is no part $name" >&2; exit 2 ;;
	esac
done
exit $status
