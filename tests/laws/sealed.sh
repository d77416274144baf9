#!/usr/bin/env bash
# A column that holds sealed values is in tenancy/sealed.c's list: else a rotation would leave it behind and an export
# could not read it. Its migration says "sealed" behind it. Tables that no export takes need no line.
. "$(dirname "$0")/lib.sh"

listed() { # top folder
	(
		cd "$1" || exit 1
		left_out=$(sed -n '/^export_leaves_out/,/^}/s/.*names\[\] = {\(.*\)};.*/\1/p' tenancy/export.c)
		awk '/^CREATE TABLE/ { table = $3 } /^ALTER TABLE/ { table = $3 }
			/(VARBINARY|BLOB)/ && /--.*sealed/ { sub(/^ALTER.*ADD COLUMN /, "") ; print table, $1 }' sql/tenant/migrations/*.sql |
			while read -r table column; do
				case $left_out in *"\"$table\""*) continue ;; esac
				grep -qF "{\"$table\", \"$column\"," tenancy/sealed.c || echo "$table.$column is sealed, but not in tenancy/sealed.c"
			done
		# Twice in the list would be sealed twice by an import.
		grep -oE '^\s*\{"[a-z_]+", "[a-z_]+",' tenancy/sealed.c | sort | uniq -d | sed 's/$/ stands twice in tenancy\/sealed.c/'
	)
}
plant tenancy/export.c << 'E2'
export_leaves_out(struct str table)
{
	static const char *const names[] = {"idempotency"};
}
E2
plant tenancy/sealed.c <<< '	{"staff", "password", "id", KEY_AUTH, true},'
plant sql/tenant/migrations/0001_x.sql << 'E2'
CREATE TABLE staff (
  password VARBINARY(240) NULL,           -- sealed with the auth key
CREATE TABLE idempotency (
  answer MEDIUMBLOB NOT NULL,             -- sealed: head and body
E2
holds "sealed: listed, or in a table that no export takes" listed "$seed"
plant sql/tenant/migrations/0002_x.sql << 'E2'
CREATE TABLE property (
  gate_code VARBINARY(200) NULL,          -- sealed (KEY_GATE)
E2
catches "sealed: a column that is not listed" "property.gate_code" listed "$seed"
rm "$seed"/sql/tenant/migrations/0002_x.sql
cat >> "$seed/tenancy/sealed.c" <<< '	{"staff", "password", "id", KEY_AUTH, true},'
catches "sealed: a column that is listed twice" "twice" listed "$seed"
holds "every sealed column is in the list, once" listed .
exit $law_status
