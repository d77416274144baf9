#!/usr/bin/env bash
# db.sh start|stop|socket|drop FOLDER -- a MariaDB of our own in FOLDER, on a unix socket and nothing else.
# Works as root and as any other user: whoever starts it is the operator (unix_socket), without a password.
# DB_IN_MEMORY=1: its data lie in /dev/shm where there is room, for what is thrown away anyway: for the tests' many small
# schemas the file system is more than half of the work. Whoever is killed loses nothing by it; a machine that falls does.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
[ $# -eq 2 ] || die "usage: db.sh start|stop|socket|drop FOLDER"
mkdir -p "$2"
dir=$(cd "$2" && pwd)
socket=$(short_dir "$dir")/s.sock
me=$(id -un)

answers() { mariadb --no-defaults --connect-timeout=5 -A -u "$me" -S "$socket" -e 'SELECT 1'; }

# in_memory -- an empty folder of ours in memory, said; not if memory is short. Those whose database is gone go first.
in_memory() {
	local old at=/dev/shm/poolhouse-$(id -u)-$(printf %s "$dir" | cksum | cut -d' ' -f1)
	[ "${DB_IN_MEMORY:-0}" = 1 ] && [ "$(stat -f -c %T /dev/shm 2> /dev/null)" = tmpfs ] || return 1
	for old in /dev/shm/poolhouse-"$(id -u)"-*; do
		[ ! -s "$old/of" ] || [ -e "$(cat "$old/of")" ] || rm -rf "$old"
	done
	[ "$(df -k --output=avail /dev/shm | tail -1)" -gt 2000000 ] || return 1
	[ "$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo)" -gt 3000000 ] || return 1
	rm -rf "$at" && mkdir -m 700 "$at" "$at/data" && echo "$dir" > "$at/of" && echo "$at/data"
}

start() {
	local memory
	command -v mariadbd > /dev/null || die "mariadbd is missing: make install"
	if alive "$dir/pid" && answers > /dev/null 2>&1; then return 0; fi
	mkdir -p "$dir/tmp" "$(dirname "$socket")"
	chmod 700 "$dir" "$(dirname "$socket")"
	if [ ! -e "$dir/data/made" ]; then
		rm -rf "$dir/data"
		if memory=$(in_memory); then ln -s "$memory" "$dir/data"; fi
	fi
	sed -e "s|@DIR@|$dir|g" -e "s|@SOCKET@|$socket|g" "$ROOT/ops/mariadb/my.cnf" > "$dir/my.cnf"
	if [ "$(id -u)" -eq 0 ]; then echo "user=root" >> "$dir/my.cnf"; fi
	# Memory has no way past its own pages: kernels before 6.6 refuse to be asked.
	if [ -L "$dir/data" ]; then echo "innodb_flush_method=fsync" >> "$dir/my.cnf"; fi
	if [ ! -e "$dir/data/made" ]; then
		mariadb-install-db --defaults-file="$dir/my.cnf" --skip-test-db --auth-root-authentication-method=socket \
			--auth-root-socket-user="$me" > "$dir/install.log" 2>&1 || die "mariadb-install-db failed: $dir/install.log"
		touch "$dir/data/made"
	fi
	# A session of its own: Ctrl-C in the terminal must not reach the database before its clients are gone.
	setsid mariadbd --defaults-file="$dir/my.cnf" > "$dir/out.log" 2>&1 < /dev/null &
	local server=$! tries=300
	until answers > /dev/null 2>&1; do
		running $server || { tail -n 5 "$dir/err.log" >&2; die "mariadbd ended: $dir/err.log"; }
		tries=$((tries - 1))
		[ $tries -gt 0 ] || die "mariadbd does not answer: $dir/err.log"
		sleep 0.1
	done
}

case $1 in
start) start ;;
stop) stop_pid "$dir/pid" 60 ;;
socket) echo "$socket" ;;
drop) # what is thrown away need not be written down first
	if alive "$dir/pid"; then kill -KILL "$(cat "$dir/pid")"; fi
	if [ -L "$dir/data" ]; then rm -rf "$(dirname "$(readlink "$dir/data")")"; fi
	rm -rf "$dir" "$socket"
	;;
*) die "db.sh: no such verb: $1" ;;
esac
