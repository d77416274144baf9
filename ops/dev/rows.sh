#!/usr/bin/env bash
# rows.sh program... -- run the row tests against databases of their own, made and thrown away here: one for each core.
# They find theirs by POOL_DB_SOCKET; whoever runs them is its operator.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
[ $# -gt 0 ] || { echo "rows.sh: no test program" >&2; exit 1; }
run=build/run/rows-$$ lanes=$(nproc)
[ "$lanes" -le $# ] || lanes=$#
trap 'for ((n = 0; n < lanes; n++)); do ops/dev/db.sh drop "$run/$n"; done; rm -rf "$run"' EXIT
export DB_IN_MEMORY=1
for ((n = 0; n < lanes; n++)); do
	ops/dev/db.sh start "$run/$n"
	declare -x "SOCKET_$n=$(ops/dev/db.sh socket "$run/$n")"
done
# The programs of this build, sanitised or not, lie above its tests.
export POOL_PRESS=$ROOT/${1%%/tests/*}/poolpress
ops/dev/unit.sh "$@"
