#!/usr/bin/env bash
# cluster.sh start|stop|sockets FOLDER, kill|join|anew FOLDER NODE -- three MariaDB that are one (Galera), on loopback: what a house with
# three machines has.
#
# Node 1 is made, ended cleanly and copied: the others come with its state and are told the news alone (IST). A node that was killed looks
# how far it was, and joins in the same way. anew: it has lost its disk, and is given everything by another that goes on serving (SST).
# GALERA_PORT: the first of seven ports (default 26400).
set -euo pipefail
. "$(dirname "$0")/lib.sh"
[ $# -ge 2 ] || die "usage: cluster.sh start|stop|sockets FOLDER, kill|join|anew FOLDER NODE"
mkdir -p "$2"
dir=$(cd "$2" && pwd)
: "${GALERA_PORT:=26400}"
GALERA=/usr/lib/galera/libgalera_smm.so
me=$(id -un)
at() { echo "tcp://127.0.0.1:$((GALERA_PORT + 2 * $1))"; }
folder() { echo "$dir/node$1"; }
socket() { echo "$(short_dir "$(folder "$1")")/s.sock"; }
ask() { mariadb --no-defaults --connect-timeout=5 -A -N -B -u "$me" -S "$(socket "$1")" -e "$2" 2> /dev/null; }

settings() { # NODE
	local n=$1 to
	to=$(folder "$n")
	mkdir -p "$to/tmp" "$(dirname "$(socket "$n")")"
	sed -e "s|@DIR@|$to|g" -e "s|@SOCKET@|$(socket "$n")|g" "$ROOT/ops/mariadb/my.cnf" > "$to/my.cnf"
	if [ "$(id -u)" -eq 0 ]; then echo "user=root" >> "$to/my.cnf"; fi
	cat >> "$to/my.cnf" <<-END
	innodb_buffer_pool_size=64M
	innodb_autoinc_lock_mode=2
	binlog_format=ROW
	wsrep_on=ON
	wsrep_provider=$GALERA
	wsrep_cluster_name=poolhouse
	wsrep_cluster_address=gcomm://127.0.0.1:$((GALERA_PORT)),127.0.0.1:$((GALERA_PORT + 2)),127.0.0.1:$((GALERA_PORT + 4))
	wsrep_node_address=127.0.0.1:$((GALERA_PORT + 2 * (n - 1)))
	wsrep_node_name=node$n
	wsrep_sst_method=kin
	wsrep_sst_auth=$me:
	wsrep_sst_receive_address=127.0.0.1:$((GALERA_PORT + 6))
	wsrep_sync_wait=1
	wsrep_provider_options="gmcast.listen_addr=$(at $((n - 1)));ist.recv_addr=127.0.0.1:$((GALERA_PORT + 2 * (n - 1) + 1));gcache.size=32M"
	END
}

launch() { # NODE OPTIONS...
	local n=$1 server tries=1200 # everything there is takes a while
	shift
	setsid mariadbd --defaults-file="$(folder "$n")/my.cnf" "$@" > "$(folder "$n")/out.log" 2>&1 < /dev/null &
	server=$!
	echo $server > "$(folder "$n")/pid" # whoever stops us in this moment finds it
	until [ "$(ask "$n" "SHOW STATUS LIKE 'wsrep_ready'")" = "wsrep_ready	ON" ]; do
		running $server || { tail -n 8 "$(folder "$n")/err.log" >&2; die "node $n ended: $(folder "$n")/err.log"; }
		tries=$((tries - 1))
		[ $tries -gt 0 ] || { tail -n 8 "$(folder "$n")/err.log" >&2; die "node $n does not join: $(folder "$n")/err.log"; }
		sleep 0.1
	done
}

# How far the node got that was killed: its own log says. The others tell it the rest.
join() { # NODE
	local at
	rm -f "$(folder "$1")/pid"
	at=$(mariadbd --defaults-file="$(folder "$1")/my.cnf" --wsrep-recover --log-error="$(folder "$1")/recover.log" > /dev/null 2>&1
		sed -n 's/.*WSREP: Recovered position: *//p' "$(folder "$1")/recover.log" | tail -1)
	[ -n "$at" ] || die "node $1 does not know how far it was: $(folder "$1")/recover.log"
	kin
	launch "$1" --wsrep-start-position="$at"
}

# A machine whose disk was changed: nothing is there. Debian's own script for it, as it stands in production, comes with the server's
# service; of that package the script alone is taken, nothing of it is installed.
anew() { # NODE
	local script
	rm -f "$(folder "$1")/pid"
	rm -rf "$(folder "$1")/data" && mkdir "$(folder "$1")/data"
	kin
	if [ ! -x /usr/bin/wsrep_sst_mariabackup ] && [ ! -e "$dir/deb" ]; then
		mkdir "$dir/deb"
		(cd "$dir/deb" && { apt-get -q download "mariadb-server=$(dpkg-query -W -f='${Version}' mariadb-server-core)" ||
			apt-get -q download mariadb-server; } && dpkg-deb -x mariadb-server_*.deb .) > "$dir/deb.log" 2>&1 ||
			die "Debian's script is not to be had: $dir/deb.log"
	fi
	for script in wsrep_sst_mariabackup wsrep_sst_common; do
		if [ -e "$dir/deb" ]; then ln -sf "$dir/deb/usr/bin/$script" "$dir/bin/"; fi
	done
	launch "$1" --wsrep-sst-method=mariabackup
}

# The news comes from server to server; what passes here is who has it, from the one that gives (donor) to the one that comes (joiner).
kin() {
	mkdir -p "$dir/bin"
	cat > "$dir/bin/wsrep_sst_kin" <<-'END'
	#!/usr/bin/env bash
	set -eu
	bypass=0
	while [ $# -gt 0 ]; do
		case $1 in
		--role) role=$2; shift ;;
		--address) address=$2; shift ;;
		--datadir) datadir=$2; shift ;;
		--gtid) gtid=$2; shift ;;
		--bypass) bypass=1 ;;
		esac
		shift
	done
	if [ "$role" = donor ]; then
		[ $bypass = 1 ] || exit 22
		echo "$gtid" > "${address#*/}.part"
		mv "${address#*/}.part" "${address#*/}"
		echo "done $gtid"
	else
		from=${datadir%/}.from
		rm -f "$from"
		echo "ready 127.0.0.1/$from"
		for ((i = 0; i < 600; i++)); do
			if [ -e "$from" ]; then cat "$from"; exit 0; fi
			sleep 0.1
		done
		exit 110
	fi
	END
	chmod +x "$dir/bin/wsrep_sst_kin"
	PATH=$dir/bin:$PATH
}

