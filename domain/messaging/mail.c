#include "domain/messaging/mail.h"

static bool local_valid(struct str s);
static bool host_valid(struct str s);
static bool atom_letter(char c);
static struct str one_line(struct arena *a, struct str s);
static bool plain(struct str s);
static void encode_word(struct buf *out, struct str s);

/* RFC 2047: a line with an encoded word has at most 76 letters. "=?UTF-8?B?" and "?=" take 12, a
 * name such as "Reply-To: " 10; 39 bytes become 52. */
#define WORD_BYTES    39
#define WORD_TEXT_MAX 400

bool
mail_address_valid(struct str address)
{
	struct str host, local = str_cut(address, '@', &host);

	return address.n <= MAIL_ADDRESS_MAX && local_valid(local) && host_valid(host);
}

static bool
local_valid(struct str s)
{
	if (s.n == 0 || s.n > MAIL_LOCAL_MAX || s.p[0] == '.' || s.p[s.n - 1] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!(atom_letter(s.p[i]) || (s.p[i] == '.' && s.p[i - 1] != '.')))
			return false;
	return true;
}

static bool
atom_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

bool
mail_local_letter(char c)
{
	return atom_letter(c) || c == '.';
}

static bool
host_valid(struct str s)
{
	size_t dots = 0;

	if (s.n == 0 || s.n > 253)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], before = i ? s.p[i - 1] : '.',
		     after = i + 1 < s.n ? s.p[i + 1] : '.';

		if (c == '.') {
			dots++;
			if (before == '.' || after == '.')
				return false;
		} else if (c == '-') {
			if (before == '.' || after == '.')
				return false;
		} else if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			       (c >= '0' && c <= '9'))) {
			return false;
		}
	}
	return dots > 0 || str_eq_nocase(s, STR("localhost"));
}

enum err
mail_compose(
    const struct mail_order *o, struct arena *a, struct template_twin *out, struct fault *f)
{
	const struct template *t = template_entry(o->template);

	if (!t)
		return fail(f, E_BUG, "template", "There is no such template.");
	if (!mail_address_valid(o->to))
		return fail(f, E_INVALID, "to", "This is not an e-mail address.");
	return template_fill(t, o->language, o->values, o->values_n, a, out, f);
}

struct str
mail_value(const struct mail_order *o, const char *name)
{
	for (size_t i = 0; i < o->values_n; i++)
		if (str_eq(o->values[i].name, str_of(name)))
			return o->values[i].value;
	return STR_NONE;
}

struct str
mail_word(struct arena *a, struct str text)
{
	struct str s = one_line(a, text);
	struct buf b;

	if (plain(s))
		return s;
	b = buf_open(a, 2 * s.n + 32, 8 * WORD_TEXT_MAX);
	encode_word(&b, s);
	return buf_str(&b);
}

struct str
mail_phrase(struct arena *a, struct str name)
{
	struct str s = one_line(a, name);
	struct buf b;

	if (!plain(s))
		return mail_word(a, s);
	b = buf_open(a, s.n + 16, 2 * WORD_TEXT_MAX + 2);
	buf_char(&b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_char(&b, '\\');
		buf_char(&b, s.p[i]);
	}
	buf_char(&b, '"');
	return buf_str(&b);
}

bool
mail_split(struct str from, struct str *name, struct str *address)
{
	struct str s = str_trim(from), rest, front = str_cut(s, '<', &rest);

	if (!rest.p) {
		front = STR_NONE;
		rest = s;
	} else {
		if (!str_ends(rest, STR(">")))
			return false;
		rest = str_sub(rest, 0, rest.n - 1);
	}
	front = str_trim(front);
	if (front.n >= 2 && front.p[0] == '"' && front.p[front.n - 1] == '"')
		front = str_sub(front, 1, front.n - 2);
	if (!mail_address_valid(rest))
		return false;
	*name = front;
	*address = rest;
	return true;
}

/* one_line -- without control characters, cut at the ceiling between two characters */
static struct str
one_line(struct arena *a, struct str s)
{
	struct buf b;
	size_t n = s.n;

	if (n > WORD_TEXT_MAX) {
		n = WORD_TEXT_MAX;
		while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
	}
	b = buf_open(a, n + 1, WORD_TEXT_MAX + 1);
	for (size_t i = 0; i < n; i++)
		buf_char(&b, (unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f ? ' ' : s.p[i]);
	return str_trim(buf_str(&b));
}

/* plain -- needs no encoding: printable ASCII, short enough for one line, nothing that looks
 * encoded */
static bool
plain(struct str s)
{
	if (s.n > 66)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
		if (s.p[i] == '=' && i + 1 < s.n && s.p[i + 1] == '?')
			return false;
	}
	return true;
}

static void
encode_word(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		size_t n = s.n - at < WORD_BYTES ? s.n - at : WORD_BYTES;

		while (at + n < s.n && n > 1 && ((unsigned char)s.p[at + n] & 0xc0) == 0x80)
			n--;
		if (at)
			buf_add(out, STR("\r\n "));
		buf_add(out, STR("=?UTF-8?B?"));
		mail_base64(out, (const unsigned char *)s.p + at, n);
		buf_add(out, STR("?="));
		at += n;
	}
}

void
mail_base64(struct buf *out, const unsigned char *p, size_t n)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		unsigned long v = (unsigned long)p[i] << 16;

		v |= i + 1 < n ? (unsigned long)p[i + 1] << 8 : 0;
		v |= i + 2 < n ? p[i + 2] : 0;
		buf_char(out, letters[v >> 18 & 63]);
		buf_char(out, letters[v >> 12 & 63]);
		buf_char(out, i + 1 < n ? letters[v >> 6 & 63] : '=');
		buf_char(out, i + 2 < n ? letters[v & 63] : '=');
	}
}
