#!/usr/bin/env bash
# dump.sh FOLDER -- per company its rows and its files (photos, documents, the nights' seals), and the control schema, sealed
# with `age` or gpg by whoever moves them away: dumps hold people's data (secrets in them stay sealed by the root key).
#
# The master key is NOT in a backup. Keep it elsewhere: without it, sealed fields and passwords are lost for good.
# What is in the spool for some seconds (mails that just came) and exports, which are made again, are not taken.
# Settings: POOL_DB_SOCKET, POOL_DB_PREFIX, POOL_DB_OPERATOR, POOL_DATA_DIR as for poolctl.
#
# The order matters, for the house goes on meanwhile:
#   1. ledger.seals before the rows: a night more in the database is caught up with, one more in the file would be a lie.
#   2. The rows, each company's of one moment.
#   3. Files after the rows: a file is there before its row says so, and is never changed. None that a row names is missing.
set -euo pipefail
to=${1:?usage: dump.sh FOLDER}
: "${POOL_DB_SOCKET:=/run/mysqld/mysqld.sock}" "${POOL_DB_PREFIX:=pool_}" "${POOL_DB_OPERATOR:=$(id -un)}" "${POOL_DATA_DIR:=/var/lib/poolhouse}"
umask 077
stamp=$(date -u +%Y%m%dT%H%M%SZ)
part=$to/$stamp.part
mkdir -p "$part"
login=(--no-defaults -S "$POOL_DB_SOCKET" -u "$POOL_DB_OPERATOR")
seals() { # SCHEMA
	local file=$POOL_DATA_DIR/files/$1/ledger.seals
	if [ -e "$file" ]; then cp -p "$file" "$part/$1.seals"; fi
}
rows() { # SCHEMA -- InnoDB's snapshot: nobody waits, the file is of one moment
	mariadb-dump "${login[@]}" --single-transaction --quick --skip-lock-tables --hex-blob --default-character-set=utf8mb4 \
		"$1" | gzip -6 > "$part/$1.sql.gz"
}
files() { # SCHEMA -- pictures and PDFs are pressed already; what is half written begins with a dot
	local rc=0
	[ -d "$POOL_DATA_DIR/files/$1" ] || return 0
	tar -C "$POOL_DATA_DIR/files/$1" --exclude='./.?*' --exclude=./ledger.seals -cf "$part/$1.files.tar" . 2> "$part/tar.said" || rc=$?
	# 1: something was taken away while it looked. Whatever is worse is said.
	[ "$rc" -le 1 ] || { cat "$part/tar.said" >&2; return "$rc"; }
	rm "$part/tar.said"
}
# Control last: every company that it names is then in the backup (one that was made meanwhile is a spare again).
mapfile -t schemas < <(mariadb "${login[@]}" -A -N -B -e \
	"SELECT schema_name FROM ${POOL_DB_PREFIX}control.tenant WHERE slug IS NOT NULL ORDER BY id")
for schema in "${schemas[@]}"; do
	seals "$schema"
	rows "$schema"
	files "$schema"
done
rows "${POOL_DB_PREFIX}control"
(cd "$part" && sha256sum -- * > SHA256SUMS)
mv "$part" "$to/$stamp"
echo "backup: ${#schemas[@]} companies and the control schema in $to/$stamp"
