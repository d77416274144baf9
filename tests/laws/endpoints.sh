#!/usr/bin/env bash
# The guest list of the API (tests/laws/endpoints.c), and that every table of endpoints is on it.
. "$(dirname "$0")/lib.sh"

guests() { # folder -- tables that nobody invited
	(
		cd "$1" || exit 1
		grep -rhoE '^const struct endpoint [a-z_]+\[\]' fcgi/api | sed -E 's/.* ([a-z_]+)\[\]/\1/' | sort | while read -r t; do
			grep -qE "^[[:space:]]*\{[A-Z]+, \"[a-z_]+\", $t\}" fcgi/api/api.c || echo "$t is not in the list of fcgi/api/api.c"
		done
	)
}
plant fcgi/api/api.c <<< '	{OFFICE, "me", office_me},'
plant fcgi/api/office/me.c <<< 'const struct endpoint office_me[] = {'
holds "guests: all of them are invited" guests "$seed"
plant fcgi/api/office/pay.c <<< 'const struct endpoint office_pay[] = {'
catches "guests: a table that nobody invited" "office_pay is not" guests "$seed"
holds "every table of endpoints is on the guest list" guests .

CMOCKA_MESSAGE_OUTPUT=TAP build/tests/laws/endpoints || law_status=1
exit $law_status