start() {
	local n
	kin
	[ -e "$GALERA" ] || die "Galera is missing (Debian: galera-4): make install"
	for n in 1 2 3; do settings $n; done
	if [ ! -e "$dir/made" ]; then
		mariadb-install-db --defaults-file="$(folder 1)/my.cnf" --wsrep-on=OFF --skip-test-db --auth-root-authentication-method=socket \
			--auth-root-socket-user="$me" > "$dir/install.log" 2>&1 || die "mariadb-install-db failed: $dir/install.log"
		launch 1 --wsrep-new-cluster
		stop_pid "$(folder 1)/pid" 60
		for n in 2 3; do
			rm -rf "$(folder $n)/data"
			cp -r "$(folder 1)/data" "$(folder $n)/data"
			rm -f "$(folder $n)/data/gvwstate.dat" "$(folder $n)/data/galera.cache"
		done
		touch "$dir/made"
	fi
	launch 1 --wsrep-new-cluster
	launch 2
	launch 3
	[ "$(ask 1 "SHOW STATUS LIKE 'wsrep_cluster_size'")" = "wsrep_cluster_size	3" ] || die "three nodes did not become one"
}

case $1 in
start) start ;;
stop) for n in 1 2 3; do if alive "$(folder $n)/pid"; then kill -KILL "$(cat "$(folder $n)/pid")"; fi; done ;;
sockets) for n in 1 2 3; do socket $n; done ;;
kill) kill -KILL "$(cat "$(folder "${3:?which node}")/pid")" ;;
join) join "${3:?which node}" ;;
anew) anew "${3:?which node}" ;;
*) die "cluster.sh: no such verb: $1" ;;
esac
