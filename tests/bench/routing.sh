#!/usr/bin/env bash
# routing.sh [quick] -- the figures of domain/routing: gaps to the best known, days, weeks and events of the pool
# city, rivals' recorded figures beside ours. Instances in ROUTING_DATA (with best_known.csv), else skipped aloud.
# Single plans are noisy: 3 seeds each. quick: every fifth instance, and at 10 s every ninth with one seed: some minutes
# of CPU; else 2 hours.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${ROUTING_DATA:-../shared/data/routing}
[ -e "$data/best_known.csv" ] || data=../../shared/data/routing
programs="calibrate sets city day week"
for p in $programs; do make --no-print-directory -s "build/tests/bench/routing_$p"; done
B=build/tests/bench/routing_
"$B"calibrate
if [ "${1:-}" = quick ]; then
	"$B"sets "$data" 3 5 solomon:1 homberger_200:1 homberger_400:1 x_small:1 x_large:1 pvrp:1
	"$B"sets "$data" 1 9 solomon:10 homberger_200:10 homberger_400:10 x_small:10 x_large:10 pvrp:10
	"$B"city 1 1 10
	"$B"day 1
	"$B"week 1 1.59 20
else
	"$B"sets "$data" 3 1 solomon:1 homberger_200:1 homberger_400:1 x_small:1 x_large:1 pvrp:1
	"$B"sets "$data" 3 1 solomon:10 homberger_200:10 homberger_400:10 x_small:10 x_large:10 pvrp:10
	"$B"city 3 1 10
	"$B"day 3
	"$B"week 3 1.59 50
fi
# Same input, seed and rounds: the same bytes, whatever the threads.
city=$(mktemp)
trap 'rm -f "$city"' EXIT
build/poolroute city --techs 10 --stops 16 --seed 1 >"$city"
for threads in 1 1 2 4; do
	build/poolroute --iterations 40000 --seed 7 --threads $threads "$city" | sha256sum | cut -c1-16
done | sort | uniq -c | awk '{ n++; print "determinism: " $1 " of 4 plans (1, 1, 2 and 4 threads) hash to " $2 } END { exit n != 1 }'
