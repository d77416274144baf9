#!/usr/bin/env bash
# stories.sh folder -- run its *.test.mjs with node's own runner; they share one private house (tests/house/harness.mjs).
set -euo pipefail
cd "$(dirname "$0")/../.."
[ -n "$(ls "$1"/*.test.mjs 2> /dev/null)" ] || { echo "stories.sh: no story in $1" >&2; exit 1; }
exec node tests/run.mjs "$1"
