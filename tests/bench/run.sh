#!/usr/bin/env bash
# run.sh -- the figures of make bench: a private house, nothing else running, ratios of the same run.
set -euo pipefail
cd "$(dirname "$0")/../.."
ops/dev/npm.sh ops/mailbox tests
make --no-print-directory build/tests/bench/raw build/tests/bench/nowall build/tests/bench/claim build/tests/bench/listen build/tests/bench/json
# Nothing but the house itself may limit the load.
export API_RATE=100000r/s
POOL_SPARES=40 node tests/run.mjs tests/bench/bench.mjs
node tests/run.mjs tests/bench/wall.mjs
node tests/run.mjs tests/bench/record.mjs
node tests/run.mjs tests/bench/day.mjs
node tests/run.mjs tests/bench/peers.mjs
node tests/run.mjs tests/bench/bills.mjs
node tests/run.mjs tests/bench/pages.mjs
exec node tests/run.mjs tests/bench/live.mjs
