#include "fcgi/http/request.h"

/* multipart/form-data (RFC 7578) over a body held in memory: spans, nothing copied. */

#define BOUNDARY_MAX 70
#define PART_HEADERS 8
#define PART_HEADER_MAX 1024
#define PART_NAME_MAX 255

static bool boundary_of(struct str content_type, struct str *boundary);
static bool read_part(struct str *rest, struct str boundary, struct part *p, bool *last);
static bool read_head(struct str *rest, struct part *p);
static bool read_disposition(struct str v, struct part *p);
static struct str parameter(struct str v, struct str name, bool *broken);
static size_t find(struct str s, struct str what);
static bool plain(struct str s);

enum err
multipart_parse(
    struct str content_type, struct str body, struct part *part, size_t *n, struct fault *f)
{
	struct str boundary, rest = body;
	size_t count = 0;
	bool last = false;

	if (!boundary_of(content_type, &boundary))
		return fail(f, E_INVALID, "content_type", "The form is not valid.");
	/* The first delimiter begins the body: "--boundary CR LF". */
	if (!str_starts(rest, STR("--")) || !str_starts(str_sub(rest, 2, rest.n), boundary) ||
	    !str_starts(str_sub(rest, 2 + boundary.n, rest.n), STR("\r\n")))
		return fail(f, E_INVALID, "body", "The form is not valid.");
	rest = str_sub(rest, boundary.n + 4, rest.n);
	while (!last) {
		struct part p = {0};

		if (count == PARTS_MAX)
			return fail(f, E_INVALID, "body", "The form has too many parts.");
		if (!read_part(&rest, boundary, &p, &last))
			return fail(f, E_INVALID, "body", "The form is not valid.");
		part[count++] = p;
	}
	*n = count;
	return OK;
}

static bool
boundary_of(struct str content_type, struct str *boundary)
{
	struct str rest, kind = str_trim(str_cut(content_type, ';', &rest));
	bool broken = false;

	if (!str_eq_nocase(kind, STR("multipart/form-data")))
		return false;
	*boundary = parameter(rest, STR("boundary"), &broken);
	return !broken && boundary->n > 0 && boundary->n <= BOUNDARY_MAX && plain(*boundary);
}

/* read_part -- head, data up to the next delimiter; *rest is behind that delimiter */
static bool
read_part(struct str *rest, struct str boundary, struct part *p, bool *last)
{
	size_t at = 0;

	if (!read_head(rest, p))
		return false;
	for (;;) {
		struct str tail = str_sub(*rest, at, rest->n);
		size_t i = find(tail, STR("\r\n--"));

		if (i == tail.n)
			return false;
		at += i;
		tail = str_sub(tail, i + 4, tail.n);
		if (str_starts(tail, boundary)) {
			p->data = str_sub(*rest, 0, at);
			tail = str_sub(tail, boundary.n, tail.n);
			*last = str_starts(tail, STR("--"));
			*rest = str_sub(tail, 2, tail.n);
			return *last || str_starts(tail, STR("\r\n"));
		}
		at += 4;
	}
}

static bool
read_head(struct str *rest, struct part *p)
{
	unsigned lines;

	for (lines = 0; lines <= PART_HEADERS; lines++) {
		size_t end = find(*rest, STR("\r\n"));
		struct str name, value, line = str_sub(*rest, 0, end);

		if (end == rest->n || end > PART_HEADER_MAX)
			return false;
		*rest = str_sub(*rest, end + 2, rest->n);
		if (line.n == 0)
			return p->name.p != NULL;
		name = str_cut(line, ':', &value);
		if (value.p == NULL || !plain(line))
			return false;
		if (str_eq_nocase(name, STR("content-disposition"))) {
			if (p->name.p != NULL || !read_disposition(value, p))
				return false;
		} else if (str_eq_nocase(name, STR("content-type"))) {
			p->content_type = str_trim(value);
		}
	}
	return false;
}

static bool
read_disposition(struct str v, struct part *p)
{
	struct str rest, kind = str_trim(str_cut(v, ';', &rest));
	bool broken = false;

	if (!str_eq_nocase(kind, STR("form-data")))
		return false;
	p->name = parameter(rest, STR("name"), &broken);
	p->filename = parameter(rest, STR("filename"), &broken);
	return !broken && p->name.p != NULL && p->name.n <= PART_NAME_MAX &&
	       p->filename.n <= PART_NAME_MAX && str_utf8(p->name, NULL) &&
	       str_utf8(p->filename, NULL);
}

/* parameter -- the value of name=value or name="value" among `; `-separated ones; escapes are
 * refused */
static struct str
parameter(struct str v, struct str name, bool *broken)
{
	struct str found = STR_NONE;

	while (v.n > 0) {
		struct str value, rest, key;
		size_t equals = str_find(v, '='), semicolon = str_find(v, ';');

		if (equals >= semicolon) { /* a word without a value */
			str_cut(v, ';', &v);
			continue;
		}
		key = str_trim(str_cut(v, '=', &rest));
		if (rest.n > 0 && rest.p[0] == '"') {
			value = str_sub(rest, 1, str_find(str_sub(rest, 1, rest.n), '"'));
			if (value.n + 1 >= rest.n || str_find(value, '\\') < value.n) {
				*broken = true;
				return STR_NONE;
			}
			str_cut(str_sub(rest, value.n + 2, rest.n), ';', &v);
		} else {
			value = str_trim(str_cut(rest, ';', &v));
		}
		if (str_eq_nocase(key, name)) {
			*broken = *broken || found.p != NULL;
			found = value;
		}
	}
	return found;
}

static size_t
find(struct str s, struct str what)
{
	const char *at = s.n < what.n ? NULL : memmem(s.p, s.n, what.p, what.n);

	return at == NULL ? s.n : (size_t)(at - s.p);
}

/* Header lines carry no control characters: they end up in logs and file names. */
static bool
plain(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return true;
}
