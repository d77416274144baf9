#!/usr/bin/env bash
# Argon2id costs 64 MiB and 70 ms: it runs in `poold auth` alone. So who calls it is an act (or a part of the auth
# surface) whose header only fcgi/api/auth includes.
. "$(dirname "$0")/lib.sh"

auth_alone() { # top folder
	(
		cd "$1" || exit 1
		grep -lE '\b(password_(hash|verify)|proof_(check|password))\(' $(find fcgi tenancy domain sql -name '*.c' 2> /dev/null) /dev/null | while read -r f; do
			case $f in
			tenancy/credential*.c | fcgi/api/auth/*.c | fcgi/api/auth.c) ;;
			fcgi/acts/*.c)
				header=${f%.c}.h
				[ -f "$header" ] || header=$(sed -n 's/^#include "\(fcgi\/acts\/[a-z_]*\.h\)".*/\1/p' "$f" | head -n 1)
				grep -rlF "#include \"$header\"" fcgi/api fcgi/jobs 2> /dev/null | grep -vE '^fcgi/api/auth(/|[._])' |
					sed "s|\$| includes $header, which checks passwords: only fcgi/api/auth may|"
				;;
			*) echo "$f checks passwords: only acts of fcgi/api/auth may" ;;
			esac
		done
	)
}
plant fcgi/http/x.c <<< 'int f(void) { return password_verify(p, h, &r, f); }'
catches "passwords: checked by a web worker" "only acts of" auth_alone "$seed"
rm -r "$seed/fcgi"
plant fcgi/acts/signin.c <<< 'int f(void) { return password_verify(p, h, &r, f); }'
plant fcgi/acts/signin.h <<< ''
plant fcgi/api/auth/sessions.c <<< '#include "fcgi/acts/signin.h"'
holds "passwords: checked by auth" auth_alone "$seed"
plant fcgi/api/office/staff.c <<< '#include "fcgi/acts/signin.h"'
catches "passwords: an act of auth used by the office" "only fcgi/api/auth may" auth_alone "$seed"
holds "passwords are checked in poold auth alone" auth_alone .
exit $law_status
