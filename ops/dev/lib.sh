# lib.sh -- what the scripts of ops/dev share: where a house lives, waiting, stopping. Sourced, never run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
PATH=$PATH:/usr/sbin:/sbin

die() { echo "poolhouse: $*" >&2; exit 1; }

# A unix socket's path must stay below 108 bytes: a deep checkout keeps its sockets in a short place.
short_dir() {
	local dir=$1
	if [ ${#dir} -gt 80 ]; then
		dir=${TMPDIR:-/tmp}/poolhouse-$(id -u)-$(printf %s "$1" | cksum | cut -d' ' -f1)
	fi
	echo "$dir"
}

# running PID -- a dead child that nobody has collected (a container's first process may not) does not run
running() {
	local stat
	kill -0 "$1" 2> /dev/null || return 1
	read -r stat 2> /dev/null < "/proc/$1/stat" || return 1
	stat=${stat##*) }
	[ "${stat%% *}" != Z ]
}

# alive FILE -- is the process of this pid file running?
alive() { [ -s "$1" ] && running "$(cat "$1")"; }

# wait_for SECONDS WHAT COMMAND... -- try ten times a second
wait_for() {
	local tries=$(($1 * 10)) what=$2
	shift 2
	until "$@" > /dev/null 2>&1; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || { echo "poolhouse: $what did not answer in time" >&2; return 1; }
		sleep 0.1
	done
}

# stop_pid FILE [seconds] -- SIGTERM, wait, SIGKILL at the end
stop_pid() {
	local file=$1 tries=$((${2:-15} * 10)) pid
	[ -s "$file" ] || { rm -f "$file"; return 0; }
	pid=$(cat "$file")
	kill -TERM "$pid" 2> /dev/null || { rm -f "$file"; return 0; }
	while running "$pid" && [ $tries -gt 0 ]; do
		sleep 0.1
		tries=$((tries - 1))
	done
	kill -KILL "$pid" 2> /dev/null || true
	rm -f "$file"
}

port_taken() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }
