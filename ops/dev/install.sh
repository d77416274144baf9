#!/usr/bin/env bash
# install.sh [purpose...] -- install the Debian packages of ops/packages.txt that are missing, nothing else.
# No purpose: build, web and run. Asks for sudo only if it is needed and we are not root.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- build web run

wanted=$(awk -v purposes=" $* " '
	{ sub(/[ \t]*#.*/, "") }
	/^\[/ { gsub(/[][]/, ""); on = index(purposes, " " $1 " "); next }
	on && NF { print $1, $2 }' ops/packages.txt)

missing=()
while read -r package command; do
	[ -n "$package" ] || continue
	if [ -n "$command" ] && command -v "$command" > /dev/null; then continue; fi
	# Some of these programs live where an ordinary user's PATH does not look.
	if [ -n "$command" ] && { [ -x "/usr/sbin/$command" ] || [ -x "/sbin/$command" ]; }; then continue; fi
	if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null)" = installed ]; then continue; fi
	missing+=("$package")
done <<< "$wanted"

# nginx wants its own folder even if it is given another (its module nchan does); it is made at the first start as root,
# which we do not let happen.
body=/var/lib/nginx/body
bodiless() { [ -d /var/lib/nginx ] && [ ! -e $body ]; }

if [ ${#missing[@]} -eq 0 ] && ! bodiless; then exit 0; fi
[ ${#missing[@]} -eq 0 ] || echo "install: ${missing[*]}"

as_root=()
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo > /dev/null || {
		echo "install: something is missing and there is no sudo; as root, run:" >&2
		[ ${#missing[@]} -eq 0 ] || echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
		echo "  install -d -o www-data -m 700 $body" >&2
		exit 1
	}
	as_root=(sudo)
fi

install_missing() {
	# Servers of these packages must not start by themselves (nginx would take port 80): while we install, and
	# only if nobody has set a policy already, the policy says no.
	policy=/usr/sbin/policy-rc.d
	if [ ! -e $policy ]; then
		printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy > /dev/null
		"${as_root[@]}" chmod 755 $policy
		trap '"${as_root[@]}" rm -f $policy' EXIT
	fi

	apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" < /dev/null; }
	# The package lists are fetched only if apt does not know a package, or its copy is gone from the mirror.
	known() { apt-get -q -s --no-install-recommends install "${missing[@]}" > /dev/null 2>&1; }
	known || apt update
	apt install --no-install-recommends "${missing[@]}" || {
		apt update
		apt install --no-install-recommends "${missing[@]}"
	}
}

if [ ${#missing[@]} -gt 0 ]; then install_missing; fi
if bodiless; then "${as_root[@]}" install -d -o www-data -m 700 $body; fi
