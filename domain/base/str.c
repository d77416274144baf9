/*
 * domain/base/str.c -- strings with their length, growing texts, and the encodings of bytes as text.
 */
#include "domain/base/str.h"

static char lower(char c);
static bool is_space(char c);
static size_t utf8_step(const unsigned char *p, size_t n);
static void buf_reserve(struct buf *b, size_t more);

struct str
str_of(const char *c)
{
	if (c == NULL)
		return STR_NONE;
	return (struct str){c, strlen(c)};
}

struct str
str_copy(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1, 1);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return (struct str){p, s.n};
}

struct str
str_printf(struct arena *a, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	int n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (n <= 0)
		return str_copy(a, STR_NONE);
	char *p = arena_alloc(a, (size_t)n + 1, 1);
	va_start(ap, format);
	vsnprintf(p, (size_t)n + 1, format, ap);
	va_end(ap);
	return (struct str){p, (size_t)n};
}

bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool
str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

	if (c != 0)
		return c < 0 ? -1 : 1;
	return a.n == b.n ? 0 : a.n < b.n ? -1 : 1;
}

bool
str_starts(struct str s, struct str with)
{
	return s.n >= with.n && str_eq((struct str){s.p, with.n}, with);
}

bool
str_ends(struct str s, struct str with)
{
	return s.n >= with.n && str_eq(str_sub(s, s.n - with.n, with.n), with);
}

size_t
str_find(struct str s, char c)
{
	const char *at = s.n == 0 ? NULL : memchr(s.p, c, s.n);

	return at == NULL ? s.n : (size_t)(at - s.p);
}

struct str
str_sub(struct str s, size_t from, size_t n)
{
	if (s.p == NULL)
		return STR_NONE;
	if (from > s.n)
		from = s.n;
	if (n > s.n - from)
		n = s.n - from;
	return (struct str){s.p + from, n};
}

