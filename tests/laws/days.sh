#!/usr/bin/env bash
# A story's day is the day of its company, and its company lives where it is noon (tests/house/harness.mjs): the day of another place
# ends while a file is told, its people go home and the house's clockwork strikes, at an hour when nobody runs the stories by
# hand and CI does.
. "$(dirname "$0")/lib.sh"

own_day() { # top folder
	grep -nE 'new Date\((Date\.now\(\)[^)]*)?\)\.to(ISOString\(\)\.slice\(0, 10\)|LocaleDateString)|CURRENT_DATE|CURDATE' "$1"/tests/{house,browser}/*.mjs /dev/null |
		grep -v '^[^:]*/house/harness\.mjs:' |
		sed -E 's|^([^:]*:[0-9]+):.*|\1 reckons a day by itself: day() of the harness is the company'\''s|'
	grep -nE 'company\(\{[^}]*\bzone\b' "$1"/tests/{house,browser}/*.mjs /dev/null |
		sed -E 's|^([^:]*:[0-9]+):.*|\1 lets a company live elsewhere: where it is noon no day ends and nothing strikes|'
}
plant tests/browser/y.test.mjs <<< 'const c = await company({ language: "es" });'
plant tests/house/x.test.mjs <<< 'const day = (n) => new Date(Date.now() + n * 86400000).toISOString().slice(0, 10);'
catches "days: tomorrow in Greenwich" "reckons a day" own_day "$seed"
plant tests/house/x.test.mjs <<< 'const today = new Date().toISOString().slice(0, 10);'
catches "days: today in Greenwich" "reckons a day" own_day "$seed"
plant tests/house/x.test.mjs <<< 'const day = (n) => new Date(Date.now() - 7 * 3600000 + n * 86400000).toISOString().slice(0, 10);'
catches "days: a day of Phoenix" "reckons a day" own_day "$seed"
plant tests/house/x.test.mjs <<< 'sql(`UPDATE visit SET day = CURRENT_DATE`, c.schema);'
catches "days: the day of the database" "reckons a day" own_day "$seed"
plant tests/house/x.test.mjs <<< 'const c = await company({ zone: "America/Phoenix" });'
catches "days: a company that has its night" "live elsewhere" own_day "$seed"
plant tests/house/x.test.mjs <<< 'const c = await company(), tomorrow = day(1);'
holds "days: a day of the company" own_day "$seed"
holds "a story's day is its company's, where it is noon" own_day .
exit $law_status
