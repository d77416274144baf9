#!/usr/bin/env bash
# nginx.sh dev|production FOLDER -- fill the words of nginx/*.conf and *.inc and write the result to FOLDER.
# Settings come from the environment (defaults below); nothing is restarted here.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -eq 2 ] || { echo "usage: nginx.sh dev|production FOLDER" >&2; exit 2; }
mode=$1 out=$2
mkdir -p "$out"
out=$(cd "$out" && pwd)

case $mode in
dev)
	: "${DOMAIN:=localhost}" "${PORT:=8080}" "${SITE:=http://$DOMAIN:$PORT/}" "${PRIVATE_PORT:=8083}" "${WORKERS:=2}"
	: "${STATE:=$out}" "${RUN:=$out}" "${LOG:=stderr}" "${ACCESS:=off}" "${AUTH_RATE:=200r/s}" "${API_RATE:=2000r/s}"
	;;
production)
	: "${DOMAIN:?the domain of the site, for example poolhouse.example}"
	: "${PORT:=443}" "${SITE:=https://$DOMAIN/}" "${HTTP_PORT:=80}" "${PRIVATE_PORT:=9180}" "${WORKERS:=auto}" "${STATE:=/var/lib/nginx}" "${RUN:=/run/poolhouse}"
	: "${LOG:=/var/log/nginx/error.log}" "${ACCESS:=/var/log/nginx/poolhouse.log logfmt}"
	: "${AUTH_RATE:=40r/m}" "${API_RATE:=50r/s}"
	;;
*) echo "nginx.sh: dev or production, not $mode" >&2; exit 2 ;;
esac
# TILES: where pictures of streets come from, as an origin (https://tiles.example); empty: nowhere. The same host as tiles_url.
: "${TILES:=}"
[[ -z $TILES || $TILES =~ ^https://[A-Za-z0-9.-]+(:[0-9]+)?$ ]] || { echo "nginx.sh: TILES is an origin like https://tiles.example" >&2; exit 2; }
: "${WEB:=$PWD/web/dist}" "${FILES:=/var/lib/poolhouse/files}" "${ACME:=/var/lib/poolhouse/acme}" "${NGINX_USER:=}"
: "${CERTIFICATE:=/etc/letsencrypt/live/$DOMAIN/fullchain.pem}"
: "${CERTIFICATE_KEY:=/etc/letsencrypt/live/$DOMAIN/privkey.pem}"

for file in nginx/*.conf nginx/*.inc; do
	sed -e "s|@DOMAIN@|$DOMAIN|g; s|@PORT@|$PORT|g; s|@HTTP_PORT@|${HTTP_PORT:-}|g; s|@PRIVATE@|$PRIVATE_PORT|g; s|@WORKERS@|$WORKERS|g" \
		-e "s|@STATE@|$STATE|g; s|@RUN@|$RUN|g; s|@WEB@|$WEB|g; s|@FILES@|$FILES|g; s|@LOG@|$LOG|g; s|@ACCESS@|$ACCESS|g" \
		-e "s|@SITE@|$SITE|g; s|@AUTH_RATE@|$AUTH_RATE|g; s|@API_RATE@|$API_RATE|g; s|@ACME@|$ACME|g" \
		-e "s|@CERTIFICATE@|$CERTIFICATE|g; s|@CERTIFICATE_KEY@|$CERTIFICATE_KEY|g" \
		-e "s|@TILES@|${TILES:+ $TILES}|g" \
		-e "s|^@USER@\$|${NGINX_USER:+user $NGINX_USER;}|" \
		"$file" > "$out/$(basename "$file")"
done
if [ "$mode" = dev ]; then
	mv "$out/plain.inc" "$out/door.inc"
	sed -e 's/^listen \(.*\);/listen \1 default_server;/' "$out/door.inc" > "$out/door-default.inc"
	echo "# plain http: nothing to promise" > "$out/door-headers.inc"
	mv "$out/dev.conf" "$out/nginx.conf"
	rm -f "$out/tls.inc" "$out/tls-own.inc" "$out/renew.conf"
else
	mv "$out/tls.inc" "$out/door.inc"
	mkdir -p "$out/domains"
	sed -e '/^include tls-own.inc;/d' "$out/door.inc" > "$out/door-default.inc"
	sed -e 's/^listen \(.*\);/listen \1 default_server;/' "$out/tls-own.inc" >> "$out/door-default.inc"
	echo 'add_header Strict-Transport-Security $promised always;' > "$out/door-headers.inc"
	rm -f "$out/plain.inc" "$out/dev.conf"
fi
! grep -n '@[A-Z_]*@' "$out"/*.conf "$out"/*.inc || { echo "nginx.sh: a word was not filled in" >&2; exit 1; }
