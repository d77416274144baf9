#include "domain/access/domain.h"

static bool labels(struct str host);

enum err
domain_read(struct str typed, struct str house, struct arena *a, struct str *host, struct fault *f)
{
	struct str s = str_lower(a, str_trim(typed)), rest;

	if (str_starts(s, STR("https://")))
		s = str_sub(s, 8, s.n);
	else if (str_starts(s, STR("http://")))
		s = str_sub(s, 7, s.n);
	s = str_cut(s, '/', &rest);
	if (!labels(s))
		return fail(f, E_INVALID, "host", "This is not the name of a domain.");
	if (domain_below(s, house))
		return fail(f, E_INVALID, "host", "This name is the house's own.");
	*host = s;
	return OK;
}

/* Letters, digits and '-'; two labels at least; the last of letters, so that no address in numbers is one. */
static bool
labels(struct str host)
{
	size_t dots = 0, label = 0;
	bool letter = false;

	if (host.n < 4 || host.n > DOMAIN_HOST_MAX)
		return false;
	for (size_t i = 0; i < host.n; i++) {
		const char c = host.p[i];

		if (c == '.') {
			if (label == 0 || host.p[i - 1] == '-')
				return false;
			dots++;
			label = 0;
			letter = false;
		} else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && label > 0)) {
			if (++label > 63)
				return false;
			letter = letter || (c >= 'a' && c <= 'z');
		} else {
			return false;
		}
	}
	return dots > 0 && label > 1 && letter && host.p[host.n - 1] != '-';
}

bool
domain_below(struct str host, struct str house)
{
	if (str_eq(host, house))
		return true;
	return host.n > house.n + 1 && str_ends(host, house) && host.p[host.n - house.n - 1] == '.';
}

struct str
domain_record_name(struct arena *a, struct str host)
{
	return str_printf(a, "_poolhouse.%.*s", STR_ARG(host));
}

struct str
domain_record(struct arena *a, struct str proof)
{
	return str_printf(a, "poolhouse=%.*s", STR_ARG(proof));
}

bool
domain_says(struct str record, struct str proof)
{
	struct str value, name = str_cut(str_trim(record), '=', &value);

	return proof.n > 0 && str_eq(name, STR("poolhouse")) && str_eq(value, proof);
}

bool
domain_lapsed(int64_t seen_at, int64_t now)
{
	return now - seen_at >= DOMAIN_LOST_S;
}

bool
domain_has(struct str page)
{
	if (str_starts(page, STR("portal/")))
		return !str_starts(page, STR("portal/verify"));
	return str_eq(page, STR("book")) || str_starts(page, STR("book/")) || str_starts(page, STR("api/portal/bookings/"));
}
