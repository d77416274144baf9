#!/usr/bin/env bash
# npm.sh folder... -- `npm ci` where the lock file is newer than what is installed. Debian's npm 9 will do.
set -euo pipefail
cd "$(dirname "$0")/../.."
for folder; do
	[ -f "$folder/package-lock.json" ] || continue
	stamp=$folder/node_modules/.package-lock.json
	if [ -f "$stamp" ] && [ "$stamp" -nt "$folder/package-lock.json" ] && [ "$stamp" -nt "$folder/package.json" ]; then
		continue
	fi
	echo "npm: $folder"
	npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error < /dev/null
	touch "$stamp"
done
