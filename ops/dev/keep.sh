#!/usr/bin/env bash
# keep.sh command... -- start it again when it ends, as systemd's Restart= would; TERM ends both, HUP is passed on.
child=
trap 'kill -TERM $child 2> /dev/null; wait $child; exit 0' TERM INT
trap 'kill -HUP $child 2> /dev/null' HUP
while :; do
	"$@" &
	child=$!
	while kill -0 $child 2> /dev/null; do wait $child; done # a signal ends the wait, not the child
	sleep 1 &
	wait $!
done
