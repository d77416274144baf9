/*
 * domain/messaging/occasion.c -- words with names: checked when they are saved, filled when they are said.
 */
#include "domain/messaging/occasion.h"

/* What stands for a letter that words would read as more than itself. */
static const struct template_value letters[] = {{{"brace", 5}, {"{", 1}}, {{"end", 3}, {"}", 1}}, {{"bracket", 7}, {"[", 1}}};
#define LETTERS (sizeof(letters) / sizeof(*letters))

static bool name_in(const char *const *values, struct str name);
static const struct template_value *value_of(const struct template_value *v, size_t n, struct str name);
static bool next_name(struct str words, size_t *at, struct str *name);

enum err
words_check(enum occasion o, struct str words, bool link_alone, const char *field, struct fault *f)
{
	const struct occasion_entry *e = occasion_entry(o);
	struct str name;

	if (e == NULL)
		return fail(f, E_INVALID, field, "There is no such occasion.");
	for (size_t i = 0; i < words.n; i++) {
		const bool button = i >= 2 && words.p[i] == '{' && words.p[i - 1] == '(' && words.p[i - 2] == ']';

		if (words.p[i] == '}')
			return fail(f, E_INVALID, field, "A brace is missing its other half.");
		if (words.p[i] != '{')
			continue;
		if (!next_name(words, &i, &name))
			return fail(f, E_INVALID, field, "A brace is missing its other half.");
		if (!name_in(e->values, name))
			return fail(f, E_INVALID, field, "There is nothing called {%.*s} here.", STR_ARG(name));
		if (link_alone && (str_eq(name, STR("url")) || str_eq(name, STR("calendar"))) != button)
			return fail(f, E_INVALID, field, "In a mail the link is a button of its own: [Words]({url})");
	}
	return OK;
}

enum err
words_spoken(enum occasion o, struct str words, const char *field, struct fault *f)
{
	TRY(words_check(o, words, false, field, f));
	for (size_t i = 0; i < words.n; i++)
		if (str_starts(str_sub(words, i, words.n), STR("{url}")) || str_starts(str_sub(words, i, words.n), STR("{calendar}")))
			return fail(f, E_INVALID, field, "A link cannot be spoken.");
	return OK;
}

/* next_name -- words.p[*at] is '{': the name behind it, *at on the closing brace */
static bool
next_name(struct str words, size_t *at, struct str *name)
{
	const struct str rest = str_sub(words, *at + 1, words.n);
	const size_t n = str_find(rest, '}');

	if (n == 0 || n == rest.n || str_find(str_sub(rest, 0, n), '{') < n)
		return false;
	*name = str_sub(rest, 0, n);
	*at += n + 1;
	return true;
}

static bool
name_in(const char *const *values, struct str name)
{
	for (; *values != NULL; values++)
		if (str_eq(str_of(*values), name))
			return true;
	return false;
}

static const struct template_value *
value_of(const struct template_value *v, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, name))
			return &v[i];
	return NULL;
}

enum err
words_fill(struct str words, const struct template_value *v, size_t n, size_t most, struct arena *a, struct str *out,
    struct fault *f)
{
	struct buf b = buf_open(a, words.n + 64, most);
	struct str name;

	for (size_t i = 0; i < words.n; i++) {
		const struct template_value *value;

		if (words.p[i] != '{') {
			buf_char(&b, words.p[i]);
			continue;
		}
		if (!next_name(words, &i, &name))
			return fail(f, E_INVALID, "values", "A brace is missing its other half.");
		value = value_of(v, n, name);
		if (value == NULL)
			return fail(f, E_INVALID, "values", "The message lacks %.*s.", STR_ARG(name));
		for (size_t k = 0; k < value->value.n; k++)
			buf_char(&b, (unsigned char)value->value.p[k] < ' ' ? ' ' : value->value.p[k]);
	}
	if (b.full)
		return fail(f, E_INVALID, "values", "The message is too long.");
	*out = buf_str(&b);
	return OK;
}

struct str
words_plain(struct arena *a, struct str text)
{
	struct buf b = buf_open(a, text.n + 64, 10 * text.n + 64);

	for (size_t i = 0; i < text.n; i++) {
		const bool opens = text.p[i] == '[' && (i == 0 || text.p[i - 1] == '\n');

		if (text.p[i] == '{')
			buf_add(&b, STR("{brace}"));
		else if (text.p[i] == '}')
			buf_add(&b, STR("{end}"));
		else if (opens)
			buf_add(&b, STR("{bracket}"));
		else
			buf_char(&b, text.p[i]);
	}
	return buf_str(&b);
}

/* A template wants its names listed and each of them given, no more: so those that the words use are. */
enum err
words_twin(struct str subject, struct str body, enum language l, const struct template_value *v, size_t n, struct arena *a,
    struct template_twin *out, struct fault *f)
{
	const struct str part[] = {subject, body};
	struct template_value used[TEMPLATE_VALUES_MAX];
	struct template t = {.name = "words"};
	size_t used_n = 0;
	struct str name;

	for (size_t p = 0; p < 2; p++)
		for (size_t i = 0; i < part[p].n; i++) {
			const struct template_value *value;

			if (part[p].p[i] != '{')
				continue;
			if (!next_name(part[p], &i, &name))
				return fail(f, E_INVALID, "values", "A brace is missing its other half.");
			if (value_of(used, used_n, name) != NULL)
				continue;
			value = value_of(v, n, name);
			if (value == NULL)
				value = value_of(letters, LETTERS, name);
			if (value == NULL || used_n == TEMPLATE_VALUES_MAX)
				return fail(f, E_INVALID, "values", "The message lacks %.*s.", STR_ARG(name));
			t.values[used_n] = str_copy(a, name).p;
			used[used_n++] = *value;
		}
	t.text[l] = (struct template_text){str_copy(a, subject).p, str_copy(a, body).p};
	return template_fill(&t, l, used, used_n, a, out, f);
}
