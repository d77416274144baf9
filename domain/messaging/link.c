/*
 * domain/messaging/link.c -- a link is read letter by letter; what it opens is left out.
 */
#include "domain/messaging/link.h"

#define SHUT "\xe2\x80\xa6" /* an ellipsis */

static struct str word_of(struct str *words);
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

struct str
link_again(struct str changed, struct str was, struct str shut, struct arena *a)
{
	struct buf b = buf_open(a, changed.n + was.n + 16, changed.n + was.n + 16);

	/* Word by word: to shut a link takes no space away. */
	while (was.n > 0) {
		struct str kept = word_of(&was), shown = word_of(&shut);
		size_t at = 0;

		if (str_eq(kept, shown))
			continue;
		while (at < changed.n && !str_starts(str_sub(changed, at, changed.n), shown))
			at++;
		if (at == changed.n)
			continue;
		buf_add(&b, str_sub(changed, 0, at));
		buf_add(&b, kept);
		changed = str_sub(changed, at + shown.n, changed.n);
	}
	buf_add(&b, changed);
	return buf_str(&b);
}

/* Up to the next space, without the full stop behind it. */
static struct str
word_of(struct str *words)
{
	struct str word;
	size_t n = 0;

	while (n < words->n && words->p[n] != ' ' && words->p[n] != '\n')
		n++;
	word = str_sub(*words, 0, n);
	*words = str_sub(*words, n + 1, words->n);
	while (word.n > 0 && strchr(".,;:!?)", word.p[word.n - 1]) != NULL)
		word.n--;
	return word;
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
