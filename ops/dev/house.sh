#!/usr/bin/env bash
# house.sh run|up|down|status|env -- a whole house under build/run/$NAME: MariaDB, nginx, poold web, auth and jobs,
# the stock of spare schemas, a mailbox, the other side of card payments. run stays in the foreground with one log; Ctrl-C stops everything.
#
#   NAME=main   PORT=8080 (pages)   MAIL_PORT=PORT+1   SMTP_PORT=PORT+2   PRIVATE_PORT=PORT+3   STRIPE_PORT=PORT+6
#   DEMO=1      make the demonstration company if there is no company   BIN=build   where the programs are
#   POOL_DB_SOCKET or POOL_DB_HOST: use that server instead of our own.  POOL_*: see ops/README.md
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

: "${NAME:=main}" "${PORT:=8080}" "${DEMO:=1}" "${BIN:=build}"
: "${MAIL_PORT:=$((PORT + 1))}" "${SMTP_PORT:=$((PORT + 2))}" "${PRIVATE_PORT:=$((PORT + 3))}" "${STRIPE_PORT:=$((PORT + 6))}"
DIR=$ROOT/build/run/$NAME
LOG=$DIR/log
PID=$DIR/pid
PARTS="web auth jobs spares mailbox stripe nginx"

settings() {
	mkdir -p "$DIR" "$LOG" "$PID" "$DIR/data" "$DIR/nginx"
	chmod 700 "$DIR"
	POOL_RUN_DIR=$(short_dir "$DIR/s")
	mkdir -p -m 700 "$POOL_RUN_DIR"
	export POOL_RUN_DIR
	export POOL_DATA_DIR=${POOL_DATA_DIR:-$DIR/data}
	export POOL_BASE_URL=${POOL_BASE_URL:-http://localhost:$PORT}
	export POOL_DEV=${POOL_DEV:-1}
	export POOL_MAIL_IN=${POOL_MAIL_IN:-in.localhost}
	export POOL_SMTP_URL=${POOL_SMTP_URL:-smtp://127.0.0.1:$SMTP_PORT}
	export POOL_LIVE_URL=${POOL_LIVE_URL:-http://127.0.0.1:$PRIVATE_PORT/publish}
	# Somebody's own account at Stripe, or the one that stands beside the house.
	if [ -z "${POOL_STRIPE_KEY+set}" ]; then
		export POOL_STRIPE_KEY=sk_test_poolhouse POOL_STRIPE_URL=http://127.0.0.1:$STRIPE_PORT
		export POOL_STRIPE_WEBHOOK_SECRET=${POOL_STRIPE_WEBHOOK_SECRET:-whsec_poolhouse}
	fi
	export POOL_MASTER_KEY_FILE=${POOL_MASTER_KEY_FILE:-$DIR/master.key}
	if [ -f ops/common-passwords.txt ]; then export POOL_PASSWORD_LIST=${POOL_PASSWORD_LIST:-$ROOT/ops/common-passwords.txt}; fi
	if [ ! -e "$POOL_MASTER_KEY_FILE" ]; then
		(umask 277 && openssl rand -hex 32 > "$POOL_MASTER_KEY_FILE")
	fi
}

own_database() {
	[ -z "${POOL_DB_SOCKET:-}${POOL_DB_HOST:-}" ] || return 1
	! grep -qsE '^[[:space:]]*db_(socket|host)[[:space:]]*=' "${POOL_CONFIG:-/etc/poolhouse/poolhouse.conf}"
}

# begin PART COMMAND... -- in a session of its own: Ctrl-C is ours, and stops the parts in their order
begin() {
	local part=$1
	shift
	setsid "$@" >> "$LOG/$part.log" 2>&1 < /dev/null &
	echo $! > "$PID/$part"
}

answers() { # PORT PATH HOST -- 0 if it is a 200
	local line
	exec 3<> "/dev/tcp/127.0.0.1/$1" || return 1
	printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$2" "$3" >&3
	IFS= read -t 5 -r line <&3 || line=
	exec 3>&-
	case $line in *" 200 "*) ;; *) return 1 ;; esac
}

# all_alive -- name the first part that has ended
all_alive() {
	local part
	for part in $PARTS; do
		alive "$PID/$part" || { echo "$part"; return 1; }
	done
	if own_database && ! alive "$DIR/db/pid"; then echo mariadb; return 1; fi
}

# Before anything is touched: is this house open already, or are its ports somebody else's?
refuse_twice() {
	local part port
	for part in $PARTS; do
		if alive "$PID/$part"; then die "the house \"$NAME\" is running already (make down stops it)"; fi
	done
	for port in "$PORT" "$MAIL_PORT" "$SMTP_PORT" "$PRIVATE_PORT" "$STRIPE_PORT"; do
		if port_taken "$port"; then
			die "port $port is taken by another program; choose another: make run PORT=$((PORT + 100))"
		fi
	done
}

up() {
	local part
	rm -f "$LOG"/*.log
	for part in init demo $PARTS; do : > "$LOG/$part.log"; done
	trap 'down_quietly' EXIT
	trap 'exit 130' INT TERM HUP

	if own_database; then
		ops/dev/db.sh start "$DIR/db"
		POOL_DB_SOCKET=$(ops/dev/db.sh socket "$DIR/db")
		export POOL_DB_SOCKET
		ln -sf "$DIR/db/err.log" "$LOG/mariadb.log"
	fi
	"$BIN/poolctl" init >> "$LOG/init.log" 2>&1 || { tail -n 20 "$LOG/init.log" >&2; die "poolctl init failed: $LOG/init.log"; }

	begin spares ops/dev/keep.sh "$BIN/poolctl" spares --watch
	begin web "$BIN/poold" web
	begin auth "$BIN/poold" auth
	begin jobs "$BIN/poold" jobs
	begin mailbox node ops/mailbox/mailbox.mjs --page "$MAIL_PORT" --smtp "$SMTP_PORT" --demo "$DIR/demo.json" --inlet "$POOL_MAIL_IN" --pipe "$BIN/poolctl"
	begin stripe node ops/stripe/stripe.mjs --port "$STRIPE_PORT" --hook "http://127.0.0.1:$PORT/api/hook/pay" \
		--host "localhost:$PORT" --secret "${POOL_STRIPE_WEBHOOK_SECRET:-whsec_poolhouse}" --fast "${STRIPE_FAST:-0}" --book "$DIR/stripe.json"
	local user=
	if [ "$(id -u)" -eq 0 ]; then user=root; fi
	NGINX_USER=$user STATE=$DIR/nginx RUN=$POOL_RUN_DIR FILES=$POOL_DATA_DIR/files PORT=$PORT PRIVATE_PORT=$PRIVATE_PORT \
		ops/nginx.sh dev "$DIR/nginx/conf"
	begin nginx nginx -e stderr -p "$DIR/nginx" -c "$DIR/nginx/conf/nginx.conf"

	wait_for 20 "the mailbox" answers "$MAIL_PORT" /api/messages localhost || show_and_die mailbox
	wait_for 20 "the other side of payments" answers "$STRIPE_PORT" / localhost || show_and_die stripe
	wait_for 30 "poold web behind nginx" answers "$PRIVATE_PORT" /readyz localhost || show_and_die web
	part=$(all_alive) || show_and_die "$part"
	# Its password is printed and known to all: it never stands beside companies of somebody's own.
	if [ "$DEMO" = 1 ] && { [ -e "$DIR/demo.json" ] || [ -z "$("$BIN/poolctl" tenants list | tail -n +2)" ]; }; then
		begin demo node ops/dev/demo.mjs "$DIR/demo.json" "$PORT" "$MAIL_PORT" "$STRIPE_PORT"
		wait_for 60 "the demonstration company" demo_opens || show_and_die demo
	fi
	trap - EXIT INT TERM HUP
}

# Its people can sign in, or it had nothing to do, or it has failed (whoever waits then reads why).
demo_opens() { grep -q '^open' "$LOG/demo.log" || ! alive "$PID/demo"; }
# demo_fills -- shows how far it is; over when it is over
demo_fills() {
	alive "$PID/demo" || return 0
	echo "The demonstration company fills up meanwhile:"
	tail --pid="$(cat "$PID/demo")" -n +2 -f "$LOG/demo.log" 2> /dev/null || true
	tail -n 1 "$LOG/demo.log" | grep -q ' ms$' || die "the demonstration company stays half full: $LOG/demo.log"
}

show_and_die() {
	echo "---- the end of $LOG/$1.log" >&2
	tail -n 20 "$LOG/$1.log" >&2 || true
	die "$1 did not come up"
}

down() {
	local part
	# The street first, then those who serve it (together: each finishes its work), the database last.
	stop_pid "$PID/demo"
	stop_pid "$PID/nginx"
	for part in $PARTS; do stop_pid "$PID/$part" 35 & done
	wait
	if [ -e "$DIR/db" ]; then ops/dev/db.sh stop "$DIR/db"; fi
	case $POOL_RUN_DIR in "$DIR"/*) ;; *) rm -rf "$POOL_RUN_DIR" ;; esac
}
# Whoever presses Ctrl-C twice must not be left with half a house.
down_quietly() {
	trap '' HUP INT TERM
	down > /dev/null 2>&1 || true
}

addresses() {
	echo
	echo "Poolhouse is open."
	echo "  site      http://localhost:$PORT"
	echo "  mailbox   http://localhost:$MAIL_PORT   (every letter the house sends)"
	echo "  payments  http://localhost:$STRIPE_PORT   (plays Stripe and the banks; card 4242 4242 4242 4242)"
	echo "  health    http://127.0.0.1:$PRIVATE_PORT/readyz, /metrics"
	if [ -s "$DIR/demo.json" ]; then node ops/dev/demo.mjs --print "$DIR/demo.json" "$PORT" "$MAIL_PORT"; fi
	companies
	echo
}
# Ten at most; the demonstration company has said its own.
companies() {
	local shown=
	[ ! -s "$DIR/demo.json" ] || shown=demo
	"$BIN/poolctl" tenants list | awk -v port="$PORT" -v shown="$shown" '
		$3 != "live" || $2 == shown { next }
		++n <= 10 { at = "http://" $2 ".localhost:" port; print "  company   " at "/   technicians " at "/tech/   customers " at "/portal/" }
		END { if (n > 10) print "  and " n - 10 " more: build/poolctl tenants list" }'
}

# One readable log: every line of every part, with the part's name before it.
follow() {
	tail --pid=$$ -n +1 -F "$LOG"/{init,demo,web,auth,jobs,spares,mailbox,stripe,nginx}.log -v 2> /dev/null | awk '
		/^==> .* <==$/ { part = $2; sub(/.*\//, "", part); sub(/\.log$/, "", part); next }
		NF { printf "%-8s| %s\n", part, $0; fflush() }'
}

run() {
	up
	trap 'down_quietly' EXIT
	trap 'exit 130' HUP TERM
	# Ctrl-C is how a developer says good night: not an error.
	trap 'echo; echo "stopping ..."; exit 0' INT
	addresses
	follow &
	local part tail=$!
	trap 'kill $tail 2> /dev/null; down_quietly' EXIT
	while part=$(all_alive); do sleep 1; done
	sleep 1
	echo "poolhouse: $part has ended; the house is closed (log: $LOG/$part.log)" >&2
	exit 1
}

case ${1:-} in run | up) refuse_twice ;; esac
settings
case ${1:-} in
run) run ;;
up) up; addresses; demo_fills; echo "make down stops it; the logs are in build/run/$NAME/log" ;;
down) down; echo "poolhouse: stopped" ;;
status)
	if part=$(all_alive); then addresses; else die "$part is not running"; fi
	;;
env) # eval "$(ops/dev/house.sh env)", then build/poolctl speaks to this house
	if own_database; then POOL_DB_SOCKET=$(ops/dev/db.sh socket "$DIR/db") && export POOL_DB_SOCKET; fi
	export -p | grep ' POOL_'
	;;
*) die "usage: house.sh run|up|down|status|env" ;;
esac
