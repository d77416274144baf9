#include "fcgi/http/reply.h"

#include "fcgi/http/router.h"
#include "tenancy/keys.h"

#define BODY_FIRST 2048
#define ETAG_BYTES 16

static enum err
reply_json(const struct call *c, int status, const struct shape *s, const void *out);
static enum err reply_table(const struct call *c, const void *page);
static enum err tagged(struct reply *r, struct str tag);
static bool is_token(struct str s);
static bool is_printable(struct str s);
static enum err add_header(struct reply *r, const char *name, struct str value);
static struct str header_value(const struct reply *r, const char *name);
static unsigned retry_after_s(const struct fault *f);

static const int statuses[ERR_COUNT] = {
	[OK] = 200,
	[E_INVALID] = 422,
	[E_SIGNED_OUT] = 401,
	[E_FORBIDDEN] = 403,
	[E_NOT_FOUND] = 404,
	[E_STALE] = 409,
	[E_LIMIT] = 429,
	[E_RETRY] = 503,
	[E_AWAY] = 503,
	[E_BUG] = 500,
};

static const struct {
	int status;
	const char *reason;
} reasons[] = {
	{200, "OK"}, {201, "Created"}, {204, "No Content"}, {304, "Not Modified"},
	{401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"}, {405, "Method Not Allowed"},
	{409, "Conflict"}, {422, "Unprocessable Content"}, {429, "Too Many Requests"},
	{500, "Internal Server Error"}, {503, "Service Unavailable"},
};

int
err_status(enum err e)
{
	return (unsigned)e < ERR_COUNT ? statuses[e] : 500;
}

enum err
reply_shape(const struct call *c, const struct shape *s, const void *out)
{
	struct reply *r = c->reply;
	uint8_t hash[HASH_BYTES];

	if (c->columns != NULL)
		return reply_table(c, out);
	TRY(reply_json(c, 200, s, out));
	hash32(r->body.p, r->body.n, hash);
	return tagged(r, str_printf(r->arena, "\"%.*s\"", STR_ARG(str_base64url(r->arena, hash, ETAG_BYTES))));
}

enum err
reply_version(const struct call *c, const struct shape *s, const void *out, struct str tag)
{
	TRY(reply_json(c, 200, s, out));
	return tagged(c->reply, tag);
}

static enum err
tagged(struct reply *r, struct str tag)
{
	TRY(reply_header(r, "ETag", tag));
	return reply_header(r, "Cache-Control", STR("private, no-cache"));
}

/* Called like its door: "/customers/:id/changes.csv" is "changes.csv". */
static enum err
reply_table(const struct call *c, const void *page)
{
	const struct request *r = c->request;
	struct str csv, next;

	TRY(shape_csv(c->work, c->columns, page, &csv, &next));
	if (next.n > 0)
		TRY(reply_header(c->reply, "X-Next", next));
	return reply_file(c, CSV_TYPE, str_copy(c->work->arena, r->segment[r->segments - 1]).p, csv);
}

enum err
reply_stream(const struct call *c, struct str channel)
{
	struct reply *r = c->reply;

	TRY(reply_header(r, "X-Accel-Redirect", str_printf(r->arena, "/streams/%.*s", STR_ARG(channel))));
	r->status = 200;
	r->content_type = "text/event-stream";
	r->body = STR("");
	return OK;
}

bool
reply_same(const struct call *c, struct str tag)
{
	struct reply *r = c->reply;

	if (tagged(r, tag) != OK)
		return false;
	r->status = 200;
	reply_not_modified(r, c->request->if_none_match);
	if (r->status == 304)
		return true;
	r->status = 0;
	return false;
}

enum err
reply_created(const struct call *c, const struct shape *s, const void *out)
{
	return reply_json(c, 201, s, out);
}

enum err
reply_nothing(const struct call *c)
{
	c->reply->status = 204;
	c->reply->body = STR_NONE;
	c->reply->content_type = NULL;
	return OK;
}

static enum err
reply_json(const struct call *c, int status, const struct shape *s, const void *out)
{
	struct reply *r = c->reply;
	struct buf b = buf_open(r->arena, BODY_FIRST, REPLY_BODY_MAX);

	shape_write(s, out, &b);
	if (b.full)
		return E_BUG;
	r->status = status;
	r->content_type = "application/json";
	r->body = buf_str(&b);
	return OK;
}

enum err
reply_file(const struct call *c, const char *content_type, const char *filename, struct str body)
{
	struct reply *r = c->reply;

	if (body.n > REPLY_BODY_MAX || !is_printable(str_of(content_type)))
		return E_BUG;
	if (filename != NULL) {
		struct str name = str_of(filename);

		if (str_find(name, '"') < name.n || str_find(name, '\\') < name.n)
			return E_BUG;
		TRY(reply_header(r, "Content-Disposition",
		    str_printf(r->arena, "attachment; filename=\"%s\"", filename)));
	}
	r->status = 200;
	r->content_type = content_type;
	r->body = body;
	return OK;
}

/* RFC 6266: the name in UTF-8, each byte but letters and digits as its number, so that no name breaks the line. */
enum err
reply_carried(const struct call *c, const char *content_type, bool download, struct str name, struct str path)
{
	struct reply *r = c->reply;
	struct buf b = buf_open(r->arena, 128, 4096);

	buf_printf(&b, "%s; filename*=UTF-8''", download ? "attachment" : "inline");
	for (size_t i = 0; i < name.n; i++) {
		unsigned char byte = (unsigned char)name.p[i];
		bool letter = (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte == '-' || byte == '.';

		buf_printf(&b, letter ? "%c" : "%%%02X", byte);
	}
	TRY(reply_header(r, "Content-Disposition", buf_str(&b)));
	/* The bytes of an id never change; whoever lost the right to see them saw them already. */
	TRY(reply_header(r, "Cache-Control", STR("private, max-age=86400")));
	TRY(reply_header(r, "X-Accel-Redirect", str_printf(r->arena, "/carried/%.*s", STR_ARG(path))));
	r->status = 200;
	r->content_type = content_type;
	r->body = STR("");
	return OK;
}

enum err
reply_passing(const struct call *c, const char *content_type, struct str name, struct str path)
{
	TRY(reply_carried(c, content_type, true, name, path));
	return reply_header(c->reply, "Cache-Control", STR("no-store"));
}

enum err
reply_shown(const struct call *c, const char *page)
{
	TRY(reply_header(c->reply, "X-Accel-Redirect", str_printf(c->reply->arena, "/shown/%s", page)));
	c->reply->status = 200;
	c->reply->content_type = "text/html";
	c->reply->body = STR("");
	return OK;
}

enum err
reply_header(struct reply *r, const char *name, struct str value)
{
	unsigned i;

	if (!is_token(str_of(name)) || !is_printable(value))
		return E_BUG;
	for (i = 0; i < r->headers; i++)
		if (str_eq_nocase(str_of(r->header[i].name), str_of(name))) {
			r->header[i].value = value;
			return OK;
		}
	return add_header(r, name, value);
}

static enum err
add_header(struct reply *r, const char *name, struct str value)
{
	if (r->headers == REPLY_HEADERS)
		return E_BUG;
	r->header[r->headers].name = name;
	r->header[r->headers].value = value;
	r->headers++;
	return OK;
}

static bool
is_token(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter =
		    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if (!letter && c != '-' && c != '_')
			return false;
	}
	return s.n > 0;
}

static bool
is_printable(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || (unsigned char)s.p[i] > 0x7e)
			return false;
	return true;
}

