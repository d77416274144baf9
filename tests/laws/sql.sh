#!/usr/bin/env bash
# The laws that need a server: every named query, every table, every migration (tests/laws/{queries,schema}.c).
set -eu
cd "$(dirname "$0")/../.."
exec ops/dev/rows.sh build/tests/laws/queries build/tests/laws/schema
