#!/usr/bin/env bash
# keep.sh command... -- start it again when it ends, as systemd's Restart= would; TERM ends both.
child=
trap 'kill -TERM $child 2> /dev/null; wait $child; exit 0' TERM INT
while :; do
	"$@" &
	child=$!
	wait $child
	sleep 1 &
	wait $!
done
