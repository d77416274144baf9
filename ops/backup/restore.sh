#!/usr/bin/env bash
# restore.sh FOLDER/STAMP [slug] -- bring a backup back: rows and files. With a slug: that company alone, into its own schema, while
# all others go on (suspend it first: poolctl tenants suspend SLUG). Without: the whole house, into an empty server and folder.
# Afterwards: poolctl init, which makes accounts again and brings schemas to the step of the programs, and for each company
# poolctl ledger SLUG --seals FILE, with the copy of ledger.seals that left the house: it says what a backup cannot know.
set -euo pipefail
from=${1:?usage: restore.sh FOLDER/STAMP [slug]} slug=${2:-}
: "${POOL_DB_SOCKET:=/run/mysqld/mysqld.sock}" "${POOL_DB_PREFIX:=pool_}" "${POOL_DB_OPERATOR:=$(id -un)}" "${POOL_DATA_DIR:=/var/lib/poolhouse}"
login=(--no-defaults -A -S "$POOL_DB_SOCKET" -u "$POOL_DB_OPERATOR")
control=${POOL_DB_PREFIX}control
(cd "$from" && sha256sum --quiet -c SHA256SUMS)

load() { # SCHEMA
	echo "restore: $1"
	mariadb "${login[@]}" -e "CREATE DATABASE IF NOT EXISTS $1 CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
	gunzip -c "$from/$1.sql.gz" | mariadb "${login[@]}" "$1"
}
files() { # SCHEMA -- files have names that nobody else gets: one that is newer than the backup stays, and nothing speaks of it
	local dir=$POOL_DATA_DIR/files/$1
	if [ -e "$from/$1.files.tar" ]; then
		mkdir -p "$dir"
		tar -C "$dir" -xpf "$from/$1.files.tar"
	fi
	# The seals end where the rows end. Nights that are undone by this are kept beside them: somebody may ask.
	if [ -e "$dir/ledger.seals" ]; then mv "$dir/ledger.seals" "$dir/ledger.seals.before-$(date -u +%Y%m%dT%H%M%SZ)"; fi
	if [ -e "$from/$1.seals" ]; then cp -p "$from/$1.seals" "$dir/ledger.seals"; fi
}

if [ -n "$slug" ]; then
	[[ $slug =~ ^[a-z0-9-]+$ ]] || { echo "restore: that is no slug" >&2; exit 2; }
	row=$(mariadb "${login[@]}" -N -B -e "SELECT schema_name, status FROM $control.tenant WHERE slug = '$slug'")
	schema=${row%%$'\t'*} status=${row##*$'\t'}
	[ -n "$schema" ] || { echo "restore: no company is called $slug" >&2; exit 1; }
	[ "$status" = 4 ] || { echo "restore: suspend it first: poolctl tenants suspend $slug" >&2; exit 1; }
	load "$schema"
	files "$schema"
else
	[ -z "$(mariadb "${login[@]}" -N -B -e "SHOW DATABASES LIKE '$control'")" ] ||
		{ echo "restore: this server has a house already; a whole restore wants an empty one" >&2; exit 1; }
	for file in "$from"/*.sql.gz; do
		load "$(basename "$file" .sql.gz)"
		files "$(basename "$file" .sql.gz)"
	done
	# Spares were not dumped: they are made again, and the control schema must not count on them.
	mariadb "${login[@]}" -e "DELETE FROM $control.tenant WHERE slug IS NULL"
fi
