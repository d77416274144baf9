#!/usr/bin/env bash
# A story's day is the day of its company. Greenwich's is another one for hours of each evening, when nobody runs the stories
# by hand and CI does: what was planned yesterday is then still to come.
. "$(dirname "$0")/lib.sh"

own_day() { # top folder
	grep -nE 'new Date\((Date\.now\(\)( \+ [^)]*)?)?\)\.toISOString\(\)\.slice\(0, 10\)' "$1"/tests/*/*.mjs /dev/null |
		sed -E 's|^([^:]*:[0-9]+):.*|\1 takes the day of Greenwich: subtract the hours of the zone, or name it (toLocaleDateString)|'
}
plant tests/house/x.test.mjs <<< 'const day = (n) => new Date(Date.now() + n * 86400000).toISOString().slice(0, 10);'
catches "days: tomorrow in Greenwich" "day of Greenwich" own_day "$seed"
plant tests/house/x.test.mjs <<< 'const today = new Date().toISOString().slice(0, 10);'
catches "days: today in Greenwich" "day of Greenwich" own_day "$seed"
plant tests/house/x.test.mjs <<< 'const day = (n) => new Date(Date.now() - 7 * 3600000 + n * 86400000).toISOString().slice(0, 10);'
holds "days: a day of Phoenix" own_day "$seed"
holds "a story's day is its company's" own_day .
exit $law_status