enum err
reply_cookie(struct reply *r, const char *name, struct str value, int64_t max_age_s, bool secure)
{
	const char *prefix = str_starts(str_of(name), STR("__Host-")) ? "" : "__Host-";
	size_t i;

	if (!is_token(str_of(name)) || max_age_s < 0)
		return E_BUG;
	for (i = 0; i < value.n; i++)
		if (!is_token((struct str){value.p + i, 1}) && value.p[i] != '.')
			return E_BUG;
	return add_header(r, "Set-Cookie",
	    str_printf(r->arena, "%s%s=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%lld%s",
		prefix, name, STR_ARG(value), (long long)max_age_s, secure ? "; Secure" : ""));
}

void
reply_error(struct reply *r, enum language l, const struct fault *f, const char *trace)
{
	struct buf b = buf_open(r->arena, 512, 16384);
	unsigned wait_s = retry_after_s(f);

	/* Cookies of a failed work go; a body half made goes too. */
	r->headers = 0;
	buf_add(&b, STR("{\"error\":{\"code\":"));
	json_text(&b, str_of(err_name(f->err)));
	buf_add(&b, STR(",\"field\":"));
	if (f->field == NULL || f->err == E_BUG)
		buf_add(&b, STR("null"));
	else
		json_text(&b, str_of(f->field));
	buf_add(&b, STR(",\"message\":"));
	/* What a bug says is for the log: names of queries and columns are nobody else's
	 * business. */
	json_text(
	    &b, words_fault(r->arena, l, f->err == E_BUG ? &(struct fault){.err = E_BUG} : f));
	buf_add(&b, STR(",\"trace\":"));
	json_text(&b, str_of(trace));
	buf_add(&b, STR("}}"));
	r->status = err_status(f->err);
	r->content_type = "application/json";
	r->body = buf_str(&b);
	if (wait_s > 0 && add_header(r, "Retry-After", str_printf(r->arena, "%u", wait_s)) != OK)
		r->status = 500;
}

