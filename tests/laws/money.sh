#!/usr/bin/env bash
# No floating point comes near money, and every column of money is wide enough for all the cents there are.
. "$(dirname "$0")/lib.sh"

floats() { # top folder
	(
		cd "$1" || exit 1
		for f in domain/billing/*.[ch] domain/base/money.[ch] fcgi/acts/{bills,billing,payments,papers,runs}.[ch] \
			fcgi/acts/tell_{bill,issue,charge}.[ch] sql/tenant/{billing,runs}.h; do
			[ -f "$f" ] || continue
			# What a comment says is no code.
			sed -e 's#/\*.*\*/##g' "$f" | awk -v f="$f" '/^ \*|^\/\*/ { next }
				/(^|[^A-Za-z_])(double|float|strtod|strtof|atof)([^A-Za-z_]|$)/ { print f ":" NR ": floating point: " $0 }'
		done
	)
}
narrow() { # schema.sql
	awk '/^CREATE TABLE/ { table = $3 } $1 ~ /^`(.*_)?cents`$/ && $2 !~ /^bigint/ { print table ": " $1 " is " $2 }' "$1"
}

plant domain/billing/price.c <<< 'static double half(int64_t cents) { return (double)cents / 2; }'
catches "money: a double" "floating point" floats "$seed"
plant domain/billing/price.c <<< ' * a double is never used here'
holds "money: a comment about one" floats "$seed"
plant schema.sql <<< 'CREATE TABLE `x` (
  `price_cents` int(11) NOT NULL,'
catches "money: a narrow column" "price_cents" narrow "$seed/schema.sql"
holds "money is whole cents" floats .
holds "every column of money is a BIGINT" narrow sql/tenant/schema.sql
exit $law_status
