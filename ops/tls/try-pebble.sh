#!/usr/bin/env bash
# try-pebble.sh -- try production's certificates without the outside: Debian's pebble plays the certificate
# authority, certbot asks it over renew.conf's port 80, nginx then opens its TLS doors with what it got.
# Prints TAP. Everything lives in one temporary folder and ends with the script.
set -uo pipefail
cd "$(dirname "$0")/../.."
PATH=$PATH:/usr/sbin:/sbin
dir=$(mktemp -d)
: "${TEST_PORT:=21760}"
HTTP=$TEST_PORT TLS=$((TEST_PORT + 1)) ACME=$((TEST_PORT + 2)) DNS=$((TEST_PORT + 3)) ADMIN=$((TEST_PORT + 4)) PRIVATE=$((TEST_PORT + 5))
DOMAIN=poolhouse.example
pids=()
trap 'kill "${pids[@]}" 2> /dev/null; wait 2> /dev/null; rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
n=0 bad=0
check() { # SENTENCE COMMAND...
	local sentence=$1
	shift
	n=$((n + 1))
	if "$@" > "$dir/out" 2>&1; then echo "ok $n - $sentence"; else
		bad=1
		echo "not ok $n - $sentence"
		sed 's/^/# /' "$dir/out" | tail -n 20
	fi
}
listening() { for _ in $(seq 50); do (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null && return 0; sleep 0.1; done; return 1; }

# The authority's own certificate, so that certbot may check whom it talks to.
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
	-keyout "$dir/ca.key" -out "$dir/ca.pem" 2> /dev/null
cat > "$dir/pebble.json" << END
{"pebble": {"listenAddress": "127.0.0.1:$ACME", "managementListenAddress": "127.0.0.1:$((TEST_PORT + 6))",
  "certificate": "$dir/ca.pem", "privateKey": "$dir/ca.key", "httpPort": $HTTP, "tlsPort": $TLS,
  "ocspResponderURL": "", "externalAccountBindingRequired": false}}
END
pebble-challtestsrv -management "127.0.0.1:$ADMIN" -dns01 "127.0.0.1:$DNS" -http01 "" -https01 "" -tlsalpn01 "" \
	-defaultIPv4 127.0.0.1 -defaultIPv6 "" > "$dir/dns.log" 2>&1 &
pids+=($!)
# Nothing by chance: if it is not told otherwise, it refuses some nonces and takes some old proofs for new ones.
PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=0 PEBBLE_AUTHZREUSE=0 pebble -config "$dir/pebble.json" -dnsserver "127.0.0.1:$DNS" > "$dir/pebble.log" 2>&1 &
pids+=($!)
check "the authority listens" listening "$ACME"

# The street of production, with its ports moved up and no certificate yet: only port 80 is open.
mkdir -p "$dir/acme" "$dir/web/site" "$dir/street" "$dir/live"
echo "<p>poolhouse" > "$dir/web/site/index.html"
fill() {
	DOMAIN=$DOMAIN STATE=$dir LOG=stderr ACCESS=off ACME=$dir/acme WEB=$dir/web RUN=$dir PORT=$TLS HTTP_PORT=$HTTP PRIVATE_PORT=$PRIVATE NGINX_USER=$(id -un) \
		CERTIFICATE=$dir/live/fullchain.pem CERTIFICATE_KEY=$dir/live/privkey.pem ops/nginx.sh production "$dir/street"
	sed -i -e 's/listen \([0-9]\)/listen 127.0.0.1:\1/; s/127.0.0.1:127.0.0.1/127.0.0.1/; /listen \[::\]/d' "$dir"/street/*
}
fill
chmod -R a+rX "$dir"
sed -e '/^\tinclude \(site\|tenant\).conf/d' "$dir/street/nginx.conf" > "$dir/street/first.conf"
street() { nginx -e stderr -g 'daemon off;' -p "$dir" -c "$dir/street/$1" > "$dir/nginx.log" 2>&1 & }
street first.conf
pids+=($!)
first=$!
check "port 80 opens before there is a certificate" listening "$HTTP"

# A company's address is a name of its own: production asks for a wildcard by DNS, this trial names two.
check "certbot gets a certificate over the webroot" env REQUESTS_CA_BUNDLE="$dir/ca.pem" certbot certonly --webroot -w "$dir/acme" \
	--server "https://localhost:$ACME/dir" --config-dir "$dir/etc" --work-dir "$dir/work" --logs-dir "$dir/logs" \
	--non-interactive --agree-tos --register-unsafely-without-email --cert-name poolhouse -d $DOMAIN -d blue.$DOMAIN
cp -L "$dir"/etc/live/poolhouse/{fullchain,privkey}.pem "$dir/live/" 2> /dev/null
check "it names the site and the company" sh -c "openssl x509 -in $dir/live/fullchain.pem -noout -ext subjectAltName | grep -q 'DNS:$DOMAIN' &&
	openssl x509 -in $dir/live/fullchain.pem -noout -ext subjectAltName | grep -q 'DNS:blue.$DOMAIN'"

kill "$first" && wait "$first" 2> /dev/null
fill
check "nginx accepts production's configuration with it" nginx -t -e stderr -p "$dir" -c "$dir/street/nginx.conf"
street nginx.conf
pids+=($!)
check "the TLS door opens" listening "$TLS"
check "it serves the site over TLS, and says so for two years" sh -c "printf 'GET / HTTP/1.1\r\nHost: $DOMAIN\r\nConnection: close\r\n\r\n' |
	openssl s_client -quiet -connect 127.0.0.1:$TLS -servername $DOMAIN 2> /dev/null | tr -d '\r' > $dir/page
	grep -q '^HTTP/1.1 200' $dir/page && grep -qi '^strict-transport-security: max-age=63072000' $dir/page && grep -q poolhouse $dir/page"
check "TLS 1.2 is taken, 1.1 is refused" sh -c "openssl s_client -connect 127.0.0.1:$TLS -servername $DOMAIN -tls1_2 < /dev/null 2>&1 | grep -q 'Cipher is ECDHE-' &&
	! openssl s_client -connect 127.0.0.1:$TLS -servername $DOMAIN -tls1_1 < /dev/null 2>&1 | grep -q 'Cipher is ECDHE-'"
check "http moves to https" sh -c "bash -c 'exec 3<> /dev/tcp/127.0.0.1/$HTTP; printf \"GET /x HTTP/1.1\r\nHost: $DOMAIN\r\nConnection: close\r\n\r\n\" >&3; cat <&3' | grep -qi 'location: https://$DOMAIN/x'"
serial() { openssl x509 -in "$dir/etc/live/poolhouse/cert.pem" -noout -serial; }
before=$(serial 2> /dev/null)
env REQUESTS_CA_BUNDLE="$dir/ca.pem" certbot renew --force-renewal --config-dir "$dir/etc" --work-dir "$dir/work" --logs-dir "$dir/logs" \
	--non-interactive --no-random-sleep-on-renew --server "https://localhost:$ACME/dir" > "$dir/renew.log" 2>&1
renewed() { [ -n "$before" ] && [ "$before" != "$(serial 2> /dev/null)" ] || { cat "$dir/renew.log"; return 1; }; }
check "a renewal goes the same way and brings another certificate" renewed
echo "1..$n"
exit $bad
