#!/usr/bin/env bash
# cluster.sh -- the flows of money on three databases that are one (TAP): writers at all of them, who lose no cent while one is killed
# and comes back, by what it missed and with nothing at all; and what fifty press in one moment, at three nodes, happens once, by acts and
# over HTTP. The oracle knows every cent.
set -uo pipefail
cd "$(dirname "$0")/../.."
run=build/run/cluster-$$ status=0
trap 'ops/dev/cluster.sh stop "$run"; rm -rf "$run"' EXIT
make --no-print-directory -s build/tests/rows/ledger_test build/tests/rows/once_test programs > /dev/null || exit 1
ops/dev/cluster.sh start "$run" || { echo "not ok - three databases become one"; exit 1; }
mapfile -t node < <(ops/dev/cluster.sh sockets "$run")
export POOL_DB_SOCKET=${node[0]} POOL_DB_NODES="${node[*]}" POOL_PRESS=$PWD/build/poolpress
export POOL_NODE_FALLS="ops/dev/cluster.sh kill $run 3"
for comes in join anew; do
	echo "# one falls and comes: $comes"
	LONG=1 POOL_NODE_COMES="ops/dev/cluster.sh $comes $run 3" ops/dev/unit.sh build/tests/rows/ledger_test || status=1
done
ops/dev/unit.sh build/tests/rows/once_test || status=1
# Fifty requests find a worker each: none waits in line for another.
POOL_WEB_WORKERS=18 LANES=1 node tests/run.mjs tests/long once || status=1
for ((i = 0; i < 300; i++)); do # one that was cut off for a moment comes back
	size=$(mariadb --no-defaults -A -N -B -S "${node[2]}" -e "SHOW STATUS LIKE 'wsrep_cluster_size'" | cut -f2)
	[ "$size" != 3 ] || break
	sleep 0.2
done
if [ "$size" = 3 ]; then echo "ok - three nodes again"; else echo "not ok - $size nodes in the end"; status=1; fi
exit $status
