#include "fcgi/http/request.h"

#include <stdint.h>

/* Spans into the environment; only what is percent-encoded is copied, decoded, into the arena. */

#define QUERY_MAX_BYTES 2048
#define COOKIE_MAX_BYTES 4096
#define HEADER_MAX_BYTES 1024
#define HOST_MAX_BYTES 253

static enum method method_of(struct str s);
static enum surface surface_of(struct str s);
static enum err read_path(struct str uri, struct arena *a, struct request *r, struct fault *f);
static enum err read_host(struct str host, struct arena *a, struct request *r, struct fault *f);
static enum err read_length(struct str length, struct request *r, struct fault *f);
static enum err read_headers(env_fn *env, void *ctx, struct request *r, struct fault *f);
static enum err decode(struct str in, bool plus, struct arena *a, struct str *out);
static int hex_digit(char c);
static bool segment_valid(struct str raw, struct str decoded);

static const char *const methods[METHODS] = {"?", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
static const char *const surfaces[SURFACES] = {
    "?", "office", "tech", "portal", "site", "auth", "hook", "private"};

const char *
method_name(enum method m)
{
	return (unsigned)m < METHODS ? methods[m] : methods[0];
}

const char *
surface_name(enum surface s)
{
	return (unsigned)s < SURFACES ? surfaces[s] : surfaces[0];
}

static enum method
method_of(struct str s)
{
	unsigned m;

	for (m = GET; m < METHODS; m++)
		if (str_eq(s, str_of(methods[m])))
			return (enum method)m;
	return 0;
}

static enum surface
surface_of(struct str s)
{
	unsigned k;

	for (k = OFFICE; k < SURFACES; k++)
		if (str_eq(s, str_of(surfaces[k])))
			return (enum surface)k;
	return 0;
}

enum err
request_parse(env_fn *env, void *ctx, struct arena *a, struct request *r, struct fault *f)
{
	struct str uri = str_of(env("DOCUMENT_URI", ctx)), query = str_of(env("QUERY_STRING", ctx));

	memset(r, 0, sizeof(*r));
	r->method = method_of(str_of(env("REQUEST_METHOD", ctx)));
	r->surface = surface_of(str_of(env("SURFACE", ctx)));
	if (r->surface == 0)
		return fail(f, E_NOT_FOUND, NULL, "There is nothing here.");
	if (uri.n == 0)
		uri = str_cut(str_of(env("REQUEST_URI", ctx)), '?', &(struct str){0});
	TRY(read_path(uri, a, r, f));
	TRY(query_parse(query, a, r->query, &r->queries, f));
	TRY(read_host(str_of(env("HTTP_HOST", ctx)), a, r, f));
	TRY(read_length(str_of(env("CONTENT_LENGTH", ctx)), r, f));
	r->https = str_eq(str_of(env("HTTPS", ctx)), STR("on"));
	return read_headers(env, ctx, r, f);
}

static enum err
read_path(struct str uri, struct arena *a, struct request *r, struct fault *f)
{
	struct str prefix = str_printf(a, "/api/%s/", surface_name(r->surface));

	if (str_starts(uri, prefix))
		r->path = str_sub(uri, prefix.n - 1, uri.n);
	else if (str_starts(uri, STR("/api/")))
		r->path = str_sub(uri, 4, uri.n);
	else
		r->path = uri;
	return path_split(r->path, a, r->segment, &r->segments, f);
}

static enum err
read_host(struct str host, struct arena *a, struct request *r, struct fault *f)
{
	struct str port;
	size_t i;
	bool last_is_dot = true;

	host = str_lower(a, str_cut(host, ':', &port));
	for (i = 0; i < port.n; i++)
		if (port.p[i] < '0' || port.p[i] > '9')
			return fail(f, E_INVALID, "host", "This address is not valid.");
	for (i = 0; i < host.n; i++) {
		char c = host.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';

		if (!letter && (c != '.' || last_is_dot))
			return fail(f, E_INVALID, "host", "This address is not valid.");
		last_is_dot = c == '.';
	}
	if (host.n == 0 || host.n > HOST_MAX_BYTES || last_is_dot || port.n > 5)
		return fail(f, E_INVALID, "host", "This address is not valid.");
	r->host = host;
	return OK;
}

static enum err
read_length(struct str length, struct request *r, struct fault *f)
{
	uint64_t n = 0;

	if (length.n > 0 && !str_u64(length, &n))
		return fail(
		    f, E_INVALID, "content_length", "The length of the request is not valid.");
	if (n > LETTER_POST_MAX)
		return fail(f, E_INVALID, "content_length", "The request is too large.");
	r->content_length = (size_t)n;
	return OK;
}

static enum err
read_headers(env_fn *env, void *ctx, struct request *r, struct fault *f)
{
	const struct {
		const char *variable, *name;
		struct str *to;
		size_t max;
	} table[] = {
		{"REMOTE_ADDR", "remote_addr", &r->remote_addr, 45},
		{"HTTP_COOKIE", "cookie", &r->cookie, COOKIE_MAX_BYTES},
		{"HTTP_ORIGIN", "origin", &r->origin, HEADER_MAX_BYTES},
		{"HTTP_SEC_FETCH_SITE", "sec_fetch_site", &r->fetch_site, HEADER_MAX_BYTES},
		{"CONTENT_TYPE", "content_type", &r->content_type, HEADER_MAX_BYTES},
		{"HTTP_ACCEPT_LANGUAGE", "accept_language", &r->accept_language, HEADER_MAX_BYTES},
		{"HTTP_USER_AGENT", "user_agent", &r->user_agent, HEADER_MAX_BYTES},
		{"HTTP_IF_NONE_MATCH", "if_none_match", &r->if_none_match, HEADER_MAX_BYTES},
		{"HTTP_IDEMPOTENCY_KEY", "idempotency_key", &r->idempotency_key, 255},
		{"REQUEST_ID", "request_id", &r->request_id, 64},
		{"HTTP_STRIPE_SIGNATURE", "stripe_signature", &r->signature, HEADER_MAX_BYTES},
		{"HTTP_X_TWILIO_SIGNATURE", "x_twilio_signature", &r->sms_signature, 100},
		{"HTTP_AUTHORIZATION", "authorization", &r->authorization, HEADER_MAX_BYTES},
		{"HTTP_X_POOLHOUSE", "x_poolhouse", &r->csrf, HEADER_MAX_BYTES},
	};
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		*table[i].to = str_of(env(table[i].variable, ctx));
		if (table[i].to->n > table[i].max)
			return fail(f, E_INVALID, table[i].name, "Must be at most %lld characters.",
			    (long long)table[i].max);
	}
	return OK;
}

