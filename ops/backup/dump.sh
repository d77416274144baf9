#!/usr/bin/env bash
# dump.sh FOLDER -- one file per company and one for the control schema, each consistent in itself, sealed with
# `age` or gpg by whoever moves them away: dumps hold people's data (secrets in them stay sealed by the root key).
#
# The master key is NOT in a backup. Keep it elsewhere: without it, sealed fields and passwords are lost for good.
# Settings: POOL_DB_SOCKET, POOL_DB_PREFIX, POOL_DB_OPERATOR as for poolctl.
set -euo pipefail
to=${1:?usage: dump.sh FOLDER}
: "${POOL_DB_SOCKET:=/run/mysqld/mysqld.sock}" "${POOL_DB_PREFIX:=pool_}" "${POOL_DB_OPERATOR:=$(id -un)}"
umask 077
stamp=$(date -u +%Y%m%dT%H%M%SZ)
mkdir -p "$to/$stamp.part"
login=(--no-defaults -S "$POOL_DB_SOCKET" -u "$POOL_DB_OPERATOR")
dump() { # SCHEMA -- InnoDB's snapshot: nobody waits, the file is of one moment
	mariadb-dump "${login[@]}" --single-transaction --quick --skip-lock-tables --hex-blob --default-character-set=utf8mb4 \
		"$1" | gzip -6 > "$to/$stamp.part/$1.sql.gz"
}
# Control last: every company that it names is then in the backup (one that was made meanwhile is a spare again).
mapfile -t schemas < <(mariadb "${login[@]}" -A -N -B -e \
	"SELECT schema_name FROM ${POOL_DB_PREFIX}control.tenant WHERE slug IS NOT NULL ORDER BY id")
for schema in "${schemas[@]}"; do dump "$schema"; done
dump "${POOL_DB_PREFIX}control"
(cd "$to/$stamp.part" && sha256sum -- *.gz > SHA256SUMS)
mv "$to/$stamp.part" "$to/$stamp"
echo "backup: ${#schemas[@]} companies and the control schema in $to/$stamp"