struct str
str_trim(struct str s)
{
	while (s.n > 0 && is_space(s.p[s.n - 1]))
		s.n--;
	while (s.n > 0 && is_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	return s;
}

struct str
str_digits(struct arena *a, struct str s)
{
	struct buf b = buf_open(a, 16, 64);

	for (size_t i = 0; i < s.n && b.n < 12; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			buf_add(&b, str_sub(s, i, 1));
	return buf_str(&b);
}

struct str
str_lower(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1, 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = lower(s.p[i]);
	return (struct str){p, s.n};
}

struct str
str_cut(struct str s, char c, struct str *rest)
{
	size_t at = str_find(s, c);

	*rest = at == s.n ? STR_NONE : str_sub(s, at + 1, s.n);
	return str_sub(s, 0, at);
}

bool
str_u64(struct str s, uint64_t *out)
{
	uint64_t v = 0;

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(v, (uint64_t)10, &v) ||
		    __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
			return false;
	}
	*out = v;
	return true;
}

bool
str_i64(struct str s, int64_t *out)
{
	bool minus = s.n > 0 && s.p[0] == '-';
	uint64_t v;

	if (!str_u64(minus ? str_sub(s, 1, s.n) : s, &v))
		return false;
	if (v > (uint64_t)INT64_MAX + (minus ? 1 : 0))
		return false;
	*out = minus ? (int64_t)(0 - v) : (int64_t)v;
	return true;
}

bool
str_utf8(struct str s, size_t *chars)
{
	size_t count = 0;

	for (size_t i = 0; i < s.n; count++) {
		size_t step = utf8_step((const unsigned char *)s.p + i, s.n - i);

		if (step == 0)
			return false;
		i += step;
	}
	if (chars != NULL)
		*chars = count;
	return true;
}

size_t
str_letter(uint32_t c, char *room)
{
	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		c = 0xfffd;
	if (c < 0x80) {
		room[0] = (char)c;
		return 1;
	}
	const unsigned more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;

	room[0] = (char)((more == 1 ? 0xc0U : more == 2 ? 0xe0U : 0xf0U) | c >> (6 * more));
	for (unsigned i = more; i > 0; i--)
		room[more - i + 1] = (char)(0x80U | (c >> (6 * (i - 1)) & 0x3fU));
	return more + 1;
}

struct buf
buf_open(struct arena *a, size_t first, size_t max)
{
	if (first > max)
		first = max;
	return (struct buf){.a = a, .p = arena_alloc(a, first + 1, 1), .cap = first, .max = max};
}

void
buf_add(struct buf *b, struct str s)
{
	buf_reserve(b, s.n);
	if (b->full || s.n == 0)
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void
buf_char(struct buf *b, char c)
{
	if (!b->full && b->n < b->cap) {
		b->p[b->n++] = c;
		return;
	}
	buf_add(b, (struct str){&c, 1});
}

void
buf_i64(struct buf *b, int64_t v)
{
	if (v < 0)
		buf_char(b, '-');
	buf_u64(b, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

void
buf_u64(struct buf *b, uint64_t v)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	buf_add(b, (struct str){digits + at, sizeof(digits) - at});
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	int n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (n <= 0)
		return;
	buf_reserve(b, (size_t)n);
	if (b->full)
		return;
	va_start(ap, format);
	vsnprintf(b->p + b->n, (size_t)n + 1, format, ap);
	va_end(ap);
	b->n += (size_t)n;
}

struct str
buf_str(struct buf *b)
{
	b->p[b->n] = '\0';
	return (struct str){b->p, b->n};
}

struct str
str_hex(struct arena *a, const void *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *in = bytes;
	char *p = arena_alloc(a, 2 * n + 1, 1);

	for (size_t i = 0; i < n; i++) {
		p[2 * i] = digits[in[i] >> 4];
		p[2 * i + 1] = digits[in[i] & 15];
	}
	return (struct str){p, 2 * n};
}

/* Groups of `bits` bits, most significant first, the last one filled with zeros. */
static struct str
encode(struct arena *a, const unsigned char *in, size_t n, const char *alphabet, unsigned bits)
{
	size_t letters = (n * 8 + bits - 1) / bits;
	char *p = arena_alloc(a, letters + 1, 1);
	uint32_t held = 0;
	unsigned held_bits = 0;
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		held = held << 8 | in[i];
		held_bits += 8;
		while (held_bits >= bits) {
			held_bits -= bits;
			p[at++] = alphabet[held >> held_bits & ((1u << bits) - 1)];
		}
		held &= (1u << held_bits) - 1;
	}
	if (held_bits > 0)
		p[at++] = alphabet[held << (bits - held_bits) & ((1u << bits) - 1)];
	return (struct str){p, at};
}

static const char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

struct str
str_base64url(struct arena *a, const void *bytes, size_t n)
{
	return encode(a, bytes, n, base64url, 6);
}

struct str
str_base32(struct arena *a, const void *bytes, size_t n)
{
	return encode(a, bytes, n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5);
}

bool
str_unhex(struct str s, void *out, size_t max, size_t *n)
{
	unsigned char *to = out;

	if (s.n % 2 != 0 || s.n / 2 > max)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		unsigned v;

		if (c >= '0' && c <= '9')
			v = (unsigned)(c - '0');
		else if (c >= 'a' && c <= 'f')
			v = (unsigned)(c - 'a' + 10);
		else
			return false;
		if (i % 2 == 0)
			to[i / 2] = (unsigned char)(v << 4);
		else
			to[i / 2] = (unsigned char)(to[i / 2] | v);
	}
	*n = s.n / 2;
	return true;
}

bool
str_unbase64url(struct str s, void *out, size_t max, size_t *n)
{
	unsigned char *to = out;
	uint32_t held = 0;
	unsigned held_bits = 0;
	size_t at = 0;

	if (s.n % 4 == 1 || s.n / 4 * 3 + (s.n % 4 == 0 ? 0 : s.n % 4 - 1) > max)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		const char *letter = s.p[i] == '\0' ? NULL : strchr(base64url, s.p[i]);

		if (letter == NULL)
			return false;
		held = held << 6 | (uint32_t)(letter - base64url);
		held_bits += 6;
		if (held_bits >= 8) {
			held_bits -= 8;
			to[at++] = (unsigned char)(held >> held_bits);
		}
		held &= (1u << held_bits) - 1;
	}
	if (held != 0)
		return false; /* the bits left over must be zero, else two texts would mean the same bytes */
	*n = at;
	return true;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Bytes of the well-formed character at p (Unicode 15, table 3-7), 0 if there is none. */
static size_t
utf8_step(const unsigned char *p, size_t n)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t more;

	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf) {
		more = 1;
	} else if (p[0] >= 0xe0 && p[0] <= 0xef) {
		more = 2;
		if (p[0] == 0xe0)
			low = 0xa0; /* overlong */
		if (p[0] == 0xed)
			high = 0x9f; /* surrogates */
	} else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		more = 3;
		if (p[0] == 0xf0)
			low = 0x90;
		if (p[0] == 0xf4)
			high = 0x8f;
	} else {
		return 0;
	}
	if (n < more + 1 || p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i <= more; i++)
		if (p[i] < 0x80 || p[i] > 0xbf)
			return 0;
	return more + 1;
}

/* Makes room for `more` bytes and a NUL, or sets full. A piece is added whole or not at all. */
static void
buf_reserve(struct buf *b, size_t more)
{
	if (b->full || more > b->max - b->n) {
		b->full = true;
		return;
	}
	if (more <= b->cap - b->n)
		return;
	size_t cap = b->cap < 32 ? 64 : b->cap * 2;
	if (cap < b->n + more)
		cap = b->n + more;
	if (cap > b->max)
		cap = b->max;
	if (arena_more(b->a, b->p, b->cap + 1, cap + 1)) {
		b->cap = cap;
		return;
	}
	char *p = arena_alloc(b->a, cap + 1, 1);
	memcpy(p, b->p, b->n);
	b->p = p;
	b->cap = cap;
}
