/*
 * domain/base/id.c -- names of rows: milliseconds and chance, and their 13 letters.
 */
#include "domain/base/id.h"

#define RANDOM_BITS 21
#define RANDOM_MASK ((UINT64_C(1) << RANDOM_BITS) - 1)
#define MS_MASK ((UINT64_C(1) << 42) - 1)

static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

static int letter_value(char c);

uint64_t
id_make(int64_t now_ms, uint32_t random)
{
	return ((uint64_t)now_ms & MS_MASK) << RANDOM_BITS | ((uint64_t)random & RANDOM_MASK);
}

void
id_write(uint64_t id, char out[ID_LETTERS + 1])
{
	for (int i = ID_LETTERS - 1; i >= 0; i--) {
		out[i] = letters[id & 31];
		id >>= 5;
	}
	out[ID_LETTERS] = '\0';
}

bool
id_read(struct str s, uint64_t *out)
{
	uint64_t id = 0;

	if (s.n != ID_LETTERS)
		return false;
	for (size_t i = 0; i < ID_LETTERS; i++) {
		int v = letter_value(s.p[i]);

		/* 13 letters hold 65 bits: the first may only carry three, which also keeps us below 2^63. */
		if (v < 0 || (i == 0 && v > 7))
			return false;
		id = id << 5 | (uint64_t)v;
	}
	if (id == 0)
		return false;
	*out = id;
	return true;
}

int64_t
id_ms(uint64_t id)
{
	return (int64_t)(id >> RANDOM_BITS & MS_MASK);
}

static int
letter_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		c = (char)(c - 'A' + 'a');
	const char *at = c == '\0' ? NULL : strchr(letters, c);
	return at == NULL ? -1 : (int)(at - letters);
}
