/*
 * domain/messaging/link.c -- a link is read letter by letter; what it opens is left out.
 */
#include "domain/messaging/link.h"

#define SHUT "\xe2\x80\xa6" /* an ellipsis */

static bool of_token(char c);
static bool of_address(char c);

struct str
link_shut(struct str words, struct str home, struct arena *a)
{
	struct buf b = buf_open(a, words.n + 16, 2 * words.n + 64);
	bool shut = false;
	size_t i = 0;

	if (home.n == 0)
		return words;
	while (i < words.n) {
		if (!str_starts(str_sub(words, i, words.n), home)) {
			buf_char(&b, words.p[i++]);
			continue;
		}
		for (; i < words.n && of_address(words.p[i]); i++) {
			const struct str rest = str_sub(words, i, words.n);
			const size_t n = rest.p[0] == '#' ? 1 : str_starts(rest, STR("token=")) ? 6 : 0;
			size_t end = i + n;

			if (n == 0) {
				buf_char(&b, words.p[i]);
				continue;
			}
			while (end < words.n && of_token(words.p[end]))
				end++;
			buf_add(&b, str_sub(rest, 0, n));
			if (end > i + n)
				buf_add(&b, STR(SHUT));
			shut = shut || end > i + n;
			i = end - 1;
		}
	}
	return shut ? buf_str(&b) : words;
}

static bool
of_token(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

static bool
of_address(char c)
{
	return of_token(c) || (c != '\0' && strchr("/:?&=#%~+", c) != NULL);
}
