#include "domain/messaging/dkim.h"

#include "domain/messaging/mail.h"

/* What a reader sees, and what an answer goes by; From twice, so that nobody adds another one. */
static const char *const signed_names[] = {"From", "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References",
	"MIME-Version", "Content-Type", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted", NULL};

static const struct mime_header *named(const struct mime_header *h, size_t n, const char *name);
static void relaxed(struct buf *b, const char *name, struct str value);
static struct str tag_of(struct str record, const char *tag);

struct str
dkim_body(struct str body)
{
	while (str_ends(body, STR("\r\n\r\n")))
		body = str_sub(body, 0, body.n - 2);
	return body;
}

static const struct mime_header *
named(const struct mime_header *h, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(str_of(h[i].name), str_of(name)))
			return &h[i];
	return NULL;
}

struct str
dkim_header(struct arena *a, const struct dkim *d, const struct mime_header *h, size_t n)
{
	struct buf b = buf_open(a, 512, 4096);
	bool first = true;

	buf_printf(&b, "v=1; a=rsa-sha256; c=relaxed/simple; d=%.*s; s=%.*s;\r\n t=%lld; bh=%.*s;\r\n h=", STR_ARG(d->domain),
	    STR_ARG(d->selector), (long long)d->at, STR_ARG(d->body_hash));
	for (const char *const *name = signed_names; *name != NULL; name++) {
		if (named(h, n, *name) == NULL)
			continue;
		buf_printf(&b, "%s%s", first ? "" : ":", *name);
		first = false;
	}
	buf_add(&b, STR(";\r\n b="));
	return buf_str(&b);
}

struct str
dkim_text(struct arena *a, struct str header, const struct mime_header *h, size_t n)
{
	struct buf b = buf_open(a, 2048, 64 * 1024);
	bool from = false;

	for (const char *const *name = signed_names; *name != NULL; name++) {
		const struct mime_header *one = named(h, n, *name);

		/* The second From of the list stands for none: RFC 6376, 5.4.2. */
		if (one == NULL || (from && strcmp(*name, "From") == 0))
			continue;
		from = from || strcmp(*name, "From") == 0;
		relaxed(&b, *name, one->value);
		buf_add(&b, STR("\r\n"));
	}
	relaxed(&b, "DKIM-Signature", header);
	return buf_str(&b);
}

/* RFC 6376, 3.4.2: a small name, one line, one blank for many, none at the ends. */
static void
relaxed(struct buf *b, const char *name, struct str value)
{
	bool space = true;

	buf_add(b, str_lower(b->a, str_of(name)));
	buf_char(b, ':');
	value = str_trim(value);
	for (size_t i = 0; i < value.n; i++) {
		const char c = value.p[i];

		if (c == '\r' || c == '\n')
			continue;
		if (c == ' ' || c == '\t') {
			if (!space)
				buf_char(b, ' ');
			space = true;
		} else {
			buf_char(b, c);
			space = false;
		}
	}
}

struct str
dkim_record(struct arena *a, struct str public_key)
{
	return str_printf(a, "v=DKIM1; k=rsa; p=%.*s", STR_ARG(public_key));
}

static struct str
tag_of(struct str record, const char *tag)
{
	struct str rest = record;

	while (rest.n > 0) {
		struct str value, one = str_cut(rest, ';', &rest), name = str_cut(one, '=', &value);

		if (str_eq(str_trim(name), str_of(tag)))
			return str_trim(value);
	}
	return STR("");
}

/* Blanks inside of a key are none: pages that take records put them there. */
bool
dkim_says(struct arena *a, struct str record, struct str public_key)
{
	const struct str p = tag_of(record, "p"), v = tag_of(record, "v"), k = tag_of(record, "k");
	struct buf b = buf_open(a, p.n + 1, 4096);

	for (size_t i = 0; i < p.n; i++)
		if (p.p[i] != ' ' && p.p[i] != '\t' && p.p[i] != '"')
			buf_char(&b, p.p[i]);
	return (v.n == 0 || str_eq(v, STR("DKIM1"))) && (k.n == 0 || str_eq(k, STR("rsa"))) && public_key.n > 0 && str_eq(buf_str(&b), public_key);
}

bool
dkim_domain(struct str domain)
{
	size_t dots = 0, label = 0;

	if (domain.n < 4 || domain.n > 200)
		return false;
	for (size_t i = 0; i < domain.n; i++) {
		const char c = domain.p[i];

		if (c == '.') {
			if (label == 0 || domain.p[i - 1] == '-')
				return false;
			dots++;
			label = 0;
		} else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && label > 0)) {
			if (++label > 63)
				return false;
		} else {
			return false;
		}
	}
	return dots > 0 && label > 1 && domain.p[domain.n - 1] != '-';
}
