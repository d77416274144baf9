#include "domain/customers/gram.h"

static unsigned letter_of(struct str s, size_t *at);
static unsigned latin_letter(unsigned code);

uint16_t *
grams_of(struct str text, bool open, struct arena *a, size_t *n)
{
	uint8_t *seen = arena_array(a, uint8_t, GRAM_COUNT / 8 + 1);
	uint16_t *gram = arena_array(a, uint16_t, GRAMS_MAX);
	unsigned before = 0, here = 0; /* the two letters before this one; a text begins with gaps */
	size_t kept = 0, runs = 0;

	for (size_t at = 0; at <= text.n && runs < GRAMS_MAX;) {
		bool end = at == text.n;
		unsigned next = end ? 0 : letter_of(text, &at);
		/* two gaps before a word: its first letter alone is a gram as well */
		unsigned g = here == 0 ? next : (before * 37 + here) * 37 + next;

		if (g != 0 && !(end && open) && (seen[g / 8] >> (g % 8) & 1) == 0) {
			seen[g / 8] = (uint8_t)(seen[g / 8] | 1U << (g % 8));
			runs++;
		}
		if (end)
			break;
		before = here;
		here = next;
	}
	for (unsigned g = 0; g < GRAM_COUNT && kept < runs; g++)
		if ((seen[g / 8] >> (g % 8) & 1) != 0)
			gram[kept++] = (uint16_t)g;
	*n = kept;
	return gram;
}

size_t
grams_needed(size_t n)
{
	size_t errors = n < 4 ? 0 : n < 9 ? 1 : 2;

	return n > 3 * errors ? n - 3 * errors : 1;
}

struct str
text_fold(struct str text, struct arena *a)
{
	struct buf b = buf_open(a, text.n + 1, text.n + 1);
	bool gap = false;

	for (size_t at = 0; at < text.n;) {
		unsigned c = letter_of(text, &at);

		if (c == 0) {
			gap = b.n > 0;
			continue;
		}
		if (gap)
			buf_char(&b, ' ');
		gap = false;
		buf_char(&b, (char)(c < 27 ? 'a' + (int)c - 1 : '0' + (int)c - 27));
	}
	return buf_str(&b);
}

struct str
grams_json(const uint16_t *gram, size_t n, struct arena *a)
{
	struct buf b = buf_open(a, n * 6 + 3, n * 6 + 3);

	buf_char(&b, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&b, ',');
		buf_u64(&b, gram[i]);
	}
	buf_char(&b, ']');
	return buf_str(&b);
}

/* The folded letter at *at, which moves on by one character of UTF-8. */
static unsigned
letter_of(struct str s, size_t *at)
{
	unsigned char c = (unsigned char)s.p[(*at)++];
	unsigned code;

	if (c >= 'a' && c <= 'z')
		return c - 'a' + 1U;
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 1U;
	if (c >= '0' && c <= '9')
		return c - '0' + 27U;
	if (c < 0xc0)
		return 0;
	code = c & 0x1fU;
	for (; *at < s.n && ((unsigned char)s.p[*at] & 0xc0) == 0x80; ++*at)
		code = code << 6 | ((unsigned char)s.p[*at] & 0x3fU);
	return c < 0xe0 ? latin_letter(code) : 0;
}

/* Latin-1's letters without their accents: what Spanish, French and German names need. */
static unsigned
latin_letter(unsigned code)
{
	static const char plain[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
	char c = code >= 0xc0 && code <= 0xff ? plain[code - 0xc0] : ' ';

	return c == ' ' ? 0 : (unsigned)(c - 'a') + 1;
}
