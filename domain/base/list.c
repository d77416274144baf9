/*
 * domain/base/list.c -- short lists in one column.
 */
#include "domain/base/list.h"

#include "domain/base/id.h"

#define LIST_BYTES_MAX 65536

static bool entry_next(struct str *rest, struct str *entry);
static bool open_list(struct str text, struct str *inside);

struct str
list_write_ids(struct arena *a, const uint64_t *id, size_t n)
{
	struct buf b = buf_open(a, 64, LIST_BYTES_MAX);

	buf_char(&b, '[');
	for (size_t i = 0; i < n; i++) {
		char letters[ID_LETTERS + 1];

		id_write(id[i], letters);
		buf_printf(&b, "%s\"%s\"", i > 0 ? "," : "", letters);
	}
	buf_char(&b, ']');
	return buf_str(&b);
}

struct str
list_write_numbers(struct arena *a, const int32_t *v, size_t n)
{
	struct buf b = buf_open(a, 64, LIST_BYTES_MAX);

	buf_char(&b, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&b, ',');
		buf_i64(&b, v[i]);
	}
	buf_char(&b, ']');
	return buf_str(&b);
}

struct str
list_write_words(struct arena *a, const struct str *word, size_t n)
{
	struct buf b = buf_open(a, 64, LIST_BYTES_MAX);

	buf_char(&b, '[');
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s\"%.*s\"", i > 0 ? "," : "", STR_ARG(word[i]));
	buf_char(&b, ']');
	return buf_str(&b);
}

bool
list_word_valid(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if ((unsigned char)word.p[i] < 0x20 || word.p[i] == 0x7f || word.p[i] == '"' || word.p[i] == '\\')
			return false;
	return word.n > 0;
}

bool
list_read_ids(struct str text, uint64_t *id, size_t max, size_t *n)
{
	struct str rest, entry;
	size_t got = 0;

	if (!open_list(text, &rest))
		return false;
	while (rest.n > 0) {
		if (got == max || !entry_next(&rest, &entry) || entry.n < 2 || entry.p[0] != '"' ||
		    entry.p[entry.n - 1] != '"' || !id_read(str_sub(entry, 1, entry.n - 2), &id[got]))
			return false;
		got++;
	}
	*n = got;
	return true;
}

bool
list_read_numbers(struct str text, int32_t *v, size_t max, size_t *n)
{
	struct str rest, entry;
	size_t got = 0;
	int64_t wide;

	if (!open_list(text, &rest))
		return false;
	while (rest.n > 0) {
		if (got == max || !entry_next(&rest, &entry) || !str_i64(entry, &wide) || wide < INT32_MIN ||
		    wide > INT32_MAX)
			return false;
		v[got++] = (int32_t)wide;
	}
	*n = got;
	return true;
}

bool
list_read_words(struct str text, struct str *word, size_t max, size_t *n)
{
	struct str rest, entry;
	size_t got = 0;

	if (!open_list(text, &rest))
		return false;
	while (rest.n > 0) {
		if (got == max || !entry_next(&rest, &entry) || entry.n < 3 || entry.p[0] != '"' ||
		    entry.p[entry.n - 1] != '"')
			return false;
		word[got] = str_sub(entry, 1, entry.n - 2);
		if (!list_word_valid(word[got++]))
			return false;
	}
	*n = got;
	return true;
}

static bool
open_list(struct str text, struct str *inside)
{
	if (text.n < 2 || text.p[0] != '[' || text.p[text.n - 1] != ']')
		return false;
	*inside = str_sub(text, 1, text.n - 2);
	return true;
}

/* A comma inside quotes parts nothing; one at the end has nothing behind it and is refused. */
static bool
entry_next(struct str *rest, struct str *entry)
{
	bool quoted = false;
	size_t i = 0;

	for (; i < rest->n && (quoted || rest->p[i] != ','); i++)
		if (rest->p[i] == '"')
			quoted = !quoted;
	if (quoted || i + 1 == rest->n)
		return false;
	*entry = str_sub(*rest, 0, i);
	*rest = i < rest->n ? str_sub(*rest, i + 1, rest->n) : STR_NONE;
	return true;
}
