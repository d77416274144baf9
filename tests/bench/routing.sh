#!/usr/bin/env bash
# routing.sh [quick|report] -- the figures of domain/routing: gaps to the best known, days, weeks and events of the pool
# city, rivals' recorded figures beside ours. Instances in ROUTING_DATA (with best_known.csv), else skipped aloud.
#
# Single plans are noisy: 3 seeds each (SEEDS). It is made of parts, and each keeps what it printed in build/routing: who
# stops it and starts it again goes on where it was, within a set at the next plan; kept figures of another build are said
# to be that. FRESH=1 begins anew. EVERY=n takes each n-th instance at 10 s (of PVRP all), EVERY1=n at 1 s, and each table
# says so; all is 2 hours of CPU, EVERY=6 EVERY1=2 a little over half an hour. What has a goal comes first. quick: every
# fifth instance at 1 s, every ninth with one seed at 10 s, some minutes of CPU, and nothing is kept. report: what is kept,
# without planning anything.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${ROUTING_DATA:-../shared/data/routing}
[ -e "$data/best_known.csv" ] || data=../../shared/data/routing
seeds=${SEEDS:-3} every1=${EVERY1:-1} every10=${EVERY:-1} long=50 fair=10 pvrp=1
kept=build/routing
if [ "${1:-}" = quick ]; then
	kept=$(mktemp -d) seeds=1 every1=5 every10=9 long=20 fair=4 pvrp=4
	trap 'rm -rf "$kept"' EXIT
fi
[ -z "${FRESH:-}" ] || rm -rf "$kept"
mkdir -p "$kept"
if [ "${1:-}" = report ]; then
	cat "$kept"/*.txt
	exit
fi
for p in calibrate sets city day week; do make --no-print-directory -s "build/tests/bench/routing_$p"; done
B=build/tests/bench/routing_

which=$(cat "$B"{sets,city,day,week} | sha256sum | cut -c1-16)
[ -e "$kept/build" ] || echo "$which" >"$kept/build"
echo "bench-routing $(date +%F), build $which: $seeds seeds, CPU seconds of one thread; each ${every1}. instance at 1 s, each ${every10}. at 10 s"
[ "$which" = "$(cat "$kept/build")" ] || echo "  kept figures are of build $(cat "$kept/build"): FRESH=1 begins anew"

part() { # NAME COMMAND...
	local name=$1
	shift
	if [ ! -e "$kept/$name.txt" ]; then
		"$@" >"$kept/$name.part"
		mv "$kept/$name.part" "$kept/$name.txt"
	fi
	cat "$kept/$name.txt"
}
sets() { # EVERY SET:SECONDS...: the ledger of plans knows what is done
	"${B}sets" "$data" "$kept/plans.csv" "$seeds" "$@" | tee "$kept/${2//:/-}.txt"
}
# Same input, seed and rounds: the same bytes, whatever the threads.
same_bytes() {
	build/poolroute city --techs 10 --stops 16 --seed 1 >"$kept/city.json"
	for threads in 1 1 2 4; do
		build/poolroute --iterations 40000 --seed 7 --threads $threads "$kept/city.json" | sha256sum | cut -c1-16
	done | sort | uniq -c | awk '{ n++; print "determinism: " $1 " of 4 plans (1, 1, 2 and 4 threads) hash to " $2 } END { exit n != 1 }'
}

part a-calibrate "${B}calibrate"
part b-determinism same_bytes
for set in homberger_400 solomon x_small x_large homberger_200 pvrp; do sets "$every1" $set:1; done
part c-race "${B}city" race "$seeds"
part d-eleven "${B}day" eleven "$seeds"
part e-events "${B}day" events "$seeds"
part f-week "${B}week" week "$seeds" 1.59
part g-fair "${B}week" fair "$seeds" 1.59
# Each sixth of 16 would be three easy ones: all of them, and of the others each n-th.
sets "$pvrp" pvrp:10
for set in homberger_400 homberger_200; do sets "$every10" $set:10; done
part h-fair-long "${B}week" fair "$seeds" "$fair"
part i-steady "${B}week" steady "$seeds" 1.59
part j-many "${B}week" many 1 $long
part k-day "${B}city" day "$seeds" 1 10
for set in x_small x_large solomon; do sets "$every10" $set:10; done
