#!/usr/bin/env bash
# bare.sh [FOLDER] [run|test|all] -- does a stranger's bare Debian 12 run both commands? Makes one with debootstrap,
# clones this commit into it, installs nothing by hand, runs `make run` until it answers, then `make test`.
#
#   AS=dev    as an ordinary user with sudo instead of root       KEEP=1    keep the folder's packages for next time
# Needs root (debootstrap, chroot). Mounts and processes live in namespaces of their own and end with the script.
set -euo pipefail
cd "$(dirname "$0")/.."
bare=${1:-build/bare} what=${2:-all}
: "${AS:=root}" "${PORT:=21790}"
[ "$(id -u)" -eq 0 ] || { echo "bare.sh: debootstrap and chroot need root" >&2; exit 1; }
command -v debootstrap > /dev/null || ops/dev/install.sh long
mkdir -p "$bare"
bare=$(cd "$bare" && pwd)

# This machine's own Debian mirrors, without any other source it may have.
suites=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(CODENAME) $(SUITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
	awk '$1 == "Debian" && !seen[$2 $5 $6]++ { print "deb", $2, $5, $6 }')
mirror=$(awk '$3 == "bookworm" { print $2; exit }' <<< "$suites")
[ -n "$mirror" ] || { echo "bare.sh: no Debian bookworm among this machine's apt sources" >&2; exit 1; }

if [ ! -e "$bare/made" ]; then
	rm -rf "$bare"
	mkdir -p "$bare"
	debootstrap --variant=minbase bookworm "$bare" "$mirror" > "$bare.log" 2>&1 || { tail -n 5 "$bare.log" >&2; exit 1; }
	echo "$suites" > "$bare/etc/apt/sources.list"
	chroot "$bare" apt-get -q update > /dev/null
	touch "$bare/made"
fi
cp /etc/resolv.conf "$bare/etc/resolv.conf"
printf '127.0.0.1 localhost\n' > "$bare/etc/hosts"

# A network that inspects TLS has a bundle of its own: Node is given what this machine's Node was given.
given=()
for name in NODE_EXTRA_CA_CERTS npm_config_cafile; do
	bundle=${!name:-}
	if [ -z "$bundle" ] && [ $name = npm_config_cafile ]; then bundle=${NODE_EXTRA_CA_CERTS:-}; fi
	[ -n "$bundle" ] && [ -f "$bundle" ] || continue
	cp "$bundle" "$bare/opt/$name.crt"
	given+=("$name=/opt/$name.crt")
done

home=/root
if [ "$AS" != root ]; then
	chroot "$bare" sh -c "apt-get -q -y install --no-install-recommends sudo > /dev/null
		id $AS > /dev/null 2>&1 || useradd -m -s /bin/bash $AS; echo '$AS ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/$AS
		echo 'Defaults env_keep += \"NODE_EXTRA_CA_CERTS npm_config_cafile\"' >> /etc/sudoers.d/$AS"
	home=/home/$AS
fi
rm -rf "$bare$home/poolhouse"
git clone -q --no-local --depth 1 "file://$PWD" "$bare$home/poolhouse"
# The one thing a stranger has before the two commands: make (with git, they cloned).
chroot "$bare" sh -c 'command -v make > /dev/null || apt-get -q -y install --no-install-recommends make > /dev/null'
chroot "$bare" chown -R "$AS" "$home/poolhouse"

cat > "$bare/opt/stranger.sh" << END
#!/bin/bash
set -eu
cd ~/poolhouse
export PATH=/usr/local/bin:/usr/bin:/bin ${given[*]:-}
[ \$(id -u) -ne 0 ] || PATH=\$PATH:/usr/sbin:/sbin
if [ $what != test ]; then
	echo "bare: make run"
	make run PORT=$PORT ${DEMO:+DEMO=$DEMO} > /tmp/run.log 2>&1 &
	run=\$!
	for second in \$(seq 1200); do
		if (exec 3<> /dev/tcp/127.0.0.1/$PORT) 2> /dev/null && grep -q 'Poolhouse is open' /tmp/run.log; then break; fi
		kill -0 \$run 2> /dev/null || { tail -n 60 /tmp/run.log; echo "bare: make run ended"; exit 1; }
		sleep 1
	done
	exec 3<> /dev/tcp/127.0.0.1/$PORT
	printf 'GET / HTTP/1.1\r\nHost: localhost:$PORT\r\nConnection: close\r\n\r\n' >&3
	head -n 1 <&3
	tail -n 40 /tmp/run.log
	kill -TERM \$run
	wait \$run || true
	if (exec 3<> /dev/tcp/127.0.0.1/$PORT) 2> /dev/null; then echo "bare: port $PORT is still open after the end"; exit 1; fi
	echo "bare: make run answered after \$second s and stopped"
fi
if [ $what != run ]; then
	echo "bare: make test"
	make test TEST_PORT=21794
fi
END
chmod 755 "$bare/opt/stranger.sh"

unshare --mount --pid --ipc --fork --kill-child bash -c '
	set -e
	mount --make-rprivate /
	mount -t proc proc "$1/proc"
	mount --rbind /dev "$1/dev"
	mount -t tmpfs tmpfs "$1/tmp"
	mount -t tmpfs -o size=1g tmpfs "$1/dev/shm"
	exec chroot "$1" su - "$2" -c /opt/stranger.sh' bare "$bare" "$AS"
[ "${KEEP:-0}" = 1 ] || rm -rf "$bare"
