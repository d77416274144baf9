#include "fcgi/http/shape.h"

/*
 * Runs before the JSON library sees a byte: 1 MiB of "{},{},..." would become 79 MiB of its heap.
 * Counts every bracket, string, number and word. What is not JSON is left for the library to
 * refuse.
 */

static size_t skip_string(struct str json, size_t i);
static size_t skip_word(struct str json, size_t i);
static size_t skip_value(struct str json, size_t i);
static size_t skip_blanks(struct str json, size_t i);
static bool unescape(struct str in, struct buf *out);
static size_t unescape_unicode(struct str in, size_t i, struct buf *out);

bool
json_scan(struct str json, unsigned depth_max, unsigned tokens_max)
{
	unsigned depth = 0, tokens = 0;
	size_t i = 0;

	while (i < json.n) {
		char c = json.p[i];

		if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':') {
			i++;
			continue;
		}
		if (++tokens > tokens_max)
			return false;
		if (c == '{' || c == '[') {
			if (++depth > depth_max)
				return false;
			i++;
		} else if (c == '}' || c == ']') {
			if (depth > 0)
				depth--;
			i++;
		} else if (c == '"') {
			i = skip_string(json, i + 1);
		} else {
			i = skip_word(json, i + 1);
		}
	}
	return true;
}

static size_t
skip_string(struct str json, size_t i)
{
	while (i < json.n && json.p[i] != '"')
		i += json.p[i] == '\\' ? 2 : 1;
	return i + 1;
}

static size_t
skip_word(struct str json, size_t i)
{
	for (; i < json.n; i++)
		switch (json.p[i]) {
		case ' ':
		case '\t':
		case '\n':
		case '\r':
		case ',':
		case ':':
		case '{':
		case '}':
		case '[':
		case ']':
		case '"':
			return i;
		default:
			break;
		}
	return i;
}

bool
json_member(struct str json, const char *name, struct str *value)
{
	size_t i = skip_blanks(json, 0);

	if (i >= json.n || json.p[i] != '{')
		return false;
	for (;;) {
		const size_t from = skip_blanks(json, i + 1);

		if (from >= json.n || json.p[from] != '"')
			return false;
		const size_t end = skip_string(json, from + 1);
		const size_t colon = skip_blanks(json, end);
		const size_t at = skip_blanks(json, colon + 1);

		if (at >= json.n || json.p[colon] != ':')
			return false;
		const size_t after = skip_value(json, at);

		if (after > json.n)
			return false;
		if (str_eq(str_sub(json, from + 1, end - from - 2), str_of(name))) {
			*value = str_sub(json, at, after - at);
			return value->n > 0;
		}
		i = skip_blanks(json, after);
		if (i >= json.n || json.p[i] != ',')
			return false;
	}
}

bool
json_bytes(struct str json, const char *name, struct arena *a, size_t max, struct str *out)
{
	struct str value;

	/* The quote at its end is its own: a text that was never ended goes past the end of the object. */
	if (!json_member(json, name, &value) || value.n < 2 || value.p[0] != '"')
		return false;
	/* Nothing grows: what is written with an escape is shorter without it. */
	struct buf b = buf_open(a, value.n, value.n);

	if (!unescape(str_sub(value, 1, value.n - 2), &b) || b.n > max)
		return false;
	*out = buf_str(&b);
	return true;
}

static size_t
skip_blanks(struct str json, size_t i)
{
	while (i < json.n && (json.p[i] == ' ' || json.p[i] == '\t' || json.p[i] == '\n' || json.p[i] == '\r'))
		i++;
	return i;
}

/* Where what begins at i ends; past the end if it does not. */
static size_t
skip_value(struct str json, size_t i)
{
	unsigned depth = 0;

	do {
		const char c = json.p[i];

		if (c == '"') {
			i = skip_string(json, i + 1);
		} else if (c == '{' || c == '[') {
			depth++;
			i++;
		} else if (c == '}' || c == ']') {
			if (depth == 0)
				return i;
			depth--;
			i++;
		} else if (c == ',' || c == ':' || c == ' ' || c == '\t' || c == '\n' || c == '\r') {
			if (depth == 0)
				return i;
			i++;
		} else {
			i = skip_word(json, i + 1);
		}
	} while (depth > 0 && i < json.n);
	return i;
}

static bool
unescape(struct str in, struct buf *out)
{
	static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";

	for (size_t i = 0; i < in.n;) {
		const struct str rest = str_sub(in, i, in.n);
		const size_t plain = str_find(rest, '\\');

		buf_add(out, str_sub(rest, 0, plain));
		i += plain;
		if (i == in.n)
			break;
		if (i + 1 == in.n)
			return false;
		const char *one = memchr(letters, in.p[i + 1], sizeof(letters) - 1);

		if (one != NULL) {
			buf_char(out, means[one - letters]);
			i += 2;
			continue;
		}
		if (in.p[i + 1] != 'u')
			return false;
		const size_t after = unescape_unicode(in, i, out);

		if (after == i)
			return false;
		i = after;
	}
	return !out->full && str_utf8(buf_str(out), NULL);
}

/* -1: these are no four hexadecimal digits of an escape */
static int32_t
unit_at(struct str in, size_t i)
{
	int32_t unit = 0;

	if (i + 6 > in.n || in.p[i] != '\\' || in.p[i + 1] != 'u')
		return -1;
	for (size_t k = i + 2; k < i + 6; k++) {
		const char c = in.p[k], small = (char)(c | 0x20);
		const int digit = c >= '0' && c <= '9' ? c - '0' : small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;

		if (digit < 0)
			return -1;
		unit = unit << 4 | digit;
	}
	return unit;
}

static size_t
unescape_unicode(struct str in, size_t i, struct buf *out)
{
	const int32_t first = unit_at(in, i), second = unit_at(in, i + 6);
	const bool high = first >= 0xd800 && first < 0xdc00, low = second >= 0xdc00 && second < 0xe000;
	uint32_t c = (uint32_t)first;
	size_t after = i + 6;
	char letter[4];

	if (first < 0)
		return i;
	if (high && low) {
		c = 0x10000U + ((uint32_t)(first - 0xd800) << 10) + (uint32_t)(second - 0xdc00);
		after += 6;
	}
	buf_add(out, (struct str){letter, str_letter(c, letter)});
	return after;
}