static unsigned
retry_after_s(const struct fault *f)
{
	if (f->err != E_LIMIT && f->err != E_RETRY && f->err != E_AWAY)
		return 0;
	if (f->retry_after_s > 0)
		return f->retry_after_s;
	return f->err == E_RETRY ? 1 : 5;
}

struct str
reply_head(const struct reply *r)
{
	struct buf b = buf_open(r->arena, 512, 32768);
	const char *reason = "";
	size_t i;

	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].status == r->status)
			reason = reasons[i].reason;
	buf_printf(&b, "Status: %d %s\r\n", r->status, reason);
	if (r->content_type != NULL && r->status != 204 && r->status != 304) {
		buf_printf(&b, "Content-Type: %s\r\n", r->content_type);
		buf_printf(&b, "Content-Length: %llu\r\n", (unsigned long long)r->body.n);
	}
	for (i = 0; i < r->headers; i++) {
		buf_add(&b, str_of(r->header[i].name));
		buf_add(&b, STR(": "));
		buf_add(&b, r->header[i].value);
		buf_add(&b, STR("\r\n"));
	}
	if (header_value(r, "Cache-Control").p == NULL)
		buf_add(&b, STR("Cache-Control: no-store\r\n"));
	buf_add(&b, STR("\r\n"));
	return buf_str(&b);
}

static struct str
header_value(const struct reply *r, const char *name)
{
	unsigned i;

	for (i = 0; i < r->headers; i++)
		if (str_eq_nocase(str_of(r->header[i].name), str_of(name)))
			return r->header[i].value;
	return STR_NONE;
}

void
reply_not_modified(struct reply *r, struct str if_none_match)
{
	struct str tag = header_value(r, "ETag"), rest = if_none_match;

	if (r->status != 200 || tag.p == NULL)
		return;
	while (rest.p != NULL && rest.n > 0) {
		struct str one = str_trim(str_cut(rest, ',', &rest));

		if (str_starts(one, STR("W/")))
			one = str_sub(one, 2, one.n);
		if (str_eq(one, tag) || str_eq(one, STR("*"))) {
			r->status = 304;
			r->body = STR_NONE;
			return;
		}
	}
}
