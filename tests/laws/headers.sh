#!/usr/bin/env bash
# Every header compiles alone: whoever includes it needs nothing before it.
. "$(dirname "$0")/lib.sh"
flags=$(pkg-config --cflags libmariadb 2> /dev/null)

alone() { # folder header... -- says the first error of each that does not
	local top=$1
	shift
	printf '%s\n' "$@" | xargs -P 2 -I{} sh -c '
		printf "#include \"%s\"\n#include \"%s\"\nextern int nothing_;\n" "{}" "{}" |
			gcc -std=c11 -Wall -Wextra -Wstrict-prototypes -Werror -I"'"$top"'" -I. -Ibuild '"$flags"' -include mysql.h \
				-include domain/base/banned.h -D_GNU_SOURCE -fsyntax-only -x c - 2>&1 | grep -m1 error: | sed "s|^|{}: |"'
}
plant lonely.h <<< 'struct lonely { struct str s; };'
catches "a header that needs another before it" "lonely.h" alone "$seed" lonely.h
plant twice.h <<< 'struct twice { int x; };'
catches "a header without a guard" "twice.h" alone "$seed" twice.h
plant good.h <<< '#ifndef GOOD_H
#define GOOD_H
struct good { int x; };
#endif'
holds "a good header" alone "$seed" good.h
holds "every header compiles alone, and twice" alone . $(house_files '^(domain|sql|tenancy|fcgi)/.*\.h$')
exit $law_status
