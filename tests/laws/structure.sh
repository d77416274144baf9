#!/usr/bin/env bash
# The floors, the doors, and who may call what (house.md section 4): first that each law sees its seeded
# trespasses, then that the house keeps it.
. "$(dirname "$0")/lib.sh"
laws=$PWD/tests/laws

# tree LAW -- run a law over the seeded tree
tree() { (cd "$seed" && awk -f "$laws/$1.awk" $(find . -name '*.[ch]' -printf '%P\n' | sort)); }
# one LAW NAME WORDS PATH < text -- a tree of one seeded file
one() {
	local law=$1 name=$2 words=$3
	rm -rf "${seed:?}"/*
	plant "$4"
	catches "$law: $name" "$words" tree "$law"
}

one floors "domain includes sql" "never up" domain/base/x.c <<< '#include "sql/db.h"'
one floors "sql includes tenancy" "never up" sql/x.c <<< '#include "tenancy/work.h"'
one floors "tenancy includes fcgi" "never up" tenancy/x.c <<< '#include "fcgi/http/shape.h"'
one floors "a step up in domain" "same step or above" domain/base/x.c <<< '#include "domain/visits/visit.h"'
one floors "strangers on one step" "same step or above" domain/staff/x.c <<< '#include "domain/stock/item.h"'
one floors "a relative path" "whole path" domain/base/x.c <<< '#include "../staff/staff.h"'
one floors "a short path" "whole path" domain/base/x.c <<< '#include "err.h"'
one floors "an act includes an act" "fcgi/acts may not see" fcgi/acts/staff.c <<< '#include "fcgi/acts/roles.h"'
one floors "an act whose name begins alike" "fcgi/acts may not see" fcgi/acts/rolesbook.c <<< '#include "fcgi/acts/roles.h"'
one floors "an act includes the router" "fcgi/acts may not see" fcgi/acts/staff.c <<< '#include "fcgi/http/router.h"'
one floors "an act reaches the outside" "fcgi/acts may not see" fcgi/acts/staff.c <<< '#include "fcgi/remote/call.h"'
one floors "http includes an act" "fcgi/http may not see" fcgi/http/x.c <<< '#include "fcgi/acts/tell.h"'
one floors "api reaches the outside" "fcgi/api may not see" fcgi/api/site/x.c <<< '#include "fcgi/remote/mail.h"'
one floors "the product includes a test" "whole path" fcgi/main.c <<< '#include "tests/unit/test.h"'
one floors "statements used outside sql" "is for sql/" tenancy/x.c <<< '#include "sql/stmt.h"'
one floors "a room nobody knows" "has no room" fcgi/cellar/x.c <<< 'int x;'
one floors "domain includes a socket" "domain is pure" domain/base/x.c <<< '#include <sys/socket.h>'
rm -rf "${seed:?}"/*
plant domain/base/x.h <<< 'int x;'
plant domain/base/x.c <<< '#include "domain/base/err.h"
#include "domain/base/x.h"'
catches "floors: another header before one's own" "its own header first" tree floors

one doors "libcurl in an act" "has another door" fcgi/acts/x.c <<< '#include <curl/curl.h>'
one doors "libsodium in fcgi" "has another door" fcgi/http/x.c <<< '#include <sodium.h>'
one doors "MariaDB in tenancy" "has another door" tenancy/lease.c <<< '#include <mysql.h>'
one doors "OpenSSL in keys" "has another door" tenancy/keys.c <<< '#include <openssl/evp.h>'
one doors "jansson in the reply" "has another door" fcgi/http/reply.c <<< '#include <jansson.h>'
one doors "a library nobody knows" "has no door" fcgi/http/x.c <<< '#include <glib.h>'

one calls "a clock in domain" "domain is pure" domain/base/x.c <<< 'int f(void) { return clock_gettime(0, 0); }'
one calls "printing in domain" "domain is pure" domain/base/x.c <<< 'void f(void) { printf("x"); }'
one calls "malloc in fcgi" "from an arena" fcgi/http/x.c <<< 'void *f(void) { return malloc(3); }'
one calls "time() anywhere" "the time is w->now" fcgi/jobs/x.c <<< 'long f(void) { return time (NULL); }'
one calls "the coat changed by an act" "only the lease" fcgi/acts/x.c <<< 'void f(void) { coat_change(c); }'
one calls "a lease opened by an act" "open a lease" fcgi/acts/x.c <<< 'void f(void) { lease_open(h); }'
one calls "free SQL in a web worker" "the operator's" fcgi/api/api.c <<< 'void f(void) { odb_run(o, s); }'
one calls "a commit in an act" "the router begins" fcgi/acts/x.c <<< 'void f(void) { tdb_commit(db); }'
one calls "a statement past the named queries" "only way to the database" tenancy/x.c <<< 'void f(void) { stmt_rows(c); }'
one calls "SQL text in an act" "SQL text" fcgi/acts/x.c <<< 'const char *q = "SELECT id FROM staff";'
rm -rf "${seed:?}"/*
plant fcgi/acts/x.c <<< '/* time(NULL) and malloc(3) in a comment */ const char *s = "malloc(3)"; int a = w->time(1);'
holds "calls: words in comments and strings are no calls" tree calls

for law in floors doors calls; do
	holds "the house keeps its $law" awk -f tests/laws/$law.awk $(house_files "$product")
done
exit $law_status
