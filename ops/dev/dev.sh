#!/usr/bin/env bash
# dev.sh -- a house that follows the editor: C is rebuilt and the workers replaced one by one (SIGHUP) when a
# file is saved; pages are rebuilt by the bundler's own watch. A build that fails leaves the old house running.
set -uo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
: "${NAME:=main}"
ops/dev/house.sh run &
house=$!
pages=
trap 'kill ${pages:-} $house 2> /dev/null; wait $house' EXIT
trap 'exit 0' INT TERM
if [ -f web/package.json ]; then
	(cd web && exec npx --no-install vite build --watch --emptyOutDir=false) > build/run/$NAME/log/pages.log 2>&1 &
	pages=$!
fi
newest() { find domain sql tenancy fcgi nginx -type f -printf '%T@\n' | sort -n | tail -1; }
before=$(newest)
while running $house; do
	sleep 1
	now=$(newest)
	[ "$now" != "$before" ] || continue
	before=$now
	echo "dev     | building"
	if make --no-print-directory programs; then
		for part in web auth jobs; do
			if alive "build/run/$NAME/pid/$part"; then kill -HUP "$(cat "build/run/$NAME/pid/$part")"; fi
		done
		echo "dev     | replaced"
	fi
done
