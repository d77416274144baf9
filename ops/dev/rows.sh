#!/usr/bin/env bash
# rows.sh program... -- run the row tests against a database of their own, made and thrown away here.
# They find it by POOL_DB_SOCKET; whoever runs them is its operator.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
[ $# -gt 0 ] || { echo "rows.sh: no test program" >&2; exit 1; }
dir=build/run/rows-$$
trap 'ops/dev/db.sh drop $dir' EXIT
ops/dev/db.sh start $dir
POOL_DB_SOCKET=$(ops/dev/db.sh socket $dir)
export POOL_DB_SOCKET
# The programs of this build, sanitised or not, lie above its tests.
export POOL_PRESS=$ROOT/${1%%/tests/*}/poolpress
ops/dev/unit.sh "$@"
