/*
 * tenancy/slug.c -- the company's part of its address: which ones may be, and one from a name.
 */
#include "tenancy/tenant.h"

/* Names that are ours, that mail and browsers treat specially, or that would mislead. Sorted. */
static const char *const reserved[] = {"about", "abuse", "account", "accounts", "admin",
    "administrator", "api", "app", "apps", "assets", "auth", "autoconfig", "autodiscover", "backup",
    "billing", "blog", "cdn", "community", "contact", "control", "dashboard", "demo-site", "dev",
    "developer", "dns", "docs", "email", "example", "export", "files", "forum", "ftp", "health",
    "help", "host", "hostmaster", "imap", "info", "invite", "isatap", "jobs", "legal", "live",
    "local", "localhost", "login", "logout", "mail", "mailbox", "master", "media", "metrics",
    "mobile", "mta-sts", "mx", "news", "noreply", "no-reply", "ns1", "ns2", "office", "operator",
    "owner", "payment", "payments", "pool", "poolhouse", "pop", "portal", "postmaster", "press",
    "pricing", "private", "proxy", "public", "register", "root", "sales", "security", "server",
    "signin", "signup", "site", "smtp", "spare", "staff", "staging", "static", "stats", "status",
    "support", "system", "tech", "technician", "test", "tls", "tunnel", "vpn", "web", "webhook",
    "webhooks", "webmail", "webmaster", "wpad", "www"};

/* The form of a company says nothing in an address. Compared without dots, at the end of the name
 * only. */
static const char *const legal_forms[] = {"llc", "inc", "ltd", "corp", "co", "company", "lp", "llp",
    "pllc", "limited", "incorporated", "corporation", "sa", "sl", "srl", "gmbh", "ug"};

static bool slug_reserved(struct str slug);
static char letter_plain(const unsigned char *p, size_t n, size_t *used);
static struct str words_join(struct arena *a, struct str name);
static struct str form_cut(struct str slug);

enum err
tenant_slug_check(struct str slug, struct fault *f)
{
	if (slug.n < 3)
		return fail(f, E_INVALID, "slug", "An address has at least 3 letters.");
	if (slug.n > SLUG_MAX)
		return fail(f, E_INVALID, "slug", "An address has at most %d letters.", SLUG_MAX);
	for (size_t i = 0; i < slug.n; i++) {
		char c = slug.p[i];
		bool letter = c >= 'a' && c <= 'z';
		bool digit = c >= '0' && c <= '9';

		if (!letter && !digit && c != '-')
			return fail(f, E_INVALID, "slug",
			    "An address is made of the letters a to z, digits and hyphens.");
		if (i == 0 && !letter)
			return fail(f, E_INVALID, "slug", "An address begins with a letter.");
		if (c == '-' && (i + 1 == slug.n || slug.p[i + 1] == '-'))
			return fail(f, E_INVALID, "slug",
			    "A hyphen in an address stands alone between two letters or digits.");
	}
	if (slug_reserved(slug))
		return fail(f, E_INVALID, "slug", "This address is reserved.");
	return OK;
}

struct str
tenant_slug_suggest(struct arena *a, struct str company)
{
	struct str slug = form_cut(words_join(a, company));

	if (slug.n > 0 && slug.p[0] >= '0' && slug.p[0] <= '9')
		slug = str_printf(a, "pools-%.*s", STR_ARG(slug));
	if (slug.n == 0)
		slug = STR("my-pools");
	if (slug.n < 3 || slug_reserved(slug))
		slug = str_printf(a, "%.*s-pools", STR_ARG(slug));
	if (slug.n > SLUG_MAX) {
		slug.n = SLUG_MAX;
		/* Better a whole word less than half a word more, if that leaves most of it. */
		size_t end = slug.n;
		while (end > SLUG_MAX / 2 && slug.p[end - 1] != '-')
			end--;
		if (slug.p[end - 1] == '-')
			slug.n = end - 1;
		while (slug.n > 0 && slug.p[slug.n - 1] == '-')
			slug.n--;
	}
	return str_copy(a, slug);
}

static bool
slug_reserved(struct str slug)
{
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (str_eq(slug, str_of(reserved[i])))
			return true;
	return false;
}

/*
 * letter_plain -- the letter or digit under the accent, '-' for what separates, 0 for what is left
 * out
 *
 * Two-byte letters U+00C0..U+00FF are mapped by a table; everything else beyond ASCII is left out
 * whole.
 */
static char
letter_plain(const unsigned char *p, size_t n, size_t *used)
{
	static const char latin[65] =
	    "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty";

	*used = 1;
	if (p[0] >= 'A' && p[0] <= 'Z')
		return (char)(p[0] - 'A' + 'a');
	if ((p[0] >= 'a' && p[0] <= 'z') || (p[0] >= '0' && p[0] <= '9'))
		return (char)p[0];
	if (p[0] == '.' || p[0] == '\'')
		return 0; /* "L.L.C." and "Bob's" are one word each */
	if (p[0] < 0x80)
		return '-';
	while (*used < n && (p[*used] & 0xC0) == 0x80)
		++*used;
	if (p[0] == 0xC3 && *used == 2)
		return latin[p[1] & 0x3F];
	if (p[0] == 0xE2 && *used == 3)
		return p[1] == 0x80 && p[2] == 0x99
			   ? 0
			   : '-'; /* a typographer's apostrophe; dashes, quotes */
	return 0;
}

static struct str
words_join(struct arena *a, struct str name)
{
	struct buf b = buf_open(a, 64, 256);
	const unsigned char *p = (const unsigned char *)name.p;
	char last = '-';

	for (size_t i = 0, used; i < name.n; i += used) {
		char c = letter_plain(p + i, name.n - i, &used);

		if (c == 0 || (c == '-' && last == '-'))
			continue;
		buf_char(&b, c);
		last = c;
	}
	struct str slug = buf_str(&b);
	if (slug.n > 0 && slug.p[slug.n - 1] == '-')
		slug.n--;
	return slug;
}

static struct str
form_cut(struct str slug)
{
	for (size_t i = 0; i < sizeof legal_forms / sizeof *legal_forms; i++) {
		struct str form = str_of(legal_forms[i]);

		if (slug.n > form.n + 3 && str_ends(slug, form) &&
		    slug.p[slug.n - form.n - 1] == '-')
			return str_sub(slug, 0, slug.n - form.n - 1);
	}
	return slug;
}