enum err
path_split(struct str path, struct arena *a, struct str *segment, size_t *n, struct fault *f)
{
	struct str rest = path, raw, one;
	size_t count = 0;

	if (path.n == 0 || path.p[0] != '/' || path.n > PATH_MAX_BYTES)
		return fail(f, E_INVALID, "path", "This address is not valid.");
	rest = str_sub(path, 1, path.n);
	while (rest.p != NULL && (rest.n > 0 || count > 0)) {
		raw = str_cut(rest, '/', &rest);
		if (count == PATH_SEGMENTS || decode(raw, false, a, &one) != OK ||
		    !segment_valid(raw, one))
			return fail(f, E_INVALID, "path", "This address is not valid.");
		segment[count++] = one;
	}
	*n = count;
	return OK;
}

static bool
segment_valid(struct str raw, struct str decoded)
{
	size_t i;

	if (decoded.n == 0 || str_eq(decoded, STR(".")) || str_eq(decoded, STR("..")))
		return false;
	for (i = 0; i < decoded.n; i++) {
		unsigned char c = (unsigned char)decoded.p[i];

		if (c < 0x20 || c == 0x7f || c == '/' || c == '\\')
			return false;
	}
	return str_utf8(decoded, NULL) && raw.n >= decoded.n;
}

enum err
query_parse(struct str q, struct arena *a, struct pair *pair, size_t *n, struct fault *f)
{
	struct str rest = q, one, value;
	size_t count = 0;

	if (q.n > QUERY_MAX_BYTES)
		return fail(f, E_INVALID, "query", "This address is not valid.");
	while (rest.p != NULL && rest.n > 0) {
		struct pair p;

		one = str_cut(rest, '&', &rest);
		if (one.n == 0)
			continue;
		one = str_cut(one, '=', &value);
		if (count == QUERY_PAIRS || one.n == 0 || decode(one, true, a, &p.name) != OK ||
		    decode(value, true, a, &p.value) != OK)
			return fail(f, E_INVALID, "query", "This address is not valid.");
		pair[count++] = p;
	}
	*n = count;
	return OK;
}

/* decode -- percent-decoding (and + as a space, in queries); the result is UTF-8 without NUL */
static enum err
decode(struct str in, bool plus, struct arena *a, struct str *out)
{
	struct str done = in;
	size_t i;

	if (str_find(in, '%') < in.n || (plus && str_find(in, '+') < in.n)) {
		struct buf b = buf_open(a, in.n + 1, in.n + 1);

		for (i = 0; i < in.n; i++) {
			int high, low;

			if (in.p[i] == '+' && plus) {
				buf_char(&b, ' ');
			} else if (in.p[i] != '%') {
				buf_char(&b, in.p[i]);
			} else {
				high = in.n - i > 2 ? hex_digit(in.p[i + 1]) : -1;
				low = in.n - i > 2 ? hex_digit(in.p[i + 2]) : -1;
				if (high < 0 || low < 0)
					return E_INVALID;
				buf_char(&b, (char)(high << 4 | low));
				i += 2;
			}
		}
		done = buf_str(&b);
	}
	if (!str_utf8(done, NULL) || str_find(done, '\0') < done.n)
		return E_INVALID;
	*out = done;
	return OK;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

struct str
cookie_get(struct str header, struct str name)
{
	struct str rest = header;

	while (rest.p != NULL && rest.n > 0) {
		struct str value, one = str_cut(rest, ';', &rest);

		one = str_cut(str_trim(one), '=', &value);
		if (value.p != NULL && str_eq(one, name))
			return value;
	}
	return STR_NONE;
}

struct str
request_query(const struct request *r, struct str name)
{
	size_t i;

	for (i = 0; i < r->queries; i++)
		if (str_eq(r->query[i].name, name))
			return r->query[i].value;
	return STR_NONE;
}
