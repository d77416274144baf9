#include "domain/messaging/push.h"

static bool host_good(struct str host);

bool
push_own(struct str url, struct str own)
{
	return own.n > 0 && str_starts(url, own) &&
	    (own.p[own.n - 1] == '/' || url.n == own.n || url.p[own.n] == '/');
}

bool
push_address(struct str url, struct str own, struct str *origin)
{
	const size_t scheme = str_starts(url, STR("https://")) ? 8 : str_starts(url, STR("http://")) ? 7 : 0;
	struct str host, path;

	if (scheme == 0 || url.n > PUSH_ADDRESS_MAX)
		return false;
	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] <= ' ' || url.p[i] >= 0x7f || url.p[i] == '"' || url.p[i] == '\\')
			return false;
	host = str_cut(str_sub(url, scheme, url.n), '/', &path);
	*origin = str_sub(url, 0, scheme + host.n);
	if (push_own(url, own))
		return true;
	if (str_ends(host, STR(":443")))
		host.n -= 4;
	return scheme == 8 && path.n > 0 && host_good(host);
}

/* A name with a dot, whose last part is no number; no user, no port, no brackets. */
static bool
host_good(struct str host)
{
	size_t dots = 0, last = 0;

	for (size_t i = 0; i < host.n; i++) {
		const char c = host.p[i];

		if (c == '.') {
			dots++;
			last = i + 1;
		} else if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
			return false;
		}
	}
	return dots > 0 && last < host.n && host.p[last] >= 'a' && host.p[last] <= 'z';
}
