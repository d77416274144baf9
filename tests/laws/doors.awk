# doors.awk -- each library has one door (house.md section 4, rule 4). Says one line per trespass.

BEGIN {
	door("mysql\\.h|errmsg\\.h|mysqld_error\\.h|mariadb/.*", "^sql/[a-z_]+\\.[ch]$")
	door("fcgiapp\\.h|fcgios\\.h|fcgi_.*", "^fcgi/(main|api/api|http/request(_fcgi)?)\\.[ch]$")
	door("jansson\\.h", "^fcgi/(http/shape(_read)?\\.c|remote/[a-z_]+\\.c|route/[a-z_]+\\.c)$")
	door("curl/.*", "^fcgi/remote/call\\.c$")
	door("sodium\\.h|sodium/.*", "^tenancy/(keys|credential)\\.c$")
	door("maxminddb\\.h", "^fcgi/http/session(_geo)?\\.c$")
	door("openssl/.*", "^tenancy/crypto\\.c$")
	door("qrencode\\.h", "^fcgi/acts/[a-z_]+\\.c$|^tenancy/[a-z_]+\\.c$|^fcgi/http/[a-z_]+\\.c$")
	door("cairo.*|pango.*", "^fcgi/press/paper\\.c$")
	door("gmime/.*", "^fcgi/press/mail\\.c$")
	door("resolv\\.h|arpa/nameser\\.h", "^fcgi/remote/names\\.c$")
	door("gd\\.h", "^fcgi/press/photo\\.c$")
	door("link\\.h", "^fcgi/jobs/jobs\\.c$")
	door("zlib\\.h|archive.*\\.h", "^tenancy/(export|import)[a-z_]*\\.c$")
	libc = "^(arpa/inet|assert|ctype|dirent|errno|fcntl|float|ftw|getopt|grp|inttypes|limits|math|netdb|netinet/.*|" \
	    "poll|pthread|pwd|sched|signal|spawn|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|" \
	    "strings|sys/.*|syslog|termios|time|unistd|wchar|linux/.*|sanitizer/.*|malloc|langinfo|locale)\\.h$"
}

function door(lib, where) {
	nd++
	library[nd] = "^(" lib ")$"
	file[nd] = where
}

/^[ \t]*#[ \t]*include[ \t]*</ {
	lib = $0
	sub(/^[^<]*</, "", lib)
	sub(/>.*$/, "", lib)
	if (lib ~ libc)
		next
	known = 0
	for (i = 1; i <= nd; i++)
		if (lib ~ library[i]) {
			known = 1
			if (FILENAME !~ file[i])
				printf "%s:%d: <%s> has another door: %s\n", FILENAME, FNR, lib, file[i]
			# one door: whoever came first keeps it, where the list leaves a choice
			if (library[i] ~ /qrencode/) {
				if (qr != "" && qr != FILENAME)
					printf "%s:%d: <%s> has its door in %s already\n", FILENAME, FNR, lib, qr
				qr = FILENAME
			}
		}
	if (!known)
		printf "%s:%d: <%s> has no door in tests/laws/doors.awk\n", FILENAME, FNR, lib
}
