/* fcgi/route/vroom_line.c -- in which line of VROOM's JSON something stands: jansson says it of
 * syntax alone. */
#include "fcgi/route/vroom.h"

#include "domain/base/words.h"

static const char *after_text(const char *p, const char *end);
static const char *find_key(struct str text, const char *key);
static const char *find_element(const char *p, const char *end, long nth);

enum err
vroom_blame(struct str text, const char *key, long nth, struct arena *a, struct fault *f)
{
	const char *end = text.p + text.n, *at = key == NULL ? NULL : find_key(text, key);
	struct str why = words_fault(a, ENGLISH, f);
	const char *field = f->field;
	unsigned line = 1;

	if (at != NULL && nth >= 0)
		at = find_element(at, end, nth);
	if (at == NULL)
		return E_INVALID;
	for (const char *p = text.p; p < at; p++)
		line += *p == '\n';
	*f = (struct fault){0};
	return fail(f, E_INVALID, field, "Line %u: %.*s", line, STR_ARG(why));
}

/* Behind a string that begins at p. */
static const char *
after_text(const char *p, const char *end)
{
	for (p++; p < end && *p != '"'; p++)
		p += *p == '\\';
	return p < end ? p + 1 : end;
}

/* Behind the name of a member of the whole. */
static const char *
find_key(struct str text, const char *key)
{
	const char *p = text.p, *end = text.p + text.n;
	const size_t n = strlen(key);
	int depth = 0;

	while (p < end) {
		if (*p == '"') {
			const char *name = p + 1;

			p = after_text(p, end);
			while (p < end && strchr(" \t\r\n", *p) != NULL)
				p++;
			if (depth == 1 && p < end && *p == ':' && (size_t)(end - name) > n &&
			    memcmp(name, key, n) == 0 && name[n] == '"')
				return p + 1;
			continue;
		}
		depth += *p == '{' || *p == '[';
		depth -= *p == '}' || *p == ']';
		p++;
	}
	return NULL;
}

/* The nth element of the list that follows, from 0. */
static const char *
find_element(const char *p, const char *end, long nth)
{
	int depth = 0;

	while (p < end) {
		if (*p == '"') {
			p = after_text(p, end);
			continue;
		}
		if (depth == 1 && nth == 0 && strchr(" \t\r\n[,", *p) == NULL)
			return *p == ']' ? NULL : p;
		depth += *p == '{' || *p == '[';
		depth -= *p == '}' || *p == ']';
		nth -= depth == 1 && *p == ',';
		if (depth == 0 && *p == ']')
			return NULL;
		p++;
	}
	return NULL;
}
