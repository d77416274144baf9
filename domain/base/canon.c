/*
 * domain/base/canon.c -- canonical JSON, written and searched.
 */
#include "domain/base/canon.h"

#include <assert.h>
#include <string.h>

#include "domain/base/id.h"

static void open_with(struct canon *c, char opens, char closes);
static void before_value(struct canon *c);
static size_t value_end(struct str bytes, size_t at);

struct canon
canon_open(struct arena *a, size_t max)
{
	return (struct canon){.b = buf_open(a, 4096, max)};
}

void
canon_object(struct canon *c)
{
	open_with(c, '{', '}');
}

void
canon_list(struct canon *c)
{
	open_with(c, '[', ']');
}

void
canon_end(struct canon *c)
{
	assert(c->depth > 0 && !c->at[c->depth - 1].keyed);
	buf_char(&c->b, c->at[--c->depth].closes);
}

void
canon_key(struct canon *c, const char *key)
{
	assert(c->depth > 0 && c->at[c->depth - 1].closes == '}' && !c->at[c->depth - 1].keyed);
	assert(c->at[c->depth - 1].last == NULL || strcmp(c->at[c->depth - 1].last, key) < 0);
	if (c->at[c->depth - 1].any)
		buf_char(&c->b, ',');
	buf_char(&c->b, '"');
	buf_add(&c->b, str_of(key));
	buf_add(&c->b, STR("\":"));
	c->at[c->depth - 1].last = key;
	c->at[c->depth - 1].any = c->at[c->depth - 1].keyed = true;
}

void
canon_text(struct canon *c, struct str s)
{
	static const char *const named[] = {['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f",
	    ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\"};

	before_value(c);
	buf_char(&c->b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];

		if (ch < sizeof(named) / sizeof(*named) && named[ch] != NULL)
			buf_add(&c->b, str_of(named[ch]));
		else if (ch < 0x20)
			buf_printf(&c->b, "\\u%04x", ch);
		else
			buf_char(&c->b, (char)ch);
	}
	buf_char(&c->b, '"');
}

void
canon_int(struct canon *c, int64_t v)
{
	before_value(c);
	buf_i64(&c->b, v);
}

/* A number of 64 bits is no number of JSON's: as everywhere in the house, a name in 13 letters. */
void
canon_id(struct canon *c, uint64_t id)
{
	char text[ID_LETTERS + 1];

	id_write(id, text);
	canon_text(c, str_of(text));
}

void
canon_day(struct canon *c, struct day d)
{
	char text[DAY_LETTERS + 1];

	day_write(d, text);
	canon_text(c, str_of(text));
}

bool
canon_find(struct str bytes, const char *key, struct str *value)
{
	const struct str wanted = str_of(key);

	if (bytes.n < 2 || bytes.p[0] != '{')
		return false;
	for (size_t at = 1; at < bytes.n && bytes.p[at] == '"';) {
		const size_t name = at + 1, end = value_end(bytes, at), from = end + 1, to = value_end(bytes, from);

		if (to <= from || bytes.p[end] != ':')
			return false;
		if (str_eq(str_sub(bytes, name, end - 1 - name), wanted)) {
			*value = str_sub(bytes, from, to - from);
			return true;
		}
		at = to + 1;
	}
	return false;
}

bool
canon_find_int(struct str bytes, const char *key, int64_t *out)
{
	struct str value;

	return canon_find(bytes, key, &value) && str_i64(value, out);
}

bool
canon_find_text(struct str bytes, const char *key, struct str *out)
{
	struct str value;

	if (!canon_find(bytes, key, &value) || value.n < 2 || value.p[0] != '"' || str_find(value, '\\') < value.n)
		return false;
	*out = str_sub(value, 1, value.n - 2);
	return true;
}

/* Behind the value that begins at `at`; bytes.n if it does not end. Brackets inside of strings are letters. */
static size_t
value_end(struct str bytes, size_t at)
{
	unsigned depth = 0;
	bool text = false;

	for (size_t i = at; i < bytes.n; i++) {
		const char ch = bytes.p[i];

		if (text) {
			if (ch == '\\')
				i++;
			else if (ch == '"')
				text = false;
			if (!text && depth == 0)
				return i + 1;
		} else if (ch == '"') {
			text = true;
		} else if (ch == '{' || ch == '[') {
			depth++;
		} else if (depth == 0 && (ch == ',' || ch == '}' || ch == ']')) {
			return i;
		} else if ((ch == '}' || ch == ']') && --depth == 0) {
			return i + 1;
		}
	}
	return bytes.n;
}

void
canon_raw(struct canon *c, struct str canonical)
{
	before_value(c);
	buf_add(&c->b, canonical);
}

static void
open_with(struct canon *c, char opens, char closes)
{
	before_value(c);
	assert(c->depth < CANON_DEPTH_MAX);
	buf_char(&c->b, opens);
	memset(&c->at[c->depth], 0, sizeof(c->at[c->depth]));
	c->at[c->depth++].closes = closes;
}

static void
before_value(struct canon *c)
{
	if (c->depth == 0)
		return;
	if (c->at[c->depth - 1].closes == '}') {
		assert(c->at[c->depth - 1].keyed);
		c->at[c->depth - 1].keyed = false;
		return;
	}
	if (c->at[c->depth - 1].any)
		buf_char(&c->b, ',');
	c->at[c->depth - 1].any = true;
}
